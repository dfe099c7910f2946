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

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-split");
  harness_add (at_all, HARNESS_INTRA);
  harness_add (all, HARNESS_INTRA);
  harness_add (ordered, HARNESS_INTRA);
  return harness_run ();
}
