/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "large-count-private.h"
#include "message-private.h"

static gboolean
rank_to_mpi (MpiComm *self, const char *argument, gboolean receiving, gint *rank, const char *function, GError **error)
{
  if ((guint) *rank < self->handle->n_peers)
    return TRUE;
  if (*rank == OMPI_OBJ_PROC_NULL)
    *rank = MPI_PROC_NULL;
  else if (*rank == OMPI_OBJ_ANY_SOURCE && receiving)
    *rank = MPI_ANY_SOURCE;
  else
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "%s is %d, but the communicator has ranks 0 to %d",
                          argument, *rank, (int) self->handle->n_peers - 1);
      return FALSE;
    }
  return TRUE;
}

static gboolean
tag_to_mpi (gboolean receiving, gint *tag, const char *function, GError **error)
{
  if ((guint) *tag < ompi_obj_environment.tag_limit)
    return TRUE;
  if (*tag == OMPI_OBJ_ANY_TAG && receiving)
    {
      *tag = MPI_ANY_TAG;
      return TRUE;
    }
  return ompi_obj_comm_check_tag (*tag, function, error);
}

gboolean
ompi_obj_comm_check_tag (gint tag, const char *function, GError **error)
{
  if ((guint) tag < ompi_obj_environment.tag_limit)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TAG, function, "tag is %d, but tags go from 0 to %u", tag,
                      ompi_obj_environment.tag_limit - 1);
  return FALSE;
}

gboolean
ompi_obj_comm_translate_dest (MpiComm *self, gint *dest, gint *tag, const char *function, GError **error)
{
  return comm_check (self, function, error) && rank_to_mpi (self, "dest", FALSE, dest, function, error)
         && tag_to_mpi (FALSE, tag, function, error);
}

gboolean
ompi_obj_comm_translate_source (MpiComm *self, gint *source, gint *tag, const char *function, GError **error)
{
  return comm_check (self, function, error) && rank_to_mpi (self, "source", TRUE, source, function, error)
         && tag_to_mpi (TRUE, tag, function, error);
}

/* The four modes of a send. In the order of MpiSendMode. */
static const struct
{
  const char *name;
  int (*call) (const void *, MPI_Count, MPI_Datatype, int, int, MPI_Comm);
} send_modes[] = {
  { "MPI_Send", MPI_Send_c },
  { "MPI_Bsend", MPI_Bsend_c },
  { "MPI_Ssend", MPI_Ssend_c },
  { "MPI_Rsend", MPI_Rsend_c },
};

/* The two operations that programs count nanoseconds of keep their arguments in registers: addresses are
 * taken of copies, and only where something must be translated. */

static gboolean COLD
comm_send_checked (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  const char *name = send_modes[mode].name;

  if (!buffer_check (buffer, name, error) || !ompi_obj_comm_translate_dest (self, &dest, &tag, name, error)
      || (mode == OMPI_OBJ_SEND_MODE_BUFFERED && !comm_bsend_check (buffer, dest, name, error)))
    return FALSE;
  return check_mpi (error, name, send_modes[mode].call (BUFFER_ARGS (buffer), dest, tag, COMM_HANDLE (self)));
}

static inline gboolean
send_is_checked (MpiSendMode mode G_GNUC_UNUSED)
{
#ifdef OPEN_MPI
  return mode == OMPI_OBJ_SEND_MODE_BUFFERED;
#else
  return FALSE;
#endif
}

/**
 * MpiCommClass::send:
 * @self: a communicator
 * @mode: the mode of the send
 * @buffer: what to send
 * @dest: the rank to send to
 * @tag: the tag
 * @error: return location for a #GError
 *
 * Sends a buffer: what [method@Mpi.Comm.send] and its kin call.
 *
 * Returns: %TRUE on success
 */
static inline gboolean
comm_real_send (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  if (G_UNLIKELY (!buffer_is_usable (buffer) || !comm_is_plain_message (self, dest, tag) || send_is_checked (mode)))
    return comm_send_checked (self, mode, buffer, dest, tag, error);
  return check_mpi (error, send_modes[mode].name,
                    send_modes[mode].call (BUFFER_ARGS (buffer), dest, tag, COMM_HANDLE (self)));
}

