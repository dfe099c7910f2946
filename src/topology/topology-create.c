/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/cartcomm.h>
#include <ompi_obj/distgraphcomm.h>
#include <ompi_obj/graphcomm.h>

#include "array-lengths-private.h"
#include "info-private.h"
#include "topology-private.h"

/*
 * How communicators get a topology: methods of MpiIntracomm that are written here, as this part depends
 * on the other and not the reverse. MPIs differ in what they check, so all arguments are checked first.
 */

#define INTRACOMM_ENTER(self, function, error, failed) \
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_INTRACOMM, function, error, failed)

/* Lengths of arrays are an int in MPI. */
static gboolean
length_check (const char *function, const char *name, gsize length, GError **error)
{
  if (length <= G_MAXINT)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "%s is %" G_GSIZE_FORMAT ", but MPI counts to %d", name,
                      length, G_MAXINT);
  return FALSE;
}

/* The object for what MPI made; ranks that it left out have none, which is no error. */
static gpointer
topology_new_owned (MPI_Comm native, GError **error)
{
  return native != MPI_COMM_NULL ? ompi_obj_comm_new_owned (native, 0, error) : NULL;
}

/* Open MPI 4.1 gives the ranks that find no place a number behind the last one. */
static gint
mapped_rank_from_mpi (int rank, gint n_places)
{
  return rank < n_places ? rank_from_mpi (rank) : OMPI_OBJ_UNDEFINED;
}

/*
 * Grids
 */

static gboolean
grid_check (MpiIntracomm *self, const gint *dims, gsize n_dims, gint *n_places, const char *function, GError **error)
{
  const gint size = ompi_obj_comm_get_size (OMPI_OBJ_COMM (self));

  *n_places = 1;
  if (!length_check (function, "n_dims", n_dims, error))
    return FALSE;
  for (gsize i = 0; i < n_dims; i++)
    {
      if (dims[i] < 1)
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_DIMS, "dims", (gssize) i, dims[i],
                                             "which is less than 1", error);
      if (__builtin_mul_overflow (*n_places, dims[i], n_places) || *n_places > size)
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                              "the grid has more places than the communicator has ranks, %d; dims[%" G_GSIZE_FORMAT
                              "] is %d",
                              size, i, dims[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* MPI's truth values, for a caller who may leave them out. */
static int *
periods_to_mpi (const gboolean *periods, gsize n_dims)
{
  int *flags = topology_array_new (n_dims);

  for (gsize i = 0; periods != NULL && i < n_dims; i++)
    flags[i] = periods[i] != FALSE;
  return flags;
}

/**
 * ompi_obj_intracomm_create_cart:
 * @self: a communicator
 * @dims: (array length=n_dims): the number of ranks in each dimension, the same on every rank;
 *   [func@Mpi.compute_dims] finds some
 * @periods: (array length=n_dims) (nullable): whether each dimension is a ring; %NULL: none is
 * @n_dims: the number of dimensions; 0 makes a grid of one rank
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a grid. Collective.
 *
 * If the grid has fewer places than @self has ranks, some ranks are left out: they get %NULL without an error.
 *
 * Errors: [error@Mpi.Error.dims] if a dimension is less than 1 or the grid has more places than there are
 * ranks, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Cart_create` (MPI-4.0, section 8.5.1).
 *
 * Returns: (transfer full) (nullable): the new communicator; %NULL on a rank that is left out, or on error
 *
 * Since: 1.0
 */
MpiCartcomm *
ompi_obj_intracomm_create_cart (MpiIntracomm *self,
                                const gint *dims,
                                const gboolean *periods,
                                gsize n_dims,
                                gboolean reorder,
                                GError **error)
{
  static const char function[] = "MPI_Cart_create";
  g_autofree int *flags = NULL;
  gint n_places;
  MPI_Comm native;

  g_return_val_if_fail (dims != NULL || n_dims == 0, NULL);
  INTRACOMM_ENTER (self, function, error, NULL);

  if (!grid_check (self, dims, n_dims, &n_places, function, error))
    return NULL;
  flags = periods_to_mpi (periods, n_dims);
  if (!CHECK_MPI (error, MPI_Cart_create, TOPOLOGY_HANDLE (self), (int) n_dims, topology_array_to_mpi (dims), flags,
                  reorder != FALSE, &native))
    return NULL;
  return topology_new_owned (native, error);
}

/**
 * ompi_obj_intracomm_cart_map:
 * @self: a communicator
 * @dims: (array length=n_dims): the number of ranks in each dimension
 * @periods: (array length=n_dims) (nullable): whether each dimension is a ring; %NULL: none is
 * @n_dims: the number of dimensions
 * @error: return location for a #GError
 *
 * Finds the rank that suits the calling rank best in a grid, where MPI knows how the machine is built.
 *
 * Errors: as of [method@Mpi.Intracomm.create_cart].
 *
 * Mirrors `MPI_Cart_map` (MPI-4.0, section 8.5.8).
 *
 * Returns: the rank, or `OMPI_OBJ_UNDEFINED` if the calling rank is left out; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_intracomm_cart_map (MpiIntracomm *self,
                             const gint *dims,
                             const gboolean *periods,
                             gsize n_dims,
                             GError **error)
{
  static const char function[] = "MPI_Cart_map";
  g_autofree int *flags = NULL;
  gint n_places;
  int rank;

  g_return_val_if_fail (dims != NULL || n_dims == 0, -1);
  INTRACOMM_ENTER (self, function, error, -1);

  if (!grid_check (self, dims, n_dims, &n_places, function, error))
    return -1;
  /* Not every MPI takes the question for a grid without dimensions, which has one place. */
  if (n_dims == 0)
    return ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self)) == 0 ? 0 : OMPI_OBJ_UNDEFINED;
  flags = periods_to_mpi (periods, n_dims);
  if (!CHECK_MPI (error, MPI_Cart_map, TOPOLOGY_HANDLE (self), (int) n_dims, dims, flags, &rank))
    return -1;
  return mapped_rank_from_mpi (rank, n_places);
}

