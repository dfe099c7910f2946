/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "large-count-rma-private.h"
#include "op-private.h"
#include "win-private.h"

/*
 * What is checked of an operation before MPI is called. MPIs look at little of it: a target beyond the memory of its
 * rank or an overlap is a write to somewhere, or the end of the program.
 */

static gboolean COLD
report_range (const MpiWinHandle *handle,
              const MpiWinTarget *target,
              const WinExtent *extent,
              gint64 count,
              const char *function,
              GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_RANGE, function,
                      "%" G_GINT64_FORMAT " elements at displacement %" G_GINT64_FORMAT
                      " (in units of %" G_GINT64_FORMAT " bytes) are not within the %" G_GINT64_FORMAT
                      " bytes of rank %d%s",
                      count, target->displacement, extent->disp_unit, extent->size, target->rank,
                      target->rank == handle->rank ? ", this one" : "");
  return FALSE;
}

static gboolean COLD
report_overlap (const char *function, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "a buffer is the same memory as the target, or a result");
  return FALSE;
}

/* Which bytes of the target's memory are meant. */
static gboolean
place_get_range (MpiWin *self,
                 const MpiWinTarget *target,
                 MpiDatatype *datatype,
                 gint64 count,
                 gint64 *first,
                 gint64 *end,
                 const char *function,
                 GError **error)
{
  const MpiWinHandle *handle = self->handle;
  const WinExtent *extent = handle->extents != NULL ? &handle->extents[target->rank] : &handle->own;
  gint64 start;

  if (__builtin_mul_overflow (target->displacement, extent->disp_unit, &start)
      || !ompi_obj_datatype_get_span (datatype, start, count, first, end) || *first < 0 || *end > extent->size)
    return report_range (handle, target, extent, count, function, error);
  return TRUE;
}

/*
 * Whether a buffer lies apart from bytes of a rank's memory in the window, which can be mapped here too; MPICH ends the
 * program if not.
 */
static gboolean
place_check_apart (const MpiWinHandle *handle, gint rank, gint64 first, gint64 end, const MpiBuffer *buffer)
{
  const char *base = handle->base;
  const char *address = buffer->address;
  gint64 buffer_first;
  gint64 buffer_end;

  if (buffer->count == 0 || !win_may_be_memory_of (handle, buffer)
      || !ompi_obj_datatype_get_span (buffer->datatype, 0, buffer->count, &buffer_first, &buffer_end))
    return TRUE;
  if (rank != handle->rank)
    {
      MPI_Aint size;
      MPI_Aint unit;

      if (handle->flavor != OMPI_OBJ_WIN_FLAVOR_SHARED
          || MPI_Win_shared_query_c (handle->win, rank, &size, &unit, &base) != MPI_SUCCESS)
        return TRUE;
    }
  return base + end <= address + buffer_first || address + buffer_end <= base + first;
}

/* Whether the data fits into where it goes to. */
static gboolean
place_check_sizes (const MpiBuffer *origin,
                   MpiDatatype *datatype,
                   gint64 count,
                   WinDirection direction,
                   const char *function,
                   GError **error)
{
  gint64 here;
  gint64 there;

  if (datatype == origin->datatype && count == origin->count)
    return TRUE;
  if (!ompi_obj_datatype_measure (origin->datatype) || !ompi_obj_datatype_measure (datatype)
      || __builtin_mul_overflow (origin->count, origin->datatype->size, &here)
      || __builtin_mul_overflow (count, datatype->size, &there))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "there are more elements than memory");
      return FALSE;
    }
  if (((direction & WIN_TO_TARGET) != 0 && here > there) || ((direction & WIN_FROM_TARGET) != 0 && there > here))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the buffer has %" G_GINT64_FORMAT " bytes of data, but the target %" G_GINT64_FORMAT, here,
                          there);
      return FALSE;
    }
  return TRUE;
}

gboolean
ompi_obj_win_place_slow (MpiWin *self,
                         const MpiBuffer *origin,
                         const MpiWinTarget *target,
                         WinDirection direction,
                         WinPlace *place,
                         const char *function,
                         GError **error)
{
  MpiWinHandle *handle = self->handle;
  MpiDatatype *datatype = target->datatype;
  gint64 count = target->count;
  gint64 first = 0;
  gint64 end = 0;

  if (!buffer_check (origin, function, error))
    return FALSE;
  if (datatype == NULL)
    datatype = origin->datatype;
  if (count < 0)
    count = origin->count;
  if (!datatype_check (datatype, function, error))
    return FALSE;
  if (!datatype_takes_count (datatype, count))
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_COUNT, "the target's count", -1, count,
                                         "which is more than this MPI takes", error);
  if (target->rank == OMPI_OBJ_PROC_NULL)
    {
      *place = (WinPlace){ MPI_PROC_NULL, 0, (MPI_Count) count, datatype->handle };
      return TRUE;
    }
  if (target->rank < 0 || target->rank >= handle->n_ranks)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_RANK, "the target's rank", -1, target->rank,
                                         "which is no rank of the window", error);
  if (target->displacement < 0)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_DISP, "the target's displacement", -1,
                                         target->displacement, "which is before the memory of the rank", error);
  if (!win_is_open_to (handle, target->rank))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function,
                          "no epoch gives access to rank %d: call fence, start, lock or lock_all first", target->rank);
      return FALSE;
    }
  if (!place_check_sizes (origin, datatype, count, direction, function, error))
    return FALSE;
  if (handle->has_extents && count > 0)
    {
      if (!place_get_range (self, target, datatype, count, &first, &end, function, error))
        return FALSE;
      if (!place_check_apart (handle, target->rank, first, end, origin))
        return report_overlap (function, error);
    }
  *place = (WinPlace){ target->rank, (MPI_Aint) target->displacement, (MPI_Count) count, datatype->handle };
  return TRUE;
}

