/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "comm-private.h"
#include "request-async-private.h"

/**
 * ompi_obj_comm_barrier_async:
 * @self: a communicator
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when all ranks have come; it calls [method@Mpi.Comm.barrier_finish]
 * @user_data: data for @callback
 *
 * Says that this rank has come here, and goes on until all ranks have: the form of [method@Mpi.Comm.barrier] for
 * programs in a main loop. Collective, from this call on. Cancelling ends the call, but the rank has come.
 *
 * Mirrors `MPI_Ibarrier` (MPI-4.0, section 6.12.1).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_barrier_async (MpiComm *self,
                             gint io_priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GError *error = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (comm_check_type (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_barrier_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_ibarrier (self, &error);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_barrier_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.barrier_async].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if all ranks have come
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_barrier_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_barrier_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  request = request_task_finish (result, NULL, error);
  return request != NULL;
}

/**
 * ompi_obj_comm_dup_async:
 * @self: a communicator
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when there is the new communicator; it calls
 *   [method@Mpi.Comm.dup_finish]
 * @user_data: data for @callback
 *
 * Makes a communicator of the same ranks with a context of its own: the form of [method@Mpi.Comm.dup] for programs in
 * a main loop. Collective, from this call on. Cancelling ends the call, and the communicator is freed when it is there.
 *
 * Mirrors `MPI_Comm_idup` (MPI-4.0, section 7.4.2).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_dup_async (MpiComm *self,
                         gint io_priority,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GError *error = NULL;
  MpiComm *copy = NULL;
  MpiRequest *request;
  GTask *task;

  g_return_if_fail (comm_check_type (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_comm_dup_async, io_priority, cancellable, callback, user_data);
  request = ompi_obj_comm_idup (self, &copy, &error);
  g_object_set_data_full (G_OBJECT (task), "copy", copy, g_object_unref);
  request_task_await (task, request, error);
}

/**
 * ompi_obj_comm_dup_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.dup_async].
 *
 * Errors: those of [method@Mpi.Comm.dup], and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the new communicator, of the class of @self; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_dup_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_dup_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = request_task_finish (result, NULL, error);
  return request != NULL ? g_object_steal_data (G_OBJECT (result), "copy") : NULL;
}
