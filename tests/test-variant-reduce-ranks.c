/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reductions of values over ranks: results, order, rounds and errors. */

#include "values.h"

/* Text tells the order in which it was put together. */
static GVariant *
concatenate (GVariant *a, GVariant *b, gpointer user_data G_GNUC_UNUSED)
{
  return g_variant_new_take_string (g_strconcat (g_variant_get_string (a, NULL), g_variant_get_string (b, NULL), NULL));
}

static GVariant *
refuse (GVariant *a G_GNUC_UNUSED, GVariant *b G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return NULL;
}

static GVariant *
make_handle (GVariant *a G_GNUC_UNUSED, GVariant *b G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return g_variant_new_handle (1);
}

static MpiOp *
concatenation (void)
{
  return ompi_obj_op_new_for_variants (concatenate, FALSE, NULL, NULL);
}

/* "<0><1>...": of the ranks from FIRST to before END, long enough to go in two pieces if LENGTH is large. */
static gchar *
text_of_rank (gint side, gint rank, gsize length)
{
  g_autofree gchar *rest = g_strnfill (length, (gchar) ('a' + rank % 26));

  return g_strdup_printf ("<%d.%d%s>", side, rank, rest);
}

static gchar *
text_of_ranks (gint side, gint first, gint end, gsize length)
{
  GString *text = g_string_new (NULL);

  for (gint i = first; i < end; i++)
    {
      g_autofree gchar *one = text_of_rank (side, i, length);

      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

static GVariant *
own_text (MpiComm *comm, gsize length)
{
  return g_variant_new_take_string (text_of_rank (own_side (comm), ompi_obj_comm_get_rank (comm), length));
}

static void
assert_text (GVariant *value, gint side, gint first, gint end, gsize length)
{
  g_autofree gchar *expected = text_of_ranks (side, first, end, length);

  ck_assert_ptr_nonnull (value);
  ck_assert (!g_variant_is_floating (value));
  if (first == end)
    ck_assert (g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT));
  else
    ck_assert_str_eq (g_variant_get_string (value, NULL), expected);
}

static gint
side_of_values (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? 1 - own_side (comm) : 0;
}

static void
reduce_in_order (MpiComm *comm, gsize length)
{
  g_autoptr (MpiOp) op = concatenation ();
  const gint n = harness_n_peers (comm);

  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) result =
          ompi_obj_comm_reduce_variant (comm, roots.is_other ? own_text (comm, length) : NULL, op, roots.root, &error);

      assert_no_error (error);
      assert_text (result, side_of_values (comm), 0, roots.is_root ? n : 0, length);
    }
}

static void
allreduce_in_order (MpiComm *comm, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiOp) op = concatenation ();
  g_autoptr (GVariant) result = ompi_obj_comm_allreduce_variant (comm, own_text (comm, length), op, &error);

  assert_no_error (error);
  assert_text (result, side_of_values (comm), 0, harness_n_peers (comm), length);
}

MPI_TEST (text_is_put_together_in_order)
{
  reduce_in_order (comm, 0);
  reduce_in_order (comm, 100000);
  allreduce_in_order (comm, 0);
  allreduce_in_order (comm, 100000);
}

MPI_TEST (prefixes_are_put_together_in_order)
{
  static const gsize lengths[] = { 0, 100, 100000 };
  g_autoptr (MpiOp) op = concatenation ();
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) up_to =
          ompi_obj_intracomm_scan_variant (OMPI_OBJ_INTRACOMM (comm), own_text (comm, lengths[i]), op, &error);
      g_autoptr (GVariant) before = NULL;

      assert_no_error (error);
      assert_text (up_to, 0, 0, rank + 1, lengths[i]);
      before = ompi_obj_intracomm_exscan_variant (OMPI_OBJ_INTRACOMM (comm), own_text (comm, lengths[i]), op, &error);
      assert_no_error (error);
      assert_text (before, 0, 0, rank, lengths[i]);
    }
}

