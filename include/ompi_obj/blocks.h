/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/buffer.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_BLOCKS (ompi_obj_blocks_get_type ())

/**
 * MpiBlocks:
 * @address: (type gsize): where displacements count from, or %NULL for absolute addresses (`MPI_BOTTOM`)
 * @n_blocks: the number of blocks: that of the ranks that the operation exchanges blocks with
 * @counts: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks) (nullable): where each block starts: in elements of @datatype from
 *   @address, or in bytes if the blocks have datatypes of their own; %NULL if one follows the other
 * @datatype: (nullable): the type of the elements of all blocks; %NULL if the blocks have types of their own
 * @datatypes: (array length=n_blocks) (nullable): the type of the elements of each block; may be %NULL for a
 *   block without elements
 * @owner: (nullable): what keeps the memory alive
 *
 * The memory of a message to or from every rank, one block for each, of counts that may differ: what gatherv,
 * scatterv, allgatherv, alltoallv and alltoallw take in place of a [struct@Mpi.Buffer].
 *
 * C programs write one in place, on the stack and without a copy, with `OMPI_OBJ_BLOCKS_DATA()`,
 * `OMPI_OBJ_BLOCKS()` or `OMPI_OBJ_BLOCKS_OF_TYPES()`. Such blocks borrow their memory, arrays and datatypes and are
 * not freed. Other languages make them on the heap with a constructor; they own copies and references.
 *
 * Since: 1.0
 */
struct _MpiBlocks
{
  gpointer address;
  gsize n_blocks;
  const gint64 *counts;
  const gint64 *displacements;
  MpiDatatype *datatype;
  MpiDatatype *const *datatypes;
  GBytes *owner;
};

#ifndef __cplusplus

/**
 * OMPI_OBJ_BLOCKS: (skip)
 * @pointer: where displacements count from, or %NULL for absolute addresses
 * @n: the number of blocks, that of the ranks
 * @n_elements: an array of @n counts (#gint64)
 * @places: an array of @n displacements (#gint64) in elements, or %NULL if one block follows the other
 * @type: (transfer none): the [class@Mpi.Datatype] of the elements
 *
 * An [struct@Mpi.Blocks] in place.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_BLOCKS(pointer, n, n_elements, places, type) \
  (&(MpiBlocks){ .address = (gpointer) (pointer),             \
                 .n_blocks = (gsize) (n),                     \
                 .counts = (n_elements),                      \
                 .displacements = (places),                   \
                 .datatype = (type),                          \
                 .datatypes = NULL,                           \
                 .owner = NULL })

/**
 * OMPI_OBJ_BLOCKS_DATA: (skip)
 * @pointer: a pointer or an array of a C type that MPI knows
 * @n: the number of blocks, that of the ranks
 * @n_elements: an array of @n counts (#gint64)
 * @places: an array of @n displacements (#gint64) in elements, or %NULL if one block follows the other
 *
 * An [struct@Mpi.Blocks] in place whose datatype follows from the C type of @pointer. Another type does not
 * compile.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_BLOCKS_DATA(pointer, n, n_elements, places) \
  OMPI_OBJ_BLOCKS (pointer, n, n_elements, places, OMPI_OBJ_DATATYPE_OF (pointer))

/**
 * OMPI_OBJ_BLOCKS_OF_TYPES: (skip)
 * @pointer: where displacements count from, or %NULL for absolute addresses
 * @n: the number of blocks, that of the ranks
 * @n_elements: an array of @n counts (#gint64)
 * @places: an array of @n displacements (#gint64) in bytes, or %NULL if one block follows the other
 * @types: an array of @n datatypes (#MpiDatatype *); %NULL for a block without elements
 *
 * An [struct@Mpi.Blocks] in place, each block of a datatype of its own: for alltoallw.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_BLOCKS_OF_TYPES(pointer, n, n_elements, places, types) \
  (&(MpiBlocks){ .address = (gpointer) (pointer),                       \
                 .n_blocks = (gsize) (n),                               \
                 .counts = (n_elements),                                \
                 .displacements = (places),                             \
                 .datatype = NULL,                                      \
                 .datatypes = (types),                                  \
                 .owner = NULL })

/**
 * OMPI_OBJ_BLOCKS_IN_PLACE: (skip)
 *
 * In place of what to send in alltoallv and alltoallw; see [func@Mpi.Blocks.in_place].
 *
 * Since: 1.0
 */
#define OMPI_OBJ_BLOCKS_IN_PLACE (ompi_obj_blocks_in_place ())

#endif

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_blocks_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_new (const MpiBuffer *buffer, const gint64 *counts, gsize n_blocks, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_new_with_displacements (const MpiBuffer *buffer,
                                                   const gint64 *counts,
                                                   const gint64 *displacements,
                                                   gsize n_blocks,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_new_for_types (const MpiBuffer *buffer,
                                          const gint64 *counts,
                                          const gint64 *displacements,
                                          MpiDatatype *const *datatypes,
                                          gsize n_blocks,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For languages whose arrays have lengths of their own */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_new_with_displacements_arrays (const MpiBuffer *buffer,
                                                          const gint64 *counts,
                                                          gsize n_blocks,
                                                          const gint64 *displacements,
                                                          gsize n_displacements,
                                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_new_for_types_arrays (const MpiBuffer *buffer,
                                                 const gint64 *counts,
                                                 gsize n_blocks,
                                                 const gint64 *displacements,
                                                 gsize n_displacements,
                                                 MpiDatatype *const *datatypes,
                                                 gsize n_datatypes,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of any blocks */

OMPI_OBJ_AVAILABLE_IN_1_0
const MpiBlocks *ompi_obj_blocks_in_place (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBlocks *ompi_obj_blocks_copy (const MpiBlocks *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_blocks_free (MpiBlocks *self);

OMPI_OBJ_AVAILABLE_IN_1_0
const gint64 *ompi_obj_blocks_get_counts (const MpiBlocks *self, gsize *n_blocks);

OMPI_OBJ_AVAILABLE_IN_1_0
const gint64 *ompi_obj_blocks_get_displacements (const MpiBlocks *self, gsize *n_blocks);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_blocks_get_datatype (const MpiBlocks *self, gsize block);

OMPI_OBJ_AVAILABLE_IN_1_0
GBytes *ompi_obj_blocks_get_bytes (const MpiBlocks *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiBlocks, ompi_obj_blocks_free)

G_END_DECLS
