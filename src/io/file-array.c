/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/file-array.h>

#include "buffer-private.h"
#include "cart-block-private.h"
#include "comm-agreement-private.h"
#include "file-private.h"
#include "large-count-private.h"
#include "npy-header-private.h"
#include "topology-private.h"

/*
 * An array between a file and the ranks of a grid.
 *
 * A rank on which something goes wrong remembers what (its failure), and goes on with nothing to read or write, so that
 * no other rank waits for it. At the end all learn of it.
 */
typedef struct
{
  const char *function;
  MpiFile *file;
  MpiCartcomm *grid;
  const MpiBuffer *block;
  MpiDatatype *element;
  gint64 element_size;
  gint64 displacement; /* of the header, if there is one, and then of the elements */
  MpiArrayFormat format;
  MpiOrder order; /* of the elements in the file */
  gboolean is_swapped;
  gsize unit_size; /* of what is swapped */

  gsize n_dims;
  gint64 shape[NPY_MAX_DIMS];
  gint64 starts[NPY_MAX_DIMS];
  gint64 sizes[NPY_MAX_DIMS];
  gint64 n_elements;
  gint64 n_block;

  GError *failure;
} Transfer;

static void
transfer_clear (Transfer *self)
{
  g_clear_error (&self->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transfer, transfer_clear)

/* Where a call of the rank puts its error: only the first one counts. */
static GError **
transfer_error (Transfer *self)
{
  return self->failure == NULL ? &self->failure : NULL;
}

/* Whether nothing went wrong on any rank. Otherwise all get an error. Collective. */
static gboolean
transfer_agree (Transfer *self, GError **error)
{
  return ompi_obj_comm_consent (OMPI_OBJ_COMM (self->grid), g_steal_pointer (&self->failure), "n_dims",
                                (gint) self->n_dims, self->function, error);
}

/*
 * The arguments
 */

/* The collectives on the file would wait for ranks that are not in the grid. */
static gboolean
transfer_check_ranks (const Transfer *self, GError **error)
{
  g_autoptr (MpiGroup) file_group = ompi_obj_file_get_group (self->file, error);
  g_autoptr (MpiGroup) grid_group = NULL;
  GError *problem = NULL;
  MpiComparison comparison;

  if (file_group == NULL)
    return FALSE;
  grid_group = ompi_obj_comm_get_group (OMPI_OBJ_COMM (self->grid), error);
  if (grid_group == NULL)
    return FALSE;
  comparison = ompi_obj_group_compare (file_group, grid_group, &problem);
  if (problem == NULL && comparison == OMPI_OBJ_COMPARISON_UNEQUAL)
    ompi_obj_error_set (&problem, OMPI_OBJ_ERROR_COMM, self->function, "the file and the grid are of different ranks");
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static gboolean
transfer_check_element (Transfer *self, GError **error)
{
  if (!buffer_check (self->block, self->function, error))
    return FALSE;
  if (self->element == NULL)
    self->element = self->block->datatype;
  if (!datatype_check (self->element, self->function, error))
    return FALSE;
  self->element_size = ompi_obj_datatype_get_size (self->element, error);
  if (self->element_size == 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, self->function, "the elements of the array have no data");
  return self->element_size > 0;
}

static gboolean
transfer_check_shape (Transfer *self, const gint64 *shape, gsize n_dims, GError **error)
{
  gint64 size;

  if (n_dims > NPY_MAX_DIMS)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, self->function,
                          "n_dims is %" G_GSIZE_FORMAT ", but the limit is %d", n_dims, NPY_MAX_DIMS);
      return FALSE;
    }
  self->n_dims = n_dims;
  for (gsize i = 0; i < n_dims; i++)
    self->shape[i] = shape[i];
  if (!cart_block_find (self->grid, ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self->grid)), shape, n_dims, self->starts,
                        self->sizes, self->function, error))
    return FALSE;
  self->n_elements = 1;
  self->n_block = 1;
  for (gsize i = 0; i < n_dims; i++)
    {
      self->n_elements *= shape[i];
      self->n_block *= self->sizes[i];
    }
  if (__builtin_mul_overflow (self->n_elements, self->element_size, &size)
      || __builtin_add_overflow (size, self->displacement, &size) || size > G_MAXINT64 - (gint64) NPY_MAX_SIZE)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, self->function, "the array is larger than any file");
      return FALSE;
    }
  return TRUE;
}

