/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Conway's Game of Life on a torus, divided between the ranks, with ghost rows that neighbours put.
 *
 *     mpirun -n 4 stencil-rma [GENERATIONS [ROWS [COLUMNS]]]
 *
 * A cell lives on if two or three of its eight neighbours live, and comes to life if three do. Each rank has some rows
 * of the board, and a ghost row above and below them, for which its neighbours see: in every generation each rank puts
 * its first and last row straight into the memory of the ranks above and below.
 *
 * A rank waits for its two neighbours only, not for all: post lets them in, start waits until they let this rank in,
 * complete tells them that all was put, and wait waits until they have said so.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define DEFAULT_GENERATIONS 60
#define MAX_GENERATIONS 1000000
#define DEFAULT_ROWS 16
#define DEFAULT_COLUMNS 32
#define MAX_LENGTH 10000

/* A window with two boards, without life at first, of which one becomes the next generation of the other. */
typedef struct
{
  MpiComm *comm;
  MpiWin *win;
  MpiBuffer *memory;
  MpiGroup *neighbors;
  gint rank;
  gint size;
  gint64 rows; /* of the whole board */
  gint64 columns;
  gint64 n_rows;  /* of this rank */
  gint64 present; /* 0 or 1: which of the two boards it is */
} Life;

static gint64
first_row (const Life *self, gint rank)
{
  return self->rows * rank / self->size;
}

/* Where a row of a rank is in its memory, from its upper ghost row, 0, to the lower one. */
static gint64
place (const Life *self, gint rank, gint64 board, gint64 row)
{
  gint64 n_rows = first_row (self, rank + 1) - first_row (self, rank);

  return (board * (n_rows + 2) + row) * self->columns;
}

static guint8 *
own_row (const Life *self, gint64 board, gint64 row)
{
  return (guint8 *) self->memory->address + place (self, self->rank, board, row);
}

/* The ranks above and below: in a ring, so with two ranks they are the same one, and with one rank itself. */
static gint
neighbor (const Life *self, gint step)
{
  return (self->rank + step + self->size) % self->size;
}

static gboolean
life_init (Life *self, MpiComm *comm, gint64 rows, gint64 columns, GError **error)
{
  g_autoptr (MpiGroup) all = NULL;
  gint neighbors[2];

  *self = (Life){ .comm = comm, .rows = rows, .columns = columns };
  self->rank = ompi_obj_comm_get_rank (comm);
  self->size = ompi_obj_comm_get_size (comm);
  self->n_rows = first_row (self, self->rank + 1) - first_row (self, self->rank);
  self->win = ompi_obj_win_allocate (place (self, self->rank, 2, 0), 1, NULL, comm, error);
  if (self->win == NULL)
    return FALSE;
  self->memory = ompi_obj_win_get_buffer (self->win, error);
  all = self->memory != NULL ? ompi_obj_comm_get_group (comm, error) : NULL;
  if (all == NULL)
    return FALSE;

  neighbors[0] = neighbor (self, -1);
  neighbors[1] = neighbor (self, 1);
  self->neighbors = ompi_obj_group_incl (all, neighbors, neighbors[0] == neighbors[1] ? 1 : 2, error);
  return self->neighbors != NULL;
}

/* All ranks free the window together, when nobody looks into its memory any more. */
static gboolean
life_free (Life *self, GError **error)
{
  g_clear_pointer (&self->memory, ompi_obj_buffer_free);
  return ompi_obj_win_free (self->win, error);
}

static void
life_clear (Life *self)
{
  g_clear_pointer (&self->memory, ompi_obj_buffer_free);
  g_clear_object (&self->neighbors);
  g_clear_object (&self->win);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Life, life_clear)

/* A glider, which flies down to the right, and a blinker */
static void
life_populate (Life *self)
{
  static const gint cells[][2] = { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 2, 1 }, { 2, 2 }, { 4, 11 }, { 4, 12 }, { 4, 13 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      gint64 row = cells[i][0] % self->rows - first_row (self, self->rank);

      if (row >= 0 && row < self->n_rows)
        own_row (self, 0, row + 1)[cells[i][1] % self->columns] = 1;
    }
}

