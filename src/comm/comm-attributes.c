/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "keyval-private.h"
#include "mpi-capabilities-private.h"

static int
on_copy (MPI_Comm handle,
         int native G_GNUC_UNUSED,
         void *keyval G_GNUC_UNUSED,
         void *attribute,
         void *copy,
         int *is_copied)
{
  return ompi_obj_attribute_copy (attribute, (GObject *) ompi_obj_comm_find_object (handle), copy, is_copied);
}

static int
on_delete (MPI_Comm handle, int native G_GNUC_UNUSED, void *attribute, void *keyval G_GNUC_UNUSED)
{
  return ompi_obj_attribute_delete (attribute, (GObject *) ompi_obj_comm_find_object (handle));
}

static int
comm_keyval_create (MpiKeyval *keyval, int *native)
{
  return MPI_Comm_create_keyval (on_copy, on_delete, native, keyval);
}

static int
comm_attribute_set (gconstpointer handle, int native, void *attribute)
{
  return MPI_Comm_set_attr (*(const MPI_Comm *) handle, native, attribute);
}

static int
comm_attribute_get (gconstpointer handle, int native, void *attribute, int *is_set)
{
  return MPI_Comm_get_attr (*(const MPI_Comm *) handle, native, attribute, is_set);
}

static int
comm_attribute_remove (gconstpointer handle, int native)
{
  return MPI_Comm_delete_attr (*(const MPI_Comm *) handle, native);
}

static const KeyvalKind comm_keyvals = {
  .index = KEYVAL_KIND_COMM,
  .create = comm_keyval_create,
  .set_name = "MPI_Comm_set_attr",
  .set = comm_attribute_set,
  .get_name = "MPI_Comm_get_attr",
  .get = comm_attribute_get,
  .delete_name = "MPI_Comm_delete_attr",
  .remove = comm_attribute_remove,
};

/**
 * ompi_obj_comm_set_attr:
 * @self: a communicator
 * @keyval: the key
 * @value: the value; sunk if it floats
 * @error: return location for a #GError
 *
 * Gives a communicator an attribute, on this rank, or replaces its value: then the key's delete function
 * is called for the one before.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_set_attr` (MPI-4.0, section 7.7.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_set_attr (MpiComm *self, MpiKeyval *keyval, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  owned = g_variant_ref_sink (value);
  COMM_ENTER (self, "MPI_Comm_set_attr", error, FALSE);

  return ompi_obj_attribute_set (&comm_keyvals, &COMM_HANDLE (self), keyval, owned, error);
}

/**
 * ompi_obj_comm_get_attr:
 * @self: a communicator
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Gets the value of an attribute.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_get_attr` (MPI-4.0, section 7.7.2).
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if there is none; %NULL with an
 *   error on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_get_attr (MpiComm *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), NULL);
  COMM_ENTER (self, "MPI_Comm_get_attr", error, NULL);

  return ompi_obj_attribute_get (&comm_keyvals, &COMM_HANDLE (self), keyval, error);
}

/**
 * ompi_obj_comm_delete_attr:
 * @self: a communicator
 * @keyval: the key
 * @error: return location for a #GError
 *
 * Takes an attribute away; the key's delete function is called. Nothing happens if there is none.
 *
 * Errors: [error@Mpi.Error.keyval] if @keyval was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_delete_attr` (MPI-4.0, section 7.7.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_delete_attr (MpiComm *self, MpiKeyval *keyval, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (keyval), FALSE);
  COMM_ENTER (self, "MPI_Comm_delete_attr", error, FALSE);

  return ompi_obj_attribute_remove (&comm_keyvals, &COMM_HANDLE (self), keyval, error);
}

/* MPIs keep their own attributes on the world, and some on others too. */
static gboolean
comm_get_predefined_attr (MpiComm *self, int keyval, int *value, gboolean *is_set, GError **error)
{
  int *address = NULL;
  int found = FALSE;

  if (!CHECK_MPI (error, MPI_Comm_get_attr, COMM_HANDLE (self), keyval, &address, &found)
      || (!found && ompi_obj_is_initialized () && !ompi_obj_is_finalized ()
          && !CHECK_MPI (error, MPI_Comm_get_attr, MPI_COMM_WORLD, keyval, &address, &found)))
    return FALSE;
  *is_set = found;
  if (found)
    *value = *address;
  return TRUE;
}

