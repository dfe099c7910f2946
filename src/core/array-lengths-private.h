/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Arrays whose elements belong together, one of each array. C passes one length for all of them. Other languages know
 * the length of each array and would pass one of them, whichever it is, so they get a form of the function with the
 * suffix _arrays, under the name of the function itself, which takes all lengths and checks that they agree.
 */

#include "error-private.h"

/* LENGTH is that of the array NAME, and OTHER_LENGTH that of the array OTHER, which it goes with. */
static inline gboolean
array_length_check (const char *function,
                    const char *name,
                    gsize length,
                    const char *other,
                    gsize other_length,
                    GError **error)
{
  if (G_LIKELY (length == other_length))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                      "the length of %s is %" G_GSIZE_FORMAT ", but that of %s is %" G_GSIZE_FORMAT, name, length,
                      other, other_length);
  return FALSE;
}

/* The same of an ARRAY that may be missing. */
static inline gboolean
optional_array_length_check (const char *function,
                             const char *name,
                             gconstpointer array,
                             gsize length,
                             const char *other,
                             gsize other_length,
                             GError **error)
{
  return (array == NULL && length == 0) || array_length_check (function, name, length, other, other_length, error);
}
