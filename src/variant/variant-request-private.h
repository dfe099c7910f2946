/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Nonblocking receives of values: which message belongs to which.
 */

#include <ompi_obj/comm.h>

/* Whether receives of values are pending on COMM; then a blocking one must wait for its turn behind them. */
gboolean variant_request_is_pending_on (MpiComm *comm);

/* Starts to receive a value. The arguments were checked. */
MpiRequest *variant_request_new_pending (MpiComm *comm, gint source, gint tag);
