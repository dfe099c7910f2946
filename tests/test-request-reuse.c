/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The objects of requests and messages are used again when their last reference is dropped. Nobody may
 * notice: neither who still holds one, nor who has attached something to it, nor who gets it next.
 */

#include "harness.h"

#define TAG 3
#define N_MANY 600 /* more than are kept */
#define N_THREADS 4
#define N_MESSAGES 300

/* One message to oneself: the request of the receive, completed. */
static MpiRequest *
receive_from_self (MpiComm *comm, gint *received, gint sent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) send = NULL;
  MpiRequest *receive = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);

  receive = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (received, 1), rank, TAG, &error);
  assert_no_error (error);
  send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent, 1), rank, TAG, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
  ck_assert_int_eq (*received, sent);
  return receive;
}

static MpiRequest *
some_request (MpiComm *comm)
{
  gint received = -1;

  return receive_from_self (comm, &received, 17);
}

/* Of somebody who has no request: makes the objects that are kept go round. */
static void
use_requests (MpiComm *comm, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MpiRequest) request = some_request (comm);

      ck_assert_uint_eq (G_OBJECT (request)->ref_count, 1);
      ck_assert (!ompi_obj_request_is_active (request));
    }
}

MPI_TEST (objects_are_used_again)
{
  MpiRequest *request = some_request (comm);
  const MpiRequest *last = request;
  gboolean found = FALSE;

  g_object_unref (request);
  for (guint i = 0; i < 3 && !found; i++)
    {
      g_autoptr (MpiRequest) next = some_request (comm);

      found = next == last;
    }
  ck_assert (found);
}

MPI_TEST (another_reference_keeps_it)
{
  g_autoptr (GError) error = NULL;
  gint received = -1;
  MpiRequest *request = receive_from_self (comm, &received, 5);
  g_autoptr (MpiRequest) kept = g_object_ref (request);
  MpiStatus status;

  g_object_unref (request);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) other = some_request (comm);

      ck_assert_ptr_ne (other, kept);
    }
  ck_assert (!ompi_obj_request_is_active (kept));
  assert_succeeds (ompi_obj_request_get_status (kept, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), ompi_obj_comm_get_rank (comm));
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), TAG);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error), 1);
}

static void
count_call (gpointer count)
{
  ++*(guint *) count;
}

static void
count_dead (gpointer count, GObject *where_the_object_was G_GNUC_UNUSED)
{
  ++*(guint *) count;
}

static void
count_notify (GObject *object G_GNUC_UNUSED, GParamSpec *pspec G_GNUC_UNUSED, gpointer count)
{
  ++*(guint *) count;
}

static void
closure_gone (gpointer count, GClosure *closure G_GNUC_UNUSED)
{
  ++*(guint *) count;
}

MPI_TEST (data_goes_with_it)
{
  guint n_destroyed = 0;
  MpiRequest *request = some_request (comm);

  g_object_set_data_full (G_OBJECT (request), "colour", &n_destroyed, count_call);
  g_object_unref (request);
  ck_assert_uint_eq (n_destroyed, 1);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) other = some_request (comm);

      ck_assert_ptr_null (g_object_get_data (G_OBJECT (other), "colour"));
    }
  ck_assert_uint_eq (n_destroyed, 1);
}

MPI_TEST (data_that_was_taken_away)
{
  guint n_destroyed = 0;
  MpiRequest *request = some_request (comm);

  g_object_set_data_full (G_OBJECT (request), "colour", &n_destroyed, count_call);
  ck_assert_ptr_eq (g_object_steal_data (G_OBJECT (request), "colour"), &n_destroyed);
  g_object_unref (request);
  use_requests (comm, 20);
  ck_assert_uint_eq (n_destroyed, 0);
}

MPI_TEST (weak_references_are_told)
{
  guint n_dead = 0;
  gpointer pointer;
  GWeakRef weak;
  MpiRequest *request = some_request (comm);

  g_object_weak_ref (G_OBJECT (request), count_dead, &n_dead);
  g_object_unref (request);
  ck_assert_uint_eq (n_dead, 1);

  request = some_request (comm);
  pointer = request;
  g_object_add_weak_pointer (G_OBJECT (request), &pointer);
  g_object_unref (request);
  ck_assert_ptr_null (pointer);

  request = some_request (comm);
  g_weak_ref_init (&weak, request);
  g_object_unref (request);
  ck_assert_ptr_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);

  use_requests (comm, 20);
  ck_assert_uint_eq (n_dead, 1);
}

