/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/async.h>

#include "comm-private.h"
#include "request-async-private.h"

/*
 * MPI has no requests for these, so each blocks in a thread of its own. Nothing can end such a thread early: when the
 * task is cancelled it returns, and what the thread brings later is freed.
 */

typedef struct _Blocking Blocking;

struct _Blocking
{
  MpiComm *comm;
  GTask *task;        /* NULL: it has returned */
  GSource *cancelled; /* NULL: it cannot be */
  gpointer (*run) (Blocking *self, GError **error);

  /* Arguments */
  gchar *port_name;
  MpiInfo *info;
  gint root;
  GPtrArray *commands; /* of MpiSpawnCommand */

  /* What spawn gives besides */
  gint *error_codes;
  gsize n_error_codes;
};

static void
blocking_free (gpointer data)
{
  Blocking *self = data;

  g_clear_object (&self->comm);
  g_clear_object (&self->info);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_free (self->port_name);
  g_free (self->error_codes);
  g_free (self);
}

static Blocking *
blocking_new (MpiComm *comm, gpointer (*run) (Blocking *self, GError **error))
{
  Blocking *self = g_new0 (Blocking, 1);

  self->comm = g_object_ref (comm);
  self->run = run;
  return self;
}

/* Gives the task, which returns now. */
static GTask *
blocking_take_task (Blocking *self)
{
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  return g_steal_pointer (&self->task);
}

static gboolean
blocking_was_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  Blocking *self = g_task_get_task_data (data);
  g_autoptr (GTask) task = blocking_take_task (self);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Called in the context of the task, as the source above is, so only one of them finds it. */
static void
blocking_done (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data G_GNUC_UNUSED)
{
  Blocking *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) task = blocking_take_task (self);
  g_autoptr (GObject) made = NULL;
  GError *error = NULL;

  made = g_task_propagate_pointer (G_TASK (result), &error);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    {
      g_object_set_data_full (G_OBJECT (task), "error-codes", g_steal_pointer (&self->error_codes), g_free);
      g_object_set_data (G_OBJECT (task), "n-error-codes", GSIZE_TO_POINTER (self->n_error_codes));
      g_task_return_pointer (task, g_steal_pointer (&made), g_object_unref);
    }
}

static void
blocking_run (GTask *work, gpointer object G_GNUC_UNUSED, gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
  Blocking *self = data;
  GError *error = NULL;
  gpointer made = self->run (self, &error);

  if (made != NULL)
    g_task_return_pointer (work, made, g_object_unref);
  else
    g_task_return_error (work, error);
}

static gboolean
threads_may_call_mpi (const char *function, GError **error)
{
  if (!environment_ensure (function, error))
    return FALSE;
  if (ompi_obj_query_thread () == OMPI_OBJ_THREAD_LEVEL_MULTIPLE)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "it blocks in a thread of its own, which takes MPI_THREAD_MULTIPLE; initialize MPI with "
                      "ompi_obj_init_thread(), or call the function that blocks");
  return FALSE;
}

/*
 * Takes over all but COMM. It is started even if it was cancelled already: the other ranks need this one.
 */
static void
blocking_start (Blocking *self, const char *function, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GTask) work = NULL;
  GError *error = NULL;

  if (!threads_may_call_mpi (function, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      blocking_free (self);
      return;
    }
  self->task = task;
  work = g_task_new (NULL, NULL, blocking_done, NULL);
  g_task_set_priority (work, g_task_get_priority (task));
  g_task_set_task_data (work, self, blocking_free);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_priority (self->cancelled, g_task_get_priority (task));
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (blocking_was_cancelled), g_object_ref (work),
                             g_object_unref);
      g_source_attach (self->cancelled, g_task_get_context (task));
    }
  g_task_run_in_thread (work, blocking_run);
}

static gpointer
run_accept (Blocking *self, GError **error)
{
  return ompi_obj_intracomm_accept_port ((MpiIntracomm *) self->comm, self->port_name, self->info, self->root, error);
}

static gpointer
run_connect (Blocking *self, GError **error)
{
  return ompi_obj_intracomm_connect_port ((MpiIntracomm *) self->comm, self->port_name, self->info, self->root, error);
}

static gpointer
run_spawn (Blocking *self, GError **error)
{
  return ompi_obj_intracomm_spawn_multiple ((MpiIntracomm *) self->comm,
                                            (const MpiSpawnCommand *const *) self->commands->pdata, self->commands->len,
                                            self->root, &self->error_codes, &self->n_error_codes, error);
}

