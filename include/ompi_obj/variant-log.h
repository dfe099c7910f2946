/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_VARIANT_LOG (ompi_obj_variant_log_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiVariantLog, ompi_obj_variant_log, OMPI_OBJ, VARIANT_LOG, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiVariantLog *ompi_obj_variant_log_open (MpiComm *comm, const gchar *path, MpiVariantLogMode mode, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_close (MpiVariantLog *self, GError **error);

/* Writing */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_append (MpiVariantLog *self, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_append_all (MpiVariantLog *self, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gsize ompi_obj_variant_log_get_buffer_size (MpiVariantLog *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_set_buffer_size (MpiVariantLog *self, gsize n_bytes, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_flush (MpiVariantLog *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_variant_log_sync (MpiVariantLog *self, GError **error);

/* Reading */

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_variant_log_read (MpiVariantLog *self, gint *rank, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_variant_log_rewind (MpiVariantLog *self);

G_END_DECLS
