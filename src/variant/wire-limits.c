/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "error-private.h"
#include "wire-limits-private.h"

typedef enum
{
  FORBIDDEN_NOTHING,
  FORBIDDEN_HANDLE,
  FORBIDDEN_NESTING
} Forbidden;

/*
 * Types
 */

/* How many containers are around the innermost part of a type. *TYPE is a valid type string, and is moved behind it. */
static guint
type_string_nesting (const char **type)
{
  guint deepest = 0;

  switch (*(*type)++)
    {
    case 'v':
      return 1;
    case 'a':
    case 'm':
      return 1 + type_string_nesting (type);
    case '(':
    case '{':
      while (**type != ')' && **type != '}')
        {
          const guint nesting = type_string_nesting (type);

          deepest = MAX (deepest, nesting);
        }
      (*type)++;
      return 1 + deepest;
    default:
      return 0;
    }
}

static guint
type_nesting (const GVariantType *type)
{
  const char *string = g_variant_type_peek_string (type);

  return type_string_nesting (&string);
}

static gboolean
type_has (const GVariantType *type, char letter)
{
  return memchr (g_variant_type_peek_string (type), letter, g_variant_type_get_string_length (type)) != NULL;
}

static Forbidden
type_find_forbidden (const GVariantType *type, guint depth)
{
  if (type_has (type, 'h'))
    return FORBIDDEN_HANDLE;
  return depth + type_nesting (type) > WIRE_MAX_NESTING ? FORBIDDEN_NESTING : FORBIDDEN_NOTHING;
}

/*
 * Values
 *
 * The types inside variants are in the serialized data. To look into every variant takes longer than
 * to send it, so the data is first searched for what could be such a type: serialized, a variant is
 * its child, a zero byte and the type string of the child. Only a run of type letters behind a zero
 * byte can be one, and text or numbers that look like it are rare. The search may find too much, and
 * then the children are looked at, each in the same way; it never finds too little.
 */

static gboolean
is_type_letter (guint8 byte)
{
  return byte != 0 && strchr ("bynqiuxtdsogvahm(){}", byte) != NULL;
}

/* A lone handle is 4 bytes, and a variant starts at a multiple of 8; in a list of numbers that settles most cases. */
static gboolean
may_follow_handle (const GVariantType *type, gsize offset)
{
  return g_variant_type_get_string_length (type) > 1 || offset % 8 == 4;
}

/* Estimates, from above, how deep the types in the variants in SIZE bytes nest that have LETTER in them. */
static guint
data_nesting_of (char letter, const guint8 *data, gsize size)
{
  const guint8 *end = data + size;
  const guint8 *position = data;
  guint nesting = 0;

  while ((position = memchr (position, letter, (gsize) (end - position))) != NULL)
    {
      const guint8 *start = position;
      const char *type_end;

      while (start > data && is_type_letter (start[-1]))
        start--;
      if (start > data && start[-1] == 0
          && g_variant_type_string_scan ((const char *) start, (const char *) end, &type_end)
          && (const guint8 *) type_end > position
          && (letter != 'h' || may_follow_handle ((const GVariantType *) start, (gsize) (start - 1 - data))))
        {
          const guint type_depth = type_nesting ((const GVariantType *) start);

          nesting += MAX (1, type_depth);
        }

      /* The rest of the run cannot start another type string. */
      while (position < end && is_type_letter (*position))
        position++;
    }
  return nesting;
}

/*
 * How many bytes of a value hold its children. Behind the children of an array is the list of where
 * each ends: small numbers between zero bytes, which look like types more than anything else does.
 */
static gsize
children_size (GVariant *value, const guint8 *data, gsize size)
{
  const gsize n_children = g_variant_is_container (value) ? g_variant_n_children (value) : 0;

  if (n_children > 0 && g_variant_type_is_array (g_variant_get_type (value)))
    {
      g_autoptr (GVariant) last = g_variant_get_child_value (value, n_children - 1);
      const guint8 *last_data = g_variant_get_data (last);

      if (last_data >= data && last_data + g_variant_get_size (last) <= data + size)
        return (gsize) (last_data - data) + g_variant_get_size (last);
    }
  return size;
}

/* DEPTH is how many containers are around the value. */
static Forbidden
value_find_forbidden (GVariant *value, guint depth)
{
  const GVariantType *type = g_variant_get_type (value);
  Forbidden found = type_find_forbidden (type, depth);
  const guint8 *data;
  gsize size;
  gsize n_children;

  if (found != FORBIDDEN_NOTHING || !type_has (type, 'v'))
    return found;

  data = g_variant_get_data (value);
  if (data == NULL)
    return FORBIDDEN_NOTHING; /* damaged, or empty: it reads as a default value */
  size = children_size (value, data, g_variant_get_size (value));
  if (data_nesting_of ('h', data, size) == 0
      && depth + type_nesting (type) + data_nesting_of ('v', data, size) < WIRE_MAX_NESTING)
    return FORBIDDEN_NOTHING;

  n_children = g_variant_n_children (value);
  for (gsize i = 0; i < n_children && found == FORBIDDEN_NOTHING; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      found = value_find_forbidden (child, depth + 1);
    }
  return found;
}

static gboolean
report_forbidden (Forbidden found, const GVariantType *type, MpiError code, const char *function, GError **error)
{
  const char *string = g_variant_type_peek_string (type);
  const int length = (int) MIN (g_variant_type_get_string_length (type), 200);

  switch (found)
    {
    case FORBIDDEN_HANDLE:
      ompi_obj_error_set (error, code, function,
                          "the value of type '%.*s' has a file handle ('h') in it, which cannot travel", length,
                          string);
      return FALSE;
    case FORBIDDEN_NESTING:
      ompi_obj_error_set (error, code, function, "the value of type '%.*s' is nested deeper than %d levels", length,
                          string, WIRE_MAX_NESTING);
      return FALSE;
    case FORBIDDEN_NOTHING:
    default:
      return TRUE;
    }
}

gboolean
wire_check_type (const GVariantType *type, MpiError code, const char *function, GError **error)
{
  return report_forbidden (type_find_forbidden (type, 0), type, code, function, error);
}

gboolean
wire_check_value (GVariant *value, MpiError code, const char *function, GError **error)
{
  return report_forbidden (value_find_forbidden (value, 0), g_variant_get_type (value), code, function, error);
}
