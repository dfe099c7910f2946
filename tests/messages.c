/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "messages.h"

static gint
value_of (gint rank, gint i)
{
  return 1000 * rank + 7 * i + 3;
}

void
fill (gint *data, gint rank)
{
  for (gint i = 0; i < N_DATA; i++)
    data[i] = value_of (rank, i);
}

void
assert_filled (const gint *data, gint rank)
{
  for (gint i = 0; i < N_DATA; i++)
    ck_assert_int_eq (data[i], value_of (rank, i));
}

void
assert_status (const MpiStatus *status, gint source, gint tag, gint64 count)
{
  g_autoptr (GError) error = NULL;

  ck_assert_int_eq (ompi_obj_status_get_source (status), source);
  ck_assert_int_eq (ompi_obj_status_get_tag (status), tag);
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), count);
  assert_no_error (error);
}

/* What a request that has completed tells, any number of times. */
void
assert_recorded (MpiRequest *request, gint source, gint tag, gint64 count)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  ck_assert (!ompi_obj_request_is_active (request));
  for (gint i = 0; i < 2; i++)
    {
      assert_succeeds (ompi_obj_request_get_status (request, &status, &error), error);
      assert_status (&status, source, tag, count);
    }
}

MpiRequest *
start_receive (MpiComm *comm, gint *data, gint source, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_irecv (comm, OMPI_OBJ_DATA (data, N_DATA), source, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

MpiRequest *
start_send (MpiComm *comm, const gint *data, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  MpiRequest *request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (data, N_DATA), dest, tag, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (request);
  return request;
}

void
finish (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  g_object_unref (request);
}

void
meet (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

/* A case that failed may have left a buffer behind. */
void
attach_buffer (gsize n_bytes)
{
  g_autoptr (GError) error = NULL;

  ompi_obj_detach_buffer (NULL);
  assert_succeeds (ompi_obj_attach_buffer (n_bytes, &error), error);
}

void
detach_buffer (void)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_detach_buffer (&error), error);
}

/* The receive is posted first, and all know it, so that any mode of sending will do. */
void
exchange (MpiComm *comm, Isend isend)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      gint sent[N_DATA];
      gint received[N_DATA] = { 0 };
      MpiStatus status;
      g_autoptr (MpiRequest) receive = start_receive (comm, received, rounds.source, 30);
      g_autoptr (MpiRequest) send = NULL;

      fill (sent, rank);
      ck_assert (ompi_obj_request_is_active (receive) || rounds.source == OMPI_OBJ_PROC_NULL);
      meet (comm);
      send = isend (comm, OMPI_OBJ_DATA (sent, N_DATA), rounds.dest, 30, &error);
      assert_no_error (error);
      ck_assert_ptr_nonnull (send);

      assert_succeeds (ompi_obj_request_wait (receive, &status, &error), error);
      assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
      ck_assert (!ompi_obj_request_is_active (send));
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          assert_filled (received, rounds.source);
          assert_status (&status, rounds.source, 30, N_DATA);
          assert_recorded (receive, rounds.source, 30, N_DATA);
        }

      /* A completed request stays so. */
      assert_succeeds (ompi_obj_request_wait (receive, NULL, &error), error);
      assert_succeeds (ompi_obj_request_test (receive, NULL, &error), error);
      assert_succeeds (ompi_obj_request_test (send, NULL, &error), error);
    }
}

static void
count_free (gpointer user_data)
{
  Owned *self = user_data;

  g_atomic_int_inc (&self->n_freed);
}

/* A buffer that is the only one to keep its memory alive. */
MpiBuffer *
owned_buffer (Owned *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (self->data, sizeof self->data, count_free, self);

  return ompi_obj_buffer_new_for_bytes (bytes);
}

/* Until what was dropped has been released, which later operations see to. */
void
wait_until_freed (MpiComm *comm, Owned *owned)
{
  while (g_atomic_int_get (&owned->n_freed) == 0)
    {
      gint data[N_DATA] = { 0 };

      g_object_unref (start_send (comm, data, OMPI_OBJ_PROC_NULL, 0));
      /* For the messages that are under way. */
      ompi_obj_comm_iprobe (comm, OMPI_OBJ_ANY_SOURCE, 30999, NULL, NULL);
    }
  ck_assert_int_eq (owned->n_freed, 1);
}
