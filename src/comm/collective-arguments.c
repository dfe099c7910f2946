/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "collective-private.h"

/*
 * Who does what. In an operation with a root, the root has the data of all ranks, and each of the others that it
 * exchanges them with is a leaf. On an intracommunicator the root is a leaf too; on an intercommunicator the leaves
 * are the other group, and the rest of the root's group is neither.
 */

static gboolean
comm_is_root (MpiComm *self, gint root)
{
  return root == (self->handle->is_inter ? OMPI_OBJ_ROOT : self->handle->rank);
}

static gboolean
comm_is_leaf (MpiComm *self, gint root)
{
  return !self->handle->is_inter || root >= 0;
}

/*
 * One side
 */

static void
side_set_nothing (CollectiveSide *side)
{
  side->datatype = MPI_BYTE;
}

static void
side_set_in_place (CollectiveSide *side)
{
  side->address = MPI_IN_PLACE;
  side->datatype = MPI_BYTE;
}

static gboolean
side_set_whole (CollectiveSide *side, const MpiBuffer *buffer, const char *name, const char *function, GError **error)
{
  return ompi_obj_collective_side_set_parts (side, buffer, 1, name, function, error);
}

static gboolean
side_set_blocks (CollectiveSide *side,
                 MpiComm *self,
                 const MpiBlocks *blocks,
                 const char *name,
                 const char *function,
                 GError **error)
{
  return ompi_obj_collective_side_set_blocks (side, self, blocks, self->handle->n_peers, name, function, error);
}

static gboolean
side_set_blocks_of_types (CollectiveSide *side,
                          MpiComm *self,
                          const MpiBlocks *blocks,
                          const char *name,
                          const char *function,
                          GError **error)
{
  return ompi_obj_collective_side_set_blocks_of_types (side, self, blocks, self->handle->n_peers, name, function,
                                                       error);
}

/*
 * What a method was given for a side, and what it stands for. The name is that of the method's argument.
 */

typedef enum
{
  GIVEN_WHOLE,          /* a buffer for one rank, or for all of them the same */
  GIVEN_PARTS,          /* a buffer that is divided between the ranks */
  GIVEN_BLOCKS,         /* blocks of one datatype */
  GIVEN_BLOCKS_OF_TYPES /* blocks of any datatypes */
} GivenKind;

typedef struct
{
  GivenKind kind;
  const char *name;
  const MpiBuffer *buffer;
  const MpiBlocks *blocks;
} Given;

#define WHOLE(argument) (&(Given){ .kind = GIVEN_WHOLE, .name = #argument, .buffer = (argument) })
#define PARTS(argument) (&(Given){ .kind = GIVEN_PARTS, .name = #argument, .buffer = (argument) })
#define BLOCKS(argument) (&(Given){ .kind = GIVEN_BLOCKS, .name = #argument, .blocks = (argument) })
#define BLOCKS_OF_TYPES(argument) (&(Given){ .kind = GIVEN_BLOCKS_OF_TYPES, .name = #argument, .blocks = (argument) })

/* OMPI_OBJ_IN_PLACE, on a communicator where MPI takes it. */
static gboolean
given_is_in_place (MpiComm *self, const Given *given)
{
  gconstpointer address = given->buffer != NULL   ? given->buffer->address
                          : given->blocks != NULL ? given->blocks->address
                                                  : NULL;

  return address_is_in_place (address) && !self->handle->is_inter;
}

