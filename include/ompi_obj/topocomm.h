/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/intracomm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_TOPOCOMM (ompi_obj_topocomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiTopocomm, ompi_obj_topocomm, OMPI_OBJ, TOPOCOMM, MpiIntracomm)

/**
 * MpiTopocommClass:
 * @parent_class: the parent class
 * @get_inedges: gets the ranks that the calling rank receives from, in the order of their blocks; each
 *   kind of topology has its own
 * @get_outedges: gets the ranks that the calling rank sends to, in the order of their blocks
 *
 * The class of communicators with a topology.
 *
 * Since: 1.0
 */
struct _MpiTopocommClass
{
  MpiIntracommClass parent_class;

  /* Neighbours */
  gint *(*get_inedges) (MpiTopocomm *self, gsize *n_edges, GError **error);
  gint *(*get_outedges) (MpiTopocomm *self, gsize *n_edges, GError **error);

  /*< private >*/
  gpointer padding[32];
};

/* Neighbours */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_topocomm_get_indegree (MpiTopocomm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_topocomm_get_outdegree (MpiTopocomm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_topocomm_get_inedges (MpiTopocomm *self, gsize *n_edges, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_topocomm_get_outedges (MpiTopocomm *self, gsize *n_edges, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
