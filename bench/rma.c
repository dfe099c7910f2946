/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * One-sided communication: put, get and fetch_and_op of 8 bytes, put of 1 MiB, and how fast a mutex goes from one rank
 * to the other and back.
 *
 * Rank 0 works on the memory of rank 1, which waits for a message meanwhile: there it makes progress. Both sides use
 * the same window, in one epoch from beginning to end.
 *
 * Usage: mpirun -n 2 rma [SECONDS-PER-ROW]
 *        mpirun -n 2 rma --raw TITLE [SECONDS-PER-ROW]     raw MPI alone, to see what its environment does
 */
#include "measure.h"

#include <ompi_obj/native.h>

#define TAG_DONE 7
#define TAG_NEXT 8
#define TAG_YOURS 9
#define MAX_BYTES (1 << 20)
#define ALIGNMENT 4096

typedef struct
{
  gint rank;
  gint n_bytes;
  guint8 *origin;
  gint64 one;
  gint64 result;
  MpiWin *win;
  MPI_Win native;

  MpiMutex *mutex;
  MPI_Win queue; /* whose first number at rank 0 is the last rank of the raw mutex, and one */
} Target;

/* What rank 0 does N times, and what rank 1 does meanwhile. */

static gboolean
finish (const Target *t, GError **error)
{
  return measure_check_mpi (t->rank == 0 ? MPI_Send (NULL, 0, MPI_BYTE, 1, TAG_DONE, MPI_COMM_WORLD)
                                         : MPI_Recv (NULL, 0, MPI_BYTE, 0, TAG_DONE, MPI_COMM_WORLD, MPI_STATUS_IGNORE),
                            error);
}

#define SIDE(name, operation)                                         \
  static gboolean name (gpointer data, guint n_calls, GError **error) \
  {                                                                   \
    Target *t = data;                                                 \
                                                                      \
    for (guint i = 0; i < n_calls && t->rank == 0; i++)               \
      if (!(operation))                                               \
        return FALSE;                                                 \
    return finish (t, error);                                         \
  }

#define RAW(call) measure_check_mpi (call, error) && measure_check_mpi (MPI_Win_flush (1, t->native), error)
#define LIBRARY(call) (call) && ompi_obj_win_flush (t->win, 1, error)

SIDE (put_raw, RAW (MPI_Put (t->origin, t->n_bytes, MPI_BYTE, 1, 0, t->n_bytes, MPI_BYTE, t->native)))
SIDE (put_library,
      LIBRARY (ompi_obj_win_put (t->win,
                                 OMPI_OBJ_BUFFER (t->origin, t->n_bytes, OMPI_OBJ_BYTE),
                                 OMPI_OBJ_TARGET (1, 0),
                                 error)))
SIDE (get_raw, RAW (MPI_Get (t->origin, t->n_bytes, MPI_BYTE, 1, 0, t->n_bytes, MPI_BYTE, t->native)))
SIDE (get_library,
      LIBRARY (ompi_obj_win_get (t->win,
                                 OMPI_OBJ_BUFFER (t->origin, t->n_bytes, OMPI_OBJ_BYTE),
                                 OMPI_OBJ_TARGET (1, 0),
                                 error)))
SIDE (fetch_raw, RAW (MPI_Fetch_and_op (&t->one, &t->result, MPI_INT64_T, 1, 0, MPI_SUM, t->native)))
SIDE (fetch_library,
      LIBRARY (ompi_obj_win_fetch_and_op (t->win,
                                          OMPI_OBJ_DATA (&t->one, 1),
                                          OMPI_OBJ_DATA (&t->result, 1),
                                          OMPI_OBJ_TARGET (1, 0),
                                          OMPI_OBJ_SUM,
                                          error)))

/* A mutex that both ranks want all the time, on the raw side as the library has it */

static gboolean
lock_raw (Target *t, GError **error)
{
  const gint64 mine = t->rank + 1;
  gint64 last;

  if (!measure_check_mpi (MPI_Fetch_and_op (&mine, &last, MPI_INT64_T, 0, 0, MPI_REPLACE, t->queue), error)
      || !measure_check_mpi (MPI_Win_flush (0, t->queue), error))
    return FALSE;
  return last == 0
         || (measure_check_mpi (MPI_Send (NULL, 0, MPI_BYTE, (gint) last - 1, TAG_NEXT, MPI_COMM_WORLD), error)
             && measure_check_mpi (MPI_Recv (NULL, 0, MPI_BYTE, (gint) last - 1, TAG_YOURS, MPI_COMM_WORLD,
                                             MPI_STATUS_IGNORE),
                                   error));
}

static gboolean
unlock_raw (Target *t, GError **error)
{
  const gint64 mine = t->rank + 1;
  const gint64 nobody = 0;
  gint64 last;
  MPI_Status status;

  if (!measure_check_mpi (MPI_Compare_and_swap (&nobody, &mine, &last, MPI_INT64_T, 0, 0, t->queue), error)
      || !measure_check_mpi (MPI_Win_flush (0, t->queue), error))
    return FALSE;
  return last == mine
         || (measure_check_mpi (MPI_Recv (NULL, 0, MPI_BYTE, MPI_ANY_SOURCE, TAG_NEXT, MPI_COMM_WORLD, &status), error)
             && measure_check_mpi (MPI_Send (NULL, 0, MPI_BYTE, status.MPI_SOURCE, TAG_YOURS, MPI_COMM_WORLD), error));
}

static gboolean
mutex_raw (gpointer data, guint n_calls, GError **error)
{
  for (guint i = 0; i < n_calls; i++)
    if (!lock_raw (data, error) || !unlock_raw (data, error))
      return FALSE;
  return measure_check_mpi (MPI_Barrier (MPI_COMM_WORLD), error);
}

