/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "error-private.h"

typedef struct
{
  gint mpi_code;
  gint mpi_class;
} MpiErrorPrivate;

static void
ompi_obj_error_private_init (MpiErrorPrivate *priv)
{
  priv->mpi_code = MPI_SUCCESS;
  priv->mpi_class = MPI_SUCCESS;
}

static void
ompi_obj_error_private_copy (const MpiErrorPrivate *source, MpiErrorPrivate *copy)
{
  *copy = *source;
}

static void
ompi_obj_error_private_clear (MpiErrorPrivate *priv G_GNUC_UNUSED)
{
}

/**
 * ompi_obj_error_quark:
 *
 * Gets the domain of the library's errors.
 *
 * Returns: the quark
 *
 * Since: 1.0
 */
G_DEFINE_EXTENDED_ERROR (MpiError, ompi_obj_error)

/* The one table between MPI's error classes, whose numbers differ from one MPI to the next, and ours. */
static const struct
{
  int mpi_class;
  MpiError code;
} error_classes[] = {
  { MPI_ERR_BUFFER, OMPI_OBJ_ERROR_BUFFER },
  { MPI_ERR_COUNT, OMPI_OBJ_ERROR_COUNT },
  { MPI_ERR_TYPE, OMPI_OBJ_ERROR_TYPE },
  { MPI_ERR_TAG, OMPI_OBJ_ERROR_TAG },
  { MPI_ERR_COMM, OMPI_OBJ_ERROR_COMM },
  { MPI_ERR_RANK, OMPI_OBJ_ERROR_RANK },
  { MPI_ERR_REQUEST, OMPI_OBJ_ERROR_REQUEST },
  { MPI_ERR_ROOT, OMPI_OBJ_ERROR_ROOT },
  { MPI_ERR_GROUP, OMPI_OBJ_ERROR_GROUP },
  { MPI_ERR_OP, OMPI_OBJ_ERROR_OP },
  { MPI_ERR_TOPOLOGY, OMPI_OBJ_ERROR_TOPOLOGY },
  { MPI_ERR_DIMS, OMPI_OBJ_ERROR_DIMS },
  { MPI_ERR_ARG, OMPI_OBJ_ERROR_ARG },
  { MPI_ERR_UNKNOWN, OMPI_OBJ_ERROR_UNKNOWN },
  { MPI_ERR_TRUNCATE, OMPI_OBJ_ERROR_TRUNCATE },
  { MPI_ERR_OTHER, OMPI_OBJ_ERROR_OTHER },
  { MPI_ERR_INTERN, OMPI_OBJ_ERROR_INTERN },
  { MPI_ERR_PENDING, OMPI_OBJ_ERROR_PENDING },
  { MPI_ERR_IN_STATUS, OMPI_OBJ_ERROR_IN_STATUS },
  { MPI_ERR_ACCESS, OMPI_OBJ_ERROR_ACCESS },
  { MPI_ERR_AMODE, OMPI_OBJ_ERROR_AMODE },
  { MPI_ERR_ASSERT, OMPI_OBJ_ERROR_ASSERT },
  { MPI_ERR_BAD_FILE, OMPI_OBJ_ERROR_BAD_FILE },
  { MPI_ERR_BASE, OMPI_OBJ_ERROR_BASE },
  { MPI_ERR_CONVERSION, OMPI_OBJ_ERROR_CONVERSION },
  { MPI_ERR_DISP, OMPI_OBJ_ERROR_DISP },
  { MPI_ERR_DUP_DATAREP, OMPI_OBJ_ERROR_DUP_DATAREP },
  { MPI_ERR_FILE_EXISTS, OMPI_OBJ_ERROR_FILE_EXISTS },
  { MPI_ERR_FILE_IN_USE, OMPI_OBJ_ERROR_FILE_IN_USE },
  { MPI_ERR_FILE, OMPI_OBJ_ERROR_FILE },
  { MPI_ERR_INFO_KEY, OMPI_OBJ_ERROR_INFO_KEY },
  { MPI_ERR_INFO_NOKEY, OMPI_OBJ_ERROR_INFO_NOKEY },
  { MPI_ERR_INFO_VALUE, OMPI_OBJ_ERROR_INFO_VALUE },
  { MPI_ERR_INFO, OMPI_OBJ_ERROR_INFO },
  { MPI_ERR_IO, OMPI_OBJ_ERROR_IO },
  { MPI_ERR_KEYVAL, OMPI_OBJ_ERROR_KEYVAL },
  { MPI_ERR_LOCKTYPE, OMPI_OBJ_ERROR_LOCKTYPE },
  { MPI_ERR_NAME, OMPI_OBJ_ERROR_NAME },
  { MPI_ERR_NO_MEM, OMPI_OBJ_ERROR_NO_MEM },
  { MPI_ERR_NOT_SAME, OMPI_OBJ_ERROR_NOT_SAME },
  { MPI_ERR_NO_SPACE, OMPI_OBJ_ERROR_NO_SPACE },
  { MPI_ERR_NO_SUCH_FILE, OMPI_OBJ_ERROR_NO_SUCH_FILE },
  { MPI_ERR_PORT, OMPI_OBJ_ERROR_PORT },
  { MPI_ERR_QUOTA, OMPI_OBJ_ERROR_QUOTA },
  { MPI_ERR_READ_ONLY, OMPI_OBJ_ERROR_READ_ONLY },
  { MPI_ERR_RMA_CONFLICT, OMPI_OBJ_ERROR_RMA_CONFLICT },
  { MPI_ERR_RMA_SYNC, OMPI_OBJ_ERROR_RMA_SYNC },
  { MPI_ERR_SERVICE, OMPI_OBJ_ERROR_SERVICE },
  { MPI_ERR_SIZE, OMPI_OBJ_ERROR_SIZE },
  { MPI_ERR_SPAWN, OMPI_OBJ_ERROR_SPAWN },
  { MPI_ERR_UNSUPPORTED_DATAREP, OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP },
  { MPI_ERR_UNSUPPORTED_OPERATION, OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION },
  { MPI_ERR_WIN, OMPI_OBJ_ERROR_WIN },
#ifdef MPI_ERR_RMA_RANGE
  { MPI_ERR_RMA_RANGE, OMPI_OBJ_ERROR_RMA_RANGE },
#endif
#ifdef MPI_ERR_RMA_ATTACH
  { MPI_ERR_RMA_ATTACH, OMPI_OBJ_ERROR_RMA_ATTACH },
#endif
#ifdef MPI_ERR_RMA_SHARED
  { MPI_ERR_RMA_SHARED, OMPI_OBJ_ERROR_RMA_SHARED },
#endif
#ifdef MPI_ERR_RMA_FLAVOR
  { MPI_ERR_RMA_FLAVOR, OMPI_OBJ_ERROR_RMA_FLAVOR },
#endif
#ifdef MPI_ERR_PROC_ABORTED
  { MPI_ERR_PROC_ABORTED, OMPI_OBJ_ERROR_PROC_ABORTED },
#endif
#ifdef MPI_ERR_VALUE_TOO_LARGE
  { MPI_ERR_VALUE_TOO_LARGE, OMPI_OBJ_ERROR_VALUE_TOO_LARGE },
#endif
#ifdef MPI_ERR_SESSION
  { MPI_ERR_SESSION, OMPI_OBJ_ERROR_SESSION },
#endif
#ifdef MPI_ERR_ERRHANDLER
  { MPI_ERR_ERRHANDLER, OMPI_OBJ_ERROR_ERRHANDLER },
#endif
#ifdef MPIX_ERR_PROC_FAILED
  { MPIX_ERR_PROC_FAILED, OMPI_OBJ_ERROR_PROC_FAILED },
#endif
#ifdef MPIX_ERR_REVOKED
  { MPIX_ERR_REVOKED, OMPI_OBJ_ERROR_REVOKED },
#endif
};

