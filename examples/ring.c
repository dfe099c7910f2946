/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A value goes round all ranks; each adds an entry, and rank 0 prints what comes back.
 *
 *     mpirun -n 4 ring
 *
 * The value is an array of (rank, processor): a(is). It grows on its way, and the receivers need
 * not know how long it is: a value brings its type and size with it.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_TRAIL 0

/* A value never changes, so this makes a new one: the entries of @trail (none if %NULL) and ours. */
static GVariant *
add_entry (GVariant *trail, gint rank)
{
  g_autofree gchar *processor = ompi_obj_get_processor_name ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(is)"));
  for (gsize i = 0; trail != NULL && i < g_variant_n_children (trail); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (trail, i);

      g_variant_builder_add_value (&builder, entry);
    }
  g_variant_builder_add (&builder, "(is)", rank, processor);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
print_trail (GVariant *trail)
{
  GVariantIter iter;
  const gchar *processor;
  gint rank;

  g_variant_iter_init (&iter, trail);
  while (g_variant_iter_loop (&iter, "(i&s)", &rank, &processor))
    g_print ("rank %3d was here, on %s\n", rank, processor);
}

static gint
go_round (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint next = (rank + 1) % size;
  gint previous = (rank + size - 1) % size;
  g_autoptr (GVariant) received = NULL;
  g_autoptr (GVariant) trail = NULL;

  if (rank == 0)
    {
      /*
       * Sends and receives in one call. If there is one rank only, it is its own neighbour, and a send
       * that waits for the receive after it would wait for ever.
       */
      trail = add_entry (NULL, rank);
      received = ompi_obj_comm_sendrecv_variant (comm, trail, next, TAG_TRAIL, previous, TAG_TRAIL, NULL, error);
      if (received == NULL)
        return EXIT_FAILURE;

      print_trail (received);
      g_print ("%" G_GSIZE_FORMAT " of %d ranks, and back at rank 0\n", g_variant_n_children (received), size);
      return g_variant_n_children (received) == (gsize) size ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  received = ompi_obj_comm_recv_variant (comm, previous, TAG_TRAIL, NULL, error);
  if (received == NULL)
    return EXIT_FAILURE;
  trail = add_entry (received, rank);
  return ompi_obj_comm_send_variant (comm, trail, next, TAG_TRAIL, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, go_round);
}
