/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A communicator that keeps book: messages and bytes to and from each peer.
 *
 *     mpirun -n 4 tracing-comm
 *
 * A communicator is an object, and each MPI operation is a slot of its class. A subclass overrides
 * the slots that it wants to watch or change and chains up for the work itself. All else in the
 * library is built on the slots: values (send_variant() and so on) pass through them as buffers do,
 * and code that takes an MpiComm gets traced without knowing.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

/*
 * The class
 */

#define TRACING_TYPE_COMM (tracing_comm_get_type ())
G_DECLARE_FINAL_TYPE (TracingComm, tracing_comm, TRACING, COMM, MpiIntracomm)

typedef struct
{
  guint64 n_messages_sent;
  guint64 n_bytes_sent;
  guint64 n_messages_received;
  guint64 n_bytes_received;
} Traffic;

struct _TracingComm
{
  MpiIntracomm parent_instance;

  gint n_peers;
  Traffic *peers; /* one for each rank */
};

G_DEFINE_FINAL_TYPE (TracingComm, tracing_comm, OMPI_OBJ_TYPE_INTRACOMM)

/* Peers below 0 are nobody: OMPI_OBJ_PROC_NULL. */
static void
count_sent (MpiComm *comm, const MpiBuffer *buffer, gint dest)
{
  TracingComm *self = TRACING_COMM (comm);

  if (dest < 0)
    return;
  self->peers[dest].n_messages_sent++;
  self->peers[dest].n_bytes_sent += buffer->count * ompi_obj_datatype_get_size (buffer->datatype, NULL);
}

/* The status, not the arguments, tells who sent and how much: a receive may take any source and have room to spare. */
static void
count_received (MpiComm *comm, const MpiStatus *status, MpiDatatype *datatype)
{
  TracingComm *self = TRACING_COMM (comm);
  gint source = ompi_obj_status_get_source (status);

  if (source < 0)
    return;
  self->peers[source].n_messages_received++;
  self->peers[source].n_bytes_received +=
      ompi_obj_status_get_count (status, datatype, NULL) * ompi_obj_datatype_get_size (datatype, NULL);
}

static gboolean
tracing_comm_send (MpiComm *comm, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  if (!OMPI_OBJ_COMM_CLASS (tracing_comm_parent_class)->send (comm, mode, buffer, dest, tag, error))
    return FALSE;
  count_sent (comm, buffer, dest);
  return TRUE;
}

static MpiRequest *
tracing_comm_isend (MpiComm *comm, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiRequest *request = OMPI_OBJ_COMM_CLASS (tracing_comm_parent_class)->isend (comm, mode, buffer, dest, tag, error);

  if (request != NULL)
    count_sent (comm, buffer, dest);
  return request;
}

static gboolean
tracing_comm_recv (MpiComm *comm, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error)
{
  MpiStatus own_status;

  if (status == NULL) /* the caller does not want to know, but we do */
    status = &own_status;
  if (!OMPI_OBJ_COMM_CLASS (tracing_comm_parent_class)->recv (comm, buffer, source, tag, status, error))
    return FALSE;
  count_received (comm, status, buffer->datatype);
  return TRUE;
}

static gboolean
tracing_comm_sendrecv (MpiComm *comm,
                       const MpiBuffer *send_buffer,
                       gint dest,
                       gint send_tag,
                       const MpiBuffer *recv_buffer,
                       gint source,
                       gint recv_tag,
                       MpiStatus *status,
                       GError **error)
{
  MpiStatus own_status;

  if (status == NULL)
    status = &own_status;
  if (!OMPI_OBJ_COMM_CLASS (tracing_comm_parent_class)
           ->sendrecv (comm, send_buffer, dest, send_tag, recv_buffer, source, recv_tag, status, error))
    return FALSE;
  count_sent (comm, send_buffer, dest);
  count_received (comm, status, recv_buffer->datatype);
  return TRUE;
}

/*
 * A receiver of a value cannot know its size beforehand. It takes the message out of the matching
 * first, asks how long it is and receives then: so values arrive here and not in recv.
 */
static MpiMessage *
tracing_comm_mprobe (MpiComm *comm, gint source, gint tag, MpiStatus *status, GError **error)
{
  MpiStatus own_status;
  MpiMessage *message;

  if (status == NULL)
    status = &own_status;
  message = OMPI_OBJ_COMM_CLASS (tracing_comm_parent_class)->mprobe (comm, source, tag, status, error);
  if (message != NULL)
    count_received (comm, status, OMPI_OBJ_BYTE);
  return message;
}

