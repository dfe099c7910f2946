/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "error-private.h"
#include "request-async-private.h"
#include "request-poller-private.h"
#include "request-private.h"

typedef struct _Await Await;

typedef struct
{
  RequestWatch watch;
  Await *await;
  MpiRequest *request;
  MpiStatus status;
  GError *error;
} AwaitedRequest;

/* The data of a task that waits for one request or several. */
struct _Await
{
  GTask *task; /* while one of them is watched */
  gint n_watched;
  gsize n_requests;
  AwaitedRequest requests[];
};

static void
await_free (gpointer data)
{
  Await *self = data;

  for (gsize i = 0; i < self->n_requests; i++)
    {
      g_clear_object (&self->requests[i].request);
      g_clear_error (&self->requests[i].error);
    }
  g_free (self);
}

/* In the task's context and with its priority, never inside of the call or of a test. */
static gboolean
await_return (gpointer data)
{
  GTask *task = data;
  Await *self = g_task_get_task_data (task);

  for (gsize i = 0; i < self->n_requests; i++)
    if (self->requests[i].error != NULL)
      {
        if (self->n_requests > 1 && self->requests[i].error->domain == OMPI_OBJ_ERROR)
          g_prefix_error (&self->requests[i].error, "request %" G_GSIZE_FORMAT ": ", i);
        g_task_return_error (task, g_steal_pointer (&self->requests[i].error));
        return G_SOURCE_REMOVE;
      }
  g_task_return_pointer (task, g_object_ref (self->requests[0].request), g_object_unref);
  return G_SOURCE_REMOVE;
}

static void
await_ended (RequestWatch *watch, const MpiStatus *status, const GError *error)
{
  AwaitedRequest *awaited = (AwaitedRequest *) ((guint8 *) watch - G_STRUCT_OFFSET (AwaitedRequest, watch));
  Await *self = awaited->await;
  g_autoptr (GSource) idle = NULL;
  GTask *task;

  awaited->status = *status;
  awaited->error = error != NULL ? g_error_copy (error) : NULL;
  if (!g_atomic_int_dec_and_test (&self->n_watched))
    return;

  task = g_steal_pointer (&self->task);
  idle = g_idle_source_new ();
  g_source_set_static_name (idle, "ompi_obj result");
  g_task_attach_source (task, idle, await_return);
  g_object_unref (task); /* the source has another reference */
}

