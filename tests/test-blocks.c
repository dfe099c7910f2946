/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Blocks on the heap, as other languages make them, and what stands for "in place". */

#include "collective-forms.h"

static MpiBuffer *
new_buffer_of_ints (gint n)
{
  g_autoptr (MpiBuffer) bytes = ompi_obj_buffer_new ((gsize) n * sizeof (gint));
  MpiBuffer *buffer = ompi_obj_buffer_new_for_address ((guintptr) bytes->address, n, OMPI_OBJ_INT);

  buffer->owner = g_bytes_ref (bytes->owner);
  return buffer;
}

MPI_TEST (packed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = new_buffer_of_ints (10);
  const gint64 counts[] = { 3, 0, 5, 2 };
  g_autoptr (MpiBlocks) blocks = ompi_obj_blocks_new (buffer, counts, 4, &error);
  g_autoptr (GBytes) bytes = NULL;
  const gint64 *numbers;
  gsize n = 0;

  assert_no_error (error);
  numbers = ompi_obj_blocks_get_counts (blocks, &n);
  ck_assert_uint_eq (n, 4);
  ck_assert_mem_eq (numbers, counts, sizeof counts);
  ck_assert_ptr_ne (numbers, counts);
  numbers = ompi_obj_blocks_get_displacements (blocks, &n);
  ck_assert_uint_eq (n, 4);
  ck_assert_mem_eq (numbers, ((gint64[]){ 0, 3, 3, 8 }), 4 * sizeof *numbers);
  for (gsize i = 0; i < 4; i++)
    ck_assert_ptr_eq (ompi_obj_blocks_get_datatype (blocks, i), OMPI_OBJ_INT);
  bytes = ompi_obj_blocks_get_bytes (blocks, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (bytes, buffer->owner);
}

MPI_TEST (with_displacements)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = new_buffer_of_ints (10);
  const gint64 counts[] = { 3, 0, 5 };
  const gint64 displacements[] = { 7, 99, 0 };
  g_autoptr (MpiBlocks) blocks = ompi_obj_blocks_new_with_displacements (buffer, counts, displacements, 3, &error);
  const gint64 *numbers;
  gsize n = 0;

  assert_no_error (error);
  numbers = ompi_obj_blocks_get_displacements (blocks, &n);
  ck_assert_uint_eq (n, 3);
  ck_assert_mem_eq (numbers, displacements, sizeof displacements);
}

MPI_TEST (of_types)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (40);
  const gint64 counts[] = { 2, 0, 5 };
  const gint64 displacements[] = { 24, 0, 4 };
  MpiDatatype *types[] = { OMPI_OBJ_DOUBLE, NULL, OMPI_OBJ_INT };
  g_autoptr (MpiBlocks) blocks = ompi_obj_blocks_new_for_types (buffer, counts, displacements, types, 3, &error);

  assert_no_error (error);
  ck_assert_ptr_eq (ompi_obj_blocks_get_datatype (blocks, 0), OMPI_OBJ_DOUBLE);
  ck_assert_ptr_null (ompi_obj_blocks_get_datatype (blocks, 1));
  ck_assert_ptr_eq (ompi_obj_blocks_get_datatype (blocks, 2), OMPI_OBJ_INT);
}

