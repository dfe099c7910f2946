/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values from rank to rank. */

#include "harness.h"

/* A value that tells who made it, with a payload of about @size bytes. */
static GVariant *
make_value (gint rank, gsize size)
{
  g_autofree guint32 *numbers = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i < size / 4; i++)
    numbers[i] = (guint32) (i * 2654435761u + (guint32) rank);
  return g_variant_ref_sink (
      g_variant_new ("(i@au)", rank,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, numbers, size / 4, sizeof (guint32))));
}

static GVariant *
make_small_value (gint rank, gint number)
{
  return g_variant_new_parsed ("{'rank': <%i>, 'number': <%i>, 'text': <'☭'>}", rank, number);
}

static void
assert_small_value (GVariant *value, gint rank, gint number)
{
  g_autoptr (GVariant) expected = g_variant_ref_sink (make_small_value (rank, number));

  assert_variant_equal (value, expected);
}

/* A send that does not wait for its receiver, as one to self must not. */
static MpiRequest *
start_to_send (MpiComm *comm, GVariant *value, gint dest, gint tag)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ompi_obj_variant_encode (value, &error);
  g_autoptr (MpiBuffer) buffer = NULL;
  MpiRequest *request;

  assert_no_error (error);
  buffer = ompi_obj_buffer_new_for_bytes (bytes);
  request = ompi_obj_comm_isend (comm, buffer, dest, tag, &error);
  assert_no_error (error);
  return request;
}

MPI_TEST (send_and_recv)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;
      MpiStatus status;

      if (pairs.sending)
        {
          assert_succeeds (ompi_obj_comm_send_variant (comm, make_small_value (rank, 1), pairs.peer, 30 + rank, &error),
                           error);
        }
      else
        {
          g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, 30 + pairs.peer, &status, &error);

          assert_no_error (error);
          ck_assert (!g_variant_is_floating (value));
          assert_small_value (value, pairs.peer, 1);
          ck_assert_int_eq (ompi_obj_status_get_source (&status), pairs.peer);
          ck_assert_int_eq (ompi_obj_status_get_tag (&status), 30 + pairs.peer);
        }
    }
}

/* Exchanges values of @size bytes between all pairs, also with self. */
static void
exchange (MpiComm *comm, gsize size)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GVariant) sent = make_value (ompi_obj_comm_get_rank (comm), size);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) received = NULL;
      g_autoptr (GVariant) expected = NULL;
      MpiStatus status;

      received = ompi_obj_comm_sendrecv_variant (comm, sent, rounds.dest, 5, rounds.source, 5, &status, &error);
      assert_no_error (error);
      ck_assert (!g_variant_is_floating (received));
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);
      if (rounds.source == OMPI_OBJ_PROC_NULL)
        continue;

      expected = make_value (rounds.source, size);
      assert_variant_equal (received, expected);
      if (size >= 8)
        {
          g_autoptr (GVariant) numbers = g_variant_get_child_value (received, 1);

          ck_assert_uint_eq (GPOINTER_TO_SIZE (g_variant_get_data (received)) % 8, 0);
          ck_assert_uint_eq (GPOINTER_TO_SIZE (g_variant_get_data (numbers)) % 4, 0);
        }
    }
}

MPI_TEST (small_values)
{
  for (gsize size = 0; size < 200; size += 4)
    exchange (comm, size);
}

/* Around the size from which the payload is sent from where it is. */
MPI_TEST (medium_values)
{
  static const gsize sizes[] = { 1000, 4000, 8100, 8140, 8144, 8148, 8152,  8156,  8160,
                                 8164, 8168, 8172, 8192, 8196, 9000, 16384, 65536, 262144 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    exchange (comm, sizes[i]);
}

MPI_TEST (large_values)
{
  exchange (comm, 1 << 20);
  exchange (comm, 5 << 20);
}

MPI_TEST (very_large_values) { exchange (comm, 32 << 20); }

MPI_TEST (large_values_one_way)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;

      if (pairs.sending)
        {
          g_autoptr (GVariant) value = make_value (rank, 3 << 20);

          assert_succeeds (ompi_obj_comm_send_variant (comm, value, pairs.peer, 0, &error), error);
        }
      else
        {
          g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);
          g_autoptr (GVariant) expected = make_value (pairs.peer, 3 << 20);

          assert_no_error (error);
          assert_variant_equal (value, expected);
        }
    }
}

