/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "constants-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "group-private.h"

/**
 * MpiGroup:
 *
 * An ordered set of processes, numbered from 0: their ranks in the group.
 *
 * A group comes from a communicator ([method@Mpi.Comm.get_group]) or a session, others are made of it
 * without communication, and communicators are made of groups ([method@Mpi.Comm.create]). A group
 * does not change.
 *
 * ```c
 * g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (comm, &error);
 * const gint even[] = { 0, ompi_obj_comm_get_size (comm) - 1, 2 };
 * g_autoptr (MpiGroup) half = ompi_obj_group_range_incl (all, even, G_N_ELEMENTS (even), &error);
 * ```
 *
 * Mirrors `MPI_Group` (MPI-4.0, section 7.3).
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiGroup, ompi_obj_group, G_TYPE_OBJECT)

typedef enum
{
  PROP_SIZE = 1,
  PROP_RANK
} GroupProperty;

static GParamSpec *properties[PROP_RANK + 1];

/* MPI may give its empty group as a result; that one is not ours to free. */
static int
group_free_handle (MpiGroup *self)
{
  int code = MPI_SUCCESS;

  if (self->handle != MPI_GROUP_EMPTY)
    code = MPI_Group_free (&self->handle);
  self->handle = MPI_GROUP_NULL;
  return code;
}

