/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mutex-private.h"

/**
 * MpiMutex:
 *
 * A lock that one rank at a time holds. Whoever wants it gets it in the order of asking, so it is fair, and a rank
 * that waits disturbs nobody.
 *
 * In C, a [struct@Mpi.MutexLocker] gives the mutex back at the end of the scope, whichever way it is left:
 *
 * ```c
 * g_autoptr (MpiMutexLocker) locker = ompi_obj_mutex_locker_new (mutex, error);
 *
 * if (locker == NULL)
 *   return FALSE;
 * return change_what_is_shared (error);
 * ```
 *
 * It is a rank that holds a mutex, not a thread: threads of one rank need another lock among themselves, and
 * one at a time of them may use the object. What a program put into the memory of others while it held the mutex
 * must have arrived (see [method@Mpi.Win.flush]) when it gives the mutex back.
 *
 * The end of the queue is in the memory of rank 0, which must call MPI now and then; see [class@Mpi.Counter].
 *
 * A mutex is freed by [method@Mpi.Mutex.free] on all ranks. One whose last reference goes before that warns, and
 * its memory lasts until MPI is finalized.
 *
 * What mpi4py has as `mpi4py.util.sync.Mutex`, with the names of [struct@GLib.Mutex].
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiMutex, ompi_obj_mutex, G_TYPE_OBJECT)

/*
 * The queue of Mellor-Crummey and Scott (1991), with messages for its links. A cell holds the last rank that asked,
 * and one, or 0 if the mutex is free. Who finds a rank there tells it to be its successor, and waits for its word.
 */
#define CELL_LAST 0
#define NOBODY 0

#define TAG_SUCCESSOR 0
#define TAG_YOURS 1

#define MUTEX_ENTER(self, error) SYNC_ENTER (self, OMPI_OBJ_IS_MUTEX, &self->cells, "mutex", error, FALSE)

static void
mutex_finalize (GObject *object)
{
  sync_cells_clear (&OMPI_OBJ_MUTEX (object)->cells);

  G_OBJECT_CLASS (ompi_obj_mutex_parent_class)->finalize (object);
}

static void
ompi_obj_mutex_class_init (MpiMutexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mutex_finalize;
}

static void
ompi_obj_mutex_init (G_GNUC_UNUSED MpiMutex *self)
{
}

/**
 * ompi_obj_mutex_new: (constructor)
 * @recursive: whether a rank that holds it may lock it again; the same on every rank
 * @info: (nullable): hints for the window, as of [ctor@Mpi.Win.allocate]
 * @comm: the ranks that share it, of one group
 * @error: return location for a #GError
 *
 * Makes a mutex, which nobody holds. Collective.
 *
 * Errors, on every rank: [error@Mpi.Error.not_same] if the ranks differ in @recursive, [error@Mpi.Error.info] if the
 * @info of one was freed, and what [ctor@Mpi.Win.allocate] gives; [error@Mpi.Error.comm] if @comm was freed
 * or is an intercommunicator.
 *
 * Returns: (transfer full): a new mutex; %NULL on error
 *
 * Since: 1.0
 */
