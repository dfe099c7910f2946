/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/blocks.h>
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
 * @neighbor_allgather: sends a buffer to all neighbours
 * @neighbor_allgatherv: sends a buffer to all neighbours, of sizes that may differ
 * @neighbor_alltoall: sends a part of a buffer to each neighbour
 * @neighbor_alltoallv: sends a block to each neighbour
 * @neighbor_alltoallw: sends a block of its own datatype to each neighbour
 * @ineighbor_allgather: starts to send a buffer to all neighbours
 * @ineighbor_allgatherv: starts to send a buffer to all neighbours, of sizes that may differ
 * @ineighbor_alltoall: starts to send a part of a buffer to each neighbour
 * @ineighbor_alltoallv: starts to send a block to each neighbour
 * @ineighbor_alltoallw: starts to send a block of its own datatype to each neighbour
 * @neighbor_allgather_init: sets up neighbor_allgather, to be started later
 * @neighbor_allgatherv_init: sets up neighbor_allgatherv, to be started later
 * @neighbor_alltoall_init: sets up neighbor_alltoall, to be started later
 * @neighbor_alltoallv_init: sets up neighbor_alltoallv, to be started later
 * @neighbor_alltoallw_init: sets up neighbor_alltoallw, to be started later
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

  /* Neighbourhood collectives */
  gboolean (*neighbor_allgather) (MpiTopocomm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  GError **error);
  gboolean (*neighbor_allgatherv) (MpiTopocomm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBlocks *recv_blocks,
                                   GError **error);
  gboolean (*neighbor_alltoall) (MpiTopocomm *self,
                                 const MpiBuffer *send_buffer,
                                 const MpiBuffer *recv_buffer,
                                 GError **error);
  gboolean (*neighbor_alltoallv) (MpiTopocomm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  GError **error);
  gboolean (*neighbor_alltoallw) (MpiTopocomm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  GError **error);
  MpiRequest *(*ineighbor_allgather) (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      GError **error);
  MpiRequest *(*ineighbor_allgatherv) (MpiTopocomm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBlocks *recv_blocks,
                                       GError **error);
  MpiRequest *(*ineighbor_alltoall) (MpiTopocomm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     GError **error);
  MpiRequest *(*ineighbor_alltoallv) (MpiTopocomm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error);
  MpiRequest *(*ineighbor_alltoallw) (MpiTopocomm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error);
  MpiPrequest *(*neighbor_allgather_init) (MpiTopocomm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           MpiInfo *info,
                                           GError **error);
  MpiPrequest *(*neighbor_allgatherv_init) (MpiTopocomm *self,
                                            const MpiBuffer *send_buffer,
                                            const MpiBlocks *recv_blocks,
                                            MpiInfo *info,
                                            GError **error);
  MpiPrequest *(*neighbor_alltoall_init) (MpiTopocomm *self,
                                          const MpiBuffer *send_buffer,
                                          const MpiBuffer *recv_buffer,
                                          MpiInfo *info,
                                          GError **error);
  MpiPrequest *(*neighbor_alltoallv_init) (MpiTopocomm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error);
  MpiPrequest *(*neighbor_alltoallw_init) (MpiTopocomm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error);

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

/* Neighbourhood collectives */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_topocomm_neighbor_allgather (MpiTopocomm *self,
                                               const MpiBuffer *send_buffer,
                                               const MpiBuffer *recv_buffer,
                                               GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_topocomm_neighbor_allgatherv (MpiTopocomm *self,
                                                const MpiBuffer *send_buffer,
                                                const MpiBlocks *recv_blocks,
                                                GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_topocomm_neighbor_alltoall (MpiTopocomm *self,
                                              const MpiBuffer *send_buffer,
                                              const MpiBuffer *recv_buffer,
                                              GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_topocomm_neighbor_alltoallv (MpiTopocomm *self,
                                               const MpiBlocks *send_blocks,
                                               const MpiBlocks *recv_blocks,
                                               GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_topocomm_neighbor_alltoallw (MpiTopocomm *self,
                                               const MpiBlocks *send_blocks,
                                               const MpiBlocks *recv_blocks,
                                               GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_topocomm_ineighbor_allgather (MpiTopocomm *self,
                                                   const MpiBuffer *send_buffer,
                                                   const MpiBuffer *recv_buffer,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_topocomm_ineighbor_allgatherv (MpiTopocomm *self,
                                                    const MpiBuffer *send_buffer,
                                                    const MpiBlocks *recv_blocks,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_topocomm_ineighbor_alltoall (MpiTopocomm *self,
                                                  const MpiBuffer *send_buffer,
                                                  const MpiBuffer *recv_buffer,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_topocomm_ineighbor_alltoallv (MpiTopocomm *self,
                                                   const MpiBlocks *send_blocks,
                                                   const MpiBlocks *recv_blocks,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_topocomm_ineighbor_alltoallw (MpiTopocomm *self,
                                                   const MpiBlocks *send_blocks,
                                                   const MpiBlocks *recv_blocks,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_topocomm_neighbor_allgather_init (MpiTopocomm *self,
                                                        const MpiBuffer *send_buffer,
                                                        const MpiBuffer *recv_buffer,
                                                        MpiInfo *info,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_topocomm_neighbor_allgatherv_init (MpiTopocomm *self,
                                                         const MpiBuffer *send_buffer,
                                                         const MpiBlocks *recv_blocks,
                                                         MpiInfo *info,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_topocomm_neighbor_alltoall_init (MpiTopocomm *self,
                                                       const MpiBuffer *send_buffer,
                                                       const MpiBuffer *recv_buffer,
                                                       MpiInfo *info,
                                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_topocomm_neighbor_alltoallv_init (MpiTopocomm *self,
                                                        const MpiBlocks *send_blocks,
                                                        const MpiBlocks *recv_blocks,
                                                        MpiInfo *info,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_topocomm_neighbor_alltoallw_init (MpiTopocomm *self,
                                                        const MpiBlocks *send_blocks,
                                                        const MpiBlocks *recv_blocks,
                                                        MpiInfo *info,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of values */

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_topocomm_neighbor_allgather_variant (MpiTopocomm *self,
                                                         GVariant *value,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_topocomm_neighbor_alltoall_variant (MpiTopocomm *self,
                                                        GVariant **values,
                                                        gsize n_values,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
