/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values combined by an operation, on one rank. */

#include "harness.h"

#include <math.h>

static const gchar *const op_names[] = { "MAX", "MIN",  "SUM",  "PROD",   "LAND",   "BAND",    "LOR",
                                         "BOR", "LXOR", "BXOR", "MINLOC", "MAXLOC", "REPLACE", "NO_OP" };

#define N_ELEMENTWISE OMPI_OBJ_PREDEFINED_OP_MINLOC

static MpiOp *
get_op (guint which)
{
  return ompi_obj_op_get_predefined ((MpiPredefinedOp) which);
}

static GVariant *
combine (MpiOp *op, GVariant *a, GVariant *b)
{
  g_autoptr (GError) error = NULL;
  GVariant *result = ompi_obj_op_combine_variants (op, a, b, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (result);
  ck_assert (!g_variant_is_floating (result));
  ck_assert (g_variant_is_normal_form (result));
  return result;
}

static GVariant *
parse (const gchar *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  assert_no_error (error);
  return value;
}

/* The values in GVariant's text form. */
static void
assert_combines (guint which, const gchar *a, const gchar *b, const gchar *expected)
{
  g_autoptr (GVariant) first = parse (a);
  g_autoptr (GVariant) second = parse (b);
  g_autoptr (GVariant) expected_value = parse (expected);
  g_autoptr (GVariant) result = combine (get_op (which), first, second);
  g_autofree gchar *text = g_variant_print (result, TRUE);

  ck_assert_msg (g_variant_equal (result, expected_value), "%s %s %s is %s, not %s", a, op_names[which], b, text,
                 expected);
  /* What was parsed has no gaps with anything in them, and neither has the result. */
  ck_assert_uint_eq (g_variant_get_size (result), g_variant_get_size (expected_value));
  if (g_variant_get_size (result) > 0)
    ck_assert_mem_eq (g_variant_get_data (result), g_variant_get_data (expected_value), g_variant_get_size (result));
}

static void
assert_refuses (MpiOp *op, const gchar *a, const gchar *b, gint code, const gchar *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) first = parse (a);
  g_autoptr (GVariant) second = parse (b);

  ck_assert_ptr_null (ompi_obj_op_combine_variants (op, first, second, &error));
  assert_error (error, code, text);
}

/*
 * Integers: every operation on every type, with the results calculated on 64 bits and cut off
 */

static GVariant *
integer_new (gchar type, guint64 bits)
{
  switch (type)
    {
    case 'y':
      return g_variant_new_byte ((guint8) bits);
    case 'n':
      return g_variant_new_int16 ((gint16) bits);
    case 'q':
      return g_variant_new_uint16 ((guint16) bits);
    case 'i':
      return g_variant_new_int32 ((gint32) bits);
    case 'u':
      return g_variant_new_uint32 ((guint32) bits);
    case 'x':
      return g_variant_new_int64 ((gint64) bits);
    default:
      return g_variant_new_uint64 (bits);
    }
}

/* As it is in a wider type: with the sign, if it has one. */
static guint64
integer_extend (gchar type, guint64 bits)
{
  switch (type)
    {
    case 'y':
      return (guint8) bits;
    case 'n':
      return (guint64) (gint64) (gint16) bits;
    case 'q':
      return (guint16) bits;
    case 'i':
      return (guint64) (gint64) (gint32) bits;
    case 'u':
      return (guint32) bits;
    default:
      return bits;
    }
}

static guint64
integer_expect (guint which, gchar type, guint64 x, guint64 y)
{
  const gboolean is_signed = strchr ("nix", type) != NULL;
  gboolean less;

  x = integer_extend (type, x);
  y = integer_extend (type, y);
  less = is_signed ? (gint64) x < (gint64) y : x < y;
  switch ((gint) which)
    {
    case OMPI_OBJ_PREDEFINED_OP_MAX:
      return less ? y : x;
    case OMPI_OBJ_PREDEFINED_OP_MIN:
      return less ? x : y;
    case OMPI_OBJ_PREDEFINED_OP_SUM:
      return x + y;
    case OMPI_OBJ_PREDEFINED_OP_PROD:
      return x * y;
    case OMPI_OBJ_PREDEFINED_OP_LAND:
      return x && y;
    case OMPI_OBJ_PREDEFINED_OP_BAND:
      return x & y;
    case OMPI_OBJ_PREDEFINED_OP_LOR:
      return x || y;
    case OMPI_OBJ_PREDEFINED_OP_BOR:
      return x | y;
    case OMPI_OBJ_PREDEFINED_OP_LXOR:
      return !x != !y;
    default:
      return x ^ y;
    }
}

