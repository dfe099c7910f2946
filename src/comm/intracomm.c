/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/intracomm.h>

#include "collective-private.h"
#include "comm-private.h"
#include "group-private.h"
#include "info-private.h"

/**
 * MpiIntracomm:
 *
 * A communicator of one group of ranks, who send messages to each other.
 *
 * Mirrors the intracommunicators of MPI-4.0, section 7.2.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiIntracomm, ompi_obj_intracomm, OMPI_OBJ_TYPE_COMM)

static gboolean
intracomm_real_scan (MpiIntracomm *self,
                     const MpiBuffer *send_buffer,
                     const MpiBuffer *recv_buffer,
                     MpiOp *op,
                     GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Scan", &arguments,
                                       error)
         && CHECK_MPI (error, MPI_Scan_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)));
}

static MpiRequest *
intracomm_real_iscan (MpiIntracomm *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Iscan", &arguments, error)
      || !CHECK_MPI (error, MPI_Iscan_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
intracomm_real_scan_init (MpiIntracomm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          MpiInfo *info,
                          GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Scan_init", error)
      || !ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Scan_init", &arguments,
                                        error)
      || !CHECK_MPI (error, MPI_Scan_init_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)),
                     info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static gboolean
intracomm_real_exscan (MpiIntracomm *self,
                       const MpiBuffer *send_buffer,
                       const MpiBuffer *recv_buffer,
                       MpiOp *op,
                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Exscan", &arguments,
                                       error)
         && CHECK_MPI (error, MPI_Exscan_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)));
}

static MpiRequest *
intracomm_real_iexscan (MpiIntracomm *self,
                        const MpiBuffer *send_buffer,
                        const MpiBuffer *recv_buffer,
                        MpiOp *op,
                        GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle;

  if (!ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Iexscan", &arguments,
                                     error)
      || !CHECK_MPI (error, MPI_Iexscan_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
intracomm_real_exscan_init (MpiIntracomm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBuffer *recv_buffer,
                            MpiOp *op,
                            MpiInfo *info,
                            GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Exscan_init", error)
      || !ompi_obj_allreduce_arguments (OMPI_OBJ_COMM (self), send_buffer, recv_buffer, op, "MPI_Exscan_init",
                                        &arguments, error)
      || !CHECK_MPI (error, MPI_Exscan_init_c, REDUCTION_ARGS (arguments), COMM_HANDLE (OMPI_OBJ_COMM (self)),
                     info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiComm *
intracomm_real_create_group (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error)
{
  MpiComm *comm = OMPI_OBJ_COMM (self);
  MPI_Comm part;

  if (!ompi_obj_comm_check_subgroup (comm, group, "MPI_Comm_create_group", error)
      || !ompi_obj_comm_check_tag (tag, "MPI_Comm_create_group", error)
      || !CHECK_MPI (error, MPI_Comm_create_group, COMM_HANDLE (comm), group->handle, tag, &part))
    return NULL;
  return ompi_obj_comm_new_child (comm, part, error);
}

static void
ompi_obj_intracomm_class_init (MpiIntracommClass *klass)
{
  klass->scan = intracomm_real_scan;
  klass->iscan = intracomm_real_iscan;
  klass->scan_init = intracomm_real_scan_init;
  klass->exscan = intracomm_real_exscan;
  klass->iexscan = intracomm_real_iexscan;
  klass->exscan_init = intracomm_real_exscan_init;
  klass->create_group = intracomm_real_create_group;
  ompi_obj_intracomm_class_init_intercomm (klass);
  ompi_obj_intracomm_class_init_dynamic (klass);
}

static void
ompi_obj_intracomm_init (MpiIntracomm *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_intracomm_scan: (virtual scan)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines, on each rank, the buffers of the ranks up to it, its own included. Collective.
 *
 * Count and datatype are the same on every rank. With `OMPI_OBJ_IN_PLACE` each contribution is in
 * @recv_buffer, and is replaced by the result.
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scan` (MPI-4.0, section 6.11.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_intracomm_scan (MpiIntracomm *self,
                         const MpiBuffer *send_buffer,
                         const MpiBuffer *recv_buffer,
                         MpiOp *op,
                         GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Scan", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_INTRACOMM_GET_CLASS (self)->scan (self, send_buffer, recv_buffer, op, error));
}

/**
 * ompi_obj_intracomm_iscan: (virtual iscan)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Intracomm.scan] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Intracomm.scan].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iscan` (MPI-4.0, section 6.12.11).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_intracomm_iscan (MpiIntracomm *self,
                          const MpiBuffer *send_buffer,
                          const MpiBuffer *recv_buffer,
                          MpiOp *op,
                          GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Iscan", error, NULL);
  request = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->iscan (self, send_buffer, recv_buffer, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_intracomm_scan_init: (virtual scan_init)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype
 * @op: how two contributions are combined, element by element
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Intracomm.scan] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Intracomm.scan].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if
 * this MPI is older than 4.0.
 *
 * Mirrors `MPI_Scan_init` (MPI-4.0, section 6.13.11).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_intracomm_scan_init (MpiIntracomm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              MpiOp *op,
                              MpiInfo *info,
                              GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Scan_init", error, NULL);
  request = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->scan_init (self, send_buffer, recv_buffer, op, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_intracomm_exscan: (virtual exscan)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype; rank 0 gets none, and
 *   its @recv_buffer is left alone
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Combines, on each rank, the buffers of the ranks before it. Collective.
 *
 * Count and datatype are the same on every rank. With `OMPI_OBJ_IN_PLACE` each contribution is in
 * @recv_buffer, and is replaced by the result, except on rank 0, which has none: there it stays.
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Exscan` (MPI-4.0, section 6.11.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_intracomm_exscan (MpiIntracomm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           MpiOp *op,
                           GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), FALSE);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), FALSE);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Exscan", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_INTRACOMM_GET_CLASS (self)->exscan (self, send_buffer, recv_buffer, op, error));
}

/**
 * ompi_obj_intracomm_iexscan: (virtual iexscan)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype; rank 0 gets none, and
 *   its @recv_buffer is left alone
 * @op: how two contributions are combined, element by element
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Intracomm.exscan] does, and returns at once. Collective: every rank starts its
 * collectives on a communicator in the same order.
 *
 * The memory must be left alone until the request has completed. Arguments are those of
 * [method@Mpi.Intracomm.exscan].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iexscan` (MPI-4.0, section 6.12.12).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_intracomm_iexscan (MpiIntracomm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBuffer *recv_buffer,
                            MpiOp *op,
                            GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Iexscan", error, NULL);
  request = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->iexscan (self, send_buffer, recv_buffer, op, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_intracomm_exscan_init: (virtual exscan_init)
 * @self: an intracommunicator
 * @send_buffer: this rank's contribution, or `OMPI_OBJ_IN_PLACE`
 * @recv_buffer: where the result goes to: other memory, the same count and datatype; rank 0 gets none, and
 *   its @recv_buffer is left alone
 * @op: how two contributions are combined, element by element
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Intracomm.exscan] does, to be started many times. Collective: every rank sets up
 * its collectives on a communicator, and starts them, in the same order.
 *
 * Arguments are those of [method@Mpi.Intracomm.exscan].
 *
 * Errors: [error@Mpi.Error.op] if @op was freed or is not defined for the datatype, [error@Mpi.Error.arg]
 * if the buffers differ, [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for
 * the argument that is wrong, [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.unsupported] if
 * this MPI is older than 4.0.
 *
 * Mirrors `MPI_Exscan_init` (MPI-4.0, section 6.13.12).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_intracomm_exscan_init (MpiIntracomm *self,
                                const MpiBuffer *send_buffer,
                                const MpiBuffer *recv_buffer,
                                MpiOp *op,
                                MpiInfo *info,
                                GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Exscan_init", error, NULL);
  request = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->exscan_init (self, send_buffer, recv_buffer, op, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_intracomm_create_group: (virtual create_group)
 * @self: a communicator
 * @group: the ranks of the new communicator, in their order there: some of the ranks of @self
 * @tag: a number from 0 that keeps calls for different groups by several threads apart; it has nothing
 *   to do with the tags of messages
 * @error: return location for a #GError
 *
 * Makes a communicator of the ranks of a group. Collective over the group: unlike
 * [method@Mpi.Comm.create], the other ranks of @self have no part in it.
 *
 * Errors: [error@Mpi.Error.group] if @group has processes that are not in @self, or was freed,
 * [error@Mpi.Error.tag] for a tag that is none, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_create_group` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full) (nullable): the new communicator; %NULL without an error if this rank is not
 *   in @group; %NULL with an error on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_intracomm_create_group (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (group), NULL);
  COMM_ENTER (OMPI_OBJ_COMM (self), "MPI_Comm_create_group", error, NULL);
  if (!ompi_obj_group_check (group, "MPI_Comm_create_group", error))
    return NULL;
  return OMPI_OBJ_INTRACOMM_GET_CLASS (self)->create_group (self, group, tag, error);
}

#ifdef HAVE_MPI_SESSION_INIT

/* MPICH 4.0 takes any other group for one of these, or ends with a failed assertion. */
static gboolean
group_check_supported (MpiGroup *group, GError **error)
{
#if defined MPICH_NUMVERSION && MPICH_NUMVERSION < 40100000
  g_autoptr (MpiGroup) everybody = NULL;
  MPI_Group handle;

  if (ompi_obj_group_get_size (group) == 1)
    return TRUE;
  if (!ompi_obj_environment_get_everybody (&handle, "MPI_Comm_create_from_group", error))
    return FALSE;
  everybody = ompi_obj_group_new_for_result (handle);
  if (ompi_obj_group_compare (group, everybody, NULL) == OMPI_OBJ_COMPARISON_IDENT)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_create_from_group",
                      "MPICH 4.0 takes all processes or one; make a communicator of all, and use its create_group");
  return FALSE;
