/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/file-streams.h>

#include "file-private.h"

/* A stream may read and write less than it is asked to, and this much any MPI can count. */
#define MAX_TRANSFER ((gsize) 1 << 30)

/* A place in the view of a file, in bytes. MPI counts in etypes. */
typedef struct
{
  MpiFile *file;
  MpiDatatype *etype;
  gint64 etype_size;
  gboolean has_gaps; /* the view: what of the file is seen is not all in one piece */
  gint64 position;
} Cursor;

static void
cursor_clear (Cursor *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->etype);
}

/* Elements that lie one behind the other are bytes, too. */
static gboolean
datatype_is_solid (MpiDatatype *datatype, gint64 size)
{
  gint64 lower_bound = 0;
  gint64 extent = 0;

  return ompi_obj_datatype_get_extent (datatype, &lower_bound, &extent, NULL) && lower_bound == 0 && extent == size;
}

static gboolean
cursor_init (Cursor *self, MpiFile *file, const char *function, GError **error)
{
  g_autoptr (MpiDatatype) filetype = NULL;
  gint64 etypes;

  if (!ompi_obj_file_get_view (file, NULL, &self->etype, &filetype, NULL, error))
    return FALSE;
  self->file = g_object_ref (file);
  self->etype_size = ompi_obj_datatype_get_size (self->etype, error);
  if (self->etype_size < 0)
    return FALSE;
  if (!datatype_is_solid (self->etype, self->etype_size) || self->etype_size == 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the view has an etype with gaps, which is no sequence of bytes");
      return FALSE;
    }
  self->has_gaps = !datatype_is_solid (filetype, ompi_obj_datatype_get_size (filetype, NULL));
  etypes = ompi_obj_file_get_position (file, error);
  self->position = etypes * self->etype_size;
  return etypes >= 0;
}

/*
 * Errors as GIO has them
 */

static GIOErrorEnum
io_error_from_code (gint code)
{
  static const struct
  {
    MpiError code;
    GIOErrorEnum io_code;
  } pairs[] = {
    { OMPI_OBJ_ERROR_NO_SUCH_FILE, G_IO_ERROR_NOT_FOUND },
    { OMPI_OBJ_ERROR_FILE_EXISTS, G_IO_ERROR_EXISTS },
    { OMPI_OBJ_ERROR_FILE_IN_USE, G_IO_ERROR_BUSY },
    { OMPI_OBJ_ERROR_ACCESS, G_IO_ERROR_PERMISSION_DENIED },
    { OMPI_OBJ_ERROR_AMODE, G_IO_ERROR_PERMISSION_DENIED },
    { OMPI_OBJ_ERROR_READ_ONLY, G_IO_ERROR_READ_ONLY },
    { OMPI_OBJ_ERROR_QUOTA, G_IO_ERROR_NO_SPACE },
    { OMPI_OBJ_ERROR_NO_SPACE, G_IO_ERROR_NO_SPACE },
    { OMPI_OBJ_ERROR_BAD_FILE, G_IO_ERROR_INVALID_FILENAME },
    { OMPI_OBJ_ERROR_ARG, G_IO_ERROR_INVALID_ARGUMENT },
    { OMPI_OBJ_ERROR_UNSUPPORTED, G_IO_ERROR_NOT_SUPPORTED },
    { OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION, G_IO_ERROR_NOT_SUPPORTED },
    { OMPI_OBJ_ERROR_FILE, G_IO_ERROR_CLOSED },
    { OMPI_OBJ_ERROR_FINALIZED, G_IO_ERROR_CLOSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((gint) pairs[i].code == code)
      return pairs[i].io_code;
  return G_IO_ERROR_FAILED;
}

/* Turns an error of the library's into one of GIO's, with the same text. */
static void
propagate_io_error (GError **error, GError *problem)
{
  g_set_error_literal (error, G_IO_ERROR, (gint) io_error_from_code (problem->code), problem->message);
  g_error_free (problem);
}

/* What every operation begins with. */
static gboolean
cursor_check (const Cursor *self, const char *function, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!file_check (self->file, function, &problem))
    {
      propagate_io_error (error, problem);
      return FALSE;
    }
  if (self->file->handle->etype_size == self->etype_size)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: the view of the file was changed; make a new stream",
               function);
  return FALSE;
}

