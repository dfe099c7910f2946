/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether MPI can be called, and what is looked up once about it.
 */

#include "config.h"

#include <mpi.h>

#include <ompi_obj/environment.h>
#include <ompi_obj/version.h>

/*
 * What every call reads: written once when MPI is found or made to be initialized, and once when it is
 * finalized. One number says two things, so that a send needs one comparison for both.
 */
typedef struct
{
  guint tag_limit; /* tags are smaller (MPI_TAG_UB); 0 while MPI is not running */
} MpiEnvironment;

extern MpiEnvironment ompi_obj_environment G_GNUC_INTERNAL;

/* Whether there is MPI_COMM_WORLD, and makes it so; a program that has sessions only does without. */
gboolean ompi_obj_environment_has_world (void);
gboolean ompi_obj_environment_ensure_world (const char *function, void (*on_end) (void), GError **error);

#ifdef HAVE_MPI_SESSION_INIT
/* While there are sessions, MPI is running. */
gboolean ompi_obj_environment_begin_session (MPI_Info info, MPI_Session *session, GError **error);
gboolean ompi_obj_environment_end_session (MPI_Session session, GError **error);

/* One that is not the library's to begin or to end. */
void ompi_obj_environment_adopt_session (MPI_Session session);
void ompi_obj_environment_forget_session (MPI_Session session);

/* The group of all processes, of the world or of a session. */
gboolean ompi_obj_environment_get_everybody (MPI_Group *group, const char *function, GError **error);
#endif

/* Learns from a communicator of a session which tags there are: no other is there to ask. */
void ompi_obj_environment_note_comm (MPI_Comm comm);

/* Initializes MPI if nobody has; an error once it has been finalized. */
gboolean ompi_obj_environment_ensure_slow (const char *function, GError **error);

/*
 * Has FUNC called before MPI ends, whoever ends it, in the order in which they were added: once, or more
 * often. Adding it again has no effect.
 */
void ompi_obj_environment_add_end_func (void (*func) (void));

/* Calls MPI_Abort, which MPI must be active for. */
void ompi_obj_environment_abort (MPI_Comm comm, int status);

static inline gboolean
environment_is_active (void)
{
  return G_LIKELY (__atomic_load_n (&ompi_obj_environment.tag_limit, __ATOMIC_RELAXED) != 0);
}

static inline gboolean
environment_ensure (const char *function, GError **error)
{
  return environment_is_active () || ompi_obj_environment_ensure_slow (function, error);
}
