/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Layouts: what each constructor selects, what is told about it, descriptions, packing, and types of values. */

#include "harness.h"

#define N_CELLS 64

static void
assert_ready (MpiDatatype *datatype, GError *error)
{
  assert_no_error (error);
  ck_assert_ptr_nonnull (datatype);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
}

/*
 * Sends one element of @datatype out of numbered cells and looks at the numbers that arrive; then sends
 * numbers into one element, and looks at the cells.
 */
static void
assert_selects (MpiComm *comm, MpiDatatype *datatype, const gint32 *expected, gint n_expected)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  gint32 cells[N_CELLS];
  gint64 size;

  for (gint32 i = 0; i < N_CELLS; i++)
    cells[i] = i;

  size = ompi_obj_datatype_get_size (datatype, &error);
  assert_no_error (error);
  ck_assert_int_eq (size, 4 * n_expected);

  while (harness_rounds_next (&rounds, comm))
    {
      gint32 received[N_CELLS];
      gint32 scattered[N_CELLS];

      memset (received, 0xff, sizeof received);
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (cells, 1, datatype), rounds.dest, 1,
                                               OMPI_OBJ_DATA (received, N_CELLS), rounds.source, 1, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_mem_eq (received, expected, sizeof (gint32) * (gsize) n_expected);
          ck_assert_int_eq (received[n_expected], -1);
        }

      memset (scattered, 0xff, sizeof scattered);
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (expected, n_expected, OMPI_OBJ_INT32_T),
                                               rounds.dest, 2, OMPI_OBJ_BUFFER (scattered, 1, datatype), rounds.source,
                                               2, NULL, &error),
                       error);
      for (gint i = 0; rounds.source != OMPI_OBJ_PROC_NULL && i < N_CELLS; i++)
        {
          gboolean selected = FALSE;

          for (gint j = 0; j < n_expected; j++)
            selected = selected || expected[j] == i;
          ck_assert_int_eq (scattered[i], selected ? i : -1);
        }
    }
}

/* Describes, builds again, and describes again: both look the same, and select the same. */
static void
assert_described (MpiComm *comm, MpiDatatype *datatype, const gchar *text, const gint32 *expected, gint n_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);
  g_autoptr (GVariant) wanted = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (MpiDatatype) built = NULL;

  assert_no_error (error);
  wanted = g_variant_parse (G_VARIANT_TYPE ("(sa{sv})"), text, NULL, NULL, &error);
  assert_no_error (error);
  assert_variant_equal (description, wanted);

  built = ompi_obj_datatype_new_for_description (description, &error);
  assert_ready (built, error);
  again = ompi_obj_datatype_decode (built, &error);
  assert_no_error (error);
  assert_variant_equal (again, wanted);
  if (expected != NULL)
    assert_selects (comm, built, expected, n_expected);
}

static void
assert_extent (MpiDatatype *datatype, gint64 lower_bound, gint64 extent)
{
  g_autoptr (GError) error = NULL;
  gint64 found_lower_bound = -1;
  gint64 found_extent = -1;
  gint64 true_lower_bound = -1;
  gint64 true_extent = -1;
  MPI_Aint raw_lower_bound;
  MPI_Aint raw_extent;

  assert_succeeds (ompi_obj_datatype_get_extent (datatype, &found_lower_bound, &found_extent, &error), error);
  ck_assert_int_eq (found_lower_bound, lower_bound);
  ck_assert_int_eq (found_extent, extent);
  assert_succeeds (ompi_obj_datatype_get_extent (datatype, NULL, NULL, &error), error);

  assert_succeeds (ompi_obj_datatype_get_true_extent (datatype, &true_lower_bound, &true_extent, &error), error);
  MPI_Type_get_true_extent (ompi_obj_datatype_get_native (datatype), &raw_lower_bound, &raw_extent);
  ck_assert_int_eq (true_lower_bound, raw_lower_bound);
  ck_assert_int_eq (true_extent, raw_extent);
  MPI_Type_get_extent (ompi_obj_datatype_get_native (datatype), &raw_lower_bound, &raw_extent);
  ck_assert_int_eq (found_lower_bound, raw_lower_bound);
  ck_assert_int_eq (found_extent, raw_extent);
}

static MpiCombiner
combiner_of (MpiDatatype *datatype)
{
  g_autoptr (GError) error = NULL;
  MpiCombiner combiner = (MpiCombiner) -1;

  assert_succeeds (ompi_obj_datatype_get_envelope (datatype, &combiner, NULL, NULL, NULL, NULL, &error), error);
  return combiner;
}

#define INT32 "<('MPI_INT32_T', @a{sv} {})>"

#define ASSERT_LAYOUT(datatype, combiner, lower_bound, extent, text, ...)           \
  do                                                                                \
    {                                                                               \
      const gint32 expected_[] = { __VA_ARGS__ };                                   \
                                                                                    \
      assert_ready (datatype, error);                                               \
      ck_assert_int_eq (combiner_of (datatype), combiner);                          \
      assert_extent (datatype, lower_bound, extent);                                \
      assert_selects (comm, datatype, expected_, G_N_ELEMENTS (expected_));         \
      assert_described (comm, datatype, text, expected_, G_N_ELEMENTS (expected_)); \
    }                                                                               \
  while (0)

MPI_TEST (contiguous_elements)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_INT32_T, &error);

  ASSERT_LAYOUT (datatype, OMPI_OBJ_COMBINER_CONTIGUOUS, 0, 12,
                 "('contiguous', {'count': <int64 3>, 'element': " INT32 "})", 0, 1, 2);
}

MPI_TEST (blocks_at_a_stride)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_vector (3, 2, 4, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) in_bytes = ompi_obj_datatype_new_hvector (2, 2, 20, OMPI_OBJ_INT32_T, &error);

  ASSERT_LAYOUT (datatype, OMPI_OBJ_COMBINER_VECTOR, 0, 40,
                 "('vector', {'count': <int64 3>, 'length': <int64 2>, 'stride': <int64 4>, 'element': " INT32 "})", 0,
                 1, 4, 5, 8, 9);
  ASSERT_LAYOUT (in_bytes, OMPI_OBJ_COMBINER_HVECTOR, 0, 28,
                 "('hvector', {'count': <int64 2>, 'length': <int64 2>, 'stride': <int64 20>, 'element': " INT32 "})",
                 0, 1, 5, 6);
}

MPI_TEST (blocks_at_a_negative_stride)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_vector (3, 1, -2, OMPI_OBJ_INT32_T, &error);
  gint32 cells[] = { 10, 11, 12, 13, 14 };
  gint32 received[3] = { 0 };

  assert_ready (datatype, error);
  assert_extent (datatype, -16, 20);
  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (cells + 4, 1, datatype), 0, 0,
                                           OMPI_OBJ_DATA (received, 3), 0, 0, NULL, &error),
                   error);
  ck_assert (received[0] == 14 && received[1] == 12 && received[2] == 10);
}

MPI_TEST (blocks_at_displacements)
{
  static const gint64 lengths[] = { 2, 1, 3 };
  static const gint64 displacements[] = { 5, 0, 9 };
  static const gint64 bytes[] = { 20, 0, 36 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) indexed = ompi_obj_datatype_new_indexed (lengths, displacements, 3, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) hindexed = ompi_obj_datatype_new_hindexed (lengths, bytes, 3, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) block = ompi_obj_datatype_new_indexed_block (2, displacements, 3, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) hblock = ompi_obj_datatype_new_hindexed_block (2, bytes, 3, OMPI_OBJ_INT32_T, &error);

  ASSERT_LAYOUT (indexed, OMPI_OBJ_COMBINER_INDEXED, 0, 48,
                 "('indexed', {'lengths': <[int64 2, 1, 3]>, 'displacements': <[int64 5, 0, 9]>, 'element': " INT32
                 "})",
                 5, 6, 0, 9, 10, 11);
  ASSERT_LAYOUT (hindexed, OMPI_OBJ_COMBINER_HINDEXED, 0, 48,
                 "('hindexed', {'lengths': <[int64 2, 1, 3]>, 'displacements': <[int64 20, 0, 36]>, 'element': " INT32
                 "})",
                 5, 6, 0, 9, 10, 11);
  ASSERT_LAYOUT (block, OMPI_OBJ_COMBINER_INDEXED_BLOCK, 0, 44,
                 "('indexed-block', {'length': <int64 2>, 'displacements': <[int64 5, 0, 9]>, 'element': " INT32 "})",
                 5, 6, 0, 1, 9, 10);
  ASSERT_LAYOUT (hblock, OMPI_OBJ_COMBINER_HINDEXED_BLOCK, 0, 44,
                 "('hindexed-block', {'length': <int64 2>, 'displacements': <[int64 20, 0, 36]>, 'element': " INT32
                 "})",
                 5, 6, 0, 1, 9, 10);
}