static gboolean
transfer_check_block (const Transfer *self, GError **error)
{
  const gint64 datatype_size = ompi_obj_datatype_get_size (self->block->datatype, error);
  gint64 size;

  if (datatype_size < 0)
    return FALSE;
  if (!__builtin_mul_overflow (datatype_size, self->block->count, &size) && size == self->n_block * self->element_size)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, self->function,
                      "block has %" G_GINT64_FORMAT " elements of %" G_GINT64_FORMAT " bytes, but this rank's part of"
                      " the array is %" G_GINT64_FORMAT " elements of %" G_GINT64_FORMAT,
                      self->block->count, datatype_size, self->n_block, self->element_size);
  return FALSE;
}

static gboolean
transfer_check_place (const Transfer *self, GError **error)
{
  if (self->displacement < 0)
    return ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_ARG, "displacement", -1, self->displacement,
                                         "which is negative", error);
  if ((guint) self->format > OMPI_OBJ_ARRAY_FORMAT_NPY)
    return ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_ARG, "format", -1, (gint64) self->format,
                                         "which is none", error);
  return TRUE;
}

/* What must be the same on all ranks. */
enum
{
  COMMON_IS_GOOD,
  COMMON_N_DIMS,
  COMMON_DISPLACEMENT,
  COMMON_FORMAT,
  COMMON_ELEMENT_SIZE,
  COMMON_SHAPE,
  N_COMMON = COMMON_SHAPE + NPY_MAX_DIMS
};

static void
transfer_list_common (const Transfer *self, gint64 *numbers)
{
  memset (numbers, 0, N_COMMON * sizeof *numbers);
  numbers[COMMON_IS_GOOD] = self->failure == NULL;
  numbers[COMMON_N_DIMS] = (gint64) self->n_dims;
  numbers[COMMON_DISPLACEMENT] = self->displacement;
  numbers[COMMON_FORMAT] = self->format;
  numbers[COMMON_ELEMENT_SIZE] = self->element_size;
  memcpy (numbers + COMMON_SHAPE, self->shape, self->n_dims * sizeof *numbers);
}

/* All ranks came with good arguments, and with the same as rank 0. Collective. */
static gboolean
transfer_agree_on_arguments (Transfer *self, GError **error)
{
  static const char *const names[] = { "", "n_dims", "displacement", "format", "the size of an element" };
  gint64 own[N_COMMON];
  gint64 first[N_COMMON];

  transfer_list_common (self, own);
  memcpy (first, own, sizeof first);
  CHECK_MPI (transfer_error (self), MPI_Bcast, first, N_COMMON, MPI_INT64_T, 0, TOPOLOGY_HANDLE (self->grid));
  if (first[COMMON_IS_GOOD])
    for (gssize i = COMMON_N_DIMS; i < N_COMMON && self->failure == NULL; i++)
      if (own[i] != first[i])
        {
          g_autofree gchar *reason = g_strdup_printf ("but rank 0 has %" G_GINT64_FORMAT, first[i]);

          ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_NOT_SAME, i < COMMON_SHAPE ? names[i] : "shape",
                                        i < COMMON_SHAPE ? -1 : i - COMMON_SHAPE, own[i], reason, &self->failure);
        }
  return transfer_agree (self, error);
}

