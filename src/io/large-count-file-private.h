/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The functions of files with 64-bit counts, made of those with 32-bit counts where MPI is older than 4.0; see
 * large-count-private.h. Counts of elements in a buffer fit: buffer-private.h refused larger ones before.
 */

#include "config.h"

#include <mpi.h>

#ifndef HAVE_MPI_LARGE_COUNT

static inline int
MPI_File_read_at_c (MPI_File file,
                    MPI_Offset offset,
                    void *address,
                    MPI_Count count,
                    MPI_Datatype datatype,
                    MPI_Status *status)
{
  return MPI_File_read_at (file, offset, address, (int) count, datatype, status);
}

static inline int
MPI_File_read_at_all_c (MPI_File file,
                        MPI_Offset offset,
                        void *address,
                        MPI_Count count,
                        MPI_Datatype datatype,
                        MPI_Status *status)
{
  return MPI_File_read_at_all (file, offset, address, (int) count, datatype, status);
}

static inline int
MPI_File_read_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_read (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_read_all_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_read_all (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_read_shared_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_read_shared (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_read_ordered_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_read_ordered (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_iread_at_c (MPI_File file,
                     MPI_Offset offset,
                     void *address,
                     MPI_Count count,
                     MPI_Datatype datatype,
                     MPI_Request *request)
{
  return MPI_File_iread_at (file, offset, address, (int) count, datatype, request);
}

static inline int
MPI_File_iread_at_all_c (MPI_File file,
                         MPI_Offset offset,
                         void *address,
                         MPI_Count count,
                         MPI_Datatype datatype,
                         MPI_Request *request)
{
  return MPI_File_iread_at_all (file, offset, address, (int) count, datatype, request);
}

static inline int
MPI_File_iread_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Request *request)
{
  return MPI_File_iread (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_iread_all_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Request *request)
{
  return MPI_File_iread_all (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_iread_shared_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype, MPI_Request *request)
{
  return MPI_File_iread_shared (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_read_at_all_begin_c (MPI_File file, MPI_Offset offset, void *address, MPI_Count count, MPI_Datatype datatype)
{
  return MPI_File_read_at_all_begin (file, offset, address, (int) count, datatype);
}

static inline int
MPI_File_read_all_begin_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype)
{
  return MPI_File_read_all_begin (file, address, (int) count, datatype);
}

static inline int
MPI_File_read_ordered_begin_c (MPI_File file, void *address, MPI_Count count, MPI_Datatype datatype)
{
  return MPI_File_read_ordered_begin (file, address, (int) count, datatype);
}

static inline int
MPI_File_write_at_c (MPI_File file,
                     MPI_Offset offset,
                     const void *address,
                     MPI_Count count,
                     MPI_Datatype datatype,
                     MPI_Status *status)
{
  return MPI_File_write_at (file, offset, address, (int) count, datatype, status);
}

static inline int
MPI_File_write_at_all_c (MPI_File file,
                         MPI_Offset offset,
                         const void *address,
                         MPI_Count count,
                         MPI_Datatype datatype,
                         MPI_Status *status)
{
  return MPI_File_write_at_all (file, offset, address, (int) count, datatype, status);
}

static inline int
MPI_File_write_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_write (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_write_all_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_write_all (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_write_shared_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype, MPI_Status *status)
{
  return MPI_File_write_shared (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_write_ordered_c (MPI_File file,
                          const void *address,
                          MPI_Count count,
                          MPI_Datatype datatype,
                          MPI_Status *status)
{
  return MPI_File_write_ordered (file, address, (int) count, datatype, status);
}

static inline int
MPI_File_iwrite_at_c (MPI_File file,
                      MPI_Offset offset,
                      const void *address,
                      MPI_Count count,
                      MPI_Datatype datatype,
                      MPI_Request *request)
{
  return MPI_File_iwrite_at (file, offset, address, (int) count, datatype, request);
}

static inline int
MPI_File_iwrite_at_all_c (MPI_File file,
                          MPI_Offset offset,
                          const void *address,
                          MPI_Count count,
                          MPI_Datatype datatype,
                          MPI_Request *request)
{
  return MPI_File_iwrite_at_all (file, offset, address, (int) count, datatype, request);
}

static inline int
MPI_File_iwrite_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype, MPI_Request *request)
{
  return MPI_File_iwrite (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_iwrite_all_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype, MPI_Request *request)
{
  return MPI_File_iwrite_all (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_iwrite_shared_c (MPI_File file,
                          const void *address,
                          MPI_Count count,
                          MPI_Datatype datatype,
                          MPI_Request *request)
{
  return MPI_File_iwrite_shared (file, address, (int) count, datatype, request);
}

static inline int
MPI_File_write_at_all_begin_c (MPI_File file,
                               MPI_Offset offset,
                               const void *address,
                               MPI_Count count,
                               MPI_Datatype datatype)
{
  return MPI_File_write_at_all_begin (file, offset, address, (int) count, datatype);
}

static inline int
MPI_File_write_all_begin_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype)
{
  return MPI_File_write_all_begin (file, address, (int) count, datatype);
}

static inline int
MPI_File_write_ordered_begin_c (MPI_File file, const void *address, MPI_Count count, MPI_Datatype datatype)
{
  return MPI_File_write_ordered_begin (file, address, (int) count, datatype);
}

static inline int
MPI_File_get_type_extent_c (MPI_File file, MPI_Datatype datatype, MPI_Count *extent)
{
  MPI_Aint small = 0;
  int code = MPI_File_get_type_extent (file, datatype, &small);

  *extent = small;
  return code;
}

#endif
