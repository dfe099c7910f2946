/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reduction operations: MPI's own and those of functions. */

#include "harness.h"

/* What the function of an operation was called with, and how often its data was freed. */
typedef struct
{
  gint n_calls;
  gint n_freed;
  gint64 n_elements;
  gint addend;
  MpiDatatype *datatype; /* a reference to the one of the last call */
} Record;

static void
record_call (Record *record, const MpiBuffer *in, const MpiBuffer *inout)
{
  ck_assert_int_eq (in->count, inout->count);
  ck_assert_ptr_eq (in->datatype, inout->datatype);
  ck_assert (OMPI_OBJ_IS_DATATYPE (in->datatype));
  record->n_calls++;
  record->n_elements += in->count;
  g_set_object (&record->datatype, in->datatype);
}

static void
record_free (gpointer data)
{
  Record *record = data;

  record->n_freed++;
  g_clear_object (&record->datatype);
}

static void
add_ints (const MpiBuffer *in, const MpiBuffer *inout, gpointer user_data)
{
  Record *record = user_data;
  const gint *a = in->address;
  gint *b = inout->address;

  record_call (record, in, inout);
  for (gint64 i = 0; i < in->count; i++)
    b[i] += a[i] + record->addend;
}

/* A number written behind another: associative, and the order matters. */
typedef struct
{
  gint64 scale; /* 10 to the number of digits */
  gint64 digits;
} Digits;

static void
append_digits (const MpiBuffer *in, const MpiBuffer *inout, gpointer user_data)
{
  const Digits *a = in->address;
  Digits *b = inout->address;

  record_call (user_data, in, inout);
  for (gint64 i = 0; i < in->count; i++)
    {
      b[i].digits += a[i].digits * b[i].scale;
      b[i].scale *= a[i].scale;
    }
}

/* The digits 1 to @n. */
static gint64
expect_digits (gint n)
{
  gint64 digits = 0;

  for (gint i = 1; i <= n; i++)
    digits = digits * 10 + i;
  return digits;
}

static MpiDatatype *
digits_type_new (void)
{
  g_autoptr (GError) error = NULL;
  MpiDatatype *datatype = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT64_T, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
  return datatype;
}

/* An operation that is freed, with RECORD, at the end of the block. */
static MpiOp *
op_new (MpiOpFunc func, gboolean is_commutative, Record *record)
{
  g_autoptr (GError) error = NULL;
  MpiOp *op = ompi_obj_op_new (func, is_commutative, record, record_free, &error);

  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_OP (op));
  return op;
}

static void
assert_reduces (MpiOp *op, gint a, gint b, gint expected)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_op_reduce_local (op, OMPI_OBJ_DATA (&a, 1), OMPI_OBJ_DATA (&b, 1), &error), error);
  ck_assert_int_eq (b, expected);
}

MPI_TEST (a_function_is_reduced_with)
{
  const gint64 counts[] = { 0, 1, 7, 100000 };
  gint n_peers = harness_n_peers (comm);

  for (gsize c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      g_autoptr (GError) error = NULL;
      Record record = { .addend = 100 };
      MpiOp *op = op_new (add_ints, TRUE, &record);
      const gint64 n = counts[c];
      g_autofree gint *mine = g_new (gint, n + 1);
      g_autofree gint *result = g_new0 (gint, n + 1);

      for (gint64 i = 0; i < n; i++)
        mine[i] = ompi_obj_comm_get_rank (comm) + (gint) i;
      assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (mine, n), OMPI_OBJ_DATA (result, n), op, &error),
                       error);
      for (gint64 i = 0; i < n; i++)
        ck_assert_int_eq (result[i], n_peers * (n_peers - 1) / 2 + n_peers * (gint) i + (n_peers - 1) * 100);
      ck_assert (record.datatype == NULL || record.datatype == OMPI_OBJ_INT);
      ck_assert_int_eq (record.n_freed, 0);
      g_object_unref (op);
      ck_assert_int_eq (record.n_freed, 1);
    }
}

