/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Messages from rank to rank, in every mode and of every C type. */

#include "harness.h"

#include <complex.h>

#define LARGE ((gsize) 1 << 20)

/* In each round a rank sends to one and receives from another, until each pair has met in both directions. */
#define EXCHANGE(type, n, value_of)                                                                                   \
  do                                                                                                                  \
    {                                                                                                                 \
      HarnessRounds rounds_ = HARNESS_ROUNDS_INIT;                                                                    \
      gint rank_ = ompi_obj_comm_get_rank (comm);                                                                     \
      while (harness_rounds_next (&rounds_, comm))                                                                    \
        {                                                                                                             \
          g_autoptr (GError) error_ = NULL;                                                                           \
          g_autoptr (MpiRequest) request_ = NULL;                                                                     \
          type sent_[n];                                                                                              \
          type received_[n] = { 0 };                                                                                  \
          for (gint i = 0; i < (n); i++)                                                                              \
            sent_[i] = (type) value_of (rank_, i);                                                                    \
          request_ = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent_, n), rounds_.dest, 1, &error_);                  \
          assert_no_error (error_);                                                                                   \
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received_, n), rounds_.source, 1, NULL, &error_), \
                           error_);                                                                                   \
          assert_succeeds (ompi_obj_request_wait (request_, NULL, &error_), error_);                                  \
          for (gint i = 0; i < (n) && rounds_.source != OMPI_OBJ_PROC_NULL; i++)                                      \
            ck_assert_msg (received_[i] == (type) value_of (rounds_.source, i),                                       \
                           "element %d from rank %d arrived changed (%s)", i, rounds_.source, #type);                 \
        }                                                                                                             \
    }                                                                                                                 \
  while (0)

#define INTEGER_OF(rank, i) (7 * (rank) + 3 * (i) + 1)
#define NEGATIVE_OF(rank, i) (-7 * (rank) -3 * (i) -1)
#define REAL_OF(rank, i) (0.25 + 7 * (rank) -1.5 * (i))
#define COMPLEX_OF(rank, i) (0.5 * (rank) + (i) *I)
#define BOOLEAN_OF(rank, i) (((rank) + (i)) % 2 != 0)

MPI_TEST (every_c_type)
{
  EXCHANGE (char, 9, INTEGER_OF);
  EXCHANGE (signed char, 9, NEGATIVE_OF);
  EXCHANGE (unsigned char, 9, 200 + INTEGER_OF);
  EXCHANGE (short, 9, NEGATIVE_OF);
  EXCHANGE (unsigned short, 9, 60000 + INTEGER_OF);
  EXCHANGE (int, 9, NEGATIVE_OF);
  EXCHANGE (unsigned int, 9, 4000000000u + INTEGER_OF);
  EXCHANGE (long, 9, NEGATIVE_OF);
  EXCHANGE (unsigned long, 9, INTEGER_OF);
  EXCHANGE (long long, 9, G_MININT64 + INTEGER_OF);
  EXCHANGE (unsigned long long, 9, G_MAXINT64 + 1ull + INTEGER_OF);
  EXCHANGE (float, 9, REAL_OF);
  EXCHANGE (double, 9, REAL_OF);
  EXCHANGE (long double, 9, REAL_OF);
  EXCHANGE (_Bool, 9, BOOLEAN_OF);
  EXCHANGE (float _Complex, 9, COMPLEX_OF);
  EXCHANGE (double _Complex, 9, COMPLEX_OF);
  EXCHANGE (long double _Complex, 9, COMPLEX_OF);
}

typedef gboolean (*BlockingSend) (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

/* One pair after the other, so that no send has to be buffered. */
static void
exchange_between_all_pairs (MpiComm *comm, BlockingSend send)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiStatus status;
      gint data[4] = { 0 };

      if (pairs.sending)
        {
          for (gint i = 0; i < 4; i++)
            data[i] = INTEGER_OF (rank, i);
          assert_succeeds (send (comm, OMPI_OBJ_DATA (data, 4), pairs.peer, 20 + rank, &error), error);
        }
      else
        {
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, 4), pairs.peer, 20 + pairs.peer, &status,
                                               &error),
                           error);
          for (gint i = 0; i < 4; i++)
            ck_assert_int_eq (data[i], INTEGER_OF (pairs.peer, i));
          ck_assert_int_eq (ompi_obj_status_get_source (&status), pairs.peer);
          ck_assert_int_eq (ompi_obj_status_get_tag (&status), 20 + pairs.peer);
          ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error), 4);
          assert_no_error (error);
        }
    }
}

