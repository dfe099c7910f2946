/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * From an MpiBuffer to the address, count and datatype arguments of an MPI call.
 */

#include <ompi_obj/buffer.h>

#include "datatype-private.h"

#define BUFFER_ARGS(buffer) (buffer)->address, (MPI_Count) (buffer)->count, (buffer)->datatype->handle

/* Says what is wrong with a buffer. */
void ompi_obj_buffer_report (const MpiBuffer *buffer, const char *function, GError **error) COLD;

/* What the address of OMPI_OBJ_IN_PLACE and its copies points to. */
extern const char ompi_obj_in_place_marker G_GNUC_INTERNAL;

static inline gboolean
address_is_in_place (gconstpointer address)
{
  return address == &ompi_obj_in_place_marker;
}

/*
 * MPI takes NULL as an address for elements that carry absolute addresses. A predefined datatype
 * cannot, so there it is a mistake, which would end in a crash.
 */
static inline gboolean
buffer_address_is_missing (const MpiBuffer *buffer)
{
  return buffer->address == NULL && buffer->count > 0 && buffer->datatype->name != NULL;
}

static inline gboolean
buffer_is_usable (const MpiBuffer *buffer)
{
  return datatype_takes_count (buffer->datatype, buffer->count) && !buffer_address_is_missing (buffer);
}

static inline gboolean
buffer_check (const MpiBuffer *buffer, const char *function, GError **error)
{
  if (G_LIKELY (buffer_is_usable (buffer)))
    return TRUE;
  ompi_obj_buffer_report (buffer, function, error);
  return FALSE;
}
