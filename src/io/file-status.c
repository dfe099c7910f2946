/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

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

gint64
ompi_obj_file_limit_read (MpiFile *self,
                          MpiFileAccess access,
                          gint64 offset,
                          const MpiBuffer **buffer,
                          MpiBuffer *shorter)
{
  const gint64 etype_size = self->handle->etype_size;
  MPI_Offset start = offset;
  MPI_Offset file_size;
  gint64 element_size;
  gint64 n_bytes;
  gint64 n;

  if (!ompi_obj_get_file_traits ()->miscounts_collective_reads || (*buffer)->count == 0
      || (access != OMPI_OBJ_FILE_ACCESS_AT_ALL && access != OMPI_OBJ_FILE_ACCESS_ALL))
    return FILE_IS_COUNTED;
  element_size = ompi_obj_datatype_get_size ((*buffer)->datatype, NULL);
  if (element_size <= 0 || __builtin_mul_overflow (element_size, (*buffer)->count, &n_bytes)
      || (access == OMPI_OBJ_FILE_ACCESS_ALL && MPI_File_get_position (FILE_HANDLE (self), &start) != MPI_SUCCESS)
      || MPI_File_get_size (FILE_HANDLE (self), &file_size) != MPI_SUCCESS)
    return FILE_IS_COUNTED;

  n = n_bytes / etype_size;
  if (is_readable (self, start + n - 1, file_size))
    return FILE_IS_COUNTED;
  n = count_etypes (self, start, n, file_size);
  if ((*buffer)->datatype->name == NULL || (n * etype_size) % element_size != 0)
    return n * etype_size + CLAMP (file_size - place_of (self, start + n), 0, etype_size);

  *shorter = **buffer;
  shorter->count = n * etype_size / element_size;
  *buffer = shorter;
  return FILE_IS_COUNTED;
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
