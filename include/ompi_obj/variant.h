/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

/* The wire format alone */

OMPI_OBJ_AVAILABLE_IN_1_0
GBytes *ompi_obj_variant_encode (GVariant *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_variant_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Values between ranks */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_send_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_recv_variant (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_sendrecv_variant (MpiComm *self,
                                          GVariant *value,
                                          gint dest,
                                          gint send_tag,
                                          gint source,
                                          gint recv_tag,
                                          MpiStatus *status,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_bcast_variant (MpiComm *self, GVariant *value, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
