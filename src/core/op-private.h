/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a reduction operation, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/op.h>

struct _MpiOp
{
  GObject parent_instance;

  MPI_Op handle; /* MPI_OP_NULL: freed */
  MpiOwnership ownership;
};

gboolean ompi_obj_op_check (MpiOp *self, const char *function, GError **error);
