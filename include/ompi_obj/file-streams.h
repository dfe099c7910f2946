/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <ompi_obj/file.h>

G_BEGIN_DECLS

/* A rank's view of a file, as GLib's streams */

OMPI_OBJ_AVAILABLE_IN_1_0
GInputStream *ompi_obj_file_get_input_stream (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GOutputStream *ompi_obj_file_get_output_stream (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
