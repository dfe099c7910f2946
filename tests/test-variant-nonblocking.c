/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values that are sent and received without blocking: which message belongs to which receive. */

#include "harness.h"

static GVariant *
make_value (gint rank, gint number, gsize size)
{
  g_autofree guint8 *bytes = g_malloc (size + 1); /* so that it is not NULL */

  memset (bytes, number, size);
  return g_variant_new ("(ii@ay)", rank, number, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1));
}

static void
assert_value (GVariant *value, gint rank, gint number, gsize size)
{
  g_autoptr (GVariant) expected = g_variant_ref_sink (make_value (rank, number, size));

  assert_variant_equal (value, expected);
}

static MpiRequest *
start_send (MpiComm *comm, GVariant *value, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_isend_variant (comm, value, dest, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

static MpiRequest *
start_receive (MpiComm *comm, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_irecv_variant (comm, source, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

static void
finish (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
}

/* Of every size, from the empty one to one that MPI cannot send before the receive has started. */
static const gsize sizes[] = { 0, 1, 100, 8000, 9000, 300000, 5 << 20 };

MPI_TEST (any_size)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (MpiRequest) receive = start_receive (comm, rounds.source, 1);
          g_autoptr (MpiRequest) send = start_send (comm, make_value (rank, (gint) i, sizes[i]), rounds.dest, 1);
          g_autoptr (GVariant) value = NULL;
          g_autoptr (GVariant) again = NULL;
          MpiStatus status;

          value = ompi_obj_request_wait_variant (receive, &status, &error);
          assert_no_error (error);
          ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
          if (rounds.source == OMPI_OBJ_PROC_NULL)
            ck_assert_str_eq (g_variant_get_type_string (value), "()");
          else
            assert_value (value, rounds.source, (gint) i, sizes[i]);
          finish (send);

          again = ompi_obj_request_get_variant (receive, &error);
          assert_no_error (error);
          ck_assert_ptr_eq (again, value);
          ck_assert (!ompi_obj_request_is_active (receive));
        }
    }
}

MPI_TEST (posting_order)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint peer = (rank + 1) % harness_n_peers (comm);
  const gint source = (rank + harness_n_peers (comm) - 1) % harness_n_peers (comm);
  enum
  {
    N = 40
  };
  MpiRequest *receives[N];
  MpiRequest *sends[N];

  if (ompi_obj_comm_is_inter (comm) && ompi_obj_comm_get_size (comm) != harness_n_peers (comm))
    return;

  for (gint i = 0; i < N; i++)
    receives[i] = start_receive (comm, source, 2);
  for (gint i = 0; i < N; i++)
    sends[i] = start_send (comm, make_value (rank, i, i % 3 == 0 ? 20000 : 10), peer, 2);

  /* Waited for from the last to the first. */
  for (gint i = N - 1; i >= 0; i--)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = ompi_obj_request_wait_variant (receives[i], NULL, &error);

      assert_no_error (error);
      assert_value (value, source, i, i % 3 == 0 ? 20000 : 10);
    }
  for (gint i = 0; i < N; i++)
    {
      finish (sends[i]);
      g_object_unref (sends[i]);
      g_object_unref (receives[i]);
    }
}

MPI_TEST (wildcards_in_posting_order)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) any = NULL;
  g_autoptr (MpiRequest) third_tag = NULL;
  g_autoptr (MpiRequest) any_tag = NULL;
  MpiRequest *sends[3];
  g_autoptr (GVariant) value = NULL;
  MpiStatus status;

  /* All to oneself: the messages are 3, 5, 3; the receives take any, a 3 and whatever is left. */
  any = start_receive (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG);
  third_tag = start_receive (comm, rank, 3);
  any_tag = start_receive (comm, rank, OMPI_OBJ_ANY_TAG);
  sends[0] = start_send (comm, make_value (rank, 0, 1), rank, 3);
  sends[1] = start_send (comm, make_value (rank, 1, 2), rank, 5);
  sends[2] = start_send (comm, make_value (rank, 2, 3), rank, 3);

  value = ompi_obj_request_wait_variant (any_tag, &status, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 5);
  assert_value (value, rank, 1, 2);
  g_clear_pointer (&value, g_variant_unref);

  value = ompi_obj_request_wait_variant (third_tag, &status, &error);
  assert_no_error (error);
  assert_value (value, rank, 2, 3);
  g_clear_pointer (&value, g_variant_unref);

  value = ompi_obj_request_wait_variant (any, &status, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 3);
  assert_value (value, rank, 0, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (sends); i++)
    {
      finish (sends[i]);
      g_object_unref (sends[i]);
    }
}

