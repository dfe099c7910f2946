/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Grids of ranks: making them, where ranks are, neighbours, grids of grids. */

#include "harness.h"

/* A grid of all ranks of COMM with two dimensions. */
static MpiCartcomm *
plane_new (MpiComm *comm, gboolean first_is_ring, gboolean second_is_ring)
{
  g_autoptr (GError) error = NULL;
  gint dims[] = { 0, 0 };
  const gboolean periods[] = { first_is_ring, second_is_ring };
  MpiCartcomm *grid;

  assert_succeeds (ompi_obj_compute_dims (ompi_obj_comm_get_size (comm), dims, 2, &error), error);
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, periods, 2, FALSE, &error);
  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_CARTCOMM (grid));
  return grid;
}

static gint
grid_rank (MpiCartcomm *grid)
{
  return ompi_obj_comm_get_rank (OMPI_OBJ_COMM (grid));
}

static void
check_grid (MpiComm *comm, gboolean reorder)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  gint dims[] = { 0, 1, 0 };
  const gboolean periods[] = { TRUE, FALSE, 7 };
  g_autoptr (MpiCartcomm) grid = NULL;
  g_autofree gint *found_dims = NULL;
  g_autofree gboolean *found_periods = NULL;
  g_autofree gint *coords = NULL;
  gsize n_dims = 0;

  assert_succeeds (ompi_obj_compute_dims (size, dims, 3, &error), error);
  ck_assert_int_eq (dims[0] * dims[2], size);
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, periods, 3, reorder, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (grid) == OMPI_OBJ_TYPE_CARTCOMM);
  ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (grid)), size);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (grid, &error), 3);
  assert_no_error (error);

  assert_succeeds (ompi_obj_cartcomm_get_topo (grid, &found_dims, &found_periods, &coords, &n_dims, &error), error);
  ck_assert_uint_eq (n_dims, 3);
  for (gint i = 0; i < 3; i++)
    {
      ck_assert_int_eq (found_dims[i], dims[i]);
      ck_assert_int_eq (!found_periods[i], !periods[i]);
    }
  assert_succeeds (ompi_obj_cartcomm_get_topo (grid, NULL, NULL, NULL, NULL, &error), error);

  for (gint rank = 0; rank < size; rank++)
    {
      g_autofree gint *where = ompi_obj_cartcomm_get_coords (grid, rank, &n_dims, &error);

      assert_no_error (error);
      ck_assert_uint_eq (n_dims, 3);
      ck_assert_int_eq (where[0], rank / dims[2]);
      ck_assert_int_eq (where[1], 0);
      ck_assert_int_eq (where[2], rank % dims[2]);
      ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, where, 3, &error), rank);
      if (rank == grid_rank (grid))
        ck_assert_int_eq (memcmp (where, coords, 3 * sizeof *coords), 0);
      /* Round the rings. */
      where[0] += 3 * dims[0];
      where[2] -= dims[2];
      ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, where, 3, &error), rank);
      assert_no_error (error);
    }
}

MPI_TEST (shape) { check_grid (comm, FALSE); }

MPI_TEST (shape_reordered) { check_grid (comm, TRUE); }

/* Periods may be left out, and no dimension is a ring then. */
MPI_TEST (without_periods)
{
  g_autoptr (GError) error = NULL;
  const gint dims[] = { ompi_obj_comm_get_size (comm) };
  g_autoptr (MpiCartcomm) line =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, NULL, 1, FALSE, &error);
  g_autofree gboolean *periods = NULL;

  assert_no_error (error);
  assert_succeeds (ompi_obj_cartcomm_get_topo (line, NULL, &periods, NULL, NULL, &error), error);
  ck_assert (!periods[0]);
}

/* Ranks that find no place get NULL and no error. */
MPI_TEST (left_out)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  const gint n_places = MAX (size - 1, 1);
  g_autoptr (MpiCartcomm) line =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), &n_places, NULL, 1, FALSE, &error);

  assert_no_error (error);
  if (ompi_obj_comm_get_rank (comm) < n_places)
    {
      ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (line)), n_places);
      assert_succeeds (ompi_obj_comm_barrier (OMPI_OBJ_COMM (line), &error), error);
    }
  else
    {
      ck_assert_ptr_null (line);
    }
}

