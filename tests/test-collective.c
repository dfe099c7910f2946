/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Operations that all ranks of a communicator do together. */

#include "harness.h"

#include <complex.h>

/* No rank leaves before the last has come; all ranks share the clock of one machine. */
MPI_TEST (barrier)
{
  g_autoptr (GError) error = NULL;
  gint64 came;
  gint64 left;
  gint64 last_came;

  g_usleep (2000 * (gulong) ompi_obj_comm_get_rank (comm));
  came = g_get_monotonic_time ();
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
  left = g_get_monotonic_time ();
  MPI_Allreduce (&came, &last_came, 1, MPI_INT64_T, MPI_MAX, ompi_obj_comm_get_native (comm));
  ck_assert_msg (left >= last_came, "left %" G_GINT64_FORMAT " microseconds before the last came", last_came - left);
}

MPI_TEST (barrier_between_two_sides)
{
  g_autoptr (GError) error = NULL;

  for (gint i = 0; i < 3; i++)
    assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (bcast_from_every_root)
{
  gint rank = ompi_obj_comm_get_rank (comm);

  for (gint root = 0; root < ompi_obj_comm_get_size (comm); root++)
    {
      g_autoptr (GError) error = NULL;
      gdouble data[5] = { 0 };

      for (gint i = 0; i < 5 && rank == root; i++)
        data[i] = root + i / 2.0;
      assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (data, 5), root, &error), error);
      for (gint i = 0; i < 5; i++)
        ck_assert_double_eq (data[i], root + i / 2.0);
    }
}

MPI_TEST (bcast_of_every_type)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint root = ompi_obj_comm_get_size (comm) - 1;

#define BCAST(type, value)                                                                            \
  do                                                                                                  \
    {                                                                                                 \
      g_autoptr (GError) error_ = NULL;                                                               \
      type data_ = rank == root ? (type) (value) : (type) 0;                                          \
      assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (&data_, 1), root, &error_), error_); \
      ck_assert_msg (data_ == (type) (value), "the value arrived changed (%s)", #type);               \
    }                                                                                                 \
  while (0)

  BCAST (char, 'x');
  BCAST (signed char, -5);
  BCAST (unsigned char, 250);
  BCAST (short, -30000);
  BCAST (unsigned short, 60000);
  BCAST (int, G_MININT);
  BCAST (unsigned int, G_MAXUINT);
  BCAST (long, G_MINLONG);
  BCAST (unsigned long, G_MAXULONG);
  BCAST (long long, G_MININT64);
  BCAST (unsigned long long, G_MAXUINT64);
  BCAST (float, 1.25);
  BCAST (double, 1e300);
  BCAST (long double, 1e300L);
  BCAST (_Bool, 1);
  BCAST (float _Complex, 1 + 2 * I);
  BCAST (double _Complex, 1 - 2 * I);
  BCAST (long double _Complex, -1 + 2 * I);
}

MPI_TEST (bcast_of_nothing)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT), 0, &error), error);
}

MPI_TEST (bcast_of_much)
{
  g_autoptr (GError) error = NULL;
  const gsize n = (gsize) 1 << 20;
  g_autofree guint32 *data = g_new0 (guint32, n);

  for (gsize i = 0; i < n && ompi_obj_comm_get_rank (comm) == 0; i++)
    data[i] = (guint32) (i * 2654435761u);
  assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (data, (gint64) n), 0, &error), error);
  for (gsize i = 0; i < n; i++)
    if (data[i] != (guint32) (i * 2654435761u))
      ck_abort_msg ("element %" G_GSIZE_FORMAT " is %u", i, data[i]);
}

/* From rank 0 of the even side to the odd side. */
MPI_TEST (bcast_to_the_other_side)
{
  g_autoptr (GError) error = NULL;
  gboolean sending;
  gint root = 0;
  gint data = 0;

  sending = harness_world_rank () % 2 == 0;
  if (sending)
    {
      root = ompi_obj_comm_get_rank (comm) == 0 ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
      data = ompi_obj_comm_get_rank (comm) == 0 ? 77 : 0;
    }
  assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (&data, 1), root, &error), error);
  if (!sending)
    ck_assert_int_eq (data, 77);
}

