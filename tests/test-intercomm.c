/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Communicators between two groups: how they are made, what travels over them, and how they become one. */

#include "harness.h"

/* The ranks of the world with the same remainder of 2, in their order. */
static MpiIntracomm *
half_of_world (void)
{
  g_autoptr (GError) error = NULL;
  MpiComm *half;
  MPI_Comm native;

  MPI_Comm_split (MPI_COMM_WORLD, harness_world_rank () % 2, harness_world_rank (), &native);
  half = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  return OMPI_OBJ_INTRACOMM (half);
}

static MpiIntracomm *
world (void)
{
  return OMPI_OBJ_INTRACOMM (ompi_obj_comm_world ());
}

/* Half and half, led by the first of each. */
static MpiIntercomm *
both_halves (MpiIntracomm *half, GError **error)
{
  return ompi_obj_intracomm_create_intercomm (half, 0, world (), 1 - harness_world_rank () % 2, 7, error);
}

MPI_TEST (even_and_odd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiIntracomm) half = NULL;
  g_autoptr (MpiIntercomm) both = NULL;
  const gint rank = harness_world_rank ();
  const gint size = harness_world_size ();
  MPI_Errhandler handler;
  gint sent = rank;
  gint received = -1;

  if (size < 2)
    return;

  half = half_of_world ();
  both = both_halves (half, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (both) == OMPI_OBJ_TYPE_INTERCOMM);
  ck_assert (ompi_obj_comm_is_inter (OMPI_OBJ_COMM (both)));
  ck_assert_int_eq (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (both)), rank / 2);
  ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (both)), (size + 1 - rank % 2) / 2);
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (both), (size + rank % 2) / 2);
  MPI_Comm_get_errhandler (ompi_obj_comm_get_native (OMPI_OBJ_COMM (both)), &handler);
  ck_assert (handler == MPI_ERRORS_RETURN);

  if (rank / 2 < ompi_obj_intercomm_get_remote_size (both))
    {
      assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (both), OMPI_OBJ_DATA (&sent, 1), rank / 2, 0,
                                               OMPI_OBJ_DATA (&received, 1), rank / 2, 0, NULL, &error),
                       error);
      ck_assert_int_eq (received, rank ^ 1);
    }
}

/* A group of one at the end of the world, and a leader that is not the first of its group. */
MPI_TEST (last_and_others)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) group = NULL;
  g_autoptr (MpiIntercomm) both = NULL;
  const gint rank = harness_world_rank ();
  const gint last = harness_world_size () - 1;
  MPI_Comm native;
  g_autoptr (GVariant) value = NULL;

  if (last == 0)
    return;

  MPI_Comm_split (MPI_COMM_WORLD, rank == last, rank, &native);
  group = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  both = rank == last
             ? ompi_obj_intracomm_create_intercomm (OMPI_OBJ_INTRACOMM (group), 0, world (), last - 1, 1, &error)
             : ompi_obj_intracomm_create_intercomm (OMPI_OBJ_INTRACOMM (group), last - 1,
                                                    rank == last - 1 ? world () : NULL, last, 1, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (both), rank == last ? last : 1);

  if (rank == last)
    {
      for (gint i = 0; i < last; i++)
        assert_succeeds (ompi_obj_comm_send_variant (OMPI_OBJ_COMM (both), g_variant_new_int32 (i), i, 0, &error),
                         error);
    }
  else
    {
      value = ompi_obj_comm_recv_variant (OMPI_OBJ_COMM (both), 0, 0, NULL, &error);
      assert_no_error (error);
      ck_assert_int_eq (g_variant_get_int32 (value), rank);
    }
}

MPI_TEST (duplicate_is_an_intercommunicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_INTERCOMM (copy));
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (copy)),
                    ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (comm)));
}

