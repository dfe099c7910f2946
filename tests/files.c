/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "files.h"

#include <glib/gstdio.h>

#define N_ELEMENTS 5
#define MAX_RANKS 16

void
test_directory_init (TestDirectory *self, MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  char path[256] = "";

  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      g_autofree gchar *made = g_dir_make_tmp ("ompi_obj-XXXXXX", &error);

      assert_no_error (error);
      g_strlcpy (path, made, sizeof path);
    }
  assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (path, sizeof path), 0, &error), error);
  self->comm = comm;
  self->path = g_strdup (path);
}

/* Files of a failed case may be left. */
static void
remove_directory (const gchar *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree gchar *file = g_build_filename (path, name, NULL);

      if (g_remove (file) != 0)
        remove_directory (file);
    }
  g_rmdir (path);
}

void
test_directory_clear (TestDirectory *self)
{
  if (self->path == NULL)
    return;
  meet (self->comm);
  if (ompi_obj_comm_get_rank (self->comm) == 0)
    remove_directory (self->path);
  g_clear_pointer (&self->path, g_free);
}

gchar *
test_directory_build (const TestDirectory *self, const gchar *name)
{
  return g_build_filename (self->path, name, NULL);
}

GBytes *
test_directory_read (const TestDirectory *self, const gchar *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (self, name);
  gchar *contents = NULL;
  gsize length = 0;

  assert_succeeds (g_file_get_contents (path, &contents, &length, &error), error);
  return g_bytes_new_take (contents, length);
}

void
test_directory_write (const TestDirectory *self, const gchar *name, gconstpointer bytes, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (self, name);

  assert_succeeds (g_file_set_contents (path, bytes, (gssize) n_bytes, &error), error);
}

MpiFile *
test_directory_open (const TestDirectory *self, const gchar *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (self, name);
  MpiFile *file =
      ompi_obj_file_open (self->comm, path, OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_RDWR, NULL, &error);

  assert_no_error (error);
  return file;
}

gboolean
is_romio (void)
{
  g_autofree gchar *version = ompi_obj_get_library_version ();

  return strstr (version, "MPICH") != NULL;
}

static gint
value_of (gint rank, gint i)
{
  return 1000 * (rank + 1) + i;
}

/* What the file holds, read without MPI. */
static void
assert_content (const TestDirectory *directory, const gchar *name, const gint *expected, gsize n_expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, name);
  g_autofree gchar *content = NULL;
  gsize length;

  meet (directory->comm);
  g_file_get_contents (path, &content, &length, &error);
  assert_no_error (error);
  ck_assert_uint_eq (length, n_expected * sizeof *expected);
  ck_assert_mem_eq (content, expected, length);
  meet (directory->comm);
}

/* Goes to where this rank's elements are, waits for its turn if need be, and transfers them. */
static void
transfer (const TestDirectory *directory,
          MpiFile *file,
          const FileForm *form,
          Transfer function,
          gint64 offset,
          const MpiBuffer *buffer,
          gint64 expected)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint n_turns = form->place == PLACE_SHARED ? ompi_obj_comm_get_size (directory->comm) : 1;
  MpiStatus status;

  if (form->place == PLACE_INDIVIDUAL)
    assert_succeeds (ompi_obj_file_seek (file, offset, OMPI_OBJ_WHENCE_SET, &error), error);
  for (gint turn = 0; turn < n_turns; turn++)
    {
      if (n_turns == 1 || turn == rank)
        {
          assert_succeeds (function (file, offset, buffer, &status, &error), error);
          ck_assert_int_eq (ompi_obj_status_get_count (&status, buffer->datatype, &error), expected);
          assert_no_error (error);
        }
      if (n_turns > 1)
        meet (directory->comm);
    }
  if (form->place == PLACE_INDIVIDUAL)
    {
      gint64 position = ompi_obj_file_get_position (file, &error);

      assert_no_error (error);
      ck_assert_int_ge (position, offset);
    }
}

/* What is written is there for the other ranks. */
static void
make_visible (const TestDirectory *directory, MpiFile *file, const FileForm *form)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  meet (directory->comm);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  if (form->place == PLACE_SHARED || form->place == PLACE_ORDERED)
    assert_succeeds (ompi_obj_file_seek_shared (file, 0, OMPI_OBJ_WHENCE_SET, &error), error);
}

