/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "file-private.h"
#include "large-count-file-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

/* The ways of access, in the order of MpiFileAccess; MPI has no ordered one. */
static const struct
{
  const char *name;
  int (*call_at) (MPI_File, MPI_Offset, void *, MPI_Count, MPI_Datatype, MPI_Request *);
  int (*call) (MPI_File, void *, MPI_Count, MPI_Datatype, MPI_Request *);
} ireads[] = {
  { "MPI_File_iread_at", MPI_File_iread_at_c, NULL },
  { "MPI_File_iread_at_all", MPI_File_iread_at_all_c, NULL },
  { "MPI_File_iread", NULL, MPI_File_iread_c },
  { "MPI_File_iread_all", NULL, MPI_File_iread_all_c },
  { "MPI_File_iread_shared", NULL, MPI_File_iread_shared_c },
};

static const struct
{
  const char *name;
  int (*call_at) (MPI_File, MPI_Offset, const void *, MPI_Count, MPI_Datatype, MPI_Request *);
  int (*call) (MPI_File, const void *, MPI_Count, MPI_Datatype, MPI_Request *);
} iwrites[] = {
  { "MPI_File_iwrite_at", MPI_File_iwrite_at_c, NULL },
  { "MPI_File_iwrite_at_all", MPI_File_iwrite_at_all_c, NULL },
  { "MPI_File_iwrite", NULL, MPI_File_iwrite_c },
  { "MPI_File_iwrite_all", NULL, MPI_File_iwrite_all_c },
  { "MPI_File_iwrite_shared", NULL, MPI_File_iwrite_shared_c },
};

static void
file_end_operation (gpointer data)
{
  MpiFileHandle *handle = data;

  g_atomic_int_add (&handle->n_pending, -1);
  ompi_obj_file_handle_unref (handle);
}

/* The request of an operation that was started, which counts among those of the file until it has completed. */
static MpiRequest *
file_new_started (MpiFile *self, MPI_Request native, const MpiBuffer *buffer)
{
  MpiRequest *request =
      ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, native, OPERATION_IS_FILE, NULL, buffer, NULL);

  g_atomic_int_inc (&self->handle->n_pending);
  ompi_obj_request_keep (request, ompi_obj_file_handle_ref (self->handle), file_end_operation);
  return request;
}

/* Whether a read of one rank is done at once, as this MPI would never end it. */
static gboolean
file_must_read_at_once (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer)
{
  gint64 n_bytes;

  return ompi_obj_get_file_traits ()->waits_at_end && !file_access_is_collective (access)
         && (access == OMPI_OBJ_FILE_ACCESS_SHARED || ompi_obj_file_meets_end (self, access, offset, buffer, &n_bytes));
}

static MpiRequest *
file_read_at_once (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiStatus status;

  return ompi_obj_file_real_read (self, access, offset, buffer, &status, error)
             ? ompi_obj_request_new_completed (&status)
             : NULL;
}

static gboolean
file_check_is_nonblocking (MpiFileAccess access, const char *function, GError **error)
{
  if ((guint) access < G_N_ELEMENTS (ireads))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, function,
                      "MPI has no nonblocking access in the order of the ranks");
  return FALSE;
}

/**
 * MpiFileClass::iread:
 * @self: a file
 * @access: the way of access
 * @offset: where, if @access has an explicit offset
 * @buffer: where to read to
 * @error: return location for a #GError
 *
 * Starts to read: what [method@Mpi.File.iread] and its kin call.
 *
 * Returns: (transfer full): a new request; %NULL on error
 */
static MpiRequest *
file_real_iread (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  const char *name;
  MPI_Request native = MPI_REQUEST_NULL;
  MpiRequest *request;
  MpiBuffer shorter;
  gint64 n_readable;
  gboolean is_good;
  int code;

  if (!file_check_is_nonblocking (access, G_STRFUNC, error))
    return NULL;
  name = ireads[access].name;
  if (!ompi_obj_file_check_conversion (self, name, error)
      || !file_prepare (self, FALSE, access, &offset, &buffer, &is_good, name, error))
    return NULL;
  if (file_must_read_at_once (self, access, offset, buffer))
    return file_read_at_once (self, access, offset, buffer, error);
  n_readable = ompi_obj_file_limit_read (self, access, offset, &buffer, &shorter);
  code = file_access_has_offset (access)
             ? ireads[access].call_at (FILE_HANDLE (self), offset, BUFFER_ARGS (buffer), &native)
             : ireads[access].call (FILE_HANDLE (self), BUFFER_ARGS (buffer), &native);
  if (!check_mpi (is_good ? error : NULL, name, code))
    return NULL;
  request = file_new_started (self, native, buffer);
  if (n_readable != FILE_IS_COUNTED)
    ompi_obj_request_set_n_readable (request, n_readable);
  if (is_good)
    return request;
  ompi_obj_request_free (request, NULL);
  g_object_unref (request);
  return NULL;
}

