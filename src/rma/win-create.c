/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "comm-agreement-private.h"
#include "comm-private.h"
#include "info-private.h"
#include "large-count-rma-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"
#include "win-private.h"

/* What a rank comes with to make a window. */
typedef struct
{
  const char *function;
  MpiWinFlavor flavor;
  gpointer base; /* in: the program's memory; out: MPI's */
  WinExtent extent;
  GBytes *owner;
  MpiInfo *info;
  MpiComm *comm;
} Creation;

/* MPICH before 4.1 over UCX mixes up the memory of ranks if the sizes are not multiples of this. */
#define ALLOCATION_UNIT 16

#ifdef HAVE_MPI_LARGE_COUNT
#define DISP_UNIT_LIMIT G_MAXINT64
#else
#define DISP_UNIT_LIMIT G_MAXINT
#endif

/*
 * MPICH waits for ever if one rank finds no memory; and memory that the system promised and does not have ends the
 * program when it is touched. So the system is asked first, in a way in which it refuses what it cannot have.
 */
static gboolean
creation_check_room (const Creation *self, GError **error)
{
  void *memory = g_try_malloc ((gsize) MAX (self->extent.size, 1));

  if (memory == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, self->function, "no memory for %" G_GINT64_FORMAT " bytes",
                        self->extent.size);
  g_free (memory);
  return memory != NULL;
}

/* What one rank can see by itself. */
static gboolean
creation_check (const Creation *self, GError **error)
{
  if (!ompi_obj_info_check (self->info, self->function, error))
    return FALSE;
  if (self->extent.size < 0 || self->extent.size > G_MAXINT64 - ALLOCATION_UNIT)
    return ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_SIZE, "size", -1, self->extent.size,
                                         "which is no number of bytes", error);
  if (self->extent.disp_unit < 1 || self->extent.disp_unit > DISP_UNIT_LIMIT)
    return ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_DISP, "disp_unit", -1, self->extent.disp_unit,
                                         "but must be a number of bytes from 1", error);
  switch (self->flavor)
    {
    case OMPI_OBJ_WIN_FLAVOR_CREATE:
      return self->extent.size == 0 || ompi_obj_check_window_base (self->base, self->function, error);
    case OMPI_OBJ_WIN_FLAVOR_ALLOCATE:
    case OMPI_OBJ_WIN_FLAVOR_SHARED:
      return creation_check_room (self, error);
    case OMPI_OBJ_WIN_FLAVOR_DYNAMIC:
    default:
      return TRUE;
    }
}

/* A communicator of the same ranks, without the attributes of the program's. */
static MpiComm *
creation_new_comm (const Creation *self, GError **error)
{
  MPI_Comm comm = MPI_COMM_NULL;
  MPI_Group group;

  if (!check_mpi (error, self->function, MPI_Comm_group (COMM_HANDLE (self->comm), &group)))
    return NULL;
  if (!check_mpi (error, self->function, MPI_Comm_create (COMM_HANDLE (self->comm), group, &comm)))
    comm = MPI_COMM_NULL;
  MPI_Group_free (&group);
  return comm != MPI_COMM_NULL ? ompi_obj_comm_new_owned (comm, OMPI_OBJ_TYPE_INTRACOMM, error) : NULL;
}

static int
creation_call_mpi (Creation *self, MPI_Win *win)
{
  const MPI_Aint size = (MPI_Aint) self->extent.size;
  const MPI_Aint unit = (MPI_Aint) self->extent.disp_unit;
  const MPI_Info info = info_to_mpi (self->info);
  const MPI_Comm comm = COMM_HANDLE (self->comm);

  switch (self->flavor)
    {
    case OMPI_OBJ_WIN_FLAVOR_CREATE:
      return MPI_Win_create_c (self->base, size, unit, info, comm, win);
    case OMPI_OBJ_WIN_FLAVOR_ALLOCATE:
      return MPI_Win_allocate_c ((size + ALLOCATION_UNIT - 1) / ALLOCATION_UNIT * ALLOCATION_UNIT, unit, info, comm,
                                 &self->base, win);
    case OMPI_OBJ_WIN_FLAVOR_SHARED:
      return MPI_Win_allocate_shared_c (size, unit, info, comm, &self->base, win);
    case OMPI_OBJ_WIN_FLAVOR_DYNAMIC:
    default:
      return MPI_Win_create_dynamic (info, comm, win);
    }
}

