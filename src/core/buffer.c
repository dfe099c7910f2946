/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "buffer-private.h"
#include "error-private.h"

G_DEFINE_BOXED_TYPE (MpiBuffer, ompi_obj_buffer, ompi_obj_buffer_copy, ompi_obj_buffer_free)

void
ompi_obj_buffer_report (const MpiBuffer *buffer, const char *function, GError **error)
{
  if (address_is_in_place (buffer->address))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "OMPI_OBJ_IN_PLACE is not allowed here");
  else if (!datatype_is_usable (buffer->datatype))
    ompi_obj_datatype_report (buffer->datatype, function, error);
  else if (buffer->count < 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "count is %" G_GINT64_FORMAT, buffer->count);
  else if (buffer_address_is_missing (buffer))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                        "the address is NULL, but the count is %" G_GINT64_FORMAT, buffer->count);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                        "count is %" G_GINT64_FORMAT ", but this MPI is older than 4.0 and counts to %d; "
                        "use a derived datatype",
                        buffer->count, G_MAXINT);
}

static MpiBuffer *
buffer_new_take (gpointer address, gint64 count, MpiDatatype *datatype, GBytes *owner)
{
  MpiBuffer *self = g_new (MpiBuffer, 1);

  self->address = address;
  self->count = count;
  self->datatype = datatype != NULL ? g_object_ref (datatype) : NULL;
  self->owner = owner;
  return self;
}

/**
 * ompi_obj_buffer_new: (constructor)
 * @n_bytes: the size in bytes
 *
 * Makes a buffer of zeroed memory of its own, to receive into. Its elements are bytes.
 *
 * Returns: (transfer full): a new buffer
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new (gsize n_bytes)
{
  gpointer memory = g_malloc0 (n_bytes);

  return buffer_new_take (memory, (gint64) n_bytes, OMPI_OBJ_BYTE, g_bytes_new_take (memory, n_bytes));
}

/* The memory that COUNT elements take from their address on. */
static gboolean
elements_get_size (gint64 count, MpiDatatype *datatype, const char *function, gsize *n_bytes, GError **error)
{
  gint64 extent = 0;
  gint64 first_byte = 0;
  gint64 length = 0;
  gint64 size = 0;

  if (!ompi_obj_datatype_get_extent (datatype, NULL, &extent, error)
      || !ompi_obj_datatype_get_true_extent (datatype, &first_byte, &length, error))
    return FALSE;
  if (extent < 0 || first_byte < 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the elements of the datatype take memory before their address");
      return FALSE;
    }
  if (count < 0
      || (count > 0
          && (__builtin_mul_overflow (count - 1, extent, &size)
              || __builtin_add_overflow (size, first_byte + length, &size))))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "count is %" G_GINT64_FORMAT, count);
      return FALSE;
    }
  *n_bytes = (gsize) size;
  return TRUE;
}

