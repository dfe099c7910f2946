/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Rank 0 reads a configuration, and every rank gets it.
 *
 *     mpirun -n 4 config-bcast FILE
 *
 * The file is a GKeyFile. It is read once, not by every rank, as parallel file systems like it, and
 * travels as a dictionary whose values are numbers, booleans and text. If rank 0 cannot read it, no rank
 * is left waiting: all learn of it.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

/* Returns: (transfer floating): what a text of the file means */
static GVariant *
parse_value (const gchar *text)
{
  gint64 number;

  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    return g_variant_new_boolean (*text == 't');
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return g_variant_new_int64 (number);
  return g_variant_new_string (text);
}

/* Returns: (transfer floating) (nullable): the entries as "group/key", a{sv} */
static GVariant *
read_config (const gchar *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  GVariantDict config;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;

  g_variant_dict_init (&config, NULL);
  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (gsize j = 0; keys != NULL && keys[j] != NULL; j++)
        {
          g_autofree gchar *text = g_key_file_get_value (file, groups[i], keys[j], NULL);
          g_autofree gchar *name = g_strdup_printf ("%s/%s", groups[i], keys[j]);

          g_variant_dict_insert_value (&config, name, parse_value (text));
        }
    }
  return g_variant_dict_end (&config);
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GVariant) config = NULL;
  GVariant *own = NULL;

  if (argc != 2)
    {
      if (rank == 0)
        g_printerr ("Usage: config-bcast FILE\n");
      return EXIT_FAILURE;
    }

  if (rank == 0)
    own = read_config (argv[1], &read_error);

  /* A root without a value is an error on every rank; rank 0 knows better what went wrong. */
  config = ompi_obj_comm_bcast_variant (comm, own, 0, error);
  if (config == NULL)
    {
      g_autofree gchar *text = g_strdup_printf ("Rank %d has no configuration", rank);

      if (read_error != NULL)
        g_printerr ("%s: %s\n", text, read_error->message);
      else
        g_printerr ("%s: %s\n", text, error != NULL && *error != NULL ? (*error)->message : "no reason given");
      g_clear_error (error);

      /* Everybody says so before the job ends. */
      ompi_obj_comm_barrier (comm, NULL);
      return EXIT_FAILURE;
    }

  {
    g_autofree gchar *text = g_variant_print (config, FALSE);

    g_print ("rank %d: %s\n", rank, text);
  }
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, run);
}
