/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a window, the guards of its methods, and its epochs.
 */

#include <mpi.h>

#include <ompi_obj/win.h>

#include "buffer-private.h"
#include "constants-private.h"
#include "environment-private.h"
#include "errhandler-private.h"
#include "error-private.h"

/* The memory of one rank. */
typedef struct
{
  gint64 size; /* bytes */
  gint64 disp_unit;
} WinExtent;

/* What a rank may do in a window. At most one of these at a time; fences and locks of all are for every rank. */
typedef enum
{
  WIN_ACCESS_NONE,
  WIN_ACCESS_FENCE,
  WIN_ACCESS_START,
  WIN_ACCESS_LOCK,
  WIN_ACCESS_LOCK_ALL
} WinAccess;

/*
 * Shared by all objects that stand for the same window (a subclass that wraps another object), so that a
 * free through one of them is seen by all.
 *
 * MPIs differ in what they say about a wrong epoch: an error, nothing, or a crash. So the epochs are kept
 * here, and a method that does not fit into the present one is refused.
 */
typedef struct _MpiWinHandle
{
  gatomicrefcount ref_count;
  MPI_Win win; /* MPI_WIN_NULL: freed */
  MpiOwnership ownership;
  MpiWinFlavor flavor;
  gint rank;
  gint n_ranks;
  gpointer base;         /* of this rank's memory */
  guintptr mapped_first; /* the addresses of memory of the window in this process: of this rank's, or, */
  guintptr mapped_end;   /* if it is shared, of all ranks' */
  MpiComm *comm;         /* of the same ranks, to agree on things; NULL if the window is somebody else's */
  MPI_Group group;       /* of the ranks */

  /* What can be accessed. Of a window of somebody else's, and in a dynamic one, only MPI knows. */
  gboolean has_extents;
  WinExtent own;
  WinExtent *extents; /* by rank; NULL: all ranks have the same */

  /* The access epoch. */
  WinAccess access;
  gboolean is_open_to_all;
  gboolean is_fence_used; /* an operation has followed the last fence */
  guint8 *open;           /* whether the memory of a rank is accessible if not all are; NULL: of none */
  gint n_open;

  gboolean is_posted; /* the exposure epoch */

  GBytes *memory; /* what keeps the memory of the window alive; NULL: nothing, or it is MPI's */
  gint n_views;   /* the buffers of MPI's memory that somebody has */

  GMutex lock;          /* of the epochs, and of what follows */
  GHashTable *attached; /* address to the owner or NULL, of a dynamic window */
  GArray *origins;      /* of WinOrigin */

  ErrhandlerSlot errhandler;
  GWeakRef object; /* the last one that stands for it, for MPI's callbacks */
} MpiWinHandle;

/* The owner of memory that an operation which was not completed yet may read or write. */
typedef struct
{
  gint rank;
  GBytes *owner;
} WinOrigin;

#define WIN_HANDLE(self) ((self)->handle->win)

/* What an object has until it is given a window, so that no method needs to ask for NULL. */
extern MpiWinHandle ompi_obj_win_no_handle G_GNUC_INTERNAL;

MpiWinHandle *ompi_obj_win_handle_alloc (MpiOwnership ownership);
MpiWinHandle *ompi_obj_win_handle_ref (MpiWinHandle *handle);
void ompi_obj_win_handle_unref (MpiWinHandle *handle);

/* Fills in what MPI says about a window, takes it over, and makes it known to MPI's callbacks. */
gboolean ompi_obj_win_handle_fill (MpiWinHandle *handle, MPI_Win win, const char *function, GError **error);

/* The window is freed. */
void ompi_obj_win_handle_clear (MpiWinHandle *handle);

/* The object that stands for a window, with a reference; NULL if there is no such any more. */
MpiWin *ompi_obj_win_find_object (MPI_Win win);

gboolean ompi_obj_win_handle_set_errhandler (MpiWinHandle *handle,
                                             MpiErrhandler *errhandler,
                                             const char *function,
                                             GError **error);
MpiErrhandler *ompi_obj_win_handle_get_errhandler (MpiWinHandle *handle, const char *function, GError **error);

/* An object for a window, whose reference it takes over. */
MpiWin *ompi_obj_win_new_take (MpiWinHandle *handle);

/* Each source fills in the slots of its topic. */
void ompi_obj_win_class_init_operations (MpiWinClass *klass);
void ompi_obj_win_class_init_requests (MpiWinClass *klass);
void ompi_obj_win_class_init_sync (MpiWinClass *klass);

/* The type check of every method; see comm_check_type(). */
extern gpointer ompi_obj_win_last_class G_GNUC_INTERNAL;

gboolean ompi_obj_win_check_type_slow (gconstpointer object) COLD;

static inline gboolean
win_check_type (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&ompi_obj_win_last_class, __ATOMIC_RELAXED))
         || ompi_obj_win_check_type_slow (object);
}

/* Says why a window is not usable: freed, or MPI is finalized. */
void ompi_obj_win_report (MpiWin *self, const char *function, GError **error) COLD;

static inline gboolean
win_check (MpiWin *self, const char *function, GError **error)
{
  if (G_LIKELY (WIN_HANDLE (self) != MPI_WIN_NULL && environment_is_active ()))
    return TRUE;
  ompi_obj_win_report (self, function, error);
  return FALSE;
}

/* The guard of every public method: programmer errors give a critical, a window that is gone an error. */
#define WIN_ENTER(self, function, error, failed)                  \
  g_return_val_if_fail (win_check_type (self), failed);           \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!win_check (self, function, error))                         \
  return failed

