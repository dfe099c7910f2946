/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mpi.h>
#include <stdlib.h>
#include <unistd.h>

#include "environment-private.h"
#include "error-private.h"
#include "mpi-capabilities-private.h"
#include "object-pool-private.h"
#include "request-private.h"

MpiEnvironment ompi_obj_environment;

/* MPI guarantees the tags up to 32767. */
#define LEAST_TAG_LIMIT 32768u

static GMutex environment_lock; /* held while MPI is being initialized, so that two threads do not both do it */
static gboolean is_ending;      /* MPI is being finalized; it may not say so itself yet */
static gboolean has_world;      /* MPI is initialized in the way that gives MPI_COMM_WORLD */
static void (*world_end_func) (void);
static void (*end_funcs[8]) (void); /* what other topics do before MPI ends */
static pid_t initializing_pid;      /* the process that must finalize MPI; 0 if somebody else initialized it */

#ifdef HAVE_MPI_SESSION_INIT

/* The sessions that are under way. With the lock held, except for their number. */
static MPI_Session *sessions;
static guint n_sessions;
static gboolean session_has_ended; /* at least one */
static pid_t session_pid;          /* the process that finalizes those which are left when it exits */

static gboolean
environment_has_sessions (void)
{
  return __atomic_load_n (&n_sessions, __ATOMIC_SEQ_CST) > 0;
}

#else

static gboolean
environment_has_sessions (void)
{
  return FALSE;
}

#endif

static gboolean
environment_check_restart (const char *function, GError **error)
{
#ifdef HAVE_MPI_SESSION_INIT
  if ((session_has_ended || ompi_obj_is_finalized ()) && !environment_is_active ())
    return ompi_obj_require_feature (OMPI_OBJ_FEATURE_RESTART, function, error);
#else
  (void) function;
  (void) error;
#endif
  return TRUE;
}

/* While there are sessions MPI goes on, but without a world. */
static void
environment_end_world (void)
{
  __atomic_store_n (&is_ending, TRUE, __ATOMIC_SEQ_CST);
  __atomic_store_n (&has_world, FALSE, __ATOMIC_SEQ_CST);
  if (!environment_has_sessions ())
    __atomic_store_n (&ompi_obj_environment.tag_limit, 0, __ATOMIC_SEQ_CST);
  else if (world_end_func != NULL)
    world_end_func ();
}

void
ompi_obj_environment_add_end_func (void (*func) (void))
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  for (gsize i = 0; i < G_N_ELEMENTS (end_funcs); i++)
    {
      if (end_funcs[i] == func)
        return;
      if (end_funcs[i] == NULL)
        {
          __atomic_store_n (&end_funcs[i], func, __ATOMIC_RELEASE);
          return;
        }
    }
  g_return_if_reached ();
}

static void
environment_call_end_funcs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (end_funcs); i++)
    {
      void (*func) (void) = __atomic_load_n (&end_funcs[i], __ATOMIC_ACQUIRE);

      if (func != NULL)
        func ();
    }
}

/*
 * MPI_Finalize deletes the attributes of MPI_COMM_SELF before it does anything else (MPI-4.0,
 * section 11.2.4), so this runs first whoever finalizes MPI.
 */
static int
on_finalize (MPI_Comm comm G_GNUC_UNUSED, int keyval G_GNUC_UNUSED, void *value G_GNUC_UNUSED, void *data G_GNUC_UNUSED)
{
  environment_call_end_funcs ();
  ompi_obj_request_finish_dropped ();
  ompi_obj_object_pool_clear ();
  environment_end_world ();
  return MPI_SUCCESS;
}

/*
 * MPICH takes no locks any more from the beginning of MPI_Finalize on: a thread of the library's that is in a call then
 * would leave one locked, which ends the program. So such threads end before; on_finalize() is for those who call
 * MPI_Finalize themselves.
 */
static int
environment_finalize (void)
{
  environment_call_end_funcs ();
  return MPI_Finalize ();
}

/*
 * Finalizes MPI when the program exits, if the library initialized it. A rank that exits with a
 * failure would leave the others waiting in their MPI_Finalize, so it ends the job. A forked child
 * has no MPI of its own to end.
 */
