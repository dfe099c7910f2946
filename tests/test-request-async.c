/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Requests that a main loop waits for. */

#include "messages.h"

#include <sys/resource.h>
#include <unistd.h>

#include "main-loop.h"

static MpiComm *
duplicate (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  MpiComm *copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  return copy;
}

/*
 * Each rank's messages to itself, where the others do not matter. Those that are too long are sent before the receive
 * is posted; else Open MPI 4.1 does not tell.
 */
static MpiComm *
self_copy (void)
{
  return duplicate (ompi_obj_comm_self ());
}

MPI_TEST (messages_arrive)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Outcome received = { 0 };
      Outcome was_sent = { 0 };
      gint data[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiStatus status;
      g_autoptr (MpiRequest) receive = start_receive (comm, data, rounds.source, 20);
      g_autoptr (MpiRequest) send = NULL;

      await_request (receive, &received);
      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 20);
      await_request (send, &was_sent);
      ck_assert_uint_eq (received.n_calls + was_sent.n_calls, 0); /* never inside of the call */

      assert_succeeds (wait_outcome (receive, &received, &status, &error), error);
      ck_assert (!ompi_obj_request_is_active (receive));
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (data, rounds.source);
          assert_status (&status, rounds.source, 20, N_DATA);
        }
      assert_succeeds (wait_outcome (send, &was_sent, NULL, &error), error);
    }
}

