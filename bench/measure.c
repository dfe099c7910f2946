/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Timing two sides of a comparison in one run.
 *
 * The machine's speed drifts by more than the differences that are looked for, so the sides take
 * turns in short batches, the order changes in every round, and medians are compared. The raw side is
 * measured twice, under two names: by how much the two medians of the same thing differ is what the
 * run could not tell apart.
 */
#include "measure.h"

#include <sys/resource.h>

/* Long against the clock's resolution and the barrier before it, short against the drift. */
#define BATCH_SECONDS 0.5e-3
#define MAX_CALLS 8192

typedef enum
{
  SIDE_RAW,
  SIDE_LIBRARY,
  SIDE_CONTROL,
  N_SIDES
} Side;

/* A side that is so many times slower makes fewer calls in a batch. */
#define SLOW 4

/* Every order of the three sides, so that each follows each equally often. */
static const Side orders[][N_SIDES] = {
  { SIDE_RAW, SIDE_LIBRARY, SIDE_CONTROL }, { SIDE_CONTROL, SIDE_LIBRARY, SIDE_RAW },
  { SIDE_LIBRARY, SIDE_CONTROL, SIDE_RAW }, { SIDE_RAW, SIDE_CONTROL, SIDE_LIBRARY },
  { SIDE_CONTROL, SIDE_RAW, SIDE_LIBRARY }, { SIDE_LIBRARY, SIDE_RAW, SIDE_CONTROL },
};

#define MIN_ROUNDS (25 * G_N_ELEMENTS (orders))
#define MAX_ROUNDS (500 * G_N_ELEMENTS (orders))

void
measure_set_mpi_error (GError **error, gint code)
{
  gchar text[MPI_MAX_ERROR_STRING];
  gint length;

  if (MPI_Error_string (code, text, &length) != MPI_SUCCESS)
    g_snprintf (text, sizeof text, "MPI error %d", code);
  g_set_error_literal (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, text);
}

