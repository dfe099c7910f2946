/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Ranks that wait, in the order in which they came: a ring of cells with a place for each rank.
 *
 * Whoever joins takes a number from one cell and leaves its rank at that place; whoever wakes takes a number from
 * another and finds a rank there. No rank holds anything that others wait for, so any of them may be slow.
 */

#include "sync-cells-private.h"

typedef struct
{
  SyncCells cells;
  gint64 n_before; /* cells of the tool in front of the queue's */
} WaitQueue;

/* How many cells a tool needs that has N of its own. */
static inline gint64
wait_queue_count_cells (gint64 n, gint size)
{
  return n + 2 + size;
}

/* Puts the calling rank at the end. It must go to sleep then. */
gboolean wait_queue_join (const WaitQueue *self, GError **error);

/* Waits until another rank wakes the calling one. */
gboolean wait_queue_sleep (const WaitQueue *self, GError **error);

/* Wakes the first N ranks, which have joined or are about to. */
gboolean wait_queue_wake (const WaitQueue *self, gint64 n, GError **error);

/* How many wait; a number that lasts only if nobody joins or wakes meanwhile. */
gboolean wait_queue_get_length (const WaitQueue *self, gint64 *length, GError **error);
