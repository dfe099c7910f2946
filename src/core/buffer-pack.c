/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "error-private.h"
#include "large-count-private.h"
#include "pack-private.h"

static gboolean COLD
position_report (gint64 position, gint64 needed, gint64 size, const char *function, GError **error)
{
  if (position < 0 || position > size)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                        "position is %" G_GINT64_FORMAT ", but there are %" G_GINT64_FORMAT " bytes", position, size);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_TRUNCATE, function,
                        "%" G_GINT64_FORMAT " bytes are needed from position %" G_GINT64_FORMAT
                        " on, but there are %" G_GINT64_FORMAT,
                        needed, position, size - position);
  return FALSE;
}

gboolean
ompi_obj_pack_check_room (const MpiBuffer *packed, gint64 position, gint64 needed, const char *function, GError **error)
{
  MPI_Count size = 0;

  if (!buffer_check (packed, function, error))
    return FALSE;
  if (packed->datatype->name == NULL || !CHECK_MPI (NULL, MPI_Type_size_c, packed->datatype->handle, &size)
      || size != 1)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the elements of the packed buffer are not bytes; MPI_BYTE and MPI_PACKED are");
      return FALSE;
    }
  if (position < 0 || position > packed->count || packed->count - position < needed)
    return position_report (position, needed, packed->count, function, error);
  return TRUE;
}

gboolean
ompi_obj_pack_check_data (GBytes *packed,
                          gint64 position,
                          gint64 needed,
                          const void **data,
                          MPI_Count *size,
                          const char *function,
                          GError **error)
{
  gsize n_bytes = 0;

  *data = g_bytes_get_data (packed, &n_bytes);
  *size = (MPI_Count) n_bytes;
  if ((guint64) n_bytes >= MPI_COUNT_LIMIT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "there are %" G_GSIZE_FORMAT " packed bytes, more than this MPI counts", n_bytes);
      return FALSE;
    }
  if (position < 0 || position > *size || *size - position < needed)
    return position_report (position, needed, *size, function, error);
  return TRUE;
}

void *
ompi_obj_pack_allocate (gint64 size, const char *function, GError **error)
{
  void *memory = g_try_malloc (MAX ((gsize) size, 1));

  if (memory == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function, "no memory for %" G_GINT64_FORMAT " bytes", size);
  return memory;
}

gint64
ompi_obj_pack_data_size (const MpiBuffer *buffer, const char *function, GError **error)
{
  MPI_Count size;
  gint64 all;

  if (!check_mpi (error, function, MPI_Type_size_c (buffer->datatype->handle, &size)))
    return -1;
  if (__builtin_mul_overflow (buffer->count, (gint64) size, &all) || (guint64) all >= MPI_COUNT_LIMIT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "count is %" G_GINT64_FORMAT ", with which the data has more bytes than this MPI counts",
                          buffer->count);
      return -1;
    }
  return all;
}

static gboolean
representation_check (const gchar *representation, const char *function, GError **error)
{
  if (g_str_equal (representation, "external32"))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "representation is '%s', but must be 'external32'",
                      representation);
  return FALSE;
}

/*
 * What a datatype becomes in external32. MPI's own answer may be too large (Open MPI counts a long as 8
 * bytes and packs 4) or end the program (MPICH 4.0, for numbers of different datatypes).
 */
typedef struct
{
  MPI_Datatype number; /* the predefined datatype that all is made of; MPI_DATATYPE_NULL of none */
  gboolean is_mixed;
  gint64 size;
} External;

static void
external_add (External *self, const External *part, gint64 n)
{
  if (part->size == 0 || n == 0)
    return;
  self->is_mixed =
      self->is_mixed || part->is_mixed || (self->number != MPI_DATATYPE_NULL && self->number != part->number);
  self->number = part->number;
  self->size += n * part->size;
}