MPI_TEST (send_between_all) { exchange_between_all_pairs (comm, ompi_obj_comm_send); }

MPI_TEST (ssend_between_all) { exchange_between_all_pairs (comm, ompi_obj_comm_ssend); }

/* A synchronous send returns after the receive has started; all ranks share the clock of one machine. */
MPI_TEST (ssend_waits_for_the_receiver)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;
      gint64 started = 0;
      gint64 returned;
      gint data = 1;

      if (pairs.sending)
        {
          assert_succeeds (ompi_obj_comm_ssend (comm, OMPI_OBJ_DATA (&data, 1), pairs.peer, 0, &error), error);
          returned = g_get_monotonic_time ();
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&started, 1), pairs.peer, 1, NULL, &error), error);
          ck_assert_msg (returned >= started, "returned %" G_GINT64_FORMAT " microseconds before the receive started",
                         started - returned);
        }
      else
        {
          g_usleep (5000);
          started = g_get_monotonic_time ();
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), pairs.peer, 0, NULL, &error), error);
          assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&started, 1), pairs.peer, 1, &error), error);
        }
    }
}

/* The receiver posts its receive, with raw MPI, and tells the sender so. */
MPI_TEST (rsend_between_all)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;
      gint ready = 1;
      gint data[2] = { 0, 0 };

      if (pairs.sending)
        {
          data[0] = 11;
          data[1] = 22;
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&ready, 1), pairs.peer, 0, NULL, &error), error);
          assert_succeeds (ompi_obj_comm_rsend (comm, OMPI_OBJ_DATA (data, 2), pairs.peer, 1, &error), error);
        }
      else
        {
          MPI_Request request;

          MPI_Irecv (data, 2, MPI_INT, pairs.peer, 1, ompi_obj_comm_get_native (comm), &request);
          assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&ready, 1), pairs.peer, 0, &error), error);
          MPI_Wait (&request, MPI_STATUS_IGNORE);
          ck_assert_int_eq (data[0], 11);
          ck_assert_int_eq (data[1], 22);
        }
    }
}

MPI_TEST (isend_and_test)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received = -1;
      g_autoptr (MpiRequest) request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&rank, 1), rounds.dest, 0, &error);

      assert_no_error (error);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received, 1), rounds.source, 0, NULL, &error), error);
      while (!ompi_obj_request_test (request, NULL, &error))
        assert_no_error (error);
      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received, rounds.source);

      /* A completed request stays so. */
      assert_succeeds (ompi_obj_request_test (request, NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
    }
}

/* The message arrives though nobody waits for it, also when it is too large to be buffered. */
MPI_TEST (dropped_requests)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *received = g_malloc0 (LARGE);
      guint8 *sent = g_malloc (LARGE);
      MpiBuffer *buffer;
      GBytes *bytes;

      memset (sent, 0x5a, LARGE);
      bytes = g_bytes_new_take (sent, LARGE);
      buffer = ompi_obj_buffer_new_for_bytes (bytes);
      g_object_unref (ompi_obj_comm_isend (comm, buffer, rounds.dest, 0, &error));
      assert_no_error (error);
      ompi_obj_buffer_free (buffer);
      g_bytes_unref (bytes);

      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, LARGE), rounds.source, 0, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        for (gsize i = 0; i < LARGE; i++)
          if (received[i] != 0x5a)
            ck_abort_msg ("byte %" G_GSIZE_FORMAT " is %u", i, received[i]);
    }
}

MPI_TEST (sendrecv_between_all)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gdouble sent[3] = { rank, rank + 0.5, -rank };
      gdouble received[3] = { 0 };
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (sent, 3), rounds.dest, 100 + rank,
                                               OMPI_OBJ_DATA (received, 3), rounds.source, OMPI_OBJ_ANY_TAG, &status,
                                               &error),
                       error);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_int_eq (ompi_obj_status_get_tag (&status), 100 + rounds.source);
          ck_assert_double_eq (received[0], rounds.source);
          ck_assert_double_eq (received[1], rounds.source + 0.5);
          ck_assert_double_eq (received[2], -rounds.source);
        }
    }
}

