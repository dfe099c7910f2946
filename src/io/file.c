/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>

#include <glib/gstdio.h>

#include <ompi_obj/native.h>

#include "comm-agreement-private.h"
#include "comm-private.h"
#include "file-private.h"
#include "group-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"
#include "request-private.h"

/**
 * MpiFile:
 *
 * A file that the ranks of a communicator have opened together, each of which sees a part of it.
 *
 * What a rank sees is its view ([method@Mpi.File.set_view]); at first that is the whole file, byte by byte. Offsets and
 * file pointers count the elementary type of the view, from its beginning. Data is read and written
 *
 * - at an offset (`..._at`), at a file pointer that each rank has for itself, or at one that all have in common
 *   (`..._shared`, `..._ordered`);
 * - by each rank alone, or by all ranks in one call (`..._all`, `..._ordered`), which lets MPI put the pieces together
 *   into few large ones: much faster if they are small and lie between each other;
 * - waiting until it is done, starting it (`iread...`, `iwrite...`), or in two parts (`..._begin` and `..._end`).
 *
 * ```c
 * g_autoptr (MpiFile) file = ompi_obj_file_open (world, "result", OMPI_OBJ_FILE_MODE_CREATE |
 * OMPI_OBJ_FILE_MODE_WRONLY, NULL, &error); gint64 first = ompi_obj_comm_get_rank (world) * n * sizeof (double);
 *
 * if (file == NULL || !ompi_obj_file_write_at_all (file, first, OMPI_OBJ_DATA (x, n), NULL, &error)
 *     || !ompi_obj_file_close (file, &error))
 *   return EXIT_FAILURE;
 * ```
 *
 * A read that meets the end of the file is no error: the status tells how many elements there were. In a collective
 * call where the arguments of one rank are wrong, that rank gets the error and takes no part in the data; the others
 * do not notice. Errors name the file.
 *
 * A file is closed by [method@Mpi.File.close], which all ranks call. One whose last reference goes before that warns,
 * and stays open until MPI is finalized. After it was closed the object stays valid, and its methods give
 * [error@Mpi.Error.file].
 *
 * A subclass can put itself in the place of an open file with the property [property@Mpi.File:wraps] and override the
 * primitives that it wants to watch or change.
 *
 * Mirrors `MPI_File` (MPI-4.0, chapter 14).
 *
 * Since: 1.0
 */

typedef struct
{
  guint64 native; /* what the construct properties asked for */
  MpiOwnership ownership;
} MpiFilePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MpiFile, ompi_obj_file, G_TYPE_OBJECT)

#define GET_PRIVATE(self) ((MpiFilePrivate *) ompi_obj_file_get_instance_private (self))

typedef enum
{
  PROP_NATIVE = 1,
  PROP_OWNERSHIP,
  PROP_WRAPS,
  PROP_PATH,
  PROP_GFILE,
  PROP_AMODE,
  PROP_SIZE,
  PROP_ATOMICITY
} FileProperty;

static GParamSpec *properties[PROP_ATOMICITY + 1];

gpointer ompi_obj_file_last_class;

gboolean
ompi_obj_file_check_type_slow (gconstpointer object)
{
  if (!OMPI_OBJ_IS_FILE (object))
    return FALSE;
  __atomic_store_n (&ompi_obj_file_last_class, ((const GTypeInstance *) object)->g_class, __ATOMIC_RELAXED);
  return TRUE;
}

static void
file_set_handle (MpiFile *self, MpiFileHandle *handle)
{
  ompi_obj_file_handle_unref (self->handle);
  self->handle = handle;
  if (handle != &ompi_obj_file_no_handle)
    g_weak_ref_set (&handle->object, self);
}

MpiFile *
ompi_obj_file_new_for_handle (MpiFileHandle *handle)
{
  MpiFile *self = g_object_new (OMPI_OBJ_TYPE_FILE, NULL);

  file_set_handle (self, handle);
  return self;
}

void
ompi_obj_file_report (MpiFile *self, const char *function, GError **error)
{
  if (!environment_is_active () || ompi_obj_is_finalized ())
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, function, "MPI has been finalized");
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FILE, function, "the file was closed, or never had a handle");
  ompi_obj_file_error_complete (error, self->handle->path);
}

