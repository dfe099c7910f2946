/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Ghost layers: every element of them, in every scheme, against what the whole array has there. */

#include "harness.h"

#define MAX_DIMS 3
#define UNTOUCHED (-1)

/* A block of an array of up to three dimensions that are distributed; those that are not used have extent 1. */
typedef struct
{
  MpiCartcomm *grid;
  gsize n_dims;
  gint dims[MAX_DIMS];
  gint coords[MAX_DIMS];
  gboolean periods[MAX_DIMS];
  gint64 widths[MAX_DIMS];
  gint64 shape[MAX_DIMS];
  gint64 first[MAX_DIMS];  /* of the block in the whole array */
  gint64 extent[MAX_DIMS]; /* of the whole array */
  gint64 n_elements;
  gint64 *elements;
} Block;

static void
block_clear (Block *block)
{
  g_clear_object (&block->grid);
  g_clear_pointer (&block->elements, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

/* Blocks are larger at higher coordinates. */
static gint64
block_size (gint coord)
{
  return 4 + coord;
}

static gint64
value_at (const gint64 *where)
{
  return (where[0] * 1000 + where[1]) * 1000 + where[2];
}

/* Sets WHERE to the global coordinates of an element and returns in how many dimensions it is in a ghost layer. */
static guint
block_locate (const Block *block, gint64 element, gint64 *where, gboolean *is_outside)
{
  guint n_ghost = 0;

  *is_outside = FALSE;
  for (gint i = MAX_DIMS - 1; i >= 0; i--)
    {
      const gint64 local = element % block->shape[i] - block->widths[i];

      element /= block->shape[i];
      n_ghost += local < 0 || local >= block->shape[i] - 2 * block->widths[i];
      where[i] = block->first[i] + local;
      if (where[i] < 0 || where[i] >= block->extent[i])
        {
          if (!block->periods[i])
            *is_outside = TRUE;
          where[i] = (where[i] + block->extent[i]) % block->extent[i];
        }
    }
  return n_ghost;
}

static void
block_fill (Block *block)
{
  for (gint64 i = 0; i < block->n_elements; i++)
    {
      gint64 where[MAX_DIMS];
      gboolean is_outside;

      block->elements[i] = block_locate (block, i, where, &is_outside) > 0 ? UNTOUCHED : value_at (where);
    }
}

static void
block_init (Block *block, MpiComm *comm, gsize n_dims, const gboolean *periods, const gint64 *widths)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint *coords = NULL;

  block->n_dims = n_dims;
  memset (block->dims, 0, sizeof block->dims);
  assert_succeeds (ompi_obj_compute_dims (ompi_obj_comm_get_size (comm), block->dims, n_dims, &error), error);
  block->grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), block->dims, periods, n_dims, FALSE, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_cartcomm_get_topo (block->grid, NULL, NULL, &coords, NULL, &error), error);

  block->n_elements = 1;
  for (gsize i = 0; i < MAX_DIMS; i++)
    {
      const gboolean is_used = i < n_dims;

      block->coords[i] = is_used ? coords[i] : 0;
      block->periods[i] = is_used && periods[i];
      block->widths[i] = is_used ? widths[i] : 0;
      block->shape[i] = is_used ? block_size (coords[i]) + 2 * widths[i] : 1;
      block->first[i] = 0;
      block->extent[i] = is_used ? 0 : 1;
      for (gint j = 0; is_used && j < block->dims[i]; j++)
        {
          block->extent[i] += block_size (j);
          if (j < coords[i])
            block->first[i] += block_size (j);
        }
      block->n_elements *= block->shape[i];
    }
  block->elements = g_new (gint64, block->n_elements);
  block_fill (block);
}

static void
block_assert_exchanged (const Block *block, gboolean with_corners)
{
  for (gint64 i = 0; i < block->n_elements; i++)
    {
      gint64 where[MAX_DIMS];
      gboolean is_outside;
      const guint n_ghost = block_locate (block, i, where, &is_outside);
      const gboolean is_exchanged = !is_outside && (n_ghost <= 1 || with_corners);

      ck_assert_int_eq (block->elements[i], is_exchanged ? value_at (where) : UNTOUCHED);
    }
}

