/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reductions to a root, to all, in parts, and over the ranks up to each. */

/* run-mpi-test: also at 3 7 ranks */

#include "collective-forms.h"

#include <complex.h>

/*
 * Every predefined operation on every C number that it is defined for: a reference in plain C, over the contributions
 * of all ranks in order.
 */

/* Small enough that no product overflows, exact in all types, and with some zeros for the logical operations. */
static gint
contribution_of (gint rank, gint i)
{
  return (rank * 3 + i * 5) % 4;
}

#define N_ELEMENTS 6

#define COMBINE_MAX(a, b) ((a) > (b) ? (a) : (b))
#define COMBINE_MIN(a, b) ((a) < (b) ? (a) : (b))
#define COMBINE_SUM(a, b) ((a) + (b))
#define COMBINE_PROD(a, b) ((a) * (b))
#define COMBINE_LAND(a, b) ((a) && (b))
#define COMBINE_BAND(a, b) ((a) & (b))
#define COMBINE_LOR(a, b) ((a) || (b))
#define COMBINE_BOR(a, b) ((a) | (b))
#define COMBINE_LXOR(a, b) (!(a) != !(b))
#define COMBINE_BXOR(a, b) ((a) ^ (b))

/* What the contributions of the ranks from 0 to before @end come to. */
#define REFERENCE(type, op, end, i, result)                                      \
  do                                                                             \
    {                                                                            \
      (result) = (type) contribution_of (0, i);                                  \
      for (gint r_ = 1; r_ < (end); r_++)                                        \
        (result) = (type) COMBINE_##op (result, (type) contribution_of (r_, i)); \
    }                                                                            \
  while (0)

