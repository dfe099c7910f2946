/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "neighbor-private.h"

/* The neighbours that one side of an exchange is with. */
typedef struct
{
  gint n; /* -1: not known, and an error */
  const char *what;
} Neighbors;

static Neighbors
sources_of (MpiTopocomm *self, GError **error)
{
  return (Neighbors){ ompi_obj_topocomm_get_indegree (self, error), "receives from" };
}

static Neighbors
destinations_of (MpiTopocomm *self, GError **error)
{
  return (Neighbors){ ompi_obj_topocomm_get_outdegree (self, error), "sends to" };
}

/* A buffer that is divided between neighbours; a rank without any has nothing in it. */
static gboolean
side_set_parts (CollectiveSide *side,
                const MpiBuffer *buffer,
                Neighbors neighbors,
                const char *name,
                const char *function,
                GError **error)
{
  if (neighbors.n < 0)
    return FALSE;
  if (buffer != NULL && (neighbors.n == 0 ? buffer->count > 0 : buffer->count > 0 && buffer->count % neighbors.n != 0))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "%s has %" G_GINT64_FORMAT
                          " elements, which is no multiple of the %d neighbours that this rank %s",
                          name, buffer->count, neighbors.n, neighbors.what);
      return FALSE;
    }
  return ompi_obj_collective_side_set_parts (side, buffer, MAX (neighbors.n, 1), name, function, error);
}

static gboolean
side_set_whole (CollectiveSide *side, const MpiBuffer *buffer, const char *name, const char *function, GError **error)
{
  return ompi_obj_collective_side_set_parts (side, buffer, 1, name, function, error);
}

static gboolean
blocks_check (const MpiBlocks *blocks, Neighbors neighbors, const char *name, const char *function, GError **error)
{
  if (neighbors.n < 0)
    return FALSE;
  if (blocks == NULL || blocks->n_blocks == (gsize) neighbors.n)
    return TRUE; /* if it is NULL, that is reported with the rest */
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "%s has %" G_GSIZE_FORMAT " blocks, but this rank %s %d neighbours", name, blocks->n_blocks,
                      neighbors.what, neighbors.n);
  return FALSE;
}

/* Open MPI wants arrays also where there are no neighbours. */
static void
side_ensure_arrays (CollectiveSide *side, Neighbors neighbors)
{
  if (neighbors.n > 0)
    return;
  side->counts = g_realloc (side->counts, sizeof *side->counts);
  side->displacements = g_realloc (side->displacements, sizeof (MPI_Aint));
  side->datatypes = g_realloc (side->datatypes, sizeof *side->datatypes);
}

static gboolean
side_set_blocks (CollectiveSide *side,
                 MpiTopocomm *self,
                 const MpiBlocks *blocks,
                 Neighbors neighbors,
                 const char *name,
                 const char *function,
                 GError **error)
{
  if (!blocks_check (blocks, neighbors, name, function, error)
      || !ompi_obj_collective_side_set_blocks (side, OMPI_OBJ_COMM (self), blocks, (gsize) neighbors.n, name, function,
                                               error))
    return FALSE;
  side_ensure_arrays (side, neighbors);
  return TRUE;
}

static gboolean
side_set_blocks_of_types (CollectiveSide *side,
                          MpiTopocomm *self,
                          const MpiBlocks *blocks,
                          Neighbors neighbors,
                          const char *name,
                          const char *function,
                          GError **error)
{
  if (!blocks_check (blocks, neighbors, name, function, error)
      || !ompi_obj_collective_side_set_blocks_of_types (side, OMPI_OBJ_COMM (self), blocks, (gsize) neighbors.n, name,
                                                        function, error))
    return FALSE;
#ifndef HAVE_MPI_LARGE_COUNT
  {
    MPI_Aint *addresses = g_new (MPI_Aint, neighbors.n);

    for (gint i = 0; i < neighbors.n; i++)
      addresses[i] = side->displacements[i];
    g_free (side->displacements);
    side->displacements = (gpointer) addresses;
  }
#endif
  side_ensure_arrays (side, neighbors);
  return TRUE;
}

/* MPI forbids that they overlap, and MPICH ends the program if a rank is its own neighbour then. */
static gboolean
check_apart (const CollectiveArguments *arguments, const char *function, GError **error)
{
  return ompi_obj_collective_check_apart (&arguments->send.memory, &arguments->recv.memory, function, error);
}

gboolean
neighbor_allgather_arguments (MpiTopocomm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && side_set_parts (&arguments->recv, recv_buffer, sources_of (self, error), "recv_buffer", function, error)
         && check_apart (arguments, function, error);
}

gboolean
neighbor_allgatherv_arguments (MpiTopocomm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBlocks *recv_blocks,
                               const char *function,
                               CollectiveArguments *arguments,
                               GError **error)
{
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && side_set_blocks (&arguments->recv, self, recv_blocks, sources_of (self, error), "recv_blocks", function,
                             error);
}

/* The parts of a buffer as blocks. */
static gboolean
side_split (CollectiveSide *side, gint n_parts, const char *function, GError **error)
{
  if (!ompi_obj_collective_check_number ((gint64) side->count * n_parts, "displacement", (gsize) n_parts - 1, function,
                                         error))
    return FALSE;
  side->counts = g_new (BlockCount, (gsize) n_parts);
  side->displacements = g_new (BlockDisplacement, (gsize) n_parts);
  for (gint i = 0; i < n_parts; i++)
    {
      side->counts[i] = (BlockCount) side->count;
      side->displacements[i] = (BlockDisplacement) (i * side->count);
    }
  return TRUE;
}

/* In a grid with short rings; there are as many neighbours to send to as to receive from. */
static gboolean
alltoall_match_directions (MpiTopocomm *self,
                           NeighborForm form,
                           const char *function,
                           CollectiveArguments *arguments,
                           GError **error)
{
  const gint n = ompi_obj_topocomm_get_indegree (self, error);

  return n > 0 && side_split (&arguments->send, n, function, error) && side_split (&arguments->recv, n, function, error)
         && neighbor_match_directions (self, &arguments->recv, NEIGHBOR_ALLTOALLV, form, error);
}

gboolean
neighbor_alltoall_arguments (MpiTopocomm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             NeighborForm form,
                             const char *function,
                             CollectiveArguments *arguments,
                             GError **error)
{
  return side_set_parts (&arguments->send, send_buffer, destinations_of (self, error), "send_buffer", function, error)
         && side_set_parts (&arguments->recv, recv_buffer, sources_of (self, error), "recv_buffer", function, error)
         && check_apart (arguments, function, error)
         && (!topocomm_has_short_rings (self) || alltoall_match_directions (self, form, function, arguments, error));
}

gboolean
neighbor_alltoallv_arguments (MpiTopocomm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              NeighborForm form,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return side_set_blocks (&arguments->send, self, send_blocks, destinations_of (self, error), "send_blocks", function,
                          error)
         && side_set_blocks (&arguments->recv, self, recv_blocks, sources_of (self, error), "recv_blocks", function,
                             error)
         && neighbor_match_directions (self, &arguments->recv, NEIGHBOR_ALLTOALLV, form, error);
}

gboolean
neighbor_alltoallw_arguments (MpiTopocomm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              NeighborForm form,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return side_set_blocks_of_types (&arguments->send, self, send_blocks, destinations_of (self, error), "send_blocks",
                                   function, error)
         && side_set_blocks_of_types (&arguments->recv, self, recv_blocks, sources_of (self, error), "recv_blocks",
                                      function, error)
         && neighbor_match_directions (self, &arguments->recv, NEIGHBOR_ALLTOALLW, form, error);
}