/* A number that this MPI may not know. */
static gint
comm_get_predefined_number (MpiComm *self, int keyval, GError **error)
{
  gboolean is_set = FALSE;
  int value = 0;

  if (!comm_get_predefined_attr (self, keyval, &value, &is_set, error) || !is_set || value == MPI_UNDEFINED)
    return OMPI_OBJ_UNDEFINED;
  return value;
}

/* A rank, or one of MPI's constants for it. */
static gint
comm_get_predefined_rank (MpiComm *self, int keyval, GError **error)
{
  gboolean is_set = FALSE;
  int rank = MPI_UNDEFINED;

  if (!comm_get_predefined_attr (self, keyval, &rank, &is_set, error) || !is_set)
    return OMPI_OBJ_UNDEFINED;
  return rank_from_mpi (rank);
}

/**
 * ompi_obj_comm_get_tag_ub:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the largest tag that a message can have.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_TAG_UB` (MPI-4.0, section 9.1.2).
 *
 * Returns: the tag; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_tag_ub (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, -1);
  return (gint) ompi_obj_environment.tag_limit - 1;
}

/**
 * ompi_obj_comm_get_host:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the rank of the host process, if this MPI has such.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_HOST` (MPI-4.0, section 9.1.2).
 *
 * Returns: the rank; `OMPI_OBJ_PROC_NULL` if there is none; `OMPI_OBJ_UNDEFINED` if MPI does not say,
 *   and on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_host (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, OMPI_OBJ_UNDEFINED);
  return comm_get_predefined_rank (self, MPI_HOST, error);
}

/**
 * ompi_obj_comm_get_io:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets a rank that can do input and output in the way of C: open files, read and write.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_IO` (MPI-4.0, section 9.1.2).
 *
 * Returns: the rank, the calling one if it can; `OMPI_OBJ_ANY_SOURCE` if all can; `OMPI_OBJ_PROC_NULL` if
 *   none can; `OMPI_OBJ_UNDEFINED` if MPI does not say, and on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_io (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, OMPI_OBJ_UNDEFINED);
  return comm_get_predefined_rank (self, MPI_IO, error);
}

/**
 * ompi_obj_comm_is_wtime_global:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Tells whether the clocks of all ranks, which [func@Mpi.wtime] reads, show the same.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_WTIME_IS_GLOBAL` (MPI-4.0, section 9.1.2).
 *
 * Returns: %TRUE if they do; %FALSE if not, or on error
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_is_wtime_global (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, FALSE);
  return comm_get_predefined_number (self, MPI_WTIME_IS_GLOBAL, error) > 0;
}

/**
 * ompi_obj_comm_get_universe_size:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the number of processes that there is room for, to decide how many to start with spawn.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_UNIVERSE_SIZE` (MPI-4.0, section 11.10.1).
 *
 * Returns: the number, those that run included; `OMPI_OBJ_UNDEFINED` if MPI does not know, and on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_universe_size (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, OMPI_OBJ_UNDEFINED);
  if (!ompi_obj_knows_universe_size ())
    return OMPI_OBJ_UNDEFINED;
  return comm_get_predefined_number (self, MPI_UNIVERSE_SIZE, error);
}

/**
 * ompi_obj_comm_get_appnum:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the number of the command that started the calling process, from 0, if several programs were
 * started together.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_APPNUM` (MPI-4.0, section 11.10.3).
 *
 * Returns: the number; `OMPI_OBJ_UNDEFINED` if MPI does not know, and on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_appnum (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, OMPI_OBJ_UNDEFINED);
  return comm_get_predefined_number (self, MPI_APPNUM, error);
}

/**
 * ompi_obj_comm_get_lastusedcode:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the largest error code or class so far, those of [func@Mpi.Error.add_class] and its kin included.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors the attribute `MPI_LASTUSEDCODE` (MPI-4.0, section 9.5).
 *
 * Returns: the code; `OMPI_OBJ_UNDEFINED` on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_lastusedcode (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_attr", error, OMPI_OBJ_UNDEFINED);
  return comm_get_predefined_number (self, MPI_LASTUSEDCODE, error);
}