static gboolean
transfer_begin (Transfer *self, const gint64 *shape, gsize n_dims, GError **error)
{
  gboolean is_good;

  self->order = OMPI_OBJ_ORDER_C;
  is_good = transfer_check_place (self, &self->failure) && transfer_check_ranks (self, &self->failure)
            && transfer_check_element (self, &self->failure)
            && transfer_check_shape (self, shape, n_dims, &self->failure)
            && transfer_check_block (self, &self->failure);
  (void) is_good; /* the failure says it */
  return transfer_agree_on_arguments (self, error);
}

/*
 * Views
 */

/* What the program sees of the file, while we see something else. */
typedef struct
{
  gint64 displacement;
  MpiDatatype *etype;
  MpiDatatype *filetype;
  gchar *representation;
  gint64 position;
} SavedView;

static void
saved_view_clear (SavedView *self)
{
  g_clear_object (&self->etype);
  g_clear_object (&self->filetype);
  g_clear_pointer (&self->representation, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SavedView, saved_view_clear)

static gboolean
saved_view_init (SavedView *self, MpiFile *file, GError **error)
{
  if (!ompi_obj_file_get_view (file, &self->displacement, &self->etype, &self->filetype, &self->representation, error))
    return FALSE;
  self->position = ompi_obj_file_get_position (file, error);
  return self->position >= 0;
}

static void
transfer_restore_view (Transfer *self, const SavedView *view)
{
  if (ompi_obj_file_set_view (self->file, view->displacement, view->etype, view->filetype, view->representation, NULL,
                              transfer_error (self)))
    ompi_obj_file_seek (self->file, view->position, OMPI_OBJ_WHENCE_SET, transfer_error (self));
}

static void
transfer_set_byte_view (Transfer *self)
{
  ompi_obj_file_set_view (self->file, self->displacement, OMPI_OBJ_BYTE, OMPI_OBJ_BYTE, "native", NULL,
                          transfer_error (self));
}

/* The part of the file where the rank's block is. A rank without elements sees any: it reads and writes nothing. */
static void
transfer_set_block_view (Transfer *self)
{
  g_autoptr (MpiDatatype) part = NULL;
  MpiDatatype *filetype = self->element;

  if (self->n_block > 0 && self->n_dims > 0)
    {
      part = ompi_obj_datatype_new_subarray (self->shape, self->sizes, self->starts, self->n_dims, self->order,
                                             self->element, transfer_error (self));
      if (part != NULL && ompi_obj_datatype_commit (part, transfer_error (self)))
        filetype = part;
    }
  ompi_obj_file_set_view (self->file, self->displacement, self->element, filetype, "native", NULL,
                          transfer_error (self));
}

/*
 * Writing
 */

static GBytes *
transfer_make_header (Transfer *self)
{
  return self->format == OMPI_OBJ_ARRAY_FORMAT_NPY
             ? npy_header_new (self->element, self->shape, self->n_dims, self->function, transfer_error (self))
             : NULL;
}

static void
transfer_write_header (Transfer *self, GBytes *header)
{
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (header, &size);

  transfer_set_byte_view (self);
  if (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self->grid)) == 0 && self->failure == NULL)
    ompi_obj_file_write_at (self->file, 0, OMPI_OBJ_BUFFER (data, (gint64) size, OMPI_OBJ_BYTE), NULL, &self->failure);
  self->displacement += (gint64) size;
}

static void
transfer_write_block (Transfer *self)
{
  const gboolean takes_part = self->failure == NULL && self->n_block > 0;

  if (takes_part)
    ompi_obj_file_write_at_all (self->file, 0, self->block, NULL, &self->failure);
  else
    ompi_obj_file_write_at_all (self->file, 0, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE), NULL, transfer_error (self));
}

