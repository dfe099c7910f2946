/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "neighbor-private.h"

static gboolean
topocomm_real_neighbor_allgather (MpiTopocomm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return neighbor_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Neighbor_allgather", &arguments, error)
         && CHECK_MPI (error, MPI_Neighbor_allgather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                       TOPOLOGY_HANDLE (self));
}

static gboolean
topocomm_real_neighbor_allgatherv (MpiTopocomm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBlocks *recv_blocks,
                                   GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return neighbor_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Neighbor_allgatherv", &arguments, error)
         && CHECK_MPI (error, MPI_Neighbor_allgatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                       TOPOLOGY_HANDLE (self));
}

static gboolean
topocomm_real_neighbor_alltoall (MpiTopocomm *self,
                                 const MpiBuffer *send_buffer,
                                 const MpiBuffer *recv_buffer,
                                 GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return neighbor_alltoall_arguments (self, send_buffer, recv_buffer, NEIGHBOR_BLOCKING, "MPI_Neighbor_alltoall",
                                      &arguments, error)
         && (NEIGHBOR_ALLTOALL_IS_V (arguments)
                 ? CHECK_MPI (error, MPI_Neighbor_alltoallv_c, SIDE_BLOCKS (arguments.send),
                              SIDE_BLOCKS (arguments.recv), TOPOLOGY_HANDLE (self))
                 : CHECK_MPI (error, MPI_Neighbor_alltoall_c, SIDE_BUFFER (arguments.send),
                              SIDE_BUFFER (arguments.recv), TOPOLOGY_HANDLE (self)));
}

static gboolean
topocomm_real_neighbor_alltoallv (MpiTopocomm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return neighbor_alltoallv_arguments (self, send_blocks, recv_blocks, NEIGHBOR_BLOCKING, "MPI_Neighbor_alltoallv",
                                       &arguments, error)
         && CHECK_MPI (error, MPI_Neighbor_alltoallv_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                       TOPOLOGY_HANDLE (self));
}

static gboolean
topocomm_real_neighbor_alltoallw (MpiTopocomm *self,
                                  const MpiBlocks *send_blocks,
                                  const MpiBlocks *recv_blocks,
                                  GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };

  return neighbor_alltoallw_arguments (self, send_blocks, recv_blocks, NEIGHBOR_BLOCKING, "MPI_Neighbor_alltoallw",
                                       &arguments, error)
         && CHECK_MPI (error, MPI_Neighbor_alltoallw_c, SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.send),
                       SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.recv), TOPOLOGY_HANDLE (self));
}

void
topocomm_class_init_collective (MpiTopocommClass *klass)
{
  klass->neighbor_allgather = topocomm_real_neighbor_allgather;
  klass->neighbor_allgatherv = topocomm_real_neighbor_allgatherv;
  klass->neighbor_alltoall = topocomm_real_neighbor_alltoall;
  klass->neighbor_alltoallv = topocomm_real_neighbor_alltoallv;
  klass->neighbor_alltoallw = topocomm_real_neighbor_alltoallw;
}

