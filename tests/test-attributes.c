/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values that programs attach to communicators and datatypes, and those that MPI has itself. */

#include "harness.h"

/* An error of the program's own. */
#define TEST_ERROR (g_quark_from_static_string ("test-attributes"))

/* What the functions of a key saw. */
typedef struct
{
  guint n_copied;
  guint n_deleted;
  guint n_destroyed;
  GObject *object; /* of the last call; not referenced */
  gint value;
  MpiKeyval *keyval;
} Seen;

static GVariant *
copy_next (GObject *object, MpiKeyval *keyval, GVariant *value, gpointer user_data, G_GNUC_UNUSED GError **error)
{
  Seen *seen = user_data;

  seen->n_copied++;
  seen->object = object;
  seen->keyval = keyval;
  seen->value = g_variant_get_int32 (value);
  return g_variant_new_int32 (seen->value + 1);
}

static GVariant *
copy_nothing (G_GNUC_UNUSED GObject *object,
              G_GNUC_UNUSED MpiKeyval *keyval,
              G_GNUC_UNUSED GVariant *value,
              gpointer user_data,
              G_GNUC_UNUSED GError **error)
{
  ((Seen *) user_data)->n_copied++;
  return NULL;
}

static GVariant *
copy_badly (G_GNUC_UNUSED GObject *object,
            G_GNUC_UNUSED MpiKeyval *keyval,
            G_GNUC_UNUSED GVariant *value,
            G_GNUC_UNUSED gpointer user_data,
            GError **error)
{
  g_set_error_literal (error, TEST_ERROR, 7, "no copies today");
  return NULL;
}

static void
on_delete (GObject *object, MpiKeyval *keyval, GVariant *value, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n_deleted++;
  seen->object = object;
  seen->keyval = keyval;
  seen->value = g_variant_get_int32 (value);
}

static void
on_destroy (gpointer user_data)
{
  ((Seen *) user_data)->n_destroyed++;
}

static MpiComm *
comm_copy (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  MpiComm *copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  return copy;
}

static void
set_number (MpiComm *comm, MpiKeyval *keyval, gint number)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_set_attr (comm, keyval, g_variant_new_int32 (number), &error), error);
}

/* 0 for none. */
static gint
get_number (MpiComm *comm, MpiKeyval *keyval)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = ompi_obj_comm_get_attr (comm, keyval, &error);

  assert_no_error (error);
  return value != NULL ? g_variant_get_int32 (value) : 0;
}

MPI_TEST (set_get_delete)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) first = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiKeyval) second = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (GVariant) table = g_variant_ref_sink (g_variant_new_parsed ("{'a': <1>, 'b': <'two'>}"));
  g_autoptr (GVariant) found = NULL;

  ck_assert_int_eq (get_number (comm, first), 0);
  set_number (comm, first, 1);
  assert_succeeds (ompi_obj_comm_set_attr (comm, second, table, &error), error);
  ck_assert_int_eq (get_number (comm, first), 1);
  found = ompi_obj_comm_get_attr (comm, second, &error);
  assert_no_error (error);
  assert_variant_equal (found, table);
  set_number (comm, first, 2);
  ck_assert_int_eq (get_number (comm, first), 2);

  assert_succeeds (ompi_obj_comm_delete_attr (comm, first, &error), error);
  ck_assert_int_eq (get_number (comm, first), 0);
  assert_succeeds (ompi_obj_comm_delete_attr (comm, first, &error), error);
  assert_succeeds (ompi_obj_comm_delete_attr (comm, second, &error), error);
}

MPI_TEST (copies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) plain = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiKeyval) copied = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiComm) started = NULL;
  g_autoptr (MpiRequest) request = NULL;

  set_number (original, plain, 1);
  set_number (original, copied, 2);
  copy = comm_copy (original);
  ck_assert_int_eq (get_number (copy, plain), 0);
  ck_assert_int_eq (get_number (copy, copied), 2);

  request = ompi_obj_comm_idup (original, &started, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert_int_eq (get_number (started, plain), 0);
  ck_assert_int_eq (get_number (started, copied), 2);

  /* Each has its own. */
  set_number (copy, copied, 3);
  ck_assert_int_eq (get_number (original, copied), 2);
  assert_succeeds (ompi_obj_comm_delete_attr (original, copied, &error), error);
  ck_assert_int_eq (get_number (copy, copied), 3);
}

MPI_TEST (parts_have_none)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) copied = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiComm) part = NULL;

  set_number (original, copied, 2);
  part = ompi_obj_comm_split (original, 0, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (get_number (part, copied), 0);
}

