/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The handle inside a datatype object, for the code that passes it to MPI.
 */

#include <mpi.h>

#include <ompi_obj/datatype.h>

#include "compiler-private.h"
#include "environment-private.h"

/* Counts of elements are smaller. */
#ifdef HAVE_MPI_LARGE_COUNT
#define MPI_COUNT_LIMIT ((guint64) G_MAXINT64 + 1)
#else
#define MPI_COUNT_LIMIT ((guint64) G_MAXINT + 1)
#endif

struct _MpiDatatype
{
  GObject parent_instance;

  MPI_Datatype handle; /* MPI_DATATYPE_NULL: freed, or not in this MPI */
  guint64 count_limit; /* counts of elements are smaller; 0 without a handle, so one comparison sees both */
  const char *name;    /* of a predefined datatype, else NULL */

  /* How its elements lie in memory. All 0 until somebody asks; see ompi_obj_datatype_measure(). */
  gboolean is_measured;
  gint64 size;        /* the bytes of data of an element */
  gint64 dense_size;  /* the same if elements follow each other without gaps, else 0 */
  gint64 extent;      /* from one element to the next */
  gint64 first_byte;  /* of an element, from its address */
  gint64 behind_last; /* the byte behind the last one */

  /* See ompi_obj_datatype_find_number(). */
  gboolean has_number;
  MPI_Datatype number;

  guint defined_ops; /* bits of the predefined operations that were found to be defined for it */

  MpiOwnership ownership;
  gboolean is_for_files; /* known to be one that MPI's files take; see src/io/file-datatype.c */
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

/* Looks up how the elements of a usable datatype lie in memory. */
gboolean ompi_obj_datatype_measure (MpiDatatype *self);

/* The first byte that COUNT elements at START touch, and the one behind the last; FALSE if these are not in memory at
 * all. */
gboolean ompi_obj_datatype_get_span (MpiDatatype *self, gint64 start, gint64 count, gint64 *first, gint64 *end);

/* The predefined datatype that all data of a usable datatype is made of; MPI_DATATYPE_NULL if there are several. */
gboolean ompi_obj_datatype_find_number (MpiDatatype *self, MPI_Datatype *number, const char *function, GError **error);

#define DATATYPE_ENTER(self, function, error, failed)                                   \
  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (self), failed);                           \
  g_return_val_if_fail (error == NULL || *error == NULL, failed);                       \
  if (!environment_ensure (function, error) || !datatype_check (self, function, error)) \
  return failed

/* Predefined datatypes by what MPI gives; NULL if there is none. */
MpiDatatype *ompi_obj_datatype_find_by_handle (MPI_Datatype handle);
MpiDatatype *ompi_obj_datatype_find_by_name (const char *name);

/* MPI frees it, not we: a named one, or one of Fortran's numbers by what they hold. */
gboolean ompi_obj_datatype_handle_is_permanent (MPI_Datatype handle);

/* An object for a handle that MPI gave us; the object of a predefined one is the same as ever. */
MpiDatatype *ompi_obj_datatype_new_for_result (MPI_Datatype handle);

/* What a datatype was made of. */
typedef struct
{
  int combiner; /* MPI's number */
  MPI_Count n_integers;
  MPI_Count n_addresses;
  MPI_Count n_large_counts;
  MPI_Count n_datatypes;
  int *integers;
  MPI_Aint *addresses;
  MPI_Count *large_counts;
  MPI_Datatype *datatypes;
} DatatypeContents;

gboolean
ompi_obj_datatype_contents_init (DatatypeContents *contents, MPI_Datatype handle, const char *function, GError **error);
void ompi_obj_datatype_contents_clear (DatatypeContents *contents);

/*
 * Reads contents in the order of the constructor's arguments, which MPI spreads over the arrays, and over
 * others if the datatype was made with large counts.
 */
typedef struct
{
  const DatatypeContents *contents;
  MPI_Count next_integer;
  MPI_Count next_address;
  MPI_Count next_large_count;
} DatatypeReader;

gint ompi_obj_datatype_reader_integer (DatatypeReader *reader);
gint64 ompi_obj_datatype_reader_count (DatatypeReader *reader);
gint64 ompi_obj_datatype_reader_address (DatatypeReader *reader);

/* Between MPI's numbers and ours; FALSE for one that is unknown. */
gboolean ompi_obj_combiner_from_mpi (int mpi_combiner, MpiCombiner *combiner);
gboolean ompi_obj_order_to_mpi (MpiOrder order, int *mpi_order);
gboolean ompi_obj_distribute_to_mpi (MpiDistribute distribute, int *mpi_distribute);

/* The datatype of a type that is a single number; NULL for another. */
MpiDatatype *ompi_obj_datatype_peek_for_number (const GVariantType *type);

/* ompi_obj_datatype_get_for_variant_type() with another name in its errors. */
MpiDatatype *ompi_obj_datatype_build_for_variant_type (const GVariantType *type, const char *function, GError **error);
