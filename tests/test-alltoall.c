/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From every rank to every rank: parts of one size, of several sizes, and of several datatypes. */

/* run-mpi-test: also at 3 7 ranks */

#include "collective-forms.h"

MPI_TEST (alltoall)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        gint count = collective_counts[c];
        g_autofree gint *out = new_numbers ((gsize) (count * n));
        g_autofree gint *in = new_numbers ((gsize) (count * n));

        for (gint i = 0; i < n; i++)
          fill_numbers (out + i * count, count, get_side (comm), rank, i);
        assert_succeeds (do_alltoall (form, comm, OMPI_OBJ_DATA (out, count * n), OMPI_OBJ_DATA (in, count * n),
                                      &error),
                         error);
        for (gint i = 0; i < n; i++)
          {
            assert_numbers (in + i * count, count, get_peer_side (comm), i, rank);
            assert_numbers (out + i * count, count, get_side (comm), rank, i);
          }
        ck_assert_int_eq (in[count * n], NOTHING);
      }
}

MPI_TEST (alltoall_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        gint count = collective_counts[c];
        g_autofree gint *all = new_numbers ((gsize) (count * n));

        for (gint i = 0; i < n; i++)
          fill_numbers (all + i * count, count, 0, rank, i);
        assert_succeeds (do_alltoall (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (all, count * n), &error), error);
        for (gint i = 0; i < n; i++)
          assert_numbers (all + i * count, count, 0, i, rank);
      }
}

/* How many elements go from one rank to another, counted by where the sender stands. */
static gint64
count_between (gint from, gint to, gint count)
{
  return (from + to) % 3 == 2 ? 0 : count + from * 2 + to;
}

typedef struct
{
  gint n;
  gint64 *counts;
  gint64 *displacements;
  gint *numbers;
} Exchange;

/* Blocks in reverse order with a gap of one element behind each. */
static void
exchange_init (Exchange *self, gint n, gint rank, gint count, gboolean sending)
{
  gint64 next = 0;

  self->n = n;
  self->counts = g_new (gint64, n);
  self->displacements = g_new (gint64, n);
  for (gint i = n - 1; i >= 0; i--)
    {
      self->counts[i] = sending ? count_between (rank, i, count) : count_between (i, rank, count);
      self->displacements[i] = next;
      next += self->counts[i] + 1;
    }
  self->numbers = new_numbers ((gsize) next);
}

static void
exchange_clear (Exchange *self)
{
  g_free (self->counts);
  g_free (self->displacements);
  g_free (self->numbers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static void
exchange_fill (Exchange *self, gint side, gint rank)
{
  for (gint i = 0; i < self->n; i++)
    fill_numbers (self->numbers + self->displacements[i], (gint) self->counts[i], side, rank, i);
}

#define assert_exchanged(exchange, side, rank)                                                   \
  do                                                                                             \
    {                                                                                            \
      for (gint i__ = 0; i__ < (exchange).n; i__++)                                              \
        {                                                                                        \
          gint64 place_ = (exchange).displacements[i__];                                         \
          assert_numbers ((exchange).numbers + place_, (exchange).counts[i__], side, i__, rank); \
          ck_assert_int_eq ((exchange).numbers[place_ + (exchange).counts[i__]], NOTHING);       \
        }                                                                                        \
    }                                                                                            \
  while (0)

#define BLOCKS_OF(exchange) \
  OMPI_OBJ_BLOCKS_DATA ((exchange).numbers, (exchange).n, (exchange).counts, (exchange).displacements)

MPI_TEST (alltoallv)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (Exchange) out = { 0 };
        g_auto (Exchange) in = { 0 };

        exchange_init (&out, n, rank, collective_counts[c], TRUE);
        exchange_init (&in, n, rank, collective_counts[c], FALSE);
        exchange_fill (&out, get_side (comm), rank);
        assert_succeeds (do_alltoallv (form, comm, BLOCKS_OF (out), BLOCKS_OF (in), &error), error);
        assert_exchanged (in, get_peer_side (comm), rank);
      }
}

