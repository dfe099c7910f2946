/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Collectives among neighbours, in their three forms, on every kind of topology. */

#include "harness.h"

#define MAX_NEIGHBORS 16
#define MAX_COUNT 4
#define ROOM (MAX_NEIGHBORS * (MAX_COUNT + 1))
#define UNTOUCHED (-7)

typedef enum
{
  RING,
  LINE,
  PLANE,
  TORUS,
  TORUS_OF_ONE_COLUMN,
  STAR,
  DIRECTED,
  NO_EDGES,
  N_KINDS
} Kind;

typedef enum
{
  BLOCKING,
  NONBLOCKING,
  PERSISTENT,
  N_FORMS
} Form;

static MpiTopocomm *
grid_new (MpiComm *comm, gsize n_dims, gboolean is_ring)
{
  g_autoptr (GError) error = NULL;
  gint dims[] = { 0, 0 };
  const gboolean periods[] = { is_ring, TRUE };
  MpiCartcomm *grid;

  assert_succeeds (ompi_obj_compute_dims (ompi_obj_comm_get_size (comm), dims, n_dims, &error), error);
  grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, periods, n_dims, FALSE, &error);
  assert_no_error (error);
  return OMPI_OBJ_TOPOCOMM (grid);
}

static MpiTopocomm *
column_new (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  const gint dims[] = { ompi_obj_comm_get_size (comm), 1 };
  const gboolean periods[] = { TRUE, TRUE };
  MpiCartcomm *grid = ompi_obj_intracomm_create_cart (OMPI_OBJ_INTRACOMM (comm), dims, periods, 2, FALSE, &error);

  assert_no_error (error);
  return OMPI_OBJ_TOPOCOMM (grid);
}

static MpiTopocomm *
star_new (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  gint index[MAX_NEIGHBORS];
  gint edges[2 * MAX_NEIGHBORS];
  gsize n_edges = 0;
  MpiGraphcomm *graph;

  for (gint i = 0; i < size; i++)
    edges[n_edges++] = i;
  index[0] = size;
  for (gint i = 1; i < size; i++)
    {
      edges[n_edges++] = 0;
      index[i] = (gint) n_edges;
    }
  graph =
      ompi_obj_intracomm_create_graph (OMPI_OBJ_INTRACOMM (comm), index, (gsize) size, edges, n_edges, FALSE, &error);
  assert_no_error (error);
  return OMPI_OBJ_TOPOCOMM (graph);
}

/* Everybody sends to the next rank, and the odd ranks to rank 0 too. */
static MpiTopocomm *
directed_new (MpiComm *comm, gboolean with_edges)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint degree = 1 + rank % 2;
  const gint destinations[] = { (rank + 1) % size, 0 };
  MpiDistgraphcomm *graph =
      ompi_obj_intracomm_create_dist_graph (OMPI_OBJ_INTRACOMM (comm), &rank, &degree, with_edges ? 1 : 0, destinations,
                                            NULL, with_edges ? (gsize) degree : 0, NULL, FALSE, &error);

  assert_no_error (error);
  return OMPI_OBJ_TOPOCOMM (graph);
}

static MpiTopocomm *
topology_new (Kind kind, MpiComm *comm)
{
  switch (kind)
    {
    case RING:
      return grid_new (comm, 1, TRUE);
    case LINE:
      return grid_new (comm, 1, FALSE);
    case PLANE:
      return grid_new (comm, 2, FALSE);
    case TORUS:
      return grid_new (comm, 2, TRUE);
    case TORUS_OF_ONE_COLUMN:
      return column_new (comm);
    case STAR:
      return star_new (comm);
    case DIRECTED:
      return directed_new (comm, TRUE);
    case NO_EDGES:
      return directed_new (comm, FALSE);
    case N_KINDS:
    default:
      ck_abort_msg ("no such kind of topology");
    }
}

/* The neighbours of this rank, and memory for the exchange. */
typedef struct
{
  MpiTopocomm *topocomm;
  gint rank;
  gsize n_in;
  gsize n_out;
  gint *in;
  gint *out;
  gint sent[ROOM];
  gint received[ROOM];
} Exchange;

