/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * From the arguments of a neighbourhood collective's methods to those of its MPI functions, once for its
 * three forms. FUNCTION is the form's name in errors.
 */

#include "collective-private.h"
#include "topology-private.h"

typedef enum
{
  NEIGHBOR_BLOCKING,
  NEIGHBOR_NONBLOCKING,
  NEIGHBOR_PERSISTENT,
  NEIGHBOR_N_FORMS
} NeighborForm;

typedef enum
{
  NEIGHBOR_ALLTOALLV,
  NEIGHBOR_ALLTOALLW,
  NEIGHBOR_N_OPERATIONS
} NeighborOperation;

gboolean neighbor_allgather_arguments (MpiTopocomm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean neighbor_allgatherv_arguments (MpiTopocomm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBlocks *recv_blocks,
                                        const char *function,
                                        CollectiveArguments *arguments,
                                        GError **error);
/* Where the blocks must be told apart by direction, they come as those of alltoallv. */
#define NEIGHBOR_ALLTOALL_IS_V(arguments) G_UNLIKELY ((arguments).recv.counts != NULL)
gboolean neighbor_alltoall_arguments (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      NeighborForm form,
                                      const char *function,
                                      CollectiveArguments *arguments,
                                      GError **error);
gboolean neighbor_alltoallv_arguments (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       NeighborForm form,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean neighbor_alltoallw_arguments (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       NeighborForm form,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);

/* Whether there is a ring of one or two ranks in a grid, so that both neighbours of a rank are the same. */
gboolean topocomm_has_short_rings (MpiTopocomm *self);

/* Puts the blocks of RECV in the order in which this MPI gives each what comes from its side. */
gboolean neighbor_match_directions (MpiTopocomm *self,
                                    CollectiveSide *recv,
                                    NeighborOperation operation,
                                    NeighborForm form,
                                    GError **error);

/* As alltoallw among neighbours takes them: its displacements are addresses, in an older MPI too. */
#define SIDE_NEIGHBOR_BLOCKS_OF_TYPES(side) \
  (side).address, (side).counts, (const MPI_Aint *) (gconstpointer) (side).displacements, (side).datatypes

/* Each source fills in the slots of its form. */
void topocomm_class_init_collective (MpiTopocommClass *klass);
void topocomm_class_init_nonblocking (MpiTopocommClass *klass);
void topocomm_class_init_persistent (MpiTopocommClass *klass);
