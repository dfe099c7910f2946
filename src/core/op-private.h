/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a reduction operation, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/op.h>

#include "compiler-private.h"
#include "op-function-private.h"

#define OP_IS_NOT_PREDEFINED (-1)

/*
 * MPI may call the function of an operation that was freed as long as a nonblocking or persistent
 * reduction uses it. So the function lives as long as the object, to which the request of such a
 * reduction has a reference.
 */
struct _MpiOp
{
  GObject parent_instance;

  MPI_Op handle; /* MPI_OP_NULL: freed, or for values */
  MpiOwnership ownership;
  gint predefined; /* an MpiPredefinedOp, or OP_IS_NOT_PREDEFINED */
  OpFunction *function;

  /* Of an operation for values */
  MpiVariantOpFunc variant_func; /* NULL: freed, or for buffers */
  gpointer variant_data;
  GDestroyNotify variant_destroy;
  gboolean is_commutative;
};

/* Says why an operation cannot be used. */
void ompi_obj_op_report (MpiOp *self, const char *function, GError **error) COLD;

/* Whether an operation can be used with buffers at all. */
gboolean ompi_obj_op_check (MpiOp *self, const char *function, GError **error);

/*
 * Whether an operation can be used in a reduction of elements of DATATYPE, which is usable, as far as MPI does not say
 * that itself.
 */
gboolean ompi_obj_op_check_datatype (MpiOp *self, MpiDatatype *datatype, const char *function, GError **error);

/*
 * Whether MPI defines a predefined operation for elements of a predefined datatype. In reductions MPI finds that
 * itself, in one-sided communication it does not look.
 */
gboolean ompi_obj_op_check_defined (MpiOp *self, MpiDatatype *datatype, const char *function, GError **error);

/* Whether elements of a predefined datatype can be compared and swapped: integers, logical values and bytes. */
gboolean ompi_obj_op_check_swappable (MpiDatatype *datatype, const char *function, GError **error);

/* MPI's name of a predefined operation. */
const char *ompi_obj_op_get_predefined_name (MpiPredefinedOp which);
