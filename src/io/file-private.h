/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a file, the guards of its methods, and what the forms of data access have in common.
 */

#include <mpi.h>

#include <ompi_obj/file.h>

#include "buffer-private.h"
#include "environment-private.h"
#include "errhandler-private.h"
#include "error-private.h"
#include "status-private.h"

/* A collective access that was begun and not ended. */
typedef struct
{
  gboolean is_active;
  gboolean is_write;
  MpiFileAccess access;
  gpointer address;
  MpiDatatype *datatype; /* what MPI needs until the end */
  GBytes *owner;
  gint64 n_readable; /* see ompi_obj_file_limit_read() */
  gboolean is_done;  /* at its begin, with this status */
  MpiStatus status;
} SplitAccess;

/*
 * Shared by all objects that stand for the same file (a subclass that wraps another object), so that a close
 * through one of them is seen by all.
 */
typedef struct _MpiFileHandle
{
  gatomicrefcount ref_count;
  MPI_File file; /* MPI_FILE_NULL: closed */
  MpiOwnership ownership;
  gchar *path;       /* NULL: opened by somebody else */
  MpiComm *comm;     /* the ranks that opened it, in a context of their own; NULL likewise */
  MpiFileMode amode; /* 0: likewise, and MPI looks for itself */
  gint64 etype_size; /* of the view, in bytes */
  gint64 etype_extent;
  gboolean is_external32;
  gboolean is_empty; /* the view has no place for data */
  gint64 seen_size;  /* when the size was last asked for; atomic. Only set_size makes a file shorter */
  gint n_pending;    /* nonblocking operations; atomic */
  SplitAccess split;
  ErrhandlerSlot errhandler;
  GWeakRef object; /* the last one that stands for it, for MPI's callbacks */
} MpiFileHandle;

#define FILE_HANDLE(self) ((self)->handle->file)

/* What an object has until it is given a file, so that no method needs to ask for NULL. */
extern MpiFileHandle ompi_obj_file_no_handle G_GNUC_INTERNAL;

MpiFileHandle *ompi_obj_file_handle_new (MPI_File file, MpiOwnership ownership);
MpiFileHandle *ompi_obj_file_handle_ref (MpiFileHandle *handle);
void ompi_obj_file_handle_unref (MpiFileHandle *handle);

/* The file was closed. */
void ompi_obj_file_handle_forget (MpiFileHandle *handle);

/* The object of a handle, whose reference it takes over. */
MpiFile *ompi_obj_file_new_for_handle (MpiFileHandle *handle);

/* Each source fills in the slots of its topic. */
void ompi_obj_file_class_init_access (MpiFileClass *klass);
void ompi_obj_file_class_init_nonblocking (MpiFileClass *klass);
void ompi_obj_file_class_init_split (MpiFileClass *klass);
void ompi_obj_file_class_init_view (MpiFileClass *klass);

/* The type check of every method: programs use few classes of files, so the last one that was good is kept. */
extern gpointer ompi_obj_file_last_class G_GNUC_INTERNAL;

gboolean ompi_obj_file_check_type_slow (gconstpointer object) COLD;

static inline gboolean
file_check_type (gconstpointer object)
{
  return G_LIKELY (object != NULL
                   && ((const GTypeInstance *) object)->g_class
                          == __atomic_load_n (&ompi_obj_file_last_class, __ATOMIC_RELAXED))
         || ompi_obj_file_check_type_slow (object);
}

/* Says why a file is not usable: closed, or MPI is finalized. */
void ompi_obj_file_report (MpiFile *self, const char *function, GError **error) COLD;

static inline gboolean
file_check (MpiFile *self, const char *function, GError **error)
{
  if (G_LIKELY (FILE_HANDLE (self) != MPI_FILE_NULL && environment_is_active ()))
    return TRUE;
  ompi_obj_file_report (self, function, error);
  return FALSE;
}

/* The guard of every public method: programmer errors give a critical, a file that is closed an error. */
#define FILE_ENTER(self, function, error, failed)                 \
  g_return_val_if_fail (file_check_type (self), failed);          \
  g_return_val_if_fail (error == NULL || *error == NULL, failed); \
  if (!file_check (self, function, error))                        \
  return failed

/* Puts the path between the function and the text of an error, unless it is there, and finds the code that fits best.
 */
void ompi_obj_file_error_complete (GError **error, const char *path) COLD;

/* The code of an error of the system. */
MpiError ompi_obj_file_error_code_from_errno (int code) COLD;

/* The end of every public method: an error that names the file, also where an overridden slot has none. */
static inline gboolean
file_check_slot (MpiFile *self, GError **error, const char *function, gboolean succeeded)
{
  if (G_UNLIKELY (!succeeded))
    {
      ompi_obj_error_ensure (error, function);
      ompi_obj_file_error_complete (error, self->handle->path);
    }
  return succeeded;
}

#define FILE_CHECK_SLOT(self, error, call) file_check_slot (self, error, G_STRFUNC, (call))

