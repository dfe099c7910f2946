/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "group-private.h"
#include "info-private.h"
#include "keyval-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

static MpiComm *
comm_real_dup (MpiComm *self, GError **error)
{
  MPI_Comm copy;

  if (!ompi_obj_attribute_explain (CHECK_MPI (error, MPI_Comm_dup, COMM_HANDLE (self), &copy), error))
    return NULL;
  return ompi_obj_comm_new_child (self, copy, error);
}

static MpiComm *
comm_real_dup_with_info (MpiComm *self, MpiInfo *info, GError **error)
{
  MPI_Comm copy;

  if (!ompi_obj_attribute_explain (CHECK_MPI (error, MPI_Comm_dup_with_info, COMM_HANDLE (self), info_to_mpi (info),
                                              &copy),
                                   error))
    return NULL;
  return ompi_obj_comm_new_child (self, copy, error);
}

/* The object and the request share the record of the new communicator, whichever lives longer. */
static MpiRequest *
comm_new_copying (MpiComm *self, MpiComm *copy, MPI_Request handle)
{
  MpiRequest *request =
      ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, handle, OPERATION_IS_COLLECTIVE, self, NULL, NULL);

  ompi_obj_request_keep (request, ompi_obj_comm_handle_ref (copy->handle), ompi_obj_comm_handle_complete);
  return request;
}

static MpiRequest *
comm_real_idup (MpiComm *self, MpiComm **copy, GError **error)
{
  g_autoptr (MpiComm) pending = ompi_obj_comm_new_pending (self);
  MPI_Request handle;

  if (!ompi_obj_attribute_explain (CHECK_MPI (error, MPI_Comm_idup, COMM_HANDLE (self), &pending->handle->pending_comm,
                                              &handle),
                                   error))
    return NULL;
  *copy = g_steal_pointer (&pending);
  return comm_new_copying (self, *copy, handle);
}

static MpiRequest *
comm_real_idup_with_info (MpiComm *self, MpiInfo *info, MpiComm **copy, GError **error)
{
#ifdef HAVE_MPI_COMM_IDUP_WITH_INFO
  g_autoptr (MpiComm) pending = ompi_obj_comm_new_pending (self);
  MPI_Request handle;

  if (!ompi_obj_attribute_explain (CHECK_MPI (error, MPI_Comm_idup_with_info, COMM_HANDLE (self), info_to_mpi (info),
                                              &pending->handle->pending_comm, &handle),
                                   error))
    return NULL;
  *copy = g_steal_pointer (&pending);
  return comm_new_copying (self, *copy, handle);
#else
  (void) self;
  (void) info;
  (void) copy;
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_IDUP_WITH_INFO, "MPI_Comm_idup_with_info", error);
  return NULL;
#endif
}

static MpiComm *
comm_real_split (MpiComm *self, gint color, gint key, GError **error)
{
  MPI_Comm part;
  const gboolean is_color = color >= 0 || color == OMPI_OBJ_UNDEFINED;

  /* A rank that is wrong takes part without getting a communicator, as the others would wait for it. */
  if (!CHECK_MPI (error, MPI_Comm_split, COMM_HANDLE (self), color >= 0 ? color : MPI_UNDEFINED, key, &part))
    return NULL;
  if (!is_color)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_split",
                          "color is %d, but colors are numbers from 0, or UNDEFINED", color);
      return NULL;
    }
  return ompi_obj_comm_new_child (self, part, error);
}

