/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/enums.h>

#include "environment-private.h"
#include "error-private.h"
#include "request-private.h"
#include "status-private.h"

/*
 * Completing several requests with one call of MPI. The handles are copied into an array for MPI and
 * what MPI made of them is copied back; the status of each is kept in its request. MPI must not see a handle
 * twice, so a request that is there more than once counts where it is first.
 */

/* So many need no memory from the heap. */
#define N_FEW 64

typedef struct
{
  MpiRequest **requests;
  gsize n_requests;
  MPI_Request *handles;
  MPI_Status *statuses;
  MPI_Request few_handles[N_FEW];
  MPI_Status few_statuses[N_FEW];
} RequestArray;

static void
request_array_init (RequestArray *self, MpiRequest **requests, gsize n_requests, gsize n_statuses)
{
  self->requests = requests;
  self->n_requests = n_requests;
  self->handles = n_requests <= N_FEW ? self->few_handles : g_new (MPI_Request, n_requests);
  self->statuses = n_statuses <= N_FEW ? self->few_statuses : g_new (MPI_Status, n_statuses);
  for (gsize i = 0; i < n_requests; i++)
    {
      Operation *operation = &ompi_obj_request_get_private (requests[i])->operation;

      self->handles[i] = MPI_REQUEST_NULL;
      if (!operation->is_active || operation->place != 0)
        continue;
      self->handles[i] = operation->handle;
      operation->place = i + 1;
    }
}

static void
request_array_clear (RequestArray *self)
{
  for (gsize i = 0; i < self->n_requests; i++)
    ompi_obj_request_get_private (self->requests[i])->operation.place = 0;
  if (self->handles != self->few_handles)
    g_free (self->handles);
  if (self->statuses != self->few_statuses)
    g_free (self->statuses);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RequestArray, request_array_clear)

static void
request_array_mark_completed (RequestArray *self, gsize which, const MPI_Status *status)
{
  MpiRequestPrivate *priv = ompi_obj_request_get_private (self->requests[which]);

  if (priv->operation.place != which + 1)
    return;
  priv->operation.handle = self->handles[which];
  *request_status_to_mpi (priv) = *status;
  ompi_obj_request_mark_completed (priv);
}

/*
 * An error of several requests is in their statuses: takes the first, and marks those that have
 * completed, well or not. INDICES is NULL if all statuses count, in the order of the requests.
 */
static gboolean
request_array_finish (RequestArray *self,
                      const int *indices,
                      gsize n_statuses,
                      const char *function,
                      int code,
                      GError **error)
{
  gboolean succeeded = TRUE;

  if (code != MPI_SUCCESS && code != MPI_ERR_IN_STATUS)
    memset (self->statuses, 0, n_statuses * sizeof *self->statuses); /* MPI wrote nothing */
  for (gsize i = 0; i < n_statuses; i++)
    {
      const gsize which = indices != NULL ? (gsize) indices[i] : i;
      const int status_code = code == MPI_ERR_IN_STATUS ? self->statuses[i].MPI_ERROR : code;

      if (status_code == MPI_ERR_PENDING)
        continue;
      request_array_mark_completed (self, which, &self->statuses[i]);
      if (status_code != MPI_SUCCESS && succeeded)
        {
          succeeded = check_mpi (error, function, status_code);
          g_prefix_error (error, "request %" G_GSIZE_FORMAT ": ", which);
        }
    }
  return succeeded;
}

static gboolean
requests_are_valid (MpiRequest **requests, gsize n_requests)
{
  if (requests == NULL)
    return n_requests == 0;
  for (gsize i = 0; i < n_requests; i++)
    if (!request_check_type (requests[i]))
      return FALSE;
  return TRUE;
}

/*
 * Requests that wait or test in a way of their own (receives of values, generalized requests, classes
 * of other people) are completed one by one.
 */

static gboolean
requests_are_plain (MpiRequest **requests, gsize n_requests)
{
#ifdef OPEN_MPI
  /* With several threads allowed, Open MPI 4.1 never returns from MPI_Waitall if one of several operations fails. */
  if (n_requests > 1)
    return FALSE;
#endif
  for (gsize i = 0; i < n_requests; i++)
    if ((i == 0 || OMPI_OBJ_REQUEST_GET_CLASS (requests[i]) != OMPI_OBJ_REQUEST_GET_CLASS (requests[i - 1]))
        && !ompi_obj_request_is_plain (requests[i]))
      return FALSE;
  return TRUE;
}

