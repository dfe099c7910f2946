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