static MpiHalo *
block_new_halo (const Block *block, MpiHaloScheme scheme)
{
  g_autoptr (GError) error = NULL;
  MpiHalo *halo = ompi_obj_halo_new (block->grid, OMPI_OBJ_DATA (block->elements, block->n_elements), block->shape,
                                     block->widths, block->n_dims, scheme, &error);

  assert_no_error (error);
  ck_assert (OMPI_OBJ_IS_HALO (halo));
  return halo;
}

static const MpiHaloScheme schemes[] = {
  OMPI_OBJ_HALO_SCHEME_FACES,
  OMPI_OBJ_HALO_SCHEME_IN_TURN,
  OMPI_OBJ_HALO_SCHEME_AT_ONCE,
};

static void
check_block (MpiComm *comm, gsize n_dims, const gboolean *periods, const gint64 *widths)
{
  g_autoptr (GError) error = NULL;
  g_auto (Block) block = { 0 };

  block_init (&block, comm, n_dims, periods, widths);
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (MpiHalo) halo = block_new_halo (&block, schemes[i]);

      /* Several times, with all there is to do in between. */
      for (gint round = 0; round < 3; round++)
        {
          block_fill (&block);
          if (round == 1)
            {
              assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
            }
          else
            {
              assert_succeeds (ompi_obj_halo_start (halo, &error), error);
              assert_succeeds (ompi_obj_halo_finish (halo, &error), error);
            }
          block_assert_exchanged (&block, schemes[i] != OMPI_OBJ_HALO_SCHEME_FACES);
        }
    }

  block_fill (&block);
  assert_succeeds (ompi_obj_cartcomm_exchange_halo (block.grid, OMPI_OBJ_DATA (block.elements, block.n_elements),
                                                    block.shape, block.widths, n_dims, &error),
                   error);
  block_assert_exchanged (&block, TRUE);
}

MPI_TEST (one_dimension)
{
  for (gboolean is_ring = FALSE; is_ring <= TRUE; is_ring++)
    for (gint64 width = 0; width <= 4; width++)
      check_block (comm, 1, &is_ring, &width);
}

MPI_TEST (two_dimensions)
{
  for (guint mask = 0; mask < 4; mask++)
    {
      const gboolean periods[] = { mask & 1, (mask & 2) != 0 };
      const gint64 widths[] = { 1, 2 };
      const gint64 only_columns[] = { 0, 1 };

      check_block (comm, 2, periods, widths);
      check_block (comm, 2, periods, only_columns);
    }
}

MPI_TEST (three_dimensions)
{
  for (guint mask = 0; mask < 8; mask++)
    {
      const gboolean periods[] = { mask & 1, (mask & 2) != 0, (mask & 4) != 0 };
      const gint64 widths[] = { 2, 1, 3 };
      const gint64 flat[] = { 1, 0, 1 };

      check_block (comm, 3, periods, widths);
      check_block (comm, 3, periods, flat);
    }
}

/* A grid without dimensions has no neighbours. */
MPI_TEST (no_dimensions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiCartcomm) point =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), NULL, NULL, 0, FALSE, &error);
  gint value = 3;

  assert_no_error (error);
  if (point != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
      {
        g_autoptr (MpiHalo) halo =
            ompi_obj_halo_new (point, OMPI_OBJ_DATA (&value, 1), NULL, NULL, 0, schemes[i], &error);

        assert_no_error (error);
        assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
        ck_assert_int_eq (value, 3);
      }
}

/* Elements of a datatype of the program's. */
MPI_TEST (derived_elements)
{
  g_autoptr (GError) error = NULL;
  const gint n_ranks = ompi_obj_comm_get_size (comm);
  const gboolean is_ring = TRUE;
  const gint64 shape = 5;
  const gint64 width = 1;
  g_autoptr (MpiDatatype) triple = ompi_obj_datatype_new_contiguous (3, OMPI_OBJ_FLOAT, &error);
  g_autoptr (MpiCartcomm) ring = NULL;
  gfloat array[5][3];
  gint rank;

  assert_no_error (error);
  ring = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), &n_ranks, &is_ring, 1, TRUE, &error);
  assert_no_error (error);
  rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (ring));
  for (gint i = 0; i < 5; i++)
    for (gint j = 0; j < 3; j++)
      array[i][j] = (gfloat) (100 * rank + 10 * i + j);
  assert_succeeds (ompi_obj_cartcomm_exchange_halo (ring, OMPI_OBJ_BUFFER (array, 5, triple), &shape, &width, 1,
                                                    &error),
                   error);
  for (gint j = 0; j < 3; j++)
    {
      const gint before = (rank + n_ranks - 1) % n_ranks;
      const gint behind = (rank + 1) % n_ranks;

      ck_assert (array[0][j] == (gfloat) (100 * before + 30 + j));
      ck_assert (array[4][j] == (gfloat) (100 * behind + 10 + j));
    }
}

