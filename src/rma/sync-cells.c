/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-agreement-private.h"
#include "info-private.h"
#include "sync-cells-private.h"

#define MAX_UNUSED_CELLS 8

gboolean
sync_check_comm (MpiComm *comm, const char *function, GError **error)
{
  if (!comm_check (comm, function, error))
    return FALSE;
  if (!comm->handle->is_inter)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function,
                      "comm is an intercommunicator, but it takes the ranks of one group; merge makes one of two");
  return FALSE;
}

gboolean
sync_cells_free (SyncCells *self, GError **error)
{
  if (!ompi_obj_win_unlock_all (self->win, error) || !ompi_obj_win_free (self->win, error))
    return FALSE;
  sync_cells_clear (self);
  return TRUE;
}

void
sync_cells_clear (SyncCells *self)
{
  g_clear_object (&self->win);
  g_clear_object (&self->comm);
}

gboolean
sync_cells_check (const SyncCells *self, const char *what, const char *function, GError **error)
{
  if (G_LIKELY (self->win != NULL && environment_is_active ()))
    return TRUE;
  if (self->win != NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, function, "MPI has been finalized");
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_WIN, function, "the %s was freed", what);
  return FALSE;
}

static gboolean
sync_cells_fetch (const SyncCells *self, gint64 cell, gint64 operand, MpiOp *op, gint64 *previous, GError **error)
{
  return ompi_obj_win_fetch_and_op (self->win, OMPI_OBJ_DATA (&operand, 1), OMPI_OBJ_DATA (previous, 1),
                                    OMPI_OBJ_TARGET (self->owner, cell), op, error)
         && ompi_obj_win_flush (self->win, self->owner, error);
}

gboolean
sync_cells_read (const SyncCells *self, gint64 cell, gint64 *value, GError **error)
{
  return sync_cells_fetch (self, cell, 0, OMPI_OBJ_NO_OP, value, error);
}

gboolean
sync_cells_add (const SyncCells *self, gint64 cell, gint64 increment, gint64 *previous, GError **error)
{
  return sync_cells_fetch (self, cell, increment, OMPI_OBJ_SUM, previous, error);
}

gboolean
sync_cells_swap (const SyncCells *self, gint64 cell, gint64 value, gint64 *previous, GError **error)
{
  return sync_cells_fetch (self, cell, value, OMPI_OBJ_REPLACE, previous, error);
}

gboolean
sync_cells_compare_and_swap (const SyncCells *self,
                             gint64 cell,
                             gint64 expected,
                             gint64 value,
                             gint64 *previous,
                             GError **error)
{
  return ompi_obj_win_compare_and_swap (self->win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_DATA (&expected, 1),
                                        OMPI_OBJ_DATA (previous, 1), OMPI_OBJ_TARGET (self->owner, cell), error)
         && ompi_obj_win_flush (self->win, self->owner, error);
}

/*
 * The window is in one epoch from here on: nobody locks any of it for himself alone, so it need not be locked again.
 * Its memory is zero at first.
 */
static gboolean
sync_cells_open (SyncCells *self, const SyncPlan *plan, GError **error)
{
  gint64 zero;

  return ompi_obj_win_lock_all (self->win, OMPI_OBJ_RMA_ASSERT_NOCHECK, error)
         && (self->rank != self->owner || plan->first == 0 || sync_cells_swap (self, 0, plan->first, &zero, error));
}

static gboolean
sync_cells_make (SyncCells *self,
                 const SyncPlan *plan,
                 MpiInfo *info,
                 MpiComm *comm,
                 const char *function,
                 GError **error)
{
  /* Where all ranks have the same memory, a window finds its targets faster; but not at the price of much of it. */
  const gboolean has_cells = self->rank == self->owner || plan->n_cells <= MAX_UNUSED_CELLS;
  const gint64 n_bytes = has_cells ? plan->n_cells * (gint64) sizeof (gint64) : 0;
  MPI_Comm copy;

  self->win = ompi_obj_win_allocate (n_bytes, sizeof (gint64), info, comm, error);
  if (self->win == NULL)
    return FALSE;
  if (plan->has_messages)
    {
      /* Of the library's own class: what the program's does is for the messages of the program. */
      if (!check_mpi (error, function, MPI_Comm_dup (COMM_HANDLE (comm), &copy)))
        return FALSE;
      self->comm = ompi_obj_comm_new_owned (copy, OMPI_OBJ_TYPE_INTRACOMM, error);
      if (self->comm == NULL)
        return FALSE;
    }
  return sync_cells_open (self, plan, error);
}

gboolean
sync_cells_init (SyncCells *self,
                 const SyncPlan *plan,
                 MpiInfo *info,
                 MpiComm *comm,
                 GError *obstacle,
                 const char *function,
                 GError **error)
{
  GError *trouble = obstacle;

  self->rank = comm->handle->rank;
  self->size = comm->handle->size;
  self->owner = plan->owner;
  if (trouble == NULL)
    ompi_obj_info_check (info, function, &trouble);
  if (!ompi_obj_comm_consent (comm, trouble, plan->argument, plan->value, function, error))
    return FALSE;

  trouble = NULL;
  sync_cells_make (self, plan, info, comm, function, &trouble);
  if (ompi_obj_comm_consent (comm, trouble, NULL, 0, function, error))
    return TRUE;
  sync_cells_clear (self);
  return FALSE;
}

#define NOTHING OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE)

gboolean
sync_cells_send (const SyncCells *self, gint dest, gint tag, GError **error)
{
  return ompi_obj_comm_send (self->comm, NOTHING, dest, tag, error);
}

gboolean
sync_cells_recv (const SyncCells *self, gint source, gint tag, gint *sender, GError **error)
{
  MpiStatus status;

  if (!ompi_obj_comm_recv (self->comm, NOTHING, source, tag, &status, error))
    return FALSE;
  if (sender != NULL)
    *sender = ompi_obj_status_get_source (&status);
  return TRUE;
}

void
sync_report_locker (const GError *error)
{
  g_warning ("at the end of the scope of a locker: %s", error->message);
}
