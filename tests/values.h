/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of collectives of values share: values that tell their ranks, and roots on two sides. */

#include "harness.h"

/* Longer than a note, so that it takes a second collective. */
#define LONG_TEXT                                          \
  "a text that is a bit longer than a note has room for: " \
  "a note of one hundred and twenty-eight bytes, less what it says about sizes"

/* A value whose type and size depend on NUMBER: small ones, text, dictionaries, arrays of up to some SIZE bytes. */
static inline GVariant *
make_value (gint number, gsize size)
{
  g_autofree guint32 *numbers = NULL;

  switch (number % 5)
    {
    case 0:
      return g_variant_ref_sink (g_variant_new_int32 (number));
    case 1:
      return g_variant_ref_sink (g_variant_new_parsed ("{'number': <%i>, 'name': <'rank'>}", number));
    case 2:
      return g_variant_ref_sink (g_variant_new_tuple (NULL, 0));
    case 3:
      return g_variant_ref_sink (g_variant_new ("s", LONG_TEXT));
    default:
      numbers = g_new (guint32, size / 4 + 1);
      for (gsize i = 0; i < size / 4; i++)
        numbers[i] = (guint32) (i * 2654435761u + (guint32) number);
      return g_variant_ref_sink (
          g_variant_new ("(i@au)", number,
                         g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, numbers, size / 4, sizeof (guint32))));
    }
}

/* An array of numbers, large whatever the number is. */
static inline GVariant *
make_large (gint number, gsize size)
{
  g_autofree guint32 *numbers = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i < size / 4; i++)
    numbers[i] = (guint32) (i * 2654435761u + (guint32) number);
  return g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, numbers, size / 4, sizeof (guint32)));
}

static inline GVariant *
make_nested (gint depth)
{
  GVariant *value = g_variant_new_int32 (1);

  for (gint i = 0; i < depth; i++)
    value = g_variant_new_variant (value);
  return value;
}

/* The group that the calling rank is in on the intercommunicator of the harness. */
static inline gint
own_side (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? harness_world_rank () % 2 : 0;
}

/*
 * Roots: every rank of every group once. ROOT is what to pass, RANK the rank in its group, IS_ROOT whether
 * this is the one, IS_OTHER whether this rank is at the other end (everybody, if there is one group only).
 */
typedef struct
{
  gint next;
  gint root;
  gint rank;
  gint side;
  gboolean is_root;
  gboolean is_other;
} Roots;

static inline gboolean
roots_next (Roots *roots, MpiComm *comm)
{
  const gboolean is_inter = ompi_obj_comm_is_inter (comm);
  const gint n_own = ompi_obj_comm_get_size (comm);
  const gint n_peers = harness_n_peers (comm);
  const gint side = own_side (comm);
  const gint n_even = side == 0 ? n_own : n_peers;
  const gint n = is_inter ? n_own + n_peers : n_own;

  if (roots->next == n)
    return FALSE;
  roots->side = is_inter && roots->next >= n_even ? 1 : 0;
  roots->rank = roots->side == 1 ? roots->next - n_even : roots->next;
  roots->next++;
  roots->is_root = roots->side == side && roots->rank == ompi_obj_comm_get_rank (comm);
  roots->is_other = !is_inter || roots->side != side;
  if (roots->is_other)
    roots->root = roots->rank;
  else
    roots->root = roots->is_root ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
  return TRUE;
}

/* Whether the communicator works still, for values and for all else. */
static inline void
assert_comm_works (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values =
      ompi_obj_comm_allgather_variant (comm, g_variant_new_int32 (ompi_obj_comm_get_rank (comm)), &error);

  assert_no_error (error);
  ck_assert_uint_eq (values->len, (guint) harness_n_peers (comm));
  for (guint i = 0; i < values->len; i++)
    ck_assert_int_eq (g_variant_get_int32 (values->pdata[i]), (gint) i);
  ck_assert (ompi_obj_comm_barrier (comm, &error));
}