static gpointer
run_disconnect (Blocking *self, GError **error)
{
  return ompi_obj_comm_disconnect_peers (self->comm, error) ? g_object_ref (self->comm) : NULL;
}

static Blocking *
meeting_new (MpiIntracomm *comm,
             const gchar *port_name,
             MpiInfo *info,
             gint root,
             gpointer (*run) (Blocking *self, GError **error))
{
  Blocking *self = blocking_new (OMPI_OBJ_COMM (comm), run);

  self->port_name = g_strdup (port_name);
  self->info = info != NULL ? g_object_ref (info) : NULL;
  self->root = root;
  return self;
}

/**
 * ompi_obj_intracomm_accept_port_async:
 * @self: the communicator of the ranks that shall be connected
 * @port_name: (nullable): at the root, a port that it opened with [func@Mpi.open_port]; elsewhere ignored
 * @info: (nullable): at the root, hints for MPI, or %NULL; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when a program has connected; it calls
 *   [method@Mpi.Intracomm.accept_port_finish]
 * @user_data: data for @callback
 *
 * Waits for another program that connects to a port: the form of [method@Mpi.Intracomm.accept_port] for programs in
 * a main loop. Collective.
 *
 * MPI cannot be asked whether somebody has come, so this waits in a thread, and until it has ended no other collective
 * may be called on @self; a duplicate is free for that. MPI must allow [enum@Mpi.ThreadLevel.multiple], as it does if
 * the library initialized it. Cancelling ends the call, but not the thread: it takes the next program that connects
 * and disconnects it. MPI cannot be finalized before that, so a server ends by connecting to itself, or with
 * [method@Mpi.Comm.abort].
 *
 * Mirrors `MPI_Comm_accept` (MPI-4.0, section 11.9.2).
 *
 * Since: 1.0
 */
void
ompi_obj_intracomm_accept_port_async (MpiIntracomm *self,
                                      const gchar *port_name,
                                      MpiInfo *info,
                                      gint root,
                                      gint io_priority,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (OMPI_OBJ_IS_INTRACOMM (self));
  g_return_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  blocking_start (meeting_new (self, port_name, info, root, run_accept), "MPI_Comm_accept",
                  request_task_new (self, ompi_obj_intracomm_accept_port_async, io_priority, cancellable, callback,
                                    user_data));
}

/**
 * ompi_obj_intracomm_accept_port_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Intracomm.accept_port_async].
 *
 * Errors: those of [method@Mpi.Intracomm.accept_port], [error@Mpi.Error.unsupported] if threads may not call MPI, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the communicator with the other program; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_accept_port_finish (MpiIntracomm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_intracomm_accept_port_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ompi_obj_intracomm_connect_port_async:
 * @self: the communicator of the ranks that shall be connected
 * @port_name: (nullable): at the root, the port of another program; elsewhere ignored
 * @info: (nullable): at the root, hints for MPI, or %NULL; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the programs are connected; it calls
 *   [method@Mpi.Intracomm.connect_port_finish]
 * @user_data: data for @callback
 *
 * Connects to a port of another program: the form of [method@Mpi.Intracomm.connect_port] for programs in a main loop.
 * Collective. It waits in a thread, of which [method@Mpi.Intracomm.accept_port_async] says what there is to know.
 *
 * Mirrors `MPI_Comm_connect` (MPI-4.0, section 11.9.3).
 *
 * Since: 1.0
 */
void
ompi_obj_intracomm_connect_port_async (MpiIntracomm *self,
                                       const gchar *port_name,
                                       MpiInfo *info,
                                       gint root,
                                       gint io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (OMPI_OBJ_IS_INTRACOMM (self));
  g_return_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  blocking_start (meeting_new (self, port_name, info, root, run_connect), "MPI_Comm_connect",
                  request_task_new (self, ompi_obj_intracomm_connect_port_async, io_priority, cancellable, callback,
                                    user_data));
}

