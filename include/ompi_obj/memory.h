/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/buffer.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_new_alloc (gsize n_bytes, MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_get_address (gconstpointer location);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_aint_add (gint64 base, gint64 displacement);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_aint_diff (gint64 first, gint64 second);

G_END_DECLS
