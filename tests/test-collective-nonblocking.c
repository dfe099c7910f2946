/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Collectives that go on by themselves: when they complete, in which order, and what they keep alive. */

#include "collective-forms.h"

/* Nobody passes before rank 0 has come, which comes when rank 1 has seen that it waits. */
MPI_TEST (ibarrier_waits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint token = 0;

  if (rank == 0 && ompi_obj_comm_get_size (comm) > 1)
    assert_succeeds (ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&token, 1), 1, 0, NULL, &error), error);
  request = ompi_obj_comm_ibarrier (comm, &error);
  assert_no_error (error);
  if (rank != 0)
    {
      ck_assert (rank != 1 || !ompi_obj_request_test (request, NULL, &error));
      assert_no_error (error);
    }
  if (rank == 1)
    assert_succeeds (ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&token, 1), 0, 0, &error), error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert (!ompi_obj_request_is_active (request));
}

MPI_TEST (ibarrier)
{
  for (gint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      assert_succeeds (form_finish (ompi_obj_comm_ibarrier (comm, &error), &error), error);
    }
}

MPI_TEST (bcast_from_every_root)
{
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          g_autofree gint *data = new_numbers ((gsize) count);

          if (roots.is_root)
            fill_numbers (data, count, roots.side, roots.rank, 0);
          assert_succeeds (do_bcast (form, comm, roots.is_root || roots.is_leaf ? OMPI_OBJ_DATA (data, count) : NULL,
                                     roots.root, &error),
                           error);
          if (roots.is_root || roots.is_leaf)
            assert_numbers (data, count, roots.side, roots.rank, 0);
          ck_assert_int_eq (data[count], NOTHING);
        }
}

/* Several are under way at once, and are waited for in any order. */
MPI_TEST (several_at_once)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  gint mine[4] = { rank, rank + 1, rank + 2, rank + 3 };
  gint sums[4] = { 0 };
  gint root_data = rank == n - 1 ? 99 : 0;
  g_autofree gint *all = new_numbers ((gsize) n);
  MpiRequest *requests[7];

  for (gint i = 0; i < 4; i++)
    requests[i] =
        ompi_obj_comm_iallreduce (comm, OMPI_OBJ_DATA (&mine[i], 1), OMPI_OBJ_DATA (&sums[i], 1), OMPI_OBJ_SUM, &error);
  requests[4] = ompi_obj_comm_ibcast (comm, OMPI_OBJ_DATA (&root_data, 1), n - 1, &error);
  requests[5] = ompi_obj_comm_iallgather (comm, OMPI_OBJ_DATA (&rank, 1), OMPI_OBJ_DATA (all, n), &error);
  requests[6] = ompi_obj_comm_ibarrier (comm, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (requests[6], NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait_all (requests, 7, &error), error);
  for (gint i = 0; i < 4; i++)
    ck_assert_int_eq (sums[i], n * (n - 1) / 2 + i * n);
  ck_assert_int_eq (root_data, 99);
  for (gint i = 0; i < n; i++)
    ck_assert_int_eq (all[i], i);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    g_object_unref (requests[i]);
}