static MpiError
error_code_from_mpi_class (int mpi_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (error_classes); i++)
    if (error_classes[i].mpi_class == mpi_class)
      return error_classes[i].code;
  return OMPI_OBJ_ERROR_OTHER;
}

static int
mpi_class_from_error_code (MpiError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (error_classes); i++)
    if (error_classes[i].code == code)
      return error_classes[i].mpi_class;
  return MPI_SUCCESS;
}

/* "MPI_Send_c" is how MPI_Send is called for large counts; the user knows the name without the suffix. */
static char *
function_name_for_user (const char *function)
{
  return g_str_has_suffix (function, "_c") ? g_strndup (function, strlen (function) - 2) : g_strdup (function);
}

/* Sets an error that the library itself found, in the same form as one that MPI found. */
void
ompi_obj_error_set (GError **error, MpiError code, const char *function, const char *format, ...)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  va_list arguments;

  if (error == NULL)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  name = function_name_for_user (function);
  g_set_error (error, OMPI_OBJ_ERROR, code, "%s: %s", name, text);
  if (*error != NULL)
    {
      MpiErrorPrivate *priv = ompi_obj_error_get_private (*error);

      priv->mpi_code = mpi_class_from_error_code (code);
      priv->mpi_class = priv->mpi_code;
    }
}

