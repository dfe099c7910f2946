/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/status.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_REQUEST (ompi_obj_request_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiRequest, ompi_obj_request, OMPI_OBJ, REQUEST, GObject)

/**
 * MpiRequestClass:
 * @parent_class: the parent class
 * @wait: waits until the operation has completed
 * @test: tells whether the operation has completed
 * @get_status: tells whether it has, without ending the request
 * @cancel: cancels an operation that is active and no send
 * @free: lets go of an operation in any state
 *
 * The primitives of a request; a subclass overrides them to watch or change them.
 *
 * Since: 1.0
 */
struct _MpiRequestClass
{
  GObjectClass parent_class;

  gboolean (*wait) (MpiRequest *self, MpiStatus *status, GError **error);
  gboolean (*test) (MpiRequest *self, MpiStatus *status, GError **error);

  gboolean (*get_status) (MpiRequest *self, MpiStatus *status, GError **error);
  gboolean (*cancel) (MpiRequest *self, GError **error);
  gboolean (*free) (MpiRequest *self, GError **error);

  /*< private >*/
  gpointer padding[16];
};

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_wait (MpiRequest *self, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_test (MpiRequest *self, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_get_status (MpiRequest *self, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_is_active (MpiRequest *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_cancel (MpiRequest *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_free (MpiRequest *self, GError **error);

/* Several at once */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_wait_all (MpiRequest **requests, gsize n_requests, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_request_test_all (MpiRequest **requests, gsize n_requests, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_request_wait_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_request_test_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_request_wait_some (MpiRequest **requests, gsize n_requests, gsize *n_completed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_request_test_some (MpiRequest **requests, gsize n_requests, gsize *n_completed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
