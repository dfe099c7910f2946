/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sessions beside the world; test-sessions-only.sh has those without. */

#include "harness.h"

#if MPI_VERSION >= 4

static MpiSession *
session_begin (void)
{
  g_autoptr (GError) error = NULL;
  MpiSession *session = ompi_obj_session_new (NULL, NULL, &error);

  assert_no_error (error);
  return session;
}

static void
session_end (MpiSession *session)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_session_finalize (session, &error), error);
}

MPI_TEST (sets_of_processes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();
  const gint n_psets = ompi_obj_session_get_num_psets (session, &error);
  g_auto (GStrv) psets = NULL;

  assert_no_error (error);
  ck_assert_int_ge (n_psets, 2);
  psets = ompi_obj_session_get_psets (session, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_strv_length (psets), n_psets);
  ck_assert (g_strv_contains ((const gchar *const *) psets, "mpi://WORLD"));
  ck_assert (g_strv_contains ((const gchar *const *) psets, "mpi://SELF"));
  for (gint n = 0; n < n_psets; n++)
    {
      g_autofree gchar *name = ompi_obj_session_get_nth_pset (session, n, &error);

      assert_no_error (error);
      ck_assert_str_eq (name, psets[n]);
    }

  ck_assert_ptr_null (ompi_obj_session_get_nth_pset (session, n_psets, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Session_get_nth_pset: n is ");
  ck_assert_ptr_null (ompi_obj_session_get_nth_pset (session, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Session_get_nth_pset: n is -1");
  session_end (session);
}

MPI_TEST (infos)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();
  g_autoptr (MpiInfo) world = ompi_obj_session_get_pset_info (session, "mpi://WORLD", &error);
  g_autoptr (MpiInfo) own = NULL;
  g_autofree gchar *size = NULL;
  g_autofree gchar *expected = g_strdup_printf ("%d", harness_world_size ());

  assert_no_error (error);
  size = ompi_obj_info_get (world, "mpi_size", &error);
  assert_no_error (error);
  ck_assert_str_eq (size, expected);
  own = ompi_obj_session_get_info (session, &error);
  assert_no_error (error);
  ck_assert_int_ge (ompi_obj_info_get_nkeys (own, &error), 0);
  assert_no_error (error);

  ck_assert_ptr_null (ompi_obj_session_get_pset_info (session, "mpi://NOWHERE", &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Session_get_pset_info: there is no set of processes 'mpi://NOWHERE'");
  session_end (session);
}

MPI_TEST (hints)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiSession) session = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "thread_level", "MPI_THREAD_SINGLE", &error), error);
  session = ompi_obj_session_new (info, NULL, &error);
  assert_no_error (error);
  session_end (session);

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_session_new (info, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Session_init: the info was freed");
}

MPI_TEST (communicators_of_groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();
  g_autoptr (MpiGroup) everybody = ompi_obj_session_create_group (session, "mpi://WORLD", &error);
  g_autoptr (MpiGroup) alone = NULL;
  g_autoptr (MpiComm) all = NULL;
  g_autoptr (MpiComm) self = NULL;
  g_autoptr (MpiErrhandler) handler = NULL;

  assert_no_error (error);
  alone = ompi_obj_session_create_group (session, "mpi://SELF", &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (alone), 1);
  all = ompi_obj_intracomm_new_from_group (everybody, "all", NULL, NULL, &error);
  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_INTRACOMM (all));
  ck_assert_int_eq (ompi_obj_comm_get_size (all), harness_world_size ());
  ck_assert_int_eq (ompi_obj_comm_get_rank (all), harness_world_rank ());
  handler = ompi_obj_comm_get_errhandler (all, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (handler, OMPI_OBJ_ERRORS_RETURN);
  assert_succeeds (ompi_obj_comm_barrier (all, &error), error);

  self = ompi_obj_intracomm_new_from_group (alone, "self", NULL, OMPI_OBJ_ERRORS_ARE_FATAL, &error);
  assert_no_error (error);
  g_clear_object (&handler);
  handler = ompi_obj_comm_get_errhandler (self, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (handler, OMPI_OBJ_ERRORS_ARE_FATAL);
  assert_succeeds (ompi_obj_comm_free (all, &error), error);
  assert_succeeds (ompi_obj_comm_free (self, &error), error);
  session_end (session);
}

MPI_TEST (bad_groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();
  g_autoptr (MpiGroup) everybody = ompi_obj_session_create_group (session, "mpi://WORLD", &error);
  g_autoptr (MpiGroup) others = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiErrhandler) freed = ompi_obj_errhandler_new_for_native (MPI_ERRHANDLER_NULL, OMPI_OBJ_OWNERSHIP_OWNED);
  g_autofree gchar *long_tag = g_strnfill (MPI_MAX_STRINGTAG_LEN, 't');
  const gint rank = harness_world_rank ();

  assert_no_error (error);
  others = ompi_obj_group_excl (everybody, &rank, 1, &error);
  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_session_create_group (session, "mpi://NOWHERE", &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Group_from_session_pset: there is no set");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (others, "t", NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create_from_group: the calling process is not in the group");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (everybody, long_tag, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_create_from_group: tag has ");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (everybody, "t", NULL, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Comm_create_from_group: ");
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (everybody, "t", info, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Comm_create_from_group: the info was freed");

#if defined MPICH_NUMVERSION && MPICH_NUMVERSION < 40100000
  if (harness_world_size () > 1)
    {
      const gint backwards[] = { harness_world_size () - 1, 0, -1 };
      g_autoptr (MpiGroup) reversed = ompi_obj_group_range_incl (everybody, backwards, 3, &error);

      assert_no_error (error);
      ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (reversed, "t", NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "create_group");
    }
#endif

  assert_succeeds (ompi_obj_group_free (everybody, &error), error);
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (everybody, "t", NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create_from_group: the group was freed");
  session_end (session);
}

static guint n_told;
static gint told_code;
static GObject *told_object;

static void
on_error (GObject *object, const GError *error, G_GNUC_UNUSED gpointer user_data)
{
  n_told++;
  told_code = error->code;
  told_object = object;
}

static void
on_destroy (gpointer user_data)
{
  (*(guint *) user_data)++;
}

MPI_TEST (error_handlers)
{
  g_autoptr (GError) error = NULL;
  guint n_destroyed = 0;
  MpiErrhandler *telling = ompi_obj_errhandler_new (on_error, &n_destroyed, on_destroy);
  g_autoptr (MpiSession) session = ompi_obj_session_new (NULL, telling, &error);
  g_autoptr (MpiErrhandler) found = NULL;

  assert_no_error (error);
  n_told = 0;
  found = ompi_obj_session_get_errhandler (session, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (found, telling);
  g_clear_object (&found);
  assert_succeeds (ompi_obj_session_call_errhandler (session, MPI_ERR_TAG, &error), error);
  ck_assert_uint_eq (n_told, 1);
  ck_assert_int_eq (told_code, OMPI_OBJ_ERROR_TAG);
  ck_assert_ptr_eq (told_object, session);
  ck_assert (!ompi_obj_session_call_errhandler (session, 0x7ffffff, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Session_call_errhandler: mpi_code is 134217727");

  g_object_unref (telling);
  ck_assert_uint_eq (n_destroyed, 0);
  assert_succeeds (ompi_obj_session_set_errhandler (session, OMPI_OBJ_ERRORS_RETURN, &error), error);
  ck_assert_uint_eq (n_destroyed, 1);
  found = ompi_obj_session_get_errhandler (session, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (found, OMPI_OBJ_ERRORS_RETURN);
  assert_succeeds (ompi_obj_session_call_errhandler (session, MPI_ERR_TAG, &error), error);
  ck_assert_uint_eq (n_told, 1);
  session_end (session);
}

MPI_TEST (bad_error_handlers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();
  g_autoptr (MpiErrhandler) freed = ompi_obj_errhandler_new (on_error, NULL, NULL);

  assert_succeeds (ompi_obj_errhandler_free (freed, &error), error);
  ck_assert (!ompi_obj_session_set_errhandler (session, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Session_set_errhandler: the error handler was freed");
  ck_assert_ptr_null (ompi_obj_session_new (NULL, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Session_init: the error handler was freed");
  session_end (session);
}

MPI_TEST (finalized)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = session_begin ();

  session_end (session);
  ck_assert (ompi_obj_session_get_native (session) == MPI_SESSION_NULL);

#define ASSERT_FINALIZED(expression, function)                                              \
  do                                                                                        \
    {                                                                                       \
      ck_assert_msg (!(expression), "%s succeeded on a finalized session", #expression);    \
      assert_error (error, OMPI_OBJ_ERROR_SESSION, function ": the session was finalized"); \
    }                                                                                       \
  while (0)

  ASSERT_FINALIZED (ompi_obj_session_finalize (session, &error), "MPI_Session_finalize");
  ASSERT_FINALIZED (ompi_obj_session_get_num_psets (session, &error) != -1, "MPI_Session_get_num_psets");
  ASSERT_FINALIZED (ompi_obj_session_get_nth_pset (session, 0, &error), "MPI_Session_get_nth_pset");
  ASSERT_FINALIZED (ompi_obj_session_get_psets (session, &error), "MPI_Session_get_num_psets");
  ASSERT_FINALIZED (ompi_obj_session_get_info (session, &error), "MPI_Session_get_info");
  ASSERT_FINALIZED (ompi_obj_session_get_pset_info (session, "mpi://WORLD", &error), "MPI_Session_get_pset_info");
  ASSERT_FINALIZED (ompi_obj_session_create_group (session, "mpi://WORLD", &error), "MPI_Group_from_session_pset");
  ASSERT_FINALIZED (ompi_obj_session_set_errhandler (session, OMPI_OBJ_ERRORS_RETURN, &error),
                    "MPI_Session_set_errhandler");
  ASSERT_FINALIZED (ompi_obj_session_get_errhandler (session, &error), "MPI_Session_get_errhandler");
  ASSERT_FINALIZED (ompi_obj_session_call_errhandler (session, MPI_ERR_TAG, &error), "MPI_Session_call_errhandler");

  /* The world goes on. */
  assert_succeeds (ompi_obj_comm_barrier (ompi_obj_comm_world (), &error), error);
}

MPI_TEST (native)
{
  g_autoptr (GError) error = NULL;
  MPI_Session handle;
  MpiSession *borrowed;
  g_autoptr (MpiSession) owned = NULL;

  MPI_Session_init (MPI_INFO_NULL, MPI_ERRORS_RETURN, &handle);
  borrowed = ompi_obj_session_new_for_native (handle, OMPI_OBJ_OWNERSHIP_BORROWED);
  ck_assert (ompi_obj_session_get_native (borrowed) == handle);
  ck_assert_int_ge (ompi_obj_session_get_num_psets (borrowed, &error), 2);
  assert_no_error (error);
  ck_assert (!ompi_obj_session_finalize (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_finalize: the session is borrowed");
  g_object_unref (borrowed);

  owned = ompi_obj_session_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert_int_ge (ompi_obj_session_get_num_psets (owned, &error), 2);
  session_end (owned);
}

#else

/* An MPI without them says so, and what to use. */
MPI_TEST (unsupported)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) nothing = ompi_obj_session_new_for_native (NULL, OMPI_OBJ_OWNERSHIP_BORROWED);

  ck_assert_ptr_null (ompi_obj_session_new (NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Session_init: ");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (ompi_obj_group_empty (), "t", NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "create_group");

  ck_assert_ptr_null (ompi_obj_session_get_native (nothing));
  ck_assert (!ompi_obj_session_finalize (nothing, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_finalize: ");
  ck_assert_int_eq (ompi_obj_session_get_num_psets (nothing, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_num_psets: ");
  ck_assert_ptr_null (ompi_obj_session_get_nth_pset (nothing, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_nth_pset: ");
  ck_assert_ptr_null (ompi_obj_session_get_psets (nothing, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_num_psets: ");
  ck_assert_ptr_null (ompi_obj_session_get_info (nothing, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_info: ");
  ck_assert_ptr_null (ompi_obj_session_get_pset_info (nothing, "mpi://WORLD", &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_pset_info: ");
  ck_assert_ptr_null (ompi_obj_session_create_group (nothing, "mpi://WORLD", &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Group_from_session_pset: ");
  ck_assert (!ompi_obj_session_set_errhandler (nothing, OMPI_OBJ_ERRORS_RETURN, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_set_errhandler: ");
  ck_assert_ptr_null (ompi_obj_session_get_errhandler (nothing, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_get_errhandler: ");
  ck_assert (!ompi_obj_session_call_errhandler (nothing, MPI_ERR_TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_call_errhandler: ");
}

#endif

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_session_get_num_psets (NULL, &error), -1);
  harness_expect_critical ("*pset*");
  ck_assert_ptr_null (ompi_obj_session_create_group (NULL, NULL, &error));
  harness_expect_critical ("*group*");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (NULL, "t", NULL, NULL, &error));
  harness_expect_critical ("*tag*");
  ck_assert_ptr_null (ompi_obj_intracomm_new_from_group (ompi_obj_group_empty (), NULL, NULL, NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "session");
#if MPI_VERSION >= 4
  harness_add (sets_of_processes, HARNESS_ONCE);
  harness_add (infos, HARNESS_ONCE);
  harness_add (hints, HARNESS_ONCE);
  harness_add (communicators_of_groups, HARNESS_ONCE);
  harness_add (bad_groups, HARNESS_ONCE);
  harness_add (error_handlers, HARNESS_ONCE);
  harness_add (bad_error_handlers, HARNESS_ONCE);
  harness_add (finalized, HARNESS_ONCE);
  harness_add (native, HARNESS_ONCE);
#else
  harness_add (unsupported, HARNESS_ONCE);
#endif
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
