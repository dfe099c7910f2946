/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The Mandelbrot set, as one image that all ranks write at once.
 *
 *     mpirun -n 4 mandelbrot IMAGE [WIDTH [HEIGHT]]
 *
 * Some rows take much longer than others, so they are dealt out on demand: a rank asks the first one for the next row,
 * computes it, and writes it to its place in the file. Between two rows of its own the first rank answers whoever has
 * asked. The image is a portable pixmap (PPM).
 */
#include <ompi_obj/ompi_obj.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_WIDTH 900
#define DEFAULT_HEIGHT 600
#define MOST_STEPS 1000

#define TAG_DEMAND 1
#define TAG_ROW 2
#define NO_ROW (-1)

typedef struct
{
  MpiComm *comm;
  MpiFile *file;
  gint64 header_size;
  gint width;
  gint height;
  guint8 *pixels; /* of one row */

  gint next_row; /* on the first rank */
  gint n_done;   /* how many ranks have been told that there is none left */
} Image;

/* How soon a point leaves for infinity, without steps between the colors; 0: it stays. */
static gdouble
escape_of (gdouble x, gdouble y)
{
  gdouble a = 0.0;
  gdouble b = 0.0;

  for (gint step = 0; step < MOST_STEPS; step++)
    {
      const gdouble a_squared = a * a;
      const gdouble b_squared = b * b;

      if (a_squared + b_squared > 256.0)
        return step + 1.0 - log2 (log2 (a_squared + b_squared) / 8.0);
      b = 2.0 * a * b + y;
      a = a_squared - b_squared + x;
    }
  return 0.0;
}

static void
color_of (gdouble escape, guint8 *rgb)
{
  const gdouble phase = 0.35 * sqrt (escape);

  for (gint i = 0; i < 3; i++)
    rgb[i] = escape > 0.0 ? (guint8) (127.5 - 127.5 * cos (phase * (1.0 + 0.25 * i) + 0.5 * i)) : 0;
}

static gboolean
compute_row (const Image *image, gint row, GError **error)
{
  const gdouble scale = 3.0 / image->width;
  const gint64 row_size = 3 * (gint64) image->width;

  for (gint column = 0; column < image->width; column++)
    color_of (escape_of (scale * (column + 0.5) - 2.2, scale * (row + 0.5 - image->height / 2.0)),
              image->pixels + 3 * column);
  return ompi_obj_file_write_at (image->file, image->header_size + row * row_size,
                                 OMPI_OBJ_BUFFER (image->pixels, row_size, OMPI_OBJ_BYTE), NULL, error);
}

static gint
take_row (Image *image)
{
  return image->next_row < image->height ? image->next_row++ : NO_ROW;
}

/* Waits for a demand, and answers it. */
static gboolean
answer (Image *image, GError **error)
{
  gint row;
  MpiStatus status;

  if (!ompi_obj_comm_recv (image->comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE), OMPI_OBJ_ANY_SOURCE, TAG_DEMAND,
                           &status, error))
    return FALSE;
  row = take_row (image);
  if (row == NO_ROW)
    image->n_done++;
  return ompi_obj_comm_send (image->comm, OMPI_OBJ_DATA (&row, 1), ompi_obj_status_get_source (&status), TAG_ROW,
                             error);
}

static gboolean
has_demand (Image *image, gboolean *found, GError **error)
{
  GError *problem = NULL;

  *found = ompi_obj_comm_iprobe (image->comm, OMPI_OBJ_ANY_SOURCE, TAG_DEMAND, NULL, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static gboolean
deal_and_compute (Image *image, GError **error)
{
  const gint n_others = ompi_obj_comm_get_size (image->comm) - 1;
  gint row;

  while ((row = take_row (image)) != NO_ROW)
    {
      gboolean found = TRUE;

      if (!compute_row (image, row, error))
        return FALSE;
      while (found)
        if (!has_demand (image, &found, error) || (found && !answer (image, error)))
          return FALSE;
    }
  while (image->n_done < n_others)
    if (!answer (image, error))
      return FALSE;
  return TRUE;
}

static gboolean
demand_and_compute (Image *image, GError **error)
{
  gint row = 0;

  while (TRUE)
    {
      if (!ompi_obj_comm_send (image->comm, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE), 0, TAG_DEMAND, error)
          || !ompi_obj_comm_recv (image->comm, OMPI_OBJ_DATA (&row, 1), 0, TAG_ROW, NULL, error))
        return FALSE;
      if (row == NO_ROW)
        return TRUE;
      if (!compute_row (image, row, error))
        return FALSE;
    }
}

static gboolean
write_image (Image *image, GError **error)
{
  g_autofree gchar *header = g_strdup_printf ("P6\n%d %d\n255\n", image->width, image->height);
  const gboolean is_first = ompi_obj_comm_get_rank (image->comm) == 0;

  image->header_size = (gint64) strlen (header);
  image->pixels = g_malloc (3 * (gsize) image->width);
  if (!ompi_obj_file_set_size (image->file, image->header_size + 3 * (gint64) image->width * image->height, error))
    return FALSE;
  if (is_first
      && !ompi_obj_file_write_at (image->file, 0, OMPI_OBJ_BUFFER (header, image->header_size, OMPI_OBJ_BYTE), NULL,
                                  error))
    return FALSE;
  return (is_first ? deal_and_compute (image, error) : demand_and_compute (image, error))
         && ompi_obj_file_close (image->file, error);
}

static void
image_clear (Image *image)
{
  g_clear_object (&image->file);
  g_clear_pointer (&image->pixels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Image, image_clear)

static gboolean
read_number (const gchar *text, gint *number)
{
  guint64 found = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, 100000, &found, NULL))
    return FALSE;
  *number = (gint) found;
  return TRUE;
}

static gint
mandelbrot (gint argc, gchar **argv, GError **error)
{
  g_auto (Image) image = { .comm = ompi_obj_comm_world (), .width = DEFAULT_WIDTH, .height = DEFAULT_HEIGHT };
  g_autoptr (GError) problem = NULL;
  g_autofree gchar *text = NULL;

  if (argc < 2 || argc > 4 || (argc > 2 && !read_number (argv[2], &image.width))
      || (argc > 3 && !read_number (argv[3], &image.height)))
    text = g_strdup ("it takes the name of an image and, if wanted, its width and height, from 1 to 100000");
  if (text == NULL)
    {
      image.file = ompi_obj_file_open (image.comm, argv[1], OMPI_OBJ_FILE_MODE_WRONLY | OMPI_OBJ_FILE_MODE_CREATE, NULL,
                                       &problem);
      if (image.file != NULL)
        return write_image (&image, error) ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  /* All ranks know of the problem; the first one speaks for all, and is given the time to. */
  if (ompi_obj_comm_get_rank (image.comm) == 0)
    fprintf (stderr, "mandelbrot: %s\n", text != NULL ? text : problem->message);
  ompi_obj_comm_barrier (image.comm, NULL);
  return EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, mandelbrot);
}
