/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Ends in the way that its first argument says; test-ending.sh looks at what the others see of it. Where only one
 * rank ends, it is the last, and the others wait for it.
 */

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/ompi_obj.h>

static const gchar *way;
static gint given_status;

static gint
end_with_error (GError **error)
{
  g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_OTHER, "this is how it ends");
  return given_status;
}

static gint
body (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  gboolean is_last = ompi_obj_comm_get_rank (world) == ompi_obj_comm_get_size (world) - 1;

  if (strcmp (way, "status") == 0)
    return given_status;
  if (strcmp (way, "finalize") == 0)
    return ompi_obj_finalize (error) ? given_status : EXIT_FAILURE;
  if (strcmp (way, "error") == 0)
    return end_with_error (error);
  if (is_last && strcmp (way, "last-error") == 0)
    return end_with_error (error);
  if (is_last && strcmp (way, "last-exit") == 0)
    exit (given_status);
  if (is_last && strcmp (way, "last-abort") == 0)
    ompi_obj_comm_abort (world, given_status);
  if (is_last && strcmp (way, "last-abort-freed") == 0)
    {
      MpiComm *alone = ompi_obj_comm_dup (ompi_obj_comm_self (), NULL);

      ompi_obj_comm_free (alone, NULL);
      ompi_obj_comm_abort (alone, given_status);
    }
  if (strcmp (way, "abort-finalized") == 0)
    {
      ompi_obj_finalize (NULL);
      ompi_obj_comm_abort (world, given_status);
    }
  ompi_obj_comm_barrier (world, NULL);
  return EXIT_FAILURE;
}

/* usage: ending WAY STATUS */
int
main (int argc, char **argv)
{
  if (argc != 3)
    return 99;
  way = argv[1];
  given_status = atoi (argv[2]);
  if (strcmp (way, "nobody") == 0)
    return ompi_obj_run (argc, argv, NULL);
  if (strcmp (way, "finalized") == 0)
    {
      ompi_obj_comm_world ();
      ompi_obj_finalize (NULL);
    }
  return ompi_obj_run (argc, argv, body);
}