/* What has completed, was never started or is for nobody. */
MPI_TEST (nothing_to_wait_for)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  gint data[N_DATA] = { 0 };
  Outcome outcome = { 0 };
  g_autoptr (MpiRequest) from_nobody = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);
  g_autoptr (MpiPrequest) persistent = ompi_obj_comm_recv_init (self, OMPI_OBJ_DATA (data, N_DATA), 0, 0, &error);

  assert_no_error (error);
  for (gint i = 0; i < 2; i++)
    {
      await_request (from_nobody, &outcome);
      ck_assert_uint_eq (outcome.n_calls, 0);
      assert_succeeds (wait_outcome (from_nobody, &outcome, NULL, &error), error);
    }
  await_request (OMPI_OBJ_REQUEST (persistent), &outcome);
  assert_succeeds (wait_outcome (OMPI_OBJ_REQUEST (persistent), &outcome, NULL, &error), error);

  ompi_obj_request_wait_all_async (NULL, 0, G_PRIORITY_DEFAULT, NULL, on_outcome, &outcome);
  ck_assert_uint_eq (outcome.n_calls, 0);
  run_until (&outcome);
  assert_succeeds (ompi_obj_request_wait_all_finish (outcome.result, &error), error);
  outcome_clear (&outcome);
  ompi_obj_request_wait_async (from_nobody, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* All get the same result, or the same error. */
MPI_TEST (several_wait_for_one)
{
  g_autoptr (MpiComm) self = self_copy ();

  for (gint too_short = FALSE; too_short <= TRUE; too_short++)
    {
      g_autoptr (GError) error = NULL;
      Outcome outcomes[3] = { 0 };
      gint data[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiRequest *send = NULL;
      g_autoptr (MpiRequest) receive = NULL;

      fill (sent, 3);
      if (too_short)
        send = start_send (self, sent, 0, 1);
      receive = ompi_obj_comm_irecv (self, OMPI_OBJ_DATA (data, too_short ? 1 : N_DATA), 0, 1, &error);
      assert_no_error (error);
      for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
        await_request (receive, &outcomes[i]);
      if (!too_short)
        send = start_send (self, sent, 0, 1);
      for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
        {
          MpiStatus status;
          gboolean succeeded = wait_outcome (receive, &outcomes[i], &status, &error);

          ck_assert_int_eq (succeeded, !too_short);
          if (too_short)
            {
              assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Test");
              continue;
            }
          assert_no_error (error);
          assert_filled (data, 3);
          assert_status (&status, 0, 1, N_DATA);
        }
      ompi_obj_request_wait (send, NULL, NULL);
      g_object_unref (send);
    }
}

/* So many that they are tested together; one of them fails, one is cancelled, and one is only looked at. */
MPI_TEST (many)
{
  enum
  {
    N = 150,
    FAILS = 17,
    CANCELLED = 100
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree Outcome *outcomes = g_new0 (Outcome, N);
  MpiRequest *receives[N];
  gint data[N] = { 0 };
  gint sent[2] = { FAILS, FAILS };
  MpiRequest *too_long = ompi_obj_comm_isend (self, OMPI_OBJ_DATA (sent, 2), 0, FAILS, &error);

  assert_no_error (error);
  for (gint i = 0; i < N; i++)
    {
      receives[i] = ompi_obj_comm_irecv (self, OMPI_OBJ_DATA (&data[i], 1), 0, i, &error);
      assert_no_error (error);
      ompi_obj_request_wait_async (receives[i], G_PRIORITY_DEFAULT, i == CANCELLED ? cancellable : NULL, on_outcome,
                                   &outcomes[i]);
    }
  g_cancellable_cancel (cancellable);
  ck_assert (!wait_outcome (receives[CANCELLED], &outcomes[CANCELLED], NULL, &error));
  assert_cancelled (&error);

  ck_assert (!wait_outcome (receives[FAILS], &outcomes[FAILS], NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, NULL);
  ompi_obj_request_wait (too_long, NULL, NULL);
  g_object_unref (too_long);

  for (gint i = N - 1; i >= 0; i--)
    {
      gint number = i;
      MpiRequest *send;

      if (i == CANCELLED || i == FAILS)
        continue;
      send = ompi_obj_comm_isend (self, OMPI_OBJ_DATA (&number, 1), 0, i, &error);
      assert_no_error (error);
      assert_succeeds (wait_outcome (receives[i], &outcomes[i], NULL, &error), error);
      ck_assert_int_eq (data[i], i);
      finish (send);
    }
  for (gint i = 0; i < N; i++)
    g_object_unref (receives[i]);
}

MPI_TEST (all_of_several)
{
  enum
  {
    N = 8
  };
  g_autoptr (MpiComm) self = self_copy ();

  for (gint fails = -1; fails < N; fails += 4)
    {
      g_autoptr (GError) error = NULL;
      Outcome outcome = { 0 };
      MpiRequest *requests[N];
      MpiRequest *sends[N];
      gint data[N][2] = { { 0 } };
      gint sent[2] = { 4, 5 };

      if (fails >= 0)
        sends[fails] = ompi_obj_comm_isend (self, OMPI_OBJ_DATA (sent, 2), 0, fails, &error);
      for (gint i = 0; i < N; i++)
        {
          requests[i] = ompi_obj_comm_irecv (self, OMPI_OBJ_DATA (data[i], i == fails ? 1 : 2), 0, i, &error);
          assert_no_error (error);
        }
      ompi_obj_request_wait_all_async (requests, N, G_PRIORITY_DEFAULT, NULL, on_outcome, &outcome);
      for (gint i = 0; i < N; i++)
        {
          if (i != fails)
            sends[i] = ompi_obj_comm_isend (self, OMPI_OBJ_DATA (sent, 2), 0, i, &error);
          assert_no_error (error);
          ck_assert_uint_eq (outcome.n_calls, 0);
        }
      run_until (&outcome);
      ck_assert_int_eq (ompi_obj_request_wait_all_finish (outcome.result, &error), fails < 0);
      if (fails >= 0)
        {
          g_autofree gchar *text = g_strdup_printf ("request %d: ", fails);

          assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, text);
        }
      assert_no_error (error);
      outcome_clear (&outcome);
      for (gint i = 0; i < N; i++)
        {
          ck_assert (!ompi_obj_request_is_active (requests[i]));
          ck_assert_int_eq (data[i][1], i == fails ? 0 : 5);
          ompi_obj_request_wait (sends[i], NULL, NULL);
          g_object_unref (sends[i]);
          g_object_unref (requests[i]);
        }
    }
}

/* The object need not be kept. */
MPI_TEST (dropped_while_pending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  Owned owned = { .n_freed = 0 };
  Outcome outcome = { 0 };
  gint sent[N_DATA];
  MpiRequest *receive;
  gpointer object;

  {
    g_autoptr (MpiBuffer) buffer = owned_buffer (&owned);

    receive = ompi_obj_comm_irecv (self, buffer, 0, 2, &error);
    assert_no_error (error);
  }
  await_request (receive, &outcome);
  object = receive;
  g_object_unref (receive);
  ck_assert_int_eq (owned.n_freed, 0);
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  run_until (&outcome);
  ck_assert_ptr_eq (g_async_result_get_source_object (outcome.result), object);
  g_object_unref (object); /* the getter gave one */
  assert_succeeds (ompi_obj_request_wait_finish (object, outcome.result, NULL, &error), error);
  outcome_clear (&outcome);
  ck_assert_int_eq (owned.n_freed, 1);
  assert_filled (owned.data, 1);
}

MPI_TEST (freed_while_pending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcomes[2] = { 0 };
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);

  await_request (receive, &outcomes[0]);
  await_request (receive, &outcomes[1]);
  assert_succeeds (ompi_obj_request_free (receive, &error), error);
  for (gsize i = 0; i < 2; i++)
    {
      ck_assert (!wait_outcome (receive, &outcomes[i], NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "was freed");
    }
  /* The receive itself goes on. */
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  await_request (receive, &outcomes[0]);
  assert_succeeds (wait_outcome (receive, &outcomes[0], NULL, &error), error);
}

/* Somebody else may complete it. */
MPI_TEST (completed_by_another_call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcome = { 0 };
  MpiStatus status;
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);

  await_request (receive, &outcome);
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
  assert_succeeds (wait_outcome (receive, &outcome, &status, &error), error);
  assert_status (&status, 0, 2, N_DATA);
}

/* Cancelling */

MPI_TEST (cancelled_receives)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    for (gint before = FALSE; before <= TRUE; before++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        Owned owned = { .n_freed = 0 };
        Outcome outcome = { 0 };
        gint received[N_DATA] = { 0 };
        gint sent[N_DATA];
        MpiRequest *receive;

        if (rounds.source != OMPI_OBJ_PROC_NULL)
          {
            g_autoptr (MpiBuffer) buffer = owned_buffer (&owned);

            receive = ompi_obj_comm_irecv (comm, buffer, rounds.source, 21, &error);
            assert_no_error (error);
            g_clear_pointer (&buffer, ompi_obj_buffer_free);
            if (before)
              g_cancellable_cancel (cancellable);
            ompi_obj_request_wait_async (receive, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcome);
            g_main_context_iteration (NULL, FALSE);
            g_cancellable_cancel (cancellable);
            ck_assert (!wait_outcome (receive, &outcome, NULL, &error));
            assert_cancelled (&error);
            ck_assert_int_eq (owned.n_freed, 1);
            ck_assert (!ompi_obj_request_is_active (receive));
            g_object_unref (receive);
          }
        meet (comm);

        /* What was meant for it goes to the next. */
        receive = start_receive (comm, received, rounds.source, 21);
        fill (sent, rank);
        finish (start_send (comm, sent, rounds.dest, 21));
        finish (receive);
        if (rounds.source != OMPI_OBJ_PROC_NULL)
          assert_filled (received, rounds.source);
      }
}

/* The call ends, the message does not. */
MPI_TEST (cancelled_sends)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Owned owned = { .n_freed = 0 };
      Outcome outcome = { 0 };
      gint received[N_DATA] = { 0 };
      MpiRequest *send;

      fill (owned.data, rank);
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        {
          g_autoptr (MpiBuffer) buffer = owned_buffer (&owned);

          send = ompi_obj_comm_issend (comm, buffer, rounds.dest, 22, &error);
          assert_no_error (error);
          g_clear_pointer (&buffer, ompi_obj_buffer_free);
          ompi_obj_request_wait_async (send, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcome);
          g_cancellable_cancel (cancellable);
          ck_assert (!wait_outcome (send, &outcome, NULL, &error));
          assert_cancelled (&error);
          ck_assert (ompi_obj_request_is_active (send));
          g_object_unref (send);
          ck_assert_int_eq (owned.n_freed, 0);
        }
      meet (comm);
      {
        g_autoptr (MpiRequest) receive = start_receive (comm, received, rounds.source, 22);

        await_request (receive, &outcome);
        assert_succeeds (wait_outcome (receive, &outcome, NULL, &error), error);
      }
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      /* The loop goes on asking for what nobody waits for. */
      while (rounds.dest != OMPI_OBJ_PROC_NULL && g_atomic_int_get (&owned.n_freed) == 0)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* A message that is there already counts. */
MPI_TEST (cancelled_too_late)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);

  ompi_obj_request_wait_async (receive, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcome);
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  g_cancellable_cancel (cancellable);
  assert_succeeds (wait_outcome (receive, &outcome, NULL, &error), error);
  assert_filled (data, 1);
}