#define REDUCE_AND_ALLREDUCE(type, datatype, op)                                                                     \
  do                                                                                                                 \
    {                                                                                                                \
      g_autoptr (GError) error_ = NULL;                                                                              \
      type mine_[N_ELEMENTS];                                                                                        \
      type all_[N_ELEMENTS] = { 0 };                                                                                 \
      type root_[N_ELEMENTS] = { 0 };                                                                                \
      gint size_ = ompi_obj_comm_get_size (comm);                                                                    \
      gint last_ = size_ - 1;                                                                                        \
      for (gint i_ = 0; i_ < N_ELEMENTS; i_++)                                                                       \
        mine_[i_] = (type) contribution_of (ompi_obj_comm_get_rank (comm), i_);                                      \
      assert_succeeds (do_allreduce (form, comm, OMPI_OBJ_BUFFER (mine_, N_ELEMENTS, datatype),                      \
                                     OMPI_OBJ_BUFFER (all_, N_ELEMENTS, datatype), OMPI_OBJ_##op, &error_),          \
                       error_);                                                                                      \
      assert_succeeds (do_reduce (form, comm, OMPI_OBJ_BUFFER (mine_, N_ELEMENTS, datatype),                         \
                                  OMPI_OBJ_BUFFER (root_, N_ELEMENTS, datatype), OMPI_OBJ_##op, last_, &error_),     \
                       error_);                                                                                      \
      for (gint i_ = 0; i_ < N_ELEMENTS; i_++)                                                                       \
        {                                                                                                            \
          type expected_;                                                                                            \
          REFERENCE (type, op, size_, i_, expected_);                                                                \
          ck_assert_msg (all_[i_] == expected_, "allreduce with %s of %s, element %d is wrong", #op, #datatype, i_); \
          ck_assert_msg (root_[i_] == (ompi_obj_comm_get_rank (comm) == last_ ? expected_ : (type) 0),               \
                         "reduce with %s of %s, element %d is wrong", #op, #datatype, i_);                           \
        }                                                                                                            \
    }                                                                                                                \
  while (0)

#define ON_INTEGERS(op)                                                       \
  REDUCE_AND_ALLREDUCE (signed char, OMPI_OBJ_SIGNED_CHAR, op);               \
  REDUCE_AND_ALLREDUCE (unsigned char, OMPI_OBJ_UNSIGNED_CHAR, op);           \
  REDUCE_AND_ALLREDUCE (short, OMPI_OBJ_SHORT, op);                           \
  REDUCE_AND_ALLREDUCE (unsigned short, OMPI_OBJ_UNSIGNED_SHORT, op);         \
  REDUCE_AND_ALLREDUCE (int, OMPI_OBJ_INT, op);                               \
  REDUCE_AND_ALLREDUCE (unsigned, OMPI_OBJ_UNSIGNED, op);                     \
  REDUCE_AND_ALLREDUCE (long, OMPI_OBJ_LONG, op);                             \
  REDUCE_AND_ALLREDUCE (unsigned long, OMPI_OBJ_UNSIGNED_LONG, op);           \
  REDUCE_AND_ALLREDUCE (long long, OMPI_OBJ_LONG_LONG, op);                   \
  REDUCE_AND_ALLREDUCE (unsigned long long, OMPI_OBJ_UNSIGNED_LONG_LONG, op); \
  REDUCE_AND_ALLREDUCE (gint8, OMPI_OBJ_INT8_T, op);                          \
  REDUCE_AND_ALLREDUCE (gint16, OMPI_OBJ_INT16_T, op);                        \
  REDUCE_AND_ALLREDUCE (gint32, OMPI_OBJ_INT32_T, op);                        \
  REDUCE_AND_ALLREDUCE (gint64, OMPI_OBJ_INT64_T, op);                        \
  REDUCE_AND_ALLREDUCE (guint8, OMPI_OBJ_UINT8_T, op);                        \
  REDUCE_AND_ALLREDUCE (guint16, OMPI_OBJ_UINT16_T, op);                      \
  REDUCE_AND_ALLREDUCE (guint32, OMPI_OBJ_UINT32_T, op);                      \
  REDUCE_AND_ALLREDUCE (guint64, OMPI_OBJ_UINT64_T, op)

#define ON_ADDRESSES(op)                              \
  REDUCE_AND_ALLREDUCE (gint64, OMPI_OBJ_AINT, op);   \
  REDUCE_AND_ALLREDUCE (gint64, OMPI_OBJ_OFFSET, op); \
  REDUCE_AND_ALLREDUCE (gint64, OMPI_OBJ_COUNT, op)

#define ON_REALS(op)                                  \
  REDUCE_AND_ALLREDUCE (float, OMPI_OBJ_FLOAT, op);   \
  REDUCE_AND_ALLREDUCE (double, OMPI_OBJ_DOUBLE, op); \
  REDUCE_AND_ALLREDUCE (long double, OMPI_OBJ_LONG_DOUBLE, op)

#define ON_COMPLEX(op)                                                   \
  REDUCE_AND_ALLREDUCE (float _Complex, OMPI_OBJ_C_FLOAT_COMPLEX, op);   \
  REDUCE_AND_ALLREDUCE (double _Complex, OMPI_OBJ_C_DOUBLE_COMPLEX, op); \
  REDUCE_AND_ALLREDUCE (long double _Complex, OMPI_OBJ_C_LONG_DOUBLE_COMPLEX, op)

MPI_TEST (extremes)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      ON_INTEGERS (MAX);
      ON_ADDRESSES (MAX);
      ON_REALS (MAX);
      ON_INTEGERS (MIN);
      ON_ADDRESSES (MIN);
      ON_REALS (MIN);
    }
}

MPI_TEST (sums)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      ON_INTEGERS (SUM);
      ON_ADDRESSES (SUM);
      ON_REALS (SUM);
      ON_COMPLEX (SUM);
    }
}

MPI_TEST (products)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      ON_INTEGERS (PROD);
      ON_ADDRESSES (PROD);
      ON_REALS (PROD);
      ON_COMPLEX (PROD);
    }
}

MPI_TEST (logic)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      ON_INTEGERS (LAND);
      ON_INTEGERS (LOR);
      ON_INTEGERS (LXOR);
      REDUCE_AND_ALLREDUCE (_Bool, OMPI_OBJ_C_BOOL, LAND);
      REDUCE_AND_ALLREDUCE (_Bool, OMPI_OBJ_C_BOOL, LOR);
      REDUCE_AND_ALLREDUCE (_Bool, OMPI_OBJ_C_BOOL, LXOR);
    }
}

MPI_TEST (bits)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      ON_INTEGERS (BAND);
      ON_INTEGERS (BOR);
      ON_INTEGERS (BXOR);
      REDUCE_AND_ALLREDUCE (guint8, OMPI_OBJ_BYTE, BAND);
      REDUCE_AND_ALLREDUCE (guint8, OMPI_OBJ_BYTE, BOR);
      REDUCE_AND_ALLREDUCE (guint8, OMPI_OBJ_BYTE, BXOR);
    }
}

