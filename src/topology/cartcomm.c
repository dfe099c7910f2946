/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "cartcomm-private.h"
#include "topology-private.h"

/**
 * MpiCartcomm:
 *
 * A communicator whose ranks form a grid of any number of dimensions, each of which may close to a ring.
 *
 * [method@Mpi.Intracomm.create_cart] makes one. Coordinates count from 0; the last one varies fastest
 * with the rank.
 *
 * ```c
 * gint dims[] = { 0, 0 };
 * g_autoptr (MpiCartcomm) grid = NULL;
 * MpiCartShift shift;
 *
 * ompi_obj_compute_dims (ompi_obj_comm_get_size (world), dims, 2, &error);
 * grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (world), dims, NULL, 2, TRUE, &error);
 * ompi_obj_cartcomm_shift (grid, 0, 1, &shift, &error);
 * ```
 *
 * Mirrors the Cartesian topologies of MPI-4.0, section 8.5.1.
 *
 * Since: 1.0
 */

typedef struct
{
  MpiComm *halo_comm; /* carries the messages of all halos of the grid, apart from those of the program */
  guint next_halo_tag;
} MpiCartcommPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MpiCartcomm, ompi_obj_cartcomm, OMPI_OBJ_TYPE_TOPOCOMM)

G_DEFINE_BOXED_TYPE (MpiCartShift, ompi_obj_cart_shift, ompi_obj_cart_shift_copy, ompi_obj_cart_shift_free)

#define CART_ENTER(self, function, error, failed) TOPOLOGY_ENTER (self, OMPI_OBJ_IS_CARTCOMM, function, error, failed)

/* The shape of a grid and the place of the calling rank in it. */
typedef struct
{
  gsize n_dims;
  gint *dims;
  gboolean *periods;
  gint *coords;
} Grid;

static void
grid_clear (Grid *grid)
{
  g_clear_pointer (&grid->dims, g_free);
  g_clear_pointer (&grid->periods, g_free);
  g_clear_pointer (&grid->coords, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grid, grid_clear)

/* GRID is all zero. */
static gboolean
cartcomm_get_grid (MpiCartcomm *self, Grid *grid, GError **error)
{
  int n_dims;

  if (!CHECK_MPI (error, MPI_Cartdim_get, TOPOLOGY_HANDLE (self), &n_dims))
    return FALSE;
  grid->n_dims = (gsize) n_dims;
  grid->dims = topology_array_new (grid->n_dims);
  grid->periods = topology_array_new (grid->n_dims);
  grid->coords = topology_array_new (grid->n_dims);
  return CHECK_MPI (error, MPI_Cart_get, TOPOLOGY_HANDLE (self), n_dims, grid->dims, grid->periods, grid->coords);
}

static gboolean
grid_check_n_dims (const Grid *grid, gsize n_dims, const char *function, GError **error)
{
  if (n_dims == grid->n_dims)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                      "n_dims is %" G_GSIZE_FORMAT ", but the grid has %" G_GSIZE_FORMAT, n_dims, grid->n_dims);
  return FALSE;
}

/* In a grid the neighbours that send are those that receive. */
static gint *
cartcomm_get_edges (MpiTopocomm *topocomm, gsize *n_edges, GError **error)
{
  g_autofree gint *edges = NULL;
  int n_dims;

  if (!CHECK_MPI (error, MPI_Cartdim_get, TOPOLOGY_HANDLE (topocomm), &n_dims))
    return NULL;
  edges = topology_array_new (2 * (gsize) n_dims);
  for (int i = 0; i < n_dims; i++)
    if (!CHECK_MPI (error, MPI_Cart_shift, TOPOLOGY_HANDLE (topocomm), i, 1, &edges[2 * i], &edges[2 * i + 1]))
      return NULL;
  *n_edges = 2 * (gsize) n_dims;
  topology_ranks_from_mpi (edges, *n_edges);
  return g_steal_pointer (&edges);
}

