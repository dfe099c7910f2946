/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/prequest.h>

#include "attached-buffer-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "request-private.h"

/**
 * MpiPrequest:
 *
 * A persistent request: an operation that is set up once and started many times, which is cheaper than
 * to call it anew.
 *
 * Each start is ended by a wait or test, as of any request; then it can be started again. The memory,
 * the communicator and the datatype are kept alive as long as the object.
 *
 * A partitioned operation ([method@Mpi.Comm.psend_init]) is one too: its message is sent in parts, as
 * each of them becomes ready.
 *
 * Mirrors the persistent requests of MPI-4.0, section 3.9.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE (MpiPrequest, ompi_obj_prequest, OMPI_OBJ_TYPE_REQUEST)

static void
ompi_obj_prequest_class_init (MpiPrequestClass *klass G_GNUC_UNUSED)
{
}

static void
ompi_obj_prequest_init (MpiPrequest *self G_GNUC_UNUSED)
{
}

/* As of requests: the last class that was found good. */
static gpointer prequest_last_class;

static gboolean COLD
prequest_check_type_slow (gconstpointer object)
{
  if (!OMPI_OBJ_IS_PREQUEST ((gpointer) object))
    return FALSE;
  __atomic_store_n (&prequest_last_class, ((const GTypeInstance *) object)->g_class, __ATOMIC_RELAXED);
  return TRUE;
}

static inline gboolean
prequest_check_type (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&prequest_last_class, __ATOMIC_RELAXED))
         || prequest_check_type_slow (object);
}

#define PREQUEST_ENTER(self, function, error, failed)             \
  g_return_val_if_fail (prequest_check_type (self), failed);      \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!environment_ensure (function, error))                      \
  return failed

static Operation *
prequest_get_operation (MpiPrequest *self)
{
  return &ompi_obj_request_get_private (&self->parent_instance)->operation;
}

static gboolean
prequest_check_can_start (const Operation *operation, const char *function, GError **error)
{
  if (operation->handle != MPI_REQUEST_NULL && !operation->is_active)
    return G_LIKELY (operation->attached_room == 0)
           || ompi_obj_attached_buffer_check (operation->attached_room, function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, function, "the request %s",
                      operation->is_active ? "is active; wait for it first" : "was freed");
  return FALSE;
}

/**
 * ompi_obj_prequest_start:
 * @self: a persistent request that is not active
 * @error: return location for a #GError
 *
 * Starts the operation once more.
 *
 * Errors: [error@Mpi.Error.request] if it is active or was freed.
 *
 * Mirrors `MPI_Start` (MPI-4.0, section 3.9).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_start (MpiPrequest *self, GError **error)
{
  Operation *operation;

  PREQUEST_ENTER (self, "MPI_Start", error, FALSE);

  operation = prequest_get_operation (self);
  if (!prequest_check_can_start (operation, "MPI_Start", error) || !CHECK_MPI (error, MPI_Start, &operation->handle))
    return FALSE;
  operation->is_active = TRUE;
  return TRUE;
}

/**
 * ompi_obj_prequest_start_all:
 * @requests: (array length=n_requests): persistent requests that are not active, each once
 * @n_requests: how many
 * @error: return location for a #GError
 *
 * Starts several operations.
 *
 * Errors: [error@Mpi.Error.request] if one is active, was freed or is there twice; then none is started.
 *
 * Mirrors `MPI_Startall` (MPI-4.0, section 3.9).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_start_all (MpiPrequest **requests, gsize n_requests, GError **error)
{
  g_autofree MPI_Request *more_handles = NULL;
  MPI_Request few_handles[64];
  MPI_Request *handles;
  gsize n_marked;

  g_return_val_if_fail (requests != NULL || n_requests == 0, FALSE);
  g_return_val_if_fail (n_requests <= G_MAXINT, FALSE);
  for (gsize i = 0; i < n_requests; i++)
    g_return_val_if_fail (prequest_check_type (requests[i]), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  if (!environment_ensure ("MPI_Startall", error))
    return FALSE;
  if (n_requests == 0)
    return TRUE; /* Open MPI refuses that */

  handles = n_requests <= G_N_ELEMENTS (few_handles) ? few_handles : (more_handles = g_new (MPI_Request, n_requests));
  for (n_marked = 0; n_marked < n_requests; n_marked++)
    {
      Operation *operation = prequest_get_operation (requests[n_marked]);

      if (!prequest_check_can_start (operation, "MPI_Startall", error))
        {
          g_prefix_error (error, "request %" G_GSIZE_FORMAT ": ", n_marked);
          break;
        }
      handles[n_marked] = operation->handle;
      operation->is_active = TRUE; /* so a request that is there twice is found */
    }
  if (n_marked == n_requests && CHECK_MPI (error, MPI_Startall, (int) n_requests, handles))
    {
      for (gsize i = 0; i < n_requests; i++)
        prequest_get_operation (requests[i])->handle = handles[i];
      return TRUE;
    }
  for (gsize i = 0; i < n_marked; i++)
    prequest_get_operation (requests[i])->is_active = FALSE;
  return FALSE;
}

/*
 * Partitioned communication
 */

#ifndef HAVE_MPI_PARTITIONED
/* An older MPI lacks these; they are never called, for no partitioned request can be made. */
#define MPI_Pready(partition, request) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Pready_range(first, last, request) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Pready_list(n, partitions, request) MPI_ERR_UNSUPPORTED_OPERATION
#define MPI_Parrived(request, partition, arrived) MPI_ERR_UNSUPPORTED_OPERATION
#endif

