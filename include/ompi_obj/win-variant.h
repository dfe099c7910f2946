/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/win.h>

G_BEGIN_DECLS

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_win_get_variant_slot_size (GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_put_variant (MpiWin *self,
                                   GVariant *value,
                                   gint rank,
                                   gint64 displacement,
                                   gint64 n_bytes,
                                   GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_win_get_variant (MpiWin *self, gint rank, gint64 displacement, gint64 n_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