gboolean
ompi_obj_file_consent (MpiFile *self,
                       GError *obstacle,
                       const char *argument,
                       gint64 value,
                       const char *function,
                       GError **error)
{
  if (self->handle->comm != NULL)
    return ompi_obj_comm_consent (self->handle->comm, obstacle, argument, value, function, error);
  if (obstacle == NULL)
    return TRUE;
  g_propagate_error (error, obstacle);
  return FALSE;
}

GError *
ompi_obj_file_find_pending (MpiFile *self, const char *function)
{
  GError *obstacle = NULL;
  gint n_pending;

  if (g_atomic_int_get (&self->handle->n_pending) > 0)
    ompi_obj_request_finish_dropped ();
  n_pending = g_atomic_int_get (&self->handle->n_pending);
  if (n_pending > 0)
    ompi_obj_error_set (&obstacle, OMPI_OBJ_ERROR_PENDING, function, "%d nonblocking operations have not completed",
                        n_pending);
  else if (self->handle->split.is_active)
    ompi_obj_error_set (&obstacle, OMPI_OBJ_ERROR_PENDING, function, "a split collective operation was not ended");
  return obstacle;
}

static void
file_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MpiFile *self = OMPI_OBJ_FILE (object);
  const gboolean is_open = FILE_HANDLE (self) != MPI_FILE_NULL && environment_is_active ();

  switch ((FileProperty) id)
    {
    case PROP_NATIVE:
      g_value_set_uint64 (value, (guint64) (guintptr) FILE_HANDLE (self));
      break;
    case PROP_OWNERSHIP:
      g_value_set_enum (value, (gint) self->handle->ownership);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->handle->path);
      break;
    case PROP_GFILE:
      g_value_take_object (value, ompi_obj_file_get_gfile (self));
      break;
    case PROP_AMODE:
      g_value_set_flags (value, is_open ? ompi_obj_file_get_amode (self, NULL) : 0);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, is_open ? ompi_obj_file_get_size (self, NULL) : -1);
      break;
    case PROP_ATOMICITY:
      g_value_set_boolean (value, is_open && ompi_obj_file_get_atomicity (self, NULL));
      break;
    case PROP_WRAPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
file_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MpiFile *self = OMPI_OBJ_FILE (object);
  MpiFile *wrapped;

  switch ((FileProperty) id)
    {
    case PROP_NATIVE:
      GET_PRIVATE (self)->native = g_value_get_uint64 (value);
      break;
    case PROP_OWNERSHIP:
      GET_PRIVATE (self)->ownership = (MpiOwnership) g_value_get_enum (value);
      break;
    case PROP_WRAPS:
      wrapped = g_value_get_object (value);
      if (wrapped != NULL)
        file_set_handle (self, ompi_obj_file_handle_ref (wrapped->handle));
      break;
    case PROP_PATH:
    case PROP_GFILE:
    case PROP_AMODE:
    case PROP_SIZE:
    case PROP_ATOMICITY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
file_constructed (GObject *object)
{
  MpiFile *self = OMPI_OBJ_FILE (object);
  MpiFilePrivate *priv = GET_PRIVATE (self);

  G_OBJECT_CLASS (ompi_obj_file_parent_class)->constructed (object);

  if (priv->native != 0 && self->handle == &ompi_obj_file_no_handle)
    file_set_handle (self, ompi_obj_file_handle_new ((MPI_File) (guintptr) priv->native, priv->ownership));
}

static void
file_finalize (GObject *object)
{
  ompi_obj_file_handle_unref (OMPI_OBJ_FILE (object)->handle);

  G_OBJECT_CLASS (ompi_obj_file_parent_class)->finalize (object);
}

static gint64
file_real_get_size (MpiFile *self, GError **error)
{
  MPI_Offset size;

  return CHECK_MPI (error, MPI_File_get_size, FILE_HANDLE (self), &size) ? (gint64) size : -1;
}

/* What stands against a change of the file as a whole to a size, on this rank. */
static GError *
file_find_obstacle_to_size (MpiFile *self, gint64 size, const char *function)
{
  GError *obstacle = ompi_obj_file_find_pending (self, function);

  if (obstacle == NULL && size < 0)
    ompi_obj_error_set (&obstacle, OMPI_OBJ_ERROR_ARG, function, "size is %" G_GINT64_FORMAT ", which is negative",
                        size);
  return obstacle;
}

static gboolean
file_check_writable (MpiFile *self, const char *function, GError **error)
{
  if ((self->handle->amode & OMPI_OBJ_FILE_MODE_RDONLY) == 0)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_READ_ONLY, function, "the file was opened to be read only");
  return FALSE;
}

