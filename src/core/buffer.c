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
