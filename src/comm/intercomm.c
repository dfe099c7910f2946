/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/intercomm.h>
#include <ompi_obj/intracomm.h>

#include "comm-agreement-private.h"
#include "comm-private.h"

/**
 * MpiIntercomm:
 *
 * A communicator between two groups of ranks: messages go from the ranks of one to those of the other.
 *
 * [method@Mpi.Intracomm.create_intercomm] makes one of two groups of the same job;
 * [method@Mpi.Intercomm.merge] makes one group of both.
 *
 * Mirrors the intercommunicators of MPI-4.0, section 7.6.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiIntercomm, ompi_obj_intercomm, OMPI_OBJ_TYPE_COMM)

static MpiIntracomm *
intercomm_real_merge (MpiIntercomm *self, gboolean high, GError **error)
{
  MPI_Comm merged;

  if (!CHECK_MPI (error, MPI_Intercomm_merge, COMM_HANDLE (OMPI_OBJ_COMM (self)), !!high, &merged))
    return NULL;
  return (MpiIntracomm *) ompi_obj_comm_new_owned (merged, OMPI_OBJ_TYPE_INTRACOMM, error);
}

static void
ompi_obj_intercomm_class_init (MpiIntercommClass *klass)
{
  klass->merge = intercomm_real_merge;
}

static void
ompi_obj_intercomm_init (MpiIntercomm *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_intercomm_get_remote_size:
 * @self: an intercommunicator
 *
 * Gets the number of ranks in the other group.
 *
 * Mirrors `MPI_Comm_remote_size` (MPI-4.0, section 7.6.1), without a call of it.
 *
 * Returns: the number; 0 after the communicator was freed
 *
 * Since: 1.0
 */
gint
ompi_obj_intercomm_get_remote_size (MpiIntercomm *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INTERCOMM (self), 0);

  return (gint) OMPI_OBJ_COMM (self)->handle->n_peers;
}

/**
 * ompi_obj_intercomm_merge: (virtual merge)
 * @self: an intercommunicator
 * @high: the same on all ranks of a group: %TRUE in the group whose ranks come last, %FALSE in the one whose
 *   ranks come first; if it is the same in both groups, MPI chooses
 * @error: return location for a #GError
 *
 * Makes one communicator of the ranks of both groups. Collective over both.
 *
 * Errors: [error@Mpi.Error.arg] if @high differs within a group and this MPI notices (MPICH does),
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Intercomm_merge` (MPI-4.0, section 7.6.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiIntracomm *
ompi_obj_intercomm_merge (MpiIntercomm *self, gboolean high, GError **error)
{
  MpiIntracomm *merged;

  g_return_val_if_fail (OMPI_OBJ_IS_INTERCOMM (self), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Intercomm_merge", error, NULL);

  merged = OMPI_OBJ_INTERCOMM_GET_CLASS (self)->merge (self, high, error);
  check_slot (error, G_STRFUNC, merged != NULL);
  return merged;
}

/* Whether a rank of a communicator is in another communicator too. */
static gboolean
comm_has_rank_of (MpiComm *self, MpiComm *other, gint rank)
{
  MPI_Group group = MPI_GROUP_NULL;
  MPI_Group other_group = MPI_GROUP_NULL;
  int translated = MPI_UNDEFINED;

  if (MPI_Comm_group (COMM_HANDLE (self), &group) == MPI_SUCCESS
      && MPI_Comm_group (COMM_HANDLE (other), &other_group) == MPI_SUCCESS)
    MPI_Group_translate_ranks (other_group, 1, &rank, group, &translated);
  if (group != MPI_GROUP_NULL)
    MPI_Group_free (&group);
  if (other_group != MPI_GROUP_NULL)
    MPI_Group_free (&other_group);
  return translated != MPI_UNDEFINED;
}

