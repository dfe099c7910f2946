/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Gathering to a root or to all, and scattering, in parts of one size and of several. */

/* run-mpi-test: also at 3 7 ranks */

#include "collective-forms.h"

/* What a rank sends where sizes differ: every third one nothing. */
static gint64
count_of (gint rank, gint count)
{
  return rank % 3 == 2 ? 0 : count + rank;
}

static void
set_counts (gint64 *counts, gint n, gint count)
{
  for (gint i = 0; i < n; i++)
    counts[i] = count_of (i, count);
}

/* Blocks in reverse order, with a gap of one element behind each; returns the number of elements. */
static gint64
set_displacements (gint64 *displacements, const gint64 *counts, gint n)
{
  gint64 next = 0;

  for (gint i = n - 1; i >= 0; i--)
    {
      displacements[i] = next;
      next += counts[i] + 1;
    }
  return next;
}

MPI_TEST (gather)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          g_autofree gint *mine = new_numbers ((gsize) count);
          g_autofree gint *all = new_numbers ((gsize) (count * n));

          fill_numbers (mine, count, get_side (comm), rank, roots.rank);
          assert_succeeds (do_gather (form, comm, roots.is_leaf ? OMPI_OBJ_DATA (mine, count) : NULL,
                                      roots.is_root ? OMPI_OBJ_DATA (all, count * n) : NULL, roots.root, &error),
                           error);
          for (gint i = 0; i < n && roots.is_root; i++)
            assert_numbers (all + i * count, count, get_peer_side (comm), i, roots.rank);
          ck_assert_int_eq (all[count * n], NOTHING);
          ck_assert (roots.is_root || all[0] == NOTHING);
        }
}

MPI_TEST (gather_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autofree gint *all = new_numbers ((gsize) (4 * n));

        fill_numbers (all + 4 * rank, 4, 0, rank, roots.rank);
        assert_succeeds (do_gather (form, comm, roots.is_root ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (all + 4 * rank, 4),
                                    OMPI_OBJ_DATA (all, 4 * n), roots.root, &error),
                         error);
        for (gint i = 0; i < n; i++)
          if (roots.is_root || i == rank)
            assert_numbers (all + 4 * i, 4, 0, i, roots.rank);
          else
            ck_assert_int_eq (all[4 * i], NOTHING);
      }
}

MPI_TEST (gatherv)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        for (gint packed = 0; packed <= 1; packed++)
          {
            g_autoptr (GError) error = NULL;
            gint count = (gint) count_of (rank, collective_counts[c]);
            g_autofree gint *mine = new_numbers ((gsize) count);
            g_autofree gint *all = NULL;
            gint64 total;
            gint64 next = 0;

            set_counts (counts, n, collective_counts[c]);
            total = set_displacements (displacements, counts, n);
            all = new_numbers ((gsize) total);
            fill_numbers (mine, count, get_side (comm), rank, roots.rank);
            assert_succeeds (do_gatherv (form, comm, roots.is_leaf ? OMPI_OBJ_DATA (mine, count) : NULL,
                                         roots.is_root
                                             ? OMPI_OBJ_BLOCKS_DATA (all, n, counts, packed ? NULL : displacements)
                                             : NULL,
                                         roots.root, &error),
                             error);
            for (gint i = 0; i < n && roots.is_root; i++)
              {
                gint64 place = packed ? next : displacements[i];

                assert_numbers (all + place, counts[i], get_peer_side (comm), i, roots.rank);
                next += counts[i];
                if (!packed)
                  ck_assert_int_eq (all[place + counts[i]], NOTHING);
              }
            ck_assert (roots.is_root || all[0] == NOTHING);
          }
}

MPI_TEST (gatherv_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  set_counts (counts, n, 3);
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autofree gint *all = new_numbers ((gsize) set_displacements (displacements, counts, n));
        gint *mine = all + displacements[rank];

        fill_numbers (mine, (gint) counts[rank], 0, rank, roots.rank);
        assert_succeeds (do_gatherv (form, comm, roots.is_root ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (mine, counts[rank]),
                                     OMPI_OBJ_BLOCKS_DATA (all, n, counts, displacements), roots.root, &error),
                         error);
        for (gint i = 0; i < n && roots.is_root; i++)
          assert_numbers (all + displacements[i], counts[i], 0, i, roots.rank);
      }
}

