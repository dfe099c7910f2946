/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Operations that go on by themselves: how they are started, waited for one by one and together, what they keep
 * alive meanwhile, and how they fail.
 */

#include "harness.h"

#define N_DATA 5
#define LARGE ((gsize) 1 << 20)

static gint
value_of (gint rank, gint i)
{
  return 1000 * rank + 7 * i + 3;
}

static void
fill (gint *data, gint rank)
{
  for (gint i = 0; i < N_DATA; i++)
    data[i] = value_of (rank, i);
}

static void
assert_filled (const gint *data, gint rank)
{
  for (gint i = 0; i < N_DATA; i++)
    ck_assert_int_eq (data[i], value_of (rank, i));
}

/* MPICH 4.0 completes a send and receive in one with an empty status. */
#ifdef MPICH
#define HAVE_EVERY_STATUS FALSE
#else
#define HAVE_EVERY_STATUS TRUE
#endif

static void
assert_status (const MpiStatus *status, gint source, gint tag, gint64 count)
{
  g_autoptr (GError) error = NULL;

  ck_assert_int_eq (ompi_obj_status_get_source (status), source);
  ck_assert_int_eq (ompi_obj_status_get_tag (status), tag);
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), count);
  assert_no_error (error);
}

/* What a request that has completed tells, any number of times. */
static void
assert_recorded (MpiRequest *request, gint source, gint tag, gint64 count)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  ck_assert (!ompi_obj_request_is_active (request));
  for (gint i = 0; i < 2; i++)
    {
      assert_succeeds (ompi_obj_request_get_status (request, &status, &error), error);
      assert_status (&status, source, tag, count);
    }
}

static MpiRequest *
start_receive (MpiComm *comm, gint *data, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (data, N_DATA), source, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

static MpiRequest *
start_send (MpiComm *comm, const gint *data, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (data, N_DATA), dest, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

static void
finish (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  g_object_unref (request);
}

static void
meet (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

/* A case that failed may have left a buffer behind. */
static void
attach_buffer (gsize n_bytes)
{
  g_autoptr (GError) error = NULL;

  ompi_obj_detach_buffer (NULL);
  assert_succeeds (ompi_obj_attach_buffer (n_bytes, &error), error);
}

static void
detach_buffer (void)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_detach_buffer (&error), error);
}

/* One by one */

typedef MpiRequest *(*Isend) (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

/* The receive is posted first, and all know it, so that any mode of sending will do. */
static void
exchange (MpiComm *comm, Isend isend)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;
      g_autoptr (MpiRequest) receive = start_receive (comm, received, rounds.source, 30);
      g_autoptr (MpiRequest) send = NULL;

      fill (sent, rank);
      ck_assert (ompi_obj_request_is_active (receive) || rounds.source == OMPI_OBJ_PROC_NULL);
      meet (comm);
      send = isend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 30, &error);
      assert_no_error (error);
      ck_assert_ptr_nonnull (send);

      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
      ck_assert (!ompi_obj_request_is_active (send));
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (received, rounds.source);
          assert_status (&status, rounds.source, 30, N_DATA);
          assert_recorded (receive, rounds.source, 30, N_DATA);
        }

      /* A completed request stays so. */
      assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
      assert_succeeds (ompi_obj_request_test (receive, NULL, &error), error);
      assert_succeeds (ompi_obj_request_test (send, NULL, &error), error);
    }
}

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

#if MPI_VERSION >= 4
#define HAVE_ISENDRECV TRUE
#else
#define HAVE_ISENDRECV FALSE
#endif

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

/* Several at once */

#define N_REQUESTS 4

/* Receives from one rank, with a tag for each; none if there is nobody to receive from. */
typedef struct
{
  MpiComm *comm;
  gint dest;
  gint source;
  gint data[N_REQUESTS][N_DATA];
  gint sent[N_DATA];
  MpiRequest *requests[N_REQUESTS];
  MpiRequest *sends[N_REQUESTS];
  gsize n_requests;
} Several;

static void
several_begin (Several *self, MpiComm *comm, const HarnessRounds *rounds)
{
  memset (self, 0, sizeof *self);
  self->comm = comm;
  self->dest = rounds->dest;
  self->source = rounds->source;
  self->n_requests = self->source != OMPI_OBJ_PROC_NULL ? N_REQUESTS : 0;
  for (gsize i = 0; i < self->n_requests; i++)
    self->requests[i] = start_receive (comm, self->data[i], self->source, 50 + (gint) i);
  fill (self->sent, ompi_obj_comm_get_rank (comm));
  meet (comm);
}

/* Sends to one of the receives. */
static void
several_send (Several *self, gint which)
{
  self->sends[which] = start_send (self->comm, self->sent, self->dest, 50 + which);
}

static void
several_assert_received (Several *self, gint which)
{
  assert_recorded (self->requests[which], self->source, 50 + which, N_DATA);
  assert_filled (self->data[which], self->source);
}

static void
several_end (Several *self)
{
  for (gint i = 0; i < N_REQUESTS; i++)
    finish (self->sends[i]);
  for (gsize i = 0; i < self->n_requests; i++)
    {
      several_assert_received (self, (gint) i);
      g_object_unref (self->requests[i]);
    }
}