/* Also in pieces, and with a datatype that MPI does not know. */
MPI_TEST (the_order_of_the_ranks_is_kept)
{
  g_autoptr (MpiDatatype) datatype = digits_type_new ();
  const gint64 counts[] = { 1, 3, 20000 };

  for (gsize c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      g_autoptr (GError) error = NULL;
      Record record = { 0 };
      MpiOp *op = op_new (append_digits, FALSE, &record);
      const gint64 n = counts[c];
      g_autofree Digits *mine = g_new (Digits, n);
      g_autofree Digits *result = g_new0 (Digits, n);

      for (gint64 i = 0; i < n; i++)
        mine[i] = (Digits){ 10, ompi_obj_comm_get_rank (comm) + 1 };
      assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_BUFFER (mine, n, datatype),
                                                OMPI_OBJ_BUFFER (result, n, datatype), op, &error),
                       error);
      for (gint64 i = 0; i < n; i++)
        ck_assert_int_eq (result[i].digits, expect_digits (ompi_obj_comm_get_size (comm)));
      if (record.datatype != NULL)
        {
          ck_assert (!ompi_obj_datatype_is_predefined (record.datatype));
          ck_assert_int_eq (ompi_obj_datatype_get_size (record.datatype, NULL), sizeof (Digits));
        }
      g_object_unref (op);
      ck_assert_int_eq (record.n_freed, 1);
    }
}

MPI_TEST (the_first_buffer_is_of_the_lower_ranks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = digits_type_new ();
  Record record = { 0 };
  g_autoptr (MpiOp) op = op_new (append_digits, FALSE, &record);
  const Digits in[2] = { { 10, 1 }, { 100, 34 } };
  Digits inout[2] = { { 10, 2 }, { 10, 5 } };

  assert_succeeds (ompi_obj_op_reduce_local (op, OMPI_OBJ_BUFFER (in, 2, datatype),
                                             OMPI_OBJ_BUFFER (inout, 2, datatype), &error),
                   error);
  ck_assert_int_eq (inout[0].digits, 12);
  ck_assert_int_eq (inout[1].digits, 345);
  ck_assert_int_eq (in[1].digits, 34);
  ck_assert_int_eq (record.n_elements, 2);
}

/* One object for all calls with the same datatype, so that a reduction in many pieces makes none for each. */
MPI_TEST (the_object_of_a_datatype_is_made_once)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = digits_type_new ();
  g_autoptr (MpiDatatype) other_datatype = digits_type_new ();
  g_autoptr (MpiDatatype) seen = NULL;
  Record record = { 0 };
  g_autoptr (MpiOp) op = op_new (append_digits, FALSE, &record);
  MpiDatatype *const datatypes[] = { datatype, datatype, other_datatype };

  for (gsize i = 0; i < G_N_ELEMENTS (datatypes); i++)
    {
      Digits in = { 10, 1 };
      Digits inout = { 10, 2 };

      assert_succeeds (ompi_obj_op_reduce_local (op, OMPI_OBJ_BUFFER (&in, 1, datatypes[i]),
                                                 OMPI_OBJ_BUFFER (&inout, 1, datatypes[i]), &error),
                       error);
      ck_assert (ompi_obj_datatype_get_native (record.datatype) == ompi_obj_datatype_get_native (datatypes[i]));
      ck_assert_int_eq (record.datatype == seen, i == 1);
      g_set_object (&seen, record.datatype);
    }
  ck_assert_int_eq (record.n_calls, 3);
}

/* A datatype that is freed may leave its handle to another one. */
MPI_TEST (a_datatype_of_a_used_handle_is_right)
{
  Record record = { 0 };
  g_autoptr (MpiOp) op = op_new (add_ints, TRUE, &record);

  for (gint i = 1; i <= 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (i, OMPI_OBJ_INT, &error);
      gint in[20] = { 0 };
      gint inout[20] = { 0 };

      assert_no_error (error);
      assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
      assert_succeeds (ompi_obj_op_reduce_local (op, OMPI_OBJ_BUFFER (in, 1, datatype),
                                                 OMPI_OBJ_BUFFER (inout, 1, datatype), &error),
                       error);
      ck_assert_int_eq (ompi_obj_datatype_get_size (record.datatype, &error), (gint) sizeof (gint) * i);
      assert_no_error (error);
    }
}

