/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Whether a text can be the name of a port: there, not empty, and not too long for MPI. */
gboolean ompi_obj_check_port_name (const char *port_name, const char *function, GError **error);

/* Whether this process has opened a port and not closed it since. */
gboolean ompi_obj_check_port_is_open (const char *port_name, const char *function, GError **error);