MPI_TEST (mixed_with_blocking_receives)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = start_receive (comm, rank, OMPI_OBJ_ANY_TAG);
  g_autoptr (MpiRequest) first = start_send (comm, make_value (rank, 1, 1), rank, 7);
  g_autoptr (MpiRequest) second = start_send (comm, make_value (rank, 2, 1), rank, 7);
  g_autoptr (GVariant) blocking = NULL;
  g_autoptr (GVariant) nonblocking = NULL;

  /* The one posted first gets the first message, though the other is waited for first. */
  blocking = ompi_obj_comm_recv_variant (comm, rank, 7, NULL, &error);
  assert_no_error (error);
  assert_value (blocking, rank, 2, 1);
  nonblocking = ompi_obj_request_wait_variant (receive, NULL, &error);
  assert_no_error (error);
  assert_value (nonblocking, rank, 1, 1);
  finish (first);
  finish (second);
}

MPI_TEST (several_at_once)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = NULL;
  MpiRequest *requests[6];

  for (gint i = 0; i < 3; i++)
    requests[i] = start_receive (comm, rank, i);

  ck_assert_ptr_null (ompi_obj_request_test_all_variant (requests, 3, &error));
  assert_no_error (error);

  for (gint i = 0; i < 3; i++)
    requests[3 + i] = start_send (comm, make_value (rank, i, 9000), rank, i);
  values = ompi_obj_request_wait_all_variant (requests, 6, &error);
  assert_no_error (error);
  ck_assert_uint_eq (values->len, 6);
  for (gint i = 0; i < 3; i++)
    {
      assert_value (g_ptr_array_index (values, (guint) i), rank, i, 9000);
      ck_assert_str_eq (g_variant_get_type_string (g_ptr_array_index (values, 3 + (guint) i)), "()");
    }
  for (gint i = 0; i < 6; i++)
    g_object_unref (requests[i]);
}

MPI_TEST (any_and_some)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (MpiRequest) send = NULL;
  g_autofree gint *indices = NULL;
  g_autofree gint *none = NULL;
  MpiRequest *receives[3];
  MpiStatus status;
  gsize n_completed = 99;
  gint index = 99;

  for (gint i = 0; i < 3; i++)
    receives[i] = start_receive (comm, rank, 10 + i);
  ck_assert_ptr_null (ompi_obj_request_test_any_variant (receives, 3, &index, NULL, &error));
  assert_no_error (error);
  ck_assert_int_eq (index, -1);

  send = start_send (comm, make_value (rank, 1, 5), rank, 11);
  value = ompi_obj_request_wait_any_variant (receives, 3, &index, &status, &error);
  assert_no_error (error);
  ck_assert_int_eq (index, 1);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 11);
  assert_value (value, rank, 1, 5);
  finish (send);
  g_clear_object (&send);

  send = start_send (comm, make_value (rank, 2, 6), rank, 12);
  values = ompi_obj_request_wait_some_variant (receives, 3, &indices, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 1);
  ck_assert_int_eq (indices[0], 2);
  assert_value (g_ptr_array_index (values, 0), rank, 2, 6);
  finish (send);
  g_clear_pointer (&values, g_ptr_array_unref);

  values = ompi_obj_request_test_some_variant (receives, 3, &none, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 0);

  /* What is still pending is dropped, and takes no message any more. */
  for (gint i = 0; i < 3; i++)
    g_object_unref (receives[i]);
  g_clear_object (&send);
  send = start_send (comm, make_value (rank, 3, 7), rank, 10);
  g_clear_pointer (&value, g_variant_unref);
  value = ompi_obj_comm_recv_variant (comm, rank, 10, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 3, 7);
  finish (send);
}