static gboolean
file_real_set_size (MpiFile *self, gint64 size, GError **error)
{
  if (!file_check_writable (self, "MPI_File_set_size", error)
      || !ompi_obj_file_consent (self, file_find_obstacle_to_size (self, size, "MPI_File_set_size"), "size", size,
                                 "MPI_File_set_size", error))
    return FALSE;
  __atomic_store_n (&self->handle->seen_size, 0, __ATOMIC_RELAXED);
  return CHECK_MPI (error, MPI_File_set_size, FILE_HANDLE (self), (MPI_Offset) size);
}

/* What MPI_File_preallocate is for, by the first rank. */
static gboolean
file_preallocate_by_first (MpiFile *self, gint64 size, GError **error)
{
  GError *failure = NULL;

  if (self->handle->comm->handle->rank == 0 && size > 0)
    {
      const gint fd = g_open (self->handle->path, O_WRONLY | O_CLOEXEC, 0);
      const gint code = fd < 0 ? errno : posix_fallocate (fd, 0, (off_t) size);

      if (code != 0)
        ompi_obj_error_set (&failure, ompi_obj_file_error_code_from_errno (code), "MPI_File_preallocate", "%s",
                            g_strerror (code));
      if (fd >= 0)
        g_close (fd, NULL);
    }
  return ompi_obj_file_consent (self, failure, "nothing", 0, "MPI_File_preallocate", error);
}

static gboolean
file_real_preallocate (MpiFile *self, gint64 size, GError **error)
{
  if (!file_check_writable (self, "MPI_File_preallocate", error)
      || !ompi_obj_file_consent (self, file_find_obstacle_to_size (self, size, "MPI_File_preallocate"), "size", size,
                                 "MPI_File_preallocate", error))
    return FALSE;
  if (self->handle->comm != NULL && !ompi_obj_get_file_traits ()->preallocates)
    return file_preallocate_by_first (self, size, error);
  return CHECK_MPI (error, MPI_File_preallocate, FILE_HANDLE (self), (MPI_Offset) size);
}

static gboolean
file_real_set_atomicity (MpiFile *self, gboolean atomicity, GError **error)
{
  return ompi_obj_file_consent (self, ompi_obj_file_find_pending (self, "MPI_File_set_atomicity"), "atomicity",
                                !!atomicity, "MPI_File_set_atomicity", error)
         && CHECK_MPI (error, MPI_File_set_atomicity, FILE_HANDLE (self), !!atomicity);
}

static gboolean
file_real_sync (MpiFile *self, GError **error)
{
  return ompi_obj_file_consent (self, ompi_obj_file_find_pending (self, "MPI_File_sync"), "nothing", 0, "MPI_File_sync",
                                error)
         && CHECK_MPI (error, MPI_File_sync, FILE_HANDLE (self));
}

static gboolean
file_real_close (MpiFile *self, GError **error)
{
  MpiFileHandle *handle = self->handle;

  if (handle->ownership == OMPI_OBJ_OWNERSHIP_BORROWED)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_FILE, "MPI_File_close", "the file is borrowed from somebody else");
      return FALSE;
    }
  if (!ompi_obj_file_consent (self, ompi_obj_file_find_pending (self, "MPI_File_close"), "nothing", 0, "MPI_File_close",
                              error)
      || !CHECK_MPI (error, MPI_File_close, &(MPI_File){ handle->file }))
    return FALSE;
  ompi_obj_file_handle_forget (handle);
  return TRUE;
}

