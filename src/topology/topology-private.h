/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the communicators with a topology share.
 */

#include <ompi_obj/topocomm.h>

#include "comm-private.h"

#define TOPOLOGY_HANDLE(self) COMM_HANDLE (OMPI_OBJ_COMM (self))

/* COMM_ENTER for a class that stands below MpiComm. */
#define TOPOLOGY_ENTER(self, is_type, function, error, failed)    \
  g_return_val_if_fail (is_type (self), failed);                  \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!comm_check (OMPI_OBJ_COMM (self), function, error))        \
  return failed

/* Memory for an array that an empty one is not NULL of: MPI and callers take NULL for a missing array. */
static inline gint *
topology_array_new (gsize n)
{
  return g_new0 (gint, n + 1);
}

/* What MPI gets for an array that a caller gave: some refuse NULL even if there are no elements. */
static inline const int *
topology_array_to_mpi (const gint *array)
{
  static const int empty = 0;

  return array != NULL ? array : &empty;
}

/* Turns ranks that MPI gave into ours. */
static inline void
topology_ranks_from_mpi (gint *ranks, gsize n_ranks)
{
  for (gsize i = 0; i < n_ranks; i++)
    ranks[i] = rank_from_mpi (ranks[i]);
}

/* Gives an array to a caller who may not want it. */
static inline void
topology_give_array (gint **wanted, gint **array)
{
  if (wanted != NULL)
    *wanted = g_steal_pointer (array);
}

gboolean topology_check_rank (gpointer self, gint rank, const char *function, GError **error);