/* Prefixes the error of one request, if it is the first; the others are completed nevertheless. */
static void
collect_error (gsize which, GError *local_error, GError **error)
{
  if (local_error == NULL)
    return;
  g_prefix_error (&local_error, "request %" G_GSIZE_FORMAT ": ", which);
  if (error != NULL && *error == NULL)
    *error = local_error;
  else
    g_error_free (local_error);
}

/*
 * First those with a way of their own: the message of a value is looked for only while somebody waits for it, and
 * the sends of this rank may wait for ranks that wait for that.
 */
static gboolean
requests_wait_each (MpiRequest **requests, gsize n_requests, GError **error)
{
  g_autofree GError **errors = g_new0 (GError *, n_requests);
  gboolean succeeded = TRUE;

  for (gint plain = FALSE; plain <= TRUE; plain++)
    for (gsize i = 0; i < n_requests; i++)
      if (ompi_obj_request_is_plain (requests[i]) == plain)
        succeeded = ompi_obj_request_wait (requests[i], NULL, &errors[i]) && succeeded;
  for (gsize i = 0; i < n_requests; i++)
    collect_error (i, errors[i], error);
  return succeeded;
}

static gboolean
requests_test_each (MpiRequest **requests, gsize n_requests, GError **error)
{
  gboolean succeeded = TRUE;

  for (gsize i = 0; i < n_requests; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!ompi_obj_request_get_status (requests[i], NULL, &local_error) && local_error == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < n_requests; i++)
    {
      GError *local_error = NULL;

      succeeded = ompi_obj_request_test (requests[i], NULL, &local_error) && succeeded;
      collect_error (i, local_error, error);
    }
  return succeeded;
}

/* The first that has completed now; UNDEFINED if none is active; -1 if none has completed, or on error. */
static gint
requests_test_each_for_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  gint found = OMPI_OBJ_UNDEFINED;

  for (gsize i = 0; i < n_requests; i++)
    {
      GError *local_error = NULL;

      if (!ompi_obj_request_is_active (requests[i]))
        continue;
      found = -1;
      if (ompi_obj_request_test (requests[i], status, &local_error))
        return (gint) i;
      if (local_error != NULL)
        {
          g_propagate_prefixed_error (error, local_error, "request %" G_GSIZE_FORMAT ": ", i);
          return -1;
        }
    }
  return found;
}

static gint
requests_wait_each_for_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  GError *local_error = NULL;
  gint found;

  while ((found = requests_test_each_for_any (requests, n_requests, status, &local_error)) == -1 && local_error == NULL)
    g_thread_yield ();
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return found;
}

/* All that have completed now; waits until there is one if WAIT, unless none is active. */
static gint *
requests_test_each_for_some (MpiRequest **requests, gsize n_requests, gboolean wait, gsize *n_completed, GError **error)
{
  g_autofree gint *indices = g_new (gint, n_requests + 1);
  gboolean failed = FALSE;
  gsize n_active;

  do
    {
      n_active = 0;
      for (gsize i = 0; i < n_requests; i++)
        {
          GError *local_error = NULL;

          if (!ompi_obj_request_is_active (requests[i]))
            continue;
          n_active++;
          if (ompi_obj_request_test (requests[i], NULL, &local_error))
            indices[(*n_completed)++] = (gint) i;
          failed = failed || local_error != NULL;
          collect_error (i, local_error, error);
        }
      if (wait && *n_completed == 0 && !failed && n_active > 0)
        g_thread_yield ();
    }
  while (wait && *n_completed == 0 && !failed && n_active > 0);
  if (failed)
    {
      *n_completed = 0;
      return NULL;
    }
  return g_steal_pointer (&indices);
}

static gboolean
requests_ensure (gsize n_requests, const char *function, GError **error)
{
  if (n_requests <= G_MAXINT)
    return environment_ensure (function, error);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function, "n_requests is %" G_GSIZE_FORMAT ", but MPI takes %d",
                      n_requests, G_MAXINT);
  return FALSE;
}

#define REQUESTS_ENTER(requests, n_requests, function, error, failed)       \
  g_return_val_if_fail (requests_are_valid (requests, n_requests), failed); \
  g_return_val_if_fail (error == NULL || *error == NULL, failed);           \
  if (!requests_ensure (n_requests, function, error))                       \
  return failed

static gboolean
requests_wait_at_once (MpiRequest **requests, gsize n_requests, GError **error)
{
  g_auto (RequestArray) array;
  int code;

  request_array_init (&array, requests, n_requests, n_requests);
  code = MPI_Waitall ((int) n_requests, array.handles, array.statuses);
  return request_array_finish (&array, NULL, n_requests, "MPI_Waitall", code, error);
}

