/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "datatype-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-private.h"

/* Descriptions nested deeper than this would not survive serialization: GLib gives up at 128 levels of values. */
#define MAX_NESTING 24

#define DESCRIPTION_TYPE "(sa{sv})"

/*
 * Contents
 */

gboolean
ompi_obj_datatype_contents_init (DatatypeContents *contents, MPI_Datatype handle, const char *function, GError **error)
{
  *contents = (DatatypeContents){ 0 };
  if (!check_mpi (error, function,
                  MPI_Type_get_envelope_c (handle, &contents->n_integers, &contents->n_addresses,
                                           &contents->n_large_counts, &contents->n_datatypes, &contents->combiner)))
    return FALSE;

  contents->integers = g_new0 (int, (gsize) contents->n_integers + 1);
  contents->addresses = g_new0 (MPI_Aint, (gsize) contents->n_addresses + 1);
  contents->large_counts = g_new0 (MPI_Count, (gsize) contents->n_large_counts + 1);
  contents->datatypes = g_new0 (MPI_Datatype, (gsize) contents->n_datatypes + 1);
  /* MPI does not tell what a predefined datatype is made of. */
  if (contents->combiner == MPI_COMBINER_NAMED
      || check_mpi (error, function,
                    MPI_Type_get_contents_c (handle, contents->n_integers, contents->n_addresses,
                                             contents->n_large_counts, contents->n_datatypes, contents->integers,
                                             contents->addresses, contents->large_counts, contents->datatypes)))
    return TRUE;

  contents->n_datatypes = 0;
  ompi_obj_datatype_contents_clear (contents);
  return FALSE;
}

void
ompi_obj_datatype_contents_clear (DatatypeContents *contents)
{
  for (MPI_Count i = 0; i < contents->n_datatypes; i++)
    if (contents->datatypes[i] != MPI_DATATYPE_NULL && !ompi_obj_datatype_handle_is_permanent (contents->datatypes[i]))
      MPI_Type_free (&contents->datatypes[i]);
  g_clear_pointer (&contents->integers, g_free);
  g_clear_pointer (&contents->addresses, g_free);
  g_clear_pointer (&contents->large_counts, g_free);
  g_clear_pointer (&contents->datatypes, g_free);
}

gint
ompi_obj_datatype_reader_integer (DatatypeReader *reader)
{
  const DatatypeContents *contents = reader->contents;

  return reader->next_integer < contents->n_integers ? contents->integers[reader->next_integer++] : 0;
}

static gint64
reader_large_count (DatatypeReader *reader)
{
  const DatatypeContents *contents = reader->contents;

  return reader->next_large_count < contents->n_large_counts ? contents->large_counts[reader->next_large_count++] : 0;
}

gint64
ompi_obj_datatype_reader_count (DatatypeReader *reader)
{
  return reader->contents->n_large_counts > 0 ? reader_large_count (reader) : ompi_obj_datatype_reader_integer (reader);
}

gint64
ompi_obj_datatype_reader_address (DatatypeReader *reader)
{
  const DatatypeContents *contents = reader->contents;

  if (contents->n_large_counts > 0)
    return reader_large_count (reader);
  return reader->next_address < contents->n_addresses ? (gint64) contents->addresses[reader->next_address++] : 0;
}

gboolean
ompi_obj_combiner_from_mpi (int mpi_combiner, MpiCombiner *combiner)
{
  static const struct
  {
    int mpi_combiner;
    MpiCombiner combiner;
  } combiners[] = {
    { MPI_COMBINER_NAMED, OMPI_OBJ_COMBINER_NAMED },
    { MPI_COMBINER_DUP, OMPI_OBJ_COMBINER_DUP },
    { MPI_COMBINER_CONTIGUOUS, OMPI_OBJ_COMBINER_CONTIGUOUS },
    { MPI_COMBINER_VECTOR, OMPI_OBJ_COMBINER_VECTOR },
    { MPI_COMBINER_HVECTOR, OMPI_OBJ_COMBINER_HVECTOR },
    { MPI_COMBINER_INDEXED, OMPI_OBJ_COMBINER_INDEXED },
    { MPI_COMBINER_HINDEXED, OMPI_OBJ_COMBINER_HINDEXED },
    { MPI_COMBINER_INDEXED_BLOCK, OMPI_OBJ_COMBINER_INDEXED_BLOCK },
    { MPI_COMBINER_HINDEXED_BLOCK, OMPI_OBJ_COMBINER_HINDEXED_BLOCK },
    { MPI_COMBINER_STRUCT, OMPI_OBJ_COMBINER_STRUCT },
    { MPI_COMBINER_SUBARRAY, OMPI_OBJ_COMBINER_SUBARRAY },
    { MPI_COMBINER_DARRAY, OMPI_OBJ_COMBINER_DARRAY },
    { MPI_COMBINER_F90_REAL, OMPI_OBJ_COMBINER_F90_REAL },
    { MPI_COMBINER_F90_COMPLEX, OMPI_OBJ_COMBINER_F90_COMPLEX },
    { MPI_COMBINER_F90_INTEGER, OMPI_OBJ_COMBINER_F90_INTEGER },
    { MPI_COMBINER_RESIZED, OMPI_OBJ_COMBINER_RESIZED },
#ifdef HAVE_MPI_TYPE_GET_VALUE_INDEX
    { MPI_COMBINER_VALUE_INDEX, OMPI_OBJ_COMBINER_VALUE_INDEX },
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (combiners); i++)
    if (combiners[i].mpi_combiner == mpi_combiner)
      {
        *combiner = combiners[i].combiner;
        return TRUE;
      }
  return FALSE;
}