/**
 * ompi_obj_intracomm_create_cart_arrays: (rename-to ompi_obj_intracomm_create_cart)
 * @self: a communicator
 * @dims: (array length=n_dims): the number of ranks in each dimension, the same on every rank;
 *   [func@Mpi.compute_dims] finds some
 * @n_dims: the number of dimensions; 0 makes a grid of one rank
 * @periods: (array length=n_periods) (nullable): whether each dimension is a ring; %NULL: none is
 * @n_periods: the number of dimensions again, or 0 if @periods is %NULL
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a grid: the form of [method@Mpi.Intracomm.create_cart] for languages whose
 * arrays have lengths of their own. Collective.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Cart_create` (MPI-4.0, section 8.5.1).
 *
 * Returns: (transfer full) (nullable): the new communicator; %NULL on a rank that is left out, or on error
 *
 * Since: 1.0
 */
MpiCartcomm *
ompi_obj_intracomm_create_cart_arrays (MpiIntracomm *self,
                                       const gint *dims,
                                       gsize n_dims,
                                       const gboolean *periods,
                                       gsize n_periods,
                                       gboolean reorder,
                                       GError **error)
{
  static const char function[] = "MPI_Cart_create";

  INTRACOMM_ENTER (self, function, error, NULL);

  if (!optional_array_length_check (function, "periods", periods, n_periods, "dims", n_dims, error))
    return NULL;
  return ompi_obj_intracomm_create_cart (self, dims, periods, n_dims, reorder, error);
}

/**
 * ompi_obj_intracomm_cart_map_arrays: (rename-to ompi_obj_intracomm_cart_map)
 * @self: a communicator
 * @dims: (array length=n_dims): the number of ranks in each dimension
 * @n_dims: the number of dimensions
 * @periods: (array length=n_periods) (nullable): whether each dimension is a ring; %NULL: none is
 * @n_periods: the number of dimensions again, or 0 if @periods is %NULL
 * @error: return location for a #GError
 *
 * Finds the rank that suits the calling rank best in a grid: the form of [method@Mpi.Intracomm.cart_map] for
 * languages whose arrays have lengths of their own.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Cart_map` (MPI-4.0, section 8.5.8).
 *
 * Returns: the rank, or `OMPI_OBJ_UNDEFINED` if the calling rank is left out; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_intracomm_cart_map_arrays (MpiIntracomm *self,
                                    const gint *dims,
                                    gsize n_dims,
                                    const gboolean *periods,
                                    gsize n_periods,
                                    GError **error)
{
  static const char function[] = "MPI_Cart_map";

  INTRACOMM_ENTER (self, function, error, -1);

  if (!optional_array_length_check (function, "periods", periods, n_periods, "dims", n_dims, error))
    return -1;
  return ompi_obj_intracomm_cart_map (self, dims, periods, n_dims, error);
}

/* MPICH divides by zero at a prime beyond the last one that it knows; there is one grid for it. */
#define LARGEST_PRIME_SQUARE (46337 * 46337)

