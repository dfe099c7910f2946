/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Collective calls that all ranks take part in, or none.
 *
 * MPI checks arguments on each rank for itself; where one rank returns an error, the others wait for it
 * in vain. Calls that are rare and dear anyway (the creation of communicators, the start of programs) tell each other
 * first whether all ranks came with good arguments.
 */

#include <ompi_obj/comm.h>

/*
 * Tells all ranks of an intracommunicator whether each of them came without an OBSTACLE, an error of its
 * own which is consumed, and with the same VALUE of ARGUMENT. Otherwise all get an error: a rank with an
 * obstacle that one, the others one of the same code that names the rank.
 */
gboolean ompi_obj_comm_consent (MpiComm *self,
                                GError *obstacle,
                                const char *argument,
                                gint64 value,
                                const char *function,
                                GError **error);
