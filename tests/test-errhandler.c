/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What happens about the errors that MPI finds on a communicator. */

#include "harness.h"
#include "subclasses.h"

/* What a handler was told. */
typedef struct
{
  guint n_calls;
  guint n_destroyed;
  GObject *object; /* the last one; not referenced */
  MPI_Comm native; /* its handle */
  gint code;
  gchar *message;
} Log;

static void
log_error (GObject *object, const GError *error, gpointer user_data)
{
  Log *seen = user_data;

  seen->n_calls++;
  seen->object = object;
  seen->native = ompi_obj_comm_get_native (OMPI_OBJ_COMM (object));
  seen->code = error->code;
  ck_assert (error->domain == OMPI_OBJ_ERROR);
  g_free (seen->message);
  seen->message = g_strdup (error->message);
}

static void
log_destroy (gpointer user_data)
{
  Log *seen = user_data;

  seen->n_destroyed++;
}

static void
log_clear (Log *seen)
{
  g_free (seen->message);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

#define LOG_INIT                       \
  {                                    \
    0, 0, NULL, MPI_COMM_NULL, 0, NULL \
  }

/* A message to the rank itself that is longer than where it is received: something that MPI finds. */
static void
truncate_a_message (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  gint sent[2] = { 1, 2 };
  gint received = 0;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiRequest) request = ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (sent, 2), rank, 0, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&received, 1), rank, 0, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Recv: ");
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
}

static MpiComm *
comm_copy (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  MpiComm *copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  return copy;
}

static void
set_errhandler (MpiComm *comm, MpiErrhandler *errhandler)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_set_errhandler (comm, errhandler, &error), error);
}

static void
assert_errhandler (MpiComm *comm, MpiErrhandler *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiErrhandler) found = ompi_obj_comm_get_errhandler (comm, &error);

  assert_no_error (error);
  ck_assert_ptr_eq (found, expected);
}

MPI_TEST (a_function_is_told)
{
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);

  ck_assert (ompi_obj_errhandler_get_native (logging) == MPI_ERRHANDLER_NULL);
  set_errhandler (copy, logging);
  assert_errhandler (copy, logging);
  ck_assert_uint_eq (seen.n_calls, 0);

  truncate_a_message (copy);
  ck_assert_uint_eq (seen.n_calls, 1);
  ck_assert_ptr_eq (seen.object, copy);
  ck_assert_int_eq (seen.code, OMPI_OBJ_ERROR_TRUNCATE);
  ck_assert_ptr_nonnull (strstr (seen.message, "MPI"));

  truncate_a_message (copy);
  ck_assert_uint_eq (seen.n_calls, 2);

  /* The others are left alone. */
  truncate_a_message (comm);
  ck_assert_uint_eq (seen.n_calls, 2);
}

