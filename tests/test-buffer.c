/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* MpiBuffer: who owns what, and that the bytes arrive. */

#include "harness.h"

static void
note_free (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Sends @from to self and receives it in @to. */
static void
pass (const MpiBuffer *from, const MpiBuffer *to)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_sendrecv (ompi_obj_comm_self (), from, 0, 0, to, 0, 0, NULL, &error), error);
}

MPI_TEST (new_is_zeroed_and_owned)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (1000);
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;

  ck_assert_int_eq (buffer->count, 1000);
  ck_assert_ptr_eq (buffer->datatype, OMPI_OBJ_BYTE);
  ck_assert_ptr_nonnull (buffer->owner);
  bytes = ompi_obj_buffer_get_bytes (buffer, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 1000);
  data = g_bytes_get_data (bytes, NULL);
  ck_assert_ptr_eq (data, buffer->address);
  for (gint i = 0; i < 1000; i++)
    ck_assert_uint_eq (data[i], 0);
}

MPI_TEST (new_of_no_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (0);
  g_autoptr (MpiBuffer) other = ompi_obj_buffer_new (0);
  g_autoptr (GBytes) bytes = NULL;

  ck_assert_int_eq (buffer->count, 0);
  pass (buffer, other);
  bytes = ompi_obj_buffer_get_bytes (other, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 0);
}

MPI_TEST (bytes_are_not_copied)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("some bytes", 11);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_bytes (bytes);

  ck_assert_int_eq (buffer->count, 11);
  ck_assert_ptr_eq (buffer->address, g_bytes_get_data (bytes, NULL));
  ck_assert_ptr_eq (buffer->datatype, OMPI_OBJ_BYTE);
  back = ompi_obj_buffer_get_bytes (buffer, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (back, bytes);
}

MPI_TEST (buffer_keeps_bytes_alive)
{
  static char text[] = "kept";
  gboolean freed = FALSE;
  GBytes *bytes = g_bytes_new_with_free_func (text, sizeof text, note_free, &freed);
  MpiBuffer *buffer = ompi_obj_buffer_new_for_bytes (bytes);
  MpiBuffer *copy = ompi_obj_buffer_copy (buffer);
  GBytes *back;

  g_bytes_unref (bytes);
  ck_assert (!freed);
  ompi_obj_buffer_free (buffer);
  ck_assert (!freed);
  ck_assert_ptr_eq (copy->address, text);
  back = ompi_obj_buffer_get_bytes (copy, NULL);
  ompi_obj_buffer_free (copy);
  ck_assert (!freed);
  g_bytes_unref (back);
  ck_assert (freed);
}

MPI_TEST (bytes_make_a_round_trip)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\1\2\377\376zero", 9);
  g_autoptr (MpiBuffer) from = ompi_obj_buffer_new_for_bytes (bytes);
  g_autoptr (MpiBuffer) to = ompi_obj_buffer_new (9);
  g_autoptr (GBytes) received = NULL;

  pass (from, to);
  received = ompi_obj_buffer_get_bytes (to, &error);
  assert_no_error (error);
  ck_assert (g_bytes_equal (received, bytes));
}

MPI_TEST (addresses_are_borrowed)
{
  g_autoptr (GError) error = NULL;
  double sent[3] = { 1.5, -2, 1e300 };
  double received[3] = { 0 };
  g_autoptr (MpiBuffer) from = ompi_obj_buffer_new_for_address ((guintptr) sent, 3, OMPI_OBJ_DOUBLE);
  g_autoptr (MpiBuffer) to = ompi_obj_buffer_new_for_address ((guintptr) received, 3, OMPI_OBJ_DOUBLE);

  ck_assert_ptr_eq (from->address, sent);
  ck_assert_int_eq (from->count, 3);
  ck_assert_ptr_null (from->owner);
  pass (from, to);
  ck_assert_mem_eq (sent, received, sizeof sent);
  ck_assert_ptr_null (ompi_obj_buffer_get_bytes (from, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "own");
}

MPI_TEST (buffer_keeps_datatype_alive)
{
  g_autoptr (GError) error = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;
  gint sent = 5;
  gint received = 0;
  gpointer datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);
  MpiBuffer *buffer;

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  buffer = ompi_obj_buffer_new_for_address ((guintptr) &sent, 1, datatype);
  g_object_add_weak_pointer (datatype, &datatype);
  g_object_unref (datatype);
  ck_assert_ptr_nonnull (datatype);
  pass (buffer, OMPI_OBJ_DATA (&received, 1));
  ck_assert_int_eq (received, 5);
  ompi_obj_buffer_free (buffer);
  ck_assert_ptr_null (datatype);
}

