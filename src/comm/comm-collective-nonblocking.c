/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "collective-private.h"

static MpiRequest *
comm_real_ibarrier (MpiComm *self, GError **error)
{
  CollectiveArguments arguments = { 0 };
  MPI_Request handle;

  if (!CHECK_MPI (error, MPI_Ibarrier, COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_ibcast_as_scatterv (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_bcast_as_scatterv_arguments (self, buffer, root, "MPI_Ibcast", &arguments, error)
      || !check_mpi (error, "MPI_Ibcast",
                     MPI_Iscatterv_c (SIDE_BLOCKS (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                                      COMM_HANDLE (self), &handle)))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_ibcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (BCAST_IS_SCATTERV (self))
    return comm_ibcast_as_scatterv (self, buffer, root, error);
  if (!ompi_obj_bcast_arguments (self, buffer, root, "MPI_Ibcast", &arguments, error)
      || !CHECK_MPI (error, MPI_Ibcast_c, SIDE_BUFFER (arguments.send), arguments.root, COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_igather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_gather_arguments (self, send_buffer, recv_buffer, root, "MPI_Igather", &arguments, error)
      || !CHECK_MPI (error, MPI_Igather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_igatherv (MpiComm *self,
                    const MpiBuffer *send_buffer,
                    const MpiBlocks *recv_blocks,
                    gint root,
                    GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_gatherv_arguments (self, send_buffer, recv_blocks, root, "MPI_Igatherv", &arguments, error)
      || !CHECK_MPI (error, MPI_Igatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv), arguments.root,
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_iscatter (MpiComm *self,
                    const MpiBuffer *send_buffer,
                    const MpiBuffer *recv_buffer,
                    gint root,
                    GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_scatter_arguments (self, send_buffer, recv_buffer, root, "MPI_Iscatter", &arguments, error)
      || !CHECK_MPI (error, MPI_Iscatter_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_iscatterv (MpiComm *self,
                     const MpiBlocks *send_blocks,
                     const MpiBuffer *recv_buffer,
                     gint root,
                     GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_scatterv_arguments (self, send_blocks, recv_buffer, root, "MPI_Iscatterv", &arguments, error)
      || !CHECK_MPI (error, MPI_Iscatterv_c, SIDE_BLOCKS (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_iallgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Iallgather", &arguments, error)
      || !CHECK_MPI (error, MPI_Iallgather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_iallgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Iallgatherv", &arguments, error)
      || !CHECK_MPI (error, MPI_Iallgatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_ialltoall (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_alltoall_arguments (self, send_buffer, recv_buffer, "MPI_Ialltoall", &arguments, error)
      || !CHECK_MPI (error, MPI_Ialltoall_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_ialltoallv (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_alltoallv_arguments (self, send_blocks, recv_blocks, "MPI_Ialltoallv", &arguments, error)
      || !CHECK_MPI (error, MPI_Ialltoallv_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                     COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiRequest *
comm_real_ialltoallw (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_alltoallw_check_in_place (self, send_blocks, "MPI_Ialltoallw", error)
      || !ompi_obj_alltoallw_arguments (self, send_blocks, recv_blocks, "MPI_Ialltoallw", &arguments, error)
      || !CHECK_MPI (error, MPI_Ialltoallw_c, SIDE_BLOCKS_OF_TYPES (arguments.send),
                     SIDE_BLOCKS_OF_TYPES (arguments.recv), COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

void
ompi_obj_comm_class_init_collective_nonblocking (MpiCommClass *klass)
{
  klass->ibarrier = comm_real_ibarrier;
  klass->ibcast = comm_real_ibcast;
  klass->igather = comm_real_igather;
  klass->igatherv = comm_real_igatherv;
  klass->iscatter = comm_real_iscatter;
  klass->iscatterv = comm_real_iscatterv;
  klass->iallgather = comm_real_iallgather;
  klass->iallgatherv = comm_real_iallgatherv;
  klass->ialltoall = comm_real_ialltoall;
  klass->ialltoallv = comm_real_ialltoallv;
  klass->ialltoallw = comm_real_ialltoallw;
}

/**
 * ompi_obj_comm_ibarrier: (virtual ibarrier)
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Says that this rank has come here; the request completes when all ranks have. Collective: every rank
 * starts its collectives on a communicator in the same order.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ibarrier` (MPI-4.0, section 6.12.1).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ibarrier (MpiComm *self, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Ibarrier", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ibarrier (self, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ibcast: (virtual ibcast)
 * @self: a communicator
 * @buffer: (nullable): at the root what to send, elsewhere where to receive to; as many bytes on every
 *   rank; %NULL where @root is `OMPI_OBJ_PROC_NULL`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.bcast] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.bcast].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ibcast` (MPI-4.0, section 6.12.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ibcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Ibcast", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ibcast (self, buffer, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_igather: (virtual igather)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where to receive to: as many times the elements that one rank sends
 *   as there are ranks; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.gather] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.gather].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Igather` (MPI-4.0, section 6.12.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_igather (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       gint root,
                       GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Igather", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->igather (self, send_buffer, recv_buffer, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_igatherv: (virtual igatherv)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: (nullable): at the root where to receive to: a block for each rank, of as many elements as
 *   it sends; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.gatherv] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.gatherv].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Igatherv` (MPI-4.0, section 6.12.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_igatherv (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBlocks *recv_blocks,
                        gint root,
                        GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Igatherv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->igatherv (self, send_buffer, recv_blocks, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_iscatter: (virtual iscatter)
 * @self: a communicator
 * @send_buffer: (nullable): at the root what to send: as many times the elements that one rank receives as
 *   there are ranks; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its part to; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.scatter] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.scatter].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iscatter` (MPI-4.0, section 6.12.4).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iscatter (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBuffer *recv_buffer,
                        gint root,
                        GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Iscatter", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->iscatter (self, send_buffer, recv_buffer, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_iscatterv: (virtual iscatterv)
 * @self: a communicator
 * @send_blocks: (nullable): at the root what to send: a block for each rank; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its block to, of as many elements; at the root it may
 *   be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.scatterv] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.scatterv].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iscatterv` (MPI-4.0, section 6.12.4).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iscatterv (MpiComm *self,
                         const MpiBlocks *send_blocks,
                         const MpiBuffer *recv_buffer,
                         gint root,
                         GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Iscatterv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->iscatterv (self, send_blocks, recv_buffer, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_iallgather: (virtual iallgather)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: as many times the elements that one rank sends as there are ranks
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.allgather] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.allgather].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iallgather` (MPI-4.0, section 6.12.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iallgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Iallgather", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->iallgather (self, send_buffer, recv_buffer, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_iallgatherv: (virtual iallgatherv)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: where to receive to: a block for each rank, of as many elements as it sends
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.allgatherv] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.allgatherv].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iallgatherv` (MPI-4.0, section 6.12.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iallgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Iallgatherv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->iallgatherv (self, send_buffer, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ialltoall: (virtual ialltoall)
 * @self: a communicator
 * @send_buffer: what to send: a part for each rank, all of the same size, one after the other; or
 *   `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: a part from each rank
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.alltoall] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.alltoall].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ialltoall` (MPI-4.0, section 6.12.6).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ialltoall (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Ialltoall", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ialltoall (self, send_buffer, recv_buffer, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ialltoallv: (virtual ialltoallv)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many elements as it sends to this one
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.alltoallv] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.alltoallv].
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ialltoallv` (MPI-4.0, section 6.12.6).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ialltoallv (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Ialltoallv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ialltoallv (self, send_blocks, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ialltoallw: (virtual ialltoallw)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many bytes as it sends to this one
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.alltoallw] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.alltoallw].
 *
 * MPICH cannot do this in place.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] in place on MPICH.
 *
 * Mirrors `MPI_Ialltoallw` (MPI-4.0, section 6.12.6).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ialltoallw (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  MpiRequest *request;

  COMM_ENTER (self, "MPI_Ialltoallw", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ialltoallw (self, send_blocks, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