/* One that gives up leaves the operation to the others. */
MPI_TEST (cancelled_by_one_of_two)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcomes[2] = { 0 };
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);

  ompi_obj_request_wait_async (receive, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcomes[0]);
  await_request (receive, &outcomes[1]);
  g_cancellable_cancel (cancellable);
  ck_assert (!wait_outcome (receive, &outcomes[0], NULL, &error));
  assert_cancelled (&error);
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  assert_succeeds (wait_outcome (receive, &outcomes[1], NULL, &error), error);
  assert_filled (data, 1);
}

/* Classes */

static gboolean
query_cancelled (MpiStatus *status, gpointer data, GError **error)
{
  return ompi_obj_status_set_cancelled (status, *(gboolean *) data, error);
}

static gboolean
complete_grequest (gpointer request)
{
  ompi_obj_grequest_complete (request, NULL);
  return G_SOURCE_REMOVE;
}

/* Not here: MPICH holds a lock. */
static void
cancel_grequest (gboolean completed, gpointer data)
{
  if (!completed)
    g_idle_add (complete_grequest, *(MpiGrequest **) data);
}

MPI_TEST (generalized_requests)
{
  for (gint cancelled = FALSE; cancelled <= TRUE; cancelled++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Outcome outcome = { 0 };
      MpiGrequest *request = NULL;
      gboolean is_cancelled = cancelled;

      request = ompi_obj_grequest_start (query_cancelled, &is_cancelled, NULL, cancel_grequest, &request, NULL, &error);
      assert_no_error (error);
      ompi_obj_request_wait_async (OMPI_OBJ_REQUEST (request), G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcome);
      for (gint i = 0; i < 5; i++)
        g_main_context_iteration (NULL, TRUE);
      ck_assert_uint_eq (outcome.n_calls, 0);
      if (cancelled)
        g_cancellable_cancel (cancellable);
      else
        assert_succeeds (ompi_obj_grequest_complete (request, &error), error);
      ck_assert_int_eq (wait_outcome (OMPI_OBJ_REQUEST (request), &outcome, NULL, &error), !cancelled);
      if (cancelled)
        assert_cancelled (&error);
      assert_no_error (error);
      g_object_unref (request);
    }
}

