/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>
#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "request-poller-private.h"
#include "request-private.h"
#include "status-private.h"
#include "value-queue-private.h"

/*
 * Hidden communicators
 *
 * The steps of an operation that does not block are taken while the user does other things, so they need
 * a communicator of their own. So do the messages of reductions, which a receive of the user's with
 * wildcards could take. Each is made when it is first needed and freed with the user's one.
 */

typedef struct _ValueContext ValueContext;

struct _ValueContext
{
  MpiCommHandle *handle; /* of the user's communicator, which owns this */

  MpiComm *hidden; /* the same groups of ranks */
  MPI_Comm hidden_native;
  MPI_Request hidden_request; /* under way */
  GError *hidden_error;

  MpiComm *merged; /* of an intercommunicator: both groups in one */
  gint merged_offset;
  gint merged_remote_offset;

  guint n_meetings;
  GQueue requests; /* those that are not over, in the order they were started; a reference to each */
  GList link;      /* in the list of contexts that have such */
};

/* One lock for all: a thread that waits for one operation takes the steps of others. */
static GRecMutex values_lock;
static GQueue busy_contexts = G_QUEUE_INIT;
static gboolean in_progress; /* a callback of the user's may come back here */

static void value_operations_finish (void);
static void context_finish (ValueContext *self);
static void context_release (ValueContext *self);

static ValueContext *
context_get (MpiComm *comm)
{
  MpiCommHandle *handle = comm->handle;

  if (handle->value_context == NULL)
    {
      ompi_obj_environment_add_end_func (value_operations_finish);
      handle->value_context = g_new0 (ValueContext, 1);
      handle->value_context->handle = handle;
      handle->value_context->link.data = handle->value_context;
      handle->value_context->hidden_request = MPI_REQUEST_NULL;
      handle->value_context->hidden_native = MPI_COMM_NULL;
      handle->finish_value_context = context_finish;
      handle->release_value_context = context_release;
    }
  return handle->value_context;
}

/* TRUE when there is the hidden communicator, or there cannot be one. */
static gboolean
context_progress_hidden (ValueContext *self, MpiComm *like)
{
  int is_done = TRUE;

  if (self->hidden != NULL || self->hidden_error != NULL)
    return TRUE;
  if (!CHECK_MPI (&self->hidden_error, MPI_Test, &self->hidden_request, &is_done, MPI_STATUS_IGNORE))
    return TRUE;
  if (is_done)
    self->hidden = ompi_obj_comm_new_owned (self->hidden_native, G_OBJECT_TYPE (like), &self->hidden_error);
  return is_done;
}

/* What an overridden method of the user's class sees must be an object of that class. */
static MpiComm *
comm_like (MpiComm *comm, MpiComm *like)
{
  if (G_OBJECT_TYPE (comm) == G_OBJECT_TYPE (like))
    return g_object_ref (comm);
  return g_object_new (G_OBJECT_TYPE (like), "wraps", comm, NULL);
}

static gboolean
context_start_hidden (ValueContext *self, MpiComm *comm, GError **error)
{
  if (self->hidden != NULL || self->hidden_request != MPI_REQUEST_NULL)
    return TRUE;
  return CHECK_MPI (error, MPI_Comm_idup, COMM_HANDLE (comm), &self->hidden_native, &self->hidden_request);
}

static gboolean
context_make_hidden (ValueContext *self, MpiComm *comm, GError **error)
{
  if (self->hidden == NULL && self->hidden_request == MPI_REQUEST_NULL
      && !CHECK_MPI (error, MPI_Comm_dup, COMM_HANDLE (comm), &self->hidden_native))
    return FALSE;
  while (!context_progress_hidden (self, comm))
    g_thread_yield ();
  if (self->hidden == NULL && error != NULL)
    *error = g_error_copy (self->hidden_error);
  return self->hidden != NULL;
}

