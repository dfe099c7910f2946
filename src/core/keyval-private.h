/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Attributes. MPI has a kind of keys for each class of objects; a key of ours makes MPI's for a class
 * when it is first used on one, so it works on all. The classes say how (KeyvalKind), and what the
 * object of a handle is; the rest is the same for all.
 */

#include <mpi.h>

#include <ompi_obj/keyval.h>

/* MPI's functions for a class of objects, and their names; they take the address of the object's handle. */
typedef struct
{
  guint index; /* of the classes that have attributes; see MpiKeyval */
  int (*create) (MpiKeyval *self, int *native);
  const char *set_name;
  int (*set) (gconstpointer handle, int native, void *attribute);
  const char *get_name;
  int (*get) (gconstpointer handle, int native, void *attribute, int *is_set);
  const char *delete_name;
  int (*remove) (gconstpointer handle, int native);
} KeyvalKind;

enum
{
  KEYVAL_KIND_COMM,
  KEYVAL_KIND_DATATYPE,
  KEYVAL_KIND_WIN,
  N_KEYVAL_KINDS
};

/* What the methods of the classes do, once their object was found usable. */
gboolean ompi_obj_attribute_set (const KeyvalKind *kind,
                                 gconstpointer handle,
                                 MpiKeyval *keyval,
                                 GVariant *value,
                                 GError **error);
GVariant *ompi_obj_attribute_get (const KeyvalKind *kind, gconstpointer handle, MpiKeyval *keyval, GError **error);
gboolean ompi_obj_attribute_remove (const KeyvalKind *kind, gconstpointer handle, MpiKeyval *keyval, GError **error);

/* MPI's two callbacks, for an object that they drop the reference of. */
int ompi_obj_attribute_copy (gpointer attribute, GObject *object, void *copy, int *is_copied);
int ompi_obj_attribute_delete (gpointer attribute, GObject *object);

/* Passes on a failure of a function of the program's that MPI's call reported in its own words. */
gboolean ompi_obj_attribute_explain (gboolean succeeded, GError **error);
