/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/buffer.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_OP (ompi_obj_op_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiOp, ompi_obj_op, OMPI_OBJ, OP, GObject)

/**
 * MpiOpFunc:
 * @in: elements of the lower ranks, not to be changed
 * @inout: as many elements of the higher ranks, which the results replace
 * @user_data: what was given with the function
 *
 * Combines the elements of two buffers: inout[i] = in[i] op inout[i] for each i.
 *
 * Count and datatype are the same in both buffers. MPI may split a reduction, so the count can be smaller
 * than what was reduced; each element is whole. The datatype is the predefined object if it is a
 * predefined one; else it is an object that stands for the same datatype. The buffers are valid during
 * the call only.
 *
 * Since: 1.0
 */
typedef void (*MpiOpFunc) (const MpiBuffer *in, const MpiBuffer *inout, gpointer user_data);

/**
 * MpiVariantOpFunc:
 * @a: the value of the lower ranks
 * @b: the value of the higher ranks
 * @user_data: what was given with the function
 *
 * Combines two values.
 *
 * Returns: (transfer full) (nullable): the result, which may be floating; %NULL if the values cannot be
 *   combined, which is an error on every rank
 *
 * Since: 1.0
 */
typedef GVariant *(*MpiVariantOpFunc) (GVariant *a, GVariant *b, gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiOp *ompi_obj_op_get_predefined (MpiPredefinedOp which);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiOp *
ompi_obj_op_new (MpiOpFunc func, gboolean is_commutative, gpointer user_data, GDestroyNotify destroy, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiOp *ompi_obj_op_new_for_variants (MpiVariantOpFunc func,
                                     gboolean is_commutative,
                                     gpointer user_data,
                                     GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_op_free (MpiOp *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_op_is_predefined (MpiOp *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_op_is_commutative (MpiOp *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_op_reduce_local (MpiOp *self, const MpiBuffer *in, const MpiBuffer *inout, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *
ompi_obj_op_combine_variants (MpiOp *self, GVariant *a, GVariant *b, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#define OMPI_OBJ_MAX (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_MAX))
#define OMPI_OBJ_MIN (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_MIN))
#define OMPI_OBJ_SUM (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_SUM))
#define OMPI_OBJ_PROD (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_PROD))
#define OMPI_OBJ_LAND (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_LAND))
#define OMPI_OBJ_BAND (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_BAND))
#define OMPI_OBJ_LOR (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_LOR))
#define OMPI_OBJ_BOR (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_BOR))
#define OMPI_OBJ_LXOR (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_LXOR))
#define OMPI_OBJ_BXOR (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_BXOR))
#define OMPI_OBJ_MINLOC (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_MINLOC))
#define OMPI_OBJ_MAXLOC (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_MAXLOC))
#define OMPI_OBJ_REPLACE (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_REPLACE))
#define OMPI_OBJ_NO_OP (ompi_obj_op_get_predefined (OMPI_OBJ_PREDEFINED_OP_NO_OP))

G_END_DECLS