/* Each has its own function and data. */
MPI_TEST (many_operations_live_at_once)
{
  enum
  {
    N_OPS = 3000
  };
  g_autofree Record *records = g_new0 (Record, N_OPS);
  g_autofree MpiOp **ops = g_new0 (MpiOp *, N_OPS);

  for (gint i = 0; i < N_OPS; i++)
    {
      records[i].addend = i;
      ops[i] = op_new (add_ints, i % 2 == 0, &records[i]);
    }
  for (gint i = N_OPS - 1; i >= 0; i--)
    assert_reduces (ops[i], 1, 2, 3 + i);
  for (gint i = 0; i < N_OPS; i += 2)
    g_object_unref (ops[i]);
  for (gint i = 0; i < N_OPS; i++)
    {
      ck_assert_int_eq (records[i].n_freed, i % 2 == 0);
      if (i % 2 == 0)
        ops[i] = op_new (add_ints, TRUE, &records[i]);
      assert_reduces (ops[i], 1, 2, 3 + i);
    }
  for (gint i = 0; i < N_OPS; i++)
    g_object_unref (ops[i]);
  for (gint i = 0; i < N_OPS; i++)
    ck_assert_int_eq (records[i].n_freed, i % 2 == 0 ? 2 : 1);
}

MPI_TEST (data_need_not_be_freed)
{
  g_autoptr (GError) error = NULL;
  Record record = { .addend = 5 };
  g_autoptr (MpiOp) op = ompi_obj_op_new (add_ints, TRUE, &record, NULL, &error);

  assert_no_error (error);
  assert_reduces (op, 1, 2, 8);
  g_clear_object (&record.datatype);
}

MPI_TEST (freed_operation)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  MpiOp *op = op_new (add_ints, TRUE, &record);
  gint one = 1;
  gint result = 0;

  assert_succeeds (ompi_obj_op_free (op, &error), error);
  ck_assert_int_eq (record.n_freed, 0);
  ck_assert (ompi_obj_op_get_native (op) == MPI_OP_NULL);
  ck_assert (!ompi_obj_op_is_predefined (op));

  ck_assert (!ompi_obj_op_free (op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Op_free: the operation was freed");
  ck_assert (!ompi_obj_op_is_commutative (op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Op_commutative: the operation was freed");
  ck_assert (!ompi_obj_op_reduce_local (op, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Reduce_local: the operation was freed");
  ck_assert (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "the operation was freed");
  ck_assert_ptr_null (ompi_obj_op_combine_variants (op, g_variant_new_int32 (1), g_variant_new_int32 (2), &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "the operation was freed");

  g_object_unref (op);
  ck_assert_int_eq (record.n_freed, 1);
}

MPI_TEST (every_kind_of_reduction_keeps_the_order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = digits_type_new ();
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  Record record = { 0 };
  g_autoptr (MpiOp) op = op_new (append_digits, FALSE, &record);
  const Digits mine = { 10, rank + 1 };
  Digits result = { 0 };

  for (gint root = 0; root < size; root++)
    {
      result.digits = -1;
      assert_succeeds (ompi_obj_comm_reduce (comm, OMPI_OBJ_BUFFER (&mine, 1, datatype),
                                             OMPI_OBJ_BUFFER (&result, 1, datatype), op, root, &error),
                       error);
      ck_assert_int_eq (result.digits, rank == root ? expect_digits (size) : -1);
    }
  assert_succeeds (ompi_obj_intracomm_scan (OMPI_OBJ_INTRACOMM (comm), OMPI_OBJ_BUFFER (&mine, 1, datatype),
                                            OMPI_OBJ_BUFFER (&result, 1, datatype), op, &error),
                   error);
  ck_assert_int_eq (result.digits, expect_digits (rank + 1));
  result.digits = 0;
  assert_succeeds (ompi_obj_intracomm_exscan (OMPI_OBJ_INTRACOMM (comm), OMPI_OBJ_BUFFER (&mine, 1, datatype),
                                              OMPI_OBJ_BUFFER (&result, 1, datatype), op, &error),
                   error);
  if (rank > 0)
    ck_assert_int_eq (result.digits, expect_digits (rank));
}

/* The request keeps the function and its data. */
MPI_TEST (dropped_while_a_request_uses_it)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);

  for (gint is_freed = 0; is_freed <= 1; is_freed++)
    {
      Record record = { .addend = 1 };
      MpiOp *op = op_new (add_ints, TRUE, &record);
      gint mine = 5;
      gint result = 0;
      g_autoptr (MpiRequest) request =
          ompi_obj_comm_iallreduce (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&result, 1), op, &error);

      assert_no_error (error);
      if (is_freed)
        assert_succeeds (ompi_obj_op_free (op, &error), error);
      g_object_unref (op);
      ck_assert_int_eq (record.n_freed, 0);
      assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
      ck_assert_int_eq (result, 6 * size - 1);
      g_clear_object (&request);
      ck_assert_int_eq (record.n_freed, 1);
    }
}

MPI_TEST (dropped_while_a_persistent_request_uses_it)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);
  Record record = { .addend = 1 };
  MpiOp *op = op_new (add_ints, TRUE, &record);
  gint mine = 0;
  gint result = 0;
  g_autoptr (MpiPrequest) request =
      ompi_obj_comm_allreduce_init (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&result, 1), op, NULL, &error);

  g_object_unref (op);
  if (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED))
    {
      ck_assert_int_eq (record.n_freed, 1);
      return;
    }
  assert_no_error (error);
  for (mine = 5; mine < 8; mine++)
    {
      assert_succeeds (ompi_obj_prequest_start (request, &error), error);
      assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error), error);
      ck_assert_int_eq (result, (mine + 1) * size - 1);
    }
  ck_assert_int_eq (record.n_freed, 0);
  g_clear_object (&request);
  ck_assert_int_eq (record.n_freed, 1);
}

