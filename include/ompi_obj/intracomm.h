/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_INTRACOMM (ompi_obj_intracomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiIntracomm, ompi_obj_intracomm, OMPI_OBJ, INTRACOMM, MpiComm)

/**
 * MpiIntracommClass:
 * @parent_class: the parent class
 * @create_group: makes a communicator of the ranks of a group, who alone call it; %NULL without an error for
 *   another rank
 *
 * The class of communicators of one group.
 *
 * Since: 1.0
 */
struct _MpiIntracommClass
{
  MpiCommClass parent_class;

  /* Communicators from communicators */
  MpiComm *(*create_group) (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error);

  /*< private >*/
  gpointer padding[32];
};

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComm *ompi_obj_intracomm_create_group (MpiIntracomm *self, MpiGroup *group, gint tag, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
