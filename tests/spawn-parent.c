/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Starts tests/spawn-worker.c in many ways; run by tests/test-dynamic.sh, one case at a time. Rank 0 prints "good" if
 * all ranks are content with the case; a rank that is not says why and ends the job.
 *
 *   spawn-parent CASE [WORKER or SERVER [VISITORS]]
 */

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/ompi_obj.h>

static MpiComm *world;
static gint rank;
static gint size;
static const gchar *worker; /* or the name of a server */
static const gchar *last_argument;

/* A rank that is not content ends the job, so that nobody waits for it. */
#define CHECK(expression)                                                             \
  do                                                                                  \
    {                                                                                 \
      if (!(expression))                                                              \
        {                                                                             \
          g_printerr ("rank %d: %s:%d: %s\n", rank, __FILE__, __LINE__, #expression); \
          ompi_obj_comm_abort (world, EXIT_FAILURE);                                  \
        }                                                                             \
    }                                                                                 \
  while (0)

#define CHECK_ERROR(error, expected, text)                                                                \
  do                                                                                                      \
    {                                                                                                     \
      CHECK (error != NULL);                                                                              \
      if (!g_error_matches (error, OMPI_OBJ_ERROR, expected) || strstr (error->message, text) == NULL)    \
        g_printerr ("rank %d: code %d: %s\n", rank, error->code, error->message);                         \
      CHECK (g_error_matches (error, OMPI_OBJ_ERROR, expected) && strstr (error->message, text) != NULL); \
      g_clear_error (&error);                                                                             \
    }                                                                                                     \
  while (0)

static MpiIntercomm *
spawn (const gchar *task, gint n, gint root, GError **error)
{
  const gchar *argv[] = { task, NULL };

  return ompi_obj_intracomm_spawn (OMPI_OBJ_INTRACOMM (world), rank == root ? worker : NULL, rank == root ? argv : NULL,
                                   rank == root ? n : -7, NULL, root, NULL, NULL, error);
}

/* Each parent sends a number to each child. */
static gboolean
exchange_numbers (MpiIntercomm *children, GError **error)
{
  const gint n = ompi_obj_intercomm_get_remote_size (children);
  MpiComm *comm = OMPI_OBJ_COMM (children);

  for (gint i = 0; i < n; i++)
    {
      gdouble number = 0.5 + rank;

      if (!ompi_obj_comm_send (comm, OMPI_OBJ_DATA (&number, 1), i, 1, error))
        return FALSE;
    }
  for (gint i = 0; rank == 0 && i < n; i++)
    {
      gdouble total = 0.0;

      if (!ompi_obj_comm_recv (comm, OMPI_OBJ_DATA (&total, 1), i, 2, NULL, error))
        return FALSE;
      CHECK (total == 0.5 * size + 0.5 * size * (size - 1));
    }
  return ompi_obj_comm_disconnect_peers (comm, error);
}

static gboolean
numbers (GError **error)
{
  for (gint root = 0; root < size; root++)
    {
      g_autoptr (MpiIntercomm) children = spawn ("sum", 2, root, error);

      if (children == NULL)
        return FALSE;
      CHECK (ompi_obj_intercomm_get_remote_size (children) == 2);
      CHECK (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (children)) == rank);
      if (!exchange_numbers (children, error))
        return FALSE;
      CHECK (ompi_obj_intercomm_get_remote_size (children) == 0);
    }
  return TRUE;
}

/* Two programs at once, served in the other order than they were started in. */
static gboolean
several (GError **error)
{
  g_autoptr (MpiIntercomm) first = spawn ("sum", 1, 0, error);
  g_autoptr (MpiIntercomm) second = first != NULL ? spawn ("sum", 2, 0, error) : NULL;

  return second != NULL && exchange_numbers (second, error) && exchange_numbers (first, error);
}

