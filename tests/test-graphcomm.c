/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Graphs that every rank knows as a whole. */

#include "harness.h"

/* A star of the first N_NODES ranks: everybody is a neighbour of rank 0, and rank 0 of itself too. */
typedef struct
{
  gsize n_nodes;
  gsize n_edges;
  gint index[64];
  gint edges[128];
} Star;

static void
star_init (Star *star, gsize n_nodes)
{
  ck_assert_uint_le (n_nodes, G_N_ELEMENTS (star->index));
  star->n_nodes = n_nodes;
  star->n_edges = 0;
  for (gsize i = 0; i < n_nodes; i++)
    star->edges[star->n_edges++] = (gint) i;
  star->index[0] = (gint) n_nodes;
  for (gsize i = 1; i < n_nodes; i++)
    {
      star->edges[star->n_edges++] = 0;
      star->index[i] = (gint) star->n_edges;
    }
}

static MpiGraphcomm *
star_create (const Star *star, MpiComm *comm, gboolean reorder, GError **error)
{
  return ompi_obj_intracomm_create_graph (OMPI_OBJ_INTRACOMM (comm), star->index, star->n_nodes, star->edges,
                                          star->n_edges, reorder, error);
}

static void
check_star (MpiComm *comm, gboolean reorder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGraphcomm) graph = NULL;
  g_autofree gint *index = NULL;
  g_autofree gint *edges = NULL;
  Star star;
  gint n_nodes = 0;
  gint n_edges = 0;
  gsize n_found_nodes = 0;
  gsize n_found_edges = 0;
  gint rank;

  star_init (&star, (gsize) ompi_obj_comm_get_size (comm));
  graph = star_create (&star, comm, reorder, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (graph) == OMPI_OBJ_TYPE_GRAPHCOMM);
  assert_succeeds (ompi_obj_graphcomm_get_dims (graph, &n_nodes, &n_edges, &error), error);
  ck_assert_int_eq (n_nodes, (gint) star.n_nodes);
  ck_assert_int_eq (n_edges, (gint) star.n_edges);
  assert_succeeds (ompi_obj_graphcomm_get_dims (graph, NULL, NULL, &error), error);

  assert_succeeds (ompi_obj_graphcomm_get_topo (graph, &index, &n_found_nodes, &edges, &n_found_edges, &error), error);
  ck_assert_uint_eq (n_found_nodes, star.n_nodes);
  ck_assert_uint_eq (n_found_edges, star.n_edges);
  ck_assert_int_eq (memcmp (index, star.index, star.n_nodes * sizeof (gint)), 0);
  ck_assert_int_eq (memcmp (edges, star.edges, star.n_edges * sizeof (gint)), 0);
  assert_succeeds (ompi_obj_graphcomm_get_topo (graph, NULL, NULL, NULL, NULL, &error), error);

  for (rank = 0; rank < n_nodes; rank++)
    {
      gsize n = 0;
      g_autofree gint *neighbors = ompi_obj_graphcomm_get_neighbors (graph, rank, &n, &error);

      assert_no_error (error);
      ck_assert_int_eq (ompi_obj_graphcomm_get_neighbors_count (graph, rank, &error), (gint) n);
      ck_assert_uint_eq (n, rank == 0 ? star.n_nodes : 1);
      for (gsize i = 0; i < n; i++)
        ck_assert_int_eq (neighbors[i], rank == 0 ? (gint) i : 0);
    }

  rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (graph));
  {
    MpiTopocomm *topocomm = OMPI_OBJ_TOPOCOMM (graph);
    gsize n_in = 0;
    gsize n_out = 0;
    g_autofree gint *in = ompi_obj_topocomm_get_inedges (topocomm, &n_in, &error);
    g_autofree gint *out = ompi_obj_topocomm_get_outedges (topocomm, &n_out, &error);

    assert_no_error (error);
    ck_assert_uint_eq (n_in, rank == 0 ? star.n_nodes : 1);
    ck_assert_uint_eq (n_out, n_in);
    ck_assert_int_eq (memcmp (in, out, n_in * sizeof *in), 0);
    ck_assert_int_eq (ompi_obj_topocomm_get_indegree (topocomm, &error), (gint) n_in);
    ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (topocomm, &error), (gint) n_in);
  }
}

MPI_TEST (star) { check_star (comm, FALSE); }

MPI_TEST (star_reordered) { check_star (comm, TRUE); }

MPI_TEST (left_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGraphcomm) graph = NULL;
  const gint n_nodes = MAX (ompi_obj_comm_get_size (comm) - 1, 1);
  Star star;

  star_init (&star, (gsize) n_nodes);
  graph = star_create (&star, comm, FALSE, &error);
  assert_no_error (error);
  if (ompi_obj_comm_get_rank (comm) < n_nodes)
    ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (graph)), n_nodes);
  else
    ck_assert_ptr_null (graph);
}

MPI_TEST (without_nodes)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (OMPI_OBJ_INTRACOMM (comm), NULL, 0, NULL, 0, FALSE, &error));
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_intracomm_graph_map (OMPI_OBJ_INTRACOMM (comm), NULL, 0, NULL, 0, &error),
                    OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
}

