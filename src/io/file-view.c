/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "datarep-private.h"
#include "file-private.h"
#include "info-private.h"
#include "large-count-file-private.h"

gboolean
ompi_obj_whence_to_mpi (MpiWhence whence, int *mpi_whence, const char *function, GError **error)
{
  switch (whence)
    {
    case OMPI_OBJ_WHENCE_SET:
      *mpi_whence = MPI_SEEK_SET;
      return TRUE;
    case OMPI_OBJ_WHENCE_CUR:
      *mpi_whence = MPI_SEEK_CUR;
      return TRUE;
    case OMPI_OBJ_WHENCE_END:
      *mpi_whence = MPI_SEEK_END;
      return TRUE;
    default:
      return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "whence", -1, whence,
                                           "which is none of SET, CUR and END", error);
    }
}

/* Individual file pointers and explicit offsets are not for sequential files; one MPI does not see to it. */
static gboolean
file_check_random_access (MpiFile *self, const char *function, GError **error)
{
  if ((self->handle->amode & OMPI_OBJ_FILE_MODE_SEQUENTIAL) == 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, function,
                      "the file was opened as a sequential one; use the shared file pointer");
  return FALSE;
}

static gboolean
report_before_beginning (gint64 offset, const char *function, GError **error)
{
  return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "offset", -1, offset,
                                       "which leads before the beginning of the view", error);
}

/* Whether OFFSET elementary types from POSITION are in the view. */
static gboolean
check_offset_from (gint64 position, gint64 offset, const char *function, GError **error)
{
  gint64 sum;

  return (!__builtin_add_overflow (position, offset, &sum) && sum >= 0)
         || report_before_beginning (offset, function, error);
}

static gboolean
file_real_seek (MpiFile *self, gint64 offset, MpiWhence whence, GError **error)
{
  MPI_Offset position = 0;
  int mpi_whence = MPI_SEEK_SET;

  if (!file_check_random_access (self, "MPI_File_seek", error)
      || !ompi_obj_whence_to_mpi (whence, &mpi_whence, "MPI_File_seek", error)
      || (whence == OMPI_OBJ_WHENCE_CUR && !CHECK_MPI (error, MPI_File_get_position, FILE_HANDLE (self), &position)))
    return FALSE;
  if (whence != OMPI_OBJ_WHENCE_END)
    return check_offset_from (position, offset, "MPI_File_seek", error)
           && CHECK_MPI (error, MPI_File_seek, FILE_HANDLE (self), (MPI_Offset) offset, mpi_whence);
  return MPI_File_seek (FILE_HANDLE (self), (MPI_Offset) offset, mpi_whence) == MPI_SUCCESS
         || report_before_beginning (offset, "MPI_File_seek", error);
}

static gint64
file_real_get_position (MpiFile *self, GError **error)
{
  MPI_Offset position;

  return file_check_random_access (self, "MPI_File_get_position", error)
                 && CHECK_MPI (error, MPI_File_get_position, FILE_HANDLE (self), &position)
             ? (gint64) position
             : -1;
}

/* Whether OFFSET from the end is in the view: tried with this rank's pointer, which comes back. */
static gboolean
file_check_offset_from_end (MpiFile *self, gint64 offset, const char *function, GError **error)
{
  MPI_Offset saved;
  int code;

  if ((self->handle->amode & OMPI_OBJ_FILE_MODE_SEQUENTIAL) != 0)
    return TRUE;
  if (!check_mpi (error, function, MPI_File_get_position (FILE_HANDLE (self), &saved)))
    return FALSE;
  code = MPI_File_seek (FILE_HANDLE (self), (MPI_Offset) offset, MPI_SEEK_END);
  MPI_File_seek (FILE_HANDLE (self), saved, MPI_SEEK_SET);
  return code == MPI_SUCCESS || report_before_beginning (offset, function, error);
}