static gboolean
receive_echo (MpiComm *children, gint i, const gchar *const *argv, const gchar *directory, gint n, GError **error)
{
  g_autoptr (GVariant) value = ompi_obj_comm_recv_variant (children, i, 3, NULL, error);
  g_autofree const gchar **child_argv = NULL;
  const gchar *child_directory;
  gint child_rank;
  gint child_size;

  if (value == NULL)
    return FALSE;
  g_variant_get (value, "(^a&s&sii)", &child_argv, &child_directory, &child_rank, &child_size);
  CHECK (g_strv_equal (child_argv, argv));
  CHECK (strcmp (child_directory, directory) == 0);
  CHECK (child_rank == i && child_size == n);
  return TRUE;
}

static gboolean
arguments (GError **error)
{
  const gchar *argv[] = { "echo", "two words", "", "c'est \"ça\" \\ $HOME *", "-n", "☭", NULL };
  g_autoptr (MpiInfo) info = ompi_obj_info_new (error);
  g_autoptr (MpiIntercomm) children = NULL;
  g_autofree gint *codes = NULL;
  gsize n_codes = 0;

  if (info == NULL || !ompi_obj_info_set (info, "wdir", "/", error))
    return FALSE;
  children = ompi_obj_intracomm_spawn (OMPI_OBJ_INTRACOMM (world), worker, argv, 2, info, 0, &codes, &n_codes, error);
  if (children == NULL)
    return FALSE;
  CHECK (n_codes == 2 && codes[0] == 0 && codes[1] == 0);
  for (gint i = 0; rank == 0 && i < 2; i++)
    if (!receive_echo (OMPI_OBJ_COMM (children), i, argv, "/", 2, error))
      return FALSE;
  return ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (children), error);
}

/* A name that is looked for in the info's path. */
static gboolean
path (GError **error)
{
  g_autofree gchar *directory = g_path_get_dirname (worker);
  g_autofree gchar *name = g_path_get_basename (worker);
  g_autofree gchar *directories = g_strconcat ("/nowhere:", directory, NULL);
  g_autoptr (MpiInfo) info = ompi_obj_info_new (error);
  g_autoptr (MpiIntercomm) children = NULL;

  if (info == NULL || !ompi_obj_info_set (info, "path", directories, error))
    return FALSE;
  children = ompi_obj_intracomm_spawn (OMPI_OBJ_INTRACOMM (world), name, NULL, 1, info, 0, NULL, NULL, error);
  return children != NULL && ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (children), error);
}

static gboolean
multiple (GError **error)
{
  const gchar *first_argv[] = { "echo", "first", NULL };
  const gchar *second_argv[] = { "echo", "second", "of two", NULL };
  g_autoptr (MpiSpawnCommand) first = ompi_obj_spawn_command_new (worker, first_argv, 1, NULL);
  g_autoptr (MpiSpawnCommand) second = ompi_obj_spawn_command_new (worker, second_argv, 2, NULL);
  const MpiSpawnCommand *commands[] = { first, second };
  const gint root = size - 1;
  g_autoptr (MpiIntercomm) children = NULL;
  g_autofree gint *codes = NULL;
  g_autofree gchar *directory = g_get_current_dir ();
  gsize n_codes = 0;

  children =
      ompi_obj_intracomm_spawn_multiple (OMPI_OBJ_INTRACOMM (world), rank == root ? commands : NULL,
                                         rank == root ? G_N_ELEMENTS (commands) : 0, root, &codes, &n_codes, error);
  if (children == NULL)
    return FALSE;
  CHECK (ompi_obj_intercomm_get_remote_size (children) == 3);
  CHECK (n_codes == 3);
  for (gsize i = 0; i < n_codes; i++)
    CHECK (codes[i] == 0);
  for (gint i = 0; rank == 0 && i < 3; i++)
    if (!receive_echo (OMPI_OBJ_COMM (children), i, i == 0 ? first_argv : second_argv, directory, 3, error))
      return FALSE;
  return ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (children), error);
}

