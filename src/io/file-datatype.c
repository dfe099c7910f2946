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

/*
 * Whether the places of a filetype go up, without overlapping: MPI demands it, and the MPIs look at it on each rank for
 * itself, after which the others wait for the one that returned.
 */

/* Where the data of elements begins and ends, from the place of an element, and how far the next one is. */
typedef struct
{
  gint64 size;
  gint64 begin;
  gint64 end;
  gint64 extent;
} Measures;

/* The end of what was seen so far. */
typedef struct
{
  gboolean is_started;
  gint64 end;
} Walk;

static gboolean
measure (Measures *self, MPI_Datatype handle, const char *function, GError **error)
{
  MPI_Count size;
  MPI_Count lower_bound;
  MPI_Count extent;
  MPI_Count true_lower_bound;
  MPI_Count true_extent;

  if (!check_mpi (error, function, MPI_Type_size_x (handle, &size))
      || !check_mpi (error, function, MPI_Type_get_extent_x (handle, &lower_bound, &extent))
      || !check_mpi (error, function, MPI_Type_get_true_extent_x (handle, &true_lower_bound, &true_extent)))
    return FALSE;
  *self = (Measures){ size, true_lower_bound, true_lower_bound + true_extent, extent };
  return TRUE;
}

/* COUNT elements, one behind the other from a place on. */
static gboolean
walk_block (Walk *self, gint64 place, gint64 count, const Measures *element)
{
  if (count == 0 || element->size == 0)
    return TRUE;
  if (count > 1 && element->extent < element->end - element->begin)
    return FALSE;
  if (self->is_started && place + element->begin < self->end)
    return FALSE;
  self->is_started = TRUE;
  self->end = place + (count - 1) * element->extent + element->end;
  return TRUE;
}

/* COUNT blocks of LENGTH elements at a stride in bytes: all are like the first two. */
static gboolean
walk_vector (Walk *self, gint64 count, gint64 length, gint64 stride, const Measures *element)
{
  return walk_block (self, 0, count > 0 ? length : 0, element)
         && (count < 2 || walk_block (self, stride, length, element));
}

/* Blocks of the lengths that come first, at the displacements that follow in units of so many bytes. */
static gboolean
walk_indexed (Walk *self, DatatypeReader *reader, gboolean has_lengths, gboolean in_bytes, const Measures *element)
{
  const gint64 n_blocks = ompi_obj_datatype_reader_count (reader);
  const gint64 length = has_lengths ? 0 : ompi_obj_datatype_reader_count (reader);
  g_autofree gint64 *lengths = g_new (gint64, (gsize) n_blocks + 1);

  for (gint64 i = 0; i < n_blocks; i++)
    lengths[i] = has_lengths ? ompi_obj_datatype_reader_count (reader) : length;
  for (gint64 i = 0; i < n_blocks; i++)
    {
      const gint64 place = in_bytes ? ompi_obj_datatype_reader_address (reader)
                                    : ompi_obj_datatype_reader_count (reader) * element->extent;

      if (!walk_block (self, place, lengths[i], element))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_struct (Walk *self, DatatypeReader *reader, const Measures *elements)
{
  const gint64 n_blocks = ompi_obj_datatype_reader_count (reader);
  g_autofree gint64 *lengths = g_new (gint64, (gsize) n_blocks + 1);

  for (gint64 i = 0; i < n_blocks; i++)
    lengths[i] = ompi_obj_datatype_reader_count (reader);
  for (gint64 i = 0; i < n_blocks; i++)
    if (!walk_block (self, ompi_obj_datatype_reader_address (reader), lengths[i], &elements[i]))
      return FALSE;
  return TRUE;
}

static gboolean
walk_contents (const DatatypeContents *contents, const Measures *elements)
{
  DatatypeReader reader = { .contents = contents };
  Walk walk = { 0 };
  MpiCombiner combiner;
  gint64 count;
  gint64 length;

  if (!ompi_obj_combiner_from_mpi (contents->combiner, &combiner))
    return TRUE;
  switch (combiner)
    {
    case OMPI_OBJ_COMBINER_CONTIGUOUS:
      return walk_block (&walk, 0, ompi_obj_datatype_reader_count (&reader), elements);
    case OMPI_OBJ_COMBINER_VECTOR:
    case OMPI_OBJ_COMBINER_HVECTOR:
      count = ompi_obj_datatype_reader_count (&reader);
      length = ompi_obj_datatype_reader_count (&reader);
      return walk_vector (&walk, count, length,
                          combiner == OMPI_OBJ_COMBINER_VECTOR
                              ? ompi_obj_datatype_reader_count (&reader) * elements->extent
                              : ompi_obj_datatype_reader_address (&reader),
                          elements);
    case OMPI_OBJ_COMBINER_INDEXED:
    case OMPI_OBJ_COMBINER_HINDEXED:
    case OMPI_OBJ_COMBINER_INDEXED_BLOCK:
    case OMPI_OBJ_COMBINER_HINDEXED_BLOCK:
      return walk_indexed (&walk, &reader,
                           combiner == OMPI_OBJ_COMBINER_INDEXED || combiner == OMPI_OBJ_COMBINER_HINDEXED,
                           combiner == OMPI_OBJ_COMBINER_HINDEXED || combiner == OMPI_OBJ_COMBINER_HINDEXED_BLOCK,
                           elements);
    case OMPI_OBJ_COMBINER_STRUCT:
      return walk_struct (&walk, &reader, elements);
    case OMPI_OBJ_COMBINER_SUBARRAY:
    case OMPI_OBJ_COMBINER_DARRAY:
      /* Parts of an array lie in its order. */
      return walk_block (&walk, 0, 2, elements);
    case OMPI_OBJ_COMBINER_NAMED:
    case OMPI_OBJ_COMBINER_DUP:
    case OMPI_OBJ_COMBINER_F90_REAL:
    case OMPI_OBJ_COMBINER_F90_COMPLEX:
    case OMPI_OBJ_COMBINER_F90_INTEGER:
    case OMPI_OBJ_COMBINER_RESIZED:
    case OMPI_OBJ_COMBINER_VALUE_INDEX:
    default:
      return TRUE;
    }
}

/* A datatype and what it is made of. */
static gboolean
handle_goes_up (MPI_Datatype handle, gboolean *goes_up, const char *function, GError **error)
{
  DatatypeContents contents;
  g_autofree Measures *elements = NULL;
  gboolean succeeded = TRUE;

  if (!ompi_obj_datatype_contents_init (&contents, handle, function, error))
    return FALSE;
  elements = g_new0 (Measures, (gsize) contents.n_datatypes + 1);
  for (MPI_Count i = 0; i < contents.n_datatypes && succeeded && *goes_up; i++)
    succeeded = measure (&elements[i], contents.datatypes[i], function, error)
                && handle_goes_up (contents.datatypes[i], goes_up, function, error);
  if (succeeded && *goes_up)
    *goes_up = walk_contents (&contents, elements);
  ompi_obj_datatype_contents_clear (&contents);
  return succeeded;
}

gboolean
ompi_obj_file_check_filetype (MpiDatatype *filetype, const char *function, GError **error)
{
  gboolean goes_up = TRUE;
  Measures measures;

  if (filetype->name != NULL)
    return TRUE;
  if (!measure (&measures, filetype->handle, function, error)
      || !handle_goes_up (filetype->handle, &goes_up, function, error))
    return FALSE;
  if (measures.begin < 0)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "filetype begins before the displacement");
  else if (!goes_up || measures.extent < measures.end - measures.begin)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "filetype goes backwards, or overlaps itself");
  else
    return TRUE;
  return FALSE;
}
