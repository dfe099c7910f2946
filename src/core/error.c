/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <mpi.h>
#ifdef HAVE_MPI_EXT_H
#include <mpi-ext.h> /* its MPIX_ERR_ classes */
#endif

#include <ompi_obj/native.h>

#include "environment-private.h"
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
#ifdef MPIX_ERR_PROC_FAILED_PENDING
  { MPIX_ERR_PROC_FAILED_PENDING, OMPI_OBJ_ERROR_PROC_FAILED },
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

/* Of the last error that this thread made. */
static _Thread_local gint last_mpi_code;

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
      last_mpi_code = priv->mpi_code;
    }
}

gboolean
ompi_obj_error_report_number (const char *function,
                              MpiError code,
                              const char *name,
                              gssize place,
                              gint64 value,
                              const char *reason,
                              GError **error)
{
  g_autofree char *index = place >= 0 ? g_strdup_printf ("[%" G_GSSIZE_FORMAT "]", place) : g_strdup ("");

  ompi_obj_error_set (error, code, function, "%s%s is %" G_GINT64_FORMAT ", %s", name, index, value, reason);
  return FALSE;
}

/*
 * The codes that are known, and for the ones that the program added their classes and texts. MPI itself
 * cannot be asked: MPICH reads beyond its tables for a code that it never gave, and has a text of its own
 * for a code that was added to one of MPI's classes; Open MPI does not know the class of a class.
 */
typedef struct
{
  int mpi_class;
  gboolean is_added;
  guint n_codes; /* of a class that was added */
  char *text;    /* that was added, else NULL */
} KnownCode;

static GMutex known_codes_lock;
static GHashTable *known_codes;

static void
known_code_free (gpointer data)
{
  KnownCode *code = data;

  g_free (code->text);
  g_free (code);
}

/* Call it, and use the result, with the lock held. */
static KnownCode *
known_code_find (int mpi_code)
{
  return known_codes != NULL ? g_hash_table_lookup (known_codes, GINT_TO_POINTER (mpi_code)) : NULL;
}

static KnownCode *
known_code_add (int mpi_code, int mpi_class, gboolean is_added)
{
  KnownCode *code = g_new0 (KnownCode, 1);

  code->mpi_class = mpi_class;
  code->is_added = is_added;
  if (known_codes == NULL)
    known_codes = g_hash_table_new_full (NULL, NULL, NULL, known_code_free);
  g_hash_table_replace (known_codes, GINT_TO_POINTER (mpi_code), code);
  return code;
}

static gboolean
mpi_class_is_predefined (int mpi_class)
{
  if (mpi_class == MPI_SUCCESS)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (error_classes); i++)
    if (error_classes[i].mpi_class == mpi_class)
      return TRUE;
  return FALSE;
}

void
ompi_obj_error_remember (int mpi_code)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  int mpi_class = MPI_ERR_UNKNOWN;

  if (mpi_class_is_predefined (mpi_code))
    return;
  MPI_Error_class (mpi_code, &mpi_class);

  locker = g_mutex_locker_new (&known_codes_lock);
  if (known_code_find (mpi_code) == NULL)
    known_code_add (mpi_code, mpi_class, FALSE);
}

/* The class of a code that MPI gave or that was added. */
static int
class_for_mpi_code (int mpi_code)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  const KnownCode *code;
  int mpi_class = MPI_ERR_UNKNOWN;

  locker = g_mutex_locker_new (&known_codes_lock);
  code = known_code_find (mpi_code);
  if (code != NULL)
    return code->mpi_class;
  MPI_Error_class (mpi_code, &mpi_class);
  return mpi_class;
}

/* The text of a code that MPI gave or that was added. */
static char *
text_for_mpi_code (int mpi_code)
{
  char text[MPI_MAX_ERROR_STRING + 1] = "unknown error";
  int length = 0;
  char *valid;

  {
    g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&known_codes_lock);
    const KnownCode *code = known_code_find (mpi_code);

    if (code != NULL && code->is_added)
      return g_strdup (code->text != NULL ? code->text : "");
  }

  MPI_Error_string (mpi_code, text, &length);
  valid = g_utf8_make_valid (text, -1);
  return g_strdelimit (g_strchomp (valid), "\n", ' ');
}