MPI_TEST (copies_of_buffers_in_place)
{
  gint data[2] = { 1, 2 };
  g_autoptr (MpiBuffer) copy = ompi_obj_buffer_copy (OMPI_OBJ_DATA (data, 2));
  MpiBuffer *boxed = g_boxed_copy (OMPI_OBJ_TYPE_BUFFER, copy);

  ck_assert_ptr_eq (copy->address, data);
  ck_assert_int_eq (copy->count, 2);
  ck_assert_ptr_eq (copy->datatype, OMPI_OBJ_INT);
  ck_assert_ptr_null (copy->owner);
  ck_assert_ptr_ne (boxed, copy);
  ck_assert_ptr_eq (boxed->address, data);
  g_boxed_free (OMPI_OBJ_TYPE_BUFFER, boxed);
}

/* The numbers of each array must arrive as the numbers of the datatype that was chosen. */
#define ASSERT_VARIANT_BUFFER(text, c_type, expected_datatype, ...)                                           \
  do                                                                                                          \
    {                                                                                                         \
      g_autoptr (GError) error_ = NULL;                                                                       \
      const c_type expected_[] = { __VA_ARGS__ };                                                             \
      c_type received_[G_N_ELEMENTS (expected_)] = { 0 };                                                     \
      g_autoptr (MpiBuffer) buffer_ = ompi_obj_buffer_new_for_variant (g_variant_new_parsed (text), &error_); \
      assert_no_error (error_);                                                                               \
      ck_assert_ptr_eq (buffer_->datatype, expected_datatype);                                                \
      ck_assert_int_eq (buffer_->count, G_N_ELEMENTS (expected_));                                            \
      pass (buffer_, OMPI_OBJ_BUFFER (received_, G_N_ELEMENTS (expected_), expected_datatype));               \
      ck_assert_msg (memcmp (received_, expected_, sizeof expected_) == 0, "%s arrived changed", text);       \
    }                                                                                                         \
  while (0)

MPI_TEST (values_of_each_numeric_type)
{
  ASSERT_VARIANT_BUFFER ("[byte 1, 255]", guint8, OMPI_OBJ_UINT8_T, 1, 255);
  ASSERT_VARIANT_BUFFER ("[true, false, true]", guint8, OMPI_OBJ_UINT8_T, 1, 0, 1);
  ASSERT_VARIANT_BUFFER ("[int16 -32768, 32767]", gint16, OMPI_OBJ_INT16_T, -32768, 32767);
  ASSERT_VARIANT_BUFFER ("[uint16 0, 65535]", guint16, OMPI_OBJ_UINT16_T, 0, 65535);
  ASSERT_VARIANT_BUFFER ("[-2147483648, 2147483647]", gint32, OMPI_OBJ_INT32_T, G_MININT32, G_MAXINT32);
  ASSERT_VARIANT_BUFFER ("[uint32 7, 4294967295]", guint32, OMPI_OBJ_UINT32_T, 7, 4294967295u);
  ASSERT_VARIANT_BUFFER ("[int64 -9223372036854775808, 5]", gint64, OMPI_OBJ_INT64_T, G_MININT64, 5);
  ASSERT_VARIANT_BUFFER ("[uint64 18446744073709551615]", guint64, OMPI_OBJ_UINT64_T, G_MAXUINT64);
  ASSERT_VARIANT_BUFFER ("[1.5, -2.25, 1e300]", double, OMPI_OBJ_DOUBLE, 1.5, -2.25, 1e300);
}

MPI_TEST (values_that_are_one_number)
{
  ASSERT_VARIANT_BUFFER ("42", gint32, OMPI_OBJ_INT32_T, 42);
  ASSERT_VARIANT_BUFFER ("byte 7", guint8, OMPI_OBJ_UINT8_T, 7);
  ASSERT_VARIANT_BUFFER ("3.5", double, OMPI_OBJ_DOUBLE, 3.5);
}