static gboolean
number_is_large_prime (gint n)
{
  if (n <= LARGEST_PRIME_SQUARE || n % 2 == 0)
    return FALSE;
  for (gint i = 3; i <= n / i; i += 2)
    if (n % i == 0)
      return FALSE;
  return TRUE;
}

static gboolean
dims_set_line (gint *dims, gsize n_dims, gint n)
{
  for (gsize i = 0; i < n_dims; i++)
    if (dims[i] == 0)
      {
        dims[i] = n;
        n = 1;
      }
  return TRUE;
}

/**
 * ompi_obj_compute_dims:
 * @n_nodes: the number of ranks, at least 1
 * @dims: (array length=n_dims): the number of ranks in each dimension; 0 for those to be found, which are filled in
 * @n_dims: the number of dimensions
 * @error: return location for a #GError
 *
 * Finds a grid for so many ranks that is as close to a cube as can be.
 *
 * Errors: [error@Mpi.Error.dims] if a dimension is negative, or @n_nodes is not a multiple of those that
 * are fixed; [error@Mpi.Error.arg] if @n_nodes is less than 1.
 *
 * Mirrors `MPI_Dims_create` (MPI-4.0, section 8.5.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_compute_dims (gint n_nodes, gint *dims, gsize n_dims, GError **error)
{
  static const char function[] = "MPI_Dims_create";
  gint n_fixed = 1;

  g_return_val_if_fail (dims != NULL || n_dims == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  if (!environment_ensure (function, error) || !length_check (function, "n_dims", n_dims, error))
    return FALSE;

  if (n_nodes < 1)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "n_nodes is %d, which is less than 1", n_nodes);
      return FALSE;
    }
  for (gsize i = 0; i < n_dims; i++)
    {
      if (dims[i] < 0)
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_DIMS, "dims", (gssize) i, dims[i],
                                             "which is negative", error);
      if (dims[i] > 0 && (__builtin_mul_overflow (n_fixed, dims[i], &n_fixed) || n_nodes % n_fixed != 0))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                              "n_nodes, %d, is not a multiple of the dimensions that are fixed; dims[%" G_GSIZE_FORMAT
                              "] is %d",
                              n_nodes, i, dims[i]);
          return FALSE;
        }
    }
  if (number_is_large_prime (n_nodes / n_fixed))
    return dims_set_line (dims, n_dims, n_nodes / n_fixed);
  return n_dims == 0 || CHECK_MPI (error, MPI_Dims_create, n_nodes, (int) n_dims, dims);
}

/**
 * ompi_obj_compute_dims_array: (rename-to ompi_obj_compute_dims)
 * @n_nodes: the number of ranks, at least 1
 * @dims: (array length=n_dims): the number of ranks in each dimension; 0 for those to be found
 * @n_dims: the number of dimensions
 * @n_found: (out): the number of dimensions again
 * @error: return location for a #GError
 *
 * Finds a grid for so many ranks that is as close to a cube as can be, as a new array: the form of
 * [func@Mpi.compute_dims] for languages that do not change the arrays that they pass.
 *
 * Errors: [error@Mpi.Error.dims] if a dimension is negative, or @n_nodes is not a multiple of those that
 * are fixed; [error@Mpi.Error.arg] if @n_nodes is less than 1.
 *
 * Mirrors `MPI_Dims_create` (MPI-4.0, section 8.5.2).
 *
 * Returns: (transfer full) (array length=n_found): the number of ranks in each dimension; %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_compute_dims_array (gint n_nodes, const gint *dims, gsize n_dims, gsize *n_found, GError **error)
{
  g_autofree gint *found = NULL;

  g_return_val_if_fail (dims != NULL || n_dims == 0, NULL);
  g_return_val_if_fail (n_found != NULL, NULL);

  found = topology_array_new (n_dims);
  for (gsize i = 0; i < n_dims; i++)
    found[i] = dims[i];
  *n_found = n_dims;
  return ompi_obj_compute_dims (n_nodes, found, n_dims, error) ? g_steal_pointer (&found) : NULL;
}

/*
 * Graphs that every rank knows as a whole
 */

