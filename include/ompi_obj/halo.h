/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/cartcomm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_HALO (ompi_obj_halo_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiHalo, ompi_obj_halo, OMPI_OBJ, HALO, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiHalo *ompi_obj_halo_new (MpiCartcomm *grid,
                            const MpiBuffer *array,
                            const gint64 *shape,
                            const gint64 *widths,
                            gsize n_dims,
                            MpiHaloScheme scheme,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiHalo *ompi_obj_halo_new_arrays (MpiCartcomm *grid,
                                   const MpiBuffer *array,
                                   const gint64 *shape,
                                   gsize n_dims,
                                   const gint64 *widths,
                                   gsize n_widths,
                                   MpiHaloScheme scheme,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_halo_start (MpiHalo *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_halo_finish (MpiHalo *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_halo_exchange (MpiHalo *self, GError **error);

G_END_DECLS
