/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Operations that are set up once and started many times, whole or by partitions.
 */

#include "messages.h"

#define N_ROUNDS 100

static gint
value_in_round (gint rank, gint round, gint i)
{
  return 100000 * rank + 100 * round + i;
}

static void
fill_round (gint *data, gint rank, gint round)
{
  for (gint i = 0; i < N_DATA; i++)
    data[i] = value_in_round (rank, round, i);
}

static void
assert_filled_round (const gint *data, gint rank, gint round)
{
  for (gint i = 0; i < N_DATA; i++)
    ck_assert_int_eq (data[i], value_in_round (rank, round, i));
}

static MpiPrequest *
set_up_receive (MpiComm *comm, gint *data, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiPrequest *request = ompi_obj_comm_recv_init (comm, OMPI_OBJ_DATA (data, N_DATA), source, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

typedef MpiPrequest *(*SendInit) (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

static MpiPrequest *
set_up_send (MpiComm *comm, SendInit send_init, gint *data, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiPrequest *request = send_init (comm, OMPI_OBJ_DATA (data, N_DATA), dest, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

static void
start (MpiPrequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_prequest_start (request, &error), error);
}

/* One by one and together */

static void
exchange_often (MpiComm *comm, SendInit send_init, gboolean meet_between)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      gint sent[N_DATA] = { 0 };
      gint received[N_DATA] = { 0 };
      g_autoptr (MpiPrequest) receive = set_up_receive (comm, received, rounds.source, 1);
      g_autoptr (MpiPrequest) send = set_up_send (comm, send_init, sent, rounds.dest, 1);

      ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
      ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (send)));
      for (gint i = 0; i < N_ROUNDS; i++)
        {
          g_autoptr (GError) error = NULL;
          MpiStatus status;

          fill_round (sent, rank, i);
          start (receive);
          if (meet_between)
            meet (comm);
          start (send);
          if (i % 2 == 0)
            assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), &status, &error), error);
          else
            while (!ompi_obj_request_test (OMPI_OBJ_REQUEST (receive), &status, &error))
              assert_no_error (error);
          assert_no_error (error);
          assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
          ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
          ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (send)));
          if (rounds.source != OMPI_OBJ_PROC_NULL)
            {
              assert_filled_round (received, rounds.source, i);
              assert_status (&status, rounds.source, 1, N_DATA);
              assert_succeeds (ompi_obj_request_get_status (OMPI_OBJ_REQUEST (receive), &status, &error), error);
              assert_status (&status, rounds.source, 1, N_DATA);
            }
        }
    }
}

MPI_TEST (send_init) { exchange_often (comm, ompi_obj_comm_send_init, FALSE); }

MPI_TEST (ssend_init) { exchange_often (comm, ompi_obj_comm_ssend_init, FALSE); }

/* The receivers must have started. */
MPI_TEST (rsend_init) { exchange_often (comm, ompi_obj_comm_rsend_init, TRUE); }

MPI_TEST (bsend_init)
{
  attach_buffer (N_ROUNDS * (N_DATA * sizeof (gint) + ompi_obj_get_bsend_overhead ()));
  exchange_often (comm, ompi_obj_comm_bsend_init, FALSE);
  detach_buffer ();
}

MPI_TEST (start_all_and_wait_all)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree gint *received = g_new0 (gint, n_peers * N_DATA);
  g_autofree MpiPrequest **requests = g_new0 (MpiPrequest *, 2 * n_peers);
  gint sent[N_DATA] = { 0 };

  for (gint peer = 0; peer < n_peers; peer++)
    {
      requests[2 * peer] = set_up_receive (comm, &received[peer * N_DATA], peer, 2);
      requests[2 * peer + 1] = set_up_send (comm, ompi_obj_comm_send_init, sent, peer, 2);
    }
  for (gint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      fill_round (sent, rank, i);
      assert_succeeds (ompi_obj_prequest_start_all (requests, 2 * n_peers, &error), error);
      assert_succeeds (ompi_obj_request_wait_all ((MpiRequest **) requests, 2 * n_peers, &error), error);
      for (gint peer = 0; peer < n_peers; peer++)
        {
          MpiStatus status;

          assert_filled_round (&received[peer * N_DATA], peer, i);
          assert_succeeds (ompi_obj_request_get_status (OMPI_OBJ_REQUEST (requests[2 * peer]), &status, &error), error);
          assert_status (&status, peer, 2, N_DATA);
        }
    }
  for (gint i = 0; i < 2 * n_peers; i++)
    g_object_unref (requests[i]);
}

