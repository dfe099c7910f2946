/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Several threads of each rank that send and receive at once, on one communicator.
 */

#include "harness.h"

#define N_THREADS 4
#define N_MESSAGES 200
#define N_VALUES 50
#define N_DATA 16

#define TAG_THREAD 10
#define TAG_VALUES 50
#define TAG_MIXED 60

typedef struct
{
  MpiComm *comm;
  gint thread;
  gint dest;
  gint source;
  gint rank;
} Work;

/* Check's assertions are for the main thread; these return what is wrong. */
#define FAIL_UNLESS(condition, ...)           \
  do                                          \
    {                                         \
      if (!(condition))                       \
        return g_strdup_printf (__VA_ARGS__); \
    }                                         \
  while (0)

#define FAIL_IF_ERROR(error, call) \
  FAIL_UNLESS ((error) == NULL, "thread %d: %s: %s", work->thread, call, (error)->message)

static gint
element (gint rank, gint thread, gint message, gint i)
{
  return ((rank * N_THREADS + thread) * N_MESSAGES + message) * N_DATA + i;
}

/* Runs one function in all threads of this rank. */
static void
run_threads (MpiComm *comm, GThreadFunc func)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  GThread *threads[N_THREADS];
  Work works[N_THREADS];
  gchar *failures[N_THREADS];

  if (ompi_obj_query_thread () != OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    return;

  for (gint i = 0; i < N_THREADS; i++)
    {
      works[i] = (Work){
        .comm = comm, .thread = i, .dest = (rank + 1) % size, .source = (rank + size - 1) % size, .rank = rank
      };
      threads[i] = g_thread_new ("messages", func, &works[i]);
    }
  for (gint i = 0; i < N_THREADS; i++)
    failures[i] = g_thread_join (threads[i]);
  for (gint i = 0; i < N_THREADS; i++)
    if (failures[i] != NULL)
      ck_abort_msg ("%s", failures[i]);
}

/* A thread talks with the thread of the same number on the neighbours. */
static gpointer
exchange_buffers (gpointer user_data)
{
  const Work *work = user_data;

  for (gint k = 0; k < N_MESSAGES; k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) send = NULL;
      g_autoptr (MpiRequest) receive = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;

      for (gint i = 0; i < N_DATA; i++)
        sent[i] = element (work->rank, work->thread, k, i);
      send =
          ompi_obj_comm_isend (work->comm, OMPI_OBJ_DATA (sent, N_DATA), work->dest, TAG_THREAD + work->thread, &error);
      FAIL_IF_ERROR (error, "isend");
      if (k % 2 == 0)
        {
          ompi_obj_comm_recv (work->comm, OMPI_OBJ_DATA (received, N_DATA), work->source, TAG_THREAD + work->thread,
                              &status, &error);
          FAIL_IF_ERROR (error, "recv");
        }
      else
        {
          receive = ompi_obj_comm_irecv (work->comm, OMPI_OBJ_DATA (received, N_DATA), work->source,
                                         TAG_THREAD + work->thread, &error);
          FAIL_IF_ERROR (error, "irecv");
          ompi_obj_request_wait (receive, &status, &error);
          FAIL_IF_ERROR (error, "wait for the receive");
        }
      ompi_obj_request_wait (send, NULL, &error);
      FAIL_IF_ERROR (error, "wait for the send");

      FAIL_UNLESS (ompi_obj_status_get_source (&status) == work->source, "thread %d: source is %d", work->thread,
                   ompi_obj_status_get_source (&status));
      FAIL_UNLESS (ompi_obj_status_get_tag (&status) == TAG_THREAD + work->thread, "thread %d: tag is %d", work->thread,
                   ompi_obj_status_get_tag (&status));
      for (gint i = 0; i < N_DATA; i++)
        FAIL_UNLESS (received[i] == element (work->source, work->thread, k, i),
                     "thread %d, message %d: element %d is %d", work->thread, k, i, received[i]);
    }
  return NULL;
}

MPI_TEST (buffers) { run_threads (comm, exchange_buffers); }

