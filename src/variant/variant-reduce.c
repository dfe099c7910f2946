/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "error-private.h"
#include "number-loops-private.h"
#include "op-private.h"
#include "tuple-layout-private.h"
#include "value-memory-private.h"
#include "variant-reduce-private.h"

/* Tuples in an array are combined member by member, so many at a time that they stay in the cache. */
#define TUPLES_SIZE 8192

/* What is the same for all parts of two values. */
typedef struct
{
  MpiPredefinedOp op;
  const GVariantType *type; /* of both */
  const char *function;
} Reduction;

static char
type_letter (const GVariantType *type)
{
  return g_variant_type_peek_string (type)[0];
}

static gboolean
type_is_number (const GVariantType *type)
{
  return number_size (type_letter (type)) != 0;
}

static gboolean
op_wants_pairs (MpiPredefinedOp op)
{
  return op == OMPI_OBJ_PREDEFINED_OP_MINLOC || op == OMPI_OBJ_PREDEFINED_OP_MAXLOC;
}

/* Whether a type is a value and its index. */
static gboolean
type_is_pair (const GVariantType *type)
{
  const GVariantType *value;
  const GVariantType *index;

  if (!g_variant_type_is_tuple (type) || g_variant_type_n_items (type) != 2)
    return FALSE;
  value = g_variant_type_first (type);
  index = g_variant_type_next (value);
  return type_is_number (value) && type_letter (value) != 'b' && type_is_number (index) && type_letter (index) != 'b';
}

/*
 * Whether the operation is defined
 */

static gboolean COLD
report_op (const Reduction *self, const GVariantType *type, GError **error)
{
  const char *name = ompi_obj_op_get_predefined_name (self->op);

  if (op_wants_pairs (self->op))
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, self->function,
                        "%s takes pairs of a value and an index, not a value of type '%s'", name,
                        g_variant_type_peek_string (self->type));
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, self->function, "%s is not defined for '%c' in a value of type '%s'",
                        name, type_letter (type), g_variant_type_peek_string (self->type));
  return FALSE;
}

static gboolean COLD
report_type (const Reduction *self, const GVariantType *type, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, self->function,
                      "%s combines numbers, and tuples and arrays of numbers, but '%.*s' in a value of type '%s' is "
                      "neither; make an operation for values with a function",
                      ompi_obj_op_get_predefined_name (self->op), (int) g_variant_type_get_string_length (type),
                      g_variant_type_peek_string (type), g_variant_type_peek_string (self->type));
  return FALSE;
}

static gboolean
check_op (const Reduction *self, GError **error)
{
  if (self->op != OMPI_OBJ_PREDEFINED_OP_REPLACE && self->op != OMPI_OBJ_PREDEFINED_OP_NO_OP)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, self->function, "%s is for accumulating, not for reductions",
                      ompi_obj_op_get_predefined_name (self->op));
  return FALSE;
}

static gboolean
check_type (const Reduction *self, const GVariantType *type, GError **error)
{
  if (type_is_number (type))
    return number_takes_op (type_letter (type), self->op) || report_op (self, type, error);
  if (op_wants_pairs (self->op) && type_is_pair (type))
    return TRUE;
  if (g_variant_type_is_array (type))
    return check_type (self, g_variant_type_element (type), error);
  if (!g_variant_type_is_tuple (type))
    return report_type (self, type, error);
  for (const GVariantType *member = g_variant_type_first (type); member != NULL; member = g_variant_type_next (member))
    if (!check_type (self, member, error))
      return FALSE;
  return TRUE;
}

/*
 * Values of fixed size, and arrays of them: in memory
 */

/* The room that a value takes; FALSE if values of the type differ in size. */
static gboolean
type_get_room (const GVariantType *type, Room *room)
{
  const gsize size = number_size (type_letter (type));

  *room = (Room){ size, size };
  if (size != 0)
    return TRUE;
  if (!g_variant_type_is_tuple (type))
    return FALSE;

  *room = (Room){ 0, 1 };
  for (const GVariantType *member = g_variant_type_first (type); member != NULL; member = g_variant_type_next (member))
    {
      Room member_room;

      if (!type_get_room (member, &member_room))
        return FALSE;
      room_add (room, member_room);
    }
  room_end (room);
  return TRUE;
}

static void
combine_pairs (const Reduction *self, const GVariantType *type, const NumberRun *run)
{
  const GVariantType *value = g_variant_type_first (type);
  const GVariantType *index = g_variant_type_next (value);
  Room room;
  Room index_room;

  type_get_room (value, &room);
  type_get_room (index, &index_room);
  number_run_combine_pairs (run, self->op, type_letter (value), type_letter (index), room_add (&room, index_room));
}

