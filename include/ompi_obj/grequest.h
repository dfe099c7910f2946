/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/request.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_GREQUEST (ompi_obj_grequest_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiGrequest, ompi_obj_grequest, OMPI_OBJ, GREQUEST, MpiRequest)

/**
 * MpiGrequestQueryFunc:
 * @status: what the request will be completed with, to be filled in; it says no message so far
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Fills in the status of a generalized request that has completed.
 *
 * Returns: %TRUE on success; %FALSE makes the wait fail with @error
 *
 * Since: 1.0
 */
typedef gboolean (*MpiGrequestQueryFunc) (MpiStatus *status, gpointer user_data, GError **error);

/**
 * MpiGrequestCancelFunc:
 * @completed: whether [method@Mpi.Grequest.complete] was called already
 * @user_data: what was given with the function
 *
 * Stops the operation of a generalized request, if it can be; it must be completed nevertheless, when this has
 * returned (MPICH 4.0 ends the program if this completes it).
 *
 * Since: 1.0
 */
typedef void (*MpiGrequestCancelFunc) (gboolean completed, gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGrequest *ompi_obj_grequest_start (MpiGrequestQueryFunc query_func,
                                      gpointer query_data,
                                      GDestroyNotify query_destroy,
                                      MpiGrequestCancelFunc cancel_func,
                                      gpointer cancel_data,
                                      GDestroyNotify cancel_destroy,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_grequest_complete (MpiGrequest *self, GError **error);

G_END_DECLS
