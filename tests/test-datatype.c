/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Predefined datatypes and the ones made from them. */

#include "harness.h"

#include <complex.h>
#include <wchar.h>

#define N_PREDEFINED (OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_DOUBLE_PRECISION + 1)

#define C_TYPE(name, type)                                                       \
  {                                                                              \
    OMPI_OBJ_PREDEFINED_DATATYPE_##name, MPI_##name, sizeof (type), "MPI_" #name \
  }
#define PAIR(name, first, second)                                                                   \
  {                                                                                                 \
    OMPI_OBJ_PREDEFINED_DATATYPE_##name, MPI_##name, sizeof (first) + sizeof (second), "MPI_" #name \
  }

/* Every predefined datatype that any MPI has for C; the size of a pair does not count its padding. */
static const struct
{
  MpiPredefinedDatatype which;
  MPI_Datatype native;
  gsize size;
  const gchar *name;
} c_types[] = {
  C_TYPE (CHAR, char),
  C_TYPE (SIGNED_CHAR, signed char),
  C_TYPE (UNSIGNED_CHAR, unsigned char),
  C_TYPE (SHORT, short),
  C_TYPE (UNSIGNED_SHORT, unsigned short),
  C_TYPE (INT, int),
  C_TYPE (UNSIGNED, unsigned int),
  C_TYPE (LONG, long),
  C_TYPE (UNSIGNED_LONG, unsigned long),
  C_TYPE (LONG_LONG, long long),
  C_TYPE (UNSIGNED_LONG_LONG, unsigned long long),
  C_TYPE (FLOAT, float),
  C_TYPE (DOUBLE, double),
  C_TYPE (LONG_DOUBLE, long double),
  C_TYPE (WCHAR, wchar_t),
  C_TYPE (C_BOOL, _Bool),
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T, MPI_INT8_T, 1, "MPI_INT8_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT16_T, MPI_INT16_T, 2, "MPI_INT16_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT32_T, MPI_INT32_T, 4, "MPI_INT32_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT64_T, MPI_INT64_T, 8, "MPI_INT64_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT8_T, MPI_UINT8_T, 1, "MPI_UINT8_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T, MPI_UINT16_T, 2, "MPI_UINT16_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT32_T, MPI_UINT32_T, 4, "MPI_UINT32_T" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T, MPI_UINT64_T, 8, "MPI_UINT64_T" },
  C_TYPE (C_FLOAT_COMPLEX, float _Complex),
  C_TYPE (C_DOUBLE_COMPLEX, double _Complex),
  C_TYPE (C_LONG_DOUBLE_COMPLEX, long double _Complex),
  C_TYPE (AINT, MPI_Aint),
  C_TYPE (OFFSET, MPI_Offset),
  C_TYPE (COUNT, MPI_Count),
  { OMPI_OBJ_PREDEFINED_DATATYPE_BYTE, MPI_BYTE, 1, "MPI_BYTE" },
  { OMPI_OBJ_PREDEFINED_DATATYPE_PACKED, MPI_PACKED, 1, "MPI_PACKED" },
  PAIR (FLOAT_INT, float, int),
  PAIR (DOUBLE_INT, double, int),
  PAIR (LONG_INT, long, int),
  { OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INT, MPI_2INT, 2 * sizeof (int), "MPI_2INT" },
  PAIR (SHORT_INT, short, int),
  PAIR (LONG_DOUBLE_INT, long double, int),
};

MPI_TEST (sizes_of_c_types)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (c_types); i++)
    {
      MpiDatatype *datatype = ompi_obj_datatype_get_predefined (c_types[i].which);
      gint64 size = ompi_obj_datatype_get_size (datatype, &error);

      assert_no_error (error);
      ck_assert_msg (size == (gint64) c_types[i].size, "the size of %s is %" G_GINT64_FORMAT ", not %" G_GSIZE_FORMAT,
                     c_types[i].name, size, c_types[i].size);
    }
}

MPI_TEST (handles_of_c_types)
{
  for (gsize i = 0; i < G_N_ELEMENTS (c_types); i++)
    {
      MpiDatatype *datatype = ompi_obj_datatype_get_predefined (c_types[i].which);

      ck_assert_msg (ompi_obj_datatype_get_native (datatype) == c_types[i].native, "%s is another datatype in MPI",
                     c_types[i].name);
    }
}