#define ALLREDUCE(type, op, mine, expected)                                                                     \
  do                                                                                                            \
    {                                                                                                           \
      g_autoptr (GError) error_ = NULL;                                                                         \
      type mine_[2] = { (type) (mine), (type) (mine) };                                                         \
      type result_[2] = { 0 };                                                                                  \
      assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (mine_, 2), OMPI_OBJ_DATA (result_, 2), op, \
                                                &error_),                                                       \
                       error_);                                                                                 \
      for (gint i_ = 0; i_ < 2; i_++)                                                                           \
        ck_assert_msg (result_[i_] == (type) (expected), "%s over %s is wrong", #op, #type);                    \
    }                                                                                                           \
  while (0)

MPI_TEST (allreduce_of_numbers)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint sum = size * (size - 1) / 2;

  ALLREDUCE (signed char, OMPI_OBJ_SUM, rank, sum);
  ALLREDUCE (unsigned char, OMPI_OBJ_SUM, rank, sum);
  ALLREDUCE (short, OMPI_OBJ_SUM, -rank, -sum);
  ALLREDUCE (unsigned short, OMPI_OBJ_MAX, 60000 + rank, 60000 + size - 1);
  ALLREDUCE (int, OMPI_OBJ_SUM, rank, sum);
  ALLREDUCE (int, OMPI_OBJ_MAX, rank, size - 1);
  ALLREDUCE (int, OMPI_OBJ_MIN, -rank, 1 - size);
  ALLREDUCE (int, OMPI_OBJ_PROD, 2, 1 << size);
  ALLREDUCE (unsigned int, OMPI_OBJ_SUM, rank, sum);
  ALLREDUCE (long, OMPI_OBJ_SUM, rank, sum);
  ALLREDUCE (unsigned long, OMPI_OBJ_MAX, G_MAXULONG - (gulong) rank, G_MAXULONG);
  ALLREDUCE (long long, OMPI_OBJ_MIN, G_MININT64 + rank, G_MININT64);
  ALLREDUCE (unsigned long long, OMPI_OBJ_MAX, G_MAXUINT64 - (guint64) rank, G_MAXUINT64);
  ALLREDUCE (float, OMPI_OBJ_SUM, rank + 0.5, sum + size / 2.0);
  ALLREDUCE (double, OMPI_OBJ_SUM, rank + 0.5, sum + size / 2.0);
  ALLREDUCE (double, OMPI_OBJ_MIN, -rank, 1 - size);
  ALLREDUCE (double, OMPI_OBJ_PROD, 0.5, 1.0 / (1 << size));
  ALLREDUCE (long double, OMPI_OBJ_SUM, rank + 0.5, sum + size / 2.0);
  ALLREDUCE (float _Complex, OMPI_OBJ_SUM, rank + I, sum + size * I);
  ALLREDUCE (double _Complex, OMPI_OBJ_SUM, rank + I, sum + size * I);
}

MPI_TEST (allreduce_of_truth)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  ALLREDUCE (int, OMPI_OBJ_LAND, 1, 1);
  ALLREDUCE (int, OMPI_OBJ_LAND, rank != 0, 0);
  ALLREDUCE (int, OMPI_OBJ_LOR, rank == size - 1, 1);
  ALLREDUCE (int, OMPI_OBJ_LOR, 0, 0);
  ALLREDUCE (int, OMPI_OBJ_LXOR, 1, size % 2);
  ALLREDUCE (_Bool, OMPI_OBJ_LAND, 1, 1);
  ALLREDUCE (_Bool, OMPI_OBJ_LOR, rank == 0, 1);
}

MPI_TEST (allreduce_of_bits)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  ALLREDUCE (unsigned int, OMPI_OBJ_BOR, 1u << rank, (1u << size) - 1);
  ALLREDUCE (unsigned int, OMPI_OBJ_BAND, ~(1u << rank), ~((1u << size) - 1));
  ALLREDUCE (unsigned int, OMPI_OBJ_BXOR, 0xf0f0f0f0u, size % 2 != 0 ? 0xf0f0f0f0u : 0u);
  ALLREDUCE (unsigned char, OMPI_OBJ_BOR, 1u << rank, (1u << size) - 1);
}

