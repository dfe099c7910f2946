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

/* FALSE if @rank is neither a rank nor one of the constants that a status can have. */
static inline gboolean
status_source_to_mpi (gint rank, int *mpi_rank)
{
  switch (rank)
    {
    case OMPI_OBJ_ANY_SOURCE:
      *mpi_rank = MPI_ANY_SOURCE;
      return TRUE;
    case OMPI_OBJ_PROC_NULL:
      *mpi_rank = MPI_PROC_NULL;
      return TRUE;
    default:
      *mpi_rank = rank;
      return rank >= 0;
    }
}

/* FALSE if @tag is neither a tag nor the constant that a status can have. */
static inline gboolean
status_tag_to_mpi (gint tag, int *mpi_tag)
{
  *mpi_tag = tag == OMPI_OBJ_ANY_TAG ? MPI_ANY_TAG : tag;
  return tag == OMPI_OBJ_ANY_TAG || tag >= 0;
}

static inline gint
tag_from_mpi (int tag)
{
  return tag == MPI_ANY_TAG ? OMPI_OBJ_ANY_TAG : tag;
}

static inline MpiComparison
comparison_from_mpi (int result)
{
  switch (result)
    {
    case MPI_IDENT:
      return OMPI_OBJ_COMPARISON_IDENT;
    case MPI_CONGRUENT:
      return OMPI_OBJ_COMPARISON_CONGRUENT;
    case MPI_SIMILAR:
      return OMPI_OBJ_COMPARISON_SIMILAR;
    default:
      return OMPI_OBJ_COMPARISON_UNEQUAL;
    }
}

static inline gint64
count_from_mpi (MPI_Count count)
{
  return count == MPI_UNDEFINED ? OMPI_OBJ_UNDEFINED : (gint64) count;
}
