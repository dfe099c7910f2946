/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a communicator, the guards of its methods, and the checks of ranks and tags.
 */

#include <mpi.h>

#include <ompi_obj/comm.h>
#include <ompi_obj/intracomm.h>

#include "attached-buffer-private.h"
#include "buffer-private.h"
#include "constants-private.h"
#include "environment-private.h"
#include "errhandler-private.h"
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

  /* Of a communicator that MPI is still making: MPI writes here, and it becomes @comm when MPI is done. */
  gboolean is_pending;
  MPI_Comm pending_comm;

  /* What was set, or taken over from the communicator that it was made of; else errors are returned, or it is
   * the concern of whoever lent it. */
  ErrhandlerSlot errhandler;
  gboolean is_kept; /* borrowed, and remembered for its closure */

  GWeakRef object; /* the last one that stands for it, for MPI's callbacks */

  /* Receives of values that wait for their message, in the order they were posted: see src/variant/variant-request.c.
   */
  GQueue pending_values;
  GQueue started_values;       /* that a thread has found the message for: see src/variant/variant-progress.c */
  guint n_pending_for_program; /* of them, those that only the program may look for */
  guint pending_round;         /* of tests, in which their messages were looked for; see request_poller_get_round() */
  GRecMutex pending_lock;
  gboolean is_watched; /* by that thread */

  /* What collectives of values need: see src/variant/value-queue.c. NULL: none was called. */
  struct _ValueContext *value_context;
  void (*finish_value_context) (struct _ValueContext *context);  /* waits for what is under way */
  void (*release_value_context) (struct _ValueContext *context); /* when nothing is */
} MpiCommHandle;

#define COMM_HANDLE(self) ((self)->handle->comm)

/* What an object has until it is given a communicator, so that no method needs to ask for NULL. */
extern MpiCommHandle ompi_obj_comm_no_handle G_GNUC_INTERNAL;

MpiCommHandle *ompi_obj_comm_handle_alloc (MpiOwnership ownership);
MpiCommHandle *ompi_obj_comm_handle_new (MPI_Comm comm, MpiOwnership ownership, GError **error);
MpiCommHandle *ompi_obj_comm_handle_ref (MpiCommHandle *handle);
void ompi_obj_comm_handle_unref (MpiCommHandle *handle);

/* The communicator is gone, and nobody has to free it. */
void ompi_obj_comm_handle_forget (MpiCommHandle *handle);

/* Frees the communicator with one of MPI's two functions for it; a borrowed one is an error. */
gboolean
ompi_obj_comm_handle_release (MpiCommHandle *handle, int (*release) (MPI_Comm *), const char *function, GError **error);

extern const ErrhandlerKind ompi_obj_comm_errhandlers G_GNUC_INTERNAL;

gboolean ompi_obj_comm_handle_set_errhandler (MpiCommHandle *handle,
                                              MpiErrhandler *errhandler,
                                              const char *function,
                                              GError **error);

/* The object that stands for a communicator, or a new one that borrows it; NULL if there is no such. */
MpiComm *ompi_obj_comm_find_object (MPI_Comm comm);
MpiComm *ompi_obj_comm_new_borrowed (MPI_Comm comm);

/* What a request that goes on by itself must keep alive of a communicator: nothing, if it is not ours to free. */
static inline MpiComm *
comm_to_keep (MpiComm *self)
{
  return self->handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED ? self : NULL;
}

/* Makes an object of the class LIKE, or the one that fits if LIKE is 0, for a communicator that MPI just made. */
MpiComm *ompi_obj_comm_new_owned (MPI_Comm comm, GType like, GError **error);

/*
 * The same for one that MPI made of PARENT, of its class if the kind fits. NULL without an error for
 * MPI_COMM_NULL, which MPI gives to ranks that are not in the new communicator.
 */
MpiComm *ompi_obj_comm_new_child (MpiComm *parent, MPI_Comm comm, GError **error);

/*
 * An object for a duplicate that MPI starts to make: it writes the handle to pending_comm of the object's
 * record, which the request must keep until then, and release with ompi_obj_comm_handle_complete().
 */
MpiComm *ompi_obj_comm_new_pending (MpiComm *parent);
void ompi_obj_comm_handle_complete (gpointer handle);

/* Whether GROUP is of ranks of the communicator, as MPI demands and does not always check. */
gboolean ompi_obj_comm_check_subgroup (MpiComm *self, MpiGroup *group, const char *function, GError **error);

/* A tag that is no wildcard. */
gboolean ompi_obj_comm_check_tag (gint tag, const char *function, GError **error);

/* MPI_Comm_disconnect, for every communicator with which that works. */
int ompi_obj_comm_disconnect (MPI_Comm *comm);

/* Each source fills in the slots of its topic. */
void ompi_obj_comm_class_init_p2p (MpiCommClass *klass);
void ompi_obj_comm_class_init_nonblocking (MpiCommClass *klass);
void ompi_obj_comm_class_init_persistent (MpiCommClass *klass);
void ompi_obj_comm_class_init_collective (MpiCommClass *klass);
void ompi_obj_comm_class_init_collective_nonblocking (MpiCommClass *klass);
void ompi_obj_comm_class_init_collective_persistent (MpiCommClass *klass);
void ompi_obj_comm_class_init_reduce (MpiCommClass *klass);
void ompi_obj_comm_class_init_create (MpiCommClass *klass);
void ompi_obj_intracomm_class_init_intercomm (MpiIntracommClass *klass);
void ompi_obj_intracomm_class_init_dynamic (MpiIntracommClass *klass);

/*
 * The type check of every method. Walking the ancestors of a type costs more than the rest of a
 * method; programs use few classes of communicators, so the last one that was found good is kept.
 */
extern gpointer ompi_obj_comm_last_class G_GNUC_INTERNAL;

gboolean ompi_obj_comm_check_type_slow (gconstpointer object) COLD;

/* The same, of a class that has the default send, receive and matched probe; then they need not be looked up. */
extern gpointer ompi_obj_comm_last_plain_class G_GNUC_INTERNAL;

gboolean ompi_obj_comm_class_is_plain (MpiCommClass *klass);

/* Whether improbe() is the default one, which any thread may call; a program's own may be made for one thread. */
gboolean ompi_obj_comm_has_plain_improbe (MpiComm *self);

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

/* Says why a communicator is not usable: freed, not made yet, or MPI is finalized. */
void ompi_obj_comm_report (MpiComm *self, const char *function, GError **error) COLD;

static inline gboolean
comm_check (MpiComm *self, const char *function, GError **error)
{
  if (G_LIKELY (COMM_HANDLE (self) != MPI_COMM_NULL && environment_is_active ()))
    return TRUE;
  ompi_obj_comm_report (self, function, error);
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