MPI_TEST (sendrecv_replace_between_all)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint64 data[2] = { rank, 1000 + rank };
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_sendrecv_replace (comm, OMPI_OBJ_DATA (data, 2), rounds.dest, 3, rounds.source, 3,
                                                       &status, &error),
                       error);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_int_eq (data[0], rounds.source);
          ck_assert_int_eq (data[1], 1000 + rounds.source);
        }
    }
}

/* A token goes around all ranks and is counted up on its way. */
MPI_TEST (ring)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint token = 0;

  if (rank == 0)
    {
      g_autoptr (MpiRequest) request =
          ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&token, 1), (rank + 1) % size, 0, &error);
      gint back = -1;

      assert_no_error (error);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&back, 1), size - 1, 0, NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
      ck_assert_int_eq (back, size - 1);
    }
  else
    {
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&token, 1), rank - 1, 0, NULL, &error), error);
      ck_assert_int_eq (token, rank - 1);
      token++;
      assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&token, 1), (rank + 1) % size, 0, &error), error);
    }
}

/* Starts to send this rank's number to every peer, with a tag of its own. */
static GPtrArray *
greet_all (MpiComm *comm, const gint *rank)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (gint peer = 0; peer < harness_n_peers (comm); peer++)
    {
      g_ptr_array_add (requests, ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (rank, 1), peer, 100 + *rank, &error));
      assert_no_error (error);
    }
  return g_steal_pointer (&requests);
}

static void
wait_all (GPtrArray *requests)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < requests->len; i++)
    assert_succeeds (ompi_obj_request_wait (requests->pdata[i], NULL, &error), error);
}

MPI_TEST (wildcards)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autoptr (GPtrArray) requests = greet_all (comm, &rank);
  g_autofree gboolean *seen = g_new0 (gboolean, n_peers);

  for (gint i = 0; i < n_peers; i++)
    {
      gint data = -1;
      gint source;
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG,
                                           &status, &error),
                       error);
      source = ompi_obj_status_get_source (&status);
      ck_assert_int_ge (source, 0);
      ck_assert_int_lt (source, n_peers);
      ck_assert_int_eq (data, source);
      ck_assert_int_eq (ompi_obj_status_get_tag (&status), 100 + source);
      ck_assert (!seen[source]);
      seen[source] = TRUE;
    }
  wait_all (requests);
}

MPI_TEST (any_source_with_a_tag)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GPtrArray) requests = greet_all (comm, &rank);

  for (gint peer = harness_n_peers (comm) - 1; peer >= 0; peer--)
    {
      gint data = -1;

      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_ANY_SOURCE, 100 + peer, NULL,
                                           &error),
                       error);
      ck_assert_int_eq (data, peer);
    }
  wait_all (requests);
}

MPI_TEST (messages_keep_their_order)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
      gint numbers[100];

      for (gint i = 0; i < 100; i++)
        {
          numbers[i] = i;
          g_ptr_array_add (requests,
                           ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&numbers[i], 1), rounds.dest, 0, &error));
          assert_no_error (error);
        }
      for (gint i = 0; i < 100; i++)
        {
          gint number = i;

          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&number, 1), rounds.source, 0, NULL, &error),
                           error);
          ck_assert_int_eq (number, i);
        }
      wait_all (requests);
    }
}

MPI_TEST (tags_choose_the_message)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[2] = { 1, 2 };
      gint received[2] = { 1, 2 };
      g_autoptr (MpiRequest) first = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[0], 1), rounds.dest, 1, &error);
      g_autoptr (MpiRequest) second = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[1], 1), rounds.dest, 2, &error);

      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        received[0] = received[1] = 0;
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received[1], 1), rounds.source, 2, NULL, &error),
                       error);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received[0], 1), rounds.source, 1, NULL, &error),
                       error);
      ck_assert_int_eq (received[0], 1);
      ck_assert_int_eq (received[1], 2);
      assert_succeeds (ompi_obj_request_wait (first, NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (second, NULL, &error), error);
    }
}

MPI_TEST (largest_tag)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  int *tag_limit = NULL;
  int found = 0;

  MPI_Comm_get_attr (MPI_COMM_WORLD, MPI_TAG_UB, &tag_limit, &found);
  ck_assert_int_eq (found, 1);
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent = 5;
      gint received = 5;
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (&sent, 1), rounds.dest, *tag_limit,
                                               OMPI_OBJ_DATA (&received, 1), rounds.source, *tag_limit, &status,
                                               &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (ompi_obj_status_get_tag (&status), *tag_limit);
    }
}

