/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "group-private.h"
#include "win-private.h"

/* MPI's number for our flags. */
static gboolean
assertions_to_mpi (MpiRmaAssert assertions,
                   MpiRmaAssert allowed,
                   int *mpi_assertions,
                   const char *function,
                   GError **error)
{
  static const int bits[] = { MPI_MODE_NOCHECK, MPI_MODE_NOSTORE, MPI_MODE_NOPUT, MPI_MODE_NOPRECEDE,
                              MPI_MODE_NOSUCCEED };

  *mpi_assertions = 0;
  if ((assertions & ~allowed) != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ASSERT, function,
                          "assertions are 0x%x, but only those of 0x%x can be given here", (guint) assertions,
                          (guint) allowed);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    if ((assertions & (1u << i)) != 0)
      *mpi_assertions |= bits[i];
  return TRUE;
}

static const char *
access_to_text (WinAccess access)
{
  switch (access)
    {
    case WIN_ACCESS_FENCE:
      return "operations have followed the last fence, and another one must complete them";
    case WIN_ACCESS_START:
      return "start has not been followed by complete";
    case WIN_ACCESS_LOCK:
      return "a rank is locked";
    case WIN_ACCESS_LOCK_ALL:
      return "all ranks are locked";
    case WIN_ACCESS_NONE:
    default:
      return "no epoch has begun";
    }
}

static gboolean COLD
report_epoch (const char *reason, const char *function, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function, "%s", reason);
  return FALSE;
}

/* With the lock held. A fence that nothing has followed gives way to another kind of epoch. */
static gboolean
win_has_no_access (MpiWinHandle *handle)
{
  return handle->access == WIN_ACCESS_NONE || (handle->access == WIN_ACCESS_FENCE && !handle->is_fence_used);
}

/* With the lock held. */
static void
win_set_access (MpiWinHandle *handle, WinAccess access)
{
  handle->access = access;
  handle->is_open_to_all = access == WIN_ACCESS_FENCE || access == WIN_ACCESS_LOCK_ALL;
  handle->is_fence_used = access != WIN_ACCESS_FENCE;
}

/* Ends what was begun for a call of MPI that then failed. */
static void
win_reset_access (MpiWinHandle *handle)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handle->lock);

  win_set_access (handle, WIN_ACCESS_NONE);
}

/* Begins an epoch if there is none. */
static gboolean
win_begin_access (MpiWinHandle *handle, WinAccess access, const char *function, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handle->lock);

  if (!win_has_no_access (handle))
    return report_epoch (access_to_text (handle->access), function, error);
  win_set_access (handle, access);
  return TRUE;
}

/* Whether the present epoch is of one of two kinds. */
static gboolean
win_check_access (MpiWinHandle *handle, WinAccess one, WinAccess other, const char *function, GError **error)
{
  if (G_LIKELY (handle->access == one || handle->access == other))
    return TRUE;
  return report_epoch (one == WIN_ACCESS_START                      ? "start was not called"
                       : one == WIN_ACCESS_LOCK_ALL && other == one ? "lock_all was not called"
                                                                    : "no rank is locked",
                       function, error);
}

/* With the lock held. */
static void
win_set_open (MpiWinHandle *handle, gint rank, gboolean is_open)
{
  if (handle->open == NULL)
    handle->open = g_new0 (guint8, (gsize) handle->n_ranks);
  if (handle->open[rank] == is_open)
    return;
  handle->open[rank] = (guint8) is_open;
  handle->n_open += is_open ? 1 : -1;
}

void
ompi_obj_win_handle_release_origins (MpiWinHandle *handle, gint rank)
{
  g_autoptr (GPtrArray) released = NULL;

  if (G_LIKELY (__atomic_load_n (&handle->origins->len, __ATOMIC_RELAXED) == 0))
    return;

  /* Dropped outside of the lock: that may run other people's code. */
  released = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_mutex_lock (&handle->lock);
  for (guint i = handle->origins->len; i-- > 0;)
    {
      WinOrigin *origin = &g_array_index (handle->origins, WinOrigin, i);

      if (rank < 0 || origin->rank == rank)
        {
          g_ptr_array_add (released, origin->owner);
          g_array_remove_index_fast (handle->origins, i);
        }
    }
  g_mutex_unlock (&handle->lock);
}

