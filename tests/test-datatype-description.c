/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is told about a datatype: name, contents, description, and the types of values that look the same. */

#include "datatypes.h"

MPI_TEST (names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  g_autofree gchar *name = NULL;
  g_autofree gchar *long_name = g_strnfill (MPI_MAX_OBJECT_NAME, 'x');

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_set_name (datatype, "Gr\303\266\303\237e", &error), error);
  name = ompi_obj_datatype_get_name (datatype, &error);
  ck_assert_str_eq (name, "Gr\303\266\303\237e");
  ck_assert (!ompi_obj_datatype_set_name (datatype, long_name, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Type_set_name: name is ");
}

MPI_TEST (contents)
{
  static const gint64 lengths[] = { 1, 2 };
  static const gint64 displacements[] = { 8, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  MpiDatatype *elements[] = { OMPI_OBJ_DOUBLE, pair };
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_struct (lengths, displacements, elements, 2, &error);
  g_autofree gint *integers = NULL;
  g_autofree gint64 *addresses = NULL;
  g_autofree gint64 *large_counts = NULL;
  MpiDatatype **datatypes = NULL;
  gsize expected[4];
  gsize n[4];

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_get_envelope (datatype, NULL, &expected[0], &expected[1], &expected[2],
                                                   &expected[3], &error),
                   error);
  assert_succeeds (ompi_obj_datatype_get_contents (datatype, &integers, &n[0], &addresses, &n[1], &large_counts, &n[2],
                                                   &datatypes, &n[3], &error),
                   error);
  ck_assert_mem_eq (n, expected, sizeof n);
  ck_assert_int_eq (n[0] + n[1] + n[2], 5);
  if (n[2] > 0)
    {
      ck_assert (large_counts[0] == 2 && large_counts[1] == 1 && large_counts[2] == 2);
      ck_assert (large_counts[3] == 8 && large_counts[4] == 16);
    }
  else
    {
      ck_assert (integers[0] == 2 && integers[1] == 1 && integers[2] == 2);
      ck_assert (addresses[0] == 8 && addresses[1] == 16);
    }
  ck_assert_int_eq (n[3], 2);
  ck_assert_ptr_eq (datatypes[0], OMPI_OBJ_DOUBLE);
  ck_assert (!ompi_obj_datatype_is_predefined (datatypes[1]));
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatypes[1], &error), 8);
  g_object_unref (datatypes[0]);
  g_object_unref (datatypes[1]);
  g_free (datatypes);

  ck_assert_int_eq (combiner_of (OMPI_OBJ_DOUBLE), OMPI_OBJ_COMBINER_NAMED);
  ck_assert (!ompi_obj_datatype_get_contents (OMPI_OBJ_DOUBLE, &integers, &n[0], &addresses, &n[1], &large_counts,
                                              &n[2], &datatypes, &n[3], &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_contents: MPI_DOUBLE is predefined");
}

MPI_TEST (predefined_types_described)
{
  for (gint which = 0; which <= OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_DOUBLE_PRECISION; which++)
    {
      g_autoptr (GError) error = NULL;
      MpiDatatype *datatype = ompi_obj_datatype_get_predefined (which);
      g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);
      g_autoptr (MpiDatatype) again = NULL;

      if (description == NULL)
        {
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "this MPI has no");
          continue;
        }
      again = ompi_obj_datatype_new_for_description (description, &error);
      assert_no_error (error);
      ck_assert (ompi_obj_datatype_get_native (again) == ompi_obj_datatype_get_native (datatype));
    }
}

MPI_TEST (descriptions_travel)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_vector (3, 1, 6, OMPI_OBJ_INT32_T, &error);
  g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);

  assert_no_error (error);
  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GVariant) received =
          ompi_obj_comm_sendrecv_variant (comm, description, rounds.dest, 3, rounds.source, 3, NULL, &error);
      assert_no_error (error);
      if (received != NULL && rounds.source != OMPI_OBJ_PROC_NULL)
        {
          g_autoptr (MpiDatatype) built = ompi_obj_datatype_new_for_description (received, &error);

          assert_no_error (error);
          ck_assert_int_eq (ompi_obj_datatype_get_size (built, &error), 12);
          assert_extent (built, 0, 52);
        }
    }
}

