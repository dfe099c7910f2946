/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Infos: what is set is what is got, what is too long is refused, and nobody shares entries. */

#include "harness.h"

/* What was so before anything initialized MPI. */
static struct
{
  MpiInfo *environment;
  GError *error;
  MpiInfo *info;
  gboolean initialized_by_it;
} before;

static gchar *
string_of_length (gsize length)
{
  gchar *string = g_malloc (length + 1);

  memset (string, 'x', length);
  string[length] = '\0';
  return string;
}

static void
assert_value (MpiInfo *info, const gchar *key, const gchar *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *value = ompi_obj_info_get (info, key, &error);

  assert_no_error (error);
  ck_assert_pstr_eq (value, expected);
  ck_assert_int_eq (ompi_obj_info_has_key (info, key, &error), expected != NULL);
  assert_no_error (error);
}

static void
assert_entries (MpiInfo *info, const gchar *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) wanted = g_variant_ref_sink (g_variant_new_parsed (expected));
  g_autoptr (GVariant) found = ompi_obj_info_to_variant (info, &error);

  assert_no_error (error);
  assert_variant_equal (found, wanted);
}

MPI_TEST (environment_before_initialization)
{
  gint version = 0;

  ck_assert_msg (!before.initialized_by_it, "asking for the environment initialized MPI");
  ompi_obj_get_version (&version, NULL);
  if (version >= 4)
    {
      assert_no_error (before.error);
      ck_assert (OMPI_OBJ_IS_INFO (before.environment));
      ck_assert_int_ge (ompi_obj_info_get_nkeys (before.environment, NULL), 0);
      ck_assert (OMPI_OBJ_IS_INFO (before.info));
      assert_entries (before.info, "{'set': 'early'}");
    }
  else
    {
      ck_assert_ptr_null (before.environment);
      assert_error (before.error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Info_create_env: ");
    }
}

MPI_TEST (bad_environments)
{
  g_autoptr (GError) error = NULL;
  gchar *arguments[] = { (gchar *) "program", NULL };

  ck_assert_ptr_null (ompi_obj_info_new_env (-2, arguments, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_create_env: argc is -2");
  ck_assert_ptr_null (ompi_obj_info_new_env (3, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_create_env: argc is 3, but argv is NULL");
}

MPI_TEST (set_get_delete)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 0);
  assert_value (info, "color", NULL);

  assert_succeeds (ompi_obj_info_set (info, "color", "green", &error), error);
  assert_succeeds (ompi_obj_info_set (info, " with blanks ", " a  b ", &error), error);
  assert_succeeds (ompi_obj_info_set (info, "größe", "λ", &error), error);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 3);
  assert_value (info, "color", "green");
  assert_value (info, " with blanks ", " a  b ");
  assert_value (info, "größe", "λ");
  assert_value (info, "Color", NULL);

  assert_succeeds (ompi_obj_info_set (info, "color", "a longer one than before", &error), error);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 3);
  assert_value (info, "color", "a longer one than before");

  assert_succeeds (ompi_obj_info_delete (info, "color", &error), error);
  assert_value (info, "color", NULL);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 2);
  ck_assert (!ompi_obj_info_delete (info, "color", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_NOKEY, "MPI_Info_delete: there is no key 'color'");
}

MPI_TEST (numbers_of_keys)
{
  static const gchar *const names[] = { "one", "two", "three", "four", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_auto (GStrv) keys = NULL;

  assert_no_error (error);
  keys = ompi_obj_info_keys (info, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_strv_length (keys), 0);
  g_clear_pointer (&keys, g_strfreev);

  for (gsize i = 0; names[i] != NULL; i++)
    assert_succeeds (ompi_obj_info_set (info, names[i], "x", &error), error);
  keys = ompi_obj_info_keys (info, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_strv_length (keys), 4);
  for (gint i = 0; i < 4; i++)
    {
      g_autofree gchar *key = ompi_obj_info_get_nthkey (info, i, &error);

      assert_no_error (error);
      ck_assert_str_eq (key, keys[i]);
      ck_assert_msg (g_strv_contains (names, key), "nobody set the key '%s'", key);
      ck_assert (g_strv_contains ((const gchar *const *) keys, names[i]));
    }

  ck_assert_ptr_null (ompi_obj_info_get_nthkey (info, 4, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_get_nthkey: n is 4, but there are 4 keys");
  ck_assert_ptr_null (ompi_obj_info_get_nthkey (info, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_get_nthkey: n is -1");
}

MPI_TEST (longest_keys_and_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (GVariant) entries = NULL;
  g_autofree gchar *key = string_of_length (MPI_MAX_INFO_KEY - 1);
  g_autofree gchar *value = string_of_length (MPI_MAX_INFO_VAL - 1);
  g_autofree gchar *found = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, key, value, &error), error);
  assert_value (info, key, value);
  found = ompi_obj_info_get_nthkey (info, 0, &error);
  assert_no_error (error);
  ck_assert_str_eq (found, key);
  entries = ompi_obj_info_to_variant (info, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_variant_n_children (entries), 1);
  assert_succeeds (ompi_obj_info_delete (info, key, &error), error);
}

MPI_TEST (too_long_keys_and_values)
{
  static const gsize more[] = { 0, 1, 2, 1000, 100000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree gchar *key = string_of_length (MPI_MAX_INFO_KEY + more[i]);
      g_autofree gchar *value = string_of_length (MPI_MAX_INFO_VAL + more[i]);
      g_autofree gchar *length = g_strdup_printf ("has %zu bytes", MPI_MAX_INFO_KEY + more[i]);

      ck_assert (!ompi_obj_info_set (info, key, "x", &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, length);
      ck_assert_ptr_null (ompi_obj_info_get (info, key, &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "MPI_Info_get_string: the key 'xxx");
      ck_assert (!ompi_obj_info_has_key (info, key, &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, length);
      ck_assert (!ompi_obj_info_delete (info, key, &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "MPI_Info_delete: the key 'xxx");
      ck_assert (!ompi_obj_info_set (info, "key", value, &error));
      assert_error (error, OMPI_OBJ_ERROR_INFO_VALUE, "MPI_Info_set: the value 'xxx");
    }
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 0);
}

MPI_TEST (empty_and_malformed_strings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  ck_assert (!ompi_obj_info_set (info, "", "x", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "MPI_Info_set: the key is empty");
  ck_assert (!ompi_obj_info_set (info, "key", "", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_VALUE, "MPI_Info_set: the value is empty");
  ck_assert_ptr_null (ompi_obj_info_get (info, "", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "the key is empty");
  ck_assert (!ompi_obj_info_set (info, "\xff", "x", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "the key is not valid UTF-8");
  ck_assert (!ompi_obj_info_set (info, "key", "\xc3", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_VALUE, "the value is not valid UTF-8");
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 0);
}

MPI_TEST (duplicates_live_on_their_own)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiInfo) duplicate = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "a", "1", &error), error);
  duplicate = ompi_obj_info_dup (info, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "a", "2", &error), error);
  assert_succeeds (ompi_obj_info_set (duplicate, "b", "3", &error), error);
  assert_entries (info, "{'a': '2'}");
  assert_entries (duplicate, "{'a': '1', 'b': '3'}");

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  assert_entries (duplicate, "{'a': '1', 'b': '3'}");
}

MPI_TEST (values_in_and_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = NULL;
  g_autoptr (MpiInfo) empty = NULL;

  info = ompi_obj_info_new_for_variant (g_variant_new_parsed ("{'b': '2', 'a': '1'}"), &error);
  assert_no_error (error);
  assert_entries (info, "{'a': '1', 'b': '2'}");

  assert_succeeds (ompi_obj_info_update (info, g_variant_new_parsed ("{'b': 'new', 'c': '3'}"), &error), error);
  assert_entries (info, "{'a': '1', 'b': 'new', 'c': '3'}");
  assert_succeeds (ompi_obj_info_update (info, g_variant_new_parsed ("@a{ss} {}"), &error), error);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 3);

  assert_succeeds (ompi_obj_info_clear (info, &error), error);
  assert_entries (info, "@a{ss} {}");
  assert_succeeds (ompi_obj_info_clear (info, &error), error);

  empty = ompi_obj_info_new_for_variant (g_variant_new_parsed ("@a{ss} {}"), &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_info_get_nkeys (empty, &error), 0);
}

MPI_TEST (wrong_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_info_new_for_variant (g_variant_new_parsed ("{'a': 1}"), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Info_set: the entries are of type 'a{si}'");
  ck_assert (!ompi_obj_info_update (info, g_variant_new_parsed ("'a'"), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "of type 's'");

  /* One wrong entry, and none is set. */
  ck_assert (!ompi_obj_info_update (info, g_variant_new_parsed ("{'a': '1', 'b': ''}"), &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_VALUE, "MPI_Info_set: ");
  ck_assert_int_eq (ompi_obj_info_get_nkeys (info, &error), 0);
}

MPI_TEST (hash_tables_in_and_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) back = NULL;
  g_autoptr (MpiInfo) info = NULL;

  g_hash_table_insert (table, (gpointer) "a", (gpointer) "1");
  g_hash_table_insert (table, (gpointer) "b", (gpointer) "2");
  info = ompi_obj_info_new_for_hash_table (table, &error);
  assert_no_error (error);
  g_hash_table_remove_all (table);
  assert_entries (info, "{'a': '1', 'b': '2'}");

  back = ompi_obj_info_to_hash_table (info, &error);
  assert_no_error (error);
  g_clear_object (&info);
  ck_assert_uint_eq (g_hash_table_size (back), 2);
  ck_assert_pstr_eq (g_hash_table_lookup (back, "a"), "1");
  ck_assert_pstr_eq (g_hash_table_lookup (back, "b"), "2");

  g_hash_table_insert (table, (gpointer) "", (gpointer) "1");
  ck_assert_ptr_null (ompi_obj_info_new_for_hash_table (table, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO_KEY, "MPI_Info_set: the key is empty");
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert (ompi_obj_info_get_native (info) == MPI_INFO_NULL);

#define ASSERT_FREED(expression, function)                                        \
  do                                                                              \
    {                                                                             \
      ck_assert (!(expression));                                                  \
      assert_error (error, OMPI_OBJ_ERROR_INFO, function ": the info was freed"); \
    }                                                                             \
  while (0)

  ASSERT_FREED (ompi_obj_info_free (info, &error), "MPI_Info_free");
  ASSERT_FREED (ompi_obj_info_dup (info, &error), "MPI_Info_dup");
  ASSERT_FREED (ompi_obj_info_get (info, "a", &error), "MPI_Info_get_string");
  ASSERT_FREED (ompi_obj_info_has_key (info, "a", &error), "MPI_Info_get_string");
  ASSERT_FREED (ompi_obj_info_set (info, "a", "b", &error), "MPI_Info_set");
  ASSERT_FREED (ompi_obj_info_delete (info, "a", &error), "MPI_Info_delete");
  ASSERT_FREED (ompi_obj_info_get_nthkey (info, 0, &error), "MPI_Info_get_nthkey");
  ASSERT_FREED (ompi_obj_info_get_nkeys (info, &error) != -1, "MPI_Info_get_nkeys");
  ASSERT_FREED (ompi_obj_info_keys (info, &error), "MPI_Info_get_nkeys");
  ASSERT_FREED (ompi_obj_info_clear (info, &error), "MPI_Info_delete");
  ASSERT_FREED (ompi_obj_info_to_variant (info, &error), "MPI_Info_get_string");
  ASSERT_FREED (ompi_obj_info_to_hash_table (info, &error), "MPI_Info_get_string");
  ASSERT_FREED (ompi_obj_buffer_new_alloc (8, info, &error), "MPI_Alloc_mem");
}

MPI_TEST (native_infos)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) borrowing = NULL;
  g_autoptr (MpiInfo) owning = NULL;
  g_autoptr (MpiInfo) environment = ompi_obj_info_new_for_native (MPI_INFO_ENV, OMPI_OBJ_OWNERSHIP_BORROWED);
  MPI_Info native;
  char value[8] = "";
  int found = 0;

  MPI_Info_create (&native);
  borrowing = ompi_obj_info_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED);
  assert_succeeds (ompi_obj_info_set (borrowing, "a", "1", &error), error);
  ck_assert (ompi_obj_info_get_native (borrowing) == native);
  g_clear_object (&borrowing);
  MPI_Info_get (native, "a", 7, value, &found);
  ck_assert_int_eq (found, 1);
  ck_assert_str_eq (value, "1");
  owning = ompi_obj_info_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
  assert_value (owning, "a", "1");

  ck_assert_int_ge (ompi_obj_info_get_nkeys (environment, &error), 0);
  assert_no_error (error);
  ck_assert (!ompi_obj_info_free (environment, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Info_free: MPI_INFO_ENV belongs to MPI");
}

/* An info that raw MPI filled may hold what the library does not set. */
MPI_TEST (native_strings_that_are_not_utf8)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (GVariant) entries = NULL;

  assert_no_error (error);
  MPI_Info_set (ompi_obj_info_get_native (info), "path", "/\xff");
  entries = ompi_obj_info_to_variant (info, &error);
  assert_no_error (error);
  ck_assert (g_variant_is_normal_form (entries));
  ck_assert_uint_eq (g_variant_n_children (entries), 1);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (MpiInfo) info = ompi_obj_info_new (NULL);

  harness_expect_critical ("*OMPI_OBJ_IS_INFO (self)*");
  ck_assert (!ompi_obj_info_set (NULL, "a", "b", NULL));
  harness_expect_critical ("*key != NULL*");
  ck_assert (!ompi_obj_info_set (info, NULL, "b", NULL));
  harness_expect_critical ("*value != NULL*");
  ck_assert (!ompi_obj_info_set (info, "a", NULL, NULL));
  harness_expect_critical ("*key != NULL*");
  ck_assert_ptr_null (ompi_obj_info_get (info, NULL, NULL));
  harness_expect_critical ("*entries != NULL*");
  ck_assert (!ompi_obj_info_update (info, NULL, NULL));
  harness_expect_critical ("*entries != NULL*");
  ck_assert_ptr_null (ompi_obj_info_new_for_variant (NULL, NULL));
  harness_expect_critical ("*entries != NULL*");
  ck_assert_ptr_null (ompi_obj_info_new_for_hash_table (NULL, NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_INFO (self)*");
  ck_assert_int_eq (ompi_obj_info_get_nkeys (NULL, NULL), -1);
  harness_expect_critical ("*OMPI_OBJ_IS_INFO (self)*");
  ck_assert (ompi_obj_info_get_native (NULL) == MPI_INFO_NULL);
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  int status;

  before.environment = ompi_obj_info_new_env (argc, argv, &before.error);
  if (before.environment != NULL)
    {
      before.info = ompi_obj_info_new_for_variant (g_variant_new_parsed ("{'set': 'early', 'gone': 'x'}"), NULL);
      ompi_obj_info_delete (before.info, "gone", NULL);
      ompi_obj_info_delete (before.info, "never there", NULL);
      g_object_unref (ompi_obj_info_dup (before.info, NULL));
    }
  before.initialized_by_it = ompi_obj_is_initialized ();

  harness_init (argc, argv, "info");
  harness_add (environment_before_initialization, HARNESS_ONCE);
  harness_add (bad_environments, HARNESS_ONCE);
  harness_add (set_get_delete, HARNESS_ONCE);
  harness_add (numbers_of_keys, HARNESS_ONCE);
  harness_add (longest_keys_and_values, HARNESS_ONCE);
  harness_add (too_long_keys_and_values, HARNESS_ONCE);
  harness_add (empty_and_malformed_strings, HARNESS_ONCE);
  harness_add (duplicates_live_on_their_own, HARNESS_ONCE);
  harness_add (values_in_and_out, HARNESS_ONCE);
  harness_add (wrong_values, HARNESS_ONCE);
  harness_add (hash_tables_in_and_out, HARNESS_ONCE);
  harness_add (freed, HARNESS_ONCE);
  harness_add (native_infos, HARNESS_ONCE);
  harness_add (native_strings_that_are_not_utf8, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  status = harness_run ();
  g_clear_error (&before.error);
  g_clear_object (&before.environment);
  g_clear_object (&before.info);
  return status;
}