/* The children come last. */
static gboolean
merged (GError **error)
{
  g_autoptr (MpiIntercomm) children = spawn ("merge", 2, 0, error);
  g_autoptr (MpiIntracomm) all = children != NULL ? ompi_obj_intercomm_merge (children, FALSE, error) : NULL;
  gint ranks = 0;

  if (all == NULL)
    return FALSE;
  CHECK (ompi_obj_comm_get_size (OMPI_OBJ_COMM (all)) == size + 2);
  CHECK (ompi_obj_comm_get_rank (OMPI_OBJ_COMM (all)) == rank);
  if (!ompi_obj_comm_allreduce (OMPI_OBJ_COMM (all), OMPI_OBJ_DATA (&rank, 1), OMPI_OBJ_DATA (&ranks, 1), OMPI_OBJ_SUM,
                                error))
    return FALSE;
  CHECK (ranks == (size + 2) * (size + 1) / 2);
  return ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (all), error)
         && ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (children), error);
}

/* What the library refuses is an error on all ranks, and the next call works. */
static gboolean
refused (GError **error)
{
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (world);
  g_autoptr (GError) own = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (error);
  g_autoptr (MpiInfo) freed = ompi_obj_info_new (error);
  g_autoptr (MpiIntercomm) children = NULL;
  const gint last = size - 1;

  if (info == NULL || freed == NULL || !ompi_obj_info_free (freed, error)
      || !ompi_obj_info_set (info, "wdir", "/no/such/directory", error))
    return FALSE;

#define REFUSED(command, n, info, code, text)                                                                  \
  do                                                                                                           \
    {                                                                                                          \
      gint *codes_ = NULL;                                                                                     \
      gsize n_codes_ = 0;                                                                                      \
      CHECK (ompi_obj_intracomm_spawn (self, command, NULL, n, info, last, &codes_, &n_codes_, &own) == NULL); \
      CHECK (codes_ == NULL && n_codes_ == 0);                                                                 \
      CHECK_ERROR (own, code, rank == last ? text : "cannot take part");                                       \
    }                                                                                                          \
  while (0)

  REFUSED ("/no/such/program", 1, NULL, OMPI_OBJ_ERROR_SPAWN, "command is '/no/such/program', which is no program");
  REFUSED ("no-such-program-anywhere", 1, NULL, OMPI_OBJ_ERROR_SPAWN, "'no-such-program-anywhere'");
  REFUSED ("/etc/passwd", 1, NULL, OMPI_OBJ_ERROR_SPAWN, "'/etc/passwd'");
  REFUSED ("/", 1, NULL, OMPI_OBJ_ERROR_SPAWN, "'/'");
  REFUSED ("", 1, NULL, OMPI_OBJ_ERROR_ARG, "command is empty");
  REFUSED (NULL, 1, NULL, OMPI_OBJ_ERROR_ARG, "no commands at the root");
  REFUSED (worker, 0, NULL, OMPI_OBJ_ERROR_ARG, "is 0, but");
  REFUSED (worker, -1, NULL, OMPI_OBJ_ERROR_ARG, "is -1, but");
  REFUSED (worker, 1, info, OMPI_OBJ_ERROR_SPAWN, "wdir is '/no/such/directory'");
  REFUSED (worker, 1, freed, OMPI_OBJ_ERROR_INFO, "the info was freed");

  CHECK (ompi_obj_intracomm_spawn (self, worker, NULL, 1, NULL, size, NULL, NULL, &own) == NULL);
  CHECK_ERROR (own, OMPI_OBJ_ERROR_ROOT, "but the communicator has ranks 0 to");
  CHECK (ompi_obj_intracomm_spawn (self, worker, NULL, 1, NULL, -1, NULL, NULL, &own) == NULL);
  CHECK_ERROR (own, OMPI_OBJ_ERROR_ROOT, "root is -1");
  if (size > 1)
    {
      CHECK (ompi_obj_intracomm_spawn (self, worker, NULL, 1, NULL, rank != 0, NULL, NULL, &own) == NULL);
      CHECK_ERROR (own, OMPI_OBJ_ERROR_NOT_SAME, "the ranks came with 0 to 1");
    }
  CHECK (ompi_obj_intracomm_spawn_multiple (self, NULL, 0, 0, NULL, NULL, &own) == NULL);
  CHECK_ERROR (own, OMPI_OBJ_ERROR_ARG, rank == 0 ? "no commands" : "rank 0 cannot take part");

  children = spawn ("sum", 1, 0, error);
  return children != NULL && exchange_numbers (children, error);
}