static const guint64 integers[] = {
  0,
  1,
  2,
  7,
  G_MAXUINT64,
  G_MAXUINT64 - 4,
  0x7f,
  0x80,
  0xff,
  0x100,
  0x7fff,
  0x8000,
  0xffff,
  0x10000,
  0x7fffffff,
  0x80000000u,
  0xffffffffu,
  G_GUINT64_CONSTANT (0x100000000),
  G_MAXINT64,
  (guint64) G_MININT64,
  G_GUINT64_CONSTANT (0x123456789abcdef0),
};

static const gchar integer_types[] = "ynqiuxt";

MPI_TEST (integers_are_combined)
{
  for (const gchar *type = integer_types; *type != '\0'; type++)
    for (guint which = 0; which < N_ELEMENTWISE; which++)
      for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (integers); j++)
          {
            g_autoptr (GVariant) expected =
                g_variant_ref_sink (integer_new (*type, integer_expect (which, *type, integers[i], integers[j])));
            g_autoptr (GVariant) result =
                combine (get_op (which), integer_new (*type, integers[i]), integer_new (*type, integers[j]));

            ck_assert_msg (g_variant_equal (result, expected), "%s of '%c' is wrong for %zu and %zu", op_names[which],
                           *type, i, j);
          }
}

static GVariant *
integer_array_new (gchar type, gsize n, guint64 seed)
{
  const gchar element[] = { type, '\0' };
  g_autofree GVariant **children = g_new (GVariant *, n + 1);

  for (gsize i = 0; i < n; i++)
    children[i] = integer_new (type, (seed + i) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (i % 3 * 20));
  return g_variant_new_array (G_VARIANT_TYPE (element), children, n);
}

/* As many at a time as the library takes together, some more and some fewer. */
MPI_TEST (arrays_are_combined_like_their_elements)
{
  const gsize lengths[] = { 0, 1, 2, 63, 64, 65, 127, 128, 129, 1000 };

  for (const gchar *type = integer_types; *type != '\0'; type++)
    for (guint which = 0; which < N_ELEMENTWISE; which++)
      for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
        {
          g_autoptr (GVariant) a = g_variant_ref_sink (integer_array_new (*type, lengths[l], 1));
          g_autoptr (GVariant) b = g_variant_ref_sink (integer_array_new (*type, lengths[l], 77));
          g_autoptr (GVariant) result = combine (get_op (which), a, b);

          ck_assert_uint_eq (g_variant_n_children (result), lengths[l]);
          ck_assert (g_variant_is_of_type (result, g_variant_get_type (a)));
          for (gsize i = 0; i < lengths[l]; i += lengths[l] / 50 + 1)
            {
              g_autoptr (GVariant) child_a = g_variant_get_child_value (a, i);
              g_autoptr (GVariant) child_b = g_variant_get_child_value (b, i);
              g_autoptr (GVariant) child = g_variant_get_child_value (result, i);
              g_autoptr (GVariant) expected = combine (get_op (which), child_a, child_b);

              ck_assert_msg (g_variant_equal (child, expected), "%s of 'a%c' is wrong at %zu of %zu", op_names[which],
                             *type, i, lengths[l]);
            }
        }
}

/*
 * Doubles
 */

static gdouble
combine_doubles (guint which, gdouble x, gdouble y)
{
  g_autoptr (GVariant) result = combine (get_op (which), g_variant_new_double (x), g_variant_new_double (y));
  gdouble many[70];
  gdouble others[70];
  g_autoptr (GVariant) array = NULL;
  const gdouble *results;
  gsize n;

  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    {
      many[i] = x;
      others[i] = y;
    }
  array = combine (get_op (which), g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, many, 70, sizeof (gdouble)),
                   g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, others, 70, sizeof (gdouble)));
  results = g_variant_get_fixed_array (array, &n, sizeof (gdouble));
  ck_assert_uint_eq (n, 70);
  for (gsize i = 0; i < n; i++)
    {
      const gdouble single = g_variant_get_double (result);

      ck_assert (isnan (single) ? isnan (results[i])
                                : results[i] == single && !signbit (results[i]) == !signbit (single));
    }
  return g_variant_get_double (result);
}