MPI_TEST (scatter)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        {
          g_autoptr (GError) error = NULL;
          gint count = collective_counts[c];
          g_autofree gint *all = new_numbers ((gsize) (count * n));
          g_autofree gint *mine = new_numbers ((gsize) count);

          for (gint i = 0; i < n && roots.is_root; i++)
            fill_numbers (all + i * count, count, roots.side, roots.rank, i);
          assert_succeeds (do_scatter (form, comm, roots.is_root ? OMPI_OBJ_DATA (all, count * n) : NULL,
                                       roots.is_leaf ? OMPI_OBJ_DATA (mine, count) : NULL, roots.root, &error),
                           error);
          if (roots.is_leaf)
            assert_numbers (mine, count, roots.side, roots.rank, rank);
          ck_assert_int_eq (mine[count], NOTHING);
        }
}

MPI_TEST (scatter_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autofree gint *all = new_numbers ((gsize) (4 * n));
        gint mine[4];

        for (gint i = 0; i < n && roots.is_root; i++)
          fill_numbers (all + i * 4, 4, 0, roots.rank, i);
        assert_succeeds (do_scatter (form, comm, OMPI_OBJ_DATA (all, 4 * n),
                                     roots.is_root ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (mine, 4), roots.root, &error),
                         error);
        assert_numbers (roots.is_root ? all + 4 * rank : mine, 4, 0, roots.rank, rank);
      }
}

MPI_TEST (scatterv)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
        for (gint packed = 0; packed <= 1; packed++)
          {
            g_autoptr (GError) error = NULL;
            gint count = (gint) count_of (rank, collective_counts[c]);
            g_autofree gint *mine = new_numbers ((gsize) count);
            g_autofree gint *all = NULL;
            gint64 next = 0;

            set_counts (counts, n, collective_counts[c]);
            all = new_numbers ((gsize) set_displacements (displacements, counts, n));
            for (gint i = 0; i < n; i++)
              {
                fill_numbers (all + (packed ? next : displacements[i]), (gint) counts[i], roots.side, roots.rank, i);
                next += counts[i];
              }
            assert_succeeds (do_scatterv (form, comm,
                                          roots.is_root
                                              ? OMPI_OBJ_BLOCKS_DATA (all, n, counts, packed ? NULL : displacements)
                                              : NULL,
                                          roots.is_leaf ? OMPI_OBJ_DATA (mine, count) : NULL, roots.root, &error),
                             error);
            if (roots.is_leaf)
              assert_numbers (mine, count, roots.side, roots.rank, rank);
            ck_assert_int_eq (mine[count], NOTHING);
          }
}

MPI_TEST (scatterv_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  set_counts (counts, n, 3);
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (Roots roots = ROOTS_INIT; roots_next (&roots, comm);)
      {
        g_autoptr (GError) error = NULL;
        g_autofree gint *all = new_numbers ((gsize) set_displacements (displacements, counts, n));
        g_autofree gint *mine = new_numbers ((gsize) counts[rank]);

        for (gint i = 0; i < n; i++)
          fill_numbers (all + displacements[i], (gint) counts[i], 0, roots.rank, i);
        assert_succeeds (do_scatterv (form, comm, OMPI_OBJ_BLOCKS_DATA (all, n, counts, displacements),
                                      roots.is_root ? OMPI_OBJ_IN_PLACE : OMPI_OBJ_DATA (mine, counts[rank]),
                                      roots.root, &error),
                         error);
        assert_numbers (roots.is_root ? all + displacements[rank] : mine, counts[rank], 0, roots.rank, rank);
      }
}

MPI_TEST (allgather)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        gint count = collective_counts[c];
        g_autofree gint *mine = new_numbers ((gsize) count);
        g_autofree gint *all = new_numbers ((gsize) (count * n));

        fill_numbers (mine, count, get_side (comm), rank, 0);
        assert_succeeds (do_allgather (form, comm, OMPI_OBJ_DATA (mine, count), OMPI_OBJ_DATA (all, count * n), &error),
                         error);
        for (gint i = 0; i < n; i++)
          assert_numbers (all + i * count, count, get_peer_side (comm), i, 0);
        ck_assert_int_eq (all[count * n], NOTHING);
      }
}

MPI_TEST (allgather_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gint *all = new_numbers ((gsize) (4 * n));

      fill_numbers (all + 4 * rank, 4, 0, rank, 0);
      assert_succeeds (do_allgather (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (all, 4 * n), &error), error);
      for (gint i = 0; i < n; i++)
        assert_numbers (all + i * 4, 4, 0, i, 0);
    }
}

