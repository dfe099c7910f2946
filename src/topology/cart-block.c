/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "cart-block-private.h"
#include "topology-private.h"

/* Where the block at a coordinate starts, if N elements are divided as evenly as can be; without overflow. */
static gint64
block_start (gint64 n, gint coord, gint n_blocks)
{
  return n / n_blocks * coord + n % n_blocks * coord / n_blocks;
}

static gboolean
check_shape (const gint64 *shape, gsize n_dims, gsize n_grid_dims, const char *function, GError **error)
{
  gint64 n_elements = 1;
  gboolean overflows = FALSE;

  if (n_dims < n_grid_dims)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                          "the array has %" G_GSIZE_FORMAT " dimensions, but the grid %" G_GSIZE_FORMAT, n_dims,
                          n_grid_dims);
      return FALSE;
    }
  for (gsize i = 0; i < n_dims; i++)
    {
      if (shape[i] < 0)
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "shape", (gssize) i, shape[i],
                                             "which is negative", error);
      overflows = overflows || __builtin_mul_overflow (n_elements, MAX (shape[i], 1), &n_elements);
    }
  if (overflows)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the array has more than 2^63 - 1 elements");
  return !overflows;
}

gboolean
cart_block_find (MpiCartcomm *grid,
                 gint rank,
                 const gint64 *shape,
                 gsize n_dims,
                 gint64 *starts,
                 gint64 *sizes,
                 const char *function,
                 GError **error)
{
  g_autofree gint *dims = NULL;
  g_autofree gint *coords = NULL;
  gsize n_grid_dims = 0;

  if (!ompi_obj_cartcomm_get_topo (grid, &dims, NULL, NULL, &n_grid_dims, error)
      || !check_shape (shape, n_dims, n_grid_dims, function, error))
    return FALSE;
  coords = ompi_obj_cartcomm_get_coords (grid, rank, NULL, error);
  if (coords == NULL)
    return FALSE;
  for (gsize i = 0; i < n_dims; i++)
    {
      const gboolean is_divided = i < n_grid_dims;

      starts[i] = is_divided ? block_start (shape[i], coords[i], dims[i]) : 0;
      sizes[i] = (is_divided ? block_start (shape[i], coords[i] + 1, dims[i]) : shape[i]) - starts[i];
    }
  return TRUE;
}

/**
 * ompi_obj_cartcomm_get_block:
 * @self: a communicator of a grid
 * @rank: any rank of it
 * @shape: (array length=n_dims): the number of elements of the whole array in each dimension
 * @n_dims: the number of dimensions, at least that of the grid
 * @starts: (out) (optional) (array length=n_block_dims) (transfer full): where the block of @rank begins in each
 *   dimension
 * @sizes: (out) (optional) (array length=n_block_dims) (transfer full): its number of elements in each dimension,
 *   which may be 0
 * @n_block_dims: (out) (optional): the length of both, which is @n_dims
 * @error: return location for a #GError
 *
 * Gets the part of an array that a rank has when the array is divided over a grid by blocks, as evenly as
 * can be: of n elements, the block at coordinate c of p begins at n * c / p, rounded down. Dimensions beyond those of
 * the grid are not divided. [method@Mpi.File.write_array_all] divides an array in this way.
 *
 * Errors: [error@Mpi.Error.dims] if @n_dims is less than the dimensions of the grid, [error@Mpi.Error.arg] if
 * a number in @shape is negative or their product too large, [error@Mpi.Error.rank] if there is no such rank, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_cartcomm_get_block (MpiCartcomm *self,
                             gint rank,
                             const gint64 *shape,
                             gsize n_dims,
                             gint64 **starts,
                             gint64 **sizes,
                             gsize *n_block_dims,
                             GError **error)
{
  g_autofree gint64 *found_starts = NULL;
  g_autofree gint64 *found_sizes = NULL;

  g_return_val_if_fail (shape != NULL || n_dims == 0, FALSE);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_CARTCOMM, G_STRFUNC, error, FALSE);

  found_starts = g_new (gint64, n_dims + 1);
  found_sizes = g_new (gint64, n_dims + 1);
  if (!cart_block_find (self, rank, shape, n_dims, found_starts, found_sizes, G_STRFUNC, error))
    return FALSE;
  if (starts != NULL)
    *starts = g_steal_pointer (&found_starts);
  if (sizes != NULL)
    *sizes = g_steal_pointer (&found_sizes);
  if (n_block_dims != NULL)
    *n_block_dims = n_dims;
  return TRUE;
}