MPI_TEST (doubles_are_combined)
{
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MAX, 1.5, -2), 1.5);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MAX, -INFINITY, -2), -2);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MIN, 1.5, -2), -2);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MIN, 1.5, INFINITY), 1.5);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_SUM, 1.5, -2), -0.5);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_SUM, 1e308, 1e308), INFINITY);
  ck_assert (isnan (combine_doubles (OMPI_OBJ_PREDEFINED_OP_SUM, INFINITY, -INFINITY)));
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_PROD, 1.5, -2), -3);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LAND, 1.5, -2), 1);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LAND, 1.5, -0.0), 0);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LOR, 0, NAN), 1);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LOR, 0, -0.0), 0);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LXOR, 3, 4), 0);
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_LXOR, 0, 0.25), 1);

  /* No number is greater or less than this one, so the second is taken. */
  ck_assert (isnan (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MAX, 1, NAN)));
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MAX, NAN, 1), 1);
  ck_assert (isnan (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MIN, 1, NAN)));
  ck_assert_double_eq (combine_doubles (OMPI_OBJ_PREDEFINED_OP_MIN, NAN, 1), 1);
}

/*
 * Tuples, and arrays in each other
 */

MPI_TEST (parts_are_combined)
{
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "(1, 2.5)", "(10, 20.0)", "(11, 22.5)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAX, "(byte 1, 2.5, int16 -3)", "(byte 7, 1.0, int16 -4)",
                   "(byte 7, 2.5, int16 -3)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "(byte 1, (2.5, byte 3), uint16 4)", "(byte 1, (2.5, byte 3), uint16 4)",
                   "(byte 2, (5.0, byte 6), uint16 8)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "(7,)", "(8,)", "(15,)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "()", "()", "()");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "[(), ()]", "[(), ()]", "[(), ()]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_PROD, "[(byte 2, 3.0), (byte 4, 5.0)]", "[(byte 6, 7.0), (byte 8, 9.0)]",
                   "[(byte 12, 21.0), (byte 32, 45.0)]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "[[1, 2], [3], @ai []]", "[[10, 20], [30], @ai []]",
                   "[[11, 22], [33], @ai []]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "(1, [2.5, 3.5], byte 4, ([(5, byte 6)], 7))",
                   "(1, [2.5, 3.5], byte 4, ([(5, byte 6)], 7))", "(2, [5.0, 7.0], byte 8, ([(10, byte 12)], 14))");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "[(1, [2])]", "[(3, [4])]", "[(4, [6])]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "@aai []", "@aai []", "@aai []");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "@a(di) []", "@a(di) []", "@a(di) []");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_SUM, "[[[byte 1]], [[byte 2, 3]]]", "[[[byte 4]], [[byte 5, 6]]]",
                   "[[[byte 5]], [[byte 7, 9]]]");
}

MPI_TEST (booleans_are_combined)
{
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LAND, "true", "true", "true");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LAND, "true", "false", "false");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LOR, "false", "false", "false");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LOR, "false", "true", "true");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LXOR, "true", "true", "false");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LXOR, "true", "false", "true");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LAND, "[true, true, false]", "[true, false, false]", "[true, false, false]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_LOR, "(true, 7, 0.0)", "(false, 0, 0.0)", "(true, 1, 0.0)");
}

/* More tuples than are combined at a time, of a type with gaps. */
MPI_TEST (many_tuples_are_combined)
{
  const gsize n = 3000;
  GVariantBuilder builders[3];
  g_autoptr (GVariant) expected = NULL;
  g_autoptr (GVariant) result = NULL;

  for (gsize k = 0; k < G_N_ELEMENTS (builders); k++)
    g_variant_builder_init (&builders[k], G_VARIANT_TYPE ("a(yd(qi)y)"));
  for (gsize i = 0; i < n; i++)
    {
      g_variant_builder_add (&builders[0], "(yd(qi)y)", (guint8) i, (gdouble) i, (guint16) i, (gint32) i, (guint8) 1);
      g_variant_builder_add (&builders[1], "(yd(qi)y)", (guint8) 3, 0.5, (guint16) 65535, -5, (guint8) i);
      g_variant_builder_add (&builders[2], "(yd(qi)y)", (guint8) (i + 3), (gdouble) i + 0.5, (guint16) (i + 65535),
                             (gint32) i - 5, (guint8) (i + 1));
    }
  expected = g_variant_ref_sink (g_variant_builder_end (&builders[2]));
  result = combine (OMPI_OBJ_SUM, g_variant_builder_end (&builders[0]), g_variant_builder_end (&builders[1]));
  ck_assert_uint_eq (g_variant_get_size (result), g_variant_get_size (expected));
  ck_assert_mem_eq (g_variant_get_data (result), g_variant_get_data (expected), g_variant_get_size (expected));
}

