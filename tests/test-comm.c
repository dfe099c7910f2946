/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Communicators as objects: where they come from, what they are, how they end. */

#include "harness.h"
#include "subclasses.h"

/* A subclass as a program makes it: it counts the barriers. */

#define COUNTING_TYPE_COMM (counting_comm_get_type ())
G_DECLARE_FINAL_TYPE (CountingComm, counting_comm, COUNTING, COMM, MpiIntracomm)

struct _CountingComm
{
  MpiIntracomm parent_instance;
  guint n_barriers;
};

G_DEFINE_FINAL_TYPE (CountingComm, counting_comm, OMPI_OBJ_TYPE_INTRACOMM)

static gboolean
counting_comm_barrier (MpiComm *comm, GError **error)
{
  COUNTING_COMM (comm)->n_barriers++;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->barrier (comm, error);
}

static void
counting_comm_class_init (CountingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->barrier = counting_comm_barrier;
}

static void
counting_comm_init (G_GNUC_UNUSED CountingComm *self)
{
}

MPI_TEST (world_and_self_are_singletons)
{
  ck_assert_ptr_eq (ompi_obj_comm_world (), ompi_obj_comm_world ());
  ck_assert_ptr_eq (ompi_obj_comm_self (), ompi_obj_comm_self ());
  ck_assert_ptr_ne (ompi_obj_comm_world (), ompi_obj_comm_self ());
  ck_assert (ompi_obj_comm_get_native (ompi_obj_comm_world ()) == MPI_COMM_WORLD);
  ck_assert (ompi_obj_comm_get_native (ompi_obj_comm_self ()) == MPI_COMM_SELF);
  ck_assert (OMPI_OBJ_IS_INTRACOMM (ompi_obj_comm_world ()));
  ck_assert (OMPI_OBJ_IS_INTRACOMM (ompi_obj_comm_self ()));
}

MPI_TEST (size_and_rank)
{
  MPI_Comm native = ompi_obj_comm_get_native (comm);
  int size;
  int rank;
  gint size_property = -2;
  gint rank_property = -2;

  MPI_Comm_size (native, &size);
  MPI_Comm_rank (native, &rank);
  ck_assert_int_eq (ompi_obj_comm_get_size (comm), size);
  ck_assert_int_eq (ompi_obj_comm_get_rank (comm), rank);
  g_object_get (comm, "size", &size_property, "rank", &rank_property, NULL);
  ck_assert_int_eq (size_property, size);
  ck_assert_int_eq (rank_property, rank);
}

MPI_TEST (kind)
{
  int is_inter;

  MPI_Comm_test_inter (ompi_obj_comm_get_native (comm), &is_inter);
  ck_assert_int_eq (ompi_obj_comm_is_inter (comm), is_inter);
  ck_assert_int_eq (OMPI_OBJ_IS_INTERCOMM (comm), is_inter);
  ck_assert_int_eq (OMPI_OBJ_IS_INTRACOMM (comm), !is_inter);
  if (is_inter)
    {
      int remote_size;

      MPI_Comm_remote_size (ompi_obj_comm_get_native (comm), &remote_size);
      ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (comm)), remote_size);
    }
}

MPI_TEST (duplicate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  MPI_Errhandler handler;

  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (comm));
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_comm_get_rank (copy), ompi_obj_comm_get_rank (comm));
  ck_assert (ompi_obj_comm_get_native (copy) != ompi_obj_comm_get_native (comm));
  MPI_Comm_get_errhandler (ompi_obj_comm_get_native (copy), &handler);
  ck_assert (handler == MPI_ERRORS_RETURN);
  assert_succeeds (ompi_obj_comm_barrier (copy, &error), error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
}

