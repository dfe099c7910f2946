/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "large-count-private.h"
#include "pack-private.h"

/* What MPI may need for the elements of a buffer; -1 on error. */
static gint64
pack_size (MpiComm *self, const MpiBuffer *buffer, const char *function, GError **error)
{
  MPI_Count size;

  if (!buffer_check (buffer, function, error) || ompi_obj_pack_data_size (buffer, function, error) < 0
      || !check_mpi (error, function,
                     MPI_Pack_size_c (buffer->count, buffer->datatype->handle, COMM_HANDLE (self), &size)))
    return -1;
  return size;
}

/**
 * ompi_obj_comm_get_pack_size:
 * @self: the communicator that the packed bytes travel over
 * @count: the number of elements
 * @datatype: their datatype
 * @error: return location for a #GError
 *
 * Gets how many bytes [method@Mpi.Comm.pack_into] needs for elements, at most.
 *
 * Errors: [error@Mpi.Error.count] for a negative count or one that overflows, [error@Mpi.Error.type] if
 * @datatype was freed, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Pack_size` (MPI-4.0, section 5.2).
 *
 * Returns: the size in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_comm_get_pack_size (MpiComm *self, gint64 count, MpiDatatype *datatype, GError **error)
{
  /* Only counted, so the address does not matter. */
  const MpiBuffer buffer = { .address = &count, .count = count, .datatype = datatype, .owner = NULL };

  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (datatype), -1);
  COMM_ENTER (self, "MPI_Pack_size", error, -1);

  return pack_size (self, &buffer, "MPI_Pack_size", error);
}

/**
 * ompi_obj_comm_pack:
 * @self: the communicator that the packed bytes travel over
 * @buffer: what to pack
 * @error: return location for a #GError
 *
 * Packs the elements of a buffer, gaps left out, in this MPI's own form. Send the bytes with the
 * datatype `MPI_PACKED`.
 *
 * Errors: [error@Mpi.Error.count], [error@Mpi.Error.type] and [error@Mpi.Error.buffer] for a bad
 * buffer, [error@Mpi.Error.no_mem], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Pack` (MPI-4.0, section 5.2).
 *
 * Returns: (transfer full): the packed bytes; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
ompi_obj_comm_pack (MpiComm *self, const MpiBuffer *buffer, GError **error)
{
  g_autofree void *memory = NULL;
  MPI_Count position = 0;
  gint64 size;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Pack", error, NULL);

  size = pack_size (self, buffer, "MPI_Pack", error);
  if (size < 0)
    return NULL;
  memory = ompi_obj_pack_allocate (size, "MPI_Pack", error);
  if (memory == NULL
      || !CHECK_MPI (error, MPI_Pack_c, BUFFER_ARGS (buffer), memory, size, &position, COMM_HANDLE (self)))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&memory), (gsize) position);
}

/**
 * ompi_obj_comm_pack_into:
 * @self: the communicator that the packed bytes travel over
 * @buffer: what to pack
 * @packed: where to; its elements are bytes
 * @position: where to begin in @packed, in bytes
 * @error: return location for a #GError
 *
 * Packs the elements of a buffer like [method@Mpi.Comm.pack], behind others perhaps.
 *
 * Errors: those of [method@Mpi.Comm.pack], [error@Mpi.Error.truncate] if there is too little room,
 * [error@Mpi.Error.arg] for a position outside of @packed, [error@Mpi.Error.type] if the elements of
 * @packed are not bytes.
 *
 * Mirrors `MPI_Pack` (MPI-4.0, section 5.2).
 *
 * Returns: the position behind what was packed, in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_comm_pack_into (MpiComm *self,
                         const MpiBuffer *buffer,
                         const MpiBuffer *packed,
                         gint64 position,
                         GError **error)
{
  MPI_Count place = position;
  gint64 size;

  g_return_val_if_fail (buffer != NULL && packed != NULL, -1);
  COMM_ENTER (self, "MPI_Pack", error, -1);

  size = pack_size (self, buffer, "MPI_Pack", error);
  if (size < 0 || !ompi_obj_pack_check_room (packed, position, size, "MPI_Pack", error)
      || !CHECK_MPI (error, MPI_Pack_c, BUFFER_ARGS (buffer), packed->address, packed->count, &place,
                     COMM_HANDLE (self)))
    return -1;
  return place;
}

/**
 * ompi_obj_comm_unpack:
 * @self: the communicator that the packed bytes travelled over
 * @packed: what [method@Mpi.Comm.pack] gave, or was received as `MPI_PACKED`
 * @position: where to begin in @packed, in bytes
 * @buffer: where to
 * @error: return location for a #GError
 *
 * Unpacks the elements of a buffer: as many as it describes.
 *
 * Errors: [error@Mpi.Error.truncate] if @packed has too few bytes, [error@Mpi.Error.arg] for a position
 * outside of it, [error@Mpi.Error.count], [error@Mpi.Error.type] and [error@Mpi.Error.buffer] for a bad
 * buffer, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Unpack` (MPI-4.0, section 5.2).
 *
 * Returns: the position behind what was unpacked, in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_comm_unpack (MpiComm *self, GBytes *packed, gint64 position, const MpiBuffer *buffer, GError **error)
{
  MPI_Count place = position;
  MPI_Count packed_size;
  const void *data;
  gint64 size;

  g_return_val_if_fail (buffer != NULL && packed != NULL, -1);
  COMM_ENTER (self, "MPI_Unpack", error, -1);

  if (!buffer_check (buffer, "MPI_Unpack", error))
    return -1;
  size = ompi_obj_pack_data_size (buffer, "MPI_Unpack", error);
  if (size < 0 || !ompi_obj_pack_check_data (packed, position, size, &data, &packed_size, "MPI_Unpack", error))
    return -1;
  /* MPIs do not take an empty piece of memory, which may have no address. */
  if (size == 0)
    return position;
  if (!CHECK_MPI (error, MPI_Unpack_c, data, packed_size, &place, BUFFER_ARGS (buffer), COMM_HANDLE (self)))
    return -1;
  return place;
}
