/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a condition needs of its mutex.
 */

#include <ompi_obj/mutex.h>

#include "sync-cells-private.h"

struct _MpiMutex
{
  GObject parent_instance;

  SyncCells cells;
  gboolean recursive;
  guint count; /* how often the calling rank has locked it; 0: it does not hold it */
};

/* Whether the calling rank holds a mutex. */
gboolean mutex_check_held (const MpiMutex *self, const char *function, GError **error);

/* Gives a mutex that is held to the next rank, however often it was locked; and takes it again COUNT times. */
gboolean mutex_hand_over (MpiMutex *self, GError **error);
gboolean mutex_take (MpiMutex *self, guint count, GError **error);
