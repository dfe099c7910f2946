/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a log of values looks like in its file; see docs/wire-format.md.
 *
 * Of the file:                                Of each record, at a multiple of 8:
 *    0  magic "MGL"                              0  marker of the log
 *    3  version, 1                               8  size of the message (64 bits)
 *    4  0 (32 bits)                             16  rank of the writer (32 bits)
 *    8  marker of the log (64 bits)             20  checksum of the message with its padding (32 bits)
 *   16  checksum of the above (32 bits)         24  0 (32 bits)
 *   20  0, to byte 32                           28  checksum of the above (32 bits)
 *                                               32  the message of a value, zero-padded to a multiple of 8
 *
 * Numbers are little-endian; checksums are CRC-32, as zlib has it. The marker is a random number, made with the log: by
 * it the next record is found behind damage, and a copy of a record of another log, in a value, is not taken for one.
 */

#include <glib.h>

#define LOG_HEADER_SIZE 32
#define LOG_RECORD_HEADER_SIZE 32

static inline gsize
log_align (gsize size)
{
  return (size + 7) & ~(gsize) 7;
}

void log_header_write (guint8 *bytes, guint64 marker);

/* FALSE with an error if these LOG_HEADER_SIZE bytes are not those of a log. */
gboolean log_header_read (const guint8 *bytes, guint64 *marker, const char *function, GError **error);

/* A new marker. */
guint64 log_marker_new (void);

typedef struct
{
  gsize size;        /* of the message, without padding */
  gsize padded_size; /* with it */
  gint rank;
  guint32 checksum;
} LogRecord;

/* Writes the header of a record in front of its message, which is padded here. */
void log_record_write (guint8 *bytes, guint64 marker, gint rank, gsize message_size);

/* Whether these LOG_RECORD_HEADER_SIZE bytes are a header of a record that ends within N_BYTES from here. */
gboolean log_record_read (LogRecord *self, const guint8 *bytes, guint64 marker, gint64 n_bytes);

/* Whether the message behind it, with its padding, is whole. */
gboolean log_record_check (const LogRecord *self, const guint8 *message);
