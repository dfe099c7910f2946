/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Values that are looked for before they are received, received from a matched message, or not received
 * after all.
 */

#include "harness.h"

#define TAG 6
#define N_VALUES 12

static GVariant *
make_value (gint rank, gint number)
{
  g_autofree guint8 *bytes = g_malloc0 (20000);

  /* Every other one is too long to be sent in one piece. */
  return g_variant_new ("(ii@ay)", rank, number,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, number % 2 == 0 ? 10 : 20000, 1));
}

static void
assert_value (GVariant *value, gint rank, gint number)
{
  g_autoptr (GVariant) expected = g_variant_ref_sink (make_value (rank, number));

  assert_variant_equal (value, expected);
}

static MpiRequest *
start_send (MpiComm *comm, gint number, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request =
      ompi_obj_comm_isend_variant (comm, make_value (ompi_obj_comm_get_rank (comm), number), dest, tag, &error);

  assert_no_error (error);
  return request;
}

static void
finish (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
}

static MpiMessage *
match (MpiComm *comm, gint source, gint tag, MpiStatus *status)
{
  g_autoptr (GError) error = NULL;
  MpiMessage *message = ompi_obj_comm_mprobe (comm, source, tag, status, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (message);
  return message;
}

static MpiRequest *
start_receive (MpiMessage *message)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_message_irecv_variant (message, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

/* Receives of matched messages that do not block */

MPI_TEST (matched_message)
{
  for (gint number = 0; number < 4; number++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (MpiRequest) send = start_send (comm, number, rounds.dest, TAG);
          g_autoptr (MpiMessage) message = match (comm, rounds.source, TAG, NULL);
          g_autoptr (MpiRequest) receive = start_receive (message);
          g_autoptr (GVariant) value = NULL;
          g_autoptr (GVariant) again = NULL;
          MpiStatus status;

          ck_assert (ompi_obj_request_is_active (receive));
          ck_assert_ptr_null (ompi_obj_request_get_variant (receive, &error));
          assert_error (error, OMPI_OBJ_ERROR_PENDING, "not completed");
          /* The request goes on without the message. */
          g_clear_object (&message);
          if (number < 2)
            value = ompi_obj_request_wait_variant (receive, &status, &error);
          while (value == NULL && error == NULL)
            value = ompi_obj_request_test_variant (receive, &status, &error);
          assert_no_error (error);
          ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
          if (rounds.source == OMPI_OBJ_PROC_NULL)
            {
              ck_assert_str_eq (g_variant_get_type_string (value), "()");
            }
          else
            {
              ck_assert_int_eq (ompi_obj_status_get_tag (&status), TAG);
              assert_value (value, rounds.source, number);
            }
          ck_assert (!ompi_obj_request_is_active (receive));
          again = ompi_obj_request_get_variant (receive, &error);
          assert_no_error (error);
          ck_assert_ptr_eq (again, value);
          finish (send);
        }
    }
}

MPI_TEST (from_nobody)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiMessage) message = match (comm, OMPI_OBJ_PROC_NULL, TAG, NULL);
  g_autoptr (MpiRequest) receive = start_receive (message);
  g_autoptr (GVariant) value = NULL;
  MpiStatus status;

  value = ompi_obj_request_wait_variant (receive, &status, &error);
  assert_no_error (error);
  ck_assert_str_eq (g_variant_get_type_string (value), "()");
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
}