MPI_TEST (no_requests)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;
  gsize n_completed = 99;
  g_autofree gint *waited = NULL;
  g_autofree gint *tested = NULL;

  assert_succeeds (ompi_obj_request_wait_all (NULL, 0, &error), error);
  assert_succeeds (ompi_obj_request_test_all (NULL, 0, &error), error);
  ck_assert_int_eq (ompi_obj_request_wait_any (NULL, 0, &status, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_request_test_any (NULL, 0, NULL, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  waited = ompi_obj_request_wait_some (NULL, 0, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 0);
  n_completed = 99;
  tested = ompi_obj_request_test_some (NULL, 0, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 0);
}

/* What has completed before is passed over. */
MPI_TEST (completed_requests)
{
  g_autoptr (GError) error = NULL;
  gint data[N_DATA] = { 0 };
  MpiRequest *requests[2];
  MpiStatus status;
  gsize n_completed = 99;
  g_autofree gint *waited = NULL;
  g_autofree gint *tested = NULL;

  for (gsize i = 0; i < 2; i++)
    {
      requests[i] = start_receive (comm, data, OMPI_OBJ_PROC_NULL, 0);
      assert_succeeds (ompi_obj_request_wait (requests[i], NULL, &error), error);
    }

  assert_succeeds (ompi_obj_request_wait_all (requests, 2, &error), error);
  assert_succeeds (ompi_obj_request_test_all (requests, 2, &error), error);
  ck_assert_int_eq (ompi_obj_request_wait_any (requests, 2, &status, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_request_test_any (requests, 2, &status, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  waited = ompi_obj_request_wait_some (requests, 2, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 0);
  n_completed = 99;
  tested = ompi_obj_request_test_some (requests, 2, &n_completed, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_completed, 0);

  for (gsize i = 0; i < 2; i++)
    {
      assert_recorded (requests[i], OMPI_OBJ_PROC_NULL, OMPI_OBJ_ANY_TAG, 0);
      g_object_unref (requests[i]);
    }
}

MPI_TEST (wait_all)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Several several;

      several_begin (&several, comm, &rounds);
      for (gint i = N_REQUESTS - 1; i >= 0; i--)
        several_send (&several, i);
      /* One of them has completed before. */
      if (several.n_requests > 0)
        assert_succeeds (ompi_obj_request_wait (several.requests[2], NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait_all (several.requests, several.n_requests, &error), error);
      several_end (&several);
    }
}

MPI_TEST (test_all)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Several several;

      several_begin (&several, comm, &rounds);
      if (several.n_requests > 0)
        {
          ck_assert (!ompi_obj_request_test_all (several.requests, several.n_requests, &error));
          assert_no_error (error);
        }
      meet (comm);

      several_send (&several, 1);
      if (several.n_requests > 0)
        {
          assert_succeeds (ompi_obj_request_wait (several.requests[1], NULL, &error), error);
          ck_assert (!ompi_obj_request_test_all (several.requests, several.n_requests, &error));
          assert_no_error (error);
          ck_assert (ompi_obj_request_is_active (several.requests[0]));
        }
      meet (comm);

      several_send (&several, 0);
      several_send (&several, 2);
      several_send (&several, 3);
      while (!ompi_obj_request_test_all (several.requests, several.n_requests, &error))
        assert_no_error (error);
      assert_no_error (error);
      several_end (&several);
    }
}

MPI_TEST (wait_any)
{
  static const gint order[N_REQUESTS] = { 2, 0, 3, 1 };
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Several several;

      several_begin (&several, comm, &rounds);
      for (gsize i = 0; i < N_REQUESTS; i++)
        {
          MpiStatus status;

          several_send (&several, order[i]);
          if (several.n_requests > 0)
            {
              ck_assert_int_eq (ompi_obj_request_wait_any (several.requests, several.n_requests, &status, &error),
                                order[i]);
              assert_no_error (error);
              assert_status (&status, several.source, 50 + order[i], N_DATA);
              several_assert_received (&several, order[i]);
            }
          meet (comm);
        }
      ck_assert_int_eq (ompi_obj_request_wait_any (several.requests, several.n_requests, NULL, &error),
                        OMPI_OBJ_UNDEFINED);
      assert_no_error (error);
      several_end (&several);
    }
}

MPI_TEST (test_any)
{
  static const gint order[N_REQUESTS] = { 1, 3, 0, 2 };
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Several several;

      several_begin (&several, comm, &rounds);
      for (gsize i = 0; i < N_REQUESTS; i++)
        {
          MpiStatus status;
          gint index = -1;

          if (several.n_requests > 0)
            {
              ck_assert_int_eq (ompi_obj_request_test_any (several.requests, several.n_requests, &status, &error), -1);
              assert_no_error (error);
            }
          meet (comm);
          several_send (&several, order[i]);
          while (several.n_requests > 0 && index == -1)
            {
              index = ompi_obj_request_test_any (several.requests, several.n_requests, &status, &error);
              assert_no_error (error);
            }
          if (several.n_requests > 0)
            {
              ck_assert_int_eq (index, order[i]);
              assert_status (&status, several.source, 50 + order[i], N_DATA);
              several_assert_received (&several, order[i]);
            }
          meet (comm);
        }
      ck_assert_int_eq (ompi_obj_request_test_any (several.requests, several.n_requests, NULL, &error),
                        OMPI_OBJ_UNDEFINED);
      assert_no_error (error);
      several_end (&several);
    }
}

