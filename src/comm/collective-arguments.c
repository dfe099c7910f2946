/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "collective-private.h"

static void
side_clear (CollectiveSide *side)
{
  g_free (side->counts);
  g_free (side->displacements);
  g_free (side->datatypes);
  g_free (side->kept);
}

void
ompi_obj_collective_arguments_clear (CollectiveArguments *arguments)
{
  side_clear (&arguments->send);
  side_clear (&arguments->recv);
}

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

/* OMPI_OBJ_IN_PLACE where MPI takes it. */
static gboolean
comm_takes_in_place (MpiComm *self, gconstpointer address)
{
  return address_is_in_place (address) && !self->handle->is_inter;
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

static gboolean COLD
report_missing (gconstpointer side, const char *name, const char *function, GError **error)
{
  if (side == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "%s is NULL, but this rank needs it", name);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                        "%s is OMPI_OBJ_IN_PLACE, which is not allowed there on this rank", name);
  return FALSE;
}

/* A buffer that is divided between N_PARTS ranks. */
static gboolean
side_set_parts (CollectiveSide *side,
                const MpiBuffer *buffer,
                gint64 n_parts,
                const char *name,
                const char *function,
                GError **error)
{
  if (G_UNLIKELY (buffer == NULL || address_is_in_place (buffer->address)))
    return report_missing (buffer, name, function, error);

  if (G_UNLIKELY (n_parts <= 0))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function, "the communicator was freed");
      return FALSE;
    }
  side->memory = *buffer;
  if (n_parts != 1 && buffer->count > 0)
    {
      if (G_UNLIKELY (buffer->count % n_parts != 0))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                              "%s has %" G_GINT64_FORMAT " elements, which is no multiple of the %" G_GINT64_FORMAT
                              " ranks",
                              name, buffer->count, n_parts);
          return FALSE;
        }
      side->memory.count /= n_parts;
    }
  if (!buffer_check (&side->memory, function, error))
    return FALSE;
  side->address = side->memory.address;
  side->count = side->memory.count;
  side->datatype = side->memory.datatype->handle;
  return TRUE;
}

static gboolean
side_set_whole (CollectiveSide *side, const MpiBuffer *buffer, const char *name, const char *function, GError **error)
{
  return side_set_parts (side, buffer, 1, name, function, error);
}

gboolean
ompi_obj_collective_side_set_parts (CollectiveSide *side,
                                    const MpiBuffer *buffer,
                                    gint64 n_parts,
                                    const char *name,
                                    const char *function,
                                    GError **error)
{
  return side_set_parts (side, buffer, n_parts, name, function, error);
}

/* A number of an array, as this MPI takes it. */
static gboolean
number_check (gint64 number, const char *what, gsize block, const char *function, GError **error)
{
#ifdef HAVE_MPI_LARGE_COUNT
  (void) number, (void) what, (void) block, (void) function, (void) error;
#else
  if (G_UNLIKELY (number > G_MAXINT || number < G_MININT))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the %s of block %" G_GSIZE_FORMAT " is %" G_GINT64_FORMAT
                          ", but this MPI is older than 4.0 and counts to %d; use a derived datatype",
                          what, block, number, G_MAXINT);
      return FALSE;
    }
#endif
  return TRUE;
}

static gboolean
side_set_numbers (CollectiveSide *side,
                  const MpiBlocks *blocks,
                  const gint64 *displacements,
                  const char *function,
                  GError **error)
{
  side->counts = g_new (BlockCount, blocks->n_blocks);
  side->displacements = g_new (BlockDisplacement, blocks->n_blocks);
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      if (!number_check (blocks->counts[i], "count", i, function, error)
          || !number_check (displacements[i], "displacement", i, function, error))
        return FALSE;
      side->counts[i] = (BlockCount) blocks->counts[i];
      side->displacements[i] = (BlockDisplacement) displacements[i];
    }
  return TRUE;
}

static gboolean
check_address (const MpiBlocks *blocks, const char *name, const char *function, GError **error)
{
  for (gsize i = 0; i < blocks->n_blocks && blocks->address == NULL; i++)
    {
      MpiBuffer block = { .count = blocks->counts[i], .datatype = blocks_get_datatype (blocks, i) };

      if (block.count > 0 && buffer_address_is_missing (&block))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                              "the address of %s is NULL, but the count of block %" G_GSIZE_FORMAT
                              " is %" G_GINT64_FORMAT,
                              name, i, block.count);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_n_blocks (gsize n_blocks, gsize n_ranks, const char *name, const char *function, GError **error)
{
  if (G_LIKELY (n_blocks == n_ranks))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "%s has %" G_GSIZE_FORMAT " blocks, but there are %" G_GSIZE_FORMAT " ranks", name, n_blocks,
                      n_ranks);
  return FALSE;
}