/* How many bytes there are in N etypes from FIRST on: fewer than they have where the file ends. */
static gint64
cursor_count_bytes (const Cursor *self, gint64 first, gint64 n)
{
  gint64 n_bytes = 0;

  ompi_obj_file_meets_end (self->file, OMPI_OBJ_FILE_ACCESS_AT, first, OMPI_OBJ_BUFFER (NULL, n, self->etype),
                           &n_bytes);
  return n_bytes;
}

/* Where the file ends in the view; -1 on error. */
static gint64
cursor_find_end (const Cursor *self, GError **error)
{
  GError *problem = NULL;
  const gint64 size = ompi_obj_file_get_size (self->file, &problem);

  if (problem == NULL)
    return cursor_count_bytes (self, 0, size / self->etype_size + 1);
  propagate_io_error (error, problem);
  return -1;
}

/*
 * Reading and writing
 */

/* Reads N etypes, or fewer at the end; gives the bytes, -1 on error. */
static gssize
cursor_read_etypes (const Cursor *self, void *bytes, gint64 n, GError **error)
{
  GError *problem = NULL;
  MpiStatus status;
  gint64 n_bytes = -1;

  if (ompi_obj_file_read_at (self->file, self->position / self->etype_size, OMPI_OBJ_BUFFER (bytes, n, self->etype),
                             &status, &problem))
    n_bytes = ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &problem);
  if (problem == NULL)
    return (gssize) n_bytes;
  propagate_io_error (error, problem);
  return -1;
}

static gssize
cursor_read (Cursor *self, void *bytes, gsize n_bytes, GCancellable *cancellable, GError **error)
{
  const gint64 skipped = self->position % self->etype_size;
  gint64 wanted = (gint64) MIN (n_bytes, MAX_TRANSFER);
  gssize n_read;

  if (!cursor_check (self, "ompi_obj_file_get_input_stream", cancellable, error))
    return -1;
  /* MPICH says that it has read all of what was asked for when the view has gaps. */
  if (self->has_gaps)
    {
      const gint64 first = self->position / self->etype_size;
      const gint64 last = (self->position + wanted + self->etype_size - 1) / self->etype_size;

      wanted = CLAMP (cursor_count_bytes (self, first, last - first) - skipped, 0, wanted);
    }
  if (wanted == 0)
    return 0;
  if (skipped == 0 && wanted >= self->etype_size)
    {
      n_read = cursor_read_etypes (self, bytes, wanted / self->etype_size, error);
    }
  else
    {
      /* A part of one etype. */
      g_autofree guint8 *etype = g_malloc ((gsize) self->etype_size);

      n_read = cursor_read_etypes (self, etype, 1, error);
      if (n_read >= 0)
        {
          n_read = (gssize) CLAMP (n_read - skipped, 0, wanted);
          memcpy (bytes, etype + skipped, (gsize) n_read);
        }
    }
  self->position += MAX (n_read, 0);
  return n_read;
}

static gssize
cursor_write (Cursor *self, const void *bytes, gsize n_bytes, GCancellable *cancellable, GError **error)
{
  const gint64 n = (gint64) MIN (n_bytes, MAX_TRANSFER) / self->etype_size;
  GError *problem = NULL;

  if (!cursor_check (self, "ompi_obj_file_get_output_stream", cancellable, error))
    return -1;
  if (n_bytes == 0)
    return 0;
  if (n == 0 || self->position % self->etype_size != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "ompi_obj_file_get_output_stream: %" G_GSIZE_FORMAT " bytes at byte %" G_GINT64_FORMAT
                   " are no whole etypes of %" G_GINT64_FORMAT " bytes",
                   n_bytes, self->position, self->etype_size);
      return -1;
    }
  if (!ompi_obj_file_write_at (self->file, self->position / self->etype_size, OMPI_OBJ_BUFFER (bytes, n, self->etype),
                               NULL, &problem))
    {
      propagate_io_error (error, problem);
      return -1;
    }
  self->position += n * self->etype_size;
  return (gssize) (n * self->etype_size);
}

static gboolean
cursor_seek (Cursor *self, goffset offset, GSeekType type, GCancellable *cancellable, GError **error)
{
  gint64 base = 0;

  if (!cursor_check (self, "g_seekable_seek", cancellable, error))
    return FALSE;
  if (type == G_SEEK_CUR)
    base = self->position;
  else if (type == G_SEEK_END)
    base = cursor_find_end (self, error);
  if (base < 0)
    return FALSE;
  if (__builtin_add_overflow (base, offset, &base) || base < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "g_seekable_seek: the offset %" G_GOFFSET_FORMAT " leads out of the file", offset);
      return FALSE;
    }
  self->position = base;
  return TRUE;
}

