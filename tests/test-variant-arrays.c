/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Arrays of elements of a fixed size, put together and dealt out. */

#include "values.h"

static gint
side_of_values (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? 1 - own_side (comm) : 0;
}

/* The length of each rank's array; some are empty. */
static gsize
length_of (gint rank, gsize scale)
{
  return rank % 3 == 1 ? 0 : (gsize) (rank + 1) * scale;
}

static void
fill (gdouble *numbers, gint side, gint rank, gsize length)
{
  for (gsize i = 0; i < length; i++)
    numbers[i] = 1000.0 * side + 10.0 * rank + (gdouble) i / 1024;
}

static GVariant *
make_array (gint side, gint rank, gsize length)
{
  g_autofree gdouble *numbers = g_new (gdouble, length + 1);

  fill (numbers, side, rank, length);
  return g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, numbers, length, sizeof *numbers));
}

static GVariant *
make_all (gint side, gint n, gsize scale)
{
  gsize total = 0;
  g_autofree gdouble *numbers = NULL;

  for (gint i = 0; i < n; i++)
    total += length_of (i, scale);
  numbers = g_new (gdouble, total + 1);
  total = 0;
  for (gint i = 0; i < n; i++)
    {
      fill (numbers + total, side, i, length_of (i, scale));
      total += length_of (i, scale);
    }
  return g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, numbers, total, sizeof *numbers));
}

static void
assert_counts (MpiComm *comm, gint64 *counts, gsize n_counts, gsize scale)
{
  ck_assert_uint_eq (n_counts, (gsize) harness_n_peers (comm));
  for (gsize i = 0; i < n_counts; i++)
    ck_assert_int_eq (counts[i], (gint64) length_of ((gint) i, scale));
}

static const gsize scales[] = { 0, 1, 100, 50000 };

MPI_TEST (arrays_are_gathered)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    for (Roots roots = { 0 }; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) own = make_array (own_side (comm), rank, length_of (rank, scales[i]));
        g_autoptr (GVariant) expected = make_all (side_of_values (comm), harness_n_peers (comm), scales[i]);
        g_autofree gint64 *counts = NULL;
        gsize n_counts = 99;
        g_autoptr (GVariant) gathered =
            ompi_obj_comm_gather_array (comm, roots.is_other ? own : NULL, roots.root, &counts, &n_counts, &error);

        assert_no_error (error);
        ck_assert (!g_variant_is_floating (gathered));
        if (roots.is_root)
          {
            assert_variant_equal (gathered, expected);
            assert_counts (comm, counts, n_counts, scales[i]);
          }
        else
          {
            ck_assert_uint_eq (n_counts, 0);
            ck_assert_uint_eq (g_variant_n_children (gathered), 0);
            ck_assert_str_eq (g_variant_get_type_string (gathered), roots.is_other ? "ad" : "()");
          }
      }
}

MPI_TEST (arrays_are_gathered_everywhere)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) own = make_array (own_side (comm), rank, length_of (rank, scales[i]));
      g_autoptr (GVariant) expected = make_all (side_of_values (comm), harness_n_peers (comm), scales[i]);
      g_autofree gint64 *counts = NULL;
      gsize n_counts = 0;
      g_autoptr (GVariant) gathered = ompi_obj_comm_allgather_array (comm, own, &counts, &n_counts, &error);
      g_autoptr (GVariant) without_counts = NULL;

      assert_no_error (error);
      assert_variant_equal (gathered, expected);
      assert_counts (comm, counts, n_counts, scales[i]);
      without_counts = ompi_obj_comm_allgather_array (comm, own, NULL, NULL, &error);
      assert_no_error (error);
      assert_variant_equal (without_counts, expected);
    }
}

