/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Bad input to operations that would go on by themselves: none is started. */

#include "messages.h"

static gint bad_data[N_DATA];
static gint bad_other[N_DATA];

#define BUFFER OMPI_OBJ_DATA (bad_data, N_DATA)
#define OTHER OMPI_OBJ_DATA (bad_other, N_DATA)

/* The calls that an older MPI lacks fail there for that reason, whatever else is wrong. */
#define ASSERT_MAY_FAIL(call, code, function, ...)                                                \
  do                                                                                              \
    {                                                                                             \
      g_autofree gchar *expected_ = g_strdup_printf (__VA_ARGS__);                                \
      g_autofree gchar *text_ = g_strconcat (function, ": ", expected_, NULL);                    \
      ck_assert_msg ((call) == NULL, "%s succeeded", #call);                                      \
      if (!HAVE_ISENDRECV && g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED)) \
        g_clear_error (&error);                                                                   \
      else                                                                                        \
        assert_error (error, code, text_);                                                        \
    }                                                                                             \
  while (0)

static void
try_dest (MpiComm *comm, gint dest)
{
  g_autoptr (GError) error = NULL;
  gint last = harness_n_peers (comm) - 1;

#define DEST_TEXT "dest is %d, but the communicator has ranks 0 to %d", dest, last

  assert_call_fails (ompi_obj_comm_isend (comm, BUFFER, dest, 0, &error), error, OMPI_OBJ_ERROR_RANK, "MPI_Isend",
                     DEST_TEXT);
  assert_call_fails (ompi_obj_comm_ibsend (comm, BUFFER, dest, 0, &error), error, OMPI_OBJ_ERROR_RANK, "MPI_Ibsend",
                     DEST_TEXT);
  assert_call_fails (ompi_obj_comm_issend (comm, BUFFER, dest, 0, &error), error, OMPI_OBJ_ERROR_RANK, "MPI_Issend",
                     DEST_TEXT);
  assert_call_fails (ompi_obj_comm_irsend (comm, BUFFER, dest, 0, &error), error, OMPI_OBJ_ERROR_RANK, "MPI_Irsend",
                     DEST_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, dest, 0, OTHER, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv", DEST_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, dest, 0, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv_replace", DEST_TEXT);
  ck_assert (!ompi_obj_comm_bsend (comm, BUFFER, dest, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Bsend: dest is ");
}

static void
try_source (MpiComm *comm, gint source)
{
  g_autoptr (GError) error = NULL;
  gint last = harness_n_peers (comm) - 1;

#define SOURCE_TEXT "source is %d, but the communicator has ranks 0 to %d", source, last

  assert_call_fails (ompi_obj_comm_irecv (comm, BUFFER, source, 0, &error), error, OMPI_OBJ_ERROR_RANK, "MPI_Irecv",
                     SOURCE_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, OMPI_OBJ_PROC_NULL, 0, OTHER, source, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv", SOURCE_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, OMPI_OBJ_PROC_NULL, 0, source, 0, &error),
                   OMPI_OBJ_ERROR_RANK, "MPI_Isendrecv_replace", SOURCE_TEXT);
}

MPI_TEST (bad_ranks)
{
  static const gint dests[] = { 99, G_MAXINT, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ROOT, -2, G_MININT };
  static const gint sources[] = { 99, G_MAXINT, OMPI_OBJ_ROOT, -2, G_MININT };

  try_dest (comm, harness_n_peers (comm));
  try_source (comm, harness_n_peers (comm));
  for (gsize i = 0; i < G_N_ELEMENTS (dests); i++)
    try_dest (comm, dests[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    try_source (comm, sources[i]);
}

static void
try_tag (MpiComm *comm, gint tag)
{
  g_autoptr (GError) error = NULL;

#define TAG_TEXT "tag is %d, but tags go from 0 to ", tag

  assert_call_fails (ompi_obj_comm_isend (comm, BUFFER, 0, tag, &error), error, OMPI_OBJ_ERROR_TAG, "MPI_Isend",
                     TAG_TEXT);
  assert_call_fails (ompi_obj_comm_ibsend (comm, BUFFER, 0, tag, &error), error, OMPI_OBJ_ERROR_TAG, "MPI_Ibsend",
                     TAG_TEXT);
  assert_call_fails (ompi_obj_comm_issend (comm, BUFFER, 0, tag, &error), error, OMPI_OBJ_ERROR_TAG, "MPI_Issend",
                     TAG_TEXT);
  assert_call_fails (ompi_obj_comm_irsend (comm, BUFFER, 0, tag, &error), error, OMPI_OBJ_ERROR_TAG, "MPI_Irsend",
                     TAG_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, BUFFER, 0, tag, OTHER, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_TAG, "MPI_Isendrecv", TAG_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, BUFFER, 0, tag, OMPI_OBJ_PROC_NULL, 0, &error),
                   OMPI_OBJ_ERROR_TAG, "MPI_Isendrecv_replace", TAG_TEXT);
  if (tag == OMPI_OBJ_ANY_TAG)
    return;
  assert_call_fails (ompi_obj_comm_irecv (comm, BUFFER, 0, tag, &error), error, OMPI_OBJ_ERROR_TAG, "MPI_Irecv",
                     TAG_TEXT);
}

MPI_TEST (bad_tags)
{
  try_tag (comm, OMPI_OBJ_ANY_TAG);
  try_tag (comm, -1);
  try_tag (comm, -5);
  try_tag (comm, G_MININT);
}

static void
try_buffer (MpiComm *comm, const MpiBuffer *buffer, MpiError code, const gchar *text)
{
  g_autoptr (GError) error = NULL;

  assert_call_fails (ompi_obj_comm_isend (comm, buffer, 0, 0, &error), error, (gint) code, "MPI_Isend", "%s", text);
  assert_call_fails (ompi_obj_comm_ibsend (comm, buffer, 0, 0, &error), error, (gint) code, "MPI_Ibsend", "%s", text);
  assert_call_fails (ompi_obj_comm_issend (comm, buffer, 0, 0, &error), error, (gint) code, "MPI_Issend", "%s", text);
  assert_call_fails (ompi_obj_comm_irsend (comm, buffer, 0, 0, &error), error, (gint) code, "MPI_Irsend", "%s", text);
  assert_call_fails (ompi_obj_comm_irecv (comm, buffer, 0, 0, &error), error, (gint) code, "MPI_Irecv", "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, buffer, 0, 0, OTHER, 0, 0, &error), (gint) code, "MPI_Isendrecv",
                   "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (comm, OTHER, 0, 0, buffer, 0, 0, &error), (gint) code, "MPI_Isendrecv",
                   "%s", text);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (comm, buffer, 0, 0, 0, 0, &error), (gint) code,
                   "MPI_Isendrecv_replace", "%s", text);
}

MPI_TEST (bad_buffers)
{
  g_autoptr (GError) error = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);
  try_buffer (comm, OMPI_OBJ_DATA (bad_data, -1), OMPI_OBJ_ERROR_COUNT, "count is -1");
  try_buffer (comm, OMPI_OBJ_DATA (bad_data, G_MININT64), OMPI_OBJ_ERROR_COUNT, "count is -9223372036854775808");
  try_buffer (comm, OMPI_OBJ_BUFFER (NULL, 3, OMPI_OBJ_INT), OMPI_OBJ_ERROR_BUFFER,
              "the address is NULL, but the count is 3");
  try_buffer (comm, OMPI_OBJ_BUFFER (bad_data, 1, datatype), OMPI_OBJ_ERROR_TYPE, "the datatype was freed");
}

MPI_TEST (freed_communicators)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) dup = ompi_obj_comm_dup (comm, &error);

