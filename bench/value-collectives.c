/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The time of collectives of values, against those of as many raw bytes; and how many rounds of messages
 * a reduction of values takes.
 *
 * The raw side knows all sizes, and receives into memory that it has. The library's side gets new values
 * each time and frees them.
 *
 * Usage: mpirun -n 2 value-collectives [SECONDS-PER-ROW]
 *        mpirun -n 16 value-collectives rounds
 */
#include "measure.h"

#include <string.h>

#include <ompi_obj/native.h>

typedef struct
{
  MpiComm *comm;
  MPI_Comm native;
  gint rank;
  gint size;
  GVariant *value;
  gconstpointer bytes; /* the value's own */
  gint n_bytes;
  GVariant **values; /* for each rank the same */
  gpointer sent;     /* for each rank */
  gpointer received; /* from each rank */
  gint *counts;
  gint *places;
} Exchange;

static gboolean
check_value (GVariant *value)
{
  if (value == NULL)
    return FALSE;
  g_variant_unref (value);
  return TRUE;
}

static gboolean
check_values (GPtrArray *values)
{
  if (values == NULL)
    return FALSE;
  g_ptr_array_unref (values);
  return TRUE;
}

static gboolean
allgather_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!measure_check_mpi (MPI_Allgatherv (e->bytes, e->n_bytes, MPI_BYTE, e->received, e->counts, e->places, MPI_BYTE,
                                            e->native),
                            error))
      return FALSE;
  return TRUE;
}

static gboolean
allgather_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!check_values (ompi_obj_comm_allgather_variant (e->comm, e->value, error)))
      return FALSE;
  return TRUE;
}

static gboolean
allgather_array_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!check_value (ompi_obj_comm_allgather_array (e->comm, e->value, NULL, NULL, error)))
      return FALSE;
  return TRUE;
}

static gboolean
iallgather_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (MpiRequest) request = ompi_obj_comm_iallgather_variant (e->comm, e->value, error);

      if (request == NULL || !ompi_obj_request_wait (request, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* To each rank in turn, so that none runs ahead. */
static gboolean
gather_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls * (guint) e->size; i++)
    if (!measure_check_mpi (MPI_Gatherv (e->bytes, e->n_bytes, MPI_BYTE, e->received, e->counts, e->places, MPI_BYTE,
                                         (gint) i % e->size, e->native),
                            error))
      return FALSE;
  return TRUE;
}

static gboolean
gather_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls * (guint) e->size; i++)
    if (!check_values (ompi_obj_comm_gather_variant (e->comm, e->value, (gint) i % e->size, error)))
      return FALSE;
  return TRUE;
}