/* Sets an error from a code that an MPI function returned, with MPI's own text. */
void
ompi_obj_error_set_mpi (GError **error, const char *function, int mpi_code)
{
  g_autofree char *text = NULL;
  MpiErrorPrivate *priv;
  int mpi_class;

  if (error == NULL)
    return;

  ompi_obj_error_remember (mpi_code);
  mpi_class = class_for_mpi_code (mpi_code);
  text = text_for_mpi_code (mpi_code);

  ompi_obj_error_set (error, error_code_from_mpi_class (mpi_class), function, "%s",
                      text[0] != '\0' ? text : "an error without a text");
  priv = ompi_obj_error_get_private (*error);
  priv->mpi_code = mpi_code;
  priv->mpi_class = mpi_class;
  last_mpi_code = mpi_code;
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

/**
 * ompi_obj_error_get_last_mpi_code:
 *
 * Gets what [func@Mpi.Error.get_mpi_code] gives for the error that this thread made last. For languages whose
 * exceptions keep the domain, code and text of a #GError but not the rest of it, such as Python; to be called before
 * anything else can fail.
 *
 * Returns: MPI's error code; 0 (`MPI_SUCCESS`) if there was no error yet
 *
 * Since: 1.0
 */
gint
ompi_obj_error_get_last_mpi_code (void)
{
  return last_mpi_code;
}

/**
 * ompi_obj_error_add_class:
 * @error: return location for a #GError
 *
 * Makes a new error class, for a library that reports errors of its own in MPI's way. The number is
 * this rank's: other ranks get the same if they add the same classes and codes in the same order.
 *
 * An error of such a class has the code [error@Mpi.Error.other]; [func@Mpi.Error.get_mpi_class] tells
 * the class.
 *
 * Errors: [error@Mpi.Error.other] if MPI has no room for more, [error@Mpi.Error.finalized] if MPI has
 * been finalized.
 *
 * Mirrors `MPI_Add_error_class` (MPI-4.0, section 9.5).
 *
 * Returns: the number of the class, which is a code too; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_error_add_class (GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  int mpi_class = -1;

  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!environment_ensure ("MPI_Add_error_class", error) || !CHECK_MPI (error, MPI_Add_error_class, &mpi_class))
    return -1;
  locker = g_mutex_locker_new (&known_codes_lock);
  known_code_add (mpi_class, mpi_class, TRUE);
  return mpi_class;
}

/**
 * ompi_obj_error_add_code:
 * @mpi_class: a class that MPI has, or one from [func@Mpi.Error.add_class]
 * @error: return location for a #GError
 *
 * Makes a new error code in a class. It has no text until [func@Mpi.Error.add_string] gives it one.
 *
 * Errors: [error@Mpi.Error.arg] if there is no such class, [error@Mpi.Error.other] if MPI has no room
 * for more, [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Add_error_code` (MPI-4.0, section 9.5).
 *
 * Returns: the code; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_error_add_code (gint mpi_class, GError **error)
{
  KnownCode *class_code;
  int mpi_code = -1;
  gboolean is_class;

  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!environment_ensure ("MPI_Add_error_code", error))
    return -1;

  g_mutex_lock (&known_codes_lock);
  class_code = known_code_find (mpi_class);
  is_class = mpi_class_is_predefined (mpi_class)
             || (class_code != NULL && class_code->is_added && class_code->mpi_class == mpi_class);
  g_mutex_unlock (&known_codes_lock);
  if (!is_class || mpi_class == MPI_SUCCESS)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_code", "mpi_class is %d, which is no error class",
                          mpi_class);
      return -1;
    }
  if (!CHECK_MPI (error, MPI_Add_error_code, mpi_class, &mpi_code))
    return -1;

  g_mutex_lock (&known_codes_lock);
  known_code_add (mpi_code, mpi_class, TRUE);
  class_code = known_code_find (mpi_class);
  if (class_code != NULL)
    class_code->n_codes++;
  g_mutex_unlock (&known_codes_lock);
  return mpi_code;
}

typedef enum
{
  CODE_UNKNOWN,
  CODE_OF_MPI,
  CODE_ADDED
} CodeOrigin;

static CodeOrigin
code_origin (int mpi_code)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  const KnownCode *code;

  if (mpi_class_is_predefined (mpi_code))
    return CODE_OF_MPI;
  locker = g_mutex_locker_new (&known_codes_lock);
  code = known_code_find (mpi_code);
  if (code == NULL)
    return CODE_UNKNOWN;
  return code->is_added ? CODE_ADDED : CODE_OF_MPI;
}

static gboolean
check_code_is_added (const char *argument, int mpi_code, const char *function, GError **error)
{
  if (code_origin (mpi_code) == CODE_ADDED)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "%s is %d, which was not added", argument, mpi_code);
  return FALSE;
}

gboolean
ompi_obj_error_check_code (int mpi_code, const char *function, GError **error)
{
  if (code_origin (mpi_code) != CODE_UNKNOWN)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "mpi_code is %d, which is no error code", mpi_code);
  return FALSE;
}

/**
 * ompi_obj_error_add_string:
 * @mpi_code: a code from [func@Mpi.Error.add_code], or a class from [func@Mpi.Error.add_class]
 * @text: its text, in UTF-8 and shorter than MPI's longest (`MPI_MAX_ERROR_STRING`)
 * @error: return location for a #GError
 *
 * Gives a code that was added a text, which then is the message of its errors, or replaces it.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code was not added or @text is too long for this MPI or not
 * UTF-8, [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Add_error_string` (MPI-4.0, section 9.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_error_add_string (gint mpi_code, const gchar *text, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  KnownCode *code;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Add_error_string", error)
      || !check_code_is_added ("mpi_code", mpi_code, "MPI_Add_error_string", error))
    return FALSE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_string", "the text is not valid UTF-8");
      return FALSE;
    }
  if (strlen (text) >= MPI_MAX_ERROR_STRING)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Add_error_string",
                          "the text '%.20s...' has %" G_GSIZE_FORMAT " bytes, but this MPI takes at most %d", text,
                          strlen (text), MPI_MAX_ERROR_STRING - 1);
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Add_error_string, mpi_code, text))
    return FALSE;

  locker = g_mutex_locker_new (&known_codes_lock);
  code = known_code_find (mpi_code);
  if (code != NULL)
    {
      g_free (code->text);
      code->text = g_strdup (text);
    }
  return TRUE;
}

#ifdef HAVE_MPI_REMOVE_ERROR_CLASS
/* Only what nothing else stands on is removed: texts before codes, codes before classes. */
static gboolean
check_code_is_removable (const char *argument, int mpi_code, const char *function, GError **error)
{
  gboolean has_text = FALSE;
  guint n_codes = 0;

  if (!check_code_is_added (argument, mpi_code, function, error))
    return FALSE;

  g_mutex_lock (&known_codes_lock);
  {
    const KnownCode *code = known_code_find (mpi_code);

    if (code != NULL)
      {
        has_text = code->text != NULL;
        n_codes = code->n_codes;
      }
  }
  g_mutex_unlock (&known_codes_lock);

  if (has_text)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "%s is %d, which still has a text", argument, mpi_code);
  else if (n_codes > 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "%s is %d, which still has %u codes", argument, mpi_code,
                        n_codes);
  return !has_text && n_codes == 0;
}

