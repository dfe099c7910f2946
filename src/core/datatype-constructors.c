/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "keyval-private.h"
#include "large-count-datatype-private.h"
#include "large-count-private.h"

G_STATIC_ASSERT (sizeof (MPI_Count) == sizeof (gint64));

/*
 * Checks of arguments. MPIs differ in what they look at, and none says which number of an array is wrong.
 */

/* PLACE is the index in an array; -1 of a number of its own. */
static inline gboolean
number_fits_mpi (const char *function, const char *name, gssize place, gint64 value, GError **error)
{
#ifdef HAVE_MPI_LARGE_COUNT
  (void) function, (void) name, (void) place, (void) value, (void) error;
  return TRUE;
#else
  if (G_LIKELY (mpi_count_fits_int (value)))
    return TRUE;
  return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_COUNT, name, place, value,
                                       "but this MPI is older than 4.0 and counts to 2147483647", error);
#endif
}

static inline gboolean
count_check (const char *function, const char *name, gssize place, gint64 value, GError **error)
{
  if (G_UNLIKELY (value < 0))
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, name, place, value, "which is negative", error);
  return number_fits_mpi (function, name, place, value, error);
}

/*
 * What the blocks of a layout add up to. A number that overflows would be an address anywhere in memory.
 */
typedef struct
{
  const char *function;
  gint64 size;
  gint64 lowest;
  gint64 highest;
} Layout;

typedef struct
{
  MPI_Count size;
  MPI_Count lower_bound;
  MPI_Count extent;
} Element;

static gboolean
element_init (Element *self, MPI_Datatype handle, const char *function, GError **error)
{
  return check_mpi (error, function, MPI_Type_size_c (handle, &self->size))
         && check_mpi (error, function, MPI_Type_get_extent_c (handle, &self->lower_bound, &self->extent));
}

static gboolean COLD
layout_report (const Layout *self, gsize block, gint64 length, gint64 displacement, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, self->function,
                      "block %" G_GSIZE_FORMAT ", of %" G_GINT64_FORMAT " elements at %" G_GINT64_FORMAT
                      ", does not fit into addresses of 64 bits",
                      block, length, displacement);
  return FALSE;
}

/* DISPLACEMENT is in UNITs of bytes. */
static gboolean
layout_add (Layout *self,
            gsize block,
            gint64 displacement,
            gint64 unit,
            gint64 length,
            const Element *element,
            GError **error)
{
  gint64 start;
  gint64 end;
  gint64 last_start;
  gint64 last_end;
  gint64 span;
  gint64 bytes;
  gint64 all;

  if (length == 0)
    return TRUE;
  if (__builtin_mul_overflow (displacement, unit, &start)
      || __builtin_add_overflow (start, (gint64) element->lower_bound, &start)
      || __builtin_add_overflow (start, (gint64) element->extent, &end)
      || __builtin_mul_overflow (length - 1, (gint64) element->extent, &span)
      || __builtin_add_overflow (start, span, &last_start) || __builtin_add_overflow (end, span, &last_end)
      || __builtin_mul_overflow (length, (gint64) element->size, &bytes)
      || __builtin_add_overflow (self->size, bytes, &self->size))
    return layout_report (self, block, length, displacement, error);

  self->lowest = MIN (self->lowest, MIN (MIN (start, end), MIN (last_start, last_end)));
  self->highest = MAX (self->highest, MAX (MAX (start, end), MAX (last_start, last_end)));
  if (__builtin_sub_overflow (self->highest, self->lowest, &all))
    return layout_report (self, block, length, displacement, error);
  return TRUE;
}

