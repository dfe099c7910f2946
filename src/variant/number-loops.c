/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "number-loops-private.h"

gsize
number_size (char type)
{
  switch (type)
    {
    case 'b':
    case 'y':
      return 1;
    case 'n':
    case 'q':
      return 2;
    case 'i':
    case 'u':
      return 4;
    case 'x':
    case 't':
    case 'd':
      return 8;
    default:
      return 0;
    }
}

gboolean
number_takes_op (char type, MpiPredefinedOp op)
{
  switch (op)
    {
    case OMPI_OBJ_PREDEFINED_OP_LAND:
    case OMPI_OBJ_PREDEFINED_OP_LOR:
    case OMPI_OBJ_PREDEFINED_OP_LXOR:
      return TRUE;
    case OMPI_OBJ_PREDEFINED_OP_BAND:
    case OMPI_OBJ_PREDEFINED_OP_BOR:
    case OMPI_OBJ_PREDEFINED_OP_BXOR:
      return type != 'b' && type != 'd';
    case OMPI_OBJ_PREDEFINED_OP_MAX:
    case OMPI_OBJ_PREDEFINED_OP_MIN:
    case OMPI_OBJ_PREDEFINED_OP_SUM:
    case OMPI_OBJ_PREDEFINED_OP_PROD:
      return type != 'b';
    case OMPI_OBJ_PREDEFINED_OP_MINLOC:
    case OMPI_OBJ_PREDEFINED_OP_MAXLOC:
    case OMPI_OBJ_PREDEFINED_OP_REPLACE:
    case OMPI_OBJ_PREDEFINED_OP_NO_OP:
    default:
      return FALSE;
    }
}

/*
 * How many numbers next to each other are combined at a time: a number that the compiler knows lets it
 * use vectors, also where it would not make two loops of one.
 */
#define N_TOGETHER 64

/* All results of EXPRESSION, of x and y. */
#define LOOP(number, expression)                                               \
  do                                                                           \
    {                                                                          \
      gsize i = 0;                                                             \
      if (run->stride == sizeof (number))                                      \
        for (; i + N_TOGETHER <= run->n; i += N_TOGETHER)                      \
          {                                                                    \
            const number *restrict a = (const number *) run->a + i;            \
            const number *restrict b = (const number *) run->b + i;            \
            number *restrict result = (number *) run->result + i;              \
            for (gsize j = 0; j < N_TOGETHER; j++)                             \
              {                                                                \
                const number x = a[j];                                         \
                const number y = b[j];                                         \
                result[j] = (number) (expression);                             \
              }                                                                \
          }                                                                    \
      for (; i < run->n; i++)                                                  \
        {                                                                      \
          const number x = *(const number *) (run->a + i * run->stride);       \
          const number y = *(const number *) (run->b + i * run->stride);       \
          *(number *) (run->result + i * run->stride) = (number) (expression); \
        }                                                                      \
    }                                                                          \
  while (0)

#define CASE(operation, number, expression) \
  case OMPI_OBJ_PREDEFINED_OP_##operation:  \
    LOOP (number, expression);              \
    break

/* As C compares: with a NaN nothing is greater or less, so the second number is the result. */
#define DEFINE_ORDER(name, number)                            \
  static void name (const NumberRun *run, MpiPredefinedOp op) \
  {                                                           \
    if (op == OMPI_OBJ_PREDEFINED_OP_MAX)                     \
      LOOP (number, x > y ? x : y);                           \
    else                                                      \
      LOOP (number, x < y ? x : y);                           \
  }

/*
 * What depends on the bits only and not on the sign. C would calculate with small unsigned numbers as
 * signed ones, whose overflow is undefined; so they are made WIDE first.
 */
#define DEFINE_BITS(name, number, wide)                       \
  static void name (const NumberRun *run, MpiPredefinedOp op) \
  {                                                           \
    switch ((gint) op)                                        \
      {                                                       \
        CASE (SUM, number, (wide) x + (wide) y);              \
        CASE (PROD, number, (wide) x *(wide) y);              \
        CASE (LAND, number, (x != 0) & (y != 0));             \
        CASE (LOR, number, (x != 0) | (y != 0));              \
        CASE (LXOR, number, (x != 0) ^ (y != 0));             \
        CASE (BAND, number, x &y);                            \
        CASE (BOR, number, x | y);                            \
        CASE (BXOR, number, x ^ y);                           \
      default:                                                \
        g_assert_not_reached ();                              \
      }                                                       \
  }