MPI_TEST (allgatherv)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      for (gint packed = 0; packed <= 1; packed++)
        {
          g_autoptr (GError) error = NULL;
          gint count = (gint) count_of (rank, collective_counts[c]);
          g_autofree gint *mine = new_numbers ((gsize) count);
          g_autofree gint *all = NULL;
          gint64 next = 0;

          set_counts (counts, n, collective_counts[c]);
          all = new_numbers ((gsize) set_displacements (displacements, counts, n));
          fill_numbers (mine, count, get_side (comm), rank, 0);
          assert_succeeds (do_allgatherv (form, comm, OMPI_OBJ_DATA (mine, count),
                                          OMPI_OBJ_BLOCKS_DATA (all, n, counts, packed ? NULL : displacements), &error),
                           error);
          for (gint i = 0; i < n; i++)
            {
              assert_numbers (all + (packed ? next : displacements[i]), counts[i], get_peer_side (comm), i, 0);
              next += counts[i];
            }
        }
}

MPI_TEST (allgatherv_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new (gint64, n);

  set_counts (counts, n, 3);
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gint *all = new_numbers ((gsize) set_displacements (displacements, counts, n));

      fill_numbers (all + displacements[rank], (gint) counts[rank], 0, rank, 0);
      assert_succeeds (do_allgatherv (form, comm, OMPI_OBJ_IN_PLACE,
                                      OMPI_OBJ_BLOCKS_DATA (all, n, counts, displacements), &error),
                       error);
      for (gint i = 0; i < n; i++)
        assert_numbers (all + displacements[i], counts[i], 0, i, 0);
    }
}

/* Both sides count in different elements: each rank sends a pair, the root receives columns of a matrix. */
MPI_TEST (gather_of_columns)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiDatatype) pair = committed (ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error), &error);
  g_autoptr (MpiDatatype) vector = ompi_obj_datatype_new_vector (2, 1, n, OMPI_OBJ_INT, &error);
  g_autoptr (MpiDatatype) column = committed (ompi_obj_datatype_new_resized (vector, 0, sizeof (gint), &error), &error);
  gint mine[2] = { rank, rank + 100 };

  assert_no_error (error);
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autofree gint *matrix = new_numbers ((gsize) (2 * n));

      assert_succeeds (do_gather (form, comm, OMPI_OBJ_BUFFER (mine, 1, pair), OMPI_OBJ_BUFFER (matrix, n, column), 0,
                                  &error),
                       error);
      for (gint i = 0; i < n; i++)
        {
          ck_assert_int_eq (matrix[i], rank == 0 ? i : NOTHING);
          ck_assert_int_eq (matrix[n + i], rank == 0 ? i + 100 : NOTHING);
        }
    }
}

/* A rank may send and receive in the same array, as long as no element is both. */
MPI_TEST (allgather_between_gaps)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autoptr (MpiDatatype) every_other =
      committed (ompi_obj_datatype_new_resized (OMPI_OBJ_INT, 0, 2 * sizeof (gint), &error), &error);
  g_autofree gint *all = new_numbers ((gsize) (2 * n));

  assert_no_error (error);
  all[1] = rank;
  assert_succeeds (ompi_obj_comm_allgather (comm, OMPI_OBJ_DATA (all + 1, 1), OMPI_OBJ_BUFFER (all, n, every_other),
                                            &error),
                   error);
  for (gint i = 0; i < n; i++)
    ck_assert_int_eq (all[2 * i], i);
}

/* What is not there for this rank is not looked at. */
MPI_TEST (ignored_buffers)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint64 count = -7;
  gint mine = rank;
  g_autofree gint *all = new_numbers ((gsize) n);
  const MpiBuffer *wrong = OMPI_OBJ_BUFFER (NULL, -5, OMPI_OBJ_INT);
  const MpiBlocks *wrong_blocks = OMPI_OBJ_BLOCKS_DATA ((gint *) NULL, 77, &count, NULL);
  g_autofree gint64 *ones = g_new (gint64, n);

  for (gint i = 0; i < n; i++)
    ones[i] = 1;
  assert_succeeds (ompi_obj_comm_gather (comm, OMPI_OBJ_DATA (&mine, 1), rank == 0 ? OMPI_OBJ_DATA (all, n) : wrong, 0,
                                         &error),
                   error);
  assert_succeeds (ompi_obj_comm_scatter (comm, rank == 0 ? OMPI_OBJ_DATA (all, n) : wrong, OMPI_OBJ_DATA (&mine, 1), 0,
                                          &error),
                   error);
  assert_succeeds (ompi_obj_comm_gatherv (comm, OMPI_OBJ_DATA (&mine, 1),
                                          rank == 0 ? OMPI_OBJ_BLOCKS_DATA (all, n, ones, NULL) : wrong_blocks, 0,
                                          &error),
                   error);
  assert_succeeds (ompi_obj_comm_scatterv (comm, rank == 0 ? OMPI_OBJ_BLOCKS_DATA (all, n, ones, NULL) : wrong_blocks,
                                           OMPI_OBJ_DATA (&mine, 1), 0, &error),
                   error);
  ck_assert_int_eq (mine, rank);
}

