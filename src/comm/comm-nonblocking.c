/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "large-count-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

static MpiRequest *
comm_new_started (MpiComm *self,
                  MPI_Request handle,
                  OperationFlags flags,
                  const MpiBuffer *buffer,
                  const MpiBuffer *other_buffer)
{
  return ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_REQUEST, handle, flags, comm_to_keep (self), buffer,
                                             other_buffer);
}

/* The four modes of a send. In the order of MpiSendMode. */
static const struct
{
  const char *name;
  int (*call) (const void *, MPI_Count, MPI_Datatype, int, int, MPI_Comm, MPI_Request *);
} send_modes[] = {
  { "MPI_Isend", MPI_Isend_c },
  { "MPI_Ibsend", MPI_Ibsend_c },
  { "MPI_Issend", MPI_Issend_c },
  { "MPI_Irsend", MPI_Irsend_c },
};

/**
 * MpiCommClass::isend:
 * @self: a communicator
 * @mode: the mode of the send
 * @buffer: what to send
 * @dest: the rank to send to
 * @tag: the tag
 * @error: return location for a #GError
 *
 * Starts to send a buffer: what [method@Mpi.Comm.isend] and its kin call.
 *
 * Returns: (transfer full): a new request; %NULL on error
 */
static MpiRequest *
comm_real_isend (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  const char *name = send_modes[mode].name;
  MPI_Request handle;

  if (!buffer_check (buffer, name, error) || !comm_dest_to_mpi (self, &dest, &tag, name, error)
      || (mode == OMPI_OBJ_SEND_MODE_BUFFERED && !comm_bsend_check (buffer, dest, name, error))
      || !check_mpi (error, name, send_modes[mode].call (BUFFER_ARGS (buffer), dest, tag, COMM_HANDLE (self), &handle)))
    return NULL;
  return comm_new_started (self, handle, OPERATION_IS_SEND, buffer, NULL);
}

static MpiRequest *
comm_real_irecv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
{
  MPI_Request handle;

  if (!buffer_check (buffer, "MPI_Irecv", error) || !comm_source_to_mpi (self, &source, &tag, "MPI_Irecv", error)
      || !CHECK_MPI (error, MPI_Irecv_c, BUFFER_ARGS (buffer), source, tag, COMM_HANDLE (self), &handle))
    return NULL;
  return comm_new_started (self, handle, source == MPI_PROC_NULL ? OPERATION_IS_FROM_NOBODY : 0, buffer, NULL);
}

static MpiRequest *
comm_real_isendrecv (MpiComm *self,
                     const MpiBuffer *send_buffer,
                     gint dest,
                     gint send_tag,
                     const MpiBuffer *recv_buffer,
                     gint source,
                     gint recv_tag,
                     GError **error)
{
  if (!buffer_check (send_buffer, "MPI_Isendrecv", error) || !buffer_check (recv_buffer, "MPI_Isendrecv", error)
      || !comm_dest_to_mpi (self, &dest, &send_tag, "MPI_Isendrecv", error)
      || !comm_source_to_mpi (self, &source, &recv_tag, "MPI_Isendrecv", error))
    return NULL;

#ifdef HAVE_MPI_ISENDRECV
  MPI_Request handle;

  if (!CHECK_MPI (error, MPI_Isendrecv_c, BUFFER_ARGS (send_buffer), dest, send_tag, BUFFER_ARGS (recv_buffer), source,
                  recv_tag, COMM_HANDLE (self), &handle))
    return NULL;
  return comm_new_started (self, handle, OPERATION_IS_SEND, send_buffer, recv_buffer);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_ISENDRECV, "MPI_Isendrecv", error);
  return NULL;
#endif
}