static void combine_run (const Reduction *self, const GVariantType *type, const NumberRun *run);

static void
combine_members (const Reduction *self, const GVariantType *type, const NumberRun *run)
{
  Room room = { 0, 1 };

  for (const GVariantType *member = g_variant_type_first (type); member != NULL; member = g_variant_type_next (member))
    {
      NumberRun members = *run;
      Room member_room;
      gsize start;

      type_get_room (member, &member_room);
      start = room_add (&room, member_room);
      members.a += start;
      members.b += start;
      members.result += start;
      combine_run (self, member, &members);
    }
}

/* Combines what is at the same place in each of several values of fixed size. */
static void
combine_run (const Reduction *self, const GVariantType *type, const NumberRun *run)
{
  if (type_is_number (type))
    number_run_combine (run, self->op, type_letter (type));
  else if (op_wants_pairs (self->op) && type_is_pair (type))
    combine_pairs (self, type, run);
  else
    combine_members (self, type, run);
}

static void
combine_tuples (const Reduction *self, const GVariantType *type, const NumberRun *run)
{
  const gsize n_together = MAX (TUPLES_SIZE / run->stride, 1);

  for (gsize first = 0; first < run->n; first += n_together)
    {
      const gsize offset = first * run->stride;
      const NumberRun part = { run->a + offset, run->b + offset, run->result + offset, MIN (n_together, run->n - first),
                               run->stride };

      combine_run (self, type, &part);
    }
}

/* How many elements of SIZE bytes a received value has; FALSE if that is not a whole number. */
static gboolean
get_elements (const Reduction *self, GVariant *value, gsize size, const guint8 **data, gsize *n, GError **error)
{
  const gsize total = g_variant_get_size (value);

  *data = g_variant_get_data (value);
  *n = total / size;
  if (total % size == 0 && (*data != NULL || total == 0))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, self->function,
                      "the memory of a value of type '%s' is not a value of that type",
                      g_variant_get_type_string (value));
  return FALSE;
}

static gboolean COLD
report_lengths (const Reduction *self, gsize n, gsize other_n, GError **error)
{
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, self->function,
                      "arrays in two values of type '%s' have %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " elements",
                      g_variant_type_peek_string (self->type), n, other_n);
  return FALSE;
}

/* A and B are values of the type ELEMENT, of the size SIZE, or arrays of such. */
static GVariant *
combine_fixed (const Reduction *self, GVariant *a, GVariant *b, const GVariantType *element, gsize size, GError **error)
{
  NumberRun run = { .stride = size };
  gsize other_n = 0;
  ValueMemory *memory;

  if (!get_elements (self, a, size, &run.a, &run.n, error) || !get_elements (self, b, size, &run.b, &other_n, error))
    return NULL;
  if (run.n != other_n)
    {
      report_lengths (self, run.n, other_n, error);
      return NULL;
    }

  memory = value_memory_new (run.n * size);
  if (memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, self->function, "no memory for %" G_GSIZE_FORMAT " bytes",
                          run.n * size);
      return NULL;
    }
  run.result = memory->bytes;
  if (type_is_number (element))
    combine_run (self, element, &run);
  else
    {
      memset (memory->bytes, 0, run.n * size); /* what is between the members */
      combine_tuples (self, element, &run);
    }
  return g_variant_ref_sink (g_variant_new_from_data (g_variant_get_type (a), memory->bytes, run.n * size, TRUE,
                                                      (GDestroyNotify) value_memory_free, memory));
}

/*
 * Other tuples and arrays: one child after the other
 */

static GVariant *combine (const Reduction *self, GVariant *a, GVariant *b, GError **error);

static GVariant *
combine_children (const Reduction *self, GVariant *a, GVariant *b, GError **error)
{
  const GVariantType *type = g_variant_get_type (a);
  const gsize n = g_variant_n_children (a);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  GVariant *result;

  if (n != g_variant_n_children (b))
    {
      report_lengths (self, n, g_variant_n_children (b), error);
      return NULL;
    }
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child_a = g_variant_get_child_value (a, i);
      g_autoptr (GVariant) child_b = g_variant_get_child_value (b, i);
      GVariant *child = combine (self, child_a, child_b, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }
  result = g_variant_type_is_array (type)
               ? g_variant_new_array (g_variant_type_element (type), (GVariant *const *) children->pdata, n)
               : g_variant_new_tuple ((GVariant *const *) children->pdata, n);
  return g_variant_ref_sink (result);
}