MPI_TEST (large_arrays_are_combined)
{
  const gsize n = 300000;
  g_autofree gdouble *data = g_new (gdouble, n);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) doubled = NULL;
  g_autoptr (GVariant) result = NULL;
  const gdouble *results;
  gsize n_results;

  for (gsize i = 0; i < n; i++)
    data[i] = (gdouble) i / 2;
  value = g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, data, n, sizeof (gdouble)));
  doubled = combine (OMPI_OBJ_SUM, value, value);
  result = combine (OMPI_OBJ_SUM, doubled, value);
  results = g_variant_get_fixed_array (result, &n_results, sizeof (gdouble));
  ck_assert_uint_eq (n_results, n);
  for (gsize i = 0; i < n; i++)
    if (results[i] != data[i] * 3)
      ck_abort_msg ("element %" G_GSIZE_FORMAT " is %f", i, results[i]);
}

/* Tuples of one member in each other, to the depth that GLib reads. */
MPI_TEST (nested_tuples_are_combined)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (21));
  g_autoptr (GVariant) result = NULL;

  for (gint i = 0; i < 60; i++)
    {
      GVariant *tuple = g_variant_ref_sink (g_variant_new_tuple (&value, 1));

      g_variant_unref (value);
      value = tuple;
    }
  result = combine (OMPI_OBJ_SUM, value, value);
  ck_assert_int_eq (*(const gint32 *) g_variant_get_data (result), 42);
}

/*
 * Values and their indices
 */

MPI_TEST (the_place_of_the_best)
{
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(1.5, 3)", "(2.5, 4)", "(2.5, 4)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(2.5, 4)", "(1.5, 3)", "(2.5, 4)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(1.5, 3)", "(2.5, 4)", "(1.5, 3)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(2.5, 4)", "(1.5, 3)", "(1.5, 3)");
  /* Of equal ones the lower index, wherever it is. */
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(7, 3)", "(7, 2)", "(7, 2)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(7, 2)", "(7, 3)", "(7, 2)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(7, 3)", "(7, 2)", "(7, 2)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(7, -3)", "(7, 2)", "(7, -3)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(7, uint32 4000000000)", "(7, uint32 2)", "(7, uint32 2)");
  /* Any two types of numbers, with or without gaps. */
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(byte 200, 1.0)", "(byte 100, 2.0)", "(byte 200, 1.0)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(int16 -1, byte 1)", "(int16 1, byte 2)", "(int16 1, byte 2)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(uint16 65535, int64 9)", "(uint16 1, int64 2)",
                   "(uint16 65535, int64 9)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(uint32 4000000000, uint64 9)", "(uint32 1, uint64 2)",
                   "(uint32 1, uint64 2)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "(int64 -4, uint16 9)", "(int64 4, uint16 2)",
                   "(int64 -4, uint16 9)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "(uint64 18446744073709551615, int16 9)", "(uint64 4, int16 2)",
                   "(uint64 18446744073709551615, int16 9)");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "[(1.5, 0), (2.5, 1), (9.0, 1)]", "[(2.5, 5), (1.5, 5), (9.0, 0)]",
                   "[(2.5, 5), (2.5, 1), (9.0, 0)]");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "@a(di) []", "@a(di) []", "@a(di) []");
  /* Tuples and arrays of pairs. */
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MINLOC, "((1, 2), (3.0, byte 4))", "((0, 9), (3.0, byte 1))",
                   "((0, 9), (3.0, byte 1))");
  assert_combines (OMPI_OBJ_PREDEFINED_OP_MAXLOC, "[[(1, 2)], [(3, 4), (5, 6)]]", "[[(2, 1)], [(3, 3), (4, 9)]]",
                   "[[(2, 1)], [(3, 3), (5, 6)]]");
}

