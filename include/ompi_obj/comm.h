/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/blocks.h>
#include <ompi_obj/buffer.h>
#include <ompi_obj/errhandler.h>
#include <ompi_obj/group.h>
#include <ompi_obj/info.h>
#include <ompi_obj/keyval.h>
#include <ompi_obj/message.h>
#include <ompi_obj/op.h>
#include <ompi_obj/prequest.h>
#include <ompi_obj/request.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_COMM (ompi_obj_comm_get_type ())
#define OMPI_OBJ_COMM(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), OMPI_OBJ_TYPE_COMM, MpiComm))
#define OMPI_OBJ_COMM_CLASS(klass) (G_TYPE_CHECK_CLASS_CAST ((klass), OMPI_OBJ_TYPE_COMM, MpiCommClass))
#define OMPI_OBJ_IS_COMM(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), OMPI_OBJ_TYPE_COMM))
#define OMPI_OBJ_IS_COMM_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), OMPI_OBJ_TYPE_COMM))
#define OMPI_OBJ_COMM_GET_CLASS(object) (G_TYPE_INSTANCE_GET_CLASS ((object), OMPI_OBJ_TYPE_COMM, MpiCommClass))

struct _MpiComm
{
  GObject parent_instance;

  /*< private >*/
  struct _MpiCommHandle *handle;
};

/**
 * MpiCommClass:
 * @parent_class: the parent class
 * @send: sends a buffer in one of the four modes; all blocking sends come here
 * @recv: receives into a buffer; @status may be %NULL
 * @sendrecv: sends one buffer and receives another
 * @sendrecv_replace: sends a buffer and receives into the same
 * @isend: starts to send a buffer in one of the four modes
 * @irecv: starts to receive into a buffer
 * @isendrecv: starts to send one buffer and to receive another
 * @isendrecv_replace: starts to send a buffer and to receive into the same
 * @send_init: sets up a send in one of the four modes, to be started later
 * @recv_init: sets up a receive, to be started later
 * @psend_init: sets up a send whose partitions become ready one by one
 * @precv_init: sets up a receive whose partitions arrive one by one
 * @probe: waits for a message without receiving it
 * @iprobe: looks for a message without receiving it
 * @mprobe: waits for a message and takes it out of the matching
 * @improbe: looks for a message and takes it out of the matching; %NULL without an error means that there is none
 * @barrier: waits for all ranks
 * @ibarrier: says that this rank has come; the request completes when all have
 * @barrier_init: sets up what @barrier does, to be started later
 * @bcast: sends a buffer from the root to all ranks
 * @ibcast: starts to do what @bcast does
 * @bcast_init: sets up what @bcast does, to be started later
 * @gather: puts the buffers of all ranks one after the other at the root
 * @igather: starts to do what @gather does
 * @gather_init: sets up what @gather does, to be started later
 * @gatherv: puts the buffers of all ranks, of different sizes, into blocks at the root
 * @igatherv: starts to do what @gatherv does
 * @gatherv_init: sets up what @gatherv does, to be started later
 * @scatter: deals a buffer of the root out to all ranks in equal parts
 * @iscatter: starts to do what @scatter does
 * @scatter_init: sets up what @scatter does, to be started later
 * @scatterv: sends each rank a block of its own from the root
 * @iscatterv: starts to do what @scatterv does
 * @scatterv_init: sets up what @scatterv does, to be started later
 * @allgather: puts the buffers of all ranks one after the other on every rank
 * @iallgather: starts to do what @allgather does
 * @allgather_init: sets up what @allgather does, to be started later
 * @allgatherv: puts the buffers of all ranks, of different sizes, into blocks on every rank
 * @iallgatherv: starts to do what @allgatherv does
 * @allgatherv_init: sets up what @allgatherv does, to be started later
 * @alltoall: sends a part of a buffer from every rank to every rank
 * @ialltoall: starts to do what @alltoall does
 * @alltoall_init: sets up what @alltoall does, to be started later
 * @alltoallv: sends a block, of different sizes, from every rank to every rank
 * @ialltoallv: starts to do what @alltoallv does
 * @alltoallv_init: sets up what @alltoallv does, to be started later
 * @alltoallw: sends a block, of different sizes and datatypes, from every rank to every rank
 * @ialltoallw: starts to do what @alltoallw does
 * @alltoallw_init: sets up what @alltoallw does, to be started later
 * @reduce: reduces buffers of all ranks to the root
 * @ireduce: starts to do what @reduce does
 * @reduce_init: sets up what @reduce does, to be started later
 * @allreduce: reduces buffers of all ranks to all ranks
 * @iallreduce: starts to do what @allreduce does
 * @allreduce_init: sets up what @allreduce does, to be started later
 * @reduce_scatter_block: reduces buffers of all ranks, and deals the result out in equal parts
 * @ireduce_scatter_block: starts to do what @reduce_scatter_block does
 * @reduce_scatter_block_init: sets up what @reduce_scatter_block does, to be started later
 * @reduce_scatter: reduces buffers of all ranks, and deals the result out in parts
 * @ireduce_scatter: starts to do what @reduce_scatter does
 * @reduce_scatter_init: sets up what @reduce_scatter does, to be started later
 * @dup: makes a communicator of the same ranks with a context of its own
 * @dup_with_info: the same with other hints; @info may be %NULL
 * @idup: starts to make one; @copy is not to be used before the request has completed
 * @idup_with_info: the same with other hints; @info may be %NULL
 * @split: makes a communicator of the ranks of each color; %NULL without an error for the color UNDEFINED
 * @split_type: makes a communicator of the ranks that have something in common; %NULL without an error for a
 *   rank that belongs to none
 * @create: makes a communicator of the ranks of a group; %NULL without an error for the others
 * @disconnect_peers: waits for what is under way, and frees the communicator
 *
 * The primitives of a communicator, one for each MPI operation. A subclass in any language
 * overrides the ones that it wants to watch or change and chains up for the rest; everything else in
 * the library, the methods on values too, is built on these.
 *
 * Since: 1.0
 */
