/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Attributes. MPI has a kind of keys for each class of objects; a key of ours makes MPI's for a class
 * when it is first used on one, so it works on all. The classes say how (KeyvalKind), and what the
 * object of a handle is; the rest is the same for all.
 */

#include <mpi.h>

#include <ompi_obj/keyval.h>

typedef struct
{
  guint index; /* of the classes that have attributes; see MpiKeyval */
  int (*create) (MpiKeyval *self, int *native);
} KeyvalKind;

enum
{
  KEYVAL_KIND_COMM,
  KEYVAL_KIND_DATATYPE,
  N_KEYVAL_KINDS
};

/* MPI's key for a class of objects. */
gboolean
ompi_obj_keyval_to_mpi (MpiKeyval *self, const KeyvalKind *kind, int *native, const char *function, GError **error);

/* What MPI keeps as the value of an attribute: VALUE, and a reference of the key. Sinks VALUE. */
gpointer ompi_obj_attribute_new (MpiKeyval *keyval, GVariant *value);
void ompi_obj_attribute_free (gpointer attribute);
GVariant *ompi_obj_attribute_get_value (gpointer attribute);

/* MPI's two callbacks, for an object that they drop the reference of. */
int ompi_obj_attribute_copy (gpointer attribute, GObject *object, void *copy, int *is_copied);
int ompi_obj_attribute_delete (gpointer attribute, GObject *object);

/* Passes on a failure of a function of the program's that MPI's call reported in its own words. */
gboolean ompi_obj_attribute_explain (gboolean succeeded, GError **error);
