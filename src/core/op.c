/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "buffer-private.h"
#include "environment-private.h"
#include "error-private.h"
#include "large-count-private.h"
#include "op-private.h"

/**
 * MpiOp:
 *
 * How a reduction combines two contributions: sum, maximum and so on, or a function of the program's.
 *
 * The predefined ones come from [func@Mpi.Op.get_predefined] and are never freed. They combine
 * elements of buffers, and values too (see [method@Mpi.Op.combine_variants]). An operation made with
 * [ctor@Mpi.Op.new] combines elements of buffers of any datatype, one made with
 * [ctor@Mpi.Op.new_for_variants] values. What a nonblocking or persistent reduction uses lives on
 * until it is done, whether the operation was freed or dropped.
 *
 * Mirrors `MPI_Op` (MPI-4.0, section 6.9).
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiOp, ompi_obj_op, G_TYPE_OBJECT)

/* In the order of MpiPredefinedOp. */
static const struct
{
  MPI_Op handle;
  const char *name;
} predefined_ops[] = {
  { MPI_MAX, "MPI_MAX" },         { MPI_MIN, "MPI_MIN" },       { MPI_SUM, "MPI_SUM" },
  { MPI_PROD, "MPI_PROD" },       { MPI_LAND, "MPI_LAND" },     { MPI_BAND, "MPI_BAND" },
  { MPI_LOR, "MPI_LOR" },         { MPI_BOR, "MPI_BOR" },       { MPI_LXOR, "MPI_LXOR" },
  { MPI_BXOR, "MPI_BXOR" },       { MPI_MINLOC, "MPI_MINLOC" }, { MPI_MAXLOC, "MPI_MAXLOC" },
  { MPI_REPLACE, "MPI_REPLACE" }, { MPI_NO_OP, "MPI_NO_OP" },
};

static MpiOp *predefined_objects[G_N_ELEMENTS (predefined_ops)];

static gboolean
op_is_ours (MpiOp *self)
{
  return self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && self->predefined == OP_IS_NOT_PREDEFINED;
}

static void
op_finalize (GObject *object)
{
  MpiOp *self = OMPI_OBJ_OP (object);

  if (self->handle != MPI_OP_NULL && op_is_ours (self) && environment_is_active ())
    MPI_Op_free (&self->handle);
  g_clear_pointer (&self->function, op_function_free);
  if (self->variant_destroy != NULL)
    self->variant_destroy (self->variant_data);

  G_OBJECT_CLASS (ompi_obj_op_parent_class)->finalize (object);
}

static void
ompi_obj_op_class_init (MpiOpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = op_finalize;
}

static void
ompi_obj_op_init (MpiOp *self)
{
  self->handle = MPI_OP_NULL;
  self->predefined = OP_IS_NOT_PREDEFINED;
}

void
ompi_obj_op_report (MpiOp *self, const char *function, GError **error)
{
  if (self->variant_func != NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function, "the operation combines values, not elements of buffers");
  else if (self->handle != MPI_OP_NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function,
                        "the operation combines elements of buffers, not values; make one for values");
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function, "the operation was freed");
}

gboolean
ompi_obj_op_check (MpiOp *self, const char *function, GError **error)
{
  if (G_LIKELY (self->handle != MPI_OP_NULL))
    return TRUE;
  ompi_obj_op_report (self, function, error);
  return FALSE;
}

/* MPICH 4.0 thinks that it knows these, and ends the program when it comes to calculate. */
static gboolean
is_logic_of_reals (gint predefined, MPI_Datatype handle)
{
  return (predefined == OMPI_OBJ_PREDEFINED_OP_LAND || predefined == OMPI_OBJ_PREDEFINED_OP_LOR
          || predefined == OMPI_OBJ_PREDEFINED_OP_LXOR)
         && (handle == MPI_FLOAT || handle == MPI_DOUBLE || handle == MPI_LONG_DOUBLE);
}