/* Many at a time, completed together, and the sends dropped by the one thread while others start theirs. */
static gpointer
exchange_arrays (gpointer user_data)
{
  const Work *work = user_data;

  for (gint k = 0; k < N_MESSAGES; k += 8)
    {
      g_autoptr (GError) error = NULL;
      MpiRequest *receives[8];
      gint received[8][N_DATA] = { { 0 } };

      for (gint m = 0; m < 8; m++)
        {
          receives[m] = ompi_obj_comm_irecv (work->comm, OMPI_OBJ_DATA (received[m], N_DATA), work->source,
                                             TAG_THREAD + work->thread, &error);
          FAIL_IF_ERROR (error, "irecv");
        }
      for (gint m = 0; m < 8; m++)
        {
          g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (N_DATA * sizeof (gint));
          gint *data = buffer->address;
          MpiRequest *send;

          for (gint i = 0; i < N_DATA; i++)
            data[i] = element (work->rank, work->thread, k + m, i);
          send = ompi_obj_comm_isend (work->comm, buffer, work->dest, TAG_THREAD + work->thread, &error);
          FAIL_IF_ERROR (error, "isend");
          g_object_unref (send);
        }
      ompi_obj_request_wait_all (receives, 8, &error);
      FAIL_IF_ERROR (error, "wait_all");
      for (gint m = 0; m < 8; m++)
        {
          for (gint i = 0; i < N_DATA; i++)
            FAIL_UNLESS (received[m][i] == element (work->source, work->thread, k + m, i),
                         "thread %d, message %d: element %d is %d", work->thread, k + m, i, received[m][i]);
          g_object_unref (receives[m]);
        }
    }
  return NULL;
}

MPI_TEST (arrays_of_requests) { run_threads (comm, exchange_arrays); }

/*
 * Half of the threads send values to all ranks, the other half receive them from any. Which thread
 * gets which value is left to chance, that each arrives once and whole is not.
 */
static gint values_seen;
static gint64 values_sum;
static GMutex values_lock;

static GVariant *
make_value (gint rank, gint thread, gint k)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ai"));
  for (gint i = 0; i < 1 + k % 7; i++)
    g_variant_builder_add (&builder, "i", element (rank, thread, k, i));
  return g_variant_new ("(iiiai)", rank, thread, k, &builder);
}

static gpointer
exchange_values (gpointer user_data)
{
  const Work *work = user_data;
  gint size = ompi_obj_comm_get_size (work->comm);
  gboolean sends = work->thread % 2 == 0;

  for (gint k = 0; k < N_VALUES * size; k++)
    {
      g_autoptr (GError) error = NULL;

      if (sends)
        {
          ompi_obj_comm_send_variant (work->comm, make_value (work->rank, work->thread, k), (work->rank + k) % size,
                                      TAG_VALUES, &error);
          FAIL_IF_ERROR (error, "send_variant");
        }
      else
        {
          MpiStatus status;
          g_autoptr (GVariant) value =
              ompi_obj_comm_recv_variant (work->comm, OMPI_OBJ_ANY_SOURCE, TAG_VALUES, &status, &error);
          g_autoptr (GVariant) expected = NULL;
          gint rank;
          gint thread;
          gint number;

          FAIL_IF_ERROR (error, "recv_variant");
          FAIL_UNLESS (g_variant_is_of_type (value, G_VARIANT_TYPE ("(iiiai)")), "a value of type %s",
                       g_variant_get_type_string (value));
          g_variant_get (value, "(iii@ai)", &rank, &thread, &number, NULL);
          FAIL_UNLESS (rank == ompi_obj_status_get_source (&status), "a value of rank %d came from %d", rank,
                       ompi_obj_status_get_source (&status));
          expected = g_variant_ref_sink (make_value (rank, thread, number));
          FAIL_UNLESS (g_variant_equal (value, expected), "value %d of thread %d of rank %d arrived changed", number,
                       thread, rank);
          g_mutex_lock (&values_lock);
          values_seen++;
          values_sum += number;
          g_mutex_unlock (&values_lock);
        }
    }
  return NULL;
}

MPI_TEST (values_from_any_source)
{
  g_autoptr (GError) error = NULL;
  gint64 sum;
  gint n = N_VALUES * ompi_obj_comm_get_size (comm);
  gint n_senders = N_THREADS / 2 * ompi_obj_comm_get_size (comm);

  values_seen = 0;
  values_sum = 0;
  run_threads (comm, exchange_values);
  if (ompi_obj_query_thread () != OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    return;

  ck_assert_int_eq (values_seen, N_THREADS / 2 * n);
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&values_sum, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM,
                                            &error),
                   error);
  ck_assert_int_eq (sum, (gint64) n_senders * n * (n - 1) / 2);
}