MPI_TEST (nobody)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiMessage) message = NULL;
  g_autoptr (MpiMessage) other = NULL;
  gint data = 42;
  MpiStatus status;

  assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0, &error), error);
  assert_succeeds (ompi_obj_comm_ssend (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0, &error), error);
  assert_succeeds (ompi_obj_comm_rsend (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0, &error), error);
  request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0, NULL, &error), error);
  assert_succeeds (ompi_obj_comm_sendrecv_replace (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 0,
                                                   OMPI_OBJ_PROC_NULL, 0, NULL, &error),
                   error);

  assert_succeeds (ompi_obj_comm_probe (comm, OMPI_OBJ_PROC_NULL, 0, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
  assert_succeeds (ompi_obj_comm_iprobe (comm, OMPI_OBJ_PROC_NULL, 0, &status, &error), error);
  message = ompi_obj_comm_mprobe (comm, OMPI_OBJ_PROC_NULL, 0, &status, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (message);
  assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (&data, 1), &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, NULL), 0);
  other = ompi_obj_comm_improbe (comm, OMPI_OBJ_PROC_NULL, 0, &status, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (other);
  ck_assert_int_eq (data, 42);
}

/* How a message of unknown length is received: by each way of looking first. */
typedef enum
{
  LOOK_PROBE,
  LOOK_IPROBE,
  LOOK_MPROBE,
  LOOK_IMPROBE,
  N_LOOKS
} Look;

static void
receive_after_looking (MpiComm *comm, Look look, gint source, gint expected_count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiMessage) message = NULL;
  g_autofree gint *data = NULL;
  MpiStatus status;
  MpiStatus received;
  gint64 count;

  switch (look)
    {
    case LOOK_PROBE:
      assert_succeeds (ompi_obj_comm_probe (comm, source, OMPI_OBJ_ANY_TAG, &status, &error), error);
      break;
    case LOOK_IPROBE:
      while (!ompi_obj_comm_iprobe (comm, source, OMPI_OBJ_ANY_TAG, &status, &error))
        assert_no_error (error);
      break;
    case LOOK_MPROBE:
      message = ompi_obj_comm_mprobe (comm, source, OMPI_OBJ_ANY_TAG, &status, &error);
      assert_no_error (error);
      break;
    case LOOK_IMPROBE:
      while ((message = ompi_obj_comm_improbe (comm, source, OMPI_OBJ_ANY_TAG, &status, &error)) == NULL)
        assert_no_error (error);
      break;
    case N_LOOKS:
    default:
      ck_abort ();
    }

  ck_assert_int_eq (ompi_obj_status_get_source (&status), source);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 50 + (gint) look);
  count = ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  ck_assert_int_eq (count, expected_count);

  data = g_new0 (gint, count + 1);
  if (message != NULL)
    assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (data, count), &received, &error), error);
  else
    assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, count), source, 50 + (gint) look, &received,
                                         &error),
                     error);
  ck_assert_int_eq (ompi_obj_status_get_count (&received, OMPI_OBJ_INT, &error), count);
  for (gint i = 0; i < count; i++)
    ck_assert_int_eq (data[i], INTEGER_OF (source, i));

  if (message != NULL)
    {
      ck_assert (!ompi_obj_message_recv (message, OMPI_OBJ_DATA (data, count), NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Mrecv: ");
    }
}

MPI_TEST (looking_before_receiving)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Look look = LOOK_PROBE; look < N_LOOKS; look++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (MpiRequest) request = NULL;
          gint sent[64];

          for (gint i = 0; i < 64; i++)
            sent[i] = INTEGER_OF (rank, i);
          request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, 10 + rank), rounds.dest, 50 + (gint) look, &error);
          assert_no_error (error);
          if (rounds.source != OMPI_OBJ_PROC_NULL)
            receive_after_looking (comm, look, rounds.source, 10 + rounds.source);
          assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
        }
    }
}

MPI_TEST (looking_where_there_is_nothing)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_comm_iprobe (comm, OMPI_OBJ_ANY_SOURCE, 31000, NULL, &error));
  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_comm_improbe (comm, OMPI_OBJ_ANY_SOURCE, 31000, NULL, &error));
  assert_no_error (error);
}

