/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Every rank says who and where it is, and rank 0 what it runs on. The lines of different ranks come
 * in any order.
 *
 *     mpirun -n 4 hello
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>
#include <string.h>

static gint
say_hello (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, G_GNUC_UNUSED GError **error)
{
  /* All ranks of the job. The object belongs to the library: nothing to unref. */
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gchar *processor = ompi_obj_get_processor_name ();

  if (rank == 0)
    {
      g_autofree gchar *library = ompi_obj_get_library_version ();
      gint version, subversion;

      /* MPIs describe themselves on one line or on many; the first has the name. */
      library[strcspn (library, "\n")] = '\0';
      g_strdelimit (library, "\t", ' ');
      ompi_obj_get_version (&version, &subversion);
      g_print ("MPI %d.%d, %s\n", version, subversion, library);
      g_print ("ompi_obj %s, GLib %u.%u.%u\n", OMPI_OBJ_VERSION_S, glib_major_version, glib_minor_version,
               glib_micro_version);
    }

  g_print ("Hello from rank %d of %d on %s\n", rank, ompi_obj_comm_get_size (comm), processor);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  /*
   * Starts MPI, calls the function above and ends MPI. Should a rank come back with an error, the
   * error is printed and the whole job ends: nobody waits for a rank that has gone.
   */
  return ompi_obj_run (argc, argv, say_hello);
}
