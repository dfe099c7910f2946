/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/intracomm.h>

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

/* Nonblocking, and the other modes of a send */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_bsend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_ssend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_isend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ibsend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_issend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_irecv_variant (MpiComm *self, gint source, gint tag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Collective */

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_bcast_variant (MpiComm *self, GVariant *value, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_comm_gather_variant (MpiComm *self, GVariant *value, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_scatter_variant (MpiComm *self, GVariant **values, gsize n_values, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_comm_allgather_variant (MpiComm *self, GVariant *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_comm_alltoall_variant (MpiComm *self, GVariant **values, gsize n_values, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_reduce_variant (MpiComm *self, GVariant *value, MpiOp *op, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_allreduce_variant (MpiComm *self, GVariant *value, MpiOp *op, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_intracomm_scan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_intracomm_exscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Collective, of arrays of elements of a fixed size: how many there are need not be known */

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_gather_array (MpiComm *self, GVariant *array, gint root, gint64 **counts, gsize *n_counts, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_allgather_array (MpiComm *self, GVariant *array, gint64 **counts, gsize *n_counts, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_scatter_array (MpiComm *self,
                                       GVariant *array,
                                       const gint64 *counts,
                                       gsize n_counts,
                                       gint root,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_alltoall_array (MpiComm *self,
                                        GVariant *array,
                                        const gint64 *counts,
                                        gsize n_counts,
                                        gint64 **recv_counts,
                                        gsize *n_recv_counts,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_comm_allgather_buffer (MpiComm *self,
                                           const MpiBuffer *buffer,
                                           gint64 **counts,
                                           gsize *n_counts,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Collective, nonblocking */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_ibcast_variant (MpiComm *self, GVariant *value, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_igather_variant (MpiComm *self, GVariant *value, gint root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iscatter_variant (MpiComm *self, GVariant **values, gsize n_values, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_iallgather_variant (MpiComm *self, GVariant *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ialltoall_variant (MpiComm *self, GVariant **values, gsize n_values, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_comm_ireduce_variant (MpiComm *self, GVariant *value, MpiOp *op, gint root, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_comm_iallreduce_variant (MpiComm *self, GVariant *value, MpiOp *op, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_intracomm_iscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_intracomm_iexscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The values that requests received */

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_get_variant (MpiRequest *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_request_get_variants (MpiRequest *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_wait_variant (MpiRequest *self, MpiStatus *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_test_variant (MpiRequest *self, MpiStatus *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_request_wait_all_variant (MpiRequest **requests, gsize n_requests, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_request_test_all_variant (MpiRequest **requests, gsize n_requests, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_wait_any_variant (MpiRequest **requests,
                                             gsize n_requests,
                                             gint *index,
                                             MpiStatus *status,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_test_any_variant (MpiRequest **requests,
                                             gsize n_requests,
                                             gint *index,
                                             MpiStatus *status,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_request_wait_some_variant (MpiRequest **requests,
                                               gsize n_requests,
                                               gint **indices,
                                               gsize *n_completed,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *ompi_obj_request_test_some_variant (MpiRequest **requests,
                                               gsize n_requests,
                                               gint **indices,
                                               gsize *n_completed,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
