/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A column of a matrix, and an array of structures, go from each rank to the next.
 *
 *     mpirun -n 4 derived-types
 *
 * A derived datatype tells MPI where the data is, so nothing is copied together before it is sent. Rank
 * 0 prints what it received, and how the datatypes describe themselves.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_COLUMN 0
#define TAG_PARTICLES 1

#define N_ROWS 4
#define N_COLUMNS 5
#define N_PARTICLES 3

typedef struct
{
  gint32 id;
  gdouble position[3];
  gboolean alive;
} Particle;

/* One element of each row: N_ROWS blocks of one element, N_COLUMNS elements apart. */
static MpiDatatype *
column_type_new (GError **error)
{
  return ompi_obj_datatype_new_vector (N_ROWS, 1, N_COLUMNS, OMPI_OBJ_DOUBLE, error);
}

/* The members without the gaps between them; resized, so that the next particle is where C has it. */
static MpiDatatype *
particle_type_new (GError **error)
{
  const gint64 lengths[] = { 1, 3, 1 };
  const gint64 displacements[] = { G_STRUCT_OFFSET (Particle, id), G_STRUCT_OFFSET (Particle, position),
                                   G_STRUCT_OFFSET (Particle, alive) };
  MpiDatatype *members[] = { OMPI_OBJ_INT32_T, OMPI_OBJ_DOUBLE, OMPI_OBJ_INT };
  g_autoptr (MpiDatatype) layout = ompi_obj_datatype_new_struct (lengths, displacements, members, 3, error);

  return layout != NULL ? ompi_obj_datatype_new_resized (layout, 0, sizeof (Particle), error) : NULL;
}

static void
print_datatype (const gchar *name, MpiDatatype *datatype)
{
  g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, NULL);
  g_autofree gchar *text = description != NULL ? g_variant_print (description, FALSE) : NULL;

  g_print ("%s: %" G_GINT64_FORMAT " bytes of data, %s\n", name, ompi_obj_datatype_get_size (datatype, NULL), text);
}

static gint
exchange (G_GNUC_UNUSED gint argc, G_GNUC_UNUSED gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint next = (rank + 1) % size;
  gint previous = (rank + size - 1) % size;
  g_autoptr (MpiDatatype) column_type = column_type_new (error);
  g_autoptr (MpiDatatype) particle_type = column_type != NULL ? particle_type_new (error) : NULL;
  gdouble matrix[N_ROWS][N_COLUMNS];
  gdouble column[N_ROWS];
  Particle particles[N_PARTICLES];
  Particle received[N_PARTICLES];

  if (particle_type == NULL || !ompi_obj_datatype_commit (column_type, error)
      || !ompi_obj_datatype_commit (particle_type, error))
    return EXIT_FAILURE;

  for (gint i = 0; i < N_ROWS; i++)
    for (gint j = 0; j < N_COLUMNS; j++)
      matrix[i][j] = 100 * rank + 10 * i + j;
  for (gint i = 0; i < N_PARTICLES; i++)
    particles[i] = (Particle){ 10 * rank + i, { rank, i, 0.5 }, i % 2 == 0 };

  /* What is sent as a column may be received as numbers in a row: only their types and number must agree. */
  if (!ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (&matrix[0][2], 1, column_type), next, TAG_COLUMN,
                               OMPI_OBJ_DATA (column, N_ROWS), previous, TAG_COLUMN, NULL, error)
      || !ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (particles, N_PARTICLES, particle_type), next, TAG_PARTICLES,
                                  OMPI_OBJ_BUFFER (received, N_PARTICLES, particle_type), previous, TAG_PARTICLES, NULL,
                                  error))
    return EXIT_FAILURE;

  if (rank == 0)
    {
      g_print ("column 2 of rank %d:", previous);
      for (gint i = 0; i < N_ROWS; i++)
        g_print (" %g", column[i]);
      g_print ("\n");
      for (gint i = 0; i < N_PARTICLES; i++)
        g_print ("particle %d at %g %g %g, %s\n", received[i].id, received[i].position[0], received[i].position[1],
                 received[i].position[2], received[i].alive ? "alive" : "gone");
      print_datatype ("column", column_type);
      print_datatype ("particle", particle_type);
    }
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, exchange);
}