MPI_TEST (no_value)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gchar bytes[] = "this is no value";
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (MpiMessage) message = NULL;
  g_autoptr (MpiRequest) receive = NULL;

  send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (bytes, sizeof bytes), rank, TAG, &error);
  assert_no_error (error);
  message = match (comm, rank, TAG, NULL);
  receive = start_receive (message);
  ck_assert_ptr_null (ompi_obj_request_wait_variant (receive, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "MPI_Imrecv: ");
  ck_assert_ptr_null (ompi_obj_request_get_variant (receive, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "MPI_Imrecv: ");
  finish (send);
}

MPI_TEST (received_already)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) send = start_send (comm, 1, rank, TAG);
  g_autoptr (MpiMessage) message = match (comm, rank, TAG, NULL);
  g_autoptr (MpiRequest) receive = start_receive (message);
  g_autoptr (GVariant) value = NULL;

  ck_assert_ptr_null (ompi_obj_message_irecv_variant (message, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Imrecv: the message was received already");
  ck_assert_ptr_null (ompi_obj_message_recv_variant (message, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Mrecv: the message was received already");
  value = ompi_obj_request_wait_variant (receive, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 1);
  finish (send);
}

/* The length of a message with a raw handle is not known; it can be received otherwise. */
MPI_TEST (raw_message)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint sent = 5;
  gint received = -1;
  g_autoptr (MpiRequest) send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&sent, 1), rank, TAG, &error);
  g_autoptr (MpiMessage) message = NULL;
  MPI_Message native;

  assert_no_error (error);
  ck_assert_int_eq (MPI_Mprobe (rank, TAG, ompi_obj_comm_get_native (comm), &native, MPI_STATUS_IGNORE), MPI_SUCCESS);
  message = ompi_obj_message_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert_ptr_null (ompi_obj_message_irecv_variant (message, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Imrecv: the length");
  assert_succeeds (ompi_obj_message_recv (message, OMPI_OBJ_DATA (&received, 1), NULL, &error), error);
  ck_assert_int_eq (received, sent);
  finish (send);
}

/* Their messages were found in order, their values are waited for in another, with other requests among them. */
MPI_TEST (several_at_once)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiRequest *requests[2 * N_VALUES];
  g_autoptr (GPtrArray) values = NULL;

  for (gint i = 0; i < N_VALUES; i++)
    requests[2 * i] = start_send (comm, i, rank, TAG);
  for (gint i = 0; i < N_VALUES; i++)
    {
      g_autoptr (MpiMessage) message = match (comm, rank, TAG, NULL);

      requests[2 * (N_VALUES - 1 - i) + 1] = start_receive (message);
    }
  values = ompi_obj_request_wait_all_variant (requests, 2 * N_VALUES, &error);
  assert_no_error (error);
  ck_assert_uint_eq (values->len, 2 * N_VALUES);
  for (gint i = 0; i < N_VALUES; i++)
    {
      ck_assert_str_eq (g_variant_get_type_string (values->pdata[2 * i]), "()");
      assert_value (values->pdata[2 * (N_VALUES - 1 - i) + 1], rank, i);
    }
  for (gint i = 0; i < 2 * N_VALUES; i++)
    g_object_unref (requests[i]);
}

/* A value that was matched passes by the receives that are pending, as in MPI. */
MPI_TEST (beside_pending_receives)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) first = start_send (comm, 0, rank, TAG);
  g_autoptr (MpiMessage) message = match (comm, rank, TAG, NULL);
  g_autoptr (MpiRequest) pending = ompi_obj_comm_irecv_variant (comm, rank, TAG, &error);
  g_autoptr (MpiRequest) second = start_send (comm, 1, rank, TAG);
  g_autoptr (MpiRequest) matched = start_receive (message);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) pending_value = NULL;

  pending_value = ompi_obj_request_wait_variant (pending, NULL, &error);
  assert_no_error (error);
  assert_value (pending_value, rank, 1);
  value = ompi_obj_request_wait_variant (matched, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 0);
  finish (first);
  finish (second);
}

