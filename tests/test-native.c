/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Raw MPI handles in and out of every class, and who frees them. */

#include "harness.h"

/* An attribute whose deletion tells that its object was freed. */
static int n_deleted;

static int
count_comm_deletion (G_GNUC_UNUSED MPI_Comm comm,
                     G_GNUC_UNUSED int keyval,
                     G_GNUC_UNUSED void *value,
                     G_GNUC_UNUSED void *state)
{
  n_deleted++;
  return MPI_SUCCESS;
}

static int
count_type_deletion (G_GNUC_UNUSED MPI_Datatype datatype,
                     G_GNUC_UNUSED int keyval,
                     G_GNUC_UNUSED void *value,
                     G_GNUC_UNUSED void *state)
{
  n_deleted++;
  return MPI_SUCCESS;
}

static MPI_Comm
make_watched_comm (MpiComm *comm)
{
  MPI_Comm copy;
  int keyval;

  MPI_Comm_dup (ompi_obj_comm_get_native (comm), &copy);
  MPI_Comm_create_keyval (MPI_COMM_NULL_COPY_FN, count_comm_deletion, &keyval, NULL);
  MPI_Comm_set_attr (copy, keyval, NULL);
  MPI_Comm_free_keyval (&keyval);
  n_deleted = 0;
  return copy;
}

static MPI_Datatype
make_watched_datatype (void)
{
  MPI_Datatype datatype;
  int keyval;

  MPI_Type_contiguous (3, MPI_INT, &datatype);
  MPI_Type_commit (&datatype);
  MPI_Type_create_keyval (MPI_TYPE_NULL_COPY_FN, count_type_deletion, &keyval, NULL);
  MPI_Type_set_attr (datatype, keyval, NULL);
  MPI_Type_free_keyval (&keyval);
  n_deleted = 0;
  return datatype;
}

MPI_TEST (borrowed_communicator)
{
  g_autoptr (GError) error = NULL;
  MPI_Comm native = make_watched_comm (comm);
  MPI_Errhandler handler;
  MpiComm *object = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED, &error);

  assert_no_error (error);
  ck_assert (ompi_obj_comm_get_native (object) == native);
  ck_assert_int_eq (ompi_obj_comm_get_size (object), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_comm_get_rank (object), ompi_obj_comm_get_rank (comm));
  ck_assert (G_OBJECT_TYPE (object) == G_OBJECT_TYPE (comm));
  assert_succeeds (ompi_obj_comm_barrier (object, &error), error);
  ck_assert (!ompi_obj_comm_free (object, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_free: ");
  g_object_unref (object);

  ck_assert_int_eq (n_deleted, 0);
  ck_assert_int_eq (MPI_Comm_get_errhandler (native, &handler), MPI_SUCCESS);
  MPI_Comm_free (&native);
  ck_assert_int_eq (n_deleted, 1);
}

MPI_TEST (owned_communicator)
{
  g_autoptr (GError) error = NULL;
  MPI_Comm native = make_watched_comm (comm);
  MPI_Errhandler handler;
  MpiComm *object;

  MPI_Comm_set_errhandler (native, MPI_ERRORS_ARE_FATAL);
  object = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  MPI_Comm_get_errhandler (native, &handler);
  ck_assert (handler == MPI_ERRORS_RETURN);
  g_object_ref (object);
  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 0);
  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 1);

  native = make_watched_comm (comm);
  object = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (object, &error), error);
  ck_assert_int_eq (n_deleted, 1);
  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 1);
}

MPI_TEST (no_communicator)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_comm_new_for_native (MPI_COMM_NULL, OMPI_OBJ_OWNERSHIP_BORROWED, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_COMM_NULL");
}

MPI_TEST (native_property)
{
  g_autoptr (GError) error = NULL;
  MPI_Comm native = make_watched_comm (comm);
  guint64 number = (guint64) (guintptr) native;
  guint64 back = 0;
  g_autoptr (MpiComm) object = g_object_new (OMPI_OBJ_TYPE_INTRACOMM, "native", number, NULL);
  MpiOwnership ownership = OMPI_OBJ_OWNERSHIP_OWNED;

  g_object_get (object, "native", &back, "ownership", &ownership, NULL);
  /* A language whose numbers are all doubles can keep it, and give it back with or without the sign of an int. */
  ck_assert ((guint64) (gdouble) back == back && back < G_GUINT64_CONSTANT (1) << 53);
  ck_assert ((MPI_Comm) (guintptr) back == native);
  ck_assert_int_eq (ownership, OMPI_OBJ_OWNERSHIP_BORROWED);
  ck_assert (ompi_obj_comm_get_native (object) == native);
  assert_succeeds (ompi_obj_comm_barrier (object, &error), error);
  g_clear_object (&object);
  ck_assert_int_eq (n_deleted, 0);

  object = g_object_new (OMPI_OBJ_TYPE_INTRACOMM, "native", back, "ownership", OMPI_OBJ_OWNERSHIP_OWNED, NULL);
  g_clear_object (&object);
  ck_assert_int_eq (n_deleted, 1);
}