GTask *
request_task_new (gpointer source_object,
                  gpointer tag,
                  gint io_priority,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task = g_task_new (source_object, cancellable, callback, user_data);

  (g_task_set_source_tag) (task, tag); /* the macro would name the task "tag" */
  g_task_set_priority (task, io_priority);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

gboolean
request_task_return_if_cancelled (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    return FALSE;
  g_object_unref (task);
  return TRUE;
}

void
request_task_await_all (GTask *task, MpiRequest **requests, gsize n_requests)
{
  Await *self = g_malloc0 (sizeof *self + n_requests * sizeof self->requests[0]);
  GMainContext *context = g_task_get_context (task);

  g_task_set_task_data (task, self, await_free);
  self->task = g_object_ref (task);
  self->n_watched = (gint) n_requests;
  self->n_requests = n_requests;
  for (gsize i = 0; i < n_requests; i++)
    {
      AwaitedRequest *awaited = &self->requests[i];

      awaited->await = self;
      awaited->request = g_object_ref (requests[i]);
      awaited->watch.cancellable = g_task_get_cancellable (task);
      awaited->watch.ended = await_ended;
      request_watch_start (&awaited->watch, requests[i], context, g_task_get_priority (task));
    }
  g_object_unref (task);
}

void
request_task_await (GTask *task, MpiRequest *request, GError *error)
{
  if (request != NULL)
    {
      request_task_await_all (task, &request, 1);
      g_object_unref (request);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

gboolean
request_task_is_valid (GAsyncResult *result, gpointer object, gpointer tag)
{
  return g_task_is_valid (result, object) && g_async_result_is_tagged (result, tag);
}

MpiRequest *
request_task_finish (GAsyncResult *result, MpiStatus *status, GError **error)
{
  Await *self = g_task_get_task_data (G_TASK (result));

  if (status != NULL && self != NULL)
    *status = self->requests[0].status;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ompi_obj_request_wait_async:
 * @self: a request
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the operation has completed; it calls
 *   [method@Mpi.Request.wait_finish]
 * @user_data: data for @callback
 *
 * Waits in the main loop until the operation has completed: the form of [method@Mpi.Request.wait] for programs that
 * must not block. The callback comes from the thread-default main context of the caller, never before this returns.
 *
 * While something is waited for, the main loop asks MPI for it: at once in the first 50 microseconds, and then after
 * pauses of 50 microseconds to 1 millisecond, the longer it takes. So a program that waits needs next to no time of
 * the processor, and operations on which other ranks depend go on while the loop runs.
 *
 * Cancelling asks MPI to cancel a receive or a generalized request, and the call ends with %G_IO_ERROR_CANCELLED as
 * soon as MPI is done with the memory; a message that had come before is received nevertheless, and the call succeeds.
 * A send or a collective cannot be cancelled: the call ends with %G_IO_ERROR_CANCELLED at once, and the operation goes
 * on in the background. What @self keeps alive (the owner of a buffer) lives until it has completed; memory without an
 * owner must stay until then, see [method@Mpi.Request.is_active].
 *
 * A request that has completed or is not active succeeds; one that is freed meanwhile gives
 * [error@Mpi.Error.request], and the end of MPI [error@Mpi.Error.finalized]. Several may wait for the same request, and
 * all get the same result. Each thread can wait in a context of its own if MPI allows
 * [enum@Mpi.ThreadLevel.multiple].
 *
 * Since: 1.0
 */
void
ompi_obj_request_wait_async (MpiRequest *self,
                             gint io_priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (request_check_type (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = request_task_new (self, ompi_obj_request_wait_async, io_priority, cancellable, callback, user_data);
  request_task_await (task, g_object_ref (self), NULL);
}

/**
 * ompi_obj_request_wait_finish:
 * @self: a request
 * @result: what the callback was given
 * @status: (out caller-allocates) (optional): what was received, or %NULL
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Request.wait_async].
 *
 * Errors: what the operation failed with, and those that are listed there.
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_wait_finish (MpiRequest *self, GAsyncResult *result, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_request_wait_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  request = request_task_finish (result, status, error);
  return request != NULL;
}

/**
 * ompi_obj_request_wait_all_async:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when all have completed; it calls [func@Mpi.Request.wait_all_finish]
 * @user_data: data for @callback
 *
 * Waits in the main loop until all of several operations have completed. What is said of
 * [method@Mpi.Request.wait_async] is true of each.
 *
 * Since: 1.0
 */
void
ompi_obj_request_wait_all_async (MpiRequest **requests,
                                 gsize n_requests,
                                 gint io_priority,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (requests != NULL || n_requests == 0);
  g_return_if_fail (n_requests <= G_MAXINT);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  for (gsize i = 0; i < n_requests; i++)
    g_return_if_fail (request_check_type (requests[i]));

  task = request_task_new (NULL, ompi_obj_request_wait_all_async, io_priority, cancellable, callback, user_data);
  if (n_requests > 0)
    {
      request_task_await_all (task, requests, n_requests);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

/**
 * ompi_obj_request_wait_all_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [func@Mpi.Request.wait_all_async]. The requests have their statuses, see [method@Mpi.Request.get_status].
 *
 * Errors: what the first in the array that failed has failed with; all have completed, or were cancelled.
 *
 * Returns: %TRUE if all operations succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_wait_all_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autoptr (MpiRequest) first G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (request_task_is_valid (result, NULL, ompi_obj_request_wait_all_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  first = request_task_finish (result, NULL, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}