static gboolean
external_init (External *self, MPI_Datatype handle, guint nesting, const char *function, GError **error)
{
  DatatypeContents contents;
  DatatypeReader lengths = { .contents = &contents };
  MPI_Count size = 0;
  gboolean good = TRUE;

  *self = (External){ MPI_DATATYPE_NULL, FALSE, 0 };
  if (nesting > 1000)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the datatype is nested more than 1000 levels deep");
      return FALSE;
    }
  if (!check_mpi (error, function, MPI_Type_size_c (handle, &size))
      || !ompi_obj_datatype_contents_init (&contents, handle, function, error))
    return FALSE;

  if (contents.n_datatypes == 0)
    {
      self->number = handle;
      self->size = handle == MPI_LONG || handle == MPI_UNSIGNED_LONG ? 4 : (gint64) size;
    }
  if (contents.combiner == MPI_COMBINER_STRUCT)
    ompi_obj_datatype_reader_count (&lengths);
  for (MPI_Count i = 0; good && i < contents.n_datatypes; i++)
    {
      External part;
      MPI_Count part_size = 0;
      gint64 n;

      good = external_init (&part, contents.datatypes[i], nesting + 1, function, error)
             && check_mpi (error, function, MPI_Type_size_c (contents.datatypes[i], &part_size));
      if (!good)
        break;
      n = contents.combiner == MPI_COMBINER_STRUCT ? ompi_obj_datatype_reader_count (&lengths)
          : part_size > 0                          ? (gint64) (size / part_size)
                                                   : 0;
      external_add (self, &part, n);
    }
  ompi_obj_datatype_contents_clear (&contents);
  return good;
}

gboolean
ompi_obj_datatype_find_number (MpiDatatype *self, MPI_Datatype *number, const char *function, GError **error)
{
  if (self->name != NULL)
    {
      *number = self->handle;
      return TRUE;
    }
  if (!__atomic_load_n (&self->has_number, __ATOMIC_ACQUIRE))
    {
      External external;

      if (!external_init (&external, self->handle, 0, function, error))
        return FALSE;
      self->number = external.is_mixed ? MPI_DATATYPE_NULL : external.number;
      __atomic_store_n (&self->has_number, TRUE, __ATOMIC_RELEASE);
    }
  *number = self->number;
  return TRUE;
}

static gboolean
external_check (const External *self, const char *function, GError **error)
{
#ifdef MPICH_NUMVERSION
  const MPI_Datatype unknown[] = { MPI_FLOAT_INT, MPI_DOUBLE_INT,  MPI_LONG_INT,
                                   MPI_2INT,      MPI_SHORT_INT,   MPI_LONG_DOUBLE_INT,
                                   MPI_WCHAR,     MPI_LONG_DOUBLE, MPI_C_LONG_DOUBLE_COMPLEX };
  gboolean is_unknown = self->is_mixed;

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    is_unknown = is_unknown || self->number == unknown[i];
  if (is_unknown)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "this MPI cannot pack %s in external32; pack the members one by one",
                          self->is_mixed ? "numbers of different datatypes" : "such numbers");
      return FALSE;
    }
#else
  (void) self, (void) function, (void) error;
#endif
  return TRUE;
}

/* -1 on error */
static gint64
external_size (const gchar *representation, const MpiBuffer *buffer, const char *function, GError **error)
{
  External external;

  if (!representation_check (representation, function, error) || !environment_ensure (function, error)
      || !buffer_check (buffer, function, error) || ompi_obj_pack_data_size (buffer, function, error) < 0
      || !external_init (&external, buffer->datatype->handle, 0, function, error)
      || !external_check (&external, function, error))
    return -1;
  return buffer->count * external.size;
}

/**
 * ompi_obj_datatype_get_pack_external_size:
 * @self: a datatype
 * @representation: the form: `external32`
 * @count: the number of elements
 * @error: return location for a #GError
 *
 * Gets how many bytes elements have when they are packed in a form that all MPIs read.
 *
 * Errors: [error@Mpi.Error.arg] for an unknown @representation, [error@Mpi.Error.count] for a negative
 * count or one that overflows, [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Pack_external_size` (MPI-4.0, section 5.3).
 *
 * Returns: the size in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_datatype_get_pack_external_size (MpiDatatype *self, const gchar *representation, gint64 count, GError **error)
{
  /* Only counted, so the address does not matter. */
  const MpiBuffer buffer = { .address = &count, .count = count, .datatype = self, .owner = NULL };

  g_return_val_if_fail (representation != NULL, -1);
  DATATYPE_ENTER (self, "MPI_Pack_external_size", error, -1);

  return external_size (representation, &buffer, "MPI_Pack_external_size", error);
}

