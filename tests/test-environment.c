/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* MPI's life and surroundings. What comes after the end is in test-finalize.c. */

#include "harness.h"

/* What was so before anything initialized MPI. */
static struct
{
  gboolean initialized;
  gboolean finalized;
  gint version;
  gint subversion;
  gchar *library_version;
  gboolean initialized_by_constants;
} before;

MPI_TEST (questions_before_initialization)
{
  int version;
  int subversion;
  int length;
  gchar text[MPI_MAX_LIBRARY_VERSION_STRING + 1] = "";

  ck_assert (!before.initialized);
  ck_assert (!before.finalized);
  ck_assert_msg (!before.initialized_by_constants, "getting predefined objects initialized MPI");

  MPI_Get_version (&version, &subversion);
  ck_assert_int_eq (before.version, version);
  ck_assert_int_eq (before.subversion, subversion);
  MPI_Get_library_version (text, &length);
  ck_assert_str_eq (before.library_version, text);
}

MPI_TEST (first_use_initializes)
{
  int initialized;

  MPI_Initialized (&initialized);
  ck_assert_int_eq (initialized, 1);
  ck_assert (ompi_obj_is_initialized ());
  ck_assert (!ompi_obj_is_finalized ());
}

MPI_TEST (second_initialization_is_an_error)
{
  g_autoptr (GError) error = NULL;
  MpiThreadLevel provided = OMPI_OBJ_THREAD_LEVEL_SINGLE;

  ck_assert (!ompi_obj_init (&error));
  assert_error (error, OMPI_OBJ_ERROR_OTHER, "initialized");
  ck_assert (!ompi_obj_init_thread (OMPI_OBJ_THREAD_LEVEL_FUNNELED, &provided, &error));
  assert_error (error, OMPI_OBJ_ERROR_OTHER, "MPI_Init_thread");
  ck_assert (!ompi_obj_init (NULL));
  ck_assert (ompi_obj_is_initialized ());
}

MPI_TEST (initialization_checks_its_arguments)
{
  g_autoptr (GError) error = g_error_new_literal (OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "set before");

  harness_expect_critical ("*ompi_obj_init*error*");
  ck_assert (!ompi_obj_init (&error));
  harness_assert_criticals ();
  harness_expect_critical ("*ompi_obj_finalize*error*");
  ck_assert (!ompi_obj_finalize (&error));
  harness_assert_criticals ();
  ck_assert_str_eq (error->message, "set before");
}

MPI_TEST (thread_level)
{
  int level;

  MPI_Query_thread (&level);
  ck_assert_int_eq (level, MPI_THREAD_MULTIPLE);
  ck_assert_int_eq (ompi_obj_query_thread (), OMPI_OBJ_THREAD_LEVEL_MULTIPLE);
}

static gpointer
ask_thread_main (G_GNUC_UNUSED gpointer data)
{
  return GINT_TO_POINTER (ompi_obj_is_thread_main ());
}

MPI_TEST (main_thread)
{
  GThread *thread = g_thread_new ("other", ask_thread_main, NULL);

  ck_assert (ompi_obj_is_thread_main ());
  ck_assert (!GPOINTER_TO_INT (g_thread_join (thread)));
}

MPI_TEST (wall_clock)
{
  gdouble start = ompi_obj_wtime ();
  gdouble end;

  g_usleep (2000);
  end = ompi_obj_wtime ();
  ck_assert_msg (end - start >= 0.0015, "%g seconds passed while 2 milliseconds were slept", end - start);
  ck_assert_msg (end - start < 25, "%g seconds passed while 2 milliseconds were slept", end - start);
  ck_assert (ompi_obj_wtick () > 0);
  ck_assert (ompi_obj_wtick () < 1);
}

MPI_TEST (processor_name)
{
  g_autofree gchar *name = ompi_obj_get_processor_name ();
  gchar native[MPI_MAX_PROCESSOR_NAME + 1] = "";
  int length;

  MPI_Get_processor_name (native, &length);
  ck_assert_str_eq (name, native);
  ck_assert_uint_gt (strlen (name), 0);
}

MPI_TEST (standard_version)
{
  gint version = 0;
  gint subversion = -1;

  ompi_obj_get_version (&version, &subversion);
  ck_assert_int_ge (version, 3);
  ck_assert_int_ge (subversion, 0);
  ompi_obj_get_version (NULL, NULL);
  ompi_obj_get_version (&version, NULL);
  ompi_obj_get_version (NULL, &subversion);
}

MPI_TEST (library_version_check)
{
  ck_assert_ptr_null (ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION, OMPI_OBJ_MINOR_VERSION, OMPI_OBJ_MICRO_VERSION));
  ck_assert_ptr_null (ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION, 0, 0));
  ck_assert_ptr_nonnull (ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION + 1, 0, 0));
  ck_assert_ptr_nonnull (ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION - 1, 0, 0));
  ck_assert_ptr_nonnull (ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION, OMPI_OBJ_MINOR_VERSION + 1, 0));
  ck_assert_ptr_nonnull (
      ompi_obj_check_version (OMPI_OBJ_MAJOR_VERSION, OMPI_OBJ_MINOR_VERSION, OMPI_OBJ_MICRO_VERSION + 1));
}

static MpiFeature
feature_named (const gchar *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (OMPI_OBJ_TYPE_FEATURE);
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  ck_assert_msg (value != NULL, "there is no feature %s", nick);
  return (MpiFeature) value->value;
}