static gboolean
seekable_can_seek (GSeekable *seekable G_GNUC_UNUSED)
{
  return TRUE;
}

/* To cut a file takes all ranks. */
static gboolean
seekable_can_truncate (GSeekable *seekable G_GNUC_UNUSED)
{
  return FALSE;
}

static gboolean
seekable_truncate (GSeekable *seekable G_GNUC_UNUSED,
                   goffset offset G_GNUC_UNUSED,
                   GCancellable *cancellable G_GNUC_UNUSED,
                   GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       "g_seekable_truncate: only all ranks together can cut a file; use ompi_obj_file_set_size()");
  return FALSE;
}

/*
 * The input stream
 */

#define MPI_TYPE_FILE_INPUT_STREAM (mpi_file_input_stream_get_type ())
G_DECLARE_FINAL_TYPE (MpiFileInputStream, mpi_file_input_stream, MPI, FILE_INPUT_STREAM, GInputStream)

struct _MpiFileInputStream
{
  GInputStream parent_instance;

  Cursor cursor;
};

static void mpi_file_input_stream_seekable_init (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MpiFileInputStream,
                               mpi_file_input_stream,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE, mpi_file_input_stream_seekable_init))

static gssize
input_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return cursor_read (&MPI_FILE_INPUT_STREAM (stream)->cursor, buffer, count, cancellable, error);
}

static goffset
input_stream_tell (GSeekable *seekable)
{
  return MPI_FILE_INPUT_STREAM (seekable)->cursor.position;
}

static gboolean
input_stream_seek (GSeekable *seekable, goffset offset, GSeekType type, GCancellable *cancellable, GError **error)
{
  MpiFileInputStream *self = MPI_FILE_INPUT_STREAM (seekable);
  gboolean is_good;

  if (!g_input_stream_set_pending (G_INPUT_STREAM (self), error))
    return FALSE;
  is_good = cursor_seek (&self->cursor, offset, type, cancellable, error);
  g_input_stream_clear_pending (G_INPUT_STREAM (self));
  return is_good;
}

static void
mpi_file_input_stream_finalize (GObject *object)
{
  cursor_clear (&MPI_FILE_INPUT_STREAM (object)->cursor);

  G_OBJECT_CLASS (mpi_file_input_stream_parent_class)->finalize (object);
}

static void
mpi_file_input_stream_class_init (MpiFileInputStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mpi_file_input_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = input_stream_read;
}

static void
mpi_file_input_stream_seekable_init (GSeekableIface *iface)
{
  iface->tell = input_stream_tell;
  iface->can_seek = seekable_can_seek;
  iface->seek = input_stream_seek;
  iface->can_truncate = seekable_can_truncate;
  iface->truncate_fn = seekable_truncate;
}

static void
mpi_file_input_stream_init (MpiFileInputStream *self G_GNUC_UNUSED)
{
}

/*
 * The output stream
 */

#define MPI_TYPE_FILE_OUTPUT_STREAM (mpi_file_output_stream_get_type ())
G_DECLARE_FINAL_TYPE (MpiFileOutputStream, mpi_file_output_stream, MPI, FILE_OUTPUT_STREAM, GOutputStream)

struct _MpiFileOutputStream
{
  GOutputStream parent_instance;

  Cursor cursor;
};

static void mpi_file_output_stream_seekable_init (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MpiFileOutputStream,
                               mpi_file_output_stream,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE, mpi_file_output_stream_seekable_init))

static gssize
output_stream_write (GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return cursor_write (&MPI_FILE_OUTPUT_STREAM (stream)->cursor, buffer, count, cancellable, error);
}

static goffset
output_stream_tell (GSeekable *seekable)
{
  return MPI_FILE_OUTPUT_STREAM (seekable)->cursor.position;
}

static gboolean
output_stream_seek (GSeekable *seekable, goffset offset, GSeekType type, GCancellable *cancellable, GError **error)
{
  MpiFileOutputStream *self = MPI_FILE_OUTPUT_STREAM (seekable);
  gboolean is_good;

  if (!g_output_stream_set_pending (G_OUTPUT_STREAM (self), error))
    return FALSE;
  is_good = cursor_seek (&self->cursor, offset, type, cancellable, error);
  g_output_stream_clear_pending (G_OUTPUT_STREAM (self));
  return is_good;
}