/* What only the leader of a group needs to know. */
static gboolean
check_leader (MpiComm *self, MpiComm *peer_comm, gint remote_leader, gint tag, const char *function, GError **error)
{
  if (peer_comm == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function, "peer_comm is NULL at the leader");
      return FALSE;
    }
  if (!comm_check (peer_comm, function, error))
    return FALSE;
  if (remote_leader < 0 || (guint) remote_leader >= peer_comm->handle->n_peers)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "remote_leader is %d, but peer_comm has ranks 0 to %d",
                          remote_leader, (int) peer_comm->handle->n_peers - 1);
      return FALSE;
    }
  if (comm_has_rank_of (self, peer_comm, remote_leader))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function,
                          "remote_leader is %d, which is a rank of the local group too", remote_leader);
      return FALSE;
    }
  if (tag < 0 || (guint) tag >= ompi_obj_environment.tag_limit)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TAG, function, "tag is %d, but tags are from 0 to %u", tag,
                          ompi_obj_environment.tag_limit - 1);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_local_leader (MpiComm *self, gint local_leader, const char *function, GError **error)
{
  if ((guint) local_leader < self->handle->n_peers)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function,
                      "local_leader is %d, but the communicator has ranks 0 to %d", local_leader,
                      self->handle->size - 1);
  return FALSE;
}

static MpiIntercomm *
intracomm_real_create_intercomm (MpiIntracomm *intracomm,
                                 gint local_leader,
                                 MpiIntracomm *peer_comm,
                                 gint remote_leader,
                                 gint tag,
                                 GError **error)
{
  static const char function[] = "MPI_Intercomm_create";
  MpiComm *self = (MpiComm *) intracomm;
  const gboolean leads = self->handle->rank == local_leader;
  MPI_Comm intercomm;
  GError *obstacle = NULL;

  if (check_local_leader (self, local_leader, function, &obstacle) && leads)
    check_leader (self, (MpiComm *) peer_comm, remote_leader, tag, function, &obstacle);
  if (!ompi_obj_comm_agree (self, obstacle, "local_leader", local_leader, function, error)
      || !CHECK_MPI (error, MPI_Intercomm_create, COMM_HANDLE (self), local_leader,
                     leads ? COMM_HANDLE ((MpiComm *) peer_comm) : MPI_COMM_NULL, leads ? remote_leader : 0,
                     leads ? tag : 0, &intercomm))
    return NULL;
  return (MpiIntercomm *) ompi_obj_comm_new_owned (intercomm, OMPI_OBJ_TYPE_INTERCOMM, error);
}

void
ompi_obj_intracomm_class_init_intercomm (MpiIntracommClass *klass)
{
  klass->create_intercomm = intracomm_real_create_intercomm;
}

/**
 * ompi_obj_intracomm_create_intercomm: (virtual create_intercomm)
 * @self: the communicator of this rank's group
 * @local_leader: the rank in @self that speaks for the group, the same on all ranks of the group
 * @peer_comm: (nullable): at the leader a communicator that has both leaders, often the world; elsewhere
 *   ignored
 * @remote_leader: at the leader, the rank of the other group's leader in @peer_comm; elsewhere ignored
 * @tag: at the leaders, a tag that no other message between them uses now, the same at both; elsewhere ignored
 * @error: return location for a #GError
 *
 * Joins the ranks of this communicator and of another one, which has none of them, into an
 * intercommunicator. Collective over both groups.
 *
 * ```c
 * // Even ranks speak with odd ones.
 * half = ompi_obj_comm_split (world, rank % 2, 0, &error);
 * both = ompi_obj_intracomm_create_intercomm (OMPI_OBJ_INTRACOMM (half), 0, OMPI_OBJ_INTRACOMM (world),
 *                                             1 - rank % 2, 0, &error);
 * ```
 *
 * A wrong argument gives an error on all ranks of the group; the other group cannot know and waits, unless
 * it comes with an error of its own.
 *
 * Errors: [error@Mpi.Error.rank] if @local_leader or @remote_leader is no rank, or the remote leader is in
 * this group, [error@Mpi.Error.comm] if @peer_comm is %NULL or was freed at the leader,
 * [error@Mpi.Error.tag] for a tag that is none, [error@Mpi.Error.not_same] if @local_leader differs in the
 * group, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Intercomm_create` (MPI-4.0, section 7.6.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_create_intercomm (MpiIntracomm *self,
                                     gint local_leader,
                                     MpiIntracomm *peer_comm,
                                     gint remote_leader,
                                     gint tag,
                                     GError **error)
{
  MpiIntercomm *intercomm;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (peer_comm == NULL || OMPI_OBJ_IS_INTRACOMM (peer_comm), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Intercomm_create", error, NULL);

  intercomm =
      OMPI_OBJ_INTRACOMM_GET_CLASS (self)->create_intercomm (self, local_leader, peer_comm, remote_leader, tag, error);
  check_slot (error, G_STRFUNC, intercomm != NULL);
  return intercomm;
}
