/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A file copied by all ranks at once, and checked.
 *
 *     mpirun -n 4 parallel-copy [--piece BYTES] SOURCE DESTINATION
 *
 * The pieces of the file are dealt out to the ranks like cards. While a rank reads a piece, the one before it is being
 * written. Then each rank reads pieces of the copy that another rank has written, and compares their checksums. At the
 * end the first rank prints one checksum of all: SHA-256 of the SHA-256 of each piece, as this pipe does:
 *
 *     split -b 4194304 --filter=sha256sum SOURCE | cut -c 1-64 | xxd -r -p | sha256sum
 */
#include <ompi_obj/ompi_obj.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PIECE (4 << 20)
#define DIGEST_SIZE 32
#define BAR_WIDTH 40

#define COPY_ERROR g_quark_from_static_string ("parallel-copy")

typedef struct
{
  MpiComm *comm;
  gint rank;
  gint n_ranks;
  MpiFile *source;
  MpiFile *destination;
  gint64 size;
  gint64 piece;
  gint64 n_pieces;
  guint8 *digests; /* of all pieces */
  guint8 *pieces[2];
  gint64 started_at;
} Copy;

static gint64
piece_size (const Copy *copy, gint64 piece)
{
  return MIN (copy->piece, copy->size - piece * copy->piece);
}

static void
piece_digest (const Copy *copy, gint64 piece, const guint8 *bytes, guint8 *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_SIZE;

  g_checksum_update (checksum, bytes, (gssize) piece_size (copy, piece));
  g_checksum_get_digest (checksum, digest, &length);
}

/* Each rank has as many pieces as the others, so the first one can speak for all. */
static void
show_progress (const Copy *copy, const gchar *what, gint64 n_done)
{
  const gdouble seconds = (gdouble) (g_get_monotonic_time () - copy->started_at) / G_USEC_PER_SEC;
  const gint64 n_bytes = MIN (n_done * copy->piece, copy->size);
  const gint filled = copy->size > 0 ? (gint) (n_bytes * BAR_WIDTH / copy->size) : BAR_WIDTH;
  gchar bar[BAR_WIDTH + 1];

  if (copy->rank != 0 || !isatty (STDERR_FILENO))
    return;
  memset (bar, '#', sizeof bar);
  memset (bar + filled, '.', (gsize) (BAR_WIDTH - filled));
  bar[BAR_WIDTH] = '\0';
  fprintf (stderr, "\r%-8s [%s] %3d %%, %6.0f MB/s ", what, bar, filled * 100 / BAR_WIDTH,
           (gdouble) n_bytes / MAX (seconds, 1e-6) / 1e6);
  if (n_bytes == copy->size)
    fputc ('\n', stderr);
}

/* Reads a piece, all of it. */
static gboolean
piece_read (const Copy *copy, MpiFile *file, gint64 piece, guint8 *bytes, GError **error)
{
  const gint64 size = piece_size (copy, piece);
  MpiStatus status;

  if (!ompi_obj_file_read_at (file, piece * copy->piece, OMPI_OBJ_BUFFER (bytes, size, OMPI_OBJ_BYTE), &status, error))
    return FALSE;
  if (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, error) == size)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, COPY_ERROR, 0, "%s became shorter meanwhile", ompi_obj_file_get_path (file));
  return FALSE;
}

static gboolean
copy_pieces (Copy *copy, GError **error)
{
  g_autoptr (MpiRequest) writing = NULL;
  gint turn = 0;

  for (gint64 piece = copy->rank; piece < copy->n_pieces; piece += copy->n_ranks)
    {
      guint8 *bytes = copy->pieces[turn];

      if (!piece_read (copy, copy->source, piece, bytes, error))
        return FALSE;
      piece_digest (copy, piece, bytes, copy->digests + piece * DIGEST_SIZE);
      if (writing != NULL && !ompi_obj_request_wait (writing, NULL, error))
        return FALSE;
      g_clear_object (&writing);
      writing = ompi_obj_file_iwrite_at (copy->destination, piece * copy->piece,
                                         OMPI_OBJ_BUFFER (bytes, piece_size (copy, piece), OMPI_OBJ_BYTE), error);
      if (writing == NULL)
        return FALSE;
      show_progress (copy, "copying", piece + copy->n_ranks);
      turn = 1 - turn;
    }
  return writing == NULL || ompi_obj_request_wait (writing, NULL, error);
}

/* Of the copy, what the next rank has written. */
static gboolean
check_pieces (const Copy *copy, GError **error)
{
  for (gint64 piece = (copy->rank + 1) % copy->n_ranks; piece < copy->n_pieces; piece += copy->n_ranks)
    {
      guint8 digest[DIGEST_SIZE];

      if (!piece_read (copy, copy->destination, piece, copy->pieces[0], error))
        return FALSE;
      piece_digest (copy, piece, copy->pieces[0], digest);
      if (memcmp (digest, copy->digests + piece * DIGEST_SIZE, DIGEST_SIZE) != 0)
        {
          g_set_error (error, COPY_ERROR, 0, "the copy differs from the source at byte %" G_GINT64_FORMAT " or behind",
                       piece * copy->piece);
          return FALSE;
        }
      show_progress (copy, "checking", piece + copy->n_ranks);
    }
  return TRUE;
}

