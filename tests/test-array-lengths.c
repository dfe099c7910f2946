/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The forms for languages whose arrays have lengths of their own: these agree, or there is an error. */

#include "harness.h"

#define assert_lengths_differ(call, error, function, name, length, other, other_length)                               \
  assert_call_fails (call, error, OMPI_OBJ_ERROR_ARG, function, "the length of %s is %d, but that of %s is %d", name, \
                     length, other, other_length)

static const gint64 one_one[] = { 1, 1 };
static const gint64 zero_one[] = { 0, 1 };

MPI_TEST (blocks)
{
  g_autoptr (GError) error = NULL;
  MpiDatatype *const types[] = { OMPI_OBJ_INT, OMPI_OBJ_INT };
  const gint64 bytes[] = { 0, sizeof (gint) };
  gint numbers[2] = { 0 };
  MpiBuffer *buffer = OMPI_OBJ_DATA (numbers, 2);
  g_autoptr (MpiBlocks) placed =
      ompi_obj_blocks_new_with_displacements_arrays (buffer, one_one, 2, zero_one, 2, &error);
  g_autoptr (MpiBlocks) typed = ompi_obj_blocks_new_for_types_arrays (buffer, one_one, 2, bytes, 2, types, 2, &error);
  g_autoptr (MpiBlocks) none = ompi_obj_blocks_new_for_types_arrays (buffer, NULL, 0, NULL, 0, NULL, 0, &error);

  assert_no_error (error);
  ck_assert_uint_eq (placed->n_blocks, 2);
  ck_assert_uint_eq (typed->n_blocks, 2);
  ck_assert_uint_eq (none->n_blocks, 0);

  assert_lengths_differ (ompi_obj_blocks_new_with_displacements_arrays (buffer, one_one, 2, zero_one, 1, &error), error,
                         "ompi_obj_blocks_new_with_displacements", "displacements", 1, "counts", 2);
  assert_lengths_differ (ompi_obj_blocks_new_with_displacements_arrays (buffer, one_one, 2, NULL, 0, &error), error,
                         "ompi_obj_blocks_new_with_displacements", "displacements", 0, "counts", 2);
  assert_lengths_differ (ompi_obj_blocks_new_for_types_arrays (buffer, one_one, 1, bytes, 2, types, 1, &error), error,
                         "ompi_obj_blocks_new_for_types", "displacements", 2, "counts", 1);
  assert_lengths_differ (ompi_obj_blocks_new_for_types_arrays (buffer, one_one, 2, bytes, 2, types, 1, &error), error,
                         "ompi_obj_blocks_new_for_types", "datatypes", 1, "counts", 2);
}

static void
assert_size (MpiDatatype *datatype, gint64 size, GError *error)
{
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_datatype_get_size (datatype, NULL), size);
}

MPI_TEST (datatypes_of_blocks)
{
  g_autoptr (GError) error = NULL;
  MpiDatatype *const types[] = { OMPI_OBJ_INT32_T, OMPI_OBJ_DOUBLE };
  const gint64 bytes[] = { 0, 8 };
  g_autoptr (MpiDatatype) indexed =
      ompi_obj_datatype_new_indexed_arrays (one_one, 2, zero_one, 2, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) hindexed =
      ompi_obj_datatype_new_hindexed_arrays (one_one, 2, bytes, 2, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) record = ompi_obj_datatype_new_struct_arrays (one_one, 2, bytes, 2, types, 2, &error);

  assert_size (indexed, 8, error);
  assert_size (hindexed, 8, error);
  assert_size (record, 12, error);

  assert_lengths_differ (ompi_obj_datatype_new_indexed_arrays (one_one, 2, zero_one, 1, OMPI_OBJ_INT, &error), error,
                         "MPI_Type_indexed", "displacements", 1, "lengths", 2);
  assert_lengths_differ (ompi_obj_datatype_new_hindexed_arrays (one_one, 1, bytes, 2, OMPI_OBJ_INT, &error), error,
                         "MPI_Type_create_hindexed", "displacements", 2, "lengths", 1);
  assert_lengths_differ (ompi_obj_datatype_new_struct_arrays (one_one, 2, bytes, 1, types, 2, &error), error,
                         "MPI_Type_create_struct", "displacements", 1, "lengths", 2);
  assert_lengths_differ (ompi_obj_datatype_new_struct_arrays (one_one, 2, bytes, 2, types, 1, &error), error,
                         "MPI_Type_create_struct", "elements", 1, "lengths", 2);
}