static void
exchange_clear (Exchange *exchange)
{
  g_clear_object (&exchange->topocomm);
  g_clear_pointer (&exchange->in, g_free);
  g_clear_pointer (&exchange->out, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static void
exchange_init (Exchange *exchange, Kind kind, MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  exchange->topocomm = topology_new (kind, comm);
  exchange->rank = ompi_obj_comm_get_rank (OMPI_OBJ_COMM (exchange->topocomm));
  exchange->in = ompi_obj_topocomm_get_inedges (exchange->topocomm, &exchange->n_in, &error);
  assert_no_error (error);
  exchange->out = ompi_obj_topocomm_get_outedges (exchange->topocomm, &exchange->n_out, &error);
  assert_no_error (error);
  ck_assert_uint_le (exchange->n_in, MAX_NEIGHBORS);
  ck_assert_uint_le (exchange->n_out, MAX_NEIGHBORS);
  for (gsize i = 0; i < ROOM; i++)
    exchange->received[i] = UNTOUCHED;
}

/* Elements say from whom to whom they go; where a rank is a neighbour twice, its blocks are alike. */
static gint
element (gint source, gint dest, gint64 i)
{
  return (source * 100 + dest) * 100 + (gint) i;
}

static gint64
count_between (gint source, gint dest)
{
  return source == OMPI_OBJ_PROC_NULL || dest == OMPI_OBJ_PROC_NULL ? 2 : (source + 2 * dest) % (MAX_COUNT + 1);
}

static void
fill (gint *place, gint source, gint dest, gint64 n)
{
  for (gint64 i = 0; i < n; i++)
    place[i] = element (source, dest, i);
}

static void
assert_block (const gint *place, gint source, gint dest, gint64 n)
{
  for (gint64 i = 0; i < n; i++)
    ck_assert_int_eq (place[i], source == OMPI_OBJ_PROC_NULL ? UNTOUCHED : element (source, dest, i));
}

/*
 * Does an operation in one of its forms, a persistent one twice. FALSE if this MPI has not that form.
 */
#define DO(done, operation, topocomm, sent, received, form)                                                      \
  do                                                                                                             \
    {                                                                                                            \
      g_autoptr (GError) error_ = NULL;                                                                          \
      g_autoptr (MpiRequest) request_ = NULL;                                                                    \
      MpiPrequest *persistent_;                                                                                  \
                                                                                                                 \
      done = TRUE;                                                                                               \
      if (form == BLOCKING)                                                                                      \
        {                                                                                                        \
          assert_succeeds (ompi_obj_topocomm_neighbor_##operation (topocomm, sent, received, &error_), error_);  \
        }                                                                                                        \
      else if (form == NONBLOCKING)                                                                              \
        {                                                                                                        \
          request_ = ompi_obj_topocomm_ineighbor_##operation (topocomm, sent, received, &error_);                \
          assert_no_error (error_);                                                                              \
          assert_succeeds (ompi_obj_request_wait (request_, NULL, &error_), error_);                             \
        }                                                                                                        \
      else                                                                                                       \
        {                                                                                                        \
          persistent_ = ompi_obj_topocomm_neighbor_##operation##_init (topocomm, sent, received, NULL, &error_); \
          if (g_error_matches (error_, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED))                              \
            {                                                                                                    \
              assert_error (error_, OMPI_OBJ_ERROR_UNSUPPORTED,                                                  \
                            "MPI_Neighbor_" #operation "_init: this MPI is older");                              \
              done = FALSE;                                                                                      \
              break;                                                                                             \
            }                                                                                                    \
          assert_no_error (error_);                                                                              \
          request_ = OMPI_OBJ_REQUEST (persistent_);                                                             \
          for (gint round_ = 0; round_ < 2; round_++)                                                            \
            {                                                                                                    \
              assert_succeeds (ompi_obj_prequest_start (persistent_, &error_), error_);                          \
              assert_succeeds (ompi_obj_request_wait (request_, NULL, &error_), error_);                         \
            }                                                                                                    \
        }                                                                                                        \
    }                                                                                                            \
  while (0)

#define FOR_EACH_CASE(kind, form)             \
  for (Kind kind = 0; kind < N_KINDS; kind++) \
    for (Form form = 0; form < N_FORMS; form++)

MPI_TEST (allgather)
{
  FOR_EACH_CASE (kind, form)
  {
    g_auto (Exchange) x = { 0 };
    gboolean done;

    exchange_init (&x, kind, comm);
    fill (x.sent, x.rank, 0, 3);
    DO (done, allgather, x.topocomm, OMPI_OBJ_DATA (x.sent, 3), OMPI_OBJ_DATA (x.received, 3 * (gint64) x.n_in), form);
    for (gsize i = 0; i < x.n_in && done; i++)
      assert_block (&x.received[3 * i], x.in[i], 0, 3);
    ck_assert_int_eq (x.received[3 * x.n_in], UNTOUCHED);
  }
}

MPI_TEST (allgatherv)
{
  FOR_EACH_CASE (kind, form)
  {
    g_auto (Exchange) x = { 0 };
    gint64 counts[MAX_NEIGHBORS];
    gint64 displacements[MAX_NEIGHBORS];
    gboolean done;

    exchange_init (&x, kind, comm);
    fill (x.sent, x.rank, 0, MAX_COUNT);
    for (gsize i = 0; i < x.n_in; i++)
      {
        counts[i] = count_between (x.in[i], 0);
        displacements[i] = (gint64) (x.n_in - 1 - i) * (MAX_COUNT + 1);
      }
    DO (done, allgatherv, x.topocomm, OMPI_OBJ_DATA (x.sent, count_between (x.rank, 0)),
        OMPI_OBJ_BLOCKS_DATA (x.received, x.n_in, counts, displacements), form);
    for (gsize i = 0; i < x.n_in && done; i++)
      {
        assert_block (&x.received[displacements[i]], x.in[i], 0, counts[i]);
        ck_assert_int_eq (x.received[displacements[i] + MAX_COUNT], UNTOUCHED);
      }
  }
}

MPI_TEST (alltoall)
{
  FOR_EACH_CASE (kind, form)
  {
    g_auto (Exchange) x = { 0 };
    gboolean done;

    exchange_init (&x, kind, comm);
    for (gsize i = 0; i < x.n_out; i++)
      fill (&x.sent[2 * i], x.rank, x.out[i], 2);
    DO (done, alltoall, x.topocomm, OMPI_OBJ_DATA (x.sent, 2 * (gint64) x.n_out),
        OMPI_OBJ_DATA (x.received, 2 * (gint64) x.n_in), form);
    for (gsize i = 0; i < x.n_in && done; i++)
      assert_block (&x.received[2 * i], x.in[i], x.rank, 2);
    ck_assert_int_eq (x.received[2 * x.n_in], UNTOUCHED);
  }
}

MPI_TEST (alltoallv)
{
  FOR_EACH_CASE (kind, form)
  {
    g_auto (Exchange) x = { 0 };
    gint64 send_counts[MAX_NEIGHBORS];
    gint64 recv_counts[MAX_NEIGHBORS];
    gint64 displacements[MAX_NEIGHBORS];
    gint64 place = 0;
    gboolean done;

    exchange_init (&x, kind, comm);
    /* One after the other where they are sent from, and with gaps where they come to. */
    for (gsize i = 0; i < x.n_out; i++)
      {
        send_counts[i] = count_between (x.rank, x.out[i]);
        fill (&x.sent[place], x.rank, x.out[i], send_counts[i]);
        place += send_counts[i];
      }
    for (gsize i = 0; i < x.n_in; i++)
      {
        recv_counts[i] = count_between (x.in[i], x.rank);
        displacements[i] = (gint64) i * (MAX_COUNT + 1);
      }
    DO (done, alltoallv, x.topocomm, OMPI_OBJ_BLOCKS_DATA (x.sent, x.n_out, send_counts, NULL),
        OMPI_OBJ_BLOCKS_DATA (x.received, x.n_in, recv_counts, displacements), form);
    for (gsize i = 0; i < x.n_in && done; i++)
      {
        assert_block (&x.received[displacements[i]], x.in[i], x.rank, recv_counts[i]);
        ck_assert_int_eq (x.received[displacements[i] + MAX_COUNT], UNTOUCHED);
      }
  }
}

/* Blocks of integers, sent as they are or as bytes, and received as pairs of integers in every other place. */
MPI_TEST (alltoallw)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiDatatype) spread = ompi_obj_datatype_new_vector (2, 1, 2, OMPI_OBJ_INT, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (spread, &error), error);
  FOR_EACH_CASE (kind, form)
  {
    g_auto (Exchange) x = { 0 };
    gint64 send_counts[MAX_NEIGHBORS];
    gint64 recv_counts[MAX_NEIGHBORS];
    gint64 send_displacements[MAX_NEIGHBORS];
    gint64 recv_displacements[MAX_NEIGHBORS];
    MpiDatatype *send_types[MAX_NEIGHBORS];
    MpiDatatype *recv_types[MAX_NEIGHBORS];
    gboolean done;

    exchange_init (&x, kind, comm);
    for (gsize i = 0; i < x.n_out; i++)
      {
        send_counts[i] = 2;
        send_types[i] = OMPI_OBJ_INT;
        send_displacements[i] = (gint64) (i * 2 * sizeof (gint));
        fill (&x.sent[2 * i], x.rank, x.out[i], 2);
      }
    for (gsize i = 0; i < x.n_in; i++)
      {
        recv_counts[i] = 1;
        recv_types[i] = spread;
        recv_displacements[i] = (gint64) (i * 4 * sizeof (gint));
      }
    DO (done, alltoallw, x.topocomm,
        OMPI_OBJ_BLOCKS_OF_TYPES (x.sent, x.n_out, send_counts, send_displacements, send_types),
        OMPI_OBJ_BLOCKS_OF_TYPES (x.received, x.n_in, recv_counts, recv_displacements, recv_types), form);
    for (gsize i = 0; i < x.n_in && done; i++)
      {
        assert_block (&x.received[4 * i], x.in[i], x.rank, 1);
        ck_assert_int_eq (x.received[4 * i + 1], UNTOUCHED);
        if (x.in[i] != OMPI_OBJ_PROC_NULL)
          ck_assert_int_eq (x.received[4 * i + 2], element (x.in[i], x.rank, 1));
        ck_assert_int_eq (x.received[4 * i + 3], UNTOUCHED);
      }
  }
}

/* What goes to the side of a neighbour, as it can be seen by what comes: the neighbour there, and the side. */
static void
fill_sides (Exchange *x)
{
  for (gsize i = 0; i < x->n_out; i++)
    fill (&x->sent[2 * i], x->rank, (gint) i, 2);
}

static void
assert_sides (const Exchange *x, gsize distance, const gint64 *counts)
{
  for (gsize i = 0; i < x->n_in; i++)
    {
      assert_block (&x->received[distance * i], x->in[i], (gint) (i ^ 1), counts[i]);
      for (gsize j = (gsize) counts[i]; j < distance; j++)
        ck_assert_int_eq (x->received[distance * i + j], UNTOUCHED);
    }
}

/*
 * In a grid, what a rank sends to its lower neighbour comes to that one from its higher one, also where both are the
 * same rank: in rings of one and two. Blocks differ in size by their side, except in alltoall.
 */
MPI_TEST (directions)
{
  static const Kind kinds[] = { RING, TORUS, TORUS_OF_ONE_COLUMN, LINE };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (Form form = 0; form < N_FORMS; form++)
      for (gint operation = 0; operation < 3; operation++)
        {
          const gint64 twos[] = { 2, 2, 2, 2 };
          const gint64 send_counts[] = { 1, 2, 0, 2 };
          const gint64 recv_counts[] = { 2, 1, 2, 0 };
          const gint64 send_places[] = { 0, 2, 4, 6 };
          const gint64 recv_places[] = { 0, 3, 6, 9 };
          const gint64 send_bytes[] = { 0, 2 * sizeof (gint), 4 * sizeof (gint), 6 * sizeof (gint) };
          const gint64 recv_bytes[] = { 0, 3 * sizeof (gint), 6 * sizeof (gint), 9 * sizeof (gint) };
          MpiDatatype *const types[] = { OMPI_OBJ_INT, OMPI_OBJ_INT, OMPI_OBJ_INT, OMPI_OBJ_INT };
          g_auto (Exchange) x = { 0 };
          gboolean done;

          exchange_init (&x, kinds[k], comm);
          fill_sides (&x);
          if (operation == 0)
            DO (done, alltoall, x.topocomm, OMPI_OBJ_DATA (x.sent, 2 * (gint64) x.n_out),
                OMPI_OBJ_DATA (x.received, 2 * (gint64) x.n_in), form);
          else if (operation == 1)
            DO (done, alltoallv, x.topocomm, OMPI_OBJ_BLOCKS_DATA (x.sent, x.n_out, send_counts, send_places),
                OMPI_OBJ_BLOCKS_DATA (x.received, x.n_in, recv_counts, recv_places), form);
          else
            DO (done, alltoallw, x.topocomm, OMPI_OBJ_BLOCKS_OF_TYPES (x.sent, x.n_out, send_counts, send_bytes, types),
                OMPI_OBJ_BLOCKS_OF_TYPES (x.received, x.n_in, recv_counts, recv_bytes, types), form);
          if (done)
            assert_sides (&x, operation == 0 ? 2 : 3, operation == 0 ? twos : recv_counts);
        }
}

MPI_TEST (bad_buffers)
{
  g_autoptr (GError) error = NULL;
  g_auto (Exchange) x = { 0 };
  g_auto (Exchange) lonely = { 0 };
  const gint64 counts[] = { 1, 1, 1 };
  MpiBlocks *two;
  MpiBlocks *three;
  MpiBuffer *in_place = (MpiBuffer *) OMPI_OBJ_IN_PLACE;

  exchange_init (&x, RING, comm);
  exchange_init (&lonely, NO_EDGES, comm);
  two = OMPI_OBJ_BLOCKS_DATA (x.sent, 2, counts, NULL);
  three = OMPI_OBJ_BLOCKS_DATA (x.sent, 3, counts, NULL);

#define ASSERT_BOTH_FAIL(operation, sent, received, code, text)                                          \
  do                                                                                                     \
    {                                                                                                    \
      ck_assert (!ompi_obj_topocomm_neighbor_##operation (x.topocomm, sent, received, &error));          \
      assert_error (error, code, text);                                                                  \
      ck_assert_ptr_null (ompi_obj_topocomm_ineighbor_##operation (x.topocomm, sent, received, &error)); \
      assert_error (error, code, "MPI_Ineighbor_" #operation ": ");                                      \
    }                                                                                                    \
  while (0)

  ASSERT_BOTH_FAIL (allgather, OMPI_OBJ_DATA (x.sent, 1), OMPI_OBJ_DATA (x.received, 3), OMPI_OBJ_ERROR_COUNT,
                    "MPI_Neighbor_allgather: recv_buffer has 3 elements, which is no multiple of the 2 neighbours that "
                    "this rank receives from");
  ASSERT_BOTH_FAIL (allgather, OMPI_OBJ_DATA (x.sent, -1), OMPI_OBJ_DATA (x.received, 2), OMPI_OBJ_ERROR_COUNT,
                    "count is -1");
  ASSERT_BOTH_FAIL (allgather, NULL, OMPI_OBJ_DATA (x.received, 2), OMPI_OBJ_ERROR_BUFFER, "send_buffer is NULL");
  ASSERT_BOTH_FAIL (allgather, OMPI_OBJ_DATA (x.sent, 1), NULL, OMPI_OBJ_ERROR_BUFFER, "recv_buffer is NULL");
  ASSERT_BOTH_FAIL (allgather, in_place, OMPI_OBJ_DATA (x.received, 2), OMPI_OBJ_ERROR_BUFFER,
                    "send_buffer is OMPI_OBJ_IN_PLACE");
  ASSERT_BOTH_FAIL (allgatherv, OMPI_OBJ_DATA (x.sent, 1), three, OMPI_OBJ_ERROR_COUNT,
                    "recv_blocks has 3 blocks, but this rank receives from 2 neighbours");
  ASSERT_BOTH_FAIL (allgatherv, OMPI_OBJ_DATA (x.sent, 1), NULL, OMPI_OBJ_ERROR_BUFFER, "recv_blocks is NULL");
  ASSERT_BOTH_FAIL (alltoall, OMPI_OBJ_DATA (x.sent, 3), OMPI_OBJ_DATA (x.received, 2), OMPI_OBJ_ERROR_COUNT,
                    "send_buffer has 3 elements, which is no multiple of the 2 neighbours that this rank sends to");
  ASSERT_BOTH_FAIL (alltoall, OMPI_OBJ_BUFFER (NULL, 2, OMPI_OBJ_INT), OMPI_OBJ_DATA (x.received, 2),
                    OMPI_OBJ_ERROR_BUFFER, "the address is NULL");
  ASSERT_BOTH_FAIL (alltoall, OMPI_OBJ_DATA (x.sent, 2), OMPI_OBJ_DATA (x.sent, 2), OMPI_OBJ_ERROR_BUFFER,
                    "MPI_Neighbor_alltoall: what is sent and what is received overlap in memory");
  ASSERT_BOTH_FAIL (alltoall, OMPI_OBJ_DATA (x.sent, 2), OMPI_OBJ_DATA (x.sent + 1, 2), OMPI_OBJ_ERROR_BUFFER,
                    "overlap");
  ASSERT_BOTH_FAIL (allgather, OMPI_OBJ_DATA (x.sent + 1, 1), OMPI_OBJ_DATA (x.sent, 2), OMPI_OBJ_ERROR_BUFFER,
                    "overlap");
  ASSERT_BOTH_FAIL (alltoallv, three, two, OMPI_OBJ_ERROR_COUNT,
                    "send_blocks has 3 blocks, but this rank sends to 2 neighbours");
  ASSERT_BOTH_FAIL (alltoallv, two, three, OMPI_OBJ_ERROR_COUNT, "recv_blocks has 3 blocks");
  ASSERT_BOTH_FAIL (alltoallw, three, two, OMPI_OBJ_ERROR_COUNT, "send_blocks has 3 blocks");
  ASSERT_BOTH_FAIL (alltoallw, two, NULL, OMPI_OBJ_ERROR_BUFFER, "recv_blocks is NULL");

  ck_assert (!ompi_obj_topocomm_neighbor_alltoall (lonely.topocomm, OMPI_OBJ_DATA (x.sent, 1),
                                                   OMPI_OBJ_DATA (x.received, 0), &error));
  assert_error (error, OMPI_OBJ_ERROR_COUNT, "no multiple of the 0 neighbours");

  /* All are in step still. */
  assert_succeeds (ompi_obj_topocomm_neighbor_allgather (x.topocomm, OMPI_OBJ_DATA (x.sent, 1),
                                                         OMPI_OBJ_DATA (x.received, 2), &error),
                   error);
}

MPI_TEST (freed)
{
  g_autoptr (GError) error = NULL;
  g_auto (Exchange) x = { 0 };
  g_autoptr (MpiTopocomm) impostor = g_object_new (OMPI_OBJ_TYPE_CARTCOMM, "wraps", comm, NULL);
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  const gint64 counts[] = { 1, 1 };
  MpiBuffer *buffer;
  MpiBuffer *other;
  MpiBlocks *blocks;

  exchange_init (&x, RING, comm);
  buffer = OMPI_OBJ_DATA (x.sent, 2);
  other = OMPI_OBJ_DATA (x.received, 2);
  blocks = OMPI_OBJ_BLOCKS_DATA (x.sent, 2, counts, NULL);
  ck_assert (!ompi_obj_topocomm_neighbor_allgather (impostor, buffer, other, &error));
  assert_error (error, OMPI_OBJ_ERROR_TOPOLOGY, NULL);
  assert_succeeds (ompi_obj_info_free (info, &error), error);
  ck_assert_ptr_null (ompi_obj_topocomm_neighbor_alltoall_init (x.topocomm, buffer, other, info, &error));
  ck_assert (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_INFO)
             || g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED));
  g_clear_error (&error);

  assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (x.topocomm), &error), error);

#define ASSERT_FREED(operation, sent, received)                                                                      \
  do                                                                                                                 \
    {                                                                                                                \
      ck_assert (!ompi_obj_topocomm_neighbor_##operation (x.topocomm, sent, received, &error));                      \
      assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Neighbor_" #operation ": ");                                    \
      ck_assert_ptr_null (ompi_obj_topocomm_ineighbor_##operation (x.topocomm, sent, received, &error));             \
      assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Ineighbor_" #operation ": ");                                   \
      ck_assert_ptr_null (ompi_obj_topocomm_neighbor_##operation##_init (x.topocomm, sent, received, NULL, &error)); \
      assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Neighbor_" #operation "_init: ");                               \
    }                                                                                                                \
  while (0)

  ASSERT_FREED (allgather, buffer, other);
  ASSERT_FREED (allgatherv, buffer, blocks);
  ASSERT_FREED (alltoall, buffer, other);
  ASSERT_FREED (alltoallv, blocks, blocks);
  ASSERT_FREED (alltoallw, blocks, blocks);
}

/*
 * Values
 */

static GVariant *
value_between (gint source, gint dest, gsize n_large)
{
  g_autofree gchar *text = g_strnfill (n_large, 'x');

  return g_variant_ref_sink (g_variant_new ("(iisv)", source, dest, text, g_variant_new_string ("inside")));
}

/* Small values, and ones that are larger than what is sent at once; of sizes that leave what follows unaligned. */
static const gsize text_sizes[] = { 0, 3, 70001 };

MPI_TEST (allgather_of_values)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (gsize j = 0; j < G_N_ELEMENTS (text_sizes); j++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (Exchange) x = { 0 };
        g_autoptr (GVariant) value = NULL;
        g_autoptr (GPtrArray) values = NULL;

        exchange_init (&x, kind, comm);
        value = value_between (x.rank, 0, text_sizes[j] + (gsize) x.rank);
        values = ompi_obj_topocomm_neighbor_allgather_variant (x.topocomm, value, &error);
        assert_no_error (error);
        ck_assert_uint_eq (values->len, x.n_in);
        for (gsize i = 0; i < x.n_in; i++)
          {
            g_autoptr (GVariant) expected = x.in[i] == OMPI_OBJ_PROC_NULL
                                                ? g_variant_ref_sink (g_variant_new_tuple (NULL, 0))
                                                : value_between (x.in[i], 0, text_sizes[j] + (gsize) x.in[i]);

            assert_variant_equal (g_ptr_array_index (values, i), expected);
          }
      }
}

/* The same for values, of which those to one side are longer. */
MPI_TEST (directions_of_values)
{
  static const Kind kinds[] = { RING, TORUS, TORUS_OF_ONE_COLUMN };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Exchange) x = { 0 };
      g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
      g_autoptr (GPtrArray) values = NULL;

      exchange_init (&x, kinds[k], comm);
      for (gsize i = 0; i < x.n_out; i++)
        g_ptr_array_add (sent, value_between (x.rank, (gint) i, 1000 * i));
      values = ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, (GVariant **) sent->pdata, sent->len, &error);
      assert_no_error (error);
      for (gsize i = 0; i < x.n_in; i++)
        {
          g_autoptr (GVariant) expected = value_between (x.in[i], (gint) (i ^ 1), 1000 * (i ^ 1));

          assert_variant_equal (g_ptr_array_index (values, i), expected);
        }
    }
}