static gboolean
requests_test_at_once (MpiRequest **requests, gsize n_requests, GError **error)
{
  g_auto (RequestArray) array;
  int completed = FALSE;
  int code;

  request_array_init (&array, requests, n_requests, n_requests);
  code = MPI_Testall ((int) n_requests, array.handles, &completed, array.statuses);
  if (code == MPI_SUCCESS && !completed)
    return FALSE;
  return request_array_finish (&array, NULL, n_requests, "MPI_Testall", code, error);
}

/**
 * ompi_obj_request_wait_all:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @error: return location for a #GError
 *
 * Waits until all operations have completed. Then [method@Mpi.Request.get_status] gives the status of
 * each. Here and in the other methods on several requests, one that is there more than once counts where it is
 * first.
 *
 * Errors: what the first one that failed did so with; the message says which. All have completed then
 * too, but for those that MPI gave up waiting for.
 *
 * Mirrors `MPI_Waitall` (MPI-4.0, section 3.7.5).
 *
 * Returns: %TRUE if all succeeded
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_wait_all (MpiRequest **requests, gsize n_requests, GError **error)
{
  REQUESTS_ENTER (requests, n_requests, "MPI_Waitall", error, FALSE);

  return requests_are_plain (requests, n_requests) ? requests_wait_at_once (requests, n_requests, error)
                                                   : requests_wait_each (requests, n_requests, error);
}

/**
 * ompi_obj_request_test_all:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @error: return location for a #GError
 *
 * Tells whether all operations have completed, without waiting. As long as one has not, all stay
 * active.
 *
 * Errors: as of [func@Mpi.Request.wait_all].
 *
 * Mirrors `MPI_Testall` (MPI-4.0, section 3.7.5).
 *
 * Returns: %TRUE if all have succeeded; %FALSE without an error if one has not completed yet
 *
 * Since: 1.0
 */
gboolean
ompi_obj_request_test_all (MpiRequest **requests, gsize n_requests, GError **error)
{
  REQUESTS_ENTER (requests, n_requests, "MPI_Testall", error, FALSE);

  return requests_are_plain (requests, n_requests) ? requests_test_at_once (requests, n_requests, error)
                                                   : requests_test_each (requests, n_requests, error);
}

static gint
request_array_finish_any (RequestArray *array,
                          int which,
                          MpiStatus *status,
                          const char *function,
                          int code,
                          GError **error)
{
  if (which == MPI_UNDEFINED)
    return check_mpi (error, function, code) ? OMPI_OBJ_UNDEFINED : -1;

  request_array_mark_completed (array, (gsize) which, &array->statuses[0]);
  if (status != NULL)
    *status = ompi_obj_request_get_private (array->requests[which])->status;
  if (check_mpi (error, function, code))
    return which;
  g_prefix_error (error, "request %d: ", which);
  return -1;
}

static gint
requests_wait_at_once_for_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  g_auto (RequestArray) array;
  int which = MPI_UNDEFINED;
  int code;

  request_array_init (&array, requests, n_requests, 1);
  code = MPI_Waitany ((int) n_requests, array.handles, &which, array.statuses);
  return request_array_finish_any (&array, which, status, "MPI_Waitany", code, error);
}

/* -1 without an error if none has completed. */
static gint
requests_test_at_once_for_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  g_auto (RequestArray) array;
  int which = MPI_UNDEFINED;
  int completed = FALSE;
  int code;

  request_array_init (&array, requests, n_requests, 1);
  code = MPI_Testany ((int) n_requests, array.handles, &which, &completed, array.statuses);
  if (code == MPI_SUCCESS && !completed)
    return -1;
  return request_array_finish_any (&array, which, status, "MPI_Testany", code, error);
}

