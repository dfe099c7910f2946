/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "large-count-rma-private.h"
#include "op-private.h"
#include "win-private.h"

/*
 * A datatype that is freed before the operation has completed lives on in MPI until then (MPI-4.0, section 5.1.9).
 * Operations are predefined, so they need nothing.
 */

static gboolean
win_real_put (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  WinPlace place;

  if (!win_place (self, origin, target, WIN_TO_TARGET, &place, "MPI_Put", error)
      || !CHECK_MPI (error, MPI_Put_c, BUFFER_ARGS (origin), PLACE_ARGS (place), WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  return TRUE;
}

static gboolean
win_real_get (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  WinPlace place;

  if (!win_place (self, origin, target, WIN_FROM_TARGET, &place, "MPI_Get", error)
      || !CHECK_MPI (error, MPI_Get_c, BUFFER_ARGS (origin), PLACE_ARGS (place), WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  return TRUE;
}

static gboolean
win_real_accumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error)
{
  WinPlace place;

  if (!win_place (self, origin, target, WIN_TO_TARGET, &place, "MPI_Accumulate", error)
      || !ompi_obj_win_check_op (op, origin->datatype, target, FALSE, "MPI_Accumulate", error)
      || !CHECK_MPI (error, MPI_Accumulate_c, BUFFER_ARGS (origin), PLACE_ARGS (place), op->handle, WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  return TRUE;
}

static gboolean
win_real_get_accumulate (MpiWin *self,
                         const MpiBuffer *origin,
                         const MpiBuffer *result,
                         const MpiWinTarget *target,
                         MpiOp *op,
                         GError **error)
{
  MpiBuffer nothing;
  WinPlace place;

  if (!ompi_obj_win_place_fetching (self, &origin, &nothing, result, target, op, &place, "MPI_Get_accumulate", error)
      || !CHECK_MPI (error, MPI_Get_accumulate_c, BUFFER_ARGS (origin), BUFFER_ARGS (result), PLACE_ARGS (place),
                     op->handle, WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  win_keep (self, target->rank, result);
  return TRUE;
}

/* The operations on one element take it as MPI has it, without a layout. */
static gboolean
element_check (const MpiBuffer *buffer, MpiDatatype *datatype, const char *name, const char *function, GError **error)
{
  if (G_LIKELY (buffer->count == 1 && buffer->datatype == datatype && datatype_is_usable (datatype)
                && datatype->name != NULL && buffer->address != NULL))
    return TRUE;
  if (!buffer_check (buffer, function, error))
    return FALSE;
  if (buffer->count != 1)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_COUNT, "count", -1, buffer->count,
                                         "but must be 1: the operation is one on a single element", error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                      "the datatype of %s must be predefined, and the same as that of the others", name);
  return FALSE;
}

static gboolean
target_check_element (const MpiWinTarget *target, MpiDatatype *datatype, const char *function, GError **error)
{
  if (G_LIKELY ((target->count < 0 || target->count == 1)
                && (target->datatype == NULL || target->datatype == datatype)))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                      "the target must be one element of the same datatype as in the buffers");
  return FALSE;
}

static gboolean
result_check_apart (const MpiBuffer *result, const MpiBuffer *other, const char *function, GError **error)
{
  if (G_LIKELY (result->address != other->address))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "result is the same memory as another buffer");
  return FALSE;
}

/*
 * Nearly always: an operation that was found good before, and three elements of which none is the same memory. What is
 * left to look at is the target.
 */
static inline gboolean
fetch_is_plain (const MpiWinHandle *handle,
                const MpiBuffer *origin,
                const MpiBuffer *result,
                const MpiWinTarget *target,
                const MpiOp *op)
{
  return origin != NULL && origin->count == 1 && result->count == 1 && result->datatype == origin->datatype
         && datatype_is_usable (origin->datatype) && op->predefined >= 0
         && (__atomic_load_n (&origin->datatype->defined_ops, __ATOMIC_RELAXED) & (1u << op->predefined)) != 0
         && (target->count < 0 || target->count == 1)
         && (target->datatype == NULL || target->datatype == origin->datatype)
         && win_result_is_plain (handle, origin, result);
}

static gboolean
win_real_fetch_and_op (MpiWin *self,
                       const MpiBuffer *origin,
                       const MpiBuffer *result,
                       const MpiWinTarget *target,
                       MpiOp *op,
                       GError **error)
{
  static const char function[] = "MPI_Fetch_and_op";
  MpiBuffer nothing;
  WinPlace place;

  if (G_LIKELY (fetch_is_plain (self->handle, origin, result, target, op)))
    {
      if (!win_place (self, origin, target, WIN_TO_TARGET, &place, function, error))
        return FALSE;
    }
  else if (!element_check (result, result->datatype, "result", function, error)
           || (origin != NULL && !element_check (origin, result->datatype, "origin", function, error))
           || !target_check_element (target, result->datatype, function, error)
           || !ompi_obj_win_place_fetching (self, &origin, &nothing, result, target, op, &place, function, error))
    return FALSE;
  if (!CHECK_MPI (error, MPI_Fetch_and_op, origin->address, result->address, place.datatype, place.rank,
                  place.displacement, op->handle, WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  win_keep (self, target->rank, result);
  return TRUE;
}

static gboolean
win_real_compare_and_swap (MpiWin *self,
                           const MpiBuffer *origin,
                           const MpiBuffer *compare,
                           const MpiBuffer *result,
                           const MpiWinTarget *target,
                           GError **error)
{
  static const char function[] = "MPI_Compare_and_swap";
  MpiDatatype *datatype = result->datatype;
  WinPlace place;

  if (!element_check (result, datatype, "result", function, error)
      || !element_check (origin, datatype, "origin", function, error)
      || !element_check (compare, datatype, "compare", function, error)
      || !ompi_obj_op_check_swappable (datatype, function, error)
      || !target_check_element (target, datatype, function, error)
      || !result_check_apart (result, origin, function, error) || !result_check_apart (result, compare, function, error)
      || !win_place (self, origin, target, WIN_TO_TARGET, &place, function, error)
      || !win_place (self, result, target, WIN_FROM_TARGET, &place, function, error)
      || !CHECK_MPI (error, MPI_Compare_and_swap, origin->address, compare->address, result->address, place.datatype,
                     place.rank, place.displacement, WIN_HANDLE (self)))
    return FALSE;
  win_keep (self, target->rank, origin);
  win_keep (self, target->rank, compare);
  win_keep (self, target->rank, result);
  return TRUE;
}

void
ompi_obj_win_class_init_operations (MpiWinClass *klass)
{
  klass->put = win_real_put;
  klass->get = win_real_get;
  klass->accumulate = win_real_accumulate;
  klass->get_accumulate = win_real_get_accumulate;
  klass->fetch_and_op = win_real_fetch_and_op;
  klass->compare_and_swap = win_real_compare_and_swap;
}

/**
 * ompi_obj_win_put:
 * @self: a window
 * @origin: what to write: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @error: return location for a #GError
 *
 * Writes a buffer to the memory of a rank, without its help.
 *
 * Returns at once; the memory must not be changed until the epoch has ended, or was flushed.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the
 * elements are not all within its memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp],
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Put` (MPI-4.0, section 12.3.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_put (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  g_return_val_if_fail (origin != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  WIN_ENTER (self, "MPI_Put", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->put (self, origin, target, error));
}

/**
 * ompi_obj_win_get:
 * @self: a window
 * @origin: where to read to: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @error: return location for a #GError
 *
 * Reads the memory of a rank, without its help.
 *
 * Returns at once; the data is there when the epoch has ended, or was flushed.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the
 * elements are not all within its memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp],
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Get` (MPI-4.0, section 12.3.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_get (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  g_return_val_if_fail (origin != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  WIN_ENTER (self, "MPI_Get", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->get (self, origin, target, error));
}

/**
 * ompi_obj_win_accumulate:
 * @self: a window
 * @origin: what to combine with the target: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @op: a predefined operation; `OMPI_OBJ_REPLACE` writes
 * @error: return location for a #GError
 *
 * Combines a buffer with the memory of a rank, element by element. Operations of several ranks on the same
 * elements do not get into each other's way, unlike those of [method@Mpi.Win.put].
 *
 * Returns at once; the memory must not be changed until the epoch has ended, or was flushed. A derived datatype
 * must be made of one predefined datatype.
 *
 * Errors: [error@Mpi.Error.op] if @op is not predefined, or not for such elements; [error@Mpi.Error.rma_sync]
 * if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the elements are not all within its
 * memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Accumulate` (MPI-4.0, section 12.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_accumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error)
{
  g_return_val_if_fail (origin != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  WIN_ENTER (self, "MPI_Accumulate", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->accumulate (self, origin, target, op, error));
}

/**
 * ompi_obj_win_get_accumulate:
 * @self: a window
 * @origin: (nullable): what to combine with the target: address, count in elements, datatype; %NULL with
 *   `OMPI_OBJ_NO_OP`
 * @result: where to read to what is at the target before: address, count in elements, datatype; other memory
 *   than @origin
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @op: a predefined operation; `OMPI_OBJ_REPLACE` writes, `OMPI_OBJ_NO_OP` only reads
 * @error: return location for a #GError
 *
 * Combines a buffer with the memory of a rank, element by element, and reads what was there before. Operations
 * of several ranks on the same elements do not get into each other's way.
 *
 * Returns at once; the data is there when the epoch has ended, or was flushed.
 *
 * Errors: [error@Mpi.Error.op] if @op is not predefined, or not for such elements; [error@Mpi.Error.rma_sync]
 * if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the elements are not all within its
 * memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Get_accumulate` (MPI-4.0, section 12.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_get_accumulate (MpiWin *self,
                             const MpiBuffer *origin,
                             const MpiBuffer *result,
                             const MpiWinTarget *target,
                             MpiOp *op,
                             GError **error)
{
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  WIN_ENTER (self, "MPI_Get_accumulate", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->get_accumulate (self, origin, result, target, op, error));
}

/**
 * ompi_obj_win_fetch_and_op:
 * @self: a window
 * @origin: (nullable): one element of a predefined datatype, to combine with the target; %NULL with
 *   `OMPI_OBJ_NO_OP`
 * @result: where to read to what is at the target before: one element; other memory than @origin
 * @target: where: rank and displacement
 * @op: a predefined operation; `OMPI_OBJ_REPLACE` writes, `OMPI_OBJ_NO_OP` only reads
 * @error: return location for a #GError
 *
 * Combines one element with the memory of a rank, and reads what was there before: a counter, say. Faster than
 * [method@Mpi.Win.get_accumulate].
 *
 * Returns at once; the data is there when the epoch has ended, or was flushed.
 *
 * Errors: [error@Mpi.Error.op] if @op is not predefined, or not for such elements; [error@Mpi.Error.rma_sync]
 * if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the elements are not all within its
 * memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Fetch_and_op` (MPI-4.0, section 12.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_fetch_and_op (MpiWin *self,
                           const MpiBuffer *origin,
                           const MpiBuffer *result,
                           const MpiWinTarget *target,
                           MpiOp *op,
                           GError **error)
{
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  WIN_ENTER (self, "MPI_Fetch_and_op", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->fetch_and_op (self, origin, result, target, op, error));
}

/**
 * ompi_obj_win_compare_and_swap:
 * @self: a window
 * @origin: one element of a predefined datatype, to write
 * @compare: one element, which must be at the target for @origin to be written
 * @result: where to read to what is at the target before: one element; other memory than @origin
 * @target: where: rank and displacement
 * @error: return location for a #GError
 *
 * Writes one element to the memory of a rank if another is there, and reads what was there before. The elements
 * are integers, logical values or bytes.
 *
 * Returns at once; the data is there when the epoch has ended, or was flushed.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the
 * elements are not all within its memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp],
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Compare_and_swap` (MPI-4.0, section 12.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_compare_and_swap (MpiWin *self,
                               const MpiBuffer *origin,
                               const MpiBuffer *compare,
                               const MpiBuffer *result,
                               const MpiWinTarget *target,
                               GError **error)
{
  g_return_val_if_fail (origin != NULL, FALSE);
  g_return_val_if_fail (compare != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  WIN_ENTER (self, "MPI_Compare_and_swap", error, FALSE);
  return CHECK_SLOT (error,
                     OMPI_OBJ_WIN_GET_CLASS (self)->compare_and_swap (self, origin, compare, result, target, error));
}
