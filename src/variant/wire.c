/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "datatype-private.h"
#include "error-private.h"
#include "wire-limits-private.h"
#include "wire-private.h"

#define WIRE_MAGIC "MGV\1" /* the last byte is the version */

#define FLAG_BIG_ENDIAN 0x01
#define FLAGS_KNOWN (FLAG_BIG_ENDIAN | WIRE_FLAG_REPORT)

#define FLAG_NATIVE_ORDER (G_BYTE_ORDER == G_BIG_ENDIAN ? FLAG_BIG_ENDIAN : 0)

#define REPORT_TYPE "(us)" /* code and text */

static gsize
payload_offset_for_type_length (gsize type_length)
{
  return WIRE_HEADER_SIZE + ((type_length + 7) & ~(gsize) 7);
}

/*
 * Writing
 */

static void
wire_write_head (guint8 *to, guint8 flags, const char *type, gsize type_length, gsize payload_size)
{
  const guint16 length = GUINT16_TO_LE ((guint16) type_length);
  const guint64 size = GUINT64_TO_LE ((guint64) payload_size);

  memcpy (to, WIRE_MAGIC, 4);
  to[4] = flags;
  to[5] = 0;
  memcpy (to + 6, &length, sizeof length);
  memcpy (to + 8, &size, sizeof size);
  memcpy (to + WIRE_HEADER_SIZE, type, type_length);
  memset (to + WIRE_HEADER_SIZE + type_length, 0,
          payload_offset_for_type_length (type_length) - WIRE_HEADER_SIZE - type_length);
}

static void
wire_message_fill (WireMessage *self, WireEager *eager, guint8 flags, const char *type, gsize type_length)
{
  const gsize payload_offset = payload_offset_for_type_length (type_length);

  self->payload_size = g_variant_get_size (self->value);
  self->size = payload_offset + self->payload_size;
  self->long_head = payload_offset > WIRE_EAGER_SIZE ? g_malloc (payload_offset) : NULL;
  self->head = self->long_head != NULL ? self->long_head : eager->bytes;
  wire_write_head (self->head, flags, type, type_length, self->payload_size);

  if (self->size <= WIRE_EAGER_SIZE)
    {
      self->payload = self->head + payload_offset;
      self->head_size = self->size;
      g_variant_store (self->value, self->head + payload_offset);
    }
  else
    {
      self->payload = g_variant_get_data (self->value);
      self->head_size = payload_offset;
    }
}

static gboolean
wire_check (GVariant *value, gsize type_length, const char *function, GError **error)
{
  if (type_length > G_MAXUINT16)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the type string of the value is %" G_GSIZE_FORMAT " bytes long, but the limit is %d",
                          type_length, G_MAXUINT16);
      return FALSE;
    }
  return wire_check_value (value, OMPI_OBJ_ERROR_TYPE, function, error);
}

gboolean
wire_message_init (WireMessage *self, WireEager *eager, GVariant *value, const char *function, GError **error)
{
  const char *type = g_variant_get_type_string (value);
  const gsize type_length = strlen (type);

  if (!wire_check (value, type_length, function, error))
    return FALSE;

  self->value = g_variant_ref (value);
  wire_message_fill (self, eager, FLAG_NATIVE_ORDER, type, type_length);
  return TRUE;
}

void
wire_message_init_report (WireMessage *self, WireEager *eager, const GError *report)
{
  self->value = g_variant_ref_sink (g_variant_new (REPORT_TYPE, (guint32) report->code, report->message));
  wire_message_fill (self, eager, FLAG_NATIVE_ORDER | WIRE_FLAG_REPORT, REPORT_TYPE, strlen (REPORT_TYPE));
}

void
wire_message_store (const WireMessage *self, guint8 *to, gsize n_bytes)
{
  const gsize from_head = MIN (self->head_size, n_bytes);

  memcpy (to, self->head, from_head);
  if (from_head < n_bytes)
    memcpy (to + from_head, self->payload, n_bytes - from_head);
}

gsize
wire_measure (GVariant *value, const char *function, GError **error)
{
  const gsize type_length = strlen (g_variant_get_type_string (value));

  if (!wire_check (value, type_length, function, error))
    return 0;
  return payload_offset_for_type_length (type_length) + g_variant_get_size (value);
}

void
wire_store (GVariant *value, guint8 *to)
{
  const char *type = g_variant_get_type_string (value);
  const gsize type_length = strlen (type);

  wire_write_head (to, FLAG_NATIVE_ORDER, type, type_length, g_variant_get_size (value));
  g_variant_store (value, to + payload_offset_for_type_length (type_length));
}

void
wire_message_clear (WireMessage *self)
{
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_object (&self->datatype);
  g_clear_pointer (&self->long_head, g_free);
}

