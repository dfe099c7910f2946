/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Operations on windows of all kinds: what they do, and what is refused. */

#include "windows.h"

#define SHARED OMPI_OBJ_LOCK_TYPE_SHARED
#define NO_PROMISE OMPI_OBJ_RMA_ASSERT_NONE

/* Every operation that reads and writes, one after the other, on the next rank. */
static void
assert_operations (Window *window)
{
  const gint next = window_next (window);
  const gint64 rank = window->rank;
  const gint64 one = 1;
  const gint64 numbers[] = { rank, rank + 100 };
  const gint64 none[] = { -1, -1 };
  gint64 before[] = { 0, 0 };
  gint64 element = 0;
  g_autoptr (GError) error = NULL;
  MpiWin *win = window->win;

  window_begin (window, EPOCH_LOCK);
  assert_succeeds (ompi_obj_win_get_accumulate (win, OMPI_OBJ_DATA (numbers, 2), OMPI_OBJ_DATA (before, 2),
                                                WINDOW_TARGET (window, next, 0), OMPI_OBJ_REPLACE, &error),
                   error);
  assert_succeeds (ompi_obj_win_flush (win, next, &error), error);
  ck_assert_mem_eq (before, none, sizeof none);
  assert_succeeds (ompi_obj_win_get_accumulate (win, NULL, OMPI_OBJ_DATA (before, 2), WINDOW_TARGET (window, next, 0),
                                                OMPI_OBJ_NO_OP, &error),
                   error);
  assert_succeeds (ompi_obj_win_flush_all (win, &error), error);
  ck_assert_mem_eq (before, numbers, sizeof numbers);

  assert_succeeds (ompi_obj_win_fetch_and_op (win, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&element, 1),
                                              WINDOW_TARGET (window, next, 1), OMPI_OBJ_SUM, &error),
                   error);
  assert_succeeds (ompi_obj_win_flush_local (win, next, &error), error);
  ck_assert_int_eq (element, rank + 100);
  assert_succeeds (ompi_obj_win_fetch_and_op (win, NULL, OMPI_OBJ_DATA (&element, 1), WINDOW_TARGET (window, next, 1),
                                              OMPI_OBJ_NO_OP, &error),
                   error);
  assert_succeeds (ompi_obj_win_flush_local_all (win, &error), error);
  ck_assert_int_eq (element, rank + 101);

  for (gint64 expected = rank + 100; expected <= rank + 101; expected++)
    {
      assert_succeeds (ompi_obj_win_compare_and_swap (win, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&expected, 1),
                                                      OMPI_OBJ_DATA (&element, 1), WINDOW_TARGET (window, next, 1),
                                                      &error),
                       error);
      assert_succeeds (ompi_obj_win_flush (win, next, &error), error);
      ck_assert_int_eq (element, rank + 101);
    }
  window_end (window, EPOCH_LOCK);
  ck_assert_int_eq (window->slots[0], window_previous (window));
  ck_assert_int_eq (window->slots[1], 1);
  ck_assert_int_eq (window->slots[2], -1);
  window_assert_guards (window);
}

static void
assert_completes (MpiRequest *request, GError **error)
{
  g_autoptr (MpiRequest) owned = request;

  assert_no_error (*error);
  ck_assert (OMPI_OBJ_IS_REQUEST (owned));
  ck_assert (!ompi_obj_request_cancel (owned, error));
  assert_error (*error, OMPI_OBJ_ERROR_UNSUPPORTED, "an access to a window cannot be cancelled");
  assert_succeeds (ompi_obj_request_wait (owned, NULL, error), *error);
}

