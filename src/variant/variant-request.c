/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "message-private.h"
#include "request-poller-private.h"
#include "request-private.h"
#include "value-memory-private.h"
#include "value-queue-private.h"
#include "variant-progress-private.h"
#include "variant-request-private.h"
#include "wire-private.h"

/*
 * MPI cannot start to receive a message of unknown size. So a receive of a value is pending until
 * its message is found by a matched probe, by somebody who waits or tests or by the thread of
 * variant-progress.c; from there on it is a receive of MPI's. The pending ones of a communicator are matched in the
 * order they were posted, as MPI does it.
 */

typedef enum
{
  RECEIVE_PENDING,  /* in the queue of its communicator */
  RECEIVE_STARTED,  /* its message is being received */
  RECEIVE_RECEIVED, /* the bytes are there */
  RECEIVE_DONE      /* has a value or an error */
} ReceiveState;

#define MPI_TYPE_VARIANT_REQUEST (variant_request_get_type ())
G_DECLARE_FINAL_TYPE (MpiVariantRequest, variant_request, MPI, VARIANT_REQUEST, MpiRequest)

struct _MpiVariantRequest
{
  MpiRequest parent_instance;

  const char *function; /* of MPI, for errors */
  MpiComm *comm;        /* where the message is looked for; NULL if it was found before */
  gint source;
  gint tag;
  GQueue *queue; /* of its communicator, that it is in; NULL: none */
  GList link;

  ReceiveState state;
  MpiRequest *receive; /* of the bytes */
  MpiStatus received;
  GBytes *bytes;
  gboolean from_nobody;
  GVariant *value;
  GError *error;
};

G_DEFINE_FINAL_TYPE (MpiVariantRequest, variant_request, OMPI_OBJ_TYPE_REQUEST)

static void
receive_finish (MpiVariantRequest *self, const MpiStatus *status)
{
  MpiRequestPrivate *priv = ompi_obj_request_get_private (OMPI_OBJ_REQUEST (self));

  if (self->error == NULL && self->from_nobody)
    {
      self->value = g_variant_ref_sink (g_variant_new_tuple (NULL, 0));
    }
  else if (self->error == NULL)
    {
      gsize size = 0;
      guint8 *data = (guint8 *) g_bytes_get_data (self->bytes, &size);

      self->value = wire_decode (data, size, (GDestroyNotify) g_bytes_unref, g_steal_pointer (&self->bytes),
                                 self->function, &self->error);
    }
  if (status != NULL)
    priv->status = *status;
  priv->operation.is_active = FALSE;
  self->state = RECEIVE_DONE;
  g_clear_object (&self->receive);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

static void
receive_fail (MpiVariantRequest *self, GError *error)
{
  self->error = error;
  receive_finish (self, NULL);
}

/* Receives the bytes of the message that was found. */
static gboolean
receive_start (MpiVariantRequest *self, MpiMessage *message, GError **error)
{
  const gint64 n_bytes = ompi_obj_message_get_n_bytes (message);
  ValueMemory *memory = n_bytes >= 0 ? value_memory_new ((gsize) n_bytes) : NULL;
  MpiBuffer buffer;

  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, self->function,
                          "no memory for a value of %" G_GINT64_FORMAT " bytes", n_bytes);
      return FALSE;
    }
  self->bytes = g_bytes_new_with_free_func (memory->bytes, (gsize) n_bytes, (GDestroyNotify) value_memory_free, memory);
  self->from_nobody = ompi_obj_message_is_from_nobody (message);

  buffer = *OMPI_OBJ_BUFFER (memory->bytes, n_bytes, OMPI_OBJ_BYTE);
  buffer.owner = self->bytes;
  self->receive = ompi_obj_message_irecv (message, &buffer, error);
  if (self->receive == NULL)
    return FALSE;
  self->state = RECEIVE_STARTED;
  return TRUE;
}

/*
 * The queue, under the lock of its communicator
 */

/* So many pending receives are many. */
#define N_MANY 4