/**
 * ompi_obj_file_write_array_all:
 * @self: a file that is open for writing
 * @displacement: where in the file the array begins, in bytes, whatever the view is; the same on every rank
 * @grid: the ranks of the file as a grid, over which the array is divided
 * @block: the elements of the calling rank's block in C's order (the last dimension varies fastest)
 * @element: (nullable): the datatype of one element; %NULL if it is that of @block
 * @shape: (array length=n_dims): the number of elements of the whole array in each dimension; the same on every rank
 * @n_dims: the number of dimensions, at least that of the grid and at most 64
 * @format: whether there is a header; the same on every rank
 * @error: return location for a #GError
 *
 * Writes an array that is distributed over a grid of ranks by blocks. Collective over the file. In the file the
 * elements are in C's order, as if one rank had written the whole array; so it can be read again by another number of
 * ranks. [method@Mpi.Cartcomm.get_block] tells which elements are a rank's block.
 *
 * A block inside of ghost layers is one element of a subarray ([ctor@Mpi.Datatype.new_subarray]), of which @element
 * is the datatype of one number.
 *
 * With [enum@Mpi.ArrayFormat.npy] the file opens in Python with `numpy.load (path)`, if @displacement is 0. The
 * elements are numbers, bytes or truth values then.
 *
 * Afterwards the file has the same view as before, and the rank's file pointer is where it was; the shared pointer is
 * at the start, as after [method@Mpi.File.set_view]. What is in the file behind the array stays.
 *
 * Errors, on every rank: [error@Mpi.Error.not_same] if the ranks differ in what must be the same,
 * [error@Mpi.Error.count] if @block is not as large as the rank's part, [error@Mpi.Error.comm] if the ranks of the
 * file and the grid are not the same, [error@Mpi.Error.dims] and [error@Mpi.Error.arg] if @shape does not fit the grid,
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @block or @element is wrong, or NumPy has no type for it,
 * [error@Mpi.Error.file] if @self was closed, and what writing can give. A rank where nothing is wrong gets an error
 * that names one where something is. On the rank alone: [error@Mpi.Error.comm] if @grid was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_write_array_all (MpiFile *self,
                               gint64 displacement,
                               MpiCartcomm *grid,
                               const MpiBuffer *block,
                               MpiDatatype *element,
                               const gint64 *shape,
                               gsize n_dims,
                               MpiArrayFormat format,
                               GError **error)
{
  g_auto (Transfer) transfer = { .function = G_STRFUNC,
                                 .file = self,
                                 .grid = grid,
                                 .block = block,
                                 .element = element,
                                 .displacement = displacement,
                                 .format = format };
  g_auto (SavedView) view = { 0 };
  g_autoptr (GBytes) header = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_FILE (self), FALSE);
  g_return_val_if_fail (block != NULL, FALSE);
  g_return_val_if_fail (element == NULL || OMPI_OBJ_IS_DATATYPE (element), FALSE);
  g_return_val_if_fail (shape != NULL || n_dims == 0, FALSE);
  TOPOLOGY_ENTER (grid, OMPI_OBJ_IS_CARTCOMM, G_STRFUNC, error, FALSE);

  if (!transfer_begin (&transfer, shape, n_dims, error))
    return FALSE;
  header = transfer_make_header (&transfer);
  saved_view_init (&view, self, transfer_error (&transfer));
  if (!transfer_agree (&transfer, error))
    return FALSE;

  if (header != NULL)
    transfer_write_header (&transfer, header);
  transfer_set_block_view (&transfer);
  transfer_write_block (&transfer);
  transfer_restore_view (&transfer, &view);
  return transfer_agree (&transfer, error);
}

/*
 * Reading
 */