MPI_TEST (names_of_c_types)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (c_types); i++)
    {
      g_autofree gchar *name = ompi_obj_datatype_get_name (ompi_obj_datatype_get_predefined (c_types[i].which), &error);
      gchar native[MPI_MAX_OBJECT_NAME + 1] = "";
      int length;

      assert_no_error (error);
      MPI_Type_get_name (c_types[i].native, native, &length);
      ck_assert_str_eq (name, native);
      ck_assert (g_str_has_prefix (name, "MPI_"));
    }
}

MPI_TEST (macros_name_the_right_types)
{
  ck_assert_ptr_eq (OMPI_OBJ_INT, ompi_obj_datatype_get_predefined (OMPI_OBJ_PREDEFINED_DATATYPE_INT));
  ck_assert_ptr_eq (OMPI_OBJ_2INT, ompi_obj_datatype_get_predefined (OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INT));
  ck_assert_ptr_eq (OMPI_OBJ_DOUBLE, ompi_obj_datatype_get_predefined (OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE));
  ck_assert_ptr_eq (OMPI_OBJ_BYTE, ompi_obj_datatype_get_predefined (OMPI_OBJ_PREDEFINED_DATATYPE_BYTE));
}

#define ASSERT_INFERRED(type, datatype)                                                               \
  do                                                                                                  \
    {                                                                                                 \
      type value_;                                                                                    \
      type *pointer_ = &value_;                                                                       \
      ck_assert_msg (OMPI_OBJ_DATATYPE_OF (pointer_) == (datatype), "%s is inferred wrongly", #type); \
    }                                                                                                 \
  while (0)

MPI_TEST (datatypes_inferred_from_c)
{
  const double constant[2] = { 1, 2 };

  ASSERT_INFERRED (char, OMPI_OBJ_CHAR);
  ASSERT_INFERRED (signed char, OMPI_OBJ_SIGNED_CHAR);
  ASSERT_INFERRED (unsigned char, OMPI_OBJ_UNSIGNED_CHAR);
  ASSERT_INFERRED (short, OMPI_OBJ_SHORT);
  ASSERT_INFERRED (unsigned short, OMPI_OBJ_UNSIGNED_SHORT);
  ASSERT_INFERRED (int, OMPI_OBJ_INT);
  ASSERT_INFERRED (unsigned int, OMPI_OBJ_UNSIGNED);
  ASSERT_INFERRED (long, OMPI_OBJ_LONG);
  ASSERT_INFERRED (unsigned long, OMPI_OBJ_UNSIGNED_LONG);
  ASSERT_INFERRED (long long, OMPI_OBJ_LONG_LONG);
  ASSERT_INFERRED (unsigned long long, OMPI_OBJ_UNSIGNED_LONG_LONG);
  ASSERT_INFERRED (float, OMPI_OBJ_FLOAT);
  ASSERT_INFERRED (double, OMPI_OBJ_DOUBLE);
  ASSERT_INFERRED (long double, OMPI_OBJ_LONG_DOUBLE);
  ASSERT_INFERRED (_Bool, OMPI_OBJ_C_BOOL);
  ASSERT_INFERRED (float _Complex, OMPI_OBJ_C_FLOAT_COMPLEX);
  ASSERT_INFERRED (double _Complex, OMPI_OBJ_C_DOUBLE_COMPLEX);
  ASSERT_INFERRED (long double _Complex, OMPI_OBJ_C_LONG_DOUBLE_COMPLEX);
  ASSERT_INFERRED (const int, OMPI_OBJ_INT);
  ASSERT_INFERRED (gdouble, OMPI_OBJ_DOUBLE);
  ck_assert_ptr_eq (OMPI_OBJ_DATATYPE_OF (constant), OMPI_OBJ_DOUBLE);
}

/* Fortran's and C++'s types may be missing; then each use is a clean error. */
MPI_TEST (every_predefined_type_works_or_is_unsupported)
{
  gint8 data[64] = { 0 };

  for (gint which = 0; which < N_PREDEFINED; which++)
    {
      g_autoptr (GError) error = NULL;
      MpiDatatype *datatype = ompi_obj_datatype_get_predefined (which);
      MPI_Datatype native;

      ck_assert (OMPI_OBJ_IS_DATATYPE (datatype));
      ck_assert (ompi_obj_datatype_is_predefined (datatype));
      native = ompi_obj_datatype_get_native (datatype);
      if (native != MPI_DATATYPE_NULL)
        {
          int size;

          ck_assert_int_eq (MPI_Type_size (native, &size), MPI_SUCCESS);
          ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), size);
          assert_no_error (error);
        }
      else
        {
          g_autofree gchar *name = NULL;

          ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), -1);
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_");
          name = ompi_obj_datatype_get_name (datatype, &error);
          ck_assert_ptr_null (name);
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_");
          ck_assert (!ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (data, 1, datatype), 0, 0, &error));
          assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Send: ");
        }
    }
}