MpiComm *
cartcomm_get_halo_comm (MpiCartcomm *self, guint n_tags, gint *first_tag, const char *function, GError **error)
{
  MpiCartcommPrivate *priv = ompi_obj_cartcomm_get_instance_private (self);

  if (n_tags > ompi_obj_environment.tag_limit)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function, "%u messages are more than this MPI has tags, %u",
                          n_tags, ompi_obj_environment.tag_limit);
      return NULL;
    }
  if (priv->halo_comm == NULL)
    priv->halo_comm = ompi_obj_comm_dup (OMPI_OBJ_COMM (self), error);
  if (priv->next_halo_tag > ompi_obj_environment.tag_limit - n_tags)
    priv->next_halo_tag = 0;
  *first_tag = (gint) priv->next_halo_tag;
  priv->next_halo_tag += n_tags;
  return priv->halo_comm;
}

static void
cartcomm_dispose (GObject *object)
{
  MpiCartcommPrivate *priv = ompi_obj_cartcomm_get_instance_private (OMPI_OBJ_CARTCOMM (object));

  g_clear_object (&priv->halo_comm);

  G_OBJECT_CLASS (ompi_obj_cartcomm_parent_class)->dispose (object);
}

static void
ompi_obj_cartcomm_class_init (MpiCartcommClass *klass)
{
  MpiTopocommClass *topocomm_class = OMPI_OBJ_TOPOCOMM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cartcomm_dispose;

  topocomm_class->get_inedges = cartcomm_get_edges;
  topocomm_class->get_outedges = cartcomm_get_edges;
}

