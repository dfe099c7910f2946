/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Rings of one or two ranks in a grid: both neighbours of a rank are the same. What one of them sends to its lower
 * neighbour must come from the higher one (MPI-4.0, section 8.6), but most MPIs match blocks between two ranks by
 * their order alone in some or all forms of alltoall. How they do is tried out, once for each form.
 */

#include "config.h"

#include <string.h>

#include "neighbor-private.h"

/* Which of the blocks that one rank sends to another comes first, as the receiver lists its blocks. */
typedef enum
{
  MATCHING_UNKNOWN,
  MATCHING_BY_DIRECTION, /* right */
  MATCHING_IN_ORDER,
  MATCHING_REVERSED
} Matching;

#define N_TRIAL_BLOCKS 4

/* A torus of one rank, so that nobody else has a part in it. */
static MPI_Comm
torus_new (MpiComm *comm)
{
  const int ones[] = { 1, 1 };
  MPI_Group everybody;
  MPI_Group myself;
  MPI_Comm alone = MPI_COMM_NULL;
  MPI_Comm torus = MPI_COMM_NULL;

  if (MPI_Comm_group (COMM_HANDLE (comm), &everybody) != MPI_SUCCESS)
    return MPI_COMM_NULL;
  if (MPI_Group_incl (everybody, 1, &comm->handle->rank, &myself) == MPI_SUCCESS)
    {
      if (MPI_Comm_create_group (COMM_HANDLE (comm), myself, 0, &alone) != MPI_SUCCESS)
        alone = MPI_COMM_NULL;
      MPI_Group_free (&myself);
    }
  MPI_Group_free (&everybody);
  if (alone == MPI_COMM_NULL)
    return MPI_COMM_NULL;
  MPI_Comm_set_errhandler (alone, MPI_ERRORS_RETURN);
  if (MPI_Cart_create (alone, 2, ones, ones, 0, &torus) != MPI_SUCCESS)
    torus = MPI_COMM_NULL;
  MPI_Comm_free (&alone);
  return torus;
}

/* Runs what was started, or set up. */
static gboolean
trial_finish (int code, MPI_Request request, NeighborForm form)
{
  if (code != MPI_SUCCESS || form == NEIGHBOR_BLOCKING)
    return code == MPI_SUCCESS;
  if (form == NEIGHBOR_PERSISTENT && MPI_Start (&request) != MPI_SUCCESS)
    return FALSE;
  code = MPI_Wait (&request, MPI_STATUS_IGNORE);
  if (form == NEIGHBOR_PERSISTENT)
    MPI_Request_free (&request);
  return code == MPI_SUCCESS;
}

static gboolean
trial_run (MPI_Comm torus, NeighborOperation operation, NeighborForm form, const int *sent, int *received)
{
  const BlockCount counts[] = { 1, 1, 1, 1 };
  const BlockDisplacement places[] = { 0, 1, 2, 3 };
  const MPI_Aint bytes[] = { 0, sizeof (int), 2 * sizeof (int), 3 * sizeof (int) };
  const MPI_Datatype types[] = { MPI_INT, MPI_INT, MPI_INT, MPI_INT };
  MPI_Request request = MPI_REQUEST_NULL;
  int code = MPI_ERR_OTHER;

#define V_ARGS sent, counts, places, MPI_INT, received, counts, places, MPI_INT, torus
#define W_ARGS sent, counts, bytes, types, received, counts, bytes, types, torus
  switch (form)
    {
    case NEIGHBOR_BLOCKING:
      code = operation == NEIGHBOR_ALLTOALLV ? MPI_Neighbor_alltoallv_c (V_ARGS) : MPI_Neighbor_alltoallw_c (W_ARGS);
      break;
    case NEIGHBOR_NONBLOCKING:
      code = operation == NEIGHBOR_ALLTOALLV ? MPI_Ineighbor_alltoallv_c (V_ARGS, &request)
                                             : MPI_Ineighbor_alltoallw_c (W_ARGS, &request);
      break;
    case NEIGHBOR_PERSISTENT:
      code = operation == NEIGHBOR_ALLTOALLV ? MPI_Neighbor_alltoallv_init_c (V_ARGS, MPI_INFO_NULL, &request)
                                             : MPI_Neighbor_alltoallw_init_c (W_ARGS, MPI_INFO_NULL, &request);
      break;
    case NEIGHBOR_N_FORMS:
    default:
      break;
    }
#undef V_ARGS
#undef W_ARGS
  return trial_finish (code, request, form);
}