static gboolean
context_make_merged (ValueContext *self, MpiComm *comm, GError **error)
{
  MPI_Comm merged;

  if (self->merged != NULL)
    return TRUE;
  if (!CHECK_MPI (error, MPI_Intercomm_merge, COMM_HANDLE (comm), FALSE, &merged))
    return FALSE;
  self->merged = ompi_obj_comm_new_owned (merged, 0, error);
  if (self->merged == NULL)
    return FALSE;

  /* MPI decides which group comes first, but keeps the order within each. */
  self->merged_offset = ompi_obj_comm_get_rank (self->merged) - ompi_obj_comm_get_rank (comm);
  self->merged_remote_offset = self->merged_offset == 0 ? ompi_obj_comm_get_size (comm) : 0;
  return TRUE;
}

gboolean
value_operation_prepare_meeting (ValueOperation *self, MpiComm *comm, GError **error)
{
  g_autoptr (GRecMutexLocker) locker G_GNUC_UNUSED = g_rec_mutex_locker_new (&values_lock);
  ValueContext *context = context_get (comm);
  ValueMeeting *meeting = &self->meeting;

  if (self->is_inter)
    {
      if (!context_make_merged (context, comm, error))
        return FALSE;
      meeting->comm = g_object_ref (context->merged);
      meeting->offset = context->merged_offset;
      meeting->remote_offset = context->merged_remote_offset;
    }
  else if (self->is_blocking)
    {
      if (!context_make_hidden (context, comm, error))
        return FALSE;
      meeting->comm = comm_like (context->hidden, comm);
    }
  meeting->tag = (gint) (context->n_meetings++ % ompi_obj_environment.tag_limit);
  return TRUE;
}

/*
 * The requests
 */

#define MPI_TYPE_VALUE_REQUEST (value_request_get_type ())
G_DECLARE_FINAL_TYPE (MpiValueRequest, value_request, MPI, VALUE_REQUEST, MpiRequest)

struct _MpiValueRequest
{
  MpiRequest parent_instance;

  ValueOperation *operation;
  ValueStep first; /* NULL: it was begun */
  MpiComm *comm;   /* the user's */
  gboolean is_over;
};

G_DEFINE_FINAL_TYPE (MpiValueRequest, value_request, OMPI_OBJ_TYPE_REQUEST)

/* Gives an operation that is the first in the queue what its steps need. FALSE if that is not there yet. */
static gboolean
request_begin (MpiValueRequest *self, ValueContext *context)
{
  ValueOperation *operation = self->operation;

  if (!context_progress_hidden (context, self->comm))
    return FALSE;
  if (context->hidden == NULL)
    {
      operation->error = g_error_copy (context->hidden_error);
    }
  else
    {
      operation->comm = comm_like (context->hidden, self->comm);
      if (operation->meeting.comm == NULL)
        operation->meeting.comm = g_object_ref (operation->comm);
      operation->next = self->first;
    }
  self->first = NULL;
  return TRUE;
}

static void
request_end (MpiValueRequest *self)
{
  MpiRequestPrivate *priv = ompi_obj_request_get_private (OMPI_OBJ_REQUEST (self));
  MPI_Status status = { 0 };

  mpi_status_set_nobody (&status);
  ompi_obj_status_set_native (&priv->status, &status);
  self->is_over = TRUE;
}

static void
context_progress (ValueContext *self)
{
  gboolean is_idle = FALSE;

  while (!is_idle)
    {
      MpiValueRequest *request = g_queue_peek_head (&self->requests);

      if ((request->first != NULL && !request_begin (request, self)) || !value_operation_progress (request->operation))
        return;

      request_end (request);
      g_queue_pop_head (&self->requests);
      is_idle = self->requests.length == 0;
      if (is_idle)
        g_queue_unlink (&busy_contexts, &self->link);
      g_object_unref (request); /* with the last one the communicator may go, and SELF */
    }
}