/* The sides of the harness' intercommunicator are the even and the odd ranks. */
MPI_TEST (merge)
{
  for (gint high_side = 0; high_side < 2; high_side++)
    {
      g_autoptr (GError) error = NULL;
      const gboolean high = harness_world_rank () % 2 == high_side;
      const gint n_here = ompi_obj_comm_get_size (comm);
      const gint n_there = ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (comm));
      g_autoptr (MpiIntracomm) merged = ompi_obj_intercomm_merge (OMPI_OBJ_INTERCOMM (comm), high, &error);
      gint one = 1;
      gint sum = 0;

      assert_no_error (error);
      ck_assert (G_OBJECT_TYPE (merged) == OMPI_OBJ_TYPE_INTRACOMM);
      ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (merged)), n_here + n_there);
      ck_assert_int_eq (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (merged)),
                        ompi_obj_comm_get_rank (comm) + (high ? n_there : 0));
      assert_succeeds (ompi_obj_comm_allreduce (OMPI_OBJ_COMM (merged), OMPI_OBJ_DATA (&one, 1),
                                                OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, &error),
                       error);
      ck_assert_int_eq (sum, n_here + n_there);
    }
}

/* Any value that is not 0 is true, and where both sides say the same, one is chosen. */
MPI_TEST (merge_equal)
{
  for (gint high = 0; high < 2; high++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiIntracomm) merged =
          ompi_obj_intercomm_merge (OMPI_OBJ_INTERCOMM (comm), high != 0 ? 1 + harness_world_rank () : 0, &error);

      assert_no_error (error);
      ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (merged)), harness_world_size ());
      assert_succeeds (ompi_obj_comm_barrier (OMPI_OBJ_COMM (merged), &error), error);
    }
}

/* MPI has room for some thousands of communicators only, so a leak would be an error here. */
MPI_TEST (last_references_free)
{
  for (gint i = 0; i < 1500; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiIntracomm) merged = ompi_obj_intercomm_merge (OMPI_OBJ_INTERCOMM (comm), FALSE, &error);

      assert_no_error (error);
      ck_assert_ptr_nonnull (merged);
    }
}

/* Each wrong argument of create_intercomm, on one side alone: all of its ranks get the error. */

typedef struct
{
  gint local_leader;
  gboolean no_peer_comm;
  gint remote_leader;
  gint tag;
  MpiError code;
  const gchar *text; /* at the leader, or on all ranks if the argument is wrong on all */
} WrongArguments;

static void
assert_wrong (MpiIntracomm *self, const WrongArguments *wrong)
{
  g_autoptr (GError) error = NULL;
  const gboolean leads = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self)) == wrong->local_leader;
  const gboolean no_leader =
      wrong->local_leader < 0 || wrong->local_leader >= ompi_obj_comm_get_size (OMPI_OBJ_COMM (self));

  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (self, wrong->local_leader,
                                                           wrong->no_peer_comm ? NULL : world (), wrong->remote_leader,
                                                           wrong->tag, &error));
  assert_error (error, (gint) wrong->code,
                leads || no_leader ? wrong->text : "MPI_Intercomm_create: rank 0 cannot take part");
}

