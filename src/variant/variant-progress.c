/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <signal.h>

#include "variant-progress-private.h"
#include "variant-request-private.h"

#define LOOK_INTERVAL (1 * G_TIME_SPAN_MILLISECOND)

static GMutex progress_lock; /* never held in a call of MPI */
static GCond progress_changed;
static GQueue watched = G_QUEUE_INIT; /* of MpiCommHandle, with a reference to each */
static GThread *progress_thread;
static gboolean is_stopping;

/* Looks once on each communicator, and forgets those on which nothing is pending any more. */
static void
progress_look (void)
{
  GQueue looked_at = watched;

  g_queue_init (&watched);
  g_mutex_unlock (&progress_lock);
  for (GList *link = looked_at.head; link != NULL;)
    {
      GList *next = link->next;

      if (!variant_request_look (link->data))
        {
          ompi_obj_comm_handle_unref (link->data);
          g_queue_delete_link (&looked_at, link);
        }
      link = next;
    }
  g_mutex_lock (&progress_lock);

  while (looked_at.length > 0)
    g_queue_push_head_link (&watched, g_queue_pop_tail_link (&looked_at));
}

static gpointer
progress_run (gpointer data G_GNUC_UNUSED)
{
  g_mutex_lock (&progress_lock);
  while (!is_stopping)
    {
      if (watched.length == 0)
        {
          g_cond_wait (&progress_changed, &progress_lock);
          continue;
        }
      g_cond_wait_until (&progress_changed, &progress_lock, g_get_monotonic_time () + LOOK_INTERVAL);
      if (!is_stopping)
        progress_look ();
    }
  g_mutex_unlock (&progress_lock);
  return NULL;
}

/* Before MPI ends: a thread of the library's must not be in a call of it then. */
static void
progress_stop (void)
{
  GThread *thread;
  MpiCommHandle *handle;

  g_mutex_lock (&progress_lock);
  thread = g_steal_pointer (&progress_thread);
  is_stopping = TRUE;
  g_cond_signal (&progress_changed);
  g_mutex_unlock (&progress_lock);

  if (thread != NULL)
    g_thread_join (thread);
  while ((handle = g_queue_pop_head (&watched)) != NULL)
    ompi_obj_comm_handle_unref (handle);
  is_stopping = FALSE;
}

/* The program's signals are not for this thread. Without one, those who wait look for themselves, as ever. */
static void
progress_start (void)
{
  int level = MPI_THREAD_SINGLE;
  sigset_t all;
  sigset_t before;

  MPI_Query_thread (&level);
  if (level != MPI_THREAD_MULTIPLE)
    return;
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  progress_thread = g_thread_try_new ("ompi_obj values", progress_run, NULL, NULL);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  if (progress_thread != NULL)
    ompi_obj_environment_add_end_func (progress_stop);
}

void
variant_progress_watch (MpiCommHandle *handle)
{
  g_mutex_lock (&progress_lock);
  if (progress_thread == NULL)
    progress_start ();
  if (progress_thread != NULL)
    {
      g_queue_push_tail (&watched, ompi_obj_comm_handle_ref (handle));
      if (watched.length == 1)
        g_cond_signal (&progress_changed);
    }
  g_mutex_unlock (&progress_lock);
}
