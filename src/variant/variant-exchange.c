/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "value-queue-private.h"

/*
 * Gather, allgather, scatter and alltoall of values
 *
 * First the ranks exchange notes of 128 bytes: each says how large the largest message of its sender is,
 * and has the start of the message that it announces. From them every rank knows what it will receive,
 * whether somebody has failed, and whether all messages are so small that there is nothing left to send.
 * Otherwise the messages follow, each into its place in one piece of memory, of which the values are
 * views.
 *
 * On an intercommunicator a rank does not see the notes of its own group, so both groups agree before
 * they exchange notes.
 */

typedef enum
{
  EXCHANGE_GATHER,
  EXCHANGE_ALLGATHER,
  EXCHANGE_SCATTER,
  EXCHANGE_ALLTOALL
} ExchangeKind;

#define NOTE_SIZE 128
#define NOTE_START_SIZE (NOTE_SIZE - sizeof (guint64))
#define NOTE_FAILED G_MAXUINT64

typedef struct
{
  guint64 largest; /* little-endian; NOTE_FAILED: the sender cannot take part */
  guint8 start[NOTE_START_SIZE];
} Note;

typedef struct
{
  ValueOperation parent;

  ExchangeKind kind;
  gint root;
  gboolean is_root;
  gsize n_peers;

  GPtrArray *sent; /* some may be NULL */
  gsize n_sent;    /* 0 if this rank sends nothing */
  gsize largest;   /* of the own messages, then of all */
  Note *notes_sent;
  Note *notes;
  gsize n_notes;

  /* What is sent: one message, or several in one piece of memory */
  WireMessage message;
  WireEager eager;
  ValueMemory *packed;
  gint64 *sent_counts;
  gint64 *sent_places;

  /* What is received */
  gsize n_received;
  gint64 *counts;
  gint64 *places;
  gsize n_bytes;
  ValueMemory *memory;
} Exchange;

static void
exchange_clear (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;

  g_ptr_array_unref (self->sent);
  g_free (self->notes_sent);
  g_free (self->notes);
  wire_message_clear (&self->message);
  g_clear_pointer (&self->packed, value_memory_free);
  g_free (self->sent_counts);
  g_free (self->sent_places);
  g_free (self->counts);
  g_free (self->places);
  g_clear_pointer (&self->memory, value_memory_free);
}

static gsize
align (gsize size)
{
  return (size + 7) & ~(gsize) 7;
}

static void
value_unref (gpointer value)
{
  if (value != NULL)
    g_variant_unref (value);
}

/* Floating values are consumed also where they are ignored, or an argument is wrong. */
static GPtrArray *
values_take (GVariant **values, gsize n_values)
{
  GPtrArray *taken = g_ptr_array_new_full ((guint) n_values, value_unref);

  for (gsize i = 0; i < n_values; i++)
    g_ptr_array_add (taken, values[i] != NULL ? g_variant_ref_sink (values[i]) : NULL);
  return taken;
}

/* Clears all but the large pieces of memory. */
static void
exchange_init (Exchange *self, ExchangeKind kind, MpiComm *comm, GPtrArray *values, gint root, const char *function)
{
  const gboolean is_inter = ompi_obj_comm_is_inter (comm);
  gboolean is_sender;
  gboolean is_receiver;

  memset (&self->parent, 0, sizeof self->parent);
  value_operation_init (&self->parent, comm, function);
  self->parent.clear = exchange_clear;
  value_operation_set_root (&self->parent, root);
  self->kind = kind;
  self->root = root;
  self->is_root = is_inter ? root == OMPI_OBJ_ROOT : root == self->parent.rank;
  self->n_peers = comm->handle->n_peers;
  self->largest = 0;
  self->notes_sent = NULL;
  self->notes = NULL;
  self->message = (WireMessage){ 0 };
  self->packed = NULL;
  self->sent_counts = NULL;
  self->sent_places = NULL;
  self->counts = NULL;
  self->places = NULL;
  self->n_bytes = 0;
  self->memory = NULL;

  is_sender = kind == EXCHANGE_SCATTER ? self->is_root : kind != EXCHANGE_GATHER || !is_inter || root >= 0;
  is_receiver = kind == EXCHANGE_GATHER ? self->is_root : kind != EXCHANGE_SCATTER || !is_inter || root >= 0;
  self->n_received = !is_receiver ? 0 : kind == EXCHANGE_SCATTER ? 1 : self->n_peers;
  self->n_notes = kind == EXCHANGE_SCATTER ? self->n_received : self->n_peers;
  self->sent = g_ptr_array_ref (values);
  self->n_sent = is_sender ? values->len : 0;

  if (is_sender)
    {
      const gsize n_expected = kind == EXCHANGE_SCATTER || kind == EXCHANGE_ALLTOALL ? self->n_peers : 1;

      if (values->len != n_expected)
        value_operation_fail (&self->parent, OMPI_OBJ_ERROR_COUNT,
                              "there are %u values, but it takes %" G_GSIZE_FORMAT ", one for each rank", values->len,
                              n_expected);
    }
}