/*
 * Errors. All are found before MPI is called; where every rank makes the same mistake, none waits.
 */

MPI_TEST (wrong_counts)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint mine[8] = { 0 };
  g_autofree gint *all = new_numbers ((gsize) (8 * n));
  g_autofree gchar *expected = g_strdup_printf ("recv_buffer has %d elements, but %d ranks send 2 elements each: %d "
                                                "expected",
                                                4 * n, n, 2 * n);
  g_autofree gchar *scattered = g_strdup_printf ("send_buffer has %d elements, but %d ranks receive 2 elements each: "
                                                 "%d expected",
                                                 4 * n, n, 2 * n);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      assert_fails (do_allgather (form, comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (all, 4 * n), &error),
                    OMPI_OBJ_ERROR_COUNT, expected);
      assert_fails (do_allgather (form, comm, OMPI_OBJ_DATA (mine, -2), OMPI_OBJ_DATA (all, 2 * n), &error),
                    OMPI_OBJ_ERROR_COUNT, "count is -2");
      assert_fails (do_allgather (form, comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (all, -2 * n), &error),
                    OMPI_OBJ_ERROR_COUNT, "count is -");
      /* Each rank is the root of one; the others do nothing. */
      assert_fails (do_gather (form, comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (all, 4 * n), rank, &error),
                    OMPI_OBJ_ERROR_COUNT, expected);
      assert_fails (do_scatter (form, comm, OMPI_OBJ_DATA (all, 4 * n), OMPI_OBJ_DATA (mine, 2), rank, &error),
                    OMPI_OBJ_ERROR_COUNT, scattered);
      if (n > 1)
        {
          assert_fails (do_allgather (form, comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (all, 2 * n + 1), &error),
                        OMPI_OBJ_ERROR_COUNT, "which is no multiple of the");
          assert_fails (do_gather (form, comm, OMPI_OBJ_DATA (mine, 2), OMPI_OBJ_DATA (all, 2 * n + 1), rank, &error),
                        OMPI_OBJ_ERROR_COUNT, "recv_buffer has");
          assert_fails (do_scatter (form, comm, OMPI_OBJ_DATA (all, 2 * n + 1), OMPI_OBJ_DATA (mine, 2), rank, &error),
                        OMPI_OBJ_ERROR_COUNT, "send_buffer has");
        }
    }
}

MPI_TEST (wrong_blocks)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint mine[8] = { 0 };
  g_autofree gint *all = new_numbers ((gsize) (8 * n));
  g_autofree gint64 *twos = g_new (gint64, n + 1);
  g_autofree gint64 *negative = g_new (gint64, n);
  g_autofree MpiDatatype **types = g_new (MpiDatatype *, n);

  for (gint i = 0; i < n; i++)
    {
      twos[i] = 2;
      negative[i] = -1;
      types[i] = OMPI_OBJ_INT;
    }
  twos[n] = 2;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
