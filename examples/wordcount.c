/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Counts the words in text files, spread over all ranks.
 *
 *     mpirun -n 4 wordcount [--top N] [--piece-size BYTES] [--all] [FILE...]
 *
 * Rank 0 reads the files, cuts them into pieces and hands the pieces out: whoever asks first is
 * served first, so a fast rank gets more of them. The other ranks count. All that travels are values:
 *
 *     rank 0 -> worker    ay       a piece of text; an empty one says that there are no more
 *     worker -> rank 0    a{st}    the words of the last piece and how often each occurs; an empty
 *                                  one is how a worker introduces itself. It asks for a piece, too
 *
 * If there is only one rank, it counts itself.
 *
 * A word is a letter or digit (g_unichar_isalnum()) and all letters, digits and combining marks
 * (g_unichar_ismark()) that follow it. So "isn't" is two words, and "x86_64" too. Words are compared
 * in lower case, each character lowered by itself (g_unichar_tolower()), whatever the locale says.
 * Composed and decomposed accents are different characters.
 *
 * The files must be UTF-8, and the output is UTF-8.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PATH "/usr/share/common-licenses"
#define DEFAULT_TOP 20
#define MIN_PIECE_SIZE (4 * 1024)
#define MAX_PIECE_SIZE (4 * 1024 * 1024)
#define PIECES_PER_WORKER 16
#define BAR_WIDTH 40

enum
{
  TAG_PIECE,
  TAG_ANSWER
};

/* What the command line asks for; rank 0 alone reads it. */
typedef struct
{
  gint top;
  gint64 piece_size; /* 0: by the amount of text and the number of workers */
  gboolean all;
  gchar **paths;
} Options;

/* What one rank has done. */
typedef struct
{
  guint64 n_pieces;
  guint64 n_words;
  guint64 n_bytes;
} Share;

/* The whole job, as rank 0 knows it. */
typedef struct
{
  Options options;
  GQueue *pieces; /* of GBytes, not handed out yet */
  guint n_files;
  GHashTable *tally; /* from a word to its count so far */
  gint n_ranks;
  Share *shares; /* one for each rank */
  gdouble seconds;
} Job;

static void
job_free (Job *self)
{
  g_strfreev (self->options.paths);
  g_queue_free_full (self->pieces, (GDestroyNotify) g_bytes_unref);
  g_hash_table_unref (self->tally);
  g_free (self->shares);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/*
 * Counting
 */

static GHashTable *
tally_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
tally_add (GHashTable *tally, const gchar *word, guint64 count)
{
  guint64 *total = g_hash_table_lookup (tally, word);

  if (total == NULL)
    {
      total = g_new0 (guint64, 1);
      g_hash_table_insert (tally, g_strdup (word), total);
    }
  *total += count;
}

/* Counts the word that @word holds, if any, and empties it. Returns how many words that were. */
static guint
tally_take_word (GHashTable *tally, GString *word)
{
  if (word->len == 0)
    return 0;
  tally_add (tally, word->str, 1);
  g_string_truncate (word, 0);
  return 1;
}

/* Adds the words of valid UTF-8 @text to @tally and returns how many they are. */
static guint64
tally_add_text (GHashTable *tally, const gchar *text, gsize length)
{
  const gchar *end = text + length;
  g_autoptr (GString) word = g_string_new (NULL);
  guint64 n_words = 0;

  for (const gchar *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || (word->len > 0 && g_unichar_ismark (c)))
        g_string_append_unichar (word, g_unichar_tolower (c));
      else
        n_words += tally_take_word (tally, word);
    }
  return n_words + tally_take_word (tally, word);
}

static GVariant *
tally_to_variant (GHashTable *tally)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer word, count;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{st}"));
  g_hash_table_iter_init (&iter, tally);
  while (g_hash_table_iter_next (&iter, &word, &count))
    g_variant_builder_add (&builder, "{st}", word, *(guint64 *) count);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Adds a dictionary of words to @tally and returns how many words they are. */
static guint64
tally_add_variant (GHashTable *tally, GVariant *words)
{
  GVariantIter iter;
  const gchar *word;
  guint64 count, n_words = 0;

  g_variant_iter_init (&iter, words);
  while (g_variant_iter_loop (&iter, "{&st}", &word, &count))
    {
      tally_add (tally, word, count);
      n_words += count;
    }
  return n_words;
}

/*
 * The workers
 */

