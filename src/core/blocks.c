/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "array-lengths-private.h"
#include "blocks-private.h"
#include "error-private.h"
#include "large-count-private.h"

G_DEFINE_BOXED_TYPE (MpiBlocks, ompi_obj_blocks, ompi_obj_blocks_copy, ompi_obj_blocks_free)

static gboolean
block_check (const MpiBlocks *blocks, gsize block, const char *function, GError **error)
{
  MpiDatatype *datatype = blocks_get_datatype (blocks, block);
  gint64 count = blocks->counts[block];

  if (count == 0 && blocks->datatypes != NULL && datatype == NULL)
    return TRUE;
  if (datatype == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "block %" G_GSIZE_FORMAT " has no datatype", block);
      return FALSE;
    }
  if (G_LIKELY (datatype_takes_count (datatype, count)))
    return TRUE;
  if (count < 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                        "the count of block %" G_GSIZE_FORMAT " is %" G_GINT64_FORMAT, block, count);
  else
    ompi_obj_buffer_report (&(MpiBuffer){ .address = blocks->address, .count = count, .datatype = datatype }, function,
                            error);
  return FALSE;
}

/* By how much a block moves the next one that follows it, in the unit of displacements. */
static gboolean
block_get_length (const MpiBlocks *blocks, gsize block, gint64 *length, const char *function, GError **error)
{
  MPI_Count lower_bound;
  MPI_Count extent;

  *length = blocks->counts[block];
  if (blocks->datatypes == NULL || *length == 0)
    return TRUE;
  if (!CHECK_MPI (error, MPI_Type_get_extent_c, blocks->datatypes[block]->handle, &lower_bound, &extent))
    return FALSE;
  if (!__builtin_mul_overflow (*length, (gint64) extent, length))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "the %" G_GINT64_FORMAT " elements of block %" G_GSIZE_FORMAT " do not fit into memory",
                      blocks->counts[block], block);
  return FALSE;
}

gboolean
ompi_obj_blocks_place (const MpiBlocks *blocks, gint64 *displacements, const char *function, GError **error)
{
  gint64 next = 0;

  if (blocks->n_blocks > 0 && blocks->counts == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the blocks have no counts");
      return FALSE;
    }
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      gint64 length;

      if (!block_check (blocks, i, function, error))
        return FALSE;
      if (blocks->displacements != NULL)
        {
          displacements[i] = blocks->displacements[i];
          continue;
        }
      displacements[i] = next;
      if (!block_get_length (blocks, i, &length, function, error))
        return FALSE;
      if (__builtin_add_overflow (next, length, &next))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                              "block %" G_GSIZE_FORMAT " ends behind the end of memory", i);
          return FALSE;
        }
    }
  return TRUE;
}

static gpointer
copy_array (gconstpointer array, gsize n, gsize size)
{
  return array != NULL ? g_memdup2 (array, n * size) : NULL;
}

static MpiDatatype **
copy_datatypes (MpiDatatype *const *datatypes, gsize n)
{
  MpiDatatype **copy = copy_array (datatypes, n, sizeof *datatypes);

  for (gsize i = 0; i < n && copy != NULL; i++)
    if (copy[i] != NULL)
      g_object_ref (copy[i]);
  return copy;
}

static MpiBlocks *
blocks_new (const MpiBuffer *buffer,
            const gint64 *counts,
            const gint64 *displacements,
            MpiDatatype *const *datatypes,
            gsize n_blocks,
            const char *function,
            GError **error)
{
  MpiBlocks borrowed = { .address = buffer->address,
                         .n_blocks = n_blocks,
                         .counts = counts,
                         .displacements = displacements,
                         .datatype = datatypes == NULL ? buffer->datatype : NULL,
                         .datatypes = datatypes,
                         .owner = buffer->owner };
  g_autofree gint64 *places = g_new (gint64, n_blocks);

  if (!environment_ensure (function, error) || !buffer_check (buffer, function, error)
      || !ompi_obj_blocks_place (&borrowed, places, function, error))
    return NULL;
  borrowed.displacements = places;
  return ompi_obj_blocks_copy (&borrowed);
}

