/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What spawn-master.c starts: gets a task from the program that started it, and sends back the result. Its own world is
 * that of the workers.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_TASK 0
#define TAG_PART 1

static gdouble
compute (gint part, gint n_parts, gint n_steps)
{
  const gdouble step = 1.0 / n_steps;
  gdouble sum = 0.0;

  for (gint i = part; i < n_steps; i += n_parts)
    {
      const gdouble x = (i + 0.5) * step;

      sum += 4.0 / (1.0 + x * x);
    }
  return sum * step;
}

static gint
work (gint argc, gchar **argv, GError **error)
{
  MpiIntercomm *parent = ompi_obj_comm_get_parent ();
  g_autoptr (GVariant) task = NULL;
  gint part, n_parts, n_steps;
  gdouble result;

  if (parent == NULL)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "it is started by spawn-master");
      return EXIT_FAILURE;
    }
  task = ompi_obj_comm_recv_variant (OMPI_OBJ_COMM (parent), 0, TAG_TASK, NULL, error);
  if (task == NULL)
    return EXIT_FAILURE;
  if (!g_variant_is_of_type (task, G_VARIANT_TYPE ("(iii)")))
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FAILED, "'%s' is no task for %s",
                   g_variant_get_type_string (task), argc > 0 ? argv[0] : "this program");
      return EXIT_FAILURE;
    }
  g_variant_get (task, "(iii)", &part, &n_parts, &n_steps);
  result = compute (part, n_parts, n_steps);
  return ompi_obj_comm_send (OMPI_OBJ_COMM (parent), OMPI_OBJ_DATA (&result, 1), 0, TAG_PART, error)
                 && ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (parent), error)
             ? EXIT_SUCCESS
             : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, work);
}
