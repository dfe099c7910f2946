/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/intracomm.h>

#include "comm-private.h"

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

static void
ompi_obj_intracomm_class_init (MpiIntracommClass *klass)
{
  ompi_obj_intracomm_class_init_intercomm (klass);
  ompi_obj_intracomm_class_init_dynamic (klass);
}

static void
ompi_obj_intracomm_init (MpiIntracomm *self G_GNUC_UNUSED)
{
}