/* Blocks of any datatypes, one for each of the ranks that messages go to; DISPLACEMENTS in the unit of the blocks. */
static gboolean
blocks_prepare (MpiComm *self,
                const MpiBlocks *blocks,
                gint64 *displacements,
                const char *name,
                const char *function,
                GError **error)
{
  return ompi_obj_blocks_place (blocks, displacements, function, error) && check_address (blocks, name, function, error)
         && comm_check (self, function, error);
}

static gboolean
blocks_check (const MpiBlocks *blocks, gsize n_ranks, const char *name, const char *function, GError **error)
{
  if (G_UNLIKELY (blocks == NULL || address_is_in_place (blocks->address)))
    return report_missing (blocks, name, function, error);
  return check_n_blocks (blocks->n_blocks, n_ranks, name, function, error);
}

/* Blocks of one datatype. */
gboolean
ompi_obj_collective_side_set_blocks (CollectiveSide *side,
                                     MpiComm *self,
                                     const MpiBlocks *blocks,
                                     gsize n_ranks,
                                     const char *name,
                                     const char *function,
                                     GError **error)
{
  g_autofree gint64 *displacements = NULL;

  if (!blocks_check (blocks, n_ranks, name, function, error))
    return FALSE;
  if (blocks->datatypes != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the blocks of %s have datatypes of their own, which only alltoallw takes", name);
      return FALSE;
    }
  displacements = g_new (gint64, blocks->n_blocks);
  if (!blocks_prepare (self, blocks, displacements, name, function, error))
    return FALSE;
  side->address = blocks->address;
  side->datatype = blocks->datatype->handle;
  side->memory.datatype = blocks->datatype;
  side->memory.owner = blocks->owner;
  return side_set_numbers (side, blocks, displacements, function, error);
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

/* From elements to bytes. */
static gboolean
scale_displacements (const MpiBlocks *blocks, gint64 *displacements, const char *function, GError **error)
{
  MPI_Count lower_bound;
  MPI_Count extent;

  if (!CHECK_MPI (error, MPI_Type_get_extent_c, blocks->datatype->handle, &lower_bound, &extent))
    return FALSE;
  for (gsize i = 0; i < blocks->n_blocks; i++)
    if (__builtin_mul_overflow (displacements[i], (gint64) extent, &displacements[i]))
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                            "block %" G_GSIZE_FORMAT " starts behind the end of memory", i);
        return FALSE;
      }
  return TRUE;
}

/* Blocks of a datatype each; of the ones without elements, some MPIs want a valid one all the same. */
gboolean
ompi_obj_collective_side_set_blocks_of_types (CollectiveSide *side,
                                              MpiComm *self,
                                              const MpiBlocks *blocks,
                                              gsize n_ranks,
                                              const char *name,
                                              const char *function,
                                              GError **error)
{
  g_autofree gint64 *displacements = NULL;

  if (!blocks_check (blocks, n_ranks, name, function, error))
    return FALSE;
  displacements = g_new (gint64, blocks->n_blocks);
  if (!blocks_prepare (self, blocks, displacements, name, function, error)
      || (blocks->datatypes == NULL && !scale_displacements (blocks, displacements, function, error)))
    return FALSE;

  side->address = blocks->address;
  side->memory.datatype = blocks->datatypes == NULL ? blocks->datatype : OMPI_OBJ_BYTE;
  side->memory.owner = blocks->owner;
  side->datatypes = g_new (MPI_Datatype, blocks->n_blocks);
  side->kept = g_new0 (MpiDatatype *, blocks->n_blocks);
  side->n_kept = blocks->n_blocks;
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      side->kept[i] = blocks_get_datatype (blocks, i);
      side->datatypes[i] = side->kept[i] != NULL ? side->kept[i]->handle : MPI_BYTE;
    }
  return side_set_numbers (side, blocks, displacements, function, error);
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
 * What both sides have to do with each other. MPI on the rank that is wrong may not see it, and write behind the end.
 */

/*
 * A rank of an intracommunicator sends to itself as much as it receives from itself. If both are of one datatype,
 * that shows who passed the count of one rank where the whole buffer's is due.
 */
