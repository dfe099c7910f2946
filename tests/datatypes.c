/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "datatypes.h"

void
assert_ready (MpiDatatype *datatype, GError *error)
{
  assert_no_error (error);
  ck_assert_ptr_nonnull (datatype);
  assert_succeeds (ompi_obj_datatype_commit (datatype, &error), error);
}

/*
 * Sends one element of @datatype out of numbered cells and looks at the numbers that arrive; then sends
 * numbers into one element, and looks at the cells.
 */
void
assert_selects (MpiComm *comm, MpiDatatype *datatype, const gint32 *expected, gint n_expected)
{
  HarnessRounds rounds = HARNESS_ROUNDS_INIT;
  g_autoptr (GError) error = NULL;
  gint32 cells[N_CELLS];
  gint64 size;

  for (gint32 i = 0; i < N_CELLS; i++)
    cells[i] = i;

  size = ompi_obj_datatype_get_size (datatype, &error);
  assert_no_error (error);
  ck_assert_int_eq (size, 4 * n_expected);

  while (harness_rounds_next (&rounds, comm))
    {
      gint32 received[N_CELLS];
      gint32 scattered[N_CELLS];

      memset (received, 0xff, sizeof received);
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (cells, 1, datatype), rounds.dest, 1,
                                               OMPI_OBJ_DATA (received, N_CELLS), rounds.source, 1, NULL, &error),
                       error);
      if (rounds.source != OMPI_OBJ_PROC_NULL)
        {
          ck_assert_mem_eq (received, expected, sizeof (gint32) * (gsize) n_expected);
          ck_assert_int_eq (received[n_expected], -1);
        }

      memset (scattered, 0xff, sizeof scattered);
      assert_succeeds (ompi_obj_comm_sendrecv (comm, OMPI_OBJ_BUFFER (expected, n_expected, OMPI_OBJ_INT32_T),
                                               rounds.dest, 2, OMPI_OBJ_BUFFER (scattered, 1, datatype), rounds.source,
                                               2, NULL, &error),
                       error);
      for (gint i = 0; rounds.source != OMPI_OBJ_PROC_NULL && i < N_CELLS; i++)
        {
          gboolean selected = FALSE;

          for (gint j = 0; j < n_expected; j++)
            selected = selected || expected[j] == i;
          ck_assert_int_eq (scattered[i], selected ? i : -1);
        }
    }
}

/* Describes, builds again, and describes again: both look the same, and select the same. */
void
assert_described (MpiComm *comm, MpiDatatype *datatype, const gchar *text, const gint32 *expected, gint n_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) description = ompi_obj_datatype_decode (datatype, &error);
  g_autoptr (GVariant) wanted = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (MpiDatatype) built = NULL;

  assert_no_error (error);
  wanted = g_variant_parse (G_VARIANT_TYPE ("(sa{sv})"), text, NULL, NULL, &error);
  assert_no_error (error);
  assert_variant_equal (description, wanted);

  built = ompi_obj_datatype_new_for_description (description, &error);
  assert_ready (built, error);
  again = ompi_obj_datatype_decode (built, &error);
  assert_no_error (error);
  assert_variant_equal (again, wanted);
  if (expected != NULL)
    assert_selects (comm, built, expected, n_expected);
}

void
assert_extent (MpiDatatype *datatype, gint64 lower_bound, gint64 extent)
{
  g_autoptr (GError) error = NULL;
  gint64 found_lower_bound = -1;
  gint64 found_extent = -1;
  gint64 true_lower_bound = -1;
  gint64 true_extent = -1;
  MPI_Aint raw_lower_bound;
  MPI_Aint raw_extent;

  assert_succeeds (ompi_obj_datatype_get_extent (datatype, &found_lower_bound, &found_extent, &error), error);
  ck_assert_int_eq (found_lower_bound, lower_bound);
  ck_assert_int_eq (found_extent, extent);
  assert_succeeds (ompi_obj_datatype_get_extent (datatype, NULL, NULL, &error), error);

  assert_succeeds (ompi_obj_datatype_get_true_extent (datatype, &true_lower_bound, &true_extent, &error), error);
  MPI_Type_get_true_extent (ompi_obj_datatype_get_native (datatype), &raw_lower_bound, &raw_extent);
  ck_assert_int_eq (true_lower_bound, raw_lower_bound);
  ck_assert_int_eq (true_extent, raw_extent);
  MPI_Type_get_extent (ompi_obj_datatype_get_native (datatype), &raw_lower_bound, &raw_extent);
  ck_assert_int_eq (found_lower_bound, raw_lower_bound);
  ck_assert_int_eq (found_extent, raw_extent);
}

MpiCombiner
combiner_of (MpiDatatype *datatype)
{
  g_autoptr (GError) error = NULL;
  MpiCombiner combiner = (MpiCombiner) -1;

  assert_succeeds (ompi_obj_datatype_get_envelope (datatype, &combiner, NULL, NULL, NULL, NULL, &error), error);
  return combiner;
}
