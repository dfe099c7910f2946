/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Operations that go on by themselves: how they are started, and waited for one by one. */

#include "messages.h"

MPI_TEST (isend_and_irecv) { exchange (comm, ompi_obj_comm_isend); }

MPI_TEST (issend_and_irecv) { exchange (comm, ompi_obj_comm_issend); }

MPI_TEST (irsend_and_irecv) { exchange (comm, ompi_obj_comm_irsend); }

MPI_TEST (ibsend_and_irecv)
{
  attach_buffer (100 * (N_DATA * sizeof (gint) + ompi_obj_get_bsend_overhead ()));
  exchange (comm, ompi_obj_comm_ibsend);
  detach_buffer ();
}

/* A synchronous send has not completed as long as nobody receives. */
MPI_TEST (issend_waits_for_the_receiver)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      g_autoptr (MpiRequest) send = NULL;

      fill (sent, rank);
      send = ompi_obj_comm_issend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 31, &error);
      assert_no_error (error);
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_request_test (send, NULL, &error));
          assert_no_error (error);
          ck_assert (!ompi_obj_request_get_status (send, NULL, &error));
          assert_no_error (error);
          ck_assert (ompi_obj_request_is_active (send));
        }
      meet (comm);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 31, NULL, &error),
                       error);
      while (!ompi_obj_request_test (send, NULL, &error))
        assert_no_error (error);
      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
    }
}

MPI_TEST (looking_at_the_status)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;
      g_autoptr (MpiRequest) receive = start_receive (comm, received, rounds.source, 32);
      MpiRequest *send;

      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_request_get_status (receive, &status, &error));
          assert_no_error (error);
          ck_assert (ompi_obj_request_is_active (receive));
          ck_assert (!ompi_obj_request_test (receive, &status, &error));
          assert_no_error (error);
          ck_assert (ompi_obj_request_is_active (receive));
        }
      meet (comm);

      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 32);
      while (!ompi_obj_request_get_status (receive, &status, &error))
        assert_no_error (error);
      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_status (&status, rounds.source, 32, N_DATA);
          assert_filled (received, rounds.source);
        }

      /* Looking takes nothing away. */
      assert_succeeds (ompi_obj_request_get_status (receive, &status, &error), error);
      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_status (&status, rounds.source, 32, N_DATA);
          assert_recorded (receive, rounds.source, 32, N_DATA);
        }
      finish (send);
    }
}

MPI_TEST (testing_until_complete)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;
      g_autoptr (MpiRequest) receive = start_receive (comm, received, rounds.source, 33);
      MpiRequest *send;

      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 33);
      while (!ompi_obj_request_test (receive, &status, &error))
        assert_no_error (error);
      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (received, rounds.source);
          assert_status (&status, rounds.source, 33, N_DATA);
          assert_recorded (receive, rounds.source, 33, N_DATA);
        }
      finish (send);
    }
}

MPI_TEST (nobody)
{
  static const Isend isends[] = { ompi_obj_comm_isend, ompi_obj_comm_issend, ompi_obj_comm_irsend };
  g_autoptr (GError) error = NULL;
  gint data[N_DATA] = { 42 };
  MpiStatus status;
  g_autoptr (MpiRequest) receive = start_receive (comm, data, OMPI_OBJ_PROC_NULL, 5);

  assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
  assert_status (&status, OMPI_OBJ_PROC_NULL, OMPI_OBJ_ANY_TAG, 0);
  assert_recorded (receive, OMPI_OBJ_PROC_NULL, OMPI_OBJ_ANY_TAG, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (isends); i++)
    {
      MpiRequest *send = isends[i](comm, OMPI_OBJ_DATA (data, N_DATA), OMPI_OBJ_PROC_NULL, 5, &error);

      assert_no_error (error);
      finish (send);
    }
  ck_assert_int_eq (data[0], 42);
}