/* clang-format off */
DEFINE_ORDER (order_guint8, guint8)
DEFINE_ORDER (order_gint16, gint16)
DEFINE_ORDER (order_guint16, guint16)
DEFINE_ORDER (order_gint32, gint32)
DEFINE_ORDER (order_guint32, guint32)
DEFINE_ORDER (order_gint64, gint64)
DEFINE_ORDER (order_guint64, guint64)
DEFINE_ORDER (order_double, gdouble)
DEFINE_BITS (bits_8, guint8, guint32)
DEFINE_BITS (bits_16, guint16, guint32)
DEFINE_BITS (bits_32, guint32, guint32)
DEFINE_BITS (bits_64, guint64, guint64)
/* clang-format on */

static void
combine_doubles (const NumberRun *run, MpiPredefinedOp op)
{
  switch ((gint) op)
    {
      CASE (SUM, gdouble, x + y);
      CASE (PROD, gdouble, x * y);
      CASE (LAND, gdouble, (x != 0) & (y != 0));
      CASE (LOR, gdouble, (x != 0) | (y != 0));
      CASE (LXOR, gdouble, (x != 0) ^ (y != 0));
    default:
      g_assert_not_reached ();
    }
}

typedef void (*Combine) (const NumberRun *run, MpiPredefinedOp op);

static Combine
find_order (char type)
{
  switch (type)
    {
    case 'y':
      return order_guint8;
    case 'n':
      return order_gint16;
    case 'q':
      return order_guint16;
    case 'i':
      return order_gint32;
    case 'u':
      return order_guint32;
    case 'x':
      return order_gint64;
    case 't':
      return order_guint64;
    default:
      return order_double;
    }
}

static Combine
find_bits (char type)
{
  switch (type)
    {
    case 'b':
    case 'y':
      return bits_8;
    case 'n':
    case 'q':
      return bits_16;
    case 'i':
    case 'u':
      return bits_32;
    case 'x':
    case 't':
      return bits_64;
    default:
      return combine_doubles;
    }
}

void
number_run_combine (const NumberRun *run, MpiPredefinedOp op, char type)
{
  const gboolean is_order = op == OMPI_OBJ_PREDEFINED_OP_MAX || op == OMPI_OBJ_PREDEFINED_OP_MIN;

  (is_order ? find_order (type) : find_bits (type)) (run, op);
}

/* -1, 0 or 1 as the first number is less than the second, equal or greater; 2 if either is NaN. */
static gint
compare_numbers (char type, const guint8 *first, const guint8 *second)
{
#define COMPARE(number)                               \
  do                                                  \
    {                                                 \
      const number x = *(const number *) first;       \
      const number y = *(const number *) second;      \
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2; \
    }                                                 \
  while (0)

  switch (type)
    {
    case 'y':
      COMPARE (guint8);
    case 'n':
      COMPARE (gint16);
    case 'q':
      COMPARE (guint16);
    case 'i':
      COMPARE (gint32);
    case 'u':
      COMPARE (guint32);
    case 'x':
      COMPARE (gint64);
    case 't':
      COMPARE (guint64);
    default:
      COMPARE (gdouble);
    }
}

void
number_run_combine_pairs (const NumberRun *run,
                          MpiPredefinedOp op,
                          char value_type,
                          char index_type,
                          gsize index_offset)
{
  const gint better = op == OMPI_OBJ_PREDEFINED_OP_MAXLOC ? 1 : -1;
  const gsize value_size = number_size (value_type);
  const gsize index_size = number_size (index_type);

  for (gsize i = 0; i < run->n; i++)
    {
      const guint8 *a = run->a + i * run->stride;
      const guint8 *b = run->b + i * run->stride;
      guint8 *result = run->result + i * run->stride;
      const gint order = compare_numbers (value_type, a, b);
      const gboolean is_first =
          order == better || (order == 0 && compare_numbers (index_type, a + index_offset, b + index_offset) != 1);
      const guint8 *best = is_first ? a : b;

      /* Without what may be between the two and behind them, which is zero in a value. */
      memcpy (result, best, value_size);
      memcpy (result + index_offset, best + index_offset, index_size);
    }
}