struct _MpiCommClass
{
  GObjectClass parent_class;

  /* Point-to-point */
  gboolean (*send) (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error);
  gboolean (*recv) (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error);
  gboolean (*sendrecv) (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        gint dest,
                        gint send_tag,
                        const MpiBuffer *recv_buffer,
                        gint source,
                        gint recv_tag,
                        MpiStatus *status,
                        GError **error);
  gboolean (*sendrecv_replace) (MpiComm *self,
                                const MpiBuffer *buffer,
                                gint dest,
                                gint send_tag,
                                gint source,
                                gint recv_tag,
                                MpiStatus *status,
                                GError **error);
  MpiRequest *(*isend) (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error);
  MpiRequest *(*irecv) (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error);
  MpiRequest *(*isendrecv) (MpiComm *self,
                            const MpiBuffer *send_buffer,
                            gint dest,
                            gint send_tag,
                            const MpiBuffer *recv_buffer,
                            gint source,
                            gint recv_tag,
                            GError **error);
  MpiRequest *(*isendrecv_replace) (MpiComm *self,
                                    const MpiBuffer *buffer,
                                    gint dest,
                                    gint send_tag,
                                    gint source,
                                    gint recv_tag,
                                    GError **error);
  MpiPrequest *(
      *send_init) (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error);
  MpiPrequest *(*recv_init) (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error);
  MpiPrequest *(*psend_init) (MpiComm *self,
                              const MpiBuffer *buffer,
                              gint n_partitions,
                              gint dest,
                              gint tag,
                              MpiInfo *info,
                              GError **error);
  MpiPrequest *(*precv_init) (MpiComm *self,
                              const MpiBuffer *buffer,
                              gint n_partitions,
                              gint source,
                              gint tag,
                              MpiInfo *info,
                              GError **error);

  /* Looking before receiving */
  gboolean (*probe) (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);
  gboolean (*iprobe) (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);
  MpiMessage *(*mprobe) (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);
  MpiMessage *(*improbe) (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);

