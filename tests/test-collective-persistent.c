/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Collectives that are set up once and started many times. */

#include "collective-forms.h"

#define N_STARTS 5

static void
run_once (MpiPrequest *request)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_prequest_start (request, &error), error);
  ck_assert (ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (request), NULL, &error), error);
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
}

#if MPI_VERSION >= 4

MPI_TEST (barrier)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiPrequest) request = ompi_obj_comm_barrier_init (comm, NULL, &error);

  assert_no_error (error);
  for (gint i = 0; i < N_STARTS; i++)
    run_once (request);
}

/* What is in the memory when it is started is what counts. */
MPI_TEST (bcast)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint root = ompi_obj_comm_get_size (comm) - 1;
  gint data = 0;
  g_autoptr (MpiPrequest) request = ompi_obj_comm_bcast_init (comm, OMPI_OBJ_DATA (&data, 1), root, info, &error);

  assert_no_error (error);
  for (gint i = 0; i < N_STARTS; i++)
    {
      data = rank == root ? 10 + i : 0;
      run_once (request);
      ck_assert_int_eq (data, 10 + i);
    }
}

MPI_TEST (gatherv_and_scatterv)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  gint mine[2] = { 0 };
  gint back[2] = { 0 };
  g_autofree gint *all = new_numbers ((gsize) (2 * n));
  g_autofree gint64 *twos = g_new (gint64, n);
  g_autoptr (MpiPrequest) gather = NULL;
  g_autoptr (MpiPrequest) scatter = NULL;

  for (gint i = 0; i < n; i++)
    twos[i] = 2;
  gather = ompi_obj_comm_gatherv_init (comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), 0,
                                       NULL, &error);
  assert_no_error (error);
  scatter = ompi_obj_comm_scatterv_init (comm, OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), OMPI_OBJ_DATA (back, 2), 0,
                                         NULL, &error);
  assert_no_error (error);
  memset (twos, 0x7f, (gsize) n * sizeof *twos);
  for (gint i = 0; i < N_STARTS; i++)
    {
      fill_numbers (mine, 2, 0, rank, i);
      run_once (gather);
      for (gint r = 0; r < n && rank == 0; r++)
        assert_numbers (all + 2 * r, 2, 0, r, i);
      run_once (scatter);
      assert_numbers (back, 2, 0, rank, i);
    }
}

MPI_TEST (exchanges)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint *out = new_numbers ((gsize) (2 * n));
  g_autofree gint *in[3] = { new_numbers ((gsize) (2 * n)), new_numbers ((gsize) (2 * n)),
                             new_numbers ((gsize) (2 * n)) };
  g_autofree gint64 *twos = g_new (gint64, n);
  MpiPrequest *requests[3];

  for (gint i = 0; i < n; i++)
    twos[i] = 2;
  requests[0] =
      ompi_obj_comm_alltoall_init (comm, OMPI_OBJ_DATA (out, 2 * n), OMPI_OBJ_DATA (in[0], 2 * n), NULL, &error);
  assert_no_error (error);
  requests[1] = ompi_obj_comm_alltoallv_init (comm, OMPI_OBJ_BLOCKS_DATA (out, n, twos, NULL),
                                              OMPI_OBJ_BLOCKS_DATA (in[1], n, twos, NULL), NULL, &error);
  assert_no_error (error);
  requests[2] = ompi_obj_comm_alltoallw_init (comm, OMPI_OBJ_BLOCKS_DATA (out, n, twos, NULL),
                                              OMPI_OBJ_BLOCKS_DATA (in[2], n, twos, NULL), NULL, &error);
  assert_no_error (error);
  for (gint i = 0; i < N_STARTS; i++)
    {
      for (gint r = 0; r < n; r++)
        fill_numbers (out + 2 * r, 2, i % 2, rank, r);
      assert_succeeds (ompi_obj_prequest_start_all (requests, 3, &error), error);
      assert_succeeds (ompi_obj_request_wait_all ((MpiRequest **) requests, 3, &error), error);
      for (gint which = 0; which < 3; which++)
        for (gint r = 0; r < n; r++)
          assert_numbers (in[which] + 2 * r, 2, i % 2, r, rank);
    }
  for (gint which = 0; which < 3; which++)
    g_object_unref (requests[which]);
  g_free (in[1]);
  g_free (in[2]);
}

MPI_TEST (reductions)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  gint mine = 0;
  gint sum = 0;
  gint before = 0;
  gint part = 0;
  g_autofree gint *parts = new_numbers ((gsize) n);
  g_autofree gint64 *ones = g_new (gint64, n);
  g_autoptr (MpiPrequest) allreduce = NULL;
  g_autoptr (MpiPrequest) scan = NULL;
  g_autoptr (MpiPrequest) scatter = NULL;

  for (gint i = 0; i < n; i++)
    ones[i] = 1;
  allreduce = ompi_obj_comm_allreduce_init (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, NULL,
                                            &error);
  assert_no_error (error);
  scan = ompi_obj_intracomm_scan_init (OMPI_OBJ_INTRACOMM (comm), OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&before, 1),
                                       OMPI_OBJ_SUM, NULL, &error);
  assert_no_error (error);
  scatter = ompi_obj_comm_reduce_scatter_init (comm, OMPI_OBJ_DATA (parts, n), OMPI_OBJ_DATA (&part, 1), ones,
                                               (gsize) n, OMPI_OBJ_SUM, NULL, &error);
  assert_no_error (error);
  for (gint i = 0; i < N_STARTS; i++)
    {
      mine = rank + i;
      for (gint r = 0; r < n; r++)
        parts[r] = r + i;
      run_once (allreduce);
      run_once (scan);
      run_once (scatter);
      ck_assert_int_eq (sum, n * (n - 1) / 2 + n * i);
      ck_assert_int_eq (before, rank * (rank + 1) / 2 + (rank + 1) * i);
      ck_assert_int_eq (part, n * (rank + i));
    }
}