#define ASSERT_REFUSED(blocks, code, text)                                                            \
  assert_fails (do_gatherv (form, comm, OMPI_OBJ_DATA (mine, 2), blocks, rank, &error), code, text);  \
  assert_fails (do_scatterv (form, comm, blocks, OMPI_OBJ_DATA (mine, 2), rank, &error), code, text); \
  assert_fails (do_allgatherv (form, comm, OMPI_OBJ_DATA (mine, 2), blocks, &error), code, text)

      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_DATA (all, n + 1, twos, NULL), OMPI_OBJ_ERROR_COUNT, "blocks, but there are");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_DATA (all, n - 1, twos, NULL), OMPI_OBJ_ERROR_COUNT, "blocks, but there are");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_DATA (all, n, negative, NULL), OMPI_OBJ_ERROR_COUNT, "block 0 is -1");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_DATA (all, n, NULL, NULL), OMPI_OBJ_ERROR_ARG, "no counts");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_DATA ((gint *) NULL, n, twos, NULL), OMPI_OBJ_ERROR_BUFFER, "is NULL");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS (all, n, twos, NULL, NULL), OMPI_OBJ_ERROR_TYPE, "no datatype");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_OF_TYPES (all, n, twos, NULL, types), OMPI_OBJ_ERROR_TYPE, "only alltoallw");
      ASSERT_REFUSED (OMPI_OBJ_BLOCKS_IN_PLACE, OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
      ASSERT_REFUSED (NULL, OMPI_OBJ_ERROR_BUFFER, "is NULL, but this rank needs it");

      assert_fails (do_allgatherv (form, comm, OMPI_OBJ_DATA (mine, 3), OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL),
                                   &error),
                    OMPI_OBJ_ERROR_COUNT, "sends 3 elements to itself, but receives 2");
      assert_fails (do_gatherv (form, comm, OMPI_OBJ_DATA (mine, 3), OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), rank,
                                &error),
                    OMPI_OBJ_ERROR_COUNT, "sends 3 elements to itself, but receives 2");
      assert_fails (do_scatterv (form, comm, OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), OMPI_OBJ_DATA (mine, 3), rank,
                                 &error),
                    OMPI_OBJ_ERROR_COUNT, "sends 2 elements to itself, but receives 3");
    }
}