/* What stands against moving the shared file pointer. The first rank looks where it is, for it may move it. */
static GError *
file_find_obstacle_to_seek_shared (MpiFile *self, gint64 offset, MpiWhence whence, int *mpi_whence)
{
  static const char function[] = "MPI_File_seek_shared";
  const gboolean is_first = self->handle->comm == NULL || self->handle->comm->handle->rank == 0;
  GError *obstacle = ompi_obj_file_find_pending (self, function);
  MPI_Offset position = 0;

  if (obstacle != NULL || !ompi_obj_whence_to_mpi (whence, mpi_whence, function, &obstacle))
    return obstacle;
  if (whence == OMPI_OBJ_WHENCE_END)
    {
      if (is_first)
        file_check_offset_from_end (self, offset, function, &obstacle);
    }
  else if (whence == OMPI_OBJ_WHENCE_SET
           || (is_first
               && check_mpi (&obstacle, function, MPI_File_get_position_shared (FILE_HANDLE (self), &position))))
    check_offset_from (position, offset, function, &obstacle);
  return obstacle;
}

static gboolean
file_real_seek_shared (MpiFile *self, gint64 offset, MpiWhence whence, GError **error)
{
  int mpi_whence = MPI_SEEK_SET;
  GError *obstacle = file_find_obstacle_to_seek_shared (self, offset, whence, &mpi_whence);

  return ompi_obj_file_consent (self, obstacle, "whence", whence, "MPI_File_seek_shared", error)
         && ompi_obj_file_consent (self, NULL, "offset", offset, "MPI_File_seek_shared", error)
         && CHECK_MPI (error, MPI_File_seek_shared, FILE_HANDLE (self), (MPI_Offset) offset, mpi_whence);
}

static gint64
file_real_get_position_shared (MpiFile *self, GError **error)
{
  MPI_Offset position;

  return CHECK_MPI (error, MPI_File_get_position_shared, FILE_HANDLE (self), &position) ? (gint64) position : -1;
}

/* The arguments of a view as MPI wants them, and what the library remembers of it. */
typedef struct
{
  MPI_Offset displacement;
  MPI_Datatype etype;
  MPI_Datatype filetype;
  gint64 etype_size;
  gint64 etype_extent;
  gboolean is_empty;
  gint representation;
} View;

static gboolean
view_check_displacement (MpiFile *self, View *view, gint64 displacement, GError **error)
{
  const gboolean is_sequential = (self->handle->amode & OMPI_OBJ_FILE_MODE_SEQUENTIAL) != 0;

  view->displacement = displacement == OMPI_OBJ_DISPLACEMENT_CURRENT ? MPI_DISPLACEMENT_CURRENT : displacement;
  if (displacement >= 0 || (displacement == OMPI_OBJ_DISPLACEMENT_CURRENT && is_sequential))
    return TRUE;
  return ompi_obj_error_report_number ("MPI_File_set_view", OMPI_OBJ_ERROR_DISP, "displacement", -1, displacement,
                                       displacement == OMPI_OBJ_DISPLACEMENT_CURRENT ? "which is for sequential files"
                                                                                     : "which is negative",
                                       error);
}

static gboolean
view_report_type (const char *text, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, "MPI_File_set_view", "%s", text);
  return FALSE;
}

/* What one MPI or the other does not look at. */
static gboolean
view_check_types (View *view, MpiDatatype *etype, MpiDatatype *filetype, GError **error)
{
  gint64 etype_lower;
  gint64 size;

  if (!datatype_check (etype, "MPI_File_set_view", error) || !datatype_check (filetype, "MPI_File_set_view", error)
      || !file_check_datatype (etype, "MPI_File_set_view", error)
      || !file_check_datatype (filetype, "MPI_File_set_view", error)
      || !ompi_obj_datatype_get_extent (etype, &etype_lower, &view->etype_extent, error))
    return FALSE;
  view->etype = etype->handle;
  view->filetype = filetype->handle;
  view->etype_size = ompi_obj_datatype_get_size (etype, error);
  size = ompi_obj_datatype_get_size (filetype, error);
  if (view->etype_size < 0 || size < 0)
    return FALSE;
  if (view->etype_size == 0)
    return view_report_type ("etype has no bytes", error);
  if (size % view->etype_size != 0)
    return view_report_type ("filetype is no whole number of etypes", error);
  view->is_empty = size == 0;
  return ompi_obj_file_check_filetype (filetype, "MPI_File_set_view", error) && ompi_obj_datatype_commit (etype, error)
         && ompi_obj_datatype_commit (filetype, error);
}