static void
assert_requests (Window *window)
{
  const gint next = window_next (window);
  const gint64 two = 2;
  gint64 value = 5;
  gint64 before = 0;
  g_autoptr (GError) error = NULL;
  MpiWin *win = window->win;

  window_begin (window, EPOCH_LOCK_ALL);
  assert_completes (ompi_obj_win_rput (win, OMPI_OBJ_DATA (&value, 1), WINDOW_TARGET (window, next, 3), &error),
                    &error);
  assert_succeeds (ompi_obj_win_flush (win, next, &error), error);
  assert_completes (ompi_obj_win_raccumulate (win, OMPI_OBJ_DATA (&two, 1), WINDOW_TARGET (window, next, 3),
                                              OMPI_OBJ_PROD, &error),
                    &error);
  assert_succeeds (ompi_obj_win_flush (win, next, &error), error);
  assert_completes (ompi_obj_win_rget (win, OMPI_OBJ_DATA (&value, 1), WINDOW_TARGET (window, next, 3), &error),
                    &error);
  ck_assert_int_eq (value, 10);
  assert_completes (ompi_obj_win_rget_accumulate (win, OMPI_OBJ_DATA (&two, 1), OMPI_OBJ_DATA (&before, 1),
                                                  WINDOW_TARGET (window, next, 3), OMPI_OBJ_SUM, &error),
                    &error);
  ck_assert_int_eq (before, 10);
  window_end (window, EPOCH_LOCK_ALL);
  ck_assert_int_eq (window->slots[3], 12);
}

/* Two numbers from here to every other slot there, and back. */
static void
assert_layouts (Window *window)
{
  const gint next = window_next (window);
  const gint64 numbers[] = { 21, 22 };
  gint64 got[] = { 0, 0, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) every_other = ompi_obj_datatype_new_vector (2, 1, 2, OMPI_OBJ_INT64_T, &error);
  g_autoptr (MpiWinTarget) target = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (every_other, &error), error);
  target = ompi_obj_win_target_new_full (next, window_displacement (window, next, 4), 1, every_other);

  window_begin (window, EPOCH_LOCK);
  assert_succeeds (ompi_obj_win_put (window->win, OMPI_OBJ_BUFFER (numbers, 2, OMPI_OBJ_INT64_T), target, &error),
                   error);
  assert_succeeds (ompi_obj_win_flush (window->win, next, &error), error);
  assert_succeeds (ompi_obj_win_get (window->win, OMPI_OBJ_BUFFER (got, 1, every_other),
                                     OMPI_OBJ_TARGET_FULL (next, window_displacement (window, next, 4), 1, every_other),
                                     &error),
                   error);
  assert_succeeds (ompi_obj_win_flush (window->win, next, &error), error);
  ck_assert_int_eq (got[0], 21);
  ck_assert_int_eq (got[1], 0);
  ck_assert_int_eq (got[2], 22);

  /* MPI needs the datatype until the operation is complete, and sees to that. */
  assert_succeeds (ompi_obj_win_accumulate (window->win, OMPI_OBJ_BUFFER (numbers, 2, OMPI_OBJ_INT64_T), target,
                                            OMPI_OBJ_SUM, &error),
                   error);
  g_clear_pointer (&target, ompi_obj_win_target_free);
  g_clear_object (&every_other);
  window_end (window, EPOCH_LOCK);
  ck_assert_int_eq (window->slots[4], 42);
  ck_assert_int_eq (window->slots[5], -1);
  ck_assert_int_eq (window->slots[6], 44);
  window_assert_guards (window);
}

MPI_TEST (all_kinds)
{
  harness_allow_time (4);
  for (WindowKind kind = 0; kind < N_WINDOW_KINDS; kind++)
    {
      Window window;

      window_init (&window, kind, comm);
      assert_operations (&window);
      assert_requests (&window);
      assert_layouts (&window);
      window_clear (&window);
    }
}

/*
 * Memory at every distance from a multiple of 16, of every size: the first and last bytes are the ones that are
 * written, and their neighbours stay.
 */
MPI_TEST (unaligned_memory)
{
  enum
  {
    LENGTH = 96
  };
  const gint next = (ompi_obj_comm_get_rank (comm) + 1) % ompi_obj_comm_get_size (comm);
  g_autofree guint8 *block = g_malloc (LENGTH);
  const guint8 first = 1;
  const guint8 last = 2;
  g_autoptr (GError) error = NULL;

  harness_allow_time (4);
  for (gsize offset = 1; offset < 16; offset += 3)
    for (gsize size = 2; size < 40; size += 13)
      {
        g_autoptr (MpiWin) win = NULL;

        memset (block, GUARD, LENGTH);
        win = ompi_obj_win_create (OMPI_OBJ_BUFFER (block + 16 + offset, (gint64) size, OMPI_OBJ_BYTE), 1, NULL, comm,
                                   &error);
        assert_no_error (error);
        assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
        assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&first, 1, OMPI_OBJ_BYTE), OMPI_OBJ_TARGET (next, 0),
                                           &error),
                         error);
        assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&last, 1, OMPI_OBJ_BYTE),
                                           OMPI_OBJ_TARGET (next, (gint64) size - 1), &error),
                         error);
        ck_assert (!ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&last, 1, OMPI_OBJ_BYTE),
                                      OMPI_OBJ_TARGET (next, (gint64) size), &error));
        assert_error (error, OMPI_OBJ_ERROR_RMA_RANGE, NULL);
        assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
        for (gsize i = 0; i < LENGTH; i++)
          ck_assert_uint_eq (block[i], i == 16 + offset ? first : i == 16 + offset + size - 1 ? last : GUARD);
        assert_succeeds (ompi_obj_win_free (win, &error), error);
      }
}

