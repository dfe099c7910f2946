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

/* The result is in other memory than the numbers, which the compiler cannot know. */
#ifdef __clang__
#define INDEPENDENT _Pragma ("clang loop vectorize(assume_safety)")
#else
#define INDEPENDENT _Pragma ("GCC ivdep")
#endif

/* All results of EXPRESSION, of x and y. */
#define LOOP(number, expression)                                               \
  do                                                                           \
    {                                                                          \
      gsize i = 0;                                                             \
      if (run->stride == sizeof (number))                                      \
        for (; i + N_TOGETHER <= run->n; i += N_TOGETHER)                      \
          {                                                                    \
            const number *a = (const number *) run->a + i;                     \
            const number *b = (const number *) run->b + i;                     \
            number *result = (number *) run->result + i;                       \
            INDEPENDENT for (gsize j = 0; j < N_TOGETHER; j++)                 \
            {                                                                  \
              const number x = a[j];                                           \
              const number y = b[j];                                           \
              result[j] = (number) (expression);                               \
            }                                                                  \
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

/*
 * Values and their indices
 */

/* Calls MACRO for the C type of the numbers whose type is the letter TYPE. */
#define FOR_NUMBER(type, MACRO) \
  switch (type)                 \
    {                           \
    case 'y':                   \
      MACRO (guint8);           \
      break;                    \
    case 'n':                   \
      MACRO (gint16);           \
      break;                    \
    case 'q':                   \
      MACRO (guint16);          \
      break;                    \
    case 'i':                   \
      MACRO (gint32);           \
      break;                    \
    case 'u':                   \
      MACRO (guint32);          \
      break;                    \
    case 'x':                   \
      MACRO (gint64);           \
      break;                    \
    case 't':                   \
      MACRO (guint64);          \
      break;                    \
    default:                    \
      MACRO (gdouble);          \
      break;                    \
    }

static gboolean
is_greater (char type, const guint8 *first, const guint8 *second)
{
#define COMPARE(number) return *(const number *) first > *(const number *) second
  FOR_NUMBER (type, COMPARE)
}

static inline void
copy_number (guint8 *to, const guint8 *from, gsize size)
{
  switch (size)
    {
    case 1:
      *to = *from;
      break;
    case 2:
      memcpy (to, from, 2);
      break;
    case 4:
      memcpy (to, from, 4);
      break;
    default:
      memcpy (to, from, 8);
      break;
    }
}

/*
 * Which pair is better is as good as random, so it is looked up and not branched upon. What may be
 * between the two numbers and behind them is zero in a value, and is left out.
 */
#define CHOOSE(number, is_better)                                                           \
  for (gsize i = 0; i < run->n; i++)                                                        \
    {                                                                                       \
      const guint8 *const pairs[] = { run->b + i * run->stride, run->a + i * run->stride }; \
      guint8 *result = run->result + i * run->stride;                                       \
      const number x = *(const number *) pairs[1];                                          \
      const number y = *(const number *) pairs[0];                                          \
      gsize best = (is_better);                                                             \
      if (G_UNLIKELY (x == y))                                                              \
        best = !is_greater (index_type, pairs[1] + index_offset, pairs[0] + index_offset);  \
      *(number *) result = *(const number *) pairs[best];                                   \
      copy_number (result + index_offset, pairs[best] + index_offset, index_size);          \
    }

void
number_run_combine_pairs (const NumberRun *run,
                          MpiPredefinedOp op,
                          char value_type,
                          char index_type,
                          gsize index_offset)
{
  const gsize index_size = number_size (index_type);

#define CHOOSE_GREATER(number) CHOOSE (number, x > y)
#define CHOOSE_LESS(number) CHOOSE (number, x < y)
  if (op == OMPI_OBJ_PREDEFINED_OP_MAXLOC)
    FOR_NUMBER (value_type, CHOOSE_GREATER)
  else
    FOR_NUMBER (value_type, CHOOSE_LESS)
}
