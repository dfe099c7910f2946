/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of the main loop share: outcomes of calls in two halves, and running the loop until they are there. */

#include <gio/gio.h>

#include "harness.h"

#include <ompi_obj/async.h>

typedef struct
{
  GAsyncResult *result; /* NULL: not yet */
  guint n_calls;
  guint order; /* among all outcomes */
  GThread *thread;
} Outcome;

static guint n_outcomes;

G_GNUC_UNUSED static void
on_outcome (G_GNUC_UNUSED GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  g_set_object (&outcome->result, result);
  outcome->n_calls++;
  outcome->order = (guint) g_atomic_int_add ((gint *) &n_outcomes, 1);
  outcome->thread = g_thread_self ();
}

/* The context of this thread. */
G_GNUC_UNUSED static void
run_until (Outcome *outcome)
{
  GMainContext *context = g_main_context_get_thread_default ();

  while (outcome->result == NULL)
    g_main_context_iteration (context, TRUE);
}

G_GNUC_UNUSED static void
outcome_clear (Outcome *outcome)
{
  ck_assert_uint_eq (outcome->n_calls, outcome->result != NULL);
  g_clear_object (&outcome->result);
  *outcome = (Outcome){ 0 };
}

G_GNUC_UNUSED static void
await_request (MpiRequest *request, Outcome *outcome)
{
  ompi_obj_request_wait_async (request, G_PRIORITY_DEFAULT, NULL, on_outcome, outcome);
}

/* Runs the loop until a wait has ended, and gives how. */
G_GNUC_UNUSED static gboolean
wait_outcome (MpiRequest *request, Outcome *outcome, MpiStatus *status, GError **error)
{
  gboolean succeeded;

  run_until (outcome);
  succeeded = ompi_obj_request_wait_finish (request, outcome->result, status, error);
  outcome_clear (outcome);
  return succeeded;
}

G_GNUC_UNUSED static void
assert_cancelled (GError **error)
{
  ck_assert_msg (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED), "not cancelled: %s",
                 *error != NULL ? (*error)->message : "no error");
  g_clear_error (error);
}
