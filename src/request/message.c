/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "buffer-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-datatype-private.h"
#include "large-count-private.h"
#include "message-private.h"
#include "object-pool-private.h"
#include "request-private.h"
#include "status-private.h"

/**
 * MpiMessage:
 *
 * A message that has arrived and was matched, but not received yet: no other receive can get it.
 *
 * It comes from [method@Mpi.Comm.mprobe] or [method@Mpi.Comm.improbe] and must be received once. One
 * that is dropped without that is taken from MPI and thrown away, with a warning.
 *
 * Mirrors `MPI_Message` (MPI-4.0, section 3.8.2).
 *
 * Since: 1.0
 */
struct _MpiMessage
{
  GObject parent_instance;

  MPI_Message handle; /* MPI_MESSAGE_NULL: received */
  MpiOwnership ownership;
  MpiComm *comm;  /* NULL for a raw handle */
  gint64 n_bytes; /* -1: unknown */
};

G_DEFINE_FINAL_TYPE (MpiMessage, ompi_obj_message, G_TYPE_OBJECT)

/*
 * MPI has no way to free a message but to receive it. To truncate it to nothing is not safe: Open MPI 4.1
 * copies a large message whole. So all of it goes to the same few bytes, which takes no memory.
 */
static void
message_discard (MpiMessage *self)
{
  guint8 bytes[4096];
  const MPI_Count n_blocks = self->n_bytes / (gint64) sizeof bytes + 1;
  MPI_Datatype datatype = MPI_DATATYPE_NULL;

  g_warning ("an MpiMessage was dropped before it was received; its data is lost");
  if (self->n_bytes < 0 || mpi_type_vector (n_blocks, sizeof bytes, 0, MPI_BYTE, &datatype) != MPI_SUCCESS)
    {
      MPI_Mrecv (NULL, 0, MPI_BYTE, &self->handle, MPI_STATUS_IGNORE);
      return;
    }
  MPI_Type_commit (&datatype);
  MPI_Mrecv_c (bytes, 1, datatype, &self->handle, MPI_STATUS_IGNORE);
  MPI_Type_free (&datatype);
}

/* As it was when it was new. */
static void
message_clear (MpiMessage *self)
{
  if (self->handle != MPI_MESSAGE_NULL && self->handle != MPI_MESSAGE_NO_PROC
      && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    message_discard (self);
  g_clear_object (&self->comm);
  self->handle = MPI_MESSAGE_NULL;
  self->n_bytes = -1;
}

static void
message_dispose (GObject *object)
{
  if (ompi_obj_object_pool_accepts (object))
    {
      message_clear ((MpiMessage *) object);
      if (ompi_obj_object_pool_give (OBJECT_POOL_MESSAGES, object))
        return;
    }
  G_OBJECT_CLASS (ompi_obj_message_parent_class)->dispose (object);
}

static void
message_finalize (GObject *object)
{
  message_clear ((MpiMessage *) object);

  G_OBJECT_CLASS (ompi_obj_message_parent_class)->finalize (object);
}

static void
ompi_obj_message_class_init (MpiMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = message_dispose;
  G_OBJECT_CLASS (klass)->finalize = message_finalize;
}

static void
ompi_obj_message_init (MpiMessage *self)
{
  self->handle = MPI_MESSAGE_NULL;
  self->n_bytes = -1;
}

MpiMessage *
ompi_obj_message_new_matched (MPI_Message handle, const MPI_Status *status, MpiComm *comm)
{
  MpiMessage *self = ompi_obj_message_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
  MPI_Count n_bytes = -1;

  self->comm = g_object_ref (comm);
  if (MPI_Get_count_c (status, MPI_BYTE, &n_bytes) == MPI_SUCCESS && n_bytes != MPI_UNDEFINED)
    self->n_bytes = n_bytes;
  return self;
}

gint64
ompi_obj_message_get_n_bytes (MpiMessage *self)
{
  return self->n_bytes;
}

gboolean
ompi_obj_message_is_from_nobody (MpiMessage *self)
{
  return self->handle == MPI_MESSAGE_NO_PROC;
}

static gboolean
message_check (MpiMessage *self, const char *function, GError **error)
{
  if (!environment_ensure (function, error))
    return FALSE;
  if (self->handle == MPI_MESSAGE_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, function, "the message was received already");
      return FALSE;
    }
  return TRUE;
}

gboolean
ompi_obj_message_check_length (MpiMessage *self, const char *function, GError **error)
{
  if (!message_check (self, function, error))
    return FALSE;
  if (self->n_bytes < 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "the length of the message is not known; receive it into a buffer and decode that");
      return FALSE;
    }
  return TRUE;
}

/**
 * ompi_obj_message_recv:
 * @self: a message that was not received yet
 * @buffer: where to, with room for at least as many elements as the message has
 * @status: (out caller-allocates) (optional): source, tag and length, or %NULL
 * @error: return location for a #GError
 *
 * Receives a matched message into a buffer.
 *
 * Errors: [error@Mpi.Error.request] if it was received before, [error@Mpi.Error.truncate] if the
 * buffer is too small (the message is consumed), and what the buffer can be wrong with.
 *
 * Mirrors `MPI_Mrecv` (MPI-4.0, section 3.8.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_message_recv (MpiMessage *self, const MpiBuffer *buffer, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_MESSAGE (self), FALSE);
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return message_check (self, "MPI_Mrecv", error) && buffer_check (buffer, "MPI_Mrecv", error)
         && CHECK_MPI (error, MPI_Mrecv_c, BUFFER_ARGS (buffer), &self->handle, status_to_mpi (status));
}

/**
 * ompi_obj_message_irecv:
 * @self: a message that was not received yet
 * @buffer: where to, with room for at least as many elements as the message has
 * @error: return location for a #GError
 *
 * Starts to receive a matched message into a buffer.
 *
 * Errors: as of [method@Mpi.Message.recv]; waiting for the request gives [error@Mpi.Error.truncate] if the
 * buffer is too small.
 *
 * Mirrors `MPI_Imrecv` (MPI-4.0, section 3.8.3).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_message_irecv (MpiMessage *self, const MpiBuffer *buffer, GError **error)
{
  OperationFlags flags;
  MPI_Request handle;

  g_return_val_if_fail (OMPI_OBJ_IS_MESSAGE (self), NULL);
  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  flags = ompi_obj_message_is_from_nobody (self) ? OPERATION_IS_FROM_NOBODY : 0;
  if (!message_check (self, "MPI_Imrecv", error) || !buffer_check (buffer, "MPI_Imrecv", error)
      || !CHECK_MPI (error, MPI_Imrecv_c, BUFFER_ARGS (buffer), &self->handle, &handle))
    return NULL;
  return ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, handle, flags, self->comm, buffer, NULL);
}

/**
 * ompi_obj_message_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who receives @native; an owned one is received by this object only
 *
 * Makes an object for a raw MPI handle.
 *
 * Returns: (transfer full): a new message
 *
 * Since: 1.0
 */
MpiMessage *
ompi_obj_message_new_for_native (MPI_Message native, MpiOwnership ownership)
{
  MpiMessage *self = ompi_obj_object_pool_take (OBJECT_POOL_MESSAGES, OMPI_OBJ_TYPE_MESSAGE);

  self->handle = native;
  self->ownership = ownership;
  return self;
}

/**
 * ompi_obj_message_get_native: (skip)
 * @self: a message
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_MESSAGE_NULL` if it was received
 *
 * Since: 1.0
 */
MPI_Message
ompi_obj_message_get_native (MpiMessage *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_MESSAGE (self), MPI_MESSAGE_NULL);

  return self->handle;
}