/* What only MPI knows: all ranks get an error, too. */
static gboolean
no_room (GError **error)
{
  g_autoptr (MpiInfo) info = ompi_obj_info_new (error);
  g_autoptr (GError) own = NULL;

  if (info == NULL || !ompi_obj_info_set (info, "host", "nowhere.invalid", error))
    return FALSE;
  for (gint root = 0; root < size; root++)
    {
      CHECK (ompi_obj_intracomm_spawn (OMPI_OBJ_INTRACOMM (world), worker, NULL, 1, info, root, NULL, NULL, &own)
             == NULL);
      CHECK_ERROR (own, OMPI_OBJ_ERROR_SPAWN, rank == root ? "MPI_Comm_spawn: " : "cannot take part");
      if (!ompi_obj_comm_barrier (world, error))
        return FALSE;
    }
  return TRUE;
}

/* Where this MPI cannot, it says so at once and on all ranks. */
static gboolean
unsupported (G_GNUC_UNUSED GError **error)
{
  g_autoptr (GError) own = NULL;

  CHECK (spawn ("sum", 1, 0, &own) == NULL);
  CHECK_ERROR (own, OMPI_OBJ_ERROR_UNSUPPORTED, "create_intercomm");
  CHECK (ompi_obj_intracomm_spawn_multiple (OMPI_OBJ_INTRACOMM (world), NULL, 0, 0, NULL, NULL, &own) == NULL);
  CHECK_ERROR (own, OMPI_OBJ_ERROR_UNSUPPORTED, "--with-mpi=openmpi");
  return TRUE;
}

/* In a main loop */

static void
on_result (G_GNUC_UNUSED GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
run_until (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
disconnect (MpiComm *comm, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ompi_obj_comm_disconnect_peers_async (comm, G_PRIORITY_DEFAULT, NULL, on_result, &result);
  run_until (&result);
  return ompi_obj_comm_disconnect_peers_finish (comm, result, error);
}

/* A value to the other side and one from there. */
static gboolean
exchange_ranks (MpiComm *comm, gint peer, gint expected, GError **error)
{
  g_autoptr (GAsyncResult) received = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GVariant) value = NULL;

  ompi_obj_comm_recv_variant_async (comm, peer, 4, G_PRIORITY_DEFAULT, NULL, on_result, &received);
  ompi_obj_comm_send_variant_async (comm, g_variant_new_int32 (rank), peer, 4, G_PRIORITY_DEFAULT, NULL, on_result,
                                    &sent);
  run_until (&received);
  value = ompi_obj_comm_recv_variant_finish (comm, received, NULL, error);
  if (value == NULL)
    return FALSE;
  CHECK (g_variant_get_int32 (value) == expected);
  run_until (&sent);
  return ompi_obj_comm_send_variant_finish (comm, sent, error);
}

static gboolean
spawn_in_main_loop (GError **error)
{
  const gchar *argv[] = { "sum", NULL };
  g_autoptr (MpiSpawnCommand) command = ompi_obj_spawn_command_new (worker, argv, 2, NULL);
  const MpiSpawnCommand *commands[] = { command };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MpiIntercomm) children = NULL;
  g_autoptr (MpiComm) other = ompi_obj_comm_dup (world, error);
  g_autofree gint *codes = NULL;
  gsize n_codes = 0;

  if (other == NULL)
    return FALSE;
  ompi_obj_intracomm_spawn_multiple_async (OMPI_OBJ_INTRACOMM (world), commands, 1, 0, G_PRIORITY_DEFAULT, NULL,
                                           on_result, &result);
  CHECK (result == NULL);
  /* The loop goes on meanwhile, also with MPI. */
  if (!exchange_ranks (other, size - 1 - rank, size - 1 - rank, error))
    return FALSE;
  run_until (&result);
  children = ompi_obj_intracomm_spawn_multiple_finish (OMPI_OBJ_INTRACOMM (world), result, &codes, &n_codes, error);
  if (children == NULL)
    return FALSE;
  CHECK (n_codes == 2 && codes[0] == 0 && codes[1] == 0);
  for (gint i = 0; i < 2; i++)
    {
      gdouble number = 0.5 + rank;
      gdouble total = 0;

      if (!ompi_obj_comm_send (OMPI_OBJ_COMM (children), OMPI_OBJ_DATA (&number, 1), i, 1, error)
          || (rank == 0
              && !ompi_obj_comm_recv (OMPI_OBJ_COMM (children), OMPI_OBJ_DATA (&total, 1), i, 2, NULL, error)))
        return FALSE;
      CHECK (rank != 0 || total == 0.5 * size + 0.5 * size * (size - 1));
    }
  return disconnect (OMPI_OBJ_COMM (children), error);
}

