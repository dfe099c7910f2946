/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The hints of partitioned messages.
 */

#include "harness.h"

/* Where the MPI is too old. */
#if MPI_VERSION >= 4
#define HAVE_PARTITIONS TRUE
#else
#define HAVE_PARTITIONS FALSE
#endif

#define N_PARTITIONS 4
#define N_ALL 8
#define TAG 21

/* Hints change nothing, and may be freed once the operation is set up. An MPI that is older refuses. */
static void
exchange (MpiComm *comm, MpiInfo *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiPrequest) send = NULL;
  g_autoptr (MpiPrequest) receive = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint received[N_ALL] = { 0 };
  gint sent[N_ALL];

  for (gint i = 0; i < N_ALL; i++)
    sent[i] = 100 * rank + i;
  send = ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (sent, N_ALL), N_PARTITIONS, rank, TAG, info, &error);
  if (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED))
    {
      ck_assert (!HAVE_PARTITIONS);
      g_clear_error (&error);
      ck_assert_ptr_null (
          ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, N_ALL), N_PARTITIONS, rank, TAG, info, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Precv_init");
      return;
    }
  assert_no_error (error);
  receive = ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (received, N_ALL), N_PARTITIONS, rank, TAG, info, &error);
  assert_no_error (error);
  if (info != NULL)
    assert_succeeds (ompi_obj_info_free (info, &error), error);

  assert_succeeds (ompi_obj_prequest_start (send, &error), error);
  assert_succeeds (ompi_obj_prequest_start (receive, &error), error);
  assert_succeeds (ompi_obj_prequest_pready_range (send, 0, N_PARTITIONS - 1, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (send), NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (OMPI_OBJ_REQUEST (receive), NULL, &error), error);
  for (gint i = 0; i < N_ALL; i++)
    ck_assert_int_eq (received[i], sent[i]);
}

MPI_TEST (hints)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "ompi_obj_test", "partitions", &error), error);
  exchange (comm, info);
}

MPI_TEST (no_hints) { exchange (comm, NULL); }

MPI_TEST (freed_hints)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  gint data[N_ALL] = { 0 };

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, TAG, info, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Psend_init: the info was freed");
  ck_assert_ptr_null (ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, TAG, info, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Precv_init: the info was freed");
}

MPI_TEST (programmer_errors)
{
  gint data[N_ALL] = { 0 };

  harness_expect_critical ("*ompi_obj_comm_psend_init*OMPI_OBJ_IS_INFO*");
  ck_assert_ptr_null (ompi_obj_comm_psend_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, TAG,
                                                (MpiInfo *) OMPI_OBJ_INT, NULL));
  harness_expect_critical ("*ompi_obj_comm_precv_init*OMPI_OBJ_IS_INFO*");
  ck_assert_ptr_null (ompi_obj_comm_precv_init (comm, OMPI_OBJ_DATA (data, N_ALL), N_PARTITIONS, 0, TAG,
                                                (MpiInfo *) OMPI_OBJ_INT, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "partitioned-info");
  harness_add (hints, HARNESS_INTRA);
  harness_add (no_hints, HARNESS_INTRA);
  harness_add (freed_hints, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