/* The root deals out to rank I as many as length_of() says. */
MPI_TEST (an_array_is_dealt_out)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint n = harness_n_peers (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    for (Roots roots = { 0 }; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) all = make_all (own_side (comm), n, scales[i]);
        g_autoptr (GVariant) expected = make_array (roots.side, rank, length_of (rank, scales[i]));
        g_autofree gint64 *counts = g_new (gint64, n);
        g_autoptr (GVariant) part = NULL;

        for (gint j = 0; j < n; j++)
          counts[j] = (gint64) length_of (j, scales[i]);
        part = ompi_obj_comm_scatter_array (comm, roots.is_root ? all : NULL, roots.is_root ? counts : NULL,
                                            roots.is_root ? (gsize) n : 0, roots.root, &error);
        assert_no_error (error);
        if (roots.is_other)
          assert_variant_equal (part, expected);
        else
          ck_assert_str_eq (g_variant_get_type_string (part), "()");
      }
}

/* From rank I to rank J go I + J elements, each telling both. */
MPI_TEST (arrays_are_exchanged)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint n = harness_n_peers (comm);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *recv_counts = NULL;
  gsize n_recv_counts = 0;
  GVariantBuilder builder;
  g_autoptr (GVariant) received = NULL;
  gsize next = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yii)"));
  for (gint i = 0; i < n; i++)
    {
      counts[i] = rank + i;
      for (gint j = 0; j < counts[i]; j++)
        g_variant_builder_add (&builder, "(yii)", 7, rank, i);
    }
  received = ompi_obj_comm_alltoall_array (comm, g_variant_builder_end (&builder), counts, (gsize) n, &recv_counts,
                                           &n_recv_counts, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_recv_counts, (gsize) n);
  for (gint i = 0; i < n; i++)
    {
      ck_assert_int_eq (recv_counts[i], rank + i);
      for (gint j = 0; j < rank + i; j++)
        {
          guint8 seven;
          gint from, to;

          g_variant_get_child (received, next++, "(yii)", &seven, &from, &to);
          ck_assert_int_eq (seven, 7);
          ck_assert_int_eq (from, i);
          ck_assert_int_eq (to, rank);
        }
    }
  ck_assert_uint_eq (g_variant_n_children (received), next);
}

MPI_TEST (elements_of_every_kind)
{
  static const gchar *const texts[] = { "[true, false]", "[byte 1]",   "[int16 2]",        "[uint16 3]",
                                        "[4]",           "[uint32 5]", "[int64 6]",        "[uint64 7]",
                                        "[8.5]",         "[()]",       "[(byte 1, 2.5)]",  "[(2.5, byte 1)]",
                                        "{byte 1: 5}",   "[((1,),)]",  "[(1, (true, 2))]", "@a(yq) []" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) own = g_variant_parse (NULL, texts[i], NULL, NULL, &error);
      g_autoptr (GVariant) gathered = NULL;

      assert_no_error (error);
      gathered = ompi_obj_comm_allgather_array (comm, own, NULL, NULL, &error);
      assert_no_error (error);
      ck_assert_str_eq (g_variant_get_type_string (gathered), g_variant_get_type_string (own));
      ck_assert_uint_eq (g_variant_n_children (gathered), g_variant_n_children (own) * (gsize) harness_n_peers (comm));
      for (gsize j = 0; j < g_variant_n_children (gathered); j++)
        {
          g_autoptr (GVariant) element = g_variant_get_child_value (gathered, j);
          g_autoptr (GVariant) expected = g_variant_get_child_value (own, j % g_variant_n_children (own));

          ck_assert (g_variant_equal (element, expected));
        }
    }
}

/*
 * Buffers
 */

MPI_TEST (buffers_are_gathered_everywhere)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint n = harness_n_peers (comm);
  gint numbers[64];

  for (gint i = 0; i < 64; i++)
    numbers[i] = 100 * own_side (comm) + rank;
  for (gint round = 0; round < 2; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gint64 *counts = NULL;
      gsize n_counts = 0;
      g_autoptr (MpiBuffer) gathered =
          ompi_obj_comm_allgather_buffer (comm, OMPI_OBJ_DATA (numbers, round * rank), &counts, &n_counts, &error);
      g_autoptr (GBytes) bytes = NULL;
      const gint *next;

      assert_no_error (error);
      ck_assert_uint_eq (n_counts, (gsize) n);
      ck_assert_int_eq (gathered->count, round * n * (n - 1) / 2);
      ck_assert_ptr_eq (gathered->datatype, OMPI_OBJ_INT);
      bytes = ompi_obj_buffer_get_bytes (gathered, &error);
      ck_assert_uint_eq (g_bytes_get_size (bytes), (gsize) gathered->count * sizeof (gint));
      next = gathered->address;
      for (gint i = 0; i < n; i++)
        {
          ck_assert_int_eq (counts[i], round * i);
          for (gint j = 0; j < counts[i]; j++)
            ck_assert_int_eq (*next++, 100 * side_of_values (comm) + i);
        }
    }
}

