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

/*
 * MPICH's files are ROMIO: it asks for the parts of a datatype with 32-bit counts, and ends the program if there are
 * others. Open MPI 4.1 writes the path, ".locktest." and the rank to 256 bytes, and ends the program if they do not
 * fit; in MPI_File_preallocate its ranks compare the size of the file while the first one makes it longer, and hang.
 */
const FileTraits *
ompi_obj_get_file_traits (void)
{
  static const FileTraits romio = {
    .path_limit = PATH_MAX - 1,
    .path_has_prefix = TRUE,
    .preallocates = TRUE,
    .converts_blocking_only = TRUE,
  };
  static const FileTraits ompio = {
    .path_limit = 256 - sizeof ".locktest." - (sizeof "99999" - 1),
    .takes_large_datatypes = TRUE,
    .waits_at_end = TRUE,
    .writes_fail_in_silence = TRUE,
  };

  return mpich_get ()->version != 0 ? &romio : &ompio;
}