MPI_TEST (datatypes_of_arrays)
{
  static const char subarray[] = "MPI_Type_create_subarray";
  static const char darray[] = "MPI_Type_create_darray";
  g_autoptr (GError) error = NULL;
  const gint64 sizes[] = { 4, 6 };
  const MpiDistribute how[] = { OMPI_OBJ_DISTRIBUTE_BLOCK, OMPI_OBJ_DISTRIBUTE_NONE };
  const gint arguments[] = { OMPI_OBJ_DISTRIBUTE_DFLT_DARG, OMPI_OBJ_DISTRIBUTE_DFLT_DARG };
  const gint processes[] = { 2, 1 };
  const MpiOrder order = OMPI_OBJ_ORDER_C;
  g_autoptr (MpiDatatype) part =
      ompi_obj_datatype_new_subarray_arrays (sizes, 2, one_one, 2, zero_one, 2, order, OMPI_OBJ_INT32_T, &error);
  g_autoptr (MpiDatatype) half = ompi_obj_datatype_new_darray_arrays (2, 1, sizes, 2, how, 2, arguments, 2, processes,
                                                                      2, order, OMPI_OBJ_INT32_T, &error);

  assert_size (part, 4, error);
  assert_size (half, 48, error);

  assert_lengths_differ (ompi_obj_datatype_new_subarray_arrays (sizes, 2, one_one, 1, zero_one, 2, order, OMPI_OBJ_INT,
                                                                &error),
                         error, subarray, "subsizes", 1, "sizes", 2);
  assert_lengths_differ (ompi_obj_datatype_new_subarray_arrays (sizes, 1, one_one, 1, zero_one, 2, order, OMPI_OBJ_INT,
                                                                &error),
                         error, subarray, "starts", 2, "sizes", 1);
  assert_lengths_differ (ompi_obj_datatype_new_darray_arrays (2, 1, sizes, 2, how, 1, arguments, 2, processes, 2, order,
                                                              OMPI_OBJ_INT, &error),
                         error, darray, "distributions", 1, "sizes", 2);
  assert_lengths_differ (ompi_obj_datatype_new_darray_arrays (2, 1, sizes, 2, how, 2, arguments, 0, processes, 2, order,
                                                              OMPI_OBJ_INT, &error),
                         error, darray, "arguments", 0, "sizes", 2);
  assert_lengths_differ (ompi_obj_datatype_new_darray_arrays (2, 1, sizes, 2, how, 2, arguments, 2, processes, 1, order,
                                                              OMPI_OBJ_INT, &error),
                         error, darray, "n_processes", 1, "sizes", 2);
}