MPI_TEST (borrowed_datatype)
{
  g_autoptr (GError) error = NULL;
  MPI_Datatype native = make_watched_datatype ();
  MpiDatatype *object = ompi_obj_datatype_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  gint sent[3] = { 1, 2, 3 };
  gint received[3] = { 0 };

  ck_assert (ompi_obj_datatype_get_native (object) == native);
  ck_assert (!ompi_obj_datatype_is_predefined (object));
  ck_assert_int_eq (ompi_obj_datatype_get_size (object, &error), 3 * sizeof (int));
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (sent, 1, object), 0, 0,
                                           OMPI_OBJ_DATA (received, 3), 0, 0, NULL, &error),
                   error);
  ck_assert_mem_eq (sent, received, sizeof sent);
  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 0);
  MPI_Type_free (&native);
  ck_assert_int_eq (n_deleted, 1);
}

MPI_TEST (owned_datatype)
{
  g_autoptr (GError) error = NULL;
  MpiDatatype *object = ompi_obj_datatype_new_for_native (make_watched_datatype (), OMPI_OBJ_OWNERSHIP_OWNED);

  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 1);

  object = ompi_obj_datatype_new_for_native (make_watched_datatype (), OMPI_OBJ_OWNERSHIP_OWNED);
  assert_succeeds (ompi_obj_datatype_free (object, &error), error);
  ck_assert_int_eq (n_deleted, 1);
  g_object_unref (object);
  ck_assert_int_eq (n_deleted, 1);
}

static void
add_and_add_one (void *in, void *in_out, int *length, G_GNUC_UNUSED MPI_Datatype *datatype)
{
  for (int i = 0; i < *length; i++)
    ((int *) in_out)[i] = ((int *) in)[i] + ((int *) in_out)[i] + 1;
}

MPI_TEST (operations)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);
  gint one = 10;
  gint result = 0;
  MPI_Op native;
  MpiOp *borrowed;
  MpiOp *owned;

  ck_assert (ompi_obj_op_get_native (OMPI_OBJ_SUM) == MPI_SUM);
  ck_assert (ompi_obj_op_get_native (OMPI_OBJ_MAXLOC) == MPI_MAXLOC);

  MPI_Op_create (add_and_add_one, 1, &native);
  borrowed = ompi_obj_op_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  ck_assert (ompi_obj_op_get_native (borrowed) == native);
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), borrowed,
                                            &error),
                   error);
  ck_assert_int_eq (result, 10 * size + (size - 1));
  g_object_unref (borrowed);

  owned = ompi_obj_op_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  result = 0;
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), owned, &error),
                   error);
  ck_assert_int_eq (result, 10 * size + (size - 1));
  g_object_unref (owned);
}

MPI_TEST (requests)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) send_request =
          ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&rank, 1), rounds.dest, 6, &error);
      g_autoptr (MpiRequest) recv_request = NULL;
      MPI_Request native;
      MpiStatus status;
      gint received = -1;

      assert_no_error (error);
      MPI_Irecv (&received, 1, MPI_INT, rounds.source == OMPI_OBJ_PROC_NULL ? MPI_PROC_NULL : rounds.source, 6,
                 ompi_obj_comm_get_native (comm), &native);
      recv_request = ompi_obj_request_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
      ck_assert (ompi_obj_request_get_native (recv_request) == native);
      assert_succeeds (ompi_obj_request_wait (recv_request, &status, &error), error);
      ck_assert (ompi_obj_request_get_native (recv_request) == MPI_REQUEST_NULL);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        ck_assert_int_eq (received, rounds.source);
      assert_succeeds (ompi_obj_request_wait (send_request, NULL, &error), error);
    }
}

