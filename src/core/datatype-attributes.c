/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "datatype-private.h"
#include "error-private.h"
#include "keyval-private.h"

/* The object of a predefined datatype is the same as ever; another is made anew. */
static GObject *
datatype_find_object (MPI_Datatype handle)
{
  MpiDatatype *predefined = ompi_obj_datatype_find_by_handle (handle);

  return predefined != NULL ? g_object_ref ((GObject *) predefined)
                            : (GObject *) ompi_obj_datatype_new_for_native (handle, OMPI_OBJ_OWNERSHIP_BORROWED);
}

static int
on_copy (MPI_Datatype handle,
         int native G_GNUC_UNUSED,
         void *keyval G_GNUC_UNUSED,
         void *attribute,
         void *copy,
         int *is_copied)
{
  return ompi_obj_attribute_copy (attribute, datatype_find_object (handle), copy, is_copied);
}

static int
on_delete (MPI_Datatype handle, int native G_GNUC_UNUSED, void *attribute, void *keyval G_GNUC_UNUSED)
{
  return ompi_obj_attribute_delete (attribute, datatype_find_object (handle));
}

static int
datatype_keyval_create (MpiKeyval *keyval, int *native)
{
  return MPI_Type_create_keyval (on_copy, on_delete, native, keyval);
}

static int
datatype_attribute_set (gconstpointer handle, int native, void *attribute)
{
  return MPI_Type_set_attr (*(const MPI_Datatype *) handle, native, attribute);
}

static int
datatype_attribute_get (gconstpointer handle, int native, void *attribute, int *is_set)
{
  return MPI_Type_get_attr (*(const MPI_Datatype *) handle, native, attribute, is_set);
}

static int
datatype_attribute_remove (gconstpointer handle, int native)
{
  return MPI_Type_delete_attr (*(const MPI_Datatype *) handle, native);
}

static const KeyvalKind datatype_keyvals = {
  .index = KEYVAL_KIND_DATATYPE,
  .create = datatype_keyval_create,
  .set_name = "MPI_Type_set_attr",
  .set = datatype_attribute_set,
  .get_name = "MPI_Type_get_attr",
  .get = datatype_attribute_get,
  .delete_name = "MPI_Type_delete_attr",
  .remove = datatype_attribute_remove,
};

/**
 * ompi_obj_datatype_set_attr:
 * @self: a datatype
 * @keyval: the key
 * @value: the value; sunk if it floats
 * @error: return location for a #GError
 *
 * Gives a datatype an attribute, on this rank, or replaces its value: then the key's delete function
 * is called for the one before.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.type] if @self was.
 *
 * Mirrors `MPI_Type_set_attr` (MPI-4.0, section 7.7.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_set_attr (MpiDatatype *self, MpiKeyval *keyval, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  owned = g_variant_ref_sink (value);
  DATATYPE_ENTER (self, "MPI_Type_set_attr", error, FALSE);

  return ompi_obj_attribute_set (&datatype_keyvals, &self->handle, keyval, owned, error);
}

/**
 * ompi_obj_datatype_get_attr:
 * @self: a datatype
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Gets the value of an attribute.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.type] if @self was.
 *
 * Mirrors `MPI_Type_get_attr` (MPI-4.0, section 7.7.4).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if there is none; %NULL with an
 *   error on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_datatype_get_attr (MpiDatatype *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), NULL);
  DATATYPE_ENTER (self, "MPI_Type_get_attr", error, NULL);

  return ompi_obj_attribute_get (&datatype_keyvals, &self->handle, keyval, error);
}

/**
 * ompi_obj_datatype_delete_attr:
 * @self: a datatype
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Takes an attribute away; the key's delete function is called. Nothing happens if there is none.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.type] if @self was.
 *
 * Mirrors `MPI_Type_delete_attr` (MPI-4.0, section 7.7.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_delete_attr (MpiDatatype *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  DATATYPE_ENTER (self, "MPI_Type_delete_attr", error, FALSE);

  return ompi_obj_attribute_remove (&datatype_keyvals, &self->handle, keyval, error);
}