/* A large message is one element of two blocks, head and payload, at absolute addresses. */
gboolean
wire_message_get_buffer (WireMessage *self, MpiBuffer *buffer, GError **error)
{
  const gint64 lengths[] = { (gint64) self->head_size, (gint64) self->payload_size };
  const gint64 addresses[] = { (gint64) (guintptr) self->head, (gint64) (guintptr) self->payload };

  if (self->head_size == self->size)
    {
      *buffer = *OMPI_OBJ_BUFFER (self->head, (gint64) self->size, OMPI_OBJ_BYTE);
      return TRUE;
    }
  /* An older MPI could send somewhat more, in two blocks, but cannot tell the receiver how much it is. */
  if ((guint64) self->size >= MPI_COUNT_LIMIT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, "MPI_Send",
                          "the value takes %" G_GSIZE_FORMAT
                          " bytes, but this MPI is older than 4.0 and counts to %" G_GUINT64_FORMAT,
                          self->size, MPI_COUNT_LIMIT - 1);
      return FALSE;
    }

  if (self->datatype == NULL)
    self->datatype = ompi_obj_datatype_new_hindexed (lengths, addresses, G_N_ELEMENTS (lengths), OMPI_OBJ_BYTE, error);
  *buffer = *OMPI_OBJ_BUFFER (NULL, 1, self->datatype);
  return self->datatype != NULL && ompi_obj_datatype_commit (self->datatype, error);
}

/*
 * Reading
 */

#define MALFORMED(...) ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function, __VA_ARGS__)

gboolean
wire_header_read (WireHeader *self, const guint8 *bytes, gsize n_bytes, const char *function, GError **error)
{
  guint16 type_length;
  guint64 payload_size;

  if (n_bytes < WIRE_HEADER_SIZE)
    {
      MALFORMED ("the message is no value: it has %" G_GSIZE_FORMAT " bytes, less than a header", n_bytes);
      return FALSE;
    }
  if (memcmp (bytes, WIRE_MAGIC, 3) != 0)
    {
      MALFORMED ("the message is no value: it starts with the bytes %02x %02x %02x", bytes[0], bytes[1], bytes[2]);
      return FALSE;
    }
  if (bytes[3] != WIRE_MAGIC[3])
    {
      MALFORMED ("the value is in version %d of the wire format, but this library knows version %d", bytes[3],
                 WIRE_MAGIC[3]);
      return FALSE;
    }
  if ((bytes[4] & ~FLAGS_KNOWN) != 0 || bytes[5] != 0)
    {
      MALFORMED ("the value has unknown flags (0x%02x) or a reserved byte (0x%02x) that is not zero", bytes[4],
                 bytes[5]);
      return FALSE;
    }

  memcpy (&type_length, bytes + 6, sizeof type_length);
  memcpy (&payload_size, bytes + 8, sizeof payload_size);
  self->flags = bytes[4];
  self->type_length = GUINT16_FROM_LE (type_length);
  self->payload_offset = payload_offset_for_type_length (self->type_length);
  payload_size = GUINT64_FROM_LE (payload_size);
  if (self->type_length == 0)
    {
      MALFORMED ("the value has an empty type string");
      return FALSE;
    }
  if (payload_size > G_MAXINT64 - self->payload_offset || payload_size > G_MAXSIZE - self->payload_offset)
    {
      MALFORMED ("the value claims a payload of %" G_GUINT64_FORMAT " bytes", payload_size);
      return FALSE;
    }
  self->payload_size = (gsize) payload_size;
  return TRUE;
}

static const GVariantType *
wire_read_type (const WireHeader *header, const guint8 *bytes, gsize n_bytes, const char *function, GError **error)
{
  const char *type = (const char *) bytes + WIRE_HEADER_SIZE;
  const char *type_end = NULL;

  if (n_bytes < header->payload_offset || header->payload_size != n_bytes - header->payload_offset)
    {
      MALFORMED ("the value claims a payload of %" G_GSIZE_FORMAT " bytes behind %" G_GSIZE_FORMAT
                 ", but the message has %" G_GSIZE_FORMAT " in all",
                 header->payload_size, header->payload_offset, n_bytes);
      return NULL;
    }
  if (!g_variant_type_string_scan (type, type + header->type_length, &type_end)
      || type_end != type + header->type_length || !g_variant_type_is_definite ((const GVariantType *) type))
    {
      g_autofree char *text = g_strndup (type, MIN (header->type_length, 200));
      g_autofree char *escaped = g_strescape (text, NULL);

      MALFORMED ("the value has the type string '%s', which is not the type of a value", escaped);
      return NULL;
    }
  for (gsize i = WIRE_HEADER_SIZE + header->type_length; i < header->payload_offset; i++)
    if (bytes[i] != 0)
      {
        MALFORMED ("the padding behind the type string has the byte 0x%02x in it", bytes[i]);
        return NULL;
      }
  return (const GVariantType *) type;
}

/*
 * A damaged payload is never unsafe: GVariant checks what it reads and gives default values for what
 * makes no sense. This finds the damage that can be found without reading everything.
 */
