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

/*
 * Roots that do not fit, on an intercommunicator: as many ways as there are ranks for. ROOT is what this rank
 * is to pass.
 */
typedef struct
{
  gint next;
  gint root;
} BadRoots;

static inline gboolean
bad_roots_next (BadRoots *roots, MpiComm *comm)
{
  const gint side = own_side (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint n_even = side == 0 ? ompi_obj_comm_get_size (comm) : harness_n_peers (comm);
  const gint n_odd = side == 1 ? ompi_obj_comm_get_size (comm) : harness_n_peers (comm);
  const gint as_it_should_be = side == 1 ? 0 : rank == 0 ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
  const gint which = roots->next++;

  roots->root = as_it_should_be;
  switch (which)
    {
    case 0: /* nobody has it, nor names it */
      roots->root = OMPI_OBJ_PROC_NULL;
      return TRUE;
    case 1: /* both groups name one */
      roots->root = 0;
      return TRUE;
    case 2: /* both have one */
      roots->root = rank == 0 ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
      return TRUE;
    case 3: /* what is named is none */
      if (side == 0)
        roots->root = OMPI_OBJ_PROC_NULL;
      return TRUE;
    case 4: /* it is not named */
      if (side == 1)
        roots->root = OMPI_OBJ_PROC_NULL;
      return TRUE;
    case 5: /* there are several */
      if (side == 0)
        roots->root = OMPI_OBJ_ROOT;
      if (n_even > 1)
        return TRUE;
      roots->next++;
      G_GNUC_FALLTHROUGH;
    case 6: /* another is named */
      roots->root = side == 1 ? n_even - 1 : as_it_should_be;
      if (n_even > 1)
        return TRUE;
      roots->next++;
      G_GNUC_FALLTHROUGH;
    case 7: /* another is named by some */
      roots->root = side == 1 && rank > 0 ? n_even - 1 : as_it_should_be;
      if (n_even > 1 && n_odd > 1)
        return TRUE;
      roots->next++;
      G_GNUC_FALLTHROUGH;
    case 8: /* some do not name it */
      roots->root = side == 1 && rank > 0 ? OMPI_OBJ_PROC_NULL : as_it_should_be;
      return n_odd > 1;
    default:
      return FALSE;
    }
}

/* Ends an operation that does not block and must fail. */
static inline void
assert_request_fails (MpiRequest *request, GError *start_error, MpiError code, const gchar *text)
{
  g_autoptr (MpiRequest) owned = request;
  g_autoptr (GError) error = NULL;

  assert_no_error (start_error);
  ck_assert (!ompi_obj_request_wait (owned, NULL, &error));
  assert_error (error, (gint) code, text);
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
