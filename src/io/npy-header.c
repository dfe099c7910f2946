/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "datatype-private.h"
#include "error-private.h"
#include "npy-header-private.h"

#define MAGIC "\x93NUMPY"
#define MAGIC_SIZE 6
#define ALIGNMENT 64 /* of the elements in the file, as NumPy has it */

#define NATIVE_ORDER (G_BYTE_ORDER == G_BIG_ENDIAN ? '>' : '<')

#define MALFORMED(...) ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function, __VA_ARGS__)
#define UNSUPPORTED(...) ompi_obj_error_set (error, OMPI_OBJ_ERROR_UNSUPPORTED, function, __VA_ARGS__)

/*
 * The types of elements: a letter for the kind, and the size
 */

/* The first of a kind and size is the one that is read. */
static const struct
{
  MpiPredefinedDatatype which;
  char kind;
} elements[] = {
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT16_T, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT32_T, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT64_T, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT8_T, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT32_T, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_C_LONG_DOUBLE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL, 'b' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CHAR, 'S' },

  { OMPI_OBJ_PREDEFINED_DATATYPE_BYTE, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_SIGNED_CHAR, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_CHAR, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_SHORT, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_SHORT, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INT, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_LONG, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_LONG_LONG, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG_LONG, 'u' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_AINT, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_OFFSET, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_COUNT, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CXX_BOOL, 'b' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CXX_FLOAT_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CXX_DOUBLE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CXX_LONG_DOUBLE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_CHARACTER, 'S' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER1, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER2, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER4, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER8, 'i' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_REAL, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_REAL4, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_REAL8, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_PRECISION, 'f' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_COMPLEX, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX8, 'c' },
  { OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX16, 'c' },
};

/* An element that this MPI does not have has no size. */
static gint64
element_get_size (MpiDatatype *datatype)
{
  return datatype_is_usable (datatype) ? ompi_obj_datatype_get_size (datatype, NULL) : -1;
}

gchar *
npy_describe_element (MpiDatatype *datatype)
{
  const gint64 size = element_get_size (datatype);

  for (gsize i = 0; i < G_N_ELEMENTS (elements) && size > 0; i++)
    if (ompi_obj_datatype_get_predefined (elements[i].which) == datatype)
      return g_strdup_printf ("%c%c%" G_GINT64_FORMAT, size == 1 ? '|' : NATIVE_ORDER, elements[i].kind, size);
  return NULL;
}

static MpiDatatype *
element_find (char kind, gint64 size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      MpiDatatype *element = ompi_obj_datatype_get_predefined (elements[i].which);

      if (elements[i].kind == kind && element_get_size (element) == size)
        return element;
    }
  return NULL;
}

/*
 * Writing
 */

