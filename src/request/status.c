/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/native.h>

#include "constants-private.h"
#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-private.h"
#include "status-private.h"

G_DEFINE_BOXED_TYPE (MpiStatus, ompi_obj_status, ompi_obj_status_copy, ompi_obj_status_free)

/**
 * ompi_obj_status_new: (constructor)
 *
 * Makes a status on the heap. C programs declare one on the stack instead.
 *
 * Returns: (transfer full): a status of nothing yet
 *
 * Since: 1.0
 */
MpiStatus *
ompi_obj_status_new (void)
{
  return g_new0 (MpiStatus, 1);
}

/**
 * ompi_obj_status_copy:
 * @self: a status
 *
 * Copies a status to the heap.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 1.0
 */
MpiStatus *
ompi_obj_status_copy (const MpiStatus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * ompi_obj_status_free: (skip)
 * @self: a status on the heap
 *
 * Frees a status that [ctor@Mpi.Status.new] or [method@Mpi.Status.copy] made.
 *
 * Since: 1.0
 */
void
ompi_obj_status_free (MpiStatus *self)
{
  g_free (self);
}

/**
 * ompi_obj_status_get_source:
 * @self: the status of a message
 *
 * Gets who sent the message. Mirrors the field `MPI_SOURCE` (MPI-4.0, section 3.2.5).
 *
 * Returns: a rank, or `OMPI_OBJ_PROC_NULL` for a message from nobody
 *
 * Since: 1.0
 */
gint
ompi_obj_status_get_source (const MpiStatus *self)
{
  MPI_Status native;

  g_return_val_if_fail (self != NULL, OMPI_OBJ_UNDEFINED);

  ompi_obj_status_get_native (self, &native);
  return rank_from_mpi (native.MPI_SOURCE);
}

/**
 * ompi_obj_status_get_tag:
 * @self: the status of a message
 *
 * Gets the tag of the message. Mirrors the field `MPI_TAG` (MPI-4.0, section 3.2.5).
 *
 * Returns: the tag, or `OMPI_OBJ_ANY_TAG` for a message from nobody
 *
 * Since: 1.0
 */
gint
ompi_obj_status_get_tag (const MpiStatus *self)
{
  MPI_Status native;

  g_return_val_if_fail (self != NULL, OMPI_OBJ_UNDEFINED);

  ompi_obj_status_get_native (self, &native);
  return tag_from_mpi (native.MPI_TAG);
}

/**
 * ompi_obj_status_get_count:
 * @self: the status of a message
 * @datatype: the datatype that the message was, or will be, received as
 * @error: return location for a #GError
 *
 * Gets how many elements the message has.
 *
 * Errors: [error@Mpi.Error.type] if @datatype was freed.
 *
 * Mirrors `MPI_Get_count` (MPI-4.0, section 3.2.5).
 *
 * Returns: the number of elements; `OMPI_OBJ_UNDEFINED` if it is not a whole number; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_status_get_count (const MpiStatus *self, MpiDatatype *datatype, GError **error)
{
  MPI_Count count;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!environment_ensure ("MPI_Get_count", error) || !datatype_check (datatype, "MPI_Get_count", error)
      || !CHECK_MPI (error, MPI_Get_count_c, (const MPI_Status *) self->mpi_status, datatype->handle, &count))
    return -1;
  return count_from_mpi (count);
}

/**
 * ompi_obj_status_get_elements:
 * @self: the status of a message
 * @datatype: the datatype that the message was, or will be, received as
 * @error: return location for a #GError
 *
 * Gets how many numbers, characters and so on the message has: elements of the predefined datatypes
 * that @datatype is built of. It counts those of an element of @datatype that came in part too. For a
 * predefined @datatype it is what [method@Mpi.Status.get_count] gives.
 *
 * Errors: [error@Mpi.Error.type] if @datatype was freed.
 *
 * Mirrors `MPI_Get_elements` (MPI-4.0, section 5.1.11).
 *
 * Returns: the number of basic elements; `OMPI_OBJ_UNDEFINED` if it is not a whole number; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_status_get_elements (const MpiStatus *self, MpiDatatype *datatype, GError **error)
{
  MPI_Count count;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!environment_ensure ("MPI_Get_elements", error) || !datatype_check (datatype, "MPI_Get_elements", error)
      || !CHECK_MPI (error, MPI_Get_elements_c, (const MPI_Status *) self->mpi_status, datatype->handle, &count))
    return -1;
  return count_from_mpi (count);
}

/**
 * ompi_obj_status_get_error:
 * @self: a status of one of several requests
 *
 * Gets the error of one of several requests that were completed together. MPI writes it only when the
 * call gave [error@Mpi.Error.in_status]; else it is what was in @self before. Mirrors the field
 * `MPI_ERROR` (MPI-4.0, section 3.2.5).
 *
 * Returns: MPI's error code; 0 (`MPI_SUCCESS`) if there was none
 *
 * Since: 1.0
 */
gint
ompi_obj_status_get_error (const MpiStatus *self)
{
  MPI_Status native;

  g_return_val_if_fail (self != NULL, MPI_SUCCESS);

  ompi_obj_status_get_native (self, &native);
  return native.MPI_ERROR;
}

/**
 * ompi_obj_status_is_cancelled:
 * @self: the status of an operation
 *
 * Tells whether the operation was cancelled. Nothing else in the status means anything then. Mirrors
 * `MPI_Test_cancelled` (MPI-4.0, section 3.8.4).
 *
 * Returns: %TRUE if it was; %FALSE if it was not, or MPI is not running
 *
 * Since: 1.0
 */
gboolean
ompi_obj_status_is_cancelled (const MpiStatus *self)
{
  int cancelled = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  if (environment_ensure ("MPI_Test_cancelled", NULL))
    MPI_Test_cancelled ((const MPI_Status *) self->mpi_status, &cancelled);
  return cancelled != 0;
}

/**
 * ompi_obj_status_set_source:
 * @self: a status
 * @source: a rank, `OMPI_OBJ_PROC_NULL` or `OMPI_OBJ_ANY_SOURCE`
 * @error: return location for a #GError
 *
 * Sets who sent the message: for an operation of the program's own, which fills in its status itself.
 *
 * Errors: [error@Mpi.Error.rank] if @source is another negative number.
 *
 * Mirrors the field `MPI_SOURCE` (MPI-4.0, section 3.2.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_status_set_source (MpiStatus *self, gint source, GError **error)
{
  MPI_Status native;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  ompi_obj_status_get_native (self, &native);
  if (!status_source_to_mpi (source, &native.MPI_SOURCE))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, "ompi_obj_status_set_source", "source is %d", source);
      return FALSE;
    }
  ompi_obj_status_set_native (self, &native);
  return TRUE;
}

/**
 * ompi_obj_status_set_tag:
 * @self: a status
 * @tag: a tag or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Sets the tag of the message.
 *
 * Errors: [error@Mpi.Error.tag] if @tag is another negative number.
 *
 * Mirrors the field `MPI_TAG` (MPI-4.0, section 3.2.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_status_set_tag (MpiStatus *self, gint tag, GError **error)
{
  MPI_Status native;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  ompi_obj_status_get_native (self, &native);
  if (!status_tag_to_mpi (tag, &native.MPI_TAG))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TAG, "ompi_obj_status_set_tag", "tag is %d", tag);
      return FALSE;
    }
  ompi_obj_status_set_native (self, &native);
  return TRUE;
}

/**
 * ompi_obj_status_set_error:
 * @self: a status
 * @mpi_code: MPI's error code; 0 (`MPI_SUCCESS`) for none
 *
 * Sets the error. Mirrors the field `MPI_ERROR` (MPI-4.0, section 3.2.5).
 *
 * Since: 1.0
 */
void
ompi_obj_status_set_error (MpiStatus *self, gint mpi_code)
{
  MPI_Status native;

  g_return_if_fail (self != NULL);

  ompi_obj_status_get_native (self, &native);
  native.MPI_ERROR = mpi_code;
  ompi_obj_status_set_native (self, &native);
}

/* Sets the count so that MPI_Get_elements gives it back. */
static gboolean
status_set_elements (MPI_Status *status, MPI_Datatype datatype, MPI_Count count, GError **error)
{
  MPI_Count stored = 0;
  MPI_Count per_whole = 0;

  if (!CHECK_MPI (error, MPI_Status_set_elements_c, status, datatype, count)
      || !CHECK_MPI (error, MPI_Get_elements_c, status, datatype, &stored))
    return FALSE;
  if (stored == count)
    return TRUE;

  /* MPICH takes the count of a derived datatype as one of whole elements. */
  if (!CHECK_MPI (error, MPI_Status_set_elements_c, status, datatype, 1)
      || !CHECK_MPI (error, MPI_Get_elements_c, status, datatype, &per_whole))
    return FALSE;
  if (per_whole > 0 && count % per_whole == 0)
    return CHECK_MPI (error, MPI_Status_set_elements_c, status, datatype, count / per_whole);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Status_set_elements",
                      "count is %" G_GINT64_FORMAT ", but this MPI sets only whole elements of %" G_GINT64_FORMAT
                      " basic ones; set a count of bytes",
                      (gint64) count, (gint64) per_whole);
  return FALSE;
}