MpiMutex *
ompi_obj_mutex_new (gboolean recursive, MpiInfo *info, MpiComm *comm, GError **error)
{
  const SyncPlan plan = { .n_cells = 1, .has_messages = TRUE, .argument = "recursive", .value = !!recursive };
  g_autoptr (MpiMutex) self = NULL;

  g_return_val_if_fail (comm_check_type (comm), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!sync_check_comm (comm, G_STRFUNC, error))
    return NULL;
  self = g_object_new (OMPI_OBJ_TYPE_MUTEX, NULL);
  self->recursive = !!recursive;
  return sync_cells_init (&self->cells, &plan, info, comm, NULL, G_STRFUNC, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
mutex_check_held (const MpiMutex *self, const char *function, GError **error)
{
  if (self->count > 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function, "rank %d does not hold the mutex", self->cells.rank);
  return FALSE;
}

/* Whether the calling rank may ask for the mutex; if it has it already, once more. */
static gboolean
mutex_check_free (const MpiMutex *self, const char *function, GError **error)
{
  if (self->count == 0 || self->recursive)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function,
                      "rank %d holds the mutex already, and the mutex is not recursive", self->cells.rank);
  return FALSE;
}

gboolean
mutex_take (MpiMutex *self, guint count, GError **error)
{
  gint64 last;

  if (!sync_cells_swap (&self->cells, CELL_LAST, self->cells.rank + 1, &last, error))
    return FALSE;
  if (last != NOBODY
      && (!sync_cells_send (&self->cells, (gint) last - 1, TAG_SUCCESSOR, error)
          || !sync_cells_recv (&self->cells, (gint) last - 1, TAG_YOURS, NULL, error)))
    return FALSE;
  self->count = count;
  return TRUE;
}

gboolean
mutex_hand_over (MpiMutex *self, GError **error)
{
  const gint64 mine = self->cells.rank + 1;
  gint64 last;
  gint successor;

  self->count = 0;
  if (!sync_cells_compare_and_swap (&self->cells, CELL_LAST, mine, NOBODY, &last, error))
    return FALSE;
  return last == mine
         || (sync_cells_recv (&self->cells, OMPI_OBJ_ANY_SOURCE, TAG_SUCCESSOR, &successor, error)
             && sync_cells_send (&self->cells, successor, TAG_YOURS, error));
}

/**
 * ompi_obj_mutex_lock:
 * @self: a mutex
 * @error: return location for a #GError
 *
 * Waits until the calling rank holds the mutex. If it holds it already and the mutex is recursive, it
 * must unlock it once more.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the rank holds the mutex and it is not recursive,
 * [error@Mpi.Error.win] if it was freed.
 *
 * Returns: %TRUE when the rank holds the mutex
 *
 * Since: 1.0
 */
gboolean
ompi_obj_mutex_lock (MpiMutex *self, GError **error)
{
  MUTEX_ENTER (self, error);
  if (!mutex_check_free (self, G_STRFUNC, error))
    return FALSE;
  if (self->count == 0)
    return mutex_take (self, 1, error);
  self->count++;
  return TRUE;
}

/**
 * ompi_obj_mutex_trylock:
 * @self: a mutex
 * @error: return location for a #GError
 *
 * Takes the mutex if no rank holds it or waits for it, as [method@Mpi.Mutex.lock] does; does not wait.
 *
 * Errors: as of [method@Mpi.Mutex.lock].
 *
 * Returns: %TRUE if the calling rank holds the mutex now; %FALSE without an error if another one does
 *
 * Since: 1.0
 */
gboolean
ompi_obj_mutex_trylock (MpiMutex *self, GError **error)
{
  gint64 last;

  MUTEX_ENTER (self, error);
  if (!mutex_check_free (self, G_STRFUNC, error))
    return FALSE;
  if (self->count == 0)
    {
      if (!sync_cells_compare_and_swap (&self->cells, CELL_LAST, NOBODY, self->cells.rank + 1, &last, error)
          || last != NOBODY)
        return FALSE;
    }
  self->count++;
  return TRUE;
}

/**
 * ompi_obj_mutex_unlock:
 * @self: a mutex that the calling rank holds
 * @error: return location for a #GError
 *
 * Gives the mutex to the rank that has waited for it longest. One that was locked several times is given
 * when it was unlocked as often.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the calling rank does not hold the mutex, whether another one does or not,
 * [error@Mpi.Error.win] if it was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_mutex_unlock (MpiMutex *self, GError **error)
{
  MUTEX_ENTER (self, error);
  if (!mutex_check_held (self, G_STRFUNC, error))
    return FALSE;
  if (self->count == 1)
    return mutex_hand_over (self, error);
  self->count--;
  return TRUE;
}

/**
 * ompi_obj_mutex_locked:
 * @self: a mutex
 *
 * Tells whether the calling rank holds the mutex. Asks no other rank.
 *
 * Returns: %TRUE if it does
 *
 * Since: 1.0
 */
gboolean
ompi_obj_mutex_locked (MpiMutex *self)
{
  return ompi_obj_mutex_count (self) > 0;
}

/**
 * ompi_obj_mutex_count:
 * @self: a mutex
 *
 * Tells how often the calling rank must unlock the mutex until it does not hold it any more: up to 1, or more if
 * the mutex is recursive.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
ompi_obj_mutex_count (MpiMutex *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_MUTEX (self), 0);

  return self->count;
}

/**
 * ompi_obj_mutex_free:
 * @self: a mutex
 * @error: return location for a #GError
 *
 * Frees the mutex. Collective. A rank that holds it gives it back first, so that others that still wait for it
 * come here too. The object stays valid, and its methods give [error@Mpi.Error.win].
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_mutex_free (MpiMutex *self, GError **error)
{
  MUTEX_ENTER (self, error);
  return (self->count == 0 || mutex_hand_over (self, error)) && sync_cells_free (&self->cells, error);
}

/**
 * MpiMutexLocker: (skip)
 *
 * A mutex that is held until the end of a scope: for `g_autoptr (MpiMutexLocker)`, like GLib's `GMutexLocker`.
 * Other languages have ways of their own.
 *
 * Since: 1.0
 */

/**
 * ompi_obj_mutex_locker_new: (skip)
 * @mutex: a mutex
 * @error: return location for a #GError
 *
 * Locks a mutex, which is unlocked when the locker is freed: by g_autoptr() at the end of the scope, or before that by
 * g_clear_pointer() with ompi_obj_mutex_locker_free().
 *
 * Errors: as of [method@Mpi.Mutex.lock].
 *
 * Returns: (transfer full): the locker; %NULL on error
 *
 * Since: 1.0
 */
MpiMutexLocker *
ompi_obj_mutex_locker_new (MpiMutex *mutex, GError **error)
{
  return ompi_obj_mutex_lock (mutex, error) ? (MpiMutexLocker *) g_object_ref (mutex) : NULL;
}

/**
 * ompi_obj_mutex_locker_free: (skip)
 * @locker: (transfer full): a locker
 *
 * Unlocks the mutex. If that fails, say because the mutex was unlocked by hand, there is a warning.
 *
 * Since: 1.0
 */
void
ompi_obj_mutex_locker_free (MpiMutexLocker *locker)
{
  g_autoptr (MpiMutex) mutex = OMPI_OBJ_MUTEX (locker);
  g_autoptr (GError) error = NULL;

  if (!ompi_obj_mutex_unlock (mutex, &error))
    sync_report_locker (error);
}