static gboolean
work (MpiComm *comm, GError **error)
{
  g_autoptr (GHashTable) tally = tally_new ();

  while (TRUE)
    {
      g_autoptr (GVariant) answer = tally_to_variant (tally);
      g_autoptr (GVariant) piece = NULL;
      const gchar *text;
      gsize length;

      piece = ompi_obj_comm_sendrecv_variant (comm, answer, 0, TAG_ANSWER, 0, TAG_PIECE, NULL, error);
      if (piece == NULL)
        return FALSE;
      text = g_variant_get_fixed_array (piece, &length, sizeof (gchar));
      if (length == 0)
        return TRUE;
      g_hash_table_remove_all (tally);
      tally_add_text (tally, text, length);
    }
}

/*
 * Rank 0: what is to be done
 */

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(gchar *const *) a, *(gchar *const *) b);
}

/* A directory stands for the regular files in it, links left out: they would count a file twice. */
static void
add_path (GPtrArray *paths, const gchar *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) found = NULL;
  const gchar *name;

  if (directory == NULL)
    {
      g_ptr_array_add (paths, g_strdup (path));
      return;
    }

  found = g_ptr_array_new ();
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree gchar *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_REGULAR) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        g_ptr_array_add (found, g_steal_pointer (&file));
    }
  g_ptr_array_sort (found, compare_paths);
  g_ptr_array_extend_and_steal (paths, g_steal_pointer (&found));
}

