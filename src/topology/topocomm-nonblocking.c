/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "neighbor-private.h"

static MpiRequest *
topocomm_real_ineighbor_allgather (MpiTopocomm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBuffer *recv_buffer,
                                   GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!neighbor_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Ineighbor_allgather", &arguments, error)
      || !CHECK_MPI (error, MPI_Ineighbor_allgather_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     TOPOLOGY_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiRequest *
topocomm_real_ineighbor_allgatherv (MpiTopocomm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBlocks *recv_blocks,
                                    GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!neighbor_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Ineighbor_allgatherv", &arguments, error)
      || !CHECK_MPI (error, MPI_Ineighbor_allgatherv_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                     TOPOLOGY_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiRequest *
topocomm_real_ineighbor_alltoall (MpiTopocomm *self,
                                  const MpiBuffer *send_buffer,
                                  const MpiBuffer *recv_buffer,
                                  GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!neighbor_alltoall_arguments (self, send_buffer, recv_buffer, NEIGHBOR_NONBLOCKING, "MPI_Ineighbor_alltoall",
                                    &arguments, error)
      || !(NEIGHBOR_ALLTOALL_IS_V (arguments)
               ? CHECK_MPI (error, MPI_Ineighbor_alltoallv_c, SIDE_BLOCKS (arguments.send),
                            SIDE_BLOCKS (arguments.recv), TOPOLOGY_HANDLE (self), &handle)
               : CHECK_MPI (error, MPI_Ineighbor_alltoall_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                            TOPOLOGY_HANDLE (self), &handle)))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiRequest *
topocomm_real_ineighbor_alltoallv (MpiTopocomm *self,
                                   const MpiBlocks *send_blocks,
                                   const MpiBlocks *recv_blocks,
                                   GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!neighbor_alltoallv_arguments (self, send_blocks, recv_blocks, NEIGHBOR_NONBLOCKING, "MPI_Ineighbor_alltoallv",
                                     &arguments, error)
      || !CHECK_MPI (error, MPI_Ineighbor_alltoallv_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                     TOPOLOGY_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiRequest *
topocomm_real_ineighbor_alltoallw (MpiTopocomm *self,
                                   const MpiBlocks *send_blocks,
                                   const MpiBlocks *recv_blocks,
                                   GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!neighbor_alltoallw_arguments (self, send_blocks, recv_blocks, NEIGHBOR_NONBLOCKING, "MPI_Ineighbor_alltoallw",
                                     &arguments, error)
      || !CHECK_MPI (error, MPI_Ineighbor_alltoallw_c, SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.send),
                     SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.recv), TOPOLOGY_HANDLE (self), &handle))
    return NULL;
  return ompi_obj_collective_new_started (OMPI_OBJ_COMM (self), handle, &arguments);
}

void
topocomm_class_init_nonblocking (MpiTopocommClass *klass)
{
  klass->ineighbor_allgather = topocomm_real_ineighbor_allgather;
  klass->ineighbor_allgatherv = topocomm_real_ineighbor_allgatherv;
  klass->ineighbor_alltoall = topocomm_real_ineighbor_alltoall;
  klass->ineighbor_alltoallv = topocomm_real_ineighbor_alltoallv;
  klass->ineighbor_alltoallw = topocomm_real_ineighbor_alltoallw;
}

/**
 * ompi_obj_topocomm_ineighbor_allgather: (virtual ineighbor_allgather)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Topocomm.neighbor_allgather] does, and returns at once. Collective: every rank starts
 * its collectives on a communicator in the same order.
 *
 * The memory must not be used until the request has completed.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_allgather].
 *
 * Mirrors `MPI_Ineighbor_allgather` (MPI-4.0, section 8.7.1).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_topocomm_ineighbor_allgather (MpiTopocomm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       GError **error)
{
  MpiRequest *request;

  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Ineighbor_allgather", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->ineighbor_allgather (self, send_buffer, recv_buffer, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_ineighbor_allgatherv: (virtual ineighbor_allgatherv)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Topocomm.neighbor_allgatherv] does, and returns at once. Collective: every rank starts
 * its collectives on a communicator in the same order.
 *
 * The memory must not be used until the request has completed.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_allgatherv].
 *
 * Mirrors `MPI_Ineighbor_allgatherv` (MPI-4.0, section 8.7.1).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_topocomm_ineighbor_allgatherv (MpiTopocomm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBlocks *recv_blocks,
                                        GError **error)
{
  MpiRequest *request;

  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Ineighbor_allgatherv", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->ineighbor_allgatherv (self, send_buffer, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_ineighbor_alltoall: (virtual ineighbor_alltoall)
 * @self: a communicator with a topology
 * @send_buffer: what to send: as many times the elements for one neighbour as there are neighbours that
 *   this rank sends to
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Topocomm.neighbor_alltoall] does, and returns at once. Collective: every rank starts
 * its collectives on a communicator in the same order.
 *
 * The memory must not be used until the request has completed.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoall].
 *
 * Mirrors `MPI_Ineighbor_alltoall` (MPI-4.0, section 8.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_topocomm_ineighbor_alltoall (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      GError **error)
{
  MpiRequest *request;

  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Ineighbor_alltoall", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->ineighbor_alltoall (self, send_buffer, recv_buffer, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_ineighbor_alltoallv: (virtual ineighbor_alltoallv)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Topocomm.neighbor_alltoallv] does, and returns at once. Collective: every rank starts
 * its collectives on a communicator in the same order.
 *
 * The memory must not be used until the request has completed.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoallv].
 *
 * Mirrors `MPI_Ineighbor_alltoallv` (MPI-4.0, section 8.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_topocomm_ineighbor_alltoallv (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       GError **error)
{
  MpiRequest *request;

  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Ineighbor_alltoallv", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->ineighbor_alltoallv (self, send_blocks, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_ineighbor_alltoallw: (virtual ineighbor_alltoallw)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many bytes as it sends
 * @error: return location for a #GError
 *
 * Starts what [method@Mpi.Topocomm.neighbor_alltoallw] does, and returns at once. Collective: every rank starts
 * its collectives on a communicator in the same order.
 *
 * The memory must not be used until the request has completed.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoallw].
 *
 * Mirrors `MPI_Ineighbor_alltoallw` (MPI-4.0, section 8.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_topocomm_ineighbor_alltoallw (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       GError **error)
{
  MpiRequest *request;

  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Ineighbor_alltoallw", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->ineighbor_alltoallw (self, send_blocks, recv_blocks, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
