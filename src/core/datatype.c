/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/native.h>

#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-private.h"

/**
 * MpiDatatype:
 *
 * What the elements of a message are: their C type, or a layout in memory built from such types.
 *
 * The predefined ones come from [func@Mpi.Datatype.get_predefined] and are never freed. The ones
 * that a program builds are freed with their last reference; they must be committed before they are
 * used in communication.
 *
 * Mirrors `MPI_Datatype` (MPI-4.0, chapter 5).
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiDatatype, ompi_obj_datatype, G_TYPE_OBJECT)

gpointer ompi_obj_datatype_class;

/* An MPI without a Fortran compiler, or an older one, lacks some of the names. */
#ifndef MPI_CXX_BOOL
#define MPI_CXX_BOOL MPI_DATATYPE_NULL
#endif
#ifndef MPI_CXX_FLOAT_COMPLEX
#define MPI_CXX_FLOAT_COMPLEX MPI_DATATYPE_NULL
#endif
#ifndef MPI_CXX_DOUBLE_COMPLEX
#define MPI_CXX_DOUBLE_COMPLEX MPI_DATATYPE_NULL
#endif
#ifndef MPI_CXX_LONG_DOUBLE_COMPLEX
#define MPI_CXX_LONG_DOUBLE_COMPLEX MPI_DATATYPE_NULL
#endif
#ifndef MPI_CHARACTER
#define MPI_CHARACTER MPI_DATATYPE_NULL
#endif
#ifndef MPI_LOGICAL
#define MPI_LOGICAL MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER
#define MPI_INTEGER MPI_DATATYPE_NULL
#endif
#ifndef MPI_REAL
#define MPI_REAL MPI_DATATYPE_NULL
#endif
#ifndef MPI_DOUBLE_PRECISION
#define MPI_DOUBLE_PRECISION MPI_DATATYPE_NULL
#endif
#ifndef MPI_COMPLEX
#define MPI_COMPLEX MPI_DATATYPE_NULL
#endif
#ifndef MPI_DOUBLE_COMPLEX
#define MPI_DOUBLE_COMPLEX MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER1
#define MPI_INTEGER1 MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER2
#define MPI_INTEGER2 MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER4
#define MPI_INTEGER4 MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER8
#define MPI_INTEGER8 MPI_DATATYPE_NULL
#endif
#ifndef MPI_INTEGER16
#define MPI_INTEGER16 MPI_DATATYPE_NULL
#endif
#ifndef MPI_REAL2
#define MPI_REAL2 MPI_DATATYPE_NULL
#endif
#ifndef MPI_REAL4
#define MPI_REAL4 MPI_DATATYPE_NULL
#endif
#ifndef MPI_REAL8
#define MPI_REAL8 MPI_DATATYPE_NULL
#endif
#ifndef MPI_REAL16
#define MPI_REAL16 MPI_DATATYPE_NULL
#endif
#ifndef MPI_COMPLEX4
#define MPI_COMPLEX4 MPI_DATATYPE_NULL
#endif
#ifndef MPI_COMPLEX8
#define MPI_COMPLEX8 MPI_DATATYPE_NULL
#endif
#ifndef MPI_COMPLEX16
#define MPI_COMPLEX16 MPI_DATATYPE_NULL
#endif
#ifndef MPI_COMPLEX32
#define MPI_COMPLEX32 MPI_DATATYPE_NULL
#endif
#ifndef MPI_2INTEGER
#define MPI_2INTEGER MPI_DATATYPE_NULL
#endif
#ifndef MPI_2REAL
#define MPI_2REAL MPI_DATATYPE_NULL
#endif
#ifndef MPI_2DOUBLE_PRECISION
#define MPI_2DOUBLE_PRECISION MPI_DATATYPE_NULL
#endif

