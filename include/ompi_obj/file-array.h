/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/cartcomm.h>
#include <ompi_obj/file.h>

G_BEGIN_DECLS

/* Arrays that are distributed over a grid of ranks; ompi_obj_cartcomm_get_block() tells which part a rank has */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_array_all (MpiFile *self,
                                        gint64 displacement,
                                        MpiCartcomm *grid,
                                        const MpiBuffer *block,
                                        MpiDatatype *element,
                                        const gint64 *shape,
                                        gsize n_dims,
                                        MpiArrayFormat format,
                                        GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_array_all (MpiFile *self,
                                       gint64 displacement,
                                       MpiCartcomm *grid,
                                       const MpiBuffer *block,
                                       MpiDatatype *element,
                                       const gint64 *shape,
                                       gsize n_dims,
                                       MpiArrayFormat format,
                                       GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_file_load_array_all (MpiFile *self,
                                         gint64 displacement,
                                         MpiCartcomm *grid,
                                         gint64 **shape,
                                         gsize *n_dims,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