/* A message in one communicator is not received in its duplicate. */
MPI_TEST (dup_has_a_context_of_its_own)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;

  assert_no_error (error);
  while (harness_rounds_next (&rounds, comm))
    {
      gint sent[2] = { 1, 2 };
      gint received[2] = { 0, 0 };
      g_autoptr (MpiRequest) first = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent[0], 1), rounds.dest, 0, &error);
      g_autoptr (MpiRequest) second = NULL;

      assert_no_error (error);
      second = ompi_obj_comm_isend (copy, OMPI_OBJ_DATA (&sent[1], 1), rounds.dest, 0, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_comm_recv (copy, OMPI_OBJ_DATA (&received[1], 1), rounds.source, 0, NULL, &error),
                       error);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received[0], 1), rounds.source, 0, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_int_eq (received[0], 1);
          ck_assert_int_eq (received[1], 2);
        }
      assert_succeeds (ompi_obj_request_wait (first, NULL, &error), error);
      assert_succeeds (ompi_obj_request_wait (second, NULL, &error), error);
    }
}

/* MPICH has room for 2046 duplicates, so a leak would be an error here. */
MPI_TEST (last_reference_frees)
{
  harness_allow_time (4);
  for (gint i = 0; i < 2100; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

      assert_no_error (error);
      ck_assert_ptr_nonnull (copy);
    }
}

MPI_TEST (last_reference_spares_world_and_self)
{
  g_autoptr (GError) error = NULL;

  g_object_unref (g_object_ref (comm));
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autofree gchar *name = NULL;
  gint data[2] = { 0, 0 };
  MpiStatus status;
  gint size_property = 0;
  gint rank_property = 0;

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);

  ck_assert_int_eq (ompi_obj_comm_get_size (copy), -1);
  ck_assert_int_eq (ompi_obj_comm_get_rank (copy), -1);
  ck_assert (ompi_obj_comm_get_native (copy) == MPI_COMM_NULL);
  g_object_get (copy, "size", &size_property, "rank", &rank_property, "name", &name, NULL);
  ck_assert_int_eq (size_property, -1);
  ck_assert_int_eq (rank_property, -1);
  ck_assert_ptr_null (name);
  if (OMPI_OBJ_IS_INTERCOMM (copy))
    ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (copy)), 0);