MPI_TEST (the_place_of_no_number)
{
  for (guint which = OMPI_OBJ_PREDEFINED_OP_MINLOC; which <= OMPI_OBJ_PREDEFINED_OP_MAXLOC; which++)
    {
      g_autoptr (GVariant) second =
          combine (get_op (which), g_variant_new ("(di)", NAN, 1), g_variant_new ("(di)", 2.0, 2));
      g_autoptr (GVariant) first =
          combine (get_op (which), g_variant_new ("(di)", 2.0, 1), g_variant_new ("(di)", NAN, 2));
      gdouble value;
      gint index;

      g_variant_get (second, "(di)", &value, &index);
      ck_assert (value == 2.0 && index == 2);
      g_variant_get (first, "(di)", &value, &index);
      ck_assert (isnan (value) && index == 2);
    }
}

/*
 * What cannot be combined
 */

MPI_TEST (different_values)
{
  for (guint which = 0; which < N_ELEMENTWISE; which++)
    {
      assert_refuses (get_op (which), "1", "uint32 1", OMPI_OBJ_ERROR_TYPE, "different types, 'i' and 'u'");
      assert_refuses (get_op (which), "[1]", "1", OMPI_OBJ_ERROR_TYPE, "different types, 'ai' and 'i'");
      assert_refuses (get_op (which), "(1, 2)", "(1, 2, 3)", OMPI_OBJ_ERROR_TYPE, "'(ii)' and '(iii)'");
      assert_refuses (get_op (which), "[1, 2]", "[1]", OMPI_OBJ_ERROR_TYPE,
                      "arrays in two values of type 'ai' have 2 and 1 elements");
      assert_refuses (get_op (which), "@ai []", "[1]", OMPI_OBJ_ERROR_TYPE, "0 and 1 elements");
      assert_refuses (get_op (which), "[(1, 2)]", "[(1, 2), (3, 4)]", OMPI_OBJ_ERROR_TYPE, "1 and 2 elements");
      assert_refuses (get_op (which), "[[1], [2]]", "[[1]]", OMPI_OBJ_ERROR_TYPE,
                      "arrays in two values of type 'aai' have 2 and 1 elements");
      assert_refuses (get_op (which), "(1, [[1], [2]])", "(1, [[1], [2, 3]])", OMPI_OBJ_ERROR_TYPE,
                      "of type '(iaai)' have 1 and 2 elements");
    }
}

MPI_TEST (values_that_are_not_numbers)
{
  static const gchar *const texts[] = { "'text'",    "objectpath '/a'", "signature 'i'", "<1>",           "@mi 1",
                                        "{1: 2}",    "@a{ii} {}",       "{'a': 2.5}",    "(1, 'text')",   "[<1>]",
                                        "@as []",    "handle 1",        "{1, 2}",        "(1, [{2, 3}])", "@ah []",
                                        "@a(sd) []", "@aaas []" };

  for (guint which = 0; which <= OMPI_OBJ_PREDEFINED_OP_MAXLOC; which++)
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        /* With these, that a number is no pair is seen before what is no number. */
        const gboolean no_pair = which >= N_ELEMENTWISE && texts[i][0] == '(';

        assert_refuses (get_op (which), texts[i], texts[i], no_pair ? OMPI_OBJ_ERROR_OP : OMPI_OBJ_ERROR_TYPE, NULL);
      }

  assert_refuses (OMPI_OBJ_SUM, "'a'", "'b'", OMPI_OBJ_ERROR_TYPE, "MPI_SUM combines numbers");
  assert_refuses (OMPI_OBJ_SUM, "{'a': 1}", "{'a': 1}", OMPI_OBJ_ERROR_TYPE,
                  "'{si}' in a value of type 'a{si}' is neither; make an operation for values");
}