MPI_TEST (without_dimensions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) point =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), NULL, NULL, 0, TRUE, &error);
  g_autofree gint *edges = NULL;
  g_autofree gint *coords = NULL;
  g_autoptr (MpiCartcomm) part = NULL;
  MpiCartShift shift;
  gsize n = 7;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_intracomm_cart_map (OMPI_OBJ_INTRACOMM (comm), NULL, NULL, 0, &error),
                    ompi_obj_comm_get_rank (comm) == 0 ? 0 : OMPI_OBJ_UNDEFINED);
  assert_no_error (error);
  if (ompi_obj_comm_get_rank (comm) != 0)
    {
      ck_assert_ptr_null (point);
      return;
    }
  ck_assert (OMPI_OBJ_IS_CARTCOMM (point));
  ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (point)), 1);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (point, &error), 0);
  assert_no_error (error);
  edges = ompi_obj_topocomm_get_inedges (OMPI_OBJ_TOPOCOMM (point), &n, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (edges);
  ck_assert_uint_eq (n, 0);
  coords = ompi_obj_cartcomm_get_coords (point, 0, &n, &error);
  assert_no_error (error);
  ck_assert_ptr_nonnull (coords);
  ck_assert_uint_eq (n, 0);
  ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (point, NULL, 0, &error), 0);
  assert_no_error (error);
  ck_assert (!ompi_obj_cartcomm_shift (point, 0, 1, &shift, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "MPI_Cart_shift: direction is 0");
  part = ompi_obj_cartcomm_sub (point, NULL, 0, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (part, &error), 0);
}