static void
group_finalize (GObject *object)
{
  MpiGroup *self = OMPI_OBJ_GROUP (object);

  if (self->handle != MPI_GROUP_NULL && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    group_free_handle (self);

  G_OBJECT_CLASS (ompi_obj_group_parent_class)->finalize (object);
}

static void
group_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MpiGroup *self = OMPI_OBJ_GROUP (object);

  switch ((GroupProperty) id)
    {
    case PROP_SIZE:
      g_value_set_int (value, ompi_obj_group_get_size (self));
      break;
    case PROP_RANK:
      g_value_set_int (value, ompi_obj_group_get_rank (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
ompi_obj_group_class_init (MpiGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = group_finalize;
  object_class->get_property = group_get_property;

  /**
   * MpiGroup:size: (getter get_size)
   *
   * The number of processes; -1 after the group was freed.
   *
   * Since: 1.0
   */
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, -1, G_MAXINT, -1, readable);

  /**
   * MpiGroup:rank: (getter get_rank)
   *
   * The calling process' number in the group, from 0; `OMPI_OBJ_UNDEFINED` if it is not in it.
   *
   * Since: 1.0
   */
  properties[PROP_RANK] =
      g_param_spec_int ("rank", NULL, NULL, OMPI_OBJ_UNDEFINED, G_MAXINT, OMPI_OBJ_UNDEFINED, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ompi_obj_group_init (MpiGroup *self)
{
  self->handle = MPI_GROUP_NULL;
}

gboolean
ompi_obj_group_check (MpiGroup *group, const char *function, GError **error)
{
  if (group->handle != MPI_GROUP_NULL)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, function, "the group was freed");
  return FALSE;
}

#define GROUP_ENTER(self, function, error, failed)                                            \
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (self), failed);                                    \
  g_return_val_if_fail (error == NULL || *error == NULL, failed);                             \
  if (!environment_ensure (function, error) || !ompi_obj_group_check (self, function, error)) \
  return failed

MpiGroup *
ompi_obj_group_new_for_result (MPI_Group handle)
{
  return ompi_obj_group_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_group_empty:
 *
 * Gets the group without members. It does not need MPI to be initialized.
 *
 * Mirrors `MPI_GROUP_EMPTY` (MPI-4.0, section 7.2.1).
 *
 * Returns: (transfer none): the group
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_empty (void)
{
  static gsize empty;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, (gsize) ompi_obj_group_new_for_native (MPI_GROUP_EMPTY, OMPI_OBJ_OWNERSHIP_BORROWED));
  return (MpiGroup *) empty;
}

/**
 * ompi_obj_group_dup:
 * @self: a group
 * @error: return location for a #GError
 *
 * Makes another group of the same processes in the same order.
 *
 * Errors: [error@Mpi.Error.group] if @self was freed.
 *
 * Mirrors the `Dup` of the C++ bindings; MPI itself makes it as a union with `MPI_GROUP_EMPTY`.
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_dup (MpiGroup *self, GError **error)
{
  return ompi_obj_group_union (self, ompi_obj_group_empty (), error);
}

/**
 * ompi_obj_group_free:
 * @self: a group
 * @error: return location for a #GError
 *
 * Frees the MPI group now, before the last reference is dropped. The object stays valid and its
 * methods give [error@Mpi.Error.group]. Communicators that were made of it are not touched.
 *
 * Errors: [error@Mpi.Error.group] if @self is [func@Mpi.Group.empty], borrowed from somebody else, or
 * was freed.
 *
 * Mirrors `MPI_Group_free` (MPI-4.0, section 7.3.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_group_free (MpiGroup *self, GError **error)
{
  GROUP_ENTER (self, "MPI_Group_free", error, FALSE);

  if (self->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, "MPI_Group_free",
                          "the group is predefined, or borrowed from somebody else");
      return FALSE;
    }
  return check_mpi (error, "MPI_Group_free", group_free_handle (self));
}

/* The functions without an error need no MPI to tell about the empty group, and make none run. */
static gboolean
group_can_be_asked (MpiGroup *self)
{
  return self->handle != MPI_GROUP_NULL && self->handle != MPI_GROUP_EMPTY && environment_is_active ();
}

/**
 * ompi_obj_group_get_size: (get-property size)
 * @self: a group
 *
 * Gets the number of processes in a group.
 *
 * Mirrors `MPI_Group_size` (MPI-4.0, section 7.3.1).
 *
 * Returns: the number; -1 after the group was freed or MPI was finalized
 *
 * Since: 1.0
 */
gint
ompi_obj_group_get_size (MpiGroup *self)
{
  int size = -1;

  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (self), -1);

  if (self->handle == MPI_GROUP_EMPTY)
    return 0;
  if (group_can_be_asked (self))
    MPI_Group_size (self->handle, &size);
  return size;
}

/**
 * ompi_obj_group_get_rank: (get-property rank)
 * @self: a group
 *
 * Gets the calling process' number in a group.
 *
 * Mirrors `MPI_Group_rank` (MPI-4.0, section 7.3.1).
 *
 * Returns: the number, from 0; `OMPI_OBJ_UNDEFINED` if it is not in the group, and after the group was
 *   freed or MPI was finalized
 *
 * Since: 1.0
 */
gint
ompi_obj_group_get_rank (MpiGroup *self)
{
  int rank = MPI_UNDEFINED;

  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (self), OMPI_OBJ_UNDEFINED);

  if (group_can_be_asked (self))
    MPI_Group_rank (self->handle, &rank);
  return rank_from_mpi (rank);
}

/* Whether the INDEX-th of an array of ranks is one of a group of so many. */
static gboolean
rank_check (const char *argument, gsize index, gint rank, gint size, const char *function, GError **error)
{
  if (rank >= 0 && rank < size)
    return TRUE;
  if (size == 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "%s[%" G_GSIZE_FORMAT "] is %d, but the group is empty",
                        argument, index, rank);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function,
                        "%s[%" G_GSIZE_FORMAT "] is %d, but the group has ranks 0 to %d", argument, index, rank,
                        size - 1);
  return FALSE;
}

/* Marks a rank as listed; an error if it was before. */
static gboolean
rank_check_once (const char *argument, gsize index, gint rank, gboolean *listed, const char *function, GError **error)
{
  if (!listed[rank])
    return listed[rank] = TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "%s[%" G_GSIZE_FORMAT "] lists rank %d again", argument,
                      index, rank);
  return FALSE;
}

/* MPIs differ in what they check of ranks, and in what happens if they do not. */
static gboolean
ranks_check (MpiGroup *self, const gint *ranks, gsize n_ranks, const char *function, GError **error)
{
  const gint size = ompi_obj_group_get_size (self);
  g_autofree gboolean *listed = g_new0 (gboolean, (gsize) size + 1);

  for (gsize i = 0; i < n_ranks; i++)
    if (!rank_check ("ranks", i, ranks[i], size, function, error)
        || !rank_check_once ("ranks", i, ranks[i], listed, function, error))
      return FALSE;
  return TRUE;
}

