/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/topocomm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_DISTGRAPHCOMM (ompi_obj_distgraphcomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiDistgraphcomm, ompi_obj_distgraphcomm, OMPI_OBJ, DISTGRAPHCOMM, MpiTopocomm)

/**
 * MpiDistgraphcommClass:
 * @parent_class: the parent class
 *
 * The class of communicators whose ranks form a graph of which each rank knows its own edges.
 *
 * Since: 1.0
 */
struct _MpiDistgraphcommClass
{
  MpiTopocommClass parent_class;

  /*< private >*/
  gpointer padding[8];
};

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_distgraphcomm_get_dist_neighbors_count (MpiDistgraphcomm *self,
                                                          gint *indegree,
                                                          gint *outdegree,
                                                          gboolean *weighted,
                                                          GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_distgraphcomm_get_dist_neighbors (MpiDistgraphcomm *self,
                                                    gint **sources,
                                                    gint **source_weights,
                                                    gsize *n_sources,
                                                    gint **destinations,
                                                    gint **destination_weights,
                                                    gsize *n_destinations,
                                                    GError **error);

G_END_DECLS
