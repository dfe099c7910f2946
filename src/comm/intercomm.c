/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/intercomm.h>
#include <ompi_obj/intracomm.h>

#include "comm-agreement-private.h"
#include "comm-private.h"
#include "group-private.h"
#include "info-private.h"

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
 * ompi_obj_intercomm_get_remote_group:
 * @self: an intercommunicator
 * @error: return location for a #GError
 *
 * Gets the group of the ranks that messages go to; [method@Mpi.Comm.get_group] gives the one of this side.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_remote_group` (MPI-4.0, section 7.6.1).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_intercomm_get_remote_group (MpiIntercomm *self, GError **error)
{
  MPI_Group group;

  g_return_val_if_fail (OMPI_OBJ_IS_INTERCOMM (self), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Comm_remote_group", error, NULL);

  return CHECK_MPI (error, MPI_Comm_remote_group, COMM_HANDLE ((MpiComm *) self), &group)
             ? ompi_obj_group_new_for_result (group)
             : NULL;
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
  return ompi_obj_comm_check_tag (tag, function, error);
}

/* Whether a group has a rank, which leads it. */
static gboolean
group_check_leader (MpiGroup *group, const char *argument, gint leader, const char *function, GError **error)
{
  const gint size = ompi_obj_group_get_size (group);

  if (leader >= 0 && leader < size)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "%s is %d, but its group has %d ranks", argument, leader,
                      size);
  return FALSE;
}

/* Whether the calling rank is in the one group, and nobody in both. */
static gboolean
groups_check_members (MpiGroup *local_group, MpiGroup *remote_group, const char *function, GError **error)
{
  g_autoptr (MpiGroup) both = ompi_obj_group_intersection (local_group, remote_group, error);

  if (both == NULL)
    return FALSE;
  if (ompi_obj_group_get_rank (local_group) < 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, function, "local_group does not have this rank");
  else if (ompi_obj_group_get_size (both) > 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_GROUP, function, "%d ranks are in both groups",
                        ompi_obj_group_get_size (both));
  else
    return TRUE;
  return FALSE;
}

/**
 * ompi_obj_intercomm_new_from_groups:
 * @local_group: the group of this rank
 * @local_leader: the rank in @local_group that speaks for it
 * @remote_group: the other group, with none of the ranks of the first
 * @remote_leader: the rank in @remote_group that speaks for it
 * @string_tag: a text that tells this call from others that are made at the same time, the same on all ranks; by
 *   convention it starts as the name of a website, "org.example.simulation"
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Makes an intercommunicator of two groups, without a communicator that has both. Collective over both
 * groups; all ranks of a group pass the same groups and leaders, those of the other group the other way round.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.0 (create_intercomm does it there, over a
 * communicator), [error@Mpi.Error.rank] if a leader is no rank of its group, [error@Mpi.Error.group] if a group
 * was freed, this rank is not in @local_group, or a rank is in both, [error@Mpi.Error.arg] if @string_tag is
 * too long, [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_Intercomm_create_from_groups` (MPI-4.0, section 7.6.2).
 *
 * Returns: (transfer full): the new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intercomm_new_from_groups (MpiGroup *local_group,
                                    gint local_leader,
                                    MpiGroup *remote_group,
                                    gint remote_leader,
                                    const gchar *string_tag,
                                    MpiInfo *info,
                                    GError **error)
{
  static const char function[] = "MPI_Intercomm_create_from_groups";

  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (local_group), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_GROUP (remote_group), NULL);
  g_return_val_if_fail (string_tag != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (function, error) || !ompi_obj_info_check (info, function, error)
      || !ompi_obj_group_check (local_group, function, error) || !ompi_obj_group_check (remote_group, function, error)
      || !group_check_leader (local_group, "local_leader", local_leader, function, error)
      || !group_check_leader (remote_group, "remote_leader", remote_leader, function, error)
      || !groups_check_members (local_group, remote_group, function, error))
    return NULL;

#ifdef HAVE_MPI_INTERCOMM_CREATE_FROM_GROUPS
  {
    MPI_Comm intercomm;

    if (strlen (string_tag) >= MPI_MAX_STRINGTAG_LEN)
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                            "string_tag has %" G_GSIZE_FORMAT " bytes, but the limit is %d", strlen (string_tag),
                            MPI_MAX_STRINGTAG_LEN - 1);
        return NULL;
      }
    if (!CHECK_MPI (error, MPI_Intercomm_create_from_groups, local_group->handle, local_leader, remote_group->handle,
                    remote_leader, string_tag, info_to_mpi (info), MPI_ERRORS_RETURN, &intercomm))
      return NULL;
    return (MpiIntercomm *) ompi_obj_comm_new_owned (intercomm, OMPI_OBJ_TYPE_INTERCOMM, error);
  }
#else
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "this MPI is older than 4.0; use create_intercomm, over a communicator that has both groups");
  return NULL;
#endif
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
  if (!ompi_obj_comm_consent (self, obstacle, "local_leader", local_leader, function, error)
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
