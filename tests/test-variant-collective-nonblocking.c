/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Collectives of values that do not block: results, order, early ends and errors. */

#include "values.h"

static gint
side_of_values (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? 1 - own_side (comm) : 0;
}

static GVariant *
wait_for_value (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = ompi_obj_request_wait_variant (request, NULL, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (value);
  ck_assert (!ompi_obj_request_is_active (request));
  return value;
}

static GPtrArray *
wait_for_values (MpiRequest *request)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *values;

  ck_assert (ompi_obj_request_wait (request, NULL, &error));
  assert_no_error (error);
  values = ompi_obj_request_get_variants (request, &error);
  assert_no_error (error);
  return values;
}

static void
assert_int (GVariant *value, gint expected)
{
  ck_assert (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32));
  ck_assert_int_eq (g_variant_get_int32 (value), expected);
}

static const gsize sizes[] = { 100, 20000, 600000 };

MPI_TEST (values_are_broadcast)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (Roots roots = { 0 }; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) expected = make_large (roots.rank, sizes[i]);
        g_autoptr (MpiRequest) request =
            ompi_obj_comm_ibcast_variant (comm, roots.is_root ? expected : NULL, roots.root, &error);
        g_autoptr (GVariant) value = NULL;

        assert_no_error (error);
        value = wait_for_value (request);
        if (roots.is_root || roots.is_other)
          assert_variant_equal (value, expected);
      }
}

MPI_TEST (values_are_gathered)
{
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (Roots roots = { 0 }; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GVariant) own = make_large (10 * own_side (comm) + rank, sizes[i]);
        g_autoptr (MpiRequest) gather = ompi_obj_comm_igather_variant (comm, own, roots.root, &error);
        g_autoptr (MpiRequest) allgather = ompi_obj_comm_iallgather_variant (comm, own, &error);
        g_autoptr (GPtrArray) everywhere = wait_for_values (allgather);
        g_autoptr (GPtrArray) at_root = wait_for_values (gather);
        g_autoptr (GVariant) list = wait_for_value (allgather);

        ck_assert_uint_eq (everywhere->len, (guint) harness_n_peers (comm));
        ck_assert_uint_eq (at_root->len, roots.is_root ? (guint) harness_n_peers (comm) : 0);
        ck_assert (g_variant_is_of_type (list, G_VARIANT_TYPE ("av")));
        ck_assert_uint_eq (g_variant_n_children (list), everywhere->len);
        for (guint j = 0; j < everywhere->len; j++)
          {
            g_autoptr (GVariant) expected = make_large (10 * side_of_values (comm) + (gint) j, sizes[i]);

            assert_variant_equal (everywhere->pdata[j], expected);
            if (roots.is_root)
              assert_variant_equal (at_root->pdata[j], expected);
          }
      }
}

