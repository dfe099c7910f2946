/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "environment-private.h"
#include "error-private.h"
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
 * Dropping the last reference before that is safe: the operation completes by itself, and what the
 * request kept alive is released when it has.
 *
 * Mirrors `MPI_Request` (MPI-4.0, section 3.7).
 *
 * Since: 1.0
 */

/* What MPI may still read or write, or need, while an operation is under way. */
typedef struct
{
  MPI_Request handle; /* MPI_REQUEST_NULL: completed */
  MpiComm *comm;
  MpiDatatype *datatypes[2];
  GBytes *owners[2];
} Operation;

typedef struct
{
  Operation operation;
  MpiOwnership ownership;
} MpiRequestPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MpiRequest, ompi_obj_request, G_TYPE_OBJECT)

#define GET_PRIVATE(self) ((MpiRequestPrivate *) ompi_obj_request_get_instance_private (self))

static void
operation_release (Operation *operation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operation->datatypes); i++)
    {
      g_clear_object (&operation->datatypes[i]);
      g_clear_pointer (&operation->owners[i], g_bytes_unref);
    }
  g_clear_object (&operation->comm);
}

static void
operation_keep_buffer (Operation *operation, gsize which, const MpiBuffer *buffer)
{
  if (buffer == NULL)
    return;
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

  return MPI_Test (&operation->handle, &completed, MPI_STATUS_IGNORE) != MPI_SUCCESS || completed;
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

static void
operation_drop (Operation *operation)
{
  g_mutex_lock (&dropped_lock);
  g_queue_push_tail (&dropped_operations, g_memdup2 (operation, sizeof *operation));
  g_mutex_unlock (&dropped_lock);

  ompi_obj_request_finish_dropped ();
}

static void
request_finalize (GObject *object)
{
  MpiRequestPrivate *priv = GET_PRIVATE (OMPI_OBJ_REQUEST (object));

  if (priv->operation.handle != MPI_REQUEST_NULL && priv->ownership == OMPI_OBJ_OWNERSHIP_OWNED
      && environment_is_active ())
    operation_drop (&priv->operation);
  else
    operation_release (&priv->operation);

  G_OBJECT_CLASS (ompi_obj_request_parent_class)->finalize (object);
}

static gboolean
request_real_wait (MpiRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);
  int code = MPI_Wait (&priv->operation.handle, status_to_mpi (status));

  if (priv->operation.handle == MPI_REQUEST_NULL)
    operation_release (&priv->operation);
  return check_mpi (error, "MPI_Wait", code);
}

static gboolean
request_real_test (MpiRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = GET_PRIVATE (self);
  int completed = FALSE;
  int code = MPI_Test (&priv->operation.handle, &completed, status_to_mpi (status));

  if (priv->operation.handle == MPI_REQUEST_NULL)
    operation_release (&priv->operation);
  return check_mpi (error, "MPI_Test", code) && completed;
}

static void
ompi_obj_request_class_init (MpiRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = request_finalize;

  klass->wait = request_real_wait;
  klass->test = request_real_test;
}

static void
ompi_obj_request_init (MpiRequest *self)
{
  GET_PRIVATE (self)->operation.handle = MPI_REQUEST_NULL;
}

#define REQUEST_ENTER(self, function, error, failed)              \
  g_return_val_if_fail (OMPI_OBJ_IS_REQUEST (self), failed);      \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!environment_ensure (function, error))                      \
  return failed

MpiRequest *
ompi_obj_request_new_started (MPI_Request handle, MpiComm *comm, const MpiBuffer *buffer, const MpiBuffer *other_buffer)
{
  MpiRequest *self = ompi_obj_request_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
  MpiRequestPrivate *priv = GET_PRIVATE (self);

  priv->operation.comm = g_object_ref (comm);
  operation_keep_buffer (&priv->operation, 0, buffer);
  operation_keep_buffer (&priv->operation, 1, other_buffer);
  return self;
}

/**
 * ompi_obj_request_wait:
 * @self: a request
 * @status: (out caller-allocates) (optional): what was received, or %NULL
 * @error: return location for a #GError
 *
 * Waits until the operation has completed. A request that has completed before returns at once, with
 * an empty status.
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
  MpiRequest *self = g_object_new (OMPI_OBJ_TYPE_REQUEST, NULL);
  MpiRequestPrivate *priv = GET_PRIVATE (self);

  priv->operation.handle = native;
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
