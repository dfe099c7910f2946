/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <stdlib.h>
#ifdef HAVE_MADVISE
#include <sys/mman.h>
#endif

#include "value-memory-private.h"

/*
 * Fresh memory from the kernel is zeroed page by page when it is first touched, which takes longer
 * than receiving a large message into it. So large pieces are kept when their value dies and used
 * again, and their pages are huge ones where the system has them.
 */

#define LARGE_SIZE ((gsize) 64 << 10)
#define HUGE_PAGE_SIZE ((gsize) 2 << 20)
#define MAX_IDLE_SIZE ((gsize) 64 << 20) /* kept at most, in all */

static GMutex idle_lock;
static ValueMemory *idle_pieces; /* the last one freed first: its pages are likely in the cache */
static gsize idle_size;

/* The first idle piece that is large enough, but not wastefully so. */
static ValueMemory *
idle_take (gsize capacity)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&idle_lock);

  for (ValueMemory **link = &idle_pieces; *link != NULL; link = &(*link)->next)
    {
      ValueMemory *piece = *link;

      if (piece->capacity >= capacity && piece->capacity / 2 <= capacity)
        {
          *link = piece->next;
          idle_size -= piece->capacity;
          return piece;
        }
    }
  return NULL;
}

static gboolean
idle_put (ValueMemory *piece)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&idle_lock);

  if (piece->capacity > MAX_IDLE_SIZE - idle_size)
    return FALSE;
  piece->next = idle_pieces;
  idle_pieces = piece;
  idle_size += piece->capacity;
  return TRUE;
}

static ValueMemory *
large_new (gsize size)
{
  const gsize alignment = size >= HUGE_PAGE_SIZE ? HUGE_PAGE_SIZE : 4096;
  const gsize capacity = (size + alignment - 1) & ~(alignment - 1);
  ValueMemory *self = idle_take (capacity);

  if (self != NULL)
    return self;
  self = aligned_alloc (alignment, capacity);
  if (self == NULL)
    return NULL;
#if defined(HAVE_MADVISE) && defined(MADV_HUGEPAGE)
  if (alignment == HUGE_PAGE_SIZE)
    madvise (self, capacity, MADV_HUGEPAGE); /* advice: failure does not matter */
#endif
  self->capacity = capacity;
  return self;
}

ValueMemory *
value_memory_new (gsize n_bytes)
{
  ValueMemory *self;

  if (n_bytes > G_MAXSSIZE - sizeof *self - HUGE_PAGE_SIZE)
    return NULL;
  if (n_bytes >= LARGE_SIZE)
    return large_new (sizeof *self + n_bytes);

  self = g_try_malloc (sizeof *self + n_bytes);
  if (self != NULL)
    self->capacity = 0;
  return self;
}

void
value_memory_free (ValueMemory *self)
{
  if (self->capacity == 0)
    g_free (self);
  else if (!idle_put (self))
    free (self);
}
