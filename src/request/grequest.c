/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/grequest.h>
#include <ompi_obj/native.h>

#include "environment-private.h"
#include "error-private.h"
#include "request-private.h"
#include "status-private.h"

/*
 * What MPI's callbacks get. It lives until MPI calls free_fn, which may be after the object is gone;
 * so the object and MPI hold it together.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gint completed;
  gboolean failed; /* the last query did */
  GError *error;   /* why, if it said so */

  MpiGrequestQueryFunc query_func;
  gpointer query_data;
  GDestroyNotify query_destroy;

  MpiGrequestCancelFunc cancel_func;
  gpointer cancel_data;
  GDestroyNotify cancel_destroy;
} GrequestState;

/**
 * MpiGrequest:
 *
 * A generalized request: an operation of the program's own that others can wait for like one of MPI's.
 *
 * The program starts it, does the work somehow (in a thread, say) and calls
 * [method@Mpi.Grequest.complete]; whoever waits for it goes on then.
 *
 * Mirrors the generalized requests of MPI-4.0, section 13.2.
 *
 * Since: 1.0
 */
struct _MpiGrequest
{
  MpiRequest parent_instance;

  GrequestState *state;
  MPI_Request handle; /* needed to complete it, also after the request was freed */
};

G_DEFINE_FINAL_TYPE (MpiGrequest, ompi_obj_grequest, OMPI_OBJ_TYPE_REQUEST)

static void
grequest_state_unref (GrequestState *state)
{
  if (!g_atomic_ref_count_dec (&state->ref_count))
    return;
  if (state->query_destroy != NULL)
    state->query_destroy (state->query_data);
  if (state->cancel_destroy != NULL)
    state->cancel_destroy (state->cancel_data);
  g_clear_error (&state->error);
  g_free (state);
}

static int
on_query (void *data, MPI_Status *mpi_status)
{
  GrequestState *state = data;
  MpiStatus status = { { 0 } };
  gboolean succeeded = TRUE;

  mpi_status_set_nobody (mpi_status);
  if (state->query_func != NULL)
    {
      ompi_obj_status_set_native (&status, mpi_status);
      g_clear_error (&state->error);
      succeeded = state->query_func (&status, state->query_data, &state->error);
      ompi_obj_status_get_native (&status, mpi_status);
    }
  state->failed = !succeeded;
  return succeeded ? MPI_SUCCESS : MPI_ERR_OTHER;
}

static int
on_free (void *data)
{
  grequest_state_unref (data);
  return MPI_SUCCESS;
}

static int
on_cancel (void *data, int completed)
{
  GrequestState *state = data;

  if (state->cancel_func != NULL)
    state->cancel_func (completed, state->cancel_data);
  return MPI_SUCCESS;
}

/* MPI passes on that the query failed, but not why. */
static gboolean
grequest_explain_failure (MpiGrequest *self, gboolean succeeded, GError **error)
{
  if (!succeeded && self->state->error != NULL && error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&self->state->error));
    }
  return succeeded;
}

static gboolean
grequest_wait (MpiRequest *request, MpiStatus *status, GError **error)
{
  const gboolean succeeded = OMPI_OBJ_REQUEST_CLASS (ompi_obj_grequest_parent_class)->wait (request, status, error);

  return grequest_explain_failure (OMPI_OBJ_GREQUEST (request), succeeded, error);
}

static gboolean
grequest_test (MpiRequest *request, MpiStatus *status, GError **error)
{
  const gboolean succeeded = OMPI_OBJ_REQUEST_CLASS (ompi_obj_grequest_parent_class)->test (request, status, error);

  return grequest_explain_failure (OMPI_OBJ_GREQUEST (request), succeeded, error);
}

