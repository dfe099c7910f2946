/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Values of every type from rank to rank: each basic type with the values at its ends, in each kind of container, in
 * one piece and in two, and as deep as values may be nested. What arrives is the same to the bit.
 */

#include "messages.h"
#include "wire-messages.h"

/* In two pieces; and large enough for memory that is used again. */
#define TWO_PIECES ((gsize) 10000)
#define IN_LARGE_MEMORY ((gsize) 300000)

static void
assert_same (GVariant *value, GVariant *expected)
{
  gsize size = g_variant_get_size (expected);

  ck_assert_str_eq (g_variant_get_type_string (value), g_variant_get_type_string (expected));
  ck_assert (!g_variant_is_floating (value));
  if (g_variant_get_size (value) != size
      || (size > 0 && memcmp (g_variant_get_data (value), g_variant_get_data (expected), size) != 0))
    {
      const gchar *difference = harness_variant_difference (value, expected);

      ck_abort_msg ("the bytes differ: %s", difference != NULL ? difference : g_variant_get_type_string (value));
    }
  ck_assert_msg (g_variant_is_normal_form (value), "a value of type %s is not normal",
                 g_variant_get_type_string (value));
  if (size > 0)
    ck_assert_uint_eq (GPOINTER_TO_SIZE (g_variant_get_data (value)) % 8, 0);
}

static GVariant *
receive_in_parts (MpiComm *comm, GVariant *value, const HarnessRounds *rounds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = ompi_obj_comm_irecv_variant (comm, rounds->source, 1, &error);
  MpiRequest *send;
  GVariant *received;

  assert_no_error (error);
  send = ompi_obj_comm_isend_variant (comm, value, rounds->dest, 1, &error);
  assert_no_error (error);
  received = ompi_obj_request_wait_variant (receive, NULL, &error);
  assert_no_error (error);
  finish (send);
  return received;
}

/* All ranks send the same to each other, at once or in parts. Consumes a floating @value. */
static void
travel (MpiComm *comm, GVariant *value)
{
  static gboolean in_parts;
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GVariant) sent = g_variant_ref_sink (value);

  in_parts = !in_parts;
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) received =
          in_parts ? receive_in_parts (comm, sent, &rounds)
                   : ompi_obj_comm_sendrecv_variant (comm, sent, rounds.dest, 1, rounds.source, 1, NULL, &error);

      assert_no_error (error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        assert_same (received, sent);
    }
}

