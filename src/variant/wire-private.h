/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How a GVariant looks on the wire.
 *
 *   0  magic "MGV"
 *   3  version, 1
 *   4  flags: bit 0, the payload is big-endian; bit 1, it is an error report
 *   5  reserved, 0
 *   6  length of the type string, without a terminator (16 bits)
 *   8  size of the payload (64 bits)
 *  16  type string, zero-padded to a multiple of 8
 *   .  payload: the GVariant's serialized form, to the end of the message
 *
 * The numbers of the header are little-endian on every machine; the payload is in the sender's order.
 */

#include <ompi_obj/buffer.h>

#define WIRE_HEADER_SIZE 16

#define WIRE_FLAG_REPORT 0x02

/* A message up to this size is put together in one piece of memory; in a larger one the payload is sent from where it
 * is. */
#define WIRE_EAGER_SIZE 8192

/* Where a message is put together; on the stack, and apart from WireMessage so that it need not be cleared. */
typedef struct
{
  guint8 bytes[WIRE_EAGER_SIZE] __attribute__ ((aligned (8)));
} WireEager;

/* A value ready to be sent. The memory it describes is valid until it is cleared. */
typedef struct
{
  GVariant *value;
  guint8 *head;          /* header and type string, and if the message is eager, the payload behind them */
  gsize head_size;       /* how much of the message is at head */
  gconstpointer payload; /* where the payload is */
  gsize payload_size;
  gsize size; /* of the whole message */
  MpiDatatype *datatype;
  guint8 *long_head; /* where head is if the type string is too long for a WireEager */
} WireMessage;

/* SELF is all zero. */
gboolean wire_message_init (WireMessage *self, WireEager *eager, GVariant *value, const char *function, GError **error);

/* A message that makes an error for whoever receives it. */
void wire_message_init_report (WireMessage *self, WireEager *eager, const GError *report);

void wire_message_clear (WireMessage *self);

/* Copies the first N_BYTES of a message. */
void wire_message_store (const WireMessage *self, guint8 *to, gsize n_bytes);

/* The size of the message of a value, and the message; for many that go into one piece of memory. 0 on error. */
gsize wire_measure (GVariant *value, const char *function, GError **error);
void wire_store (GVariant *value, guint8 *to);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WireMessage, wire_message_clear)

/* The whole message as one element or as bytes. */
gboolean wire_message_get_buffer (WireMessage *self, MpiBuffer *buffer, GError **error);

/* What the first WIRE_HEADER_SIZE bytes of a message say. */
typedef struct
{
  guint8 flags;
  gsize type_length;
  gsize payload_offset;
  gsize payload_size;
} WireHeader;

gboolean wire_header_read (WireHeader *self, const guint8 *bytes, gsize n_bytes, const char *function, GError **error);

/* Makes the value of a whole message without copying it. FREE_FUNC is called when the memory is no longer needed, at
 * once on error. */
GVariant *wire_decode (guint8 *bytes,
                       gsize n_bytes,
                       GDestroyNotify free_func,
                       gpointer free_data,
                       const char *function,
                       GError **error);

/* The same, but an error that the sender reports is kept apart, with the sender's text alone. */
GVariant *wire_decode_or_report (guint8 *bytes,
                                 gsize n_bytes,
                                 GDestroyNotify free_func,
                                 gpointer free_data,
                                 const char *function,
                                 GError **report,
                                 GError **error);