/* MPI calls the function after the operation was freed. */
MPI_TEST (freed_while_it_is_used)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);
  Record record = { .addend = 1 };
  MpiOp *op = op_new (add_ints, TRUE, &record);
  gint mine[4] = { 1, 2, 3, 4 };
  gint result[4] = { 0 };
  MPI_Request request;

  MPI_Iallreduce (mine, result, 4, MPI_INT, ompi_obj_op_get_native (op), ompi_obj_comm_get_native (comm), &request);
  assert_succeeds (ompi_obj_op_free (op, &error), error);
  ck_assert_int_eq (MPI_Wait (&request, MPI_STATUS_IGNORE), MPI_SUCCESS);
  for (gint i = 0; i < 4; i++)
    ck_assert_int_eq (result[i], (i + 1) * size + size - 1);
  g_object_unref (op);
  ck_assert_int_eq (record.n_freed, 1);
}

typedef struct
{
  MpiOp *op;
  MpiDatatype *datatype;
  gboolean failed;
} ThreadJob;

static gpointer
reduce_in_thread (gpointer data)
{
  ThreadJob *job = data;

  for (gint i = 0; i < 500; i++)
    {
      gint in[2] = { i, i + 1 };
      gint inout[2] = { 1, 2 };

      if (!ompi_obj_op_reduce_local (job->op, OMPI_OBJ_BUFFER (in, 1, job->datatype),
                                     OMPI_OBJ_BUFFER (inout, 1, job->datatype), NULL)
          || inout[0] != i + 1 || inout[1] != i + 3)
        job->failed = TRUE;
    }
  return NULL;
}

/* The datatype is two integers. */
static void
add_pairs (const MpiBuffer *in, const MpiBuffer *inout, gpointer user_data)
{
  const gint *a = in->address;
  gint *b = inout->address;

  g_atomic_int_inc ((gint *) user_data);
  for (gint64 i = 0; i < 2 * in->count; i++)
    b[i] += a[i];
}

