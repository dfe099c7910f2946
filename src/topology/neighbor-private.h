/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * From the arguments of a neighbourhood collective's methods to those of its MPI functions, once for its
 * three forms. FUNCTION is the form's name in errors.
 */

#include "collective-private.h"
#include "topology-private.h"

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
gboolean neighbor_alltoall_arguments (MpiTopocomm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      const char *function,
                                      CollectiveArguments *arguments,
                                      GError **error);
gboolean neighbor_alltoallv_arguments (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean neighbor_alltoallw_arguments (MpiTopocomm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);

/* As alltoallw among neighbours takes them: its displacements are addresses, in an older MPI too. */
#define SIDE_NEIGHBOR_BLOCKS_OF_TYPES(side) \
  (side).address, (side).counts, (const MPI_Aint *) (gconstpointer) (side).displacements, (side).datatypes

/* Each source fills in the slots of its form. */
void topocomm_class_init_collective (MpiTopocommClass *klass);
void topocomm_class_init_nonblocking (MpiTopocommClass *klass);
void topocomm_class_init_persistent (MpiTopocommClass *klass);
