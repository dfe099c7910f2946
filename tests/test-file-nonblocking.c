/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The nonblocking ways of data access, and what their requests keep. */

#include "files.h"

/* Waits on the even ranks and tests on the odd ones. */
static gboolean
complete (MpiRequest *request, MpiStatus *status, GError **error)
{
  GError *failure = NULL;

  if (harness_world_rank () % 2 == 0)
    return ompi_obj_request_wait (request, status, error);
  while (!ompi_obj_request_test (request, status, &failure))
    if (failure != NULL)
      {
        g_propagate_error (error, failure);
        return FALSE;
      }
  return TRUE;
}

static gboolean
iread_at (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iread_at (file, offset, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iread_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iread_at_all (file, offset, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iread (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iread (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iread_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iread_all (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iread_shared (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iread_shared (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iwrite_at (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iwrite_at (file, offset, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iwrite_at_all (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iwrite_at_all (file, offset, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iwrite (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iwrite (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iwrite_all (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iwrite_all (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

static gboolean
iwrite_shared (MpiFile *file, gint64 offset G_GNUC_UNUSED, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_autoptr (MpiRequest) request = ompi_obj_file_iwrite_shared (file, buffer, error);

  return request != NULL && complete (request, status, error);
}

MPI_TEST (at)
{
  const FileForm form = { PLACE_OFFSET, iwrite_at, iread_at };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  if (!is_romio ())
    check_form_of_external32 (&directory, &form);
}

MPI_TEST (at_all)
{
  const FileForm form = { PLACE_OFFSET, iwrite_at_all, iread_at_all };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  if (!is_romio ())
    check_form_of_external32 (&directory, &form);
}

MPI_TEST (individual)
{
  const FileForm form = { PLACE_INDIVIDUAL, iwrite, iread };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  if (!is_romio ())
    check_form_of_external32 (&directory, &form);
}

MPI_TEST (all)
{
  const FileForm form = { PLACE_INDIVIDUAL, iwrite_all, iread_all };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_over_interleaved_views (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  if (!is_romio ())
    check_form_of_external32 (&directory, &form);
}

MPI_TEST (shared)
{
  const FileForm form = { PLACE_SHARED, iwrite_shared, iread_shared };
  g_auto (TestDirectory) directory = { 0 };

  test_directory_init (&directory, comm);
  check_form_over_whole_file (&directory, &form);
  check_form_of_derived_elements (&directory, &form);
  check_form_with_empty_buffers (&directory, &form);
  if (!is_romio ())
    check_form_of_external32 (&directory, &form);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-nonblocking");
  harness_add (at, HARNESS_INTRA);
  harness_add (at_all, HARNESS_INTRA);
  harness_add (individual, HARNESS_INTRA);
  harness_add (all, HARNESS_INTRA);
  harness_add (shared, HARNESS_INTRA);
  return harness_run ();
}
