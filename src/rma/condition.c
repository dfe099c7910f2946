/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/condition.h>

#include "mutex-private.h"
#include "wait-queue-private.h"

/**
 * MpiCondition:
 *
 * Where ranks wait until another one has changed something, such as the length of a list in a window. A
 * condition belongs to a [class@Mpi.Mutex], which protects what is waited for: whoever waits holds it, gives it away
 * while it waits, and has it again when [method@Mpi.Condition.wait] returns.
 *
 * ```c
 * g_autoptr (MpiConditionLocker) locker = ompi_obj_condition_locker_new (condition, error);
 *
 * if (locker == NULL || !ompi_obj_condition_wait_for (condition, list_has_entries, list, error))
 *   return FALSE;
 * return list_take (list, error);
 * ```
 *
 * and on the rank that changes the list, with the mutex held as well:
 *
 * ```c
 * list_append (list, entry, error) && ompi_obj_condition_notify (condition, 1, error) >= 0
 * ```
 *
 * Ranks are woken in the order in which they began to wait, and only by [method@Mpi.Condition.notify] and
 * [method@Mpi.Condition.notify_all]. Before one that was woken has the mutex, others may have had it and changed things
 * again, so it must look.
 *
 * What is said about threads, progress and unfreed objects at [class@Mpi.Mutex] holds here too.
 *
 * What mpi4py has as `mpi4py.util.sync.Condition`.
 *
 * Since: 1.0
 */
struct _MpiCondition
{
  GObject parent_instance;

  WaitQueue queue;
  MpiMutex *mutex;
  gboolean owns_mutex; /* it was made with the condition, and is freed with it */
};

G_DEFINE_FINAL_TYPE (MpiCondition, ompi_obj_condition, G_TYPE_OBJECT)

#define CONDITION_ENTER(self, error, failed) \
  SYNC_ENTER (self, OMPI_OBJ_IS_CONDITION, &self->queue.cells, "condition", error, failed)

static void
condition_finalize (GObject *object)
{
  MpiCondition *self = OMPI_OBJ_CONDITION (object);

  sync_cells_clear (&self->queue.cells);
  g_clear_object (&self->mutex);

  G_OBJECT_CLASS (ompi_obj_condition_parent_class)->finalize (object);
}

static void
ompi_obj_condition_class_init (MpiConditionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = condition_finalize;
}

static void
ompi_obj_condition_init (G_GNUC_UNUSED MpiCondition *self)
{
}

