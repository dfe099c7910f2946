/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What is left after the failure of a rank: where this MPI cannot do it, every method says so at once and MPI is not
 * asked; where it can, what the methods do when nobody has failed.
 */

#include "harness.h"

static gboolean
mpi_is_tolerant (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) failed G_GNUC_UNUSED = ompi_obj_comm_get_failed (ompi_obj_comm_self (), &error);

  return !g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED);
}

MPI_TEST (unsupported)
{
  g_autoptr (GError) error = NULL;
  gint agreed = -1;
  gint flag = 1;

  if (mpi_is_tolerant ())
    return;

#define ASSERT_UNSUPPORTED(expression, function)                       \
  do                                                                   \
    {                                                                  \
      ck_assert (!(expression));                                       \
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, function ": "); \
    }                                                                  \
  while (0)

  ASSERT_UNSUPPORTED (ompi_obj_comm_revoke (comm, &error), "MPIX_Comm_revoke");
  ASSERT_UNSUPPORTED (ompi_obj_comm_is_revoked (comm, &error), "MPIX_Comm_is_revoked");
  ASSERT_UNSUPPORTED (ompi_obj_comm_get_failed (comm, &error), "MPIX_Comm_get_failed");
  ASSERT_UNSUPPORTED (ompi_obj_comm_ack_failed (comm, 1, &error) != -1, "MPIX_Comm_ack_failed");
  ASSERT_UNSUPPORTED (ompi_obj_comm_agree (comm, 1, &agreed, &error), "MPIX_Comm_agree");
  ASSERT_UNSUPPORTED (ompi_obj_comm_iagree (comm, OMPI_OBJ_DATA (&flag, 1), &error), "MPIX_Comm_iagree");
  ASSERT_UNSUPPORTED (ompi_obj_comm_shrink (comm, &error), "MPIX_Comm_shrink");

  ck_assert_int_eq (agreed, -1);
  ck_assert (!ompi_obj_comm_revoke (comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "build the library for Open MPI 5.0");
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (nobody_failed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) failed = NULL;
  g_autoptr (MpiComm) shrunk = NULL;
  g_autoptr (MpiComm) copy = NULL;
  gint agreed = 0;

  if (!mpi_is_tolerant ())
    return;

  failed = ompi_obj_comm_get_failed (comm, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (failed), 0);
  ck_assert_int_eq (ompi_obj_comm_ack_failed (comm, 1, &error), 0);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_ack_failed (comm, -1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "n_failed is -1");
  assert_succeeds (ompi_obj_comm_agree (comm, harness_world_rank () == 0 ? 6 : 3, &agreed, &error), error);
  ck_assert_int_eq (agreed & 2, 2);
  shrunk = ompi_obj_comm_shrink (comm, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (shrunk) == G_OBJECT_TYPE (comm));
  ck_assert_int_eq (ompi_obj_comm_get_size (shrunk), ompi_obj_comm_get_size (comm));

  copy = ompi_obj_comm_dup (comm, &error);
  assert_no_error (error);
  if (harness_world_rank () == 0)
    assert_succeeds (ompi_obj_comm_revoke (copy, &error), error);
  ck_assert (!ompi_obj_comm_barrier (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_REVOKED, NULL);
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  gint flag = 1;

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);

#define ASSERT_FREED(expression, function)                                                \
  do                                                                                      \
    {                                                                                     \
      ck_assert (!(expression));                                                          \
      assert_error (error, OMPI_OBJ_ERROR_COMM, function ": the communicator was freed"); \
    }                                                                                     \
  while (0)

  ASSERT_FREED (ompi_obj_comm_revoke (copy, &error), "MPIX_Comm_revoke");
  ASSERT_FREED (ompi_obj_comm_is_revoked (copy, &error), "MPIX_Comm_is_revoked");
  ASSERT_FREED (ompi_obj_comm_get_failed (copy, &error), "MPIX_Comm_get_failed");
  ASSERT_FREED (ompi_obj_comm_ack_failed (copy, 1, &error) != -1, "MPIX_Comm_ack_failed");
  ASSERT_FREED (ompi_obj_comm_agree (copy, 1, NULL, &error), "MPIX_Comm_agree");
  ASSERT_FREED (ompi_obj_comm_iagree (copy, OMPI_OBJ_DATA (&flag, 1), &error), "MPIX_Comm_iagree");
  ASSERT_FREED (ompi_obj_comm_shrink (copy, &error), "MPIX_Comm_shrink");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "fault-tolerance");
  harness_add (unsupported, HARNESS_ALL);
  harness_add (nobody_failed, HARNESS_INTRA);
  harness_add (freed, HARNESS_ALL);
  return harness_run ();
}