/* It may be let go of without ever having been started. */
MPI_TEST (never_started)
{
  g_autoptr (GError) error = NULL;
  gint a = 0;
  gint b = 0;
  g_autoptr (MpiPrequest) request =
      ompi_obj_comm_reduce_init (comm, OMPI_OBJ_DATA (&a, 1), OMPI_OBJ_DATA (&b, 1), OMPI_OBJ_SUM, 0, NULL, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_request_is_active (OMPI_OBJ_REQUEST (request)));
}

MPI_TEST (freed_info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  gint data = 0;

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  assert_fails (ompi_obj_comm_barrier_init (comm, info, &error) != NULL, OMPI_OBJ_ERROR_INFO, "MPI_Barrier_init: ");
  assert_fails (ompi_obj_comm_bcast_init (comm, OMPI_OBJ_DATA (&data, 1), 0, info, &error) != NULL, OMPI_OBJ_ERROR_INFO,
                "MPI_Bcast_init: ");
  harness_expect_critical ("*OMPI_OBJ_IS_INFO*");
  ck_assert (ompi_obj_comm_barrier_init (comm, (MpiInfo *) comm, &error) == NULL);
  harness_assert_criticals ();
}

#endif

/* An MPI that is too old says so, for every operation, on every rank. */
#if MPI_VERSION < 4
MPI_TEST (unsupported)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint *a = new_numbers ((gsize) n);
  g_autofree gint *b = new_numbers ((gsize) n);
  g_autofree gint64 *ones = g_new (gint64, n);
  const MpiBuffer *one = OMPI_OBJ_DATA (a, 1);
  const MpiBuffer *result = OMPI_OBJ_DATA (b, 1);
  const MpiBuffer *all = OMPI_OBJ_DATA (b, n);
  const MpiBuffer *others = OMPI_OBJ_DATA (a, n);
  const MpiBlocks *blocks = OMPI_OBJ_BLOCKS_DATA (b, n, ones, NULL);
  const MpiBlocks *other_blocks = OMPI_OBJ_BLOCKS_DATA (a, n, ones, NULL);

  for (gint i = 0; i < n; i++)
    ones[i] = 1;

#define ASSERT_UNSUPPORTED(call) assert_fails (call, OMPI_OBJ_ERROR_UNSUPPORTED, "use the nonblocking form")

  ASSERT_UNSUPPORTED (ompi_obj_comm_barrier_init (comm, NULL, &error) != NULL);
  ASSERT_UNSUPPORTED (do_bcast (FORM_PERSISTENT, comm, one, 0, &error));
  ASSERT_UNSUPPORTED (do_gather (FORM_PERSISTENT, comm, one, all, 0, &error));
  ASSERT_UNSUPPORTED (do_gatherv (FORM_PERSISTENT, comm, one, blocks, 0, &error));
  ASSERT_UNSUPPORTED (do_scatter (FORM_PERSISTENT, comm, all, one, 0, &error));
  ASSERT_UNSUPPORTED (do_scatterv (FORM_PERSISTENT, comm, blocks, one, 0, &error));
  ASSERT_UNSUPPORTED (do_allgather (FORM_PERSISTENT, comm, one, all, &error));
  ASSERT_UNSUPPORTED (do_allgatherv (FORM_PERSISTENT, comm, one, blocks, &error));
  ASSERT_UNSUPPORTED (do_alltoall (FORM_PERSISTENT, comm, others, all, &error));
  ASSERT_UNSUPPORTED (do_alltoallv (FORM_PERSISTENT, comm, other_blocks, blocks, &error));
  ASSERT_UNSUPPORTED (do_alltoallw (FORM_PERSISTENT, comm, other_blocks, blocks, &error));
  ASSERT_UNSUPPORTED (do_reduce (FORM_PERSISTENT, comm, one, result, OMPI_OBJ_SUM, 0, &error));
  ASSERT_UNSUPPORTED (do_allreduce (FORM_PERSISTENT, comm, one, result, OMPI_OBJ_SUM, &error));
  ASSERT_UNSUPPORTED (do_reduce_scatter_block (FORM_PERSISTENT, comm, others, result, OMPI_OBJ_SUM, &error));
  ASSERT_UNSUPPORTED (do_reduce_scatter (FORM_PERSISTENT, comm, others, result, ones, (gsize) n, OMPI_OBJ_SUM, &error));
  ASSERT_UNSUPPORTED (do_scan (FORM_PERSISTENT, comm, one, result, OMPI_OBJ_SUM, &error));
  ASSERT_UNSUPPORTED (do_exscan (FORM_PERSISTENT, comm, one, result, OMPI_OBJ_SUM, &error));
}
#endif

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "collective-persistent");
#if MPI_VERSION >= 4
  harness_add (barrier, HARNESS_ALL);
  harness_add (bcast, HARNESS_INTRA);
  harness_add (gatherv_and_scatterv, HARNESS_INTRA);
  harness_add (exchanges, HARNESS_INTRA);
  harness_add (reductions, HARNESS_INTRA);
  harness_add (never_started, HARNESS_INTRA);
  harness_add (freed_info, HARNESS_INTRA);
#else
  (void) run_once;
  harness_add (unsupported, HARNESS_INTRA);
#endif
  return harness_run ();
}
