/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The subject of count-instructions: does each thing with raw MPI and with the library, a number of
 * times given by count_here(), whose instructions callgrind counts.
 *
 * One rank talks to itself, so that nobody waits and the counts are the same in every run. A message
 * to oneself needs its other half started first; that half is raw MPI on both sides and cancels out.
 *
 * Prints one line for each call of count_here(), in order: side, number of calls, name.
 */
#include <mpi.h>

#include <stdio.h>

#include <ompi_obj/native.h>

#define TAG 7
#define FEW_CALLS 100
#define MANY_CALLS 1100

typedef struct
{
  MpiComm *comm;
  MPI_Comm native;
  gdouble sent;
  gdouble received;
  GVariant *value;
  gconstpointer encoded; /* the value as a message */
  gint n_encoded;
  guint8 room[256]; /* where raw MPI receives a message with a value */
  MPI_Request raw_receive;
  MPI_Request raw_send_to_nobody;
  MpiPrequest *receive;
  MpiPrequest *send_to_nobody;
  MpiWin *win;
  MPI_Win native_win;
} Subject;

typedef gboolean (*CallFunc) (Subject *s, GError **error);

static inline gboolean
check (gint code, GError **error)
{
  if (G_LIKELY (code == MPI_SUCCESS))
    return TRUE;

  g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "raw MPI failed with code %d", code);
  return FALSE;
}

/* To nobody: the shortest way through MPI */

static gboolean
send_null_raw (Subject *s, GError **error)
{
  return check (MPI_Send (&s->sent, 1, MPI_DOUBLE, MPI_PROC_NULL, TAG, s->native), error);
}

static gboolean
send_null_library (Subject *s, GError **error)
{
  return ompi_obj_comm_send (s->comm, OMPI_OBJ_DATA (&s->sent, 1), OMPI_OBJ_PROC_NULL, TAG, error);
}

