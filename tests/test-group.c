/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Groups: who is in them, and how others are made of them. */

#include "harness.h"

/* The ranks in the world of a group's members, which is how groups are looked at here. */
static void
assert_members (MpiGroup *group, const gint *expected, gint n_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = ompi_obj_comm_get_group (ompi_obj_comm_world (), &error);
  g_autofree gint *ranks = NULL;
  g_autofree gint *members = NULL;
  gsize n_members;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), n_expected);
  ranks = g_new (gint, (gsize) n_expected + 1);
  for (gint i = 0; i < n_expected; i++)
    ranks[i] = i;
  members = ompi_obj_group_translate_ranks (group, ranks, (gsize) n_expected, world, &n_members, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_members, (gsize) n_expected);
  for (gint i = 0; i < n_expected; i++)
    ck_assert_int_eq (members[i], expected[i]);
}

static MpiGroup *
world_group (void)
{
  g_autoptr (GError) error = NULL;
  MpiGroup *group = ompi_obj_comm_get_group (ompi_obj_comm_world (), &error);

  assert_no_error (error);
  return group;
}

MPI_TEST (of_a_communicator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = ompi_obj_comm_get_group (comm, &error);
  gint size_property = -2;
  gint rank_property = -2;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (ompi_obj_group_get_rank (group), ompi_obj_comm_get_rank (comm));
  g_object_get (group, "size", &size_property, "rank", &rank_property, NULL);
  ck_assert_int_eq (size_property, ompi_obj_comm_get_size (comm));
  ck_assert_int_eq (rank_property, ompi_obj_comm_get_rank (comm));
}

MPI_TEST (empty)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) copy = NULL;
  MpiGroup *group = ompi_obj_group_empty ();

  ck_assert_ptr_eq (group, ompi_obj_group_empty ());
  ck_assert (ompi_obj_group_get_native (group) == MPI_GROUP_EMPTY);
  ck_assert_int_eq (ompi_obj_group_get_size (group), 0);
  ck_assert_int_eq (ompi_obj_group_get_rank (group), OMPI_OBJ_UNDEFINED);
  ck_assert (!ompi_obj_group_free (group, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Group_free: the group is predefined");

  copy = ompi_obj_group_dup (group, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (copy), 0);
  ck_assert_int_eq (ompi_obj_group_compare (copy, group, &error), OMPI_OBJ_COMPARISON_IDENT);
  assert_no_error (error);
  assert_succeeds (ompi_obj_group_free (copy, &error), error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), 0);
}

MPI_TEST (duplicates)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = world_group ();
  g_autoptr (MpiGroup) copy = ompi_obj_group_dup (group, &error);

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_compare (copy, group, &error), OMPI_OBJ_COMPARISON_IDENT);
  assert_no_error (error);
  assert_succeeds (ompi_obj_group_free (group, &error), error);
  ck_assert_int_eq (ompi_obj_group_get_size (copy), harness_world_size ());
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = world_group ();
  g_autoptr (MpiGroup) other = world_group ();
  const gint numbers[] = { 0, 0, 1 };
  gsize n_translated = 1;

  assert_succeeds (ompi_obj_group_free (group, &error), error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), -1);
  ck_assert_int_eq (ompi_obj_group_get_rank (group), OMPI_OBJ_UNDEFINED);
  ck_assert (ompi_obj_group_get_native (group) == MPI_GROUP_NULL);

