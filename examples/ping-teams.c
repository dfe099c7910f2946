/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Two teams play ping-pong: the ranks of the world are split in two, and each rank hits the ball to the one
 * across, over a communicator that joins the teams.
 *
 *     mpirun -n 4 ping-teams
 *
 * A rank without one across (the last of an odd number) looks on.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_BALL 0
#define TAG_TEAMS 1
#define N_HITS 10

/* The even ranks of the world are one team, the odd ones the other; the first of each speaks for it. */
static MpiIntercomm *
make_teams (MpiComm *world, gint team, GError **error)
{
  g_autoptr (MpiComm) own = ompi_obj_comm_split (world, team, 0, error);

  if (own == NULL)
    return NULL;
  return ompi_obj_intracomm_create_intercomm (OMPI_OBJ_INTRACOMM (own), 0, OMPI_OBJ_INTRACOMM (world), 1 - team,
                                              TAG_TEAMS, error);
}

/* Each hit counts the ball up; the even team serves. Ranks are those of the other team. */
static gboolean
play (MpiComm *teams, gint team, gint across, gint *ball, GError **error)
{
  for (gint i = 0; i < N_HITS; i++)
    {
      if (i % 2 == team)
        {
          (*ball)++;
          if (!ompi_obj_comm_send (teams, OMPI_OBJ_DATA (ball, 1), across, TAG_BALL, error))
            return FALSE;
        }
      else if (!ompi_obj_comm_recv (teams, OMPI_OBJ_DATA (ball, 1), across, TAG_BALL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gint
ping_teams (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  const gint team = ompi_obj_comm_get_rank (world) % 2;
  g_autoptr (MpiIntercomm) teams = NULL;
  g_autoptr (MpiIntracomm) all = NULL;
  gint across;
  gint ball = 0;
  gint hits = 0;

  if (ompi_obj_comm_get_size (world) < 2)
    {
      g_set_error_literal (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "it takes two ranks at least");
      return EXIT_FAILURE;
    }
  teams = make_teams (world, team, error);
  if (teams == NULL)
    return EXIT_FAILURE;

  across = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (teams));
  if (across < ompi_obj_intercomm_get_remote_size (teams) && !play (OMPI_OBJ_COMM (teams), team, across, &ball, error))
    return EXIT_FAILURE;

  /* After the game they are one group again, the even team first. */
  all = ompi_obj_intercomm_merge (teams, team == 1, error);
  if (all == NULL
      || !ompi_obj_comm_allreduce (OMPI_OBJ_COMM (all), OMPI_OBJ_DATA (&ball, 1), OMPI_OBJ_DATA (&hits, 1),
                                   OMPI_OBJ_SUM, error))
    return EXIT_FAILURE;
  if (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (all)) == 0)
    g_print ("%d against %d: %d hits\n", ompi_obj_comm_get_size (OMPI_OBJ_COMM (teams)),
             ompi_obj_intercomm_get_remote_size (teams), hits / 2);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, ping_teams);
}