static gboolean
combiner_check (int mpi_combiner, MpiCombiner *combiner, const char *function, GError **error)
{
  if (ompi_obj_combiner_from_mpi (mpi_combiner, combiner))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function,
                      "the datatype was made by a constructor that is not of MPI-4.0 (combiner %d)", mpi_combiner);
  return FALSE;
}

/**
 * ompi_obj_datatype_get_envelope:
 * @self: a datatype
 * @combiner: (out) (optional): how it was made
 * @n_integers: (out) (optional): the number of integers that the constructor got
 * @n_addresses: (out) (optional): the number of addresses
 * @n_large_counts: (out) (optional): the number of counts of 64 bits
 * @n_datatypes: (out) (optional): the number of datatypes
 * @error: return location for a #GError
 *
 * Gets how a datatype was made, and how many arguments [method@Mpi.Datatype.get_contents] gives. An MPI
 * since 4.0 keeps counts and displacements as large counts, an older one as integers and addresses;
 * [method@Mpi.Datatype.decode] gives the same with each.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed, [error@Mpi.Error.unsupported] for a datatype made by
 * a constructor of another standard.
 *
 * Mirrors `MPI_Type_get_envelope` (MPI-4.0, section 5.1.13).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_get_envelope (MpiDatatype *self,
                                MpiCombiner *combiner,
                                gsize *n_integers,
                                gsize *n_addresses,
                                gsize *n_large_counts,
                                gsize *n_datatypes,
                                GError **error)
{
  MPI_Count numbers[4];
  MpiCombiner found;
  int mpi_combiner;

  DATATYPE_ENTER (self, "MPI_Type_get_envelope", error, FALSE);

  if (!CHECK_MPI (error, MPI_Type_get_envelope_c, self->handle, &numbers[0], &numbers[1], &numbers[2], &numbers[3],
                  &mpi_combiner)
      || !combiner_check (mpi_combiner, &found, "MPI_Type_get_envelope", error))
    return FALSE;
  if (combiner != NULL)
    *combiner = found;
  if (n_integers != NULL)
    *n_integers = (gsize) numbers[0];
  if (n_addresses != NULL)
    *n_addresses = (gsize) numbers[1];
  if (n_large_counts != NULL)
    *n_large_counts = (gsize) numbers[2];
  if (n_datatypes != NULL)
    *n_datatypes = (gsize) numbers[3];
  return TRUE;
}

/**
 * ompi_obj_datatype_get_contents:
 * @self: a datatype that is not predefined
 * @integers: (out) (array length=n_integers) (transfer full): the integers, in MPI's order
 * @n_integers: (out): their number
 * @addresses: (out) (array length=n_addresses) (transfer full): the addresses
 * @n_addresses: (out): their number
 * @large_counts: (out) (array length=n_large_counts) (transfer full): the counts of 64 bits
 * @n_large_counts: (out): their number
 * @datatypes: (out) (array length=n_datatypes) (transfer full): the datatypes
 * @n_datatypes: (out): their number
 * @error: return location for a #GError
 *
 * Gets the arguments that a datatype was made with, in the order that the standard lists them in.
 * Constants in them (an order, a distribution) are numbers of this MPI.
 * [method@Mpi.Datatype.decode] is the comfortable form. Predefined datatypes come as the objects that
 * [func@Mpi.Datatype.get_predefined] gives.
 *
 * Errors: [error@Mpi.Error.type] if @self is predefined or was freed.
 *
 * Mirrors `MPI_Type_get_contents` (MPI-4.0, section 5.1.13).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_datatype_get_contents (MpiDatatype *self,
                                gint **integers,
                                gsize *n_integers,
                                gint64 **addresses,
                                gsize *n_addresses,
                                gint64 **large_counts,
                                gsize *n_large_counts,
                                MpiDatatype ***datatypes,
                                gsize *n_datatypes,
                                GError **error)
{
  static const char function[] = "MPI_Type_get_contents";
  DatatypeContents contents;

  g_return_val_if_fail (integers != NULL && n_integers != NULL && addresses != NULL && n_addresses != NULL, FALSE);
  g_return_val_if_fail (large_counts != NULL && n_large_counts != NULL, FALSE);
  g_return_val_if_fail (datatypes != NULL && n_datatypes != NULL, FALSE);
  DATATYPE_ENTER (self, function, error, FALSE);

  if (!ompi_obj_datatype_contents_init (&contents, self->handle, function, error))
    return FALSE;
  if (contents.combiner == MPI_COMBINER_NAMED)
    {
      ompi_obj_datatype_contents_clear (&contents);
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "%s is predefined, so it was not made from others",
                          self->name != NULL ? self->name : "the datatype");
      return FALSE;
    }

  *n_integers = (gsize) contents.n_integers;
  *integers = g_new0 (gint, *n_integers + 1);
  for (gsize i = 0; i < *n_integers; i++)
    (*integers)[i] = contents.integers[i];

  *n_addresses = (gsize) contents.n_addresses;
  *addresses = g_new0 (gint64, *n_addresses + 1);
  for (gsize i = 0; i < *n_addresses; i++)
    (*addresses)[i] = contents.addresses[i];

  *n_large_counts = (gsize) contents.n_large_counts;
  *large_counts = g_new0 (gint64, *n_large_counts + 1);
  for (gsize i = 0; i < *n_large_counts; i++)
    (*large_counts)[i] = contents.large_counts[i];

  *n_datatypes = (gsize) contents.n_datatypes;
  *datatypes = g_new0 (MpiDatatype *, *n_datatypes + 1);
  for (gsize i = 0; i < *n_datatypes; i++)
    (*datatypes)[i] = ompi_obj_datatype_new_for_result (contents.datatypes[i]);

  /* The objects have them now. */
  contents.n_datatypes = 0;
  ompi_obj_datatype_contents_clear (&contents);
  return TRUE;
}