/* An MPI in which the trial fails, or has another outcome, is left to itself. */
static Matching
matching_try (MpiComm *comm, NeighborOperation operation, NeighborForm form)
{
  static const int in_order[N_TRIAL_BLOCKS] = { 0, 1, 2, 3 };
  static const int reversed[N_TRIAL_BLOCKS] = { 3, 2, 1, 0 };
  Matching matching = MATCHING_BY_DIRECTION;
  int received[N_TRIAL_BLOCKS] = { -1, -1, -1, -1 };
  MPI_Comm torus = torus_new (comm);

  if (torus == MPI_COMM_NULL)
    return matching;
  if (trial_run (torus, operation, form, in_order, received))
    {
      if (memcmp (received, in_order, sizeof received) == 0)
        matching = MATCHING_IN_ORDER;
      else if (memcmp (received, reversed, sizeof received) == 0)
        matching = MATCHING_REVERSED;
    }
  MPI_Comm_free (&torus);
  return matching;
}

static Matching
matching_get (MpiComm *comm, NeighborOperation operation, NeighborForm form)
{
  static GMutex lock;
  static Matching found[NEIGHBOR_N_OPERATIONS][NEIGHBOR_N_FORMS];
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (found[operation][form] == MATCHING_UNKNOWN)
    found[operation][form] = matching_try (comm, operation, form);
  return found[operation][form];
}

/* Which block MPI should be given at PLACE of the list. */
static gsize
block_for_place (const gint *edges, gsize n_edges, gsize place, Matching matching)
{
  gsize n_before = 0;
  gsize other = n_edges;

  if (edges[place] == OMPI_OBJ_PROC_NULL)
    return place;
  if (matching == MATCHING_IN_ORDER)
    return edges[place] == edges[place ^ 1] ? place ^ 1 : place;

  /* The block that is as far from the end, among those of the same rank, as this one from the start. */
  for (gsize i = 0; i < place; i++)
    n_before += edges[i] == edges[place];
  for (gsize n_behind = 0; n_behind <= n_before;)
    n_behind += edges[--other] == edges[place];
  return edges[place] == edges[place ^ 1] ? other ^ 1 : other;
}

/* Gives each place of an array of N numbers or handles what stands at another one. */
static void
rearrange (gpointer array, gsize size, const gsize *blocks, gsize n)
{
  g_autofree guint8 *before = g_memdup2 (array, n * size);

  for (gsize i = 0; i < n; i++)
    memcpy ((guint8 *) array + i * size, before + blocks[i] * size, size);
}

gboolean
neighbor_match_directions (MpiTopocomm *self,
                           CollectiveSide *recv,
                           NeighborOperation operation,
                           NeighborForm form,
                           GError **error)
{
  g_autofree gint *edges = NULL;
  g_autofree gsize *blocks = NULL;
  Matching matching;
  gsize n = 0;

  if (!topocomm_has_short_rings (self))
    return TRUE;
  matching = matching_get (OMPI_OBJ_COMM (self), operation, form);
  if (matching == MATCHING_BY_DIRECTION)
    return TRUE;

  edges = ompi_obj_topocomm_get_inedges (self, &n, error);
  if (edges == NULL)
    return FALSE;
  blocks = g_new (gsize, n);
  for (gsize i = 0; i < n; i++)
    blocks[i] = block_for_place (edges, n, i, matching);
  rearrange (recv->counts, sizeof *recv->counts, blocks, n);
  if (operation == NEIGHBOR_ALLTOALLV)
    {
      rearrange (recv->displacements, sizeof *recv->displacements, blocks, n);
      return TRUE;
    }
  rearrange (recv->displacements, sizeof (MPI_Aint), blocks, n);
  rearrange (recv->datatypes, sizeof *recv->datatypes, blocks, n);
  return TRUE;
}