MPI_TEST (alltoall_of_values)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (gsize j = 0; j < G_N_ELEMENTS (text_sizes); j++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (Exchange) x = { 0 };
        g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
        g_autoptr (GPtrArray) values = NULL;

        exchange_init (&x, kind, comm);
        for (gsize i = 0; i < x.n_out; i++)
          g_ptr_array_add (sent, value_between (x.rank, x.out[i], text_sizes[j] + (gsize) MAX (x.out[i], 0)));
        values = ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, (GVariant **) sent->pdata, sent->len, &error);
        assert_no_error (error);
        ck_assert_uint_eq (values->len, x.n_in);
        for (gsize i = 0; i < x.n_in; i++)
          {
            g_autoptr (GVariant) expected = x.in[i] == OMPI_OBJ_PROC_NULL
                                                ? g_variant_ref_sink (g_variant_new_tuple (NULL, 0))
                                                : value_between (x.in[i], x.rank, text_sizes[j] + (gsize) x.rank);

            assert_variant_equal (g_ptr_array_index (values, i), expected);
          }
        /* A value outlives the others. */
        if (x.n_in > 0)
          {
            g_autoptr (GVariant) last = g_variant_ref (g_ptr_array_index (values, x.n_in - 1));
            g_autofree gchar *text = NULL;

            g_clear_pointer (&values, g_ptr_array_unref);
            text = g_variant_print (last, TRUE);
            ck_assert_uint_ge (strlen (text), 2);
          }
      }
}