/* Every type there is, through the same ring. */
MPI_TEST (every_type)
{
  static const gchar *const texts[] = {
    "true",       "byte 255",        "int16 -5",       "uint16 5",    "-7",
    "uint32 7",   "int64 -9",        "uint64 9",       "0.5",         "'text'",
    "''",         "objectpath '/a'", "signature 'ai'", "()",          "(1,)",
    "<5>",        "@mi nothing",     "just 'x'",       "@ai []",      "[1, 2, 3]",
    "['a', 'b']", "{'a': <1>}",      "@a{sv} {}",      "[[1.5], []]", "(<(1, <'x'>)>, [<true>])",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;
      g_autoptr (GVariant) value = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GVariant) received =
              ompi_obj_comm_sendrecv_variant (comm, value, rounds.dest, 0, rounds.source, 0, NULL, &error);

          assert_no_error (error);
          if (rounds.source != OMPI_OBJ_PROC_NULL)
            assert_variant_equal (received, value);
        }
    }
}

MPI_TEST (wildcards)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_peers = harness_n_peers (comm);
  g_autofree gboolean *seen = g_new0 (gboolean, n_peers);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (gint peer = 0; peer < n_peers; peer++)
    g_ptr_array_add (requests, start_to_send (comm, make_small_value (rank, 2), peer, 200 + rank));

  for (gint i = 0; i < n_peers; i++)
    {
      MpiStatus status;
      gint source;
      g_autoptr (GVariant) value =
          ompi_obj_comm_recv_variant (comm, OMPI_OBJ_ANY_SOURCE, OMPI_OBJ_ANY_TAG, &status, &error);

      assert_no_error (error);
      source = ompi_obj_status_get_source (&status);
      ck_assert_int_ge (source, 0);
      ck_assert_int_lt (source, n_peers);
      ck_assert (!seen[source]);
      seen[source] = TRUE;
      ck_assert_int_eq (ompi_obj_status_get_tag (&status), 200 + source);
      assert_small_value (value, source, 2);
    }
  for (guint i = 0; i < requests->len; i++)
    assert_succeeds (ompi_obj_request_wait (requests->pdata[i], NULL, &error), error);
}

MPI_TEST (order_and_tags)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;

      for (gint i = 0; i < 10 && pairs.sending; i++)
        assert_succeeds (ompi_obj_comm_send_variant (comm, make_small_value (rank, i), pairs.peer, i % 2, &error),
                         error);
      for (gint i = 0; i < 10 && !pairs.sending; i++)
        {
          gint number = i < 5 ? 2 * i + 1 : 2 * (i - 5); /* those with tag 1 first */
          g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, number % 2, NULL, &error);

          assert_no_error (error);
          assert_small_value (value, pairs.peer, number);
        }
    }
}

MPI_TEST (values_between_raw_messages)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;
      gdouble data[2] = { 1, 2 };

      if (pairs.sending)
        {
          assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (data, 2), pairs.peer, 0, &error), error);
          assert_succeeds (ompi_obj_comm_send_variant (comm, make_small_value (rank, 0), pairs.peer, 0, &error), error);
          assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (data, 1), pairs.peer, 0, &error), error);
        }
      else
        {
          g_autoptr (GVariant) value = NULL;

          data[0] = data[1] = 0;
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, 2), pairs.peer, 0, NULL, &error), error);
          ck_assert_double_eq (data[1], 2);
          value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);
          assert_no_error (error);
          assert_small_value (value, pairs.peer, 0);
          assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (data, 2), pairs.peer, 0, NULL, &error), error);
          ck_assert_double_eq (data[0], 1);
        }
    }
}