/* Each rank asks for another odd number of bytes; all are where they belong. */
MPI_TEST (odd_sizes)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint next = (rank + 1) % ompi_obj_comm_get_size (comm);
  g_autoptr (GError) error = NULL;

  for (gint shared = 0; shared < 2; shared++)
    {
      const gint64 size = 2 * rank + 3;
      const guint8 mine = (guint8) (rank + 1);
      g_autoptr (MpiWin) win = shared ? ompi_obj_win_allocate_shared (size, 1, NULL, comm, &error)
                                      : ompi_obj_win_allocate (size, 1, NULL, comm, &error);
      g_autoptr (MpiBuffer) memory = NULL;
      const guint8 *bytes;

      assert_no_error (error);
      memory = ompi_obj_win_get_buffer (win, &error);
      assert_no_error (error);
      ck_assert_int_eq (memory->count, size);
      bytes = memory->address;
      memset (memory->address, 0, (gsize) size);

      assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
      assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&mine, 1, OMPI_OBJ_BYTE),
                                         OMPI_OBJ_TARGET (next, 2 * next + 2), &error),
                       error);
      ck_assert (!ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&mine, 1, OMPI_OBJ_BYTE),
                                    OMPI_OBJ_TARGET (next, 2 * next + 3), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_RANGE, NULL);
      assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
      for (gint64 i = 0; i < size - 1; i++)
        ck_assert_uint_eq (bytes[i], 0);
      ck_assert_uint_eq (bytes[size - 1],
                         (guint) ((rank + ompi_obj_comm_get_size (comm) - 1) % ompi_obj_comm_get_size (comm)) + 1);
      g_clear_pointer (&memory, ompi_obj_buffer_free);
      assert_succeeds (ompi_obj_win_free (win, &error), error);
    }
}

static void
count_freed (gpointer data)
{
  guint *n_freed = data;

  (*n_freed)++;
}

/* What a program in another language does: the buffer is a temporary one. */
MPI_TEST (temporary_buffers)
{
  static const gint64 value = 77;
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint64 slot = 0;
  guint n_freed = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win = ompi_obj_win_create (OMPI_OBJ_DATA (&slot, 1), 8, NULL, comm, &error);

  assert_no_error (error);
  for (gint way = 0; way < 4; way++)
    {
      n_freed = 0;
      if (way == 3)
        assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
      else if (way == 2)
        assert_succeeds (ompi_obj_win_lock_all (win, NO_PROMISE, &error), error);
      else
        assert_succeeds (ompi_obj_win_lock (win, SHARED, rank, NO_PROMISE, &error), error);
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (&value, sizeof value, count_freed, &n_freed);
          g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new_for_bytes (bytes);

          /* The same memory again is kept once. */
          assert_succeeds (ompi_obj_win_put (win, buffer, OMPI_OBJ_TARGET (rank, 0), &error), error);
          assert_succeeds (ompi_obj_win_put (win, buffer, OMPI_OBJ_TARGET (rank, 0), &error), error);
        }
      ck_assert_uint_eq (n_freed, 0);
      if (way == 1)
        {
          assert_succeeds (ompi_obj_win_flush (win, rank, &error), error);
          ck_assert_uint_eq (n_freed, 2);
        }
      if (way == 3)
        assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
      else if (way == 2)
        assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);
      else
        assert_succeeds (ompi_obj_win_unlock (win, rank, &error), error);
      ck_assert_uint_eq (n_freed, 2);
      ck_assert_int_eq (slot, value);
    }
  assert_succeeds (ompi_obj_win_free (win, &error), error);
}