/* A message that was taken out of the matching is not found by others. */
MPI_TEST (matched_messages_are_gone)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[2] = { 1, 2 };
      g_autoptr (MpiRequest) first = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[0], 1), rounds.dest, 4, &error);
      g_autoptr (MpiRequest) second = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[1], 1), rounds.dest, 4, &error);

      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          g_autoptr (MpiMessage) message = ompi_obj_comm_mprobe (comm, rounds.source, 4, NULL, &error);
          gint data = 0;

          assert_no_error (error);
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), rounds.source, 4, NULL, &error), error);
          ck_assert_int_eq (data, 2);
          assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (&data, 1), NULL, &error), error);
          ck_assert_int_eq (data, 1);
        }
      assert_succeeds (ompi_obj_request_wait (first, NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (second, NULL, &error), error);
    }
}

MPI_TEST (empty_messages)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_DOUBLE), rounds.dest, 9,
                                               OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_DOUBLE), rounds.source, 9, &status,
                                               &error),
                       error);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_DOUBLE, &error), 0);
      assert_no_error (error);
    }
}

MPI_TEST (shorter_than_the_buffer)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint16 sent[3] = { 1, 2, 3 };
      gint16 received[6] = { 9, 9, 9, 9, 9, 9 };
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (sent, 3), rounds.dest, 9,
                                               OMPI_OBJ_DATA (received, 6), rounds.source, 9, &status, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT16_T, NULL), 3);
          ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT32_T, NULL), OMPI_OBJ_UNDEFINED);
          ck_assert_int_eq (received[2], 3);
          ck_assert_int_eq (received[3], 9);
        }
    }
}

MPI_TEST (large_messages)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree guint32 *sent = g_new (guint32, LARGE);
  g_autofree guint32 *received = g_new (guint32, LARGE);
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  for (gsize i = 0; i < LARGE; i++)
    sent[i] = (guint32) (i * 2654435761u + (guint32) rank);
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;

      memset (received, 0, LARGE * sizeof *received);
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (sent, LARGE), rounds.dest, 0,
                                               OMPI_OBJ_DATA (received, LARGE), rounds.source, 0, NULL, &error),
                       error);
      for (gsize i = 0; i < LARGE && rounds.source != OMPI_OBJ_PROC_NULL; i++)
        if (received[i] != (guint32) (i * 2654435761u + (guint32) rounds.source))
          ck_abort_msg ("element %" G_GSIZE_FORMAT " is %u", i, received[i]);
    }
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gint data = 0;

  harness_expect_critical ("*OMPI_OBJ_IS_MESSAGE*");
  ck_assert (!ompi_obj_message_recv (NULL, OMPI_OBJ_DATA (&data, 1), NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_MESSAGE*");
  ck_assert_ptr_null (ompi_obj_message_recv_variant (NULL, NULL, &error));
  harness_expect_critical ("*request_check_type*");
  ck_assert (!ompi_obj_request_wait (NULL, NULL, &error));
  harness_expect_critical ("*request_check_type*");
  ck_assert (!ompi_obj_request_test (NULL, NULL, &error));
  harness_expect_critical ("*datatype*");
  ck_assert (!ompi_obj_comm_send (comm, OMPI_OBJ_BUFFER (&data, 1, NULL), 0, 0, NULL));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "p2p");
  harness_add (every_c_type, HARNESS_ALL);
  harness_add (send_between_all, HARNESS_ALL);
  harness_add (ssend_between_all, HARNESS_ALL);
  harness_add (ssend_waits_for_the_receiver, HARNESS_ALL);
  harness_add (rsend_between_all, HARNESS_ALL);
  harness_add (isend_and_test, HARNESS_ALL);
  harness_add (dropped_requests, HARNESS_ALL);
  harness_add (sendrecv_between_all, HARNESS_ALL);
  harness_add (sendrecv_replace_between_all, HARNESS_ALL);
  harness_add (ring, HARNESS_INTRA);
  harness_add (wildcards, HARNESS_ALL);
  harness_add (any_source_with_a_tag, HARNESS_ALL);
  harness_add (messages_keep_their_order, HARNESS_ALL);
  harness_add (tags_choose_the_message, HARNESS_ALL);
  harness_add (largest_tag, HARNESS_ALL);
  harness_add (nobody, HARNESS_ALL);
  harness_add (looking_before_receiving, HARNESS_ALL);
  harness_add (looking_where_there_is_nothing, HARNESS_ALL);
  harness_add (matched_messages_are_gone, HARNESS_ALL);
  harness_add (empty_messages, HARNESS_ALL);
  harness_add (shorter_than_the_buffer, HARNESS_ALL);
  harness_add (large_messages, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
