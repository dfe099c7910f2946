/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every kind of window with every kind of synchronization, and synchronization that does not fit. */

#include "windows.h"

/* The numbers are at both ends of the memory, so that one that goes astray hits a guard or a neighbour. */
static void
assert_moves_data (const Window *window, EpochKind kind)
{
  const gint next = window_next (window);
  const gint previous = window_previous (window);
  const gint64 first[] = { window->rank * 10 + 1, window->rank * 10 + 2 };
  const gint64 last[] = { window->rank * 10 + 3 };
  gint64 got[N_SLOTS] = { 0 };
  g_autoptr (GError) error = NULL;

  window_begin (window, kind);
  assert_succeeds (ompi_obj_win_put (window->win, OMPI_OBJ_DATA (first, 2), WINDOW_TARGET (window, next, 0), &error),
                   error);
  assert_succeeds (ompi_obj_win_put (window->win, OMPI_OBJ_DATA (last, 1), WINDOW_TARGET (window, next, N_SLOTS - 1),
                                     &error),
                   error);
  window_end (window, kind);

  ck_assert_int_eq (window->slots[0], previous * 10 + 1);
  ck_assert_int_eq (window->slots[1], previous * 10 + 2);
  for (gint i = 2; i < N_SLOTS - 1; i++)
    ck_assert_int_eq (window->slots[i], -1);
  ck_assert_int_eq (window->slots[N_SLOTS - 1], previous * 10 + 3);

  window_begin (window, kind);
  assert_succeeds (ompi_obj_win_get (window->win, OMPI_OBJ_DATA (got, N_SLOTS), WINDOW_TARGET (window, next, 0),
                                     &error),
                   error);
  window_end (window, kind);
  ck_assert_int_eq (got[0], first[0]);
  ck_assert_int_eq (got[1], first[1]);
  ck_assert_int_eq (got[2], -1);
  ck_assert_int_eq (got[N_SLOTS - 1], last[0]);

  window_begin (window, kind);
  assert_succeeds (ompi_obj_win_accumulate (window->win, OMPI_OBJ_DATA (last, 1), WINDOW_TARGET (window, next, 0),
                                            OMPI_OBJ_SUM, &error),
                   error);
  window_end (window, kind);
  ck_assert_int_eq (window->slots[0], 2 * 10 * previous + 1 + 3);
  window_assert_guards (window);

  for (gint i = 0; i < N_SLOTS; i++)
    window->slots[i] = -1;
  assert_succeeds (ompi_obj_comm_barrier (window->comm, &error), error);
}

MPI_TEST (all_kinds)
{
  harness_allow_time (4);
  for (WindowKind kind = 0; kind < N_WINDOW_KINDS; kind++)
    {
      Window window;

      window_init (&window, kind, comm);
      for (EpochKind epoch = 0; epoch < N_EPOCH_KINDS; epoch++)
        assert_moves_data (&window, epoch);
      window_clear (&window);
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "win-sync");
  harness_add (all_kinds, HARNESS_INTRA);
  return harness_run ();
}
