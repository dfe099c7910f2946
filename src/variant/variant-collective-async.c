/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "request-async-private.h"

/*
 * Each starts in the call itself, cancelled or not: the ranks must call their collectives in the same order.
 */

/* The one value that a collective gives this rank, and the values that it gives of all ranks. */

static GVariant *
finish_value (GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = request_task_finish (result, NULL, error);

  return request != NULL ? ompi_obj_request_get_variant (request, error) : NULL;
}

static GPtrArray *
finish_values (GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = request_task_finish (result, NULL, error);

  return request != NULL ? ompi_obj_request_get_variants (request, error) : NULL;
}

/**
 * ompi_obj_comm_bcast_variant_async:
 * @self: a communicator
 * @value: (nullable): the value at the root, ignored elsewhere; a floating one is consumed
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.bcast_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value of the root to all ranks. Collective: the form of
 * [method@Mpi.Comm.bcast_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Ibcast` (MPI-4.0, section 6.12.2).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_bcast_variant_async (MpiComm *self,
                                   GVariant *value,
                                   gint root,
                                   gint io_priority,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_bcast_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_ibcast_variant (self, value, root, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_bcast_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.bcast_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.bcast_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the value, on every rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_bcast_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_bcast_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}

/**
 * ompi_obj_comm_gather_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one
 *   is consumed
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.gather_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value of every rank to the root. Collective: the form of
 * [method@Mpi.Comm.gather_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Igather` (MPI-4.0, section 6.12.3).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_gather_variant_async (MpiComm *self,
                                    GVariant *value,
                                    gint root,
                                    gint io_priority,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_gather_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_igather_variant (self, value, root, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_gather_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.gather_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.gather_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer container) (element-type GLib.Variant): at the root the values, in rank order; an empty list
 *   elsewhere; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_gather_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_gather_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_values (result, error);
}

/**
 * ompi_obj_comm_scatter_variant_async:
 * @self: a communicator
 * @values: (array length=n_values) (nullable): at the root one value for each rank, in rank order; ignored elsewhere
 * @n_values: how many
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.scatter_variant_finish]
 * @user_data: data for @callback
 *
 * Sends one value from the root to every rank. Collective: the form of
 * [method@Mpi.Comm.scatter_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Iscatter` (MPI-4.0, section 6.12.4).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_scatter_variant_async (MpiComm *self,
                                     GVariant **values,
                                     gsize n_values,
                                     gint root,
                                     gint io_priority,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_scatter_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_iscatter_variant (self, values, n_values, root, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_scatter_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.scatter_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.scatter_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the value for this rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_scatter_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_scatter_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}

/**
 * ompi_obj_comm_allgather_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.allgather_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value of every rank to all ranks. Collective: the form of
 * [method@Mpi.Comm.allgather_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Iallgather` (MPI-4.0, section 6.12.5).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_allgather_variant_async (MpiComm *self,
                                       GVariant *value,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_allgather_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_iallgather_variant (self, value, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_allgather_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.allgather_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.allgather_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values, in rank order; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_allgather_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_allgather_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_values (result, error);
}

/**
 * ompi_obj_comm_alltoall_variant_async:
 * @self: a communicator
 * @values: (array length=n_values) (nullable): one value for each rank, in rank order
 * @n_values: how many
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.alltoall_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value from every rank to every rank. Collective: the form of
 * [method@Mpi.Comm.alltoall_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Ialltoall` (MPI-4.0, section 6.12.6).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_alltoall_variant_async (MpiComm *self,
                                      GVariant **values,
                                      gsize n_values,
                                      gint io_priority,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_alltoall_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_ialltoall_variant (self, values, n_values, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_alltoall_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.alltoall_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.alltoall_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values for this rank, in rank order; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_alltoall_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_alltoall_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_values (result, error);
}

/**
 * ompi_obj_comm_reduce_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one
 *   is consumed
 * @op: how two values are combined
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.reduce_variant_finish]
 * @user_data: data for @callback
 *
 * Combines a value of every rank into one at the root. Collective: the form of
 * [method@Mpi.Comm.reduce_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it. The first one on an intercommunicator blocks until all ranks of both
 * groups have called it.
 *
 * Mirrors `MPI_Ireduce` (MPI-4.0, section 6.12.7).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_reduce_variant_async (MpiComm *self,
                                    GVariant *value,
                                    MpiOp *op,
                                    gint root,
                                    gint io_priority,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_reduce_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_ireduce_variant (self, value, op, root, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_reduce_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.reduce_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.reduce_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): at the root the result, the empty tuple `()` elsewhere; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_reduce_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_reduce_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}

/**
 * ompi_obj_comm_allreduce_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @op: how two values are combined
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Comm.allreduce_variant_finish]
 * @user_data: data for @callback
 *
 * Combines a value of every rank into one on all ranks. Collective: the form of
 * [method@Mpi.Comm.allreduce_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it. The first one on an intercommunicator blocks until all ranks of both
 * groups have called it.
 *
 * Mirrors `MPI_Iallreduce` (MPI-4.0, section 6.12.8).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_allreduce_variant_async (MpiComm *self,
                                       GVariant *value,
                                       MpiOp *op,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_allreduce_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_iallreduce_variant (self, value, op, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_allreduce_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.allreduce_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.allreduce_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the result, on every rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_allreduce_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_allreduce_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}

/**
 * ompi_obj_intracomm_scan_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @op: how two values are combined
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Intracomm.scan_variant_finish]
 * @user_data: data for @callback
 *
 * Combines the values of the ranks up to this one. Collective: the form of
 * [method@Mpi.Intracomm.scan_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Iscan` (MPI-4.0, section 6.12.11).
 *
 * Since: 1.0
 */
void
ompi_obj_intracomm_scan_variant_async (MpiIntracomm *self,
                                       GVariant *value,
                                       MpiOp *op,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_INTRACOMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_intracomm_scan_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_intracomm_iscan_variant (self, value, op, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_intracomm_scan_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Intracomm.scan_variant_async].
 *
 * Errors: those of [method@Mpi.Intracomm.scan_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the result; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_intracomm_scan_variant_finish (MpiIntracomm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_intracomm_scan_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}

/**
 * ompi_obj_intracomm_exscan_variant_async:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @op: how two values are combined
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the result is there or it failed; it calls
 *   [method@Mpi.Intracomm.exscan_variant_finish]
 * @user_data: data for @callback
 *
 * Combines the values of the ranks before this one. Collective: the form of
 * [method@Mpi.Intracomm.exscan_variant] for programs in a main loop.
 *
 * The operation takes its place among the collectives of @self in this call, and its steps while the main loop runs, on
 * every rank; no rank may leave its loop before it has ended. Cancelling ends the call of this rank alone, and the rank
 * goes on to take part, as the others need it.
 *
 * Mirrors `MPI_Iexscan` (MPI-4.0, section 6.12.12).
 *
 * Since: 1.0
 */
void
ompi_obj_intracomm_exscan_variant_async (MpiIntracomm *self,
                                         GVariant *value,
                                         MpiOp *op,
                                         gint io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_INTRACOMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task =
      request_task_new (self, ompi_obj_intracomm_exscan_variant_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_intracomm_iexscan_variant (self, value, op, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_intracomm_exscan_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Intracomm.exscan_variant_async].
 *
 * Errors: those of [method@Mpi.Intracomm.exscan_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the result, the empty tuple `()` on rank 0; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_intracomm_exscan_variant_finish (MpiIntracomm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_intracomm_exscan_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_value (result, error);
}