gboolean
ompi_obj_op_check_datatype (MpiOp *self, MpiDatatype *datatype, const char *function, GError **error)
{
  if (!ompi_obj_op_check (self, function, error))
    return FALSE;
  if (G_LIKELY (!is_logic_of_reals (self->predefined, datatype->handle)))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function, "%s is not defined for %s",
                      predefined_ops[self->predefined].name, ompi_obj_datatype_find_by_handle (datatype->handle)->name);
  return FALSE;
}

gboolean
ompi_obj_op_check_defined (MpiOp *self, MpiDatatype *datatype, const char *function, GError **error)
{
  const guint bit = 1u << self->predefined;
  long double in[4] = { 0 }; /* room for an element of any */
  long double out[4] = { 0 };

  if ((__atomic_load_n (&datatype->defined_ops, __ATOMIC_RELAXED) & bit) != 0)
    return TRUE;
  if (self->predefined == OMPI_OBJ_PREDEFINED_OP_REPLACE || self->predefined == OMPI_OBJ_PREDEFINED_OP_NO_OP)
    {
      __atomic_or_fetch (&datatype->defined_ops, bit, __ATOMIC_RELAXED);
      return TRUE;
    }
  if (!ompi_obj_op_check_datatype (self, datatype, function, error)
      || !check_mpi (error, function, MPI_Reduce_local_c (in, out, 1, datatype->handle, self->handle)))
    return FALSE;
  __atomic_or_fetch (&datatype->defined_ops, bit, __ATOMIC_RELAXED);
  return TRUE;
}

/* These are the ones that have bits, or a truth. */
#define SWAPPABLE (1u << 31)

gboolean
ompi_obj_op_check_swappable (MpiDatatype *datatype, const char *function, GError **error)
{
  if (G_LIKELY ((__atomic_load_n (&datatype->defined_ops, __ATOMIC_RELAXED) & SWAPPABLE) != 0))
    return TRUE;
  if (!ompi_obj_op_check_defined (OMPI_OBJ_BXOR, datatype, function, NULL)
      && !ompi_obj_op_check_defined (OMPI_OBJ_LXOR, datatype, function, NULL))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "elements of %s are neither integers nor logical values nor bytes", datatype->name);
      return FALSE;
    }
  __atomic_or_fetch (&datatype->defined_ops, SWAPPABLE, __ATOMIC_RELAXED);
  return TRUE;
}

const char *
ompi_obj_op_get_predefined_name (MpiPredefinedOp which)
{
  return predefined_ops[which].name;
}

static MpiOp *COLD
predefined_object_new (MpiPredefinedOp which)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (predefined_objects[which] == NULL)
    {
      MpiOp *self = ompi_obj_op_new_for_native (predefined_ops[which].handle, OMPI_OBJ_OWNERSHIP_BORROWED);

      __atomic_store_n (&predefined_objects[which], self, __ATOMIC_RELEASE);
    }
  return predefined_objects[which];
}

/**
 * ompi_obj_op_get_predefined:
 * @which: which one
 *
 * Gets the object of a reduction operation that MPI has itself. C programs write `OMPI_OBJ_SUM`,
 * `OMPI_OBJ_MAX` and so on instead. It does not need MPI to be initialized.
 *
 * Mirrors the predefined operations (MPI-4.0, section 6.9.2).
 *
 * Returns: (transfer none): the operation
 *
 * Since: 1.0
 */
MpiOp *
ompi_obj_op_get_predefined (MpiPredefinedOp which)
{
  MpiOp *self;

  g_return_val_if_fail ((guint) which < G_N_ELEMENTS (predefined_objects), NULL);

  self = __atomic_load_n (&predefined_objects[which], __ATOMIC_ACQUIRE);
  return G_LIKELY (self != NULL) ? self : predefined_object_new (which);
}

