/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Arrays in files: every byte of the file against what one rank would have written, and read on other grids. */

#include "files.h"

#include <ompi_obj/file-array.h>

#define MAX_DIMS 4
#define NAME "array"

/* A rank's block of an array of numbers, each of which is its place in the whole array. */
typedef struct
{
  MpiCartcomm *grid;
  gsize n_dims;
  gint64 shape[MAX_DIMS];
  gint64 *starts;
  gint64 *sizes;
  gint64 n_elements;
  gint64 n_block;
  gint32 *elements;
} Block;

static void
block_clear (Block *block)
{
  g_clear_object (&block->grid);
  g_clear_pointer (&block->starts, g_free);
  g_clear_pointer (&block->sizes, g_free);
  g_clear_pointer (&block->elements, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

/* The place in the whole array of an element of the block. */
static gint64
block_locate (const Block *block, gint64 element)
{
  gint64 place = 0;
  gint64 stride = 1;

  for (gsize i = block->n_dims; i-- > 0;)
    {
      place += (block->starts[i] + element % block->sizes[i]) * stride;
      element /= block->sizes[i];
      stride *= block->shape[i];
    }
  return place;
}

static MpiCartcomm *
grid_new (MpiComm *comm, gsize n_dims)
{
  g_autoptr (GError) error = NULL;
  gint dims[MAX_DIMS] = { 0 };
  MpiCartcomm *grid;

  assert_succeeds (ompi_obj_compute_dims (ompi_obj_comm_get_size (comm), dims, n_dims, &error), error);
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, NULL, n_dims, FALSE, &error);
  assert_no_error (error);
  return grid;
}

static void
block_init (Block *block, MpiComm *comm, gsize n_grid_dims, const gint64 *shape, gsize n_dims)
{
  g_autoptr (GError) error = NULL;
  gsize n_found = 0;

  block->grid = grid_new (comm, n_grid_dims);
  block->n_dims = n_dims;
  memcpy (block->shape, shape, n_dims * sizeof *shape);
  assert_succeeds (ompi_obj_cartcomm_get_block (block->grid, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (block->grid)),
                                                shape, n_dims, &block->starts, &block->sizes, &n_found, &error),
                   error);
  ck_assert_uint_eq (n_found, n_dims);
  block->n_elements = 1;
  block->n_block = 1;
  for (gsize i = 0; i < n_dims; i++)
    {
      block->n_elements *= shape[i];
      block->n_block *= block->sizes[i];
    }
  block->elements = g_new (gint32, block->n_block + 1);
}

static void
block_fill (Block *block)
{
  for (gint64 i = 0; i < block->n_block; i++)
    block->elements[i] = (gint32) block_locate (block, i);
}

static void
block_forget (Block *block)
{
  for (gint64 i = 0; i < block->n_block; i++)
    block->elements[i] = -1;
}

static void
assert_block (const Block *block, const gint32 *elements)
{
  for (gint64 i = 0; i < block->n_block; i++)
    ck_assert_int_eq (elements[i], block_locate (block, i));
}

static MpiFile *
file_open (const TestDirectory *directory, MpiFileMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, NAME);
  MpiFile *file = ompi_obj_file_open (directory->comm, path, mode, NULL, &error);

  assert_no_error (error);
  return file;
}

static MpiFile *
file_create (const TestDirectory *directory)
{
  return file_open (directory, OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_CREATE);
}

static void
file_close (MpiFile *file)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

#define ELEMENTS(block) OMPI_OBJ_BUFFER ((block)->elements, (block)->n_block, OMPI_OBJ_INT32_T)

static gboolean
write_block (MpiFile *file, gint64 displacement, const Block *block, MpiArrayFormat format, GError **error)
{
  return ompi_obj_file_write_array_all (file, displacement, block->grid, ELEMENTS (block), NULL, block->shape,
                                        block->n_dims, format, error);
}

