/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "file-private.h"
#include "large-count-file-private.h"
#include "mpi-capabilities-private.h"

/* The six ways of access, in the order of MpiFileAccess; two take an offset. */
static const struct
{
  const char *name;
  int (*call_at) (MPI_File, MPI_Offset, void *, MPI_Count, MPI_Datatype, MPI_Status *);
  int (*call) (MPI_File, void *, MPI_Count, MPI_Datatype, MPI_Status *);
} reads[] = {
  { "MPI_File_read_at", MPI_File_read_at_c, NULL },
  { "MPI_File_read_at_all", MPI_File_read_at_all_c, NULL },
  { "MPI_File_read", NULL, MPI_File_read_c },
  { "MPI_File_read_all", NULL, MPI_File_read_all_c },
  { "MPI_File_read_shared", NULL, MPI_File_read_shared_c },
  { "MPI_File_read_ordered", NULL, MPI_File_read_ordered_c },
};

static const struct
{
  const char *name;
  int (*call_at) (MPI_File, MPI_Offset, const void *, MPI_Count, MPI_Datatype, MPI_Status *);
  int (*call) (MPI_File, const void *, MPI_Count, MPI_Datatype, MPI_Status *);
} writes[] = {
  { "MPI_File_write_at", MPI_File_write_at_c, NULL },
  { "MPI_File_write_at_all", MPI_File_write_at_all_c, NULL },
  { "MPI_File_write", NULL, MPI_File_write_c },
  { "MPI_File_write_all", NULL, MPI_File_write_all_c },
  { "MPI_File_write_shared", NULL, MPI_File_write_shared_c },
  { "MPI_File_write_ordered", NULL, MPI_File_write_ordered_c },
};

const MpiBuffer *
ompi_obj_file_get_nothing (void)
{
  static MpiBuffer nothing;

  if (g_once_init_enter (&nothing.datatype))
    g_once_init_leave (&nothing.datatype, OMPI_OBJ_PREDEFINED_DATATYPE (BYTE));
  return &nothing;
}

gboolean
ompi_obj_file_check_access (MpiFile *self,
                            gboolean is_write,
                            MpiFileAccess access,
                            const char *function,
                            GError **error)
{
  const MpiFileHandle *handle = self->handle;
  const gboolean is_shared = access == OMPI_OBJ_FILE_ACCESS_SHARED || access == OMPI_OBJ_FILE_ACCESS_ORDERED;

  if (is_write && (handle->amode & OMPI_OBJ_FILE_MODE_RDONLY) != 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_READ_ONLY, function, "the file was opened to be read only");
  else if (!is_write && (handle->amode & OMPI_OBJ_FILE_MODE_WRONLY) != 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ACCESS, function, "the file was opened to be written only");
  else if (!is_shared && (handle->amode & OMPI_OBJ_FILE_MODE_SEQUENTIAL) != 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, function,
                        "the file was opened as a sequential one; use the shared file pointer");
  else if (file_access_is_collective (access) && handle->split.is_active)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_PENDING, function, "a split collective operation was not ended");
  else
    return TRUE;
  return FALSE;
}

/* MPI counts offsets in elementary types of the view, so only whole ones can be moved. */
static gboolean
file_check_etypes (MpiFile *self, const MpiBuffer *buffer, const char *function, GError **error)
{
  const gint64 etype_size = self->handle->etype_size;
  const gint64 size = ompi_obj_datatype_get_size (buffer->datatype, error);

  if (size < 0)
    return FALSE;
  /* The remainders first, so that nothing overflows. */
  if (((buffer->count % etype_size) * (size % etype_size)) % etype_size == 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_IO, function,
                      "count is %" G_GINT64_FORMAT " elements of %" G_GINT64_FORMAT
                      " bytes, which is no whole number of the view's elementary types of %" G_GINT64_FORMAT " bytes",
                      buffer->count, size, etype_size);
  return FALSE;
}

static gboolean
check_offset (gint64 offset, const char *function, GError **error)
{
  return G_LIKELY (offset >= 0)
         || ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "offset", -1, offset,
                                          "which is before the beginning of the view", error);
}

gboolean
ompi_obj_file_check_place (MpiFile *self, gint64 offset, const char *function, GError **error)
{
  if (G_LIKELY (!self->handle->is_empty))
    return check_offset (offset, function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_IO, function, "the view of this rank has no place for data");
  return FALSE;
}

gboolean
ompi_obj_file_check_transfer (MpiFile *self,
                              MpiFileAccess access,
                              gint64 offset,
                              const MpiBuffer *buffer,
                              const char *function,
                              GError **error)
{
  if (!buffer_check (buffer, function, error) || !file_check_datatype (buffer->datatype, function, error)
      || (file_access_has_offset (access) && !check_offset (offset, function, error))
      || (buffer->count > 0 && !ompi_obj_file_check_place (self, 0, function, error)))
    return FALSE;
  if (G_UNLIKELY (address_is_in_place (buffer->address)))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "IN_PLACE is no memory");
      return FALSE;
    }
  return self->handle->etype_size == 1 || file_check_etypes (self, buffer, function, error);
}

/* ROMIO converts in the two parts of an ordered read, but not in the whole one. */
static int
file_read_ordered_in_parts (MpiFile *self, const MpiBuffer *buffer, MPI_Status *status)
{
  const int code = MPI_File_read_ordered_begin_c (FILE_HANDLE (self), BUFFER_ARGS (buffer));

  return code == MPI_SUCCESS ? MPI_File_read_ordered_end (FILE_HANDLE (self), buffer->address, status) : code;
}

