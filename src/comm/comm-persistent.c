/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "info-private.h"
#include "large-count-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

static MpiPrequest *
comm_new_persistent (MpiComm *self, MPI_Request handle, OperationFlags flags, const MpiBuffer *buffer)
{
  return OMPI_OBJ_PREQUEST (ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_PREQUEST, handle,
                                                                flags | OPERATION_IS_PERSISTENT, comm_to_keep (self),
                                                                buffer, NULL));
}

/* The four modes of a send. In the order of MpiSendMode. */
static const struct
{
  const char *name;
  int (*call) (const void *, MPI_Count, MPI_Datatype, int, int, MPI_Comm, MPI_Request *);
} send_modes[] = {
  { "MPI_Send_init", MPI_Send_init_c },
  { "MPI_Bsend_init", MPI_Bsend_init_c },
  { "MPI_Ssend_init", MPI_Ssend_init_c },
  { "MPI_Rsend_init", MPI_Rsend_init_c },
};

/**
 * MpiCommClass::send_init:
 * @self: a communicator
 * @mode: the mode of the send
 * @buffer: what to send
 * @dest: the rank to send to
 * @tag: the tag
 * @error: return location for a #GError
 *
 * Sets up a send: what [method@Mpi.Comm.send_init] and its kin call.
 *
 * Returns: (transfer full): a new request; %NULL on error
 */
static MpiPrequest *
comm_real_send_init (MpiComm *self, MpiSendMode mode, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  const char *name = send_modes[mode].name;
  MpiPrequest *request;
  MPI_Request handle;

  if (!buffer_check (buffer, name, error) || !comm_dest_to_mpi (self, &dest, &tag, name, error)
      || !check_mpi (error, name, send_modes[mode].call (BUFFER_ARGS (buffer), dest, tag, COMM_HANDLE (self), &handle)))
    return NULL;
  request = comm_new_persistent (self, handle, OPERATION_IS_SEND, buffer);
  if (mode == OMPI_OBJ_SEND_MODE_BUFFERED && dest != MPI_PROC_NULL)
    ompi_obj_request_get_private (&request->parent_instance)->operation.attached_room =
        ompi_obj_attached_buffer_get_room (buffer);
  return request;
}

static MpiPrequest *
comm_real_recv_init (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
{
  MPI_Request handle;

  if (!buffer_check (buffer, "MPI_Recv_init", error)
      || !comm_source_to_mpi (self, &source, &tag, "MPI_Recv_init", error)
      || !CHECK_MPI (error, MPI_Recv_init_c, BUFFER_ARGS (buffer), source, tag, COMM_HANDLE (self), &handle))
    return NULL;
  return comm_new_persistent (self, handle, source == MPI_PROC_NULL ? OPERATION_IS_FROM_NOBODY : 0, buffer);
}

/*
 * Partitioned communication: the count of the buffer is that of all partitions; MPI takes that of one.
 */

#ifdef HAVE_MPI_PARTITIONED
static MpiPrequest *
comm_new_partitioned (MpiComm *self,
                      MPI_Request handle,
                      OperationFlags flags,
                      const MpiBuffer *buffer,
                      gint n_partitions)
{
  MpiPrequest *request = comm_new_persistent (self, handle, flags | OPERATION_IS_PARTITIONED, buffer);

  ompi_obj_request_get_private (OMPI_OBJ_REQUEST (request))->operation.n_partitions = n_partitions;
  return request;
}
#endif

static gboolean
check_partitions (const MpiBuffer *buffer,
                  gint n_partitions,
                  gint rank G_GNUC_UNUSED,
                  const char *function,
                  GError **error)
{
  if (n_partitions < 1 || buffer->count % n_partitions != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "n_partitions is %d, which does not divide the count %" G_GINT64_FORMAT, n_partitions,
                          buffer->count);
      return FALSE;
    }
#ifdef MPICH_NUMVERSION
  /* MPICH 4.0 crashes here. */
  if (rank == OMPI_OBJ_PROC_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "MPICH has no partitioned communication with PROC_NULL; leave it out there");
      return FALSE;
    }