/**
 * ompi_obj_op_new: (constructor)
 * @func: (scope notified) (closure user_data) (destroy destroy): combines the elements of two buffers
 * @is_commutative: whether the order of the contributions does not matter
 * @user_data: data for @func
 * @destroy: (nullable): frees @user_data
 * @error: return location for a #GError
 *
 * Makes a reduction operation of a function. It must be associative. MPI combines the contributions in
 * the order of the ranks, or in any order if @is_commutative is %TRUE.
 *
 * @func is called in whatever thread takes part in the reduction, waits for it or tests it, in several at
 * once if several do so. It cannot fail, and must not call MPI: what it cannot combine must be encoded in
 * the elements. It is called as long as the object lives and @user_data is freed with the object, so
 * the requests of nonblocking reductions keep the operation alive.
 *
 * There is no limit on the number of operations but memory. Each has a small C function of its own, which
 * libffi makes, as MPI calls it without any data of the program's.
 *
 * Errors: [error@Mpi.Error.no-mem] if the system does not let a program make functions.
 *
 * Mirrors `MPI_Op_create` (MPI-4.0, section 6.9.5).
 *
 * Returns: (transfer full): a new operation; %NULL on error
 *
 * Since: 1.0
 */
MpiOp *
ompi_obj_op_new (MpiOpFunc func, gboolean is_commutative, gpointer user_data, GDestroyNotify destroy, GError **error)
{
  g_autoptr (OpFunction) function = NULL;
  MpiOp *self;
  MPI_Op handle;

  g_return_val_if_fail (func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  function = op_function_new (func, user_data, destroy, error);
  if (function == NULL || !environment_ensure ("MPI_Op_create", error)
      || !CHECK_MPI (error, MPI_Op_create_c, op_function_get_native (function), is_commutative != FALSE, &handle))
    return NULL;
  self = ompi_obj_op_new_for_native (handle, OMPI_OBJ_OWNERSHIP_OWNED);
  self->function = g_steal_pointer (&function);
  return self;
}

/**
 * ompi_obj_op_new_for_variants: (constructor)
 * @func: (scope notified) (closure user_data) (destroy destroy): combines two values
 * @is_commutative: whether the order of the values does not matter
 * @user_data: data for @func
 * @destroy: (nullable): frees @user_data
 *
 * Makes an operation that combines values, for the reductions of values. It must be associative. The
 * values are combined in the order of the ranks, or in any order if @is_commutative is %TRUE.
 *
 * @func may return a value of another type than it got, as long as it takes such values too.
 *
 * Used with buffers, the operation gives [error@Mpi.Error.op].
 *
 * Returns: (transfer full): a new operation
 *
 * Since: 1.0
 */
MpiOp *
ompi_obj_op_new_for_variants (MpiVariantOpFunc func,
                              gboolean is_commutative,
                              gpointer user_data,
                              GDestroyNotify destroy)
{
  MpiOp *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (OMPI_OBJ_TYPE_OP, NULL);
  self->variant_func = func;
  self->variant_data = user_data;
  self->variant_destroy = destroy;
  self->is_commutative = is_commutative != FALSE;
  return self;
}

/**
 * ompi_obj_op_free:
 * @self: an operation
 * @error: return location for a #GError
 *
 * Frees the MPI operation now, before the last reference is dropped. The object stays valid and its
 * methods give [error@Mpi.Error.op]. Reductions that are under way with it complete; the data of its
 * function is freed with the last reference, not here.
 *
 * Errors: [error@Mpi.Error.op] if @self is predefined, borrowed, or was freed.
 *
 * Mirrors `MPI_Op_free` (MPI-4.0, section 6.9.5).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_op_free (MpiOp *self, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->variant_func != NULL)
    {
      self->variant_func = NULL;
      return TRUE;
    }
  if (!ompi_obj_op_check (self, "MPI_Op_free", error) || !environment_ensure ("MPI_Op_free", error))
    return FALSE;
  if (!op_is_ours (self))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, "MPI_Op_free",
                          "the operation is predefined, or borrowed from somebody else");
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Op_free, &self->handle);
}

/**
 * ompi_obj_op_is_predefined:
 * @self: an operation
 *
 * Tells whether an operation is one that MPI has itself.
 *
 * Returns: %TRUE if it is
 *
 * Since: 1.0
 */
gboolean
ompi_obj_op_is_predefined (MpiOp *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), FALSE);

  return self->predefined != OP_IS_NOT_PREDEFINED;
}