static gboolean
get_fixed_element (GVariant *value, const GVariantType **element, Room *room)
{
  const GVariantType *type = g_variant_get_type (value);

  *element = g_variant_type_is_array (type) ? g_variant_type_element (type) : type;
  return type_get_room (*element, room);
}

static GVariant *
combine (const Reduction *self, GVariant *a, GVariant *b, GError **error)
{
  const GVariantType *element;
  Room room;

  return get_fixed_element (a, &element, &room) ? combine_fixed (self, a, b, element, room.size, error)
                                                : combine_children (self, a, b, error);
}

/*
 * Children of a value that was received may lie anywhere in its memory, many in the same place, so a
 * small one could unfold to more than there is memory. Values of fixed size cannot.
 */
static gboolean
check_children (const Reduction *self, GVariant *value, GError **error)
{
  const GVariantType *element;
  Room room;

  if (get_fixed_element (value, &element, &room) || g_variant_is_normal_form (value))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, self->function, "a value of type '%s' is not in normal form",
                      g_variant_get_type_string (value));
  return FALSE;
}

static GVariant *
reduce_predefined (const Reduction *self, GVariant *a, GVariant *b, GError **error)
{
  if (!g_variant_is_of_type (b, self->type))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, self->function,
                          "the values are of different types, '%s' and '%s'", g_variant_get_type_string (a),
                          g_variant_get_type_string (b));
      return NULL;
    }
  if (!check_op (self, error) || !check_type (self, self->type, error) || !check_children (self, a, error)
      || !check_children (self, b, error))
    return NULL;
  return combine (self, a, b, error);
}

static GVariant *
reduce_with_function (MpiOp *op, GVariant *a, GVariant *b, const char *function, GError **error)
{
  GVariant *result = op->variant_func (a, b, op->variant_data);

  if (result != NULL)
    return g_variant_take_ref (result);
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_FAILED, function,
                      "the operation's function could not combine values of the types '%s' and '%s'",
                      g_variant_get_type_string (a), g_variant_get_type_string (b));
  return NULL;
}

GVariant *
variant_reduce (MpiOp *op, GVariant *a, GVariant *b, const char *function, GError **error)
{
  if (op->variant_func != NULL)
    return reduce_with_function (op, a, b, function, error);
  if (op->predefined != OP_IS_NOT_PREDEFINED)
    {
      const Reduction reduction = { (MpiPredefinedOp) op->predefined, g_variant_get_type (a), function };

      return reduce_predefined (&reduction, a, b, error);
    }
  ompi_obj_op_report (op, function, error);
  return NULL;
}

/**
 * ompi_obj_op_combine_variants:
 * @self: a predefined operation, or one for values
 * @a: a value, the one of the lower rank if the order matters
 * @b: another value
 * @error: return location for a #GError
 *
 * Combines two values on this rank, as the reductions of values do. Not collective.
 *
 * An operation of [ctor@Mpi.Op.new_for_variants] calls its function. A predefined one combines numbers of
 * the same type, tuples of them member by member and arrays of the same length element by element,
 * also nested in each other:
 *
 * - MAX, MIN, SUM and PROD take all numbers (`y n q i u x t d`). Integers that overflow wrap around.
 *   With a NaN, MAX and MIN give @b, as C's comparison is false.
 * - LAND, LOR and LXOR take booleans too, and take every number but 0 for true; the result is 0 or 1, of
 *   the same type.
 * - BAND, BOR and BXOR take integers.
 * - MAXLOC and MINLOC take pairs of a value and an index, both numbers, and arrays of them, such as
 *   `a(di)`: the pair with the greater or lesser value, of equal ones that with the lower index.
 *
 * Other values, such as strings and dictionaries, need an operation of the program's own.
 *
 * Errors: [error@Mpi.Error.type] if the values differ in type or length, or are not made of numbers,
 * [error@Mpi.Error.op] if @self is not defined for such numbers, combines elements of buffers, or was freed,
 * [error@Mpi.Error.malformed] if the memory of a value is not what its type says,
 * [error@Mpi.Error.no-mem] if there is no memory for the result, [error@Mpi.Error.failed] if the function of
 * @self gives no value.
 *
 * Returns: (transfer full): the result; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_op_combine_variants (MpiOp *self, GVariant *a, GVariant *b, GError **error)
{
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), NULL);
  g_return_val_if_fail (a != NULL && b != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  first = g_variant_ref_sink (a);
  second = g_variant_ref_sink (b);
  return variant_reduce (self, first, second, "ompi_obj_op_combine_variants", error);
}