MPI_TEST (other_modes)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) synchronous = NULL;
  g_autoptr (MpiRequest) buffered = NULL;
  g_autoptr (GVariant) value = NULL;

  assert_succeeds (ompi_obj_attach_buffer (100000, &error), error);
  assert_succeeds (ompi_obj_comm_bsend_variant (comm, make_value (rank, 1, 20000), rank, 0, &error), error);
  buffered = ompi_obj_comm_ibsend_variant (comm, make_value (rank, 2, 100), rank, 0, &error);
  assert_no_error (error);
  synchronous = ompi_obj_comm_issend_variant (comm, make_value (rank, 3, 100), rank, 0, &error);
  assert_no_error (error);
  finish (buffered);
  ck_assert (!ompi_obj_request_test (synchronous, NULL, &error));
  assert_no_error (error);

  for (gint i = 1; i <= 3; i++)
    {
      g_clear_pointer (&value, g_variant_unref);
      value = ompi_obj_comm_recv_variant (comm, rank, 0, NULL, &error);
      assert_no_error (error);
      assert_value (value, rank, i, i == 1 ? 20000 : 100);
    }
  finish (synchronous);
  assert_succeeds (ompi_obj_detach_buffer (&error), error);
}

MPI_TEST (ssend_between_ranks)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;

      if (pairs.sending)
        {
          assert_succeeds (ompi_obj_comm_ssend_variant (comm, g_variant_new_int32 (5), pairs.peer, 0, &error), error);
        }
      else
        {
          g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);

          assert_no_error (error);
          ck_assert_int_eq (g_variant_get_int32 (value), 5);
        }
    }
}

MPI_TEST (a_message_that_is_no_value)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = start_receive (comm, rank, 1);
  g_autoptr (MpiRequest) next = start_receive (comm, rank, 1);
  g_autoptr (MpiRequest) raw = NULL;
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (GVariant) value = NULL;
  const char bytes[] = "this is no value";

  raw = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (bytes, sizeof bytes), rank, 1, &error);
  assert_no_error (error);
  send = start_send (comm, make_value (rank, 4, 4), rank, 1);

  ck_assert_ptr_null (ompi_obj_request_wait_variant (receive, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "no value");
  value = ompi_obj_request_wait_variant (next, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 4, 4);
  finish (raw);
  finish (send);
}

MPI_TEST (testing_until_it_is_there)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  const gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) receive = start_receive (comm, rounds.source, 3);
      g_autoptr (MpiRequest) send = NULL;
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GVariant) nothing = NULL;
      MpiStatus status;

      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_ptr_null (ompi_obj_request_test_variant (receive, &status, &error));
          assert_no_error (error);
          ck_assert (ompi_obj_request_is_active (receive));
          ck_assert (!ompi_obj_request_get_status (receive, &status, &error));
          assert_no_error (error);
        }
      assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
      send = start_send (comm, make_value (rank, 1, 9000), rounds.dest, 3);
      while (value == NULL)
        {
          value = ompi_obj_request_test_variant (receive, &status, &error);
          assert_no_error (error);
        }
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_value (value, rounds.source, 1, 9000);
      finish (send);
      nothing = ompi_obj_request_test_variant (send, NULL, &error);
      assert_no_error (error);
      ck_assert_str_eq (g_variant_get_type_string (nothing), "()");
    }
}

