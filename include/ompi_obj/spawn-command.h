/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_SPAWN_COMMAND (ompi_obj_spawn_command_get_type ())

/**
 * MpiSpawnCommand:
 * @command: the program: a file, absolute or relative to the working directory, or a name to look for in `PATH`
 * @argv: (array zero-terminated=1) (nullable): its arguments, without its name
 * @max_procs: how many processes of it to start
 * @info: (nullable): hints for MPI, such as `wdir` and `host`
 *
 * A program to start with [method@Mpi.Intracomm.spawn_multiple]. Set no fields of it after it was made.
 *
 * Since: 1.0
 */
struct _MpiSpawnCommand
{
  gchar *command;
  gchar **argv;
  gint max_procs;
  MpiInfo *info;
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_spawn_command_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSpawnCommand *ompi_obj_spawn_command_new (const gchar *command,
                                             const gchar *const *argv,
                                             gint max_procs,
                                             MpiInfo *info) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSpawnCommand *ompi_obj_spawn_command_copy (const MpiSpawnCommand *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_spawn_command_free (MpiSpawnCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiSpawnCommand, ompi_obj_spawn_command_free)

G_END_DECLS
