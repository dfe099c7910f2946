/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The layout of GVariant's tuples of fixed size: each member is aligned to its own size or that of its
 * largest member, and so is the end.
 */

#include <glib.h>

typedef struct
{
  gsize size;
  gsize alignment;
} Room;

static inline gsize
room_align (gsize offset, gsize alignment)
{
  return (offset + alignment - 1) & ~(alignment - 1);
}

/* Where a member begins that is put behind those in SELF. */
static inline gsize
room_add (Room *self, Room member)
{
  const gsize start = room_align (self->size, member.alignment);

  self->size = start + member.size;
  self->alignment = MAX (self->alignment, member.alignment);
  return start;
}

static inline void
room_end (Room *self)
{
  /* A tuple of nothing is one byte. */
  self->size = self->size == 0 ? 1 : room_align (self->size, self->alignment);
}
