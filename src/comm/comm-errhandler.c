/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"

/**
 * ompi_obj_comm_set_errhandler:
 * @self: a communicator
 * @errhandler: what to do about errors from now on
 * @error: return location for a #GError
 *
 * Says what happens about an error on a communicator, on this rank. Communicators that are made of it
 * later take it over.
 *
 * Errors: [error@Mpi.Error.errhandler] if @errhandler was freed, [error@Mpi.Error.unsupported] for
 * `OMPI_OBJ_ERRORS_ABORT` with an MPI older than 4.0 or MPICH 4.0, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_set_errhandler` (MPI-4.0, section 9.3.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_set_errhandler (MpiComm *self, MpiErrhandler *errhandler, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_ERRHANDLER (errhandler), FALSE);
  COMM_ENTER (self, "MPI_Comm_set_errhandler", error, FALSE);

  return ompi_obj_errhandler_check (errhandler, "MPI_Comm_set_errhandler", error)
         && ompi_obj_comm_handle_set_errhandler (self->handle, errhandler, "MPI_Comm_set_errhandler", error);
}

/**
 * ompi_obj_comm_get_errhandler:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets what happens about an error on a communicator.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_get_errhandler` (MPI-4.0, section 9.3.1).
 *
 * Returns: (transfer full): the object that was set, or a predefined one; a new object if raw MPI set
 *   something else; %NULL on error
 *
 * Since: 1.0
 */
MpiErrhandler *
ompi_obj_comm_get_errhandler (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_get_errhandler", error, NULL);

  return ompi_obj_errhandler_slot_get (&self->handle->errhandler, &ompi_obj_comm_errhandlers, &COMM_HANDLE (self),
                                       "MPI_Comm_get_errhandler", error);
}

/**
 * ompi_obj_comm_call_errhandler:
 * @self: a communicator
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Does about an error of the program's own what is done about MPI's errors on a communicator: returns,
 * calls the function that was set, or ends the job.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is no error code, [error@Mpi.Error.comm] if @self was
 * freed.
 *
 * Mirrors `MPI_Comm_call_errhandler` (MPI-4.0, section 9.5).
 *
 * Returns: %TRUE if the error handler was called and returned
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_call_errhandler (MpiComm *self, gint mpi_code, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_call_errhandler", error, FALSE);

  return ompi_obj_errhandler_check_code (mpi_code, "MPI_Comm_call_errhandler", error)
         && CHECK_MPI (error, MPI_Comm_call_errhandler, COMM_HANDLE (self), mpi_code);
}
