/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A file as GLib's streams: GIO's own classes on top of them, and their errors. */

#include "files.h"

#include <ompi_obj/file-streams.h>

#define NAME "stream"

static MpiFile *
file_open (const TestDirectory *directory, MpiFileMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, NAME);
  MpiFile *file = ompi_obj_file_open (directory->comm, path, mode, NULL, &error);

  assert_no_error (error);
  return file;
}

static void
file_close (MpiFile *file)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

#define CREATE (OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE)

static GInputStream *
input_of (MpiFile *file)
{
  g_autoptr (GError) error = NULL;
  GInputStream *stream = ompi_obj_file_get_input_stream (file, &error);

  assert_no_error (error);
  ck_assert (G_IS_INPUT_STREAM (stream));
  return stream;
}

static GOutputStream *
output_of (MpiFile *file)
{
  g_autoptr (GError) error = NULL;
  GOutputStream *stream = ompi_obj_file_get_output_stream (file, &error);

  assert_no_error (error);
  ck_assert (G_IS_OUTPUT_STREAM (stream));
  return stream;
}

/* Asserts an error of GIO's with TEXT in its message, and clears it. */
static void
check_io_error (GError **error, GIOErrorEnum expected, const gchar *text)
{
  ck_assert_ptr_nonnull (*error);
  ck_assert_msg (g_error_matches (*error, G_IO_ERROR, (gint) expected), "%s %d: %s",
                 g_quark_to_string ((*error)->domain), (*error)->code, (*error)->message);
  ck_assert_msg (strstr ((*error)->message, text) != NULL, "'%s' lacks '%s'", (*error)->message, text);
  g_clear_error (error);
}

#define assert_io_error(error, expected, text) check_io_error (&(error), expected, text)

/* Each rank writes lines of text at a place of its own, and reads those of the next one. */
MPI_TEST (lines)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GDataInputStream) data = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint next = (rank + 1) % size;
  gsize length = 0;

  test_directory_init (&directory, comm);
  file = file_open (&directory, CREATE);
  output = output_of (file);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (output), 200 * rank, G_SEEK_SET, NULL, &error), error);
  assert_succeeds (g_output_stream_printf (output, NULL, NULL, &error, "rank %d\n%100d\n", rank, rank), error);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (output)), 200 * rank + 108);
  assert_succeeds (g_output_stream_close (output, NULL, &error), error);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);

  input = input_of (file);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 200 * next, G_SEEK_SET, NULL, &error), error);
  data = g_data_input_stream_new (input);
  {
    g_autofree gchar *expected = g_strdup_printf ("rank %d", next);
    g_autofree gchar *line = g_data_input_stream_read_line (data, &length, NULL, &error);
    g_autofree gchar *second = g_data_input_stream_read_line (data, &length, NULL, &error);

    assert_no_error (error);
    ck_assert_str_eq (line, expected);
    ck_assert_uint_eq (length, 100);
    ck_assert_int_eq (atoi (second), next);
  }
  file_close (file);
}

/* A file is copied with GIO's splice, which reads to the end. */
MPI_TEST (splice)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autofree guint8 *bytes = g_malloc (300001);

  test_directory_init (&directory, ompi_obj_comm_self ());
  for (gsize i = 0; i < 300001; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  source = g_memory_input_stream_new_from_data (bytes, 300001, NULL);
  file = file_open (&directory, CREATE);
  output = output_of (file);
  ck_assert_int_eq (g_output_stream_splice (output, source, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error), 300001);
  assert_no_error (error);
  {
    g_autoptr (GBytes) found = test_directory_read (&directory, NAME);

    ck_assert_uint_eq (g_bytes_get_size (found), 300001);
    ck_assert_mem_eq (g_bytes_get_data (found, NULL), bytes, 300001);
  }

  input = input_of (file);
  memory = g_memory_output_stream_new_resizable ();
  ck_assert_int_eq (g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error), 300001);
  assert_no_error (error);
  ck_assert_mem_eq (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)), bytes, 300001);
  ck_assert_int_eq (g_input_stream_read (input, bytes, 10, NULL, &error), 0);
  assert_no_error (error);
  file_close (file);
}

