/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values in files, in the order of the ranks. */

#include "files.h"

#include <ompi_obj/file-variant.h>

#define NAME "values"

static MpiFile *
file_open (MpiComm *comm, const TestDirectory *directory)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, NAME);
  MpiFile *file = ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE, NULL, &error);

  assert_no_error (error);
  return file;
}

static void
file_close (MpiFile *file)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

/* Sizes from nothing to more than is read at once, and every alignment. */
static GVariant *
value_new (gint i)
{
  g_autofree gchar *text = g_strnfill (i % 4 == 3 ? 50000 : (gsize) i, 'x');

  return i % 5 == 0 ? g_variant_new ("()") : g_variant_new ("(is)", i, text);
}

static void
write_values (MpiFile *file, MpiComm *comm, gint n_rounds)
{
  g_autoptr (GError) error = NULL;

  for (gint i = 0; i < n_rounds; i++)
    assert_succeeds (ompi_obj_file_write_variant_ordered (
                         file, value_new (i * ompi_obj_comm_get_size (comm) + ompi_obj_comm_get_rank (comm)), &error),
                     error);
}

static void
assert_next (MpiFile *file, gint expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = ompi_obj_file_read_variant_ordered (file, &error);
  g_autoptr (GVariant) wanted = expected >= 0 ? g_variant_ref_sink (value_new (expected)) : NULL;

  assert_no_error (error);
  assert_variant_equal (value, wanted);
}

MPI_TEST (round_trip)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  file = file_open (comm, &directory);
  write_values (file, comm, 6);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  assert_succeeds (ompi_obj_file_seek_shared (file, 0, OMPI_OBJ_WHENCE_SET, &error), error);
  for (gint i = 0; i < 6; i++)
    assert_next (file, i * size + rank);
  assert_next (file, -1);
  assert_next (file, -1);

  /* It goes on at the end. */
  write_values (file, comm, 1);
  file_close (file);
}

/* Any number of ranks reads, and the last ranks get none where there are too few. */
MPI_TEST (other_ranks)
{
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiFile) other = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  if (rank == 0)
    {
      file = file_open (ompi_obj_comm_self (), &directory);
      write_values (file, ompi_obj_comm_self (), 7);
      file_close (file);
    }
  MPI_Barrier (ompi_obj_comm_get_native (comm));
  other = file_open (comm, &directory);
  for (gint i = 0; i < 8; i++)
    assert_next (other, i * size + rank < 7 ? i * size + rank : -1);
  file_close (other);
}

/* The bytes are those of the messages, padded. */
MPI_TEST (bytes)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize size = 0;

  test_directory_init (&directory, ompi_obj_comm_self ());
  file = file_open (ompi_obj_comm_self (), &directory);
  assert_succeeds (ompi_obj_file_write_variant_ordered (file, g_variant_new_int32 (5), &error), error);
  file_close (file);
  bytes = test_directory_read (&directory, NAME);
  data = g_bytes_get_data (bytes, &size);
  ck_assert_uint_eq (size, 32);
  ck_assert_mem_eq (data, "MGV\1", 4);
  ck_assert_int_eq (data[16], 'i');
  ck_assert_mem_eq (data + 28, "\0\0\0\0", 4);
}