/**
 * ompi_obj_status_set_elements:
 * @self: a status
 * @datatype: the datatype that is counted
 * @count: the number of basic elements
 * @error: return location for a #GError
 *
 * Sets how long the message is: what [method@Mpi.Status.get_elements] gives with the same @datatype.
 *
 * Errors: [error@Mpi.Error.count] if @count is negative or more bytes than MPI can count,
 * [error@Mpi.Error.type] if @datatype was freed, [error@Mpi.Error.unsupported] if this MPI cannot set
 * a part of a derived datatype.
 *
 * Mirrors `MPI_Status_set_elements` (MPI-4.0, section 13.3).
 *
 * Returns: %TRUE on success; else @self is as it was
 *
 * Since: 1.0
 */
gboolean
ompi_obj_status_set_elements (MpiStatus *self, MpiDatatype *datatype, gint64 count, GError **error)
{
  MPI_Status native;
  MPI_Count size = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Status_set_elements", error)
      || !datatype_check (datatype, "MPI_Status_set_elements", error)
      || !CHECK_MPI (error, MPI_Type_size_c, datatype->handle, &size))
    return FALSE;

  /* MPI packs a bit of its own into the number of bytes. */
  if (count < 0 || (size > 0 && count > (G_MAXINT64 >> 2) / size))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, "MPI_Status_set_elements", "count is %" G_GINT64_FORMAT, count);
      return FALSE;
    }

  ompi_obj_status_get_native (self, &native);
  if (!status_set_elements (&native, datatype->handle, count, error))
    return FALSE;
  ompi_obj_status_set_native (self, &native);
  return TRUE;
}

