/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The wire format of values alone: what is written, and what is read. */

#include "wire-messages.h"

MPI_TEST (round_trips)
{
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);

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
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);
      g_autoptr (GByteArray) message = encode (value);
      g_autoptr (GBytes) expected = write_value (FLAG_NATIVE, value);

      ck_assert_msg (message->len == g_bytes_get_size (expected), "%s has another size", value_texts[i]);
      ck_assert_msg (memcmp (message->data, g_bytes_get_data (expected, NULL), message->len) == 0, "%s has other bytes",
                     value_texts[i]);
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
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = parse (value_texts[i]);
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
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);
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
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
