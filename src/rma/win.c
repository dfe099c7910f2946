/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/native.h>

#include "group-private.h"
#include "info-private.h"
#include "win-private.h"

/**
 * MpiWin:
 *
 * A window: memory of each rank of a communicator that the others can read and write without its help.
 *
 * A window is made by all ranks together: over memory of the program's ([ctor@Mpi.Win.create]), with memory that MPI
 * allocates ([ctor@Mpi.Win.allocate], which is often faster), with memory that all ranks of a machine can load from
 * and store to ([ctor@Mpi.Win.allocate_shared]), or with none yet ([ctor@Mpi.Win.create_dynamic]).
 *
 * An operation names its place by a [struct@Mpi.WinTarget], and is allowed only within an epoch. There are three kinds:
 *
 * - [method@Mpi.Win.fence], called by all ranks, ends an epoch and begins the next;
 * - [method@Mpi.Win.start] and [method@Mpi.Win.complete] on the side that accesses, [method@Mpi.Win.post] and
 *   [method@Mpi.Win.wait] on the side that is accessed;
 * - [method@Mpi.Win.lock] and [method@Mpi.Win.unlock], or [method@Mpi.Win.lock_all] and [method@Mpi.Win.unlock_all],
 *   without any call on the other side.
 *
 * An operation returns at once; its data is there only when the epoch has ended, or after [method@Mpi.Win.flush] under
 * a lock. Until then memory without an owner (of `OMPI_OBJ_DATA()`) must be left alone. The window keeps a
 * buffer with an owner alive until then, also if the caller drops it. MPI does the same for datatypes.
 *
 * ```c
 * g_autoptr (MpiWin) win = ompi_obj_win_allocate (n * sizeof (double), sizeof (double), NULL, comm, &error);
 *
 * ...
 * if (!ompi_obj_win_lock (win, OMPI_OBJ_LOCK_TYPE_SHARED, rank, OMPI_OBJ_RMA_ASSERT_NONE, &error)
 *     || !ompi_obj_win_put (win, OMPI_OBJ_DATA (values, 3), OMPI_OBJ_TARGET (rank, 10), &error)
 *     || !ompi_obj_win_unlock (win, rank, &error))
 *   return FALSE;
 * ...
 * ompi_obj_win_free (win, &error);
 * ```
 *
 * In C, `MpiWinLock` unlocks at the end of its scope. An operation outside of an epoch, a synchronization that
 * does not fit, and a target beyond the memory of its rank are errors, found before MPI is called.
 *
 * A window is freed by all ranks together too, with [method@Mpi.Win.free]. One whose last reference goes before that
 * warns, and lasts with its memory until MPI is finalized. After [method@Mpi.Win.free] the object stays valid, and its
 * methods give [error@Mpi.Error.win].
 *
 * Mirrors `MPI_Win` (MPI-4.0, chapter 12).
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiWin, ompi_obj_win, G_TYPE_OBJECT)

typedef enum
{
  PROP_WRAPS = 1,
  PROP_NAME
} WinProperty;

static GParamSpec *properties[PROP_NAME + 1];

gpointer ompi_obj_win_last_class;

gboolean
ompi_obj_win_check_type_slow (gconstpointer object)
{
  if (!OMPI_OBJ_IS_WIN (object))
    return FALSE;
  __atomic_store_n (&ompi_obj_win_last_class, ((const GTypeInstance *) object)->g_class, __ATOMIC_RELAXED);
  return TRUE;
}

void
ompi_obj_win_report (MpiWin *self G_GNUC_UNUSED, const char *function, GError **error)
{
  if (!environment_is_active ())
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, function, "MPI has been finalized");
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_WIN, function, "the window was freed, or never had a handle");
}

static void
win_take_handle (MpiWin *self, MpiWinHandle *handle)
{
  ompi_obj_win_handle_unref (self->handle);
  self->handle = handle;
  if (handle != &ompi_obj_win_no_handle)
    g_weak_ref_set (&handle->object, self);
}

static void
win_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch ((WinProperty) id)
    {
    case PROP_NAME:
      g_value_take_string (value, ompi_obj_win_get_name (OMPI_OBJ_WIN (object), NULL));
      break;
    case PROP_WRAPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
win_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MpiWin *wrapped;

  switch ((WinProperty) id)
    {
    case PROP_WRAPS:
      wrapped = g_value_get_object (value);
      if (wrapped != NULL)
        win_take_handle (OMPI_OBJ_WIN (object), ompi_obj_win_handle_ref (wrapped->handle));
      break;
    case PROP_NAME:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
win_finalize (GObject *object)
{
  ompi_obj_win_handle_unref (OMPI_OBJ_WIN (object)->handle);

  G_OBJECT_CLASS (ompi_obj_win_parent_class)->finalize (object);
}

static void
ompi_obj_win_class_init (MpiWinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = win_finalize;
  object_class->get_property = win_get_property;
  object_class->set_property = win_set_property;

  ompi_obj_win_class_init_operations (klass);
  ompi_obj_win_class_init_requests (klass);
  ompi_obj_win_class_init_sync (klass);

  /**
   * MpiWin:wraps:
   *
   * A window in whose place the new object stands: both are the same window for MPI, and freeing one frees
   * both. For subclasses:
   *
   * ```c
   * win = g_object_new (TRACING_TYPE_WIN, "wraps", allocated, NULL);
   * ```
   *
   * Since: 1.0
   */
  properties[PROP_WRAPS] = g_param_spec_object ("wraps", NULL, NULL, OMPI_OBJ_TYPE_WIN,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * MpiWin:name: (getter get_name)
   *
   * The name of the window, for debuggers.
   *
   * Since: 1.0
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ompi_obj_win_init (MpiWin *self)
{
  self->handle = &ompi_obj_win_no_handle;
}

MpiWin *
ompi_obj_win_new_take (MpiWinHandle *handle)
{
  MpiWin *self = g_object_new (OMPI_OBJ_TYPE_WIN, NULL);

  win_take_handle (self, handle);
  return self;
}

/**
 * ompi_obj_win_get_base:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the address of this rank's memory, as a number. [method@Mpi.Win.get_buffer] gives the memory.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors the attribute `MPI_WIN_BASE` (MPI-4.0, section 12.2.6).
 *
 * Returns: the address; 0 if there is no memory, and on error
 *
 * Since: 1.0
 */
guintptr
ompi_obj_win_get_base (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_get_attr", error, 0);
  return (guintptr) self->handle->base;
}

/**
 * ompi_obj_win_get_size:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the size of this rank's memory.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors the attribute `MPI_WIN_SIZE` (MPI-4.0, section 12.2.6).
 *
 * Returns: the number of bytes, as it was asked for; 0 of a dynamic window; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_win_get_size (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_get_attr", error, -1);
  return self->handle->own.size;
}

/**
 * ompi_obj_win_get_disp_unit:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the unit in which other ranks count displacements in this rank's memory.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors the attribute `MPI_WIN_DISP_UNIT` (MPI-4.0, section 12.2.6).
 *
 * Returns: the number of bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_win_get_disp_unit (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_get_attr", error, -1);
  return self->handle->own.disp_unit;
}

/**
 * ompi_obj_win_get_create_flavor:
 * @self: a window
 * @error: return location for a #GError
 *
 * Tells where the memory of a window comes from.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors the attribute `MPI_WIN_CREATE_FLAVOR` (MPI-4.0, section 12.2.6).
 *
 * Returns: the kind; [enum@Mpi.WinFlavor.create] on error
 *
 * Since: 1.0
 */
MpiWinFlavor
ompi_obj_win_get_create_flavor (MpiWin *self, GError **error)
{
  WIN_ENTER (self, "MPI_Win_get_attr", error, OMPI_OBJ_WIN_FLAVOR_CREATE);
  return self->handle->flavor;
}

/**
 * ompi_obj_win_get_model:
 * @self: a window
 * @error: return location for a #GError
 *
 * Tells how the memory of a window relates to what other ranks see of it.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors the attribute `MPI_WIN_MODEL` (MPI-4.0, section 12.4).
 *
 * Returns: the model; [enum@Mpi.WinModel.separate] on error
 *
 * Since: 1.0
 */
MpiWinModel
ompi_obj_win_get_model (MpiWin *self, GError **error)
{
  int *model = NULL;
  int is_set = FALSE;

  WIN_ENTER (self, "MPI_Win_get_attr", error, OMPI_OBJ_WIN_MODEL_SEPARATE);

  if (!CHECK_MPI (error, MPI_Win_get_attr, WIN_HANDLE (self), MPI_WIN_MODEL, &model, &is_set) || !is_set)
    return OMPI_OBJ_WIN_MODEL_SEPARATE;
  return *model == MPI_WIN_UNIFIED ? OMPI_OBJ_WIN_MODEL_UNIFIED : OMPI_OBJ_WIN_MODEL_SEPARATE;
}

/**
 * ompi_obj_win_get_rank:
 * @self: a window
 *
 * Gets the calling process' number among those of the window, from 0: that of the communicator which the window
 * was made with.
 *
 * Returns: the rank; -1 after the window was freed
 *
 * Since: 1.0
 */
gint
ompi_obj_win_get_rank (MpiWin *self)
{
  g_return_val_if_fail (win_check_type (self), -1);

  return self->handle->rank;
}

/**
 * ompi_obj_win_get_n_ranks:
 * @self: a window
 *
 * Gets the number of ranks of a window.
 *
 * Returns: the number; -1 after the window was freed
 *
 * Since: 1.0
 */
gint
ompi_obj_win_get_n_ranks (MpiWin *self)
{
  g_return_val_if_fail (win_check_type (self), -1);

  return self->handle->n_ranks;
}

/**
 * ompi_obj_win_get_group:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the group of the ranks of a window, of which the groups for [method@Mpi.Win.start] and
 * [method@Mpi.Win.post] are made.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_get_group` (MPI-4.0, section 12.2.6).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_win_get_group (MpiWin *self, GError **error)
{
  MPI_Group group;

  WIN_ENTER (self, "MPI_Win_get_group", error, NULL);

  return CHECK_MPI (error, MPI_Win_get_group, WIN_HANDLE (self), &group) ? ompi_obj_group_new_for_result (group) : NULL;
}

/**
 * ompi_obj_win_get_info:
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the hints that MPI uses for a window.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_get_info` (MPI-4.0, section 12.2.7).
 *
 * Returns: (transfer full): a new info, which may be without entries; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_win_get_info (MpiWin *self, GError **error)
{
  MPI_Info info;

  WIN_ENTER (self, "MPI_Win_get_info", error, NULL);

  if (!CHECK_MPI (error, MPI_Win_get_info, WIN_HANDLE (self), &info))
    return NULL;
  return ompi_obj_info_new_for_native (info, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_win_set_info:
 * @self: a window
 * @info: hints; MPI passes over those that it does not know
 * @error: return location for a #GError
 *
 * Changes the hints of a window. Collective.
 *
 * Errors: [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.win] if @self was.
 *
 * Mirrors `MPI_Win_set_info` (MPI-4.0, section 12.2.7).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_set_info (MpiWin *self, MpiInfo *info, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INFO (info), FALSE);
  WIN_ENTER (self, "MPI_Win_set_info", error, FALSE);

  return ompi_obj_info_check (info, "MPI_Win_set_info", error)
         && CHECK_MPI (error, MPI_Win_set_info, WIN_HANDLE (self), info_to_mpi (info));
}

/**
 * ompi_obj_win_get_name: (get-property name)
 * @self: a window
 * @error: return location for a #GError
 *
 * Gets the name of a window, as debuggers show it.
 *
 * Errors: [error@Mpi.Error.win] if @self was freed.
 *
 * Mirrors `MPI_Win_get_name` (MPI-4.0, section 7.8).
 *
 * Returns: (transfer full): the name, or an empty string; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_win_get_name (MpiWin *self, GError **error)
{
  char name[MPI_MAX_OBJECT_NAME + 1] = "";
  int length = 0;

  WIN_ENTER (self, "MPI_Win_get_name", error, NULL);

  return CHECK_MPI (error, MPI_Win_get_name, WIN_HANDLE (self), name, &length) ? g_strdup (name) : NULL;
}

/**
 * ompi_obj_win_set_name:
 * @self: a window
 * @name: the name
 * @error: return location for a #GError
 *
 * Gives a window a name, on this rank, for debuggers to show. MPI limits its length (to 127 bytes in
 * MPICH, 63 in Open MPI).
 *
 * Errors: [error@Mpi.Error.win] if @self was freed, [error@Mpi.Error.arg] if @name is too long.
 *
 * Mirrors `MPI_Win_set_name` (MPI-4.0, section 7.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_set_name (MpiWin *self, const gchar *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);
  WIN_ENTER (self, "MPI_Win_set_name", error, FALSE);

  /* As of a communicator: one MPI refuses a long name and another cuts it. */
  if (strlen (name) >= MPI_MAX_OBJECT_NAME)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Win_set_name",
                          "name is %" G_GSIZE_FORMAT " bytes long, but the limit is %d", strlen (name),
                          MPI_MAX_OBJECT_NAME - 1);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Win_set_name, WIN_HANDLE (self), name);
}

