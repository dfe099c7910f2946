/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/file.h>

G_BEGIN_DECLS

/* Values at the shared file pointer, in the order of the ranks; ompi_obj/variant-log.h is for values at any time */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_variant_ordered (MpiFile *self, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_file_read_variant_ordered (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