static void
multiply (const MpiBuffer *in, const MpiBuffer *inout, G_GNUC_UNUSED gpointer user_data)
{
  *(gint64 *) inout->address *= *(const gint64 *) in->address;
}

/* Asserts that each form of writing refuses the same target for the same reason. */
static void
assert_refused (MpiWin *win, const MpiBuffer *buffer, const MpiWinTarget *target, gint code, const gchar *text)
{
  gint64 result[4] = { 0 };
  const MpiBuffer *into = OMPI_OBJ_BUFFER (result, 1, OMPI_OBJ_INT64_T);
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_win_put (win, buffer, target, &error));
  assert_error (error, code, text);
  ck_assert (!ompi_obj_win_get (win, buffer, target, &error));
  assert_error (error, code, text);
  ck_assert (!ompi_obj_win_accumulate (win, buffer, target, OMPI_OBJ_SUM, &error));
  assert_error (error, code, text);
  ck_assert (!ompi_obj_win_get_accumulate (win, buffer, into, target, OMPI_OBJ_SUM, &error));
  assert_error (error, code, text);
  ck_assert_ptr_null (ompi_obj_win_rput (win, buffer, target, &error));
  assert_error (error, code, text);
  ck_assert_ptr_null (ompi_obj_win_rget (win, buffer, target, &error));
  assert_error (error, code, text);
  ck_assert_ptr_null (ompi_obj_win_raccumulate (win, buffer, target, OMPI_OBJ_SUM, &error));
  assert_error (error, code, text);
  ck_assert_ptr_null (ompi_obj_win_rget_accumulate (win, buffer, into, target, OMPI_OBJ_SUM, &error));
  assert_error (error, code, text);
}

