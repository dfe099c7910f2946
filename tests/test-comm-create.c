/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Communicators that are made of others: by duplicating, splitting, and from groups. */

#include "harness.h"
#include "subclasses.h"

static void
assert_returns_errors (MpiComm *comm)
{
  MPI_Errhandler handler;

  MPI_Comm_get_errhandler (ompi_obj_comm_get_native (comm), &handler);
  ck_assert (handler == MPI_ERRORS_RETURN);
}

MPI_TEST (clone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_clone (comm, &error);

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, copy, &error), OMPI_OBJ_COMPARISON_CONGRUENT);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (comm));
  assert_returns_errors (copy);
}

static MpiInfo *
hint_new (void)
{
  g_autoptr (GError) error = NULL;
  MpiInfo *info = ompi_obj_info_new (&error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_set (info, "mpi_assert_allow_overtaking", "true", &error), error);
  return info;
}

MPI_TEST (dup_with_info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = hint_new ();
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup_with_info (comm, info, &error);
  g_autoptr (MpiComm) plain = NULL;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, copy, &error), OMPI_OBJ_COMPARISON_CONGRUENT);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (comm));
  assert_returns_errors (copy);

  plain = ompi_obj_comm_dup_with_info (comm, NULL, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_barrier (plain, &error), error);

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_dup_with_info (comm, info, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Comm_dup_with_info: the info was freed");
}