MPI_TEST (values_are_scattered)
{
  const gint n = harness_n_peers (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (Roots roots = { 0 }; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autofree GVariant **values = g_new (GVariant *, n);
        g_autoptr (GVariant) expected = make_large (100 * roots.rank + rank, sizes[i]);
        g_autoptr (MpiRequest) scatter = NULL;
        g_autoptr (MpiRequest) alltoall = NULL;
        g_autoptr (GVariant) own = NULL;
        g_autoptr (GPtrArray) received = NULL;

        for (gint j = 0; j < n; j++)
          values[j] = make_large (100 * rank + j, sizes[i]);
        scatter = ompi_obj_comm_iscatter_variant (comm, values, (gsize) n, roots.root, &error);
        assert_no_error (error);
        alltoall = ompi_obj_comm_ialltoall_variant (comm, values, (gsize) n, &error);
        assert_no_error (error);
        for (gint j = 0; j < n; j++)
          g_variant_unref (values[j]);

        own = wait_for_value (scatter);
        if (roots.is_other)
          assert_variant_equal (own, expected);
        received = wait_for_values (alltoall);
        ck_assert_uint_eq (received->len, (guint) n);
        for (gint j = 0; j < n; j++)
          {
            g_autoptr (GVariant) theirs = make_large (100 * j + rank, sizes[i]);

            assert_variant_equal (received->pdata[j], theirs);
          }
      }
}

static GVariant *
concatenate (GVariant *a, GVariant *b, gpointer user_data G_GNUC_UNUSED)
{
  return g_variant_new_take_string (g_strconcat (g_variant_get_string (a, NULL), g_variant_get_string (b, NULL), NULL));
}

MPI_TEST (values_are_reduced)
{
  const gint n = harness_n_peers (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiOp) op = ompi_obj_op_new_for_variants (concatenate, FALSE, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gint i = 0; i < n; i++)
    g_string_append_printf (text, "<%d>", i);
  for (Roots roots = { 0 }; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) own = g_variant_ref_sink (g_variant_new_take_string (g_strdup_printf ("<%d>", rank)));
      g_autoptr (MpiRequest) reduce = ompi_obj_comm_ireduce_variant (comm, own, op, roots.root, &error);
      g_autoptr (MpiRequest) allreduce = ompi_obj_comm_iallreduce_variant (comm, own, op, &error);
      g_autoptr (GVariant) everywhere = wait_for_value (allreduce);
      g_autoptr (GVariant) at_root = wait_for_value (reduce);

      ck_assert_str_eq (g_variant_get_string (everywhere, NULL), text->str);
      if (roots.is_root)
        ck_assert_str_eq (g_variant_get_string (at_root, NULL), text->str);
      else
        ck_assert (g_variant_is_of_type (at_root, G_VARIANT_TYPE_UNIT));
    }
}

MPI_TEST (prefixes_are_reduced)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiIntracomm *intracomm = OMPI_OBJ_INTRACOMM (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) scan =
      ompi_obj_intracomm_iscan_variant (intracomm, g_variant_new_int32 (rank), OMPI_OBJ_SUM, &error);
  g_autoptr (MpiRequest) exscan =
      ompi_obj_intracomm_iexscan_variant (intracomm, g_variant_new_int32 (rank), OMPI_OBJ_SUM, &error);
  g_autoptr (GVariant) before = wait_for_value (exscan);
  g_autoptr (GVariant) up_to = wait_for_value (scan);

  assert_int (up_to, rank * (rank + 1) / 2);
  if (rank == 0)
    ck_assert (g_variant_is_of_type (before, G_VARIANT_TYPE_UNIT));
  else
    assert_int (before, rank * (rank - 1) / 2);
}

/* Ranks wait in orders of their own, and the user's collectives go on in between. */
MPI_TEST (ranks_wait_in_different_orders)
{
  enum
  {
    N = 8
  };
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint n = harness_n_peers (comm);
  MpiRequest *requests[N];
  gint one = 1;
  gint sum = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) barrier = NULL;

  for (gint i = 0; i < N; i++)
    {
      g_autoptr (GVariant) own = make_large (10 * i + rank, i % 2 == 0 ? 8 : 50000);

      if (i % 3 == 2)
        requests[i] = ompi_obj_comm_iallreduce_variant (comm, g_variant_new_int32 (i), OMPI_OBJ_SUM, &error);
      else
        requests[i] = ompi_obj_comm_iallgather_variant (comm, own, &error);
      assert_no_error (error);
      if (i == 2)
        {
          barrier = ompi_obj_comm_ibarrier (comm, &error);
          assert_no_error (error);
        }
      if (i == 4)
        {
          assert_comm_works (comm);
          ck_assert (
              ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, &error));
          ck_assert_int_eq (sum, n);
        }
    }
  ck_assert (ompi_obj_request_wait (barrier, NULL, &error));

  for (gint k = 0; k < N; k++)
    {
      const gint i = rank % 2 == 0 ? N - 1 - k : (k * 3 + rank) % N;

      if (i % 3 == 2)
        {
          g_autoptr (GVariant) value = wait_for_value (requests[i]);

          assert_int (value, i * n);
        }
      else
        {
          g_autoptr (GPtrArray) values = wait_for_values (requests[i]);

          for (gint j = 0; j < n; j++)
            {
              g_autoptr (GVariant) expected = make_large (10 * i + j, i % 2 == 0 ? 8 : 50000);

              assert_variant_equal (values->pdata[j], expected);
            }
        }
    }
  for (gint i = 0; i < N; i++)
    g_object_unref (requests[i]);
}

