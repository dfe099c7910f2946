/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/halo.h>

#include "array-lengths-private.h"
#include "cartcomm-private.h"
#include "topology-private.h"

/**
 * MpiHalo:
 *
 * The exchange of the ghost layers of an array that is distributed over a grid of ranks: set up once,
 * done as often as the program needs it.
 *
 * Each rank holds a block of the array, with ghost layers around it: copies of the outermost elements of
 * its neighbours' blocks, which are brought up to date by each exchange. In every dimension the array has
 * `width` elements of ghost layer, then the block, then `width` elements of ghost layer again.
 *
 * ```c
 * const gint64 shape[] = { n_rows + 2, n_columns + 2 };
 * const gint64 widths[] = { 1, 1 };
 * g_autoptr (MpiHalo) halo = ompi_obj_halo_new (grid, OMPI_OBJ_DATA (heat, shape[0] * shape[1]), shape, widths, 2,
 *                                               OMPI_OBJ_HALO_SCHEME_FACES, &error);
 *
 * ompi_obj_halo_start (halo, &error);
 * compute_inside (heat);
 * ompi_obj_halo_finish (halo, &error);
 * compute_rim (heat);
 * ```
 *
 * Blocks may differ in size from one coordinate of the grid to the next, but all ranks with the same
 * coordinate have the same size in that dimension. Ghost layers where the grid ends are left alone: they
 * are the program's, for its boundary conditions. In a ring of one rank, the rank is its own neighbour.
 *
 * The messages have a communicator of their own and never meet those of the program. It is best to make
 * one halo for each array, and all of them before the work starts.
 *
 * Since: 1.0
 */

struct _MpiHalo
{
  GObject parent_instance;

  GPtrArray *stages; /* of GPtrArray of MpiPrequest: each stage starts when the one before it is done */
  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (MpiHalo, ompi_obj_halo, G_TYPE_OBJECT)

static void
halo_finalize (GObject *object)
{
  g_ptr_array_unref (OMPI_OBJ_HALO (object)->stages);

  G_OBJECT_CLASS (ompi_obj_halo_parent_class)->finalize (object);
}

static void
ompi_obj_halo_class_init (MpiHaloClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = halo_finalize;
}

static void
ompi_obj_halo_init (MpiHalo *self)
{
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static const char function[] = "ompi_obj_halo_new";

/* What a halo is made of, while it is made. */
typedef struct
{
  MpiHalo *halo;
  MpiCartcomm *grid;
  const MpiBuffer *array;
  const gint64 *shape;
  const gint64 *widths;
  gsize n_dims;
  gsize n_widths;
  MpiHaloScheme scheme;

  gint *dims; /* of the grid */
  gboolean *periods;
  gint *coords;

  MpiComm *comm;
  gint next_tag;
} Builder;

static void
builder_clear (Builder *self)
{
  g_clear_object (&self->halo);
  g_clear_pointer (&self->dims, g_free);
  g_clear_pointer (&self->periods, g_free);
  g_clear_pointer (&self->coords, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

/* What a rank can see by itself. */
static gboolean
builder_check (const Builder *self, gsize n_grid_dims, GError **error)
{
  gint64 n_elements = 1;

  if (!array_length_check (function, "widths", self->n_widths, "shape", self->n_dims, error)
      || !buffer_check (self->array, function, error))
    return FALSE;
  if (self->n_dims != n_grid_dims)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                          "n_dims is %" G_GSIZE_FORMAT ", but the grid has %" G_GSIZE_FORMAT, self->n_dims,
                          n_grid_dims);
      return FALSE;
    }
  if ((guint) self->scheme > OMPI_OBJ_HALO_SCHEME_AT_ONCE)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "scheme is %d, which is none", (gint) self->scheme);
      return FALSE;
    }
  for (gsize i = 0; i < self->n_dims; i++)
    {
      if (self->shape[i] < 1 || __builtin_mul_overflow (n_elements, self->shape[i], &n_elements))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                              "shape[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT ", which is less than 1 or too many", i,
                              self->shape[i]);
          return FALSE;
        }
      if (self->widths[i] < 0 || self->widths[i] > self->shape[i] / 3)
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                              "widths[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT ", but shape[%" G_GSIZE_FORMAT
                              "], %" G_GINT64_FORMAT ", is to hold two ghost layers and a block that is as wide",
                              i, self->widths[i], i, self->shape[i]);
          return FALSE;
        }
    }
  if (self->array->count != n_elements)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the array has %" G_GINT64_FORMAT " elements, but its shape %" G_GINT64_FORMAT,
                          self->array->count, n_elements);
      return FALSE;
    }
  return TRUE;
}