MPI_TEST (wrong_arguments)
{
  g_autoptr (MpiIntracomm) half = half_of_world ();
  const gint other = 1 - harness_world_rank () % 2;
  const gint own = harness_world_rank () % 2;
  const gint size = harness_world_size ();
  g_autofree gchar *ranks = g_strdup_printf ("peer_comm has ranks 0 to %d", size - 1);
  const WrongArguments cases[] = {
    { -1, FALSE, other, 0, OMPI_OBJ_ERROR_RANK, "MPI_Intercomm_create: local_leader is -1, but" },
    { 5, FALSE, other, 0, OMPI_OBJ_ERROR_RANK, "MPI_Intercomm_create: local_leader is 5, but" },
    { G_MININT, FALSE, other, 0, OMPI_OBJ_ERROR_RANK, "local_leader is -2147483648" },
    { 0, TRUE, other, 0, OMPI_OBJ_ERROR_COMM, "MPI_Intercomm_create: peer_comm is NULL at the leader" },
    { 0, FALSE, -1, 0, OMPI_OBJ_ERROR_RANK, "MPI_Intercomm_create: remote_leader is -1, but" },
    { 0, FALSE, size, 0, OMPI_OBJ_ERROR_RANK, ranks },
    { 0, FALSE, OMPI_OBJ_PROC_NULL, 0, OMPI_OBJ_ERROR_RANK, "remote_leader is -3, but" },
    { 0, FALSE, own, 0, OMPI_OBJ_ERROR_RANK, "which is a rank of the local group too" },
  };
  const WrongArguments wrong_tags[] = {
    { 0, FALSE, other, -1, OMPI_OBJ_ERROR_TAG, "MPI_Intercomm_create: tag is -1, but tags go from 0 to" },
    { 0, FALSE, other, OMPI_OBJ_ANY_TAG, OMPI_OBJ_ERROR_TAG, "tag is -2, but" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_wrong (half, &cases[i]);
  for (gsize i = 0; size > 1 && i < G_N_ELEMENTS (wrong_tags); i++)
    assert_wrong (half, &wrong_tags[i]);

  if (size > 1)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiIntercomm) both G_GNUC_UNUSED = both_halves (half, &error);

      assert_no_error (error);
    }
}

/* The leader is another rank's group member, though not the caller itself. */
MPI_TEST (leaders_of_one_group)
{
  g_autoptr (GError) error = NULL;
  const gint rank = harness_world_rank ();

  if (harness_world_size () < 2)
    return;
  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (world (), 0, world (), 1, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, rank == 0 ? "a rank of the local group too" : "rank 0 cannot take part");
}

MPI_TEST (leaders_differ)
{
  g_autoptr (GError) error = NULL;
  const gint rank = harness_world_rank ();

  if (harness_world_size () < 2)
    return;
  /* No rank thinks that it leads. */
  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (world (), rank == 0, world (), 1, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "but the ranks came with 0 to 1");
}

MPI_TEST (peer_comm_was_freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) peers = ompi_obj_comm_dup (ompi_obj_comm_world (), &error);
  g_autoptr (MpiIntracomm) half = half_of_world ();

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (peers, &error), error);
  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (half, 0, OMPI_OBJ_INTRACOMM (peers), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM,
                ompi_obj_comm_get_rank (OMPI_OBJ_COMM (half)) == 0 ? "MPI_Intercomm_create: the communicator was freed"
                                                                   : "rank 0 cannot take part");
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (ompi_obj_comm_world (), &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (OMPI_OBJ_INTRACOMM (copy), 0, world (), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Intercomm_create: the communicator was freed");
}

MPI_TEST (freed_intercomm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert_ptr_null (ompi_obj_intercomm_merge (OMPI_OBJ_INTERCOMM (copy), FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Intercomm_merge: the communicator was freed");
  ck_assert_ptr_null (ompi_obj_intercomm_get_remote_group (OMPI_OBJ_INTERCOMM (copy), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_remote_group: the communicator was freed");
}

/* Groups */

/* The ranks of the world with the remainder @remainder of 2. */
static MpiGroup *
group_of_half (gint remainder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (ompi_obj_comm_world (), &error);
  const gint size = harness_world_size ();
  g_autofree gint *ranks = g_new (gint, size);
  gsize n_ranks = 0;
  MpiGroup *half;

  assert_no_error (error);
  for (gint i = remainder; i < size; i += 2)
    ranks[n_ranks++] = i;
  half = ompi_obj_group_incl (all, ranks, n_ranks, &error);
  assert_no_error (error);
  return half;
}

MPI_TEST (remote_group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) local = ompi_obj_comm_get_group (comm, &error);
  g_autoptr (MpiGroup) remote = ompi_obj_intercomm_get_remote_group (OMPI_OBJ_INTERCOMM (comm), &error);
  g_autoptr (MpiGroup) expected = group_of_half (1 - harness_world_rank () % 2);
  g_autoptr (MpiGroup) both = NULL;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_compare (remote, expected, &error), OMPI_OBJ_COMPARISON_IDENT);
  assert_no_error (error);
  both = ompi_obj_group_intersection (local, remote, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (both), 0);
}

MPI_TEST (from_groups)
{
  g_autoptr (GError) error = NULL;
  const gint side = harness_world_rank () % 2;
  g_autoptr (MpiGroup) local = group_of_half (side);
  g_autoptr (MpiGroup) remote = group_of_half (1 - side);
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiIntercomm) both = NULL;
  gint sent = harness_world_rank ();
  gint received = -1;
  gint peer;

  assert_no_error (error);
  if (harness_world_size () < 2)
    return;
  both = ompi_obj_intercomm_new_from_groups (local, 0, remote, 0, "org.example.test", side == 0 ? info : NULL, &error);
#if MPI_VERSION < 4
  ck_assert_ptr_null (both);
  assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "use create_intercomm");
  return;
#endif
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (both) == OMPI_OBJ_TYPE_INTERCOMM);
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (both), ompi_obj_group_get_size (remote));
  peer = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (both));
  if (peer < ompi_obj_intercomm_get_remote_size (both))
    {
      assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (both), OMPI_OBJ_DATA (&sent, 1), peer, 0,
                                               OMPI_OBJ_DATA (&received, 1), peer, 0, NULL, &error),
                       error);
      ck_assert_int_eq (received, harness_world_rank () ^ 1);
    }
}

