/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "datatype-private.h"
#include "error-private.h"
#include "large-count-private.h"
#include "tuple-layout-private.h"

MpiDatatype *
ompi_obj_datatype_peek_for_number (const GVariantType *type)
{
  switch (g_variant_type_peek_string (type)[0])
    {
    case 'b':
    case 'y':
      return OMPI_OBJ_UINT8_T;
    case 'n':
      return OMPI_OBJ_INT16_T;
    case 'q':
      return OMPI_OBJ_UINT16_T;
    case 'i':
      return OMPI_OBJ_INT32_T;
    case 'u':
      return OMPI_OBJ_UINT32_T;
    case 'x':
      return OMPI_OBJ_INT64_T;
    case 't':
      return OMPI_OBJ_UINT64_T;
    case 'd':
      return OMPI_OBJ_DOUBLE;
    default:
      return NULL;
    }
}

static MpiDatatype *build_type (const GVariantType *type, Room *room, const char *function, GError **error);

static MpiDatatype *
build_tuple (const GVariantType *type, Room *room, const char *function, GError **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) displacements = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MpiDatatype) datatype = NULL;
  const gint64 one = 1;

  *room = (Room){ 0, 1 };
  for (const GVariantType *member = g_variant_type_first (type); member != NULL; member = g_variant_type_next (member))
    {
      Room member_room;
      MpiDatatype *element = build_type (member, &member_room, function, error);
      gint64 displacement;

      if (element == NULL)
        return NULL;
      displacement = (gint64) room_add (room, member_room);
      g_ptr_array_add (elements, element);
      g_array_append_val (lengths, one);
      g_array_append_val (displacements, displacement);
    }
  room_end (room);
  if (elements->len == 0)
    return g_object_ref (OMPI_OBJ_UINT8_T);

  datatype = ompi_obj_datatype_new_struct ((const gint64 *) lengths->data, (const gint64 *) displacements->data,
                                           (MpiDatatype *const *) elements->pdata, elements->len, error);
  return datatype != NULL ? ompi_obj_datatype_new_resized (datatype, 0, (gint64) room->size, error) : NULL;
}

static MpiDatatype *
build_type (const GVariantType *type, Room *room, const char *function, GError **error)
{
  MpiDatatype *number = ompi_obj_datatype_peek_for_number (type);
  MPI_Count size;

  if (g_variant_type_is_tuple (type) || g_variant_type_is_dict_entry (type))
    return build_tuple (type, room, function, error);
  if (number != NULL && check_mpi (error, function, MPI_Type_size_c (number->handle, &size)))
    {
      *room = (Room){ (gsize) size, (gsize) size };
      return g_object_ref (number);
    }
  if (number == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "'%.*s' is not a number or made of numbers",
                        (int) g_variant_type_get_string_length (type), g_variant_type_peek_string (type));
  return NULL;
}

MpiDatatype *
ompi_obj_datatype_build_for_variant_type (const GVariantType *type, const char *function, GError **error)
{
  g_autoptr (MpiDatatype) datatype = NULL;
  Room room;

  /* The generic tuple has no members to look at. */
  if (!g_variant_type_is_definite (type))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "'%.*s' is not a number or made of numbers",
                          (int) g_variant_type_get_string_length (type), g_variant_type_peek_string (type));
      return NULL;
    }
  if (!environment_ensure (function, error))
    return NULL;

  datatype = build_type (type, &room, function, error);
  if (datatype == NULL || (datatype->name == NULL && !ompi_obj_datatype_commit (datatype, error)))
    return NULL;
  return g_steal_pointer (&datatype);
}

/**
 * ompi_obj_datatype_get_for_variant_type:
 * @type: a type whose values all have the same size: a number, or a tuple or dictionary entry of such
 * @error: return location for a #GError
 *
 * Gets the datatype of the data of a #GVariant type: the predefined one of a number (a boolean is one
 * byte), or a structure with GVariant's own alignment for a tuple. The elements of an array of such
 * tuples can be sent and received with it, from and into the memory of values.
 *
 * Errors: [error@Mpi.Error.type] for a type whose values differ in size, or that holds a file handle.
 *
 * Returns: (transfer full): a committed datatype; %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_get_for_variant_type (const GVariantType *type, GError **error)
{
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return ompi_obj_datatype_build_for_variant_type (type, "ompi_obj_datatype_get_for_variant_type", error);
}

/*
 * And back
 */