static gboolean
graph_check (MpiIntracomm *self,
             const gint *index,
             gsize n_nodes,
             const gint *edges,
             gsize n_edges,
             const char *function,
             GError **error)
{
  const gint size = ompi_obj_comm_get_size (OMPI_OBJ_COMM (self));
  gint last = 0;

  if (!length_check (function, "n_nodes", n_nodes, error) || !length_check (function, "n_edges", n_edges, error))
    return FALSE;
  if (n_nodes > (gsize) size)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "n_nodes is %" G_GSIZE_FORMAT ", but the communicator has %d ranks", n_nodes, size);
      return FALSE;
    }
  for (gsize i = 0; i < n_nodes; last = index[i++])
    if (index[i] < last)
      return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "index", (gssize) i, index[i],
                                           "which is less than the one before", error);
  if ((gsize) last != n_edges)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "index ends with %d, but n_edges is %" G_GSIZE_FORMAT,
                          last, n_edges);
      return FALSE;
    }
  for (gsize i = 0; i < n_edges; i++)
    if (edges[i] < 0 || (gsize) edges[i] >= n_nodes)
      return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "edges", (gssize) i, edges[i],
                                           "which is no node", error);
  return TRUE;
}

/**
 * ompi_obj_intracomm_create_graph:
 * @self: a communicator
 * @index: (array length=n_nodes): the number of neighbours of the nodes up to and with each, so that those of
 *   node i end before @edges[@index[i]]
 * @n_nodes: the number of nodes
 * @edges: (array length=n_edges): the neighbours of all nodes, one node after the other
 * @n_edges: the number of edges
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a graph. All arguments are the same on every rank. Collective.
 *
 * The neighbourhood collectives expect that each edge is there in both directions. If the graph has fewer
 * nodes than @self has ranks, some ranks are left out: they get %NULL without an error.
 *
 * Errors: [error@Mpi.Error.arg] if the graph has more nodes than there are ranks, or the arrays do not
 * describe a graph, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Graph_create` (MPI-4.0, section 8.5.3).
 *
 * Returns: (transfer full) (nullable): the new communicator; %NULL on a rank that is left out, or on error
 *
 * Since: 1.0
 */
MpiGraphcomm *
ompi_obj_intracomm_create_graph (MpiIntracomm *self,
                                 const gint *index,
                                 gsize n_nodes,
                                 const gint *edges,
                                 gsize n_edges,
                                 gboolean reorder,
                                 GError **error)
{
  static const char function[] = "MPI_Graph_create";
  MPI_Comm native;

  g_return_val_if_fail (index != NULL || n_nodes == 0, NULL);
  g_return_val_if_fail (edges != NULL || n_edges == 0, NULL);
  INTRACOMM_ENTER (self, function, error, NULL);

  if (!graph_check (self, index, n_nodes, edges, n_edges, function, error))
    return NULL;
  if (n_nodes == 0)
    return NULL; /* as the standard has it; not every MPI does */
  if (!CHECK_MPI (error, MPI_Graph_create, TOPOLOGY_HANDLE (self), (int) n_nodes, index, topology_array_to_mpi (edges),
                  reorder != FALSE, &native))
    return NULL;
  return topology_new_owned (native, error);
}