/* Not sent, so that what the others get is what is sent next. */
static void
stay_at_home (MpiComm *comm, GVariant *value, const gchar *reason)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_comm_send_variant (comm, owned, 0, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, reason);
  ck_assert_ptr_null (ompi_obj_comm_isend_variant (comm, owned, 0, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, reason);
  ck_assert_ptr_null (ompi_obj_comm_sendrecv_variant (comm, owned, 0, 1, 0, 1, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, reason);
}

/* Basic values */

static GVariant *
double_of_bits (guint64 bits)
{
  gdouble number;

  memcpy (&number, &bits, sizeof number);
  return g_variant_new_double (number);
}

/* A character of each of the 17 planes, and the first and last of each length in UTF-8. */
static GVariant *
all_planes (void)
{
  static const gunichar ends[] = { 0x1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x10fffd };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    g_string_append_unichar (text, ends[i]);
  for (gunichar plane = 0; plane <= 16; plane++)
    g_string_append_unichar (text, 0x10000 * plane + 0x61 + plane);
  return g_variant_new_string (text->str);
}

static void
add (GPtrArray *values, GVariant *value)
{
  g_ptr_array_add (values, g_variant_ref_sink (value));
}

/* Every basic type that may travel, the first value of each type in front of the others of it. */
static GPtrArray *
basic_values (void)
{
  static const guint64 doubles[] = {
    0x0000000000000000,                     /* 0 */
    0x8000000000000000,                     /* -0 */
    0x0000000000000001,                     /* the smallest */
    0x7fefffffffffffff,                     /* the largest */
    0x7ff0000000000000,                     /* infinity */
    0xfff0000000000000, 0x7ff8000000000000, /* not a number, with all that can be in it */
    0xfff8000000000001, 0x7ff4000000000000, 0x7ff0000000000001, 0xffffffffffffffff,
  };
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autofree gchar *path = g_strnfill (1000, 'p');
  g_autofree gchar *signature = g_strnfill (255, 'i');

  path[0] = '/';
  add (values, g_variant_new_boolean (TRUE));
  add (values, g_variant_new_boolean (FALSE));
  add (values, g_variant_new_byte (0));
  add (values, g_variant_new_byte (G_MAXUINT8));
  add (values, g_variant_new_int16 (G_MININT16));
  add (values, g_variant_new_int16 (G_MAXINT16));
  add (values, g_variant_new_uint16 (0));
  add (values, g_variant_new_uint16 (G_MAXUINT16));
  add (values, g_variant_new_int32 (G_MININT32));
  add (values, g_variant_new_int32 (G_MAXINT32));
  add (values, g_variant_new_uint32 (0));
  add (values, g_variant_new_uint32 (G_MAXUINT32));
  add (values, g_variant_new_int64 (G_MININT64));
  add (values, g_variant_new_int64 (G_MAXINT64));
  add (values, g_variant_new_uint64 (0));
  add (values, g_variant_new_uint64 (G_MAXUINT64));
  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    add (values, double_of_bits (doubles[i]));
  add (values, g_variant_new_string (""));
  add (values, g_variant_new_string ("one"));
  add (values, all_planes ());
  add (values, g_variant_new_object_path ("/"));
  add (values, g_variant_new_object_path ("/a/_1/Zz"));
  add (values, g_variant_new_object_path (path));
  add (values, g_variant_new_signature (""));
  add (values, g_variant_new_signature ("a{s(ov)}ia(yd)"));
  add (values, g_variant_new_signature (signature));
  return values;
}

/* That nothing is missing above: all that GVariant calls basic, but handles. */
MPI_TEST (basic_types_are_complete)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (const gchar *letter = "bynqiuxtdsog"; *letter != '\0'; letter++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < values->len; i++)
        found = found || g_variant_get_type_string (values->pdata[i])[0] == *letter;
      ck_assert_msg (found, "there is no value of type %c", *letter);
    }
  for (gint letter = 1; letter < 128; letter++)
    {
      const gchar type[] = { (gchar) letter, '\0' };

      if (g_variant_type_string_is_valid (type) && g_variant_type_is_basic (G_VARIANT_TYPE (type)) && letter != '?')
        ck_assert_msg (strchr ("bynqiuxtdsogh", letter) != NULL, "%s is a basic type", type);
    }
}

/* Containers */

/* As many elements of @value as make about @size bytes. */
static GVariant *
array_of_size (GVariant *value, gsize size)
{
  gsize n = size / MAX (g_variant_get_size (value), 1) + 1;
  g_autofree GVariant **children = g_new (GVariant *, n);

  for (gsize i = 0; i < n; i++)
    children[i] = value;
  return g_variant_new_array (g_variant_get_type (value), children, n);
}

static GVariant *
pair_of (GVariant *first, GVariant *second)
{
  GVariant *children[] = { first, second };

  return g_variant_new_tuple (children, 2);
}

/* As long as an entry may be repeated: GVariant does not look whether keys are unique. */
static GVariant *
dictionary_of (GVariant *key, GVariant *value, gsize n)
{
  g_autofree GVariant **entries = g_new (GVariant *, n + 1);
  g_autoptr (GVariantType) type = g_variant_type_new_dict_entry (g_variant_get_type (key), g_variant_get_type (value));

  for (gsize i = 0; i < n; i++)
    entries[i] = g_variant_new_dict_entry (key, value);
  return g_variant_new_array (type, entries, n);
}

MPI_TEST (basic_values_alone)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i++)
    travel (comm, values->pdata[i]);
}

MPI_TEST (variants)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i++)
    {
      travel (comm, g_variant_new_variant (values->pdata[i]));
      travel (comm, g_variant_new_variant (g_variant_new_variant (values->pdata[i])));
      travel (comm, array_of_size (g_variant_new_variant (values->pdata[i]), TWO_PIECES));
    }
}

MPI_TEST (maybes)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i++)
    {
      const GVariantType *type = g_variant_get_type (values->pdata[i]);
      GVariant *nothing = g_variant_new_maybe (type, NULL);

      travel (comm, g_variant_new_maybe (NULL, values->pdata[i]));
      travel (comm, g_variant_new_maybe (NULL, g_variant_new_maybe (NULL, values->pdata[i])));
      travel (comm, g_variant_new_maybe (NULL, g_variant_new_maybe (NULL, nothing)));
      travel (comm, g_variant_new_maybe (type, NULL));
      travel (comm, array_of_size (g_variant_new_maybe (NULL, values->pdata[i]), TWO_PIECES));
    }
}