static GBytes *
read_text (const gchar *path, GError **error)
{
  g_autofree gchar *text = NULL;
  const gchar *bad;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (!g_utf8_validate_len (text, length, &bad))
    {
      g_set_error (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE,
                   "%s is not UTF-8 text: byte 0x%02x at offset %zu", path, (guchar) *bad, (gsize) (bad - text));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/* Where the piece that starts at @start ends: never inside a character or a word. */
static gsize
find_piece_end (const gchar *text, gsize length, gsize start, gsize piece_size)
{
  const gchar *end = text + length;
  const gchar *p;

  if (length - start <= piece_size)
    return length;

  p = text + start + piece_size;
  while (p < end && ((guchar) *p & 0xc0) == 0x80) /* not the first byte of a character */
    p++;
  while (p < end && (g_unichar_isalnum (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  return p - text;
}

/*
 * Many pieces share the work well: no rank waits long for the last one. Few pieces cost less: the
 * words that they have in common travel fewer times.
 */
static gsize
choose_piece_size (GPtrArray *texts, gint n_workers)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < texts->len; i++)
    n_bytes += g_bytes_get_size (g_ptr_array_index (texts, i));
  return CLAMP (n_bytes / n_workers / PIECES_PER_WORKER, MIN_PIECE_SIZE, MAX_PIECE_SIZE);
}

/* The pieces are views of the texts and keep them alive: a text is freed after its last piece. */
static void
job_cut (Job *self, GPtrArray *texts)
{
  gsize piece_size = self->options.piece_size;

  if (piece_size == 0)
    piece_size = choose_piece_size (texts, MAX (self->n_ranks - 1, 1));

  for (guint i = 0; i < texts->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (texts, i);
      gsize length;
      const gchar *text = g_bytes_get_data (bytes, &length);

      for (gsize start = 0, end; start < length; start = end)
        {
          end = find_piece_end (text, length, start, piece_size);
          g_queue_push_tail (self->pieces, g_bytes_new_from_bytes (bytes, start, end - start));
        }
    }
  self->n_files = texts->len;
}

/*
 * Reads the command line. Returns whether there is a job to do; if not, @exit_status is the
 * program's, and the user has been told.
 *
 * GOption itself would exit after --help, and the other ranks would wait for a rank that has gone.
 * That is why --help is an option like the others here.
 */
static gboolean
options_parse (Options *self, gint argc, gchar **argv, gint *exit_status)
{
  gboolean help = FALSE;
  const GOptionEntry entries[] = {
    { "top", 0, 0, G_OPTION_ARG_INT, &self->top, "Print the N most frequent words (20)", "N" },
    { "piece-size", 0, 0, G_OPTION_ARG_INT64, &self->piece_size, "Hand out about so many bytes at a time", "BYTES" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &self->all, "Print all words, as lines \"count word\", and nothing else", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FILE…]");
  g_autoptr (GError) error = NULL;

  *exit_status = EXIT_FAILURE;
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, "Counts the words in text files (UTF-8), spread over all ranks.\n"
                                         "A directory stands for the regular files in it; default: " DEFAULT_PATH);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "wordcount: %s\n", error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree gchar *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
      *exit_status = EXIT_SUCCESS;
      return FALSE;
    }
  if (self->top < 1 || self->piece_size < 0)
    {
      fprintf (stderr, "wordcount: --top must be at least 1, and --piece-size not negative\n");
      return FALSE;
    }
  return TRUE;
}

/* Reads and cuts the files. Looks at all of them even after a failure, so that the user hears of all that is wrong. */
static gboolean
job_read (Job *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (self->options.paths == NULL)
    add_path (paths, DEFAULT_PATH);
  else
    for (gchar **path = self->options.paths; *path != NULL; path++)
      add_path (paths, *path);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GBytes *text = read_text (g_ptr_array_index (paths, i), &error);

      if (text != NULL)
        g_ptr_array_add (texts, text);
      else
        fprintf (stderr, "wordcount: %s\n", error->message);
    }
  if (texts->len < paths->len)
    return FALSE;

  job_cut (self, texts);
  return TRUE;
}

/* As options_parse(), and reads the files as well. */
static gboolean
job_prepare (Job *self, gint argc, gchar **argv, gint *exit_status)
{
  if (!options_parse (&self->options, argc, argv, exit_status))
    return FALSE;
  *exit_status = job_read (self) ? EXIT_SUCCESS : EXIT_FAILURE;
  return *exit_status == EXIT_SUCCESS;
}

static Job *
job_new (gint n_ranks)
{
  Job *self = g_new0 (Job, 1);

  self->options.top = DEFAULT_TOP;
  self->n_ranks = n_ranks;
  self->pieces = g_queue_new ();
  self->tally = tally_new ();
  self->shares = g_new0 (Share, n_ranks);
  return self;
}

/*
 * Rank 0: doing it
 */

/* Takes the next piece off the queue and books it on @rank; an empty piece after the last. */
static GBytes *
job_next_piece (Job *self, gint rank)
{
  GBytes *piece = g_queue_pop_head (self->pieces);

  if (piece == NULL)
    return g_bytes_new_static ("", 0);
  self->shares[rank].n_pieces++;
  self->shares[rank].n_bytes += g_bytes_get_size (piece);
  return piece;
}

static void
show_progress (guint n_done, guint n_pieces)
{
  if (!isatty (STDERR_FILENO))
    return;
  if (n_done < n_pieces)
    fprintf (stderr, "\rpiece %u of %u", n_done, n_pieces);
  else
    fprintf (stderr, "\r\033[K"); /* clear the line: the result says it all */
}

static void
job_count_alone (Job *self)
{
  guint n_pieces = self->pieces->length;

  for (guint i = 0; i < n_pieces; i++)
    {
      g_autoptr (GBytes) piece = job_next_piece (self, 0);

      self->shares[0].n_words += tally_add_text (self->tally, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
      show_progress (i + 1, n_pieces);
    }
}

/* Serves the workers until each of them has been told that there are no more pieces. */
static gboolean
job_hand_out (Job *self, MpiComm *comm, GError **error)
{
  gint n_workers = self->n_ranks - 1;
  guint n_pieces = self->pieces->length;
  guint n_done = 0;

  while (n_workers > 0)
    {
      MpiStatus status;
      g_autoptr (GVariant) answer = ompi_obj_comm_recv_variant (comm, OMPI_OBJ_ANY_SOURCE, TAG_ANSWER, &status, error);
      g_autoptr (GBytes) piece = NULL;
      gint worker;

      if (answer == NULL)
        return FALSE;

      /* First keep the worker busy, then look at what it sent. The bytes of the piece are not copied. */
      worker = ompi_obj_status_get_source (&status);
      if (self->shares[worker].n_pieces > 0)
        n_done++;
      piece = job_next_piece (self, worker);
      if (!ompi_obj_comm_send_variant (comm, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, piece, TRUE), worker,
                                       TAG_PIECE, error))
        return FALSE;
      if (g_bytes_get_size (piece) == 0)
        n_workers--;

      self->shares[worker].n_words += tally_add_variant (self->tally, answer);
      show_progress (n_done, n_pieces);
    }
  return TRUE;
}

/*
 * Rank 0: the result
 */

typedef struct
{
  const gchar *word;
  guint64 count;
} Entry;

static gint
entry_compare (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return strcmp (first->word, second->word);
}

/* The most frequent words first, words as frequent as each other in the order of their bytes. */
static GArray *
tally_sort (GHashTable *tally)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GHashTableIter iter;
  gpointer word, count;

  g_hash_table_iter_init (&iter, tally);
  while (g_hash_table_iter_next (&iter, &word, &count))
    {
      Entry entry = { .word = word, .count = *(guint64 *) count };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, entry_compare);
  return entries;
}

