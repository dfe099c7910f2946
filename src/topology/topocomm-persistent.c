/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "neighbor-private.h"

static MpiPrequest *
topocomm_real_neighbor_allgather_init (MpiTopocomm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       MpiInfo *info,
                                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Neighbor_allgather_init", error)
      || !neighbor_allgather_arguments (self, send_buffer, recv_buffer, "MPI_Neighbor_allgather_init", &arguments,
                                        error)
      || !CHECK_MPI (error, MPI_Neighbor_allgather_init_c, SIDE_BUFFER (arguments.send), SIDE_BUFFER (arguments.recv),
                     TOPOLOGY_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
topocomm_real_neighbor_allgatherv_init (MpiTopocomm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBlocks *recv_blocks,
                                        MpiInfo *info,
                                        GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Neighbor_allgatherv_init", error)
      || !neighbor_allgatherv_arguments (self, send_buffer, recv_blocks, "MPI_Neighbor_allgatherv_init", &arguments,
                                         error)
      || !CHECK_MPI (error, MPI_Neighbor_allgatherv_init_c, SIDE_BUFFER (arguments.send), SIDE_BLOCKS (arguments.recv),
                     TOPOLOGY_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
topocomm_real_neighbor_alltoall_init (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      MpiInfo *info,
                                      GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Neighbor_alltoall_init", error)
      || !neighbor_alltoall_arguments (self, send_buffer, recv_buffer, NEIGHBOR_PERSISTENT,
                                       "MPI_Neighbor_alltoall_init", &arguments, error)
      || !(NEIGHBOR_ALLTOALL_IS_V (arguments)
               ? CHECK_MPI (error, MPI_Neighbor_alltoallv_init_c, SIDE_BLOCKS (arguments.send),
                            SIDE_BLOCKS (arguments.recv), TOPOLOGY_HANDLE (self), info_to_mpi (info), &handle)
               : CHECK_MPI (error, MPI_Neighbor_alltoall_init_c, SIDE_BUFFER (arguments.send),
                            SIDE_BUFFER (arguments.recv), TOPOLOGY_HANDLE (self), info_to_mpi (info), &handle)))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
topocomm_real_neighbor_alltoallv_init (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       MpiInfo *info,
                                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Neighbor_alltoallv_init", error)
      || !neighbor_alltoallv_arguments (self, send_blocks, recv_blocks, NEIGHBOR_PERSISTENT,
                                        "MPI_Neighbor_alltoallv_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Neighbor_alltoallv_init_c, SIDE_BLOCKS (arguments.send), SIDE_BLOCKS (arguments.recv),
                     TOPOLOGY_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

static MpiPrequest *
topocomm_real_neighbor_alltoallw_init (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       MpiInfo *info,
                                       GError **error)
{
  g_auto (CollectiveArguments) arguments = { 0 };
  MPI_Request handle = MPI_REQUEST_NULL;

  if (!ompi_obj_collective_check_persistent (info, "MPI_Neighbor_alltoallw_init", error)
      || !neighbor_alltoallw_arguments (self, send_blocks, recv_blocks, NEIGHBOR_PERSISTENT,
                                        "MPI_Neighbor_alltoallw_init", &arguments, error)
      || !CHECK_MPI (error, MPI_Neighbor_alltoallw_init_c, SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.send),
                     SIDE_NEIGHBOR_BLOCKS_OF_TYPES (arguments.recv), TOPOLOGY_HANDLE (self), info_to_mpi (info),
                     &handle))
    return NULL;
  return ompi_obj_collective_new_persistent (OMPI_OBJ_COMM (self), handle, &arguments);
}

void
topocomm_class_init_persistent (MpiTopocommClass *klass)
{
  klass->neighbor_allgather_init = topocomm_real_neighbor_allgather_init;
  klass->neighbor_allgatherv_init = topocomm_real_neighbor_allgatherv_init;
  klass->neighbor_alltoall_init = topocomm_real_neighbor_alltoall_init;
  klass->neighbor_alltoallv_init = topocomm_real_neighbor_alltoallv_init;
  klass->neighbor_alltoallw_init = topocomm_real_neighbor_alltoallw_init;
}

/**
 * ompi_obj_topocomm_neighbor_allgather_init: (virtual neighbor_allgather_init)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Topocomm.neighbor_allgather] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_allgather], [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Neighbor_allgather_init` (MPI-4.0, section 8.8.1).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_topocomm_neighbor_allgather_init (MpiTopocomm *self,
                                           const MpiBuffer *send_buffer,
                                           const MpiBuffer *recv_buffer,
                                           MpiInfo *info,
                                           GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_allgather_init", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_allgather_init (self, send_buffer, recv_buffer, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_neighbor_allgatherv_init: (virtual neighbor_allgatherv_init)
 * @self: a communicator with a topology
 * @send_buffer: what this rank sends to each of its neighbours
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Topocomm.neighbor_allgatherv] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_allgatherv], [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Neighbor_allgatherv_init` (MPI-4.0, section 8.8.1).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_topocomm_neighbor_allgatherv_init (MpiTopocomm *self,
                                            const MpiBuffer *send_buffer,
                                            const MpiBlocks *recv_blocks,
                                            MpiInfo *info,
                                            GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_allgatherv_init", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_allgatherv_init (self, send_buffer, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_neighbor_alltoall_init: (virtual neighbor_alltoall_init)
 * @self: a communicator with a topology
 * @send_buffer: what to send: as many times the elements for one neighbour as there are neighbours that
 *   this rank sends to
 * @recv_buffer: where to receive to: as many times the elements that one neighbour sends as there are
 *   neighbours that this rank receives from
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Topocomm.neighbor_alltoall] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoall], [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Neighbor_alltoall_init` (MPI-4.0, section 8.8.2).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_topocomm_neighbor_alltoall_init (MpiTopocomm *self,
                                          const MpiBuffer *send_buffer,
                                          const MpiBuffer *recv_buffer,
                                          MpiInfo *info,
                                          GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoall_init", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoall_init (self, send_buffer, recv_buffer, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_neighbor_alltoallv_init: (virtual neighbor_alltoallv_init)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many elements as it sends
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Topocomm.neighbor_alltoallv] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoallv], [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Neighbor_alltoallv_init` (MPI-4.0, section 8.8.2).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_topocomm_neighbor_alltoallv_init (MpiTopocomm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoallv_init", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoallv_init (self, send_blocks, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_topocomm_neighbor_alltoallw_init: (virtual neighbor_alltoallw_init)
 * @self: a communicator with a topology
 * @send_blocks: what to send: a block for each neighbour that this rank sends to
 * @recv_blocks: where to receive to: a block for each neighbour that this rank receives from, of as
 *   many bytes as it sends
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up what [method@Mpi.Topocomm.neighbor_alltoallw] does, to be started many times. Collective: every
 * rank sets up its collectives on a communicator, and starts them, in the same order.
 *
 * Errors: as of [method@Mpi.Topocomm.neighbor_alltoallw], [error@Mpi.Error.info] if @info was freed, and
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Neighbor_alltoallw_init` (MPI-4.0, section 8.8.2).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_topocomm_neighbor_alltoallw_init (MpiTopocomm *self,
                                           const MpiBlocks *send_blocks,
                                           const MpiBlocks *recv_blocks,
                                           MpiInfo *info,
                                           GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, "MPI_Neighbor_alltoallw_init", error, NULL);

  request = OMPI_OBJ_TOPOCOMM_GET_CLASS (self)->neighbor_alltoallw_init (self, send_blocks, recv_blocks, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