static gboolean
receive_matches (const MpiVariantRequest *self, const MpiStatus *status)
{
  return (self->source == OMPI_OBJ_ANY_SOURCE || self->source == ompi_obj_status_get_source (status))
         && (self->tag == OMPI_OBJ_ANY_TAG || self->tag == ompi_obj_status_get_tag (status)
             || self->source == OMPI_OBJ_PROC_NULL);
}

/* Whether it waits for an improbe() of the program's, which is for the program's threads alone. */
static gboolean
receive_is_for_program (const MpiVariantRequest *self)
{
  return self->queue == &self->comm->handle->pending_values && !ompi_obj_comm_has_plain_improbe (self->comm);
}

static void
receive_enter_queue (MpiVariantRequest *self, GQueue *queue)
{
  g_queue_push_tail_link (queue, &self->link);
  self->queue = queue;
  if (receive_is_for_program (self))
    self->comm->handle->n_pending_for_program++;
}

static void
receive_leave_queue (MpiVariantRequest *self)
{
  if (self->queue == NULL)
    return;
  if (receive_is_for_program (self))
    self->comm->handle->n_pending_for_program--;
  g_queue_unlink (g_steal_pointer (&self->queue), &self->link);
}

/* One that the thread has started is in a queue, and is tested with the lock held: never by two threads at once. */
static void
receive_test_started (MpiVariantRequest *self)
{
  if (!ompi_obj_request_test (self->receive, &self->received, &self->error) && self->error == NULL)
    return;
  receive_leave_queue (self);
  self->state = RECEIVE_RECEIVED;
}

/*
 * Gives MESSAGE, which was found for LAST, to the first receive that it matches: one posted earlier than
 * LAST may match it too, if it arrived after that one was looked for.
 */
static MpiVariantRequest *
queue_give_message (MpiVariantRequest *last, MpiMessage *message, const MpiStatus *status)
{
  MpiVariantRequest *first = last;
  GError *error = NULL;

  for (GList *link = last->link.prev; link != NULL; link = link->prev)
    if (receive_matches (link->data, status))
      first = link->data;

  receive_leave_queue (first);
  if (!receive_start (first, message, &error))
    receive_fail (first, error);
  return first;
}

static gboolean
queue_is_for_any_thread (const MpiCommHandle *handle)
{
  return handle->pending_values.length > 0 && handle->n_pending_for_program == 0;
}

/*
 * Where many are pending, one look whether there is any message at all takes the place of one for each. What comes
 * from nobody needs none, so of such only the last, which was just posted, can be pending.
 */
static gboolean
queue_has_no_message (MpiCommHandle *handle)
{
  const MpiVariantRequest *last = g_queue_peek_tail (&handle->pending_values);
  int found = TRUE;

  return handle->pending_values.length >= N_MANY && last->source != OMPI_OBJ_PROC_NULL && handle->comm != MPI_COMM_NULL
         && environment_is_active () && queue_is_for_any_thread (handle)
         && MPI_Iprobe (MPI_ANY_SOURCE, MPI_ANY_TAG, handle->comm, &found, MPI_STATUS_IGNORE) == MPI_SUCCESS && !found;
}

static void
queue_progress (MpiCommHandle *handle, gboolean is_thread)
{
  GList *link = queue_has_no_message (handle) ? NULL : handle->pending_values.head;

  while (link != NULL)
    {
      MpiVariantRequest *receive = link->data;
      GList *next = link->next;
      GError *error = NULL;
      MpiStatus status;
      g_autoptr (MpiMessage) message =
          ompi_obj_comm_improbe (receive->comm, receive->source, receive->tag, &status, &error);

      if (error != NULL)
        {
          receive_leave_queue (receive);
          receive_fail (receive, error);
        }
      else if (message != NULL)
        {
          MpiVariantRequest *found = queue_give_message (receive, message, &status);

          if (is_thread && found->state == RECEIVE_STARTED)
            receive_enter_queue (found, &handle->started_values);
          if (found != receive)
            next = link; /* look again, its own message may be there too */
        }
      link = next;
    }
}