/* Without displacements one block follows the other. */
MPI_TEST (alltoallv_packed)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Exchange) out = { 0 };
      g_auto (Exchange) in = { 0 };
      gint64 next = 0;

      exchange_init (&out, n, rank, 7, TRUE);
      exchange_init (&in, n, rank, 7, FALSE);
      for (gint i = 0; i < n; i++)
        {
          fill_numbers (out.numbers + next, (gint) out.counts[i], get_side (comm), rank, i);
          next += out.counts[i];
        }
      assert_succeeds (do_alltoallv (form, comm, OMPI_OBJ_BLOCKS_DATA (out.numbers, n, out.counts, NULL),
                                     OMPI_OBJ_BLOCKS_DATA (in.numbers, n, in.counts, NULL), &error),
                       error);
      next = 0;
      for (gint i = 0; i < n; i++)
        {
          assert_numbers (in.numbers + next, in.counts[i], get_peer_side (comm), i, rank);
          next += in.counts[i];
        }
    }
}

/* Each pair of ranks exchanges as much in both directions. */
static gint64
count_both_ways (gint one, gint other)
{
  return (one + other) % 3;
}

static void
exchange_init_both_ways (Exchange *self, gint n, gint rank)
{
  self->n = n;
  self->counts = g_new (gint64, n);
  self->displacements = g_new (gint64, n);
  self->numbers = new_numbers ((gsize) (3 * n));
  for (gint i = 0; i < n; i++)
    {
      self->counts[i] = count_both_ways (rank, i);
      self->displacements[i] = 3 * (n - 1 - i);
    }
  exchange_fill (self, 0, rank);
}

MPI_TEST (alltoallv_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Exchange) both = { 0 };

      exchange_init_both_ways (&both, n, rank);
      assert_succeeds (do_alltoallv (form, comm, OMPI_OBJ_BLOCKS_IN_PLACE, BLOCKS_OF (both), &error), error);
      for (gint i = 0; i < n; i++)
        assert_numbers (both.numbers + both.displacements[i], both.counts[i], 0, i, rank);
    }
}

/* Elements of one datatype, whose displacements count in elements here too. */
MPI_TEST (alltoallw_of_one_type)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    for (gsize c = 0; c < G_N_ELEMENTS (collective_counts); c++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (Exchange) out = { 0 };
        g_auto (Exchange) in = { 0 };

        exchange_init (&out, n, rank, collective_counts[c], TRUE);
        exchange_init (&in, n, rank, collective_counts[c], FALSE);
        exchange_fill (&out, get_side (comm), rank);
        assert_succeeds (do_alltoallw (form, comm, BLOCKS_OF (out), BLOCKS_OF (in), &error), error);
        assert_exchanged (in, get_peer_side (comm), rank);
      }
}

/* To ranks with an even sum an integer, to others two reals, and to every fourth nothing of no datatype. */
typedef struct
{
  gint64 counts[64];
  gint64 displacements[64];
  MpiDatatype *types[64];
  gdouble memory[3 * 64];
} Mixture;

static void
mixture_init (Mixture *self, gint n, gint rank)
{
  memset (self, 0, sizeof *self);
  for (gint i = 0; i < n; i++)
    {
      gboolean nothing = (rank + i) % 4 == 3;
      gboolean integer = (rank + i) % 2 == 0;

      self->counts[i] = nothing ? 0 : integer ? 1 : 2;
      self->types[i] = nothing ? NULL : integer ? OMPI_OBJ_INT : OMPI_OBJ_DOUBLE;
      self->displacements[i] = i * 3 * (gint64) sizeof (gdouble);
    }
}

static void
mixture_put (Mixture *self, gint n, gint rank)
{
  for (gint i = 0; i < n; i++)
    if (self->types[i] == OMPI_OBJ_INT)
      memcpy (&self->memory[3 * i], (gint[]){ rank * 100 + i }, sizeof (gint));
    else if (self->types[i] != NULL)
      {
        self->memory[3 * i] = rank + 0.5;
        self->memory[3 * i + 1] = i + 0.25;
      }
}

static void
mixture_check (const Mixture *self, gint n, gint rank)
{
  for (gint i = 0; i < n; i++)
    if (self->types[i] == OMPI_OBJ_INT)
      {
        gint number;

        memcpy (&number, &self->memory[3 * i], sizeof number);
        ck_assert_int_eq (number, i * 100 + rank);
      }
    else
      {
        ck_assert_double_eq (self->memory[3 * i], self->types[i] != NULL ? i + 0.5 : 0);
        ck_assert_double_eq (self->memory[3 * i + 1], self->types[i] != NULL ? rank + 0.25 : 0);
      }
}

#define MIXED_BLOCKS(mixture, n) \
  OMPI_OBJ_BLOCKS_OF_TYPES ((mixture).memory, n, (mixture).counts, (mixture).displacements, (mixture).types)