/* Any source, any order. */
MPI_TEST (wait_some_until_none_is_active)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree gint *received = g_new0 (gint, n_peers * N_DATA);
  g_autofree MpiRequest **requests = g_new0 (MpiRequest *, 2 * n_peers);
  gint sent[N_DATA] = { 0 };

  for (gint peer = 0; peer < n_peers; peer++)
    {
      requests[peer] =
          OMPI_OBJ_REQUEST (set_up_receive (comm, &received[peer * N_DATA], OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG));
      requests[n_peers + peer] = OMPI_OBJ_REQUEST (set_up_send (comm, ompi_obj_comm_send_init, sent, peer, 10 + rank));
    }
  for (gint i = 0; i < 10; i++)
    {
      g_autoptr (GError) error = NULL;
      gint n_left = 2 * n_peers;
      gint sum = 0;

      fill_round (sent, rank, i);
      assert_succeeds (ompi_obj_prequest_start_all ((MpiPrequest **) requests, 2 * n_peers, &error), error);
      while (n_left > 0)
        {
          gsize n_completed = 0;
          g_autofree gint *indices G_GNUC_UNUSED =
              ompi_obj_request_wait_some (requests, 2 * n_peers, &n_completed, &error);

          assert_no_error (error);
          ck_assert_uint_gt (n_completed, 0);
          n_left -= (gint) n_completed;
        }
      ck_assert_int_eq (ompi_obj_request_wait_any (requests, 2 * n_peers, NULL, &error), OMPI_OBJ_UNDEFINED);
      assert_no_error (error);
      for (gint peer = 0; peer < n_peers; peer++)
        {
          MpiStatus status;
          gint source;

          assert_succeeds (ompi_obj_request_get_status (requests[peer], &status, &error), error);
          source = ompi_obj_status_get_source (&status);
          assert_status (&status, source, 10 + source, N_DATA);
          assert_filled_round (&received[peer * N_DATA], source, i);
          sum += source;
        }
      ck_assert_int_eq (sum, n_peers * (n_peers - 1) / 2);
      /* The next round's messages are not to be taken for this one's. */
      meet (comm);
    }
  for (gint i = 0; i < 2 * n_peers; i++)
    g_object_unref (requests[i]);
}

MPI_TEST (starting_none)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_prequest_start_all (NULL, 0, &error), error);
}

/* Waiting for what was not started is no error and takes no time. */
MPI_TEST (waiting_before_the_start)
{
  g_autoptr (GError) error = NULL;
  gint data[N_DATA] = { 0 };
  g_autoptr (MpiPrequest) prequest = set_up_receive (comm, data, 0, 3);
  MpiRequest *request = OMPI_OBJ_REQUEST (prequest);

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  assert_succeeds (ompi_obj_request_test (request, NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait_all (&request, 1, &error), error);
  assert_succeeds (ompi_obj_request_test_all (&request, 1, &error), error);
  ck_assert_int_eq (ompi_obj_request_wait_any (&request, 1, NULL, &error), OMPI_OBJ_UNDEFINED);
  ck_assert_int_eq (ompi_obj_request_test_any (&request, 1, NULL, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  ck_assert (!ompi_obj_request_is_active (request));
}

MPI_TEST (starting_twice)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA] = { 0 };
      gint received[N_DATA] = { 0 };
      g_autoptr (MpiPrequest) receive = set_up_receive (comm, received, rounds.source, 4);
      g_autoptr (MpiPrequest) send = set_up_send (comm, ompi_obj_comm_send_init, sent, rounds.dest, 4);

      fill_round (sent, rank, 7);
      start (receive);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
          ck_assert (!ompi_obj_prequest_start (receive, &error));
          assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Start: ");
          ck_assert (!ompi_obj_prequest_start_all (&receive, 1, &error));
          assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Startall: ");
        }
      start (send);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled_round (received, rounds.source, 7);
    }
}