static gboolean
mutex_library (gpointer data, guint n_calls, GError **error)
{
  Target *t = data;

  for (guint i = 0; i < n_calls; i++)
    if (!ompi_obj_mutex_lock (t->mutex, error) || !ompi_obj_mutex_unlock (t->mutex, error))
      return FALSE;
  return measure_check_mpi (MPI_Barrier (MPI_COMM_WORLD), error);
}

/* Messages, which some settings of MPI change too */

static gboolean
message_raw (gpointer data, guint n_calls, GError **error)
{
  Target *t = data;

  for (guint i = 0; i < n_calls; i++)
    for (gint turn = 0; turn < 2; turn++)
      if (!measure_check_mpi (turn == t->rank
                                  ? MPI_Send (t->origin, t->n_bytes, MPI_BYTE, 1 - t->rank, TAG_DONE, MPI_COMM_WORLD)
                                  : MPI_Recv (t->origin, t->n_bytes, MPI_BYTE, 1 - t->rank, TAG_DONE, MPI_COMM_WORLD,
                                              MPI_STATUS_IGNORE),
                              error))
        return FALSE;
  return TRUE;
}

/* Rows */

static gboolean
measure_row (Target *t,
             const gchar *label,
             gint n_bytes,
             gdouble calls_to_time,
             gdouble seconds,
             MeasureFunc raw,
             MeasureFunc library,
             GError **error)
{
  MeasureResult result;

  t->n_bytes = n_bytes;
  if (!measure_pair (MPI_COMM_WORLD, raw, library, t, seconds, &result, error))
    return FALSE;
  measure_print_row (MPI_COMM_WORLD, label, (gsize) n_bytes, calls_to_time, &result);
  return TRUE;
}

static gboolean
measure_library (Target *t, gdouble seconds, GError **error)
{
  measure_print_title (MPI_COMM_WORLD, "One-sided operations and their flush, from one rank to the other");
  if (!measure_row (t, "put", 8, 1, seconds, put_raw, put_library, error)
      || !measure_row (t, "get", 8, 1, seconds, get_raw, get_library, error)
      || !measure_row (t, "fetch_and_op", 8, 1, seconds, fetch_raw, fetch_library, error)
      || !measure_row (t, "put", MAX_BYTES, 1, seconds, put_raw, put_library, error)
      || !measure_row (t, "get", MAX_BYTES, 1, seconds, get_raw, get_library, error))
    return FALSE;
  measure_print_title (MPI_COMM_WORLD, "A mutex that two ranks want all the time: from one to the other");
  return measure_row (t, "mutex", 0, 0.5, seconds, mutex_raw, mutex_library, error);
}

/* Both columns are raw MPI: what is to be compared stands in another run's table. */
static gboolean
measure_environment (Target *t, const gchar *title, gdouble seconds, GError **error)
{
  static const gint sizes[] = { 8, MAX_BYTES };

  measure_print_title (MPI_COMM_WORLD, title);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (!measure_row (t, "raw put", sizes[i], 1, seconds, put_raw, put_raw, error)
        || !measure_row (t, "raw get", sizes[i], 1, seconds, get_raw, get_raw, error)
        || !measure_row (t, "raw send, recv", sizes[i], 0.5, seconds, message_raw, message_raw, error))
      return FALSE;
  return TRUE;
}

static gboolean
set_up (Target *t, MpiComm *comm, GError **error)
{
  gpointer queue;

  t->rank = ompi_obj_comm_get_rank (comm);
  t->one = 1;
  t->origin = g_aligned_alloc0 (1, MAX_BYTES, ALIGNMENT);
  t->win = ompi_obj_win_allocate (MAX_BYTES, 1, NULL, comm, error);
  if (t->win == NULL)
    return FALSE;
  t->native = ompi_obj_win_get_native (t->win);
  t->mutex = ompi_obj_mutex_new (FALSE, NULL, comm, error);
  if (t->mutex == NULL
      || !measure_check_mpi (MPI_Win_allocate (16, 8, MPI_INFO_NULL, MPI_COMM_WORLD, &queue, &t->queue), error))
    return FALSE;
  *(gint64 *) queue = 0;
  return measure_check_mpi (MPI_Win_lock_all (MPI_MODE_NOCHECK, t->queue), error)
         && measure_check_mpi (MPI_Win_sync (t->queue), error)
         && ompi_obj_win_lock_all (t->win, OMPI_OBJ_RMA_ASSERT_NOCHECK, error)
         && measure_check_mpi (MPI_Barrier (MPI_COMM_WORLD), error);
}

static gboolean
tear_down (Target *t, GError **error)
{
  gboolean succeeded = ompi_obj_win_unlock_all (t->win, error) && ompi_obj_win_free (t->win, error)
                       && ompi_obj_mutex_free (t->mutex, error)
                       && measure_check_mpi (MPI_Win_unlock_all (t->queue), error)
                       && measure_check_mpi (MPI_Win_free (&t->queue), error);

  g_clear_object (&t->win);
  g_clear_object (&t->mutex);
  g_aligned_free (t->origin);
  return succeeded;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  const gboolean is_raw = argc > 2 && g_str_equal (argv[1], "--raw");
  const gdouble seconds =
      is_raw ? measure_seconds_from_arguments (argc - 2, argv + 2) : measure_seconds_from_arguments (argc, argv);
  Target target = { 0 };

  if (ompi_obj_comm_get_size (comm) != 2)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_ARG, "this program needs 2 ranks, not %d",
                   ompi_obj_comm_get_size (comm));
      return 1;
    }
  if (!set_up (&target, comm, error)
      || !(is_raw ? measure_environment (&target, argv[2], seconds, error) : measure_library (&target, seconds, error)))
    return 1;
  return tear_down (&target, error) ? 0 : 1;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