MPI_TEST (wrong_targets)
{
  const gint n_ranks = ompi_obj_comm_get_size (comm);
  const gint last = n_ranks - 1;
  gint64 value = 1;
  gint64 result = 0;
  const MpiBuffer *one = OMPI_OBJ_DATA (&value, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win = ompi_obj_win_allocate (3 * sizeof value, sizeof value, NULL, comm, &error);
  g_autoptr (MpiDatatype) wide = ompi_obj_datatype_new_vector (2, 1, 3, OMPI_OBJ_INT64_T, &error);
  g_autoptr (MpiDatatype) freed = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT64_T, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (wide, &error), error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);

  assert_refused (win, one, OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  assert_succeeds (ompi_obj_win_lock_all (win, NO_PROMISE, &error), error);
  assert_refused (win, one, OMPI_OBJ_TARGET (n_ranks, 0), OMPI_OBJ_ERROR_RANK, "rank of the window");
  assert_refused (win, one, OMPI_OBJ_TARGET (OMPI_OBJ_ANY_SOURCE, 0), OMPI_OBJ_ERROR_RANK, "is -1");
  assert_refused (win, one, OMPI_OBJ_TARGET (last, -1), OMPI_OBJ_ERROR_DISP, "is -1");
  assert_refused (win, one, OMPI_OBJ_TARGET (last, 3), OMPI_OBJ_ERROR_RMA_RANGE, "24 bytes");
  assert_refused (win, one, OMPI_OBJ_TARGET (last, G_MAXINT64 / 2), OMPI_OBJ_ERROR_RMA_RANGE, NULL);
  assert_refused (win, OMPI_OBJ_DATA (&value, 4), OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_RMA_RANGE, NULL);
  assert_refused (win, OMPI_OBJ_DATA (&value, 2), OMPI_OBJ_TARGET_FULL (last, 0, 1, wide), OMPI_OBJ_ERROR_RMA_RANGE,
                  NULL);
  assert_refused (win, OMPI_OBJ_DATA (&value, -1), OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_COUNT, NULL);
  assert_refused (win, one, OMPI_OBJ_TARGET_FULL (last, 0, 1, freed), OMPI_OBJ_ERROR_TYPE, NULL);
  assert_refused (win, OMPI_OBJ_BUFFER (NULL, 1, OMPI_OBJ_INT64_T), OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_BUFFER,
                  NULL);
  assert_refused (win, OMPI_OBJ_IN_PLACE, OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_BUFFER, NULL);

  ck_assert (
      !ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET_FULL (last, 0, 1, OMPI_OBJ_BYTE), &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "8 bytes");
  ck_assert (!ompi_obj_win_get (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET_FULL (last, 0, 2, NULL), &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "16");

  ck_assert (!ompi_obj_win_get_accumulate (win, one, OMPI_OBJ_DATA (&result, 1),
                                           OMPI_OBJ_TARGET_FULL (last, 0, 2, NULL), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "16");

  /* Nobody, and nothing */
  assert_succeeds (ompi_obj_win_put (win, one, OMPI_OBJ_TARGET (OMPI_OBJ_PROC_NULL, 9), &error), error);
  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 0), OMPI_OBJ_TARGET (last, 0), &error), error);
  assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);

  assert_succeeds (ompi_obj_win_free (win, &error), error);
  assert_refused (win, one, OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_ERROR_WIN, "freed");
  ck_assert (!ompi_obj_win_fetch_and_op (win, one, one, OMPI_OBJ_TARGET (last, 0), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert (!ompi_obj_win_compare_and_swap (win, one, one, one, OMPI_OBJ_TARGET (last, 0), &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
}

/* What MPI would end the program for, or would not notice. */
MPI_TEST (wrong_operations)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint last = ompi_obj_comm_get_size (comm) - 1;
  const gint64 lengths[] = { 1, 1 };
  const gint64 displacements[] = { 0, 8 };
  MpiDatatype *members[] = { OMPI_OBJ_INT, OMPI_OBJ_DOUBLE };
  gint64 value[] = { 1, 2 };
  gint64 result[] = { 0, 0 };
  gdouble reals[] = { 1, 2, 3, 4 };
  gdouble complexes[] = { 1, 2 };
  const MpiBuffer *one = OMPI_OBJ_BUFFER (value, 1, OMPI_OBJ_INT64_T);
  const MpiBuffer *into = OMPI_OBJ_BUFFER (result, 1, OMPI_OBJ_INT64_T);
  const MpiWinTarget *target = OMPI_OBJ_TARGET (last, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiOp) own = ompi_obj_op_new (multiply, TRUE, NULL, NULL, &error);
  g_autoptr (MpiDatatype) mixed = ompi_obj_datatype_new_struct (lengths, displacements, members, 2, &error);
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_vector (2, 1, 2, OMPI_OBJ_DOUBLE, &error);
  g_autoptr (MpiWin) win = ompi_obj_win_allocate_shared (64, 8, NULL, comm, &error);
  g_autoptr (MpiBuffer) memory = NULL;
  MpiBuffer inside;

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (mixed, &error), error);
  assert_succeeds (ompi_obj_datatype_commit (pair, &error), error);
  assert_succeeds (ompi_obj_win_lock_all (win, NO_PROMISE, &error), error);

  ck_assert (!ompi_obj_win_accumulate (win, one, target, own, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "predefined");
  ck_assert (!ompi_obj_win_fetch_and_op (win, one, into, target, own, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "predefined");
  ck_assert (!ompi_obj_win_accumulate (win, one, target, OMPI_OBJ_NO_OP, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, "MPI_NO_OP");
  ck_assert (!ompi_obj_win_get_accumulate (win, NULL, into, target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, "origin is NULL");

  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (reals, 1, mixed), target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "same predefined datatype");
  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (reals, 1, mixed), target, OMPI_OBJ_REPLACE, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);
  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (reals, 1, OMPI_OBJ_DOUBLE),
                                       OMPI_OBJ_TARGET_FULL (last, 0, 1, OMPI_OBJ_INT64_T), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);
  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (reals, 1, pair), target, OMPI_OBJ_LAND, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, NULL);
  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (complexes, 1, OMPI_OBJ_C_DOUBLE_COMPLEX), target,
                                       OMPI_OBJ_MAX, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, NULL);
  ck_assert (!ompi_obj_win_accumulate (win, OMPI_OBJ_BUFFER (value, 1, OMPI_OBJ_2INT), target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_OP, NULL);

  ck_assert (!ompi_obj_win_fetch_and_op (win, OMPI_OBJ_DATA (value, 2), OMPI_OBJ_DATA (result, 2), target, OMPI_OBJ_SUM,
                                         &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "must be 1");
  ck_assert (!ompi_obj_win_fetch_and_op (win, OMPI_OBJ_DATA (reals, 1), into, target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "origin");
  ck_assert (!ompi_obj_win_fetch_and_op (win, OMPI_OBJ_BUFFER (reals, 1, pair), OMPI_OBJ_BUFFER (reals, 1, pair),
                                         target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "predefined");
  ck_assert (
      !ompi_obj_win_fetch_and_op (win, one, into, OMPI_OBJ_TARGET_FULL (last, 0, 2, NULL), OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "one element");
  ck_assert (!ompi_obj_win_fetch_and_op (win, one, one, target, OMPI_OBJ_SUM, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, NULL);
  ck_assert (!ompi_obj_win_compare_and_swap (win, one, one, OMPI_OBJ_DATA (result, 2), target, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, NULL);
  ck_assert (!ompi_obj_win_compare_and_swap (win, one, one, one, target, &error));
  assert_error (error, OMPI_OBJ_ERROR_BUFFER, NULL);
  ck_assert (!ompi_obj_win_compare_and_swap (win, OMPI_OBJ_DATA (reals, 1), OMPI_OBJ_DATA (reals, 1),
                                             OMPI_OBJ_DATA (reals + 1, 1), target, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);

  /* From the memory of the target to itself, as this rank sees it, and as it sees a neighbour's. */
  for (gint neighbor = 0; neighbor <= last; neighbor++)
    {
      g_clear_pointer (&memory, ompi_obj_buffer_free);
      memory = ompi_obj_win_shared_query (win, neighbor, NULL, &error);
      assert_no_error (error);
      inside = (MpiBuffer){ memory->address, 2, OMPI_OBJ_INT64_T, NULL };
      ck_assert (!ompi_obj_win_put (win, &inside, OMPI_OBJ_TARGET (neighbor, 1), &error));
      assert_error (error, OMPI_OBJ_ERROR_BUFFER, "same memory");
      if (neighbor == rank)
        assert_succeeds (ompi_obj_win_put (win, &inside, OMPI_OBJ_TARGET (neighbor, 4), &error), error);
    }
  assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);

  /* Requests need a lock. */
  assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
  ck_assert_ptr_null (ompi_obj_win_rput (win, one, target, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "lock");
  assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
  g_clear_pointer (&memory, ompi_obj_buffer_free);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
}

/* A subclass that counts what it passes on, in place of another window. */
typedef MpiWin CountingWin;
typedef MpiWinClass CountingWinClass;

static GType counting_win_get_type (void);
G_DEFINE_TYPE (CountingWin, counting_win, OMPI_OBJ_TYPE_WIN)

static guint n_puts;

static gboolean
counting_win_put (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
{
  n_puts++;
  return n_puts < 2 && OMPI_OBJ_WIN_CLASS (counting_win_parent_class)->put (self, origin, target, error);
}

static void
counting_win_class_init (CountingWinClass *klass)
{
  klass->put = counting_win_put;
}

static void
counting_win_init (G_GNUC_UNUSED CountingWin *self)
{
}

MPI_TEST (subclass)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint64 slot = 0;
  const gint64 value = 3;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) plain = ompi_obj_win_create (OMPI_OBJ_DATA (&slot, 1), 8, NULL, comm, &error);
  g_autoptr (MpiWin) counting = NULL;

  assert_no_error (error);
  counting = g_object_new (counting_win_get_type (), "wraps", plain, NULL);
  n_puts = 0;
  assert_succeeds (ompi_obj_win_lock (counting, SHARED, rank, NO_PROMISE, &error), error);
  assert_succeeds (ompi_obj_win_put (counting, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (rank, 0), &error), error);
  ck_assert_uint_eq (n_puts, 1);

  /* One that fails without an error is given one. */
  ck_assert (!ompi_obj_win_put (counting, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (rank, 0), &error));
  ck_assert_ptr_nonnull (error);
  g_clear_error (&error);
  assert_succeeds (ompi_obj_win_unlock (plain, rank, &error), error);
  ck_assert_int_eq (slot, 3);

  g_clear_object (&plain);
  assert_succeeds (ompi_obj_win_free (counting, &error), error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "win-operations");
  harness_add (all_kinds, HARNESS_INTRA);
  harness_add (unaligned_memory, HARNESS_INTRA);
  harness_add (odd_sizes, HARNESS_INTRA);
  harness_add (temporary_buffers, HARNESS_INTRA);
  harness_add (wrong_targets, HARNESS_INTRA);
  harness_add (wrong_operations, HARNESS_INTRA);
  harness_add (subclass, HARNESS_INTRA);
  return harness_run ();
}