MPI_TEST (truncation)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA] = { 0 };
      gint received[2] = { 0, 0 };
      g_autoptr (MpiPrequest) send = set_up_send (comm, ompi_obj_comm_send_init, sent, rounds.dest, 5);
      g_autoptr (MpiPrequest) receive =
          ompi_obj_comm_recv_init (comm, OMPI_OBJ_DATA (received, 1), rounds.source, 5, &error);

      assert_no_error (error);
      fill_round (sent, rank, 8);
      start (send);
      start (receive);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error));
          assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Wait: ");
          ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
          ck_assert_int_eq (received[1], 0);
        }
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
    }
}

/* What they keep alive: for as long as they can be started again. */

static MpiPrequest *
set_up_owned (MpiComm *comm, Owned *owned, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = owned_buffer (owned);
  MpiPrequest *request = ompi_obj_comm_recv_init (comm, buffer, source, tag, &error);

  assert_no_error (error);
  return request;
}

MPI_TEST (what_they_keep_alive)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiComm *dup = ompi_obj_comm_dup (comm, &error);
      Owned received = { .n_freed = 0 };
      gint sent[N_DATA] = { 0 };
      MpiPrequest *receive;
      MpiPrequest *send;

      assert_no_error (error);
      receive = set_up_owned (dup, &received, rounds.source, 6);
      send = set_up_send (dup, ompi_obj_comm_send_init, sent, rounds.dest, 6);
      g_object_add_weak_pointer (G_OBJECT (dup), (gpointer *) &dup);
      g_object_unref (dup);
      for (gint i = 0; i < 3; i++)
        {
          ck_assert_ptr_nonnull (dup);
          ck_assert_int_eq (received.n_freed, 0);
          fill_round (sent, rank, i);
          start (receive);
          start (send);
          assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
          assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
          if (rounds.source != OMPI_OBJ_PROC_NULL)
            assert_filled_round (received.data, rounds.source, i);
        }
      g_object_unref (receive);
      ck_assert_int_eq (received.n_freed, 1);
      g_object_unref (send);
      ck_assert_ptr_null (dup);
    }
}

/* Set up, never started. */
MPI_TEST (dropped_before_the_start)
{
  Owned received = { .n_freed = 0 };
  gint sent[N_DATA] = { 0 };

  g_object_unref (set_up_owned (comm, &received, 0, 7));
  ck_assert_int_eq (received.n_freed, 1);
  g_object_unref (set_up_send (comm, ompi_obj_comm_send_init, sent, 0, 7));
  g_object_unref (set_up_send (comm, ompi_obj_comm_ssend_init, sent, 0, 7));
  g_object_unref (set_up_send (comm, ompi_obj_comm_rsend_init, sent, 0, 7));
}

MPI_TEST (dropped_while_active)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned received = { .n_freed = 0 };
      gint sent[N_DATA];
      MpiPrequest *receive = set_up_owned (comm, &received, rounds.source, 8);
      g_autoptr (MpiRequest) send = NULL;

      start (receive);
      g_object_unref (receive);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received.n_freed, 0);
      meet (comm);

      fill_round (sent, rank, 9);
      send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 8, &error);
      assert_no_error (error);
      wait_until_freed (comm, &received);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled_round (received.data, rounds.source, 9);
      assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
    }
}