/*
 * Whether the numbers of all ranks fit together: the same scheme and widths everywhere, and the same
 * extent at the same coordinate. Each number is reduced with its negative, so that one reduction gives the
 * largest and the smallest.
 */
static gboolean
builder_agree (const Builder *self, gsize n_grid_dims, gboolean good, GError **error)
{
  gsize n_coords = 0;
  gsize place = 0;
  g_autofree gint64 *numbers = NULL;
  gsize n_numbers;

  for (gsize i = 0; i < n_grid_dims; i++)
    n_coords += (gsize) self->dims[i];
  n_numbers = 2 * (1 + n_grid_dims + n_coords) + 1;
  numbers = g_new (gint64, n_numbers);
  for (gsize i = 0; i < n_numbers; i++)
    numbers[i] = G_MININT64;

  numbers[n_numbers - 1] = !good;
  if (good)
    {
      numbers[place++] = self->scheme;
      numbers[place++] = -(gint64) self->scheme;
      for (gsize i = 0; i < n_grid_dims; i++)
        {
          numbers[place++] = self->widths[i];
          numbers[place++] = -self->widths[i];
        }
      for (gsize i = 0; i < n_grid_dims; place += 2 * (gsize) self->dims[i++])
        {
          numbers[place + 2 * (gsize) self->coords[i]] = self->shape[i];
          numbers[place + 2 * (gsize) self->coords[i] + 1] = -self->shape[i];
        }
    }
  if (!CHECK_MPI (good ? error : NULL, MPI_Allreduce, MPI_IN_PLACE, numbers, (int) n_numbers, MPI_INT64_T, MPI_MAX,
                  TOPOLOGY_HANDLE (self->grid))
      || !good)
    return FALSE;
  if (numbers[n_numbers - 1] != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the arguments of another rank are wrong");
      return FALSE;
    }
  for (gsize i = 0; i + 1 < n_numbers; i += 2)
    if (numbers[i] != -numbers[i + 1])
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                            "the ranks differ in %s: one has %" G_GINT64_FORMAT ", another %" G_GINT64_FORMAT,
                            i == 0                      ? "scheme"
                            : i < 2 * (1 + n_grid_dims) ? "a width"
                                                        : "the shape where they have a coordinate in common",
                            -numbers[i + 1], numbers[i]);
        return FALSE;
      }
  return TRUE;
}

/* The rank that is one step away in a direction, or PROC_NULL. */
static gboolean
builder_find_neighbor (const Builder *self, const gint *direction, gint sign, gint *rank, GError **error)
{
  g_autofree gint *coords = topology_array_new (self->n_dims);

  *rank = OMPI_OBJ_PROC_NULL;
  for (gsize i = 0; i < self->n_dims; i++)
    {
      coords[i] = self->coords[i] + sign * direction[i];
      if (!self->periods[i] && (coords[i] < 0 || coords[i] >= self->dims[i]))
        return TRUE;
    }
  *rank = ompi_obj_cartcomm_get_cart_rank (self->grid, coords, self->n_dims, error);
  return *rank >= 0;
}

/* Whether there is a neighbour, and so a ghost layer to fill, at an end of a dimension. */
static gboolean
builder_has_neighbor (const Builder *self, gsize dim, gint sign)
{
  const gint coord = self->coords[dim] + sign;

  return self->periods[dim] || (coord >= 0 && coord < self->dims[dim]);
}

/*
 * The part of the array that a message in a direction takes along or fills: in the dimensions of the
 * direction as many elements as the ghost layer, in the others the block; in those before N_FILLED with
 * the ghost layers, which were filled before.
 */
static MpiDatatype *
builder_new_part (const Builder *self, const gint *direction, gsize n_filled, gboolean is_ghost, GError **error)
{
  g_autofree gint64 *starts = g_new (gint64, self->n_dims);
  g_autofree gint64 *sizes = g_new (gint64, self->n_dims);
  g_autoptr (MpiDatatype) part = NULL;

  for (gsize i = 0; i < self->n_dims; i++)
    {
      const gint64 extent = self->shape[i];
      const gint64 width = self->widths[i];

      sizes[i] = width;
      if (direction[i] > 0)
        starts[i] = is_ghost ? 0 : extent - 2 * width;
      else if (direction[i] < 0)
        starts[i] = is_ghost ? extent - width : width;
      else
        {
          const gint64 before = i < n_filled && builder_has_neighbor (self, i, -1) ? 0 : width;
          const gint64 behind = i < n_filled && builder_has_neighbor (self, i, 1) ? 0 : width;

          starts[i] = before;
          sizes[i] = extent - before - behind;
        }
    }
  part = ompi_obj_datatype_new_subarray (self->shape, sizes, starts, self->n_dims, OMPI_OBJ_ORDER_C,
                                         self->array->datatype, error);
  return part != NULL && ompi_obj_datatype_commit (part, error) ? g_steal_pointer (&part) : NULL;
}

