/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "comm-private.h"
#include "file-private.h"
#include "log-record-private.h"
#include "variant-log-private.h"
#include "wire-private.h"

/**
 * MpiVariantLog:
 *
 * A file of values to whose end all ranks append at once: results, events, measurements.
 *
 * ```c
 * g_autoptr (MpiVariantLog) log =
 *     ompi_obj_variant_log_open (world, "events.log", OMPI_OBJ_VARIANT_LOG_MODE_APPEND, &error);
 *
 * ompi_obj_variant_log_append (log, g_variant_new ("(sd)", "residual", residual), &error);
 * ...
 * ompi_obj_variant_log_close (log, &error);
 * ```
 *
 * Any rank appends a value at any time, without the others, and the values of one rank keep their order. Each is a
 * record with a checksum. When a program dies while it writes, the values that were appended before are in the file,
 * and those that other ranks appended behind the one that was cut off are found too.
 *
 * The ranks find the end of the log through MPI's shared file pointer. So one job at a time appends to a log; others
 * may read it meanwhile, and see whole values only. The file system must have locks for MPI to do this.
 *
 * An append is one write. Where there are very many small values, [method@Mpi.VariantLog.set_buffer_size] gathers them
 * in the memory of each rank first.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiVariantLog, ompi_obj_variant_log, G_TYPE_OBJECT)

static gboolean variant_log_write_out (MpiVariantLog *self, GError **error);

static void
variant_log_finalize (GObject *object)
{
  MpiVariantLog *self = OMPI_OBJ_VARIANT_LOG (object);

  /* Nobody is there any more to be told of an error; the file warns that it was not closed. */
  if (self->file != NULL && FILE_HANDLE (self->file) != MPI_FILE_NULL && environment_is_active ())
    variant_log_write_out (self, NULL);
  g_clear_object (&self->file);
  g_byte_array_unref (self->buffer);
  variant_log_reader_clear (self);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ompi_obj_variant_log_parent_class)->finalize (object);
}

static void
ompi_obj_variant_log_class_init (MpiVariantLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = variant_log_finalize;
}

static void
ompi_obj_variant_log_init (MpiVariantLog *self)
{
  g_mutex_init (&self->lock);
  self->buffer = g_byte_array_new ();
  variant_log_reader_init (self);
}

gboolean
variant_log_check (MpiVariantLog *self, const char *function, GError **error)
{
  if (self->file != NULL)
    return file_check (self->file, function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_FILE, function, "the log was never opened");
  return FALSE;
}

/* The ranks of the log, in a context of their own. */
static MPI_Comm
variant_log_get_comm (MpiVariantLog *self)
{
  return COMM_HANDLE (self->file->handle->comm);
}

/* Tells all ranks whether nothing went wrong on any of them. */
static gboolean
variant_log_agree (MpiVariantLog *self, GError *failure, const char *function, GError **error)
{
  return ompi_obj_file_consent (self->file, failure, "", 0, function, error);
}

/*
 * Opening and closing
 */

/* Reads or makes the header on rank 0, and finds where the log ends. */
static gboolean
variant_log_begin (MpiVariantLog *self, MpiVariantLogMode mode, gint64 *end, const char *function, GError **error)
{
  guint8 header[LOG_HEADER_SIZE] = { 0 };
  const MpiBuffer *buffer = OMPI_OBJ_BUFFER (header, sizeof header, OMPI_OBJ_BYTE);
  MpiStatus status;

  *end = ompi_obj_file_get_size (self->file, error);
  if (*end < 0)
    return FALSE;
  if (*end == 0 && mode != OMPI_OBJ_VARIANT_LOG_MODE_READ)
    {
      self->marker = log_marker_new ();
      log_header_write (header, self->marker);
      *end = LOG_HEADER_SIZE;
      return ompi_obj_file_write_at (self->file, 0, buffer, NULL, error);
    }
  /* A file that is shorter than a header reads as zeros behind its end. */
  return ompi_obj_file_read_at (self->file, 0, buffer, &status, error)
         && log_header_read (header, &self->marker, function, error);
}