static MpiDatatype *
datatype_new_built (MPI_Datatype handle)
{
  return ompi_obj_datatype_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_datatype_new_contiguous: (constructor)
 * @count: the number of elements
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of @count elements, one after the other.
 *
 * Errors: [error@Mpi.Error.arg] for a negative count or one that overflows, [error@Mpi.Error.count] for
 * one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if @element was freed.
 *
 * Mirrors `MPI_Type_contiguous` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_contiguous (gint64 count, MpiDatatype *element, GError **error)
{
  static const char function[] = "MPI_Type_contiguous";
  Layout layout = { .function = function };
  Element measures;
  MPI_Datatype handle;

  DATATYPE_ENTER (element, function, error, NULL);

  if (!count_check (function, "count", -1, count, error) || !element_init (&measures, element->handle, function, error)
      || !layout_add (&layout, 0, 0, 1, count, &measures, error)
      || !check_mpi (error, "MPI_Type_contiguous", mpi_type_contiguous (count, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/* The blocks of a vector lie between its first and its last. */
static gboolean
vector_check (const char *function,
              gint64 count,
              gint64 length,
              gint64 stride,
              gboolean stride_in_elements,
              MPI_Datatype handle,
              GError **error)
{
  Layout layout = { .function = function };
  Element element;
  gint64 last;
  gint64 size;

  if (!count_check (function, "count", -1, count, error) || !count_check (function, "length", -1, length, error)
      || (stride_in_elements && !number_fits_mpi (function, "stride", -1, stride, error))
      || !element_init (&element, handle, function, error))
    return FALSE;
  if (count == 0)
    return TRUE;

  if (__builtin_mul_overflow (count - 1, stride, &last))
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "stride", -1, stride,
                                         "with which the last block does not fit into addresses of 64 bits", error);
  if (!layout_add (&layout, 0, 0, 1, length, &element, error)
      || !layout_add (&layout, (gsize) count - 1, last, stride_in_elements ? (gint64) element.extent : 1, length,
                      &element, error))
    return FALSE;
  if (__builtin_mul_overflow (count, length, &size) || __builtin_mul_overflow (size, (gint64) element.size, &size))
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "count", -1, count,
                                         "with which the data has more than 2^63 bytes", error);
  return TRUE;
}

/**
 * ompi_obj_datatype_new_vector: (constructor)
 * @count: the number of blocks
 * @length: the number of elements of each block
 * @stride: from the start of one block to the start of the next, in elements; may be negative
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of one length at one distance: a column of a matrix, say.
 *
 * Errors: [error@Mpi.Error.arg] for a negative count or length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_vector` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_vector (gint64 count, gint64 length, gint64 stride, MpiDatatype *element, GError **error)
{
  MPI_Datatype handle;

  DATATYPE_ENTER (element, "MPI_Type_vector", error, NULL);

  if (!vector_check ("MPI_Type_vector", count, length, stride, TRUE, element->handle, error)
      || !check_mpi (error, "MPI_Type_vector", mpi_type_vector (count, length, stride, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_hvector: (constructor)
 * @count: the number of blocks
 * @length: the number of elements of each block
 * @stride: from the start of one block to the start of the next, in bytes; may be negative
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of one length at one distance in bytes.
 *
 * Errors: [error@Mpi.Error.arg] for a negative count or length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_create_hvector` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_hvector (gint64 count, gint64 length, gint64 stride, MpiDatatype *element, GError **error)
{
  MPI_Datatype handle;

  DATATYPE_ENTER (element, "MPI_Type_create_hvector", error, NULL);

  if (!vector_check ("MPI_Type_create_hvector", count, length, stride, FALSE, element->handle, error)
      || !check_mpi (error, "MPI_Type_create_hvector",
                     mpi_type_create_hvector (count, length, stride, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/* LENGTHS is NULL if all blocks are of LENGTH. */
static gboolean
blocks_check (const char *function,
              const gint64 *lengths,
              gint64 length,
              const gint64 *displacements,
              gsize n_blocks,
              gboolean displacements_in_elements,
              MPI_Datatype handle,
              GError **error)
{
  Layout layout = { .function = function };
  Element element;

  if (!count_check (function, "n_blocks", -1, (gint64) n_blocks, error)
      || (lengths == NULL && !count_check (function, "length", -1, length, error))
      || !element_init (&element, handle, function, error))
    return FALSE;
  for (gsize i = 0; i < n_blocks; i++)
    {
      if (lengths != NULL && !count_check (function, "lengths", (gssize) i, lengths[i], error))
        return FALSE;
      if ((displacements_in_elements
           && !number_fits_mpi (function, "displacements", (gssize) i, displacements[i], error))
          || !layout_add (&layout, i, displacements[i], displacements_in_elements ? (gint64) element.extent : 1,
                          lengths != NULL ? lengths[i] : length, &element, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ompi_obj_datatype_new_indexed: (constructor)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in elements
 * @n_blocks: the number of blocks
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of different lengths at displacements in elements.
 *
 * Errors: [error@Mpi.Error.arg] for a negative length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_indexed` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_indexed (const gint64 *lengths,
                               const gint64 *displacements,
                               gsize n_blocks,
                               MpiDatatype *element,
                               GError **error)
{
  MPI_Datatype handle;

  g_return_val_if_fail (n_blocks == 0 || (lengths != NULL && displacements != NULL), NULL);
  DATATYPE_ENTER (element, "MPI_Type_indexed", error, NULL);

  if (!blocks_check ("MPI_Type_indexed", lengths, 0, displacements, n_blocks, TRUE, element->handle, error)
      || !check_mpi (error, "MPI_Type_indexed",
                     mpi_type_indexed ((MPI_Count) n_blocks, (const MPI_Count *) lengths,
                                       (const MPI_Count *) displacements, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_hindexed: (constructor)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in bytes
 * @n_blocks: the number of blocks
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of different lengths at displacements in bytes. In a
 * [struct@Mpi.Buffer] whose address is %NULL the displacements are absolute addresses.
 *
 * Errors: [error@Mpi.Error.arg] for a negative length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_create_hindexed` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_hindexed (const gint64 *lengths,
                                const gint64 *displacements,
                                gsize n_blocks,
                                MpiDatatype *element,
                                GError **error)
{
  MPI_Datatype handle;

  g_return_val_if_fail (n_blocks == 0 || (lengths != NULL && displacements != NULL), NULL);
  DATATYPE_ENTER (element, "MPI_Type_create_hindexed", error, NULL);

  if (!blocks_check ("MPI_Type_create_hindexed", lengths, 0, displacements, n_blocks, FALSE, element->handle, error)
      || !check_mpi (error, "MPI_Type_create_hindexed",
                     mpi_type_create_hindexed ((MPI_Count) n_blocks, (const MPI_Count *) lengths,
                                               (const MPI_Count *) displacements, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_indexed_block: (constructor)
 * @length: the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in elements
 * @n_blocks: the number of blocks
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of one length at displacements in elements.
 *
 * Errors: [error@Mpi.Error.arg] for a negative length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_create_indexed_block` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_indexed_block (gint64 length,
                                     const gint64 *displacements,
                                     gsize n_blocks,
                                     MpiDatatype *element,
                                     GError **error)
{
  MPI_Datatype handle;

  g_return_val_if_fail (n_blocks == 0 || displacements != NULL, NULL);
  DATATYPE_ENTER (element, "MPI_Type_create_indexed_block", error, NULL);

  if (!blocks_check ("MPI_Type_create_indexed_block", NULL, length, displacements, n_blocks, TRUE, element->handle,
                     error)
      || !check_mpi (error, "MPI_Type_create_indexed_block",
                     mpi_type_create_indexed_block ((MPI_Count) n_blocks, length, (const MPI_Count *) displacements,
                                                    element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_hindexed_block: (constructor)
 * @length: the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in bytes
 * @n_blocks: the number of blocks
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of one length at displacements in bytes.
 *
 * Errors: [error@Mpi.Error.arg] for a negative length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_create_hindexed_block` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_hindexed_block (gint64 length,
                                      const gint64 *displacements,
                                      gsize n_blocks,
                                      MpiDatatype *element,
                                      GError **error)
{
  MPI_Datatype handle;

  g_return_val_if_fail (n_blocks == 0 || displacements != NULL, NULL);
  DATATYPE_ENTER (element, "MPI_Type_create_hindexed_block", error, NULL);

  if (!blocks_check ("MPI_Type_create_hindexed_block", NULL, length, displacements, n_blocks, FALSE, element->handle,
                     error)
      || !check_mpi (error, "MPI_Type_create_hindexed_block",
                     mpi_type_create_hindexed_block ((MPI_Count) n_blocks, length, (const MPI_Count *) displacements,
                                                     element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_struct: (constructor)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @displacements: (array length=n_blocks): where each block starts, in bytes
 * @elements: (array length=n_blocks): the datatype of the elements of each block
 * @n_blocks: the number of blocks
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of different lengths and datatypes: a C structure, with `offsetof` for
 * the displacements. For arrays of structures, give it the size of the structure as its extent with
 * [ctor@Mpi.Datatype.new_resized], if there is padding at the end.
 *
 * Errors: [error@Mpi.Error.arg] for a negative length, or numbers that overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * one of @elements is %NULL or was freed.
 *
 * Mirrors `MPI_Type_create_struct` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_struct (const gint64 *lengths,
                              const gint64 *displacements,
                              MpiDatatype *const *elements,
                              gsize n_blocks,
                              GError **error)
{
  static const char function[] = "MPI_Type_create_struct";
  Layout layout = { .function = function };
  g_autofree MPI_Datatype *handles = NULL;
  MPI_Datatype handle;

  g_return_val_if_fail (n_blocks == 0 || (lengths != NULL && displacements != NULL && elements != NULL), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (function, error) || !count_check (function, "n_blocks", -1, (gint64) n_blocks, error))
    return NULL;

  handles = g_new (MPI_Datatype, MAX (n_blocks, 1));
  for (gsize i = 0; i < n_blocks; i++)
    {
      Element element;

      if (!count_check (function, "lengths", (gssize) i, lengths[i], error)
          || !datatype_check (elements[i], function, error)
          || !element_init (&element, elements[i]->handle, function, error)
          || !layout_add (&layout, i, displacements[i], 1, lengths[i], &element, error))
        return NULL;
      handles[i] = elements[i]->handle;
    }
  if (!check_mpi (error, "MPI_Type_create_struct",
                  mpi_type_create_struct ((MPI_Count) n_blocks, (const MPI_Count *) lengths,
                                          (const MPI_Count *) displacements, handles, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

gboolean
ompi_obj_order_to_mpi (MpiOrder order, int *mpi_order)
{
  *mpi_order = order == OMPI_OBJ_ORDER_C ? MPI_ORDER_C : MPI_ORDER_FORTRAN;
  return order == OMPI_OBJ_ORDER_C || order == OMPI_OBJ_ORDER_FORTRAN;
}

gboolean
ompi_obj_distribute_to_mpi (MpiDistribute distribute, int *mpi_distribute)
{
  switch (distribute)
    {
    case OMPI_OBJ_DISTRIBUTE_NONE:
      *mpi_distribute = MPI_DISTRIBUTE_NONE;
      return TRUE;
    case OMPI_OBJ_DISTRIBUTE_BLOCK:
      *mpi_distribute = MPI_DISTRIBUTE_BLOCK;
      return TRUE;
    case OMPI_OBJ_DISTRIBUTE_CYCLIC:
      *mpi_distribute = MPI_DISTRIBUTE_CYCLIC;
      return TRUE;
    default:
      return FALSE;
    }
}

/* What subarray and darray have in common: dimensions of a whole array that can be addressed. */
static gboolean
array_check (const char *function,
             const gint64 *sizes,
             gsize n_dims,
             MpiOrder order,
             int *mpi_order,
             MPI_Datatype handle,
             GError **error)
{
  Layout layout = { .function = function };
  Element element;
  gint64 n_elements = 1;

  if (n_dims == 0 || n_dims > G_MAXINT)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "n_dims", -1, (gint64) n_dims,
                                         "not between 1 and 2147483647", error);
  if (!ompi_obj_order_to_mpi (order, mpi_order))
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "order", -1, order, "which is no order", error);
  for (gsize i = 0; i < n_dims; i++)
    {
      if (sizes[i] < 1)
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "sizes", (gssize) i, sizes[i],
                                             "which is less than 1", error);
      if (!number_fits_mpi (function, "sizes", (gssize) i, sizes[i], error))
        return FALSE;
      if (__builtin_mul_overflow (n_elements, sizes[i], &n_elements))
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "sizes", (gssize) i, sizes[i],
                                             "with which the array has more than 2^63 elements", error);
    }
  return element_init (&element, handle, function, error) && layout_add (&layout, 0, 0, 1, n_elements, &element, error);
}

/**
 * ompi_obj_datatype_new_subarray: (constructor)
 * @sizes: (array length=n_dims): the number of elements of the whole array in each dimension
 * @subsizes: (array length=n_dims): the number of elements of the part
 * @starts: (array length=n_dims): where the part starts, in elements, from 0
 * @n_dims: the number of dimensions, at least 1
 * @order: how the array is stored
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of a part of an array of several dimensions. Its extent is that of the whole array.
 *
 * Errors: [error@Mpi.Error.arg] for a part that is empty or not within the array, or numbers that
 * overflow, [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count,
 * [error@Mpi.Error.type] if @element was freed.
 *
 * Mirrors `MPI_Type_create_subarray` (MPI-4.0, section 5.1.3).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_subarray (const gint64 *sizes,
                                const gint64 *subsizes,
                                const gint64 *starts,
                                gsize n_dims,
                                MpiOrder order,
                                MpiDatatype *element,
                                GError **error)
{
  static const char function[] = "MPI_Type_create_subarray";
  MPI_Datatype handle;
  int mpi_order;

  g_return_val_if_fail (n_dims == 0 || (sizes != NULL && subsizes != NULL && starts != NULL), NULL);
  DATATYPE_ENTER (element, function, error, NULL);

  if (!array_check (function, sizes, n_dims, order, &mpi_order, element->handle, error))
    return NULL;
  for (gsize i = 0; i < n_dims; i++)
    {
      if (subsizes[i] < 1 || subsizes[i] > sizes[i])
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                              "subsizes[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT ", but sizes[%" G_GSIZE_FORMAT
                              "] is %" G_GINT64_FORMAT,
                              i, subsizes[i], i, sizes[i]);
          return NULL;
        }
      if (starts[i] < 0 || starts[i] > sizes[i] - subsizes[i])
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                              "starts[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT ", but only %" G_GINT64_FORMAT
                              " of %" G_GINT64_FORMAT " elements can be left out before the part",
                              i, starts[i], sizes[i] - subsizes[i], sizes[i]);
          return NULL;
        }
    }
  if (!check_mpi (error, "MPI_Type_create_subarray",
                  mpi_type_create_subarray ((int) n_dims, (const MPI_Count *) sizes, (const MPI_Count *) subsizes,
                                            (const MPI_Count *) starts, mpi_order, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/* One dimension of a distribution; what MPI calls erroneous ends in wrong layouts or in divisions by zero there. */
static gboolean
distribution_check (const char *function,
                    gsize dim,
                    gint64 size,
                    MpiDistribute distribution,
                    gint argument,
                    gint n_processes,
                    GError **error)
{
  const gssize place = (gssize) dim;

  if (n_processes < 1)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "n_processes", place, n_processes,
                                         "which is less than 1", error);
  if (distribution == OMPI_OBJ_DISTRIBUTE_NONE && n_processes != 1)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "n_processes", place, n_processes,
                                         "but the dimension is not distributed", error);
  if (distribution == OMPI_OBJ_DISTRIBUTE_NONE || argument == OMPI_OBJ_DISTRIBUTE_DFLT_DARG)
    return TRUE;
  if (argument < 1)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "arguments", place, argument,
                                         "which is less than 1", error);
  if (distribution == OMPI_OBJ_DISTRIBUTE_BLOCK && (gint64) argument * n_processes < size)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "arguments", place, argument,
                                         "a block size with which the processes do not cover the dimension", error);
  return TRUE;
}

/**
 * ompi_obj_datatype_new_darray: (constructor)
 * @size: the number of processes
 * @rank: which of them, from 0
 * @sizes: (array length=n_dims): the number of elements of the whole array in each dimension
 * @distributions: (array length=n_dims): how each dimension is distributed
 * @arguments: (array length=n_dims): the size of the blocks in each dimension, in elements;
 *   `OMPI_OBJ_DISTRIBUTE_DFLT_DARG` for MPI's choice
 * @n_processes: (array length=n_dims): over how many processes; their product is @size
 * @n_dims: the number of dimensions, at least 1
 * @order: how the array is stored
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of the part that one process has of an array that is distributed as in High
 * Performance Fortran. Its extent is that of the whole array.
 *
 * Errors: [error@Mpi.Error.arg] for numbers that contradict each other or overflow,
 * [error@Mpi.Error.count] for one that an MPI older than 4.0 cannot count, [error@Mpi.Error.type] if
 * @element was freed.
 *
 * Mirrors `MPI_Type_create_darray` (MPI-4.0, section 5.1.4).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_darray (gint size,
                              gint rank,
                              const gint64 *sizes,
                              const MpiDistribute *distributions,
                              const gint *arguments,
                              const gint *n_processes,
                              gsize n_dims,
                              MpiOrder order,
                              MpiDatatype *element,
                              GError **error)
{
  static const char function[] = "MPI_Type_create_darray";
  g_autofree int *mpi_distributions = NULL;
  g_autofree int *mpi_arguments = NULL;
  MPI_Datatype handle;
  gint64 product = 1;
  int mpi_order;

  g_return_val_if_fail (n_dims == 0
                            || (sizes != NULL && distributions != NULL && arguments != NULL && n_processes != NULL),
                        NULL);
  DATATYPE_ENTER (element, function, error, NULL);

  if (size < 1)
    ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "size", -1, size, "which is less than 1", error);
  else if (rank < 0 || rank >= size)
    ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "rank", -1, rank,
                                  "not between 0 and the number of processes", error);
  if (size < 1 || rank < 0 || rank >= size
      || !array_check (function, sizes, n_dims, order, &mpi_order, element->handle, error))
    return NULL;

  mpi_distributions = g_new (int, n_dims);
  mpi_arguments = g_new (int, n_dims);
  for (gsize i = 0; i < n_dims; i++)
    {
      if (!ompi_obj_distribute_to_mpi (distributions[i], &mpi_distributions[i]))
        {
          ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "distributions", (gssize) i, distributions[i],
                                        "which is no distribution", error);
          return NULL;
        }
      if (!distribution_check (function, i, sizes[i], distributions[i], arguments[i], n_processes[i], error))
        return NULL;
      mpi_arguments[i] = distributions[i] == OMPI_OBJ_DISTRIBUTE_NONE || arguments[i] == OMPI_OBJ_DISTRIBUTE_DFLT_DARG
                             ? MPI_DISTRIBUTE_DFLT_DARG
                             : arguments[i];
      product = MIN (product * n_processes[i], (gint64) G_MAXINT + 1);
    }
  if (product != size)
    {
      ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "size", -1, size, "not the product of n_processes",
                                    error);
      return NULL;
    }
  if (!check_mpi (error, "MPI_Type_create_darray",
                  mpi_type_create_darray (size, rank, (int) n_dims, (const MPI_Count *) sizes, mpi_distributions,
                                          mpi_arguments, n_processes, mpi_order, element->handle, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_new_resized: (constructor)
 * @element: a datatype
 * @lower_bound: the new lower bound, in bytes
 * @extent: the new extent, in bytes; may be 0 or negative
 * @error: return location for a #GError
 *
 * Builds a datatype of the same data with another lower bound and extent, so that the elements of a
 * buffer lie closer together, or further apart.
 *
 * Errors: [error@Mpi.Error.arg] if the bounds overflow, [error@Mpi.Error.type] if @element was freed.
 *
 * Mirrors `MPI_Type_create_resized` (MPI-4.0, section 5.1.7).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_resized (MpiDatatype *element, gint64 lower_bound, gint64 extent, GError **error)
{
  MPI_Datatype handle;
  gint64 upper_bound;

  DATATYPE_ENTER (element, "MPI_Type_create_resized", error, NULL);

  if (__builtin_add_overflow (lower_bound, extent, &upper_bound))
    {
      ompi_obj_error_report_number ("MPI_Type_create_resized", OMPI_OBJ_ERROR_ARG, "extent", -1, extent,
                                    "with which the upper bound does not fit into addresses of 64 bits", error);
      return NULL;
    }
  if (!check_mpi (error, "MPI_Type_create_resized",
                  mpi_type_create_resized (element->handle, lower_bound, extent, &handle)))
    return NULL;
  return datatype_new_built (handle);
}

/**
 * ompi_obj_datatype_dup:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Duplicates a datatype, with its layout and its attributes; it is committed if @self is.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_dup` (MPI-4.0, section 5.1.10).
 *
 * Returns: (transfer full): a new datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_dup (MpiDatatype *self, GError **error)
{
  MPI_Datatype handle;

  DATATYPE_ENTER (self, "MPI_Type_dup", error, NULL);

  return ompi_obj_attribute_explain (CHECK_MPI (error, MPI_Type_dup, self->handle, &handle), error)
             ? datatype_new_built (handle)
             : NULL;
}

/* Precision and range are decimal digits and exponents; MPI takes one of them left open. */
static gboolean
digits_check (const char *function, const char *name, gint value, GError **error)
{
  if (value >= 0 || value == OMPI_OBJ_UNDEFINED)
    return TRUE;
  return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, name, -1, value, "which is negative", error);
}

static int
digits_to_mpi (gint value)
{
  return value == OMPI_OBJ_UNDEFINED ? MPI_UNDEFINED : value;
}

static MpiDatatype *
f90_new (const char *function, int (*create) (int, int, MPI_Datatype *), gint precision, gint range, GError **error)
{
  MPI_Datatype handle = MPI_DATATYPE_NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (function, error) || !digits_check (function, "precision", precision, error)
      || !digits_check (function, "range", range, error))
    return NULL;
  if (precision == OMPI_OBJ_UNDEFINED && range == OMPI_OBJ_UNDEFINED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "both precision and range are undefined");
      return NULL;
    }
  if (create (digits_to_mpi (precision), digits_to_mpi (range), &handle) != MPI_SUCCESS || handle == MPI_DATATYPE_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "this MPI has no number of precision %d and range %d; choose smaller ones", precision, range);
      return NULL;
    }
  return ompi_obj_datatype_new_for_result (handle);
}

/**
 * ompi_obj_datatype_new_f90_real: (constructor)
 * @precision: the number of decimal digits, or `OMPI_OBJ_UNDEFINED`
 * @range: the range of the decimal exponent, or `OMPI_OBJ_UNDEFINED`
 * @error: return location for a #GError
 *
 * Gets the datatype of what Fortran's `SELECTED_REAL_KIND (precision, range)` selects. It is committed,
 * and MPI's own: it is not freed.
 *
 * Errors: [error@Mpi.Error.arg] for a negative number or if both are undefined,
 * [error@Mpi.Error.unsupported] if this MPI has no such number.
 *
 * Mirrors `MPI_Type_create_f90_real` (MPI-4.0, section 19.1.9).
 *
 * Returns: (transfer full): a datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_f90_real (gint precision, gint range, GError **error)
{
  return f90_new ("MPI_Type_create_f90_real", MPI_Type_create_f90_real, precision, range, error);
}

/**
 * ompi_obj_datatype_new_f90_complex: (constructor)
 * @precision: the number of decimal digits, or `OMPI_OBJ_UNDEFINED`
 * @range: the range of the decimal exponent, or `OMPI_OBJ_UNDEFINED`
 * @error: return location for a #GError
 *
 * Gets the datatype of complex numbers of what Fortran's `SELECTED_REAL_KIND (precision, range)`
 * selects. It is committed, and MPI's own: it is not freed.
 *
 * Errors: [error@Mpi.Error.arg] for a negative number or if both are undefined,
 * [error@Mpi.Error.unsupported] if this MPI has no such number.
 *
 * Mirrors `MPI_Type_create_f90_complex` (MPI-4.0, section 19.1.9).
 *
 * Returns: (transfer full): a datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_f90_complex (gint precision, gint range, GError **error)
{
  return f90_new ("MPI_Type_create_f90_complex", MPI_Type_create_f90_complex, precision, range, error);
}

static int
f90_integer_create (int precision, int range, MPI_Datatype *handle)
{
  (void) precision;
  return MPI_Type_create_f90_integer (range, handle);
}

/**
 * ompi_obj_datatype_new_f90_integer: (constructor)
 * @range: the number of decimal digits
 * @error: return location for a #GError
 *
 * Gets the datatype of what Fortran's `SELECTED_INT_KIND (range)` selects. It is committed, and MPI's
 * own: it is not freed.
 *
 * Errors: [error@Mpi.Error.arg] for a negative number, [error@Mpi.Error.unsupported] if this MPI has no
 * such number.
 *
 * Mirrors `MPI_Type_create_f90_integer` (MPI-4.0, section 19.1.9).
 *
 * Returns: (transfer full): a datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_f90_integer (gint range, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (range < 0)
    {
      ompi_obj_error_report_number ("MPI_Type_create_f90_integer", OMPI_OBJ_ERROR_ARG, "range", -1, range,
                                    "which is negative", error);
      return NULL;
    }
  return f90_new ("MPI_Type_create_f90_integer", f90_integer_create, 0, range, error);
}

/**
 * ompi_obj_datatype_match_size:
 * @typeclass: the kind of number
 * @size: its size in bytes
 * @error: return location for a #GError
 *
 * Gets a predefined datatype by kind and size. It is not freed.
 *
 * Errors: [error@Mpi.Error.arg] if this MPI has none.
 *
 * Mirrors `MPI_Type_match_size` (MPI-4.0, section 19.1.9).
 *
 * Returns: (transfer full): a datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_match_size (MpiTypeclass typeclass, gint64 size, GError **error)
{
  static const char function[] = "MPI_Type_match_size";
  static const int mpi_typeclasses[] = { MPI_TYPECLASS_REAL, MPI_TYPECLASS_INTEGER, MPI_TYPECLASS_COMPLEX };
  static const char *const names[] = { "real", "integer", "complex" };
  MPI_Datatype handle = MPI_DATATYPE_NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (function, error))
    return NULL;
  if ((guint) typeclass >= G_N_ELEMENTS (mpi_typeclasses))
    {
      ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "typeclass", -1, typeclass, "which is no class",
                                    error);
      return NULL;
    }
  if (size < 1 || size > G_MAXINT
      || MPI_Type_match_size (mpi_typeclasses[typeclass], (int) size, &handle) != MPI_SUCCESS
      || handle == MPI_DATATYPE_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "size is %" G_GINT64_FORMAT ", but this MPI has no %s number of that size", size,
                          names[typeclass]);
      return NULL;
    }
  return ompi_obj_datatype_new_for_result (handle);
}

/**
 * ompi_obj_datatype_get_value_index:
 * @value: the datatype of the values
 * @index: the datatype of the indices
 * @error: return location for a #GError
 *
 * Gets the predefined datatype of pairs of a value and an index, for `MPI_MINLOC` and `MPI_MAXLOC`. An
 * MPI older than 4.1 has those of C with an `int` as index: `MPI_DOUBLE_INT` and so on.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI has no such pair, [error@Mpi.Error.type] if a
 * datatype was freed.
 *
 * Mirrors `MPI_Type_get_value_index` (MPI-4.1, section 5.1.5).
 *
 * Returns: (transfer full): a datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_get_value_index (MpiDatatype *value, MpiDatatype *index, GError **error)
{
  static const char function[] = "MPI_Type_get_value_index";
  MPI_Datatype handle = MPI_DATATYPE_NULL;
#ifndef HAVE_MPI_TYPE_GET_VALUE_INDEX
  const struct
  {
    MPI_Datatype value;
    MPI_Datatype pair;
  } pairs[] = {
    { MPI_FLOAT, MPI_FLOAT_INT }, { MPI_DOUBLE, MPI_DOUBLE_INT }, { MPI_LONG, MPI_LONG_INT },
    { MPI_INT, MPI_2INT },        { MPI_SHORT, MPI_SHORT_INT },   { MPI_LONG_DOUBLE, MPI_LONG_DOUBLE_INT },
  };
#endif

  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (index), NULL);
  DATATYPE_ENTER (value, function, error, NULL);
  if (!datatype_check (index, function, error))
    return NULL;

#ifdef HAVE_MPI_TYPE_GET_VALUE_INDEX
  if (!CHECK_MPI (error, MPI_Type_get_value_index, value->handle, index->handle, &handle))
    return NULL;
#else
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (index->handle == MPI_INT && value->handle == pairs[i].value)
      handle = pairs[i].pair;
#endif

  if (handle == MPI_DATATYPE_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "this MPI has no pair of these datatypes; one with an int as index may do");
      return NULL;
    }
  return ompi_obj_datatype_new_for_result (handle);
}
