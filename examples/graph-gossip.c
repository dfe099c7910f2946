/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A rumour spreads over a graph in which everybody talks to two others.
 *
 *     mpirun -n 8 graph-gossip
 *
 * Each rank names the ones that it talks to, and MPI finds out who listens to whom. In each round all ranks
 * tell their neighbours what they have heard: the way that the rumour has come, or nothing. It is over when
 * nobody is left who has not heard it.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_STORY 0

/* What a rank tells: nothing, or by whom the rumour has come here. */
#define RUMOUR_TYPE "mai"

static GVariant *
rumour_new (GVariant *heard, gint rank)
{
  GVariantBuilder way;

  g_variant_builder_init (&way, G_VARIANT_TYPE ("ai"));
  if (heard != NULL)
    {
      g_autoptr (GVariant) before = g_variant_get_maybe (heard);

      for (gsize i = 0; i < g_variant_n_children (before); i++)
        {
          gint teller;

          g_variant_get_child (before, i, "i", &teller);
          g_variant_builder_add (&way, "i", teller);
        }
    }
  g_variant_builder_add (&way, "i", rank);
  return g_variant_ref_sink (g_variant_new_maybe (NULL, g_variant_builder_end (&way)));
}

/* The last one on a rumour's way; -1 if it is none. */
static gint
rumour_get_teller (GVariant *rumour)
{
  g_autoptr (GVariant) way = g_variant_get_maybe (rumour);
  gint teller = -1;

  if (way != NULL)
    g_variant_get_child (way, g_variant_n_children (way) - 1, "i", &teller);
  return teller;
}

/* Each rank talks to the next one, and to one that is far away. */
static MpiDistgraphcomm *
graph_new (MpiComm *world, GError **error)
{
  const gint rank = ompi_obj_comm_get_rank (world);
  const gint size = ompi_obj_comm_get_size (world);
  const gint destinations[] = { (rank + 1) % size, (2 * rank + 1) % size };
  const gint n_destinations = destinations[0] != destinations[1] ? 2 : 1;

  return ompi_obj_intracomm_create_dist_graph (OMPI_OBJ_INTRACOMM (world), &rank, &n_destinations, 1, destinations,
                                               NULL, (gsize) n_destinations, NULL, FALSE, error);
}

/* What this rank knows after a round; if several have told the rumour, it believes the one of the lowest rank. */
static GVariant *
talk (MpiDistgraphcomm *graph, GVariant *known, GError **error)
{
  g_autoptr (GPtrArray) told = ompi_obj_topocomm_neighbor_allgather_variant (OMPI_OBJ_TOPOCOMM (graph), known, error);
  GVariant *heard = NULL;

  if (told == NULL)
    return NULL;
  if (rumour_get_teller (known) >= 0)
    return g_variant_ref (known);
  for (guint i = 0; i < told->len; i++)
    {
      GVariant *rumour = g_ptr_array_index (told, i);
      const gint teller = rumour_get_teller (rumour);

      if (teller >= 0 && (heard == NULL || teller < rumour_get_teller (heard)))
        heard = rumour;
    }
  return heard != NULL ? rumour_new (heard, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (graph))) : g_variant_ref (known);
}

/* Rank 0 prints what everybody has heard, in the order of the ranks. */
static gboolean
print_stories (MpiComm *comm, GVariant *known, GError **error)
{
  if (ompi_obj_comm_get_rank (comm) != 0)
    return ompi_obj_comm_send_variant (comm, known, 0, TAG_STORY, error);

  for (gint rank = 0; rank < ompi_obj_comm_get_size (comm); rank++)
    {
      g_autoptr (GVariant) story =
          rank == 0 ? g_variant_ref (known) : ompi_obj_comm_recv_variant (comm, rank, TAG_STORY, NULL, error);
      g_autoptr (GVariant) way = NULL;

      if (story == NULL)
        return FALSE;
      way = g_variant_get_maybe (story);
      g_print ("rank %d:", rank);
      for (gsize i = 0; i < g_variant_n_children (way); i++)
        {
          gint teller;

          g_variant_get_child (way, i, "i", &teller);
          g_print (i == 0 ? " %d" : " -> %d", teller);
        }
      g_print ("\n");
    }
  return TRUE;
}

static gint
gossip (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  const gint size = ompi_obj_comm_get_size (world);
  g_autoptr (MpiDistgraphcomm) graph = graph_new (world, error);
  g_autoptr (GVariant) known = NULL;
  MpiComm *comm;
  gint n_knowing = 0;

  if (graph == NULL)
    return EXIT_FAILURE;
  comm = OMPI_OBJ_COMM (graph);
  if (ompi_obj_comm_get_rank (comm) == 0)
    known = rumour_new (NULL, 0);
  else
    known = g_variant_ref_sink (g_variant_new (RUMOUR_TYPE, NULL));

  for (gint round = 0;; round++)
    {
      const gint knows = rumour_get_teller (known) >= 0;
      GVariant *heard;

      if (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&knows, 1), OMPI_OBJ_DATA (&n_knowing, 1), OMPI_OBJ_SUM,
                                    error))
        return EXIT_FAILURE;
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_print ("after %d rounds, %d of %d have heard it\n", round, n_knowing, size);
      if (n_knowing == size)
        return print_stories (comm, known, error) ? EXIT_SUCCESS : EXIT_FAILURE;

      heard = talk (graph, known, error);
      if (heard == NULL)
        return EXIT_FAILURE;
      g_variant_unref (known);
      known = heard;
    }
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, gossip);
}