/* Reads N_BYTES, or fewer at the end of the file, on rank 0 and tells all. */
static gsize
transfer_read_for_all (Transfer *self, gint64 offset, guint8 *bytes, gsize n_bytes)
{
  gint64 n_read = 0;

  if (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (self->grid)) == 0 && self->failure == NULL)
    {
      MpiStatus status;

      if (ompi_obj_file_read_at (self->file, offset, OMPI_OBJ_BUFFER (bytes, (gint64) n_bytes, OMPI_OBJ_BYTE), &status,
                                 &self->failure))
        n_read = ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, transfer_error (self));
    }
  CHECK_MPI (transfer_error (self), MPI_Bcast, &n_read, 1, MPI_INT64_T, 0, TOPOLOGY_HANDLE (self->grid));
  CHECK_MPI (transfer_error (self), MPI_Bcast, bytes, (int) n_bytes, MPI_BYTE, 0, TOPOLOGY_HANDLE (self->grid));
  return (gsize) MAX (n_read, 0);
}

/* All ranks read the same header, so all find the same wrong with it. Collective. */
static void
transfer_read_header (Transfer *self, NpyHeader *header)
{
  guint8 prefix[NPY_PREFIX_SIZE] = { 0 };
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;
  gsize size;
  g_autoptr (GError) problem = NULL;

  n_bytes = transfer_read_for_all (self, 0, prefix, sizeof prefix);
  size = npy_header_measure (prefix, n_bytes, self->function, &problem);
  if (size > 0)
    {
      bytes = g_malloc0 (size);
      n_bytes = transfer_read_for_all (self, 0, bytes, size);
      npy_header_read (header, bytes, n_bytes, self->function, &problem);
    }
  if (problem != NULL && self->failure == NULL)
    self->failure = g_steal_pointer (&problem);
  self->displacement += (gint64) size;
}

/* Takes from the header how the elements are in the file. */
static void
transfer_use_header (Transfer *self, const NpyHeader *header)
{
  self->is_swapped = header->is_swapped;
  self->unit_size = header->unit_size;
  self->order = header->is_fortran_order && header->n_dims > 1 ? OMPI_OBJ_ORDER_FORTRAN : OMPI_OBJ_ORDER_C;
}

static gboolean
transfer_check_header (const Transfer *self, const NpyHeader *header, GError **error)
{
  g_autofree gchar *expected = npy_describe_element (self->element);
  g_autofree gchar *found = npy_describe_element (header->element);

  if (g_strcmp0 (expected, found) != 0)
    {
      g_autofree gchar *name = ompi_obj_datatype_get_name (self->element, NULL);

      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, self->function,
                          "the array in the file has elements of NumPy's type '%s', not of the datatype '%s'", found,
                          name != NULL ? name : "");
      return FALSE;
    }
  if (header->n_dims != self->n_dims)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, self->function,
                          "n_dims is %" G_GSIZE_FORMAT ", but the array in the file has %" G_GSIZE_FORMAT " dimensions",
                          self->n_dims, header->n_dims);
      return FALSE;
    }
  for (gsize i = 0; i < self->n_dims; i++)
    if (header->shape[i] != self->shape[i])
      {
        g_autofree gchar *reason = g_strdup_printf ("but in the file it is %" G_GINT64_FORMAT, header->shape[i]);

        return ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_DIMS, "shape", (gssize) i, self->shape[i],
                                             reason, error);
      }
  return TRUE;
}

/* MPI reads fewer elements at the end of a file, and does not say so for parts of a file. */
static void
transfer_check_file_size (Transfer *self)
{
  const gint64 size = self->failure == NULL ? ompi_obj_file_get_size (self->file, &self->failure) : 0;
  const gint64 needed = self->displacement + self->n_elements * self->element_size;

  if (self->failure == NULL && self->n_elements > 0 && size < needed)
    ompi_obj_error_set (&self->failure, OMPI_OBJ_ERROR_IO, self->function,
                        "the file has %" G_GINT64_FORMAT " bytes, but the array ends at %" G_GINT64_FORMAT, size,
                        needed);
}

static void
swap_units (guint8 *bytes, gsize n_bytes, gsize unit_size)
{
  for (guint8 *unit = bytes; unit < bytes + n_bytes; unit += unit_size)
    for (gsize i = 0; i < unit_size / 2; i++)
      {
        const guint8 byte = unit[i];

        unit[i] = unit[unit_size - 1 - i];
        unit[unit_size - 1 - i] = byte;
      }
}