MPI_TEST (any_source_and_any_tag)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree MpiRequest **requests = g_new0 (MpiRequest *, 2 * n_peers);
  g_autofree gint *received = g_new0 (gint, n_peers * N_DATA);
  g_autofree gboolean *seen = g_new0 (gboolean, n_peers);
  gint sent[N_DATA];

  fill (sent, rank);
  for (gint i = 0; i < n_peers; i++)
    requests[i] = start_receive (comm, &received[i * N_DATA], OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG);
  for (gint i = 0; i < n_peers; i++)
    requests[n_peers + i] = start_send (comm, sent, i, 100 + rank);
  assert_succeeds (ompi_obj_request_wait_all (requests, 2 * n_peers, &error), error);

  for (gint i = 0; i < n_peers; i++)
    {
      MpiStatus status;
      gint source;

      assert_succeeds (ompi_obj_request_get_status (requests[i], &status, &error), error);
      source = ompi_obj_status_get_source (&status);
      ck_assert_int_ge (source, 0);
      ck_assert_int_lt (source, n_peers);
      ck_assert (!seen[source]);
      seen[source] = TRUE;
      assert_recorded (requests[i], source, 100 + source, N_DATA);
      assert_filled (&received[i * N_DATA], source);
    }
  for (gint i = 0; i < 2 * n_peers; i++)
    g_object_unref (requests[i]);
}

MPI_TEST (empty_messages)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiStatus status;
      MpiRequest *send;
      g_autoptr (MpiRequest) receive =
          ompi_obj_comm_irecv (comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT), rounds.source, 34, &error);

      assert_no_error (error);
      send = ompi_obj_comm_isend (comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT), rounds.dest, 34, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_status (&status, rounds.source, 34, 0);
      finish (send);
    }
}

MPI_TEST (large_messages)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  guint8 rank = (guint8) ompi_obj_comm_get_rank (comm);
  g_autofree guint8 *sent = g_malloc (LARGE);
  g_autofree guint8 *received = g_malloc (LARGE);

  for (gsize i = 0; i < LARGE; i++)
    sent[i] = (guint8) (i * 31 + rank);
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiRequest *requests[2];

      memset (received, 0, LARGE);
      requests[0] = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (received, LARGE), rounds.source, 35, &error);
      assert_no_error (error);
      requests[1] = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, LARGE), rounds.dest, 35, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_request_wait_all (requests, 2, &error), error);
      for (gsize i = 0; i < LARGE && rounds.source != OMPI_OBJ_PROC_NULL; i++)
        if (received[i] != (guint8) (i * 31 + (guint8) rounds.source))
          ck_abort_msg ("byte %" G_GSIZE_FORMAT " is %u", i, received[i]);
      g_object_unref (requests[0]);
      g_object_unref (requests[1]);
    }
}

/* Both ways at once */

/* An older MPI may lack these; it then says so. */
static gboolean
is_missing (MpiRequest *request, GError **error)
{
  if (HAVE_ISENDRECV || request != NULL)
    return FALSE;
  ck_assert_ptr_nonnull (*error);
  if (!g_error_matches (*error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

MPI_TEST (isendrecv)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA + 2] = { 0 };
      MpiStatus status;
      g_autoptr (MpiRequest) request = NULL;

      fill (sent, rank);
      request = ompi_obj_comm_isendrecv (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 40 + rank,
                                         OMPI_OBJ_DATA (received, N_DATA + 2), rounds.source, OMPI_OBJ_ANY_TAG, &error);
      if (is_missing (request, &error))
        continue;
      assert_no_error (error);
      ck_assert_ptr_nonnull (request);
      assert_succeeds (ompi_obj_request_wait (request, &status, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          if (HAVE_EVERY_STATUS)
            {
              assert_status (&status, rounds.source, 40 + rounds.source, N_DATA);
              assert_recorded (request, rounds.source, 40 + rounds.source, N_DATA);
            }
          assert_filled (received, rounds.source);
          ck_assert_int_eq (received[N_DATA], 0);
        }
    }
}

MPI_TEST (isendrecv_replace)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint data[N_DATA];
      MpiStatus status;
      g_autoptr (MpiRequest) request = NULL;

      fill (data, rank);
      request = ompi_obj_comm_isendrecv_replace (comm, OMPI_OBJ_DATA (data, N_DATA), rounds.dest, 41, rounds.source, 41,
                                                 &error);
      if (is_missing (request, &error))
        continue;
      assert_no_error (error);
      ck_assert_ptr_nonnull (request);
      assert_succeeds (ompi_obj_request_wait (request, &status, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          if (HAVE_EVERY_STATUS)
            assert_status (&status, rounds.source, 41, N_DATA);
          assert_filled (data, rounds.source);
        }
      else
        assert_filled (data, rank);
    }
}

