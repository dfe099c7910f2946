/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside an info object, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/info.h>

struct _MpiInfo
{
  GObject parent_instance;

  MPI_Info handle; /* MPI_INFO_NULL: freed */
  MpiOwnership ownership;
};

/* What a method passes to MPI for an info that its caller may leave out. */
static inline MPI_Info
info_to_mpi (MpiInfo *info)
{
  return info != NULL ? info->handle : MPI_INFO_NULL;
}

/* Whether an info, or none, may be passed to MPI. */
gboolean ompi_obj_info_check (MpiInfo *info, const char *function, GError **error);