static gboolean
side_set (CollectiveSide *side, MpiComm *self, const Given *given, const char *function, GError **error)
{
  switch (given->kind)
    {
    case GIVEN_WHOLE:
      return side_set_whole (side, given->buffer, given->name, function, error);
    case GIVEN_PARTS:
      return ompi_obj_collective_side_set_parts (side, given->buffer, self->handle->n_peers, given->name, function,
                                                 error);
    case GIVEN_BLOCKS:
      return side_set_blocks (side, self, given->blocks, given->name, function, error);
    case GIVEN_BLOCKS_OF_TYPES:
      return side_set_blocks_of_types (side, self, given->blocks, given->name, function, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/*
 * What both sides have to do with each other.
 */

/* The memory of a buffer; or of the block that a rank exchanges with itself, FALSE if there is none. */
static gboolean
side_get_own_memory (const CollectiveSide *side, MpiComm *self, MpiBuffer *memory)
{
  gint rank = self->handle->rank;
  MPI_Count lower_bound;
  MPI_Count unit = 1;

  *memory = side->memory;
  if (side->counts == NULL)
    return TRUE;
  if (self->handle->is_inter)
    return FALSE;
  if (side->kept != NULL)
    memory->datatype = side->kept[rank];
  else if (MPI_Type_get_extent_c (side->datatype, &lower_bound, &unit) != MPI_SUCCESS)
    return FALSE;
  memory->count = (gint64) side->counts[rank];
  memory->address = (gpointer) ((guintptr) side->address + (guintptr) (side->displacements[rank] * unit));
  return TRUE;
}

static gint64
side_get_own_count (const CollectiveSide *side, gint rank)
{
  return side->counts != NULL ? (gint64) side->counts[rank] : (gint64) side->count;
}

static MPI_Datatype
side_get_own_datatype (const CollectiveSide *side, gint rank)
{
  return side->datatypes != NULL ? side->datatypes[rank] : side->datatype;
}

static gboolean COLD
report_own_count (MpiComm *self,
                  const CollectiveArguments *arguments,
                  const Given *send,
                  const Given *recv,
                  const char *function,
                  GError **error)
{
  gint rank = self->handle->rank;
  gint64 sent = side_get_own_count (&arguments->send, rank);
  gint64 received = side_get_own_count (&arguments->recv, rank);
  gint64 n = self->handle->n_peers;

  if (recv->kind == GIVEN_PARTS)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                        "%s has %" G_GINT64_FORMAT " elements, but %" G_GINT64_FORMAT " ranks send %" G_GINT64_FORMAT
                        " elements each: %" G_GINT64_FORMAT " expected",
                        recv->name, recv->buffer->count, n, sent, sent * n);
  else if (send->kind == GIVEN_PARTS)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                        "%s has %" G_GINT64_FORMAT " elements, but %" G_GINT64_FORMAT " ranks receive %" G_GINT64_FORMAT
                        " elements each: %" G_GINT64_FORMAT " expected",
                        send->name, send->buffer->count, n, received, received * n);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                        "rank %d sends %" G_GINT64_FORMAT " elements to itself, but receives %" G_GINT64_FORMAT
                        " from itself",
                        rank, sent, received);
  return FALSE;
}

/*
 * A rank of an intracommunicator sends to itself as much as it receives from itself. If both are of one datatype,
 * that shows who passed the count of one rank where the whole buffer's is due.
 */
static gboolean
check_sides (MpiComm *self,
             const CollectiveArguments *arguments,
             const Given *send,
             const Given *recv,
             const char *function,
             GError **error)
{
  gint rank = self->handle->rank;
  MpiBuffer sent;
  MpiBuffer received;

  if (!self->handle->is_inter
      && side_get_own_count (&arguments->send, rank) != side_get_own_count (&arguments->recv, rank)
      && side_get_own_datatype (&arguments->send, rank) == side_get_own_datatype (&arguments->recv, rank))
    return report_own_count (self, arguments, send, recv, function, error);
  return !side_get_own_memory (&arguments->send, self, &sent)
         || !side_get_own_memory (&arguments->recv, self, &received)
         || ompi_obj_collective_check_apart (&sent, &received, function, error);
}

/*
 * The operations
 */

/* Between the root and the leaves: the root's side has the data of all of them. */
static gboolean
set_rooted (MpiComm *self,
            CollectiveSide *root_side,
            const Given *root_given,
            CollectiveSide *leaf_side,
            const Given *leaf_given,
            gint root,
            const char *function,
            CollectiveArguments *arguments,
            GError **error)
{
  gboolean is_root = comm_is_root (self, root);
  gboolean root_sends = root_side == &arguments->send;

  side_set_nothing (root_side);
  side_set_nothing (leaf_side);
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || (is_root && !side_set (root_side, self, root_given, function, error)))
    return FALSE;
  if (is_root && given_is_in_place (self, leaf_given))
    {
      side_set_in_place (leaf_side);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    return TRUE;
  return side_set (leaf_side, self, leaf_given, function, error)
         && (!is_root
             || check_sides (self, arguments, root_sends ? root_given : leaf_given,
                             root_sends ? leaf_given : root_given, function, error));
}