static gboolean
file_real_set_view (MpiFile *self,
                    gint64 displacement,
                    MpiDatatype *etype,
                    MpiDatatype *filetype,
                    const gchar *representation,
                    MpiInfo *info,
                    GError **error)
{
  View view = { 0 };
  GError *obstacle = ompi_obj_file_find_pending (self, "MPI_File_set_view");

  if (obstacle == NULL && ompi_obj_info_check (info, "MPI_File_set_view", &obstacle)
      && view_check_displacement (self, &view, displacement, &obstacle)
      && view_check_types (&view, etype, filetype, &obstacle))
    view.representation = ompi_obj_datarep_find (representation, "MPI_File_set_view", &obstacle);
  if (!ompi_obj_file_consent (self, obstacle, "the number of the representation", view.representation,
                              "MPI_File_set_view", error)
      || !ompi_obj_file_consent (self, NULL, "the extent of etype", view.etype_extent, "MPI_File_set_view", error)
      || !CHECK_MPI (error, MPI_File_set_view, FILE_HANDLE (self), view.displacement, view.etype, view.filetype,
                     representation, info_to_mpi (info)))
    return FALSE;
  self->handle->etype_size = view.etype_size;
  self->handle->etype_extent = view.etype_extent;
  self->handle->is_external32 = view.representation == OMPI_OBJ_DATAREP_EXTERNAL32;
  self->handle->is_empty = view.is_empty;
  return TRUE;
}

void
ompi_obj_file_class_init_view (MpiFileClass *klass)
{
  klass->seek = file_real_seek;
  klass->get_position = file_real_get_position;
  klass->seek_shared = file_real_seek_shared;
  klass->get_position_shared = file_real_get_position_shared;
  klass->set_view = file_real_set_view;
}

