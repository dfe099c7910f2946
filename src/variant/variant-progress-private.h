/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Who looks for the messages of pending receives of values while nobody waits for these.
 *
 * A receive of MPI's lets the sender go on whatever its own rank does meanwhile. A receive of a value is
 * not MPI's until its message was found, and the program may be in a blocking send, or in raw MPI. So a
 * thread looks from time to time; most messages are found before, by those who wait.
 */

#include "comm-private.h"

/* Watches a communicator until nothing is pending on it. It must not be watched yet. */
void variant_progress_watch (MpiCommHandle *handle);
