/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/datatype.h>

#include "array-lengths-private.h"

/*
 * The constructors that take several arrays, for languages whose arrays have lengths of their own.
 */

/**
 * ompi_obj_datatype_new_indexed_arrays: (constructor) (rename-to ompi_obj_datatype_new_indexed)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks
 * @displacements: (array length=n_displacements): where each block starts, in elements
 * @n_displacements: the number of blocks again
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks at displacements in elements: the form of [ctor@Mpi.Datatype.new_indexed] for languages
 * whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Type_indexed` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_indexed_arrays (const gint64 *lengths,
                                      gsize n_blocks,
                                      const gint64 *displacements,
                                      gsize n_displacements,
                                      MpiDatatype *element,
                                      GError **error)
{
  static const char function[] = "MPI_Type_indexed";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "displacements", n_displacements, "lengths", n_blocks, error))
    return NULL;
  return ompi_obj_datatype_new_indexed (lengths, displacements, n_blocks, element, error);
}

/**
 * ompi_obj_datatype_new_hindexed_arrays: (constructor) (rename-to ompi_obj_datatype_new_hindexed)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks
 * @displacements: (array length=n_displacements): where each block starts, in bytes
 * @n_displacements: the number of blocks again
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks at displacements in bytes: the form of [ctor@Mpi.Datatype.new_hindexed] for languages
 * whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Type_create_hindexed` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_hindexed_arrays (const gint64 *lengths,
                                       gsize n_blocks,
                                       const gint64 *displacements,
                                       gsize n_displacements,
                                       MpiDatatype *element,
                                       GError **error)
{
  static const char function[] = "MPI_Type_create_hindexed";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "displacements", n_displacements, "lengths", n_blocks, error))
    return NULL;
  return ompi_obj_datatype_new_hindexed (lengths, displacements, n_blocks, element, error);
}

/**
 * ompi_obj_datatype_new_struct_arrays: (constructor) (rename-to ompi_obj_datatype_new_struct)
 * @lengths: (array length=n_blocks): the number of elements of each block
 * @n_blocks: the number of blocks
 * @displacements: (array length=n_displacements): where each block starts, in bytes
 * @n_displacements: the number of blocks again
 * @elements: (array length=n_elements): the datatype of the elements of each block
 * @n_elements: the number of blocks again
 * @error: return location for a #GError
 *
 * Builds a datatype of blocks of different lengths and datatypes: the form of [ctor@Mpi.Datatype.new_struct] for
 * languages whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Type_create_struct` (MPI-4.0, section 5.1.2).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_struct_arrays (const gint64 *lengths,
                                     gsize n_blocks,
                                     const gint64 *displacements,
                                     gsize n_displacements,
                                     MpiDatatype *const *elements,
                                     gsize n_elements,
                                     GError **error)
{
  static const char function[] = "MPI_Type_create_struct";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "displacements", n_displacements, "lengths", n_blocks, error)
      || !array_length_check (function, "elements", n_elements, "lengths", n_blocks, error))
    return NULL;
  return ompi_obj_datatype_new_struct (lengths, displacements, elements, n_blocks, error);
}

/**
 * ompi_obj_datatype_new_subarray_arrays: (constructor) (rename-to ompi_obj_datatype_new_subarray)
 * @sizes: (array length=n_dims): the number of elements of the whole array in each dimension
 * @n_dims: the number of dimensions, at least 1
 * @subsizes: (array length=n_subsizes): the number of elements of the part
 * @n_subsizes: the number of dimensions again
 * @starts: (array length=n_starts): where the part starts, in elements, from 0
 * @n_starts: the number of dimensions again
 * @order: how the array is stored
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of a part of an array: the form of [ctor@Mpi.Datatype.new_subarray] for languages whose arrays
 * have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Type_create_subarray` (MPI-4.0, section 5.1.3).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_subarray_arrays (const gint64 *sizes,
                                       gsize n_dims,
                                       const gint64 *subsizes,
                                       gsize n_subsizes,
                                       const gint64 *starts,
                                       gsize n_starts,
                                       MpiOrder order,
                                       MpiDatatype *element,
                                       GError **error)
{
  static const char function[] = "MPI_Type_create_subarray";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "subsizes", n_subsizes, "sizes", n_dims, error)
      || !array_length_check (function, "starts", n_starts, "sizes", n_dims, error))
    return NULL;
  return ompi_obj_datatype_new_subarray (sizes, subsizes, starts, n_dims, order, element, error);
}

/**
 * ompi_obj_datatype_new_darray_arrays: (constructor) (rename-to ompi_obj_datatype_new_darray)
 * @size: the number of processes
 * @rank: which of them, from 0
 * @sizes: (array length=n_dims): the number of elements of the whole array in each dimension
 * @n_dims: the number of dimensions, at least 1
 * @distributions: (array length=n_distributions): how each dimension is distributed
 * @n_distributions: the number of dimensions again
 * @arguments: (array length=n_arguments): the size of the blocks in each dimension, in elements;
 *   `OMPI_OBJ_DISTRIBUTE_DFLT_DARG` for MPI's choice
 * @n_arguments: the number of dimensions again
 * @n_processes: (array length=n_process_dims): over how many processes; their product is @size
 * @n_process_dims: the number of dimensions again
 * @order: how the array is stored
 * @element: the datatype of the elements
 * @error: return location for a #GError
 *
 * Builds a datatype of the part that one process has of an array: the form of [ctor@Mpi.Datatype.new_darray] for
 * languages whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Type_create_darray` (MPI-4.0, section 5.1.4).
 *
 * Returns: (transfer full): a new datatype, to be committed; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_darray_arrays (gint size,
                                     gint rank,
                                     const gint64 *sizes,
                                     gsize n_dims,
                                     const MpiDistribute *distributions,
                                     gsize n_distributions,
                                     const gint *arguments,
                                     gsize n_arguments,
                                     const gint *n_processes,
                                     gsize n_process_dims,
                                     MpiOrder order,
                                     MpiDatatype *element,
                                     GError **error)
{
  static const char function[] = "MPI_Type_create_darray";

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!array_length_check (function, "distributions", n_distributions, "sizes", n_dims, error)
      || !array_length_check (function, "arguments", n_arguments, "sizes", n_dims, error)
      || !array_length_check (function, "n_processes", n_process_dims, "sizes", n_dims, error))
    return NULL;
  return ompi_obj_datatype_new_darray (size, rank, sizes, distributions, arguments, n_processes, n_dims, order, element,
                                       error);
}