/*
 * Sending
 */

/* One message for all. */
static gboolean
exchange_encode_one (Exchange *self)
{
  Note *note = self->notes_sent;
  GVariant *value = self->sent->pdata[0];

  if (value == NULL)
    {
      value_operation_fail (&self->parent, OMPI_OBJ_ERROR_ARG, "there is no value");
      return FALSE;
    }
  if (!wire_message_init (&self->message, &self->eager, value, self->parent.function, &self->parent.failure))
    return FALSE;
  self->largest = self->message.size;
  wire_message_store (&self->message, note->start, MIN (self->message.size, NOTE_START_SIZE));
  return TRUE;
}

/* A message for each rank. */
static gboolean
exchange_encode_each (Exchange *self)
{
  gsize place = 0;

  self->sent_counts = g_new (gint64, self->n_sent);
  self->sent_places = g_new (gint64, self->n_sent);
  for (gsize i = 0; i < self->n_sent; i++)
    {
      GVariant *value = self->sent->pdata[i];
      gsize size = 0;

      if (value == NULL)
        value_operation_fail (&self->parent, OMPI_OBJ_ERROR_ARG, "there is no value for rank %" G_GSIZE_FORMAT, i);
      else
        size = wire_measure (value, self->parent.function, &self->parent.failure);
      if (size == 0)
        return FALSE;
      self->sent_counts[i] = (gint64) size;
      self->sent_places[i] = (gint64) place;
      self->largest = MAX (self->largest, size);
      place += align (size);
    }

  self->packed = value_memory_new (place);
  if (self->packed == NULL)
    {
      value_operation_fail (&self->parent, OMPI_OBJ_ERROR_NO_MEM,
                            "no memory to put together values of %" G_GSIZE_FORMAT " bytes", place);
      return FALSE;
    }
  for (gsize i = 0; i < self->n_sent; i++)
    {
      guint8 *message = self->packed->bytes + self->sent_places[i];

      wire_store (self->sent->pdata[i], message);
      memcpy (self->notes_sent[i].start, message, MIN ((gsize) self->sent_counts[i], NOTE_START_SIZE));
    }
  return TRUE;
}

static void
exchange_encode (Exchange *self)
{
  const gboolean is_for_each = self->kind == EXCHANGE_SCATTER || self->kind == EXCHANGE_ALLTOALL;
  const gsize n_notes = is_for_each ? self->n_peers : 1;
  guint64 largest;

  self->notes_sent = g_new0 (Note, n_notes);
  if (self->parent.failure == NULL && self->n_sent > 0)
    {
      if (is_for_each)
        exchange_encode_each (self);
      else
        exchange_encode_one (self);
    }
  largest = self->parent.failure != NULL ? NOTE_FAILED : self->largest;
  for (gsize i = 0; i < n_notes; i++)
    self->notes_sent[i].largest = GUINT64_TO_LE (largest);
}

/*
 * Receiving
 */

static gboolean
exchange_is_small (const Exchange *self)
{
  return self->largest <= NOTE_START_SIZE;
}