void
ompi_obj_win_keep_owner (MpiWin *self, gint rank, GBytes *owner)
{
  MpiWinHandle *handle = self->handle;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handle->lock);
  const guint n = handle->origins->len;
  const WinOrigin *last = n > 0 ? &g_array_index (handle->origins, WinOrigin, n - 1) : NULL;
  WinOrigin origin = { rank, owner };

  /* A program that uses the same memory again and again does not fill ours. */
  if (last != NULL && last->owner == owner && last->rank == rank)
    return;
  g_bytes_ref (owner);
  g_array_append_val (handle->origins, origin);
}

static gboolean
win_real_fence (MpiWin *self, MpiRmaAssert assertions, GError **error)
{
  const MpiRmaAssert allowed = OMPI_OBJ_RMA_ASSERT_NOSTORE | OMPI_OBJ_RMA_ASSERT_NOPUT | OMPI_OBJ_RMA_ASSERT_NOPRECEDE
                               | OMPI_OBJ_RMA_ASSERT_NOSUCCEED;
  MpiWinHandle *handle = self->handle;
  int mpi_assertions;

  if (!assertions_to_mpi (assertions, allowed, &mpi_assertions, "MPI_Win_fence", error))
    return FALSE;
  if (handle->access != WIN_ACCESS_NONE && handle->access != WIN_ACCESS_FENCE)
    return report_epoch (access_to_text (handle->access), "MPI_Win_fence", error);
  if (handle->is_posted)
    return report_epoch ("post has not been followed by wait", "MPI_Win_fence", error);
  if (!CHECK_MPI (error, MPI_Win_fence, mpi_assertions, handle->win))
    return FALSE;

  g_mutex_lock (&handle->lock);
  win_set_access (handle, (assertions & OMPI_OBJ_RMA_ASSERT_NOSUCCEED) != 0 ? WIN_ACCESS_NONE : WIN_ACCESS_FENCE);
  g_mutex_unlock (&handle->lock);
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  return TRUE;
}

/* The ranks of the window that the members of a group are. */
static int *
win_translate_group (MpiWinHandle *handle, MpiGroup *group, int *n_ranks, const char *function, GError **error)
{
  g_autofree int *ranks = NULL;
  g_autofree int *members = NULL;

  if (!ompi_obj_group_check (group, function, error)
      || !check_mpi (error, function, MPI_Group_size (group->handle, n_ranks)))
    return NULL;
  members = g_new (int, (gsize) *n_ranks + 1);
  ranks = g_new (int, (gsize) *n_ranks + 1);
  for (int i = 0; i < *n_ranks; i++)
    members[i] = i;
  if (!check_mpi (error, function, MPI_Group_translate_ranks (group->handle, *n_ranks, members, handle->group, ranks)))
    return NULL;
  for (int i = 0; i < *n_ranks; i++)
    if (ranks[i] == MPI_UNDEFINED)
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, function, "member %d of the group is no rank of the window",
                            i);
        return NULL;
      }
  return g_steal_pointer (&ranks);
}

static gboolean
win_real_start (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error)
{
  MpiWinHandle *handle = self->handle;
  g_autofree int *ranks = NULL;
  int n_ranks;
  int mpi_assertions;

  if (!assertions_to_mpi (assertions, OMPI_OBJ_RMA_ASSERT_NOCHECK, &mpi_assertions, "MPI_Win_start", error))
    return FALSE;
  ranks = win_translate_group (handle, group, &n_ranks, "MPI_Win_start", error);
  if (ranks == NULL || !win_begin_access (handle, WIN_ACCESS_START, "MPI_Win_start", error))
    return FALSE;
  if (!CHECK_MPI (error, MPI_Win_start, group->handle, mpi_assertions, handle->win))
    {
      win_reset_access (handle);
      return FALSE;
    }

  g_mutex_lock (&handle->lock);
  for (int i = 0; i < n_ranks; i++)
    win_set_open (handle, ranks[i], TRUE);
  g_mutex_unlock (&handle->lock);
  return TRUE;
}

static gboolean
win_real_complete (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_access (handle, WIN_ACCESS_START, WIN_ACCESS_START, "MPI_Win_complete", error)
      || !CHECK_MPI (error, MPI_Win_complete, handle->win))
    return FALSE;

  g_mutex_lock (&handle->lock);
  if (handle->n_open > 0)
    memset (handle->open, 0, (gsize) handle->n_ranks);
  handle->n_open = 0;
  win_set_access (handle, WIN_ACCESS_NONE);
  g_mutex_unlock (&handle->lock);
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  return TRUE;
}

