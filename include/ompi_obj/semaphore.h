/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_SEMAPHORE (ompi_obj_semaphore_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiSemaphore, ompi_obj_semaphore, OMPI_OBJ, SEMAPHORE, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSemaphore *ompi_obj_semaphore_new (gint value, gboolean bounded, MpiInfo *info, MpiComm *comm, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_semaphore_acquire (MpiSemaphore *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_semaphore_try_acquire (MpiSemaphore *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_semaphore_release (MpiSemaphore *self, gint n, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_semaphore_free (MpiSemaphore *self, GError **error);

/* For the scope of a block */

typedef struct _MpiSemaphoreLocker MpiSemaphoreLocker;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiSemaphoreLocker *ompi_obj_semaphore_locker_new (MpiSemaphore *semaphore, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_semaphore_locker_free (MpiSemaphoreLocker *locker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiSemaphoreLocker, ompi_obj_semaphore_locker_free)

G_END_DECLS