/*
 * Describing
 */

static GVariant *describe (MPI_Datatype handle, guint nesting, GError **error);

static void
add_integer (GVariantBuilder *builder, const char *key, gint number)
{
  g_variant_builder_add (builder, "{sv}", key, g_variant_new_int32 (number));
}

static void
add_count (GVariantBuilder *builder, const char *key, gint64 number)
{
  g_variant_builder_add (builder, "{sv}", key, g_variant_new_int64 (number));
}

static void
add_numbers (GVariantBuilder *builder,
             const char *key,
             gint64 n,
             DatatypeReader *reader,
             gint64 (*read) (DatatypeReader *reader))
{
  g_autofree gint64 *numbers = g_new (gint64, (gsize) n + 1);

  for (gint64 i = 0; i < n; i++)
    numbers[i] = read (reader);
  g_variant_builder_add (builder, "{sv}", key,
                         g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, numbers, (gsize) n, sizeof *numbers));
}

static void
add_order (GVariantBuilder *builder, int mpi_order)
{
  g_variant_builder_add (builder, "{sv}", "order", g_variant_new_string (mpi_order == MPI_ORDER_C ? "C" : "FORTRAN"));
}

static const char *
distribution_name (int mpi_distribution)
{
  return mpi_distribution == MPI_DISTRIBUTE_BLOCK    ? "BLOCK"
         : mpi_distribution == MPI_DISTRIBUTE_CYCLIC ? "CYCLIC"
                                                     : "NONE";
}

static void
add_darray (GVariantBuilder *builder, DatatypeReader *reader)
{
  GVariantBuilder distributions;
  GVariantBuilder arguments;
  GVariantBuilder n_processes;
  gint n_dims;

  add_integer (builder, "size", ompi_obj_datatype_reader_integer (reader));
  add_integer (builder, "rank", ompi_obj_datatype_reader_integer (reader));
  n_dims = ompi_obj_datatype_reader_integer (reader);
  add_numbers (builder, "sizes", n_dims, reader, ompi_obj_datatype_reader_count);

  g_variant_builder_init (&distributions, G_VARIANT_TYPE ("as"));
  for (gint i = 0; i < n_dims; i++)
    g_variant_builder_add (&distributions, "s", distribution_name (ompi_obj_datatype_reader_integer (reader)));
  g_variant_builder_add (builder, "{sv}", "distributions", g_variant_builder_end (&distributions));

  g_variant_builder_init (&arguments, G_VARIANT_TYPE ("ai"));
  for (gint i = 0; i < n_dims; i++)
    {
      gint argument = ompi_obj_datatype_reader_integer (reader);

      g_variant_builder_add (&arguments, "i",
                             argument == MPI_DISTRIBUTE_DFLT_DARG ? OMPI_OBJ_DISTRIBUTE_DFLT_DARG : argument);
    }
  g_variant_builder_add (builder, "{sv}", "arguments", g_variant_builder_end (&arguments));

  g_variant_builder_init (&n_processes, G_VARIANT_TYPE ("ai"));
  for (gint i = 0; i < n_dims; i++)
    g_variant_builder_add (&n_processes, "i", ompi_obj_datatype_reader_integer (reader));
  g_variant_builder_add (builder, "{sv}", "n-processes", g_variant_builder_end (&n_processes));
  add_order (builder, ompi_obj_datatype_reader_integer (reader));
}

