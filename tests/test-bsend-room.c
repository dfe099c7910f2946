/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Buffered sends for which there is no room. They fail, and nothing else does: later messages to the same
 * rank arrive, in all modes.
 */

#include "harness.h"

#define N_DATA 3000
#define TAG 4

static gint data[N_DATA];

static void
detach (void)
{
  ompi_obj_detach_buffer (NULL);
}

static void
attach (gsize n_bytes)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_attach_buffer (n_bytes, &error), error);
}

/* The channel works: the next message with the same envelope is the one that is sent now. */
static void
assert_next_arrives (MpiComm *comm, gint dest, gint source)
{
  static gint number;
  g_autoptr (GError) error = NULL;
  gint sent = ++number;
  gint received = -1;
  MpiStatus status;

  assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_DATA (&sent, 1), dest, TAG, OMPI_OBJ_DATA (&received, 1),
                                           source, TAG, &status, &error),
                   error);
  ck_assert_int_eq (received, sent);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error), 1);
}

static void
assert_all_fail (MpiComm *comm, gint dest, gint source, gint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiPrequest) request = NULL;

  ck_assert (!ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, count), dest, TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Bsend: ");
  assert_next_arrives (comm, dest, source);

  ck_assert_ptr_null (ompi_obj_comm_ibsend (comm, OMPI_OBJ_DATA (data, count), dest, TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Ibsend: ");
  assert_next_arrives (comm, dest, source);

  request = ompi_obj_comm_bsend_init (comm, OMPI_OBJ_DATA (data, count), dest, TAG, &error);
  assert_no_error (error);
  ck_assert (!ompi_obj_prequest_start (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Start: ");
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
  ck_assert (!ompi_obj_prequest_start_all (&request, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Startall: ");
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
  assert_next_arrives (comm, dest, source);
}

/* A value is a message too. */
static void
assert_value_fails (MpiComm *comm, gint dest, gint source)
{
  g_autoptr (GError) error = NULL;

  ck_assert (
      !ompi_obj_comm_bsend_variant (comm, g_variant_new_string ("there is no room for this value"), dest, TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Bsend: ");
  ck_assert_ptr_null (
      ompi_obj_comm_ibsend_variant (comm, g_variant_new_string ("there is no room for this value"), dest, TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Ibsend: ");
  assert_next_arrives (comm, dest, source);
}

/* In a ring. */
static gint
next_rank (MpiComm *comm, gint steps)
{
  gint size = ompi_obj_comm_get_size (comm);

  return (ompi_obj_comm_get_rank (comm) + size + steps) % size;
}

MPI_TEST (nothing_attached)
{
  gint dest = next_rank (comm, 1);
  gint source = next_rank (comm, -1);

  detach ();
  assert_all_fail (comm, dest, source, N_DATA);
  assert_all_fail (comm, dest, source, 1);
  assert_value_fails (comm, dest, source);
}

MPI_TEST (too_little_attached)
{
  gint dest = next_rank (comm, 1);
  gint source = next_rank (comm, -1);

  attach (ompi_obj_get_bsend_overhead () + 1000);
  assert_all_fail (comm, dest, source, N_DATA);
  detach ();
  attach (100);
  assert_all_fail (comm, dest, source, 30);
  assert_value_fails (comm, dest, source);
  detach ();
}

/* Nobody needs no room. */
MPI_TEST (to_nobody)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiPrequest) persistent = NULL;

  detach ();
  assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, N_DATA), OMPI_OBJ_PROC_NULL, TAG, &error), error);
  request = ompi_obj_comm_ibsend (comm, OMPI_OBJ_DATA (data, N_DATA), OMPI_OBJ_PROC_NULL, TAG, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  persistent = ompi_obj_comm_bsend_init (comm, OMPI_OBJ_DATA (data, N_DATA), OMPI_OBJ_PROC_NULL, TAG, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_prequest_start (persistent, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (persistent), NULL, &error), error);
}

static void
exchange_buffered (MpiComm *comm, gint dest, gint source, gint count)
{
  g_autoptr (GError) error = NULL;
  gint received[N_DATA];
  MpiStatus status;

  assert_succeeds (ompi_obj_comm_bsend (comm, OMPI_OBJ_DATA (data, count), dest, TAG, &error), error);
  assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (received, N_DATA), source, TAG, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error), count);
}

/* Memory of as many bytes as MPI asks for is enough, however it was attached. */
MPI_TEST (just_enough)
{
  gint dest = next_rank (comm, 1);
  gint source = next_rank (comm, -1);

  attach (N_DATA * sizeof *data + ompi_obj_get_bsend_overhead ());
  exchange_buffered (comm, dest, source, N_DATA);
  detach ();
  attach (sizeof *data + ompi_obj_get_bsend_overhead ());
  exchange_buffered (comm, dest, source, 1);
  detach ();
}

MPI_TEST (attached_by_raw_mpi)
{
  g_autoptr (GError) error = NULL;
  const int n_bytes = 2 * (N_DATA * (int) sizeof *data + MPI_BSEND_OVERHEAD + 64);
  g_autofree guint8 *memory = g_malloc ((gsize) n_bytes);
  MPI_Errhandler errhandler;
  gpointer detached;
  int size;
  gint dest = next_rank (comm, 1);
  gint source = next_rank (comm, -1);

  detach ();
  ck_assert_int_eq (MPI_Buffer_attach (memory, n_bytes), MPI_SUCCESS);
  /* Also where an error would end the program. */
  ck_assert_int_eq (MPI_Comm_get_errhandler (MPI_COMM_WORLD, &errhandler), MPI_SUCCESS);
  ck_assert_int_eq (MPI_Comm_set_errhandler (MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL), MPI_SUCCESS);
  exchange_buffered (comm, dest, source, N_DATA);
  exchange_buffered (comm, dest, source, 1);
  ck_assert_int_eq (MPI_Comm_set_errhandler (MPI_COMM_WORLD, errhandler), MPI_SUCCESS);
  MPI_Errhandler_free (&errhandler);

  ck_assert (!ompi_obj_detach_buffer (&error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "no buffer is attached");
  ck_assert_int_eq (MPI_Buffer_detach (&detached, &size), MPI_SUCCESS);
  ck_assert_ptr_eq (detached, memory);
  ck_assert_int_eq (size, n_bytes);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "bsend-room");
  harness_add (nothing_attached, HARNESS_INTRA);
  harness_add (too_little_attached, HARNESS_INTRA);
  harness_add (to_nobody, HARNESS_INTRA);
  harness_add (just_enough, HARNESS_INTRA);
  harness_add (attached_by_raw_mpi, HARNESS_INTRA);
  return harness_run ();
}