static void
on_process_exit (int status, void *data G_GNUC_UNUSED)
{
  if (getpid () != initializing_pid || ompi_obj_is_finalized ())
    return;
  if (status != EXIT_SUCCESS)
    MPI_Abort (MPI_COMM_WORLD, status);
  else
    environment_finalize ();
}

/* MPICH exits from inside MPI_Abort if there is one rank only, and must not be called again then. */
void
ompi_obj_environment_abort (MPI_Comm comm, int status)
{
  initializing_pid = 0;
  MPI_Abort (comm, status);
}

#ifndef HAVE_ON_EXIT
static void
on_process_exit_without_status (void)
{
  on_process_exit (EXIT_SUCCESS, NULL);
}
#endif

static void
environment_finalize_at_exit (void)
{
  initializing_pid = getpid ();
#ifdef HAVE_ON_EXIT
  on_exit (on_process_exit, NULL);
#else
  atexit (on_process_exit_without_status);
#endif
}

/* Prepares an initialized MPI for the library: errors are returned, and we learn when it is finalized. */
static gboolean
environment_attach (GError **error)
{
  int keyval = MPI_KEYVAL_INVALID;
  int *max_tag = NULL;
  int found = FALSE;

  ompi_obj_prepare_mpi (TRUE);
  if (!CHECK_MPI (error, MPI_Comm_set_errhandler, MPI_COMM_WORLD, MPI_ERRORS_RETURN)
      || !CHECK_MPI (error, MPI_Comm_set_errhandler, MPI_COMM_SELF, MPI_ERRORS_RETURN)
      || !CHECK_MPI (error, MPI_Comm_get_attr, MPI_COMM_WORLD, MPI_TAG_UB, &max_tag, &found)
      || !CHECK_MPI (error, MPI_Comm_create_keyval, MPI_COMM_NULL_COPY_FN, on_finalize, &keyval, NULL)
      || !CHECK_MPI (error, MPI_Comm_set_attr, MPI_COMM_SELF, keyval, NULL)
      || !CHECK_MPI (error, MPI_Comm_free_keyval, &keyval))
    return FALSE;

  __atomic_store_n (&ompi_obj_environment.tag_limit, found ? (guint) *max_tag + 1 : LEAST_TAG_LIMIT, __ATOMIC_SEQ_CST);
  __atomic_store_n (&has_world, TRUE, __ATOMIC_SEQ_CST);
  return TRUE;
}

static gboolean
environment_initialize (MpiThreadLevel required, GError **error)
{
  static const int levels[] = { MPI_THREAD_SINGLE, MPI_THREAD_FUNNELED, MPI_THREAD_SERIALIZED, MPI_THREAD_MULTIPLE };
  int provided = MPI_THREAD_SINGLE;

  ompi_obj_prepare_mpi (FALSE);
  if (!CHECK_MPI (error, MPI_Init_thread, NULL, NULL, levels[required], &provided))
    return FALSE;
  environment_finalize_at_exit ();
  return environment_attach (error);
}

/* With the lock held. */
static gboolean
environment_ensure_world_locked (const char *function, GError **error)
{
  if (ompi_obj_environment_has_world ())
    return TRUE;
  if (ompi_obj_is_finalized () || __atomic_load_n (&is_ending, __ATOMIC_SEQ_CST))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, function, "MPI has been finalized");
      return FALSE;
    }
  if (ompi_obj_is_initialized ())
    return environment_attach (error);
  return environment_check_restart (function, error) && environment_initialize (OMPI_OBJ_THREAD_LEVEL_MULTIPLE, error);
}

gboolean
ompi_obj_environment_ensure_slow (const char *function, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  return environment_is_active () || environment_ensure_world_locked (function, error);
}

gboolean
ompi_obj_environment_has_world (void)
{
  return __atomic_load_n (&has_world, __ATOMIC_SEQ_CST);
}

gboolean
ompi_obj_environment_ensure_world (const char *function, void (*on_end) (void), GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  if (on_end != NULL)
    world_end_func = on_end;
  return environment_ensure_world_locked (function, error);
}

#ifdef HAVE_MPI_SESSION_INIT