static gboolean
win_real_post (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error)
{
  const MpiRmaAssert allowed = OMPI_OBJ_RMA_ASSERT_NOCHECK | OMPI_OBJ_RMA_ASSERT_NOSTORE | OMPI_OBJ_RMA_ASSERT_NOPUT;
  MpiWinHandle *handle = self->handle;
  g_autofree int *ranks = NULL;
  int n_ranks;
  int mpi_assertions;

  if (!assertions_to_mpi (assertions, allowed, &mpi_assertions, "MPI_Win_post", error))
    return FALSE;
  ranks = win_translate_group (handle, group, &n_ranks, "MPI_Win_post", error);
  if (ranks == NULL)
    return FALSE;
  if (handle->is_posted)
    return report_epoch ("post has not been followed by wait", "MPI_Win_post", error);
  if (handle->access == WIN_ACCESS_FENCE)
    {
      if (handle->is_fence_used)
        return report_epoch (access_to_text (WIN_ACCESS_FENCE), "MPI_Win_post", error);
      win_reset_access (handle);
    }
  if (!CHECK_MPI (error, MPI_Win_post, group->handle, mpi_assertions, handle->win))
    return FALSE;
  handle->is_posted = TRUE;
  return TRUE;
}

static gboolean
win_check_posted (MpiWinHandle *handle, const char *function, GError **error)
{
  return handle->is_posted || report_epoch ("post was not called", function, error);
}

static gboolean
win_real_wait (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_posted (handle, "MPI_Win_wait", error) || !CHECK_MPI (error, MPI_Win_wait, handle->win))
    return FALSE;
  handle->is_posted = FALSE;
  return TRUE;
}

static gboolean
win_real_test (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;
  int is_complete = FALSE;

  if (!win_check_posted (handle, "MPI_Win_test", error) || !CHECK_MPI (error, MPI_Win_test, handle->win, &is_complete)
      || !is_complete)
    return FALSE;
  handle->is_posted = FALSE;
  return TRUE;
}

/* Nobody can be locked, like nobody can be sent to. */
static gboolean
win_check_rank (MpiWinHandle *handle, gint rank, const char *function, GError **error)
{
  if (G_LIKELY ((guint) rank < (guint) handle->n_ranks))
    return TRUE;
  return rank == OMPI_OBJ_PROC_NULL
         || ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_RANK, "rank", -1, rank,
                                          "which is no rank of the window", error);
}

/* Notes that a rank is going to be locked. */
static gboolean
win_begin_lock (MpiWinHandle *handle, gint rank, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handle->lock);

  if (handle->access != WIN_ACCESS_LOCK && !win_has_no_access (handle))
    return report_epoch (access_to_text (handle->access), "MPI_Win_lock", error);
  if (handle->open != NULL && handle->open[rank])
    return report_epoch ("the rank is locked already", "MPI_Win_lock", error);
  win_set_access (handle, WIN_ACCESS_LOCK);
  win_set_open (handle, rank, TRUE);
  return TRUE;
}

static void
win_end_lock (MpiWinHandle *handle, gint rank)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&handle->lock);

  win_set_open (handle, rank, FALSE);
  if (handle->n_open == 0)
    win_set_access (handle, WIN_ACCESS_NONE);
}

static gboolean
win_real_lock (MpiWin *self, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error)
{
  MpiWinHandle *handle = self->handle;
  int mpi_assertions;

  if ((guint) type > OMPI_OBJ_LOCK_TYPE_SHARED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_LOCKTYPE, "MPI_Win_lock", "type is %d, which is none", (gint) type);
      return FALSE;
    }
  if (!assertions_to_mpi (assertions, OMPI_OBJ_RMA_ASSERT_NOCHECK, &mpi_assertions, "MPI_Win_lock", error)
      || !win_check_rank (handle, rank, "MPI_Win_lock", error))
    return FALSE;
  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  if (!win_begin_lock (handle, rank, error))
    return FALSE;
  if (CHECK_MPI (error, MPI_Win_lock, type == OMPI_OBJ_LOCK_TYPE_EXCLUSIVE ? MPI_LOCK_EXCLUSIVE : MPI_LOCK_SHARED, rank,
                 mpi_assertions, handle->win))
    return TRUE;
  win_end_lock (handle, rank);
  return FALSE;
}

/* Whether a rank was locked by itself. */
static gboolean
win_check_locked (MpiWinHandle *handle, gint rank, const char *function, GError **error)
{
  if (G_LIKELY (handle->access == WIN_ACCESS_LOCK && handle->open[rank]))
    return TRUE;
  return report_epoch ("the rank is not locked", function, error);
}

