/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/datatype.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_BUFFER (ompi_obj_buffer_get_type ())

/**
 * MpiBuffer:
 * @address: (type gsize): the first element, or %NULL for absolute addresses (`MPI_BOTTOM`)
 * @count: the number of elements of @datatype
 * @datatype: the type of one element
 * @owner: (nullable): what keeps @address alive
 *
 * The memory of a message: address, count and datatype as one argument.
 *
 * C programs write one in place, on the stack and without a copy, with `OMPI_OBJ_DATA()` or
 * `OMPI_OBJ_BUFFER()`. Such a buffer borrows its memory and its datatype and is not freed. Other
 * languages make one on the heap with a constructor; it owns references to both.
 *
 * Since: 1.0
 */
struct _MpiBuffer
{
  gpointer address;
  gint64 count;
  MpiDatatype *datatype;
  GBytes *owner;
};

#ifndef __cplusplus

/**
 * OMPI_OBJ_BUFFER: (skip)
 * @pointer: the first element, or %NULL for absolute addresses
 * @n_elements: the number of elements
 * @type: (transfer none): their [class@Mpi.Datatype]
 *
 * A [struct@Mpi.Buffer] in place, the arguments in MPI's order.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_BUFFER(pointer, n_elements, type) \
  (&(MpiBuffer){ .address = (gpointer) (pointer), .count = (n_elements), .datatype = (type), .owner = NULL })

/**
 * OMPI_OBJ_DATA: (skip)
 * @pointer: a pointer or an array of a C type that MPI knows
 * @n_elements: the number of elements
 *
 * A [struct@Mpi.Buffer] in place whose datatype follows from the C type of @pointer. Another type
 * does not compile.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_DATA(pointer, n_elements) OMPI_OBJ_BUFFER (pointer, n_elements, OMPI_OBJ_DATATYPE_OF (pointer))

#endif

/**
 * OMPI_OBJ_IN_PLACE: (skip)
 *
 * In place of one of the two buffers of a collective operation; see [func@Mpi.Buffer.in_place].
 *
 * Since: 1.0
 */
#define OMPI_OBJ_IN_PLACE (ompi_obj_buffer_in_place ())

/**
 * MpiBufferFreeFunc:
 * @user_data: what was given with the function
 *
 * Is told that nobody uses the memory of a buffer any more. Any thread may call it.
 *
 * Since: 1.0
 */
typedef void (*MpiBufferFreeFunc) (gpointer user_data);

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_buffer_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_new (gsize n_bytes) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *
ompi_obj_buffer_new_for_elements (gint64 count, MpiDatatype *datatype, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_new_for_bytes (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *
ompi_obj_buffer_new_for_address (guintptr address, gint64 count, MpiDatatype *datatype) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_new_with_free_func (guintptr address,
                                               gsize n_bytes,
                                               gint64 count,
                                               MpiDatatype *datatype,
                                               MpiBufferFreeFunc free_func,
                                               gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_new_for_variant (GVariant *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
const MpiBuffer *ompi_obj_buffer_in_place (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_buffer_copy (const MpiBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_buffer_free (MpiBuffer *self);

OMPI_OBJ_AVAILABLE_IN_1_0
GBytes *ompi_obj_buffer_get_bytes (const MpiBuffer *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_buffer_to_variant (const MpiBuffer *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_buffer_set_variant (const MpiBuffer *self, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *
ompi_obj_buffer_get_part (const MpiBuffer *self, gint64 first, gint64 count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Packing in a form that all MPIs read; see ompi_obj_comm_pack() for this MPI's own form */

OMPI_OBJ_AVAILABLE_IN_1_0
GBytes *ompi_obj_buffer_pack_external (const MpiBuffer *self,
                                       const gchar *representation,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_buffer_pack_external_into (const MpiBuffer *self,
                                           const gchar *representation,
                                           const MpiBuffer *packed,
                                           gint64 position,
                                           GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_buffer_unpack_external (const MpiBuffer *self,
                                        const gchar *representation,
                                        GBytes *packed,
                                        gint64 position,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiBuffer, ompi_obj_buffer_free)

G_END_DECLS