MPI_TEST (alltoallw_of_types)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = harness_n_peers (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      Mixture out;
      Mixture in;

      mixture_init (&out, n, rank);
      mixture_init (&in, n, rank);
      mixture_put (&out, n, rank);
      assert_succeeds (do_alltoallw (form, comm, MIXED_BLOCKS (out, n), MIXED_BLOCKS (in, n), &error), error);
      mixture_check (&in, n, rank);
    }
}

MPI_TEST (alltoallw_in_place)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      Mixture both;

      mixture_init (&both, n, rank);
      mixture_put (&both, n, rank);
#ifdef MPICH_NUMVERSION
      if (form != FORM_BLOCKING)
        {
          assert_fails (do_alltoallw (form, comm, OMPI_OBJ_BLOCKS_IN_PLACE, MIXED_BLOCKS (both, n), &error),
                        OMPI_OBJ_ERROR_UNSUPPORTED, "MPICH mixes up");
          continue;
        }
#endif
      assert_succeeds (do_alltoallw (form, comm, OMPI_OBJ_BLOCKS_IN_PLACE, MIXED_BLOCKS (both, n), &error), error);
      mixture_check (&both, n, rank);
    }
}

/* Blocks of types of their own, one behind the other: an integer each, and two characters behind it. */
MPI_TEST (alltoallw_packed)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  gint64 counts[64];
  MpiDatatype *types[64];
  guint8 out[64 * 4];
  guint8 in[64 * 4];

  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      g_autoptr (GError) error = NULL;
      gint place = 0;

      memset (in, 0, sizeof in);
      for (gint i = 0; i < n; i++)
        {
          counts[i] = 1 + (rank + i) % 2;
          types[i] = (rank + i) % 2 == 0 ? OMPI_OBJ_INT : OMPI_OBJ_BYTE;
          memset (out + place, rank * 16 + i, 4);
          place += (rank + i) % 2 == 0 ? 4 : 2;
        }
      assert_succeeds (do_alltoallw (form, comm, OMPI_OBJ_BLOCKS_OF_TYPES (out, n, counts, NULL, types),
                                     OMPI_OBJ_BLOCKS_OF_TYPES (in, n, counts, NULL, types), &error),
                       error);
      place = 0;
      for (gint i = 0; i < n; i++)
        for (gint length = (rank + i) % 2 == 0 ? 4 : 2; length > 0; length--)
          ck_assert_int_eq (in[place++], i * 16 + rank);
      ck_assert_int_eq (in[place], 0);
    }
}