static gboolean
ranges_check (MpiGroup *self, const gint *ranges, gsize n_numbers, const char *function, GError **error)
{
  const gint size = ompi_obj_group_get_size (self);
  g_autofree gboolean *listed = g_new0 (gboolean, (gsize) size + 1);

  if (n_numbers % 3 != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "ranges has %" G_GSIZE_FORMAT " numbers, but a range is three: first, last, stride",
                          n_numbers);
      return FALSE;
    }
  for (gsize i = 0; i < n_numbers; i += 3)
    {
      const gint first = ranges[i];
      const gint last = ranges[i + 1];
      const gint stride = ranges[i + 2];

      if (!rank_check ("ranges", i, first, size, function, error)
          || !rank_check ("ranges", i + 1, last, size, function, error))
        return FALSE;
      if (stride == 0 || (first < last && stride < 0) || (first > last && stride > 0))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                              "ranges[%" G_GSIZE_FORMAT "] is %d, a stride that does not lead from %d to %d", i + 2,
                              stride, first, last);
          return FALSE;
        }
      for (gint64 rank = first; stride > 0 ? rank <= last : rank >= last; rank += stride)
        if (!rank_check_once ("ranges", i, (gint) rank, listed, function, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * ompi_obj_group_translate_ranks:
 * @self: a group
 * @ranks: (array length=n_ranks): ranks in @self, or `OMPI_OBJ_PROC_NULL`, in any order and as often
 *   as you like
 * @n_ranks: how many there are
 * @other: another group
 * @n_translated: (out) (optional): how many numbers are returned: as many as @n_ranks
 * @error: return location for a #GError
 *
 * Finds the ranks in another group of some processes.
 *
 * Errors: [error@Mpi.Error.rank] if a number is no rank in @self, [error@Mpi.Error.count] if there are
 * more than MPI can take, [error@Mpi.Error.group] if a group was freed.
 *
 * Mirrors `MPI_Group_translate_ranks` (MPI-4.0, section 7.3.1).
 *
 * Returns: (transfer full) (array length=n_translated): the rank in @other of each;
 *   `OMPI_OBJ_UNDEFINED` for a process that is not in it, `OMPI_OBJ_PROC_NULL` for itself; %NULL on
 *   error
 *
 * Since: 1.0
 */
gint *
ompi_obj_group_translate_ranks (MpiGroup *self,
                                const gint *ranks,
                                gsize n_ranks,
                                MpiGroup *other,
                                gsize *n_translated,
                                GError **error)
{
  g_autofree int *mpi_ranks = NULL;
  g_autofree gint *translated = NULL;
  gint size;

  if (n_translated != NULL)
    *n_translated = 0;
  g_return_val_if_fail (ranks != NULL || n_ranks == 0, NULL);
  GROUP_ENTER (self, "MPI_Group_translate_ranks", error, NULL);
  GROUP_ENTER (other, "MPI_Group_translate_ranks", error, NULL);

  if (n_ranks > G_MAXINT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, "MPI_Group_translate_ranks",
                          "n_ranks is %" G_GSIZE_FORMAT ", but MPI takes %d", n_ranks, G_MAXINT);
      return NULL;
    }

  size = ompi_obj_group_get_size (self);
  mpi_ranks = g_new (int, n_ranks + 1);
  translated = g_new (gint, n_ranks + 1);
  for (gsize i = 0; i < n_ranks; i++)
    {
      if (ranks[i] != OMPI_OBJ_PROC_NULL
          && !rank_check ("ranks", i, ranks[i], size, "MPI_Group_translate_ranks", error))
        return NULL;
      mpi_ranks[i] = ranks[i] == OMPI_OBJ_PROC_NULL ? MPI_PROC_NULL : ranks[i];
    }
  if (!CHECK_MPI (error, MPI_Group_translate_ranks, self->handle, (int) n_ranks, mpi_ranks, other->handle, translated))
    return NULL;
  /* MPICH 4.0 calls nobody undefined if the other group is empty. */
  for (gsize i = 0; i < n_ranks; i++)
    translated[i] = ranks[i] == OMPI_OBJ_PROC_NULL ? OMPI_OBJ_PROC_NULL : rank_from_mpi (translated[i]);
  if (n_translated != NULL)
    *n_translated = n_ranks;
  return g_steal_pointer (&translated);
}

/**
 * ompi_obj_group_compare:
 * @self: a group
 * @other: another one
 * @error: return location for a #GError
 *
 * Tells how two groups relate: [enum@Mpi.Comparison.ident] if they have the same members in the same
 * order, [enum@Mpi.Comparison.similar] if only the order differs.
 *
 * Errors: [error@Mpi.Error.group] if one of them was freed.
 *
 * Mirrors `MPI_Group_compare` (MPI-4.0, section 7.3.1).
 *
 * Returns: how they relate; [enum@Mpi.Comparison.unequal] on error
 *
 * Since: 1.0
 */
MpiComparison
ompi_obj_group_compare (MpiGroup *self, MpiGroup *other, GError **error)
{
  int result;

  GROUP_ENTER (self, "MPI_Group_compare", error, OMPI_OBJ_COMPARISON_UNEQUAL);
  GROUP_ENTER (other, "MPI_Group_compare", error, OMPI_OBJ_COMPARISON_UNEQUAL);

  if (!CHECK_MPI (error, MPI_Group_compare, self->handle, other->handle, &result))
    return OMPI_OBJ_COMPARISON_UNEQUAL;
  return comparison_from_mpi (result);
}

/**
 * ompi_obj_group_union:
 * @self: a group
 * @other: another one
 * @error: return location for a #GError
 *
 * Makes a group of the members of two: first those of @self, then those of @other that are not in
 * @self, each in their order.
 *
 * Errors: [error@Mpi.Error.group] if one of them was freed.
 *
 * Mirrors `MPI_Group_union` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_union (MpiGroup *self, MpiGroup *other, GError **error)
{
  MPI_Group result;

  GROUP_ENTER (self, "MPI_Group_union", error, NULL);
  GROUP_ENTER (other, "MPI_Group_union", error, NULL);

  if (!CHECK_MPI (error, MPI_Group_union, self->handle, other->handle, &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_intersection:
 * @self: a group
 * @other: another one
 * @error: return location for a #GError
 *
 * Makes a group of the members of @self that are in @other too, in the order of @self.
 *
 * Errors: [error@Mpi.Error.group] if one of them was freed.
 *
 * Mirrors `MPI_Group_intersection` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_intersection (MpiGroup *self, MpiGroup *other, GError **error)
{
  MPI_Group result;

  GROUP_ENTER (self, "MPI_Group_intersection", error, NULL);
  GROUP_ENTER (other, "MPI_Group_intersection", error, NULL);

  if (!CHECK_MPI (error, MPI_Group_intersection, self->handle, other->handle, &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_difference:
 * @self: a group
 * @other: another one
 * @error: return location for a #GError
 *
 * Makes a group of the members of @self that are not in @other, in the order of @self.
 *
 * Errors: [error@Mpi.Error.group] if one of them was freed.
 *
 * Mirrors `MPI_Group_difference` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_difference (MpiGroup *self, MpiGroup *other, GError **error)
{
  MPI_Group result;

  GROUP_ENTER (self, "MPI_Group_difference", error, NULL);
  GROUP_ENTER (other, "MPI_Group_difference", error, NULL);

  if (!CHECK_MPI (error, MPI_Group_difference, self->handle, other->handle, &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_incl:
 * @self: a group
 * @ranks: (array length=n_ranks): ranks in @self, each at most once
 * @n_ranks: how many there are
 * @error: return location for a #GError
 *
 * Makes a group of some members of another, in the order of @ranks.
 *
 * Errors: [error@Mpi.Error.rank] if a number is no rank in @self or is there twice,
 * [error@Mpi.Error.group] if @self was freed.
 *
 * Mirrors `MPI_Group_incl` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_incl (MpiGroup *self, const gint *ranks, gsize n_ranks, GError **error)
{
  MPI_Group result;

  g_return_val_if_fail (ranks != NULL || n_ranks == 0, NULL);
  GROUP_ENTER (self, "MPI_Group_incl", error, NULL);

  if (!ranks_check (self, ranks, n_ranks, "MPI_Group_incl", error)
      || !CHECK_MPI (error, MPI_Group_incl, self->handle, (int) n_ranks, ranks, &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_excl:
 * @self: a group
 * @ranks: (array length=n_ranks): ranks in @self, each at most once
 * @n_ranks: how many there are
 * @error: return location for a #GError
 *
 * Makes a group of the members of another except some, in the order of @self.
 *
 * Errors: [error@Mpi.Error.rank] if a number is no rank in @self or is there twice,
 * [error@Mpi.Error.group] if @self was freed.
 *
 * Mirrors `MPI_Group_excl` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_excl (MpiGroup *self, const gint *ranks, gsize n_ranks, GError **error)
{
  MPI_Group result;

  g_return_val_if_fail (ranks != NULL || n_ranks == 0, NULL);
  GROUP_ENTER (self, "MPI_Group_excl", error, NULL);

  if (!ranks_check (self, ranks, n_ranks, "MPI_Group_excl", error)
      || !CHECK_MPI (error, MPI_Group_excl, self->handle, (int) n_ranks, ranks, &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/* MPI declares ranges as arrays of three, which it does not change. */
static int (*ranges_to_mpi (const gint *ranges))[3] { return (int (*)[3]) (gpointer) ranges; }

/**
 * ompi_obj_group_range_incl:
 * @self: a group
 * @ranges: (array length=n_numbers): three numbers for each range: the first rank, the last one, and
 *   the stride from one to the next, which may be negative
 * @n_numbers: how many numbers there are, three times the number of ranges
 * @error: return location for a #GError
 *
 * Makes a group of ranges of members of another, in the order of the ranges. The last rank of a range
 * needs not be reached: 0, 5, 2 lists the ranks 0, 2 and 4.
 *
 * ```c
 * const gint ranges[] = { 0, 3, 1, 9, 5, -2 };  // 0 1 2 3 9 7 5
 *
 * some = ompi_obj_group_range_incl (all, ranges, G_N_ELEMENTS (ranges), &error);
 * ```
 *
 * Errors: [error@Mpi.Error.rank] if a first or last number is no rank in @self or a rank is listed
 * twice, [error@Mpi.Error.arg] if a stride is 0 or of the wrong sign or @n_numbers no multiple of
 * three, [error@Mpi.Error.group] if @self was freed.
 *
 * Mirrors `MPI_Group_range_incl` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_range_incl (MpiGroup *self, const gint *ranges, gsize n_numbers, GError **error)
{
  MPI_Group result;

  g_return_val_if_fail (ranges != NULL || n_numbers == 0, NULL);
  GROUP_ENTER (self, "MPI_Group_range_incl", error, NULL);

  if (!ranges_check (self, ranges, n_numbers, "MPI_Group_range_incl", error)
      || !CHECK_MPI (error, MPI_Group_range_incl, self->handle, (int) (n_numbers / 3), ranges_to_mpi (ranges), &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_range_excl:
 * @self: a group
 * @ranges: (array length=n_numbers): three numbers for each range: the first rank, the last one, and
 *   the stride from one to the next, which may be negative
 * @n_numbers: how many numbers there are, three times the number of ranges
 * @error: return location for a #GError
 *
 * Makes a group of the members of another except some ranges, in the order of @self. The ranges are
 * those of [method@Mpi.Group.range_incl].
 *
 * Errors: [error@Mpi.Error.rank] if a first or last number is no rank in @self or a rank is listed
 * twice, [error@Mpi.Error.arg] if a stride is 0 or of the wrong sign or @n_numbers no multiple of
 * three, [error@Mpi.Error.group] if @self was freed.
 *
 * Mirrors `MPI_Group_range_excl` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_range_excl (MpiGroup *self, const gint *ranges, gsize n_numbers, GError **error)
{
  MPI_Group result;

  g_return_val_if_fail (ranges != NULL || n_numbers == 0, NULL);
  GROUP_ENTER (self, "MPI_Group_range_excl", error, NULL);

  if (!ranges_check (self, ranges, n_numbers, "MPI_Group_range_excl", error)
      || !CHECK_MPI (error, MPI_Group_range_excl, self->handle, (int) (n_numbers / 3), ranges_to_mpi (ranges), &result))
    return NULL;
  return ompi_obj_group_new_for_result (result);
}

/**
 * ompi_obj_group_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 *
 * Makes an object for a raw MPI handle.
 *
 * Returns: (transfer full): a new group
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_group_new_for_native (MPI_Group native, MpiOwnership ownership)
{
  MpiGroup *self = g_object_new (OMPI_OBJ_TYPE_GROUP, NULL);

  self->handle = native;
  self->ownership = ownership;
  return self;
}

/**
 * ompi_obj_group_get_native: (skip)
 * @self: a group
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_GROUP_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Group
ompi_obj_group_get_native (MpiGroup *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (self), MPI_GROUP_NULL);

  return self->handle;
}
