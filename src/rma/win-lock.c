/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "win-private.h"

/**
 * MpiWinLock: (skip)
 *
 * A lock that ends with the scope of a variable, in C:
 *
 * ```c
 * {
 *   g_autoptr (MpiWinLock) lock =
 *       ompi_obj_win_lock_new (win, OMPI_OBJ_LOCK_TYPE_SHARED, rank, OMPI_OBJ_RMA_ASSERT_NONE, error);
 *
 *   if (lock == NULL || !ompi_obj_win_put (win, OMPI_OBJ_DATA (&x, 1), OMPI_OBJ_TARGET (rank, 0), error))
 *     return FALSE;
 *   return ompi_obj_win_lock_release (g_steal_pointer (&lock), error);
 * }
 * ```
 *
 * Whichever way the scope is left, the rank is unlocked. The end of a lock completes the operations, so it can fail;
 * `ompi_obj_win_lock_release()` tells, the end of the scope can only warn.
 *
 * Since: 1.0
 */
struct _MpiWinLock
{
  MpiWin *win;
  gint rank; /* ALL_RANKS: all */
};

static MpiWinLock *
lock_new (MpiWin *win, gint rank)
{
  MpiWinLock *self = g_new (MpiWinLock, 1);

  self->win = g_object_ref (win);
  self->rank = rank;
  return self;
}

/**
 * ompi_obj_win_lock_new: (skip)
 * @win: a window
 * @type: whether others may have access at the same time
 * @rank: the rank whose memory will be accessed; `OMPI_OBJ_PROC_NULL` for nobody has no effect
 * @assertions: NOCHECK if no other rank holds or asks for a lock that conflicts, or 0
 * @error: return location for a #GError
 *
 * Locks a rank as [method@Mpi.Win.lock] does, until the guard is freed.
 *
 * Errors: those of [method@Mpi.Win.lock].
 *
 * Returns: (transfer full): a guard; %NULL on error
 *
 * Since: 1.0
 */
MpiWinLock *
ompi_obj_win_lock_new (MpiWin *win, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error)
{
  return ompi_obj_win_lock (win, type, rank, assertions, error) ? lock_new (win, rank) : NULL;
}

/**
 * ompi_obj_win_lock_new_all: (skip)
 * @win: a window
 * @assertions: NOCHECK if no other rank holds or asks for an exclusive lock, or 0
 * @error: return location for a #GError
 *
 * Locks all ranks as [method@Mpi.Win.lock_all] does, until the guard is freed.
 *
 * Errors: those of [method@Mpi.Win.lock_all].
 *
 * Returns: (transfer full): a guard; %NULL on error
 *
 * Since: 1.0
 */
MpiWinLock *
ompi_obj_win_lock_new_all (MpiWin *win, MpiRmaAssert assertions, GError **error)
{
  return ompi_obj_win_lock_all (win, assertions, error) ? lock_new (win, ALL_RANKS) : NULL;
}

/**
 * ompi_obj_win_lock_release: (skip)
 * @self: (transfer full): a guard
 * @error: return location for a #GError
 *
 * Unlocks, frees the guard, and tells whether the operations were completed.
 *
 * Errors: those of [method@Mpi.Win.unlock] or [method@Mpi.Win.unlock_all].
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_lock_release (MpiWinLock *self, GError **error)
{
  gboolean unlocked;

  g_return_val_if_fail (self != NULL, FALSE);

  unlocked = self->rank == ALL_RANKS ? ompi_obj_win_unlock_all (self->win, error)
                                     : ompi_obj_win_unlock (self->win, self->rank, error);
  g_object_unref (self->win);
  g_free (self);
  return unlocked;
}

/**
 * ompi_obj_win_lock_free: (skip)
 * @self: a guard
 *
 * Unlocks, and frees the guard. It warns if that fails.
 *
 * Since: 1.0
 */
void
ompi_obj_win_lock_free (MpiWinLock *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);

  if (!ompi_obj_win_lock_release (self, &error) && error != NULL)
    g_warning ("%s", error->message);
}
