/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/sequential.h>

#include "comm-private.h"
#include "sync-cells-private.h"

/**
 * MpiSequential:
 *
 * A part of a program that the ranks go through one after the other, in their order: to print, say, or to
 * append to a file.
 *
 * ```c
 * g_autoptr (MpiSequentialLocker) locker = ompi_obj_sequential_locker_new (sequential, error);
 *
 * if (locker == NULL)
 *   return FALSE;
 * g_print ("rank %d is here\n", rank);
 * ```
 *
 * Each rank waits for a message of the one before it, and sends one to the one behind it at the end. Every rank must go
 * through the part, or those behind it wait. Ranks that go through it a second time are in order among themselves
 * again, but the first of them does not wait until the last has come through the first time; a barrier
 * between the two sees to that.
 *
 * The messages are those of the communicator, with a tag that the program must not use otherwise. So there
 * is nothing to free.
 *
 * What mpi4py has as `mpi4py.util.sync.Sequential`.
 *
 * Since: 1.0
 */
struct _MpiSequential
{
  GObject parent_instance;

  MpiComm *comm;
  gint tag;
  gboolean is_inside;
};

G_DEFINE_FINAL_TYPE (MpiSequential, ompi_obj_sequential, G_TYPE_OBJECT)

static void
sequential_finalize (GObject *object)
{
  g_object_unref (OMPI_OBJ_SEQUENTIAL (object)->comm);

  G_OBJECT_CLASS (ompi_obj_sequential_parent_class)->finalize (object);
}

static void
ompi_obj_sequential_class_init (MpiSequentialClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sequential_finalize;
}

static void
ompi_obj_sequential_init (G_GNUC_UNUSED MpiSequential *self)
{
}

/**
 * ompi_obj_sequential_new: (constructor)
 * @comm: the ranks, of one group
 * @tag: the tag of the messages between them, the same on every rank
 * @error: return location for a #GError
 *
 * Makes a sequential section. Sends nothing yet.
 *
 * Errors: [error@Mpi.Error.tag] if @tag is none, [error@Mpi.Error.comm] if @comm was freed or is an
 * intercommunicator.
 *
 * Returns: (transfer full): a new section; %NULL on error
 *
 * Since: 1.0
 */
MpiSequential *
ompi_obj_sequential_new (MpiComm *comm, gint tag, GError **error)
{
  MpiSequential *self;

  g_return_val_if_fail (comm_check_type (comm), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!sync_check_comm (comm, G_STRFUNC, error) || !ompi_obj_comm_check_tag (tag, G_STRFUNC, error))
    return NULL;
  self = g_object_new (OMPI_OBJ_TYPE_SEQUENTIAL, NULL);
  self->comm = g_object_ref (comm);
  self->tag = tag;
  return self;
}

/* The guard of the methods; the rank is in the section or it is not. */
static gboolean
sequential_check (MpiSequential *self, gboolean is_inside, const char *function, GError **error)
{
  if (!comm_check (self->comm, function, error))
    return FALSE;
  if (self->is_inside == is_inside)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function,
                      is_inside ? "rank %d has not begun" : "rank %d has begun before, and must end first",
                      self->comm->handle->rank);
  return FALSE;
}

#define NOTHING OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE)

/**
 * ompi_obj_sequential_begin:
 * @self: a section
 * @error: return location for a #GError
 *
 * Waits until the rank before this one has ended. Rank 0 does not wait.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the calling rank has begun already, [error@Mpi.Error.comm] if the
 * communicator was freed.
 *
 * Returns: %TRUE when it is the turn of the calling rank
 *
 * Since: 1.0
 */
gboolean
ompi_obj_sequential_begin (MpiSequential *self, GError **error)
{
  gint rank;

  g_return_val_if_fail (OMPI_OBJ_IS_SEQUENTIAL (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!sequential_check (self, FALSE, G_STRFUNC, error))
    return FALSE;
  rank = self->comm->handle->rank;
  if (rank > 0 && !ompi_obj_comm_recv (self->comm, NOTHING, rank - 1, self->tag, NULL, error))
    return FALSE;
  self->is_inside = TRUE;
  return TRUE;
}

/**
 * ompi_obj_sequential_end:
 * @self: a section that the calling rank is in
 * @error: return location for a #GError
 *
 * Lets the next rank begin.
 *
 * Errors: [error@Mpi.Error.rma_sync] if the calling rank has not begun, [error@Mpi.Error.comm] if the communicator was
 * freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_sequential_end (MpiSequential *self, GError **error)
{
  gint next;

  g_return_val_if_fail (OMPI_OBJ_IS_SEQUENTIAL (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!sequential_check (self, TRUE, G_STRFUNC, error))
    return FALSE;
  self->is_inside = FALSE;
  next = self->comm->handle->rank + 1;
  return next == self->comm->handle->size || ompi_obj_comm_send (self->comm, NOTHING, next, self->tag, error);
}

/**
 * MpiSequentialLocker: (skip)
 *
 * A sequential section that ends with a scope: for `g_autoptr (MpiSequentialLocker)`, as
 * [struct@Mpi.MutexLocker].
 *
 * Since: 1.0
 */

/**
 * ompi_obj_sequential_locker_new: (skip)
 * @sequential: a section
 * @error: return location for a #GError
 *
 * Waits for the turn of the calling rank, which ends when the locker is freed.
 *
 * Errors: as of [method@Mpi.Sequential.begin].
 *
 * Returns: (transfer full): the locker; %NULL on error
 *
 * Since: 1.0
 */
MpiSequentialLocker *
ompi_obj_sequential_locker_new (MpiSequential *sequential, GError **error)
{
  return ompi_obj_sequential_begin (sequential, error) ? (MpiSequentialLocker *) g_object_ref (sequential) : NULL;
}

/**
 * ompi_obj_sequential_locker_free: (skip)
 * @locker: (transfer full): a locker
 *
 * Ends the turn. If that fails, say because it was ended by hand, there is a warning.
 *
 * Since: 1.0
 */
void
ompi_obj_sequential_locker_free (MpiSequentialLocker *locker)
{
  g_autoptr (MpiSequential) sequential = OMPI_OBJ_SEQUENTIAL (locker);
  g_autoptr (GError) error = NULL;

  if (!ompi_obj_sequential_end (sequential, &error))
    sync_report_locker (error);
}
