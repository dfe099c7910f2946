/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Graphs of which each rank knows its own edges. */

#include <stdlib.h>

#include "harness.h"

/* Everybody sends to the next rank, and all but rank 0 send to rank 0 too, with weights of sender and receiver. */
#define MAX_EDGES 64

typedef struct
{
  gsize n_sources;
  gsize n_destinations;
  gint sources[MAX_EDGES];
  gint source_weights[MAX_EDGES];
  gint destinations[MAX_EDGES];
  gint destination_weights[MAX_EDGES];
} Edges;

static gint
weight (gint from, gint to)
{
  return 100 * from + to;
}

static void
edges_init (Edges *edges, MpiComm *comm)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  ck_assert_int_lt (size, MAX_EDGES);
  edges->sources[0] = (rank + size - 1) % size;
  edges->n_sources = 1;
  if (rank == 0)
    for (gint i = 1; i < size; i++)
      edges->sources[edges->n_sources++] = i;
  edges->destinations[0] = (rank + 1) % size;
  edges->n_destinations = 1;
  if (rank != 0)
    edges->destinations[edges->n_destinations++] = 0;
  for (gsize i = 0; i < edges->n_sources; i++)
    edges->source_weights[i] = weight (edges->sources[i], rank);
  for (gsize i = 0; i < edges->n_destinations; i++)
    edges->destination_weights[i] = weight (rank, edges->destinations[i]);
}

static MpiDistgraphcomm *
edges_create (const Edges *edges, MpiComm *comm, gboolean weighted, MpiInfo *info, gboolean reorder, GError **error)
{
  return ompi_obj_intracomm_create_dist_graph_adjacent (OMPI_OBJ_INTRACOMM (comm), edges->sources,
                                                        weighted ? edges->source_weights : NULL, edges->n_sources,
                                                        edges->destinations,
                                                        weighted ? edges->destination_weights : NULL,
                                                        edges->n_destinations, info, reorder, error);
}

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  return *(const gint *) a - *(const gint *) b;
}

/* The same ranks, in any order: MPI may give them in another one than they were given in. */
static void
assert_same_ranks (const gint *found, gsize n_found, const gint *expected, gsize n_expected)
{
  g_autofree gint *a = g_memdup2 (found, n_found * sizeof (gint));
  g_autofree gint *b = g_memdup2 (expected, n_expected * sizeof (gint));

  ck_assert_uint_eq (n_found, n_expected);
  qsort (a, n_found, sizeof (gint), compare_ranks);
  qsort (b, n_found, sizeof (gint), compare_ranks);
  ck_assert_int_eq (memcmp (a, b, n_found * sizeof (gint)), 0);
}

