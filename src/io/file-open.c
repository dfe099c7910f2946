/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "comm-agreement-private.h"
#include "comm-private.h"
#include "file-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"

#define MODE_READ_WRITE (OMPI_OBJ_FILE_MODE_RDONLY | OMPI_OBJ_FILE_MODE_RDWR | OMPI_OBJ_FILE_MODE_WRONLY)

static const struct
{
  MpiFileMode mode;
  int mpi_mode;
} modes[] = {
  { OMPI_OBJ_FILE_MODE_RDONLY, MPI_MODE_RDONLY },
  { OMPI_OBJ_FILE_MODE_RDWR, MPI_MODE_RDWR },
  { OMPI_OBJ_FILE_MODE_WRONLY, MPI_MODE_WRONLY },
  { OMPI_OBJ_FILE_MODE_CREATE, MPI_MODE_CREATE },
  { OMPI_OBJ_FILE_MODE_EXCL, MPI_MODE_EXCL },
  { OMPI_OBJ_FILE_MODE_DELETE_ON_CLOSE, MPI_MODE_DELETE_ON_CLOSE },
  { OMPI_OBJ_FILE_MODE_UNIQUE_OPEN, MPI_MODE_UNIQUE_OPEN },
  { OMPI_OBJ_FILE_MODE_SEQUENTIAL, MPI_MODE_SEQUENTIAL },
  { OMPI_OBJ_FILE_MODE_APPEND, MPI_MODE_APPEND },
};

static int
amode_to_mpi (MpiFileMode amode)
{
  int mpi_amode = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if ((amode & modes[i].mode) != 0)
      mpi_amode |= modes[i].mpi_mode;
  return mpi_amode;
}

static MpiFileMode
amode_from_mpi (int mpi_amode)
{
  MpiFileMode amode = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if ((mpi_amode & modes[i].mpi_mode) != 0)
      amode |= modes[i].mode;
  return amode;
}

static gboolean
amode_check (MpiFileMode amode, const char *function, GError **error)
{
  const guint way = amode & MODE_READ_WRITE;
  const char *fault = NULL;

  if (way == 0 || (way & (way - 1)) != 0)
    fault = "which has not exactly one of RDONLY, RDWR and WRONLY";
  else if (amode >= (OMPI_OBJ_FILE_MODE_APPEND << 1))
    fault = "which has bits that mean nothing";
  else if ((amode & OMPI_OBJ_FILE_MODE_RDONLY) != 0
           && (amode & (OMPI_OBJ_FILE_MODE_CREATE | OMPI_OBJ_FILE_MODE_EXCL)) != 0)
    fault = "where RDONLY does not go with CREATE or EXCL";
  else if ((amode & OMPI_OBJ_FILE_MODE_RDWR) != 0 && (amode & OMPI_OBJ_FILE_MODE_SEQUENTIAL) != 0)
    fault = "where RDWR does not go with SEQUENTIAL";
  if (fault == NULL)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_AMODE, function, "amode is 0x%x, %s", (guint) amode, fault);
  return FALSE;
}

/* A name that no MPI could take, or that does not survive this one. */
static gboolean
path_check (const gchar *path, const char *function, GError **error)
{
  const gsize limit = ompi_obj_get_file_traits ()->path_limit;

  if (path[0] == '\0')
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BAD_FILE, function, "path is empty");
  else if (strlen (path) > limit)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BAD_FILE, function,
                        "path is %" G_GSIZE_FORMAT " bytes long, but the limit of this MPI is %" G_GSIZE_FORMAT
                        "; a relative path may be shorter",
                        strlen (path), limit);
  else
    return TRUE;
  return FALSE;
}

static gboolean
report_errno (int code, const char *function, GError **error)
{
  ompi_obj_error_set (error, ompi_obj_file_error_code_from_errno (code), function, "%s", g_strerror (code));
  return FALSE;
}

/*
 * Looks at what MPI would find when it opens the file. Both MPIs open a directory to be read, and do not survive the
 * first read of it; one leaves the other ranks waiting if a file is missing on one.
 */
static gboolean
path_check_is_there (const gchar *path, MpiFileMode amode, const char *function, GError **error)
{
  const gboolean may_be_missing = (amode & OMPI_OBJ_FILE_MODE_CREATE) != 0;
  GStatBuf found;

  if (g_stat (path, &found) == 0)
    {
      if (!S_ISDIR (found.st_mode))
        return TRUE;
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BAD_FILE, function, "it is a directory");
      return FALSE;
    }
  if (!may_be_missing)
    return report_errno (errno, function, error);
  {
    g_autofree gchar *directory = g_path_get_dirname (path);

    if (g_stat (directory, &found) != 0)
      return report_errno (errno, function, error);
    return S_ISDIR (found.st_mode) || report_errno (ENOTDIR, function, error);
  }
}

/* MPICH takes what is before a colon for the name of a file system, unless there is one. */
static gchar *
path_to_mpi (const gchar *path)
{
  return ompi_obj_get_file_traits ()->path_has_prefix && strchr (path, ':') != NULL ? g_strconcat ("ufs:", path, NULL)
                                                                                    : g_strdup (path);
}