static gint
digits_from_mpi (int digits)
{
  return digits == MPI_UNDEFINED ? OMPI_OBJ_UNDEFINED : digits;
}

/* Adds the arguments of a constructor, other than datatypes; returns its name. */
static const char *
add_arguments (GVariantBuilder *builder, MpiCombiner combiner, DatatypeReader *reader)
{
  gint64 n;

  switch (combiner)
    {
    case OMPI_OBJ_COMBINER_DUP:
      return "dup";
    case OMPI_OBJ_COMBINER_CONTIGUOUS:
      add_count (builder, "count", ompi_obj_datatype_reader_count (reader));
      return "contiguous";
    case OMPI_OBJ_COMBINER_VECTOR:
      add_count (builder, "count", ompi_obj_datatype_reader_count (reader));
      add_count (builder, "length", ompi_obj_datatype_reader_count (reader));
      add_count (builder, "stride", ompi_obj_datatype_reader_count (reader));
      return "vector";
    case OMPI_OBJ_COMBINER_HVECTOR:
      add_count (builder, "count", ompi_obj_datatype_reader_count (reader));
      add_count (builder, "length", ompi_obj_datatype_reader_count (reader));
      add_count (builder, "stride", ompi_obj_datatype_reader_address (reader));
      return "hvector";
    case OMPI_OBJ_COMBINER_INDEXED:
      n = ompi_obj_datatype_reader_count (reader);
      add_numbers (builder, "lengths", n, reader, ompi_obj_datatype_reader_count);
      add_numbers (builder, "displacements", n, reader, ompi_obj_datatype_reader_count);
      return "indexed";
    case OMPI_OBJ_COMBINER_HINDEXED:
    case OMPI_OBJ_COMBINER_STRUCT:
      n = ompi_obj_datatype_reader_count (reader);
      add_numbers (builder, "lengths", n, reader, ompi_obj_datatype_reader_count);
      add_numbers (builder, "displacements", n, reader, ompi_obj_datatype_reader_address);
      return combiner == OMPI_OBJ_COMBINER_STRUCT ? "struct" : "hindexed";
    case OMPI_OBJ_COMBINER_INDEXED_BLOCK:
      n = ompi_obj_datatype_reader_count (reader);
      add_count (builder, "length", ompi_obj_datatype_reader_count (reader));
      add_numbers (builder, "displacements", n, reader, ompi_obj_datatype_reader_count);
      return "indexed-block";
    case OMPI_OBJ_COMBINER_HINDEXED_BLOCK:
      n = ompi_obj_datatype_reader_count (reader);
      add_count (builder, "length", ompi_obj_datatype_reader_count (reader));
      add_numbers (builder, "displacements", n, reader, ompi_obj_datatype_reader_address);
      return "hindexed-block";
    case OMPI_OBJ_COMBINER_SUBARRAY:
      n = ompi_obj_datatype_reader_integer (reader);
      add_numbers (builder, "sizes", n, reader, ompi_obj_datatype_reader_count);
      add_numbers (builder, "subsizes", n, reader, ompi_obj_datatype_reader_count);
      add_numbers (builder, "starts", n, reader, ompi_obj_datatype_reader_count);
      add_order (builder, ompi_obj_datatype_reader_integer (reader));
      return "subarray";
    case OMPI_OBJ_COMBINER_DARRAY:
      add_darray (builder, reader);
      return "darray";
    case OMPI_OBJ_COMBINER_F90_REAL:
    case OMPI_OBJ_COMBINER_F90_COMPLEX:
      add_integer (builder, "precision", digits_from_mpi (ompi_obj_datatype_reader_integer (reader)));
      add_integer (builder, "range", digits_from_mpi (ompi_obj_datatype_reader_integer (reader)));
      return combiner == OMPI_OBJ_COMBINER_F90_REAL ? "f90-real" : "f90-complex";
    case OMPI_OBJ_COMBINER_F90_INTEGER:
      add_integer (builder, "range", ompi_obj_datatype_reader_integer (reader));
      return "f90-integer";
    case OMPI_OBJ_COMBINER_RESIZED:
      add_count (builder, "lower-bound", ompi_obj_datatype_reader_address (reader));
      add_count (builder, "extent", ompi_obj_datatype_reader_address (reader));
      return "resized";
    case OMPI_OBJ_COMBINER_VALUE_INDEX:
      return "value-index";
    case OMPI_OBJ_COMBINER_NAMED:
    default:
      g_return_val_if_reached ("");
    }
}