/**
 * ompi_obj_buffer_pack_external:
 * @self: what to pack
 * @representation: the form: `external32`
 * @error: return location for a #GError
 *
 * Packs the elements of a buffer, gaps left out, in a form that all MPIs read, for a file or another
 * machine: big-endian, and with sizes that the standard lays down (a `long` has 4 bytes).
 *
 * MPICH cannot pack numbers of different datatypes at once, pairs, `wchar_t` and `long double` so.
 *
 * Errors: [error@Mpi.Error.arg] for an unknown @representation, [error@Mpi.Error.count],
 * [error@Mpi.Error.type] and [error@Mpi.Error.buffer] for a bad buffer, [error@Mpi.Error.unsupported] for
 * what this MPI cannot pack, [error@Mpi.Error.no_mem].
 *
 * Mirrors `MPI_Pack_external` (MPI-4.0, section 5.3).
 *
 * Returns: (transfer full): the packed bytes; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
ompi_obj_buffer_pack_external (const MpiBuffer *self, const gchar *representation, GError **error)
{
  g_autofree void *memory = NULL;
  MPI_Count position = 0;
  MPI_Count mpi_size;
  gint64 size;

  g_return_val_if_fail (self != NULL && representation != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size = external_size (representation, self, "MPI_Pack_external", error);
  if (size < 0
      || !CHECK_MPI (error, MPI_Pack_external_size_c, representation, self->count, self->datatype->handle, &mpi_size))
    return NULL;
  size = MAX (size, (gint64) mpi_size);
  memory = ompi_obj_pack_allocate (size, "MPI_Pack_external", error);
  if (memory == NULL
      || !CHECK_MPI (error, MPI_Pack_external_c, representation, BUFFER_ARGS (self), memory, size, &position))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&memory), (gsize) position);
}

/**
 * ompi_obj_buffer_pack_external_into:
 * @self: what to pack
 * @representation: the form: `external32`
 * @packed: where to; its elements are bytes
 * @position: where to begin in @packed, in bytes
 * @error: return location for a #GError
 *
 * Packs the elements of a buffer like [method@Mpi.Buffer.pack_external], behind others perhaps.
 *
 * Errors: those of [method@Mpi.Buffer.pack_external], [error@Mpi.Error.truncate] if there is too little
 * room, [error@Mpi.Error.arg] for a position outside of @packed, [error@Mpi.Error.type] if the elements
 * of @packed are not bytes.
 *
 * Mirrors `MPI_Pack_external` (MPI-4.0, section 5.3).
 *
 * Returns: the position behind what was packed, in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_buffer_pack_external_into (const MpiBuffer *self,
                                    const gchar *representation,
                                    const MpiBuffer *packed,
                                    gint64 position,
                                    GError **error)
{
  static const char function[] = "MPI_Pack_external";
  MPI_Count place = position;
  gint64 size;

  g_return_val_if_fail (self != NULL && representation != NULL && packed != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  size = external_size (representation, self, function, error);
  if (size < 0 || !ompi_obj_pack_check_room (packed, position, size, function, error)
      || !CHECK_MPI (error, MPI_Pack_external_c, representation, BUFFER_ARGS (self), packed->address, packed->count,
                     &place))
    return -1;
  return place;
}

/**
 * ompi_obj_buffer_unpack_external:
 * @self: where to
 * @representation: the form: `external32`
 * @packed: what [method@Mpi.Buffer.pack_external] gave
 * @position: where to begin in @packed, in bytes
 * @error: return location for a #GError
 *
 * Unpacks the elements of a buffer: as many as it describes.
 *
 * Errors: [error@Mpi.Error.truncate] if @packed has too few bytes, [error@Mpi.Error.arg] for a position
 * outside of it or an unknown @representation, [error@Mpi.Error.count], [error@Mpi.Error.type] and
 * [error@Mpi.Error.buffer] for a bad buffer.
 *
 * Mirrors `MPI_Unpack_external` (MPI-4.0, section 5.3).
 *
 * Returns: the position behind what was unpacked, in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_buffer_unpack_external (const MpiBuffer *self,
                                 const gchar *representation,
                                 GBytes *packed,
                                 gint64 position,
                                 GError **error)
{
  static const char function[] = "MPI_Unpack_external";
  MPI_Count place = position;
  MPI_Count packed_size;
  const void *data;
  gint64 size;

  g_return_val_if_fail (self != NULL && representation != NULL && packed != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  size = external_size (representation, self, function, error);
  if (size < 0 || !ompi_obj_pack_check_data (packed, position, size, &data, &packed_size, function, error))
    return -1;
  /* MPIs do not take an empty piece of memory, which may have no address. */
  if (size == 0)
    return position;
  if (!CHECK_MPI (error, MPI_Unpack_external_c, representation, data, packed_size, &place, BUFFER_ARGS (self)))
    return -1;
  return place;
}
