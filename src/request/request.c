/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/native.h>

#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "object-pool-private.h"
#include "request-private.h"
#include "status-private.h"

/**
 * MpiRequest:
 *
 * An operation that was started and goes on by itself.
 *
 * A request keeps the communicator, the datatypes and the owner of the memory alive until the
 * operation has completed. Memory without an owner (of `OMPI_OBJ_DATA()`) must be left alone until
 * [method@Mpi.Request.wait] or [method@Mpi.Request.test] says that it has.
 *
 * A program in a main loop waits with [method@Mpi.Request.wait_async] or with a source, see
 * [method@Mpi.Request.create_source].
 *
 * Dropping the last reference before that is safe: the operation completes by itself, and what the
 * request kept alive is released when it has.
 *
 * Mirrors `MPI_Request` (MPI-4.0, section 3.7).
 *
 * Since: 1.0
 */

G_DEFINE_TYPE_WITH_PRIVATE (MpiRequest, ompi_obj_request, G_TYPE_OBJECT)

#define GET_PRIVATE(self) ((MpiRequestPrivate *) ompi_obj_request_get_instance_private (self))

gpointer ompi_obj_request_last_class;

/* MpiRequest itself, whose objects are used again. */
static gpointer request_class;

gboolean
ompi_obj_request_check_type_slow (gconstpointer object)
{
  if (!G_TYPE_CHECK_INSTANCE_TYPE ((gpointer) object, OMPI_OBJ_TYPE_REQUEST))
    return FALSE;
  __atomic_store_n (&ompi_obj_request_last_class, ((const GTypeInstance *) object)->g_class, __ATOMIC_RELAXED);
  return TRUE;
}

MpiRequestPrivate *
ompi_obj_request_get_private (MpiRequest *self)
{
  return GET_PRIVATE (self);
}

static void
operation_release (Operation *operation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operation->datatypes); i++)
    {
      g_clear_object (&operation->datatypes[i]);
      g_clear_pointer (&operation->owners[i], g_bytes_unref);
    }
  g_clear_object (&operation->comm);
  if (operation->kept != NULL)
    operation->release_kept (g_steal_pointer (&operation->kept));
}

static void
operation_keep_buffer (Operation *operation, gsize which, const MpiBuffer *buffer)
{
  if (buffer == NULL)
    return;
  if (buffer->datatype->name == NULL) /* predefined ones live for ever */
    operation->datatypes[which] = g_object_ref (buffer->datatype);
  operation->owners[which] = buffer->owner != NULL ? g_bytes_ref (buffer->owner) : NULL;
}

/* The operations whose request died before they had completed. */
static GQueue dropped_operations = G_QUEUE_INIT;
static GMutex dropped_lock;

static gboolean
operation_has_completed (Operation *operation)
{
  int completed = FALSE;

  if (MPI_Test (&operation->handle, &completed, MPI_STATUS_IGNORE) == MPI_SUCCESS && !completed)
    return FALSE;
  if (operation->handle != MPI_REQUEST_NULL)
    MPI_Request_free (&operation->handle); /* a persistent one outlives its completion */
  return TRUE;
}

void
ompi_obj_request_finish_dropped (void)
{
  GQueue completed = G_QUEUE_INIT;
  Operation *operation;

  g_mutex_lock (&dropped_lock);
  for (GList *link = dropped_operations.head; link != NULL;)
    {
      GList *next = link->next;

      if (operation_has_completed (link->data))
        {
          g_queue_unlink (&dropped_operations, link);
          g_queue_push_tail_link (&completed, link);
        }
      link = next;
    }
  g_mutex_unlock (&dropped_lock);

  /* Outside of the lock: releasing may run other people's code. */
  while ((operation = g_queue_pop_head (&completed)) != NULL)
    {
      operation_release (operation);
      g_free (operation);
    }
}

/* Lets go of an operation that nobody will wait for; what it needs lives on until it has completed. Tells whether it
 * had not. */
static gboolean
operation_drop (Operation *operation)
{
  const gboolean is_under_way = operation->is_active && !operation_has_completed (operation);

  if (is_under_way)
    {
      g_mutex_lock (&dropped_lock);
      g_queue_push_tail (&dropped_operations, g_memdup2 (operation, sizeof *operation));
      g_mutex_unlock (&dropped_lock);
      memset (operation, 0, sizeof *operation);
      operation->handle = MPI_REQUEST_NULL;
    }
  else
    {
      if (operation->handle != MPI_REQUEST_NULL)
        MPI_Request_free (&operation->handle);
      operation->is_active = FALSE;
      operation_release (operation);
    }
  ompi_obj_request_finish_dropped ();
  return is_under_way;
}