/* Every second number of each: the elements have holes. */
MPI_TEST (buffers_with_holes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_vector (2, 1, 2, OMPI_OBJ_INT, &error);
  gint numbers[] = { 1, -1, 2, 1, -1, 2 };
  g_autoptr (MpiBuffer) gathered = NULL;
  const gint *received;

  assert_no_error (error);
  ck_assert (ompi_obj_datatype_commit (pair, &error));
  gathered = ompi_obj_comm_allgather_buffer (comm, OMPI_OBJ_BUFFER (numbers, 2, pair), NULL, NULL, &error);
  assert_no_error (error);
  ck_assert_int_eq (gathered->count, 2 * harness_n_peers (comm));
  received = gathered->address;
  for (gint i = 0; i < gathered->count; i++)
    {
      ck_assert_int_eq (received[3 * i], 1);
      ck_assert_int_eq (received[3 * i + 2], 2);
    }
}

/*
 * Errors
 */

static void
assert_array_fails (MpiComm *comm, const Roots *failing, const gchar *bad_text, MpiError code, const gchar *text)
{
  GError *error = NULL;
  g_autoptr (GVariant) bad = bad_text != NULL ? g_variant_ref_sink (g_variant_new_parsed (bad_text)) : NULL;
  g_autoptr (GVariant) good = g_variant_ref_sink (g_variant_new_parsed ("[1.5]"));
  const gint64 one = 1;
  gint64 *counts = (gint64 *) &one;
  gsize n_counts = 5;

  ck_assert_ptr_null (ompi_obj_comm_allgather_array (comm, failing->is_root ? bad : good, &counts, &n_counts, &error));
  assert_error (error, (gint) code, text);
  ck_assert_ptr_null (counts);
  ck_assert_uint_eq (n_counts, 0);
  ck_assert_ptr_null (ompi_obj_comm_scatter_array (comm, bad, &one, 1, failing->root, &error));
  if (!failing->is_root)
    ck_assert_ptr_nonnull (strstr (error->message, "failed: "));
  assert_error (error, (gint) code, text);
  assert_comm_works (comm);
}

MPI_TEST (arrays_that_are_none)
{
  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      assert_array_fails (comm, &failing, NULL, OMPI_OBJ_ERROR_ARG, "there is no array");
      assert_array_fails (comm, &failing, "['text']", OMPI_OBJ_ERROR_TYPE, "'as'");
      assert_array_fails (comm, &failing, "[(1, @ai [])]", OMPI_OBJ_ERROR_TYPE, "'a(iai)'");
      assert_array_fails (comm, &failing, "5", OMPI_OBJ_ERROR_TYPE, "'i'");
      assert_array_fails (comm, &failing, "[handle 1]", OMPI_OBJ_ERROR_TYPE, "'h'");
      assert_array_fails (comm, &failing, "[<1>]", OMPI_OBJ_ERROR_TYPE, "'av'");
    }
}