MPI_TEST (from_wrong_groups)
{
  g_autoptr (GError) error = NULL;
  const gint side = harness_world_rank () % 2;
  g_autoptr (MpiGroup) local = group_of_half (side);
  g_autoptr (MpiGroup) remote = group_of_half (1 - side);
  g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (ompi_obj_comm_world (), &error);
  g_autoptr (MpiGroup) freed = ompi_obj_group_dup (all, &error);
  g_autoptr (MpiInfo) freed_info = ompi_obj_info_new (&error);
  g_autofree gchar *long_tag G_GNUC_UNUSED = g_strnfill (5000, 't');

  assert_no_error (error);
  assert_succeeds (ompi_obj_group_free (freed, &error), error);
  assert_succeeds (ompi_obj_info_free (freed_info, &error), error);

#define ASSERT_WRONG(local, local_leader, remote, remote_leader, tag, info, code, text)                        \
  do                                                                                                           \
    {                                                                                                          \
      ck_assert_ptr_null (                                                                                     \
          ompi_obj_intercomm_new_from_groups (local, local_leader, remote, remote_leader, tag, info, &error)); \
      assert_error (error, code, "MPI_Intercomm_create_from_groups: " text);                                   \
    }                                                                                                          \
  while (0)

  ASSERT_WRONG (freed, 0, remote, 0, "x", NULL, OMPI_OBJ_ERROR_GROUP, "");
  ASSERT_WRONG (local, 0, freed, 0, "x", NULL, OMPI_OBJ_ERROR_GROUP, "");
  ASSERT_WRONG (local, 0, remote, 0, "x", freed_info, OMPI_OBJ_ERROR_INFO, "the info was freed");
  ASSERT_WRONG (local, -1, remote, 0, "x", NULL, OMPI_OBJ_ERROR_RANK, "local_leader is -1, but its group has");
  ASSERT_WRONG (local, 4, remote, 0, "x", NULL, OMPI_OBJ_ERROR_RANK, "local_leader is 4, but its group has");
  ASSERT_WRONG (local, 0, remote, 4, "x", NULL, OMPI_OBJ_ERROR_RANK, "remote_leader is 4, but its group has");
  ASSERT_WRONG (local, 0, all, 0, "x", NULL, OMPI_OBJ_ERROR_GROUP, "");
  ASSERT_WRONG (local, 0, ompi_obj_group_empty (), 0, "x", NULL, OMPI_OBJ_ERROR_RANK,
                "remote_leader is 0, but its group has 0 ranks");
  if (harness_world_size () > 1)
    {
      ASSERT_WRONG (remote, 0, local, 0, "x", NULL, OMPI_OBJ_ERROR_GROUP, "local_group does not have this rank");
#if MPI_VERSION >= 4
      ASSERT_WRONG (local, 0, remote, 0, long_tag, NULL, OMPI_OBJ_ERROR_ARG, "string_tag has 5000 bytes");
#endif
    }
}