/* Between all ranks. */
static gboolean
set_unrooted (MpiComm *self,
              const Given *send,
              const Given *recv,
              const char *function,
              CollectiveArguments *arguments,
              GError **error)
{
  if (!side_set (&arguments->recv, self, recv, function, error))
    return FALSE;
  if (given_is_in_place (self, send))
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  return side_set (&arguments->send, self, send, function, error)
         && check_sides (self, arguments, send, recv, function, error);
}

/*
 * Open MPI gives each nonblocking collective of a communicator a number, but none to a bcast or reduce of no elements.
 * On an intercommunicator the root's neighbours have no count to go by, and would fall out of step; so there is always
 * an element.
 */

static int nothing[1];
static int element[1];

static void
side_set_element (CollectiveSide *side)
{
  side->address = element;
  side->count = 1;
  side->datatype = MPI_INT;
}

gboolean
ompi_obj_bcast_arguments (MpiComm *self,
                          const MpiBuffer *buffer,
                          gint root,
                          const char *function,
                          CollectiveArguments *arguments,
                          GError **error)
{
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error))
    return FALSE;
  if ((comm_is_root (self, root) || comm_is_leaf (self, root))
      && !side_set_whole (&arguments->send, buffer, "buffer", function, error))
    return FALSE;
  if (self->handle->is_inter && arguments->send.count == 0)
    side_set_element (&arguments->send);
  return TRUE;
}

gboolean
ompi_obj_bcast_as_scatterv_arguments (MpiComm *self,
                                      const MpiBuffer *buffer,
                                      gint root,
                                      const char *function,
                                      CollectiveArguments *arguments,
                                      GError **error)
{
  gsize n = self->handle->n_peers;
  g_autofree gint64 *counts = g_new (gint64, n);
  g_autofree gint64 *displacements = g_new0 (gint64, n);
  MpiBlocks blocks = { .n_blocks = n, .counts = counts, .displacements = displacements };
  Given block_for_all = { .kind = GIVEN_BLOCKS, .name = "buffer" };

  if (buffer != NULL)
    {
      for (gsize i = 0; i < n; i++)
        counts[i] = buffer->count;
      blocks.address = buffer->address;
      blocks.datatype = buffer->datatype;
      blocks.owner = buffer->owner;
      block_for_all.blocks = &blocks;
    }
  return set_rooted (self, &arguments->send, &block_for_all, &arguments->recv, WHOLE (buffer), root, function,
                     arguments, error);
}

gboolean
ompi_obj_gather_arguments (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           gint root,
                           const char *function,
                           CollectiveArguments *arguments,
                           GError **error)
{
  return set_rooted (self, &arguments->recv, PARTS (recv_buffer), &arguments->send, WHOLE (send_buffer), root, function,
                     arguments, error);
}

gboolean
ompi_obj_gatherv_arguments (MpiComm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBlocks *recv_blocks,
                            gint root,
                            const char *function,
                            CollectiveArguments *arguments,
                            GError **error)
{
  return set_rooted (self, &arguments->recv, BLOCKS (recv_blocks), &arguments->send, WHOLE (send_buffer), root,
                     function, arguments, error);
}

gboolean
ompi_obj_scatter_arguments (MpiComm *self,
                            const MpiBuffer *send_buffer,
                            const MpiBuffer *recv_buffer,
                            gint root,
                            const char *function,
                            CollectiveArguments *arguments,
                            GError **error)
{
  return set_rooted (self, &arguments->send, PARTS (send_buffer), &arguments->recv, WHOLE (recv_buffer), root, function,
                     arguments, error);
}

gboolean
ompi_obj_scatterv_arguments (MpiComm *self,
                             const MpiBlocks *send_blocks,
                             const MpiBuffer *recv_buffer,
                             gint root,
                             const char *function,
                             CollectiveArguments *arguments,
                             GError **error)
{
  return set_rooted (self, &arguments->send, BLOCKS (send_blocks), &arguments->recv, WHOLE (recv_buffer), root,
                     function, arguments, error);
}

gboolean
ompi_obj_allgather_arguments (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return set_unrooted (self, WHOLE (send_buffer), PARTS (recv_buffer), function, arguments, error);
}

gboolean
ompi_obj_allgatherv_arguments (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBlocks *recv_blocks,
                               const char *function,
                               CollectiveArguments *arguments,
                               GError **error)
{
  return set_unrooted (self, WHOLE (send_buffer), BLOCKS (recv_blocks), function, arguments, error);
}

