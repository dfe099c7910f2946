/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>
#ifdef HAVE_TIMERFD_CREATE
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>
#endif

#include <ompi_obj/status.h>

#include "environment-private.h"
#include "error-private.h"
#include "request-poller-private.h"
#include "request-private.h"

/*
 * After something has happened, it is asked again in each turn of the loop for SPIN_TIME, and then after pauses that
 * grow with the time that nothing has happened: an operation that takes long is noticed later by an eighth of its time
 * at most. Short pauses need a timer of the system's, as GLib's own are whole milliseconds.
 */
#define SPIN_TIME 50 /* all in microseconds */
#define SHORTEST_PAUSE 50
#define LONGEST_PAUSE 1000
#define PAUSE_SHARE 8

/* Where one round of tests takes long, because there are many or one runs the program's functions, rounds are rarer:
 * they take one part in so many of the time. */
#define ROUND_SHARE 40
#define LONGEST_PAUSE_AFTER_LONG_ROUND 10000

/* So many plain requests are tested with one call of MPI. */
#define N_AT_ONCE 4

struct _RequestPoller
{
  GSource source;

  GMainContext *context; /* without a reference: it has one to the source */
  gint timer;            /* a file descriptor; -1: GLib's timer is used */
  gint64 last_event;     /* when something has completed, or was added */
  gint64 round_time;     /* of one round; what interrupts a round now and then does not count */

  /* With the lock held */
  GQueue watches;
  gint priority;
  gint is_spinning; /* read without the lock */
  GThread *thread;  /* in a round */
};

struct _PolledRequest
{
  MpiRequest *request;
  GQueue watches;
  guint n_lookers; /* watches that only look */
  gboolean was_active;
  gboolean is_tested; /* by one of the pollers, which has it to itself */

  gboolean is_cancelled; /* MPI has taken it */

  /* Of the present round */
  gboolean wants_cancel;
  gboolean is_over;
  MpiStatus status;
  GError *error;
};

/* One lock for all. It is not held while requests are tested. */
static GMutex lock;
static GCond round_ended;
static GHashTable *pollers;         /* of GMainContext */
static GHashTable *polled_requests; /* of MpiRequest */
static gboolean is_ending;          /* MPI is being finalized */
static guint last_round;

static GPrivate present_round = G_PRIVATE_INIT (NULL);

guint
request_poller_get_round (void)
{
  return GPOINTER_TO_UINT (g_private_get (&present_round));
}

/*
 * Requests
 */

static PolledRequest *
polled_get (MpiRequest *request)
{
  PolledRequest *self = g_hash_table_lookup (polled_requests, request);

  if (self == NULL)
    {
      self = g_new0 (PolledRequest, 1);
      self->request = g_object_ref (request);
      self->was_active = ompi_obj_request_is_active (request);
      g_hash_table_insert (polled_requests, request, self);
    }
  return self;
}

/* Without the lock: the last reference may run code of the program's. */
static void
polled_free (gpointer data)
{
  PolledRequest *self = data;

  g_object_unref (self->request);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
polled_was_freed (PolledRequest *self)
{
  if (!self->was_active || !ompi_obj_request_get_private (self->request)->is_freed)
    return FALSE;
  ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_REQUEST, "MPI_Test",
                      "the request was freed while it was waited for");
  return TRUE;
}

/* What a request that MPI has cancelled completes with: a status that says so, or no value. */
static void
polled_note_cancelled (PolledRequest *self)
{
  if (self->error != NULL ? !g_error_matches (self->error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_REQUEST)
                          : !ompi_obj_status_is_cancelled (&self->status))
    return;
  g_clear_error (&self->error);
  g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The operation was cancelled");
}

static void
polled_test_once (PolledRequest *self)
{
  self->is_over = self->n_lookers > 0 ? ompi_obj_request_get_status (self->request, &self->status, &self->error)
                                      : ompi_obj_request_test (self->request, &self->status, &self->error);
  if (self->error != NULL)
    self->is_over = TRUE;
}

static void
polled_test (PolledRequest *self)
{
  self->is_over = polled_was_freed (self);
  if (self->is_over)
    return;
  polled_test_once (self);
  if (!self->is_over && self->wants_cancel && !self->is_cancelled)
    {
      self->is_cancelled = ompi_obj_request_cancel (self->request, NULL);
      if (self->is_cancelled)
        polled_test_once (self);
    }
  if (self->is_over && self->is_cancelled)
    polled_note_cancelled (self);
}

static gboolean
polled_is_plain (const PolledRequest *self)
{
  return self->n_lookers == 0 && !self->wants_cancel && !self->is_cancelled
         && ompi_obj_request_is_active (self->request) && ompi_obj_request_is_plain (self->request);
}