/* The extreme and the lowest rank that has it. */
#define PLACES(type, datatype)                                                                                  \
  do                                                                                                            \
    {                                                                                                           \
      g_autoptr (GError) error_ = NULL;                                                                         \
      struct                                                                                                    \
      {                                                                                                         \
        type value;                                                                                             \
        int index;                                                                                              \
      } mine_ = { (type) contribution_of (rank, 1), rank }, least_ = { 0, -1 }, most_ = { 0, -1 };              \
      gint at_least_ = 0, at_most_ = 0;                                                                         \
      for (gint r_ = 1; r_ < size; r_++)                                                                        \
        {                                                                                                       \
          if (contribution_of (r_, 1) < contribution_of (at_least_, 1))                                         \
            at_least_ = r_;                                                                                     \
          if (contribution_of (r_, 1) > contribution_of (at_most_, 1))                                          \
            at_most_ = r_;                                                                                      \
        }                                                                                                       \
      assert_succeeds (do_allreduce (form, comm, OMPI_OBJ_BUFFER (&mine_, 1, datatype),                         \
                                     OMPI_OBJ_BUFFER (&least_, 1, datatype), OMPI_OBJ_MINLOC, &error_),         \
                       error_);                                                                                 \
      assert_succeeds (do_reduce (form, comm, OMPI_OBJ_BUFFER (&mine_, 1, datatype),                            \
                                  rank == 0 ? OMPI_OBJ_BUFFER (&most_, 1, datatype) : NULL, OMPI_OBJ_MAXLOC, 0, \
                                  &error_),                                                                     \
                       error_);                                                                                 \
      ck_assert_int_eq (least_.index, at_least_);                                                               \
      ck_assert (least_.value == (type) contribution_of (at_least_, 1));                                        \
      ck_assert_int_eq (most_.index, rank == 0 ? at_most_ : -1);                                                \
    }                                                                                                           \
  while (0)

MPI_TEST (places)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      PLACES (float, OMPI_OBJ_FLOAT_INT);
      PLACES (double, OMPI_OBJ_DOUBLE_INT);
      PLACES (long, OMPI_OBJ_LONG_INT);
      PLACES (int, OMPI_OBJ_2INT);
      PLACES (short, OMPI_OBJ_SHORT_INT);
      PLACES (long double, OMPI_OBJ_LONG_DOUBLE_INT);
    }
}

/* The sum over a group of @n ranks of the number of each. */
static gint64
sum_of (gint side, gint n, gint i)
{
  gint64 sum = 0;

  for (gint r = 0; r < n; r++)
    sum += number_of (side, r, 0, i) % 1000003;
  return sum;
}

static void
fill_contribution (gint64 *data, gint n, gint side, gint rank)
{
  for (gint i = 0; i < n; i++)
    data[i] = number_of (side, rank, 0, i) % 1000003;
}

#define assert_sums(data, n, side, ranks, from)                                                                  \
  do                                                                                                             \
    {                                                                                                            \
      for (gint i_ = 0; i_ < (n); i_++)                                                                          \
        if ((data)[i_] != sum_of (side, ranks, (gint) (from) + i_))                                              \
          ck_abort_msg ("element %d of %d is %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT, i_, (gint) (n), \
                        (data)[i_], sum_of (side, ranks, (gint) (from) + i_));                                   \
    }                                                                                                            \
  while (0)

#define MOST 3000

MPI_TEST (reduce_to_every_root)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          gint64 mine[MOST];
          gint64 result[MOST] = { 0 };

          fill_contribution (mine, count, get_side (comm), rank);
          assert_succeeds (do_reduce (form, comm, roots.is_leaf ? OMPI_OBJ_DATA (mine, count) : NULL,
                                      roots.is_root ? OMPI_OBJ_DATA (result, count) : NULL, OMPI_OBJ_SUM, roots.root,
                                      &error),
                           error);
          if (roots.is_root)
            assert_sums (result, count, get_peer_side (comm), harness_n_peers (comm), 0);
          else
            ck_assert_int_eq (result[0], 0);
        }
}

