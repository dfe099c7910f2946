/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "handle-registry-private.h"
#include "win-private.h"

MpiWinHandle ompi_obj_win_no_handle = { .win = MPI_WIN_NULL, .rank = -1, .n_ranks = -1 };

static HandleRegistry registry;

static gpointer
win_handle_ref_entry (gpointer handle)
{
  return ompi_obj_win_handle_ref (handle);
}

static MpiWinHandle *
win_handle_find (MPI_Win win)
{
  return ompi_obj_handle_registry_find (&registry, HANDLE_REGISTRY_KEY (win), win_handle_ref_entry);
}

MpiWinHandle *
ompi_obj_win_handle_alloc (MpiOwnership ownership)
{
  MpiWinHandle *handle = g_new0 (MpiWinHandle, 1);

  g_atomic_ref_count_init (&handle->ref_count);
  g_mutex_init (&handle->lock);
  g_weak_ref_init (&handle->object, NULL);
  handle->ownership = ownership;
  handle->win = MPI_WIN_NULL;
  handle->group = MPI_GROUP_NULL;
  handle->origins = g_array_new (FALSE, FALSE, sizeof (WinOrigin));
  handle->errhandler = (ErrhandlerSlot) ERRHANDLER_SLOT_INIT;
  return handle;
}

MpiWinHandle *
ompi_obj_win_handle_ref (MpiWinHandle *handle)
{
  if (handle != &ompi_obj_win_no_handle)
    g_atomic_ref_count_inc (&handle->ref_count);
  return handle;
}

/* Lets go of everything that only a window needs which is there. */
static void
win_handle_release (MpiWinHandle *handle)
{
  if (handle->group != MPI_GROUP_NULL && environment_is_active ())
    MPI_Group_free (&handle->group);
  handle->group = MPI_GROUP_NULL;
  g_clear_object (&handle->comm);
  g_clear_pointer (&handle->extents, g_free);
  g_clear_pointer (&handle->open, g_free);
  g_clear_pointer (&handle->memory, g_bytes_unref);
  g_clear_pointer (&handle->attached, g_hash_table_unref);
  ompi_obj_win_handle_release_origins (handle, ALL_RANKS);
  ompi_obj_errhandler_slot_clear (&handle->errhandler);
}

/*
 * A window is freed by all ranks together, so the last reference cannot do it. One that was not freed stays, with
 * its memory, which other ranks may access.
 */
static gboolean
win_handle_is_left_to_mpi (const MpiWinHandle *handle)
{
  return handle->win != MPI_WIN_NULL && handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ();
}

void
ompi_obj_win_handle_unref (MpiWinHandle *handle)
{
  if (handle == &ompi_obj_win_no_handle)
    return;
  if (win_handle_is_left_to_mpi (handle))
    {
      if (!g_atomic_ref_count_dec (&handle->ref_count))
        return;
      g_atomic_ref_count_init (&handle->ref_count); /* the registry's */
      g_warning ("a window was dropped before it was freed");
      return;
    }
  if (!ompi_obj_handle_registry_unref (&registry, HANDLE_REGISTRY_KEY (handle->win), handle, &handle->ref_count))
    return;
  win_handle_release (handle);
  g_array_unref (handle->origins);
  g_weak_ref_clear (&handle->object);
  g_mutex_clear (&handle->lock);
  g_free (handle);
}

static MpiWinFlavor
flavor_from_mpi (int flavor)
{
  switch (flavor)
    {
    case MPI_WIN_FLAVOR_ALLOCATE:
      return OMPI_OBJ_WIN_FLAVOR_ALLOCATE;
    case MPI_WIN_FLAVOR_DYNAMIC:
      return OMPI_OBJ_WIN_FLAVOR_DYNAMIC;
    case MPI_WIN_FLAVOR_SHARED:
      return OMPI_OBJ_WIN_FLAVOR_SHARED;
    case MPI_WIN_FLAVOR_CREATE:
    default:
      return OMPI_OBJ_WIN_FLAVOR_CREATE;
    }
}

