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
  ck_assert_int_eq (ompi_obj_error_get_last_mpi_code (), ompi_obj_error_get_mpi_code (error));
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
  ck_assert_int_eq (ompi_obj_error_get_last_mpi_code (), MPI_ERR_RANK);
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

MPI_TEST (classes_and_codes_of_the_program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) made = NULL;
  g_autofree gchar *no_text = NULL;
  g_autofree gchar *text = NULL;
  gint mpi_class = ompi_obj_error_add_class (&error);
  gint mpi_code;

  assert_no_error (error);
  ck_assert_int_gt (mpi_class, 0);
  mpi_code = ompi_obj_error_add_code (mpi_class, &error);
  assert_no_error (error);
  ck_assert_int_ne (mpi_code, mpi_class);
  ck_assert_int_eq (ompi_obj_error_get_class (mpi_code, &error), mpi_class);
  ck_assert_int_eq (ompi_obj_error_get_class (mpi_class, &error), mpi_class);
  assert_no_error (error);

  no_text = ompi_obj_error_get_string (mpi_code, &error);
  assert_no_error (error);
  ck_assert_str_eq (no_text, "");
  assert_succeeds (ompi_obj_error_add_string (mpi_code, "the printer is on fire", &error), error);
  assert_succeeds (ompi_obj_error_add_string (mpi_code, "the printer is out of paper", &error), error);
  assert_succeeds (ompi_obj_error_add_string (mpi_class, "printers", &error), error);
  text = ompi_obj_error_get_string (mpi_code, &error);
  assert_no_error (error);
  ck_assert_str_eq (text, "the printer is out of paper");

  made = ompi_obj_error_new_for_native ("print_page", mpi_code);
  ck_assert_ptr_nonnull (made);
  ck_assert_int_eq (ompi_obj_error_get_mpi_code (made), mpi_code);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (made), mpi_class);
  assert_error (made, OMPI_OBJ_ERROR_OTHER, "print_page: the printer is out of paper");
}

/* MPICH has texts of its own for such codes. */
MPI_TEST (codes_of_a_class_of_mpi)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) made = NULL;
  gint mpi_code = ompi_obj_error_add_code (MPI_ERR_TRUNCATE, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_error_add_string (mpi_code, "a page is cut off", &error), error);
  ck_assert_int_eq (ompi_obj_error_get_class (mpi_code, &error), MPI_ERR_TRUNCATE);
  made = ompi_obj_error_new_for_native ("print_page", mpi_code);
  ck_assert_ptr_nonnull (made);
  ck_assert_int_eq (ompi_obj_error_get_mpi_class (made), MPI_ERR_TRUNCATE);
  assert_error (made, OMPI_OBJ_ERROR_TRUNCATE, "print_page: a page is cut off");
}

MPI_TEST (texts_and_classes_of_mpi)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) made = make_mpi_error ();
  g_autofree gchar *of_class = NULL;
  g_autofree gchar *of_code = NULL;
  g_autofree gchar *message = NULL;
  gint mpi_code = ompi_obj_error_get_mpi_code (made);

  of_class = ompi_obj_error_get_string (MPI_ERR_RANK, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (strstr (of_class, "rank"));
  ck_assert_int_eq (ompi_obj_error_get_class (MPI_ERR_RANK, &error), MPI_ERR_RANK);
  ck_assert_int_eq (ompi_obj_error_get_class (MPI_SUCCESS, &error), MPI_SUCCESS);

  ck_assert_int_eq (ompi_obj_error_get_class (mpi_code, &error), MPI_ERR_TRUNCATE);
  assert_no_error (error);
  of_code = ompi_obj_error_get_string (mpi_code, &error);
  assert_no_error (error);
  message = g_strconcat ("MPI_Recv: ", of_code, NULL);
  ck_assert_str_eq (made->message, message);
}

