/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Computes pi in parts and sends each part on while the next one is computed.
 *
 *     mpirun -n 4 pi-nonblocking [PARTS]
 *
 * Pi is the area below 4 / (1 + x^2) from 0 to 1. The interval is cut into parts that go round the
 * ranks. A rank starts to send the area of a part with isend() and goes on with the next; rank 0 computes
 * too, and between its own parts takes what has arrived with test(). Nobody stands idle to send or to
 * receive, as long as there are parts to compute.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define DEFAULT_N_PARTS 400
#define MAX_N_PARTS 1000000
#define N_STEPS 20000 /* in a part */
#define TAG_AREA 0

/* The area of one part, by the midpoint rule. */
static gdouble
compute_area (gint part, gint n_parts)
{
  const gdouble width = 1.0 / ((gdouble) n_parts * N_STEPS);
  gdouble sum = 0;

  for (gint i = 0; i < N_STEPS; i++)
    {
      gdouble x = ((gdouble) part * N_STEPS + i + 0.5) * width;

      sum += 4 / (1 + x * x);
    }
  return sum * width;
}

/* The other ranks: one area is on its way while the next is computed, each in memory of its own. */
static gboolean
compute_and_send (MpiComm *comm, gint n_parts, GError **error)
{
  gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiRequest) under_way = NULL;
  gdouble areas[2];
  gint n = 0;

  for (gint part = ompi_obj_comm_get_rank (comm); part < n_parts; part += size)
    {
      gdouble *area = &areas[n++ % 2];

      *area = compute_area (part, n_parts);
      if (under_way != NULL && !ompi_obj_request_wait (under_way, NULL, error))
        return FALSE;
      g_clear_object (&under_way);
      under_way = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (area, 1), 0, TAG_AREA, error);
      if (under_way == NULL)
        return FALSE;
    }
  /* Only after this may the memory go. */
  return under_way == NULL || ompi_obj_request_wait (under_way, NULL, error);
}

/* Rank 0: a receive is always pending; each time one has completed, the next is started. */
static gboolean
compute_and_receive (MpiComm *comm, gint n_parts, GError **error)
{
  gint size = ompi_obj_comm_get_size (comm);
  gint n_own = (n_parts + size - 1) / size;
  gint n_to_come = n_parts - n_own;
  gint n_meanwhile = 0;
  gdouble pi = 0;
  gint part = 0;

  while (part < n_parts || n_to_come > 0)
    {
      g_autoptr (MpiRequest) receive = NULL;
      gdouble area = 0;

      if (n_to_come > 0)
        {
          receive = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (&area, 1), OMPI_OBJ_ANY_SOURCE, TAG_AREA, error);
          if (receive == NULL)
            return FALSE;
        }

      /* test() gives FALSE while nothing has come: time for a part of our own. */
      while (part < n_parts && (receive == NULL || !ompi_obj_request_test (receive, NULL, error)))
        {
          if (error != NULL && *error != NULL)
            return FALSE;
          pi += compute_area (part, n_parts);
          part += size;
        }
      if (receive == NULL)
        break;
      if (!ompi_obj_request_is_active (receive))
        n_meanwhile++;
      else if (!ompi_obj_request_wait (receive, NULL, error))
        return FALSE;
      pi += area;
      n_to_come--;
    }

  g_print ("pi is about %.12f\n", pi);
  g_print ("%d parts: rank 0 computed %d, and received %d meanwhile and %d afterwards\n", n_parts, n_own, n_meanwhile,
           n_parts - n_own - n_meanwhile);
  return TRUE;
}

static gint
compute_pi (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint64 n_parts = DEFAULT_N_PARTS;
  gboolean done;

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (argc > 2 || (argc > 1 && !g_ascii_string_to_signed (argv[1], 10, 1, MAX_N_PARTS, &n_parts, NULL)))
    {
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_printerr ("pi-nonblocking: it takes the number of parts, from 1 to %d\n", MAX_N_PARTS);
      return EXIT_FAILURE;
    }

  if (ompi_obj_comm_get_rank (comm) == 0)
    done = compute_and_receive (comm, (gint) n_parts, error);
  else
    done = compute_and_send (comm, (gint) n_parts, error);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, compute_pi);
}