MPI_TEST (undefined_operations)
{
  const MpiPredefinedOp bitwise[] = { OMPI_OBJ_PREDEFINED_OP_BAND, OMPI_OBJ_PREDEFINED_OP_BOR,
                                      OMPI_OBJ_PREDEFINED_OP_BXOR };
  const MpiPredefinedOp arithmetic[] = { OMPI_OBJ_PREDEFINED_OP_MAX, OMPI_OBJ_PREDEFINED_OP_MIN,
                                         OMPI_OBJ_PREDEFINED_OP_SUM, OMPI_OBJ_PREDEFINED_OP_PROD };

  for (gsize i = 0; i < G_N_ELEMENTS (bitwise); i++)
    {
      assert_refuses (get_op (bitwise[i]), "1.5", "2.5", OMPI_OBJ_ERROR_OP, "is not defined for 'd'");
      assert_refuses (get_op (bitwise[i]), "[(1, 2.5)]", "[(1, 2.5)]", OMPI_OBJ_ERROR_OP,
                      "is not defined for 'd' in a value of type 'a(id)'");
      assert_refuses (get_op (bitwise[i]), "true", "true", OMPI_OBJ_ERROR_OP, "is not defined for 'b'");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (arithmetic); i++)
    {
      assert_refuses (get_op (arithmetic[i]), "true", "true", OMPI_OBJ_ERROR_OP, "is not defined for 'b'");
      assert_refuses (get_op (arithmetic[i]), "[true]", "[true]", OMPI_OBJ_ERROR_OP, "is not defined for 'b'");
    }
  for (guint which = OMPI_OBJ_PREDEFINED_OP_MINLOC; which <= OMPI_OBJ_PREDEFINED_OP_MAXLOC; which++)
    {
      static const gchar *const no_pairs[] = { "1",         "[1.5]", "(1, 2, 3)", "(true, 1)",
                                               "(1, true)", "(1,)",  "([1], 2)",  "((1, 2), 3)" };

      for (gsize i = 0; i < G_N_ELEMENTS (no_pairs); i++)
        assert_refuses (get_op (which), no_pairs[i], no_pairs[i], OMPI_OBJ_ERROR_OP,
                        "takes pairs of a value and an index, not a value of type");
    }
  assert_refuses (OMPI_OBJ_REPLACE, "1", "2", OMPI_OBJ_ERROR_OP, "MPI_REPLACE is for accumulating");
  assert_refuses (OMPI_OBJ_NO_OP, "[1]", "[2]", OMPI_OBJ_ERROR_OP, "MPI_NO_OP is for accumulating");
  assert_refuses (OMPI_OBJ_NO_OP, "()", "()", OMPI_OBJ_ERROR_OP, "MPI_NO_OP is for accumulating");
  assert_refuses (OMPI_OBJ_REPLACE, "'a'", "'b'", OMPI_OBJ_ERROR_OP, "MPI_REPLACE is for accumulating");
  assert_refuses (OMPI_OBJ_NO_OP, "(1, 2)", "(2, 3)", OMPI_OBJ_ERROR_OP, "MPI_NO_OP is for accumulating");
}

/*
 * Values that were received: what is in their memory is not to be trusted
 */

static GVariant *
value_from (const gchar *type, gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
}

MPI_TEST (memory_of_the_wrong_size)
{
  static const struct
  {
    const gchar *type;
    gsize size;
  } cases[] = { { "d", 7 }, { "i", 0 }, { "(di)", 12 }, { "ad", 12 }, { "a(di)", 17 }, { "ai", 3 }, { "(iad)", 3 } };
  const guint8 data[32] = { 1, 2, 3, 4, 5 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = value_from (cases[i].type, data, cases[i].size);

      ck_assert_ptr_null (ompi_obj_op_combine_variants (OMPI_OBJ_SUM, value, value, &error));
      assert_error (error, OMPI_OBJ_ERROR_MALFORMED, cases[i].type);
    }
}

/* Booleans that are neither 0 nor 1, and gaps with something in them, come out right. */
MPI_TEST (memory_that_is_not_normal)
{
  const guint8 truth[] = { 0, 1, 2, 255 };
  const guint8 nothing[] = { 0, 0, 0, 0 };
  const guint8 gaps[16] = { 1, 0xff, 0xff, 0xff, 2, 0, 0, 0, 1, 0xff, 0xff, 0xff, 3, 0, 0, 0 };
  g_autoptr (GVariant) a = value_from ("ab", truth, 4);
  g_autoptr (GVariant) b = value_from ("ab", nothing, 4);
  g_autoptr (GVariant) c = value_from ("a(yi)", gaps, 16);
  g_autoptr (GVariant) either = combine (OMPI_OBJ_LOR, a, b);
  g_autoptr (GVariant) sum = combine (OMPI_OBJ_SUM, c, c);
  g_autoptr (GVariant) expected_either = g_variant_ref_sink (g_variant_new_parsed ("[false, true, true, true]"));
  g_autoptr (GVariant) expected_sum = g_variant_ref_sink (g_variant_new_parsed ("[(byte 2, 4), (byte 2, 6)]"));

  assert_variant_equal (either, expected_either);
  assert_variant_equal (sum, expected_sum);
}