static void
ompi_obj_cartcomm_init (MpiCartcomm *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_cart_shift_copy:
 * @self: a pair of neighbours
 *
 * Copies a pair of neighbours.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 1.0
 */
MpiCartShift *
ompi_obj_cart_shift_copy (const MpiCartShift *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * ompi_obj_cart_shift_free: (skip)
 * @self: a copy of a pair of neighbours
 *
 * Frees a pair of neighbours. Not for one on the stack.
 *
 * Since: 1.0
 */
void
ompi_obj_cart_shift_free (MpiCartShift *self)
{
  g_return_if_fail (self != NULL);

  g_free (self);
}

/**
 * ompi_obj_cartcomm_get_dim:
 * @self: a communicator of a grid
 * @error: return location for a #GError
 *
 * Gets the number of dimensions of the grid, which may be 0.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.topology] if the communicator that
 * it stands for is no grid.
 *
 * Mirrors `MPI_Cartdim_get` (MPI-4.0, section 8.5.5).
 *
 * Returns: the number; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_cartcomm_get_dim (MpiCartcomm *self, GError **error)
{
  int n_dims;

  CART_ENTER (self, "MPI_Cartdim_get", error, -1);

  return CHECK_MPI (error, MPI_Cartdim_get, TOPOLOGY_HANDLE (self), &n_dims) ? n_dims : -1;
}

/**
 * ompi_obj_cartcomm_get_topo:
 * @self: a communicator of a grid
 * @dims: (out) (optional) (array length=n_dims) (transfer full): the number of ranks in each dimension
 * @periods: (out) (optional) (array length=n_dims) (transfer full): whether each dimension is a ring
 * @coords: (out) (optional) (array length=n_dims) (transfer full): the coordinates of the calling rank
 * @n_dims: (out) (optional): the number of dimensions
 * @error: return location for a #GError
 *
 * Gets the shape of the grid, and where in it the calling rank is.
 *
 * Errors: as of [method@Mpi.Cartcomm.get_dim].
 *
 * Mirrors `MPI_Cart_get` (MPI-4.0, section 8.5.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_cartcomm_get_topo (MpiCartcomm *self,
                            gint **dims,
                            gboolean **periods,
                            gint **coords,
                            gsize *n_dims,
                            GError **error)
{
  g_auto (Grid) grid = { 0 };

  CART_ENTER (self, "MPI_Cart_get", error, FALSE);

  if (!cartcomm_get_grid (self, &grid, error))
    return FALSE;
  topology_give_array (dims, &grid.dims);
  topology_give_array (periods, &grid.periods);
  topology_give_array (coords, &grid.coords);
  if (n_dims != NULL)
    *n_dims = grid.n_dims;
  return TRUE;
}

/**
 * ompi_obj_cartcomm_get_coords:
 * @self: a communicator of a grid
 * @rank: any rank of it
 * @n_dims: (out) (optional): the number of dimensions
 * @error: return location for a #GError
 *
 * Gets where in the grid a rank is.
 *
 * Errors: [error@Mpi.Error.rank] if there is no such rank, and as of [method@Mpi.Cartcomm.get_dim].
 *
 * Mirrors `MPI_Cart_coords` (MPI-4.0, section 8.5.5).
 *
 * Returns: (transfer full) (array length=n_dims): the coordinates; %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_cartcomm_get_coords (MpiCartcomm *self, gint rank, gsize *n_dims, GError **error)
{
  g_autofree gint *coords = NULL;
  int n;

  CART_ENTER (self, "MPI_Cart_coords", error, NULL);

  if (!topology_check_rank (self, rank, "MPI_Cart_coords", error)
      || !CHECK_MPI (error, MPI_Cartdim_get, TOPOLOGY_HANDLE (self), &n))
    return NULL;
  coords = topology_array_new ((gsize) n);
  /* A grid without dimensions has one rank, at no coordinates; not every MPI takes the question. */
  if (n > 0 && !CHECK_MPI (error, MPI_Cart_coords, TOPOLOGY_HANDLE (self), rank, n, coords))
    return NULL;
  if (n_dims != NULL)
    *n_dims = (gsize) n;
  return g_steal_pointer (&coords);
}

/**
 * ompi_obj_cartcomm_get_cart_rank:
 * @self: a communicator of a grid
 * @coords: (array length=n_dims): coordinates; in a dimension that is a ring any number, which goes round
 * @n_dims: how many, the number of dimensions of the grid
 * @error: return location for a #GError
 *
 * Gets the rank that is at a place of the grid.
 *
 * Errors: [error@Mpi.Error.arg] if a coordinate is out of the grid in a dimension that is no ring,
 * [error@Mpi.Error.dims] if @n_dims is wrong, and as of [method@Mpi.Cartcomm.get_dim].
 *
 * Mirrors `MPI_Cart_rank` (MPI-4.0, section 8.5.5).
 *
 * Returns: the rank; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_cartcomm_get_cart_rank (MpiCartcomm *self, const gint *coords, gsize n_dims, GError **error)
{
  static const char function[] = "MPI_Cart_rank";
  g_auto (Grid) grid = { 0 };
  int rank;

  g_return_val_if_fail (coords != NULL || n_dims == 0, -1);
  CART_ENTER (self, function, error, -1);

  if (!cartcomm_get_grid (self, &grid, error) || !grid_check_n_dims (&grid, n_dims, function, error))
    return -1;
  for (gsize i = 0; i < n_dims; i++)
    if (!grid.periods[i] && (coords[i] < 0 || coords[i] >= grid.dims[i]))
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                            "coords[%" G_GSIZE_FORMAT
                            "] is %d, but the grid has coordinates 0 to %d there and is no ring",
                            i, coords[i], grid.dims[i] - 1);
        return -1;
      }
  return CHECK_MPI (error, MPI_Cart_rank, TOPOLOGY_HANDLE (self), topology_array_to_mpi (coords), &rank) ? rank : -1;
}

/**
 * ompi_obj_cartcomm_shift:
 * @self: a communicator of a grid
 * @direction: a dimension of the grid, from 0
 * @displacement: how many places the messages move, up or (negative) down
 * @shift: (out caller-allocates): the rank to receive from and the one to send to; `OMPI_OBJ_PROC_NULL`
 *   beyond the end of a dimension that is no ring
 * @error: return location for a #GError
 *
 * Gets whom to exchange messages with when all ranks send in one direction: what
 * [method@Mpi.Comm.sendrecv] needs.
 *
 * Errors: [error@Mpi.Error.dims] if there is no such dimension, and as of
 * [method@Mpi.Cartcomm.get_dim].
 *
 * Mirrors `MPI_Cart_shift` (MPI-4.0, section 8.5.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_cartcomm_shift (MpiCartcomm *self, gint direction, gint displacement, MpiCartShift *shift, GError **error)
{
  static const char function[] = "MPI_Cart_shift";
  g_auto (Grid) grid = { 0 };
  gint dim;

  g_return_val_if_fail (shift != NULL, FALSE);
  CART_ENTER (self, function, error, FALSE);

  if (!cartcomm_get_grid (self, &grid, error))
    return FALSE;
  if (direction < 0 || (gsize) direction >= grid.n_dims)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                          "direction is %d, but the grid has %" G_GSIZE_FORMAT " dimensions", direction, grid.n_dims);
      return FALSE;
    }
  /* MPI adds it to a coordinate, which must not overflow. */
  dim = grid.dims[direction];
  displacement = grid.periods[direction] ? displacement % dim : CLAMP (displacement, -dim, dim);
  if (!CHECK_MPI (error, MPI_Cart_shift, TOPOLOGY_HANDLE (self), direction, displacement, &shift->source, &shift->dest))
    return FALSE;
  shift->source = rank_from_mpi (shift->source);
  shift->dest = rank_from_mpi (shift->dest);
  return TRUE;
}

