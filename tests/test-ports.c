/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Ports and their names within one job, and what is refused. Programs that start others and connect to others are
 * in test-dynamic.sh.
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "harness.h"

/* What the MPI says that it is; in place of MPI's own function. */
static const gchar *pretended_version;

int
MPI_Get_library_version (char *text, int *length)
{
  if (pretended_version == NULL)
    return PMPI_Get_library_version (text, length);
  *length = snprintf (text, MPI_MAX_LIBRARY_VERSION_STRING, "%s", pretended_version);
  return MPI_SUCCESS;
}

/* Whether this MPI can connect programs, as README tells. */
static gboolean
mpi_is_dynamic (void)
{
  g_autofree gchar *version = ompi_obj_get_library_version ();
  return strstr (version, "MPICH Version") == NULL || strstr (version, "ch4:ucx") == NULL;
}

static gboolean
mpi_is_mpich (void)
{
  g_autofree gchar *version = ompi_obj_get_library_version ();
  return strstr (version, "MPICH Version") != NULL;
}

/* A name that no other case, and no other rank, uses. */
static gchar *
own_name (const gchar *name, gint rank)
{
  return g_strdup_printf ("ompi_obj-test-%s-%d", name, rank);
}

static void
assert_meet (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

MPI_TEST (open_and_close)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autofree gchar *first = NULL;
  g_autofree gchar *second = NULL;

  assert_no_error (error);
  first = ompi_obj_open_port (NULL, &error);
  if (!mpi_is_dynamic ())
    {
      ck_assert_ptr_null (first);
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Open_port: MPICH 4.0 on UCX (ch4:ucx) cannot");
      return;
    }
  assert_no_error (error);
  ck_assert_ptr_nonnull (first);
  second = ompi_obj_open_port (info, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_close_port (first, &error), error);
  if (strcmp (first, second) != 0)
    assert_succeeds (ompi_obj_close_port (second, &error), error);
  ck_assert (!ompi_obj_close_port (first, &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "which this process has not open");
}

MPI_TEST (close_what_is_not_open)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *long_name = g_strnfill (5000, 'p');

  ck_assert (!ompi_obj_close_port ("nonsense", &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "MPI_Close_port: port_name is 'nonsense', which this process has not open");
  ck_assert (!ompi_obj_close_port ("", &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "MPI_Close_port: port_name is empty");
  ck_assert (!ompi_obj_close_port (long_name, &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "MPI_Close_port: port_name has 5000 bytes");
}

/* Every rank publishes a name and finds that of the next one. */
MPI_TEST (names)
{
  g_autoptr (GError) error = NULL;
  const gint rank = harness_world_rank ();
  const gint size = harness_world_size ();
  g_autofree gchar *mine = own_name ("names", rank);
  g_autofree gchar *next = own_name ("names", (rank + 1) % size);
  g_autofree gchar *my_port = g_strdup_printf ("tag#%d$some=port;of:[mine]", rank);
  g_autofree gchar *next_port = g_strdup_printf ("tag#%d$some=port;of:[mine]", (rank + 1) % size);
  g_autofree gchar *found = NULL;
  g_autofree gchar *gone = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);

  assert_no_error (error);
  found = ompi_obj_lookup_name (mine, NULL, &error);
  ck_assert_ptr_null (found);
  assert_error (error, OMPI_OBJ_ERROR_NAME, "MPI_Lookup_name: ");
  assert_succeeds (ompi_obj_publish_name (mine, info, my_port, &error), error);
  assert_meet (comm);

  found = ompi_obj_lookup_name (next, NULL, &error);
  assert_no_error (error);
  ck_assert_str_eq (found, next_port);

  ck_assert (!ompi_obj_publish_name (mine, NULL, "another-port", &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "is published already");
  g_clear_pointer (&found, g_free);
  found = ompi_obj_lookup_name (mine, info, &error);
  assert_no_error (error);
  ck_assert_str_eq (found, my_port);
  assert_meet (comm);

  assert_succeeds (ompi_obj_unpublish_name (mine, NULL, my_port, &error), error);
  ck_assert (!ompi_obj_unpublish_name (mine, NULL, my_port, &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "is not published");
  assert_meet (comm);
  gone = ompi_obj_lookup_name (next, NULL, &error);
  ck_assert_ptr_null (gone);
  assert_error (error, OMPI_OBJ_ERROR_NAME, NULL);

  /* The name is free again. */
  assert_meet (comm);
  assert_succeeds (ompi_obj_publish_name (mine, NULL, "another-port", &error), error);
  assert_succeeds (ompi_obj_unpublish_name (mine, NULL, "another-port", &error), error);
}

MPI_TEST (unusual_names)
{
  static const gchar *const unusual[] = { "ж☭工作", "a=b;c:d", "%41", "a\\b\"c'd", "-n" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
    {
      g_autofree gchar *name = g_strdup_printf ("%s-%d", unusual[i], harness_world_rank ());
      g_autofree gchar *port = g_strdup_printf ("port-%s", unusual[i]);
      g_autofree gchar *found = NULL;

      assert_succeeds (ompi_obj_publish_name (name, NULL, port, &error), error);
      found = ompi_obj_lookup_name (name, NULL, &error);
      assert_no_error (error);
      ck_assert_str_eq (found, port);
      assert_succeeds (ompi_obj_unpublish_name (name, NULL, port, &error), error);
    }
}

/* A blank is kept, or refused, but the rest is never lost. */
MPI_TEST (blanks)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *name = own_name ("two words", harness_world_rank ());
  g_autofree gchar *plain = own_name ("plain", harness_world_rank ());
  g_autofree gchar *found = NULL;

  if (mpi_is_mpich ())
    {
      ck_assert (!ompi_obj_publish_name (name, NULL, "port", &error));
      assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Publish_name: service_name");
      ck_assert (!ompi_obj_publish_name (plain, NULL, "a port", &error));
      assert_error (error, OMPI_OBJ_ERROR_PORT, "port_name 'a port' contains a blank");
      ck_assert (!ompi_obj_publish_name ("a\nb", NULL, "port", &error));
      assert_error (error, OMPI_OBJ_ERROR_SERVICE, "contains a blank");
      ck_assert (!ompi_obj_unpublish_name (name, NULL, "port", &error));
      assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Unpublish_name: service_name");
      found = ompi_obj_lookup_name (name, NULL, &error);
      assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Lookup_name: service_name");
      return;
    }
  assert_succeeds (ompi_obj_publish_name (name, NULL, "a port", &error), error);
  found = ompi_obj_lookup_name (name, NULL, &error);
  assert_no_error (error);
  ck_assert_str_eq (found, "a port");
  assert_succeeds (ompi_obj_unpublish_name (name, NULL, "a port", &error), error);
}

/* The longest name that this MPI takes works, and a longer one is an error. */
MPI_TEST (long_names)
{
  /* Of a line of 1023 bytes, "cmd=publish_name service=", " port=" and a newline are 32, the port is 4. */
  const gsize longest = mpi_is_mpich () ? 1023 - 32 - 4 : 511;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *number = g_strdup_printf ("%d", harness_world_rank ());
  g_autofree gchar *filler = g_strnfill (longest - strlen (number), 'n');
  g_autofree gchar *name = g_strconcat (filler, number, NULL);
  g_autofree gchar *longer = g_strconcat (name, "n", NULL);
  g_autofree gchar *limit = g_strdup_printf ("takes at most %d", mpi_is_mpich () ? 991 : 511);
  g_autofree gchar *found = NULL;

  assert_succeeds (ompi_obj_publish_name (name, NULL, "port", &error), error);
  found = ompi_obj_lookup_name (name, NULL, &error);
  assert_no_error (error);
  ck_assert_str_eq (found, "port");
  assert_succeeds (ompi_obj_unpublish_name (name, NULL, "port", &error), error);

  ck_assert (!ompi_obj_publish_name (longer, NULL, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, limit);
}

MPI_TEST (wrong_names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) freed = ompi_obj_info_new (&error);
  g_autofree gchar *long_port = g_strnfill (5000, 'p');
  static const gchar invalid[] = "\xff\xfe";

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (freed, &error), error);

  ck_assert (!ompi_obj_publish_name ("", NULL, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Publish_name: service_name is empty");
  ck_assert (!ompi_obj_publish_name (invalid, NULL, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Publish_name: service_name is not valid UTF-8");
  ck_assert (!ompi_obj_publish_name ("name", NULL, "", &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "MPI_Publish_name: port_name is empty");
  ck_assert (!ompi_obj_publish_name ("name", NULL, long_port, &error));
  assert_error (error, OMPI_OBJ_ERROR_PORT, "MPI_Publish_name: port_name has 5000 bytes");
  ck_assert (!ompi_obj_publish_name ("name", freed, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Publish_name: the info was freed");
  ck_assert (!ompi_obj_unpublish_name ("", NULL, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Unpublish_name: service_name is empty");
  ck_assert (!ompi_obj_unpublish_name ("name", freed, "port", &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Unpublish_name: the info was freed");
  ck_assert_ptr_null (ompi_obj_lookup_name ("", NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_SERVICE, "MPI_Lookup_name: service_name is empty");
  ck_assert_ptr_null (ompi_obj_lookup_name ("name", freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Lookup_name: the info was freed");
  ck_assert_ptr_null (ompi_obj_open_port (freed, &error));
  assert_error (error, OMPI_OBJ_ERROR_INFO, "MPI_Open_port: the info was freed");
}

/* What the root brings is wrong: every rank gets an error at once, and the communicator still works. */
MPI_TEST (wrong_meetings)
{
  MpiIntracomm *self = OMPI_OBJ_INTRACOMM (comm);
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) freed = ompi_obj_info_new (&error);
  const gint root = ompi_obj_comm_get_size (comm) - 1;
  const gboolean is_root = ompi_obj_comm_get_rank (comm) == root;

  assert_no_error (error);
  assert_succeeds (ompi_obj_info_free (freed, &error), error);

  if (!mpi_is_dynamic ())
    {
      ck_assert_ptr_null (ompi_obj_intracomm_accept_port (self, "port", NULL, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_accept: MPICH 4.0 on UCX (ch4:ucx) cannot start");
      ck_assert_ptr_null (ompi_obj_intracomm_connect_port (self, "port", NULL, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_connect: MPICH 4.0 on UCX (ch4:ucx) cannot start");
      ck_assert_ptr_null (ompi_obj_intracomm_spawn (self, "hostname", NULL, 1, NULL, 0, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_spawn: MPICH 4.0 on UCX (ch4:ucx) cannot start");
      ck_assert_ptr_null (ompi_obj_intracomm_spawn_multiple (self, NULL, 0, 0, NULL, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "create_intercomm");
      assert_meet (comm);
      return;
    }

#define ASSERT_REFUSED(call, code, text_at_root)                                                 \
  do                                                                                             \
    {                                                                                            \
      ck_assert_ptr_null (call);                                                                 \
      assert_error (error, code, is_root ? text_at_root : "cannot take part, and has an error"); \
      assert_meet (comm);                                                                        \
    }                                                                                            \
  while (0)

  ASSERT_REFUSED (ompi_obj_intracomm_accept_port (self, NULL, NULL, root, &error), OMPI_OBJ_ERROR_PORT,
                  "MPI_Comm_accept: port_name is NULL");
  ASSERT_REFUSED (ompi_obj_intracomm_accept_port (self, "nonsense", NULL, root, &error), OMPI_OBJ_ERROR_PORT,
                  "MPI_Comm_accept: port_name is 'nonsense', which this process has not open");
  ASSERT_REFUSED (ompi_obj_intracomm_accept_port (self, "nonsense", freed, root, &error), OMPI_OBJ_ERROR_INFO,
                  "MPI_Comm_accept: the info was freed");
  ASSERT_REFUSED (ompi_obj_intracomm_connect_port (self, NULL, NULL, root, &error), OMPI_OBJ_ERROR_PORT,
                  "MPI_Comm_connect: port_name is NULL");
  ASSERT_REFUSED (ompi_obj_intracomm_connect_port (self, "", NULL, root, &error), OMPI_OBJ_ERROR_PORT,
                  "MPI_Comm_connect: port_name is empty");
  ASSERT_REFUSED (ompi_obj_intracomm_connect_port (self, "x", freed, root, &error), OMPI_OBJ_ERROR_INFO,
                  "MPI_Comm_connect: the info was freed");

  ck_assert_ptr_null (ompi_obj_intracomm_accept_port (self, "x", NULL, root + 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "MPI_Comm_accept: root is");
  ck_assert_ptr_null (ompi_obj_intracomm_connect_port (self, "x", NULL, -1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ROOT, "MPI_Comm_connect: root is -1, but the communicator has ranks 0 to");
  if (root > 0)
    {
      ck_assert_ptr_null (ompi_obj_intracomm_connect_port (self, "x", NULL, is_root, &error));
      assert_error (error, OMPI_OBJ_ERROR_NOT_SAME, "MPI_Comm_connect: root is");
    }
  assert_meet (comm);

  /* This one MPI finds, at the root alone. */
  ck_assert_ptr_null (ompi_obj_intracomm_connect_port (self, "nonsense", NULL, root, &error));
  ck_assert_ptr_nonnull (error);
  g_clear_error (&error);
  assert_meet (comm);
}

/* The two halves of the job meet several times at a port whose name is published. */
MPI_TEST (halves_meet)
{
  g_autoptr (GError) error = NULL;
  const gboolean serves = harness_world_rank () % 2 == 0;
  g_autoptr (MpiComm) half = NULL;
  g_autofree gchar *port = NULL;
  MPI_Comm native;
  gboolean is_root;

  if (!mpi_is_dynamic () || harness_world_size () < 2)
    return;
  MPI_Comm_split (MPI_COMM_WORLD, serves, 0, &native);
  half = ompi_obj_comm_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  assert_no_error (error);
  is_root = ompi_obj_comm_get_rank (half) == 0;

  if (serves && is_root)
    {
      port = ompi_obj_open_port (NULL, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_publish_name ("ompi_obj-test-halves", NULL, port, &error), error);
    }
  assert_meet (comm);
  if (!serves && is_root)
    {
      port = ompi_obj_lookup_name ("ompi_obj-test-halves", NULL, &error);
      assert_no_error (error);
    }

  for (gint i = 0; i < 3; i++)
    {
      g_autoptr (MpiIntercomm) both =
          serves ? ompi_obj_intracomm_accept_port (OMPI_OBJ_INTRACOMM (half), port, NULL, 0, &error)
                 : ompi_obj_intracomm_connect_port (OMPI_OBJ_INTRACOMM (half), port, NULL, 0, &error);
      const gint peer = ompi_obj_comm_get_rank (half);
      gint sent = harness_world_rank () + 10 * i;
      gint received = -1;

      assert_no_error (error);
      ck_assert (G_OBJECT_TYPE (both) == OMPI_OBJ_TYPE_INTERCOMM);
      ck_assert_int_eq (ompi_obj_comm_get_size (OMPI_OBJ_COMM (both)), ompi_obj_comm_get_size (half));
      ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (both), harness_world_size () / 2);
      assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (both), OMPI_OBJ_DATA (&sent, 1), peer, 0,
                                               OMPI_OBJ_DATA (&received, 1), peer, 0, NULL, &error),
                       error);
      ck_assert_int_eq (received, (harness_world_rank () ^ 1) + 10 * i);
      assert_succeeds (ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (both), &error), error);
    }

  if (serves && is_root)
    {
      assert_succeeds (ompi_obj_unpublish_name ("ompi_obj-test-halves", NULL, port, &error), error);
      assert_succeeds (ompi_obj_close_port (port, &error), error);
      ck_assert_ptr_null (
          ompi_obj_intracomm_accept_port (OMPI_OBJ_INTRACOMM (ompi_obj_comm_self ()), port, NULL, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_PORT, "which this process has not open");
    }
}

/* The first two ranks meet at the ends of a socket, which GLib made not to block. */
MPI_TEST (join)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiIntercomm) both = NULL;
  const gint rank = harness_world_rank ();
  g_autofree gchar *directory = NULL;
  g_autofree gchar *path = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gint fd;
  gchar byte;
  gint sent = rank;
  gint received = -1;
  g_autofree gchar *unique = g_strdup_printf ("ompi_obj-test-join-%d", (gint) getppid ());

  if (!mpi_is_dynamic () || harness_world_size () < 2)
    return;
  directory = g_strdup (g_get_tmp_dir ());
  path = g_build_filename (directory, unique, NULL);
  ck_assert_uint_lt (strlen (path), sizeof address.sun_path);
  strcpy (address.sun_path, path);

  fd = -1;
  if (rank == 0)
    {
      gint listening = socket (AF_UNIX, SOCK_STREAM, 0);

      unlink (path);
      ck_assert_int_eq (bind (listening, (struct sockaddr *) &address, sizeof address), 0);
      ck_assert_int_eq (listen (listening, 1), 0);
      assert_meet (comm);
      fd = accept (listening, NULL, NULL);
      ck_assert_int_eq (fcntl (fd, F_SETFL, O_NONBLOCK), 0);
      close (listening);
      unlink (path);
    }
  else
    {
      assert_meet (comm);
      if (rank == 1)
        {
          fd = socket (AF_UNIX, SOCK_STREAM, 0);
          ck_assert_int_eq (connect (fd, (struct sockaddr *) &address, sizeof address), 0);
        }
    }
  if (rank > 1)
    return;

  both = ompi_obj_comm_join (fd, &error);
  assert_no_error (error);
  ck_assert_int_eq (ompi_obj_intercomm_get_remote_size (both), 1);
  assert_succeeds (ompi_obj_comm_sendrecv (OMPI_OBJ_COMM (both), OMPI_OBJ_DATA (&sent, 1), 0, 0,
                                           OMPI_OBJ_DATA (&received, 1), 0, 0, NULL, &error),
                   error);
  ck_assert_int_eq (received, 1 - rank);

  /* The socket is as it was, and can be used. */
  ck_assert_int_eq ((fcntl (fd, F_GETFL) & O_NONBLOCK) != 0, rank == 0);
  ck_assert_int_eq (write (fd, "x", 1), 1);
  assert_meet (OMPI_OBJ_COMM (both));
  ck_assert_int_eq (read (fd, &byte, 1), 1);
  assert_succeeds (ompi_obj_comm_disconnect_peers (OMPI_OBJ_COMM (both), &error), error);
  close (fd);
}

MPI_TEST (join_what_is_not_connected)
{
  g_autoptr (GError) error = NULL;
  gint ends[2];
  gint datagram;
  gint lonely;

  if (!mpi_is_dynamic ())
    {
      ck_assert_ptr_null (ompi_obj_comm_join (0, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "MPI_Comm_join: MPICH 4.0 on UCX (ch4:ucx) cannot start");
      return;
    }

  ck_assert_ptr_null (ompi_obj_comm_join (-1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_join: fd is -1: ");
  ck_assert_int_eq (pipe (ends), 0);
  ck_assert_ptr_null (ompi_obj_comm_join (ends[0], &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_join: fd is ");
  close (ends[0]);
  close (ends[1]);
  datagram = socket (AF_UNIX, SOCK_DGRAM, 0);
  ck_assert_ptr_null (ompi_obj_comm_join (datagram, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "this is no stream socket");
  close (datagram);
  lonely = socket (AF_UNIX, SOCK_STREAM, 0);
  ck_assert_ptr_null (ompi_obj_comm_join (lonely, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_join: fd is ");
  close (lonely);
  ck_assert_int_eq (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), 0);
  close (ends[1]);
  ck_assert_ptr_null (ompi_obj_comm_join (ends[0], &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "the other end is closed");
  close (ends[0]);
}

MPI_TEST (no_parent) { ck_assert_ptr_null (ompi_obj_comm_get_parent ()); }

MPI_TEST (disconnect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_comm_disconnect_peers (copy, &error), error);
  ck_assert_int_eq (ompi_obj_comm_get_size (copy), -1);
  ck_assert (!ompi_obj_comm_disconnect_peers (copy, &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_disconnect: the communicator was freed");
  ck_assert (!ompi_obj_comm_disconnect_peers (ompi_obj_comm_world (), &error));
  assert_error (error, OMPI_OBJ_ERROR_COMM, "MPI_Comm_disconnect: the communicator is predefined");
}

MPI_TEST (commands)
{
  const gchar *argv[] = { "one", "two", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
  g_autoptr (MpiSpawnCommand) command = ompi_obj_spawn_command_new ("./program", argv, 3, info);
  g_autoptr (MpiSpawnCommand) copy = ompi_obj_spawn_command_copy (command);
  g_autoptr (MpiSpawnCommand) plain = ompi_obj_spawn_command_new ("x", NULL, 1, NULL);
  g_autoptr (MpiSpawnCommand) boxed = g_boxed_copy (OMPI_OBJ_TYPE_SPAWN_COMMAND, plain);

  assert_no_error (error);
  g_clear_pointer (&command, ompi_obj_spawn_command_free);
  ck_assert_str_eq (copy->command, "./program");
  ck_assert (g_strv_equal ((const gchar *const *) copy->argv, argv));
  ck_assert_int_eq (copy->max_procs, 3);
  ck_assert_ptr_eq (copy->info, info);
  ck_assert_ptr_null (boxed->argv);
  ck_assert_ptr_null (boxed->info);
}

/*
 * An MPI is refused for what it says of itself, and no other: run by test-dynamic.sh with OMPI_OBJ_TEST_PRETEND, what
 * it says, and OMPI_OBJ_TEST_REFUSED, 1 or 0. The library looks at it once, so there is one such case in a run.
 */
MPI_TEST (pretended)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *port G_GNUC_UNUSED = ompi_obj_open_port (NULL, &error);
  const gboolean refused = g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED);

  ck_assert_int_eq (refused, g_strcmp0 (g_getenv ("OMPI_OBJ_TEST_REFUSED"), "1") == 0);
}

int
main (int argc, char **argv)
{
  /* The library looks for the faults that it must avoid before it initializes MPI. */
  pretended_version = g_getenv ("OMPI_OBJ_TEST_PRETEND");
  harness_init (argc, argv, "ports");
  if (pretended_version != NULL)
    {
      harness_add (pretended, HARNESS_ONCE);
      return harness_run ();
    }
  harness_add (open_and_close, HARNESS_ONCE);
  harness_add (close_what_is_not_open, HARNESS_ONCE);
  harness_add (names, HARNESS_ONCE);
  harness_add (unusual_names, HARNESS_ONCE);
  harness_add (blanks, HARNESS_ONCE);
  harness_add (long_names, HARNESS_ONCE);
  harness_add (wrong_names, HARNESS_ONCE);
  harness_add (wrong_meetings, HARNESS_INTRA);
  harness_add (halves_meet, HARNESS_ONCE);
  harness_add (join, HARNESS_ONCE);
  harness_add (join_what_is_not_connected, HARNESS_ONCE);
  harness_add (no_parent, HARNESS_ONCE);
  harness_add (disconnect, HARNESS_ALL);
  harness_add (commands, HARNESS_ONCE);
  return harness_run ();
}