MPI_TEST (numbers_are_added)
{
  const gint n = harness_n_peers (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) expected =
      g_variant_ref_sink (g_variant_new_parsed ("(%d, [%i, %i])", n * (n - 1) / 2.0, n * (n - 1) / 2, 5 * n));
  g_autoptr (GVariant) sum =
      ompi_obj_comm_allreduce_variant (comm, g_variant_new_parsed ("(%d, [%i, 5])", (gdouble) rank, rank), OMPI_OBJ_SUM,
                                       &error);

  assert_no_error (error);
  assert_variant_equal (sum, expected);
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GVariant) largest =
          ompi_obj_comm_reduce_variant (comm, roots.is_other ? g_variant_new_int32 (rank) : NULL, OMPI_OBJ_MAX,
                                        roots.root, &error);

      assert_no_error (error);
      if (roots.is_root)
        ck_assert_int_eq (g_variant_get_int32 (largest), n - 1);
      else
        ck_assert (g_variant_is_of_type (largest, G_VARIANT_TYPE_UNIT));
    }
}

MPI_TEST (a_large_array_is_added)
{
  const gsize length = 200000;
  g_autofree gdouble *numbers = g_new (gdouble, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) sum = NULL;
  const gdouble *sums;
  gsize n_sums;
  const gint n = harness_n_peers (comm);

  for (gsize i = 0; i < length; i++)
    numbers[i] = (gdouble) i + ompi_obj_comm_get_rank (comm);
  sum = ompi_obj_comm_allreduce_variant (
      comm, g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, numbers, length, sizeof *numbers), OMPI_OBJ_SUM, &error);
  assert_no_error (error);
  sums = g_variant_get_fixed_array (sum, &n_sums, sizeof *sums);
  ck_assert_uint_eq (n_sums, length);
  for (gsize i = 0; i < length; i++)
    if (sums[i] != n * (gdouble) i + n * (n - 1) / 2.0) /* exact, as all are whole */
      ck_abort_msg ("sums[%" G_GSIZE_FORMAT "] is %g", i, sums[i]);
}

/*
 * Errors: on one rank of one side, all ranks are told
 */

static void
assert_told (GError *error, const Roots *failing, MpiError code, const gchar *text)
{
  g_autofree gchar *who = g_strdup_printf ("rank %d failed: ", failing->rank);

  if (!failing->is_root)
    ck_assert_ptr_nonnull (strstr (error->message, who));
  assert_error (error, (gint) code, text);
}

static void
fail_everywhere (MpiComm *comm, const gchar *bad_text, MpiError code, const gchar *text)
{
  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      GError *error = NULL;
      g_autoptr (GVariant) bad = bad_text != NULL ? g_variant_ref_sink (g_variant_new_parsed (bad_text)) : NULL;
      g_autoptr (GVariant) good = g_variant_ref_sink (g_variant_new_int32 (1));
      GVariant *value = failing.is_root ? bad : good;

      ck_assert_ptr_null (ompi_obj_comm_allreduce_variant (comm, value, OMPI_OBJ_SUM, &error));
      assert_told (error, &failing, code, text);
      error = NULL;
      assert_comm_works (comm);

      for (Roots roots = { 0 }; roots_next (&roots, comm);)
        {
          if (ompi_obj_comm_is_inter (comm) && roots.side == failing.side)
            continue; /* its value is not asked for */
          ck_assert_ptr_null (ompi_obj_comm_reduce_variant (comm, value, OMPI_OBJ_SUM, roots.root, &error));
          assert_told (error, &failing, code, text);
          error = NULL;
        }
      if (!ompi_obj_comm_is_inter (comm))
        {
          ck_assert_ptr_null (ompi_obj_intracomm_scan_variant (OMPI_OBJ_INTRACOMM (comm), value, OMPI_OBJ_SUM, &error));
          assert_told (error, &failing, code, text);
          error = NULL;
          ck_assert_ptr_null (
              ompi_obj_intracomm_exscan_variant (OMPI_OBJ_INTRACOMM (comm), value, OMPI_OBJ_SUM, &error));
          assert_told (error, &failing, code, text);
          error = NULL;
        }
      allreduce_in_order (comm, 10);
    }
}