/* A value received as bytes is what encode gives, also when it was sent in two pieces; and the other way round. */
MPI_TEST (values_as_bytes)
{
  static const gsize sizes[] = { 0, 100, 8000, 10000, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HarnessPairs pairs = HARNESS_PAIRS_INIT;
      gint rank = ompi_obj_comm_get_rank (comm);

      while (harness_pairs_next (&pairs, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GVariant) value = make_value (pairs.sending ? rank : pairs.peer, sizes[i]);
          g_autoptr (GBytes) encoded = ompi_obj_variant_encode (value, &error);
          gsize size = g_bytes_get_size (encoded);

          assert_no_error (error);
          if (pairs.sending)
            {
              g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_bytes (encoded);

              assert_succeeds (ompi_obj_comm_send_variant (comm, value, pairs.peer, 0, &error), error);
              assert_succeeds (ompi_obj_comm_send (comm, buffer, pairs.peer, 0, &error), error);
            }
          else
            {
              g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (size + 8);
              g_autoptr (GVariant) received = NULL;
              MpiStatus status;

              assert_succeeds (ompi_obj_comm_recv (comm, buffer, pairs.peer, 0, &status, &error), error);
              ck_assert_int_eq (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error), size);
              assert_no_error (error);
              ck_assert (memcmp (buffer->address, g_bytes_get_data (encoded, NULL), size) == 0);

              received = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);
              assert_no_error (error);
              assert_variant_equal (received, value);
            }
        }
    }
}

/* A message that is no value is consumed, and the next is received. */
MPI_TEST (raw_messages_received_as_values)
{
  static const gsize sizes[] = { 0, 1, 15, 16, 24, 100, 100000, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HarnessPairs pairs = HARNESS_PAIRS_INIT;

      while (harness_pairs_next (&pairs, comm))
        {
          g_autoptr (GError) error = NULL;

          if (pairs.sending)
            {
              g_autofree guint8 *junk = g_malloc (sizes[i] + 1);

              memset (junk, 'M', sizes[i] + 1);
              assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (junk, (gint64) sizes[i]), pairs.peer, 0,
                                                   &error),
                               error);
              assert_succeeds (ompi_obj_comm_send_variant (comm, g_variant_new_string ("after"), pairs.peer, 0, &error),
                               error);
            }
          else
            {
              g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);

              ck_assert_ptr_null (value);
              assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
              value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);
              assert_no_error (error);
              ck_assert_str_eq (g_variant_get_string (value, NULL), "after");
            }
        }
    }
}

/* Values are views of memory that is used again for later ones; they must not change under the reader. */
MPI_TEST (values_outlive_later_ones)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  static const gsize size = 300000; /* large enough for memory that is kept and used again */
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

      for (gint i = 0; i < 12; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GVariant) sent = make_value (rank + 100 * i, size);
          GVariant *received =
              ompi_obj_comm_sendrecv_variant (comm, sent, rounds.dest, 0, rounds.source, 0, NULL, &error);

          assert_no_error (error);
          if (i % 3 == 0)
            g_ptr_array_add (kept, received);
          else
            g_variant_unref (received);
        }
      for (guint i = 0; i < kept->len && rounds.source != OMPI_OBJ_PROC_NULL; i++)
        {
          g_autoptr (GVariant) expected = make_value (rounds.source + 100 * 3 * (gint) i, size);

          assert_variant_equal (kept->pdata[i], expected);
        }
    }
}

/* A child keeps the memory of the message, also on its own. */
MPI_TEST (children_outlive_their_value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) sent = make_value (3, 400000);
  g_autoptr (GVariant) numbers = NULL;
  g_autoptr (GVariant) expected_numbers = g_variant_get_child_value (sent, 1);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint peer = ompi_obj_comm_is_inter (comm) ? MIN (rank, harness_n_peers (comm) - 1) : rank;

  for (gint i = 0; i < 4; i++)
    {
      g_autoptr (GVariant) value = ompi_obj_comm_sendrecv_variant (comm, sent, peer, 0, peer, 0, NULL, &error);

      assert_no_error (error);
      if (numbers == NULL)
        numbers = g_variant_get_child_value (value, 1);
    }
  assert_variant_equal (numbers, expected_numbers);
}

