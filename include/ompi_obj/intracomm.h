/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>
#include <ompi_obj/spawn-command.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_INTRACOMM (ompi_obj_intracomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiIntracomm, ompi_obj_intracomm, OMPI_OBJ, INTRACOMM, MpiComm)

/**
 * MpiIntracommClass:
 * @parent_class: the parent class
 * @scan: reduces the buffers of the ranks up to each rank
 * @iscan: starts to do what @scan does
 * @scan_init: sets up what @scan does, to be started later
 * @exscan: reduces the buffers of the ranks before each rank
 * @iexscan: starts to do what @exscan does
 * @exscan_init: sets up what @exscan does, to be started later
 * @create_group: makes a communicator of the ranks of a group, who alone call it; %NULL without an error for
 *   another rank
 * @create_intercomm: joins the ranks with another group's, through one leader on each side
 * @spawn_multiple: starts programs; spawn comes here too
 * @accept_port: waits for another program that connects to a port
 * @connect_port: connects to a port of another program
 *
 * The class of communicators of one group.
 *
 * Since: 1.0
 */
struct _MpiIntracommClass
{
  MpiCommClass parent_class;

  /* Reductions over the ranks before */
  gboolean (*scan) (MpiIntracomm *self,
                    const MpiBuffer *send_buffer,
                    const MpiBuffer *recv_buffer,
                    MpiOp *op,
                    GError **error);
  gboolean (*exscan) (MpiIntracomm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      GError **error);
  MpiRequest *(*iscan) (MpiIntracomm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBuffer *recv_buffer,
                        MpiOp *op,
                        GError **error);
  MpiRequest *(*iexscan) (MpiIntracomm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          GError **error);
  MpiPrequest *(*scan_init) (MpiIntracomm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             MpiOp *op,
                             MpiInfo *info,
                             GError **error);
  MpiPrequest *(*exscan_init) (MpiIntracomm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               MpiOp *op,
                               MpiInfo *info,
                               GError **error);

  /* Communicators from communicators */
  MpiComm *(*create_group) (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error);

  /* To other groups */
  MpiIntercomm *(*create_intercomm) (MpiIntracomm *self,
                                     gint local_leader,
                                     MpiIntracomm *peer_comm,
                                     gint remote_leader,
                                     gint tag,
                                     GError **error);
  MpiIntercomm *(*spawn_multiple) (MpiIntracomm *self,
                                   const MpiSpawnCommand *const *commands,
                                   gsize n_commands,
                                   gint root,
                                   gint **error_codes,
                                   gsize *n_error_codes,
                                   GError **error);
  MpiIntercomm *(*accept_port) (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error);
  MpiIntercomm *(*connect_port) (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error);

  /*< private >*/
  gpointer padding[32];
};

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_intracomm_scan (MpiIntracomm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  MpiOp *op,
                                  GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_intracomm_exscan (MpiIntracomm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    MpiOp *op,
                                    GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_intracomm_iscan (MpiIntracomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      MpiOp *op,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_intracomm_iexscan (MpiIntracomm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBuffer *recv_buffer,
                                        MpiOp *op,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_intracomm_scan_init (MpiIntracomm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           MpiOp *op,
                                           MpiInfo *info,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_intracomm_exscan_init (MpiIntracomm *self,
                                             const MpiBuffer *send_buffer,
                                             const MpiBuffer *recv_buffer,
                                             MpiOp *op,
                                             MpiInfo *info,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Communicators from communicators */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_intracomm_new_from_group (MpiGroup *group,
                                            const gchar *tag,
                                            MpiInfo *info,
                                            MpiErrhandler *errhandler,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_intracomm_create_group (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* To other groups */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_create_intercomm (MpiIntracomm *self,
                                                   gint local_leader,
                                                   MpiIntracomm *peer_comm,
                                                   gint remote_leader,
                                                   gint tag,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* To programs that are started, or run already */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_spawn (MpiIntracomm *self,
                                        const gchar *command,
                                        const gchar *const *argv,
                                        gint max_procs,
                                        MpiInfo *info,
                                        gint root,
                                        gint **error_codes,
                                        gsize *n_error_codes,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_spawn_multiple (MpiIntracomm *self,
                                                 const MpiSpawnCommand *const *commands,
                                                 gsize n_commands,
                                                 gint root,
                                                 gint **error_codes,
                                                 gsize *n_error_codes,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *
ompi_obj_intracomm_accept_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *
ompi_obj_intracomm_connect_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

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

/* The same for languages whose arrays have lengths of their own */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCartcomm *ompi_obj_intracomm_create_cart_arrays (MpiIntracomm *self,
                                                    const gint *dims,
                                                    gsize n_dims,
                                                    const gboolean *periods,
                                                    gsize n_periods,
                                                    gboolean reorder,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDistgraphcomm *ompi_obj_intracomm_create_dist_graph_adjacent_arrays (MpiIntracomm *self,
                                                                        const gint *sources,
                                                                        gsize n_sources,
                                                                        const gint *source_weights,
                                                                        gsize n_source_weights,
                                                                        const gint *destinations,
                                                                        gsize n_destinations,
                                                                        const gint *destination_weights,
                                                                        gsize n_destination_weights,
                                                                        MpiInfo *info,
                                                                        gboolean reorder,
                                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDistgraphcomm *ompi_obj_intracomm_create_dist_graph_arrays (MpiIntracomm *self,
                                                               const gint *sources,
                                                               gsize n_sources,
                                                               const gint *degrees,
                                                               gsize n_degrees,
                                                               const gint *destinations,
                                                               gsize n_destinations,
                                                               const gint *weights,
                                                               gsize n_weights,
                                                               MpiInfo *info,
                                                               gboolean reorder,
                                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_intracomm_cart_map_arrays (MpiIntracomm *self,
                                         const gint *dims,
                                         gsize n_dims,
                                         const gboolean *periods,
                                         gsize n_periods,
                                         GError **error);

G_END_DECLS