/* Requests are set up and freed by many threads at once. */
static gpointer
exchange_persistently (gpointer user_data)
{
  const Work *work = user_data;

  for (gint k = 0; k < N_MESSAGES; k++)
    {
      g_autoptr (GError) error = NULL;
      gint data = k;
      gint received = -1;
      g_autoptr (MpiPrequest) send = NULL;
      g_autoptr (MpiPrequest) receive = NULL;
      MpiRequest *requests[2];

      send =
          ompi_obj_comm_send_init (work->comm, OMPI_OBJ_DATA (&data, 1), work->dest, TAG_THREAD + work->thread, &error);
      FAIL_IF_ERROR (error, "send_init");
      receive = ompi_obj_comm_recv_init (work->comm, OMPI_OBJ_DATA (&received, 1), work->source,
                                         TAG_THREAD + work->thread, &error);
      FAIL_IF_ERROR (error, "recv_init");
      requests[0] = OMPI_OBJ_REQUEST (send);
      requests[1] = OMPI_OBJ_REQUEST (receive);
      ompi_obj_prequest_start_all ((MpiPrequest **) requests, 2, &error);
      FAIL_IF_ERROR (error, "start_all");
      ompi_obj_request_wait_all (requests, 2, &error);
      FAIL_IF_ERROR (error, "wait_all");
      FAIL_UNLESS (received == k, "thread %d: %d arrived instead of %d", work->thread, received, k);
    }
  return NULL;
}

MPI_TEST (persistent_requests) { run_threads (comm, exchange_persistently); }

/*
 * Everything at once: one thread moves buffers, one values without blocking, one looks at messages before it
 * receives them, and one moves values in two pieces; all on one communicator, kept apart by their tags alone.
 */

/* Of a few bytes, or of some 20,000, which are sent from two places. */
static GVariant *
make_mixed_value (gint rank, gint k, gboolean is_large)
{
  gsize n = is_large ? 20000 : 20;
  g_autofree guint8 *bytes = g_malloc (n);

  memset (bytes, rank + k, n);
  return g_variant_new ("(ii@ay)", rank, k, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, n, 1));
}

static gchar *
check_mixed_value (const Work *work, GVariant *value, gint k, gboolean is_large)
{
  g_autoptr (GVariant) expected = g_variant_ref_sink (make_mixed_value (work->source, k, is_large));

  FAIL_UNLESS (value != NULL && g_variant_equal (value, expected), "thread %d: value %d arrived changed", work->thread,
               k);
  return NULL;
}

static gchar *
move_buffer (const Work *work, gint k)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = NULL;
  gint sent = element (work->rank, work->thread, k, 0);
  gint received = -1;

  receive =
      ompi_obj_comm_irecv (work->comm, OMPI_OBJ_DATA (&received, 1), work->source, TAG_MIXED + work->thread, &error);
  FAIL_IF_ERROR (error, "irecv");
  ompi_obj_comm_send (work->comm, OMPI_OBJ_DATA (&sent, 1), work->dest, TAG_MIXED + work->thread, &error);
  FAIL_IF_ERROR (error, "send");
  while (!ompi_obj_request_test (receive, NULL, &error))
    FAIL_IF_ERROR (error, "test");
  FAIL_UNLESS (received == element (work->source, work->thread, k, 0), "thread %d: message %d is %d", work->thread, k,
               received);
  return NULL;
}

/* Two at a time, which arrive in their order. */
static gchar *
move_values_without_blocking (const Work *work, gint k)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *requests[4];
  gchar *failure = NULL;

  for (gint i = 0; i < 2; i++)
    {
      requests[i] = ompi_obj_comm_irecv_variant (work->comm, work->source, TAG_MIXED + work->thread, &error);
      FAIL_IF_ERROR (error, "irecv_variant");
    }
  for (gint i = 0; i < 2; i++)
    {
      requests[2 + i] = ompi_obj_comm_isend_variant (work->comm, make_mixed_value (work->rank, 2 * k + i, k % 2 == 0),
                                                     work->dest, TAG_MIXED + work->thread, &error);
      FAIL_IF_ERROR (error, "isend_variant");
    }
  /* The receives first: a message is looked for when somebody waits for it. */
  for (gint i = 0; i < 4 && failure == NULL; i++)
    {
      g_autoptr (GVariant) value = ompi_obj_request_wait_variant (requests[i], NULL, &error);

      FAIL_IF_ERROR (error, "wait_variant");
      if (i < 2)
        failure = check_mixed_value (work, value, 2 * k + i, k % 2 == 0);
      g_object_unref (requests[i]);
    }
  return failure;
}

