/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "file-private.h"
#include "handle-registry-private.h"

MpiFileHandle ompi_obj_file_no_handle = { .file = MPI_FILE_NULL };

/* The records by the handle of MPI, for what MPI calls back. */
static HandleRegistry registry;

MpiFileHandle *
ompi_obj_file_handle_new (MPI_File file, MpiOwnership ownership)
{
  MpiFileHandle *handle = g_new0 (MpiFileHandle, 1);

  g_atomic_ref_count_init (&handle->ref_count);
  g_weak_ref_init (&handle->object, NULL);
  handle->file = file;
  handle->ownership = ownership;
  handle->errhandler = (ErrhandlerSlot) ERRHANDLER_SLOT_INIT;
  handle->etype_size = handle->etype_extent = 1;
  ompi_obj_handle_registry_add (&registry, HANDLE_REGISTRY_KEY (file), handle, ownership == OMPI_OBJ_OWNERSHIP_OWNED);
  return handle;
}

MpiFileHandle *
ompi_obj_file_handle_ref (MpiFileHandle *handle)
{
  if (handle != &ompi_obj_file_no_handle)
    g_atomic_ref_count_inc (&handle->ref_count);
  return handle;
}

static void
file_handle_warn (const MpiFileHandle *handle)
{
  g_autofree gchar *name = handle->path != NULL ? g_filename_display_name (handle->path) : g_strdup ("a file");

  g_warning ("%s was dropped before it was closed", name);
}

void
ompi_obj_file_handle_unref (MpiFileHandle *handle)
{
  if (handle == &ompi_obj_file_no_handle
      || !ompi_obj_handle_registry_unref (&registry, HANDLE_REGISTRY_KEY (handle->file), handle, &handle->ref_count))
    return;
  if (handle->file != MPI_FILE_NULL && handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    file_handle_warn (handle);
  ompi_obj_errhandler_slot_clear (&handle->errhandler);
  g_weak_ref_clear (&handle->object);
  g_clear_object (&handle->comm);
  g_clear_object (&handle->split.datatype);
  g_clear_pointer (&handle->split.owner, g_bytes_unref);
  g_free (handle->path);
  g_free (handle);
}

void
ompi_obj_file_handle_forget (MpiFileHandle *handle)
{
  ompi_obj_handle_registry_remove (&registry, HANDLE_REGISTRY_KEY (handle->file), handle);
  handle->file = MPI_FILE_NULL;
  ompi_obj_errhandler_slot_clear (&handle->errhandler);
  g_clear_object (&handle->comm);
}

static gpointer
file_handle_ref_entry (gpointer handle)
{
  return ompi_obj_file_handle_ref (handle);
}

/* What MPI calls for the closures of all files. */
static void
on_file_error (MPI_File *file, int *mpi_code, ...)
{
  MpiFileHandle *handle = ompi_obj_handle_registry_find (&registry, HANDLE_REGISTRY_KEY (*file), file_handle_ref_entry);

  if (handle == NULL)
    return;
  ompi_obj_errhandler_slot_invoke (&handle->errhandler, g_weak_ref_get (&handle->object), *mpi_code);
  ompi_obj_file_handle_unref (handle);
}

static int
file_create_errhandler (MPI_Errhandler *native)
{
  return MPI_File_create_errhandler (on_file_error, native);
}

static int
file_set_errhandler (gconstpointer handle, MPI_Errhandler native)
{
  return MPI_File_set_errhandler (*(const MPI_File *) handle, native);
}

static int
file_get_errhandler (gconstpointer handle, MPI_Errhandler *native)
{
  return MPI_File_get_errhandler (*(const MPI_File *) handle, native);
}

static const ErrhandlerKind file_errhandlers = { file_create_errhandler, file_set_errhandler, file_get_errhandler };

/**
 * ompi_obj_file_set_errhandler:
 * @self: a file
 * @errhandler: what to do about errors from now on
 * @error: return location for a #GError
 *
 * Says what happens about an error on a file, on this rank. At first errors are returned, and so are those of
 * [ctor@Mpi.File.open] always.
 *
 * Errors: [error@Mpi.Error.errhandler] if @errhandler was freed, [error@Mpi.Error.unsupported] for
 * `OMPI_OBJ_ERRORS_ABORT` with an MPI older than 4.0 or MPICH 4.0, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_set_errhandler` (MPI-4.0, section 9.3.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_set_errhandler (MpiFile *self, MpiErrhandler *errhandler, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (errhandler), FALSE);
  FILE_ENTER (self, "MPI_File_set_errhandler", error, FALSE);

  return FILE_CHECK_SLOT (self, error,
                          ompi_obj_errhandler_check (errhandler, "MPI_File_set_errhandler", error)
                              && ompi_obj_errhandler_slot_set (&self->handle->errhandler, &file_errhandlers,
                                                               &FILE_HANDLE (self), errhandler,
                                                               "MPI_File_set_errhandler", error));
}

/**
 * ompi_obj_file_get_errhandler:
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets what happens about an error on a file.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_errhandler` (MPI-4.0, section 9.3.3).
 *
 * Returns: (transfer full): the object that was set, or a predefined one; a new object if raw MPI set
 *   something else; %NULL on error
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_file_get_errhandler (MpiFile *self, GError **error)
{
  MpiErrhandler *errhandler;

  FILE_ENTER (self, "MPI_File_get_errhandler", error, NULL);

  errhandler = ompi_obj_errhandler_slot_get (&self->handle->errhandler, &file_errhandlers, &FILE_HANDLE (self),
                                             "MPI_File_get_errhandler", error);
  FILE_CHECK_SLOT (self, error, errhandler != NULL);
  return errhandler;
}

/**
 * ompi_obj_file_call_errhandler:
 * @self: a file
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Does about an error of the program's own what is done about MPI's errors on a file: returns, calls the function that
 * was set, or ends the job.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is no error code, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_call_errhandler` (MPI-4.0, section 9.5).
 *
 * Returns: %TRUE if the error handler was called and returned
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_call_errhandler (MpiFile *self, gint mpi_code, GError **error)
{
  FILE_ENTER (self, "MPI_File_call_errhandler", error, FALSE);

  return FILE_CHECK_SLOT (self, error,
                          ompi_obj_errhandler_check_code (mpi_code, "MPI_File_call_errhandler", error)
                              && CHECK_MPI (error, MPI_File_call_errhandler, FILE_HANDLE (self), mpi_code));
}
