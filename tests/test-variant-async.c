/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Calls of communicators that a main loop waits for: values between ranks, collectives, other programs. */

#include "values.h"

#include "main-loop.h"

#define START G_PRIORITY_DEFAULT, NULL, on_outcome

static const gsize sizes[] = { 100, 600000 };

/* A list that a call has ended with. */
#define LIST_OF(outcome, finish_func, object) \
  (run_until (&(outcome)), list_of (finish_func (object, (outcome).result, &error), &error, &(outcome)))

static GPtrArray *
list_of (GPtrArray *values, GError **error, Outcome *outcome)
{
  assert_no_error (*error);
  ck_assert_ptr_nonnull (values);
  outcome_clear (outcome);
  return values;
}

#define VALUE_OF(outcome, finish_func, object) \
  (run_until (&(outcome)), value_of (finish_func (object, (outcome).result, &error), &error, &(outcome)))

static GVariant *
value_of (GVariant *value, GError **error, Outcome *outcome)
{
  assert_no_error (*error);
  ck_assert_ptr_nonnull (value);
  ck_assert (!g_variant_is_floating (value));
  outcome_clear (outcome);
  return value;
}

/* Messages */

MPI_TEST (values_travel)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (GError) error = NULL;
        Outcome received = { 0 };
        Outcome was_sent = { 0 };
        MpiStatus status;
        g_autoptr (GVariant) value = NULL;
        g_autoptr (GVariant) own = make_large (rank, sizes[i]);

        ompi_obj_comm_recv_variant_async (comm, rounds.source, 7, START, &received);
        if (i == 0)
          ompi_obj_comm_send_variant_async (comm, own, rounds.dest, 7, START, &was_sent);
        else
          ompi_obj_comm_ssend_variant_async (comm, own, rounds.dest, 7, START, &was_sent);
        ck_assert_uint_eq (received.n_calls + was_sent.n_calls, 0);
        run_until (&received);
        value = ompi_obj_comm_recv_variant_finish (comm, received.result, &status, &error);
        assert_no_error (error);
        run_until (&was_sent);
        if (i == 0)
          assert_succeeds (ompi_obj_comm_send_variant_finish (comm, was_sent.result, &error), error);
        else
          assert_succeeds (ompi_obj_comm_ssend_variant_finish (comm, was_sent.result, &error), error);
        if (rounds.source != OMPI_OBJ_PROC_NULL)
          {
            g_autoptr (GVariant) expected = make_large (rounds.source, sizes[i]);

            assert_variant_equal (value, expected);
            ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
            ck_assert_int_eq (ompi_obj_status_get_tag (&status), 7);
          }
        else
          ck_assert (g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT));
        outcome_clear (&received);
        outcome_clear (&was_sent);
      }
}

/* Receives get their messages in the order of the calls, however many wait. */
MPI_TEST (many_values)
{
  enum
  {
    N = 100
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autofree Outcome *received = g_new0 (Outcome, N);
  g_autofree Outcome *was_sent = g_new0 (Outcome, N);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  for (gint i = 0; i < N; i++)
    ompi_obj_comm_recv_variant_async (copy, (rank + size - 1) % size, OMPI_OBJ_ANY_TAG, START, &received[i]);
  for (gint i = 0; i < N; i++)
    ompi_obj_comm_send_variant_async (copy, g_variant_new_int32 (i), (rank + 1) % size, i, START, &was_sent[i]);
  for (gint i = 0; i < N; i++)
    {
      g_autoptr (GVariant) value = NULL;

      run_until (&received[i]);
      value = ompi_obj_comm_recv_variant_finish (copy, received[i].result, NULL, &error);
      assert_no_error (error);
      ck_assert_int_eq (g_variant_get_int32 (value), i);
      run_until (&was_sent[i]);
      assert_succeeds (ompi_obj_comm_send_variant_finish (copy, was_sent[i].result, &error), error);
      outcome_clear (&received[i]);
      outcome_clear (&was_sent[i]);
    }
}

MPI_TEST (requests_and_messages_of_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = ompi_obj_comm_dup (ompi_obj_comm_self (), &error);
  g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv_variant (self, 0, 1, &error);
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) nothing = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (MpiMessage) message = NULL;
  MpiStatus status;
  Outcome outcomes[2] = { 0 };

  assert_no_error (error);
  ompi_obj_request_wait_variant_async (receive, START, &outcomes[0]);
  send = ompi_obj_comm_isend_variant (self, g_variant_new_string ("one"), 0, 1, &error);
  assert_no_error (error);
  ompi_obj_request_wait_variant_async (send, START, &outcomes[1]);
  run_until (&outcomes[0]);
  value = ompi_obj_request_wait_variant_finish (receive, outcomes[0].result, &status, &error);
  assert_no_error (error);
  ck_assert_str_eq (g_variant_get_string (value, NULL), "one");
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 1);
  run_until (&outcomes[1]);
  nothing = ompi_obj_request_wait_variant_finish (send, outcomes[1].result, NULL, &error);
  assert_no_error (error);
  ck_assert (g_variant_is_of_type (nothing, G_VARIANT_TYPE_UNIT));
  outcome_clear (&outcomes[0]);
  outcome_clear (&outcomes[1]);

  ompi_obj_comm_send_variant_async (self, g_variant_new_string ("two"), 0, 2, START, &outcomes[0]);
  message = ompi_obj_comm_mprobe (self, 0, 2, NULL, &error);
  assert_no_error (error);
  ompi_obj_message_recv_variant_async (message, START, &outcomes[1]);
  run_until (&outcomes[1]);
  again = ompi_obj_message_recv_variant_finish (message, outcomes[1].result, &status, &error);
  assert_no_error (error);
  ck_assert_str_eq (g_variant_get_string (again, NULL), "two");
  run_until (&outcomes[0]);
  assert_succeeds (ompi_obj_comm_send_variant_finish (self, outcomes[0].result, &error), error);
  outcome_clear (&outcomes[0]);
  outcome_clear (&outcomes[1]);
}