static void
tracing_comm_constructed (GObject *object)
{
  TracingComm *self = TRACING_COMM (object);

  G_OBJECT_CLASS (tracing_comm_parent_class)->constructed (object);
  self->n_peers = ompi_obj_comm_get_size (OMPI_OBJ_COMM (self));
  self->peers = g_new0 (Traffic, self->n_peers);
}

static void
tracing_comm_finalize (GObject *object)
{
  g_free (TRACING_COMM (object)->peers);
  G_OBJECT_CLASS (tracing_comm_parent_class)->finalize (object);
}

static void
tracing_comm_class_init (TracingCommClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MpiCommClass *comm_class = OMPI_OBJ_COMM_CLASS (klass);

  object_class->constructed = tracing_comm_constructed;
  object_class->finalize = tracing_comm_finalize;

  comm_class->send = tracing_comm_send;
  comm_class->isend = tracing_comm_isend;
  comm_class->recv = tracing_comm_recv;
  comm_class->sendrecv = tracing_comm_sendrecv;
  comm_class->mprobe = tracing_comm_mprobe;
}

static void
tracing_comm_init (G_GNUC_UNUSED TracingComm *self)
{
}

/* The lines of the report for this rank; peers without traffic are left out. */
static GVariant *
tracing_comm_report (TracingComm *self)
{
  g_autoptr (GString) report = g_string_new (NULL);

  for (gint peer = 0; peer < self->n_peers; peer++)
    {
      const Traffic *traffic = &self->peers[peer];

      if (traffic->n_messages_sent + traffic->n_messages_received > 0)
        g_string_append_printf (report,
                                "%6d %6d %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT
                                " %10" G_GUINT64_FORMAT "\n",
                                ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self)), peer, traffic->n_messages_sent,
                                traffic->n_bytes_sent, traffic->n_messages_received, traffic->n_bytes_received);
    }
  return g_variant_new_string (report->str);
}

/*
 * Something to trace
 */

#define TAG_NUMBERS 0
#define TAG_GREETING 1
#define TAG_REPORT 2
#define N_NUMBERS 1000

/* An ordinary piece of a program: it knows MpiComm and nothing of tracing. */
static gboolean
communicate (MpiComm *comm, GError **error)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint next = (rank + 1) % size;
  gint previous = (rank + size - 1) % size;
  gdouble mine[N_NUMBERS] = { rank };
  gdouble theirs[N_NUMBERS];

  /* Buffers: every rank sends 8000 bytes to the next. */
  if (!ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (mine, N_NUMBERS), next, TAG_NUMBERS,
                               OMPI_OBJ_DATA (theirs, N_NUMBERS), previous, TAG_NUMBERS, NULL, error))
    return FALSE;

  /* Values: every rank but the last sends one to the next. Its size includes a header. */
  if (rank < size - 1
      && !ompi_obj_comm_send_variant (comm, g_variant_new ("(is)", rank, "a greeting"), next, TAG_GREETING, error))
    return FALSE;
  if (rank > 0)
    {
      g_autoptr (GVariant) greeting = ompi_obj_comm_recv_variant (comm, OMPI_OBJ_ANY_SOURCE, TAG_GREETING, NULL, error);

      if (greeting == NULL)
        return FALSE;
    }
  return TRUE;
}

static gint
trace (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  g_autoptr (TracingComm) tracing = g_object_new (TRACING_TYPE_COMM, "wraps", world, NULL);
  g_autoptr (GVariant) report = NULL;

  if (!communicate (OMPI_OBJ_COMM (tracing), error))
    return EXIT_FAILURE;

  /* The reports go over the plain communicator and are not traced. */
  report = g_variant_ref_sink (tracing_comm_report (tracing));
  if (ompi_obj_comm_get_rank (world) != 0)
    return ompi_obj_comm_send_variant (world, report, 0, TAG_REPORT, error) ? EXIT_SUCCESS : EXIT_FAILURE;

  g_print ("              ------ sent ------   ----- received -----\n");
  g_print ("  rank   peer messages    bytes   messages      bytes\n");
  g_print ("%s", g_variant_get_string (report, NULL));
  for (gint rank = 1; rank < ompi_obj_comm_get_size (world); rank++)
    {
      g_autoptr (GVariant) theirs = ompi_obj_comm_recv_variant (world, rank, TAG_REPORT, NULL, error);

      if (theirs == NULL)
        return EXIT_FAILURE;
      g_print ("%s", g_variant_get_string (theirs, NULL));
    }
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, trace);
}