/* The hints that MPI takes are its own affair; that the calls go through is not. */
MPI_TEST (hints)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = hint_new ();
  g_autoptr (MpiInfo) found = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_set_info (copy, info, &error), error);
  found = ompi_obj_comm_get_info (copy, &error);
  assert_no_error (error);
  ck_assert_int_ge (ompi_obj_info_get_nkeys (found, &error), 0);
  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (found, &error), error);

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert (!ompi_obj_comm_set_info (copy, info, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Comm_set_info: the info was freed");
}

MPI_TEST (idup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiRequest) request = ompi_obj_comm_idup (comm, &copy, &error);

  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (comm));
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), -1);
  ck_assert_int_eq (ompi_obj_comm_get_rank (copy), -1);
  ck_assert (ompi_obj_comm_get_native (copy) == MPI_COMM_NULL);
  ck_assert (!ompi_obj_comm_barrier (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "MPI_Barrier: ");
  ck_assert (!ompi_obj_comm_free (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_PENDING, "MPI_Comm_free: ");

  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  ck_assert_int_eq (ompi_obj_comm_compare (comm, copy, &error), OMPI_OBJ_COMPARISON_CONGRUENT);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_comm_get_rank (copy), ompi_obj_comm_get_rank (comm));
  ck_assert_int_eq (ompi_obj_comm_is_inter (copy), ompi_obj_comm_is_inter (comm));
  assert_returns_errors (copy);
  assert_succeeds (ompi_obj_comm_barrier (copy, &error), error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert (!ompi_obj_comm_barrier (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

MPI_TEST (idup_with_info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = hint_new ();
  g_autoptr (MpiComm) copy = NULL;
  MpiRequest *requests[2];
#if MPI_VERSION >= 4
  g_autoptr (MpiComm) plain = NULL;
#endif

  requests[0] = ompi_obj_comm_idup_with_info (comm, info, &copy, &error);
#if MPI_VERSION < 4
  ck_assert_ptr_null (requests[0]);
  ck_assert_ptr_null (copy);
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_idup_with_info: ");
#else
  assert_no_error (error);
  requests[1] = ompi_obj_comm_idup_with_info (comm, NULL, &plain, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait_all (requests, 2, &error), error);
  g_object_unref (requests[0]);
  g_object_unref (requests[1]);
  assert_succeeds (ompi_obj_comm_barrier (copy, &error), error);
  assert_succeeds (ompi_obj_comm_barrier (plain, &error), error);
#endif

  g_clear_object (&copy);
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_idup_with_info (comm, info, &copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Comm_idup_with_info: the info was freed");
  ck_assert_ptr_null (copy);
}

/* The request may outlive the object, and the object is only ready when somebody has asked. */
MPI_TEST (idup_without_its_object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiRequest) request = ompi_obj_comm_idup (comm, &copy, &error);

  assert_no_error (error);
  g_clear_object (&copy);
  while (!ompi_obj_request_test (request, NULL, &error))
    assert_no_error (error);
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (split)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiComm) part = ompi_obj_comm_split (comm, rank % 2, -rank, &error);
  const gint n_members = rank % 2 == 0 ? (size + 1) / 2 : size / 2;

  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (part) == OMPI_OBJ_TYPE_INTRACOMM);
  ck_assert_int_eq (ompi_obj_comm_get_size (part), n_members);
  ck_assert_int_eq (ompi_obj_comm_get_rank (part), n_members - 1 - rank / 2);
  assert_returns_errors (part);
  assert_succeeds (ompi_obj_comm_barrier (part, &error), error);
}

MPI_TEST (split_without_a_color)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiComm) part = ompi_obj_comm_split (comm, rank == 0 ? OMPI_OBJ_UNDEFINED : 7, 0, &error);
  g_autoptr (MpiComm) none = NULL;

  assert_no_error (error);
  if (rank == 0)
    ck_assert_ptr_null (part);
  else
    ck_assert_int_eq (ompi_obj_comm_get_size (part), ompi_obj_comm_get_size (comm) - 1);

  none = ompi_obj_comm_split (comm, OMPI_OBJ_UNDEFINED, 0, &error);
  assert_no_error (error);
  ck_assert_ptr_null (none);

  ck_assert_ptr_null (ompi_obj_comm_split (comm, -1, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_split: color is -1");
}

/* A rank that is wrong is left out of what the others get. */
MPI_TEST (wrong_parts_of_one_rank)
{
  g_autoptr (GError) error = NULL;
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == 0;
  g_autoptr (MpiComm) part = ompi_obj_comm_split (comm, is_wrong ? -7 : 0, 0, &error);
  g_autoptr (MpiComm) shared = NULL;

  if (is_wrong)
    assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_split: color is -7");
  else
    assert_no_error (error);
  shared = ompi_obj_comm_split_type (comm, is_wrong ? (MpiSplitType) 99 : OMPI_OBJ_SPLIT_TYPE_SHARED, 0, NULL, &error);
  if (is_wrong)
    assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED,
                  "MPI_Comm_split_type: this MPI is too old to split by type 99, or");
  else
    assert_no_error (error);
  ck_assert (is_wrong == (part == NULL) && is_wrong == (shared == NULL));
  if (!is_wrong)
    {
      ck_assert_int_eq (ompi_obj_comm_get_size (part), ompi_obj_comm_get_size (comm) - 1);
      ck_assert_int_eq (ompi_obj_comm_get_size (shared), ompi_obj_comm_get_size (comm) - 1);
    }
}

MPI_TEST (split_of_an_intercommunicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) part = ompi_obj_comm_split (comm, 3, 0, &error);

  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_INTERCOMM (part));
  ck_assert_int_eq (ompi_obj_comm_get_size (part), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (part)),
                    ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (comm)));
}

/* The parts of both groups that are on one machine, which is all; or an error where MPI cannot. */
MPI_TEST (split_type_between_groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) shared = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, NULL, &error);

  if (shared == NULL)
    {
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_split_type: Open MPI older than 5.0 cannot split");
      return;
    }
  ck_assert (OMPI_OBJ_IS_INTERCOMM (shared));
  ck_assert_int_eq (ompi_obj_comm_get_size (shared), ompi_obj_comm_get_size (comm));
  assert_succeeds (ompi_obj_comm_barrier (shared, &error), error);
}

