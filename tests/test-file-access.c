/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The blocking ways of data access: each with its own content, views and memory, read back and looked at without MPI.
 */

#include "files.h"

static gboolean
read_at (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_at (file, offset, buffer, status, error);
}

static gboolean
read_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_at_all (file, offset, buffer, status, error);
}

static gboolean
read_individual (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read (file, buffer, status, error);
}

static gboolean
read_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_all (file, buffer, status, error);
}

static gboolean
read_shared (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_shared (file, buffer, status, error);
}

static gboolean
read_ordered (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_read_ordered (file, buffer, status, error);
}

static gboolean
write_at (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_at (file, offset, buffer, status, error);
}

static gboolean
write_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_at_all (file, offset, buffer, status, error);
}

static gboolean
write_individual (MpiFile *file,
                  gint64 offset G_GNUC_UNUSED,
                  const MpiBuffer *buffer,
                  MpiStatus *status,
                  GError **error)
{
  return ompi_obj_file_write (file, buffer, status, error);
}

static gboolean
write_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_all (file, buffer, status, error);
}

static gboolean
write_shared (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_shared (file, buffer, status, error);
}

static gboolean
write_ordered (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  return ompi_obj_file_write_ordered (file, buffer, status, error);
}

MPI_TEST (at)
{
  const FileForm form = { PLACE_OFFSET, write_at, read_at };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  check_form_of_external32 (&directory, &form);
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

MPI_TEST (individual)
{
  const FileForm form = { PLACE_INDIVIDUAL, write_individual, read_individual };
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

MPI_TEST (shared)
{
  const FileForm form = { PLACE_SHARED, write_shared, read_shared };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
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
  harness_init (argc, argv, "file-access");
  harness_add (at, HARNESS_INTRA);
  harness_add (at_all, HARNESS_INTRA);
  harness_add (individual, HARNESS_INTRA);
  harness_add (all, HARNESS_INTRA);
  harness_add (shared, HARNESS_INTRA);
  harness_add (ordered, HARNESS_INTRA);
  return harness_run ();
}