/* What is wrong comes with the callback. */
MPI_TEST (errors)
{
  static const guint8 garbage[100] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = ompi_obj_comm_dup (ompi_obj_comm_self (), &error);
  g_autoptr (MpiRequest) send = NULL;
  Outcome outcome = { 0 };

  assert_no_error (error);
  ompi_obj_comm_send_variant_async (self, g_variant_new_int32 (1), 5, 1, START, &outcome);
  ck_assert_uint_eq (outcome.n_calls, 0);
  run_until (&outcome);
  ck_assert (!ompi_obj_comm_send_variant_finish (self, outcome.result, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "dest");
  outcome_clear (&outcome);

  ompi_obj_comm_recv_variant_async (self, 0, -7, START, &outcome);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_comm_recv_variant_finish (self, outcome.result, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, NULL);
  outcome_clear (&outcome);

  ompi_obj_comm_recv_variant_async (self, 0, 3, START, &outcome);
  send = ompi_obj_comm_isend (self, OMPI_OBJ_DATA (garbage, 100), 0, 3, &error);
  assert_no_error (error);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_comm_recv_variant_finish (self, outcome.result, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
  outcome_clear (&outcome);
  assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);

  assert_succeeds (ompi_obj_comm_free (self, &error), error);
  ompi_obj_comm_barrier_async (self, START, &outcome);
  run_until (&outcome);
  ck_assert (!ompi_obj_comm_barrier_finish (self, outcome.result, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  outcome_clear (&outcome);
}

/* A cancelled receive leaves its message to the next one; what comes first wins. */
MPI_TEST (cancelled_receives)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) self = ompi_obj_comm_dup (ompi_obj_comm_self (), &error);

  assert_no_error (error);
  for (gint before = FALSE; before <= TRUE; before++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GVariant) value = NULL;
      Outcome outcomes[3] = { 0 };

      if (before)
        g_cancellable_cancel (cancellable);
      ompi_obj_comm_recv_variant_async (self, 0, 1, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcomes[0]);
      ompi_obj_comm_recv_variant_async (self, 0, 1, START, &outcomes[1]);
      g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      run_until (&outcomes[0]);
      ck_assert_ptr_null (ompi_obj_comm_recv_variant_finish (self, outcomes[0].result, NULL, &error));
      assert_cancelled (&error);
      ompi_obj_comm_send_variant_async (self, g_variant_new_int32 (3), 0, 1, START, &outcomes[2]);
      run_until (&outcomes[1]);
      value = ompi_obj_comm_recv_variant_finish (self, outcomes[1].result, NULL, &error);
      assert_no_error (error);
      outcome_clear (&outcomes[1]);
      ck_assert_int_eq (g_variant_get_int32 (value), 3);
      run_until (&outcomes[2]);
      outcome_clear (&outcomes[0]);
      outcome_clear (&outcomes[2]);

      /* A send that is cancelled before it begins is none. */
      ompi_obj_comm_send_variant_async (self, g_variant_new_int32 (4), 0, 1, G_PRIORITY_DEFAULT, cancellable,
                                        on_outcome, &outcomes[0]);
      run_until (&outcomes[0]);
      ck_assert (!ompi_obj_comm_send_variant_finish (self, outcomes[0].result, &error));
      assert_cancelled (&error);
      outcome_clear (&outcomes[0]);
      ck_assert (!ompi_obj_comm_iprobe (self, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, NULL, &error));
      assert_no_error (error);
    }
}

