/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A server that other programs find by its name: it gets numbers from its clients and sends back what it knows about
 * them. See client.c.
 *
 *     mpirun -n 1 server [CLIENTS] : -n 1 client 3 1 4 1 5
 *
 * The two can be started by commands of their own too, if a name server tells one of the other; see README. It needs an
 * MPI that connects programs: Open MPI, or MPICH from 4.2.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define SERVICE "org.example.statistics"
#define TAG_NUMBERS 0
#define TAG_ANSWER 1

static GVariant *
describe (GVariant *numbers)
{
  gsize n = 0;
  const gdouble *values = g_variant_get_fixed_array (numbers, &n, sizeof (gdouble));
  GVariantDict answer;
  gdouble sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += values[i];
  g_variant_dict_init (&answer, NULL);
  g_variant_dict_insert (&answer, "count", "t", (guint64) n);
  g_variant_dict_insert (&answer, "sum", "d", sum);
  if (n > 0)
    g_variant_dict_insert (&answer, "mean", "d", sum / n);
  return g_variant_dict_end (&answer);
}

/* Each connection is a communicator with the client alone. */
static gboolean
serve_client (const gchar *port, GError **error)
{
  g_autoptr (MpiIntercomm) client =
      ompi_obj_intracomm_accept_port (OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ()), port, NULL, 0, error);
  g_autoptr (GVariant) numbers = NULL;

  if (client == NULL)
    return FALSE;
  numbers = ompi_obj_comm_recv_variant (OMPI_OBJ_COMM (client), 0, TAG_NUMBERS, NULL, error);
  if (numbers == NULL)
    return FALSE;
  /* What comes from another program can be anything. */
  if (!g_variant_is_of_type (numbers, G_VARIANT_TYPE ("ad")))
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "the client sent '%s', which are no numbers",
                   g_variant_get_type_string (numbers));
      return FALSE;
    }
  return ompi_obj_comm_send_variant (OMPI_OBJ_COMM (client), describe (numbers), 0, TAG_ANSWER, error)
         && ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (client), error);
}

static gint
serve (gint argc, gchar **argv, GError **error)
{
  const gint n_clients = argc > 1 ? atoi (argv[1]) : 1;
  g_autofree gchar *port = ompi_obj_open_port (NULL, error);

  if (port == NULL || !ompi_obj_publish_name (SERVICE, NULL, port, error))
    return EXIT_FAILURE;
  for (gint i = 0; i < n_clients; i++)
    if (!serve_client (port, error))
      return EXIT_FAILURE;
  g_print ("served %d\n", n_clients);
  return ompi_obj_unpublish_name (SERVICE, NULL, port, error) && ompi_obj_close_port (port, error) ? EXIT_SUCCESS
                                                                                                   : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, serve);
}