MPI_TEST (dropped_and_freed_receives)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gint i = 0; i < 4; i++)
    {
      g_autoptr (MpiRequest) send = start_send (comm, i, rank, TAG);
      g_autoptr (MpiMessage) message = match (comm, rank, TAG, NULL);
      g_autoptr (MpiRequest) receive = start_receive (message);

      if (i < 2)
        {
          assert_succeeds (ompi_obj_request_free (receive, &error), error);
          ck_assert (!ompi_obj_request_is_active (receive));
          ck_assert_ptr_null (ompi_obj_request_wait_variant (receive, NULL, &error));
          assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Imrecv: the receive was freed");
        }
      g_clear_object (&receive);
      finish (send);
    }
}

/* Cancelling comes too late: the message was matched. */
MPI_TEST (cancelled)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) send = start_send (comm, 3, rank, TAG);
  g_autoptr (MpiMessage) message = match (comm, rank, TAG, NULL);
  g_autoptr (MpiRequest) receive = start_receive (message);
  g_autoptr (GVariant) value = NULL;

  assert_succeeds (ompi_obj_request_cancel (receive, &error), error);
  value = ompi_obj_request_wait_variant (receive, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 3);
  finish (send);
}

MPI_TEST (programmer_errors)
{
  harness_expect_critical ("*ompi_obj_message_irecv_variant*");
  ck_assert_ptr_null (ompi_obj_message_irecv_variant (NULL, NULL));
  harness_assert_criticals ();
}

/* Receives that are pending and not wanted any more */

MPI_TEST (freed_while_pending)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) unwanted = ompi_obj_comm_irecv_variant (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &error);
  g_autoptr (MpiRequest) wanted = ompi_obj_comm_irecv_variant (comm, rank, TAG, &error);
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (GVariant) value = NULL;

  assert_no_error (error);
  ck_assert (ompi_obj_request_is_active (unwanted));
  assert_succeeds (ompi_obj_request_free (unwanted, &error), error);
  ck_assert (!ompi_obj_request_is_active (unwanted));

  /* The value is that of the next receive. */
  send = start_send (comm, 5, rank, TAG);
  value = ompi_obj_request_wait_variant (wanted, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 5);
  finish (send);

  ck_assert (!ompi_obj_request_wait (unwanted, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Irecv: the receive was freed");
  ck_assert_ptr_null (ompi_obj_request_get_variant (unwanted, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "freed");
  ck_assert (!ompi_obj_request_cancel (unwanted, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "not active");
  assert_succeeds (ompi_obj_request_free (unwanted, &error), error);
}

MPI_TEST (freed_when_complete)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) send = start_send (comm, 2, rank, TAG);
  g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv_variant (comm, rank, TAG, &error);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) again = NULL;

  assert_no_error (error);
  value = ompi_obj_request_wait_variant (receive, NULL, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_free (receive, &error), error);
  again = ompi_obj_request_get_variant (receive, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (again, value);
  finish (send);
}

/* A blocking receive does not wait behind one that was freed. */
MPI_TEST (blocking_after_freed)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) unwanted = ompi_obj_comm_irecv_variant (comm, rank, TAG, &error);
  g_autoptr (MpiRequest) send = NULL;
  g_autoptr (GVariant) value = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_request_free (unwanted, &error), error);
  send = start_send (comm, 7, rank, TAG);
  value = ompi_obj_comm_recv_variant (comm, rank, TAG, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 7);
  finish (send);
}

/* Looking before receiving */

static gboolean
probe_until_found (MpiComm *comm, gint source, gint tag, MpiStatus *status, GError **error)
{
  while (!ompi_obj_comm_iprobe (comm, source, tag, status, error))
    if (*error != NULL)
      return FALSE;
  return TRUE;
}