MPI_TEST (bad_shapes)
{
  g_autoptr (GError) error = NULL;
  MpiIntracomm *intracomm = OMPI_OBJ_INTRACOMM (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint too_large[] = { 1, size + 1 };
  const gint overflowing[] = { 65536, 65536, 1 };
  const gint with_zero[] = { 1, 0 };
  const gint negative[] = { -1, -1 };

  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (intracomm, too_large, NULL, 2, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "MPI_Cart_create: the grid has more places");
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (intracomm, overflowing, NULL, 3, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "dims[0] is 65536");
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (intracomm, with_zero, NULL, 2, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "MPI_Cart_create: dims[1] is 0, which is less than 1");
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (intracomm, negative, NULL, 2, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "dims[0] is -1");
  ck_assert_int_eq (ompi_obj_intracomm_cart_map (intracomm, too_large, NULL, 2, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "MPI_Cart_map: ");
  if (sizeof (gsize) > sizeof (gint))
    {
      ck_assert_ptr_null (ompi_obj_intracomm_create_cart (intracomm, &size, NULL, (gsize) G_MAXINT + 1, FALSE, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "n_dims is 2147483648");
    }
}

MPI_TEST (map)
{
  g_autoptr (GError) error = NULL;
  const gint n_places = MAX (ompi_obj_comm_get_size (comm) - 1, 1);
  const gboolean is_ring = TRUE;
  gint rank = ompi_obj_intracomm_cart_map (OMPI_OBJ_INTRACOMM (comm), &n_places, &is_ring, 1, &error);

  assert_no_error (error);
  ck_assert ((rank >= 0 && rank < n_places) || rank == OMPI_OBJ_UNDEFINED);
  if (n_places == ompi_obj_comm_get_size (comm))
    ck_assert_int_ne (rank, OMPI_OBJ_UNDEFINED);
}

MPI_TEST (dims)
{
  g_autoptr (GError) error = NULL;
  gint square[] = { 0, 0 };
  gint fixed[] = { 0, 3, 0 };
  gint all_fixed[] = { 2, 3 };
  gint negative[] = { 0, -2 };
  gint odd[] = { 4, 0 };
  gint overflowing[] = { 65536, 65536 };
  const gint wanted[] = { 0, 2 };
  const gint primes[] = { 2, 2147117563, 2147117617, 2147483629, 2147483647 };
  g_autofree gint *array = NULL;
  gsize n = 0;

  assert_succeeds (ompi_obj_compute_dims (16, square, 2, &error), error);
  ck_assert_int_eq (square[0], 4);
  ck_assert_int_eq (square[1], 4);
  assert_succeeds (ompi_obj_compute_dims (12, fixed, 3, &error), error);
  ck_assert_int_eq (fixed[0], 2);
  ck_assert_int_eq (fixed[1], 3);
  ck_assert_int_eq (fixed[2], 2);
  assert_succeeds (ompi_obj_compute_dims (6, all_fixed, 2, &error), error);
  assert_succeeds (ompi_obj_compute_dims (6, NULL, 0, &error), error);
  array = ompi_obj_compute_dims_array (6, wanted, 2, &n, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n, 2);
  ck_assert_int_eq (array[0], 3);
  ck_assert_int_eq (array[1], 2);
  ck_assert_int_eq (wanted[0], 0);

  /* Primes, the last one below 46337 squared and those above. */
  for (gsize i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      gint dims[] = { 0, 1, 0 };

      assert_succeeds (ompi_obj_compute_dims (primes[i], dims, 3, &error), error);
      ck_assert_int_eq (dims[0], primes[i]);
      ck_assert_int_eq (dims[1], 1);
      ck_assert_int_eq (dims[2], 1);
    }

  ck_assert (!ompi_obj_compute_dims (0, square, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Dims_create: n_nodes is 0");
  ck_assert (!ompi_obj_compute_dims (4, negative, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "dims[1] is -2");
  ck_assert (!ompi_obj_compute_dims (6, odd, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "n_nodes, 6, is not a multiple");
  ck_assert (!ompi_obj_compute_dims (65536, overflowing, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "dims[1] is 65536");
  ck_assert_ptr_null (ompi_obj_compute_dims_array (6, odd, 2, &n, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, NULL);
}

/* Messages sent by shift arrive where the coordinates say, and nobody is beyond the end of a line. */
MPI_TEST (shifts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, TRUE, FALSE);
  g_autofree gint *dims = NULL;
  g_autofree gint *coords = NULL;
  const gint displacements[] = { 1, -1, 0, 2, G_MAXINT, G_MININT };

  assert_succeeds (ompi_obj_cartcomm_get_topo (grid, &dims, NULL, &coords, NULL, &error), error);
  for (gint direction = 0; direction < 2; direction++)
    for (gsize i = 0; i < G_N_ELEMENTS (displacements); i++)
      {
        const gint64 there = (gint64) coords[direction] + displacements[i];
        const gint64 back = (gint64) coords[direction] - displacements[i];
        const gint dim = dims[direction];
        gint expected[2] = { OMPI_OBJ_PROC_NULL, OMPI_OBJ_PROC_NULL };
        gint64 places[2] = { back, there };
        MpiCartShift shift = { -100, -100 };

        for (gint j = 0; j < 2; j++)
          if (direction == 0 || (places[j] >= 0 && places[j] < dim))
            {
              gint where[2] = { coords[0], coords[1] };

              where[direction] = (gint) ((places[j] % dim + dim) % dim);
              expected[j] = ompi_obj_cartcomm_get_cart_rank (grid, where, 2, &error);
              assert_no_error (error);
            }
        assert_succeeds (ompi_obj_cartcomm_shift (grid, direction, displacements[i], &shift, &error), error);
        ck_assert_int_eq (shift.source, expected[0]);
        ck_assert_int_eq (shift.dest, expected[1]);
      }

  for (gint direction = 0; direction < 2; direction++)
    {
      const gint sent = grid_rank (grid);
      gint received = -1;
      MpiCartShift shift;

      assert_succeeds (ompi_obj_cartcomm_shift (grid, direction, 1, &shift, &error), error);
      assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (grid), OMPI_OBJ_DATA (&sent, 1), shift.dest, 0,
                                               OMPI_OBJ_DATA (&received, 1), shift.source, 0, NULL, &error),
                       error);
      ck_assert_int_eq (received, shift.source == OMPI_OBJ_PROC_NULL ? -1 : shift.source);
    }
}

MPI_TEST (shift_as_a_value)
{
  const MpiCartShift shift = { .source = 1, .dest = OMPI_OBJ_PROC_NULL };
  g_autoptr (MpiCartShift) copy = ompi_obj_cart_shift_copy (&shift);

  ck_assert_int_eq (copy->source, 1);
  ck_assert_int_eq (copy->dest, OMPI_OBJ_PROC_NULL);
  ck_assert (g_type_is_a (OMPI_OBJ_TYPE_CART_SHIFT, G_TYPE_BOXED));
}

MPI_TEST (neighbours)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, FALSE, TRUE);
  MpiTopocomm *topocomm = OMPI_OBJ_TOPOCOMM (grid);
  g_autofree gint *in = NULL;
  g_autofree gint *out = NULL;
  gsize n_in = 0;
  gsize n_out = 0;

  /* Twice: the second time from memory. */
  for (gint i = 0; i < 2; i++)
    {
      ck_assert_int_eq (ompi_obj_topocomm_get_indegree (topocomm, &error), 4);
      ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (topocomm, &error), 4);
      assert_no_error (error);
    }
  in = ompi_obj_topocomm_get_inedges (topocomm, &n_in, &error);
  assert_no_error (error);
  out = ompi_obj_topocomm_get_outedges (topocomm, &n_out, &error);
  assert_no_error (error);
  ck_assert_uint_eq (n_in, 4);
  ck_assert_uint_eq (n_out, 4);
  ck_assert_int_eq (memcmp (in, out, 4 * sizeof *in), 0);
  for (gint direction = 0; direction < 2; direction++)
    {
      MpiCartShift shift;

      assert_succeeds (ompi_obj_cartcomm_shift (grid, direction, 1, &shift, &error), error);
      ck_assert_int_eq (in[2 * direction], shift.source);
      ck_assert_int_eq (in[2 * direction + 1], shift.dest);
    }
}

MPI_TEST (rows_and_columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, FALSE, TRUE);
  g_autofree gint *dims = NULL;
  g_autofree gint *coords = NULL;

  assert_succeeds (ompi_obj_cartcomm_get_topo (grid, &dims, NULL, &coords, NULL, &error), error);
  for (gint kept = 0; kept < 2; kept++)
    {
      const gboolean remain[] = { kept == 0, kept == 1 };
      g_autoptr (MpiCartcomm) part = ompi_obj_cartcomm_sub (grid, remain, 2, &error);
      g_autofree gint *part_dims = NULL;
      g_autofree gboolean *part_periods = NULL;
      gsize n_dims = 0;
      gint sum = 0;

      assert_no_error (error);
      ck_assert (G_OBJECT_TYPE (part) == OMPI_OBJ_TYPE_CARTCOMM);
      assert_succeeds (ompi_obj_cartcomm_get_topo (part, &part_dims, &part_periods, NULL, &n_dims, &error), error);
      ck_assert_uint_eq (n_dims, 1);
      ck_assert_int_eq (part_dims[0], dims[kept]);
      ck_assert_int_eq (part_periods[0], kept == 1);
      ck_assert_int_eq (grid_rank (part), coords[kept]);
      /* All ranks of a part have the other coordinate in common. */
      assert_succeeds (ompi_obj_comm_allreduce (OMPI_OBJ_COMM (part), OMPI_OBJ_DATA (&coords[1 - kept], 1),
                                                OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, &error),
                       error);
      ck_assert_int_eq (sum, coords[1 - kept] * dims[kept]);
    }
}

MPI_TEST (all_and_none_remain)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, TRUE, TRUE);
  const gboolean all[] = { TRUE, 2 };
  const gboolean none[] = { FALSE, FALSE };
  g_autoptr (MpiCartcomm) whole = ompi_obj_cartcomm_sub (grid, all, 2, &error);
  g_autoptr (MpiCartcomm) point = NULL;

  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_compare (OMPI_OBJ_COMM (grid), OMPI_OBJ_COMM (whole), &error),
                    OMPI_OBJ_COMPARISON_CONGRUENT);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (whole, &error), 2);

  point = ompi_obj_cartcomm_sub (grid, none, 2, &error);
  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_CARTCOMM (point));
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (point, &error), 0);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (point)), 1);
  assert_succeeds (ompi_obj_comm_barrier (OMPI_OBJ_COMM (point), &error), error);
}

