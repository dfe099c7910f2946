/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A program in a main loop that waits for slow ranks and stays responsive meanwhile.
 *
 *     mpirun -n 2 responsive [--slowness SECONDS] [--patience SECONDS]
 *
 * Rank 0 is what a graphical program or a server would be: it has a main loop, and a timer in it that ticks as long as
 * it is alive. It sends each other rank a question and waits for the answers without blocking; each comes to a
 * callback. The other ranks are workers without a loop, and take their time. With --patience rank 0 gives up after a
 * while: it cancels what it still waits for and goes on, and the late answers are received and ignored, for the
 * workers must be able to send them.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define TAG_QUESTION 1
#define TAG_ANSWER 2
#define TICK_MS 20

typedef struct
{
  MpiComm *comm;
  GMainLoop *loop;
  GCancellable *cancellable;
  gint n_awaited;
  gint n_answers;
  gint n_missed;
  guint n_ticks;
  gint64 last_tick;
  gint64 longest_pause;
  GError *error;
} Asker;

/* A loop that is blocked cannot tick; how long it was blocked at most is seen in the pauses between ticks. */
static gboolean
on_tick (gpointer data)
{
  Asker *self = data;
  gint64 now = g_get_monotonic_time ();

  self->longest_pause = MAX (self->longest_pause, now - self->last_tick);
  self->last_tick = now;
  self->n_ticks++;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_out_of_patience (gpointer data)
{
  g_cancellable_cancel (((Asker *) data)->cancellable);
  return G_SOURCE_REMOVE;
}

static void
asker_fail (Asker *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void
on_answer (GObject *comm, GAsyncResult *result, gpointer data)
{
  Asker *self = data;
  GError *error = NULL;
  MpiStatus status;
  g_autoptr (GVariant) answer = ompi_obj_comm_recv_variant_finish (OMPI_OBJ_COMM (comm), result, &status, &error);

  if (answer != NULL)
    {
      self->n_answers++;
      g_print ("rank %d answers %s\n", ompi_obj_status_get_source (&status), g_variant_get_string (answer, NULL));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->n_missed++;
      g_clear_error (&error);
    }
  else
    asker_fail (self, error);

  if (--self->n_awaited == 0)
    g_main_loop_quit (self->loop);
}

static void
on_question_sent (GObject *comm, GAsyncResult *result, gpointer data)
{
  Asker *self = data;
  GError *error = NULL;

  if (!ompi_obj_comm_send_variant_finish (OMPI_OBJ_COMM (comm), result, &error))
    asker_fail (self, error);
  if (--self->n_awaited == 0)
    g_main_loop_quit (self->loop);
}

static void
ask_all (Asker *self)
{
  for (gint rank = 1; rank < ompi_obj_comm_get_size (self->comm); rank++)
    {
      self->n_awaited += 2;
      ompi_obj_comm_send_variant_async (self->comm, g_variant_new_int32 (6), rank, TAG_QUESTION, G_PRIORITY_DEFAULT,
                                        NULL, on_question_sent, self);
      ompi_obj_comm_recv_variant_async (self->comm, rank, TAG_ANSWER, G_PRIORITY_DEFAULT, self->cancellable, on_answer,
                                        self);
    }
}

/* A cancelled receive leaves its message to the next one. */
static gboolean
receive_what_was_missed (Asker *self, GError **error)
{
  for (gint i = 0; i < self->n_missed; i++)
    {
      g_autoptr (GVariant) late = ompi_obj_comm_recv_variant (self->comm, OMPI_OBJ_ANY_SOURCE, TAG_ANSWER, NULL, error);

      if (late == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_asker (MpiComm *comm, gdouble patience, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Asker self = { .comm = comm, .loop = loop, .cancellable = cancellable, .last_tick = g_get_monotonic_time () };
  guint ticking = g_timeout_add (TICK_MS, on_tick, &self);
  guint waiting = patience > 0 ? g_timeout_add ((guint) (patience * 1000), on_out_of_patience, &self) : 0;
  gint64 began = g_get_monotonic_time ();

  ask_all (&self);
  if (self.n_awaited > 0)
    g_main_loop_run (loop);
  g_source_remove (ticking);
  if (waiting != 0 && !g_cancellable_is_cancelled (cancellable))
    g_source_remove (waiting);
  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  g_print ("%d answers, %d missed in %.1f s; the timer ticked %u times, with a pause of %.0f ms at most\n",
           self.n_answers, self.n_missed, (gdouble) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, self.n_ticks,
           (gdouble) self.longest_pause / 1000);
  return receive_what_was_missed (&self, error);
}

static gboolean
run_worker (MpiComm *comm, gdouble slowness, GError **error)
{
  g_autoptr (GVariant) question = ompi_obj_comm_recv_variant (comm, 0, TAG_QUESTION, NULL, error);
  g_autofree gchar *answer = NULL;

  if (question == NULL)
    return FALSE;
  g_usleep ((gulong) (slowness * ompi_obj_comm_get_rank (comm) * G_USEC_PER_SEC));
  answer = g_strdup_printf ("%d", 7 * g_variant_get_int32 (question));
  return ompi_obj_comm_send_variant (comm, g_variant_new_string (answer), 0, TAG_ANSWER, error);
}

static gint
body (gint argc, gchar **argv, GError **error)
{
  gdouble slowness = 1;
  gdouble patience = 0;
  const GOptionEntry entries[] = {
    { "slowness", 0, 0, G_OPTION_ARG_DOUBLE, &slowness, "How long rank 1 works; rank 2 twice as long", "SECONDS" },
    { "patience", 0, 0, G_OPTION_ARG_DOUBLE, &patience, "When rank 0 gives up", "SECONDS" },
    { 0 }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("- stays responsive while it waits");
  MpiComm *world = ompi_obj_comm_world ();

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, error))
    return EXIT_FAILURE;
  /* One rank says so; the others wait for its question, and end with it. */
  if (ompi_obj_comm_get_rank (world) == 0 && (slowness < 0 || patience < 0))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "seconds must not be negative");
      return EXIT_FAILURE;
    }
  if (ompi_obj_comm_get_rank (world) == 0)
    return run_asker (world, patience, error) ? EXIT_SUCCESS : EXIT_FAILURE;
  return run_worker (world, slowness, error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, body);
}
