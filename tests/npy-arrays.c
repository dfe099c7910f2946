/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Arrays for test-numpy.sh.
 *
 *   npy-arrays write DIRECTORY   writes arrays of several types and shapes; element i of an array is i modulo 2 for
 *                                truth values, else i
 *   npy-arrays read FILE...      reads such arrays, of types that the files tell, and says which are as they should be
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ompi_obj/ompi_obj.h>

#define ARRAYS_ERROR g_quark_from_static_string ("npy-arrays")

static const struct
{
  const gchar *name;
  MpiPredefinedDatatype which;
} types[] = {
  { "int8", OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T },
  { "int16", OMPI_OBJ_PREDEFINED_DATATYPE_INT16_T },
  { "int32", OMPI_OBJ_PREDEFINED_DATATYPE_INT32_T },
  { "int64", OMPI_OBJ_PREDEFINED_DATATYPE_INT64_T },
  { "uint8", OMPI_OBJ_PREDEFINED_DATATYPE_UINT8_T },
  { "uint16", OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T },
  { "uint32", OMPI_OBJ_PREDEFINED_DATATYPE_UINT32_T },
  { "uint64", OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T },
  { "float32", OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT },
  { "float64", OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE },
  { "complex64", OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX },
  { "complex128", OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX },
  { "bool", OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL },
};

/* Writes the number I as an element of a type. */
static void
element_set (gsize type, guint8 *element, gsize size, gint64 i)
{
  const gfloat single = (gfloat) i;
  const gdouble number = (gdouble) i;

  if (strchr ("fc", types[type].name[0]) == NULL)
    memcpy (element, (const guint8 *) &i + (G_BYTE_ORDER == G_BIG_ENDIAN ? sizeof i - size : 0), size);
  else if (g_str_equal (types[type].name, "float32") || g_str_equal (types[type].name, "complex64"))
    memcpy (element, &single, sizeof single);
  else
    memcpy (element, &number, sizeof number);
}

/* The elements of a block, as they should be. */
static guint8 *
block_new (MpiCartcomm *grid, gsize type, const gint64 *shape, gsize n_dims, gint64 *n_block, GError **error)
{
  const gint64 size = ompi_obj_datatype_get_size (ompi_obj_datatype_get_predefined (types[type].which), error);
  g_autofree gint64 *starts = NULL;
  g_autofree gint64 *sizes = NULL;
  guint8 *elements;

  if (size < 0
      || !ompi_obj_cartcomm_get_block (grid, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (grid)), shape, n_dims, &starts,
                                       &sizes, NULL, error))
    return NULL;
  *n_block = 1;
  for (gsize dim = 0; dim < n_dims; dim++)
    *n_block *= sizes[dim];
  elements = g_malloc0 ((gsize) (*n_block * size) + 1);
  for (gint64 i = 0; i < *n_block; i++)
    {
      gint64 rest = i;
      gint64 place = 0;
      gint64 stride = 1;

      for (gsize dim = n_dims; dim-- > 0;)
        {
          place += (starts[dim] + rest % sizes[dim]) * stride;
          rest /= sizes[dim];
          stride *= shape[dim];
        }
      element_set (type, elements + i * size, (gsize) size,
                   types[type].which == OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL ? place % 2 : place);
    }
  return elements;
}

static gboolean
write_array (MpiCartcomm *grid, const gchar *directory, gsize type, const gint64 *shape, gsize n_dims, GError **error)
{
  g_autofree gchar *path = g_strdup_printf ("%s/%s-%" G_GSIZE_FORMAT ".npy", directory, types[type].name, n_dims);
  gint64 n_block = 0;
  g_autofree guint8 *elements = block_new (grid, type, shape, n_dims, &n_block, error);
  g_autoptr (MpiFile) file = NULL;

  if (elements == NULL)
    return FALSE;
  file = ompi_obj_file_open (OMPI_OBJ_COMM (grid), path, OMPI_OBJ_FILE_MODE_WRONLY | OMPI_OBJ_FILE_MODE_CREATE, NULL,
                             error);
  return file != NULL
         && ompi_obj_file_write_array_all (file, 0, grid,
                                           OMPI_OBJ_BUFFER (elements, n_block,
                                                            ompi_obj_datatype_get_predefined (types[type].which)),
                                           NULL, shape, n_dims, OMPI_OBJ_ARRAY_FORMAT_NPY, error)
         && ompi_obj_file_close (file, error);
}

/* Of a file whose name begins with the name of a type. */
static gboolean
read_array (MpiCartcomm *grid, const gchar *path, GError **error)
{
  g_autofree gchar *name = g_path_get_basename (path);
  g_autoptr (MpiFile) file = ompi_obj_file_open (OMPI_OBJ_COMM (grid), path, OMPI_OBJ_FILE_MODE_RDONLY, NULL, error);
  g_autoptr (MpiBuffer) block = NULL;
  g_autofree gint64 *shape = NULL;
  gsize n_dims = 0;

  if (file == NULL)
    return FALSE;
  block = ompi_obj_file_load_array_all (file, 0, grid, &shape, &n_dims, error);
  if (block == NULL || !ompi_obj_file_close (file, error))
    return FALSE;
  for (gsize type = 0; type < G_N_ELEMENTS (types); type++)
    {
      g_autofree gchar *prefix = g_strconcat (types[type].name, "-", NULL);
      g_autofree guint8 *expected = NULL;
      gint64 n_block = 0;

      if (!g_str_has_prefix (name, prefix))
        continue;
      expected = block_new (grid, type, shape, n_dims, &n_block, error);
      if (expected == NULL)
        return FALSE;
      if (block->datatype == ompi_obj_datatype_get_predefined (types[type].which) && block->count == n_block
          && memcmp (block->address, expected, (gsize) (n_block * ompi_obj_datatype_get_size (block->datatype, NULL)))
                 == 0)
        return TRUE;
    }
  g_set_error (error, ARRAYS_ERROR, 0, "%s has other elements than it should", path);
  return FALSE;
}

static gint
body (gint argc, gchar **argv, GError **error)
{
  const gint64 shape[] = { 5, 7, 3 };
  gint dims[] = { 0 };
  g_autoptr (MpiCartcomm) grid = NULL;
  MpiComm *world = ompi_obj_comm_world ();

  if (!ompi_obj_compute_dims (ompi_obj_comm_get_size (world), dims, 1, error))
    return EXIT_FAILURE;
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (world), dims, NULL, 1, FALSE, error);
  if (grid == NULL)
    return EXIT_FAILURE;
  if (argc == 3 && strcmp (argv[1], "write") == 0)
    {
      for (gsize type = 0; type < G_N_ELEMENTS (types); type++)
        for (gsize n_dims = 1; n_dims <= G_N_ELEMENTS (shape); n_dims++)
          if (!write_array (grid, argv[2], type, shape, n_dims, error))
            return EXIT_FAILURE;
      return EXIT_SUCCESS;
    }
  for (gint i = 2; i < argc; i++)
    {
      if (!read_array (grid, argv[i], error))
        return EXIT_FAILURE;
    }
  if (ompi_obj_comm_get_rank (world) == 0)
    g_print ("%d arrays are as they should be\n", argc - 2);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, body);
}