/* Messages that were looked at first */

MPI_TEST (message_irecv)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;
      MpiRequest *send;
      g_autoptr (MpiMessage) message = NULL;
      g_autoptr (MpiRequest) receive = NULL;

      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 42);
      message = ompi_obj_comm_mprobe (comm, rounds.source, OMPI_OBJ_ANY_TAG, NULL, &error);
      assert_no_error (error);

      ck_assert_ptr_null (ompi_obj_message_irecv (message, OMPI_OBJ_DATA (received, -1), &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Imrecv: count is -1");
      receive = ompi_obj_message_irecv (message, OMPI_OBJ_DATA (received, N_DATA), &error);
      assert_no_error (error);
      ck_assert_ptr_nonnull (receive);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_ptr_null (ompi_obj_message_irecv (message, OMPI_OBJ_DATA (received, N_DATA), &error));
          assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Imrecv: ");
          ck_assert (!ompi_obj_message_recv (message, OMPI_OBJ_DATA (received, N_DATA), NULL, &error));
          assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Mrecv: ");
        }
      g_clear_object (&message);

      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (received, rounds.source);
          assert_status (&status, rounds.source, 42, N_DATA);
          assert_recorded (receive, rounds.source, 42, N_DATA);
        }
      finish (send);
    }
}

/* Failures */

MPI_TEST (truncation_in_wait_and_test)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA] = { 1, 2, 3, 4, 5 };
      gint received[2] = { 0, 0 };
      MpiRequest *sends[2];
      MpiRequest *request;

      sends[0] = start_send (comm, sent, rounds.dest, 60);
      sends[1] = start_send (comm, sent, rounds.dest, 61);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          request = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (received, 1), rounds.source, 60, &error);
          assert_no_error (error);
          ck_assert (!ompi_obj_request_wait (request, NULL, &error));
          assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Wait: ");
          ck_assert (!ompi_obj_request_is_active (request));
          g_object_unref (request);

          request = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (received, 1), rounds.source, 61, &error);
          assert_no_error (error);
          while (!ompi_obj_request_test (request, NULL, &error) && error == NULL)
            ;
          assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Test: ");
          ck_assert (!ompi_obj_request_is_active (request));
          g_object_unref (request);
          ck_assert_int_eq (received[1], 0);
        }
      finish (sends[0]);
      finish (sends[1]);
    }
}

/* After all that, the communicator works. */
MPI_TEST (communicators_stay_usable) { exchange (comm, ompi_obj_comm_isend); }

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "nonblocking");
  harness_add (isend_and_irecv, HARNESS_ALL);
  harness_add (issend_and_irecv, HARNESS_ALL);
  harness_add (irsend_and_irecv, HARNESS_ALL);
  harness_add (ibsend_and_irecv, HARNESS_ALL);
  harness_add (issend_waits_for_the_receiver, HARNESS_ALL);
  harness_add (looking_at_the_status, HARNESS_ALL);
  harness_add (testing_until_complete, HARNESS_ALL);
  harness_add (nobody, HARNESS_ALL);
  harness_add (any_source_and_any_tag, HARNESS_ALL);
  harness_add (empty_messages, HARNESS_ALL);
  harness_add (large_messages, HARNESS_ALL);
  harness_add (isendrecv, HARNESS_ALL);
  harness_add (isendrecv_replace, HARNESS_ALL);
  harness_add (message_irecv, HARNESS_ALL);
  harness_add (truncation_in_wait_and_test, HARNESS_ALL);
  harness_add (communicators_stay_usable, HARNESS_ALL);
  return harness_run ();
}
