/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>
#include <zlib.h>

#include "error-private.h"
#include "log-record-private.h"

#define LOG_MAGIC "MGL\1" /* the last byte is the version */

enum
{
  HEADER_MARKER = 8,
  HEADER_CHECKSUM = 16,
  RECORD_SIZE = 8,
  RECORD_RANK = 16,
  RECORD_CHECKSUM = 20,
  RECORD_RESERVED = 24,
  RECORD_HEADER_CHECKSUM = 28
};

static void
put_32 (guint8 *to, guint32 number)
{
  const guint32 little = GUINT32_TO_LE (number);

  memcpy (to, &little, sizeof little);
}

static void
put_64 (guint8 *to, guint64 number)
{
  const guint64 little = GUINT64_TO_LE (number);

  memcpy (to, &little, sizeof little);
}

static guint32
get_32 (const guint8 *from)
{
  guint32 little;

  memcpy (&little, from, sizeof little);
  return GUINT32_FROM_LE (little);
}

static guint64
get_64 (const guint8 *from)
{
  guint64 little;

  memcpy (&little, from, sizeof little);
  return GUINT64_FROM_LE (little);
}

static guint32
checksum_of (const guint8 *bytes, gsize n_bytes)
{
  return (guint32) crc32_z (0, bytes, n_bytes);
}

/* No byte of it is 0, so that it stands out of the zeros that most files are full of. */
guint64
log_marker_new (void)
{
  guint8 bytes[8];
  guint64 marker;

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_random_int_range (1, 256);
  memcpy (&marker, bytes, sizeof marker);
  return marker;
}

void
log_header_write (guint8 *bytes, guint64 marker)
{
  memset (bytes, 0, LOG_HEADER_SIZE);
  memcpy (bytes, LOG_MAGIC, 4);
  put_64 (bytes + HEADER_MARKER, marker);
  put_32 (bytes + HEADER_CHECKSUM, checksum_of (bytes, HEADER_CHECKSUM));
}

gboolean
log_header_read (const guint8 *bytes, guint64 *marker, const char *function, GError **error)
{
  if (memcmp (bytes, LOG_MAGIC, 3) != 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function, "the file is no log of values");
  else if (bytes[3] != LOG_MAGIC[3])
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                        "the log is in version %d of its format, but this library knows version %d", bytes[3],
                        LOG_MAGIC[3]);
  else if (get_32 (bytes + HEADER_CHECKSUM) != checksum_of (bytes, HEADER_CHECKSUM))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function, "the first bytes of the log are damaged");
  else
    {
      *marker = get_64 (bytes + HEADER_MARKER);
      return TRUE;
    }
  return FALSE;
}

void
log_record_write (guint8 *bytes, guint64 marker, gint rank, gsize message_size)
{
  guint8 *message = bytes + LOG_RECORD_HEADER_SIZE;
  const gsize padded_size = log_align (message_size);

  memset (message + message_size, 0, padded_size - message_size);
  put_64 (bytes, marker);
  put_64 (bytes + RECORD_SIZE, message_size);
  put_32 (bytes + RECORD_RANK, (guint32) rank);
  put_32 (bytes + RECORD_CHECKSUM, checksum_of (message, padded_size));
  put_32 (bytes + RECORD_RESERVED, 0);
  put_32 (bytes + RECORD_HEADER_CHECKSUM, checksum_of (bytes, RECORD_HEADER_CHECKSUM));
}

gboolean
log_record_read (LogRecord *self, const guint8 *bytes, guint64 marker, gint64 n_bytes)
{
  guint64 size;

  if (get_64 (bytes) != marker || get_32 (bytes + RECORD_HEADER_CHECKSUM) != checksum_of (bytes, RECORD_HEADER_CHECKSUM)
      || get_32 (bytes + RECORD_RESERVED) != 0)
    return FALSE;
  size = get_64 (bytes + RECORD_SIZE);
  if (n_bytes < LOG_RECORD_HEADER_SIZE || size > (guint64) n_bytes - LOG_RECORD_HEADER_SIZE || size > G_MAXSIZE - 7)
    return FALSE;
  self->size = (gsize) size;
  self->padded_size = log_align (self->size);
  self->rank = (gint) get_32 (bytes + RECORD_RANK);
  self->checksum = get_32 (bytes + RECORD_CHECKSUM);
  return self->padded_size <= (guint64) n_bytes - LOG_RECORD_HEADER_SIZE && self->rank >= 0;
}

gboolean
log_record_check (const LogRecord *self, const guint8 *message)
{
  return checksum_of (message, self->padded_size) == self->checksum;
}