static gboolean
grequest_get_status (MpiRequest *request, MpiStatus *status, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const gboolean was_active = ompi_obj_request_is_active (request);
  gboolean completed =
      OMPI_OBJ_REQUEST_CLASS (ompi_obj_grequest_parent_class)->get_status (request, status, &local_error);

  /* Open MPI 4.1 calls the query here and forgets what it returned. */
  if (completed && was_active && OMPI_OBJ_GREQUEST (request)->state->failed)
    completed = check_mpi (&local_error, "MPI_Request_get_status", MPI_ERR_OTHER);
  grequest_explain_failure (OMPI_OBJ_GREQUEST (request), local_error == NULL, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return completed;
}

static void
grequest_finalize (GObject *object)
{
  g_clear_pointer (&OMPI_OBJ_GREQUEST (object)->state, grequest_state_unref);

  G_OBJECT_CLASS (ompi_obj_grequest_parent_class)->finalize (object);
}

static void
ompi_obj_grequest_class_init (MpiGrequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = grequest_finalize;
  OMPI_OBJ_REQUEST_CLASS (klass)->wait = grequest_wait;
  OMPI_OBJ_REQUEST_CLASS (klass)->test = grequest_test;
  OMPI_OBJ_REQUEST_CLASS (klass)->get_status = grequest_get_status;
}

static void
ompi_obj_grequest_init (MpiGrequest *self G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_grequest_start: (constructor)
 * @query_func: (nullable) (scope notified) (closure query_data) (destroy query_destroy): fills in the
 *   status when the request is waited for or tested to its end
 * @query_data: data for @query_func
 * @query_destroy: (nullable): frees @query_data
 * @cancel_func: (nullable) (scope notified) (closure cancel_data) (destroy cancel_destroy): called when
 *   the request is cancelled
 * @cancel_data: data for @cancel_func
 * @cancel_destroy: (nullable): frees @cancel_data
 * @error: return location for a #GError
 *
 * Starts a generalized request. The functions may be called in any thread that waits or cancels; their
 * data is freed when MPI has done with the request and the object is gone.
 *
 * Errors: MPI's own.
 *
 * Mirrors `MPI_Grequest_start` (MPI-4.0, section 13.2).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiGrequest *
ompi_obj_grequest_start (MpiGrequestQueryFunc query_func,
                         gpointer query_data,
                         GDestroyNotify query_destroy,
                         MpiGrequestCancelFunc cancel_func,
                         gpointer cancel_data,
                         GDestroyNotify cancel_destroy,
                         GError **error)
{
  GrequestState *state;
  MpiGrequest *self;
  MPI_Request handle = MPI_REQUEST_NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  state = g_new0 (GrequestState, 1);
  g_atomic_ref_count_init (&state->ref_count);
  state->query_func = query_func;
  state->query_data = query_data;
  state->query_destroy = query_destroy;
  state->cancel_func = cancel_func;
  state->cancel_data = cancel_data;
  state->cancel_destroy = cancel_destroy;

  if (!environment_ensure ("MPI_Grequest_start", error)
      || !CHECK_MPI (error, MPI_Grequest_start, on_query, on_free, on_cancel, state, &handle))
    {
      grequest_state_unref (state);
      return NULL;
    }
  self = OMPI_OBJ_GREQUEST (ompi_obj_request_new_for_operation (OMPI_OBJ_TYPE_GREQUEST, handle, 0, NULL, NULL, NULL));
  g_atomic_ref_count_inc (&state->ref_count);
  self->state = state;
  self->handle = handle;
  return self;
}

/**
 * ompi_obj_grequest_complete:
 * @self: a generalized request
 * @error: return location for a #GError
 *
 * Says that the operation has completed: whoever waits for the request goes on. Can be called in any
 * thread, once.
 *
 * Errors: [error@Mpi.Error.request] if it was called before.
 *
 * Mirrors `MPI_Grequest_complete` (MPI-4.0, section 13.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_grequest_complete (MpiGrequest *self, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_GREQUEST (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Grequest_complete", error))
    return FALSE;
  if (self->state == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Grequest_complete",
                          "the request stands for no operation; make it with ompi_obj_grequest_start()");
      return FALSE;
    }
  if (!g_atomic_int_compare_and_exchange (&self->state->completed, FALSE, TRUE))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_REQUEST, "MPI_Grequest_complete", "the request was completed already");
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Grequest_complete, self->handle);
}