/* Half of the ranks wait on one communicator first, the others on another. */
MPI_TEST (two_communicators)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) other = ompi_obj_comm_dup (comm, &error);
  g_autoptr (GVariant) large = make_large (1, 100000);
  MpiRequest *requests[2];
  const gint first = harness_world_rank () % 2;

  requests[0] = ompi_obj_comm_iallgather_variant (comm, large, &error);
  requests[1] = ompi_obj_comm_iallgather_variant (other, large, &error);
  for (gint k = 0; k < 2; k++)
    {
      g_autoptr (GPtrArray) values = wait_for_values (requests[k == 0 ? first : 1 - first]);

      ck_assert_uint_eq (values->len, (guint) harness_n_peers (comm));
      assert_variant_equal (values->pdata[0], large);
    }
  g_object_unref (requests[0]);
  g_object_unref (requests[1]);
}

MPI_TEST (testing_until_it_is_there)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request =
      ompi_obj_comm_iallreduce_variant (comm, g_variant_new_int32 (2), OMPI_OBJ_SUM, &error);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MpiStatus status;

  ck_assert (ompi_obj_request_is_active (request));
  ck_assert_ptr_null (ompi_obj_request_get_variant (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "wait for it first");
  ck_assert_ptr_null (ompi_obj_request_get_variants (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "wait for it first");
  ck_assert (!ompi_obj_request_cancel (request, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "cannot be cancelled");

  while (!ompi_obj_request_get_status (request, &status, &error))
    {
      assert_no_error (error);
      g_thread_yield ();
    }
  ck_assert (ompi_obj_request_is_active (request));
  value = ompi_obj_request_test_variant (request, &status, &error);
  assert_no_error (error);
  assert_int (value, 2 * harness_n_peers (comm));
  ck_assert_int_eq (ompi_obj_status_get_source (&status), OMPI_OBJ_PROC_NULL);
  ck_assert (!ompi_obj_request_is_active (request));

  again = wait_for_value (request);
  assert_int (again, 2 * harness_n_peers (comm));
  list = wait_for_values (request);
  ck_assert_uint_eq (list->len, 1);
  assert_int (list->pdata[0], 2 * harness_n_peers (comm));
}

MPI_TEST (several_at_once)
{
  g_autoptr (GError) error = NULL;
  gint one = 1;
  gint sum = 0;
  g_autoptr (GPtrArray) values = NULL;
  MpiRequest *requests[] = {
    ompi_obj_comm_iallreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, &error),
    ompi_obj_comm_iallreduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, &error),
    ompi_obj_comm_iallgather_variant (comm, g_variant_new_int32 (7), &error),
    ompi_obj_comm_ibarrier (comm, &error),
  };

  assert_no_error (error);
  values = ompi_obj_request_wait_all_variant (requests, G_N_ELEMENTS (requests), &error);
  assert_no_error (error);
  ck_assert_int_eq (sum, harness_n_peers (comm));
  assert_int (values->pdata[1], harness_n_peers (comm));
  ck_assert (g_variant_is_of_type (values->pdata[2], G_VARIANT_TYPE ("av")));
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    g_object_unref (requests[i]);
}

