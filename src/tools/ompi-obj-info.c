/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Prints what there is: the library, the MPI under it, the ranks of the job, what this MPI can do and cannot, and its
 * limits. See ompi-obj-info(1).
 */

#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>
#include <string.h>

/* How it ends besides EXIT_SUCCESS and EXIT_FAILURE. */
#define EXIT_USAGE 2

/* All that is known, in the order in which it is printed: pairs of a key like "limit.tag" and a text. */
typedef struct
{
  GPtrArray *keys;
  GPtrArray *texts;
} Facts;

static void
facts_init (Facts *facts)
{
  facts->keys = g_ptr_array_new_with_free_func (g_free);
  facts->texts = g_ptr_array_new_with_free_func (g_free);
}

static void
facts_clear (Facts *facts)
{
  g_ptr_array_unref (facts->keys);
  g_ptr_array_unref (facts->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static void
facts_add (Facts *facts, const char *section, const char *name, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
facts_add (Facts *facts, const char *section, const char *name, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (facts->keys, g_strconcat (section, ".", name, NULL));
  g_ptr_array_add (facts->texts, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static const char *
facts_get (const Facts *facts, const char *key)
{
  for (guint i = 0; i < facts->keys->len; i++)
    if (strcmp (facts->keys->pdata[i], key) == 0)
      return facts->texts->pdata[i];
  return NULL;
}

static const char *
nick_of (GType type, gint value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static void
describe_library (Facts *facts)
{
  facts_add (facts, "library", "version", "%s", OMPI_OBJ_VERSION_S);
  facts_add (facts, "library", "built-for", "%s", MPI_FLAVOR);
  facts_add (facts, "library", "glib", "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
}

static void
describe_mpi (Facts *facts)
{
  g_autofree gchar *library = ompi_obj_get_library_version ();
  gint version, subversion;

  ompi_obj_get_version (&version, &subversion);
  facts_add (facts, "mpi", "standard", "%d.%d", version, subversion);
  facts_add (facts, "mpi", "library", "%s", g_strstrip (library));
  facts_add (facts, "mpi", "thread-level", "%s", nick_of (OMPI_OBJ_TYPE_THREAD_LEVEL, (gint) ompi_obj_query_thread ()));
}

/* The machines, each with the number of its ranks, like "node1:8 node2:8". */
static gchar *
list_machines (GPtrArray *names)
{
  g_autoptr (GHashTable) n_ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      gchar *name = (gchar *) g_variant_get_string (names->pdata[i], NULL);

      g_hash_table_insert (n_ranks, name,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (n_ranks, name)) + 1));
    }
  for (guint i = 0; i < names->len; i++)
    {
      const gchar *name = g_variant_get_string (names->pdata[i], NULL);
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_ranks, name));

      if (n > 0)
        g_string_append_printf (list, "%s%s:%u", list->len > 0 ? " " : "", name, n);
      g_hash_table_remove (n_ranks, name);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* All ranks tell where they are; only rank 0 gets to know it. */
static gboolean
describe_job (Facts *facts, MpiComm *world, GError **error)
{
  g_autofree gchar *machine = ompi_obj_get_processor_name ();
  g_autoptr (GPtrArray) machines = ompi_obj_comm_gather_variant (world, g_variant_new_string (machine), 0, error);
  const gint universe = ompi_obj_comm_get_universe_size (world, NULL);

  if (machines == NULL)
    return FALSE;
  if (ompi_obj_comm_get_rank (world) == 0)
    {
      g_autofree gchar *list = list_machines (machines);

      facts_add (facts, "job", "ranks", "%d", ompi_obj_comm_get_size (world));
      if (universe != OMPI_OBJ_UNDEFINED)
        facts_add (facts, "job", "universe", "%d", universe);
      facts_add (facts, "job", "machines", "%s", list);
    }
  return TRUE;
}

static void
describe_features (Facts *facts)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (OMPI_OBJ_TYPE_FEATURE);

  for (guint i = 0; i < klass->n_values; i++)
    {
      const MpiFeature feature = (MpiFeature) klass->values[i].value;
      g_autofree gchar *missing = ompi_obj_check_feature (feature);

      facts_add (facts, "feature", klass->values[i].value_nick, "%s", missing == NULL ? "yes" : "no");
      if (missing != NULL)
        {
          g_autofree gchar *name = g_strconcat (klass->values[i].value_nick, ".why", NULL);

          facts_add (facts, "feature", name, "%s", missing);
        }
    }
}

static void
describe_limits (Facts *facts)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (OMPI_OBJ_TYPE_LIMIT);

  for (guint i = 0; i < klass->n_values; i++)
    facts_add (facts, "limit", klass->values[i].value_nick, "%" G_GINT64_FORMAT,
               ompi_obj_get_limit ((MpiLimit) klass->values[i].value));
}

/* For scripts: a line for each key, with line breaks and the like as in C. */
static void
print_parsable (const Facts *facts)
{
  for (guint i = 0; i < facts->keys->len; i++)
    {
      g_autofree gchar *text = g_strescape (facts->texts->pdata[i], NULL);

      g_print ("%s=%s\n", (const char *) facts->keys->pdata[i], text);
    }
}

/* MPICH tells in its version how it was configured, which fills a page. */
#define LONGEST_LINE 60

/* For people: a paragraph for each section, the names in a column, and why something is missing below it. */
static void
print_readable (const Facts *facts)
{
  gsize section_length = 0;

  for (guint i = 0; i < facts->keys->len; i++)
    {
      const char *key = facts->keys->pdata[i];
      const char *name = strchr (key, '.') + 1;
      g_auto (GStrv) lines = g_strsplit (facts->texts->pdata[i], "\n", -1);

      if (i == 0 || strncmp (key, facts->keys->pdata[i - 1], section_length) != 0)
        {
          section_length = (gsize) (name - key);
          g_print ("%s%.*s\n", i > 0 ? "\n" : "", (int) section_length - 1, key);
        }
      for (guint j = 0; lines[j] != NULL; j++)
        if (lines[1] == NULL || strlen (lines[j]) <= LONGEST_LINE)
          g_print ("  %-24s%s\n", j > 0 || g_str_has_suffix (name, ".why") ? "" : name, lines[j]);
    }
}

static gint
print_texts (const Facts *facts, const gchar *const *keys)
{
  gint status = EXIT_SUCCESS;

  for (; *keys != NULL; keys++)
    {
      const char *text = facts_get (facts, *keys);

      if (text != NULL)
        g_print ("%s\n", text);
      else
        {
          g_printerr ("ompi-obj-info: there is no '%s'; --parsable lists what there is\n", *keys);
          status = EXIT_FAILURE;
        }
    }
  return status;
}

typedef struct
{
  gboolean is_parsable;
  gboolean help;
  gboolean version;
  gchar **keys;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* TRUE to go on. One rank speaks for all, so GOption's own --help, which exits, will not do. */
static gboolean
options_parse (Options *self, gint argc, gchar **argv, gboolean speaks, gint *status)
{
  const GOptionEntry entries[] = {
    { "parsable", 'p', 0, G_OPTION_ARG_NONE, &self->is_parsable, "Print a line KEY=TEXT for each", NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, &self->version, "Print the version of the library", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, "Print this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->keys, NULL, "[KEY...]" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, "Tells of the library ompi_obj, of the MPI under it, and what they can do.\n"
                                         "With KEYs, such as feature.session or limit.tag, the text of each alone.");

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      if (speaks)
        g_printerr ("ompi-obj-info: %s\n", error->message);
      *status = EXIT_USAGE;
      return FALSE;
    }
  if (self->help && speaks)
    {
      g_autofree gchar *text = g_option_context_get_help (context, TRUE, NULL);

      g_print ("%s", text);
    }
  else if (self->version && speaks)
    g_print ("ompi_obj %s\n", OMPI_OBJ_VERSION_S);
  return !self->help && !self->version;
}

static gint
tell (gint argc, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  const gboolean speaks = ompi_obj_comm_get_rank (world) == 0;
  g_auto (Options) options = { 0 };
  g_auto (Facts) facts;
  gint status = EXIT_SUCCESS;

  facts_init (&facts);
  if (!options_parse (&options, argc, argv, speaks, &status))
    return status;

  describe_library (&facts);
  describe_mpi (&facts);
  if (!describe_job (&facts, world, error))
    return EXIT_FAILURE;
  describe_features (&facts);
  describe_limits (&facts);

  if (!speaks)
    return EXIT_SUCCESS;
  if (options.keys != NULL)
    return print_texts (&facts, (const gchar *const *) options.keys);
  if (options.is_parsable)
    print_parsable (&facts);
  else
    print_readable (&facts);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, tell);
}