static gboolean
payload_is_sound (GVariant *value, const WireHeader *header)
{
  if (g_variant_type_is_basic (g_variant_get_type (value)))
    return g_variant_is_normal_form (value);
  if (g_variant_get_size (value) != header->payload_size) /* a type of fixed size, with another size */
    return FALSE;
  return !g_variant_type_is_array (g_variant_get_type (value)) || header->payload_size == 0
         || g_variant_n_children (value) > 0;
}

static void
report_read (GVariant *value, GError **report)
{
  guint32 code = OMPI_OBJ_ERROR_OTHER;
  const char *text = "no reason given";

  if (g_variant_is_of_type (value, G_VARIANT_TYPE (REPORT_TYPE)))
    g_variant_get (value, "(u&s)", &code, &text);
  if (code > OMPI_OBJ_ERROR_REVOKED)
    code = OMPI_OBJ_ERROR_OTHER;
  g_set_error_literal (report, OMPI_OBJ_ERROR, (gint) code, text);
}

GVariant *
wire_decode_or_report (guint8 *bytes,
                       gsize n_bytes,
                       GDestroyNotify free_func,
                       gpointer free_data,
                       const char *function,
                       GError **report,
                       GError **error)
{
  g_autoptr (GVariant) value = NULL;
  const GVariantType *type = NULL;
  WireHeader header;

  if (wire_header_read (&header, bytes, n_bytes, function, error))
    type = wire_read_type (&header, bytes, n_bytes, function, error);
  if (type == NULL || !wire_check_type (type, OMPI_OBJ_ERROR_MALFORMED, function, error))
    {
      free_func (free_data);
      return NULL;
    }

  /* From here on, the value frees the memory. */
  value = g_variant_ref_sink (
      g_variant_new_from_data (type, bytes + header.payload_offset, header.payload_size, FALSE, free_func, free_data));
  if (!payload_is_sound (value, &header))
    {
      MALFORMED ("the payload of %" G_GSIZE_FORMAT " bytes is no value of type '%s'", header.payload_size,
                 g_variant_get_type_string (value));
      return NULL;
    }
  if (!wire_check_value (value, OMPI_OBJ_ERROR_MALFORMED, function, error))
    return NULL;

  if ((header.flags & FLAG_BIG_ENDIAN) != FLAG_NATIVE_ORDER)
    {
      GVariant *swapped = g_variant_byteswap (value);

      g_variant_unref (value);
      value = g_variant_take_ref (swapped);
    }
  if ((header.flags & WIRE_FLAG_REPORT) == 0)
    return g_steal_pointer (&value);
  report_read (value, report);
  return NULL;
}

GVariant *
wire_decode (guint8 *bytes,
             gsize n_bytes,
             GDestroyNotify free_func,
             gpointer free_data,
             const char *function,
             GError **error)
{
  g_autoptr (GError) report = NULL;
  GVariant *value = wire_decode_or_report (bytes, n_bytes, free_func, free_data, function, &report, error);

  if (report != NULL)
    ompi_obj_error_set (error, (MpiError) report->code, function, "the sender failed: %s", report->message);
  return value;
}

/**
 * ompi_obj_variant_encode:
 * @value: a value
 * @error: return location for a #GError
 *
 * Makes the message that [method@Mpi.Comm.send_variant] sends for a value, to be stored or sent by
 * other means. A floating @value is consumed.
 *
 * Errors: [error@Mpi.Error.type] if @value has a file handle (`h`) in it, is nested deeper than 64
 * levels, or has a type string of more than 65535 bytes.
 *
 * Returns: (transfer full): the message; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
ompi_obj_variant_encode (GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;
  g_auto (WireMessage) message = { 0 };
  WireEager eager;
  guint8 *bytes;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  owned = g_variant_ref_sink (value);
  if (!wire_message_init (&message, &eager, owned, G_STRFUNC, error))
    return NULL;
  bytes = g_malloc (message.size);
  wire_message_store (&message, bytes, message.size);
  return g_bytes_new_take (bytes, message.size);
}

/**
 * ompi_obj_variant_decode:
 * @bytes: a message
 * @error: return location for a #GError
 *
 * Makes the value of a message that [func@Mpi.variant_encode] made, on any machine. If the memory of
 * @bytes is aligned to 8 bytes, the value is a view of it, without a copy.
 *
 * Nothing in @bytes is trusted. What the header says is checked; a damaged payload is safe to read,
 * and g_variant_is_normal_form() tells whether it is whole.
 *
 * Errors: [error@Mpi.Error.malformed] if @bytes is no such message.
 *
 * Returns: (transfer full): the value; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_variant_decode (GBytes *bytes, GError **error)
{
  gconstpointer data;
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  return wire_decode ((guint8 *) data, size, (GDestroyNotify) g_bytes_unref, g_bytes_ref (bytes), G_STRFUNC, error);
}
