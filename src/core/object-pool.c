/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "compiler-private.h"
#include "environment-private.h"
#include "object-pool-private.h"

/* Some hundred messages under way at once are many; more than these are freed as ever. */
#define POOL_ROOM 256

typedef struct
{
  guint n_objects;
  guint room;
  GObject *objects[POOL_ROOM];
} ObjectPool;

typedef struct
{
  ObjectPool pools[N_OBJECT_POOLS];
} ThreadPools;

/* What a thread has while its objects are being freed: nothing to give, and no room for what comes back. */
static ThreadPools closed_pools;

static void thread_pools_free (gpointer data);

static GPrivate thread_pools = G_PRIVATE_INIT (thread_pools_free);

static void
thread_pools_free (gpointer data)
{
  ThreadPools *self = data;

  if (self == &closed_pools)
    return;
  g_private_set (&thread_pools, &closed_pools);
  for (gsize kind = 0; kind < N_OBJECT_POOLS; kind++)
    for (guint i = 0; i < self->pools[kind].n_objects; i++)
      g_object_unref (self->pools[kind].objects[i]);
  g_private_set (&thread_pools, NULL);
  g_free (self);
}

static ThreadPools *
thread_pools_new (void)
{
  ThreadPools *self = g_new (ThreadPools, 1);

  for (gsize kind = 0; kind < N_OBJECT_POOLS; kind++)
    {
      self->pools[kind].n_objects = 0;
      self->pools[kind].room = POOL_ROOM;
    }
  g_private_set (&thread_pools, self);
  return self;
}

/* GObject itself attaches a queue of notifications while it disposes of an object, in some of its versions. */
static void
count_attached (GQuark key, gpointer data G_GNUC_UNUSED, gpointer count)
{
  static gsize notify_queue_key;

  if (g_once_init_enter (&notify_queue_key))
    g_once_init_leave (&notify_queue_key, g_quark_from_static_string ("GObject-notify-queue"));
  if (key != notify_queue_key)
    ++*(guint *) count;
}

gboolean
ompi_obj_object_pool_accepts (GObject *object)
{
  guint n_attached = 0;

  if (g_atomic_int_get (&object->ref_count) != 1 || !environment_is_active ())
    return FALSE;
  g_datalist_foreach (&object->qdata, count_attached, &n_attached);
  if (n_attached > 0)
    return FALSE;
  g_signal_handlers_destroy (object);
  return TRUE;
}

gboolean
ompi_obj_object_pool_give (ObjectPoolKind kind, GObject *object)
{
  ThreadPools *pools = g_private_get (&thread_pools);
  ObjectPool *pool = pools != NULL ? &pools->pools[kind] : &thread_pools_new ()->pools[kind];

  if (pool->n_objects == pool->room)
    return FALSE;
  pool->objects[pool->n_objects++] = g_object_ref (object);
  return TRUE;
}

/*
 * GObject makes that queue and frees it whenever the last reference is dropped, if there is none, which takes
 * as long as all the rest. There are no properties to notify of, so one is made for good.
 */
static gpointer COLD
pool_object_new (GType type)
{
  GObject *object = g_object_new (type, NULL);

  g_object_freeze_notify (object);
  return object;
}

gpointer
ompi_obj_object_pool_take (ObjectPoolKind kind, GType type)
{
  ThreadPools *pools = g_private_get (&thread_pools);

  if (pools == NULL || pools->pools[kind].n_objects == 0)
    return pool_object_new (type);
  return pools->pools[kind].objects[--pools->pools[kind].n_objects];
}

void
ompi_obj_object_pool_clear (void)
{
  ThreadPools *pools = g_private_get (&thread_pools);

  if (pools != NULL)
    thread_pools_free (pools);
}