MPI_TEST (bad_descriptions)
{
  static const struct
  {
    const gchar *text;
    const gchar *message;
  } cases[] = {
    { "5", "is of type 'i'" },
    { "('MPI_DUBLE', @a{sv} {})", "'MPI_DUBLE' is neither" },
    { "('', @a{sv} {})", "'' is neither" },
    { "('MPI_INT', {'count': <1>})", "'MPI_INT' has 1 arguments, but takes 0" },
    { "('contiguous', @a{sv} {})", "'contiguous' has no 'count'" },
    { "('contiguous', {'count': <3>})", "'count' of 'contiguous' is of type 'i', but must be of type 'x'" },
    { "('contiguous', {'count': <int64 3>})", "'contiguous' has no 'element'" },
    { "('contiguous', {'count': <int64 3>, 'element': <'MPI_INT'>})", "'element' of 'contiguous' is of type 's'" },
    { "('contiguous', {'count': <int64 3>, 'element': <('MPI_INT', @a{sv} {})>, 'cuont': <1>})",
      "'contiguous' has 3 arguments, but takes 2" },
    { "('contiguous', {'count': <int64 -3>, 'element': <('MPI_INT', @a{sv} {})>})",
      "MPI_Type_contiguous: count is -3" },
    { "('contiguous', {'count': <int64 3>, 'element': <('vector', @a{sv} {})>})", "'vector' has no 'count'" },
    { "('indexed', {'lengths': <[int64 1]>, 'displacements': <[int64 1, 2]>, 'element': <('MPI_INT', @a{sv} {})>})",
      "'displacements' of 'indexed' has 2 elements, but an array before it has 1" },
    { "('struct', {'lengths': <[int64 1]>, 'displacements': <[int64 1]>, 'elements': <@a(sa{sv}) []>})",
      "'elements' of 'struct' has 0 elements" },
    { "('subarray', {'sizes': <[int64 1]>, 'subsizes': <[int64 1]>, 'starts': <[int64 0]>, 'order': <'D'>, "
      "'element': <('MPI_INT', @a{sv} {})>})",
      "'order' of 'subarray' is 'D'" },
    { "('darray', {'size': <1>, 'rank': <0>, 'sizes': <[int64 4]>, 'distributions': <['SOME']>, 'arguments': "
      "<[-5]>, 'n-processes': <[1]>, 'order': <'C'>, 'element': <('MPI_INT', @a{sv} {})>})",
      "'distributions' of 'darray' has 'SOME'" },
    { "('f90-real', {'precision': <-1>, 'range': <3>})", "precision is -1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GVariant *description = g_variant_parse (NULL, cases[i].text, NULL, NULL, &error);

      assert_no_error (error);
      ck_assert_ptr_null (ompi_obj_datatype_new_for_description (description, &error));
      g_variant_unref (description);
      assert_error (error, OMPI_OBJ_ERROR_ARG, cases[i].message);
    }
  harness_expect_critical ("*description*");
  ck_assert_ptr_null (ompi_obj_datatype_new_for_description (NULL, NULL));
  harness_assert_criticals ();
}

MPI_TEST (deep_nesting)
{
  g_autoptr (MpiDatatype) datatype = g_object_ref (OMPI_OBJ_INT);
  g_autoptr (GVariant) description = g_variant_ref_sink (g_variant_new_parsed ("('MPI_INT', @a{sv} {})"));

  for (gint depth = 1; depth <= 25; depth++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiDatatype) element = g_steal_pointer (&datatype);
      g_autoptr (GVariant) inner = g_steal_pointer (&description);
      g_autoptr (GVariant) found = NULL;
      g_autoptr (MpiDatatype) built = NULL;

      datatype = ompi_obj_datatype_new_contiguous (1, element, &error);
      assert_no_error (error);
      description = g_variant_ref_sink (
          g_variant_new_parsed ("('contiguous', {'count': <int64 1>, 'element': <%@(sa{sv})>})", inner));

      found = ompi_obj_datatype_decode (datatype, &error);
      if (depth <= 24)
        {
          assert_no_error (error);
          assert_variant_equal (found, description);
          built = ompi_obj_datatype_new_for_description (description, &error);
          assert_no_error (error);
        }
      else
        {
          assert_error (error, OMPI_OBJ_ERROR_ARG, "nested more than 24 levels deep");
          ASSERT_FAILS (ompi_obj_datatype_new_for_description (description, &error), OMPI_OBJ_ERROR_ARG,
                        "nested more than 24 levels deep");
        }
    }
}

