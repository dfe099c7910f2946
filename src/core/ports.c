/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mpi.h>
#include <string.h>

#include <ompi_obj/ports.h>

#include "environment-private.h"
#include "error-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"
#include "ports-private.h"

/*
 * The ports that this process has open. MPIs take any text for a port to close, crash on some, and wait for
 * ever on one that is closed.
 */
static GMutex open_ports_lock;
static GHashTable *open_ports;

static void
open_ports_add (const char *port_name)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&open_ports_lock);

  if (open_ports == NULL)
    open_ports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (open_ports, g_strdup (port_name));
}

static gboolean
open_ports_contain (const char *port_name)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&open_ports_lock);

  return open_ports != NULL && g_hash_table_contains (open_ports, port_name);
}

static gboolean
open_ports_remove (const char *port_name)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&open_ports_lock);

  return open_ports != NULL && g_hash_table_remove (open_ports, port_name);
}

gboolean
ompi_obj_check_port_name (const char *port_name, const char *function, GError **error)
{
  if (port_name == NULL || *port_name == '\0')
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_PORT, function, "port_name is %s", port_name == NULL ? "NULL" : "empty");
  else if (strlen (port_name) >= MPI_MAX_PORT_NAME)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_PORT, function,
                        "port_name has %" G_GSIZE_FORMAT " bytes, but ports of this MPI have at most %d",
                        strlen (port_name), MPI_MAX_PORT_NAME - 1);
  else
    return TRUE;
  return FALSE;
}

gboolean
ompi_obj_check_port_is_open (const char *port_name, const char *function, GError **error)
{
  if (!ompi_obj_check_port_name (port_name, function, error))
    return FALSE;
  if (open_ports_contain (port_name))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_PORT, function, "port_name is '%s', which this process has not open",
                      port_name);
  return FALSE;
}

static gboolean
ports_enter (MpiInfo *info, const char *function, GError **error)
{
  return environment_ensure (function, error) && ompi_obj_info_check (info, function, error);
}

/**
 * ompi_obj_open_port:
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Opens a port: an address at which this process can be reached by other programs, through
 * [method@Mpi.Intracomm.accept_port]. Its name is in MPI's own form; give it to the other program in any way,
 * [func@Mpi.publish_name] for one.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI has no ports (MPICH before 4.2 on UCX),
 * [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_Open_port` (MPI-4.0, section 11.9.2).
 *
 * Returns: (transfer full): the name of the port; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_open_port (MpiInfo *info, GError **error)
{
  static const char function[] = "MPI_Open_port";
  char port_name[MPI_MAX_PORT_NAME + 1] = "";

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!ports_enter (info, function, error) || !ompi_obj_require_feature (OMPI_OBJ_FEATURE_DYNAMIC_PROCESS, function, error)
      || !CHECK_MPI (error, MPI_Open_port, info_to_mpi (info), port_name))
    return NULL;
  open_ports_add (port_name);
  return g_strdup (port_name);
}

/**
 * ompi_obj_close_port:
 * @port_name: a port that this process opened
 * @error: return location for a #GError
 *
 * Closes a port. Connections that were made through it stay.
 *
 * Errors: [error@Mpi.Error.port] if [func@Mpi.open_port] did not open it in this process, or it was closed.
 *
 * Mirrors `MPI_Close_port` (MPI-4.0, section 11.9.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_close_port (const gchar *port_name, GError **error)
{
  static const char function[] = "MPI_Close_port";

  g_return_val_if_fail (port_name != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure (function, error) || !ompi_obj_check_port_is_open (port_name, function, error))
    return FALSE;
  open_ports_remove (port_name);
  return CHECK_MPI (error, MPI_Close_port, port_name);
}

static gboolean
contains_blank (const char *text)
{
  return strpbrk (text, " \t\n\v\f\r") != NULL;
}

static gboolean
report_too_long (const char *what, gsize length, gsize limit, const char *function, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_SERVICE, function,
                      "%s has %" G_GSIZE_FORMAT " bytes, but this MPI takes at most %" G_GSIZE_FORMAT, what, length,
                      limit);
  return FALSE;
}

static gboolean
report_blank (MpiError code, const char *argument, const char *text, const char *function, GError **error)
{
  ompi_obj_error_set (error, code, function, "%s '%s' contains a blank, which this MPI does not keep", argument, text);
  return FALSE;
}

/* What an MPI would cut off, or wait for ever with, is refused. */
static gboolean
check_name (const char *service_name, const char *port_name, const char *function, GError **error)
{
  const NameLimits limits = ompi_obj_get_name_limits ();
  const gsize length = strlen (service_name);

  if (length == 0 || !g_utf8_validate (service_name, -1, NULL))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_SERVICE, function, "service_name is %s",
                          length == 0 ? "empty" : "not valid UTF-8");
      return FALSE;
    }
  if (length > limits.name)
    return report_too_long ("service_name", length, limits.name, function, error);
  if (length + strlen (port_name) > limits.name_and_port)
    return report_too_long ("service_name with port_name", length + strlen (port_name), limits.name_and_port, function,
                            error);
  if (contains_blank (service_name) && !limits.keeps_blanks)
    return report_blank (OMPI_OBJ_ERROR_SERVICE, "service_name", service_name, function, error);
  if (contains_blank (port_name) && !limits.keeps_blanks)
    return report_blank (OMPI_OBJ_ERROR_PORT, "port_name", port_name, function, error);
  return TRUE;
}

