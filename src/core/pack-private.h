/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What packing in this MPI's form and in the external one have in common: no byte is written or read
 * outside of the packed memory, whatever the caller says.
 */

#include "buffer-private.h"

/* Checks that NEEDED bytes fit into a buffer of bytes from POSITION on; gives its size. */
gboolean ompi_obj_pack_check_room (const MpiBuffer *packed,
                                   gint64 position,
                                   gint64 needed,
                                   const char *function,
                                   GError **error);

/* Checks that there are NEEDED bytes of packed data from POSITION on; gives the data. */
gboolean ompi_obj_pack_check_data (GBytes *packed,
                                   gint64 position,
                                   gint64 needed,
                                   const void **data,
                                   MPI_Count *size,
                                   const char *function,
                                   GError **error);

/* Memory for so many bytes, or an error. */
void *ompi_obj_pack_allocate (gint64 size, const char *function, GError **error);

/* The bytes of COUNT elements without gaps; -1 and an error if that overflows. */
gint64 ompi_obj_pack_data_size (const MpiBuffer *buffer, const char *function, GError **error);