/* MPI never numbers the ranks anew on one machine, or the edges could not be compared. */
static void
check_edges (MpiDistgraphcomm *graph, const Edges *edges, gboolean weighted)
{
  g_autoptr (GError) error = NULL;
  MpiTopocomm *topocomm = OMPI_OBJ_TOPOCOMM (graph);
  const gint rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (graph));
  g_autofree gint *sources = NULL;
  g_autofree gint *source_weights = NULL;
  g_autofree gint *destinations = NULL;
  g_autofree gint *destination_weights = NULL;
  g_autofree gint *in = NULL;
  g_autofree gint *out = NULL;
  gsize n_sources = 0;
  gsize n_destinations = 0;
  gint n_in = 0;
  gint n_out = 0;
  gboolean has_weights = -1;

  ck_assert (G_OBJECT_TYPE (graph) == OMPI_OBJ_TYPE_DISTGRAPHCOMM);
  assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors_count (graph, &n_in, &n_out, &has_weights, &error), error);
  ck_assert_int_eq (n_in, (gint) edges->n_sources);
  ck_assert_int_eq (n_out, (gint) edges->n_destinations);
  ck_assert_int_eq (has_weights, weighted);
  assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors_count (graph, NULL, NULL, NULL, &error), error);

  assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors (graph, &sources, &source_weights, &n_sources,
                                                              &destinations, &destination_weights, &n_destinations,
                                                              &error),
                   error);
  assert_same_ranks (sources, n_sources, edges->sources, edges->n_sources);
  assert_same_ranks (destinations, n_destinations, edges->destinations, edges->n_destinations);
  if (weighted)
    {
      for (gsize i = 0; i < n_sources; i++)
        ck_assert_int_eq (source_weights[i], weight (sources[i], rank));
      for (gsize i = 0; i < n_destinations; i++)
        ck_assert_int_eq (destination_weights[i], weight (rank, destinations[i]));
    }
  else
    {
      ck_assert_ptr_null (source_weights);
      ck_assert_ptr_null (destination_weights);
    }
  assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors (graph, NULL, NULL, NULL, NULL, NULL, NULL, &error),
                   error);

  in = ompi_obj_topocomm_get_inedges (topocomm, &n_sources, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_sources, edges->n_sources);
  ck_assert_int_eq (memcmp (in, sources, n_sources * sizeof (gint)), 0);
  out = ompi_obj_topocomm_get_outedges (topocomm, &n_destinations, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_destinations, edges->n_destinations);
  ck_assert_int_eq (memcmp (out, destinations, n_destinations * sizeof (gint)), 0);
  ck_assert_int_eq (ompi_obj_topocomm_get_indegree (topocomm, &error), n_in);
  ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (topocomm, &error), n_out);
}

MPI_TEST (adjacent)
{
  for (gint weighted = 0; weighted < 2; weighted++)
    for (gint reorder = 0; reorder < 2; reorder++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
        g_autoptr (MpiDistgraphcomm) graph = NULL;
        Edges edges;

        edges_init (&edges, comm);
        graph = edges_create (&edges, comm, weighted, reorder ? info : NULL, reorder, &error);
        assert_no_error (error);
        check_edges (graph, &edges, weighted);
      }
}

/* Each rank gives its outgoing edges, or rank 0 all of them. */
MPI_TEST (distributed)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  for (gint weighted = 0; weighted < 2; weighted++)
    for (gint all_at_root = 0; all_at_root < 2; all_at_root++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (MpiDistgraphcomm) graph = NULL;
        gint sources[MAX_EDGES];
        gint degrees[MAX_EDGES];
        gint destinations[2 * MAX_EDGES];
        gint weights[2 * MAX_EDGES];
        gsize n_sources = 0;
        gsize n_edges = 0;
        Edges edges;

        edges_init (&edges, comm);
        for (gint i = 0; i < size; i++)
          if (all_at_root ? rank == 0 : rank == i)
            {
              sources[n_sources] = i;
              degrees[n_sources++] = i == 0 ? 1 : 2;
              destinations[n_edges] = (i + 1) % size;
              weights[n_edges++] = weight (i, (i + 1) % size);
              if (i != 0)
                {
                  destinations[n_edges] = 0;
                  weights[n_edges++] = weight (i, 0);
                }
            }
        /* A rank without edges says nothing about weights. */
        graph = ompi_obj_intracomm_create_dist_graph (OMPI_OBJ_INTRACOMM (comm), n_sources > 0 ? sources : NULL,
                                                      n_sources > 0 ? degrees : NULL, n_sources,
                                                      n_sources > 0 ? destinations : NULL,
                                                      weighted && n_sources > 0 ? weights : NULL, n_edges, NULL,
                                                      all_at_root, &error);
        assert_no_error (error);
        check_edges (graph, &edges, weighted);
      }
}

