/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A computation that can be stopped at any time, and goes on where it was, on any number of ranks.
 *
 *     mpirun -n 4 checkpoint [--rows N] [--columns N] [--steps N] [--every N] NAME
 *
 * Heat spreads over a plate as in the example heat2d. Every so many steps the plate is saved as an array of NumPy's,
 * NAME-STEP.npy; when that is stored, a record is appended to the log NAME.log that says so. The next start looks for
 * the last record and goes on from there. Whatever moment the job dies at, the log leads to an array that is whole.
 *
 *     mpirun -n 4 checkpoint --steps 300 plate
 *     mpirun -n 2 checkpoint --steps 600 plate
 *     python3 -c 'import numpy; print (numpy.load ("plate-600.npy").mean ())'
 */
#include <ompi_obj/ompi_obj.h>

#include <stdio.h>
#include <stdlib.h>

#define HOT 100.0
#define RATE 0.2

typedef struct
{
  gint rows;
  gint columns;
  gint steps;
  gint every;
  gchar **names;
} Options;

/* The part of a rank, with a ghost layer around it: the edge of the plate, or what the neighbours have there. */
typedef struct
{
  MpiCartcomm *grid;
  const gchar *name;
  gint64 shape[2]; /* of the plate */
  gint64 *starts;  /* of the part */
  gint64 *sizes;
  gint64 memory[2]; /* the part and the layer */
  gdouble *now;
  gdouble *then;
  MpiHalo *halos[2];   /* of the one and of the other */
  MpiDatatype *inside; /* of the memory, the part */
  gint step;
} Plate;

static gint64
plate_n_cells (const Plate *plate)
{
  return plate->memory[0] * plate->memory[1];
}

static gdouble *
cells_new (const Plate *plate)
{
  gdouble *cells = g_new0 (gdouble, plate_n_cells (plate));

  for (gint64 i = 0; i < plate->memory[1] && plate->starts[0] == 0; i++)
    cells[i] = HOT;
  return cells;
}

