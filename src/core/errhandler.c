/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "environment-private.h"
#include "errhandler-private.h"
#include "error-private.h"

/**
 * MpiErrhandler:
 *
 * What MPI does about an error, before the call that found it returns.
 *
 * Objects of the library return their errors as a #GError ([func@Mpi.Errhandler.get_predefined] with
 * [enum@Mpi.PredefinedErrhandler.return]). A handler of another kind can be set on a communicator: one
 * that ends the job, or a function of the program's own, which is told of each error and then sees
 * it returned as ever. One handler can be set on many objects. New communicators take over the handler
 * of the one that they are made of.
 *
 * ```c
 * static void
 * count_errors (GObject *object, const GError *error, gpointer user_data)
 * {
 *   guint *n_errors = user_data;
 *
 *   (*n_errors)++;
 * }
 *
 * g_autoptr (MpiErrhandler) counting = ompi_obj_errhandler_new (count_errors, &n_errors, NULL);
 *
 * ompi_obj_comm_set_errhandler (comm, counting, &error);
 * ```
 *
 * A handler is told of what MPI finds, in calls of raw MPI on the same object too. What the library
 * finds before it calls MPI, such as a rank that there is not or an object that was freed, is a #GError
 * and nothing else. A communicator that raw MPI makes of one with a function of the program's own
 * returns its errors without a call of the function. MPICH 4.0 forgets to tell of some errors that it finds
 * while it waits for a request; the #GError is there nevertheless.
 *
 * Mirrors `MPI_Errhandler` (MPI-4.0, section 9.3).
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiErrhandler, ompi_obj_errhandler, G_TYPE_OBJECT)

/* MPICH 4.0 has it, and ends with a failed assertion when it is set on anything. */
#if MPI_VERSION < 4 || (defined MPICH_NUMVERSION && MPICH_NUMVERSION < 40100000)
#define ERRORS_ABORT MPI_ERRHANDLER_NULL
#else
#define ERRORS_ABORT MPI_ERRORS_ABORT
#endif

static MpiErrhandler *predefined_objects[OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT + 1];

static MPI_Errhandler
predefined_handle (MpiPredefinedErrhandler which)
{
  switch (which)
    {
    case OMPI_OBJ_PREDEFINED_ERRHANDLER_RETURN:
      return MPI_ERRORS_RETURN;
    case OMPI_OBJ_PREDEFINED_ERRHANDLER_ARE_FATAL:
      return MPI_ERRORS_ARE_FATAL;
    case OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT:
    default:
      return ERRORS_ABORT;
    }
}

static void
errhandler_finalize (GObject *object)
{
  MpiErrhandler *self = OMPI_OBJ_ERRHANDLER (object);

  if (self->handle != MPI_ERRHANDLER_NULL && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    MPI_Errhandler_free (&self->handle);
  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (ompi_obj_errhandler_parent_class)->finalize (object);
}

static void
ompi_obj_errhandler_class_init (MpiErrhandlerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = errhandler_finalize;
}

static void
ompi_obj_errhandler_init (MpiErrhandler *self)
{
  self->handle = MPI_ERRHANDLER_NULL;
}

gboolean
ompi_obj_errhandler_check (MpiErrhandler *self, const char *function, GError **error)
{
  if (self->is_freed)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ERRHANDLER, function, "the error handler was freed");
  else if (self->handle == MPI_ERRHANDLER_NULL && self == predefined_objects[OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT])
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                        "this MPI has none that works; use OMPI_OBJ_ERRORS_ARE_FATAL");
  else if (self->handle == MPI_ERRHANDLER_NULL && !ompi_obj_errhandler_is_closure (self))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ERRHANDLER, function, "the handle is MPI_ERRHANDLER_NULL");
  else
    return TRUE;
  return FALSE;
}

gboolean
ompi_obj_errhandler_check_code (int mpi_code, const char *function, GError **error)
{
  if (mpi_code != MPI_SUCCESS)
    return ompi_obj_error_check_code (mpi_code, function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "mpi_code is %d, which is success", mpi_code);
  return FALSE;
}

/* Of all slots: they are seldom set, and a closure is seldom called. */
static GMutex slots_lock;

gboolean
ompi_obj_errhandler_slot_set (ErrhandlerSlot *self,
                              const ErrhandlerKind *kind,
                              gconstpointer handle,
                              MpiErrhandler *errhandler,
                              const char *function,
                              GError **error)
{
  const gboolean is_closure = ompi_obj_errhandler_is_closure (errhandler);
  MPI_Errhandler native = errhandler->handle;
  ErrhandlerSlot previous;

  if (is_closure && !check_mpi (error, function, kind->create (&native)))
    return FALSE;

  /* First ours, then MPI's: an error in between finds its closure. */
  g_mutex_lock (&slots_lock);
  previous = *self;
  self->errhandler = g_object_ref (errhandler);
  self->native = is_closure ? native : MPI_ERRHANDLER_NULL;
  g_mutex_unlock (&slots_lock);
  ompi_obj_errhandler_slot_clear (&previous);

  return check_mpi (error, function, kind->set (handle, native));
}

MpiErrhandler *
ompi_obj_errhandler_slot_get (ErrhandlerSlot *self,
                              const ErrhandlerKind *kind,
                              gconstpointer handle,
                              const char *function,
                              GError **error)
{
  MPI_Errhandler native;

  if (!check_mpi (error, function, kind->get (handle, &native)))
    return NULL;
  if (self->errhandler != NULL && native == self->native)
    {
      MPI_Errhandler_free (&native);
      return g_object_ref (self->errhandler);
    }
  return ompi_obj_errhandler_new_for_result (native);
}