/* Rank 0 accepts, rank 1 connects; once where the server does not wait any more, and once where both talk. */
static gboolean
meet_in_main_loop (GError **error)
{
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ());
  g_autofree gchar *port = NULL;

  CHECK (size == 2);
  if (rank == 0)
    {
      port = ompi_obj_open_port (NULL, error);
      if (port == NULL || !ompi_obj_comm_send_variant (world, g_variant_new_string (port), 1, 5, error))
        return FALSE;
    }
  else
    {
      g_autoptr (GVariant) name = ompi_obj_comm_recv_variant (world, 0, 5, NULL, error);

      if (name == NULL)
        return FALSE;
      port = g_variant_dup_string (name, NULL);
    }
  for (gint cancelled = TRUE; cancelled >= FALSE; cancelled--)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (MpiIntercomm) met = NULL;

      if (rank == 0)
        {
          g_autoptr (GError) own = NULL;

          ompi_obj_intracomm_accept_port_async (self, port, NULL, 0, G_PRIORITY_DEFAULT, cancellable, on_result,
                                                &result);
          if (cancelled)
            g_cancellable_cancel (cancellable);
          if (!exchange_ranks (world, 1, 1, error))
            return FALSE;
          run_until (&result);
          met = ompi_obj_intracomm_accept_port_finish (self, result, cancelled ? &own : error);
          CHECK (!cancelled || g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED));
        }
      else
        {
          if (!exchange_ranks (world, 0, 0, error))
            return FALSE;
          ompi_obj_intracomm_connect_port_async (self, port, NULL, 0, G_PRIORITY_DEFAULT, NULL, on_result, &result);
          run_until (&result);
          met = ompi_obj_intracomm_connect_port_finish (self, result, error);
        }
      if (cancelled)
        {
          /* Nobody is there: what came too late was freed. */
          if (!ompi_obj_comm_barrier (world, error))
            return FALSE;
          continue;
        }
      if (met == NULL || !exchange_ranks (OMPI_OBJ_COMM (met), 0, 1 - rank, error)
          || !disconnect (OMPI_OBJ_COMM (met), error))
        return FALSE;
    }
  return rank != 0 || ompi_obj_close_port (port, error);
}

/* Whether this MPI can do all this. */
static gboolean
can_spawn (GError **error)
{
  g_autofree gchar *port = ompi_obj_open_port (NULL, error);

  return port != NULL && ompi_obj_close_port (port, error);
}

