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

/* What a request needs goes when it has completed, not before: the memory, the datatype, the file. */
MPI_TEST (keeps_what_it_needs)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) pair = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiBuffer) bytes = ompi_obj_buffer_new (1 << 16);
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint data[2] = { rank, -rank };
  gint got[2] = { 0 };
  MpiStatus status;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  memset (bytes->address, 'x', 1 << 16);
  request = ompi_obj_file_iwrite_at (file, (rank + 1) * (gint64) (1 << 16), bytes, &error);
  assert_no_error (error);
  g_clear_pointer (&bytes, ompi_obj_buffer_free);
  assert_succeeds (ompi_obj_request_wait (request, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_PREDEFINED_DATATYPE (BYTE), &error), 1 << 16);
  g_clear_object (&request);

  pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_PREDEFINED_DATATYPE (INT), &error);
  assert_succeeds (ompi_obj_datatype_commit (pair, &error), error);
  request = ompi_obj_file_iwrite_at_all (file, rank * (gint64) sizeof data, OMPI_OBJ_BUFFER (data, 1, pair), &error);
  assert_no_error (error);
  g_clear_object (&pair);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  g_clear_object (&request);

  /* Looked at without being waited for. */
  request = ompi_obj_file_iread_at (file, rank * (gint64) sizeof data, OMPI_OBJ_DATA (got, 2), &error);
  assert_no_error (error);
  while (!ompi_obj_request_get_status (request, &status, &error))
    assert_no_error (error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_PREDEFINED_DATATYPE (INT), &error), 2);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert_mem_eq (got, data, sizeof data);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

/* Several at once, on one file. */
MPI_TEST (several_at_once)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  MpiRequest *requests[4];
  const gint64 first = ompi_obj_comm_get_rank (comm) * G_N_ELEMENTS (requests);
  gchar letters[G_N_ELEMENTS (requests)];
  gchar got[G_N_ELEMENTS (requests)];

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      letters[i] = (gchar) ('a' + first + (gint64) i);
      requests[i] = ompi_obj_file_iwrite_at (file, first + (gint64) i, OMPI_OBJ_DATA (&letters[i], 1), &error);
      assert_no_error (error);
    }
  assert_succeeds (ompi_obj_request_wait_all (requests, G_N_ELEMENTS (requests), &error), error);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    g_object_unref (requests[i]);
  assert_succeeds (ompi_obj_file_read_at (file, first, OMPI_OBJ_DATA (got, G_N_ELEMENTS (got)), NULL, &error), error);
  ck_assert_mem_eq (got, letters, sizeof letters);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

/* Where MPI would store something else than was asked for, it is refused. */
MPI_TEST (conversion)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiFile) file = NULL;
  gint value = 1;

  test_directory_init (&directory, comm);
  file = test_directory_open (&directory, "file");
  assert_succeeds (ompi_obj_file_set_view (file, 0, OMPI_OBJ_PREDEFINED_DATATYPE (INT), NULL, "external32", NULL,
                                           &error),
                   error);
  if (is_romio ())
    {
      ck_assert_ptr_null (ompi_obj_file_iwrite_at_all (file, 0, OMPI_OBJ_DATA (&value, 1), &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, "use a blocking access");
    }
  assert_succeeds (ompi_obj_file_close (file, &error), error);
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
  harness_add (keeps_what_it_needs, HARNESS_INTRA);
  harness_add (several_at_once, HARNESS_INTRA);
  harness_add (conversion, HARNESS_INTRA);
  return harness_run ();
}