MPI_TEST (bad_places)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, FALSE, TRUE);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint beyond[] = { size, 0 };
  const gint below[] = { -1, 0 };
  const gboolean remain[] = { TRUE, TRUE, TRUE };
  MpiCartShift shift;

  ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, beyond, 2, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Cart_rank: coords[0] is ");
  ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, below, 2, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_ARG, "coords[0] is -1");
  ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, below, 1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "n_dims is 1, but the grid has 2");
  ck_assert_ptr_null (ompi_obj_cartcomm_get_coords (grid, size, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "MPI_Cart_coords: rank is ");
  ck_assert_ptr_null (ompi_obj_cartcomm_get_coords (grid, OMPI_OBJ_PROC_NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_RANK, "rank is -3");
  ck_assert (!ompi_obj_cartcomm_shift (grid, 2, 1, &shift, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "direction is 2, but the grid has 2");
  ck_assert (!ompi_obj_cartcomm_shift (grid, -1, 1, &shift, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "direction is -1");
  ck_assert_ptr_null (ompi_obj_cartcomm_sub (grid, remain, 3, &error));
  assert_error (error, OMPI_OBJ_ERROR_DIMS, "MPI_Cart_sub: n_dims is 3, but the grid has 2");
}

MPI_TEST (duplicates_are_grids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, TRUE, FALSE);
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (OMPI_OBJ_COMM (grid), &error);

  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == OMPI_OBJ_TYPE_CARTCOMM);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (OMPI_OBJ_CARTCOMM (copy), &error), 2);
  assert_no_error (error);
}

