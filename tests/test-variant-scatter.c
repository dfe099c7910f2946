/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values from one rank or from all, a different one for each. */

#include "values.h"

static gint
number_of (gint sender, gint receiver, gint round)
{
  return 3 * sender + receiver + round;
}

static void
values_free (GVariant **values, gint n)
{
  for (gint i = 0; i < n; i++)
    g_clear_pointer (&values[i], g_variant_unref);
  g_free (values);
}

static GVariant **
make_values (MpiComm *comm, gint sender, gint round, gsize size)
{
  GVariant **values = g_new (GVariant *, harness_n_peers (comm));

  for (gint i = 0; i < harness_n_peers (comm); i++)
    values[i] = make_value (number_of (sender, i, round), size);
  return values;
}

static void
scatter_from_every_root (MpiComm *comm, gint round, gsize size)
{
  const gint n = harness_n_peers (comm);

  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      GVariant **values = make_values (comm, roots.rank, round, size);
      g_autoptr (GVariant) expected = make_value (number_of (roots.rank, ompi_obj_comm_get_rank (comm), round), size);
      g_autoptr (GVariant) received = ompi_obj_comm_scatter_variant (comm, roots.is_root ? values : NULL,
                                                                     roots.is_root ? (gsize) n : 0, roots.root, &error);

      values_free (values, n);
      assert_no_error (error);
      ck_assert (!g_variant_is_floating (received));
      if (roots.is_other)
        assert_variant_equal (received, expected);
      else
        ck_assert (g_variant_is_of_type (received, G_VARIANT_TYPE_UNIT));
    }
}

static void
alltoall_once (MpiComm *comm, gint round, gsize size)
{
  g_autoptr (GError) error = NULL;
  const gint n = harness_n_peers (comm);
  GVariant **values = make_values (comm, ompi_obj_comm_get_rank (comm), round, size);
  g_autoptr (GPtrArray) received = ompi_obj_comm_alltoall_variant (comm, values, (gsize) n, &error);

  values_free (values, n);
  assert_no_error (error);
  ck_assert_uint_eq (received->len, (guint) n);
  for (gint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) expected = make_value (number_of (i, ompi_obj_comm_get_rank (comm), round), size);

      assert_variant_equal (received->pdata[i], expected);
    }
}

MPI_TEST (scatter_of_small_and_large_values)
{
  for (gint round = 0; round < 5; round++)
    scatter_from_every_root (comm, round, 20000);
}

MPI_TEST (alltoall_of_small_and_large_values)
{
  for (gint round = 0; round < 5; round++)
    alltoall_once (comm, round, 20000);
}

MPI_TEST (large_values)
{
  scatter_from_every_root (comm, 3, 2 << 20);
  scatter_from_every_root (comm, 4, 2 << 20);
  alltoall_once (comm, 3, 1 << 20);
  alltoall_once (comm, 4, 1 << 20);
}

MPI_TEST (floating_values_are_consumed)
{
  g_autoptr (GError) error = NULL;
  const gint n = harness_n_peers (comm);
  g_autofree GVariant **values = g_new (GVariant *, n);
  g_autoptr (GPtrArray) received = NULL;

  for (gint i = 0; i < n; i++)
    values[i] = g_variant_new_int32 (i);
  g_variant_ref (values[0]);
  received = ompi_obj_comm_alltoall_variant (comm, values, (gsize) n, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (values[0]));
  g_variant_unref (values[0]);
}

/*
 * Errors: each rank of each side fails once, in what it says and then in each of its values.
 */

static void
assert_told (GError *error, const Roots *failing, MpiError code, const gchar *text)
{
  g_autofree gchar *who = g_strdup_printf ("rank %d failed: ", failing->rank);

  if (!failing->is_root)
    ck_assert_ptr_nonnull (strstr (error->message, who));
  assert_error (error, (gint) code, text);
}