/**
 * ompi_obj_buffer_new_for_elements: (constructor)
 * @count: the number of elements
 * @datatype: the type of one element
 * @error: return location for a #GError
 *
 * Makes a buffer of zeroed memory of its own for elements of a datatype, to fill and send or to receive into. The
 * memory is reached with [method@Mpi.Buffer.get_bytes], or read with [method@Mpi.Buffer.to_variant].
 *
 * Errors: [error@Mpi.Error.count] if @count is negative or too large, [error@Mpi.Error.type] if @datatype was freed
 * or takes memory before its address, [error@Mpi.Error.no_mem] if there is not so much memory.
 *
 * Returns: (transfer full): a new buffer that keeps a reference to @datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_for_elements (gint64 count, MpiDatatype *datatype, GError **error)
{
  static const char function[] = "ompi_obj_buffer_new_for_elements";
  gpointer memory;
  gsize n_bytes;

  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (datatype), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!elements_get_size (count, datatype, function, &n_bytes, error))
    return NULL;
  memory = g_try_malloc0 (MAX (n_bytes, 1));
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function, "there is no memory for %" G_GSIZE_FORMAT " bytes",
                          n_bytes);
      return NULL;
    }
  return buffer_new_take (memory, count, datatype, g_bytes_new_take (memory, n_bytes));
}

/**
 * ompi_obj_buffer_new_for_bytes: (constructor)
 * @bytes: the memory
 *
 * Makes a buffer of the memory of a #GBytes, without a copy, to send from. Its elements are bytes.
 *
 * Returns: (transfer full): a new buffer that keeps a reference to @bytes
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_for_bytes (GBytes *bytes)
{
  gsize size = 0;
  gconstpointer memory;

  g_return_val_if_fail (bytes != NULL, NULL);

  memory = g_bytes_get_data (bytes, &size);
  return buffer_new_take ((gpointer) memory, (gint64) size, OMPI_OBJ_BYTE, g_bytes_ref (bytes));
}

/**
 * ompi_obj_buffer_new_for_address: (constructor)
 * @address: the first element, as a number; 0 for absolute addresses
 * @count: the number of elements
 * @datatype: the type of one element
 *
 * Makes a buffer of memory that somebody else owns and keeps alive for as long as it is used: the
 * data of a NumPy array, say.
 *
 * Returns: (transfer full): a new buffer that keeps a reference to @datatype
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_for_address (guintptr address, gint64 count, MpiDatatype *datatype)
{
  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (datatype), NULL);

  return buffer_new_take ((gpointer) address, count, datatype, NULL);
}

/**
 * ompi_obj_buffer_new_with_free_func: (constructor)
 * @address: the first byte of the memory, as a number
 * @n_bytes: how many bytes there are from @address on
 * @count: the number of elements
 * @datatype: the type of one element
 * @free_func: (scope async): called once, when the last user of the memory has let go of it
 * @user_data: passed to @free_func
 *
 * Makes a buffer of memory that somebody else owns, and who is told when it is free again: when the buffer, its
 * copies, its bytes ([method@Mpi.Buffer.get_bytes]), and all requests that use it are done with it. So the memory of
 * an array of another language lives as long as MPI needs it, whatever becomes of the request.
 *
 * Returns: (transfer full): a new buffer that keeps a reference to @datatype
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_with_free_func (guintptr address,
                                    gsize n_bytes,
                                    gint64 count,
                                    MpiDatatype *datatype,
                                    MpiBufferFreeFunc free_func,
                                    gpointer user_data)
{
  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (datatype), NULL);
  g_return_val_if_fail (free_func != NULL, NULL);

  return buffer_new_take ((gpointer) address, count, datatype,
                          g_bytes_new_with_free_func ((gconstpointer) address, n_bytes, free_func, user_data));
}

/**
 * ompi_obj_buffer_new_for_variant: (constructor)
 * @value: a number, a tuple of numbers, or an array of such: `d`, `ai`, `a(id)` and so on
 * @error: return location for a #GError
 *
 * Makes a buffer of the numbers in a #GVariant, without a copy, to send from. Its elements are of
 * the datatype that [func@Mpi.Datatype.get_for_variant_type] gives for the type of the numbers (a
 * boolean is one byte).
 *
 * Errors: [error@Mpi.Error.type] if @value is of another type.
 *
 * Returns: (transfer full): a new buffer that keeps the memory of @value alive; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_for_variant (GVariant *value, GError **error)
{
  static const char function[] = "ompi_obj_buffer_new_for_variant";
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  g_autoptr (GError) reason = NULL;
  const GVariantType *type;
  const GVariantType *element;
  MpiDatatype *number;
  GBytes *bytes;
  gconstpointer memory;
  gint64 count;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  owned = g_variant_ref_sink (value);
  type = g_variant_get_type (owned);
  element = g_variant_type_is_array (type) ? g_variant_type_element (type) : type;
  number = ompi_obj_datatype_peek_for_number (element);
  datatype =
      number != NULL ? g_object_ref (number) : ompi_obj_datatype_build_for_variant_type (element, function, &reason);
  if (datatype == NULL)
    {
      if (g_error_matches (reason, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_TYPE))
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                            "the value is of type '%s', which is not a number, a tuple of numbers or an array of such",
                            g_variant_get_type_string (owned));
      else
        g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  bytes = g_variant_get_data_as_bytes (owned);
  memory = g_bytes_get_data (bytes, NULL);
  count = g_variant_type_is_array (type) ? (gint64) g_variant_n_children (owned) : 1;
  return buffer_new_take ((gpointer) memory, count, datatype, bytes);
}

const char ompi_obj_in_place_marker = 0;

/**
 * ompi_obj_buffer_in_place:
 *
 * Gets the buffer that stands for "the data is in the other buffer already", and is replaced by the result there.
 * C programs write `OMPI_OBJ_IN_PLACE` instead.
 *
 * Collectives on intracommunicators take it: as what is sent, on every rank in allgather, allgatherv, alltoall,
 * allreduce, reduce_scatter, reduce_scatter_block, scan and exscan, and at the root in gather, gatherv and reduce;
 * as where to receive to, at the root in scatter and scatterv. Anywhere else it is an error.
 *
 * Mirrors `MPI_IN_PLACE` (MPI-4.0, section 6.2.1).
 *
 * Returns: (transfer none): the buffer
 *
 * Since: 1.0
 */