/* FALSE if this MPI has no such type. */
static gboolean
split_type_to_mpi (MpiSplitType type, int *mpi_type)
{
  switch (type)
    {
    case OMPI_OBJ_SPLIT_TYPE_UNDEFINED:
      *mpi_type = MPI_UNDEFINED;
      return TRUE;
    case OMPI_OBJ_SPLIT_TYPE_SHARED:
      *mpi_type = MPI_COMM_TYPE_SHARED;
      return TRUE;
#if MPI_VERSION >= 4
    case OMPI_OBJ_SPLIT_TYPE_HW_GUIDED:
      *mpi_type = MPI_COMM_TYPE_HW_GUIDED;
      return TRUE;
    case OMPI_OBJ_SPLIT_TYPE_HW_UNGUIDED:
      *mpi_type = MPI_COMM_TYPE_HW_UNGUIDED;
      return TRUE;
#else
    case OMPI_OBJ_SPLIT_TYPE_HW_GUIDED:
    case OMPI_OBJ_SPLIT_TYPE_HW_UNGUIDED:
      return FALSE;
#endif
#if MPI_VERSION > 4 || (MPI_VERSION == 4 && MPI_SUBVERSION >= 1)
    case OMPI_OBJ_SPLIT_TYPE_RESOURCE_GUIDED:
      *mpi_type = MPI_COMM_TYPE_RESOURCE_GUIDED;
      return TRUE;
#else
    case OMPI_OBJ_SPLIT_TYPE_RESOURCE_GUIDED:
#endif
    default:
      return FALSE;
    }
}

static MpiComm *
comm_real_split_type (MpiComm *self, MpiSplitType type, gint key, MpiInfo *info, GError **error)
{
  MPI_Comm part;
  gboolean is_type;
  int mpi_type;

  if (self->handle->is_inter && !ompi_obj_check_split_type_between_groups ("MPI_Comm_split_type", error))
    return NULL;
  is_type = split_type_to_mpi (type, &mpi_type);
  /* As of split: the others would wait. */
  if (!CHECK_MPI (error, MPI_Comm_split_type, COMM_HANDLE (self), is_type ? mpi_type : MPI_UNDEFINED, key,
                  info_to_mpi (info), &part))
    return NULL;
  if (!is_type)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_split_type",
                          "this MPI is too old to split by type %d, or there is no such type; use "
                          "OMPI_OBJ_SPLIT_TYPE_SHARED",
                          (int) type);
      return NULL;
    }
  return ompi_obj_comm_new_child (self, part, error);
}

gboolean
ompi_obj_comm_check_subgroup (MpiComm *self, MpiGroup *group, const char *function, GError **error)
{
  g_autoptr (MpiGroup) all = ompi_obj_comm_get_group (self, error);
  g_autoptr (MpiGroup) strangers = NULL;

  if (all == NULL)
    return FALSE;
  strangers = ompi_obj_group_difference (group, all, error);
  if (strangers == NULL)
    return FALSE;
  if (ompi_obj_group_get_size (strangers) == 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, function,
                      "group has %d processes that are not in the group of the communicator",
                      ompi_obj_group_get_size (strangers));
  return FALSE;
}

static MpiComm *
comm_real_create (MpiComm *self, MpiGroup *group, GError **error)
{
  MPI_Comm part;

  if (!ompi_obj_comm_check_subgroup (self, group, "MPI_Comm_create", error)
      || !CHECK_MPI (error, MPI_Comm_create, COMM_HANDLE (self), group->handle, &part))
    return NULL;
  return ompi_obj_comm_new_child (self, part, error);
}

static gboolean
comm_real_disconnect_peers (MpiComm *self, GError **error)
{
  return ompi_obj_comm_handle_release (self->handle, ompi_obj_comm_disconnect, "MPI_Comm_disconnect", error);
}

void
ompi_obj_comm_class_init_create (MpiCommClass *klass)
{
  klass->dup = comm_real_dup;
  klass->dup_with_info = comm_real_dup_with_info;
  klass->idup = comm_real_idup;
  klass->idup_with_info = comm_real_idup_with_info;
  klass->split = comm_real_split;
  klass->split_type = comm_real_split_type;
  klass->create = comm_real_create;
  klass->disconnect_peers = comm_real_disconnect_peers;
}