/* From the order where the first dimension varies fastest to the one where the last does. */
static void
transfer_reorder (const Transfer *self, const guint8 *from, guint8 *to)
{
  const gsize element_size = (gsize) self->element_size;
  gint64 strides[NPY_MAX_DIMS];
  gint64 coords[NPY_MAX_DIMS] = { 0 };
  gint64 stride = 1;
  gint64 place = 0;

  for (gsize i = self->n_dims; i-- > 0; stride *= self->sizes[i])
    strides[i] = stride;
  for (gint64 done = 0; done < self->n_block; done++)
    {
      memcpy (to + place * self->element_size, from + done * self->element_size, element_size);
      for (gsize i = 0; i < self->n_dims; i++)
        {
          place += strides[i];
          if (++coords[i] < self->sizes[i])
            break;
          place -= strides[i] * self->sizes[i];
          coords[i] = 0;
        }
    }
}

/* Puts elements that lie one behind the other where the rank wants them. */
static void
transfer_store (Transfer *self, const guint8 *elements, gsize n_bytes)
{
  g_autofree guint8 *packed = NULL;
  MPI_Count size = 0;
  MPI_Count position = 0;
  MPI_Comm comm = TOPOLOGY_HANDLE (self->grid);

  if (self->block->datatype == self->element)
    {
      memcpy (self->block->address, elements, n_bytes);
      return;
    }
  if (!CHECK_MPI (&self->failure, MPI_Pack_size_c, self->n_block, self->element->handle, comm, &size))
    return;
  packed = g_try_malloc ((gsize) size);
  if (packed == NULL)
    {
      ompi_obj_error_set (&self->failure, OMPI_OBJ_ERROR_NO_MEM, self->function,
                          "no memory for %" G_GINT64_FORMAT " bytes", (gint64) size);
      return;
    }
  if (!CHECK_MPI (&self->failure, MPI_Pack_c, elements, self->n_block, self->element->handle, packed, size, &position,
                  comm))
    return;
  position = 0;
  CHECK_MPI (&self->failure, MPI_Unpack_c, packed, size, &position, BUFFER_ARGS (self->block), comm);
}

/* Reads the rank's elements in the order of the file, and puts them into that of the block. */
static void
transfer_read_and_convert (Transfer *self)
{
  const gsize n_bytes = (gsize) (self->n_block * self->element_size);
  const gboolean takes_part = self->failure == NULL && self->n_block > 0;
  g_autofree guint8 *elements = takes_part ? g_try_malloc (n_bytes) : NULL;
  g_autofree guint8 *ordered = takes_part ? g_try_malloc (n_bytes) : NULL;

  if (takes_part && (elements == NULL || ordered == NULL))
    ompi_obj_error_set (&self->failure, OMPI_OBJ_ERROR_NO_MEM, self->function,
                        "no memory for twice %" G_GSIZE_FORMAT " bytes", n_bytes);
  ompi_obj_file_read_at_all (self->file, 0,
                             OMPI_OBJ_BUFFER (elements, takes_part && self->failure == NULL ? self->n_block : 0,
                                              self->element),
                             NULL, transfer_error (self));
  if (!takes_part || self->failure != NULL)
    return;
  if (self->is_swapped)
    swap_units (elements, n_bytes, self->unit_size);
  if (self->order == OMPI_OBJ_ORDER_FORTRAN)
    transfer_reorder (self, elements, ordered);
  transfer_store (self, self->order == OMPI_OBJ_ORDER_FORTRAN ? ordered : elements, n_bytes);
}