gboolean
variant_request_look (MpiCommHandle *handle)
{
  g_autoptr (GRecMutexLocker) locker G_GNUC_UNUSED = g_rec_mutex_locker_new (&handle->pending_lock);

  if (queue_is_for_any_thread (handle))
    queue_progress (handle, TRUE);
  for (GList *link = handle->started_values.head, *next; link != NULL; link = next)
    {
      next = link->next;
      receive_test_started (link->data);
    }
  handle->is_watched = queue_is_for_any_thread (handle) || handle->started_values.length > 0;
  return handle->is_watched;
}

/*
 * Looks for messages; any thread may find that of any receive. What is RECEIVE_STARTED after this is for the
 * caller to complete. In a round of tests of several requests, the first looks for all of the communicator.
 */
static ReceiveState
receive_progress (MpiVariantRequest *self, guint round)
{
  MpiCommHandle *handle = self->comm != NULL ? self->comm->handle : NULL;
  ReceiveState state;

  if (handle == NULL)
    return self->state;
  g_rec_mutex_lock (&handle->pending_lock);
  if (self->state == RECEIVE_PENDING && (round == 0 || handle->pending_round != round))
    queue_progress (handle, FALSE);
  handle->pending_round = round;
  if (self->state == RECEIVE_STARTED && self->queue != NULL)
    receive_test_started (self);
  state = self->queue != NULL ? RECEIVE_PENDING : self->state;
  g_rec_mutex_unlock (&handle->pending_lock);
  return state;
}

/* Ends a receive without a message, if it has none yet. */
static void
receive_abandon (MpiVariantRequest *self, const char *why)
{
  GError *error = NULL;

  if (self->comm == NULL)
    return;
  g_rec_mutex_lock (&self->comm->handle->pending_lock);
  if (self->state == RECEIVE_PENDING)
    {
      receive_leave_queue (self);
      ompi_obj_error_set (&error, OMPI_OBJ_ERROR_REQUEST, self->function, "the receive was %s", why);
      receive_fail (self, error);
    }
  g_rec_mutex_unlock (&self->comm->handle->pending_lock);
}

/* The thread tests it no more. */
static void
receive_take_back (MpiVariantRequest *self)
{
  if (self->comm == NULL)
    return;
  g_rec_mutex_lock (&self->comm->handle->pending_lock);
  receive_leave_queue (self);
  g_rec_mutex_unlock (&self->comm->handle->pending_lock);
}

gboolean
variant_request_is_pending_on (MpiComm *comm)
{
  return __atomic_load_n (&comm->handle->pending_values.length, __ATOMIC_RELAXED) > 0;
}

static MpiVariantRequest *
variant_request_new (const char *function)
{
  MpiVariantRequest *self =
      (MpiVariantRequest *) ompi_obj_request_new_for_operation (MPI_TYPE_VARIANT_REQUEST, MPI_REQUEST_NULL, 0, NULL,
                                                                NULL, NULL);

  self->function = function;
  return self;
}

MpiRequest *
variant_request_new_pending (MpiComm *comm, gint source, gint tag)
{
  MpiVariantRequest *self = variant_request_new ("MPI_Irecv");
  gboolean must_watch;

  self->comm = g_object_ref (comm);
  self->source = source;
  self->tag = tag;
  self->link.data = self;

  g_rec_mutex_lock (&comm->handle->pending_lock);
  receive_enter_queue (self, &comm->handle->pending_values);
  queue_progress (comm->handle, FALSE);
  must_watch = self->state == RECEIVE_PENDING && !comm->handle->is_watched && ompi_obj_comm_has_plain_improbe (comm);
  if (must_watch)
    comm->handle->is_watched = TRUE;
  g_rec_mutex_unlock (&comm->handle->pending_lock);
  if (must_watch)
    variant_progress_watch (comm->handle);
  return &self->parent_instance;
}

/*
 * The class
 */

static gboolean
variant_request_report (MpiVariantRequest *self, MpiStatus *status, GError **error)
{
  if (status != NULL)
    *status = ompi_obj_request_get_private (OMPI_OBJ_REQUEST (self))->status;
  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  return self->error == NULL;
}