#define FREED_TEXT "the communicator was freed"

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (dup, &error), error);
  assert_call_fails (ompi_obj_comm_isend (dup, BUFFER, 0, 0, &error), error, OMPI_OBJ_ERROR_COMM, "MPI_Isend",
                     FREED_TEXT);
  assert_call_fails (ompi_obj_comm_ibsend (dup, BUFFER, 0, 0, &error), error, OMPI_OBJ_ERROR_COMM, "MPI_Ibsend",
                     FREED_TEXT);
  assert_call_fails (ompi_obj_comm_issend (dup, BUFFER, 0, 0, &error), error, OMPI_OBJ_ERROR_COMM, "MPI_Issend",
                     FREED_TEXT);
  assert_call_fails (ompi_obj_comm_irsend (dup, BUFFER, 0, 0, &error), error, OMPI_OBJ_ERROR_COMM, "MPI_Irsend",
                     FREED_TEXT);
  assert_call_fails (ompi_obj_comm_irecv (dup, BUFFER, 0, 0, &error), error, OMPI_OBJ_ERROR_COMM, "MPI_Irecv",
                     FREED_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv (dup, BUFFER, 0, 0, OTHER, 0, 0, &error), OMPI_OBJ_ERROR_COMM,
                   "MPI_Isendrecv", FREED_TEXT);
  ASSERT_MAY_FAIL (ompi_obj_comm_isendrecv_replace (dup, BUFFER, 0, 0, 0, 0, &error), OMPI_OBJ_ERROR_COMM,
                   "MPI_Isendrecv_replace", FREED_TEXT);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gsize n_completed = 0;

  harness_expect_critical ("*ompi_obj_request_wait_all*");
  ck_assert (!ompi_obj_request_wait_all (NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_request_test_all*");
  ck_assert (!ompi_obj_request_test_all (NULL, 1, &error));
  harness_expect_critical ("*ompi_obj_request_wait_any*");
  ck_assert_int_eq (ompi_obj_request_wait_any (NULL, 1, NULL, &error), -1);
  harness_expect_critical ("*ompi_obj_request_test_any*");
  ck_assert_int_eq (ompi_obj_request_test_any (NULL, 1, NULL, &error), -1);
  harness_expect_critical ("*ompi_obj_request_wait_some*");
  ck_assert_ptr_null (ompi_obj_request_wait_some (NULL, 1, &n_completed, &error));
  harness_expect_critical ("*ompi_obj_request_test_some*");
  ck_assert_ptr_null (ompi_obj_request_test_some (NULL, 1, &n_completed, &error));
  harness_expect_critical ("*ompi_obj_request_get_status*");
  ck_assert (!ompi_obj_request_get_status (NULL, NULL, &error));
  harness_expect_critical ("*ompi_obj_request_is_active*");
  ck_assert (!ompi_obj_request_is_active (NULL));
  harness_expect_critical ("*ompi_obj_request_cancel*");
  ck_assert (!ompi_obj_request_cancel (NULL, &error));
  harness_expect_critical ("*ompi_obj_request_free*");
  ck_assert (!ompi_obj_request_free (NULL, &error));
  harness_expect_critical ("*ompi_obj_message_irecv*");
  ck_assert_ptr_null (ompi_obj_message_irecv (NULL, BUFFER, &error));
  harness_expect_critical ("*ompi_obj_comm_irecv*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (NULL, BUFFER, 0, 0, &error));
  harness_expect_critical ("*ompi_obj_comm_irecv*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (comm, NULL, 0, 0, &error));
  harness_expect_critical ("*datatype*");
  ck_assert_ptr_null (ompi_obj_comm_irecv (comm, OMPI_OBJ_BUFFER (bad_data, 1, NULL), 0, 0, NULL));
  harness_assert_criticals ();
  assert_no_error (error);
}

/* After all that, the communicator works. */
MPI_TEST (communicators_stay_usable) { exchange (comm, ompi_obj_comm_isend); }

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "nonblocking-errors");
  harness_add (bad_ranks, HARNESS_ALL);
  harness_add (bad_tags, HARNESS_ALL);
  harness_add (bad_buffers, HARNESS_ALL);
  harness_add (freed_communicators, HARNESS_ALL);
  harness_add (programmer_errors, HARNESS_ONCE);
  harness_add (communicators_stay_usable, HARNESS_ALL);
  return harness_run ();
}
