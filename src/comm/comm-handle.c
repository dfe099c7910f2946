/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "errhandler-private.h"

MpiCommHandle ompi_obj_comm_no_handle = { .comm = MPI_COMM_NULL, .size = -1, .rank = -1 };

/*
 * The records by the handle of MPI, for what MPI calls back with nothing else. A record that nobody
 * refers to any more takes itself out, so who looks one up does it under the lock.
 */
static GMutex registry_lock;
static GHashTable *registry;

#define REGISTRY_KEY(comm) ((gpointer) (guintptr) (comm))

/*
 * The last owner of a handle is right about it; somebody who borrows it leaves the entry alone. One that
 * is displaced is not remembered for its closure any more.
 */
static void
comm_handle_register (MpiCommHandle *handle, gboolean replace)
{
  MpiCommHandle *previous;

  g_mutex_lock (&registry_lock);
  if (registry == NULL)
    registry = g_hash_table_new (NULL, NULL);
  previous = g_hash_table_lookup (registry, REGISTRY_KEY (handle->comm));
  if (previous == NULL || replace)
    g_hash_table_insert (registry, REGISTRY_KEY (handle->comm), handle);
  if (previous == handle || !replace || previous == NULL || !previous->is_kept)
    previous = NULL;
  else
    previous->is_kept = FALSE;
  g_mutex_unlock (&registry_lock);

  if (previous != NULL)
    ompi_obj_comm_handle_unref (previous);
}

/* With the lock held. */
static void
comm_handle_unregister_locked (MpiCommHandle *handle)
{
  if (registry != NULL && g_hash_table_lookup (registry, REGISTRY_KEY (handle->comm)) == handle)
    g_hash_table_remove (registry, REGISTRY_KEY (handle->comm));
}

static void
comm_handle_unregister (MpiCommHandle *handle)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&registry_lock);

  comm_handle_unregister_locked (handle);
}

static MpiCommHandle *
comm_handle_find (MPI_Comm comm)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&registry_lock);
  MpiCommHandle *handle = registry != NULL ? g_hash_table_lookup (registry, REGISTRY_KEY (comm)) : NULL;

  return handle != NULL ? ompi_obj_comm_handle_ref (handle) : NULL;
}

static void
comm_handle_clear (MpiCommHandle *handle)
{
  handle->comm = MPI_COMM_NULL;
  handle->size = -1;
  handle->rank = -1;
  handle->n_peers = 0;
}

void
ompi_obj_comm_handle_forget (MpiCommHandle *handle)
{
  if (handle == &ompi_obj_comm_no_handle)
    return;
  comm_handle_unregister (handle);
  comm_handle_clear (handle);
}

MpiCommHandle *
ompi_obj_comm_handle_alloc (MpiOwnership ownership)
{
  MpiCommHandle *handle = g_new0 (MpiCommHandle, 1);

  g_atomic_ref_count_init (&handle->ref_count);
  g_rec_mutex_init (&handle->pending_lock);
  g_weak_ref_init (&handle->object, NULL);
  handle->ownership = ownership;
  handle->pending_comm = MPI_COMM_NULL;
  handle->native_errhandler = MPI_ERRHANDLER_NULL;
  comm_handle_clear (handle);
  return handle;
}

MpiCommHandle *
ompi_obj_comm_handle_ref (MpiCommHandle *handle)
{
  if (handle != &ompi_obj_comm_no_handle)
    g_atomic_ref_count_inc (&handle->ref_count);
  return handle;
}

static gboolean
comm_handle_drop_reference (MpiCommHandle *handle)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&registry_lock);

  if (!g_atomic_ref_count_dec (&handle->ref_count))
    return FALSE;
  comm_handle_unregister_locked (handle);
  return TRUE;
}

static void
comm_handle_drop_errhandler (MpiCommHandle *handle)
{
  if (handle->native_errhandler != MPI_ERRHANDLER_NULL && environment_is_active ())
    MPI_Errhandler_free (&handle->native_errhandler);
  handle->native_errhandler = MPI_ERRHANDLER_NULL;
  g_clear_object (&handle->errhandler);
}