static gboolean
variant_request_wait (MpiRequest *request, MpiStatus *status, GError **error)
{
  MpiVariantRequest *self = MPI_VARIANT_REQUEST (request);

  while (receive_progress (self, 0) == RECEIVE_PENDING)
    g_thread_yield ();
  if (self->state == RECEIVE_STARTED)
    {
      ompi_obj_request_wait (self->receive, &self->received, &self->error);
      self->state = RECEIVE_RECEIVED;
    }
  if (self->state == RECEIVE_RECEIVED)
    receive_finish (self, &self->received);
  return variant_request_report (self, status, error);
}

static gboolean
variant_request_test (MpiRequest *request, MpiStatus *status, GError **error)
{
  MpiVariantRequest *self = MPI_VARIANT_REQUEST (request);

  if (receive_progress (self, request_poller_get_round ()) == RECEIVE_PENDING)
    return FALSE;
  if (self->state == RECEIVE_STARTED)
    receive_test_started (self);
  if (self->state == RECEIVE_STARTED)
    return FALSE;
  if (self->state == RECEIVE_RECEIVED)
    receive_finish (self, &self->received);
  return variant_request_report (self, status, error);
}

static gboolean
variant_request_get_status (MpiRequest *request, MpiStatus *status, GError **error)
{
  MpiVariantRequest *self = MPI_VARIANT_REQUEST (request);

  switch (receive_progress (self, request_poller_get_round ()))
    {
    case RECEIVE_STARTED:
      return ompi_obj_request_get_status (self->receive, status, error);
    case RECEIVE_RECEIVED:
      if (status != NULL)
        *status = self->received;
      return TRUE;
    case RECEIVE_DONE:
      return variant_request_report (self, status, NULL);
    case RECEIVE_PENDING:
    default:
      return FALSE;
    }
}

/* A message that was matched cannot be given back, so only a pending receive can be cancelled. */
static gboolean
variant_request_cancel (MpiRequest *request, GError **error G_GNUC_UNUSED)
{
  receive_abandon (MPI_VARIANT_REQUEST (request), "cancelled");
  return TRUE;
}

/* A pending one leaves its message to the others; one that was started completes without us. */
static gboolean
variant_request_free (MpiRequest *request, GError **error G_GNUC_UNUSED)
{
  MpiVariantRequest *self = MPI_VARIANT_REQUEST (request);

  receive_abandon (self, "freed");
  receive_take_back (self);
  if (self->state == RECEIVE_STARTED || self->state == RECEIVE_RECEIVED)
    {
      ompi_obj_request_free (self->receive, NULL);
      g_clear_error (&self->error);
      ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_REQUEST, self->function, "the receive was freed");
      receive_finish (self, NULL);
    }
  return TRUE;
}

static void
variant_request_finalize (GObject *object)
{
  MpiVariantRequest *self = MPI_VARIANT_REQUEST (object);

  receive_abandon (self, "dropped");
  receive_take_back (self);
  g_clear_object (&self->receive);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->comm);

  G_OBJECT_CLASS (variant_request_parent_class)->finalize (object);
}

static void
variant_request_class_init (MpiVariantRequestClass *klass)
{
  MpiRequestClass *request_class = OMPI_OBJ_REQUEST_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = variant_request_finalize;
  request_class->wait = variant_request_wait;
  request_class->test = variant_request_test;
  request_class->get_status = variant_request_get_status;
  request_class->cancel = variant_request_cancel;
  request_class->free = variant_request_free;
}

static void
variant_request_init (MpiVariantRequest *self G_GNUC_UNUSED)
{
}

/*
 * Values of requests
 */