MPI_TEST (references)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_new_int32 (1);
  GVariant *received;

  g_variant_ref (value);
  assert_succeeds (ompi_obj_comm_send_variant (comm, value, OMPI_OBJ_PROC_NULL, 0, &error), error);
  ck_assert (!g_variant_is_floating (value));
  assert_succeeds (ompi_obj_comm_send_variant (comm, value, OMPI_OBJ_PROC_NULL, 0, &error), error);
  ck_assert_int_eq (g_variant_get_int32 (value), 1);
  g_variant_unref (value);

  value = g_variant_new_int32 (1);
  g_variant_ref (value);
  received = ompi_obj_comm_sendrecv_variant (comm, value, OMPI_OBJ_PROC_NULL, 0, OMPI_OBJ_PROC_NULL, 0, NULL, &error);
  assert_no_error (error);
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (received);
  g_variant_unref (value);

  /* Also when nothing is sent. */
  value = g_variant_new_int32 (1);
  g_variant_ref (value);
  ck_assert (!ompi_obj_comm_send_variant (comm, value, 99, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "99");
  ck_assert (!g_variant_is_floating (value));
  g_variant_unref (value);
}

MPI_TEST (nobody)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) exchanged = NULL;
  MpiStatus status;

  assert_succeeds (ompi_obj_comm_send_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_PROC_NULL, 0, &error), error);
  value = ompi_obj_comm_recv_variant (comm, OMPI_OBJ_PROC_NULL, 0, &status, &error);
  assert_no_error (error);
  ck_assert (g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT));
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
  exchanged = ompi_obj_comm_sendrecv_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_PROC_NULL, 0, OMPI_OBJ_PROC_NULL,
                                              0, &status, &error);
  assert_no_error (error);
  ck_assert (g_variant_is_of_type (exchanged, G_VARIANT_TYPE_UNIT));
}

MPI_TEST (matched_values)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiRequest) request = start_to_send (comm, make_small_value (rank, 6), rounds.dest, 8);
      g_autoptr (MpiMessage) message = NULL;
      g_autoptr (GVariant) value = NULL;
      MpiStatus status;

      if (rounds.source == OMPI_OBJ_PROC_NULL)
        {
          assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
          continue;
        }

      message = ompi_obj_comm_mprobe (comm, rounds.source, 8, NULL, &error);
      assert_no_error (error);
      value = ompi_obj_message_recv_variant (message, &status, &error);
      assert_no_error (error);
      assert_small_value (value, rounds.source, 6);
      ck_assert_int_eq (ompi_obj_status_get_source (&status), rounds.source);

      ck_assert_ptr_null (ompi_obj_message_recv_variant (message, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_REQUEST, "received");
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
    }
}

/* Nothing is sent of a value that cannot travel, so what the peer gets is the next. */
MPI_TEST (handles_stay_at_home)
{
  HarnessPairs pairs = HARNESS_PAIRS_INIT;

  while (harness_pairs_next (&pairs, comm))
    {
      g_autoptr (GError) error = NULL;

      if (pairs.sending)
        {
          ck_assert (!ompi_obj_comm_send_variant (comm, g_variant_new_handle (0), pairs.peer, 0, &error));
          assert_error (error, OMPI_OBJ_ERROR_TYPE, "'h'");
          ck_assert (
              !ompi_obj_comm_send_variant (comm, g_variant_new_parsed ("[<1>, <handle 0>]"), pairs.peer, 0, &error));
          assert_error (error, OMPI_OBJ_ERROR_TYPE, "MPI_Send: ");
          assert_succeeds (ompi_obj_comm_send_variant (comm, g_variant_new_string ("after"), pairs.peer, 0, &error),
                           error);
        }
      else
        {
          g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (comm, pairs.peer, 0, NULL, &error);

          assert_no_error (error);
          ck_assert_str_eq (g_variant_get_string (value, NULL), "after");
        }
    }
}