/* Sessions that the program forgot would make the launcher believe that it crashed; if it failed, that is right. */
static void
on_process_exit_with_sessions (int status, void *data G_GNUC_UNUSED)
{
  if (getpid () != session_pid || status != EXIT_SUCCESS)
    return;
  environment_call_end_funcs ();
  for (guint i = 0; i < n_sessions; i++)
    MPI_Session_finalize (&sessions[i]);
  n_sessions = 0;
}

#ifndef HAVE_ON_EXIT
static void
on_process_exit_with_sessions_without_status (void)
{
  on_process_exit_with_sessions (EXIT_SUCCESS, NULL);
}
#endif

/* With the lock held. */
static void
session_add (MPI_Session session)
{
  for (guint i = 0; i < n_sessions; i++)
    if (sessions[i] == session)
      return;
  sessions = g_renew (MPI_Session, sessions, n_sessions + 1);
  sessions[n_sessions] = session;
  __atomic_store_n (&n_sessions, n_sessions + 1, __ATOMIC_SEQ_CST);
  if (!environment_is_active ())
    __atomic_store_n (&ompi_obj_environment.tag_limit, LEAST_TAG_LIMIT, __ATOMIC_SEQ_CST);
}

/* With the lock held. */
static void
session_remove (MPI_Session session)
{
  for (guint i = 0; i < n_sessions; i++)
    if (sessions[i] == session)
      {
        sessions[i] = sessions[n_sessions - 1];
        __atomic_store_n (&n_sessions, n_sessions - 1, __ATOMIC_SEQ_CST);
        session_has_ended = TRUE;
        break;
      }
  if (n_sessions == 0 && !ompi_obj_environment_has_world ())
    __atomic_store_n (&ompi_obj_environment.tag_limit, 0, __ATOMIC_SEQ_CST);
}

gboolean
ompi_obj_environment_begin_session (MPI_Info info, MPI_Session *session, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  ompi_obj_prepare_mpi (ompi_obj_is_initialized ());
  if (!environment_check_restart ("MPI_Session_init", error)
      || !CHECK_MPI (error, MPI_Session_init, info, MPI_ERRORS_RETURN, session))
    return FALSE;
  if (session_pid == 0)
    {
      session_pid = getpid ();
#ifdef HAVE_ON_EXIT
      on_exit (on_process_exit_with_sessions, NULL);
#else
      atexit (on_process_exit_with_sessions_without_status);
#endif
    }
  session_add (*session);
  return TRUE;
}

void
ompi_obj_environment_adopt_session (MPI_Session session)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  ompi_obj_prepare_mpi (TRUE);
  session_add (session);
}

void
ompi_obj_environment_forget_session (MPI_Session session)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  session_remove (session);
}

gboolean
ompi_obj_environment_end_session (MPI_Session session, GError **error)
{
  MPI_Session handle = session;

  /* MPI ends with the last one. */
  if (!ompi_obj_environment_has_world () && __atomic_load_n (&n_sessions, __ATOMIC_SEQ_CST) <= 1)
    environment_call_end_funcs ();
  ompi_obj_request_finish_dropped ();
  ompi_obj_object_pool_clear ();
  if (!CHECK_MPI (error, MPI_Session_finalize, &handle))
    return FALSE;
  ompi_obj_environment_forget_session (session);
  return TRUE;
}

gboolean
ompi_obj_environment_get_everybody (MPI_Group *group, const char *function, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&environment_lock);

  if (ompi_obj_environment_has_world ())
    return check_mpi (error, function, MPI_Comm_group (MPI_COMM_WORLD, group));
  return check_mpi (error, function, MPI_Group_from_session_pset (sessions[0], "mpi://WORLD", group));
}

#endif

void
ompi_obj_environment_note_comm (MPI_Comm comm)
{
  int *max_tag = NULL;
  int found = FALSE;

  if (!ompi_obj_environment_has_world () && MPI_Comm_get_attr (comm, MPI_TAG_UB, &max_tag, &found) == MPI_SUCCESS
      && found)
    __atomic_store_n (&ompi_obj_environment.tag_limit, (guint) *max_tag + 1, __ATOMIC_SEQ_CST);
}