/* While the exchange is under way, the inside is worked on, and messages of the program with the same tags go by. */
MPI_TEST (overlap)
{
  const gboolean periods[] = { TRUE, FALSE };
  const gint64 widths[] = { 1, 1 };
  g_auto (Block) block = { 0 };

  block_init (&block, comm, 2, periods, widths);
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MpiHalo) halo = block_new_halo (&block, schemes[i]);
      gint64 *inside = &block.elements[2 * block.shape[1] + 2];
      const gint64 saved = *inside;

      block_fill (&block);
      assert_succeeds (ompi_obj_halo_start (halo, &error), error);
      *inside = 42;
      for (gint tag = 0; tag < 8; tag++)
        {
          const gint64 sent = tag;
          gint64 received = -1;
          MpiCartShift shift;

          assert_succeeds (ompi_obj_cartcomm_shift (block.grid, 0, 1, &shift, &error), error);
          assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (block.grid), OMPI_OBJ_DATA (&sent, 1), shift.dest,
                                                   tag, OMPI_OBJ_DATA (&received, 1), shift.source, tag, NULL, &error),
                           error);
          ck_assert_int_eq (received, tag);
        }
      assert_succeeds (ompi_obj_halo_finish (halo, &error), error);
      ck_assert_int_eq (*inside, 42);
      *inside = saved;
      block_assert_exchanged (&block, schemes[i] != OMPI_OBJ_HALO_SCHEME_FACES);
    }
}

/* Two halos of one grid, started in an order that differs from rank to rank. */
MPI_TEST (several_at_once)
{
  g_autoptr (GError) error = NULL;
  const gboolean periods[] = { TRUE, TRUE };
  const gint64 widths[] = { 1, 1 };
  g_auto (Block) one = { 0 };
  g_auto (Block) other = { 0 };
  g_autoptr (MpiHalo) first = NULL;
  g_autoptr (MpiHalo) second = NULL;
  gboolean is_odd;

  block_init (&one, comm, 2, periods, widths);
  block_init (&other, comm, 2, periods, widths);
  g_set_object (&other.grid, one.grid);
  for (gint64 i = 0; i < other.n_elements; i++)
    other.elements[i] = other.elements[i] == UNTOUCHED ? UNTOUCHED : other.elements[i] + 7;
  first = block_new_halo (&one, OMPI_OBJ_HALO_SCHEME_AT_ONCE);
  second = block_new_halo (&other, OMPI_OBJ_HALO_SCHEME_AT_ONCE);

  is_odd = ompi_obj_comm_get_rank (comm) % 2;
  assert_succeeds (ompi_obj_halo_start (is_odd ? first : second, &error), error);
  assert_succeeds (ompi_obj_halo_start (is_odd ? second : first, &error), error);
  assert_succeeds (ompi_obj_halo_finish (first, &error), error);
  assert_succeeds (ompi_obj_halo_finish (second, &error), error);
  block_assert_exchanged (&one, TRUE);
  for (gint64 i = 0; i < other.n_elements; i++)
    other.elements[i] -= 7;
  block_assert_exchanged (&other, TRUE);
}

/* A buffer that owns its memory, and the grid, may go before the halo. */
MPI_TEST (keeps_what_it_needs)
{
  g_autoptr (GError) error = NULL;
  const gint n_ranks = ompi_obj_comm_get_size (comm);
  const gboolean is_ring = TRUE;
  const gint64 shape = 6;
  const gint64 width = 1;
  g_autoptr (MpiCartcomm) ring =
      ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), &n_ranks, &is_ring, 1, FALSE, &error);
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (6);
  g_autoptr (MpiHalo) halo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gint rank;

  assert_no_error (error);
  rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (ring));
  memset (buffer->address, rank + 1, 6);
  bytes = ompi_obj_buffer_get_bytes (buffer, &error);
  halo = ompi_obj_halo_new (ring, buffer, &shape, &width, 1, OMPI_OBJ_HALO_SCHEME_FACES, &error);
  assert_no_error (error);
  g_clear_pointer (&buffer, ompi_obj_buffer_free);
  g_clear_object (&ring);
  assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
  data = g_bytes_get_data (bytes, NULL);
  ck_assert_int_eq (data[0], (rank + n_ranks - 1) % n_ranks + 1);
  ck_assert_int_eq (data[5], (rank + 1) % n_ranks + 1);
  g_clear_pointer (&bytes, g_bytes_unref);
  assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
}