static void
toggled (gpointer is_last, GObject *object G_GNUC_UNUSED, gboolean last)
{
  *(gboolean *) is_last = last;
}

/* What the objects of other languages do. */
MPI_TEST (toggle_references_are_told)
{
  gboolean is_last = FALSE;
  MpiRequest *request = some_request (comm);

  g_object_add_toggle_ref (G_OBJECT (request), toggled, &is_last);
  g_object_unref (request);
  ck_assert (is_last);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) other = some_request (comm);

      ck_assert_ptr_ne (other, request);
    }
  ck_assert (!ompi_obj_request_is_active (request));
  g_object_ref (request);
  ck_assert (!is_last);
  g_object_remove_toggle_ref (G_OBJECT (request), toggled, &is_last);
  g_object_unref (request);
  use_requests (comm, 20);
  ck_assert (!is_last);
}

MPI_TEST (handlers_are_removed)
{
  guint n_notified = 0;
  guint n_gone = 0;
  guint signal_id = g_signal_lookup ("notify", G_TYPE_OBJECT);
  MpiRequest *request = some_request (comm);

  g_signal_connect_data (request, "notify", G_CALLBACK (count_notify), &n_notified, NULL, 0);
  g_object_unref (request);
  request = some_request (comm);
  ck_assert (!g_signal_has_handler_pending (request, signal_id, 0, TRUE));
  g_signal_connect_data (request, "notify", G_CALLBACK (count_notify), &n_gone, closure_gone, 0);
  g_object_unref (request);
  ck_assert_uint_eq (n_gone, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) other = some_request (comm);

      ck_assert (!g_signal_has_handler_pending (other, signal_id, 0, TRUE));
    }
  ck_assert_uint_eq (n_notified, 0);
}

MPI_TEST (disposed_by_hand)
{
  MpiRequest *request = some_request (comm);

  g_object_run_dispose (G_OBJECT (request));
  ck_assert_uint_eq (G_OBJECT (request)->ref_count, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) other = some_request (comm);

      ck_assert_ptr_ne (other, request);
    }
  g_object_unref (request);
  use_requests (comm, 20);
}

/* A class of somebody else is finalized as ever. */

static guint n_finalized;

typedef MpiRequest TestRequest;
typedef MpiRequestClass TestRequestClass;

static GType test_request_get_type (void);

G_DEFINE_TYPE (TestRequest, test_request, OMPI_OBJ_TYPE_REQUEST)

static void
test_request_finalize (GObject *object)
{
  n_finalized++;
  G_OBJECT_CLASS (test_request_parent_class)->finalize (object);
}

static void
test_request_class_init (TestRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_request_finalize;
}

static void
test_request_init (TestRequest *self G_GNUC_UNUSED)
{
}

MPI_TEST (subclasses_are_finalized)
{
  n_finalized = 0;
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MpiRequest) request = g_object_new (test_request_get_type (), NULL);

      ck_assert (!ompi_obj_request_is_active (request));
    }
  ck_assert_uint_eq (n_finalized, 5);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MpiRequest) request = some_request (comm);

      ck_assert (G_OBJECT_TYPE (request) == OMPI_OBJ_TYPE_REQUEST);
    }
}

