/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Requests that are waited for together: all, any and some of them. */

#include "messages.h"

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

/* Failures */

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
            sends[i] = start_send (comm, sent, rounds.dest, 62 + i);
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

/* After all that, the communicator works. */
MPI_TEST (communicators_stay_usable) { exchange (comm, ompi_obj_comm_isend); }

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "request-arrays");
  harness_add (no_requests, HARNESS_ONCE);
  harness_add (completed_requests, HARNESS_ALL);
  harness_add (wait_all, HARNESS_ALL);
  harness_add (test_all, HARNESS_ALL);
  harness_add (wait_any, HARNESS_ALL);
  harness_add (test_any, HARNESS_ALL);
  harness_add (wait_some, HARNESS_ALL);
  harness_add (test_some, HARNESS_ALL);
  harness_add (native_requests, HARNESS_ALL);
  harness_add (truncation_in_several, HARNESS_ALL);
  harness_add (communicators_stay_usable, HARNESS_ALL);
  return harness_run ();
}