/* Whether the elements of each block are elements of the buffer. */
static gboolean
check_elements (const MpiBlocks *blocks, const MpiBuffer *buffer, const char *function, GError **error)
{
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      gint64 count = blocks->counts[i];
      gint64 start = blocks->displacements[i];

      if (count > 0 && (start < 0 || count > buffer->count || start > buffer->count - count))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                              "block %" G_GSIZE_FORMAT " has %" G_GINT64_FORMAT " elements from %" G_GINT64_FORMAT
                              ", but the buffer has %" G_GINT64_FORMAT,
                              i, count, start, buffer->count);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the bytes of each block are bytes of the buffer. */
static gboolean
check_bytes (const MpiBlocks *blocks, const MpiBuffer *buffer, const char *function, GError **error)
{
  gint64 buffer_first = 0;
  gint64 buffer_end = 0;

  if (buffer->count > 0 && !ompi_obj_datatype_get_span (buffer->datatype, 0, buffer->count, &buffer_first, &buffer_end))
    buffer_first = buffer_end = 0;
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      gint64 first;
      gint64 end;

      if (blocks->counts[i] > 0
          && (!ompi_obj_datatype_get_span (blocks->datatypes[i], blocks->displacements[i], blocks->counts[i], &first, &end)
              || first < buffer_first || end > buffer_end))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                              "block %" G_GSIZE_FORMAT " has %" G_GINT64_FORMAT " elements from byte %" G_GINT64_FORMAT
                              ", which is not within the %" G_GINT64_FORMAT " bytes of the buffer",
                              i, blocks->counts[i], blocks->displacements[i], buffer_end - buffer_first);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * ompi_obj_blocks_new: (constructor)
 * @buffer: the memory
 * @counts: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks, that of the ranks that they go to or come from
 * @error: return location for a #GError
 *
 * Divides a buffer into blocks that follow each other. All are of the datatype of the buffer.
 *
 * Errors: [error@Mpi.Error.count] if a count is negative, or there are more elements in the blocks than in the
 * buffer; [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if the buffer is wrong.
 *
 * Returns: (transfer full): the blocks, which keep a reference to the datatype and the owner of the memory; %NULL on
 *   error
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_new (const MpiBuffer *buffer, const gint64 *counts, gsize n_blocks, GError **error)
{
  static const char function[] = "ompi_obj_blocks_new";
  g_autoptr (MpiBlocks) self = NULL;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (counts != NULL || n_blocks == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = blocks_new (buffer, counts, NULL, NULL, n_blocks, function, error);
  return self != NULL && check_elements (self, buffer, function, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ompi_obj_blocks_new_with_displacements: (constructor)
 * @buffer: the memory
 * @counts: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in elements from the start of the buffer
 * @n_blocks: the number of blocks, that of the ranks that they go to or come from
 * @error: return location for a #GError
 *
 * Divides a buffer into blocks that may be in any order, with gaps between them. Blocks that are received to must
 * not overlap. All are of the datatype of the buffer.
 *
 * Errors: [error@Mpi.Error.count] if a count is negative, or a block is not within the buffer;
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if the buffer is wrong.
 *
 * Returns: (transfer full): the blocks, which keep a reference to the datatype and the owner of the memory; %NULL on
 *   error
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_new_with_displacements (const MpiBuffer *buffer,
                                        const gint64 *counts,
                                        const gint64 *displacements,
                                        gsize n_blocks,
                                        GError **error)
{
  static const char function[] = "ompi_obj_blocks_new_with_displacements";
  g_autoptr (MpiBlocks) self = NULL;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail ((counts != NULL && displacements != NULL) || n_blocks == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = blocks_new (buffer, counts, displacements, NULL, n_blocks, function, error);
  return self != NULL && check_elements (self, buffer, function, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ompi_obj_blocks_new_for_types: (constructor)
 * @buffer: the memory
 * @counts: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in bytes from the start of the buffer
 * @datatypes: (array length=n_blocks): the type of the elements of each block
 * @n_blocks: the number of blocks, that of the ranks that they go to or come from
 * @error: return location for a #GError
 *
 * Divides a buffer into blocks of datatypes of their own, for [method@Mpi.Comm.alltoallw]. The datatype of the
 * buffer itself only tells its size.
 *
 * Errors: [error@Mpi.Error.count] if a count is negative, or a block is not within the buffer;
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if the buffer or a datatype is wrong.
 *
 * Returns: (transfer full): the blocks, which keep a reference to the datatypes and the owner of the memory; %NULL
 *   on error
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_new_for_types (const MpiBuffer *buffer,
                               const gint64 *counts,
                               const gint64 *displacements,
                               MpiDatatype *const *datatypes,
                               gsize n_blocks,
                               GError **error)
{
  static const char function[] = "ompi_obj_blocks_new_for_types";
  static MpiDatatype *const no_datatypes[1];
  g_autoptr (MpiBlocks) self = NULL;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail ((counts != NULL && displacements != NULL && datatypes != NULL) || n_blocks == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = blocks_new (buffer, counts, displacements, n_blocks > 0 ? datatypes : no_datatypes, n_blocks, function, error);
  /* Absolute addresses are in no buffer. */
  return self != NULL && (buffer->address == NULL || check_bytes (self, buffer, function, error))
             ? g_steal_pointer (&self)
             : NULL;
}

/**
 * ompi_obj_blocks_new_with_displacements_arrays: (constructor) (rename-to ompi_obj_blocks_new_with_displacements)
 * @buffer: the memory
 * @counts: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks, that of the ranks that they go to or come from
 * @displacements: (array length=n_displacements): where each block starts, in elements from the start of the buffer
 * @n_displacements: the number of blocks again
 * @error: return location for a #GError
 *
 * Divides a buffer into blocks that may be in any order: the form of [ctor@Mpi.Blocks.new_with_displacements] for
 * languages whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Returns: (transfer full): the blocks; %NULL on error
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_new_with_displacements_arrays (const MpiBuffer *buffer,
                                               const gint64 *counts,
                                               gsize n_blocks,
                                               const gint64 *displacements,
                                               gsize n_displacements,
                                               GError **error)
{
  static const char function[] = "ompi_obj_blocks_new_with_displacements";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "displacements", n_displacements, "counts", n_blocks, error))
    return NULL;
  return ompi_obj_blocks_new_with_displacements (buffer, counts, displacements, n_blocks, error);
}

/**
 * ompi_obj_blocks_new_for_types_arrays: (constructor) (rename-to ompi_obj_blocks_new_for_types)
 * @buffer: the memory
 * @counts: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks, that of the ranks that they go to or come from
 * @displacements: (array length=n_displacements): where each block starts, in bytes from the start of the buffer
 * @n_displacements: the number of blocks again
 * @datatypes: (array length=n_datatypes): the type of the elements of each block
 * @n_datatypes: the number of blocks again
 * @error: return location for a #GError
 *
 * Divides a buffer into blocks of datatypes of their own: the form of [ctor@Mpi.Blocks.new_for_types] for languages
 * whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Returns: (transfer full): the blocks; %NULL on error
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_new_for_types_arrays (const MpiBuffer *buffer,
                                      const gint64 *counts,
                                      gsize n_blocks,
                                      const gint64 *displacements,
                                      gsize n_displacements,
                                      MpiDatatype *const *datatypes,
                                      gsize n_datatypes,
                                      GError **error)
{
  static const char function[] = "ompi_obj_blocks_new_for_types";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "displacements", n_displacements, "counts", n_blocks, error)
      || !array_length_check (function, "datatypes", n_datatypes, "counts", n_blocks, error))
    return NULL;
  return ompi_obj_blocks_new_for_types (buffer, counts, displacements, datatypes, n_blocks, error);
}

/**
 * ompi_obj_blocks_in_place:
 *
 * Gets the blocks that stand for "the data is where it will be received to": for what to send, on every rank of an
 * intracommunicator, in alltoallv and alltoallw. The blocks that are received then replace those that are sent. C
 * programs write `OMPI_OBJ_BLOCKS_IN_PLACE` instead.
 *
 * Mirrors `MPI_IN_PLACE` (MPI-4.0, section 6.2.1).
 *
 * Returns: (transfer none): the blocks
 *
 * Since: 1.0
 */
const MpiBlocks *
ompi_obj_blocks_in_place (void)
{
  static const MpiBlocks in_place = { .address = (gpointer) &ompi_obj_in_place_marker };

  return &in_place;
}

/**
 * ompi_obj_blocks_copy:
 * @self: blocks
 *
 * Copies blocks, not the memory they describe. The copy is on the heap and owns its arrays, and references to the
 * datatypes and the owner, whether @self does or not.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 1.0
 */
MpiBlocks *
ompi_obj_blocks_copy (const MpiBlocks *self)
{
  MpiBlocks *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->counts = copy_array (self->counts, self->n_blocks, sizeof *self->counts);
  copy->displacements = copy_array (self->displacements, self->n_blocks, sizeof *self->displacements);
  copy->datatypes = copy_datatypes (self->datatypes, self->n_blocks);
  if (copy->datatype != NULL)
    g_object_ref (copy->datatype);
  if (copy->owner != NULL)
    g_bytes_ref (copy->owner);
  return copy;
}

/**
 * ompi_obj_blocks_free: (skip)
 * @self: blocks that a constructor made, or a copy
 *
 * Frees blocks and drops their references. Not for the ones that the macros make.
 *
 * Since: 1.0
 */
void
ompi_obj_blocks_free (MpiBlocks *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < self->n_blocks && self->datatypes != NULL; i++)
    if (self->datatypes[i] != NULL)
      g_object_unref (self->datatypes[i]);
  g_free ((gpointer) self->datatypes);
  g_free ((gpointer) self->counts);
  g_free ((gpointer) self->displacements);
  g_clear_object (&self->datatype);
  g_clear_pointer (&self->owner, g_bytes_unref);
  g_free (self);
}

/**
 * ompi_obj_blocks_get_counts:
 * @self: blocks
 * @n_blocks: (out): how many there are
 *
 * Gets the number of elements of each block.
 *
 * Returns: (array length=n_blocks) (transfer none) (nullable): the counts; %NULL if there are no blocks
 *
 * Since: 1.0
 */
const gint64 *
ompi_obj_blocks_get_counts (const MpiBlocks *self, gsize *n_blocks)
{
  g_return_val_if_fail (self != NULL && n_blocks != NULL, NULL);

  *n_blocks = self->n_blocks;
  return self->counts;
}

/**
 * ompi_obj_blocks_get_displacements:
 * @self: blocks
 * @n_blocks: (out): how many there are
 *
 * Gets where each block starts: in elements from the start of the memory, or in bytes if the blocks have datatypes
 * of their own.
 *
 * Returns: (array length=n_blocks) (transfer none) (nullable): the displacements; %NULL if there are no blocks, or
 *   if blocks that were written in place follow each other
 *
 * Since: 1.0
 */
const gint64 *
ompi_obj_blocks_get_displacements (const MpiBlocks *self, gsize *n_blocks)
{
  g_return_val_if_fail (self != NULL && n_blocks != NULL, NULL);

  *n_blocks = self->displacements != NULL ? self->n_blocks : 0;
  return self->displacements;
}

/**
 * ompi_obj_blocks_get_datatype:
 * @self: blocks
 * @block: which one, from 0
 *
 * Gets the type of the elements of one block.
 *
 * Returns: (transfer none) (nullable): the datatype; %NULL if the block has none, being empty
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_blocks_get_datatype (const MpiBlocks *self, gsize block)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (block < self->n_blocks, NULL);

  return blocks_get_datatype (self, block);
}

/**
 * ompi_obj_blocks_get_bytes:
 * @self: blocks of a buffer that owns its memory
 * @error: return location for a #GError
 *
 * Gets the memory of blocks, without a copy: that of the buffer that they were made of.
 *
 * Errors: [error@Mpi.Error.buffer] if they describe memory that they do not own.
 *
 * Returns: (transfer full): the bytes; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
ompi_obj_blocks_get_bytes (const MpiBlocks *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->owner == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, "ompi_obj_blocks_get_bytes",
                          "the blocks do not own their memory");
      return NULL;
    }
  return g_bytes_ref (self->owner);
}
