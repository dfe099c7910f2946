/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Heat spreads over a plate, of which each rank computes a part.
 *
 *     mpirun -n 4 heat2d [--rows N] [--columns N] [--steps N] [--check] [--output FILE]
 *
 * The top edge of the plate is kept at 100 degrees, the other edges at 0. In each step a cell moves
 * towards the mean of its four neighbours. The ranks form a grid; around its part each has a ghost layer with
 * what its neighbours computed, which comes in while the cells inside are computed. --check computes the
 * same on one rank and compares, --output writes an image of the plate.
 */
#include <ompi_obj/ompi_obj.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOT 100.0
#define COLD 0.0
#define RATE 0.2

#define TAG_PART 0

#define HEAT_ERROR g_quark_from_static_string ("heat2d")

typedef struct
{
  gint rows;
  gint columns;
  gint steps;
  gboolean check;
  gchar *output;
} Options;

/* A plate or a part of one, with the layer around it: its edge, or what the neighbours have there. */
typedef struct
{
  gint64 first_row; /* in the whole plate */
  gint64 first_column;
  gint64 n_rows; /* without the layer */
  gint64 n_columns;
  gdouble *now;
  gdouble *then;
} Plate;

static inline gint64
plate_width (const Plate *plate)
{
  return plate->n_columns + 2;
}

static inline gint64
plate_n_cells (const Plate *plate)
{
  return (plate->n_rows + 2) * plate_width (plate);
}

static void
plate_init (Plate *plate, gint64 first_row, gint64 first_column, gint64 n_rows, gint64 n_columns)
{
  *plate = (Plate){ first_row, first_column, n_rows, n_columns, NULL, NULL };
  plate->now = g_new (gdouble, plate_n_cells (plate));
  for (gint64 i = 0; i < plate_n_cells (plate); i++)
    plate->now[i] = first_row == 0 && i < plate_width (plate) ? HOT : COLD;
  plate->then = g_memdup2 (plate->now, (gsize) plate_n_cells (plate) * sizeof *plate->now);
}

static void
plate_clear (Plate *plate)
{
  g_clear_pointer (&plate->now, g_free);
  g_clear_pointer (&plate->then, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plate, plate_clear)

static void
plate_compute (Plate *plate, gint64 first_row, gint64 last_row, gint64 first_column, gint64 last_column)
{
  const gint64 width = plate_width (plate);

  for (gint64 row = first_row; row <= last_row; row++)
    for (gint64 column = first_column; column <= last_column; column++)
      {
        const gdouble *cell = &plate->now[row * width + column];

        plate->then[row * width + column] =
            *cell + RATE * (cell[-width] + cell[width] + cell[-1] + cell[1] - 4.0 * *cell);
      }
}

/* The cells that need nothing of the layer around. */
static void
plate_compute_inside (Plate *plate)
{
  plate_compute (plate, 2, plate->n_rows - 1, 2, plate->n_columns - 1);
}

/* The others: first and last row, and what is left of first and last column. */
static void
plate_compute_rim (Plate *plate)
{
  plate_compute (plate, 1, 1, 1, plate->n_columns);
  if (plate->n_rows > 1)
    plate_compute (plate, plate->n_rows, plate->n_rows, 1, plate->n_columns);
  plate_compute (plate, 2, plate->n_rows - 1, 1, 1);
  if (plate->n_columns > 1)
    plate_compute (plate, 2, plate->n_rows - 1, plate->n_columns, plate->n_columns);
}

static void
plate_swap (Plate *plate)
{
  gdouble *then = plate->now;

  plate->now = plate->then;
  plate->then = then;
}

/* The exchange of the layer around one of the two arrays of a plate. */
static MpiHalo *
halo_new (MpiCartcomm *grid, const Plate *plate, gdouble *cells, GError **error)
{
  const gint64 shape[] = { plate->n_rows + 2, plate->n_columns + 2 };
  const gint64 widths[] = { 1, 1 };

  return ompi_obj_halo_new (grid, OMPI_OBJ_DATA (cells, plate_n_cells (plate)), shape, widths, 2,
                            OMPI_OBJ_HALO_SCHEME_FACES, error);
}

static gboolean
simulate (MpiCartcomm *grid, Plate *plate, gint steps, GError **error)
{
  const gboolean shows_progress = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (grid)) == 0 && isatty (STDERR_FILENO);
  const gint interval = MAX (steps / 100, 1);
  g_autoptr (MpiHalo) now = halo_new (grid, plate, plate->now, error);
  g_autoptr (MpiHalo) then = now != NULL ? halo_new (grid, plate, plate->then, error) : NULL;

  if (then == NULL)
    return FALSE;
  for (gint step = 0; step < steps; step++)
    {
      if (!ompi_obj_halo_start (step % 2 == 0 ? now : then, error))
        return FALSE;
      plate_compute_inside (plate);
      if (!ompi_obj_halo_finish (step % 2 == 0 ? now : then, error))
        return FALSE;
      plate_compute_rim (plate);
      plate_swap (plate);

      if (shows_progress && (step + 1) % interval == 0)
        fprintf (stderr, "\rstep %d of %d", step + 1, steps);
    }
  if (shows_progress)
    fprintf (stderr, "\n");
  return TRUE;
}

