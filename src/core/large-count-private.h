/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * MPI-4.0 has a function with 64-bit counts for every one with 32-bit counts, of the same name with
 * "_c" behind it; the library calls only those. An older MPI lacks them, so here they are made of
 * the old ones. Counts of elements in a buffer fit: buffer-private.h refused larger ones before. The
 * constructors of datatypes are in large-count-datatype-private.h.
 */

#include "config.h"

#include <mpi.h>

#ifndef HAVE_MPI_LARGE_COUNT

#include <glib.h>

#include "large-count-datatype-private.h"

static inline int
MPI_Send_c (const void *address, MPI_Count count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)
{
  return MPI_Send (address, (int) count, datatype, dest, tag, comm);
}

static inline int
MPI_Bsend_c (const void *address, MPI_Count count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)
{
  return MPI_Bsend (address, (int) count, datatype, dest, tag, comm);
}

static inline int
MPI_Ssend_c (const void *address, MPI_Count count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)
{
  return MPI_Ssend (address, (int) count, datatype, dest, tag, comm);
}

static inline int
MPI_Rsend_c (const void *address, MPI_Count count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)
{
  return MPI_Rsend (address, (int) count, datatype, dest, tag, comm);
}

static inline int
MPI_Isend_c (const void *address,
             MPI_Count count,
             MPI_Datatype datatype,
             int dest,
             int tag,
             MPI_Comm comm,
             MPI_Request *request)
{
  return MPI_Isend (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Ibsend_c (const void *address,
              MPI_Count count,
              MPI_Datatype datatype,
              int dest,
              int tag,
              MPI_Comm comm,
              MPI_Request *request)
{
  return MPI_Ibsend (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Issend_c (const void *address,
              MPI_Count count,
              MPI_Datatype datatype,
              int dest,
              int tag,
              MPI_Comm comm,
              MPI_Request *request)
{
  return MPI_Issend (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Irsend_c (const void *address,
              MPI_Count count,
              MPI_Datatype datatype,
              int dest,
              int tag,
              MPI_Comm comm,
              MPI_Request *request)
{
  return MPI_Irsend (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Recv_c (void *address,
            MPI_Count count,
            MPI_Datatype datatype,
            int source,
            int tag,
            MPI_Comm comm,
            MPI_Status *status)
{
  return MPI_Recv (address, (int) count, datatype, source, tag, comm, status);
}

static inline int
MPI_Mrecv_c (void *address, MPI_Count count, MPI_Datatype datatype, MPI_Message *message, MPI_Status *status)
{
  return MPI_Mrecv (address, (int) count, datatype, message, status);
}

static inline int
MPI_Sendrecv_c (const void *send_address,
                MPI_Count send_count,
                MPI_Datatype send_datatype,
                int dest,
                int send_tag,
                void *recv_address,
                MPI_Count recv_count,
                MPI_Datatype recv_datatype,
                int source,
                int recv_tag,
                MPI_Comm comm,
                MPI_Status *status)
{
  return MPI_Sendrecv (send_address, (int) send_count, send_datatype, dest, send_tag, recv_address, (int) recv_count,
                       recv_datatype, source, recv_tag, comm, status);
}

static inline int
MPI_Sendrecv_replace_c (void *address,
                        MPI_Count count,
                        MPI_Datatype datatype,
                        int dest,
                        int send_tag,
                        int source,
                        int recv_tag,
                        MPI_Comm comm,
                        MPI_Status *status)
{
  return MPI_Sendrecv_replace (address, (int) count, datatype, dest, send_tag, source, recv_tag, comm, status);
}

/* Here the function gets a count of 32 bits, too. */
static inline int
MPI_Op_create_c (MPI_User_function *function, int commute, MPI_Op *op)
{
  return MPI_Op_create (function, commute, op);
}

static inline int
MPI_Reduce_local_c (const void *in, void *inout, MPI_Count count, MPI_Datatype datatype, MPI_Op op)
{
  return MPI_Reduce_local (in, inout, (int) count, datatype, op);
}

static inline int
MPI_Send_init_c (const void *address,
                 MPI_Count count,
                 MPI_Datatype datatype,
                 int dest,
                 int tag,
                 MPI_Comm comm,
                 MPI_Request *request)
{
  return MPI_Send_init (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Bsend_init_c (const void *address,
                  MPI_Count count,
                  MPI_Datatype datatype,
                  int dest,
                  int tag,
                  MPI_Comm comm,
                  MPI_Request *request)
{
  return MPI_Bsend_init (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Ssend_init_c (const void *address,
                  MPI_Count count,
                  MPI_Datatype datatype,
                  int dest,
                  int tag,
                  MPI_Comm comm,
                  MPI_Request *request)
{
  return MPI_Ssend_init (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Rsend_init_c (const void *address,
                  MPI_Count count,
                  MPI_Datatype datatype,
                  int dest,
                  int tag,
                  MPI_Comm comm,
                  MPI_Request *request)
{
  return MPI_Rsend_init (address, (int) count, datatype, dest, tag, comm, request);
}

static inline int
MPI_Irecv_c (void *address,
             MPI_Count count,
             MPI_Datatype datatype,
             int source,
             int tag,
             MPI_Comm comm,
             MPI_Request *request)
{
  return MPI_Irecv (address, (int) count, datatype, source, tag, comm, request);
}

static inline int
MPI_Recv_init_c (void *address,
                 MPI_Count count,
                 MPI_Datatype datatype,
                 int source,
                 int tag,
                 MPI_Comm comm,
                 MPI_Request *request)
{
  return MPI_Recv_init (address, (int) count, datatype, source, tag, comm, request);
}

static inline int
MPI_Imrecv_c (void *address, MPI_Count count, MPI_Datatype datatype, MPI_Message *message, MPI_Request *request)
{
  return MPI_Imrecv (address, (int) count, datatype, message, request);
}

static inline int
MPI_Buffer_attach_c (void *address, MPI_Count size)
{
  return size <= G_MAXINT ? MPI_Buffer_attach (address, (int) size) : MPI_ERR_COUNT;
}

static inline int
MPI_Buffer_detach_c (void *address, MPI_Count *size)
{
  int small = 0;
  int code = MPI_Buffer_detach (address, &small);

  *size = small;
  return code;
}

static inline int
MPI_Type_size_c (MPI_Datatype datatype, MPI_Count *size)
{
  return MPI_Type_size_x (datatype, size);
}

/* An older MPI gives up on a count above INT_MAX, but still counts the bytes. */
static inline int
MPI_Get_count_c (const MPI_Status *status, MPI_Datatype datatype, MPI_Count *count)
{
  MPI_Count n_bytes = 0;
  MPI_Count size = 0;
  int small = 0;
  int code = MPI_Get_count (status, datatype, &small);

  *count = small;
  if (code != MPI_SUCCESS || small != MPI_UNDEFINED)
    return code;

  MPI_Get_elements_x (status, MPI_BYTE, &n_bytes);
  MPI_Type_size_x (datatype, &size);
  if (size > 0 && n_bytes % size == 0 && n_bytes / size > G_MAXINT)
    *count = n_bytes / size;
  return MPI_SUCCESS;
}

static inline int
MPI_Get_elements_c (const MPI_Status *status, MPI_Datatype datatype, MPI_Count *count)
{
  return MPI_Get_elements_x (status, datatype, count);
}

static inline int
MPI_Type_get_extent_c (MPI_Datatype datatype, MPI_Count *lower_bound, MPI_Count *extent)
{
  return MPI_Type_get_extent_x (datatype, lower_bound, extent);
}

static inline int
MPI_Type_get_true_extent_c (MPI_Datatype datatype, MPI_Count *lower_bound, MPI_Count *extent)
{
  return MPI_Type_get_true_extent_x (datatype, lower_bound, extent);
}

static inline int
MPI_Type_get_envelope_c (MPI_Datatype datatype,
                         MPI_Count *n_integers,
                         MPI_Count *n_addresses,
                         MPI_Count *n_large_counts,
                         MPI_Count *n_datatypes,
                         int *combiner)
{
  int integers = 0;
  int addresses = 0;
  int datatypes = 0;
  int code = MPI_Type_get_envelope (datatype, &integers, &addresses, &datatypes, combiner);

  *n_integers = integers;
  *n_addresses = addresses;
  *n_large_counts = 0;
  *n_datatypes = datatypes;
  return code;
}

static inline int
MPI_Type_get_contents_c (MPI_Datatype datatype,
                         MPI_Count n_integers,
                         MPI_Count n_addresses,
                         MPI_Count n_large_counts,
                         MPI_Count n_datatypes,
                         int *integers,
                         MPI_Aint *addresses,
                         MPI_Count *large_counts,
                         MPI_Datatype *datatypes)
{
  (void) n_large_counts;
  (void) large_counts;
  return MPI_Type_get_contents (datatype, (int) n_integers, (int) n_addresses, (int) n_datatypes, integers, addresses,
                                datatypes);
}

static inline int
MPI_Pack_size_c (MPI_Count count, MPI_Datatype datatype, MPI_Comm comm, MPI_Count *size)
{
  int small = 0;
  int code = MPI_Pack_size ((int) count, datatype, comm, &small);

  *size = small;
  return code;
}

static inline int
MPI_Pack_c (const void *address,
            MPI_Count count,
            MPI_Datatype datatype,
            void *packed,
            MPI_Count packed_size,
            MPI_Count *position,
            MPI_Comm comm)
{
  int small = (int) *position;
  int code;

  if (!mpi_count_fits_int (packed_size))
    return MPI_ERR_COUNT;
  code = MPI_Pack (address, (int) count, datatype, packed, (int) packed_size, &small, comm);
  *position = small;
  return code;
}

static inline int
MPI_Unpack_c (const void *packed,
              MPI_Count packed_size,
              MPI_Count *position,
              void *address,
              MPI_Count count,
              MPI_Datatype datatype,
              MPI_Comm comm)
{
  int small = (int) *position;
  int code;

  if (!mpi_count_fits_int (packed_size))
    return MPI_ERR_COUNT;
  code = MPI_Unpack (packed, (int) packed_size, &small, address, (int) count, datatype, comm);
  *position = small;
  return code;
}

static inline int
MPI_Pack_external_size_c (const char *representation, MPI_Count count, MPI_Datatype datatype, MPI_Count *size)
{
  MPI_Aint address = 0;
  int code = MPI_Pack_external_size (representation, (int) count, datatype, &address);

  *size = address;
  return code;
}

static inline int
MPI_Pack_external_c (const char *representation,
                     const void *address,
                     MPI_Count count,
                     MPI_Datatype datatype,
                     void *packed,
                     MPI_Count packed_size,
                     MPI_Count *position)
{
  MPI_Aint place = (MPI_Aint) *position;
  int code = MPI_Pack_external (representation, address, (int) count, datatype, packed, (MPI_Aint) packed_size, &place);

  *position = place;
  return code;
}

static inline int
MPI_Unpack_external_c (const char *representation,
                       const void *packed,
                       MPI_Count packed_size,
                       MPI_Count *position,
                       void *address,
                       MPI_Count count,
                       MPI_Datatype datatype)
{
  MPI_Aint place = (MPI_Aint) *position;
  int code =
      MPI_Unpack_external (representation, packed, (MPI_Aint) packed_size, &place, address, (int) count, datatype);

  *position = place;
  return code;
}

#endif

/* This one came with MPI-4.1 only. */
#ifndef HAVE_MPI_STATUS_SET_ELEMENTS_C
static inline int
MPI_Status_set_elements_c (MPI_Status *status, MPI_Datatype datatype, MPI_Count count)
{
  return MPI_Status_set_elements_x (status, datatype, count);
}
#endif