MPI_TEST (several_threads_use_one_operation)
{
  g_autoptr (GError) error = NULL;
  gint n_calls = 0;
  g_autoptr (MpiOp) op = ompi_obj_op_new (add_pairs, TRUE, &n_calls, NULL, &error);
  g_autoptr (MpiDatatype) first = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) second = ompi_obj_datatype_new_contiguous (1, OMPI_OBJ_2INT, &error);
  ThreadJob jobs[4] = { 0 };
  GThread *threads[4];

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (first, &error), error);
  assert_succeeds (ompi_obj_datatype_commit (second, &error), error);
  for (gint i = 0; i < 4; i++)
    {
      jobs[i] = (ThreadJob){ op, i % 2 == 0 ? first : second, FALSE };
      threads[i] = g_thread_new ("reduce", reduce_in_thread, &jobs[i]);
    }
  for (gint i = 0; i < 4; i++)
    {
      g_thread_join (threads[i]);
      ck_assert (!jobs[i].failed);
    }
  ck_assert_int_eq (n_calls, 4 * 500);
}

MPI_TEST (reduce_local)
{
  g_autoptr (GError) error = NULL;
  const gdouble in[3] = { 1.5, -2, 8 };
  gdouble inout[3] = { 1, 1, 1 };
  const guint64 n = 100000;
  g_autofree guint64 *many = g_new (guint64, n);
  g_autofree guint64 *more = g_new (guint64, n);

  assert_reduces (OMPI_OBJ_SUM, 3, 4, 7);
  assert_reduces (OMPI_OBJ_PROD, 3, 4, 12);
  assert_reduces (OMPI_OBJ_MAX, 3, 4, 4);
  assert_reduces (OMPI_OBJ_MIN, 3, 4, 3);
  assert_reduces (OMPI_OBJ_LAND, 3, 4, 1);
  assert_reduces (OMPI_OBJ_LXOR, 3, 4, 0);
  assert_reduces (OMPI_OBJ_BOR, 3, 4, 7);
  assert_succeeds (ompi_obj_op_reduce_local (OMPI_OBJ_MAX, OMPI_OBJ_DATA (in, 3), OMPI_OBJ_DATA (inout, 3), &error),
                   error);
  ck_assert_double_eq (inout[0], 1.5);
  ck_assert_double_eq (inout[1], 1);
  ck_assert_double_eq (inout[2], 8);
  assert_succeeds (ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT),
                                             OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT), &error),
                   error);

  for (guint64 i = 0; i < n; i++)
    {
      many[i] = i;
      more[i] = 2 * i;
    }
  assert_succeeds (ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (many, (gint64) n),
                                             OMPI_OBJ_DATA (more, (gint64) n), &error),
                   error);
  for (guint64 i = 0; i < n; i++)
    ck_assert_uint_eq (more[i], 3 * i);
}