/* Takes all steps that can be taken on any communicator: other ranks may wait for those of another one first. */
static void
values_progress (void)
{
  g_rec_mutex_lock (&values_lock);
  if (!in_progress)
    {
      in_progress = TRUE;
      for (GList *link = busy_contexts.head, *next; link != NULL; link = next)
        {
          next = link->next;
          context_progress (link->data);
        }
      in_progress = FALSE;
    }
  g_rec_mutex_unlock (&values_lock);
}

/* In a round of tests of several requests, the first takes the steps of all. */
static gboolean
request_is_over (MpiValueRequest *self, guint round)
{
  static guint last_round;
  gboolean is_over;

  g_rec_mutex_lock (&values_lock);
  if (round == 0 || round != last_round)
    values_progress ();
  last_round = round;
  is_over = self->is_over;
  g_rec_mutex_unlock (&values_lock);
  return is_over;
}

MpiRequest *
value_operation_start (ValueOperation *self, MpiComm *comm, ValueStep first, GError **error)
{
  MpiValueRequest *request;
  ValueContext *context;

  g_rec_mutex_lock (&values_lock);
  context = context_get (comm);
  if (!context_start_hidden (context, comm, error))
    {
      g_rec_mutex_unlock (&values_lock);
      value_operation_clear (self);
      g_free (self);
      return NULL;
    }

  request = MPI_VALUE_REQUEST (
      ompi_obj_request_new_for_operation (MPI_TYPE_VALUE_REQUEST, MPI_REQUEST_NULL, 0, comm, NULL, NULL));
  g_clear_object (&self->comm); /* the hidden one takes its place */
  self->is_blocking = FALSE;
  request->operation = self;
  request->first = first;
  request->comm = g_object_ref (comm);
  if (context->requests.length == 0)
    g_queue_push_tail_link (&busy_contexts, &context->link);
  g_queue_push_tail (&context->requests, g_object_ref (request));
  g_rec_mutex_unlock (&values_lock);

  values_progress ();
  return OMPI_OBJ_REQUEST (request);
}

static void
context_finish (ValueContext *self)
{
  gboolean is_busy = TRUE;

  while (is_busy)
    {
      values_progress ();
      g_rec_mutex_lock (&values_lock);
      is_busy = g_queue_find (&busy_contexts, self) != NULL;
      g_rec_mutex_unlock (&values_lock);
      if (is_busy)
        g_thread_yield ();
    }
}

/* Takes the steps of what was started, until all is over: before MPI ends. */
static void
value_operations_finish (void)
{
  gboolean is_busy = TRUE;

  while (is_busy)
    {
      values_progress ();
      g_rec_mutex_lock (&values_lock);
      is_busy = busy_contexts.length > 0;
      g_rec_mutex_unlock (&values_lock);
      if (is_busy)
        g_thread_yield ();
    }
}

/* With the user's communicator: after its free, which waits for what is under way, or with its last reference. */
static void
context_release (ValueContext *self)
{
  self->handle->value_context = NULL;
  if (self->hidden_request != MPI_REQUEST_NULL && environment_is_active ())
    MPI_Wait (&self->hidden_request, MPI_STATUS_IGNORE);
  g_clear_object (&self->hidden);
  g_clear_object (&self->merged);
  g_clear_error (&self->hidden_error);
  g_free (self);
}

/*
 * The class
 */

static gboolean
value_request_report (MpiValueRequest *self, MpiStatus *status, GError **error)
{
  MpiRequestPrivate *priv = ompi_obj_request_get_private (OMPI_OBJ_REQUEST (self));

  priv->operation.is_active = FALSE;
  if (status != NULL)
    *status = priv->status;
  if (self->operation->error != NULL && error != NULL)
    *error = g_error_copy (self->operation->error);
  return self->operation->error == NULL;
}

static gboolean
value_request_wait (MpiRequest *request, MpiStatus *status, GError **error)
{
  MpiValueRequest *self = MPI_VALUE_REQUEST (request);

  while (!request_is_over (self, 0))
    g_thread_yield ();
  return value_request_report (self, status, error);
}