/**
 * ompi_obj_intracomm_graph_map:
 * @self: a communicator
 * @index: (array length=n_nodes): the number of neighbours of the nodes up to and with each
 * @n_nodes: the number of nodes
 * @edges: (array length=n_edges): the neighbours of all nodes, one node after the other
 * @n_edges: the number of edges
 * @error: return location for a #GError
 *
 * Finds the rank that suits the calling rank best in a graph, where MPI knows how the machine is built.
 *
 * Errors: as of [method@Mpi.Intracomm.create_graph].
 *
 * Mirrors `MPI_Graph_map` (MPI-4.0, section 8.5.8).
 *
 * Returns: the rank, or `OMPI_OBJ_UNDEFINED` if the calling rank is left out; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_intracomm_graph_map (MpiIntracomm *self,
                              const gint *index,
                              gsize n_nodes,
                              const gint *edges,
                              gsize n_edges,
                              GError **error)
{
  static const char function[] = "MPI_Graph_map";
  int rank;

  g_return_val_if_fail (index != NULL || n_nodes == 0, -1);
  g_return_val_if_fail (edges != NULL || n_edges == 0, -1);
  INTRACOMM_ENTER (self, function, error, -1);

  if (!graph_check (self, index, n_nodes, edges, n_edges, function, error))
    return -1;
  if (n_nodes == 0)
    return OMPI_OBJ_UNDEFINED; /* not every MPI takes the question */
  if (!CHECK_MPI (error, MPI_Graph_map, TOPOLOGY_HANDLE (self), (int) n_nodes, index, topology_array_to_mpi (edges),
                  &rank))
    return -1;
  return mapped_rank_from_mpi (rank, (gint) n_nodes);
}

/*
 * Graphs of which each rank knows a part
 */

static gboolean
dist_ranks_check (MpiIntracomm *self,
                  const char *name,
                  const gint *ranks,
                  gsize n_ranks,
                  const char *function,
                  GError **error)
{
  const gint size = ompi_obj_comm_get_size (OMPI_OBJ_COMM (self));

  for (gsize i = 0; i < n_ranks; i++)
    if (ranks[i] < 0 || ranks[i] >= size)
      return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_RANK, name, (gssize) i, ranks[i],
                                           "which is no rank of the communicator", error);
  return TRUE;
}

static gboolean
dist_weights_check (const char *name, const gint *weights, gsize n_weights, const char *function, GError **error)
{
  for (gsize i = 0; weights != NULL && i < n_weights; i++)
    if (weights[i] < 0)
      return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, name, (gssize) i, weights[i],
                                           "which is negative", error);
  return TRUE;
}

typedef enum
{
  WEIGHTS_UNKNOWN = 0, /* a rank without edges, which goes with the others */
  WEIGHTS_NONE = 1 << 0,
  WEIGHTS_GIVEN = 1 << 1
} DistWeights;

static DistWeights
dist_weights_of (const gint *weights, gsize n_edges)
{
  if (n_edges == 0)
    return WEIGHTS_UNKNOWN;
  return weights != NULL ? WEIGHTS_GIVEN : WEIGHTS_NONE;
}

/*
 * The ranks have different arguments, so one can be wrong where the others are right; and MPI wants all
 * ranks to have weights or none to, which a rank without edges cannot know. So they agree first.
 */
static gboolean
dist_graph_agree (MpiIntracomm *self,
                  gboolean good,
                  DistWeights weights,
                  gboolean *weighted,
                  const char *function,
                  GError **error)
{
  enum
  {
    BAD = 1 << 2
  };
  int mine = (int) weights | (good ? 0 : BAD);
  int all = 0;

  if (!CHECK_MPI (good ? error : NULL, MPI_Allreduce, &mine, &all, 1, MPI_INT, MPI_BOR, TOPOLOGY_HANDLE (self))
      || !good)
    return FALSE;
  if (all & BAD)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the arguments of another rank are wrong");
  else if ((all & WEIGHTS_NONE) && (all & WEIGHTS_GIVEN))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "some edges have weights and others have none");
  else
    {
      *weighted = (all & WEIGHTS_GIVEN) != 0;
      return TRUE;
    }
  return FALSE;
}

static const int *
dist_weights_to_mpi (const gint *weights, gsize n_weights, gboolean weighted)
{
  if (!weighted)
    return MPI_UNWEIGHTED;
  return n_weights > 0 ? weights : MPI_WEIGHTS_EMPTY;
}

/* Open MPI 4.1 ends the program if it finds fewer places than ranks, as it does on a part of a crowded machine. */
static int
reorder_to_mpi (gboolean reorder)
{
#ifdef OPEN_MPI
  (void) reorder;
  return FALSE;
#else
  return reorder != FALSE;
#endif
}