/**
 * ompi_obj_intracomm_connect_port_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Intracomm.connect_port_async].
 *
 * Errors: those of [method@Mpi.Intracomm.connect_port], [error@Mpi.Error.unsupported] if threads may not call MPI, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the communicator with the other program; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_connect_port_finish (MpiIntracomm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_intracomm_connect_port_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ompi_obj_intracomm_spawn_multiple_async:
 * @self: the communicator of the parents
 * @commands: (array length=n_commands) (nullable): at the root, the programs; elsewhere ignored
 * @n_commands: their number; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the programs run; it calls
 *   [method@Mpi.Intracomm.spawn_multiple_finish]
 * @user_data: data for @callback
 *
 * Starts one program or several: the form of [method@Mpi.Intracomm.spawn_multiple] for programs in a main loop.
 * Collective. It waits in a thread, of which [method@Mpi.Intracomm.accept_port_async] says what there is to know; if it
 * was cancelled the programs are started and find no parent that talks with them.
 *
 * Mirrors `MPI_Comm_spawn_multiple` (MPI-4.0, section 11.8.3).
 *
 * Since: 1.0
 */
void
ompi_obj_intracomm_spawn_multiple_async (MpiIntracomm *self,
                                         const MpiSpawnCommand *const *commands,
                                         gsize n_commands,
                                         gint root,
                                         gint io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  Blocking *spawn;

  g_return_if_fail (OMPI_OBJ_IS_INTRACOMM (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  spawn = blocking_new (OMPI_OBJ_COMM (self), run_spawn);
  spawn->root = root;
  spawn->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) ompi_obj_spawn_command_free);
  for (gsize i = 0; i < n_commands && commands != NULL; i++)
    g_ptr_array_add (spawn->commands, ompi_obj_spawn_command_copy (commands[i]));
  blocking_start (spawn, "MPI_Comm_spawn_multiple",
                  request_task_new (self, ompi_obj_intracomm_spawn_multiple_async, io_priority, cancellable, callback,
                                    user_data));
}

/**
 * ompi_obj_intracomm_spawn_multiple_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error_codes: (out) (optional) (array length=n_error_codes) (transfer full): MPI's code for each process of
 *   each command, one command after the other; 0 for one that was started
 * @n_error_codes: (out) (optional): the number of processes
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Intracomm.spawn_multiple_async].
 *
 * Errors: those of [method@Mpi.Intracomm.spawn], [error@Mpi.Error.unsupported] if threads may not call MPI, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the communicator with the children; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_spawn_multiple_finish (MpiIntracomm *self,
                                          GAsyncResult *result,
                                          gint **error_codes,
                                          gsize *n_error_codes,
                                          GError **error)
{
  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_intracomm_spawn_multiple_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_error_codes != NULL)
    *n_error_codes = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (result), "n-error-codes"));
  if (error_codes != NULL)
    *error_codes = g_object_steal_data (G_OBJECT (result), "error-codes");
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ompi_obj_comm_disconnect_peers_async:
 * @self: a communicator
 * @io_priority: the priority of the callback, such as %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): a cancellable, or %NULL
 * @callback: (scope async) (nullable): called when the ranks are disconnected; it calls
 *   [method@Mpi.Comm.disconnect_peers_finish]
 * @user_data: data for @callback
 *
 * Waits until all messages on a communicator have arrived, and frees it: the form of
 * [method@Mpi.Comm.disconnect_peers] for programs in a main loop. Collective. It waits in a thread, of which
 * [method@Mpi.Intracomm.accept_port_async] says what there is to know.
 *
 * Mirrors `MPI_Comm_disconnect` (MPI-4.0, section 11.10.4).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_disconnect_peers_async (MpiComm *self,
                                      gint io_priority,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (comm_check_type (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  blocking_start (blocking_new (self, run_disconnect), "MPI_Comm_disconnect",
                  request_task_new (self, ompi_obj_comm_disconnect_peers_async, io_priority, cancellable, callback,
                                    user_data));
}

/**
 * ompi_obj_comm_disconnect_peers_finish:
 * @self: a communicator
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends [method@Mpi.Comm.disconnect_peers_async].
 *
 * Errors: those of [method@Mpi.Comm.disconnect_peers], [error@Mpi.Error.unsupported] if threads may not call MPI, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_disconnect_peers_finish (MpiComm *self, GAsyncResult *result, GError **error)
{
  g_autoptr (MpiComm) comm = NULL;

  g_return_val_if_fail (request_task_is_valid (result, self, ompi_obj_comm_disconnect_peers_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  comm = g_task_propagate_pointer (G_TASK (result), error);
  return comm != NULL;
}