/* Collectives */

/*
 * The first collective of values on a communicator duplicates it in the background, and with Open MPI 4.1 other
 * collectives must not come between.
 */
static void
begin_collectives (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = NULL;
  Outcome outcome = { 0 };

  ompi_obj_comm_allgather_variant_async (comm, g_variant_new_boolean (TRUE), START, &outcome);
  values = LIST_OF (outcome, ompi_obj_comm_allgather_variant_finish, comm);
}

MPI_TEST (roots)
{
  const gint n = harness_n_peers (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);

  begin_collectives (comm);
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      Outcome outcomes[5] = { 0 };
      g_autofree GVariant **values = g_new (GVariant *, n);
      g_autoptr (GVariant) own = make_value (10 * own_side (comm) + rank, 600000);
      g_autoptr (GVariant) broadcast = NULL;
      g_autoptr (GVariant) scattered = NULL;
      g_autoptr (GVariant) reduced = NULL;
      g_autoptr (GPtrArray) gathered = NULL;

      /* All at once, and the results in another order than the calls. */
      for (gint i = 0; i < n; i++)
        values[i] = make_value (roots.rank + i, 600000);
      ompi_obj_comm_bcast_variant_async (comm, roots.is_root ? own : NULL, roots.root, START, &outcomes[0]);
      ompi_obj_comm_scatter_variant_async (comm, roots.is_root ? values : NULL, roots.is_root ? (gsize) n : 0,
                                           roots.root, START, &outcomes[1]);
      ompi_obj_comm_gather_variant_async (comm, own, roots.root, START, &outcomes[2]);
      ompi_obj_comm_reduce_variant_async (comm, g_variant_new_int32 (rank + 1), OMPI_OBJ_SUM, roots.root, START,
                                          &outcomes[3]);
      ompi_obj_comm_barrier_async (comm, START, &outcomes[4]);
      for (gint i = 0; i < n; i++)
        g_variant_unref (values[i]);

      run_until (&outcomes[4]);
      assert_succeeds (ompi_obj_comm_barrier_finish (comm, outcomes[4].result, &error), error);
      outcome_clear (&outcomes[4]);
      reduced = VALUE_OF (outcomes[3], ompi_obj_comm_reduce_variant_finish, comm);
      gathered = LIST_OF (outcomes[2], ompi_obj_comm_gather_variant_finish, comm);
      scattered = VALUE_OF (outcomes[1], ompi_obj_comm_scatter_variant_finish, comm);
      broadcast = VALUE_OF (outcomes[0], ompi_obj_comm_bcast_variant_finish, comm);

      ck_assert_uint_eq (gathered->len, roots.is_root ? (guint) n : 0);
      if (roots.is_root)
        ck_assert_int_eq (g_variant_get_int32 (reduced), n * (n + 1) / 2);
      if (roots.is_other)
        {
          g_autoptr (GVariant) from_root = make_value (10 * roots.side + roots.rank, 600000);
          g_autoptr (GVariant) for_me = make_value (roots.rank + rank, 600000);

          assert_variant_equal (broadcast, from_root);
          assert_variant_equal (scattered, for_me);
        }
    }
}

