/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The wire format of values alone: what is written, and that nothing that is read is trusted. */

#include "harness.h"

#include <stdlib.h>

#define HEADER_SIZE 16
#define MAX_NESTING 64

#define FLAG_BIG_ENDIAN 1
#define FLAG_REPORT 2
#define FLAG_NATIVE (G_BYTE_ORDER == G_BIG_ENDIAN ? FLAG_BIG_ENDIAN : 0)

/* In GVariant's text form. */
static const gchar *const texts[] = {
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

static GVariant *
parse (const gchar *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  if (value == NULL)
    ck_abort_msg ("%s: %s", text, error->message);
  return value;
}

/* Writes a message as the format says, with whatever is asked for. */
static GByteArray *
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

static GBytes *
write_value (guint8 flags, GVariant *value)
{
  const gchar *type = g_variant_get_type_string (value);

  return g_byte_array_free_to_bytes (
      write_message (flags, type, strlen (type), g_variant_get_data (value), g_variant_get_size (value)));
}

static GByteArray *
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

static GVariant *
decode (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return ompi_obj_variant_decode (bytes, error);
}

static void
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

static void
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

MPI_TEST (round_trips)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = parse (texts[i]);

      assert_round_trip (value);
    }
}

static GVariant *
make_array (gsize n)
{
  gdouble *numbers = g_new (gdouble, n);
  GVariant *value;

  for (gsize i = 0; i < n; i++)
    numbers[i] = (gdouble) i * 1.5;
  value = g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, numbers, n, sizeof (gdouble)));
  g_free (numbers);
  return value;
}

MPI_TEST (round_trips_of_all_sizes)
{
  static const gsize sizes[] = { 0, 1, 100, 125, 1000, 1021, 1022, 1023, 1024, 5000, 100000, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GVariant) value = make_array (sizes[i]);

      assert_round_trip (value);
    }
  for (gsize size = 8100; size < 8200; size++)
    {
      g_autofree gchar *string = g_strnfill (size, 's');
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (string));

      assert_round_trip (value);
    }
}

/* Offsets in the serialized form grow from 1 to 2 and 4 bytes with the size. */
MPI_TEST (round_trips_of_many_strings)
{
  static const gsize numbers[] = { 10, 100, 20000 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{sv}"));
      g_autoptr (GVariant) value = NULL;

      for (gsize j = 0; j < numbers[i]; j++)
        {
          g_autofree gchar *key = g_strdup_printf ("key %" G_GSIZE_FORMAT, j);

          g_variant_builder_add (builder, "{sv}", key, j % 2 ? g_variant_new_string (key) : g_variant_new_uint64 (j));
        }
      value = g_variant_ref_sink (g_variant_builder_end (builder));
      assert_round_trip (value);
    }
}

MPI_TEST (layout)
{
  static const guint8 expected[] = {
    'M', 'G', 'V', 1, FLAG_NATIVE, 0, 5,   0,   12,  0, 0, 0, 0,    0,    0, 0, '(', 's',
    'y', 'q', ')', 0, 0,           0, 'a', 'b', 'c', 0, 7, 0, 0x34, 0x12, 4, 0, 0,   0,
  };
  g_autoptr (GVariant) value = parse ("('abc', byte 7, uint16 0x1234)");
  g_autoptr (GByteArray) message = encode (value);

  /* The payload is GLib's business; here it shows where it starts and that it is whole. */
  ck_assert_uint_eq (message->len, HEADER_SIZE + 8 + g_variant_get_size (value));
  ck_assert_mem_eq (message->data, expected, 6 + 2);
  ck_assert_uint_eq (message->data[8], g_variant_get_size (value));
  for (gint i = 9; i < 16; i++)
    ck_assert_uint_eq (message->data[i], 0);
  ck_assert_mem_eq (message->data + 16, expected + 16, 8);
  ck_assert_mem_eq (message->data + 24, g_variant_get_data (value), g_variant_get_size (value));
  ck_assert_mem_eq (message->data + 24, "abc\0\7", 5);
}

MPI_TEST (layout_equals_the_specification)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = parse (texts[i]);
      g_autoptr (GByteArray) message = encode (value);
      g_autoptr (GBytes) expected = write_value (FLAG_NATIVE, value);

      ck_assert_msg (message->len == g_bytes_get_size (expected), "%s has another size", texts[i]);
      ck_assert_msg (memcmp (message->data, g_bytes_get_data (expected, NULL), message->len) == 0, "%s has other bytes",
                     texts[i]);
    }
}