/* Where the part of a rank starts, if N cells are divided as evenly as can be. */
static gint64
part_start (gint64 n, gint coord, gint n_parts)
{
  return n * coord / n_parts;
}

/* What is inside the layer of a plate, or the place that a part of another rank has in it. */
static MpiDatatype *
inside_new (const Plate *plate, const Plate *part, GError **error)
{
  const gint64 sizes[] = { plate->n_rows + 2, plate->n_columns + 2 };
  const gint64 part_sizes[] = { part->n_rows, part->n_columns };
  const gint64 starts[] = { part->first_row - plate->first_row + 1, part->first_column - plate->first_column + 1 };
  g_autoptr (MpiDatatype) inside =
      ompi_obj_datatype_new_subarray (sizes, part_sizes, starts, 2, OMPI_OBJ_ORDER_C, OMPI_OBJ_DOUBLE, error);

  return inside != NULL && ompi_obj_datatype_commit (inside, error) ? g_steal_pointer (&inside) : NULL;
}

static void
part_locate (Plate *part, const Options *options, const gint *dims, const gint *coords)
{
  part->first_row = part_start (options->rows, coords[0], dims[0]);
  part->first_column = part_start (options->columns, coords[1], dims[1]);
  part->n_rows = part_start (options->rows, coords[0] + 1, dims[0]) - part->first_row;
  part->n_columns = part_start (options->columns, coords[1] + 1, dims[1]) - part->first_column;
}

/* Rank 0 puts the parts of all ranks into the whole plate. */
static gboolean
collect (MpiCartcomm *grid, const Options *options, const gint *dims, const Plate *part, Plate *whole, GError **error)
{
  MpiComm *comm = OMPI_OBJ_COMM (grid);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiDatatype) inside = inside_new (part, part, error);
  g_autoptr (MpiRequest) request = NULL;

  if (inside == NULL)
    return FALSE;
  request = ompi_obj_comm_isend (comm, OMPI_OBJ_BUFFER (part->now, 1, inside), 0, TAG_PART, error);
  if (request == NULL)
    return FALSE;
  for (gint rank = 0; rank < size && whole->now != NULL; rank++)
    {
      g_autofree gint *coords = ompi_obj_cartcomm_get_coords (grid, rank, NULL, error);
      g_autoptr (MpiDatatype) place = NULL;
      Plate other = { 0 };

      if (coords == NULL)
        return FALSE;
      part_locate (&other, options, dims, coords);
      place = inside_new (whole, &other, error);
      if (place == NULL
          || !ompi_obj_comm_recv (comm, OMPI_OBJ_BUFFER (whole->now, 1, place), rank, TAG_PART, NULL, error))
        return FALSE;
    }
  return ompi_obj_request_wait (request, NULL, error);
}

/* The same numbers in the same order give the same result to the last bit, however they are spread over ranks. */
static gboolean
check_serially (const Plate *whole, gint steps, GError **error)
{
  g_auto (Plate) serial = { 0 };

  plate_init (&serial, 0, 0, whole->n_rows, whole->n_columns);
  for (gint step = 0; step < steps; step++)
    {
      plate_compute (&serial, 1, serial.n_rows, 1, serial.n_columns);
      plate_swap (&serial);
    }
  for (gint64 i = 0; i < plate_n_cells (whole); i++)
    if (whole->now[i] < serial.now[i] || whole->now[i] > serial.now[i])
      {
        g_set_error (error, HEAT_ERROR, 0, "cell %" G_GINT64_FORMAT ",%" G_GINT64_FORMAT " is %.17g, not %.17g",
                     i / plate_width (whole), i % plate_width (whole), whole->now[i], serial.now[i]);
        return FALSE;
      }
  g_print ("the same as on one rank\n");
  return TRUE;
}

/* From black over red and yellow to white. */
static void
color_of (gdouble heat, guint8 *rgb)
{
  const gdouble value = 3.0 * CLAMP (heat / HOT, 0.0, 1.0);

  for (gint i = 0; i < 3; i++)
    rgb[i] = (guint8) lround (255.0 * CLAMP (value - i, 0.0, 1.0));
}

