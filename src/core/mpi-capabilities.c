/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <limits.h>
#include <mpi.h>
#include <stdio.h>
#include <string.h>

#include "error-private.h"
#include "mpi-capabilities-private.h"

typedef struct
{
  guint version; /* of MPICH, 1000 times the number before the first dot and the one behind it; 0: another MPI */
  gboolean is_ch4;
  gboolean is_ch4_on_ucx;
} Mpich;

#define MPICH_VERSION_NUMBER(major, minor) (1000u * (major) + (minor))

/*
 * MPICH describes itself in lines such as "MPICH Version:      4.0.2" and "MPICH Device:    ch4:ucx". The library may
 * run with another MPICH than it was built with, so this is looked up at run time.
 */
static Mpich
mpich_detect (void)
{
  char text[MPI_MAX_LIBRARY_VERSION_STRING + 1] = "";
  char device[64] = "";
  unsigned major = 0;
  unsigned minor = 0;
  int length = 0;
  const char *line;
  Mpich mpich = { 0 };

  MPI_Get_library_version (text, &length);
  line = strstr (text, "MPICH Version:");
  if (line == NULL || sscanf (line, "MPICH Version: %u.%u", &major, &minor) != 2)
    return mpich;
  mpich.version = MPICH_VERSION_NUMBER (major, minor);

  line = strstr (text, "MPICH Device:");
  if (line != NULL && sscanf (line, "MPICH Device: %63s", device) == 1)
    {
      mpich.is_ch4 = g_str_has_prefix (device, "ch4");
      mpich.is_ch4_on_ucx = g_str_has_prefix (device, "ch4:ucx");
    }
  return mpich;
}

static const Mpich *
mpich_get (void)
{
  static Mpich mpich;
  static gsize detected;

  if (g_once_init_enter (&detected))
    {
      mpich = mpich_detect ();
      g_once_init_leave (&detected, 1);
    }
  return &mpich;
}

static gboolean
mpich_has_rounding_windows (void)
{
  return mpich_get ()->is_ch4_on_ucx && mpich_get ()->version < MPICH_VERSION_NUMBER (4, 1);
}

/*
 * Up to MPICH 4.1 the device for UCX has no dynamic processes: MPI_Open_port gives an empty name that crashes
 * MPI_Close_port, and MPI_Comm_spawn an error that does not say why. The other devices have them.
 */
gboolean
ompi_obj_check_dynamic_processes (const char *function, GError **error)
{
  if (!mpich_get ()->is_ch4_on_ucx || mpich_get ()->version >= MPICH_VERSION_NUMBER (4, 2))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "MPICH %u.%u on UCX (ch4:ucx) cannot start programs or connect to others; build the library "
                      "--with-mpi=openmpi, or use MPICH 4.2, or start all programs as one job, mpirun -n 1 ./server : "
                      "-n 4 ./client, and join them with create_intercomm",
                      mpich_get ()->version / 1000, mpich_get ()->version % 1000);
  return FALSE;
}

/* In every ch4 device of MPICH the functions are there and end the program with a failed assertion. */
gboolean
ompi_obj_check_fault_tolerance (const char *function, GError **error)
{
#ifdef HAVE_MPIX_COMM_REVOKE
  if (!mpich_get ()->is_ch4)
    return TRUE;
  ompi_obj_error_set (
      error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
      "the ch4 devices of MPICH cannot go on after the failure of a rank; build the library for Open MPI "
      "5.0, started with mpirun --with-ft ulfm");
#else
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "this MPI cannot go on after the failure of a rank; build the library for Open MPI 5.0, started "
                      "with mpirun --with-ft ulfm");
#endif
  return FALSE;
}

/* Open MPI 4.1 looks for the machine of the other group in the group of its own, and crashes. */
gboolean
ompi_obj_check_split_type_between_groups (const char *function, GError **error)
{
#if defined OMPI_MAJOR_VERSION && OMPI_MAJOR_VERSION < 5
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "Open MPI older than 5.0 cannot split an intercommunicator by type; use split, or split_type "
                      "before the groups are joined");
  return FALSE;