MPI_TEST (split_type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiComm) shared = NULL;
  g_autoptr (MpiComm) none = NULL;

  assert_no_error (error);
  shared = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_SHARED, -ompi_obj_comm_get_rank (comm), NULL, &error);
  assert_no_error (error);
  /* The tests run on one machine. */
  ck_assert_int_eq (ompi_obj_comm_get_size (shared), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_comm_get_rank (shared), ompi_obj_comm_get_size (comm) - 1 - ompi_obj_comm_get_rank (comm));
  assert_returns_errors (shared);
  g_clear_object (&shared);
  shared = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, info, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_barrier (shared, &error), error);

  none = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_UNDEFINED, 0, NULL, &error);
  assert_no_error (error);
  ck_assert_ptr_null (none);

  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, info, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Comm_split_type: the info was freed");
}

MPI_TEST (split_by_hardware)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) part = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_HW_UNGUIDED, 0, NULL, &error);
  g_autoptr (MpiInfo) info = ompi_obj_info_new (NULL);

#if MPI_VERSION < 4
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_split_type: ");
  ck_assert_ptr_null (part);
#else
  /* Whether there is such hardware depends on the machine. */
  assert_no_error (error);
  g_clear_object (&part);
#endif

  assert_succeeds (ompi_obj_info_set (info, "mpi_hw_resource_type", "mpi_shared_memory", &error), error);
  part = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_HW_GUIDED, 0, info, &error);
#if MPI_VERSION < 4
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_split_type: ");
#else
  assert_no_error (error);
  if (part != NULL)
    ck_assert_int_le (ompi_obj_comm_get_size (part), ompi_obj_comm_get_size (comm));
#endif

#if MPI_VERSION < 4 || (MPI_VERSION == 4 && MPI_SUBVERSION < 1)
  g_clear_object (&part);
  part = ompi_obj_comm_split_type (comm, OMPI_OBJ_SPLIT_TYPE_RESOURCE_GUIDED, 0, info, &error);
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "OMPI_OBJ_SPLIT_TYPE_SHARED");
#endif
}

/* All ranks of a communicator but the first, or the first alone. */
static MpiGroup *
part_of (MpiComm *comm, gboolean first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (comm, &error);
  const gint zero = 0;
  MpiGroup *part = NULL;

  assert_no_error (error);
  part = first ? ompi_obj_group_incl (all, &zero, 1, &error) : ompi_obj_group_excl (all, &zero, 1, &error);
  assert_no_error (error);
  return part;
}

MPI_TEST (create)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = part_of (comm, FALSE);
  g_autoptr (MpiComm) created = ompi_obj_comm_create (comm, group, &error);
  const gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  if (rank == 0)
    {
      ck_assert_ptr_null (created);
      return;
    }
  ck_assert_int_eq (ompi_obj_comm_get_size (created), ompi_obj_comm_get_size (comm) - 1);
  ck_assert_int_eq (ompi_obj_comm_get_rank (created), rank - 1);
  assert_returns_errors (created);
  assert_succeeds (ompi_obj_comm_barrier (created, &error), error);
}

/* Each part gives its own group. */
MPI_TEST (create_from_two_groups)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiGroup) group = part_of (comm, rank == 0);
  g_autoptr (MpiComm) created = ompi_obj_comm_create (comm, group, &error);

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_size (created), rank == 0 ? 1 : ompi_obj_comm_get_size (comm) - 1);
}

MPI_TEST (create_of_an_intercommunicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = part_of (comm, TRUE);
  g_autoptr (MpiComm) created = ompi_obj_comm_create (comm, group, &error);

  assert_no_error (error);
  if (ompi_obj_comm_get_rank (comm) != 0)
    {
      ck_assert_ptr_null (created);
      return;
    }
  ck_assert (OMPI_OBJ_IS_INTERCOMM (created));
  ck_assert_int_eq (ompi_obj_comm_get_size (created), 1);
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (created)), 1);
}

