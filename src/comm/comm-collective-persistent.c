/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "collective-private.h"

static MpiPrequest *
comm_real_barrier_init (MpiComm *self, MpiInfo *info, GError **error)
{
  CollectiveArguments arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Barrier_init", error)
      || !CHECK_MPI (error, MPI_Barrier_init, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_bcast_init_as_scatterv (MpiComm *self, const MpiBuffer *buffer, gint root, MpiInfo *info, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Bcast_init", error)
      || !ompi_obj_bcast_as_scatterv_arguments (self, buffer, root, "MPI_Bcast_init", &arguments, error)
      || !check_mpi (error, "MPI_Bcast_init",
                     MPI_Scatterv_init_c (SIDE_BLOCKS (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                                          COMM_HANDLE (self), info_to_mpi (info), &handle)))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_bcast_init (MpiComm *self, const MpiBuffer *buffer, gint root, MpiInfo *info, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (BCAST_IS_SCATTERV (self))
    return comm_bcast_init_as_scatterv (self, buffer, root, info, error);
  if (!ompi_obj_collective_check_persistent (info, "MPI_Bcast_init", error)
      || !ompi_obj_bcast_arguments (self, buffer, root, "MPI_Bcast_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Bcast_init_c, SIDE_BUFFER (arguments.send), arguments.root, COMM_HANDLE (self),
                     info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_gather_init (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       gint root,
                       MpiInfo *info,
                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Gather_init", error)
      || !ompi_obj_gather_arguments (self, send_buffer, recv_buffer, root, "MPI_Gather_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Gather_init_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     arguments.root, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_gatherv_init (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBlocks *recv_blocks,
                        gint root,
                        MpiInfo *info,
                        GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Gatherv_init", error)
      || !ompi_obj_gatherv_arguments (self, send_buffer, recv_blocks, root, "MPI_Gatherv_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Gatherv_init_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                     arguments.root, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_scatter_init (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBuffer *recv_buffer,
                        gint root,
                        MpiInfo *info,
                        GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Scatter_init", error)
      || !ompi_obj_scatter_arguments (self, send_buffer, recv_buffer, root, "MPI_Scatter_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Scatter_init_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     arguments.root, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_scatterv_init (MpiComm *self,
                         const MpiBlocks *send_blocks,
                         const MpiBuffer *recv_buffer,
                         gint root,
                         MpiInfo *info,
                         GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Scatterv_init", error)
      || !ompi_obj_scatterv_arguments (self, send_blocks, recv_buffer, root, "MPI_Scatterv_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Scatterv_init_c, SIDE_BLOCKS (arguments.send), SIDE_BUFFER (arguments.recv),
                     arguments.root, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_allgather_init (MpiComm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiInfo *info,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Allgather_init", error)
      || !ompi_obj_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Allgather_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Allgather_init_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_allgatherv_init (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBlocks *recv_blocks,
                           MpiInfo *info,
                           GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Allgatherv_init", error)
      || !ompi_obj_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Allgatherv_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Allgatherv_init_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                     COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_alltoall_init (MpiComm *self,
                         const MpiBuffer *send_buffer,
                         const MpiBuffer *recv_buffer,
                         MpiInfo *info,
                         GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Alltoall_init", error)
      || !ompi_obj_alltoall_arguments (self, send_buffer, recv_buffer, "MPI_Alltoall_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Alltoall_init_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_alltoallv_init (MpiComm *self,
                          const MpiBlocks *send_blocks,
                          const MpiBlocks *recv_blocks,
                          MpiInfo *info,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Alltoallv_init", error)
      || !ompi_obj_alltoallv_arguments (self, send_blocks, recv_blocks, "MPI_Alltoallv_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Alltoallv_init_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                     COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static MpiPrequest *
comm_real_alltoallw_init (MpiComm *self,
                          const MpiBlocks *send_blocks,
                          const MpiBlocks *recv_blocks,
                          MpiInfo *info,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Alltoallw_init", error)
      || !ompi_obj_alltoallw_check_in_place (self, send_blocks, "MPI_Alltoallw_init", error)
      || !ompi_obj_alltoallw_arguments (self, send_blocks, recv_blocks, "MPI_Alltoallw_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Alltoallw_init_c, SIDE_BLOCKS_OF_TYPES (arguments.send),
                     SIDE_BLOCKS_OF_TYPES (arguments.recv), COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

void
ompi_obj_comm_class_init_collective_persistent (MpiCommClass *klass)
{
  klass->barrier_init = comm_real_barrier_init;
  klass->bcast_init = comm_real_bcast_init;
  klass->gather_init = comm_real_gather_init;
  klass->gatherv_init = comm_real_gatherv_init;
  klass->scatter_init = comm_real_scatter_init;
  klass->scatterv_init = comm_real_scatterv_init;
  klass->allgather_init = comm_real_allgather_init;
  klass->allgatherv_init = comm_real_allgatherv_init;
  klass->alltoall_init = comm_real_alltoall_init;
  klass->alltoallv_init = comm_real_alltoallv_init;
  klass->alltoallw_init = comm_real_alltoallw_init;
}

/**
 * ompi_obj_comm_barrier_init: (virtual barrier_init)
 * @self: a communicator
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.barrier] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Barrier_init` (MPI-4.0, section 6.13.1).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_barrier_init (MpiComm *self, MpiInfo *info, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Barrier_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->barrier_init (self, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_bcast_init: (virtual bcast_init)
 * @self: a communicator
 * @buffer: (nullable): at the root what to send, elsewhere where to receive to; as many bytes on every
 *   rank; %NULL where @root is `OMPI_OBJ_PROC_NULL`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.bcast] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.bcast].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Bcast_init` (MPI-4.0, section 6.13.2).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_bcast_init (MpiComm *self, const MpiBuffer *buffer, gint root, MpiInfo *info, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Bcast_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->bcast_init (self, buffer, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_gather_init: (virtual gather_init)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where to receive to: as many times the elements that one rank sends
 *   as there are ranks; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.gather] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.gather].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Gather_init` (MPI-4.0, section 6.13.3).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_gather_init (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           gint root,
                           MpiInfo *info,
                           GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Gather_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->gather_init (self, send_buffer, recv_buffer, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_gatherv_init: (virtual gatherv_init)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: (nullable): at the root where to receive to: a block for each rank, of as many elements as
 *   it sends; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.gatherv] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.gatherv].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Gatherv_init` (MPI-4.0, section 6.13.3).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_gatherv_init (MpiComm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBlocks *recv_blocks,
                            gint root,
                            MpiInfo *info,
                            GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Gatherv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->gatherv_init (self, send_buffer, recv_blocks, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_scatter_init: (virtual scatter_init)
 * @self: a communicator
 * @send_buffer: (nullable): at the root what to send: as many times the elements that one rank receives as
 *   there are ranks; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its part to; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.scatter] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.scatter].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Scatter_init` (MPI-4.0, section 6.13.4).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_scatter_init (MpiComm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBuffer *recv_buffer,
                            gint root,
                            MpiInfo *info,
                            GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Scatter_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->scatter_init (self, send_buffer, recv_buffer, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_scatterv_init: (virtual scatterv_init)
 * @self: a communicator
 * @send_blocks: (nullable): at the root what to send: a block for each rank; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its block to, of as many elements; at the root it may
 *   be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.scatterv] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.scatterv].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Scatterv_init` (MPI-4.0, section 6.13.4).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_scatterv_init (MpiComm *self,
                             const MpiBlocks *send_blocks,
                             const MpiBuffer *recv_buffer,
                             gint root,
                             MpiInfo *info,
                             GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Scatterv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->scatterv_init (self, send_blocks, recv_buffer, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_allgather_init: (virtual allgather_init)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: as many times the elements that one rank sends as there are ranks
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.allgather] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.allgather].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Allgather_init` (MPI-4.0, section 6.13.5).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_allgather_init (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              MpiInfo *info,
                              GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Allgather_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->allgather_init (self, send_buffer, recv_buffer, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_allgatherv_init: (virtual allgatherv_init)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: where to receive to: a block for each rank, of as many elements as it sends
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.allgatherv] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.allgatherv].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Allgatherv_init` (MPI-4.0, section 6.13.5).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_allgatherv_init (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBlocks *recv_blocks,
                               MpiInfo *info,
                               GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Allgatherv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->allgatherv_init (self, send_buffer, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_alltoall_init: (virtual alltoall_init)
 * @self: a communicator
 * @send_buffer: what to send: a part for each rank, all of the same size, one after the other; or
 *   `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: a part from each rank
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.alltoall] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.alltoall].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Alltoall_init` (MPI-4.0, section 6.13.6).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_alltoall_init (MpiComm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             MpiInfo *info,
                             GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Alltoall_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->alltoall_init (self, send_buffer, recv_buffer, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_alltoallv_init: (virtual alltoallv_init)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many elements as it sends to this one
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.alltoallv] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.alltoallv].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Alltoallv_init` (MPI-4.0, section 6.13.6).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_alltoallv_init (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              MpiInfo *info,
                              GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Alltoallv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->alltoallv_init (self, send_blocks, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_alltoallw_init: (virtual alltoallw_init)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many bytes as it sends to this one
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.alltoallw] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.alltoallw].
 *
 * MPICH cannot do this in place.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if this MPI is older
 * than 4.0.
 *
 * Mirrors `MPI_Alltoallw_init` (MPI-4.0, section 6.13.6).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_alltoallw_init (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              MpiInfo *info,
                              GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Alltoallw_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->alltoallw_init (self, send_blocks, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