static gboolean
check_parts (MpiComm *self,
             const CollectiveArguments *arguments,
             const CollectiveSide *whole,
             const char *whole_name,
             const char *action,
             const char *function,
             GError **error)
{
  const CollectiveSide *part = whole == &arguments->send ? &arguments->recv : &arguments->send;

  if (self->handle->is_inter || whole->datatype != part->datatype || whole->count == part->count)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "%s has %" G_GINT64_FORMAT " elements, but %u ranks %s %" G_GINT64_FORMAT
                      " elements each: %" G_GINT64_FORMAT " expected",
                      whole_name, (gint64) whole->count * self->handle->n_peers, self->handle->n_peers, action,
                      (gint64) part->count, (gint64) part->count * self->handle->n_peers);
  return FALSE;
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

/* The same where one side or both are blocks. */
static gboolean
check_own_block (MpiComm *self, const CollectiveArguments *arguments, const char *function, GError **error)
{
  gint rank = self->handle->rank;
  gint64 sent;
  gint64 received;

  if (self->handle->is_inter)
    return TRUE;
  sent = side_get_own_count (&arguments->send, rank);
  received = side_get_own_count (&arguments->recv, rank);
  if (sent == received
      || side_get_own_datatype (&arguments->send, rank) != side_get_own_datatype (&arguments->recv, rank))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "rank %d sends %" G_GINT64_FORMAT " elements to itself, but receives %" G_GINT64_FORMAT
                      " from itself",
                      rank, sent, received);
  return FALSE;
}

/*
 * The operations
 */

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
  if (comm_is_root (self, root) || comm_is_leaf (self, root))
    return side_set_whole (&arguments->send, buffer, "buffer", function, error);
  side_set_nothing (&arguments->send);
  return TRUE;
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
  gboolean receives = comm_is_root (self, root);
  gboolean in_place = receives && send_buffer != NULL && comm_takes_in_place (self, send_buffer->address);

  side_set_nothing (&arguments->send);
  side_set_nothing (&arguments->recv);
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || (receives
          && !side_set_parts (&arguments->recv, recv_buffer, self->handle->n_peers, "recv_buffer", function, error)))
    return FALSE;
  if (in_place)
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    return TRUE;
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && (!receives || check_parts (self, arguments, &arguments->recv, "recv_buffer", "send", function, error));
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
  gboolean receives = comm_is_root (self, root);
  gboolean in_place = receives && send_buffer != NULL && comm_takes_in_place (self, send_buffer->address);

  side_set_nothing (&arguments->send);
  side_set_nothing (&arguments->recv);
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || (receives && !side_set_blocks (&arguments->recv, self, recv_blocks, "recv_blocks", function, error)))
    return FALSE;
  if (in_place)
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    return TRUE;
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && (!receives || check_own_block (self, arguments, function, error));
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
  gboolean sends = comm_is_root (self, root);
  gboolean in_place = sends && recv_buffer != NULL && comm_takes_in_place (self, recv_buffer->address);

  side_set_nothing (&arguments->send);
  side_set_nothing (&arguments->recv);
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || (sends
          && !side_set_parts (&arguments->send, send_buffer, self->handle->n_peers, "send_buffer", function, error)))
    return FALSE;
  if (in_place)
    {
      side_set_in_place (&arguments->recv);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    return TRUE;
  return side_set_whole (&arguments->recv, recv_buffer, "recv_buffer", function, error)
         && (!sends || check_parts (self, arguments, &arguments->send, "send_buffer", "receive", function, error));
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
  gboolean sends = comm_is_root (self, root);
  gboolean in_place = sends && recv_buffer != NULL && comm_takes_in_place (self, recv_buffer->address);

  side_set_nothing (&arguments->send);
  side_set_nothing (&arguments->recv);
  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || (sends && !side_set_blocks (&arguments->send, self, send_blocks, "send_blocks", function, error)))
    return FALSE;
  if (in_place)
    {
      side_set_in_place (&arguments->recv);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    return TRUE;
  return side_set_whole (&arguments->recv, recv_buffer, "recv_buffer", function, error)
         && (!sends || check_own_block (self, arguments, function, error));
}