static void
mpi_file_output_stream_finalize (GObject *object)
{
  /* The parent class closes the stream in dispose(); the file is needed until then. */
  cursor_clear (&MPI_FILE_OUTPUT_STREAM (object)->cursor);

  G_OBJECT_CLASS (mpi_file_output_stream_parent_class)->finalize (object);
}

static void
mpi_file_output_stream_class_init (MpiFileOutputStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mpi_file_output_stream_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = output_stream_write;
}

static void
mpi_file_output_stream_seekable_init (GSeekableIface *iface)
{
  iface->tell = output_stream_tell;
  iface->can_seek = seekable_can_seek;
  iface->seek = output_stream_seek;
  iface->can_truncate = seekable_can_truncate;
  iface->truncate_fn = seekable_truncate;
}

static void
mpi_file_output_stream_init (MpiFileOutputStream *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_file_get_input_stream:
 * @self: a file that is open for reading
 * @error: return location for a #GError
 *
 * Makes a stream that reads what this rank sees of the file, for GLib's own reading of text, of archives, of images,
 * and so on. It is not collective: each rank reads for itself.
 *
 * The stream is a #GSeekable. It counts bytes of the view from its start, begins where the rank's file pointer is, and
 * has its own place from then on, so several streams of a file and the pointer do not meet. If the etype of the view
 * has more than one byte, [method@Mpi.File.get_position] counts in etypes, and the stream in bytes nevertheless. A
 * stream is made for a view: after [method@Mpi.File.set_view], make a new one.
 *
 * The stream keeps @self alive. Closing it does not close the file; after the file was closed it gives
 * %G_IO_ERROR_CLOSED. Its errors are those of #GIOErrorEnum: %G_IO_ERROR_NO_SPACE, %G_IO_ERROR_PERMISSION_DENIED and so
 * on, with the text of the library's.
 *
 * Errors: [error@Mpi.Error.type] if the etype of the view has gaps, [error@Mpi.Error.file] if @self was closed, and an
 * error as of [method@Mpi.File.read_at] if it cannot be read so.
 *
 * Returns: (transfer full): a new stream; %NULL on error
 *
 * Since: 1.0
 */
GInputStream *
ompi_obj_file_get_input_stream (MpiFile *self, GError **error)
{
  g_autoptr (MpiFileInputStream) stream = NULL;

  FILE_ENTER (self, G_STRFUNC, error, NULL);

  if (!ompi_obj_file_check_access (self, FALSE, OMPI_OBJ_FILE_ACCESS_AT, G_STRFUNC, error))
    return NULL;
  stream = g_object_new (MPI_TYPE_FILE_INPUT_STREAM, NULL);
  return cursor_init (&stream->cursor, self, G_STRFUNC, error) ? G_INPUT_STREAM (g_steal_pointer (&stream)) : NULL;
}

/**
 * ompi_obj_file_get_output_stream:
 * @self: a file that is open for writing
 * @error: return location for a #GError
 *
 * Makes a stream that writes to what this rank sees of the file. It is not collective: each rank writes for itself,
 * where the others do not.
 *
 * What is said of [method@Mpi.File.get_input_stream] holds for it too. If the etype of the view has more than one byte,
 * only whole etypes can be written: others give %G_IO_ERROR_INVALID_ARGUMENT; a #GBufferedOutputStream with a buffer of
 * whole etypes takes care of that. A stream cannot cut the file; [method@Mpi.File.set_size] can. Written bytes are in
 * the file at once, and need no flush.
 *
 * Errors: [error@Mpi.Error.type] if the etype of the view has gaps, [error@Mpi.Error.file] if @self was closed, and an
 * error as of [method@Mpi.File.write_at] if it cannot be written so.
 *
 * Returns: (transfer full): a new stream; %NULL on error
 *
 * Since: 1.0
 */
GOutputStream *
ompi_obj_file_get_output_stream (MpiFile *self, GError **error)
{
  g_autoptr (MpiFileOutputStream) stream = NULL;

  FILE_ENTER (self, G_STRFUNC, error, NULL);

  if (!ompi_obj_file_check_access (self, TRUE, OMPI_OBJ_FILE_ACCESS_AT, G_STRFUNC, error))
    return NULL;
  stream = g_object_new (MPI_TYPE_FILE_OUTPUT_STREAM, NULL);
  return cursor_init (&stream->cursor, self, G_STRFUNC, error) ? G_OUTPUT_STREAM (g_steal_pointer (&stream)) : NULL;
}