/* Each rank's elements one after the other; then they are read back, and once more at the end of the file. */
void
check_form_over_whole_file (const TestDirectory *directory, const FileForm *form)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint size = ompi_obj_comm_get_size (directory->comm);
  g_autoptr (MpiFile) file = test_directory_open (directory, "whole");
  gint expected[MAX_RANKS * N_ELEMENTS];
  gint data[N_ELEMENTS];

  for (gint i = 0; i < size * N_ELEMENTS; i++)
    expected[i] = value_of (i / N_ELEMENTS, i % N_ELEMENTS);
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, NULL, NULL, &error),
                   error);
  for (gint i = 0; i < N_ELEMENTS; i++)
    data[i] = value_of (rank, i);
  transfer (directory, file, form, form->write, rank * N_ELEMENTS, OMPI_OBJ_DATA (data, N_ELEMENTS), N_ELEMENTS);
  make_visible (directory, file, form);
  memset (data, 0, sizeof data);
  transfer (directory, file, form, form->read, rank * N_ELEMENTS, OMPI_OBJ_DATA (data, N_ELEMENTS), N_ELEMENTS);
  ck_assert_mem_eq (data, expected + rank * N_ELEMENTS, sizeof data);

  if (form->place == PLACE_OFFSET || form->place == PLACE_INDIVIDUAL)
    {
      /* The last two elements, and nothing behind them. */
      memset (data, 0, sizeof data);
      transfer (directory, file, form, form->read, size * N_ELEMENTS - 2, OMPI_OBJ_DATA (data, N_ELEMENTS), 2);
      ck_assert_mem_eq (data, expected + size * N_ELEMENTS - 2, 2 * sizeof data[0]);
      ck_assert_int_eq (data[2], 0);
      transfer (directory, file, form, form->read, size * N_ELEMENTS + 7, OMPI_OBJ_DATA (data, N_ELEMENTS), 0);
    }
  else
    transfer (directory, file, form, form->read, 0, OMPI_OBJ_DATA (data, N_ELEMENTS), 0);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
  assert_content (directory, "whole", expected, (gsize) size * N_ELEMENTS);
}

/* Each rank sees every size-th element behind a head of two. */
void
check_form_over_interleaved_views (const TestDirectory *directory, const FileForm *form)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint size = ompi_obj_comm_get_size (directory->comm);
  g_autoptr (MpiFile) file = test_directory_open (directory, "interleaved");
  MpiDatatype *element = OMPI_OBJ_PREDEFINED_DATATYPE (INT);
  g_autoptr (MpiDatatype) filetype = ompi_obj_datatype_new_resized (element, 0, size * (gint64) sizeof (gint), &error);
  const gint64 displacement = (2 + rank) * (gint64) sizeof (gint);
  gint expected[2 + MAX_RANKS * N_ELEMENTS] = { 0 };
  gint data[N_ELEMENTS];

  assert_no_error (error);
  for (gint i = 0; i < size * N_ELEMENTS; i++)
    expected[2 + i] = value_of (i % size, i / size);
  assert_succeeds (ompi_obj_file_set_view (file, displacement, element, filetype, "native", NULL, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_byte_offset (file, 3, &error), displacement + 3 * size * (gint64) sizeof (gint));
  for (gint i = 0; i < N_ELEMENTS; i++)
    data[i] = value_of (rank, i);
  transfer (directory, file, form, form->write, 0, OMPI_OBJ_DATA (data, N_ELEMENTS), N_ELEMENTS);
  make_visible (directory, file, form);
  memset (data, 0, sizeof data);
  transfer (directory, file, form, form->read, 1, OMPI_OBJ_DATA (data, N_ELEMENTS - 1), N_ELEMENTS - 1);
  for (gint i = 1; i < N_ELEMENTS; i++)
    ck_assert_int_eq (data[i - 1], value_of (rank, i));
  assert_succeeds (ompi_obj_file_close (file, &error), error);
  assert_content (directory, "interleaved", expected, 2 + (gsize) size * N_ELEMENTS);
}