MPI_TEST (functions)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  Seen deleted = { 0 };
  MpiKeyval *keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiComm) copy = NULL;

  ompi_obj_keyval_set_copy_func (keyval, copy_next, &seen, on_destroy);
  ompi_obj_keyval_set_delete_func (keyval, on_delete, &deleted, on_destroy);

  set_number (original, keyval, 5);
  ck_assert_uint_eq (deleted.n_deleted, 0);
  set_number (original, keyval, 6);
  ck_assert_uint_eq (deleted.n_deleted, 1);
  ck_assert_int_eq (deleted.value, 5);
  ck_assert_ptr_eq (deleted.object, original);
  ck_assert_ptr_eq (deleted.keyval, keyval);

  copy = comm_copy (original);
  ck_assert_uint_eq (seen.n_copied, 1);
  ck_assert_int_eq (seen.value, 6);
  ck_assert_ptr_eq (seen.object, original);
  ck_assert_ptr_eq (seen.keyval, keyval);
  ck_assert_int_eq (get_number (copy, keyval), 7);

  /* Both ways for a communicator to go. */
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert_uint_eq (deleted.n_deleted, 2);
  ck_assert_int_eq (deleted.value, 7);
  ck_assert_ptr_eq (deleted.object, copy);

  /* The key and its functions live as long as an attribute. */
  g_object_unref (keyval);
  ck_assert_uint_eq (seen.n_destroyed, 0);
  g_clear_object (&original);
  ck_assert_uint_eq (deleted.n_deleted, 3);
  ck_assert_int_eq (deleted.value, 6);
  ck_assert_uint_eq (seen.n_destroyed, 1);
  ck_assert_uint_eq (deleted.n_destroyed, 1);
}

MPI_TEST (a_function_may_copy_nothing)
{
  Seen seen = { 0 };
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiComm) second = NULL;

  ompi_obj_keyval_set_copy_func (keyval, copy_nothing, &seen, on_destroy);
  set_number (original, keyval, 5);
  copy = comm_copy (original);
  ck_assert_uint_eq (seen.n_copied, 1);
  ck_assert_int_eq (get_number (copy, keyval), 0);

  /* Without the function, it is as the key was made. */
  ompi_obj_keyval_set_copy_func (keyval, NULL, NULL, NULL);
  ck_assert_uint_eq (seen.n_destroyed, 1);
  second = comm_copy (original);
  ck_assert_uint_eq (seen.n_copied, 1);
  ck_assert_int_eq (get_number (second, keyval), 5);
}

/* All ranks fail, so nobody waits. */
MPI_TEST (a_function_may_fail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiComm) copy = NULL;

  ompi_obj_keyval_set_copy_func (keyval, copy_badly, NULL, NULL);
  set_number (original, keyval, 5);
  ck_assert_ptr_null (ompi_obj_comm_dup (original, &error));
  ck_assert (g_error_matches (error, TEST_ERROR, 7));
  ck_assert_str_eq (error->message, "no copies today");
  g_clear_error (&error);
  ck_assert_ptr_null (ompi_obj_comm_dup (original, NULL));

  assert_succeeds (ompi_obj_comm_delete_attr (original, keyval, &error), error);
  copy = comm_copy (original);
  assert_succeeds (ompi_obj_comm_barrier (copy, &error), error);
}

MPI_TEST (freed_keys)
{
  g_autoptr (GError) error = NULL;
  Seen deleted = { 0 };
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiComm) original = comm_copy (comm);
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_dup (OMPI_OBJ_INT, &error);

  assert_no_error (error);
  ompi_obj_keyval_set_delete_func (keyval, on_delete, &deleted, NULL);
  set_number (original, keyval, 4);
  assert_succeeds (ompi_obj_keyval_free (keyval, &error), error);

#define ASSERT_FREED(expression, function)                                         \
  do                                                                               \
    {                                                                              \
      ck_assert_msg (!(expression), "%s succeeded with a freed key", #expression); \
      assert_error (error, OMPI_OBJ_ERROR_KEYVAL, function ": the key was freed"); \
    }                                                                              \
  while (0)

  ASSERT_FREED (ompi_obj_keyval_free (keyval, &error), "MPI_Comm_free_keyval");
  ASSERT_FREED (ompi_obj_comm_set_attr (original, keyval, g_variant_new_int32 (1), &error), "MPI_Comm_set_attr");
  ASSERT_FREED (ompi_obj_comm_get_attr (original, keyval, &error), "MPI_Comm_get_attr");
  ASSERT_FREED (ompi_obj_comm_delete_attr (original, keyval, &error), "MPI_Comm_delete_attr");
  ASSERT_FREED (ompi_obj_datatype_set_attr (datatype, keyval, g_variant_new_int32 (1), &error), "MPI_Type_set_attr");
  ASSERT_FREED (ompi_obj_datatype_get_attr (datatype, keyval, &error), "MPI_Type_get_attr");
  ASSERT_FREED (ompi_obj_datatype_delete_attr (datatype, keyval, &error), "MPI_Type_delete_attr");

  /* The attribute is still there, and goes with the communicator. */
  ck_assert_uint_eq (deleted.n_deleted, 0);
  g_clear_object (&original);
  ck_assert_uint_eq (deleted.n_deleted, 1);
  ck_assert_int_eq (deleted.value, 4);
}

