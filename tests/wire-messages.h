/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of the wire format share: values of all types, messages written by hand, and what is said to damaged
 * ones. */
#include "harness.h"

#define HEADER_SIZE 16
#define MAX_NESTING 64

#define FLAG_BIG_ENDIAN 1
#define FLAG_REPORT 2
#define FLAG_NATIVE (G_BYTE_ORDER == G_BIG_ENDIAN ? FLAG_BIG_ENDIAN : 0)

/* Values of all types, in GVariant's text form. */
extern const gchar *const value_texts[];
extern const gsize n_value_texts;

GVariant *parse (const gchar *text);
GByteArray *
write_message (guint8 flags, const gchar *type, gsize type_length, gconstpointer payload, gsize payload_size);
GBytes *write_value (guint8 flags, GVariant *value);
GByteArray *encode (GVariant *value);
GVariant *decode (const guint8 *data, gsize size, GError **error);
void assert_malformed (const guint8 *data, gsize size, const gchar *what);
void assert_round_trip (GVariant *value);
