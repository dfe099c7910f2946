/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_DATATYPE (ompi_obj_datatype_get_type ())

OMPI_OBJ_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MpiDatatype, ompi_obj_datatype, OMPI_OBJ, DATATYPE, GObject)

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_get_predefined (MpiPredefinedDatatype which);

/* Layouts built from other datatypes */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_new_contiguous (gint64 count, MpiDatatype *element, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_new_vector (gint64 count, gint64 length, gint64 stride, MpiDatatype *element, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_new_hvector (gint64 count, gint64 length, gint64 stride, MpiDatatype *element, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_indexed (const gint64 *lengths,
                                            const gint64 *displacements,
                                            gsize n_blocks,
                                            MpiDatatype *element,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_hindexed (const gint64 *lengths,
                                             const gint64 *displacements,
                                             gsize n_blocks,
                                             MpiDatatype *element,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_indexed_block (gint64 length,
                                                  const gint64 *displacements,
                                                  gsize n_blocks,
                                                  MpiDatatype *element,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_hindexed_block (gint64 length,
                                                   const gint64 *displacements,
                                                   gsize n_blocks,
                                                   MpiDatatype *element,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_struct (const gint64 *lengths,
                                           const gint64 *displacements,
                                           MpiDatatype *const *elements,
                                           gsize n_blocks,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_subarray (const gint64 *sizes,
                                             const gint64 *subsizes,
                                             const gint64 *starts,
                                             gsize n_dims,
                                             MpiOrder order,
                                             MpiDatatype *element,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_darray (gint size,
                                           gint rank,
                                           const gint64 *sizes,
                                           const MpiDistribute *distributions,
                                           const gint *arguments,
                                           const gint *n_processes,
                                           gsize n_dims,
                                           MpiOrder order,
                                           MpiDatatype *element,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_resized (MpiDatatype *element, gint64 lower_bound, gint64 extent, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_dup (MpiDatatype *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Layouts for languages whose arrays have lengths of their own */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_indexed_arrays (const gint64 *lengths,
                                                   gsize n_blocks,
                                                   const gint64 *displacements,
                                                   gsize n_displacements,
                                                   MpiDatatype *element,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_hindexed_arrays (const gint64 *lengths,
                                                    gsize n_blocks,
                                                    const gint64 *displacements,
                                                    gsize n_displacements,
                                                    MpiDatatype *element,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_struct_arrays (const gint64 *lengths,
                                                  gsize n_blocks,
                                                  const gint64 *displacements,
                                                  gsize n_displacements,
                                                  MpiDatatype *const *elements,
                                                  gsize n_elements,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_subarray_arrays (const gint64 *sizes,
                                                    gsize n_dims,
                                                    const gint64 *subsizes,
                                                    gsize n_subsizes,
                                                    const gint64 *starts,
                                                    gsize n_starts,
                                                    MpiOrder order,
                                                    MpiDatatype *element,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_darray_arrays (gint size,
                                                  gint rank,
                                                  const gint64 *sizes,
                                                  gsize n_dims,
                                                  const MpiDistribute *distributions,
                                                  gsize n_distributions,
                                                  const gint *arguments,
                                                  gsize n_arguments,
                                                  const gint *n_processes,
                                                  gsize n_process_dims,
                                                  MpiOrder order,
                                                  MpiDatatype *element,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Numbers by what they can hold */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_f90_real (gint precision, gint range, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_f90_complex (gint precision, gint range, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_f90_integer (gint range, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_match_size (MpiTypeclass typeclass, gint64 size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_get_value_index (MpiDatatype *value, MpiDatatype *index, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Use */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_commit (MpiDatatype *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_free (MpiDatatype *self, GError **error);

/* What they are */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_is_predefined (MpiDatatype *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_datatype_get_size (MpiDatatype *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_get_extent (MpiDatatype *self, gint64 *lower_bound, gint64 *extent, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_get_true_extent (MpiDatatype *self, gint64 *lower_bound, gint64 *extent, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_datatype_get_name (MpiDatatype *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_set_name (MpiDatatype *self, const gchar *name, GError **error);

/* How they were made */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_get_envelope (MpiDatatype *self,
                                         MpiCombiner *combiner,
                                         gsize *n_integers,
                                         gsize *n_addresses,
                                         gsize *n_large_counts,
                                         gsize *n_datatypes,
                                         GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_get_contents (MpiDatatype *self,
                                         gint **integers,
                                         gsize *n_integers,
                                         gint64 **addresses,
                                         gsize *n_addresses,
                                         gint64 **large_counts,
                                         gsize *n_large_counts,
                                         MpiDatatype ***datatypes,
                                         gsize *n_datatypes,
                                         GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_datatype_decode (MpiDatatype *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_new_for_description (GVariant *description, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Values */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *
ompi_obj_datatype_get_for_variant_type (const GVariantType *type, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
GVariantType *ompi_obj_datatype_to_variant_type (MpiDatatype *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Packing in a form that all MPIs read; see ompi_obj_comm_pack() for this MPI's own form */

OMPI_OBJ_AVAILABLE_IN_1_0
gint64
ompi_obj_datatype_get_pack_external_size (MpiDatatype *self, const gchar *representation, gint64 count, GError **error);

#ifndef __GI_SCANNER__

/* What ompi_obj_datatype_get_predefined() gives, without a call from the second time on. */
OMPI_OBJ_AVAILABLE_IN_1_0
MpiDatatype *ompi_obj_datatype_predefined_table[];

static inline MpiDatatype *
ompi_obj_datatype_peek_predefined (MpiPredefinedDatatype which)
{
  MpiDatatype *datatype = ompi_obj_datatype_predefined_table[which];

  return datatype != NULL ? datatype : ompi_obj_datatype_get_predefined (which);
}

#endif

/**
 * OMPI_OBJ_PREDEFINED_DATATYPE: (skip)
 * @name: a member of [enum@Mpi.PredefinedDatatype], without its prefix
 *
 * The [class@Mpi.Datatype] (transfer none) of that name. The macros behind it are short for it, by MPI's
 * own names.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_PREDEFINED_DATATYPE(name) (ompi_obj_datatype_peek_predefined (OMPI_OBJ_PREDEFINED_DATATYPE_##name))

#define OMPI_OBJ_CHAR (OMPI_OBJ_PREDEFINED_DATATYPE (CHAR))
#define OMPI_OBJ_SIGNED_CHAR (OMPI_OBJ_PREDEFINED_DATATYPE (SIGNED_CHAR))
#define OMPI_OBJ_UNSIGNED_CHAR (OMPI_OBJ_PREDEFINED_DATATYPE (UNSIGNED_CHAR))
#define OMPI_OBJ_SHORT (OMPI_OBJ_PREDEFINED_DATATYPE (SHORT))
#define OMPI_OBJ_UNSIGNED_SHORT (OMPI_OBJ_PREDEFINED_DATATYPE (UNSIGNED_SHORT))
#define OMPI_OBJ_INT (OMPI_OBJ_PREDEFINED_DATATYPE (INT))
#define OMPI_OBJ_UNSIGNED (OMPI_OBJ_PREDEFINED_DATATYPE (UNSIGNED))
#define OMPI_OBJ_LONG (OMPI_OBJ_PREDEFINED_DATATYPE (LONG))
#define OMPI_OBJ_UNSIGNED_LONG (OMPI_OBJ_PREDEFINED_DATATYPE (UNSIGNED_LONG))
#define OMPI_OBJ_LONG_LONG (OMPI_OBJ_PREDEFINED_DATATYPE (LONG_LONG))
#define OMPI_OBJ_UNSIGNED_LONG_LONG (OMPI_OBJ_PREDEFINED_DATATYPE (UNSIGNED_LONG_LONG))
#define OMPI_OBJ_FLOAT (OMPI_OBJ_PREDEFINED_DATATYPE (FLOAT))
#define OMPI_OBJ_DOUBLE (OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE))
#define OMPI_OBJ_LONG_DOUBLE (OMPI_OBJ_PREDEFINED_DATATYPE (LONG_DOUBLE))
#define OMPI_OBJ_WCHAR (OMPI_OBJ_PREDEFINED_DATATYPE (WCHAR))
#define OMPI_OBJ_C_BOOL (OMPI_OBJ_PREDEFINED_DATATYPE (C_BOOL))
#define OMPI_OBJ_INT8_T (OMPI_OBJ_PREDEFINED_DATATYPE (INT8_T))
#define OMPI_OBJ_INT16_T (OMPI_OBJ_PREDEFINED_DATATYPE (INT16_T))
#define OMPI_OBJ_INT32_T (OMPI_OBJ_PREDEFINED_DATATYPE (INT32_T))
#define OMPI_OBJ_INT64_T (OMPI_OBJ_PREDEFINED_DATATYPE (INT64_T))
#define OMPI_OBJ_UINT8_T (OMPI_OBJ_PREDEFINED_DATATYPE (UINT8_T))
#define OMPI_OBJ_UINT16_T (OMPI_OBJ_PREDEFINED_DATATYPE (UINT16_T))
#define OMPI_OBJ_UINT32_T (OMPI_OBJ_PREDEFINED_DATATYPE (UINT32_T))
#define OMPI_OBJ_UINT64_T (OMPI_OBJ_PREDEFINED_DATATYPE (UINT64_T))
#define OMPI_OBJ_C_FLOAT_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (C_FLOAT_COMPLEX))
#define OMPI_OBJ_C_DOUBLE_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (C_DOUBLE_COMPLEX))
#define OMPI_OBJ_C_LONG_DOUBLE_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (C_LONG_DOUBLE_COMPLEX))
#define OMPI_OBJ_AINT (OMPI_OBJ_PREDEFINED_DATATYPE (AINT))
#define OMPI_OBJ_OFFSET (OMPI_OBJ_PREDEFINED_DATATYPE (OFFSET))
#define OMPI_OBJ_COUNT (OMPI_OBJ_PREDEFINED_DATATYPE (COUNT))
#define OMPI_OBJ_BYTE (OMPI_OBJ_PREDEFINED_DATATYPE (BYTE))
#define OMPI_OBJ_PACKED (OMPI_OBJ_PREDEFINED_DATATYPE (PACKED))
#define OMPI_OBJ_FLOAT_INT (OMPI_OBJ_PREDEFINED_DATATYPE (FLOAT_INT))
#define OMPI_OBJ_DOUBLE_INT (OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE_INT))
#define OMPI_OBJ_LONG_INT (OMPI_OBJ_PREDEFINED_DATATYPE (LONG_INT))
#define OMPI_OBJ_2INT (OMPI_OBJ_PREDEFINED_DATATYPE (PAIR_INT))
#define OMPI_OBJ_SHORT_INT (OMPI_OBJ_PREDEFINED_DATATYPE (SHORT_INT))
#define OMPI_OBJ_LONG_DOUBLE_INT (OMPI_OBJ_PREDEFINED_DATATYPE (LONG_DOUBLE_INT))
#define OMPI_OBJ_CXX_BOOL (OMPI_OBJ_PREDEFINED_DATATYPE (CXX_BOOL))
#define OMPI_OBJ_CXX_FLOAT_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (CXX_FLOAT_COMPLEX))
#define OMPI_OBJ_CXX_DOUBLE_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (CXX_DOUBLE_COMPLEX))
#define OMPI_OBJ_CXX_LONG_DOUBLE_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (CXX_LONG_DOUBLE_COMPLEX))
#define OMPI_OBJ_CHARACTER (OMPI_OBJ_PREDEFINED_DATATYPE (CHARACTER))
#define OMPI_OBJ_LOGICAL (OMPI_OBJ_PREDEFINED_DATATYPE (LOGICAL))
#define OMPI_OBJ_INTEGER (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER))
#define OMPI_OBJ_REAL (OMPI_OBJ_PREDEFINED_DATATYPE (REAL))
#define OMPI_OBJ_DOUBLE_PRECISION (OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE_PRECISION))
#define OMPI_OBJ_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (COMPLEX))
#define OMPI_OBJ_DOUBLE_COMPLEX (OMPI_OBJ_PREDEFINED_DATATYPE (DOUBLE_COMPLEX))
#define OMPI_OBJ_INTEGER1 (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER1))
#define OMPI_OBJ_INTEGER2 (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER2))
#define OMPI_OBJ_INTEGER4 (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER4))
#define OMPI_OBJ_INTEGER8 (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER8))
#define OMPI_OBJ_INTEGER16 (OMPI_OBJ_PREDEFINED_DATATYPE (INTEGER16))
#define OMPI_OBJ_REAL2 (OMPI_OBJ_PREDEFINED_DATATYPE (REAL2))
#define OMPI_OBJ_REAL4 (OMPI_OBJ_PREDEFINED_DATATYPE (REAL4))
#define OMPI_OBJ_REAL8 (OMPI_OBJ_PREDEFINED_DATATYPE (REAL8))
#define OMPI_OBJ_REAL16 (OMPI_OBJ_PREDEFINED_DATATYPE (REAL16))
#define OMPI_OBJ_COMPLEX4 (OMPI_OBJ_PREDEFINED_DATATYPE (COMPLEX4))
#define OMPI_OBJ_COMPLEX8 (OMPI_OBJ_PREDEFINED_DATATYPE (COMPLEX8))
#define OMPI_OBJ_COMPLEX16 (OMPI_OBJ_PREDEFINED_DATATYPE (COMPLEX16))
#define OMPI_OBJ_COMPLEX32 (OMPI_OBJ_PREDEFINED_DATATYPE (COMPLEX32))
#define OMPI_OBJ_2INTEGER (OMPI_OBJ_PREDEFINED_DATATYPE (PAIR_INTEGER))
#define OMPI_OBJ_2REAL (OMPI_OBJ_PREDEFINED_DATATYPE (PAIR_REAL))
#define OMPI_OBJ_2DOUBLE_PRECISION (OMPI_OBJ_PREDEFINED_DATATYPE (PAIR_DOUBLE_PRECISION))

#ifndef __cplusplus

/**
 * OMPI_OBJ_DATATYPE_OF: (skip)
 * @pointer: a pointer or an array
 *
 * The [class@Mpi.Datatype] (transfer none) of what @pointer points to, from its C type. A type that MPI has no name for
 * does not compile.
 *
 * Since: 1.0
 */
/* clang-format off */
#define OMPI_OBJ_DATATYPE_OF(pointer) \
  (ompi_obj_datatype_peek_predefined (_Generic (*(pointer), \
    char: OMPI_OBJ_PREDEFINED_DATATYPE_CHAR, \
    signed char: OMPI_OBJ_PREDEFINED_DATATYPE_SIGNED_CHAR, \
    unsigned char: OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_CHAR, \
    short: OMPI_OBJ_PREDEFINED_DATATYPE_SHORT, \
    unsigned short: OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_SHORT, \
    int: OMPI_OBJ_PREDEFINED_DATATYPE_INT, \
    unsigned int: OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED, \
    long: OMPI_OBJ_PREDEFINED_DATATYPE_LONG, \
    unsigned long: OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG, \
    long long: OMPI_OBJ_PREDEFINED_DATATYPE_LONG_LONG, \
    unsigned long long: OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG_LONG, \
    float: OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT, \
    double: OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE, \
    long double: OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE, \
    _Bool: OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL, \
    float _Complex: OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX, \
    double _Complex: OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX, \
    long double _Complex: OMPI_OBJ_PREDEFINED_DATATYPE_C_LONG_DOUBLE_COMPLEX)))
/* clang-format on */

#endif

/* Attributes */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_set_attr (MpiDatatype *self, MpiKeyval *keyval, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_datatype_get_attr (MpiDatatype *self, MpiKeyval *keyval, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_datatype_delete_attr (MpiDatatype *self, MpiKeyval *keyval, GError **error);

G_END_DECLS