MPI_TEST (reduce_local_with_wrong_arguments)
{
  g_autoptr (GError) error = NULL;
  gint numbers[2] = { 1, 2 };
  gint results[2] = { 3, 4 };
  gdouble real = 1;

  ck_assert (!ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (numbers, 2), OMPI_OBJ_DATA (results, 1), &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Reduce_local: the buffers differ in count (2 and 1)");
  ck_assert (!ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (numbers, 1), OMPI_OBJ_DATA (&real, 1), &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "datatype");
  ck_assert (
      !ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (numbers, -1), OMPI_OBJ_DATA (results, -1), &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "count is -1");
  ck_assert (!ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (numbers, 1),
                                        OMPI_OBJ_BUFFER (NULL, 1, OMPI_OBJ_INT), &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "the address is NULL");
  ck_assert_int_eq (results[0], 3);
}

/* What is not defined gives an error, also where MPI would end the program. */
static void
assert_undefined (MpiComm *comm, MpiPredefinedOp which, MpiDatatype *datatype)
{
  MpiOp *op = ompi_obj_op_get_predefined (which);
  g_autoptr (GError) error = NULL;
  guint8 data[64] __attribute__ ((aligned (16))) = { 0 };
  guint8 result[64] __attribute__ ((aligned (16))) = { 0 };

  ck_assert (!ompi_obj_op_reduce_local (op, OMPI_OBJ_BUFFER (data, 1, datatype), OMPI_OBJ_BUFFER (result, 1, datatype),
                                        &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Reduce_local: ");
  ck_assert (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_BUFFER (data, 1, datatype), OMPI_OBJ_BUFFER (result, 1, datatype),
                                       op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Allreduce: ");
}

MPI_TEST (undefined_operations)
{
  const MpiPredefinedOp logical[] = { OMPI_OBJ_PREDEFINED_OP_LAND, OMPI_OBJ_PREDEFINED_OP_LOR,
                                      OMPI_OBJ_PREDEFINED_OP_LXOR };
  const MpiPredefinedOp bitwise[] = { OMPI_OBJ_PREDEFINED_OP_BAND, OMPI_OBJ_PREDEFINED_OP_BOR,
                                      OMPI_OBJ_PREDEFINED_OP_BXOR };
  MpiDatatype *const reals[] = { OMPI_OBJ_FLOAT, OMPI_OBJ_DOUBLE, OMPI_OBJ_LONG_DOUBLE };
  g_autoptr (MpiDatatype) derived = digits_type_new ();

  for (gsize i = 0; i < 3; i++)
    for (gsize j = 0; j < 3; j++)
      {
        assert_undefined (comm, logical[i], reals[j]);
        assert_undefined (comm, bitwise[i], reals[j]);
      }
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_MINLOC, OMPI_OBJ_INT);
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_MAXLOC, OMPI_OBJ_DOUBLE);
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_SUM, OMPI_OBJ_DOUBLE_INT);
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_MAX, OMPI_OBJ_C_DOUBLE_COMPLEX);
  for (gint i = 0; i <= OMPI_OBJ_PREDEFINED_OP_NO_OP; i++)
    {
      assert_undefined (comm, (MpiPredefinedOp) i, derived);
      assert_undefined (comm, (MpiPredefinedOp) i, OMPI_OBJ_PACKED);
    }
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_REPLACE, OMPI_OBJ_INT);
  assert_undefined (comm, OMPI_OBJ_PREDEFINED_OP_NO_OP, OMPI_OBJ_INT);
}

MPI_TEST (predefined_operations)
{
  for (gint i = 0; i <= OMPI_OBJ_PREDEFINED_OP_NO_OP; i++)
    {
      g_autoptr (GError) error = NULL;
      MpiOp *op = ompi_obj_op_get_predefined ((MpiPredefinedOp) i);

      ck_assert_ptr_eq (op, ompi_obj_op_get_predefined ((MpiPredefinedOp) i));
      ck_assert (ompi_obj_op_is_predefined (op));
      if (i < OMPI_OBJ_PREDEFINED_OP_REPLACE)
        ck_assert (ompi_obj_op_is_commutative (op, &error));
      assert_no_error (error);
      ck_assert (!ompi_obj_op_free (op, &error));
      assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Op_free: the operation is predefined");
    }
  assert_reduces (OMPI_OBJ_SUM, 1, 2, 3);
}

MPI_TEST (commutative)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  g_autoptr (MpiOp) commutative = op_new (add_ints, TRUE, &record);
  g_autoptr (MpiOp) ordered = op_new (add_ints, FALSE, &record);
  g_autoptr (MpiOp) true_of_another_kind = op_new (add_ints, 2, &record);

  ck_assert_int_eq (ompi_obj_op_is_commutative (commutative, &error), TRUE);
  ck_assert_int_eq (ompi_obj_op_is_commutative (ordered, &error), FALSE);
  ck_assert_int_eq (ompi_obj_op_is_commutative (true_of_another_kind, &error), TRUE);
  assert_no_error (error);
  ck_assert (!ompi_obj_op_is_predefined (commutative));
}

