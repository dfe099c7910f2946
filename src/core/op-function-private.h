/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * MPI calls the function of a reduction operation without any data of the program's, so each operation
 * needs a C function of its own. libffi makes them as they are needed, where the system lets it.
 */

#include <mpi.h>

#include <ompi_obj/op.h>

typedef struct _OpFunction OpFunction;

/* What MPI wants to call. */
#ifdef HAVE_MPI_LARGE_COUNT
typedef MPI_User_function_c OpNativeFunction;
#else
typedef MPI_User_function OpNativeFunction;
#endif

/* Takes over USER_DATA, also on error. */
OpFunction *op_function_new (MpiOpFunc func, gpointer user_data, GDestroyNotify destroy, GError **error);
OpNativeFunction *op_function_get_native (OpFunction *self);
void op_function_free (OpFunction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpFunction, op_function_free)
