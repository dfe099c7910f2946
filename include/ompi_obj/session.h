/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/errhandler.h>
#include <ompi_obj/group.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_SESSION (ompi_obj_session_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiSession, ompi_obj_session, OMPI_OBJ, SESSION, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSession *ompi_obj_session_new (MpiInfo *info, MpiErrhandler *errhandler, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_session_finalize (MpiSession *self, GError **error);

/* What there is to work with */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_session_get_num_psets (MpiSession *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_session_get_nth_pset (MpiSession *self, gint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gchar **ompi_obj_session_get_psets (MpiSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_session_get_pset_info (MpiSession *self, const gchar *pset, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_session_get_info (MpiSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_session_create_group (MpiSession *self, const gchar *pset, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What happens about errors */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_session_set_errhandler (MpiSession *self, MpiErrhandler *errhandler, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *ompi_obj_session_get_errhandler (MpiSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_session_call_errhandler (MpiSession *self, gint mpi_code, GError **error);

G_END_DECLS
