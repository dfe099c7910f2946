/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The time of one message between two ranks: MPI_Send and MPI_Recv against ompi_obj_comm_send() and
 * ompi_obj_comm_recv(), from and into the same memory.
 *
 * Usage: mpirun -n 2 pingpong [SECONDS-PER-ROW]
 */
#include "measure.h"

#include <string.h>

#include <ompi_obj/native.h>

#define TAG 7

typedef struct
{
  MpiComm *comm;
  MPI_Comm native;
  gint rank;
  guint8 *memory;
  gint count;
} Pingpong;

static inline gboolean
send_raw (Pingpong *p, gint peer, GError **error)
{
  return measure_check_mpi (MPI_Send (p->memory, p->count, MPI_UNSIGNED_CHAR, peer, TAG, p->native), error);
}

static inline gboolean
recv_raw (Pingpong *p, gint peer, GError **error)
{
  return measure_check_mpi (MPI_Recv (p->memory, p->count, MPI_UNSIGNED_CHAR, peer, TAG, p->native, MPI_STATUS_IGNORE),
                            error);
}

static gboolean
pingpong_raw (gpointer data, guint n_calls, GError **error)
{
  Pingpong *p = data;
  gint peer = 1 - p->rank;

  for (guint i = 0; i < n_calls; i++)
    if ((p->rank == 0 && !send_raw (p, peer, error)) || !recv_raw (p, peer, error)
        || (p->rank == 1 && !send_raw (p, peer, error)))
      return FALSE;

  return TRUE;
}

static inline gboolean
send_library (Pingpong *p, gint peer, GError **error)
{
  return ompi_obj_comm_send (p->comm, OMPI_OBJ_DATA (p->memory, p->count), peer, TAG, error);
}

static inline gboolean
recv_library (Pingpong *p, gint peer, GError **error)
{
  return ompi_obj_comm_recv (p->comm, OMPI_OBJ_DATA (p->memory, p->count), peer, TAG, NULL, error);
}

static gboolean
pingpong_library (gpointer data, guint n_calls, GError **error)
{
  Pingpong *p = data;
  gint peer = 1 - p->rank;

  for (guint i = 0; i < n_calls; i++)
    if ((p->rank == 0 && !send_library (p, peer, error)) || !recv_library (p, peer, error)
        || (p->rank == 1 && !send_library (p, peer, error)))
      return FALSE;

  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  static const gint counts[] = { 1, 8, 64, 512, 4 << 10, 32 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20 };
  MpiComm *comm = ompi_obj_comm_world ();
  g_autofree guint8 *memory = NULL;
  Pingpong pingpong;

  if (ompi_obj_comm_get_size (comm) != 2)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_ARG, "this program needs 2 ranks, not %d",
                   ompi_obj_comm_get_size (comm));
      return 1;
    }

  memory = g_malloc ((gsize) counts[G_N_ELEMENTS (counts) - 1]);
  memset (memory, 1, (gsize) counts[G_N_ELEMENTS (counts) - 1]);
  pingpong = (Pingpong){
    .comm = comm,
    .native = ompi_obj_comm_get_native (comm),
    .rank = ompi_obj_comm_get_rank (comm),
    .memory = memory,
  };

  measure_print_title (pingpong.native, "Ping-pong of buffers, one-way time");
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      MeasureResult result;

      pingpong.count = counts[i];
      if (!measure_pair (pingpong.native, pingpong_raw, pingpong_library, &pingpong,
                         measure_seconds_from_arguments (argc, argv), &result, error))
        return 1;
      measure_print_row (pingpong.native, "", (gsize) counts[i], 0.5, &result);
    }

  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