gboolean
ompi_obj_alltoall_arguments (MpiComm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             const char *function,
                             CollectiveArguments *arguments,
                             GError **error)
{
  return set_unrooted (self, PARTS (send_buffer), PARTS (recv_buffer), function, arguments, error);
}

gboolean
ompi_obj_alltoallv_arguments (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return set_unrooted (self, BLOCKS (send_blocks), BLOCKS (recv_blocks), function, arguments, error);
}

gboolean
ompi_obj_alltoallw_arguments (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  return set_unrooted (self, BLOCKS_OF_TYPES (send_blocks), BLOCKS_OF_TYPES (recv_blocks), function, arguments, error);
}

gboolean
ompi_obj_alltoallw_check_in_place (MpiComm *self, const MpiBlocks *send_blocks, const char *function, GError **error)
{
#ifdef MPICH_NUMVERSION
  /* MPICH 4.0 receives something else where the datatypes differ. */
  if (given_is_in_place (self, BLOCKS (send_blocks)))
    {
      ompi_obj_error_set (
          error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
          "MPICH mixes up blocks of different datatypes in place; use alltoallw, or memory to send from");
      return FALSE;
    }
#else
  (void) self, (void) send_blocks, (void) function, (void) error;
#endif
  return TRUE;
}

/*
 * Reductions
 */

static gboolean
set_op (CollectiveArguments *arguments, MpiOp *op, const char *function, GError **error)
{
  arguments->op = op;
  return ompi_obj_op_check (op, function, error);
}

/* Sets the side of the result, whose datatype is that of the contributions too. */
static gboolean
set_result (CollectiveArguments *arguments,
            const MpiBuffer *recv_buffer,
            gint64 n_parts,
            const char *function,
            GError **error)
{
  return ompi_obj_collective_side_set_parts (&arguments->recv, recv_buffer, n_parts, "recv_buffer", function, error)
         && ompi_obj_op_check_datatype (arguments->op, recv_buffer->datatype, function, error);
}

/* Sets the side of this rank's contribution, of COUNT elements of the datatype of the result. */
static gboolean
set_contribution (CollectiveArguments *arguments,
                  const MpiBuffer *send_buffer,
                  gint64 n_parts,
                  gint64 count,
                  const char *function,
                  GError **error)
{
  CollectiveSide *send = &arguments->send;
  CollectiveSide *recv = &arguments->recv;

  if (!ompi_obj_collective_side_set_parts (send, send_buffer, n_parts, "send_buffer", function, error))
    return FALSE;
  if (G_LIKELY (send->count == count && send->datatype == recv->datatype))
    return ompi_obj_collective_check_apart (&send->memory, &recv->memory, function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                      "the buffers differ in count (%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ") or datatype",
                      (gint64) send->count, count);
  return FALSE;
}

/* On a rank that contributes without getting the result, the count and datatype are those of the contribution. */
static gboolean
set_contribution_alone (CollectiveArguments *arguments,
                        const MpiBuffer *send_buffer,
                        const char *function,
                        GError **error)
{
  if (!side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
      || !ompi_obj_op_check_datatype (arguments->op, send_buffer->datatype, function, error))
    return FALSE;
  arguments->recv.count = arguments->send.count;
  arguments->recv.datatype = arguments->send.datatype;
  return TRUE;
}

static gboolean
set_reduce (MpiComm *self,
            const MpiBuffer *send_buffer,
            const MpiBuffer *recv_buffer,
            MpiOp *op,
            gint root,
            const char *function,
            CollectiveArguments *arguments,
            GError **error)
{
  gboolean is_root = comm_is_root (self, root);
  gboolean is_leaf = comm_is_leaf (self, root);

  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || !set_op (arguments, op, function, error)
      || (is_root && !set_result (arguments, recv_buffer, 1, function, error)))
    return FALSE;
  if (is_root && given_is_in_place (self, WHOLE (send_buffer)))
    side_set_in_place (&arguments->send);
  else if (is_root && is_leaf)
    return set_contribution (arguments, send_buffer, 1, arguments->recv.count, function, error);
  else if (is_leaf)
    return set_contribution_alone (arguments, send_buffer, function, error);
  else
    arguments->send.address = nothing; /* not read, but MPICH wants an address */
  return TRUE;
}