MPI_TEST (everybody)
{
  g_autoptr (GError) error = NULL;
  const gint n = harness_n_peers (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  Outcome outcomes[5] = { 0 };
  g_autofree GVariant **values = g_new (GVariant *, n);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GVariant) sum = NULL;

  for (gint i = 0; i < n; i++)
    values[i] = make_value (10 * rank + i, 20000);
  ompi_obj_comm_allgather_variant_async (comm, g_variant_new_int32 (rank), START, &outcomes[0]);
  ompi_obj_comm_alltoall_variant_async (comm, values, (gsize) n, START, &outcomes[1]);
  ompi_obj_comm_allreduce_variant_async (comm, g_variant_new_int32 (rank + 1), OMPI_OBJ_SUM, START, &outcomes[2]);
  if (OMPI_OBJ_IS_INTRACOMM (comm))
    {
      ompi_obj_intracomm_scan_variant_async (OMPI_OBJ_INTRACOMM (comm), g_variant_new_int32 (rank + 1), OMPI_OBJ_SUM,
                                             START, &outcomes[3]);
      ompi_obj_intracomm_exscan_variant_async (OMPI_OBJ_INTRACOMM (comm), g_variant_new_int32 (rank + 1), OMPI_OBJ_SUM,
                                               START, &outcomes[4]);
    }
  for (gint i = 0; i < n; i++)
    g_variant_unref (values[i]);

  sum = VALUE_OF (outcomes[2], ompi_obj_comm_allreduce_variant_finish, comm);
  ck_assert_int_eq (g_variant_get_int32 (sum), n * (n + 1) / 2);
  mine = LIST_OF (outcomes[1], ompi_obj_comm_alltoall_variant_finish, comm);
  all = LIST_OF (outcomes[0], ompi_obj_comm_allgather_variant_finish, comm);
  ck_assert_uint_eq (all->len, (guint) n);
  ck_assert_uint_eq (mine->len, (guint) n);
  for (gint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) expected = make_value (10 * i + rank, 20000);

      ck_assert_int_eq (g_variant_get_int32 (all->pdata[i]), i);
      assert_variant_equal (mine->pdata[i], expected);
    }
  if (OMPI_OBJ_IS_INTRACOMM (comm))
    {
      g_autoptr (GVariant) up_to =
          VALUE_OF (outcomes[3], ompi_obj_intracomm_scan_variant_finish, OMPI_OBJ_INTRACOMM (comm));
      g_autoptr (GVariant) before =
          VALUE_OF (outcomes[4], ompi_obj_intracomm_exscan_variant_finish, OMPI_OBJ_INTRACOMM (comm));

      ck_assert_int_eq (g_variant_get_int32 (up_to), (rank + 1) * (rank + 2) / 2);
      if (rank > 0)
        ck_assert_int_eq (g_variant_get_int32 (before), rank * (rank + 1) / 2);
    }
}

/* A rank that waits no more takes part nevertheless, in a collective that was cancelled before and in one that is. */
MPI_TEST (cancelled_collectives)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gint before = FALSE; before <= TRUE; before++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GVariant) own = make_large (rank, 600000);
      Outcome outcome = { 0 };
      Outcome met = { 0 };

      if (before)
        g_cancellable_cancel (cancellable);
      ompi_obj_comm_allgather_variant_async (comm, own, G_PRIORITY_DEFAULT, rank == 0 ? cancellable : NULL, on_outcome,
                                             &outcome);
      ompi_obj_comm_barrier_async (comm, START, &met);
      g_cancellable_cancel (cancellable);
      run_until (&outcome);
      if (rank == 0)
        {
          g_autoptr (GPtrArray) values = ompi_obj_comm_allgather_variant_finish (comm, outcome.result, &error);

          if (values == NULL)
            assert_cancelled (&error);
          outcome_clear (&outcome);
        }
      else
        {
          g_autoptr (GPtrArray) values = LIST_OF (outcome, ompi_obj_comm_allgather_variant_finish, comm);

          ck_assert_uint_eq (values->len, (guint) harness_n_peers (comm));
        }
      run_until (&met);
      assert_succeeds (ompi_obj_comm_barrier_finish (comm, met.result, &error), error);
      outcome_clear (&met);
      /* The others may still need this rank's loop. */
      {
        g_autoptr (GPtrArray) last = NULL;

        ompi_obj_comm_allgather_variant_async (comm, g_variant_new_int32 (rank), START, &outcome);
        last = LIST_OF (outcome, ompi_obj_comm_allgather_variant_finish, comm);
        ck_assert_uint_eq (last->len, (guint) harness_n_peers (comm));
      }
    }
}

/* One rank's value is wrong: all callbacks say so. */
MPI_TEST (errors_of_collectives)
{
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };

  ompi_obj_comm_allgather_variant_async (comm,
                                         harness_world_rank () == 0 ? g_variant_new_handle (0)
                                                                    : g_variant_new_int32 (1),
                                         START, &outcome);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_comm_allgather_variant_finish (comm, outcome.result, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);
  outcome_clear (&outcome);
}

/* Communicators */

