/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "large-count-private.h"
#include "op-private.h"

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
  int mpi_root;

  if (!buffer_check (buffer, "MPI_Bcast", error)
      || !ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Bcast", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Bcast_c, BUFFER_ARGS (buffer), mpi_root, COMM_HANDLE (self));
}

static gboolean
comm_real_allreduce (MpiComm *self,
                     const MpiBuffer *send_buffer,
                     const MpiBuffer *recv_buffer,
                     MpiOp *op,
                     GError **error)
{
  if (!buffer_check (send_buffer, "MPI_Allreduce", error) || !buffer_check (recv_buffer, "MPI_Allreduce", error)
      || !ompi_obj_op_check_datatype (op, recv_buffer->datatype->handle, "MPI_Allreduce", error))
    return FALSE;
  if (send_buffer->count != recv_buffer->count || send_buffer->datatype != recv_buffer->datatype)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Allreduce",
                          "the buffers differ in count (%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ") or datatype",
                          send_buffer->count, recv_buffer->count);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Allreduce_c, send_buffer->address, BUFFER_ARGS (recv_buffer), op->handle,
                    COMM_HANDLE (self));
}

void
ompi_obj_comm_class_init_collective (MpiCommClass *klass)
{
  klass->barrier = comm_real_barrier;
  klass->bcast = comm_real_bcast;
  klass->allreduce = comm_real_allreduce;
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
 * @buffer: at the root what to send, elsewhere where to receive to; as many bytes on every rank
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends a buffer from the root to all ranks. Collective.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
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
  g_return_val_if_fail (buffer != NULL, FALSE);
  COMM_ENTER (self, "MPI_Bcast", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->bcast (self, buffer, root, error));
}

/**
 * ompi_obj_comm_allreduce: (virtual allreduce)
 * @self: a communicator
 * @send_buffer: this rank's contribution
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines a buffer of every rank into one result that every rank gets. Collective; count and datatype
 * are the same on every rank.
 *
 * Errors: [error@Mpi.Error.arg] if the buffers differ, [error@Mpi.Error.op] if @op was freed or is
 * not defined for the datatype, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allreduce` (MPI-4.0, section 6.9.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_allreduce (MpiComm *self,
                         const MpiBuffer *send_buffer,
                         const MpiBuffer *recv_buffer,
                         MpiOp *op,
                         GError **error)
{
  g_return_val_if_fail (send_buffer != NULL && recv_buffer != NULL, FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (self, "MPI_Allreduce", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->allreduce (self, send_buffer, recv_buffer, op, error));
}
