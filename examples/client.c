/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The client of server.c: sends it numbers, and prints its answer.
 *
 *     mpirun -n 1 server : -n 1 client 3 1 4 1 5
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define SERVICE "org.example.statistics"
#define TAG_NUMBERS 0
#define TAG_ANSWER 1
#define PATIENCE_SECONDS 10

/* The server may need a moment to start. */
static gchar *
find_server (GError **error)
{
  const gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (GError) reason = NULL;
      gchar *port = ompi_obj_lookup_name (SERVICE, NULL, &reason);

      if (port != NULL)
        return port;
      if (!g_error_matches (reason, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_NAME) || g_get_monotonic_time () > deadline)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      g_usleep (G_USEC_PER_SEC / 100);
    }
}

static GVariant *
numbers_from_arguments (gint argc, gchar **argv)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ad"));
  for (gint i = 1; i < argc; i++)
    g_variant_builder_add (&builder, "d", g_ascii_strtod (argv[i], NULL));
  return g_variant_builder_end (&builder);
}

static gint
ask (gint argc, gchar **argv, GError **error)
{
  g_autofree gchar *port = find_server (error);
  g_autoptr (MpiIntercomm) server = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree gchar *text = NULL;

  if (port == NULL)
    return EXIT_FAILURE;
  server = ompi_obj_intracomm_connect_port (OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ()), port, NULL, 0, error);
  if (server == NULL
      || !ompi_obj_comm_send_variant (OMPI_OBJ_COMM (server), numbers_from_arguments (argc, argv), 0, TAG_NUMBERS,
                                      error))
    return EXIT_FAILURE;
  answer = ompi_obj_comm_recv_variant (OMPI_OBJ_COMM (server), 0, TAG_ANSWER, NULL, error);
  if (answer == NULL || !ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (server), error))
    return EXIT_FAILURE;
  text = g_variant_print (answer, FALSE);
  g_print ("%s\n", text);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, ask);
}