/* Each rank has filled in the digests of its pieces, and the others are zero. */
static gboolean
share_digests (Copy *copy, GError **error)
{
  return ompi_obj_comm_allreduce (copy->comm, OMPI_OBJ_IN_PLACE,
                                  OMPI_OBJ_BUFFER (copy->digests, copy->n_pieces * DIGEST_SIZE, OMPI_OBJ_BYTE),
                                  OMPI_OBJ_BOR, error);
}

static gboolean
copy_all (Copy *copy, GError **error)
{
  copy->n_pieces = (copy->size + copy->piece - 1) / copy->piece;
  copy->digests = g_malloc0 ((gsize) copy->n_pieces * DIGEST_SIZE + 1);
  for (gint i = 0; i < 2; i++)
    copy->pieces[i] = g_malloc ((gsize) MIN (copy->piece, copy->size) + 1);

  copy->started_at = g_get_monotonic_time ();
  if (!ompi_obj_file_set_size (copy->destination, copy->size, error) || !copy_pieces (copy, error)
      || !share_digests (copy, error) || !ompi_obj_file_sync (copy->destination, error))
    return FALSE;
  copy->started_at = g_get_monotonic_time ();
  if (!check_pieces (copy, error) || !ompi_obj_comm_barrier (copy->comm, error))
    return FALSE;
  if (copy->rank == 0)
    {
      g_autofree gchar *digest =
          g_compute_checksum_for_data (G_CHECKSUM_SHA256, copy->digests, (gsize) copy->n_pieces * DIGEST_SIZE);

      g_print ("%s  %" G_GINT64_FORMAT " bytes in %" G_GINT64_FORMAT " pieces\n", digest, copy->size, copy->n_pieces);
    }
  return TRUE;
}

/* To open the destination does not change it yet, but to set its size would. */
static gboolean
is_same_file (const gchar *source, const gchar *destination)
{
  g_autofree gchar *ids[2] = { NULL, NULL };
  const gchar *paths[] = { source, destination };

  for (gint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);
      g_autoptr (GFileInfo) info =
          g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

      if (info == NULL)
        return FALSE;
      ids[i] = g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE));
    }
  return ids[0] != NULL && g_strcmp0 (ids[0], ids[1]) == 0;
}

static gboolean
copy_open (Copy *copy, const gchar *source, const gchar *destination, GError **error)
{
  if (is_same_file (source, destination))
    {
      g_set_error (error, COPY_ERROR, 0, "%s and %s are the same file", source, destination);
      return FALSE;
    }
  copy->source = ompi_obj_file_open (copy->comm, source, OMPI_OBJ_FILE_MODE_RDONLY, NULL, error);
  if (copy->source == NULL)
    return FALSE;
  copy->size = ompi_obj_file_get_size (copy->source, error);
  if (copy->size < 0)
    return FALSE;
  copy->destination =
      ompi_obj_file_open (copy->comm, destination, OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE, NULL, error);
  return copy->destination != NULL;
}

/* Files are closed by all ranks together. */
static gboolean
copy_close (Copy *copy, GError **error)
{
  gboolean is_good = TRUE;

  if (copy->destination != NULL)
    is_good = ompi_obj_file_close (copy->destination, error);
  if (copy->source != NULL)
    is_good = ompi_obj_file_close (copy->source, is_good ? error : NULL) && is_good;
  return is_good;
}

static void
copy_clear (Copy *copy)
{
  g_clear_object (&copy->source);
  g_clear_object (&copy->destination);
  g_clear_pointer (&copy->digests, g_free);
  g_clear_pointer (&copy->pieces[0], g_free);
  g_clear_pointer (&copy->pieces[1], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static gint
parallel_copy (gint argc, gchar **argv, GError **error)
{
  g_auto (Copy) copy = { .comm = ompi_obj_comm_world (), .piece = DEFAULT_PIECE };
  g_autoptr (GError) problem = NULL;
  gint first = 1;

  copy.rank = ompi_obj_comm_get_rank (copy.comm);
  copy.n_ranks = ompi_obj_comm_get_size (copy.comm);
  if (argc == 5 && strcmp (argv[1], "--piece") == 0)
    {
      guint64 piece = 0;

      g_ascii_string_to_unsigned (argv[2], 10, 1, 1 << 30, &piece, &problem);
      copy.piece = (gint64) piece;
      first = 3;
    }
  if (problem == NULL && argc - first != 2)
    g_set_error_literal (&problem, COPY_ERROR, 0, "it takes [--piece BYTES] SOURCE DESTINATION");
  if (problem == NULL && copy_open (&copy, argv[first], argv[first + 1], &problem))
    {
      /* From here on an error may be one rank's alone, and ends the job. */
      return copy_all (&copy, error) && copy_close (&copy, error) ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  /* All ranks know of the problem; the first one speaks for all, and is given the time to. */
  if (copy.rank == 0)
    fprintf (stderr, "parallel-copy: %s\n", problem->message);
  copy_close (&copy, NULL);
  ompi_obj_comm_barrier (copy.comm, NULL);
  return EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, parallel_copy);
}