gboolean
ompi_obj_allgather_arguments (MpiComm *self,
                              const MpiBuffer *send_buffer,
                              const MpiBuffer *recv_buffer,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  if (!side_set_parts (&arguments->recv, recv_buffer, self->handle->n_peers, "recv_buffer", function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && check_parts (self, arguments, &arguments->recv, "recv_buffer", "send", function, error);
}

gboolean
ompi_obj_allgatherv_arguments (MpiComm *self,
                               const MpiBuffer *send_buffer,
                               const MpiBlocks *recv_blocks,
                               const char *function,
                               CollectiveArguments *arguments,
                               GError **error)
{
  if (!side_set_blocks (&arguments->recv, self, recv_blocks, "recv_blocks", function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  return side_set_whole (&arguments->send, send_buffer, "send_buffer", function, error)
         && check_own_block (self, arguments, function, error);
}

gboolean
ompi_obj_alltoall_arguments (MpiComm *self,
                             const MpiBuffer *send_buffer,
                             const MpiBuffer *recv_buffer,
                             const char *function,
                             CollectiveArguments *arguments,
                             GError **error)
{
  gint64 n_peers = self->handle->n_peers;

  if (!side_set_parts (&arguments->recv, recv_buffer, n_peers, "recv_buffer", function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (&arguments->send);
      return TRUE;
    }
  return side_set_parts (&arguments->send, send_buffer, n_peers, "send_buffer", function, error)
         && check_parts (self, arguments, &arguments->recv, "recv_buffer", "send", function, error);
}

/* The arrays of what is not sent are not looked at, but some MPIs want them there. */
static gboolean
set_alltoall_in_place (CollectiveArguments *arguments)
{
  side_set_in_place (&arguments->send);
  return TRUE;
}

gboolean
ompi_obj_alltoallv_arguments (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  if (!side_set_blocks (&arguments->recv, self, recv_blocks, "recv_blocks", function, error))
    return FALSE;
  if (send_blocks != NULL && comm_takes_in_place (self, send_blocks->address))
    return set_alltoall_in_place (arguments);
  return side_set_blocks (&arguments->send, self, send_blocks, "send_blocks", function, error)
         && check_own_block (self, arguments, function, error);
}

gboolean
ompi_obj_alltoallw_arguments (MpiComm *self,
                              const MpiBlocks *send_blocks,
                              const MpiBlocks *recv_blocks,
                              const char *function,
                              CollectiveArguments *arguments,
                              GError **error)
{
  if (!side_set_blocks_of_types (&arguments->recv, self, recv_blocks, "recv_blocks", function, error))
    return FALSE;
  if (send_blocks != NULL && comm_takes_in_place (self, send_blocks->address))
    return set_alltoall_in_place (arguments);
  return side_set_blocks_of_types (&arguments->send, self, send_blocks, "send_blocks", function, error)
         && check_own_block (self, arguments, function, error);
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

static gboolean
check_same (const CollectiveArguments *arguments, gint64 sent, gint64 received, const char *function, GError **error)
{
  if (G_LIKELY (sent == received && arguments->send.datatype == arguments->recv.datatype))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                      "the buffers differ in count (%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ") or datatype", sent,
                      received);
  return FALSE;
}

/* A rank that has nothing to do with the result still passes a datatype that OP is defined for. */
static void
side_set_nothing_to_reduce (CollectiveSide *side, MpiOp *op)
{
  side->datatype = op->handle == MPI_MINLOC || op->handle == MPI_MAXLOC ? MPI_2INT : MPI_INT;
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
  CollectiveSide *send = &arguments->send;
  CollectiveSide *recv = &arguments->recv;
  gboolean receives = comm_is_root (self, root);
  gboolean in_place = receives && send_buffer != NULL && comm_takes_in_place (self, send_buffer->address);

  if (!ompi_obj_comm_root_to_mpi (self, root, &arguments->root, function, error)
      || !set_op (arguments, op, function, error)
      || (receives && !side_set_whole (recv, recv_buffer, "recv_buffer", function, error)))
    return FALSE;
  if (in_place)
    {
      side_set_in_place (send);
      return TRUE;
    }
  if (!comm_is_leaf (self, root))
    {
      if (!receives)
        side_set_nothing_to_reduce (recv, op);
      return TRUE;
    }
  if (!side_set_whole (send, send_buffer, "send_buffer", function, error))
    return FALSE;
  if (receives)
    return check_same (arguments, send->count, recv->count, function, error);
  recv->count = send->count;
  recv->datatype = send->datatype;
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
  CollectiveSide *send = &arguments->send;
  CollectiveSide *recv = &arguments->recv;

  if (!set_op (arguments, op, function, error) || !side_set_whole (recv, recv_buffer, "recv_buffer", function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (send);
      return TRUE;
    }
  return side_set_whole (send, send_buffer, "send_buffer", function, error)
         && check_same (arguments, send->count, recv->count, function, error);
}

gboolean
ompi_obj_reduce_scatter_block_arguments (MpiComm *self,
                                         const MpiBuffer *send_buffer,
                                         const MpiBuffer *recv_buffer,
                                         MpiOp *op,
                                         const char *function,
                                         CollectiveArguments *arguments,
                                         GError **error)
{
  CollectiveSide *send = &arguments->send;
  CollectiveSide *recv = &arguments->recv;
  gint64 size = self->handle->size;

  if (!set_op (arguments, op, function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (send);
      return side_set_parts (recv, recv_buffer, size, "recv_buffer", function, error);
    }
  return side_set_parts (send, send_buffer, size, "send_buffer", function, error)
         && side_set_whole (recv, recv_buffer, "recv_buffer", function, error)
         && check_same (arguments, send->count, recv->count, function, error);
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
      if (!number_check (counts[i], "count", i, function, error))
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
check_total (const MpiBuffer *buffer,
             const char *name,
             gint64 expected,
             const char *what,
             const char *function,
             GError **error)
{
  if (G_LIKELY (buffer->count == expected))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "%s has %" G_GINT64_FORMAT " elements, but %s is %" G_GINT64_FORMAT, name, buffer->count, what,
                      expected);
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
  static const char sum_name[] = "the sum of counts";
  CollectiveSide *send = &arguments->send;
  CollectiveSide *recv = &arguments->recv;
  gint64 sum;

  if (!set_op (arguments, op, function, error))
    return FALSE;
  if (n_counts != (gsize) self->handle->size)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "there are %" G_GSIZE_FORMAT " counts, but %d ranks",
                          n_counts, self->handle->size);
      return FALSE;
    }
  if (!side_set_counts (recv, counts, n_counts, &sum, function, error)
      || !side_set_whole (recv, recv_buffer, "recv_buffer", function, error))
    return FALSE;
  if (send_buffer != NULL && comm_takes_in_place (self, send_buffer->address))
    {
      side_set_in_place (send);
      return check_total (recv_buffer, "recv_buffer", sum, sum_name, function, error);
    }
  return side_set_whole (send, send_buffer, "send_buffer", function, error)
         && check_total (send_buffer, "send_buffer", sum, sum_name, function, error)
         && check_total (recv_buffer, "recv_buffer", counts[self->handle->rank], "its count", function, error)
         && check_same (arguments, send->count, sum, function, error);
}

/*
 * Requests
 */

/* What MPI still needs is moved out of the arguments of the call, with references to what it was borrowed from. */
static CollectiveArguments *
arguments_keep (CollectiveArguments *arguments)
{
  CollectiveArguments *kept = g_memdup2 (arguments, sizeof *arguments);
  CollectiveSide *sides[] = { &kept->send, &kept->recv };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (gsize j = 0; j < sides[i]->n_kept; j++)
      if (sides[i]->kept[j] != NULL)
        g_object_ref (sides[i]->kept[j]);
  if (kept->op != NULL)
    g_object_ref (kept->op);
  memset (arguments, 0, sizeof *arguments);
  return kept;
}

static void
arguments_release (gpointer data)
{
  CollectiveArguments *kept = data;
  CollectiveSide *sides[] = { &kept->send, &kept->recv };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (gsize j = 0; j < sides[i]->n_kept; j++)
      g_clear_object (&sides[i]->kept[j]);
  g_clear_object (&kept->op);
  ompi_obj_collective_arguments_clear (kept);
  g_free (kept);
}

static const MpiBuffer *
side_get_memory (const CollectiveSide *side)
{
  return side->memory.datatype != NULL ? &side->memory : NULL;
}

static MpiRequest *
collective_new_request (GType type,
                        MpiComm *self,
                        MPI_Request handle,
                        OperationFlags flags,
                        CollectiveArguments *arguments)
{
  MpiRequest *request =
      ompi_obj_request_new_for_operation (type, handle, flags | OPERATION_IS_COLLECTIVE, self,
                                          side_get_memory (&arguments->send), side_get_memory (&arguments->recv));

  if (arguments->send.counts != NULL || arguments->recv.counts != NULL)
    ompi_obj_request_keep (request, arguments_keep (arguments), arguments_release);
  else if (arguments->op != NULL)
    ompi_obj_request_keep (request, g_object_ref (arguments->op), g_object_unref);
  return request;
}

MpiRequest *
ompi_obj_collective_new_started (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments)
{
  return collective_new_request (OMPI_OBJ_TYPE_REQUEST, self, handle, 0, arguments);
}

MpiPrequest *
ompi_obj_collective_new_persistent (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments)
{
  return OMPI_OBJ_PREQUEST (
      collective_new_request (OMPI_OBJ_TYPE_PREQUEST, self, handle, OPERATION_IS_PERSISTENT, arguments));
}

gboolean
ompi_obj_collective_check_persistent (MpiInfo *info, const char *function, GError **error)
{
#ifdef HAVE_MPI_PERSISTENT_COLLECTIVE
  return info == NULL || ompi_obj_info_check (info, function, error);
#else
  (void) info;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "this MPI is older than 4.0; use the nonblocking form of the operation");
  return FALSE;
#endif
}