/* Tests those that are nothing special with one call, which costs little more than that for one of them. */
static void
polled_test_plain (PolledRequest **plain, gsize n)
{
  g_autofree MpiRequest **requests = g_new (MpiRequest *, n);
  g_autofree gint *indices = g_new (gint, n);
  g_autofree GError **errors = g_new0 (GError *, n);
  gssize n_over;

  for (gsize i = 0; i < n; i++)
    requests[i] = plain[i]->request;
  n_over = ompi_obj_request_test_plain (requests, n, indices, errors);
  for (gsize i = 0; i < n && n_over < 0; i++)
    polled_test (plain[i]);
  for (gssize i = 0; i < n_over; i++)
    {
      PolledRequest *self = plain[indices[i]];

      self->is_over = TRUE;
      self->error = errors[i];
      self->status = ompi_obj_request_get_private (self->request)->status;
    }
}

static void
polled_test_all (GPtrArray *batch)
{
  g_autofree PolledRequest **plain = g_new (PolledRequest *, batch->len);
  const gboolean at_once = batch->len >= N_AT_ONCE && environment_is_active ();
  gsize n_plain = 0;

  for (guint i = 0; i < batch->len; i++)
    {
      PolledRequest *polled = batch->pdata[i];

      if (at_once && polled_is_plain (polled))
        plain[n_plain++] = polled;
      else
        polled_test (polled);
    }
  if (n_plain > 0)
    polled_test_plain (plain, n_plain);
}

/*
 * Watches, with the lock held
 */

static void
watch_unlink (RequestWatch *self)
{
  g_queue_unlink (&self->poller->watches, &self->link_in_poller);
  g_queue_unlink (&self->polled->watches, &self->link_in_polled);
  if (self->only_looks)
    self->polled->n_lookers--;
  self->polled = NULL;
  self->poller = NULL;
}

static void
watch_link (RequestWatch *self, PolledRequest *polled, RequestPoller *poller)
{
  self->polled = polled;
  self->poller = poller;
  self->link_in_poller = (GList){ .data = self };
  self->link_in_polled = (GList){ .data = self };
  g_queue_push_tail_link (&poller->watches, &self->link_in_poller);
  g_queue_push_tail_link (&polled->watches, &self->link_in_polled);
  if (self->only_looks)
    polled->n_lookers++;
}

static void
watch_end (RequestWatch *self, const MpiStatus *status, const GError *error)
{
  watch_unlink (self);
  self->ended (self, status, error);
}

static void
orphan_ended (RequestWatch *watch, const MpiStatus *status G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED)
{
  g_free (watch);
}

/* Other ranks may depend on the tests of a request that nobody here waits for any more. */
static void
orphan_new (PolledRequest *polled, RequestPoller *poller)
{
  RequestWatch *watch = g_new0 (RequestWatch, 1);

  watch->ended = orphan_ended;
  watch_link (watch, polled, poller);
}

static void
watch_end_cancelled (RequestWatch *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more; the operation goes on");
  RequestPoller *poller = self->poller;
  PolledRequest *polled = self->polled;
  const gboolean only_looks = self->only_looks;
  const MpiStatus status = { { 0 } };

  watch_end (self, &status, error);
  if (!only_looks && polled->watches.length == 0)
    orphan_new (polled, poller);
}

/* Once in a round, for it may change any time. */
static gboolean
watch_look_at_cancellable (RequestWatch *self)
{
  self->is_cancelled = self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
  return self->is_cancelled;
}

/* Ends all watches of a request, in whatever context. The caller frees it. */
static void
polled_end (PolledRequest *self)
{
  while (self->watches.head != NULL)
    watch_end (self->watches.head->data, &self->status, self->error);
  g_hash_table_remove (polled_requests, self->request);
}

/*
 * The source
 */

/* Any thread may call this. */
static void
poller_set_timer (RequestPoller *self, gint64 pause)
{
#ifdef HAVE_TIMERFD_CREATE
  if (self->timer >= 0)
    {
      /* Once: what a slow loop misses must not add up. */
      struct itimerspec timer = { .it_value = { .tv_sec = pause / G_USEC_PER_SEC,
                                                .tv_nsec = MAX (1, (pause % G_USEC_PER_SEC) * 1000) } };

      timerfd_settime (self->timer, 0, &timer, NULL);
      return;
    }
#endif
  g_source_set_ready_time (&self->source, g_get_monotonic_time () + pause);
}