static gboolean
bcast_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls * (guint) e->size; i++)
    {
      const gint root = (gint) i % e->size;

      if (!measure_check_mpi (MPI_Bcast (root == e->rank ? (gpointer) e->bytes : e->received, e->n_bytes, MPI_BYTE,
                                         root, e->native),
                              error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
bcast_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls * (guint) e->size; i++)
    {
      const gint root = (gint) i % e->size;

      if (!check_value (ompi_obj_comm_bcast_variant (e->comm, root == e->rank ? e->value : NULL, root, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
alltoall_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!measure_check_mpi (MPI_Alltoallv (e->sent, e->counts, e->places, MPI_BYTE, e->received, e->counts, e->places,
                                           MPI_BYTE, e->native),
                            error))
      return FALSE;
  return TRUE;
}

static gboolean
alltoall_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!check_values (ompi_obj_comm_alltoall_variant (e->comm, e->values, (gsize) e->size, error)))
      return FALSE;
  return TRUE;
}

static gboolean
allreduce_raw (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!measure_check_mpi (MPI_Allreduce (e->bytes, e->received, e->n_bytes / (gint) sizeof (gdouble), MPI_DOUBLE,
                                           MPI_SUM, e->native),
                            error))
      return FALSE;
  return TRUE;
}

static gboolean
allreduce_library (gpointer data, guint n_calls, GError **error)
{
  Exchange *e = data;

  for (guint i = 0; i < n_calls; i++)
    if (!check_value (ompi_obj_comm_allreduce_variant (e->comm, e->value, OMPI_OBJ_SUM, error)))
      return FALSE;
  return TRUE;
}

/* What is measured must also be right. */
static gboolean
check_exchange (Exchange *e, GError **error)
{
  g_autoptr (GPtrArray) values = ompi_obj_comm_allgather_variant (e->comm, e->value, error);

  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (!g_variant_equal (values->pdata[i], e->value))
      {
        g_set_error_literal (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "the received value is not the sent one");
        return FALSE;
      }
  return TRUE;
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

static gboolean
measure_one (const gchar *label,
             GVariant *value,
             MeasureFunc raw,
             MeasureFunc library,
             gboolean is_for_each_root,
             gdouble seconds,
             GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  const gint size = ompi_obj_comm_get_size (comm);
  const gsize n_bytes = g_variant_get_size (value);
  g_autofree GVariant **values = g_new (GVariant *, size);
  g_autofree gpointer sent = g_malloc (n_bytes * (gsize) size);
  g_autofree gpointer received = g_malloc (n_bytes * (gsize) size);
  g_autofree gint *counts = g_new (gint, size);
  g_autofree gint *places = g_new (gint, size);
  Exchange exchange = {
    .comm = comm,
    .native = ompi_obj_comm_get_native (comm),
    .rank = ompi_obj_comm_get_rank (comm),
    .size = size,
    .value = value,
    .bytes = g_variant_get_data (value),
    .n_bytes = (gint) n_bytes,
    .values = values,
    .sent = sent,
    .received = received,
    .counts = counts,
    .places = places,
  };
  MeasureResult result;

  memset (sent, 1, n_bytes * (gsize) size);
  memset (received, 1, n_bytes * (gsize) size);
  for (gint i = 0; i < size; i++)
    {
      values[i] = value;
      counts[i] = (gint) n_bytes;
      places[i] = i * (gint) n_bytes;
    }
  if (!check_exchange (&exchange, error)
      || !measure_pair (exchange.native, raw, library, &exchange, seconds, &result, error))
    return FALSE;
  measure_print_row (exchange.native, label, n_bytes, is_for_each_root ? 1.0 / size : 1.0, &result);
  return TRUE;
}

static gboolean
measure_all (const gchar *title,
             MeasureFunc raw,
             MeasureFunc library,
             gboolean is_for_each_root,
             gboolean is_for_arrays,
             gdouble seconds,
             GError **error)
{
  g_autoptr (GVariant) number = g_variant_ref_sink (g_variant_new_double (1));
  g_autoptr (GVariant) dictionary =
      g_variant_ref_sink (g_variant_new_parsed ("{'name': <'particle'>, 'id': <1>, 'mass': <1.5>, 'active': <true>}"));
  g_autoptr (GVariant) doubles = g_variant_ref_sink (new_doubles (10000));
  g_autoptr (GVariant) many_doubles = g_variant_ref_sink (new_doubles (1 << 20));
  g_autoptr (GVariant) few_doubles = g_variant_ref_sink (new_doubles (4));

  measure_print_title (ompi_obj_comm_get_native (ompi_obj_comm_world ()), title);
  if (is_for_arrays
          ? !measure_one ("ad, 4 elements", few_doubles, raw, library, is_for_each_root, seconds, error)
          : !measure_one ("d", number, raw, library, is_for_each_root, seconds, error)
                || !measure_one ("a{sv}, 4 entries", dictionary, raw, library, is_for_each_root, seconds, error))
    return FALSE;
  return measure_one ("ad, 10,000 elements", doubles, raw, library, is_for_each_root, seconds, error)
         && measure_one ("ad, 1 Mi elements", many_doubles, raw, library, is_for_each_root, seconds, error);
}

/*
 * Rounds: a class whose objects count the messages that they receive.
 */

typedef struct
{
  MpiIntracomm parent_instance;
} CountingComm;

typedef struct
{
  MpiIntracommClass parent_class;
} CountingCommClass;

static GType counting_comm_get_type (void);

G_DEFINE_TYPE (CountingComm, counting_comm, OMPI_OBJ_TYPE_INTRACOMM)

static gint n_received;

static MpiMessage *
counting_comm_mprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  n_received++;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->mprobe (self, source, tag, status, error);
}

static void
counting_comm_class_init (CountingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->mprobe = counting_comm_mprobe;
}

static void
counting_comm_init (CountingComm *self G_GNUC_UNUSED)
{
}

static gboolean
count_rounds (GError **error)
{
  MPI_Comm world = ompi_obj_comm_get_native (ompi_obj_comm_world ());
  const gint rank = ompi_obj_comm_get_rank (ompi_obj_comm_world ());
  const gint size = ompi_obj_comm_get_size (ompi_obj_comm_world ());

  if (rank == 0)
    g_print ("\nRounds of reductions of values: the most messages that a rank receives\n\n"
             "    ranks   reduce   allreduce   scan\n");
  for (gint n = 2; n <= size; n++)
    {
      gint own[3] = { 0 };
      gint most[3] = { 0 };
      MPI_Comm part;

      if (!measure_check_mpi (MPI_Comm_split (world, rank < n ? 0 : MPI_UNDEFINED, rank, &part), error))
        return FALSE;
      if (part != MPI_COMM_NULL)
        {
          g_autoptr (MpiComm) comm = g_object_new (counting_comm_get_type (), "native", (guint64) (guintptr) part,
                                                   "ownership", OMPI_OBJ_OWNERSHIP_OWNED, NULL);

          n_received = 0;
          if (!check_value (ompi_obj_comm_reduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, 0, error)))
            return FALSE;
          own[0] = n_received;
          n_received = 0;
          if (!check_value (ompi_obj_comm_allreduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, error)))
            return FALSE;
          own[1] = n_received;
          n_received = 0;
          if (!check_value (ompi_obj_intracomm_scan_variant (OMPI_OBJ_INTRACOMM (comm), g_variant_new_int32 (1),
                                                             OMPI_OBJ_SUM, error)))
            return FALSE;
          own[2] = n_received;
        }
      if (!measure_check_mpi (MPI_Reduce (own, most, 3, MPI_INT, MPI_MAX, 0, world), error))
        return FALSE;
      if (rank == 0)
        g_print ("    %5d   %6d   %9d   %4d\n", n, most[0], most[1], most[2]);
    }
  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  gdouble seconds;

  if (argc > 1 && g_str_equal (argv[1], "rounds"))
    return count_rounds (error) ? 0 : 1;

  seconds = measure_seconds_from_arguments (argc, argv);
  if (!measure_all ("Allgather of values against raw bytes", allgather_raw, allgather_library, FALSE, FALSE, seconds,
                    error)
      || !measure_all ("The same without blocking", allgather_raw, iallgather_library, FALSE, FALSE, seconds, error)
      || !measure_all ("The same of arrays", allgather_raw, allgather_array_library, FALSE, TRUE, seconds, error)
      || !measure_all ("Gather of values against raw bytes", gather_raw, gather_library, TRUE, FALSE, seconds, error)
      || !measure_all ("Broadcast of values against raw bytes", bcast_raw, bcast_library, TRUE, FALSE, seconds, error)
      || !measure_all ("Alltoall of values against raw bytes", alltoall_raw, alltoall_library, FALSE, FALSE, seconds,
                       error)
      || !measure_all ("Sum of values against raw numbers", allreduce_raw, allreduce_library, FALSE, TRUE, seconds,
                       error))
    return 1;
  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