/* What the status of a probe says is enough to receive the value. */
MPI_TEST (probed_values)
{
  static const struct
  {
    gboolean (*probe) (MpiComm *comm, gint source, gint tag, MpiStatus *status, GError **error);
    gint tag;
  } ways[] = { { ompi_obj_comm_probe, TAG },
               { ompi_obj_comm_probe, OMPI_OBJ_ANY_TAG },
               { probe_until_found, TAG },
               { probe_until_found, OMPI_OBJ_ANY_TAG } };

  for (gsize way = 0; way < G_N_ELEMENTS (ways); way++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          const gint number = rounds.round + (gint) way;
          g_autoptr (GError) error = NULL;
          g_autoptr (MpiRequest) send = start_send (comm, number, rounds.dest, TAG);
          g_autoptr (GVariant) value = NULL;
          MpiStatus status;
          MpiStatus received;

          if (rounds.source != OMPI_OBJ_PROC_NULL)
            {
              assert_succeeds (ways[way].probe (comm, rounds.source, ways[way].tag, &status, &error), error);
              ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
              ck_assert_int_eq (ompi_obj_status_get_tag (&status), TAG);
              value = ompi_obj_comm_recv_variant (comm, ompi_obj_status_get_source (&status),
                                                  ompi_obj_status_get_tag (&status), &received, &error);
              assert_no_error (error);
              assert_value (value, rounds.source, number);
              ck_assert_int_eq (ompi_obj_status_get_count (&received, OMPI_OBJ_BYTE, &error),
                                ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error));
            }
          finish (send);
        }
    }
}

MPI_TEST (nothing_to_probe)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) send = start_send (comm, 1, rank, TAG);
  g_autoptr (GVariant) value = NULL;
  MpiStatus status;

  /* There is one, with another tag. */
  ck_assert (!ompi_obj_comm_iprobe (comm, rank, TAG + 1, &status, &error));
  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_comm_improbe (comm, rank, TAG + 1, &status, &error));
  assert_no_error (error);
  value = ompi_obj_comm_recv_variant (comm, rank, TAG, NULL, &error);
  assert_no_error (error);
  assert_value (value, rank, 1);
  finish (send);
}

/* A matched value is nobody else's, whichever is received first. */
MPI_TEST (matched_by_mprobe_and_improbe)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gint way = 0; way < 2; way++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) first = start_send (comm, 10, rank, TAG);
      g_autoptr (MpiRequest) second = start_send (comm, 11, rank, TAG);
      g_autoptr (MpiMessage) message = NULL;
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GVariant) other = NULL;
      MpiStatus status;
      MpiStatus received;

      if (way == 0)
        message = ompi_obj_comm_mprobe (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &status, &error);
      while (message == NULL && error == NULL)
        message = ompi_obj_comm_improbe (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &status, &error);
      assert_no_error (error);
      ck_assert_int_eq (ompi_obj_status_get_tag (&status), TAG);

      other = ompi_obj_comm_recv_variant (comm, ompi_obj_status_get_source (&status), ompi_obj_status_get_tag (&status),
                                          NULL, &error);
      assert_no_error (error);
      assert_value (other, rank, 11);
      value = ompi_obj_message_recv_variant (message, &received, &error);
      assert_no_error (error);
      assert_value (value, rank, 10);
      ck_assert_int_eq (ompi_obj_status_get_source (&received), rank);
      finish (first);
      finish (second);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-message");
  harness_add (matched_message, HARNESS_ALL);
  harness_add (from_nobody, HARNESS_ALL);
  harness_add (no_value, HARNESS_INTRA);
  harness_add (received_already, HARNESS_INTRA);
  harness_add (raw_message, HARNESS_INTRA);
  harness_add (several_at_once, HARNESS_INTRA);
  harness_add (beside_pending_receives, HARNESS_INTRA);
  harness_add (dropped_and_freed_receives, HARNESS_INTRA);
  harness_add (cancelled, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  harness_add (freed_while_pending, HARNESS_INTRA);
  harness_add (freed_when_complete, HARNESS_INTRA);
  harness_add (blocking_after_freed, HARNESS_INTRA);
  harness_add (probed_values, HARNESS_ALL);
  harness_add (nothing_to_probe, HARNESS_INTRA);
  harness_add (matched_by_mprobe_and_improbe, HARNESS_INTRA);
  return harness_run ();
}