typedef gint *(*Some) (MpiRequest **requests, gsize n_requests, gsize *n_completed, GError **error);

/* Receives all with calls that tell several at a time; each index comes once. */
static void
collect (Several *several, Some some)
{
  guint seen = 0;
  gsize n_seen = 0;

  while (n_seen < several->n_requests)
    {
      g_autoptr (GError) error = NULL;
      gsize n_completed = 99;
      g_autofree gint *indices = some (several->requests, several->n_requests, &n_completed, &error);

      assert_no_error (error);
      ck_assert_uint_le (n_completed, several->n_requests - n_seen);
      ck_assert (some == ompi_obj_request_test_some || n_completed > 0);
      for (gsize i = 0; i < n_completed; i++)
        {
          ck_assert_int_ge (indices[i], 0);
          ck_assert_int_lt (indices[i], N_REQUESTS);
          ck_assert_uint_eq (seen & (1u << indices[i]), 0);
          seen |= 1u << indices[i];
          several_assert_received (several, indices[i]);
        }
      n_seen += n_completed;
    }
}

static void
exchange_with_some (MpiComm *comm, Some some)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Several several;
      gsize n_completed = 99;
      g_autofree gint *first = NULL;
      g_autofree gint *last = NULL;

      several_begin (&several, comm, &rounds);
      if (some == ompi_obj_request_test_some)
        {
          first = some (several.requests, several.n_requests, &n_completed, &error);
          assert_no_error (error);
          ck_assert_uint_eq (n_completed, 0);
        }
      meet (comm);

      several_send (&several, 3);
      if (several.n_requests > 0 && some == ompi_obj_request_wait_some)
        {
          first = some (several.requests, several.n_requests, &n_completed, &error);
          assert_no_error (error);
          ck_assert_uint_eq (n_completed, 1);
          ck_assert_int_eq (first[0], 3);
          several.n_requests--;
        }
      meet (comm);

      several_send (&several, 0);
      several_send (&several, 1);
      several_send (&several, 2);
      collect (&several, some);
      if (several.source != OMPI_OBJ_PROC_NULL)
        several.n_requests = N_REQUESTS;
      last = some (several.requests, several.n_requests, &n_completed, &error);
      assert_no_error (error);
      ck_assert_uint_eq (n_completed, 0);
      several_end (&several);
    }
}

MPI_TEST (wait_some) { exchange_with_some (comm, ompi_obj_request_wait_some); }

MPI_TEST (test_some) { exchange_with_some (comm, ompi_obj_request_test_some); }

/* Of raw MPI and of the library, sends and receives, together. */
MPI_TEST (native_requests)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MPI_Request native;
      MpiRequest *requests[2];
      gint source = rounds.source != OMPI_OBJ_PROC_NULL ? rounds.source : MPI_PROC_NULL;

      fill (sent, rank);
      MPI_Irecv (received, N_DATA, MPI_INT, source, 43, ompi_obj_comm_get_native (comm), &native);
      requests[0] = ompi_obj_request_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
      requests[1] = start_send (comm, sent, rounds.dest, 43);
      assert_succeeds (ompi_obj_request_wait_all (requests, 2, &error), error);
      ck_assert (ompi_obj_request_get_native (requests[0]) == MPI_REQUEST_NULL);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (received, rounds.source);
          assert_recorded (requests[0], rounds.source, 43, N_DATA);
        }
      g_object_unref (requests[0]);
      g_object_unref (requests[1]);
    }
}

/* What requests keep alive */

typedef struct
{
  gint data[N_DATA];
  gint n_freed;
} Owned;

static void
count_free (gpointer user_data)
{
  Owned *self = user_data;

  g_atomic_int_inc (&self->n_freed);
}

/* A buffer that is the only one to keep its memory alive. */
static MpiBuffer *
owned_buffer (Owned *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (self->data, sizeof self->data, count_free, self);

  return ompi_obj_buffer_new_for_bytes (bytes);
}

static MpiRequest *
receive_owned (MpiComm *comm, Owned *owned, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = owned_buffer (owned);
  MpiRequest *request = ompi_obj_comm_irecv (comm, buffer, source, tag, &error);

  assert_no_error (error);
  return request;
}

MPI_TEST (owners_live_until_completion)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned received = { .n_freed = 0 };
      Owned sent = { .n_freed = 0 };
      MpiRequest *send;
      MpiRequest *receive = receive_owned (comm, &received, rounds.source, 44);

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        send = ompi_obj_comm_issend (comm, buffer, rounds.dest, 45, &error);
        assert_no_error (error);
      }
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (sent.n_freed, 0);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received.n_freed, 0);
      meet (comm);

      {
        gint other[N_DATA] = { 0 };
        MpiRequest *sends[1] = { start_send (comm, sent.data, rounds.dest, 44) };
        MpiRequest *receives[1] = { start_receive (comm, other, rounds.source, 45) };

        assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
        assert_succeeds (ompi_obj_request_wait_all (receives, 1, &error), error);
        assert_succeeds (ompi_obj_request_wait_all (&send, 1, &error), error);
        finish (sends[0]);
        g_object_unref (receives[0]);
      }
      /* The requests live on, the memory needs not. */
      ck_assert_int_eq (received.n_freed, 1);
      ck_assert_int_eq (sent.n_freed, 1);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received.data, rounds.source);
      g_object_unref (receive);
      g_object_unref (send);
      ck_assert_int_eq (received.n_freed, 1);
      ck_assert_int_eq (sent.n_freed, 1);
    }
}

