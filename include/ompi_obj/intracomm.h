/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_INTRACOMM (ompi_obj_intracomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiIntracomm, ompi_obj_intracomm, OMPI_OBJ, INTRACOMM, MpiComm)

/**
 * MpiIntracommClass:
 * @parent_class: the parent class
 *
 * The class of communicators of one group.
 *
 * Since: 1.0
 */
struct _MpiIntracommClass
{
  MpiCommClass parent_class;

  /*< private >*/
  gpointer padding[32];
};

/* With a topology; see topocomm.h */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCartcomm *ompi_obj_intracomm_create_cart (MpiIntracomm *self,
                                             const gint *dims,
                                             const gboolean *periods,
                                             gsize n_dims,
                                             gboolean reorder,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGraphcomm *ompi_obj_intracomm_create_graph (MpiIntracomm *self,
                                               const gint *index,
                                               gsize n_nodes,
                                               const gint *edges,
                                               gsize n_edges,
                                               gboolean reorder,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDistgraphcomm *ompi_obj_intracomm_create_dist_graph_adjacent (MpiIntracomm *self,
                                                                 const gint *sources,
                                                                 const gint *source_weights,
                                                                 gsize n_sources,
                                                                 const gint *destinations,
                                                                 const gint *destination_weights,
                                                                 gsize n_destinations,
                                                                 MpiInfo *info,
                                                                 gboolean reorder,
                                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDistgraphcomm *ompi_obj_intracomm_create_dist_graph (MpiIntracomm *self,
                                                        const gint *sources,
                                                        const gint *degrees,
                                                        gsize n_sources,
                                                        const gint *destinations,
                                                        const gint *weights,
                                                        gsize n_destinations,
                                                        MpiInfo *info,
                                                        gboolean reorder,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_intracomm_cart_map (MpiIntracomm *self,
                                  const gint *dims,
                                  const gboolean *periods,
                                  gsize n_dims,
                                  GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_intracomm_graph_map (MpiIntracomm *self,
                                   const gint *index,
                                   gsize n_nodes,
                                   const gint *edges,
                                   gsize n_edges,
                                   GError **error);

G_END_DECLS