  /* Collective */
  gboolean (*barrier) (MpiComm *self, GError **error);
  gboolean (*bcast) (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error);
  gboolean (
      *gather) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error);
  gboolean (
      *gatherv) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, gint root, GError **error);
  gboolean (
      *scatter) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error);
  gboolean (
      *scatterv) (MpiComm *self, const MpiBlocks *send_blocks, const MpiBuffer *recv_buffer, gint root, GError **error);
  gboolean (*allgather) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);
  gboolean (*allgatherv) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error);
  gboolean (*alltoall) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);
  gboolean (*alltoallv) (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);
  gboolean (*alltoallw) (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);

  /* Collective, nonblocking */
  MpiRequest *(*ibarrier) (MpiComm *self, GError **error);
  MpiRequest *(*ibcast) (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error);
  MpiRequest *(
      *igather) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error);
  MpiRequest *(
      *igatherv) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, gint root, GError **error);
  MpiRequest *(
      *iscatter) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error);
  MpiRequest *(*iscatterv) (MpiComm *self,
                            const MpiBlocks *send_blocks,
                            const MpiBuffer *recv_buffer,
                            gint root,
                            GError **error);
  MpiRequest *(*iallgather) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);
  MpiRequest *(*iallgatherv) (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBlocks *recv_blocks,
                              GError **error);
  MpiRequest *(*ialltoall) (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);
  MpiRequest *(*ialltoallv) (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);
  MpiRequest *(*ialltoallw) (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);

  /* Collective, set up once and started many times */
  MpiPrequest *(*barrier_init) (MpiComm *self, MpiInfo *info, GError **error);
  MpiPrequest *(*bcast_init) (MpiComm *self, const MpiBuffer *buffer, gint root, MpiInfo *info, GError **error);
  MpiPrequest *(*gather_init) (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               gint root,
                               MpiInfo *info,
                               GError **error);
  MpiPrequest *(*gatherv_init) (MpiComm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBlocks *recv_blocks,
                                gint root,
                                MpiInfo *info,
                                GError **error);
  MpiPrequest *(*scatter_init) (MpiComm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBuffer *recv_buffer,
                                gint root,
                                MpiInfo *info,
                                GError **error);
  MpiPrequest *(*scatterv_init) (MpiComm *self,
                                 const MpiBlocks *send_blocks,
                                 const MpiBuffer *recv_buffer,
                                 gint root,
                                 MpiInfo *info,
                                 GError **error);
  MpiPrequest *(*allgather_init) (MpiComm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  MpiInfo *info,
                                  GError **error);
  MpiPrequest *(*allgatherv_init) (MpiComm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBlocks *recv_blocks,
                                   MpiInfo *info,
                                   GError **error);
  MpiPrequest *(*alltoall_init) (MpiComm *self,
                                 const MpiBuffer *send_buffer,
                                 const MpiBuffer *recv_buffer,
                                 MpiInfo *info,
                                 GError **error);
  MpiPrequest *(*alltoallv_init) (MpiComm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  MpiInfo *info,
                                  GError **error);
  MpiPrequest *(*alltoallw_init) (MpiComm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  MpiInfo *info,
                                  GError **error);

  /* Reductions */
  gboolean (*reduce) (MpiComm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      gint root,
                      GError **error);
  gboolean (*allreduce) (MpiComm *self,
                         const MpiBuffer *send_buffer,
                         const MpiBuffer *recv_buffer,
                         MpiOp *op,
                         GError **error);
  gboolean (*reduce_scatter_block) (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    MpiOp *op,
                                    GError **error);
  gboolean (*reduce_scatter) (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              const gint64 *counts,
                              gsize n_counts,
                              MpiOp *op,
                              GError **error);
  MpiRequest *(*ireduce) (MpiComm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          gint root,
                          GError **error);
  MpiRequest *(*iallreduce) (MpiComm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             MpiOp *op,
                             GError **error);
  MpiRequest *(*ireduce_scatter_block) (MpiComm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBuffer *recv_buffer,
                                        MpiOp *op,
                                        GError **error);
  MpiRequest *(*ireduce_scatter) (MpiComm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  const gint64 *counts,
                                  gsize n_counts,
                                  MpiOp *op,
                                  GError **error);
  MpiPrequest *(*reduce_init) (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               MpiOp *op,
                               gint root,
                               MpiInfo *info,
                               GError **error);
  MpiPrequest *(*allreduce_init) (MpiComm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  MpiOp *op,
                                  MpiInfo *info,
                                  GError **error);
  MpiPrequest *(*reduce_scatter_block_init) (MpiComm *self,
                                             const MpiBuffer *send_buffer,
                                             const MpiBuffer *recv_buffer,
                                             MpiOp *op,
                                             MpiInfo *info,
                                             GError **error);
  MpiPrequest *(*reduce_scatter_init) (MpiComm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       const gint64 *counts,
                                       gsize n_counts,
                                       MpiOp *op,
                                       MpiInfo *info,
                                       GError **error);

  /* Communicators from communicators */
  MpiComm *(*dup) (MpiComm *self, GError **error);
  MpiComm *(*dup_with_info) (MpiComm *self, MpiInfo *info, GError **error);
  MpiRequest *(*idup) (MpiComm *self, MpiComm **copy, GError **error);
  MpiRequest *(*idup_with_info) (MpiComm *self, MpiInfo *info, MpiComm **copy, GError **error);
  MpiComm *(*split) (MpiComm *self, gint color, gint key, GError **error);
  MpiComm *(*split_type) (MpiComm *self, MpiSplitType type, gint key, MpiInfo *info, GError **error);
  MpiComm *(*create) (MpiComm *self, MpiGroup *group, GError **error);
  gboolean (*disconnect_peers) (MpiComm *self, GError **error);

  /*< private >*/
  gpointer padding[64];
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_comm_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiComm, g_object_unref)