/*
 * Tells each rank what memory the others have, so that it finds targets beyond it by itself: MPI does not look.
 * Nearly always all have the same, and no table is needed.
 */
static gboolean
creation_exchange_extents (const Creation *self, MpiWinHandle *handle, GError **error)
{
  const MPI_Comm comm = COMM_HANDLE (handle->comm);
  const gint64 mine[] = { handle->own.size, -handle->own.size, handle->own.disp_unit, -handle->own.disp_unit };
  gint64 least[G_N_ELEMENTS (mine)];

  if (!check_mpi (error, self->function, MPI_Allreduce (mine, least, G_N_ELEMENTS (mine), MPI_INT64_T, MPI_MIN, comm)))
    return FALSE;
  if (least[0] != -least[1] || least[2] != -least[3])
    {
      handle->extents = g_new (WinExtent, (gsize) handle->n_ranks);
      if (!check_mpi (error, self->function,
                      MPI_Allgather (&handle->own, 2, MPI_INT64_T, handle->extents, 2, MPI_INT64_T, comm)))
        return FALSE;
    }
  handle->has_extents = TRUE;
  return TRUE;
}

/* Where the memory of the window is in this process. */
static gboolean
creation_find_mapped (const Creation *self, MpiWinHandle *handle, GError **error)
{
  handle->mapped_first = (guintptr) self->base;
  handle->mapped_end = handle->mapped_first + (guintptr) self->extent.size;
  if (self->flavor != OMPI_OBJ_WIN_FLAVOR_SHARED)
    return TRUE;

  for (gint rank = 0; rank < handle->n_ranks; rank++)
    {
      MPI_Aint size = 0;
      MPI_Aint unit;
      void *base = NULL;

      if (!check_mpi (error, self->function, MPI_Win_shared_query_c (handle->win, rank, &size, &unit, &base)))
        return FALSE;
      if (size > 0)
        {
          handle->mapped_first = MIN (handle->mapped_first, (guintptr) base);
          handle->mapped_end = MAX (handle->mapped_end, (guintptr) base + (guintptr) size);
        }
    }
  return TRUE;
}

static gboolean
creation_fill (Creation *self, MpiWinHandle *handle, GError **error)
{
  MPI_Win win;

  handle->comm = creation_new_comm (self, error);
  if (handle->comm == NULL || !check_mpi (error, self->function, creation_call_mpi (self, &win)))
    return FALSE;
  if (!ompi_obj_win_handle_fill (handle, win, self->function, error))
    {
      MPI_Win_free (&win);
      return FALSE;
    }
  /* Before the ranks meet below, so nobody sees it as it was. */
  if ((self->flavor == OMPI_OBJ_WIN_FLAVOR_ALLOCATE || self->flavor == OMPI_OBJ_WIN_FLAVOR_SHARED)
      && self->extent.size > 0)
    memset (self->base, 0, (gsize) self->extent.size);
  /* As the program sees it: MPI may have got more. */
  handle->flavor = self->flavor;
  handle->base = self->base;
  handle->own = self->extent;
  handle->memory = self->owner != NULL ? g_bytes_ref (self->owner) : NULL;
  return self->flavor == OMPI_OBJ_WIN_FLAVOR_DYNAMIC
         || (creation_exchange_extents (self, handle, error) && creation_find_mapped (self, handle, error));
}

/* OBSTACLE, which is consumed, is what was wrong before. */
static MpiWin *
creation_run (Creation *self, GError *obstacle, GError **error)
{
  MpiWinHandle *handle;

  if (self->comm->handle->is_inter)
    {
      g_clear_error (&obstacle);
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, self->function,
                          "comm is an intercommunicator; merge its groups first");
      return NULL;
    }
  if (obstacle == NULL)
    creation_check (self, &obstacle);
  if (!ompi_obj_comm_consent (self->comm, obstacle, "the kind of window", (gint) self->flavor, self->function, error))
    return NULL;

  handle = ompi_obj_win_handle_alloc (OMPI_OBJ_OWNERSHIP_OWNED);
  if (creation_fill (self, handle, error))
    return ompi_obj_win_new_take (handle);
  ompi_obj_win_handle_unref (handle);
  return NULL;
}

