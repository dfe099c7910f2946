/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Packing and unpacking, in memory and in external32. */

#include "datatypes.h"

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

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "datatype-pack");
  harness_add (packing, HARNESS_ALL);
  harness_add (packing_external32, HARNESS_ONCE);
  harness_add (packing_external32_of_mixed_numbers, HARNESS_ONCE);
  harness_add (packing_out_of_bounds, HARNESS_ONCE);
  return harness_run ();
}
