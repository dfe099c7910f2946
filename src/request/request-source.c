/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "request-poller-private.h"
#include "request-private.h"

typedef struct
{
  GSource source;

  RequestWatch watch;
  MpiRequest *request;
  gboolean is_begun; /* it was watched once */
} RequestSource;

static void
source_ended (RequestWatch *watch, const MpiStatus *status G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED)
{
  RequestSource *self = (RequestSource *) ((guint8 *) watch - G_STRUCT_OFFSET (RequestSource, watch));

  g_source_set_ready_time (&self->source, 0);
}

/* Only here the context is known. After a callback that wants to stay, the request may be started again. */
static gboolean
source_prepare (GSource *source, gint *timeout)
{
  RequestSource *self = (RequestSource *) source;

  *timeout = -1;
  if (self->watch.polled == NULL && g_source_get_ready_time (source) == -1
      && (!self->is_begun || ompi_obj_request_is_active (self->request)))
    {
      self->is_begun = TRUE;
      request_watch_start (&self->watch, self->request, g_source_get_context (source), g_source_get_priority (source));
    }
  return FALSE;
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_source_set_ready_time (source, -1);
  if (callback == NULL)
    {
      g_warning ("the source of a request was attached without a callback");
      return G_SOURCE_REMOVE;
    }
  return callback (data);
}

static void
source_dispose (GSource *source)
{
  request_watch_stop (&((RequestSource *) source)->watch);
}

static void
source_finalize (GSource *source)
{
  RequestSource *self = (RequestSource *) source;

  g_clear_object (&self->watch.cancellable);
  g_clear_object (&self->request);
}

/* For g_source_set_closure(): as GIO's sources do, it gives the closure the object. */
static gboolean
source_closure_callback (gpointer data)
{
  RequestSource *self = (RequestSource *) g_main_current_source ();
  g_auto (GValue) result = G_VALUE_INIT;
  g_auto (GValue) request = G_VALUE_INIT;

  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&request, OMPI_OBJ_TYPE_REQUEST);
  g_value_set_object (&request, self->request);
  g_closure_invoke (data, &result, 1, &request, NULL);
  return g_value_get_boolean (&result);
}

static GSourceFuncs source_funcs = { .prepare = source_prepare,
                                     .dispatch = source_dispatch,
                                     .finalize = source_finalize,
                                     .closure_callback = source_closure_callback };

/**
 * ompi_obj_request_create_source:
 * @self: a request
 * @cancellable: (nullable): a cancellable, or %NULL
 *
 * Makes a source for a main loop that calls its callback, a #GSourceFunc, when the operation has completed, or when
 * @cancellable is cancelled. [method@Mpi.Request.wait] or [method@Mpi.Request.test] then return at once, with what the
 * operation has completed with or its error: the source leaves the request as it is.
 *
 * A callback that returns %G_SOURCE_CONTINUE is called again: at once if the request was not waited for; after the
 * next completion if it is a persistent one that is started again. A request that is not active counts as completed, as
 * in [method@Mpi.Request.wait]. Cancelling @cancellable leaves the operation alone.
 *
 * The source keeps @self alive until it is destroyed. It can be attached to the context of any thread; MPI is
 * called by the thread that runs the context, so with several such threads MPI must allow
 * [enum@Mpi.ThreadLevel.multiple].
 *
 * See [method@Mpi.Request.wait_async] for the simpler way.
 *
 * Returns: (transfer full): a new source, not attached yet
 *
 * Since: 1.0
 */
GSource *
ompi_obj_request_create_source (MpiRequest *self, GCancellable *cancellable)
{
  RequestSource *source;

  g_return_val_if_fail (request_check_type (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  source = (RequestSource *) g_source_new (&source_funcs, sizeof (RequestSource));
  g_source_set_static_name (&source->source, "MpiRequest");
  g_source_set_dispose_function (&source->source, source_dispose);
  source->request = g_object_ref (self);
  source->watch.only_looks = TRUE;
  source->watch.ended = source_ended;
  source->watch.cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return &source->source;
}