static gboolean
name_is_published (const char *service_name, MpiInfo *info)
{
  char port_name[MPI_MAX_PORT_NAME + 1] = "";

  return MPI_Lookup_name (service_name, info_to_mpi (info), port_name) == MPI_SUCCESS;
}

/**
 * ompi_obj_publish_name:
 * @service_name: the name, in UTF-8; MPICH takes no blanks in it
 * @info: (nullable): hints for MPI, or %NULL
 * @port_name: the port that the name stands for
 * @error: return location for a #GError
 *
 * Gives a port a name by which other programs find it with [func@Mpi.lookup_name].
 *
 * Which programs see it depends on how they were started: the programs of one `mpirun` always; with several, those
 * that were started with the same name server (`hydra_nameserver` and `mpirun -nameserver` of MPICH, `ompi-server` and
 * `mpirun --ompi-server` of Open MPI). In Open MPI a name is known to its `mpirun` alone unless the info has
 * `ompi_global_scope` set to `true` or there is a server.
 *
 * Errors: [error@Mpi.Error.service] if @service_name is empty, not UTF-8, too long for this MPI, or published already,
 * [error@Mpi.Error.port] if @port_name is empty or too long, [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_Publish_name` (MPI-4.0, section 11.9.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_publish_name (const gchar *service_name, MpiInfo *info, const gchar *port_name, GError **error)
{
  static const char function[] = "MPI_Publish_name";

  g_return_val_if_fail (service_name != NULL && port_name != NULL, FALSE);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ports_enter (info, function, error) || !ompi_obj_check_port_name (port_name, function, error)
      || !check_name (service_name, port_name, function, error))
    return FALSE;
  /* One MPI refuses it, another forgets the first port. */
  if (name_is_published (service_name, info))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_SERVICE, function, "the name '%s' is published already", service_name);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Publish_name, service_name, info_to_mpi (info), port_name);
}

/**
 * ompi_obj_unpublish_name:
 * @service_name: a name that this process published
 * @info: (nullable): hints for MPI, the same as when it was published, or %NULL
 * @port_name: the port that it stands for
 * @error: return location for a #GError
 *
 * Takes a name back. Published names do not vanish by themselves while the name server runs.
 *
 * Errors: [error@Mpi.Error.service] if the name is not published, [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_Unpublish_name` (MPI-4.0, section 11.9.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_unpublish_name (const gchar *service_name, MpiInfo *info, const gchar *port_name, GError **error)
{
  static const char function[] = "MPI_Unpublish_name";

  g_return_val_if_fail (service_name != NULL && port_name != NULL, FALSE);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ports_enter (info, function, error) || !ompi_obj_check_port_name (port_name, function, error)
      || !check_name (service_name, port_name, function, error))
    return FALSE;
  if (!name_is_published (service_name, info))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_SERVICE, function, "the name '%s' is not published", service_name);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Unpublish_name, service_name, info_to_mpi (info), port_name);
}

/**
 * ompi_obj_lookup_name:
 * @service_name: a name
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Finds the port that a program has published under a name, for [method@Mpi.Intracomm.connect_port]. It does
 * not wait for the name.
 *
 * Errors: [error@Mpi.Error.name] if nobody has published it, [error@Mpi.Error.service] if it is empty, not
 * UTF-8 or too long, [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_Lookup_name` (MPI-4.0, section 11.9.4).
 *
 * Returns: (transfer full): the name of the port; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_lookup_name (const gchar *service_name, MpiInfo *info, GError **error)
{
  static const char function[] = "MPI_Lookup_name";
  char port_name[MPI_MAX_PORT_NAME + 1] = "";

  g_return_val_if_fail (service_name != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!ports_enter (info, function, error) || !check_name (service_name, "", function, error)
      || !CHECK_MPI (error, MPI_Lookup_name, service_name, info_to_mpi (info), port_name))
    return NULL;
  return g_strdup (port_name);
}
