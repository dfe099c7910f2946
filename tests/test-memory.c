/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Memory that MPI allocates, and addresses. */

#include "harness.h"

MPI_TEST (allocated_memory_is_zeroed)
{
  static const gsize sizes[] = { 0, 1, 7, 4096, 1 << 20 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_alloc (sizes[i], NULL, &error);
      const guint8 *bytes;

      assert_no_error (error);
      bytes = buffer->address;
      ck_assert_ptr_nonnull (bytes);
      ck_assert_int_eq (buffer->count, (gint64) sizes[i]);
      ck_assert_ptr_eq (buffer->datatype, OMPI_OBJ_BYTE);
      for (gsize j = 0; j < sizes[i]; j++)
        ck_assert_int_eq (bytes[j], 0);
    }
}

MPI_TEST (allocated_memory_is_communicated)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiBuffer) sent = NULL;
  g_autoptr (MpiBuffer) received = NULL;
  gint size = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "alignment", "64", &error), error);
  sent = ompi_obj_buffer_new_alloc (10000, info, &error);
  assert_no_error (error);
  received = ompi_obj_buffer_new_alloc (10000, info, &error);
  assert_no_error (error);

  memset (sent->address, rank + 1, 10000);
  assert_succeeds (ompi_obj_comm_sendrecv (comm, sent, (rank + 1) % size, 0, received, (rank + size - 1) % size, 0,
                                           NULL, &error),
                   error);
  for (gsize i = 0; i < 10000; i++)
    ck_assert_int_eq (((guint8 *) received->address)[i], (rank + size - 1) % size + 1);
}

MPI_TEST (memory_lives_as_long_as_anybody_uses_it)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MpiBuffer) copy = NULL;
  MpiBuffer *buffer = ompi_obj_buffer_new_alloc (100, NULL, &error);

  assert_no_error (error);
  memset (buffer->address, 42, 100);
  copy = ompi_obj_buffer_copy (buffer);
  bytes = ompi_obj_buffer_get_bytes (buffer, &error);
  assert_no_error (error);
  ompi_obj_buffer_free (buffer);
  g_clear_pointer (&copy, ompi_obj_buffer_free);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 100);
  ck_assert_int_eq (((const guint8 *) g_bytes_get_data (bytes, NULL))[99], 42);
}

MPI_TEST (too_much_memory)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_buffer_new_alloc (G_MAXSIZE, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Alloc_mem: n_bytes is 18446744073709551615");
  ck_assert_ptr_null (ompi_obj_buffer_new_alloc ((gsize) 1 << 60, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Alloc_mem: ");
}

MPI_TEST (addresses)
{
  gint32 numbers[10] = { 0 };
  MPI_Aint expected;
  gint64 first;
  gint64 last;

  first = ompi_obj_get_address (&numbers[0]);
  last = ompi_obj_get_address (&numbers[9]);
  MPI_Get_address (numbers, &expected);
  ck_assert_int_eq (first, expected);
  ck_assert_int_eq (ompi_obj_aint_diff (last, first), 36);
  ck_assert_int_eq (ompi_obj_aint_diff (first, last), -36);
  ck_assert_int_eq (ompi_obj_aint_add (first, 36), last);
  ck_assert_int_eq (ompi_obj_aint_add (last, -36), first);
  ck_assert_int_eq (ompi_obj_get_address (NULL), 0);
}

MPI_TEST (absolute_addresses_make_a_datatype)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  const gint64 lengths[] = { 1, 2 };
  gint sent[2] = { 11, 12 };
  gint head = 10;
  gint received[3] = { 0 };
  gint64 displacements[2];

  displacements[0] = ompi_obj_get_address (&head);
  displacements[1] = ompi_obj_get_address (sent);
  datatype = ompi_obj_datatype_new_hindexed (lengths, displacements, 2, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (NULL, 1, datatype), 0, 0,
                                           OMPI_OBJ_DATA (received, 3), 0, 0, NULL, &error),
                   error);
  ck_assert_int_eq (received[0], 10);
  ck_assert_int_eq (received[1], 11);
  ck_assert_int_eq (received[2], 12);
}

MPI_TEST (programmer_errors)
{
  harness_expect_critical ("*OMPI_OBJ_IS_INFO (info)*");
  ck_assert_ptr_null (ompi_obj_buffer_new_alloc (8, (MpiInfo *) OMPI_OBJ_BYTE, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "memory");
  harness_add (allocated_memory_is_zeroed, HARNESS_ONCE);
  harness_add (allocated_memory_is_communicated, HARNESS_INTRA);
  harness_add (memory_lives_as_long_as_anybody_uses_it, HARNESS_ONCE);
  harness_add (too_much_memory, HARNESS_ONCE);
  harness_add (addresses, HARNESS_ONCE);
  harness_add (absolute_addresses_make_a_datatype, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