MPI_TEST (wrong_blocks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = new_buffer_of_ints (10);
  g_autoptr (MpiDatatype) backwards = ompi_obj_datatype_new_resized (OMPI_OBJ_INT, 0, -4, &error);
  const gint64 counts[] = { 3, 5 };
  const gint64 many[] = { 6, 5 };
  const gint64 negative[] = { 3, -5 };
  const gint64 huge[] = { G_MAXINT64, G_MAXINT64 };
  const gint64 behind[] = { 0, 6 };
  const gint64 before[] = { -1, 5 };
  const gint64 bytes_behind[] = { 0, 24 };
  const gint64 bytes[] = { 0, 20 };
  MpiDatatype *types[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };
  MpiDatatype *wide[] = { OMPI_OBJ_INT, OMPI_OBJ_DOUBLE };
  MpiDatatype *none[] = { OMPI_OBJ_INT, NULL };
  MpiDatatype *turned[] = { backwards, OMPI_OBJ_INT };

#define ASSERT_REFUSED(call, code, text) assert_fails ((call) != NULL, code, text)

  assert_no_error (error);
  ASSERT_REFUSED (ompi_obj_blocks_new (buffer, many, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "block 1 has 5 elements from 6, but the buffer has 10");
  ASSERT_REFUSED (ompi_obj_blocks_new (buffer, negative, 2, &error), OMPI_OBJ_ERROR_COUNT, "block 1 is -5");
  ASSERT_REFUSED (ompi_obj_blocks_new (buffer, huge, 2, &error), OMPI_OBJ_ERROR_COUNT, NULL);
  ASSERT_REFUSED (ompi_obj_blocks_new (ompi_obj_buffer_in_place (), counts, 2, &error), OMPI_OBJ_ERROR_BUFFER,
                  "OMPI_OBJ_IN_PLACE");
  ASSERT_REFUSED (ompi_obj_blocks_new_with_displacements (buffer, counts, behind, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "block 1 has 5 elements from 6, but the buffer has 10");
  ASSERT_REFUSED (ompi_obj_blocks_new_with_displacements (buffer, counts, before, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "block 0 has 3 elements from -1");
  ASSERT_REFUSED (ompi_obj_blocks_new_with_displacements (buffer, counts, huge, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "block 0 has 3 elements from");
  ASSERT_REFUSED (ompi_obj_blocks_new_for_types (buffer, counts, bytes_behind, types, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "not within the 40 bytes");
  ASSERT_REFUSED (ompi_obj_blocks_new_for_types (buffer, counts, bytes, wide, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "not within the 40 bytes");
  ASSERT_REFUSED (ompi_obj_blocks_new_for_types (buffer, counts, huge, types, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "not within the 40 bytes");
  ASSERT_REFUSED (ompi_obj_blocks_new_for_types (buffer, counts, bytes, none, 2, &error), OMPI_OBJ_ERROR_TYPE,
                  "block 1 has no datatype");
  ASSERT_REFUSED (ompi_obj_blocks_new_for_types (buffer, counts, bytes, turned, 2, &error), OMPI_OBJ_ERROR_COUNT,
                  "block 0 has 3 elements from byte 0");
}

MPI_TEST (copies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = new_buffer_of_ints (10);
  const gint64 counts[] = { 3, 5 };
  MpiDatatype *types[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };
  MpiBlocks *blocks = ompi_obj_blocks_new (buffer, counts, 2, &error);
  g_autoptr (MpiBlocks) copy = NULL;
  g_autoptr (MpiBlocks) of_types = NULL;
  g_autoptr (MpiBlocks) none = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gsize n = 0;

  assert_no_error (error);
  copy = g_boxed_copy (OMPI_OBJ_TYPE_BLOCKS, blocks);
  ompi_obj_blocks_free (blocks);
  ck_assert_int_eq (ompi_obj_blocks_get_counts (copy, &n)[1], 5);
  ck_assert_ptr_eq (copy->datatype, OMPI_OBJ_INT);
  ck_assert_ptr_eq (copy->owner, buffer->owner);

  of_types = ompi_obj_blocks_copy (OMPI_OBJ_BLOCKS_OF_TYPES (buffer->address, 2, counts, NULL, types));
  ck_assert_ptr_eq (ompi_obj_blocks_get_datatype (of_types, 1), OMPI_OBJ_INT);
  ck_assert_ptr_null (ompi_obj_blocks_get_displacements (of_types, &n));
  ck_assert_uint_eq (n, 0);
  ck_assert_ptr_null (ompi_obj_blocks_get_bytes (of_types, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "do not own");

  none = ompi_obj_blocks_new (buffer, NULL, 0, &error);
  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_blocks_get_counts (none, &n));
  ck_assert_uint_eq (n, 0);

  g_value_init (&value, OMPI_OBJ_TYPE_BLOCKS);
  g_value_set_boxed (&value, copy);
  ck_assert_int_eq (ompi_obj_blocks_get_counts (g_value_get_boxed (&value), &n)[0], 3);

  harness_expect_critical ("*block < *");
  ck_assert_ptr_null (ompi_obj_blocks_get_datatype (copy, 2));
  harness_assert_criticals ();
}

/* A copy stands for the same; and where it does not belong it is an error, not a crash. */
MPI_TEST (in_place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_copy (OMPI_OBJ_IN_PLACE);
  g_autoptr (MpiBlocks) blocks = ompi_obj_blocks_copy (OMPI_OBJ_BLOCKS_IN_PLACE);
  g_autoptr (MpiBuffer) room = ompi_obj_buffer_new (64);
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gint *all = new_numbers ((gsize) n);
  g_autofree gint64 *ones = g_new (gint64, n);
  gint one = 1;

  for (gint i = 0; i < n; i++)
    ones[i] = 1;
  assert_succeeds (ompi_obj_comm_allreduce (comm, buffer, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_SUM, &error), error);
  ck_assert_int_eq (one, n);
  for (gint i = 0; i < n; i++)
    all[i] = number_of (0, rank, i, 0);
  assert_succeeds (ompi_obj_comm_alltoallv (comm, blocks, OMPI_OBJ_BLOCKS_DATA (all, n, ones, NULL), &error), error);
  for (gint i = 0; i < n; i++)
    assert_numbers (all + i, 1, 0, i, rank);

  assert_fails (ompi_obj_comm_send (comm, buffer, rank, 0, &error), OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_recv (comm, buffer, rank, 0, NULL, &error), OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_isend (comm, buffer, rank, 0, &error) != NULL, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_recv_init (comm, buffer, rank, 0, &error) != NULL, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_psend_init (comm, buffer, 1, rank, 0, NULL, &error) != NULL, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_pack (comm, buffer, &error) != NULL, OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_pack_into (comm, buffer, room, 0, &error) >= 0, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_comm_pack_into (comm, room, buffer, 0, &error) >= 0, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_buffer_pack_external (buffer, "external32", &error) != NULL, OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_buffer_get_bytes (buffer, &error) != NULL, OMPI_OBJ_ERROR_BUFFER, "does not own");
  assert_fails (ompi_obj_op_reduce_local (OMPI_OBJ_SUM, buffer, buffer, &error), OMPI_OBJ_ERROR_BUFFER,
                "OMPI_OBJ_IN_PLACE");
  assert_fails (ompi_obj_blocks_get_bytes (blocks, &error) != NULL, OMPI_OBJ_ERROR_BUFFER, "do not own");
}

/* Blocks that own their memory go through a gatherv, and come back as bytes. */
MPI_TEST (gathered_into_bytes)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiBuffer) memory = new_buffer_of_ints (3 * n);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);
  g_autoptr (MpiBlocks) blocks = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gint mine[2];

  for (gint i = 0; i < n; i++)
    {
      counts[i] = 2;
      displacements[i] = 3 * (n - 1 - i);
    }
  blocks = ompi_obj_blocks_new_with_displacements (memory, counts, displacements, (gsize) n, &error);
  assert_no_error (error);
  fill_numbers (mine, 2, 0, rank, 0);
  assert_succeeds (ompi_obj_comm_gatherv (comm, OMPI_OBJ_DATA (mine, 2), blocks, 0, &error), error);
  bytes = ompi_obj_blocks_get_bytes (blocks, &error);
  assert_no_error (error);
  for (gint i = 0; i < n && rank == 0; i++)
    assert_numbers ((const gint *) g_bytes_get_data (bytes, NULL) + displacements[i], 2, 0, i, 0);
}

/* One datatype for all blocks: alltoallw counts displacements in elements, as alltoallv does. */
MPI_TEST (units_of_displacements)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gint *out = new_numbers ((gsize) n);
  g_autofree gint *in = new_numbers ((gsize) n);
  g_autofree gint64 *ones = g_new (gint64, n);
  g_autofree gint64 *elements = g_new (gint64, n);
  g_autofree gint64 *bytes = g_new (gint64, n);
  g_autofree MpiDatatype **types = g_new (MpiDatatype *, n);

  for (gint i = 0; i < n; i++)
    {
      ones[i] = 1;
      elements[i] = n - 1 - i;
      bytes[i] = elements[i] * (gint64) sizeof (gint);
      types[i] = OMPI_OBJ_INT;
      out[elements[i]] = number_of (0, rank, i, 0);
    }
  assert_succeeds (ompi_obj_comm_alltoallw (comm, OMPI_OBJ_BLOCKS_DATA (out, n, ones, elements),
                                            OMPI_OBJ_BLOCKS_OF_TYPES (in, n, ones, bytes, types), &error),
                   error);
  for (gint i = 0; i < n; i++)
    assert_numbers (in + elements[i], 1, 0, i, rank);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "blocks");
  harness_add (packed, HARNESS_ONCE);
  harness_add (with_displacements, HARNESS_ONCE);
  harness_add (of_types, HARNESS_ONCE);
  harness_add (wrong_blocks, HARNESS_ONCE);
  harness_add (copies, HARNESS_ONCE);
  harness_add (in_place, HARNESS_INTRA);
  harness_add (gathered_into_bytes, HARNESS_INTRA);
  harness_add (units_of_displacements, HARNESS_INTRA);
  return harness_run ();
}
