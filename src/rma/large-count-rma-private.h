/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The functions of one-sided communication with 64-bit counts, for an MPI older than 4.0; see
 * large-count-private.h. Counts of elements fit: buffer-private.h and win-private.h refused larger ones before.
 */

#include "config.h"

#include <mpi.h>

#ifndef HAVE_MPI_LARGE_COUNT

#include <glib.h>

static inline int
MPI_Win_create_c (void *base, MPI_Aint size, MPI_Aint unit, MPI_Info info, MPI_Comm comm, MPI_Win *win)
{
  return MPI_Win_create (base, size, (int) unit, info, comm, win);
}

static inline int
MPI_Win_allocate_c (MPI_Aint size, MPI_Aint unit, MPI_Info info, MPI_Comm comm, void *base, MPI_Win *win)
{
  return MPI_Win_allocate (size, (int) unit, info, comm, base, win);
}

static inline int
MPI_Win_allocate_shared_c (MPI_Aint size, MPI_Aint unit, MPI_Info info, MPI_Comm comm, void *base, MPI_Win *win)
{
  return MPI_Win_allocate_shared (size, (int) unit, info, comm, base, win);
}

static inline int
MPI_Win_shared_query_c (MPI_Win win, int rank, MPI_Aint *size, MPI_Aint *unit, void *base)
{
  int narrow_unit = 0;
  const int code = MPI_Win_shared_query (win, rank, size, &narrow_unit, base);

  *unit = narrow_unit;
  return code;
}

static inline int
MPI_Put_c (const void *origin,
           MPI_Count origin_count,
           MPI_Datatype origin_datatype,
           int rank,
           MPI_Aint displacement,
           MPI_Count count,
           MPI_Datatype datatype,
           MPI_Win win)
{
  return MPI_Put (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, win);
}

static inline int
MPI_Get_c (void *origin,
           MPI_Count origin_count,
           MPI_Datatype origin_datatype,
           int rank,
           MPI_Aint displacement,
           MPI_Count count,
           MPI_Datatype datatype,
           MPI_Win win)
{
  return MPI_Get (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, win);
}

static inline int
MPI_Accumulate_c (const void *origin,
                  MPI_Count origin_count,
                  MPI_Datatype origin_datatype,
                  int rank,
                  MPI_Aint displacement,
                  MPI_Count count,
                  MPI_Datatype datatype,
                  MPI_Op op,
                  MPI_Win win)
{
  return MPI_Accumulate (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, op,
                         win);
}

static inline int
MPI_Get_accumulate_c (const void *origin,
                      MPI_Count origin_count,
                      MPI_Datatype origin_datatype,
                      void *result,
                      MPI_Count result_count,
                      MPI_Datatype result_datatype,
                      int rank,
                      MPI_Aint displacement,
                      MPI_Count count,
                      MPI_Datatype datatype,
                      MPI_Op op,
                      MPI_Win win)
{
  return MPI_Get_accumulate (origin, (int) origin_count, origin_datatype, result, (int) result_count, result_datatype,
                             rank, displacement, (int) count, datatype, op, win);
}

static inline int
MPI_Rput_c (const void *origin,
            MPI_Count origin_count,
            MPI_Datatype origin_datatype,
            int rank,
            MPI_Aint displacement,
            MPI_Count count,
            MPI_Datatype datatype,
            MPI_Win win,
            MPI_Request *request)
{
  return MPI_Rput (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, win,
                   request);
}

static inline int
MPI_Rget_c (void *origin,
            MPI_Count origin_count,
            MPI_Datatype origin_datatype,
            int rank,
            MPI_Aint displacement,
            MPI_Count count,
            MPI_Datatype datatype,
            MPI_Win win,
            MPI_Request *request)
{
  return MPI_Rget (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, win,
                   request);
}

static inline int
MPI_Raccumulate_c (const void *origin,
                   MPI_Count origin_count,
                   MPI_Datatype origin_datatype,
                   int rank,
                   MPI_Aint displacement,
                   MPI_Count count,
                   MPI_Datatype datatype,
                   MPI_Op op,
                   MPI_Win win,
                   MPI_Request *request)
{
  return MPI_Raccumulate (origin, (int) origin_count, origin_datatype, rank, displacement, (int) count, datatype, op,
                          win, request);
}

static inline int
MPI_Rget_accumulate_c (const void *origin,
                       MPI_Count origin_count,
                       MPI_Datatype origin_datatype,
                       void *result,
                       MPI_Count result_count,
                       MPI_Datatype result_datatype,
                       int rank,
                       MPI_Aint displacement,
                       MPI_Count count,
                       MPI_Datatype datatype,
                       MPI_Op op,
                       MPI_Win win,
                       MPI_Request *request)
{
  return MPI_Rget_accumulate (origin, (int) origin_count, origin_datatype, result, (int) result_count, result_datatype,
                              rank, displacement, (int) count, datatype, op, win, request);
}

#endif
