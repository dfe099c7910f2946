/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The time of access to a file: MPI's function against the library's method, from and into the same memory and the same
 * file, which stays in the system's cache.
 *
 * Usage: mpirun -n RANKS files [SECONDS-PER-ROW]
 */
#include "measure.h"

#include <string.h>

#include <glib/gstdio.h>

#include <ompi_obj/native.h>

typedef struct
{
  MpiComm *comm;
  MpiFile *file;
  MPI_File native;
  gint64 offset; /* of this rank */
  guint8 *bytes;
  gint count;
} Access;

#define DEFINE_SIDES(name, raw_call, library_call)                              \
  static gboolean name##_raw (gpointer data, guint n_calls, GError **error)     \
  {                                                                             \
    Access *a = data;                                                           \
    for (guint i = 0; i < n_calls; i++)                                         \
      if (!measure_check_mpi (raw_call, error))                                 \
        return FALSE;                                                           \
    return TRUE;                                                                \
  }                                                                             \
  static gboolean name##_library (gpointer data, guint n_calls, GError **error) \
  {                                                                             \
    Access *a = data;                                                           \
    for (guint i = 0; i < n_calls; i++)                                         \
      if (!library_call)                                                        \
        return FALSE;                                                           \
    return TRUE;                                                                \
  }

DEFINE_SIDES (write_at,
              MPI_File_write_at (a->native, a->offset, a->bytes, a->count, MPI_UNSIGNED_CHAR, MPI_STATUS_IGNORE),
              ompi_obj_file_write_at (a->file, a->offset, OMPI_OBJ_DATA (a->bytes, a->count), NULL, error))
DEFINE_SIDES (read_at,
              MPI_File_read_at (a->native, a->offset, a->bytes, a->count, MPI_UNSIGNED_CHAR, MPI_STATUS_IGNORE),
              ompi_obj_file_read_at (a->file, a->offset, OMPI_OBJ_DATA (a->bytes, a->count), NULL, error))
DEFINE_SIDES (write_at_all,
              MPI_File_write_at_all (a->native, a->offset, a->bytes, a->count, MPI_UNSIGNED_CHAR, MPI_STATUS_IGNORE),
              ompi_obj_file_write_at_all (a->file, a->offset, OMPI_OBJ_DATA (a->bytes, a->count), NULL, error))
DEFINE_SIDES (read_at_all,
              MPI_File_read_at_all (a->native, a->offset, a->bytes, a->count, MPI_UNSIGNED_CHAR, MPI_STATUS_IGNORE),
              ompi_obj_file_read_at_all (a->file, a->offset, OMPI_OBJ_DATA (a->bytes, a->count), NULL, error))

static const struct
{
  const gchar *name;
  MeasureFunc raw;
  MeasureFunc library;
} operations[] = {
  { "write_at", write_at_raw, write_at_library },
  { "read_at", read_at_raw, read_at_library },
  { "write_at_all", write_at_all_raw, write_at_all_library },
  { "read_at_all", read_at_all_raw, read_at_all_library },
};

/* A value appended to a log, against its bytes written at the shared file pointer. */

typedef struct
{
  MpiVariantLog *log;
  MPI_File native;
  GVariant *value;
  guint8 *bytes;
  gint count; /* of the record */
} Append;

static gboolean
append_raw (gpointer data, guint n_calls, GError **error)
{
  Append *a = data;

  for (guint i = 0; i < n_calls; i++)
    if (!measure_check_mpi (MPI_File_write_shared (a->native, a->bytes, a->count, MPI_UNSIGNED_CHAR, MPI_STATUS_IGNORE),
                            error))
      return FALSE;
  return TRUE;
}

static gboolean
append_library (gpointer data, guint n_calls, GError **error)
{
  Append *a = data;

  for (guint i = 0; i < n_calls; i++)
    if (!ompi_obj_variant_log_append (a->log, a->value, error))
      return FALSE;
  return TRUE;
}

