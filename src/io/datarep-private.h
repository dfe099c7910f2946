/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The representations of data in files that there are names for.
 */

#include <glib.h>

/* The number of "external32". */
#define OMPI_OBJ_DATAREP_EXTERNAL32 2

/* A number for a representation that MPI has or that was registered; -1 and an error if there is none. */
gint ompi_obj_datarep_find (const gchar *name, const char *function, GError **error);