static void
poller_stop_timer (RequestPoller *self)
{
#ifdef HAVE_TIMERFD_CREATE
  if (self->timer >= 0)
    {
      struct itimerspec timer = { .it_value = { .tv_sec = 0 } };

      timerfd_settime (self->timer, 0, &timer, NULL);
      return;
    }
#endif
  g_source_set_ready_time (&self->source, -1);
}

/* Under the lock: what is to be tested now, each with this poller alone. */
static GPtrArray *
poller_begin_round (RequestPoller *self)
{
  GPtrArray *batch = g_ptr_array_sized_new (self->watches.length);

  self->thread = g_thread_self ();
  for (GList *link = self->watches.head; link != NULL; link = link->next)
    {
      PolledRequest *polled = ((RequestWatch *) link->data)->polled;

      if (polled->is_tested)
        continue;
      polled->wants_cancel = polled->n_lookers == 0;
      for (GList *other = polled->watches.head; other != NULL; other = other->next)
        if (!watch_look_at_cancellable (other->data))
          polled->wants_cancel = FALSE;
      polled->is_tested = TRUE;
      polled->is_over = FALSE;
      g_ptr_array_add (batch, polled);
    }
  return batch;
}

/* Under the lock: ends the watches of what is over. Gives what can be freed. */
static GPtrArray *
poller_end_round (RequestPoller *self, GPtrArray *batch)
{
  GPtrArray *over = g_ptr_array_new_with_free_func (polled_free);

  for (guint i = 0; i < batch->len; i++)
    {
      PolledRequest *polled = batch->pdata[i];

      polled->is_tested = FALSE;
      for (GList *link = polled->watches.head, *next; link != NULL && !polled->is_over; link = next)
        {
          next = link->next;
          if (((RequestWatch *) link->data)->is_cancelled && !polled->is_cancelled)
            watch_end_cancelled (link->data);
        }
      if (polled->is_over || polled->watches.length == 0)
        {
          polled_end (polled);
          g_ptr_array_add (over, polled);
        }
    }
  self->thread = NULL;
  g_cond_broadcast (&round_ended);
  return over;
}

/* Under the lock. */
static void
poller_set_pause (RequestPoller *self, gint64 began, gboolean has_event)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 least = MIN ((ROUND_SHARE - 1) * self->round_time, LONGEST_PAUSE_AFTER_LONG_ROUND);
  gint64 pause;

  self->round_time = MIN (now - began, 2 * self->round_time + 1);
  if (has_event)
    {
      self->last_event = now;
      g_atomic_int_set (&self->is_spinning, TRUE);
    }
  if (self->watches.length == 0)
    {
      g_atomic_int_set (&self->is_spinning, FALSE);
      poller_stop_timer (self);
    }
  else if (now - self->last_event >= SPIN_TIME)
    {
      pause = CLAMP ((now - self->last_event) / PAUSE_SHARE, SHORTEST_PAUSE, LONGEST_PAUSE);
      g_atomic_int_set (&self->is_spinning, FALSE);
      poller_set_timer (self, MAX (pause, least));
    }
}

static gboolean
poller_dispatch (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  RequestPoller *self = (RequestPoller *) source;
  const guint outer_round = request_poller_get_round ();
  const gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GPtrArray) over = NULL;

  g_mutex_lock (&lock);
  if (is_ending || self->thread != NULL) /* a test that runs the loop */
    {
      g_mutex_unlock (&lock);
      return G_SOURCE_CONTINUE;
    }
  batch = poller_begin_round (self);
  do
    last_round++;
  while (last_round == 0);
  g_private_set (&present_round, GUINT_TO_POINTER (last_round));
  g_mutex_unlock (&lock);

  polled_test_all (batch);

  g_private_set (&present_round, GUINT_TO_POINTER (outer_round));
  g_mutex_lock (&lock);
  over = poller_end_round (self, batch);
  poller_set_pause (self, began, over->len > 0);
  g_mutex_unlock (&lock);
  return G_SOURCE_CONTINUE;
}

static gboolean
poller_prepare (GSource *source, gint *timeout)
{
  *timeout = -1;
  return g_atomic_int_get (&((RequestPoller *) source)->is_spinning);
}

/* With its context: nobody will test for the watches that are left. */
static void
poller_finalize (GSource *source)
{
  RequestPoller *self = (RequestPoller *) source;
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (polled_free);

  g_mutex_lock (&lock);
  while (self->watches.head != NULL)
    {
      RequestWatch *watch = self->watches.head->data;
      PolledRequest *polled = watch->polled;
      g_autoptr (GError) error =
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "The main context was freed; the operation goes on");
      const MpiStatus status = { { 0 } };

      watch_end (watch, &status, error);
      if (polled->watches.length == 0 && !polled->is_tested)
        {
          g_hash_table_remove (polled_requests, polled->request);
          g_ptr_array_add (over, polled);
        }
    }
  g_hash_table_remove (pollers, self->context);
  g_mutex_unlock (&lock);
