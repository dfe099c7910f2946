/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>
#include <ompi_obj/group.h>
#include <ompi_obj/info.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_INTERCOMM (ompi_obj_intercomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiIntercomm, ompi_obj_intercomm, OMPI_OBJ, INTERCOMM, MpiComm)

/**
 * MpiIntercommClass:
 * @parent_class: the parent class
 * @merge: makes one communicator of the ranks of both groups
 *
 * The class of communicators between two groups.
 *
 * Since: 1.0
 */
struct _MpiIntercommClass
{
  MpiCommClass parent_class;

  MpiIntracomm *(*merge) (MpiIntercomm *self, gboolean high, GError **error);

  /*< private >*/
  gpointer padding[16];
};

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntercomm *ompi_obj_intercomm_new_from_groups (MpiGroup *local_group,
                                                  gint local_leader,
                                                  MpiGroup *remote_group,
                                                  gint remote_leader,
                                                  const gchar *string_tag,
                                                  MpiInfo *info,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_intercomm_get_remote_size (MpiIntercomm *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_intercomm_get_remote_group (MpiIntercomm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiIntracomm *ompi_obj_intercomm_merge (MpiIntercomm *self, gboolean high, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
