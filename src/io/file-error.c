/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "file-private.h"

static const struct
{
  int code;
  MpiError error;
} errnos[] = {
  { ENOENT, OMPI_OBJ_ERROR_NO_SUCH_FILE }, { ENOTDIR, OMPI_OBJ_ERROR_NO_SUCH_FILE },
  { EACCES, OMPI_OBJ_ERROR_ACCESS },       { EPERM, OMPI_OBJ_ERROR_ACCESS },
  { EROFS, OMPI_OBJ_ERROR_READ_ONLY },     { EEXIST, OMPI_OBJ_ERROR_FILE_EXISTS },
  { EDQUOT, OMPI_OBJ_ERROR_QUOTA },        { ENOSPC, OMPI_OBJ_ERROR_NO_SPACE },
  { ETXTBSY, OMPI_OBJ_ERROR_FILE_IN_USE }, { EBUSY, OMPI_OBJ_ERROR_FILE_IN_USE },
};

MpiError
ompi_obj_file_error_code_from_errno (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errnos); i++)
    if (errnos[i].code == code)
      return errnos[i].error;
  return OMPI_OBJ_ERROR_BAD_FILE;
}

/* An MPI that has one class for most errors of the system tells them apart in the text. */
static void
error_refine (GError *error)
{
  if (error->code != OMPI_OBJ_ERROR_IO && error->code != OMPI_OBJ_ERROR_OTHER)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (errnos); i++)
    if (strstr (error->message, g_strerror (errnos[i].code)) != NULL)
      error->code = (gint) errnos[i].error;
}

static void
error_add_path (GError *error, const char *path)
{
  g_autofree gchar *name = g_filename_display_name (path);
  g_autofree gchar *old = NULL;
  const gchar *text = strstr (error->message, ": ");

  if (text == NULL || strstr (text, name) != NULL)
    return;
  old = error->message;
  error->message = g_strdup_printf ("%.*s: '%s'%s", (gint) (text - old), old, name, text);
}

void
ompi_obj_file_error_complete (GError **error, const char *path)
{
  if (error == NULL || *error == NULL || (*error)->domain != OMPI_OBJ_ERROR)
    return;
  error_refine (*error);
  if (path != NULL)
    error_add_path (*error, path);
}
