/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The predefined operations on many numbers in memory.
 */

#include <ompi_obj/enums.h>

/* Numbers of one type in two places, and where the results go: other memory. All are aligned. */
typedef struct
{
  const guint8 *a;
  const guint8 *b;
  guint8 *result;
  gsize n;
  gsize stride; /* in bytes, from one number to the next */
} NumberRun;

/* The size of the number whose type is the letter TYPE; 0 if it is none. */
gsize number_size (char type);

/* Whether an operation is defined for numbers of a type. */
gboolean number_takes_op (char type, MpiPredefinedOp op);

/* It is. */
void number_run_combine (const NumberRun *run, MpiPredefinedOp op, char type);

/* MINLOC or MAXLOC of values, each of which has an index INDEX_OFFSET bytes behind it. */
void number_run_combine_pairs (const NumberRun *run,
                               MpiPredefinedOp op,
                               char value_type,
                               char index_type,
                               gsize index_offset);