/* An operation that nobody waits for takes its turn nevertheless. */
MPI_TEST (requests_that_are_dropped)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) large = make_large (1, 100000);

  for (gint i = 0; i < 6; i++)
    {
      MpiRequest *dropped = ompi_obj_comm_iallgather_variant (comm, large, &error);
      g_autoptr (MpiRequest) kept =
          ompi_obj_comm_iallreduce_variant (comm, g_variant_new_int32 (i), OMPI_OBJ_SUM, &error);
      g_autoptr (GVariant) value = NULL;

      assert_no_error (error);
      if (i % 2 == 0)
        ck_assert (ompi_obj_request_free (dropped, &error));
      else if (harness_world_rank () % 2 == 0)
        ck_assert (ompi_obj_request_wait (dropped, NULL, &error));
      g_object_unref (dropped);
      value = wait_for_value (kept);
      assert_int (value, i * harness_n_peers (comm));
    }
}

MPI_TEST (a_communicator_that_is_freed_meanwhile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) large = make_large (1, 100000);
  g_autoptr (MpiComm) first = ompi_obj_comm_dup (comm, &error);
  MpiComm *second = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiRequest) on_first = NULL;
  g_autoptr (MpiRequest) on_second = NULL;
  g_autoptr (GPtrArray) values = NULL;

  assert_no_error (error);
  on_first = ompi_obj_comm_iallgather_variant (first, large, &error);
  g_object_unref (ompi_obj_comm_iallgather_variant (first, large, &error));
  on_second = ompi_obj_comm_iallgather_variant (second, large, &error);
  g_object_unref (second);
  ck_assert (ompi_obj_comm_free (first, &error));

  values = wait_for_values (on_first);
  ck_assert_uint_eq (values->len, (guint) harness_n_peers (comm));
  g_clear_pointer (&values, g_ptr_array_unref);
  values = wait_for_values (on_second);
  assert_variant_equal (values->pdata[0], large);
}

static void
assert_fails (MpiRequest *request, MpiError code, const gchar *text)
{
  GError *error = NULL;

  ck_assert_ptr_nonnull (request);
  ck_assert_ptr_null (ompi_obj_request_wait_variant (request, NULL, &error));
  assert_error (error, (gint) code, text);
  ck_assert (!ompi_obj_request_is_active (request));
  ck_assert_ptr_null (ompi_obj_request_get_variants (request, &error));
  assert_error (error, (gint) code, text);
  g_object_unref (request);
}

MPI_TEST (errors_reach_all)
{
  for (Roots failing = { 0 }; roots_next (&failing, comm);)
    {
      GError *error = NULL;
      GVariant *value = failing.is_root ? NULL : g_variant_ref_sink (g_variant_new_int32 (1));
      const gsize n_values = failing.is_root ? 0 : (gsize) harness_n_peers (comm);
      g_autofree GVariant **values = g_new (GVariant *, harness_n_peers (comm));
      MpiRequest *requests[6];

      for (gint i = 0; i < harness_n_peers (comm); i++)
        values[i] = value;
      requests[0] = ompi_obj_comm_iallgather_variant (comm, value, &error);
      requests[1] = ompi_obj_comm_ibcast_variant (comm, NULL, failing.root, &error);
      requests[2] = ompi_obj_comm_ialltoall_variant (comm, values, n_values, &error);
      requests[3] = ompi_obj_comm_iscatter_variant (comm, values, n_values, failing.root, &error);
      requests[4] = ompi_obj_comm_iallreduce_variant (comm, value, OMPI_OBJ_SUM, &error);
      requests[5] = ompi_obj_comm_iallreduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, &error);
      assert_no_error (error);

      assert_fails (requests[3], OMPI_OBJ_ERROR_COUNT, "there are 0 values");
      assert_fails (requests[0], OMPI_OBJ_ERROR_ARG, "there is no value");
      assert_fails (requests[1], OMPI_OBJ_ERROR_ARG, "no value to broadcast");
      assert_fails (requests[2], OMPI_OBJ_ERROR_COUNT, "there are 0 values");
      assert_fails (requests[4], OMPI_OBJ_ERROR_ARG, "there is no value");
      g_variant_unref (wait_for_value (requests[5]));
      g_object_unref (requests[5]);
      g_clear_pointer (&value, g_variant_unref);
      assert_comm_works (comm);
    }
}

