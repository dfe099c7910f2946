/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Generalized requests: operations of the program's own, completed in the same thread and in others.
 */

#include "harness.h"

/* What the functions of a request were called with. */
typedef struct
{
  gint n_queried;
  gint n_query_destroyed;
  gint n_cancelled;
  gint n_cancel_destroyed;
  gboolean cancelled_after_completion;
  gboolean fails;
} Calls;

static gboolean
on_query (MpiStatus *status, gpointer user_data, GError **error)
{
  Calls *calls = user_data;
  MPI_Status native;

  g_atomic_int_inc (&calls->n_queried);
  if (calls->fails)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "there is no such thing");
      return FALSE;
    }
  ompi_obj_status_get_native (status, &native);
  native.MPI_SOURCE = 7;
  native.MPI_TAG = 8;
  MPI_Status_set_elements (&native, MPI_INT, 9);
  MPI_Status_set_cancelled (&native, calls->n_cancelled > 0);
  ompi_obj_status_set_native (status, &native);
  return TRUE;
}

static void
on_query_destroy (gpointer user_data)
{
  Calls *calls = user_data;

  g_atomic_int_inc (&calls->n_query_destroyed);
}

static void
on_cancel (gboolean completed, gpointer user_data)
{
  Calls *calls = user_data;

  g_atomic_int_inc (&calls->n_cancelled);
  calls->cancelled_after_completion = completed;
}

static void
on_cancel_destroy (gpointer user_data)
{
  Calls *calls = user_data;

  g_atomic_int_inc (&calls->n_cancel_destroyed);
}

static MpiGrequest *
start (Calls *calls)
{
  g_autoptr (GError) error = NULL;
  MpiGrequest *request =
      ompi_obj_grequest_start (on_query, calls, on_query_destroy, on_cancel, calls, on_cancel_destroy, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  ck_assert (ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
  return request;
}

static void
complete (MpiGrequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_grequest_complete (request, &error), error);
}

static void
assert_status (const MpiStatus *status)
{
  g_autoptr (GError) error = NULL;

  ck_assert_int_eq (ompi_obj_status_get_source (status), 7);
  ck_assert_int_eq (ompi_obj_status_get_tag (status), 8);
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), 9);
  assert_no_error (error);
}

/* Frees the request; then all that belongs to it is gone, each once. */
static void
drop (MpiGrequest *request, const Calls *calls)
{
  g_object_unref (request);
  ck_assert_int_eq (calls->n_query_destroyed, 1);
  ck_assert_int_eq (calls->n_cancel_destroyed, 1);
}

/* In one thread */

MPI_TEST (completed_before_the_wait)
{
  g_autoptr (GError) error = NULL;
  Calls calls = { .fails = FALSE };
  MpiStatus status;
  MpiGrequest *request = start (&calls);

  ck_assert_int_eq (calls.n_queried, 0);
  complete (request);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), &status, &error), error);
  assert_status (&status);
  ck_assert_int_ge (calls.n_queried, 1);
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));

  /* It stays completed, with its status. */
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error), error);
  assert_succeeds (ompi_obj_request_test (OMPI_OBJ_REQUEST (request), NULL, &error), error);
  assert_succeeds (ompi_obj_request_get_status (OMPI_OBJ_REQUEST (request), &status, &error), error);
  assert_status (&status);
  ck_assert_int_eq (calls.n_cancelled, 0);
  drop (request, &calls);
}

MPI_TEST (tested)
{
  g_autoptr (GError) error = NULL;
  Calls calls = { .fails = FALSE };
  MpiStatus status;
  MpiGrequest *request = start (&calls);

  for (gint i = 0; i < 10; i++)
    {
      ck_assert (!ompi_obj_request_test (OMPI_OBJ_REQUEST (request), &status, &error));
      assert_no_error (error);
      ck_assert (!ompi_obj_request_get_status (OMPI_OBJ_REQUEST (request), &status, &error));
      assert_no_error (error);
    }
  complete (request);
  while (!ompi_obj_request_get_status (OMPI_OBJ_REQUEST (request), &status, &error))
    assert_no_error (error);
  assert_status (&status);
  while (!ompi_obj_request_test (OMPI_OBJ_REQUEST (request), &status, &error))
    assert_no_error (error);
  assert_status (&status);
  drop (request, &calls);
}