/* One end of the messages in a direction: the send to the rank that is there, or the receive from the other side. */
static gboolean
builder_add_end (Builder *self,
                 GPtrArray *stage,
                 const gint *direction,
                 gsize n_filled,
                 gboolean is_receive,
                 gint tag,
                 GError **error)
{
  g_autoptr (MpiDatatype) part = NULL;
  MpiPrequest *request;
  MpiBuffer buffer;
  gint rank;

  if (!builder_find_neighbor (self, direction, is_receive ? -1 : 1, &rank, error))
    return FALSE;
  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  part = builder_new_part (self, direction, n_filled, is_receive, error);
  if (part == NULL)
    return FALSE;
  buffer = (MpiBuffer){ self->array->address, 1, part, self->array->owner };
  request = is_receive ? ompi_obj_comm_recv_init (self->comm, &buffer, rank, tag, error)
                       : ompi_obj_comm_send_init (self->comm, &buffer, rank, tag, error);
  if (request == NULL)
    return FALSE;
  g_ptr_array_add (stage, request);
  return TRUE;
}

/* Each direction has a tag, used or not, so that all ranks number them alike. */
static gboolean
builder_add_direction (Builder *self, GPtrArray *stage, const gint *direction, gsize n_filled, GError **error)
{
  const gint tag = self->next_tag++;

  for (gsize i = 0; i < self->n_dims; i++)
    if (direction[i] != 0 && self->widths[i] == 0)
      return TRUE;
  return builder_add_end (self, stage, direction, n_filled, TRUE, tag, error)
         && builder_add_end (self, stage, direction, n_filled, FALSE, tag, error);
}

static GPtrArray *
builder_add_stage (Builder *self)
{
  GPtrArray *stage = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (self->halo->stages, stage);
  return stage;
}

/* Up and down in each dimension: all in one stage, or one after the other, with what was filled before. */
static gboolean
builder_add_faces (Builder *self, gboolean in_turn, GError **error)
{
  g_autofree gint *direction = topology_array_new (self->n_dims);
  GPtrArray *stage = builder_add_stage (self);

  for (gsize i = 0; i < self->n_dims; i++)
    {
      if (in_turn && i > 0)
        stage = builder_add_stage (self);
      for (gint sign = -1; sign <= 1; sign += 2)
        {
          direction[i] = sign;
          if (!builder_add_direction (self, stage, direction, in_turn ? i : 0, error))
            return FALSE;
        }
      direction[i] = 0;
    }
  return TRUE;
}

/* All directions: numbers of n digits -1, 0 and 1, without the one that is all 0. */
static gboolean
builder_add_all (Builder *self, GError **error)
{
  g_autofree gint *direction = topology_array_new (self->n_dims);
  GPtrArray *stage = builder_add_stage (self);
  gsize i;

  for (i = 0; i < self->n_dims; i++)
    direction[i] = -1;
  do
    {
      gboolean is_here = TRUE;

      for (i = 0; i < self->n_dims; i++)
        is_here = is_here && direction[i] == 0;
      if (!is_here && !builder_add_direction (self, stage, direction, 0, error))
        return FALSE;
      for (i = 0; i < self->n_dims && ++direction[i] > 1; i++)
        direction[i] = -1;
    }
  while (i < self->n_dims);
  return TRUE;
}

static guint
builder_count_directions (const Builder *self)
{
  guint n = 1;

  if (self->scheme != OMPI_OBJ_HALO_SCHEME_AT_ONCE)
    return 2 * (guint) self->n_dims;
  for (gsize i = 0; i < self->n_dims; i++)
    if (__builtin_mul_overflow (n, 3, &n))
      return G_MAXUINT;
  return n - 1;
}