/* A class of the program's decides itself when it has completed. */

typedef struct
{
  MpiRequest parent_instance;
  gint n_tests;
} PatientRequest;

typedef MpiRequestClass PatientRequestClass;

static GType patient_request_get_type (void);

G_DEFINE_TYPE (PatientRequest, patient_request, OMPI_OBJ_TYPE_REQUEST)

static gboolean
patient_request_test (MpiRequest *request, MpiStatus *status, GError **error)
{
  PatientRequest *self = (PatientRequest *) request;

  self->n_tests++;
  if (self->n_tests < 3)
    return FALSE;
  if (status != NULL)
    ompi_obj_status_set_tag (status, 77, NULL);
  if (self->n_tests > 3)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "tested too often");
  return self->n_tests == 3;
}

static void
patient_request_class_init (PatientRequestClass *klass)
{
  klass->test = patient_request_test;
}

static void
patient_request_init (G_GNUC_UNUSED PatientRequest *self)
{
}

MPI_TEST (overridden_test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = g_object_new (patient_request_get_type (), NULL);
  Outcome outcome = { 0 };
  MpiStatus status;

  await_request (request, &outcome);
  assert_succeeds (wait_outcome (request, &outcome, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 77);
  ck_assert_int_eq (((PatientRequest *) request)->n_tests, 3);

  /* What it fails with comes as it is. */
  await_request (request, &outcome);
  ck_assert (!wait_outcome (request, &outcome, NULL, &error));
  ck_assert (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_FAILED));
}