#define ASSERT_FREED(expression, function)                                                \
  do                                                                                      \
    {                                                                                     \
      ck_assert_msg (!(expression), "%s succeeded on a freed communicator", #expression); \
      assert_error (error, OMPI_OBJ_ERROR_COMM, function ": the communicator was freed"); \
    }                                                                                     \
  while (0)

  ASSERT_FREED (ompi_obj_comm_free (copy, &error), "MPI_Comm_free");
  ASSERT_FREED (ompi_obj_comm_dup (copy, &error), "MPI_Comm_dup");
  ASSERT_FREED (ompi_obj_comm_get_name (copy, &error), "MPI_Comm_get_name");
  ASSERT_FREED (ompi_obj_comm_set_name (copy, "x", &error), "MPI_Comm_set_name");
  ck_assert_int_eq (ompi_obj_comm_compare (copy, comm, &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_compare: the communicator was freed");
  ck_assert_int_eq (ompi_obj_comm_compare (comm, copy, &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_compare: the communicator was freed");
  ASSERT_FREED (ompi_obj_comm_send (copy, OMPI_OBJ_DATA (data, 1), 0, 0, &error), "MPI_Send");
  ASSERT_FREED (ompi_obj_comm_ssend (copy, OMPI_OBJ_DATA (data, 1), 0, 0, &error), "MPI_Ssend");
  ASSERT_FREED (ompi_obj_comm_rsend (copy, OMPI_OBJ_DATA (data, 1), 0, 0, &error), "MPI_Rsend");
  ASSERT_FREED (ompi_obj_comm_recv (copy, OMPI_OBJ_DATA (data, 1), 0, 0, &status, &error), "MPI_Recv");
  ASSERT_FREED (ompi_obj_comm_sendrecv (copy, OMPI_OBJ_DATA (data, 1), 0, 0, OMPI_OBJ_DATA (data + 1, 1), 0, 0, &status,
                                        &error),
                "MPI_Sendrecv");
  ASSERT_FREED (ompi_obj_comm_sendrecv_replace (copy, OMPI_OBJ_DATA (data, 1), 0, 0, 0, 0, &status, &error),
                "MPI_Sendrecv_replace");
  ASSERT_FREED (ompi_obj_comm_isend (copy, OMPI_OBJ_DATA (data, 1), 0, 0, &error), "MPI_Isend");
  ASSERT_FREED (ompi_obj_comm_probe (copy, 0, 0, &status, &error), "MPI_Probe");
  ASSERT_FREED (ompi_obj_comm_iprobe (copy, 0, 0, &status, &error), "MPI_Iprobe");
  ASSERT_FREED (ompi_obj_comm_mprobe (copy, 0, 0, &status, &error), "MPI_Mprobe");
  ASSERT_FREED (ompi_obj_comm_improbe (copy, 0, 0, &status, &error), "MPI_Improbe");
  ASSERT_FREED (ompi_obj_comm_barrier (copy, &error), "MPI_Barrier");
  ASSERT_FREED (ompi_obj_comm_bcast (copy, OMPI_OBJ_DATA (data, 1), 0, &error), "MPI_Bcast");
  ASSERT_FREED (ompi_obj_comm_allreduce (copy, OMPI_OBJ_DATA (data, 1), OMPI_OBJ_DATA (data + 1, 1), OMPI_OBJ_SUM,
                                         &error),
                "MPI_Allreduce");

  ck_assert (!ompi_obj_comm_send_variant (copy, g_variant_new_int32 (1), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_recv_variant (copy, 0, 0, &status, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_sendrecv_variant (copy, g_variant_new_int32 (1), 0, 0, 0, 0, &status, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_bcast_variant (copy, g_variant_new_int32 (1), 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

MPI_TEST (world_and_self_cannot_be_freed)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_comm_free (ompi_obj_comm_world (), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_free: ");
  ck_assert (!ompi_obj_comm_free (ompi_obj_comm_self (), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_free: ");
  ck_assert_int_eq (ompi_obj_comm_get_size (ompi_obj_comm_self ()), 1);
  assert_succeeds (ompi_obj_comm_barrier (ompi_obj_comm_world (), &error), error);
}

MPI_TEST (compare)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiComm) reversed = NULL;
  MPI_Comm native;
  gboolean alone = harness_world_size () == 1;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, comm, &error), OMPI_OBJ_COMPARISON_IDENT);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, copy, &error), OMPI_OBJ_COMPARISON_CONGRUENT);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, ompi_obj_comm_self (), &error),
                    alone ? OMPI_OBJ_COMPARISON_CONGRUENT : OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_no_error (error);

  MPI_Comm_split (ompi_obj_comm_get_native (comm), 0, -harness_world_rank (), &native);
  reversed = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, reversed, &error),
                    alone ? OMPI_OBJ_COMPARISON_CONGRUENT : OMPI_OBJ_COMPARISON_SIMILAR);
  assert_no_error (error);
}

MPI_TEST (names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autofree gchar *first = NULL;
  g_autofree gchar *second = NULL;
  g_autofree gchar *third = NULL;
  g_autofree gchar *property = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_set_name (copy, "workers", &error), error);
  first = ompi_obj_comm_get_name (copy, &error);
  assert_no_error (error);
  ck_assert_str_eq (first, "workers");
  g_object_get (copy, "name", &property, NULL);
  ck_assert_str_eq (property, "workers");

  assert_succeeds (ompi_obj_comm_set_name (copy, "рабочие ☭ 工作", &error), error);
  second = ompi_obj_comm_get_name (copy, &error);
  assert_no_error (error);
  ck_assert_str_eq (second, "рабочие ☭ 工作");

  assert_succeeds (ompi_obj_comm_set_name (copy, "", &error), error);
  third = ompi_obj_comm_get_name (copy, &error);
  assert_no_error (error);
  ck_assert_str_eq (third, "");
}

MPI_TEST (names_of_world_and_self)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *world = ompi_obj_comm_get_name (ompi_obj_comm_world (), &error);
  g_autofree gchar *self = ompi_obj_comm_get_name (ompi_obj_comm_self (), &error);

  assert_no_error (error);
  ck_assert_str_eq (world, "MPI_COMM_WORLD");
  ck_assert_str_eq (self, "MPI_COMM_SELF");
}

MPI_TEST (longest_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autofree gchar *longest = g_strnfill (MPI_MAX_OBJECT_NAME - 1, 'n');
  g_autofree gchar *too_long = g_strnfill (MPI_MAX_OBJECT_NAME, 'n');
  g_autofree gchar *name = NULL;
  g_autofree gchar *length = g_strdup_printf ("%d", MPI_MAX_OBJECT_NAME);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_set_name (copy, longest, &error), error);
  ck_assert (!ompi_obj_comm_set_name (copy, too_long, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, length);
  name = ompi_obj_comm_get_name (copy, &error);
  assert_no_error (error);
  ck_assert_str_eq (name, longest);
}

MPI_TEST (subclass_stands_for_another_object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) counting = g_object_new (COUNTING_TYPE_COMM, "wraps", comm, NULL);

  ck_assert (ompi_obj_comm_get_native (counting) == ompi_obj_comm_get_native (comm));
  ck_assert_int_eq (ompi_obj_comm_get_size (counting), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_comm_get_rank (counting), ompi_obj_comm_get_rank (comm));
  ck_assert_int_eq (ompi_obj_comm_compare (counting, comm, &error), OMPI_OBJ_COMPARISON_IDENT);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_barrier (counting, &error), error);
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
  assert_succeeds (ompi_obj_comm_barrier (counting, &error), error);
  ck_assert_uint_eq (COUNTING_COMM (counting)->n_barriers, 2);

  g_clear_object (&counting);
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (dup_keeps_the_subclass)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) counting = g_object_new (COUNTING_TYPE_COMM, "wraps", comm, NULL);
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (counting, &error);

  assert_no_error (error);
  ck_assert (COUNTING_IS_COMM (copy));
  assert_succeeds (ompi_obj_comm_barrier (copy, &error), error);
  ck_assert_uint_eq (COUNTING_COMM (copy)->n_barriers, 1);
  ck_assert_uint_eq (COUNTING_COMM (counting)->n_barriers, 0);
}

