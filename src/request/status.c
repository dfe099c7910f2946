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
 * ompi_obj_status_free:
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