MPI_TEST (arrays)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i++)
    {
      const GVariantType *type = g_variant_get_type (values->pdata[i]);
      GVariant *empty = g_variant_new_array (type, NULL, 0);

      travel (comm, array_of_size (values->pdata[i], 0));
      travel (comm, array_of_size (values->pdata[i], 100));
      travel (comm, array_of_size (values->pdata[i], TWO_PIECES));
      travel (comm, array_of_size (array_of_size (values->pdata[i], 10), TWO_PIECES));
      travel (comm, array_of_size (empty, 10));
      travel (comm, g_variant_new_array (type, NULL, 0));
    }
}

MPI_TEST (tuples)
{
  g_autoptr (GPtrArray) values = basic_values ();

  travel (comm, g_variant_new_tuple (NULL, 0));
  travel (comm, array_of_size (g_variant_new_tuple (NULL, 0), 10));
  travel (comm, array_of_size (g_variant_new_tuple (NULL, 0), TWO_PIECES));
  for (guint i = 0; i < values->len; i++)
    {
      GVariant *next = values->pdata[(i + 1) % values->len];

      travel (comm, g_variant_new_tuple ((GVariant **) &values->pdata[i], 1));
      travel (comm, pair_of (values->pdata[i], next));
      travel (comm, array_of_size (pair_of (values->pdata[i], next), TWO_PIECES));
    }
  /* One of everything. */
  travel (comm, g_variant_new_tuple ((GVariant **) values->pdata, values->len));
  travel (comm, array_of_size (g_variant_new_tuple ((GVariant **) values->pdata, values->len), IN_LARGE_MEMORY));
}

MPI_TEST (dictionaries)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i++)
    {
      GVariant *next = values->pdata[(i + 1) % values->len];

      travel (comm, g_variant_new_dict_entry (values->pdata[i], next));
      travel (comm, g_variant_new_dict_entry (values->pdata[i], g_variant_new_variant (next)));
      travel (comm, dictionary_of (values->pdata[i], next, 0));
      travel (comm, dictionary_of (values->pdata[i], next, 3));
      travel (comm, dictionary_of (values->pdata[i], g_variant_new_variant (next), 700));
    }
}

/* All numbers that are aligned differently, one behind the other, in tuples of fixed size. */
MPI_TEST (alignment)
{
  static const gchar *const numbers[] = { "byte 0x81", "int16 -0x7001", "-0x70000001", "int64 -0x7000000000000001",
                                          "-1.5e300" };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (numbers); j++)
      for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
        {
          g_autofree gchar *text = g_strdup_printf ("(%s, (%s,), %s)", numbers[i], numbers[j], numbers[k]);
          g_autoptr (GVariant) element = parse (text);

          travel (comm, element);
          travel (comm, array_of_size (element, TWO_PIECES));
        }
}

MPI_TEST (large_arrays)
{
  g_autoptr (GPtrArray) values = basic_values ();

  for (guint i = 0; i < values->len; i += 3)
    travel (comm, array_of_size (values->pdata[i], IN_LARGE_MEMORY));
}

/* The values that the tests of the wire format have, too. */
MPI_TEST (values_of_the_wire_format)
{
  for (gsize i = 0; i < n_value_texts; i++)
    {
      g_autoptr (GVariant) value = parse (value_texts[i]);

      travel (comm, value);
    }
}

/* A part of a larger value begins where it does. */
MPI_TEST (children)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (
      "(byte 1, 'x', [byte 1, 2, 3], <int64 5>, (byte 6, 7.5), {'a': <'b'>}, @ad [1, 2, 3], just 'y')"));
  g_autofree guint8 *memory = g_malloc (g_variant_get_size (value) + 1);
  g_autoptr (GVariant) shifted = NULL;

  memcpy (memory + 1, g_variant_get_data (value), g_variant_get_size (value));
  shifted = g_variant_ref_sink (
      g_variant_new_from_data (g_variant_get_type (value), memory + 1, g_variant_get_size (value), TRUE, NULL, NULL));
  travel (comm, shifted);
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      g_autoptr (GVariant) moved = g_variant_get_child_value (shifted, i);

      travel (comm, child);
      travel (comm, moved);
    }
}

/* Limits */