/**
 * ompi_obj_status_set_cancelled:
 * @self: a status
 * @cancelled: whether the operation was cancelled
 * @error: return location for a #GError
 *
 * Sets what [method@Mpi.Status.is_cancelled] tells.
 *
 * Errors: [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Status_set_cancelled` (MPI-4.0, section 13.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_status_set_cancelled (MpiStatus *self, gboolean cancelled, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return environment_ensure ("MPI_Status_set_cancelled", error)
         && CHECK_MPI (error, MPI_Status_set_cancelled, (MPI_Status *) self->mpi_status, cancelled != FALSE);
}

/**
 * ompi_obj_status_set_native: (skip)
 * @self: a status
 * @native: a raw status
 *
 * Copies a raw `MPI_Status` into a status.
 *
 * Since: 1.0
 */
void
ompi_obj_status_set_native (MpiStatus *self, const MPI_Status *native)
{
  g_return_if_fail (self != NULL && native != NULL);

  memcpy (self->mpi_status, native, sizeof *native);
}

/**
 * ompi_obj_status_get_native: (skip)
 * @self: a status
 * @native: (out caller-allocates): a raw status
 *
 * Copies a status into a raw `MPI_Status`.
 *
 * Since: 1.0
 */
void
ompi_obj_status_get_native (const MpiStatus *self, MPI_Status *native)
{
  g_return_if_fail (self != NULL && native != NULL);

  memcpy (native, self->mpi_status, sizeof *native);
}