/* MPI reads the arrays until the end; the caller's may be changed at once. */
MPI_TEST (arrays_may_change)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint *out = new_numbers ((gsize) (1000 * n));
  g_autofree gint *in = new_numbers ((gsize) (1000 * n));
  g_autofree gint *gathered = new_numbers ((gsize) (1000 * n));
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *places = g_new (gint64, n);
  g_autofree gint64 *bytes = g_new (gint64, n);
  g_autofree MpiDatatype **types = g_new (MpiDatatype *, n);
  g_autofree gint *reduced = new_numbers (1000);
  MpiRequest *requests[4];

  for (gint i = 0; i < n; i++)
    {
      counts[i] = 1000;
      places[i] = 1000 * i;
      bytes[i] = 1000 * i * (gint64) sizeof (gint);
      types[i] = OMPI_OBJ_INT;
      fill_numbers (out + 1000 * i, 1000, 0, rank, i);
    }
  requests[0] = ompi_obj_comm_ialltoallv (comm, OMPI_OBJ_BLOCKS_DATA (out, n, counts, places),
                                          OMPI_OBJ_BLOCKS_DATA (in, n, counts, places), &error);
  assert_no_error (error);
  requests[1] = ompi_obj_comm_iallgatherv (comm, OMPI_OBJ_DATA (out, 1000),
                                           OMPI_OBJ_BLOCKS_DATA (gathered, n, counts, NULL), &error);
  assert_no_error (error);
  requests[2] = ompi_obj_comm_ireduce_scatter (comm, OMPI_OBJ_DATA (out, 1000 * n), OMPI_OBJ_DATA (reduced, 1000),
                                               counts, (gsize) n, OMPI_OBJ_MAX, &error);
  assert_no_error (error);
  memset (counts, 0x7f, (gsize) n * sizeof *counts);
  memset (places, 0x7f, (gsize) n * sizeof *places);
  assert_succeeds (ompi_obj_request_wait_all (requests, 3, &error), error);
  for (gint i = 0; i < n; i++)
    {
      assert_numbers (in + 1000 * i, 1000, 0, i, rank);
      assert_numbers (gathered + 1000 * i, 1000, 0, i, 0);
      counts[i] = 1000;
    }
  assert_numbers (reduced, 1000, 0, n - 1, rank);

  memset (in, 0, (gsize) (1000 * n) * sizeof *in);
  requests[3] = ompi_obj_comm_ialltoallw (comm, OMPI_OBJ_BLOCKS_OF_TYPES (out, n, counts, bytes, types),
                                          OMPI_OBJ_BLOCKS_OF_TYPES (in, n, counts, bytes, types), &error);
  assert_no_error (error);
  memset (counts, 0x7f, (gsize) n * sizeof *counts);
  memset (bytes, 0x7f, (gsize) n * sizeof *bytes);
  memset (types, 0, (gsize) n * sizeof *types);
  assert_succeeds (ompi_obj_request_wait (requests[3], NULL, &error), error);
  for (gint i = 0; i < n; i++)
    assert_numbers (in + 1000 * i, 1000, 0, i, rank);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    g_object_unref (requests[i]);
}

static void
count_release (gpointer data)
{
  ++*(gint *) data;
}

/* The request keeps memory, datatype and communicator until it has completed, and no longer. */
MPI_TEST (what_a_request_keeps)
{
  g_autoptr (GError) error = NULL;
  MpiComm *copy = ompi_obj_comm_dup (comm, &error);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  gint n_released = 0;
  g_autofree gint *out = new_numbers ((gsize) (2 * n));
  g_autofree gint *in = new_numbers ((gsize) (2 * n));
  g_autofree gint64 *ones = g_new (gint64, n);
  g_autofree MpiDatatype **types = g_new (MpiDatatype *, n);
  MpiDatatype *pair = committed (ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error), &error);
  MpiBuffer *buffer;
  MpiBlocks *blocks;
  GBytes *owner = g_bytes_new_with_free_func (out, (gsize) (2 * n) * sizeof *out, count_release, &n_released);
  MpiRequest *request;
  gpointer pair_alive = pair;
  gpointer comm_alive = copy;

  assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (pair), &pair_alive);
  g_object_add_weak_pointer (G_OBJECT (copy), &comm_alive);
  for (gint i = 0; i < n; i++)
    {
      ones[i] = 1;
      types[i] = pair;
      fill_numbers (out + 2 * i, 2, 0, rank, i);
    }
  buffer = ompi_obj_buffer_new_for_address ((guintptr) out, n, pair);
  buffer->owner = owner;
  blocks = ompi_obj_blocks_new (buffer, ones, (gsize) n, &error);
  assert_no_error (error);
  ompi_obj_buffer_free (buffer);

  request = ompi_obj_comm_ialltoallw (copy, blocks, OMPI_OBJ_BLOCKS_OF_TYPES (in, n, ones, NULL, types), &error);
  assert_no_error (error);
  ompi_obj_blocks_free (blocks);
  g_object_unref (pair);
  g_object_unref (copy);
  ck_assert (pair_alive != NULL && comm_alive != NULL);
  ck_assert_int_eq (n_released, 0);

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert (pair_alive == NULL && comm_alive == NULL);
  ck_assert_int_eq (n_released, 1);
  for (gint i = 0; i < n; i++)
    assert_numbers (in + 2 * i, 2, 0, i, rank);
  g_object_unref (request);
}

