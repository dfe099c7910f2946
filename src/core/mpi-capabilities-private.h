/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What an MPI has functions for and yet cannot do, and where it must not be asked: the one place that
 * knows names and versions of MPIs. What an MPI has no functions for, configure finds.
 */

#include <glib.h>

/* Whether this MPI can start programs and connect to others; otherwise an error that says what to use. */
gboolean ompi_obj_check_dynamic_processes (const char *function, GError **error);

/* Whether this MPI can go on after the failure of a rank. */
gboolean ompi_obj_check_fault_tolerance (const char *function, GError **error);

/* The longest text, in bytes, of a name and its port together, and whether blanks in them are kept. */
gsize ompi_obj_get_name_limit (void);
gboolean ompi_obj_keeps_blanks_in_names (void);
