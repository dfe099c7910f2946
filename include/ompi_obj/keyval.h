/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_KEYVAL (ompi_obj_keyval_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiKeyval, ompi_obj_keyval, OMPI_OBJ, KEYVAL, GObject)

/**
 * MpiKeyvalCopyFunc:
 * @object: (nullable): the object that is duplicated
 * @keyval: the key of the attribute
 * @value: its value on @object
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Says which value an attribute has on a duplicate.
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error for none; %NULL with an error
 *   makes the duplication fail, which it must do on all ranks then
 *
 * Since: 1.0
 */
typedef GVariant *(
    *MpiKeyvalCopyFunc) (GObject *object, MpiKeyval *keyval, GVariant *value, gpointer user_data, GError **error);

/**
 * MpiKeyvalDeleteFunc:
 * @object: (nullable): the object that the attribute was on
 * @keyval: the key of the attribute
 * @value: its value
 * @user_data: what was given with the function
 *
 * Is told that an attribute goes: it is deleted or replaced, or its object is freed.
 *
 * Since: 1.0
 */
typedef void (*MpiKeyvalDeleteFunc) (GObject *object, MpiKeyval *keyval, GVariant *value, gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiKeyval *ompi_obj_keyval_new (MpiKeyvalCopy copy) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void
ompi_obj_keyval_set_copy_func (MpiKeyval *self, MpiKeyvalCopyFunc func, gpointer user_data, GDestroyNotify destroy);

OMPI_OBJ_AVAILABLE_IN_1_0
void
ompi_obj_keyval_set_delete_func (MpiKeyval *self, MpiKeyvalDeleteFunc func, gpointer user_data, GDestroyNotify destroy);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_keyval_free (MpiKeyval *self, GError **error);

G_END_DECLS
