/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_GROUP (ompi_obj_group_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiGroup, ompi_obj_group, OMPI_OBJ, GROUP, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_empty (void);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_dup (MpiGroup *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_group_free (MpiGroup *self, GError **error);

/* Who is in it */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_group_get_size (MpiGroup *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_group_get_rank (MpiGroup *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint *ompi_obj_group_translate_ranks (MpiGroup *self,
                                      const gint *ranks,
                                      gsize n_ranks,
                                      MpiGroup *other,
                                      gsize *n_translated,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiComparison ompi_obj_group_compare (MpiGroup *self, MpiGroup *other, GError **error);

/* Groups from groups */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_union (MpiGroup *self, MpiGroup *other, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_intersection (MpiGroup *self, MpiGroup *other, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_difference (MpiGroup *self, MpiGroup *other, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *
ompi_obj_group_incl (MpiGroup *self, const gint *ranks, gsize n_ranks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *
ompi_obj_group_excl (MpiGroup *self, const gint *ranks, gsize n_ranks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_range_incl (MpiGroup *self, const gint *ranges, gsize n_numbers, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_group_range_excl (MpiGroup *self, const gint *ranges, gsize n_numbers, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
