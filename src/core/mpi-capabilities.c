/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <limits.h>
#include <mpi.h>
#include <stdio.h>
#include <string.h>

#include "environment-private.h"
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

#define N_FEATURES (OMPI_OBJ_FEATURE_FAULT_TOLERANCE + 1)

/* What this MPI has no functions for, and what to use instead. */
static const gchar *const missing_functions[] = {
  [N_FEATURES] = NULL,
#ifndef HAVE_MPI_LARGE_COUNT
  [OMPI_OBJ_FEATURE_LARGE_COUNT] = "this MPI is older than 4.0 and counts to 2147483647; use a derived datatype",
#endif
#ifndef HAVE_MPI_ISENDRECV
  [OMPI_OBJ_FEATURE_ISENDRECV] = "this MPI is older than 4.0; use isend and irecv",
#endif
#ifndef HAVE_MPI_PERSISTENT_COLLECTIVE
  [OMPI_OBJ_FEATURE_PERSISTENT_COLLECTIVE] = "this MPI is older than 4.0; use the nonblocking form of the operation",
#endif
#ifndef HAVE_MPI_PARTITIONED
  [OMPI_OBJ_FEATURE_PARTITIONED] = "this MPI has no partitioned communication; send the parts as messages",
#endif
#ifndef HAVE_MPI_SESSION_INIT
  [OMPI_OBJ_FEATURE_SESSION] = "this MPI is older than 4.0; use ompi_obj_comm_world()",
  [OMPI_OBJ_FEATURE_RESTART] = "this MPI is older than 4.0, and does not begin again after it has ended",
#endif
#ifndef HAVE_MPI_COMM_IDUP_WITH_INFO
  [OMPI_OBJ_FEATURE_IDUP_WITH_INFO] = "this MPI is older than 4.0; use idup or dup_with_info",
#endif
#if MPI_VERSION < 4
  [OMPI_OBJ_FEATURE_HW_SPLIT] = "this MPI is older than 4.0; use OMPI_OBJ_SPLIT_TYPE_SHARED",
#endif
#ifndef HAVE_MPI_INFO_CREATE_ENV
  [OMPI_OBJ_FEATURE_INFO_ENV] = "this MPI is older than 4.0; use ompi_obj_info_new()",
#endif
#ifndef HAVE_MPIX_COMM_REVOKE
  [OMPI_OBJ_FEATURE_FAULT_TOLERANCE] = "this MPI cannot go on after the failure of a rank; build the library for Open "
                                       "MPI 5.0, started with mpirun --with-ft ulfm",
#endif
};

/*
 * What an MPI has functions for and cannot do. Up to MPICH 4.1 the device for UCX has no dynamic processes:
 * MPI_Open_port gives an empty name that crashes MPI_Close_port, and MPI_Comm_spawn an error that does not say why; the
 * other devices have them. In every ch4 device the functions for the failure of a rank are there and end the program
 * with a failed assertion. MPICH 4.0 crashes when it is to begin again after it has ended.
 */
static gchar *
mpich_check_feature (const Mpich *mpich, MpiFeature feature)
{
  if (feature == OMPI_OBJ_FEATURE_DYNAMIC_PROCESS && mpich->is_ch4_on_ucx
      && mpich->version < MPICH_VERSION_NUMBER (4, 2))
    return g_strdup_printf (
        "MPICH %u.%u on UCX (ch4:ucx) cannot start programs or connect to others; build the library "
        "--with-mpi=openmpi, or use MPICH 4.2, or start all programs as one job, mpirun -n 1 "
        "./server : -n 4 ./client, and join them with create_intercomm",
        mpich->version / 1000, mpich->version % 1000);
  if (feature == OMPI_OBJ_FEATURE_FAULT_TOLERANCE && mpich->is_ch4)
    return g_strdup (
        "the ch4 devices of MPICH cannot go on after the failure of a rank; build the library for Open MPI "
        "5.0, started with mpirun --with-ft ulfm");
  if (feature == OMPI_OBJ_FEATURE_RESTART && mpich->version != 0 && mpich->version < MPICH_VERSION_NUMBER (4, 1))
    return g_strdup_printf ("MPICH %u.%u cannot begin again after it has ended; keep one session to the end",
                            mpich->version / 1000, mpich->version % 1000);
  return NULL;
}

