/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Starts workers, as many as it is told, and has each compute its part of pi. See spawn-worker.c.
 *
 *     mpirun -n 1 spawn-master [WORKERS]
 *
 * It needs an MPI that starts programs: Open MPI (with mpirun --oversubscribe, where there are few cores), or
 * MPICH from 4.2.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_TASK 0
#define TAG_PART 1
#define N_STEPS 10000000

/* The task of a worker: which steps it sums up, and of how many. */
static gboolean
send_tasks (MpiComm *workers, gint n, GError **error)
{
  for (gint i = 0; i < n; i++)
    if (!ompi_obj_comm_send_variant (workers, g_variant_new ("(iii)", i, n, N_STEPS), i, TAG_TASK, error))
      return FALSE;
  return TRUE;
}

static gboolean
receive_parts (MpiComm *workers, gint n, gdouble *pi, GError **error)
{
  for (gint i = 0; i < n; i++)
    {
      gdouble part = 0.0;

      if (!ompi_obj_comm_recv (workers, OMPI_OBJ_DATA (&part, 1), OMPI_OBJ_ANY_SOURCE, TAG_PART, NULL, error))
        return FALSE;
      *pi += part;
    }
  return TRUE;
}

static gint
lead (gint argc, gchar **argv, GError **error)
{
  const gint n = argc > 1 ? atoi (argv[1]) : 3;
  /* The workers' program is beside this one. */
  g_autofree gchar *directory = g_path_get_dirname (argv[0]);
  g_autofree gchar *program = g_build_filename (directory, "spawn-worker", NULL);
  const gchar *arguments[] = { "for", argv[0], NULL };
  g_autoptr (MpiIntercomm) workers = NULL;
  gdouble pi = 0.0;

  workers = ompi_obj_intracomm_spawn (OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ()), program, arguments, n, NULL, 0, NULL,
                                      NULL, error);
  if (workers == NULL || !send_tasks (OMPI_OBJ_COMM (workers), n, error)
      || !receive_parts (OMPI_OBJ_COMM (workers), n, &pi, error)
      || !ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (workers), error))
    return EXIT_FAILURE;
  g_print ("pi is about %.10f, by %d workers\n", pi, n);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, lead);
}