MPI_TEST (wrong_arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  ck_assert_ptr_null (ompi_obj_comm_ibcast_variant (comm, NULL, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  ck_assert_ptr_null (ompi_obj_comm_igather_variant (comm, g_variant_new_int32 (1), 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  ck_assert_ptr_null (ompi_obj_comm_iscatter_variant (comm, NULL, 0, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");
  ck_assert_ptr_null (ompi_obj_comm_ireduce_variant (comm, g_variant_new_int32 (1), OMPI_OBJ_SUM, 99, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "root is 99");

  ck_assert (ompi_obj_comm_free (copy, &error));
  ck_assert_ptr_null (ompi_obj_comm_iallgather_variant (copy, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_comm_iallreduce_variant (copy, g_variant_new_int32 (1), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

/*
 * A subclass sees what is done on the hidden communicator.
 */

typedef struct
{
  MpiIntracomm parent_instance;
} CountingComm;

typedef struct
{
  MpiIntracommClass parent_class;
} CountingCommClass;

static GType counting_comm_get_type (void);

G_DEFINE_TYPE (CountingComm, counting_comm, OMPI_OBJ_TYPE_INTRACOMM)

static guint n_calls;

static MpiRequest *
counting_comm_iallgather (MpiComm *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, GError **error)
{
  n_calls++;
  return OMPI_OBJ_COMM_CLASS (counting_comm_parent_class)->iallgather (self, send_buffer, recv_buffer, error);
}

static void
counting_comm_class_init (CountingCommClass *klass)
{
  OMPI_OBJ_COMM_CLASS (klass)->iallgather = counting_comm_iallgather;
}

static void
counting_comm_init (CountingComm *self G_GNUC_UNUSED)
{
}

MPI_TEST (overridden_methods)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) counting = g_object_new (counting_comm_get_type (), "wraps", comm, NULL);
  g_autoptr (MpiRequest) request = ompi_obj_comm_iallgather_variant (counting, g_variant_new_int32 (1), &error);
  g_autoptr (GPtrArray) values = NULL;

  assert_no_error (error);
  n_calls = 0;
  values = wait_for_values (request);
  ck_assert_uint_le (n_calls, 1);
  g_clear_object (&request);

  request = ompi_obj_comm_iallgather_variant (counting, g_variant_new_int32 (1), &error);
  g_ptr_array_unref (values);
  values = wait_for_values (request);
  ck_assert_uint_ge (n_calls, 1);
}

/* The end of MPI finishes them. */
MPI_TEST (left_to_the_end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) large = make_large (1, 100000);

  g_object_unref (ompi_obj_comm_iallgather_variant (comm, large, &error));
  g_object_unref (ompi_obj_comm_iallreduce_variant (comm, large, OMPI_OBJ_MAX, &error));
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-collective-nonblocking");
  harness_add (values_are_broadcast, HARNESS_ALL);
  harness_add (values_are_gathered, HARNESS_ALL);
  harness_add (values_are_scattered, HARNESS_ALL);
  harness_add (values_are_reduced, HARNESS_ALL);
  harness_add (prefixes_are_reduced, HARNESS_INTRA);
  harness_add (ranks_wait_in_different_orders, HARNESS_ALL);
  harness_add (two_communicators, HARNESS_ALL);
  harness_add (testing_until_it_is_there, HARNESS_ALL);
  harness_add (several_at_once, HARNESS_ALL);
  harness_add (requests_that_are_dropped, HARNESS_ALL);
  harness_add (a_communicator_that_is_freed_meanwhile, HARNESS_ALL);
  harness_add (errors_reach_all, HARNESS_ALL);
  harness_add (wrong_arguments, HARNESS_ALL);
  harness_add (overridden_methods, HARNESS_INTRA);
  harness_add (left_to_the_end, HARNESS_ALL);
  return harness_run ();
}