/*
 * Errors of files that are not open are those of MPI_FILE_NULL. They are returned during a call of the library's,
 * whatever the program has set for them.
 */
static MPI_Errhandler
begin_returning_errors (void)
{
  MPI_Errhandler saved = MPI_ERRORS_RETURN;

  MPI_File_get_errhandler (MPI_FILE_NULL, &saved);
  if (saved != MPI_ERRORS_RETURN)
    MPI_File_set_errhandler (MPI_FILE_NULL, MPI_ERRORS_RETURN);
  return saved;
}

static void
end_returning_errors (MPI_Errhandler saved)
{
  if (saved == MPI_ERRORS_RETURN)
    return;
  MPI_File_set_errhandler (MPI_FILE_NULL, saved);
  if (saved != MPI_ERRORS_ARE_FATAL)
    MPI_Errhandler_free (&saved);
}

/* The ranks in a context of their own, in which the library's agreements do not meet what the program does. */
static MpiComm *
dup_for_file (MpiComm *comm, GError **error)
{
  MPI_Comm native;

  if (!CHECK_MPI (error, MPI_Comm_dup, COMM_HANDLE (comm), &native))
    return NULL;
  return ompi_obj_comm_new_owned (native, OMPI_OBJ_TYPE_INTRACOMM, error);
}

/* Opens what all ranks agree about. PATH is NULL if there is an OBSTACLE, which is taken over. */
static MpiFile *
file_open (MpiComm *comm, const gchar *path, MpiFileMode amode, MpiInfo *info, GError *obstacle, GError **error)
{
  g_autoptr (MpiComm) own = NULL;
  g_autofree gchar *mpi_path = NULL;
  GError *failure = NULL;
  MpiFileHandle *handle;
  MPI_File file = MPI_FILE_NULL;
  MPI_Errhandler saved;

  if (obstacle == NULL && ompi_obj_info_check (info, "MPI_File_open", &obstacle)
      && path_check (path, "MPI_File_open", &obstacle) && amode_check (amode, "MPI_File_open", &obstacle))
    path_check_is_there (path, amode, "MPI_File_open", &obstacle);
  if (!ompi_obj_comm_consent (comm, obstacle, "amode", amode, "MPI_File_open", error))
    return NULL;
  own = dup_for_file (comm, error);
  if (own == NULL)
    return NULL;

  mpi_path = path_to_mpi (path);
  saved = begin_returning_errors ();
  CHECK_MPI (&failure, MPI_File_open, COMM_HANDLE (own), mpi_path, amode_to_mpi (amode), info_to_mpi (info), &file);
  end_returning_errors (saved);
  /* One MPI tells only the rank that failed. */
  if (!ompi_obj_comm_consent (own, failure, "nothing", 0, "MPI_File_open", error))
    return NULL;

  MPI_File_set_errhandler (file, MPI_ERRORS_RETURN);
  handle = ompi_obj_file_handle_new (file, OMPI_OBJ_OWNERSHIP_OWNED);
  handle->path = g_strdup (path);
  handle->comm = g_steal_pointer (&own);
  handle->amode = amode;
  return ompi_obj_file_new_for_handle (handle);
}

/* Files are opened by the ranks of one group. */
static gboolean
check_is_intra (MpiComm *comm, const char *function, GError **error)
{
  if (!comm->handle->is_inter)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function,
                      "the communicator is one between two groups; merge them, or use one of each group");
  return FALSE;
}

/**
 * ompi_obj_file_open: (constructor)
 * @comm: the ranks that open the file together, not an intercommunicator
 * @path: (type filename): the path of the file; the same file on every rank
 * @amode: how to open it; the same on every rank
 * @info: (nullable): hints, such as where on a parallel file system it is to be; MPI passes over those that it does
 *   not know
 * @error: return location for a #GError
 *
 * Opens a file. Collective over @comm, which may be freed while the file is open. At first each rank sees the whole
 * file as bytes. For a file of this rank alone, use [func@Mpi.Comm.self].
 *
 * @path is a path and nothing else: it has no prefix for a kind of file system, as MPICH knows it (the hint
 * `romio_filesystem_type` says that there).
 *
 * Errors, on all ranks: [error@Mpi.Error.no_such_file], [error@Mpi.Error.file_exists] (with EXCL),
 * [error@Mpi.Error.access], [error@Mpi.Error.read_only], [error@Mpi.Error.bad_file] (a directory, say),
 * [error@Mpi.Error.no_space], [error@Mpi.Error.quota] and so on if one rank cannot open it;
 * [error@Mpi.Error.amode] if @amode makes no sense, [error@Mpi.Error.not_same] if the ranks differ in it,
 * [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.comm] if @comm is an intercommunicator or was freed.
 *
 * Mirrors `MPI_File_open` (MPI-4.0, section 14.2.1).
 *
 * Returns: (transfer full): a new file; %NULL on error
 *
 * Since: 1.0
 */
