/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/request.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_PREQUEST (ompi_obj_prequest_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (MpiPrequest, ompi_obj_prequest, OMPI_OBJ, PREQUEST, MpiRequest)

/**
 * MpiPrequestClass:
 * @parent_class: the parent class
 *
 * The class of operations that are set up once and started many times.
 *
 * Since: 1.0
 */
struct _MpiPrequestClass
{
  MpiRequestClass parent_class;

  /*< private >*/
  gpointer padding[8];
};

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_start (MpiPrequest *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_start_all (MpiPrequest **requests, gsize n_requests, GError **error);

/* Partitioned communication */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_pready (MpiPrequest *self, gint partition, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_pready_range (MpiPrequest *self, gint first, gint last, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_pready_list (MpiPrequest *self, const gint *partitions, gsize n_partitions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_prequest_parrived (MpiPrequest *self, gint partition, GError **error);

G_END_DECLS