static gboolean
variant_log_open_file (MpiVariantLog *self, MpiVariantLogMode mode, const char *function, GError **error)
{
  gint64 numbers[2] = { 0, 0 };
  GError *failure = NULL;

  if (mode == OMPI_OBJ_VARIANT_LOG_MODE_REPLACE)
    ompi_obj_file_set_size (self->file, 0, &failure);
  if (self->rank == 0 && failure == NULL)
    variant_log_begin (self, mode, &numbers[0], function, &failure);
  memcpy (&numbers[1], &self->marker, sizeof self->marker);
  CHECK_MPI (failure == NULL ? &failure : NULL, MPI_Bcast, numbers, 2, MPI_INT64_T, 0, variant_log_get_comm (self));
  if (!variant_log_agree (self, failure, function, error))
    return FALSE;
  memcpy (&self->marker, &numbers[1], sizeof self->marker);
  return mode == OMPI_OBJ_VARIANT_LOG_MODE_READ
         || ompi_obj_file_seek_shared (self->file, (gint64) log_align ((gsize) numbers[0]), OMPI_OBJ_WHENCE_SET, error);
}

/**
 * ompi_obj_variant_log_open: (constructor)
 * @comm: the ranks that share the log, an intracommunicator
 * @path: the file, in the encoding of file names; the same on every rank
 * @mode: whether to read it, to append to it, or to make it anew; the same on every rank
 * @error: return location for a #GError
 *
 * Opens a log. Collective. [method@Mpi.VariantLog.close] closes it.
 *
 * Errors: [error@Mpi.Error.malformed] if the file is no log, [error@Mpi.Error.unsupported] if it is one of a later
 * version, on every rank; and as of [ctor@Mpi.File.open].
 *
 * Returns: (transfer full): a new log; %NULL on error
 *
 * Since: 1.0
 */
