/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The collectives of large-count-private.h. Their arrays of counts and displacements belong to the operation until
 * it has completed, so they are made of the numbers that this MPI takes in the first place, after these were found to
 * fit; then the functions of an older MPI can stand in for those with "_c" as they are.
 */

#include "config.h"

#include <mpi.h>

#ifdef HAVE_MPI_LARGE_COUNT

typedef MPI_Count BlockCount;
typedef MPI_Aint BlockDisplacement;

#else

typedef int BlockCount;
typedef int BlockDisplacement;

#define MPI_Bcast_c MPI_Bcast
#define MPI_Gather_c MPI_Gather
#define MPI_Gatherv_c MPI_Gatherv
#define MPI_Scatter_c MPI_Scatter
#define MPI_Scatterv_c MPI_Scatterv
#define MPI_Allgather_c MPI_Allgather
#define MPI_Allgatherv_c MPI_Allgatherv
#define MPI_Alltoall_c MPI_Alltoall
#define MPI_Alltoallv_c MPI_Alltoallv
#define MPI_Alltoallw_c MPI_Alltoallw
#define MPI_Reduce_c MPI_Reduce
#define MPI_Allreduce_c MPI_Allreduce
#define MPI_Reduce_scatter_block_c MPI_Reduce_scatter_block
#define MPI_Reduce_scatter_c MPI_Reduce_scatter
#define MPI_Scan_c MPI_Scan
#define MPI_Exscan_c MPI_Exscan

#define MPI_Ibcast_c MPI_Ibcast
#define MPI_Igather_c MPI_Igather
#define MPI_Igatherv_c MPI_Igatherv
#define MPI_Iscatter_c MPI_Iscatter
#define MPI_Iscatterv_c MPI_Iscatterv
#define MPI_Iallgather_c MPI_Iallgather
#define MPI_Iallgatherv_c MPI_Iallgatherv
#define MPI_Ialltoall_c MPI_Ialltoall
#define MPI_Ialltoallv_c MPI_Ialltoallv
#define MPI_Ialltoallw_c MPI_Ialltoallw
#define MPI_Ireduce_c MPI_Ireduce
#define MPI_Iallreduce_c MPI_Iallreduce
#define MPI_Ireduce_scatter_block_c MPI_Ireduce_scatter_block
#define MPI_Ireduce_scatter_c MPI_Ireduce_scatter
#define MPI_Iscan_c MPI_Iscan
#define MPI_Iexscan_c MPI_Iexscan

#define MPI_Neighbor_allgather_c MPI_Neighbor_allgather
#define MPI_Neighbor_allgatherv_c MPI_Neighbor_allgatherv
#define MPI_Neighbor_alltoall_c MPI_Neighbor_alltoall
#define MPI_Neighbor_alltoallv_c MPI_Neighbor_alltoallv
#define MPI_Neighbor_alltoallw_c MPI_Neighbor_alltoallw

#define MPI_Ineighbor_allgather_c MPI_Ineighbor_allgather
#define MPI_Ineighbor_allgatherv_c MPI_Ineighbor_allgatherv
#define MPI_Ineighbor_alltoall_c MPI_Ineighbor_alltoall
#define MPI_Ineighbor_alltoallv_c MPI_Ineighbor_alltoallv
#define MPI_Ineighbor_alltoallw_c MPI_Ineighbor_alltoallw

#endif

#ifndef HAVE_MPI_PERSISTENT_COLLECTIVE

/* Never called: who asks for them is refused before. */
#define MPI_Barrier_init(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Bcast_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Gather_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Gatherv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Scatter_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Scatterv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Allgather_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Allgatherv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Alltoall_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Alltoallv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Alltoallw_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Reduce_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Allreduce_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Reduce_scatter_block_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Reduce_scatter_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Scan_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Exscan_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Neighbor_allgather_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Neighbor_allgatherv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Neighbor_alltoall_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Neighbor_alltoallv_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Neighbor_alltoallw_init_c(...) MPI_ERR_UNSUPPORTED_OPERATION

#endif