/* Too large to be sent before they are received, and waited for before the receives: all ranks do the same. */
MPI_TEST (sends_are_waited_for_first)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  const gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiRequest *requests[4];

      for (gint i = 0; i < 2; i++)
        requests[2 + i] = start_receive (comm, rounds.source, 4);
      for (gint i = 0; i < 2; i++)
        requests[i] = start_send (comm, make_value (rank, i, 1 << 20), rounds.dest, 4);
      assert_succeeds (ompi_obj_request_wait_all (requests, 4, &error), error);
      for (gint i = 0; i < 4; i++)
        {
          g_autoptr (GVariant) value = ompi_obj_request_get_variant (requests[i], &error);

          assert_no_error (error);
          if (i >= 2 && rounds.source != OMPI_OBJ_PROC_NULL)
            assert_value (value, rounds.source, i - 2, 1 << 20);
          g_object_unref (requests[i]);
        }
    }
}

typedef enum
{
  CALL_WAIT_ALL,
  CALL_TEST_ALL,
  CALL_WAIT_ANY,
  CALL_TEST_ANY,
  CALL_WAIT_SOME,
  CALL_TEST_SOME,
  N_CALLS
} Call;

/* Calls until there is an error; what has completed without one before is passed over. */
static void
call_until_error (Call call, MpiRequest **requests, gsize n_requests, GError **error)
{
  while (*error == NULL)
    {
      g_autofree gint *indices = NULL;
      g_autoptr (GPtrArray) values = NULL;
      g_autoptr (GVariant) value = NULL;
      gsize n_completed = 0;
      gint index = 0;

      switch (call)
        {
        case CALL_WAIT_ALL:
          values = ompi_obj_request_wait_all_variant (requests, n_requests, error);
          break;
        case CALL_TEST_ALL:
          values = ompi_obj_request_test_all_variant (requests, n_requests, error);
          break;
        case CALL_WAIT_ANY:
          value = ompi_obj_request_wait_any_variant (requests, n_requests, &index, NULL, error);
          break;
        case CALL_TEST_ANY:
          value = ompi_obj_request_test_any_variant (requests, n_requests, &index, NULL, error);
          break;
        case CALL_WAIT_SOME:
          values = ompi_obj_request_wait_some_variant (requests, n_requests, &indices, &n_completed, error);
          break;
        case CALL_TEST_SOME:
          values = ompi_obj_request_test_some_variant (requests, n_requests, &indices, &n_completed, error);
          break;
        case N_CALLS:
        default:
          ck_abort ();
        }
      ck_assert_msg (*error != NULL || call == CALL_TEST_ALL || index != OMPI_OBJ_UNDEFINED, "no error of call %d",
                     call);
      ck_assert_msg (*error == NULL || (value == NULL && values == NULL), "a value and an error of call %d", call);
      ck_assert_msg (call != CALL_WAIT_ALL || *error != NULL, "no error of call %d", call);
    }
}

/* One of several receives gets what is no value; the others have theirs, whichever call it was. */
MPI_TEST (one_of_several_is_no_value)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (Call call = CALL_WAIT_ALL; call < N_CALLS; call++)
    {
      g_autoptr (GError) error = NULL;
      const char bytes[] = "this is no value";
      MpiRequest *receives[3];
      MpiRequest *sends[3];

      for (gint i = 0; i < 3; i++)
        receives[i] = start_receive (comm, rank, 20 + i);
      for (gint i = 0; i < 3; i++)
        sends[i] = i == 1 ? ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (bytes, sizeof bytes), rank, 21, &error)
                          : start_send (comm, make_value (rank, i, 100), rank, 20 + i);
      assert_no_error (error);
      call_until_error (call, receives, 3, &error);
      ck_assert (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_MALFORMED)
                 || g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_IN_STATUS));
      ck_assert_msg (strstr (error->message, "no value") != NULL, "%s", error->message);
      g_clear_error (&error);

      for (gint i = 0; i < 3; i++)
        {
          g_autoptr (GVariant) value = ompi_obj_request_wait_variant (receives[i], NULL, &error);

          if (i == 1)
            {
              ck_assert_ptr_null (value);
              assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "no value");
            }
          else
            {
              assert_no_error (error);
              assert_value (value, rank, i, 100);
            }
          finish (sends[i]);
          g_object_unref (sends[i]);
          g_object_unref (receives[i]);
        }
    }
}