MPI_TEST (a_missing_value) { fail_everywhere (comm, NULL, OMPI_OBJ_ERROR_ARG, "there is no value"); }

MPI_TEST (a_handle) { fail_everywhere (comm, "(1, handle 1)", OMPI_OBJ_ERROR_TYPE, "'h'"); }

/* Who finds it out depends on the tree, but all are told; with one rank there is nothing to combine. */
static void
fail_to_combine (MpiComm *comm, GVariant *own, MpiOp *op, MpiError code, const gchar *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (own);

  if (harness_n_peers (comm) == 1 || ompi_obj_comm_get_size (comm) == 1)
    return;
  ck_assert_ptr_null (ompi_obj_comm_allreduce_variant (comm, value, op, &error));
  assert_error (error, (gint) code, text);
  if (!ompi_obj_comm_is_inter (comm))
    {
      ck_assert_ptr_null (ompi_obj_comm_reduce_variant (comm, value, op, 1, &error));
      assert_error (error, (gint) code, text);
      ck_assert_ptr_null (ompi_obj_intracomm_scan_variant (OMPI_OBJ_INTRACOMM (comm), value, op, &error));
      assert_error (error, (gint) code, text);
    }
  allreduce_in_order (comm, 10);
}

MPI_TEST (types_that_differ)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  fail_to_combine (comm, rank == 1 ? g_variant_new_int32 (1) : g_variant_new_double (1), OMPI_OBJ_SUM,
                   OMPI_OBJ_ERROR_TYPE, NULL);
}

MPI_TEST (types_that_cannot_be_added)
{
  fail_to_combine (comm, g_variant_new_string ("x"), OMPI_OBJ_SUM, OMPI_OBJ_ERROR_TYPE, NULL);
}

MPI_TEST (a_function_that_refuses)
{
  g_autoptr (MpiOp) op = ompi_obj_op_new_for_variants (refuse, FALSE, NULL, NULL);

  fail_to_combine (comm, g_variant_new_int32 (1), op, OMPI_OBJ_ERROR_FAILED, "could not combine");
}

/* What a function makes may not be able to travel; it must not get lost on the way either. */
MPI_TEST (a_result_that_cannot_travel)
{
  g_autoptr (MpiOp) op = ompi_obj_op_new_for_variants (make_handle, FALSE, NULL, NULL);

  if (!ompi_obj_comm_is_inter (comm) && ompi_obj_comm_get_size (comm) > 2)
    fail_to_combine (comm, g_variant_new_int32 (1), op, OMPI_OBJ_ERROR_TYPE, "'h'");
}

MPI_TEST (a_wrong_root)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_comm_reduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  allreduce_in_order (comm, 10);
}

/* Messages of reductions are no messages of the user's. */
MPI_TEST (receives_of_the_user)
{
  g_autoptr (GError) error = NULL;
  const gint n = harness_n_peers (comm);
  g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv_variant (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &error);
  g_autoptr (GVariant) received = NULL;

  assert_no_error (error);
  allreduce_in_order (comm, 10);
  allreduce_in_order (comm, 20000);
  ck_assert (ompi_obj_comm_barrier (comm, &error));

  /* Everybody sends to the same number on the other side; there may be nobody. */
  if (ompi_obj_comm_get_rank (comm) < n)
    {
      g_autoptr (MpiRequest) send =
          ompi_obj_comm_isend_variant (comm, g_variant_new_int32 (5), ompi_obj_comm_get_rank (comm), 3, &error);

      assert_no_error (error);
      received = ompi_obj_request_wait_variant (receive, NULL, &error);
      assert_no_error (error);
      ck_assert_int_eq (g_variant_get_int32 (received), 5);
      ck_assert (ompi_obj_request_wait (send, NULL, &error));
    }
  else
    {
      ck_assert (ompi_obj_request_cancel (receive, &error));
      ck_assert (!ompi_obj_request_wait (receive, NULL, NULL));
    }
}