/* All ranks use the directory that the first one has made. */
static gchar *
directory_new (MPI_Comm comm, gint rank)
{
  gchar path[256] = "";

  if (rank == 0)
    {
      g_autofree gchar *made = g_dir_make_tmp ("ompi_obj-bench-XXXXXX", NULL);

      g_strlcpy (path, made != NULL ? made : g_get_tmp_dir (), sizeof path);
    }
  MPI_Bcast (path, sizeof path, MPI_CHAR, 0, comm);
  return g_strdup (path);
}

static gboolean
measure_accesses (MpiComm *comm, const gchar *directory, gdouble seconds, GError **error)
{
  static const gint counts[] = { 8, 4 << 10, 1 << 20 };
  const gint n_bytes = counts[G_N_ELEMENTS (counts) - 1];
  const gint rank = ompi_obj_comm_get_rank (comm);
  MPI_Comm native = ompi_obj_comm_get_native (comm);
  g_autofree gchar *path = g_build_filename (directory, "data", NULL);
  g_autofree guint8 *bytes = g_malloc0 ((gsize) n_bytes);
  g_autoptr (MpiFile) file =
      ompi_obj_file_open (comm, path, OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE, NULL, error);
  Access access = { .comm = comm, .file = file, .bytes = bytes };

  if (file == NULL || !ompi_obj_file_set_size (file, (gint64) n_bytes * ompi_obj_comm_get_size (comm), error))
    return FALSE;
  access.native = ompi_obj_file_get_native (file);
  measure_print_title (native, "A file, bytes of each rank");
  for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      {
        MeasureResult result;

        access.count = counts[i];
        access.offset = (gint64) rank * counts[i];
        if (!measure_pair (native, operations[o].raw, operations[o].library, &access, seconds, &result, error))
          return FALSE;
        measure_print_row (native, operations[o].name, (gsize) counts[i], 1, &result);
      }
  if (!ompi_obj_file_close (file, error))
    return FALSE;
  if (rank == 0)
    g_unlink (path);
  return TRUE;
}

static gboolean
measure_log (MpiComm *comm, const gchar *directory, gsize buffer_size, gdouble seconds, GError **error)
{
  MPI_Comm native = ompi_obj_comm_get_native (comm);
  g_autofree gchar *raw_path = g_build_filename (directory, "raw", NULL);
  g_autofree gchar *log_path = g_build_filename (directory, "log", NULL);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new ("(sd)", "a measurement", 1.5));
  g_autoptr (GBytes) message = ompi_obj_variant_encode (value, error);
  g_autoptr (MpiVariantLog) log = NULL;
  guint8 bytes[256] = { 0 };
  Append append = { .value = value, .bytes = bytes };
  MeasureResult result;

  if (message == NULL)
    return FALSE;
  append.count = (gint) ((g_bytes_get_size (message) + 7) / 8 * 8) + 32;
  log = append.log = ompi_obj_variant_log_open (comm, log_path, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE, error);
  if (log == NULL || !ompi_obj_variant_log_set_buffer_size (log, buffer_size, error)
      || !measure_check_mpi (MPI_File_open (native, raw_path, MPI_MODE_RDWR | MPI_MODE_CREATE, MPI_INFO_NULL,
                                            &append.native),
                             error)
      || !measure_pair (native, append_raw, append_library, &append, seconds, &result, error))
    return FALSE;
  measure_print_row (native, buffer_size > 0 ? "append, buffer" : "append", (gsize) append.count, 1, &result);
  if (!measure_check_mpi (MPI_File_close (&append.native), error) || !ompi_obj_variant_log_close (log, error))
    return FALSE;
  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      g_unlink (raw_path);
      g_unlink (log_path);
    }
  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  const gdouble seconds = measure_seconds_from_arguments (argc, argv);
  MpiComm *comm = ompi_obj_comm_world ();
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gchar *directory = directory_new (ompi_obj_comm_get_native (comm), rank);

  if (!measure_accesses (comm, directory, seconds, error))
    return 1;
  measure_print_title (ompi_obj_comm_get_native (comm), "A value appended to a log, against write_shared");
  if (!measure_log (comm, directory, 0, seconds, error) || !measure_log (comm, directory, 64 << 10, seconds, error))
    return 1;
  if (rank == 0)
    g_rmdir (directory);
  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
