/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The datatype constructors with 64-bit numbers. Where the numbers fit, the old functions are called, also if MPI has
 * those with 64-bit ones: the parallel files of MPICH (up to 4.0 at least) do not take a datatype that was made with
 * the latter, and end the program. What does not fit is MPI_ERR_COUNT before MPI-4.0. The names are MPI's in lower
 * case.
 */

#include "config.h"

#include <mpi.h>

#include <glib.h>

#ifdef HAVE_MPI_LARGE_COUNT
#define MPI_TYPE_ELSE(large_call) large_call
#else
#define MPI_TYPE_ELSE(large_call) MPI_ERR_COUNT
#endif

/*
 * Arrays of counts as arrays of int. One allocation holds up to three of them; NULL if a number does
 * not fit, which the constructors report before they call.
 */
static inline int *
mpi_ints_from_counts (MPI_Count n, const MPI_Count *first, const MPI_Count *second, const MPI_Count *third)
{
  const MPI_Count *arrays[3] = { first, second, third };
  int *ints;
  int *next;

  if (n < 0 || n > G_MAXINT)
    return NULL;

  next = ints = g_new (int, 3 * (gsize) n + 1);
  for (gsize array = 0; array < 3 && arrays[array] != NULL; array++)
    for (MPI_Count i = 0; i < n; i++)
      {
        if (arrays[array][i] > G_MAXINT || arrays[array][i] < G_MININT)
          {
            g_free (ints);
            return NULL;
          }
        *next++ = (int) arrays[array][i];
      }
  return ints;
}

static inline MPI_Aint *
mpi_addresses_from_counts (MPI_Count n, const MPI_Count *counts)
{
  MPI_Aint *addresses = g_new (MPI_Aint, (gsize) n + 1);

  for (MPI_Count i = 0; i < n; i++)
    addresses[i] = (MPI_Aint) counts[i];
  return addresses;
}

static inline gboolean
mpi_count_fits_int (MPI_Count count)
{
  return count >= G_MININT && count <= G_MAXINT;
}

static inline int
mpi_type_contiguous (MPI_Count count, MPI_Datatype element, MPI_Datatype *datatype)
{
  if (!mpi_count_fits_int (count))
    return MPI_TYPE_ELSE (MPI_Type_contiguous_c (count, element, datatype));
  return MPI_Type_contiguous ((int) count, element, datatype);
}

static inline int
mpi_type_vector (MPI_Count count, MPI_Count length, MPI_Count stride, MPI_Datatype element, MPI_Datatype *datatype)
{
  if (!mpi_count_fits_int (count) || !mpi_count_fits_int (length) || !mpi_count_fits_int (stride))
    return MPI_TYPE_ELSE (MPI_Type_vector_c (count, length, stride, element, datatype));
  return MPI_Type_vector ((int) count, (int) length, (int) stride, element, datatype);
}

static inline int
mpi_type_create_hvector (MPI_Count count,
                         MPI_Count length,
                         MPI_Count stride,
                         MPI_Datatype element,
                         MPI_Datatype *datatype)
{
  if (!mpi_count_fits_int (count) || !mpi_count_fits_int (length))
    return MPI_TYPE_ELSE (MPI_Type_create_hvector_c (count, length, stride, element, datatype));
  return MPI_Type_create_hvector ((int) count, (int) length, (MPI_Aint) stride, element, datatype);
}

static inline int
mpi_type_indexed (MPI_Count n_blocks,
                  const MPI_Count *lengths,
                  const MPI_Count *displacements,
                  MPI_Datatype element,
                  MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_blocks, lengths, displacements, NULL);

  if (ints == NULL)
    return MPI_TYPE_ELSE (MPI_Type_indexed_c (n_blocks, lengths, displacements, element, datatype));
  return MPI_Type_indexed ((int) n_blocks, ints, ints + n_blocks, element, datatype);
}