/* A feature is there or it is said what is missing, and the methods behave as is said. */
MPI_TEST (features)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (OMPI_OBJ_TYPE_FEATURE);
  g_autoptr (GError) error = NULL;
  gint n[] = { 0, 0 };
  MpiBuffer *one = OMPI_OBJ_DATA (n, 1);
  gint version = 0;

  ompi_obj_get_version (&version, NULL);
  for (guint i = 0; i < klass->n_values; i++)
    {
      const MpiFeature feature = (MpiFeature) klass->values[i].value;
      g_autofree gchar *missing = ompi_obj_check_feature (feature);

      ck_assert_int_eq (ompi_obj_has_feature (feature), missing == NULL);
      ck_assert (missing == NULL || strlen (missing) > 20);
    }
  ck_assert_int_eq (ompi_obj_has_feature (feature_named ("large-count")), version >= 4);
  ck_assert_int_eq (ompi_obj_has_feature (feature_named ("hw-split")), version >= 4);
  ck_assert (version >= 4 || !ompi_obj_has_feature (OMPI_OBJ_FEATURE_RESTART));

  for (guint i = 0; i < 2; i++)
    {
      const MpiFeature feature = i == 0 ? OMPI_OBJ_FEATURE_PERSISTENT_COLLECTIVE : OMPI_OBJ_FEATURE_PARTITIONED;
      g_autofree gchar *missing = ompi_obj_check_feature (feature);
      g_autoptr (MpiPrequest) request G_GNUC_UNUSED = i == 0
                                                          ? ompi_obj_comm_bcast_init (comm, one, 0, NULL, &error)
                                                          : ompi_obj_comm_psend_init (comm, one, 1, 0, 0, NULL, &error);

      if (missing == NULL)
        assert_no_error (error);
      else
        assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, missing);
    }
}

MPI_TEST (wrong_features_and_limits)
{
  harness_expect_critical ("*ompi_obj_check_feature*");
  ck_assert_ptr_null (ompi_obj_check_feature ((MpiFeature) 99));
  harness_assert_criticals ();
  harness_expect_critical ("*ompi_obj_has_feature*");
  ck_assert (!ompi_obj_has_feature ((MpiFeature) -1));
  harness_assert_criticals ();
  harness_expect_critical ("*ompi_obj_get_limit*");
  ck_assert_int_eq (ompi_obj_get_limit ((MpiLimit) 99), -1);
  harness_assert_criticals ();
}

MPI_TEST (limits)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (OMPI_OBJ_TYPE_LIMIT);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autofree gchar *name = g_strnfill ((gsize) ompi_obj_get_limit (OMPI_OBJ_LIMIT_OBJECT_NAME), 'x');
  g_autofree gchar *longer = g_strconcat (name, "x", NULL);

  for (guint i = 0; i < klass->n_values; i++)
    if (klass->values[i].value != OMPI_OBJ_LIMIT_STRING_TAG)
      ck_assert_int_ge (ompi_obj_get_limit ((MpiLimit) klass->values[i].value), 15);
  ck_assert_int_eq (ompi_obj_get_limit (OMPI_OBJ_LIMIT_TAG), ompi_obj_comm_get_tag_ub (comm, NULL));
  ck_assert_int_eq (ompi_obj_get_limit (OMPI_OBJ_LIMIT_COUNT),
                    ompi_obj_has_feature (OMPI_OBJ_FEATURE_LARGE_COUNT) ? G_MAXINT64 : G_MAXINT);
  ck_assert_int_eq (ompi_obj_get_limit (OMPI_OBJ_LIMIT_STRING_TAG) > 0,
                    ompi_obj_has_feature (OMPI_OBJ_FEATURE_SESSION));

  assert_succeeds (ompi_obj_comm_set_name (copy, name, &error), error);
  ck_assert (!ompi_obj_comm_set_name (copy, longer, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "limit");
}

MPI_TEST (profiling_control)
{
  ompi_obj_pcontrol (0);
  ompi_obj_pcontrol (1);
}

MPI_TEST (errors_are_returned)
{
  MPI_Errhandler handler;

  MPI_Comm_get_errhandler (ompi_obj_comm_get_native (comm), &handler);
  ck_assert_msg (handler == MPI_ERRORS_RETURN, "the error handler of the communicator is not MPI_ERRORS_RETURN");
}

int
main (int argc, char **argv)
{
  before.initialized = ompi_obj_is_initialized ();
  before.finalized = ompi_obj_is_finalized ();
  ompi_obj_get_version (&before.version, &before.subversion);
  before.library_version = ompi_obj_get_library_version ();
  g_assert (OMPI_OBJ_INT != NULL && OMPI_OBJ_SUM != NULL);
  before.initialized_by_constants = ompi_obj_is_initialized ();

  harness_init (argc, argv, "environment");
  harness_add (questions_before_initialization, HARNESS_ONCE);
  harness_add (first_use_initializes, HARNESS_ONCE);
  harness_add (second_initialization_is_an_error, HARNESS_ONCE);
  harness_add (initialization_checks_its_arguments, HARNESS_ONCE);
  harness_add (thread_level, HARNESS_ONCE);
  harness_add (main_thread, HARNESS_ONCE);
  harness_add (wall_clock, HARNESS_ONCE);
  harness_add (processor_name, HARNESS_ONCE);
  harness_add (standard_version, HARNESS_ONCE);
  harness_add (library_version_check, HARNESS_ONCE);
  harness_add (features, HARNESS_ONCE);
  harness_add (wrong_features_and_limits, HARNESS_ONCE);
  harness_add (limits, HARNESS_ONCE);
  harness_add (profiling_control, HARNESS_ONCE);
  harness_add (errors_are_returned, HARNESS_ALL);
  return harness_run ();
}
