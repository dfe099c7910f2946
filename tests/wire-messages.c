/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire-messages.h"

/* In GVariant's text form. */
const gchar *const value_texts[] = {
  "true",
  "false",
  "byte 0",
  "byte 255",
  "int16 -32768",
  "uint16 65535",
  "-2147483648",
  "uint32 4294967295",
  "int64 -9223372036854775808",
  "uint64 18446744073709551615",
  "0.1",
  "-1e308",
  "''",
  "'text'",
  "'тест ☭ 文字 \\u0001'",
  "objectpath '/'",
  "objectpath '/org/gtk/x_1'",
  "signature ''",
  "signature 'a{sv}(ii)'",
  "()",
  "(1,)",
  "(1, 'two', 3.0)",
  "(byte 1, int64 2, byte 3)",
  "((1, (2, (3,))), 4)",
  "@mi nothing",
  "just 5",
  "@mmi just nothing",
  "@mms just just 'x'",
  "@m() just ()",
  "@ai []",
  "[1, 2, 3]",
  "@as []",
  "['a', '', 'ccc']",
  "@aai []",
  "[[1], [], [2, 3]]",
  "@a() [(), ()]",
  "[true, false]",
  "[(byte 1, 2), (byte 3, 4)]",
  "[@mi nothing, just 1]",
  "[@ms just '', nothing]",
  "@a{sv} {}",
  "{'one': 1, 'two': 2}",
  "{1: 'x'}",
  "{'a': <1>, 'b': <'two'>}",
  "{byte 1: {'x': [1.5]}}",
  "{'key', 5}",
  "<1>",
  "<'text'>",
  "<<<<5>>>>",
  "<@ai []>",
  "[<1>, <'two'>, <[3.0]>]",
  "(<(1, <2>)>, [<@mv just <3>>])",
  "b'bytes'",
  "b'\\377\\376'",
  "[b'a', b'']",
};

const gsize n_value_texts = G_N_ELEMENTS (value_texts);

GVariant *
parse (const gchar *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  if (value == NULL)
    ck_abort_msg ("%s: %s", text, error->message);
  return value;
}

/* Writes a message as the format says, with whatever is asked for. */
GByteArray *
write_message (guint8 flags, const gchar *type, gsize type_length, gconstpointer payload, gsize payload_size)
{
  GByteArray *message = g_byte_array_new ();
  const guint8 start[6] = { 'M', 'G', 'V', 1, flags, 0 };
  const guint16 length = GUINT16_TO_LE ((guint16) type_length);
  const guint64 size = GUINT64_TO_LE ((guint64) payload_size);
  const guint8 zero = 0;

  g_byte_array_append (message, start, sizeof start);
  g_byte_array_append (message, (const guint8 *) &length, sizeof length);
  g_byte_array_append (message, (const guint8 *) &size, sizeof size);
  g_byte_array_append (message, (const guint8 *) type, (guint) type_length);
  while (message->len % 8 != 0)
    g_byte_array_append (message, &zero, 1);
  if (payload_size > 0)
    g_byte_array_append (message, payload, (guint) payload_size);
  return message;
}

GBytes *
write_value (guint8 flags, GVariant *value)
{
  const gchar *type = g_variant_get_type_string (value);

  return g_byte_array_free_to_bytes (
      write_message (flags, type, strlen (type), g_variant_get_data (value), g_variant_get_size (value)));
}

GByteArray *
encode (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ompi_obj_variant_encode (value, &error);
  gconstpointer data;
  gsize size;
  GByteArray *message = g_byte_array_new ();

  assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_byte_array_append (message, data, (guint) size);
  return message;
}

GVariant *
decode (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return ompi_obj_variant_decode (bytes, error);
}

void
assert_malformed (const guint8 *data, gsize size, const gchar *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = decode (data, size, &error);

  if (value != NULL)
    {
      g_autofree gchar *text = g_variant_print (value, TRUE);

      ck_abort_msg ("%s was decoded to %.200s", what, text);
    }
  if (error == NULL)
    ck_abort_msg ("%s: no value and no error", what);
  if (error->domain != OMPI_OBJ_ERROR || error->code != OMPI_OBJ_ERROR_MALFORMED)
    ck_abort_msg ("%s: not MALFORMED but %d: %s", what, error->code, error->message);
  if (!g_utf8_validate (error->message, -1, NULL))
    ck_abort_msg ("%s: the message is not UTF-8", what);
}

void
assert_round_trip (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ompi_obj_variant_encode (value, &error);
  g_autoptr (GVariant) back = NULL;

  assert_no_error (error);
  back = ompi_obj_variant_decode (bytes, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (back));
  assert_variant_equal (back, value);
}