MPI_TEST (without_edges)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autofree gint *index = g_new0 (gint, size);
  g_autoptr (MpiGraphcomm) graph =
      ompi_obj_intracomm_create_graph (OMPI_OBJ_INTRACOMM (comm), index, (gsize) size, NULL, 0, FALSE, &error);
  g_autofree gint *edges = NULL;
  g_autofree gint *found_index = NULL;
  gsize n = 7;

  assert_no_error (error);
  edges = ompi_obj_topocomm_get_inedges (OMPI_OBJ_TOPOCOMM (graph), &n, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (edges);
  ck_assert_uint_eq (n, 0);
  assert_succeeds (ompi_obj_graphcomm_get_topo (graph, &found_index, NULL, NULL, &n, &error), error);
  ck_assert_uint_eq (n, 0);
  ck_assert_int_eq (found_index[size - 1], 0);
}

MPI_TEST (bad_graphs)
{
  g_autoptr (GError) error = NULL;
  MpiIntracomm *intracomm = OMPI_OBJ_INTRACOMM (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint one = 1;
  const gint minus_one = -1;
  g_autofree gint *index = g_new0 (gint, size + 1);

  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, index, (gsize) size + 1, NULL, 0, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Graph_create: n_nodes is ");
  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, &one, 1, NULL, 0, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "index ends with 1, but n_edges is 0");
  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, &minus_one, 1, NULL, 0, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "index[0] is -1");
  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, &one, 1, &one, 1, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "edges[0] is 1, which is no node");
  ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, &one, 1, &minus_one, 1, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "edges[0] is -1");
  if (size > 1)
    {
      index[0] = 2;
      index[1] = 1;
      ck_assert_ptr_null (ompi_obj_intracomm_create_graph (intracomm, index, 2, &one, 1, FALSE, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "index[1] is 1, which is less than the one before");
    }
  ck_assert_int_eq (ompi_obj_intracomm_graph_map (intracomm, &one, 1, &one, 1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Graph_map: ");
}

MPI_TEST (map)
{
  g_autoptr (GError) error = NULL;
  const gint n_nodes = MAX (ompi_obj_comm_get_size (comm) - 1, 1);
  Star star;
  gint rank;

  star_init (&star, (gsize) n_nodes);
  rank = ompi_obj_intracomm_graph_map (OMPI_OBJ_INTRACOMM (comm), star.index, star.n_nodes, star.edges, star.n_edges,
                                       &error);
  assert_no_error (error);
  ck_assert ((rank >= 0 && rank < n_nodes) || rank == OMPI_OBJ_UNDEFINED);
}

MPI_TEST (bad_ranks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGraphcomm) graph = NULL;
  Star star;
  gsize n;

  star_init (&star, (gsize) ompi_obj_comm_get_size (comm));
  graph = star_create (&star, comm, FALSE, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_graphcomm_get_neighbors_count (graph, -1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Graph_neighbors_count: rank is -1");
  ck_assert_ptr_null (ompi_obj_graphcomm_get_neighbors (graph, (gint) star.n_nodes, &n, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Graph_neighbors: rank is ");
}

MPI_TEST (duplicates_and_raw_handles_are_graphs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGraphcomm) graph = NULL;
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiComm) wrapped = NULL;
  Star star;

  star_init (&star, (gsize) ompi_obj_comm_get_size (comm));
  graph = star_create (&star, comm, FALSE, &error);
  assert_no_error (error);
  copy = ompi_obj_comm_dup (OMPI_OBJ_COMM (graph), &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == OMPI_OBJ_TYPE_GRAPHCOMM);
  wrapped = ompi_obj_comm_new_for_native (ompi_obj_comm_get_native (copy), OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (wrapped) == OMPI_OBJ_TYPE_GRAPHCOMM);
}

MPI_TEST (no_graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGraphcomm) impostor = g_object_new (OMPI_OBJ_TYPE_GRAPHCOMM, "wraps", comm, NULL);
  g_autoptr (MpiGraphcomm) graph = NULL;
  Star star;
  gsize n;

  ck_assert (!ompi_obj_graphcomm_get_dims (impostor, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, "MPI_Graphdims_get");
  ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (OMPI_OBJ_TOPOCOMM (impostor), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, NULL);

  star_init (&star, (gsize) ompi_obj_comm_get_size (comm));
  graph = star_create (&star, comm, FALSE, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (graph), &error), error);
  ck_assert (!ompi_obj_graphcomm_get_dims (graph, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert (!ompi_obj_graphcomm_get_topo (graph, NULL, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_int_eq (ompi_obj_graphcomm_get_neighbors_count (graph, 0, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_graphcomm_get_neighbors (graph, 0, &n, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (star_create (&star, OMPI_OBJ_COMM (graph), FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Graph_create");
  ck_assert_int_eq (ompi_obj_intracomm_graph_map (OMPI_OBJ_INTRACOMM (graph), star.index, star.n_nodes, star.edges,
                                                  star.n_edges, &error),
                    -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "graphcomm");
  harness_add (star, HARNESS_INTRA);
  harness_add (star_reordered, HARNESS_INTRA);
  harness_add (left_out, HARNESS_INTRA);
  harness_add (without_nodes, HARNESS_INTRA);
  harness_add (without_edges, HARNESS_INTRA);
  harness_add (bad_graphs, HARNESS_INTRA);
  harness_add (map, HARNESS_INTRA);
  harness_add (bad_ranks, HARNESS_INTRA);
  harness_add (duplicates_and_raw_handles_are_graphs, HARNESS_INTRA);
  harness_add (no_graph, HARNESS_INTRA);
  return harness_run ();
}
