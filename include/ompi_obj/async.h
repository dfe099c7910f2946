/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <ompi_obj/intercomm.h>
#include <ompi_obj/variant.h>

G_BEGIN_DECLS

/*
 * For programs that live in a main loop: what would block, in two halves. The first, ..._async(), starts the operation
 * and returns; the callback that it was given calls the second, ..._finish(), which gives the result.
 */

/* Requests */

OMPI_OBJ_AVAILABLE_IN_1_0
GSource *ompi_obj_request_create_source (MpiRequest *self, GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_request_wait_async (MpiRequest *self,
                                  gint io_priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_wait_finish (MpiRequest *self, GAsyncResult *result, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_request_wait_all_async (MpiRequest **requests,
                                      gsize n_requests,
                                      gint io_priority,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_wait_all_finish (GAsyncResult *result, GError **error);

/* Communicators */

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_barrier_async (MpiComm *self,
                                  gint io_priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_barrier_finish (MpiComm *self, GAsyncResult *result, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_dup_async (MpiComm *self,
                              gint io_priority,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_comm_dup_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Other programs, by a thread that waits for them */

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_intracomm_accept_port_async (MpiIntracomm *self,
                                           const gchar *port_name,
                                           MpiInfo *info,
                                           gint root,
                                           gint io_priority,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_accept_port_finish (MpiIntracomm *self,
                                                     GAsyncResult *result,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_intracomm_connect_port_async (MpiIntracomm *self,
                                            const gchar *port_name,
                                            MpiInfo *info,
                                            gint root,
                                            gint io_priority,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_connect_port_finish (MpiIntracomm *self,
                                                      GAsyncResult *result,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_intracomm_spawn_multiple_async (MpiIntracomm *self,
                                              const MpiSpawnCommand *const *commands,
                                              gsize n_commands,
                                              gint root,
                                              gint io_priority,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intracomm_spawn_multiple_finish (MpiIntracomm *self,
                                                        GAsyncResult *result,
                                                        gint **error_codes,
                                                        gsize *n_error_codes,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_disconnect_peers_async (MpiComm *self,
                                           gint io_priority,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_disconnect_peers_finish (MpiComm *self, GAsyncResult *result, GError **error);

/* Values between ranks */

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_request_wait_variant_async (MpiRequest *self,
                                          gint io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_request_wait_variant_finish (MpiRequest *self,
                                                GAsyncResult *result,
                                                MpiStatus *status,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_send_variant_async (MpiComm *self,
                                       GVariant *value,
                                       gint dest,
                                       gint tag,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_send_variant_finish (MpiComm *self, GAsyncResult *result, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_ssend_variant_async (MpiComm *self,
                                        GVariant *value,
                                        gint dest,
                                        gint tag,
                                        gint io_priority,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_comm_ssend_variant_finish (MpiComm *self, GAsyncResult *result, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_recv_variant_async (MpiComm *self,
                                       gint source,
                                       gint tag,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_comm_recv_variant_finish (MpiComm *self, GAsyncResult *result, MpiStatus *status, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_message_recv_variant_async (MpiMessage *self,
                                          gint io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_message_recv_variant_finish (MpiMessage *self,
                                                GAsyncResult *result,
                                                MpiStatus *status,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Collective */

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_bcast_variant_async (MpiComm *self,
                                        GVariant *value,
                                        gint root,
                                        gint io_priority,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_bcast_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_gather_variant_async (MpiComm *self,
                                         GVariant *value,
                                         gint root,
                                         gint io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_comm_gather_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_scatter_variant_async (MpiComm *self,
                                          GVariant **values,
                                          gsize n_values,
                                          gint root,
                                          gint io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_scatter_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_allgather_variant_async (MpiComm *self,
                                            GVariant *value,
                                            gint io_priority,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_comm_allgather_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_alltoall_variant_async (MpiComm *self,
                                           GVariant **values,
                                           gsize n_values,
                                           gint io_priority,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GPtrArray *
ompi_obj_comm_alltoall_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_reduce_variant_async (MpiComm *self,
                                         GVariant *value,
                                         MpiOp *op,
                                         gint root,
                                         gint io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_reduce_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_comm_allreduce_variant_async (MpiComm *self,
                                            GVariant *value,
                                            MpiOp *op,
                                            gint io_priority,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_comm_allreduce_variant_finish (MpiComm *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_intracomm_scan_variant_async (MpiIntracomm *self,
                                            GVariant *value,
                                            MpiOp *op,
                                            gint io_priority,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_intracomm_scan_variant_finish (MpiIntracomm *self,
                                                  GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_intracomm_exscan_variant_async (MpiIntracomm *self,
                                              GVariant *value,
                                              MpiOp *op,
                                              gint io_priority,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_intracomm_exscan_variant_finish (MpiIntracomm *self,
                                                    GAsyncResult *result,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
