/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What an MPI has functions for and yet cannot do, and where it must not be asked: the one place that
 * knows names and versions of MPIs. What an MPI has no functions for, configure finds.
 */

#include <ompi_obj/environment.h>

/* Whether this MPI can do what FUNCTION needs; otherwise an error that says what to use. */
gboolean ompi_obj_require_feature (MpiFeature feature, const char *function, GError **error);

/* Whether MPI can be asked how many processes there is room for. */
gboolean ompi_obj_knows_universe_size (void);

/* Whether this MPI can split an intercommunicator by type; sets an error that says what to use instead if not. */
gboolean ompi_obj_check_split_type_between_groups (const char *function, GError **error);

/*
 * What can be published: the longest name, in bytes, the longest name and port together, and whether blanks in them
 * are kept.
 */
typedef struct
{
  gsize name;
  gsize name_and_port;
  gboolean keeps_blanks;
} NameLimits;

NameLimits ompi_obj_get_name_limits (void);

/* How the files of this MPI behave. */
typedef struct
{
  gsize path_limit;                /* the longest path, in bytes */
  gboolean path_has_prefix;        /* what is before a colon in a path is the kind of the file system */
  gboolean preallocates;           /* without a race: ranks look at the size while another changes it */
  gboolean takes_large_datatypes;  /* those that were made with 64-bit counts */
  gboolean converts_blocking_only; /* other accesses store external32 as it is in memory, and so does read_ordered */
  gboolean waits_at_end;           /* a read that does not block never completes if it meets the end of the file */
  gboolean writes_fail_in_silence; /* only the status tells that less was written */
} FileTraits;

/*
 * Sets in the environment what keeps this MPI from known faults, unless the user has set something there: before MPI is
 * initialized, with which it must be called, and once more when somebody else was found to have initialized it.
 */
void ompi_obj_prepare_mpi (gboolean is_running);

/* Whether a window over memory at BASE works; otherwise an error that says what to do. */
gboolean ompi_obj_check_window_base (gconstpointer base, const char *function, GError **error);

const FileTraits *ompi_obj_get_file_traits (void);