MPI_TEST (no_cancel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = ompi_obj_comm_ibarrier (comm, &error);

  assert_no_error (error);
  if (ompi_obj_request_is_active (request))
    assert_fails (ompi_obj_request_cancel (request, &error), OMPI_OBJ_ERROR_UNSUPPORTED, "collective");
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
}

/* Elements without bytes, more of them than an int counts. */
MPI_TEST (large_counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) empty = committed (ompi_obj_datatype_new_contiguous (0, OMPI_OBJ_INT, &error), &error);
  const gint64 count = (gint64) G_MAXINT + 10;
  gint n = ompi_obj_comm_get_size (comm);
  gint byte[2] = { 0 };
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *zeros = g_new0 (gint64, n);

  assert_no_error (error);
  for (gint i = 0; i < n; i++)
    counts[i] = count;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      const MpiBuffer *one = OMPI_OBJ_BUFFER (byte, count, empty);
      const MpiBuffer *all = OMPI_OBJ_BUFFER (byte + 1, count * n, empty);
      const MpiBlocks *blocks = OMPI_OBJ_BLOCKS (byte, n, counts, zeros, empty);
      const MpiBlocks *received = OMPI_OBJ_BLOCKS (byte + 1, n, counts, zeros, empty);

#if MPI_VERSION >= 4
#define ASSERT_LARGE(call) assert_succeeds (call, error)
#else
#define ASSERT_LARGE(call) assert_fails (call, OMPI_OBJ_ERROR_COUNT, "older than 4.0")
#endif
      ASSERT_LARGE (do_bcast (form, comm, one, 0, &error));
      ASSERT_LARGE (do_gather (form, comm, one, all, 0, &error));
      ASSERT_LARGE (do_scatter (form, comm, all, one, 0, &error));
      ASSERT_LARGE (do_allgather (form, comm, one, all, &error));
      ASSERT_LARGE (do_alltoall (form, comm, all, OMPI_OBJ_BUFFER (byte, count * n, empty), &error));
      ASSERT_LARGE (do_allgatherv (form, comm, one, received, &error));
      ASSERT_LARGE (do_alltoallv (form, comm, blocks, received, &error));
      ASSERT_LARGE (do_alltoallw (form, comm, blocks, received, &error));
    }
}

/* Blocks that are further away than an int counts, though nothing is there. */
MPI_TEST (large_displacements)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint data = 0;
  g_autofree gint64 *zeros = g_new0 (gint64, n);
  g_autofree gint64 *far = g_new (gint64, n);

  for (gint i = 0; i < n; i++)
    far[i] = (gint64) G_MAXINT * 2;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      const MpiBlocks *blocks = OMPI_OBJ_BLOCKS_DATA (&data, n, zeros, far);

      ASSERT_LARGE (do_allgatherv (form, comm, OMPI_OBJ_DATA (&data, 0), blocks, &error));
      ASSERT_LARGE (do_alltoallv (form, comm, blocks, blocks, &error));
      ASSERT_LARGE (do_alltoallw (form, comm, blocks, blocks, &error));
    }
}

