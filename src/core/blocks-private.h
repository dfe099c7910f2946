/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the collectives need to know about blocks.
 */

#include <ompi_obj/blocks.h>

#include "buffer-private.h"

/* The datatype of the elements of one block; NULL only if it needs none. */
static inline MpiDatatype *
blocks_get_datatype (const MpiBlocks *blocks, gsize block)
{
  return blocks->datatypes != NULL ? blocks->datatypes[block] : blocks->datatype;
}

/*
 * Finds out where each block starts: where BLOCKS say, else one after the other. In elements, or in bytes if the
 * blocks have datatypes of their own, as they would say it. Checks the counts and the datatypes.
 */
gboolean ompi_obj_blocks_place (const MpiBlocks *blocks, gint64 *displacements, const char *function, GError **error);
