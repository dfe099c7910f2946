/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/spawn-command.h>

/*
 * Finds the program of a command, as far as this machine can tell: the file name that MPI is to be given. An error if
 * something is wrong that MPI would end the job for.
 */
gchar *ompi_obj_spawn_command_find (const MpiSpawnCommand *self, const char *function, GError **error);
