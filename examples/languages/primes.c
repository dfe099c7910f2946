/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Counts prime numbers together with ranks in other languages, and passes a letter round that all sign. The programs
 * primes.* beside this one do the same, so each can have any rank; "run" starts them as one job.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

static gboolean
is_prime (guint n)
{
  for (guint i = 2; i <= n / i; i++)
    if (n % i == 0)
      return FALSE;
  return n >= 2;
}

static GVariant *
sign (GVariant *letter, const gchar *line)
{
  GVariantBuilder lines;
  GVariantIter iter;
  const gchar *other;

  g_variant_builder_init (&lines, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_iter_init (&iter, letter);
  while (g_variant_iter_next (&iter, "&s", &other))
    g_variant_builder_add (&lines, "s", other);
  g_variant_builder_add (&lines, "s", line);
  return g_variant_ref_sink (g_variant_builder_end (&lines));
}

/* From rank to rank, until it is back at rank 0. */
static gboolean
pass_letter (MpiComm *world, const gchar *line, GError **error)
{
  const gint rank = ompi_obj_comm_get_rank (world);
  const gint size = ompi_obj_comm_get_size (world);
  const gint previous = (rank + size - 1) % size;
  g_autoptr (GVariant) letter = rank == 0 ? g_variant_ref_sink (g_variant_new_strv (NULL, 0))
                                          : ompi_obj_comm_recv_variant (world, previous, 0, NULL, error);
  g_autoptr (GVariant) signed_letter = letter != NULL ? sign (letter, line) : NULL;
  g_autoptr (MpiRequest) request = NULL;

  if (signed_letter == NULL)
    return FALSE;
  request = ompi_obj_comm_isend_variant (world, signed_letter, (rank + 1) % size, 0, error);
  if (request == NULL)
    return FALSE;
  if (rank == 0)
    {
      g_autoptr (GVariant) back = ompi_obj_comm_recv_variant (world, previous, 0, NULL, error);
      g_autofree const gchar **lines = back != NULL ? g_variant_get_strv (back, NULL) : NULL;

      if (lines == NULL)
        return FALSE;
      for (const gchar **other = lines; *other != NULL; other++)
        g_print ("%s\n", *other);
    }
  return ompi_obj_request_wait (request, NULL, error);
}

static gint
count (gint argc, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  const guint rank = (guint) ompi_obj_comm_get_rank (world);
  const guint size = (guint) ompi_obj_comm_get_size (world);
  const guint limit = argc > 1 ? (guint) atoi (argv[1]) : 10000;
  g_autofree gchar *line = g_strdup_printf ("rank %u is in C", rank);
  g_autoptr (GVariant) task = NULL;
  g_autoptr (GVariant) total = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_found = 0;

  /* Rank 0 says up to where. */
  task = ompi_obj_comm_bcast_variant (world, rank == 0 ? g_variant_new_uint32 (limit) : NULL, 0, error);
  if (task == NULL)
    return EXIT_FAILURE;
  for (guint n = rank; n < g_variant_get_uint32 (task); n += size)
    n_found += is_prime (n);

  rows = ompi_obj_comm_gather_variant (
      world, g_variant_new_parsed ("{'language': <'C'>, 'primes': <%u>}", n_found), 0, error);
  total = rows != NULL ? ompi_obj_comm_allreduce_variant (world, g_variant_new_uint32 (n_found), OMPI_OBJ_SUM, error)
                       : NULL;
  if (total == NULL)
    return EXIT_FAILURE;
  for (guint i = 0; i < rows->len; i++) /* none but at rank 0 */
    {
      const gchar *language;
      guint n_theirs;

      g_variant_lookup (rows->pdata[i], "language", "&s", &language);
      g_variant_lookup (rows->pdata[i], "primes", "u", &n_theirs);
      g_print ("%s found %u\n", language, n_theirs);
    }
  if (rank == 0)
    g_print ("%u primes below %u\n", g_variant_get_uint32 (total), g_variant_get_uint32 (task));
  return pass_letter (world, line, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, count);
}