static void
exchange_finish (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;
  g_autoptr (GPtrArray) values = g_ptr_array_new_full ((guint) self->n_received, (GDestroyNotify) g_variant_unref);
  g_autoptr (GBytes) bytes = NULL;
  ValueMemory *memory = g_steal_pointer (&self->memory);

  if (memory != NULL)
    bytes = g_bytes_new_with_free_func (memory->bytes, self->n_bytes, (GDestroyNotify) value_memory_free, memory);
  for (gsize i = 0; i < self->n_received; i++)
    {
      GVariant *value =
          wire_decode (memory->bytes + self->places[i], (gsize) self->counts[i], (GDestroyNotify) g_bytes_unref,
                       g_bytes_ref (bytes), operation->function, &operation->error);

      if (value == NULL)
        return;
      g_ptr_array_add (values, value);
    }

  if (self->kind != EXCHANGE_SCATTER)
    operation->values = g_steal_pointer (&values);
  else
    operation->value = self->n_received > 0 ? g_variant_ref (values->pdata[0]) : value_of_nobody ();
}

static void
exchange_take_small (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;

  for (gsize i = 0; i < self->n_received; i++)
    memcpy (self->memory->bytes + self->places[i], self->notes[i].start, (gsize) self->counts[i]);
  exchange_finish (operation);
}

/* One message goes to all, and comes here too. */
static gboolean
exchange_sends_in_place (const Exchange *self)
{
  return self->n_sent > 0 && self->n_received > 0 && !self->parent.is_inter;
}

/*
 * The message that goes to all. Where it is received too, it is put into its place there, as MPI would
 * copy it as well. Otherwise it is put together in one piece of memory: sending it in two blocks takes
 * longer here, Open MPI 4.1 hangs if ranks send in different datatypes, and it gets their sizes wrong
 * between two groups.
 */
static void
exchange_get_buffer (Exchange *self, MpiBuffer *buffer)
{
  const WireMessage *message = &self->message;
  const guint8 *bytes = message->head;

  *buffer = *OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE);
  if (self->n_sent == 0)
    return;
  if (exchange_sends_in_place (self))
    {
      wire_message_store (message, self->memory->bytes + self->places[self->parent.rank], message->size);
      *buffer = *OMPI_OBJ_IN_PLACE;
      return;
    }

  if (self->packed != NULL)
    {
      wire_message_store (message, self->packed->bytes, message->size);
      bytes = self->packed->bytes;
    }
  *buffer = *OMPI_OBJ_BUFFER (bytes, (gint64) message->size, OMPI_OBJ_BYTE);
}

static void
exchange_move (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;
  gpointer address = self->memory != NULL ? self->memory->bytes : NULL;
  const MpiBlocks *received = OMPI_OBJ_BLOCKS (address, self->n_received, self->counts, self->places, OMPI_OBJ_BYTE);
  const MpiBlocks *sent = OMPI_OBJ_BLOCKS (self->packed != NULL ? self->packed->bytes : NULL, self->n_sent,
                                           self->sent_counts, self->sent_places, OMPI_OBJ_BYTE);
  MpiBuffer buffer = *OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE);

  switch (self->kind)
    {
    case EXCHANGE_GATHER:
    case EXCHANGE_ALLGATHER:
      exchange_get_buffer (self, &buffer);
      if (self->kind == EXCHANGE_GATHER)
        value_step_gatherv (operation, &buffer, received, self->root, exchange_finish);
      else
        value_step_allgatherv (operation, &buffer, received, exchange_finish);
      break;
    case EXCHANGE_SCATTER:
      if (self->n_received > 0)
        buffer = *OMPI_OBJ_BUFFER (address, self->counts[0], OMPI_OBJ_BYTE);
      value_step_scatterv (operation, sent, &buffer, self->root, exchange_finish);
      break;
    case EXCHANGE_ALLTOALL:
    default:
      value_step_alltoallv (operation, sent, received, exchange_finish);
      break;
    }
}