/* In the order of MpiPredefinedDatatype. */
static const struct
{
  MPI_Datatype handle;
  const char *name;
} predefined_datatypes[] = {
  { MPI_CHAR, "MPI_CHAR" },
  { MPI_SIGNED_CHAR, "MPI_SIGNED_CHAR" },
  { MPI_UNSIGNED_CHAR, "MPI_UNSIGNED_CHAR" },
  { MPI_SHORT, "MPI_SHORT" },
  { MPI_UNSIGNED_SHORT, "MPI_UNSIGNED_SHORT" },
  { MPI_INT, "MPI_INT" },
  { MPI_UNSIGNED, "MPI_UNSIGNED" },
  { MPI_LONG, "MPI_LONG" },
  { MPI_UNSIGNED_LONG, "MPI_UNSIGNED_LONG" },
  { MPI_LONG_LONG, "MPI_LONG_LONG" },
  { MPI_UNSIGNED_LONG_LONG, "MPI_UNSIGNED_LONG_LONG" },
  { MPI_FLOAT, "MPI_FLOAT" },
  { MPI_DOUBLE, "MPI_DOUBLE" },
  { MPI_LONG_DOUBLE, "MPI_LONG_DOUBLE" },
  { MPI_WCHAR, "MPI_WCHAR" },
  { MPI_C_BOOL, "MPI_C_BOOL" },
  { MPI_INT8_T, "MPI_INT8_T" },
  { MPI_INT16_T, "MPI_INT16_T" },
  { MPI_INT32_T, "MPI_INT32_T" },
  { MPI_INT64_T, "MPI_INT64_T" },
  { MPI_UINT8_T, "MPI_UINT8_T" },
  { MPI_UINT16_T, "MPI_UINT16_T" },
  { MPI_UINT32_T, "MPI_UINT32_T" },
  { MPI_UINT64_T, "MPI_UINT64_T" },
  { MPI_C_FLOAT_COMPLEX, "MPI_C_FLOAT_COMPLEX" },
  { MPI_C_DOUBLE_COMPLEX, "MPI_C_DOUBLE_COMPLEX" },
  { MPI_C_LONG_DOUBLE_COMPLEX, "MPI_C_LONG_DOUBLE_COMPLEX" },
  { MPI_AINT, "MPI_AINT" },
  { MPI_OFFSET, "MPI_OFFSET" },
  { MPI_COUNT, "MPI_COUNT" },
  { MPI_BYTE, "MPI_BYTE" },
  { MPI_PACKED, "MPI_PACKED" },
  { MPI_FLOAT_INT, "MPI_FLOAT_INT" },
  { MPI_DOUBLE_INT, "MPI_DOUBLE_INT" },
  { MPI_LONG_INT, "MPI_LONG_INT" },
  { MPI_2INT, "MPI_2INT" },
  { MPI_SHORT_INT, "MPI_SHORT_INT" },
  { MPI_LONG_DOUBLE_INT, "MPI_LONG_DOUBLE_INT" },
  { MPI_CXX_BOOL, "MPI_CXX_BOOL" },
  { MPI_CXX_FLOAT_COMPLEX, "MPI_CXX_FLOAT_COMPLEX" },
  { MPI_CXX_DOUBLE_COMPLEX, "MPI_CXX_DOUBLE_COMPLEX" },
  { MPI_CXX_LONG_DOUBLE_COMPLEX, "MPI_CXX_LONG_DOUBLE_COMPLEX" },
  { MPI_CHARACTER, "MPI_CHARACTER" },
  { MPI_LOGICAL, "MPI_LOGICAL" },
  { MPI_INTEGER, "MPI_INTEGER" },
  { MPI_REAL, "MPI_REAL" },
  { MPI_DOUBLE_PRECISION, "MPI_DOUBLE_PRECISION" },
  { MPI_COMPLEX, "MPI_COMPLEX" },
  { MPI_DOUBLE_COMPLEX, "MPI_DOUBLE_COMPLEX" },
  { MPI_INTEGER1, "MPI_INTEGER1" },
  { MPI_INTEGER2, "MPI_INTEGER2" },
  { MPI_INTEGER4, "MPI_INTEGER4" },
  { MPI_INTEGER8, "MPI_INTEGER8" },
  { MPI_INTEGER16, "MPI_INTEGER16" },
  { MPI_REAL2, "MPI_REAL2" },
  { MPI_REAL4, "MPI_REAL4" },
  { MPI_REAL8, "MPI_REAL8" },
  { MPI_REAL16, "MPI_REAL16" },
  { MPI_COMPLEX4, "MPI_COMPLEX4" },
  { MPI_COMPLEX8, "MPI_COMPLEX8" },
  { MPI_COMPLEX16, "MPI_COMPLEX16" },
  { MPI_COMPLEX32, "MPI_COMPLEX32" },
  { MPI_2INTEGER, "MPI_2INTEGER" },
  { MPI_2REAL, "MPI_2REAL" },
  { MPI_2DOUBLE_PRECISION, "MPI_2DOUBLE_PRECISION" },
};

/* Filled in as they are asked for. The header reads it, as a call would take longer than what is done with the result.
 */
