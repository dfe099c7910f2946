/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "message-private.h"
#include "value-memory-private.h"
#include "variant-request-private.h"
#include "wire-private.h"

/* What a message from nobody is received as. */
static GVariant *
value_of_nobody (void)
{
  return g_variant_ref_sink (g_variant_new_tuple (NULL, 0));
}

/**
 * ompi_obj_message_recv_variant:
 * @self: a message that was not received yet
 * @status: (out caller-allocates) (optional): source, tag and length, or %NULL
 * @error: return location for a #GError
 *
 * Receives a matched message as a value. The value is a view of the memory that was received into,
 * without a copy. A message from `OMPI_OBJ_PROC_NULL` is the empty tuple `()`.
 *
 * Errors: [error@Mpi.Error.malformed] if the message is no value (it is consumed),
 * [error@Mpi.Error.request] if it was received before, [error@Mpi.Error.no_mem] if there is no memory
 * for it (it can be received later), [error@Mpi.Error.unsupported] if the object was made for a raw
 * handle and so its length is unknown.
 *
 * Mirrors `MPI_Mrecv` (MPI-4.0, section 3.8.3).
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_message_recv_variant (MpiMessage *self, MpiStatus *status, GError **error)
{
  const gboolean from_nobody = OMPI_OBJ_IS_MESSAGE (self) && ompi_obj_message_is_from_nobody (self);
  ValueMemory *memory;
  gint64 n_bytes;

  g_return_val_if_fail (OMPI_OBJ_IS_MESSAGE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_bytes = ompi_obj_message_get_n_bytes (self);
  if (n_bytes < 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Mrecv",
                          "the length of the message is not known; receive it into a buffer and decode that");
      return NULL;
    }
  memory = value_memory_new ((gsize) n_bytes);
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Mrecv",
                          "no memory for a value of %" G_GINT64_FORMAT " bytes", n_bytes);
      return NULL;
    }
  if (!ompi_obj_message_recv (self, OMPI_OBJ_BUFFER (memory->bytes, n_bytes, OMPI_OBJ_BYTE), status, error))
    {
      value_memory_free (memory);
      return NULL;
    }
  if (from_nobody)
    {
      value_memory_free (memory);
      return value_of_nobody ();
    }
  return wire_decode (memory->bytes, (gsize) n_bytes, (GDestroyNotify) value_memory_free, memory, "MPI_Mrecv", error);
}

/* The blocking and the nonblocking sends of buffers, by which values are sent in the same modes. */
typedef gboolean (*SendMethod) (MpiComm *, const MpiBuffer *, gint, gint, GError **);
typedef MpiRequest *(*IsendMethod) (MpiComm *, const MpiBuffer *, gint, gint, GError **);

static gboolean
comm_send_value (MpiComm *self,
                 GVariant *value,
                 gint dest,
                 gint tag,
                 SendMethod send,
                 const char *function,
                 GError **error)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_auto (WireMessage) message = { 0 };
  WireEager eager;
  MpiBuffer buffer;

  COMM_ENTER (self, function, error, FALSE);

  return wire_message_init (&message, &eager, owned, function, error)
         && wire_message_get_buffer (&message, &buffer, error) && send (self, &buffer, dest, tag, error);
}

/* A message that is under way lives on the heap, as the owner of the memory that its request keeps. */
typedef struct
{
  WireMessage message;
  WireEager eager;
} SentValue;

static void
sent_value_free (gpointer data)
{
  SentValue *self = data;

  wire_message_clear (&self->message);
  g_free (self);
}

static MpiRequest *
comm_isend_value (MpiComm *self,
                  GVariant *value,
                  gint dest,
                  gint tag,
                  IsendMethod isend,
                  const char *function,
                  GError **error)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GBytes) owner = NULL;
  SentValue *sent;
  MpiBuffer buffer;

  COMM_ENTER (self, function, error, NULL);

  sent = g_new (SentValue, 1);
  sent->message = (WireMessage){ 0 };
  owner = g_bytes_new_with_free_func (sent, sizeof *sent, sent_value_free, sent);
  if (!wire_message_init (&sent->message, &sent->eager, owned, function, error)
      || !wire_message_get_buffer (&sent->message, &buffer, error))
    return NULL;
  buffer.owner = owner;
  return isend (self, &buffer, dest, tag, error);
}

