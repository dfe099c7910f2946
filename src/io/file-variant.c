/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/file-variant.h>

#include "comm-private.h"
#include "file-private.h"
#include "value-memory-private.h"
#include "wire-private.h"

/*
 * In a file, the messages of values stand one behind the other, each zero-padded to a multiple of 8. Their headers tell
 * their sizes, so that any number of ranks can read what another number has written.
 */

static gint64
pad (gint64 size)
{
  return (size + 7) & ~(gint64) 7;
}

/* Whether values can be where the file is seen in this view. */
static gboolean
check_view (MpiFile *self, const char *function, GError **error)
{
  if (self->handle->comm == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "the file was opened by raw MPI; open it with ompi_obj_file_open()");
      return FALSE;
    }
  if (self->handle->etype_size == 1)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                      "the view has an etype of %" G_GINT64_FORMAT
                      " bytes; set a view of OMPI_OBJ_BYTE to write or read values",
                      self->handle->etype_size);
  return FALSE;
}

/* Tells all ranks whether nothing went wrong on any of them. */
static gboolean
agree (MpiFile *self, GError *failure, const char *function, GError **error)
{
  return ompi_obj_file_consent (self, failure, "", 0, function, error);
}

/* The padded message of a value. */
static guint8 *
make_message (GVariant *value, gint64 *n_bytes, const char *function, GError **error)
{
  const gsize size = value != NULL ? wire_measure (value, function, error) : 0;
  guint8 *message;

  if (value == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "value is NULL");
  if (size == 0)
    return NULL;
  *n_bytes = pad ((gint64) size);
  message = (guint64) *n_bytes < MPI_COUNT_LIMIT ? g_try_malloc ((gsize) *n_bytes) : NULL;
  if (message == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function,
                          "no memory for a message of %" G_GINT64_FORMAT " bytes, or this MPI cannot count them",
                          *n_bytes);
      return NULL;
    }
  memset (message + size, 0, (gsize) *n_bytes - size);
  wire_store (value, message);
  return message;
}

/**
 * ompi_obj_file_write_variant_ordered:
 * @self: a file that is open for writing, with a view whose etype is a byte
 * @value: what this rank writes; a floating one is consumed
 * @error: return location for a #GError
 *
 * Writes a value of each rank at the shared file pointer, in the order of the ranks, whatever their types and sizes.
 * Collective. [method@Mpi.File.read_variant_ordered] reads them, on this or another number of ranks.
 *
 * Errors, on every rank: [error@Mpi.Error.type] if a value has a file handle (`h`) in it or is nested deeper than 64
 * levels, or if the view has another etype; [error@Mpi.Error.no_mem] if there is no memory for a message,
 * [error@Mpi.Error.unsupported] if the file was opened by raw MPI; then nothing is written. [error@Mpi.Error.file] if
 * @self was closed, and what writing can give.
 *
 * Mirrors `MPI_File_write_ordered` (MPI-4.0, section 14.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_variant_ordered (MpiFile *self, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_autofree guint8 *message = NULL;
  GError *failure = NULL;
  gint64 n_bytes = 0;

  FILE_ENTER (self, G_STRFUNC, error, FALSE);

  if (!ompi_obj_file_check_access (self, TRUE, OMPI_OBJ_FILE_ACCESS_ORDERED, G_STRFUNC, error)
      || !check_view (self, G_STRFUNC, error))
    return FALSE;
  message = make_message (owned, &n_bytes, G_STRFUNC, &failure);
  if (!agree (self, failure, G_STRFUNC, error))
    return FALSE;
  failure = NULL;
  ompi_obj_file_write_ordered (self, OMPI_OBJ_BUFFER (message, n_bytes, OMPI_OBJ_BYTE), NULL, &failure);
  return agree (self, failure, G_STRFUNC, error);
}

/*
 * Reading
 */

static const char function[] = "ompi_obj_file_read_variant_ordered";

/* What rank 0 tells each rank: where its message is, 0 bytes if there is none, and where the last one ends. */
typedef struct
{
  gint64 offset;
  gint64 n_bytes;
  gint64 end;
} Place;

/* Reads N_BYTES, or fewer at the end; gives how many, -1 on error. */
static gint64
read_bytes (MpiFile *self, gint64 offset, guint8 *bytes, gsize n_bytes, GError **error)
{
  MpiStatus status;

  if (!ompi_obj_file_read_at (self, offset, OMPI_OBJ_BUFFER (bytes, (gint64) n_bytes, OMPI_OBJ_BYTE), &status, error))
    return -1;
  return ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, error);
}

/* Headers of small values are near each other, and read together. */
#define SEARCH_SIZE ((gsize) 16 << 10)

typedef struct
{
  guint8 bytes[SEARCH_SIZE];
  gint64 start;
  gint64 n_bytes;
} Search;

/*
 * The size of the message at OFFSET, with its padding; 0 at the end of the file, -1 on error. FILE_SIZE is what no
 * message is larger than.
 */
