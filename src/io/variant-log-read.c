/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "file-private.h"
#include "log-record-private.h"
#include "value-memory-private.h"
#include "variant-log-private.h"
#include "wire-private.h"

/*
 * Reading a log.
 *
 * The reader goes from record to record. Where there is none, it looks for the next one; what it passes over, a gap, is
 * the trace of a writer that died, or the place of one that is still writing. So gaps are looked at again when all else
 * has been read, and only those where still nothing is are reported as damage.
 */

#define WINDOW_SIZE ((gsize) 64 << 10)

static const char function[] = "ompi_obj_variant_log_read";

void
variant_log_reader_init (MpiVariantLog *self)
{
  self->position = LOG_HEADER_SIZE;
  self->gaps = g_array_new (FALSE, FALSE, sizeof (LogGap));
}

void
variant_log_reader_clear (MpiVariantLog *self)
{
  g_clear_pointer (&self->gaps, g_array_unref);
  g_clear_pointer (&self->window.bytes, g_free);
}

static void
reader_forget_window (MpiVariantLog *self)
{
  self->window.n_bytes = 0;
}

/* Reads up to N_BYTES; gives how many there were, -1 on error. */
static gint64
reader_read_at (MpiVariantLog *self, gint64 offset, guint8 *bytes, gsize n_bytes, GError **error)
{
  MpiStatus status;

  if (!ompi_obj_file_read_at (self->file, offset, OMPI_OBJ_BUFFER (bytes, (gint64) n_bytes, OMPI_OBJ_BYTE), &status,
                              error))
    return -1;
  return ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, error);
}

/* The bytes at OFFSET, at most as many as a window has; NULL without an error if the file has fewer. */
static const guint8 *
reader_see (MpiVariantLog *self, gint64 offset, gsize n_bytes, GError **error)
{
  LogWindow *window = &self->window;

  if (offset < window->start || offset + (gint64) n_bytes > window->start + (gint64) window->n_bytes)
    {
      gint64 n_read;

      if (window->bytes == NULL)
        window->bytes = g_malloc (WINDOW_SIZE);
      window->n_bytes = 0;
      n_read = reader_read_at (self, offset, window->bytes, WINDOW_SIZE, error);
      if (n_read < 0)
        return NULL;
      window->start = offset;
      window->n_bytes = (gsize) n_read;
    }
  return n_bytes <= window->n_bytes ? window->bytes + (offset - window->start) : NULL;
}

/* What there is at a place of the file. */
typedef enum
{
  FOUND_NOTHING,
  FOUND_VALUE,
  FOUND_NO_VALUE, /* a whole record of something else, and an error */
  FOUND_ERROR
} Found;

typedef struct
{
  GVariant *value;
  gint rank;
  gint64 end;
} Finding;

/* Gets the message of a record into memory of its own. NULL without an error if it is not whole. */
static ValueMemory *
reader_get_message (MpiVariantLog *self, gint64 offset, const LogRecord *record, GError **error)
{
  const gboolean is_seen = record->padded_size <= WINDOW_SIZE;
  const guint8 *seen = is_seen ? reader_see (self, offset, record->padded_size, error) : NULL;
  ValueMemory *memory;
  gint64 n_read;

  if (is_seen && (seen == NULL || !log_record_check (record, seen)))
    return NULL;
  memory = value_memory_new (record->padded_size);
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function, "no memory for a value of %" G_GSIZE_FORMAT " bytes",
                          record->size);
      return NULL;
    }
  if (is_seen)
    {
      memcpy (memory->bytes, seen, record->padded_size);
      return memory;
    }
  n_read = reader_read_at (self, offset, memory->bytes, record->padded_size, error);
  if (n_read == (gint64) record->padded_size && log_record_check (record, memory->bytes))
    return memory;
  value_memory_free (memory);
  return NULL;
}

/* Looks for a record at OFFSET that ends by LIMIT. */
static Found
reader_look_at (MpiVariantLog *self, gint64 offset, gint64 limit, Finding *finding, GError **error)
{
  GError *problem = NULL;
  const guint8 *header = reader_see (self, offset, LOG_RECORD_HEADER_SIZE, &problem);
  ValueMemory *memory = NULL;
  LogRecord record;

  if (header != NULL && log_record_read (&record, header, self->marker, limit - offset))
    memory = reader_get_message (self, offset + LOG_RECORD_HEADER_SIZE, &record, &problem);
  if (memory == NULL)
    {
      if (problem == NULL)
        return FOUND_NOTHING;
      g_propagate_error (error, problem);
      return FOUND_ERROR;
    }
  finding->rank = record.rank;
  finding->end = offset + LOG_RECORD_HEADER_SIZE + (gint64) record.padded_size;
  finding->value =
      wire_decode (memory->bytes, record.size, (GDestroyNotify) value_memory_free, memory, function, error);
  return finding->value != NULL ? FOUND_VALUE : FOUND_NO_VALUE;
}

/* Looks for the first record from *OFFSET on that ends by LIMIT, and sets *OFFSET to where it is. */
static Found
reader_search (MpiVariantLog *self, gint64 *offset, gint64 limit, Finding *finding, GError **error)
{
  Found found = reader_look_at (self, *offset, limit, finding, error);

  if (found == FOUND_NOTHING)
    {
      /* What was read ahead may have been written since. */
      reader_forget_window (self);
      found = reader_look_at (self, *offset, limit, finding, error);
    }
  for (gint64 place = *offset + 8; found == FOUND_NOTHING && place <= limit - LOG_RECORD_HEADER_SIZE; place += 8)
    {
      found = reader_look_at (self, place, limit, finding, error);
      if (found == FOUND_VALUE || found == FOUND_NO_VALUE)
        *offset = place;
    }
  return found;
}

