/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How an array is divided over a grid of ranks.
 */

#include <ompi_obj/cartcomm.h>

/* Finds the block of a rank: STARTS and SIZES have room for N_DIMS numbers. Checks the shape. */
gboolean cart_block_find (MpiCartcomm *grid,
                          gint rank,
                          const gint64 *shape,
                          gsize n_dims,
                          gint64 *starts,
                          gint64 *sizes,
                          const char *function,
                          GError **error);