static gboolean
win_real_unlock (MpiWin *self, gint rank, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_rank (handle, rank, "MPI_Win_unlock", error))
    return FALSE;
  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  if (!win_check_locked (handle, rank, "MPI_Win_unlock", error)
      || !CHECK_MPI (error, MPI_Win_unlock, rank, handle->win))
    return FALSE;
  win_end_lock (handle, rank);
  ompi_obj_win_handle_release_origins (handle, rank);
  return TRUE;
}

static gboolean
win_real_lock_all (MpiWin *self, MpiRmaAssert assertions, GError **error)
{
  MpiWinHandle *handle = self->handle;
  int mpi_assertions;

  if (!assertions_to_mpi (assertions, OMPI_OBJ_RMA_ASSERT_NOCHECK, &mpi_assertions, "MPI_Win_lock_all", error)
      || !win_begin_access (handle, WIN_ACCESS_LOCK_ALL, "MPI_Win_lock_all", error))
    return FALSE;
  if (CHECK_MPI (error, MPI_Win_lock_all, mpi_assertions, handle->win))
    return TRUE;
  win_reset_access (handle);
  return FALSE;
}

static gboolean
win_real_unlock_all (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_access (handle, WIN_ACCESS_LOCK_ALL, WIN_ACCESS_LOCK_ALL, "MPI_Win_unlock_all", error)
      || !CHECK_MPI (error, MPI_Win_unlock_all, handle->win))
    return FALSE;
  win_reset_access (handle);
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  return TRUE;
}

/* The four kinds of flush come here; RANK is ALL_RANKS for two of them. */
static gboolean
win_check_flush (MpiWinHandle *handle, gint rank, const char *function, GError **error)
{
  if (handle->access == WIN_ACCESS_LOCK_ALL)
    return TRUE;
  return rank == ALL_RANKS ? win_check_access (handle, WIN_ACCESS_LOCK, WIN_ACCESS_LOCK_ALL, function, error)
                           : win_check_locked (handle, rank, function, error);
}

static gboolean
win_real_flush (MpiWin *self, gint rank, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_rank (handle, rank, "MPI_Win_flush", error))
    return FALSE;
  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  if (!win_check_flush (handle, rank, "MPI_Win_flush", error) || !CHECK_MPI (error, MPI_Win_flush, rank, handle->win))
    return FALSE;
  ompi_obj_win_handle_release_origins (handle, rank);
  return TRUE;
}

static gboolean
win_real_flush_all (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_flush (handle, ALL_RANKS, "MPI_Win_flush_all", error)
      || !CHECK_MPI (error, MPI_Win_flush_all, handle->win))
    return FALSE;
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  return TRUE;
}

static gboolean
win_real_flush_local (MpiWin *self, gint rank, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_rank (handle, rank, "MPI_Win_flush_local", error))
    return FALSE;
  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  if (!win_check_flush (handle, rank, "MPI_Win_flush_local", error)
      || !CHECK_MPI (error, MPI_Win_flush_local, rank, handle->win))
    return FALSE;
  ompi_obj_win_handle_release_origins (handle, rank);
  return TRUE;
}

static gboolean
win_real_flush_local_all (MpiWin *self, GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (!win_check_flush (handle, ALL_RANKS, "MPI_Win_flush_local_all", error)
      || !CHECK_MPI (error, MPI_Win_flush_local_all, handle->win))
    return FALSE;
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  return TRUE;
}

static gboolean
win_real_sync (MpiWin *self, GError **error)
{
  return CHECK_MPI (error, MPI_Win_sync, WIN_HANDLE (self));
}

void
ompi_obj_win_class_init_sync (MpiWinClass *klass)
{
  klass->fence = win_real_fence;
  klass->start = win_real_start;
  klass->complete = win_real_complete;
  klass->post = win_real_post;
  klass->wait = win_real_wait;
  klass->test = win_real_test;
  klass->lock = win_real_lock;
  klass->unlock = win_real_unlock;
  klass->lock_all = win_real_lock_all;
  klass->unlock_all = win_real_unlock_all;
  klass->flush = win_real_flush;
  klass->flush_all = win_real_flush_all;
  klass->flush_local = win_real_flush_local;
  klass->flush_local_all = win_real_flush_local_all;
  klass->sync = win_real_sync;
}

