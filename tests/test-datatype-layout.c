/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Layouts: what each constructor selects, what is told about it, and which numbers it refuses. */

#include "datatypes.h"

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
  return harness_run ();
}