/**
 * ompi_obj_init_thread:
 * @required: the thread level that the program needs
 * @provided: (out) (optional): the level that it got, which may be lower
 * @error: return location for a #GError
 *
 * Initializes MPI with a given thread level.
 *
 * There is no need to call it: the first use of the library initializes MPI with
 * [enum@Mpi.ThreadLevel.multiple]. MPI is finalized when the program exits.
 *
 * Errors: [error@Mpi.Error.other] if MPI has been initialized, [error@Mpi.Error.finalized] if it
 * has been finalized.
 *
 * Mirrors `MPI_Init_thread` (MPI-4.0, section 11.2.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_init_thread (MpiThreadLevel required, MpiThreadLevel *provided, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (required <= OMPI_OBJ_THREAD_LEVEL_MULTIPLE, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&environment_lock);
  if (ompi_obj_is_finalized ())
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Init_thread", "MPI has been finalized");
      return FALSE;
    }
  if (ompi_obj_is_initialized ())
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_OTHER, "MPI_Init_thread", "MPI has been initialized already");
      return FALSE;
    }
  if (!environment_check_restart ("MPI_Init_thread", error) || !environment_initialize (required, error))
    return FALSE;
  if (provided != NULL)
    *provided = ompi_obj_query_thread ();
  return TRUE;
}

/**
 * ompi_obj_init:
 * @error: return location for a #GError
 *
 * Initializes MPI with [enum@Mpi.ThreadLevel.multiple].
 *
 * There is no need to call it: the first use of the library does the same. MPI is finalized when the
 * program exits.
 *
 * Errors: [error@Mpi.Error.other] if MPI has been initialized, [error@Mpi.Error.finalized] if it
 * has been finalized.
 *
 * Mirrors `MPI_Init` (MPI-4.0, section 11.2.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_init (GError **error)
{
  return ompi_obj_init_thread (OMPI_OBJ_THREAD_LEVEL_MULTIPLE, NULL, error);
}

/**
 * ompi_obj_finalize:
 * @error: return location for a #GError
 *
 * Ends MPI, before the program exits. Collective over all ranks of the job.
 *
 * There is no need to call it if the library initialized MPI: it is done at exit. Afterwards every
 * method of every object gives [error@Mpi.Error.finalized].
 *
 * Errors: [error@Mpi.Error.finalized] if MPI has been finalized or was never initialized.
 *
 * Mirrors `MPI_Finalize` (MPI-4.0, section 11.2.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_finalize (GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ompi_obj_is_initialized () || ompi_obj_is_finalized ())
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Finalize", "MPI %s",
                          ompi_obj_is_initialized () ? "has been finalized already" : "was never initialized");
      return FALSE;
    }
  if (!check_mpi (error, "MPI_Finalize", environment_finalize ()))
    return FALSE;
  /* MPICH keeps the world, and its attributes, as long as there are sessions. */
  if (ompi_obj_environment_has_world ())
    environment_end_world ();
  return TRUE;
}

/**
 * ompi_obj_is_initialized:
 *
 * Tells whether MPI has been initialized, by the library or by anybody. It stays so after the
 * finalization. Mirrors `MPI_Initialized` (MPI-4.0, section 11.4.1).
 *
 * Returns: %TRUE if it has been
 *
 * Since: 1.0
 */
gboolean
ompi_obj_is_initialized (void)
{
  int initialized = FALSE;

  MPI_Initialized (&initialized);
  return initialized;
}

/**
 * ompi_obj_is_finalized:
 *
 * Tells whether MPI has been finalized. Mirrors `MPI_Finalized` (MPI-4.0, section 11.4.1).
 *
 * Returns: %TRUE if it has been
 *
 * Since: 1.0
 */
gboolean
ompi_obj_is_finalized (void)
{
  int finalized = FALSE;

  MPI_Finalized (&finalized);
  return finalized;
}

/**
 * ompi_obj_query_thread:
 *
 * Gets the thread level that MPI provides. Mirrors `MPI_Query_thread` (MPI-4.0, section 11.2.1).
 *
 * Returns: the level; [enum@Mpi.ThreadLevel.single] if MPI is not running
 *
 * Since: 1.0
 */