void
ompi_obj_comm_handle_unref (MpiCommHandle *handle)
{
  if (handle == &ompi_obj_comm_no_handle || !comm_handle_drop_reference (handle))
    return;
  if (handle->value_context != NULL)
    handle->release_value_context (handle->value_context);
  if (handle->comm != MPI_COMM_NULL && handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    MPI_Comm_free (&handle->comm);
  comm_handle_drop_errhandler (handle);
  g_weak_ref_clear (&handle->object);
  g_rec_mutex_clear (&handle->pending_lock);
  g_free (handle);
}

static gboolean
comm_handle_fill (MpiCommHandle *handle, MPI_Comm comm, GError **error)
{
  int size, rank, is_inter;
  int n_peers;

  if (!CHECK_MPI (error, MPI_Comm_test_inter, comm, &is_inter) || !CHECK_MPI (error, MPI_Comm_size, comm, &size)
      || !CHECK_MPI (error, MPI_Comm_rank, comm, &rank))
    return FALSE;
  n_peers = size;
  if (is_inter && !CHECK_MPI (error, MPI_Comm_remote_size, comm, &n_peers))
    return FALSE;
  if (handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED
      && !CHECK_MPI (error, MPI_Comm_set_errhandler, comm, MPI_ERRORS_RETURN))
    return FALSE;

  handle->comm = comm;
  handle->size = size;
  handle->rank = rank;
  handle->n_peers = (guint) n_peers;
  handle->is_inter = is_inter;
  comm_handle_register (handle, handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED);
  return TRUE;
}

MpiCommHandle *
ompi_obj_comm_handle_new (MPI_Comm comm, MpiOwnership ownership, GError **error)
{
  MpiCommHandle *handle = ompi_obj_comm_handle_alloc (ownership);

  if (!comm_handle_fill (handle, comm, error))
    g_clear_pointer (&handle, ompi_obj_comm_handle_unref);
  return handle;
}

gboolean
ompi_obj_comm_handle_release (MpiCommHandle *handle, int (*release) (MPI_Comm *), const char *function, GError **error)
{
  MPI_Comm comm = handle->comm;

  if (handle->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function,
                          "the communicator is predefined, or borrowed from somebody else");
      return FALSE;
    }
  if (handle->value_context != NULL)
    {
      handle->finish_value_context (handle->value_context);
      handle->release_value_context (handle->value_context);
    }
  if (!check_mpi (error, function, release (&comm)))
    return FALSE;
  comm_handle_unregister (handle);
  comm_handle_clear (handle);
  comm_handle_drop_errhandler (handle);
  return TRUE;
}

void
ompi_obj_comm_handle_complete (gpointer data)
{
  MpiCommHandle *handle = data;
  g_autoptr (MpiErrhandler) inherited = g_steal_pointer (&handle->errhandler);

  handle->is_pending = FALSE;
  if (handle->pending_comm != MPI_COMM_NULL && environment_is_active ()
      && comm_handle_fill (handle, handle->pending_comm, NULL) && inherited != NULL)
    ompi_obj_comm_handle_set_errhandler (handle, inherited, "MPI_Comm_set_errhandler", NULL);
  ompi_obj_comm_handle_unref (handle);
}

/* What MPI calls for the closures of all communicators: whose it is, the record knows. */
static void
on_comm_error (MPI_Comm *comm, int *mpi_code, ...)
{
  MpiCommHandle *handle = comm_handle_find (*comm);
  g_autoptr (MpiErrhandler) errhandler = NULL;
  g_autoptr (MpiComm) object = NULL;

  if (handle == NULL)
    return;
  g_mutex_lock (&registry_lock);
  errhandler = handle->errhandler != NULL ? g_object_ref (handle->errhandler) : NULL;
  g_mutex_unlock (&registry_lock);
  ompi_obj_comm_handle_unref (handle);
  if (errhandler == NULL)
    return;
  object = ompi_obj_comm_find_object (*comm);
  ompi_obj_errhandler_invoke (errhandler, (GObject *) object, *mpi_code);
}

gboolean
ompi_obj_comm_handle_set_errhandler (MpiCommHandle *handle,
                                     MpiErrhandler *errhandler,
                                     const char *function,
                                     GError **error)
{
  const gboolean is_closure = ompi_obj_errhandler_is_closure (errhandler);
  MPI_Errhandler native = errhandler->handle;
  g_autoptr (MpiErrhandler) previous = NULL;
  MPI_Errhandler previous_native;

  if (is_closure && !CHECK_MPI (error, MPI_Comm_create_errhandler, on_comm_error, &native))
    return FALSE;

  /* First ours, then MPI's: an error in between finds its closure. */
  g_mutex_lock (&registry_lock);
  previous = handle->errhandler;
  previous_native = handle->native_errhandler;
  handle->errhandler = g_object_ref (errhandler);
  handle->native_errhandler = is_closure ? native : MPI_ERRHANDLER_NULL;
  g_mutex_unlock (&registry_lock);

  /* A borrowed communicator keeps its closure when the object dies. */
  if (is_closure && handle->ownership == OMPI_OBJ_OWNERSHIP_BORROWED && !handle->is_kept)
    {
      handle->is_kept = TRUE;
      ompi_obj_comm_handle_ref (handle);
    }
  else if (!is_closure && handle->is_kept)
    {
      handle->is_kept = FALSE;
      ompi_obj_comm_handle_unref (handle);
    }
  comm_handle_register (handle, TRUE);

  if (previous_native != MPI_ERRHANDLER_NULL)
    MPI_Errhandler_free (&previous_native);
  return check_mpi (error, function, MPI_Comm_set_errhandler (handle->comm, native));
}

MpiComm *
ompi_obj_comm_find_object (MPI_Comm comm)
{
  MpiCommHandle *handle = comm_handle_find (comm);
  MpiComm *object = NULL;

  if (handle != NULL)
    {
      object = g_weak_ref_get (&handle->object);
      ompi_obj_comm_handle_unref (handle);
    }
  return object != NULL ? object : ompi_obj_comm_new_borrowed (comm);
}