static gboolean
read_block (MpiFile *file, gint64 displacement, const Block *block, MpiArrayFormat format, GError **error)
{
  return ompi_obj_file_read_array_all (file, displacement, block->grid, ELEMENTS (block), NULL, block->shape,
                                       block->n_dims, format, error);
}

/* Grids of fewer dimensions than the array, blocks of different sizes, and ranks with none. */
static const struct
{
  gsize n_grid_dims;
  gsize n_dims;
  gint64 shape[MAX_DIMS];
} cases[] = {
  { 1, 1, { 13 } },         { 1, 1, { 1 } },       { 1, 1, { 0 } },       { 1, 2, { 5, 7 } },
  { 2, 2, { 5, 7 } },       { 2, 2, { 1, 9 } },    { 2, 3, { 3, 4, 5 } }, { 3, 3, { 4, 3, 5 } },
  { 2, 4, { 3, 2, 2, 3 } }, { 3, 3, { 7, 1, 2 } }, { 2, 2, { 100, 0 } },
};

/* The whole file, as rank 0 sees it from outside. */
static void
assert_file (const TestDirectory *directory, gsize offset, gint64 n_elements)
{
  if (ompi_obj_comm_get_rank (directory->comm) == 0)
    {
      g_autoptr (GBytes) bytes = test_directory_read (directory, NAME);
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      ck_assert_uint_eq (size, n_elements > 0 ? offset + (gsize) n_elements * sizeof (gint32) : size);
      for (gint64 i = 0; i < n_elements; i++)
        {
          gint32 element;

          memcpy (&element, data + offset + (gsize) i * sizeof element, sizeof element);
          ck_assert_int_eq (element, i);
        }
    }
  MPI_Barrier (ompi_obj_comm_get_native (directory->comm));
}

MPI_TEST (raw)
{
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (TestDirectory) directory = { 0 };
      g_auto (Block) block = { 0 };
      g_autoptr (MpiFile) file = NULL;

      test_directory_init (&directory, comm);
      block_init (&block, comm, cases[c].n_grid_dims, cases[c].shape, cases[c].n_dims);
      block_fill (&block);
      file = file_create (&directory);
      assert_succeeds (write_block (file, 20, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, &error), error);
      assert_succeeds (ompi_obj_file_sync (file, &error), error);
      assert_file (&directory, 20, block.n_elements);
      block_forget (&block);
      assert_succeeds (read_block (file, 20, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, &error), error);
      assert_block (&block, block.elements);
      file_close (file);
    }
}

/* The parts of all ranks cover each element once, also where a product overflows 64 bits. */
MPI_TEST (division)
{
  static const gint64 lengths[] = { 0, 1, 2, 3, 7, 1000, G_MAXINT64 };
  g_autoptr (MpiCartcomm) grid = grid_new (comm, 1);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      gint64 end = 0;

      for (gint rank = 0; rank < ompi_obj_comm_get_size (comm); rank++)
        {
          g_autofree gint64 *starts = NULL;
          g_autofree gint64 *sizes = NULL;

          assert_succeeds (ompi_obj_cartcomm_get_block (grid, rank, &lengths[i], 1, &starts, &sizes, NULL, &error),
                           error);
          ck_assert_int_eq (starts[0], end);
          ck_assert_int_le (ABS (sizes[0] - lengths[i] / ompi_obj_comm_get_size (comm)), 1);
          end += sizes[0];
        }
      ck_assert_int_eq (end, lengths[i]);
    }
  assert_succeeds (ompi_obj_cartcomm_get_block (grid, 0, &lengths[2], 1, NULL, NULL, NULL, &error), error);
}