/* Type strings just below, at and above a multiple of eight. */
MPI_TEST (padding_of_the_type)
{
  for (gsize n = 1; n <= 30; n++)
    {
      g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE_TUPLE);
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GByteArray) message = NULL;
      gsize offset = HEADER_SIZE + (n + 2 + 7) / 8 * 8;

      for (gsize i = 0; i < n; i++)
        g_variant_builder_add (builder, "y", (guchar) (i + 1));
      value = g_variant_ref_sink (g_variant_builder_end (builder));
      message = encode (value);
      ck_assert_uint_eq (message->data[6], n + 2);
      ck_assert_uint_eq (message->len, offset + n);
      for (gsize i = HEADER_SIZE + n + 2; i < offset; i++)
        ck_assert_uint_eq (message->data[i], 0);
      ck_assert_uint_eq (message->data[offset], 1);
      assert_round_trip (value);
    }
}

MPI_TEST (longest_type)
{
  g_autoptr (GError) error = NULL;

  for (guint length = 65534; length <= 65536; length++)
    {
      g_autofree GVariant **children = g_new (GVariant *, length - 2);
      g_autoptr (GVariant) value = NULL;

      for (guint i = 0; i < length - 2; i++)
        children[i] = g_variant_new_byte ((guchar) i);
      value = g_variant_ref_sink (g_variant_new_tuple (children, length - 2));
      if (length <= G_MAXUINT16)
        {
          assert_round_trip (value);
        }
      else
        {
          ck_assert_ptr_null (ompi_obj_variant_encode (value, &error));
          assert_error (error, OMPI_OBJ_ERROR_TYPE, "65536");
        }
    }
}

MPI_TEST (other_byte_order)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = parse (texts[i]);
      g_autoptr (GVariant) swapped = g_variant_byteswap (value);
      g_autoptr (GBytes) message = write_value (FLAG_NATIVE ^ FLAG_BIG_ENDIAN, swapped);
      g_autoptr (GVariant) back = ompi_obj_variant_decode (message, &error);

      assert_no_error (error);
      assert_variant_equal (back, value);
    }
}

/* The value is a view of the message, which lives as long. */

static void
note_free (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

MPI_TEST (decoding_does_not_copy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) original = make_array (1000);
  g_autoptr (GBytes) encoded = ompi_obj_variant_encode (original, &error);
  gsize size = g_bytes_get_size (encoded);
  guint64 *memory = g_malloc (size);
  gboolean freed = FALSE;
  GBytes *bytes;
  GVariant *value;
  GVariant *child;

  assert_no_error (error);
  memcpy (memory, g_bytes_get_data (encoded, NULL), size);
  bytes = g_bytes_new_with_free_func (memory, size, note_free, &freed);
  value = ompi_obj_variant_decode (bytes, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (g_variant_get_data (value), (guint8 *) memory + HEADER_SIZE + 8);
  g_bytes_unref (bytes);
  ck_assert (!freed);
  assert_variant_equal (value, original);
  child = g_variant_get_child_value (value, 3);
  ck_assert_double_eq (g_variant_get_double (child), 4.5);
  g_variant_unref (child);
  g_variant_unref (value);
  ck_assert (freed);
  g_free (memory);
}

MPI_TEST (memory_is_released_on_errors)
{
  static guint8 junk[64] = "MGV\1";
  gboolean freed = FALSE;
  GBytes *bytes = g_bytes_new_with_free_func (junk, sizeof junk, note_free, &freed);

  ck_assert_ptr_null (ompi_obj_variant_decode (bytes, NULL));
  g_bytes_unref (bytes);
  ck_assert (freed);
}

MPI_TEST (memory_that_is_not_aligned)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = parse (texts[i]);
      g_autoptr (GByteArray) message = encode (value);

      for (gsize shift = 1; shift < 8; shift++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree guint8 *memory = g_malloc (message->len + shift);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GVariant) back = NULL;

          memcpy (memory + shift, message->data, message->len);
          bytes = g_bytes_new_static (memory + shift, message->len);
          back = ompi_obj_variant_decode (bytes, &error);
          assert_no_error (error);
          assert_variant_equal (back, value);
        }
    }
}