/**
 * ompi_obj_intracomm_create_dist_graph_adjacent:
 * @self: a communicator
 * @sources: (array length=n_sources): the ranks whose edges come in at the calling rank
 * @source_weights: (array length=n_sources) (nullable): the weights of these edges; %NULL: they have none
 * @n_sources: how many they are
 * @destinations: (array length=n_destinations): the ranks that edges of the calling rank go out to
 * @destination_weights: (array length=n_destinations) (nullable): the weights of these edges; %NULL: they have none
 * @n_destinations: how many they are
 * @info: (nullable): hints for this MPI
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a graph with directed edges; each rank gives its own. Collective.
 *
 * Both ends of an edge name it, with the same weight; otherwise messages along it have no end. A rank may
 * be named more than once, and may name itself. Either all edges have weights or none has.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if some edges have weights and others have none, or if
 * the arguments of another rank are wrong; on the rank itself [error@Mpi.Error.rank] if a neighbour is
 * no rank, [error@Mpi.Error.arg] if a weight is negative, [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Dist_graph_create_adjacent` (MPI-4.0, section 8.5.4).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiDistgraphcomm *
ompi_obj_intracomm_create_dist_graph_adjacent (MpiIntracomm *self,
                                               const gint *sources,
                                               const gint *source_weights,
                                               gsize n_sources,
                                               const gint *destinations,
                                               const gint *destination_weights,
                                               gsize n_destinations,
                                               MpiInfo *info,
                                               gboolean reorder,
                                               GError **error)
{
  static const char function[] = "MPI_Dist_graph_create_adjacent";
  gboolean good;
  gboolean weighted;
  MPI_Comm native;

  g_return_val_if_fail (sources != NULL || n_sources == 0, NULL);
  g_return_val_if_fail (destinations != NULL || n_destinations == 0, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  INTRACOMM_ENTER (self, function, error, NULL);

  good = length_check (function, "n_sources", n_sources, error)
         && length_check (function, "n_destinations", n_destinations, error)
         && dist_ranks_check (self, "sources", sources, n_sources, function, error)
         && dist_ranks_check (self, "destinations", destinations, n_destinations, function, error)
         && dist_weights_check ("source_weights", source_weights, n_sources, function, error)
         && dist_weights_check ("destination_weights", destination_weights, n_destinations, function, error)
         && ompi_obj_info_check (info, function, error);
  if (!dist_graph_agree (self, good,
                         dist_weights_of (source_weights, n_sources)
                             | dist_weights_of (destination_weights, n_destinations),
                         &weighted, function, error)
      || !CHECK_MPI (error, MPI_Dist_graph_create_adjacent, TOPOLOGY_HANDLE (self), (int) n_sources,
                     topology_array_to_mpi (sources), dist_weights_to_mpi (source_weights, n_sources, weighted),
                     (int) n_destinations, topology_array_to_mpi (destinations),
                     dist_weights_to_mpi (destination_weights, n_destinations, weighted), info_to_mpi (info),
                     reorder_to_mpi (reorder), &native))
    return NULL;
  return topology_new_owned (native, error);
}

/*
 * MPI_Dist_graph_create, of which Open MPI 4.1 tells two things apart badly: it sends the edges with tags that
 * nonblocking collectives of the same communicator come to after some 20 of them, making communicators included, and
 * receives them from any rank. If both meet, it hangs. On a communicator of its own they are far from each other.
 */
static int
dist_graph_create (MPI_Comm comm,
                   int n_sources,
                   const int *sources,
                   const int *degrees,
                   const int *destinations,
                   const int *weights,
                   MPI_Info info,
                   int reorder,
                   MPI_Comm *graph)
{
#ifdef OPEN_MPI
  MPI_Comm own = MPI_COMM_NULL;
  MPI_Group everybody;
  int code = MPI_Comm_group (comm, &everybody);

  if (code != MPI_SUCCESS)
    return code;
  code = MPI_Comm_create (comm, everybody, &own);
  MPI_Group_free (&everybody);
  if (code != MPI_SUCCESS)
    return code;
  MPI_Comm_set_errhandler (own, MPI_ERRORS_RETURN);
  code = MPI_Dist_graph_create (own, n_sources, sources, degrees, destinations, weights, info, reorder, graph);
  MPI_Comm_free (&own);
  return code;
#else
  return MPI_Dist_graph_create (comm, n_sources, sources, degrees, destinations, weights, info, reorder, graph);
#endif
}