/* A rank of the root's group that has no part in it has no datatype either, whatever the operation. */
MPI_TEST (reduce_of_places_between_two_sides)
{
  for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
    {
      g_autoptr (GError) error = NULL;
      gint mine[2] = { 5, ompi_obj_comm_get_rank (comm) };
      gint result[2] = { -1, -1 };

      assert_succeeds (ompi_obj_comm_reduce (comm, roots.is_leaf ? OMPI_OBJ_BUFFER (mine, 1, OMPI_OBJ_2INT) : NULL,
                                             roots.is_root ? OMPI_OBJ_BUFFER (result, 1, OMPI_OBJ_2INT) : NULL,
                                             OMPI_OBJ_MAXLOC, roots.root, &error),
                       error);
      ck_assert_int_eq (result[0], roots.is_root ? 5 : -1);
      ck_assert_int_eq (result[1], roots.is_root ? 0 : -1);
    }
}

MPI_TEST (reduce_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        gint64 data[4];

        fill_contribution (data, 4, 0, rank);
        assert_succeeds (do_reduce (form, comm, roots.is_root ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (data, 4),
                                    roots.is_root ? OMPI_OBJ_DATA (data, 4) : NULL, OMPI_OBJ_SUM, roots.root, &error),
                         error);
        if (roots.is_root)
          assert_sums (data, 4, 0, ompi_obj_comm_get_size (comm), 0);
      }
}

MPI_TEST (allreduce)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        gint count = collective_counts[c];
        gint64 mine[MOST];
        gint64 result[MOST] = { 0 };

        fill_contribution (mine, count, get_side (comm), rank);
        assert_succeeds (do_allreduce (form, comm, OMPI_OBJ_DATA (mine, count), OMPI_OBJ_DATA (result, count),
                                       OMPI_OBJ_SUM, &error),
                         error);
        assert_sums (result, count, get_peer_side (comm), harness_n_peers (comm), 0);
      }
}

MPI_TEST (allreduce_in_place)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint64 data[40];

      fill_contribution (data, 40, 0, ompi_obj_comm_get_rank (comm));
      assert_succeeds (do_allreduce (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (data, 40), OMPI_OBJ_SUM, &error),
                       error);
      assert_sums (data, 40, 0, ompi_obj_comm_get_size (comm), 0);
    }
}

/* Both sides of an intercommunicator have the same whole count: a multiple of the sizes of both. */
MPI_TEST (reduce_scatter_block)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint n = harness_n_peers (comm);
  gint whole = n == size ? 3 * size : 3 * size * n;

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint64 mine[MOST];
      gint64 result[MOST] = { 0 };

      fill_contribution (mine, whole, get_side (comm), rank);
      assert_succeeds (do_reduce_scatter_block (form, comm, OMPI_OBJ_DATA (mine, whole),
                                                OMPI_OBJ_DATA (result, whole / size), OMPI_OBJ_SUM, &error),
                       error);
      assert_sums (result, whole / size, get_peer_side (comm), n, rank * (whole / size));
    }
}

MPI_TEST (reduce_scatter_block_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint64 data[MOST];

      fill_contribution (data, 3 * size, 0, rank);
      assert_succeeds (do_reduce_scatter_block (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (data, 3 * size),
                                                OMPI_OBJ_SUM, &error),
                       error);
      assert_sums (data, 3, 0, size, 3 * rank);
    }
}

/* The first rank gets what the others leave. */
static void
set_counts (gint64 *counts, gint n, gint whole)
{
  counts[0] = whole;
  for (gint i = 1; i < n; i++)
    {
      counts[i] = i % 3;
      counts[0] -= counts[i];
    }
}

MPI_TEST (reduce_scatter)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint n = harness_n_peers (comm);
  gint64 counts[64];
  gint64 before = 0;

  set_counts (counts, size, 100);
  for (gint i = 0; i < rank; i++)
    before += counts[i];
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint64 mine[100];
      gint64 result[100] = { 0 };

      fill_contribution (mine, 100, get_side (comm), rank);
      assert_succeeds (do_reduce_scatter (form, comm, OMPI_OBJ_DATA (mine, 100), OMPI_OBJ_DATA (result, counts[rank]),
                                          counts, (gsize) size, OMPI_OBJ_SUM, &error),
                       error);
      assert_sums (result, counts[rank], get_peer_side (comm), n, before);
    }
}

MPI_TEST (reduce_scatter_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint64 counts[64];
  gint64 before = 0;

  set_counts (counts, size, 100);
  for (gint i = 0; i < rank; i++)
    before += counts[i];
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint64 data[100];

      fill_contribution (data, 100, 0, rank);
      assert_succeeds (do_reduce_scatter (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (data, 100), counts,
                                          (gsize) size, OMPI_OBJ_SUM, &error),
                       error);
      assert_sums (data, counts[rank], 0, size, before);
    }
}

