/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/native.h>

#include "environment-private.h"
#include "error-private.h"
#include "op-private.h"

/**
 * MpiOp:
 *
 * How a reduction combines two values: sum, maximum and so on.
 *
 * Mirrors `MPI_Op` (MPI-4.0, section 6.9).
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiOp, ompi_obj_op, G_TYPE_OBJECT)

/* In the order of MpiPredefinedOp. */
static const MPI_Op predefined_ops[] = {
  MPI_MAX, MPI_MIN,  MPI_SUM,  MPI_PROD,   MPI_LAND,   MPI_BAND,    MPI_LOR,
  MPI_BOR, MPI_LXOR, MPI_BXOR, MPI_MINLOC, MPI_MAXLOC, MPI_REPLACE, MPI_NO_OP,
};

static MpiOp *predefined_objects[G_N_ELEMENTS (predefined_ops)];

static void
op_finalize (GObject *object)
{
  MpiOp *self = OMPI_OBJ_OP (object);

  if (self->handle != MPI_OP_NULL && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED && environment_is_active ())
    MPI_Op_free (&self->handle);

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
}

gboolean
ompi_obj_op_check (MpiOp *self, const char *function, GError **error)
{
  if (self->handle != MPI_OP_NULL)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_OP, function, "the operation was freed");
  return FALSE;
}

static MpiOp *COLD
predefined_object_new (MpiPredefinedOp which)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (predefined_objects[which] == NULL)
    {
      MpiOp *self = ompi_obj_op_new_for_native (predefined_ops[which], OMPI_OBJ_OWNERSHIP_BORROWED);

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
  return self;
}

/**
 * ompi_obj_op_get_native: (skip)
 * @self: an operation
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_OP_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Op
ompi_obj_op_get_native (MpiOp *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_OP (self), MPI_OP_NULL);

  return self->handle;
}
