/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * From the arguments of a collective's methods to those of its MPI functions: once for its three forms (blocking,
 * nonblocking and persistent). FUNCTION is the form's name in errors.
 */

#include "blocks-private.h"
#include "comm-private.h"
#include "info-private.h"
#include "large-count-collective-private.h"
#include "large-count-private.h"
#include "op-private.h"
#include "request-private.h"

/* What is sent, or what is received: a buffer or blocks. */
typedef struct
{
  gpointer address; /* or MPI_IN_PLACE */
  MPI_Count count;  /* of a buffer: for each rank, where it is divided between them */
  MPI_Datatype datatype;
  BlockCount *counts; /* of blocks, and so on */
  BlockDisplacement *displacements;
  MPI_Datatype *datatypes;

  MpiBuffer memory; /* whose datatype and owner a request keeps; no datatype: nothing to keep */
  gsize n_kept;
  MpiDatatype **kept; /* the datatypes of the blocks: borrowed, until a request takes references */
} CollectiveSide;

typedef struct
{
  CollectiveSide send;
  CollectiveSide recv; /* of reductions: count and datatype on every rank */
  int root;
  MpiOp *op;
} CollectiveArguments;

/* As MPI takes them. */
#define SIDE_BUFFER(side) (side).address, (side).count, (side).datatype
#define SIDE_BLOCKS(side) (side).address, (side).counts, (side).displacements, (side).datatype
#define SIDE_BLOCKS_OF_TYPES(side) (side).address, (side).counts, (side).displacements, (side).datatypes
#define REDUCTION_ARGS(arguments) (arguments).send.address, SIDE_BUFFER ((arguments).recv), (arguments).op->handle

void ompi_obj_collective_arguments_clear (CollectiveArguments *arguments);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CollectiveArguments, ompi_obj_collective_arguments_clear)

/* Sets one side: a buffer that is divided between N_PARTS ranks (at least 1), or a block for each of N_RANKS. */
gboolean ompi_obj_collective_side_set_parts (CollectiveSide *side,
                                             const MpiBuffer *buffer,
                                             gint64 n_parts,
                                             const char *name,
                                             const char *function,
                                             GError **error);
gboolean ompi_obj_collective_side_set_blocks (CollectiveSide *side,
                                              MpiComm *self,
                                              const MpiBlocks *blocks,
                                              gsize n_ranks,
                                              const char *name,
                                              const char *function,
                                              GError **error);
gboolean ompi_obj_collective_side_set_blocks_of_types (CollectiveSide *side,
                                                       MpiComm *self,
                                                       const MpiBlocks *blocks,
                                                       gsize n_ranks,
                                                       const char *name,
                                                       const char *function,
                                                       GError **error);

/* Whether a number of the array of a block fits what this MPI takes. */
gboolean
ompi_obj_collective_check_number (gint64 number, const char *what, gsize block, const char *function, GError **error);

/*
 * Whether what is sent and what is received are apart. MPI takes no memory twice; MPICH ends the program when it comes
 * to copy what a rank sends to itself. Elements with gaps between them pass, for others may lie in the gaps.
 */
gboolean ompi_obj_collective_check_apart (const MpiBuffer *sent,
                                          const MpiBuffer *received,
                                          const char *function,
                                          GError **error);

/* No predefined datatype is longer, so buffers of them that are further away from each other need no closer look. */
#define LONGEST_ELEMENT 64

static inline gboolean
memory_is_far_apart (const MpiBuffer *one, const MpiBuffer *other)
{
  guintptr a = (guintptr) one->address;
  guintptr b = (guintptr) other->address;

  return one->datatype->name != NULL && other->datatype->name != NULL
         && (a < b ? b - a : a - b) / LONGEST_ELEMENT >= (guint64) MAX (one->count, other->count);
}

/*
 * Nearly all calls are on an intracommunicator, with two buffers of one predefined datatype that are far from each
 * other. If their counts fit too, the blocking forms pass them to MPI as they are; all else is looked at more closely
 * by the functions below.
 */
static inline gboolean
buffers_are_plain (MpiComm *self, const MpiBuffer *sent, const MpiBuffer *received)
{
  return !self->handle->is_inter && sent != NULL && received != NULL && buffer_is_usable (sent)
         && buffer_is_usable (received) && sent->datatype == received->datatype && memory_is_far_apart (sent, received);
}

gboolean ompi_obj_bcast_arguments (MpiComm *self,
                                   const MpiBuffer *buffer,
                                   gint root,
                                   const char *function,
                                   CollectiveArguments *arguments,
                                   GError **error);