MPI_TEST (values_that_are_tuples)
{
  struct
  {
    guint8 byte;
    gint32 number;
    gdouble real;
    guint8 last;
  } received[3] = { { 0 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer =
      ompi_obj_buffer_new_for_variant (g_variant_new_parsed ("[(byte 1, 2, 3.5, byte 4), (5, 6, 7.5, 8)]"), &error);

  assert_no_error (error);
  ck_assert_int_eq (buffer->count, 2);
  pass (buffer, OMPI_OBJ_BUFFER (received, 3, buffer->datatype));
  ck_assert (received[0].byte == 1 && received[0].number == 2 && received[0].real == 3.5 && received[0].last == 4);
  ck_assert (received[1].byte == 5 && received[1].number == 6 && received[1].real == 7.5 && received[1].last == 8);
}

MPI_TEST (empty_arrays)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_variant (g_variant_new_parsed ("@ad []"), &error);
  gdouble nothing;

  assert_no_error (error);
  ck_assert_int_eq (buffer->count, 0);
  pass (buffer, OMPI_OBJ_DATA (&nothing, 0));
}

MPI_TEST (values_of_no_fixed_numbers)
{
  static const gchar *const texts[] = {
    "'text'",   "['a', 'b']",  "<5>",   "(1, 'a')",        "[(1, <2>)]",  "[[1, 2], [3]]", "just 5",
    "{'a': 1}", "@mi nothing", "[<1>]", "objectpath '/a'", "([1, 2], 3)", "handle 3",      "[(1, handle 3)]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, texts[i], NULL, NULL, &error);

      assert_no_error (error);
      ck_assert_ptr_null (ompi_obj_buffer_new_for_variant (value, &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, g_variant_get_type_string (value));
    }
}

MPI_TEST (buffer_keeps_the_value_alive)
{
  static gint32 numbers[] = { 1, 2, 3, 4 };
  gint32 received[4] = { 0 };
  gboolean freed = FALSE;
  GBytes *bytes = g_bytes_new_with_free_func (numbers, sizeof numbers, note_free, &freed);
  GVariant *value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("ai"), bytes, TRUE));
  MpiBuffer *buffer = ompi_obj_buffer_new_for_variant (value, NULL);

  ck_assert_ptr_eq (buffer->address, numbers);
  g_variant_unref (value);
  g_bytes_unref (bytes);
  ck_assert (!freed);
  pass (buffer, OMPI_OBJ_DATA (received, 4));
  ck_assert_mem_eq (received, numbers, sizeof numbers);
  ompi_obj_buffer_free (buffer);
  ck_assert (freed);
}

/* The caller's floating reference is consumed, a full one is not. */
MPI_TEST (references_of_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed ("[1, 2]"));
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_variant (value, &error);
  GVariant *text = g_variant_new_string ("floating");

  assert_no_error (error);
  g_clear_pointer (&buffer, ompi_obj_buffer_free);
  ck_assert_uint_eq (g_variant_n_children (value), 2);

  g_variant_ref (text);
  ck_assert (g_variant_is_floating (text));
  ck_assert_ptr_null (ompi_obj_buffer_new_for_variant (text, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);
  ck_assert (!g_variant_is_floating (text));
  g_variant_unref (text);
}