/* Nothing of what it was is left in what it becomes. */
MPI_TEST (a_used_one_is_as_good_as_new)
{
  g_autoptr (GError) error = NULL;
  gint received = -1;
  gint rank = ompi_obj_comm_get_rank (comm);
  MPI_Request native = MPI_REQUEST_NULL;
  MpiStatus status;

  g_object_unref (receive_from_self (comm, &received, 5));

  /* A handle that is somebody else's, and none at all. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MpiRequest) empty = ompi_obj_request_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);

      ck_assert (!ompi_obj_request_is_active (empty));
      assert_succeeds (ompi_obj_request_get_status (empty, &status, &error), error);
      ck_assert_int_eq (ompi_obj_status_get_tag (&status), ompi_obj_status_get_tag (&(MpiStatus){ { 0 } }));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MpiRequest) receive =
          ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (&received, 1), OMPI_OBJ_PROC_NULL, TAG, &error);

      assert_no_error (error);
      ck_assert (ompi_obj_request_is_active (receive));
      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
    }
  /* It was a receive from nobody, and borrowed; now it is neither. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MpiRequest) request = receive_from_self (comm, &received, (gint) i);

      assert_succeeds (ompi_obj_request_get_status (request, &status, &error), error);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rank);
      assert_succeeds (ompi_obj_request_free (request, &error), error);
    }
}

MPI_TEST (more_than_are_kept)
{
  g_autofree gint *sent = g_new (gint, N_MANY);
  g_autofree gint *received = g_new (gint, N_MANY);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GHashTable) distinct = g_hash_table_new (NULL, NULL);

      for (gint i = 0; i < N_MANY; i++)
        {
          sent[i] = 1000 * rank + i;
          received[i] = -1;
          g_ptr_array_add (requests, ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (&received[i], 1), rank, TAG, &error));
          assert_no_error (error);
          g_ptr_array_add (requests, ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[i], 1), rank, TAG, &error));
          assert_no_error (error);
        }
      for (guint i = 0; i < requests->len; i++)
        ck_assert (g_hash_table_add (distinct, requests->pdata[i]));
      assert_succeeds (ompi_obj_request_wait_all ((MpiRequest **) requests->pdata, requests->len, &error), error);
      for (gint i = 0; i < N_MANY; i++)
        ck_assert_int_eq (received[i], sent[i]);
      g_ptr_array_set_size (requests, 0);
    }
}

/* Their memory and communicator live on, while their objects have become those of others. */
MPI_TEST (dropped_while_active)
{
  enum
  {
    N_DROPPED = 40
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) own = ompi_obj_comm_dup (comm, &error);
  guint n_freed = 0;
  gint sent[N_DROPPED];
  gint *received[N_DROPPED];
  gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  for (gint i = 0; i < N_DROPPED; i++)
    {
      g_autoptr (GBytes) owner = NULL;
      g_autoptr (MpiRequest) receive = NULL;
      MpiBuffer buffer;

      received[i] = g_new (gint, 1);
      *received[i] = -1;
      sent[i] = 100 * rank + i;
      owner = g_bytes_new_with_free_func (received[i], sizeof *received[i], count_call, &n_freed);
      buffer = *OMPI_OBJ_DATA (received[i], 1);
      buffer.owner = owner;
      receive = ompi_obj_comm_irecv (own, &buffer, rank, 100 + i, &error);
      assert_no_error (error);
      ck_assert (ompi_obj_request_is_active (receive));
    }
  use_requests (comm, 2 * N_DROPPED);
  ck_assert_uint_eq (n_freed, 0);

  for (gint i = 0; i < N_DROPPED; i++)
    assert_succeeds (ompi_obj_comm_send (own, OMPI_OBJ_DATA (&sent[i], 1), rank, 100 + i, &error), error);
  /* Another drop sees that they have completed, now or soon. */
  while (n_freed < N_DROPPED)
    {
      g_autoptr (MpiRequest) request = some_request (comm);

      assert_succeeds (ompi_obj_request_free (request, &error), error);
    }
  for (gint i = 0; i < N_DROPPED; i++)
    {
      ck_assert_int_eq (*received[i], sent[i]);
      g_free (received[i]);
    }
}

/* Made in one thread, dropped in another, which has kept none yet or more than it can. */

typedef struct
{
  MpiComm *comm;
  gint tag;
  GAsyncQueue *to;
} Work;

static gpointer
make_requests (gpointer user_data)
{
  const Work *work = user_data;
  const gint rank = ompi_obj_comm_get_rank (work->comm);

  for (gint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (MpiRequest) send = NULL;
      MpiRequest *receive;
      gint sent = i;
      gint received = -1;

      receive = ompi_obj_comm_irecv (work->comm, OMPI_OBJ_DATA (&received, 1), rank, work->tag, NULL);
      send = ompi_obj_comm_isend (work->comm, OMPI_OBJ_DATA (&sent, 1), rank, work->tag, NULL);
      if (receive == NULL || send == NULL || receive == send || !ompi_obj_request_wait (receive, NULL, NULL)
          || !ompi_obj_request_wait (send, NULL, NULL) || received != i)
        return g_strdup_printf ("message %d went wrong", i);
      g_async_queue_push (work->to, receive);
    }
  return NULL;
}

static gpointer
drop_requests (gpointer user_data)
{
  const Work *work = user_data;

  for (gint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (MpiRequest) request = g_async_queue_pop (work->to);

      if (ompi_obj_request_is_active (request))
        return g_strdup_printf ("request %d is active", i);
    }
  return make_requests (user_data);
}

MPI_TEST (in_several_threads)
{
  GThread *makers[N_THREADS];
  GThread *droppers[N_THREADS];
  Work works[N_THREADS];

  if (ompi_obj_query_thread () != OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    return;

  for (gint i = 0; i < N_THREADS; i++)
    {
      works[i] = (Work){ .comm = comm, .tag = 10 + i, .to = g_async_queue_new_full (g_object_unref) };
      makers[i] = g_thread_new ("maker", make_requests, &works[i]);
      droppers[i] = g_thread_new ("dropper", drop_requests, &works[i]);
    }
  for (gint i = 0; i < N_THREADS; i++)
    {
      g_autofree gchar *failure = g_thread_join (makers[i]);
      g_autofree gchar *other_failure = g_thread_join (droppers[i]);

      g_async_queue_unref (works[i].to);
      ck_assert_msg (failure == NULL && other_failure == NULL, "%s", failure != NULL ? failure : other_failure);
    }
}

/* Messages are used again too. */

static MpiMessage *
matched_message (MpiComm *comm, gint *sent, MpiRequest **send)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  MpiMessage *message;

  *send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, 1), rank, TAG, &error);
  assert_no_error (error);
  message = ompi_obj_comm_mprobe (comm, rank, TAG, NULL, &error);
  assert_no_error (error);
  return message;
}

