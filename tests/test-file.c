/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Files as such: opening and closing, sizes, views, file pointers, hints, error handlers, subclasses, raw handles. */

#include "files.h"

#include <glib/gstdio.h>

#define CREATE (OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_RDWR)

static void
close_file (MpiFile *file)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

MPI_TEST (life)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autofree gchar *property = NULL;
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiGroup) group = NULL;
  g_autoptr (MpiInfo) info = NULL;
  g_autoptr (GFile) gfile = NULL;
  g_autoptr (GFile) gfile_property = NULL;
  MpiFileMode amode = 0;
  gint64 size = 0;
  gboolean atomicity = TRUE;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = ompi_obj_file_open (comm, path, CREATE, NULL, &error);
  assert_no_error (error);
  ck_assert_str_eq (ompi_obj_file_get_path (file), path);
  gfile = ompi_obj_file_get_gfile (file);
  ck_assert_str_eq (g_file_peek_path (gfile), path);
  ck_assert_uint_eq (ompi_obj_file_get_amode (file, &error), CREATE);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 0);
  group = ompi_obj_file_get_group (file, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), ompi_obj_comm_get_size (comm));
  info = ompi_obj_file_get_info (file, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_file_set_info (file, info, &error), error);

  g_object_get (file, "path", &property, "gfile", &gfile_property, "amode", &amode, "size", &size, "atomicity",
                &atomicity, NULL);
  ck_assert_str_eq (property, path);
  ck_assert (g_file_equal (gfile_property, gfile));
  ck_assert_uint_eq (amode, CREATE);
  ck_assert_int_eq (size, 0);
  ck_assert (!atomicity);

  close_file (file);
  ck_assert (!ompi_obj_file_close (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, path);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_FILE, "the file was closed");
  g_object_get (file, "amode", &amode, "size", &size, NULL);
  ck_assert_uint_eq (amode, 0);
  ck_assert_int_eq (size, -1);
  ck_assert_str_eq (ompi_obj_file_get_path (file), path);

  meet (comm);
  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      assert_succeeds (ompi_obj_file_delete (path, NULL, &error), error);
      ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
      ck_assert (!ompi_obj_file_delete (path, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, path);
      ck_assert (!ompi_obj_file_delete (directory.path, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_BAD_FILE, directory.path);
    }
}

/* A GFile, names that an MPI takes for something else, and what becomes of the file when it is closed. */
MPI_TEST (names)
{
  static const gchar *const names[] = { "a:b", "ufs:c", "mit Umlaut \303\244", "invalid \377", "-n" };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree gchar *path = test_directory_build (&directory, names[i]);
      g_autoptr (GFile) gfile = g_file_new_for_path (path);
      g_autoptr (MpiFile) file = ompi_obj_file_open_for_gfile (comm, gfile, CREATE, NULL, &error);

      assert_no_error (error);
      close_file (file);
      ck_assert (g_file_test (path, G_FILE_TEST_EXISTS));
      meet (comm);
      if (ompi_obj_comm_get_rank (comm) == 0)
        assert_succeeds (ompi_obj_file_delete_for_gfile (gfile, NULL, &error), error);
      meet (comm);
      ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));

      g_clear_object (&file);
      file = ompi_obj_file_open (comm, path, CREATE | OMPI_OBJ_FILE_MODE_EXCL | OMPI_OBJ_FILE_MODE_DELETE_ON_CLOSE,
                                 NULL, &error);
      assert_no_error (error);
      ck_assert (g_file_test (path, G_FILE_TEST_EXISTS));
      meet (comm);
      close_file (file);
      meet (comm);
      ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

