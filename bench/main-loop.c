/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What waiting in a main loop costs: the time of the processor while nothing happens, and how late a message is
 * noticed.
 *
 * Rank 0 waits in its loop, rank 1 sends when it has slept for a while. The time at which it sends is in the message,
 * by the clock that all processes of a machine have in common; so both ranks must be on one machine.
 *
 * Usage: mpirun -n 2 main-loop [SECONDS-PER-ROW]
 */
#include "measure.h"

#include <stdlib.h>
#include <sys/resource.h>

#define TAG_MESSAGE 3
#define TAG_READY 4
#define MAX_PENDING 300
#define MAX_MESSAGES 1000

typedef struct
{
  gint rank;
  MpiComm *comm;
  gdouble seconds;
  gint64 data[MAX_PENDING];
  guint n_pending;
  gint64 arrived;
  GError *error;
} Bench;

typedef void (*ReceiveFunc) (Bench *self, guint which);

/* Receiving */

static void
note_error (Bench *self, GError *error)
{
  if (error != NULL && self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
}

static void
on_buffer (GObject *object, GAsyncResult *result, gpointer data)
{
  Bench *self = data;
  GError *error = NULL;

  self->arrived = g_get_monotonic_time ();
  self->n_pending--;
  ompi_obj_request_wait_finish (OMPI_OBJ_REQUEST (object), result, NULL, &error);
  note_error (self, error);
}

static void
receive_buffer (Bench *self, guint which)
{
  GError *error = NULL;
  g_autoptr (MpiRequest) request =
      ompi_obj_comm_irecv (self->comm, OMPI_OBJ_DATA (&self->data[which], 1), 1, TAG_MESSAGE, &error);

  if (request != NULL)
    {
      self->n_pending++;
      ompi_obj_request_wait_async (request, G_PRIORITY_DEFAULT, NULL, on_buffer, self);
    }
  note_error (self, error);
}

static void
on_value (GObject *object, GAsyncResult *result, gpointer data)
{
  Bench *self = data;
  GError *error = NULL;
  g_autoptr (GVariant) value = NULL;

  self->arrived = g_get_monotonic_time ();
  self->n_pending--;
  value = ompi_obj_comm_recv_variant_finish (OMPI_OBJ_COMM (object), result, NULL, &error);
  if (value != NULL)
    self->data[0] = g_variant_get_int64 (value);
  note_error (self, error);
}

static void
receive_value (Bench *self, guint which G_GNUC_UNUSED)
{
  self->n_pending++;
  ompi_obj_comm_recv_variant_async (self->comm, 1, TAG_MESSAGE, G_PRIORITY_DEFAULT, NULL, on_value, self);
}

static gboolean
send_time (Bench *self, ReceiveFunc receive, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (receive == receive_value)
    return ompi_obj_comm_send_variant (self->comm, g_variant_new_int64 (now), 0, TAG_MESSAGE, error);
  return ompi_obj_comm_send (self->comm, OMPI_OBJ_DATA (&now, 1), 0, TAG_MESSAGE, error);
}

/* Both ranks go on together: rank 1 begins to sleep when rank 0 is ready. */
static gboolean
meet (Bench *self, GError **error)
{
  gint nothing = 0;

  return self->rank == 0 ? ompi_obj_comm_send (self->comm, OMPI_OBJ_DATA (&nothing, 1), 1, TAG_READY, error)
                         : ompi_obj_comm_recv (self->comm, OMPI_OBJ_DATA (&nothing, 1), 0, TAG_READY, NULL, error);
}

static gboolean
report_failure (Bench *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Idle */

static gboolean
stop_idling (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static gdouble
seconds_of (const struct timeval *time)
{
  return (gdouble) time->tv_sec + (gdouble) time->tv_usec / G_USEC_PER_SEC;
}

/* Runs the loop for a while in which nothing comes. */
static void
idle (Bench *self, const gchar *label)
{
  struct rusage before;
  struct rusage after;
  gboolean is_over = FALSE;
  const gint64 began = g_get_monotonic_time ();
  gdouble elapsed;

  g_timeout_add ((guint) (self->seconds * 1000), stop_idling, &is_over);
  getrusage (RUSAGE_SELF, &before);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  getrusage (RUSAGE_SELF, &after);
  elapsed = (gdouble) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;

  g_print ("%-36s %9.2f %9.2f %11.0f\n", label,
           100 * (seconds_of (&after.ru_utime) - seconds_of (&before.ru_utime)) / elapsed,
           100 * (seconds_of (&after.ru_stime) - seconds_of (&before.ru_stime)) / elapsed,
           (gdouble) (after.ru_nvcsw - before.ru_nvcsw) / elapsed);
}

static gboolean
measure_idle (Bench *self, const gchar *label, ReceiveFunc receive, guint n, GError **error)
{
  if (self->rank == 1)
    {
      if (!meet (self, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        if (!send_time (self, receive, error))
          return FALSE;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    receive (self, i);
  idle (self, label);
  if (!meet (self, error))
    return FALSE;
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  return report_failure (self, error);
}

/* Delivery */

static gint
compare_delays (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : *(const gint64 *) a > *(const gint64 *) b;
}

/* Rank 0 waits for a message in its loop or, without RECEIVE, in MPI; gives how late it noticed. */
static gboolean
deliver (Bench *self, ReceiveFunc receive, gint64 *delay, GError **error)
{
  if (receive != NULL)
    receive (self, 0);
  if (!meet (self, error))
    return FALSE;
  if (receive == NULL)
    {
      if (!ompi_obj_comm_recv (self->comm, OMPI_OBJ_DATA (&self->data[0], 1), 1, TAG_MESSAGE, NULL, error))
        return FALSE;
      self->arrived = g_get_monotonic_time ();
    }
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  *delay = self->arrived - self->data[0];
  return report_failure (self, error);
}

static gboolean
measure_delivery (Bench *self, const gchar *label, ReceiveFunc receive, gulong sleep, GError **error)
{
  gint64 delays[MAX_MESSAGES];
  const guint n = CLAMP ((guint) (self->seconds * G_USEC_PER_SEC / (gdouble) (sleep + 50)), 20, MAX_MESSAGES);

  for (guint i = 0; i < n; i++)
    {
      if (self->rank == 0)
        {
          if (!deliver (self, receive, &delays[i], error))
            return FALSE;
          continue;
        }
      if (!meet (self, error))
        return FALSE;
      if (sleep > 0)
        g_usleep (sleep);
      if (!send_time (self, receive, error))
        return FALSE;
    }
  if (self->rank == 0)
    {
      qsort (delays, n, sizeof delays[0], compare_delays);
      g_print ("%-24s %11.1f %9d %9d %9d %8u\n", label, (gdouble) sleep / 1000, (gint) delays[n / 2],
               (gint) delays[n * 9 / 10], (gint) delays[n - 1], n);
    }
  return TRUE;
}

static gint
run (gint argc, gchar **argv, GError **error)
{
  static const gulong sleeps[] = { 0, 100, 1000, 10000 };
  Bench self = { .comm = ompi_obj_comm_world (), .seconds = measure_seconds_from_arguments (argc, argv) };

  self.rank = ompi_obj_comm_get_rank (self.comm);
  if (ompi_obj_comm_get_size (self.comm) != 2)
    {
      g_set_error (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_ARG, "this program needs 2 ranks, not %d",
                   ompi_obj_comm_get_size (self.comm));
      return 1;
    }

  if (self.rank == 0)
    g_print ("\nA main loop that waits: the time of one processor\n%-36s %9s %9s %11s\n", "waiting for", "user %",
             "system %", "wake-ups/s");
  if (!measure_idle (&self, "nothing", receive_buffer, 0, error)
      || !measure_idle (&self, "a message", receive_buffer, 1, error)
      || !measure_idle (&self, "300 messages", receive_buffer, MAX_PENDING, error)
      || !measure_idle (&self, "a value", receive_value, 1, error)
      || !measure_idle (&self, "300 values", receive_value, MAX_PENDING, error))
    return 1;

  if (self.rank == 0)
    g_print ("\nHow late what was sent is noticed, in microseconds\n%-24s %11s %9s %9s %9s %8s\n", "by", "waited ms",
             "median", "90 %", "longest", "messages");
  for (gsize i = 0; i < G_N_ELEMENTS (sleeps); i++)
    if (!measure_delivery (&self, "recv, which blocks", NULL, sleeps[i], error)
        || !measure_delivery (&self, "wait_async", receive_buffer, sleeps[i], error)
        || !measure_delivery (&self, "recv_variant_async", receive_value, sleeps[i], error))
      return 1;
  return 0;
}

gint
main (gint argc, gchar **argv)
{
  return ompi_obj_run (argc, argv, run);
}