/**
 * ompi_obj_comm_dup: (virtual dup)
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Makes a communicator of the same ranks with a context of its own: messages on one are never
 * received on the other. The new object is of the same class as @self. Collective.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_dup` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_dup (MpiComm *self, GError **error)
{
  MpiComm *copy;

  COMM_ENTER (self, "MPI_Comm_dup", error, NULL);
  copy = OMPI_OBJ_COMM_GET_CLASS (self)->dup (self, error);
  check_slot (error, G_STRFUNC, copy != NULL);
  return copy;
}

/**
 * ompi_obj_comm_clone:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * The same as [method@Mpi.Comm.dup], by the name that the C++ bindings give it.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_dup` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_clone (MpiComm *self, GError **error)
{
  return ompi_obj_comm_dup (self, error);
}

/**
 * ompi_obj_comm_dup_with_info: (virtual dup_with_info)
 * @self: a communicator
 * @info: (nullable): the hints of the new communicator, or %NULL for none
 * @error: return location for a #GError
 *
 * Makes a communicator of the same ranks with a context of its own, with hints of its own in place of
 * those of @self. Collective.
 *
 * Errors: [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_dup_with_info` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_dup_with_info (MpiComm *self, MpiInfo *info, GError **error)
{
  MpiComm *copy;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Comm_dup_with_info", error, NULL);
  if (!ompi_obj_info_check (info, "MPI_Comm_dup_with_info", error))
    return NULL;
  copy = OMPI_OBJ_COMM_GET_CLASS (self)->dup_with_info (self, info, error);
  check_slot (error, G_STRFUNC, copy != NULL);
  return copy;
}

/* What the two forms of idup give: both objects, or none. */
static MpiRequest *
comm_finish_idup (const char *function, MpiRequest *request, MpiComm **copy, GError **error)
{
  if (request != NULL && *copy == NULL)
    g_clear_object (&request);
  if (!check_slot (error, function, request != NULL))
    g_clear_object (copy);
  return request;
}

/**
 * ompi_obj_comm_idup: (virtual idup)
 * @self: a communicator
 * @copy: (out) (transfer full): the new communicator, to be used when the request has completed
 * @error: return location for a #GError
 *
 * Starts to make a communicator of the same ranks with a context of its own, and returns at once. The
 * methods of the new object give [error@Mpi.Error.pending] until the request was waited for or tested
 * to its end. The new object is of the same class as @self. Collective.
 *
 * ```c
 * g_autoptr (MpiComm) copy = NULL;
 * g_autoptr (MpiRequest) request = ompi_obj_comm_idup (comm, &copy, &error);
 *
 * if (request == NULL || !ompi_obj_request_wait (request, NULL, &error))
 *   return FALSE;
 * ```
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_idup` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_idup (MpiComm *self, MpiComm **copy, GError **error)
{
  g_return_val_if_fail (copy != NULL, NULL);
  *copy = NULL;
  COMM_ENTER (self, "MPI_Comm_idup", error, NULL);
  return comm_finish_idup (G_STRFUNC, OMPI_OBJ_COMM_GET_CLASS (self)->idup (self, copy, error), copy, error);
}

/**
 * ompi_obj_comm_idup_with_info: (virtual idup_with_info)
 * @self: a communicator
 * @info: (nullable): the hints of the new communicator, or %NULL for none
 * @copy: (out) (transfer full): the new communicator, to be used when the request has completed
 * @error: return location for a #GError
 *
 * Does what [method@Mpi.Comm.idup] does, with hints in place of those of @self. Collective.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.0, [error@Mpi.Error.info] if @info
 * was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_idup_with_info` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_idup_with_info (MpiComm *self, MpiInfo *info, MpiComm **copy, GError **error)
{
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (copy != NULL, NULL);
  *copy = NULL;
  COMM_ENTER (self, "MPI_Comm_idup_with_info", error, NULL);
  if (!ompi_obj_info_check (info, "MPI_Comm_idup_with_info", error))
    return NULL;
  return comm_finish_idup (G_STRFUNC, OMPI_OBJ_COMM_GET_CLASS (self)->idup_with_info (self, info, copy, error), copy,
                           error);
}

/**
 * ompi_obj_comm_split: (virtual split)
 * @self: a communicator
 * @color: which part this rank goes to, a number from 0, or `OMPI_OBJ_UNDEFINED` for none
 * @key: where in its part: ranks are ordered by it, and by their rank in @self if it is the same
 * @error: return location for a #GError
 *
 * Makes a communicator of the ranks that give the same color. Collective: all ranks of @self call it.
 *
 * The new object is of the class of @self if that is a program's own for the kind of communicator that
 * comes out: a part of a communicator with a topology has none.
 *
 * Errors: [error@Mpi.Error.arg] for another negative color (the other ranks get their parts without this one),
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_split` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full) (nullable): the communicator of the rank's part; %NULL without an error for
 *   `OMPI_OBJ_UNDEFINED`; %NULL with an error on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_split (MpiComm *self, gint color, gint key, GError **error)
{
  MpiComm *part;

  COMM_ENTER (self, "MPI_Comm_split", error, NULL);
  part = OMPI_OBJ_COMM_GET_CLASS (self)->split (self, color, key, error);
  /* On an intercommunicator, the other side may have no rank of the color. */
  if (color != OMPI_OBJ_UNDEFINED && !self->handle->is_inter)
    check_slot (error, G_STRFUNC, part != NULL);
  return part;
}