MPI_TEST (seek)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  gchar text[8] = "";

  test_directory_init (&directory, ompi_obj_comm_self ());
  test_directory_write (&directory, NAME, "0123456789", 10);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDWR);
  assert_succeeds (ompi_obj_file_seek (file, 2, OMPI_OBJ_WHENCE_SET, &error), error);
  input = input_of (file);
  output = output_of (file);
  ck_assert (G_IS_SEEKABLE (input) && g_seekable_can_seek (G_SEEKABLE (input)));
  ck_assert (G_IS_SEEKABLE (output) && g_seekable_can_seek (G_SEEKABLE (output)));

  /* They begin where the pointer is, and each goes its own way. */
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (input)), 2);
  ck_assert_int_eq (g_input_stream_read (input, text, 3, NULL, &error), 3);
  ck_assert_str_eq (text, "234");
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (output)), 2);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 2);

  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 1, G_SEEK_CUR, NULL, &error), error);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (input)), 6);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), -2, G_SEEK_END, NULL, &error), error);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (input)), 8);
  ck_assert_int_eq (g_input_stream_read (input, text, 7, NULL, &error), 2);
  ck_assert_mem_eq (text, "89", 2);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 2);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 0, G_SEEK_SET, NULL, &error), error);
  ck_assert_int_eq (g_input_stream_skip (input, 4, NULL, &error), 4);
  ck_assert_int_eq (g_input_stream_skip (input, 100, NULL, &error), 6);
  ck_assert_int_eq (g_input_stream_skip (input, 100, NULL, &error), 0);
  assert_no_error (error);

  /* Beyond the end there is nothing to read, and what is written leaves a hole. */
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 5, G_SEEK_END, NULL, &error), error);
  ck_assert_int_eq (g_input_stream_read (input, text, 7, NULL, &error), 0);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (output), 2, G_SEEK_END, NULL, &error), error);
  assert_succeeds (g_output_stream_write_all (output, "end", 3, NULL, NULL, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 15);

  ck_assert (!g_seekable_seek (G_SEEKABLE (input), -1, G_SEEK_SET, NULL, &error));
  assert_io_error (error, G_IO_ERROR_INVALID_ARGUMENT, "-1");
  ck_assert (!g_seekable_seek (G_SEEKABLE (output), -16, G_SEEK_END, NULL, &error));
  assert_io_error (error, G_IO_ERROR_INVALID_ARGUMENT, "-16");
  ck_assert (!g_seekable_seek (G_SEEKABLE (output), G_MAXINT64, G_SEEK_CUR, NULL, &error));
  assert_io_error (error, G_IO_ERROR_INVALID_ARGUMENT, "leads out");
  ck_assert (!g_seekable_can_truncate (G_SEEKABLE (input)));
  ck_assert (!g_seekable_can_truncate (G_SEEKABLE (output)));
  ck_assert (!g_seekable_truncate (G_SEEKABLE (output), 3, NULL, &error));
  assert_io_error (error, G_IO_ERROR_NOT_SUPPORTED, "set_size");
  file_close (file);
}