MPI_TEST (order_of_calls)
{
  g_autoptr (GError) error = NULL;
  const gboolean is_ring = TRUE;
  const gint64 width = 1;
  g_auto (Block) block = { 0 };
  g_autoptr (MpiHalo) halo = NULL;

  block_init (&block, comm, 1, &is_ring, &width);
  halo = block_new_halo (&block, OMPI_OBJ_HALO_SCHEME_FACES);
  ck_assert (!ompi_obj_halo_finish (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "ompi_obj_halo_finish: the exchange was not started");
  assert_succeeds (ompi_obj_halo_start (halo, &error), error);
  ck_assert (!ompi_obj_halo_start (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "ompi_obj_halo_start: the exchange was started before");
  ck_assert (!ompi_obj_halo_exchange (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, NULL);
  assert_succeeds (ompi_obj_halo_finish (halo, &error), error);
  block_assert_exchanged (&block, TRUE);
}

/* What other languages get from the bare constructor. */
MPI_TEST (made_of_nothing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiHalo) halo = g_object_new (OMPI_OBJ_TYPE_HALO, NULL);

  ck_assert (!ompi_obj_halo_start (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "ompi_obj_halo_start: the halo has no array");
  ck_assert (!ompi_obj_halo_finish (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "ompi_obj_halo_finish: the halo has no array");
  ck_assert (!ompi_obj_halo_exchange (halo, &error));
  assert_error (error, OMPI_OBJ_ERROR_REQUEST, "the halo has no array");
}

/* Where one rank is wrong, the others get an error too instead of waiting for it. */
MPI_TEST (bad_arguments)
{
  g_autoptr (GError) error = NULL;
  const gboolean periods[] = { TRUE, TRUE };
  const gint64 widths[] = { 1, 1 };
  const gint64 wide[] = { 1, 3 };
  const gint64 negative[] = { -1, 1 };
  g_auto (Block) block = { 0 };
  g_autofree gint64 *large = NULL;
  MpiBuffer good;
  MpiBuffer short_one;
  MpiBuffer nowhere;
  gboolean is_wrong;
  gint size;

  block_init (&block, comm, 2, periods, widths);
  is_wrong = ompi_obj_comm_get_rank (comm) == 0;
  size = ompi_obj_comm_get_size (comm);
  good = *OMPI_OBJ_DATA (block.elements, block.n_elements);
  short_one = nowhere = good;
  short_one.count--;
  nowhere.address = NULL;

#define ASSERT_ALL_FAIL(array, shape, widths, n_dims, scheme, code, text)                                       \
  do                                                                                                            \
    {                                                                                                           \
      ck_assert_ptr_null (ompi_obj_halo_new (block.grid, array, shape, widths, n_dims, scheme, &error));        \
      if (is_wrong)                                                                                             \
        assert_error (error, code, text);                                                                       \
      else                                                                                                      \
        assert_error (error, OMPI_OBJ_ERROR_ARG, "ompi_obj_halo_new: the arguments of another rank are wrong"); \
    }                                                                                                           \
  while (0)

  ASSERT_ALL_FAIL (is_wrong ? &short_one : &good, block.shape, widths, 2, OMPI_OBJ_HALO_SCHEME_FACES,
                   OMPI_OBJ_ERROR_COUNT, "the array has ");
  ASSERT_ALL_FAIL (is_wrong ? &nowhere : &good, block.shape, widths, 2, OMPI_OBJ_HALO_SCHEME_FACES,
                   OMPI_OBJ_ERROR_BUFFER, "the address is NULL");
  ASSERT_ALL_FAIL (&good, block.shape, is_wrong ? wide : widths, 2, OMPI_OBJ_HALO_SCHEME_FACES, OMPI_OBJ_ERROR_ARG,
                   "widths[1] is 3, but shape[1], ");
  ASSERT_ALL_FAIL (&good, block.shape, is_wrong ? negative : widths, 2, OMPI_OBJ_HALO_SCHEME_FACES, OMPI_OBJ_ERROR_ARG,
                   "widths[0] is -1");
  ASSERT_ALL_FAIL (&good, is_wrong ? negative : block.shape, widths, 2, OMPI_OBJ_HALO_SCHEME_FACES, OMPI_OBJ_ERROR_ARG,
                   "shape[0] is -1");
  ASSERT_ALL_FAIL (&good, block.shape, widths, is_wrong ? 1 : 2, OMPI_OBJ_HALO_SCHEME_FACES, OMPI_OBJ_ERROR_DIMS,
                   "n_dims is 1, but the grid has 2");
  ASSERT_ALL_FAIL (&good, block.shape, widths, 2, is_wrong ? (MpiHaloScheme) 3 : OMPI_OBJ_HALO_SCHEME_FACES,
                   OMPI_OBJ_ERROR_ARG, "scheme is 3");
  ck_assert (
      !ompi_obj_cartcomm_exchange_halo (block.grid, is_wrong ? &short_one : &good, block.shape, widths, 2, &error));
  assert_error (error, is_wrong ? OMPI_OBJ_ERROR_COUNT : OMPI_OBJ_ERROR_ARG, NULL);

  if (size > 1)
    {
      /* The first dimension has two ranks at least, so ranks with one row and different lengths of it meet. */
      const gint64 shape[] = { 3, is_wrong ? 30 : 20 };
      const gint64 narrow[] = { 1, is_wrong ? 0 : 1 };

      large = g_new0 (gint64, 90);
      ck_assert_ptr_null (ompi_obj_halo_new (block.grid, OMPI_OBJ_DATA (large, 3 * shape[1]), shape, widths, 2,
                                             OMPI_OBJ_HALO_SCHEME_AT_ONCE, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "the ranks differ in the shape");
      ck_assert_ptr_null (
          ompi_obj_halo_new (block.grid, &good, block.shape, narrow, 2, OMPI_OBJ_HALO_SCHEME_FACES, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "the ranks differ in a width: one has 0, another 1");
      ck_assert_ptr_null (ompi_obj_halo_new (block.grid, &good, block.shape, widths, 2,
                                             is_wrong ? OMPI_OBJ_HALO_SCHEME_FACES : OMPI_OBJ_HALO_SCHEME_IN_TURN,
                                             &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, "the ranks differ in scheme");
    }

  /* All are in step still. */
  {
    g_autoptr (MpiHalo) halo = block_new_halo (&block, OMPI_OBJ_HALO_SCHEME_FACES);

    assert_succeeds (ompi_obj_halo_exchange (halo, &error), error);
    block_assert_exchanged (&block, FALSE);
  }
  assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (block.grid), &error), error);
  ck_assert_ptr_null (
      ompi_obj_halo_new (block.grid, &good, block.shape, widths, 2, OMPI_OBJ_HALO_SCHEME_FACES, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "freed");
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;
  gpointer plain = comm;
  gint value = 0;

  harness_expect_critical ("*CARTCOMM*");
  ck_assert_ptr_null (
      ompi_obj_halo_new (plain, OMPI_OBJ_DATA (&value, 1), NULL, NULL, 0, OMPI_OBJ_HALO_SCHEME_FACES, &error));
  harness_expect_critical ("*array*");
  ck_assert_ptr_null (ompi_obj_halo_new (plain, NULL, NULL, NULL, 0, OMPI_OBJ_HALO_SCHEME_FACES, &error));
  harness_expect_critical ("*HALO*");
  ck_assert (!ompi_obj_halo_start (NULL, &error));
  harness_expect_critical ("*HALO*");
  ck_assert (!ompi_obj_halo_finish (NULL, &error));
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "halo");
  harness_add (one_dimension, HARNESS_INTRA);
  harness_add (two_dimensions, HARNESS_INTRA);
  harness_add (three_dimensions, HARNESS_INTRA);
  harness_add (no_dimensions, HARNESS_INTRA);
  harness_add (derived_elements, HARNESS_INTRA);
  harness_add (overlap, HARNESS_INTRA);
  harness_add (several_at_once, HARNESS_INTRA);
  harness_add (keeps_what_it_needs, HARNESS_INTRA);
  harness_add (order_of_calls, HARNESS_INTRA);
  harness_add (made_of_nothing, HARNESS_ONCE);
  harness_add (bad_arguments, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