MPI_TEST (cancelled_receives)
{
  g_autoptr (GError) error = NULL;
  gint received[N_DATA] = { 0 };
  g_autoptr (MpiPrequest) receive = set_up_receive (comm, received, OMPI_OBJ_ANY_SOURCE, 9);

  for (gint i = 0; i < 3; i++)
    {
      start (receive);
      assert_succeeds (ompi_obj_request_cancel (OMPI_OBJ_REQUEST (receive), &error), error);
      if (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error))
        {
          ck_assert_ptr_nonnull (error);
          g_clear_error (&error);
        }
      ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
    }
}

MPI_TEST (freed_requests)
{
  g_autoptr (GError) error = NULL;
  Owned received = { .n_freed = 0 };
  g_autoptr (MpiPrequest) receive = set_up_owned (comm, &received, 0, 10);

  assert_succeeds (ompi_obj_request_free (OMPI_OBJ_REQUEST (receive), &error), error);
  ck_assert_int_eq (received.n_freed, 1);
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (receive)));
  ck_assert (!ompi_obj_prequest_start (receive, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Start: ");
  ck_assert (!ompi_obj_prequest_start_all (&receive, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Startall: ");
}

/* By partitions */

#if MPI_VERSION >= 4
#define HAVE_PARTITIONS TRUE
#else
#define HAVE_PARTITIONS FALSE
#endif

#define N_PARTITIONS 8
#define N_ALL (N_PARTITIONS * N_DATA)

typedef enum
{
  READY_ONE_BY_ONE,
  READY_BACKWARDS,
  READY_RANGES,
  READY_LISTS,
  N_READY
} Ready;

static void
mark_ready (MpiPrequest *send, Ready ready)
{
  static const gint odd[] = { 7, 1, 5, 3 };
  static const gint even[] = { 0, 6, 2, 4 };
  g_autoptr (GError) error = NULL;

  switch (ready)
    {
    case READY_ONE_BY_ONE:
      for (gint i = 0; i < N_PARTITIONS; i++)
        assert_succeeds (ompi_obj_prequest_pready (send, i, &error), error);
      break;
    case READY_BACKWARDS:
      for (gint i = N_PARTITIONS - 1; i >= 0; i--)
        assert_succeeds (ompi_obj_prequest_pready (send, i, &error), error);
      break;
    case READY_RANGES:
      assert_succeeds (ompi_obj_prequest_pready_range (send, 3, N_PARTITIONS - 1, &error), error);
      assert_succeeds (ompi_obj_prequest_pready_range (send, 0, 1, &error), error);
      assert_succeeds (ompi_obj_prequest_pready_range (send, 2, 2, &error), error);
      break;
    case READY_LISTS:
      assert_succeeds (ompi_obj_prequest_pready_list (send, odd, G_N_ELEMENTS (odd), &error), error);
      assert_succeeds (ompi_obj_prequest_pready_list (send, NULL, 0, &error), error);
      assert_succeeds (ompi_obj_prequest_pready_list (send, even, G_N_ELEMENTS (even), &error), error);
      break;
    case N_READY:
    default:
      ck_abort ();
    }
}

MPI_TEST (partitions)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_ALL] = { 0 };
      gint received[N_ALL] = { 0 };
      g_autoptr (MpiPrequest) send = NULL;
      g_autoptr (MpiPrequest) receive = NULL;

      send = ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (sent, N_ALL), N_PARTITIONS, rounds.dest, 11, NULL, &error);
      assert_no_error (error);
      receive = ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, N_ALL), N_PARTITIONS, rounds.source, 11, NULL,
                                          &error);
      assert_no_error (error);

      for (gint i = 0; i < 5 * N_READY; i++)
        {
          for (gint k = 0; k < N_ALL; k++)
            sent[k] = value_in_round (rank, i, k);
          start (receive);
          start (send);
          mark_ready (send, i % N_READY);
          if (i % 2 == 0)
            for (gint k = 0; k < N_PARTITIONS; k++)
              {
                while (!ompi_obj_prequest_parrived (receive, k, &error))
                  assert_no_error (error);
                assert_no_error (error);
                for (gint j = k * N_DATA; j < (k + 1) * N_DATA && rounds.source != OMPI_OBJ_PROC_NULL; j++)
                  ck_assert_int_eq (received[j], value_in_round (rounds.source, i, j));
              }
          assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
          assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
          for (gint k = 0; k < N_ALL && rounds.source != OMPI_OBJ_PROC_NULL; k++)
            ck_assert_int_eq (received[k], value_in_round (rounds.source, i, k));
        }
    }
}