/* Each rank sees every size-th block of 3 bytes, and only its own ones. */
MPI_TEST (view_with_gaps)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) block = NULL;
  g_autoptr (MpiDatatype) filetype = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  gchar written[30];
  gchar text[64] = "";
  gsize n_read = 0;

  test_directory_init (&directory, comm);
  file = file_open (&directory, CREATE);
  block = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_BYTE, &error);
  filetype = ompi_obj_datatype_new_resized (block, 0, 3 * size, &error);
  assert_succeeds (filetype != NULL && ompi_obj_datatype_commit (filetype, &error), error);
  assert_succeeds (ompi_obj_file_set_view (file, 3 * rank, OMPI_OBJ_BYTE, filetype, "native", NULL, &error), error);
  memset (written, 'a' + rank, sizeof written);
  output = output_of (file);
  for (gint i = 0; i < 3; i++)
    assert_succeeds (g_output_stream_write_all (output, written, sizeof written / 3, NULL, NULL, &error), error);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  if (rank == 0)
    {
      g_autoptr (GBytes) bytes = test_directory_read (&directory, NAME);
      const gchar *data = g_bytes_get_data (bytes, NULL);

      ck_assert_uint_eq (g_bytes_get_size (bytes), (gsize) (30 * size));
      for (gint i = 0; i < 30 * size; i++)
        ck_assert_int_eq (data[i], 'a' + i / 3 % size);
    }

  input = input_of (file);
  assert_succeeds (g_input_stream_read_all (input, text, sizeof text, &n_read, NULL, &error), error);
  ck_assert_uint_eq (n_read, sizeof written);
  ck_assert_mem_eq (text, written, sizeof written);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 0, G_SEEK_END, NULL, &error), error);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (input)), sizeof written);
  file_close (file);
}

