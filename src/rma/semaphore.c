/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/semaphore.h>

#include "comm-agreement-private.h"
#include "wait-queue-private.h"

/**
 * MpiSemaphore:
 *
 * A number of things that ranks take and give back, such as the right to read a file: as many ranks as the number
 * says have one at a time, and others wait until they get it, in the order in which they asked.
 *
 * In C, a [struct@Mpi.SemaphoreLocker] gives one back at the end of the scope:
 *
 * ```c
 * g_autoptr (MpiSemaphoreLocker) locker = ompi_obj_semaphore_locker_new (readers, error);
 *
 * return locker != NULL && read_file (error);
 * ```
 *
 * A rank may take several, and one rank may give back what another has taken. A bounded semaphore never
 * has more than it was made with.
 *
 * What is said about threads, progress and unfreed objects at [class@Mpi.Mutex] holds here too.
 *
 * What mpi4py has as `mpi4py.util.sync.Semaphore`.
 *
 * Since: 1.0
 */
struct _MpiSemaphore
{
  GObject parent_instance;

  WaitQueue queue;
  gint64 limit;
};

G_DEFINE_FINAL_TYPE (MpiSemaphore, ompi_obj_semaphore, G_TYPE_OBJECT)

/* How many are there; negative: how many ranks wait for one. */
#define CELL_VALUE 0
#define N_CELLS 1

#define SEMAPHORE_ENTER(self, error) \
  SYNC_ENTER (self, OMPI_OBJ_IS_SEMAPHORE, &self->queue.cells, "semaphore", error, FALSE)

static void
semaphore_finalize (GObject *object)
{
  sync_cells_clear (&OMPI_OBJ_SEMAPHORE (object)->queue.cells);

  G_OBJECT_CLASS (ompi_obj_semaphore_parent_class)->finalize (object);
}

static void
ompi_obj_semaphore_class_init (MpiSemaphoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semaphore_finalize;
}

static void
ompi_obj_semaphore_init (MpiSemaphore *self)
{
  self->queue.n_before = N_CELLS;
}

/**
 * ompi_obj_semaphore_new: (constructor)
 * @value: how many there are; the same on every rank
 * @bounded: whether there may never be more; the same on every rank
 * @info: (nullable): hints for the window, as of [ctor@Mpi.Win.allocate]
 * @comm: the ranks that share it, of one group
 * @error: return location for a #GError
 *
 * Makes a semaphore. Collective.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if @value is negative, [error@Mpi.Error.not_same] if the ranks differ
 * in @value or @bounded, [error@Mpi.Error.info] if the @info of one was freed, and what [ctor@Mpi.Win.allocate] gives;
 * [error@Mpi.Error.comm] if @comm was freed or is an intercommunicator.
 *
 * Returns: (transfer full): a new semaphore; %NULL on error
 *
 * Since: 1.0
 */
MpiSemaphore *
ompi_obj_semaphore_new (gint value, gboolean bounded, MpiInfo *info, MpiComm *comm, GError **error)
{
  g_autoptr (MpiSemaphore) self = NULL;
  GError *obstacle = NULL;
  SyncPlan plan = { .first = value, .has_messages = TRUE, .argument = "value", .value = value };

  g_return_val_if_fail (comm_check_type (comm), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!sync_check_comm (comm, G_STRFUNC, error)
      || !ompi_obj_comm_consent (comm, NULL, "bounded", !!bounded, G_STRFUNC, error))
    return NULL;
  if (value < 0)
    ompi_obj_error_report_number (G_STRFUNC, OMPI_OBJ_ERROR_ARG, "value", -1, value, "but must not be negative",
                                  &obstacle);
  self = g_object_new (OMPI_OBJ_TYPE_SEMAPHORE, NULL);
  self->limit = bounded ? value : G_MAXINT64;
  plan.n_cells = wait_queue_count_cells (N_CELLS, comm->handle->size);
  return sync_cells_init (&self->queue.cells, &plan, info, comm, obstacle, G_STRFUNC, error) ? g_steal_pointer (&self)
                                                                                             : NULL;
}

/**
 * ompi_obj_semaphore_acquire:
 * @self: a semaphore
 * @error: return location for a #GError
 *
 * Takes one, or waits until another rank gives one back for it.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE when the calling rank has one
 *
 * Since: 1.0
 */
gboolean
ompi_obj_semaphore_acquire (MpiSemaphore *self, GError **error)
{
  gint64 value;

  SEMAPHORE_ENTER (self, error);
  return sync_cells_add (&self->queue.cells, CELL_VALUE, -1, &value, error)
         && (value > 0 || (wait_queue_join (&self->queue, error) && wait_queue_sleep (&self->queue, error)));
}

