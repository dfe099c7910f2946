/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "keyval-private.h"
#include "win-private.h"

/* Windows are not duplicated, so nothing is copied. */

static int
on_delete (MPI_Win handle, int native G_GNUC_UNUSED, void *attribute, void *keyval G_GNUC_UNUSED)
{
  return ompi_obj_attribute_delete (attribute, (GObject *) ompi_obj_win_find_object (handle));
}

static int
win_keyval_create (MpiKeyval *keyval, int *native)
{
  return MPI_Win_create_keyval (MPI_WIN_NULL_COPY_FN, on_delete, native, keyval);
}

static int
win_attribute_set (gconstpointer handle, int native, void *attribute)
{
  return MPI_Win_set_attr (*(const MPI_Win *) handle, native, attribute);
}

static int
win_attribute_get (gconstpointer handle, int native, void *attribute, int *is_set)
{
  return MPI_Win_get_attr (*(const MPI_Win *) handle, native, attribute, is_set);
}

static int
win_attribute_remove (gconstpointer handle, int native)
{
  return MPI_Win_delete_attr (*(const MPI_Win *) handle, native);
}

static const KeyvalKind win_keyvals = {
  .index = KEYVAL_KIND_WIN,
  .create = win_keyval_create,
  .set_name = "MPI_Win_set_attr",
  .set = win_attribute_set,
  .get_name = "MPI_Win_get_attr",
  .get = win_attribute_get,
  .delete_name = "MPI_Win_delete_attr",
  .remove = win_attribute_remove,
};

/**
 * ompi_obj_win_set_attr:
 * @self: a window
 * @keyval: the key
 * @value: the value; sunk if it floats
 * @error: return location for a #GError
 *
 * Gives a window an attribute, on this rank, or replaces its value: then the key's delete function is called for
 * the one before.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.win] if @self was.
 *
 * Mirrors `MPI_Win_set_attr` (MPI-4.0, section 7.7.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_set_attr (MpiWin *self, MpiKeyval *keyval, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  owned = g_variant_ref_sink (value);
  WIN_ENTER (self, "MPI_Win_set_attr", error, FALSE);

  return ompi_obj_attribute_set (&win_keyvals, &WIN_HANDLE (self), keyval, owned, error);
}

/**
 * ompi_obj_win_get_attr:
 * @self: a window
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Gets the value of an attribute.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.win] if @self was.
 *
 * Mirrors `MPI_Win_get_attr` (MPI-4.0, section 7.7.3).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if there is none; %NULL with an
 *   error on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_win_get_attr (MpiWin *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), NULL);
  WIN_ENTER (self, "MPI_Win_get_attr", error, NULL);

  return ompi_obj_attribute_get (&win_keyvals, &WIN_HANDLE (self), keyval, error);
}

/**
 * ompi_obj_win_delete_attr:
 * @self: a window
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Takes an attribute away; the key's delete function is called. Nothing happens if there is none.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.win] if @self was.
 *
 * Mirrors `MPI_Win_delete_attr` (MPI-4.0, section 7.7.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_delete_attr (MpiWin *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  WIN_ENTER (self, "MPI_Win_delete_attr", error, FALSE);

  return ompi_obj_attribute_remove (&win_keyvals, &WIN_HANDLE (self), keyval, error);
}

/**
 * ompi_obj_win_set_errhandler:
 * @self: a window
 * @errhandler: what to do about errors from now on
 * @error: return location for a #GError
 *
 * Says what happens about an error of a window, on this rank.
 *
 * Errors: [error@Mpi.Error.errhandler] if @errhandler was freed, [error@Mpi.Error.unsupported] for
 * `OMPI_OBJ_ERRORS_ABORT` with an MPI older than 4.0 or MPICH 4.0, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_set_errhandler` (MPI-4.0, section 9.3.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_set_errhandler (MpiWin *self, MpiErrhandler *errhandler, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (errhandler), FALSE);
  WIN_ENTER (self, "MPI_Win_set_errhandler", error, FALSE);

  return ompi_obj_errhandler_check (errhandler, "MPI_Win_set_errhandler", error)
         && ompi_obj_win_handle_set_errhandler (self->handle, errhandler, "MPI_Win_set_errhandler", error);
}

/**
 * ompi_obj_win_get_errhandler:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets what happens about an error of a window.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_get_errhandler` (MPI-4.0, section 9.3.2).
 *
 * Returns: (transfer full): the object that was set, or a predefined one; a new object if raw MPI set
 *   something else; %NULL on error
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_win_get_errhandler (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_get_errhandler", error, NULL);

  return ompi_obj_win_handle_get_errhandler (self->handle, "MPI_Win_get_errhandler", error);
}

/**
 * ompi_obj_win_call_errhandler:
 * @self: a window
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Does about an error of the program's own what is done about MPI's errors of a window: returns, calls the
 * function that was set, or ends the job.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is no error code, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_call_errhandler` (MPI-4.0, section 9.5).
 *
 * Returns: %TRUE if the error handler was called and returned
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_call_errhandler (MpiWin *self, gint mpi_code, GError **error)
{
  WIN_ENTER (self, "MPI_Win_call_errhandler", error, FALSE);

  return ompi_obj_errhandler_check_code (mpi_code, "MPI_Win_call_errhandler", error)
         && CHECK_MPI (error, MPI_Win_call_errhandler, WIN_HANDLE (self), mpi_code);
}