/**
 * MpiFileClass::iwrite:
 * @self: a file
 * @access: the way of access
 * @offset: where, if @access has an explicit offset
 * @buffer: what to write
 * @error: return location for a #GError
 *
 * Starts to write: what [method@Mpi.File.iwrite] and its kin call.
 *
 * Returns: (transfer full): a new request; %NULL on error
 */
static MpiRequest *
file_real_iwrite (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  const char *name;
  MPI_Request native = MPI_REQUEST_NULL;
  MpiRequest *request;
  gboolean is_good;
  int code;

  if (!file_check_is_nonblocking (access, G_STRFUNC, error))
    return NULL;
  name = iwrites[access].name;
  if (!ompi_obj_file_check_conversion (self, name, error)
      || !file_prepare (self, TRUE, access, &offset, &buffer, &is_good, name, error))
    return NULL;
  code = file_access_has_offset (access)
             ? iwrites[access].call_at (FILE_HANDLE (self), offset, BUFFER_ARGS (buffer), &native)
             : iwrites[access].call (FILE_HANDLE (self), BUFFER_ARGS (buffer), &native);
  if (!check_mpi (is_good ? error : NULL, name, code))
    return NULL;
  request = file_new_started (self, native, buffer);
  if (is_good)
    return request;
  ompi_obj_request_free (request, NULL);
  g_object_unref (request);
  return NULL;
}

void
ompi_obj_file_class_init_nonblocking (MpiFileClass *klass)
{
  klass->iread = file_real_iread;
  klass->iwrite = file_real_iwrite;
}

/**
 * ompi_obj_file_iread_at:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to read into a buffer at an offset. The memory must be left alone until the request has completed.
 *
 * The status of the request tells how many elements there were: fewer at the end of the file.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if @self
 * was closed.
 *
 * Mirrors `MPI_File_iread_at` (MPI-4.0, section 14.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iread_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iread_at", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iread (self, OMPI_OBJ_FILE_ACCESS_AT, offset, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iread_at_all:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to read into a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer,
 * which may have no elements. The memory must be left alone until the request has completed.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * The status of the request tells how many elements there were: fewer at the end of the file.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_iread_at_all` (MPI-4.0, section 14.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iread_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iread_at_all", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iread (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iread:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to read into a buffer at this rank's file pointer, and moves it behind that, at once. The memory must be
 * left alone until the request has completed.
 *
 * The status of the request tells how many elements there were: fewer at the end of the file.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_iread` (MPI-4.0, section 14.4.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iread (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iread", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iread (self, OMPI_OBJ_FILE_ACCESS_INDIVIDUAL, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iread_all:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to read into a buffer at each rank's file pointer, and moves it behind that, at once. Collective; each
 * rank gives its own buffer, which may have no elements. The memory must be left alone until the request has
 * completed.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * The status of the request tells how many elements there were: fewer at the end of the file.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_iread_all` (MPI-4.0, section 14.4.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iread_all (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iread_all", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iread (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iread_shared:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to read into a buffer at the file pointer that all ranks have in common, and moves it behind that, at
 * once. The memory must be left alone until the request has completed.
 *
 * The status of the request tells how many elements there were: fewer at the end of the file.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_iread_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iread_shared (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iread_shared", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iread (self, OMPI_OBJ_FILE_ACCESS_SHARED, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iwrite_at:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to write a buffer at an offset. The memory must not be changed until the request has completed.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if @self
 * was closed.
 *
 * Mirrors `MPI_File_iwrite_at` (MPI-4.0, section 14.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iwrite_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iwrite_at", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iwrite (self, OMPI_OBJ_FILE_ACCESS_AT, offset, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iwrite_at_all:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to write a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer, which
 * may have no elements. The memory must not be changed until the request has completed.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_iwrite_at_all` (MPI-4.0, section 14.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iwrite_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iwrite_at_all", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iwrite (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iwrite:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to write a buffer at this rank's file pointer, and moves it behind that, at once. The memory must not be
 * changed until the request has completed.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_iwrite` (MPI-4.0, section 14.4.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iwrite (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iwrite", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iwrite (self, OMPI_OBJ_FILE_ACCESS_INDIVIDUAL, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iwrite_all:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to write a buffer at each rank's file pointer, and moves it behind that, at once. Collective; each rank
 * gives its own buffer, which may have no elements. The memory must not be changed until the request has completed.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_iwrite_all` (MPI-4.0, section 14.4.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iwrite_all (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iwrite_all", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iwrite (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}

/**
 * ompi_obj_file_iwrite_shared:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Starts to write a buffer at the file pointer that all ranks have in common, and moves it behind that, at once.
 * The memory must not be changed until the request has completed.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_iwrite_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_file_iwrite_shared (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  FILE_ENTER (self, "MPI_File_iwrite_shared", error, NULL);
  request = OMPI_OBJ_FILE_GET_CLASS (self)->iwrite (self, OMPI_OBJ_FILE_ACCESS_SHARED, 0, buffer, error);
  FILE_CHECK_SLOT (self, error, request != NULL);
  return request;
}