static gboolean
time_batch (MPI_Comm comm, MeasureFunc func, gpointer data, guint n_calls, gdouble *seconds, GError **error)
{
  gdouble start;

  if (!measure_check_mpi (MPI_Barrier (comm), error))
    return FALSE;

  start = MPI_Wtime ();
  if (!func (data, n_calls, error))
    return FALSE;
  *seconds = MPI_Wtime () - start;

  return TRUE;
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a;
  gdouble y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

static gdouble
median (GArray *values)
{
  guint middle = values->len / 2;

  g_array_sort (values, compare_doubles);
  if (values->len % 2 == 1)
    return g_array_index (values, gdouble, middle);

  return (g_array_index (values, gdouble, middle - 1) + g_array_index (values, gdouble, middle)) / 2;
}

/* Finds out on rank 0 how many calls make a batch, from *N_CALLS on, and tells the other ranks. */
static gboolean
calibrate (MPI_Comm comm, MeasureFunc func, gpointer data, guint *n_calls, gdouble *batch, GError **error)
{
  while (TRUE)
    {
      if (!time_batch (comm, func, data, *n_calls, batch, error)
          || !measure_check_mpi (MPI_Bcast (batch, 1, MPI_DOUBLE, 0, comm), error))
        return FALSE;
      if (*batch < BATCH_SECONDS && *n_calls < MAX_CALLS)
        *n_calls *= 2;
      else
        return TRUE;
    }
}

static gboolean
calibrate_slow (MPI_Comm comm, MeasureFunc func, gpointer data, guint *n_calls, gdouble *batch, GError **error)
{
  const gdouble limit = SLOW * MAX (*batch, BATCH_SECONDS);

  while (TRUE)
    {
      if (!time_batch (comm, func, data, *n_calls, batch, error)
          || !measure_check_mpi (MPI_Bcast (batch, 1, MPI_DOUBLE, 0, comm), error))
        return FALSE;
      if (*batch > limit && *n_calls > 1)
        *n_calls /= 2;
      else
        return TRUE;
    }
}

static glong
count_preemptions (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_nivcsw;
}

/**
 * measure_pair:
 * @comm: the ranks that take part
 * @raw: the raw MPI side
 * @library: the library's side
 * @data: passed to both
 * @seconds: about how long to measure; there is a least number of rounds
 * @result: (out): the medians, on rank 0
 * @error: return location for a #GError
 *
 * Measures @raw and @library against each other. Collective over @comm; the clock is that of rank 0.
 *
 * Returns: %FALSE with @error set if a side failed
 */
gboolean
measure_pair (MPI_Comm comm,
              MeasureFunc raw,
              MeasureFunc library,
              gpointer data,
              gdouble seconds,
              MeasureResult *result,
              GError **error)
{
  const MeasureFunc funcs[N_SIDES] = { [SIDE_RAW] = raw, [SIDE_LIBRARY] = library, [SIDE_CONTROL] = raw };
  GArray *times[N_SIDES] = { NULL };
  guint n_calls[N_SIDES];
  gboolean ok = FALSE;
  gdouble batch, library_batch;
  glong n_preemptions, n_all_preemptions;
  guint n_rounds;
  gint rank;

  *result = (MeasureResult){ 0 };

  for (guint i = 0; i < N_SIDES; i++)
    times[i] = g_array_new (FALSE, FALSE, sizeof (gdouble));

  /* The first calls of a side also set up what later ones use. */
  if (!measure_check_mpi (MPI_Comm_rank (comm, &rank), error) || !raw (data, 2, error) || !library (data, 2, error))
    goto out;

  n_calls[SIDE_RAW] = 1;
  if (!calibrate (comm, raw, data, &n_calls[SIDE_RAW], &batch, error))
    goto out;
  n_calls[SIDE_CONTROL] = n_calls[SIDE_LIBRARY] = n_calls[SIDE_RAW];
  library_batch = batch;
  if (!calibrate_slow (comm, library, data, &n_calls[SIDE_LIBRARY], &library_batch, error))
    goto out;

  n_rounds = (guint) CLAMP (seconds / (2 * batch + library_batch), (gdouble) MIN_ROUNDS, (gdouble) MAX_ROUNDS);
  n_rounds -= n_rounds % G_N_ELEMENTS (orders);

  n_preemptions = count_preemptions ();
  for (guint round = 0; round < n_rounds; round++)
    for (guint i = 0; i < N_SIDES; i++)
      {
        Side side = orders[round % G_N_ELEMENTS (orders)][i];

        if (!time_batch (comm, funcs[side], data, n_calls[side], &batch, error))
          goto out;
        batch /= n_calls[side];
        g_array_append_val (times[side], batch);
      }
  n_preemptions = count_preemptions () - n_preemptions;

  if (!measure_check_mpi (MPI_Reduce (&n_preemptions, &n_all_preemptions, 1, MPI_LONG, MPI_SUM, 0, comm), error))
    goto out;
  if (rank == 0)
    *result = (MeasureResult){
      .raw = median (times[SIDE_RAW]),
      .library = median (times[SIDE_LIBRARY]),
      .control = median (times[SIDE_CONTROL]),
      .n_rounds = n_rounds,
      .n_preemptions = n_all_preemptions,
    };
  ok = TRUE;

out:
  for (guint i = 0; i < N_SIDES; i++)
    g_array_unref (times[i]);

  return ok;
}

static gboolean
is_printing_rank (MPI_Comm comm)
{
  gint rank = -1;

  return MPI_Comm_rank (comm, &rank) == MPI_SUCCESS && rank == 0;
}

static gboolean
print_title (MPI_Comm comm, const gchar *title)
{
  if (!is_printing_rank (comm))
    return FALSE;

  g_print ("\n%s\n", title);
#ifndef __OPTIMIZE__
  g_print ("(compiled without optimization: the ratios say little)\n");
#endif
  return TRUE;
}

/**
 * measure_print_title:
 * @comm: the ranks that take part
 * @title: what the table shows
 *
 * Prints the head of a table of measure_print_row(), on rank 0 of @comm.
 */
void
measure_print_title (MPI_Comm comm, const gchar *title)
{
  if (print_title (comm, title))
    g_print ("%-24s %10s %11s %11s %8s %8s %10s %10s %7s %8s\n", "", "bytes", "raw us", "library us", "ratio",
             "control", "raw MB/s", "lib. MB/s", "rounds", "preempt.");
}

/**
 * measure_print_title_of_added:
 * @comm: the ranks that take part
 * @title: what the table shows
 *
 * Prints the head of a table of measure_print_added(), on rank 0 of @comm.
 */
void
measure_print_title_of_added (MPI_Comm comm, const gchar *title)
{
  if (print_title (comm, title))
    g_print ("%-24s %10s %11s %11s %8s %8s %7s %8s\n", "", "raw ns", "library ns", "added ns", "ratio", "control",
             "rounds", "preempt.");
}

/**
 * measure_print_row:
 * @comm: the ranks that take part
 * @label: the row's name
 * @n_bytes: how many bytes go one way
 * @calls_to_time: what to multiply the time of one call by: 0.5 if it is a round trip
 * @result: what was measured
 *
 * Prints one row of a table, on rank 0 of @comm.
 */
void
measure_print_row (MPI_Comm comm, const gchar *label, gsize n_bytes, gdouble calls_to_time, const MeasureResult *result)
{
  gdouble raw = result->raw * calls_to_time;
  gdouble library = result->library * calls_to_time;

  if (!is_printing_rank (comm))
    return;

  g_print ("%-24s %10" G_GSIZE_FORMAT " %11.3f %11.3f %8.3f %8.3f %10.1f %10.1f %7u %8ld\n", label, n_bytes, raw * 1e6,
           library * 1e6, library / raw, result->control / result->raw, (gdouble) n_bytes / raw * 1e-6,
           (gdouble) n_bytes / library * 1e-6, result->n_rounds, result->n_preemptions);
}

/**
 * measure_print_added:
 * @comm: the ranks that take part
 * @label: the row's name
 * @calls_to_time: what to multiply the time of one call by: 0.01 if it is a hundred things
 * @result: what was measured
 *
 * Prints one row of a table of small times and their difference, on rank 0 of @comm.
 */
void
measure_print_added (MPI_Comm comm, const gchar *label, gdouble calls_to_time, const MeasureResult *result)
{
  gdouble raw = result->raw * calls_to_time * 1e9;
  gdouble library = result->library * calls_to_time * 1e9;

  if (!is_printing_rank (comm))
    return;

  g_print ("%-24s %10.1f %11.1f %11.1f %8.3f %8.3f %7u %8ld\n", label, raw, library, library - raw, library / raw,
           result->control / result->raw, result->n_rounds, result->n_preemptions);
}

/**
 * measure_seconds_from_arguments:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments
 *
 * Takes the seconds to spend on each row from the program's only argument.
 *
 * Returns: the seconds; 2 without an argument
 */
gdouble
measure_seconds_from_arguments (gint argc, gchar **argv)
{
  return argc > 1 ? g_ascii_strtod (argv[1], NULL) : 2.0;
}
