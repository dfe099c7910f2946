/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_STATUS (ompi_obj_status_get_type ())

/**
 * MpiStatus:
 *
 * What MPI tells about a message that was received or probed: source, tag and length.
 *
 * Declare one where you need it and pass its address; it needs no initialization and no clean-up.
 *
 * ```c
 * MpiStatus status;
 *
 * if (ompi_obj_comm_probe (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &status, &error))
 *   g_print ("a message from rank %d\n", ompi_obj_status_get_source (&status));
 * ```
 *
 * Mirrors `MPI_Status` (MPI-4.0, section 3.2.5).
 *
 * Since: 1.0
 */
struct _MpiStatus
{
  /*< private >*/
  guint64 mpi_status[8]; /* room for the MPI_Status of every MPI known */
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_status_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiStatus *ompi_obj_status_new (void) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiStatus *ompi_obj_status_copy (const MpiStatus *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_status_free (MpiStatus *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_status_get_source (const MpiStatus *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_status_get_tag (const MpiStatus *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_status_get_count (const MpiStatus *self, MpiDatatype *datatype, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_status_get_elements (const MpiStatus *self, MpiDatatype *datatype, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_status_get_error (const MpiStatus *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_status_is_cancelled (const MpiStatus *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_status_set_source (MpiStatus *self, gint source, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_status_set_tag (MpiStatus *self, gint tag, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_status_set_error (MpiStatus *self, gint mpi_code);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_status_set_elements (MpiStatus *self, MpiDatatype *datatype, gint64 count, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_status_set_cancelled (MpiStatus *self, gboolean cancelled, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiStatus, ompi_obj_status_free)

G_END_DECLS