static MpiRequest *
comm_real_isendrecv_replace (MpiComm *self,
                             const MpiBuffer *buffer,
                             gint dest,
                             gint send_tag,
                             gint source,
                             gint recv_tag,
                             GError **error)
{
  if (!buffer_check (buffer, "MPI_Isendrecv_replace", error)
      || !comm_dest_to_mpi (self, &dest, &send_tag, "MPI_Isendrecv_replace", error)
      || !comm_source_to_mpi (self, &source, &recv_tag, "MPI_Isendrecv_replace", error))
    return NULL;

#ifdef HAVE_MPI_ISENDRECV
  MPI_Request handle;

  if (!CHECK_MPI (error, MPI_Isendrecv_replace_c, BUFFER_ARGS (buffer), dest, send_tag, source, recv_tag,
                  COMM_HANDLE (self), &handle))
    return NULL;
  return comm_new_started (self, handle, OPERATION_IS_SEND, buffer, NULL);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_ISENDRECV, "MPI_Isendrecv_replace", error);
  return NULL;
#endif
}

void
ompi_obj_comm_class_init_nonblocking (MpiCommClass *klass)
{
  klass->isend = comm_real_isend;
  klass->irecv = comm_real_irecv;
  klass->isendrecv = comm_real_isendrecv;
  klass->isendrecv_replace = comm_real_isendrecv_replace;
}

/**
 * ompi_obj_comm_isend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to send a buffer to another rank and returns at once. The memory must not be changed until
 * the request has completed.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Isend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_isend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Isend", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isend (self, OMPI_OBJ_SEND_MODE_STANDARD, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ibsend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to copy a buffer into the memory that [func@Mpi.attach_buffer] attached, to be sent from there.
 * The memory must not be changed until the request has completed.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ibsend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ibsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Ibsend", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isend (self, OMPI_OBJ_SEND_MODE_BUFFERED, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_issend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to send a buffer to another rank; the request completes when the receive has started. The
 * memory must not be changed until then.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Issend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_issend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Issend", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isend (self, OMPI_OBJ_SEND_MODE_SYNCHRONOUS, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_irsend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Starts to send a buffer to a rank that is known to be waiting for it already; otherwise what happens
 * is undefined. The memory must not be changed until the request has completed.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Irsend` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_irsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Irsend", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isend (self, OMPI_OBJ_SEND_MODE_READY, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_irecv: (virtual irecv)
 * @self: a communicator
 * @buffer: where to, with room for at least as many elements as are sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Starts to receive into a buffer and returns at once. The memory must be left alone until the request
 * has completed; its status then tells source, tag and length.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 * Waiting for the request gives [error@Mpi.Error.truncate] if the message is longer than the buffer.
 *
 * Mirrors `MPI_Irecv` (MPI-4.0, section 3.7.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_irecv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Irecv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->irecv (self, buffer, source, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_isendrecv: (virtual isendrecv)
 * @self: a communicator
 * @send_buffer: what to send
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @send_tag: the tag of what is sent
 * @recv_buffer: where to receive to; its memory must not overlap that of @send_buffer
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @recv_tag: the tag to receive, or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Starts to send one message and to receive another; the request completes when both have.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Isendrecv` (MPI-4.0, section 3.10).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_isendrecv (MpiComm *self,
                         const MpiBuffer *send_buffer,
                         gint dest,
                         gint send_tag,
                         const MpiBuffer *recv_buffer,
                         gint source,
                         gint recv_tag,
                         GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (send_buffer != NULL && recv_buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Isendrecv", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isendrecv (self, send_buffer, dest, send_tag, recv_buffer, source, recv_tag,
                                                       error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_isendrecv_replace: (virtual isendrecv_replace)
 * @self: a communicator
 * @buffer: what to send, and where to receive to
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @send_tag: the tag of what is sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @recv_tag: the tag to receive, or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Starts to send a buffer and to replace its contents by what is received.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Isendrecv_replace` (MPI-4.0, section 3.10).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_isendrecv_replace (MpiComm *self,
                                 const MpiBuffer *buffer,
                                 gint dest,
                                 gint send_tag,
                                 gint source,
                                 gint recv_tag,
                                 GError **error)
{
  MpiRequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Isendrecv_replace", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->isendrecv_replace (self, buffer, dest, send_tag, source, recv_tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