static const char to_function[] = "ompi_obj_datatype_to_variant_type";

/* Longer types could not travel with a value. */
#define MAX_TYPE_LENGTH G_MAXUINT16

static char
letter_for_predefined (MPI_Datatype handle)
{
  static const char signed_letters[] = { 0, 0, 'n', 0, 'i', 0, 0, 0, 'x' };
  static const char unsigned_letters[] = { 0, 'y', 'q', 0, 'u', 0, 0, 0, 't' };
  const MPI_Datatype signed_types[] = { MPI_SHORT,   MPI_INT,     MPI_LONG, MPI_LONG_LONG, MPI_INT16_T,
                                        MPI_INT32_T, MPI_INT64_T, MPI_AINT, MPI_COUNT,     MPI_OFFSET };
  const MPI_Datatype unsigned_types[] = { MPI_UNSIGNED_CHAR, MPI_UNSIGNED_SHORT, MPI_UNSIGNED,
                                          MPI_UNSIGNED_LONG, MPI_UINT8_T,        MPI_UNSIGNED_LONG_LONG,
                                          MPI_UINT16_T,      MPI_UINT32_T,       MPI_UINT64_T,
                                          MPI_BYTE };
  MPI_Count size = 0;

  if (handle == MPI_DOUBLE)
    return 'd';
  if (handle == MPI_C_BOOL)
    return sizeof (_Bool) == 1 ? 'b' : 0;
  if (MPI_Type_size_c (handle, &size) != MPI_SUCCESS || size > 8)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (signed_types); i++)
    if (signed_types[i] == handle)
      return signed_letters[size];
  for (gsize i = 0; i < G_N_ELEMENTS (unsigned_types); i++)
    if (unsigned_types[i] == handle)
      return unsigned_letters[size];
  return 0;
}

static gboolean COLD
not_representable (const char *why, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, to_function, "%s", why);
  return FALSE;
}

static gboolean append_type (MPI_Datatype handle, GString *string, Room *room, guint nesting, GError **error);

/* Of several elements in a row, each begins where the one before ends. */
static gboolean
append_several (MPI_Datatype handle,
                gint64 n,
                gint64 *offset,
                GString *string,
                Room *room,
                guint nesting,
                GError **error)
{
  MPI_Count lower_bound = 0;
  MPI_Count extent = 0;

  for (gint64 i = 0; i < n; i++)
    {
      Room member;

      if (!append_type (handle, string, &member, nesting + 1, error))
        return FALSE;
      if (i > 0 && !check_mpi (error, to_function, MPI_Type_get_extent_c (handle, &lower_bound, &extent)))
        return FALSE;
      *offset += extent;
      if ((gint64) room_add (room, member) != *offset)
        return not_representable ("the members do not lie where those of a tuple lie", error);
    }
  return TRUE;
}

static gboolean
append_tuple (const DatatypeContents *contents, GString *string, Room *room, guint nesting, GError **error)
{
  DatatypeReader lengths = { .contents = contents };
  DatatypeReader displacements;
  const gint64 n_blocks = ompi_obj_datatype_reader_count (&lengths);

  /* Of small counts, displacements are in an array of their own; of large ones, behind the lengths. */
  displacements = lengths;
  for (gint64 i = 0; i < n_blocks; i++)
    ompi_obj_datatype_reader_count (&displacements);

  *room = (Room){ 0, 1 };
  g_string_append_c (string, '(');
  for (gint64 i = 0; i < n_blocks; i++)
    {
      const gint64 length = ompi_obj_datatype_reader_count (&lengths);
      gint64 expected = ompi_obj_datatype_reader_address (&displacements);

      if (!append_several (contents->datatypes[i], length, &expected, string, room, nesting, error))
        return FALSE;
    }
  g_string_append_c (string, ')');
  room_end (room);
  return TRUE;
}