MPI_TEST (borrowed_request)
{
  g_autoptr (GError) error = NULL;
  gint sent = 3;
  gint received = 0;
  MPI_Request native;
  MpiRequest *object;

  MPI_Irecv (&received, 1, MPI_INT, 0, 6, MPI_COMM_SELF, &native);
  object = ompi_obj_request_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  g_object_unref (object);
  assert_succeeds (ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_DATA (&sent, 1), 0, 6, &error), error);
  ck_assert_int_eq (MPI_Wait (&native, MPI_STATUS_IGNORE), MPI_SUCCESS);
  ck_assert_int_eq (received, 3);
}

MPI_TEST (messages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiRequest) other_request = NULL;
  g_autoptr (MpiMessage) object = NULL;
  MpiMessage *borrowed;
  gint sent = 8;
  gint received = 0;
  MPI_Message native;

  request = ompi_obj_comm_isend (ompi_obj_comm_self (), OMPI_OBJ_DATA (&sent, 1), 0, 6, &error);
  assert_no_error (error);
  MPI_Mprobe (0, 6, MPI_COMM_SELF, &native, MPI_STATUS_IGNORE);
  object = ompi_obj_message_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert (ompi_obj_message_get_native (object) == native);
  assert_succeeds (ompi_obj_message_recv (object, OMPI_OBJ_DATA (&received, 1), NULL, &error), error);
  ck_assert_int_eq (received, 8);
  ck_assert (ompi_obj_message_get_native (object) == MPI_MESSAGE_NULL);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);

  received = 0;
  other_request = ompi_obj_comm_isend (ompi_obj_comm_self (), OMPI_OBJ_DATA (&sent, 1), 0, 6, &error);
  assert_no_error (error);
  MPI_Mprobe (0, 6, MPI_COMM_SELF, &native, MPI_STATUS_IGNORE);
  borrowed = ompi_obj_message_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  g_object_unref (borrowed);
  ck_assert_int_eq (MPI_Mrecv (&received, 1, MPI_INT, &native, MPI_STATUS_IGNORE), MPI_SUCCESS);
  ck_assert_int_eq (received, 8);
  assert_succeeds (ompi_obj_request_wait (other_request, NULL, &error), error);
}

/* Sent with the library, received with MPI, and the other way round. */
MPI_TEST (both_interfaces_in_one_program)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  MPI_Comm native = ompi_obj_comm_get_native (comm);
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      int dest = rounds.dest == OMPI_OBJ_PROC_NULL ? MPI_PROC_NULL : rounds.dest;
      int source = rounds.source == OMPI_OBJ_PROC_NULL ? MPI_PROC_NULL : rounds.source;
      g_autoptr (MpiRequest) request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (&rank, 1), rounds.dest, 1, &error);
      MPI_Request native_request;
      int received = source;

      assert_no_error (error);
      MPI_Recv (&received, 1, MPI_INT, source, 1, native, MPI_STATUS_IGNORE);
      ck_assert_int_eq (received, source);
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);

      received = source;
      MPI_Isend (&rank, 1, MPI_INT, dest, 2, native, &native_request);
      assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received, 1), rounds.source, 2, NULL, &error), error);
      ck_assert_int_eq (received, source);
      MPI_Wait (&native_request, MPI_STATUS_IGNORE);
    }
}

MPI_TEST (programmer_errors)
{
  harness_expect_critical ("*self*");
  ck_assert (ompi_obj_comm_get_native (NULL) == MPI_COMM_NULL);
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert (ompi_obj_datatype_get_native (NULL) == MPI_DATATYPE_NULL);
  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (ompi_obj_op_get_native (NULL) == MPI_OP_NULL);
  harness_expect_critical ("*OMPI_OBJ_IS_REQUEST*");
  ck_assert (ompi_obj_request_get_native (NULL) == MPI_REQUEST_NULL);
  harness_expect_critical ("*OMPI_OBJ_IS_MESSAGE*");
  ck_assert (ompi_obj_message_get_native (NULL) == MPI_MESSAGE_NULL);
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "native");
  harness_add (borrowed_communicator, HARNESS_ALL);
  harness_add (owned_communicator, HARNESS_ALL);
  harness_add (no_communicator, HARNESS_ONCE);
  harness_add (native_property, HARNESS_INTRA);
  harness_add (borrowed_datatype, HARNESS_ONCE);
  harness_add (owned_datatype, HARNESS_ONCE);
  harness_add (operations, HARNESS_INTRA);
  harness_add (requests, HARNESS_ALL);
  harness_add (borrowed_request, HARNESS_ONCE);
  harness_add (messages, HARNESS_ONCE);
  harness_add (both_interfaces_in_one_program, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