/* None of the functions needs to be there. */
MPI_TEST (without_functions)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;
  g_autoptr (MpiGrequest) request = ompi_obj_grequest_start (NULL, NULL, NULL, NULL, NULL, NULL, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_request_cancel (OMPI_OBJ_REQUEST (request), &error), error);
  complete (request);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error), 0);
  assert_no_error (error);
}

MPI_TEST (completing_twice)
{
  g_autoptr (GError) error = NULL;
  Calls calls = { .fails = FALSE };
  MpiGrequest *request = start (&calls);

  complete (request);
  ck_assert (!ompi_obj_grequest_complete (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Grequest_complete: ");
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error), error);
  ck_assert (!ompi_obj_grequest_complete (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Grequest_complete: ");
  drop (request, &calls);
}

/* Completed, but nobody waited for it. */
MPI_TEST (dropped)
{
  Calls calls = { .fails = FALSE };
  MpiGrequest *request = start (&calls);

  complete (request);
  drop (request, &calls);
}

MPI_TEST (cancelled)
{
  g_autoptr (GError) error = NULL;
  Calls calls = { .fails = FALSE };
  MpiStatus status;
  MPI_Status native;
  int is_cancelled = 0;
  MpiGrequest *request = start (&calls);

  assert_succeeds (ompi_obj_request_cancel (OMPI_OBJ_REQUEST (request), &error), error);
  ck_assert_int_eq (calls.n_cancelled, 1);
  ck_assert (!calls.cancelled_after_completion);
  ck_assert (ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
  complete (request);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), &status, &error), error);
  ompi_obj_status_get_native (&status, &native);
  MPI_Test_cancelled (&native, &is_cancelled);
  ck_assert_int_eq (is_cancelled, 1);
  ck_assert (!ompi_obj_request_cancel (OMPI_OBJ_REQUEST (request), &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Cancel: ");
  ck_assert_int_eq (calls.n_cancelled, 1);
  drop (request, &calls);
}

MPI_TEST (cancelled_after_completion)
{
  g_autoptr (GError) error = NULL;
  Calls calls = { .fails = FALSE };
  MpiGrequest *request = start (&calls);

  complete (request);
  assert_succeeds (ompi_obj_request_cancel (OMPI_OBJ_REQUEST (request), &error), error);
  ck_assert_int_eq (calls.n_cancelled, 1);
  ck_assert (calls.cancelled_after_completion);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error), error);
  drop (request, &calls);
}

/* The error of the function is the error of the call. */
static void
assert_not_found (GError **error)
{
  ck_assert_msg (*error != NULL, "no error");
  ck_assert_msg (g_error_matches (*error, G_FILE_ERROR, G_FILE_ERROR_NOENT), "%s", (*error)->message);
  ck_assert_msg (strstr ((*error)->message, "there is no such thing") != NULL, "%s", (*error)->message);
  g_clear_error (error);
}

MPI_TEST (failing_queries)
{
  g_autoptr (GError) error = NULL;

  for (gint i = 0; i < 2; i++)
    {
      Calls calls = { .fails = TRUE };
      MpiGrequest *request = start (&calls);

      complete (request);
      if (i == 0)
        ck_assert (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error));
      else
        while (!ompi_obj_request_test (OMPI_OBJ_REQUEST (request), NULL, &error) && error == NULL)
          ;
      assert_not_found (&error);
      ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
      drop (request, &calls);
    }
}

/* Whoever does not want to know the error need not. */
MPI_TEST (failing_queries_without_an_error)
{
  Calls calls = { .fails = TRUE };
  MpiGrequest *request = start (&calls);

  complete (request);
  ck_assert (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, NULL));
  drop (request, &calls);
}