MPI_TEST (cancelled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = start_receive (comm, OMPI_OBJ_ANY_SOURCE, 1);

  ck_assert_ptr_null (ompi_obj_request_get_variant (receive, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "not completed");
  assert_succeeds (ompi_obj_request_cancel (receive, &error), error);
  ck_assert_ptr_null (ompi_obj_request_wait_variant (receive, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "cancelled");
}

MPI_TEST (bad_arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) freed = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_comm_isend_variant (comm, g_variant_new_int32 (1), 99, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Isend: dest is 99");
  ck_assert_ptr_null (ompi_obj_comm_isend_variant (comm, g_variant_new_handle (1), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "'h'");
  ck_assert (!ompi_obj_comm_bsend_variant (comm, g_variant_new_int32 (1), 0, -9, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "MPI_Bsend: tag is -9");
  ck_assert_ptr_null (ompi_obj_comm_irecv_variant (comm, 99, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Irecv: source is 99");
  ck_assert_ptr_null (ompi_obj_comm_irecv_variant (comm, 0, -9, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "MPI_Irecv: tag is -9");

  assert_succeeds (ompi_obj_comm_free (freed, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_irecv_variant (freed, 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_isend_variant (freed, g_variant_new_int32 (1), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

/* Threads that wait for their own receives at once; each value says which it is for. */
#define N_THREADS 4
#define N_MESSAGES 50

static gpointer
receive_by_tag (gpointer data)
{
  MpiComm *comm = ((gpointer *) data)[0];
  const gint tag = GPOINTER_TO_INT (((gpointer *) data)[1]);
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint n_wrong = 0;

  for (gint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv_variant (comm, OMPI_OBJ_ANY_SOURCE, tag, NULL);
      g_autoptr (MpiRequest) send =
          ompi_obj_comm_isend_variant (comm, make_value (tag, i, i % 2 ? 10 : 10000), rank, tag, NULL);
      g_autoptr (GVariant) value = ompi_obj_request_wait_variant (receive, NULL, NULL);
      g_autoptr (GVariant) expected = g_variant_ref_sink (make_value (tag, i, i % 2 ? 10 : 10000));

      n_wrong += value == NULL || !g_variant_equal (value, expected);
      ompi_obj_request_wait (send, NULL, NULL);
    }
  return GINT_TO_POINTER (n_wrong);
}

MPI_TEST (from_several_threads)
{
  GThread *threads[N_THREADS];
  gpointer data[N_THREADS][2];

  if (ompi_obj_query_thread () < OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    return;
  for (gint i = 0; i < N_THREADS; i++)
    {
      data[i][0] = comm;
      data[i][1] = GINT_TO_POINTER (i);
      threads[i] = g_thread_new ("receiver", receive_by_tag, data[i]);
    }
  for (gint i = 0; i < N_THREADS; i++)
    ck_assert_int_eq (GPOINTER_TO_INT (g_thread_join (threads[i])), 0);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-nonblocking");
  harness_add (any_size, HARNESS_ALL);
  harness_add (posting_order, HARNESS_ALL);
  harness_add (wildcards_in_posting_order, HARNESS_INTRA);
  harness_add (mixed_with_blocking_receives, HARNESS_INTRA);
  harness_add (several_at_once, HARNESS_INTRA);
  harness_add (any_and_some, HARNESS_INTRA);
  harness_add (other_modes, HARNESS_INTRA);
  harness_add (ssend_between_ranks, HARNESS_ALL);
  harness_add (a_message_that_is_no_value, HARNESS_INTRA);
  harness_add (testing_until_it_is_there, HARNESS_ALL);
  harness_add (sends_are_waited_for_first, HARNESS_ALL);
  harness_add (one_of_several_is_no_value, HARNESS_INTRA);
  harness_add (cancelled, HARNESS_INTRA);
  harness_add (bad_arguments, HARNESS_ONCE);
  harness_add (from_several_threads, HARNESS_INTRA);
  return harness_run ();
}