/* An etype of 8 bytes: reading by bytes, writing by etypes. */
MPI_TEST (etype)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) gappy = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = NULL;
  gchar text[40] = "";

  test_directory_init (&directory, ompi_obj_comm_self ());
  test_directory_write (&directory, NAME, "....0123456789abcdefghi", 23);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDWR);
  assert_succeeds (ompi_obj_file_set_view (file, 4, OMPI_OBJ_DOUBLE, OMPI_OBJ_DOUBLE, "native", NULL, &error), error);
  assert_succeeds (ompi_obj_file_seek (file, 1, OMPI_OBJ_WHENCE_SET, &error), error);
  input = input_of (file);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (input)), 8);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (input), 3, G_SEEK_SET, NULL, &error), error);
  assert_succeeds (g_input_stream_read_all (input, text, 10, NULL, NULL, &error), error);
  ck_assert_str_eq (text, "3456789abc");

  output = output_of (file);
  ck_assert_int_eq (g_seekable_tell (G_SEEKABLE (output)), 8);
  ck_assert_int_eq (g_output_stream_write (output, "ABCDEFGHIJ", 10, NULL, &error), 8);
  ck_assert_int_eq (g_output_stream_write (output, "IJ", 2, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_INVALID_ARGUMENT, "2 bytes at byte 16 are no whole etypes of 8 bytes");
  ck_assert_int_eq (g_output_stream_write (output, "IJ", 0, NULL, &error), 0);
  assert_succeeds (g_seekable_seek (G_SEEKABLE (output), 1, G_SEEK_SET, NULL, &error), error);
  ck_assert_int_eq (g_output_stream_write (output, "ABCDEFGHIJ", 10, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_INVALID_ARGUMENT, "at byte 1");

  /* The view goes; the stream does not go along. */
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_BYTE, OMPI_OBJ_BYTE, "native", NULL, &error), error);
  ck_assert_int_eq (g_input_stream_read (input, text, 3, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_FAILED, "view of the file was changed");

  gappy = ompi_obj_datatype_new_resized (OMPI_OBJ_INT, 0, 8, &error);
  assert_succeeds (gappy != NULL && ompi_obj_datatype_commit (gappy, &error), error);
  assert_succeeds (ompi_obj_file_set_view (file, 0, gappy, gappy, "native", NULL, &error), error);
  ck_assert_ptr_null (ompi_obj_file_get_input_stream (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "gaps");
  file_close (file);
}

/* Streams and their file end in any order. */
MPI_TEST (life)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  MpiFile *file;
  gpointer watched;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = NULL;
  gchar text[4] = "";

  test_directory_init (&directory, comm);
  file = file_open (&directory, CREATE);
  output = output_of (file);
  assert_succeeds (g_output_stream_close (output, NULL, &error), error);
  ck_assert_int_eq (g_output_stream_write (output, "x", 1, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_CLOSED, "");
  ck_assert (!g_seekable_seek (G_SEEKABLE (output), 0, G_SEEK_SET, NULL, &error));
  assert_io_error (error, G_IO_ERROR_CLOSED, "");
  g_clear_object (&output);

  /* The file is not closed. */
  ck_assert_int_eq (ompi_obj_file_get_size (file, &error), 0);
  assert_no_error (error);
  output = output_of (file);
  input = input_of (file);
  file_close (file);
  ck_assert_int_eq (g_output_stream_write (output, "x", 1, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_CLOSED, "");
  ck_assert_int_eq (g_input_stream_read (input, text, 1, NULL, &error), -1);
  assert_io_error (error, G_IO_ERROR_CLOSED, "");
  ck_assert (!g_seekable_seek (G_SEEKABLE (input), 0, G_SEEK_END, NULL, &error));
  assert_io_error (error, G_IO_ERROR_CLOSED, "");
  ck_assert_ptr_null (ompi_obj_file_get_input_stream (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert_ptr_null (ompi_obj_file_get_output_stream (file, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);

  /* A stream keeps its file. */
  watched = file;
  g_object_add_weak_pointer (G_OBJECT (file), &watched);
  g_object_unref (file);
  ck_assert_ptr_nonnull (watched);
  g_clear_object (&output);
  ck_assert_ptr_nonnull (watched);
  g_clear_object (&input);
  ck_assert_ptr_null (watched);
}

MPI_TEST (modes)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiFile) writer = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) input = NULL;
  gchar text[4] = "";

  test_directory_init (&directory, ompi_obj_comm_self ());
  test_directory_write (&directory, NAME, "0123", 4);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
  ck_assert_ptr_null (ompi_obj_file_get_output_stream (file, &error));
  ck_assert (error != NULL && error->domain == OMPI_OBJ_ERROR);
  g_clear_error (&error);
  input = input_of (file);
  g_cancellable_cancel (cancellable);
  ck_assert_int_eq (g_input_stream_read (input, text, 1, cancellable, &error), -1);
  assert_io_error (error, G_IO_ERROR_CANCELLED, "");
  file_close (file);
  writer = file_open (&directory, OMPI_OBJ_FILE_MODE_WRONLY);
  ck_assert_ptr_null (ompi_obj_file_get_input_stream (writer, &error));
  ck_assert (error != NULL && error->domain == OMPI_OBJ_ERROR);
  g_clear_error (&error);
  file_close (writer);
}

static void
keep_result (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* GIO does it in a thread. */
MPI_TEST (asynchronous)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gchar text[4] = "";

  if (ompi_obj_query_thread () != OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    {
      harness_skip ("MPI does not allow several threads");
      return;
    }
  test_directory_init (&directory, ompi_obj_comm_self ());
  test_directory_write (&directory, NAME, "0123", 4);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
  input = input_of (file);
  g_input_stream_read_async (input, text, 3, G_PRIORITY_DEFAULT, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  ck_assert_int_eq (g_input_stream_read_finish (input, result, &error), 3);
  assert_no_error (error);
  ck_assert_mem_eq (text, "012", 3);
  file_close (file);
}

MPI_TEST (misuse)
{
  harness_expect_critical ("*");
  ck_assert_ptr_null (ompi_obj_file_get_input_stream (NULL, NULL));
  harness_expect_critical ("*");
  ck_assert_ptr_null (ompi_obj_file_get_output_stream (NULL, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-streams");
  harness_add (lines, HARNESS_INTRA);
  harness_add (splice, HARNESS_ONCE);
  harness_add (seek, HARNESS_ONCE);
  harness_add (view_with_gaps, HARNESS_INTRA);
  harness_add (etype, HARNESS_ONCE);
  harness_add (life, HARNESS_ONCE);
  harness_add (modes, HARNESS_ONCE);
  harness_add (asynchronous, HARNESS_ONCE);
  harness_add (misuse, HARNESS_ONCE);
  return harness_run ();
}
