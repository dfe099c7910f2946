/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * MPI-4.0 has a function with 64-bit counts for every one with 32-bit counts, of the same name with
 * "_c" behind it; the library calls only those. An older MPI lacks them, so here they are made of
 * the old ones. The counts fit: buffer-private.h refused larger ones before.
 */

#include "config.h"

#include <mpi.h>

#ifndef HAVE_MPI_LARGE_COUNT

#include <glib.h>

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
MPI_Bcast_c (void *address, MPI_Count count, MPI_Datatype datatype, int root, MPI_Comm comm)
{
  return MPI_Bcast (address, (int) count, datatype, root, comm);
}

static inline int
MPI_Allreduce_c (const void *send_address,
                 void *recv_address,
                 MPI_Count count,
                 MPI_Datatype datatype,
                 MPI_Op op,
                 MPI_Comm comm)
{
  return MPI_Allreduce (send_address, recv_address, (int) count, datatype, op, comm);
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
MPI_Type_create_hindexed_c (MPI_Count n_blocks,
                            const MPI_Count *lengths,
                            const MPI_Count *displacements,
                            MPI_Datatype element,
                            MPI_Datatype *datatype)
{
  g_autofree int *int_lengths = g_new (int, n_blocks);
  g_autofree MPI_Aint *addresses = g_new (MPI_Aint, n_blocks);

  for (MPI_Count i = 0; i < n_blocks; i++)
    {
      if (lengths[i] > G_MAXINT)
        return MPI_ERR_COUNT;
      int_lengths[i] = (int) lengths[i];
      addresses[i] = (MPI_Aint) displacements[i];
    }
  return MPI_Type_create_hindexed ((int) n_blocks, int_lengths, addresses, element, datatype);
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