MPI_TEST (wrong_arguments)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = ompi_obj_comm_get_size (comm);
  g_autofree gint *out = new_numbers ((gsize) (4 * n));
  g_autofree gint *in = new_numbers ((gsize) (4 * n));
  g_autofree gint64 *ones = g_new (gint64, n + 1);
  g_autofree gint64 *twos = g_new (gint64, n + 1);
  g_autofree gint64 *far = g_new (gint64, n + 1);
  g_autofree MpiDatatype **types = g_new0 (MpiDatatype *, n + 1);

  for (gint i = 0; i <= n; i++)
    {
      ones[i] = 1;
      twos[i] = 2;
      far[i] = G_MAXINT64 / 2;
    }
  for (Form form = FORM_BLOCKING; form < N_FORMS_HERE; form++)
    {
      const MpiBuffer *parts = OMPI_OBJ_DATA (out, 2 * n);
      const MpiBlocks *good = OMPI_OBJ_BLOCKS_DATA (out, n, ones, NULL);
      const MpiBlocks *received = OMPI_OBJ_BLOCKS_DATA (in, n, ones, NULL);

      assert_fails (do_alltoall (form, comm, parts, OMPI_OBJ_DATA (in, 3 * n), &error), OMPI_OBJ_ERROR_COUNT,
                    "ranks send 2 elements each");
      assert_fails (do_alltoall (form, comm, NULL, parts, &error), OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
      assert_fails (do_alltoall (form, comm, parts, NULL, &error), OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
      assert_fails (do_alltoall (form, comm, parts, OMPI_OBJ_IN_PLACE, &error), OMPI_OBJ_ERROR_BUFFER, "IN_PLACE");
      assert_fails (do_alltoall (form, comm, parts, OMPI_OBJ_DATA (out + 1, 2 * n), &error), OMPI_OBJ_ERROR_BUFFER,
                    "overlap");
      if (n > 1)
        assert_fails (do_alltoall (form, comm, OMPI_OBJ_DATA (out, n + 1), OMPI_OBJ_DATA (in, n), &error),
                      OMPI_OBJ_ERROR_COUNT, "no multiple");

#define ASSERT_BOTH_FAIL(send, recv, code, text)                            \
  assert_fails (do_alltoallv (form, comm, send, recv, &error), code, text); \
  assert_fails (do_alltoallw (form, comm, send, recv, &error), code, text)

      ASSERT_BOTH_FAIL (NULL, received, OMPI_OBJ_ERROR_BUFFER, "send_blocks is NULL");
      ASSERT_BOTH_FAIL (good, NULL, OMPI_OBJ_ERROR_BUFFER, "recv_blocks is NULL");
      ASSERT_BOTH_FAIL (good, OMPI_OBJ_BLOCKS_IN_PLACE, OMPI_OBJ_ERROR_BUFFER, "recv_blocks is OMPI_OBJ_IN_PLACE");
      ASSERT_BOTH_FAIL (good, OMPI_OBJ_BLOCKS_DATA (in, n + 1, ones, NULL), OMPI_OBJ_ERROR_COUNT, "recv_blocks has");
      ASSERT_BOTH_FAIL (OMPI_OBJ_BLOCKS_DATA (out, n + 1, ones, NULL), received, OMPI_OBJ_ERROR_COUNT,
                        "send_blocks has");
      ASSERT_BOTH_FAIL (good, OMPI_OBJ_BLOCKS_DATA (in, n, twos, NULL), OMPI_OBJ_ERROR_COUNT,
                        "sends 1 elements to itself, but receives 2");
      ASSERT_BOTH_FAIL (good, good, OMPI_OBJ_ERROR_BUFFER, "overlap");
      ASSERT_BOTH_FAIL (good, OMPI_OBJ_BLOCKS (in, n, ones, NULL, NULL), OMPI_OBJ_ERROR_TYPE, "no datatype");
      assert_fails (do_alltoallv (form, comm, good, OMPI_OBJ_BLOCKS_OF_TYPES (in, n, ones, NULL, types), &error),
                    OMPI_OBJ_ERROR_TYPE, "which only alltoallw takes");
      /* A block with elements needs a datatype. */
      assert_fails (do_alltoallw (form, comm, good, OMPI_OBJ_BLOCKS_OF_TYPES (in, n, ones, NULL, types), &error),
                    OMPI_OBJ_ERROR_TYPE, "block 0 has no datatype");
      /* Bytes that cannot be. */
      assert_fails (do_alltoallw (form, comm, good, OMPI_OBJ_BLOCKS_DATA (in, n, ones, far), &error),
                    OMPI_OBJ_ERROR_COUNT, "behind the end of memory");
      if (n > 2)
        assert_fails (do_alltoallv (form, comm, good, OMPI_OBJ_BLOCKS (in, n, far, NULL, OMPI_OBJ_BYTE), &error),
                      OMPI_OBJ_ERROR_COUNT, NULL);
      ck_assert_int_eq (in[rank], NOTHING);
    }
}

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
      assert_fails (do_alltoall (form, comm, OMPI_OBJ_IN_PLACE, OMPI_OBJ_DATA (all, n), &error), OMPI_OBJ_ERROR_BUFFER,
                    "OMPI_OBJ_IN_PLACE");
      ASSERT_BOTH_FAIL (OMPI_OBJ_BLOCKS_IN_PLACE, OMPI_OBJ_BLOCKS_DATA (all, n, ones, NULL), OMPI_OBJ_ERROR_BUFFER,
                        "OMPI_OBJ_IN_PLACE");
    }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "alltoall");
  harness_add (alltoall, HARNESS_ALL);
  harness_add (alltoall_in_place, HARNESS_INTRA);
  harness_add (alltoallv, HARNESS_ALL);
  harness_add (alltoallv_packed, HARNESS_ALL);
  harness_add (alltoallv_in_place, HARNESS_INTRA);
  harness_add (alltoallw_of_one_type, HARNESS_ALL);
  harness_add (alltoallw_of_types, HARNESS_ALL);
  harness_add (alltoallw_in_place, HARNESS_INTRA);
  harness_add (alltoallw_packed, HARNESS_INTRA);
  harness_add (wrong_arguments, HARNESS_INTRA);
  harness_add (in_place_between_two_sides, HARNESS_INTER);
  return harness_run ();
}