/*
 * In a ring of one or two ranks both neighbours are one rank. MPI takes what it sends down for what comes from
 * above, MPICH 4.0 the other way round if there are blocks; in any case each value is whole.
 */
MPI_TEST (values_of_two_sizes)
{
  g_autoptr (GError) error = NULL;
  g_auto (Exchange) x = { 0 };
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GVariant) down = g_variant_ref_sink (g_variant_new_string ("down"));
  g_autofree gchar *letters = g_strnfill (3000, 'u');
  g_autoptr (GVariant) up = g_variant_ref_sink (g_variant_new_string (letters));
  GVariant *sent[] = { down, up };
  gsize i;

  exchange_init (&x, RING, comm);
  values = ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, sent, 2, &error);
  assert_no_error (error);
  ck_assert_uint_eq (values->len, 2);
  i = ompi_obj_comm_get_size (comm) > 2 || g_variant_equal (values->pdata[0], up) ? 0 : 1;
  assert_variant_equal (values->pdata[i], up);
  assert_variant_equal (values->pdata[1 - i], down);
}

/* Floating values are consumed, on errors too. */
MPI_TEST (floating_values)
{
  g_autoptr (GError) error = NULL;
  g_auto (Exchange) x = { 0 };
  g_autoptr (GPtrArray) values = NULL;
  GVariant *sent[2];

  exchange_init (&x, RING, comm);
  values = ompi_obj_topocomm_neighbor_allgather_variant (x.topocomm, g_variant_new_int32 (1), &error);
  assert_no_error (error);
  g_clear_pointer (&values, g_ptr_array_unref);
  sent[0] = g_variant_new_int32 (1);
  sent[1] = g_variant_new_int32 (2);
  values = ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, sent, 2, &error);
  assert_no_error (error);
  sent[0] = g_variant_new_int32 (1);
  ck_assert_ptr_null (ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, sent, 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "n_values is 1, but this rank sends to 2 neighbours");
}

