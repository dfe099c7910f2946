/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What tests/spawn-parent.c starts. Its first argument says what to do with the parents:
 *
 *   sum      receives a number from each parent and sends the sum of them to parent 0
 *   echo     sends its arguments, its working directory, rank and size to parent 0 as a value
 *   merge    merges with the parents and adds up the ranks
 *   silent   nothing
 */

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/ompi_obj.h>

static gboolean
sum (MpiComm *parent, GError **error)
{
  const gint n_parents = ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (parent));
  gdouble total = 0.0;

  for (gint i = 0; i < n_parents; i++)
    {
      gdouble number = 0.0;

      if (!ompi_obj_comm_recv (parent, OMPI_OBJ_DATA (&number, 1), i, 1, NULL, error))
        return FALSE;
      total += number;
    }
  return ompi_obj_comm_send (parent, OMPI_OBJ_DATA (&total, 1), 0, 2, error);
}

static gboolean
echo (MpiComm *parent, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  g_autofree gchar *directory = g_get_current_dir ();

  return ompi_obj_comm_send_variant (parent,
                                     g_variant_new ("(^assii)", argv + 1, directory, ompi_obj_comm_get_rank (world),
                                                    ompi_obj_comm_get_size (world)),
                                     0, 3, error);
}

static gboolean
merge (MpiIntercomm *parent, GError **error)
{
  g_autoptr (MpiIntracomm) merged = ompi_obj_intercomm_merge (parent, TRUE, error);
  gint rank;
  gint ranks = 0;

  if (merged == NULL)
    return FALSE;
  rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (merged));
  return ompi_obj_comm_allreduce (OMPI_OBJ_COMM (merged), OMPI_OBJ_DATA (&rank, 1), OMPI_OBJ_DATA (&ranks, 1),
                                  OMPI_OBJ_SUM, error)
         && ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (merged), error);
}

static gboolean
work (MpiIntercomm *parent, gint argc, gchar **argv, GError **error)
{
  const gchar *task = argc > 1 ? argv[1] : "";

  if (strcmp (task, "sum") == 0)
    return sum (OMPI_OBJ_COMM (parent), error);
  if (strcmp (task, "echo") == 0)
    return echo (OMPI_OBJ_COMM (parent), argv, error);
  if (strcmp (task, "merge") == 0)
    return merge (parent, error);
  return TRUE;
}

static gint
body (gint argc, gchar **argv, GError **error)
{
  MpiIntercomm *parent = ompi_obj_comm_get_parent ();

  if (parent == NULL)
    {
      g_printerr ("%s: started by mpirun, and not by another program\n", argv[0]);
      return EXIT_FAILURE;
    }
  g_assert_true (parent == ompi_obj_comm_get_parent ());
  if (!work (parent, argc, argv, error) || !ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (parent), error))
    return EXIT_FAILURE;
  g_assert_null (ompi_obj_comm_get_parent ());
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, body);
}