/**
 * ompi_obj_comm_send_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sends a value to another rank: one message, received by [method@Mpi.Comm.recv_variant] whatever its
 * type and size. The data of a large value is not copied.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 *
 * Mirrors `MPI_Send` (MPI-4.0, section 3.2.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_send_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  return comm_send_value (self, value, dest, tag, ompi_obj_comm_send, "MPI_Send", error);
}

/**
 * ompi_obj_comm_bsend_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Copies a value into the memory that [func@Mpi.attach_buffer] attached and returns at once; it is sent
 * from there. The message is the value's size and up to some dozen bytes.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 * [error@Mpi.Error.buffer] if there is no room in the attached memory.
 *
 * Mirrors `MPI_Bsend` (MPI-4.0, section 3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_bsend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  return comm_send_value (self, value, dest, tag, ompi_obj_comm_bsend, "MPI_Bsend", error);
}

/**
 * ompi_obj_comm_ssend_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sends a value to another rank and returns when the receive has started.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 *
 * Mirrors `MPI_Ssend` (MPI-4.0, section 3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_ssend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  return comm_send_value (self, value, dest, tag, ompi_obj_comm_ssend, "MPI_Ssend", error);
}

/**
 * ompi_obj_comm_isend_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to send a value to another rank and returns at once.
 * The request keeps @value alive until it has completed.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 *
 * Mirrors `MPI_Isend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_isend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, NULL);

  return comm_isend_value (self, value, dest, tag, ompi_obj_comm_isend, "MPI_Isend", error);
}

/**
 * ompi_obj_comm_ibsend_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to copy a value into the memory that [func@Mpi.attach_buffer] attached, to be sent from there.
 * The request keeps @value alive until it has completed.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 * [error@Mpi.Error.buffer] if there is no room in the attached memory.
 *
 * Mirrors `MPI_Ibsend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ibsend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, NULL);

  return comm_isend_value (self, value, dest, tag, ompi_obj_comm_ibsend, "MPI_Ibsend", error);
}

/**
 * ompi_obj_comm_issend_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to send a value to another rank; the request completes when the receive has started.
 * The request keeps @value alive until it has completed.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it or is nested deeper than 64
 * levels, [error@Mpi.Error.count] if it is larger than 2 GiB and the MPI older than 4.0,
 * [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed. Nothing is sent then.
 *
 * Mirrors `MPI_Issend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_issend_variant (MpiComm *self, GVariant *value, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (value != NULL, NULL);

  return comm_isend_value (self, value, dest, tag, ompi_obj_comm_issend, "MPI_Issend", error);
}

/**
 * ompi_obj_comm_irecv_variant:
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Starts to receive a value, whatever its type and size. [method@Mpi.Request.wait_variant] or
 * [method@Mpi.Request.test_variant] gives it.
 *
 * Several that are pending on a communicator get their messages in the order they were posted, also with
 * wildcards, from several threads, and before receives of values that are called later. Receives of
 * buffers take no part in that order. A message is looked for when somebody waits for or tests one of the
 * requests, so until then the sender of a large value may wait: do not wait for a send to a rank, or send
 * without a request, while that rank does the same before it waits for its receives. Waiting for sends and
 * receives together, by [func@Mpi.Request.wait_all], is always safe.
 *
 * Errors: [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Irecv` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_irecv_variant (MpiComm *self, gint source, gint tag, GError **error)
{
  gint mpi_source = source;
  gint mpi_tag = tag;

  COMM_ENTER (self, "MPI_Irecv", error, NULL);

  if (!comm_source_to_mpi (self, &mpi_source, &mpi_tag, "MPI_Irecv", error))
    return NULL;
  return variant_request_new (self, source, tag);
}

/**
 * ompi_obj_comm_recv_variant:
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits for a value and receives it, whatever its type and size. The value is a view of the memory
 * that was received into, without a copy. From `OMPI_OBJ_PROC_NULL` it is the empty tuple `()`.
 *
 * Errors: [error@Mpi.Error.malformed] if the message is no value (it is consumed),
 * [error@Mpi.Error.no_mem] if there is no memory for it (it is thrown away; [method@Mpi.Comm.mprobe] and
 * [method@Mpi.Message.recv_variant] keep it), [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the
 * argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Recv` (MPI-4.0, section 3.2.4).
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_recv_variant (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  g_autoptr (MpiMessage) message = NULL;

  COMM_ENTER (self, "MPI_Recv", error, NULL);

  if (variant_request_is_pending_on (self))
    {
      g_autoptr (MpiRequest) request = ompi_obj_comm_irecv_variant (self, source, tag, error);

      return request != NULL ? ompi_obj_request_wait_variant (request, status, error) : NULL;
    }
  message = ompi_obj_comm_mprobe (self, source, tag, NULL, error);
  return message != NULL ? ompi_obj_message_recv_variant (message, status, error) : NULL;
}

/**
 * ompi_obj_comm_sendrecv_variant:
 * @self: a communicator
 * @value: what to send; a floating one is consumed
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @send_tag: the tag of what is sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @recv_tag: the tag to receive, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of what was received, or %NULL
 * @error: return location for a #GError
 *
 * Sends one value and receives another at the same time, so that ranks which all do this cannot wait
 * for each other for ever.
 *
 * Errors: as of [method@Mpi.Comm.send_variant] and [method@Mpi.Comm.recv_variant]. If an argument is
 * wrong, nothing is sent; if what was received is no value, @value was sent nevertheless.
 *
 * Mirrors `MPI_Sendrecv` (MPI-4.0, section 3.10).
 *
 * Returns: (transfer full): the value received; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_sendrecv_variant (MpiComm *self,
                                GVariant *value,
                                gint dest,
                                gint send_tag,
                                gint source,
                                gint recv_tag,
                                MpiStatus *status,
                                GError **error)
{
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GVariant) received = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_auto (WireMessage) sent = { 0 };
  WireEager eager;
  gint mpi_source = source;
  gint mpi_tag = recv_tag;
  MpiBuffer buffer;

  g_return_val_if_fail (value != NULL, NULL);
  owned = g_variant_ref_sink (value);
  COMM_ENTER (self, "MPI_Sendrecv", error, NULL);

  /* All arguments before anything is sent: half an exchange would leave the others waiting. */
  if (!comm_source_to_mpi (self, &mpi_source, &mpi_tag, "MPI_Sendrecv", error)
      || !wire_message_init (&sent, &eager, owned, "MPI_Sendrecv", error)
      || !wire_message_get_buffer (&sent, &buffer, error))
    return NULL;

  request = ompi_obj_comm_isend (self, &buffer, dest, send_tag, error);
  if (request == NULL)
    return NULL;
  received = ompi_obj_comm_recv_variant (self, source, recv_tag, status, error);
  if (!ompi_obj_request_wait (request, NULL, received != NULL ? error : NULL))
    return NULL;
  return g_steal_pointer (&received);
}