/* Elements that all lie in the same place: a few bytes that would unfold to many. */
MPI_TEST (memory_that_would_unfold)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *offsets = g_malloc0 (100000);
  g_autoptr (GVariant) value = value_from ("a(ai(ddddddddai))", offsets, 100000);

  ck_assert_ptr_null (ompi_obj_op_combine_variants (OMPI_OBJ_SUM, value, value, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "a value of type 'a(ai(ddddddddai))' is not in normal form");
}

MPI_TEST (memory_of_noise)
{
  static const gchar *const types[] = { "ad",   "a(yd)", "aai", "(aiad)", "a(aid)", "b",     "ab",       "(b(dy)q)",
                                        "aaad", "a(di)", "()",  "a()",    "(ayay)", "(dai)", "a(a(di))", "t" };
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (gint round = 0; round < 3000; round++)
    {
      const gchar *type = types[g_rand_int_range (random, 0, G_N_ELEMENTS (types))];
      const gsize size = (gsize) g_rand_int_range (random, 0, 80);
      guint8 noise[2][80];
      g_autoptr (GVariant) a = NULL;
      g_autoptr (GVariant) b = NULL;

      for (gsize i = 0; i < sizeof noise; i++)
        noise[i / 80][i % 80] =
            (guint8) (g_rand_boolean (random) ? g_rand_int_range (random, 0, 256) : g_rand_int_range (random, 0, 20));
      a = value_from (type, noise[0], size);
      b = value_from (type, noise[1], size);
      for (guint which = 0; which <= OMPI_OBJ_PREDEFINED_OP_NO_OP; which++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GVariant) result = ompi_obj_op_combine_variants (get_op (which), a, b, &error);

          ck_assert ((result == NULL) == (error != NULL));
          if (result != NULL)
            ck_assert (g_variant_is_normal_form (result) && g_variant_is_of_type (result, G_VARIANT_TYPE (type)));
        }
    }
}

/*
 * Functions of the program's
 */

typedef struct
{
  gint n_calls;
  gint n_freed;
} Record;

static void
record_free (gpointer data)
{
  ((Record *) data)->n_freed++;
}

static GVariant *
join_texts (GVariant *a, GVariant *b, gpointer user_data)
{
  ((Record *) user_data)->n_calls++;
  if (!g_variant_is_of_type (a, G_VARIANT_TYPE_STRING) || !g_variant_is_of_type (b, G_VARIANT_TYPE_STRING))
    return NULL;
  return g_variant_new_take_string (g_strconcat (g_variant_get_string (a, NULL), g_variant_get_string (b, NULL), NULL));
}

static GVariant *
take_first (GVariant *a, GVariant *b G_GNUC_UNUSED, gpointer user_data)
{
  ((Record *) user_data)->n_calls++;
  return g_variant_ref (a);
}

MPI_TEST (a_function_combines)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  MpiOp *op = ompi_obj_op_new_for_variants (join_texts, FALSE, &record, record_free);
  g_autoptr (GVariant) joined = combine (op, g_variant_new_string ("ab"), g_variant_new_string ("cd"));

  ck_assert_str_eq (g_variant_get_string (joined, NULL), "abcd");
  assert_refuses (op, "'a'", "1", OMPI_OBJ_ERROR_FAILED,
                  "the operation's function could not combine values of the types 's' and 'i'");
  ck_assert_int_eq (record.n_calls, 2);
  ck_assert (!ompi_obj_op_is_commutative (op, &error));
  assert_no_error (error);

  ck_assert_int_eq (record.n_freed, 0);
  g_object_unref (op);
  ck_assert_int_eq (record.n_freed, 1);
}