#endif
  return TRUE;
}

/* A partitioned receive takes no wildcards. */
static gboolean
partitioned_source_to_mpi (MpiComm *self, gint *source, gint *tag, const char *function, GError **error)
{
  if (*source == OMPI_OBJ_ANY_SOURCE || *tag == OMPI_OBJ_ANY_TAG)
    {
      ompi_obj_error_set (error, *source == OMPI_OBJ_ANY_SOURCE ? OMPI_OBJ_ERROR_RANK : OMPI_OBJ_ERROR_TAG, function,
                          "source is %d and tag is %d, but partitioned communication takes no wildcards", *source,
                          *tag);
      return FALSE;
    }
  return comm_source_to_mpi (self, source, tag, function, error);
}

static MpiPrequest *
comm_real_psend_init (MpiComm *self,
                      const MpiBuffer *buffer,
                      gint n_partitions,
                      gint dest,
                      gint tag,
                      MpiInfo *info,
                      GError **error)
{
  if (!buffer_check (buffer, "MPI_Psend_init", error)
      || !check_partitions (buffer, n_partitions, dest, "MPI_Psend_init", error)
      || !comm_dest_to_mpi (self, &dest, &tag, "MPI_Psend_init", error)
      || !ompi_obj_info_check (info, "MPI_Psend_init", error))
    return NULL;

#ifdef HAVE_MPI_PARTITIONED
  MPI_Request handle;

  if (!CHECK_MPI (error, MPI_Psend_init, buffer->address, n_partitions, buffer->count / n_partitions,
                  buffer->datatype->handle, dest, tag, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return comm_new_partitioned (self, handle, OPERATION_IS_SEND, buffer, n_partitions);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_PARTITIONED, "MPI_Psend_init", error);
  return NULL;
#endif
}

static MpiPrequest *
comm_real_precv_init (MpiComm *self,
                      const MpiBuffer *buffer,
                      gint n_partitions,
                      gint source,
                      gint tag,
                      MpiInfo *info,
                      GError **error)
{
  if (!buffer_check (buffer, "MPI_Precv_init", error)
      || !check_partitions (buffer, n_partitions, source, "MPI_Precv_init", error)
      || !partitioned_source_to_mpi (self, &source, &tag, "MPI_Precv_init", error)
      || !ompi_obj_info_check (info, "MPI_Precv_init", error))
    return NULL;

#ifdef HAVE_MPI_PARTITIONED
  MPI_Request handle;

  if (!CHECK_MPI (error, MPI_Precv_init, buffer->address, n_partitions, buffer->count / n_partitions,
                  buffer->datatype->handle, source, tag, COMM_HANDLE (self), info_to_mpi (info), &handle))
    return NULL;
  return comm_new_partitioned (self, handle, 0, buffer, n_partitions);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_PARTITIONED, "MPI_Precv_init", error);
  return NULL;
#endif
}

void
ompi_obj_comm_class_init_persistent (MpiCommClass *klass)
{
  klass->send_init = comm_real_send_init;
  klass->recv_init = comm_real_recv_init;
  klass->psend_init = comm_real_psend_init;
  klass->precv_init = comm_real_precv_init;
}

