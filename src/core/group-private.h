/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a group, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/group.h>

struct _MpiGroup
{
  GObject parent_instance;

  MPI_Group handle; /* MPI_GROUP_NULL: freed */
  MpiOwnership ownership;
};

/* Whether a group may be passed to MPI. */
gboolean ompi_obj_group_check (MpiGroup *group, const char *function, GError **error);

/* An object for a handle that MPI just gave us. */
MpiGroup *ompi_obj_group_new_for_result (MPI_Group handle);
