/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A request that is more than once in an array: MPI would end the program, or lose count.
 */

#include "harness.h"

#define TAG 9
#define N_MANY 150 /* more than fit on the stack */

typedef struct
{
  gint sent;
  gint received;
  MpiRequest *send;
  MpiRequest *receive;
} Message;

static void
start (Message *message, MpiComm *comm, gint number)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);

  message->sent = number;
  message->received = -1;
  message->receive = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (&message->received, 1), rank, TAG, &error);
  assert_no_error (error);
  message->send = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&message->sent, 1), rank, TAG, &error);
  assert_no_error (error);
}

static void
finish (Message *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_request_is_active (message->receive));
  ck_assert (!ompi_obj_request_is_active (message->send));
  assert_succeeds (ompi_obj_request_wait (message->receive, NULL, &error), error);
  ck_assert_int_eq (message->received, message->sent);
  g_object_unref (message->receive);
  g_object_unref (message->send);
}

MPI_TEST (all)
{
  for (gint way = 0; way < 2; way++)
    {
      g_autoptr (GError) error = NULL;
      Message message;

      start (&message, comm, way);
      {
        MpiRequest *requests[] = { message.receive, message.send, message.receive, message.send, message.receive };

        if (way == 0)
          assert_succeeds (ompi_obj_request_wait_all (requests, G_N_ELEMENTS (requests), &error), error);
        else
          while (!ompi_obj_request_test_all (requests, G_N_ELEMENTS (requests), &error))
            assert_no_error (error);
      }
      finish (&message);
    }
}

MPI_TEST (any)
{
  for (gint way = 0; way < 2; way++)
    {
      g_autoptr (GError) error = NULL;
      Message message;
      gboolean seen[4] = { FALSE, FALSE, FALSE, FALSE };
      gint which;

      start (&message, comm, way);
      {
        MpiRequest *requests[] = { message.receive, message.receive, message.send, message.send };

        do
          {
            which = way == 0 ? ompi_obj_request_wait_any (requests, G_N_ELEMENTS (requests), NULL, &error)
                             : ompi_obj_request_test_any (requests, G_N_ELEMENTS (requests), NULL, &error);
            assert_no_error (error);
            if (which >= 0)
              {
                ck_assert (!seen[which]);
                seen[which] = TRUE;
              }
          }
        while (which != OMPI_OBJ_UNDEFINED);
      }
      ck_assert (seen[0] && !seen[1] && seen[2] && !seen[3]);
      finish (&message);
    }
}

MPI_TEST (some)
{
  for (gint way = 0; way < 2; way++)
    {
      g_autoptr (GError) error = NULL;
      Message message;
      gsize n_all = 0;

      start (&message, comm, way);
      {
        MpiRequest *requests[] = { message.receive, message.receive, message.send, message.send };

        while (n_all < 2)
          {
            gsize n_completed = 0;
            g_autofree gint *indices =
                way == 0 ? ompi_obj_request_wait_some (requests, G_N_ELEMENTS (requests), &n_completed, &error)
                         : ompi_obj_request_test_some (requests, G_N_ELEMENTS (requests), &n_completed, &error);

            assert_no_error (error);
            for (gsize i = 0; i < n_completed; i++)
              ck_assert (indices[i] == 0 || indices[i] == 2);
            n_all += n_completed;
          }
      }
      ck_assert_uint_eq (n_all, 2);
      finish (&message);
    }
}

/* Each where it is first, whatever else is in the array. */
MPI_TEST (many)
{
  g_autofree Message *messages = g_new (Message, N_MANY);
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (gint i = 0; i < N_MANY; i++)
    {
      start (&messages[i], comm, i);
      g_ptr_array_add (requests, messages[i].receive);
      g_ptr_array_add (requests, messages[i / 2].receive);
      g_ptr_array_add (requests, messages[i].send);
    }
  assert_succeeds (ompi_obj_request_wait_all ((MpiRequest **) requests->pdata, requests->len, &error), error);
  for (gint i = 0; i < N_MANY; i++)
    finish (&messages[i]);
}

static void
start_twice (MpiComm *comm, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  gint data = 1;

  for (gsize i = 0; i < n; i++)
    {
      g_ptr_array_add (requests,
                       ompi_obj_comm_send_init (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, TAG, &error));
      assert_no_error (error);
    }
  g_ptr_array_add (requests, g_object_ref (requests->pdata[0]));

  ck_assert (!ompi_obj_prequest_start_all ((MpiPrequest **) requests->pdata, requests->len, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Startall: the request is active");
  for (gsize i = 0; i < n; i++)
    ck_assert (!ompi_obj_request_is_active (requests->pdata[i]));

  /* Once each, they start. */
  g_ptr_array_set_size (requests, (gint) n);
  assert_succeeds (ompi_obj_prequest_start_all ((MpiPrequest **) requests->pdata, requests->len, &error), error);
  for (gsize i = 0; i < n; i++)
    ck_assert (ompi_obj_request_is_active (requests->pdata[i]));
  assert_succeeds (ompi_obj_request_wait_all ((MpiRequest **) requests->pdata, requests->len, &error), error);
}

MPI_TEST (started)
{
  start_twice (comm, 1);
  start_twice (comm, 5);
  start_twice (comm, N_MANY);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "request-twice");
  harness_add (all, HARNESS_INTRA);
  harness_add (any, HARNESS_INTRA);
  harness_add (some, HARNESS_INTRA);
  harness_add (many, HARNESS_INTRA);
  harness_add (started, HARNESS_INTRA);
  return harness_run ();
}
