/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mpi.h>

#include <ompi_obj/status.h>

G_STATIC_ASSERT (sizeof (MPI_Status) <= sizeof (MpiStatus));

/* What MPI writes the status of a message to; NULL where the user does not ask for it. */
static inline MPI_Status *
status_to_mpi (MpiStatus *status)
{
  return status != NULL ? (MPI_Status *) status->mpi_status : MPI_STATUS_IGNORE;
}

/* The status of a message from nobody, and of an operation that is no message. */
static inline void
mpi_status_set_nobody (MPI_Status *status)
{
  MPI_Status_set_elements (status, MPI_BYTE, 0);
  MPI_Status_set_cancelled (status, FALSE);
  status->MPI_SOURCE = MPI_PROC_NULL;
  status->MPI_TAG = MPI_ANY_TAG;
}
