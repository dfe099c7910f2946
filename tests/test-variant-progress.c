/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A receive of a value that was posted takes its message whatever its own rank does meanwhile, as a
 * receive of MPI's does: these programs are right with raw buffers, and would hang if the receive had to
 * be waited for first.
 */

#include "harness.h"

#define TAG 5

/* More than any MPI sends before it was received. */
#define N_LARGE (1 << 20)

static GVariant *
large_value (gint rank)
{
  g_autofree gint32 *numbers = g_new (gint32, N_LARGE);

  for (gint i = 0; i < N_LARGE; i++)
    numbers[i] = rank + i;
  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, numbers, N_LARGE, sizeof (gint32));
}

static void
assert_received (MpiRequest *receive, GVariant *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = ompi_obj_request_wait_variant (receive, NULL, &error);

  assert_no_error (error);
  assert_variant_equal (value, expected);
}

static MpiRequest *
post_receive (MpiComm *comm, gint source)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *receive = ompi_obj_comm_irecv_variant (comm, source, TAG, &error);

  assert_no_error (error);
  return receive;
}

/* All post a receive, and then send to each other before they wait for it. */
static void
exchange (MpiComm *comm, gboolean (*send) (MpiComm *, GVariant *, gint, gint, GError **), GVariant *(*make) (gint))
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) receive = NULL;
      g_autoptr (GVariant) expected = NULL;

      if (rounds.source != OMPI_OBJ_PROC_NULL)
        receive = post_receive (comm, rounds.source);
      assert_succeeds (send (comm, make (rank), rounds.dest, TAG, &error), error);
      if (receive == NULL)
        continue;
      expected = g_variant_ref_sink (make (rounds.source));
      assert_received (receive, expected);
    }
}

static GVariant *
small_value (gint rank)
{
  return g_variant_new ("(is)", rank, "small");
}

MPI_TEST (synchronous_sends_before_the_wait) { exchange (comm, ompi_obj_comm_ssend_variant, small_value); }

MPI_TEST (large_sends_before_the_wait) { exchange (comm, ompi_obj_comm_send_variant, large_value); }

static gboolean
isend_and_wait (MpiComm *comm, GVariant *value, gint dest, gint tag, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_comm_isend_variant (comm, value, dest, tag, error);

  return request != NULL && ompi_obj_request_wait (request, NULL, error);
}

MPI_TEST (waiting_for_the_send_alone) { exchange (comm, isend_and_wait, large_value); }

/* What the sender waits for comes from a rank that is in raw MPI. */
MPI_TEST (receiver_in_raw_mpi)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (small_value (0));
  gint rank = ompi_obj_comm_get_rank (comm);
  gint last = ompi_obj_comm_get_size (comm) - 1;

  if (rank == last)
    receive = post_receive (comm, 0);
  if (rank == 0)
    assert_succeeds (ompi_obj_comm_ssend_variant (comm, small_value (0), last, TAG, &error), error);
  MPI_Barrier (ompi_obj_comm_get_native (comm));
  if (rank == last)
    assert_received (receive, expected);
}

/* Several on several communicators, posted and completed in orders of their own. */
MPI_TEST (several_communicators)
{
  enum
  {
    N_COPIES = 3
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (small_value (0));
  MpiComm *copies[N_COPIES];
  MpiRequest *receives[N_COPIES];
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  for (gint i = 0; i < N_COPIES; i++)
    {
      copies[i] = ompi_obj_comm_dup (comm, &error);
      assert_no_error (error);
      receives[i] = post_receive (copies[i], (rank + size - 1) % size);
    }
  for (gint i = N_COPIES - 1; i >= 0; i--)
    assert_succeeds (ompi_obj_comm_ssend_variant (copies[i], small_value (0), (rank + 1) % size, TAG, &error), error);
  for (gint i = 0; i < N_COPIES; i++)
    {
      assert_received (receives[i], expected);
      g_object_unref (receives[i]);
      g_object_unref (copies[i]);
    }
}

/* A receive that is left pending, on a communicator that is freed. */
MPI_TEST (pending_on_a_freed_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiRequest) receive = post_receive (copy, OMPI_OBJ_ANY_SOURCE);
  GVariant *value;

  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  value = ompi_obj_request_wait_variant (receive, NULL, &error);
  ck_assert_ptr_null (value);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
}

/* The last case: MPI ends while a receive is pending. */
MPI_TEST (pending_at_the_end)
{
  static MpiRequest *receive;

  receive = post_receive (comm, OMPI_OBJ_ANY_SOURCE);
  ck_assert_ptr_nonnull (receive);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-progress");
  harness_add (synchronous_sends_before_the_wait, HARNESS_ALL);
  harness_add (large_sends_before_the_wait, HARNESS_ALL);
  harness_add (waiting_for_the_send_alone, HARNESS_ALL);
  harness_add (receiver_in_raw_mpi, HARNESS_INTRA);
  harness_add (several_communicators, HARNESS_INTRA);
  harness_add (pending_on_a_freed_communicator, HARNESS_ALL);
  harness_add (pending_at_the_end, HARNESS_ONCE);
  return harness_run ();
}