/* The columns that @text takes on a terminal: printf() pads by bytes. */
static gint
get_columns (const gchar *text)
{
  gint columns = 0;

  for (const gchar *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        columns += g_unichar_iswide (c) ? 2 : 1;
    }
  return columns;
}

static void
print_bar (gdouble fraction)
{
  static const gchar *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  gint length = (gint) (fraction * BAR_WIDTH * 8 + 0.5);

  for (gint i = 0; i < length / 8; i++)
    fputs ("█", stdout);
  fputs (eighths[length % 8], stdout);
}

static void
print_top (const Entry *entries, guint n_entries)
{
  gint widest = 0;

  for (guint i = 0; i < n_entries; i++)
    widest = MAX (widest, get_columns (entries[i].word));
  for (guint i = 0; i < n_entries; i++)
    {
      printf ("%5u  %s%*s  %8" G_GUINT64_FORMAT "  ", i + 1, entries[i].word, widest - get_columns (entries[i].word),
              "", entries[i].count);
      print_bar ((gdouble) entries[i].count / entries[0].count);
      putchar ('\n');
    }
}

static void
print_share (const gchar *who, const Share *share)
{
  printf ("%5s %9" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT " %11.3f\n", who, share->n_pieces, share->n_words,
          share->n_bytes / 1e6);
}

static void
job_print (Job *self)
{
  g_autoptr (GArray) entries = tally_sort (self->tally);
  Share total = { 0, 0, 0 };

  if (self->options.all)
    {
      for (guint i = 0; i < entries->len; i++)
        {
          const Entry *entry = &g_array_index (entries, Entry, i);

          printf ("%" G_GUINT64_FORMAT " %s\n", entry->count, entry->word);
        }
      return;
    }

  for (gint rank = 0; rank < self->n_ranks; rank++)
    {
      total.n_pieces += self->shares[rank].n_pieces;
      total.n_words += self->shares[rank].n_words;
      total.n_bytes += self->shares[rank].n_bytes;
    }

  printf ("%" G_GUINT64_FORMAT " words, %u of them different, in %u %s\n\n", total.n_words, entries->len, self->n_files,
          self->n_files == 1 ? "file" : "files");
  if (entries->len > 0)
    {
      print_top (&g_array_index (entries, Entry, 0), MIN (entries->len, (guint) self->options.top));
      putchar ('\n');
    }

  printf (" rank    pieces        words          MB\n");
  for (gint rank = 0; rank < self->n_ranks; rank++)
    {
      g_autofree gchar *who = g_strdup_printf ("%d", rank);

      if (rank == 0 && self->n_ranks > 1)
        printf ("%5s   hands out and merges\n", who);
      else
        print_share (who, &self->shares[rank]);
    }
  print_share ("all", &total);

  printf ("\n%.3f s", self->seconds);
  if (total.n_bytes > 0 && self->seconds > 0)
    printf (", %.1f MB/s, %.2f million words/s", total.n_bytes / 1e6 / self->seconds,
            total.n_words / 1e6 / self->seconds);
  putchar ('\n');
}

/*
 * All ranks
 */

static gint
count_words (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (Job) job = NULL;
  g_autoptr (GVariant) start = NULL;
  gboolean ready = FALSE;
  gint exit_status = EXIT_SUCCESS;

  if (rank == 0)
    {
      job = job_new (size);
      ready = job_prepare (job, argc, argv, &exit_status);
    }

  /* A rank that left here alone would let the others wait for ever, so all ranks hear how it went. */
  start = ompi_obj_comm_bcast_variant (comm, rank == 0 ? g_variant_new ("(bi)", ready, exit_status) : NULL, 0, error);
  if (start == NULL)
    return EXIT_FAILURE;
  g_variant_get (start, "(bi)", &ready, &exit_status);
  if (!ready)
    return exit_status;

  if (rank != 0)
    return work (comm, error) ? EXIT_SUCCESS : EXIT_FAILURE;

  job->seconds = -ompi_obj_wtime ();
  if (size == 1)
    job_count_alone (job);
  else if (!job_hand_out (job, comm, error))
    return EXIT_FAILURE;
  job->seconds += ompi_obj_wtime ();

  job_print (job);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, count_words);
}
