/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * One array that all ranks of a machine have in their memory: the primes, found by all of them together.
 *
 *     mpirun -n 4 shared-array [LIMIT]
 *
 * Nothing is sent. The ranks of a machine share memory, which they read and write as any other; what MPI does
 * is to get it for them, and to see to it that one rank sees what another has written (the fences). To find the primes
 * of its part of the numbers, a rank strikes out the multiples of all small primes, and those it finds in
 * the part of the array that rank 0 has made.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define DEFAULT_LIMIT 1000000
#define MAX_LIMIT 1000000000

/* Strikes out the numbers from FIRST to END that are multiples of a prime which is struck out nowhere below. */
static void
sieve (guint8 *is_struck, gint64 n_small, gint64 first, gint64 end)
{
  for (gint64 prime = 2; prime < n_small; prime++)
    if (!is_struck[prime])
      for (gint64 i = MAX (prime * prime, (first + prime - 1) / prime * prime); i < end; i += prime)
        is_struck[i] = 1;
}

static gint64
count_primes (const guint8 *is_struck, gint64 limit)
{
  gint64 n = 0;

  for (gint64 i = 2; i < limit; i++)
    n += !is_struck[i];
  return n;
}

/* Rank 0 has all of the array, zeros at first, and the others find it there. */
static gboolean
find_primes (MpiComm *node, MpiWin *win, gint64 limit, GError **error)
{
  gint rank = ompi_obj_comm_get_rank (node);
  gint size = ompi_obj_comm_get_size (node);
  g_autoptr (MpiBuffer) array = ompi_obj_win_shared_query (win, 0, NULL, error);
  guint8 *is_struck;
  gint64 n_small = 0;

  if (array == NULL)
    return FALSE;
  is_struck = array->address;
  while (n_small * n_small < limit)
    n_small++;

  /* The small primes, for all */
  if (rank == 0)
    sieve (is_struck, n_small, 0, n_small);
  if (!ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOPUT, error))
    return FALSE;

  /* A part for each */
  sieve (is_struck, n_small, MAX (n_small, limit * rank / size), limit * (rank + 1) / size);
  if (!ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOPUT | OMPI_OBJ_RMA_ASSERT_NOSUCCEED, error))
    return FALSE;

  /* All of them, for the last rank, say */
  if (rank == size - 1)
    g_print ("%" G_GINT64_FORMAT " primes below %" G_GINT64_FORMAT ", in one array of %d ranks on %s\n",
             count_primes (is_struck, limit), limit, size, g_get_host_name ());
  return TRUE;
}

static gint
shared_array (gint argc, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  gint64 limit = DEFAULT_LIMIT;
  g_autoptr (MpiComm) node = NULL;
  g_autoptr (MpiWin) win = NULL;
  gboolean found;

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (argc > 2 || (argc > 1 && !g_ascii_string_to_signed (argv[1], 10, 2, MAX_LIMIT, &limit, NULL)))
    {
      if (ompi_obj_comm_get_rank (world) == 0)
        g_printerr ("shared-array: it takes a number from 2 to %d\n", MAX_LIMIT);
      return EXIT_FAILURE;
    }

  node = ompi_obj_comm_split_type (world, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, NULL, error);
  if (node == NULL)
    return EXIT_FAILURE;
  win = ompi_obj_win_allocate_shared (ompi_obj_comm_get_rank (node) == 0 ? limit : 0, 1, NULL, node, error);
  if (win == NULL)
    return EXIT_FAILURE;

  found = find_primes (node, win, limit, error);
  return found && ompi_obj_win_free (win, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, shared_array);
}