static gboolean
dist_degrees_check (const gint *degrees, gsize n_sources, gsize n_destinations, const char *function, GError **error)
{
  gsize sum = 0;

  for (gsize i = 0; i < n_sources; i++)
    {
      if (degrees[i] < 0)
        return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_ARG, "degrees", (gssize) i, degrees[i],
                                             "which is negative", error);
      sum += (gsize) degrees[i];
    }
  if (sum == n_destinations)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                      "the sum of degrees is %" G_GSIZE_FORMAT ", but n_destinations is %" G_GSIZE_FORMAT, sum,
                      n_destinations);
  return FALSE;
}

/**
 * ompi_obj_intracomm_create_dist_graph:
 * @self: a communicator
 * @sources: (array length=n_sources): ranks, whether the calling rank or others, that edges go out from
 * @degrees: (array length=n_sources): how many edges go out from each of them
 * @n_sources: how many ranks they are
 * @destinations: (array length=n_destinations): the ranks that the edges go to, those of one source after the other
 * @weights: (array length=n_destinations) (nullable): the weights of the edges; %NULL: they have none
 * @n_destinations: how many edges there are, the sum of @degrees
 * @info: (nullable): hints for this MPI
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a graph with directed edges, each of which is given once, by any
 * rank. Collective.
 *
 * Either all edges have weights or none has.
 *
 * Errors: as of [method@Mpi.Intracomm.create_dist_graph_adjacent], and on the rank itself
 * [error@Mpi.Error.arg] if @degrees do not fit the number of edges.
 *
 * Mirrors `MPI_Dist_graph_create` (MPI-4.0, section 8.5.4).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiDistgraphcomm *
ompi_obj_intracomm_create_dist_graph (MpiIntracomm *self,
                                      const gint *sources,
                                      const gint *degrees,
                                      gsize n_sources,
                                      const gint *destinations,
                                      const gint *weights,
                                      gsize n_destinations,
                                      MpiInfo *info,
                                      gboolean reorder,
                                      GError **error)
{
  static const char function[] = "MPI_Dist_graph_create";
  gboolean good;
  gboolean weighted;
  MPI_Comm native;

  g_return_val_if_fail ((sources != NULL && degrees != NULL) || n_sources == 0, NULL);
  g_return_val_if_fail (destinations != NULL || n_destinations == 0, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  INTRACOMM_ENTER (self, function, error, NULL);

  good = length_check (function, "n_sources", n_sources, error)
         && length_check (function, "n_destinations", n_destinations, error)
         && dist_ranks_check (self, "sources", sources, n_sources, function, error)
         && dist_degrees_check (degrees, n_sources, n_destinations, function, error)
         && dist_ranks_check (self, "destinations", destinations, n_destinations, function, error)
         && dist_weights_check ("weights", weights, n_destinations, function, error)
         && ompi_obj_info_check (info, function, error);
  if (!dist_graph_agree (self, good, dist_weights_of (weights, n_destinations), &weighted, function, error)
      || !check_mpi (error, function,
                     dist_graph_create (TOPOLOGY_HANDLE (self), (int) n_sources, topology_array_to_mpi (sources),
                                        topology_array_to_mpi (degrees), topology_array_to_mpi (destinations),
                                        dist_weights_to_mpi (weights, n_destinations, weighted), info_to_mpi (info),
                                        reorder_to_mpi (reorder), &native)))
    return NULL;
  return topology_new_owned (native, error);
}

/* Gives up, and tells the others, which wait to hear whether all agree. */
static gpointer
dist_graph_refuse (MpiIntracomm *self, const char *function, GError **error)
{
  gboolean weighted;

  dist_graph_agree (self, FALSE, WEIGHTS_UNKNOWN, &weighted, function, error);
  return NULL;
}