/* Whether the present epoch gives access to the memory of a rank. */
static inline gboolean
win_is_open_to (MpiWinHandle *handle, gint rank)
{
  if (handle->is_open_to_all)
    {
      if (!handle->is_fence_used)
        handle->is_fence_used = TRUE;
      return TRUE;
    }
  return handle->open != NULL && handle->open[rank];
}

/* Where an operation goes to, as MPI takes it. */
typedef struct
{
  int rank;
  MPI_Aint displacement;
  MPI_Count count;
  MPI_Datatype datatype;
} WinPlace;

#define PLACE_ARGS(place) (place).rank, (place).displacement, (place).count, (place).datatype

/* The data goes from ORIGIN to the target, or to ORIGIN from it, or both. */
typedef enum
{
  WIN_TO_TARGET = 1 << 0,
  WIN_FROM_TARGET = 1 << 1
} WinDirection;

/* All that can be wrong about an operation, one by one. */
gboolean ompi_obj_win_place_slow (MpiWin *self,
                                  const MpiBuffer *origin,
                                  const MpiWinTarget *target,
                                  WinDirection direction,
                                  WinPlace *place,
                                  const char *function,
                                  GError **error);

/* Keeps the owner of an operation's memory until the operation is completed. */
void ompi_obj_win_keep_owner (MpiWin *self, gint rank, GBytes *owner);

/* Lets go of the memory of the operations on a rank, or on all if RANK is ALL_RANKS, which have completed. */
void ompi_obj_win_handle_release_origins (MpiWinHandle *handle, gint rank);

#define ALL_RANKS (-1)

static inline void
win_keep (MpiWin *self, gint rank, const MpiBuffer *buffer)
{
  if (G_UNLIKELY (buffer->owner != NULL))
    ompi_obj_win_keep_owner (self, rank, buffer->owner);
}

/*
 * Whether a buffer may be some of the memory that the window has in this process: MPI must not be asked to copy memory
 * to itself. Who is told so looks closer.
 */
static inline gboolean
win_may_be_memory_of (const MpiWinHandle *handle, const MpiBuffer *buffer)
{
  const guintptr address = (guintptr) buffer->address;

  return address < handle->mapped_end
         && (address >= handle->mapped_first || buffer->datatype->dense_size == 0
             || handle->mapped_first - address < (guintptr) buffer->count * (guintptr) buffer->datatype->dense_size);
}

/* Whether a result is like the origin, and neither the same memory nor some of the window's. */
static inline gboolean
win_result_is_plain (const MpiWinHandle *handle, const MpiBuffer *origin, const MpiBuffer *result)
{
  const guintptr length = (guintptr) origin->count * (guintptr) origin->datatype->dense_size;

  return result->datatype == origin->datatype && result->count == origin->count && result->address != NULL && length > 0
         && !win_may_be_memory_of (handle, result)
         && ((guintptr) result->address + length <= (guintptr) origin->address
             || (guintptr) origin->address + length <= (guintptr) result->address);
}

/*
 * Checks an operation, and gives its target. Nearly always the elements lie in the target as in the origin,
 * without gaps, all ranks have the same memory, and it is open; that is a few comparisons.
 */
static inline gboolean
win_place (MpiWin *self,
           const MpiBuffer *origin,
           const MpiWinTarget *target,
           WinDirection direction,
           WinPlace *place,
           const char *function,
           GError **error)
{
  MpiWinHandle *handle = self->handle;

  if (G_LIKELY (buffer_is_usable (origin) && (target->datatype == NULL || target->datatype == origin->datatype)
                && (target->count < 0 || target->count == origin->count)
                && (guint) target->rank < (guint) handle->n_ranks && handle->has_extents && handle->extents == NULL
                && target->displacement >= 0))
    {
      gint64 start;
      gint64 length;

      if (G_LIKELY (origin->datatype->dense_size > 0
                    && !__builtin_mul_overflow (target->displacement, handle->own.disp_unit, &start)
                    && !__builtin_mul_overflow (origin->count, origin->datatype->dense_size, &length)
                    && start <= handle->own.size && length <= handle->own.size - start
                    && !win_may_be_memory_of (handle, origin) && win_is_open_to (handle, target->rank)))
        {
          *place = (WinPlace){ target->rank, (MPI_Aint) target->displacement, (MPI_Count) origin->count,
                               origin->datatype->handle };
          return TRUE;
        }
    }
  return ompi_obj_win_place_slow (self, origin, target, direction, place, function, error);
}

/* What only the requests' forms of the operations need: a lock, which is what ends them. */
gboolean ompi_obj_win_check_locked (MpiWin *self, const char *function, GError **error);

/* Whether an operation can be used on elements of a datatype in a window. */
gboolean ompi_obj_win_check_op (MpiOp *op,
                                MpiDatatype *datatype,
                                const MpiWinTarget *target,
                                gboolean is_fetching,
                                const char *function,
                                GError **error);

/*
 * The three buffers of get_accumulate. Without an ORIGIN, which NO_OP does not need, the target is like the result, and
 * MPI gets an empty buffer in its place.
 */
gboolean ompi_obj_win_place_fetching (MpiWin *self,
                                      const MpiBuffer **origin,
                                      MpiBuffer *nothing,
                                      const MpiBuffer *result,
                                      const MpiWinTarget *target,
                                      MpiOp *op,
                                      WinPlace *place,
                                      const char *function,
                                      GError **error);