/* Sources */

typedef struct
{
  guint n_calls;
  guint n_wanted;
  MpiPrequest *restart;
  MpiComm *comm;
} Fired;

static gboolean
on_fired (gpointer data)
{
  Fired *fired = data;

  fired->n_calls++;
  if (fired->restart != NULL)
    {
      static const gint sent[N_DATA] = { 0 };

      if (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (fired->restart), NULL, NULL))
        return G_SOURCE_REMOVE;
      if (fired->n_calls < fired->n_wanted)
        {
          ompi_obj_prequest_start (fired->restart, NULL);
          finish (start_send (fired->comm, sent, 0, 2));
        }
    }
  return fired->n_calls < fired->n_wanted;
}

static gboolean
count_in_closure (Fired *fired, MpiRequest *request)
{
  fired->n_calls++;
  return ompi_obj_request_is_active (request);
}

MPI_TEST (sources)
{
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MpiRequest) receive = NULL;
  Fired fired;
  GSource *source;

  for (gint too_short = FALSE; too_short <= TRUE; too_short++)
    {
      g_autoptr (GError) error = NULL;
      MpiStatus status;
      gint data[N_DATA];
      gint sent[N_DATA];
      MpiRequest *send = NULL;

      fired = (Fired){ .n_wanted = 2 };
      fill (sent, 1);
      if (too_short)
        send = start_send (self, sent, 0, 2);
      g_clear_object (&receive);
      receive = ompi_obj_comm_irecv (self, OMPI_OBJ_DATA (data, too_short ? 1 : N_DATA), 0, 2, &error);
      assert_no_error (error);
      source = ompi_obj_request_create_source (receive, NULL);
      g_source_set_callback (source, on_fired, &fired, NULL);
      g_source_attach (source, context);
      if (!too_short)
        {
          for (gint i = 0; i < 5; i++)
            g_main_context_iteration (context, FALSE);
          ck_assert_uint_eq (fired.n_calls, 0);
          send = start_send (self, sent, 0, 2);
        }

      /* It fires as long as nobody takes the result or the error, which it leaves to the program. */
      while (fired.n_calls < 2)
        g_main_context_iteration (context, TRUE);
      ck_assert (g_source_is_destroyed (source));
      g_source_unref (source);
      ck_assert (ompi_obj_request_is_active (receive));
      ck_assert_int_eq (ompi_obj_request_test (receive, &status, &error), !too_short);
      if (too_short)
        assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, NULL);
      assert_no_error (error);
      ompi_obj_request_wait (send, NULL, NULL);
      g_object_unref (send);
    }

  /* A closure, for other languages */
  fired = (Fired){ 0 };
  source = ompi_obj_request_create_source (receive, NULL);
  g_source_set_closure (source, g_cclosure_new_swap (G_CALLBACK (count_in_closure), &fired, NULL));
  g_source_attach (source, context);
  while (fired.n_calls < 1)
    g_main_context_iteration (context, TRUE);
  ck_assert (g_source_is_destroyed (source));
  g_source_unref (source);
}

/* A source that stays fires once for each completion. */
MPI_TEST (source_of_a_persistent_request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  gint data[N_DATA];
  g_autoptr (MpiPrequest) receive = ompi_obj_comm_recv_init (self, OMPI_OBJ_DATA (data, N_DATA), 0, 2, &error);
  g_autoptr (GSource) source = NULL;
  Fired fired = { .n_wanted = 4, .restart = receive, .comm = self };

  assert_no_error (error);
  source = ompi_obj_request_create_source (OMPI_OBJ_REQUEST (receive), NULL);
  g_source_set_callback (source, on_fired, &fired, NULL);
  g_source_attach (source, NULL);
  while (fired.n_calls < fired.n_wanted)
    g_main_context_iteration (NULL, TRUE);
  ck_assert (g_source_is_destroyed (source));
}

