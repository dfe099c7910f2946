/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The time of one GVariant between two ranks, against that of as many bytes with raw MPI.
 *
 * The values are ready-made and serialized. The receiver gets a new value each time and frees it, so
 * its memory is part of the time; the raw side sends the same bytes into memory that it already has.
 *
 * Usage: mpirun -n 2 values [SECONDS-PER-ROW]
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
  GVariant *value;
  gconstpointer bytes; /* the value's own */
  gint n_bytes;
  gpointer received; /* where the raw side receives */
} Exchange;

static gboolean
send_raw (Exchange *e, gint peer, GError **error)
{
  return measure_check_mpi (MPI_Send (e->bytes, e->n_bytes, MPI_BYTE, peer, TAG, e->native), error);
}

static gboolean
recv_raw (Exchange *e, gint peer, GError **error)
{
  return measure_check_mpi (MPI_Recv (e->received, e->n_bytes, MPI_BYTE, peer, TAG, e->native, MPI_STATUS_IGNORE),
                            error);
}

static gboolean
send_library (Exchange *e, gint peer, GError **error)
{
  return ompi_obj_comm_send_variant (e->comm, e->value, peer, TAG, error);
}

static gboolean
recv_library (Exchange *e, gint peer, GError **error)
{
  g_autoptr (GVariant) received = ompi_obj_comm_recv_variant (e->comm, peer, TAG, NULL, error);

  return received != NULL;
}

static gboolean
pingpong_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;
  gint peer = 1 - e->rank;

  for (guint i = 0; i < n_calls; i++)
    if ((e->rank == 0 && !send_raw (e, peer, error)) || !recv_raw (e, peer, error)
        || (e->rank == 1 && !send_raw (e, peer, error)))
      return FALSE;

  return TRUE;
}

static gboolean
pingpong_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;
  gint peer = 1 - e->rank;

  for (guint i = 0; i < n_calls; i++)
    if ((e->rank == 0 && !send_library (e, peer, error)) || !recv_library (e, peer, error)
        || (e->rank == 1 && !send_library (e, peer, error)))
      return FALSE;

  return TRUE;
}

/* One broadcast from each rank: if it were one rank always, it would run ahead of the other. */
static gboolean
bcast_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < 2 * n_calls; i++)
    {
      gint root = (gint) (i % 2);
      gpointer memory = e->rank == root ? (gpointer) e->bytes : e->received;

      if (!measure_check_mpi (MPI_Bcast (memory, e->n_bytes, MPI_BYTE, root, e->native), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
bcast_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < 2 * n_calls; i++)
    {
      gint root = (gint) (i % 2);
      GVariant *value = e->rank == root ? e->value : NULL;
      g_autoptr (GVariant) received = ompi_obj_comm_bcast_variant (e->comm, value, root, error);

      if (received == NULL)
        return FALSE;
    }

  return TRUE;
}

/* What is measured must also be right. */
static gboolean
check_exchange (Exchange *e, GError **error)
{
  gint peer = 1 - e->rank;
  g_autoptr (GVariant) received = NULL;

  received = ompi_obj_comm_sendrecv_variant (e->comm, e->value, peer, TAG, peer, TAG, NULL, error);
  if (received == NULL)
    return FALSE;
  if (!g_variant_equal (received, e->value))
    {
      g_set_error_literal (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "the received value is not the sent one");
      return FALSE;
    }

  return TRUE;
}

static GVariant *
new_dictionary (gint id)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string ("particle"));
  g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_int32 (id));
  g_variant_builder_add (&builder, "{sv}", "mass", g_variant_new_double (1.5));
  g_variant_builder_add (&builder, "{sv}", "active", g_variant_new_boolean (TRUE));

  return g_variant_builder_end (&builder);
}

static GVariant *
new_dictionaries (gint n)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (gint i = 0; i < n; i++)
    g_variant_builder_add_value (&builder, new_dictionary (i));

  return g_variant_builder_end (&builder);
}

static GVariant *
new_doubles (gsize n)
{
  gdouble *elements = g_new (gdouble, n);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    elements[i] = (gdouble) i;
  bytes = g_bytes_new_take (elements, n * sizeof *elements);

  return g_variant_new_from_bytes (G_VARIANT_TYPE ("ad"), bytes, TRUE);
}

typedef struct
{
  const gchar *label;
  GVariant *value;
} Subject;

static gboolean
measure_subjects (const Subject *subjects,
                  guint n_subjects,
                  MeasureFunc raw,
                  MeasureFunc library,
                  gdouble calls_to_time,
                  gdouble seconds,
                  GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();

  for (guint i = 0; i < n_subjects; i++)
    {
      Exchange exchange = {
        .comm = comm,
        .native = ompi_obj_comm_get_native (comm),
        .rank = ompi_obj_comm_get_rank (comm),
        .value = subjects[i].value,
        .bytes = g_variant_get_data (subjects[i].value),
        .n_bytes = (gint) g_variant_get_size (subjects[i].value),
      };
      g_autofree gpointer memory = g_malloc ((gsize) exchange.n_bytes);
      MeasureResult result;

      exchange.received = memory;
      memset (memory, 1, (gsize) exchange.n_bytes);
      if (!check_exchange (&exchange, error)
          || !measure_pair (exchange.native, raw, library, &exchange, seconds, &result, error))
        return FALSE;
      measure_print_row (exchange.native, subjects[i].label, (gsize) exchange.n_bytes, calls_to_time, &result);
    }

  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gdouble seconds = measure_seconds_from_arguments (argc, argv);
  g_autoptr (GVariant) integer = g_variant_ref_sink (g_variant_new_int32 (42));
  g_autoptr (GVariant) dictionary = g_variant_ref_sink (new_dictionary (0));
  g_autoptr (GVariant) dictionaries = g_variant_ref_sink (new_dictionaries (1000));
  g_autoptr (GVariant) doubles = g_variant_ref_sink (new_doubles (10000));
  g_autoptr (GVariant) many_doubles = g_variant_ref_sink (new_doubles (2 << 20));
  const Subject subjects[] = {
    { "i", integer },
    { "a{sv}, 4 entries", dictionary },
    { "aa{sv}, 1,000 of them", dictionaries },
    { "ad, 10,000 elements", doubles },
    { "ad, 2 Mi elements", many_doubles },
  };

  if (ompi_obj_comm_get_size (comm) != 2)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_ARG, "this program needs 2 ranks, not %d",
                   ompi_obj_comm_get_size (comm));
      return 1;
    }

  measure_print_title (ompi_obj_comm_get_native (comm), "Ping-pong of values against as many raw bytes, one-way time");
  if (!measure_subjects (subjects, G_N_ELEMENTS (subjects), pingpong_raw, pingpong_library, 0.5, seconds, error))
    return 1;

  measure_print_title (ompi_obj_comm_get_native (comm), "Broadcast of values against as many raw bytes");
  if (!measure_subjects (subjects, G_N_ELEMENTS (subjects), bcast_raw, bcast_library, 0.5, seconds, error))
    return 1;

  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