MPI_TEST (division_errors)
{
  g_autoptr (MpiCartcomm) grid = grid_new (comm, 2);
  g_autoptr (GError) error = NULL;
  const gint64 negative[] = { 3, -1 };
  const gint64 large[] = { G_MAXINT64, 2 };
  const gint64 good[] = { 3, 3 };

  ck_assert (!ompi_obj_cartcomm_get_block (grid, 0, good, 1, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "1 dimensions, but the grid 2");
  ck_assert (!ompi_obj_cartcomm_get_block (grid, 0, negative, 2, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "shape[1] is -1");
  ck_assert (!ompi_obj_cartcomm_get_block (grid, 0, large, 2, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "elements");
  ck_assert (!ompi_obj_cartcomm_get_block (grid, 100, good, 2, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "100");
  ck_assert (!ompi_obj_cartcomm_get_block (grid, -1, good, 2, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "-1");
}

/* The block is the inside of memory with ghost layers. */
MPI_TEST (ghost_layers)
{
  const gint64 shape[] = { 9, 11 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) inside = NULL;
  g_autofree gint32 *memory = NULL;
  gint64 sizes[2];
  gint64 n_memory;
  const gint64 one[] = { 1, 1 };

  test_directory_init (&directory, comm);
  block_init (&block, comm, 2, shape, 2);
  for (gsize i = 0; i < 2; i++)
    sizes[i] = block.sizes[i] + 2;
  n_memory = sizes[0] * sizes[1];
  memory = g_new (gint32, n_memory);
  inside = ompi_obj_datatype_new_subarray (sizes, block.sizes, one, 2, OMPI_OBJ_ORDER_C, OMPI_OBJ_INT32_T, &error);
  assert_succeeds (inside != NULL && ompi_obj_datatype_commit (inside, &error), error);
  for (gint64 i = 0; i < n_memory; i++)
    memory[i] = -5;
  for (gint64 i = 0; i < block.n_block; i++)
    memory[(i / block.sizes[1] + 1) * sizes[1] + i % block.sizes[1] + 1] = (gint32) block_locate (&block, i);

  file = file_create (&directory);
  assert_succeeds (ompi_obj_file_write_array_all (file, 0, block.grid, OMPI_OBJ_BUFFER (memory, 1, inside),
                                                  OMPI_OBJ_INT32_T, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW, &error),
                   error);
  assert_succeeds (ompi_obj_file_sync (file, &error), error);
  assert_file (&directory, 0, block.n_elements);
  for (gint64 i = 0; i < n_memory; i++)
    memory[i] = -5;
  assert_succeeds (ompi_obj_file_read_array_all (file, 0, block.grid, OMPI_OBJ_BUFFER (memory, 1, inside),
                                                 OMPI_OBJ_INT32_T, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW, &error),
                   error);
  for (gint64 row = 0; row < sizes[0]; row++)
    for (gint64 column = 0; column < sizes[1]; column++)
      {
        const gboolean is_ghost = row == 0 || column == 0 || row == sizes[0] - 1 || column == sizes[1] - 1;
        const gint64 element = (row - 1) * block.sizes[1] + column - 1;

        ck_assert_int_eq (memory[row * sizes[1] + column], is_ghost ? -5 : block_locate (&block, element));
      }
  file_close (file);
}

/* What the program has set of the file is as it was. */
MPI_TEST (view)
{
  const gint64 shape[] = { 10 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) etype = NULL;
  g_autofree gchar *representation = NULL;
  gint64 displacement = 0;

  test_directory_init (&directory, comm);
  block_init (&block, comm, 1, shape, 1);
  block_fill (&block);
  file = file_create (&directory);
  assert_succeeds (ompi_obj_file_set_view (file, 8, OMPI_OBJ_DOUBLE, OMPI_OBJ_DOUBLE, "native", NULL, &error), error);
  assert_succeeds (ompi_obj_file_seek (file, 3, OMPI_OBJ_WHENCE_SET, &error), error);
  assert_succeeds (write_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 3);
  assert_succeeds (read_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);
  assert_block (&block, block.elements);
  ck_assert_int_eq (ompi_obj_file_get_position (file, &error), 3);
  assert_succeeds (ompi_obj_file_get_view (file, &displacement, &etype, NULL, &representation, &error), error);
  ck_assert_int_eq (displacement, 8);
  ck_assert_ptr_eq (etype, OMPI_OBJ_DOUBLE);
  ck_assert_str_eq (representation, "native");
  file_close (file);
}

/* Byte for byte what NumPy writes; and another grid, and a grid of other dimensions, read it. */
MPI_TEST (npy)
{
  const gint64 shape[] = { 5, 7 };
  static const char header[] = "\x93NUMPY\1\0\x76\0{'descr': '<i4', 'fortran_order': False, 'shape': (5, 7), }";
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_auto (Block) other = { 0 };
  g_autoptr (MpiFile) file = NULL;

  test_directory_init (&directory, comm);
  block_init (&block, comm, 2, shape, 2);
  block_fill (&block);
  file = file_create (&directory);
  assert_succeeds (write_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);
  file_close (file);
  assert_file (&directory, 128, block.n_elements);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      g_autoptr (GBytes) bytes = test_directory_read (&directory, NAME);
      const gchar *data = g_bytes_get_data (bytes, NULL);

      ck_assert_mem_eq (data, header, sizeof header - 1);
      for (gsize i = sizeof header - 1; i < 127; i++)
        ck_assert_int_eq (data[i], ' ');
      ck_assert_int_eq (data[127], '\n');
    }
#endif
  g_clear_object (&file);

  block_init (&other, comm, 1, shape, 2);
  block_forget (&other);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
  assert_succeeds (read_block (file, 0, &other, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);
  assert_block (&other, other.elements);
  file_close (file);
}

/* Every type that NumPy has too. */
MPI_TEST (npy_types)
{
  static const struct
  {
    MpiPredefinedDatatype which;
    const char *name;
  } types[] = {
    { OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T, "|i1" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_SHORT, "<i2" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_INT, "<i4" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_LONG_LONG, "<i8" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_BYTE, "|u1" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T, "<u2" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED, "<u4" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T, "<u8" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT, "<f4" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE, "<f8" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX, "<c8" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX, "<c16" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL, "|b1" },
    { OMPI_OBJ_PREDEFINED_DATATYPE_CHAR, "|S1" },
  };
  const gint64 shape[] = { 6 };
  g_autoptr (GError) error = NULL;
  g_auto (Block) block = { 0 };
  gint64 n_bytes;

  block_init (&block, comm, 1, shape, 1);
  n_bytes = block.n_block * 16;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      MpiDatatype *type = ompi_obj_datatype_get_predefined (types[i].which);
      const gsize size = (gsize) ompi_obj_datatype_get_size (type, NULL);
      g_auto (TestDirectory) directory = { 0 };
      g_autofree guint8 *elements = g_malloc0 ((gsize) n_bytes + 1);
      g_autoptr (MpiFile) file = NULL;
      g_autoptr (MpiBuffer) loaded = NULL;
      g_autofree gint64 *found = NULL;
      gsize n_found = 0;

      for (gint64 j = 0; j < block.n_block; j++)
        elements[(gsize) j * size] = (guint8) (block.starts[0] + j) & 1;
      test_directory_init (&directory, comm);
      file = file_create (&directory);
      assert_succeeds (ompi_obj_file_write_array_all (file, 0, block.grid,
                                                      OMPI_OBJ_BUFFER (elements, block.n_block, type), NULL, shape, 1,
                                                      OMPI_OBJ_ARRAY_FORMAT_NPY, &error),
                       error);
      assert_succeeds (ompi_obj_file_sync (file, &error), error);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
      if (ompi_obj_comm_get_rank (comm) == 0)
        {
          g_autoptr (GBytes) bytes = test_directory_read (&directory, NAME);
          g_autofree gchar *name = g_strdup_printf ("'%s'", types[i].name);

          ck_assert_ptr_nonnull (g_strstr_len ((const gchar *) g_bytes_get_data (bytes, NULL) + 10, 100, name));
        }
#endif
      loaded = ompi_obj_file_load_array_all (file, 0, block.grid, &found, &n_found, &error);
      assert_no_error (error);
      ck_assert_uint_eq (n_found, 1);
      ck_assert_int_eq (found[0], 6);
      ck_assert_int_eq (loaded->count, block.n_block);
      ck_assert_int_eq (ompi_obj_datatype_get_size (loaded->datatype, NULL), (gint64) size);
      ck_assert_mem_eq (loaded->address, elements, (gsize) block.n_block * size);
      file_close (file);
    }
}

/*
 * Files of others
 */

/* A file with a header of the given version and text, and behind it the numbers from 0 on, as 32 bits each. */
static void
write_foreign (const TestDirectory *directory, guint8 version, const gchar *text, gint64 n_elements, gboolean is_big)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint16 short_length = GUINT16_TO_LE ((guint16) strlen (text));
  const guint32 length = GUINT32_TO_LE ((guint32) strlen (text));
  const guint8 prefix[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', version, 0 };

  if (ompi_obj_comm_get_rank (directory->comm) == 0)
    {
      g_byte_array_append (bytes, prefix, sizeof prefix);
      if (version == 1)
        g_byte_array_append (bytes, (const guint8 *) &short_length, sizeof short_length);
      else
        g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
      g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
      for (gint32 i = 0; i < n_elements; i++)
        {
          const gint32 element = is_big ? GINT32_TO_BE (i) : GINT32_TO_LE (i);

          g_byte_array_append (bytes, (const guint8 *) &element, sizeof element);
        }
      test_directory_write (directory, NAME, bytes->data, bytes->len);
    }
  MPI_Barrier (ompi_obj_comm_get_native (directory->comm));
}

MPI_TEST (foreign)
{
  static const struct
  {
    guint8 version;
    const gchar *text;
    gboolean is_big;
  } files[] = {
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (5, 7), }\n", FALSE },
    { 2, "{'descr': '<i4', 'fortran_order': False, 'shape': (5, 7), }     \n", FALSE },
    { 3, "{\"shape\": (5L,7L), \"fortran_order\":False,\"descr\" : \"<i4\"}", FALSE },
    { 1, " { 'fortran_order' : False , 'shape' : ( 5 , 7 , ) , 'descr' : '>i4' } ", TRUE },
  };
  const gint64 shape[] = { 5, 7 };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (TestDirectory) directory = { 0 };
      g_auto (Block) block = { 0 };
      g_autoptr (MpiFile) file = NULL;

      test_directory_init (&directory, comm);
      write_foreign (&directory, files[i].version, files[i].text, 35, files[i].is_big);
      block_init (&block, comm, 2, shape, 2);
      block_forget (&block);
      file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
      assert_succeeds (read_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);
      assert_block (&block, block.elements);
      file_close (file);
    }
}

/* In Fortran's order the first dimension varies fastest; here with the other byte order, and into ghost layers. */
MPI_TEST (fortran_order)
{
  const gint64 shape[] = { 4, 3, 5 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) spread = NULL;
  g_autofree gint32 *memory = NULL;

  test_directory_init (&directory, comm);
  write_foreign (&directory, 1, "{'descr': '>i4', 'fortran_order': True, 'shape': (4, 3, 5), }\n", 60, TRUE);
  block_init (&block, comm, 3, shape, 3);
  block_forget (&block);
  file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
  assert_succeeds (read_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error), error);

  /* Every second number of the memory. */
  memory = g_new0 (gint32, 2 * block.n_block + 1);
  spread = ompi_obj_datatype_new_resized (OMPI_OBJ_INT32_T, 0, 8, &error);
  assert_succeeds (spread != NULL && ompi_obj_datatype_commit (spread, &error), error);
  assert_succeeds (ompi_obj_file_read_array_all (file, 0, block.grid, OMPI_OBJ_BUFFER (memory, block.n_block, spread),
                                                 OMPI_OBJ_INT32_T, shape, 3, OMPI_OBJ_ARRAY_FORMAT_NPY, &error),
                   error);
  for (gint64 i = 0; i < block.n_block; i++)
    {
      const gint64 place = block_locate (&block, i);
      const gint64 in_file = place / 15 + 4 * (place / 5 % 3) + 12 * (place % 5);

      ck_assert_int_eq (block.elements[i], in_file);
      ck_assert_int_eq (memory[2 * i], in_file);
      ck_assert_int_eq (memory[2 * i + 1], 0);
    }
  file_close (file);
}

MPI_TEST (refused)
{
  static const struct
  {
    guint8 version;
    const gchar *text;
    MpiError code;
    const gchar *message;
  } files[] = {
    { 4, "", OMPI_OBJ_ERROR_UNSUPPORTED, "version 4.0" },
    { 1, "", OMPI_OBJ_ERROR_MALFORMED, "no .npy header" }, /* shorter than the longest prefix */
    { 1, "0123456789", OMPI_OBJ_ERROR_MALFORMED, "no dictionary" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (35,)", OMPI_OBJ_ERROR_MALFORMED, "no dictionary" },
    { 1, "{'descr': '<i4', 'fortran_order': False}", OMPI_OBJ_ERROR_MALFORMED, "lacks" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (35,)} x", OMPI_OBJ_ERROR_MALFORMED, "goes on" },
    { 1, "{'descr': '<i4', 'descr': '<i4', 'fortran_order': False}", OMPI_OBJ_ERROR_MALFORMED, "once each" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'x': (35,)}", OMPI_OBJ_ERROR_MALFORMED, "something else" },
    { 1, "{'descr': '<i4', 'fortran_order': 0, 'shape': (35,)}", OMPI_OBJ_ERROR_MALFORMED, "neither True nor False" },
    { 1, "{'descr': '<i4', 'fortran_order': Falsely, 'shape': (35,)}", OMPI_OBJ_ERROR_MALFORMED, "neither True" },
    { 1, "{'descr': 4, 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_MALFORMED, "no string" },
    { 1, "{'descr': '<i4, 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "NumPy's type" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': 35}", OMPI_OBJ_ERROR_MALFORMED, "no tuple" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (35)}", OMPI_OBJ_ERROR_MALFORMED, "no tuple" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (-35,)}", OMPI_OBJ_ERROR_MALFORMED, "place 0" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (5 7)}", OMPI_OBJ_ERROR_MALFORMED, "place 1" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999999999999,)}", OMPI_OBJ_ERROR_MALFORMED,
      "place 0" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (9223372036854775807, 9)}", OMPI_OBJ_ERROR_MALFORMED,
      "more elements than any file" },
    { 1, "{'descr': '<f3', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "'<f3'" },
    { 1, "{'descr': '<U4', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "'<U4'" },
    { 1, "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "'<M8[ns]'" },
    { 1, "{'descr': '|O', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "'|O'" },
    { 1, "{'descr': '>f16', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED, "another machine" },
    { 1, "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_UNSUPPORTED,
      "structures" },
    { 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_TYPE, "'<f4'" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (34,)}", OMPI_OBJ_ERROR_DIMS, "shape[0] is 35" },
    { 1, "{'descr': '<i4', 'fortran_order': False, 'shape': (5, 7)}", OMPI_OBJ_ERROR_DIMS, "has 2 dimensions" },
    { 2, "{'descr': '<i4', 'fortran_order': False, 'shape': (35,)}", OMPI_OBJ_ERROR_IO, "but the array ends at" },
  };
  const gint64 shape[] = { 35 };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (TestDirectory) directory = { 0 };
      g_auto (Block) block = { 0 };
      g_autoptr (MpiFile) file = NULL;

      test_directory_init (&directory, comm);
      write_foreign (&directory, files[i].version, files[i].text, strlen (files[i].text) == 0 ? 0 : 34, FALSE);
      block_init (&block, comm, 1, shape, 1);
      file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
      ck_assert (!read_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_NPY, &error));
      assert_error (error, (gint) files[i].code, files[i].message);

      /* The file goes on to be used. */
      ck_assert_int_ge (ompi_obj_file_get_size (file, &error), 8);
      file_close (file);
    }
}

/* Headers that claim to be longer than the file, or than any. */
MPI_TEST (cut_header)
{
  static const guint8 huge[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff, '{' };
  static const guint8 cut[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 100, 0, '{', '\'', 'd' };
  const gint64 shape[] = { 1 };

  for (gint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (TestDirectory) directory = { 0 };
      g_auto (Block) block = { 0 };
      g_autoptr (MpiFile) file = NULL;

      test_directory_init (&directory, comm);
      if (ompi_obj_comm_get_rank (comm) == 0)
        test_directory_write (&directory, NAME, i == 0 ? huge : cut, sizeof huge);
      MPI_Barrier (ompi_obj_comm_get_native (comm));
      block_init (&block, comm, 1, shape, 1);
      file = file_open (&directory, OMPI_OBJ_FILE_MODE_RDONLY);
      ck_assert_ptr_null (ompi_obj_file_load_array_all (file, 0, block.grid, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_MALFORMED, i == 0 ? "claims a text of 4294967295" : "ends within");
      file_close (file);
    }
}

/*
 * Arguments
 */

/* An error of one rank is an error on all, with its code. */
MPI_TEST (one_rank_is_wrong)
{
  const gint64 shape[] = { 8, 8 };
  const gint64 other_shape[] = { 8, 9 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;
  const gint last = ompi_obj_comm_get_size (comm) - 1;
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == last;
  const gchar *of_others = last == 0 ? NULL : is_wrong ? NULL : "cannot take part";

  test_directory_init (&directory, comm);
  block_init (&block, comm, 2, shape, 2);
  block_fill (&block);
  file = file_create (&directory);

  ck_assert (
      !ompi_obj_file_write_array_all (file, 0, block.grid,
                                      OMPI_OBJ_BUFFER (block.elements, block.n_block - is_wrong, OMPI_OBJ_INT32_T),
                                      NULL, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, of_others);
  ck_assert (!ompi_obj_file_read_array_all (file, 0, block.grid, ELEMENTS (&block), is_wrong ? OMPI_OBJ_SHORT : NULL,
                                            shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, of_others);
  if (last > 0)
    {
      ck_assert (!ompi_obj_file_write_array_all (file, is_wrong, block.grid, ELEMENTS (&block), NULL, shape, 2,
                                                 OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, is_wrong ? "displacement is 1, but rank 0 has 0" : of_others);
      ck_assert (!ompi_obj_file_write_array_all (file, 0, block.grid, ELEMENTS (&block), NULL, shape, 2,
                                                 is_wrong ? OMPI_OBJ_ARRAY_FORMAT_NPY : OMPI_OBJ_ARRAY_FORMAT_RAW,
                                                 &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, is_wrong ? "format is 1, but rank 0 has 0" : of_others);
      ck_assert (!ompi_obj_file_write_array_all (file, 0, block.grid, ELEMENTS (&block), NULL,
                                                 is_wrong ? other_shape : shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
      ck_assert_ptr_nonnull (error);
      g_clear_error (&error);
      ck_assert_ptr_null (ompi_obj_file_load_array_all (file, is_wrong, block.grid, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, of_others);
    }

  /* All is well again. */
  assert_succeeds (write_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, &error), error);
  file_close (file);
}

MPI_TEST (arguments)
{
  const gint64 shape[] = { 8, 8 };
  gint64 many[65];
  const gint64 huge[] = { G_MAXINT64 / 2, 1 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;
  g_autoptr (MpiDatatype) pair = NULL;
  g_autoptr (MpiDatatype) freed = NULL;

  test_directory_init (&directory, comm);
  block_init (&block, comm, 2, shape, 2);
  block_fill (&block);
  file = file_create (&directory);
  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = 1;

#define WRITE(displacement, element, some_shape, n, format)                                                         \
  ompi_obj_file_write_array_all (file, displacement, block.grid, ELEMENTS (&block), element, some_shape, n, format, \
                                 &error)
  ck_assert (!WRITE (-1, NULL, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "displacement is -1");
  ck_assert (!WRITE (0, NULL, shape, 2, (MpiArrayFormat) 7));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "format is 7");
  ck_assert (!WRITE (0, NULL, shape, 1, OMPI_OBJ_ARRAY_FORMAT_RAW));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "1 dimensions");
  ck_assert (!WRITE (0, NULL, many, 65, OMPI_OBJ_ARRAY_FORMAT_RAW));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "65");
  ck_assert (!WRITE (0, NULL, huge, 2, OMPI_OBJ_ARRAY_FORMAT_RAW));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "larger than any file");
  pair = ompi_obj_datatype_new_contiguous (1, OMPI_OBJ_INT32_T, &error);
  assert_succeeds (pair != NULL && ompi_obj_datatype_commit (pair, &error), error);
  ck_assert (!WRITE (0, pair, shape, 2, OMPI_OBJ_ARRAY_FORMAT_NPY));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "NumPy has no type");
  assert_succeeds (WRITE (0, pair, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW), error);
  freed = ompi_obj_datatype_new_contiguous (1, OMPI_OBJ_INT32_T, &error);
  assert_succeeds (ompi_obj_datatype_free (freed, &error), error);
  ck_assert (!WRITE (0, freed, shape, 2, OMPI_OBJ_ARRAY_FORMAT_RAW));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "freed");
#undef WRITE

  file_close (file);
  ck_assert (!write_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert_ptr_null (ompi_obj_file_load_array_all (file, 0, block.grid, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
}

/* A file of fewer ranks than the grid, or of others. */
MPI_TEST (other_ranks)
{
  const gint64 shape[] = { 8, 8 };
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;

  if (ompi_obj_comm_get_size (comm) == 1)
    return;
  test_directory_init (&directory, ompi_obj_comm_self ());
  block_init (&block, comm, 2, shape, 2);
  file = file_create (&directory);
  ck_assert (!write_block (file, 0, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "different ranks");
  file_close (file);
}

MPI_TEST (misuse)
{
  const gint64 shape[] = { 8 };
  g_auto (TestDirectory) directory = { 0 };
  g_auto (Block) block = { 0 };
  g_autoptr (MpiFile) file = NULL;

  test_directory_init (&directory, comm);
  block_init (&block, comm, 1, shape, 1);
  file = file_create (&directory);
  harness_expect_critical ("*OMPI_OBJ_IS_FILE*");
  ck_assert (!write_block (NULL, 0, &block, OMPI_OBJ_ARRAY_FORMAT_RAW, NULL));
  harness_expect_critical ("*block != NULL*");
  ck_assert (
      !ompi_obj_file_write_array_all (file, 0, block.grid, NULL, NULL, shape, 1, OMPI_OBJ_ARRAY_FORMAT_RAW, NULL));
  harness_expect_critical ("*shape != NULL*");
  ck_assert (!ompi_obj_file_read_array_all (file, 0, block.grid, ELEMENTS (&block), NULL, NULL, 1,
                                            OMPI_OBJ_ARRAY_FORMAT_RAW, NULL));
  harness_expect_critical ("*OMPI_OBJ_IS_CARTCOMM*");
  ck_assert_ptr_null (ompi_obj_file_load_array_all (file, 0, NULL, NULL, NULL, NULL));
  harness_assert_criticals ();
  file_close (file);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "file-array");
  harness_add (division, HARNESS_INTRA);
  harness_add (division_errors, HARNESS_ONCE);
  harness_add (raw, HARNESS_INTRA);
  harness_add (ghost_layers, HARNESS_INTRA);
  harness_add (view, HARNESS_ONCE);
  harness_add (npy, HARNESS_INTRA);
  harness_add (npy_types, HARNESS_ONCE);
  harness_add (foreign, HARNESS_INTRA);
  harness_add (fortran_order, HARNESS_INTRA);
  harness_add (refused, HARNESS_ONCE);
  harness_add (cut_header, HARNESS_ONCE);
  harness_add (one_rank_is_wrong, HARNESS_INTRA);
  harness_add (arguments, HARNESS_ONCE);
  harness_add (other_ranks, HARNESS_ONCE);
  harness_add (misuse, HARNESS_ONCE);
  return harness_run ();
}