/* Only the ranks of the group call it. */
MPI_TEST (create_group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = part_of (comm, FALSE);
  const gint rank = ompi_obj_comm_get_rank (comm);

  if (rank > 0)
    {
      g_autoptr (MpiComm) created = ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), group, 5, &error);

      assert_no_error (error);
      ck_assert_int_eq (ompi_obj_comm_get_size (created), ompi_obj_comm_get_size (comm) - 1);
      ck_assert_int_eq (ompi_obj_comm_get_rank (created), rank - 1);
      assert_returns_errors (created);
      assert_succeeds (ompi_obj_comm_barrier (created, &error), error);
    }
  else
    {
      g_autoptr (MpiComm) none = ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), group, 5, &error);

      assert_no_error (error);
      ck_assert_ptr_null (none);
    }
}

MPI_TEST (bad_groups_and_tags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = part_of (comm, TRUE);
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ());

  ck_assert_ptr_null (ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), group, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "MPI_Comm_create_group: tag is -1");
  ck_assert_ptr_null (ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), group, OMPI_OBJ_ANY_TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "MPI_Comm_create_group: tag is -2");

  if (harness_world_size () > 1)
    {
      g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (ompi_obj_comm_world (), &error);

      assert_no_error (error);
      ck_assert_ptr_null (ompi_obj_comm_create (OMPI_OBJ_COMM (self), all, &error));
      assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create: group has ");
      ck_assert_ptr_null (ompi_obj_intracomm_create_group (self, all, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create_group: group has ");
    }

  assert_succeeds (ompi_obj_group_free (group, &error), error);
  ck_assert_ptr_null (ompi_obj_comm_create (comm, group, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create: the group was freed");
  ck_assert_ptr_null (ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), group, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create_group: the group was freed");
}

MPI_TEST (subclasses_are_kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) own = g_object_new (OWN_TYPE_COMM, "wraps", comm, NULL);
  g_autoptr (MpiGroup) group = ompi_obj_comm_get_group (own, &error);
  g_autoptr (MpiRequest) request = NULL;
  MpiComm *made[7] = { NULL };
  gsize n_made = 0;

  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_clone (own, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_dup_with_info (own, NULL, &error);
  assert_no_error (error);
  request = ompi_obj_comm_idup (own, &made[n_made++], &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_request_wait (request, NULL, &error), error);
  made[n_made++] = ompi_obj_comm_split (own, 0, 0, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_split_type (own, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, NULL, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_comm_create (own, group, &error);
  assert_no_error (error);
  made[n_made++] = ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (own), group, 0, &error);
  assert_no_error (error);
  for (gsize i = 0; i < n_made; i++)
    {
      ck_assert_msg (OWN_IS_COMM (made[i]), "factory %d made a %s", (int) i, G_OBJECT_TYPE_NAME (made[i]));
      ck_assert_int_eq (ompi_obj_comm_get_size (made[i]), ompi_obj_comm_get_size (comm));
      g_object_unref (made[i]);
    }
}

MPI_TEST (kinds)
{
  g_autoptr (GError) error = NULL;
  MPI_Comm native;
  int size = harness_world_size ();
  int periodic = 0;
  g_autoptr (MpiComm) grid = NULL;
  g_autoptr (MpiComm) part = NULL;
  g_autoptr (MpiComm) copy = NULL;

  ck_assert (ompi_obj_comm_is_intra (comm));
  ck_assert_int_eq (ompi_obj_comm_get_topology (comm, &error), OMPI_OBJ_TOPOLOGY_NONE);
  assert_no_error (error);

  MPI_Cart_create (MPI_COMM_WORLD, 1, &size, &periodic, 0, &native);
  grid = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_topology (grid, &error), OMPI_OBJ_TOPOLOGY_CART);
  assert_no_error (error);
  copy = ompi_obj_comm_dup (grid, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_topology (copy, &error), OMPI_OBJ_TOPOLOGY_CART);
  ck_assert (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (grid));
  part = ompi_obj_comm_split (grid, 0, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_topology (part, &error), OMPI_OBJ_TOPOLOGY_NONE);
  ck_assert (G_OBJECT_TYPE (part) == OMPI_OBJ_TYPE_INTRACOMM);
  assert_no_error (error);
}

MPI_TEST (graphs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) graph = NULL;
  g_autoptr (MpiComm) distributed = NULL;
  const int size = harness_world_size ();
  const int self = harness_world_rank ();
  const int weight = 1;
  g_autofree int *numbers = g_new0 (int, (gsize) size);
  MPI_Comm native;

  MPI_Graph_create (MPI_COMM_WORLD, size, numbers, numbers, 0, &native);
  graph = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_topology (graph, &error), OMPI_OBJ_TOPOLOGY_GRAPH);
  assert_no_error (error);

  /* Each rank is its own neighbour. */
  MPI_Dist_graph_create_adjacent (MPI_COMM_WORLD, 1, &self, &weight, 1, &self, &weight, MPI_INFO_NULL, 0, &native);

  distributed = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_topology (distributed, &error), OMPI_OBJ_TOPOLOGY_DIST_GRAPH);
  assert_no_error (error);
}