MpiFile *
ompi_obj_file_open (MpiComm *comm, const gchar *path, MpiFileMode amode, MpiInfo *info, GError **error)
{
  MpiFile *file;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_File_open", error, NULL);

  if (!check_is_intra (comm, "MPI_File_open", error))
    return NULL;
  file = file_open (comm, path, amode, info, NULL, error);
  if (file == NULL)
    ompi_obj_file_error_complete (error, path);
  return file;
}

/**
 * ompi_obj_file_open_for_gfile: (constructor)
 * @comm: the ranks that open the file together, not an intercommunicator
 * @file: the file, which has a path; the same file on every rank
 * @amode: how to open it; the same on every rank
 * @info: (nullable): hints
 * @error: return location for a #GError
 *
 * Opens a file that GIO knows; see [ctor@Mpi.File.open].
 *
 * Errors, on all ranks: those of [ctor@Mpi.File.open], and [error@Mpi.Error.bad_file] if the @file of one rank has no
 * path, as one on a server may not.
 *
 * Mirrors `MPI_File_open` (MPI-4.0, section 14.2.1).
 *
 * Returns: (transfer full): a new file; %NULL on error
 *
 * Since: 1.0
 */
MpiFile *
ompi_obj_file_open_for_gfile (MpiComm *comm, GFile *file, MpiFileMode amode, MpiInfo *info, GError **error)
{
  g_autofree gchar *path = NULL;
  g_autofree gchar *name = NULL;
  GError *obstacle = NULL;
  MpiFile *opened;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER (comm, "MPI_File_open", error, NULL);

  if (!check_is_intra (comm, "MPI_File_open", error))
    return NULL;
  path = g_file_get_path (file);
  name = g_file_get_parse_name (file);
  if (path == NULL)
    ompi_obj_error_set (&obstacle, OMPI_OBJ_ERROR_BAD_FILE, "MPI_File_open", "it has no path on this system");
  opened = file_open (comm, path, amode, info, obstacle, error);
  if (opened == NULL)
    ompi_obj_file_error_complete (error, path != NULL ? path : name);
  return opened;
}

static gboolean
file_delete (const gchar *path, MpiInfo *info, GError **error)
{
  g_autofree gchar *mpi_path = path_to_mpi (path);
  GStatBuf found;
  MPI_Errhandler saved;
  gboolean succeeded;

  if (!ompi_obj_info_check (info, "MPI_File_delete", error) || !path_check (path, "MPI_File_delete", error))
    return FALSE;
  if (g_lstat (path, &found) == 0 && S_ISDIR (found.st_mode))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BAD_FILE, "MPI_File_delete", "it is a directory");
      return FALSE;
    }
  saved = begin_returning_errors ();
  succeeded = CHECK_MPI (error, MPI_File_delete, mpi_path, info_to_mpi (info));
  end_returning_errors (saved);
  return succeeded;
}

/**
 * ompi_obj_file_delete:
 * @path: (type filename): the path of a file
 * @info: (nullable): hints
 * @error: return location for a #GError
 *
 * Deletes a file that no rank has open. Not collective: one rank calls it.
 *
 * Errors: [error@Mpi.Error.no_such_file] if there is none, [error@Mpi.Error.access] if it may not be deleted,
 * [error@Mpi.Error.bad_file] if it is a directory, [error@Mpi.Error.info] if @info was freed.
 *
 * Mirrors `MPI_File_delete` (MPI-4.0, section 14.2.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_delete (const gchar *path, MpiInfo *info, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_File_delete", error))
    return FALSE;
  if (file_delete (path, info, error))
    return TRUE;
  ompi_obj_file_error_complete (error, path);
  return FALSE;
}

/**
 * ompi_obj_file_delete_for_gfile:
 * @file: the file, which has a path
 * @info: (nullable): hints
 * @error: return location for a #GError
 *
 * Deletes a file that GIO knows and that no rank has open; see [func@Mpi.File.delete].
 *
 * Errors: those of [func@Mpi.File.delete], and [error@Mpi.Error.bad_file] if @file has no path.
 *
 * Mirrors `MPI_File_delete` (MPI-4.0, section 14.2.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_delete_for_gfile (GFile *file, MpiInfo *info, GError **error)
{
  g_autofree gchar *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree gchar *name = g_file_get_parse_name (file);

      ompi_obj_error_set (error, OMPI_OBJ_ERROR_BAD_FILE, "MPI_File_delete", "'%s' has no path on this system", name);
      return FALSE;
    }
  return ompi_obj_file_delete (path, info, error);
}

/**
 * ompi_obj_file_get_amode: (get-property amode)
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets how a file was opened.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_amode` (MPI-4.0, section 14.2.7).
 *
 * Returns: the mode; 0 on error
 *
 * Since: 1.0
 */
MpiFileMode
ompi_obj_file_get_amode (MpiFile *self, GError **error)
{
  int amode;

  FILE_ENTER (self, "MPI_File_get_amode", error, 0);

  return FILE_CHECK_SLOT (self, error, CHECK_MPI (error, MPI_File_get_amode, FILE_HANDLE (self), &amode))
             ? amode_from_mpi (amode)
             : 0;
}