MpiVariantLog *
ompi_obj_variant_log_open (MpiComm *comm, const gchar *path, MpiVariantLogMode mode, GError **error)
{
  const MpiFileMode amode = mode == OMPI_OBJ_VARIANT_LOG_MODE_READ
                                ? OMPI_OBJ_FILE_MODE_RDONLY
                                : OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE;
  g_autoptr (MpiVariantLog) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail ((guint) mode <= OMPI_OBJ_VARIANT_LOG_MODE_REPLACE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (OMPI_OBJ_TYPE_VARIANT_LOG, NULL);
  self->file = ompi_obj_file_open (comm, path, amode, NULL, error);
  if (self->file == NULL)
    return NULL;
  self->rank = ompi_obj_comm_get_rank (comm);
  if (variant_log_open_file (self, mode, G_STRFUNC, error))
    return g_steal_pointer (&self);
  ompi_obj_file_close (self->file, NULL);
  return NULL;
}

/**
 * ompi_obj_variant_log_close:
 * @self: a log
 * @error: return location for a #GError
 *
 * Writes out what is in the buffers of the ranks, and closes the log. Collective. Afterwards the methods of @self
 * give [error@Mpi.Error.file].
 *
 * Errors: [error@Mpi.Error.file] if it was closed before; and what writing can give, on every rank. It is closed then
 * too.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_close (MpiVariantLog *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  GError *failure = NULL;
  gboolean is_good;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  if (!variant_log_check (self, G_STRFUNC, error))
    return FALSE;
  variant_log_write_out (self, &failure);
  is_good = variant_log_agree (self, failure, G_STRFUNC, error);
  g_byte_array_set_size (self->buffer, 0);
  return ompi_obj_file_close (self->file, is_good ? error : NULL) && is_good;
}

/*
 * Records
 */

/* A record that is ready to be written. */
typedef struct
{
  guint8 *bytes;
  gsize n_bytes; /* 0: none */
} Record;

static void
record_clear (Record *self)
{
  g_clear_pointer (&self->bytes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

static gboolean
record_init (Record *self, MpiVariantLog *log, GVariant *value, const char *function, GError **error)
{
  const gsize message_size = wire_measure (value, function, error);
  const gsize n_bytes = LOG_RECORD_HEADER_SIZE + log_align (message_size);

  if (message_size == 0)
    return FALSE;
  if (n_bytes >= MPI_COUNT_LIMIT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the value takes %" G_GSIZE_FORMAT " bytes, but this MPI counts to %" G_GUINT64_FORMAT,
                          n_bytes, MPI_COUNT_LIMIT - 1);
      return FALSE;
    }
  self->bytes = g_try_malloc (n_bytes);
  if (self->bytes == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function, "no memory for a record of %" G_GSIZE_FORMAT " bytes",
                          n_bytes);
      return FALSE;
    }
  self->n_bytes = n_bytes;
  wire_store (value, self->bytes + LOG_RECORD_HEADER_SIZE);
  log_record_write (self->bytes, log->marker, log->rank, message_size);
  return TRUE;
}

/* One write at the shared file pointer, so that nobody else's records are between those in it. */
static gboolean
variant_log_write (MpiVariantLog *self, guint8 *bytes, gsize n_bytes, GError **error)
{
  return n_bytes == 0
         || ompi_obj_file_write_shared (self->file, OMPI_OBJ_BUFFER (bytes, (gint64) n_bytes, OMPI_OBJ_BYTE), NULL,
                                        error);
}

/* What could not be written stays in the buffer. */
static gboolean
variant_log_write_out (MpiVariantLog *self, GError **error)
{
  if (!variant_log_write (self, self->buffer->data, self->buffer->len, error))
    return FALSE;
  g_byte_array_set_size (self->buffer, 0);
  return TRUE;
}

/**
 * ompi_obj_variant_log_append:
 * @self: a log that was opened to append to it
 * @value: what to append; a floating one is consumed
 * @error: return location for a #GError
 *
 * Appends a value to the log, without the other ranks. When the call returns it is in the file, or in the buffer if
 * there is one ([method@Mpi.VariantLog.set_buffer_size]).
 *
 * What is in the file outlives the program, however it ends; [method@Mpi.VariantLog.sync] makes it outlive the machine.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64 levels,
 * [error@Mpi.Error.no_mem] if there is no memory to put the record together, [error@Mpi.Error.count] if it is larger
 * than 2 GiB and the MPI older than 4.0, [error@Mpi.Error.file] if @self was closed, and what writing can give.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_append (MpiVariantLog *self, GVariant *value, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  g_autoptr (GVariant) owned = NULL;
  g_auto (Record) record = { 0 };

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  owned = g_variant_ref_sink (value);
  locker = g_mutex_locker_new (&self->lock);
  if (!variant_log_check (self, G_STRFUNC, error)
      || !ompi_obj_file_check_access (self->file, TRUE, OMPI_OBJ_FILE_ACCESS_SHARED, G_STRFUNC, error)
      || !record_init (&record, self, owned, G_STRFUNC, error))
    return FALSE;
  if (record.n_bytes > self->buffer_size - MIN (self->buffer->len, self->buffer_size)
      && !variant_log_write_out (self, error))
    return FALSE;
  if (record.n_bytes > self->buffer_size)
    return variant_log_write (self, record.bytes, record.n_bytes, error);
  g_byte_array_append (self->buffer, record.bytes, (guint) record.n_bytes);
  return TRUE;
}

/* Where the rank's record goes: behind those of the lower ranks; and where the log ends then. Collective. */
static gboolean
variant_log_place (MpiVariantLog *self, gsize n_bytes, gint64 *offset, gint64 *end, GError **error)
{
  MPI_Comm comm = variant_log_get_comm (self);
  gint64 mine = (gint64) n_bytes;
  gint64 sum = 0;
  gint last = ompi_obj_comm_get_size (self->file->handle->comm) - 1;
  gint64 start = self->rank == 0 ? ompi_obj_file_get_position_shared (self->file, error) : 0;
  gboolean is_good = start >= 0;

  mine += MAX (start, 0);
  is_good = CHECK_MPI (is_good ? error : NULL, MPI_Scan, &mine, &sum, 1, MPI_INT64_T, MPI_SUM, comm) && is_good;
  *offset = sum - (gint64) n_bytes;
  *end = sum;
  return CHECK_MPI (is_good ? error : NULL, MPI_Bcast, end, 1, MPI_INT64_T, last, comm) && is_good;
}

/* All ranks are here, so nobody appends otherwise. */
static gboolean
variant_log_write_all (MpiVariantLog *self, Record *record, const char *function, GError **error)
{
  GError *failure = NULL;
  gint64 offset;
  gint64 end;

  variant_log_place (self, record->n_bytes, &offset, &end, &failure);
  if (!variant_log_agree (self, failure, function, error))
    return FALSE;
  failure = NULL;
  ompi_obj_file_write_at_all (self->file, offset,
                              OMPI_OBJ_BUFFER (record->bytes, (gint64) record->n_bytes, OMPI_OBJ_BYTE), NULL, &failure);
  ompi_obj_file_seek_shared (self->file, end, OMPI_OBJ_WHENCE_SET, failure == NULL ? &failure : NULL);
  return variant_log_agree (self, failure, function, error);
}

/**
 * ompi_obj_variant_log_append_all:
 * @self: a log that was opened to append to it
 * @value: (nullable): what to append, %NULL for nothing; a floating one is consumed
 * @error: return location for a #GError
 *
 * Appends a value of each rank to the log, in the order of the ranks. Collective. It is written at once, and what was
 * in the buffer before it.
 *
 * Errors, on every rank: as of [method@Mpi.VariantLog.append]. If the value of one rank cannot be appended, none is.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_append_all (MpiVariantLog *self, GVariant *value, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_auto (Record) record = { 0 };
  GError *failure = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  if (!variant_log_check (self, G_STRFUNC, error)
      || !ompi_obj_file_check_access (self->file, TRUE, OMPI_OBJ_FILE_ACCESS_AT_ALL, G_STRFUNC, error))
    return FALSE;
  if (variant_log_write_out (self, &failure) && owned != NULL)
    record_init (&record, self, owned, G_STRFUNC, &failure);
  return variant_log_agree (self, failure, G_STRFUNC, error) && variant_log_write_all (self, &record, G_STRFUNC, error);
}

/**
 * ompi_obj_variant_log_get_buffer_size:
 * @self: a log
 *
 * Gets how many bytes of records this rank holds back at most.
 *
 * Returns: the number; 0: each record is written at once
 *
 * Since: 1.0
 */
gsize
ompi_obj_variant_log_get_buffer_size (MpiVariantLog *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), 0);

  locker = g_mutex_locker_new (&self->lock);
  return self->buffer_size;
}

