/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What a request costs: windows of messages of 8 bytes that are in flight together, nonblocking and persistent, from
 * one rank to the other and back, to oneself, and to nobody.
 *
 * The raw side calls what a C program calls, MPI_Isend() and not MPI_Isend_c(), and ignores all statuses; the library
 * is given NULL for them.
 *
 * Usage: mpirun -n 2 requests [SECONDS-PER-ROW]
 */
#include "measure.h"

#include <ompi_obj/native.h>

#define TAG 7
#define WINDOW 64

typedef struct
{
  MpiComm *comm;
  MPI_Comm native;
  gint rank; /* -1: to oneself */
  gint dest;
  gint source;
  gboolean to_nobody;
  gdouble sent[WINDOW];
  gdouble received[WINDOW];

  /* Nonblocking, those to send behind those to receive */
  MPI_Request raw[2 * WINDOW];
  MpiRequest *library[2 * WINDOW];

  /* Persistent */
  MPI_Request raw_sends[WINDOW];
  MPI_Request raw_receives[WINDOW];
  MpiPrequest *sends[WINDOW];
  MpiPrequest *receives[WINDOW];
} Window;

/* Starting */

static inline gboolean
start_raw_sends (Window *w, MPI_Request *requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    if (!measure_check_mpi (MPI_Isend (&w->sent[i], 1, MPI_DOUBLE, w->dest, TAG, w->native, &requests[i]), error))
      return FALSE;
  return TRUE;
}

static inline gboolean
start_raw_receives (Window *w, MPI_Request *requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    if (!measure_check_mpi (MPI_Irecv (&w->received[i], 1, MPI_DOUBLE, w->source, TAG, w->native, &requests[i]), error))
      return FALSE;
  return TRUE;
}