/**
 * ompi_obj_comm_send_init:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sets up a send like [method@Mpi.Comm.isend]'s, to be started many times.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Send_init` (MPI-4.0, section 3.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_send_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Send_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->send_init (self, OMPI_OBJ_SEND_MODE_STANDARD, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_bsend_init:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sets up a send like [method@Mpi.Comm.ibsend]'s, to be started many times.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Bsend_init` (MPI-4.0, section 3.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_bsend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Bsend_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->send_init (self, OMPI_OBJ_SEND_MODE_BUFFERED, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_ssend_init:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sets up a send like [method@Mpi.Comm.issend]'s, to be started many times.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Ssend_init` (MPI-4.0, section 3.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_ssend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Ssend_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->send_init (self, OMPI_OBJ_SEND_MODE_SYNCHRONOUS, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_rsend_init:
 * @self: a communicator
 * @buffer: what to send: address, count in elements, datatype
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL`
 * @tag: a number from 0 that the receiver can select by
 * @error: return location for a #GError
 *
 * Sets up a send like [method@Mpi.Comm.irsend]'s, to be started many times.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Rsend_init` (MPI-4.0, section 3.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_rsend_init (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Rsend_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->send_init (self, OMPI_OBJ_SEND_MODE_READY, buffer, dest, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_recv_init: (virtual recv_init)
 * @self: a communicator
 * @buffer: where to, with room for at least as many elements as are sent
 * @source: the rank that sends, `OMPI_OBJ_ANY_SOURCE` or `OMPI_OBJ_PROC_NULL`
 * @tag: the tag that was sent, or `OMPI_OBJ_ANY_TAG`
 * @error: return location for a #GError
 *
 * Sets up a receive like [method@Mpi.Comm.irecv]'s, to be started many times.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Recv_init` (MPI-4.0, section 3.9).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_recv_init (MpiComm *self, const MpiBuffer *buffer, gint source, gint tag, GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Recv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->recv_init (self, buffer, source, tag, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_psend_init: (virtual psend_init)
 * @self: a communicator
 * @buffer: what to send, all partitions
 * @n_partitions: into how many partitions of the same size the buffer is divided
 * @dest: the rank that receives it, or `OMPI_OBJ_PROC_NULL` (not on MPICH)
 * @tag: a number from 0
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up a send whose partitions are sent as each becomes ready: after each start,
 * [method@Mpi.Prequest.pready] says so of every one. It is received by [method@Mpi.Comm.precv_init] with
 * as many elements, in any number of partitions.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 * [error@Mpi.Error.arg] if @n_partitions does not divide the count, [error@Mpi.Error.info] if @info was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Psend_init` (MPI-4.0, section 4.2.1).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_psend_init (MpiComm *self,
                          const MpiBuffer *buffer,
                          gint n_partitions,
                          gint dest,
                          gint tag,
                          MpiInfo *info,
                          GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Psend_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->psend_init (self, buffer, n_partitions, dest, tag, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}

/**
 * ompi_obj_comm_precv_init: (virtual precv_init)
 * @self: a communicator
 * @buffer: where to receive to, all partitions
 * @n_partitions: into how many partitions of the same size the buffer is divided
 * @source: the rank that sends, or `OMPI_OBJ_PROC_NULL` (not on MPICH); not `OMPI_OBJ_ANY_SOURCE`
 * @tag: the tag that is sent; not `OMPI_OBJ_ANY_TAG`
 * @info: (nullable): hints for MPI, or %NULL
 * @error: return location for a #GError
 *
 * Sets up a receive of what [method@Mpi.Comm.psend_init] sends; [method@Mpi.Prequest.parrived] tells which
 * partitions have arrived.
 *
 * Errors: [error@Mpi.Error.rank], [error@Mpi.Error.tag], [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong, and
 * [error@Mpi.Error.comm] if @self was freed.
 * [error@Mpi.Error.arg] if @n_partitions does not divide the count, [error@Mpi.Error.info] if @info was freed,
 * [error@Mpi.Error.unsupported] if this MPI is older than 4.0.
 *
 * Mirrors `MPI_Precv_init` (MPI-4.0, section 4.2.1).
 *
 * Returns: (transfer full): the request, not started; %NULL on error
 *
 * Since: 1.0
 */
MpiPrequest *
ompi_obj_comm_precv_init (MpiComm *self,
                          const MpiBuffer *buffer,
                          gint n_partitions,
                          gint source,
                          gint tag,
                          MpiInfo *info,
                          GError **error)
{
  MpiPrequest *request;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (self, "MPI_Precv_init", error, NULL);
  request = OMPI_OBJ_COMM_GET_CLASS (self)->precv_init (self, buffer, n_partitions, source, tag, info, error);
  check_slot (error, G_STRFUNC, request != NULL);
  return request;
}
