/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "wait-queue-private.h"

#define TAG_WAKE 0

/* The cells behind those of the tool: the numbers that the next to wake and the next to join get, and the ring. */
#define CELL_NEXT_OUT(self) ((self)->n_before)
#define CELL_NEXT_IN(self) ((self)->n_before + 1)
#define CELL_PLACE(self, number) ((self)->n_before + 2 + (number) % (self)->cells.size)

/* A place holds a rank and one, so that 0 is an empty one. */
#define EMPTY 0

gboolean
wait_queue_join (const WaitQueue *self, GError **error)
{
  gint64 number;
  gint64 place;

  if (!sync_cells_add (&self->cells, CELL_NEXT_IN (self), 1, &number, error))
    return FALSE;
  while (
      sync_cells_compare_and_swap (&self->cells, CELL_PLACE (self, number), EMPTY, self->cells.rank + 1, &place, error))
    {
      if (place == EMPTY)
        return TRUE;
      g_thread_yield (); /* the rank that was here a round before is about to be taken out */
    }
  return FALSE;
}

gboolean
wait_queue_sleep (const WaitQueue *self, GError **error)
{
  return sync_cells_recv (&self->cells, OMPI_OBJ_ANY_SOURCE, TAG_WAKE, NULL, error);
}

static gboolean
wait_queue_wake_number (const WaitQueue *self, gint64 number, GError **error)
{
  gint64 place;

  while (sync_cells_swap (&self->cells, CELL_PLACE (self, number), EMPTY, &place, error))
    {
      if (place != EMPTY)
        return sync_cells_send (&self->cells, (gint) (place - 1), TAG_WAKE, error);
      g_thread_yield (); /* the rank is on its way to its place */
    }
  return FALSE;
}

gboolean
wait_queue_wake (const WaitQueue *self, gint64 n, GError **error)
{
  gint64 first;

  if (n == 0)
    return TRUE;
  if (!sync_cells_add (&self->cells, CELL_NEXT_OUT (self), n, &first, error))
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    if (!wait_queue_wake_number (self, first + i, error))
      return FALSE;
  return TRUE;
}

gboolean
wait_queue_get_length (const WaitQueue *self, gint64 *length, GError **error)
{
  gint64 next_out;
  gint64 next_in;

  if (!sync_cells_read (&self->cells, CELL_NEXT_OUT (self), &next_out, error)
      || !sync_cells_read (&self->cells, CELL_NEXT_IN (self), &next_in, error))
    return FALSE;
  *length = next_in - next_out;
  return TRUE;
}
