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

G_END_DECLS
