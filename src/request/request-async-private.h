/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the methods in two halves, ..._async() and ..._finish(), have in common: the first starts a request, the second
 * takes the result out of it when it has completed.
 */

#include <gio/gio.h>

#include <ompi_obj/request.h>

/* A task whose result counts even if it is cancelled in the last moment: what was received must not be lost. */
GTask *request_task_new (gpointer source_object,
                         gpointer tag,
                         gint io_priority,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/*
 * Has the task return when REQUEST has completed, in its own context. Takes over all three; REQUEST is NULL where
 * ERROR is not.
 */
void request_task_await (GTask *task, MpiRequest *request, GError *error);

/* The same for several, at least one, of which the task gets references; the first is what it returns. */
void request_task_await_all (GTask *task, MpiRequest **requests, gsize n_requests);

/* Whether the operation need not be started, as it is cancelled already; then the task has returned. Takes it over. */
gboolean request_task_return_if_cancelled (GTask *task);

/* Whether RESULT is of the first half of the method TAG of OBJECT. */
gboolean request_task_is_valid (GAsyncResult *result, gpointer object, gpointer tag);

/* The request, which has completed without an error; else NULL. */
MpiRequest *request_task_finish (GAsyncResult *result, MpiStatus *status, GError **error);
