/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a datatype object, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/datatype.h>

#include "compiler-private.h"

struct _MpiDatatype
{
  GObject parent_instance;

  MPI_Datatype handle; /* MPI_DATATYPE_NULL: freed, or not in this MPI */
  guint64 count_limit; /* counts of elements are smaller; 0 without a handle, so one comparison sees both */
  const char *name;    /* of a predefined datatype, else NULL */
  MpiOwnership ownership;
};

/* The class of all datatypes: the class is final, so comparing with it is a full type check. */
extern gpointer ompi_obj_datatype_class G_GNUC_INTERNAL;

static inline gboolean
datatype_takes_count (const MpiDatatype *datatype, gint64 count)
{
  return datatype != NULL && datatype->parent_instance.g_type_instance.g_class == ompi_obj_datatype_class
         && (guint64) count < datatype->count_limit;
}

static inline gboolean
datatype_is_usable (const MpiDatatype *datatype)
{
  return datatype_takes_count (datatype, 0);
}

/* Says why a datatype is not usable. */
void ompi_obj_datatype_report (MpiDatatype *datatype, const char *function, GError **error) COLD;

static inline gboolean
datatype_check (MpiDatatype *datatype, const char *function, GError **error)
{
  if (G_LIKELY (datatype_is_usable (datatype)))
    return TRUE;
  ompi_obj_datatype_report (datatype, function, error);
  return FALSE;
}