MPI_TEST (messages_are_used_again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiMessage) kept = NULL;
  const MpiMessage *last = NULL;
  gboolean found = FALSE;

  for (gint i = 0; i < 5; i++)
    {
      g_autoptr (MpiRequest) send = NULL;
      g_autoptr (MpiMessage) message = matched_message (comm, &i, &send);
      gint received = -1;

      found = found || message == last;
      ck_assert_ptr_ne (message, kept);
      assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (&received, 1), NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
      ck_assert_int_eq (received, i);
      last = message;
      if (i == 2)
        kept = g_object_ref (message);
    }
  ck_assert (found);
  ck_assert (!ompi_obj_message_recv (kept, OMPI_OBJ_DATA (&(gint){ 0 }, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "received already");
}

MPI_TEST (data_of_messages_goes_with_them)
{
  g_autoptr (GError) error = NULL;
  guint n_destroyed = 0;

  for (gint i = 0; i < 5; i++)
    {
      g_autoptr (MpiRequest) send = NULL;
      g_autoptr (MpiMessage) message = matched_message (comm, &i, &send);
      gint received = -1;

      ck_assert_ptr_null (g_object_get_data (G_OBJECT (message), "colour"));
      g_object_set_data_full (G_OBJECT (message), "colour", &n_destroyed, count_call);
      assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (&received, 1), NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
      ck_assert_uint_eq (n_destroyed, (guint) i);
    }
  ck_assert_uint_eq (n_destroyed, 5);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "request-reuse");
  harness_add (objects_are_used_again, HARNESS_INTRA);
  harness_add (another_reference_keeps_it, HARNESS_INTRA);
  harness_add (data_goes_with_it, HARNESS_ONCE);
  harness_add (data_that_was_taken_away, HARNESS_ONCE);
  harness_add (weak_references_are_told, HARNESS_ONCE);
  harness_add (toggle_references_are_told, HARNESS_ONCE);
  harness_add (handlers_are_removed, HARNESS_ONCE);
  harness_add (disposed_by_hand, HARNESS_ONCE);
  harness_add (subclasses_are_finalized, HARNESS_ONCE);
  harness_add (a_used_one_is_as_good_as_new, HARNESS_INTRA);
  harness_add (more_than_are_kept, HARNESS_INTRA);
  harness_add (dropped_while_active, HARNESS_INTRA);
  harness_add (in_several_threads, HARNESS_INTRA);
  harness_add (messages_are_used_again, HARNESS_INTRA);
  harness_add (data_of_messages_goes_with_them, HARNESS_INTRA);
  return harness_run ();
}