MPI_TEST (errors_of_requests)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint sent[2] = { 1, 2 };
  gint received = 0;
  g_autoptr (MpiRequest) sending = NULL;
  g_autoptr (MpiRequest) receiving = NULL;

  set_errhandler (copy, logging);
  sending = ompi_obj_comm_isend (copy, OMPI_OBJ_DATA (sent, 2), rank, 0, &error);
  assert_no_error (error);
  receiving = ompi_obj_comm_irecv (copy, OMPI_OBJ_DATA (&received, 1), rank, 0, &error);
  assert_no_error (error);
  ck_assert (!ompi_obj_request_wait (receiving, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Wait: ");
  /* MPICH 4.0 does not always tell. */
  ck_assert_uint_le (seen.n_calls, 1);
  if (seen.n_calls > 0)
    ck_assert_int_eq (seen.code, OMPI_OBJ_ERROR_TRUNCATE);
  assert_succeeds (ompi_obj_request_wait (sending, NULL, &error), error);
}

/* What is not even passed to MPI is an error of the library's, and nobody else's. */
MPI_TEST (errors_of_the_library)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  gint data = 0;

  set_errhandler (copy, logging);
  ck_assert (!ompi_obj_comm_send (copy, OMPI_OBJ_DATA (&data, 1), 99, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Send: dest is 99");
  ck_assert_uint_eq (seen.n_calls, 0);
}

MPI_TEST (errors_of_raw_calls)
{
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  int data = 0;

  set_errhandler (copy, logging);
  ck_assert_int_ne (MPI_Send (&data, 1, MPI_INT, 99, 0, ompi_obj_comm_get_native (copy)), MPI_SUCCESS);
  ck_assert_uint_eq (seen.n_calls, 1);
  ck_assert_ptr_eq (seen.object, copy);
  ck_assert_int_eq (seen.code, OMPI_OBJ_ERROR_RANK);
}

MPI_TEST (new_communicators_take_it_over)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  g_autoptr (MpiGroup) group = ompi_obj_comm_get_group (comm, &error);
  g_autoptr (MpiRequest) request = NULL;
  MpiComm *made[6] = { NULL };
  gsize n_made = 0;

  assert_no_error (error);
  set_errhandler (copy, logging);
  made[n_made++] = ompi_obj_comm_dup (copy, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_dup_with_info (copy, NULL, &error);
  assert_no_error (error);
  request = ompi_obj_comm_idup (copy, &made[n_made++], &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  made[n_made++] = ompi_obj_comm_split (copy, 0, 0, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_create (copy, group, &error);
  assert_no_error (error);
  /* And so on. */
  made[n_made++] = ompi_obj_comm_dup (made[0], &error);
  assert_no_error (error);

  g_clear_object (&copy);
  for (gsize i = 0; i < n_made; i++)
    {
      assert_errhandler (made[i], logging);
      truncate_a_message (made[i]);
      ck_assert_uint_eq (seen.n_calls, i + 1);
      ck_assert_ptr_eq (seen.object, made[i]);
      g_object_unref (made[i]);
    }
}

MPI_TEST (fatal_is_taken_over_too)
{
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiComm) second = NULL;

  set_errhandler (copy, OMPI_OBJ_ERRORS_ARE_FATAL);
  second = comm_copy (copy);
  assert_errhandler (copy, OMPI_OBJ_ERRORS_ARE_FATAL);
  assert_errhandler (second, OMPI_OBJ_ERRORS_ARE_FATAL);
}

MPI_TEST (another_takes_its_place)
{
  g_auto (Log) first = LOG_INIT;
  g_auto (Log) second = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  MpiErrhandler *logging = ompi_obj_errhandler_new (log_error, &first, log_destroy);

  set_errhandler (copy, logging);
  g_object_unref (logging);
  ck_assert_uint_eq (first.n_destroyed, 0);
  truncate_a_message (copy);

  logging = ompi_obj_errhandler_new (log_error, &second, log_destroy);
  set_errhandler (copy, logging);
  ck_assert_uint_eq (first.n_destroyed, 1);
  truncate_a_message (copy);
  ck_assert_uint_eq (first.n_calls, 1);
  ck_assert_uint_eq (second.n_calls, 1);

  set_errhandler (copy, OMPI_OBJ_ERRORS_RETURN);
  assert_errhandler (copy, OMPI_OBJ_ERRORS_RETURN);
  truncate_a_message (copy);
  ck_assert_uint_eq (second.n_calls, 1);
  ck_assert_uint_eq (second.n_destroyed, 0);
  g_object_unref (logging);
  ck_assert_uint_eq (second.n_destroyed, 1);
}

/* Its data lives as long as any communicator that it was set on. */
MPI_TEST (life)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  MpiComm *first = comm_copy (comm);
  g_autoptr (MpiComm) second = comm_copy (comm);
  MpiErrhandler *logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);

  set_errhandler (first, logging);
  set_errhandler (second, logging);
  assert_succeeds (ompi_obj_errhandler_free (logging, &error), error);
  ck_assert (!ompi_obj_errhandler_free (logging, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Errhandler_free: the error handler was freed");
  ck_assert (!ompi_obj_comm_set_errhandler (comm, logging, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Comm_set_errhandler: the error handler was freed");
  g_object_unref (logging);

  truncate_a_message (first);
  ck_assert_uint_eq (seen.n_calls, 1);
  g_object_unref (first);
  ck_assert_uint_eq (seen.n_destroyed, 0);
  truncate_a_message (second);
  ck_assert_uint_eq (seen.n_calls, 2);
  assert_succeeds (ompi_obj_comm_free (second, &error), error);
  ck_assert_uint_eq (seen.n_destroyed, 1);
}

MPI_TEST (predefined)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = comm_copy (comm);

  ck_assert_ptr_eq (OMPI_OBJ_ERRORS_RETURN, OMPI_OBJ_ERRORS_RETURN);
  ck_assert (ompi_obj_errhandler_get_native (OMPI_OBJ_ERRORS_RETURN) == MPI_ERRORS_RETURN);
  ck_assert (ompi_obj_errhandler_get_native (OMPI_OBJ_ERRORS_ARE_FATAL) == MPI_ERRORS_ARE_FATAL);
  assert_errhandler (copy, OMPI_OBJ_ERRORS_RETURN);
  set_errhandler (copy, OMPI_OBJ_ERRORS_ARE_FATAL);
  assert_errhandler (copy, OMPI_OBJ_ERRORS_ARE_FATAL);
  if (ompi_obj_errhandler_get_native (OMPI_OBJ_ERRORS_ABORT) != MPI_ERRHANDLER_NULL)
    {
      set_errhandler (copy, OMPI_OBJ_ERRORS_ABORT);
      assert_errhandler (copy, OMPI_OBJ_ERRORS_ABORT);
    }
  else
    {
      ck_assert (!ompi_obj_comm_set_errhandler (copy, OMPI_OBJ_ERRORS_ABORT, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "OMPI_OBJ_ERRORS_ARE_FATAL");
      assert_errhandler (copy, OMPI_OBJ_ERRORS_ARE_FATAL);
    }
  set_errhandler (copy, OMPI_OBJ_ERRORS_RETURN);
  ck_assert (!ompi_obj_errhandler_free (OMPI_OBJ_ERRORS_RETURN, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Errhandler_free: the error handler is predefined");
  assert_errhandler (comm, OMPI_OBJ_ERRORS_RETURN);
}

MPI_TEST (calling_it)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  gint mpi_class;

  assert_succeeds (ompi_obj_comm_call_errhandler (copy, MPI_ERR_TAG, &error), error);
  set_errhandler (copy, logging);
  assert_succeeds (ompi_obj_comm_call_errhandler (copy, MPI_ERR_TAG, &error), error);
  ck_assert_uint_eq (seen.n_calls, 1);
  ck_assert_int_eq (seen.code, OMPI_OBJ_ERROR_TAG);

  mpi_class = ompi_obj_error_add_class (&error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_error_add_string (mpi_class, "the sky fell", &error), error);
  assert_succeeds (ompi_obj_comm_call_errhandler (copy, mpi_class, &error), error);
  ck_assert_uint_eq (seen.n_calls, 2);
  ck_assert_int_eq (seen.code, OMPI_OBJ_ERROR_OTHER);
  ck_assert_ptr_nonnull (strstr (seen.message, "the sky fell"));

  ck_assert (!ompi_obj_comm_call_errhandler (copy, 0x7ffffff, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_call_errhandler: mpi_code is 134217727");
  ck_assert (!ompi_obj_comm_call_errhandler (copy, MPI_SUCCESS, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_call_errhandler: mpi_code is 0");
  ck_assert_uint_eq (seen.n_calls, 2);
}

MPI_TEST (the_object_is_the_one_that_stands_for_it)
{
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiComm) own = g_object_new (OWN_TYPE_COMM, "wraps", copy, NULL);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);

  set_errhandler (own, logging);
  truncate_a_message (copy);
  ck_assert_ptr_eq (seen.object, own);

  /* Nobody stands for it but another object of the same communicator. */
  g_clear_object (&own);
  truncate_a_message (copy);
  ck_assert_uint_eq (seen.n_calls, 2);
  ck_assert (seen.native == ompi_obj_comm_get_native (copy));
}

MPI_TEST (borrowed)
{
  g_autoptr (GError) error = NULL;
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
  MPI_Comm native;
  MpiComm *borrowed;
  int data = 0;

  MPI_Comm_dup (ompi_obj_comm_get_native (comm), &native);
  borrowed = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  set_errhandler (borrowed, logging);
  g_object_unref (borrowed);

  /* The closure stays, as the handler of an object that lives on does. */
  ck_assert_int_ne (MPI_Send (&data, 1, MPI_INT, 99, 0, native), MPI_SUCCESS);
  ck_assert_uint_eq (seen.n_calls, 1);
  ck_assert (seen.native == native);
  borrowed = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  set_errhandler (borrowed, OMPI_OBJ_ERRORS_RETURN);
  g_object_unref (borrowed);
  ck_assert_int_ne (MPI_Send (&data, 1, MPI_INT, 99, 0, native), MPI_SUCCESS);
  ck_assert_uint_eq (seen.n_calls, 1);
  MPI_Comm_free (&native);
}

static guint n_native_calls;

static void
native_handler (G_GNUC_UNUSED MPI_Comm *comm, G_GNUC_UNUSED int *code, ...)
{
  n_native_calls++;
}

MPI_TEST (native)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) handler = NULL;
  g_autoptr (MpiErrhandler) found = NULL;
  g_autoptr (MpiErrhandler) nothing = NULL;
  MpiErrhandler *borrowed;
  MPI_Errhandler native;

  n_native_calls = 0;
  MPI_Comm_create_errhandler (native_handler, &native);
  borrowed = ompi_obj_errhandler_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  ck_assert (!ompi_obj_errhandler_free (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "borrowed");
  g_object_unref (borrowed);

  handler = ompi_obj_errhandler_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert (ompi_obj_errhandler_get_native (handler) == native);
  set_errhandler (copy, handler);
  truncate_a_message (copy);
  ck_assert_uint_eq (n_native_calls, 1);
  found = ompi_obj_comm_get_errhandler (copy, &error);
  assert_no_error (error);
  ck_assert (ompi_obj_errhandler_get_native (found) == native);
  assert_succeeds (ompi_obj_errhandler_free (handler, &error), error);
  ck_assert (ompi_obj_errhandler_get_native (handler) == MPI_ERRHANDLER_NULL);
  truncate_a_message (copy);
  ck_assert_uint_eq (n_native_calls, 2);

  nothing = ompi_obj_errhandler_new_for_native (MPI_ERRHANDLER_NULL, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert (!ompi_obj_comm_set_errhandler (copy, nothing, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_ERRHANDLER_NULL");
}

MPI_TEST (set_by_raw_mpi)
{
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);

  set_errhandler (copy, logging);
  MPI_Comm_set_errhandler (ompi_obj_comm_get_native (copy), MPI_ERRORS_RETURN);
  assert_errhandler (copy, OMPI_OBJ_ERRORS_RETURN);
  truncate_a_message (copy);
  ck_assert_uint_eq (seen.n_calls, 0);
}

MPI_TEST (on_the_world)
{
  g_auto (Log) seen = LOG_INIT;
  g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);

  set_errhandler (ompi_obj_comm_world (), logging);
  truncate_a_message (ompi_obj_comm_world ());
  ck_assert_uint_eq (seen.n_calls, 1);
  ck_assert_ptr_eq (seen.object, ompi_obj_comm_world ());
  set_errhandler (ompi_obj_comm_world (), OMPI_OBJ_ERRORS_RETURN);
  truncate_a_message (ompi_obj_comm_world ());
  ck_assert_uint_eq (seen.n_calls, 1);
}

MPI_TEST (freed_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = comm_copy (comm);

  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert (!ompi_obj_comm_set_errhandler (copy, OMPI_OBJ_ERRORS_RETURN, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_set_errhandler: the communicator was freed");
  ck_assert_ptr_null (ompi_obj_comm_get_errhandler (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_errhandler: the communicator was freed");
  ck_assert (!ompi_obj_comm_call_errhandler (copy, MPI_ERR_TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_call_errhandler: the communicator was freed");
}

/* MPI has room for some thousands of handlers only, so a leak would be an error here. */
MPI_TEST (last_reference_frees)
{
  g_auto (Log) seen = LOG_INIT;

  for (gint i = 0; i < 3000; i++)
    {
      g_autoptr (MpiErrhandler) logging = ompi_obj_errhandler_new (log_error, &seen, log_destroy);
      g_autoptr (MpiErrhandler) found = NULL;

      set_errhandler (comm, logging);
      found = ompi_obj_comm_get_errhandler (comm, NULL);
      ck_assert_ptr_eq (found, logging);
    }
  set_errhandler (comm, OMPI_OBJ_ERRORS_RETURN);
  ck_assert_uint_eq (seen.n_destroyed, 3000);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*func*");
  ck_assert_ptr_null (ompi_obj_errhandler_new (NULL, NULL, NULL));
  harness_expect_critical ("*which*");
  ck_assert_ptr_null (ompi_obj_errhandler_get_predefined ((MpiPredefinedErrhandler) 77));
  harness_expect_critical ("*errhandler*");
  ck_assert (!ompi_obj_comm_set_errhandler (comm, NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_comm_get_errhandler (NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_errhandler_free (NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "errhandler");
  harness_add (a_function_is_told, HARNESS_INTRA);
  harness_add (errors_of_requests, HARNESS_INTRA);
  harness_add (errors_of_the_library, HARNESS_INTRA);
  harness_add (errors_of_raw_calls, HARNESS_ALL);
  harness_add (new_communicators_take_it_over, HARNESS_INTRA);
  harness_add (fatal_is_taken_over_too, HARNESS_ALL);
  harness_add (another_takes_its_place, HARNESS_INTRA);
  harness_add (life, HARNESS_INTRA);
  harness_add (predefined, HARNESS_ALL);
  harness_add (calling_it, HARNESS_ALL);
  harness_add (the_object_is_the_one_that_stands_for_it, HARNESS_INTRA);
  harness_add (borrowed, HARNESS_INTRA);
  harness_add (native, HARNESS_INTRA);
  harness_add (set_by_raw_mpi, HARNESS_INTRA);
  harness_add (on_the_world, HARNESS_ONCE);
  harness_add (freed_communicator, HARNESS_INTRA);
  harness_add (last_reference_frees, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
