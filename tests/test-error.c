/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The error domain and what can be read back from an error. */

#include "harness.h"

/* An error that MPI itself finds, not the library: a message to self that is longer than the buffer. */
static GError *
make_mpi_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  gint32 sent[2] = { 1, 2 };
  gint32 received[1] = { 0 };

  request = ompi_obj_comm_isend (ompi_obj_comm_self (), OMPI_OBJ_DATA (sent, 2), 0, 7, NULL);
  ompi_obj_comm_recv (ompi_obj_comm_self (), OMPI_OBJ_DATA (received, 1), 0, 7, NULL, &error);
  ompi_obj_request_wait (request, NULL, NULL);
  return g_steal_pointer (&error);
}

MPI_TEST (domain)
{
  ck_assert_uint_ne (OMPI_OBJ_ERROR, 0);
  ck_assert (OMPI_OBJ_ERROR == ompi_obj_error_quark ());
  ck_assert_ptr_nonnull (strstr (g_quark_to_string (OMPI_OBJ_ERROR), "Error"));
}

MPI_TEST (code_and_class_of_mpi)
{
  g_autoptr (GError) error = make_mpi_error ();
  int mpi_class = -1;

  ck_assert_ptr_nonnull (error);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (error), MPI_ERR_TRUNCATE);
  MPI_Error_class (ompi_obj_error_get_mpi_code (error), &mpi_class);
  ck_assert_int_eq (mpi_class, MPI_ERR_TRUNCATE);
  assert_error (error, OMPI_OBJ_ERROR_TRUNCATE, "MPI_Recv: ");
}

MPI_TEST (message_has_the_text_of_mpi)
{
  g_autoptr (GError) error = make_mpi_error ();

  ck_assert_ptr_nonnull (error);
  ck_assert_msg (strstr (error->message, "runcate") != NULL, "no word on truncation: %s", error->message);
  ck_assert_msg (strchr (error->message, '\n') == NULL, "a line break: %s", error->message);
  ck_assert_msg (strstr (error->message, "_c:") == NULL, "a function that users do not know: %s", error->message);
  ck_assert (g_utf8_validate (error->message, -1, NULL));
}

MPI_TEST (code_and_class_of_the_library)
{
  g_autoptr (GError) error = NULL;
  gint data = 0;

  ck_assert (!ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_DATA (&data, 1), 99, 0, &error));
  ck_assert_ptr_nonnull (error);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (error), MPI_ERR_RANK);
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (error), MPI_ERR_RANK);
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Send: ");
}

MPI_TEST (errors_without_a_class)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "not MPI's");

  ck_assert_ptr_null (ompi_obj_variant_decode (bytes, &error));
  ck_assert_ptr_nonnull (error);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (error), MPI_SUCCESS);
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (error), MPI_SUCCESS);

  ck_assert_int_eq (ompi_obj_error_get_mpi_class (foreign), MPI_SUCCESS);
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (foreign), MPI_SUCCESS);
}

MPI_TEST (copies_and_prefixes_keep_the_code)
{
  g_autoptr (GError) error = make_mpi_error ();
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) propagated = NULL;
  gint code;

  ck_assert_ptr_nonnull (error);
  code = ompi_obj_error_get_mpi_code (error);
  copy = g_error_copy (error);
  g_propagate_prefixed_error (&propagated, g_steal_pointer (&error), "while testing: ");

  ck_assert_int_eq (ompi_obj_error_get_mpi_code (copy), code);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (copy), MPI_ERR_TRUNCATE);
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (propagated), code);
  ck_assert (g_str_has_prefix (propagated->message, "while testing: MPI_Recv: "));
}

MPI_TEST (null_is_a_programmer_error)
{
  harness_expect_critical ("*error != NULL*");
  harness_expect_critical ("*error != NULL*");
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (NULL), MPI_SUCCESS);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (NULL), MPI_SUCCESS);
  harness_assert_criticals ();
}

MPI_TEST (errors_can_be_ignored)
{
  gint data = 0;

  ck_assert (!ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_DATA (&data, 1), 99, 0, NULL));
  ck_assert (!ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_DATA (&data, 1), 0, -5, NULL));
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "error");
  harness_add (domain, HARNESS_ONCE);
  harness_add (code_and_class_of_mpi, HARNESS_ONCE);
  harness_add (message_has_the_text_of_mpi, HARNESS_ONCE);
  harness_add (code_and_class_of_the_library, HARNESS_ONCE);
  harness_add (errors_without_a_class, HARNESS_ONCE);
  harness_add (copies_and_prefixes_keep_the_code, HARNESS_ONCE);
  harness_add (null_is_a_programmer_error, HARNESS_ONCE);
  harness_add (errors_can_be_ignored, HARNESS_ONCE);
  return harness_run ();
}
