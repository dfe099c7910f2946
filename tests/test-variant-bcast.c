/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values from one rank to all. */

#include "values.h"

static GVariant *
make_numbers (gint root, gsize size)
{
  g_autofree guint32 *numbers = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i < size / 4; i++)
    numbers[i] = (guint32) (i * 2654435761u + (guint32) root);
  return g_variant_ref_sink (
      g_variant_new ("(i@au)", root,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, numbers, size / 4, sizeof (guint32))));
}

/* What a rank gets: the value, or nothing beside the root of an intercommunicator. */
static void
assert_bcast (MpiComm *comm, const Roots *roots, GVariant *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) received = NULL;

  received = ompi_obj_comm_bcast_variant (comm, roots->is_root ? expected : NULL, roots->root, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (received));
  if (roots->is_root || roots->is_other)
    assert_variant_equal (received, expected);
  else
    ck_assert (g_variant_is_of_type (received, G_VARIANT_TYPE_UNIT));
}

static void
bcast_from_every_root (MpiComm *comm, gsize size)
{
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GVariant) expected = make_numbers (roots.rank + 100 * roots.side, size);

      assert_bcast (comm, &roots, expected);
    }
}

MPI_TEST (small_values)
{
  for (gsize size = 0; size < 200; size += 8)
    bcast_from_every_root (comm, size);
}

/* Around the sizes where the way changes: one broadcast or two, one piece of memory or two. */
MPI_TEST (medium_values)
{
  for (gsize size = 960; size < 1040; size += 4)
    bcast_from_every_root (comm, size);
  for (gsize size = 8120; size < 8200; size += 4)
    bcast_from_every_root (comm, size);
  bcast_from_every_root (comm, 100000);
}

MPI_TEST (large_values)
{
  bcast_from_every_root (comm, 1 << 20);
  bcast_from_every_root (comm, 8 << 20);
}

MPI_TEST (values_with_long_types)
{
  static const guint lengths[] = { 900, 990, 1000, 1010, 1030, 5000, 8150, 8170, 8176, 8180, 8200, 60000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree GVariant **children = g_new (GVariant *, lengths[i]);
      g_autoptr (GVariant) expected = NULL;
      Roots roots = { 0 };

      for (guint j = 0; j < lengths[i]; j++)
        children[j] = g_variant_new_byte ((guchar) j);
      expected = g_variant_ref_sink (g_variant_new_tuple (children, lengths[i]));
      roots_next (&roots, comm);
      assert_bcast (comm, &roots, expected);
    }
}

MPI_TEST (every_type)
{
  static const gchar *const texts[] = {
    "true",
    "byte 255",
    "int16 -5",
    "uint16 5",
    "-7",
    "uint32 7",
    "int64 -9",
    "uint64 9",
    "0.5",
    "'☭'",
    "objectpath '/a'",
    "signature 'ai'",
    "()",
    "(1, 'two')",
    "<5>",
    "@mi nothing",
    "just 'x'",
    "@ai []",
    "[1, 2, 3]",
    "{'a': <1>, 'b': <[2]>}",
    "@a{sv} {}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint root = (gint) i % ompi_obj_comm_get_size (comm);
      g_autoptr (GVariant) expected = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);
      g_autoptr (GVariant) received = NULL;

      received =
          ompi_obj_comm_bcast_variant (comm, ompi_obj_comm_get_rank (comm) == root ? expected : NULL, root, &error);
      assert_no_error (error);
      assert_variant_equal (received, expected);
    }
}

/* What the others pass is ignored, but a floating reference is consumed everywhere. */
MPI_TEST (values_that_are_not_the_root_s)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  GVariant *value = g_variant_new_int32 (rank);
  g_autoptr (GVariant) received = NULL;

  g_variant_ref (value);
  received = ompi_obj_comm_bcast_variant (comm, value, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (g_variant_get_int32 (received), 0);
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (value);
}

/* Every rank gets the error, and the next broadcast works. */
static void
fail_at_every_root (MpiComm *comm, const gchar *bad_text, MpiError code, const gchar *text)
{
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) good = g_variant_ref_sink (g_variant_new_int32 (roots.rank));
      GVariant *bad = roots.is_root && bad_text != NULL ? g_variant_new_parsed (bad_text) : NULL;
      g_autoptr (GVariant) received = ompi_obj_comm_bcast_variant (comm, bad, roots.root, &error);

      ck_assert_ptr_null (received);
      assert_error (error, (gint) code, text);
      assert_bcast (comm, &roots, good);
    }
}