/**
 * ompi_obj_op_is_commutative:
 * @self: an operation
 * @error: return location for a #GError
 *
 * Tells whether an operation may combine contributions in any order.
 *
 * Errors: [error@Mpi.Error.op] if @self was freed.
 *
 * Mirrors `MPI_Op_commutative` (MPI-4.0, section 6.9.7).
 *
 * Returns: %TRUE if it may; %FALSE without an error if it combines them in the order of the ranks
 *
 * Since: 1.0
 */
gboolean
ompi_obj_op_is_commutative (MpiOp *self, GError **error)
{
  int is_commutative = FALSE;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->variant_func != NULL)
    return self->is_commutative;
  return ompi_obj_op_check (self, "MPI_Op_commutative", error) && environment_ensure ("MPI_Op_commutative", error)
         && CHECK_MPI (error, MPI_Op_commutative, self->handle, &is_commutative) && is_commutative;
}

/**
 * ompi_obj_op_reduce_local:
 * @self: an operation on elements of buffers
 * @in: what is combined, the one of the lower rank if the order matters
 * @inout: what it is combined with, and where the result goes to: other memory, the same count and datatype
 * @error: return location for a #GError
 *
 * Combines two buffers on this rank, element by element. Not collective.
 *
 * Errors: [error@Mpi.Error.arg] if the buffers differ in count or datatype, [error@Mpi.Error.op] if
 * @self was freed, combines values, or is not defined for the datatype, [error@Mpi.Error.count],
 * [error@Mpi.Error.buffer] or [error@Mpi.Error.type] for the argument that is wrong.
 *
 * Mirrors `MPI_Reduce_local` (MPI-4.0, section 6.9.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_op_reduce_local (MpiOp *self, const MpiBuffer *in, const MpiBuffer *inout, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), FALSE);
  g_return_val_if_fail (in != NULL && inout != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Reduce_local", error) || !buffer_check (in, "MPI_Reduce_local", error)
      || !buffer_check (inout, "MPI_Reduce_local", error)
      || !ompi_obj_op_check_datatype (self, in->datatype, "MPI_Reduce_local", error))
    return FALSE;
  if (in->count != inout->count || in->datatype != inout->datatype)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Reduce_local",
                          "the buffers differ in count (%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ") or datatype",
                          in->count, inout->count);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Reduce_local_c, in->address, BUFFER_ARGS (inout), self->handle);
}

/**
 * ompi_obj_op_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 *
 * Makes an object for a raw MPI handle.
 *
 * Returns: (transfer full): a new operation
 *
 * Since: 1.0
 */
MpiOp *
ompi_obj_op_new_for_native (MPI_Op native, MpiOwnership ownership)
{
  MpiOp *self = g_object_new (OMPI_OBJ_TYPE_OP, NULL);

  self->handle = native;
  self->ownership = ownership;
  for (gsize i = 0; i < G_N_ELEMENTS (predefined_ops); i++)
    if (predefined_ops[i].handle == native)
      self->predefined = (gint) i;
  return self;
}

/**
 * ompi_obj_op_get_native: (skip)
 * @self: an operation
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_OP_NULL` if it was freed, or is for values
 *
 * Since: 1.0
 */
MPI_Op
ompi_obj_op_get_native (MpiOp *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), MPI_OP_NULL);

  return self->handle;
}