MPI_TEST (structures)
{
  static const gint64 lengths[] = { 1, 2 };
  static const gint64 displacements[] = { 4, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT32_T, &error);
  MpiDatatype *elements[] = { OMPI_OBJ_INT32_T, pair };
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_struct (lengths, displacements, elements, 2, &error);

  ASSERT_LAYOUT (datatype, OMPI_OBJ_COMBINER_STRUCT, 4, 28,
                 "('struct', {'lengths': <[int64 1, 2]>, 'displacements': <[int64 4, 16]>, 'elements': "
                 "<[('MPI_INT32_T', @a{sv} {}), ('contiguous', {'count': <int64 2>, 'element': " INT32 "})]>})",
                 1, 4, 5, 6, 7);
}

typedef struct
{
  gint8 kind;
  gdouble weight;
  gint16 counts[3];
} Record;

MPI_TEST (arrays_of_c_structures)
{
  static const gint64 lengths[] = { 1, 1, 3 };
  static const gint64 displacements[] = { G_STRUCT_OFFSET (Record, kind), G_STRUCT_OFFSET (Record, weight),
                                          G_STRUCT_OFFSET (Record, counts) };
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  MpiDatatype *elements[] = { OMPI_OBJ_INT8_T, OMPI_OBJ_DOUBLE, OMPI_OBJ_INT16_T };
  g_autoptr (MpiDatatype) layout = ompi_obj_datatype_new_struct (lengths, displacements, elements, 3, &error);
  g_autoptr (MpiDatatype) datatype = NULL;
  Record sent[5];

  assert_no_error (error);
  datatype = ompi_obj_datatype_new_resized (layout, 0, sizeof (Record), &error);
  assert_ready (datatype, error);
  assert_extent (datatype, 0, sizeof (Record));
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), 1 + 8 + 6);

  for (gint i = 0; i < 5; i++)
    sent[i] = (Record){ (gint8) i, i * 0.5, { (gint16) i, (gint16) (i + 1), (gint16) (i + 2) } };
  while (harness_rounds_next (&rounds, comm))
    {
      Record received[5] = { { 0 } };

      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (sent, 5, datatype), rounds.dest, 0,
                                               OMPI_OBJ_BUFFER (received, 5, datatype), rounds.source, 0, NULL, &error),
                       error);
      for (gint i = 0; rounds.source != OMPI_OBJ_PROC_NULL && i < 5; i++)
        {
          ck_assert_int_eq (received[i].kind, i);
          ck_assert_double_eq (received[i].weight, i * 0.5);
          ck_assert_int_eq (received[i].counts[2], i + 2);
        }
    }
}

MPI_TEST (parts_of_arrays)
{
  static const gint64 sizes[] = { 4, 6 };
  static const gint64 subsizes[] = { 2, 3 };
  static const gint64 starts[] = { 1, 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) rows =
      ompi_obj_datatype_new_subarray (sizes, subsizes, starts, 2, OMPI_OBJ_ORDER_C, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) columns =
      ompi_obj_datatype_new_subarray (sizes, subsizes, starts, 2, OMPI_OBJ_ORDER_FORTRAN, OMPI_OBJ_INT32_T, &error);

  ASSERT_LAYOUT (rows, OMPI_OBJ_COMBINER_SUBARRAY, 0, 96,
                 "('subarray', {'sizes': <[int64 4, 6]>, 'subsizes': <[int64 2, 3]>, 'starts': <[int64 1, 2]>, "
                 "'order': <'C'>, 'element': " INT32 "})",
                 8, 9, 10, 14, 15, 16);
  ASSERT_LAYOUT (columns, OMPI_OBJ_COMBINER_SUBARRAY, 0, 96,
                 "('subarray', {'sizes': <[int64 4, 6]>, 'subsizes': <[int64 2, 3]>, 'starts': <[int64 1, 2]>, "
                 "'order': <'FORTRAN'>, 'element': " INT32 "})",
                 9, 10, 13, 14, 17, 18);
}

MPI_TEST (distributed_arrays)
{
  static const gint64 sizes[] = { 4, 6 };
  static const MpiDistribute distributions[] = { OMPI_OBJ_DISTRIBUTE_BLOCK, OMPI_OBJ_DISTRIBUTE_CYCLIC };
  static const gint arguments[] = { OMPI_OBJ_DISTRIBUTE_DFLT_DARG, 1 };
  static const gint n_processes[] = { 2, 3 };
  static const MpiDistribute undistributed[] = { OMPI_OBJ_DISTRIBUTE_NONE, OMPI_OBJ_DISTRIBUTE_BLOCK };
  static const gint blocks[] = { OMPI_OBJ_DISTRIBUTE_DFLT_DARG, 3 };
  static const gint two[] = { 1, 2 };
  g_autoptr (GError) error = NULL;
  /* Process (1, 2) of 2 x 3: the last two rows, of the columns 2 and 5. */
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_darray (6, 5, sizes, distributions, arguments, n_processes,
                                                                   2, OMPI_OBJ_ORDER_C, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) halves = ompi_obj_datatype_new_darray (2, 1, sizes, undistributed, blocks, two, 2,
                                                                 OMPI_OBJ_ORDER_C, OMPI_OBJ_INT32_T, &error);

  ASSERT_LAYOUT (datatype, OMPI_OBJ_COMBINER_DARRAY, 0, 96,
                 "('darray', {'size': <6>, 'rank': <5>, 'sizes': <[int64 4, 6]>, 'distributions': <['BLOCK', "
                 "'CYCLIC']>, 'arguments': <[-5, 1]>, 'n-processes': <[2, 3]>, 'order': <'C'>, 'element': " INT32 "})",
                 14, 17, 20, 23);
  ASSERT_LAYOUT (halves, OMPI_OBJ_COMBINER_DARRAY, 0, 96,
                 "('darray', {'size': <2>, 'rank': <1>, 'sizes': <[int64 4, 6]>, 'distributions': <['NONE', "
                 "'BLOCK']>, 'arguments': <[-5, 3]>, 'n-processes': <[1, 2]>, 'order': <'C'>, 'element': " INT32 "})",
                 3, 4, 5, 9, 10, 11, 15, 16, 17, 21, 22, 23);
}

MPI_TEST (resized_and_duplicated)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) resized = ompi_obj_datatype_new_resized (OMPI_OBJ_INT32_T, -4, 16, &error);
  g_autoptr (MpiDatatype) three = NULL;
  g_autoptr (MpiDatatype) copy = NULL;

  ASSERT_LAYOUT (resized, OMPI_OBJ_COMBINER_RESIZED, -4, 16,
                 "('resized', {'lower-bound': <int64 -4>, 'extent': <int64 16>, 'element': " INT32 "})", 0);
  three = ompi_obj_datatype_new_contiguous (3, resized, &error);
  ASSERT_LAYOUT (three, OMPI_OBJ_COMBINER_CONTIGUOUS, -4, 48,
                 "('contiguous', {'count': <int64 3>, 'element': <('resized', {'lower-bound': <int64 -4>, 'extent': "
                 "<int64 16>, 'element': " INT32 "})>})",
                 0, 4, 8);
  copy = ompi_obj_datatype_dup (three, &error);
  ASSERT_LAYOUT (copy, OMPI_OBJ_COMBINER_DUP, -4, 48,
                 "('dup', {'element': <('contiguous', {'count': <int64 3>, 'element': <('resized', {'lower-bound': "
                 "<int64 -4>, 'extent': <int64 16>, 'element': " INT32 "})>})>})",
                 0, 4, 8);
}