MPI_TEST (kind_of_an_intercommunicator)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_comm_is_intra (comm));
  ck_assert_int_eq (ompi_obj_comm_get_topology (comm, &error), OMPI_OBJ_TOPOLOGY_NONE);
  assert_no_error (error);
}

MPI_TEST (disconnect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_disconnect_peers (copy, &error), error);
  ck_assert (ompi_obj_comm_get_native (copy) == MPI_COMM_NULL);
  ck_assert (!ompi_obj_comm_disconnect_peers (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_disconnect: the communicator was freed");
  ck_assert (!ompi_obj_comm_disconnect_peers (ompi_obj_comm_world (), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_disconnect: the communicator is predefined");
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) freed = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiInfo) info = hint_new ();

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (freed, &error), error);

#define ASSERT_FREED(expression, function)                                                \
  do                                                                                      \
    {                                                                                     \
      ck_assert_msg (!(expression), "%s succeeded on a freed communicator", #expression); \
      assert_error (error, OMPI_OBJ_ERROR_COMM, function ": the communicator was freed"); \
    }                                                                                     \
  while (0)

  ASSERT_FREED (ompi_obj_comm_clone (freed, &error), "MPI_Comm_dup");
  ASSERT_FREED (ompi_obj_comm_dup_with_info (freed, NULL, &error), "MPI_Comm_dup_with_info");
  ASSERT_FREED (ompi_obj_comm_idup (freed, &copy, &error), "MPI_Comm_idup");
  ASSERT_FREED (ompi_obj_comm_idup_with_info (freed, NULL, &copy, &error), "MPI_Comm_idup_with_info");
  ASSERT_FREED (ompi_obj_comm_split (freed, 0, 0, &error), "MPI_Comm_split");
  ASSERT_FREED (ompi_obj_comm_split_type (freed, OMPI_OBJ_SPLIT_TYPE_SHARED, 0, NULL, &error), "MPI_Comm_split_type");
  ASSERT_FREED (ompi_obj_comm_create (freed, ompi_obj_group_empty (), &error), "MPI_Comm_create");
  ASSERT_FREED (ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (freed), ompi_obj_group_empty (), 0, &error),
                "MPI_Comm_create_group");
  ASSERT_FREED (ompi_obj_comm_get_group (freed, &error), "MPI_Comm_group");
  ASSERT_FREED (ompi_obj_comm_get_info (freed, &error), "MPI_Comm_get_info");
  ASSERT_FREED (ompi_obj_comm_set_info (freed, info, &error), "MPI_Comm_set_info");
  ck_assert_int_eq (ompi_obj_comm_get_topology (freed, &error), OMPI_OBJ_TOPOLOGY_NONE);
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Topo_test: the communicator was freed");
  ck_assert (!ompi_obj_comm_is_intra (freed));
  ck_assert_ptr_null (copy);
}