MPI_TEST (types_that_differ)
{
  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      g_autoptr (GError) error = NULL;
      gint number = 1;
      g_autoptr (GVariant) own =
          g_variant_ref_sink (failing.is_root ? g_variant_new_parsed ("[1]") : g_variant_new_parsed ("[1.5]"));

      if (ompi_obj_comm_get_size (comm) == 1 && !ompi_obj_comm_is_inter (comm))
        return;
      ck_assert_ptr_null (ompi_obj_comm_allgather_array (comm, own, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, "another type");
      ck_assert_ptr_null (ompi_obj_comm_allgather_buffer (
          comm, failing.is_root ? OMPI_OBJ_DATA (&number, 1) : OMPI_OBJ_BUFFER (&number, 1, OMPI_OBJ_SHORT), NULL, NULL,
          &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, "another type");
      assert_comm_works (comm);
    }
}

MPI_TEST (counts_that_do_not_fit)
{
  const gint n = harness_n_peers (comm);

  for (gint which = 0; which < 4; which++)
    for (Roots failing = { 0 }; roots_next (&failing, comm);)
      {
        static const gchar *const expected[] = { "counts, but it takes", "elements of the array are left", "is -1",
                                                 "to nobody" };
        GError *error = NULL;
        g_autoptr (GVariant) own = g_variant_ref_sink (g_variant_new_parsed ("[1.5, 2.5]"));
        g_autofree gint64 *counts = g_new0 (gint64, n + 1);
        gsize n_counts = (gsize) n;

        counts[0] = 2;
        if (failing.is_root)
          {
            n_counts = (gsize) (which == 0 ? n + 1 : n);
            counts[0] = which == 1 ? 3 : which == 2 ? -1 : which == 3 ? 1 : 2;
          }
        ck_assert_ptr_null (ompi_obj_comm_alltoall_array (comm, own, counts, n_counts, NULL, NULL, &error));
        assert_error (error, OMPI_OBJ_ERROR_COUNT, expected[which]);
        ck_assert_ptr_null (ompi_obj_comm_scatter_array (comm, own, counts, n_counts, failing.root, &error));
        assert_error (error, OMPI_OBJ_ERROR_COUNT, expected[which]);
        assert_comm_works (comm);
      }
}

MPI_TEST (a_type_with_many_letters)
{
  g_autoptr (GError) error = NULL;
  GVariant *children[150];
  GVariant *element;

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = g_variant_new_byte (1);
  element = g_variant_new_tuple (children, G_N_ELEMENTS (children));
  ck_assert_ptr_null (
      ompi_obj_comm_allgather_array (comm, g_variant_new_array (NULL, &element, 1), NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "letters");
}

MPI_TEST (wrong_buffers_and_roots)
{
  g_autoptr (GError) error = NULL;
  gint number = 1;

  ck_assert_ptr_null (ompi_obj_comm_allgather_buffer (comm, OMPI_OBJ_DATA (&number, -1), NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "count is -1");
  ck_assert_ptr_null (ompi_obj_comm_gather_array (comm, NULL, 99, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  ck_assert_ptr_null (ompi_obj_comm_scatter_array (comm, NULL, NULL, 0, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  assert_comm_works (comm);
}

MPI_TEST (roots_that_do_not_fit)
{
  for (BadRoots roots = { 0 }; bad_roots_next (&roots, comm);)
    {
      const gchar *text = "one group must have the root";
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) array = g_variant_ref_sink (g_variant_new_parsed ("[1.5]"));
      g_autofree gint64 *counts = g_new0 (gint64, harness_n_peers (comm));

      counts[0] = 1;
      ck_assert_ptr_null (ompi_obj_comm_gather_array (comm, array, roots.root, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      ck_assert_ptr_null (
          ompi_obj_comm_scatter_array (comm, array, counts, (gsize) harness_n_peers (comm), roots.root, &error));
      assert_error (error, OMPI_OBJ_ERROR_ROOT, text);
      assert_comm_works (comm);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-arrays");
  harness_add (arrays_are_gathered, HARNESS_ALL);
  harness_add (arrays_are_gathered_everywhere, HARNESS_ALL);
  harness_add (an_array_is_dealt_out, HARNESS_ALL);
  harness_add (arrays_are_exchanged, HARNESS_ALL);
  harness_add (elements_of_every_kind, HARNESS_ALL);
  harness_add (buffers_are_gathered_everywhere, HARNESS_ALL);
  harness_add (buffers_with_holes, HARNESS_ALL);
  harness_add (arrays_that_are_none, HARNESS_ALL);
  harness_add (types_that_differ, HARNESS_ALL);
  harness_add (counts_that_do_not_fit, HARNESS_ALL);
  harness_add (a_type_with_many_letters, HARNESS_ALL);
  harness_add (wrong_buffers_and_roots, HARNESS_ALL);
  harness_add (roots_that_do_not_fit, HARNESS_INTER);
  return harness_run ();
}