typedef enum
{
  NEST_VARIANTS,
  NEST_ARRAYS,
  NEST_MAYBES,
  NEST_TUPLES,
  NEST_ENTRIES,
  NEST_ALL,
  N_NEST
} Nest;

static GVariant *
nest_once (GVariant *value, Nest nest, guint level)
{
  switch (nest)
    {
    case NEST_VARIANTS:
      return g_variant_new_variant (value);
    case NEST_ARRAYS:
      return g_variant_new_array (NULL, &value, 1);
    case NEST_MAYBES:
      return g_variant_new_maybe (NULL, value);
    case NEST_TUPLES:
      return g_variant_new_tuple (&value, 1);
    case NEST_ENTRIES:
      return g_variant_new_dict_entry (g_variant_new_byte (1), value);
    case NEST_ALL:
      return nest_once (value, level % NEST_ALL, level);
    case N_NEST:
    default:
      ck_abort ();
      return NULL;
    }
}

static GVariant *
nest (GVariant *value, Nest how, guint depth)
{
  for (guint level = 0; level < depth; level++)
    value = nest_once (value, how, level);
  return value;
}

MPI_TEST (nesting)
{
  for (Nest how = NEST_VARIANTS; how < N_NEST; how++)
    {
      g_autofree gchar *text = g_strnfill (TWO_PIECES, 'x');

      travel (comm, nest (g_variant_new_int32 (1), how, MAX_NESTING - 1));
      stay_at_home (comm, nest (g_variant_new_int32 (1), how, MAX_NESTING + 1), "nested");
      travel (comm, nest (g_variant_new_int32 (1), how, MAX_NESTING));
      stay_at_home (comm, nest (g_variant_new_string (text), how, MAX_NESTING + 1), "nested");
      travel (comm, nest (g_variant_new_string (text), how, MAX_NESTING));
    }
}

MPI_TEST (handles)
{
  for (Nest how = NEST_VARIANTS; how < N_NEST; how++)
    {
      stay_at_home (comm, nest (g_variant_new_handle (0), how, 1), "'h'");
      stay_at_home (comm, nest (g_variant_new_handle (0), how, 7), "'h'");
      stay_at_home (comm,
                    pair_of (array_of_size (g_variant_new_byte (7), TWO_PIECES),
                             nest (g_variant_new_handle (1), how, 3)),
                    "'h'");
    }
  stay_at_home (comm, g_variant_new_handle (0), "'h'");
  stay_at_home (comm, g_variant_new_array (G_VARIANT_TYPE_HANDLE, NULL, 0), "'h'");
  stay_at_home (comm, g_variant_new_maybe (G_VARIANT_TYPE_HANDLE, NULL), "'h'");
  stay_at_home (comm, g_variant_new_dict_entry (g_variant_new_handle (0), g_variant_new_byte (1)), "'h'");
  travel (comm, g_variant_new_string ("h"));
}

/* The type string is part of the head, which then has several thousand bytes. */
MPI_TEST (long_types)
{
  static const guint lengths[] = { 8100, 8160, 8170, 8180, 20000, G_MAXUINT16, G_MAXUINT16 + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree GVariant **children = g_new (GVariant *, lengths[i] - 2);

      for (guint j = 0; j < lengths[i] - 2; j++)
        children[j] = g_variant_new_byte ((guint8) j);
      if (lengths[i] <= G_MAXUINT16)
        travel (comm, g_variant_new_tuple (children, lengths[i] - 2));
      else
        stay_at_home (comm, g_variant_new_tuple (children, lengths[i] - 2), "65536");
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-types");
  harness_add (basic_types_are_complete, HARNESS_ONCE);
  harness_add (basic_values_alone, HARNESS_ALL);
  harness_add (variants, HARNESS_ALL);
  harness_add (maybes, HARNESS_ALL);
  harness_add (arrays, HARNESS_ALL);
  harness_add (tuples, HARNESS_ALL);
  harness_add (dictionaries, HARNESS_ALL);
  harness_add (alignment, HARNESS_ALL);
  harness_add (large_arrays, HARNESS_ALL);
  harness_add (values_of_the_wire_format, HARNESS_ALL);
  harness_add (children, HARNESS_ALL);
  harness_add (nesting, HARNESS_ALL);
  harness_add (handles, HARNESS_ALL);
  harness_add (long_types, HARNESS_ALL);
  return harness_run ();
}