static void
request_private_init (MpiRequestPrivate *priv)
{
  memset (priv, 0, sizeof *priv);
  priv->operation.handle = MPI_REQUEST_NULL;
}

static void
request_let_go (MpiRequestPrivate *priv)
{
  if (priv->operation.handle == MPI_REQUEST_NULL || priv->ownership != OMPI_OBJ_OWNERSHIP_OWNED
      || !environment_is_active ())
    {
      operation_release (&priv->operation);
    }
  else if (operation_drop (&priv->operation))
    {
#ifdef OMPI_OBJ_DEVELOPMENT
      g_warning ("a request was dropped before its operation had completed");
#endif
    }
}

static void
request_dispose (GObject *object)
{
  if (((GTypeInstance *) object)->g_class == request_class && ompi_obj_object_pool_accepts (object))
    {
      MpiRequestPrivate *priv = GET_PRIVATE ((MpiRequest *) object);

      request_let_go (priv);
      request_private_init (priv);
      if (ompi_obj_object_pool_give (OBJECT_POOL_REQUESTS, object))
        return;
    }
  G_OBJECT_CLASS (ompi_obj_request_parent_class)->dispose (object);
}

static void
request_finalize (GObject *object)
{
  request_let_go (GET_PRIVATE ((MpiRequest *) object));

  G_OBJECT_CLASS (ompi_obj_request_parent_class)->finalize (object);
}

void
ompi_obj_request_mark_completed (MpiRequestPrivate *priv)
{
  if (G_UNLIKELY ((priv->operation.flags & OPERATION_IS_FROM_NOBODY) != 0))
    {
      /* MPICH 4.0 leaves this status empty, as if it were of a message from rank 0. */
      priv->status = (MpiStatus){ { 0 } };
      mpi_status_set_nobody (request_status_to_mpi (priv));
    }
  else if (G_UNLIKELY ((priv->operation.flags & OPERATION_IS_SHORT_READ) != 0))
    MPI_Status_set_elements_x (request_status_to_mpi (priv), MPI_BYTE, priv->operation.n_readable);
  priv->operation.is_active = FALSE;
  if (priv->operation.handle == MPI_REQUEST_NULL)
    operation_release (&priv->operation);
}

static void
request_copy_status (const MpiRequestPrivate *priv, MpiStatus *status)
{
  if (status != NULL)
    *status = priv->status;
}

static gboolean
request_real_wait (MpiRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);
  int code = MPI_SUCCESS;

  if (priv->operation.is_active)
    {
      code = MPI_Wait (&priv->operation.handle, request_status_to_mpi (priv));
      ompi_obj_request_mark_completed (priv);
    }
  request_copy_status (priv, status);
  return check_mpi (error, "MPI_Wait", code);
}

static gboolean
request_real_test (MpiRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);
  int code = MPI_SUCCESS;

  if (priv->operation.is_active)
    {
      int completed = FALSE;

      code = MPI_Test (&priv->operation.handle, &completed, request_status_to_mpi (priv));
      if (code == MPI_SUCCESS && !completed)
        return FALSE;
      ompi_obj_request_mark_completed (priv);
    }
  request_copy_status (priv, status);
  return check_mpi (error, "MPI_Test", code);
}

static gboolean
request_real_get_status (MpiRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);
  MPI_Status mpi_status = { 0 };
  int completed = FALSE;

  if (!priv->operation.is_active)
    {
      request_copy_status (priv, status);
      return TRUE;
    }
  /* MPICH 4.0 goes on with an access to a file when it is tested, and not when it is looked at. */
  if ((priv->operation.flags & OPERATION_IS_FILE) != 0)
    return request_real_test (self, status, error);
  if (!CHECK_MPI (error, MPI_Request_get_status, priv->operation.handle, &completed, &mpi_status) || !completed)
    return FALSE;
  if (status != NULL)
    ompi_obj_status_set_native (status, &mpi_status);
  return TRUE;
}

static gboolean
request_real_cancel (MpiRequest *self, GError **error)
{
  return CHECK_MPI (error, MPI_Cancel, &GET_PRIVATE (self)->operation.handle);
}

static gboolean
request_real_free (MpiRequest *self, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);

  if (priv->operation.handle != MPI_REQUEST_NULL && priv->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Request_free",
                          "the handle is borrowed from somebody else");
      return FALSE;
    }
  operation_drop (&priv->operation);
  return TRUE;
}

gboolean
ompi_obj_request_is_plain (MpiRequest *self)
{
  const MpiRequestClass *klass = OMPI_OBJ_REQUEST_GET_CLASS (self);

  return klass->wait == request_real_wait && klass->test == request_real_test;
}