/* The ranks of a mutex are those of its own communicator. */
static MpiCondition *
condition_new (MpiMutex *mutex, gboolean owns_mutex, MpiInfo *info, const char *function, GError **error)
{
  const SyncPlan plan = { .n_cells = wait_queue_count_cells (0, mutex->cells.size), .has_messages = TRUE };
  g_autoptr (MpiCondition) self = g_object_new (OMPI_OBJ_TYPE_CONDITION, NULL);

  self->mutex = g_object_ref (mutex);
  self->owns_mutex = owns_mutex;
  if (!sync_cells_init (&self->queue.cells, &plan, info, mutex->cells.comm, NULL, function, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ompi_obj_condition_new: (constructor)
 * @recursive: whether a rank that holds its mutex may lock it again; the same on every rank
 * @info: (nullable): hints for the windows, as of [ctor@Mpi.Win.allocate]
 * @comm: the ranks that share it, of one group
 * @error: return location for a #GError
 *
 * Makes a condition and a mutex for it, which is freed with it. Collective.
 *
 * Errors: as of [ctor@Mpi.Mutex.new].
 *
 * Returns: (transfer full): a new condition; %NULL on error
 *
 * Since: 1.0
 */
MpiCondition *
ompi_obj_condition_new (gboolean recursive, MpiInfo *info, MpiComm *comm, GError **error)
{
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (recursive, info, comm, error);

  return mutex != NULL ? condition_new (mutex, TRUE, info, G_STRFUNC, error) : NULL;
}

/**
 * ompi_obj_condition_new_for_mutex: (constructor)
 * @mutex: a mutex, which may have other conditions too
 * @info: (nullable): hints for the window, as of [ctor@Mpi.Win.allocate]
 * @error: return location for a #GError
 *
 * Makes a condition that belongs to a mutex which exists already, and must not be freed before it. Collective over
 * the ranks of the mutex.
 *
 * Errors, on every rank: [error@Mpi.Error.win] if @mutex was freed, [error@Mpi.Error.info] if the @info of one was
 * freed, and what [ctor@Mpi.Win.allocate] gives.
 *
 * Returns: (transfer full): a new condition; %NULL on error
 *
 * Since: 1.0
 */
MpiCondition *
ompi_obj_condition_new_for_mutex (MpiMutex *mutex, MpiInfo *info, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_MUTEX (mutex), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!sync_cells_check (&mutex->cells, "mutex", G_STRFUNC, error))
    return NULL;
  return condition_new (mutex, FALSE, info, G_STRFUNC, error);
}

/**
 * ompi_obj_condition_get_mutex:
 * @self: a condition
 *
 * Gets the mutex that the condition belongs to.
 *
 * Returns: (transfer none): the mutex
 *
 * Since: 1.0
 */
MpiMutex *
ompi_obj_condition_get_mutex (MpiCondition *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_CONDITION (self), NULL);

  return self->mutex;
}

/**
 * ompi_obj_condition_lock:
 * @self: a condition
 * @error: return location for a #GError
 *
 * Locks the condition's mutex: [method@Mpi.Mutex.lock].
 *
 * Errors: as there, and [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE when the calling rank holds the mutex
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_lock (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, FALSE);
  return ompi_obj_mutex_lock (self->mutex, error);
}

/**
 * ompi_obj_condition_trylock:
 * @self: a condition
 * @error: return location for a #GError
 *
 * Locks the condition's mutex if nobody holds it: [method@Mpi.Mutex.trylock].
 *
 * Errors: as there, and [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE if the calling rank holds the mutex now; %FALSE without an error if another one does
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_trylock (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, FALSE);
  return ompi_obj_mutex_trylock (self->mutex, error);
}

/**
 * ompi_obj_condition_unlock:
 * @self: a condition
 * @error: return location for a #GError
 *
 * Unlocks the condition's mutex: [method@Mpi.Mutex.unlock].
 *
 * Errors: as there, and [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_unlock (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, FALSE);
  return ompi_obj_mutex_unlock (self->mutex, error);
}

/**
 * ompi_obj_condition_locked:
 * @self: a condition
 *
 * Tells whether the calling rank holds the condition's mutex.
 *
 * Returns: %TRUE if it does
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_locked (MpiCondition *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_CONDITION (self), FALSE);

  return ompi_obj_mutex_locked (self->mutex);
}

/* With the mutex given away or not, the calling rank has it again as often as before. */
static gboolean
condition_sleep (MpiCondition *self, GError **error)
{
  const guint count = self->mutex->count;

  if (!mutex_hand_over (self->mutex, error))
    return FALSE;
  if (wait_queue_sleep (&self->queue, error))
    return mutex_take (self->mutex, count, error);
  mutex_take (self->mutex, count, NULL);
  return FALSE;
}

/**
 * ompi_obj_condition_wait:
 * @self: a condition whose mutex the calling rank holds
 * @error: return location for a #GError
 *
 * Gives the mutex away, however often it was locked, waits until another rank notifies this one, and waits until
 * it holds the mutex again, as often as before.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the calling rank does not hold the mutex, [error@Mpi.Error.win] if
 * the condition or its mutex was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_wait (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, FALSE);
  return sync_cells_check (&self->mutex->cells, "mutex", G_STRFUNC, error)
         && mutex_check_held (self->mutex, G_STRFUNC, error) && wait_queue_join (&self->queue, error)
         && condition_sleep (self, error);
}

/**
 * ompi_obj_condition_wait_for:
 * @self: a condition whose mutex the calling rank holds
 * @predicate: (scope call): whether what is waited for is there
 * @user_data: passed to @predicate
 * @error: return location for a #GError
 *
 * Waits until something is true: asks @predicate, with the mutex held, and again after each
 * [method@Mpi.Condition.wait]. If it is true from the start, this does not wait.
 *
 * Errors: as of [method@Mpi.Condition.wait].
 *
 * Returns: %TRUE when @predicate was
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_wait_for (MpiCondition *self, MpiPredicateFunc predicate, gpointer user_data, GError **error)
{
  g_return_val_if_fail (predicate != NULL, FALSE);
  CONDITION_ENTER (self, error, FALSE);

  if (!mutex_check_held (self->mutex, G_STRFUNC, error))
    return FALSE;
  while (!predicate (user_data))
    if (!ompi_obj_condition_wait (self, error))
      return FALSE;
  return TRUE;
}

/* The length of the queue does not change while this rank holds the mutex. */
static gint
condition_notify (MpiCondition *self, gint64 n, const char *function, GError **error)
{
  gint64 length;

  if (!mutex_check_held (self->mutex, function, error) || !wait_queue_get_length (&self->queue, &length, error)
      || !wait_queue_wake (&self->queue, MIN (n, length), error))
    return -1;
  return (gint) MIN (n, length);
}

/**
 * ompi_obj_condition_notify:
 * @self: a condition whose mutex the calling rank holds
 * @n: how many to wake at most
 * @error: return location for a #GError
 *
 * Wakes the ranks that have waited longest. They go on when this rank has given the mutex away. If fewer than @n
 * wait, nothing is kept for later ones.
 *
 * Errors: [error@Mpi.Error.arg] if @n is negative, [error@Mpi.Error.rma_sync] if the calling rank does not hold the
 * mutex, [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: how many ranks were woken; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_condition_notify (MpiCondition *self, gint n, GError **error)
{
  CONDITION_ENTER (self, error, -1);
  if (n < 0)
    {
      ompi_obj_error_report_number (G_STRFUNC, OMPI_OBJ_ERROR_ARG, "n", -1, n, "but must not be negative", error);
      return -1;
    }
  return condition_notify (self, n, G_STRFUNC, error);
}

/**
 * ompi_obj_condition_notify_all:
 * @self: a condition whose mutex the calling rank holds
 * @error: return location for a #GError
 *
 * Wakes all ranks that wait. They go on one after the other, when this rank has given the mutex away.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the calling rank does not hold the mutex, [error@Mpi.Error.win] if @self
 * was freed.
 *
 * Returns: how many ranks were woken; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_condition_notify_all (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, -1);
  return condition_notify (self, G_MAXINT64, G_STRFUNC, error);
}

/**
 * ompi_obj_condition_free:
 * @self: a condition that nobody waits for
 * @error: return location for a #GError
 *
 * Frees the condition, and its mutex if that was made with it, which a rank that holds it gives back first.
 * Collective. The object stays valid, and its methods give [error@Mpi.Error.win].
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_condition_free (MpiCondition *self, GError **error)
{
  CONDITION_ENTER (self, error, FALSE);
  return (!self->owns_mutex || ompi_obj_mutex_free (self->mutex, error)) && sync_cells_free (&self->queue.cells, error);
}

/**
 * MpiConditionLocker: (skip)
 *
 * The mutex of a condition that is held until the end of a scope: for `g_autoptr (MpiConditionLocker)`, as
 * [struct@Mpi.MutexLocker].
 *
 * Since: 1.0
 */

/**
 * ompi_obj_condition_locker_new: (skip)
 * @condition: a condition
 * @error: return location for a #GError
 *
 * Locks a condition's mutex, which is unlocked when the locker is freed.
 *
 * Errors: as of [method@Mpi.Condition.lock].
 *
 * Returns: (transfer full): the locker; %NULL on error
 *
 * Since: 1.0
 */
MpiConditionLocker *
ompi_obj_condition_locker_new (MpiCondition *condition, GError **error)
{
  return ompi_obj_condition_lock (condition, error) ? (MpiConditionLocker *) g_object_ref (condition) : NULL;
}

/**
 * ompi_obj_condition_locker_free: (skip)
 * @locker: (transfer full): a locker
 *
 * Unlocks the mutex. If that fails, say because it was unlocked by hand, there is a warning.
 *
 * Since: 1.0
 */
void
ompi_obj_condition_locker_free (MpiConditionLocker *locker)
{
  g_autoptr (MpiCondition) condition = OMPI_OBJ_CONDITION (locker);
  g_autoptr (GError) error = NULL;

  if (!ompi_obj_condition_unlock (condition, &error))
    sync_report_locker (error);
}