MPI_TEST (allreduce_of_places)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  struct
  {
    double value;
    int place;
  } mine = { (double) (rank * rank), rank }, result = { 0 };

  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_BUFFER (&mine, 1, OMPI_OBJ_DOUBLE_INT),
                                            OMPI_OBJ_BUFFER (&result, 1, OMPI_OBJ_DOUBLE_INT), OMPI_OBJ_MAXLOC, &error),
                   error);
  ck_assert_int_eq (result.place, size - 1);
  ck_assert_double_eq (result.value, (double) ((size - 1) * (size - 1)));

  mine.value = 3;
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_BUFFER (&mine, 1, OMPI_OBJ_DOUBLE_INT),
                                            OMPI_OBJ_BUFFER (&result, 1, OMPI_OBJ_DOUBLE_INT), OMPI_OBJ_MINLOC, &error),
                   error);
  ck_assert_int_eq (result.place, 0);
  ck_assert_double_eq (result.value, 3);
}

MPI_TEST (allreduce_of_nothing)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT),
                                            OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_INT), OMPI_OBJ_SUM, &error),
                   error);
}

MPI_TEST (allreduce_of_much)
{
  g_autoptr (GError) error = NULL;
  const gsize n = (gsize) 1 << 18;
  gint size = ompi_obj_comm_get_size (comm);
  g_autofree gint64 *mine = g_new (gint64, n);
  g_autofree gint64 *result = g_new0 (gint64, n);

  for (gsize i = 0; i < n; i++)
    mine[i] = (gint64) i;
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (mine, (gint64) n), OMPI_OBJ_DATA (result, (gint64) n),
                                            OMPI_OBJ_SUM, &error),
                   error);
  for (gsize i = 0; i < n; i++)
    if (result[i] != (gint64) i * size)
      ck_abort_msg ("element %" G_GSIZE_FORMAT " is %" G_GINT64_FORMAT, i, result[i]);
}

/* Found on every rank, so the communicator stays usable. */
MPI_TEST (allreduce_with_wrong_arguments)
{
  g_autoptr (GError) error = NULL;
  gint numbers[2] = { 1, 2 };
  gint results[2] = { 0 };
  gdouble real = 1;
  gdouble real_result = 0;

  ck_assert (
      !ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (numbers, 2), OMPI_OBJ_DATA (results, 1), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Allreduce: the buffers differ in count (2 and 1)");
  ck_assert (
      !ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (numbers, 1), OMPI_OBJ_DATA (&real, 1), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "datatype");
  ck_assert (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&real, 1), OMPI_OBJ_DATA (&real_result, 1), OMPI_OBJ_BAND,
                                       &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_Allreduce: ");

  harness_expect_critical ("*OMPI_OBJ_IS_OP*");
  ck_assert (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (numbers, 1), OMPI_OBJ_DATA (results, 1), NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);

  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (numbers, 2), OMPI_OBJ_DATA (results, 2), OMPI_OBJ_MAX,
                                            &error),
                   error);
  ck_assert_int_eq (results[1], 2);
}

MPI_TEST (many_in_a_row)
{
  g_autoptr (GError) error = NULL;
  gint size = ompi_obj_comm_get_size (comm);

  for (gint i = 0; i < 300; i++)
    {
      gint root = i % size;
      gint data = ompi_obj_comm_get_rank (comm) == root ? i : -1;
      gint sum = 0;

      assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (&data, 1), root, &error), error);
      ck_assert_int_eq (data, i);
      assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&data, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM,
                                                &error),
                       error);
      ck_assert_int_eq (sum, i * size);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "collective");
  harness_add (barrier, HARNESS_INTRA);
  harness_add (barrier_between_two_sides, HARNESS_INTER);
  harness_add (bcast_from_every_root, HARNESS_INTRA);
  harness_add (bcast_of_every_type, HARNESS_INTRA);
  harness_add (bcast_of_nothing, HARNESS_INTRA);
  harness_add (bcast_of_much, HARNESS_INTRA);
  harness_add (bcast_to_the_other_side, HARNESS_INTER);
  harness_add (allreduce_of_numbers, HARNESS_INTRA);
  harness_add (allreduce_of_truth, HARNESS_INTRA);
  harness_add (allreduce_of_bits, HARNESS_INTRA);
  harness_add (allreduce_of_places, HARNESS_INTRA);
  harness_add (allreduce_of_nothing, HARNESS_INTRA);
  harness_add (allreduce_of_much, HARNESS_INTRA);
  harness_add (allreduce_with_wrong_arguments, HARNESS_INTRA);
  harness_add (many_in_a_row, HARNESS_INTRA);
  return harness_run ();
}
