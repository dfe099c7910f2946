/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "large-count-private.h"
#include "message-private.h"
#include "value-operation-private.h"
#include "variant-request-private.h"

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

  if (!ompi_obj_message_check_length (self, "MPI_Mrecv", error))
    return NULL;
  n_bytes = ompi_obj_message_get_n_bytes (self);
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
 * requests, and otherwise each millisecond by a thread, so that its sender can go on whatever this rank does
 * meanwhile. Without that thread, if MPI was initialized for fewer threads than several at once, or if @self is of
 * a class that overrides `improbe`, the sender of a large value may have to wait until then.
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
  return variant_request_new_pending (self, source, tag);
}

/* What mprobe() and recv_variant() of its message do, without an object for the message. */
static GVariant *
comm_recv_value_directly (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  ValueMemory *memory = NULL;
  MPI_Count n_bytes = -1;
  MPI_Message handle;
  MPI_Status matched;

  if (!CHECK_MPI (error, MPI_Mprobe, source, tag, COMM_HANDLE (self), &handle, &matched))
    return NULL;
  if (MPI_Get_count_c (&matched, MPI_BYTE, &n_bytes) == MPI_SUCCESS && n_bytes >= 0)
    memory = value_memory_new ((gsize) n_bytes);
  if (G_UNLIKELY (memory == NULL))
    {
      g_autoptr (MpiMessage) message = ompi_obj_message_new_matched (handle, &matched, self);

      return ompi_obj_message_recv_variant (message, status, error);
    }
  if (!CHECK_MPI (error, MPI_Mrecv_c, memory->bytes, n_bytes, MPI_BYTE, &handle, status_to_mpi (status)))
    {
      value_memory_free (memory);
      return NULL;
    }
  return wire_decode (memory->bytes, (gsize) n_bytes, (GDestroyNotify) value_memory_free, memory, "MPI_Mrecv", error);
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
  if (comm_is_plain (self) && comm_is_plain_message (self, source, tag))
    return comm_recv_value_directly (self, source, tag, status, error);
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