/*
 * Tells all ranks whether each of them came without an OBSTACLE, which is consumed, and with the same VALUE of an
 * argument; see comm-agreement-private.h. Where the file is not the library's own, each rank is on its own.
 */
gboolean ompi_obj_file_consent (MpiFile *self,
                                GError *obstacle,
                                const char *argument,
                                gint64 value,
                                const char *function,
                                GError **error);

/* What stands against a call that must not be made while operations are under way; NULL: nothing. */
GError *ompi_obj_file_find_pending (MpiFile *self, const char *function);

/* Whether there is less in the file than a read asks for, and how many bytes. */
gboolean
ompi_obj_file_meets_end (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, gint64 *n_bytes);

/*
 * The MPIs do not see the end of the file in a collective read: lets BUFFER be SHORTER, with room for what there is.
 * Where that must not be, gives the number of bytes that the status has to have afterwards; else FILE_IS_COUNTED.
 */
#define FILE_IS_COUNTED (-1)

gint64 ompi_obj_file_limit_read (MpiFile *self,
                                 MpiFileAccess access,
                                 gint64 offset,
                                 const MpiBuffer **buffer,
                                 MpiBuffer *shorter);

/* Whether all of a buffer was written, for an MPI that does not say if not. */
gboolean
ompi_obj_file_check_written (const MpiBuffer *buffer, const MPI_Status *status, const char *function, GError **error);

/* The default implementation, for accesses that this MPI cannot do in other forms. */
gboolean ompi_obj_file_real_read (MpiFile *self,
                                  MpiFileAccess access,
                                  gint64 offset,
                                  const MpiBuffer *buffer,
                                  MpiStatus *status,
                                  GError **error);

/* Whether this MPI converts to the representation of the view in an access that does not wait. */
gboolean ompi_obj_file_check_conversion (MpiFile *self, const char *function, GError **error);

/* Whether all ranks take part in an access. */
static inline gboolean
file_access_is_collective (MpiFileAccess access)
{
  return access == OMPI_OBJ_FILE_ACCESS_AT_ALL || access == OMPI_OBJ_FILE_ACCESS_ALL
         || access == OMPI_OBJ_FILE_ACCESS_ORDERED;
}

static inline gboolean
file_access_has_offset (MpiFileAccess access)
{
  return access == OMPI_OBJ_FILE_ACCESS_AT || access == OMPI_OBJ_FILE_ACCESS_AT_ALL;
}

/* Whether the way in which the file was opened, and what is under way, allow an access: the same on all ranks. */
gboolean ompi_obj_file_check_access (MpiFile *self,
                                     gboolean is_write,
                                     MpiFileAccess access,
                                     const char *function,
                                     GError **error);

/* Whether there is a place in the view at an offset. */
gboolean ompi_obj_file_check_place (MpiFile *self, gint64 offset, const char *function, GError **error);

/* Whether MPI's files take a datatype, which is usable; looked at once for each. */
gboolean ompi_obj_file_check_datatype_slow (MpiDatatype *datatype, const char *function, GError **error) COLD;

static inline gboolean
file_check_datatype (MpiDatatype *datatype, const char *function, GError **error)
{
  return G_LIKELY (datatype->name != NULL || datatype->is_for_files)
         || ompi_obj_file_check_datatype_slow (datatype, function, error);
}

/* Whether a datatype can say what a rank sees: its places go up and do not overlap. */
gboolean ompi_obj_file_check_filetype (MpiDatatype *filetype, const char *function, GError **error);

/* Whether the arguments of this rank are good. */
gboolean ompi_obj_file_check_transfer (MpiFile *self,
                                       MpiFileAccess access,
                                       gint64 offset,
                                       const MpiBuffer *buffer,
                                       const char *function,
                                       GError **error);

/*
 * What a rank whose arguments are wrong comes to a collective access with, so that the others do not wait for it: no
 * elements.
 */
const MpiBuffer *ompi_obj_file_get_nothing (void);

/*
 * Checks an access and says what to pass to MPI: the arguments, or nothing if they are wrong and the access is
 * collective. FALSE: nothing is to be called. IS_GOOD tells whether there was no error.
 */
static inline gboolean
file_prepare (MpiFile *self,
              gboolean is_write,
              MpiFileAccess access,
              gint64 *offset,
              const MpiBuffer **buffer,
              gboolean *is_good,
              const char *function,
              GError **error)
{
  *is_good = FALSE;
  if (!ompi_obj_file_check_access (self, is_write, access, function, error))
    return FALSE;
  *is_good = ompi_obj_file_check_transfer (self, access, *offset, *buffer, function, error);
  if (G_LIKELY (*is_good))
    return TRUE;
  *offset = 0;
  *buffer = ompi_obj_file_get_nothing ();
  return file_access_is_collective (access);
}

gboolean ompi_obj_whence_to_mpi (MpiWhence whence, int *mpi_whence, const char *function, GError **error);