void
ompi_obj_errhandler_slot_invoke (ErrhandlerSlot *self, GObject *object, int mpi_code)
{
  g_autoptr (GObject) owned = object;
  g_autoptr (MpiErrhandler) errhandler = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&slots_lock);
  errhandler = self->errhandler != NULL ? g_object_ref (self->errhandler) : NULL;
  g_mutex_unlock (&slots_lock);

  if (errhandler == NULL || errhandler->func == NULL)
    return;
  ompi_obj_error_set_mpi (&error, "an MPI call", mpi_code);
  errhandler->func (owned, error, errhandler->user_data);
}

void
ompi_obj_errhandler_slot_clear (ErrhandlerSlot *self)
{
  if (self->native != MPI_ERRHANDLER_NULL && environment_is_active ())
    MPI_Errhandler_free (&self->native);
  self->native = MPI_ERRHANDLER_NULL;
  g_clear_object (&self->errhandler);
}

/**
 * ompi_obj_errhandler_new: (constructor)
 * @func: (scope notified) (closure user_data) (destroy destroy): what to call
 * @user_data: data for @func
 * @destroy: (nullable): frees @user_data when the handler and all objects that it was set on are gone
 *
 * Makes an error handler of a function. MPI is not needed for that.
 *
 * The function is called by the thread whose call failed, within that call. It may use MPI, but should
 * not wait for other ranks.
 *
 * Mirrors `MPI_Comm_create_errhandler` and its kin (MPI-4.0, section 9.3).
 *
 * Returns: (transfer full): a new error handler
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_errhandler_new (MpiErrhandlerFunc func, gpointer user_data, GDestroyNotify destroy)
{
  MpiErrhandler *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (OMPI_OBJ_TYPE_ERRHANDLER, NULL);
  self->ownership = OMPI_OBJ_OWNERSHIP_OWNED;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

static MpiErrhandler *COLD
predefined_object_new (MpiPredefinedErrhandler which)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (predefined_objects[which] == NULL)
    {
      MpiErrhandler *self = ompi_obj_errhandler_new_for_native (predefined_handle (which), OMPI_OBJ_OWNERSHIP_BORROWED);

      __atomic_store_n (&predefined_objects[which], self, __ATOMIC_RELEASE);
    }
  return predefined_objects[which];
}

/**
 * ompi_obj_errhandler_get_predefined:
 * @which: which one
 *
 * Gets the object of an error handler that MPI has itself. C programs write `OMPI_OBJ_ERRORS_RETURN`,
 * `OMPI_OBJ_ERRORS_ARE_FATAL` and `OMPI_OBJ_ERRORS_ABORT` instead. It does not need MPI to be
 * initialized.
 *
 * Mirrors the predefined error handlers (MPI-4.0, section 9.3).
 *
 * Returns: (transfer none): the error handler
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_errhandler_get_predefined (MpiPredefinedErrhandler which)
{
  MpiErrhandler *self;

  g_return_val_if_fail ((guint) which < G_N_ELEMENTS (predefined_objects), NULL);

  self = __atomic_load_n (&predefined_objects[which], __ATOMIC_ACQUIRE);
  return G_LIKELY (self != NULL) ? self : predefined_object_new (which);
}

MpiErrhandler *
ompi_obj_errhandler_new_for_result (MPI_Errhandler handle)
{
  for (guint which = 0; which < G_N_ELEMENTS (predefined_objects); which++)
    if (handle == predefined_handle ((MpiPredefinedErrhandler) which))
      return g_object_ref (ompi_obj_errhandler_get_predefined ((MpiPredefinedErrhandler) which));
  return ompi_obj_errhandler_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_errhandler_free:
 * @self: an error handler
 * @error: return location for a #GError
 *
 * Frees an error handler now, before the last reference is dropped. The object stays valid, but cannot
 * be set on anything any more. Objects that it was set on keep it.
 *
 * Errors: [error@Mpi.Error.errhandler] if @self is predefined, borrowed from somebody else, or was
 * freed.
 *
 * Mirrors `MPI_Errhandler_free` (MPI-4.0, section 9.3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_errhandler_free (MpiErrhandler *self, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Errhandler_free", error))
    return FALSE;
  if (self->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ERRHANDLER, "MPI_Errhandler_free",
                          "the error handler is predefined, or borrowed from somebody else");
      return FALSE;
    }
  if (!ompi_obj_errhandler_check (self, "MPI_Errhandler_free", error)
      || (self->handle != MPI_ERRHANDLER_NULL && !CHECK_MPI (error, MPI_Errhandler_free, &self->handle)))
    return FALSE;
  self->is_freed = TRUE;
  return TRUE;
}

/**
 * ompi_obj_errhandler_new_for_native: (skip)
 * @native: a raw handle, of the kind for the objects that it will be set on
 * @ownership: who frees @native
 *
 * Makes an object for a raw MPI handle.
 *
 * Returns: (transfer full): a new error handler
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_errhandler_new_for_native (MPI_Errhandler native, MpiOwnership ownership)
{
  MpiErrhandler *self = g_object_new (OMPI_OBJ_TYPE_ERRHANDLER, NULL);

  self->handle = native;
  self->ownership = ownership;
  return self;
}

/**
 * ompi_obj_errhandler_get_native: (skip)
 * @self: an error handler
 *
 * Gets the raw MPI handle. One that was made of a function has a handle only as part of what it is set
 * on.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_ERRHANDLER_NULL` for a function, and after
 *   it was freed
 *
 * Since: 1.0
 */
MPI_Errhandler
ompi_obj_errhandler_get_native (MpiErrhandler *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (self), MPI_ERRHANDLER_NULL);

  return self->handle;
}