MPI_TEST (predefined_types_are_singletons)
{
  for (gint which = 0; which < N_PREDEFINED; which++)
    for (gint other = 0; other < which; other++)
      ck_assert_ptr_ne (ompi_obj_datatype_get_predefined (which), ompi_obj_datatype_get_predefined (other));

  for (gint which = 0; which < N_PREDEFINED; which++)
    ck_assert_ptr_eq (ompi_obj_datatype_get_predefined (which), ompi_obj_datatype_get_predefined (which));
}

MPI_TEST (predefined_types_cannot_be_freed)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_datatype_free (OMPI_OBJ_INT, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: MPI_INT");
  ck_assert_int_eq (ompi_obj_datatype_get_size (OMPI_OBJ_INT, &error), sizeof (int));
  assert_no_error (error);
}

MPI_TEST (number_of_no_type)
{
  harness_expect_critical ("*which*");
  ck_assert_ptr_null (ompi_obj_datatype_get_predefined (N_PREDEFINED));
  harness_expect_critical ("*which*");
  ck_assert_ptr_null (ompi_obj_datatype_get_predefined ((MpiPredefinedDatatype) -1));
  harness_assert_criticals ();
}

MPI_TEST (hindexed_moves_the_right_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  const gint64 lengths[] = { 2, 0, 1, 3 };
  const gint64 displacements[] = { 4 * 4, 4 * 50, 0, 4 * 9 };
  const gint32 expected[] = { 104, 105, 100, 109, 110, 111 };
  gint32 sent[12];
  gint32 received[6] = { 0 };
  gint32 scattered[12] = { 0 };

  for (gint32 i = 0; i < 12; i++)
    sent[i] = 100 + i;

  datatype = ompi_obj_datatype_new_hindexed (lengths, displacements, G_N_ELEMENTS (lengths), OMPI_OBJ_INT32_T, &error);
  assert_no_error (error);
  ck_assert (!ompi_obj_datatype_is_predefined (datatype));
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), 6 * 4);
  assert_no_error (error);

  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (sent, 1, datatype), 0, 0,
                                           OMPI_OBJ_DATA (received, 6), 0, 0, NULL, &error),
                   error);
  ck_assert_mem_eq (received, expected, sizeof expected);

  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_DATA (expected, 6), 0, 0,
                                           OMPI_OBJ_BUFFER (scattered, 1, datatype), 0, 0, NULL, &error),
                   error);
  for (gint i = 0; i < 12; i++)
    ck_assert_int_eq (scattered[i], i == 0 || i == 4 || i == 5 || i >= 9 ? sent[i] : 0);
}

MPI_TEST (hindexed_of_absolute_addresses)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  gint16 here[2] = { 1, 2 };
  gint16 there[1] = { 3 };
  gint16 received[3] = { 0 };
  const gint64 lengths[] = { 2, 1 };
  gint64 displacements[2];
  MPI_Aint address;

  MPI_Get_address (here, &address);
  displacements[0] = address;
  MPI_Get_address (there, &address);
  displacements[1] = address;
  datatype = ompi_obj_datatype_new_hindexed (lengths, displacements, 2, OMPI_OBJ_INT16_T, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (NULL, 1, datatype), 0, 0,
                                           OMPI_OBJ_DATA (received, 3), 0, 0, NULL, &error),
                   error);
  ck_assert_int_eq (received[0], 1);
  ck_assert_int_eq (received[1], 2);
  ck_assert_int_eq (received[2], 3);
}

MPI_TEST (hindexed_of_nothing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_hindexed (NULL, NULL, 0, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), 0);
  assert_no_error (error);
}