/**
 * ompi_obj_halo_new: (constructor)
 * @grid: the ranks that the array is distributed over
 * @array: the whole array of the calling rank with its ghost layers, in C's order; its count is the product of @shape
 * @shape: (array length=n_dims): the number of elements of @array in each dimension, with the ghost layers
 * @widths: (array length=n_dims): how many elements a ghost layer is wide in each dimension, the same on every
 *   rank; 0: there is none
 * @n_dims: the number of dimensions, that of @grid
 * @scheme: how to exchange; the same on every rank
 * @error: return location for a #GError
 *
 * Sets up the exchange of the ghost layers of an array. Collective over @grid; every rank has at least as
 * many elements of its own as a ghost layer is wide.
 *
 * The memory must stay where it is as long as the object lives; if @array has an owner, it does.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if the ranks differ in what must be the same, or if the
 * arguments of another rank are wrong; on the rank itself [error@Mpi.Error.dims] if @n_dims is not that of
 * @grid, [error@Mpi.Error.arg] if @shape is too small for @widths, [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if @array is wrong or does not fit @shape, and
 * [error@Mpi.Error.comm] if @grid was freed.
 *
 * Returns: (transfer full): a new halo; %NULL on error
 *
 * Since: 1.0
 */
MpiHalo *
ompi_obj_halo_new (MpiCartcomm *grid,
                   const MpiBuffer *array,
                   const gint64 *shape,
                   const gint64 *widths,
                   gsize n_dims,
                   MpiHaloScheme scheme,
                   GError **error)
{
  return ompi_obj_halo_new_arrays (grid, array, shape, n_dims, widths, n_dims, scheme, error);
}

/**
 * ompi_obj_halo_new_arrays: (constructor) (rename-to ompi_obj_halo_new)
 * @grid: the ranks that the array is distributed over
 * @array: the whole array of the calling rank with its ghost layers, in C's order; its count is the product of @shape
 * @shape: (array length=n_dims): the number of elements of @array in each dimension, with the ghost layers
 * @n_dims: the number of dimensions, that of @grid
 * @widths: (array length=n_widths): how many elements a ghost layer is wide in each dimension, the same on every
 *   rank; 0: there is none
 * @n_widths: the number of dimensions again
 * @scheme: how to exchange; the same on every rank
 * @error: return location for a #GError
 *
 * Sets up the exchange of the ghost layers of an array: the form of [ctor@Mpi.Halo.new] for languages whose arrays
 * have lengths of their own. Collective over @grid.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Returns: (transfer full): a new halo; %NULL on error
 *
 * Since: 1.0
 */
MpiHalo *
ompi_obj_halo_new_arrays (MpiCartcomm *grid,
                          const MpiBuffer *array,
                          const gint64 *shape,
                          gsize n_dims,
                          const gint64 *widths,
                          gsize n_widths,
                          MpiHaloScheme scheme,
                          GError **error)
{
  g_auto (Builder) builder = { .grid = grid,
                               .array = array,
                               .shape = shape,
                               .widths = widths,
                               .n_dims = n_dims,
                               .n_widths = n_widths,
                               .scheme = scheme };
  gsize n_grid_dims = 0;
  gboolean succeeded;

  g_return_val_if_fail (array != NULL, NULL);
  g_return_val_if_fail (shape != NULL || n_dims == 0, NULL);
  g_return_val_if_fail (widths != NULL || n_widths == 0, NULL);
  TOPOLOGY_ENTER (grid, OMPI_OBJ_IS_CARTCOMM, function, error, NULL);

  if (!ompi_obj_cartcomm_get_topo (grid, &builder.dims, &builder.periods, &builder.coords, &n_grid_dims, error)
      || !builder_agree (&builder, n_grid_dims, builder_check (&builder, n_grid_dims, error), error))
    return NULL;

  builder.comm = cartcomm_get_halo_comm (grid, builder_count_directions (&builder), &builder.next_tag, function, error);
  if (builder.comm == NULL)
    return NULL;
  builder.halo = g_object_new (OMPI_OBJ_TYPE_HALO, NULL);
  succeeded = scheme == OMPI_OBJ_HALO_SCHEME_AT_ONCE
                  ? builder_add_all (&builder, error)
                  : builder_add_faces (&builder, scheme == OMPI_OBJ_HALO_SCHEME_IN_TURN, error);
  return succeeded ? g_steal_pointer (&builder.halo) : NULL;
}

static gboolean
stage_start (GPtrArray *stage, GError **error)
{
  return ompi_obj_prequest_start_all ((MpiPrequest **) stage->pdata, stage->len, error);
}

static gboolean
stage_wait (GPtrArray *stage, GError **error)
{
  return ompi_obj_request_wait_all ((MpiRequest **) stage->pdata, stage->len, error);
}

/* The guard of the methods; a halo is started or it is not. */
static gboolean
halo_check (MpiHalo *self, gboolean is_started, const char *caller, GError **error)
{
  if (!environment_ensure (caller, error))
    return FALSE;
  if (self->stages->len == 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, caller,
                          "the halo has no array; make it with ompi_obj_halo_new()");
      return FALSE;
    }
  if (self->is_started == is_started)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, caller, "the exchange was %s",
                      is_started ? "not started" : "started before; finish it first");
  return FALSE;
}