/* A subclass that fails without a word. */

#define SILENT_TYPE_INTRACOMM (silent_intracomm_get_type ())
G_DECLARE_FINAL_TYPE (SilentIntracomm, silent_intracomm, SILENT, INTRACOMM, MpiIntracomm)

struct _SilentIntracomm
{
  MpiIntracomm parent_instance;
};

G_DEFINE_FINAL_TYPE (SilentIntracomm, silent_intracomm, OMPI_OBJ_TYPE_INTRACOMM)

static MpiIntercomm *
silent_intracomm_create_intercomm (G_GNUC_UNUSED MpiIntracomm *self,
                                   G_GNUC_UNUSED gint local_leader,
                                   G_GNUC_UNUSED MpiIntracomm *peer_comm,
                                   G_GNUC_UNUSED gint remote_leader,
                                   G_GNUC_UNUSED gint tag,
                                   G_GNUC_UNUSED GError **error)
{
  return NULL;
}

static void
silent_intracomm_class_init (SilentIntracommClass *klass)
{
  OMPI_OBJ_INTRACOMM_CLASS (klass)->create_intercomm = silent_intracomm_create_intercomm;
}

static void
silent_intracomm_init (G_GNUC_UNUSED SilentIntracomm *self)
{
}

MPI_TEST (overridden)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiIntracomm) silent = g_object_new (SILENT_TYPE_INTRACOMM, "wraps", comm, NULL);

  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (silent, 0, world (), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_intracomm_create_intercomm: ");
}

MPI_TEST (misuse)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*OMPI_OBJ_IS_INTRACOMM (self)*");
  ck_assert_ptr_null (ompi_obj_intracomm_create_intercomm (NULL, 0, world (), 0, 0, &error));
  harness_assert_criticals ();
  harness_expect_critical ("*OMPI_OBJ_IS_INTERCOMM (self)*");
  ck_assert_ptr_null (ompi_obj_intercomm_merge ((MpiIntercomm *) world (), FALSE, &error));
  harness_assert_criticals ();
  harness_expect_critical ("*OMPI_OBJ_IS_INTERCOMM (self)*");
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size ((MpiIntercomm *) world ()), 0);
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "intercomm");
  harness_add (even_and_odd, HARNESS_ONCE);
  harness_add (last_and_others, HARNESS_ONCE);
  harness_add (duplicate_is_an_intercommunicator, HARNESS_INTER);
  harness_add (merge, HARNESS_INTER);
  harness_add (merge_equal, HARNESS_INTER);
  harness_add (last_references_free, HARNESS_INTER);
  harness_add (wrong_arguments, HARNESS_ONCE);
  harness_add (leaders_of_one_group, HARNESS_ONCE);
  harness_add (leaders_differ, HARNESS_ONCE);
  harness_add (peer_comm_was_freed, HARNESS_ONCE);
  harness_add (freed, HARNESS_ONCE);
  harness_add (freed_intercomm, HARNESS_INTER);
  harness_add (remote_group, HARNESS_INTER);
  harness_add (from_groups, HARNESS_ONCE);
  harness_add (from_wrong_groups, HARNESS_ONCE);
  harness_add (overridden, HARNESS_INTRA);
  harness_add (misuse, HARNESS_ONCE);
  return harness_run ();
}
