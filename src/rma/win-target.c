/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/win.h>

G_DEFINE_BOXED_TYPE (MpiWinTarget, ompi_obj_win_target, ompi_obj_win_target_copy, ompi_obj_win_target_free)

/**
 * ompi_obj_win_target_new: (constructor)
 * @rank: the rank whose memory is accessed, or `OMPI_OBJ_PROC_NULL` for nobody
 * @displacement: where in its memory: in units of that rank's displacement unit; in a dynamic window the address
 *
 * Makes a target of as many elements of the same datatype as in the origin buffer.
 *
 * Returns: (transfer full): a new target
 *
 * Since: 1.0
 */
MpiWinTarget *
ompi_obj_win_target_new (gint rank, gint64 displacement)
{
  return ompi_obj_win_target_new_full (rank, displacement, -1, NULL);
}

/**
 * ompi_obj_win_target_new_full: (constructor)
 * @rank: the rank whose memory is accessed, or `OMPI_OBJ_PROC_NULL` for nobody
 * @displacement: where in its memory: in units of that rank's displacement unit; in a dynamic window the address
 * @count: the number of elements there; negative: as many as in the origin buffer
 * @datatype: (nullable): their datatype; %NULL: that of the origin buffer
 *
 * Makes a target whose elements may lie there in another way than in the origin buffer.
 *
 * Returns: (transfer full): a new target, which keeps a reference to @datatype
 *
 * Since: 1.0
 */
MpiWinTarget *
ompi_obj_win_target_new_full (gint rank, gint64 displacement, gint64 count, MpiDatatype *datatype)
{
  MpiWinTarget *self;

  g_return_val_if_fail (datatype == NULL || OMPI_OBJ_IS_DATATYPE (datatype), NULL);

  self = g_new (MpiWinTarget, 1);
  *self = (MpiWinTarget){ rank, displacement, count, datatype != NULL ? g_object_ref (datatype) : NULL };
  return self;
}

/**
 * ompi_obj_win_target_copy:
 * @self: a target
 *
 * Copies a target. The copy is on the heap and owns a reference to the datatype, whether @self does or not.
 *
 * Returns: (transfer full): the copy
 *
 * Since: 1.0
 */
MpiWinTarget *
ompi_obj_win_target_copy (const MpiWinTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ompi_obj_win_target_new_full (self->rank, self->displacement, self->count, self->datatype);
}

/**
 * ompi_obj_win_target_free: (skip)
 * @self: a target that a constructor made, or a copy
 *
 * Frees a target. Not for the ones that `OMPI_OBJ_TARGET()` and `OMPI_OBJ_TARGET_FULL()` make.
 *
 * Since: 1.0
 */
void
ompi_obj_win_target_free (MpiWinTarget *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->datatype);
  g_free (self);
}