static gboolean
add_datatypes (GVariantBuilder *builder,
               MpiCombiner combiner,
               const DatatypeContents *contents,
               guint nesting,
               GError **error)
{
  GVariantBuilder elements;

  if (combiner != OMPI_OBJ_COMBINER_STRUCT)
    {
      for (MPI_Count i = 0; i < contents->n_datatypes; i++)
        {
          GVariant *element = describe (contents->datatypes[i], nesting + 1, error);

          if (element == NULL)
            return FALSE;
          g_variant_builder_add (builder, "{sv}",
                                 combiner != OMPI_OBJ_COMBINER_VALUE_INDEX ? "element"
                                 : i == 0                                  ? "value"
                                                                           : "index",
                                 element);
        }
      return TRUE;
    }

  g_variant_builder_init (&elements, G_VARIANT_TYPE ("a" DESCRIPTION_TYPE));
  for (MPI_Count i = 0; i < contents->n_datatypes; i++)
    {
      GVariant *element = describe (contents->datatypes[i], nesting + 1, error);

      if (element == NULL)
        {
          g_variant_builder_clear (&elements);
          return FALSE;
        }
      g_variant_builder_add_value (&elements, element);
    }
  g_variant_builder_add (builder, "{sv}", "elements", g_variant_builder_end (&elements));
  return TRUE;
}

static GVariant *
describe_predefined (MPI_Datatype handle, const char *function, GError **error)
{
  MpiDatatype *predefined = ompi_obj_datatype_find_by_handle (handle);
  char name[MPI_MAX_OBJECT_NAME + 1] = "";
  int length;

  if (predefined == NULL && !check_mpi (error, function, MPI_Type_get_name (handle, name, &length)))
    return NULL;
  return g_variant_new ("(s@a{sv})", predefined != NULL ? predefined->name : name,
                        g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
}

/* A floating description. */
static GVariant *
describe (MPI_Datatype handle, guint nesting, GError **error)
{
  static const char function[] = "ompi_obj_datatype_decode";
  DatatypeContents contents;
  DatatypeReader reader = { .contents = &contents };
  MpiCombiner combiner = OMPI_OBJ_COMBINER_NAMED;
  GVariantBuilder builder;
  GVariant *description = NULL;
  const char *constructor;

  if (nesting > MAX_NESTING)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "the datatype is nested more than %d levels deep",
                          MAX_NESTING);
      return NULL;
    }
  if (!ompi_obj_datatype_contents_init (&contents, handle, function, error))
    return NULL;

  if (contents.combiner == MPI_COMBINER_NAMED)
    {
      description = describe_predefined (handle, function, error);
    }
  else if (combiner_check (contents.combiner, &combiner, function, error))
    {
      g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
      constructor = add_arguments (&builder, combiner, &reader);
      if (add_datatypes (&builder, combiner, &contents, nesting, error))
        description = g_variant_new ("(sa{sv})", constructor, &builder);
      else
        g_variant_builder_clear (&builder);
    }
  ompi_obj_datatype_contents_clear (&contents);
  return description;
}

/**
 * ompi_obj_datatype_decode:
 * @self: a datatype
 * @error: return location for a #GError
 *
 * Describes how a datatype was made, as a value of type `(sa{sv})`: the name of the constructor and its
 * arguments by name. Datatypes among them are descriptions again; a predefined one is its name without
 * arguments. The arguments have the names of the constructor functions' parameters:
 *
 *     ('vector', {'count': <int64 3>, 'length': <int64 2>, 'stride': <int64 4>,
 *                 'element': <('MPI_DOUBLE', {})>})
 *
 * The constructors are `contiguous`, `vector`, `hvector`, `indexed`, `hindexed`, `indexed-block`,
 * `hindexed-block`, `struct`, `subarray`, `darray`, `resized`, `dup`, `f90-real`, `f90-complex`,
 * `f90-integer` and `value-index`. Counts and displacements are int64 (`x`, `ax`), other numbers int32;
 * an order is `C` or `FORTRAN`, a distribution `NONE`, `BLOCK` or `CYCLIC`. Such a description means the
 * same in every process and MPI. [ctor@Mpi.Datatype.new_for_description] builds the datatype again.
 *
 * Errors: [error@Mpi.Error.type] if @self was freed, [error@Mpi.Error.arg] if it is nested more than 24
 * levels deep.
 *
 * Mirrors `MPI_Type_get_contents` (MPI-4.0, section 5.1.13).
 *
 * Returns: (transfer full): the description; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_datatype_decode (MpiDatatype *self, GError **error)
{
  GVariant *description;

  DATATYPE_ENTER (self, "ompi_obj_datatype_decode", error, NULL);

  description = describe (self->handle, 0, error);
  return description != NULL ? g_variant_ref_sink (description) : NULL;
}

/*
 * Building from a description. The arguments are looked up by name; the first mistake is kept, and what
 * follows it finds nothing.
 */

typedef struct
{
  const char *constructor;
  GVariant *arguments; /* a{sv} */
  gsize n_used;
  GPtrArray *kept; /* what arrays point into */
  GError *error;
} Arguments;