/**
 * ompi_obj_topocomm_neighbor_allgather: (virtual neighbor_allgather)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @error: return location for a #GError
 *
 * Sends a buffer to all neighbours, and puts what they send one after the other. Collective.
 *
 * Every rank sends as much. What the neighbours send comes in the order of
 * [method@Mpi.Topocomm.get_inedges]; the part of a neighbour that is `OMPI_OBJ_PROC_NULL` (beyond the end of a
 * grid) is left as it was.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, and [error@Mpi.Error.topology] if the communicator
 * that it stands for has no such topology.
 *
 * Mirrors `MPI_Neighbor_allgather` (MPI-4.0, section 8.6.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_topocomm_neighbor_allgather (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_allgather", error, FALSE);

  return CHECK_SLOT (error,
                     OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_allgather (self, send_buffer, recv_buffer, error));
}

/**
 * ompi_obj_topocomm_neighbor_allgatherv: (virtual neighbor_allgatherv)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @error: return location for a #GError
 *
 * Sends a buffer to all neighbours, and puts what they send, which may differ in size, into blocks. Collective.
 *
 * The blocks are in the order of [method@Mpi.Topocomm.get_inedges]; the block of a neighbour that is
 * `OMPI_OBJ_PROC_NULL` (beyond the end of a grid) is left as it was.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, and [error@Mpi.Error.topology] if the communicator
 * that it stands for has no such topology.
 *
 * Mirrors `MPI_Neighbor_allgatherv` (MPI-4.0, section 8.6.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_topocomm_neighbor_allgatherv (MpiTopocomm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBlocks *recv_blocks,
                                       GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_allgatherv", error, FALSE);

  return CHECK_SLOT (error,
                     OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_allgatherv (self, send_buffer, recv_blocks, error));
}

/**
 * ompi_obj_topocomm_neighbor_alltoall: (virtual neighbor_alltoall)
 * @self: a communicator with a topology
 * @send_buffer: what to send: as many times the elements for one neighbour as there are neighbours that
 *   this rank sends to
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @error: return location for a #GError
 *
 * Sends a part of a buffer to each neighbour, and puts what they send one after the other. Collective.
 *
 * Every part has as many elements. What is sent is in the order of [method@Mpi.Topocomm.get_outedges], and what
 * is received in that of [method@Mpi.Topocomm.get_inedges]; the part of a neighbour that is
 * `OMPI_OBJ_PROC_NULL` (beyond the end of a grid) is left as it was.
 *
 * In a grid, what a rank sends to its lower neighbour comes to that one from its higher neighbour, also in a ring
 * of one or two ranks, where both are the same.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, and [error@Mpi.Error.topology] if the communicator
 * that it stands for has no such topology.
 *
 * Mirrors `MPI_Neighbor_alltoall` (MPI-4.0, section 8.6.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_topocomm_neighbor_alltoall (MpiTopocomm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoall", error, FALSE);

  return CHECK_SLOT (error,
                     OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoall (self, send_buffer, recv_buffer, error));
}

/**
 * ompi_obj_topocomm_neighbor_alltoallv: (virtual neighbor_alltoallv)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @error: return location for a #GError
 *
 * Sends a block to each neighbour, and receives one from each; they may differ in size. Collective.
 *
 * What is sent is in the order of [method@Mpi.Topocomm.get_outedges], and what is received in that of
 * [method@Mpi.Topocomm.get_inedges]; the block of a neighbour that is `OMPI_OBJ_PROC_NULL` (beyond the end of a
 * grid) is left as it was.
 *
 * In a grid, what a rank sends to its lower neighbour comes to that one from its higher neighbour, also in a ring
 * of one or two ranks, where both are the same.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, and [error@Mpi.Error.topology] if the communicator
 * that it stands for has no such topology.
 *
 * Mirrors `MPI_Neighbor_alltoallv` (MPI-4.0, section 8.6.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_topocomm_neighbor_alltoallv (MpiTopocomm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoallv", error, FALSE);

  return CHECK_SLOT (error,
                     OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoallv (self, send_blocks, recv_blocks, error));
}

/**
 * ompi_obj_topocomm_neighbor_alltoallw: (virtual neighbor_alltoallw)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many bytes as it sends
 * @error: return location for a #GError
 *
 * Sends a block to each neighbour, and receives one from each; they may differ in size and datatype. Collective.
 *
 * What is sent is in the order of [method@Mpi.Topocomm.get_outedges], and what is received in that of
 * [method@Mpi.Topocomm.get_inedges]; the block of a neighbour that is `OMPI_OBJ_PROC_NULL` (beyond the end of a
 * grid) is left as it was.
 *
 * In a grid, what a rank sends to its lower neighbour comes to that one from its higher neighbour, also in a ring
 * of one or two ranks, where both are the same.
 *
 * The call checks what it can see on this rank; counts that do not fit together between ranks are an error
 * on some of them only, or undefined, as MPI has it.
 *
 * Errors: [error@Mpi.Error.buffer], [error@Mpi.Error.count] or [error@Mpi.Error.type] for the argument that
 * is wrong, [error@Mpi.Error.comm] if @self was freed, and [error@Mpi.Error.topology] if the communicator
 * that it stands for has no such topology.
 *
 * Mirrors `MPI_Neighbor_alltoallw` (MPI-4.0, section 8.6.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_topocomm_neighbor_alltoallw (MpiTopocomm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBlocks *recv_blocks,
                                      GError **error)
{
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoallw", error, FALSE);

  return CHECK_SLOT (error,
                     OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoallw (self, send_blocks, recv_blocks, error));
}