/* Where communicators come from and go to */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_world (void);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_self (void);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_dup (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_clone (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_dup_with_info (MpiComm *self, MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_idup (MpiComm *self, MpiComm **copy, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_idup_with_info (MpiComm *self, MpiInfo *info, MpiComm **copy, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_split (MpiComm *self, gint color, gint key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_split_type (MpiComm *self, MpiSplitType type, gint key, MpiInfo *info, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_create (MpiComm *self, MpiGroup *group, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_free (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_disconnect_peers (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_comm_get_parent (void);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_comm_join (gint fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_abort (MpiComm *self, gint status);

/* What they are */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_size (MpiComm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_rank (MpiComm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_is_inter (MpiComm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_is_intra (MpiComm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiTopology ompi_obj_comm_get_topology (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_comm_get_group (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_comm_get_info (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_set_info (MpiComm *self, MpiInfo *info, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComparison ompi_obj_comm_compare (MpiComm *self, MpiComm *other, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_comm_get_name (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_set_name (MpiComm *self, const gchar *name, GError **error);

/* Attributes */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_set_attr (MpiComm *self, MpiKeyval *keyval, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_get_attr (MpiComm *self, MpiKeyval *keyval, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_delete_attr (MpiComm *self, MpiKeyval *keyval, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_tag_ub (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_host (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_io (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_is_wtime_global (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_universe_size (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_appnum (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_get_lastusedcode (MpiComm *self, GError **error);

/* What happens about errors */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_set_errhandler (MpiComm *self, MpiErrhandler *errhandler, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *ompi_obj_comm_get_errhandler (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_call_errhandler (MpiComm *self, gint mpi_code, GError **error);

/* Point-to-point */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_send (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_bsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_ssend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_rsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_recv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_sendrecv (MpiComm *self,
                                 const MpiBuffer *send_buffer,
                                 gint dest,
                                 gint send_tag,
                                 const MpiBuffer *recv_buffer,
                                 gint source,
                                 gint recv_tag,
                                 MpiStatus *status,
                                 GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_sendrecv_replace (MpiComm *self,
                                         const MpiBuffer *buffer,
                                         gint dest,
                                         gint send_tag,
                                         gint source,
                                         gint recv_tag,
                                         MpiStatus *status,
                                         GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_isend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ibsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_issend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_irsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_irecv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_isendrecv (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     gint dest,
                                     gint send_tag,
                                     const MpiBuffer *recv_buffer,
                                     gint source,
                                     gint recv_tag,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_isendrecv_replace (MpiComm *self,
                                             const MpiBuffer *buffer,
                                             gint dest,
                                             gint send_tag,
                                             gint source,
                                             gint recv_tag,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Set up once, started many times */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_send_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_bsend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_ssend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_rsend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_recv_init (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_psend_init (MpiComm *self,
                                       const MpiBuffer *buffer,
                                       gint n_partitions,
                                       gint dest,
                                       gint tag,
                                       MpiInfo *info,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_precv_init (MpiComm *self,
                                       const MpiBuffer *buffer,
                                       gint n_partitions,
                                       gint source,
                                       gint tag,
                                       MpiInfo *info,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Looking before receiving */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_probe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_iprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMessage *ompi_obj_comm_mprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMessage *ompi_obj_comm_improbe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Collective */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_barrier (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_bcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_gather (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               gint root,
                               GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_gatherv (MpiComm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBlocks *recv_blocks,
                                gint root,
                                GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_scatter (MpiComm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBuffer *recv_buffer,
                                gint root,
                                GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_scatterv (MpiComm *self,
                                 const MpiBlocks *send_blocks,
                                 const MpiBuffer *recv_buffer,
                                 gint root,
                                 GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_allgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_allgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_alltoall (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_alltoallv (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_comm_alltoallw (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error);

/* Collective, nonblocking */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ibarrier (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_ibcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_igather (MpiComm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBuffer *recv_buffer,
                                   gint root,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_igatherv (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBlocks *recv_blocks,
                                    gint root,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iscatter (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    gint root,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iscatterv (MpiComm *self,
                                     const MpiBlocks *send_blocks,
                                     const MpiBuffer *recv_buffer,
                                     gint root,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iallgather (MpiComm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iallgatherv (MpiComm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBlocks *recv_blocks,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ialltoall (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ialltoallv (MpiComm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ialltoallw (MpiComm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Collective, set up once and started many times */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_barrier_init (MpiComm *self, MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_bcast_init (MpiComm *self, const MpiBuffer *buffer, gint root, MpiInfo *info, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_gather_init (MpiComm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBuffer *recv_buffer,
                                        gint root,
                                        MpiInfo *info,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_gatherv_init (MpiComm *self,
                                         const MpiBuffer *send_buffer,
                                         const MpiBlocks *recv_blocks,
                                         gint root,
                                         MpiInfo *info,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_scatter_init (MpiComm *self,
                                         const MpiBuffer *send_buffer,
                                         const MpiBuffer *recv_buffer,
                                         gint root,
                                         MpiInfo *info,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_scatterv_init (MpiComm *self,
                                          const MpiBlocks *send_blocks,
                                          const MpiBuffer *recv_buffer,
                                          gint root,
                                          MpiInfo *info,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_allgather_init (MpiComm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           MpiInfo *info,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_allgatherv_init (MpiComm *self,
                                            const MpiBuffer *send_buffer,
                                            const MpiBlocks *recv_blocks,
                                            MpiInfo *info,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_alltoall_init (MpiComm *self,
                                          const MpiBuffer *send_buffer,
                                          const MpiBuffer *recv_buffer,
                                          MpiInfo *info,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_alltoallv_init (MpiComm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_alltoallw_init (MpiComm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reductions */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_reduce (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               MpiOp *op,
                               gint root,
                               GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_allreduce (MpiComm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  MpiOp *op,
                                  GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_reduce_scatter_block (MpiComm *self,
                                             const MpiBuffer *send_buffer,
                                             const MpiBuffer *recv_buffer,
                                             MpiOp *op,
                                             GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_reduce_scatter (MpiComm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       const gint64 *counts,
                                       gsize n_counts,
                                       MpiOp *op,
                                       GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ireduce (MpiComm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBuffer *recv_buffer,
                                   MpiOp *op,
                                   gint root,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iallreduce (MpiComm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      MpiOp *op,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ireduce_scatter_block (MpiComm *self,
                                                 const MpiBuffer *send_buffer,
                                                 const MpiBuffer *recv_buffer,
                                                 MpiOp *op,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ireduce_scatter (MpiComm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           const gint64 *counts,
                                           gsize n_counts,
                                           MpiOp *op,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_reduce_init (MpiComm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBuffer *recv_buffer,
                                        MpiOp *op,
                                        gint root,
                                        MpiInfo *info,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_allreduce_init (MpiComm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           MpiOp *op,
                                           MpiInfo *info,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_reduce_scatter_block_init (MpiComm *self,
                                                      const MpiBuffer *send_buffer,
                                                      const MpiBuffer *recv_buffer,
                                                      MpiOp *op,
                                                      MpiInfo *info,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiPrequest *ompi_obj_comm_reduce_scatter_init (MpiComm *self,
                                                const MpiBuffer *send_buffer,
                                                const MpiBuffer *recv_buffer,
                                                const gint64 *counts,
                                                gsize n_counts,
                                                MpiOp *op,
                                                MpiInfo *info,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* After the failure of a rank */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_revoke (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_is_revoked (MpiComm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_comm_get_failed (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_comm_ack_failed (MpiComm *self, gint n_failed, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_agree (MpiComm *self, gint flag, gint *agreed, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iagree (MpiComm *self, const MpiBuffer *flag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_shrink (MpiComm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Packing in this MPI's own form */

OMPI_OBJ_AVAILABLE_IN_1_0
GBytes *ompi_obj_comm_pack (MpiComm *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_comm_pack_into (MpiComm *self,
                                const MpiBuffer *buffer,
                                const MpiBuffer *packed,
                                gint64 position,
                                GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_comm_unpack (MpiComm *self, GBytes *packed, gint64 position, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_comm_get_pack_size (MpiComm *self, gint64 count, MpiDatatype *datatype, GError **error);

G_END_DECLS
