/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What is inside a request, for the operations that make one and the calls that complete several.
 */

#include <mpi.h>

#include <ompi_obj/comm.h>
#include <ompi_obj/request.h>

#include "compiler-private.h"
#include "status-private.h"

typedef enum
{
  OPERATION_IS_SEND = 1 << 0,
  OPERATION_IS_PERSISTENT = 1 << 1,
  OPERATION_IS_PARTITIONED = 1 << 2,
  OPERATION_IS_FROM_NOBODY = 1 << 3, /* a receive from MPI_PROC_NULL */
  OPERATION_IS_COLLECTIVE = 1 << 4,
  OPERATION_IS_FILE = 1 << 5,
  OPERATION_IS_SHORT_READ = 1 << 6, /* MPI does not say how short */
  OPERATION_IS_WINDOW = 1 << 7
} OperationFlags;

/* An operation, and what MPI may read or write, or need, while it is under way. */
typedef struct
{
  MPI_Request handle; /* MPI_REQUEST_NULL: completed, or freed */
  OperationFlags flags;
  gboolean is_active; /* started and not completed yet */
  gint n_partitions;
  gsize place;          /* in an array that is being completed, from 1; 0: in none */
  gint64 attached_room; /* what a start needs of the attached memory; 0: nothing, or MPI looks for itself */
  gint64 n_readable;    /* the bytes that a short read gets */
  MpiComm *comm;
  MpiDatatype *datatypes[2];
  GBytes *owners[2];
  gpointer kept; /* anything else that it needs; see ompi_obj_request_keep() */
  GDestroyNotify release_kept;
} Operation;

typedef struct
{
  Operation operation;
  MpiOwnership ownership;
  MpiStatus status;  /* what the operation completed with last */
  gboolean is_freed; /* by free(), while it was under way */
} MpiRequestPrivate;

MpiRequestPrivate *ompi_obj_request_get_private (MpiRequest *self);

/* The type check of every method: programs use few classes of requests, so the last one that was good is kept. */
extern gpointer ompi_obj_request_last_class G_GNUC_INTERNAL;

gboolean ompi_obj_request_check_type_slow (gconstpointer object) COLD;

static inline gboolean
request_check_type (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&ompi_obj_request_last_class, __ATOMIC_RELAXED))
         || ompi_obj_request_check_type_slow (object);
}

/*
 * Makes the object of an operation: one that was just started, or one that is persistent. It keeps
 * COMM (which may be NULL), and the datatype and owner of each BUFFER that is not NULL, alive until the
 * operation has completed or, if it is persistent, as long as the object lives.
 */
MpiRequest *ompi_obj_request_new_for_operation (GType type,
                                                MPI_Request handle,
                                                OperationFlags flags,
                                                MpiComm *comm,
                                                const MpiBuffer *buffer,
                                                const MpiBuffer *other_buffer);

/* Gives REQUEST something more to keep alive as long as it keeps the buffers: once, after it was made. */
void ompi_obj_request_keep (MpiRequest *request, gpointer kept, GDestroyNotify release);

/* The request of an operation that was done at once. */
MpiRequest *ompi_obj_request_new_completed (const MpiStatus *status);

/* Says how many bytes a read of a file gets, where it meets the end. */
void ompi_obj_request_set_n_readable (MpiRequest *request, gint64 n_bytes);

/* Whether waiting for it and testing it is what MPI does; else several cannot be completed with one call of MPI. */
gboolean ompi_obj_request_is_plain (MpiRequest *self);

/* Where MPI writes what an active request completes with; nobody reads it before. */
static inline MPI_Status *
request_status_to_mpi (MpiRequestPrivate *priv)
{
  return (MPI_Status *) priv->status.mpi_status;
}

/* Marks an active request as completed with that status; the handle is what MPI left of it. */
void ompi_obj_request_mark_completed (MpiRequestPrivate *priv);

/*
 * Tests plain requests, each once in the array and active, with one call of MPI. Gives how many have completed, and
 * which; the error of each that has failed goes to the place of its index. -1: MPI does not say which one is wrong.
 */
gssize ompi_obj_request_test_plain (MpiRequest **requests, gsize n_requests, gint *indices, GError **errors);

/* Releases what operations whose request was dropped early hold, if they have completed by now. */
void ompi_obj_request_finish_dropped (void);
