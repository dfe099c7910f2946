/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Nonblocking receives of values: which message belongs to which.
 */

#include "comm-private.h"

/* Whether receives of values are pending on COMM; then a blocking one must wait for its turn behind them. */
gboolean variant_request_is_pending_on (MpiComm *comm);

/*
 * Looks once for the messages of all receives that are pending on a communicator. FALSE if none is pending any
 * more, or one is for the program to look for: then nobody else does, until the next receive is posted.
 */
gboolean variant_request_look (MpiCommHandle *handle);

/* Starts to receive a value. The arguments were checked. */
MpiRequest *variant_request_new_pending (MpiComm *comm, gint source, gint tag);