static void
transfer_read_block (Transfer *self)
{
  if (self->is_swapped || self->order == OMPI_OBJ_ORDER_FORTRAN)
    transfer_read_and_convert (self);
  else if (self->failure == NULL && self->n_block > 0)
    ompi_obj_file_read_at_all (self->file, 0, self->block, NULL, &self->failure);
  else
    ompi_obj_file_read_at_all (self->file, 0, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE), NULL, transfer_error (self));
}

/**
 * ompi_obj_file_read_array_all:
 * @self: a file that is open for reading
 * @displacement: where in the file the array begins, in bytes, whatever the view is; the same on every rank
 * @grid: the ranks of the file as a grid, over which the array is divided
 * @block: where the elements of the calling rank's block go, in C's order (the last dimension varies fastest)
 * @element: (nullable): the datatype of one element; %NULL if it is that of @block
 * @shape: (array length=n_dims): the number of elements of the whole array in each dimension; the same on every rank
 * @n_dims: the number of dimensions, at least that of the grid and at most 64
 * @format: whether there is a header; the same on every rank
 * @error: return location for a #GError
 *
 * Reads an array and distributes it over a grid of ranks by blocks: the counterpart of
 * [method@Mpi.File.write_array_all], which says more.
 *
 * With [enum@Mpi.ArrayFormat.npy] it reads what NumPy writes too: versions 1 to 3 of the header, arrays in Fortran's
 * order and in the other byte order, of numbers, truth values and single bytes. Type and shape must be as in the
 * header; [method@Mpi.File.load_array_all] is for files of which they are not known.
 *
 * Errors, on every rank: as of [method@Mpi.File.write_array_all]; [error@Mpi.Error.malformed] if there is no header or
 * it makes no sense, [error@Mpi.Error.unsupported] if the elements are of a kind that cannot be read,
 * [error@Mpi.Error.type] or [error@Mpi.Error.dims] if the array has elements of another type or another shape, and
 * [error@Mpi.Error.io] if the file ends before the array does.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_read_array_all (MpiFile *self,
                              gint64 displacement,
                              MpiCartcomm *grid,
                              const MpiBuffer *block,
                              MpiDatatype *element,
                              const gint64 *shape,
                              gsize n_dims,
                              MpiArrayFormat format,
                              GError **error)
{
  g_auto (Transfer) transfer = { .function = G_STRFUNC,
                                 .file = self,
                                 .grid = grid,
                                 .block = block,
                                 .element = element,
                                 .displacement = displacement,
                                 .format = format };
  g_auto (SavedView) view = { 0 };
  NpyHeader header = { 0 };

  g_return_val_if_fail (OMPI_OBJ_IS_FILE (self), FALSE);
  g_return_val_if_fail (block != NULL, FALSE);
  g_return_val_if_fail (element == NULL || OMPI_OBJ_IS_DATATYPE (element), FALSE);
  g_return_val_if_fail (shape != NULL || n_dims == 0, FALSE);
  TOPOLOGY_ENTER (grid, OMPI_OBJ_IS_CARTCOMM, G_STRFUNC, error, FALSE);

  if (!transfer_begin (&transfer, shape, n_dims, error))
    return FALSE;
  saved_view_init (&view, self, transfer_error (&transfer));
  if (!transfer_agree (&transfer, error))
    return FALSE;

  if (format == OMPI_OBJ_ARRAY_FORMAT_NPY)
    {
      transfer_set_byte_view (&transfer);
      transfer_read_header (&transfer, &header);
      if (transfer.failure == NULL && transfer_check_header (&transfer, &header, &transfer.failure))
        transfer_use_header (&transfer, &header);
    }
  transfer_check_file_size (&transfer);
  if (transfer_agree (&transfer, &transfer.failure))
    {
      transfer_set_block_view (&transfer);
      transfer_read_block (&transfer);
    }
  transfer_restore_view (&transfer, &view);
  return transfer_agree (&transfer, error);
}

/* Memory for the rank's block of what the header describes. */
static MpiBuffer *
transfer_allocate (Transfer *self, const NpyHeader *header)
{
  g_autoptr (MpiBuffer) buffer = NULL;
  gpointer memory = NULL;
  gsize n_bytes = 0;

  self->element = header->element;
  self->element_size = (gint64) header->element_size;
  transfer_use_header (self, header);
  if (!transfer_check_shape (self, header->shape, header->n_dims, transfer_error (self)))
    return NULL;
  n_bytes = (gsize) (self->n_block * self->element_size);
  memory = g_try_malloc (MAX (n_bytes, 1));
  if (memory == NULL)
    {
      ompi_obj_error_set (&self->failure, OMPI_OBJ_ERROR_NO_MEM, self->function,
                          "no memory for a block of %" G_GSIZE_FORMAT " bytes", n_bytes);
      return NULL;
    }
  buffer = ompi_obj_buffer_new_for_address ((guintptr) memory, self->n_block, self->element);
  buffer->owner = g_bytes_new_take (memory, MAX (n_bytes, 1));
  return g_steal_pointer (&buffer);
}

