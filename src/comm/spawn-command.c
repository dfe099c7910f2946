/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/spawn-command.h>

#include "error-private.h"
#include "info-private.h"
#include "spawn-command-private.h"

/**
 * ompi_obj_spawn_command_get_type:
 *
 * Gets the type of commands.
 *
 * Returns: the type
 *
 * Since: 1.0
 */
G_DEFINE_BOXED_TYPE (MpiSpawnCommand, ompi_obj_spawn_command, ompi_obj_spawn_command_copy, ompi_obj_spawn_command_free)

/**
 * ompi_obj_spawn_command_new:
 * @command: the program: a file, absolute or relative to the working directory, or a name to look for in `PATH`
 * @argv: (array zero-terminated=1) (nullable): its arguments, without its name; %NULL for none
 * @max_procs: how many processes of it to start, from 1
 * @info: (nullable): hints for MPI, such as `wdir` and `host`, or %NULL
 *
 * Makes a command. What is wrong with it is found when it is used.
 *
 * Returns: (transfer full): a new command
 *
 * Since: 1.0
 */
MpiSpawnCommand *
ompi_obj_spawn_command_new (const gchar *command, const gchar *const *argv, gint max_procs, MpiInfo *info)
{
  MpiSpawnCommand *self;

  g_return_val_if_fail (command != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);

  self = g_new0 (MpiSpawnCommand, 1);
  self->command = g_strdup (command);
  self->argv = g_strdupv ((gchar **) argv);
  self->max_procs = max_procs;
  g_set_object (&self->info, info);
  return self;
}

/**
 * ompi_obj_spawn_command_copy:
 * @self: a command
 *
 * Copies a command. The copy has the same info, not one of its own.
 *
 * Returns: (transfer full): a new command
 *
 * Since: 1.0
 */
MpiSpawnCommand *
ompi_obj_spawn_command_copy (const MpiSpawnCommand *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ompi_obj_spawn_command_new (self->command, (const gchar *const *) self->argv, self->max_procs, self->info);
}

/**
 * ompi_obj_spawn_command_free: (skip)
 * @self: a command
 *
 * Frees a command.
 *
 * Since: 1.0
 */
void
ompi_obj_spawn_command_free (MpiSpawnCommand *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->command);
  g_strfreev (self->argv);
  g_clear_object (&self->info);
  g_free (self);
}

/* Hints that let a program run where this process cannot see its file. */
static gboolean
info_names_machines (MpiInfo *info)
{
  static const char *const keys[] = { "host", "hostfile", "add-host", "add-hostfile", "arch", "preload_binary" };

  for (gsize i = 0; info != NULL && i < G_N_ELEMENTS (keys); i++)
    if (ompi_obj_info_has_key (info, keys[i], NULL))
      return TRUE;
  return FALSE;
}

static gchar *
info_get (MpiInfo *info, const char *key)
{
  return info != NULL ? ompi_obj_info_get (info, key, NULL) : NULL;
}

static gboolean
is_program (const char *file)
{
  return g_file_test (file, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (file, G_FILE_TEST_IS_DIR);
}

/* In the directories of the info's "path", which not every MPI looks at. */
static gchar *
find_in_path_of_info (const char *command, MpiInfo *info)
{
  g_autofree gchar *path = info_get (info, "path");
  g_auto (GStrv) directories = path != NULL ? g_strsplit (path, G_SEARCHPATH_SEPARATOR_S, -1) : NULL;

  for (gsize i = 0; directories != NULL && directories[i] != NULL; i++)
    {
      g_autofree gchar *file = g_canonicalize_filename (command, directories[i]);

      if (is_program (file))
        return g_steal_pointer (&file);
    }
  return NULL;
}

/* Open MPI ends the whole job if there is no such program or directory, so they are looked for first. */
gchar *
ompi_obj_spawn_command_find (const MpiSpawnCommand *self, const char *function, GError **error)
{
  g_autofree gchar *directory = NULL;
  g_autofree gchar *in_directory = NULL;
  g_autofree gchar *in_path = NULL;
  gchar *file;

  if (self->max_procs < 1)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "max_procs of '%s' is %d, but must be 1 at least",
                          self->command, self->max_procs);
      return NULL;
    }
  if (*self->command == '\0')
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "command is empty");
      return NULL;
    }
  if (!ompi_obj_info_check (self->info, function, error))
    return NULL;
  if (info_names_machines (self->info))
    return g_strdup (self->command);

  directory = info_get (self->info, "wdir");
  if (directory != NULL && !g_file_test (directory, G_FILE_TEST_IS_DIR))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_SPAWN, function, "wdir is '%s', which is no directory", directory);
      return NULL;
    }
  file = find_in_path_of_info (self->command, self->info);
  if (file != NULL)
    return file;
  in_directory = g_canonicalize_filename (self->command, directory);
  in_path = g_find_program_in_path (self->command);
  if (is_program (in_directory) || (in_path != NULL && strchr (self->command, G_DIR_SEPARATOR) == NULL))
    return g_strdup (self->command);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_SPAWN, function, "command is '%s', which is no program on this machine",
                      self->command);
  return NULL;
}