MPI_TEST (communicators_live_until_completion)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiComm *dup = ompi_obj_comm_dup (comm, &error);
      MpiComm *other = ompi_obj_comm_dup (comm, &error);
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiRequest *receive;

      assert_no_error (error);
      fill (sent, rank);
      receive = start_receive (dup, received, rounds.source, 46);
      g_object_add_weak_pointer (G_OBJECT (dup), (gpointer *) &dup);
      finish (start_send (dup, sent, rounds.dest, 46));
      g_object_unref (dup);
      meet (other);
      ck_assert (dup != NULL || rounds.source == OMPI_OBJ_PROC_NULL);
      assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      ck_assert_ptr_null (dup);
      g_object_unref (receive);
      g_object_unref (other);
    }
}

/* Until what was dropped has been released, which later operations see to. */
static void
wait_until_freed (MpiComm *comm, Owned *owned)
{
  while (g_atomic_int_get (&owned->n_freed) == 0)
    {
      gint data[N_DATA] = { 0 };

      g_object_unref (start_send (comm, data, OMPI_OBJ_PROC_NULL, 0));
      /* For the messages that are under way. */
      ompi_obj_comm_iprobe (comm, OMPI_OBJ_ANY_SOURCE, 30999, NULL, NULL);
    }
  ck_assert_int_eq (owned->n_freed, 1);
}

MPI_TEST (dropped_receives)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      Owned received = { .n_freed = 0 };
      gint sent[N_DATA];
      MpiRequest *send;

      g_object_unref (receive_owned (comm, &received, rounds.source, 47));
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received.n_freed, 0);
      meet (comm);
      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 47);
      wait_until_freed (comm, &received);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received.data, rounds.source);
      finish (send);
    }
}

MPI_TEST (dropped_sends)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned sent = { .n_freed = 0 };
      gint received[N_DATA] = { 0 };

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        g_object_unref (ompi_obj_comm_issend (comm, buffer, rounds.dest, 48, &error));
        assert_no_error (error);
      }
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (sent.n_freed, 0);
      meet (comm);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 48, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      wait_until_freed (comm, &sent);
    }
}

/* Cancelling and freeing */

MPI_TEST (cancelled_receives)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned owned = { .n_freed = 0 };
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiStatus status;
      MpiRequest *request;

      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          request = receive_owned (comm, &owned, rounds.source, 49);
          assert_succeeds (ompi_obj_request_cancel (request, &error), error);
          if (ompi_obj_request_wait (request, &status, &error))
            {
              MPI_Status native;
              int cancelled = 0;

              ompi_obj_status_get_native (&status, &native);
              MPI_Test_cancelled (&native, &cancelled);
              ck_assert_int_eq (cancelled, 1);
            }
          else
            {
              ck_assert_ptr_nonnull (error);
              ck_assert (error->domain == OMPI_OBJ_ERROR);
              g_clear_error (&error);
            }
          ck_assert (!ompi_obj_request_is_active (request));
          ck_assert_int_eq (owned.n_freed, 1);
          g_object_unref (request);
        }
      meet (comm);

      /* What was meant for it goes to the next. */
      request = start_receive (comm, received, rounds.source, 49);
      fill (sent, rank);
      finish (start_send (comm, sent, rounds.dest, 49));
      finish (request);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
    }
}

MPI_TEST (sends_cannot_be_cancelled)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiRequest *send;

      fill (sent, rank);
      send = ompi_obj_comm_issend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 51, &error);
      assert_no_error (error);
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_request_cancel (send, &error));
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel: ");
        }
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 51, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      finish (send);
    }
}

/* The operation goes on without the request. */
MPI_TEST (freed_requests)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received[N_DATA] = { 0 };
      Owned sent = { .n_freed = 0 };
      g_autoptr (MpiRequest) send = NULL;

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        send = ompi_obj_comm_issend (comm, buffer, rounds.dest, 52, &error);
        assert_no_error (error);
      }
      assert_succeeds (ompi_obj_request_free (send, &error), error);
      ck_assert (!ompi_obj_request_is_active (send));
      meet (comm);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 52, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      g_clear_object (&send);
      wait_until_freed (comm, &sent);
    }
}

/* Failures */

/* Sends @n elements with @tag to @dest, too many for those who wait. */
static void
truncation_begin (MpiComm *comm, const HarnessRounds *rounds, const gint *sent, gint tag, MpiRequest **send)
{
  g_autoptr (GError) error = NULL;

  *send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds->dest, tag, &error);
  assert_no_error (error);
}

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

      truncation_begin (comm, &rounds, sent, 60, &sends[0]);
      truncation_begin (comm, &rounds, sent, 61, &sends[1]);
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