MPI_TEST (bad_classes_codes_and_texts)
{
  static const gint unknown[] = { -7, 987654, G_MAXINT, G_MININT };
  g_autoptr (GError) error = NULL;
  g_autofree gchar *longest = g_strnfill (MPI_MAX_ERROR_STRING - 1, 'x');
  g_autofree gchar *too_long = g_strnfill (MPI_MAX_ERROR_STRING, 'x');
  g_autofree gchar *back = NULL;
  gint mpi_class = ompi_obj_error_add_class (&error);
  gint mpi_code = ompi_obj_error_add_code (mpi_class, &error);

  assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autofree gchar *number = g_strdup_printf ("is %d, which", unknown[i]);

      ck_assert_int_eq (ompi_obj_error_add_code (unknown[i], &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_ARG, number);
      ck_assert (!ompi_obj_error_add_string (unknown[i], "x", &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, number);
      ck_assert_int_eq (ompi_obj_error_get_class (unknown[i], &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_ARG, number);
      ck_assert_ptr_null (ompi_obj_error_get_string (unknown[i], &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, number);
    }
  ck_assert_int_eq (ompi_obj_error_add_code (mpi_code, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_code: mpi_class is ");
  ck_assert_int_eq (ompi_obj_error_add_code (MPI_SUCCESS, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_code: mpi_class is 0");
  ck_assert (!ompi_obj_error_add_string (MPI_ERR_RANK, "mine", &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_string: mpi_code is ");

  assert_succeeds (ompi_obj_error_add_string (mpi_code, longest, &error), error);
  ck_assert (!ompi_obj_error_add_string (mpi_code, too_long, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_string: the text 'xxx");
  ck_assert (!ompi_obj_error_add_string (mpi_code, "\xff", &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "not valid UTF-8");
  back = ompi_obj_error_get_string (mpi_code, &error);
  assert_no_error (error);
  ck_assert_str_eq (back, longest);
}

MPI_TEST (removed_classes_codes_and_texts)
{
  g_autoptr (GError) error = NULL;
  gint mpi_class = ompi_obj_error_add_class (&error);
  gint mpi_code = ompi_obj_error_add_code (mpi_class, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_error_add_string (mpi_code, "text", &error), error);
  if (ompi_obj_error_remove_string (mpi_code, &error))
    {
      assert_succeeds (ompi_obj_error_add_string (mpi_code, "text", &error), error);
      ck_assert (!ompi_obj_error_remove_class (mpi_class, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "still has 1 codes");
      ck_assert (!ompi_obj_error_remove_code (mpi_code, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "still has a text");
      ck_assert (!ompi_obj_error_remove_class (MPI_ERR_RANK, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "was not added");
      assert_succeeds (ompi_obj_error_remove_string (mpi_code, &error), error);
      assert_succeeds (ompi_obj_error_remove_code (mpi_code, &error), error);
      assert_succeeds (ompi_obj_error_remove_class (mpi_class, &error), error);
      ck_assert_int_eq (ompi_obj_error_get_class (mpi_code, &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Error_class: mpi_code is ");
    }
  else
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Remove_error_string: this MPI is older than 4.1");
      ck_assert (!ompi_obj_error_remove_code (mpi_code, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Remove_error_code: ");
      ck_assert (!ompi_obj_error_remove_class (mpi_class, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Remove_error_class: ");
      ck_assert_int_eq (ompi_obj_error_get_class (mpi_code, &error), mpi_class);
    }
}

MPI_TEST (wrong_calls_on_codes)
{
  harness_expect_critical ("*text != NULL*");
  ck_assert (!ompi_obj_error_add_string (1, NULL, NULL));
  harness_expect_critical ("*function != NULL*");
  ck_assert_ptr_null (ompi_obj_error_new_for_native (NULL, MPI_ERR_RANK));
  harness_expect_critical ("*native != MPI_SUCCESS*");
  ck_assert_ptr_null (ompi_obj_error_new_for_native ("MPI_Send", MPI_SUCCESS));
  harness_assert_criticals ();
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
  harness_add (classes_and_codes_of_the_program, HARNESS_ONCE);
  harness_add (codes_of_a_class_of_mpi, HARNESS_ONCE);
  harness_add (texts_and_classes_of_mpi, HARNESS_ONCE);
  harness_add (bad_classes_codes_and_texts, HARNESS_ONCE);
  harness_add (removed_classes_codes_and_texts, HARNESS_ONCE);
  harness_add (wrong_calls_on_codes, HARNESS_ONCE);
  return harness_run ();
}