/**
 * ompi_obj_request_wait_any:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @status: (out caller-allocates) (optional): what the operation completed with, or %NULL
 * @error: return location for a #GError
 *
 * Waits until one of several operations has completed.
 *
 * Errors: what the operation failed with.
 *
 * Mirrors `MPI_Waitany` (MPI-4.0, section 3.7.5).
 *
 * Returns: the index of its request; `OMPI_OBJ_UNDEFINED` if none is active; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_request_wait_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  REQUESTS_ENTER (requests, n_requests, "MPI_Waitany", error, -1);

  return requests_are_plain (requests, n_requests) ? requests_wait_at_once_for_any (requests, n_requests, status, error)
                                                   : requests_wait_each_for_any (requests, n_requests, status, error);
}

/**
 * ompi_obj_request_test_any:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @status: (out caller-allocates) (optional): what the operation completed with, or %NULL
 * @error: return location for a #GError
 *
 * Tells whether one of several operations has completed, without waiting.
 *
 * Errors: what the operation failed with.
 *
 * Mirrors `MPI_Testany` (MPI-4.0, section 3.7.5).
 *
 * Returns: the index of its request; `OMPI_OBJ_UNDEFINED` if none is active; -1 without an error if
 *   none has completed yet; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_request_test_any (MpiRequest **requests, gsize n_requests, MpiStatus *status, GError **error)
{
  REQUESTS_ENTER (requests, n_requests, "MPI_Testany", error, -1);

  return requests_are_plain (requests, n_requests) ? requests_test_at_once_for_any (requests, n_requests, status, error)
                                                   : requests_test_each_for_any (requests, n_requests, status, error);
}

/* MPI_Waitsome or MPI_Testsome. */
static gint *
requests_at_once_for_some (MpiRequest **requests, gsize n_requests, gboolean wait, gsize *n_completed, GError **error)
{
  g_auto (RequestArray) array;
  g_autofree gint *indices = g_new (gint, n_requests + 1);
  const char *function = wait ? "MPI_Waitsome" : "MPI_Testsome";
  int n_indices = 0;
  int code;

  request_array_init (&array, requests, n_requests, n_requests);
  code = (wait ? MPI_Waitsome : MPI_Testsome) ((int) n_requests, array.handles, &n_indices, indices, array.statuses);
  if (n_indices == MPI_UNDEFINED)
    n_indices = 0;
  if (!request_array_finish (&array, indices, (gsize) n_indices, function, code, error)
      || (n_indices == 0 && !check_mpi (error, function, code)))
    return NULL;
  *n_completed = (gsize) n_indices;
  return g_steal_pointer (&indices);
}

/**
 * ompi_obj_request_wait_some:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @n_completed: (out): how many have completed
 * @error: return location for a #GError
 *
 * Waits until at least one of several operations has completed, and tells which have.
 * Then [method@Mpi.Request.get_status] gives the status of each.
 *
 * Errors: what the first one that failed did so with; the message says which. The others that have
 * completed are not active any more.
 *
 * Mirrors `MPI_Waitsome` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer full) (array length=n_completed): the indices of their requests; none if none is active;
 *   %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_request_wait_some (MpiRequest **requests, gsize n_requests, gsize *n_completed, GError **error)
{
  g_return_val_if_fail (n_completed != NULL, NULL);
  *n_completed = 0;
  REQUESTS_ENTER (requests, n_requests, "MPI_Waitsome", error, NULL);

  return requests_are_plain (requests, n_requests)
             ? requests_at_once_for_some (requests, n_requests, TRUE, n_completed, error)
             : requests_test_each_for_some (requests, n_requests, TRUE, n_completed, error);
}

/**
 * ompi_obj_request_test_some:
 * @requests: (array length=n_requests): requests, in any state
 * @n_requests: how many
 * @n_completed: (out): how many have completed
 * @error: return location for a #GError
 *
 * Tells which of several operations have completed, without waiting.
 * Then [method@Mpi.Request.get_status] gives the status of each.
 *
 * Errors: what the first one that failed did so with; the message says which. The others that have
 * completed are not active any more.
 *
 * Mirrors `MPI_Testsome` (MPI-4.0, section 3.7.5).
 *
 * Returns: (transfer full) (array length=n_completed): the indices of their requests, perhaps none;
 *   %NULL on error
 *
 * Since: 1.0
 */
gint *
ompi_obj_request_test_some (MpiRequest **requests, gsize n_requests, gsize *n_completed, GError **error)
{
  g_return_val_if_fail (n_completed != NULL, NULL);
  *n_completed = 0;
  REQUESTS_ENTER (requests, n_requests, "MPI_Testsome", error, NULL);

  return requests_are_plain (requests, n_requests)
             ? requests_at_once_for_some (requests, n_requests, FALSE, n_completed, error)
             : requests_test_each_for_some (requests, n_requests, FALSE, n_completed, error);
}

gssize
ompi_obj_request_test_plain (MpiRequest **requests, gsize n_requests, gint *indices, GError **errors)
{
  g_auto (RequestArray) array;
  int n_indices = 0;
  int code;

  request_array_init (&array, requests, n_requests, n_requests);
  code = MPI_Testsome ((int) n_requests, array.handles, &n_indices, indices, array.statuses);
  if (code != MPI_SUCCESS && code != MPI_ERR_IN_STATUS)
    return -1;
  if (n_indices == MPI_UNDEFINED)
    return 0;
  for (int i = 0; i < n_indices; i++)
    {
      request_array_mark_completed (&array, (gsize) indices[i], &array.statuses[i]);
      if (code == MPI_ERR_IN_STATUS)
        check_mpi (&errors[i], "MPI_Test", array.statuses[i].MPI_ERROR);
    }
  return n_indices;
}