MPI_TEST (wrong_roles)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint mine[8] = { 0 };
  g_autofree gint *all = new_numbers ((gsize) (8 * n));
  const MpiBuffer *own = OMPI_OBJ_DATA (mine, 2);
  const MpiBuffer *whole = OMPI_OBJ_DATA (all, 2 * n);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      assert_fails (do_bcast (form, comm, NULL, rank, &error), OMPI_OBJ_ERROR_BUFFER, "buffer is NULL");
      assert_fails (do_bcast (form, comm, OMPI_OBJ_IN_PLACE, rank, &error), OMPI_OBJ_ERROR_BUFFER, "IN_PLACE");
      assert_fails (do_gather (form, comm, NULL, whole, rank, &error), OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
      assert_fails (do_gather (form, comm, own, NULL, rank, &error), OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
      assert_fails (do_gather (form, comm, own, OMPI_OBJ_IN_PLACE, rank, &error), OMPI_OBJ_ERROR_BUFFER,
                    "recv_buffer is OMPI_OBJ_IN_PLACE");
      assert_fails (do_scatter (form, comm, NULL, own, rank, &error), OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
      assert_fails (do_scatter (form, comm, whole, NULL, rank, &error), OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
      assert_fails (do_scatter (form, comm, OMPI_OBJ_IN_PLACE, own, rank, &error), OMPI_OBJ_ERROR_BUFFER,
                    "send_buffer is OMPI_OBJ_IN_PLACE");
      assert_fails (do_allgather (form, comm, NULL, whole, &error), OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
      assert_fails (do_allgather (form, comm, own, NULL, &error), OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
      assert_fails (do_allgather (form, comm, own, OMPI_OBJ_IN_PLACE, &error), OMPI_OBJ_ERROR_BUFFER,
                    "recv_buffer is OMPI_OBJ_IN_PLACE");
      if (n > 1)
        {
          gint other = (rank + 1) % n;

          assert_fails (do_gather (form, comm, OMPI_OBJ_IN_PLACE, whole, other, &error), OMPI_OBJ_ERROR_BUFFER,
                        "send_buffer is OMPI_OBJ_IN_PLACE");
          assert_fails (do_scatter (form, comm, whole, OMPI_OBJ_IN_PLACE, other, &error), OMPI_OBJ_ERROR_BUFFER,
                        "recv_buffer is OMPI_OBJ_IN_PLACE");
          assert_fails (do_gather (form, comm, NULL, NULL, other, &error), OMPI_OBJ_ERROR_BUFFER, "send_buffer");
          assert_fails (do_scatter (form, comm, NULL, NULL, other, &error), OMPI_OBJ_ERROR_BUFFER, "recv_buffer");
        }
      for (gint bad = 0; bad < 4; bad++)
        {
          const gint roots[] = { n, -1, OMPI_OBJ_ROOT, OMPI_OBJ_PROC_NULL };

          assert_fails (do_bcast (form, comm, own, roots[bad], &error), OMPI_OBJ_ERROR_ROOT, "root is");
          assert_fails (do_gather (form, comm, own, whole, roots[bad], &error), OMPI_OBJ_ERROR_ROOT, "root is");
          assert_fails (do_scatter (form, comm, whole, own, roots[bad], &error), OMPI_OBJ_ERROR_ROOT, "root is");
        }
    }
}

/* MPICH would end the program. */
MPI_TEST (overlapping_memory)
{
  g_autoptr (GError) error = NULL;
  gint n = ompi_obj_comm_get_size (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gint *all = new_numbers ((gsize) (8 * n));
  g_autofree gint64 *twos = g_new (gint64, n);
  g_autoptr (MpiDatatype) pair = committed (ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error), &error);

  for (gint i = 0; i < n; i++)
    twos[i] = 2;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gint shift = 0; shift < 2; shift++)
      {
        gint *place = all + 2 * rank + shift;

        assert_fails (do_allgather (form, comm, OMPI_OBJ_DATA (place, 2), OMPI_OBJ_DATA (all, 2 * n), &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_allgather (form, comm, OMPI_OBJ_BUFFER (place, 1, pair), OMPI_OBJ_DATA (all, 2 * n), &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_gather (form, comm, OMPI_OBJ_DATA (place, 2), OMPI_OBJ_DATA (all, 2 * n), rank, &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_scatter (form, comm, OMPI_OBJ_DATA (all, 2 * n), OMPI_OBJ_DATA (place, 2), rank, &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_gatherv (form, comm, OMPI_OBJ_DATA (place, 2), OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), rank,
                                  &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_scatterv (form, comm, OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL), OMPI_OBJ_DATA (place, 2),
                                   rank, &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
        assert_fails (do_allgatherv (form, comm, OMPI_OBJ_DATA (place, 2), OMPI_OBJ_BLOCKS_DATA (all, n, twos, NULL),
                                     &error),
                      OMPI_OBJ_ERROR_BUFFER, "overlap");
      }
}

/* There is no place of its own on an intercommunicator. */
MPI_TEST (in_place_between_two_sides)
{
  g_autoptr (GError) error = NULL;
  gint n = harness_n_peers (comm);
  g_autofree gint *all = new_numbers ((gsize) n);
  g_autofree gint64 *ones = g_new (gint64, n);

  for (gint i = 0; i < n; i++)
    ones[i] = 1;
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      assert_fails (do_allgather (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (all, n), &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      assert_fails (do_allgatherv (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_BLOCKS_DATA (all, n, ones, NULL), &error),
                    OMPI_OBJ_ERROR_BUFFER, "OMPI_OBJ_IN_PLACE");
      assert_fails (do_gather (form, comm, OMPI_OBJ_IN_PLACE, NULL, 0, &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      assert_fails (do_scatter (form, comm, NULL, OMPI_OBJ_IN_PLACE, 0, &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      assert_fails (do_gather (form, comm, OMPI_OBJ_DATA (all, 1), NULL, n, &error), OMPI_OBJ_ERROR_ROOT, "root is");
      assert_fails (do_gather (form, comm, OMPI_OBJ_DATA (all, 1), NULL, OMPI_OBJ_ROOT, &error), OMPI_OBJ_ERROR_BUFFER,
                    "recv_buffer is NULL");
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "gather-scatter");
  harness_add (gather, HARNESS_ALL);
  harness_add (gather_in_place, HARNESS_INTRA);
  harness_add (gatherv, HARNESS_ALL);
  harness_add (gatherv_in_place, HARNESS_INTRA);
  harness_add (scatter, HARNESS_ALL);
  harness_add (scatter_in_place, HARNESS_INTRA);
  harness_add (scatterv, HARNESS_ALL);
  harness_add (scatterv_in_place, HARNESS_INTRA);
  harness_add (allgather, HARNESS_ALL);
  harness_add (allgather_in_place, HARNESS_INTRA);
  harness_add (allgatherv, HARNESS_ALL);
  harness_add (allgatherv_in_place, HARNESS_INTRA);
  harness_add (gather_of_columns, HARNESS_INTRA);
  harness_add (allgather_between_gaps, HARNESS_INTRA);
  harness_add (ignored_buffers, HARNESS_INTRA);
  harness_add (wrong_counts, HARNESS_INTRA);
  harness_add (wrong_blocks, HARNESS_INTRA);
  harness_add (wrong_roles, HARNESS_INTRA);
  harness_add (overlapping_memory, HARNESS_INTRA);
  harness_add (in_place_between_two_sides, HARNESS_INTER);
  return harness_run ();
}