#define ASSERT_FREED(expression, function)                                          \
  do                                                                                \
    {                                                                               \
      ck_assert_msg (!(expression), "%s succeeded on a freed group", #expression);  \
      assert_error (error, OMPI_OBJ_ERROR_GROUP, function ": the group was freed"); \
    }                                                                               \
  while (0)

  ASSERT_FREED (ompi_obj_group_free (group, &error), "MPI_Group_free");
  ASSERT_FREED (ompi_obj_group_dup (group, &error), "MPI_Group_union");
  ASSERT_FREED (ompi_obj_group_union (group, other, &error), "MPI_Group_union");
  ASSERT_FREED (ompi_obj_group_union (other, group, &error), "MPI_Group_union");
  ASSERT_FREED (ompi_obj_group_intersection (group, other, &error), "MPI_Group_intersection");
  ASSERT_FREED (ompi_obj_group_intersection (other, group, &error), "MPI_Group_intersection");
  ASSERT_FREED (ompi_obj_group_difference (group, other, &error), "MPI_Group_difference");
  ASSERT_FREED (ompi_obj_group_difference (other, group, &error), "MPI_Group_difference");
  ASSERT_FREED (ompi_obj_group_incl (group, numbers, 1, &error), "MPI_Group_incl");
  ASSERT_FREED (ompi_obj_group_excl (group, numbers, 1, &error), "MPI_Group_excl");
  ASSERT_FREED (ompi_obj_group_range_incl (group, numbers, 3, &error), "MPI_Group_range_incl");
  ASSERT_FREED (ompi_obj_group_range_excl (group, numbers, 3, &error), "MPI_Group_range_excl");
  ASSERT_FREED (ompi_obj_group_translate_ranks (group, numbers, 1, other, &n_translated, &error),
                "MPI_Group_translate_ranks");
  ck_assert_uint_eq (n_translated, 0);
  ASSERT_FREED (ompi_obj_group_translate_ranks (other, numbers, 1, group, NULL, &error), "MPI_Group_translate_ranks");
  ck_assert_int_eq (ompi_obj_group_compare (group, other, &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Group_compare: the group was freed");
  ck_assert_int_eq (ompi_obj_group_compare (other, group, &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Group_compare: the group was freed");
}

/* The ranks of the world in reverse order. */
static MpiGroup *
reversed_group (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  const gint range[] = { harness_world_size () - 1, 0, -1 };
  MpiGroup *reversed = ompi_obj_group_range_incl (world, range, G_N_ELEMENTS (range), &error);

  assert_no_error (error);
  return reversed;
}

MPI_TEST (compare)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  g_autoptr (MpiGroup) reversed = reversed_group ();
  const gboolean alone = harness_world_size () == 1;

  ck_assert_int_eq (ompi_obj_group_compare (world, world, &error), OMPI_OBJ_COMPARISON_IDENT);
  ck_assert_int_eq (ompi_obj_group_compare (world, reversed, &error),
                    alone ? OMPI_OBJ_COMPARISON_IDENT : OMPI_OBJ_COMPARISON_SIMILAR);
  ck_assert_int_eq (ompi_obj_group_compare (world, ompi_obj_group_empty (), &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_no_error (error);
}

MPI_TEST (incl_and_excl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  const gint size = harness_world_size ();
  const gint last_and_first[] = { size - 1, 0 };
  const gint first = 0;
  const gsize n_ranks = size > 1 ? 2 : 1;
  g_autoptr (MpiGroup) included = ompi_obj_group_incl (world, last_and_first, n_ranks, &error);
  g_autoptr (MpiGroup) excluded = NULL;
  g_autoptr (MpiGroup) none = NULL;
  g_autoptr (MpiGroup) all = NULL;
  const gint without_first[] = { 1, 2, 3, 4, 5, 6, 7 };

  assert_no_error (error);
  assert_members (included, last_and_first, (gint) n_ranks);
  ck_assert_int_eq (ompi_obj_group_get_rank (included), harness_world_rank () == size - 1 ? 0
                                                        : harness_world_rank () == 0      ? 1
                                                                                          : OMPI_OBJ_UNDEFINED);

  excluded = ompi_obj_group_excl (world, &first, 1, &error);
  assert_no_error (error);
  assert_members (excluded, without_first, size - 1);

  none = ompi_obj_group_incl (world, NULL, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (none), 0);
  all = ompi_obj_group_excl (world, NULL, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_compare (all, world, &error), OMPI_OBJ_COMPARISON_IDENT);
  assert_no_error (error);
}

MPI_TEST (ranges)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  const gint size = harness_world_size ();
  const gint even[] = { 0, size - 1, 2 };
  const gint even_ranks[] = { 0, 2, 4, 6 };
  const gint odd_ranks[] = { 1, 3, 5, 7 };
  g_autoptr (MpiGroup) included = ompi_obj_group_range_incl (world, even, 3, &error);
  g_autoptr (MpiGroup) excluded = NULL;
  g_autoptr (MpiGroup) none = NULL;
  g_autoptr (MpiGroup) single = NULL;
  const gint one_rank[] = { 0, 0, G_MININT };

  assert_no_error (error);
  assert_members (included, even_ranks, (size + 1) / 2);
  excluded = ompi_obj_group_range_excl (world, even, 3, &error);
  assert_no_error (error);
  assert_members (excluded, odd_ranks, size / 2);
  none = ompi_obj_group_range_incl (world, NULL, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (none), 0);
  single = ompi_obj_group_range_incl (world, one_rank, 3, &error);
  assert_no_error (error);
  assert_members (single, even_ranks, 1);

  if (size >= 4)
    {
      const gint several[] = { 1, 0, -1, 2, 3, 1 };
      const gint several_ranks[] = { 1, 0, 2, 3 };
      g_autoptr (MpiGroup) group = ompi_obj_group_range_incl (world, several, 6, &error);

      assert_no_error (error);
      assert_members (group, several_ranks, 4);
    }
}

MPI_TEST (sets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) reversed = reversed_group ();
  g_autoptr (MpiGroup) first = NULL;
  g_autoptr (MpiGroup) both = NULL;
  g_autoptr (MpiGroup) common = NULL;
  g_autoptr (MpiGroup) rest = NULL;
  g_autoptr (MpiGroup) nothing = NULL;
  const gint size = harness_world_size ();
  const gint last = size - 1;
  const gint zero = 0;
  const gint expected_both[] = { 0, size - 1, size - 2, size - 3 };
  const gint expected_rest[] = { size - 1, size - 2, size - 3 };

  ck_assert_int_le (size, 4);
  first = ompi_obj_group_incl (reversed, &last, 1, &error);
  assert_no_error (error);
  assert_members (first, &zero, 1);
  both = ompi_obj_group_union (first, reversed, &error);
  assert_no_error (error);
  assert_members (both, expected_both, size);
  common = ompi_obj_group_intersection (reversed, first, &error);
  assert_no_error (error);
  assert_members (common, &zero, 1);
  rest = ompi_obj_group_difference (reversed, first, &error);
  assert_no_error (error);
  assert_members (rest, expected_rest, size - 1);
  nothing = ompi_obj_group_difference (first, reversed, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (nothing), 0);
  assert_succeeds (ompi_obj_group_free (nothing, &error), error);
}

MPI_TEST (translation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  g_autoptr (MpiGroup) reversed = reversed_group ();
  g_autofree gint *in_reversed = NULL;
  g_autofree gint *in_empty = NULL;
  g_autofree gint *none = NULL;
  const gint last = harness_world_size () - 1;
  const gint ranks[] = { last, OMPI_OBJ_PROC_NULL, 0, last };
  gsize n_translated = 0;

  in_reversed = ompi_obj_group_translate_ranks (world, ranks, 4, reversed, &n_translated, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_translated, 4);
  ck_assert_int_eq (in_reversed[0], 0);
  ck_assert_int_eq (in_reversed[1], OMPI_OBJ_PROC_NULL);
  ck_assert_int_eq (in_reversed[2], last);
  ck_assert_int_eq (in_reversed[3], 0);

  in_empty = ompi_obj_group_translate_ranks (world, ranks, 4, ompi_obj_group_empty (), NULL, &error);
  assert_no_error (error);
  ck_assert_int_eq (in_empty[0], OMPI_OBJ_UNDEFINED);
  ck_assert_int_eq (in_empty[1], OMPI_OBJ_PROC_NULL);

  none = ompi_obj_group_translate_ranks (world, NULL, 0, reversed, &n_translated, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_translated, 0);
}

MPI_TEST (bad_ranks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  const gint size = harness_world_size ();
  const gint beyond[] = { 0, size };
  const gint negative[] = { -1 };
  const gint twice[] = { size - 1, size - 1 };
  const gint special[] = { OMPI_OBJ_ANY_SOURCE };
  g_autofree gchar *limit = g_strdup_printf ("ranks[1] is %d, but the group has ranks 0 to %d", size, size - 1);

  ck_assert_ptr_null (ompi_obj_group_incl (world, beyond, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, limit);
  ck_assert_ptr_null (ompi_obj_group_excl (world, beyond, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, limit);
  ck_assert_ptr_null (ompi_obj_group_incl (world, negative, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_incl: ranks[0] is -1");
  ck_assert_ptr_null (ompi_obj_group_excl (world, negative, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_excl: ranks[0] is -1");
  ck_assert_ptr_null (ompi_obj_group_incl (world, twice, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_incl: ranks[1] lists rank");
  ck_assert_ptr_null (ompi_obj_group_excl (world, twice, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_excl: ranks[1] lists rank");
  ck_assert_ptr_null (ompi_obj_group_translate_ranks (world, beyond, 2, world, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, limit);
  ck_assert_ptr_null (ompi_obj_group_translate_ranks (world, special, 1, world, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_translate_ranks: ranks[0] is -1");
  ck_assert_ptr_null (ompi_obj_group_incl (ompi_obj_group_empty (), beyond, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "the group is empty");
  if (sizeof (gsize) > 4)
    {
      ck_assert_ptr_null (ompi_obj_group_translate_ranks (world, beyond, (gsize) G_MAXINT + 1, world, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, "n_ranks is 2147483648");
    }
}

MPI_TEST (bad_ranges)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();
  const gint last = harness_world_size () - 1;
  const gint still[] = { 0, last, 0 };
  const gint incomplete[] = { 0, last, 1, 0 };
  const gint beyond[] = { 0, last + 1, 1 };
  const gint before[] = { -1, last, 1 };
  const gint twice[] = { 0, 0, 1, 0, last, 1 };

  ck_assert_ptr_null (ompi_obj_group_range_incl (world, still, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Group_range_incl: ranges[2] is 0");
  ck_assert_ptr_null (ompi_obj_group_range_excl (world, still, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Group_range_excl: ranges[2] is 0");
  ck_assert_ptr_null (ompi_obj_group_range_incl (world, incomplete, 4, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Group_range_incl: ranges has 4 numbers");
  ck_assert_ptr_null (ompi_obj_group_range_incl (world, beyond, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_range_incl: ranges[1] is ");
  ck_assert_ptr_null (ompi_obj_group_range_excl (world, before, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_range_excl: ranges[0] is -1");
  ck_assert_ptr_null (ompi_obj_group_range_incl (world, twice, 6, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Group_range_incl: ranges[3] lists rank 0 again");
  if (last > 0)
    {
      const gint backwards[] = { 0, last, -1 };
      const gint forwards[] = { last, 0, 1 };

      ck_assert_ptr_null (ompi_obj_group_range_incl (world, backwards, 3, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "a stride that does not lead from 0");
      ck_assert_ptr_null (ompi_obj_group_range_excl (world, forwards, 3, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "a stride that does not lead from");
    }
}

MPI_TEST (native)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) owned = NULL;
  MpiGroup *borrowed;
  MPI_Group handle;
  int size;

  MPI_Comm_group (MPI_COMM_WORLD, &handle);
  borrowed = ompi_obj_group_new_for_native (handle, OMPI_OBJ_OWNERSHIP_BORROWED);
  ck_assert (ompi_obj_group_get_native (borrowed) == handle);
  ck_assert_int_eq (ompi_obj_group_get_size (borrowed), harness_world_size ());
  ck_assert (!ompi_obj_group_free (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, "MPI_Group_free: ");
  g_object_unref (borrowed);
  ck_assert_int_eq (MPI_Group_size (handle, &size), MPI_SUCCESS);

  owned = ompi_obj_group_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
  ck_assert_int_eq (ompi_obj_group_get_size (owned), size);
  assert_succeeds (ompi_obj_group_free (owned, &error), error);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) world = world_group ();

  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_group_get_size (NULL), -1);
  harness_expect_critical ("*self*");
  ck_assert_int_eq (ompi_obj_group_get_rank (NULL), OMPI_OBJ_UNDEFINED);
  harness_expect_critical ("*other*");
  ck_assert_ptr_null (ompi_obj_group_union (world, NULL, &error));
  harness_expect_critical ("*ranks*");
  ck_assert_ptr_null (ompi_obj_group_incl (world, NULL, 1, &error));
  harness_expect_critical ("*ranges*");
  ck_assert_ptr_null (ompi_obj_group_range_incl (world, NULL, 3, &error));
  harness_expect_critical ("*self*");
  ck_assert_ptr_null (ompi_obj_comm_get_group (NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "group");
  harness_add (of_a_communicator, HARNESS_ALL);
  harness_add (empty, HARNESS_ONCE);
  harness_add (duplicates, HARNESS_ONCE);
  harness_add (freed, HARNESS_ONCE);
  harness_add (compare, HARNESS_ONCE);
  harness_add (incl_and_excl, HARNESS_ONCE);
  harness_add (ranges, HARNESS_ONCE);
  harness_add (sets, HARNESS_ONCE);
  harness_add (translation, HARNESS_ONCE);
  harness_add (bad_ranks, HARNESS_ONCE);
  harness_add (bad_ranges, HARNESS_ONCE);
  harness_add (native, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
