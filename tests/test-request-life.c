/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What requests keep alive, and what becomes of an operation whose request is dropped, freed or cancelled. */

#include "messages.h"

static MpiRequest *
receive_owned (MpiComm *comm, Owned *owned, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = owned_buffer (owned);
  MpiRequest *request = ompi_obj_comm_irecv (comm, buffer, source, tag, &error);

  assert_no_error (error);
  return request;
}

MPI_TEST (owners_live_until_completion)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned received = { .n_freed = 0 };
      Owned sent = { .n_freed = 0 };
      MpiRequest *send;
      MpiRequest *receive = receive_owned (comm, &received, rounds.source, 44);

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        send = ompi_obj_comm_issend (comm, buffer, rounds.dest, 45, &error);
        assert_no_error (error);
      }
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (sent.n_freed, 0);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received.n_freed, 0);
      meet (comm);

      {
        gint other[N_DATA] = { 0 };
        MpiRequest *sends[1] = { start_send (comm, sent.data, rounds.dest, 44) };
        MpiRequest *receives[1] = { start_receive (comm, other, rounds.source, 45) };

        assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
        assert_succeeds (ompi_obj_request_wait_all (receives, 1, &error), error);
        assert_succeeds (ompi_obj_request_wait_all (&send, 1, &error), error);
        finish (sends[0]);
        g_object_unref (receives[0]);
      }
      /* The requests live on, the memory needs not. */
      ck_assert_int_eq (received.n_freed, 1);
      ck_assert_int_eq (sent.n_freed, 1);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received.data, rounds.source);
      g_object_unref (receive);
      g_object_unref (send);
      ck_assert_int_eq (received.n_freed, 1);
      ck_assert_int_eq (sent.n_freed, 1);
    }
}

MPI_TEST (communicators_live_until_completion)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiComm *dup = ompi_obj_comm_dup (comm, &error);
      MpiComm *other = ompi_obj_comm_dup (comm, &error);
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiRequest *receive;

      assert_no_error (error);
      fill (sent, rank);
      receive = start_receive (dup, received, rounds.source, 46);
      g_object_add_weak_pointer (G_OBJECT (dup), (gpointer *) &dup);
      finish (start_send (dup, sent, rounds.dest, 46));
      g_object_unref (dup);
      meet (other);
      ck_assert (dup != NULL || rounds.source == OMPI_OBJ_PROC_NULL);
      assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      ck_assert_ptr_null (dup);
      g_object_unref (receive);
      g_object_unref (other);
    }
}

MPI_TEST (dropped_receives)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      Owned received = { .n_freed = 0 };
      gint sent[N_DATA];
      MpiRequest *send;

      g_object_unref (receive_owned (comm, &received, rounds.source, 47));
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received.n_freed, 0);
      meet (comm);
      fill (sent, rank);
      send = start_send (comm, sent, rounds.dest, 47);
      wait_until_freed (comm, &received);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received.data, rounds.source);
      finish (send);
    }
}

MPI_TEST (dropped_sends)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned sent = { .n_freed = 0 };
      gint received[N_DATA] = { 0 };

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        g_object_unref (ompi_obj_comm_issend (comm, buffer, rounds.dest, 48, &error));
        assert_no_error (error);
      }
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (sent.n_freed, 0);
      meet (comm);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 48, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      wait_until_freed (comm, &sent);
    }
}

/* Messages that were matched and never received are thrown away, whatever their size, and their senders go on. */
MPI_TEST (dropped_messages)
{
  static const gsize sizes[] = { 0, 10, 5000, 20000, LARGE, 8 * LARGE };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;
      g_autofree guint8 *sent = g_malloc0 (sizes[i] + 1);

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          MpiRequest *send =
              ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, (gint64) sizes[i]), rounds.dest, 53, &error);
          MpiMessage *message;

          assert_no_error (error);
          message = ompi_obj_comm_mprobe (comm, rounds.source, 53, NULL, &error);
          assert_no_error (error);
          g_object_unref (message);
          finish (send);
        }
    }
}

/* Cancelling and freeing */

MPI_TEST (cancelled_receives)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      Owned owned = { .n_freed = 0 };
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiStatus status;
      MpiRequest *request;

      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          request = receive_owned (comm, &owned, rounds.source, 49);
          assert_succeeds (ompi_obj_request_cancel (request, &error), error);
          if (ompi_obj_request_wait (request, &status, &error))
            {
              MPI_Status native;
              int cancelled = 0;

              ompi_obj_status_get_native (&status, &native);
              MPI_Test_cancelled (&native, &cancelled);
              ck_assert_int_eq (cancelled, 1);
            }
          else
            {
              ck_assert_ptr_nonnull (error);
              ck_assert (error->domain == OMPI_OBJ_ERROR);
              g_clear_error (&error);
            }
          ck_assert (!ompi_obj_request_is_active (request));
          ck_assert_int_eq (owned.n_freed, 1);
          g_object_unref (request);
        }
      meet (comm);

      /* What was meant for it goes to the next. */
      request = start_receive (comm, received, rounds.source, 49);
      fill (sent, rank);
      finish (start_send (comm, sent, rounds.dest, 49));
      finish (request);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
    }
}

MPI_TEST (sends_cannot_be_cancelled)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received[N_DATA] = { 0 };
      gint sent[N_DATA];
      MpiRequest *send;

      fill (sent, rank);
      send = ompi_obj_comm_issend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 51, &error);
      assert_no_error (error);
      if (rounds.dest != OMPI_OBJ_PROC_NULL)
        {
          ck_assert (!ompi_obj_request_cancel (send, &error));
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Cancel: ");
        }
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 51, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      finish (send);
    }
}

/* The operation goes on without the request. */
MPI_TEST (freed_requests)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint received[N_DATA] = { 0 };
      Owned sent = { .n_freed = 0 };
      g_autoptr (MpiRequest) send = NULL;

      fill (sent.data, rank);
      {
        g_autoptr (MpiBuffer) buffer = owned_buffer (&sent);

        send = ompi_obj_comm_issend (comm, buffer, rounds.dest, 52, &error);
        assert_no_error (error);
      }
      assert_succeeds (ompi_obj_request_free (send, &error), error);
      ck_assert (!ompi_obj_request_is_active (send));
      meet (comm);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 52, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_filled (received, rounds.source);
      g_clear_object (&send);
      wait_until_freed (comm, &sent);
    }
}

/* After all that, the communicator works. */
MPI_TEST (communicators_stay_usable) { exchange (comm, ompi_obj_comm_isend); }

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "request-life");
  harness_add (owners_live_until_completion, HARNESS_ALL);
  harness_add (communicators_live_until_completion, HARNESS_ALL);
  harness_add (dropped_receives, HARNESS_ALL);
  harness_add (dropped_sends, HARNESS_ALL);
  harness_add (dropped_messages, HARNESS_ALL);
  harness_add (cancelled_receives, HARNESS_ALL);
  harness_add (sends_cannot_be_cancelled, HARNESS_ALL);
  harness_add (freed_requests, HARNESS_ALL);
  harness_add (communicators_stay_usable, HARNESS_ALL);
  return harness_run ();
}
