/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Windows of all kinds, for tests that run over them: each rank has N_SLOTS numbers, with guards around them where
 * the memory is the program's.
 */

#include "harness.h"

#define N_SLOTS 7
#define GUARD 0xa5
#define GUARD_BYTES 32

typedef enum
{
  WINDOW_CREATE,
  WINDOW_CREATE_UNALIGNED,
  WINDOW_ALLOCATE,
  WINDOW_SHARED,
  WINDOW_DYNAMIC,
  N_WINDOW_KINDS
} WindowKind;

typedef struct
{
  WindowKind kind;
  MpiComm *comm;
  MpiWin *win;
  gint rank;
  gint size;
  guint8 *block; /* the program's memory with its guards */
  gint64 *slots; /* what the window exposes here */
  gint64 *bases; /* of all ranks, in a dynamic window */
} Window;

G_GNUC_UNUSED static void
window_init (Window *window, WindowKind kind, MpiComm *comm)
{
  const gsize n_bytes = N_SLOTS * sizeof (gint64);
  const gsize offset = GUARD_BYTES + (kind == WINDOW_CREATE_UNALIGNED ? sizeof (gint64) : 0);
  g_autoptr (GError) error = NULL;

  *window = (Window){ .kind = kind, .comm = comm };
  window->rank = ompi_obj_comm_get_rank (comm);
  window->size = ompi_obj_comm_get_size (comm);
  if (kind == WINDOW_CREATE || kind == WINDOW_CREATE_UNALIGNED || kind == WINDOW_DYNAMIC)
    {
      window->block = g_malloc (offset + n_bytes + GUARD_BYTES);
      ck_assert_uint_eq ((guintptr) window->block % 16, 0);
      memset (window->block, GUARD, offset + n_bytes + GUARD_BYTES);
      window->slots = (gint64 *) (gpointer) (window->block + offset);
    }
  switch (kind)
    {
    case WINDOW_CREATE:
    case WINDOW_CREATE_UNALIGNED:
      window->win = ompi_obj_win_create (OMPI_OBJ_DATA (window->slots, N_SLOTS), sizeof (gint64), NULL, comm, &error);
      break;
    case WINDOW_ALLOCATE:
      window->win = ompi_obj_win_allocate (n_bytes, sizeof (gint64), NULL, comm, &error);
      break;
    case WINDOW_SHARED:
      window->win = ompi_obj_win_allocate_shared (n_bytes, sizeof (gint64), NULL, comm, &error);
      break;
    case WINDOW_DYNAMIC:
    case N_WINDOW_KINDS:
    default:
      window->win = ompi_obj_win_create_dynamic (NULL, comm, &error);
      break;
    }
  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_WIN (window->win));
  if (kind == WINDOW_ALLOCATE || kind == WINDOW_SHARED)
    window->slots = (gint64 *) ompi_obj_win_get_base (window->win, &error);
  if (kind == WINDOW_DYNAMIC)
    {
      const gint64 base = ompi_obj_get_address (window->slots);

      assert_succeeds (ompi_obj_win_attach (window->win, OMPI_OBJ_DATA (window->slots, N_SLOTS), &error), error);
      window->bases = g_new (gint64, (gsize) window->size);
      assert_succeeds (ompi_obj_comm_allgather (comm, OMPI_OBJ_DATA (&base, 1),
                                                OMPI_OBJ_DATA (window->bases, window->size), &error),
                       error);
    }
  for (gint i = 0; i < N_SLOTS; i++)
    window->slots[i] = -1;
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

/* The place of a slot. */
G_GNUC_UNUSED static gint64
window_displacement (const Window *window, gint rank, gint slot)
{
  return window->bases != NULL ? window->bases[rank] + slot * (gint64) sizeof (gint64) : slot;
}

#define WINDOW_TARGET(window, rank, slot) OMPI_OBJ_TARGET (rank, window_displacement (window, rank, slot))

