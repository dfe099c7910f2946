/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/intracomm.h>

#include "comm-private.h"
#include "group-private.h"

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
  klass->create_group = intracomm_real_create_group;
  ompi_obj_intracomm_class_init_intercomm (klass);
  ompi_obj_intracomm_class_init_dynamic (klass);
}

static void
ompi_obj_intracomm_init (MpiIntracomm *self G_GNUC_UNUSED)
{
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