static gboolean
on_silent_query (MpiStatus *status G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return FALSE;
}

/* It fails too if it does not say why. */
MPI_TEST (failing_queries_that_set_no_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGrequest) request = ompi_obj_grequest_start (on_silent_query, NULL, NULL, NULL, NULL, NULL, &error);

  assert_no_error (error);
  complete (request);
  while (!ompi_obj_request_get_status (OMPI_OBJ_REQUEST (request), NULL, &error) && error == NULL)
    ;
  ck_assert_ptr_nonnull (error);
  ck_assert (error->domain == OMPI_OBJ_ERROR);
  ck_assert (g_str_has_prefix (error->message, "MPI_Request_get_status: "));
  g_clear_error (&error);
  ck_assert (!ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error));
  ck_assert (g_str_has_prefix (error->message, "MPI_Wait: "));
  g_clear_error (&error);

  /* It was told; now it is over. */
  assert_succeeds (ompi_obj_request_get_status (OMPI_OBJ_REQUEST (request), NULL, &error), error);
}

/* Also if it is one of several; the others complete nevertheless. */
MPI_TEST (failing_queries_in_several)
{
  for (gint call = 0; call < 3; call++)
    {
      g_autoptr (GError) error = NULL;
      Calls calls[3] = { { .fails = FALSE }, { .fails = TRUE }, { .fails = FALSE } };
      MpiRequest *requests[3];
      MpiStatus status;

      for (gsize i = 0; i < 3; i++)
        {
          requests[i] = OMPI_OBJ_REQUEST (start (&calls[i]));
          complete (OMPI_OBJ_GREQUEST (requests[i]));
        }
      if (call == 0)
        ck_assert (!ompi_obj_request_wait_all (requests, 3, &error));
      else if (call == 1)
        while (!ompi_obj_request_test_all (requests, 3, &error) && error == NULL)
          ;
      else
        {
          while (!ompi_obj_request_get_status (requests[1], NULL, &error) && error == NULL)
            ;
          assert_not_found (&error);
          ck_assert (ompi_obj_request_is_active (requests[1]));
          ck_assert (!ompi_obj_request_wait_all (requests, 3, &error));
        }
      ck_assert_msg (error != NULL && strstr (error->message, "request 1: ") != NULL, "%s",
                     error != NULL ? error->message : "no error");
      assert_not_found (&error);
      for (gsize i = 0; i < 3; i++)
        {
          ck_assert (!ompi_obj_request_is_active (requests[i]));
          if (i != 1)
            {
              assert_succeeds (ompi_obj_request_get_status (requests[i], &status, &error), error);
              assert_status (&status);
            }
          drop (OMPI_OBJ_GREQUEST (requests[i]), &calls[i]);
        }
    }
}

/* Together with messages. */
MPI_TEST (among_others)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Calls calls = { .fails = FALSE };
      gint received = -1;
      MpiStatus status;
      gint index = -1;
      MpiRequest *requests[3];

      requests[0] = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (&received, 1), rounds.source, 1, &error);
      assert_no_error (error);
      requests[1] = OMPI_OBJ_REQUEST (start (&calls));
      requests[2] = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&rank, 1), rounds.dest, 1, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_request_wait (requests[0], NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (requests[2], NULL, &error), error);
      ck_assert (!ompi_obj_request_test_all (requests, 3, &error));
      assert_no_error (error);
      ck_assert_int_eq (ompi_obj_request_test_any (requests, 3, NULL, &error), -1);
      assert_no_error (error);

      complete (OMPI_OBJ_GREQUEST (requests[1]));
      if (rounds.round % 2 == 0)
        {
          index = ompi_obj_request_wait_any (requests, 3, &status, &error);
          assert_no_error (error);
          ck_assert_int_eq (index, 1);
        }
      else
        assert_succeeds (ompi_obj_request_wait_all (requests, 3, &error), error);
      assert_succeeds (ompi_obj_request_get_status (requests[1], &status, &error), error);
      assert_status (&status);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received, rounds.source);
      g_object_unref (requests[0]);
      g_object_unref (requests[2]);
      drop (OMPI_OBJ_GREQUEST (requests[1]), &calls);
    }
}