MpiThreadLevel
ompi_obj_query_thread (void)
{
  int level = MPI_THREAD_SINGLE;

  if (environment_ensure ("MPI_Query_thread", NULL))
    MPI_Query_thread (&level);

  /* MPI promises growing numbers, not consecutive ones. */
  if (level >= MPI_THREAD_MULTIPLE)
    return OMPI_OBJ_THREAD_LEVEL_MULTIPLE;
  if (level >= MPI_THREAD_SERIALIZED)
    return OMPI_OBJ_THREAD_LEVEL_SERIALIZED;
  if (level >= MPI_THREAD_FUNNELED)
    return OMPI_OBJ_THREAD_LEVEL_FUNNELED;
  return OMPI_OBJ_THREAD_LEVEL_SINGLE;
}

/**
 * ompi_obj_is_thread_main:
 *
 * Tells whether the calling thread is the one that initialized MPI. Mirrors `MPI_Is_thread_main`
 * (MPI-4.0, section 11.2.1).
 *
 * Returns: %TRUE if it is; %FALSE if it is not, or MPI is not running
 *
 * Since: 1.0
 */
gboolean
ompi_obj_is_thread_main (void)
{
  int is_main = FALSE;

  if (environment_ensure ("MPI_Is_thread_main", NULL))
    MPI_Is_thread_main (&is_main);
  return is_main;
}

/**
 * ompi_obj_get_version:
 * @version: (out) (optional): the number before the dot
 * @subversion: (out) (optional): the number behind it
 *
 * Gets the version of the MPI standard that this MPI follows, such as 4 and 0. Can be called at any
 * time. Mirrors `MPI_Get_version` (MPI-4.0, section 9.1.1).
 *
 * Since: 1.0
 */
void
ompi_obj_get_version (gint *version, gint *subversion)
{
  int major = 0;
  int minor = 0;

  MPI_Get_version (&major, &minor);
  if (version != NULL)
    *version = major;
  if (subversion != NULL)
    *subversion = minor;
}

/**
 * ompi_obj_get_library_version:
 *
 * Gets the name and version of the MPI underneath, as it describes itself (often several lines). Can
 * be called at any time. Mirrors `MPI_Get_library_version` (MPI-4.0, section 9.1.1).
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
gchar *
ompi_obj_get_library_version (void)
{
  char text[MPI_MAX_LIBRARY_VERSION_STRING + 1] = "";
  int length = 0;

  MPI_Get_library_version (text, &length);
  return g_strdup (text);
}

/**
 * ompi_obj_get_processor_name:
 *
 * Gets the name of the machine that this rank runs on. Mirrors `MPI_Get_processor_name` (MPI-4.0,
 * section 9.1.2).
 *
 * Returns: (transfer full): the name; empty if MPI is not running
 *
 * Since: 1.0
 */
gchar *
ompi_obj_get_processor_name (void)
{
  char name[MPI_MAX_PROCESSOR_NAME + 1] = "";
  int length = 0;

  if (environment_ensure ("MPI_Get_processor_name", NULL))
    MPI_Get_processor_name (name, &length);
  return g_strdup (name);
}

/**
 * ompi_obj_wtime:
 *
 * Reads the wall clock. Only differences mean something. Mirrors `MPI_Wtime` (MPI-4.0, section 9.6).
 *
 * Returns: seconds since some moment in the past; 0 if MPI is not running
 *
 * Since: 1.0
 */
gdouble
ompi_obj_wtime (void)
{
  return environment_ensure ("MPI_Wtime", NULL) ? MPI_Wtime () : 0;
}

/**
 * ompi_obj_wtick:
 *
 * Gets the resolution of [func@Mpi.wtime]. Mirrors `MPI_Wtick` (MPI-4.0, section 9.6).
 *
 * Returns: seconds between two ticks; 0 if MPI is not running
 *
 * Since: 1.0
 */
gdouble
ompi_obj_wtick (void)
{
  return environment_ensure ("MPI_Wtick", NULL) ? MPI_Wtick () : 0;
}

/**
 * ompi_obj_pcontrol:
 * @level: 0 off, 1 normal, 2 flush, others as the profiler defines
 *
 * Tells a profiler that is linked in how much to record; without one it does nothing. Mirrors
 * `MPI_Pcontrol` (MPI-4.0, section 15.2.4).
 *
 * Since: 1.0
 */