/**
 * ompi_obj_check_feature:
 * @feature: a feature
 *
 * Tells why this MPI lacks a feature, and what to use instead. Can be called at any time. The program
 * `ompi-obj-info` prints it for all features.
 *
 * Returns: (transfer full) (nullable): %NULL if it has it, else the text
 *
 * Since: 1.0
 */
gchar *
ompi_obj_check_feature (MpiFeature feature)
{
  g_return_val_if_fail ((guint) feature < N_FEATURES, NULL);

  if (missing_functions[feature] != NULL)
    return g_strdup (missing_functions[feature]);
  return mpich_check_feature (mpich_get (), feature);
}

/**
 * ompi_obj_has_feature:
 * @feature: a feature
 *
 * Tells whether this MPI has a feature. Can be called at any time. The methods of one that it lacks give
 * [error@Mpi.Error.unsupported] with the text of [func@Mpi.check_feature].
 *
 * Returns: %TRUE if it has it
 *
 * Since: 1.0
 */
gboolean
ompi_obj_has_feature (MpiFeature feature)
{
  g_autofree gchar *missing = NULL;

  g_return_val_if_fail ((guint) feature < N_FEATURES, FALSE);

  missing = ompi_obj_check_feature (feature);
  return missing == NULL;
}

gboolean
ompi_obj_require_feature (MpiFeature feature, const char *function, GError **error)
{
  g_autofree gchar *missing = ompi_obj_check_feature (feature);

  if (missing != NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function, "%s", missing);
  return missing == NULL;
}

/*
 * MPICH asks the launcher. To a program that was started without one it starts "mpiexec -pmi_args", whosever that is,
 * and waits for it: for ever if it is that of Open MPI.
 */
gboolean
ompi_obj_knows_universe_size (void)
{
  return mpich_get ()->version == 0 || g_getenv ("PMI_FD") != NULL || g_getenv ("PMI_PORT") != NULL
         || g_getenv ("PMI_RANK") != NULL;
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

/**
 * ompi_obj_get_limit:
 * @limit: what there may be a limit for
 *
 * Gets a limit of this MPI. The lengths of texts are in bytes, without a zero byte at the end.
 * Except for [enum@Mpi.Limit.tag] it can be called at any time.
 *
 * Returns: the largest number that is allowed
 *
 * Since: 1.0
 */
gint64
ompi_obj_get_limit (MpiLimit limit)
{
  switch (limit)
    {
    case OMPI_OBJ_LIMIT_COUNT:
      return ompi_obj_has_feature (OMPI_OBJ_FEATURE_LARGE_COUNT) ? G_MAXINT64 : G_MAXINT;
    case OMPI_OBJ_LIMIT_TAG:
      return environment_ensure ("MPI_Comm_get_attr", NULL) ? (gint64) ompi_obj_environment.tag_limit - 1 : -1;
    case OMPI_OBJ_LIMIT_OBJECT_NAME:
      return MPI_MAX_OBJECT_NAME - 1;
    case OMPI_OBJ_LIMIT_PROCESSOR_NAME:
      return MPI_MAX_PROCESSOR_NAME - 1;
    case OMPI_OBJ_LIMIT_PORT_NAME:
      return MPI_MAX_PORT_NAME - 1;
    case OMPI_OBJ_LIMIT_SERVICE_NAME:
      return (gint64) ompi_obj_get_name_limits ().name;
    case OMPI_OBJ_LIMIT_INFO_KEY:
      return MPI_MAX_INFO_KEY - 1;
    case OMPI_OBJ_LIMIT_INFO_VALUE:
      return MPI_MAX_INFO_VAL - 1;
    case OMPI_OBJ_LIMIT_ERROR_STRING:
      return MPI_MAX_ERROR_STRING - 1;
    case OMPI_OBJ_LIMIT_DATAREP_NAME:
      return MPI_MAX_DATAREP_STRING - 1;
    case OMPI_OBJ_LIMIT_STRING_TAG:
#ifdef MPI_MAX_STRINGTAG_LEN
      return MPI_MAX_STRINGTAG_LEN - 1;
#else
      return 0;
#endif
    default:
      g_return_val_if_reached (-1);
    }
}