/* Visitors are asked for their number, all of their ranks take part, and each gets the sum of the numbers so far. */
static gboolean
receive_visitor (const gchar *port, gint64 *sum, GError **error)
{
  g_autoptr (MpiIntercomm) visitor = ompi_obj_intracomm_accept_port (OMPI_OBJ_INTRACOMM (world), port, NULL, 0, error);
  g_autoptr (GVariant) number = NULL;

  if (visitor == NULL)
    return FALSE;
  number = ompi_obj_comm_recv_variant (OMPI_OBJ_COMM (visitor), 0, 1, NULL, error);
  if (number == NULL)
    return FALSE;
  *sum += g_variant_get_int64 (number);
  for (gint i = 0; rank == 0 && i < ompi_obj_intercomm_get_remote_size (visitor); i++)
    if (!ompi_obj_comm_send (OMPI_OBJ_COMM (visitor), OMPI_OBJ_DATA (sum, 1), i, 2, error))
      return FALSE;
  return ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (visitor), error);
}

static gboolean
serve (GError **error)
{
  const gint n_visitors = atoi (last_argument);
  g_autofree gchar *port = NULL;
  gint64 sum = 0;

  if (rank == 0)
    {
      port = ompi_obj_open_port (NULL, error);
      if (port == NULL || !ompi_obj_publish_name (worker, NULL, port, error))
        return FALSE;
    }
  for (gint i = 0; i < n_visitors; i++)
    if (!receive_visitor (port, &sum, error))
      return FALSE;
  CHECK (sum == 7 * n_visitors);
  return rank != 0 || (ompi_obj_unpublish_name (worker, NULL, port, error) && ompi_obj_close_port (port, error));
}

/* The server may not be there yet. */
static gchar *
find_server (GError **error)
{
  for (gint i = 0;; i++)
    {
      g_autoptr (GError) reason = NULL;
      gchar *port = ompi_obj_lookup_name (worker, NULL, &reason);

      if (port != NULL)
        return port;
      if (i == 200)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      g_usleep (G_USEC_PER_SEC / 20);
    }
}

static gboolean
visit (GError **error)
{
  g_autofree gchar *port = rank == 0 ? find_server (error) : NULL;
  g_autoptr (MpiIntercomm) server = NULL;
  gint64 sum = -1;

  if (rank == 0 && port == NULL)
    return FALSE;
  server = ompi_obj_intracomm_connect_port (OMPI_OBJ_INTRACOMM (world), port, NULL, 0, error);
  if (server == NULL)
    return FALSE;
  CHECK (ompi_obj_intercomm_get_remote_size (server) == 2);
  for (gint i = 0; rank == 0 && i < 2; i++)
    if (!ompi_obj_comm_send_variant (OMPI_OBJ_COMM (server), g_variant_new_int64 (7), i, 1, error))
      return FALSE;
  if (!ompi_obj_comm_recv (OMPI_OBJ_COMM (server), OMPI_OBJ_DATA (&sum, 1), 0, 2, NULL, error))
    return FALSE;
  CHECK (sum >= 7 && sum % 7 == 0);
  return ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (server), error);
}

static const struct
{
  const gchar *name;
  gboolean (*run) (GError **error);
} cases[] = {
  { "numbers", numbers },
  { "several", several },
  { "arguments", arguments },
  { "path", path },
  { "multiple", multiple },
  { "merged", merged },
  { "refused", refused },
  { "no-room", no_room },
  { "unsupported", unsupported },
  { "can-spawn", can_spawn },
  { "serve", serve },
  { "visit", visit },
  { "spawn-in-main-loop", spawn_in_main_loop },
  { "meet-in-main-loop", meet_in_main_loop },
};

static gint
body (gint argc, gchar **argv, GError **error)
{
  world = ompi_obj_comm_world ();
  rank = ompi_obj_comm_get_rank (world);
  size = ompi_obj_comm_get_size (world);
  worker = argc > 2 ? argv[2] : "";
  last_argument = argv[argc - 1];

  g_assert_null (ompi_obj_comm_get_parent ());
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (cases); i++)
    if (strcmp (argv[1], cases[i].name) == 0)
      {
        if (!cases[i].run (error) || !ompi_obj_comm_barrier (world, error))
          return EXIT_FAILURE;
        if (rank == 0)
          g_print ("good\n");
        return EXIT_SUCCESS;
      }
  g_printerr ("usage: spawn-parent CASE [WORKER or SERVER [VISITORS]]\n");
  return EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, body);
}