MPI_TEST (references)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  GVariant *value = g_variant_new_string ("floating");

  g_variant_ref (value);
  ck_assert (g_variant_is_floating (value));
  first = ompi_obj_variant_encode (value, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (value));
  second = ompi_obj_variant_encode (value, &error);
  assert_no_error (error);
  ck_assert (g_bytes_equal (first, second));
  g_variant_unref (value);

  value = g_variant_new_handle (1);
  g_variant_ref (value);
  ck_assert_ptr_null (ompi_obj_variant_encode (value, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "'h'");
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (value);
}

/* Handles */

static const gchar *const handle_texts[] = {
  "handle 3",
  "[handle 3]",
  "@ah []",
  "(1, handle 3)",
  "@mh nothing",
  "{'a': handle 1}",
  "<handle 3>",
  "[<1>, <handle 3>]",
  "{'a': <handle 1>}",
  "(1, <('x', handle 2)>)",
  "<<<[handle 4]>>>",
  "<@ah []>",
  "('h', <@mh nothing>)",
};

MPI_TEST (handles_are_not_encoded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handle_texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = parse (handle_texts[i]);
      g_autoptr (GBytes) bytes = ompi_obj_variant_encode (value, &error);

      ck_assert_msg (bytes == NULL, "%s was encoded", handle_texts[i]);
      assert_error (error, OMPI_OBJ_ERROR_TYPE, "'h'");
    }
}

MPI_TEST (handles_are_not_decoded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handle_texts); i++)
    {
      g_autoptr (GVariant) value = parse (handle_texts[i]);
      g_autoptr (GBytes) bytes = write_value (FLAG_NATIVE, value);

      assert_malformed (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), handle_texts[i]);
    }
}

/* The letter alone is no handle. */
MPI_TEST (letters_that_look_like_handles)
{
  static const gchar *const harmless[] = { "'h'",
                                           "<'h'>",
                                           "['h', 'ah']",
                                           "<('h', b'\\000h')>",
                                           "[<'(h)'>]",
                                           "{'h': <'mh'>}",
                                           "<b'\\000h\\000ah'>",
                                           "<signature 'h'>",
                                           "<[byte 0, 104, 0]>" };

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autoptr (GVariant) value = parse (harmless[i]);

      assert_round_trip (value);
    }
}

/* Nesting */

static GVariant *
nest (guint depth, gboolean in_array)
{
  GVariant *value = g_variant_new_int32 (5);

  for (guint i = 0; i < depth; i++)
    value = in_array ? g_variant_new_array (NULL, &value, 1) : g_variant_new_variant (value);
  return g_variant_ref_sink (value);
}

MPI_TEST (nesting_limit)
{
  for (guint in_array = 0; in_array < 2; in_array++)
    for (guint depth = MAX_NESTING - 3; depth <= MAX_NESTING + 3; depth++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) value = nest (depth, in_array);

        if (depth <= MAX_NESTING)
          {
            assert_round_trip (value);
          }
        else
          {
            g_autoptr (GBytes) bytes = write_value (FLAG_NATIVE, value);

            ck_assert_ptr_null (ompi_obj_variant_encode (value, &error));
            assert_error (error, OMPI_OBJ_ERROR_TYPE, "nested");
            assert_malformed (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              "a value that is nested too deeply");
          }
      }
}

/* Arrays in variants in arrays, which are deep in neither alone. */
MPI_TEST (nesting_limit_of_mixed_containers)
{
  GVariant *value = g_variant_new_int32 (5);
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  for (gint i = 0; i < MAX_NESTING / 2; i++)
    {
      GVariant *variant = g_variant_new_variant (value);

      value = g_variant_new_array (NULL, &variant, 1);
    }
  owned = g_variant_ref_sink (value);
  assert_round_trip (owned);

  value = g_variant_ref_sink (g_variant_new_variant (owned));
  ck_assert_ptr_null (ompi_obj_variant_encode (value, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "nested");
  g_variant_unref (value);
}

MPI_TEST (depth_bombs)
{
  static const gsize depths[] = { 100, 127, 128, 129, 1000, 30000, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GByteArray) payload = g_byte_array_new ();
      g_autoptr (GByteArray) message = NULL;

      /* Serialized, a variant is its child, a zero byte and the child's type. */
      g_byte_array_append (payload, (const guint8 *) "\1\2\3\4\0i", 6);
      for (gsize j = 0; j < depths[i]; j++)
        g_byte_array_append (payload, (const guint8 *) "\0v", 2);
      message = write_message (FLAG_NATIVE, "v", 1, payload->data, payload->len);
      assert_malformed (message->data, message->len, "a depth bomb of variants");
    }
}

