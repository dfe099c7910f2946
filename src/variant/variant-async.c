/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "request-async-private.h"

/**
 * ompi_obj_request_wait_variant_async:
 * @self: a request
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the value has arrived or the operation failed; it calls
 *   [method@Mpi.Request.wait_variant_finish]
 * @user_data: data for @callback
 *
 * Waits in the main loop for the value that a request receives: [method@Mpi.Request.wait_async] for requests of
 * values. All that is said there is true here.
 *
 * Since: 1.0
 */
void
ompi_obj_request_wait_variant_async (MpiRequest *self,
                                     gint io_priority,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_REQUEST (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_request_wait_variant_async, io_priority, cancellable, callback, user_data);
  request_task_await (task, g_object_ref (self), NULL);
}

/**
 * ompi_obj_request_wait_variant_finish:
 * @self: a request
 * @result: what the callback was given
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Request.wait_variant_async].
 *
 * Errors: those of [method@Mpi.Request.wait_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the value; of a request that receives none, such as one of
 *   [method@Mpi.Comm.isend_variant], the empty tuple `()`; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_wait_variant_finish (MpiRequest *self, GAsyncResult *result, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_request_wait_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = request_task_finish (result, status, error);
  return request != NULL ? ompi_obj_request_get_variant (request, error) : NULL;
}

/**
 * ompi_obj_comm_send_variant_async:
 * @self: a communicator
 * @value: a value; a floating one is consumed
 * @dest: the rank that receives, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number that the receiver can choose by
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the value was sent or could not be; it calls
 *   [method@Mpi.Comm.send_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value: the form of [method@Mpi.Comm.send_variant] for programs in a main loop. The message is on its way
 * when this returns, in the order of the calls.
 *
 * One that was cancelled before is not sent. After that it cannot be taken back: cancelling ends the call, and the
 * message is sent.
 *
 * Mirrors `MPI_Isend` (MPI-4.0, section 3.7.2).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_send_variant_async (MpiComm *self,
                                  GVariant *value,
                                  gint dest,
                                  gint tag,
                                  gint io_priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GVariant) owned = NULL;
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (value != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  owned = g_variant_ref_sink (value);
  task = request_task_new (self, ompi_obj_comm_send_variant_async, io_priority, cancellable, callback, user_data);
  if (request_task_return_if_cancelled (task))
    return;
  request = ompi_obj_comm_isend_variant (self, owned, dest, tag, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_send_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.send_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.send_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if the value was sent; it may not have been received yet
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_send_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_send_variant_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  request = request_task_finish (result, NULL, error);
  return request != NULL;
}

/**
 * ompi_obj_comm_ssend_variant_async:
 * @self: a communicator
 * @value: a value; a floating one is consumed
 * @dest: the rank that receives, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number that the receiver can choose by
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the receiver has begun to receive the value, or it could not be
 * sent; it calls [method@Mpi.Comm.ssend_variant_finish]
 * @user_data: data for @callback
 *
 * Sends a value, and ends when its receiver has begun to receive it: the form of [method@Mpi.Comm.ssend_variant] for
 * programs in a main loop. Otherwise as [method@Mpi.Comm.send_variant_async].
 *
 * Mirrors `MPI_Issend` (MPI-4.0, section 3.7.2).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_ssend_variant_async (MpiComm *self,
                                   GVariant *value,
                                   gint dest,
                                   gint tag,
                                   gint io_priority,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GVariant) owned = NULL;
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_COMM (self));
  g_return_if_fail (value != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  owned = g_variant_ref_sink (value);
  task = request_task_new (self, ompi_obj_comm_ssend_variant_async, io_priority, cancellable, callback, user_data);
  if (request_task_return_if_cancelled (task))
    return;
  request = ompi_obj_comm_issend_variant (self, owned, dest, tag, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_ssend_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.ssend_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.send_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if the receiver has begun to receive the value
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_ssend_variant_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_ssend_variant_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  request = request_task_finish (result, NULL, error);
  return request != NULL;
}

/**
 * ompi_obj_comm_recv_variant_async:
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when a value has arrived or the receive failed; it calls
 *   [method@Mpi.Comm.recv_variant_finish]
 * @user_data: data for @callback
 *
 * Receives a value, of whatever type and size: the form of [method@Mpi.Comm.recv_variant] for programs in a main loop.
 * Several that wait get their messages in the order of the calls.
 *
 * Cancelling loses no message: one that was found before is received, and the call succeeds; else the next receive
 * that matches gets it.
 *
 * Mirrors `MPI_Irecv` (MPI-4.0, section 3.7.2).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_recv_variant_async (MpiComm *self,
                                  gint source,
                                  gint tag,
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

  task = request_task_new (self, ompi_obj_comm_recv_variant_async, io_priority, cancellable, callback, user_data);
  if (request_task_return_if_cancelled (task))
    return;
  request = ompi_obj_comm_irecv_variant (self, source, tag, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_recv_variant_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.recv_variant_async].
 *
 * Errors: those of [method@Mpi.Comm.recv_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_recv_variant_finish (MpiComm *self, GAsyncResult *result, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_recv_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = request_task_finish (result, status, error);
  return request != NULL ? ompi_obj_request_get_variant (request, error) : NULL;
}

/**
 * ompi_obj_message_recv_variant_async:
 * @self: a message that was not received yet
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the value was received or the receive failed; it calls
 *   [method@Mpi.Message.recv_variant_finish]
 * @user_data: data for @callback
 *
 * Receives a matched message as a value: the form of [method@Mpi.Message.recv_variant] for programs in a main loop. If
 * @cancellable is cancelled before, the message can still be received; after that it is received all the same.
 *
 * Mirrors `MPI_Imrecv` (MPI-4.0, section 3.8.3).
 *
 * Since: 1.0
 */
void
ompi_obj_message_recv_variant_async (MpiMessage *self,
                                     gint io_priority,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (OMPI_OBJ_IS_MESSAGE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_message_recv_variant_async, io_priority, cancellable, callback, user_data);
  if (request_task_return_if_cancelled (task))
    return;
  request = ompi_obj_message_irecv_variant (self, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_message_recv_variant_finish:
 * @self: a message
 * @result: what the callback was given
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Message.recv_variant_async].
 *
 * Errors: those of [method@Mpi.Message.recv_variant], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_message_recv_variant_finish (MpiMessage *self, GAsyncResult *result, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_message_recv_variant_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = request_task_finish (result, status, error);
  return request != NULL ? ompi_obj_request_get_variant (request, error) : NULL;
}
