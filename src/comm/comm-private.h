/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a communicator, the guards of its methods, and the checks of ranks and tags.
 */

#include <mpi.h>

#include <ompi_obj/comm.h>

#include "attached-buffer-private.h"
#include "buffer-private.h"
#include "constants-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "status-private.h"

/*
 * Shared by all objects that stand for the same communicator (a subclass that wraps another object),
 * so that a free through one of them is seen by all.
 */
typedef struct _MpiCommHandle
{
  gatomicrefcount ref_count;
  MPI_Comm comm; /* MPI_COMM_NULL: freed */
  MpiOwnership ownership;
  gint size;     /* of the local group */
  gint rank;     /* in the local group */
  guint n_peers; /* the ranks that messages go to: of the remote group on an intercommunicator */
  gboolean is_inter;

  /* Receives of values that wait for their message, in the order they were posted: see src/variant/variant-request.c.
   */
  GQueue pending_values;
  GRecMutex pending_lock;
} MpiCommHandle;

#define COMM_HANDLE(self) ((self)->handle->comm)

/* What a request that goes on by itself must keep alive of a communicator: nothing, if it is not ours to free. */
static inline MpiComm *
comm_to_keep (MpiComm *self)
{
  return self->handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED ? self : NULL;
}

/* Makes an object of the class LIKE, or the one that fits if LIKE is 0, for a communicator that MPI just made. */
MpiComm *ompi_obj_comm_new_owned (MPI_Comm comm, GType like, GError **error);

/* Each source fills in the slots of its topic. */
void ompi_obj_comm_class_init_p2p (MpiCommClass *klass);
void ompi_obj_comm_class_init_nonblocking (MpiCommClass *klass);
void ompi_obj_comm_class_init_persistent (MpiCommClass *klass);
void ompi_obj_comm_class_init_collective (MpiCommClass *klass);

/*
 * The type check of every method. Walking the ancestors of a type costs more than the rest of a
 * method; programs use few classes of communicators, so the last one that was found good is kept.
 */
extern gpointer ompi_obj_comm_last_class G_GNUC_INTERNAL;

gboolean ompi_obj_comm_check_type_slow (gconstpointer object) COLD;

/* The same, of a class that has the default send, receive and matched probe; then they need not be looked up. */
extern gpointer ompi_obj_comm_last_plain_class G_GNUC_INTERNAL;

gboolean ompi_obj_comm_class_is_plain (MpiCommClass *klass);

static inline gboolean
comm_is_plain (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&ompi_obj_comm_last_plain_class, __ATOMIC_RELAXED));
}

static inline gboolean
comm_check_type (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&ompi_obj_comm_last_class, __ATOMIC_RELAXED))
         || ompi_obj_comm_check_type_slow (object);
}

/* Says why a communicator is not usable: freed, or MPI is finalized. */
void ompi_obj_comm_report (const char *function, GError **error) COLD;

static inline gboolean
comm_check (MpiComm *self, const char *function, GError **error)
{
  if (G_LIKELY (COMM_HANDLE (self) != MPI_COMM_NULL && environment_is_active ()))
    return TRUE;
  ompi_obj_comm_report (function, error);
  return FALSE;
}

/* The guard of every public method: programmer errors give a critical, a communicator that is gone an error. */
#define COMM_ENTER(self, function, error, failed)                 \
  g_return_val_if_fail (comm_check_type (self), failed);          \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!comm_check (self, function, error))                        \
  return failed

/*
 * Ranks and tags from ours to MPI's. Nearly all are numbers that need no translation, which is one
 * comparison each; otherwise they are looked at one by one, to translate the constants and to report
 * what is wrong. A communicator that was freed has no peers, and without MPI there are no tags.
 */

static inline gboolean
comm_is_plain_message (MpiComm *self, gint rank, gint tag)
{
  return (guint) rank < self->handle->n_peers && (guint) tag < ompi_obj_environment.tag_limit;
}

gboolean ompi_obj_comm_translate_dest (MpiComm *self, gint *dest, gint *tag, const char *function, GError **error) COLD;

gboolean
ompi_obj_comm_translate_source (MpiComm *self, gint *source, gint *tag, const char *function, GError **error) COLD;

static inline gboolean
comm_dest_to_mpi (MpiComm *self, gint *dest, gint *tag, const char *function, GError **error)
{
  return G_LIKELY (comm_is_plain_message (self, *dest, *tag))
         || ompi_obj_comm_translate_dest (self, dest, tag, function, error);
}

static inline gboolean
comm_source_to_mpi (MpiComm *self, gint *source, gint *tag, const char *function, GError **error)
{
  return G_LIKELY (comm_is_plain_message (self, *source, *tag))
         || ompi_obj_comm_translate_source (self, source, tag, function, error);
}

/* Checks that a buffered send to MPI_DEST does no harm for want of attached memory. */
static inline gboolean
comm_bsend_check (const MpiBuffer *buffer, int mpi_dest, const char *function, GError **error)
{
  return mpi_dest == MPI_PROC_NULL
         || ompi_obj_attached_buffer_check (ompi_obj_attached_buffer_get_room (buffer), function, error);
}

/* The root of a collective, which on an intercommunicator is ROOT, PROC_NULL or a rank of the other side. */
gboolean ompi_obj_comm_root_to_mpi (MpiComm *self, gint root, int *mpi_root, const char *function, GError **error);