MPI_TEST (many_small_values)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  gint rank = ompi_obj_comm_get_rank (comm);

  while (harness_rounds_next (&rounds, comm))
    for (gint i = 0; i < 200; i++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) value = ompi_obj_comm_sendrecv_variant (comm, make_small_value (rank, i), rounds.dest, 0,
                                                                     rounds.source, 0, NULL, &error);

        assert_no_error (error);
        if (rounds.source != OMPI_OBJ_PROC_NULL)
          assert_small_value (value, rounds.source, i);
      }
}

/* A subclass that watches messages sees those that carry values too. */

#define WATCHING_TYPE_COMM (watching_comm_get_type ())
G_DECLARE_FINAL_TYPE (WatchingComm, watching_comm, WATCHING, COMM, MpiIntracomm)

struct _WatchingComm
{
  MpiIntracomm parent_instance;
  guint n_sent;
  guint n_matched;
};

G_DEFINE_FINAL_TYPE (WatchingComm, watching_comm, OMPI_OBJ_TYPE_INTRACOMM)

static gboolean
watching_comm_send (MpiComm *comm, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  WATCHING_COMM (comm)->n_sent++;
  return OMPI_OBJ_COMM_CLASS (watching_comm_parent_class)->send (comm, mode, buffer, dest, tag, error);
}

static MpiMessage *
watching_comm_mprobe (MpiComm *comm, gint source, gint tag, MpiStatus *status, GError **error)
{
  WATCHING_COMM (comm)->n_matched++;
  return OMPI_OBJ_COMM_CLASS (watching_comm_parent_class)->mprobe (comm, source, tag, status, error);
}

static void
watching_comm_class_init (WatchingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->send = watching_comm_send;
  OMPI_OBJ_COMM_CLASS (klass)->mprobe = watching_comm_mprobe;
}

static void
watching_comm_init (G_GNUC_UNUSED WatchingComm *self)
{
}

MPI_TEST (overridden_methods_see_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) watching = g_object_new (WATCHING_TYPE_COMM, "wraps", comm, NULL);
  g_autoptr (GVariant) value = NULL;

  assert_succeeds (ompi_obj_comm_send_variant (watching, g_variant_new_int32 (1), OMPI_OBJ_PROC_NULL, 0, &error),
                   error);
  value = ompi_obj_comm_recv_variant (watching, OMPI_OBJ_PROC_NULL, 0, NULL, &error);
  assert_no_error (error);
  ck_assert_uint_eq (WATCHING_COMM (watching)->n_sent, 1);
  ck_assert_uint_eq (WATCHING_COMM (watching)->n_matched, 1);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*value != NULL*");
  ck_assert (!ompi_obj_comm_send_variant (comm, NULL, 0, 0, &error));
  harness_expect_critical ("*value != NULL*");
  ck_assert_ptr_null (ompi_obj_comm_sendrecv_variant (comm, NULL, 0, 0, 0, 0, NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_comm_recv_variant (NULL, 0, 0, NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_comm_send_variant (NULL, g_variant_new_int32 (1), 0, 0, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-p2p");
  harness_add (send_and_recv, HARNESS_ALL);
  harness_add (small_values, HARNESS_ALL);
  harness_add (medium_values, HARNESS_ALL);
  harness_add (large_values, HARNESS_ALL);
  harness_add (very_large_values, HARNESS_ONCE);
  harness_add (large_values_one_way, HARNESS_ALL);
  harness_add (every_type, HARNESS_ALL);
  harness_add (wildcards, HARNESS_ALL);
  harness_add (order_and_tags, HARNESS_ALL);
  harness_add (values_between_raw_messages, HARNESS_ALL);
  harness_add (values_as_bytes, HARNESS_ALL);
  harness_add (raw_messages_received_as_values, HARNESS_ALL);
  harness_add (values_outlive_later_ones, HARNESS_ALL);
  harness_add (children_outlive_their_value, HARNESS_ALL);
  harness_add (references, HARNESS_ALL);
  harness_add (nobody, HARNESS_ALL);
  harness_add (matched_values, HARNESS_ALL);
  harness_add (handles_stay_at_home, HARNESS_ALL);
  harness_add (many_small_values, HARNESS_ALL);
  harness_add (overridden_methods_see_values, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