static void
reader_add_gap (MpiVariantLog *self, gint64 start, gint64 end, gboolean is_reported)
{
  const LogGap gap = { start, end, is_reported };

  if (start < end)
    g_array_append_val (self->gaps, gap);
}

/* The next record behind all that was read. */
static Found
reader_go_on (MpiVariantLog *self, gint64 file_size, Finding *finding, GError **error)
{
  gint64 offset = self->position;
  Found found;

  if (offset > file_size - LOG_RECORD_HEADER_SIZE)
    return FOUND_NOTHING;
  found = reader_search (self, &offset, file_size, finding, error);
  if (found == FOUND_VALUE || found == FOUND_NO_VALUE)
    {
      reader_add_gap (self, self->position, offset, self->reported_tail == self->position);
      self->position = finding->end;
    }
  return found;
}

/* A record that was not there when the reader passed. */
static Found
reader_go_back (MpiVariantLog *self, Finding *finding, GError **error)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const LogGap gap = g_array_index (self->gaps, LogGap, i);
      gint64 offset = gap.start;
      Found found = reader_search (self, &offset, gap.end, finding, error);

      if (found == FOUND_VALUE || found == FOUND_NO_VALUE)
        {
          g_array_remove_index (self->gaps, i);
          reader_add_gap (self, gap.start, offset, gap.is_reported);
          reader_add_gap (self, finding->end, gap.end, gap.is_reported);
        }
      if (found != FOUND_NOTHING)
        return found;
    }
  return FOUND_NOTHING;
}

/* Tells of what is no record, each time of one place, and of each place once. */
static void
reader_report (MpiVariantLog *self, gint64 file_size, GError **error)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      LogGap *gap = &g_array_index (self->gaps, LogGap, i);

      if (!gap->is_reported)
        {
          gap->is_reported = TRUE;
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function,
                              "%" G_GINT64_FORMAT " bytes from byte %" G_GINT64_FORMAT
                              " on are no record; what is behind them was read",
                              gap->end - gap->start, gap->start);
          return;
        }
    }
  if (self->position < file_size && self->reported_tail != self->position)
    {
      self->reported_tail = self->position;
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function,
                          "the last %" G_GINT64_FORMAT " bytes, from byte %" G_GINT64_FORMAT " on, are no whole record",
                          file_size - self->position, self->position);
    }
}

/**
 * ompi_obj_variant_log_read:
 * @self: a log
 * @rank: (out) (optional): the rank that appended the value, in the communicator that it opened the log with
 * @error: return location for a #GError
 *
 * Gets the next value of the log. Each rank reads for itself, all values from the first on.
 *
 * A record that is not whole does not hide those behind it. When all that is whole has been read, each stretch of
 * the log that is not gives [error@Mpi.Error.malformed] once: it is the trace of a writer that died, or damage, or the
 * place of a value that is just being written. Reading goes on with the next call; so a loop over the whole log ends
 * when there is neither a value nor an error:
 *
 * ```c
 * while ((value = ompi_obj_variant_log_read (log, NULL, &error)) != NULL || error != NULL)
 *   {
 *     if (value != NULL)
 *       use (value);
 *     else
 *       g_warning ("%s", error->message);
 *     g_clear_pointer (&value, g_variant_unref);
 *     g_clear_error (&error);
 *   }
 * ```
 *
 * At the end of a log that others still write to, call it again later: it gives what has been added since, and what
 * was not whole when the reader passed. Of ranks on other machines that may take until they and the reader have called
 * [method@Mpi.VariantLog.sync], if the file system does not show changes at once. Values that a rank holds back in its
 * own buffer are not in the log yet.
 *
 * Nothing in the file is trusted. The value is a view of the memory that it was read into.
 *
 * Errors: [error@Mpi.Error.malformed] as above, and if a whole record holds no value, which is passed over;
 * [error@Mpi.Error.no_mem] if there is no memory for the value, [error@Mpi.Error.file] if @self was closed, and what
 * reading can give; then the next call tries the same again.
 *
 * Returns: (transfer full) (nullable): the value; %NULL at the end of the log, and on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_variant_log_read (MpiVariantLog *self, gint *rank, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  Finding finding = { 0 };
  gint64 file_size;
  Found found;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  locker = g_mutex_locker_new (&self->lock);
  file_size = variant_log_check (self, G_STRFUNC, error) ? ompi_obj_file_get_size (self->file, error) : -1;
  if (file_size < 0)
    return NULL;
  found = reader_go_on (self, file_size, &finding, error);
  if (found == FOUND_NOTHING)
    found = reader_go_back (self, &finding, error);
  if (found == FOUND_NOTHING)
    reader_report (self, file_size, error);
  if (found == FOUND_VALUE && rank != NULL)
    *rank = finding.rank;
  return finding.value;
}

/**
 * ompi_obj_variant_log_rewind:
 * @self: a log
 *
 * Goes back to the first value: [method@Mpi.VariantLog.read] gives all again.
 *
 * Since: 1.0
 */
void
ompi_obj_variant_log_rewind (MpiVariantLog *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self));

  locker = g_mutex_locker_new (&self->lock);
  self->position = LOG_HEADER_SIZE;
  self->reported_tail = 0;
  g_array_set_size (self->gaps, 0);
  reader_forget_window (self);
}