/* What one rank cannot do fails on every rank, also on those that are no neighbours of it. */
MPI_TEST (bad_values)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Exchange) x = { 0 };
      g_autoptr (GVariant) good = g_variant_ref_sink (g_variant_new_int32 (5));
      g_autoptr (GVariant) bad = g_variant_ref_sink (g_variant_new_handle (0));
      g_autoptr (GPtrArray) values = NULL;
      GVariant *sent[MAX_NEIGHBORS + 1];
      gint size;
      gboolean is_wrong;

      exchange_init (&x, kind, comm);
      size = ompi_obj_comm_get_size (comm);
      is_wrong = x.rank == size - 1;
      ck_assert_ptr_null (ompi_obj_topocomm_neighbor_allgather_variant (x.topocomm, is_wrong ? bad : good, &error));
      assert_error (error, OMPI_OBJ_ERROR_TYPE, is_wrong ? "MPI_Neighbor_allgather" : "has failed: ");

      for (gsize i = 0; i <= x.n_out; i++)
        sent[i] = good;
      ck_assert_ptr_null (
          ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, sent, is_wrong ? x.n_out + 1 : x.n_out, &error));
      assert_error (error, OMPI_OBJ_ERROR_ARG, is_wrong ? "n_values is " : "has failed: ");
      if (kind == RING)
        {
          sent[1] = is_wrong ? bad : good;
          ck_assert_ptr_null (ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, sent, x.n_out, &error));
          assert_error (error, OMPI_OBJ_ERROR_TYPE, is_wrong ? "MPI_Neighbor_alltoall" : "has failed: ");
        }

      /* All are in step still. */
      values = ompi_obj_topocomm_neighbor_allgather_variant (x.topocomm, good, &error);
      assert_no_error (error);
      g_clear_pointer (&values, g_ptr_array_unref);
      assert_succeeds (ompi_obj_comm_free (OMPI_OBJ_COMM (x.topocomm), &error), error);
      ck_assert_ptr_null (ompi_obj_topocomm_neighbor_allgather_variant (x.topocomm, good, &error));
      assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Neighbor_allgather: ");
      ck_assert_ptr_null (ompi_obj_topocomm_neighbor_alltoall_variant (x.topocomm, NULL, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Neighbor_alltoall: ");
    }
}