void
ompi_obj_pcontrol (gint level)
{
  if (environment_ensure ("MPI_Pcontrol", NULL))
    MPI_Pcontrol (level);
}

/**
 * ompi_obj_check_version:
 * @major: the major version that is needed
 * @minor: the minor version
 * @micro: the micro version
 *
 * Checks that the library that the program runs with is new enough, and compatible. Usually called
 * with `OMPI_OBJ_MAJOR_VERSION` and its kin, to compare with the headers.
 *
 * Returns: (nullable): %NULL if it is, else a text that says what is wrong
 *
 * Since: 1.0
 */
const gchar *
ompi_obj_check_version (guint major, guint minor, guint micro)
{
  if (major != OMPI_OBJ_MAJOR_VERSION)
    return major > OMPI_OBJ_MAJOR_VERSION ? "ompi_obj is too old (major version differs)"
                                          : "ompi_obj is too new (major version differs)";
  if (minor > OMPI_OBJ_MINOR_VERSION)
    return "ompi_obj is too old (minor version differs)";
  if (minor == OMPI_OBJ_MINOR_VERSION && micro > OMPI_OBJ_MICRO_VERSION)
    return "ompi_obj is too old (micro version differs)";
  return NULL;
}

/* Says what happened, with the rank if there is one to tell the lines of a large job apart. */
static void
print_failure (const char *program, const char *message)
{
  if (ompi_obj_environment_has_world ())
    {
      int rank = 0;

      MPI_Comm_rank (MPI_COMM_WORLD, &rank);
      g_printerr ("%s: rank %d: %s\n", program, rank, message);
    }
  else
    {
      g_printerr ("%s: %s\n", program, message);
    }
}

/**
 * ompi_obj_run:
 * @argc: the number of arguments, as `main()` got it
 * @argv: (array length=argc): the arguments, as `main()` got them
 * @main_func: (scope call): the program's body
 *
 * Runs a program: initializes MPI, calls @main_func and finalizes MPI.
 *
 * If @main_func sets its error on any rank, that rank prints the message with its number to stderr
 * and aborts the whole job, so that no other rank waits for it for ever. A failure that all ranks
 * know of is better returned as a status other than 0 without an error: the job then ends in order.
 *
 * ```c
 * static gint
 * body (gint argc, gchar **argv, GError **error)
 * {
 *   MpiComm *world = ompi_obj_comm_world ();
 *
 *   if (!ompi_obj_comm_barrier (world, error))
 *     return EXIT_FAILURE;
 *   g_print ("rank %d is here\n", ompi_obj_comm_get_rank (world));
 *   return EXIT_SUCCESS;
 * }
 *
 * int
 * main (int argc, char **argv)
 * {
 *   return ompi_obj_run (argc, argv, body);
 * }
 * ```
 *
 * Returns: the exit status for `main()` to return
 *
 * Since: 1.0
 */
gint
ompi_obj_run (gint argc, gchar **argv, MpiMainFunc main_func)
{
  g_autoptr (GError) error = NULL;
  const char *program = argc > 0 && argv != NULL ? argv[0] : "program";
  gint status;

  g_return_val_if_fail (main_func != NULL, EXIT_FAILURE);

  if (!ompi_obj_environment_ensure_world ("ompi_obj_run", NULL, &error))
    {
      print_failure (program, error->message);
      return EXIT_FAILURE;
    }

  status = main_func (argc, argv, &error);
  if (error != NULL)
    {
      print_failure (program, error->message);
      if (ompi_obj_environment_has_world ())
        {
          /* The launcher may end the job before it has passed on what was printed. */
          g_usleep (G_USEC_PER_SEC / 10);
          ompi_obj_environment_abort (MPI_COMM_WORLD, status != EXIT_SUCCESS ? status : EXIT_FAILURE);
        }
      return EXIT_FAILURE;
    }

  if (ompi_obj_environment_has_world () && !ompi_obj_finalize (&error))
    {
      print_failure (program, error->message);
      return EXIT_FAILURE;
    }
  return status;
}