/*
 * Rounds: a subclass counts the messages that its object receives; nobody receives more than there are rounds.
 */

typedef struct
{
  MpiIntracomm parent_instance;
} CountingComm;

typedef struct
{
  MpiIntracommClass parent_class;
} CountingCommClass;

static GType counting_comm_get_type (void);

G_DEFINE_TYPE (CountingComm, counting_comm, OMPI_OBJ_TYPE_INTRACOMM)

static guint n_received;

static MpiMessage *
counting_comm_mprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  n_received++;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->mprobe (self, source, tag, status, error);
}

static void
counting_comm_class_init (CountingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->mprobe = counting_comm_mprobe;
}

static void
counting_comm_init (CountingComm *self G_GNUC_UNUSED)
{
}

static guint
n_rounds_at_most (gint size)
{
  guint n = 0;

  while ((1 << n) < size)
    n++;
  return n;
}

MPI_TEST (rounds_are_few)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) counting = g_object_new (counting_comm_get_type (), "wraps", comm, NULL);
  const guint n_rounds = n_rounds_at_most (ompi_obj_comm_get_size (comm));
  const gint rank = ompi_obj_comm_get_rank (comm);
  GVariant *result;

  n_received = 0;
  result = ompi_obj_comm_reduce_variant (counting, g_variant_new_int32 (1), OMPI_OBJ_SUM, 0, &error);
  assert_no_error (error);
  g_variant_unref (result);
  ck_assert_uint_le (n_received, n_rounds);
  if (rank == 0)
    ck_assert_uint_eq (n_received, n_rounds);

  n_received = 0;
  result = ompi_obj_comm_allreduce_variant (counting, g_variant_new_int32 (1), OMPI_OBJ_SUM, &error);
  assert_no_error (error);
  g_variant_unref (result);
  ck_assert_uint_le (n_received, n_rounds);

  n_received = 0;
  result =
      ompi_obj_intracomm_scan_variant (OMPI_OBJ_INTRACOMM (counting), g_variant_new_int32 (1), OMPI_OBJ_SUM, &error);
  assert_no_error (error);
  ck_assert_int_eq (g_variant_get_int32 (result), rank + 1);
  g_variant_unref (result);
  ck_assert_uint_le (n_received, n_rounds);
}

MPI_TEST (roots_that_do_not_fit)
{
  for (BadRoots roots = { 0 }; bad_roots_next (&roots, comm);)
    {
      const gchar *text = "one group must have the root";
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (1));

      ck_assert_ptr_null (ompi_obj_comm_reduce_variant (comm, value, OMPI_OBJ_SUM, roots.root, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      assert_request_fails (ompi_obj_comm_ireduce_variant (comm, value, OMPI_OBJ_SUM, roots.root, &error), error,
                            OMPI_OBJ_ERROR_ROOT, text);
      assert_comm_works (comm);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-reduce-ranks");
  harness_add (text_is_put_together_in_order, HARNESS_ALL);
  harness_add (prefixes_are_put_together_in_order, HARNESS_INTRA);
  harness_add (numbers_are_added, HARNESS_ALL);
  harness_add (a_large_array_is_added, HARNESS_ALL);
  harness_add (a_missing_value, HARNESS_ALL);
  harness_add (a_handle, HARNESS_ALL);
  harness_add (types_that_differ, HARNESS_ALL);
  harness_add (types_that_cannot_be_added, HARNESS_ALL);
  harness_add (a_function_that_refuses, HARNESS_ALL);
  harness_add (a_result_that_cannot_travel, HARNESS_ALL);
  harness_add (a_wrong_root, HARNESS_ALL);
  harness_add (receives_of_the_user, HARNESS_ALL);
  harness_add (rounds_are_few, HARNESS_INTRA);
  harness_add (roots_that_do_not_fit, HARNESS_INTER);
  return harness_run ();
}