/**
 * ompi_obj_file_set_view: (virtual set_view)
 * @self: a file
 * @displacement: where the view begins, in bytes from the beginning of the file; for a sequential file also
 *   `OMPI_OBJ_DISPLACEMENT_CURRENT`
 * @etype: (nullable): the elementary type, in which offsets are counted, of the same extent on every rank; %NULL: bytes
 * @filetype: (nullable): which of the elementary types of the file this rank sees: the pattern is repeated to the end
 *   of the file; made of @etype, without going backwards or overlapping itself; %NULL: @etype, one after the other
 * @representation: (nullable): how the data is represented in the file, the same on every rank: "native" as in memory,
 *   "external32" so that every machine can read it, "internal" as MPI likes, or one of
 *   [func@Mpi.register_datarep]; %NULL: "native"
 * @info: (nullable): hints
 * @error: return location for a #GError
 *
 * Says what of a file this rank sees. All file pointers go to the beginning of the view. Datatypes that are not
 * committed yet are. Collective.
 *
 * Errors, on all ranks: [error@Mpi.Error.disp] if @displacement is negative, [error@Mpi.Error.type] if a datatype was
 * freed, @filetype is not made of @etype, goes backwards or overlaps itself, [error@Mpi.Error.unsupported_datarep] if
 * there is no such representation, [error@Mpi.Error.not_same] if the ranks differ in what must be the same,
 * [error@Mpi.Error.pending] if an operation has not completed, [error@Mpi.Error.file] if @self was closed. A @filetype
 * that goes backwards, or overlaps itself in a file that is written, is an error of MPI's.
 *
 * Mirrors `MPI_File_set_view` (MPI-4.0, section 14.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_set_view (MpiFile *self,
                        gint64 displacement,
                        MpiDatatype *etype,
                        MpiDatatype *filetype,
                        const gchar *representation,
                        MpiInfo *info,
                        GError **error)
{
  g_return_val_if_fail (etype == NULL || OMPI_OBJ_IS_DATATYPE (etype), FALSE);
  g_return_val_if_fail (filetype == NULL || OMPI_OBJ_IS_DATATYPE (filetype), FALSE);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), FALSE);
  FILE_ENTER (self, "MPI_File_set_view", error, FALSE);

  if (etype == NULL)
    etype = OMPI_OBJ_PREDEFINED_DATATYPE (BYTE);
  return FILE_CHECK_SLOT (self, error,
                          OMPI_OBJ_FILE_GET_CLASS (self)->set_view (self, displacement, etype,
                                                                    filetype != NULL ? filetype : etype,
                                                                    representation != NULL ? representation : "native",
                                                                    info, error));
}

/**
 * ompi_obj_file_get_view:
 * @self: a file
 * @displacement: (out) (optional): return location for where it begins, in bytes
 * @etype: (out) (optional) (transfer full): return location for the elementary type
 * @filetype: (out) (optional) (transfer full): return location for what the rank sees
 * @representation: (out) (optional) (transfer full): return location for the name of the representation
 * @error: return location for a #GError
 *
 * Gets what of a file this rank sees.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_view` (MPI-4.0, section 14.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_get_view (MpiFile *self,
                        gint64 *displacement,
                        MpiDatatype **etype,
                        MpiDatatype **filetype,
                        gchar **representation,
                        GError **error)
{
  char name[MPI_MAX_DATAREP_STRING + 1] = "";
  MPI_Offset native_displacement;
  MPI_Datatype native_etype;
  MPI_Datatype native_filetype;
  g_autoptr (MpiDatatype) etype_object = NULL;
  g_autoptr (MpiDatatype) filetype_object = NULL;

  FILE_ENTER (self, "MPI_File_get_view", error, FALSE);

  if (!FILE_CHECK_SLOT (self, error,
                        CHECK_MPI (error, MPI_File_get_view, FILE_HANDLE (self), &native_displacement, &native_etype,
                                   &native_filetype, name)))
    return FALSE;
  etype_object = ompi_obj_datatype_new_for_result (native_etype);
  filetype_object = ompi_obj_datatype_new_for_result (native_filetype);
  if (displacement != NULL)
    *displacement = native_displacement;
  if (etype != NULL)
    *etype = g_steal_pointer (&etype_object);
  if (filetype != NULL)
    *filetype = g_steal_pointer (&filetype_object);
  if (representation != NULL)
    *representation = g_strdup (name);
  return TRUE;
}

/**
 * ompi_obj_file_get_type_extent:
 * @self: a file
 * @datatype: a datatype
 * @error: return location for a #GError
 *
 * Gets how many bytes an element takes up in a file, in the representation of the view.
 *
 * Errors: [error@Mpi.Error.type] if @datatype was freed, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_type_extent` (MPI-4.0, section 14.5.1).
 *
 * Returns: the number of bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_file_get_type_extent (MpiFile *self, MpiDatatype *datatype, GError **error)
{
  MPI_Count extent;

  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (datatype), -1);
  FILE_ENTER (self, "MPI_File_get_type_extent", error, -1);

  return FILE_CHECK_SLOT (self, error,
                          datatype_check (datatype, "MPI_File_get_type_extent", error)
                              && CHECK_MPI (error, MPI_File_get_type_extent_c, FILE_HANDLE (self), datatype->handle,
                                            &extent))
             ? (gint64) extent
             : -1;
}

/**
 * ompi_obj_file_seek: (virtual seek)
 * @self: a file
 * @offset: how far, in elementary types of the view
 * @whence: where from
 * @error: return location for a #GError
 *
 * Moves this rank's file pointer. It may go beyond the end of the file.
 *
 * Errors: [error@Mpi.Error.arg] if @whence is wrong or @offset leads before the beginning of the view,
 * [error@Mpi.Error.unsupported_operation] if the file is sequential, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_seek` (MPI-4.0, section 14.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_seek (MpiFile *self, gint64 offset, MpiWhence whence, GError **error)
{
  FILE_ENTER (self, "MPI_File_seek", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->seek (self, offset, whence, error));
}

/**
 * ompi_obj_file_get_position: (virtual get_position)
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets this rank's file pointer. After a read that met the end of the file MPIs differ in it: some count what was
 * there, others what was asked for.
 *
 * Errors: [error@Mpi.Error.unsupported_operation] if the file is sequential, [error@Mpi.Error.file] if @self was
 * closed.
 *
 * Mirrors `MPI_File_get_position` (MPI-4.0, section 14.4.3).
 *
 * Returns: where it is, in elementary types of the view; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_file_get_position (MpiFile *self, GError **error)
{
  gint64 position;

  FILE_ENTER (self, "MPI_File_get_position", error, -1);
  position = OMPI_OBJ_FILE_GET_CLASS (self)->get_position (self, error);
  return FILE_CHECK_SLOT (self, error, position >= 0) ? position : -1;
}

/**
 * ompi_obj_file_get_byte_offset:
 * @self: a file
 * @offset: where, in elementary types of the view
 * @error: return location for a #GError
 *
 * Gets where in the file something of the view is.
 *
 * Errors: [error@Mpi.Error.arg] if @offset is negative, [error@Mpi.Error.io] if the view has no place for data,
 * [error@Mpi.Error.unsupported_operation] if the file is sequential, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_byte_offset` (MPI-4.0, section 14.4.3).
 *
 * Returns: the number of bytes from the beginning of the file; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_file_get_byte_offset (MpiFile *self, gint64 offset, GError **error)
{
  MPI_Offset bytes;

  FILE_ENTER (self, "MPI_File_get_byte_offset", error, -1);

  return FILE_CHECK_SLOT (self, error,
                          file_check_random_access (self, "MPI_File_get_byte_offset", error)
                              && ompi_obj_file_check_place (self, offset, "MPI_File_get_byte_offset", error)
                              && CHECK_MPI (error, MPI_File_get_byte_offset, FILE_HANDLE (self), (MPI_Offset) offset,
                                            &bytes))
             ? (gint64) bytes
             : -1;
}

/**
 * ompi_obj_file_seek_shared: (virtual seek_shared)
 * @self: a file
 * @offset: how far, in elementary types of the view; the same on every rank
 * @whence: where from; the same on every rank
 * @error: return location for a #GError
 *
 * Moves the file pointer that all ranks have in common. All ranks need the same view. Collective.
 *
 * Errors, on all ranks: [error@Mpi.Error.arg] if @whence is wrong or @offset leads before the beginning of the view,
 * [error@Mpi.Error.not_same] if the ranks differ, [error@Mpi.Error.pending] if an operation has not completed,
 * [error@Mpi.Error.file] if @self was closed, and MPI's own where it cannot keep a shared file pointer.
 *
 * Mirrors `MPI_File_seek_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_seek_shared (MpiFile *self, gint64 offset, MpiWhence whence, GError **error)
{
  FILE_ENTER (self, "MPI_File_seek_shared", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->seek_shared (self, offset, whence, error));
}

/**
 * ompi_obj_file_get_position_shared: (virtual get_position_shared)
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets the file pointer that all ranks have in common.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed, and MPI's own where it cannot keep a shared file pointer.
 *
 * Mirrors `MPI_File_get_position_shared` (MPI-4.0, section 14.4.4).
 *
 * Returns: where it is, in elementary types of the view; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_file_get_position_shared (MpiFile *self, GError **error)
{
  gint64 position;

  FILE_ENTER (self, "MPI_File_get_position_shared", error, -1);
  position = OMPI_OBJ_FILE_GET_CLASS (self)->get_position_shared (self, error);
  return FILE_CHECK_SLOT (self, error, position >= 0) ? position : -1;
}
