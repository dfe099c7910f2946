/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/counter.h>

#include "sync-cells-private.h"

/**
 * MpiCounter:
 *
 * A number that all ranks count up together: each call of [method@Mpi.Counter.next] gives a value that no
 * other call gives, on whatever rank. Ranks that take their work by such numbers share it by how fast they are:
 *
 * ```c
 * g_autoptr (MpiCounter) counter = ompi_obj_counter_new (0, 1, 0, NULL, comm, &error);
 * gint64 task;
 *
 * while (ompi_obj_counter_next (counter, &task, &error) && task < n_tasks)
 *   work_on (task);
 * ompi_obj_counter_free (counter, &error);
 * ```
 *
 * One rank holds the number in its memory. It has nothing to do for the others, but many MPIs, MPICH on UCX among
 * them, change its memory only while it is in some call of MPI itself: the others wait while it computes.
 *
 * A counter is freed by [method@Mpi.Counter.free] on all ranks. One whose last reference goes before that
 * warns, and its memory lasts until MPI is finalized.
 *
 * What mpi4py has as `mpi4py.util.sync.Counter`; made of `MPI_Fetch_and_op` (MPI-4.0, section 12.3.4).
 *
 * Since: 1.0
 */
struct _MpiCounter
{
  GObject parent_instance;

  SyncCells cells;
  gint64 step;
};

G_DEFINE_FINAL_TYPE (MpiCounter, ompi_obj_counter, G_TYPE_OBJECT)

#define CELL_VALUE 0

#define COUNTER_ENTER(self, error) SYNC_ENTER (self, OMPI_OBJ_IS_COUNTER, &self->cells, "counter", error, FALSE)

static void
counter_finalize (GObject *object)
{
  sync_cells_clear (&OMPI_OBJ_COUNTER (object)->cells);

  G_OBJECT_CLASS (ompi_obj_counter_parent_class)->finalize (object);
}

static void
ompi_obj_counter_class_init (MpiCounterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = counter_finalize;
}

static void
ompi_obj_counter_init (G_GNUC_UNUSED MpiCounter *self)
{
}

/**
 * ompi_obj_counter_new: (constructor)
 * @start: the first value; it matters at @root only
 * @step: by how much each [method@Mpi.Counter.next] of the calling rank counts up; negative: down
 * @root: the rank that holds the number, the same on every rank
 * @info: (nullable): hints for the window, as of [ctor@Mpi.Win.allocate]
 * @comm: the ranks that count, of one group
 * @error: return location for a #GError
 *
 * Makes a counter. Collective.
 *
 * Errors, on every rank: [error@Mpi.Error.root] if @root is no rank of @comm, [error@Mpi.Error.not_same] if the
 * ranks differ in @root, [error@Mpi.Error.info] if the @info of one was freed, and what
 * [ctor@Mpi.Win.allocate] gives; [error@Mpi.Error.comm] if @comm was freed or is an intercommunicator.
 *
 * Returns: (transfer full): a new counter; %NULL on error
 *
 * Since: 1.0
 */
MpiCounter *
ompi_obj_counter_new (gint64 start, gint64 step, gint root, MpiInfo *info, MpiComm *comm, GError **error)
{
  const SyncPlan plan = { .owner = root, .n_cells = 1, .first = start, .argument = "root", .value = root };
  g_autoptr (MpiCounter) self = NULL;
  GError *obstacle = NULL;

  g_return_val_if_fail (comm_check_type (comm), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!sync_check_comm (comm, G_STRFUNC, error))
    return NULL;
  if (root < 0 || root >= comm->handle->size)
    ompi_obj_error_set (&obstacle, OMPI_OBJ_ERROR_ROOT, G_STRFUNC, "root is %d, but the communicator has ranks 0 to %d",
                        root, comm->handle->size - 1);
  self = g_object_new (OMPI_OBJ_TYPE_COUNTER, NULL);
  self->step = step;
  return sync_cells_init (&self->cells, &plan, info, comm, obstacle, G_STRFUNC, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ompi_obj_counter_next:
 * @self: a counter
 * @value: (out): the value
 * @error: return location for a #GError
 *
 * Gives the present value, and counts up by the step of the calling rank.
 *
 * Behind the largest 64-bit number comes the smallest: the sum wraps around.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_counter_next (MpiCounter *self, gint64 *value, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);
  COUNTER_ENTER (self, error);
  return sync_cells_add (&self->cells, CELL_VALUE, self->step, value, error);
}

/**
 * ompi_obj_counter_add:
 * @self: a counter
 * @increment: what to add; 0 only looks at the value
 * @previous: (out) (optional): the value before
 * @error: return location for a #GError
 *
 * Gives the present value, and counts up by a number other than the step. A rank can take several values
 * at once so: with an @increment of 10, those from @previous to @previous + 9.
 *
 * Behind the largest 64-bit number comes the smallest: the sum wraps around.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_counter_add (MpiCounter *self, gint64 increment, gint64 *previous, GError **error)
{
  gint64 unwanted;

  COUNTER_ENTER (self, error);
  return sync_cells_add (&self->cells, CELL_VALUE, increment, previous != NULL ? previous : &unwanted, error);
}

/**
 * ompi_obj_counter_free:
 * @self: a counter
 * @error: return location for a #GError
 *
 * Frees the counter's memory. Collective. The object stays valid, and its methods give
 * [error@Mpi.Error.win].
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_counter_free (MpiCounter *self, GError **error)
{
  COUNTER_ENTER (self, error);
  return sync_cells_free (&self->cells, error);
}
