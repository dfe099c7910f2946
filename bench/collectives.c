/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The time of a collective: MPI's function against the library's method, from and into the same memory.
 *
 * Usage: mpirun -n RANKS collectives [SECONDS-PER-ROW]
 */
#include "measure.h"

#include <string.h>

#include <ompi_obj/native.h>

typedef struct
{
  MpiComm *comm;
  MPI_Comm native;
  gint size;
  gint root; /* of the next bcast: each rank in turn, so that none runs ahead */
  guint8 *out;
  guint8 *in;
  gint count; /* bytes of one rank, or to one rank */
} Collective;

static inline gint
next_root (Collective *c)
{
  c->root = c->root + 1 < c->size ? c->root + 1 : 0;
  return c->root;
}

#define DEFINE_SIDES(name, raw_call, library_call)                              \
  static gboolean name##_raw (gpointer data, guint n_calls, GError **error)     \
  {                                                                             \
    Collective *c = data;                                                       \
    for (guint i = 0; i < n_calls; i++)                                         \
      if (!measure_check_mpi (raw_call, error))                                 \
        return FALSE;                                                           \
    return TRUE;                                                                \
  }                                                                             \
  static gboolean name##_library (gpointer data, guint n_calls, GError **error) \
  {                                                                             \
    Collective *c = data;                                                       \
    for (guint i = 0; i < n_calls; i++)                                         \
      if (!library_call)                                                        \
        return FALSE;                                                           \
    return TRUE;                                                                \
  }

DEFINE_SIDES (bcast,
              MPI_Bcast (c->out, c->count, MPI_UNSIGNED_CHAR, next_root (c), c->native),
              ompi_obj_comm_bcast (c->comm, OMPI_OBJ_DATA (c->out, c->count), next_root (c), error))
DEFINE_SIDES (allreduce,
              MPI_Allreduce (c->out, c->in, c->count / 8, MPI_DOUBLE, MPI_SUM, c->native),
              ompi_obj_comm_allreduce (c->comm,
                                       OMPI_OBJ_BUFFER (c->out, c->count / 8, OMPI_OBJ_DOUBLE),
                                       OMPI_OBJ_BUFFER (c->in, c->count / 8, OMPI_OBJ_DOUBLE),
                                       OMPI_OBJ_SUM,
                                       error))
DEFINE_SIDES (allgather,
              MPI_Allgather (c->out, c->count, MPI_UNSIGNED_CHAR, c->in, c->count, MPI_UNSIGNED_CHAR, c->native),
              ompi_obj_comm_allgather (c->comm,
                                       OMPI_OBJ_DATA (c->out, c->count),
                                       OMPI_OBJ_DATA (c->in, c->count * c->size),
                                       error))
DEFINE_SIDES (alltoall,
              MPI_Alltoall (c->out, c->count, MPI_UNSIGNED_CHAR, c->in, c->count, MPI_UNSIGNED_CHAR, c->native),
              ompi_obj_comm_alltoall (c->comm,
                                      OMPI_OBJ_DATA (c->out, c->count * c->size),
                                      OMPI_OBJ_DATA (c->in, c->count * c->size),
                                      error))

static const struct
{
  const gchar *name;
  MeasureFunc raw;
  MeasureFunc library;
} operations[] = {
  { "bcast", bcast_raw, bcast_library },
  { "allreduce", allreduce_raw, allreduce_library },
  { "allgather", allgather_raw, allgather_library },
  { "alltoall", alltoall_raw, alltoall_library },
};

static gint
run (gint argc, gchar **argv, GError **error)
{
  static const gint counts[] = { 8, 1 << 10, 1 << 20 };
  MpiComm *comm = ompi_obj_comm_world ();
  gint size = ompi_obj_comm_get_size (comm);
  gsize n_bytes = (gsize) size * (gsize) counts[G_N_ELEMENTS (counts) - 1];
  g_autofree guint8 *out = g_malloc0 (n_bytes);
  g_autofree guint8 *in = g_malloc0 (n_bytes);
  g_autofree gchar *title = g_strdup_printf ("Collectives on %d ranks, bytes of each rank", size);
  Collective collective = {
    .comm = comm, .native = ompi_obj_comm_get_native (comm), .size = size, .out = out, .in = in
  };

  measure_print_title (collective.native, title);
  for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      {
        MeasureResult result;

        collective.count = counts[i];
        if (!measure_pair (collective.native, operations[o].raw, operations[o].library, &collective,
                           measure_seconds_from_arguments (argc, argv), &result, error))
          return 1;
        measure_print_row (collective.native, operations[o].name, (gsize) counts[i], 1, &result);
      }
  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