static inline int
mpi_type_create_hindexed (MPI_Count n_blocks,
                          const MPI_Count *lengths,
                          const MPI_Count *displacements,
                          MPI_Datatype element,
                          MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_blocks, lengths, NULL, NULL);
  g_autofree MPI_Aint *addresses = NULL;

  if (ints == NULL)
    return MPI_TYPE_ELSE (MPI_Type_create_hindexed_c (n_blocks, lengths, displacements, element, datatype));
  addresses = mpi_addresses_from_counts (n_blocks, displacements);
  return MPI_Type_create_hindexed ((int) n_blocks, ints, addresses, element, datatype);
}

static inline int
mpi_type_create_indexed_block (MPI_Count n_blocks,
                               MPI_Count length,
                               const MPI_Count *displacements,
                               MPI_Datatype element,
                               MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_blocks, displacements, NULL, NULL);

  if (ints == NULL || !mpi_count_fits_int (length))
    return MPI_TYPE_ELSE (MPI_Type_create_indexed_block_c (n_blocks, length, displacements, element, datatype));
  return MPI_Type_create_indexed_block ((int) n_blocks, (int) length, ints, element, datatype);
}

static inline int
mpi_type_create_hindexed_block (MPI_Count n_blocks,
                                MPI_Count length,
                                const MPI_Count *displacements,
                                MPI_Datatype element,
                                MPI_Datatype *datatype)
{
  g_autofree MPI_Aint *addresses = NULL;

  if (!mpi_count_fits_int (n_blocks) || !mpi_count_fits_int (length))
    return MPI_TYPE_ELSE (MPI_Type_create_hindexed_block_c (n_blocks, length, displacements, element, datatype));
  addresses = mpi_addresses_from_counts (n_blocks, displacements);
  return MPI_Type_create_hindexed_block ((int) n_blocks, (int) length, addresses, element, datatype);
}

static inline int
mpi_type_create_struct (MPI_Count n_blocks,
                        const MPI_Count *lengths,
                        const MPI_Count *displacements,
                        const MPI_Datatype *elements,
                        MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_blocks, lengths, NULL, NULL);
  g_autofree MPI_Aint *addresses = NULL;

  if (ints == NULL)
    return MPI_TYPE_ELSE (MPI_Type_create_struct_c (n_blocks, lengths, displacements, elements, datatype));
  addresses = mpi_addresses_from_counts (n_blocks, displacements);
  return MPI_Type_create_struct ((int) n_blocks, ints, addresses, elements, datatype);
}

static inline int
mpi_type_create_subarray (int n_dims,
                          const MPI_Count *sizes,
                          const MPI_Count *subsizes,
                          const MPI_Count *starts,
                          int order,
                          MPI_Datatype element,
                          MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_dims, sizes, subsizes, starts);

  if (ints == NULL)
    return MPI_TYPE_ELSE (MPI_Type_create_subarray_c (n_dims, sizes, subsizes, starts, order, element, datatype));
  return MPI_Type_create_subarray (n_dims, ints, ints + n_dims, ints + 2 * n_dims, order, element, datatype);
}

static inline int
mpi_type_create_darray (int size,
                        int rank,
                        int n_dims,
                        const MPI_Count *sizes,
                        const int *distributions,
                        const int *arguments,
                        const int *n_processes,
                        int order,
                        MPI_Datatype element,
                        MPI_Datatype *datatype)
{
  g_autofree int *ints = mpi_ints_from_counts (n_dims, sizes, NULL, NULL);

  if (ints == NULL)
    return MPI_TYPE_ELSE (MPI_Type_create_darray_c (size, rank, n_dims, sizes, distributions, arguments, n_processes,
                                                    order, element, datatype));
  return MPI_Type_create_darray (size, rank, n_dims, ints, distributions, arguments, n_processes, order, element,
                                 datatype);
}

static inline int
mpi_type_create_resized (MPI_Datatype element, MPI_Count lower_bound, MPI_Count extent, MPI_Datatype *datatype)
{
  return MPI_Type_create_resized (element, (MPI_Aint) lower_bound, (MPI_Aint) extent, datatype);
}

#undef MPI_TYPE_ELSE
