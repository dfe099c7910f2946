/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * How often each letter occurs in text files.
 *
 *     mpirun -n 4 histogram [FILE...]
 *
 * Rank 0 tells the others which files there are, and each rank counts the letters of some of them. No
 * rank knows beforehand which letters it will find, so its counts are a dictionary, a{su}. A reduction
 * takes the dictionaries to rank 0; a function of this program says how two of them become one.
 *
 * The files must be UTF-8, and so is the output. Upper and lower case are the same letter.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DIRECTORY "/usr/share/common-licenses"
#define BAR_WIDTH 50

static GHashTable *
counts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
counts_add (GHashTable *counts, const gchar *letter, guint count)
{
  const guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (counts, letter));

  g_hash_table_insert (counts, g_strdup (letter), GUINT_TO_POINTER (so_far + count));
}

static void
counts_add_value (GHashTable *counts, GVariant *value)
{
  GVariantIter iter;
  const gchar *letter;
  guint count;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_loop (&iter, "{&su}", &letter, &count))
    counts_add (counts, letter, count);
}

/* Returns: (transfer floating): the counts, a{su} */
static GVariant *
counts_to_value (GHashTable *counts)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer letter;
  gpointer count;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{su}"));
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &letter, &count))
    g_variant_builder_add (&builder, "{su}", letter, GPOINTER_TO_UINT (count));
  return g_variant_builder_end (&builder);
}

/* What the reduction calls for two dictionaries, wherever two of them meet. */
static GVariant *
merge (GVariant *a, GVariant *b, G_GNUC_UNUSED gpointer user_data)
{
  g_autoptr (GHashTable) counts = counts_new ();

  counts_add_value (counts, a);
  counts_add_value (counts, b);
  return counts_to_value (counts);
}

static gboolean
count_letters (GHashTable *counts, const gchar *path, GError **error)
{
  g_autofree gchar *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE, "%s is not UTF-8 text", path);
      return FALSE;
    }
  for (const gchar *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar character = g_utf8_get_char (p);
      gchar letter[7] = "";

      if (g_unichar_isalpha (character))
        {
          g_unichar_to_utf8 (g_unichar_tolower (character), letter);
          counts_add (counts, letter, 1);
        }
    }
  return TRUE;
}

/* The files of the default directory, links left out: they would count a file twice. */
static GVariant *
list_directory (GError **error)
{
  g_autoptr (GDir) directory = g_dir_open (DEFAULT_DIRECTORY, 0, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  const gchar *name;

  if (directory == NULL)
    return NULL;
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree gchar *path = g_build_filename (DEFAULT_DIRECTORY, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  return g_variant_new_bytestring_array ((const gchar *const *) paths, -1);
}

/* The same files on every rank, in the same order. */
static GVariant *
find_files (MpiComm *comm, gint argc, gchar **argv, GError **error)
{
  GVariant *paths = NULL;

  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      paths = argc > 1 ? g_variant_new_bytestring_array ((const gchar *const *) argv + 1, argc - 1)
                       : list_directory (error);
      if (paths == NULL)
        return NULL;
    }
  return ompi_obj_comm_bcast_variant (comm, paths, 0, error);
}

typedef struct
{
  const gchar *letter;
  guint count;
} Entry;

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return strcmp (first->letter, second->letter);
}

static void
print_histogram (GVariant *value)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GVariantIter iter;
  Entry entry;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&su}", &entry.letter, &entry.count))
    g_array_append_val (entries, entry);
  g_array_sort (entries, compare_entries);

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *this = &g_array_index (entries, Entry, i);
      const guint most = g_array_index (entries, Entry, 0).count;
      g_autofree gchar *bar = g_strnfill ((gsize) ((guint64) this->count * BAR_WIDTH / most), '#');

      printf ("%s %9u%s%s\n", this->letter, this->count, *bar != '\0' ? " " : "", bar);
    }
}

static gint
histogram (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  const gsize rank = (gsize) ompi_obj_comm_get_rank (comm);
  g_autoptr (GHashTable) counts = counts_new ();
  g_autoptr (MpiOp) op = ompi_obj_op_new_for_variants (merge, TRUE, NULL, NULL);
  g_autoptr (GVariant) paths = find_files (comm, argc, argv, error);
  g_autoptr (GVariant) total = NULL;

  if (paths == NULL)
    return EXIT_FAILURE;
  for (gsize i = rank; i < g_variant_n_children (paths); i += (gsize) ompi_obj_comm_get_size (comm))
    {
      g_autofree gchar *path = NULL;

      g_variant_get_child (paths, i, "^ay", &path);
      if (!count_letters (counts, path, error))
        return EXIT_FAILURE;
    }

  total = ompi_obj_comm_reduce_variant (comm, counts_to_value (counts), op, 0, error);
  if (total == NULL)
    return EXIT_FAILURE;
  if (rank == 0)
    print_histogram (total);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, histogram);
}