MPI_TEST (deep_type_strings)
{
  for (gsize depth = 65; depth < 60000; depth = depth * 3 / 2)
    {
      g_autoptr (GByteArray) arrays = NULL;
      g_autoptr (GByteArray) tuples = NULL;
      g_autofree gchar *open = g_strnfill (depth, 'a');
      g_autofree gchar *type = g_strconcat (open, "i", NULL);
      g_autofree gchar *opening = g_strnfill (depth / 2, '(');
      g_autofree gchar *closing = g_strnfill (depth / 2, ')');
      g_autofree gchar *tuple = g_strconcat (opening, "i", closing, NULL);

      arrays = write_message (FLAG_NATIVE, type, strlen (type), "", 0);
      assert_malformed (arrays->data, arrays->len, "an array of arrays of arrays");
      if (depth / 2 > MAX_NESTING)
        {
          tuples = write_message (FLAG_NATIVE, tuple, strlen (tuple), "\1\2\3\4", 4);
          assert_malformed (tuples->data, tuples->len, "a tuple of tuples of tuples");
        }
    }
}

/* Corruption */

MPI_TEST (wrong_magic_and_version)
{
  g_autoptr (GVariant) value = parse ("(1, 'two')");
  g_autoptr (GByteArray) message = encode (value);

  for (gint i = 0; i < 4; i++)
    for (gint byte = 0; byte < 256; byte++)
      {
        guint8 right = message->data[i];

        if (byte == right)
          continue;
        message->data[i] = (guint8) byte;
        assert_malformed (message->data, message->len, "a wrong magic or version");
        message->data[i] = right;
      }
}

MPI_TEST (unknown_flags_and_reserved_byte)
{
  g_autoptr (GVariant) value = parse ("(1, 'two')");
  g_autoptr (GByteArray) message = encode (value);

  for (gint flags = 4; flags < 256; flags++)
    {
      message->data[4] = (guint8) flags;
      assert_malformed (message->data, message->len, "unknown flags");
    }
  message->data[4] = FLAG_NATIVE;
  for (gint reserved = 1; reserved < 256; reserved++)
    {
      message->data[5] = (guint8) reserved;
      assert_malformed (message->data, message->len, "a reserved byte that is not zero");
    }
}

MPI_TEST (wrong_type_lengths)
{
  g_autoptr (GVariant) value = parse ("(1, 'two')");
  g_autoptr (GByteArray) message = encode (value);

  for (guint length = 0; length <= G_MAXUINT16; length++)
    {
      if (length == 4)
        continue;
      message->data[6] = (guint8) length;
      message->data[7] = (guint8) (length >> 8);
      assert_malformed (message->data, message->len, "a wrong type length");
    }
}

MPI_TEST (wrong_payload_sizes)
{
  static const guint64 sizes[] = {
    0,
    1,
    2,
    11,
    13,
    100,
    1 << 20,
    G_MAXINT32,
    G_MAXUINT32,
    G_MAXUINT32 + G_GUINT64_CONSTANT (13),
    G_MAXINT64,
    G_MAXINT64 - 24,
    (guint64) G_MAXINT64 + 1,
    G_MAXUINT64,
    G_MAXUINT64 - 1,
    G_MAXUINT64 - 15,
    G_MAXUINT64 - 16,
    G_MAXUINT64 - 23,
    G_MAXUINT64 - 24,
    G_MAXUINT64 - 25,
    G_MAXUINT64 - 11,
  };
  g_autoptr (GVariant) value = parse ("(1, 'two')");
  g_autoptr (GByteArray) message = encode (value);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint64 size = GUINT64_TO_LE (sizes[i]);

      if (sizes[i] == g_variant_get_size (value))
        continue;
      memcpy (message->data + 8, &size, sizeof size);
      assert_malformed (message->data, message->len, "a wrong payload size");
    }
}