static const char build_function[] = "ompi_obj_datatype_new_for_description";

static void
arguments_init (Arguments *self, const char *constructor, GVariant *arguments)
{
  *self = (Arguments){ .constructor = constructor, .arguments = arguments };
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
}

static GVariant *
arguments_take (Arguments *self, const char *key, const char *type)
{
  GVariant *value;

  if (self->error != NULL)
    return NULL;

  value = g_variant_lookup_value (self->arguments, key, NULL);
  if (value == NULL)
    {
      ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function, "'%s' has no '%s'", self->constructor, key);
      return NULL;
    }
  g_ptr_array_add (self->kept, value);
  self->n_used++;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
    {
      ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function,
                          "'%s' of '%s' is of type '%s', but must be of type '%s'", key, self->constructor,
                          g_variant_get_type_string (value), type);
      return NULL;
    }
  return value;
}

static gint64
arguments_take_count (Arguments *self, const char *key)
{
  GVariant *value = arguments_take (self, key, "x");

  return value != NULL ? g_variant_get_int64 (value) : 0;
}

static gint
arguments_take_integer (Arguments *self, const char *key)
{
  GVariant *value = arguments_take (self, key, "i");

  return value != NULL ? g_variant_get_int32 (value) : 0;
}

static void
arguments_check_length (Arguments *self, const char *key, gsize n, gsize *expected)
{
  if (*expected == G_MAXSIZE)
    *expected = n;
  else if (n != *expected && self->error == NULL)
    ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function,
                        "'%s' of '%s' has %" G_GSIZE_FORMAT " elements, but an array before it has %" G_GSIZE_FORMAT,
                        key, self->constructor, n, *expected);
}

/* All arrays of one constructor have the same length; N is G_MAXSIZE before the first. */
static const void *
arguments_take_array (Arguments *self, const char *key, const char *type, gsize element_size, gsize *n)
{
  GVariant *value = arguments_take (self, key, type);
  gconstpointer elements = NULL;
  gsize length = 0;

  if (value == NULL)
    return NULL;
  elements = g_variant_get_fixed_array (value, &length, element_size);
  arguments_check_length (self, key, length, n);
  return elements;
}

static const gint64 *
arguments_take_counts (Arguments *self, const char *key, gsize *n)
{
  return arguments_take_array (self, key, "ax", sizeof (gint64), n);
}

static const gint *
arguments_take_integers (Arguments *self, const char *key, gsize *n)
{
  G_STATIC_ASSERT (sizeof (gint) == sizeof (gint32));
  return arguments_take_array (self, key, "ai", sizeof (gint32), n);
}

static MpiOrder
arguments_take_order (Arguments *self)
{
  GVariant *value = arguments_take (self, "order", "s");
  const char *name = value != NULL ? g_variant_get_string (value, NULL) : "C";

  if (!g_str_equal (name, "C") && !g_str_equal (name, "FORTRAN"))
    ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function,
                        "'order' of '%s' is '%s', but must be 'C' or 'FORTRAN'", self->constructor, name);
  return g_str_equal (name, "FORTRAN") ? OMPI_OBJ_ORDER_FORTRAN : OMPI_OBJ_ORDER_C;
}

static MpiDistribute *
arguments_take_distributions (Arguments *self, const char *key, gsize *n)
{
  GVariant *value = arguments_take (self, key, "as");
  MpiDistribute *distributions;

  if (value == NULL)
    return NULL;
  arguments_check_length (self, key, g_variant_n_children (value), n);
  distributions = g_new (MpiDistribute, g_variant_n_children (value) + 1);
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      const char *name;

      g_variant_get_child (value, i, "&s", &name);
      distributions[i] = g_str_equal (name, "BLOCK")    ? OMPI_OBJ_DISTRIBUTE_BLOCK
                         : g_str_equal (name, "CYCLIC") ? OMPI_OBJ_DISTRIBUTE_CYCLIC
                                                        : OMPI_OBJ_DISTRIBUTE_NONE;
      if (distributions[i] == OMPI_OBJ_DISTRIBUTE_NONE && !g_str_equal (name, "NONE") && self->error == NULL)
        ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function,
                            "'%s' of '%s' has '%s', which is not 'NONE', 'BLOCK' or 'CYCLIC'", key, self->constructor,
                            name);
    }
  return distributions;
}

static MpiDatatype *build (GVariant *description, guint nesting, GError **error);

static MpiDatatype *
arguments_take_datatype (Arguments *self, const char *key, guint nesting)
{
  GVariant *value = arguments_take (self, key, DESCRIPTION_TYPE);

  return value != NULL ? build (value, nesting + 1, &self->error) : NULL;
}