MPI_TEST (silent_failures_get_an_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) silent = g_object_new (SILENT_TYPE_COMM, "wraps", comm, NULL);
  g_autoptr (MpiComm) copy = NULL;

  ck_assert_ptr_null (ompi_obj_comm_dup_with_info (silent, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_dup_with_info");
  ck_assert_ptr_null (ompi_obj_comm_idup (silent, &copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_idup");
  ck_assert_ptr_null (copy);
  ck_assert_ptr_null (ompi_obj_comm_split (silent, 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_split");
  ck_assert_ptr_null (ompi_obj_comm_split (silent, OMPI_OBJ_UNDEFINED, 0, &error));
  assert_no_error (error);
  ck_assert (!ompi_obj_comm_disconnect_peers (silent, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_comm_disconnect_peers");
}

/* MPI has room for some thousands of communicators only, so a leak would be an error here. Of one rank, as many
 * ranks take long. */
MPI_TEST (last_reference_frees)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = ompi_obj_comm_get_group (ompi_obj_comm_self (), &error);

  assert_no_error (error);
  for (gint i = 0; i < 1500; i++)
    {
      g_autoptr (MpiComm) part = ompi_obj_comm_split (ompi_obj_comm_self (), 0, 0, &error);
      g_autoptr (MpiComm) created = NULL;

      assert_no_error (error);
      ck_assert_ptr_nonnull (part);
      created = ompi_obj_comm_create (ompi_obj_comm_self (), group, &error);
      assert_no_error (error);
    }
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_comm_split (NULL, 0, 0, &error));
  harness_expect_critical ("*copy*");
  ck_assert_ptr_null (ompi_obj_comm_idup (comm, NULL, &error));
  harness_expect_critical ("*group*");
  ck_assert_ptr_null (ompi_obj_comm_create (comm, NULL, &error));
  harness_expect_critical ("*group*");
  ck_assert_ptr_null (ompi_obj_intracomm_create_group (OMPI_OBJ_INTRACOMM (comm), NULL, 0, &error));
  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_intracomm_create_group (NULL, ompi_obj_group_empty (), 0, &error));
  harness_expect_critical ("*info*");
  ck_assert (!ompi_obj_comm_set_info (comm, NULL, &error));
  harness_expect_critical ("*self*");
  ck_assert (!ompi_obj_comm_is_intra (NULL));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "comm-create");
  harness_add (clone, HARNESS_ALL);
  harness_add (dup_with_info, HARNESS_ALL);
  harness_add (hints, HARNESS_ALL);
  harness_add (idup, HARNESS_ALL);
  harness_add (idup_with_info, HARNESS_ALL);
  harness_add (idup_without_its_object, HARNESS_ALL);
  harness_add (split, HARNESS_INTRA);
  harness_add (split_without_a_color, HARNESS_INTRA);
  harness_add (split_of_an_intercommunicator, HARNESS_INTER);
  harness_add (wrong_parts_of_one_rank, HARNESS_INTRA);
  harness_add (split_type, HARNESS_INTRA);
  harness_add (split_type_between_groups, HARNESS_INTER);
  harness_add (split_by_hardware, HARNESS_INTRA);
  harness_add (create, HARNESS_INTRA);
  harness_add (create_from_two_groups, HARNESS_INTRA);
  harness_add (create_of_an_intercommunicator, HARNESS_INTER);
  harness_add (create_group, HARNESS_INTRA);
  harness_add (bad_groups_and_tags, HARNESS_INTRA);
  harness_add (subclasses_are_kept, HARNESS_INTRA);
  harness_add (kinds, HARNESS_ONCE);
  harness_add (graphs, HARNESS_ONCE);
  harness_add (kind_of_an_intercommunicator, HARNESS_INTER);
  harness_add (disconnect, HARNESS_ALL);
  harness_add (freed, HARNESS_INTRA);
  harness_add (silent_failures_get_an_error, HARNESS_INTRA);
  harness_add (last_reference_frees, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
