/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/cartcomm.h>

#include "neighbor-private.h"

/**
 * MpiTopocomm:
 *
 * A communicator whose ranks have neighbours: those of a grid ([class@Mpi.Cartcomm]) or of a graph
 * ([class@Mpi.Graphcomm], [class@Mpi.Distgraphcomm]).
 *
 * Mirrors the virtual topologies of MPI-4.0, chapter 8.
 *
 * Since: 1.0
 */

typedef struct
{
  gint degrees_plus_one[2]; /* in and out; they never change. 0: not asked for yet */
  gint rings_plus_one;      /* whether there are short rings; likewise */
} MpiTopocommPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MpiTopocomm, ompi_obj_topocomm, OMPI_OBJ_TYPE_INTRACOMM)

static void
ompi_obj_topocomm_class_init (MpiTopocommClass *klass)
{
  topocomm_class_init_collective (klass);
  topocomm_class_init_nonblocking (klass);
  topocomm_class_init_persistent (klass);
}

static void
ompi_obj_topocomm_init (MpiTopocomm *self G_GNUC_UNUSED)
{
}

gboolean
topology_check_rank (gpointer self, gint rank, const char *function, GError **error)
{
  const gint size = OMPI_OBJ_COMM (self)->handle->size;

  if (rank >= 0 && rank < size)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "rank is %d, but the communicator has ranks 0 to %d", rank,
                      size - 1);
  return FALSE;
}

typedef enum
{
  EDGES_IN,
  EDGES_OUT
} EdgeDirection;

/* Programs ask for neighbours before each exchange, so the degrees are kept. */
static gint
topocomm_get_degree (MpiTopocomm *self, EdgeDirection direction, GError **error)
{
  MpiTopocommPrivate *priv = ompi_obj_topocomm_get_instance_private (self);
  gint *kept = &priv->degrees_plus_one[direction];

  if (__atomic_load_n (kept, __ATOMIC_RELAXED) == 0)
    {
      g_autofree gint *edges = NULL;
      gsize n_edges = 0;

      edges = direction == EDGES_IN ? ompi_obj_topocomm_get_inedges (self, &n_edges, error)
                                    : ompi_obj_topocomm_get_outedges (self, &n_edges, error);
      if (edges == NULL)
        return -1;
      __atomic_store_n (kept, (gint) n_edges + 1, __ATOMIC_RELAXED);
    }
  return __atomic_load_n (kept, __ATOMIC_RELAXED) - 1;
}

gboolean
topocomm_has_short_rings (MpiTopocomm *self)
{
  MpiTopocommPrivate *priv = ompi_obj_topocomm_get_instance_private (self);

  if (G_UNLIKELY (__atomic_load_n (&priv->rings_plus_one, __ATOMIC_RELAXED) == 0))
    {
      g_autofree gint *edges = NULL;
      gsize n_edges = 0;
      gboolean has_rings = FALSE;

      if (OMPI_OBJ_IS_CARTCOMM (self))
        edges = ompi_obj_topocomm_get_inedges (self, &n_edges, NULL);
      for (gsize i = 0; i + 1 < n_edges; i += 2)
        has_rings = has_rings || (edges[i] == edges[i + 1] && edges[i] != OMPI_OBJ_PROC_NULL);
      __atomic_store_n (&priv->rings_plus_one, has_rings + 1, __ATOMIC_RELAXED);
    }
  return __atomic_load_n (&priv->rings_plus_one, __ATOMIC_RELAXED) > 1;
}

/**
 * ompi_obj_topocomm_get_indegree:
 * @self: a communicator with a topology
 * @error: return location for a #GError
 *
 * Gets the number of neighbours that the calling rank receives from, those of
 * [method@Mpi.Topocomm.get_inedges].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.topology] if the communicator that
 * it stands for has no such topology.
 *
 * Returns: the number; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_topocomm_get_indegree (MpiTopocomm *self, GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, G_STRFUNC, error, -1);

  return topocomm_get_degree (self, EDGES_IN, error);
}

/**
 * ompi_obj_topocomm_get_outdegree:
 * @self: a communicator with a topology
 * @error: return location for a #GError
 *
 * Gets the number of neighbours that the calling rank sends to, those of
 * [method@Mpi.Topocomm.get_outedges].
 *
 * Errors: as of [method@Mpi.Topocomm.get_indegree].
 *
 * Returns: the number; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_topocomm_get_outdegree (MpiTopocomm *self, GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, G_STRFUNC, error, -1);

  return topocomm_get_degree (self, EDGES_OUT, error);
}

/**
 * ompi_obj_topocomm_get_inedges: (virtual get_inedges)
 * @self: a communicator with a topology
 * @n_edges: (out): how many they are
 * @error: return location for a #GError
 *
 * Gets the neighbours that the calling rank receives from, in the order in which the blocks of a
 * neighbourhood collective come from them.
 *
 * In a grid they are, dimension by dimension, the neighbour at the next lower coordinate and the one at
 * the next higher; `OMPI_OBJ_PROC_NULL` where there is none. The same rank may be there more than once.
 *
 * Errors: as of [method@Mpi.Topocomm.get_indegree].
 *
 * Returns: (transfer full) (array length=n_edges): the ranks; %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_topocomm_get_inedges (MpiTopocomm *self, gsize *n_edges, GError **error)
{
  gint *edges;

  g_return_val_if_fail (n_edges != NULL, NULL);
  *n_edges = 0;
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, G_STRFUNC, error, NULL);

  edges = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->get_inedges (self, n_edges, error);
  check_slot (error, G_STRFUNC, edges != NULL);
  return edges;
}

/**
 * ompi_obj_topocomm_get_outedges: (virtual get_outedges)
 * @self: a communicator with a topology
 * @n_edges: (out): how many they are
 * @error: return location for a #GError
 *
 * Gets the neighbours that the calling rank sends to, in the order in which the blocks of a
 * neighbourhood collective go to them. In a grid they are those of [method@Mpi.Topocomm.get_inedges].
 *
 * Errors: as of [method@Mpi.Topocomm.get_indegree].
 *
 * Returns: (transfer full) (array length=n_edges): the ranks; %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_topocomm_get_outedges (MpiTopocomm *self, gsize *n_edges, GError **error)
{
  gint *edges;

  g_return_val_if_fail (n_edges != NULL, NULL);
  *n_edges = 0;
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, G_STRFUNC, error, NULL);

  edges = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->get_outedges (self, n_edges, error);
  check_slot (error, G_STRFUNC, edges != NULL);
  return edges;
}
