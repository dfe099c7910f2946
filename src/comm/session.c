/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>
#include <ompi_obj/session.h>

#include "comm-private.h"
#include "environment-private.h"
#include "errhandler-private.h"
#include "error-private.h"
#include "group-private.h"
#include "handle-registry-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"

/**
 * MpiSession:
 *
 * A part of a program's use of MPI, that begins and ends by itself: a library can use MPI through a
 * session of its own, whatever the rest of the program does. No communicator exists in it from the
 * start; it knows sets of processes by name, such as `mpi://WORLD` and `mpi://SELF`, which give groups,
 * of which communicators are made.
 *
 * A program that uses sessions alone needs no [func@Mpi.Comm.world], which would initialize MPI in the
 * old way.
 *
 * ```c
 * g_autoptr (MpiSession) session = ompi_obj_session_new (NULL, NULL, &error);
 * g_autoptr (MpiGroup) group = ompi_obj_session_create_group (session, "mpi://WORLD", &error);
 * g_autoptr (MpiComm) comm = ompi_obj_intracomm_new_from_group (group, "org.example.solver", NULL, NULL, &error);
 *
 * ...
 * g_clear_object (&comm);
 * g_clear_object (&group);
 * ompi_obj_session_finalize (session, &error);
 * ```
 *
 * What was made from a session must be freed before the session is finalized. A session whose last
 * reference goes before that warns, and lasts until the process exits, where those that are left are
 * finalized.
 *
 * Where no [func@Mpi.Comm.world] is, some MPIs end the program for an error that belongs to no
 * communicator, such as a datatype's. MPICH 4.0 cannot begin another session after the last one was
 * finalized and MPI ended with it.
 *
 * Mirrors `MPI_Session` (MPI-4.0, section 11.3). An MPI older than 4.0 has none.
 *
 * Since: 1.0
 */
struct _MpiSession
{
  GObject parent_instance;

  MpiNativeSession handle; /* NULL_SESSION: finalized */
  MpiOwnership ownership;

  ErrhandlerSlot errhandler; /* else errors are returned */
};

G_DEFINE_FINAL_TYPE (MpiSession, ompi_obj_session, G_TYPE_OBJECT)

#ifdef HAVE_MPI_SESSION_INIT
#define NULL_SESSION MPI_SESSION_NULL
#else
#define NULL_SESSION NULL
#endif

static HandleRegistry registry;

static void
session_unregister (MpiSession *self)
{
  ompi_obj_handle_registry_remove (&registry, HANDLE_REGISTRY_KEY (self->handle), self);
}

static void
session_dispose (GObject *object)
{
  MpiSession *self = OMPI_OBJ_SESSION (object);

  session_unregister (self);

  G_OBJECT_CLASS (ompi_obj_session_parent_class)->dispose (object);
}

static void
session_finalize (GObject *object)
{
  MpiSession *self = OMPI_OBJ_SESSION (object);

  if (self->handle != NULL_SESSION && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    g_warning ("a session was dropped before it was finalized");
#ifdef HAVE_MPI_SESSION_INIT
  if (self->handle != NULL_SESSION && self->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    ompi_obj_environment_forget_session (self->handle);
#endif
  ompi_obj_errhandler_slot_clear (&self->errhandler);

  G_OBJECT_CLASS (ompi_obj_session_parent_class)->finalize (object);
}

static void
ompi_obj_session_class_init (MpiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = session_dispose;
  object_class->finalize = session_finalize;
}

static void
ompi_obj_session_init (MpiSession *self)
{
  self->handle = NULL_SESSION;
  self->errhandler = (ErrhandlerSlot) ERRHANDLER_SLOT_INIT;
}

static gboolean
session_check (MpiSession *self, const char *function, GError **error)
{
  if (self->handle != NULL_SESSION && environment_is_active ())
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_SESSION, function, "the session was finalized");
  return FALSE;
}

#define SESSION_ENTER(self, function, error, failed)              \
  g_return_val_if_fail (OMPI_OBJ_IS_SESSION (self), failed);      \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!session_check (self, function, error))                     \
  return failed

