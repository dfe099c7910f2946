/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sends that are put into an attached buffer. */

#include "messages.h"

MPI_TEST (attaching_and_detaching)
{
  g_autoptr (GError) error = NULL;

  ompi_obj_detach_buffer (NULL);
  ck_assert (!ompi_obj_detach_buffer (&error));
  ck_assert_msg (error != NULL && error->domain == OMPI_OBJ_ERROR, "no error of a second detach");
  ck_assert_msg (g_str_has_prefix (error->message, "MPI_Buffer_detach: "), "%s", error->message);
  g_clear_error (&error);

  for (gint i = 0; i < 3; i++)
    {
      assert_succeeds (ompi_obj_attach_buffer (10000, &error), error);
      ck_assert (!ompi_obj_attach_buffer (10000, &error));
      ck_assert_msg (error != NULL && error->domain == OMPI_OBJ_ERROR, "no error of a second attach");
      ck_assert_msg (g_str_has_prefix (error->message, "MPI_Buffer_attach: "), "%s", error->message);
      g_clear_error (&error);
      assert_succeeds (ompi_obj_detach_buffer (&error), error);
    }
}

#define N_BUFFERED 8

/* All send to all before anybody receives, and more than MPI would buffer by itself. */
MPI_TEST (bsend_needs_no_receiver)
{
  g_autoptr (GError) error = NULL;
  gsize n = LARGE / 8;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree guint8 *data = g_malloc (n);

  attach_buffer (n_peers * (n + ompi_obj_get_bsend_overhead ()) + 4096);
  for (gint peer = 0; peer < n_peers; peer++)
    {
      memset (data, rank + 1, n);
      assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, n), peer, 70, &error), error);
      /* The memory is free again at once. */
      memset (data, 0xff, n);
    }
  meet (comm);
  for (gint peer = 0; peer < n_peers; peer++)
    {
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, n), peer, 70, NULL, &error), error);
      for (gsize i = 0; i < n; i++)
        if (data[i] != peer + 1)
          ck_abort_msg ("byte %" G_GSIZE_FORMAT " from rank %d is %u", i, peer, data[i]);
    }
  detach_buffer ();
}

/* The room that is asked for by the rules is enough. */
MPI_TEST (room_in_the_buffer)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;

      attach_buffer (N_BUFFERED * (N_DATA * sizeof (gint) + ompi_obj_get_bsend_overhead ()));
      for (gint i = 0; i < N_BUFFERED; i++)
        {
          gint sent[N_DATA];

          fill (sent, rank);
          assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 71, &error), error);
        }
      meet (comm);
      for (gint i = 0; i < N_BUFFERED && rounds.source != OMPI_OBJ_PROC_NULL; i++)
        {
          gint received[N_DATA] = { 0 };

          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), rounds.source, 71, NULL, &error),
                           error);
          assert_filled (received, rounds.source);
        }
      detach_buffer ();
    }
}

/* Nobody receives what these send, for they fail. */
static void
try_bsend (MpiComm *comm, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = g_malloc0 (n);
  MpiRequest *request;

  ck_assert_msg (!ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, n), 0, 72, &error), "bsend without room succeeded");
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Bsend: ");
  request = ompi_obj_comm_ibsend (comm, OMPI_OBJ_DATA (data, n), 0, 72, &error);
  ck_assert_ptr_null (request);
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Ibsend: ");
}

/* On a communicator of its own: in Open MPI 4.1 nothing arrives behind a message that there was no room for. */
MPI_TEST (no_room_in_the_buffer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) dup = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  ompi_obj_detach_buffer (NULL);
  try_bsend (dup, LARGE);
  attach_buffer (ompi_obj_get_bsend_overhead () + 1000);
  try_bsend (dup, LARGE);
  detach_buffer ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "buffered-send");
  harness_add (attaching_and_detaching, HARNESS_ONCE);
  harness_add (bsend_needs_no_receiver, HARNESS_ALL);
  harness_add (room_in_the_buffer, HARNESS_ALL);
  harness_add (no_room_in_the_buffer, HARNESS_ALL);
  return harness_run ();
}