MPI_TEST (grids)
{
  g_autoptr (GError) error = NULL;
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint dims[] = { size, 1 };
  const gboolean periods[] = { TRUE, FALSE };
  g_autoptr (MpiCartcomm) grid = ompi_obj_intracomm_create_cart_arrays (self, dims, 2, periods, 2, FALSE, &error);
  g_autoptr (MpiCartcomm) plain = ompi_obj_intracomm_create_cart_arrays (self, dims, 2, NULL, 0, FALSE, &error);
  g_autofree gboolean *found = NULL;
  gsize n_dims = 0;
  gint rank;

  assert_no_error (error);
  assert_succeeds (ompi_obj_cartcomm_get_topo (grid, NULL, &found, NULL, &n_dims, &error), error);
  ck_assert_uint_eq (n_dims, 2);
  ck_assert (found[0] && !found[1]);
  ck_assert_int_eq (ompi_obj_cartcomm_get_dim (plain, &error), 2);
  rank = ompi_obj_intracomm_cart_map_arrays (self, dims, 2, periods, 2, &error);
  assert_no_error (error);
  ck_assert_int_lt (rank, size);

  assert_lengths_differ (ompi_obj_intracomm_create_cart_arrays (self, dims, 2, periods, 1, FALSE, &error), error,
                         "MPI_Cart_create", "periods", 1, "dims", 2);
  assert_lengths_differ (ompi_obj_intracomm_create_cart_arrays (self, dims, 1, periods, 2, FALSE, &error), error,
                         "MPI_Cart_create", "periods", 2, "dims", 1);
  assert_lengths_differ (ompi_obj_intracomm_cart_map_arrays (self, dims, 2, periods, 1, &error) >= 0, error,
                         "MPI_Cart_map", "periods", 1, "dims", 2);
}

/* One rank comes with arrays that differ; the others wait for it and have to hear. */
#define assert_one_is_wrong(call, is_wrong, error, function, ...)                                                 \
  do                                                                                                              \
    {                                                                                                             \
      if (is_wrong)                                                                                               \
        assert_lengths_differ (call, error, function, __VA_ARGS__);                                               \
      else                                                                                                        \
        assert_call_fails (call, error, OMPI_OBJ_ERROR_ARG, function, "the arguments of another rank are wrong"); \
    }                                                                                                             \
  while (0)

MPI_TEST (graphs)
{
  static const char adjacent[] = "MPI_Dist_graph_create_adjacent";
  static const char whole[] = "MPI_Dist_graph_create";
  g_autoptr (GError) error = NULL;
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gboolean is_last = rank == size - 1;
  const gint before = (rank + size - 1) % size;
  const gint behind = (rank + 1) % size;
  const gint two[] = { 2, 2 };
  const gint degrees[] = { 1, 1 };
  const gsize n = is_last ? 2 : 1;
  g_autoptr (MpiDistgraphcomm) weighted =
      ompi_obj_intracomm_create_dist_graph_adjacent_arrays (self, &before, 1, two, 1, &behind, 1, two, 1, NULL, FALSE,
                                                            &error);
  g_autoptr (MpiDistgraphcomm) plain =
      ompi_obj_intracomm_create_dist_graph_adjacent_arrays (self, &before, 1, NULL, 0, &behind, 1, NULL, 0, NULL, FALSE,
                                                            &error);
  g_autoptr (MpiDistgraphcomm) given =
      ompi_obj_intracomm_create_dist_graph_arrays (self, &rank, 1, degrees, 1, &behind, 1, two, 1, NULL, FALSE, &error);
  g_autoptr (MpiDistgraphcomm) bare = ompi_obj_intracomm_create_dist_graph_arrays (self, &rank, 1, degrees, 1, &behind,
                                                                                   1, NULL, 0, NULL, FALSE, &error);
  gboolean has_weights[4] = { 0 };

  assert_no_error (error);
  ompi_obj_distgraphcomm_get_dist_neighbors_count (weighted, NULL, NULL, &has_weights[0], &error);
  ompi_obj_distgraphcomm_get_dist_neighbors_count (plain, NULL, NULL, &has_weights[1], &error);
  ompi_obj_distgraphcomm_get_dist_neighbors_count (given, NULL, NULL, &has_weights[2], &error);
  ompi_obj_distgraphcomm_get_dist_neighbors_count (bare, NULL, NULL, &has_weights[3], &error);
  assert_no_error (error);
  ck_assert (has_weights[0] && !has_weights[1] && has_weights[2] && !has_weights[3]);

  assert_one_is_wrong (ompi_obj_intracomm_create_dist_graph_adjacent_arrays (self, &before, 1, two, n, &behind, 1, two,
                                                                             1, NULL, FALSE, &error),
                       is_last, error, adjacent, "source_weights", 2, "sources", 1);
  assert_one_is_wrong (ompi_obj_intracomm_create_dist_graph_adjacent_arrays (self, &before, 1, two, 1, &behind, 1, two,
                                                                             n, NULL, FALSE, &error),
                       is_last, error, adjacent, "destination_weights", 2, "destinations", 1);
  assert_one_is_wrong (ompi_obj_intracomm_create_dist_graph_arrays (self, &rank, 1, degrees, n, &behind, 1, NULL, 0,
                                                                    NULL, FALSE, &error),
                       is_last, error, whole, "degrees", 2, "sources", 1);
  assert_one_is_wrong (ompi_obj_intracomm_create_dist_graph_arrays (self, &rank, 1, degrees, 1, &behind, 1, two, n,
                                                                    NULL, FALSE, &error),
                       is_last, error, whole, "weights", 2, "destinations", 1);
}

