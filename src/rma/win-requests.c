/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "large-count-rma-private.h"
#include "op-private.h"
#include "request-private.h"
#include "win-private.h"

static void
release_handle (gpointer handle)
{
  ompi_obj_win_handle_unref (handle);
}

/* The request keeps the window's record alive, as it keeps the buffers. */
static MpiRequest *
win_new_started (MpiWin *self, MPI_Request native, const MpiBuffer *buffer, const MpiBuffer *other_buffer)
{
  MpiRequest *request = ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, native, OPERATION_IS_WINDOW, NULL,
                                                            buffer, other_buffer);

  ompi_obj_request_keep (request, ompi_obj_win_handle_ref (self->handle), release_handle);
  return request;
}

static MpiRequest *
win_real_rput (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  WinPlace place;
  MPI_Request native;

  if (!ompi_obj_win_check_locked (self, "MPI_Rput", error)
      || !win_place (self, origin, target, WIN_TO_TARGET, &place, "MPI_Rput", error)
      || !CHECK_MPI (error, MPI_Rput_c, BUFFER_ARGS (origin), PLACE_ARGS (place), WIN_HANDLE (self), &native))
    return NULL;
  return win_new_started (self, native, origin, NULL);
}

static MpiRequest *
win_real_rget (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  WinPlace place;
  MPI_Request native;

  if (!ompi_obj_win_check_locked (self, "MPI_Rget", error)
      || !win_place (self, origin, target, WIN_FROM_TARGET, &place, "MPI_Rget", error)
      || !CHECK_MPI (error, MPI_Rget_c, BUFFER_ARGS (origin), PLACE_ARGS (place), WIN_HANDLE (self), &native))
    return NULL;
  return win_new_started (self, native, origin, NULL);
}

static MpiRequest *
win_real_raccumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error)
{
  WinPlace place;
  MPI_Request native;

  if (!ompi_obj_win_check_locked (self, "MPI_Raccumulate", error)
      || !win_place (self, origin, target, WIN_TO_TARGET, &place, "MPI_Raccumulate", error)
      || !ompi_obj_win_check_op (op, origin->datatype, target, FALSE, "MPI_Raccumulate", error)
      || !CHECK_MPI (error, MPI_Raccumulate_c, BUFFER_ARGS (origin), PLACE_ARGS (place), op->handle, WIN_HANDLE (self),
                     &native))
    return NULL;
  return win_new_started (self, native, origin, NULL);
}

static MpiRequest *
win_real_rget_accumulate (MpiWin *self,
                          const MpiBuffer *origin,
                          const MpiBuffer *result,
                          const MpiWinTarget *target,
                          MpiOp *op,
                          GError **error)
{
  static const char function[] = "MPI_Rget_accumulate";
  MpiBuffer nothing;
  WinPlace place;
  MPI_Request native;

  if (!ompi_obj_win_check_locked (self, function, error)
      || !ompi_obj_win_place_fetching (self, &origin, &nothing, result, target, op, &place, function, error)
      || !CHECK_MPI (error, MPI_Rget_accumulate_c, BUFFER_ARGS (origin), BUFFER_ARGS (result), PLACE_ARGS (place),
                     op->handle, WIN_HANDLE (self), &native))
    return NULL;
  return win_new_started (self, native, origin, result);
}

void
ompi_obj_win_class_init_requests (MpiWinClass *klass)
{
  klass->rput = win_real_rput;
  klass->rget = win_real_rget;
  klass->raccumulate = win_real_raccumulate;
  klass->rget_accumulate = win_real_rget_accumulate;
}

/**
 * ompi_obj_win_rput:
 * @self: a window
 * @origin: what to write: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @error: return location for a #GError
 *
 * Writes a buffer to the memory of a rank, as [method@Mpi.Win.put] does, with a request.
 *
 * The request completes when the memory here can be used again; that the data is at the target, flush or the
 * end of the epoch tells. Only under a lock.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the
 * elements are not all within its memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp],
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Rput` (MPI-4.0, section 12.3.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_win_rput (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (origin != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  WIN_ENTER (self, "MPI_Rput", error, NULL);
  request = OMPI_OBJ_WIN_GET_CLASS (self)->rput (self, origin, target, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_win_rget:
 * @self: a window
 * @origin: where to read to: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @error: return location for a #GError
 *
 * Reads the memory of a rank, as [method@Mpi.Win.get] does, with a request.
 *
 * The request completes when the data is here. Only under a lock.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the
 * elements are not all within its memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp],
 * [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Rget` (MPI-4.0, section 12.3.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_win_rget (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (origin != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  WIN_ENTER (self, "MPI_Rget", error, NULL);
  request = OMPI_OBJ_WIN_GET_CLASS (self)->rget (self, origin, target, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_win_raccumulate:
 * @self: a window
 * @origin: what to combine with the target: address, count in elements, datatype
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @op: a predefined operation; `OMPI_OBJ_REPLACE` writes
 * @error: return location for a #GError
 *
 * Combines a buffer with the memory of a rank, as [method@Mpi.Win.accumulate] does, with a request.
 *
 * The request completes when the memory here can be used again; that the data is at the target, flush or the
 * end of the epoch tells. Only under a lock.
 *
 * Errors: [error@Mpi.Error.op] if @op is not predefined, or not for such elements; [error@Mpi.Error.rma_sync]
 * if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the elements are not all within its
 * memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Raccumulate` (MPI-4.0, section 12.3.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_win_raccumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (origin != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  WIN_ENTER (self, "MPI_Raccumulate", error, NULL);
  request = OMPI_OBJ_WIN_GET_CLASS (self)->raccumulate (self, origin, target, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_win_rget_accumulate:
 * @self: a window
 * @origin: (nullable): what to combine with the target: address, count in elements, datatype; %NULL with
 *   `OMPI_OBJ_NO_OP`
 * @result: where to read to what is at the target before: address, count in elements, datatype; other memory
 *   than @origin
 * @target: where: rank, displacement and, if it is not as in @origin, count and datatype
 * @op: a predefined operation; `OMPI_OBJ_REPLACE` writes, `OMPI_OBJ_NO_OP` only reads
 * @error: return location for a #GError
 *
 * Combines a buffer with the memory of a rank and reads what was there before, as
 * [method@Mpi.Win.get_accumulate] does, with a request.
 *
 * The request completes when the data is here. Only under a lock.
 *
 * Errors: [error@Mpi.Error.op] if @op is not predefined, or not for such elements; [error@Mpi.Error.rma_sync]
 * if no epoch gives access to the target, [error@Mpi.Error.rma_range] if the elements are not all within its
 * memory, [error@Mpi.Error.rank], [error@Mpi.Error.disp], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Rget_accumulate` (MPI-4.0, section 12.3.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_win_rget_accumulate (MpiWin *self,
                              const MpiBuffer *origin,
                              const MpiBuffer *result,
                              const MpiWinTarget *target,
                              MpiOp *op,
                              GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  WIN_ENTER (self, "MPI_Rget_accumulate", error, NULL);
  request = OMPI_OBJ_WIN_GET_CLASS (self)->rget_accumulate (self, origin, result, target, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