/**
 * ompi_obj_variant_log_set_buffer_size:
 * @self: a log
 * @n_bytes: how many bytes of records this rank holds back at most, up to 1 GiB; 0, as at first: none
 * @error: return location for a #GError
 *
 * Has this rank gather the records that it appends in memory, and write many at once when the memory is full or at
 * [method@Mpi.VariantLog.flush]. A write costs much more than a small record does; but what is in the buffer when
 * the program dies is lost. What the buffer has already is written out now.
 *
 * Errors: [error@Mpi.Error.arg] if @n_bytes is too much, [error@Mpi.Error.file] if @self was closed, and what writing
 * can give.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_set_buffer_size (MpiVariantLog *self, gsize n_bytes, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  if (n_bytes > (gsize) 1 << 30)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, G_STRFUNC, "n_bytes is %" G_GSIZE_FORMAT ", more than 1 GiB",
                          n_bytes);
      return FALSE;
    }
  if (!variant_log_check (self, G_STRFUNC, error) || !variant_log_write_out (self, error))
    return FALSE;
  self->buffer_size = n_bytes;
  return TRUE;
}

/**
 * ompi_obj_variant_log_flush:
 * @self: a log
 * @error: return location for a #GError
 *
 * Writes out the records that this rank holds back in its buffer. They outlive the program then.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed, and what writing can give; the records stay in the buffer then.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_flush (MpiVariantLog *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  return variant_log_check (self, G_STRFUNC, error) && variant_log_write_out (self, error);
}

/**
 * ompi_obj_variant_log_sync:
 * @self: a log
 * @error: return location for a #GError
 *
 * Flushes the buffers of all ranks and has the file stored, so that all that was appended outlives the machine; and
 * shows each rank what the others have written. Collective.
 *
 * Errors: as of [method@Mpi.VariantLog.flush], on every rank; and as of [method@Mpi.File.sync].
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_variant_log_sync (MpiVariantLog *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_VARIANT_LOG (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  if (!variant_log_check (self, G_STRFUNC, error))
    return FALSE;
  variant_log_write_out (self, &failure);
  return variant_log_agree (self, failure, G_STRFUNC, error) && ompi_obj_file_sync (self->file, error);
}