MPI_TEST (raw_handles_are_grids)
{
  g_autoptr (GError) error = NULL;
  int dims[] = { ompi_obj_comm_get_size (comm) };
  int periods[] = { 1 };
  g_autoptr (MpiComm) ring = NULL;
  MPI_Comm native;

  MPI_Cart_create (ompi_obj_comm_get_native (comm), 1, dims, periods, 0, &native);
  ring = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (ring) == OMPI_OBJ_TYPE_CARTCOMM);
  ck_assert_int_eq (ompi_obj_topocomm_get_indegree (OMPI_OBJ_TOPOCOMM (ring), &error), 2);
  assert_no_error (error);
}

/* A subclass of a grid that wraps one; what is made from it is of the subclass as long as it is a grid. */

#define BOARD_TYPE_COMM (board_comm_get_type ())
G_DECLARE_FINAL_TYPE (BoardComm, board_comm, BOARD, COMM, MpiCartcomm)

struct _BoardComm
{
  MpiCartcomm parent_instance;
};

G_DEFINE_FINAL_TYPE (BoardComm, board_comm, OMPI_OBJ_TYPE_CARTCOMM)

static void
board_comm_class_init (G_GNUC_UNUSED BoardCommClass *klass)
{
}

static void
board_comm_init (G_GNUC_UNUSED BoardComm *self)
{
}

MPI_TEST (subclasses)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, FALSE, FALSE);
  g_autoptr (MpiCartcomm) board = g_object_new (BOARD_TYPE_COMM, "wraps", grid, NULL);
  const gboolean remain[] = { TRUE, FALSE };
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiCartcomm) part = NULL;

  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (board, &error), 2);
  copy = ompi_obj_comm_dup (OMPI_OBJ_COMM (board), &error);
  assert_no_error (error);
  ck_assert (BOARD_IS_COMM (copy));
  part = ompi_obj_cartcomm_sub (board, remain, 2, &error);
  assert_no_error (error);
  ck_assert (BOARD_IS_COMM (part));
}

