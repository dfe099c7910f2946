/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the tools of synchronization stand on: numbers in the window of one rank, its cells, which all ranks
 * change atomically, and messages that nobody else sees, which wake a rank that waits.
 *
 * A rank that waits does so in a blocking receive. There MPI makes progress, so that the others get at its
 * memory; to look into a window again and again is slower (see docs/decisions.md).
 */

#include <ompi_obj/win.h>

#include "comm-private.h"

typedef struct
{
  MpiWin *win;   /* NULL: not made, or freed */
  MpiComm *comm; /* the same ranks, for messages of the tool; NULL if it sends none */
  gint rank;
  gint size;
  gint owner; /* the rank that holds the cells */
} SyncCells;

/* What to make; the same on every rank, but for FIRST. */
typedef struct
{
  gint owner;
  gint64 n_cells;
  gint64 first; /* what the first cell holds, as its owner has it; the others hold 0 */
  gboolean has_messages;
  const char *argument; /* of the caller, which all ranks must give the same VALUE */
  gint value;
} SyncPlan;

/* What a rank sees by itself, and every rank alike. */
gboolean sync_check_comm (MpiComm *comm, const char *function, GError **error);

/*
 * Makes cells on all ranks or on none. Collective, also for a rank that has an OBSTACLE, an error which is consumed.
 * Nothing is to be cleared after it failed.
 */
gboolean sync_cells_init (SyncCells *self,
                          const SyncPlan *plan,
                          MpiInfo *info,
                          MpiComm *comm,
                          GError *obstacle,
                          const char *function,
                          GError **error);

/* Collective. */
gboolean sync_cells_free (SyncCells *self, GError **error);

/* When the object goes; a window that was not freed says so itself. */
void sync_cells_clear (SyncCells *self);

/* Whether the tool, named WHAT, is there still. */
gboolean sync_cells_check (const SyncCells *self, const char *what, const char *function, GError **error);

/* Each gives what the cell held before, and has happened for all ranks when it returns. */
gboolean sync_cells_read (const SyncCells *self, gint64 cell, gint64 *value, GError **error);
gboolean sync_cells_add (const SyncCells *self, gint64 cell, gint64 increment, gint64 *previous, GError **error);
gboolean sync_cells_swap (const SyncCells *self, gint64 cell, gint64 value, gint64 *previous, GError **error);
gboolean sync_cells_compare_and_swap (const SyncCells *self,
                                      gint64 cell,
                                      gint64 expected,
                                      gint64 value,
                                      gint64 *previous,
                                      GError **error);

/* Messages without content. SENDER may be NULL. */
gboolean sync_cells_send (const SyncCells *self, gint dest, gint tag, GError **error);
gboolean sync_cells_recv (const SyncCells *self, gint source, gint tag, gint *sender, GError **error);

/* A locker could not give back what it held, and has nobody to tell. */
void sync_report_locker (const GError *error) COLD;

/*
 * The guard of a method: programmer errors give a critical, a tool that was freed an error.
 */
#define SYNC_ENTER(self, is_type, cells, what, error, failed)     \
  g_return_val_if_fail (is_type (self), failed);                  \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!sync_cells_check (cells, what, G_STRFUNC, error))          \
  return failed
