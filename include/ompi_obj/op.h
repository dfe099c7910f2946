/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_OP (ompi_obj_op_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiOp, ompi_obj_op, OMPI_OBJ, OP, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiOp *ompi_obj_op_get_predefined (MpiPredefinedOp which);

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