/* A grid whose communicator is none, and one that was freed. */
MPI_TEST (no_grid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) impostor = g_object_new (OMPI_OBJ_TYPE_CARTCOMM, "wraps", comm, NULL);
  g_autoptr (MpiComm) copy = NULL;
  g_autoptr (MpiCartcomm) grid = plane_new (comm, FALSE, FALSE);
  const gint dims[] = { 1 };
  gint coords[] = { 0, 0 };
  gboolean remain[] = { TRUE, TRUE };
  MpiCartShift shift;
  gsize n;

  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (impostor, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, "MPI_Cartdim_get");
  ck_assert_int_eq (ompi_obj_topocomm_get_indegree (OMPI_OBJ_TOPOCOMM (impostor), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, NULL);
  /* A duplicate is of a class that tells the truth. */
  copy = ompi_obj_comm_dup (OMPI_OBJ_COMM (impostor), &error);
  assert_no_error (error);
  ck_assert (G_OBJECT_TYPE (copy) == OMPI_OBJ_TYPE_INTRACOMM);

  assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (grid), &error), error);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (grid, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Cartdim_get: the communicator was freed");
  ck_assert (!ompi_obj_cartcomm_get_topo (grid, NULL, NULL, NULL, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_cartcomm_get_coords (grid, 0, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_int_eq (ompi_obj_cartcomm_get_cart_rank (grid, coords, 2, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert (!ompi_obj_cartcomm_shift (grid, 0, 1, &shift, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_cartcomm_sub (grid, remain, 2, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_topocomm_get_inedges (OMPI_OBJ_TOPOCOMM (grid), &n, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_topocomm_get_outedges (OMPI_OBJ_TOPOCOMM (grid), &n, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_int_eq (ompi_obj_topocomm_get_outdegree (OMPI_OBJ_TOPOCOMM (grid), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (grid), dims, NULL, 1, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Cart_create: the communicator was freed");
  ck_assert_int_eq (ompi_obj_intracomm_cart_map (OMPI_OBJ_INTRACOMM (grid), dims, NULL, 1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, NULL);
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gpointer plain = comm;
  MpiCartShift shift;

  harness_expect_critical ("*CARTCOMM*");
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (plain, &error), -1);
  harness_expect_critical ("*TOPOCOMM*");
  ck_assert_int_eq (ompi_obj_topocomm_get_indegree (plain, &error), -1);
  harness_expect_critical ("*CARTCOMM*");
  ck_assert (!ompi_obj_cartcomm_shift (NULL, 0, 1, &shift, &error));
  harness_expect_critical ("*dims*");
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), NULL, NULL, 1, FALSE, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "cartcomm");
  harness_add (shape, HARNESS_INTRA);
  harness_add (shape_reordered, HARNESS_INTRA);
  harness_add (without_periods, HARNESS_INTRA);
  harness_add (left_out, HARNESS_INTRA);
  harness_add (without_dimensions, HARNESS_INTRA);
  harness_add (bad_shapes, HARNESS_INTRA);
  harness_add (map, HARNESS_INTRA);
  harness_add (dims, HARNESS_ONCE);
  harness_add (shifts, HARNESS_INTRA);
  harness_add (shift_as_a_value, HARNESS_ONCE);
  harness_add (neighbours, HARNESS_INTRA);
  harness_add (rows_and_columns, HARNESS_INTRA);
  harness_add (all_and_none_remain, HARNESS_INTRA);
  harness_add (bad_places, HARNESS_INTRA);
  harness_add (duplicates_are_grids, HARNESS_INTRA);
  harness_add (raw_handles_are_grids, HARNESS_INTRA);
  harness_add (subclasses, HARNESS_INTRA);
  harness_add (no_grid, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
