/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-agreement-private.h"
#include "comm-private.h"

enum
{
  AGREEMENT_OBSTACLE, /* the first rank that is not good, and why */
  AGREEMENT_LEAST,
  AGREEMENT_GREATEST, /* negative, as the minimum is taken of all */
  N_AGREEMENT
};

/* More than there are codes. */
#define CODE_LIMIT 1000
#define NO_OBSTACLE G_MAXINT64

static gint64
obstacle_to_number (MpiComm *self, const GError *obstacle)
{
  return obstacle != NULL ? (gint64) self->handle->rank * CODE_LIMIT + obstacle->code : NO_OBSTACLE;
}

gboolean
ompi_obj_comm_consent (MpiComm *self,
                       GError *obstacle,
                       const char *argument,
                       gint64 value,
                       const char *function,
                       GError **error)
{
  const gint64 mine[N_AGREEMENT] = { obstacle_to_number (self, obstacle), value, -value };
  gint64 all[N_AGREEMENT];
  const int code = MPI_Allreduce (mine, all, N_AGREEMENT, MPI_INT64_T, MPI_MIN, COMM_HANDLE (self));

  if (obstacle != NULL)
    g_propagate_error (error, obstacle);
  else if (code != MPI_SUCCESS)
    ompi_obj_error_set_mpi (error, function, code);
  else if (all[AGREEMENT_OBSTACLE] != NO_OBSTACLE)
    ompi_obj_error_set (error, (MpiError) (all[AGREEMENT_OBSTACLE] % CODE_LIMIT), function,
                        "rank %" G_GINT64_FORMAT " cannot take part, and has an error that says why",
                        all[AGREEMENT_OBSTACLE] / CODE_LIMIT);
  else if (all[AGREEMENT_LEAST] != -all[AGREEMENT_GREATEST])
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_NOT_SAME, function,
                        "%s is %" G_GINT64_FORMAT ", but the ranks came with %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                        argument, value, all[AGREEMENT_LEAST], -all[AGREEMENT_GREATEST]);
  else
    return TRUE;
  return FALSE;
}