/*
 * Broadcasting
 *
 * The receivers do not know the size. The first broadcast has the same size always and is all there
 * is for small values. It starts with the header, so everybody knows what is missing; before that is
 * broadcast, all agree that everybody has the memory for it.
 */

#define BCAST_HEAD_SIZE 1024

typedef struct
{
  guint8 bytes[BCAST_HEAD_SIZE] __attribute__ ((aligned (8)));
} BcastHead;

static gboolean
bcast_head (MpiComm *self, BcastHead *head, gint root, GError **error)
{
  return ompi_obj_comm_bcast (self, OMPI_OBJ_BUFFER (head->bytes, BCAST_HEAD_SIZE, OMPI_OBJ_BYTE), root, error);
}

/* FALSE on every rank if one of them could not get the memory. */
static gboolean
bcast_agree (MpiComm *self, gboolean has_memory, gsize n_bytes, GError **error)
{
  gint all_have_memory = FALSE;

  if (!ompi_obj_comm_allreduce (self, OMPI_OBJ_DATA (&has_memory, 1), OMPI_OBJ_DATA (&all_have_memory, 1), OMPI_OBJ_MIN,
                                error))
    return FALSE;
  if (!all_have_memory)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Bcast",
                        "%s has no memory for a value of %" G_GSIZE_FORMAT " bytes",
                        has_memory ? "another rank" : "this rank", n_bytes);
  return all_have_memory;
}

static gboolean
bcast_send_rest (MpiComm *self, const WireMessage *message, gint root, GError **error)
{
  const guint8 *rest = message->payload;
  gsize rest_size = message->payload_size;
  g_autofree guint8 *copy = NULL;

  if (!bcast_agree (self, TRUE, message->size, error))
    return FALSE;

  if (message->head_size == message->size)
    {
      rest = message->head + BCAST_HEAD_SIZE;
      rest_size = message->size - BCAST_HEAD_SIZE;
    }
  else if (message->head_size <= BCAST_HEAD_SIZE)
    {
      rest += BCAST_HEAD_SIZE - message->head_size;
      rest_size -= BCAST_HEAD_SIZE - message->head_size;
    }
  else
    {
      /* A type string of over 1,000 letters: rare enough for a copy. */
      const gsize head_rest = message->head_size - BCAST_HEAD_SIZE;

      copy = g_malloc (head_rest + rest_size);
      memcpy (copy, message->head + BCAST_HEAD_SIZE, head_rest);
      memcpy (copy + head_rest, rest, rest_size);
      rest = copy;
      rest_size += head_rest;
    }
  return ompi_obj_comm_bcast (self, OMPI_OBJ_BUFFER (rest, (gint64) rest_size, OMPI_OBJ_BYTE), root, error);
}