static gboolean
plate_init (Plate *plate, GError **error)
{
  static const gint64 one[] = { 1, 1 };

  if (!ompi_obj_cartcomm_get_block (plate->grid, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (plate->grid)), plate->shape, 2,
                                    &plate->starts, &plate->sizes, NULL, error))
    return FALSE;
  for (gint i = 0; i < 2; i++)
    plate->memory[i] = plate->sizes[i] + 2;
  plate->inside =
      ompi_obj_datatype_new_subarray (plate->memory, plate->sizes, one, 2, OMPI_OBJ_ORDER_C, OMPI_OBJ_DOUBLE, error);
  if (plate->inside == NULL || !ompi_obj_datatype_commit (plate->inside, error))
    return FALSE;
  plate->now = cells_new (plate);
  plate->then = cells_new (plate);
  for (gint i = 0; i < 2; i++)
    {
      gdouble *cells = i == 0 ? plate->now : plate->then;

      plate->halos[i] = ompi_obj_halo_new (plate->grid, OMPI_OBJ_DATA (cells, plate_n_cells (plate)), plate->memory,
                                           one, 2, OMPI_OBJ_HALO_SCHEME_FACES, error);
      if (plate->halos[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
plate_clear (Plate *plate)
{
  g_clear_object (&plate->halos[0]);
  g_clear_object (&plate->halos[1]);
  g_clear_object (&plate->inside);
  g_clear_object (&plate->grid);
  g_clear_pointer (&plate->starts, g_free);
  g_clear_pointer (&plate->sizes, g_free);
  g_clear_pointer (&plate->now, g_free);
  g_clear_pointer (&plate->then, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plate, plate_clear)

/* Each cell moves towards the mean of its four neighbours. */
static gboolean
plate_advance (Plate *plate, GError **error)
{
  const gint64 width = plate->memory[1];
  MpiHalo *halo = plate->halos[0];
  gdouble *cells = plate->now;

  if (!ompi_obj_halo_exchange (halo, error))
    return FALSE;
  for (gint64 row = 1; row <= plate->sizes[0]; row++)
    for (gint64 column = 1; column <= plate->sizes[1]; column++)
      {
        const gdouble *cell = &cells[row * width + column];

        plate->then[row * width + column] =
            *cell + RATE * (cell[-width] + cell[width] + cell[-1] + cell[1] - 4.0 * *cell);
      }
  plate->now = plate->then;
  plate->then = cells;
  plate->halos[0] = plate->halos[1];
  plate->halos[1] = halo;
  plate->step++;
  return TRUE;
}

/* The plate in a file: every rank its part, in one call. */
static gboolean
plate_transfer (Plate *plate, gint step, gboolean is_write, GError **error)
{
  g_autofree gchar *path = g_strdup_printf ("%s-%d.npy", plate->name, step);
  const MpiBuffer *part = OMPI_OBJ_BUFFER (plate->now, 1, plate->inside);
  const MpiFileMode mode = is_write ? OMPI_OBJ_FILE_MODE_WRONLY | OMPI_OBJ_FILE_MODE_CREATE : OMPI_OBJ_FILE_MODE_RDONLY;
  g_autoptr (MpiFile) file = ompi_obj_file_open (OMPI_OBJ_COMM (plate->grid), path, mode, NULL, error);
  gboolean is_good;

  if (file == NULL)
    return FALSE;
  if (is_write)
    is_good = ompi_obj_file_write_array_all (file, 0, plate->grid, part, OMPI_OBJ_DOUBLE, plate->shape, 2,
                                             OMPI_OBJ_ARRAY_FORMAT_NPY, error)
              && ompi_obj_file_sync (file, error);
  else
    is_good = ompi_obj_file_read_array_all (file, 0, plate->grid, part, OMPI_OBJ_DOUBLE, plate->shape, 2,
                                            OMPI_OBJ_ARRAY_FORMAT_NPY, error);
  return ompi_obj_file_close (file, is_good ? error : NULL) && is_good;
}

static gboolean
plate_save (Plate *plate, MpiVariantLog *log, GError **error)
{
  const gboolean is_first = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (plate->grid)) == 0;

  return plate_transfer (plate, plate->step, TRUE, error)
         && ompi_obj_variant_log_append_all (log, is_first ? g_variant_new_int32 (plate->step) : NULL, error)
         && ompi_obj_variant_log_sync (log, error);
}

/* The last step that was saved, 0 if none was. A record that was cut off is no checkpoint. */
static gint
find_last_step (MpiVariantLog *log)
{
  gint step = 0;
  GVariant *value;
  GError *error = NULL;

  while ((value = ompi_obj_variant_log_read (log, NULL, &error)) != NULL || error != NULL)
    {
      if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
        step = g_variant_get_int32 (value);
      else if (error != NULL && !g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_MALFORMED))
        {
          g_error_free (error);
          break;
        }
      g_clear_pointer (&value, g_variant_unref);
      g_clear_error (&error);
    }
  return step;
}

static gboolean
run (Plate *plate, const Options *options, GError **error)
{
  MpiComm *comm = OMPI_OBJ_COMM (plate->grid);
  const gboolean is_first = ompi_obj_comm_get_rank (comm) == 0;
  g_autofree gchar *path = g_strconcat (plate->name, ".log", NULL);
  g_autoptr (MpiVariantLog) log = ompi_obj_variant_log_open (comm, path, OMPI_OBJ_VARIANT_LOG_MODE_APPEND, error);

  if (log == NULL)
    return FALSE;
  plate->step = find_last_step (log);
  if (plate->step > 0 && !plate_transfer (plate, plate->step, FALSE, error))
    return FALSE;
  if (is_first)
    g_print ("from step %d to %d on %d ranks\n", plate->step, options->steps, ompi_obj_comm_get_size (comm));
  while (plate->step < options->steps)
    {
      if (!plate_advance (plate, error))
        return FALSE;
      if ((plate->step % options->every == 0 || plate->step == options->steps) && !plate_save (plate, log, error))
        return FALSE;
    }
  return ompi_obj_variant_log_close (log, error);
}

static gchar *
options_parse (Options *self, gint argc, gchar **argv)
{
  const GOptionEntry entries[] = {
    { "rows", 'r', 0, G_OPTION_ARG_INT, &self->rows, "Rows of the plate (200)", "N" },
    { "columns", 'c', 0, G_OPTION_ARG_INT, &self->columns, "Columns of the plate (300)", "N" },
    { "steps", 's', 0, G_OPTION_ARG_INT, &self->steps, "Where to stop (300)", "N" },
    { "every", 'e', 0, G_OPTION_ARG_INT, &self->every, "Steps from one checkpoint to the next (100)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->names, NULL, "NAME" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return g_strdup (error->message);
  if (self->names == NULL || g_strv_length (self->names) != 1)
    return g_strdup ("it takes [--rows N] [--columns N] [--steps N] [--every N] NAME");
  if (self->rows < 1 || self->columns < 1 || self->steps < 0 || self->every < 1)
    return g_strdup ("--rows, --columns and --every must be at least 1, and --steps not negative");
  return NULL;
}

static gint
checkpoint (gint argc, gchar **argv, GError **error)
{
  MpiComm *world = ompi_obj_comm_world ();
  Options options = { .rows = 200, .columns = 300, .steps = 300, .every = 100 };
  g_autofree gchar *problem = options_parse (&options, argc, argv);
  g_auto (GStrv) names = options.names;
  g_auto (Plate) plate = { 0 };
  gint dims[] = { 0, 0 };

  if (!ompi_obj_compute_dims (ompi_obj_comm_get_size (world), dims, 2, error))
    return EXIT_FAILURE;
  if (problem == NULL && (dims[0] > options.rows || dims[1] > options.columns))
    problem = g_strdup_printf ("the plate is too small for %d x %d ranks", dims[0], dims[1]);
  if (problem != NULL)
    {
      /* The first rank speaks for all, and is given the time to. */
      if (ompi_obj_comm_get_rank (world) == 0)
        fprintf (stderr, "checkpoint: %s\n", problem);
      ompi_obj_comm_barrier (world, NULL);
      return EXIT_FAILURE;
    }

  plate.name = names[0];
  plate.shape[0] = options.rows;
  plate.shape[1] = options.columns;
  plate.grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (world), dims, NULL, 2, TRUE, error);
  return plate.grid != NULL && plate_init (&plate, error) && run (&plate, &options, error) ? EXIT_SUCCESS
                                                                                           : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, checkpoint);
}