MPI_TEST (sources_that_end_early)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fired fired = { .n_wanted = 1 };
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);
  GMainContext *context = g_main_context_new ();
  GSource *source;

  /* Cancelled: the receive is left alone. */
  source = ompi_obj_request_create_source (receive, cancellable);
  g_source_set_callback (source, on_fired, &fired, NULL);
  g_source_attach (source, context);
  g_main_context_iteration (context, FALSE);
  g_cancellable_cancel (cancellable);
  while (fired.n_calls < 1)
    g_main_context_iteration (context, TRUE);
  g_source_unref (source);

  /* Destroyed, with a reference left and without; never attached; and with its context. */
  source = ompi_obj_request_create_source (receive, NULL);
  g_source_unref (source);
  for (gint keep = FALSE; keep <= TRUE; keep++)
    {
      source = ompi_obj_request_create_source (receive, NULL);
      g_source_set_callback (source, on_fired, &fired, NULL);
      g_source_attach (source, context);
      g_main_context_iteration (context, FALSE);
      if (!keep)
        g_source_unref (source);
      g_source_destroy (source);
    }
  {
    GSource *last = ompi_obj_request_create_source (receive, NULL);

    g_source_set_callback (last, on_fired, &fired, NULL);
    g_source_attach (last, context);
    g_source_unref (last);
  }
  g_main_context_iteration (context, FALSE);
  g_main_context_unref (context);

  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
  assert_filled (data, 1);
  ck_assert_uint_eq (fired.n_calls, 1);
  g_source_unref (source);
}

/* Contexts and priorities */

MPI_TEST (priorities)
{
  static const gint given[] = { G_PRIORITY_LOW, G_PRIORITY_DEFAULT, G_PRIORITY_HIGH, G_PRIORITY_DEFAULT_IDLE };
  static const guint expected[] = { 3, 1, 0, 2 };
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcomes[G_N_ELEMENTS (given)] = { 0 };
  gint data[N_DATA];
  guint first;
  g_autoptr (MpiRequest) request = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);

  first = n_outcomes;
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    ompi_obj_request_wait_async (request, given[i], NULL, on_outcome, &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    run_until (&outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    {
      ck_assert_uint_eq (outcomes[i].order - first, expected[i]);
      outcome_clear (&outcomes[i]);
    }
}

typedef struct
{
  MpiComm *comm;
  Outcome outcome;
  gint depth;
} Nested;

static void
on_nested (GObject *object, GAsyncResult *result, gpointer data)
{
  Nested *nested = data;
  static gint sent[N_DATA];
  gint received[N_DATA];

  if (nested->depth < 3)
    {
      Nested inner = { .comm = nested->comm, .depth = nested->depth + 1 };
      g_autoptr (MpiRequest) receive = start_receive (nested->comm, received, 0, inner.depth);

      ompi_obj_request_wait_async (receive, G_PRIORITY_DEFAULT, NULL, on_nested, &inner);
      finish (start_send (nested->comm, sent, 0, inner.depth));
      run_until (&inner.outcome);
      ck_assert_int_eq (ompi_obj_request_wait_finish (receive, inner.outcome.result, NULL, NULL), TRUE);
      outcome_clear (&inner.outcome);
    }
  on_outcome (object, result, &nested->outcome);
}

/* A callback may run the loop until another wait has ended. */
MPI_TEST (loops_in_callbacks)
{
  g_autoptr (MpiComm) self = self_copy ();
  Nested outer = { .comm = self };
  gint data[N_DATA];
  g_autoptr (MpiRequest) request = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);

  ompi_obj_request_wait_async (request, G_PRIORITY_DEFAULT, NULL, on_nested, &outer);
  run_until (&outer.outcome);
  outcome_clear (&outer.outcome);
}

/* Each thread waits in its own context, for messages of its own and for one that all wait for. */

typedef struct
{
  MpiComm *comm;
  MpiRequest *shared;
  gint tag;
  guint n_wrong;
} Waiter;

