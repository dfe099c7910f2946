/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values of all ranks at one or at all. */

#include "values.h"

/* The side whose values a rank receives. */
static gint
side_of_values (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? 1 - own_side (comm) : 0;
}

static gint
number_of (gint side, gint rank, gint round)
{
  return 7 * side + rank + round;
}

static void
assert_gathered (MpiComm *comm, GPtrArray *values, gint round, gsize size)
{
  ck_assert_uint_eq (values->len, (guint) harness_n_peers (comm));
  for (guint i = 0; i < values->len; i++)
    {
      g_autoptr (GVariant) expected = make_value (number_of (side_of_values (comm), (gint) i, round), size);

      ck_assert (!g_variant_is_floating (values->pdata[i]));
      assert_variant_equal (values->pdata[i], expected);
    }
}

static void
gather_at_every_root (MpiComm *comm, gint round, gsize size)
{
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = make_value (number_of (own_side (comm), ompi_obj_comm_get_rank (comm), round), size);
      g_autoptr (GPtrArray) values =
          ompi_obj_comm_gather_variant (comm, roots.is_other ? value : NULL, roots.root, &error);

      assert_no_error (error);
      if (roots.is_root)
        assert_gathered (comm, values, round, size);
      else
        ck_assert_uint_eq (values->len, 0);
    }
}

static void
allgather_once (MpiComm *comm, gint round, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = make_value (number_of (own_side (comm), ompi_obj_comm_get_rank (comm), round), size);
  g_autoptr (GPtrArray) values = ompi_obj_comm_allgather_variant (comm, value, &error);

  assert_no_error (error);
  assert_gathered (comm, values, round, size);
}

MPI_TEST (gather_of_small_and_large_values)
{
  for (gint round = 0; round < 5; round++)
    gather_at_every_root (comm, round, 20000);
}

MPI_TEST (allgather_of_small_and_large_values)
{
  for (gint round = 0; round < 5; round++)
    allgather_once (comm, round, 20000);
  allgather_once (comm, 4, 0);
}

/* Where the way changes: all there is in the notes, messages in one piece of memory or in two, agreement on memory. */
MPI_TEST (values_around_the_limits)
{
  static const gsize sizes[] = { 0,  4,   8,   12,  16,  20,  24,   32,   40,   80,   88,   92,
                                 96, 100, 104, 108, 120, 128, 8100, 8152, 8160, 8168, 8200, 270000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      gint rank = ompi_obj_comm_get_rank (comm);
      g_autoptr (GVariant) value = make_large (own_side (comm) * 50 + rank, sizes[i]);
      g_autoptr (GPtrArray) values = ompi_obj_comm_allgather_variant (comm, value, &error);

      assert_no_error (error);
      for (guint j = 0; j < values->len; j++)
        {
          g_autoptr (GVariant) expected = make_large (side_of_values (comm) * 50 + (gint) j, sizes[i]);

          assert_variant_equal (values->pdata[j], expected);
        }
    }
}

MPI_TEST (large_values)
{
  gather_at_every_root (comm, 4, 2 << 20);
  gather_at_every_root (comm, 0, 2 << 20);
  allgather_once (comm, 3, 2 << 20);
  allgather_once (comm, 4, 2 << 20);
}

/* They share memory, and one alone must keep it. */
MPI_TEST (a_value_outlives_the_others)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GVariant) sent = make_large (own_side (comm) * 50 + rank, 30000);
  g_autoptr (GVariant) expected = make_large (side_of_values (comm) * 50, 30000);
  GPtrArray *values = ompi_obj_comm_allgather_variant (comm, sent, &error);
  g_autoptr (GVariant) kept = NULL;

  assert_no_error (error);
  kept = g_variant_ref (values->pdata[0]);
  g_ptr_array_unref (values);
  assert_comm_works (comm);
  assert_variant_equal (kept, expected);
}