/* Every second integer of the memory. */
void
check_form_of_derived_elements (const TestDirectory *directory, const FileForm *form)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint size = ompi_obj_comm_get_size (directory->comm);
  g_autoptr (MpiFile) file = test_directory_open (directory, "derived");
  g_autoptr (MpiDatatype) every_second =
      ompi_obj_datatype_new_vector (N_ELEMENTS, 1, 2, OMPI_OBJ_PREDEFINED_DATATYPE (INT), &error);
  gint expected[MAX_RANKS * N_ELEMENTS];
  gint data[2 * N_ELEMENTS];

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (every_second, &error), error);
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, NULL, NULL, &error),
                   error);
  for (gint i = 0; i < size * N_ELEMENTS; i++)
    expected[i] = value_of (i / N_ELEMENTS, i % N_ELEMENTS);
  for (gint i = 0; i < 2 * N_ELEMENTS; i++)
    data[i] = i % 2 == 0 ? value_of (rank, i / 2) : -1;
  transfer (directory, file, form, form->write, rank * N_ELEMENTS, OMPI_OBJ_BUFFER (data, 1, every_second), 1);
  make_visible (directory, file, form);
  for (gint i = 0; i < 2 * N_ELEMENTS; i++)
    data[i] = -2;
  transfer (directory, file, form, form->read, rank * N_ELEMENTS, OMPI_OBJ_BUFFER (data, 1, every_second), 1);
  for (gint i = 0; i < 2 * N_ELEMENTS - 1; i++)
    ck_assert_int_eq (data[i], i % 2 == 0 ? value_of (rank, i / 2) : -2);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
  assert_content (directory, "derived", expected, (gsize) size * N_ELEMENTS);
}

/* Only the last rank has something. */
void
check_form_with_empty_buffers (const TestDirectory *directory, const FileForm *form)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint size = ompi_obj_comm_get_size (directory->comm);
  const gint64 count = rank == size - 1 ? 1 : 0;
  g_autoptr (MpiFile) file = test_directory_open (directory, "empty");
  gint value = value_of (rank, 0);
  const gint expected = value_of (size - 1, 0);

  transfer (directory, file, form, form->write, 0, OMPI_OBJ_DATA (&value, count), count);
  make_visible (directory, file, form);
  value = 0;
  transfer (directory, file, form, form->read, 0, OMPI_OBJ_DATA (&value, count), count);
  ck_assert_int_eq (value, count > 0 ? expected : 0);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
  assert_content (directory, "empty", &expected, 1);
}

/* The same bytes on every machine: the most significant one first. */
void
check_form_of_external32 (const TestDirectory *directory, const FileForm *form)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (directory->comm);
  const gint size = ompi_obj_comm_get_size (directory->comm);
  g_autoptr (MpiFile) file = test_directory_open (directory, "external32");
  gint expected[MAX_RANKS * N_ELEMENTS];
  gint data[N_ELEMENTS];

  for (gint i = 0; i < size * N_ELEMENTS; i++)
    expected[i] = (gint) GUINT32_TO_BE ((guint32) value_of (i / N_ELEMENTS, i % N_ELEMENTS));
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, "external32", NULL,
                                           &error),
                   error);
  for (gint i = 0; i < N_ELEMENTS; i++)
    data[i] = value_of (rank, i);
  transfer (directory, file, form, form->write, rank * N_ELEMENTS, OMPI_OBJ_DATA (data, N_ELEMENTS), N_ELEMENTS);
  for (gint i = 0; i < N_ELEMENTS; i++)
    ck_assert_int_eq (data[i], value_of (rank, i));
  make_visible (directory, file, form);
  memset (data, 0, sizeof data);
  transfer (directory, file, form, form->read, rank * N_ELEMENTS, OMPI_OBJ_DATA (data, N_ELEMENTS), N_ELEMENTS);
  for (gint i = 0; i < N_ELEMENTS; i++)
    ck_assert_int_eq (data[i], value_of (rank, i));
  assert_succeeds (ompi_obj_file_close (file, &error), error);
  assert_content (directory, "external32", expected, (gsize) size * N_ELEMENTS);
}