static gint64
search_measure (Search *self, MpiFile *file, gint64 offset, gint64 file_size, GError **error)
{
  WireHeader header;
  gint64 n_bytes;

  if (offset < self->start || offset + WIRE_HEADER_SIZE > self->start + self->n_bytes)
    {
      self->start = offset;
      self->n_bytes = read_bytes (file, offset, self->bytes, sizeof self->bytes, error);
      if (self->n_bytes <= 0)
        return self->n_bytes;
    }
  if (!wire_header_read (&header, self->bytes + (offset - self->start),
                         (gsize) (self->n_bytes - (offset - self->start)), function, error))
    return -1;
  /* The header was read, so this does not overflow. */
  n_bytes = (gint64) (header.payload_offset + header.payload_size);
  if (n_bytes <= file_size)
    return pad (n_bytes);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function,
                      "the value at offset %" G_GINT64_FORMAT " claims %" G_GINT64_FORMAT
                      " bytes, more than the file has",
                      offset, n_bytes);
  return -1;
}

/* Finds the message of each rank. */
static gboolean
find_places (MpiFile *self, Place *places, gint n_places, GError **error)
{
  g_autofree Search *search = g_new0 (Search, 1);
  const gint64 file_size = ompi_obj_file_get_size (self, error);
  gint64 offset = file_size >= 0 ? ompi_obj_file_get_position_shared (self, error) : -1;
  gint n_found = 0;

  if (offset < 0)
    return FALSE;
  search->start = -1;
  while (n_found < n_places)
    {
      const gint64 n_bytes = search_measure (search, self, offset, file_size, error);

      if (n_bytes < 0)
        return FALSE;
      if (n_bytes == 0)
        break;
      places[n_found++] = (Place){ .offset = offset, .n_bytes = n_bytes };
      offset += n_bytes;
    }
  for (gint i = n_found; i < n_places; i++)
    places[i] = (Place){ .offset = offset };
  for (gint i = 0; i < n_places; i++)
    places[i].end = offset;
  return TRUE;
}

/* Reads and takes apart the message of this rank. */
static GVariant *
read_place (MpiFile *self, const Place *place, GError **error)
{
  ValueMemory *memory = value_memory_new ((gsize) place->n_bytes);
  WireHeader header;
  gint64 n_read;

  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function, "no memory for a value of %" G_GINT64_FORMAT " bytes",
                          place->n_bytes);
      return NULL;
    }
  n_read = read_bytes (self, place->offset, memory->bytes, (gsize) place->n_bytes, error);
  if (n_read == place->n_bytes && wire_header_read (&header, memory->bytes, (gsize) n_read, function, error))
    return wire_decode (memory->bytes, header.payload_offset + header.payload_size, (GDestroyNotify) value_memory_free,
                        memory, function, error);
  if (n_read >= 0 && n_read < place->n_bytes)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function,
                        "the file ends within the value at offset %" G_GINT64_FORMAT, place->offset);
  value_memory_free (memory);
  return NULL;
}

/* All ranks learn where their messages are. */
static gboolean
share_places (MpiFile *self, Place *place, GError **error)
{
  MpiComm *comm = self->handle->comm;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autofree Place *places = NULL;
  GError *failure = NULL;

  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      places = g_new0 (Place, size);
      find_places (self, places, size, &failure);
    }
  if (!agree (self, failure, function, error))
    return FALSE;
  return CHECK_MPI (error, MPI_Scatter, places, 3, MPI_INT64_T, place, 3, MPI_INT64_T, 0, COMM_HANDLE (comm));
}

/**
 * ompi_obj_file_read_variant_ordered:
 * @self: a file that is open for reading, with a view whose etype is a byte
 * @error: return location for a #GError
 *
 * Reads the next values at the shared file pointer, one for each rank in the order of the ranks, as
 * [method@Mpi.File.write_variant_ordered] wrote them. Collective. The number of ranks need not be that of the writers:
 * if there are fewer values left than ranks, the last ranks get none.
 *
 * Nothing in the file is trusted. If a value is damaged all ranks get an error; where the next values are is known if
 * its header was good, and then the file pointer is behind those that were read.
 *
 * Errors, on every rank: [error@Mpi.Error.malformed] if there is no value where one should be, or the file ends within
 * it; [error@Mpi.Error.type] if the view has another etype, [error@Mpi.Error.no_mem] if there is no memory for a value,
 * [error@Mpi.Error.unsupported] if the file was opened by raw MPI, [error@Mpi.Error.file] if @self was closed, and what
 * reading can give.
 *
 * Mirrors `MPI_File_read_ordered` (MPI-4.0, section 14.4.4).
 *
 * Returns: (transfer full) (nullable): the value; %NULL if there is none for this rank, and on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_file_read_variant_ordered (MpiFile *self, GError **error)
{
  g_autoptr (GVariant) value = NULL;
  GError *failure = NULL;
  Place place = { 0 };

  FILE_ENTER (self, function, error, NULL);

  if (!ompi_obj_file_check_access (self, FALSE, OMPI_OBJ_FILE_ACCESS_ORDERED, function, error)
      || !check_view (self, function, error) || !share_places (self, &place, error))
    return NULL;
  if (place.n_bytes > 0)
    value = read_place (self, &place, &failure);
  ompi_obj_file_seek_shared (self, place.end, OMPI_OBJ_WHENCE_SET, failure == NULL ? &failure : NULL);
  return agree (self, failure, function, error) ? g_steal_pointer (&value) : NULL;
}
