/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Objects that are used again.
 *
 * To make and to free a GObject takes longer than a short message. So short-lived objects of a few final
 * or exact classes are kept when their last reference is dropped, each in the thread that dropped it, and
 * are handed out again as if they were new. An object goes into the pool in its dispose(), whose caller owns
 * the last reference, and comes out with that one reference; in between nobody else can see it.
 */

#include <glib-object.h>

typedef enum
{
  OBJECT_POOL_REQUESTS,
  OBJECT_POOL_MESSAGES,
  N_OBJECT_POOLS
} ObjectPoolKind;

/*
 * Whether OBJECT is as it was when it was new, but for what its class knows of: this is its last reference,
 * and nobody has attached data, weak or toggle references or bindings to it. Handlers of signals are removed.
 */
gboolean ompi_obj_object_pool_accepts (GObject *object);

/* In dispose(), instead of chaining up: takes over OBJECT, whose class has cleared it. FALSE if there is no room. */
gboolean ompi_obj_object_pool_give (ObjectPoolKind kind, GObject *object);

/* An object of TYPE, which has no properties: one that was given, or a new one. */
gpointer ompi_obj_object_pool_take (ObjectPoolKind kind, GType type);

/* Frees the objects that this thread keeps. */
void ompi_obj_object_pool_clear (void);