/* A view with holes, in bytes. */
MPI_TEST (view)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) filetype = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  file = file_open (comm, &directory);
  filetype = ompi_obj_datatype_new_resized (OMPI_OBJ_BYTE, 0, 3, &error);
  assert_succeeds (filetype != NULL && ompi_obj_datatype_commit (filetype, &error), error);
  assert_succeeds (ompi_obj_file_set_view (file, 5, OMPI_OBJ_BYTE, filetype, "native", NULL, &error), error);
  write_values (file, comm, 2);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  assert_succeeds (ompi_obj_file_seek_shared (file, 0, OMPI_OBJ_WHENCE_SET, &error), error);
  for (gint i = 0; i < 2; i++)
    assert_next (file, i * size + rank);

  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_INT, OMPI_OBJ_INT, "native", NULL, &error), error);
  ck_assert (!ompi_obj_file_write_variant_ordered (file, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "etype of 4 bytes");
  ck_assert_ptr_null (ompi_obj_file_read_variant_ordered (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "etype of 4 bytes");
  file_close (file);
}

/* One rank has nothing that can be written: nobody writes. */
MPI_TEST (wrong_value)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint last = ompi_obj_comm_get_size (comm) - 1;
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == last;

  test_directory_init (&directory, comm);
  file = file_open (comm, &directory);
  ck_assert (!ompi_obj_file_write_variant_ordered (file,
                                                   is_wrong ? g_variant_new_handle (1) : g_variant_new_string ("good"),
                                                   &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, is_wrong ? "file handle" : "cannot take part");
  ck_assert (!ompi_obj_file_write_variant_ordered (file, is_wrong ? NULL : g_variant_new_string ("good"), &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, is_wrong ? "NULL" : "cannot take part");
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 0);
  file_close (file);
  ck_assert (!ompi_obj_file_write_variant_ordered (file, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert_ptr_null (ompi_obj_file_read_variant_ordered (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
}

/* Each byte of two values changed, and the file cut at each: an error on all ranks, or other values, but no crash. */
MPI_TEST (damage)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) written = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size = 0;
  guint n_errors = 0;

  test_directory_init (&directory, ompi_obj_comm_self ());
  written = file_open (ompi_obj_comm_self (), &directory);
  write_values (written, ompi_obj_comm_self (), 3);
  file_close (written);
  bytes = test_directory_read (&directory, NAME);
  copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  for (gsize i = 0; i < 2 * size; i++)
    {
      g_autoptr (MpiFile) file = NULL;

      if (i < size)
        copy[i] ^= 0xff;
      test_directory_write (&directory, NAME, copy, i < size ? size : i - size);
      file = file_open (ompi_obj_comm_self (), &directory);
      for (gint j = 0; j < 3; j++)
        {
          g_autoptr (GVariant) value = ompi_obj_file_read_variant_ordered (file, &error);

          ck_assert (value == NULL || error == NULL);
          if (error != NULL)
            {
              n_errors++;
              assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
            }
          else if (value != NULL)
            {
              g_autofree gchar *text = g_variant_print (value, TRUE);

              ck_assert_ptr_nonnull (text);
            }
        }
      file_close (file);
      if (i < size)
        copy[i] ^= 0xff;
    }
  /* Of each header, nearly every byte. */
  ck_assert_uint_ge (n_errors, (guint) size);
}

/* A damaged value of one rank is an error on all, and the next values follow. */
MPI_TEST (one_rank_reads_damage)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);

  test_directory_init (&directory, comm);
  if (rank == 0)
    {
      static const gchar boolean[32] = "MGV\1\0\0\1\0\1\0\0\0\0\0\0\0b\0\0\0\0\0\0\0\7";
      g_autoptr (GByteArray) all = g_byte_array_new ();

      for (gint i = 0; i < 2 * ompi_obj_comm_get_size (comm); i++)
        {
          g_byte_array_append (all, (const guint8 *) boolean, sizeof boolean);
          if (i != 0)
            all->data[all->len - 8] = 1;
        }
      test_directory_write (&directory, NAME, all->data, all->len);
    }
  MPI_Barrier (ompi_obj_comm_get_native (comm));
  file = file_open (comm, &directory);
  ck_assert_ptr_null (ompi_obj_file_read_variant_ordered (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, rank == 0 ? "no value of type 'b'" : "rank 0 cannot take part");
  {
    g_autoptr (GVariant) value = ompi_obj_file_read_variant_ordered (file, &error);

    assert_no_error (error);
    ck_assert (g_variant_get_boolean (value));
  }
  file_close (file);
}

MPI_TEST (misuse)
{
  harness_expect_critical ("*");
  ck_assert (!ompi_obj_file_write_variant_ordered (NULL, g_variant_new_int32 (1), NULL));
  harness_expect_critical ("*");
  ck_assert_ptr_null (ompi_obj_file_read_variant_ordered (NULL, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-variant");
  harness_add (round_trip, HARNESS_INTRA);
  harness_add (other_ranks, HARNESS_ONCE);
  harness_add (bytes, HARNESS_ONCE);
  harness_add (view, HARNESS_ONCE);
  harness_add (wrong_value, HARNESS_ONCE);
  harness_add (damage, HARNESS_ONCE);
  harness_add (one_rank_reads_damage, HARNESS_ONCE);
  harness_add (misuse, HARNESS_ONCE);
  return harness_run ();
}