/**
 * ompi_obj_cartcomm_sub:
 * @self: a communicator of a grid
 * @remain: (array length=n_dims): which dimensions the smaller grids keep; the same on every rank
 * @n_dims: how many, the number of dimensions of the grid
 * @error: return location for a #GError
 *
 * Cuts a grid into smaller ones, of the ranks that differ only in the dimensions that remain: the rows or
 * the columns of a plane, say. Each rank gets the one that it is in, of the class of @self. If no
 * dimension remains, that is one of the rank alone, without dimensions. Collective.
 *
 * Errors: [error@Mpi.Error.dims] if @n_dims is wrong, and as of [method@Mpi.Cartcomm.get_dim].
 *
 * Mirrors `MPI_Cart_sub` (MPI-4.0, section 8.5.7).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiCartcomm *
ompi_obj_cartcomm_sub (MpiCartcomm *self, const gboolean *remain, gsize n_dims, GError **error)
{
  static const char function[] = "MPI_Cart_sub";
  g_auto (Grid) grid = { 0 };
  g_autofree int *flags = NULL;
  gboolean is_empty = TRUE;
  MPI_Comm native;

  g_return_val_if_fail (remain != NULL || n_dims == 0, NULL);
  CART_ENTER (self, function, error, NULL);

  if (!cartcomm_get_grid (self, &grid, error) || !grid_check_n_dims (&grid, n_dims, function, error))
    return NULL;
  flags = topology_array_new (n_dims);
  for (gsize i = 0; i < n_dims; i++)
    {
      flags[i] = remain[i] != FALSE;
      is_empty = is_empty && !remain[i];
    }
  /* Where no dimension remains, MPICH 4.0 has a grid for the first rank only. */
  if (is_empty ? !CHECK_MPI (error, MPI_Cart_create, MPI_COMM_SELF, 0, flags, flags, FALSE, &native)
               : !CHECK_MPI (error, MPI_Cart_sub, TOPOLOGY_HANDLE (self), flags, &native))
    return NULL;
  return (MpiCartcomm *) ompi_obj_comm_new_child (OMPI_OBJ_COMM (self), native, error);
}
