/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is inside an error handler. MPI has a kind of its own for each class of objects and hands no
 * data to the functions, so the closure is here, and each class has one function for MPI that finds
 * the closure of the object.
 */

#include <mpi.h>

#include <ompi_obj/errhandler.h>

struct _MpiErrhandler
{
  GObject parent_instance;

  MPI_Errhandler handle; /* of one that is no closure; MPI_ERRHANDLER_NULL: freed, or not in this MPI */
  MpiOwnership ownership;
  gboolean is_freed;

  MpiErrhandlerFunc func; /* of a closure, else NULL */
  gpointer user_data;
  GDestroyNotify destroy;
};

static inline gboolean
ompi_obj_errhandler_is_closure (const MpiErrhandler *self)
{
  return self->func != NULL;
}

/* Whether it can be given to an object: not freed, and known to this MPI. */
gboolean ompi_obj_errhandler_check (MpiErrhandler *self, const char *function, GError **error);

/* The object for a handle that MPI gave and that is ours to free; those of the predefined ones are the same as ever. */
MpiErrhandler *ompi_obj_errhandler_new_for_result (MPI_Errhandler handle);

/* Whether a handler can be called for a code: one of an error, which MPI gave or which was added. */
gboolean ompi_obj_errhandler_check_code (int mpi_code, const char *function, GError **error);

/* Calls the closure for an error that MPI found. */
void ompi_obj_errhandler_invoke (MpiErrhandler *self, GObject *object, int mpi_code);
