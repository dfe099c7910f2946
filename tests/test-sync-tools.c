/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Counters, mutexes, conditions, semaphores and sequential sections. That one rank at a time is in a section is seen
 * by numbers which are read, changed and written back by plain put and get: an update that is lost would show.
 */
#include "harness.h"

#include <ompi_obj/ompi_obj.h>

#define N_ROUNDS 16

/* Three numbers at rank 0 that are protected by nothing. */
static MpiWin *
shared_new (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  MpiWin *win = ompi_obj_win_allocate (3 * sizeof (gint64), sizeof (gint64), NULL, comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
  return win;
}

static void
shared_free (MpiWin *win)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
  g_object_unref (win);
}

static gint64
shared_get (MpiWin *win, gint64 place)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  assert_succeeds (ompi_obj_win_get (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (0, place), &error), error);
  assert_succeeds (ompi_obj_win_flush (win, 0, &error), error);
  return value;
}

static void
shared_put (MpiWin *win, gint64 place, gint64 value)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (0, place), &error), error);
  assert_succeeds (ompi_obj_win_flush (win, 0, &error), error);
}

static void
shared_add (MpiWin *win, gint64 place, gint64 increment)
{
  shared_put (win, place, shared_get (win, place) + increment);
}

static void
barrier (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

/* Counters */

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a;
  const gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* All ranks together get each value once, and each rank in order. */
static void
check_counter (MpiComm *comm, gint64 start, gint64 step, gint root)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiCounter) counter =
      ompi_obj_counter_new (ompi_obj_comm_get_rank (comm) == root ? start : 99, step, root, NULL, comm, &error);
  g_autofree gint64 *all = g_new (gint64, N_ROUNDS * size);
  gint64 mine[N_ROUNDS];
  gint64 value;

  assert_no_error (error);
  for (gint i = 0; i < N_ROUNDS; i++)
    {
      assert_succeeds (ompi_obj_counter_next (counter, &mine[i], &error), error);
      mine[i] = (gint64) ((guint64) mine[i] - (guint64) start) / (step != 0 ? step : 1);
      ck_assert (i == 0 || step == 0 || mine[i] > mine[i - 1]);
    }
  assert_succeeds (ompi_obj_comm_allgather (comm, OMPI_OBJ_DATA (mine, N_ROUNDS), OMPI_OBJ_DATA (all, N_ROUNDS * size),
                                            &error),
                   error);
  qsort (all, (gsize) (N_ROUNDS * size), sizeof *all, compare_numbers);
  for (gint i = 0; i < N_ROUNDS * size; i++)
    ck_assert_int_eq (all[i], step != 0 ? i : 0);

  assert_succeeds (ompi_obj_counter_add (counter, 0, &value, &error), error);
  ck_assert_int_eq (value, (gint64) ((guint64) start + (guint64) step * (guint64) (N_ROUNDS * size)));
  barrier (comm);
  assert_succeeds (ompi_obj_counter_add (counter, 1000, NULL, &error), error);
  barrier (comm);
  assert_succeeds (ompi_obj_counter_add (counter, 0, &value, &error), error);
  ck_assert_int_eq (value, (gint64) ((guint64) start + (guint64) step * (guint64) (N_ROUNDS * size)
                                     + (guint64) (1000 * size)));
  assert_succeeds (ompi_obj_counter_free (counter, &error), error);
}

MPI_TEST (counter_gives_each_value_once)
{
  check_counter (comm, 0, 1, 0);
  check_counter (comm, -5, 3, ompi_obj_comm_get_size (comm) - 1);
  check_counter (comm, 7, -2, 0);
  check_counter (comm, 7, 0, 0);
  /* The sum wraps around. */
  check_counter (comm, G_MAXINT64 - 3, 1, 0);
  check_counter (comm, G_MININT64 + 3, -1, 0);
}