MPI_TEST (requests_keep_the_owner_alive)
{
  g_autoptr (GError) error = NULL;
  static char text[] = "on its way";
  char received[sizeof text] = "";
  gboolean freed = FALSE;
  GBytes *bytes = g_bytes_new_with_free_func (text, sizeof text, note_free, &freed);
  MpiBuffer *buffer = ompi_obj_buffer_new_for_bytes (bytes);
  MpiRequest *request = ompi_obj_comm_isend (ompi_obj_comm_self (), buffer, 0, 0, &error);

  assert_no_error (error);
  ompi_obj_buffer_free (buffer);
  g_bytes_unref (bytes);
  ck_assert (!freed);
  assert_succeeds (ompi_obj_comm_recv (ompi_obj_comm_self (), OMPI_OBJ_DATA (received, sizeof text), 0, 0, NULL,
                                       &error),
                   error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert_str_eq (received, text);
  ck_assert_msg (freed, "a completed request holds its buffer's memory");
  g_object_unref (request);
}

MPI_TEST (elements_have_memory_and_a_type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) reals = ompi_obj_buffer_new_for_elements (3, OMPI_OBJ_DOUBLE, &error);
  g_autoptr (MpiBuffer) received = ompi_obj_buffer_new_for_elements (3, OMPI_OBJ_DOUBLE, &error);
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed ("[0.0, 1.5, 3.0]"));
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_no_error (error);
  ck_assert_int_eq (reals->count, 3);
  ck_assert_ptr_eq (reals->datatype, OMPI_OBJ_DOUBLE);
  for (gint i = 0; i < 3; i++)
    {
      ck_assert (((gdouble *) reals->address)[i] == 0);
      ((gdouble *) reals->address)[i] = 1.5 * i;
    }
  pass (reals, received);
  bytes = ompi_obj_buffer_get_bytes (received, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 3 * sizeof (gdouble));
  value = ompi_obj_buffer_to_variant (received, &error);
  assert_no_error (error);
  assert_variant_equal (value, expected);
  ck_assert (!g_variant_is_floating (value));
  ck_assert_ptr_eq (g_variant_get_data (value), received->address);
  g_clear_pointer (&received, ompi_obj_buffer_free);
  assert_variant_equal (value, expected);
}

/* A datatype with room at its front and between its elements. */
MPI_TEST (elements_with_gaps)
{
  g_autoptr (GError) error = NULL;
  const gint64 lengths[] = { 1 };
  const gint64 displacements[] = { 4 };
  g_autoptr (MpiDatatype) behind = ompi_obj_datatype_new_hindexed (lengths, displacements, 1, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) spread = ompi_obj_datatype_new_resized (behind, 0, 32, &error);
  g_autoptr (MpiBuffer) buffer = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_no_error (error);
  buffer = ompi_obj_buffer_new_for_elements (3, spread, &error);
  assert_no_error (error);
  bytes = ompi_obj_buffer_get_bytes (buffer, &error);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 2 * 32 + 4 + sizeof (gint));
  ck_assert_ptr_null (ompi_obj_buffer_to_variant (buffer, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "ompi_obj_datatype_to_variant_type");
}

