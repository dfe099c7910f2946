/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/intercomm.h>

#include "comm-private.h"

/**
 * MpiIntercomm:
 *
 * A communicator between two groups of ranks: messages go from the ranks of one to those of the other.
 *
 * Mirrors the intercommunicators of MPI-4.0, section 7.6.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiIntercomm, ompi_obj_intercomm, OMPI_OBJ_TYPE_COMM)

static void
ompi_obj_intercomm_class_init (MpiIntercommClass *klass G_GNUC_UNUSED)
{
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