/* Only the last rank has edges, to itself; with weights for all, or for it alone. */
MPI_TEST (ranks_without_edges)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gboolean is_last = rank == ompi_obj_comm_get_size (comm) - 1;

  for (gint weighted = 0; weighted < 2; weighted++)
    {
      g_autoptr (GError) error = NULL;
      const gint neighbors[] = { rank, rank };
      const gint weights[] = { 0, 5 };
      const gsize n = is_last ? 2 : 0;
      g_autoptr (MpiDistgraphcomm) graph =
          ompi_obj_intracomm_create_dist_graph_adjacent (OMPI_OBJ_INTRACOMM (comm), is_last ? neighbors : NULL,
                                                         weighted && is_last ? weights : NULL, n,
                                                         is_last ? neighbors : NULL,
                                                         weighted && is_last ? weights : NULL, n, NULL, FALSE, &error);
      g_autofree gint *found_weights = NULL;
      g_autofree gint *in = NULL;
      gboolean has_weights = -1;
      gsize n_found = 7;

      assert_no_error (error);
      assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors_count (graph, NULL, NULL, &has_weights, &error),
                       error);
      ck_assert_int_eq (has_weights, weighted);
      in = ompi_obj_topocomm_get_inedges (OMPI_OBJ_TOPOCOMM (graph), &n_found, &error);
      assert_no_error (error);
      ck_assert_ptr_nonnull (in);
      ck_assert_uint_eq (n_found, n);
      assert_succeeds (ompi_obj_distgraphcomm_get_dist_neighbors (graph, NULL, &found_weights, NULL, NULL, NULL, NULL,
                                                                  &error),
                       error);
      if (weighted && is_last)
        ck_assert_int_eq (found_weights[0] + found_weights[1], 5);
    }
}

/* Where one rank is wrong, the others get an error too instead of waiting for it. */
MPI_TEST (bad_edges)
{
  g_autoptr (GError) error = NULL;
  MpiIntracomm *intracomm = OMPI_OBJ_INTRACOMM (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == size - 1;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  const gint self = ompi_obj_comm_get_rank (comm);
  const gint one = 1;
  const gint rank = is_wrong ? size : self;
  const gint negative_weight = is_wrong ? -1 : 0;
  const gint degree = is_wrong ? 2 : 1;
  const gint negative_degree = is_wrong ? -1 : 1;

#define ASSERT_ALL_FAIL(expression, code, text)                                              \
  do                                                                                         \
    {                                                                                        \
      ck_assert_ptr_null (expression);                                                       \
      if (is_wrong)                                                                          \
        assert_error (error, code, text);                                                    \
      else                                                                                   \
        assert_error (error, OMPI_OBJ_ERROR_ARG, "the arguments of another rank are wrong"); \
    }                                                                                        \
  while (0)

#define ADJACENT(source, source_weight, destination, destination_weight, info)                                         \
  ompi_obj_intracomm_create_dist_graph_adjacent (intracomm, source, source_weight, 1, destination, destination_weight, \
                                                 1, info, FALSE, &error)

  ASSERT_ALL_FAIL (ADJACENT (&rank, NULL, &self, NULL, NULL), OMPI_OBJ_ERROR_RANK,
                   "MPI_Dist_graph_create_adjacent: sources[0] is ");
  ASSERT_ALL_FAIL (ADJACENT (&self, NULL, &rank, NULL, NULL), OMPI_OBJ_ERROR_RANK, "destinations[0] is ");
  ASSERT_ALL_FAIL (ADJACENT (&self, &negative_weight, &self, &one, NULL), OMPI_OBJ_ERROR_ARG,
                   "source_weights[0] is -1, which is negative");
  ASSERT_ALL_FAIL (ADJACENT (&self, &one, &self, &negative_weight, NULL), OMPI_OBJ_ERROR_ARG,
                   "destination_weights[0] is -1");
  if (is_wrong)
    ompi_obj_info_free (info, NULL);
  ASSERT_ALL_FAIL (ADJACENT (&self, NULL, &self, NULL, info), OMPI_OBJ_ERROR_INFO, "freed");

#define DISTRIBUTED(source, degree, destination, weight) \
  ompi_obj_intracomm_create_dist_graph (intracomm, source, degree, 1, destination, weight, 1, NULL, FALSE, &error)

  ASSERT_ALL_FAIL (DISTRIBUTED (&rank, &one, &self, NULL), OMPI_OBJ_ERROR_RANK,
                   "MPI_Dist_graph_create: sources[0] is ");
  ASSERT_ALL_FAIL (DISTRIBUTED (&self, &one, &rank, NULL), OMPI_OBJ_ERROR_RANK, "destinations[0] is ");
  ASSERT_ALL_FAIL (DISTRIBUTED (&self, &degree, &self, NULL), OMPI_OBJ_ERROR_ARG,
                   "the sum of degrees is 2, but n_destinations is 1");
  ASSERT_ALL_FAIL (DISTRIBUTED (&self, &negative_degree, &self, NULL), OMPI_OBJ_ERROR_ARG,
                   "degrees[0] is -1, which is negative");
  ASSERT_ALL_FAIL (DISTRIBUTED (&self, &one, &self, &negative_weight), OMPI_OBJ_ERROR_ARG, "weights[0] is -1");

  /* Weights here and none there are wrong on every rank. */
  ck_assert_ptr_null (ADJACENT (&self, &one, &self, NULL, NULL));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "some edges have weights and others have none");
  if (size > 1)
    {
      ck_assert_ptr_null (DISTRIBUTED (&self, &one, &self, is_wrong ? &one : NULL));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "some edges have weights and others have none");
    }

  /* All are in step still. */
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (duplicates_and_raw_handles_are_graphs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDistgraphcomm) graph = NULL;
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiComm) wrapped = NULL;
  Edges edges;

  edges_init (&edges, comm);
  graph = edges_create (&edges, comm, TRUE, NULL, FALSE, &error);
  assert_no_error (error);
  copy = ompi_obj_comm_dup (OMPI_OBJ_COMM (graph), &error);
  assert_no_error (error);
  check_edges (OMPI_OBJ_DISTGRAPHCOMM (copy), &edges, TRUE);
  wrapped = ompi_obj_comm_new_for_native (ompi_obj_comm_get_native (copy), OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (wrapped) == OMPI_OBJ_TYPE_DISTGRAPHCOMM);
}