MPI_TEST (layouts_of_nothing)
{
  g_autoptr (GError) error = NULL;
  MpiDatatype *datatypes[8] = { NULL };

  datatypes[0] = ompi_obj_datatype_new_contiguous (0, OMPI_OBJ_INT, &error);
  datatypes[1] = ompi_obj_datatype_new_vector (0, 5, 5, OMPI_OBJ_INT, &error);
  datatypes[2] = ompi_obj_datatype_new_hvector (5, 0, 5, OMPI_OBJ_INT, &error);
  datatypes[3] = ompi_obj_datatype_new_indexed (NULL, NULL, 0, OMPI_OBJ_INT, &error);
  datatypes[4] = ompi_obj_datatype_new_indexed_block (1, NULL, 0, OMPI_OBJ_INT, &error);
  datatypes[5] = ompi_obj_datatype_new_hindexed_block (1, NULL, 0, OMPI_OBJ_INT, &error);
  datatypes[6] = ompi_obj_datatype_new_struct (NULL, NULL, NULL, 0, &error);
  datatypes[7] = ompi_obj_datatype_new_hindexed (NULL, NULL, 0, OMPI_OBJ_INT, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (datatypes); i++)
    {
      g_autoptr (GVariant) description = NULL;
      g_autoptr (MpiDatatype) again = NULL;

      assert_ready (datatypes[i], error);
      ck_assert_int_eq (ompi_obj_datatype_get_size (datatypes[i], &error), 0);
      description = ompi_obj_datatype_decode (datatypes[i], &error);
      assert_no_error (error);
      again = ompi_obj_datatype_new_for_description (description, &error);
      assert_ready (again, error);
      g_clear_object (&datatypes[i]);
    }
}

/* Numbers above INT_MAX, in little memory: exact where MPI counts so far, an error where it does not. */
MPI_TEST (large_counts)
{
  const gint64 count = G_GINT64_CONSTANT (5000000000);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) still = ompi_obj_datatype_new_resized (OMPI_OBJ_INT32_T, 0, 0, &error);
  g_autoptr (MpiDatatype) contiguous = NULL;
  g_autoptr (MpiDatatype) vector = NULL;
  g_autoptr (GVariant) description = NULL;
  g_autoptr (MpiDatatype) again = NULL;

  assert_ready (still, error);
  contiguous = ompi_obj_datatype_new_contiguous (count, still, &error);
#if MPI_VERSION >= 4
  assert_ready (contiguous, error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (contiguous, &error), 4 * count);
  vector = ompi_obj_datatype_new_vector (count, 1, 0, OMPI_OBJ_INT32_T, &error);
  assert_ready (vector, error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (vector, &error), 4 * count);
  assert_extent (vector, 0, 4);
  description = ompi_obj_datatype_decode (vector, &error);
  assert_no_error (error);
  again = ompi_obj_datatype_new_for_description (description, &error);
  assert_ready (again, error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (again, &error), 4 * count);
  ck_assert_int_eq (ompi_obj_comm_get_pack_size (comm, count, OMPI_OBJ_INT32_T, &error), 4 * count);
  assert_no_error (error);

  {
    g_autoptr (MpiDatatype) nothing = ompi_obj_datatype_new_contiguous (0, OMPI_OBJ_INT32_T, &error);

    assert_ready (nothing, error);
    assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (&error, count, nothing), 0, 0,
                                             OMPI_OBJ_BUFFER (&error, count, nothing), 0, 0, NULL, &error),
                     error);
  }
