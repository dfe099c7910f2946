/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/info.h>

G_BEGIN_DECLS

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_open_port (MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_close_port (const gchar *port_name, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_publish_name (const gchar *service_name, MpiInfo *info, const gchar *port_name, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_unpublish_name (const gchar *service_name, MpiInfo *info, const gchar *port_name, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_lookup_name (const gchar *service_name, MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