MpiDatatype *ompi_obj_datatype_predefined_table[G_N_ELEMENTS (predefined_datatypes)];

static void
datatype_finalize (GObject *object)
{
  MpiDatatype *self = OMPI_OBJ_DATATYPE (object);

  if (self->handle != MPI_DATATYPE_NULL && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    MPI_Type_free (&self->handle);

  G_OBJECT_CLASS (ompi_obj_datatype_parent_class)->finalize (object);
}

static void
ompi_obj_datatype_class_init (MpiDatatypeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = datatype_finalize;

  ompi_obj_datatype_class = klass;
}

static void
ompi_obj_datatype_init (MpiDatatype *self)
{
  self->handle = MPI_DATATYPE_NULL;
}

gboolean
ompi_obj_datatype_measure (MpiDatatype *self)
{
  MPI_Count size;
  MPI_Count lower_bound;
  MPI_Count extent;
  MPI_Count true_lower_bound;
  MPI_Count true_extent;

  if (__atomic_load_n (&self->is_measured, __ATOMIC_ACQUIRE))
    return TRUE;
  if (MPI_Type_size_c (self->handle, &size) != MPI_SUCCESS
      || MPI_Type_get_extent_c (self->handle, &lower_bound, &extent) != MPI_SUCCESS
      || MPI_Type_get_true_extent_c (self->handle, &true_lower_bound, &true_extent) != MPI_SUCCESS
      || __builtin_add_overflow ((gint64) true_lower_bound, (gint64) true_extent, &self->behind_last))
    return FALSE;
  self->size = (gint64) size;
  self->extent = (gint64) extent;
  self->first_byte = (gint64) true_lower_bound;
  if (extent == size && true_extent == size && true_lower_bound == 0)
    self->dense_size = (gint64) size;
  __atomic_store_n (&self->is_measured, TRUE, __ATOMIC_RELEASE);
  return TRUE;
}

gboolean
ompi_obj_datatype_get_span (MpiDatatype *self, gint64 start, gint64 count, gint64 *first, gint64 *end)
{
  gint64 span;

  if (!ompi_obj_datatype_measure (self) || __builtin_mul_overflow (count - 1, self->extent, &span)
      || __builtin_add_overflow (start, self->first_byte, first)
      || __builtin_add_overflow (start, self->behind_last, end))
    return FALSE;
  return span < 0 ? !__builtin_add_overflow (*first, span, first) : !__builtin_add_overflow (*end, span, end);
}

void
ompi_obj_datatype_report (MpiDatatype *datatype, const char *function, GError **error)
{
  if (!OMPI_OBJ_IS_DATATYPE (datatype))
    {
      g_critical ("%s: the datatype is %s", function, datatype == NULL ? "NULL" : "not an MpiDatatype");
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "the datatype is %s",
                          datatype == NULL ? "NULL" : "not an MpiDatatype");
    }
  else if (datatype->name != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                          "this MPI has no %s; choose a datatype of the same size", datatype->name);
    }
  else
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "the datatype was freed");
    }
}

static MpiDatatype *COLD
predefined_object_new (MpiPredefinedDatatype which)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (ompi_obj_datatype_predefined_table[which] == NULL)
    {
      MpiDatatype *self =
          ompi_obj_datatype_new_for_native (predefined_datatypes[which].handle, OMPI_OBJ_OWNERSHIP_BORROWED);

      self->name = predefined_datatypes[which].name;
      __atomic_store_n (&ompi_obj_datatype_predefined_table[which], self, __ATOMIC_RELEASE);
    }
  return ompi_obj_datatype_predefined_table[which];
}