MPI_TEST (elements_that_cannot_be)
{
  g_autoptr (GError) error = NULL;
  const gint64 lengths[] = { 1 };
  const gint64 displacements[] = { -4 };
  g_autoptr (MpiDatatype) before = ompi_obj_datatype_new_hindexed (lengths, displacements, 1, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) freed = ompi_obj_datatype_dup (OMPI_OBJ_INT, &error);
  g_autoptr (MpiBuffer) nothing = NULL;

  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (-1, OMPI_OBJ_INT, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "count is -1");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (G_MAXINT64, OMPI_OBJ_INT, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "count is 9223372036854775807");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (G_MAXINT64 / 8, OMPI_OBJ_DOUBLE, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "ompi_obj_buffer_new_for_elements");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (1, before, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "before their address");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (1, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "freed");

  nothing = ompi_obj_buffer_new_for_elements (0, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  pass (nothing, nothing);
}

MPI_TEST (values_of_buffers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) tuples = g_variant_ref_sink (g_variant_new_parsed ("[(byte 1, 2.5), (3, 4.5)]"));
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_variant (tuples, &error);
  g_autoptr (GVariant) back = ompi_obj_buffer_to_variant (buffer, &error);
  g_autoptr (GBytes) text = g_bytes_new_static ("abc", 3);
  g_autoptr (MpiBuffer) bytes = ompi_obj_buffer_new_for_bytes (text);
  g_autoptr (GVariant) array = ompi_obj_buffer_to_variant (bytes, &error);
  g_autoptr (GVariant) abc = g_variant_ref_sink (g_variant_new_parsed ("[byte 97, 98, 99]"));
  g_autoptr (GVariant) five = g_variant_ref_sink (g_variant_new_parsed ("[5]"));
  g_autoptr (GVariant) copy = NULL;
  gint number = 5;

  assert_no_error (error);
  assert_variant_equal (back, tuples);
  assert_variant_equal (array, abc);
  copy = ompi_obj_buffer_to_variant (OMPI_OBJ_DATA (&number, 1), &error);
  assert_no_error (error);
  number = 6;
  assert_variant_equal (copy, five);
  ck_assert_ptr_null (ompi_obj_buffer_to_variant (OMPI_OBJ_IN_PLACE, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, NULL);
}

MPI_TEST (values_are_written_to_buffers)
{
  g_autoptr (GError) error = NULL;
  gdouble numbers[] = { 0, 0, 9 };
  MpiBuffer *buffer = OMPI_OBJ_DATA (numbers, 2);

  assert_succeeds (ompi_obj_buffer_set_variant (buffer, g_variant_new_parsed ("[1.5, 2.5]"), &error), error);
  ck_assert (numbers[0] == 1.5 && numbers[1] == 2.5 && numbers[2] == 9);
  ck_assert (!ompi_obj_buffer_set_variant (buffer, g_variant_new_parsed ("[1.5]"), &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "has 1 elements, but the buffer 2");
  ck_assert (!ompi_obj_buffer_set_variant (buffer, g_variant_new_parsed ("[1, 2]"), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "of type 'ai', but the buffer takes 'ad'");
  ck_assert (!ompi_obj_buffer_set_variant (OMPI_OBJ_IN_PLACE, g_variant_new_parsed ("[1, 2]"), &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "IN_PLACE");
  assert_succeeds (ompi_obj_buffer_set_variant (OMPI_OBJ_DATA (numbers, 0), g_variant_new_parsed ("@ad []"), &error),
                   error);
  ck_assert (numbers[0] == 1.5);
}

MPI_TEST (parts_of_buffers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) numbers = g_variant_ref_sink (g_variant_new_parsed ("[10, 11, 12, 13, 14]"));
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed ("[12, 13]"));
  g_autoptr (MpiBuffer) whole = ompi_obj_buffer_new_for_variant (numbers, &error);
  g_autoptr (MpiBuffer) part = ompi_obj_buffer_get_part (whole, 1, 4, &error);
  g_autoptr (MpiBuffer) part_of_part = ompi_obj_buffer_get_part (part, 1, 2, &error);
  g_autoptr (MpiBuffer) end = ompi_obj_buffer_get_part (whole, 5, 0, &error);
  g_autoptr (MpiBuffer) borrowed = NULL;
  g_autoptr (GBytes) bytes = ompi_obj_buffer_get_bytes (part_of_part, &error);
  g_autoptr (GVariant) value = ompi_obj_buffer_to_variant (part_of_part, &error);
  gint array[] = { 1, 2, 3 };
  gint received[2] = { 0 };

  assert_no_error (error);
  ck_assert_int_eq (end->count, 0);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 2 * sizeof (gint32));
  ck_assert_ptr_eq (part_of_part->address, (gint32 *) whole->address + 2);
  g_clear_pointer (&whole, ompi_obj_buffer_free);
  pass (part_of_part, OMPI_OBJ_DATA (received, 2));
  ck_assert (received[0] == 12 && received[1] == 13);
  assert_variant_equal (value, expected);

  borrowed = ompi_obj_buffer_get_part (OMPI_OBJ_DATA (array, 3), 1, 2, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (borrowed->address, array + 1);
  ck_assert_ptr_null (borrowed->owner);

  ck_assert_ptr_null (ompi_obj_buffer_get_part (borrowed, 1, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "2 elements from 1 on, but there are 2");
  ck_assert_ptr_null (ompi_obj_buffer_get_part (borrowed, -1, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "from -1 on");
  ck_assert_ptr_null (ompi_obj_buffer_get_part (borrowed, 0, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "of -1 elements");
  ck_assert_ptr_null (ompi_obj_buffer_get_part (borrowed, G_MAXINT64, G_MAXINT64, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "there are 2");
  ck_assert_ptr_null (ompi_obj_buffer_get_part (OMPI_OBJ_IN_PLACE, 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "IN_PLACE");
}

MPI_TEST (owners_are_told_when_memory_is_free)
{
  g_autoptr (GError) error = NULL;
  static double numbers[] = { 1.5, 2.5 };
  double received[2] = { 0 };
  gboolean freed = FALSE;
  MpiBuffer *buffer =
      ompi_obj_buffer_new_with_free_func ((guintptr) numbers, sizeof numbers, 2, OMPI_OBJ_DOUBLE, note_free, &freed);
  MpiRequest *request = ompi_obj_comm_isend (ompi_obj_comm_self (), buffer, 0, 0, &error);
  GBytes *bytes = ompi_obj_buffer_get_bytes (buffer, NULL);

  assert_no_error (error);
  ck_assert_int_eq (g_bytes_get_size (bytes), sizeof numbers);
  ck_assert_ptr_eq (g_bytes_get_data (bytes, NULL), numbers);
  ck_assert_ptr_eq (buffer->address, numbers);
  ck_assert_int_eq (buffer->count, 2);
  g_bytes_unref (bytes);
  ompi_obj_buffer_free (buffer);
  ck_assert (!freed);
  assert_succeeds (ompi_obj_comm_recv (ompi_obj_comm_self (), OMPI_OBJ_DATA (received, 2), 0, 0, NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert (freed);
  ck_assert (received[0] == 1.5 && received[1] == 2.5);
  g_object_unref (request);
}

MPI_TEST (programmer_errors)
{
  harness_expect_critical ("*bytes != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_bytes (NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_address (0, 0, NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_ptr_null (ompi_obj_buffer_new_with_free_func (0, 0, 0, NULL, note_free, NULL));
  harness_expect_critical ("*free_func != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_new_with_free_func (0, 0, 0, OMPI_OBJ_BYTE, NULL, NULL));
  harness_expect_critical ("*value != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_variant (NULL, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_copy (NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_get_bytes (NULL, NULL));
  harness_expect_critical ("*self != NULL*");
  ompi_obj_buffer_free (NULL);
  harness_expect_critical ("*OMPI_OBJ_IS_DATATYPE*");
  ck_assert_ptr_null (ompi_obj_buffer_new_for_elements (0, NULL, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_to_variant (NULL, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert (!ompi_obj_buffer_set_variant (NULL, NULL, NULL));
  harness_expect_critical ("*value != NULL*");
  ck_assert (!ompi_obj_buffer_set_variant (OMPI_OBJ_IN_PLACE, NULL, NULL));
  harness_expect_critical ("*self != NULL*");
  ck_assert_ptr_null (ompi_obj_buffer_get_part (NULL, 0, 0, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "buffer");
  harness_add (new_is_zeroed_and_owned, HARNESS_ONCE);
  harness_add (new_of_no_bytes, HARNESS_ONCE);
  harness_add (bytes_are_not_copied, HARNESS_ONCE);
  harness_add (buffer_keeps_bytes_alive, HARNESS_ONCE);
  harness_add (bytes_make_a_round_trip, HARNESS_ONCE);
  harness_add (addresses_are_borrowed, HARNESS_ONCE);
  harness_add (buffer_keeps_datatype_alive, HARNESS_ONCE);
  harness_add (copies_of_buffers_in_place, HARNESS_ONCE);
  harness_add (values_of_each_numeric_type, HARNESS_ONCE);
  harness_add (values_that_are_one_number, HARNESS_ONCE);
  harness_add (values_that_are_tuples, HARNESS_ONCE);
  harness_add (empty_arrays, HARNESS_ONCE);
  harness_add (values_of_no_fixed_numbers, HARNESS_ONCE);
  harness_add (buffer_keeps_the_value_alive, HARNESS_ONCE);
  harness_add (references_of_values, HARNESS_ONCE);
  harness_add (requests_keep_the_owner_alive, HARNESS_ONCE);
  harness_add (elements_have_memory_and_a_type, HARNESS_ONCE);
  harness_add (elements_with_gaps, HARNESS_ONCE);
  harness_add (elements_that_cannot_be, HARNESS_ONCE);
  harness_add (values_of_buffers, HARNESS_ONCE);
  harness_add (values_are_written_to_buffers, HARNESS_ONCE);
  harness_add (parts_of_buffers, HARNESS_ONCE);
  harness_add (owners_are_told_when_memory_is_free, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