MPI_TEST (wrong_type_strings)
{
  static const struct
  {
    const gchar *string;
    gsize length;
  } types[] = {
    { "z", 1 },     { "(", 1 },     { ")", 1 },        { "()(", 3 },      { "a", 1 },        { "m", 1 },
    { "(i", 2 },    { "i)", 2 },    { "ii", 2 },       { "{vs}", 4 },     { "{s}", 3 },      { "{sss}", 5 },
    { "{}", 2 },    { "a{vs}", 5 }, { "i\0", 2 },      { "\0i", 2 },      { "(i\0)", 4 },    { "*", 1 },
    { "?", 1 },     { "r", 1 },     { "a*", 2 },       { "m?", 2 },       { "(?)", 3 },      { "(r)", 3 },
    { "a{?*}", 5 }, { " i", 2 },    { "i ", 2 },       { "\xff", 1 },     { "\xc3\x28", 2 }, { "aaaa", 4 },
    { "e", 1 },     { "I", 1 },     { "((((((((", 8 }, { "iiiiiiii", 8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      for (gsize size = 0; size < 16; size++)
        {
          g_autoptr (GByteArray) message =
              write_message (FLAG_NATIVE, types[i].string, types[i].length, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", size);

          assert_malformed (message->data, message->len, types[i].string);
        }
    }
}

MPI_TEST (wrong_padding)
{
  g_autoptr (GVariant) value = parse ("(1, 'two')");
  g_autoptr (GByteArray) message = encode (value);

  for (gint i = HEADER_SIZE + 4; i < HEADER_SIZE + 8; i++)
    {
      message->data[i] = 'x';
      assert_malformed (message->data, message->len, "padding that is not zero");
      message->data[i] = 0;
    }
}

MPI_TEST (truncation_at_every_byte)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = parse (texts[i]);
      g_autoptr (GByteArray) message = encode (value);

      for (gsize size = 0; size < message->len; size++)
        {
          /* Memory of just this size, for valgrind to see reads behind it. */
          g_autofree guint8 *cut = g_memdup2 (message->data, size);

          assert_malformed (cut, size, texts[i]);
        }
    }
}

MPI_TEST (bytes_behind_the_end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = parse (texts[i]);
      g_autoptr (GByteArray) message = encode (value);

      g_byte_array_append (message, (const guint8 *) "", 1);
      assert_malformed (message->data, message->len, texts[i]);
    }
}

MPI_TEST (payloads_that_do_not_fit_the_type)
{
  static const struct
  {
    const gchar *type;
    gsize size;
  } cases[] = {
    { "i", 0 },  { "i", 3 },    { "i", 5 },    { "d", 4 },  { "y", 0 },  { "y", 2 },   { "x", 7 },     { "()", 0 },
    { "()", 2 }, { "(ii)", 7 }, { "(ii)", 9 }, { "ai", 3 }, { "ai", 5 }, { "ad", 12 }, { "a(yy)", 3 }, { "s", 0 },
  };
  static const guint8 zeros[16];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) message =
          write_message (FLAG_NATIVE, cases[i].type, strlen (cases[i].type), zeros, cases[i].size);
      g_autofree gchar *what = g_strdup_printf ("%" G_GSIZE_FORMAT " bytes of type '%s'", cases[i].size, cases[i].type);

      assert_malformed (message->data, message->len, what);
    }
}

MPI_TEST (basic_values_that_are_damaged)
{
  static const struct
  {
    const gchar *type;
    const gchar *payload;
    gsize size;
  } cases[] = {
    { "b", "\2", 1 },   { "b", "\377", 1 },    { "s", "abc", 3 }, { "s", "a\0b", 4 }, { "s", "\377\376", 3 },
    { "s", "\303", 2 }, { "o", "no/path", 8 }, { "o", "//", 3 },  { "g", "(", 2 },    { "g", "z", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) message = write_message (FLAG_NATIVE, cases[i].type, 1, cases[i].payload, cases[i].size);

      assert_malformed (message->data, message->len, cases[i].type);
    }
}