MPI_TEST (hindexed_with_bad_arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) freed = NULL;
  const gint64 negative = -1;
  const gint64 one = 1;
  const gint64 zero = 0;

  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed (&negative, &zero, 1, OMPI_OBJ_INT, &error));
  ck_assert_ptr_nonnull (error);
  ck_assert (error->domain == OMPI_OBJ_ERROR);
  ck_assert_msg (strstr (error->message, "MPI_Type_create_hindexed") != NULL, "%s", error->message);
  g_clear_error (&error);

  freed = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);
  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed (&one, &zero, 1, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "freed");

  harness_expect_critical ("*lengths*");
  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed (NULL, &zero, 1, OMPI_OBJ_INT, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_ptr_null (ompi_obj_datatype_new_hindexed (&one, &zero, 1, NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

/* On an MPI that counts in int this is an error, never a datatype of another size. */
MPI_TEST (hindexed_of_more_than_int_counts)
{
  g_autoptr (GError) error = NULL;
  const gint64 length = G_GINT64_CONSTANT (5000000000);
  const gint64 zero = 0;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_hindexed (&length, &zero, 1, OMPI_OBJ_BYTE, &error);

  if (datatype != NULL)
    {
      ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), length);
      assert_no_error (error);
    }
  else
    {
      assert_error (error, OMPI_OBJ_ERROR_COUNT, "MPI_Type_create_hindexed: ");
    }
}

MPI_TEST (freed_datatype)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = NULL;
  g_autofree gchar *name = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;
  gint data = 0;

  datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  name = ompi_obj_datatype_get_name (datatype, &error);
  assert_no_error (error);
  ck_assert_str_eq (name, "");
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  ck_assert (ompi_obj_datatype_get_native (datatype) == MPI_DATATYPE_NULL);

  ck_assert (!ompi_obj_datatype_free (datatype, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free: the datatype was freed");
  ck_assert (!ompi_obj_datatype_commit (datatype, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_commit: ");
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_size: ");
  ck_assert_ptr_null (ompi_obj_datatype_get_name (datatype, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_get_name: ");
  ck_assert (!ompi_obj_comm_send (ompi_obj_comm_self (), OMPI_OBJ_BUFFER (&data, 1, datatype), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Send: the datatype was freed");
}

/* The last reference frees; a leak would end in MPI's own check, or in valgrind's. */
MPI_TEST (many_datatypes)
{
  const gint64 one = 1;
  const gint64 zero = 0;

  for (gint i = 0; i < 2000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);

      assert_no_error (error);
      assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
    }
}

MPI_TEST (null_is_a_programmer_error)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_int_eq (ompi_obj_datatype_get_size (NULL, &error), -1);
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_ptr_null (ompi_obj_datatype_get_name (NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert (!ompi_obj_datatype_commit (NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert (!ompi_obj_datatype_free (NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert (!ompi_obj_datatype_is_predefined (NULL));
  harness_assert_criticals ();
  assert_no_error (error);
}

static gpointer
get_all_predefined (G_GNUC_UNUSED gpointer data)
{
  gsize sum = 0;

  for (gint which = 0; which < N_PREDEFINED; which++)
    sum += GPOINTER_TO_SIZE (ompi_obj_datatype_get_predefined (which));
  return GSIZE_TO_POINTER (sum);
}

MPI_TEST (threads_get_the_same_objects)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("types", get_all_predefined, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    ck_assert_ptr_eq (g_thread_join (threads[i]), get_all_predefined (NULL));
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "datatype");
  /* First, while most objects do not exist. */
  harness_add (threads_get_the_same_objects, HARNESS_ONCE);
  harness_add (sizes_of_c_types, HARNESS_ONCE);
  harness_add (handles_of_c_types, HARNESS_ONCE);
  harness_add (names_of_c_types, HARNESS_ONCE);
  harness_add (macros_name_the_right_types, HARNESS_ONCE);
  harness_add (datatypes_inferred_from_c, HARNESS_ONCE);
  harness_add (every_predefined_type_works_or_is_unsupported, HARNESS_ONCE);
  harness_add (predefined_types_are_singletons, HARNESS_ONCE);
  harness_add (predefined_types_cannot_be_freed, HARNESS_ONCE);
  harness_add (number_of_no_type, HARNESS_ONCE);
  harness_add (hindexed_moves_the_right_bytes, HARNESS_ONCE);
  harness_add (hindexed_of_absolute_addresses, HARNESS_ONCE);
  harness_add (hindexed_of_nothing, HARNESS_ONCE);
  harness_add (hindexed_with_bad_arguments, HARNESS_ONCE);
  harness_add (hindexed_of_more_than_int_counts, HARNESS_ONCE);
  harness_add (freed_datatype, HARNESS_ONCE);
  harness_add (many_datatypes, HARNESS_ONCE);
  harness_add (null_is_a_programmer_error, HARNESS_ONCE);
  return harness_run ();
}