/* The bytes of a buffer, which must begin at its address. */
static gboolean
memory_get_size (const MpiBuffer *memory, gint64 *size, const char *function, GError **error)
{
  gint64 first = 0;

  *size = 0;
  if (!buffer_check (memory, function, error))
    return FALSE;
  if (memory->count == 0)
    return TRUE;
  if (!ompi_obj_datatype_get_span (memory->datatype, 0, memory->count, &first, size) || first < 0
      || memory->address == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                          "the elements are not in memory behind the address of the buffer");
      return FALSE;
    }
  return TRUE;
}

/**
 * ompi_obj_win_create: (constructor)
 * @memory: (nullable): this rank's memory, or %NULL for none; the size may differ between ranks
 * @disp_unit: the unit in which other ranks count displacements in this rank's memory, in bytes: 1, or the size of
 *   an element
 * @info: (nullable): hints, such as `no_locks`, or %NULL for none
 * @comm: the communicator of the ranks, an intracommunicator
 * @error: return location for a #GError
 *
 * Makes a window over memory of the program's. Collective. The window keeps the owner of @memory alive until it is
 * freed; memory without an owner must stay as long.
 *
 * Errors: [error@Mpi.Error.disp], [error@Mpi.Error.buffer], [error@Mpi.Error.type] or [error@Mpi.Error.info] for the
 * argument that is wrong; [error@Mpi.Error.base] if this MPI would write to the wrong place for a window over @memory
 * (MPICH 4.0 on UCX and an address that is no multiple of 16, if the program initialized MPI itself); the error of one
 * rank is one on all. [error@Mpi.Error.comm] if @comm was freed, or is an intercommunicator.
 *
 * Mirrors `MPI_Win_create` (MPI-4.0, section 12.2.1).
 *
 * Returns: (transfer full): a new window; %NULL on error
 *
 * Since: 1.0
 */