/* Sets an error from a code that an MPI function returned, with MPI's own text. */
void
ompi_obj_error_set_mpi (GError **error, const char *function, int mpi_code)
{
  char text[MPI_MAX_ERROR_STRING + 1] = "unknown error";
  int length = 0;
  int mpi_class = MPI_ERR_UNKNOWN;
  MpiErrorPrivate *priv;

  if (error == NULL)
    return;

  MPI_Error_class (mpi_code, &mpi_class);
  MPI_Error_string (mpi_code, text, &length);
  g_strdelimit (g_strchomp (text), "\n", ' ');

  ompi_obj_error_set (error, error_code_from_mpi_class (mpi_class), function, "%s", text);
  priv = ompi_obj_error_get_private (*error);
  priv->mpi_code = mpi_code;
  priv->mpi_class = mpi_class;
}

void
ompi_obj_error_ensure (GError **error, const char *function)
{
  if (error != NULL && *error == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FAILED, function, "the overridden method failed without an error");
}

static const MpiErrorPrivate *
error_get_mpi (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == OMPI_OBJ_ERROR ? ompi_obj_error_get_private (error) : NULL;
}

/**
 * ompi_obj_error_get_mpi_code:
 * @error: an error
 *
 * Gets the exact code that MPI returned. It means something to this MPI only.
 *
 * Returns: MPI's error code; 0 (`MPI_SUCCESS`) if @error is of another domain or has none
 *
 * Since: 1.0
 */
gint
ompi_obj_error_get_mpi_code (const GError *error)
{
  const MpiErrorPrivate *priv = error_get_mpi (error);

  return priv != NULL ? priv->mpi_code : MPI_SUCCESS;
}

/**
 * ompi_obj_error_get_mpi_class:
 * @error: an error
 *
 * Gets MPI's class of an error, in the numbers of this MPI. Mirrors `MPI_Error_class` (MPI-4.0,
 * section 9.4); programs that should run with every MPI compare `error->code` with
 * [error@Mpi.Error] instead.
 *
 * Returns: MPI's error class; 0 (`MPI_SUCCESS`) if @error is of another domain or has none
 *
 * Since: 1.0
 */
gint
ompi_obj_error_get_mpi_class (const GError *error)
{
  const MpiErrorPrivate *priv = error_get_mpi (error);

  return priv != NULL ? priv->mpi_class : MPI_SUCCESS;
}
