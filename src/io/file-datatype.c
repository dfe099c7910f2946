/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "file-private.h"
#include "mpi-capabilities-private.h"

/* Whether a datatype, or one that it is made of, was made with 64-bit counts. */
static gboolean
handle_is_large (MPI_Datatype handle, gboolean *is_large, const char *function, GError **error)
{
  DatatypeContents contents;
  gboolean succeeded = TRUE;

  if (!ompi_obj_datatype_contents_init (&contents, handle, function, error))
    return FALSE;
  *is_large = contents.n_large_counts > 0;
  for (MPI_Count i = 0; i < contents.n_datatypes && succeeded && !*is_large; i++)
    succeeded = handle_is_large (contents.datatypes[i], is_large, function, error);
  ompi_obj_datatype_contents_clear (&contents);
  return succeeded;
}

gboolean
ompi_obj_file_check_datatype_slow (MpiDatatype *datatype, const char *function, GError **error)
{
  gboolean is_large = FALSE;

  if (!ompi_obj_get_file_traits ()->takes_large_datatypes
      && !handle_is_large (datatype->handle, &is_large, function, error))
    return FALSE;
  if (is_large)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the datatype was made with counts of 64 bits, which the files of this MPI do not take; nest "
                          "smaller ones");
      return FALSE;
    }
  datatype->is_for_files = TRUE;
  return TRUE;
}