/* A subclass that counts, to see that the methods go through the slots. */

#define WATCHED_TYPE_COMM (watched_comm_get_type ())
G_DECLARE_FINAL_TYPE (WatchedComm, watched_comm, WATCHED, COMM, MpiCartcomm)

struct _WatchedComm
{
  MpiCartcomm parent_instance;
  guint n_calls;
};

G_DEFINE_FINAL_TYPE (WatchedComm, watched_comm, OMPI_OBJ_TYPE_CARTCOMM)

static gboolean
watched_comm_neighbor_allgather (MpiTopocomm *topocomm,
                                 const MpiBuffer *send_buffer,
                                 const MpiBuffer *recv_buffer,
                                 GError **error)
{
  WATCHED_COMM (topocomm)->n_calls++;
  return OMPI_OBJ_TOPOCOMM_CLASS (watched_comm_parent_class)
      ->neighbor_allgather (topocomm, send_buffer, recv_buffer, error);
}

static gboolean
watched_comm_neighbor_alltoall (G_GNUC_UNUSED MpiTopocomm *topocomm,
                                G_GNUC_UNUSED const MpiBuffer *send_buffer,
                                G_GNUC_UNUSED const MpiBuffer *recv_buffer,
                                G_GNUC_UNUSED GError **error)
{
  return FALSE;
}