static gpointer
run_waiter (gpointer data)
{
  Waiter *waiter = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  Outcome shared = { 0 };

  g_main_context_push_thread_default (context);
  await_request (waiter->shared, &shared);
  for (gint i = 0; i < 20; i++)
    {
      Outcome outcomes[2] = { 0 };
      gint sent = 100 * waiter->tag + i;
      gint received = -1;
      g_autoptr (MpiRequest) receive =
          ompi_obj_comm_irecv (waiter->comm, OMPI_OBJ_DATA (&received, 1), 0, waiter->tag, NULL);
      g_autoptr (MpiRequest) send = ompi_obj_comm_isend (waiter->comm, OMPI_OBJ_DATA (&sent, 1), 0, waiter->tag, NULL);

      await_request (receive, &outcomes[0]);
      await_request (send, &outcomes[1]);
      run_until (&outcomes[0]);
      run_until (&outcomes[1]);
      for (gsize which = 0; which < 2; which++)
        {
          waiter->n_wrong += outcomes[which].thread != g_thread_self () || received != sent;
          g_clear_object (&outcomes[which].result);
        }
    }
  run_until (&shared);
  waiter->n_wrong += !ompi_obj_request_wait_finish (waiter->shared, shared.result, NULL, NULL)
                     || shared.thread != g_thread_self () || shared.n_calls != 1;
  g_clear_object (&shared.result);
  g_main_context_pop_thread_default (context);
  return NULL;
}

MPI_TEST (contexts_in_threads)
{
  g_autoptr (MpiComm) self = self_copy ();
  Waiter waiters[3];
  GThread *threads[3];
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) shared = start_receive (self, data, 0, 50);

  if (ompi_obj_query_thread () != OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    {
      harness_skip ("this MPI was not given several threads");
      return;
    }
  for (gint i = 0; i < 3; i++)
    {
      waiters[i] = (Waiter){ .comm = self, .shared = shared, .tag = i };
      threads[i] = g_thread_new ("waiter", run_waiter, &waiters[i]);
    }
  fill (sent, 1);
  finish (start_send (self, sent, 0, 50));
  for (gint i = 0; i < 3; i++)
    {
      g_thread_join (threads[i]);
      ck_assert_uint_eq (waiters[i].n_wrong, 0);
    }
}

static gpointer
wait_in_main_context (gpointer data)
{
  Waiter *waiter = data;

  await_request (waiter->shared, (Outcome *) waiter->comm);
  return NULL;
}

/* A thread without a context of its own wakes the one that sleeps in the default context. */
MPI_TEST (started_by_another_thread)
{
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcome = { 0 };
  gint data[N_DATA];
  g_autoptr (MpiRequest) request = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);
  Waiter waiter = { .comm = (gpointer) &outcome, .shared = request };
  GThread *thread = g_thread_new ("starter", wait_in_main_context, &waiter);

  run_until (&outcome);
  ck_assert_ptr_eq (outcome.thread, g_thread_self ());
  g_thread_join (thread);
  outcome_clear (&outcome);
}

/* A context that is given up while something is pending in it lives on with that; here it is run once more. */
MPI_TEST (context_dropped_while_pending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcome = { 0 };
  GMainContext *context = g_main_context_new ();
  GMainContext *again = context;
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);

  g_main_context_push_thread_default (context);
  await_request (receive, &outcome);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);

  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  while (outcome.result == NULL)
    g_main_context_iteration (again, TRUE);
  assert_succeeds (ompi_obj_request_wait_finish (receive, outcome.result, NULL, &error), error);
  outcome_clear (&outcome);
}