GBytes *
npy_header_new (MpiDatatype *element, const gint64 *shape, gsize n_dims, const char *function, GError **error)
{
  g_autofree gchar *description = npy_describe_element (element);
  g_autoptr (GString) header = NULL;
  guint16 length;

  if (description == NULL)
    {
      g_autofree gchar *name = datatype_is_usable (element) ? ompi_obj_datatype_get_name (element, NULL) : NULL;

      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function, "NumPy has no type for elements of the datatype '%s'",
                          name != NULL ? name : "");
      return NULL;
    }
  if (n_dims > NPY_MAX_DIMS)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DIMS, function,
                          "n_dims is %" G_GSIZE_FORMAT ", but NumPy has arrays of at most %d dimensions", n_dims,
                          NPY_MAX_DIMS);
      return NULL;
    }
  header = g_string_new_len (MAGIC "\1\0\0\0", MAGIC_SIZE + 4);
  g_string_append_printf (header, "{'descr': '%s', 'fortran_order': False, 'shape': (", description);
  for (gsize i = 0; i < n_dims; i++)
    g_string_append_printf (header, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append (header, n_dims == 1 ? ",), }" : "), }");
  while ((header->len + 1) % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');

  length = GUINT16_TO_LE ((guint16) (header->len - MAGIC_SIZE - 4));
  memcpy (header->str + MAGIC_SIZE + 2, &length, sizeof length);
  return g_string_free_to_bytes (g_steal_pointer (&header));
}

/*
 * Reading
 */

/* Where the text begins, which the version tells. */
static gsize
prefix_size (const guint8 *bytes)
{
  return bytes[MAGIC_SIZE] == 1 ? MAGIC_SIZE + 4 : MAGIC_SIZE + 6;
}

gsize
npy_header_measure (const guint8 *bytes, gsize n_bytes, const char *function, GError **error)
{
  guint16 short_length;
  guint32 length;

  if (n_bytes < NPY_PREFIX_SIZE || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    {
      MALFORMED ("there is no .npy header: %s",
                 n_bytes < NPY_PREFIX_SIZE ? "the file ends before" : "the first bytes are others");
      return 0;
    }
  if (bytes[MAGIC_SIZE] < 1 || bytes[MAGIC_SIZE] > 3 || bytes[MAGIC_SIZE + 1] != 0)
    {
      UNSUPPORTED ("the .npy header is in version %d.%d, but this library knows 1.0, 2.0 and 3.0", bytes[MAGIC_SIZE],
                   bytes[MAGIC_SIZE + 1]);
      return 0;
    }
  memcpy (&short_length, bytes + MAGIC_SIZE + 2, sizeof short_length);
  memcpy (&length, bytes + MAGIC_SIZE + 2, sizeof length);
  length = bytes[MAGIC_SIZE] == 1 ? GUINT16_FROM_LE (short_length) : GUINT32_FROM_LE (length);
  if (length > NPY_MAX_SIZE - NPY_PREFIX_SIZE)
    {
      MALFORMED ("the .npy header claims a text of %u bytes", length);
      return 0;
    }
  return prefix_size (bytes) + length;
}

/* What follows in the text, with blanks skipped before. */
static char
text_peek (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
  return **text;
}

static gboolean
text_take (const char **text, char letter)
{
  if (text_peek (text) != letter)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
text_take_word (const char **text, const char *word)
{
  text_peek (text);
  if (!g_str_has_prefix (*text, word) || g_ascii_isalnum ((*text)[strlen (word)]))
    return FALSE;
  *text += strlen (word);
  return TRUE;
}

/* A string in quotes of either kind; those with escapes are none that belong here. */
static gchar *
text_take_string (const char **text)
{
  const char quote = text_peek (text);
  const char *end;
  gchar *string;

  if (quote != '\'' && quote != '"')
    return NULL;
  end = strchr (*text + 1, quote);
  if (end == NULL || memchr (*text, '\\', (gsize) (end - *text)) != NULL)
    return NULL;
  string = g_strndup (*text + 1, (gsize) (end - *text - 1));
  *text = end + 1;
  return string;
}

/* The letter L that may follow is Python 2's. */
static gboolean
text_take_number (const char **text, gint64 *number)
{
  char *end;
  guint64 found;

  if (!g_ascii_isdigit (text_peek (text)))
    return FALSE;
  found = g_ascii_strtoull (*text, &end, 10);
  if (found > G_MAXINT64)
    return FALSE;
  *number = (gint64) found;
  *text = *end == 'L' ? end + 1 : end;
  return TRUE;
}

static gboolean
header_read_shape (NpyHeader *self, const char **text, const char *function, GError **error)
{
  gboolean may_go_on = TRUE;

  self->n_dims = 0;
  if (!text_take (text, '('))
    {
      MALFORMED ("the shape in the .npy header is no tuple");
      return FALSE;
    }
  while (!text_take (text, ')'))
    {
      if (self->n_dims == NPY_MAX_DIMS)
        {
          UNSUPPORTED ("the array has more than %d dimensions", NPY_MAX_DIMS);
          return FALSE;
        }
      if (!may_go_on || !text_take_number (text, &self->shape[self->n_dims]))
        {
          MALFORMED ("the shape in the .npy header has no number from 0 to 2^63 - 1 at place %" G_GSIZE_FORMAT,
                     self->n_dims);
          return FALSE;
        }
      self->n_dims++;
      may_go_on = text_take (text, ',');
    }
  /* "(5)" is a number in brackets. */
  if (self->n_dims == 1 && !may_go_on)
    {
      MALFORMED ("the shape in the .npy header is no tuple");
      return FALSE;
    }
  return TRUE;
}

static gboolean
header_read_element (NpyHeader *self, const char **text, const char *function, GError **error)
{
  g_autofree gchar *description = NULL;
  guint64 size = 0;

  if (text_peek (text) == '[' || text_peek (text) == '(')
    {
      UNSUPPORTED ("the elements of the array are structures or arrays themselves; only numbers can be read");
      return FALSE;
    }
  description = text_take_string (text);
  if (description == NULL)
    {
      MALFORMED ("the type in the .npy header is no string");
      return FALSE;
    }
  if (strlen (description) >= 3 && strchr ("<>=|", description[0]) != NULL
      && g_ascii_string_to_unsigned (description + 2, 10, 1, G_MAXINT, &size, NULL))
    self->element = element_find (description[1], (gint64) size);
  if (self->element == NULL)
    {
      g_autofree gchar *escaped = g_strescape (description, NULL);

      UNSUPPORTED ("the elements of the array are of NumPy's type '%.100s', for which this MPI has no datatype",
                   escaped);
      return FALSE;
    }
  self->element_size = (gsize) size;
  self->unit_size = description[1] == 'c' ? self->element_size / 2 : self->element_size;
  self->is_swapped =
      self->unit_size > 1 && (description[0] == '<' || description[0] == '>') && description[0] != NATIVE_ORDER;
  if (self->is_swapped && self->unit_size > 8)
    {
      UNSUPPORTED ("the elements of the array, of NumPy's type '%s', are in the form of another machine", description);
      return FALSE;
    }
  return TRUE;
}

static gboolean
header_read_order (NpyHeader *self, const char **text, const char *function, GError **error)
{
  self->is_fortran_order = text_take_word (text, "True");
  if (self->is_fortran_order || text_take_word (text, "False"))
    return TRUE;
  MALFORMED ("the order in the .npy header is neither True nor False");
  return FALSE;
}

static const struct
{
  const char *key;
  gboolean (*read) (NpyHeader *self, const char **text, const char *function, GError **error);
} parts[] = {
  { "descr", header_read_element },
  { "fortran_order", header_read_order },
  { "shape", header_read_shape },
};

/* A key, and its value. Keys come in any order, each once. */
static gboolean
header_read_part (NpyHeader *self, const char **text, guint *found, const char *function, GError **error)
{
  g_autofree gchar *key = text_take_string (text);

  for (guint i = 0; i < G_N_ELEMENTS (parts) && key != NULL; i++)
    if ((*found & 1u << i) == 0 && strcmp (key, parts[i].key) == 0 && text_take (text, ':'))
      {
        *found |= 1u << i;
        return parts[i].read (self, text, function, error);
      }
  MALFORMED ("the .npy header has something else than 'descr', 'fortran_order' and 'shape', once each");
  return FALSE;
}

static gboolean
header_check_size (const NpyHeader *self, const char *function, GError **error)
{
  gint64 size = (gint64) self->element_size;

  for (gsize i = 0; i < self->n_dims; i++)
    if (self->shape[i] == 0)
      return TRUE;
  for (gsize i = 0; i < self->n_dims; i++)
    if (__builtin_mul_overflow (size, self->shape[i], &size))
      {
        MALFORMED ("the shape in the .npy header has more elements than any file");
        return FALSE;
      }
  return TRUE;
}

gboolean
npy_header_read (NpyHeader *self, const guint8 *bytes, gsize n_bytes, const char *function, GError **error)
{
  const gsize size = npy_header_measure (bytes, n_bytes, function, error);
  g_autofree gchar *copy = NULL;
  const char *text;
  guint found = 0;
  gboolean may_go_on = TRUE;

  if (size == 0)
    return FALSE;
  if (n_bytes < size)
    {
      MALFORMED ("the file ends within the .npy header");
      return FALSE;
    }
  *self = (NpyHeader){ 0 };
  copy = g_strndup ((const char *) bytes + prefix_size (bytes), size - prefix_size (bytes));
  text = copy;
  if (!text_take (&text, '{'))
    {
      MALFORMED ("the text of the .npy header is no dictionary");
      return FALSE;
    }
  while (!text_take (&text, '}'))
    {
      if (!may_go_on)
        {
          MALFORMED ("the text of the .npy header is no dictionary");
          return FALSE;
        }
      if (!header_read_part (self, &text, &found, function, error))
        return FALSE;
      may_go_on = text_take (&text, ',');
    }
  if (found != (1u << G_N_ELEMENTS (parts)) - 1 || text_peek (&text) != '\0'
      || (gsize) (text - copy) != size - prefix_size (bytes))
    {
      MALFORMED ("the text of the .npy header lacks 'descr', 'fortran_order' or 'shape', or goes on behind them");
      return FALSE;
    }
  return header_check_size (self, function, error);
}
