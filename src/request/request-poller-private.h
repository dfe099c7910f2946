/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Who tests requests while a program is in its main loop.
 *
 * MPI tells nobody when an operation completes, so somebody must ask. One source in each main context asks for all
 * requests that are watched there, with the public test() of each, in the thread that runs the context.
 */

#include <gio/gio.h>

#include <ompi_obj/request.h>

typedef struct _RequestPoller RequestPoller;
typedef struct _PolledRequest PolledRequest;
typedef struct _RequestWatch RequestWatch;

/*
 * The request has completed, has failed, or nobody will ask for it any more. Called once, in any thread and with a lock
 * held: it must not call MPI, nor code of the program's. The watch is not used any more.
 */
typedef void (*RequestWatchFunc) (RequestWatch *watch, const MpiStatus *status, const GError *error);

/* Somebody who wants to know when a request has completed: a part of what he has himself. */
struct _RequestWatch
{
  GCancellable *cancellable; /* looked at with each test; may be NULL */
  gboolean only_looks;       /* leaves the request as it is: to be waited for or tested by the program */
  RequestWatchFunc ended;

  gboolean is_cancelled; /* the cancellable was, in the present round */
  PolledRequest *polled; /* NULL: not watched */
  RequestPoller *poller;
  GList link_in_poller;
  GList link_in_polled;
};

/*
 * Watches REQUEST, in any state, until it completes or the watch is stopped. When its cancellable is cancelled MPI is
 * asked to cancel the operation, if nobody else watches it; where MPI cannot, the watch ends with G_IO_ERROR_CANCELLED
 * and the request is asked for as before, for other ranks may depend on that.
 */
void request_watch_start (RequestWatch *self, MpiRequest *request, GMainContext *context, gint priority);

/* After this `ended` is not called. Does nothing with a watch that has ended. */
void request_watch_stop (RequestWatch *self);

/*
 * The number of the present round of tests, if the calling thread is in one; else 0. What tests of several requests
 * have to do in common needs doing once in a round.
 */
guint request_poller_get_round (void);