/* N_VALUES less than 0: as many as there must be. */
static void
fail_everywhere (MpiComm *comm, GVariant *bad, gint n_values, MpiError code, const gchar *text)
{
  const gint n = harness_n_peers (comm);

  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      GError *error = NULL;
      GVariant **good = make_values (comm, 0, 0, 100);
      g_autofree GVariant **values = g_new (GVariant *, n + 1);
      gsize n_passed = (gsize) (n_values >= 0 && failing.is_root ? n_values : n);

      memcpy (values, good, (gsize) n * sizeof *values);
      values[n] = good[0];
      if (failing.is_root && n_values < 0)
        values[n - 1] = bad;

      ck_assert_ptr_null (ompi_obj_comm_alltoall_variant (comm, values, n_passed, &error));
      assert_told (error, &failing, code, text);
      error = NULL;
      assert_comm_works (comm);

      ck_assert_ptr_null (ompi_obj_comm_scatter_variant (comm, values, n_passed, failing.root, &error));
      assert_told (error, &failing, code, text);
      assert_comm_works (comm);
      values_free (good, n);
    }
}

MPI_TEST (a_missing_value) { fail_everywhere (comm, NULL, -1, OMPI_OBJ_ERROR_ARG, "there is no value for rank"); }

MPI_TEST (a_handle)
{
  g_autoptr (GVariant) bad = g_variant_ref_sink (g_variant_new_parsed ("(1, handle 1)"));

  fail_everywhere (comm, bad, -1, OMPI_OBJ_ERROR_TYPE, "'h'");
}

MPI_TEST (a_value_nested_too_deeply)
{
  g_autoptr (GVariant) bad = g_variant_ref_sink (make_nested (70));

  fail_everywhere (comm, bad, -1, OMPI_OBJ_ERROR_TYPE, "nested");
}

MPI_TEST (too_few_values) { fail_everywhere (comm, NULL, harness_n_peers (comm) - 1, OMPI_OBJ_ERROR_COUNT, "values"); }

MPI_TEST (too_many_values) { fail_everywhere (comm, NULL, harness_n_peers (comm) + 1, OMPI_OBJ_ERROR_COUNT, "values"); }

MPI_TEST (no_values_at_all)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_comm_alltoall_variant (comm, NULL, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "there are 0 values");
  assert_comm_works (comm);
}

MPI_TEST (a_wrong_root)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_comm_scatter_variant (comm, NULL, 0, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  assert_comm_works (comm);
}

MPI_TEST (roots_that_do_not_fit)
{
  for (BadRoots roots = { 0 }; bad_roots_next (&roots, comm);)
    {
      const gchar *text = "one group must have the root";
      g_autoptr (GError) error = NULL;
      const gsize n_values = (gsize) harness_n_peers (comm);
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (1));
      g_autofree GVariant **values = g_new (GVariant *, n_values);

      for (gsize i = 0; i < n_values; i++)
        values[i] = value;
      ck_assert_ptr_null (ompi_obj_comm_scatter_variant (comm, values, n_values, roots.root, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      ck_assert_ptr_null (ompi_obj_comm_gather_variant (comm, value, roots.root, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      assert_request_fails (ompi_obj_comm_iscatter_variant (comm, values, n_values, roots.root, &error), error,
                            OMPI_OBJ_ERROR_ROOT, text);
      assert_request_fails (ompi_obj_comm_igather_variant (comm, value, roots.root, &error), error, OMPI_OBJ_ERROR_ROOT,
                            text);
      assert_comm_works (comm);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-scatter");
  harness_add (scatter_of_small_and_large_values, HARNESS_ALL);
  harness_add (alltoall_of_small_and_large_values, HARNESS_ALL);
  harness_add (large_values, HARNESS_ALL);
  harness_add (floating_values_are_consumed, HARNESS_ALL);
  harness_add (a_missing_value, HARNESS_ALL);
  harness_add (a_handle, HARNESS_ALL);
  harness_add (a_value_nested_too_deeply, HARNESS_ALL);
  harness_add (too_few_values, HARNESS_ALL);
  harness_add (too_many_values, HARNESS_ALL);
  harness_add (no_values_at_all, HARNESS_ALL);
  harness_add (a_wrong_root, HARNESS_ALL);
  harness_add (roots_that_do_not_fit, HARNESS_INTER);
  return harness_run ();
}