/* An error that a peer sent in place of a value. */
MPI_TEST (error_reports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) report =
      g_variant_ref_sink (g_variant_new ("(us)", (guint32) OMPI_OBJ_ERROR_ARG, "what went wrong"));
  g_autoptr (GVariant) strange = g_variant_ref_sink (g_variant_new ("(us)", 0xffffffffu, "strange"));
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_int32 (1));
  g_autoptr (GVariant) swapped = g_variant_byteswap (report);
  g_autoptr (GBytes) message = write_value (FLAG_NATIVE | FLAG_REPORT, report);
  g_autoptr (GBytes) strange_message = write_value (FLAG_NATIVE | FLAG_REPORT, strange);
  g_autoptr (GBytes) other_message = write_value (FLAG_NATIVE | FLAG_REPORT, other);
  g_autoptr (GBytes) swapped_message = write_value ((FLAG_NATIVE ^ FLAG_BIG_ENDIAN) | FLAG_REPORT, swapped);

  ck_assert_ptr_null (ompi_obj_variant_decode (message, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "what went wrong");
  ck_assert_ptr_null (ompi_obj_variant_decode (swapped_message, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "what went wrong");
  ck_assert_ptr_null (ompi_obj_variant_decode (strange_message, &error));
  assert_error (error, OMPI_OBJ_ERROR_OTHER, "strange");
  ck_assert_ptr_null (ompi_obj_variant_decode (other_message, &error));
  ck_assert_ptr_nonnull (error);
  ck_assert (error->domain == OMPI_OBJ_ERROR);
}

/* Random damage */

/* Reads all of a value, however strange it is. */
static void
read_all (GVariant *value)
{
  g_autofree gchar *text = g_variant_print (value, TRUE);
  g_autoptr (GVariant) normal = g_variant_get_normal_form (value);
  g_autoptr (GVariant) swapped = NULL;

  ck_assert (g_variant_is_normal_form (normal));
  swapped = g_variant_byteswap (value);
  ck_assert_uint_gt (strlen (text), 0);
}

static void
damage (GByteArray *message, GRand *random)
{
  static const guint8 interesting[] = { 0, 1, 2, 'v', 'a', 'h', 'm', '(', ')', '{', '}', 's', 127, 128, 255 };
  gint n = g_rand_int_range (random, 1, 9);

  for (gint i = 0; i < n && message->len > 0; i++)
    {
      guint position = (guint) g_rand_int_range (random, 0, (gint32) message->len);

      switch (g_rand_int_range (random, 0, 8))
        {
        case 0:
          message->data[position] = (guint8) g_rand_int (random);
          break;
        case 1:
          message->data[position] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
          break;
        case 2:
          message->data[position] = interesting[g_rand_int_range (random, 0, G_N_ELEMENTS (interesting))];
          break;
        case 3: /* in the header, or the type */
          position = (guint) g_rand_int_range (random, 0, (gint32) MIN (message->len, 26));
          message->data[position] = interesting[g_rand_int_range (random, 0, G_N_ELEMENTS (interesting))];
          break;
        case 4: /* a size that is right for a shorter message */
          g_byte_array_set_size (message, position);
          if (message->len > HEADER_SIZE + 8)
            {
              guint64 size = GUINT64_TO_LE ((guint64) message->len - HEADER_SIZE - 8);

              memcpy (message->data + 8, &size, sizeof size);
            }
          break;
        case 5:
          g_byte_array_append (message, interesting, (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (interesting)));
          if (message->len > HEADER_SIZE + 8)
            {
              guint64 size = GUINT64_TO_LE ((guint64) message->len - HEADER_SIZE - 8);

              memcpy (message->data + 8, &size, sizeof size);
            }
          break;
        case 6: /* another type over the same payload */
          if (message->len >= HEADER_SIZE + 8)
            {
              static const gchar *const types[] = { "v",     "av",  "a{sv}", "as", "(sv)", "mv", "aas",
                                                    "(ays)", "amv", "a(yv)", "g",  "ao",   "d" };
              const gchar *type = types[g_rand_int_range (random, 0, G_N_ELEMENTS (types))];

              message->data[6] = (guint8) strlen (type);
              message->data[7] = 0;
              memset (message->data + HEADER_SIZE, 0, 8);
              memcpy (message->data + HEADER_SIZE, type, strlen (type));
            }
          break;
        case 7:
        default:
          message->data[4 % message->len] ^= FLAG_BIG_ENDIAN;
          break;
        }
    }
}

MPI_TEST (random_damage)
{
  const gchar *wish = g_getenv ("OMPI_OBJ_TEST_FUZZ");
  gint n = wish != NULL ? atoi (wish) : 20000;
  gint n_values = 0;

  for (gint i = 0; i < n; i++)
    {
      guint32 seed = (guint32) (i * harness_world_size () + harness_world_rank ());
      GRand *random = g_rand_new_with_seed (seed);
      g_autoptr (GVariant) value = parse (texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
      g_autoptr (GByteArray) message = encode (value);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) result = NULL;

      damage (message, random);
      g_rand_free (random);
      result = decode (message->data, message->len, &error);
      if (result != NULL)
        {
          ck_assert_msg (error == NULL, "seed %u: a value and an error", seed);
          read_all (result);
          n_values++;
        }
      else if (error == NULL)
        {
          ck_abort_msg ("seed %u: neither a value nor an error", seed);
        }
      else if (error->code != OMPI_OBJ_ERROR_MALFORMED && (message->data[4] & FLAG_REPORT) == 0)
        {
          ck_abort_msg ("seed %u: %s", seed, error->message);
        }
    }
  /* Damage to text is no error, so there are some of both. */
  ck_assert_int_gt (n_values, n / 100);
  ck_assert_int_lt (n_values, n);
}

MPI_TEST (random_bytes)
{
  GRand *random = g_rand_new_with_seed ((guint32) harness_world_rank ());

  for (gint i = 0; i < 2000; i++)
    {
      guint8 message[256];
      gint size = g_rand_int_range (random, 24, 256);
      guint64 payload_size = GUINT64_TO_LE ((guint64) size - 24);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = NULL;

      for (gint j = 0; j < size; j++)
        message[j] = (guint8) g_rand_int (random);
      memcpy (message, "MGV\1\0\0\1\0", 8);
      memcpy (message + 8, &payload_size, sizeof payload_size);
      memcpy (message + HEADER_SIZE, "v\0\0\0\0\0\0\0", 8);
      value = decode (message, (gsize) size, &error);
      if (value != NULL)
        read_all (value);
      else
        assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
    }
  g_rand_free (random);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*value != NULL*");
  ck_assert_ptr_null (ompi_obj_variant_encode (NULL, &error));
  harness_expect_critical ("*bytes != NULL*");
  ck_assert_ptr_null (ompi_obj_variant_decode (NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-wire");
  harness_add (round_trips, HARNESS_ONCE);
  harness_add (round_trips_of_all_sizes, HARNESS_ONCE);
  harness_add (round_trips_of_many_strings, HARNESS_ONCE);
  harness_add (layout, HARNESS_ONCE);
  harness_add (layout_equals_the_specification, HARNESS_ONCE);
  harness_add (padding_of_the_type, HARNESS_ONCE);
  harness_add (longest_type, HARNESS_ONCE);
  harness_add (other_byte_order, HARNESS_ONCE);
  harness_add (decoding_does_not_copy, HARNESS_ONCE);
  harness_add (memory_is_released_on_errors, HARNESS_ONCE);
  harness_add (memory_that_is_not_aligned, HARNESS_ONCE);
  harness_add (references, HARNESS_ONCE);
  harness_add (handles_are_not_encoded, HARNESS_ONCE);
  harness_add (handles_are_not_decoded, HARNESS_ONCE);
  harness_add (letters_that_look_like_handles, HARNESS_ONCE);
  harness_add (nesting_limit, HARNESS_ONCE);
  harness_add (nesting_limit_of_mixed_containers, HARNESS_ONCE);
  harness_add (depth_bombs, HARNESS_ONCE);
  harness_add (deep_type_strings, HARNESS_ONCE);
  harness_add (wrong_magic_and_version, HARNESS_ONCE);
  harness_add (unknown_flags_and_reserved_byte, HARNESS_ONCE);
  harness_add (wrong_type_lengths, HARNESS_ONCE);
  harness_add (wrong_payload_sizes, HARNESS_ONCE);
  harness_add (wrong_type_strings, HARNESS_ONCE);
  harness_add (wrong_padding, HARNESS_ONCE);
  harness_add (truncation_at_every_byte, HARNESS_ONCE);
  harness_add (bytes_behind_the_end, HARNESS_ONCE);
  harness_add (payloads_that_do_not_fit_the_type, HARNESS_ONCE);
  harness_add (basic_values_that_are_damaged, HARNESS_ONCE);
  harness_add (error_reports, HARNESS_ONCE);
  harness_add (random_damage, HARNESS_ONCE);
  harness_add (random_bytes, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
