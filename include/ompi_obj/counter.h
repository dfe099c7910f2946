/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_COUNTER (ompi_obj_counter_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiCounter, ompi_obj_counter, OMPI_OBJ, COUNTER, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCounter *ompi_obj_counter_new (gint64 start, gint64 step, gint root, MpiInfo *info, MpiComm *comm, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_counter_next (MpiCounter *self, gint64 *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_counter_add (MpiCounter *self, gint64 increment, gint64 *previous, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_counter_free (MpiCounter *self, GError **error);

G_END_DECLS
