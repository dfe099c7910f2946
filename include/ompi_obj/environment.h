/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

/**
 * MpiMainFunc:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments, the program's name first
 * @error: return location for a #GError
 *
 * The body of a program, run by [func@Mpi.run].
 *
 * Returns: the exit status of this rank; ignored if @error is set
 *
 * Since: 1.0
 */
typedef gint (*MpiMainFunc) (gint argc, gchar **argv, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_run (gint argc, gchar **argv, MpiMainFunc main_func);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_init (GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_init_thread (MpiThreadLevel required, MpiThreadLevel *provided, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_finalize (GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_is_initialized (void);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_is_finalized (void);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiThreadLevel ompi_obj_query_thread (void);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_is_thread_main (void);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_get_version (gint *version, gint *subversion);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_get_library_version (void) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_get_processor_name (void) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_has_feature (MpiFeature feature);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_check_feature (MpiFeature feature) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_get_limit (MpiLimit limit);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_attach_buffer (gsize n_bytes, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_detach_buffer (GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gsize ompi_obj_get_bsend_overhead (void);

OMPI_OBJ_AVAILABLE_IN_1_0
gdouble ompi_obj_wtime (void);

OMPI_OBJ_AVAILABLE_IN_1_0
gdouble ompi_obj_wtick (void);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_pcontrol (gint level);

OMPI_OBJ_AVAILABLE_IN_1_0
const gchar *ompi_obj_check_version (guint major, guint minor, guint micro);

G_END_DECLS