static GPtrArray *
arguments_take_datatypes (Arguments *self, const char *key, guint nesting, gsize *n)
{
  GVariant *value = arguments_take (self, key, "a" DESCRIPTION_TYPE);
  GPtrArray *datatypes = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; value != NULL && self->error == NULL && i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) description = g_variant_get_child_value (value, i);
      MpiDatatype *datatype = build (description, nesting + 1, &self->error);

      if (datatype != NULL)
        g_ptr_array_add (datatypes, datatype);
    }
  if (value != NULL)
    arguments_check_length (self, key, g_variant_n_children (value), n);
  return datatypes;
}

/* Whether all that was given was wanted; a misspelt argument is not passed over. */
static gboolean
arguments_done (Arguments *self)
{
  if (self->error == NULL && g_variant_n_children (self->arguments) != self->n_used)
    ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ARG, build_function,
                        "'%s' has %" G_GSIZE_FORMAT " arguments, but takes %" G_GSIZE_FORMAT, self->constructor,
                        g_variant_n_children (self->arguments), self->n_used);
  return self->error == NULL;
}

static MpiDatatype *
build_contiguous (Arguments *arguments, guint nesting)
{
  const gint64 count = arguments_take_count (arguments, "count");
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_new_contiguous (count, element, &arguments->error);
}

static MpiDatatype *
build_vector (Arguments *arguments, guint nesting)
{
  const gboolean in_bytes = g_str_equal (arguments->constructor, "hvector");
  const gint64 count = arguments_take_count (arguments, "count");
  const gint64 length = arguments_take_count (arguments, "length");
  const gint64 stride = arguments_take_count (arguments, "stride");
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return in_bytes ? ompi_obj_datatype_new_hvector (count, length, stride, element, &arguments->error)
                  : ompi_obj_datatype_new_vector (count, length, stride, element, &arguments->error);
}

static MpiDatatype *
build_indexed (Arguments *arguments, guint nesting)
{
  const gboolean in_bytes = g_str_equal (arguments->constructor, "hindexed");
  gsize n = G_MAXSIZE;
  const gint64 *lengths = arguments_take_counts (arguments, "lengths", &n);
  const gint64 *displacements = arguments_take_counts (arguments, "displacements", &n);
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return in_bytes ? ompi_obj_datatype_new_hindexed (lengths, displacements, n, element, &arguments->error)
                  : ompi_obj_datatype_new_indexed (lengths, displacements, n, element, &arguments->error);
}

static MpiDatatype *
build_indexed_block (Arguments *arguments, guint nesting)
{
  const gboolean in_bytes = g_str_equal (arguments->constructor, "hindexed-block");
  gsize n = G_MAXSIZE;
  const gint64 length = arguments_take_count (arguments, "length");
  const gint64 *displacements = arguments_take_counts (arguments, "displacements", &n);
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return in_bytes ? ompi_obj_datatype_new_hindexed_block (length, displacements, n, element, &arguments->error)
                  : ompi_obj_datatype_new_indexed_block (length, displacements, n, element, &arguments->error);
}

static MpiDatatype *
build_struct (Arguments *arguments, guint nesting)
{
  gsize n = G_MAXSIZE;
  const gint64 *lengths = arguments_take_counts (arguments, "lengths", &n);
  const gint64 *displacements = arguments_take_counts (arguments, "displacements", &n);
  g_autoptr (GPtrArray) elements = arguments_take_datatypes (arguments, "elements", nesting, &n);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_new_struct (lengths, displacements, (MpiDatatype *const *) elements->pdata, n,
                                       &arguments->error);
}

static MpiDatatype *
build_subarray (Arguments *arguments, guint nesting)
{
  gsize n = G_MAXSIZE;
  const gint64 *sizes = arguments_take_counts (arguments, "sizes", &n);
  const gint64 *subsizes = arguments_take_counts (arguments, "subsizes", &n);
  const gint64 *starts = arguments_take_counts (arguments, "starts", &n);
  const MpiOrder order = arguments_take_order (arguments);
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_new_subarray (sizes, subsizes, starts, n, order, element, &arguments->error);
}

static MpiDatatype *
build_darray (Arguments *arguments, guint nesting)
{
  gsize n = G_MAXSIZE;
  const gint size = arguments_take_integer (arguments, "size");
  const gint rank = arguments_take_integer (arguments, "rank");
  const gint64 *sizes = arguments_take_counts (arguments, "sizes", &n);
  g_autofree MpiDistribute *distributions = arguments_take_distributions (arguments, "distributions", &n);
  const gint *blocks = arguments_take_integers (arguments, "arguments", &n);
  const gint *n_processes = arguments_take_integers (arguments, "n-processes", &n);
  const MpiOrder order = arguments_take_order (arguments);
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_new_darray (size, rank, sizes, distributions, blocks, n_processes, n, order, element,
                                       &arguments->error);
}

static MpiDatatype *
build_resized (Arguments *arguments, guint nesting)
{
  const gint64 lower_bound = arguments_take_count (arguments, "lower-bound");
  const gint64 extent = arguments_take_count (arguments, "extent");
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_new_resized (element, lower_bound, extent, &arguments->error);
}

