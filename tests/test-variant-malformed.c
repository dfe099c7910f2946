/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Nothing that is read is trusted: each damaged message is an error, and none a crash. */

#include "wire-messages.h"

#include <stdlib.h>

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
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);
      g_autoptr (GByteArray) message = encode (value);

      for (gsize size = 0; size < message->len; size++)
        {
          /* Memory of just this size, for valgrind to see reads behind it. */
          g_autofree guint8 *cut = g_memdup2 (message->data, size);

          assert_malformed (cut, size, value_texts[i]);
        }
    }
}

MPI_TEST (bytes_behind_the_end)
{
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);
      g_autoptr (GByteArray) message = encode (value);

      g_byte_array_append (message, (const guint8 *) "", 1);
      assert_malformed (message->data, message->len, value_texts[i]);
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
      g_autoptr (GVariant) value = parse (value_texts[g_rand_int_range (random, 0, n_value_texts)]);
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

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-malformed");
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
  return harness_run ();
}