#else
  (void) group;
  (void) error;
  return TRUE;
#endif
}

static gboolean
group_check_member (MpiGroup *group, GError **error)
{
  if (ompi_obj_group_get_rank (group) != OMPI_OBJ_UNDEFINED)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, "MPI_Comm_create_from_group",
                      "the calling process is not in the group");
  return FALSE;
}

#endif

/**
 * ompi_obj_intracomm_new_from_group: (constructor)
 * @group: the ranks of the new communicator, the calling process among them
 * @tag: a text, the same for all of them, that keeps this call apart from others at the same time, such as
 *   "org.example.solver"
 * @info: (nullable): hints, or %NULL for none
 * @errhandler: (nullable): what to do about errors on the communicator; %NULL to return them
 * @error: return location for a #GError
 *
 * Makes a communicator of a group without one to start from: of the processes of an
 * [class@Mpi.Session], say. Collective over the group.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.0, or is MPICH 4.0 and @group neither
 * has all processes in their order nor one alone, [error@Mpi.Error.group] if the calling process is not in
 * @group, or @group was freed, [error@Mpi.Error.arg] if @tag is too long for this MPI,
 * [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.errhandler] if @errhandler was.
 *
 * Mirrors `MPI_Comm_create_from_group` (MPI-4.0, section 7.4.2).
 *
 * Returns: (transfer full): the new communicator, an #MpiIntracomm; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_intracomm_new_from_group (MpiGroup *group,
                                   const gchar *tag,
                                   MpiInfo *info,
                                   MpiErrhandler *errhandler,
                                   GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (group), NULL);
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (errhandler == NULL || OMPI_OBJ_IS_ERRHANDLER (errhandler), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

#ifdef HAVE_MPI_SESSION_INIT
  {
    g_autoptr (MpiComm) self = NULL;
    MPI_Comm comm;

    if (!environment_ensure ("MPI_Comm_create_from_group", error)
        || !ompi_obj_group_check (group, "MPI_Comm_create_from_group", error)
        || !ompi_obj_info_check (info, "MPI_Comm_create_from_group", error)
        || (errhandler != NULL && !ompi_obj_errhandler_check (errhandler, "MPI_Comm_create_from_group", error))
        || !group_check_member (group, error) || !group_check_supported (group, error))
      return NULL;
    if (strlen (tag) >= MPI_MAX_STRINGTAG_LEN)
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_create_from_group",
                            "tag has %" G_GSIZE_FORMAT " bytes, but this MPI takes at most %d", strlen (tag),
                            MPI_MAX_STRINGTAG_LEN - 1);
        return NULL;
      }

    if (!CHECK_MPI (error, MPI_Comm_create_from_group, group->handle, tag, info_to_mpi (info), MPI_ERRORS_RETURN,
                    &comm))
      return NULL;
    ompi_obj_environment_note_comm (comm);
    self = ompi_obj_comm_new_owned (comm, 0, error);
    if (self != NULL
        && (errhandler == NULL
            || ompi_obj_comm_handle_set_errhandler (self->handle, errhandler, "MPI_Comm_set_errhandler", error)))
      return g_steal_pointer (&self);
    return NULL;
  }
#else
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_create_from_group",
                      "this MPI is older than 4.0; use ompi_obj_intracomm_create_group()");
  return NULL;
#endif
}
