/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

#include <ompi_obj/intercomm.h>

#include "comm-private.h"
#include "mpi-capabilities-private.h"

static gboolean
report_socket (GError **error, int fd, const char *text)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_join", "fd is %d: %s", fd, text);
  return FALSE;
}

/* MPIs write to it without a look, which ends the program by a signal if the other end is closed. */
static gboolean
check_socket (int fd, GError **error)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  int type = 0;
  socklen_t type_length = sizeof type;
  char byte;
  gssize n_read;

  if (getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &type_length) != 0)
    return report_socket (error, fd, g_strerror (errno));
  if (type != SOCK_STREAM)
    return report_socket (error, fd, "this is no stream socket");
  if (getpeername (fd, (struct sockaddr *) &address, &length) != 0)
    return report_socket (error, fd, g_strerror (errno));
  n_read = recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (n_read == 0)
    return report_socket (error, fd, "the other end is closed");
  if (n_read < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
    return report_socket (error, fd, g_strerror (errno));
  return TRUE;
}

/**
 * ompi_obj_comm_join:
 * @fd: a connected stream socket, with nothing left to read from it
 * @error: return location for a #GError
 *
 * Joins this process with the one at the other end of a socket, which calls this function too. The socket
 * stays open, is used for nothing else while the function runs, and can be used again afterwards.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI cannot connect programs (MPICH before 4.2 on UCX),
 * [error@Mpi.Error.arg] if @fd is no connected stream socket or its other end is closed.
 *
 * Mirrors `MPI_Comm_join` (MPI-4.0, section 11.10.5).
 *
 * Returns: (transfer full): the communicator of both processes; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_comm_join (gint fd, GError **error)
{
  static const char function[] = "MPI_Comm_join";
  MPI_Comm joined = MPI_COMM_NULL;
  gboolean succeeded;
  int flags;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (function, error) || !ompi_obj_require_feature (OMPI_OBJ_FEATURE_DYNAMIC_PROCESS, function, error)
      || !check_socket (fd, error))
    return NULL;

  /* The sockets of GLib do not block, and MPIs do not try again. */
  flags = fcntl (fd, F_GETFL);
  if ((flags & O_NONBLOCK) != 0)
    fcntl (fd, F_SETFL, flags & ~O_NONBLOCK);
  succeeded = CHECK_MPI (error, MPI_Comm_join, fd, &joined);
  if ((flags & O_NONBLOCK) != 0)
    fcntl (fd, F_SETFL, flags);

  return succeeded ? (MpiIntercomm *) ompi_obj_comm_new_owned (joined, OMPI_OBJ_TYPE_INTERCOMM, error) : NULL;
}
