/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

/**
 * MpiDatarepConversionFunc:
 * @datatype: what is converted, as in memory
 * @count: the number of elements
 * @user_buffer: the memory of the program: element @position and the ones behind it of a buffer of @datatype
 * @file_buffer: what is in the file
 * @position: the number of the first element
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Converts elements between the memory of the program and the form that they have in a file.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
typedef gboolean (*MpiDatarepConversionFunc) (MpiDatatype *datatype,
                                              gint64 count,
                                              gpointer user_buffer,
                                              gpointer file_buffer,
                                              gint64 position,
                                              gpointer user_data,
                                              GError **error);

/**
 * MpiDatarepExtentFunc:
 * @datatype: a datatype
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Tells how many bytes an element takes up in a file.
 *
 * Returns: the number of bytes; -1 on error
 *
 * Since: 1.0
 */
typedef gint64 (*MpiDatarepExtentFunc) (MpiDatatype *datatype, gpointer user_data, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_register_datarep (const gchar *name,
                                    MpiDatarepConversionFunc read_func,
                                    MpiDatarepConversionFunc write_func,
                                    MpiDatarepExtentFunc extent_func,
                                    gpointer user_data,
                                    GDestroyNotify destroy,
                                    GError **error);

G_END_DECLS