#ifdef HAVE_MPI_SESSION_INIT

/* What MPI calls for the closures of all sessions. */
static void
on_session_error (MPI_Session *handle, int *mpi_code, ...)
{
  MpiSession *session = ompi_obj_handle_registry_find (&registry, HANDLE_REGISTRY_KEY (*handle), g_object_ref);

  if (session != NULL)
    ompi_obj_errhandler_slot_invoke (&session->errhandler, G_OBJECT (session), *mpi_code);
}

static int
session_errhandler_create (MPI_Errhandler *native)
{
  return MPI_Session_create_errhandler (on_session_error, native);
}

static int
session_errhandler_set (gconstpointer session, MPI_Errhandler native)
{
  return MPI_Session_set_errhandler (*(const MPI_Session *) session, native);
}

static int
session_errhandler_get (gconstpointer session, MPI_Errhandler *native)
{
  return MPI_Session_get_errhandler (*(const MPI_Session *) session, native);
}

static const ErrhandlerKind session_errhandlers = { session_errhandler_create, session_errhandler_set,
                                                    session_errhandler_get };

/* The hints with the level of threads that the library counts on, unless they say another. */
static MpiInfo *
session_hints (MpiInfo *info, GError **error)
{
  g_autoptr (MpiInfo) hints = info != NULL ? ompi_obj_info_dup (info, error) : ompi_obj_info_new (error);
  GError *failure = NULL;

  if (hints == NULL)
    return NULL;
  if (!ompi_obj_info_has_key (hints, "thread_level", &failure) && failure == NULL)
    ompi_obj_info_set (hints, "thread_level", "MPI_THREAD_MULTIPLE", &failure);
  if (failure == NULL)
    return g_steal_pointer (&hints);
  g_propagate_error (error, failure);
  return NULL;
}

/* MPI ends the program for a name that it does not know. */
static gboolean
session_check_pset (MpiSession *self, const char *pset, const char *function, GError **error)
{
  g_auto (GStrv) psets = ompi_obj_session_get_psets (self, error);

  if (psets == NULL)
    return FALSE;
  if (g_strv_contains ((const gchar *const *) psets, pset))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "there is no set of processes '%s'", pset);
  return FALSE;
}

#endif

/**
 * ompi_obj_session_new: (constructor)
 * @info: (nullable): hints, or %NULL for none; the key `thread_level` can be "MPI_THREAD_SINGLE" and so
 *   on, and is "MPI_THREAD_MULTIPLE" if it is not there
 * @errhandler: (nullable): what to do about errors of the session; %NULL to return them
 * @error: return location for a #GError
 *
 * Begins a session.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.0, or cannot begin again after it
 * has ended, [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.errhandler] if @errhandler
 * was.
 *
 * Mirrors `MPI_Session_init` (MPI-4.0, section 11.3.1).
 *
 * Returns: (transfer full): a new session; %NULL on error
 *
 * Since: 1.0
 */