static void
ompi_obj_request_class_init (MpiRequestClass *klass)
{
  if (G_OBJECT_CLASS_TYPE (klass) == ompi_obj_request_get_type ())
    request_class = klass;
  G_OBJECT_CLASS (klass)->dispose = request_dispose;
  G_OBJECT_CLASS (klass)->finalize = request_finalize;

  klass->wait = request_real_wait;
  klass->test = request_real_test;
  klass->get_status = request_real_get_status;
  klass->cancel = request_real_cancel;
  klass->free = request_real_free;
}

static void
ompi_obj_request_init (MpiRequest *self)
{
  request_private_init (GET_PRIVATE (self));
}

static MpiRequest *
request_new (GType type)
{
  return type == OMPI_OBJ_TYPE_REQUEST ? ompi_obj_object_pool_take (OBJECT_POOL_REQUESTS, type)
                                       : g_object_new (type, NULL);
}

#define REQUEST_ENTER(self, function, error, failed)              \
  g_return_val_if_fail (request_check_type (self), failed);       \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!environment_ensure (function, error))                      \
  return failed

MpiRequest *
ompi_obj_request_new_for_operation (GType type,
                                    MPI_Request handle,
                                    OperationFlags flags,
                                    MpiComm *comm,
                                    const MpiBuffer *buffer,
                                    const MpiBuffer *other_buffer)
{
  MpiRequest *self = request_new (type);
  MpiRequestPrivate *priv = GET_PRIVATE (self);

  priv->ownership = OMPI_OBJ_OWNERSHIP_OWNED;
  priv->operation.handle = handle;
  priv->operation.flags = flags;
  priv->operation.is_active = (flags & OPERATION_IS_PERSISTENT) == 0;
  priv->operation.comm = comm != NULL ? g_object_ref (comm) : NULL;
  operation_keep_buffer (&priv->operation, 0, buffer);
  operation_keep_buffer (&priv->operation, 1, other_buffer);
  return self;
}

void
ompi_obj_request_keep (MpiRequest *request, gpointer kept, GDestroyNotify release)
{
  Operation *operation = &GET_PRIVATE (request)->operation;

  operation->kept = kept;
  operation->release_kept = release;
}

MpiRequest *
ompi_obj_request_new_completed (const MpiStatus *status)
{
  MpiRequest *self = request_new (OMPI_OBJ_TYPE_REQUEST);

  GET_PRIVATE (self)->ownership = OMPI_OBJ_OWNERSHIP_OWNED;
  GET_PRIVATE (self)->status = *status;
  return self;
}

void
ompi_obj_request_set_n_readable (MpiRequest *request, gint64 n_bytes)
{
  Operation *operation = &GET_PRIVATE (request)->operation;

  operation->flags |= OPERATION_IS_SHORT_READ;
  operation->n_readable = n_bytes;
}