/**
 * ompi_obj_message_irecv_variant:
 * @self: a message that was not received yet
 * @error: return location for a #GError
 *
 * Starts to receive a matched message as a value, and returns at once. [method@Mpi.Request.wait_variant] or
 * [method@Mpi.Request.test_variant] gives it, and [error@Mpi.Error.malformed] if the message is no value. A
 * message from `OMPI_OBJ_PROC_NULL` is the empty tuple `()`.
 *
 * Errors: [error@Mpi.Error.request] if it was received before, [error@Mpi.Error.no_mem] if there is no memory
 * for it (it can be received later), [error@Mpi.Error.unsupported] if the object was made for a raw
 * handle and so its length is unknown.
 *
 * Mirrors `MPI_Imrecv` (MPI-4.0, section 3.8.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_message_irecv_variant (MpiMessage *self, GError **error)
{
  g_autoptr (MpiVariantRequest) request = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_MESSAGE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!ompi_obj_message_check_length (self, "MPI_Imrecv", error))
    return NULL;
  request = variant_request_new ("MPI_Imrecv");
  if (!receive_start (request, self, error))
    return NULL;
  return (MpiRequest *) g_steal_pointer (&request);
}

/**
 * ompi_obj_request_get_variant:
 * @self: a request that has completed
 * @error: return location for a #GError
 *
 * Gets the value that a request of [method@Mpi.Comm.irecv_variant] or
 * [method@Mpi.Message.irecv_variant] has received. Other requests have
 * none, and give the empty tuple `()`.
 *
 * Errors: what the receive failed with; [error@Mpi.Error.pending] if it has not completed.
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_get_variant (MpiRequest *self, GError **error)
{
  MpiVariantRequest *receive;

  g_return_val_if_fail (OMPI_OBJ_IS_REQUEST (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (ompi_obj_request_is_active (self))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_PENDING, G_STRFUNC, "the request has not completed; wait for it first");
      return NULL;
    }
  if (value_request_check (self))
    return value_request_get_value (self, error);
  if (!MPI_IS_VARIANT_REQUEST (self))
    return g_variant_ref_sink (g_variant_new_tuple (NULL, 0));
  receive = MPI_VARIANT_REQUEST (self);
  return variant_request_report (receive, NULL, error) ? g_variant_ref (receive->value) : NULL;
}

/**
 * ompi_obj_request_wait_variant:
 * @self: a request
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits for the value that [method@Mpi.Comm.irecv_variant] receives. Of another request, such as one of
 * [method@Mpi.Comm.isend_variant], the value is the empty tuple `()`.
 *
 * Errors: as of [method@Mpi.Comm.recv_variant].
 *
 * Mirrors `MPI_Wait` (MPI-4.0, section 3.7.3).
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_wait_variant (MpiRequest *self, MpiStatus *status, GError **error)
{
  return ompi_obj_request_wait (self, status, error) ? ompi_obj_request_get_variant (self, error) : NULL;
}

/**
 * ompi_obj_request_test_variant:
 * @self: a request
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Gets the value that [method@Mpi.Comm.irecv_variant] receives if it has arrived, without waiting.
 *
 * Errors: as of [method@Mpi.Comm.recv_variant].
 *
 * Mirrors `MPI_Test` (MPI-4.0, section 3.7.3).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if it has not arrived yet
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_test_variant (MpiRequest *self, MpiStatus *status, GError **error)
{
  return ompi_obj_request_test (self, status, error) ? ompi_obj_request_get_variant (self, error) : NULL;
}

static GPtrArray *
values_of_requests (MpiRequest **requests, const gint *indices, gsize n, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_full ((guint) n, (GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < n; i++)
    {
      GVariant *value = ompi_obj_request_get_variant (requests[indices != NULL ? (gsize) indices[i] : i], error);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  return g_steal_pointer (&values);
}

/**
 * ompi_obj_request_wait_all_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @error: return location for a #GError
 *
 * Waits for the values of several requests. Those that receive no value give the empty tuple `()`.
 *
 * Errors: as of [func@Mpi.Request.wait_all].
 *
 * Mirrors `MPI_Waitall` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values, in the order of the requests; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_request_wait_all_variant (MpiRequest **requests, gsize n_requests, GError **error)
{
  return ompi_obj_request_wait_all (requests, n_requests, error)
             ? values_of_requests (requests, NULL, n_requests, error)
             : NULL;
}

/**
 * ompi_obj_request_test_all_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @error: return location for a #GError
 *
 * Gets the values of several requests if all have completed, without waiting.
 *
 * Errors: as of [func@Mpi.Request.test_all].
 *
 * Mirrors `MPI_Testall` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer container) (nullable) (element-type GLib.Variant): the values, in the order of the requests; %NULL
 *   without an error if one has not completed yet
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_request_test_all_variant (MpiRequest **requests, gsize n_requests, GError **error)
{
  return ompi_obj_request_test_all (requests, n_requests, error)
             ? values_of_requests (requests, NULL, n_requests, error)
             : NULL;
}

/**
 * ompi_obj_request_wait_any_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @index: (out): which one it was; `OMPI_OBJ_UNDEFINED` if none is active; -1 on error
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits for the value of one of several requests.
 *
 * Errors: as of [func@Mpi.Request.wait_any].
 *
 * Mirrors `MPI_Waitany` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if none is active
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_wait_any_variant (MpiRequest **requests,
                                   gsize n_requests,
                                   gint *index,
                                   MpiStatus *status,
                                   GError **error)
{
  g_return_val_if_fail (index != NULL, NULL);

  *index = ompi_obj_request_wait_any (requests, n_requests, status, error);
  return *index >= 0 ? ompi_obj_request_get_variant (requests[*index], error) : NULL;
}

/**
 * ompi_obj_request_test_any_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @index: (out): which one it was; `OMPI_OBJ_UNDEFINED` if none is active; -1 if none has completed yet, or on error
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Gets the value of one of several requests if one has completed, without waiting.
 *
 * Errors: as of [func@Mpi.Request.test_any].
 *
 * Mirrors `MPI_Testany` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if none has completed
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_request_test_any_variant (MpiRequest **requests,
                                   gsize n_requests,
                                   gint *index,
                                   MpiStatus *status,
                                   GError **error)
{
  g_return_val_if_fail (index != NULL, NULL);

  *index = ompi_obj_request_test_any (requests, n_requests, status, error);
  return *index >= 0 ? ompi_obj_request_get_variant (requests[*index], error) : NULL;
}

/**
 * ompi_obj_request_wait_some_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @indices: (out) (array length=n_completed) (transfer full): which ones they were
 * @n_completed: (out): how many have completed
 * @error: return location for a #GError
 *
 * Waits until at least one of several requests has completed, and gets the values of those that have.
 *
 * Errors: as of [func@Mpi.Request.wait_some].
 *
 * Mirrors `MPI_Waitsome` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values, in the order of @indices; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_request_wait_some_variant (MpiRequest **requests,
                                    gsize n_requests,
                                    gint **indices,
                                    gsize *n_completed,
                                    GError **error)
{
  g_return_val_if_fail (indices != NULL && n_completed != NULL, NULL);

  *indices = ompi_obj_request_wait_some (requests, n_requests, n_completed, error);
  return *indices != NULL ? values_of_requests (requests, *indices, *n_completed, error) : NULL;
}

/**
 * ompi_obj_request_test_some_variant:
 * @requests: (array length=n_requests): requests
 * @n_requests: how many
 * @indices: (out) (array length=n_completed) (transfer full): which ones they were
 * @n_completed: (out): how many have completed
 * @error: return location for a #GError
 *
 * Gets the values of those of several requests that have completed, without waiting.
 *
 * Errors: as of [func@Mpi.Request.test_some].
 *
 * Mirrors `MPI_Testsome` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values, in the order of @indices; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_request_test_some_variant (MpiRequest **requests,
                                    gsize n_requests,
                                    gint **indices,
                                    gsize *n_completed,
                                    GError **error)
{
  g_return_val_if_fail (indices != NULL && n_completed != NULL, NULL);

  *indices = ompi_obj_request_test_some (requests, n_requests, n_completed, error);
  return *indices != NULL ? values_of_requests (requests, *indices, *n_completed, error) : NULL;
}