MpiSession *
ompi_obj_session_new (MpiInfo *info, MpiErrhandler *errhandler, GError **error)
{
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (errhandler == NULL || OMPI_OBJ_IS_ERRHANDLER (errhandler), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  {
    g_autoptr (MpiInfo) hints = NULL;
    g_autoptr (MpiSession) self = NULL;
    MPI_Session handle;

    if (!ompi_obj_info_check (info, "MPI_Session_init", error)
        || (errhandler != NULL && !ompi_obj_errhandler_check (errhandler, "MPI_Session_init", error)))
      return NULL;
    hints = session_hints (info, error);
    if (hints == NULL || !ompi_obj_environment_begin_session (hints->handle, &handle, error))
      return NULL;

    self = ompi_obj_session_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
    if (errhandler == NULL || ompi_obj_session_set_errhandler (self, errhandler, error))
      return g_steal_pointer (&self);
    ompi_obj_session_finalize (self, NULL);
    return NULL;
  }
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_init", error);
  return NULL;
#endif
}

/**
 * ompi_obj_session_finalize:
 * @self: a session
 * @error: return location for a #GError
 *
 * Ends a session. Communicators and groups that were made from it must have been freed. It may wait for
 * other processes of the session. The object stays valid, and its methods give
 * [error@Mpi.Error.session]. If no other session is left and MPI is not initialized otherwise, MPI ends.
 *
 * Errors: [error@Mpi.Error.session] if @self was finalized, or is borrowed from somebody else.
 *
 * Mirrors `MPI_Session_finalize` (MPI-4.0, section 11.3.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_session_finalize (MpiSession *self, GError **error)
{
  SESSION_ENTER (self, "MPI_Session_finalize", error, FALSE);

  if (self->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_SESSION, "MPI_Session_finalize",
                          "the session is borrowed from somebody else");
      return FALSE;
    }
#ifdef HAVE_MPI_SESSION_INIT
  session_unregister (self);
  ompi_obj_errhandler_slot_clear (&self->errhandler);
  if (!ompi_obj_environment_end_session (self->handle, error))
    return FALSE;
  self->handle = NULL_SESSION;
  return TRUE;
#else
  return ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_finalize", error);
#endif
}

/**
 * ompi_obj_session_get_num_psets:
 * @self: a session
 * @error: return location for a #GError
 *
 * Gets the number of sets of processes that a session knows. It can grow, but numbers stay.
 *
 * Errors: [error@Mpi.Error.session] if @self was finalized.
 *
 * Mirrors `MPI_Session_get_num_psets` (MPI-4.0, section 11.3.4).
 *
 * Returns: the number; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_session_get_num_psets (MpiSession *self, GError **error)
{
  int n_psets = -1;

  SESSION_ENTER (self, "MPI_Session_get_num_psets", error, -1);

#ifdef HAVE_MPI_SESSION_INIT
  return CHECK_MPI (error, MPI_Session_get_num_psets, self->handle, MPI_INFO_NULL, &n_psets) ? n_psets : -1;
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_get_num_psets", error);
  return n_psets;
#endif
}

/**
 * ompi_obj_session_get_nth_pset:
 * @self: a session
 * @n: a number from 0
 * @error: return location for a #GError
 *
 * Gets the name of a set of processes.
 *
 * Errors: [error@Mpi.Error.arg] if there is no such number, [error@Mpi.Error.session] if @self was
 * finalized.
 *
 * Mirrors `MPI_Session_get_nth_pset` (MPI-4.0, section 11.3.4).
 *
 * Returns: (transfer full): the name, such as `mpi://WORLD`; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_session_get_nth_pset (MpiSession *self, gint n, GError **error)
{
  gint n_psets;

  SESSION_ENTER (self, "MPI_Session_get_nth_pset", error, NULL);

  n_psets = ompi_obj_session_get_num_psets (self, error);
  if (n_psets < 0)
    return NULL;
  if (n < 0 || n >= n_psets)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Session_get_nth_pset",
                          "n is %d, but the session has the sets 0 to %d", n, n_psets - 1);
      return NULL;
    }
#ifdef HAVE_MPI_SESSION_INIT
  {
    g_autofree gchar *name = NULL;
    int length = 0; /* with the zero byte */

    if (!CHECK_MPI (error, MPI_Session_get_nth_pset, self->handle, MPI_INFO_NULL, n, &length, NULL))
      return NULL;
    name = g_malloc0 ((gsize) length + 1);
    if (!CHECK_MPI (error, MPI_Session_get_nth_pset, self->handle, MPI_INFO_NULL, n, &length, name))
      return NULL;
    return g_steal_pointer (&name);
  }
#else
  return NULL;
#endif
}

/**
 * ompi_obj_session_get_psets:
 * @self: a session
 * @error: return location for a #GError
 *
 * Gets the names of all sets of processes that a session knows, by their numbers.
 *
 * Errors: [error@Mpi.Error.session] if @self was finalized.
 *
 * Mirrors `MPI_Session_get_num_psets` and `MPI_Session_get_nth_pset` (MPI-4.0, section 11.3.4).
 *
 * Returns: (transfer full): the names; %NULL on error
 *
 * Since: 1.0
 */