MPI_TEST (of_datatypes)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  Seen deleted = { 0 };
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) copy = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) copied = NULL;

  assert_no_error (error);
  ompi_obj_keyval_set_copy_func (keyval, copy_next, &seen, NULL);
  ompi_obj_keyval_set_delete_func (keyval, on_delete, &deleted, NULL);
  ck_assert_ptr_null (ompi_obj_datatype_get_attr (datatype, keyval, &error));
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_set_attr (datatype, keyval, g_variant_new_int32 (8), &error), error);
  /* The same key on another class of objects. */
  set_number (comm, keyval, 1);
  value = ompi_obj_datatype_get_attr (datatype, keyval, &error);
  assert_no_error (error);
  ck_assert_int_eq (g_variant_get_int32 (value), 8);

  copy = ompi_obj_datatype_dup (datatype, &error);
  assert_no_error (error);
  ck_assert_uint_eq (seen.n_copied, 1);
  copied = ompi_obj_datatype_get_attr (copy, keyval, &error);
  assert_no_error (error);
  ck_assert_int_eq (g_variant_get_int32 (copied), 9);
  ck_assert_uint_eq (deleted.n_deleted, 0);
  g_clear_object (&copy);
  ck_assert_uint_eq (deleted.n_deleted, 1);
  ck_assert_int_eq (deleted.value, 9);
  assert_succeeds (ompi_obj_datatype_delete_attr (datatype, keyval, &error), error);
  ck_assert_uint_eq (deleted.n_deleted, 2);
  assert_succeeds (ompi_obj_datatype_delete_attr (datatype, keyval, &error), error);
  assert_succeeds (ompi_obj_comm_delete_attr (comm, keyval, &error), error);
  ck_assert_uint_eq (deleted.n_deleted, 3);

  ompi_obj_keyval_set_copy_func (keyval, copy_badly, NULL, NULL);
  assert_succeeds (ompi_obj_datatype_set_attr (datatype, keyval, g_variant_new_int32 (8), &error), error);
  ck_assert_ptr_null (ompi_obj_datatype_dup (datatype, &error));
  ck_assert (g_error_matches (error, TEST_ERROR, 7));
}

MPI_TEST (of_predefined_datatypes)
{
  g_autoptr (GError) error = NULL;
  Seen deleted = { 0 };
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);

  ompi_obj_keyval_set_delete_func (keyval, on_delete, &deleted, NULL);
  assert_succeeds (ompi_obj_datatype_set_attr (OMPI_OBJ_DOUBLE, keyval, g_variant_new_int32 (8), &error), error);
  assert_succeeds (ompi_obj_datatype_delete_attr (OMPI_OBJ_DOUBLE, keyval, &error), error);
  ck_assert_uint_eq (deleted.n_deleted, 1);
  ck_assert_ptr_eq (deleted.object, OMPI_OBJ_DOUBLE);
}

MPI_TEST (freed_objects)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiComm) copy = comm_copy (comm);
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_dup (OMPI_OBJ_INT, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);

