/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/topocomm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_GRAPHCOMM (ompi_obj_graphcomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiGraphcomm, ompi_obj_graphcomm, OMPI_OBJ, GRAPHCOMM, MpiTopocomm)

/**
 * MpiGraphcommClass:
 * @parent_class: the parent class
 *
 * The class of communicators whose ranks form a graph that every rank knows as a whole.
 *
 * Since: 1.0
 */
struct _MpiGraphcommClass
{
  MpiTopocommClass parent_class;

  /*< private >*/
  gpointer padding[8];
};

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_graphcomm_get_dims (MpiGraphcomm *self, gint *n_nodes, gint *n_edges, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_graphcomm_get_topo (MpiGraphcomm *self,
                                      gint **index,
                                      gsize *n_nodes,
                                      gint **edges,
                                      gsize *n_edges,
                                      GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_graphcomm_get_neighbors_count (MpiGraphcomm *self, gint rank, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_graphcomm_get_neighbors (MpiGraphcomm *self, gint rank, gsize *n_neighbors, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
