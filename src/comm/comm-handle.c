/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "comm-private.h"
#include "handle-registry-private.h"

MpiCommHandle ompi_obj_comm_no_handle = { .comm = MPI_COMM_NULL, .size = -1, .rank = -1 };

static HandleRegistry registry;

/*
 * The last owner of a handle is right about it; somebody who borrows it leaves the entry alone. One that
 * is displaced is not remembered for its closure any more.
 */
static void
comm_handle_register (MpiCommHandle *handle, gboolean replace)
{
  MpiCommHandle *previous =
      ompi_obj_handle_registry_add (&registry, HANDLE_REGISTRY_KEY (handle->comm), handle, replace);

  if (previous != NULL && previous->is_kept)
    {
      previous->is_kept = FALSE;
      ompi_obj_comm_handle_unref (previous);
    }
}

static void
comm_handle_unregister (MpiCommHandle *handle)
{
  ompi_obj_handle_registry_remove (&registry, HANDLE_REGISTRY_KEY (handle->comm), handle);
}

static gpointer
comm_handle_ref_entry (gpointer handle)
{
  return ompi_obj_comm_handle_ref (handle);
}

static MpiCommHandle *
comm_handle_find (MPI_Comm comm)
{
  return ompi_obj_handle_registry_find (&registry, HANDLE_REGISTRY_KEY (comm), comm_handle_ref_entry);
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
  handle->errhandler = (ErrhandlerSlot) ERRHANDLER_SLOT_INIT;
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

void
ompi_obj_comm_handle_unref (MpiCommHandle *handle)
{
  if (handle == &ompi_obj_comm_no_handle
      || !ompi_obj_handle_registry_unref (&registry, HANDLE_REGISTRY_KEY (handle->comm), handle, &handle->ref_count))
    return;
  if (handle->value_context != NULL)
    handle->release_value_context (handle->value_context);
  if (handle->comm != MPI_COMM_NULL && handle->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    MPI_Comm_free (&handle->comm);
  ompi_obj_errhandler_slot_clear (&handle->errhandler);
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
  ompi_obj_errhandler_slot_clear (&handle->errhandler);
  return TRUE;
}

void
ompi_obj_comm_handle_complete (gpointer data)
{
  MpiCommHandle *handle = data;
  g_autoptr (MpiErrhandler) inherited = g_steal_pointer (&handle->errhandler.errhandler);

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

  if (handle == NULL)
    return;
  ompi_obj_errhandler_slot_invoke (&handle->errhandler, (GObject *) ompi_obj_comm_find_object (*comm), *mpi_code);
  ompi_obj_comm_handle_unref (handle);
}

static int
comm_errhandler_create (MPI_Errhandler *native)
{
  return MPI_Comm_create_errhandler (on_comm_error, native);
}

static int
comm_errhandler_set (gconstpointer comm, MPI_Errhandler native)
{
  return MPI_Comm_set_errhandler (*(const MPI_Comm *) comm, native);
}

static int
comm_errhandler_get (gconstpointer comm, MPI_Errhandler *native)
{
  return MPI_Comm_get_errhandler (*(const MPI_Comm *) comm, native);
}

const ErrhandlerKind ompi_obj_comm_errhandlers = { comm_errhandler_create, comm_errhandler_set, comm_errhandler_get };

gboolean
ompi_obj_comm_handle_set_errhandler (MpiCommHandle *handle,
                                     MpiErrhandler *errhandler,
                                     const char *function,
                                     GError **error)
{
  const gboolean is_closure = ompi_obj_errhandler_is_closure (errhandler);

  comm_handle_register (handle, TRUE);
  if (!ompi_obj_errhandler_slot_set (&handle->errhandler, &ompi_obj_comm_errhandlers, &handle->comm, errhandler,
                                     function, error))
    return FALSE;

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
  return TRUE;
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
