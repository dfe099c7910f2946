/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The functions of MPI for the failure of ranks, by the names of Open MPI 5.0. A MPICH has some of them
 * under other names; where one is missing, its stand-in gives an error.
 */

#include <mpi.h>
#ifdef HAVE_MPI_EXT_H
#include <mpi-ext.h>
#endif

#ifdef HAVE_MPIX_COMM_REVOKE

#ifndef HAVE_MPIX_COMM_IS_REVOKED
static inline int
MPIX_Comm_is_revoked (MPI_Comm comm, int *flag)
{
  (void) comm;
  *flag = 0;
  return MPI_ERR_UNSUPPORTED_OPERATION;
}
#endif

#ifndef HAVE_MPIX_COMM_IAGREE
static inline int
MPIX_Comm_iagree (MPI_Comm comm, int *flag, MPI_Request *request)
{
  (void) comm;
  (void) flag;
  *request = MPI_REQUEST_NULL;
  return MPI_ERR_UNSUPPORTED_OPERATION;
}
#endif

/* The older pair of functions knows of failures only once they are acknowledged, all of them at once. */
#ifndef HAVE_MPIX_COMM_GET_FAILED
static inline int
MPIX_Comm_get_failed (MPI_Comm comm, MPI_Group *failed)
{
  const int code = MPIX_Comm_failure_ack (comm);

  return code == MPI_SUCCESS ? MPIX_Comm_failure_get_acked (comm, failed) : code;
}
#endif

#ifndef HAVE_MPIX_COMM_ACK_FAILED
static inline int
MPIX_Comm_ack_failed (MPI_Comm comm, int n_to_ack, int *n_acked)
{
  MPI_Group failed = MPI_GROUP_NULL;
  const int code = MPIX_Comm_get_failed (comm, &failed);

  (void) n_to_ack;
  *n_acked = 0;
  if (code == MPI_SUCCESS && failed != MPI_GROUP_NULL)
    {
      MPI_Group_size (failed, n_acked);
      if (failed != MPI_GROUP_EMPTY)
        MPI_Group_free (&failed);
    }
  return code;
}
#endif

#else

/* Never called: ompi_obj_require_feature() says no before. */
#define MPIX_Comm_revoke(comm) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_is_revoked(comm, flag) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_get_failed(comm, group) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_ack_failed(comm, n_to_ack, n_acked) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_agree(comm, flag) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_iagree(comm, flag, request) MPI_ERR_UNSUPPORTED_OPERATION
#define MPIX_Comm_shrink(comm, copy) MPI_ERR_UNSUPPORTED_OPERATION

#endif
