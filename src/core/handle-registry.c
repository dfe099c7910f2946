/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "handle-registry-private.h"

/* With the lock held. */
static gpointer
registry_lookup (HandleRegistry *self, gpointer key)
{
  return self->entries != NULL ? g_hash_table_lookup (self->entries, key) : NULL;
}

/* With the lock held. */
static void
registry_remove (HandleRegistry *self, gpointer key, gpointer entry)
{
  if (registry_lookup (self, key) == entry)
    g_hash_table_remove (self->entries, key);
}

gpointer
ompi_obj_handle_registry_add (HandleRegistry *self, gpointer key, gpointer entry, gboolean replace)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gpointer previous = registry_lookup (self, key);

  if (previous != NULL && !replace)
    return NULL;
  if (self->entries == NULL)
    self->entries = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->entries, key, entry);
  return previous != entry ? previous : NULL;
}

void
ompi_obj_handle_registry_remove (HandleRegistry *self, gpointer key, gpointer entry)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->entries != NULL)
    registry_remove (self, key, entry);
}

gpointer
ompi_obj_handle_registry_find (HandleRegistry *self, gpointer key, gpointer (*ref) (gpointer entry))
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gpointer entry = registry_lookup (self, key);

  return entry != NULL ? ref (entry) : NULL;
}

gboolean
ompi_obj_handle_registry_unref (HandleRegistry *self, gpointer key, gpointer entry, gatomicrefcount *ref_count)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!g_atomic_ref_count_dec (ref_count))
    return FALSE;
  if (self->entries != NULL)
    registry_remove (self, key, entry);
  return TRUE;
}