gboolean
ompi_obj_win_check_locked (MpiWin *self, const char *function, GError **error)
{
  const WinAccess access = self->handle->access;

  if (G_LIKELY (access == WIN_ACCESS_LOCK || access == WIN_ACCESS_LOCK_ALL))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function,
                      "an operation with a request needs a lock: call lock or lock_all first");
  return FALSE;
}

/*
 * Whether the elements of two datatypes are numbers of the same kind, of which an operation can combine one with the
 * other. MPICH ends the program for a mixture, and combines whatever the bytes are if the target is of another kind.
 */
static gboolean
check_numbers (MpiDatatype *datatype, MpiDatatype *other, MPI_Datatype *number, const char *function, GError **error)
{
  MPI_Datatype other_number;

  if (!ompi_obj_datatype_find_number (datatype, number, function, error)
      || !ompi_obj_datatype_find_number (other, &other_number, function, error))
    return FALSE;
  if (*number != MPI_DATATYPE_NULL && *number == other_number)
    return TRUE;
  ompi_obj_error_set (
      error, OMPI_OBJ_ERROR_TYPE, function,
      "elements can be combined if all are made of the same predefined datatype, here and at the target");
  return FALSE;
}

gboolean
ompi_obj_win_check_op (MpiOp *op,
                       MpiDatatype *datatype,
                       const MpiWinTarget *target,
                       gboolean is_fetching,
                       const char *function,
                       GError **error)
{
  MpiDatatype *element = datatype;

  if (!ompi_obj_op_check (op, function, error))
    return FALSE;
  if (op->predefined == OP_IS_NOT_PREDEFINED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function,
                          "the operation is one of the program's own, but the memory of a window can be combined with "
                          "the predefined ones only");
      return FALSE;
    }
  if (op->predefined == OMPI_OBJ_PREDEFINED_OP_NO_OP && !is_fetching)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function, "MPI_NO_OP makes sense only where something is read");
      return FALSE;
    }
  if (datatype->name == NULL || (target->datatype != NULL && target->datatype != datatype))
    {
      MPI_Datatype number;

      if (!check_numbers (datatype, target->datatype != NULL ? target->datatype : datatype, &number, function, error))
        return FALSE;
      element = ompi_obj_datatype_find_by_handle (number);
    }
  return element == NULL || ompi_obj_op_check_defined (op, element, function, error);
}

/* Whether two buffers lie apart. */
static gboolean
buffers_are_apart (const MpiBuffer *one, const MpiBuffer *other)
{
  gint64 first;
  gint64 end;
  gint64 other_first;
  gint64 other_end;

  return one->count == 0 || other->count == 0
         || !ompi_obj_datatype_get_span (one->datatype, 0, one->count, &first, &end)
         || !ompi_obj_datatype_get_span (other->datatype, 0, other->count, &other_first, &other_end)
         || (const char *) one->address + end <= (const char *) other->address + other_first
         || (const char *) other->address + other_end <= (const char *) one->address + first;
}

gboolean
ompi_obj_win_place_fetching (MpiWin *self,
                             const MpiBuffer **origin,
                             MpiBuffer *nothing,
                             const MpiBuffer *result,
                             const MpiWinTarget *target,
                             MpiOp *op,
                             WinPlace *place,
                             const char *function,
                             GError **error)
{
  WinPlace same;
  MPI_Datatype number;

  if (*origin == NULL)
    {
      if (op->predefined != OMPI_OBJ_PREDEFINED_OP_NO_OP)
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "origin is NULL, but the operation needs it");
          return FALSE;
        }
      *nothing = (MpiBuffer){ NULL, 0, result->datatype, NULL };
      *origin = nothing;
      return win_place (self, result, target, WIN_FROM_TARGET, place, function, error)
             && ompi_obj_win_check_op (op, result->datatype, target, TRUE, function, error);
    }
  if (!win_place (self, *origin, target, WIN_TO_TARGET, place, function, error))
    return FALSE;
  if (G_LIKELY ((target->count < 0 || target->count == (*origin)->count)
                && (target->datatype == NULL || target->datatype == (*origin)->datatype)
                && win_result_is_plain (self->handle, *origin, result)))
    return ompi_obj_win_check_op (op, (*origin)->datatype, target, TRUE, function, error);
  if (!win_place (self, result,
                  &(MpiWinTarget){ target->rank, target->displacement,
                                   target->count < 0 ? (*origin)->count : target->count,
                                   target->datatype != NULL ? target->datatype : (*origin)->datatype },
                  WIN_FROM_TARGET, &same, function, error))
    return FALSE;
  if (!buffers_are_apart (*origin, result))
    return report_overlap (function, error);
  return (result->datatype == (*origin)->datatype
          || check_numbers ((*origin)->datatype, result->datatype, &number, function, error))
         && ompi_obj_win_check_op (op, (*origin)->datatype, target, TRUE, function, error);
}
