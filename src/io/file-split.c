/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "file-private.h"
#include "large-count-file-private.h"
#include "mpi-capabilities-private.h"

/* The collective ways of access; the other ones of MpiFileAccess are empty. */
static const struct
{
  const char *begin_name;
  const char *end_name;
  int (*begin_at) (MPI_File, MPI_Offset, void *, MPI_Count, MPI_Datatype);
  int (*begin) (MPI_File, void *, MPI_Count, MPI_Datatype);
  int (*end) (MPI_File, void *, MPI_Status *);
} reads[] = {
  [OMPI_OBJ_FILE_ACCESS_AT_ALL] = { "MPI_File_read_at_all_begin", "MPI_File_read_at_all_end",
                                    MPI_File_read_at_all_begin_c, NULL, MPI_File_read_at_all_end },
  [OMPI_OBJ_FILE_ACCESS_ALL] = { "MPI_File_read_all_begin", "MPI_File_read_all_end", NULL, MPI_File_read_all_begin_c,
                                 MPI_File_read_all_end },
  [OMPI_OBJ_FILE_ACCESS_ORDERED] = { "MPI_File_read_ordered_begin", "MPI_File_read_ordered_end", NULL,
                                     MPI_File_read_ordered_begin_c, MPI_File_read_ordered_end },
};

static const struct
{
  const char *begin_name;
  const char *end_name;
  int (*begin_at) (MPI_File, MPI_Offset, const void *, MPI_Count, MPI_Datatype);
  int (*begin) (MPI_File, const void *, MPI_Count, MPI_Datatype);
  int (*end) (MPI_File, const void *, MPI_Status *);
} writes[] = {
  [OMPI_OBJ_FILE_ACCESS_AT_ALL] = { "MPI_File_write_at_all_begin", "MPI_File_write_at_all_end",
                                    MPI_File_write_at_all_begin_c, NULL, MPI_File_write_at_all_end },
  [OMPI_OBJ_FILE_ACCESS_ALL] = { "MPI_File_write_all_begin", "MPI_File_write_all_end", NULL, MPI_File_write_all_begin_c,
                                 MPI_File_write_all_end },
  [OMPI_OBJ_FILE_ACCESS_ORDERED] = { "MPI_File_write_ordered_begin", "MPI_File_write_ordered_end", NULL,
                                     MPI_File_write_ordered_begin_c, MPI_File_write_ordered_end },
};

static gboolean
file_check_is_split (MpiFileAccess access, const char *function, GError **error)
{
  if (file_access_is_collective (access))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, function, "only collective access is in two parts");
  return FALSE;
}

/* What MPI needs until the end, whatever becomes of the caller's buffer. */
static void
split_start (SplitAccess *split, gboolean is_write, MpiFileAccess access, const MpiBuffer *buffer)
{
  split->is_active = TRUE;
  split->is_done = FALSE;
  split->is_write = is_write;
  split->access = access;
  split->address = buffer->address;
  split->datatype = g_object_ref (buffer->datatype);
  split->owner = buffer->owner != NULL ? g_bytes_ref (buffer->owner) : NULL;
}

static void
split_stop (SplitAccess *split)
{
  split->is_active = FALSE;
  g_clear_object (&split->datatype);
  g_clear_pointer (&split->owner, g_bytes_unref);
}

/* An end that does not fit is refused before MPI takes it for the one that does. */
static gboolean
file_check_end (MpiFile *self,
                gboolean is_write,
                MpiFileAccess access,
                const MpiBuffer *buffer,
                const char *function,
                GError **error)
{
  const SplitAccess *split = &self->handle->split;

  if (!split->is_active)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, function, "no split collective operation was begun");
  else if (split->is_write != is_write || split->access != access)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, function, "the operation that was begun is another, %s",
                        split->is_write ? writes[split->access].begin_name : reads[split->access].begin_name);
  else if (split->address != buffer->address)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "the buffer is not the one that was begun with");
  else
    return TRUE;
  return FALSE;
}

/* Reads at once, where MPI would wait for what is behind the end of the file. */
static gboolean
file_read_in_begin (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  SplitAccess *split = &self->handle->split;
  MpiStatus status;

  if (!ompi_obj_file_real_read (self, access, offset, buffer, &status, error))
    return FALSE;
  split_start (split, FALSE, access, buffer);
  split->is_done = TRUE;
  split->status = status;
  return TRUE;
}

