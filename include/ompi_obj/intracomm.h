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
 *
 * The class of communicators of one group.
 *
 * Since: 1.0
 */
struct _MpiIntracommClass
{
  MpiCommClass parent_class;

  /*< private >*/
  gpointer padding[32];
};

G_END_DECLS