static void
known_code_remove (int mpi_code)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&known_codes_lock);
  const KnownCode *code = known_code_find (mpi_code);
  KnownCode *class_code = code != NULL ? known_code_find (code->mpi_class) : NULL;

  if (class_code != NULL && class_code != code)
    class_code->n_codes--;
  g_hash_table_remove (known_codes, GINT_TO_POINTER (mpi_code));
}
#else
static gboolean
cannot_remove (const char *function, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function, "this MPI is older than 4.1");
  return FALSE;
}
#endif

/**
 * ompi_obj_error_remove_class:
 * @mpi_class: a class from [func@Mpi.Error.add_class]
 * @error: return location for a #GError
 *
 * Removes an error class. Its codes and its text must be removed before.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.1, [error@Mpi.Error.arg] if
 * @mpi_class was not added or has codes or a text.
 *
 * Mirrors `MPI_Remove_error_class` (MPI-4.1, section 9.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_error_remove_class (gint mpi_class, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Remove_error_class", error))
    return FALSE;
#ifdef HAVE_MPI_REMOVE_ERROR_CLASS
  if (!check_code_is_removable ("mpi_class", mpi_class, "MPI_Remove_error_class", error)
      || !CHECK_MPI (error, MPI_Remove_error_class, mpi_class))
    return FALSE;
  known_code_remove (mpi_class);
  return TRUE;
#else
  (void) mpi_class;
  return cannot_remove ("MPI_Remove_error_class", error);
#endif
}

/**
 * ompi_obj_error_remove_code:
 * @mpi_code: a code from [func@Mpi.Error.add_code]
 * @error: return location for a #GError
 *
 * Removes an error code. Its text must be removed before.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.1, [error@Mpi.Error.arg] if
 * @mpi_code was not added or has a text.
 *
 * Mirrors `MPI_Remove_error_code` (MPI-4.1, section 9.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_error_remove_code (gint mpi_code, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Remove_error_code", error))
    return FALSE;
#ifdef HAVE_MPI_REMOVE_ERROR_CLASS
  if (!check_code_is_removable ("mpi_code", mpi_code, "MPI_Remove_error_code", error)
      || !CHECK_MPI (error, MPI_Remove_error_code, mpi_code))
    return FALSE;
  known_code_remove (mpi_code);
  return TRUE;
#else
  (void) mpi_code;
  return cannot_remove ("MPI_Remove_error_code", error);
#endif
}

/**
 * ompi_obj_error_remove_string:
 * @mpi_code: a code or a class that was added
 * @error: return location for a #GError
 *
 * Removes the text of a code. A code without one is left as it is.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.1, [error@Mpi.Error.arg] if
 * @mpi_code was not added.
 *
 * Mirrors `MPI_Remove_error_string` (MPI-4.1, section 9.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_error_remove_string (gint mpi_code, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Remove_error_string", error))
    return FALSE;
#ifdef HAVE_MPI_REMOVE_ERROR_CLASS
  if (!check_code_is_added ("mpi_code", mpi_code, "MPI_Remove_error_string", error))
    return FALSE;

  {
    g_autofree char *text = NULL;
    KnownCode *code;

    g_mutex_lock (&known_codes_lock);
    code = known_code_find (mpi_code);
    if (code != NULL)
      text = g_steal_pointer (&code->text);
    g_mutex_unlock (&known_codes_lock);
    return text == NULL || CHECK_MPI (error, MPI_Remove_error_string, mpi_code);
  }
#else
  (void) mpi_code;
  return cannot_remove ("MPI_Remove_error_string", error);
#endif
}

/**
 * ompi_obj_error_get_class:
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Gets the class of a code, in the numbers of this MPI.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is neither, [error@Mpi.Error.finalized] if MPI has been
 * finalized.
 *
 * Mirrors `MPI_Error_class` (MPI-4.0, section 9.4).
 *
 * Returns: the class; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_error_get_class (gint mpi_code, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!environment_ensure ("MPI_Error_class", error) || !ompi_obj_error_check_code (mpi_code, "MPI_Error_class", error))
    return -1;
  return class_for_mpi_code (mpi_code);
}

/**
 * ompi_obj_error_get_string:
 * @mpi_code: a code that MPI gave, as in [func@Mpi.Error.get_mpi_code], or that was added
 * @error: return location for a #GError
 *
 * Gets the text of a code: MPI's own on one line, or the one that was added.
 *
 * Errors: [error@Mpi.Error.arg] if @mpi_code is neither, [error@Mpi.Error.finalized] if MPI has been
 * finalized.
 *
 * Mirrors `MPI_Error_string` (MPI-4.0, section 9.3).
 *
 * Returns: (transfer full): the text, empty for a code that was added without one; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_error_get_string (gint mpi_code, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure ("MPI_Error_string", error)
      || !ompi_obj_error_check_code (mpi_code, "MPI_Error_string", error))
    return NULL;
  return text_for_mpi_code (mpi_code);
}

/**
 * ompi_obj_error_new_for_native: (skip)
 * @function: the MPI function that failed, such as "MPI_Get_address"
 * @native: the code that it returned, other than `MPI_SUCCESS`
 *
 * Makes an error of a code that a raw MPI function returned, as the library does for its own calls.
 * The code must really be MPI's, or one that was added: MPI may not survive another.
 *
 * Returns: (transfer full): a new error
 *
 * Since: 1.0
 */
GError *
ompi_obj_error_new_for_native (const gchar *function, int native)
{
  GError *error = NULL;

  g_return_val_if_fail (function != NULL, NULL);
  g_return_val_if_fail (native != MPI_SUCCESS, NULL);

  ompi_obj_error_set_mpi (&error, function, native);
  return error;
}
