/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The arithmetic of reductions of values.
 */

#include <ompi_obj/op.h>

/* A op B, where A is the value of the lower rank; not floating. NULL on error. */
GVariant *variant_reduce (MpiOp *op, GVariant *a, GVariant *b, const char *function, GError **error);