/* One of several operations has failed; which one is in the message, and an MPI function, perhaps of a single one. */
static void
assert_error_names (GError **error, const gchar *function, gint index)
{
  g_autofree gchar *number = g_strdup_printf ("request %d: ", index);
  const gchar *mismatch = NULL;

  ck_assert_msg (*error != NULL, "no error");
  if ((*error)->code == OMPI_OBJ_ERROR_IN_STATUS)
    mismatch = harness_error_mismatch (*error, OMPI_OBJ_ERROR_IN_STATUS, "OMPI_OBJ_ERROR_IN_STATUS", function);
  else
    mismatch = harness_error_mismatch (*error, OMPI_OBJ_ERROR_TRUNCATE, "OMPI_OBJ_ERROR_TRUNCATE", function);
  if (mismatch != NULL)
    ck_abort_msg ("%s", mismatch);
  ck_assert_msg (strstr ((*error)->message, number) != NULL, "the message lacks request %d: %s", index,
                 (*error)->message);
  g_clear_error (error);
}

typedef enum
{
  SEVERAL_WAIT_ALL,
  SEVERAL_TEST_ALL,
  SEVERAL_WAIT_ANY,
  SEVERAL_TEST_ANY,
  SEVERAL_WAIT_SOME,
  SEVERAL_TEST_SOME,
  N_SEVERAL
} SeveralCall;

static const gchar *const several_functions[N_SEVERAL] = { "MPI_Waitall: ", "MPI_Testall: ",  "MPI_Waitany: ",
                                                           "MPI_Testany: ", "MPI_Waitsome: ", "MPI_Testsome: " };

/* Calls until @error is set; fails if all complete without one. */
static void
call_until_error (SeveralCall call, MpiRequest **requests, gsize n_requests, GError **error)
{
  while (*error == NULL)
    {
      gsize n_completed = 1;
      gint index = 0;
      gboolean done = FALSE;
      g_autofree gint *indices = NULL;

      switch (call)
        {
        case SEVERAL_WAIT_ALL:
          done = ompi_obj_request_wait_all (requests, n_requests, error);
          break;
        case SEVERAL_TEST_ALL:
          done = ompi_obj_request_test_all (requests, n_requests, error);
          break;
        case SEVERAL_WAIT_ANY:
          index = ompi_obj_request_wait_any (requests, n_requests, NULL, error);
          break;
        case SEVERAL_TEST_ANY:
          index = ompi_obj_request_test_any (requests, n_requests, NULL, error);
          break;
        case SEVERAL_WAIT_SOME:
          indices = ompi_obj_request_wait_some (requests, n_requests, &n_completed, error);
          done = n_completed == 0;
          break;
        case SEVERAL_TEST_SOME:
          indices = ompi_obj_request_test_some (requests, n_requests, &n_completed, error);
          break;
        case N_SEVERAL:
        default:
          ck_abort ();
        }
      if (*error != NULL && (call == SEVERAL_WAIT_ANY || call == SEVERAL_TEST_ANY))
        ck_assert_int_eq (index, -1);
      ck_assert_msg (*error != NULL || (!done && index != OMPI_OBJ_UNDEFINED), "%sno error", several_functions[call]);
    }
}

MPI_TEST (truncation_in_several)
{
  for (SeveralCall call = SEVERAL_WAIT_ALL; call < N_SEVERAL; call++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          gint sent[N_DATA];
          gint received[3][N_DATA] = { { 0 } };
          MpiRequest *sends[3];
          MpiRequest *requests[3];

          fill (sent, ompi_obj_comm_get_rank (comm));
          for (gint i = 0; i < 3; i++)
            truncation_begin (comm, &rounds, sent, 62 + i, &sends[i]);
          if (rounds.source != OMPI_OBJ_PROC_NULL)
            {
              for (gint i = 0; i < 3; i++)
                {
                  requests[i] = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (received[i], i == 1 ? 1 : N_DATA),
                                                     rounds.source, 62 + i, &error);
                  assert_no_error (error);
                }
              call_until_error (call, requests, 3, &error);
              assert_error_names (&error, "MPI_", 1);

              /* The others are as they would be without it. */
              assert_succeeds (ompi_obj_request_wait (requests[0], NULL, &error), error);
              assert_succeeds (ompi_obj_request_wait (requests[2], NULL, &error), error);
              assert_filled (received[0], rounds.source);
              assert_filled (received[2], rounds.source);
              assert_recorded (requests[0], rounds.source, 62, N_DATA);
              assert_recorded (requests[2], rounds.source, 64, N_DATA);
              ck_assert (!ompi_obj_request_is_active (requests[1]));
              ck_assert_int_eq (received[1][1], 0);
              for (gint i = 0; i < 3; i++)
                g_object_unref (requests[i]);
            }
          for (gint i = 0; i < 3; i++)
            finish (sends[i]);
        }
    }
}

/* Buffered sends */

MPI_TEST (attaching_and_detaching)
{
  g_autoptr (GError) error = NULL;

  ompi_obj_detach_buffer (NULL);
  ck_assert (!ompi_obj_detach_buffer (&error));
  ck_assert_msg (error != NULL && error->domain == OMPI_OBJ_ERROR, "no error of a second detach");
  ck_assert_msg (g_str_has_prefix (error->message, "MPI_Buffer_detach: "), "%s", error->message);
  g_clear_error (&error);

  for (gint i = 0; i < 3; i++)
    {
      assert_succeeds (ompi_obj_attach_buffer (10000, &error), error);
      ck_assert (!ompi_obj_attach_buffer (10000, &error));
      ck_assert_msg (error != NULL && error->domain == OMPI_OBJ_ERROR, "no error of a second attach");
      ck_assert_msg (g_str_has_prefix (error->message, "MPI_Buffer_attach: "), "%s", error->message);
      g_clear_error (&error);
      assert_succeeds (ompi_obj_detach_buffer (&error), error);
    }
}