static gboolean
append_repeated (const DatatypeContents *contents, GString *string, Room *room, guint nesting, GError **error)
{
  DatatypeReader reader = { .contents = contents };
  const gint64 count = ompi_obj_datatype_reader_count (&reader);
  gint64 offset = 0;

  *room = (Room){ 0, 1 };
  g_string_append_c (string, '(');
  if (!append_several (contents->datatypes[0], count, &offset, string, room, nesting, error))
    return FALSE;
  g_string_append_c (string, ')');
  room_end (room);
  return TRUE;
}

static gboolean
append_constructed (const DatatypeContents *contents, GString *string, Room *room, guint nesting, GError **error)
{
  switch (contents->combiner)
    {
    case MPI_COMBINER_STRUCT:
      return append_tuple (contents, string, room, nesting, error);
    case MPI_COMBINER_CONTIGUOUS:
      return append_repeated (contents, string, room, nesting, error);
    case MPI_COMBINER_RESIZED:
    case MPI_COMBINER_DUP:
      return append_type (contents->datatypes[0], string, room, nesting + 1, error);
    default:
      return not_representable ("the datatype is not a structure of numbers", error);
    }
}

/* The end of a structure that is resized is looked at where it is resized, not before. */
static gboolean
append_type (MPI_Datatype handle, GString *string, Room *room, guint nesting, GError **error)
{
  DatatypeContents contents;
  MPI_Count lower_bound = 0;
  MPI_Count extent = 0;
  gboolean appended;

  if (nesting > 100)
    return not_representable ("the datatype is nested too deeply", error);
  if (string->len > MAX_TYPE_LENGTH)
    return not_representable ("the datatype has too many members", error);
  if (!check_mpi (error, to_function, MPI_Type_get_extent_c (handle, &lower_bound, &extent))
      || !ompi_obj_datatype_contents_init (&contents, handle, to_function, error))
    return FALSE;

  if (contents.combiner == MPI_COMBINER_NAMED)
    {
      const char letter = letter_for_predefined (handle);

      *room = (Room){ (gsize) extent, (gsize) extent };
      appended = letter != 0 || not_representable ("the datatype has a member that is no number of a GVariant", error);
      if (appended)
        g_string_append_c (string, letter);
    }
  else
    {
      appended = append_constructed (&contents, string, room, nesting, error);
      /* A structure may be followed by a resized() that gives it its end; others have theirs. */
      if (appended && contents.combiner != MPI_COMBINER_STRUCT && contents.combiner != MPI_COMBINER_DUP
          && (lower_bound != 0 || (gsize) extent != room->size))
        appended = not_representable ("the extent of the datatype is not the size of a tuple of its members", error);
    }
  ompi_obj_datatype_contents_clear (&contents);
  return appended;
}

/**
 * ompi_obj_datatype_to_variant_type:
 * @self: a datatype made of numbers
 * @error: return location for a #GError
 *
 * Gets the #GVariant type whose data looks like an element of a datatype: a number for a predefined
 * one, a tuple for a structure of numbers whose members lie where GVariant puts them, or for a
 * contiguous datatype (`iii` in parentheses for three integers). Undoes
 * [func@Mpi.Datatype.get_for_variant_type], but for booleans, which are bytes there, and dictionary
 * entries, which look like tuples.
 *
 * Errors: [error@Mpi.Error.type] if there is none, or @self was freed.
 *
 * Returns: (transfer full): the type; %NULL on error
 *
 * Since: 1.0
 */
GVariantType *
ompi_obj_datatype_to_variant_type (MpiDatatype *self, GError **error)
{
  g_autoptr (GString) string = NULL;
  Room room;
  MPI_Count extent;

  DATATYPE_ENTER (self, to_function, error, NULL);

  string = g_string_new (NULL);
  if (!append_type (self->handle, string, &room, 0, error)
      || !check_mpi (error, to_function, MPI_Type_get_extent_c (self->handle, &(MPI_Count){ 0 }, &extent)))
    return NULL;
  if ((gsize) extent != room.size)
    {
      not_representable ("the extent of the datatype is not the size of a tuple of its members", error);
      return NULL;
    }
  if (!g_variant_type_string_is_valid (string->str))
    {
      not_representable ("the datatype is nested too deeply", error);
      return NULL;
    }
  return g_variant_type_new (string->str);
}