/**
 * ompi_obj_file_load_array_all:
 * @self: a file that is open for reading
 * @displacement: where in the file the array begins, in bytes, whatever the view is; the same on every rank
 * @grid: the ranks of the file as a grid, over which the array is divided
 * @shape: (out) (optional) (array length=n_dims) (transfer full): the number of elements of the whole array in each
 *   dimension
 * @n_dims: (out) (optional): the number of dimensions
 * @error: return location for a #GError
 *
 * Reads an array in NumPy's format `.npy` of which neither type nor shape are known, into new memory. Collective over
 * the file. Each rank gets its block, in C's order; [method@Mpi.Cartcomm.get_block] tells which part of the array that
 * is.
 *
 * Errors, on every rank: as of [method@Mpi.File.read_array_all]; [error@Mpi.Error.dims] if the array has fewer
 * dimensions than the grid, [error@Mpi.Error.no_mem] if there is no memory for a block.
 *
 * Returns: (transfer full): the block, whose datatype is the type of the elements; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_file_load_array_all (MpiFile *self,
                              gint64 displacement,
                              MpiCartcomm *grid,
                              gint64 **shape,
                              gsize *n_dims,
                              GError **error)
{
  g_auto (Transfer) transfer = {
    .function = G_STRFUNC, .file = self, .grid = grid, .displacement = displacement, .format = OMPI_OBJ_ARRAY_FORMAT_NPY
  };
  g_auto (SavedView) view = { 0 };
  g_autoptr (MpiBuffer) block = NULL;
  NpyHeader header = { 0 };

  g_return_val_if_fail (OMPI_OBJ_IS_FILE (self), NULL);
  TOPOLOGY_ENTER (grid, OMPI_OBJ_IS_CARTCOMM, G_STRFUNC, error, NULL);

  if (transfer_check_place (&transfer, &transfer.failure) && transfer_check_ranks (&transfer, &transfer.failure))
    saved_view_init (&view, self, &transfer.failure);
  if (!transfer_agree_on_arguments (&transfer, error))
    return NULL;

  transfer_set_byte_view (&transfer);
  transfer_read_header (&transfer, &header);
  if (transfer.failure == NULL)
    block = transfer_allocate (&transfer, &header);
  transfer.block = block;
  transfer_check_file_size (&transfer);
  if (transfer_agree (&transfer, &transfer.failure))
    {
      transfer_set_block_view (&transfer);
      transfer_read_block (&transfer);
    }
  transfer_restore_view (&transfer, &view);
  if (!transfer_agree (&transfer, error))
    return NULL;
  if (shape != NULL)
    *shape = g_memdup2 (header.shape, MAX (header.n_dims, 1) * sizeof *header.shape);
  if (n_dims != NULL)
    *n_dims = header.n_dims;
  return g_steal_pointer (&block);
}
