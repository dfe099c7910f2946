/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Raw MPI handles in and out, for programs that mix this library with MPI's own C interface. The one
 * header that needs mpi.h, and no part of ompi_obj.h.
 */
#include <mpi.h>

#include <ompi_obj/ompi_obj.h>

G_BEGIN_DECLS

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *
ompi_obj_comm_new_for_native (MPI_Comm native, MpiOwnership ownership, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Comm ompi_obj_comm_get_native (MpiComm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_for_native (MPI_Datatype native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Datatype ompi_obj_datatype_get_native (MpiDatatype *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *
ompi_obj_errhandler_new_for_native (MPI_Errhandler native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Errhandler ompi_obj_errhandler_get_native (MpiErrhandler *self);

OMPI_OBJ_AVAILABLE_IN_1_0
GError *ompi_obj_error_new_for_native (const gchar *function, int native) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiFile *
ompi_obj_file_new_for_native (MPI_File native, MpiOwnership ownership, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_File ompi_obj_file_get_native (MpiFile *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_new_for_native (MPI_Group native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Group ompi_obj_group_get_native (MpiGroup *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_info_new_for_native (MPI_Info native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Info ompi_obj_info_get_native (MpiInfo *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMessage *ompi_obj_message_new_for_native (MPI_Message native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Message ompi_obj_message_get_native (MpiMessage *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiOp *ompi_obj_op_new_for_native (MPI_Op native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Op ompi_obj_op_get_native (MpiOp *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_request_new_for_native (MPI_Request native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Request ompi_obj_request_get_native (MpiRequest *self);

/* An MPI older than 4.0 has no sessions. */
#if MPI_VERSION >= 4
typedef MPI_Session MpiNativeSession;
#else
typedef gpointer MpiNativeSession;
#endif

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSession *ompi_obj_session_new_for_native (MpiNativeSession native, MpiOwnership ownership) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiNativeSession ompi_obj_session_get_native (MpiSession *self);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_status_set_native (MpiStatus *self, const MPI_Status *native);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_status_get_native (const MpiStatus *self, MPI_Status *native);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWin *ompi_obj_win_new_for_native (MPI_Win native, MpiOwnership ownership, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MPI_Win ompi_obj_win_get_native (MpiWin *self);

G_END_DECLS