#define N_BUFFERED 8

/* All send to all before anybody receives, and more than MPI would buffer by itself. */
MPI_TEST (bsend_needs_no_receiver)
{
  g_autoptr (GError) error = NULL;
  gsize n = LARGE / 8;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree guint8 *data = g_malloc (n);

  attach_buffer (n_peers * (n + ompi_obj_get_bsend_overhead ()) + 4096);
  for (gint peer = 0; peer < n_peers; peer++)
    {
      memset (data, rank + 1, n);
      assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, n), peer, 70, &error), error);
      /* The memory is free again at once. */
      memset (data, 0xff, n);
    }
  meet (comm);
  for (gint peer = 0; peer < n_peers; peer++)
    {
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, n), peer, 70, NULL, &error), error);
      for (gsize i = 0; i < n; i++)
        if (data[i] != peer + 1)
          ck_abort_msg ("byte %" G_GSIZE_FORMAT " from rank %d is %u", i, peer, data[i]);
    }
  detach_buffer ();
}

/* The room that is asked for by the rules is enough. */
MPI_TEST (room_in_the_buffer)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;

      attach_buffer (N_BUFFERED * (N_DATA * sizeof (gint) + ompi_obj_get_bsend_overhead ()));
      for (gint i = 0; i < N_BUFFERED; i++)
        {
          gint sent[N_DATA];

          fill (sent, rank);
          assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 71, &error), error);
        }
      meet (comm);
      for (gint i = 0; i < N_BUFFERED && rounds.source != OMPI_OBJ_PROC_NULL; i++)
        {
          gint received[N_DATA] = { 0 };

          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 71, NULL, &error),
                           error);
          assert_filled (received, rounds.source);
        }
      detach_buffer ();
    }
}

/* Nobody receives what these send, for they fail. */
static void
try_bsend (MpiComm *comm, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = g_malloc0 (n);
  MpiRequest *request;

  ck_assert_msg (!ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, n), 0, 72, &error), "bsend without room succeeded");
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Bsend: ");
  request = ompi_obj_comm_ibsend (comm, OMPI_OBJ_DATA (data, n), 0, 72, &error);
  ck_assert_ptr_null (request);
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Ibsend: ");
}

/* On a communicator of its own: in Open MPI 4.1 nothing arrives behind a message that there was no room for. */
MPI_TEST (no_room_in_the_buffer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) dup = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  ompi_obj_detach_buffer (NULL);
  try_bsend (dup, LARGE);
  attach_buffer (ompi_obj_get_bsend_overhead () + 1000);
  try_bsend (dup, LARGE);
  detach_buffer ();
}

/* Bad input */

static gint bad_data[N_DATA];
static gint bad_other[N_DATA];

#define BUFFER OMPI_OBJ_DATA (bad_data, N_DATA)
#define OTHER OMPI_OBJ_DATA (bad_other, N_DATA)