/* Finds out where in the memory each message goes to. */
static gboolean
exchange_place (Exchange *self)
{
  gsize place = 0;

  self->counts = g_new (gint64, self->n_received);
  self->places = g_new (gint64, self->n_received);
  for (gsize i = 0; i < self->n_received; i++)
    {
      WireHeader header;
      gsize size;

      if (!wire_header_read (&header, self->notes[i].start, NOTE_START_SIZE, self->parent.function,
                             &self->parent.error))
        return FALSE;
      size = header.payload_offset + header.payload_size;
      self->counts[i] = (gint64) size;
      self->places[i] = (gint64) place;
      if (place > G_MAXSSIZE - align (size))
        {
          ompi_obj_error_set (&self->parent.error, OMPI_OBJ_ERROR_NO_MEM, self->parent.function,
                              "the values are larger than the address space");
          return FALSE;
        }
      place += align (size);
    }
  self->n_bytes = place;
  return TRUE;
}

/* At least as much as any rank receives, and sends in one message; the same number on all ranks. */
static gsize
exchange_bound (Exchange *self)
{
  ValueOperation *operation = &self->parent;
  gsize bound = 0;

  if (self->kind == EXCHANGE_SCATTER)
    return self->largest;
  if (operation->is_inter)
    return self->largest * MAX (self->n_peers, (gsize) ompi_obj_comm_get_size (operation->comm));
  for (gsize i = 0; i < self->n_notes; i++)
    bound += (gsize) GUINT64_FROM_LE (self->notes[i].largest) + 8;
  return bound;
}

static void
exchange_take_notes (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;

  for (gsize i = 0; !operation->is_inter && i < self->n_notes; i++)
    {
      const guint64 largest = GUINT64_FROM_LE (self->notes[i].largest);

      if (largest == NOTE_FAILED)
        {
          const gint reporter = self->kind == EXCHANGE_SCATTER ? self->root : (gint) i;

          value_step_report (operation, reporter == operation->rank);
          return;
        }
      self->largest = MAX (self->largest, (gsize) largest);
    }

  if (!exchange_place (self))
    return;
  if (exchange_is_small (self))
    {
      value_step_get_memory (operation, &self->memory, self->n_bytes, 0, exchange_take_small);
      return;
    }
  if ((self->kind == EXCHANGE_GATHER || self->kind == EXCHANGE_ALLGATHER) && self->n_sent > 0
      && self->message.head_size < self->message.size && !exchange_sends_in_place (self))
    value_operation_get_memory (operation, &self->packed, self->message.size, exchange_bound (self));
  value_step_get_memory (operation, &self->memory, self->n_bytes, exchange_bound (self), exchange_move);
}

static void
exchange_send_notes (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;
  gpointer notes = self->notes = g_new0 (Note, self->n_notes);
  const gint64 n_sent = (gint64) (self->kind == EXCHANGE_ALLTOALL  ? self->n_peers
                                  : self->kind != EXCHANGE_SCATTER ? 1
                                  : self->is_root                  ? self->n_peers
                                                                   : 0);
  const MpiBuffer *sent = OMPI_OBJ_BUFFER (n_sent > 0 ? self->notes_sent : NULL, n_sent * NOTE_SIZE, OMPI_OBJ_BYTE);
  const MpiBuffer *received = OMPI_OBJ_BUFFER (notes, (gint64) self->n_notes * NOTE_SIZE, OMPI_OBJ_BYTE);

  switch (self->kind)
    {
    case EXCHANGE_GATHER:
    case EXCHANGE_ALLGATHER:
      value_step_allgather (operation, sent, received, exchange_take_notes);
      break;
    case EXCHANGE_SCATTER:
      value_step_scatter (operation, sent, received, self->root, exchange_take_notes);
      break;
    case EXCHANGE_ALLTOALL:
    default:
      value_step_alltoall (operation, sent, received, exchange_take_notes);
      break;
    }
}

static void
exchange_take_agreement (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;

  const gboolean has_root = self->kind == EXCHANGE_GATHER || self->kind == EXCHANGE_SCATTER;

  self->largest = (gsize) MAX (operation->own.largest, operation->remote.largest);
  if (!has_root || value_operation_check_root (operation))
    exchange_send_notes (operation);
}

