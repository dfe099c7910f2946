/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/buffer.h>
#include <ompi_obj/status.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_MESSAGE (ompi_obj_message_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiMessage, ompi_obj_message, OMPI_OBJ, MESSAGE, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_message_recv (MpiMessage *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_message_irecv (MpiMessage *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_message_recv_variant (MpiMessage *self, MpiStatus *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_message_irecv_variant (MpiMessage *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