MPI_TEST (counter_bad_arguments)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiCounter) counter = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  gint64 value = 0;

  assert_no_error (error);
  ck_assert_ptr_null (ompi_obj_counter_new (0, 1, size, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "ompi_obj_counter_new: root is ");
  ck_assert_ptr_null (ompi_obj_counter_new (0, 1, -1, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "ompi_obj_counter_new: root is -1, but the communicator has ranks 0 to ");

  /* Where one rank is wrong, the others get an error too instead of waiting for it. */
  ck_assert_ptr_null (ompi_obj_counter_new (0, 1, rank == 0 ? OMPI_OBJ_ROOT : 0, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, rank == 0 ? "root is -4" : "rank 0 cannot take part");
  if (rank == size - 1)
    assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_counter_new (0, 1, 0, info, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, NULL);
  if (size > 1)
    {
      ck_assert_ptr_null (ompi_obj_counter_new (0, 1, rank == 0 ? 0 : 1, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "root is ");
    }

  /* After free */
  counter = ompi_obj_counter_new (0, 1, 0, NULL, comm, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_counter_free (counter, &error), error);
  ck_assert (!ompi_obj_counter_next (counter, &value, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_counter_next: the counter was freed");
  ck_assert (!ompi_obj_counter_add (counter, 1, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_counter_add: the counter was freed");
  ck_assert (!ompi_obj_counter_free (counter, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_counter_free: the counter was freed");
}

/* Mutexes */

MPI_TEST (mutex_lets_one_in)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (FALSE, NULL, comm, &error);
  MpiWin *shared = shared_new (comm);

  assert_no_error (error);
  ck_assert (!ompi_obj_mutex_locked (mutex));
  for (gint i = 0; i < N_ROUNDS; i++)
    {
      assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
      ck_assert (ompi_obj_mutex_locked (mutex));
      ck_assert_uint_eq (ompi_obj_mutex_count (mutex), 1);
      shared_add (shared, 0, 1);
      assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
      ck_assert (!ompi_obj_mutex_locked (mutex));
    }
  barrier (comm);
  ck_assert_int_eq (shared_get (shared, 0), N_ROUNDS * size);
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
  shared_free (shared);
}

MPI_TEST (mutex_trylock)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (FALSE, NULL, comm, &error);

  assert_no_error (error);
  if (rank == 0)
    assert_succeeds (ompi_obj_mutex_trylock (mutex, &error), error);
  barrier (comm);
  if (rank != 0)
    {
      ck_assert (!ompi_obj_mutex_trylock (mutex, &error));
      assert_no_error (error);
      ck_assert (!ompi_obj_mutex_locked (mutex));
    }
  barrier (comm);
  if (rank == 0)
    assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
  barrier (comm);
  /* Now others get it, between those that wait for it. */
  for (gint i = 0; i < N_ROUNDS; i++)
    if (i % 2 == 0 ? ompi_obj_mutex_lock (mutex, &error) : ompi_obj_mutex_trylock (mutex, &error))
      assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
}

MPI_TEST (mutex_recursive)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (TRUE, NULL, comm, &error);
  MpiWin *shared = shared_new (comm);

  assert_no_error (error);
  for (gint i = 0; i < N_ROUNDS / 4; i++)
    {
      assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
      assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
      assert_succeeds (ompi_obj_mutex_trylock (mutex, &error), error);
      ck_assert_uint_eq (ompi_obj_mutex_count (mutex), 3);
      shared_add (shared, 0, 1);
      assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
      assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
      ck_assert_uint_eq (ompi_obj_mutex_count (mutex), 1);
      shared_add (shared, 0, 1);
      assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
      ck_assert (!ompi_obj_mutex_locked (mutex));
    }
  barrier (comm);
  ck_assert_int_eq (shared_get (shared, 0), 2 * (N_ROUNDS / 4) * size);
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
  shared_free (shared);
}

static gboolean
add_under_locker (MpiMutex *mutex, MpiWin *shared, gboolean leave_early, GError **error)
{
  g_autoptr (MpiMutexLocker) locker = ompi_obj_mutex_locker_new (mutex, error);

  if (locker == NULL)
    return FALSE;
  shared_add (shared, 0, 1);
  if (leave_early)
    return FALSE;
  shared_add (shared, 0, 1);
  g_clear_pointer (&locker, ompi_obj_mutex_locker_free);
  ck_assert (!ompi_obj_mutex_locked (mutex));
  return TRUE;
}

MPI_TEST (mutex_locker)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (FALSE, NULL, comm, &error);
  MpiWin *shared = shared_new (comm);

  assert_no_error (error);
  for (gint i = 0; i < N_ROUNDS / 4; i++)
    {
      assert_succeeds (add_under_locker (mutex, shared, FALSE, &error), error);
      ck_assert (!add_under_locker (mutex, shared, TRUE, &error));
      assert_no_error (error);
      ck_assert (!ompi_obj_mutex_locked (mutex));
    }
  barrier (comm);
  ck_assert_int_eq (shared_get (shared, 0), 3 * (N_ROUNDS / 4) * size);

  /* What cannot be locked gives no locker. */
  if (ompi_obj_mutex_trylock (mutex, &error))
    {
      ck_assert (!add_under_locker (mutex, shared, FALSE, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "holds the mutex already");
      ck_assert (ompi_obj_mutex_locked (mutex));
    }
  assert_no_error (error);
  /* Whoever holds it gives it back here. */
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
  ck_assert (!add_under_locker (mutex, shared, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_mutex_lock: the mutex was freed");
  shared_free (shared);
}

MPI_TEST (mutex_errors)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (FALSE, NULL, comm, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_mutex_unlock (mutex, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_mutex_unlock: rank ");
  barrier (comm);
  if (rank == size - 1)
    {
      assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
      ck_assert (!ompi_obj_mutex_lock (mutex, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_mutex_lock: rank ");
      ck_assert (!ompi_obj_mutex_trylock (mutex, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "holds the mutex already, and the mutex is not recursive");
      ck_assert_uint_eq (ompi_obj_mutex_count (mutex), 1);
    }
  barrier (comm);
  if (rank != size - 1)
    {
      ck_assert (!ompi_obj_mutex_unlock (mutex, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "does not hold the mutex");
    }
  barrier (comm);
  if (rank == size - 1)
    assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
  ck_assert (!ompi_obj_mutex_free (mutex, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_mutex_free: the mutex was freed");
  ck_assert (!ompi_obj_mutex_trylock (mutex, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_mutex_trylock: the mutex was freed");
  ck_assert (!ompi_obj_mutex_unlock (mutex, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_mutex_unlock: the mutex was freed");
  ck_assert (!ompi_obj_mutex_locked (mutex));
  ck_assert_ptr_null (ompi_obj_condition_new_for_mutex (mutex, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_condition_new_for_mutex: the mutex was freed");
  if (size > 1)
    {
      ck_assert_ptr_null (ompi_obj_mutex_new (rank == 0, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "ompi_obj_mutex_new: recursive is ");
    }
}

/* Several mutexes, of which different ranks hold different ones at a time. */
MPI_TEST (several_mutexes)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiMutex *mutexes[3];

  for (gsize i = 0; i < G_N_ELEMENTS (mutexes); i++)
    {
      mutexes[i] = ompi_obj_mutex_new (FALSE, NULL, comm, &error);
      assert_no_error (error);
    }
  for (gint round = 0; round < N_ROUNDS / 4; round++)
    {
      const gint first = (rank + round) % 2;

      assert_succeeds (ompi_obj_mutex_lock (mutexes[first], &error), error);
      assert_succeeds (ompi_obj_mutex_lock (mutexes[2], &error), error);
      assert_succeeds (ompi_obj_mutex_unlock (mutexes[first], &error), error);
      assert_succeeds (ompi_obj_mutex_unlock (mutexes[2], &error), error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (mutexes); i++)
    {
      assert_succeeds (ompi_obj_mutex_free (mutexes[i], &error), error);
      g_object_unref (mutexes[i]);
    }
}

/* Conditions */

/* Where a list of ranks is kept that came, and a number that others wait for. */
typedef struct
{
  MpiWin *shared;
  gint64 wanted;
  guint n_asked;
} Wanted;

static gboolean
wanted_is_there (gpointer data)
{
  Wanted *self = data;

  self->n_asked++;
  return shared_get (self->shared, 0) >= self->wanted;
}

/* A number goes up from 0; each rank waits for its turn, and all are notified of each step. */
MPI_TEST (condition_takes_turns)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiCondition) condition = ompi_obj_condition_new (FALSE, NULL, comm, &error);
  Wanted wanted = { .shared = shared_new (comm) };

  assert_no_error (error);
  for (gint round = 0; round < N_ROUNDS / 4; round++)
    {
      g_autoptr (MpiConditionLocker) locker = ompi_obj_condition_locker_new (condition, &error);

      assert_no_error (error);
      ck_assert_ptr_nonnull (locker);
      ck_assert (ompi_obj_condition_locked (condition));
      wanted.wanted = round * size + size - 1 - rank; /* the last rank first */
      assert_succeeds (ompi_obj_condition_wait_for (condition, wanted_is_there, &wanted, &error), error);
      ck_assert (ompi_obj_condition_locked (condition));
      ck_assert_int_eq (shared_get (wanted.shared, 0), wanted.wanted);
      shared_put (wanted.shared, 0, wanted.wanted + 1);
      ck_assert_int_ge (ompi_obj_condition_notify_all (condition, &error), 0);
      assert_no_error (error);
    }
  ck_assert_uint_ge (wanted.n_asked, N_ROUNDS / 4);
  ck_assert (!ompi_obj_condition_locked (condition));
  assert_succeeds (ompi_obj_condition_free (condition, &error), error);
  shared_free (wanted.shared);
}

/* What ranks that wait in turn leave in the shared memory */
enum
{
  N_WAITING,
  N_NOTIFIED,
  N_AWAKE,
  N_SHARED
};

static void
lock_twice (MpiMutex *mutex)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
  assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
}

static void
unlock_twice (MpiMutex *mutex)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
  assert_succeeds (ompi_obj_mutex_unlock (mutex, &error), error);
}

/* Lets others have the mutex until as many have come. */
static void
let_in (MpiMutex *mutex, MpiWin *shared, gint64 place, gint64 n)
{
  while (shared_get (shared, place) < n)
    {
      unlock_twice (mutex);
      lock_twice (mutex);
    }
}

/* One rank more in each round than in the one before, until all are awake. */
static void
notify_in_turn (MpiCondition *condition, MpiWin *shared, gint64 n_waiting)
{
  g_autoptr (GError) error = NULL;
  gint64 n_woken = 0;

  for (gint n = 1; n_woken < n_waiting; n++)
    {
      const gint64 expected = MIN (n, n_waiting - n_woken);

      n_woken += expected;
      shared_put (shared, N_NOTIFIED, n_woken);
      ck_assert_int_eq (ompi_obj_condition_notify (condition, n, &error), expected);
      let_in (ompi_obj_condition_get_mutex (condition), shared, N_AWAKE, n_woken);
    }
  ck_assert_int_eq (ompi_obj_condition_notify_all (condition, &error), 0);
  assert_no_error (error);
}

/* Ranks are woken in the order in which they began to wait, and as many as were asked for. */
MPI_TEST (condition_is_fair)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiMutex) mutex = ompi_obj_mutex_new (TRUE, NULL, comm, &error);
  g_autoptr (MpiCondition) condition = ompi_obj_condition_new_for_mutex (mutex, NULL, &error);
  g_autoptr (MpiCondition) never = ompi_obj_condition_new_for_mutex (mutex, NULL, &error);
  MpiWin *shared = shared_new (comm);

  assert_no_error (error);
  ck_assert_ptr_eq (ompi_obj_condition_get_mutex (condition), mutex);
  for (gint round = 0; round < N_ROUNDS / 4; round++)
    {
      lock_twice (mutex);
      if (rank != round % size)
        {
          const gint64 place = shared_get (shared, N_WAITING);

          shared_add (shared, N_WAITING, 1);
          assert_succeeds (ompi_obj_condition_wait (condition, &error), error);
          ck_assert_uint_eq (ompi_obj_mutex_count (mutex), 2);
          ck_assert_int_lt (place, shared_get (shared, N_NOTIFIED));
          shared_add (shared, N_AWAKE, 1);
        }
      else
        {
          let_in (mutex, shared, N_WAITING, size - 1);
          ck_assert_int_eq (ompi_obj_condition_notify_all (never, &error), 0);
          ck_assert_int_eq (ompi_obj_condition_notify (condition, 0, &error), 0);
          assert_no_error (error);
          notify_in_turn (condition, shared, size - 1);
        }
      unlock_twice (mutex);
      barrier (comm);
      if (rank == 0)
        for (gint i = 0; i < N_SHARED; i++)
          shared_put (shared, i, 0);
      barrier (comm);
    }
  assert_succeeds (ompi_obj_condition_free (condition, &error), error);
  assert_succeeds (ompi_obj_condition_free (never, &error), error);
  /* The mutex was not theirs to free. */
  assert_succeeds (ompi_obj_mutex_lock (mutex, &error), error);
  assert_succeeds (ompi_obj_mutex_free (mutex, &error), error);
  shared_free (shared);
}

static gboolean
is_never_asked (G_GNUC_UNUSED gpointer data)
{
  ck_abort_msg ("the predicate was asked without the mutex");
  return FALSE;
}

static gboolean
is_always_true (G_GNUC_UNUSED gpointer data)
{
  return TRUE;
}

MPI_TEST (condition_errors)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiCondition) condition = ompi_obj_condition_new (FALSE, NULL, comm, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_condition_wait (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_condition_wait: rank ");
  ck_assert (!ompi_obj_condition_wait_for (condition, is_never_asked, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_condition_wait_for: rank ");
  ck_assert_int_eq (ompi_obj_condition_notify (condition, 1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_condition_notify: rank ");
  ck_assert_int_eq (ompi_obj_condition_notify_all (condition, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_condition_notify_all: rank ");
  ck_assert_int_eq (ompi_obj_condition_notify (condition, -1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "ompi_obj_condition_notify: n is -1");
  ck_assert (!ompi_obj_condition_unlock (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "does not hold the mutex");

  assert_succeeds (ompi_obj_condition_lock (condition, &error), error);
  assert_succeeds (ompi_obj_condition_wait_for (condition, is_always_true, NULL, &error), error);
  assert_succeeds (ompi_obj_condition_unlock (condition, &error), error);
  barrier (comm);
  if (rank == 0)
    assert_succeeds (ompi_obj_condition_trylock (condition, &error), error);
  barrier (comm);
  ck_assert (rank == 0 || !ompi_obj_condition_trylock (condition, &error));
  assert_no_error (error);
  barrier (comm);
  assert_succeeds (ompi_obj_condition_free (condition, &error), error);
  ck_assert (!ompi_obj_condition_lock (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_condition_lock: the condition was freed");
  ck_assert (!ompi_obj_condition_trylock (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert (!ompi_obj_condition_unlock (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert (!ompi_obj_condition_wait (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_condition_wait: the condition was freed");
  ck_assert (!ompi_obj_condition_free (condition, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_condition_free: the condition was freed");
  /* Its mutex went with it. */
  ck_assert (!ompi_obj_mutex_lock (ompi_obj_condition_get_mutex (condition), &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "the mutex was freed");
  if (size > 1)
    {
      ck_assert_ptr_null (ompi_obj_condition_new (rank == 0, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "recursive is ");
    }
}

/* Semaphores */

/* As many as there are are in at a time, and not more. */
static void
check_semaphore (MpiComm *comm, gint value, gboolean bounded)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSemaphore) semaphore = ompi_obj_semaphore_new (value, bounded, NULL, comm, &error);
  g_autoptr (MpiCounter) inside = ompi_obj_counter_new (0, 1, 0, NULL, comm, &error);
  gint64 n_inside;

  assert_no_error (error);
  for (gint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (MpiSemaphoreLocker) locker = ompi_obj_semaphore_locker_new (semaphore, &error);

      assert_no_error (error);
      ck_assert_ptr_nonnull (locker);
      assert_succeeds (ompi_obj_counter_next (inside, &n_inside, &error), error);
      ck_assert_int_lt (n_inside, value);
      ck_assert_int_ge (n_inside, 0);
      assert_succeeds (ompi_obj_counter_add (inside, -1, NULL, &error), error);
    }
  barrier (comm);
  assert_succeeds (ompi_obj_counter_free (inside, &error), error);
  assert_succeeds (ompi_obj_semaphore_free (semaphore, &error), error);
}

MPI_TEST (semaphore_lets_as_many_in)
{
  check_semaphore (comm, 1, TRUE);
  check_semaphore (comm, 1, FALSE);
  check_semaphore (comm, 2, TRUE);
  check_semaphore (comm, ompi_obj_comm_get_size (comm) + 1, FALSE);
}

/* Nothing is there at first; rank 0 gives one to each of the others, at once or one by one. */
MPI_TEST (semaphore_wakes_those_that_wait)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiSemaphore) semaphore = ompi_obj_semaphore_new (0, FALSE, NULL, comm, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_semaphore_try_acquire (semaphore, &error));
  assert_no_error (error);
  barrier (comm);
  for (gint round = 0; round < N_ROUNDS / 2; round++)
    {
      if (rank != 0)
        {
          assert_succeeds (ompi_obj_semaphore_acquire (semaphore, &error), error);
          assert_succeeds (ompi_obj_semaphore_acquire (semaphore, &error), error);
        }
      else if (size > 1 && round % 2 == 0)
        assert_succeeds (ompi_obj_semaphore_release (semaphore, 2 * (size - 1), &error), error);
      else
        for (gint i = 0; i < 2 * (size - 1); i++)
          assert_succeeds (ompi_obj_semaphore_release (semaphore, 1, &error), error);
    }
  barrier (comm);
  ck_assert (!ompi_obj_semaphore_try_acquire (semaphore, &error));
  assert_no_error (error);
  barrier (comm);
  assert_succeeds (ompi_obj_semaphore_release (semaphore, 1, &error), error);
  assert_succeeds (ompi_obj_semaphore_try_acquire (semaphore, &error), error);
  assert_succeeds (ompi_obj_semaphore_free (semaphore, &error), error);
}

MPI_TEST (semaphore_errors)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiSemaphore) semaphore = ompi_obj_semaphore_new (2, TRUE, NULL, comm, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_semaphore_release (semaphore, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC,
                "ompi_obj_semaphore_release: 1 are given back, but 2 of 2 are there already");
  ck_assert (!ompi_obj_semaphore_release (semaphore, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "ompi_obj_semaphore_release: n is 0, but must be 1 or more");
  ck_assert (!ompi_obj_semaphore_release (semaphore, G_MAXINT, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  barrier (comm);
  if (rank == 0)
    {
      assert_succeeds (ompi_obj_semaphore_acquire (semaphore, &error), error);
      ck_assert (!ompi_obj_semaphore_release (semaphore, 2, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "2 are given back, but 1 of 2 are there already");
    }
  barrier (comm);
  /* Another rank may give it back. */
  if (rank == size - 1)
    assert_succeeds (ompi_obj_semaphore_release (semaphore, 1, &error), error);
  assert_succeeds (ompi_obj_semaphore_free (semaphore, &error), error);
  ck_assert (!ompi_obj_semaphore_acquire (semaphore, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "ompi_obj_semaphore_acquire: the semaphore was freed");
  ck_assert (!ompi_obj_semaphore_try_acquire (semaphore, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert (!ompi_obj_semaphore_release (semaphore, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert (!ompi_obj_semaphore_free (semaphore, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);

  ck_assert_ptr_null (ompi_obj_semaphore_new (-1, TRUE, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "ompi_obj_semaphore_new: value is -1, but must not be negative");
  ck_assert_ptr_null (ompi_obj_semaphore_new (rank == 0 ? -1 : 1, TRUE, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, rank == 0 ? "value is -1" : "rank 0 cannot take part");
  if (size > 1)
    {
      ck_assert_ptr_null (ompi_obj_semaphore_new (rank == 0 ? 2 : 1, TRUE, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "value is ");
      ck_assert_ptr_null (ompi_obj_semaphore_new (1, rank == 0, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "bounded is ");
    }
}

/* Sequential sections */

MPI_TEST (sequential_goes_in_order)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiSequential) sequential = ompi_obj_sequential_new (comm, 5, &error);
  MpiWin *shared = shared_new (comm);

  assert_no_error (error);
  for (gint round = 0; round < N_ROUNDS / 4; round++)
    {
      {
        g_autoptr (MpiSequentialLocker) locker = ompi_obj_sequential_locker_new (sequential, &error);

        assert_no_error (error);
        ck_assert_ptr_nonnull (locker);
        ck_assert_int_eq (shared_get (shared, 0), round * size + rank);
        shared_add (shared, 0, 1);
      }
      barrier (comm);
    }
  shared_free (shared);
}

MPI_TEST (sequential_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiSequential) sequential = ompi_obj_sequential_new (copy, 0, &error);

  assert_no_error (error);
  ck_assert (!ompi_obj_sequential_end (sequential, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "ompi_obj_sequential_end: rank ");
  assert_succeeds (ompi_obj_sequential_begin (sequential, &error), error);
  ck_assert (!ompi_obj_sequential_begin (sequential, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "has begun before, and must end first");
  assert_succeeds (ompi_obj_sequential_end (sequential, &error), error);
  ck_assert_ptr_null (ompi_obj_sequential_new (copy, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, "ompi_obj_sequential_new: tag is -1");
  ck_assert_ptr_null (ompi_obj_sequential_new (copy, OMPI_OBJ_ANY_TAG, &error));
  assert_error (error, OMPI_OBJ_ERROR_TAG, NULL);
  barrier (comm);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert (!ompi_obj_sequential_begin (sequential, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
  ck_assert_ptr_null (ompi_obj_sequential_new (copy, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

/* All of them */

MPI_TEST (wrong_communicators)
{
  g_autoptr (GError) error = NULL;

#define ASSERT_ALL_FAIL(comm, text)                                              \
  do                                                                             \
    {                                                                            \
      ck_assert_ptr_null (ompi_obj_counter_new (0, 1, 0, NULL, comm, &error));   \
      assert_error (error, OMPI_OBJ_ERROR_COMM, text);                           \
      ck_assert_ptr_null (ompi_obj_mutex_new (FALSE, NULL, comm, &error));       \
      assert_error (error, OMPI_OBJ_ERROR_COMM, text);                           \
      ck_assert_ptr_null (ompi_obj_condition_new (FALSE, NULL, comm, &error));   \
      assert_error (error, OMPI_OBJ_ERROR_COMM, text);                           \
      ck_assert_ptr_null (ompi_obj_semaphore_new (1, TRUE, NULL, comm, &error)); \
      assert_error (error, OMPI_OBJ_ERROR_COMM, text);                           \
      ck_assert_ptr_null (ompi_obj_sequential_new (comm, 0, &error));            \
      assert_error (error, OMPI_OBJ_ERROR_COMM, text);                           \
    }                                                                            \
  while (0)

  if (ompi_obj_comm_is_inter (comm))
    ASSERT_ALL_FAIL (comm, "comm is an intercommunicator");
  else
    {
      g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

      assert_no_error (error);
      assert_succeeds (ompi_obj_comm_free (copy, &error), error);
      ASSERT_ALL_FAIL (copy, "freed");
    }
}

/* They need the communicator that they were made for only then. */
MPI_TEST (outlive_their_communicator)
{
  g_autoptr (GError) error = NULL;
  MpiComm *copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiCondition) condition = NULL;
  g_autoptr (MpiCondition) second = NULL;
  g_autoptr (MpiSemaphore) semaphore = NULL;

  assert_no_error (error);
  condition = ompi_obj_condition_new (TRUE, NULL, copy, &error);
  semaphore = ompi_obj_semaphore_new (1, TRUE, NULL, copy, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  g_clear_object (&copy);
  second = ompi_obj_condition_new_for_mutex (ompi_obj_condition_get_mutex (condition), NULL, &error);
  assert_no_error (error);
  for (gint i = 0; i < 5; i++)
    {
      assert_succeeds (ompi_obj_semaphore_acquire (semaphore, &error), error);
      assert_succeeds (ompi_obj_condition_lock (second, &error), error);
      assert_succeeds (ompi_obj_condition_unlock (condition, &error), error);
      assert_succeeds (ompi_obj_semaphore_release (semaphore, 1, &error), error);
    }
  assert_succeeds (ompi_obj_condition_free (second, &error), error);
  assert_succeeds (ompi_obj_condition_free (condition, &error), error);
  assert_succeeds (ompi_obj_semaphore_free (semaphore, &error), error);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gpointer other = OMPI_OBJ_SUM;
  gint64 value;

  harness_expect_critical ("*comm_check_type*");
  ck_assert_ptr_null (ompi_obj_counter_new (0, 1, 0, NULL, NULL, &error));
  harness_expect_critical ("*INFO*");
  ck_assert_ptr_null (ompi_obj_mutex_new (FALSE, other, comm, &error));
  harness_expect_critical ("*COUNTER*");
  ck_assert (!ompi_obj_counter_next (other, &value, &error));
  harness_expect_critical ("*value*");
  ck_assert (!ompi_obj_counter_next (other, NULL, &error));
  harness_expect_critical ("*MUTEX*");
  ck_assert (!ompi_obj_mutex_lock (other, &error));
  harness_expect_critical ("*MUTEX*");
  ck_assert_ptr_null (ompi_obj_mutex_locker_new (NULL, &error));
  harness_expect_critical ("*MUTEX*");
  ck_assert_ptr_null (ompi_obj_condition_new_for_mutex (NULL, NULL, &error));
  harness_expect_critical ("*CONDITION*");
  ck_assert_ptr_null (ompi_obj_condition_get_mutex (other));
  harness_expect_critical ("*predicate*");
  ck_assert (!ompi_obj_condition_wait_for (other, NULL, NULL, &error));
  harness_expect_critical ("*SEMAPHORE*");
  ck_assert (!ompi_obj_semaphore_acquire (NULL, &error));
  harness_expect_critical ("*SEQUENTIAL*");
  ck_assert (!ompi_obj_sequential_begin (other, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "sync-tools");
  harness_add (counter_gives_each_value_once, HARNESS_INTRA);
  harness_add (counter_bad_arguments, HARNESS_INTRA);
  harness_add (mutex_lets_one_in, HARNESS_INTRA);
  harness_add (mutex_trylock, HARNESS_INTRA);
  harness_add (mutex_recursive, HARNESS_INTRA);
  harness_add (mutex_locker, HARNESS_INTRA);
  harness_add (mutex_errors, HARNESS_INTRA);
  harness_add (several_mutexes, HARNESS_INTRA);
  harness_add (condition_takes_turns, HARNESS_INTRA);
  harness_add (condition_is_fair, HARNESS_INTRA);
  harness_add (condition_errors, HARNESS_INTRA);
  harness_add (semaphore_lets_as_many_in, HARNESS_INTRA);
  harness_add (semaphore_wakes_those_that_wait, HARNESS_INTRA);
  harness_add (semaphore_errors, HARNESS_INTRA);
  harness_add (sequential_goes_in_order, HARNESS_INTRA);
  harness_add (sequential_errors, HARNESS_INTRA);
  harness_add (wrong_communicators, HARNESS_ALL);
  harness_add (outlive_their_communicator, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