/* What MPI keeps as attributes, most of them as the address of a number. */
static gboolean
win_handle_read_attributes (MpiWinHandle *handle, MPI_Win win, const char *function, GError **error)
{
  gpointer base = NULL;
  MPI_Aint *size = NULL;
  int *disp_unit = NULL;
  int *flavor = NULL;
  int has_base;
  int has_size;
  int has_unit;
  int has_flavor;

  if (!check_mpi (error, function, MPI_Win_get_attr (win, MPI_WIN_BASE, &base, &has_base))
      || !check_mpi (error, function, MPI_Win_get_attr (win, MPI_WIN_SIZE, &size, &has_size))
      || !check_mpi (error, function, MPI_Win_get_attr (win, MPI_WIN_DISP_UNIT, &disp_unit, &has_unit))
      || !check_mpi (error, function, MPI_Win_get_attr (win, MPI_WIN_CREATE_FLAVOR, &flavor, &has_flavor)))
    return FALSE;
  handle->base = has_base ? base : NULL;
  handle->own.size = has_size ? *size : 0;
  handle->own.disp_unit = has_unit ? *disp_unit : 1;
  handle->flavor = flavor_from_mpi (has_flavor ? *flavor : MPI_WIN_FLAVOR_CREATE);
  return TRUE;
}

gboolean
ompi_obj_win_handle_fill (MpiWinHandle *handle, MPI_Win win, const char *function, GError **error)
{
  const gboolean is_ours = handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED;

  if ((is_ours && !check_mpi (error, function, MPI_Win_set_errhandler (win, MPI_ERRORS_RETURN)))
      || !win_handle_read_attributes (handle, win, function, error)
      || !check_mpi (error, function, MPI_Win_get_group (win, &handle->group))
      || !check_mpi (error, function, MPI_Group_size (handle->group, &handle->n_ranks))
      || !check_mpi (error, function, MPI_Group_rank (handle->group, &handle->rank)))
    return FALSE;
  handle->win = win;
  ompi_obj_handle_registry_add (&registry, HANDLE_REGISTRY_KEY (win), handle, is_ours);
  return TRUE;
}

void
ompi_obj_win_handle_clear (MpiWinHandle *handle)
{
  ompi_obj_handle_registry_remove (&registry, HANDLE_REGISTRY_KEY (handle->win), handle);
  handle->win = MPI_WIN_NULL;
  handle->rank = -1;
  handle->n_ranks = -1;
  win_handle_release (handle);
}

MpiWin *
ompi_obj_win_find_object (MPI_Win win)
{
  MpiWinHandle *handle = win_handle_find (win);
  MpiWin *object = NULL;

  if (handle != NULL)
    {
      object = g_weak_ref_get (&handle->object);
      ompi_obj_win_handle_unref (handle);
    }
  return object;
}

/* What MPI calls for the closures of all windows: whose it is, the record knows. */
static void
on_win_error (MPI_Win *win, int *mpi_code, ...)
{
  MpiWinHandle *handle = win_handle_find (*win);

  if (handle == NULL)
    return;
  ompi_obj_errhandler_slot_invoke (&handle->errhandler, g_weak_ref_get (&handle->object), *mpi_code);
  ompi_obj_win_handle_unref (handle);
}

static int
win_errhandler_create (MPI_Errhandler *native)
{
  return MPI_Win_create_errhandler (on_win_error, native);
}

static int
win_errhandler_set (gconstpointer win, MPI_Errhandler native)
{
  return MPI_Win_set_errhandler (*(const MPI_Win *) win, native);
}

static int
win_errhandler_get (gconstpointer win, MPI_Errhandler *native)
{
  return MPI_Win_get_errhandler (*(const MPI_Win *) win, native);
}

static const ErrhandlerKind win_errhandlers = { win_errhandler_create, win_errhandler_set, win_errhandler_get };

gboolean
ompi_obj_win_handle_set_errhandler (MpiWinHandle *handle,
                                    MpiErrhandler *errhandler,
                                    const char *function,
                                    GError **error)
{
  return ompi_obj_errhandler_slot_set (&handle->errhandler, &win_errhandlers, &handle->win, errhandler, function,
                                       error);
}

MpiErrhandler *
ompi_obj_win_handle_get_errhandler (MpiWinHandle *handle, const char *function, GError **error)
{
  return ompi_obj_errhandler_slot_get (&handle->errhandler, &win_errhandlers, &handle->win, function, error);
}