static MpiDatatype *
build_dup (Arguments *arguments, guint nesting)
{
  g_autoptr (MpiDatatype) element = arguments_take_datatype (arguments, "element", nesting);

  return arguments_done (arguments) ? ompi_obj_datatype_dup (element, &arguments->error) : NULL;
}

static MpiDatatype *
build_f90 (Arguments *arguments, guint nesting)
{
  const gboolean is_integer = g_str_equal (arguments->constructor, "f90-integer");
  const gint precision = is_integer ? 0 : arguments_take_integer (arguments, "precision");
  const gint range = arguments_take_integer (arguments, "range");

  (void) nesting;
  if (!arguments_done (arguments))
    return NULL;
  if (is_integer)
    return ompi_obj_datatype_new_f90_integer (range, &arguments->error);
  return g_str_equal (arguments->constructor, "f90-real")
             ? ompi_obj_datatype_new_f90_real (precision, range, &arguments->error)
             : ompi_obj_datatype_new_f90_complex (precision, range, &arguments->error);
}

static MpiDatatype *
build_value_index (Arguments *arguments, guint nesting)
{
  g_autoptr (MpiDatatype) value = arguments_take_datatype (arguments, "value", nesting);
  g_autoptr (MpiDatatype) index = arguments_take_datatype (arguments, "index", nesting);

  if (!arguments_done (arguments))
    return NULL;
  return ompi_obj_datatype_get_value_index (value, index, &arguments->error);
}

static const struct
{
  const char *constructor;
  MpiDatatype *(*build) (Arguments *arguments, guint nesting);
} builders[] = {
  { "contiguous", build_contiguous },
  { "vector", build_vector },
  { "hvector", build_vector },
  { "indexed", build_indexed },
  { "hindexed", build_indexed },
  { "indexed-block", build_indexed_block },
  { "hindexed-block", build_indexed_block },
  { "struct", build_struct },
  { "subarray", build_subarray },
  { "darray", build_darray },
  { "resized", build_resized },
  { "dup", build_dup },
  { "f90-real", build_f90 },
  { "f90-complex", build_f90 },
  { "f90-integer", build_f90 },
  { "value-index", build_value_index },
};

static MpiDatatype *
build_from_arguments (Arguments *arguments, guint nesting)
{
  MpiDatatype *predefined = ompi_obj_datatype_find_by_name (arguments->constructor);

  if (predefined != NULL)
    return arguments_done (arguments) && datatype_check (predefined, build_function, &arguments->error)
               ? g_object_ref (predefined)
               : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (builders); i++)
    if (g_str_equal (builders[i].constructor, arguments->constructor))
      return builders[i].build (arguments, nesting);

  ompi_obj_error_set (&arguments->error, OMPI_OBJ_ERROR_ARG, build_function,
                      "'%s' is neither a constructor nor a predefined datatype", arguments->constructor);
  return NULL;
}

static MpiDatatype *
build (GVariant *description, guint nesting, GError **error)
{
  g_autoptr (GVariant) dictionary = NULL;
  Arguments arguments;
  MpiDatatype *datatype;
  const char *constructor;

  if (nesting > MAX_NESTING)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, build_function,
                          "the description is nested more than %d levels deep", MAX_NESTING);
      return NULL;
    }

  g_variant_get (description, "(&s@a{sv})", &constructor, &dictionary);
  arguments_init (&arguments, constructor, dictionary);
  datatype = build_from_arguments (&arguments, nesting);
  g_ptr_array_unref (arguments.kept);
  if (arguments.error != NULL)
    g_propagate_error (error, arguments.error);
  return datatype;
}

/**
 * ompi_obj_datatype_new_for_description: (constructor)
 * @description: a value of type `(sa{sv})`, as [method@Mpi.Datatype.decode] gives
 * @error: return location for a #GError
 *
 * Builds a datatype from its description: one that came from another rank, or out of a file.
 *
 * Errors: [error@Mpi.Error.arg] for an unknown name, a missing, superfluous or wrong argument, or more
 * than 24 levels; [error@Mpi.Error.unsupported] for a predefined datatype that this MPI does not have;
 * and those of the constructors.
 *
 * Returns: (transfer full): a datatype, to be committed; the predefined one if @description names one;
 *   %NULL on error
 *
 * Since: 1.0
 */
MpiDatatype *
ompi_obj_datatype_new_for_description (GVariant *description, GError **error)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (description != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  owned = g_variant_ref_sink (description);
  if (!environment_ensure (build_function, error))
    return NULL;
  if (!g_variant_is_of_type (owned, G_VARIANT_TYPE (DESCRIPTION_TYPE)))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, build_function,
                          "the description is of type '%s', but must be of type '" DESCRIPTION_TYPE "'",
                          g_variant_get_type_string (owned));
      return NULL;
    }
  return build (owned, 0, error);
}