/* Without a descriptor for the system's timer, GLib's does. */
MPI_TEST (no_timer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  struct rlimit before;
  struct rlimit limit;
  Outcome outcome = { 0 };
  gint data[N_DATA];
  gint sent[N_DATA];
  g_autoptr (MpiRequest) receive = start_receive (self, data, 0, 2);
  gint next = dup (0);

  close (next);
  getrlimit (RLIMIT_NOFILE, &before);
  limit = before;
  limit.rlim_cur = (rlim_t) MAX (next, 0);
  g_main_context_push_thread_default (context);
  setrlimit (RLIMIT_NOFILE, &limit);
  await_request (receive, &outcome);
  setrlimit (RLIMIT_NOFILE, &before);
  for (gint i = 0; i < 10; i++)
    g_main_context_iteration (context, TRUE);
  fill (sent, 1);
  finish (start_send (self, sent, 0, 2));
  assert_succeeds (wait_outcome (receive, &outcome, NULL, &error), error);
  g_main_context_pop_thread_default (context);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = self_copy ();
  Outcome outcome = { 0 };
  gint data[N_DATA];
  g_autoptr (MpiRequest) request = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);
  g_autoptr (MpiRequest) other = start_receive (self, data, OMPI_OBJ_PROC_NULL, 0);

  await_request (request, &outcome);
  run_until (&outcome);
  harness_expect_critical ("*request_check_type*");
  harness_expect_critical ("*request_check_type*");
  harness_expect_critical ("*request_task_is_valid*");
  harness_expect_critical ("*request_task_is_valid*");
  ompi_obj_request_wait_async (NULL, 0, NULL, NULL, NULL);
  ck_assert_ptr_null (ompi_obj_request_create_source (NULL, NULL));
  ck_assert (!ompi_obj_request_wait_finish (other, outcome.result, NULL, &error));
  ck_assert (!ompi_obj_request_wait_all_finish (outcome.result, &error));
  harness_assert_criticals ();
  assert_succeeds (wait_outcome (request, &outcome, NULL, &error), error);
}

/* The last case: MPI ends while something is waited for. */
MPI_TEST (pending_at_the_end)
{
  static gint data[N_DATA];
  static Fired fired = { .n_wanted = 1 };
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };
  Outcome later = { 0 };
  g_autoptr (MpiRequest) receive = start_receive (ompi_obj_comm_self (), data, 0, 2);
  g_autoptr (GSource) source = ompi_obj_request_create_source (receive, NULL);

  g_source_set_callback (source, on_fired, &fired, NULL);
  g_source_attach (source, NULL);
  await_request (receive, &outcome);
  g_main_context_iteration (NULL, FALSE);
  assert_succeeds (ompi_obj_finalize (&error), error);
  ck_assert_uint_eq (outcome.n_calls, 0);
  ck_assert (!wait_outcome (receive, &outcome, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "has not completed");
  while (fired.n_calls < 1)
    g_main_context_iteration (NULL, TRUE);

  await_request (receive, &later);
  ck_assert (!wait_outcome (receive, &later, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, NULL);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "request-async");
  harness_add (messages_arrive, HARNESS_ALL);
  harness_add (nothing_to_wait_for, HARNESS_ONCE);
  harness_add (several_wait_for_one, HARNESS_ONCE);
  harness_add (many, HARNESS_ONCE);
  harness_add (all_of_several, HARNESS_ONCE);
  harness_add (dropped_while_pending, HARNESS_ONCE);
  harness_add (freed_while_pending, HARNESS_ONCE);
  harness_add (completed_by_another_call, HARNESS_ONCE);
  harness_add (cancelled_receives, HARNESS_ALL);
  harness_add (cancelled_sends, HARNESS_ALL);
  harness_add (cancelled_too_late, HARNESS_ONCE);
  harness_add (cancelled_by_one_of_two, HARNESS_ONCE);
  harness_add (generalized_requests, HARNESS_ONCE);
  harness_add (overridden_test, HARNESS_ONCE);
  harness_add (sources, HARNESS_ONCE);
  harness_add (source_of_a_persistent_request, HARNESS_ONCE);
  harness_add (sources_that_end_early, HARNESS_ONCE);
  harness_add (priorities, HARNESS_ONCE);
  harness_add (loops_in_callbacks, HARNESS_ONCE);
  harness_add (contexts_in_threads, HARNESS_ONCE);
  harness_add (started_by_another_thread, HARNESS_ONCE);
  harness_add (context_dropped_while_pending, HARNESS_ONCE);
  harness_add (no_timer, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  harness_add (pending_at_the_end, HARNESS_ONCE);
  return harness_run ();
}