static gboolean
operation_check_partition (const Operation *operation, gint partition, const char *function, GError **error)
{
  if (partition >= 0 && partition < operation->n_partitions)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "partition is %d, but there are partitions 0 to %d",
                      partition, operation->n_partitions - 1);
  return FALSE;
}

static gboolean
operation_check_partitioned (const Operation *operation, gboolean is_send, const char *function, GError **error)
{
  const char *problem = NULL;

  if ((operation->flags & OPERATION_IS_PARTITIONED) == 0)
    problem = "is not partitioned";
  else if (((operation->flags & OPERATION_IS_SEND) != 0) != is_send)
    problem = is_send ? "is a receive, whose partitions arrive" : "is a send, whose partitions become ready";
  else if (is_send && !operation->is_active)
    problem = "is not active";
  if (problem == NULL)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, function, "the request %s", problem);
  return FALSE;
}

/**
 * ompi_obj_prequest_pready:
 * @self: an active partitioned send
 * @partition: a partition, from 0
 * @error: return location for a #GError
 *
 * Says that a partition of the buffer is ready to be sent. Each is said to be so once in each start.
 *
 * Errors: [error@Mpi.Error.arg] if there is no such partition, [error@Mpi.Error.request] if @self is
 * not an active partitioned send.
 *
 * Mirrors `MPI_Pready` (MPI-4.0, section 4.2.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_pready (MpiPrequest *self, gint partition, GError **error)
{
  Operation *operation;

  PREQUEST_ENTER (self, "MPI_Pready", error, FALSE);

  operation = prequest_get_operation (self);

  return operation_check_partitioned (operation, TRUE, "MPI_Pready", error)
         && operation_check_partition (operation, partition, "MPI_Pready", error)
         && CHECK_MPI (error, MPI_Pready, partition, operation->handle);
}

/**
 * ompi_obj_prequest_pready_range:
 * @self: an active partitioned send
 * @first: the first partition
 * @last: the last one; not before @first
 * @error: return location for a #GError
 *
 * Says that the partitions from @first to @last are ready to be sent.
 *
 * Errors: as of [method@Mpi.Prequest.pready].
 *
 * Mirrors `MPI_Pready_range` (MPI-4.0, section 4.2.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_pready_range (MpiPrequest *self, gint first, gint last, GError **error)
{
  Operation *operation;

  PREQUEST_ENTER (self, "MPI_Pready_range", error, FALSE);

  operation = prequest_get_operation (self);

  if (!operation_check_partitioned (operation, TRUE, "MPI_Pready_range", error)
      || !operation_check_partition (operation, first, "MPI_Pready_range", error)
      || !operation_check_partition (operation, last, "MPI_Pready_range", error))
    return FALSE;
  if (first > last)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Pready_range", "first is %d, which is behind last, %d", first,
                          last);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Pready_range, first, last, operation->handle);
}

/**
 * ompi_obj_prequest_pready_list:
 * @self: an active partitioned send
 * @partitions: (array length=n_partitions): partitions, each once
 * @n_partitions: how many
 * @error: return location for a #GError
 *
 * Says that several partitions are ready to be sent.
 *
 * Errors: as of [method@Mpi.Prequest.pready].
 *
 * Mirrors `MPI_Pready_list` (MPI-4.0, section 4.2.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_pready_list (MpiPrequest *self, const gint *partitions, gsize n_partitions, GError **error)
{
  Operation *operation;

  g_return_val_if_fail (partitions != NULL || n_partitions == 0, FALSE);
  g_return_val_if_fail (n_partitions <= G_MAXINT, FALSE);
  PREQUEST_ENTER (self, "MPI_Pready_list", error, FALSE);

  operation = prequest_get_operation (self);

  if (!operation_check_partitioned (operation, TRUE, "MPI_Pready_list", error))
    return FALSE;
  for (gsize i = 0; i < n_partitions; i++)
    if (!operation_check_partition (operation, partitions[i], "MPI_Pready_list", error))
      return FALSE;
  return CHECK_MPI (error, MPI_Pready_list, (int) n_partitions, (int *) partitions, operation->handle);
}

/**
 * ompi_obj_prequest_parrived:
 * @self: a partitioned receive that was started
 * @partition: a partition, from 0
 * @error: return location for a #GError
 *
 * Tells whether a partition has arrived.
 *
 * Errors: as of [method@Mpi.Prequest.pready].
 *
 * Mirrors `MPI_Parrived` (MPI-4.0, section 4.2.2).
 *
 * Returns: %TRUE if it has; %FALSE without an error if it has not yet
 *
 * Since: 1.0
 */
gboolean
ompi_obj_prequest_parrived (MpiPrequest *self, gint partition, GError **error)
{
  Operation *operation;
  int arrived = FALSE;

  PREQUEST_ENTER (self, "MPI_Parrived", error, FALSE);

  operation = prequest_get_operation (self);

  return operation_check_partitioned (operation, FALSE, "MPI_Parrived", error)
         && operation_check_partition (operation, partition, "MPI_Parrived", error)
         && CHECK_MPI (error, MPI_Parrived, operation->handle, partition, &arrived) && arrived;
}
