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

/*
 * What is set on one object. MPI's handle is there only for a closure: MPI made it for the class of the
 * object, and it is ours.
 */
typedef struct
{
  MpiErrhandler *errhandler; /* NULL: the object has what it was made with */
  MPI_Errhandler native;
} ErrhandlerSlot;

#define ERRHANDLER_SLOT_INIT  \
  {                           \
    NULL, MPI_ERRHANDLER_NULL \
  }

/* MPI's functions for a class of objects; they take the address of the object's handle. */
typedef struct
{
  int (*create) (MPI_Errhandler *native); /* of the function that invokes the slot of an object */
  int (*set) (gconstpointer handle, MPI_Errhandler native);
  int (*get) (gconstpointer handle, MPI_Errhandler *native);
} ErrhandlerKind;

/* Sets an error handler, which was checked, on an object. */
gboolean ompi_obj_errhandler_slot_set (ErrhandlerSlot *self,
                                       const ErrhandlerKind *kind,
                                       gconstpointer handle,
                                       MpiErrhandler *errhandler,
                                       const char *function,
                                       GError **error);

/* The object for what is set on an object of MPI's: ours, a predefined one, or a new one if raw MPI set it. */
MpiErrhandler *ompi_obj_errhandler_slot_get (ErrhandlerSlot *self,
                                             const ErrhandlerKind *kind,
                                             gconstpointer handle,
                                             const char *function,
                                             GError **error);

/* Calls the closure, if there is one, for an error that MPI found on OBJECT, whose reference is dropped. */
void ompi_obj_errhandler_slot_invoke (ErrhandlerSlot *self, GObject *object, int mpi_code);

/* When the object is gone. */
void ompi_obj_errhandler_slot_clear (ErrhandlerSlot *self);