const MpiBuffer *
ompi_obj_buffer_in_place (void)
{
  static const MpiBuffer in_place = { .address = (gpointer) &ompi_obj_in_place_marker };

  return &in_place;
}

/**
 * ompi_obj_buffer_copy:
 * @self: a buffer
 *
 * Copies a buffer, not the memory it describes. The copy is on the heap and owns references to the
 * datatype and the owner, whether @self does or not.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_copy (const MpiBuffer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return buffer_new_take (self->address, self->count, self->datatype,
                          self->owner != NULL ? g_bytes_ref (self->owner) : NULL);
}

/**
 * ompi_obj_buffer_free: (skip)
 * @self: a buffer that a constructor made, or a copy
 *
 * Frees a buffer and drops its references. Not for the ones that `OMPI_OBJ_DATA()` and
 * `OMPI_OBJ_BUFFER()` make.
 *
 * Since: 1.0
 */
void
ompi_obj_buffer_free (MpiBuffer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->datatype);
  g_clear_pointer (&self->owner, g_bytes_unref);
  g_free (self);
}

/**
 * ompi_obj_buffer_get_bytes:
 * @self: a buffer that owns its memory
 * @error: return location for a #GError
 *
 * Gets the memory of a buffer, without a copy: what was received, say. Receive into the buffer again
 * only when nobody uses these bytes any more.
 *
 * Errors: [error@Mpi.Error.buffer] if the buffer describes memory that it does not own.
 *
 * Returns: (transfer full): the bytes; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
ompi_obj_buffer_get_bytes (const MpiBuffer *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->owner == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, "ompi_obj_buffer_get_bytes",
                          "the buffer does not own its memory");
      return NULL;
    }
  return g_bytes_ref (self->owner);
}

/* The bytes of the owner from the buffer's address on, and not more than N_BYTES. */
static GBytes *
buffer_slice_owner (const MpiBuffer *self, gsize n_bytes)
{
  gsize owner_size = 0;
  const guint8 *memory = g_bytes_get_data (self->owner, &owner_size);
  const gsize offset = MIN ((gsize) ((const guint8 *) self->address - memory), owner_size);

  return g_bytes_new_from_bytes (self->owner, offset, MIN (n_bytes, owner_size - offset));
}

/* The type of an array of all elements, and the memory that they take. */
static GVariantType *
buffer_get_variant_type (const MpiBuffer *self, const char *function, gsize *n_bytes, GError **error)
{
  g_autoptr (GVariantType) element = NULL;

  if (!buffer_check (self, function, error))
    return NULL;
  element = ompi_obj_datatype_to_variant_type (self->datatype, error);
  if (element == NULL || !elements_get_size (self->count, self->datatype, function, n_bytes, error))
    return NULL;
  return g_variant_type_new_array (element);
}