/**
 * ompi_obj_win_fence:
 * @self: a window
 * @assertions: what the program promises: a combination of NOSTORE, NOPUT, NOPRECEDE and NOSUCCEED, or 0
 * @error: return location for a #GError
 *
 * Ends an epoch on all ranks and begins another. Collective. When it returns, the operations that this rank
 * called are complete, and so are those of others on its memory. Operations may follow, unless NOSUCCEED says
 * that none do.
 *
 * Errors: [error@Mpi.Error.rma_sync] in an epoch of another kind, [error@Mpi.Error.assert] if an assertion does
 * not belong here; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_fence` (MPI-4.0, section 12.5.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_fence (MpiWin *self, MpiRmaAssert assertions, GError **error)
{
  WIN_ENTER (self, "MPI_Win_fence", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->fence (self, assertions, error));
}

/**
 * ompi_obj_win_start:
 * @self: a window
 * @group: the ranks whose memory will be accessed, a part of [method@Mpi.Win.get_group]
 * @assertions: NOCHECK if all of them have called post already, or 0
 * @error: return location for a #GError
 *
 * Begins an epoch in which this rank accesses the memory of a group, each member of which calls
 * [method@Mpi.Win.post]. It may wait for that.
 *
 * Errors: [error@Mpi.Error.rma_sync] in another epoch, [error@Mpi.Error.group] if @group was freed or has
 * members that are no ranks of the window, [error@Mpi.Error.assert] if an assertion does not belong here;
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_start` (MPI-4.0, section 12.5.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_start (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (group), FALSE);
  WIN_ENTER (self, "MPI_Win_start", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->start (self, group, assertions, error));
}

/**
 * ompi_obj_win_complete:
 * @self: a window
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.Win.start] began. When it returns, the memory of this rank's operations can be used
 * again.
 *
 * Errors: [error@Mpi.Error.rma_sync] if there was no start; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_complete` (MPI-4.0, section 12.5.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_complete (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_complete", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->complete (self, error));
}

/**
 * ompi_obj_win_post:
 * @self: a window
 * @group: the ranks that will access this rank's memory, a part of [method@Mpi.Win.get_group]
 * @assertions: what the program promises: a combination of NOCHECK, NOSTORE and NOPUT, or 0
 * @error: return location for a #GError
 *
 * Begins an epoch in which a group accesses this rank's memory, each member of which calls
 * [method@Mpi.Win.start]. Does not wait.
 *
 * Errors: [error@Mpi.Error.rma_sync] if another post has not been followed by wait, [error@Mpi.Error.group] if
 * @group was freed or has members that are no ranks of the window, [error@Mpi.Error.assert] if an assertion
 * does not belong here; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_post` (MPI-4.0, section 12.5.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_post (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (group), FALSE);
  WIN_ENTER (self, "MPI_Win_post", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->post (self, group, assertions, error));
}

/**
 * ompi_obj_win_wait:
 * @self: a window
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.Win.post] began: waits until all members of the group have called
 * [method@Mpi.Win.complete], and what they wrote is there.
 *
 * Errors: [error@Mpi.Error.rma_sync] if there was no post; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_wait` (MPI-4.0, section 12.5.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_wait (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_wait", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->wait (self, error));
}

/**
 * ompi_obj_win_test:
 * @self: a window
 * @error: return location for a #GError
 *
 * Tells whether [method@Mpi.Win.wait] would return at once; if so, it has the same effect.
 *
 * Errors: [error@Mpi.Error.rma_sync] if there was no post, or the epoch ended before; [error@Mpi.Error.win] if
 * @self was freed.
 *
 * Mirrors `MPI_Win_test` (MPI-4.0, section 12.5.2).
 *
 * Returns: %TRUE if the epoch has ended; %FALSE without an error if not; %FALSE with an error on error
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_test (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_test", error, FALSE);
  return OMPI_OBJ_WIN_GET_CLASS (self)->test (self, error);
}

/**
 * ompi_obj_win_lock:
 * @self: a window
 * @type: whether others may have access at the same time
 * @rank: the rank whose memory will be accessed; `OMPI_OBJ_PROC_NULL` for nobody has no effect
 * @assertions: NOCHECK if no other rank holds or asks for a lock that conflicts, or 0
 * @error: return location for a #GError
 *
 * Begins an epoch in which this rank accesses the memory of another one, or of its own, whatever that rank
 * does. Several ranks can be locked at a time, each once. In C, `ompi_obj_win_lock_new()` unlocks at the end of
 * the scope.
 *
 * Errors: [error@Mpi.Error.rma_sync] in an epoch of another kind, or if the rank is locked by this one already,
 * [error@Mpi.Error.rank], [error@Mpi.Error.locktype] or [error@Mpi.Error.assert] for the argument that is
 * wrong; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_lock` (MPI-4.0, section 12.5.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_lock (MpiWin *self, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error)
{
  WIN_ENTER (self, "MPI_Win_lock", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->lock (self, type, rank, assertions, error));
}

/**
 * ompi_obj_win_unlock:
 * @self: a window
 * @rank: a rank that was locked
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.Win.lock] began. When it returns, the operations are complete, here and at the target.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the rank is not locked, [error@Mpi.Error.rank] if there is no such
 * rank; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_unlock` (MPI-4.0, section 12.5.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_unlock (MpiWin *self, gint rank, GError **error)
{
  WIN_ENTER (self, "MPI_Win_unlock", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->unlock (self, rank, error));
}

/**
 * ompi_obj_win_lock_all:
 * @self: a window
 * @assertions: NOCHECK if no other rank holds or asks for an exclusive lock, or 0
 * @error: return location for a #GError
 *
 * Begins an epoch in which this rank accesses the memory of all ranks, with shared locks. Not collective.
 *
 * Errors: [error@Mpi.Error.rma_sync] in another epoch, [error@Mpi.Error.assert] if an assertion does not belong
 * here; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_lock_all` (MPI-4.0, section 12.5.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_lock_all (MpiWin *self, MpiRmaAssert assertions, GError **error)
{
  WIN_ENTER (self, "MPI_Win_lock_all", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->lock_all (self, assertions, error));
}

/**
 * ompi_obj_win_unlock_all:
 * @self: a window
 * @error: return location for a #GError
 *
 * Ends what [method@Mpi.Win.lock_all] began. When it returns, the operations are complete, here and at the
 * targets.
 *
 * Errors: [error@Mpi.Error.rma_sync] if there was no lock_all; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_unlock_all` (MPI-4.0, section 12.5.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_unlock_all (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_unlock_all", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->unlock_all (self, error));
}

/**
 * ompi_obj_win_flush:
 * @self: a window
 * @rank: a rank that is locked
 * @error: return location for a #GError
 *
 * Completes all operations of this rank on the memory of another one, here and there. The lock stays.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the rank is not locked, [error@Mpi.Error.rank] if there is no such
 * rank; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_flush` (MPI-4.0, section 12.5.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_flush (MpiWin *self, gint rank, GError **error)
{
  WIN_ENTER (self, "MPI_Win_flush", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->flush (self, rank, error));
}

/**
 * ompi_obj_win_flush_all:
 * @self: a window
 * @error: return location for a #GError
 *
 * Completes all operations of this rank, here and at the targets. The locks stay.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no rank is locked; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_flush_all` (MPI-4.0, section 12.5.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_flush_all (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_flush_all", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->flush_all (self, error));
}

/**
 * ompi_obj_win_flush_local:
 * @self: a window
 * @rank: a rank that is locked
 * @error: return location for a #GError
 *
 * Waits until the memory that the operations of this rank on another one use here can be used again. The
 * operations need not have happened at the target.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the rank is not locked, [error@Mpi.Error.rank] if there is no such
 * rank; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_flush_local` (MPI-4.0, section 12.5.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_flush_local (MpiWin *self, gint rank, GError **error)
{
  WIN_ENTER (self, "MPI_Win_flush_local", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->flush_local (self, rank, error));
}

/**
 * ompi_obj_win_flush_local_all:
 * @self: a window
 * @error: return location for a #GError
 *
 * Waits until the memory that the operations of this rank use here can be used again. The operations need not
 * have happened at the targets.
 *
 * Errors: [error@Mpi.Error.rma_sync] if no rank is locked; [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_flush_local_all` (MPI-4.0, section 12.5.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_flush_local_all (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_flush_local_all", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->flush_local_all (self, error));
}

/**
 * ompi_obj_win_sync:
 * @self: a window
 * @error: return location for a #GError
 *
 * Makes what this rank loads from and stores to its memory, or to memory that it shares, agree with what others
 * see: after stores, before another rank is told of them; and after it was told, before loads.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_sync` (MPI-4.0, section 12.5.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_sync (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_sync", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_WIN_GET_CLASS (self)->sync (self, error));
}