static gboolean COLD
comm_recv_translated (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error)
{
  if (!buffer_check (buffer, "MPI_Recv", error)
      || !ompi_obj_comm_translate_source (self, &source, &tag, "MPI_Recv", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Recv_c, BUFFER_ARGS (buffer), source, tag, COMM_HANDLE (self), status_to_mpi (status));
}

static inline gboolean
comm_real_recv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error)
{
  if (G_UNLIKELY (!buffer_is_usable (buffer) || !comm_is_plain_message (self, source, tag)))
    return comm_recv_translated (self, buffer, source, tag, status, error);
  return CHECK_MPI (error, MPI_Recv_c, BUFFER_ARGS (buffer), source, tag, COMM_HANDLE (self), status_to_mpi (status));
}

static gboolean
comm_real_sendrecv (MpiComm *self,
                    const MpiBuffer *send_buffer,
                    gint dest,
                    gint send_tag,
                    const MpiBuffer *recv_buffer,
                    gint source,
                    gint recv_tag,
                    MpiStatus *status,
                    GError **error)
{
  if (!buffer_check (send_buffer, "MPI_Sendrecv", error) || !buffer_check (recv_buffer, "MPI_Sendrecv", error)
      || !comm_dest_to_mpi (self, &dest, &send_tag, "MPI_Sendrecv", error)
      || !comm_source_to_mpi (self, &source, &recv_tag, "MPI_Sendrecv", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Sendrecv_c, BUFFER_ARGS (send_buffer), dest, send_tag, BUFFER_ARGS (recv_buffer), source,
                    recv_tag, COMM_HANDLE (self), status_to_mpi (status));
}

static gboolean
comm_real_sendrecv_replace (MpiComm *self,
                            const MpiBuffer *buffer,
                            gint dest,
                            gint send_tag,
                            gint source,
                            gint recv_tag,
                            MpiStatus *status,
                            GError **error)
{
  if (!buffer_check (buffer, "MPI_Sendrecv_replace", error)
      || !comm_dest_to_mpi (self, &dest, &send_tag, "MPI_Sendrecv_replace", error)
      || !comm_source_to_mpi (self, &source, &recv_tag, "MPI_Sendrecv_replace", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Sendrecv_replace_c, BUFFER_ARGS (buffer), dest, send_tag, source, recv_tag,
                    COMM_HANDLE (self), status_to_mpi (status));
}

static gboolean
comm_real_probe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  if (!comm_source_to_mpi (self, &source, &tag, "MPI_Probe", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Probe, source, tag, COMM_HANDLE (self), status_to_mpi (status));
}

static gboolean
comm_real_iprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  int found = FALSE;

  if (!comm_source_to_mpi (self, &source, &tag, "MPI_Iprobe", error))
    return FALSE;
  return CHECK_MPI (error, MPI_Iprobe, source, tag, COMM_HANDLE (self), &found, status_to_mpi (status)) && found;
}

static MpiMessage *
comm_real_mprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  MPI_Message message;
  MpiStatus own_status;
  MPI_Status *mpi_status = status_to_mpi (status != NULL ? status : &own_status);

  if (!comm_source_to_mpi (self, &source, &tag, "MPI_Mprobe", error)
      || !CHECK_MPI (error, MPI_Mprobe, source, tag, COMM_HANDLE (self), &message, mpi_status))
    return NULL;
  return ompi_obj_message_new_matched (message, mpi_status, self);
}

static MpiMessage *
comm_real_improbe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  MPI_Message message;
  MpiStatus own_status;
  MPI_Status *mpi_status = status_to_mpi (status != NULL ? status : &own_status);
  int found = FALSE;

  if (!comm_source_to_mpi (self, &source, &tag, "MPI_Improbe", error)
      || !CHECK_MPI (error, MPI_Improbe, source, tag, COMM_HANDLE (self), &found, &message, mpi_status) || !found)
    return NULL;
  return ompi_obj_message_new_matched (message, mpi_status, self);
}

void
ompi_obj_comm_class_init_p2p (MpiCommClass *klass)
{
  klass->send = comm_real_send;
  klass->recv = comm_real_recv;
  klass->sendrecv = comm_real_sendrecv;
  klass->sendrecv_replace = comm_real_sendrecv_replace;
  klass->probe = comm_real_probe;
  klass->iprobe = comm_real_iprobe;
  klass->mprobe = comm_real_mprobe;
  klass->improbe = comm_real_improbe;
}