#define ASSERT_GONE(expression, code, function)                                     \
  do                                                                                \
    {                                                                               \
      ck_assert_msg (!(expression), "%s succeeded on a freed object", #expression); \
      assert_error (error, code, function ": ");                                    \
    }                                                                               \
  while (0)

  ASSERT_GONE (ompi_obj_comm_set_attr (copy, keyval, g_variant_new_int32 (1), &error), OMPI_OBJ_ERROR_COMM,
               "MPI_Comm_set_attr");
  ASSERT_GONE (ompi_obj_comm_get_attr (copy, keyval, &error), OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_delete_attr (copy, keyval, &error), OMPI_OBJ_ERROR_COMM, "MPI_Comm_delete_attr");
  ASSERT_GONE (ompi_obj_datatype_set_attr (datatype, keyval, g_variant_new_int32 (1), &error), OMPI_OBJ_ERROR_TYPE,
               "MPI_Type_set_attr");
  ASSERT_GONE (ompi_obj_datatype_get_attr (datatype, keyval, &error), OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_attr");
  ASSERT_GONE (ompi_obj_datatype_delete_attr (datatype, keyval, &error), OMPI_OBJ_ERROR_TYPE, "MPI_Type_delete_attr");
  ASSERT_GONE (ompi_obj_comm_get_tag_ub (copy, &error) != -1, OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_get_host (copy, &error) != OMPI_OBJ_UNDEFINED, OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_get_io (copy, &error) != OMPI_OBJ_UNDEFINED, OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_is_wtime_global (copy, &error), OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_get_universe_size (copy, &error) != OMPI_OBJ_UNDEFINED, OMPI_OBJ_ERROR_COMM,
               "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_get_appnum (copy, &error) != OMPI_OBJ_UNDEFINED, OMPI_OBJ_ERROR_COMM, "MPI_Comm_get_attr");
  ASSERT_GONE (ompi_obj_comm_get_lastusedcode (copy, &error) != OMPI_OBJ_UNDEFINED, OMPI_OBJ_ERROR_COMM,
               "MPI_Comm_get_attr");
}

/* What raw MPI says; FALSE if the attribute is not set. */
static gboolean
raw_attribute (int keyval, int *value)
{
  int *address = NULL;
  int found = FALSE;

  MPI_Comm_get_attr (MPI_COMM_WORLD, keyval, &address, &found);
  *value = found ? *address : 0;
  return found && *value != MPI_UNDEFINED;
}

MPI_TEST (of_mpi_itself)
{
  g_autoptr (GError) error = NULL;
  int value;
  gint before;
  gint added;

  ck_assert (raw_attribute (MPI_TAG_UB, &value));
  ck_assert_int_eq (ompi_obj_comm_get_tag_ub (comm, &error), value);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_universe_size (comm, &error),
                    raw_attribute (MPI_UNIVERSE_SIZE, &value) ? value : OMPI_OBJ_UNDEFINED);
  ck_assert_int_eq (ompi_obj_comm_get_appnum (comm, &error),
                    raw_attribute (MPI_APPNUM, &value) ? value : OMPI_OBJ_UNDEFINED);
  ck_assert_int_eq (ompi_obj_comm_is_wtime_global (comm, &error), raw_attribute (MPI_WTIME_IS_GLOBAL, &value) && value);
  assert_no_error (error);

  if (raw_attribute (MPI_HOST, &value))
    ck_assert_int_eq (ompi_obj_comm_get_host (comm, &error), value == MPI_PROC_NULL ? OMPI_OBJ_PROC_NULL : value);
  if (raw_attribute (MPI_IO, &value))
    ck_assert_int_eq (ompi_obj_comm_get_io (comm, &error), value == MPI_ANY_SOURCE  ? OMPI_OBJ_ANY_SOURCE
                                                           : value == MPI_PROC_NULL ? OMPI_OBJ_PROC_NULL
                                                                                    : value);
  assert_no_error (error);

  before = ompi_obj_comm_get_lastusedcode (comm, &error);
  assert_no_error (error);
  ck_assert_int_ge (before, MPI_ERR_LASTCODE < before ? MPI_ERR_LASTCODE : 0);
  added = ompi_obj_error_add_class (&error);
  assert_no_error (error);
  ck_assert_int_ge (ompi_obj_comm_get_lastusedcode (comm, &error), added);
  assert_no_error (error);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);

  harness_expect_critical ("*copy*");
  ck_assert_ptr_null (ompi_obj_keyval_new ((MpiKeyvalCopy) 9));
  harness_expect_critical ("*self*");
  ompi_obj_keyval_set_copy_func (NULL, NULL, NULL, NULL);
  harness_expect_critical ("*self*");
  ompi_obj_keyval_set_delete_func (NULL, NULL, NULL, NULL);
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_keyval_free (NULL, &error));
  harness_expect_critical ("*keyval*");
  ck_assert (!ompi_obj_comm_set_attr (comm, NULL, NULL, &error));
  harness_expect_critical ("*value*");
  ck_assert (!ompi_obj_comm_set_attr (comm, keyval, NULL, &error));
  harness_expect_critical ("*keyval*");
  ck_assert_ptr_null (ompi_obj_comm_get_attr (comm, NULL, &error));
  harness_expect_critical ("*keyval*");
  ck_assert (!ompi_obj_comm_delete_attr (comm, NULL, &error));
  harness_expect_critical ("*value*");
  ck_assert (!ompi_obj_datatype_set_attr (OMPI_OBJ_INT, keyval, NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "attributes");
  harness_add (set_get_delete, HARNESS_ALL);
  harness_add (copies, HARNESS_ALL);
  harness_add (parts_have_none, HARNESS_INTRA);
  harness_add (functions, HARNESS_ALL);
  harness_add (a_function_may_copy_nothing, HARNESS_ALL);
  harness_add (a_function_may_fail, HARNESS_INTRA);
  harness_add (freed_keys, HARNESS_ALL);
  harness_add (of_datatypes, HARNESS_ONCE);
  harness_add (of_predefined_datatypes, HARNESS_ONCE);
  harness_add (freed_objects, HARNESS_INTRA);
  harness_add (of_mpi_itself, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
