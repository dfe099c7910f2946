/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/topocomm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_CARTCOMM (ompi_obj_cartcomm_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiCartcomm, ompi_obj_cartcomm, OMPI_OBJ, CARTCOMM, MpiTopocomm)

/**
 * MpiCartcommClass:
 * @parent_class: the parent class
 *
 * The class of communicators whose ranks form a grid.
 *
 * Since: 1.0
 */
struct _MpiCartcommClass
{
  MpiTopocommClass parent_class;

  /*< private >*/
  gpointer padding[16];
};

#define OMPI_OBJ_TYPE_CART_SHIFT (ompi_obj_cart_shift_get_type ())

/**
 * MpiCartShift:
 * @source: the rank that the calling rank receives from, or `OMPI_OBJ_PROC_NULL`
 * @dest: the rank that the calling rank sends to, or `OMPI_OBJ_PROC_NULL`
 *
 * Whom a rank of a grid exchanges messages with when all ranks send in one direction; see
 * [method@Mpi.Cartcomm.shift].
 *
 * Since: 1.0
 */
struct _MpiCartShift
{
  gint source;
  gint dest;
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_cart_shift_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCartShift *ompi_obj_cart_shift_copy (const MpiCartShift *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_cart_shift_free (MpiCartShift *self);

/* Where ranks are */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_cartcomm_get_dim (MpiCartcomm *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_cartcomm_get_topo (MpiCartcomm *self,
                                     gint **dims,
                                     gboolean **periods,
                                     gint **coords,
                                     gsize *n_dims,
                                     GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *
ompi_obj_cartcomm_get_coords (MpiCartcomm *self, gint rank, gsize *n_dims, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_cartcomm_get_cart_rank (MpiCartcomm *self, const gint *coords, gsize n_dims, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_cartcomm_shift (MpiCartcomm *self, gint direction, gint displacement, MpiCartShift *shift, GError **error);

/* The part of an array that a rank has; see file-array.h for arrays in files */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_cartcomm_get_block (MpiCartcomm *self,
                                      gint rank,
                                      const gint64 *shape,
                                      gsize n_dims,
                                      gint64 **starts,
                                      gint64 **sizes,
                                      gsize *n_block_dims,
                                      GError **error);

/* The ghost layers of an array; see halo.h for the form that is set up once */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_cartcomm_exchange_halo (MpiCartcomm *self,
                                          const MpiBuffer *array,
                                          const gint64 *shape,
                                          const gint64 *widths,
                                          gsize n_dims,
                                          GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_cartcomm_exchange_halo_arrays (MpiCartcomm *self,
                                                 const MpiBuffer *array,
                                                 const gint64 *shape,
                                                 gsize n_dims,
                                                 const gint64 *widths,
                                                 gsize n_widths,
                                                 GError **error);

/* Grids from grids */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiCartcomm *ompi_obj_cartcomm_sub (MpiCartcomm *self, const gboolean *remain, gsize n_dims, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_compute_dims (gint n_nodes, gint *dims, gsize n_dims, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_compute_dims_array (gint n_nodes, const gint *dims, gsize n_dims, gsize *n_found, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiCartShift, ompi_obj_cart_shift_free)

G_END_DECLS
