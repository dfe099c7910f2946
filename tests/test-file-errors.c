/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What goes wrong with files: each is an error that names the file, on every rank that takes part, and no rank waits.
 */

#include "files.h"

#include <glib/gstdio.h>

#define CREATE (OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_RDWR)

static void
close_file (MpiFile *file)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

/* Asserts that all ranks cannot open a file. */
#define ASSERT_NOT_OPENED(path, amode, code, text)                               \
  do                                                                             \
    {                                                                            \
      ck_assert_ptr_null (ompi_obj_file_open (comm, path, amode, NULL, &error)); \
      ck_assert_ptr_nonnull (strstr (error->message, path));                     \
      assert_error (error, code, text);                                          \
    }                                                                            \
  while (0)

MPI_TEST (opening)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autofree gchar *none = NULL;
  g_autofree gchar *nowhere = NULL;
  g_autofree gchar *below = NULL;
  g_autofree gchar *long_path = g_strnfill (5000, 'x');
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.org/file");

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  none = test_directory_build (&directory, "none");
  nowhere = test_directory_build (&directory, "nowhere/file");
  below = test_directory_build (&directory, "file/file");
  {
    g_autoptr (MpiFile) file = test_directory_open (&directory, "file");

    close_file (file);
  }
  meet (comm);

  ASSERT_NOT_OPENED (none, OMPI_OBJ_FILE_MODE_RDONLY, OMPI_OBJ_ERROR_NO_SUCH_FILE, "MPI_File_open: '");
  ASSERT_NOT_OPENED (none, OMPI_OBJ_FILE_MODE_RDWR, OMPI_OBJ_ERROR_NO_SUCH_FILE, NULL);
  ASSERT_NOT_OPENED (nowhere, CREATE, OMPI_OBJ_ERROR_NO_SUCH_FILE, NULL);
  ASSERT_NOT_OPENED (below, CREATE, OMPI_OBJ_ERROR_NO_SUCH_FILE, NULL);
  ASSERT_NOT_OPENED (path, CREATE | OMPI_OBJ_FILE_MODE_EXCL, OMPI_OBJ_ERROR_FILE_EXISTS, NULL);
  ASSERT_NOT_OPENED (directory.path, OMPI_OBJ_FILE_MODE_RDONLY, OMPI_OBJ_ERROR_BAD_FILE, "it is a directory");
  ASSERT_NOT_OPENED (directory.path, CREATE, OMPI_OBJ_ERROR_BAD_FILE, "it is a directory");
  ASSERT_NOT_OPENED (long_path, CREATE, OMPI_OBJ_ERROR_BAD_FILE, "5000 bytes long");
  ASSERT_NOT_OPENED ("", CREATE, OMPI_OBJ_ERROR_BAD_FILE, "path is empty");
  ASSERT_NOT_OPENED (path, 0, OMPI_OBJ_ERROR_AMODE, "amode is 0x0, which has not exactly one of");
  ASSERT_NOT_OPENED (path, OMPI_OBJ_FILE_MODE_RDONLY | OMPI_OBJ_FILE_MODE_WRONLY, OMPI_OBJ_ERROR_AMODE, "exactly one");
  ASSERT_NOT_OPENED (path, OMPI_OBJ_FILE_MODE_RDONLY | OMPI_OBJ_FILE_MODE_CREATE, OMPI_OBJ_ERROR_AMODE, "CREATE");
  ASSERT_NOT_OPENED (path, OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_SEQUENTIAL, OMPI_OBJ_ERROR_AMODE, "SEQUENTIAL");
  ASSERT_NOT_OPENED (path, (MpiFileMode) (OMPI_OBJ_FILE_MODE_RDWR | (1 << 9)), OMPI_OBJ_ERROR_AMODE, "mean nothing");

  ck_assert_ptr_null (ompi_obj_file_open_for_gfile (comm, remote, CREATE, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_BAD_FILE, "MPI_File_open: 'https://example.org/file': it has no path");
  ck_assert (!ompi_obj_file_delete_for_gfile (remote, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_BAD_FILE, "https://example.org/file");
  ck_assert (!ompi_obj_file_delete ("", NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_BAD_FILE, "path is empty");
}

/* A device that is full, and one that takes no writes. Root is refused nothing else. */
MPI_TEST (device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiFile) file = NULL;
  g_autofree gchar *data = g_malloc0 (1 << 16);

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    return;
  file = ompi_obj_file_open (comm, "/dev/full", OMPI_OBJ_FILE_MODE_WRONLY, NULL, &error);
  assert_no_error (error);
  ck_assert (!ompi_obj_file_write_at (file, 0, OMPI_OBJ_BUFFER (data, 1 << 16, OMPI_OBJ_PREDEFINED_DATATYPE (BYTE)),
                                      NULL, &error));
  assert_error (error, is_romio () ? OMPI_OBJ_ERROR_NO_SPACE : OMPI_OBJ_ERROR_IO, "/dev/full");
  close_file (file);
}

/* One rank comes with something else than the others. */
MPI_TEST (opening_on_one_rank)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autofree gchar *none = NULL;
  g_autoptr (MpiInfo) freed = ompi_obj_info_new (&error);
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  none = test_directory_build (&directory, "nowhere/none");
  {
    g_autoptr (MpiFile) file = test_directory_open (&directory, "file");

    close_file (file);
  }
  assert_succeeds (ompi_obj_info_free (freed, &error), error);
  meet (comm);

  for (gint wrong = 0; wrong < size; wrong += MAX (size - 1, 1))
    {
      const gboolean is_wrong = rank == wrong;
      g_autofree gchar *other = g_strdup_printf ("rank %d cannot take part", wrong);

      ck_assert_ptr_null (ompi_obj_file_open (comm, is_wrong ? none : path, OMPI_OBJ_FILE_MODE_RDONLY, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, is_wrong ? none : other);
      ck_assert_ptr_null (ompi_obj_file_open (comm, is_wrong ? none : path, CREATE, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, is_wrong ? none : other);
      ck_assert_ptr_null (ompi_obj_file_open (comm, path, is_wrong ? 0 : CREATE, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_AMODE, is_wrong ? "amode is 0x0" : other);
      ck_assert_ptr_null (ompi_obj_file_open (comm, path, CREATE, is_wrong ? freed : NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO, is_wrong ? "freed" : other);
      if (size > 1)
        {
          ck_assert_ptr_null (
              ompi_obj_file_open (comm, path, is_wrong ? CREATE : OMPI_OBJ_FILE_MODE_RDONLY, NULL, &error));
          assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "amode is ");
        }
    }
}

MPI_TEST (between_groups)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_file_open (comm, "/tmp/none", CREATE, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "between two groups");
}

MPI_TEST (modes)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  gint value = 0;
  const MpiBuffer *buffer = OMPI_OBJ_DATA (&value, 1);

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_WRONLY, NULL, &error);
  assert_no_error (error);
#define ASSERT_FAILS(code, text, call)                       \
  do                                                         \
    {                                                        \
      ck_assert (!(call));                                   \
      ck_assert_ptr_nonnull (strstr (error->message, path)); \
      assert_error (error, code, text);                      \
    }                                                        \
  while (0)
#define ASSERT_CANNOT_READ(call) ASSERT_FAILS (OMPI_OBJ_ERROR_ACCESS, "written only", call)
  ASSERT_CANNOT_READ (ompi_obj_file_read_at (file, 0, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_at_all (file, 0, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read (file, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_all (file, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_shared (file, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_ordered (file, buffer, NULL, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_iread_at (file, 0, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_iread_at_all (file, 0, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_iread (file, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_iread_all (file, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_iread_shared (file, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_at_all_begin (file, 0, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_all_begin (file, buffer, &error));
  ASSERT_CANNOT_READ (ompi_obj_file_read_ordered_begin (file, buffer, &error));
  close_file (file);
  g_clear_object (&file);
  meet (comm);

  file = ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_RDONLY, NULL, &error);
  assert_no_error (error);
#define ASSERT_CANNOT_WRITE(call) ASSERT_FAILS (OMPI_OBJ_ERROR_READ_ONLY, "read only", call)
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_at (file, 0, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_at_all (file, 0, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write (file, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_all (file, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_shared (file, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_ordered (file, buffer, NULL, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_iwrite_at (file, 0, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_iwrite_at_all (file, 0, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_iwrite (file, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_iwrite_all (file, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_iwrite_shared (file, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_at_all_begin (file, 0, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_all_begin (file, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_write_ordered_begin (file, buffer, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_set_size (file, 0, &error));
  ASSERT_CANNOT_WRITE (ompi_obj_file_preallocate (file, 0, &error));
  close_file (file);
}

/* Arguments that MPI need not look at. */
MPI_TEST (arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) freed = NULL;
  MpiDatatype *element = OMPI_OBJ_PREDEFINED_DATATYPE (INT);
  gint value = 0;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
  freed = ompi_obj_datatype_new_contiguous (2, element, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, "MPI_File_write_at: '",
                ompi_obj_file_write_at (file, -5, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, "offset is -5",
                ompi_obj_file_read_at (file, -5, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_COUNT, NULL, ompi_obj_file_write (file, OMPI_OBJ_DATA (&value, -1), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_BUFFER, NULL,
                ompi_obj_file_write (file, OMPI_OBJ_BUFFER (NULL, 1, element), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_TYPE, NULL,
                ompi_obj_file_write (file, OMPI_OBJ_BUFFER (&value, 1, freed), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_BUFFER, NULL, ompi_obj_file_write (file, OMPI_OBJ_IN_PLACE, NULL, &error));
  ck_assert_int_eq (ompi_obj_file_get_type_extent (file, freed, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "freed");

  /* Half an elementary type. */
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE), NULL, NULL, NULL, &error),
                   error);
  ASSERT_FAILS (OMPI_OBJ_ERROR_IO, "count is 1 elements of 4 bytes",
                ompi_obj_file_write_at (file, 0, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_IO, "elementary types of 8 bytes",
                ompi_obj_file_iread_at (file, 0, OMPI_OBJ_DATA (&value, 1), &error));
  close_file (file);
}

/* A rank whose arguments are wrong has the error, and the others go on. */
MPI_TEST (wrong_buffer_on_one_rank)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gboolean is_wrong = rank == 0;
  gchar letter = (gchar) ('a' + rank);
  const MpiBuffer good = *OMPI_OBJ_DATA (&letter, 1);
  MpiBuffer wrong = good;
  const MpiBuffer *buffer = is_wrong ? &wrong : &good;
  g_autoptr (MpiRequest) request = NULL;
  g_autofree gchar *content = NULL;
  gsize length;

  wrong.count = -1;
  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
#define ASSERT_ONE_FAILS(call)                           \
  do                                                     \
    {                                                    \
      if (is_wrong)                                      \
        ASSERT_FAILS (OMPI_OBJ_ERROR_COUNT, "-1", call); \
      else                                               \
        assert_succeeds (call, error);                   \
    }                                                    \
  while (0)
  ASSERT_ONE_FAILS (ompi_obj_file_write_at_all (file, rank, buffer, NULL, &error));
  ASSERT_ONE_FAILS (ompi_obj_file_write_all (file, buffer, NULL, &error));
  ASSERT_ONE_FAILS (ompi_obj_file_write_ordered (file, buffer, NULL, &error));
  ASSERT_ONE_FAILS (ompi_obj_file_read_at_all (file, 0, buffer, NULL, &error));
  ASSERT_ONE_FAILS (ompi_obj_file_read_all (file, buffer, NULL, &error));
  ASSERT_ONE_FAILS (ompi_obj_file_read_ordered (file, buffer, NULL, &error));
  letter = (gchar) ('a' + rank);
  ASSERT_ONE_FAILS (ompi_obj_file_write_at_all_begin (file, rank, buffer, &error));
  if (!is_wrong)
    assert_succeeds (ompi_obj_file_write_at_all_end (file, buffer, NULL, &error), error);
  ASSERT_ONE_FAILS (ompi_obj_file_read_ordered_begin (file, buffer, &error));
  if (!is_wrong)
    assert_succeeds (ompi_obj_file_read_ordered_end (file, buffer, NULL, &error), error);
  ASSERT_ONE_FAILS ((request = ompi_obj_file_iread_at_all (file, rank, buffer, &error)) != NULL);
  if (!is_wrong)
    assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  meet (comm);
  close_file (file);

  /* The others have written. */
  meet (comm);
  assert_succeeds (g_file_get_contents (path, &content, &length, &error), error);
  if (ompi_obj_comm_get_size (comm) > 1)
    ck_assert_int_eq (content[1], 'b');
  else
    ck_assert_uint_eq (length, 0);
}

/* Views of which MPIs take some. */
MPI_TEST (bad_views)
{
  const gint64 ones[] = { 1, 1 };
  const gint64 before[] = { -1, 1 };
  const gint64 backwards[] = { 3, 1 };
  const gint64 twice[] = { 0, 0 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  MpiDatatype *element = OMPI_OBJ_PREDEFINED_DATATYPE (INT);
  g_autoptr (MpiDatatype) freed = ompi_obj_datatype_new_contiguous (2, element, &error);
  g_autoptr (MpiDatatype) empty = ompi_obj_datatype_new_contiguous (0, element, &error);
  g_autoptr (MpiDatatype) negative = ompi_obj_datatype_new_indexed (ones, before, 2, element, &error);
  g_autoptr (MpiDatatype) decreasing = ompi_obj_datatype_new_indexed (ones, backwards, 2, element, &error);
  g_autoptr (MpiDatatype) overlapping = ompi_obj_datatype_new_indexed (ones, twice, 2, element, &error);
  const gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);
  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");

  /* On all ranks, and on the first only. */
  for (gint on_one = 0; on_one <= 1; on_one++)
    {
      const gboolean is_wrong = !on_one || rank == 0;

#define ASSERT_NO_VIEW(code, text, displacement, etype, filetype, representation)                                  \
  do                                                                                                               \
    {                                                                                                              \
      if (is_wrong)                                                                                                \
        ASSERT_FAILS (code, text,                                                                                  \
                      ompi_obj_file_set_view (file, displacement, etype, filetype, representation, NULL, &error)); \
      else                                                                                                         \
        ASSERT_FAILS (code, "rank 0", ompi_obj_file_set_view (file, 0, element, NULL, NULL, NULL, &error));        \
    }                                                                                                              \
  while (0)
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_DISP, "displacement is -4, which is negative", -4, element, NULL, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_DISP, "sequential", OMPI_OBJ_DISPLACEMENT_CURRENT, element, NULL, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "freed", 0, freed, NULL, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "freed", 0, element, freed, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "etype has no bytes", 0, empty, NULL, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "no whole number", 0, OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE), element, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "before the displacement", 0, element, negative, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "filetype", 0, element, decreasing, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_TYPE, "filetype", 0, element, overlapping, NULL);
      ASSERT_NO_VIEW (OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, "representation is 'none'", 0, element, NULL, "none");
    }
  if (ompi_obj_comm_get_size (comm) > 1)
    {
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "the extent of etype",
                    ompi_obj_file_set_view (file, 0, rank == 0 ? element : NULL, NULL, NULL, NULL, &error));
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "representation",
                    ompi_obj_file_set_view (file, 0, element, NULL, rank == 0 ? "native" : "external32", NULL, &error));
    }
  close_file (file);
}

/* Collective calls with another argument on one rank. */
MPI_TEST (ranks_that_differ)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, rank == 0 ? "size is -1" : "rank 0",
                ompi_obj_file_set_size (file, rank == 0 ? -1 : 5, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, rank == 0 ? "size is -1" : "rank 0",
                ompi_obj_file_preallocate (file, rank == 0 ? -1 : 5, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, rank == 0 ? "whence is 9" : "rank 0",
                ompi_obj_file_seek_shared (file, 0, rank == 0 ? (MpiWhence) 9 : OMPI_OBJ_WHENCE_SET, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_ARG, rank == 0 ? "offset is -1" : "rank 0",
                ompi_obj_file_seek_shared (file, rank == 0 ? -1 : 0, OMPI_OBJ_WHENCE_SET, &error));
  if (size > 1)
    {
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "size is ", ompi_obj_file_set_size (file, 5 + rank, &error));
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "size is ", ompi_obj_file_preallocate (file, 5 + rank, &error));
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "atomicity is ", ompi_obj_file_set_atomicity (file, rank == 0, &error));
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "offset is ",
                    ompi_obj_file_seek_shared (file, rank, OMPI_OBJ_WHENCE_SET, &error));
      ASSERT_FAILS (OMPI_OBJ_ERROR_NOT_SAME, "whence is ",
                    ompi_obj_file_seek_shared (file, 0, rank == 0 ? OMPI_OBJ_WHENCE_SET : OMPI_OBJ_WHENCE_END, &error));
    }
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 0);
  ck_assert_int_eq (ompi_obj_file_get_position_shared (file, &error), 0);
  assert_no_error (error);
  close_file (file);
}

/* One rank has something under way. */
MPI_TEST (pending_on_one_rank)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiRequest) request = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint value = 1;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
  if (rank == 0)
    {
      request = ompi_obj_file_iwrite_at (file, 0, OMPI_OBJ_DATA (&value, 1), &error);
      assert_no_error (error);
    }
#define ASSERT_PENDING(call) \
  ASSERT_FAILS (OMPI_OBJ_ERROR_PENDING, rank == 0 ? "1 nonblocking operations have not completed" : "rank 0", call)
  ASSERT_PENDING (ompi_obj_file_close (file, &error));
  ASSERT_PENDING (ompi_obj_file_sync (file, &error));
  ASSERT_PENDING (ompi_obj_file_set_size (file, 3, &error));
  ASSERT_PENDING (ompi_obj_file_preallocate (file, 3, &error));
  ASSERT_PENDING (ompi_obj_file_set_atomicity (file, TRUE, &error));
  ASSERT_PENDING (ompi_obj_file_set_view (file, 0, NULL, NULL, NULL, NULL, &error));
  ASSERT_PENDING (ompi_obj_file_seek_shared (file, 0, OMPI_OBJ_WHENCE_SET, &error));
  if (request != NULL)
    {
      ck_assert (!ompi_obj_request_cancel (request, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "an access to a file cannot be cancelled");
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
    }

  assert_succeeds (ompi_obj_file_write_all_begin (file, OMPI_OBJ_DATA (&value, 1), &error), error);
  ASSERT_FAILS (OMPI_OBJ_ERROR_PENDING, "a split collective operation was not ended",
                ompi_obj_file_write_all (file, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  ck_assert (!ompi_obj_file_close (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, NULL);
  assert_succeeds (ompi_obj_file_write_all_end (file, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);
  close_file (file);
}

#if MPI_VERSION >= 4
/* Made by raw MPI with 64-bit counts, alone or inside of another datatype. */
MPI_TEST (large_datatypes)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autofree gchar *path = NULL;
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) large = NULL;
  g_autoptr (MpiDatatype) nested = NULL;
  MPI_Datatype native;
  gint data[8] = { 0 };

  if (!is_romio ())
    return;
  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, "file");
  file = test_directory_open (&directory, "file");
  MPI_Type_vector_c (2, 1, 2, MPI_INT, &native);
  large = ompi_obj_datatype_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  nested = ompi_obj_datatype_new_contiguous (1, large, &error);
  assert_succeeds (ompi_obj_datatype_commit (large, &error), error);
  assert_succeeds (ompi_obj_datatype_commit (nested, &error), error);
  ASSERT_FAILS (OMPI_OBJ_ERROR_TYPE, "64 bits",
                ompi_obj_file_write_at (file, 0, OMPI_OBJ_BUFFER (data, 1, large), NULL, &error));
  ASSERT_FAILS (OMPI_OBJ_ERROR_TYPE, "64 bits",
                ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), nested, NULL, NULL, &error));
  close_file (file);
}
#endif

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gpointer plain = comm;
  gint value = 0;

  harness_expect_critical ("*file_check_type*");
  ck_assert (!ompi_obj_file_write_at (NULL, 0, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  harness_expect_critical ("*file_check_type*");
  ck_assert_int_eq (ompi_obj_file_get_size (plain, &error), -1);
  harness_expect_critical ("*buffer*");
  ck_assert (!ompi_obj_file_write_at (plain, 0, NULL, NULL, &error));
  harness_expect_critical ("*path*");
  ck_assert_ptr_null (ompi_obj_file_open (comm, NULL, CREATE, NULL, &error));
  harness_expect_critical ("*path*");
  ck_assert (!ompi_obj_file_delete (NULL, NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-errors");
  harness_add (opening, HARNESS_INTRA);
  harness_add (device, HARNESS_INTRA);
  harness_add (opening_on_one_rank, HARNESS_INTRA);
  harness_add (between_groups, HARNESS_INTER);
  harness_add (modes, HARNESS_INTRA);
  harness_add (arguments, HARNESS_INTRA);
  harness_add (wrong_buffer_on_one_rank, HARNESS_INTRA);
  harness_add (bad_views, HARNESS_INTRA);
  harness_add (ranks_that_differ, HARNESS_INTRA);
  harness_add (pending_on_one_rank, HARNESS_INTRA);
#if MPI_VERSION >= 4
  harness_add (large_datatypes, HARNESS_INTRA);
#endif
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
