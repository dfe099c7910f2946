/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/mutex.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_CONDITION (ompi_obj_condition_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiCondition, ompi_obj_condition, OMPI_OBJ, CONDITION, GObject)

/**
 * MpiPredicateFunc:
 * @user_data: what was given with the function
 *
 * Tells whether what is waited for is there.
 *
 * Returns: %TRUE if it is
 *
 * Since: 1.0
 */
typedef gboolean (*MpiPredicateFunc) (gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCondition *
ompi_obj_condition_new (gboolean recursive, MpiInfo *info, MpiComm *comm, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCondition *
ompi_obj_condition_new_for_mutex (MpiMutex *mutex, MpiInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiMutex *ompi_obj_condition_get_mutex (MpiCondition *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_lock (MpiCondition *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_trylock (MpiCondition *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_unlock (MpiCondition *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_locked (MpiCondition *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_wait (MpiCondition *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_condition_wait_for (MpiCondition *self, MpiPredicateFunc predicate, gpointer user_data, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_condition_notify (MpiCondition *self, gint n, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_condition_notify_all (MpiCondition *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_condition_free (MpiCondition *self, GError **error);

/* For the scope of a block */

typedef struct _MpiConditionLocker MpiConditionLocker;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiConditionLocker *ompi_obj_condition_locker_new (MpiCondition *condition, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_condition_locker_free (MpiConditionLocker *locker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiConditionLocker, ompi_obj_condition_locker_free)

G_END_DECLS
