/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_MUTEX (ompi_obj_mutex_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiMutex, ompi_obj_mutex, OMPI_OBJ, MUTEX, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMutex *
ompi_obj_mutex_new (gboolean recursive, MpiInfo *info, MpiComm *comm, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_mutex_lock (MpiMutex *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_mutex_trylock (MpiMutex *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_mutex_unlock (MpiMutex *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_mutex_locked (MpiMutex *self);

OMPI_OBJ_AVAILABLE_IN_1_0
guint ompi_obj_mutex_count (MpiMutex *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_mutex_free (MpiMutex *self, GError **error);

/* For the scope of a block */

typedef struct _MpiMutexLocker MpiMutexLocker;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMutexLocker *ompi_obj_mutex_locker_new (MpiMutex *mutex, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_mutex_locker_free (MpiMutexLocker *locker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiMutexLocker, ompi_obj_mutex_locker_free)

G_END_DECLS