gboolean
ompi_obj_reduce_arguments (MpiComm *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           MpiOp *op,
                           gint root,
                           const char *function,
                           CollectiveArguments *arguments,
                           GError **error)
{
  if (!set_reduce (self, send_buffer, recv_buffer, op, root, function, arguments, error))
    return FALSE;
  if (self->handle->is_inter && arguments->recv.count == 0)
    {
      arguments->op = OMPI_OBJ_SUM;
      arguments->send.address = nothing;
      side_set_element (&arguments->recv);
    }
  return TRUE;
}

gboolean
ompi_obj_allreduce_arguments (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              MpiOp *op,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  if (!set_op (arguments, op, function, error) || !set_result (arguments, recv_buffer, 1, function, error))
    return FALSE;
  if (!given_is_in_place (self, WHOLE (send_buffer)))
    return set_contribution (arguments, send_buffer, 1, arguments->recv.count, function, error);
  side_set_in_place (&arguments->send);
  return TRUE;
}

/* In place, the buffer of the result has the whole contribution. */
gboolean
ompi_obj_reduce_scatter_block_arguments (MpiComm *self,
                                         const MpiBuffer *send_buffer,
                                         const MpiBuffer *recv_buffer,
                                         MpiOp *op,
                                         const char *function,
                                         CollectiveArguments *arguments,
                                         GError **error)
{
  gboolean in_place = given_is_in_place (self, WHOLE (send_buffer));
  gint64 size = self->handle->size;

  if (!set_op (arguments, op, function, error)
      || !set_result (arguments, recv_buffer, in_place ? size : 1, function, error))
    return FALSE;
  if (!in_place)
    return set_contribution (arguments, send_buffer, size, arguments->recv.count, function, error);
  side_set_in_place (&arguments->send);
  return TRUE;
}

/* Takes the counts of the ranks, and adds them up. */
static gboolean
side_set_counts (CollectiveSide *side,
                 const gint64 *counts,
                 gsize n_counts,
                 gint64 *sum,
                 const char *function,
                 GError **error)
{
  *sum = 0;
  side->counts = g_new (BlockCount, n_counts);
  for (gsize i = 0; i < n_counts; i++)
    {
      if (!ompi_obj_collective_check_number (counts[i], "count", i, function, error))
        return FALSE;
      if (counts[i] < 0 || __builtin_add_overflow (*sum, counts[i], sum))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "counts[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT,
                              i, counts[i]);
          return FALSE;
        }
      side->counts[i] = (BlockCount) counts[i];
    }
  return TRUE;
}

static gboolean
check_n_counts (MpiComm *self, gsize n_counts, const char *function, GError **error)
{
  if (G_LIKELY (n_counts == (gsize) self->handle->size))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "there are %" G_GSIZE_FORMAT " counts, but %d ranks",
                      n_counts, self->handle->size);
  return FALSE;
}

static gboolean
check_result_count (const CollectiveArguments *arguments, gint64 expected, const char *function, GError **error)
{
  if (G_LIKELY (arguments->recv.count == expected))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "recv_buffer has %" G_GINT64_FORMAT " elements, but according to counts %" G_GINT64_FORMAT,
                      (gint64) arguments->recv.count, expected);
  return FALSE;
}

gboolean
ompi_obj_reduce_scatter_arguments (MpiComm *self,
                                   const MpiBuffer *send_buffer,
                                   const MpiBuffer *recv_buffer,
                                   const gint64 *counts,
                                   gsize n_counts,
                                   MpiOp *op,
                                   const char *function,
                                   CollectiveArguments *arguments,
                                   GError **error)
{
  gboolean in_place = given_is_in_place (self, WHOLE (send_buffer));
  gint64 sum;

  if (!set_op (arguments, op, function, error) || !check_n_counts (self, n_counts, function, error)
      || !side_set_counts (&arguments->recv, counts, n_counts, &sum, function, error)
      || !set_result (arguments, recv_buffer, 1, function, error)
      || !check_result_count (arguments, in_place ? sum : counts[self->handle->rank], function, error))
    return FALSE;
  if (!in_place)
    return set_contribution (arguments, send_buffer, 1, sum, function, error);
  side_set_in_place (&arguments->send);
  return TRUE;
}
