/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_INFO (ompi_obj_info_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiInfo, ompi_obj_info, OMPI_OBJ, INFO, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_new_env (gint argc, gchar **argv, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_new_for_hash_table (GHashTable *entries, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_new_for_variant (GVariant *entries, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_dup (MpiInfo *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_free (MpiInfo *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_info_get (MpiInfo *self, const gchar *key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_has_key (MpiInfo *self, const gchar *key, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_set (MpiInfo *self, const gchar *key, const gchar *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_delete (MpiInfo *self, const gchar *key, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_info_get_nkeys (MpiInfo *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_info_get_nthkey (MpiInfo *self, gint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gchar **ompi_obj_info_keys (MpiInfo *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_update (MpiInfo *self, GVariant *entries, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_info_clear (MpiInfo *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GHashTable *ompi_obj_info_to_hash_table (MpiInfo *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_info_to_variant (MpiInfo *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