#else
  (void) function;
  (void) error;
  return TRUE;
#endif
}

/*
 * MPICH sends a name and its port to the launcher as one line of at most 1023 bytes, "cmd=publish_name service=NAME
 * port=PORT" and a newline, in which a blank ends a value; a longer line is cut off, and the launcher waits for its
 * end. Open MPI cuts names off after 511 bytes.
 */
NameLimits
ompi_obj_get_name_limits (void)
{
  const gsize line = 1023 - strlen ("cmd=publish_name service= port=\n");

  if (mpich_get ()->version != 0)
    return (NameLimits){ line, line, FALSE };
  return (NameLimits){ 511, G_MAXSIZE, TRUE };
}

/* Open MPI 4.1 writes the path, ".locktest." and the rank to 256 bytes, and ends the program if they do not fit. */
gsize
ompi_obj_get_path_limit (void)
{
  return mpich_get ()->version != 0 ? PATH_MAX - 1 : 255 - strlen (".locktest.") - strlen ("99999");
}

gboolean
ompi_obj_path_has_prefix (void)
{
  return mpich_get ()->version != 0;
}

/* In MPICH the code of files asks for the parts of a datatype with 32-bit counts, and ends the program if it has
 * others. */
gboolean
ompi_obj_files_take_large_datatypes (void)
{
  return mpich_get ()->version == 0;
}

/* Whether a variable of UCX says no. */
static gboolean
is_switched_off (const char *value)
{
  static const char *const words[] = { "n", "no", "off", "0" };

  for (gsize i = 0; value != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (value, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/*
 * MPICH 4.0 over UCX with the cache of registered memory: the address of a window is rounded down to a multiple of
 * this, so that operations change what stands before its memory, and locks hang. 4.1 is right.
 */
#define UCX_CACHE_SWITCH "UCX_RCACHE_ENABLE"
#define UCX_CACHE_ALIGNMENT 16

static gboolean is_ucx_cache_in_use = TRUE;

/*
 * The component of Open MPI 4 for one-sided communication over RDMA crashes in atomic operations where the network has
 * none; without it another one does the work.
 */
#define OPEN_MPI_COMPONENTS "OMPI_MCA_osc"

static gboolean
is_open_mpi_4 (void)
{
  char text[MPI_MAX_LIBRARY_VERSION_STRING + 1] = "";
  int length = 0;

  MPI_Get_library_version (text, &length);
  return g_str_has_prefix (text, "Open MPI v4.");
}

void
ompi_obj_prepare_mpi (gboolean is_running)
{
  static gboolean is_prepared;

  if (is_prepared)
    return;
  is_prepared = TRUE;
  if (!is_running)
    {
      if (mpich_has_rounding_windows ())
        g_setenv (UCX_CACHE_SWITCH, "n", FALSE);
      else if (is_open_mpi_4 ())
        g_setenv (OPEN_MPI_COMPONENTS, "^rdma", FALSE);
    }
  is_ucx_cache_in_use = !is_switched_off (g_getenv (UCX_CACHE_SWITCH));
}

gboolean
ompi_obj_check_window_base (gconstpointer base, const char *function, GError **error)
{
  if ((guintptr) base % UCX_CACHE_ALIGNMENT == 0 || !mpich_has_rounding_windows () || !is_ucx_cache_in_use)
    return TRUE;
  ompi_obj_error_set (
      error, OMPI_OBJ_ERROR_BASE, function,
      "the memory is at %p, which is no multiple of %d, and MPICH %u.%u on UCX would access other memory; "
      "set %s=n in the environment before MPI is initialized, or let the library initialize MPI, or align "
      "the memory",
      base, UCX_CACHE_ALIGNMENT, mpich_get ()->version / 1000, mpich_get ()->version % 1000, UCX_CACHE_SWITCH);
  return FALSE;
}
