/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The split collective ways of data access, and what goes on between their two parts. */

#include "files.h"

static gboolean
read_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_at_all_begin (file, offset, buffer, error)
         && ompi_obj_file_read_at_all_end (file, buffer, status, error);
}

static gboolean
read_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_all_begin (file, buffer, error) && ompi_obj_file_read_all_end (file, buffer, status, error);
}

static gboolean
read_ordered (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_ordered_begin (file, buffer, error)
         && ompi_obj_file_read_ordered_end (file, buffer, status, error);
}

static gboolean
write_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_at_all_begin (file, offset, buffer, error)
         && ompi_obj_file_write_at_all_end (file, buffer, status, error);
}

static gboolean
write_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_all_begin (file, buffer, error)
         && ompi_obj_file_write_all_end (file, buffer, status, error);
}

static gboolean
write_ordered (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_ordered_begin (file, buffer, error)
         && ompi_obj_file_write_ordered_end (file, buffer, status, error);
}

MPI_TEST (at_all)
{
  const FileForm form = { PLACE_OFFSET, write_at_all, read_at_all };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  check_form_of_external32 (&directory, &form);
}

MPI_TEST (all)
{
  const FileForm form = { PLACE_INDIVIDUAL, write_all, read_all };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  check_form_of_external32 (&directory, &form);
}

MPI_TEST (ordered)
{
  const FileForm form = { PLACE_ORDERED, write_ordered, read_ordered };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  check_form_of_external32 (&directory, &form);
}

/* What goes wrong between the two parts, and what is kept from one to the other. */
MPI_TEST (order_of_calls)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiBuffer) owned = ompi_obj_buffer_new (4);
  MpiBuffer lent;
  gint value = 5;
  gint other = 6;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  ck_assert (!ompi_obj_file_write_all_end (file, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "no split collective operation was begun");

  assert_succeeds (ompi_obj_file_write_at_all_begin (file, 0, OMPI_OBJ_DATA (&value, 1), &error), error);
  ck_assert (!ompi_obj_file_write_all_begin (file, OMPI_OBJ_DATA (&value, 1), &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "was not ended");
  ck_assert (!ompi_obj_file_write_all_end (file, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_File_write_at_all_begin");
  ck_assert (!ompi_obj_file_read_at_all_end (file, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_File_write_at_all_begin");
  ck_assert (!ompi_obj_file_write_at_all_end (file, OMPI_OBJ_DATA (&other, 1), NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "not the one");
  /* What one rank does alone goes on. */
  assert_succeeds (ompi_obj_file_write_at (file, 100, OMPI_OBJ_DATA (&other, 1), NULL, &error), error);
  assert_succeeds (ompi_obj_file_write_at_all_end (file, OMPI_OBJ_DATA (&value, 1), NULL, &error), error);

  /* The owner of the memory may let go of it. */
  memset (owned->address, 'x', 4);
  lent = *owned;
  lent.owner = NULL;
  assert_succeeds (ompi_obj_file_write_all_begin (file, owned, &error), error);
  g_clear_pointer (&owned, ompi_obj_buffer_free);
  assert_succeeds (ompi_obj_file_write_all_end (file, &lent, NULL, &error), error);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-split");
  harness_add (at_all, HARNESS_INTRA);
  harness_add (all, HARNESS_INTRA);
  harness_add (ordered, HARNESS_INTRA);
  harness_add (order_of_calls, HARNESS_INTRA);
  return harness_run ();
}