/**
 * ompi_obj_datatype_get_predefined:
 * @which: which one
 *
 * Gets the object of a datatype that MPI has itself. C programs write `OMPI_OBJ_INT`,
 * `OMPI_OBJ_DOUBLE` and so on instead. It does not need MPI to be initialized.
 *
 * Always succeeds; using a datatype that this MPI does not have (a Fortran type, say) gives
 * [error@Mpi.Error.unsupported].
 *
 * Mirrors the named datatypes (MPI-4.0, section 3.2.2).
 *
 * Returns: (transfer none): the datatype
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_get_predefined (MpiPredefinedDatatype which)
{
  MpiDatatype *self;

  g_return_val_if_fail ((guint) which < G_N_ELEMENTS (ompi_obj_datatype_predefined_table), NULL);

  self = __atomic_load_n (&ompi_obj_datatype_predefined_table[which], __ATOMIC_ACQUIRE);
  return G_LIKELY (self != NULL) ? self : predefined_object_new (which);
}

MpiDatatype *
ompi_obj_datatype_find_by_handle (MPI_Datatype handle)
{
  for (gsize i = 0; handle != MPI_DATATYPE_NULL && i < G_N_ELEMENTS (predefined_datatypes); i++)
    if (predefined_datatypes[i].handle == handle)
      return ompi_obj_datatype_get_predefined ((MpiPredefinedDatatype) i);
  return NULL;
}

MpiDatatype *
ompi_obj_datatype_find_by_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (predefined_datatypes); i++)
    if (g_str_equal (predefined_datatypes[i].name, name))
      return ompi_obj_datatype_get_predefined ((MpiPredefinedDatatype) i);
  return NULL;
}

gboolean
ompi_obj_datatype_handle_is_permanent (MPI_Datatype handle)
{
  MPI_Count n_integers;
  MPI_Count n_addresses;
  MPI_Count n_large_counts;
  MPI_Count n_datatypes;
  int combiner;

  if (MPI_Type_get_envelope_c (handle, &n_integers, &n_addresses, &n_large_counts, &n_datatypes, &combiner)
      != MPI_SUCCESS)
    return TRUE;

  switch (combiner)
    {
    case MPI_COMBINER_NAMED:
    case MPI_COMBINER_F90_REAL:
    case MPI_COMBINER_F90_COMPLEX:
    case MPI_COMBINER_F90_INTEGER:
#ifdef HAVE_MPI_TYPE_GET_VALUE_INDEX
    case MPI_COMBINER_VALUE_INDEX:
#endif
      return TRUE;
    default:
      return FALSE;
    }
}

MpiDatatype *
ompi_obj_datatype_new_for_result (MPI_Datatype handle)
{
  MpiDatatype *predefined = ompi_obj_datatype_find_by_handle (handle);

  if (predefined != NULL)
    return g_object_ref (predefined);
  return ompi_obj_datatype_new_for_native (handle, ompi_obj_datatype_handle_is_permanent (handle)
                                                       ? OMPI_OBJ_OWNERSHIP_BORROWED
                                                       : OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_datatype_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 *
 * Makes an object for a raw MPI handle.
 *
 * Returns: (transfer full): a new datatype
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_for_native (MPI_Datatype native, MpiOwnership ownership)
{
  MpiDatatype *self = g_object_new (OMPI_OBJ_TYPE_DATATYPE, NULL);

  self->handle = native;
  self->count_limit = native != MPI_DATATYPE_NULL ? MPI_COUNT_LIMIT : 0;
  self->ownership = ownership;
  return self;
}

/**
 * ompi_obj_datatype_get_native: (skip)
 * @self: a datatype
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_DATATYPE_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Datatype
ompi_obj_datatype_get_native (MpiDatatype *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (self), MPI_DATATYPE_NULL);

  return self->handle;
}

/**
 * ompi_obj_datatype_commit:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Makes a datatype ready for communication. Committing again does nothing.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_commit` (MPI-4.0, section 5.1.9).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_commit (MpiDatatype *self, GError **error)
{
  DATATYPE_ENTER (self, "MPI_Type_commit", error, FALSE);

  return CHECK_MPI (error, MPI_Type_commit, &self->handle);
}

/**
 * ompi_obj_datatype_free:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Frees the MPI datatype now, before the last reference is dropped. The object stays valid and its
 * methods give [error@Mpi.Error.type]. Communication that is under way with it completes.
 *
 * Errors: [error@Mpi.Error.type] if @self is predefined, one of Fortran's numbers, or was freed.
 *
 * Mirrors `MPI_Type_free` (MPI-4.0, section 5.1.9).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_free (MpiDatatype *self, GError **error)
{
  DATATYPE_ENTER (self, "MPI_Type_free", error, FALSE);

  if (self->name != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free", "%s is predefined", self->name);
      return FALSE;
    }
  if (ompi_obj_datatype_handle_is_permanent (self->handle))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, "MPI_Type_free", "the datatype is one of MPI's own");
      return FALSE;
    }
  if (!CHECK_MPI (error, MPI_Type_free, &self->handle))
    return FALSE;
  self->count_limit = 0;
  return TRUE;
}

/**
 * ompi_obj_datatype_is_predefined:
 * @self: a datatype
 *
 * Tells whether a datatype came from [func@Mpi.Datatype.get_predefined].
 *
 * Returns: %TRUE if it did
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_is_predefined (MpiDatatype *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_DATATYPE (self), FALSE);

  return self->name != NULL;
}

/**
 * ompi_obj_datatype_get_size:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Gets how many bytes of data one element has, gaps not counted.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_size` (MPI-4.0, section 5.1.5).
 *
 * Returns: the size in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_datatype_get_size (MpiDatatype *self, GError **error)
{
  MPI_Count size;

  DATATYPE_ENTER (self, "MPI_Type_size", error, -1);

  return CHECK_MPI (error, MPI_Type_size_c, self->handle, &size) ? (gint64) size : -1;
}

/**
 * ompi_obj_datatype_get_extent:
 * @self: a datatype
 * @lower_bound: (out) (optional): where the first byte is, relative to the address of a buffer, in bytes
 * @extent: (out) (optional): how far it is from one element to the next, in bytes
 * @error: return location for a #GError
 *
 * Gets the lower bound and the extent of a datatype: the room that one element takes among others,
 * gaps counted, or what a resized datatype was told.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_get_extent` (MPI-4.0, section 5.1.7).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_get_extent (MpiDatatype *self, gint64 *lower_bound, gint64 *extent, GError **error)
{
  MPI_Count mpi_lower_bound;
  MPI_Count mpi_extent;

  DATATYPE_ENTER (self, "MPI_Type_get_extent", error, FALSE);

  if (!CHECK_MPI (error, MPI_Type_get_extent_c, self->handle, &mpi_lower_bound, &mpi_extent))
    return FALSE;
  if (lower_bound != NULL)
    *lower_bound = mpi_lower_bound;
  if (extent != NULL)
    *extent = mpi_extent;
  return TRUE;
}

/**
 * ompi_obj_datatype_get_true_extent:
 * @self: a datatype
 * @lower_bound: (out) (optional): where the first byte of data is, in bytes
 * @extent: (out) (optional): from there to the end of the last byte of data, in bytes
 * @error: return location for a #GError
 *
 * Gets where the data of one element begins and how far it reaches, whatever a resized datatype was
 * told and without padding at the end: the memory that one element needs.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_get_true_extent` (MPI-4.0, section 5.1.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_get_true_extent (MpiDatatype *self, gint64 *lower_bound, gint64 *extent, GError **error)
{
  MPI_Count mpi_lower_bound;
  MPI_Count mpi_extent;

  DATATYPE_ENTER (self, "MPI_Type_get_true_extent", error, FALSE);

  if (!CHECK_MPI (error, MPI_Type_get_true_extent_c, self->handle, &mpi_lower_bound, &mpi_extent))
    return FALSE;
  if (lower_bound != NULL)
    *lower_bound = mpi_lower_bound;
  if (extent != NULL)
    *extent = mpi_extent;
  return TRUE;
}

/**
 * ompi_obj_datatype_get_name:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Gets the name of a datatype: MPI's own for a predefined one, else what was set, or nothing.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed.
 *
 * Mirrors `MPI_Type_get_name` (MPI-4.0, section 7.8).
 *
 * Returns: (transfer full): the name, or an empty string; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_datatype_get_name (MpiDatatype *self, GError **error)
{
  char name[MPI_MAX_OBJECT_NAME + 1] = "";
  int length = 0;

  DATATYPE_ENTER (self, "MPI_Type_get_name", error, NULL);

  return CHECK_MPI (error, MPI_Type_get_name, self->handle, name, &length) ? g_strdup (name) : NULL;
}

/**
 * ompi_obj_datatype_set_name:
 * @self: a datatype
 * @name: the name
 * @error: return location for a #GError
 *
 * Gives a datatype a name, on this rank, for debuggers to show. MPI limits its length (to 127 bytes in
 * MPICH, 63 in Open MPI).
 *
 * Errors: [error@Mpi.Error.type] if @self was freed, [error@Mpi.Error.arg] if @name is too long.
 *
 * Mirrors `MPI_Type_set_name` (MPI-4.0, section 7.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_set_name (MpiDatatype *self, const gchar *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);
  DATATYPE_ENTER (self, "MPI_Type_set_name", error, FALSE);

  if (strlen (name) >= MPI_MAX_OBJECT_NAME)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Type_set_name",
                          "name is %" G_GSIZE_FORMAT " bytes long, but the limit is %d", strlen (name),
                          MPI_MAX_OBJECT_NAME - 1);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Type_set_name, self->handle, name);
}