static void
watched_comm_class_init (WatchedCommClass *klass)
{
  OMPI_OBJ_TOPOCOMM_CLASS (klass)->neighbor_allgather = watched_comm_neighbor_allgather;
  OMPI_OBJ_TOPOCOMM_CLASS (klass)->neighbor_alltoall = watched_comm_neighbor_alltoall;
}

static void
watched_comm_init (G_GNUC_UNUSED WatchedComm *self)
{
}

MPI_TEST (subclasses)
{
  g_autoptr (GError) error = NULL;
  g_auto (Exchange) x = { 0 };
  g_autoptr (MpiTopocomm) watched = NULL;

  exchange_init (&x, RING, comm);
  watched = g_object_new (WATCHED_TYPE_COMM, "wraps", x.topocomm, NULL);
  fill (x.sent, x.rank, 0, 1);
  assert_succeeds (ompi_obj_topocomm_neighbor_allgather (watched, OMPI_OBJ_DATA (x.sent, 1),
                                                         OMPI_OBJ_DATA (x.received, 2), &error),
                   error);
  ck_assert_uint_eq (WATCHED_COMM (watched)->n_calls, 1);
  assert_block (x.received, x.in[0], 0, 1);
  ck_assert (
      !ompi_obj_topocomm_neighbor_alltoall (watched, OMPI_OBJ_DATA (x.sent, 2), OMPI_OBJ_DATA (x.received, 2), &error));
  assert_error (error, OMPI_OBJ_ERROR_FAILED, "ompi_obj_topocomm_neighbor_alltoall");
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "neighbor-collective");
  harness_add (allgather, HARNESS_INTRA);
  harness_add (allgatherv, HARNESS_INTRA);
  harness_add (alltoall, HARNESS_INTRA);
  harness_add (alltoallv, HARNESS_INTRA);
  harness_add (alltoallw, HARNESS_INTRA);
  harness_add (directions, HARNESS_INTRA);
  harness_add (allgather_of_values, HARNESS_INTRA);
  harness_add (alltoall_of_values, HARNESS_INTRA);
  harness_add (directions_of_values, HARNESS_INTRA);
  harness_add (values_of_two_sizes, HARNESS_INTRA);
  harness_add (floating_values, HARNESS_INTRA);
  harness_add (bad_values, HARNESS_INTRA);
  harness_add (bad_buffers, HARNESS_INTRA);
  harness_add (freed, HARNESS_INTRA);
  harness_add (subclasses, HARNESS_INTRA);
  return harness_run ();
}
