/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_SEQUENTIAL (ompi_obj_sequential_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiSequential, ompi_obj_sequential, OMPI_OBJ, SEQUENTIAL, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSequential *ompi_obj_sequential_new (MpiComm *comm, gint tag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_sequential_begin (MpiSequential *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_sequential_end (MpiSequential *self, GError **error);

/* For the scope of a block */

typedef struct _MpiSequentialLocker MpiSequentialLocker;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSequentialLocker *
ompi_obj_sequential_locker_new (MpiSequential *sequential, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_sequential_locker_free (MpiSequentialLocker *locker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiSequentialLocker, ompi_obj_sequential_locker_free)

G_END_DECLS