/* Who frees a raw handle, and that nobody frees MPI's own. */
MPI_TEST (raw_handles)
{
  g_autoptr (GError) error = NULL;
  Record record = { .addend = 2 };
  g_autoptr (MpiOp) op = op_new (add_ints, TRUE, &record);
  MpiOp *borrowed = ompi_obj_op_new_for_native (ompi_obj_op_get_native (op), OMPI_OBJ_OWNERSHIP_BORROWED);
  MpiOp *sum = ompi_obj_op_new_for_native (MPI_SUM, OMPI_OBJ_OWNERSHIP_OWNED);

  assert_reduces (borrowed, 1, 2, 5);
  ck_assert (!ompi_obj_op_free (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "borrowed");
  g_object_unref (borrowed);
  assert_reduces (op, 1, 2, 5);

  ck_assert (ompi_obj_op_is_predefined (sum));
  ck_assert (!ompi_obj_op_free (sum, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "predefined");
  g_object_unref (sum);
  assert_reduces (OMPI_OBJ_SUM, 1, 2, 3);
}

static GVariant *
first_value (GVariant *a, GVariant *b G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return g_variant_ref (a);
}

MPI_TEST (an_operation_on_values_takes_no_buffers)
{
  g_autoptr (GError) error = NULL;
  Record record = { 0 };
  MpiOp *op = ompi_obj_op_new_for_variants (first_value, TRUE, &record, record_free);
  gint one = 1;
  gint result = 0;

  ck_assert (ompi_obj_op_get_native (op) == MPI_OP_NULL);
  ck_assert (!ompi_obj_op_is_predefined (op));
  ck_assert (!ompi_obj_op_reduce_local (op, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Reduce_local: the operation combines values");
  ck_assert (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&result, 1), op, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "the operation combines values");
  g_object_unref (op);
  ck_assert_int_eq (record.n_freed, 1);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gint data[2] = { 0 };

  harness_expect_critical ("*func != NULL*");
  ck_assert_ptr_null (ompi_obj_op_new (NULL, TRUE, NULL, NULL, &error));
  harness_expect_critical ("*func != NULL*");
  ck_assert_ptr_null (ompi_obj_op_new_for_variants (NULL, TRUE, NULL, NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (!ompi_obj_op_free (NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (!ompi_obj_op_is_predefined (NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (!ompi_obj_op_is_commutative (NULL, &error));
  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (!ompi_obj_op_reduce_local (NULL, OMPI_OBJ_DATA (data, 1), OMPI_OBJ_DATA (data + 1, 1), &error));
  harness_expect_critical ("*in != NULL*");
  ck_assert (!ompi_obj_op_reduce_local (OMPI_OBJ_SUM, NULL, OMPI_OBJ_DATA (data, 1), &error));
  harness_expect_critical ("*inout != NULL*");
  ck_assert (!ompi_obj_op_reduce_local (OMPI_OBJ_SUM, OMPI_OBJ_DATA (data, 1), NULL, &error));
  assert_no_error (error);
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "op");
  harness_add (a_function_is_reduced_with, HARNESS_ALL);
  harness_add (the_order_of_the_ranks_is_kept, HARNESS_INTRA);
  harness_add (the_first_buffer_is_of_the_lower_ranks, HARNESS_ONCE);
  harness_add (the_object_of_a_datatype_is_made_once, HARNESS_ONCE);
  harness_add (a_datatype_of_a_used_handle_is_right, HARNESS_ONCE);
  harness_add (many_operations_live_at_once, HARNESS_ONCE);
  harness_add (data_need_not_be_freed, HARNESS_ONCE);
  harness_add (freed_operation, HARNESS_INTRA);
  harness_add (every_kind_of_reduction_keeps_the_order, HARNESS_INTRA);
  harness_add (dropped_while_a_request_uses_it, HARNESS_INTRA);
  harness_add (dropped_while_a_persistent_request_uses_it, HARNESS_INTRA);
  harness_add (freed_while_it_is_used, HARNESS_INTRA);
  harness_add (several_threads_use_one_operation, HARNESS_ONCE);
  harness_add (reduce_local, HARNESS_ONCE);
  harness_add (reduce_local_with_wrong_arguments, HARNESS_ONCE);
  harness_add (undefined_operations, HARNESS_INTRA);
  harness_add (predefined_operations, HARNESS_ONCE);
  harness_add (commutative, HARNESS_ONCE);
  harness_add (raw_handles, HARNESS_ONCE);
  harness_add (an_operation_on_values_takes_no_buffers, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
