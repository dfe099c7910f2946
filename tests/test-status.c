/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a status tells. */

#include "harness.h"

/* Sends @n_bytes bytes to self with @tag and receives them. */
static void
send_to_self (gsize n_bytes, gint tag, MpiStatus *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *sent = g_malloc0 (n_bytes + 1);
  g_autofree guint8 *received = g_malloc0 (n_bytes + 1);

  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (),
                                           OMPI_OBJ_BUFFER (sent, (gint64) n_bytes, OMPI_OBJ_BYTE), 0, tag,
                                           OMPI_OBJ_BUFFER (received, (gint64) n_bytes, OMPI_OBJ_BYTE),
                                           OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, status, &error),
                   error);
}

MPI_TEST (source_and_tag)
{
  MpiStatus status;

  send_to_self (4, 1234, &status);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), 0);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 1234);
}

MPI_TEST (count_in_elements)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  send_to_self (24, 0, &status);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error), 24);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT16_T, &error), 12);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT32_T, &error), 6);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_DOUBLE, &error), 3);
  assert_no_error (error);
}

MPI_TEST (count_of_no_whole_number)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  send_to_self (6, 0, &status);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT32_T, &error), OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT16_T, &error), 3);
  assert_no_error (error);
}

MPI_TEST (count_of_an_empty_message)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  send_to_self (0, 0, &status);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_DOUBLE, &error), 0);
  assert_no_error (error);
}

MPI_TEST (message_from_nobody)
{
  g_autoptr (GError) error = NULL;
  gint data = 42;
  MpiStatus status;

  assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_PROC_NULL, 3, &status, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), OMPI_OBJ_ANY_TAG);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, &error), 0);
  assert_no_error (error);
  ck_assert_int_eq (data, 42);
}

MPI_TEST (copies)
{
  g_autoptr (MpiStatus) copy = NULL;
  g_autoptr (MpiStatus) fresh = ompi_obj_status_new ();
  MpiStatus *boxed;
  MpiStatus status;

  ck_assert_ptr_nonnull (fresh);
  send_to_self (8, 55, &status);
  copy = ompi_obj_status_copy (&status);
  boxed = g_boxed_copy (OMPI_OBJ_TYPE_STATUS, &status);
  send_to_self (4, 66, &status);

  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 66);
  ck_assert_int_eq (ompi_obj_status_get_tag (copy), 55);
  ck_assert_int_eq (ompi_obj_status_get_tag (boxed), 55);
  ck_assert_int_eq (ompi_obj_status_get_count (copy, OMPI_OBJ_BYTE, NULL), 8);
  ck_assert_int_eq (ompi_obj_status_get_count (boxed, OMPI_OBJ_BYTE, NULL), 8);
  g_boxed_free (OMPI_OBJ_TYPE_STATUS, boxed);
}

MPI_TEST (native_status)
{
  MPI_Status native;
  MPI_Status back;
  MpiStatus status;
  int data = 3;
  int received = 0;
  int count = 0;

  MPI_Sendrecv (&data, 1, MPI_INT, 0, 9, &received, 1, MPI_INT, 0, 9, MPI_COMM_SELF, &native);
  ompi_obj_status_set_native (&status, &native);
  ck_assert_int_eq (ompi_obj_status_get_source (&status), 0);
  ck_assert_int_eq (ompi_obj_status_get_tag (&status), 9);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_INT, NULL), 1);

  ompi_obj_status_get_native (&status, &back);
  ck_assert_int_eq (back.MPI_SOURCE, native.MPI_SOURCE);
  ck_assert_int_eq (back.MPI_TAG, native.MPI_TAG);
  MPI_Get_count (&back, MPI_INT, &count);
  ck_assert_int_eq (count, 1);
}

MPI_TEST (freed_datatype)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;
  MpiStatus status;

  send_to_self (4, 0, &status);
  datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, datatype, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Get_count: the datatype was freed");
}

MPI_TEST (programmer_errors)
{
  MpiStatus status;

  send_to_self (4, 0, &status);
  harness_expect_critical ("*self != NULL*");
  ompi_obj_status_get_source (NULL);
  harness_expect_critical ("*self != NULL*");
  ompi_obj_status_get_tag (NULL);
  harness_expect_critical ("*self != NULL*");
  ck_assert_int_eq (ompi_obj_status_get_count (NULL, OMPI_OBJ_INT, NULL), -1);
  harness_expect_critical ("*datatype*");
  ck_assert_int_eq (ompi_obj_status_get_count (&status, NULL, NULL), -1);
  harness_expect_critical ("*self != NULL*");
  ck_assert_ptr_null (ompi_obj_status_copy (NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "status");
  harness_add (source_and_tag, HARNESS_ONCE);
  harness_add (count_in_elements, HARNESS_ONCE);
  harness_add (count_of_no_whole_number, HARNESS_ONCE);
  harness_add (count_of_an_empty_message, HARNESS_ONCE);
  harness_add (message_from_nobody, HARNESS_ALL);
  harness_add (copies, HARNESS_ONCE);
  harness_add (native_status, HARNESS_ONCE);
  harness_add (freed_datatype, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
