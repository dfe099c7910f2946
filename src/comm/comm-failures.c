/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "datatype-private.h"
#include "failures-private.h"
#include "group-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

/*
 * What is left of a job when a rank has failed. No part of MPI-4.0: the functions are those of the proposal
 * User-Level Failure Mitigation, which Open MPI 5.0 has. One that a MPI has no stand-in for fails with
 * MPI_ERR_UNSUPPORTED_OPERATION.
 */

#define FAILURES_ENTER(self, function, error, failed)                                \
  COMM_ENTER (self, function, error, failed);                                        \
  if (!ompi_obj_require_feature (OMPI_OBJ_FEATURE_FAULT_TOLERANCE, function, error)) \
  return failed

/**
 * ompi_obj_comm_revoke:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Makes every operation on the communicator fail with [error@Mpi.Error.revoked], on all ranks, those that wait too;
 * only [method@Mpi.Comm.agree] and [method@Mpi.Comm.shrink] still work. Not collective: a rank that learned of a
 * failure calls it so that the others, which may wait for each other, learn of it too.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI cannot go on after the failure of a rank (Open MPI 5.0
 * can, with `mpirun --with-ft ulfm`), [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPIX_Comm_revoke` (User-Level Failure Mitigation).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_revoke (MpiComm *self, GError **error)
{
  FAILURES_ENTER (self, "MPIX_Comm_revoke", error, FALSE);
  return check_mpi (error, "MPIX_Comm_revoke", MPIX_Comm_revoke (COMM_HANDLE (self)));
}

/**
 * ompi_obj_comm_is_revoked:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Tells whether a communicator is known, on this rank, to be revoked.
 *
 * Errors: as [method@Mpi.Comm.revoke], and [error@Mpi.Error.unsupported_operation] where only this is missing.
 *
 * Mirrors `MPIX_Comm_is_revoked` (User-Level Failure Mitigation).
 *
 * Returns: %TRUE if it is; %FALSE if it is not, or on error
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_is_revoked (MpiComm *self, GError **error)
{
  int is_revoked = FALSE;

  FAILURES_ENTER (self, "MPIX_Comm_is_revoked", error, FALSE);
  return check_mpi (error, "MPIX_Comm_is_revoked", MPIX_Comm_is_revoked (COMM_HANDLE (self), &is_revoked))
         && is_revoked;
}

/**
 * ompi_obj_comm_get_failed:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the ranks of a communicator that this rank knows to have failed. Other ranks may know of others.
 *
 * Errors: as [method@Mpi.Comm.revoke].
 *
 * Mirrors `MPIX_Comm_get_failed` (User-Level Failure Mitigation).
 *
 * Returns: (transfer full): a new group, which may be empty; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_comm_get_failed (MpiComm *self, GError **error)
{
  MPI_Group failed = MPI_GROUP_NULL;

  FAILURES_ENTER (self, "MPIX_Comm_get_failed", error, NULL);
  return check_mpi (error, "MPIX_Comm_get_failed", MPIX_Comm_get_failed (COMM_HANDLE (self), &failed))
             ? ompi_obj_group_new_for_result (failed)
             : NULL;
}

/**
 * ompi_obj_comm_ack_failed:
 * @self: a communicator
 * @n_failed: how many of the ranks of [method@Mpi.Comm.get_failed] to acknowledge, from its first; the size of the
 *   world and more stand for all
 * @error: return location for a #GError
 *
 * Says that this rank has noted the failure of others: receives from any source then work again among the
 * ranks that are left, and [method@Mpi.Comm.agree] does not report them.
 *
 * Errors: as [method@Mpi.Comm.revoke], and [error@Mpi.Error.arg] if @n_failed is negative.
 *
 * Mirrors `MPIX_Comm_ack_failed` (User-Level Failure Mitigation).
 *
 * Returns: the number of ranks whose failure is acknowledged now; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_ack_failed (MpiComm *self, gint n_failed, GError **error)
{
  int n_acknowledged = 0;

  FAILURES_ENTER (self, "MPIX_Comm_ack_failed", error, -1);
  if (n_failed < 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPIX_Comm_ack_failed", "n_failed is %d, but must not be negative",
                          n_failed);
      return -1;
    }
  return check_mpi (error, "MPIX_Comm_ack_failed", MPIX_Comm_ack_failed (COMM_HANDLE (self), n_failed, &n_acknowledged))
             ? n_acknowledged
             : -1;
}

/**
 * ompi_obj_comm_agree:
 * @self: a communicator
 * @flag: bits of this rank
 * @agreed: (out) (optional): the bits that are set on all ranks that have not failed, the same on all of them
 * @error: return location for a #GError
 *
 * Agrees among the ranks that are left, also after failures and on a revoked communicator. Collective.
 *
 * Errors: as [method@Mpi.Comm.revoke]; [error@Mpi.Error.proc_failed] on all ranks if a rank has failed whose failure
 * one of them has not acknowledged: @agreed is set nevertheless.
 *
 * Mirrors `MPIX_Comm_agree` (User-Level Failure Mitigation).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_agree (MpiComm *self, gint flag, gint *agreed, GError **error)
{
  int bits = flag;
  gboolean succeeded;

  FAILURES_ENTER (self, "MPIX_Comm_agree", error, FALSE);
  succeeded = check_mpi (error, "MPIX_Comm_agree", MPIX_Comm_agree (COMM_HANDLE (self), &bits));
  if (agreed != NULL)
    *agreed = bits;
  return succeeded;
}

/**
 * ompi_obj_comm_iagree:
 * @self: a communicator
 * @flag: one `OMPI_OBJ_INT`: the bits of this rank, and when the request has completed those that are set on all
 *   ranks
 * @error: return location for a #GError
 *
 * Starts to agree, as [method@Mpi.Comm.agree] does. Collective.
 *
 * Errors: as [method@Mpi.Comm.revoke], [error@Mpi.Error.count] or [error@Mpi.Error.type] if @flag is not one
 * `OMPI_OBJ_INT`, [error@Mpi.Error.buffer] if it has no address.
 *
 * Mirrors `MPIX_Comm_iagree` (User-Level Failure Mitigation).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iagree (MpiComm *self, const MpiBuffer *flag, GError **error)
{
  static const char function[] = "MPIX_Comm_iagree";
  MPI_Request request = MPI_REQUEST_NULL;

  g_return_val_if_fail (flag != NULL, NULL);
  FAILURES_ENTER (self, function, error, NULL);

  if (!buffer_check (flag, function, error))
    return NULL;
  if (flag->count != 1)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "flag has %" G_GINT64_FORMAT " elements, but must be one", flag->count);
      return NULL;
    }
  if (flag->datatype->handle != MPI_INT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "flag is no OMPI_OBJ_INT");
      return NULL;
    }
  if (flag->address == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "flag has no address");
      return NULL;
    }
  if (!check_mpi (error, function, MPIX_Comm_iagree (COMM_HANDLE (self), flag->address, &request)))
    return NULL;
  return ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, request, OPERATION_IS_COLLECTIVE, self, flag, NULL);
}

/**
 * ompi_obj_comm_shrink:
 * @self: a communicator, which may be revoked
 * @error: return location for a #GError
 *
 * Makes a communicator of the ranks that have not failed, in their order. The new object is of the same class as @self.
 * Collective.
 *
 * Errors: as [method@Mpi.Comm.revoke].
 *
 * Mirrors `MPIX_Comm_shrink` (User-Level Failure Mitigation).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_shrink (MpiComm *self, GError **error)
{
  MPI_Comm shrunk = MPI_COMM_NULL;

  FAILURES_ENTER (self, "MPIX_Comm_shrink", error, NULL);
  return check_mpi (error, "MPIX_Comm_shrink", MPIX_Comm_shrink (COMM_HANDLE (self), &shrunk))
             ? ompi_obj_comm_new_child (self, shrunk, error)
             : NULL;
}
