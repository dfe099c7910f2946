/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "attached-buffer-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-private.h"

/* The memory for buffered sends; there is one for the process, and the library owns it while it is attached. */
static GMutex attached_lock;
static gpointer attached_memory;
static gsize attached_size;

#ifdef OPEN_MPI

gint64
ompi_obj_attached_buffer_get_room (const MpiBuffer *buffer)
{
  MPI_Count element_size = 0;
  gint64 size;

  MPI_Type_size_c (buffer->datatype->handle, &element_size);
  if (__builtin_mul_overflow (buffer->count, (gint64) element_size, &size) || size > G_MAXINT64 - MPI_BSEND_OVERHEAD)
    return G_MAXINT64;
  return size + MPI_BSEND_OVERHEAD;
}

/*
 * What raw MPI has attached is found out by attaching something: that fails if anything is attached, and
 * changes nothing then. It is no error of the program's, so no error handler of its own is called.
 */
static gboolean
nothing_is_attached (void)
{
  static guint8 memory[MPI_BSEND_OVERHEAD];
  MPI_Errhandler errhandler = MPI_ERRHANDLER_NULL;
  gpointer detached;
  int size;
  int code;

  if (MPI_Comm_get_errhandler (MPI_COMM_WORLD, &errhandler) != MPI_SUCCESS)
    return FALSE;
  MPI_Comm_set_errhandler (MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  code = MPI_Buffer_attach (memory, sizeof memory);
  if (code == MPI_SUCCESS)
    MPI_Buffer_detach (&detached, &size);
  MPI_Comm_set_errhandler (MPI_COMM_WORLD, errhandler);
  MPI_Errhandler_free (&errhandler);
  return code == MPI_SUCCESS;
}

static gboolean
something_is_attached (void)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&attached_lock);

  return attached_memory != NULL || !nothing_is_attached ();
}

/* Not under the lock if the library has attached memory: whoever detaches it holds the lock until all has been sent. */
gboolean
ompi_obj_attached_buffer_check (gint64 room, const char *function, GError **error)
{
  if (g_atomic_pointer_get (&attached_memory) != NULL)
    {
      const gsize size = g_atomic_pointer_get (&attached_size);

      if ((guint64) room <= size)
        return TRUE;
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                          "the message takes %" G_GINT64_FORMAT
                          " bytes of the attached memory, which has %" G_GSIZE_FORMAT,
                          room, size);
      return FALSE;
    }
  if (something_is_attached ())
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                      "no memory is attached for the message; see ompi_obj_attach_buffer()");
  return FALSE;
}

#endif

/**
 * ompi_obj_attach_buffer:
 * @n_bytes: how much memory: the size of all messages that are under way at once, and
 *   [func@Mpi.get_bsend_overhead] for each
 * @error: return location for a #GError
 *
 * Gives MPI memory for buffered sends, such as [method@Mpi.Comm.bsend]. The library allocates it, and
 * frees it when it is detached. There can be one for the process.
 *
 * A message for which nothing, or too little, is attached is refused. Attach enough for all that can be under
 * way at once: if the memory is full of others, Open MPI 4.1 not only refuses a message but also never delivers
 * later ones to the same rank.
 *
 * Errors: [error@Mpi.Error.buffer] if there is one already, [error@Mpi.Error.no_mem] if there is no such
 * memory, [error@Mpi.Error.count] if an MPI older than 4.0 cannot take so much.
 *
 * Mirrors `MPI_Buffer_attach` (MPI-4.0, section 3.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_attach_buffer (gsize n_bytes, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&attached_lock);
  g_autofree guint8 *memory = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Buffer_attach", error))
    return FALSE;
  if (attached_memory != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Buffer_attach",
                          "a buffer is attached already; detach it first");
      return FALSE;
    }
  memory = n_bytes <= G_MAXSSIZE ? g_try_malloc (MAX (n_bytes, 1)) : NULL;
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Buffer_attach", "no memory for %" G_GSIZE_FORMAT " bytes",
                          n_bytes);
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Buffer_attach_c, memory, (MPI_Count) n_bytes))
    return FALSE;
  g_atomic_pointer_set (&attached_size, n_bytes);
  g_atomic_pointer_set (&attached_memory, g_steal_pointer (&memory));
  return TRUE;
}

/**
 * ompi_obj_detach_buffer:
 * @error: return location for a #GError
 *
 * Waits until all messages in the attached memory have been sent, and frees it.
 *
 * Errors: [error@Mpi.Error.buffer] if [func@Mpi.attach_buffer] did not attach any.
 *
 * Mirrors `MPI_Buffer_detach` (MPI-4.0, section 3.6).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_detach_buffer (GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&attached_lock);
  gpointer memory;
  MPI_Count size;

  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Buffer_detach", error))
    return FALSE;
  if (attached_memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, "MPI_Buffer_detach", "no buffer is attached");
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Buffer_detach_c, &memory, &size))
    return FALSE;
  memory = attached_memory;
  g_atomic_pointer_set (&attached_memory, NULL);
  g_free (memory);
  return TRUE;
}

/**
 * ompi_obj_get_bsend_overhead:
 *
 * Gets how much more than its data a buffered message takes of the attached memory. Mirrors
 * `MPI_BSEND_OVERHEAD` (MPI-4.0, section 3.6).
 *
 * Returns: a number of bytes
 *
 * Since: 1.0
 */
gsize
ompi_obj_get_bsend_overhead (void)
{
  return MPI_BSEND_OVERHEAD + 16; /* MPICH counts without the padding of each message */
}