static gboolean
bcast_send_message (MpiComm *self, const WireMessage *message, gint root, GError **error)
{
  const gsize from_head = MIN (message->head_size, BCAST_HEAD_SIZE);
  const gsize from_payload = MIN (message->size, BCAST_HEAD_SIZE) - from_head;
  BcastHead head = { { 0 } };

  memcpy (head.bytes, message->head, from_head);
  if (from_payload > 0)
    memcpy (head.bytes + from_head, message->payload, from_payload);
  return bcast_head (self, &head, root, error)
         && (message->size <= BCAST_HEAD_SIZE || bcast_send_rest (self, message, root, error));
}

static GVariant *
bcast_send_value (MpiComm *self, GVariant *value, gint root, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (WireMessage) message = { 0 };
  WireEager eager;

  if (value == NULL)
    ompi_obj_error_set (&local_error, OMPI_OBJ_ERROR_ARG, "MPI_Bcast", "the root, rank %d, has no value to broadcast",
                        root);
  else
    wire_message_init (&message, &eager, value, "MPI_Bcast", &local_error);

  if (local_error != NULL)
    {
      wire_message_init_report (&message, &eager, local_error);
      bcast_send_message (self, &message, root, NULL);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return bcast_send_message (self, &message, root, error) ? g_variant_ref (value) : NULL;
}

static GVariant *
bcast_receive_value (MpiComm *self, gint root, GError **error)
{
  BcastHead head;
  WireHeader header;
  ValueMemory *memory;
  gsize size;

  if (!bcast_head (self, &head, root, error)
      || !wire_header_read (&header, head.bytes, BCAST_HEAD_SIZE, "MPI_Bcast", error))
    return NULL;

  size = header.payload_offset + header.payload_size;
  memory = value_memory_new (size);
  if (size > BCAST_HEAD_SIZE && !bcast_agree (self, memory != NULL, size, error))
    {
      g_clear_pointer (&memory, value_memory_free);
      return NULL;
    }
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Bcast",
                          "no memory for a value of %" G_GSIZE_FORMAT " bytes", size);
      return NULL;
    }
  memcpy (memory->bytes, head.bytes, MIN (size, BCAST_HEAD_SIZE));
  if (size > BCAST_HEAD_SIZE
      && !ompi_obj_comm_bcast (self,
                               OMPI_OBJ_BUFFER (memory->bytes + BCAST_HEAD_SIZE, (gint64) (size - BCAST_HEAD_SIZE),
                                                OMPI_OBJ_BYTE),
                               root, error))
    {
      value_memory_free (memory);
      return NULL;
    }
  return wire_decode (memory->bytes, size, (GDestroyNotify) value_memory_free, memory, "MPI_Bcast", error);
}

/**
 * ompi_obj_comm_bcast_variant:
 * @self: an intracommunicator
 * @value: (nullable): at the root what to send, ignored elsewhere; a floating one is consumed
 * @root: the rank that sends, the same on every rank
 * @error: return location for a #GError
 *
 * Sends a value from the root to all ranks, whatever its type and size. Collective.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if the root has no value, [error@Mpi.Error.type] if
 * its value cannot travel (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank
 * has no memory for it. On the rank that is wrong: [error@Mpi.Error.root],
 * [error@Mpi.Error.comm] if @self was freed. [error@Mpi.Error.unsupported] on an intercommunicator:
 * broadcast a buffer there.
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
  int mpi_root;

  COMM_ENTER (self, "MPI_Bcast", error, NULL);

  if (ompi_obj_comm_is_inter (self))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Bcast",
                          "values cannot be broadcast on an intercommunicator; broadcast a buffer");
      return NULL;
    }
  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Bcast", error))
    return NULL;
  if (root == ompi_obj_comm_get_rank (self))
    return bcast_send_value (self, owned, root, error);
  return bcast_receive_value (self, root, error);
}
