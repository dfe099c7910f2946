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

/* A contiguous datatype of three ints, in blocks at displacements. */
static MpiDatatype *
three_ints (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  const gint64 three = 3;
  const gint64 zero = 0;

  datatype = ompi_obj_datatype_new_hindexed (&three, &zero, 1, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  return g_steal_pointer (&datatype);
}

MPI_TEST (elements)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = three_ints ();
  MpiStatus status;

  send_to_self (20, 0, &status);
  ck_assert_int_eq (ompi_obj_status_get_count (&status, datatype, &error), OMPI_OBJ_UNDEFINED);
  ck_assert_int_eq (ompi_obj_status_get_elements (&status, datatype, &error), 5);
  ck_assert_int_eq (ompi_obj_status_get_elements (&status, OMPI_OBJ_INT, &error), 5);
  ck_assert_int_eq (ompi_obj_status_get_elements (&status, OMPI_OBJ_BYTE, &error), 20);
  assert_no_error (error);

  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_elements (&status, datatype, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Get_elements: the datatype was freed");
}

MPI_TEST (elements_are_set)
{
  static const gint64 counts[] = { 0, 1, 6, G_MAXINT, (gint64) 1 << 40 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = three_ints ();
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      assert_succeeds (ompi_obj_status_set_elements (status, OMPI_OBJ_DOUBLE, counts[i], &error), error);
      ck_assert_int_eq (ompi_obj_status_get_elements (status, OMPI_OBJ_DOUBLE, &error), counts[i]);
      ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_DOUBLE, &error), counts[i]);
      ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_BYTE, &error), counts[i] * 8);
      assert_no_error (error);
    }

  assert_succeeds (ompi_obj_status_set_elements (status, datatype, 6, &error), error);
  ck_assert_int_eq (ompi_obj_status_get_elements (status, datatype, &error), 6);
  ck_assert_int_eq (ompi_obj_status_get_count (status, datatype, &error), 2);
  assert_no_error (error);

  /* A part of an element is more than every MPI can set. */
  if (ompi_obj_status_set_elements (status, datatype, 7, &error))
    ck_assert_int_eq (ompi_obj_status_get_elements (status, datatype, &error), 7);
  else
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Status_set_elements: count is 7");
      ck_assert_int_eq (ompi_obj_status_get_elements (status, datatype, &error), 6);
    }
}

MPI_TEST (bad_elements)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = three_ints ();
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();

  assert_succeeds (ompi_obj_status_set_elements (status, OMPI_OBJ_INT, 3, &error), error);
  ck_assert (!ompi_obj_status_set_elements (status, OMPI_OBJ_INT, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Status_set_elements: count is -1");
  ck_assert (!ompi_obj_status_set_elements (status, OMPI_OBJ_INT, G_MAXINT64, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Status_set_elements: count is 9223372036854775807");
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  ck_assert (!ompi_obj_status_set_elements (status, datatype, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Status_set_elements: the datatype was freed");
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), 3);
}

MPI_TEST (source_tag_and_error_are_set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();
  MPI_Status native;

  assert_succeeds (ompi_obj_status_set_elements (status, OMPI_OBJ_INT, 5, &error), error);
  assert_succeeds (ompi_obj_status_set_source (status, 3, &error), error);
  assert_succeeds (ompi_obj_status_set_tag (status, 77, &error), error);
  ompi_obj_status_set_error (status, MPI_ERR_TRUNCATE);
  ck_assert_int_eq (ompi_obj_status_get_source (status), 3);
  ck_assert_int_eq (ompi_obj_status_get_tag (status), 77);
  ck_assert_int_eq (ompi_obj_status_get_error (status), MPI_ERR_TRUNCATE);
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), 5);
  ompi_obj_status_get_native (status, &native);
  ck_assert_int_eq (native.MPI_SOURCE, 3);
  ck_assert_int_eq (native.MPI_TAG, 77);
  ck_assert_int_eq (native.MPI_ERROR, MPI_ERR_TRUNCATE);
  ompi_obj_status_set_error (status, MPI_SUCCESS);
  ck_assert_int_eq (ompi_obj_status_get_error (status), 0);

  assert_succeeds (ompi_obj_status_set_source (status, OMPI_OBJ_PROC_NULL, &error), error);
  assert_succeeds (ompi_obj_status_set_tag (status, OMPI_OBJ_ANY_TAG, &error), error);
  ompi_obj_status_get_native (status, &native);
  ck_assert_int_eq (native.MPI_SOURCE, MPI_PROC_NULL);
  ck_assert_int_eq (native.MPI_TAG, MPI_ANY_TAG);
  assert_succeeds (ompi_obj_status_set_source (status, OMPI_OBJ_ANY_SOURCE, &error), error);
  ompi_obj_status_get_native (status, &native);
  ck_assert_int_eq (native.MPI_SOURCE, MPI_ANY_SOURCE);
  ck_assert_int_eq (ompi_obj_status_get_source (status), OMPI_OBJ_ANY_SOURCE);

  ck_assert (!ompi_obj_status_set_source (status, -77, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "ompi_obj_status_set_source: source is -77");
  ck_assert (!ompi_obj_status_set_tag (status, -78, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "ompi_obj_status_set_tag: tag is -78");
  ck_assert_int_eq (ompi_obj_status_get_source (status), OMPI_OBJ_ANY_SOURCE);
  ck_assert_int_eq (ompi_obj_status_get_tag (status), OMPI_OBJ_ANY_TAG);
}

MPI_TEST (cancelled)
{
  g_autoptr (GError) error = NULL;
  MpiStatus status;

  send_to_self (12, 4, &status);
  ck_assert (!ompi_obj_status_is_cancelled (&status));
  assert_succeeds (ompi_obj_status_set_cancelled (&status, TRUE, &error), error);
  ck_assert (ompi_obj_status_is_cancelled (&status));
  assert_succeeds (ompi_obj_status_set_cancelled (&status, FALSE, &error), error);
  ck_assert (!ompi_obj_status_is_cancelled (&status));
  ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error), 12);
}

MPI_TEST (wrong_calls_on_no_status)
{
  harness_expect_critical ("*self != NULL*");
  ck_assert_int_eq (ompi_obj_status_get_elements (NULL, OMPI_OBJ_INT, NULL), -1);
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_status_set_elements (NULL, OMPI_OBJ_INT, 1, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert_int_eq (ompi_obj_status_get_error (NULL), 0);
  harness_expect_critical ("*self != NULL*");
  ompi_obj_status_set_error (NULL, 0);
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_status_set_source (NULL, 0, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_status_set_tag (NULL, 0, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_status_is_cancelled (NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_status_set_cancelled (NULL, TRUE, NULL));
  harness_assert_criticals ();
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
  harness_add (elements, HARNESS_ONCE);
  harness_add (elements_are_set, HARNESS_ONCE);
  harness_add (bad_elements, HARNESS_ONCE);
  harness_add (source_tag_and_error_are_set, HARNESS_ONCE);
  harness_add (cancelled, HARNESS_ONCE);
  harness_add (wrong_calls_on_no_status, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