MPI_TEST (scan)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gint in_place = 0; in_place <= 1; in_place++)
      for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          gint64 mine[MOST];
          gint64 result[MOST] = { 0 };

          fill_contribution (mine, count, 0, rank);
          memcpy (result, mine, sizeof mine);
          assert_succeeds (do_scan (form, comm, in_place ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (mine, count),
                                    OMPI_OBJ_DATA (result, count), OMPI_OBJ_SUM, &error),
                           error);
          assert_sums (result, count, 0, rank + 1, 0);
        }
}

MPI_TEST (exscan)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gint in_place = 0; in_place <= 1; in_place++)
      for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          gint64 mine[MOST];
          gint64 result[MOST] = { 0 };

          fill_contribution (mine, count, 0, rank);
          memcpy (result, mine, (gsize) count * sizeof *mine);
          assert_succeeds (do_exscan (form, comm, in_place ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (mine, count),
                                      OMPI_OBJ_DATA (result, count), OMPI_OBJ_SUM, &error),
                           error);
          if (rank > 0)
            assert_sums (result, count, 0, rank, 0);
          else
            ck_assert_mem_eq (result, mine, (gsize) count * sizeof *mine);
        }
}

/* A function that tells in which order it was called: "a then b" for decimal digits. */
static void
append (const MpiBuffer *in, const MpiBuffer *inout, gpointer data)
{
  const gint64 *left = in->address;
  gint64 *right = inout->address;

  g_atomic_int_inc ((gint *) data);
  for (gint64 i = 0; i < inout->count; i++)
    {
      gint64 shift = 10;

      while (shift <= right[i])
        shift *= 10;
      right[i] += left[i] * shift;
    }
}

/* The order of the ranks is kept, and the function lives as long as a request that uses it. */
MPI_TEST (own_operations)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint64 expected = 0;
  gint n_calls = 0;

  for (gint i = 0; i < size; i++)
    expected = expected * 10 + i + 1;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      MpiOp *op = ompi_obj_op_new (append, FALSE, &n_calls, NULL, &error);
      gint64 mine[2] = { rank + 1, rank + 1 };
      gint64 result[2] = { 0 };

      assert_no_error (error);
      if (form == FORM_BLOCKING)
        {
          assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (result, 2), op,
                                                    &error),
                           error);
          g_object_unref (op);
        }
      else if (form == FORM_NONBLOCKING)
        {
          MpiRequest *request =
              ompi_obj_comm_iallreduce (comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (result, 2), op, &error);

          g_object_unref (op);
          assert_succeeds (form_finish (request, &error), error);
        }
      else
        {
          MpiPrequest *request =
              ompi_obj_comm_allreduce_init (comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (result, 2), op, NULL, &error);

          g_object_unref (op);
          assert_succeeds (form_start_and_finish (request, &error), error);
        }
      ck_assert_int_eq (result[0], expected);
      ck_assert_int_eq (result[1], expected);
    }
  MPI_Allreduce (MPI_IN_PLACE, &n_calls, 1, MPI_INT, MPI_SUM, ompi_obj_comm_get_native (comm));
  ck_assert (size == 1 || n_calls > 0);
}

/*
 * Errors, found by every rank for itself.
 */