static gboolean
value_request_test (MpiRequest *request, MpiStatus *status, GError **error)
{
  MpiValueRequest *self = MPI_VALUE_REQUEST (request);

  return request_is_over (self, request_poller_get_round ()) && value_request_report (self, status, error);
}

static gboolean
value_request_get_status (MpiRequest *request, MpiStatus *status, GError **error G_GNUC_UNUSED)
{
  MpiValueRequest *self = MPI_VALUE_REQUEST (request);

  if (!request_is_over (self, request_poller_get_round ()))
    return FALSE;
  if (status != NULL)
    *status = ompi_obj_request_get_private (request)->status;
  return TRUE;
}

static gboolean
value_request_cancel (MpiRequest *request G_GNUC_UNUSED, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel",
                      "a collective operation cannot be cancelled; wait for it");
  return FALSE;
}

static void
value_request_finalize (GObject *object)
{
  MpiValueRequest *self = MPI_VALUE_REQUEST (object);

  value_operation_clear (self->operation);
  g_free (self->operation);
  g_clear_object (&self->comm);

  G_OBJECT_CLASS (value_request_parent_class)->finalize (object);
}

static void
value_request_class_init (MpiValueRequestClass *klass)
{
  MpiRequestClass *request_class = OMPI_OBJ_REQUEST_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = value_request_finalize;
  request_class->wait = value_request_wait;
  request_class->test = value_request_test;
  request_class->get_status = value_request_get_status;
  request_class->cancel = value_request_cancel;
}

static void
value_request_init (MpiValueRequest *self G_GNUC_UNUSED)
{
}

/*
 * Values
 */

gboolean
value_request_check (MpiRequest *request)
{
  return MPI_IS_VALUE_REQUEST (request);
}

GVariant *
value_request_get_value (MpiRequest *request, GError **error)
{
  MpiValueRequest *self = MPI_VALUE_REQUEST (request);
  const ValueOperation *operation = self->operation;
  GVariantBuilder builder;

  if (!value_request_report (self, NULL, error))
    return NULL;
  if (operation->value != NULL)
    return g_variant_ref (operation->value);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (guint i = 0; i < operation->values->len; i++)
    g_variant_builder_add (&builder, "v", operation->values->pdata[i]);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gpointer
variant_copy (gconstpointer value, gpointer data G_GNUC_UNUSED)
{
  return g_variant_ref ((GVariant *) value);
}

/**
 * ompi_obj_request_get_variants:
 * @self: a request that has completed
 * @error: return location for a #GError
 *
 * Gets the values of a request that ends with several: one of [method@Mpi.Comm.igather_variant],
 * [method@Mpi.Comm.iallgather_variant] or [method@Mpi.Comm.ialltoall_variant]. Of another request it is
 * a list of the one value that [method@Mpi.Request.get_variant] gives.
 *
 * [method@Mpi.Request.get_variant] and [method@Mpi.Request.wait_variant] give a list as one value, an
 * array of variants (`av`).
 *
 * Errors: what the operation failed with; [error@Mpi.Error.pending] if it has not completed.
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_request_get_variants (MpiRequest *self, GError **error)
{
  g_autoptr (GPtrArray) values = NULL;
  GVariant *value;

  g_return_val_if_fail (OMPI_OBJ_IS_REQUEST (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* A list of its own for each call: language bindings empty what they get. */
  if (MPI_IS_VALUE_REQUEST (self) && !ompi_obj_request_is_active (self)
      && MPI_VALUE_REQUEST (self)->operation->values != NULL)
    return value_request_report (MPI_VALUE_REQUEST (self), NULL, error)
               ? g_ptr_array_copy (MPI_VALUE_REQUEST (self)->operation->values, variant_copy, NULL)
               : NULL;

  value = ompi_obj_request_get_variant (self, error);
  if (value == NULL)
    return NULL;
  values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_ptr_array_add (values, value);
  return g_steal_pointer (&values);
}
