/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Windows themselves: how they are made and freed, their memory and attributes, and epochs that do not fit. */

#include "windows.h"

#define EXCLUSIVE OMPI_OBJ_LOCK_TYPE_EXCLUSIVE
#define SHARED OMPI_OBJ_LOCK_TYPE_SHARED
#define NO_PROMISE OMPI_OBJ_RMA_ASSERT_NONE

static const MpiWinFlavor flavors[] = {
  [WINDOW_CREATE] = OMPI_OBJ_WIN_FLAVOR_CREATE,     [WINDOW_CREATE_UNALIGNED] = OMPI_OBJ_WIN_FLAVOR_CREATE,
  [WINDOW_ALLOCATE] = OMPI_OBJ_WIN_FLAVOR_ALLOCATE, [WINDOW_SHARED] = OMPI_OBJ_WIN_FLAVOR_SHARED,
  [WINDOW_DYNAMIC] = OMPI_OBJ_WIN_FLAVOR_DYNAMIC,
};

static void
assert_described (Window *window)
{
  const gboolean is_dynamic = window->kind == WINDOW_DYNAMIC;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) hints = ompi_obj_info_new (&error);
  g_autoptr (MpiInfo) info = NULL;
  g_autoptr (MpiGroup) group = NULL;
  g_autofree gchar *name = NULL;
  g_autofree gchar *long_name = g_strnfill (1000, 'x');
  g_autofree gchar *property = NULL;
  MpiWin *win = window->win;

  ck_assert_int_eq (ompi_obj_win_get_create_flavor (win, &error), flavors[window->kind]);
  assert_no_error (error);
  ck_assert_int_le (ompi_obj_win_get_model (win, &error), OMPI_OBJ_WIN_MODEL_UNIFIED);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_win_get_size (win, &error), is_dynamic ? 0 : N_SLOTS * (gint64) sizeof (gint64));
  ck_assert_int_eq (ompi_obj_win_get_disp_unit (win, &error), is_dynamic ? 1 : (gint64) sizeof (gint64));
  ck_assert_uint_eq (ompi_obj_win_get_base (win, &error), is_dynamic ? 0 : (guintptr) window->slots);
  ck_assert_int_eq (ompi_obj_win_get_rank (win), window->rank);
  ck_assert_int_eq (ompi_obj_win_get_n_ranks (win), window->size);
  group = ompi_obj_win_get_group (win, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_group_get_size (group), window->size);

  name = ompi_obj_win_get_name (win, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (name);
  assert_succeeds (ompi_obj_win_set_name (win, "board", &error), error);
  g_object_get (win, "name", &property, NULL);
  ck_assert_str_eq (property, "board");
  ck_assert (!ompi_obj_win_set_name (win, long_name, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "1000 bytes");

  assert_succeeds (ompi_obj_win_set_info (win, hints, &error), error);
  info = ompi_obj_win_get_info (win, &error);
  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_INFO (info));
  assert_succeeds (ompi_obj_info_free (hints, &error), error);
  ck_assert (!ompi_obj_win_set_info (win, hints, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, NULL);
}

static void
assert_has_memory (Window *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiBuffer) memory = ompi_obj_win_get_buffer (window->win, &error);
  g_autoptr (MpiBuffer) neighbor = NULL;
  gint64 disp_unit = 0;

  if (window->kind == WINDOW_DYNAMIC)
    {
      ck_assert_ptr_null (memory);
      assert_error (error, OMPI_OBJ_ERROR_RMA_FLAVOR, "dynamic");
      ck_assert (!ompi_obj_win_attach (window->win, OMPI_OBJ_DATA (window->slots, N_SLOTS), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_ATTACH, "already");
      ck_assert (!ompi_obj_win_detach (window->win, OMPI_OBJ_DATA (window->slots + 1, 1), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_ATTACH, NULL);
    }
  else
    {
      assert_no_error (error);
      ck_assert_ptr_eq (memory->address, window->slots);
      ck_assert_int_eq (memory->count, N_SLOTS * (gint64) sizeof (gint64));
      ck_assert (!ompi_obj_win_attach (window->win, OMPI_OBJ_DATA (window->slots, N_SLOTS), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_FLAVOR, "dynamic");
      ck_assert (!ompi_obj_win_detach (window->win, OMPI_OBJ_DATA (window->slots, N_SLOTS), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_FLAVOR, NULL);
    }

  neighbor = ompi_obj_win_shared_query (window->win, window_next (window), &disp_unit, &error);
  if (window->kind != WINDOW_SHARED)
    {
      ck_assert_ptr_null (neighbor);
      assert_error (error, OMPI_OBJ_ERROR_RMA_FLAVOR, NULL);
      return;
    }
  assert_no_error (error);
  ck_assert_int_eq (disp_unit, sizeof (gint64));
  ck_assert_int_eq (neighbor->count, N_SLOTS * (gint64) sizeof (gint64));
  window->slots[0] = window->rank + 50;
  assert_succeeds (ompi_obj_win_fence (window->win, NO_PROMISE, &error), error);
  ck_assert_int_eq (*(gint64 *) neighbor->address, window_next (window) + 50);
  assert_succeeds (ompi_obj_win_fence (window->win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);

  g_clear_pointer (&neighbor, ompi_obj_buffer_free);
  neighbor = ompi_obj_win_shared_query (window->win, OMPI_OBJ_PROC_NULL, NULL, &error);
  assert_no_error (error);
  ck_assert_int_eq (*(gint64 *) neighbor->address, 50);
  ck_assert_ptr_null (ompi_obj_win_shared_query (window->win, window->size, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
}

static guint n_deleted;

static void
on_delete (GObject *object, G_GNUC_UNUSED MpiKeyval *keyval, GVariant *value, gpointer user_data)
{
  ck_assert_ptr_eq (object, user_data);
  n_deleted += (guint) g_variant_get_uint32 (value);
}

static void
assert_has_attributes (Window *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  g_autoptr (MpiKeyval) freed = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (GVariant) value = NULL;

  n_deleted = 0;
  ompi_obj_keyval_set_delete_func (keyval, on_delete, window->win, NULL);
  ck_assert_ptr_null (ompi_obj_win_get_attr (window->win, keyval, &error));
  assert_no_error (error);
  assert_succeeds (ompi_obj_win_set_attr (window->win, keyval, g_variant_new_uint32 (1), &error), error);
  assert_succeeds (ompi_obj_win_set_attr (window->win, keyval, g_variant_new_uint32 (10), &error), error);
  ck_assert_uint_eq (n_deleted, 1);
  value = ompi_obj_win_get_attr (window->win, keyval, &error);
  assert_no_error (error);
  ck_assert_uint_eq (g_variant_get_uint32 (value), 10);
  assert_succeeds (ompi_obj_win_delete_attr (window->win, keyval, &error), error);
  assert_succeeds (ompi_obj_win_delete_attr (window->win, keyval, &error), error);
  ck_assert_uint_eq (n_deleted, 11);
  /* What is left goes with the window. */
  assert_succeeds (ompi_obj_win_set_attr (window->win, keyval, g_variant_new_uint32 (100), &error), error);

  assert_succeeds (ompi_obj_keyval_free (freed, &error), error);
  ck_assert (!ompi_obj_win_set_attr (window->win, freed, g_variant_new_uint32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_KEYVAL, NULL);
  ck_assert_ptr_null (ompi_obj_win_get_attr (window->win, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_KEYVAL, NULL);
  ck_assert (!ompi_obj_win_delete_attr (window->win, freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_KEYVAL, NULL);
}

/* What the closure of an error handler was told. */
typedef struct
{
  GObject *object;
  guint n_errors;
  gboolean is_gone;
} Heard;

static void
on_error (GObject *object, const GError *error, gpointer user_data)
{
  Heard *heard = user_data;

  ck_assert (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_RMA_CONFLICT));
  ck_assert_ptr_eq (object, heard->object);
  heard->n_errors++;
}

static void
on_gone (gpointer user_data)
{
  ((Heard *) user_data)->is_gone = TRUE;
}

static void
assert_has_errhandler (Window *window)
{
  Heard heard = { (GObject *) window->win, 0, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiErrhandler) errhandler = ompi_obj_errhandler_new (on_error, &heard, on_gone);
  g_autoptr (MpiErrhandler) set = NULL;

  set = ompi_obj_win_get_errhandler (window->win, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (set, OMPI_OBJ_ERRORS_RETURN);
  g_clear_object (&set);

  assert_succeeds (ompi_obj_win_set_errhandler (window->win, errhandler, &error), error);
  set = ompi_obj_win_get_errhandler (window->win, &error);
  assert_no_error (error);
  ck_assert_ptr_eq (set, errhandler);
  assert_succeeds (ompi_obj_win_call_errhandler (window->win, MPI_ERR_RMA_CONFLICT, &error), error);
  ck_assert_uint_eq (heard.n_errors, 1);
  ck_assert (!ompi_obj_win_call_errhandler (window->win, MPI_SUCCESS, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, NULL);

  assert_succeeds (ompi_obj_win_set_errhandler (window->win, OMPI_OBJ_ERRORS_RETURN, &error), error);
  assert_succeeds (ompi_obj_win_call_errhandler (window->win, MPI_ERR_RMA_CONFLICT, &error), error);
  ck_assert_uint_eq (heard.n_errors, 1);
  g_clear_object (&set);
  assert_succeeds (ompi_obj_errhandler_free (errhandler, &error), error);
  ck_assert (!ompi_obj_win_set_errhandler (window->win, errhandler, &error));
  assert_error (error, OMPI_OBJ_ERROR_ERRHANDLER, NULL);
  g_clear_object (&errhandler);
  ck_assert (heard.is_gone);
}

MPI_TEST (all_kinds)
{
  harness_allow_time (3);
  for (WindowKind kind = 0; kind < N_WINDOW_KINDS; kind++)
    {
      Window window;

      window_init (&window, kind, comm);
      assert_described (&window);
      assert_has_memory (&window);
      assert_has_errhandler (&window);
      assert_has_attributes (&window);
      window_clear (&window);
      ck_assert_uint_eq (n_deleted, 111);
    }
}

/* Every method that is called when it must not be, on a window that is in no epoch. */
static void
assert_no_epoch (MpiWin *win, gint rank, gint code)
{
  const gint64 value = 1;
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (rank, 0), &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_complete (win, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_wait (win, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_test (win, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_unlock (win, rank, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_unlock_all (win, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_flush (win, rank, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_flush_all (win, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_flush_local (win, rank, &error));
  assert_error (error, code, NULL);
  ck_assert (!ompi_obj_win_flush_local_all (win, &error));
  assert_error (error, code, NULL);
}

/* Every method that begins an epoch, on a window that is in one. */
static void
assert_in_epoch (MpiWin *win, MpiGroup *group, gint rank, gboolean is_lock)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_win_start (win, group, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  ck_assert (!ompi_obj_win_lock (win, SHARED, rank, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  ck_assert (!ompi_obj_win_lock_all (win, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  ck_assert (!ompi_obj_win_free (win, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  if (is_lock)
    {
      ck_assert (!ompi_obj_win_fence (win, NO_PROMISE, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
    }
}

MPI_TEST (wrong_epochs)
{
  Window window;
  const gint64 value = 1;
  gint rank;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = NULL;
  g_autoptr (MpiGroup) freed = NULL;
  MpiWin *win;

  window_init (&window, WINDOW_ALLOCATE, comm);
  win = window.win;
  rank = window.rank;
  group = window_group_of (&window, rank);
  freed = window_group_of (&window, rank);
  assert_succeeds (ompi_obj_group_free (freed, &error), error);

  assert_no_epoch (win, rank, OMPI_OBJ_ERROR_RMA_SYNC);

  /* A fence gives way to another kind of epoch, unless an operation has followed it. */
  assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
  assert_succeeds (ompi_obj_win_lock (win, EXCLUSIVE, rank, NO_PROMISE, &error), error);
  assert_in_epoch (win, group, rank, TRUE);
  assert_succeeds (ompi_obj_win_unlock (win, rank, &error), error);
  assert_no_epoch (win, rank, OMPI_OBJ_ERROR_RMA_SYNC);
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
  assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (rank, 0), &error), error);
  assert_in_epoch (win, group, rank, FALSE);
  ck_assert (!ompi_obj_win_post (win, group, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "fence");
  assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);

  assert_succeeds (ompi_obj_win_lock_all (win, NO_PROMISE, &error), error);
  assert_in_epoch (win, group, rank, TRUE);
  ck_assert (!ompi_obj_win_unlock (win, rank, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);

  assert_succeeds (ompi_obj_win_post (win, group, NO_PROMISE, &error), error);
  ck_assert (!ompi_obj_win_post (win, group, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "post");
  ck_assert (!ompi_obj_win_fence (win, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "post");
  assert_succeeds (ompi_obj_win_start (win, group, NO_PROMISE, &error), error);
  ck_assert (!ompi_obj_win_test (win, &error));
  assert_no_error (error);
  assert_in_epoch (win, group, rank, TRUE);
  if (window.size > 1)
    {
      ck_assert (
          !ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (window_next (&window), 0), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, "gives access");
    }
  assert_succeeds (ompi_obj_win_complete (win, &error), error);
  while (!ompi_obj_win_test (win, &error))
    assert_no_error (error);
  assert_no_epoch (win, rank, OMPI_OBJ_ERROR_RMA_SYNC);

  /* Arguments */
  ck_assert (!ompi_obj_win_start (win, freed, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, NULL);
  ck_assert (!ompi_obj_win_post (win, freed, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_GROUP, NULL);
  ck_assert (!ompi_obj_win_lock (win, (MpiLockType) 7, rank, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_LOCKTYPE, "7");
  ck_assert (!ompi_obj_win_lock (win, SHARED, rank, OMPI_OBJ_RMA_ASSERT_NOPUT, &error));
  assert_error (error, OMPI_OBJ_ERROR_ASSERT, NULL);
  ck_assert (!ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NOPUT, &error));
  assert_error (error, OMPI_OBJ_ERROR_ASSERT, NULL);
  ck_assert (!ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOCHECK, &error));
  assert_error (error, OMPI_OBJ_ERROR_ASSERT, NULL);
  ck_assert (!ompi_obj_win_start (win, group, OMPI_OBJ_RMA_ASSERT_NOSTORE, &error));
  assert_error (error, OMPI_OBJ_ERROR_ASSERT, NULL);
  ck_assert (!ompi_obj_win_post (win, group, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error));
  assert_error (error, OMPI_OBJ_ERROR_ASSERT, NULL);
  ck_assert (!ompi_obj_win_lock (win, SHARED, window.size, NO_PROMISE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
  ck_assert (!ompi_obj_win_unlock (win, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
  ck_assert (!ompi_obj_win_flush (win, window.size, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
  ck_assert (!ompi_obj_win_flush_local (win, window.size, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
  assert_succeeds (ompi_obj_win_lock (win, SHARED, OMPI_OBJ_PROC_NULL, NO_PROMISE, &error), error);
  assert_succeeds (ompi_obj_win_flush (win, OMPI_OBJ_PROC_NULL, &error), error);
  assert_succeeds (ompi_obj_win_flush_local (win, OMPI_OBJ_PROC_NULL, &error), error);
  assert_succeeds (ompi_obj_win_unlock (win, OMPI_OBJ_PROC_NULL, &error), error);

  g_object_ref (win);
  window_clear (&window);
  assert_no_epoch (win, rank, OMPI_OBJ_ERROR_WIN);
  ck_assert (!ompi_obj_win_sync (win, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "freed");
  ck_assert (!ompi_obj_win_free (win, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert_ptr_null (ompi_obj_win_get_buffer (win, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, NULL);
  ck_assert_int_eq (ompi_obj_win_get_rank (win), -1);
  g_object_unref (win);
}

/* An epoch that one rank has forgotten: none of them frees the window. */
MPI_TEST (forgotten_epoch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win = ompi_obj_win_allocate (8, 1, NULL, comm, &error);
  const gint rank = ompi_obj_comm_get_rank (comm);

  assert_no_error (error);
  if (rank == 0)
    assert_succeeds (ompi_obj_win_lock (win, SHARED, 0, NO_PROMISE, &error), error);
  ck_assert (!ompi_obj_win_free (win, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, rank == 0 ? "epoch" : "rank 0");
  if (rank == 0)
    assert_succeeds (ompi_obj_win_unlock (win, 0, &error), error);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
}

/* What is wrong on one rank is an error on all. */
MPI_TEST (wrong_on_one_rank)
{
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == ompi_obj_comm_get_size (comm) - 1;
  gint64 number = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (1, OMPI_OBJ_INT64_T, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  assert_succeeds (ompi_obj_datatype_free (datatype, &error), error);

  ck_assert_ptr_null (
      ompi_obj_win_create (OMPI_OBJ_BUFFER (&number, is_wrong ? -1 : 1, OMPI_OBJ_INT64_T), 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, NULL);
  ck_assert_ptr_null (ompi_obj_win_create (OMPI_OBJ_BUFFER (&number, 1, is_wrong ? datatype : OMPI_OBJ_INT64_T), 8,
                                           NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, NULL);
  ck_assert_ptr_null (ompi_obj_win_create (OMPI_OBJ_DATA (&number, 1), is_wrong ? 0 : 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_DISP, NULL);
  ck_assert_ptr_null (ompi_obj_win_allocate (is_wrong ? -1 : 8, 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_SIZE, NULL);
  ck_assert_ptr_null (ompi_obj_win_allocate (is_wrong ? G_MAXINT64 / 16 : 8, 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, NULL);
  ck_assert_ptr_null (ompi_obj_win_allocate_shared (is_wrong ? G_MAXINT64 / 16 : 8, 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, NULL);
  ck_assert_ptr_null (ompi_obj_win_allocate_shared (8, is_wrong ? -8 : 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_DISP, NULL);
  ck_assert_ptr_null (ompi_obj_win_create_dynamic (is_wrong ? info : NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, NULL);

  if (ompi_obj_comm_get_size (comm) > 1)
    {
      ck_assert_ptr_null (is_wrong ? ompi_obj_win_create_dynamic (NULL, comm, &error)
                                   : ompi_obj_win_allocate (8, 8, NULL, comm, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "kind of window");
    }
}

MPI_TEST (between_groups)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (ompi_obj_win_allocate (8, 8, NULL, comm, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "intercommunicator");
}

MPI_TEST (no_memory_on_some)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint last = ompi_obj_comm_get_size (comm) - 1;
  gint64 number = 0;
  const gint64 value = 4;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win =
      ompi_obj_win_create (rank == 0 ? OMPI_OBJ_DATA (&number, 1) : NULL, rank == 0 ? 8 : 1, NULL, comm, &error);
  g_autoptr (MpiBuffer) memory = NULL;

  assert_no_error (error);
  memory = ompi_obj_win_get_buffer (win, &error);
  assert_no_error (error);
  ck_assert_int_eq (memory->count, rank == 0 ? 8 : 0);
  assert_succeeds (ompi_obj_win_fence (win, NO_PROMISE, &error), error);
  if (rank == last)
    assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (0, 0), &error), error);
  if (last > 0)
    {
      ck_assert (!ompi_obj_win_put (win, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (last, 0), &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_RANGE, "0 bytes");
    }
  assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
  ck_assert_int_eq (number, rank == 0 ? value : 0);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
}

/* A buffer that outlives its window can be read and written. */
MPI_TEST (memory_outlives_window)
{
  for (gint shared = 0; shared < 2; shared++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiWin) win = shared ? ompi_obj_win_allocate_shared (4096, 1, NULL, comm, &error)
                                      : ompi_obj_win_allocate (4096, 1, NULL, comm, &error);
      g_autoptr (MpiBuffer) memory = NULL;

      assert_no_error (error);
      memory = ompi_obj_win_get_buffer (win, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_win_free (win, &error), error);
      g_clear_object (&win);
      memset (memory->address, 7, (gsize) memory->count);
      ck_assert_uint_eq (((guint8 *) memory->address)[4095], 7);
    }
}

static void
count_freed (gpointer data)
{
  guint *n_freed = data;

  (*n_freed)++;
}

MPI_TEST (owned_memory)
{
  static gint64 number;
  guint n_freed = 0;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_bytes_new_with_free_func (&number, sizeof number, count_freed, &n_freed);
  MpiBuffer *buffer = ompi_obj_buffer_new_for_bytes (bytes);
  g_autoptr (MpiWin) win = ompi_obj_win_create (buffer, 8, NULL, comm, &error);
  g_autoptr (MpiWin) dynamic = NULL;

  assert_no_error (error);
  dynamic = ompi_obj_win_create_dynamic (NULL, comm, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_win_attach (dynamic, buffer, &error), error);
  g_bytes_unref (bytes);
  ompi_obj_buffer_free (buffer);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
  ck_assert_uint_eq (n_freed, 0);
  assert_succeeds (ompi_obj_win_detach (dynamic, OMPI_OBJ_DATA (&number, 1), &error), error);
  ck_assert_uint_eq (n_freed, 1);
  assert_succeeds (ompi_obj_win_free (dynamic, &error), error);
}

static gboolean
put_under_guard (MpiWin *win, gint rank, const gint64 *value, gboolean leaves_early, GError **error)
{
  g_autoptr (MpiWinLock) lock = ompi_obj_win_lock_new (win, EXCLUSIVE, rank, NO_PROMISE, error);

  if (lock == NULL || !ompi_obj_win_put (win, OMPI_OBJ_DATA (value, 1), OMPI_OBJ_TARGET (rank, 0), error))
    return FALSE;
  return leaves_early || ompi_obj_win_lock_release (g_steal_pointer (&lock), error);
}

MPI_TEST (guards)
{
  Window window;
  const gint64 values[] = { 11, 12, 13 };
  g_autoptr (GError) error = NULL;

  window_init (&window, WINDOW_ALLOCATE, comm);
  for (gint way = 0; way < 2; way++)
    {
      assert_succeeds (put_under_guard (window.win, window_next (&window), &values[way], way == 0, &error), error);
      assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
      ck_assert_int_eq (window.slots[0], values[way]);
      assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
      assert_no_epoch (window.win, window.rank, OMPI_OBJ_ERROR_RMA_SYNC);
    }
  ck_assert (!put_under_guard (window.win, window.size, values, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, NULL);
  {
    g_autoptr (MpiWinLock) all = ompi_obj_win_lock_new_all (window.win, NO_PROMISE, &error);

    assert_no_error (error);
    assert_succeeds (ompi_obj_win_put (window.win, OMPI_OBJ_DATA (&values[2], 1),
                                       OMPI_OBJ_TARGET (window_next (&window), 1), &error),
                     error);
    ck_assert_ptr_null (ompi_obj_win_lock_new_all (window.win, NO_PROMISE, &error));
    assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
    assert_succeeds (ompi_obj_win_lock_release (g_steal_pointer (&all), &error), error);
  }
  ompi_obj_win_lock_free (ompi_obj_win_lock_new_all (window.win, NO_PROMISE, &error));
  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
  ck_assert_int_eq (window.slots[1], values[2]);
  window_clear (&window);
}

MPI_TEST (native_handles)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  gint64 number = 0;
  const gint64 value = 9;
  MPI_Win native;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) owned = NULL;
  g_autoptr (MpiWin) borrowed = NULL;

  ck_assert_int_eq (MPI_Win_create (&number, sizeof number, 8, MPI_INFO_NULL, ompi_obj_comm_get_native (comm), &native),
                    MPI_SUCCESS);
  borrowed = ompi_obj_win_new_for_native (native, OMPI_OBJ_OWNERSHIP_BORROWED, &error);
  assert_no_error (error);
  ck_assert (ompi_obj_win_get_native (borrowed) == native);
  ck_assert_int_eq (ompi_obj_win_get_size (borrowed, &error), sizeof number);
  assert_succeeds (ompi_obj_win_lock (borrowed, EXCLUSIVE, rank, NO_PROMISE, &error), error);
  assert_succeeds (ompi_obj_win_put (borrowed, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (rank, 0), &error), error);
  assert_succeeds (ompi_obj_win_unlock (borrowed, rank, &error), error);
  ck_assert_int_eq (number, value);
  ck_assert (!ompi_obj_win_free (borrowed, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "borrowed");
  g_clear_object (&borrowed);

  owned = ompi_obj_win_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_win_free (owned, &error), error);
  ck_assert (ompi_obj_win_get_native (owned) == MPI_WIN_NULL);
  ck_assert_ptr_null (ompi_obj_win_new_for_native (MPI_WIN_NULL, OMPI_OBJ_OWNERSHIP_OWNED, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "MPI_WIN_NULL");
}

MPI_TEST (targets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) datatype = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  g_autoptr (MpiWinTarget) plain = ompi_obj_win_target_new (1, 2);
  g_autoptr (MpiWinTarget) copy = ompi_obj_win_target_copy (OMPI_OBJ_TARGET_FULL (1, 2, 3, datatype));

  assert_no_error (error);
  ck_assert_int_eq (plain->rank, 1);
  ck_assert_int_eq (plain->displacement, 2);
  ck_assert_int_lt (plain->count, 0);
  ck_assert_ptr_null (plain->datatype);
  ck_assert_int_eq (copy->count, 3);
  ck_assert_ptr_eq (copy->datatype, datatype);
  ck_assert_uint_eq (((GObject *) datatype)->ref_count, 2);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  harness_expect_critical ("*win_check_type*");
  ck_assert (!ompi_obj_win_free (NULL, &error));
  harness_expect_critical ("*win_check_type*");
  ck_assert (!ompi_obj_win_put ((MpiWin *) comm, OMPI_OBJ_DATA (&value, 1), OMPI_OBJ_TARGET (0, 0), &error));
  harness_expect_critical ("*origin != NULL*");
  ck_assert (!ompi_obj_win_put ((MpiWin *) comm, NULL, OMPI_OBJ_TARGET (0, 0), &error));
  harness_expect_critical ("*target != NULL*");
  ck_assert (!ompi_obj_win_get ((MpiWin *) comm, OMPI_OBJ_DATA (&value, 1), NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "win-create");
  harness_add (all_kinds, HARNESS_INTRA);
  harness_add (wrong_epochs, HARNESS_INTRA);
  harness_add (forgotten_epoch, HARNESS_INTRA);
  harness_add (wrong_on_one_rank, HARNESS_INTRA);
  harness_add (between_groups, HARNESS_INTER);
  harness_add (no_memory_on_some, HARNESS_INTRA);
  harness_add (memory_outlives_window, HARNESS_ONCE);
  harness_add (owned_memory, HARNESS_ONCE);
  harness_add (guards, HARNESS_INTRA);
  harness_add (native_handles, HARNESS_INTRA);
  harness_add (targets, HARNESS_ONCE);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
