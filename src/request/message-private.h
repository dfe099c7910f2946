/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How matched probes make their messages.
 */

#include <mpi.h>

#include <ompi_obj/comm.h>
#include <ompi_obj/message.h>

/* Makes the object of a message that was just matched on COMM, with the status of the probe; it keeps COMM alive. */
MpiMessage *ompi_obj_message_new_matched (MPI_Message handle, const MPI_Status *status, MpiComm *comm);

/* The length of the message in bytes; -1 if it is not known, as for a raw handle. */
gint64 ompi_obj_message_get_n_bytes (MpiMessage *self);

/* Checks that it was not received, and that the length is known. */
gboolean ompi_obj_message_check_length (MpiMessage *self, const char *function, GError **error);

/* Whether it is a message from MPI_PROC_NULL. */
gboolean ompi_obj_message_is_from_nobody (MpiMessage *self);