#ifdef HAVE_TIMERFD_CREATE
  if (self->timer >= 0)
    close (self->timer);
#endif
}

static GSourceFuncs poller_funcs = { .prepare = poller_prepare,
                                     .dispatch = poller_dispatch,
                                     .finalize = poller_finalize };

/* Under the lock. */
static gboolean
other_threads_test (void)
{
  GHashTableIter iter;
  gpointer poller;

  g_hash_table_iter_init (&iter, pollers);
  while (g_hash_table_iter_next (&iter, NULL, &poller))
    if (((RequestPoller *) poller)->thread != NULL && ((RequestPoller *) poller)->thread != g_thread_self ())
      return TRUE;
  return FALSE;
}

/* Before MPI ends, whoever ends it: what is still watched has failed, and nobody is in a test of ours any more. */
static void
pollers_end (void)
{
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (polled_free);
  GHashTableIter iter;
  gpointer polled;

  g_mutex_lock (&lock);
  is_ending = TRUE;
  while (other_threads_test ())
    g_cond_wait (&round_ended, &lock);

  g_hash_table_iter_init (&iter, polled_requests);
  while (g_hash_table_iter_next (&iter, NULL, &polled))
    if (!((PolledRequest *) polled)->is_tested)
      g_ptr_array_add (over, polled);
  for (guint i = 0; i < over->len; i++)
    {
      PolledRequest *self = over->pdata[i];

      g_clear_error (&self->error);
      ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Test",
                          "MPI is finalized, and the operation has not completed");
      polled_end (self);
    }
  is_ending = FALSE;
  g_mutex_unlock (&lock);
}

/* Under the lock. */
static RequestPoller *
poller_new (GMainContext *context)
{
  RequestPoller *self = (RequestPoller *) g_source_new (&poller_funcs, sizeof (RequestPoller));

  g_source_set_static_name (&self->source, "ompi_obj requests");
  g_source_set_can_recurse (&self->source, TRUE);
  self->context = context;
  self->timer = -1;
  g_queue_init (&self->watches);
#ifdef HAVE_TIMERFD_CREATE
  self->timer = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->timer >= 0)
    g_source_add_unix_fd (&self->source, self->timer, G_IO_IN);
#endif
  g_hash_table_insert (pollers, context, self);
  g_source_attach (&self->source, context);
  g_source_unref (&self->source); /* the context has it, till the end */
  return self;
}

/* Under the lock. */
static RequestPoller *
poller_get (GMainContext *context)
{
  RequestPoller *self;

  if (pollers == NULL)
    {
      pollers = g_hash_table_new (NULL, NULL);
      polled_requests = g_hash_table_new (NULL, NULL);
      ompi_obj_environment_add_end_func (pollers_end);
    }
  self = g_hash_table_lookup (pollers, context);
  return self != NULL ? self : poller_new (context);
}

/* Under the lock. The poller is as urgent as the most urgent of its watches. */
static void
poller_note_watch (RequestPoller *self, gint priority)
{
  if (self->watches.length == 1 || priority < self->priority)
    {
      self->priority = priority;
      if (g_source_get_priority (&self->source) != priority)
        g_source_set_priority (&self->source, priority);
    }
  self->last_event = g_get_monotonic_time ();
  g_atomic_int_set (&self->is_spinning, TRUE);
  poller_set_timer (self, 0); /* the context may be asleep, or about to sleep */
}

void
request_watch_start (RequestWatch *self, MpiRequest *request, GMainContext *context, gint priority)
{
  RequestPoller *poller;

  if (context == NULL)
    context = g_main_context_default ();
  g_mutex_lock (&lock);
  poller = poller_get (context);
  watch_link (self, polled_get (request), poller);
  poller_note_watch (poller, priority);
  g_mutex_unlock (&lock);
}

void
request_watch_stop (RequestWatch *self)
{
  PolledRequest *over = NULL;

  g_mutex_lock (&lock);
  if (self->polled != NULL)
    {
      PolledRequest *polled = self->polled;

      watch_unlink (self);
      if (polled->watches.length == 0 && !polled->is_tested)
        {
          g_hash_table_remove (polled_requests, polled->request);
          over = polled;
        }
    }
  g_mutex_unlock (&lock);
  if (over != NULL)
    polled_free (over);
}
