/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "value-queue-private.h"

/*
 * Broadcasting
 *
 * The receivers do not know the size. The first broadcast has the same size always and is all there
 * is for small values. It starts with the header, so everybody knows what is missing. If that is large,
 * all agree that everybody has the memory for it before it is broadcast.
 *
 * On an intercommunicator the root's own group does not see what it broadcasts. There both groups first
 * agree on the size, and that the root has a value; then the whole message is broadcast.
 */

#define BCAST_HEAD_SIZE 1024

typedef struct
{
  ValueOperation parent;

  gint root;
  gboolean is_root;
  gint64 *counts; /* of what comes from each rank of the other group */
  GVariant *sent;
  WireMessage message; /* at the root */
  WireEager eager;
  ValueMemory *memory; /* of the value; at the root of a copy, if it must be one */
  gsize size;
  struct
  {
    guint8 bytes[BCAST_HEAD_SIZE] __attribute__ ((aligned (8)));
  } head;
} Bcast;

#define FUNCTION "MPI_Bcast"

static void
bcast_clear (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;

  wire_message_clear (&self->message);
  g_clear_pointer (&self->sent, g_variant_unref);
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->memory, value_memory_free);
}

/* All but the large pieces of memory, which need not be cleared. */
static void
bcast_init (Bcast *self, MpiComm *comm, GVariant *value, gint root)
{
  memset (&self->parent, 0, sizeof self->parent);
  value_operation_init (&self->parent, comm, FUNCTION);
  self->parent.clear = bcast_clear;
  value_operation_set_root (&self->parent, root);
  self->root = root;
  self->is_root = self->parent.is_inter ? root == OMPI_OBJ_ROOT : root == self->parent.rank;
  self->sent = self->is_root && value != NULL ? g_variant_ref (value) : NULL;
  self->message = (WireMessage){ 0 };
  self->counts = NULL;
  self->memory = NULL;
  self->size = 0;
}

static void
bcast_encode (Bcast *self)
{
  if (self->sent == NULL)
    value_operation_fail (&self->parent, OMPI_OBJ_ERROR_ARG, "the root, rank %d, has no value to broadcast",
                          self->parent.rank);
  else
    wire_message_init (&self->message, &self->eager, self->sent, FUNCTION, &self->parent.failure);
}

static void
bcast_finish (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;
  ValueMemory *memory;

  if (self->is_root)
    {
      operation->value = g_variant_ref (self->sent);
      return;
    }
  memory = g_steal_pointer (&self->memory);
  if (memory == NULL) /* beside the root */
    operation->value = value_of_nobody ();
  else
    operation->value = wire_decode (memory->bytes, self->size, (GDestroyNotify) value_memory_free, memory, FUNCTION,
                                    &operation->error);
}

/*
 * In one group
 */

/* A type string of over 1,000 letters: rare enough for a copy. */
static gboolean
bcast_needs_copy (const Bcast *self)
{
  return self->message.head_size > BCAST_HEAD_SIZE && self->message.head_size < self->message.size;
}

static void
bcast_send_rest (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;
  const WireMessage *message = &self->message;
  const gsize rest_size = self->size - BCAST_HEAD_SIZE;
  const guint8 *rest;

  if (bcast_needs_copy (self))
    {
      wire_message_store (message, self->memory->bytes, self->size);
      rest = self->memory->bytes + BCAST_HEAD_SIZE;
    }
  else if (message->head_size == message->size)
    {
      rest = message->head + BCAST_HEAD_SIZE;
    }
  else
    {
      rest = (const guint8 *) message->payload + (BCAST_HEAD_SIZE - message->head_size);
    }
  value_step_bcast (operation, OMPI_OBJ_BUFFER (rest, (gint64) rest_size, OMPI_OBJ_BYTE), self->root, bcast_finish);
}

static void
bcast_receive_rest (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;

  memcpy (self->memory->bytes, self->head.bytes, BCAST_HEAD_SIZE);
  value_step_bcast (operation,
                    OMPI_OBJ_BUFFER (self->memory->bytes + BCAST_HEAD_SIZE, (gint64) (self->size - BCAST_HEAD_SIZE),
                                     OMPI_OBJ_BYTE),
                    self->root, bcast_finish);
}

static void
bcast_take_small (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;

  memcpy (self->memory->bytes, self->head.bytes, self->size);
  bcast_finish (operation);
}

static void
bcast_take_head (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;
  WireHeader header;

  if (!wire_header_read (&header, self->head.bytes, BCAST_HEAD_SIZE, FUNCTION, &operation->error))
    return;
  self->size = header.payload_offset + header.payload_size;
  if ((header.flags & WIRE_FLAG_REPORT) != 0)
    value_step_report (operation, self->is_root);
  else if (self->is_root && self->size <= BCAST_HEAD_SIZE)
    bcast_finish (operation);
  else if (self->is_root)
    value_step_get_memory (operation, &self->memory, bcast_needs_copy (self) ? self->size : 0, self->size,
                           bcast_send_rest);
  else
    value_step_get_memory (operation, &self->memory, self->size, self->size,
                           self->size <= BCAST_HEAD_SIZE ? bcast_take_small : bcast_receive_rest);
}