MPI_TEST (sizes)
{
  const gint64 beyond = G_GINT64_CONSTANT (5) << 30;
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  gchar letter = (gchar) ('a' + rank);
  MpiStatus status;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  assert_succeeds (ompi_obj_file_set_size (file, 1000, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 1000);
  assert_succeeds (ompi_obj_file_preallocate (file, 2000, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 2000);
  assert_succeeds (ompi_obj_file_preallocate (file, 500, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 2000);
  assert_succeeds (ompi_obj_file_set_size (file, 10, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 10);
  meet (comm);

  /* Offsets of more than 32 bits; the file has hardly any blocks. */
  assert_succeeds (ompi_obj_file_write_at_all (file, beyond + rank, OMPI_OBJ_DATA (&letter, 1), NULL, &error), error);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  meet (comm);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), beyond + ompi_obj_comm_get_size (comm));
  letter = 0;
  assert_succeeds (ompi_obj_file_read_at (file, beyond, OMPI_OBJ_DATA (&letter, 1), &status, &error), error);
  ck_assert_int_eq (letter, 'a');
  letter = 'x';
  assert_succeeds (ompi_obj_file_read_at (file, beyond - 1, OMPI_OBJ_DATA (&letter, 1), &status, &error), error);
  ck_assert_int_eq (letter, 0);
  meet (comm);
  assert_succeeds (ompi_obj_file_set_size (file, 0, &error), error);
  close_file (file);
}

MPI_TEST (views)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) pair = NULL;
  g_autoptr (MpiDatatype) filetype = NULL;
  g_autoptr (MpiDatatype) got_etype = NULL;
  g_autoptr (MpiDatatype) got_filetype = NULL;
  g_autoptr (MpiDatatype) bytes = NULL;
  g_autofree gchar *representation = NULL;
  gint64 displacement;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  assert_succeeds (ompi_obj_file_get_view (file, &displacement, &bytes, NULL, &representation, &error), error);
  ck_assert_int_eq (displacement, 0);
  ck_assert_int_eq (ompi_obj_datatype_get_size (bytes, &error), 1);
  ck_assert_str_eq (representation, "native");
  g_clear_pointer (&representation, g_free);

  /* Not committed, and freed while the view needs them. */
  pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_PREDEFINED_DATATYPE (INT), &error);
  filetype = ompi_obj_datatype_new_vector (3, 1, 2, pair, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_file_set_view (file, 12, pair, filetype, "native", NULL, &error), error);
  g_clear_object (&filetype);
  g_clear_object (&pair);
  assert_succeeds (ompi_obj_file_get_view (file, &displacement, &got_etype, &got_filetype, &representation, &error),
                   error);
  ck_assert_int_eq (displacement, 12);
  ck_assert_int_eq (ompi_obj_datatype_get_size (got_etype, &error), 8);
  ck_assert_int_eq (ompi_obj_datatype_get_size (got_filetype, &error), 24);
  ck_assert_str_eq (representation, "native");
  ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, 0, &error), 12);
  ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, 2, &error), 12 + 2 * 16);
  ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, 3, &error), 12 + 40);
  ck_assert_int_eq (ompi_obj_file_get_type_extent (file, got_etype, &error), 8);
  ck_assert_int_eq (ompi_obj_file_get_type_extent (file, OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE), &error), 8);
  assert_no_error (error);
  assert_succeeds (ompi_obj_file_get_view (file, NULL, NULL, NULL, NULL, &error), error);
  close_file (file);
}

/* One rank of several sees nothing of the file. */
MPI_TEST (empty_view)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) nothing = NULL;
  const gboolean is_blind = ompi_obj_comm_get_rank (comm) == 0;
  gint value = 7;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  nothing = ompi_obj_datatype_new_contiguous (0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), is_blind ? nothing : NULL, NULL,
                                           NULL, &error),
                   error);
  assert_succeeds (ompi_obj_file_write_at_all (file, 0, OMPI_OBJ_DATA (&value, is_blind ? 0 : 1), NULL, &error), error);
  if (is_blind)
    {
      ck_assert (!ompi_obj_file_write_at (file, 0, OMPI_OBJ_DATA (&value, 1), NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_IO, "no place");
      ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, 0, &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_IO, "no place");
    }
  close_file (file);
}