static gchar *
move_matched_value (const Work *work, gint k)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (MpiMessage) message = NULL;
  g_autoptr (GVariant) value = NULL;
  MpiStatus status;

  send = ompi_obj_comm_isend_variant (work->comm, make_mixed_value (work->rank, k, k % 3 == 0), work->dest,
                                      TAG_MIXED + work->thread, &error);
  FAIL_IF_ERROR (error, "isend_variant");
  if (k % 2 == 0)
    message = ompi_obj_comm_mprobe (work->comm, work->source, TAG_MIXED + work->thread, &status, &error);
  while (k % 2 == 1 && message == NULL && error == NULL)
    message = ompi_obj_comm_improbe (work->comm, work->source, TAG_MIXED + work->thread, &status, &error);
  FAIL_IF_ERROR (error, "mprobe");
  FAIL_UNLESS (ompi_obj_status_get_tag (&status) == TAG_MIXED + work->thread, "thread %d: tag is %d", work->thread,
               ompi_obj_status_get_tag (&status));
  value = ompi_obj_message_recv_variant (message, NULL, &error);
  FAIL_IF_ERROR (error, "recv_variant");
  ompi_obj_request_wait (send, NULL, &error);
  FAIL_IF_ERROR (error, "wait");
  return check_mixed_value (work, value, k, k % 3 == 0);
}

static gchar *
move_value_both_ways (const Work *work, gint k)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value =
      ompi_obj_comm_sendrecv_variant (work->comm, make_mixed_value (work->rank, k, TRUE), work->dest,
                                      TAG_MIXED + work->thread, work->source, TAG_MIXED + work->thread, NULL, &error);

  FAIL_IF_ERROR (error, "sendrecv_variant");
  return check_mixed_value (work, value, k, TRUE);
}

static gpointer
exchange_everything (gpointer user_data)
{
  static gchar *(*const moves[N_THREADS]) (const Work *, gint) = { move_buffer, move_values_without_blocking,
                                                                   move_matched_value, move_value_both_ways };
  const Work *work = user_data;
  gchar *failure = NULL;

  for (gint k = 0; k < N_VALUES && failure == NULL; k++)
    failure = moves[work->thread](work, k);
  return failure;
}

MPI_TEST (everything_at_once)
{
  harness_allow_time (4);
  run_threads (comm, exchange_everything);
}

/* One thread starts operations, others complete them; few, as those who wait keep the processors busy. */
#define N_HANDED_OVER 20

static GAsyncQueue *started;

static gpointer
complete_what_others_started (gpointer user_data)
{
  const Work *work = user_data;

  for (gint k = 0; k < N_HANDED_OVER; k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) request = NULL;

      if (work->thread == 0)
        {
          for (gint i = 0; i < N_THREADS - 1; i++)
            {
              g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (sizeof (gint));

              g_async_queue_push (started, ompi_obj_comm_irecv (work->comm, buffer, work->source, TAG_MIXED, &error));
              FAIL_IF_ERROR (error, "irecv");
              ompi_obj_comm_send (work->comm, OMPI_OBJ_DATA (&k, 1), work->dest, TAG_MIXED, &error);
              FAIL_IF_ERROR (error, "send");
            }
          continue;
        }
      request = g_async_queue_pop (started);
      ompi_obj_request_wait (request, NULL, &error);
      FAIL_IF_ERROR (error, "wait");
      FAIL_UNLESS (!ompi_obj_request_is_active (request), "thread %d: a request that has completed is active",
                   work->thread);
    }
  return NULL;
}

/* Not to itself: a thread in MPI_Wait of MPICH 4.0 may never see what another thread sends to the same rank. */
MPI_TEST (requests_of_other_threads)
{
  if (ompi_obj_comm_get_size (comm) == 1)
    {
      harness_skip ("MPICH loses wake-ups of threads that wait for messages to oneself");
      return;
    }
  started = g_async_queue_new ();
  run_threads (comm, complete_what_others_started);
  ck_assert_int_eq (g_async_queue_length (started), 0);
  g_async_queue_unref (started);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "threads");
  harness_add (buffers, HARNESS_INTRA);
  harness_add (arrays_of_requests, HARNESS_INTRA);
  harness_add (values_from_any_source, HARNESS_INTRA);
  harness_add (persistent_requests, HARNESS_INTRA);
  harness_add (everything_at_once, HARNESS_INTRA);
  harness_add (requests_of_other_threads, HARNESS_INTRA);
  return harness_run ();
}
