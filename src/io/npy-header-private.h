/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The header of NumPy's file format for one array (.npy):
 *
 *   0  0x93 "NUMPY"
 *   6  version, two bytes: 1 0, 2 0 or 3 0
 *   8  length of the text behind it, little-endian: 16 bits in version 1, 32 bits since
 *   .  the text: a dictionary as Python writes it, of the type of the elements, their order and the shape; ended by
 *      spaces and a newline, so that what follows is aligned
 *
 * The elements follow. Nothing that is read is trusted.
 */

#include <ompi_obj/datatype.h>

#define NPY_PREFIX_SIZE 12 /* what must be known to know the size; every header is longer */
#define NPY_MAX_SIZE ((gsize) 1 << 20)
#define NPY_MAX_DIMS 64 /* as in NumPy 2 */

typedef struct
{
  MpiDatatype *element; /* a predefined one */
  gsize element_size;
  gsize unit_size;     /* of what has a byte order: an element, or each part of a complex number */
  gboolean is_swapped; /* it is in the other byte order */
  gboolean is_fortran_order;
  gsize n_dims;
  gint64 shape[NPY_MAX_DIMS];
} NpyHeader;

/* NumPy's name for the type of an element on this machine; NULL if it has none, or if DATATYPE is not predefined. */
gchar *npy_describe_element (MpiDatatype *datatype);

/* A header for an array in C's order. */
GBytes *npy_header_new (MpiDatatype *element, const gint64 *shape, gsize n_dims, const char *function, GError **error);

/* The size of a header, from its first NPY_PREFIX_SIZE bytes; 0 on error. */
gsize npy_header_measure (const guint8 *bytes, gsize n_bytes, const char *function, GError **error);

/* Reads a whole header. */
gboolean npy_header_read (NpyHeader *self, const guint8 *bytes, gsize n_bytes, const char *function, GError **error);