MPI_TEST (duplicates)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MpiComm) copy = NULL;
  MpiComm *spare;
  Outcome outcomes[3] = { 0 };

  ompi_obj_comm_dup_async (comm, START, &outcomes[0]);
  run_until (&outcomes[0]);
  copy = ompi_obj_comm_dup_finish (comm, outcomes[0].result, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (comm));
  ompi_obj_comm_barrier_async (copy, START, &outcomes[2]);
  run_until (&outcomes[2]);
  assert_succeeds (ompi_obj_comm_barrier_finish (copy, outcomes[2].result, &error), error);

  /* One that nobody waits for is made and freed, and keeps alive what it is made from. */
  spare = ompi_obj_comm_dup (comm, &error);
  assert_no_error (error);
  ompi_obj_comm_dup_async (spare, G_PRIORITY_DEFAULT, cancellable, on_outcome, &outcomes[1]);
  g_cancellable_cancel (cancellable);
  run_until (&outcomes[1]);
  {
    g_autoptr (MpiComm) dropped = ompi_obj_comm_dup_finish (spare, outcomes[1].result, &error);

    if (dropped == NULL)
      assert_cancelled (&error);
  }
  g_clear_object (&spare);
  assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    outcome_clear (&outcomes[i]);

  ompi_obj_comm_disconnect_peers_async (copy, START, &outcomes[0]);
  ck_assert_uint_eq (outcomes[0].n_calls, 0);
  run_until (&outcomes[0]);
  if (ompi_obj_query_thread () == OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    {
      assert_succeeds (ompi_obj_comm_disconnect_peers_finish (copy, outcomes[0].result, &error), error);
      ck_assert (!ompi_obj_comm_barrier (copy, &error));
      assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
    }
  else
    {
      ck_assert (!ompi_obj_comm_disconnect_peers_finish (copy, outcomes[0].result, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_THREAD_MULTIPLE");
    }
  outcome_clear (&outcomes[0]);
}

/* What fails on all ranks at once; programs that meet are in test-dynamic.sh. */
MPI_TEST (other_programs)
{
  MpiIntracomm *world = OMPI_OBJ_INTRACOMM (comm);
  g_autoptr (MpiSpawnCommand) missing = ompi_obj_spawn_command_new ("/no/such/program", NULL, 1, NULL);
  const MpiSpawnCommand *commands[] = { missing };
  g_autoptr (GError) error = NULL;
  gint *codes = NULL;
  gsize n_codes = 7;
  Outcome outcome = { 0 };

  ompi_obj_intracomm_accept_port_async (world, "no port", NULL, 0, START, &outcome);
  ck_assert_uint_eq (outcome.n_calls, 0);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_intracomm_accept_port_finish (world, outcome.result, &error));
  ck_assert (error != NULL && error->domain == OMPI_OBJ_ERROR);
  g_clear_error (&error);
  outcome_clear (&outcome);

  ompi_obj_intracomm_connect_port_async (world, "", NULL, 0, START, &outcome);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_intracomm_connect_port_finish (world, outcome.result, &error));
  ck_assert (error != NULL && error->domain == OMPI_OBJ_ERROR);
  g_clear_error (&error);
  outcome_clear (&outcome);

  ompi_obj_intracomm_spawn_multiple_async (world, commands, 1, 0, START, &outcome);
  run_until (&outcome);
  ck_assert_ptr_null (ompi_obj_intracomm_spawn_multiple_finish (world, outcome.result, &codes, &n_codes, &error));
  ck_assert (error != NULL && error->domain == OMPI_OBJ_ERROR);
  ck_assert_uint_eq (n_codes, 0);
  ck_assert_ptr_null (codes);
  g_clear_error (&error);
  outcome_clear (&outcome);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-async");
  harness_add (values_travel, HARNESS_ALL);
  harness_add (many_values, HARNESS_ONCE);
  harness_add (requests_and_messages_of_values, HARNESS_ONCE);
  harness_add (errors, HARNESS_ONCE);
  harness_add (cancelled_receives, HARNESS_ONCE);
  harness_add (roots, HARNESS_ALL);
  harness_add (everybody, HARNESS_ALL);
  harness_add (cancelled_collectives, HARNESS_ALL);
  harness_add (errors_of_collectives, HARNESS_ONCE);
  harness_add (duplicates, HARNESS_ALL);
  harness_add (other_programs, HARNESS_ONCE);
  return harness_run ();
}