static int
file_call_read (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, MPI_Status *status)
{
  if (file_access_has_offset (access))
    return reads[access].call_at (FILE_HANDLE (self), offset, BUFFER_ARGS (buffer), status);
  if (G_UNLIKELY (self->handle->is_external32 && access == OMPI_OBJ_FILE_ACCESS_ORDERED
                  && ompi_obj_get_file_traits ()->converts_blocking_only))
    return file_read_ordered_in_parts (self, buffer, status);
  return reads[access].call (FILE_HANDLE (self), BUFFER_ARGS (buffer), status);
}

gboolean
ompi_obj_file_real_read (MpiFile *self,
                         MpiFileAccess access,
                         gint64 offset,
                         const MpiBuffer *buffer,
                         MpiStatus *status,
                         GError **error)
{
  const char *name = reads[access].name;
  MpiBuffer shorter;
  gint64 n_readable;
  gboolean is_good;
  int code;

  if (!file_prepare (self, FALSE, access, &offset, &buffer, &is_good, name, error))
    return FALSE;
  n_readable = ompi_obj_file_limit_read (self, access, offset, &buffer, &shorter);
  code = file_call_read (self, access, offset, buffer, status_to_mpi (status));
  if (n_readable != FILE_IS_COUNTED && status != NULL)
    MPI_Status_set_elements_x (status_to_mpi (status), MPI_BYTE, n_readable);
  return is_good && check_mpi (error, name, code);
}

static gboolean
file_real_write (MpiFile *self,
                 MpiFileAccess access,
                 gint64 offset,
                 const MpiBuffer *buffer,
                 MpiStatus *status,
                 GError **error)
{
  const gboolean must_look = ompi_obj_get_file_traits ()->writes_fail_in_silence;
  const char *name = writes[access].name;
  MpiStatus own;
  MPI_Status *mpi_status = status_to_mpi (status == NULL && must_look ? &own : status);
  gboolean is_good;
  int code;

  if (!file_prepare (self, TRUE, access, &offset, &buffer, &is_good, name, error))
    return FALSE;
  code = file_access_has_offset (access)
             ? writes[access].call_at (FILE_HANDLE (self), offset, BUFFER_ARGS (buffer), mpi_status)
             : writes[access].call (FILE_HANDLE (self), BUFFER_ARGS (buffer), mpi_status);
  return is_good && check_mpi (error, name, code)
         && (!must_look || ompi_obj_file_check_written (buffer, mpi_status, name, error));
}

void
ompi_obj_file_class_init_access (MpiFileClass *klass)
{
  klass->read = ompi_obj_file_real_read;
  klass->write = file_real_write;
}

/**
 * ompi_obj_file_read_at:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at an offset.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if @self
 * was closed.
 *
 * Mirrors `MPI_File_read_at` (MPI-4.0, section 14.4.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_at", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_AT, offset, buffer, status,
                                                                error));
}

/**
 * ompi_obj_file_read_at_all:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer, which may
 * have no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_read_at_all` (MPI-4.0, section 14.4.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_at_all", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset, buffer,
                                                                status, error));
}

/**
 * ompi_obj_file_read:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at this rank's file pointer, and moves it behind that.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_read` (MPI-4.0, section 14.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_INDIVIDUAL, 0, buffer,
                                                                status, error));
}

/**
 * ompi_obj_file_read_all:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at each rank's file pointer, and moves it behind that. Collective; each rank gives its own
 * buffer, which may have no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_read_all` (MPI-4.0, section 14.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_all (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_all", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer, status,
                                                                error));
}

/**
 * ompi_obj_file_read_shared:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at the file pointer that all ranks have in common, and moves it behind that.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_read_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_shared (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_shared", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_SHARED, 0, buffer, status,
                                                                error));
}

/**
 * ompi_obj_file_read_ordered:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Reads into a buffer at the file pointer that all ranks have in common, one rank behind the other in their order,
 * and moves it behind all of them. Collective; each rank gives its own buffer, which may have no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * At the end of the file there are fewer elements, or none, which is no error.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending]
 * while a split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_read_ordered` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_ordered (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_ordered", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read (self, OMPI_OBJ_FILE_ACCESS_ORDERED, 0, buffer, status,
                                                                error));
}

/**
 * ompi_obj_file_write_at:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at an offset.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if @self
 * was closed.
 *
 * Mirrors `MPI_File_write_at` (MPI-4.0, section 14.4.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_at", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_AT, offset, buffer, status,
                                                                 error));
}

/**
 * ompi_obj_file_write_at_all:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer, which may have
 * no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_write_at_all` (MPI-4.0, section 14.4.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_at_all", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset, buffer,
                                                                 status, error));
}

/**
 * ompi_obj_file_write:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at this rank's file pointer, and moves it behind that.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_write` (MPI-4.0, section 14.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_INDIVIDUAL, 0, buffer,
                                                                 status, error));
}

/**
 * ompi_obj_file_write_all:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at each rank's file pointer, and moves it behind that. Collective; each rank gives its own
 * buffer, which may have no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_write_all` (MPI-4.0, section 14.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_all (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_all", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer, status,
                                                                 error));
}

/**
 * ompi_obj_file_write_shared:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at the file pointer that all ranks have in common, and moves it behind that.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_write_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_shared (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_shared", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_SHARED, 0, buffer, status,
                                                                 error));
}

/**
 * ompi_obj_file_write_ordered:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Writes a buffer at the file pointer that all ranks have in common, one rank behind the other in their order, and
 * moves it behind all of them. Collective; each rank gives its own buffer, which may have no elements.
 *
 * A rank whose arguments are wrong gets the error; for the others it moves nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending]
 * while a split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_write_ordered` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_ordered (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_ordered", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write (self, OMPI_OBJ_FILE_ACCESS_ORDERED, 0, buffer, status,
                                                                 error));
}