gboolean
ompi_obj_comm_class_is_plain (MpiCommClass *klass)
{
  return klass->send == comm_real_send && klass->recv == comm_real_recv && klass->mprobe == comm_real_mprobe;
}

gboolean
ompi_obj_comm_has_plain_improbe (MpiComm *self)
{
  return OMPI_OBJ_COMM_GET_CLASS (self)->improbe == comm_real_improbe;
}

/**
 * ompi_obj_comm_send:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sends a buffer to another rank and returns when the memory may be used again, which may be before
 * the message has arrived, or only after the receive has started.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Send` (MPI-4.0, section 3.2.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_send (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (comm_is_plain (self))
    return comm_real_send (self, OMPI_OBJ_SEND_MODE_STANDARD, buffer, dest, tag, error);
  COMM_ENTER (self, "MPI_Send", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->send (self, OMPI_OBJ_SEND_MODE_STANDARD, buffer, dest, tag,
                                                                  error));
}

/**
 * ompi_obj_comm_bsend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Copies a buffer into the memory that [func@Mpi.attach_buffer] attached and returns at once; the
 * message is sent from there.
 *
 * Errors: [error@Mpi.Error.buffer] if there is no room in the attached memory, [error@Mpi.Error.rank],
 * [error@Mpi.Error.tag], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument
 * that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Bsend` (MPI-4.0, section 3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_bsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (comm_is_plain (self))
    return comm_real_send (self, OMPI_OBJ_SEND_MODE_BUFFERED, buffer, dest, tag, error);
  COMM_ENTER (self, "MPI_Bsend", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->send (self, OMPI_OBJ_SEND_MODE_BUFFERED, buffer, dest, tag,
                                                                  error));
}

/**
 * ompi_obj_comm_ssend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sends a buffer to another rank and returns when the receive has started.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ssend` (MPI-4.0, section 3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_ssend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (comm_is_plain (self))
    return comm_real_send (self, OMPI_OBJ_SEND_MODE_SYNCHRONOUS, buffer, dest, tag, error);
  COMM_ENTER (self, "MPI_Ssend", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->send (self, OMPI_OBJ_SEND_MODE_SYNCHRONOUS, buffer, dest,
                                                                  tag, error));
}

/**
 * ompi_obj_comm_rsend:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sends a buffer to a rank that is known to be waiting for it already; otherwise what happens is
 * undefined.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Rsend` (MPI-4.0, section 3.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_rsend (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (comm_is_plain (self))
    return comm_real_send (self, OMPI_OBJ_SEND_MODE_READY, buffer, dest, tag, error);
  COMM_ENTER (self, "MPI_Rsend", error, FALSE);
  return CHECK_SLOT (error,
                     OMPI_OBJ_COMM_GET_CLASS (self)->send (self, OMPI_OBJ_SEND_MODE_READY, buffer, dest, tag, error));
}

/**
 * ompi_obj_comm_recv: (virtual recv)
 * @self: a communicator
 * @buffer: where to, with room for at least as many elements as are sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits for a message and receives it.
 *
 * Errors: [error@Mpi.Error.truncate] if the message is longer than the buffer (it is consumed),
 * [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Recv` (MPI-4.0, section 3.2.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_recv (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, MpiStatus *status, GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (comm_is_plain (self))
    return comm_real_recv (self, buffer, source, tag, status, error);
  COMM_ENTER (self, "MPI_Recv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->recv (self, buffer, source, tag, status, error));
}

/**
 * ompi_obj_comm_sendrecv: (virtual sendrecv)
 * @self: a communicator
 * @send_buffer: what to send
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @send_tag: the tag of what is sent
 * @recv_buffer: where to receive to; its memory must not overlap that of @send_buffer
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @recv_tag: the tag to receive, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of what was received, or %NULL
 * @error: return location for a #GError
 *
 * Sends one message and receives another at the same time, so that ranks which all do this cannot
 * wait for each other for ever.
 *
 * Errors: [error@Mpi.Error.truncate] if the message is longer than the buffer (it is consumed),
 * [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Sendrecv` (MPI-4.0, section 3.10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_sendrecv (MpiComm *self,
                        const MpiBuffer *send_buffer,
                        gint dest,
                        gint send_tag,
                        const MpiBuffer *recv_buffer,
                        gint source,
                        gint recv_tag,
                        MpiStatus *status,
                        GError **error)
{
  g_return_val_if_fail (send_buffer != NULL && recv_buffer != NULL, FALSE);
  COMM_ENTER (self, "MPI_Sendrecv", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->sendrecv (self, send_buffer, dest, send_tag, recv_buffer,
                                                                      source, recv_tag, status, error));
}

/**
 * ompi_obj_comm_sendrecv_replace: (virtual sendrecv_replace)
 * @self: a communicator
 * @buffer: what to send, and where to receive to
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @send_tag: the tag of what is sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @recv_tag: the tag to receive, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of what was received, or %NULL
 * @error: return location for a #GError
 *
 * Sends a buffer and replaces its contents by what is received.
 *
 * Errors: [error@Mpi.Error.truncate] if the message is longer than the buffer (it is consumed),
 * [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count], [error@Mpi.Error.buffer] or
 * [error@Mpi.Error.type] for the argument that is wrong, and [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Sendrecv_replace` (MPI-4.0, section 3.10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_sendrecv_replace (MpiComm *self,
                                const MpiBuffer *buffer,
                                gint dest,
                                gint send_tag,
                                gint source,
                                gint recv_tag,
                                MpiStatus *status,
                                GError **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  COMM_ENTER (self, "MPI_Sendrecv_replace", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->sendrecv_replace (self, buffer, dest, send_tag, source,
                                                                              recv_tag, status, error));
}

/**
 * ompi_obj_comm_probe: (virtual probe)
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits until a message has arrived and tells about it, without receiving it.
 *
 * Errors: [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Probe` (MPI-4.0, section 3.8.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_probe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  COMM_ENTER (self, "MPI_Probe", error, FALSE);
  return CHECK_SLOT (error, OMPI_OBJ_COMM_GET_CLASS (self)->probe (self, source, tag, status, error));
}

/**
 * ompi_obj_comm_iprobe: (virtual iprobe)
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Looks whether a message has arrived and tells about it, without waiting and without receiving it.
 *
 * Errors: [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Iprobe` (MPI-4.0, section 3.8.1).
 *
 * Returns: %TRUE if there is a message; %FALSE without an error if there is none
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_iprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  COMM_ENTER (self, "MPI_Iprobe", error, FALSE);
  return OMPI_OBJ_COMM_GET_CLASS (self)->iprobe (self, source, tag, status, error);
}

/**
 * ompi_obj_comm_mprobe: (virtual mprobe)
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Waits until a message has arrived and takes it out of the matching, so that only
 * [method@Mpi.Message.recv] of what is returned can receive it.
 *
 * Errors: [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Mprobe` (MPI-4.0, section 3.8.2).
 *
 * Returns: (transfer full): the message; %NULL on error
 *
 * Since: 1.0
 */