/* Puts one of this rank's rows into a ghost row of a neighbour. */
static gboolean
life_put (Life *self, gint64 row, gint dest, gint64 ghost_row, GError **error)
{
  return ompi_obj_win_put (self->win, OMPI_OBJ_DATA (own_row (self, self->present, row), self->columns),
                           OMPI_OBJ_TARGET (dest, place (self, dest, self->present, ghost_row)), error);
}

static gboolean
life_fill_ghost_rows (Life *self, GError **error)
{
  gint above = neighbor (self, -1);
  gint below = neighbor (self, 1);
  gint64 n_rows_above = first_row (self, above + 1) - first_row (self, above);

  return ompi_obj_win_post (self->win, self->neighbors, OMPI_OBJ_RMA_ASSERT_NONE, error)
         && ompi_obj_win_start (self->win, self->neighbors, OMPI_OBJ_RMA_ASSERT_NONE, error)
         && life_put (self, 1, above, n_rows_above + 1, error) && life_put (self, self->n_rows, below, 0, error)
         && ompi_obj_win_complete (self->win, error) && ompi_obj_win_wait (self->win, error);
}

static void
life_compute (Life *self)
{
  for (gint64 row = 1; row <= self->n_rows; row++)
    {
      const guint8 *above = own_row (self, self->present, row - 1);
      const guint8 *here = own_row (self, self->present, row);
      const guint8 *below = own_row (self, self->present, row + 1);
      guint8 *next = own_row (self, !self->present, row);

      for (gint64 i = 0; i < self->columns; i++)
        {
          gint64 left = (i + self->columns - 1) % self->columns;
          gint64 right = (i + 1) % self->columns;
          gint n =
              above[left] + above[i] + above[right] + here[left] + here[right] + below[left] + below[i] + below[right];

          next[i] = n == 3 || (n == 2 && here[i]);
        }
    }
  self->present = !self->present;
}

/* Rank 0 gets the rows of all ranks, which a fence lets it, and another ends; then it prints them. */
static gboolean
life_print (Life *self, GError **error)
{
  g_autofree guint8 *board = self->rank == 0 ? g_new (guint8, self->rows * self->columns) : NULL;

  if (!ompi_obj_win_fence (self->win, OMPI_OBJ_RMA_ASSERT_NOPRECEDE, error))
    return FALSE;
  for (gint rank = 0; rank < self->size && self->rank == 0; rank++)
    {
      gint64 first = first_row (self, rank) * self->columns;
      gint64 end = first_row (self, rank + 1) * self->columns;

      if (!ompi_obj_win_get (self->win, OMPI_OBJ_DATA (board + first, end - first),
                             OMPI_OBJ_TARGET (rank, place (self, rank, self->present, 1)), error))
        return FALSE;
    }
  if (!ompi_obj_win_fence (self->win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, error))
    return FALSE;

  for (gint64 i = 0; i < self->rows * self->columns && self->rank == 0; i++)
    g_print ("%c%s", board[i] ? '#' : '.', (i + 1) % self->columns == 0 ? "\n" : "");
  return TRUE;
}

static gint
play (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint size = ompi_obj_comm_get_size (comm);
  gint64 n_generations = DEFAULT_GENERATIONS;
  gint64 rows = MAX (DEFAULT_ROWS, size);
  gint64 columns = DEFAULT_COLUMNS;
  g_auto (Life) life = { 0 };

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (argc > 4 || (argc > 1 && !g_ascii_string_to_signed (argv[1], 10, 0, MAX_GENERATIONS, &n_generations, NULL))
      || (argc > 2 && !g_ascii_string_to_signed (argv[2], 10, size, MAX_LENGTH, &rows, NULL))
      || (argc > 3 && !g_ascii_string_to_signed (argv[3], 10, 1, MAX_LENGTH, &columns, NULL)))
    {
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_printerr ("stencil-rma: it takes up to %d generations, at least a row for each rank, and columns; "
                    "up to %d of them\n",
                    MAX_GENERATIONS, MAX_LENGTH);
      return EXIT_FAILURE;
    }

  if (!life_init (&life, comm, rows, columns, error))
    return EXIT_FAILURE;
  life_populate (&life);
  for (gint64 i = 0; i < n_generations; i++)
    {
      if (!life_fill_ghost_rows (&life, error))
        return EXIT_FAILURE;
      life_compute (&life);
    }

  return life_print (&life, error) && life_free (&life, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, play);
}