MPI_TEST (undefined_pairs)
{
  g_autoptr (GError) error = NULL;
  gdouble mine[4] = { 1, 2, 3, 4 };
  gdouble result[4] = { 0 };
  MpiDatatype *reals[] = { OMPI_OBJ_FLOAT, OMPI_OBJ_DOUBLE };
  MpiPredefinedOp undefined[] = { OMPI_OBJ_PREDEFINED_OP_LAND,    OMPI_OBJ_PREDEFINED_OP_LOR,
                                  OMPI_OBJ_PREDEFINED_OP_LXOR,    OMPI_OBJ_PREDEFINED_OP_BAND,
                                  OMPI_OBJ_PREDEFINED_OP_BOR,     OMPI_OBJ_PREDEFINED_OP_BXOR,
                                  OMPI_OBJ_PREDEFINED_OP_MINLOC,  OMPI_OBJ_PREDEFINED_OP_MAXLOC,
                                  OMPI_OBJ_PREDEFINED_OP_REPLACE, OMPI_OBJ_PREDEFINED_OP_NO_OP };
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree gdouble *many = g_new0 (gdouble, size);
  g_autofree gint64 *ones = g_new (gint64, size);

  for (gint i = 0; i < size; i++)
    ones[i] = 1;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize t = 0; t < G_N_ELEMENTS (reals); t++)
      for (gsize o = 0; o < G_N_ELEMENTS (undefined); o++)
        {
          const MpiBuffer *send = OMPI_OBJ_BUFFER (mine, 2, reals[t]);
          const MpiBuffer *recv = OMPI_OBJ_BUFFER (result, 2, reals[t]);
          const MpiBuffer *one = OMPI_OBJ_BUFFER (result, 1, reals[t]);
          const MpiBuffer *parts = OMPI_OBJ_BUFFER (many, size, reals[t]);
          MpiOp *op = ompi_obj_op_get_predefined (undefined[o]);

          assert_fails (do_reduce (form, comm, send, recv, op, 0, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_allreduce (form, comm, send, recv, op, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_allreduce (form, comm, OMPI_OBJ_IN_PLACE, recv, op, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_scan (form, comm, send, recv, op, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_exscan (form, comm, send, recv, op, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_reduce_scatter_block (form, comm, parts, one, op, &error), OMPI_OBJ_ERROR_OP, "MPI_");
          assert_fails (do_reduce_scatter (form, comm, parts, one, ones, (gsize) size, op, &error), OMPI_OBJ_ERROR_OP,
                        "MPI_");
        }
}

MPI_TEST (wrong_arguments)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree gint *numbers = new_numbers ((gsize) (2 * size));
  g_autofree gint64 *ones = g_new (gint64, size + 1);
  gint mine[2] = { 1, 2 };
  gint result[2] = { 0 };
  gdouble real = 0;
  const MpiBuffer *send = OMPI_OBJ_DATA (mine, 2);
  const MpiBuffer *recv = OMPI_OBJ_DATA (result, 2);
  const MpiBuffer *short_recv = OMPI_OBJ_DATA (result, 1);
  const MpiBuffer *real_recv = OMPI_OBJ_DATA (&real, 1);
  const MpiBuffer *parts = OMPI_OBJ_DATA (numbers, size);

  for (gint i = 0; i <= size; i++)
    ones[i] = 1;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
#define ASSERT_ALL_FAIL(send, recv, code, text)                                              \
  assert_fails (do_reduce (form, comm, send, recv, OMPI_OBJ_SUM, rank, &error), code, text); \
  assert_fails (do_allreduce (form, comm, send, recv, OMPI_OBJ_SUM, &error), code, text);    \
  assert_fails (do_scan (form, comm, send, recv, OMPI_OBJ_SUM, &error), code, text);         \
  assert_fails (do_exscan (form, comm, send, recv, OMPI_OBJ_SUM, &error), code, text)

      ASSERT_ALL_FAIL (send, short_recv, OMPI_OBJ_ERROR_ARG, "differ in count (2 and 1)");
      ASSERT_ALL_FAIL (OMPI_OBJ_DATA (mine, 1), real_recv, OMPI_OBJ_ERROR_ARG, "or datatype");
      ASSERT_ALL_FAIL (NULL, recv, OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
      ASSERT_ALL_FAIL (send, NULL, OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
      ASSERT_ALL_FAIL (send, OMPI_OBJ_IN_PLACE, OMPI_OBJ_ERROR_BUFFER, "recv_buffer is OMPI_OBJ_IN_PLACE");
      ASSERT_ALL_FAIL (send, send, OMPI_OBJ_ERROR_BUFFER, "overlap");
      ASSERT_ALL_FAIL (OMPI_OBJ_DATA (numbers, 2), OMPI_OBJ_DATA (numbers + 1, 2), OMPI_OBJ_ERROR_BUFFER, "overlap");
      ASSERT_ALL_FAIL (OMPI_OBJ_DATA (mine, -1), OMPI_OBJ_DATA (result, -1), OMPI_OBJ_ERROR_COUNT, "count is -1");
      ASSERT_ALL_FAIL (OMPI_OBJ_DATA ((gint *) NULL, 2), recv, OMPI_OBJ_ERROR_BUFFER, "address is NULL");

      assert_fails (do_reduce (form, comm, send, recv, OMPI_OBJ_SUM, size, &error), OMPI_OBJ_ERROR_ROOT, "root is");
      if (size > 1)
        {
          assert_fails (do_reduce (form, comm, OMPI_OBJ_IN_PLACE, recv, OMPI_OBJ_SUM, (rank + 1) % size, &error),
                        OMPI_OBJ_ERROR_BUFFER, "send_buffer is OMPI_OBJ_IN_PLACE");
          assert_fails (do_reduce_scatter_block (form, comm, OMPI_OBJ_DATA (numbers, size + 1), short_recv,
                                                 OMPI_OBJ_SUM, &error),
                        OMPI_OBJ_ERROR_COUNT, "no multiple");
        }
      assert_fails (do_reduce_scatter_block (form, comm, parts, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_ARG,
                    "differ in count (1 and 2)");
      assert_fails (do_reduce_scatter (form, comm, parts, short_recv, ones, (gsize) size + 1, OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_COUNT, "counts, but");
      assert_fails (do_reduce_scatter (form, comm, parts, recv, ones, (gsize) size, OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_COUNT, "recv_buffer has 2 elements, but according to counts 1");
      assert_fails (do_reduce_scatter (form, comm, OMPI_OBJ_DATA (numbers, size + 1), short_recv, ones, (gsize) size,
                                       OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_ARG, "differ in count");
      ones[0] = -1;
      assert_fails (do_reduce_scatter (form, comm, parts, short_recv, ones, (gsize) size, OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_COUNT, "counts[0] is -1");
      ones[0] = 1;
    }
  ck_assert_int_eq (result[0], 0);
}

/* A wrong operation on one rank is an error on that rank; the others would wait, so they are not called. */
MPI_TEST (wrong_on_one_rank)
{
  g_autoptr (GError) error = NULL;
  gdouble mine = 1;
  gdouble result = 0;

  if (ompi_obj_comm_get_rank (comm) == 0)
    assert_fails (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&result, 1), OMPI_OBJ_BAND,
                                           &error),
                  OMPI_OBJ_ERROR_OP, "MPI_Allreduce: ");
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&result, 1), OMPI_OBJ_SUM,
                                            &error),
                   error);
  ck_assert_double_eq (result, ompi_obj_comm_get_size (comm));
}

MPI_TEST (in_place_between_two_sides)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree gint *numbers = new_numbers ((gsize) size);
  g_autofree gint64 *ones = g_new (gint64, size);
  const MpiBuffer *recv = OMPI_OBJ_DATA (numbers, size);

  for (gint i = 0; i < size; i++)
    ones[i] = 1;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      assert_fails (do_reduce (form, comm, OMPI_OBJ_IN_PLACE, recv, OMPI_OBJ_SUM, 0, &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      assert_fails (do_allreduce (form, comm, OMPI_OBJ_IN_PLACE, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      assert_fails (do_reduce_scatter_block (form, comm, OMPI_OBJ_IN_PLACE, recv, OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
      assert_fails (do_reduce_scatter (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (numbers, 1), ones, (gsize) size,
                                       OMPI_OBJ_SUM, &error),
                    OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "reduce");
  harness_add (extremes, HARNESS_INTRA);
  harness_add (sums, HARNESS_INTRA);
  harness_add (products, HARNESS_INTRA);
  harness_add (logic, HARNESS_INTRA);
  harness_add (bits, HARNESS_INTRA);
  harness_add (places, HARNESS_INTRA);
  harness_add (reduce_to_every_root, HARNESS_ALL);
  harness_add (reduce_of_places_between_two_sides, HARNESS_INTER);
  harness_add (reduce_in_place, HARNESS_INTRA);
  harness_add (allreduce, HARNESS_ALL);
  harness_add (allreduce_in_place, HARNESS_INTRA);
  harness_add (reduce_scatter_block, HARNESS_ALL);
  harness_add (reduce_scatter_block_in_place, HARNESS_INTRA);
  harness_add (reduce_scatter, HARNESS_ALL);
  harness_add (reduce_scatter_in_place, HARNESS_INTRA);
  harness_add (scan, HARNESS_INTRA);
  harness_add (exscan, HARNESS_INTRA);
  harness_add (own_operations, HARNESS_INTRA);
  harness_add (undefined_pairs, HARNESS_INTRA);
  harness_add (wrong_arguments, HARNESS_INTRA);
  harness_add (wrong_on_one_rank, HARNESS_INTRA);
  harness_add (in_place_between_two_sides, HARNESS_INTER);
  return harness_run ();
}
