/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/distgraphcomm.h>

#include "topology-private.h"

/**
 * MpiDistgraphcomm:
 *
 * A communicator whose ranks form a graph with directed edges, which may have weights, and of which each
 * rank knows its own edges only.
 *
 * [method@Mpi.Intracomm.create_dist_graph_adjacent] and [method@Mpi.Intracomm.create_dist_graph] make one.
 *
 * Mirrors the distributed graph topologies of MPI-4.0, section 8.5.4.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiDistgraphcomm, ompi_obj_distgraphcomm, OMPI_OBJ_TYPE_TOPOCOMM)

#define DISTGRAPH_ENTER(self, function, error, failed) \
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_DISTGRAPHCOMM, function, error, failed)

/* The edges of the calling rank. */
typedef struct
{
  gsize n_sources;
  gsize n_destinations;
  gboolean weighted;
  gint *sources;
  gint *source_weights; /* NULL if the graph has no weights */
  gint *destinations;
  gint *destination_weights;
} DistNeighbors;

static void
dist_neighbors_clear (DistNeighbors *neighbors)
{
  g_clear_pointer (&neighbors->sources, g_free);
  g_clear_pointer (&neighbors->source_weights, g_free);
  g_clear_pointer (&neighbors->destinations, g_free);
  g_clear_pointer (&neighbors->destination_weights, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DistNeighbors, dist_neighbors_clear)

/* NEIGHBORS is all zero. */
static gboolean
distgraphcomm_get_all (gpointer self, DistNeighbors *neighbors, GError **error)
{
  int n_in;
  int n_out;

  if (!CHECK_MPI (error, MPI_Dist_graph_neighbors_count, TOPOLOGY_HANDLE (self), &n_in, &n_out, &neighbors->weighted))
    return FALSE;
  neighbors->n_sources = (gsize) n_in;
  neighbors->n_destinations = (gsize) n_out;
  neighbors->sources = topology_array_new (neighbors->n_sources);
  neighbors->destinations = topology_array_new (neighbors->n_destinations);
  if (neighbors->weighted)
    {
      neighbors->source_weights = topology_array_new (neighbors->n_sources);
      neighbors->destination_weights = topology_array_new (neighbors->n_destinations);
    }
  return CHECK_MPI (error, MPI_Dist_graph_neighbors, TOPOLOGY_HANDLE (self), n_in, neighbors->sources,
                    neighbors->weighted ? neighbors->source_weights : MPI_UNWEIGHTED, n_out, neighbors->destinations,
                    neighbors->weighted ? neighbors->destination_weights : MPI_UNWEIGHTED);
}

static gint *
distgraphcomm_get_inedges (MpiTopocomm *topocomm, gsize *n_edges, GError **error)
{
  g_auto (DistNeighbors) neighbors = { 0 };

  if (!distgraphcomm_get_all (topocomm, &neighbors, error))
    return NULL;
  *n_edges = neighbors.n_sources;
  return g_steal_pointer (&neighbors.sources);
}

static gint *
distgraphcomm_get_outedges (MpiTopocomm *topocomm, gsize *n_edges, GError **error)
{
  g_auto (DistNeighbors) neighbors = { 0 };

  if (!distgraphcomm_get_all (topocomm, &neighbors, error))
    return NULL;
  *n_edges = neighbors.n_destinations;
  return g_steal_pointer (&neighbors.destinations);
}

static void
ompi_obj_distgraphcomm_class_init (MpiDistgraphcommClass *klass)
{
  MpiTopocommClass *topocomm_class = OMPI_OBJ_TOPOCOMM_CLASS (klass);

  topocomm_class->get_inedges = distgraphcomm_get_inedges;
  topocomm_class->get_outedges = distgraphcomm_get_outedges;
}

static void
ompi_obj_distgraphcomm_init (MpiDistgraphcomm *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_distgraphcomm_get_dist_neighbors_count:
 * @self: a communicator of a distributed graph
 * @indegree: (out) (optional): the number of edges that come in at the calling rank
 * @outdegree: (out) (optional): the number of edges that go out from it
 * @weighted: (out) (optional): whether the edges have weights
 * @error: return location for a #GError
 *
 * Gets the number of neighbours of the calling rank.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.topology] if the communicator that
 * it stands for is no such graph.
 *
 * Mirrors `MPI_Dist_graph_neighbors_count` (MPI-4.0, section 8.5.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_distgraphcomm_get_dist_neighbors_count (MpiDistgraphcomm *self,
                                                 gint *indegree,
                                                 gint *outdegree,
                                                 gboolean *weighted,
                                                 GError **error)
{
  int n_in;
  int n_out;
  int has_weights;

  DISTGRAPH_ENTER (self, "MPI_Dist_graph_neighbors_count", error, FALSE);

  if (!CHECK_MPI (error, MPI_Dist_graph_neighbors_count, TOPOLOGY_HANDLE (self), &n_in, &n_out, &has_weights))
    return FALSE;
  if (indegree != NULL)
    *indegree = n_in;
  if (outdegree != NULL)
    *outdegree = n_out;
  if (weighted != NULL)
    *weighted = has_weights != 0;
  return TRUE;
}

/**
 * ompi_obj_distgraphcomm_get_dist_neighbors:
 * @self: a communicator of a distributed graph
 * @sources: (out) (optional) (array length=n_sources) (transfer full): the ranks whose edges come in here
 * @source_weights: (out) (optional) (nullable) (array length=n_sources) (transfer full): the weights of these edges;
 *   %NULL if the graph has none
 * @n_sources: (out) (optional): the number of edges that come in
 * @destinations: (out) (optional) (array length=n_destinations) (transfer full): the ranks that edges go out to
 * @destination_weights: (out) (optional) (nullable) (array length=n_destinations) (transfer full): the weights of
 *   these edges; %NULL if the graph has none
 * @n_destinations: (out) (optional): the number of edges that go out
 * @error: return location for a #GError
 *
 * Gets the neighbours of the calling rank.
 *
 * Errors: as of [method@Mpi.Distgraphcomm.get_dist_neighbors_count].
 *
 * Mirrors `MPI_Dist_graph_neighbors` (MPI-4.0, section 8.5.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_distgraphcomm_get_dist_neighbors (MpiDistgraphcomm *self,
                                           gint **sources,
                                           gint **source_weights,
                                           gsize *n_sources,
                                           gint **destinations,
                                           gint **destination_weights,
                                           gsize *n_destinations,
                                           GError **error)
{
  g_auto (DistNeighbors) neighbors = { 0 };

  DISTGRAPH_ENTER (self, "MPI_Dist_graph_neighbors", error, FALSE);

  if (!distgraphcomm_get_all (self, &neighbors, error))
    return FALSE;
  topology_give_array (sources, &neighbors.sources);
  topology_give_array (source_weights, &neighbors.source_weights);
  topology_give_array (destinations, &neighbors.destinations);
  topology_give_array (destination_weights, &neighbors.destination_weights);
  if (n_sources != NULL)
    *n_sources = neighbors.n_sources;
  if (n_destinations != NULL)
    *n_destinations = neighbors.n_destinations;
  return TRUE;
}