static gboolean
file_real_read_begin (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiFileHandle *handle = self->handle;
  const char *name;
  MpiBuffer shorter;
  gint64 n_readable;
  gboolean is_good;
  int code;

  if (!file_check_is_split (access, G_STRFUNC, error))
    return FALSE;
  name = reads[access].begin_name;
  if (ompi_obj_get_file_traits ()->waits_at_end)
    return file_read_in_begin (self, access, offset, buffer, error);
  if (!file_prepare (self, FALSE, access, &offset, &buffer, &is_good, name, error))
    return FALSE;
  n_readable = ompi_obj_file_limit_read (self, access, offset, &buffer, &shorter);
  code = file_access_has_offset (access) ? reads[access].begin_at (handle->file, offset, BUFFER_ARGS (buffer))
                                         : reads[access].begin (handle->file, BUFFER_ARGS (buffer));
  if (!check_mpi (is_good ? error : NULL, name, code))
    return FALSE;
  if (!is_good)
    {
      reads[access].end (handle->file, buffer->address, MPI_STATUS_IGNORE);
      return FALSE;
    }
  split_start (&handle->split, FALSE, access, buffer);
  handle->split.n_readable = n_readable;
  return TRUE;
}

static gboolean
file_real_read_end (MpiFile *self, MpiFileAccess access, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  MpiFileHandle *handle = self->handle;
  const char *name;
  int code;

  if (!file_check_is_split (access, G_STRFUNC, error))
    return FALSE;
  name = reads[access].end_name;
  if (!file_check_end (self, FALSE, access, buffer, name, error))
    return FALSE;
  if (handle->split.is_done)
    {
      if (status != NULL)
        *status = handle->split.status;
      split_stop (&handle->split);
      return TRUE;
    }
  code = reads[access].end (handle->file, buffer->address, status_to_mpi (status));
  if (status != NULL && handle->split.n_readable != FILE_IS_COUNTED)
    MPI_Status_set_elements_x (status_to_mpi (status), MPI_BYTE, handle->split.n_readable);
  split_stop (&handle->split);
  return check_mpi (error, name, code);
}

static gboolean
file_real_write_begin (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  MpiFileHandle *handle = self->handle;
  const char *name;
  gboolean is_good;
  int code;

  if (!file_check_is_split (access, G_STRFUNC, error))
    return FALSE;
  name = writes[access].begin_name;
  if (!file_prepare (self, TRUE, access, &offset, &buffer, &is_good, name, error))
    return FALSE;
  code = file_access_has_offset (access) ? writes[access].begin_at (handle->file, offset, BUFFER_ARGS (buffer))
                                         : writes[access].begin (handle->file, BUFFER_ARGS (buffer));
  if (!check_mpi (is_good ? error : NULL, name, code))
    return FALSE;
  if (!is_good)
    {
      writes[access].end (handle->file, buffer->address, MPI_STATUS_IGNORE);
      return FALSE;
    }
  split_start (&handle->split, TRUE, access, buffer);
  return TRUE;
}

static gboolean
file_real_write_end (MpiFile *self, MpiFileAccess access, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  MpiFileHandle *handle = self->handle;
  const char *name;
  int code;

  if (!file_check_is_split (access, G_STRFUNC, error))
    return FALSE;
  name = writes[access].end_name;
  if (!file_check_end (self, TRUE, access, buffer, name, error))
    return FALSE;
  code = writes[access].end (handle->file, buffer->address, status_to_mpi (status));
  split_stop (&handle->split);
  return check_mpi (error, name, code);
}

void
ompi_obj_file_class_init_split (MpiFileClass *klass)
{
  klass->read_begin = file_real_read_begin;
  klass->read_end = file_real_read_end;
  klass->write_begin = file_real_write_begin;
  klass->write_end = file_real_write_end;
}