/**
 * ompi_obj_comm_split_type: (virtual split_type)
 * @self: a communicator
 * @type: what the ranks of a part have in common
 * @key: where in its part: ranks are ordered by it, and by their rank in @self if it is the same
 * @info: (nullable): hints, or %NULL for none; for [enum@Mpi.SplitType.hw_guided] the key
 *   `mpi_hw_resource_type` names the kind of hardware
 * @error: return location for a #GError
 *
 * Makes a communicator of the ranks that have something in common. Collective: all ranks of @self call
 * it.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI has no such type, or @self is an intercommunicator of Open MPI
 * older than 5.0; [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_split_type` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full) (nullable): the communicator of the rank's part; %NULL without an error for
 *   [enum@Mpi.SplitType.undefined], or if MPI finds nothing that the rank has in common with others;
 *   %NULL with an error on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_split_type (MpiComm *self, MpiSplitType type, gint key, MpiInfo *info, GError **error)
{
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Comm_split_type", error, NULL);
  if (!ompi_obj_info_check (info, "MPI_Comm_split_type", error))
    return NULL;
  return OMPI_OBJ_COMM_GET_CLASS (self)->split_type (self, type, key, info, error);
}

/**
 * ompi_obj_comm_create: (virtual create)
 * @self: a communicator
 * @group: the ranks of the new communicator, in their order there: some of the ranks of @self (on an
 *   intercommunicator, of the local group)
 * @error: return location for a #GError
 *
 * Makes a communicator of the ranks of a group. Collective: all ranks of @self call it, those that are
 * not in the group too. Ranks may give different groups, if no two of those have a rank in common.
 *
 * Errors: [error@Mpi.Error.group] if @group has processes that are not in @self, or was freed,
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_create` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full) (nullable): the new communicator; %NULL without an error if this rank is not
 *   in @group; %NULL with an error on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_create (MpiComm *self, MpiGroup *group, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (group), NULL);
  COMM_ENTER (self, "MPI_Comm_create", error, NULL);
  if (!ompi_obj_group_check (group, "MPI_Comm_create", error))
    return NULL;
  return OMPI_OBJ_COMM_GET_CLASS (self)->create (self, group, error);
}

/**
 * ompi_obj_comm_disconnect_peers: (virtual disconnect_peers)
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Waits until all messages on a communicator have arrived, and frees it. Collective. Afterwards its
 * ranks are no longer connected through it, so that one side of a connection can go on when the other
 * ends. The object stays valid, and its methods give [error@Mpi.Error.comm].
 *
 * Errors: [error@Mpi.Error.comm] if @self is predefined, borrowed from somebody else, or was freed.
 *
 * Mirrors `MPI_Comm_disconnect` (MPI-4.0, section 11.10.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_disconnect_peers (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_disconnect", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->disconnect_peers (self, error));
}