/**
 * ompi_obj_request_wait:
 * @self: a request
 * @status: (out caller-allocates) (optional): what was received, or %NULL
 * @error: return location for a #GError
 *
 * Waits until the operation has completed. A request that has completed before, or was never started,
 * returns at once, with the status it completed with.
 *
 * Errors: what the operation failed with, such as [error@Mpi.Error.truncate].
 *
 * Mirrors `MPI_Wait` (MPI-4.0, section 3.7.3).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_wait (MpiRequest *self, MpiStatus *status, GError **error)
{
  REQUEST_ENTER (self, "MPI_Wait", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_REQUEST_GET_CLASS (self)->wait (self, status, error));
}

/**
 * ompi_obj_request_test:
 * @self: a request
 * @status: (out caller-allocates) (optional): what was received, or %NULL
 * @error: return location for a #GError
 *
 * Tells whether the operation has completed, without waiting.
 *
 * Errors: what the operation failed with, such as [error@Mpi.Error.truncate].
 *
 * Mirrors `MPI_Test` (MPI-4.0, section 3.7.3).
 *
 * Returns: %TRUE if it has completed; %FALSE without an error if it has not yet
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_test (MpiRequest *self, MpiStatus *status, GError **error)
{
  REQUEST_ENTER (self, "MPI_Test", error, FALSE);
  return OMPI_OBJ_REQUEST_GET_CLASS (self)->test (self, status, error);
}

/**
 * ompi_obj_request_get_status:
 * @self: a request
 * @status: (out caller-allocates) (optional): what the operation completed with, or %NULL
 * @error: return location for a #GError
 *
 * Tells whether the operation has completed, without waiting and without ending the request: it must
 * still be waited for or tested. On one that was, this gives the status that it completed with; so the
 * statuses of several requests can be read after [func@Mpi.Request.wait_all].
 *
 * Errors: MPI's own.
 *
 * Mirrors `MPI_Request_get_status` (MPI-4.0, section 3.7.6).
 *
 * Returns: %TRUE if it has completed; %FALSE without an error if it has not yet
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_get_status (MpiRequest *self, MpiStatus *status, GError **error)
{
  REQUEST_ENTER (self, "MPI_Request_get_status", error, FALSE);
  return OMPI_OBJ_REQUEST_GET_CLASS (self)->get_status (self, status, error);
}

/**
 * ompi_obj_request_is_active:
 * @self: a request
 *
 * Tells whether an operation was started and not yet waited for or tested to its end.
 *
 * Returns: %TRUE if it was
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_is_active (MpiRequest *self)
{
  g_return_val_if_fail (request_check_type (self), FALSE);

  return GET_PRIVATE (self)->operation.is_active;
}

/**
 * ompi_obj_request_cancel:
 * @self: an active request
 * @error: return location for a #GError
 *
 * Asks MPI to cancel a receive or a generalized request. It must be waited for or tested nevertheless,
 * and may have received something.
 *
 * A send cannot be cancelled: MPI-4.0 deprecates it, and on the MPIs that there are a cancelled send
 * makes the wait hang.
 *
 * Errors: [error@Mpi.Error.unsupported] for a send, a collective or an access to a file or window,
 * [error@Mpi.Error.request] if @self is not active.
 *
 * Mirrors `MPI_Cancel` (MPI-4.0, section 3.8.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_cancel (MpiRequest *self, GError **error)
{
  MpiRequestPrivate *priv;

  REQUEST_ENTER (self, "MPI_Cancel", error, FALSE);

  priv = GET_PRIVATE (self);
  if (!priv->operation.is_active)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Cancel", "the request is not active");
      return FALSE;
    }
  if ((priv->operation.flags & (OPERATION_IS_SEND | OPERATION_IS_PARTITIONED)) != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel",
                          "a send cannot be cancelled; let the receiver receive and ignore it");
      return FALSE;
    }
  if ((priv->operation.flags & OPERATION_IS_COLLECTIVE) != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel", "a collective cannot be cancelled");
      return FALSE;
    }
  if ((priv->operation.flags & (OPERATION_IS_FILE | OPERATION_IS_WINDOW)) != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel", "an access to a %s cannot be cancelled",
                          (priv->operation.flags & OPERATION_IS_FILE) != 0 ? "file" : "window");
      return FALSE;
    }
  return CHECK_SLOT (error, OMPI_OBJ_REQUEST_GET_CLASS (self)->cancel (self, error));
}

/**
 * ompi_obj_request_free:
 * @self: a request
 * @error: return location for a #GError
 *
 * Lets go of an operation: if it is under way it completes by itself, and what it needs is kept alive
 * until it has. Dropping the last reference does the same. The object stays valid and is not active.
 *
 * A receive of a value ([method@Mpi.Comm.irecv_variant]) whose message was not found yet takes none any more: the
 * next receive that matches gets it. [method@Mpi.Request.wait_variant] then gives [error@Mpi.Error.request].
 *
 * Errors: [error@Mpi.Error.request] if the handle is borrowed from somebody else.
 *
 * Mirrors `MPI_Request_free` (MPI-4.0, section 3.7.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_free (MpiRequest *self, GError **error)
{
  gboolean was_active;

  REQUEST_ENTER (self, "MPI_Request_free", error, FALSE);

  was_active = ompi_obj_request_is_active (self);
  if (!CHECK_SLOT (error, OMPI_OBJ_REQUEST_GET_CLASS (self)->free (self, error)))
    return FALSE;
  GET_PRIVATE (self)->is_freed = was_active;
  return TRUE;
}

/**
 * ompi_obj_request_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who completes @native; an owned one is completed by this object only
 *
 * Makes an object for a raw MPI handle. The memory of the operation stays the caller's concern.
 *
 * Returns: (transfer full): a new request
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_request_new_for_native (MPI_Request native, MpiOwnership ownership)
{
  MpiRequest *self = request_new (OMPI_OBJ_TYPE_REQUEST);
  MpiRequestPrivate *priv = GET_PRIVATE (self);

  priv->operation.handle = native;
  priv->operation.is_active = native != MPI_REQUEST_NULL;
  priv->ownership = ownership;
  return self;
}

/**
 * ompi_obj_request_get_native: (skip)
 * @self: a request
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_REQUEST_NULL` if it has completed
 *
 * Since: 1.0
 */
MPI_Request
ompi_obj_request_get_native (MpiRequest *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_REQUEST (self), MPI_REQUEST_NULL);

  return GET_PRIVATE (self)->operation.handle;
}