/**
 * ompi_obj_file_read_at_all_begin:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to read into a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer,
 * which may have no elements.
 *
 * Until [method@Mpi.File.read_at_all_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_read_at_all_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_at_all_begin (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_at_all_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_begin (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset, buffer,
                                                                      error));
}

/**
 * ompi_obj_file_read_at_all_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.read_at_all_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_read_at_all_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_at_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_at_all_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_end (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, buffer, status,
                                                                    error));
}

/**
 * ompi_obj_file_read_all_begin:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to read into a buffer at each rank's file pointer, and moves it behind that. Collective; each rank gives
 * its own buffer, which may have no elements.
 *
 * Until [method@Mpi.File.read_all_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_read_all_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_all_begin (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_all_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_begin (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer,
                                                                      error));
}

/**
 * ompi_obj_file_read_all_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.read_all_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_read_all_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_all_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_end (self, OMPI_OBJ_FILE_ACCESS_ALL, buffer, status,
                                                                    error));
}

/**
 * ompi_obj_file_read_ordered_begin:
 * @self: a file
 * @buffer: where to: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to read into a buffer at the file pointer that all ranks have in common, one rank behind the other in
 * their order, and moves it behind all of them. Collective; each rank gives its own buffer, which may have no
 * elements.
 *
 * Until [method@Mpi.File.read_ordered_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.access] if the file was opened to be written only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending]
 * while a split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_read_ordered_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_ordered_begin (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_ordered_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_begin (self, OMPI_OBJ_FILE_ACCESS_ORDERED, 0, buffer,
                                                                      error));
}

/**
 * ompi_obj_file_read_ordered_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements there were, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.read_ordered_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_read_ordered_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_ordered_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_read_ordered_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->read_end (self, OMPI_OBJ_FILE_ACCESS_ORDERED, buffer, status,
                                                                    error));
}

/**
 * ompi_obj_file_write_at_all_begin:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to write a buffer at an offset of each rank. Collective; each rank gives its own offset and buffer, which
 * may have no elements.
 *
 * Until [method@Mpi.File.write_at_all_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.arg] if @offset is negative,
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is wrong,
 * [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending] while a
 * split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_write_at_all_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_at_all_begin (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_at_all_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_begin (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, offset,
                                                                       buffer, error));
}

/**
 * ompi_obj_file_write_at_all_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.write_at_all_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_write_at_all_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_at_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_at_all_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_end (self, OMPI_OBJ_FILE_ACCESS_AT_ALL, buffer, status,
                                                                     error));
}

/**
 * ompi_obj_file_write_all_begin:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to write a buffer at each rank's file pointer, and moves it behind that. Collective; each rank gives its
 * own buffer, which may have no elements.
 *
 * Until [method@Mpi.File.write_all_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only,
 * [error@Mpi.Error.unsupported_operation] if it is sequential, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] if @buffer is wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of
 * the view, [error@Mpi.Error.pending] while a split collective operation is under way, [error@Mpi.Error.file] if
 * @self was closed.
 *
 * Mirrors `MPI_File_write_all_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_all_begin (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_all_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_begin (self, OMPI_OBJ_FILE_ACCESS_ALL, 0, buffer,
                                                                       error));
}

/**
 * ompi_obj_file_write_all_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.write_all_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_write_all_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_all_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_end (self, OMPI_OBJ_FILE_ACCESS_ALL, buffer, status,
                                                                     error));
}

/**
 * ompi_obj_file_write_ordered_begin:
 * @self: a file
 * @buffer: what to write: address, count in elements, datatype
 * @error: return location for a #GError
 *
 * Begins to write a buffer at the file pointer that all ranks have in common, one rank behind the other in their
 * order, and moves it behind all of them. Collective; each rank gives its own buffer, which may have no elements.
 *
 * Until [method@Mpi.File.write_ordered_end] the memory must be left alone, and the file has no other collective
 * operation. If @buffer has an owner, it is kept alive.
 *
 * A rank whose arguments are wrong gets the error and does not call the other part; for the others it moves
 * nothing.
 *
 * Errors: [error@Mpi.Error.read_only] if the file was opened to be read only, MPI's own where it cannot keep a
 * shared file pointer, [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @buffer is
 * wrong, [error@Mpi.Error.io] if it is no whole number of elementary types of the view, [error@Mpi.Error.pending]
 * while a split collective operation is under way, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_write_ordered_begin` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_ordered_begin (MpiFile *self, const MpiBuffer *buffer, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_ordered_begin", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_begin (self, OMPI_OBJ_FILE_ACCESS_ORDERED, 0, buffer,
                                                                       error));
}

/**
 * ompi_obj_file_write_ordered_end:
 * @self: a file
 * @buffer: the buffer that it was begun with
 * @status: (out caller-allocates) (optional): how many elements were written, or %NULL
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.File.write_ordered_begin] began. Collective.
 *
 * Errors: [error@Mpi.Error.request] if no such operation was begun, [error@Mpi.Error.buffer] if @buffer is another,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own if the operation failed.
 *
 * Mirrors `MPI_File_write_ordered_end` (MPI-4.0, section 14.4.5).
 *
 * Returns: %TRUE if the operation succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_ordered_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  FILE_ENTER (self, "MPI_File_write_ordered_end", error, FALSE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->write_end (self, OMPI_OBJ_FILE_ACCESS_ORDERED, buffer, status,
                                                                     error));
}