MPI_TEST (numbers_by_what_they_hold)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) real = ompi_obj_datatype_new_f90_real (10, 100, &error);
  g_autoptr (MpiDatatype) complex = NULL;
  g_autoptr (MpiDatatype) integer = NULL;

  if (real == NULL)
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_real: ");
    }
  else
    {
      ck_assert_int_eq (ompi_obj_datatype_get_size (real, &error), 8);
      ck_assert_int_eq (combiner_of (real), OMPI_OBJ_COMBINER_F90_REAL);
      assert_described (comm, real, "('f90-real', {'precision': <10>, 'range': <100>})", NULL, 0);
      ck_assert (!ompi_obj_datatype_free (real, &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: ");
    }
  complex = ompi_obj_datatype_new_f90_complex (5, OMPI_OBJ_UNDEFINED, &error);
  if (complex == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_complex: ");
  else
    ck_assert_int_eq (ompi_obj_datatype_get_size (complex, &error), 8);
  integer = ompi_obj_datatype_new_f90_integer (9, &error);
  if (integer == NULL)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Type_create_f90_integer: ");
  else
    ck_assert_int_eq (ompi_obj_datatype_get_size (integer, &error), 4);

  ASSERT_FAILS (ompi_obj_datatype_new_f90_real (500, 9000, &error), OMPI_OBJ_ERROR_UNSUPPORTED, "precision 500");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_integer (500, &error), OMPI_OBJ_ERROR_UNSUPPORTED, "range 500");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_integer (-1, &error), OMPI_OBJ_ERROR_ARG, "range is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_complex (3, -1, &error), OMPI_OBJ_ERROR_ARG, "range is -1");
  ASSERT_FAILS (ompi_obj_datatype_new_f90_real (OMPI_OBJ_UNDEFINED, OMPI_OBJ_UNDEFINED, &error), OMPI_OBJ_ERROR_ARG,
                "undefined");
}

MPI_TEST (numbers_by_size)
{
  static const gint64 sizes[] = { 4, 8 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gint typeclass = OMPI_OBJ_TYPECLASS_REAL; typeclass <= OMPI_OBJ_TYPECLASS_INTEGER; typeclass++)
      {
        g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_match_size (typeclass, sizes[i], &error);

        assert_no_error (error);
        ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), sizes[i]);
        ck_assert (!ompi_obj_datatype_free (datatype, &error));
        assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: ");
      }
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_REAL, 7, &error), OMPI_OBJ_ERROR_ARG,
                "MPI_Type_match_size: size is 7");
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_COMPLEX, 0, &error), OMPI_OBJ_ERROR_ARG, "size is 0");
  ASSERT_FAILS (ompi_obj_datatype_match_size (OMPI_OBJ_TYPECLASS_INTEGER, G_MAXINT64, &error), OMPI_OBJ_ERROR_ARG,
                "size is 9223372036854775807");
  ASSERT_FAILS (ompi_obj_datatype_match_size ((MpiTypeclass) 9, 4, &error), OMPI_OBJ_ERROR_ARG, "typeclass is 9");
}

MPI_TEST (pairs_of_value_and_index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_get_value_index (OMPI_OBJ_DOUBLE, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  ck_assert_ptr_eq (pair, OMPI_OBJ_DOUBLE_INT);
  ASSERT_FAILS (ompi_obj_datatype_get_value_index (OMPI_OBJ_DOUBLE, OMPI_OBJ_BYTE, &error), OMPI_OBJ_ERROR_UNSUPPORTED,
                "MPI_Type_get_value_index: ");
}

/* The datatype of an array's elements selects the same bytes as the value has, whatever the tuple. */
MPI_TEST (types_of_values)
{
  static const struct
  {
    const gchar *text;
    const gchar *back; /* NULL: the same */
  } cases[] = {
    { "byte 3", NULL },
    { "true", "y" },
    { "int16 -4", NULL },
    { "uint16 4", NULL },
    { "-5", NULL },
    { "uint32 5", NULL },
    { "int64 -6", NULL },
    { "uint64 6", NULL },
    { "2.5", NULL },
    { "(1, 2.5)", NULL },
    { "(byte 1, int16 2, byte 3, int64 4, byte 5)", NULL },
    { "(byte 1, (byte 2, int64 3), byte 4)", NULL },
    { "((byte 1, int16 2), (3, (4.5, byte 5)), byte 6)", NULL },
    { "(1,)", NULL },
    { "(1, 2, 3)", NULL },
    { "(byte 1, true)", "(yy)" },
    { "{byte 1: 2.5}", NULL },
    { "()", "y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, cases[i].text, NULL, NULL, &error);
      g_autoptr (GVariant) element = NULL;
      g_autoptr (MpiDatatype) datatype = NULL;
      g_autofree guint8 *stored = NULL;
      g_autofree guint8 *received = NULL;
      g_autofree gchar *found = NULL;
      g_autofree gchar *expected = NULL;
      GVariantType *back;
      gsize size;

      assert_no_error (error);
      /* A dictionary of one entry has the data of the entry. */
      element = g_variant_is_of_type (value, G_VARIANT_TYPE ("a{?*}")) ? g_variant_get_child_value (value, 0)
                                                                       : g_variant_ref (value);
      size = g_variant_get_size (element);
      stored = g_malloc0 (3 * size);
      received = g_malloc0 (3 * size);
      for (gsize j = 0; j < 3; j++)
        g_variant_store (element, stored + j * size);

      datatype = ompi_obj_datatype_get_for_variant_type (g_variant_get_type (element), &error);
      assert_no_error (error);
      assert_extent (datatype, 0, (gint64) size);
      assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (stored, 3, datatype), 0, 0,
                                               OMPI_OBJ_BUFFER (received, 3, datatype), 0, 0, NULL, &error),
                       error);
      ck_assert_msg (memcmp (stored, received, 3 * size) == 0, "%s arrived changed", cases[i].text);

      back = ompi_obj_datatype_to_variant_type (datatype, &error);
      assert_no_error (error);
      found = g_variant_type_dup_string (back);
      g_variant_type_free (back);
      expected = cases[i].back != NULL ? g_strdup (cases[i].back) : g_strdup (g_variant_get_type_string (element));
      g_strdelimit (expected, "{", '(');
      g_strdelimit (expected, "}", ')');
      ck_assert_str_eq (found, expected);
    }
}

