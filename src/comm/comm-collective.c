/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "collective-private.h"

gboolean
ompi_obj_comm_root_to_mpi (MpiComm *self, gint root, int *mpi_root, const char *function, GError **error)
{
  *mpi_root = root;
  if (G_LIKELY ((guint) root < self->handle->n_peers))
    return TRUE;
  if (self->handle->is_inter && root == OMPI_OBJ_ROOT)
    *mpi_root = MPI_ROOT;
  else if (self->handle->is_inter && root == OMPI_OBJ_PROC_NULL)
    *mpi_root = MPI_PROC_NULL;
  else
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ROOT, function, "root is %d, but the communicator has ranks 0 to %d",
                          root, (int) self->handle->n_peers - 1);
      return FALSE;
    }
  return TRUE;
}

static gboolean
comm_real_barrier (MpiComm *self, GError **error)
{
  return CHECK_MPI (error, MPI_Barrier, COMM_HANDLE (self));
}

static gboolean
comm_real_bcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error)
{
  if (G_LIKELY (!self->handle->is_inter && (guint) root < self->handle->n_peers && buffer != NULL
                && buffer_is_usable (buffer)))
    return CHECK_MPI (error, MPI_Bcast_c, BUFFER_ARGS (buffer), root, COMM_HANDLE (self));

  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_bcast_arguments (self, buffer, root, "MPI_Bcast", &arguments, error)
         && CHECK_MPI (error, MPI_Bcast_c, SIDE_BUFFER (arguments.send), arguments.root, COMM_HANDLE (self));
}

static gboolean
comm_real_gather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_gather_arguments (self, send_buffer, recv_buffer, root, "MPI_Gather", &arguments, error)
         && CHECK_MPI (error, MPI_Gather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                       COMM_HANDLE (self));
}

static gboolean
comm_real_gatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_gatherv_arguments (self, send_buffer, recv_blocks, root, "MPI_Gatherv", &arguments, error)
         && CHECK_MPI (error, MPI_Gatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv), arguments.root,
                       COMM_HANDLE (self));
}

static gboolean
comm_real_scatter (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, gint root, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_scatter_arguments (self, send_buffer, recv_buffer, root, "MPI_Scatter", &arguments, error)
         && CHECK_MPI (error, MPI_Scatter_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv), arguments.root,
                       COMM_HANDLE (self));
}

static gboolean
comm_real_scatterv (MpiComm *self,
                    const MpiBlocks *send_blocks,
                    const MpiBuffer *recv_buffer,
                    gint root,
                    GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_scatterv_arguments (self, send_blocks, recv_buffer, root, "MPI_Scatterv", &arguments, error)
         && CHECK_MPI (error, MPI_Scatterv_c, SIDE_BLOCKS (arguments.send), SIDE_BUFFER (arguments.recv),
                       arguments.root, COMM_HANDLE (self));
}

static gboolean
comm_real_allgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  if (G_LIKELY (buffers_are_plain (self, send_buffer, recv_buffer)
                && recv_buffer->count == send_buffer->count * self->handle->size))
    return CHECK_MPI (error, MPI_Allgather_c, BUFFER_ARGS (send_buffer), recv_buffer->address, send_buffer->count,
                      recv_buffer->datatype->handle, COMM_HANDLE (self));

  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Allgather", &arguments, error)
         && CHECK_MPI (error, MPI_Allgather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                       COMM_HANDLE (self));
}

static gboolean
comm_real_allgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Allgatherv", &arguments, error)
         && CHECK_MPI (error, MPI_Allgatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                       COMM_HANDLE (self));
}

static gboolean
comm_real_alltoall (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  const gint64 n_ranks = self->handle->size;

  if (G_LIKELY (n_ranks > 0 && buffers_are_plain (self, send_buffer, recv_buffer)
                && send_buffer->count == recv_buffer->count && send_buffer->count % n_ranks == 0))
    return CHECK_MPI (error, MPI_Alltoall_c, send_buffer->address, send_buffer->count / n_ranks,
                      send_buffer->datatype->handle, recv_buffer->address, recv_buffer->count / n_ranks,
                      recv_buffer->datatype->handle, COMM_HANDLE (self));

  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_alltoall_arguments (self, send_buffer, recv_buffer, "MPI_Alltoall", &arguments, error)
         && CHECK_MPI (error, MPI_Alltoall_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                       COMM_HANDLE (self));
}

static gboolean
comm_real_alltoallv (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_alltoallv_arguments (self, send_blocks, recv_blocks, "MPI_Alltoallv", &arguments, error)
         && CHECK_MPI (error, MPI_Alltoallv_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                       COMM_HANDLE (self));
}

