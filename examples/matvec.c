/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A matrix by a vector: each rank has some rows, and every rank needs the whole vector.
 *
 *     mpirun -n 4 matvec [N [TIMES]]
 *
 * Rank p has the rows of its block of the N by N matrix, and the same block of the vector. To multiply, the ranks
 * gather the vector from all of them, and each computes its block of the result, which is the vector of the next
 * multiplication. The matrix turns the vector by one element and doubles it, so the result is known: after TIMES
 * multiplications element i is 2^TIMES (i + TIMES), with i + TIMES modulo N.
 */
#include <ompi_obj/ompi_obj.h>

#include <math.h>
#include <stdlib.h>

#define DEFAULT_SIZE 64
#define DEFAULT_TIMES 10
#define MOST_ROWS 4096
#define MOST_TIMES 500

typedef struct
{
  MpiComm *comm;
  gint n;         /* of the whole matrix */
  gint n_rows;    /* of this rank's block */
  gint first_row; /* of this rank's block */
  gdouble *rows;
  gdouble *block; /* of the vector */
  gdouble *vector;
} Matvec;

/* The matrix has a 2 right of each diagonal element, and elsewhere zeros; the vector counts. */
static void
matvec_init (Matvec *self, MpiComm *comm, gint n)
{
  self->comm = comm;
  self->n = n;
  self->n_rows = n / ompi_obj_comm_get_size (comm);
  self->first_row = self->n_rows * ompi_obj_comm_get_rank (comm);
  self->rows = g_new0 (gdouble, self->n_rows * n);
  self->block = g_new (gdouble, self->n_rows);
  self->vector = g_new (gdouble, n);

  for (gint i = 0; i < self->n_rows; i++)
    {
      gint row = self->first_row + i;

      self->rows[i * n + (row + 1) % n] = 2;
      self->block[i] = row;
    }
}

static void
matvec_clear (Matvec *self)
{
  g_free (self->rows);
  g_free (self->block);
  g_free (self->vector);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matvec, matvec_clear)

/* The count of what is received is that of the whole vector. */
static gboolean
matvec_multiply (Matvec *self, GError **error)
{
  if (!ompi_obj_comm_allgather (self->comm, OMPI_OBJ_DATA (self->block, self->n_rows),
                                OMPI_OBJ_DATA (self->vector, self->n), error))
    return FALSE;

  for (gint i = 0; i < self->n_rows; i++)
    {
      gdouble sum = 0;

      for (gint k = 0; k < self->n; k++)
        sum += self->rows[i * self->n + k] * self->vector[k];
      self->block[i] = sum;
    }
  return TRUE;
}

/* How many elements are not what they must be, on all ranks together; -1 on error. */
static gint
matvec_count_errors (Matvec *self, gint times, GError **error)
{
  gint n_errors = 0;

  for (gint i = 0; i < self->n_rows; i++)
    if (self->block[i] != ldexp ((self->first_row + i + times) % self->n, times))
      n_errors++;
  if (!ompi_obj_comm_allreduce (self->comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (&n_errors, 1), OMPI_OBJ_SUM, error))
    return -1;
  return n_errors;
}

static gint
matvec (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint size = ompi_obj_comm_get_size (comm);
  gint64 n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : DEFAULT_SIZE * size;
  gint64 times = argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : DEFAULT_TIMES;
  g_auto (Matvec) self = { 0 };
  gint n_errors;

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (n < 1 || n > MOST_ROWS || n % size != 0 || times < 0 || times > MOST_TIMES)
    {
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_printerr ("matvec: it takes a multiple of the %d ranks, up to %d, and up to %d times\n", size, MOST_ROWS,
                    MOST_TIMES);
      return EXIT_FAILURE;
    }

  matvec_init (&self, comm, (gint) n);
  for (gint i = 0; i < times; i++)
    if (!matvec_multiply (&self, error))
      return EXIT_FAILURE;

  n_errors = matvec_count_errors (&self, (gint) times, error);
  if (n_errors < 0)
    return EXIT_FAILURE;
  if (ompi_obj_comm_get_rank (comm) == 0)
    g_print ("%d by %d, %d times on %d ranks: %d of %d elements are wrong\n", self.n, self.n, (gint) times, size,
             n_errors, self.n);
  return n_errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, matvec);
}
