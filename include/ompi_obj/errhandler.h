/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_ERRHANDLER (ompi_obj_errhandler_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiErrhandler, ompi_obj_errhandler, OMPI_OBJ, ERRHANDLER, GObject)

/**
 * MpiErrhandlerFunc:
 * @object: the communicator (or whatever the handler was set on) that the error belongs to
 * @error: what went wrong
 * @user_data: what was given with the function
 *
 * Is told of an error that MPI found. When it returns, the call that failed returns with the error.
 *
 * Since: 1.0
 */
typedef void (*MpiErrhandlerFunc) (GObject *object, const GError *error, gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *
ompi_obj_errhandler_new (MpiErrhandlerFunc func, gpointer user_data, GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *ompi_obj_errhandler_get_predefined (MpiPredefinedErrhandler which);

#define OMPI_OBJ_ERRORS_RETURN (ompi_obj_errhandler_get_predefined (OMPI_OBJ_PREDEFINED_ERRHANDLER_RETURN))
#define OMPI_OBJ_ERRORS_ARE_FATAL (ompi_obj_errhandler_get_predefined (OMPI_OBJ_PREDEFINED_ERRHANDLER_ARE_FATAL))
#define OMPI_OBJ_ERRORS_ABORT (ompi_obj_errhandler_get_predefined (OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT))

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_errhandler_free (MpiErrhandler *self, GError **error);

G_END_DECLS