MpiWin *
ompi_obj_win_create (const MpiBuffer *memory, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
{
  Creation creation = { "MPI_Win_create", OMPI_OBJ_WIN_FLAVOR_CREATE, NULL, { 0, disp_unit }, NULL, info, comm };
  GError *obstacle = NULL;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_Win_create", error, NULL);

  if (memory != NULL && memory_get_size (memory, &creation.extent.size, creation.function, &obstacle))
    {
      creation.base = memory->address;
      creation.owner = memory->owner;
    }
  return creation_run (&creation, obstacle, error);
}

/**
 * ompi_obj_win_allocate: (constructor)
 * @size: the size of this rank's memory in bytes; it may differ between ranks
 * @disp_unit: the unit in which other ranks count displacements in this rank's memory, in bytes: 1, or the size of
 *   an element
 * @info: (nullable): hints, such as `no_locks`, or %NULL for none
 * @comm: the communicator of the ranks, an intracommunicator
 * @error: return location for a #GError
 *
 * Makes a window with zeroed memory that MPI allocates where access is fastest. Collective.
 * [method@Mpi.Win.get_buffer] gives the memory.
 *
 * Errors: [error@Mpi.Error.size], [error@Mpi.Error.disp] or [error@Mpi.Error.info] for the argument that is wrong; the
 * error of one rank is one on all. [error@Mpi.Error.no_mem] if there is not so much memory, [error@Mpi.Error.comm] if
 * @comm was freed, or is an intercommunicator.
 *
 * Mirrors `MPI_Win_allocate` (MPI-4.0, section 12.2.2).
 *
 * Returns: (transfer full): a new window; %NULL on error
 *
 * Since: 1.0
 */
MpiWin *
ompi_obj_win_allocate (gint64 size, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
{
  Creation creation = { "MPI_Win_allocate", OMPI_OBJ_WIN_FLAVOR_ALLOCATE, NULL, { size, disp_unit }, NULL, info, comm };

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_Win_allocate", error, NULL);
  return creation_run (&creation, NULL, error);
}

/**
 * ompi_obj_win_allocate_shared: (constructor)
 * @size: the size of this rank's memory in bytes; it may differ between ranks
 * @disp_unit: the unit in which other ranks count displacements in this rank's memory, in bytes: 1, or the size of
 *   an element
 * @info: (nullable): hints, such as `alloc_shared_noncontig`, or %NULL for none
 * @comm: a communicator of ranks on one machine, such as [method@Mpi.Comm.split_type] makes
 * @error: return location for a #GError
 *
 * Makes a window with zeroed memory that all ranks can load from and store to. Collective. The memory of the ranks is
 * in one piece, in their order, unless the hints say otherwise; [method@Mpi.Win.shared_query] gives that of another
 * rank.
 *
 * Errors: [error@Mpi.Error.size], [error@Mpi.Error.disp] or [error@Mpi.Error.info] for the argument that is wrong; the
 * error of one rank is one on all. [error@Mpi.Error.rma_shared] or another if the ranks cannot share memory,
 * [error@Mpi.Error.comm] if @comm was freed, or is an intercommunicator.
 *
 * Mirrors `MPI_Win_allocate_shared` (MPI-4.0, section 12.2.3).
 *
 * Returns: (transfer full): a new window; %NULL on error
 *
 * Since: 1.0
 */
MpiWin *
ompi_obj_win_allocate_shared (gint64 size, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
{
  Creation creation = {
    "MPI_Win_allocate_shared", OMPI_OBJ_WIN_FLAVOR_SHARED, NULL, { size, disp_unit }, NULL, info, comm
  };

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_Win_allocate_shared", error, NULL);
  return creation_run (&creation, NULL, error);
}

/**
 * ompi_obj_win_create_dynamic: (constructor)
 * @info: (nullable): hints, or %NULL for none
 * @comm: the communicator of the ranks, an intracommunicator
 * @error: return location for a #GError
 *
 * Makes a window without memory, to which each rank attaches some when it wants to. Collective. Displacements are
 * addresses in the memory of the target, from [func@Mpi.get_address], which that rank must tell the others.
 * Nobody but the target knows what is attached there: a wrong address can end its program, as in MPI.
 *
 * Errors: [error@Mpi.Error.info] if @info was freed, which is an error on all ranks; [error@Mpi.Error.comm] if @comm
 * was freed, or is an intercommunicator.
 *
 * Mirrors `MPI_Win_create_dynamic` (MPI-4.0, section 12.2.4).
 *
 * Returns: (transfer full): a new window; %NULL on error
 *
 * Since: 1.0
 */
MpiWin *
ompi_obj_win_create_dynamic (MpiInfo *info, MpiComm *comm, GError **error)
{
  Creation creation = { "MPI_Win_create_dynamic", OMPI_OBJ_WIN_FLAVOR_DYNAMIC, NULL, { 0, 1 }, NULL, info, comm };

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_Win_create_dynamic", error, NULL);
  return creation_run (&creation, NULL, error);
}

/* Whether a window is in an epoch that must be ended before it is freed. */
static gboolean
win_check_at_rest (MpiWinHandle *handle, const char *function, GError **error)
{
  if (handle->is_posted || (handle->access != WIN_ACCESS_NONE && handle->access != WIN_ACCESS_FENCE)
      || (handle->access == WIN_ACCESS_FENCE && handle->is_fence_used))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_SYNC, function, "an epoch has not ended");
      return FALSE;
    }
  return TRUE;
}

/* Whether a rank has buffers of memory that MPI would take back. */
static gboolean
win_has_views (MpiWinHandle *handle, gboolean *has_views, const char *function, GError **error)
{
  int mine = g_atomic_int_get (&handle->n_views) > 0;
  int any = 0;

  if (!check_mpi (error, function, MPI_Allreduce (&mine, &any, 1, MPI_INT, MPI_MAX, COMM_HANDLE (handle->comm))))
    return FALSE;
  *has_views = any;
  return TRUE;
}

/**
 * ompi_obj_win_free:
 * @self: a window
 * @error: return location for a #GError
 *
 * Frees a window. Collective; returns when all ranks have called it. All epochs must have ended. The object stays
 * valid, and its methods give [error@Mpi.Error.win].
 *
 * Drop the buffers of [method@Mpi.Win.get_buffer] and [method@Mpi.Win.shared_query] before, on all ranks: as long as
 * one is left, memory that MPI allocated must stay, and does so until MPI is finalized.
 *
 * Errors: [error@Mpi.Error.rma_sync] if an epoch has not ended on one of the ranks, which is an error on all;
 * [error@Mpi.Error.win] if @self was freed, or is borrowed from somebody else.
 *
 * Mirrors `MPI_Win_free` (MPI-4.0, section 12.2.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_free (MpiWin *self, GError **error)
{
  static const char function[] = "MPI_Win_free";
  MpiWinHandle *handle;
  GError *obstacle = NULL;
  gboolean has_views = FALSE;
  MPI_Win win;

  WIN_ENTER (self, function, error, FALSE);
  handle = self->handle;
  win = handle->win;

  if (handle->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_WIN, function, "the window is borrowed from somebody else");
      return FALSE;
    }
  win_check_at_rest (handle, function, &obstacle);
  if (handle->comm == NULL)
    {
      if (obstacle != NULL)
        {
          g_propagate_error (error, obstacle);
          return FALSE;
        }
    }
  else if (!ompi_obj_comm_consent (handle->comm, obstacle, "the kind of window", (gint) handle->flavor, function, error)
           || !win_has_views (handle, &has_views, function, error))
    return FALSE;

  ompi_obj_request_finish_dropped ();
  if (!has_views && !CHECK_MPI (error, MPI_Win_free, &win))
    return FALSE;
  ompi_obj_win_handle_clear (handle);
  return TRUE;
}

static void
owner_free (gpointer owner)
{
  if (owner != NULL)
    g_bytes_unref (owner);
}

static gboolean
win_check_dynamic (MpiWin *self, const char *function, GError **error)
{
  if (self->handle->flavor == OMPI_OBJ_WIN_FLAVOR_DYNAMIC)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_FLAVOR, function, "the window is not a dynamic one");
  return FALSE;
}

/* Whether memory at an address is attached; of a window of somebody else's, MPI knows. */
static gboolean
win_is_attached (MpiWinHandle *handle, gpointer address)
{
  return handle->attached != NULL && g_hash_table_contains (handle->attached, address);
}

/**
 * ompi_obj_win_attach:
 * @self: a dynamic window
 * @memory: memory of this rank
 * @error: return location for a #GError
 *
 * Lets other ranks access memory. Not collective: the others must be told its address. The window keeps the owner
 * of @memory alive until it is detached; memory without an owner must stay as long. Pieces must not overlap.
 *
 * Errors: [error@Mpi.Error.rma_flavor] if @self is no dynamic window, [error@Mpi.Error.rma_attach] if memory at this
 * address is attached already, [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @memory is wrong,
 * [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_attach` (MPI-4.0, section 12.2.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_attach (MpiWin *self, const MpiBuffer *memory, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  MpiWinHandle *handle;
  gint64 size;

  g_return_val_if_fail (memory != NULL, FALSE);
  WIN_ENTER (self, "MPI_Win_attach", error, FALSE);
  handle = self->handle;

  if (!win_check_dynamic (self, "MPI_Win_attach", error) || !memory_get_size (memory, &size, "MPI_Win_attach", error))
    return FALSE;
  locker = g_mutex_locker_new (&handle->lock);
  if (win_is_attached (handle, memory->address))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_ATTACH, "MPI_Win_attach",
                          "memory at this address is attached already");
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Win_attach, WIN_HANDLE (self), memory->address, (MPI_Aint) size))
    return FALSE;

  if (handle->attached == NULL)
    handle->attached = g_hash_table_new_full (NULL, NULL, NULL, owner_free);
  g_hash_table_insert (handle->attached, memory->address, memory->owner != NULL ? g_bytes_ref (memory->owner) : NULL);
  return TRUE;
}

/**
 * ompi_obj_win_detach:
 * @self: a dynamic window
 * @memory: memory that was attached; its address counts
 * @error: return location for a #GError
 *
 * Ends the access of other ranks to memory. Not collective: the program must see to it that nobody accesses it.
 *
 * Errors: [error@Mpi.Error.rma_flavor] if @self is no dynamic window, [error@Mpi.Error.rma_attach] if no memory at this
 * address is attached, [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_detach` (MPI-4.0, section 12.2.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_detach (MpiWin *self, const MpiBuffer *memory, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  MpiWinHandle *handle;

  g_return_val_if_fail (memory != NULL, FALSE);
  WIN_ENTER (self, "MPI_Win_detach", error, FALSE);
  handle = self->handle;

  if (!win_check_dynamic (self, "MPI_Win_detach", error))
    return FALSE;
  locker = g_mutex_locker_new (&handle->lock);
  if (handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED && !win_is_attached (handle, memory->address))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_ATTACH, "MPI_Win_detach", "no memory at this address is attached");
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Win_detach, WIN_HANDLE (self), memory->address))
    return FALSE;
  if (handle->attached != NULL)
    g_hash_table_remove (handle->attached, memory->address);
  return TRUE;
}

static void
win_view_free (gpointer data)
{
  MpiWinHandle *handle = data;

  g_atomic_int_add (&handle->n_views, -1);
  ompi_obj_win_handle_unref (handle);
}

/* A buffer of memory that MPI allocated; as long as there is one, the memory stays. */
static MpiBuffer *
win_new_view (MpiWin *self, gpointer base, gint64 size)
{
  MpiWinHandle *handle = ompi_obj_win_handle_ref (self->handle);
  g_autoptr (GBytes) owner = NULL;

  g_atomic_int_inc (&handle->n_views);
  owner = g_bytes_new_with_free_func (base, base != NULL ? (gsize) size : 0, win_view_free, handle);
  return ompi_obj_buffer_new_for_bytes (owner);
}

/**
 * ompi_obj_win_get_buffer:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets this rank's memory in a window as a buffer of bytes, without a copy. Memory that MPI allocated stays as long as
 * there is such a buffer, also after [method@Mpi.Win.free]; memory of the program's as long as its owner.
 *
 * What other ranks write is seen, and what is written here is seen by them, after a synchronization.
 *
 * Errors: [error@Mpi.Error.rma_flavor] if @self is a dynamic window, [error@Mpi.Error.win] if @self was freed.
 *
 * Returns: (transfer full): a new buffer; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_win_get_buffer (MpiWin *self, GError **error)
{
  MpiWinHandle *handle;
  MpiBuffer *buffer;

  WIN_ENTER (self, "MPI_Win_get_attr", error, NULL);
  handle = self->handle;

  switch (handle->flavor)
    {
    case OMPI_OBJ_WIN_FLAVOR_DYNAMIC:
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_FLAVOR, "MPI_Win_get_attr",
                          "a dynamic window has no memory but what is attached");
      return NULL;
    case OMPI_OBJ_WIN_FLAVOR_ALLOCATE:
    case OMPI_OBJ_WIN_FLAVOR_SHARED:
      return win_new_view (self, handle->base, handle->own.size);
    case OMPI_OBJ_WIN_FLAVOR_CREATE:
    default:
      buffer = ompi_obj_buffer_new_for_address ((guintptr) handle->base, handle->own.size, OMPI_OBJ_BYTE);
      buffer->owner = handle->memory != NULL ? g_bytes_ref (handle->memory) : NULL;
      return buffer;
    }
}

/**
 * ompi_obj_win_shared_query:
 * @self: a window of shared memory
 * @rank: a rank, or `OMPI_OBJ_PROC_NULL` for the lowest one that has memory
 * @disp_unit: (out) (optional): its displacement unit in bytes
 * @error: return location for a #GError
 *
 * Gets the memory of a rank in a window of shared memory as a buffer of bytes, without a copy. The memory stays as
 * long as there is such a buffer, also after [method@Mpi.Win.free].
 *
 * Errors: [error@Mpi.Error.rank] if there is no such rank, [error@Mpi.Error.rma_flavor] if @self is a window of another
 * kind, [error@Mpi.Error.win] if it was freed.
 *
 * Mirrors `MPI_Win_shared_query` (MPI-4.0, section 12.2.3).
 *
 * Returns: (transfer full): a new buffer; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_win_shared_query (MpiWin *self, gint rank, gint64 *disp_unit, GError **error)
{
  MPI_Aint size = 0;
  MPI_Aint unit = 0;
  gpointer base = NULL;

  WIN_ENTER (self, "MPI_Win_shared_query", error, NULL);

  if (self->handle->flavor != OMPI_OBJ_WIN_FLAVOR_SHARED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_FLAVOR, "MPI_Win_shared_query",
                          "the window is not one of shared memory");
      return NULL;
    }
  if (rank != OMPI_OBJ_PROC_NULL && (rank < 0 || rank >= self->handle->n_ranks))
    {
      ompi_obj_error_report_number ("MPI_Win_shared_query", OMPI_OBJ_ERROR_RANK, "rank", -1, rank,
                                    "which is no rank of the window", error);
      return NULL;
    }
  if (!CHECK_MPI (error, MPI_Win_shared_query_c, WIN_HANDLE (self), rank == OMPI_OBJ_PROC_NULL ? MPI_PROC_NULL : rank,
                  &size, &unit, &base))
    return NULL;
  if (disp_unit != NULL)
    *disp_unit = (gint64) unit;
  return win_new_view (self, base, (gint64) size);
}