/* After its end a communicator gives errors; none reaches MPI. */
MPI_TEST (freed_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  gint a[2] = { 0 };
  gint b[2] = { 0 };
  gint64 one = 1;
  const MpiBuffer *send = OMPI_OBJ_DATA (a, 1);
  const MpiBuffer *recv = OMPI_OBJ_DATA (b, 1);
  const MpiBlocks *send_blocks = OMPI_OBJ_BLOCKS_DATA (a, 1, &one, NULL);
  const MpiBlocks *recv_blocks = OMPI_OBJ_BLOCKS_DATA (b, 1, &one, NULL);

  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  assert_fails (ompi_obj_comm_ibarrier (copy, &error) != NULL, OMPI_OBJ_ERROR_COMM, "MPI_Ibarrier: ");
  assert_fails (ompi_obj_comm_barrier_init (copy, NULL, &error) != NULL, OMPI_OBJ_ERROR_COMM, "MPI_Barrier_init: ");
  for (Form form = FORM_BLOCKING; form < N_FORMS; form++)
    {
      assert_fails (do_bcast (form, copy, send, 0, &error), OMPI_OBJ_ERROR_COMM, "cast");
      assert_fails (do_gather (form, copy, send, recv, 0, &error), OMPI_OBJ_ERROR_COMM, "ather");
      assert_fails (do_gatherv (form, copy, send, recv_blocks, 0, &error), OMPI_OBJ_ERROR_COMM, "atherv");
      assert_fails (do_scatter (form, copy, send, recv, 0, &error), OMPI_OBJ_ERROR_COMM, "catter");
      assert_fails (do_scatterv (form, copy, send_blocks, recv, 0, &error), OMPI_OBJ_ERROR_COMM, "catterv");
      assert_fails (do_allgather (form, copy, send, recv, &error), OMPI_OBJ_ERROR_COMM, "llgather");
      assert_fails (do_allgatherv (form, copy, send, recv_blocks, &error), OMPI_OBJ_ERROR_COMM, "llgatherv");
      assert_fails (do_alltoall (form, copy, send, recv, &error), OMPI_OBJ_ERROR_COMM, "lltoall");
      assert_fails (do_alltoallv (form, copy, send_blocks, recv_blocks, &error), OMPI_OBJ_ERROR_COMM, "lltoallv");
      assert_fails (do_alltoallw (form, copy, send_blocks, recv_blocks, &error), OMPI_OBJ_ERROR_COMM, "lltoallw");
      assert_fails (do_reduce (form, copy, send, recv, OMPI_OBJ_SUM, 0, &error), OMPI_OBJ_ERROR_COMM, "educe");
      assert_fails (do_allreduce (form, copy, send, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_COMM, "llreduce");
      assert_fails (do_reduce_scatter_block (form, copy, send, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_COMM,
                    "educe_scatter_block");
      assert_fails (do_reduce_scatter (form, copy, send, recv, &one, 1, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_COMM,
                    "educe_scatter");
      assert_fails (do_scan (form, copy, send, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_COMM, "can");
      assert_fails (do_exscan (form, copy, send, recv, OMPI_OBJ_SUM, &error), OMPI_OBJ_ERROR_COMM, "xscan");
    }
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gint a = 0;
  gint b = 0;
  const MpiBuffer *send = OMPI_OBJ_DATA (&a, 1);
  const MpiBuffer *recv = OMPI_OBJ_DATA (&b, 1);
  gint64 one = 1;

  for (Form form = FORM_BLOCKING; form < N_FORMS; form++)
    {
      for (gint i = 0; i < 6; i++)
        harness_expect_critical ("*OMPI_OBJ_IS_OP*");
      ck_assert (!do_reduce (form, comm, send, recv, NULL, 0, &error));
      ck_assert (!do_allreduce (form, comm, send, recv, NULL, &error));
      ck_assert (!do_reduce_scatter_block (form, comm, send, recv, NULL, &error));
      ck_assert (!do_reduce_scatter (form, comm, send, recv, &one, 1, NULL, &error));
      ck_assert (!do_scan (form, comm, send, recv, NULL, &error));
      ck_assert (!do_exscan (form, comm, send, recv, NULL, &error));
      harness_expect_critical ("*counts != NULL*");
      ck_assert (!do_reduce_scatter (form, comm, send, recv, NULL, 1, OMPI_OBJ_SUM, &error));
      harness_assert_criticals ();
    }
  harness_expect_critical ("*OMPI_OBJ_IS_INTRACOMM*");
  ck_assert (!ompi_obj_intracomm_scan (NULL, send, recv, OMPI_OBJ_SUM, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "collective-nonblocking");
  harness_add (ibarrier_waits, HARNESS_INTRA);
  harness_add (ibarrier, HARNESS_ALL);
  harness_add (bcast_from_every_root, HARNESS_ALL);
  harness_add (several_at_once, HARNESS_INTRA);
  harness_add (arrays_may_change, HARNESS_INTRA);
  harness_add (what_a_request_keeps, HARNESS_INTRA);
  harness_add (no_cancel, HARNESS_INTRA);
  harness_add (large_counts, HARNESS_INTRA);
  harness_add (large_displacements, HARNESS_INTRA);
  harness_add (freed_communicator, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