MPI_TEST (types_of_no_values)
{
  static const gchar *const types[] = {
    "s", "v", "ai", "(is)", "mi", "h", "(ih)", "a{sv}", "*", "(i*)", "r", "g", "o"
  };
  static const gint64 ones[] = { 1, 1 };
  static const gint64 gap[] = { 0, 8 };
  g_autoptr (GError) error = NULL;
  MpiDatatype *ints[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };
  g_autoptr (MpiDatatype) three = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) gaps = ompi_obj_datatype_new_struct (ones, gap, ints, 2, &error);
  g_autoptr (MpiDatatype) vector = ompi_obj_datatype_new_vector (2, 1, 1, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) wide = ompi_obj_datatype_new_resized (OMPI_OBJ_INT, 0, 16, &error);
  g_autoptr (MpiDatatype) wide_pair = ompi_obj_datatype_new_contiguous (2, wide, &error);
  g_autoptr (MpiDatatype) endless = ompi_obj_datatype_new_contiguous (G_MAXINT, OMPI_OBJ_INT32_T, &error);
  GVariantType *type;

  assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    ASSERT_FAILS (ompi_obj_datatype_get_for_variant_type (G_VARIANT_TYPE (types[i]), &error), OMPI_OBJ_ERROR_TYPE,
                  "ompi_obj_datatype_get_for_variant_type: '");
  type = ompi_obj_datatype_to_variant_type (three, &error);
  assert_no_error (error);
  ck_assert (g_variant_type_equal (type, G_VARIANT_TYPE ("(iii)")));
  g_variant_type_free (type);
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (OMPI_OBJ_FLOAT, &error), OMPI_OBJ_ERROR_TYPE, "no number");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (OMPI_OBJ_DOUBLE_INT, &error), OMPI_OBJ_ERROR_TYPE, "no number");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (gaps, &error), OMPI_OBJ_ERROR_TYPE, "do not lie");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (vector, &error), OMPI_OBJ_ERROR_TYPE, "not a structure");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (wide, &error), OMPI_OBJ_ERROR_TYPE, "extent");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (wide_pair, &error), OMPI_OBJ_ERROR_TYPE, "extent");
  ASSERT_FAILS (ompi_obj_datatype_to_variant_type (endless, &error), OMPI_OBJ_ERROR_TYPE, "too many");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "datatype-description");
  harness_add (names, HARNESS_ONCE);
  harness_add (contents, HARNESS_ONCE);
  harness_add (predefined_types_described, HARNESS_ONCE);
  harness_add (descriptions_travel, HARNESS_ALL);
  harness_add (bad_descriptions, HARNESS_ONCE);
  harness_add (deep_nesting, HARNESS_ONCE);
  harness_add (numbers_by_what_they_hold, HARNESS_ONCE);
  harness_add (numbers_by_size, HARNESS_ONCE);
  harness_add (pairs_of_value_and_index, HARNESS_ONCE);
  harness_add (types_of_values, HARNESS_ONCE);
  harness_add (types_of_no_values, HARNESS_ONCE);
  return harness_run ();
}