/**
 * ompi_obj_semaphore_try_acquire:
 * @self: a semaphore
 * @error: return location for a #GError
 *
 * Takes one if there is one; does not wait.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE if the calling rank has one now; %FALSE without an error if there is none
 *
 * Since: 1.0
 */
gboolean
ompi_obj_semaphore_try_acquire (MpiSemaphore *self, GError **error)
{
  gint64 expected;
  gint64 value;

  SEMAPHORE_ENTER (self, error);
  if (!sync_cells_read (&self->queue.cells, CELL_VALUE, &value, error))
    return FALSE;
  while (value > 0)
    {
      expected = value;
      if (!sync_cells_compare_and_swap (&self->queue.cells, CELL_VALUE, expected, expected - 1, &value, error))
        return FALSE;
      if (value == expected)
        return TRUE;
    }
  return FALSE;
}

/* Of a value of less than 0, those that are given at once to ranks that wait. */
static gboolean
semaphore_check_limit (const MpiSemaphore *self, gint64 value, gint n, const char *function, GError **error)
{
  const gint64 there = MAX (value, 0);

  if (n <= self->limit - there)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function,
                      "%d are given back, but %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " are there already", n, there,
                      self->limit);
  return FALSE;
}

/**
 * ompi_obj_semaphore_release:
 * @self: a semaphore
 * @n: how many to give back, 1 or more
 * @error: return location for a #GError
 *
 * Gives back one or several, to the ranks that have waited longest or for those to come.
 *
 * Errors, and nothing is given back: [error@Mpi.Error.arg] if @n is less than 1, [error@Mpi.Error.rma_sync] if a
 * bounded semaphore would have more than it was made with, [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_semaphore_release (MpiSemaphore *self, gint n, GError **error)
{
  gint64 expected;
  gint64 value;

  SEMAPHORE_ENTER (self, error);
  if (n < 1)
    return ompi_obj_error_report_number (G_STRFUNC, OMPI_OBJ_ERROR_ARG, "n", -1, n, "but must be 1 or more", error);
  if (!sync_cells_read (&self->queue.cells, CELL_VALUE, &value, error))
    return FALSE;
  do
    {
      expected = value;
      if (!semaphore_check_limit (self, value, n, G_STRFUNC, error)
          || !sync_cells_compare_and_swap (&self->queue.cells, CELL_VALUE, expected, expected + n, &value, error))
        return FALSE;
    }
  while (value != expected);
  return wait_queue_wake (&self->queue, CLAMP (-value, 0, n), error);
}

/**
 * ompi_obj_semaphore_free:
 * @self: a semaphore that nobody waits for
 * @error: return location for a #GError
 *
 * Frees the semaphore's memory. Collective. The object stays valid, and its methods give [error@Mpi.Error.win].
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_semaphore_free (MpiSemaphore *self, GError **error)
{
  SEMAPHORE_ENTER (self, error);
  return sync_cells_free (&self->queue.cells, error);
}

/**
 * MpiSemaphoreLocker: (skip)
 *
 * One of a semaphore that is held until the end of a scope: for `g_autoptr (MpiSemaphoreLocker)`, as
 * [struct@Mpi.MutexLocker].
 *
 * Since: 1.0
 */

/**
 * ompi_obj_semaphore_locker_new: (skip)
 * @semaphore: a semaphore
 * @error: return location for a #GError
 *
 * Takes one of a semaphore, which is given back when the locker is freed.
 *
 * Errors: as of [method@Mpi.Semaphore.acquire].
 *
 * Returns: (transfer full): the locker; %NULL on error
 *
 * Since: 1.0
 */
MpiSemaphoreLocker *
ompi_obj_semaphore_locker_new (MpiSemaphore *semaphore, GError **error)
{
  return ompi_obj_semaphore_acquire (semaphore, error) ? (MpiSemaphoreLocker *) g_object_ref (semaphore) : NULL;
}

/**
 * ompi_obj_semaphore_locker_free: (skip)
 * @locker: (transfer full): a locker
 *
 * Gives one back to the semaphore. If that fails, say because it was given back by hand, there is a warning.
 *
 * Since: 1.0
 */
void
ompi_obj_semaphore_locker_free (MpiSemaphoreLocker *locker)
{
  g_autoptr (MpiSemaphore) semaphore = OMPI_OBJ_SEMAPHORE (locker);
  g_autoptr (GError) error = NULL;

  if (!ompi_obj_semaphore_release (semaphore, 1, &error))
    sync_report_locker (error);
}