/**
 * ompi_obj_halo_start:
 * @self: a halo
 * @error: return location for a #GError
 *
 * Starts to exchange the ghost layers, and returns at once. Until [method@Mpi.Halo.finish], the elements
 * that neighbours get (as many at each end of the block as a ghost layer is wide) may be read but not
 * changed, and the ghost layers may not be touched.
 *
 * Errors: [error@Mpi.Error.request] if it was started before and not finished.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_halo_start (MpiHalo *self, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_HALO (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!halo_check (self, FALSE, G_STRFUNC, error) || !stage_start (g_ptr_array_index (self->stages, 0), error))
    return FALSE;
  self->is_started = TRUE;
  return TRUE;
}

/**
 * ompi_obj_halo_finish:
 * @self: a halo that was started
 * @error: return location for a #GError
 *
 * Waits until the ghost layers hold what the neighbours sent. The whole array may be used again.
 *
 * Errors: [error@Mpi.Error.request] if the exchange was not started.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_halo_finish (MpiHalo *self, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_HALO (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!halo_check (self, TRUE, G_STRFUNC, error))
    return FALSE;
  self->is_started = FALSE;
  if (!stage_wait (g_ptr_array_index (self->stages, 0), error))
    return FALSE;
  for (guint i = 1; i < self->stages->len; i++)
    if (!stage_start (g_ptr_array_index (self->stages, i), error)
        || !stage_wait (g_ptr_array_index (self->stages, i), error))
      return FALSE;
  return TRUE;
}

/**
 * ompi_obj_halo_exchange:
 * @self: a halo
 * @error: return location for a #GError
 *
 * Exchanges the ghost layers: [method@Mpi.Halo.start] and [method@Mpi.Halo.finish].
 *
 * Errors: [error@Mpi.Error.request] if it was started before and not finished.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_halo_exchange (MpiHalo *self, GError **error)
{
  return ompi_obj_halo_start (self, error) && ompi_obj_halo_finish (self, error);
}

/**
 * ompi_obj_cartcomm_exchange_halo:
 * @self: a communicator of a grid
 * @array: the whole array of the calling rank with its ghost layers, in C's order; its count is the product of @shape
 * @shape: (array length=n_dims): the number of elements of @array in each dimension, with the ghost layers
 * @widths: (array length=n_dims): how many elements a ghost layer is wide in each dimension, the same on every rank
 * @n_dims: the number of dimensions, that of the grid
 * @error: return location for a #GError
 *
 * Exchanges the ghost layers of an array once, corners included: dimension by dimension, as
 * [enum@Mpi.HaloScheme.in_turn] says. Collective. [class@Mpi.Halo] is the form for many exchanges, which
 * sets up once what this sets up each time.
 *
 * Errors: as of [ctor@Mpi.Halo.new].
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_cartcomm_exchange_halo (MpiCartcomm *self,
                                 const MpiBuffer *array,
                                 const gint64 *shape,
                                 const gint64 *widths,
                                 gsize n_dims,
                                 GError **error)
{
  return ompi_obj_cartcomm_exchange_halo_arrays (self, array, shape, n_dims, widths, n_dims, error);
}

/**
 * ompi_obj_cartcomm_exchange_halo_arrays: (rename-to ompi_obj_cartcomm_exchange_halo)
 * @self: a communicator of a grid
 * @array: the whole array of the calling rank with its ghost layers, in C's order; its count is the product of @shape
 * @shape: (array length=n_dims): the number of elements of @array in each dimension, with the ghost layers
 * @n_dims: the number of dimensions, that of the grid
 * @widths: (array length=n_widths): how many elements a ghost layer is wide in each dimension, the same on every rank
 * @n_widths: the number of dimensions again
 * @error: return location for a #GError
 *
 * Exchanges the ghost layers of an array once: the form of [method@Mpi.Cartcomm.exchange_halo] for languages whose
 * arrays have lengths of their own. Collective.
 *
 * Errors: [error@Mpi.Error.arg] if the arrays differ in length, and as of the function in C.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_cartcomm_exchange_halo_arrays (MpiCartcomm *self,
                                        const MpiBuffer *array,
                                        const gint64 *shape,
                                        gsize n_dims,
                                        const gint64 *widths,
                                        gsize n_widths,
                                        GError **error)
{
  g_autoptr (MpiHalo) halo =
      ompi_obj_halo_new_arrays (self, array, shape, n_dims, widths, n_widths, OMPI_OBJ_HALO_SCHEME_IN_TURN, error);

  return halo != NULL && ompi_obj_halo_exchange (halo, error);
}
