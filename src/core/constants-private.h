/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Between the library's constants for ranks and tags, the same everywhere, and this MPI's.
 */

#include <mpi.h>

#include <ompi_obj/enums.h>

static inline gint
rank_from_mpi (int rank)
{
  if (G_LIKELY (rank >= 0))
    return rank;
  switch (rank)
    {
    case MPI_ANY_SOURCE:
      return OMPI_OBJ_ANY_SOURCE;
    case MPI_PROC_NULL:
      return OMPI_OBJ_PROC_NULL;
    case MPI_ROOT:
      return OMPI_OBJ_ROOT;
    default:
      return OMPI_OBJ_UNDEFINED;
    }
}

static inline gint
tag_from_mpi (int tag)
{
  return tag == MPI_ANY_TAG ? OMPI_OBJ_ANY_TAG : tag;
}

static inline gint64
count_from_mpi (MPI_Count count)
{
  return count == MPI_UNDEFINED ? OMPI_OBJ_UNDEFINED : (gint64) count;
}