/* A portable pixmap: a line of text, and three bytes for each cell. */
static gboolean
write_image (const Plate *whole, const gchar *path, GError **error)
{
  g_autoptr (GString) image = g_string_new (NULL);

  g_string_printf (image, "P6\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n255\n", whole->n_columns, whole->n_rows);
  for (gint64 row = 1; row <= whole->n_rows; row++)
    for (gint64 column = 1; column <= whole->n_columns; column++)
      {
        guint8 rgb[3];

        color_of (whole->now[row * plate_width (whole) + column], rgb);
        g_string_append_len (image, (const gchar *) rgb, sizeof rgb);
      }
  return g_file_set_contents (path, image->str, (gssize) image->len, error);
}

static gboolean
report (const Plate *whole, const Options *options, GError **error)
{
  gdouble sum = 0.0;

  for (gint64 row = 1; row <= whole->n_rows; row++)
    for (gint64 column = 1; column <= whole->n_columns; column++)
      sum += whole->now[row * plate_width (whole) + column];
  g_print ("after %d steps the plate has %.6f degrees on average\n", options->steps,
           sum / (gdouble) (whole->n_rows * whole->n_columns));
  return (!options->check || check_serially (whole, options->steps, error))
         && (options->output == NULL || write_image (whole, options->output, error));
}

static gboolean
run (MpiCartcomm *grid, const Options *options, GError **error)
{
  const gboolean is_first = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (grid)) == 0;
  g_autofree gint *dims = NULL;
  g_autofree gint *coords = NULL;
  g_auto (Plate) part = { 0 };
  g_auto (Plate) whole = { 0 };

  if (!ompi_obj_cartcomm_get_topo (grid, &dims, NULL, &coords, NULL, error))
    return FALSE;
  part_locate (&part, options, dims, coords);
  plate_init (&part, part.first_row, part.first_column, part.n_rows, part.n_columns);
  if (is_first)
    {
      g_print ("%d x %d cells on %d x %d ranks\n", options->rows, options->columns, dims[0], dims[1]);
      plate_init (&whole, 0, 0, options->rows, options->columns);
    }
  return simulate (grid, &part, options->steps, error) && collect (grid, options, dims, &part, &whole, error)
         && (!is_first || report (&whole, options, error));
}

/* GOption itself would exit after --help, and the other ranks would wait for a rank that has gone. */
static gboolean
options_parse (Options *self, gint argc, gchar **argv, gboolean speaks, gint *exit_status)
{
  gboolean help = FALSE;
  const GOptionEntry entries[] = {
    { "rows", 'r', 0, G_OPTION_ARG_INT, &self->rows, "Rows of the plate (200)", "N" },
    { "columns", 'c', 0, G_OPTION_ARG_INT, &self->columns, "Columns of the plate (300)", "N" },
    { "steps", 's', 0, G_OPTION_ARG_INT, &self->steps, "Steps in time (500)", "N" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->check, "Compare with the result of one rank", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, "Write an image of the plate (PPM)", "FILE" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const gchar *problem = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, "Heat spreads over a plate, of which each rank computes a part.");

  *exit_status = EXIT_FAILURE;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    problem = error->message;
  else if (argc > 1)
    problem = "there are too many arguments";
  else if (self->rows < 1 || self->columns < 1 || self->steps < 0)
    problem = "--rows and --columns must be at least 1, and --steps not negative";
  else if (!help)
    return TRUE;

  if (problem != NULL && speaks)
    fprintf (stderr, "heat2d: %s\n", problem);
  if (problem == NULL)
    {
      g_autofree gchar *text = g_option_context_get_help (context, TRUE, NULL);

      *exit_status = EXIT_SUCCESS;
      if (speaks)
        fputs (text, stdout);
    }
  return FALSE;
}

static gint
heat (gint argc, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  Options options = { .rows = 200, .columns = 300, .steps = 500 };
  g_autofree gchar *output = NULL;
  gint dims[] = { 0, 0 };
  g_autoptr (MpiCartcomm) grid = NULL;
  const gboolean is_first = ompi_obj_comm_get_rank (world) == 0;
  gboolean goes_on;
  gint status = EXIT_FAILURE;

  goes_on = options_parse (&options, argc, argv, is_first, &status);
  output = options.output;
  if (!ompi_obj_compute_dims (ompi_obj_comm_get_size (world), dims, 2, error))
    return EXIT_FAILURE;
  if (goes_on && (dims[0] > options.rows || dims[1] > options.columns))
    {
      if (is_first)
        fprintf (stderr, "heat2d: the plate is too small for %d x %d ranks\n", dims[0], dims[1]);
      goes_on = FALSE;
      status = EXIT_FAILURE;
    }
  /* The first rank speaks for all, and is given the time to. */
  if (!ompi_obj_comm_barrier (world, error))
    return EXIT_FAILURE;
  if (!goes_on)
    return status;

  /* Neighbours in the plate may become neighbours in the machine: MPI may number the ranks anew. */
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (world), dims, NULL, 2, TRUE, error);
  return grid != NULL && run (grid, &options, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, heat);
}
