/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The memory that received values live in.
 */

#include <glib.h>

typedef struct _ValueMemory ValueMemory;

struct _ValueMemory
{
  gsize capacity;    /* 0: a small piece */
  ValueMemory *next; /* while it waits to be used again */
  guint8 bytes[];
};

/* Memory for a message of N_BYTES, aligned to 8 at least; NULL if there is none. */
ValueMemory *value_memory_new (gsize n_bytes);

void value_memory_free (ValueMemory *self);
