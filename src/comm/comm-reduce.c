/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "collective-private.h"

static gboolean
comm_real_reduce (MpiComm *self,
                  const MpiBuffer *send_buffer,
                  const MpiBuffer *recv_buffer,
                  MpiOp *op,
                  gint root,
                  GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_reduce_arguments (self, send_buffer, recv_buffer, op, root, "MPI_Reduce", &arguments, error)
         && CHECK_MPI (error, MPI_Reduce_c, REDUCTION_ARGS (arguments), arguments.root, COMM_HANDLE (self));
}

static MpiRequest *
comm_real_ireduce (MpiComm *self,
                   const MpiBuffer *send_buffer,
                   const MpiBuffer *recv_buffer,
                   MpiOp *op,
                   gint root,
                   GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_reduce_arguments (self, send_buffer, recv_buffer, op, root, "MPI_Ireduce", &arguments, error)
      || !CHECK_MPI (error, MPI_Ireduce_c, REDUCTION_ARGS (arguments), arguments.root, COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiPrequest *
comm_real_reduce_init (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       MpiOp *op,
                       gint root,
                       MpiInfo *info,
                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Reduce_init", error)
      || !ompi_obj_reduce_arguments (self, send_buffer, recv_buffer, op, root, "MPI_Reduce_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Reduce_init_c, REDUCTION_ARGS (arguments), arguments.root, COMM_HANDLE (self),
                     info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static gboolean
comm_real_allreduce (MpiComm *self,
                     const MpiBuffer *send_buffer,
                     const MpiBuffer *recv_buffer,
                     MpiOp *op,
                     GError **error)
{
  if (G_LIKELY (buffers_are_plain (self, send_buffer, recv_buffer) && send_buffer->count == recv_buffer->count))
    return ompi_obj_op_check_datatype (op, recv_buffer->datatype, "MPI_Allreduce", error)
           && CHECK_MPI (error, MPI_Allreduce_c, send_buffer->address, BUFFER_ARGS (recv_buffer), op->handle,
                         COMM_HANDLE (self));

  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_allreduce_arguments (self, send_buffer, recv_buffer, op, "MPI_Allreduce", &arguments, error)
         && CHECK_MPI (error, MPI_Allreduce_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self));
}

static MpiRequest *
comm_real_iallreduce (MpiComm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_allreduce_arguments (self, send_buffer, recv_buffer, op, "MPI_Iallreduce", &arguments, error)
      || !CHECK_MPI (error, MPI_Iallreduce_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiPrequest *
comm_real_allreduce_init (MpiComm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          MpiInfo *info,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Allreduce_init", error)
      || !ompi_obj_allreduce_arguments (self, send_buffer, recv_buffer, op, "MPI_Allreduce_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Allreduce_init_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self), info_to_mpi (info),
                     &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static gboolean
comm_real_reduce_scatter_block (MpiComm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBuffer *recv_buffer,
                                MpiOp *op,
                                GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_reduce_scatter_block_arguments (self, send_buffer, recv_buffer, op, "MPI_Reduce_scatter_block",
                                                  &arguments, error)
         && CHECK_MPI (error, MPI_Reduce_scatter_block_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self));
}

static MpiRequest *
comm_real_ireduce_scatter_block (MpiComm *self,
                                 const MpiBuffer *send_buffer,
                                 const MpiBuffer *recv_buffer,
                                 MpiOp *op,
                                 GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_reduce_scatter_block_arguments (self, send_buffer, recv_buffer, op, "MPI_Ireduce_scatter_block",
                                                &arguments, error)
      || !CHECK_MPI (error, MPI_Ireduce_scatter_block_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiPrequest *
comm_real_reduce_scatter_block_init (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     MpiOp *op,
                                     MpiInfo *info,
                                     GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Reduce_scatter_block_init", error)
      || !ompi_obj_reduce_scatter_block_arguments (self, send_buffer, recv_buffer, op, "MPI_Reduce_scatter_block_init",
                                                   &arguments, error)
      || !CHECK_MPI (error, MPI_Reduce_scatter_block_init_c, REDUCTION_ARGS (arguments), COMM_HANDLE (self),
                     info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

static gboolean
comm_real_reduce_scatter (MpiComm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          const gint64 *counts,
                          gsize n_counts,
                          MpiOp *op,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_reduce_scatter_arguments (self, send_buffer, recv_buffer, counts, n_counts, op, "MPI_Reduce_scatter",
                                            &arguments, error)
         && CHECK_MPI (error, MPI_Reduce_scatter_c, arguments.send.address, arguments.recv.address,
                       arguments.recv.counts, arguments.recv.datatype, op->handle, COMM_HANDLE (self));
}

static MpiRequest *
comm_real_ireduce_scatter (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           const gint64 *counts,
                           gsize n_counts,
                           MpiOp *op,
                           GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_reduce_scatter_arguments (self, send_buffer, recv_buffer, counts, n_counts, op, "MPI_Ireduce_scatter",
                                          &arguments, error)
      || !CHECK_MPI (error, MPI_Ireduce_scatter_c, arguments.send.address, arguments.recv.address,
                     arguments.recv.counts, arguments.recv.datatype, op->handle, COMM_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (self, handle, &arguments);
}

static MpiPrequest *
comm_real_reduce_scatter_init (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               const gint64 *counts,
                               gsize n_counts,
                               MpiOp *op,
                               MpiInfo *info,
                               GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Reduce_scatter_init", error)
      || !ompi_obj_reduce_scatter_arguments (self, send_buffer, recv_buffer, counts, n_counts, op,
                                             "MPI_Reduce_scatter_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Reduce_scatter_init_c, arguments.send.address, arguments.recv.address,
                     arguments.recv.counts, arguments.recv.datatype, op->handle, COMM_HANDLE (self), info_to_mpi (info),
                     &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (self, handle, &arguments);
}

void
ompi_obj_comm_class_init_reduce (MpiCommClass *klass)
{
  klass->reduce = comm_real_reduce;
  klass->ireduce = comm_real_ireduce;
  klass->reduce_init = comm_real_reduce_init;
  klass->allreduce = comm_real_allreduce;
  klass->iallreduce = comm_real_iallreduce;
  klass->allreduce_init = comm_real_allreduce_init;
  klass->reduce_scatter_block = comm_real_reduce_scatter_block;
  klass->ireduce_scatter_block = comm_real_ireduce_scatter_block;
  klass->reduce_scatter_block_init = comm_real_reduce_scatter_block_init;
  klass->reduce_scatter = comm_real_reduce_scatter;
  klass->ireduce_scatter = comm_real_ireduce_scatter;
  klass->reduce_scatter_init = comm_real_reduce_scatter_init;
}

/**
 * ompi_obj_comm_reduce: (virtual reduce)
 * @self: a communicator
 * @send_buffer: (nullable): this rank's contribution; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where the result goes to: other memory, the same count and
 *   datatype; ignored elsewhere
 * @op: how two contributions are combined, element by element
 * @root: the rank that gets the result, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at
 *   the root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Combines a buffer of every rank into one result at the root. Collective.
 *
 * Count and datatype are the same on every rank. With `OMPI_OBJ_IN_PLACE` the root's contribution is in
 * @recv_buffer, and is replaced by the result. On an intercommunicator the root gets the result of the
 * other group, and contributes nothing; the other ranks of its group pass %NULL for both buffers.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.op] if @op was freed or is not defined for the datatype,
 * [error@Mpi.Error.arg] if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Reduce` (MPI-4.0, section 6.9.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_reduce (MpiComm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      gint root,
                      GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (self, "MPI_Reduce", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->reduce (self, send_buffer, recv_buffer, op, root, error));
}

/**
 * ompi_obj_comm_ireduce: (virtual ireduce)
 * @self: a communicator
 * @send_buffer: (nullable): this rank's contribution; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where the result goes to: other memory, the same count and
 *   datatype; ignored elsewhere
 * @op: how two contributions are combined, element by element
 * @root: the rank that gets the result, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at
 *   the root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.reduce] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.reduce].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.op] if @op was freed or is not defined for the datatype,
 * [error@Mpi.Error.arg] if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ireduce` (MPI-4.0, section 6.12.7).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ireduce (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       MpiOp *op,
                       gint root,
                       GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Ireduce", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ireduce (self, send_buffer, recv_buffer, op, root, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_reduce_init: (virtual reduce_init)
 * @self: a communicator
 * @send_buffer: (nullable): this rank's contribution; at the root it may be `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: (nullable): at the root where the result goes to: other memory, the same count and
 *   datatype; ignored elsewhere
 * @op: how two contributions are combined, element by element
 * @root: the rank that gets the result, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at
 *   the root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.reduce] does, to be started many times. Collective: every rank sets up its
 * collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.reduce].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.op] if @op was freed or is not defined for the datatype,
 * [error@Mpi.Error.arg] if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.comm] if @self was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Reduce_init` (MPI-4.0, section 6.13.7).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_reduce_init (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           MpiOp *op,
                           gint root,
                           MpiInfo *info,
                           GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Reduce_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->reduce_init (self, send_buffer, recv_buffer, op, root, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_allreduce: (virtual allreduce)
 * @self: a communicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines a buffer of every rank into one result that every rank gets. Collective.
 *
 * Count and datatype are the same on every rank. With `OMPI_OBJ_IN_PLACE` (on all ranks) each contribution
 * is in @recv_buffer, and is replaced by the result. On an intercommunicator each rank gets the result of
 * the other group.
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
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
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (self, "MPI_Allreduce", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->allreduce (self, send_buffer, recv_buffer, op, error));
}

/**
 * ompi_obj_comm_iallreduce: (virtual iallreduce)
 * @self: a communicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.allreduce] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.allreduce].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iallreduce` (MPI-4.0, section 6.12.8).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iallreduce (MpiComm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Iallreduce", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->iallreduce (self, send_buffer, recv_buffer, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_allreduce_init: (virtual allreduce_init)
 * @self: a communicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.allreduce] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.allreduce].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if
 * this MPI is older than 4.0.
 *
 * Mirrors `MPI_Allreduce_init` (MPI-4.0, section 6.13.8).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_allreduce_init (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              MpiOp *op,
                              MpiInfo *info,
                              GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Allreduce_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->allreduce_init (self, send_buffer, recv_buffer, op, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_reduce_scatter_block: (virtual reduce_scatter_block)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many times the elements of @recv_buffer as there are ranks (in
 *   this rank's group, on an intercommunicator); or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines a buffer of every rank into one result, and deals it out in equal parts. Collective.
 *
 * Count and datatype are the same on every rank. With `OMPI_OBJ_IN_PLACE` (on all ranks) the whole
 * contribution is in @recv_buffer, which has the count of all parts then, and this rank's part of the
 * result replaces its first elements. On an intercommunicator the ranks of each group share the result of
 * the other group; the whole counts of both groups are the same.
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Reduce_scatter_block` (MPI-4.0, section 6.10.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_reduce_scatter_block (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    MpiOp *op,
                                    GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (self, "MPI_Reduce_scatter_block", error, FALSE);
  return CHECK_SLOT (error,
                     OMPI_OBJ_COMM_GET_CLASS (self)->reduce_scatter_block (self, send_buffer, recv_buffer, op, error));
}

/**
 * ompi_obj_comm_ireduce_scatter_block: (virtual ireduce_scatter_block)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many times the elements of @recv_buffer as there are ranks (in
 *   this rank's group, on an intercommunicator); or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.reduce_scatter_block] does, and returns at once. Collective: every rank
 * starts its collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Comm.reduce_scatter_block].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ireduce_scatter_block` (MPI-4.0, section 6.12.9).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ireduce_scatter_block (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     MpiOp *op,
                                     GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Ireduce_scatter_block", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->ireduce_scatter_block (self, send_buffer, recv_buffer, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_reduce_scatter_block_init: (virtual reduce_scatter_block_init)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many times the elements of @recv_buffer as there are ranks (in
 *   this rank's group, on an intercommunicator); or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @op: how two contributions are combined, element by element
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.reduce_scatter_block] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Comm.reduce_scatter_block].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if
 * this MPI is older than 4.0.
 *
 * Mirrors `MPI_Reduce_scatter_block_init` (MPI-4.0, section 6.13.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_reduce_scatter_block_init (MpiComm *self,
                                         const MpiBuffer *send_buffer,
                                         const MpiBuffer *recv_buffer,
                                         MpiOp *op,
                                         MpiInfo *info,
                                         GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Reduce_scatter_block_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->reduce_scatter_block_init (self, send_buffer, recv_buffer, op, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_reduce_scatter: (virtual reduce_scatter)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many elements as @counts add up to; or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @counts: (array length=n_counts): how many elements of the result each rank gets; the same on every rank
 *   (of a group, on an intercommunicator)
 * @n_counts: the number of ranks (in this rank's group, on an intercommunicator)
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines a buffer of every rank into one result, and deals it out in parts that may differ in size.
 * Collective.
 *
 * With `OMPI_OBJ_IN_PLACE` (on all ranks) the whole contribution is in @recv_buffer, which has the count of
 * all parts then, and this rank's part of the result replaces its first elements. On an intercommunicator
 * the ranks of each group share the result of the other group; the counts of both groups add up to the
 * same.
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Reduce_scatter` (MPI-4.0, section 6.10.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_reduce_scatter (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              const gint64 *counts,
                              gsize n_counts,
                              MpiOp *op,
                              GError **error)
{
  g_return_val_if_fail (counts != NULL || n_counts == 0, FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (self, "MPI_Reduce_scatter", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->reduce_scatter (self, send_buffer, recv_buffer, counts,
                                                                            n_counts, op, error));
}

/**
 * ompi_obj_comm_ireduce_scatter: (virtual ireduce_scatter)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many elements as @counts add up to; or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @counts: (array length=n_counts): how many elements of the result each rank gets; the same on every rank
 *   (of a group, on an intercommunicator)
 * @n_counts: the number of ranks (in this rank's group, on an intercommunicator)
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Comm.reduce_scatter] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arrays are copied, and may be changed.
 * Arguments are those of [method@Mpi.Comm.reduce_scatter].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ireduce_scatter` (MPI-4.0, section 6.12.10).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ireduce_scatter (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBuffer *recv_buffer,
                               const gint64 *counts,
                               gsize n_counts,
                               MpiOp *op,
                               GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (counts != NULL || n_counts == 0, NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Ireduce_scatter", error, NULL);
  request =
      OMPI_OBJ_COMM_GET_CLASS (self)->ireduce_scatter (self, send_buffer, recv_buffer, counts, n_counts, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_reduce_scatter_init: (virtual reduce_scatter_init)
 * @self: a communicator
 * @send_buffer: this rank's contribution: as many elements as @counts add up to; or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where this rank's part of the result goes to: other memory, the same datatype
 * @counts: (array length=n_counts): how many elements of the result each rank gets; the same on every rank
 *   (of a group, on an intercommunicator)
 * @n_counts: the number of ranks (in this rank's group, on an intercommunicator)
 * @op: how two contributions are combined, element by element
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Comm.reduce_scatter] does, to be started many times. Collective: every rank sets
 * up its collectives on a communicator, and starts them, in the same order.
 *
 * Arrays are copied, and may be changed. Arguments are those of [method@Mpi.Comm.reduce_scatter].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if
 * this MPI is older than 4.0.
 *
 * Mirrors `MPI_Reduce_scatter_init` (MPI-4.0, section 6.13.10).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_reduce_scatter_init (MpiComm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBuffer *recv_buffer,
                                   const gint64 *counts,
                                   gsize n_counts,
                                   MpiOp *op,
                                   MpiInfo *info,
                                   GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (counts != NULL || n_counts == 0, NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Reduce_scatter_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->reduce_scatter_init (self, send_buffer, recv_buffer, counts, n_counts, op,
                                                                 info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