MPI_TEST (pointers)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
  assert_succeeds (ompi_obj_file_set_size (file, 40, &error), error);
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, NULL, NULL, &error),
                   error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 0);
  assert_succeeds (ompi_obj_file_seek (file, 3, OMPI_OBJ_WHENCE_SET, &error), error);
  assert_succeeds (ompi_obj_file_seek (file, -1, OMPI_OBJ_WHENCE_CUR, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 2);
  assert_succeeds (ompi_obj_file_seek (file, -2, OMPI_OBJ_WHENCE_END, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 8);
  assert_succeeds (ompi_obj_file_seek (file, 5, OMPI_OBJ_WHENCE_END, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 15);

  assert_succeeds (ompi_obj_file_seek_shared (file, 4, OMPI_OBJ_WHENCE_SET, &error), error);
  assert_succeeds (ompi_obj_file_seek_shared (file, -3, OMPI_OBJ_WHENCE_CUR, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position_shared (file, &error), 1);
  assert_succeeds (ompi_obj_file_seek_shared (file, -4, OMPI_OBJ_WHENCE_END, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position_shared (file, &error), 6);
  /* The rank's own pointer stays where it is. */
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 15);
  assert_no_error (error);

  ck_assert (!ompi_obj_file_seek (file, -1, OMPI_OBJ_WHENCE_SET, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "offset is -1, which leads before the beginning of the view");
  ck_assert (!ompi_obj_file_seek (file, -16, OMPI_OBJ_WHENCE_CUR, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "offset is -16");
  ck_assert (!ompi_obj_file_seek (file, -11, OMPI_OBJ_WHENCE_END, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "offset is -11");
  ck_assert (!ompi_obj_file_seek (file, 0, (MpiWhence) 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "whence is 3");
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 15);
  ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, -1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "offset is -1");
  ck_assert (!ompi_obj_file_seek_shared (file, -7, OMPI_OBJ_WHENCE_CUR, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, NULL);
  ck_assert (!ompi_obj_file_seek_shared (file, -11, OMPI_OBJ_WHENCE_END, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, NULL);
  ck_assert_int_eq (ompi_obj_file_get_position_shared (file, &error), 6);
  close_file (file);

  g_clear_object (&file);
  file = ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_WRONLY | OMPI_OBJ_FILE_MODE_APPEND, NULL, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 40);
  ck_assert_int_eq (ompi_obj_file_get_position_shared (file, &error), 40);
  close_file (file);
}

/* What one rank writes the others see at once. */
MPI_TEST (atomic_mode)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint data[64];

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  ck_assert (!ompi_obj_file_get_atomicity (file, &error));
  assert_succeeds (ompi_obj_file_set_atomicity (file, 5, &error), error);
  assert_succeeds (ompi_obj_file_get_atomicity (file, &error), error);
  for (gsize i = 0; i < G_N_ELEMENTS (data); i++)
    data[i] = rank;
  assert_succeeds (ompi_obj_file_write_at (file, 0, OMPI_OBJ_DATA (data, G_N_ELEMENTS (data)), NULL, &error), error);
  assert_succeeds (ompi_obj_file_read_at (file, 0, OMPI_OBJ_DATA (data, G_N_ELEMENTS (data)), NULL, &error), error);
  for (gsize i = 1; i < G_N_ELEMENTS (data); i++)
    ck_assert_int_eq (data[i], data[0]);
  meet (comm);
  assert_succeeds (ompi_obj_file_set_atomicity (file, FALSE, &error), error);
  ck_assert (!ompi_obj_file_get_atomicity (file, &error));
  assert_no_error (error);
  close_file (file);
}

/* A tape: only the shared pointer. */
MPI_TEST (sequential)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autofree gchar *content = NULL;
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  gchar letter = (gchar) ('a' + rank);
  gsize length;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "tape");
  file = ompi_obj_file_open (comm, path,
                             OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_WRONLY | OMPI_OBJ_FILE_MODE_SEQUENTIAL,
                             NULL, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_file_write_ordered (file, OMPI_OBJ_DATA (&letter, 1), NULL, &error), error);
#define ASSERT_REFUSED(failed, call)                                                             \
  do                                                                                             \
    {                                                                                            \
      ck_assert ((call) == (failed));                                                            \
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, "use the shared file pointer"); \
    }                                                                                            \
  while (0)
  ASSERT_REFUSED (FALSE, ompi_obj_file_write (file, OMPI_OBJ_DATA (&letter, 1), NULL, &error));
  ASSERT_REFUSED (FALSE, ompi_obj_file_write_at (file, 0, OMPI_OBJ_DATA (&letter, 1), NULL, &error));
  ASSERT_REFUSED (FALSE, ompi_obj_file_write_at_all (file, 0, OMPI_OBJ_DATA (&letter, 1), NULL, &error));
  ASSERT_REFUSED (NULL, ompi_obj_file_iwrite_all (file, OMPI_OBJ_DATA (&letter, 1), &error));
  ASSERT_REFUSED (FALSE, ompi_obj_file_write_all_begin (file, OMPI_OBJ_DATA (&letter, 1), &error));
  ASSERT_REFUSED (FALSE, ompi_obj_file_seek (file, 0, OMPI_OBJ_WHENCE_SET, &error));
  ASSERT_REFUSED (-1, ompi_obj_file_get_position (file, &error));
  ASSERT_REFUSED (-1, ompi_obj_file_get_byte_offset (file, 0, &error));
  close_file (file);
  meet (comm);
  assert_succeeds (g_file_get_contents (path, &content, &length, &error), error);
  ck_assert_uint_eq (length, (gsize) size);
  ck_assert_int_eq (content[rank], letter);
}

static void
count_errors (GObject *object, const GError *error, gpointer user_data)
{
  ck_assert (OMPI_OBJ_IS_FILE (object));
  ck_assert_int_eq (error->code, OMPI_OBJ_ERROR_IO);
  (*(guint *) user_data)++;
}

MPI_TEST (error_handlers)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiErrhandler) errhandler = NULL;
  g_autoptr (MpiErrhandler) first = NULL;
  g_autoptr (MpiErrhandler) got = NULL;
  guint n_errors = 0;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  first = ompi_obj_file_get_errhandler (file, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (first, OMPI_OBJ_ERRORS_RETURN);
  errhandler = ompi_obj_errhandler_new (count_errors, &n_errors, NULL);
  assert_succeeds (ompi_obj_file_set_errhandler (file, errhandler, &error), error);
  got = ompi_obj_file_get_errhandler (file, &error);
  ck_assert_ptr_eq (got, errhandler);
  assert_succeeds (ompi_obj_file_call_errhandler (file, MPI_ERR_IO, &error), error);
  ck_assert_uint_eq (n_errors, 1);
  ck_assert (!ompi_obj_file_call_errhandler (file, MPI_SUCCESS, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "mpi_code is 0");
  ck_assert_uint_eq (n_errors, 1);
  assert_succeeds (ompi_obj_file_set_errhandler (file, OMPI_OBJ_ERRORS_RETURN, &error), error);
  assert_succeeds (ompi_obj_file_call_errhandler (file, MPI_ERR_IO, &error), error);
  ck_assert_uint_eq (n_errors, 1);

  assert_succeeds (ompi_obj_errhandler_free (errhandler, &error), error);
  ck_assert (!ompi_obj_file_set_errhandler (file, errhandler, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "freed");
  close_file (file);
}

/* Raw MPI may have said that errors of files that are not open end the job. */
MPI_TEST (default_error_handler)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  MPI_Errhandler handler;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "none");
  MPI_File_set_errhandler (MPI_FILE_NULL, MPI_ERRORS_ARE_FATAL);
  ck_assert_ptr_null (ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_RDONLY, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, path);
  ck_assert (!ompi_obj_file_delete (path, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, path);
  MPI_File_get_errhandler (MPI_FILE_NULL, &handler);
  ck_assert (handler == MPI_ERRORS_ARE_FATAL);
  MPI_File_set_errhandler (MPI_FILE_NULL, MPI_ERRORS_RETURN);
}

/* A subclass that stands in the place of a file and counts. */
typedef MpiFile CountingFile;
typedef MpiFileClass CountingFileClass;

static GType counting_file_get_type (void);
G_DEFINE_TYPE (CountingFile, counting_file, OMPI_OBJ_TYPE_FILE)

static guint n_writes[OMPI_OBJ_FILE_ACCESS_ORDERED + 1];
static guint n_failures;

static gboolean
counting_file_write (MpiFile *self,
                     MpiFileAccess access,
                     gint64 offset,
                     const MpiBuffer *buffer,
                     MpiStatus *status,
                     GError **error)
{
  n_writes[access]++;
  return OMPI_OBJ_FILE_CLASS (counting_file_parent_class)->write (self, access, offset, buffer, status, error);
}

/* Fails without an error. */
static gint64
counting_file_get_size (MpiFile *self G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  n_failures++;
  return -1;
}

static void
counting_file_class_init (CountingFileClass *klass)
{
  klass->write = counting_file_write;
  klass->get_size = counting_file_get_size;
}

static void
counting_file_init (CountingFile *self G_GNUC_UNUSED)
{
}

MPI_TEST (subclass)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiFile) counting = NULL;
  gint value = 3;

  memset (n_writes, 0, sizeof n_writes);
  n_failures = 0;
  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  counting = g_object_new (counting_file_get_type (), "wraps", file, NULL);
  ck_assert_str_eq (ompi_obj_file_get_path (counting), ompi_obj_file_get_path (file));
  assert_succeeds (ompi_obj_file_write_at (counting, 0, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);
  assert_succeeds (ompi_obj_file_write_all (counting, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);
  assert_succeeds (ompi_obj_file_write_ordered (counting, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);
  ck_assert_uint_eq (n_writes[OMPI_OBJ_FILE_ACCESS_AT], 1);
  ck_assert_uint_eq (n_writes[OMPI_OBJ_FILE_ACCESS_ALL], 1);
  ck_assert_uint_eq (n_writes[OMPI_OBJ_FILE_ACCESS_ORDERED], 1);
  ck_assert_int_eq (ompi_obj_file_get_size (counting, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_FAILED, ompi_obj_file_get_path (file));
  ck_assert_uint_eq (n_failures, 1);

  /* Both are the same file. */
  close_file (counting);
  ck_assert (!ompi_obj_file_close (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, "closed");
}

MPI_TEST (native_handles)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) borrowed = NULL;
  g_autoptr (MpiFile) owned = NULL;
  guint64 number = 0;
  MPI_File native;
  gint value = 1;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  ck_assert_int_eq (MPI_File_open (ompi_obj_comm_get_native (comm), path, MPI_MODE_CREATE | MPI_MODE_RDWR,
                                   MPI_INFO_NULL, &native),
                    MPI_SUCCESS);
  borrowed = ompi_obj_file_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  ck_assert (ompi_obj_file_get_native (borrowed) == native);
  g_object_get (borrowed, "native", &number, NULL);
  ck_assert_uint_eq (number, (guint64) (guintptr) native);
  ck_assert_ptr_null (ompi_obj_file_get_path (borrowed));
  ck_assert_ptr_null (ompi_obj_file_get_gfile (borrowed));
  ck_assert_uint_eq (ompi_obj_file_get_amode (borrowed, &error), CREATE);
  assert_succeeds (ompi_obj_file_write_at_all (borrowed, 0, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);
  ck_assert (!ompi_obj_file_close (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, "borrowed");
  g_clear_object (&borrowed);

  owned = ompi_obj_file_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert (!ompi_obj_file_write_at (owned, -1, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_File_write_at: offset is -1");
  close_file (owned);
  ck_assert (ompi_obj_file_get_native (owned) == MPI_FILE_NULL);

  ck_assert_ptr_null (ompi_obj_file_new_for_native (MPI_FILE_NULL, OMPI_OBJ_OWNERSHIP_BORROWED, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, "MPI_FILE_NULL");
}

/* The communicator may go while the file is open. */
MPI_TEST (outlives_its_communicator)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiComm) ranks = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiFile) file = NULL;

  assert_no_error (error);
  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = ompi_obj_file_open (ranks, path, CREATE, NULL, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (ranks, &error), error);
  assert_succeeds (ompi_obj_file_set_size (file, 10, &error), error);
  close_file (file);
}

static gint64
extent_in_file (MpiDatatype *datatype, gpointer user_data, GError **error)
{
  (*(guint *) user_data)++;
  return ompi_obj_datatype_get_size (datatype, error);
}

static gboolean
convert (MpiDatatype *datatype G_GNUC_UNUSED,
         gint64 count G_GNUC_UNUSED,
         gpointer user_buffer G_GNUC_UNUSED,
         gpointer file_buffer G_GNUC_UNUSED,
         gint64 position G_GNUC_UNUSED,
         gpointer user_data G_GNUC_UNUSED,
         GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static void
count_destroyed (gpointer data)
{
  (*(guint *) data)++;
}

/* MPIs differ in what they take; each says so with an error. */
MPI_TEST (representations)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *long_name = g_strnfill (MPI_MAX_DATAREP_STRING, 'x');
  g_autoptr (MpiFile) file = NULL;
  static guint n_calls;
  guint n_destroyed = 0;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  if (ompi_obj_register_datarep ("org.example.plain", NULL, NULL, extent_in_file, &n_calls, NULL, &error))
    {
      ck_assert (!ompi_obj_register_datarep ("org.example.plain", NULL, NULL, extent_in_file, &n_destroyed,
                                             count_destroyed, &error));
      assert_error (error, OMPI_OBJ_ERROR_DUP_DATAREP, "org.example.plain");
      ck_assert_uint_eq (n_destroyed, 1);
      if (!ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, "org.example.plain", NULL,
                                   &error))
        assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, NULL);
    }
  else
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "use external32");
  n_destroyed = 0;
  if (!ompi_obj_register_datarep ("org.example.converted", convert, convert, extent_in_file, &n_destroyed,
                                  count_destroyed, &error))
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "use external32");
      ck_assert_uint_eq (n_destroyed, 1);
    }
  ck_assert (!ompi_obj_register_datarep ("native", NULL, NULL, extent_in_file, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_DUP_DATAREP, "'native'");
  ck_assert (!ompi_obj_register_datarep ("", NULL, NULL, extent_in_file, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "empty");
  ck_assert (!ompi_obj_register_datarep (long_name, NULL, NULL, extent_in_file, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "too long");

  if (!ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, "internal", NULL, &error))
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, NULL);
  close_file (file);
}

static guint n_warnings;

static void
on_warning (const gchar *domain G_GNUC_UNUSED, GLogLevelFlags level, const gchar *message, gpointer user_data)
{
  ck_assert_uint_eq (level & G_LOG_LEVEL_MASK, G_LOG_LEVEL_WARNING);
  ck_assert_ptr_nonnull (strstr (message, user_data));
  n_warnings++;
}

MPI_TEST (dropped_before_it_is_closed)
{
  g_auto (TestDirectory) directory = { 0 };
  GLogFunc previous;
  MpiFile *file;
  MPI_File native;

  n_warnings = 0;
  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "dropped");
  native = ompi_obj_file_get_native (file);
  previous = g_log_set_default_handler (on_warning, (gpointer) "dropped was dropped before it was closed");
  g_object_unref (file);
  g_log_set_default_handler (previous, NULL);
  ck_assert_uint_eq (n_warnings, 1);
  MPI_File_close (&native);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file");
  harness_add (life, HARNESS_INTRA);
  harness_add (names, HARNESS_INTRA);
  harness_add (sizes, HARNESS_INTRA);
  harness_add (views, HARNESS_INTRA);
  harness_add (empty_view, HARNESS_INTRA);
  harness_add (pointers, HARNESS_INTRA);
  harness_add (atomic_mode, HARNESS_INTRA);
  harness_add (sequential, HARNESS_INTRA);
  harness_add (error_handlers, HARNESS_INTRA);
  harness_add (default_error_handler, HARNESS_INTRA);
  harness_add (subclass, HARNESS_INTRA);
  harness_add (native_handles, HARNESS_INTRA);
  harness_add (outlives_its_communicator, HARNESS_INTRA);
  harness_add (representations, HARNESS_ONCE);
  harness_add (dropped_before_it_is_closed, HARNESS_ONCE);
  return harness_run ();
}