static void
ompi_obj_file_class_init (MpiFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = file_constructed;
  object_class->finalize = file_finalize;
  object_class->get_property = file_get_property;
  object_class->set_property = file_set_property;

  klass->get_size = file_real_get_size;
  klass->set_size = file_real_set_size;
  klass->preallocate = file_real_preallocate;
  klass->set_atomicity = file_real_set_atomicity;
  klass->sync = file_real_sync;
  klass->close = file_real_close;
  ompi_obj_file_class_init_access (klass);
  ompi_obj_file_class_init_nonblocking (klass);
  ompi_obj_file_class_init_split (klass);
  ompi_obj_file_class_init_view (klass);

  /**
   * MpiFile:native:
   *
   * The raw MPI handle as a number, to exchange files with other MPI libraries in the same process. 0 makes an object
   * without a file.
   *
   * Since: 1.0
   */
  properties[PROP_NATIVE] =
      g_param_spec_uint64 ("native", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_WRITABLE | construct);

  /**
   * MpiFile:ownership:
   *
   * Who closes the file that was given as [property@Mpi.File:native].
   *
   * Since: 1.0
   */
  properties[PROP_OWNERSHIP] =
      g_param_spec_enum ("ownership", NULL, NULL, OMPI_OBJ_TYPE_OWNERSHIP, OMPI_OBJ_OWNERSHIP_BORROWED,
                         G_PARAM_READABLE | G_PARAM_WRITABLE | construct);

  /**
   * MpiFile:wraps:
   *
   * A file in whose place the new object stands: both are the same file for MPI, and closing one closes both. For
   * subclasses:
   *
   * ```c
   * file = g_object_new (TRACING_TYPE_FILE, "wraps", opened, NULL);
   * ```
   *
   * Since: 1.0
   */
  properties[PROP_WRAPS] = g_param_spec_object ("wraps", NULL, NULL, OMPI_OBJ_TYPE_FILE, G_PARAM_WRITABLE | construct);

  /**
   * MpiFile:path: (getter get_path)
   *
   * The path that the file was opened with.
   *
   * Since: 1.0
   */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, readable);

  /**
   * MpiFile:gfile: (getter get_gfile)
   *
   * The file as GIO knows it.
   *
   * Since: 1.0
   */
  properties[PROP_GFILE] = g_param_spec_object ("gfile", NULL, NULL, G_TYPE_FILE, readable);

  /**
   * MpiFile:amode: (getter get_amode)
   *
   * How the file was opened; 0 after it was closed.
   *
   * Since: 1.0
   */
  properties[PROP_AMODE] = g_param_spec_flags ("amode", NULL, NULL, OMPI_OBJ_TYPE_FILE_MODE, 0, readable);

  /**
   * MpiFile:size: (getter get_size)
   *
   * The size of the file in bytes; -1 after it was closed.
   *
   * Since: 1.0
   */
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, -1, readable);

  /**
   * MpiFile:atomicity: (getter get_atomicity)
   *
   * Whether conflicting accesses of several ranks are in some order.
   *
   * Since: 1.0
   */
  properties[PROP_ATOMICITY] = g_param_spec_boolean ("atomicity", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ompi_obj_file_init (MpiFile *self)
{
  self->handle = &ompi_obj_file_no_handle;
}

/**
 * ompi_obj_file_close: (virtual close)
 * @self: a file
 * @error: return location for a #GError
 *
 * Closes a file, after everything was stored that was written. Collective. The object stays valid, and its methods give
 * [error@Mpi.Error.file].
 *
 * Errors, on all ranks: [error@Mpi.Error.pending] if a nonblocking or split collective operation of one rank has not
 * completed: the file stays open; [error@Mpi.Error.file] if @self was closed, or is borrowed from somebody else.
 *
 * Mirrors `MPI_File_close` (MPI-4.0, section 14.2.2).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_close (MpiFile *self, GError **error)
{
  FILE_ENTER (self, "MPI_File_close", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->close (self, error));
}

/**
 * ompi_obj_file_get_path: (get-property path)
 * @self: a file
 *
 * Gets the path that a file was opened with.
 *
 * Returns: (transfer none) (nullable) (type filename): the path; %NULL if somebody else opened it
 *
 * Since: 1.0
 */
const gchar *
ompi_obj_file_get_path (MpiFile *self)
{
  g_return_val_if_fail (file_check_type (self), NULL);

  return self->handle->path;
}

/**
 * ompi_obj_file_get_gfile: (get-property gfile)
 * @self: a file
 *
 * Gets a file as GIO knows it.
 *
 * Returns: (transfer full) (nullable): the file; %NULL if somebody else opened it
 *
 * Since: 1.0
 */
GFile *
ompi_obj_file_get_gfile (MpiFile *self)
{
  g_return_val_if_fail (file_check_type (self), NULL);

  return self->handle->path != NULL ? g_file_new_for_path (self->handle->path) : NULL;
}

/**
 * ompi_obj_file_get_group:
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets the group of the ranks that opened a file.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_group` (MPI-4.0, section 14.2.7).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_file_get_group (MpiFile *self, GError **error)
{
  MPI_Group group;

  FILE_ENTER (self, "MPI_File_get_group", error, NULL);

  if (!FILE_CHECK_SLOT (self, error, CHECK_MPI (error, MPI_File_get_group, FILE_HANDLE (self), &group)))
    return NULL;
  return ompi_obj_group_new_for_result (group);
}

/**
 * ompi_obj_file_get_info:
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets the hints that MPI uses for a file.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_info` (MPI-4.0, section 14.2.8).
 *
 * Returns: (transfer full): a new info, which may be without entries; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_file_get_info (MpiFile *self, GError **error)
{
  MPI_Info info;

  FILE_ENTER (self, "MPI_File_get_info", error, NULL);

  if (!FILE_CHECK_SLOT (self, error, CHECK_MPI (error, MPI_File_get_info, FILE_HANDLE (self), &info)))
    return NULL;
  return ompi_obj_info_new_for_native (info, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_file_set_info:
 * @self: a file
 * @info: hints; MPI passes over those that it does not know
 * @error: return location for a #GError
 *
 * Changes the hints of a file. Collective; some must be the same on every rank.
 *
 * Errors, on all ranks: [error@Mpi.Error.info] if the @info of one rank was freed; [error@Mpi.Error.file] if @self was
 * closed.
 *
 * Mirrors `MPI_File_set_info` (MPI-4.0, section 14.2.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_set_info (MpiFile *self, MpiInfo *info, GError **error)
{
  GError *obstacle = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_INFO (info), FALSE);
  FILE_ENTER (self, "MPI_File_set_info", error, FALSE);

  ompi_obj_info_check (info, "MPI_File_set_info", &obstacle);
  return FILE_CHECK_SLOT (self, error,
                          ompi_obj_file_consent (self, obstacle, "nothing", 0, "MPI_File_set_info", error)
                              && CHECK_MPI (error, MPI_File_set_info, FILE_HANDLE (self), info_to_mpi (info)));
}

/**
 * ompi_obj_file_get_size: (virtual get_size) (get-property size)
 * @self: a file
 * @error: return location for a #GError
 *
 * Gets the size of a file. What other ranks have written may be counted only after [method@Mpi.File.sync].
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_size` (MPI-4.0, section 14.2.6).
 *
 * Returns: the size in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_file_get_size (MpiFile *self, GError **error)
{
  gint64 size;

  FILE_ENTER (self, "MPI_File_get_size", error, -1);
  size = OMPI_OBJ_FILE_GET_CLASS (self)->get_size (self, error);
  return FILE_CHECK_SLOT (self, error, size >= 0) ? size : -1;
}

/**
 * ompi_obj_file_set_size: (virtual set_size)
 * @self: a file
 * @size: the size in bytes, the same on every rank
 * @error: return location for a #GError
 *
 * Cuts a file at a size, or makes it longer; what is new reads as zeros on the systems that there are. File pointers
 * stay. Collective.
 *
 * Errors, on all ranks: [error@Mpi.Error.arg] if @size is negative, [error@Mpi.Error.not_same] if the ranks differ in
 * it, [error@Mpi.Error.read_only] if the file was opened to be read, [error@Mpi.Error.pending] if an operation has not
 * completed, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_set_size` (MPI-4.0, section 14.2.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_set_size (MpiFile *self, gint64 size, GError **error)
{
  FILE_ENTER (self, "MPI_File_set_size", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->set_size (self, size, error));
}

/**
 * ompi_obj_file_preallocate: (virtual preallocate)
 * @self: a file
 * @size: the number of bytes, the same on every rank
 * @error: return location for a #GError
 *
 * Makes sure that there is room on the device for the first @size bytes of a file, which becomes so long if it is
 * shorter. Can take as long as writing them. Collective.
 *
 * Errors, on all ranks: [error@Mpi.Error.arg] if @size is negative, [error@Mpi.Error.not_same] if the ranks differ in
 * it, [error@Mpi.Error.read_only] if the file was opened to be read, [error@Mpi.Error.pending] if an operation has not
 * completed, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_preallocate` (MPI-4.0, section 14.2.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_preallocate (MpiFile *self, gint64 size, GError **error)
{
  FILE_ENTER (self, "MPI_File_preallocate", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->preallocate (self, size, error));
}

/**
 * ompi_obj_file_set_atomicity: (virtual set_atomicity)
 * @self: a file
 * @atomicity: %TRUE if conflicting accesses of several ranks are to be in some order; the same on every rank
 * @error: return location for a #GError
 *
 * Says whether what one rank writes is seen by the others as a whole, and at once. At first it is not, which is faster:
 * others see it after [method@Mpi.File.sync]. Collective.
 *
 * Errors, on all ranks: [error@Mpi.Error.not_same] if the ranks differ in @atomicity, [error@Mpi.Error.pending] if an
 * operation has not completed, [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_set_atomicity` (MPI-4.0, section 14.6.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_set_atomicity (MpiFile *self, gboolean atomicity, GError **error)
{
  FILE_ENTER (self, "MPI_File_set_atomicity", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->set_atomicity (self, atomicity, error));
}

/**
 * ompi_obj_file_get_atomicity: (get-property atomicity)
 * @self: a file
 * @error: return location for a #GError
 *
 * Tells whether conflicting accesses of several ranks are in some order.
 *
 * Errors: [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_get_atomicity` (MPI-4.0, section 14.6.1).
 *
 * Returns: %TRUE if they are; %FALSE if not, or on error
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_get_atomicity (MpiFile *self, GError **error)
{
  int atomicity = FALSE;

  FILE_ENTER (self, "MPI_File_get_atomicity", error, FALSE);

  return FILE_CHECK_SLOT (self, error, CHECK_MPI (error, MPI_File_get_atomicity, FILE_HANDLE (self), &atomicity))
         && atomicity;
}

/**
 * ompi_obj_file_sync: (virtual sync)
 * @self: a file
 * @error: return location for a #GError
 *
 * Has everything stored that this rank has written, and shows it what others have stored. Collective. For one rank to
 * read what another wrote, all call sync, then meet ([method@Mpi.Comm.barrier]), then call sync again.
 *
 * Errors, on all ranks: [error@Mpi.Error.pending] if an operation of one rank has not completed;
 * [error@Mpi.Error.file] if @self was closed.
 *
 * Mirrors `MPI_File_sync` (MPI-4.0, section 14.6.1).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_file_sync (MpiFile *self, GError **error)
{
  FILE_ENTER (self, "MPI_File_sync", error, FALSE);
  return FILE_CHECK_SLOT (self, error, OMPI_OBJ_FILE_GET_CLASS (self)->sync (self, error));
}

/**
 * ompi_obj_file_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who closes @native
 * @error: return location for a #GError
 *
 * Makes an object for a raw MPI handle. If it is owned, MPI's errors on it are returned from now on. The library does
 * not know who else has opened the file, so it does not tell other ranks of an argument that is wrong on one.
 *
 * Errors: [error@Mpi.Error.file] if @native is no file.
 *
 * Returns: (transfer full): a new file; %NULL on error
 *
 * Since: 1.0
 */
MpiFile *
ompi_obj_file_new_for_native (MPI_File native, MpiOwnership ownership, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (G_STRFUNC, error))
    return NULL;
  if (native == MPI_FILE_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_FILE, G_STRFUNC, "the handle is MPI_FILE_NULL");
      return NULL;
    }
  if (ownership == OMPI_OBJ_OWNERSHIP_OWNED && !CHECK_MPI (error, MPI_File_set_errhandler, native, MPI_ERRORS_RETURN))
    return NULL;
  return g_object_new (OMPI_OBJ_TYPE_FILE, "native", (guint64) (guintptr) native, "ownership", ownership, NULL);
}

/**
 * ompi_obj_file_get_native: (skip)
 * @self: a file
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_FILE_NULL` if it was closed
 *
 * Since: 1.0
 */
MPI_File
ompi_obj_file_get_native (MpiFile *self)
{
  g_return_val_if_fail (file_check_type (self), MPI_FILE_NULL);

  return FILE_HANDLE (self);
}
