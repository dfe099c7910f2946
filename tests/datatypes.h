/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of datatypes share: looking at what a datatype selects, and at what is told about it. */
#include "harness.h"

#define N_CELLS 64

void assert_ready (MpiDatatype *datatype, GError *error);
void assert_selects (MpiComm *comm, MpiDatatype *datatype, const gint32 *expected, gint n_expected);
void
assert_described (MpiComm *comm, MpiDatatype *datatype, const gchar *text, const gint32 *expected, gint n_expected);
void assert_extent (MpiDatatype *datatype, gint64 lower_bound, gint64 extent);
MpiCombiner combiner_of (MpiDatatype *datatype);

#define INT32 "<('MPI_INT32_T', @a{sv} {})>"

#define ASSERT_LAYOUT(datatype, combiner, lower_bound, extent, text, ...)           \
  do                                                                                \
    {                                                                               \
      const gint32 expected_[] = { __VA_ARGS__ };                                   \
                                                                                    \
      assert_ready (datatype, error);                                               \
      ck_assert_int_eq (combiner_of (datatype), combiner);                          \
      assert_extent (datatype, lower_bound, extent);                                \
      assert_selects (comm, datatype, expected_, G_N_ELEMENTS (expected_));         \
      assert_described (comm, datatype, text, expected_, G_N_ELEMENTS (expected_)); \
    }                                                                               \
  while (0)

#define ASSERT_FAILS(call, code, text)  \
  do                                    \
    {                                   \
      ck_assert_ptr_null (call);        \
      assert_error (error, code, text); \
    }                                   \
  while (0)