G_GNUC_UNUSED static void
window_assert_guards (const Window *window)
{
  const guint8 *end = (const guint8 *) (window->slots + N_SLOTS);

  if (window->block == NULL)
    return;
  for (const guint8 *byte = window->block; byte < (const guint8 *) window->slots; byte++)
    ck_assert_uint_eq (*byte, GUARD);
  for (gint i = 0; i < GUARD_BYTES; i++)
    ck_assert_uint_eq (end[i], GUARD);
}

G_GNUC_UNUSED static void
window_clear (Window *window)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (window->comm, &error), error);
  if (window->kind == WINDOW_DYNAMIC)
    assert_succeeds (ompi_obj_win_detach (window->win, OMPI_OBJ_DATA (window->slots, N_SLOTS), &error), error);
  assert_succeeds (ompi_obj_win_free (window->win, &error), error);
  window_assert_guards (window);
  g_clear_object (&window->win);
  g_free (window->block);
  g_free (window->bases);
}

/* Synchronization of all kinds: each rank accesses the next one. */
typedef enum
{
  EPOCH_FENCE,
  EPOCH_GROUPS,
  EPOCH_LOCK,
  EPOCH_LOCK_ALL,
  N_EPOCH_KINDS
} EpochKind;

static inline gint
window_next (const Window *window)
{
  return (window->rank + 1) % window->size;
}

static inline gint
window_previous (const Window *window)
{
  return (window->rank + window->size - 1) % window->size;
}

static inline MpiGroup *
window_group_of (const Window *window, gint rank)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = ompi_obj_win_get_group (window->win, &error);
  MpiGroup *part = ompi_obj_group_incl (group, &rank, 1, &error);

  assert_no_error (error);
  return part;
}

G_GNUC_UNUSED static void
window_begin (const Window *window, EpochKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) accessing = NULL;
  g_autoptr (MpiGroup) accessed = NULL;

  switch (kind)
    {
    case EPOCH_FENCE:
      assert_succeeds (ompi_obj_win_fence (window->win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
      break;
    case EPOCH_GROUPS:
      accessing = window_group_of (window, window_previous (window));
      accessed = window_group_of (window, window_next (window));
      assert_succeeds (ompi_obj_win_post (window->win, accessing, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
      assert_succeeds (ompi_obj_win_start (window->win, accessed, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
      break;
    case EPOCH_LOCK:
      assert_succeeds (ompi_obj_win_lock (window->win, OMPI_OBJ_LOCK_TYPE_EXCLUSIVE, window_next (window),
                                          OMPI_OBJ_RMA_ASSERT_NONE, &error),
                       error);
      break;
    case EPOCH_LOCK_ALL:
    case N_EPOCH_KINDS:
    default:
      assert_succeeds (ompi_obj_win_lock_all (window->win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
      break;
    }
}

/* When it returns, the operations of all ranks are complete and visible. */
G_GNUC_UNUSED static void
window_end (const Window *window, EpochKind kind)
{
  g_autoptr (GError) error = NULL;

  switch (kind)
    {
    case EPOCH_FENCE:
      assert_succeeds (ompi_obj_win_fence (window->win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
      return;
    case EPOCH_GROUPS:
      assert_succeeds (ompi_obj_win_complete (window->win, &error), error);
      assert_succeeds (ompi_obj_win_wait (window->win, &error), error);
      return;
    case EPOCH_LOCK:
      assert_succeeds (ompi_obj_win_unlock (window->win, window_next (window), &error), error);
      break;
    case EPOCH_LOCK_ALL:
    case N_EPOCH_KINDS:
    default:
      assert_succeeds (ompi_obj_win_unlock_all (window->win, &error), error);
      break;
    }
  assert_succeeds (ompi_obj_comm_barrier (window->comm, &error), error);
  assert_succeeds (ompi_obj_win_lock (window->win, OMPI_OBJ_LOCK_TYPE_SHARED, window->rank, OMPI_OBJ_RMA_ASSERT_NONE,
                                      &error),
                   error);
  assert_succeeds (ompi_obj_win_sync (window->win, &error), error);
  assert_succeeds (ompi_obj_win_unlock (window->win, window->rank, &error), error);
}