MPI_TEST (no_value_at_the_root) { fail_at_every_root (comm, NULL, OMPI_OBJ_ERROR_ARG, "MPI_Bcast: "); }

MPI_TEST (handle_at_the_root)
{
  fail_at_every_root (comm, "handle 1", OMPI_OBJ_ERROR_TYPE, "'h'");
  fail_at_every_root (comm, "{'a': <handle 1>}", OMPI_OBJ_ERROR_TYPE, "'h'");
}

MPI_TEST (nested_too_deeply_at_the_root)
{
  g_autoptr (GString) text = g_string_new ("1");

  for (gint i = 0; i < 70; i++)
    {
      g_string_prepend_c (text, '<');
      g_string_append_c (text, '>');
    }
  fail_at_every_root (comm, text->str, OMPI_OBJ_ERROR_TYPE, "nested");
}

MPI_TEST (many_in_a_row)
{
  gint size = ompi_obj_comm_get_size (comm);

  for (gint i = 0; i < 200; i++)
    {
      g_autoptr (GError) error = NULL;
      gint root = i % size;
      g_autoptr (GVariant) received = NULL;

      received = ompi_obj_comm_bcast_variant (comm,
                                              ompi_obj_comm_get_rank (comm) == root
                                                  ? g_variant_new_parsed ("{'number': <%i>}", i)
                                                  : NULL,
                                              root, &error);
      assert_no_error (error);
      ck_assert (g_variant_is_of_type (received, G_VARIANT_TYPE_VARDICT));
    }
}

MPI_TEST (values_outlive_later_ones)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  const gsize size = 300000;

  for (gint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = make_numbers (i, size);

      g_ptr_array_add (kept, ompi_obj_comm_bcast_variant (comm, value, 0, &error));
      assert_no_error (error);
      if (i % 2 == 1)
        g_ptr_array_remove_index (kept, kept->len - 1);
    }
  for (guint i = 0; i < kept->len; i++)
    {
      g_autoptr (GVariant) expected = make_numbers (2 * (gint) i, size);

      assert_variant_equal (kept->pdata[i], expected);
    }
}

MPI_TEST (the_root_is_named)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gchar *text = g_strdup_printf ("rank %d", ompi_obj_comm_get_size (comm) - 1);
  gint root = ompi_obj_comm_get_size (comm) - 1;

  ck_assert_ptr_null (ompi_obj_comm_bcast_variant (comm, NULL, root, &error));
  if (rank != root)
    ck_assert_ptr_nonnull (strstr (error->message, "failed"));
  assert_error (error, OMPI_OBJ_ERROR_ARG, text);
}

MPI_TEST (roots_that_do_not_fit)
{
  for (BadRoots roots = { 0 }; bad_roots_next (&roots, comm);)
    {
      const gchar *text = "one group must have the root";
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (1));

      ck_assert_ptr_null (ompi_obj_comm_bcast_variant (comm, value, roots.root, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      assert_request_fails (ompi_obj_comm_ibcast_variant (comm, value, roots.root, &error), error, OMPI_OBJ_ERROR_ROOT,
                            text);
      bcast_from_every_root (comm, 100);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-bcast");
  harness_add (small_values, HARNESS_ALL);
  harness_add (medium_values, HARNESS_ALL);
  harness_add (large_values, HARNESS_ALL);
  harness_add (values_with_long_types, HARNESS_ALL);
  harness_add (every_type, HARNESS_INTRA);
  harness_add (values_that_are_not_the_root_s, HARNESS_INTRA);
  harness_add (no_value_at_the_root, HARNESS_ALL);
  harness_add (handle_at_the_root, HARNESS_ALL);
  harness_add (nested_too_deeply_at_the_root, HARNESS_ALL);
  harness_add (many_in_a_row, HARNESS_INTRA);
  harness_add (values_outlive_later_ones, HARNESS_INTRA);
  harness_add (the_root_is_named, HARNESS_INTRA);
  harness_add (roots_that_do_not_fit, HARNESS_INTER);
  return harness_run ();
}