/**
 * ompi_obj_buffer_to_variant:
 * @self: a buffer
 * @error: return location for a #GError
 *
 * Gets the elements of a buffer as an array: what was received, in a form that every language can read. Undoes
 * [ctor@Mpi.Buffer.new_for_variant].
 *
 * If the buffer owns its memory, nothing is copied: receive into it again only when nobody uses this value any more.
 * The elements of memory that it does not own, such as those that an operation is called with, are copied.
 *
 * Errors: [error@Mpi.Error.type] if there is no GVariant type that looks like its elements (see
 * [method@Mpi.Datatype.to_variant_type]) or the datatype was freed, [error@Mpi.Error.buffer] if it is
 * [func@Mpi.Buffer.in_place].
 *
 * Returns: (transfer full): the array, of bytes if the buffer was made without a datatype; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_buffer_to_variant (const MpiBuffer *self, GError **error)
{
  g_autoptr (GVariantType) type = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n_bytes = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  type = buffer_get_variant_type (self, "ompi_obj_buffer_to_variant", &n_bytes, error);
  if (type == NULL)
    return NULL;
  bytes = self->owner != NULL ? buffer_slice_owner (self, n_bytes) : g_bytes_new (self->address, n_bytes);
  return g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));
}

/**
 * ompi_obj_buffer_set_variant:
 * @self: a buffer
 * @value: an array of as many elements as the buffer has; sunk if it floats
 * @error: return location for a #GError
 *
 * Copies the elements of an array into the memory of a buffer, for languages that cannot write there: what to send, or
 * the result of an operation of the program's.
 *
 * Errors: [error@Mpi.Error.type] if @value is not of the type that [method@Mpi.Buffer.to_variant] gives, or there is
 * none, [error@Mpi.Error.count] if it has another number of elements, [error@Mpi.Error.buffer] if @self is
 * [func@Mpi.Buffer.in_place].
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_buffer_set_variant (const MpiBuffer *self, GVariant *value, GError **error)
{
  static const char function[] = "ompi_obj_buffer_set_variant";
  g_autoptr (GVariantType) type = NULL;
  g_autoptr (GVariant) owned = NULL;
  gsize n_bytes = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  owned = g_variant_ref_sink (value);
  type = buffer_get_variant_type (self, function, &n_bytes, error);
  if (type == NULL)
    return FALSE;
  if (!g_variant_is_of_type (owned, type))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the value is of type '%s', but the buffer takes '%.*s'", g_variant_get_type_string (owned),
                          (int) g_variant_type_get_string_length (type), g_variant_type_peek_string (type));
      return FALSE;
    }
  if (g_variant_n_children (owned) != (gsize) self->count || g_variant_get_size (owned) != n_bytes)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the value has %" G_GSIZE_FORMAT " elements, but the buffer %" G_GINT64_FORMAT,
                          g_variant_n_children (owned), self->count);
      return FALSE;
    }
  g_variant_store (owned, self->address);
  return TRUE;
}

/**
 * ompi_obj_buffer_get_part:
 * @self: a buffer
 * @first: the number of the first element of the part, from 0
 * @count: the number of elements in the part
 * @error: return location for a #GError
 *
 * Makes a buffer of some of the elements of a buffer, in the same memory. It keeps the memory alive if @self does.
 *
 * Errors: [error@Mpi.Error.arg] if @self has not so many elements, [error@Mpi.Error.buffer] if it is
 * [func@Mpi.Buffer.in_place], [error@Mpi.Error.type] if its datatype was freed or takes memory before its address.
 *
 * Returns: (transfer full): a new buffer; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_get_part (const MpiBuffer *self, gint64 first, gint64 count, GError **error)
{
  static const char function[] = "ompi_obj_buffer_get_part";
  MpiBuffer part;
  gint64 extent = 0;
  gsize n_bytes = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!buffer_check (self, function, error)
      || !elements_get_size (self->count, self->datatype, function, &n_bytes, error)
      || !ompi_obj_datatype_get_extent (self->datatype, NULL, &extent, error))
    return NULL;
  if (first < 0 || count < 0 || first > self->count || count > self->count - first)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "the part is of %" G_GINT64_FORMAT " elements from %" G_GINT64_FORMAT
                          " on, but there are %" G_GINT64_FORMAT,
                          count, first, self->count);
      return NULL;
    }

  part = *self;
  part.address = (guint8 *) self->address + first * extent;
  part.count = count;
  if (!elements_get_size (count, self->datatype, function, &n_bytes, error))
    return NULL;
  return buffer_new_take (part.address, count, self->datatype,
                          self->owner != NULL ? buffer_slice_owner (&part, n_bytes) : NULL);
}
