/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/graphcomm.h>

#include "topology-private.h"

/**
 * MpiGraphcomm:
 *
 * A communicator whose ranks form a graph that every rank knows as a whole.
 *
 * [method@Mpi.Intracomm.create_graph] makes one. For many ranks, a graph of which each rank knows its own
 * edges ([class@Mpi.Distgraphcomm]) takes less memory, and its edges have directions.
 *
 * Mirrors the graph topologies of MPI-4.0, section 8.5.3.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiGraphcomm, ompi_obj_graphcomm, OMPI_OBJ_TYPE_TOPOCOMM)

#define GRAPH_ENTER(self, function, error, failed) TOPOLOGY_ENTER (self, OMPI_OBJ_IS_GRAPHCOMM, function, error, failed)

static gint *
graphcomm_read_neighbors (gpointer self, gint rank, gsize *n_neighbors, GError **error)
{
  g_autofree gint *neighbors = NULL;
  int n;

  if (!CHECK_MPI (error, MPI_Graph_neighbors_count, TOPOLOGY_HANDLE (self), rank, &n))
    return NULL;
  neighbors = topology_array_new ((gsize) n);
  if (!CHECK_MPI (error, MPI_Graph_neighbors, TOPOLOGY_HANDLE (self), rank, n, neighbors))
    return NULL;
  *n_neighbors = (gsize) n;
  return g_steal_pointer (&neighbors);
}

/* The neighbourhood collectives use the edges of a rank in both directions. */
static gint *
graphcomm_get_edges (MpiTopocomm *topocomm, gsize *n_edges, GError **error)
{
  return graphcomm_read_neighbors (topocomm, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (topocomm)), n_edges, error);
}

static void
ompi_obj_graphcomm_class_init (MpiGraphcommClass *klass)
{
  MpiTopocommClass *topocomm_class = OMPI_OBJ_TOPOCOMM_CLASS (klass);

  topocomm_class->get_inedges = graphcomm_get_edges;
  topocomm_class->get_outedges = graphcomm_get_edges;
}

static void
ompi_obj_graphcomm_init (MpiGraphcomm *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_graphcomm_get_dims:
 * @self: a communicator of a graph
 * @n_nodes: (out) (optional): the number of nodes, that of the ranks
 * @n_edges: (out) (optional): the number of edges, each as often as it was given
 * @error: return location for a #GError
 *
 * Gets the size of the graph.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.topology] if the communicator that
 * it stands for is no such graph.
 *
 * Mirrors `MPI_Graphdims_get` (MPI-4.0, section 8.5.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_graphcomm_get_dims (MpiGraphcomm *self, gint *n_nodes, gint *n_edges, GError **error)
{
  int nodes;
  int edges;

  GRAPH_ENTER (self, "MPI_Graphdims_get", error, FALSE);

  if (!CHECK_MPI (error, MPI_Graphdims_get, TOPOLOGY_HANDLE (self), &nodes, &edges))
    return FALSE;
  if (n_nodes != NULL)
    *n_nodes = nodes;
  if (n_edges != NULL)
    *n_edges = edges;
  return TRUE;
}

/**
 * ompi_obj_graphcomm_get_topo:
 * @self: a communicator of a graph
 * @index: (out) (optional) (array length=n_nodes) (transfer full): where in @edges those of the next node start
 * @n_nodes: (out) (optional): the number of nodes
 * @edges: (out) (optional) (array length=n_edges) (transfer full): the neighbours of all nodes, one node after the
 *   other
 * @n_edges: (out) (optional): the number of edges
 * @error: return location for a #GError
 *
 * Gets the graph as it was given to [method@Mpi.Intracomm.create_graph].
 *
 * Errors: as of [method@Mpi.Graphcomm.get_dims].
 *
 * Mirrors `MPI_Graph_get` (MPI-4.0, section 8.5.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_graphcomm_get_topo (MpiGraphcomm *self,
                             gint **index,
                             gsize *n_nodes,
                             gint **edges,
                             gsize *n_edges,
                             GError **error)
{
  g_autofree gint *found_index = NULL;
  g_autofree gint *found_edges = NULL;
  int nodes;
  int n;

  GRAPH_ENTER (self, "MPI_Graph_get", error, FALSE);

  if (!CHECK_MPI (error, MPI_Graphdims_get, TOPOLOGY_HANDLE (self), &nodes, &n))
    return FALSE;
  found_index = topology_array_new ((gsize) nodes);
  found_edges = topology_array_new ((gsize) n);
  if (!CHECK_MPI (error, MPI_Graph_get, TOPOLOGY_HANDLE (self), nodes, n, found_index, found_edges))
    return FALSE;
  topology_give_array (index, &found_index);
  topology_give_array (edges, &found_edges);
  if (n_nodes != NULL)
    *n_nodes = (gsize) nodes;
  if (n_edges != NULL)
    *n_edges = (gsize) n;
  return TRUE;
}

/**
 * ompi_obj_graphcomm_get_neighbors_count:
 * @self: a communicator of a graph
 * @rank: any rank of it
 * @error: return location for a #GError
 *
 * Gets the number of neighbours of a rank.
 *
 * Errors: [error@Mpi.Error.rank] if there is no such rank, and as of [method@Mpi.Graphcomm.get_dims].
 *
 * Mirrors `MPI_Graph_neighbors_count` (MPI-4.0, section 8.5.5).
 *
 * Returns: the number; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_graphcomm_get_neighbors_count (MpiGraphcomm *self, gint rank, GError **error)
{
  int n;

  GRAPH_ENTER (self, "MPI_Graph_neighbors_count", error, -1);

  if (!topology_check_rank (self, rank, "MPI_Graph_neighbors_count", error)
      || !CHECK_MPI (error, MPI_Graph_neighbors_count, TOPOLOGY_HANDLE (self), rank, &n))
    return -1;
  return n;
}

/**
 * ompi_obj_graphcomm_get_neighbors:
 * @self: a communicator of a graph
 * @rank: any rank of it
 * @n_neighbors: (out): how many they are
 * @error: return location for a #GError
 *
 * Gets the neighbours of a rank, in the order in which they were given.
 *
 * Errors: as of [method@Mpi.Graphcomm.get_neighbors_count].
 *
 * Mirrors `MPI_Graph_neighbors` (MPI-4.0, section 8.5.5).
 *
 * Returns: (transfer full) (array length=n_neighbors): the ranks; %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_graphcomm_get_neighbors (MpiGraphcomm *self, gint rank, gsize *n_neighbors, GError **error)
{
  g_return_val_if_fail (n_neighbors != NULL, NULL);
  *n_neighbors = 0;
  GRAPH_ENTER (self, "MPI_Graph_neighbors", error, NULL);

  return topology_check_rank (self, rank, "MPI_Graph_neighbors", error)
             ? graphcomm_read_neighbors (self, rank, n_neighbors, error)
             : NULL;
}
