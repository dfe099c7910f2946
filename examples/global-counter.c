/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Work for whoever is free, without anybody who hands it out: a picture of the Mandelbrot set.
 *
 *     mpirun -n 4 global-counter [ROWS]
 *
 * The memory of rank 0 holds a number and a picture. Whoever wants to work fetches the number and adds one
 * to it, in one step that nobody can come between, so that each row goes to one rank; when the row is done, it is
 * put into the picture. Rank 0 works as all others do: the others get at its memory by themselves.
 *
 * Some rows take longer than others, and some ranks do: to show that, rank r computes each row r + 1 times. The
 * fast ranks come for new rows more often, so they do more of them. (MpiCounter is such a number, ready-made.)
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define COLUMNS 64
#define DEFAULT_ROWS 40
#define MAX_ROWS 10000
#define MAX_ITERATIONS 20000

/* The window of rank 0: the number of the next row, and the letters of the picture. */
#define NEXT_ROW 0
#define PICTURE(row) (8 + (row) *COLUMNS)

/* How long a point of the plane stays near: forever, if it is of the set. */
static gint
iterate (gdouble x, gdouble y)
{
  gdouble a = 0;
  gdouble b = 0;
  gint n;

  for (n = 0; n < MAX_ITERATIONS && a * a + b * b < 4; n++)
    {
      gdouble next = a * a - b * b + x;

      b = 2 * a * b + y;
      a = next;
    }
  return n;
}

static void
compute_row (gchar *letters, gint64 row, gint64 n_rows)
{
  static const gchar shades[] = " .:-=+*%@";

  for (gint i = 0; i < COLUMNS; i++)
    {
      gint n = iterate (-2.2 + 3.2 * i / COLUMNS, -1.2 + 2.4 * (gdouble) row / (gdouble) n_rows);

      letters[i] = n == MAX_ITERATIONS ? '#' : shades[MIN (n / 3, (gint) sizeof shades - 2)];
    }
}

/* Gives the number of rows that this rank has done; -1 on error. */
static gint
work (MpiWin *win, gint rank, gint64 n_rows, GError **error)
{
  const gint64 one = 1;
  gint n_done = 0;

  for (;;)
    {
      gchar letters[COLUMNS];
      gint64 row;

      if (!ompi_obj_win_fetch_and_op (win, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&row, 1),
                                      OMPI_OBJ_TARGET (0, NEXT_ROW), OMPI_OBJ_SUM, error)
          || !ompi_obj_win_flush (win, 0, error))
        return -1;
      if (row >= n_rows)
        return n_done;

      for (gint i = 0; i <= rank; i++)
        compute_row (letters, row, n_rows);
      if (!ompi_obj_win_put (win, OMPI_OBJ_DATA (letters, COLUMNS), OMPI_OBJ_TARGET (0, PICTURE (row)), error)
          || !ompi_obj_win_flush (win, 0, error))
        return -1;
      n_done++;
    }
}

/* All ranks may access the window until they unlock it; then what they put there has arrived. */
static gint
work_together (MpiComm *comm, MpiWin *win, gint64 n_rows, GError **error)
{
  g_autoptr (MpiWinLock) lock = ompi_obj_win_lock_new_all (win, OMPI_OBJ_RMA_ASSERT_NOCHECK, error);
  gint n_done;

  if (lock == NULL || !ompi_obj_comm_barrier (comm, error))
    return -1;
  n_done = work (win, ompi_obj_comm_get_rank (comm), n_rows, error);
  return ompi_obj_win_lock_release (g_steal_pointer (&lock), n_done >= 0 ? error : NULL) ? n_done : -1;
}

/* Rank 0 looks at its own memory, which it locks for that like another's. */
static gboolean
print_picture (MpiWin *win, const MpiBuffer *memory, gint64 n_rows, GError **error)
{
  g_autoptr (MpiWinLock) lock =
      ompi_obj_win_lock_new (win, OMPI_OBJ_LOCK_TYPE_SHARED, 0, OMPI_OBJ_RMA_ASSERT_NONE, error);

  if (lock == NULL)
    return FALSE;
  for (gint64 row = 0; row < n_rows; row++)
    g_print ("%.*s\n", COLUMNS, (const gchar *) memory->address + PICTURE (row));
  return TRUE;
}

static gint
global_counter (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint64 n_rows = DEFAULT_ROWS;
  g_autofree gint *shares = g_new0 (gint, size);
  g_autoptr (MpiBuffer) memory = NULL;
  g_autoptr (MpiWin) win = NULL;
  gint n_done;

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (argc > 2 || (argc > 1 && !g_ascii_string_to_signed (argv[1], 10, 1, MAX_ROWS, &n_rows, NULL)))
    {
      if (rank == 0)
        g_printerr ("global-counter: it takes a number of rows, from 1 to %d\n", MAX_ROWS);
      return EXIT_FAILURE;
    }

  /* Over memory of the program, which is zero; the other ranks take part without any. */
  memory = ompi_obj_buffer_new (rank == 0 ? (gsize) PICTURE (n_rows) : 0);
  win = ompi_obj_win_create (memory, 1, NULL, comm, error);
  if (win == NULL)
    return EXIT_FAILURE;

  n_done = work_together (comm, win, n_rows, error);
  if (n_done < 0 || !ompi_obj_comm_gather (comm, OMPI_OBJ_DATA (&n_done, 1), OMPI_OBJ_DATA (shares, size), 0, error))
    return EXIT_FAILURE;
  if (rank == 0)
    {
      if (!print_picture (win, memory, n_rows, error))
        return EXIT_FAILURE;
      for (gint i = 0; i < size; i++)
        g_printerr ("rank %d did %d of %" G_GINT64_FORMAT " rows\n", i, shares[i], n_rows);
    }
  return ompi_obj_win_free (win, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, global_counter);
}