static gboolean
recv_null_raw (Subject *s, GError **error)
{
  return check (MPI_Recv (&s->received, 1, MPI_DOUBLE, MPI_PROC_NULL, TAG, s->native, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_null_library (Subject *s, GError **error)
{
  return ompi_obj_comm_recv (s->comm, OMPI_OBJ_DATA (&s->received, 1), OMPI_OBJ_PROC_NULL, TAG, NULL, error);
}

/* One half of a message to oneself */

static gboolean
send_raw (Subject *s, GError **error)
{
  MPI_Request receive;

  return check (MPI_Irecv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, &receive), error)
         && check (MPI_Send (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native), error)
         && check (MPI_Wait (&receive, MPI_STATUS_IGNORE), error);
}

static gboolean
send_library (Subject *s, GError **error)
{
  MPI_Request receive;

  return check (MPI_Irecv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, &receive), error)
         && ompi_obj_comm_send (s->comm, OMPI_OBJ_DATA (&s->sent, 1), 0, TAG, error)
         && check (MPI_Wait (&receive, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_raw (Subject *s, GError **error)
{
  MPI_Request send;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_library (Subject *s, GError **error)
{
  MPI_Request send;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && ompi_obj_comm_recv (s->comm, OMPI_OBJ_DATA (&s->received, 1), 0, TAG, NULL, error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_status_raw (Subject *s, GError **error)
{
  MPI_Request send;
  MPI_Status status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, &status), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_status_library (Subject *s, GError **error)
{
  MPI_Request send;
  MpiStatus status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && ompi_obj_comm_recv (s->comm, OMPI_OBJ_DATA (&s->received, 1), 0, TAG, &status, error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
sendrecv_raw (Subject *s, GError **error)
{
  return check (MPI_Sendrecv (&s->sent, 1, MPI_DOUBLE, 0, TAG, &s->received, 1, MPI_DOUBLE, 0, TAG, s->native,
                              MPI_STATUS_IGNORE),
                error);
}

static gboolean
sendrecv_library (Subject *s, GError **error)
{
  return ompi_obj_comm_sendrecv (s->comm, OMPI_OBJ_DATA (&s->sent, 1), 0, TAG, OMPI_OBJ_DATA (&s->received, 1), 0, TAG,
                                 NULL, error);
}

static gboolean
isend_raw (Subject *s, GError **error)
{
  MPI_Request send;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
isend_library (Subject *s, GError **error)
{
  g_autoptr (MpiRequest) send = ompi_obj_comm_isend (s->comm, OMPI_OBJ_DATA (&s->sent, 1), 0, TAG, error);

  return send != NULL && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && ompi_obj_request_wait (send, NULL, error);
}

static gboolean
irecv_raw (Subject *s, GError **error)
{
  MPI_Request receive;

  return check (MPI_Irecv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, &receive), error)
         && check (MPI_Send (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native), error)
         && check (MPI_Wait (&receive, MPI_STATUS_IGNORE), error);
}

static gboolean
irecv_library (Subject *s, GError **error)
{
  g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv (s->comm, OMPI_OBJ_DATA (&s->received, 1), 0, TAG, error);

  return receive != NULL && check (MPI_Send (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native), error)
         && ompi_obj_request_wait (receive, NULL, error);
}

/* Persistent requests that were set up before; those to nobody show the way through MPI at its shortest. */

static gboolean
start_raw (Subject *s, GError **error)
{
  return check (MPI_Start (&s->raw_receive), error)
         && check (MPI_Send (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native), error)
         && check (MPI_Wait (&s->raw_receive, MPI_STATUS_IGNORE), error);
}

static gboolean
start_library (Subject *s, GError **error)
{
  return ompi_obj_prequest_start (s->receive, error)
         && check (MPI_Send (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native), error)
         && ompi_obj_request_wait ((MpiRequest *) s->receive, NULL, error);
}

static gboolean
start_null_raw (Subject *s, GError **error)
{
  return check (MPI_Start (&s->raw_send_to_nobody), error)
         && check (MPI_Wait (&s->raw_send_to_nobody, MPI_STATUS_IGNORE), error);
}

static gboolean
start_null_library (Subject *s, GError **error)
{
  return ompi_obj_prequest_start (s->send_to_nobody, error)
         && ompi_obj_request_wait ((MpiRequest *) s->send_to_nobody, NULL, error);
}

static gboolean
probe_raw (Subject *s, GError **error)
{
  MPI_Request send;
  MPI_Status status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && check (MPI_Probe (0, TAG, s->native, &status), error)
         && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
probe_library (Subject *s, GError **error)
{
  MPI_Request send;
  MpiStatus status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && ompi_obj_comm_probe (s->comm, 0, TAG, &status, error)
         && check (MPI_Recv (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
mprobe_raw (Subject *s, GError **error)
{
  MPI_Request send;
  MPI_Message message;
  MPI_Status status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && check (MPI_Mprobe (0, TAG, s->native, &message, &status), error)
         && check (MPI_Mrecv (&s->received, 1, MPI_DOUBLE, &message, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
mprobe_library (Subject *s, GError **error)
{
  g_autoptr (MpiMessage) message = NULL;
  MPI_Request send;
  MpiStatus status;

  return check (MPI_Isend (&s->sent, 1, MPI_DOUBLE, 0, TAG, s->native, &send), error)
         && (message = ompi_obj_comm_mprobe (s->comm, 0, TAG, &status, error)) != NULL
         && ompi_obj_message_recv (message, OMPI_OBJ_DATA (&s->received, 1), NULL, error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
set_up_requests (Subject *s, GError **error)
{
  if (!check (MPI_Recv_init (&s->received, 1, MPI_DOUBLE, 0, TAG, s->native, &s->raw_receive), error)
      || !check (MPI_Send_init (&s->sent, 1, MPI_DOUBLE, MPI_PROC_NULL, TAG, s->native, &s->raw_send_to_nobody), error))
    return FALSE;
  s->receive = ompi_obj_comm_recv_init (s->comm, OMPI_OBJ_DATA (&s->received, 1), 0, TAG, error);
  if (s->receive == NULL)
    return FALSE;
  s->send_to_nobody = ompi_obj_comm_send_init (s->comm, OMPI_OBJ_DATA (&s->sent, 1), OMPI_OBJ_PROC_NULL, TAG, error);
  return s->send_to_nobody != NULL;
}

static gboolean
tear_down_requests (Subject *s, GError **error)
{
  g_clear_object (&s->receive);
  g_clear_object (&s->send_to_nobody);
  return check (MPI_Request_free (&s->raw_receive), error) && check (MPI_Request_free (&s->raw_send_to_nobody), error);
}

/* Collectives of one rank */

static gboolean
barrier_raw (Subject *s, GError **error)
{
  return check (MPI_Barrier (s->native), error);
}

static gboolean
barrier_library (Subject *s, GError **error)
{
  return ompi_obj_comm_barrier (s->comm, error);
}

static gboolean
bcast_raw (Subject *s, GError **error)
{
  return check (MPI_Bcast (&s->sent, 1, MPI_DOUBLE, 0, s->native), error);
}

static gboolean
bcast_library (Subject *s, GError **error)
{
  return ompi_obj_comm_bcast (s->comm, OMPI_OBJ_DATA (&s->sent, 1), 0, error);
}

static gboolean
allreduce_raw (Subject *s, GError **error)
{
  return check (MPI_Allreduce (&s->sent, &s->received, 1, MPI_DOUBLE, MPI_SUM, s->native), error);
}

static gboolean
allreduce_library (Subject *s, GError **error)
{
  return ompi_obj_comm_allreduce (s->comm, OMPI_OBJ_DATA (&s->sent, 1), OMPI_OBJ_DATA (&s->received, 1), OMPI_OBJ_SUM,
                                  error);
}

/* One-sided operations on one's own memory, in an epoch that stays open */

static gboolean
put_raw (Subject *s, GError **error)
{
  return check (MPI_Put (&s->sent, 1, MPI_DOUBLE, 0, 0, 1, MPI_DOUBLE, s->native_win), error)
         && check (MPI_Win_flush (0, s->native_win), error);
}

static gboolean
put_library (Subject *s, GError **error)
{
  return ompi_obj_win_put (s->win, OMPI_OBJ_DATA (&s->sent, 1), OMPI_OBJ_TARGET (0, 0), error)
         && ompi_obj_win_flush (s->win, 0, error);
}

static gboolean
get_raw (Subject *s, GError **error)
{
  return check (MPI_Get (&s->received, 1, MPI_DOUBLE, 0, 0, 1, MPI_DOUBLE, s->native_win), error)
         && check (MPI_Win_flush (0, s->native_win), error);
}

static gboolean
get_library (Subject *s, GError **error)
{
  return ompi_obj_win_get (s->win, OMPI_OBJ_DATA (&s->received, 1), OMPI_OBJ_TARGET (0, 0), error)
         && ompi_obj_win_flush (s->win, 0, error);
}

static gboolean
fetch_and_op_raw (Subject *s, GError **error)
{
  return check (MPI_Fetch_and_op (&s->sent, &s->received, MPI_DOUBLE, 0, 0, MPI_SUM, s->native_win), error)
         && check (MPI_Win_flush (0, s->native_win), error);
}

static gboolean
fetch_and_op_library (Subject *s, GError **error)
{
  return ompi_obj_win_fetch_and_op (s->win, OMPI_OBJ_DATA (&s->sent, 1), OMPI_OBJ_DATA (&s->received, 1),
                                    OMPI_OBJ_TARGET (0, 0), OMPI_OBJ_SUM, error)
         && ompi_obj_win_flush (s->win, 0, error);
}

static gboolean
set_up_window (Subject *s, GError **error)
{
  s->win = ompi_obj_win_allocate (sizeof (gdouble), sizeof (gdouble), NULL, s->comm, error);
  if (s->win == NULL)
    return FALSE;
  s->native_win = ompi_obj_win_get_native (s->win);
  return ompi_obj_win_lock_all (s->win, OMPI_OBJ_RMA_ASSERT_NONE, error);
}

static gboolean
tear_down_window (Subject *s, GError **error)
{
  gboolean succeeded = ompi_obj_win_unlock_all (s->win, error) && ompi_obj_win_free (s->win, error);

  g_clear_object (&s->win);
  return succeeded;
}

/*
 * Values. The raw side moves the message that the library would: as many bytes, known beforehand on
 * the receiving side.
 */

static gboolean
send_variant_raw (Subject *s, GError **error)
{
  MPI_Request receive;

  return check (MPI_Irecv (s->room, s->n_encoded, MPI_BYTE, 0, TAG, s->native, &receive), error)
         && check (MPI_Send (s->encoded, s->n_encoded, MPI_BYTE, 0, TAG, s->native), error)
         && check (MPI_Wait (&receive, MPI_STATUS_IGNORE), error);
}

static gboolean
send_variant_library (Subject *s, GError **error)
{
  MPI_Request receive;

  return check (MPI_Irecv (s->room, s->n_encoded, MPI_BYTE, 0, TAG, s->native, &receive), error)
         && ompi_obj_comm_send_variant (s->comm, s->value, 0, TAG, error)
         && check (MPI_Wait (&receive, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_variant_raw (Subject *s, GError **error)
{
  MPI_Request send;

  return check (MPI_Isend (s->encoded, s->n_encoded, MPI_BYTE, 0, TAG, s->native, &send), error)
         && check (MPI_Recv (s->room, s->n_encoded, MPI_BYTE, 0, TAG, s->native, MPI_STATUS_IGNORE), error)
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

static gboolean
recv_variant_library (Subject *s, GError **error)
{
  g_autoptr (GVariant) received = NULL;
  MPI_Request send;

  return check (MPI_Isend (s->encoded, s->n_encoded, MPI_BYTE, 0, TAG, s->native, &send), error)
         && (received = ompi_obj_comm_recv_variant (s->comm, 0, TAG, NULL, error)) != NULL
         && check (MPI_Wait (&send, MPI_STATUS_IGNORE), error);
}

/* callgrind is told to count in here, and to write a count and start anew whenever this returns. */
G_NO_INLINE gboolean count_here (CallFunc call, Subject *subject, guint n_calls, GError **error);

G_NO_INLINE gboolean
count_here (CallFunc call, Subject *subject, guint n_calls, GError **error)
{
  for (guint i = 0; i < n_calls; i++)
    if (!call (subject, error))
      return FALSE;

  return TRUE;
}

static gboolean
count_side (const gchar *side, const gchar *name, CallFunc call, Subject *subject, GError **error)
{
  static const guint n_calls[] = { FEW_CALLS, MANY_CALLS };

  /* What only the first calls do is not counted. */
  for (guint i = 0; i < FEW_CALLS; i++)
    if (!call (subject, error))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (n_calls); i++)
    {
      if (!count_here (call, subject, n_calls[i], error))
        return FALSE;
      printf ("%s %u %s\n", side, n_calls[i], name);
    }

  return TRUE;
}

static gint
run (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  static const struct
  {
    const gchar *name;
    CallFunc raw;
    CallFunc library;
  } things[] = {
    { "send to nobody", send_null_raw, send_null_library },
    { "recv from nobody", recv_null_raw, recv_null_library },
    { "send", send_raw, send_library },
    { "recv", recv_raw, recv_library },
    { "recv with a status", recv_status_raw, recv_status_library },
    { "sendrecv", sendrecv_raw, sendrecv_library },
    { "isend and wait", isend_raw, isend_library },
    { "irecv and wait", irecv_raw, irecv_library },
    { "start and wait", start_raw, start_library },
    { "start and wait, nobody", start_null_raw, start_null_library },
    { "probe", probe_raw, probe_library },
    { "mprobe and mrecv", mprobe_raw, mprobe_library },
    { "barrier", barrier_raw, barrier_library },
    { "bcast", bcast_raw, bcast_library },
    { "allreduce", allreduce_raw, allreduce_library },
    { "put and flush", put_raw, put_library },
    { "get and flush", get_raw, get_library },
    { "fetch_and_op and flush", fetch_and_op_raw, fetch_and_op_library },
    { "send_variant of i", send_variant_raw, send_variant_library },
    { "recv_variant of i", recv_variant_raw, recv_variant_library },
  };
  MpiComm *comm = ompi_obj_comm_self ();
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (42));
  g_autoptr (GBytes) encoded = ompi_obj_variant_encode (value, error);
  Subject subject = { .comm = comm, .native = ompi_obj_comm_get_native (comm), .sent = 1.0, .value = value };
  gsize n_encoded;

  if (encoded == NULL)
    return 1;
  subject.encoded = g_bytes_get_data (encoded, &n_encoded);
  g_assert (n_encoded <= sizeof subject.room);
  subject.n_encoded = (gint) n_encoded;

  if (!set_up_requests (&subject, error) || !set_up_window (&subject, error))
    return 1;

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (!count_side ("raw", things[i].name, things[i].raw, &subject, error)
        || !count_side ("library", things[i].name, things[i].library, &subject, error))
      return 1;

  return tear_down_requests (&subject, error) && tear_down_window (&subject, error) ? 0 : 1;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
