/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * How long a message takes: ranks 0 and 1 send buffers of 1 byte to 16 MiB to and fro.
 *
 *     mpirun -n 2 pingpong
 *
 * The latency is half of a round trip. Further ranks do nothing. This is the library's plain form of
 * communication, where the memory is the program's own and nothing is serialized or allocated:
 * compare it with the same program in plain MPI.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>
#include <string.h>

#define MAX_SIZE (16 * 1024 * 1024)
#define TAG_BALL 0

/* Many rounds for the small sizes, whose times are hard to measure, few for the big ones. */
static gint
get_n_rounds (gsize size)
{
  return CLAMP (64 * 1024 * 1024 / (gint64) size, 10, 2000);
}

/* Plays @n_rounds with @data as the ball; rank 0 serves. */
static gboolean
play (MpiComm *comm, guint8 *data, gsize size, gint n_rounds, GError **error)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint other = 1 - rank;

  for (gint i = 0; i < n_rounds; i++)
    {
      /* OMPI_OBJ_DATA says where the elements are and how many; their MPI type it knows from C. */
      if (rank == 0 && !ompi_obj_comm_send (comm, OMPI_OBJ_DATA (data, size), other, TAG_BALL, error))
        return FALSE;
      if (!ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, size), other, TAG_BALL, NULL, error))
        return FALSE;
      if (rank == 1 && !ompi_obj_comm_send (comm, OMPI_OBJ_DATA (data, size), other, TAG_BALL, error))
        return FALSE;
    }
  return TRUE;
}

static gint
measure (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree guint8 *data = NULL;

  if (ompi_obj_comm_get_size (comm) < 2)
    {
      g_printerr ("pingpong: it takes two ranks to play: mpirun -n 2 pingpong\n");
      return EXIT_FAILURE;
    }
  if (rank > 1)
    return EXIT_SUCCESS;

  data = g_malloc (MAX_SIZE);
  memset (data, rank == 0 ? 0xa5 : 0, MAX_SIZE);
  if (rank == 0)
    g_print ("%10s %8s %14s %16s\n", "bytes", "rounds", "latency (us)", "bandwidth (MB/s)");

  for (gsize size = 1; size <= MAX_SIZE; size *= 4)
    {
      gint n_rounds = get_n_rounds (size);
      gdouble start, seconds;

      /* The first rounds set up what MPI keeps for later, and are not what we want to know. */
      if (!play (comm, data, size, n_rounds / 10 + 1, error))
        return EXIT_FAILURE;

      start = ompi_obj_wtime ();
      if (!play (comm, data, size, n_rounds, error))
        return EXIT_FAILURE;
      seconds = (ompi_obj_wtime () - start) / n_rounds / 2;

      if (rank == 0)
        g_print ("%10" G_GSIZE_FORMAT " %8d %14.2f %16.1f\n", size, n_rounds, seconds * 1e6, size / seconds / 1e6);
    }
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, measure);
}