/**
 * ompi_obj_intracomm_create_dist_graph_adjacent_arrays: (rename-to ompi_obj_intracomm_create_dist_graph_adjacent)
 * @self: a communicator
 * @sources: (array length=n_sources): the ranks whose edges come in at the calling rank
 * @n_sources: how many they are
 * @source_weights: (array length=n_source_weights) (nullable): the weights of these edges; %NULL: they have none
 * @n_source_weights: how many they are again, or 0 if @source_weights is %NULL
 * @destinations: (array length=n_destinations): the ranks that edges of the calling rank go out to
 * @n_destinations: how many they are
 * @destination_weights: (array length=n_destination_weights) (nullable): the weights of these edges; %NULL: they
 *   have none
 * @n_destination_weights: how many they are again, or 0 if @destination_weights is %NULL
 * @info: (nullable): hints for this MPI
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a graph, of which each rank gives its own edges: the form of
 * [method@Mpi.Intracomm.create_dist_graph_adjacent] for languages whose arrays have lengths of their own. Collective.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Dist_graph_create_adjacent` (MPI-4.0, section 8.5.4).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiDistgraphcomm *
ompi_obj_intracomm_create_dist_graph_adjacent_arrays (MpiIntracomm *self,
                                                      const gint *sources,
                                                      gsize n_sources,
                                                      const gint *source_weights,
                                                      gsize n_source_weights,
                                                      const gint *destinations,
                                                      gsize n_destinations,
                                                      const gint *destination_weights,
                                                      gsize n_destination_weights,
                                                      MpiInfo *info,
                                                      gboolean reorder,
                                                      GError **error)
{
  static const char function[] = "MPI_Dist_graph_create_adjacent";

  INTRACOMM_ENTER (self, function, error, NULL);

  if (!optional_array_length_check (function, "source_weights", source_weights, n_source_weights, "sources", n_sources,
                                    error)
      || !optional_array_length_check (function, "destination_weights", destination_weights, n_destination_weights,
                                       "destinations", n_destinations, error))
    return dist_graph_refuse (self, function, error);
  return ompi_obj_intracomm_create_dist_graph_adjacent (self, sources, source_weights, n_sources, destinations,
                                                        destination_weights, n_destinations, info, reorder, error);
}

/**
 * ompi_obj_intracomm_create_dist_graph_arrays: (rename-to ompi_obj_intracomm_create_dist_graph)
 * @self: a communicator
 * @sources: (array length=n_sources): ranks, whether the calling rank or others, that edges go out from
 * @n_sources: how many ranks they are
 * @degrees: (array length=n_degrees): how many edges go out from each of them
 * @n_degrees: how many ranks they are again
 * @destinations: (array length=n_destinations): the ranks that the edges go to, those of one source after the other
 * @n_destinations: how many edges there are, the sum of @degrees
 * @weights: (array length=n_weights) (nullable): the weights of the edges; %NULL: they have none
 * @n_weights: how many edges there are again, or 0 if @weights is %NULL
 * @info: (nullable): hints for this MPI
 * @reorder: whether MPI may number the ranks anew, so that neighbours are close to each other in the machine
 * @error: return location for a #GError
 *
 * Makes a communicator whose ranks form a graph, each edge of which is given once, by any rank: the form of
 * [method@Mpi.Intracomm.create_dist_graph] for languages whose arrays have lengths of their own. Collective.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Mirrors `MPI_Dist_graph_create` (MPI-4.0, section 8.5.4).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiDistgraphcomm *
ompi_obj_intracomm_create_dist_graph_arrays (MpiIntracomm *self,
                                             const gint *sources,
                                             gsize n_sources,
                                             const gint *degrees,
                                             gsize n_degrees,
                                             const gint *destinations,
                                             gsize n_destinations,
                                             const gint *weights,
                                             gsize n_weights,
                                             MpiInfo *info,
                                             gboolean reorder,
                                             GError **error)
{
  static const char function[] = "MPI_Dist_graph_create";

  INTRACOMM_ENTER (self, function, error, NULL);

  if (!array_length_check (function, "degrees", n_degrees, "sources", n_sources, error)
      || !optional_array_length_check (function, "weights", weights, n_weights, "destinations", n_destinations, error))
    return dist_graph_refuse (self, function, error);
  return ompi_obj_intracomm_create_dist_graph (self, sources, degrees, n_sources, destinations, weights, n_destinations,
                                               info, reorder, error);
}