static void
exchange_begin (ValueOperation *operation)
{
  Exchange *self = (Exchange *) operation;

  exchange_encode (self);
  if (operation->is_inter)
    value_step_agree (operation, self->largest, exchange_take_agreement);
  else
    exchange_send_notes (operation);
}

/*
 * The methods
 */

/*
 * The methods
 */

/**
 * ompi_obj_comm_gather_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one is
 * consumed
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends a value of every rank to the root, of whatever types and sizes. Collective. On an
 * intercommunicator the root gets those of the other group.
 *
 * The values are views of one piece of memory, which lives as long as one of them does.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value cannot travel
 * (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank has no memory for what it
 * receives.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Gather` (MPI-4.0, section 6.5).
 *
 * Returns: (transfer container) (element-type GLib.Variant): at the root the values, in rank order; an empty list
 *   elsewhere; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_gather_variant (MpiComm *self, GVariant *value, gint root, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (&value, 1);
  Exchange operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Gather", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Gather", error))
    return NULL;

  exchange_init (&operation, EXCHANGE_GATHER, self, taken, root, "MPI_Gather");
  value_operation_run (&operation.parent, exchange_begin);
  return value_operation_end_values (&operation.parent, error);
}

/**
 * ompi_obj_comm_igather_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one is
 * consumed
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts to send a value of every rank to the root. Collective. [method@Mpi.Request.get_variants] gives
 * the list.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.gather_variant].
 *
 * Mirrors `MPI_Igather` (MPI-4.0, section 6.12.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_igather_variant (MpiComm *self, GVariant *value, gint root, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (&value, 1);
  Exchange *operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Igather", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Igather", error))
    return NULL;

  operation = g_new (Exchange, 1);
  exchange_init (operation, EXCHANGE_GATHER, self, taken, root, "MPI_Gather");
  return value_operation_start (&operation->parent, self, exchange_begin, error);
}

/**
 * ompi_obj_comm_allgather_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @error: return location for a #GError
 *
 * Sends a value of every rank to all ranks, of whatever types and sizes. Collective. On an
 * intercommunicator each rank gets those of the other group.
 *
 * The values are views of one piece of memory, which lives as long as one of them does.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value cannot travel
 * (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank has no memory for what it
 * receives.
 * On the rank that is wrong: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allgather` (MPI-4.0, section 6.7).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values, in rank order; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_allgather_variant (MpiComm *self, GVariant *value, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (&value, 1);
  Exchange operation;

  COMM_ENTER (self, "MPI_Allgather", error, NULL);

  exchange_init (&operation, EXCHANGE_ALLGATHER, self, taken, 0, "MPI_Allgather");
  value_operation_run (&operation.parent, exchange_begin);
  return value_operation_end_values (&operation.parent, error);
}

/**
 * ompi_obj_comm_iallgather_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is consumed
 * @error: return location for a #GError
 *
 * Starts to send a value of every rank to all ranks. Collective. [method@Mpi.Request.get_variants] gives
 * the list.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.allgather_variant].
 *
 * Mirrors `MPI_Iallgather` (MPI-4.0, section 6.12.5).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iallgather_variant (MpiComm *self, GVariant *value, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (&value, 1);
  Exchange *operation;

  COMM_ENTER (self, "MPI_Iallgather", error, NULL);

  operation = g_new (Exchange, 1);
  exchange_init (operation, EXCHANGE_ALLGATHER, self, taken, 0, "MPI_Allgather");
  return value_operation_start (&operation->parent, self, exchange_begin, error);
}

/**
 * ompi_obj_comm_scatter_variant:
 * @self: a communicator
 * @values: (array length=n_values) (nullable): one value for each rank at the root, ignored elsewhere; floating
 *   ones are consumed
 * @n_values: how many: as many as there are ranks, on an intercommunicator in the other group
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Sends each rank a value of its own from the root. Collective. On an intercommunicator they go to the
 * other group, and the ranks of the root's group get the empty tuple `()`.
 *
 * Errors, on every rank: [error@Mpi.Error.count] if the root has too few values or too many,
 * [error@Mpi.Error.arg] if one is missing, [error@Mpi.Error.type] if a value cannot travel
 * (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank has no memory for what it
 * receives.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scatter` (MPI-4.0, section 6.6).
 *
 * Returns: (transfer full): this rank's value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_scatter_variant (MpiComm *self, GVariant **values, gsize n_values, gint root, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (values, n_values);
  Exchange operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Scatter", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Scatter", error))
    return NULL;

  exchange_init (&operation, EXCHANGE_SCATTER, self, taken, root, "MPI_Scatter");
  value_operation_run (&operation.parent, exchange_begin);
  return value_operation_end_value (&operation.parent, error);
}

/**
 * ompi_obj_comm_iscatter_variant:
 * @self: a communicator
 * @values: (array length=n_values) (nullable): one value for each rank at the root, ignored elsewhere; floating
 *   ones are consumed
 * @n_values: how many: as many as there are ranks, on an intercommunicator in the other group
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts to send each rank a value of its own from the root. Collective.
 * [method@Mpi.Request.wait_variant] gives it.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.scatter_variant].
 *
 * Mirrors `MPI_Iscatter` (MPI-4.0, section 6.12.4).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iscatter_variant (MpiComm *self, GVariant **values, gsize n_values, gint root, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (values, n_values);
  Exchange *operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Iscatter", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Iscatter", error))
    return NULL;

  operation = g_new (Exchange, 1);
  exchange_init (operation, EXCHANGE_SCATTER, self, taken, root, "MPI_Scatter");
  return value_operation_start (&operation->parent, self, exchange_begin, error);
}

/**
 * ompi_obj_comm_alltoall_variant:
 * @self: a communicator
 * @values: (array length=n_values): one value for each rank, in rank order; floating
 *   ones are consumed
 * @n_values: how many: as many as there are ranks, on an intercommunicator in the other group
 * @error: return location for a #GError
 *
 * Sends a value from every rank to every rank. Collective. On an intercommunicator they go to the other
 * group, and come from there.
 *
 * The values are views of one piece of memory, which lives as long as one of them does.
 *
 * Errors, on every rank: [error@Mpi.Error.count] if a rank has too few values or too many,
 * [error@Mpi.Error.arg] if one is missing, [error@Mpi.Error.type] if a value cannot travel
 * (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank has no memory for what it
 * receives.
 * On the rank that is wrong: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Alltoall` (MPI-4.0, section 6.8).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values that the ranks sent to this one, in
 *   rank order; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_comm_alltoall_variant (MpiComm *self, GVariant **values, gsize n_values, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (values, n_values);
  Exchange operation;

  COMM_ENTER (self, "MPI_Alltoall", error, NULL);

  exchange_init (&operation, EXCHANGE_ALLTOALL, self, taken, 0, "MPI_Alltoall");
  value_operation_run (&operation.parent, exchange_begin);
  return value_operation_end_values (&operation.parent, error);
}

/**
 * ompi_obj_comm_ialltoall_variant:
 * @self: a communicator
 * @values: (array length=n_values): one value for each rank, in rank order; floating
 *   ones are consumed
 * @n_values: how many: as many as there are ranks, on an intercommunicator in the other group
 * @error: return location for a #GError
 *
 * Starts to send a value from every rank to every rank. Collective. [method@Mpi.Request.get_variants]
 * gives those that came.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.alltoall_variant].
 *
 * Mirrors `MPI_Ialltoall` (MPI-4.0, section 6.12.6).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ialltoall_variant (MpiComm *self, GVariant **values, gsize n_values, GError **error)
{
  g_autoptr (GPtrArray) taken = values_take (values, n_values);
  Exchange *operation;

  COMM_ENTER (self, "MPI_Ialltoall", error, NULL);

  operation = g_new (Exchange, 1);
  exchange_init (operation, EXCHANGE_ALLTOALL, self, taken, 0, "MPI_Alltoall");
  return value_operation_start (&operation->parent, self, exchange_begin, error);
}