/* Nothing arrives as long as nothing is ready. */
MPI_TEST (partitions_that_are_not_ready)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[2] = { 0 };
      gint received[2] = { 0 };
      g_autoptr (MpiPrequest) send = NULL;
      g_autoptr (MpiPrequest) receive = NULL;

      send = ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (sent, 2), 2, rounds.dest, 12, NULL, &error);
      assert_no_error (error);
      receive = ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, 2), 2, rounds.source, 12, NULL, &error);
      assert_no_error (error);
      start (receive);
      start (send);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_prequest_parrived (receive, 0, &error));
          assert_no_error (error);
          ck_assert (!ompi_obj_request_test (OMPI_OBJ_REQUEST (receive), NULL, &error));
          assert_no_error (error);
        }
      meet (comm);
      sent[0] = 1;
      sent[1] = 2;
      assert_succeeds (ompi_obj_prequest_pready_range (send, 0, 1, &error), error);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_int_eq (received[0], 1);
          ck_assert_int_eq (received[1], 2);
        }
    }
}

#define ASSERT_PARTITION(call, function, value)                                               \
  do                                                                                          \
    {                                                                                         \
      ck_assert_msg (!(call), "%s succeeded", #call);                                         \
      ck_assert_msg (error != NULL, "%s failed without an error", #call);                     \
      ck_assert (error->domain == OMPI_OBJ_ERROR);                                            \
      ck_assert_msg (g_str_has_prefix (error->message, function ": "), "%s", error->message); \
      ck_assert_msg (strstr (error->message, value) != NULL, "%s", error->message);           \
      g_clear_error (&error);                                                                 \
    }                                                                                         \
  while (0)

MPI_TEST (partitions_that_do_not_exist)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  static const gint bad_list[] = { 0, 77 };
  gint sent[N_ALL] = { 0 };
  gint received[N_ALL] = { 0 };
  g_autoptr (MpiPrequest) send = NULL;
  g_autoptr (MpiPrequest) receive = NULL;

  send = ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (sent, N_ALL), N_PARTITIONS, rank, 13, NULL, &error);
  assert_no_error (error);
  receive = ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, N_ALL), N_PARTITIONS, rank, 13, NULL, &error);
  assert_no_error (error);
  start (send);
  start (receive);
  ASSERT_PARTITION (ompi_obj_prequest_pready (send, N_PARTITIONS, &error), "MPI_Pready", "8");
  ASSERT_PARTITION (ompi_obj_prequest_pready (send, -1, &error), "MPI_Pready", "-1");
  ASSERT_PARTITION (ompi_obj_prequest_pready (send, G_MAXINT, &error), "MPI_Pready", "2147483647");
  ASSERT_PARTITION (ompi_obj_prequest_pready (send, G_MININT, &error), "MPI_Pready", "-2147483648");
  ASSERT_PARTITION (ompi_obj_prequest_pready_range (send, 0, N_PARTITIONS, &error), "MPI_Pready_range", "8");
  ASSERT_PARTITION (ompi_obj_prequest_pready_range (send, -4, 2, &error), "MPI_Pready_range", "-4");
  ASSERT_PARTITION (ompi_obj_prequest_pready_range (send, 5, 2, &error), "MPI_Pready_range", "5");
  ASSERT_PARTITION (ompi_obj_prequest_pready_list (send, bad_list, 2, &error), "MPI_Pready_list", "77");
  ASSERT_PARTITION (ompi_obj_prequest_parrived (receive, N_PARTITIONS, &error), "MPI_Parrived", "8");
  ASSERT_PARTITION (ompi_obj_prequest_parrived (receive, -1, &error), "MPI_Parrived", "-1");
  assert_succeeds (ompi_obj_prequest_pready_range (send, 0, N_PARTITIONS - 1, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
}

MPI_TEST (partitions_of_the_other_side)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  const gint partition = 0;
  gint sent[N_ALL] = { 0 };
  gint received[N_ALL] = { 0 };
  g_autoptr (MpiPrequest) send = NULL;
  g_autoptr (MpiPrequest) receive = NULL;

  send = ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (sent, N_ALL), N_PARTITIONS, rank, 14, NULL, &error);
  assert_no_error (error);
  receive = ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, N_ALL), N_PARTITIONS, rank, 14, NULL, &error);
  assert_no_error (error);

  /* Nothing can be ready before the start. */
  ck_assert (!ompi_obj_prequest_pready (send, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready: ");

  start (send);
  start (receive);
  ck_assert (!ompi_obj_prequest_pready (receive, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready: ");
  ck_assert (!ompi_obj_prequest_pready_range (receive, 0, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready_range: ");
  ck_assert (!ompi_obj_prequest_pready_list (receive, &partition, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready_list: ");
  ck_assert (!ompi_obj_prequest_parrived (send, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Parrived: ");
  assert_succeeds (ompi_obj_prequest_pready_range (send, 0, N_PARTITIONS - 1, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
}

/* Some MPIs cannot, and the library says so. */
MPI_TEST (partitions_for_nobody)
{
  g_autoptr (GError) error = NULL;
  gint data[N_ALL] = { 0 };
  g_autoptr (MpiPrequest) send = NULL;
  g_autoptr (MpiPrequest) receive = NULL;

  send =
      ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, OMPI_OBJ_PROC_NULL, 19, NULL, &error);
  if (send == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Psend_init: ");
  else
    {
      start (send);
      assert_succeeds (ompi_obj_prequest_pready_range (send, 0, N_PARTITIONS - 1, &error), error);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
    }
  receive =
      ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, OMPI_OBJ_PROC_NULL, 19, NULL, &error);
  if (receive == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Precv_init: ");
  else
    {
      start (receive);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
    }
}

MPI_TEST (numbers_of_partitions)
{
  /* They are to be of equal size. */
  static const gint bad[] = { 5, 13, 0, -1, G_MININT };
  gint data[N_ALL] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gchar *value = g_strdup_printf ("%d", bad[i]);

      ASSERT_PARTITION (ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (data, 12), bad[i], 0, 15, NULL, &error) != NULL,
                        "MPI_Psend_init", value);
      ASSERT_PARTITION (ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (data, 12), bad[i], 0, 15, NULL, &error) != NULL,
                        "MPI_Precv_init", value);
    }
}

/* An MPI of before 4.0 has none, and says so. */
MPI_TEST (no_partitions)
{
  g_autoptr (GError) error = NULL;
  gint data[N_ALL] = { 0 };

  ck_assert_ptr_null (ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, 16, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Psend_init: ");
  ck_assert_ptr_null (ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, 16, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Precv_init: ");
}

MPI_TEST (requests_without_partitions)
{
  g_autoptr (GError) error = NULL;
  const gint partition = 0;
  gint data[N_DATA] = { 0 };
  g_autoptr (MpiPrequest) send = set_up_send (comm, ompi_obj_comm_send_init, data, OMPI_OBJ_PROC_NULL, 17);

  for (gint i = 0; i < 2; i++)
    {
      ck_assert (!ompi_obj_prequest_pready (send, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready: ");
      ck_assert (!ompi_obj_prequest_pready_range (send, 0, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready_range: ");
      ck_assert (!ompi_obj_prequest_pready_list (send, &partition, 1, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Pready_list: ");
      ck_assert (!ompi_obj_prequest_parrived (send, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Parrived: ");
      if (i == 0)
        start (send);
    }
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
}

/* Bad input */

/* Of a size that two partitions share. */
static gint bad_data[4];

#define BUFFER OMPI_OBJ_DATA (bad_data, G_N_ELEMENTS (bad_data))

/* Only partitions can be what an MPI lacks, and then that is said first. */
static void
assert_fails (MpiPrequest *request, GError **error, gint code, const gchar *function, const gchar *text)
{
  g_autofree gchar *expected = g_strconcat (function, ": ", text, NULL);
  const gchar *mismatch;

  ck_assert_msg (request == NULL, "%s succeeded", function);
  if (!HAVE_PARTITIONS && strstr (function, "MPI_P") != NULL
      && g_error_matches (*error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED))
    {
      g_clear_error (error);
      return;
    }
  mismatch = harness_error_mismatch (*error, code, "another", expected);
  if (mismatch != NULL)
    ck_abort_msg ("%s", mismatch);
  g_clear_error (error);
}

static void
try_all (MpiComm *comm, const MpiBuffer *buffer, gint peer, gint tag, gint code, const gchar *text)
{
  g_autoptr (GError) error = NULL;

  assert_fails (ompi_obj_comm_send_init (comm, buffer, peer, tag, &error), &error, code, "MPI_Send_init", text);
  assert_fails (ompi_obj_comm_bsend_init (comm, buffer, peer, tag, &error), &error, code, "MPI_Bsend_init", text);
  assert_fails (ompi_obj_comm_ssend_init (comm, buffer, peer, tag, &error), &error, code, "MPI_Ssend_init", text);
  assert_fails (ompi_obj_comm_rsend_init (comm, buffer, peer, tag, &error), &error, code, "MPI_Rsend_init", text);
  assert_fails (ompi_obj_comm_psend_init (comm, buffer, 2, peer, tag, NULL, &error), &error, code, "MPI_Psend_init",
                text);
}

static void
try_all_receives (MpiComm *comm, const MpiBuffer *buffer, gint peer, gint tag, gint code, const gchar *text)
{
  g_autoptr (GError) error = NULL;

  assert_fails (ompi_obj_comm_recv_init (comm, buffer, peer, tag, &error), &error, code, "MPI_Recv_init", text);
  assert_fails (ompi_obj_comm_precv_init (comm, buffer, 2, peer, tag, NULL, &error), &error, code, "MPI_Precv_init",
                text);
}

MPI_TEST (bad_input)
{
  static const gint ranks[] = { 99, G_MAXINT, OMPI_OBJ_ROOT, -2, G_MININT };
  static const gint tags[] = { -1, -5, G_MININT };
  const MpiBuffer *negative = OMPI_OBJ_DATA (bad_data, -1);
  const MpiBuffer *nowhere = OMPI_OBJ_BUFFER (NULL, 3, OMPI_OBJ_INT);

  for (gsize i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      g_autofree gchar *dest = g_strdup_printf ("dest is %d, but the communicator has ranks 0 to ", ranks[i]);
      g_autofree gchar *source = g_strdup_printf ("source is %d, but the communicator has ranks 0 to ", ranks[i]);

      try_all (comm, BUFFER, ranks[i], 0, OMPI_OBJ_ERROR_RANK, dest);
      try_all_receives (comm, BUFFER, ranks[i], 0, OMPI_OBJ_ERROR_RANK, source);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree gchar *tag = g_strdup_printf ("tag is %d, but tags go from 0 to ", tags[i]);

      try_all (comm, BUFFER, 0, tags[i], OMPI_OBJ_ERROR_TAG, tag);
      try_all_receives (comm, BUFFER, 0, tags[i], OMPI_OBJ_ERROR_TAG, tag);
    }
  try_all (comm, BUFFER, 0, OMPI_OBJ_ANY_TAG, OMPI_OBJ_ERROR_TAG, "");
  try_all (comm, negative, 0, 0, OMPI_OBJ_ERROR_COUNT, "count is -1");
  try_all_receives (comm, negative, 0, 0, OMPI_OBJ_ERROR_COUNT, "count is -1");
  try_all (comm, nowhere, 0, 0, OMPI_OBJ_ERROR_BUFFER, "the address is NULL, but the count is 3");
  try_all_receives (comm, nowhere, 0, 0, OMPI_OBJ_ERROR_BUFFER, "the address is NULL, but the count is 3");
}

MPI_TEST (freed_communicators)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) dup = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (dup, &error), error);
  try_all (dup, BUFFER, 0, 0, OMPI_OBJ_ERROR_COMM, "the communicator was freed");
  try_all_receives (dup, BUFFER, 0, 0, OMPI_OBJ_ERROR_COMM, "the communicator was freed");
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiPrequest) send = set_up_send (comm, ompi_obj_comm_send_init, bad_data, OMPI_OBJ_PROC_NULL, 18);

  harness_expect_critical ("*ompi_obj_prequest_start_all*");
  ck_assert (!ompi_obj_prequest_start_all (NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_prequest_start*");
  ck_assert (!ompi_obj_prequest_start (NULL, &error));
  harness_expect_critical ("*ompi_obj_prequest_pready*");
  ck_assert (!ompi_obj_prequest_pready (NULL, 0, &error));
  harness_expect_critical ("*ompi_obj_prequest_pready_range*");
  ck_assert (!ompi_obj_prequest_pready_range (NULL, 0, 0, &error));
  harness_expect_critical ("*ompi_obj_prequest_pready_list*");
  ck_assert (!ompi_obj_prequest_pready_list (send, NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_prequest_parrived*");
  ck_assert (!ompi_obj_prequest_parrived (NULL, 0, &error));
  harness_expect_critical ("*ompi_obj_comm_send_init*");
  ck_assert_ptr_null (ompi_obj_comm_send_init (comm, NULL, 0, 0, &error));
  harness_expect_critical ("*ompi_obj_comm_recv_init*");
  ck_assert_ptr_null (ompi_obj_comm_recv_init (NULL, BUFFER, 0, 0, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "persistent");
  harness_add (send_init, HARNESS_ALL);
  harness_add (bsend_init, HARNESS_ALL);
  harness_add (ssend_init, HARNESS_ALL);
  harness_add (rsend_init, HARNESS_ALL);
  harness_add (start_all_and_wait_all, HARNESS_ALL);
  harness_add (wait_some_until_none_is_active, HARNESS_ALL);
  harness_add (starting_none, HARNESS_ONCE);
  harness_add (waiting_before_the_start, HARNESS_ALL);
  harness_add (starting_twice, HARNESS_ALL);
  harness_add (truncation, HARNESS_ALL);
  harness_add (what_they_keep_alive, HARNESS_ALL);
  harness_add (dropped_before_the_start, HARNESS_ALL);
  harness_add (dropped_while_active, HARNESS_ALL);
  harness_add (cancelled_receives, HARNESS_ALL);
  harness_add (freed_requests, HARNESS_ALL);
  if (HAVE_PARTITIONS)
    {
      harness_add (partitions, HARNESS_INTRA);
      harness_add (partitions_that_are_not_ready, HARNESS_INTRA);
      harness_add (partitions_that_do_not_exist, HARNESS_INTRA);
      harness_add (partitions_of_the_other_side, HARNESS_INTRA);
      harness_add (numbers_of_partitions, HARNESS_INTRA);
      harness_add (partitions_for_nobody, HARNESS_INTRA);
    }
  else
    harness_add (no_partitions, HARNESS_INTRA);
  harness_add (requests_without_partitions, HARNESS_ALL);
  harness_add (bad_input, HARNESS_ALL);
  harness_add (freed_communicators, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