static inline gboolean
start_sends (Window *w, MpiRequest **requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    {
      requests[i] = ompi_obj_comm_isend (w->comm, OMPI_OBJ_DATA (&w->sent[i], 1), w->dest, TAG, error);
      if (requests[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
start_receives (Window *w, MpiRequest **requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    {
      requests[i] = ompi_obj_comm_irecv (w->comm, OMPI_OBJ_DATA (&w->received[i], 1), w->source, TAG, error);
      if (requests[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Waiting */

/* gcc takes MPICH's MPI_STATUSES_IGNORE for an array without room. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#endif

static inline gboolean
wait_raw_together (MPI_Request *requests, gint n, GError **error)
{
  return measure_check_mpi (MPI_Waitall (n, requests, MPI_STATUSES_IGNORE), error);
}

static inline gboolean
wait_raw_each (MPI_Request *requests, gint n, GError **error)
{
  for (gint i = 0; i < n; i++)
    if (!measure_check_mpi (MPI_Wait (&requests[i], MPI_STATUS_IGNORE), error))
      return FALSE;
  return TRUE;
}

static inline gboolean
wait_together (MpiRequest **requests, gint n, GError **error)
{
  if (!ompi_obj_request_wait_all (requests, (gsize) n, error))
    return FALSE;
  for (gint i = 0; i < n; i++)
    g_object_unref (requests[i]);
  return TRUE;
}

static inline gboolean
wait_each (MpiRequest **requests, gint n, GError **error)
{
  for (gint i = 0; i < n; i++)
    {
      if (!ompi_obj_request_wait (requests[i], NULL, error))
        return FALSE;
      g_object_unref (requests[i]);
    }
  return TRUE;
}

/*
 * A window there and a window back: each rank sends one and receives one, and as it is the other's turn between
 * them, neither can run ahead.
 */

#define THERE_AND_BACK(name, requests, start_to_send, start_to_receive, wait)                               \
  static gboolean name (gpointer data, guint n_calls, GError **error)                                       \
  {                                                                                                         \
    Window *w = data;                                                                                       \
                                                                                                            \
    for (guint i = 0; i < n_calls; i++)                                                                     \
      for (gint turn = 0; turn < 2; turn++)                                                                 \
        if (!(turn == w->rank ? start_to_send (w, requests, error) : start_to_receive (w, requests, error)) \
            || !wait (requests, WINDOW, error))                                                             \
          return FALSE;                                                                                     \
    return TRUE;                                                                                            \
  }

THERE_AND_BACK (pair_together_raw, w->raw, start_raw_sends, start_raw_receives, wait_raw_together)
THERE_AND_BACK (pair_together_library, w->library, start_sends, start_receives, wait_together)
THERE_AND_BACK (pair_each_raw, w->raw, start_raw_sends, start_raw_receives, wait_raw_each)
THERE_AND_BACK (pair_each_library, w->library, start_sends, start_receives, wait_each)

/* One rank does both halves of each message. */

#define TO_ONESELF(name, requests, start_to_send, start_to_receive, wait)                        \
  static gboolean name (gpointer data, guint n_calls, GError **error)                            \
  {                                                                                              \
    Window *w = data;                                                                            \
                                                                                                 \
    for (guint i = 0; i < n_calls; i++)                                                          \
      if (!start_to_receive (w, requests, error) || !start_to_send (w, requests + WINDOW, error) \
          || !wait (requests, 2 * WINDOW, error))                                                \
        return FALSE;                                                                            \
    return TRUE;                                                                                 \
  }

TO_ONESELF (self_together_raw, w->raw, start_raw_sends, start_raw_receives, wait_raw_together)
TO_ONESELF (self_together_library, w->library, start_sends, start_receives, wait_together)
TO_ONESELF (self_each_raw, w->raw, start_raw_sends, start_raw_receives, wait_raw_each)
TO_ONESELF (self_each_library, w->library, start_sends, start_receives, wait_each)

/* Persistent */

static gboolean
set_up (Window *w, GError **error)
{
  const gint raw_dest = w->to_nobody ? MPI_PROC_NULL : w->dest;
  const gint raw_source = w->to_nobody ? MPI_PROC_NULL : w->source;
  const gint dest = w->to_nobody ? OMPI_OBJ_PROC_NULL : w->dest;
  const gint source = w->to_nobody ? OMPI_OBJ_PROC_NULL : w->source;

  for (guint i = 0; i < WINDOW; i++)
    {
      if (!measure_check_mpi (MPI_Send_init (&w->sent[i], 1, MPI_DOUBLE, raw_dest, TAG, w->native, &w->raw_sends[i]),
                              error)
          || !measure_check_mpi (MPI_Recv_init (&w->received[i], 1, MPI_DOUBLE, raw_source, TAG, w->native,
                                                &w->raw_receives[i]),
                                 error))
        return FALSE;
      w->sends[i] = ompi_obj_comm_send_init (w->comm, OMPI_OBJ_DATA (&w->sent[i], 1), dest, TAG, error);
      if (w->sends[i] == NULL)
        return FALSE;
      w->receives[i] = ompi_obj_comm_recv_init (w->comm, OMPI_OBJ_DATA (&w->received[i], 1), source, TAG, error);
      if (w->receives[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
tear_down (Window *w, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    {
      g_clear_object (&w->sends[i]);
      g_clear_object (&w->receives[i]);
      if (!measure_check_mpi (MPI_Request_free (&w->raw_sends[i]), error)
          || !measure_check_mpi (MPI_Request_free (&w->raw_receives[i]), error))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
run_raw_together (MPI_Request *requests, GError **error)
{
  return measure_check_mpi (MPI_Startall (WINDOW, requests), error) && wait_raw_together (requests, WINDOW, error);
}

static inline gboolean
run_raw_each (MPI_Request *requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    if (!measure_check_mpi (MPI_Start (&requests[i]), error))
      return FALSE;
  return wait_raw_each (requests, WINDOW, error);
}

static inline gboolean
run_together (MpiPrequest **requests, GError **error)
{
  return ompi_obj_prequest_start_all (requests, WINDOW, error)
         && ompi_obj_request_wait_all ((MpiRequest **) requests, WINDOW, error);
}

static inline gboolean
run_each (MpiPrequest **requests, GError **error)
{
  for (guint i = 0; i < WINDOW; i++)
    if (!ompi_obj_prequest_start (requests[i], error))
      return FALSE;
  for (guint i = 0; i < WINDOW; i++)
    if (!ompi_obj_request_wait ((MpiRequest *) requests[i], NULL, error))
      return FALSE;
  return TRUE;
}

#define PERSISTENT(name, to_send, to_receive, run_window)                      \
  static gboolean name (gpointer data, guint n_calls, GError **error)          \
  {                                                                            \
    Window *w = data;                                                          \
                                                                               \
    for (guint i = 0; i < n_calls; i++)                                        \
      for (gint turn = 0; turn < 2; turn++)                                    \
        if (!run_window (turn == w->rank ? w->to_send : w->to_receive, error)) \
          return FALSE;                                                        \
    return TRUE;                                                               \
  }

PERSISTENT (persistent_together_raw, raw_sends, raw_receives, run_raw_together)
PERSISTENT (persistent_together_library, sends, receives, run_together)
PERSISTENT (persistent_each_raw, raw_sends, raw_receives, run_raw_each)
PERSISTENT (persistent_each_library, sends, receives, run_each)

/* Rows */

static gboolean
measure_row (Window *w,
             const gchar *label,
             gdouble seconds,
             MeasureFunc raw,
             MeasureFunc library,
             guint n_messages,
             GError **error)
{
  MeasureResult result;

  if (!measure_pair (MPI_COMM_WORLD, raw, library, w, seconds, &result, error))
    return FALSE;
  measure_print_added (MPI_COMM_WORLD, label, 1.0 / n_messages, &result);
  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  const gdouble seconds = measure_seconds_from_arguments (argc, argv);
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree Window *pair = g_new0 (Window, 1);
  g_autofree Window *self = g_new0 (Window, 1);
  g_autofree Window *nobody = g_new0 (Window, 1);

  if (ompi_obj_comm_get_size (comm) != 2)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_ARG, "this program needs 2 ranks, not %d",
                   ompi_obj_comm_get_size (comm));
      return 1;
    }

  *pair = (Window){ .comm = comm, .native = MPI_COMM_WORLD, .rank = rank, .dest = 1 - rank, .source = 1 - rank };
  *self = (Window){ .comm = ompi_obj_comm_self (), .native = MPI_COMM_SELF, .rank = -1 };
  *nobody = *pair;
  nobody->to_nobody = TRUE;

  measure_print_title_of_added (MPI_COMM_WORLD, "Windows of 64 messages of 8 bytes, time of one message");
  if (!measure_row (pair, "isend, irecv, wait_all", seconds, pair_together_raw, pair_together_library, 2 * WINDOW,
                    error)
      || !measure_row (pair, "isend, irecv, wait", seconds, pair_each_raw, pair_each_library, 2 * WINDOW, error)
      || !measure_row (self, "wait_all, to oneself", seconds, self_together_raw, self_together_library, WINDOW, error)
      || !measure_row (self, "wait, to oneself", seconds, self_each_raw, self_each_library, WINDOW, error)
      || !set_up (pair, error)
      || !measure_row (pair, "start_all, wait_all", seconds, persistent_together_raw, persistent_together_library,
                       2 * WINDOW, error)
      || !measure_row (pair, "start, wait", seconds, persistent_each_raw, persistent_each_library, 2 * WINDOW, error)
      || !tear_down (pair, error) || !set_up (nobody, error)
      || !measure_row (nobody, "start, wait, to nobody", seconds, persistent_each_raw, persistent_each_library,
                       2 * WINDOW, error)
      || !tear_down (nobody, error))
    return 1;
  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