/* In another thread */

#define N_THREADS 4
#define N_REPEATS 20

static gpointer
complete_in_thread (gpointer user_data)
{
  MpiGrequest *request = user_data;

  g_usleep (500);
  if (!ompi_obj_grequest_complete (request, NULL))
    g_error ("a generalized request could not be completed");
  g_object_unref (request);
  return NULL;
}

static gboolean
have_threads (void)
{
  return ompi_obj_query_thread () == OMPI_OBJ_THREAD_LEVEL_MULTIPLE;
}

MPI_TEST (completed_by_a_thread)
{
  for (gint i = 0; i < N_REPEATS && have_threads (); i++)
    {
      g_autoptr (GError) error = NULL;
      Calls calls = { .fails = FALSE };
      MpiStatus status;
      MpiGrequest *request = start (&calls);
      GThread *thread = g_thread_new ("worker", complete_in_thread, g_object_ref (request));

      if (i % 2 == 0)
        assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), &status, &error), error);
      else
        while (!ompi_obj_request_test (OMPI_OBJ_REQUEST (request), &status, &error))
          assert_no_error (error);
      assert_status (&status);
      g_thread_join (thread);
      drop (request, &calls);
    }
}

MPI_TEST (completed_by_several_threads)
{
  for (gint i = 0; i < N_REPEATS && have_threads (); i++)
    {
      g_autoptr (GError) error = NULL;
      Calls calls[N_THREADS] = { { .fails = FALSE } };
      MpiRequest *requests[N_THREADS];
      GThread *threads[N_THREADS];

      for (gsize k = 0; k < N_THREADS; k++)
        {
          requests[k] = OMPI_OBJ_REQUEST (start (&calls[k]));
          threads[k] = g_thread_new ("worker", complete_in_thread, g_object_ref (requests[k]));
        }
      assert_succeeds (ompi_obj_request_wait_all (requests, N_THREADS, &error), error);
      for (gsize k = 0; k < N_THREADS; k++)
        {
          MpiStatus status;

          g_thread_join (threads[k]);
          assert_succeeds (ompi_obj_request_get_status (requests[k], &status, &error), error);
          assert_status (&status);
          drop (OMPI_OBJ_GREQUEST (requests[k]), &calls[k]);
        }
    }
}

/* What other languages get from the bare constructor. */
MPI_TEST (made_of_nothing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGrequest) request = g_object_new (OMPI_OBJ_TYPE_GREQUEST, NULL);

  ck_assert (!ompi_obj_grequest_complete (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "the request stands for no operation");
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*OMPI_OBJ_IS_GREQUEST*");
  ck_assert (!ompi_obj_grequest_complete (NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "grequest");
  harness_add (completed_before_the_wait, HARNESS_ONCE);
  harness_add (tested, HARNESS_ONCE);
  harness_add (without_functions, HARNESS_ONCE);
  harness_add (completing_twice, HARNESS_ONCE);
  harness_add (dropped, HARNESS_ONCE);
  harness_add (cancelled, HARNESS_ONCE);
  harness_add (cancelled_after_completion, HARNESS_ONCE);
  harness_add (failing_queries, HARNESS_ONCE);
  harness_add (failing_queries_without_an_error, HARNESS_ONCE);
  harness_add (failing_queries_that_set_no_error, HARNESS_ONCE);
  harness_add (failing_queries_in_several, HARNESS_ONCE);
  harness_add (among_others, HARNESS_ALL);
  harness_add (completed_by_a_thread, HARNESS_ONCE);
  harness_add (completed_by_several_threads, HARNESS_ONCE);
  harness_add (made_of_nothing, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
