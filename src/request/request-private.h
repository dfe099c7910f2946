/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How nonblocking operations make their requests.
 */

#include <mpi.h>

#include <ompi_obj/comm.h>
#include <ompi_obj/request.h>

/*
 * Makes the object of an operation that was just started. It keeps COMM, and the datatype and owner
 * of each BUFFER that is not NULL, alive until the operation has completed.
 */
MpiRequest *ompi_obj_request_new_started (MPI_Request handle,
                                          MpiComm *comm,
                                          const MpiBuffer *buffer,
                                          const MpiBuffer *other_buffer);

/* Releases what operations whose request was dropped early hold, if they have completed by now. */
void ompi_obj_request_finish_dropped (void);
