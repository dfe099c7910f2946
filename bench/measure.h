/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mpi.h>

#include <ompi_obj/ompi_obj.h>

G_BEGIN_DECLS

/**
 * MeasureFunc:
 * @data: what was given to measure_pair()
 * @n_calls: how many times to do the thing that is measured
 * @error: return location for a #GError
 *
 * One of the two sides of a comparison, run on all ranks at the same time.
 *
 * Returns: %FALSE with @error set if it failed
 */
typedef gboolean (*MeasureFunc) (gpointer data, guint n_calls, GError **error);

/**
 * MeasureResult:
 * @raw: the median time of one call of the raw side, in seconds
 * @library: the same of the library's side
 * @control: the same of the raw side, measured a second time as if it were another thing
 * @n_rounds: how many batches of each were timed
 * @n_preemptions: how often the system took a rank off its processor meanwhile
 *
 * What measure_pair() found; all zero on the ranks other than 0.
 */
typedef struct
{
  gdouble raw;
  gdouble library;
  gdouble control;
  guint n_rounds;
  glong n_preemptions;
} MeasureResult;

gboolean measure_pair (MPI_Comm comm,
                       MeasureFunc raw,
                       MeasureFunc library,
                       gpointer data,
                       gdouble seconds,
                       MeasureResult *result,
                       GError **error);

void measure_print_title (MPI_Comm comm, const gchar *title);

void measure_print_row (MPI_Comm comm,
                        const gchar *label,
                        gsize n_bytes,
                        gdouble calls_to_time,
                        const MeasureResult *result);

void measure_print_title_of_added (MPI_Comm comm, const gchar *title);

void measure_print_added (MPI_Comm comm, const gchar *label, gdouble calls_to_time, const MeasureResult *result);

gdouble measure_seconds_from_arguments (gint argc, gchar **argv);

void measure_set_mpi_error (GError **error, gint code);

/* The raw side checks what it calls as a careful C program does: one comparison. */
static inline gboolean
measure_check_mpi (gint code, GError **error)
{
  if (G_LIKELY (code == MPI_SUCCESS))
    return TRUE;

  measure_set_mpi_error (error, code);
  return FALSE;
}

G_END_DECLS