MPI_TEST (a_function_gives_a_reference)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  MpiOp *op = ompi_obj_op_new_for_variants (take_first, TRUE, &record, record_free);
  GVariant *value = g_variant_new_string ("mine");
  GVariant *result;

  g_variant_ref_sink (value);
  result = combine (op, value, g_variant_new_int32 (1));
  ck_assert_ptr_eq (result, value);
  g_variant_unref (value);
  ck_assert_str_eq (g_variant_get_string (result, NULL), "mine");
  g_variant_unref (result);

  /* A floating argument is owned while the function runs. */
  result = combine (op, g_variant_new_int32 (1), g_variant_new_int32 (2));
  ck_assert_int_eq (g_variant_get_int32 (result), 1);
  g_variant_unref (result);
  ck_assert (ompi_obj_op_is_commutative (op, &error));
  assert_no_error (error);
  g_object_unref (op);
}

MPI_TEST (a_freed_operation_combines_nothing)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  MpiOp *op = ompi_obj_op_new_for_variants (take_first, TRUE, &record, record_free);

  assert_succeeds (ompi_obj_op_free (op, &error), error);
  ck_assert_int_eq (record.n_freed, 0);
  assert_refuses (op, "1", "2", OMPI_OBJ_ERROR_OP, "ompi_obj_op_combine_variants: the operation was freed");
  ck_assert (!ompi_obj_op_is_commutative (op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "the operation was freed");
  ck_assert (!ompi_obj_op_free (op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "the operation was freed");
  g_object_unref (op);
  ck_assert_int_eq (record.n_freed, 1);
  ck_assert_int_eq (record.n_calls, 0);
}

static void
combine_nothing (const MpiBuffer *in G_GNUC_UNUSED, const MpiBuffer *inout G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  ck_abort_msg ("called with values");
}

MPI_TEST (an_operation_on_buffers_takes_no_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiOp) op = ompi_obj_op_new (combine_nothing, TRUE, NULL, NULL, &error);

  assert_no_error (error);
  assert_refuses (op, "1", "2", OMPI_OBJ_ERROR_OP, "the operation combines elements of buffers, not values");
}

/* A raw handle of a predefined operation is as good as its object. */
MPI_TEST (a_raw_handle_combines)
{
  g_autoptr (MpiOp) op = ompi_obj_op_new_for_native (MPI_PROD, OMPI_OBJ_OWNERSHIP_BORROWED);
  g_autoptr (GVariant) product = combine (op, g_variant_new_int32 (6), g_variant_new_int32 (7));

  ck_assert_int_eq (g_variant_get_int32 (product), 42);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (1));

  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert_ptr_null (ompi_obj_op_combine_variants (NULL, value, value, &error));
  harness_expect_critical ("*a != NULL*");
  ck_assert_ptr_null (ompi_obj_op_combine_variants (OMPI_OBJ_SUM, NULL, value, &error));
  harness_expect_critical ("*b != NULL*");
  ck_assert_ptr_null (ompi_obj_op_combine_variants (OMPI_OBJ_SUM, value, NULL, &error));
  assert_no_error (error);
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-reduce");
  harness_add (integers_are_combined, HARNESS_ONCE);
  harness_add (arrays_are_combined_like_their_elements, HARNESS_ONCE);
  harness_add (doubles_are_combined, HARNESS_ONCE);
  harness_add (parts_are_combined, HARNESS_ONCE);
  harness_add (booleans_are_combined, HARNESS_ONCE);
  harness_add (many_tuples_are_combined, HARNESS_ONCE);
  harness_add (large_arrays_are_combined, HARNESS_ONCE);
  harness_add (nested_tuples_are_combined, HARNESS_ONCE);
  harness_add (the_place_of_the_best, HARNESS_ONCE);
  harness_add (the_place_of_no_number, HARNESS_ONCE);
  harness_add (different_values, HARNESS_ONCE);
  harness_add (values_that_are_not_numbers, HARNESS_ONCE);
  harness_add (undefined_operations, HARNESS_ONCE);
  harness_add (memory_of_the_wrong_size, HARNESS_ONCE);
  harness_add (memory_that_is_not_normal, HARNESS_ONCE);
  harness_add (memory_that_would_unfold, HARNESS_ONCE);
  harness_add (memory_of_noise, HARNESS_ONCE);
  harness_add (a_function_combines, HARNESS_ONCE);
  harness_add (a_function_gives_a_reference, HARNESS_ONCE);
  harness_add (a_freed_operation_combines_nothing, HARNESS_ONCE);
  harness_add (an_operation_on_buffers_takes_no_values, HARNESS_ONCE);
  harness_add (a_raw_handle_combines, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
