/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Numbers sorted over all ranks: in the end each rank has a part in order, and the parts follow each other.
 *
 *     mpirun -n 4 sample-sort [NUMBERS-PER-RANK [SEED]]
 *
 * Each rank sorts its numbers and takes samples at equal distances. From the samples of all ranks come the limits
 * between the parts. Then every rank sends every other what belongs there: an alltoall tells how many numbers that
 * is, an alltoallv sends them. Prints what is in each part, in the order of the ranks.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define DEFAULT_COUNT 10000
#define MOST_NUMBERS 10000000

static gint
compare (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static void
sort (guint32 *numbers, gint64 n)
{
  qsort (numbers, (gsize) n, sizeof *numbers, compare);
}

/* Every size-th of the sorted samples of all ranks: the first numbers of the parts of ranks 1, 2, ... */
static guint32 *
find_limits (MpiComm *comm, const guint32 *numbers, gint64 n, GError **error)
{
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree guint32 *mine = g_new (guint32, size);
  g_autofree guint32 *samples = g_new (guint32, size * size);
  guint32 *limits;

  for (gint i = 0; i < size; i++)
    mine[i] = n > 0 ? numbers[i * n / size] : 0;
  if (!ompi_obj_comm_allgather (comm, OMPI_OBJ_DATA (mine, size), OMPI_OBJ_DATA (samples, size * size), error))
    return NULL;

  sort (samples, size * size);
  limits = g_new (guint32, size);
  for (gint i = 1; i < size; i++)
    limits[i - 1] = samples[i * size];
  return limits;
}

/* How many of the sorted numbers go to each rank. */
static gint64 *
count_by_limits (const guint32 *numbers, gint64 n, const guint32 *limits, gint size)
{
  gint64 *counts = g_new0 (gint64, size);
  gint part = 0;

  for (gint64 i = 0; i < n; i++)
    {
      while (part < size - 1 && numbers[i] >= limits[part])
        part++;
      counts[part]++;
    }
  return counts;
}

/* Returns: this rank's part of the numbers of all ranks, in order; NULL on error */
static guint32 *
sample_sort (MpiComm *comm, guint32 *numbers, gint64 n, gint64 *n_sorted, GError **error)
{
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree guint32 *limits = NULL;
  g_autofree gint64 *n_sent = NULL;
  g_autofree gint64 *n_received = g_new (gint64, size);
  g_autofree guint32 *sorted = NULL;

  sort (numbers, n);
  limits = find_limits (comm, numbers, n, error);
  if (limits == NULL)
    return NULL;

  n_sent = count_by_limits (numbers, n, limits, size);
  if (!ompi_obj_comm_alltoall (comm, OMPI_OBJ_DATA (n_sent, size), OMPI_OBJ_DATA (n_received, size), error))
    return NULL;

  *n_sorted = 0;
  for (gint i = 0; i < size; i++)
    *n_sorted += n_received[i];
  sorted = g_new (guint32, *n_sorted + 1);
  /* Without displacements one block follows the other, which is just how they are and shall be. */
  if (!ompi_obj_comm_alltoallv (comm, OMPI_OBJ_BLOCKS_DATA (numbers, size, n_sent, NULL),
                                OMPI_OBJ_BLOCKS_DATA (sorted, size, n_received, NULL), error))
    return NULL;
  sort (sorted, *n_sorted);
  return g_steal_pointer (&sorted);
}

/* One line for each part: how many numbers, the first and the last. */
static gboolean
print_parts (MpiComm *comm, const guint32 *sorted, gint64 n, GError **error)
{
  gint size = ompi_obj_comm_get_size (comm);
  gint64 mine[3] = { n, n > 0 ? sorted[0] : 0, n > 0 ? sorted[n - 1] : 0 };
  g_autofree gint64 *all = g_new (gint64, 3 * size);

  if (!ompi_obj_comm_gather (comm, OMPI_OBJ_DATA (mine, 3), OMPI_OBJ_DATA (all, 3 * size), 0, error))
    return FALSE;
  for (gint i = 0; i < size && ompi_obj_comm_get_rank (comm) == 0; i++)
    g_print ("rank %d: %" G_GINT64_FORMAT " numbers from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "\n", i, all[3 * i],
             all[3 * i + 1], all[3 * i + 2]);
  return TRUE;
}

/* The sum of all numbers is the same before and after. */
static gboolean
add_up (MpiComm *comm, const guint32 *numbers, gint64 n, guint64 *sum, GError **error)
{
  *sum = 0;
  for (gint64 i = 0; i < n; i++)
    *sum += numbers[i];
  return ompi_obj_comm_allreduce (comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_BUFFER (sum, 1, OMPI_OBJ_UINT64_T), OMPI_OBJ_SUM,
                                  error);
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint64 n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : DEFAULT_COUNT;
  guint32 seed = argc > 2 ? (guint32) g_ascii_strtoull (argv[2], NULL, 10) : 1;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + (guint32) ompi_obj_comm_get_rank (comm));
  g_autofree guint32 *numbers = NULL;
  g_autofree guint32 *sorted = NULL;
  gint64 n_sorted;
  guint64 sum_before;
  guint64 sum_after;

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (n < 0 || n > MOST_NUMBERS)
    {
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_printerr ("sample-sort: it takes up to %d numbers for each rank\n", MOST_NUMBERS);
      return EXIT_FAILURE;
    }

  numbers = g_new (guint32, n + 1);
  for (gint64 i = 0; i < n; i++)
    numbers[i] = g_rand_int (random);

  if (!add_up (comm, numbers, n, &sum_before, error))
    return EXIT_FAILURE;
  sorted = sample_sort (comm, numbers, n, &n_sorted, error);
  if (sorted == NULL || !print_parts (comm, sorted, n_sorted, error)
      || !add_up (comm, sorted, n_sorted, &sum_after, error))
    return EXIT_FAILURE;
  if (ompi_obj_comm_get_rank (comm) == 0)
    g_print ("the sum is %s\n", sum_before == sum_after ? "the same" : "another");
  return sum_before == sum_after ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, run);
}