MPI_TEST (halos)
{
  g_autoptr (GError) error = NULL;
  const gint dims[] = { ompi_obj_comm_get_size (comm), 1 };
  const gboolean is_last = ompi_obj_comm_get_rank (comm) == dims[0] - 1;
  const gboolean periods[] = { TRUE, TRUE };
  const gint64 shape[] = { 3, 3 };
  const MpiHaloScheme scheme = OMPI_OBJ_HALO_SCHEME_FACES;
  gint numbers[9] = { 0, 0, 0, 0, 7, 0, 0, 0, 0 };
  MpiBuffer *array = OMPI_OBJ_DATA (numbers, 9);
  g_autoptr (MpiCartcomm) grid =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, periods, 2, FALSE, &error);
  g_autoptr (MpiHalo) halo = NULL;

  assert_no_error (error);
  halo = ompi_obj_halo_new_arrays (grid, array, shape, 2, one_one, 2, scheme, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
  ck_assert_int_eq (numbers[1], 7);
  ck_assert_int_eq (numbers[0], 0);
  assert_succeeds (ompi_obj_cartcomm_exchange_halo_arrays (grid, array, shape, 2, one_one, 2, &error), error);
  ck_assert_int_eq (numbers[0], 7);

  assert_one_is_wrong (ompi_obj_halo_new_arrays (grid, array, shape, 2, one_one, is_last ? 1 : 2, scheme, &error),
                       is_last, error, "ompi_obj_halo_new", "widths", 1, "shape", 2);
  assert_one_is_wrong (ompi_obj_cartcomm_exchange_halo_arrays (grid, array, shape, 2, one_one, is_last ? 0 : 2, &error),
                       is_last, error, "ompi_obj_halo_new", "widths", 0, "shape", 2);
}

/* The communicator comes first, as everywhere. */
MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (copy);
  const gint dims[] = { 1, 1 };
  const gboolean periods[] = { TRUE };

  assert_succeeds (ompi_obj_comm_free (copy, &error), error);
  ck_assert_ptr_null (ompi_obj_intracomm_create_cart_arrays (self, dims, 2, periods, 1, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Cart_create");
  ck_assert_int_eq (ompi_obj_intracomm_cart_map_arrays (self, dims, 2, periods, 1, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Cart_map");
  ck_assert_ptr_null (
      ompi_obj_intracomm_create_dist_graph_arrays (self, dims, 2, dims, 1, dims, 2, NULL, 0, NULL, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Dist_graph_create");
  ck_assert_ptr_null (ompi_obj_intracomm_create_dist_graph_adjacent_arrays (self, dims, 2, dims, 1, dims, 2, NULL, 0,
                                                                            NULL, FALSE, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Dist_graph_create_adjacent");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "array lengths");
  harness_add (blocks, HARNESS_ONCE);
  harness_add (datatypes_of_blocks, HARNESS_ONCE);
  harness_add (datatypes_of_arrays, HARNESS_ONCE);
  harness_add (grids, HARNESS_INTRA);
  harness_add (graphs, HARNESS_INTRA);
  harness_add (halos, HARNESS_INTRA);
  harness_add (freed, HARNESS_ONCE);
  return harness_run ();
}
