/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Writers and a reader of a log, for test-variant-log-crash.sh.
 *
 *   log-writer write LOG N   each rank appends N values, 0: for ever, until it is killed; it keeps the number of those
 *                            that are appended in LOG.count.RANK, and its process id in LOG.pid.RANK
 *   log-writer torn LOG      rank 1 is cut off in the middle of a record, the others append behind it, then it dies
 *   log-writer read LOG      prints how many values of each rank there are, and how much is damaged
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ompi_obj/ompi_obj.h>

#define N_BEFORE 5
#define N_BEHIND 7

#define WRITER_ERROR g_quark_from_static_string ("log-writer")

/* Its size depends on the number, so that records of all sizes are cut off somewhere. */
static GVariant *
value_new (gint rank, gint64 i)
{
  g_autofree gchar *text = g_strnfill ((gsize) (i * 7919 % 5000), 'a' + rank % 26);

  return g_variant_new ("(ixs)", rank, i, text);
}

/* A file beside the log; what is in it outlives the program. */
static gchar *
path_beside (const gchar *log, const gchar *what, gint rank)
{
  return g_strdup_printf ("%s.%s.%d", log, what, rank);
}

static void
note (const gchar *log, const gchar *what, gint rank, gint64 number)
{
  g_autofree gchar *path = path_beside (log, what, rank);
  g_autofree gchar *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", number);

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
}

static void
wait_for_note (const gchar *log, const gchar *what, gint rank)
{
  g_autofree gchar *path = path_beside (log, what, rank);

  while (g_access (path, F_OK) != 0)
    g_usleep (10000);
}

/*
 * The writer that is cut off. MPI calls this instead of the C library's: it writes the half of what it should, lets the
 * others go on, and dies.
 */

static const gchar *torn_log;
static gint torn_n_ranks;

static ssize_t
write_at (int fd, const void *bytes, size_t n, off_t offset)
{
  /* MPI's shared file pointer is a number in a file of its own. */
  if (torn_log != NULL && n > sizeof (gint64))
    {
      syscall (SYS_pwrite64, fd, bytes, n / 2, offset);
      note (torn_log, "torn", 1, 1);
      for (gint rank = 0; rank < torn_n_ranks; rank++)
        if (rank != 1)
          wait_for_note (torn_log, "behind", rank);
      kill (getpid (), SIGKILL);
    }
  return syscall (SYS_pwrite64, fd, bytes, n, offset);
}

ssize_t pwrite64 (int fd, const void *bytes, size_t n, off_t offset);

ssize_t
pwrite (int fd, const void *bytes, size_t n, off_t offset)
{
  return write_at (fd, bytes, n, offset);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t n, off_t offset)
{
  return write_at (fd, bytes, n, offset);
}

static gboolean
append (MpiVariantLog *log, const gchar *path, gint rank, gint64 first, gint64 n, GError **error)
{
  for (gint64 i = first; n == 0 || i < first + n; i++)
    {
      if (!ompi_obj_variant_log_append (log, value_new (rank, i), error))
        return FALSE;
      note (path, "count", rank, i + 1);
    }
  return TRUE;
}

static gboolean
write_log (MpiComm *comm, const gchar *path, gint64 n, GError **error)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiVariantLog) log = ompi_obj_variant_log_open (comm, path, OMPI_OBJ_VARIANT_LOG_MODE_APPEND, error);

  if (log == NULL)
    return FALSE;
  note (path, "pid", rank, getpid ());
  return append (log, path, rank, 0, n, error) && ompi_obj_variant_log_close (log, error);
}

static gboolean
tear_log (MpiComm *comm, const gchar *path, GError **error)
{
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (MpiVariantLog) log = ompi_obj_variant_log_open (comm, path, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE, error);

  if (log == NULL || !append (log, path, rank, 0, N_BEFORE, error) || !ompi_obj_comm_barrier (comm, error))
    return FALSE;
  if (rank == 1)
    {
      torn_n_ranks = ompi_obj_comm_get_size (comm);
      torn_log = path;
      ompi_obj_variant_log_append (log, value_new (rank, N_BEFORE), error);

      /* Not dead: this MPI writes in another way. */
      torn_log = NULL;
      note (path, "torn", 1, 0);
    }
  wait_for_note (path, "torn", 1);
  if (!append (log, path, rank, N_BEFORE, N_BEHIND, error))
    return FALSE;
  note (path, "behind", rank, 1);
  return ompi_obj_comm_barrier (comm, error) && ompi_obj_variant_log_close (log, error);
}

static gboolean
check_value (GVariant *value, gint rank, GHashTable *counts, GError **error)
{
  gint64 *count = g_hash_table_lookup (counts, GINT_TO_POINTER (rank));
  gint64 i = -1;
  g_autoptr (GVariant) expected = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(ixs)")))
    g_variant_get (value, "(ixs)", NULL, &i, NULL);
  expected = g_variant_ref_sink (value_new (rank, MAX (i, 0)));
  if (!g_variant_equal (value, expected))
    {
      g_set_error (error, WRITER_ERROR, 0, "a value of rank %d is not what it appended", rank);
      return FALSE;
    }
  if (count == NULL)
    {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (counts, GINT_TO_POINTER (rank), count);
    }
  /* A later job begins again at 0. */
  if (i != *count && i != 0)
    {
      g_set_error (error, WRITER_ERROR, 0, "rank %d: value %" G_GINT64_FORMAT " follows %" G_GINT64_FORMAT, rank, i,
                   *count - 1);
      return FALSE;
    }
  *count = i + 1;
  return TRUE;
}

static gboolean
read_log (MpiComm *comm, const gchar *path, GError **error)
{
  g_autoptr (MpiVariantLog) log = ompi_obj_variant_log_open (comm, path, OMPI_OBJ_VARIANT_LOG_MODE_READ, error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gint n_values = 0;
  gint n_damaged = 0;
  GVariant *value;
  GError *problem = NULL;
  gint rank = -1;

  if (log == NULL)
    return FALSE;
  while ((value = ompi_obj_variant_log_read (log, &rank, &problem)) != NULL
         || g_error_matches (problem, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_MALFORMED))
    {
      n_damaged += problem != NULL;
      g_clear_error (&problem);
      if (value != NULL)
        {
          const gboolean is_good = check_value (value, rank, counts, error);

          g_variant_unref (value);
          n_values++;
          if (!is_good)
            return FALSE;
        }
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      g_print ("values: %d\ndamaged: %d\n", n_values, n_damaged);
      for (gint i = 0; i < 100; i++)
        {
          const gint64 *count = g_hash_table_lookup (counts, GINT_TO_POINTER (i));

          if (count != NULL)
            g_print ("rank %d: %" G_GINT64_FORMAT "\n", i, *count);
        }
    }
  return ompi_obj_variant_log_close (log, error);
}

static gint
body (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gboolean is_good = FALSE;

  if (argc == 4 && strcmp (argv[1], "write") == 0)
    is_good = write_log (comm, argv[2], g_ascii_strtoll (argv[3], NULL, 10), error);
  else if (argc == 3 && strcmp (argv[1], "torn") == 0)
    is_good = tear_log (comm, argv[2], error);
  else if (argc == 3 && strcmp (argv[1], "read") == 0)
    is_good = read_log (comm, argv[2], error);
  else
    g_set_error_literal (error, WRITER_ERROR, 0, "it takes write, torn or read, and a log");
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, body);
}