#define ASSERT_FAILS(call, code, function, ...)                                \
  do                                                                           \
    {                                                                          \
      g_autofree gchar *expected_ = g_strdup_printf (__VA_ARGS__);             \
      g_autofree gchar *text_ = g_strconcat (function, ": ", expected_, NULL); \
      ck_assert_msg ((call) == NULL, "%s succeeded", #call);                   \
      assert_error (error, code, text_);                                       \
    }                                                                          \
  while (0)

/* The calls that an older MPI lacks fail there for that reason, whatever else is wrong. */
#define ASSERT_MAY_FAIL(call, code, function, ...)                                                \
  do                                                                                              \
    {                                                                                             \
      g_autofree gchar *expected_ = g_strdup_printf (__VA_ARGS__);                                \
      g_autofree gchar *text_ = g_strconcat (function, ": ", expected_, NULL);                    \
      ck_assert_msg ((call) == NULL, "%s succeeded", #call);                                      \
      if (!HAVE_ISENDRECV && g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED)) \
        g_clear_error (&error);                                                                   \
      else                                                                                        \
        assert_error (error, code, text_);                                                        \
    }                                                                                             \
  while (0)

static void
try_dest (MpiComm *comm, gint dest)
{
  g_autoptr (GError) error = NULL;
  gint last = harness_n_peers (comm) - 1;

#define DEST_TEXT "dest is %d, but the communicator has ranks 0 to %d", dest, last

  ASSERT_FAILS (ompi_obj_comm_isend (comm, BUFFER, dest, 0, &error), OMPI_OBJ_ERROR_RANK, "MPI_Isend", DEST_TEXT);
  ASSERT_FAILS (ompi_obj_comm_ibsend (comm, BUFFER, dest, 0, &error), OMPI_OBJ_ERROR_RANK, "MPI_Ibsend", DEST_TEXT);
  ASSERT_FAILS (ompi_obj_comm_issend (comm, BUFFER, dest, 0, &error), OMPI_OBJ_ERROR_RANK, "MPI_Issend", DEST_TEXT);
  ASSERT_FAILS (ompi_obj_comm_irsend (comm, BUFFER, dest, 0, &error), OMPI_OBJ_ERROR_RANK, "MPI_Irsend", DEST_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, dest, 0, OTHER, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv", DEST_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, dest, 0, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv_replace", DEST_TEXT);
  ck_assert (!ompi_obj_comm_bsend (comm, BUFFER, dest, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Bsend: dest is ");
}

static void
try_source (MpiComm *comm, gint source)
{
  g_autoptr (GError) error = NULL;
  gint last = harness_n_peers (comm) - 1;

#define SOURCE_TEXT "source is %d, but the communicator has ranks 0 to %d", source, last

  ASSERT_FAILS (ompi_obj_comm_irecv (comm, BUFFER, source, 0, &error), OMPI_OBJ_ERROR_RANK, "MPI_Irecv", SOURCE_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, OMPI_OBJ_PROC_NULL, 0, OTHER, source, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv", SOURCE_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, OMPI_OBJ_PROC_NULL, 0, source, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv_replace", SOURCE_TEXT);
}

MPI_TEST (bad_ranks)
{
  static const gint dests[] = { 99, G_MAXINT, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ROOT, -2, G_MININT };
  static const gint sources[] = { 99, G_MAXINT, OMPI_OBJ_ROOT, -2, G_MININT };

  try_dest (comm, harness_n_peers (comm));
  try_source (comm, harness_n_peers (comm));
  for (gsize i = 0; i < G_N_ELEMENTS (dests); i++)
    try_dest (comm, dests[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    try_source (comm, sources[i]);
}

static void
try_tag (MpiComm *comm, gint tag)
{
  g_autoptr (GError) error = NULL;

#define TAG_TEXT "tag is %d, but tags go from 0 to ", tag

  ASSERT_FAILS (ompi_obj_comm_isend (comm, BUFFER, 0, tag, &error), OMPI_OBJ_ERROR_TAG, "MPI_Isend", TAG_TEXT);
  ASSERT_FAILS (ompi_obj_comm_ibsend (comm, BUFFER, 0, tag, &error), OMPI_OBJ_ERROR_TAG, "MPI_Ibsend", TAG_TEXT);
  ASSERT_FAILS (ompi_obj_comm_issend (comm, BUFFER, 0, tag, &error), OMPI_OBJ_ERROR_TAG, "MPI_Issend", TAG_TEXT);
  ASSERT_FAILS (ompi_obj_comm_irsend (comm, BUFFER, 0, tag, &error), OMPI_OBJ_ERROR_TAG, "MPI_Irsend", TAG_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, 0, tag, OTHER, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_TAG, "MPI_Isendrecv", TAG_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, 0, tag, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_TAG, "MPI_Isendrecv_replace", TAG_TEXT);
  if (tag == OMPI_OBJ_ANY_TAG)
    return;
  ASSERT_FAILS (ompi_obj_comm_irecv (comm, BUFFER, 0, tag, &error), OMPI_OBJ_ERROR_TAG, "MPI_Irecv", TAG_TEXT);
}

MPI_TEST (bad_tags)
{
  try_tag (comm, OMPI_OBJ_ANY_TAG);
  try_tag (comm, -1);
  try_tag (comm, -5);
  try_tag (comm, G_MININT);
}

static void
try_buffer (MpiComm *comm, const MpiBuffer *buffer, MpiError code, const gchar *text)
{
  g_autoptr (GError) error = NULL;

  ASSERT_FAILS (ompi_obj_comm_isend (comm, buffer, 0, 0, &error), (gint) code, "MPI_Isend", "%s", text);
  ASSERT_FAILS (ompi_obj_comm_ibsend (comm, buffer, 0, 0, &error), (gint) code, "MPI_Ibsend", "%s", text);
  ASSERT_FAILS (ompi_obj_comm_issend (comm, buffer, 0, 0, &error), (gint) code, "MPI_Issend", "%s", text);
  ASSERT_FAILS (ompi_obj_comm_irsend (comm, buffer, 0, 0, &error), (gint) code, "MPI_Irsend", "%s", text);
  ASSERT_FAILS (ompi_obj_comm_irecv (comm, buffer, 0, 0, &error), (gint) code, "MPI_Irecv", "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, buffer, 0, 0, OTHER, 0, 0, &error), (gint) code, "MPI_Isendrecv",
                   "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, OTHER, 0, 0, buffer, 0, 0, &error), (gint) code, "MPI_Isendrecv",
                   "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, buffer, 0, 0, 0, 0, &error), (gint) code,
                   "MPI_Isendrecv_replace", "%s", text);
}

MPI_TEST (bad_buffers)
{
  g_autoptr (GError) error = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  try_buffer (comm, OMPI_OBJ_DATA (bad_data, -1), OMPI_OBJ_ERROR_COUNT, "count is -1");
  try_buffer (comm, OMPI_OBJ_DATA (bad_data, G_MININT64), OMPI_OBJ_ERROR_COUNT, "count is -9223372036854775808");
  try_buffer (comm, OMPI_OBJ_BUFFER (NULL, 3, OMPI_OBJ_INT), OMPI_OBJ_ERROR_BUFFER,
              "the address is NULL, but the count is 3");
  try_buffer (comm, OMPI_OBJ_BUFFER (bad_data, 1, datatype), OMPI_OBJ_ERROR_TYPE, "the datatype was freed");
}

MPI_TEST (freed_communicators)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) dup = ompi_obj_comm_dup (comm, &error);

#define FREED_TEXT "the communicator was freed"

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (dup, &error), error);
  ASSERT_FAILS (ompi_obj_comm_isend (dup, BUFFER, 0, 0, &error), OMPI_OBJ_ERROR_COMM, "MPI_Isend", FREED_TEXT);
  ASSERT_FAILS (ompi_obj_comm_ibsend (dup, BUFFER, 0, 0, &error), OMPI_OBJ_ERROR_COMM, "MPI_Ibsend", FREED_TEXT);
  ASSERT_FAILS (ompi_obj_comm_issend (dup, BUFFER, 0, 0, &error), OMPI_OBJ_ERROR_COMM, "MPI_Issend", FREED_TEXT);
  ASSERT_FAILS (ompi_obj_comm_irsend (dup, BUFFER, 0, 0, &error), OMPI_OBJ_ERROR_COMM, "MPI_Irsend", FREED_TEXT);
  ASSERT_FAILS (ompi_obj_comm_irecv (dup, BUFFER, 0, 0, &error), OMPI_OBJ_ERROR_COMM, "MPI_Irecv", FREED_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (dup, BUFFER, 0, 0, OTHER, 0, 0, &error), OMPI_OBJ_ERROR_COMM,
                   "MPI_Isendrecv", FREED_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (dup, BUFFER, 0, 0, 0, 0, &error), OMPI_OBJ_ERROR_COMM,
                   "MPI_Isendrecv_replace", FREED_TEXT);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gsize n_completed = 0;

  harness_expect_critical ("*ompi_obj_request_wait_all*");
  ck_assert (!ompi_obj_request_wait_all (NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_request_test_all*");
  ck_assert (!ompi_obj_request_test_all (NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_request_wait_any*");
  ck_assert_int_eq (ompi_obj_request_wait_any (NULL, 1, NULL, &error), -1);
  harness_expect_critical ("*ompi_obj_request_test_any*");
  ck_assert_int_eq (ompi_obj_request_test_any (NULL, 1, NULL, &error), -1);
  harness_expect_critical ("*ompi_obj_request_wait_some*");
  ck_assert_ptr_null (ompi_obj_request_wait_some (NULL, 1, &n_completed, &error));
  harness_expect_critical ("*ompi_obj_request_test_some*");
  ck_assert_ptr_null (ompi_obj_request_test_some (NULL, 1, &n_completed, &error));
  harness_expect_critical ("*ompi_obj_request_get_status*");
  ck_assert (!ompi_obj_request_get_status (NULL, NULL, &error));
  harness_expect_critical ("*ompi_obj_request_is_active*");
  ck_assert (!ompi_obj_request_is_active (NULL));
  harness_expect_critical ("*ompi_obj_request_cancel*");
  ck_assert (!ompi_obj_request_cancel (NULL, &error));
  harness_expect_critical ("*ompi_obj_request_free*");
  ck_assert (!ompi_obj_request_free (NULL, &error));
  harness_expect_critical ("*ompi_obj_message_irecv*");
  ck_assert_ptr_null (ompi_obj_message_irecv (NULL, BUFFER, &error));
  harness_expect_critical ("*ompi_obj_comm_irecv*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (NULL, BUFFER, 0, 0, &error));
  harness_expect_critical ("*ompi_obj_comm_irecv*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (comm, NULL, 0, 0, &error));
  harness_expect_critical ("*datatype*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (comm, OMPI_OBJ_BUFFER (bad_data, 1, NULL), 0, 0, NULL));
  harness_assert_criticals ();
  assert_no_error (error);
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
  harness_add (no_requests, HARNESS_ONCE);
  harness_add (completed_requests, HARNESS_ALL);
  harness_add (wait_all, HARNESS_ALL);
  harness_add (test_all, HARNESS_ALL);
  harness_add (wait_any, HARNESS_ALL);
  harness_add (test_any, HARNESS_ALL);
  harness_add (wait_some, HARNESS_ALL);
  harness_add (test_some, HARNESS_ALL);
  harness_add (native_requests, HARNESS_ALL);
  harness_add (owners_live_until_completion, HARNESS_ALL);
  harness_add (communicators_live_until_completion, HARNESS_ALL);
  harness_add (dropped_receives, HARNESS_ALL);
  harness_add (dropped_sends, HARNESS_ALL);
  harness_add (cancelled_receives, HARNESS_ALL);
  harness_add (sends_cannot_be_cancelled, HARNESS_ALL);
  harness_add (freed_requests, HARNESS_ALL);
  harness_add (truncation_in_wait_and_test, HARNESS_ALL);
  harness_add (truncation_in_several, HARNESS_ALL);
  harness_add (attaching_and_detaching, HARNESS_ONCE);
  harness_add (bsend_needs_no_receiver, HARNESS_ALL);
  harness_add (room_in_the_buffer, HARNESS_ALL);
  harness_add (no_room_in_the_buffer, HARNESS_ALL);
  harness_add (bad_ranks, HARNESS_ALL);
  harness_add (bad_tags, HARNESS_ALL);
  harness_add (bad_buffers, HARNESS_ALL);
  harness_add (freed_communicators, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  harness_add (communicators_stay_usable, HARNESS_ALL);
  return harness_run ();
}