gchar **
ompi_obj_session_get_psets (MpiSession *self, GError **error)
{
  g_autoptr (GStrvBuilder) names = NULL;
  gint n_psets;

  SESSION_ENTER (self, "MPI_Session_get_num_psets", error, NULL);

  n_psets = ompi_obj_session_get_num_psets (self, error);
  if (n_psets < 0)
    return NULL;
  names = g_strv_builder_new ();
  for (gint n = 0; n < n_psets; n++)
    {
      g_autofree gchar *name = ompi_obj_session_get_nth_pset (self, n, error);

      if (name == NULL)
        return NULL;
      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/**
 * ompi_obj_session_get_pset_info:
 * @self: a session
 * @pset: the name of a set of processes
 * @error: return location for a #GError
 *
 * Gets what MPI knows of a set of processes: at least `mpi_size`, their number.
 *
 * Errors: [error@Mpi.Error.arg] if there is no such set, [error@Mpi.Error.session] if @self was
 * finalized.
 *
 * Mirrors `MPI_Session_get_pset_info` (MPI-4.0, section 11.3.4).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_session_get_pset_info (MpiSession *self, const gchar *pset, GError **error)
{
  g_return_val_if_fail (pset != NULL, NULL);
  SESSION_ENTER (self, "MPI_Session_get_pset_info", error, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  {
    MPI_Info info;

    if (!session_check_pset (self, pset, "MPI_Session_get_pset_info", error)
        || !CHECK_MPI (error, MPI_Session_get_pset_info, self->handle, pset, &info))
      return NULL;
    return ompi_obj_info_new_for_native (info, OMPI_OBJ_OWNERSHIP_OWNED);
  }
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_get_pset_info", error);
  return NULL;
#endif
}

/**
 * ompi_obj_session_get_info:
 * @self: a session
 * @error: return location for a #GError
 *
 * Gets the hints that MPI uses for a session, such as `thread_level`.
 *
 * Errors: [error@Mpi.Error.session] if @self was finalized.
 *
 * Mirrors `MPI_Session_get_info` (MPI-4.0, section 11.3.4).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_session_get_info (MpiSession *self, GError **error)
{
  SESSION_ENTER (self, "MPI_Session_get_info", error, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  {
    MPI_Info info;

    if (!CHECK_MPI (error, MPI_Session_get_info, self->handle, &info))
      return NULL;
    return ompi_obj_info_new_for_native (info, OMPI_OBJ_OWNERSHIP_OWNED);
  }
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_get_info", error);
  return NULL;
#endif
}

/**
 * ompi_obj_session_create_group:
 * @self: a session
 * @pset: the name of a set of processes
 * @error: return location for a #GError
 *
 * Makes a group of a set of processes, of which [ctor@Mpi.Intracomm.new_from_group] makes a
 * communicator. Without communication.
 *
 * Errors: [error@Mpi.Error.arg] if there is no such set, [error@Mpi.Error.session] if @self was
 * finalized.
 *
 * Mirrors `MPI_Group_from_session_pset` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_session_create_group (MpiSession *self, const gchar *pset, GError **error)
{
  g_return_val_if_fail (pset != NULL, NULL);
  SESSION_ENTER (self, "MPI_Group_from_session_pset", error, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  {
    MPI_Group group;

    if (!session_check_pset (self, pset, "MPI_Group_from_session_pset", error)
        || !CHECK_MPI (error, MPI_Group_from_session_pset, self->handle, pset, &group))
      return NULL;
    return ompi_obj_group_new_for_result (group);
  }
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Group_from_session_pset", error);
  return NULL;
#endif
}

/**
 * ompi_obj_session_set_errhandler:
 * @self: a session
 * @errhandler: what to do about errors from now on
 * @error: return location for a #GError
 *
 * Says what happens about an error of a session.
 *
 * Errors: [error@Mpi.Error.errhandler] if @errhandler was freed, [error@Mpi.Error.unsupported] for
 * `OMPI_OBJ_ERRORS_ABORT` with MPICH 4.0, [error@Mpi.Error.session] if @self was finalized.
 *
 * Mirrors `MPI_Session_set_errhandler` (MPI-4.0, section 9.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_session_set_errhandler (MpiSession *self, MpiErrhandler *errhandler, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (errhandler), FALSE);
  SESSION_ENTER (self, "MPI_Session_set_errhandler", error, FALSE);

  if (!ompi_obj_errhandler_check (errhandler, "MPI_Session_set_errhandler", error))
    return FALSE;
#ifdef HAVE_MPI_SESSION_INIT
  return ompi_obj_errhandler_slot_set (&self->errhandler, &session_errhandlers, &self->handle, errhandler,
                                       "MPI_Session_set_errhandler", error);
#else
  return ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_set_errhandler", error);
#endif
}

/**
 * ompi_obj_session_get_errhandler:
 * @self: a session
 * @error: return location for a #GError
 *
 * Gets what happens about an error of a session.
 *
 * Errors: [error@Mpi.Error.session] if @self was finalized.
 *
 * Mirrors `MPI_Session_get_errhandler` (MPI-4.0, section 9.3.4).
 *
 * Returns: (transfer full): the object that was set, or a predefined one; a new object if raw MPI set
 *   something else; %NULL on error
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_session_get_errhandler (MpiSession *self, GError **error)
{
  SESSION_ENTER (self, "MPI_Session_get_errhandler", error, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  return ompi_obj_errhandler_slot_get (&self->errhandler, &session_errhandlers, &self->handle,
                                       "MPI_Session_get_errhandler", error);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_get_errhandler", error);
  return NULL;
#endif
}

/**
 * ompi_obj_session_call_errhandler:
 * @self: a session
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Does about an error of the program's own what is done about MPI's errors of a session.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is no error code, [error@Mpi.Error.session] if @self was
 * finalized.
 *
 * Mirrors `MPI_Session_call_errhandler` (MPI-4.0, section 9.5).
 *
 * Returns: %TRUE if the error handler was called and returned
 *
 * Since: 1.0
 */
gboolean
ompi_obj_session_call_errhandler (MpiSession *self, gint mpi_code, GError **error)
{
  SESSION_ENTER (self, "MPI_Session_call_errhandler", error, FALSE);

#ifdef HAVE_MPI_SESSION_INIT
  return ompi_obj_errhandler_check_code (mpi_code, "MPI_Session_call_errhandler", error)
         && CHECK_MPI (error, MPI_Session_call_errhandler, self->handle, mpi_code);
#else
  (void) mpi_code;
  return ompi_obj_require_feature (OMPI_OBJ_FEATURE_SESSION, "MPI_Session_call_errhandler", error);
#endif
}

/**
 * ompi_obj_session_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who finalizes @native
 *
 * Makes an object for a raw MPI handle. MPI counts as running for the library as long as the session
 * does, or the object, if the session is borrowed.
 *
 * Returns: (transfer full): a new session
 *
 * Since: 1.0
 */
MpiSession *
ompi_obj_session_new_for_native (MpiNativeSession native, MpiOwnership ownership)
{
  MpiSession *self = g_object_new (OMPI_OBJ_TYPE_SESSION, NULL);

  self->handle = native;
  self->ownership = ownership;
  if (native != NULL_SESSION)
    {
#ifdef HAVE_MPI_SESSION_INIT
      ompi_obj_environment_adopt_session (native);
#endif
      ompi_obj_handle_registry_add (&registry, HANDLE_REGISTRY_KEY (native), self, TRUE);
    }
  return self;
}

/**
 * ompi_obj_session_get_native: (skip)
 * @self: a session
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_SESSION_NULL` if it was finalized (%NULL
 *   with an MPI that has no sessions)
 *
 * Since: 1.0
 */
MpiNativeSession
ompi_obj_session_get_native (MpiSession *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_SESSION (self), NULL_SESSION);

  return self->handle;
}
