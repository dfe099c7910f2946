/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the library keeps about MPI's handles, by the handle: MPI calls back with nothing else. There is one
 * registry for each class. It holds no references: an entry takes itself out before it dies, and who finds
 * one gets a reference that was taken under the lock.
 */

#include <glib.h>

typedef struct
{
  GMutex lock;
  GHashTable *entries;
} HandleRegistry;

/* MPI's handles are numbers or pointers. */
#define HANDLE_REGISTRY_KEY(handle) ((gpointer) (guintptr) (handle))

/* Puts ENTRY in, if there is none for the handle or it shall be REPLACEd; gives the one that was displaced, if another.
 */
gpointer ompi_obj_handle_registry_add (HandleRegistry *self, gpointer key, gpointer entry, gboolean replace);

/* Takes ENTRY out, if it is the one. */
void ompi_obj_handle_registry_remove (HandleRegistry *self, gpointer key, gpointer entry);

/* The entry of a handle with a reference, which REF took; NULL if there is none. */
gpointer ompi_obj_handle_registry_find (HandleRegistry *self, gpointer key, gpointer (*ref) (gpointer entry));

/* Drops a reference of ENTRY. The last one takes it out, and gives TRUE: it is to be freed. */
gboolean
ompi_obj_handle_registry_unref (HandleRegistry *self, gpointer key, gpointer entry, gatomicrefcount *ref_count);