MPI_TEST (floating_values_are_consumed)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_new_string ("x");
  g_autoptr (GPtrArray) values = NULL;

  g_variant_ref (value);
  values = ompi_obj_comm_allgather_variant (comm, value, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (value);

  value = g_variant_ref (g_variant_new_string ("x"));
  ck_assert_ptr_null (ompi_obj_comm_gather_variant (comm, value, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (value);
}

/*
 * Errors: each rank of each side fails once, in each of the methods; all ranks get the error.
 */

typedef GVariant *(*BadValue) (void);

static GVariant *
no_value (void)
{
  return NULL;
}

static GVariant *
value_with_handle (void)
{
  return g_variant_new_parsed ("{'a': <handle 1>}");
}

static GVariant *
value_nested_too_deeply (void)
{
  return make_nested (70);
}

static void
assert_told (GError *error, const Roots *failing, MpiError code, const gchar *text)
{
  g_autofree gchar *who = g_strdup_printf ("rank %d failed: ", failing->rank);

  if (!failing->is_root)
    ck_assert_ptr_nonnull (strstr (error->message, who));
  assert_error (error, (gint) code, text);
}

static void
fail_everywhere (MpiComm *comm, BadValue make_bad, MpiError code, const gchar *text)
{
  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      GError *error = NULL;
      GVariant *value = failing.is_root ? make_bad () : g_variant_new_int32 (1);

      ck_assert_ptr_null (ompi_obj_comm_allgather_variant (comm, value, &error));
      assert_told (error, &failing, code, text);
      error = NULL;
      assert_comm_works (comm);

      for (Roots roots = { 0 }; roots_next (&roots, comm);)
        {
          if (ompi_obj_comm_is_inter (comm) && roots.side == failing.side)
            continue; /* its value is not asked for */
          value = failing.is_root ? make_bad () : g_variant_new_string (LONG_TEXT);
          ck_assert_ptr_null (ompi_obj_comm_gather_variant (comm, value, roots.root, &error));
          assert_told (error, &failing, code, text);
          error = NULL;
        }
      assert_comm_works (comm);
    }
}

MPI_TEST (a_missing_value) { fail_everywhere (comm, no_value, OMPI_OBJ_ERROR_ARG, "there is no value"); }

MPI_TEST (a_handle) { fail_everywhere (comm, value_with_handle, OMPI_OBJ_ERROR_TYPE, "'h'"); }

MPI_TEST (a_value_nested_too_deeply) { fail_everywhere (comm, value_nested_too_deeply, OMPI_OBJ_ERROR_TYPE, "nested"); }

MPI_TEST (all_fail)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_comm_allgather_variant (comm, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Allgather: there is no value");
  assert_comm_works (comm);
}

/* A message that is longer than a report has room for. */
MPI_TEST (an_error_with_a_long_text)
{
  g_autoptr (GError) error = NULL;
  g_autofree GVariant **children = g_new (GVariant *, 70000);

  for (guint i = 0; i < 70000; i++)
    children[i] = g_variant_new_byte (1);
  ck_assert_ptr_null (ompi_obj_comm_allgather_variant (comm, g_variant_new_tuple (children, 70000), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "type string");
  assert_comm_works (comm);
}

MPI_TEST (a_freed_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  ck_assert (ompi_obj_comm_free (copy, &error));
  ck_assert_ptr_null (ompi_obj_comm_allgather_variant (copy, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_gather_variant (copy, g_variant_new_int32 (1), 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

/*
 * A subclass sees the collectives of buffers that it is made of.
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

static guint n_calls;

static gboolean
counting_comm_allgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  n_calls++;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->allgather (self, send_buffer, recv_buffer, error);
}

static gboolean
counting_comm_allgatherv (MpiComm *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, GError **error)
{
  n_calls += 100;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->allgatherv (self, send_buffer, recv_blocks, error);
}

static gboolean
counting_comm_gatherv (MpiComm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBlocks *recv_blocks,
                       gint root,
                       GError **error)
{
  n_calls += 1000;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->gatherv (self, send_buffer, recv_blocks, root, error);
}

static void
counting_comm_class_init (CountingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->allgather = counting_comm_allgather;
  OMPI_OBJ_COMM_CLASS (klass)->allgatherv = counting_comm_allgatherv;
  OMPI_OBJ_COMM_CLASS (klass)->gatherv = counting_comm_gatherv;
}

static void
counting_comm_init (CountingComm *self G_GNUC_UNUSED)
{
}

MPI_TEST (overridden_methods)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) counting = g_object_new (counting_comm_get_type (), "wraps", comm, NULL);
  GPtrArray *values;

  n_calls = 0;
  values = ompi_obj_comm_allgather_variant (counting, g_variant_new_int32 (1), &error);
  assert_no_error (error);
  g_ptr_array_unref (values);
  ck_assert_uint_eq (n_calls, 1); /* a small value needs nothing else */

  values = ompi_obj_comm_allgather_variant (counting, g_variant_new_string (LONG_TEXT), &error);
  assert_no_error (error);
  g_ptr_array_unref (values);
  ck_assert_uint_eq (n_calls, 102);

  values = ompi_obj_comm_gather_variant (counting, g_variant_new_string (LONG_TEXT), 0, &error);
  assert_no_error (error);
  g_ptr_array_unref (values);
  ck_assert_uint_eq (n_calls, 1103);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-gather");
  harness_add (gather_of_small_and_large_values, HARNESS_ALL);
  harness_add (allgather_of_small_and_large_values, HARNESS_ALL);
  harness_add (values_around_the_limits, HARNESS_ALL);
  harness_add (large_values, HARNESS_ALL);
  harness_add (a_value_outlives_the_others, HARNESS_ALL);
  harness_add (floating_values_are_consumed, HARNESS_ALL);
  harness_add (a_missing_value, HARNESS_ALL);
  harness_add (a_handle, HARNESS_ALL);
  harness_add (a_value_nested_too_deeply, HARNESS_ALL);
  harness_add (all_fail, HARNESS_ALL);
  harness_add (an_error_with_a_long_text, HARNESS_ALL);
  harness_add (a_freed_communicator, HARNESS_ALL);
  harness_add (overridden_methods, HARNESS_INTRA);
  return harness_run ();
}
