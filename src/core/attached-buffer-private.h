/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether a message may be given to MPI_Bsend and its kin.
 *
 * Open MPI 4.1 not only refuses a message for which there is no room in the attached memory: it has counted
 * it, and the other rank waits for it before it takes any later one. So what cannot have room is refused here.
 */

#include "buffer-private.h"

#ifdef OPEN_MPI

/* The room that a message of BUFFER, which was checked, takes of the attached memory; 0 if MPI looks for itself. */
gint64 ompi_obj_attached_buffer_get_room (const MpiBuffer *buffer);

/* Checks that so much memory is attached, by the library or by raw MPI. */
gboolean ompi_obj_attached_buffer_check (gint64 room, const char *function, GError **error);

#else

static inline gint64
ompi_obj_attached_buffer_get_room (const MpiBuffer *buffer G_GNUC_UNUSED)
{
  return 0;
}

static inline gboolean
ompi_obj_attached_buffer_check (gint64 room G_GNUC_UNUSED,
                                const char *function G_GNUC_UNUSED,
                                GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

#endif