static gboolean
comm_real_alltoallw (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_alltoallw_arguments (self, send_blocks, recv_blocks, "MPI_Alltoallw", &arguments, error)
         && CHECK_MPI (error, MPI_Alltoallw_c, SIDE_BLOCKS_OF_TYPES (arguments.send),
                       SIDE_BLOCKS_OF_TYPES (arguments.recv), COMM_HANDLE (self));
}

void
ompi_obj_comm_class_init_collective (MpiCommClass *klass)
{
  klass->barrier = comm_real_barrier;
  klass->bcast = comm_real_bcast;
  klass->gather = comm_real_gather;
  klass->gatherv = comm_real_gatherv;
  klass->scatter = comm_real_scatter;
  klass->scatterv = comm_real_scatterv;
  klass->allgather = comm_real_allgather;
  klass->allgatherv = comm_real_allgatherv;
  klass->alltoall = comm_real_alltoall;
  klass->alltoallv = comm_real_alltoallv;
  klass->alltoallw = comm_real_alltoallw;
}

/**
 * ompi_obj_comm_barrier: (virtual barrier)
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Waits until all ranks have come here. Collective.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Barrier` (MPI-4.0, section 6.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_barrier (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Barrier", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->barrier (self, error));
}

/**
 * ompi_obj_comm_bcast: (virtual bcast)
 * @self: a communicator
 * @buffer: (nullable): at the root what to send, elsewhere where to receive to; as many bytes on every
 *   rank; %NULL where @root is `OMPI_OBJ_PROC_NULL`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends a buffer from the root to all ranks. Collective.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Bcast` (MPI-4.0, section 6.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_bcast (MpiComm *self, const MpiBuffer *buffer, gint root, GError **error)
{
  COMM_ENTER (self, "MPI_Bcast", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->bcast (self, buffer, root, error));
}

/**
 * ompi_obj_comm_gather: (virtual gather)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where to receive to: as many times the elements that one rank sends
 *   as there are ranks; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Puts the buffers of all ranks one after the other, in the order of the ranks, at the root. Collective.
 *
 * Every rank sends as much. With `OMPI_OBJ_IN_PLACE` the root's own part is in its place in @recv_buffer
 * already. On an intercommunicator the root gets from every rank of the other group, and sends nothing; the
 * other ranks of its group pass %NULL for both.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Gather` (MPI-4.0, section 6.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_gather (MpiComm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      gint root,
                      GError **error)
{
  COMM_ENTER (self, "MPI_Gather", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->gather (self, send_buffer, recv_buffer, root, error));
}

/**
 * ompi_obj_comm_gatherv: (virtual gatherv)
 * @self: a communicator
 * @send_buffer: (nullable): what this rank sends; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: (nullable): at the root where to receive to: a block for each rank, of as many elements as
 *   it sends; ignored elsewhere
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Puts the buffers of all ranks, which may differ in size, into blocks at the root. Collective.
 *
 * With `OMPI_OBJ_IN_PLACE` the root's own part is in its block already. On an intercommunicator the root
 * gets from every rank of the other group, and sends nothing; the other ranks of its group pass %NULL for
 * both.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Gatherv` (MPI-4.0, section 6.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_gatherv (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBlocks *recv_blocks,
                       gint root,
                       GError **error)
{
  COMM_ENTER (self, "MPI_Gatherv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->gatherv (self, send_buffer, recv_blocks, root, error));
}

/**
 * ompi_obj_comm_scatter: (virtual scatter)
 * @self: a communicator
 * @send_buffer: (nullable): at the root what to send: as many times the elements that one rank receives as
 *   there are ranks; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its part to; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Deals a buffer of the root out to all ranks in equal parts, in the order of the ranks. Collective.
 *
 * With `OMPI_OBJ_IN_PLACE` the root leaves its own part where it is. On an intercommunicator the root sends
 * to every rank of the other group, and receives nothing; the other ranks of its group pass %NULL for both.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scatter` (MPI-4.0, section 6.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_scatter (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       gint root,
                       GError **error)
{
  COMM_ENTER (self, "MPI_Scatter", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->scatter (self, send_buffer, recv_buffer, root, error));
}

/**
 * ompi_obj_comm_scatterv: (virtual scatterv)
 * @self: a communicator
 * @send_blocks: (nullable): at the root what to send: a block for each rank; ignored elsewhere
 * @recv_buffer: (nullable): where this rank receives its block to, of as many elements; at the root it may
 *   be `OMPI_OBJ_IN_PLACE`
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the root,
 *   `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends each rank a block of its own, which may differ in size, from the root. Collective.
 *
 * With `OMPI_OBJ_IN_PLACE` the root leaves its own block where it is. On an intercommunicator the root
 * sends to every rank of the other group, and receives nothing; the other ranks of its group pass %NULL for
 * both.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scatterv` (MPI-4.0, section 6.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_scatterv (MpiComm *self,
                        const MpiBlocks *send_blocks,
                        const MpiBuffer *recv_buffer,
                        gint root,
                        GError **error)
{
  COMM_ENTER (self, "MPI_Scatterv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->scatterv (self, send_blocks, recv_buffer, root, error));
}

/**
 * ompi_obj_comm_allgather: (virtual allgather)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: as many times the elements that one rank sends as there are ranks
 * @error: return location for a #GError
 *
 * Puts the buffers of all ranks one after the other, in the order of the ranks, on every rank. Collective.
 *
 * Every rank sends as much. With `OMPI_OBJ_IN_PLACE` (on all ranks) each rank's own part is in its place in
 * @recv_buffer already. On an intercommunicator each rank gets what the ranks of the other group send.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allgather` (MPI-4.0, section 6.7).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_allgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  COMM_ENTER (self, "MPI_Allgather", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->allgather (self, send_buffer, recv_buffer, error));
}

/**
 * ompi_obj_comm_allgatherv: (virtual allgatherv)
 * @self: a communicator
 * @send_buffer: what this rank sends, or `OMPI_OBJ_IN_PLACE`
 * @recv_blocks: where to receive to: a block for each rank, of as many elements as it sends
 * @error: return location for a #GError
 *
 * Puts the buffers of all ranks, which may differ in size, into blocks on every rank. Collective.
 *
 * With `OMPI_OBJ_IN_PLACE` (on all ranks) each rank's own part is in its block already. On an
 * intercommunicator each rank gets what the ranks of the other group send.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allgatherv` (MPI-4.0, section 6.7).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_allgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error)
{
  COMM_ENTER (self, "MPI_Allgatherv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->allgatherv (self, send_buffer, recv_blocks, error));
}

/**
 * ompi_obj_comm_alltoall: (virtual alltoall)
 * @self: a communicator
 * @send_buffer: what to send: a part for each rank, all of the same size, one after the other; or
 *   `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where to receive to: a part from each rank
 * @error: return location for a #GError
 *
 * Sends a part of a buffer from every rank to every rank. Collective.
 *
 * Rank j finds what rank i has in its part j in part i. With `OMPI_OBJ_IN_PLACE` (on all ranks) what is
 * received replaces what is sent from @recv_buffer. On an intercommunicator each rank exchanges parts with
 * the ranks of the other group.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Alltoall` (MPI-4.0, section 6.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_alltoall (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  COMM_ENTER (self, "MPI_Alltoall", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->alltoall (self, send_buffer, recv_buffer, error));
}

/**
 * ompi_obj_comm_alltoallv: (virtual alltoallv)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many elements as it sends to this one
 * @error: return location for a #GError
 *
 * Sends a block from every rank to every rank; they may differ in size. Collective.
 *
 * With `OMPI_OBJ_BLOCKS_IN_PLACE` (on all ranks) what is received replaces what is sent from @recv_blocks.
 * On an intercommunicator each rank exchanges blocks with the ranks of the other group.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Alltoallv` (MPI-4.0, section 6.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_alltoallv (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  COMM_ENTER (self, "MPI_Alltoallv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->alltoallv (self, send_blocks, recv_blocks, error));
}

/**
 * ompi_obj_comm_alltoallw: (virtual alltoallw)
 * @self: a communicator
 * @send_blocks: what to send: a block for each rank; or `OMPI_OBJ_BLOCKS_IN_PLACE`
 * @recv_blocks: where to receive to: a block from each rank, of as many bytes as it sends to this one
 * @error: return location for a #GError
 *
 * Sends a block from every rank to every rank; they may differ in size and datatype. Collective.
 *
 * With `OMPI_OBJ_BLOCKS_IN_PLACE` (on all ranks) what is received replaces what is sent from @recv_blocks.
 * On an intercommunicator each rank exchanges blocks with the ranks of the other group.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Alltoallw` (MPI-4.0, section 6.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_alltoallw (MpiComm *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, GError **error)
{
  COMM_ENTER (self, "MPI_Alltoallw", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->alltoallw (self, send_blocks, recv_blocks, error));
}