#else
  ck_assert_ptr_null (contiguous);
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Type_contiguous: count is 5000000000");
  vector = ompi_obj_datatype_new_vector (1, 1, -count, OMPI_OBJ_INT32_T, &error);
  ck_assert_ptr_null (vector);
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "stride is -5000000000");
  ck_assert_ptr_null (ompi_obj_datatype_new_indexed (&count, &count, 1, OMPI_OBJ_BYTE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "lengths[0] is 5000000000");
  ck_assert_ptr_null (ompi_obj_datatype_new_indexed_block (1, &count, 1, OMPI_OBJ_BYTE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "displacements[0] is 5000000000");
  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed_block (count, &count, 1, OMPI_OBJ_BYTE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "length is 5000000000");
  ck_assert_int_eq (ompi_obj_comm_get_pack_size (comm, count, OMPI_OBJ_INT32_T, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Pack_size: count is 5000000000");
  (void) description;
  (void) again;
#endif
}

#define ASSERT_FAILS(call, code, text)  \
  do                                    \
    {                                   \
      ck_assert_ptr_null (call);        \
      assert_error (error, code, text); \
    }                                   \
  while (0)

MPI_TEST (bad_numbers)
{
  static const gint64 ones[] = { 1, 1 };
  static const gint64 negative[] = { 1, -7 };
  static const gint64 far[] = { 0, G_MAXINT64 };
  static const gint64 huge[] = { G_GINT64_CONSTANT (1) << 31, G_GINT64_CONSTANT (1) << 31 };
  g_autoptr (GError) error = NULL;
  MpiDatatype *ints[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };

  ASSERT_FAILS (ompi_obj_datatype_new_contiguous (-1, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_contiguous: count is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_vector (-2, 1, 1, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_vector: count is -2");
  ASSERT_FAILS (ompi_obj_datatype_new_vector (1, -2, 1, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_vector: length is -2");
  ASSERT_FAILS (ompi_obj_datatype_new_hvector (1, -2, 1, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hvector: length is -2");
  ASSERT_FAILS (ompi_obj_datatype_new_hvector (9, 1, G_MAXINT64, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hvector: stride is 9223372036854775807");
  ASSERT_FAILS (ompi_obj_datatype_new_hvector (2, 1, G_MAXINT64, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hvector: block 1");
  ASSERT_FAILS (ompi_obj_datatype_new_indexed (negative, ones, 2, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_indexed: lengths[1] is -7");
  ASSERT_FAILS (ompi_obj_datatype_new_hindexed (negative, ones, 2, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hindexed: lengths[1] is -7");
  ASSERT_FAILS (ompi_obj_datatype_new_hindexed (ones, far, 2, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hindexed: block 1, of 1 elements at 9223372036854775807");
  ASSERT_FAILS (ompi_obj_datatype_new_indexed_block (-1, ones, 2, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_indexed_block: length is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_hindexed_block (1, far, 2, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_hindexed_block: block 1");
  ASSERT_FAILS (ompi_obj_datatype_new_struct (negative, ones, ints, 2, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_struct: lengths[1] is -7");
  ASSERT_FAILS (ompi_obj_datatype_new_struct (ones, far, ints, 2, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_struct: block 1");
  ASSERT_FAILS (ompi_obj_datatype_new_resized (OMPI_OBJ_INT, G_MAXINT64, 1, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_resized: extent is 1");
  ASSERT_FAILS (ompi_obj_datatype_new_subarray (huge, ones, ones, 2, OMPI_OBJ_ORDER_C, OMPI_OBJ_INT, &error),
                MPI_VERSION >= 4 ? OMPI_OBJ_ERROR_ARG : OMPI_OBJ_ERROR_COUNT, "MPI_Type_create_subarray: ");
#if MPI_VERSION >= 4
  ASSERT_FAILS (ompi_obj_datatype_new_contiguous (G_MAXINT64, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_contiguous: block 0, of 9223372036854775807 elements");
  ASSERT_FAILS (ompi_obj_datatype_new_vector (G_MAXINT64, 1, 0, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_ARG,
                "count is 9223372036854775807");
#endif
}

MPI_TEST (bad_arrays)
{
  static const gint64 sizes[] = { 4, 6 };
  static const gint64 ones[] = { 1, 1 };
  static const gint64 zeros[] = { 0, 0 };
  static const gint64 late[] = { 0, 6 };
  static const gint64 wide[] = { 1, 7 };
  static const MpiDistribute distributions[] = { OMPI_OBJ_DISTRIBUTE_BLOCK, OMPI_OBJ_DISTRIBUTE_NONE };
  static const MpiDistribute unknown[] = { OMPI_OBJ_DISTRIBUTE_BLOCK, (MpiDistribute) 17 };
  static const gint defaults[] = { OMPI_OBJ_DISTRIBUTE_DFLT_DARG, OMPI_OBJ_DISTRIBUTE_DFLT_DARG };
  static const gint too_small[] = { 1, 1 };
  static const gint below[] = { 0, 1 };
  static const gint processes[] = { 2, 1 };
  static const gint many[] = { 2, 2 };
  static const gint none[] = { 0, 1 };
  g_autoptr (GError) error = NULL;

#define SUBARRAY(n, order, starts, subsizes, sizes) \
  ompi_obj_datatype_new_subarray (sizes, subsizes, starts, n, order, OMPI_OBJ_INT, &error)
#define DARRAY(size, rank, distributions, arguments, processes)                                              \
  ompi_obj_datatype_new_darray (size, rank, sizes, distributions, arguments, processes, 2, OMPI_OBJ_ORDER_C, \
                                OMPI_OBJ_INT, &error)

  ASSERT_FAILS (SUBARRAY (0, OMPI_OBJ_ORDER_C, zeros, ones, sizes), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_subarray: n_dims is 0");
  ASSERT_FAILS (SUBARRAY (2, (MpiOrder) 5, zeros, ones, sizes), OMPI_OBJ_ERROR_ARG, "order is 5");
  ASSERT_FAILS (SUBARRAY (2, OMPI_OBJ_ORDER_C, zeros, ones, zeros), OMPI_OBJ_ERROR_ARG, "sizes[0] is 0");
  ASSERT_FAILS (SUBARRAY (2, OMPI_OBJ_ORDER_C, zeros, zeros, sizes), OMPI_OBJ_ERROR_ARG, "subsizes[0] is 0");
  ASSERT_FAILS (SUBARRAY (2, OMPI_OBJ_ORDER_C, zeros, wide, sizes), OMPI_OBJ_ERROR_ARG,
                "subsizes[1] is 7, but sizes[1] is 6");
  ASSERT_FAILS (SUBARRAY (2, OMPI_OBJ_ORDER_C, late, ones, sizes), OMPI_OBJ_ERROR_ARG, "starts[1] is 6");

  ASSERT_FAILS (DARRAY (0, 0, distributions, defaults, processes), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_create_darray: size is 0");
  ASSERT_FAILS (DARRAY (2, 2, distributions, defaults, processes), OMPI_OBJ_ERROR_ARG, "rank is 2");
  ASSERT_FAILS (DARRAY (2, -1, distributions, defaults, processes), OMPI_OBJ_ERROR_ARG, "rank is -1");
  ASSERT_FAILS (DARRAY (3, 0, distributions, defaults, processes), OMPI_OBJ_ERROR_ARG, "size is 3");
  ASSERT_FAILS (DARRAY (2, 0, unknown, defaults, processes), OMPI_OBJ_ERROR_ARG, "distributions[1] is 17");
  ASSERT_FAILS (DARRAY (4, 0, distributions, defaults, many), OMPI_OBJ_ERROR_ARG, "n_processes[1] is 2");
  ASSERT_FAILS (DARRAY (2, 0, distributions, defaults, none), OMPI_OBJ_ERROR_ARG, "n_processes[0] is 0");
  ASSERT_FAILS (DARRAY (2, 0, distributions, too_small, processes), OMPI_OBJ_ERROR_ARG, "arguments[0] is 1");
  ASSERT_FAILS (DARRAY (2, 0, distributions, below, processes), OMPI_OBJ_ERROR_ARG, "arguments[0] is 0");

  harness_expect_critical ("*sizes*");
  ck_assert_ptr_null (SUBARRAY (2, OMPI_OBJ_ORDER_C, zeros, ones, NULL));
  harness_expect_critical ("*distributions*");
  ck_assert_ptr_null (DARRAY (2, 0, NULL, defaults, processes));
  harness_expect_critical ("*lengths*");
  ck_assert_ptr_null (ompi_obj_datatype_new_indexed (NULL, ones, 2, OMPI_OBJ_INT, &error));
  harness_expect_critical ("*displacements*");
  ck_assert_ptr_null (ompi_obj_datatype_new_indexed_block (1, NULL, 2, OMPI_OBJ_INT, &error));
  harness_expect_critical ("*displacements*");
  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed_block (1, NULL, 2, OMPI_OBJ_INT, &error));
  harness_expect_critical ("*elements*");
  ck_assert_ptr_null (ompi_obj_datatype_new_struct (ones, ones, NULL, 2, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

MPI_TEST (freed_elements)
{
  static const gint64 ones[] = { 1, 1 };
  static const MpiDistribute block = OMPI_OBJ_DISTRIBUTE_BLOCK;
  static const gint one = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) freed = ompi_obj_datatype_new_contiguous (1, OMPI_OBJ_INT, &error);
  MpiDatatype *elements[] = { OMPI_OBJ_INT, freed };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("1234", 4);
  gint number = 0;

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);

  ASSERT_FAILS (ompi_obj_datatype_new_contiguous (1, freed, &error), OMPI_OBJ_ERROR_TYPE, "MPI_Type_contiguous: ");
  ASSERT_FAILS (ompi_obj_datatype_new_vector (1, 1, 1, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_hvector (1, 1, 1, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_indexed (ones, ones, 1, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_indexed_block (1, ones, 1, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_hindexed_block (1, ones, 1, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_struct (ones, ones, elements, 2, &error), OMPI_OBJ_ERROR_TYPE,
                "MPI_Type_create_struct: the datatype was freed");
  ASSERT_FAILS (ompi_obj_datatype_new_subarray (ones, ones, ones, 1, OMPI_OBJ_ORDER_C, freed, &error),
                OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_darray (1, 0, ones, &block, &one, &one, 1, OMPI_OBJ_ORDER_C, freed, &error),
                OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_new_resized (freed, 0, 1, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_dup (freed, &error), OMPI_OBJ_ERROR_TYPE, "MPI_Type_dup: ");
  ASSERT_FAILS (ompi_obj_datatype_decode (freed, &error), OMPI_OBJ_ERROR_TYPE, "ompi_obj_datatype_decode: ");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_datatype_get_value_index (OMPI_OBJ_INT, freed, &error), OMPI_OBJ_ERROR_TYPE, "freed");
  ASSERT_FAILS (ompi_obj_comm_pack (comm, OMPI_OBJ_BUFFER (&number, 1, freed), &error), OMPI_OBJ_ERROR_TYPE,
                "MPI_Pack: ");
  ASSERT_FAILS (ompi_obj_buffer_pack_external (OMPI_OBJ_BUFFER (&number, 1, freed), "external32", &error),
                OMPI_OBJ_ERROR_TYPE, "MPI_Pack_external: ");
  ck_assert_int_eq (ompi_obj_comm_unpack (comm, bytes, 0, OMPI_OBJ_BUFFER (&number, 1, freed), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Unpack: ");
  ck_assert (!ompi_obj_datatype_get_extent (freed, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_extent: ");
  ck_assert (!ompi_obj_datatype_get_true_extent (freed, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_true_extent: ");
  ck_assert (!ompi_obj_datatype_set_name (freed, "x", &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_set_name: ");
  ck_assert (!ompi_obj_datatype_get_envelope (freed, NULL, NULL, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_envelope: ");

  elements[0] = NULL;
  harness_expect_critical ("*MPI_Type_create_struct*NULL*");
  ASSERT_FAILS (ompi_obj_datatype_new_struct (ones, ones, elements, 2, &error), OMPI_OBJ_ERROR_TYPE, "NULL");
  harness_assert_criticals ();
}

MPI_TEST (names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  g_autofree gchar *name = NULL;
  g_autofree gchar *long_name = g_strnfill (MPI_MAX_OBJECT_NAME, 'x');

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_set_name (datatype, "Gr\303\266\303\237e", &error), error);
  name = ompi_obj_datatype_get_name (datatype, &error);
  ck_assert_str_eq (name, "Gr\303\266\303\237e");
  ck_assert (!ompi_obj_datatype_set_name (datatype, long_name, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Type_set_name: name is ");
}

MPI_TEST (contents)
{
  static const gint64 lengths[] = { 1, 2 };
  static const gint64 displacements[] = { 8, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  MpiDatatype *elements[] = { OMPI_OBJ_DOUBLE, pair };
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_struct (lengths, displacements, elements, 2, &error);
  g_autofree gint *integers = NULL;
  g_autofree gint64 *addresses = NULL;
  g_autofree gint64 *large_counts = NULL;
  MpiDatatype **datatypes = NULL;
  gsize expected[4];
  gsize n[4];

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_get_envelope (datatype, NULL, &expected[0], &expected[1], &expected[2],
                                                   &expected[3], &error),
                   error);
  assert_succeeds (ompi_obj_datatype_get_contents (datatype, &integers, &n[0], &addresses, &n[1], &large_counts, &n[2],
                                                   &datatypes, &n[3], &error),
                   error);
  ck_assert_mem_eq (n, expected, sizeof n);
  ck_assert_int_eq (n[0] + n[1] + n[2], 5);
  if (n[2] > 0)
    {
      ck_assert (large_counts[0] == 2 && large_counts[1] == 1 && large_counts[2] == 2);
      ck_assert (large_counts[3] == 8 && large_counts[4] == 16);
    }
  else
    {
      ck_assert (integers[0] == 2 && integers[1] == 1 && integers[2] == 2);
      ck_assert (addresses[0] == 8 && addresses[1] == 16);
    }
  ck_assert_int_eq (n[3], 2);
  ck_assert_ptr_eq (datatypes[0], OMPI_OBJ_DOUBLE);
  ck_assert (!ompi_obj_datatype_is_predefined (datatypes[1]));
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatypes[1], &error), 8);
  g_object_unref (datatypes[0]);
  g_object_unref (datatypes[1]);
  g_free (datatypes);

  ck_assert_int_eq (combiner_of (OMPI_OBJ_DOUBLE), OMPI_OBJ_COMBINER_NAMED);
  ck_assert (!ompi_obj_datatype_get_contents (OMPI_OBJ_DOUBLE, &integers, &n[0], &addresses, &n[1], &large_counts,
                                              &n[2], &datatypes, &n[3], &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_contents: MPI_DOUBLE is predefined");
}

MPI_TEST (predefined_types_described)
{
  for (gint which = 0; which <= OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_DOUBLE_PRECISION; which++)
    {
      g_autoptr (GError) error = NULL;
      MpiDatatype *datatype = ompi_obj_datatype_get_predefined (which);
      g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);
      g_autoptr (MpiDatatype) again = NULL;

      if (description == NULL)
        {
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "this MPI has no");
          continue;
        }
      again = ompi_obj_datatype_new_for_description (description, &error);
      assert_no_error (error);
      ck_assert (ompi_obj_datatype_get_native (again) == ompi_obj_datatype_get_native (datatype));
    }
}

MPI_TEST (descriptions_travel)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_vector (3, 1, 6, OMPI_OBJ_INT32_T, &error);
  g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);

  assert_no_error (error);
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GVariant) received =
          ompi_obj_comm_sendrecv_variant (comm, description, rounds.dest, 3, rounds.source, 3, NULL, &error);
      assert_no_error (error);
      if (received != NULL && rounds.source != OMPI_OBJ_PROC_NULL)
        {
          g_autoptr (MpiDatatype) built = ompi_obj_datatype_new_for_description (received, &error);

          assert_no_error (error);
          ck_assert_int_eq (ompi_obj_datatype_get_size (built, &error), 12);
          assert_extent (built, 0, 52);
        }
    }
}

MPI_TEST (bad_descriptions)
{
  static const struct
  {
    const gchar *text;
    const gchar *message;
  } cases[] = {
    { "5", "is of type 'i'" },
    { "('MPI_DUBLE', @a{sv} {})", "'MPI_DUBLE' is neither" },
    { "('', @a{sv} {})", "'' is neither" },
    { "('MPI_INT', {'count': <1>})", "'MPI_INT' has 1 arguments, but takes 0" },
    { "('contiguous', @a{sv} {})", "'contiguous' has no 'count'" },
    { "('contiguous', {'count': <3>})", "'count' of 'contiguous' is of type 'i', but must be of type 'x'" },
    { "('contiguous', {'count': <int64 3>})", "'contiguous' has no 'element'" },
    { "('contiguous', {'count': <int64 3>, 'element': <'MPI_INT'>})", "'element' of 'contiguous' is of type 's'" },
    { "('contiguous', {'count': <int64 3>, 'element': <('MPI_INT', @a{sv} {})>, 'cuont': <1>})",
      "'contiguous' has 3 arguments, but takes 2" },
    { "('contiguous', {'count': <int64 -3>, 'element': <('MPI_INT', @a{sv} {})>})",
      "MPI_Type_contiguous: count is -3" },
    { "('contiguous', {'count': <int64 3>, 'element': <('vector', @a{sv} {})>})", "'vector' has no 'count'" },
    { "('indexed', {'lengths': <[int64 1]>, 'displacements': <[int64 1, 2]>, 'element': <('MPI_INT', @a{sv} {})>})",
      "'displacements' of 'indexed' has 2 elements, but an array before it has 1" },
    { "('struct', {'lengths': <[int64 1]>, 'displacements': <[int64 1]>, 'elements': <@a(sa{sv}) []>})",
      "'elements' of 'struct' has 0 elements" },
    { "('subarray', {'sizes': <[int64 1]>, 'subsizes': <[int64 1]>, 'starts': <[int64 0]>, 'order': <'D'>, "
      "'element': <('MPI_INT', @a{sv} {})>})",
      "'order' of 'subarray' is 'D'" },
    { "('darray', {'size': <1>, 'rank': <0>, 'sizes': <[int64 4]>, 'distributions': <['SOME']>, 'arguments': "
      "<[-5]>, 'n-processes': <[1]>, 'order': <'C'>, 'element': <('MPI_INT', @a{sv} {})>})",
      "'distributions' of 'darray' has 'SOME'" },
    { "('f90-real', {'precision': <-1>, 'range': <3>})", "precision is -1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GVariant *description = g_variant_parse (NULL, cases[i].text, NULL, NULL, &error);

      assert_no_error (error);
      ck_assert_ptr_null (ompi_obj_datatype_new_for_description (description, &error));
      g_variant_unref (description);
      assert_error (error, OMPI_OBJ_ERROR_ARG, cases[i].message);
    }
  harness_expect_critical ("*description*");
  ck_assert_ptr_null (ompi_obj_datatype_new_for_description (NULL, NULL));
  harness_assert_criticals ();
}

MPI_TEST (deep_nesting)
{
  g_autoptr (MpiDatatype) datatype = g_object_ref (OMPI_OBJ_INT);
  g_autoptr (GVariant) description = g_variant_ref_sink (g_variant_new_parsed ("('MPI_INT', @a{sv} {})"));

  for (gint depth = 1; depth <= 25; depth++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiDatatype) element = g_steal_pointer (&datatype);
      g_autoptr (GVariant) inner = g_steal_pointer (&description);
      g_autoptr (GVariant) found = NULL;
      g_autoptr (MpiDatatype) built = NULL;

      datatype = ompi_obj_datatype_new_contiguous (1, element, &error);
      assert_no_error (error);
      description = g_variant_ref_sink (
          g_variant_new_parsed ("('contiguous', {'count': <int64 1>, 'element': <%@(sa{sv})>})", inner));

      found = ompi_obj_datatype_decode (datatype, &error);
      if (depth <= 24)
        {
          assert_no_error (error);
          assert_variant_equal (found, description);
          built = ompi_obj_datatype_new_for_description (description, &error);
          assert_no_error (error);
        }
      else
        {
          assert_error (error, OMPI_OBJ_ERROR_ARG, "nested more than 24 levels deep");
          ASSERT_FAILS (ompi_obj_datatype_new_for_description (description, &error), OMPI_OBJ_ERROR_ARG,
                        "nested more than 24 levels deep");
        }
    }
}

MPI_TEST (numbers_by_what_they_hold)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) real = ompi_obj_datatype_new_f90_real (10, 100, &error);
  g_autoptr (MpiDatatype) complex = NULL;
  g_autoptr (MpiDatatype) integer = NULL;

  if (real == NULL)
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_real: ");
    }
  else
    {
      ck_assert_int_eq (ompi_obj_datatype_get_size (real, &error), 8);
      ck_assert_int_eq (combiner_of (real), OMPI_OBJ_COMBINER_F90_REAL);
      assert_described (comm, real, "('f90-real', {'precision': <10>, 'range': <100>})", NULL, 0);
      ck_assert (!ompi_obj_datatype_free (real, &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: ");
    }
  complex = ompi_obj_datatype_new_f90_complex (5, OMPI_OBJ_UNDEFINED, &error);
  if (complex == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_complex: ");
  else
    ck_assert_int_eq (ompi_obj_datatype_get_size (complex, &error), 8);
  integer = ompi_obj_datatype_new_f90_integer (9, &error);
  if (integer == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_integer: ");
  else
    ck_assert_int_eq (ompi_obj_datatype_get_size (integer, &error), 4);

  ASSERT_FAILS (ompi_obj_datatype_new_f90_real (500, 9000, &error), OMPI_OBJ_ERROR_UNSUPPORTED, "precision 500");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_integer (500, &error), OMPI_OBJ_ERROR_UNSUPPORTED, "range 500");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_integer (-1, &error), OMPI_OBJ_ERROR_ARG, "range is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_complex (3, -1, &error), OMPI_OBJ_ERROR_ARG, "range is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_real (OMPI_OBJ_UNDEFINED, OMPI_OBJ_UNDEFINED, &error), OMPI_OBJ_ERROR_ARG,
                "undefined");
}

MPI_TEST (numbers_by_size)
{
  static const gint64 sizes[] = { 4, 8 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gint typeclass = OMPI_OBJ_TYPECLASS_REAL; typeclass <= OMPI_OBJ_TYPECLASS_INTEGER; typeclass++)
      {
        g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_match_size (typeclass, sizes[i], &error);

        assert_no_error (error);
        ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), sizes[i]);
        ck_assert (!ompi_obj_datatype_free (datatype, &error));
        assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: ");
      }
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_REAL, 7, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_match_size: size is 7");
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_COMPLEX, 0, &error), OMPI_OBJ_ERROR_ARG, "size is 0");
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_INTEGER, G_MAXINT64, &error), OMPI_OBJ_ERROR_ARG,
                "size is 9223372036854775807");
  ASSERT_FAILS (ompi_obj_datatype_match_size ((MpiTypeclass) 9, 4, &error), OMPI_OBJ_ERROR_ARG, "typeclass is 9");
}

MPI_TEST (pairs_of_value_and_index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_get_value_index (OMPI_OBJ_DOUBLE, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  ck_assert_ptr_eq (pair, OMPI_OBJ_DOUBLE_INT);
  ASSERT_FAILS (ompi_obj_datatype_get_value_index (OMPI_OBJ_DOUBLE, OMPI_OBJ_BYTE, &error), OMPI_OBJ_ERROR_UNSUPPORTED,
                "MPI_Type_get_value_index: ");
}

MPI_TEST (packing)
{
  static const gint64 lengths[] = { 1, 2 };
  static const gint64 displacements[] = { 2, 0 };
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype =
      ompi_obj_datatype_new_indexed (lengths, displacements, 2, OMPI_OBJ_INT16_T, &error);
  const gint16 numbers[] = { 1, 2, 3 };
  const gdouble real = 2.5;
  g_autoptr (GBytes) packed = NULL;
  guint8 memory[40];
  const MpiBuffer *all = OMPI_OBJ_BUFFER (memory, sizeof memory, OMPI_OBJ_PACKED);
  gint64 position = 3;
  gint64 end;

  assert_ready (datatype, error);
  packed = ompi_obj_comm_pack (comm, OMPI_OBJ_BUFFER (numbers, 1, datatype), &error);
  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (packed), 6);
  ck_assert (((const gint16 *) g_bytes_get_data (packed, NULL))[0] == 3);
  ck_assert_int_ge (ompi_obj_comm_get_pack_size (comm, 1, datatype, &error), 6);

  memset (memory, 0xaa, sizeof memory);
  position = ompi_obj_comm_pack_into (comm, OMPI_OBJ_BUFFER (numbers, 1, datatype), all, position, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 9);
  end = ompi_obj_comm_pack_into (comm, OMPI_OBJ_DATA (&real, 1), all, position, &error);
  assert_no_error (error);
  ck_assert_int_eq (end, 17);
  ck_assert (memory[2] == 0xaa && memory[17] == 0xaa);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (MpiBuffer) received = ompi_obj_buffer_new (sizeof memory);
      g_autoptr (GBytes) bytes = NULL;
      gint16 unpacked[3] = { 0 };
      gdouble unpacked_real = 0;

      received->datatype = (g_object_unref (received->datatype), g_object_ref (OMPI_OBJ_PACKED));
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (memory, end, OMPI_OBJ_PACKED), rounds.dest, 0,
                                               received, rounds.source, 0, NULL, &error),
                       error);
      if (rounds.source == OMPI_OBJ_PROC_NULL)
        continue;
      bytes = ompi_obj_buffer_get_bytes (received, &error);
      position = ompi_obj_comm_unpack (comm, bytes, 3, OMPI_OBJ_BUFFER (unpacked, 1, datatype), &error);
      assert_no_error (error);
      ck_assert_int_eq (position, 9);
      ck_assert_mem_eq (unpacked, numbers, sizeof numbers);
      position = ompi_obj_comm_unpack (comm, bytes, position, OMPI_OBJ_DATA (&unpacked_real, 1), &error);
      assert_no_error (error);
      ck_assert_int_eq (position, 17);
      ck_assert_double_eq (unpacked_real, real);
    }
}

MPI_TEST (packing_external32)
{
  static const guint8 expected[] = { 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe };
  static const guint8 expected_real[] = { 0x40, 0x04, 0, 0, 0, 0, 0, 0 };
  static const guint8 expected_column[] = { 0, 1, 0, 3, 0, 5 };
  const gint32 numbers[] = { 1, -2 };
  const gint16 matrix[] = { 1, 2, 3, 4, 5, 6 };
  const gdouble real = 2.5;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) column = ompi_obj_datatype_new_vector (3, 1, 2, OMPI_OBJ_INT16_T, &error);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) packed_real = NULL;
  g_autoptr (GBytes) packed_column = NULL;
  g_autoptr (GBytes) all = NULL;
  guint8 memory[16] = { 0 };
  const MpiBuffer *room = OMPI_OBJ_DATA (memory, 16);
  gint32 unpacked[2] = { 0 };
  gint16 unpacked_matrix[6] = { 0 };
  gdouble unpacked_real = 0;
  gint64 position;

  assert_ready (column, error);
  ck_assert_int_eq (ompi_obj_datatype_get_pack_external_size (OMPI_OBJ_INT32_T, "external32", 2, &error), 8);
  packed = ompi_obj_buffer_pack_external (OMPI_OBJ_DATA (numbers, 2), "external32", &error);
  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (packed), 8);
  ck_assert_mem_eq (g_bytes_get_data (packed, NULL), expected, 8);
  packed_real = ompi_obj_buffer_pack_external (OMPI_OBJ_DATA (&real, 1), "external32", &error);
  assert_no_error (error);
  ck_assert_mem_eq (g_bytes_get_data (packed_real, NULL), expected_real, 8);
  packed_column = ompi_obj_buffer_pack_external (OMPI_OBJ_BUFFER (matrix, 1, column), "external32", &error);
  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (packed_column), 6);
  ck_assert_mem_eq (g_bytes_get_data (packed_column, NULL), expected_column, 6);
  position = ompi_obj_buffer_unpack_external (OMPI_OBJ_BUFFER (unpacked_matrix, 1, column), "external32", packed_column,
                                              0, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 6);
  ck_assert (unpacked_matrix[0] == 1 && unpacked_matrix[1] == 0 && unpacked_matrix[4] == 5);

  position = ompi_obj_buffer_pack_external_into (OMPI_OBJ_DATA (&real, 1), "external32", room, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 8);
  position = ompi_obj_buffer_pack_external_into (OMPI_OBJ_DATA (numbers, 2), "external32", room, position, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 16);
  ck_assert_mem_eq (memory, expected_real, 8);
  ck_assert_mem_eq (memory + 8, expected, 8);

  all = g_bytes_new (memory, sizeof memory);
  position = ompi_obj_buffer_unpack_external (OMPI_OBJ_DATA (&unpacked_real, 1), "external32", all, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 8);
  position = ompi_obj_buffer_unpack_external (OMPI_OBJ_DATA (unpacked, 2), "external32", all, position, &error);
  assert_no_error (error);
  ck_assert_int_eq (position, 16);
  ck_assert_double_eq (unpacked_real, 2.5);
  ck_assert (unpacked[0] == 1 && unpacked[1] == -2);
}

/* Numbers of different datatypes at once: packed right, or refused; and a long has 4 bytes. */
MPI_TEST (packing_external32_of_mixed_numbers)
{
  static const guint8 expected[] = { 0, 0, 0, 1, 0x40, 0x04, 0, 0, 0, 0, 0, 0 };
  static const guint8 expected_long[] = { 0, 0, 0, 5 };
  struct
  {
    gint32 number;
    gdouble real;
  } pair = { 1, 2.5 }, unpacked = { 0, 0 };
  glong number = 5;
  glong unpacked_number = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_get_for_variant_type (G_VARIANT_TYPE ("(id)"), &error);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) packed_long = NULL;

  assert_no_error (error);
  packed = ompi_obj_buffer_pack_external (OMPI_OBJ_BUFFER (&pair, 1, datatype), "external32", &error);
  if (packed != NULL)
    {
      ck_assert_int_eq (g_bytes_get_size (packed), sizeof expected);
      ck_assert_mem_eq (g_bytes_get_data (packed, NULL), expected, sizeof expected);
      ck_assert_int_eq (ompi_obj_datatype_get_pack_external_size (datatype, "external32", 3, &error), 36);
      ck_assert_int_eq (ompi_obj_buffer_unpack_external (OMPI_OBJ_BUFFER (&unpacked, 1, datatype), "external32", packed,
                                                         0, &error),
                        12);
      assert_no_error (error);
      ck_assert (unpacked.number == 1 && unpacked.real == 2.5);
    }
  else
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Pack_external: this MPI cannot pack");
      ck_assert_int_eq (ompi_obj_datatype_get_pack_external_size (OMPI_OBJ_DOUBLE_INT, "external32", 3, &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Pack_external_size: this MPI cannot pack");
    }

  packed_long = ompi_obj_buffer_pack_external (OMPI_OBJ_DATA (&number, 1), "external32", &error);
  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (packed_long), 4);
  ck_assert_mem_eq (g_bytes_get_data (packed_long, NULL), expected_long, 4);
  ck_assert_int_eq (ompi_obj_buffer_unpack_external (OMPI_OBJ_DATA (&unpacked_number, 1), "external32", packed_long, 0,
                                                     &error),
                    4);
  assert_no_error (error);
  ck_assert_int_eq (unpacked_number, 5);
}

#define ASSERT_NO_POSITION(call, code, text) \
  do                                         \
    {                                        \
      ck_assert_int_eq (call, -1);           \
      assert_error (error, code, text);      \
    }                                        \
  while (0)

MPI_TEST (packing_out_of_bounds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("12345678", 8);
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) packed = NULL;
  gint32 numbers[3] = { 7, 7, 7 };
  guint8 memory[8] = { 0 };
  const MpiBuffer *three = OMPI_OBJ_DATA (numbers, 3);
  const MpiBuffer *one = OMPI_OBJ_DATA (numbers, 1);
  const MpiBuffer *none = OMPI_OBJ_DATA (numbers, 0);
  const MpiBuffer *room = OMPI_OBJ_DATA (memory, 8);
  const gchar *external = "external32";

  ASSERT_NO_POSITION (ompi_obj_comm_unpack (comm, bytes, 0, three, &error), OMPI_OBJ_ERROR_TRUNCATE,
                      "MPI_Unpack: 12 bytes are needed from position 0 on, but there are 8");
  ASSERT_NO_POSITION (ompi_obj_comm_unpack (comm, bytes, 5, one, &error), OMPI_OBJ_ERROR_TRUNCATE, "but there are 3");
  ASSERT_NO_POSITION (ompi_obj_comm_unpack (comm, bytes, -1, one, &error), OMPI_OBJ_ERROR_ARG, "position is -1");
  ASSERT_NO_POSITION (ompi_obj_comm_unpack (comm, bytes, 9, none, &error), OMPI_OBJ_ERROR_ARG, "position is 9");
  ASSERT_NO_POSITION (ompi_obj_comm_unpack (comm, empty, 0, one, &error), OMPI_OBJ_ERROR_TRUNCATE, "there are 0");
  ck_assert_int_eq (ompi_obj_comm_unpack (comm, empty, 0, none, &error), 0);
  ck_assert_int_eq (ompi_obj_comm_unpack (comm, bytes, 8, none, &error), 8);
  ASSERT_NO_POSITION (ompi_obj_buffer_unpack_external (three, external, bytes, 0, &error), OMPI_OBJ_ERROR_TRUNCATE,
                      "MPI_Unpack_external: 12 bytes");
  ASSERT_NO_POSITION (ompi_obj_buffer_unpack_external (one, external, bytes, G_MAXINT64, &error), OMPI_OBJ_ERROR_ARG,
                      "position is 9223372036854775807");
  ck_assert_int_eq (ompi_obj_buffer_unpack_external (none, external, empty, 0, &error), 0);
  assert_no_error (error);
  ck_assert (numbers[0] == 7 && numbers[1] == 7 && numbers[2] == 7);

  ASSERT_NO_POSITION (ompi_obj_comm_pack_into (comm, three, room, 0, &error), OMPI_OBJ_ERROR_TRUNCATE,
                      "MPI_Pack: 12 bytes");
  ASSERT_NO_POSITION (ompi_obj_comm_pack_into (comm, one, room, 5, &error), OMPI_OBJ_ERROR_TRUNCATE, "position 5");
  ASSERT_NO_POSITION (ompi_obj_comm_pack_into (comm, one, room, -5, &error), OMPI_OBJ_ERROR_ARG, "position is -5");
  ASSERT_NO_POSITION (ompi_obj_comm_pack_into (comm, one, three, 0, &error), OMPI_OBJ_ERROR_TYPE, "not bytes");
  ASSERT_NO_POSITION (ompi_obj_buffer_pack_external_into (one, external, room, 5, &error), OMPI_OBJ_ERROR_TRUNCATE,
                      "MPI_Pack_external: 4 bytes");
  ASSERT_NO_POSITION (ompi_obj_buffer_pack_external_into (one, "external64", room, 0, &error), OMPI_OBJ_ERROR_ARG,
                      "representation is 'external64'");
  ASSERT_NO_POSITION (ompi_obj_comm_get_pack_size (comm, -1, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_COUNT,
                      "count is -1");
  ASSERT_NO_POSITION (ompi_obj_comm_get_pack_size (comm, G_MAXINT64, OMPI_OBJ_INT, &error), OMPI_OBJ_ERROR_COUNT,
                      "count is 9223372036854775807");
  ASSERT_NO_POSITION (ompi_obj_datatype_get_pack_external_size (OMPI_OBJ_INT, external, -1, &error),
                      OMPI_OBJ_ERROR_COUNT, "MPI_Pack_external_size: count is -1");
  ck_assert (memory[0] == 0 && memory[7] == 0);
  packed = ompi_obj_comm_pack (comm, none, &error);
  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (packed), 0);
  ASSERT_FAILS (ompi_obj_comm_pack (comm, OMPI_OBJ_BUFFER (NULL, 1, OMPI_OBJ_INT), &error), OMPI_OBJ_ERROR_BUFFER,
                "MPI_Pack: the address is NULL");
}

/* The datatype of an array's elements selects the same bytes as the value has, whatever the tuple. */
MPI_TEST (types_of_values)
{
  static const struct
  {
    const gchar *text;
    const gchar *back; /* NULL: the same */
  } cases[] = {
    { "byte 3", NULL },
    { "true", "y" },
    { "int16 -4", NULL },
    { "uint16 4", NULL },
    { "-5", NULL },
    { "uint32 5", NULL },
    { "int64 -6", NULL },
    { "uint64 6", NULL },
    { "2.5", NULL },
    { "(1, 2.5)", NULL },
    { "(byte 1, int16 2, byte 3, int64 4, byte 5)", NULL },
    { "(byte 1, (byte 2, int64 3), byte 4)", NULL },
    { "((byte 1, int16 2), (3, (4.5, byte 5)), byte 6)", NULL },
    { "(1,)", NULL },
    { "(1, 2, 3)", NULL },
    { "(byte 1, true)", "(yy)" },
    { "{byte 1: 2.5}", NULL },
    { "()", "y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, cases[i].text, NULL, NULL, &error);
      g_autoptr (GVariant) element = NULL;
      g_autoptr (MpiDatatype) datatype = NULL;
      g_autofree guint8 *stored = NULL;
      g_autofree guint8 *received = NULL;
      g_autofree gchar *found = NULL;
      g_autofree gchar *expected = NULL;
      GVariantType *back;
      gsize size;

      assert_no_error (error);
      /* A dictionary of one entry has the data of the entry. */
      element = g_variant_is_of_type (value, G_VARIANT_TYPE ("a{?*}")) ? g_variant_get_child_value (value, 0)
                                                                       : g_variant_ref (value);
      size = g_variant_get_size (element);
      stored = g_malloc0 (3 * size);
      received = g_malloc0 (3 * size);
      for (gsize j = 0; j < 3; j++)
        g_variant_store (element, stored + j * size);

      datatype = ompi_obj_datatype_get_for_variant_type (g_variant_get_type (element), &error);
      assert_no_error (error);
      assert_extent (datatype, 0, (gint64) size);
      assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (stored, 3, datatype), 0, 0,
                                               OMPI_OBJ_BUFFER (received, 3, datatype), 0, 0, NULL, &error),
                       error);
      ck_assert_msg (memcmp (stored, received, 3 * size) == 0, "%s arrived changed", cases[i].text);

      back = ompi_obj_datatype_to_variant_type (datatype, &error);
      assert_no_error (error);
      found = g_variant_type_dup_string (back);
      g_variant_type_free (back);
      expected = cases[i].back != NULL ? g_strdup (cases[i].back) : g_strdup (g_variant_get_type_string (element));
      g_strdelimit (expected, "{", '(');
      g_strdelimit (expected, "}", ')');
      ck_assert_str_eq (found, expected);
    }
}

MPI_TEST (types_of_no_values)
{
  static const gchar *const types[] = {
    "s", "v", "ai", "(is)", "mi", "h", "(ih)", "a{sv}", "*", "(i*)", "r", "g", "o"
  };
  static const gint64 ones[] = { 1, 1 };
  static const gint64 gap[] = { 0, 8 };
  g_autoptr (GError) error = NULL;
  MpiDatatype *ints[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };
  g_autoptr (MpiDatatype) three = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) gaps = ompi_obj_datatype_new_struct (ones, gap, ints, 2, &error);
  g_autoptr (MpiDatatype) vector = ompi_obj_datatype_new_vector (2, 1, 1, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) wide = ompi_obj_datatype_new_resized (OMPI_OBJ_INT, 0, 16, &error);
  g_autoptr (MpiDatatype) wide_pair = ompi_obj_datatype_new_contiguous (2, wide, &error);
  g_autoptr (MpiDatatype) endless = ompi_obj_datatype_new_contiguous (G_MAXINT, OMPI_OBJ_INT32_T, &error);
  GVariantType *type;

  assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    ASSERT_FAILS (ompi_obj_datatype_get_for_variant_type (G_VARIANT_TYPE (types[i]), &error), OMPI_OBJ_ERROR_TYPE,
                  "ompi_obj_datatype_get_for_variant_type: '");
  type = ompi_obj_datatype_to_variant_type (three, &error);
  assert_no_error (error);
  ck_assert (g_variant_type_equal (type, G_VARIANT_TYPE ("(iii)")));
  g_variant_type_free (type);
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (OMPI_OBJ_FLOAT, &error), OMPI_OBJ_ERROR_TYPE, "no number");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (OMPI_OBJ_DOUBLE_INT, &error), OMPI_OBJ_ERROR_TYPE, "no number");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (gaps, &error), OMPI_OBJ_ERROR_TYPE, "do not lie");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (vector, &error), OMPI_OBJ_ERROR_TYPE, "not a structure");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (wide, &error), OMPI_OBJ_ERROR_TYPE, "extent");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (wide_pair, &error), OMPI_OBJ_ERROR_TYPE, "extent");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (endless, &error), OMPI_OBJ_ERROR_TYPE, "too many");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "datatype-layout");
  harness_add (contiguous_elements, HARNESS_ALL);
  harness_add (blocks_at_a_stride, HARNESS_ALL);
  harness_add (blocks_at_a_negative_stride, HARNESS_ONCE);
  harness_add (blocks_at_displacements, HARNESS_ALL);
  harness_add (structures, HARNESS_ALL);
  harness_add (arrays_of_c_structures, HARNESS_ALL);
  harness_add (parts_of_arrays, HARNESS_ALL);
  harness_add (distributed_arrays, HARNESS_ALL);
  harness_add (resized_and_duplicated, HARNESS_ALL);
  harness_add (layouts_of_nothing, HARNESS_ONCE);
  harness_add (large_counts, HARNESS_ONCE);
  harness_add (bad_numbers, HARNESS_ONCE);
  harness_add (bad_arrays, HARNESS_ONCE);
  harness_add (freed_elements, HARNESS_ONCE);
  harness_add (names, HARNESS_ONCE);
  harness_add (contents, HARNESS_ONCE);
  harness_add (predefined_types_described, HARNESS_ONCE);
  harness_add (descriptions_travel, HARNESS_ALL);
  harness_add (bad_descriptions, HARNESS_ONCE);
  harness_add (deep_nesting, HARNESS_ONCE);
  harness_add (numbers_by_what_they_hold, HARNESS_ONCE);
  harness_add (numbers_by_size, HARNESS_ONCE);
  harness_add (pairs_of_value_and_index, HARNESS_ONCE);
  harness_add (packing, HARNESS_ALL);
  harness_add (packing_external32, HARNESS_ONCE);
  harness_add (packing_external32_of_mixed_numbers, HARNESS_ONCE);
  harness_add (packing_out_of_bounds, HARNESS_ONCE);
  harness_add (types_of_values, HARNESS_ONCE);
  harness_add (types_of_no_values, HARNESS_ONCE);
  return harness_run ();
}
