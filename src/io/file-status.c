/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "file-private.h"
#include "mpi-capabilities-private.h"

/* Where elementary type N of the view is in the file, in bytes. */
static gint64
place_of (MpiFile *self, gint64 n)
{
  MPI_Offset place = 0;

  MPI_File_get_byte_offset (FILE_HANDLE (self), (MPI_Offset) n, &place);
  return place;
}

static gboolean
is_readable (MpiFile *self, gint64 n, gint64 file_size)
{
  return place_of (self, n) + self->handle->etype_extent <= file_size;
}

/* How many of the N elementary types from OFFSET are in the file: the places of a view go up. */
static gint64
count_etypes (MpiFile *self, gint64 offset, gint64 n, gint64 file_size)
{
  gint64 low = 0;
  gint64 high = n;

  while (low < high)
    {
      const gint64 middle = low + (high - low) / 2;

      if (is_readable (self, offset + middle, file_size))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/*
 * Where a read of N elementary types in the order of the ranks begins. Nobody moves the shared pointer before all ranks
 * have come, so where it is now is where the first one begins.
 */
static gboolean
find_start_in_order (MpiFile *self, gint64 n, MPI_Offset *start)
{
  gint64 before = 0;

  if (self->handle->comm == NULL || MPI_File_get_position_shared (FILE_HANDLE (self), start) != MPI_SUCCESS
      || MPI_Exscan (&n, &before, 1, MPI_INT64_T, MPI_SUM, COMM_HANDLE (self->handle->comm)) != MPI_SUCCESS)
    return FALSE;
  if (self->handle->comm->handle->rank > 0)
    *start += before;
  return TRUE;
}

/* Where a read of N elementary types begins; FALSE if it cannot or need not be known. */
static gboolean
find_start (MpiFile *self, MpiFileAccess access, gint64 offset, gint64 n, MPI_Offset *start)
{
  switch (access)
    {
    case OMPI_OBJ_FILE_ACCESS_AT:
    case OMPI_OBJ_FILE_ACCESS_AT_ALL:
      *start = offset;
      return TRUE;
    case OMPI_OBJ_FILE_ACCESS_INDIVIDUAL:
    case OMPI_OBJ_FILE_ACCESS_ALL:
      return MPI_File_get_position (FILE_HANDLE (self), start) == MPI_SUCCESS;
    case OMPI_OBJ_FILE_ACCESS_ORDERED:
      return ompi_obj_get_file_traits ()->waits_at_end && find_start_in_order (self, n, start);
    case OMPI_OBJ_FILE_ACCESS_SHARED:
    default:
      return FALSE;
    }
}

gboolean
ompi_obj_file_meets_end (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, gint64 *n_bytes)
{
  const gint64 etype_size = self->handle->etype_size;
  MPI_Offset file_size;
  MPI_Offset start;
  gint64 n;

  if (__builtin_mul_overflow (ompi_obj_datatype_get_size (buffer->datatype, NULL), buffer->count, n_bytes))
    *n_bytes = 0;
  n = *n_bytes / etype_size;
  if (!find_start (self, access, offset, n, &start) || *n_bytes <= 0
      || is_readable (self, start + n - 1, __atomic_load_n (&self->handle->seen_size, __ATOMIC_RELAXED))
      || MPI_File_get_size (FILE_HANDLE (self), &file_size) != MPI_SUCCESS)
    return FALSE;
  __atomic_store_n (&self->handle->seen_size, file_size, __ATOMIC_RELAXED);
  if (is_readable (self, start + n - 1, file_size))
    return FALSE;
  n = count_etypes (self, start, n, file_size);
  *n_bytes = n * etype_size + CLAMP (file_size - place_of (self, start + n), 0, etype_size);
  return TRUE;
}

gint64
ompi_obj_file_limit_read (MpiFile *self,
                          MpiFileAccess access,
                          gint64 offset,
                          const MpiBuffer **buffer,
                          MpiBuffer *shorter)
{
  gint64 n_bytes;
  gint64 element_size;

  if (!file_access_is_collective (access) || !ompi_obj_file_meets_end (self, access, offset, *buffer, &n_bytes))
    return FILE_IS_COUNTED;
  element_size = ompi_obj_datatype_get_size ((*buffer)->datatype, NULL);
  if ((*buffer)->datatype->name == NULL && !ompi_obj_get_file_traits ()->waits_at_end)
    return n_bytes;

  /* A part of an element, or of an elementary type, is left out. */
  *shorter = **buffer;
  shorter->count = n_bytes / element_size;
  while (shorter->count > 0 && (shorter->count * element_size) % self->handle->etype_size != 0)
    shorter->count--;
  *buffer = shorter;
  return FILE_IS_COUNTED;
}

gboolean
ompi_obj_file_check_written (const MpiBuffer *buffer, const MPI_Status *status, const char *function, GError **error)
{
  const gint64 element_size = ompi_obj_datatype_get_size (buffer->datatype, NULL);
  MPI_Count n_bytes;

  if (MPI_Get_elements_x (status, MPI_BYTE, &n_bytes) != MPI_SUCCESS || n_bytes == MPI_UNDEFINED
      || n_bytes == element_size * buffer->count)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_IO, function,
                      "%" G_GINT64_FORMAT " bytes were written of %" G_GINT64_FORMAT, (gint64) n_bytes,
                      element_size * buffer->count);
  return FALSE;
}

gboolean
ompi_obj_file_check_conversion (MpiFile *self, const char *function, GError **error)
{
  if (!self->handle->is_external32 || !ompi_obj_get_file_traits ()->converts_blocking_only)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, function,
                      "this MPI does not convert to external32 here; use a blocking access");
  return FALSE;
}