MPI_TEST (no_graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDistgraphcomm) impostor = g_object_new (OMPI_OBJ_TYPE_DISTGRAPHCOMM, "wraps", comm, NULL);
  g_autoptr (MpiDistgraphcomm) graph = NULL;
  const gint self = ompi_obj_comm_get_rank (comm);
  const gint one = 1;
  Edges edges;

  ck_assert (!ompi_obj_distgraphcomm_get_dist_neighbors_count (impostor, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, "MPI_Dist_graph_neighbors_count");
  ck_assert_int_eq (ompi_obj_topocomm_get_indegree (OMPI_OBJ_TOPOCOMM (impostor), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, NULL);
  ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (OMPI_OBJ_TOPOCOMM (impostor), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, NULL);

  edges_init (&edges, comm);
  graph = edges_create (&edges, comm, FALSE, NULL, FALSE, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (graph), &error), error);
  ck_assert (!ompi_obj_distgraphcomm_get_dist_neighbors_count (graph, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert (!ompi_obj_distgraphcomm_get_dist_neighbors (graph, NULL, NULL, NULL, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (edges_create (&edges, OMPI_OBJ_COMM (graph), FALSE, NULL, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Dist_graph_create_adjacent");
  ck_assert_ptr_null (ompi_obj_intracomm_create_dist_graph (OMPI_OBJ_INTRACOMM (graph), &self, &one, 1, &self, NULL, 1,
                                                            NULL, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Dist_graph_create");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "distgraphcomm");
  harness_add (adjacent, HARNESS_INTRA);
  harness_add (distributed, HARNESS_INTRA);
  harness_add (ranks_without_edges, HARNESS_INTRA);
  harness_add (bad_edges, HARNESS_INTRA);
  harness_add (duplicates_and_raw_handles_are_graphs, HARNESS_INTRA);
  harness_add (no_graph, HARNESS_INTRA);
  return harness_run ();
}