/**
 * ompi_obj_win_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 * @error: return location for a #GError
 *
 * Makes an object for a raw MPI handle, outside of any epoch. If it is owned, MPI's errors on it are returned
 * from now on; a borrowed one keeps its error handler. What the other ranks' memory is like is not known, so
 * targets beyond it are MPI's to find.
 *
 * Errors: [error@Mpi.Error.win] if @native is no window.
 *
 * Returns: (transfer full): a new window; %NULL on error
 *
 * Since: 1.0
 */
MpiWin *
ompi_obj_win_new_for_native (MPI_Win native, MpiOwnership ownership, GError **error)
{
  MpiWinHandle *handle;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (G_STRFUNC, error))
    return NULL;
  if (native == MPI_WIN_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_WIN, G_STRFUNC, "the handle is MPI_WIN_NULL");
      return NULL;
    }
  handle = ompi_obj_win_handle_alloc (ownership);
  if (ompi_obj_win_handle_fill (handle, native, G_STRFUNC, error))
    return ompi_obj_win_new_take (handle);
  ompi_obj_win_handle_unref (handle);
  return NULL;
}

/**
 * ompi_obj_win_get_native: (skip)
 * @self: a window
 *
 * Gets the raw MPI handle. Epochs that raw MPI begins are not known to the object.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_WIN_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Win
ompi_obj_win_get_native (MpiWin *self)
{
  g_return_val_if_fail (win_check_type (self), MPI_WIN_NULL);

  return WIN_HANDLE (self);
}