static void
bcast_begin (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;

  if (self->is_root)
    {
      gsize n_bytes;

      bcast_encode (self);
      if (operation->failure != NULL)
        value_operation_init_report (operation, &self->message, &self->eager);
      n_bytes = MIN (self->message.size, BCAST_HEAD_SIZE);
      wire_message_store (&self->message, self->head.bytes, n_bytes);
      memset (self->head.bytes + n_bytes, 0, BCAST_HEAD_SIZE - n_bytes);
    }
  value_step_bcast (operation, OMPI_OBJ_BUFFER (self->head.bytes, BCAST_HEAD_SIZE, OMPI_OBJ_BYTE), self->root,
                    bcast_take_head);
}

/*
 * Between two groups
 */

static void
bcast_inter_move (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;
  MpiBuffer buffer = *OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE);

  if (self->is_root && !wire_message_get_buffer (&self->message, &buffer, &operation->error))
    return;
  if (operation->is_blocking)
    {
      if (self->root >= 0)
        buffer = *OMPI_OBJ_BUFFER (self->memory->bytes, (gint64) self->size, OMPI_OBJ_BYTE);
      value_step_bcast (operation, &buffer, self->root, bcast_finish);
    }
  else
    {
      /* MPI_Ibcast of MPICH 4.0 loses what comes from another rank than 0 of the other group. */
      const gsize n_peers = operation->comm->handle->n_peers;

      self->counts = g_new0 (gint64, n_peers);
      if (self->root >= 0)
        self->counts[self->root] = (gint64) self->size;
      value_step_allgatherv (operation, &buffer,
                             OMPI_OBJ_BLOCKS (self->memory != NULL ? self->memory->bytes : NULL, n_peers, self->counts,
                                              NULL, OMPI_OBJ_BYTE),
                             bcast_finish);
    }
}

static void
bcast_inter_get_memory (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;
  const gsize size = (gsize) MAX (operation->own.largest, operation->remote.largest);

  self->size = size;
  if (value_operation_check_root (operation))
    value_step_get_memory (operation, &self->memory, self->root >= 0 ? size : 0, size, bcast_inter_move);
}

static void
bcast_inter_begin (ValueOperation *operation)
{
  Bcast *self = (Bcast *) operation;

  if (self->is_root)
    bcast_encode (self);
  value_step_agree (operation, self->message.size, bcast_inter_get_memory);
}

static ValueStep
bcast_first_step (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? bcast_inter_begin : bcast_begin;
}

/**
 * ompi_obj_comm_bcast_variant:
 * @self: a communicator
 * @value: (nullable): at the root what to send, ignored elsewhere; a floating one is consumed
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends a value from the root to all ranks, whatever its type and size. Collective. On an
 * intercommunicator the ranks beside the root get the empty tuple `()`.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if the root has no value, [error@Mpi.Error.type] if
 * its value cannot travel (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank
 * has no memory for it.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Bcast` (MPI-4.0, section 6.4).
 *
 * Returns: (transfer full): the value, on every rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_bcast_variant (MpiComm *self, GVariant *value, gint root, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  Bcast operation;
  int mpi_root;

  COMM_ENTER (self, FUNCTION, error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, FUNCTION, error))
    return NULL;
  bcast_init (&operation, self, owned, root);
  value_operation_run (&operation.parent, bcast_first_step (self));
  return value_operation_end_value (&operation.parent, error);
}

/**
 * ompi_obj_comm_ibcast_variant:
 * @self: a communicator
 * @value: (nullable): at the root what to send, ignored elsewhere; a floating one is consumed
 * @root: the rank that sends, the same on every rank; on an intercommunicator as in
 *   [method@Mpi.Comm.bcast_variant]
 * @error: return location for a #GError
 *
 * Starts to send a value from the root to all ranks. Collective. [method@Mpi.Request.wait_variant] gives the
 * value on every rank.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values, on any
 * communicator; so it ends when all ranks have done so. Those of one communicator are done one after the
 * other, in the order they were started, apart from all other messages and collectives. A request that is
 * dropped early is finished by the others, by the free of the communicator or at the end of MPI.
 *
 * Errors: [error@Mpi.Error.root], or [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.bcast_variant].
 *
 * Mirrors `MPI_Ibcast` (MPI-4.0, section 6.12.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ibcast_variant (MpiComm *self, GVariant *value, gint root, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  Bcast *operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Ibcast", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Ibcast", error))
    return NULL;
  operation = g_new (Bcast, 1);
  bcast_init (operation, self, owned, root);
  return value_operation_start (&operation->parent, self, bcast_first_step (self), error);
}