MPI_TEST (freeing_a_wrapped_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiComm) counting = NULL;

  assert_no_error (error);
  counting = g_object_new (COUNTING_TYPE_COMM, "wraps", copy, NULL);
  assert_succeeds (ompi_obj_comm_free (counting, &error), error);
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), -1);
  ck_assert (!ompi_obj_comm_barrier (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

/* The wrapped object may die first. */
MPI_TEST (wrapping_the_last_reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiComm) counting = NULL;

  assert_no_error (error);
  counting = g_object_new (COUNTING_TYPE_COMM, "wraps", copy, NULL);
  g_clear_object (&copy);
  assert_succeeds (ompi_obj_comm_barrier (counting, &error), error);
}

MPI_TEST (silent_failures_get_an_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) silent = g_object_new (SILENT_TYPE_COMM, "wraps", comm, NULL);
  gint data = 0;

  ck_assert (!ompi_obj_comm_barrier (silent, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_barrier");
  ck_assert (!ompi_obj_comm_send (silent, OMPI_OBJ_DATA (&data, 1), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_send");
  ck_assert (!ompi_obj_comm_send (silent, OMPI_OBJ_DATA (&data, 1), 0, 0, NULL));
  ck_assert_ptr_null (ompi_obj_comm_dup (silent, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_dup");
}

MPI_TEST (object_without_a_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) empty = g_object_new (OMPI_OBJ_TYPE_INTRACOMM, NULL);

  ck_assert_int_eq (ompi_obj_comm_get_size (empty), -1);
  ck_assert_int_eq (ompi_obj_comm_get_rank (empty), -1);
  ck_assert (!ompi_obj_comm_barrier (empty, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Barrier: ");
}

/* MPICH ends the program in a function for intercommunicators that gets another. */
MPI_TEST (wraps_only_its_kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) impostor = NULL;
  g_autoptr (MpiComm) copy = NULL;
  const gboolean is_inter = ompi_obj_comm_is_inter (comm);
  const GType wrong = is_inter ? OMPI_OBJ_TYPE_INTRACOMM : OMPI_OBJ_TYPE_INTERCOMM;

  harness_expect_critical (is_inter ? "*MpiIntracomm cannot stand for an intercommunicator*"
                                    : "*MpiIntercomm cannot stand for an intracommunicator*");
  impostor = g_object_new (wrong, "wraps", comm, NULL);
  harness_expect_critical ("*cannot stand for*");
  copy = g_object_new (wrong, "native", (guint64) (guintptr) ompi_obj_comm_get_native (comm), NULL);
  harness_assert_criticals ();
  ck_assert_int_eq (ompi_obj_comm_get_size (impostor), -1);
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), -1);
  ck_assert (!ompi_obj_comm_barrier (impostor, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "never had a handle");
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) set_before = g_error_new_literal (OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "set before");
  gint data = 0;
  MpiBuffer *buffer = OMPI_OBJ_DATA (&data, 1);
  gpointer other = OMPI_OBJ_INT;

  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_comm_get_size (NULL), -1);
  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_comm_get_rank (NULL), -1);
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_comm_barrier (NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_comm_send (NULL, buffer, 0, 0, &error));
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_comm_barrier (other, &error));
  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_comm_get_size (other), -1);
  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_comm_dup (other, &error));
  harness_expect_critical ("*buffer*");
  ck_assert (!ompi_obj_comm_send (comm, NULL, 0, 0, &error));
  harness_expect_critical ("*name*");
  ck_assert (!ompi_obj_comm_set_name (comm, NULL, &error));
  harness_expect_critical ("*other*");
  ompi_obj_comm_compare (comm, NULL, &error);
  harness_expect_critical ("*error*");
  ck_assert (!ompi_obj_comm_barrier (comm, &set_before));
  harness_expect_critical ("*error*");
  ck_assert (!ompi_obj_comm_send (comm, buffer, 0, 0, &set_before));
  harness_assert_criticals ();

  assert_no_error (error);
  ck_assert_str_eq (set_before->message, "set before");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "comm");
  harness_add (world_and_self_are_singletons, HARNESS_ONCE);
  harness_add (size_and_rank, HARNESS_ALL);
  harness_add (kind, HARNESS_ALL);
  harness_add (duplicate, HARNESS_ALL);
  harness_add (dup_has_a_context_of_its_own, HARNESS_ALL);
  harness_add (last_reference_frees, HARNESS_INTRA);
  harness_add (last_reference_spares_world_and_self, HARNESS_INTRA);
  harness_add (freed, HARNESS_ALL);
  harness_add (world_and_self_cannot_be_freed, HARNESS_ONCE);
  harness_add (compare, HARNESS_ONCE);
  harness_add (names, HARNESS_ALL);
  harness_add (names_of_world_and_self, HARNESS_ONCE);
  harness_add (longest_name, HARNESS_ONCE);
  harness_add (subclass_stands_for_another_object, HARNESS_INTRA);
  harness_add (dup_keeps_the_subclass, HARNESS_INTRA);
  harness_add (freeing_a_wrapped_communicator, HARNESS_INTRA);
  harness_add (wrapping_the_last_reference, HARNESS_INTRA);
  harness_add (silent_failures_get_an_error, HARNESS_INTRA);
  harness_add (object_without_a_communicator, HARNESS_ONCE);
  harness_add (wraps_only_its_kind, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