MpiMessage *
ompi_obj_comm_mprobe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  MpiMessage *message;

  COMM_ENTER (self, "MPI_Mprobe", error, NULL);
  message = OMPI_OBJ_COMM_GET_CLASS (self)->mprobe (self, source, tag, status, error);
  check_slot (error, G_STRFUNC, message != NULL);
  return message;
}

/**
 * ompi_obj_comm_improbe: (virtual improbe)
 * @self: a communicator
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @status: (out caller-allocates) (optional): source, tag and length of the message, or %NULL
 * @error: return location for a #GError
 *
 * Looks whether a message has arrived, without waiting, and takes it out of the matching, so that only
 * [method@Mpi.Message.recv] of what is returned can receive it.
 *
 * Errors: [error@Mpi.Error.rank] or [error@Mpi.Error.tag] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Improbe` (MPI-4.0, section 3.8.2).
 *
 * Returns: (transfer full) (nullable): the message; %NULL without an error if there is none
 *
 * Since: 1.0
 */
MpiMessage *
ompi_obj_comm_improbe (MpiComm *self, gint source, gint tag, MpiStatus *status, GError **error)
{
  COMM_ENTER (self, "MPI_Improbe", error, NULL);
  return OMPI_OBJ_COMM_GET_CLASS (self)->improbe (self, source, tag, status, error);
}
