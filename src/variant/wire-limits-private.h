/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What may not travel: file handles, which are indices into a list that only D-Bus carries, and
 * values nested so deeply that walking them could exhaust somebody's stack.
 */

#include <ompi_obj/error.h>

/* Values nested deeper than this are refused by sender and receiver. GLib itself gives up at 128. */
#define WIRE_MAX_NESTING 64

/* Whether a type, and a value that was serialized, may travel; else an error with the code CODE. */
gboolean wire_check_type (const GVariantType *type, MpiError code, const char *function, GError **error);
gboolean wire_check_value (GVariant *value, MpiError code, const char *function, GError **error);
