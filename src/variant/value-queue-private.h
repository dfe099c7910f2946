/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the operations on values have of their own on each communicator, and the requests of those that
 * do not block.
 */

#include "value-operation-private.h"

/*
 * Makes the request of an operation, which becomes its own, from g_new0(). The steps are taken on a
 * hidden communicator of the same ranks, so that they never meet other collectives, in the order in which
 * the operations were started. The arguments were checked.
 */
MpiRequest *value_operation_start (ValueOperation *self, MpiComm *comm, ValueStep first, GError **error);

/*
 * Prepares an operation on COMM to exchange messages. Collective, in the order of the calls on all ranks;
 * it waits for the others only if the operation blocks, or the first time on an intercommunicator.
 */
gboolean value_operation_prepare_meeting (ValueOperation *self, MpiComm *comm, GError **error);

/* Whether a request is one of these; and the value of one that has completed, a list of values as an array of variants.
 */
gboolean value_request_check (MpiRequest *request);
GVariant *value_request_get_value (MpiRequest *request, GError **error);
