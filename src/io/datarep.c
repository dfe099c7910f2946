/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/datarep.h>
#include <ompi_obj/native.h>

#include "datarep-private.h"
#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"

#ifdef HAVE_MPI_LARGE_COUNT
typedef MPI_Count NativeCount;
typedef MPI_Datarep_conversion_function_c ConversionFunction;
#define REGISTER_DATAREP MPI_Register_datarep_c
#define NO_CONVERSION MPI_CONVERSION_FN_NULL_C
#else
typedef int NativeCount;
typedef MPI_Datarep_conversion_function ConversionFunction;
#define REGISTER_DATAREP MPI_Register_datarep
#define NO_CONVERSION MPI_CONVERSION_FN_NULL
#endif

/* MPI's own. */
static const gchar *const native_names[] = { "native", "internal", [OMPI_OBJ_DATAREP_EXTERNAL32] = "external32" };

/* One that was registered, which MPI keeps until it ends. */
typedef struct
{
  gchar *name;
  MpiDatarepConversionFunc read_func;
  MpiDatarepConversionFunc write_func;
  MpiDatarepExtentFunc extent_func;
  gpointer user_data;
  GDestroyNotify destroy;
} Datarep;

static GMutex datareps_lock;
static GPtrArray *datareps;

static void
datarep_free (gpointer data)
{
  Datarep *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
  g_free (self);
}

gint
ompi_obj_datarep_find (const gchar *name, const char *function, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (native_names); i++)
    if (strcmp (name, native_names[i]) == 0)
      return (gint) i;
  {
    g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&datareps_lock);

    for (guint i = 0; datareps != NULL && i < datareps->len; i++)
      if (strcmp (name, ((const Datarep *) datareps->pdata[i])->name) == 0)
        return (gint) (G_N_ELEMENTS (native_names) + i);
  }
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP, function,
                      "representation is '%s', which is none of native, internal and external32 and was not registered",
                      name);
  return -1;
}

static MpiDatatype *
datatype_for_callback (MPI_Datatype handle)
{
  MpiDatatype *predefined = ompi_obj_datatype_find_by_handle (handle);

  return predefined != NULL ? g_object_ref (predefined)
                            : ompi_obj_datatype_new_for_native (handle, OMPI_OBJ_OWNERSHIP_BORROWED);
}

/* What a function of the program's did, as MPI wants to know it: the text of its error has no place there. */
static int
code_for_callback (gboolean succeeded)
{
  return succeeded ? MPI_SUCCESS : MPI_ERR_CONVERSION;
}

static int
convert (MpiDatarepConversionFunc func,
         void *user_buffer,
         MPI_Datatype handle,
         NativeCount count,
         void *file_buffer,
         MPI_Offset position,
         const Datarep *self)
{
  g_autoptr (MpiDatatype) datatype = datatype_for_callback (handle);
  g_autoptr (GError) error = NULL;

  return code_for_callback (
      func (datatype, (gint64) count, user_buffer, file_buffer, (gint64) position, self->user_data, &error));
}

static int
on_read (void *user_buffer,
         MPI_Datatype datatype,
         NativeCount count,
         void *file_buffer,
         MPI_Offset position,
         void *extra_state)
{
  const Datarep *self = extra_state;

  return convert (self->read_func, user_buffer, datatype, count, file_buffer, position, self);
}

static int
on_write (void *user_buffer,
          MPI_Datatype datatype,
          NativeCount count,
          void *file_buffer,
          MPI_Offset position,
          void *extra_state)
{
  const Datarep *self = extra_state;

  return convert (self->write_func, user_buffer, datatype, count, file_buffer, position, self);
}

static int
on_extent (MPI_Datatype handle, MPI_Aint *extent, void *extra_state)
{
  const Datarep *self = extra_state;
  g_autoptr (MpiDatatype) datatype = datatype_for_callback (handle);
  g_autoptr (GError) error = NULL;
  const gint64 bytes = self->extent_func (datatype, self->user_data, &error);

  *extent = (MPI_Aint) bytes;
  return code_for_callback (bytes >= 0);
}

static gboolean
datarep_name_check (const gchar *name, GError **error)
{
  const char *fault = NULL;

  if (name[0] == '\0')
    fault = "which is empty";
  else if (strlen (name) >= MPI_MAX_DATAREP_STRING)
    fault = "which is too long";
  if (fault != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Register_datarep", "name is '%s', %s", name, fault);
      return FALSE;
    }
  if (ompi_obj_datarep_find (name, "MPI_Register_datarep", NULL) < 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_DUP_DATAREP, "MPI_Register_datarep",
                      "there is a representation '%s' already", name);
  return FALSE;
}

/* Hands a representation to MPI, which says on some MPIs that it did not take one that it has from then on. */
static gboolean
datarep_register (Datarep *self, GError **error)
{
  ConversionFunction *read_function = self->read_func != NULL ? on_read : NO_CONVERSION;
  ConversionFunction *write_function = self->write_func != NULL ? on_write : NO_CONVERSION;
  const int code = REGISTER_DATAREP (self->name, read_function, write_function, on_extent, self);
  int mpi_class = code;

  if (code == MPI_SUCCESS)
    return TRUE;
  MPI_Error_class (code, &mpi_class);
  if (mpi_class == MPI_ERR_CONVERSION || mpi_class == MPI_ERR_OTHER || mpi_class == MPI_ERR_UNSUPPORTED_OPERATION)
    ompi_obj_error_set (
        error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Register_datarep",
        "this MPI has no representations of a program's own; use external32, or convert before writing");
  else
    ompi_obj_error_set_mpi (error, "MPI_Register_datarep", code);
  return FALSE;
}

/**
 * ompi_obj_register_datarep:
 * @name: the name of the representation, for [method@Mpi.File.set_view]
 * @read_func: (nullable) (scope notified) (closure user_data): converts what was read; %NULL: as `native`
 * @write_func: (nullable) (scope notified) (closure user_data): converts what is to be written; %NULL: as `native`
 * @extent_func: (scope notified) (closure user_data): tells how large elements are in the file
 * @user_data: data for the three functions
 * @destroy: (nullable): frees @user_data, on error only: MPI keeps what was registered until it ends
 * @error: return location for a #GError
 *
 * Makes a representation of data in files that views can name, on this rank; every rank that opens such a file
 * registers the same.
 *
 * MPICH takes representations without conversion only, and Open MPI none; no MPI that was tried makes views with them.
 *
 * Errors: [error@Mpi.Error.dup_datarep] if the name is taken, [error@Mpi.Error.arg] if it is empty or too long,
 * [error@Mpi.Error.unsupported] if this MPI does not take it, [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Register_datarep` (MPI-4.0, section 14.5.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_register_datarep (const gchar *name,
                           MpiDatarepConversionFunc read_func,
                           MpiDatarepConversionFunc write_func,
                           MpiDatarepExtentFunc extent_func,
                           gpointer user_data,
                           GDestroyNotify destroy,
                           GError **error)
{
  Datarep *self;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (extent_func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self = g_new0 (Datarep, 1);
  *self = (Datarep){ g_strdup (name), read_func, write_func, extent_func, user_data, destroy };
  if (!environment_ensure ("MPI_Register_datarep", error) || !datarep_name_check (name, error)
      || !datarep_register (self, error))
    {
      datarep_free (self);
      return FALSE;
    }
  g_mutex_lock (&datareps_lock);
  if (datareps == NULL)
    datareps = g_ptr_array_new ();
  g_ptr_array_add (datareps, self);
  g_mutex_unlock (&datareps_lock);
  return TRUE;
}