/*
 * On an intercommunicator, MPICH 4.0's nonblocking and persistent bcast hands the other group what it has from its own
 * rank of the root's number. There a scatterv of the same block to all does what it should.
 */
#ifdef MPICH_NUMVERSION
#define BCAST_IS_SCATTERV(self) G_UNLIKELY ((self)->handle->is_inter)
#else
#define BCAST_IS_SCATTERV(self) FALSE
#endif

gboolean ompi_obj_bcast_as_scatterv_arguments (MpiComm *self,
                                               const MpiBuffer *buffer,
                                               gint root,
                                               const char *function,
                                               CollectiveArguments *arguments,
                                               GError **error);
gboolean ompi_obj_gather_arguments (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    gint root,
                                    const char *function,
                                    CollectiveArguments *arguments,
                                    GError **error);
gboolean ompi_obj_gatherv_arguments (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBlocks *recv_blocks,
                                     gint root,
                                     const char *function,
                                     CollectiveArguments *arguments,
                                     GError **error);
gboolean ompi_obj_scatter_arguments (MpiComm *self,
                                     const MpiBuffer *send_buffer,
                                     const MpiBuffer *recv_buffer,
                                     gint root,
                                     const char *function,
                                     CollectiveArguments *arguments,
                                     GError **error);
gboolean ompi_obj_scatterv_arguments (MpiComm *self,
                                      const MpiBlocks *send_blocks,
                                      const MpiBuffer *recv_buffer,
                                      gint root,
                                      const char *function,
                                      CollectiveArguments *arguments,
                                      GError **error);
gboolean ompi_obj_allgather_arguments (MpiComm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean ompi_obj_allgatherv_arguments (MpiComm *self,
                                        const MpiBuffer *send_buffer,
                                        const MpiBlocks *recv_blocks,
                                        const char *function,
                                        CollectiveArguments *arguments,
                                        GError **error);
gboolean ompi_obj_alltoall_arguments (MpiComm *self,
                                      const MpiBuffer *send_buffer,
                                      const MpiBuffer *recv_buffer,
                                      const char *function,
                                      CollectiveArguments *arguments,
                                      GError **error);
gboolean ompi_obj_alltoallv_arguments (MpiComm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean ompi_obj_alltoallw_arguments (MpiComm *self,
                                       const MpiBlocks *send_blocks,
                                       const MpiBlocks *recv_blocks,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
/* Whether the nonblocking and persistent forms of alltoallw can be in place. */
gboolean
ompi_obj_alltoallw_check_in_place (MpiComm *self, const MpiBlocks *send_blocks, const char *function, GError **error);
gboolean ompi_obj_reduce_arguments (MpiComm *self,
                                    const MpiBuffer *send_buffer,
                                    const MpiBuffer *recv_buffer,
                                    MpiOp *op,
                                    gint root,
                                    const char *function,
                                    CollectiveArguments *arguments,
                                    GError **error);
/* Of scan and exscan too. */
gboolean ompi_obj_allreduce_arguments (MpiComm *self,
                                       const MpiBuffer *send_buffer,
                                       const MpiBuffer *recv_buffer,
                                       MpiOp *op,
                                       const char *function,
                                       CollectiveArguments *arguments,
                                       GError **error);
gboolean ompi_obj_reduce_scatter_block_arguments (MpiComm *self,
                                                  const MpiBuffer *send_buffer,
                                                  const MpiBuffer *recv_buffer,
                                                  MpiOp *op,
                                                  const char *function,
                                                  CollectiveArguments *arguments,
                                                  GError **error);
gboolean ompi_obj_reduce_scatter_arguments (MpiComm *self,
                                            const MpiBuffer *send_buffer,
                                            const MpiBuffer *recv_buffer,
                                            const gint64 *counts,
                                            gsize n_counts,
                                            MpiOp *op,
                                            const char *function,
                                            CollectiveArguments *arguments,
                                            GError **error);

/* The object of a collective that was just started; takes from ARGUMENTS what MPI needs until it has completed. */
MpiRequest *ompi_obj_collective_new_started (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments);

/* The object of one that is persistent. */
MpiPrequest *ompi_obj_collective_new_persistent (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments);

/* Whether a persistent collective can be set up: this MPI has them, and INFO is one or NULL. */
gboolean ompi_obj_collective_check_persistent (MpiInfo *info, const char *function, GError **error);
