/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A log of values, and what its reader remembers.
 */

#include <ompi_obj/file.h>
#include <ompi_obj/variant-log.h>

/* Bytes where no record was when the reader passed. */
typedef struct
{
  gint64 start;
  gint64 end;
  gboolean is_reported;
} LogGap;

/* What was read of the file ahead of its use. */
typedef struct
{
  guint8 *bytes;
  gint64 start;
  gsize n_bytes;
} LogWindow;

struct _MpiVariantLog
{
  GObject parent_instance;

  MpiFile *file;
  gint rank;
  guint64 marker;
  GMutex lock; /* of all that follows; also held in collective calls, for nobody may append meanwhile */

  GByteArray *buffer; /* records that are not in the file yet */
  gsize buffer_size;

  gint64 position; /* of the reader: whole records and gaps are before it */
  GArray *gaps;    /* of LogGap */
  gint64 reported_tail;
  LogWindow window;
};

void variant_log_reader_init (MpiVariantLog *self);
void variant_log_reader_clear (MpiVariantLog *self);

/* Whether the log can be used. */
gboolean variant_log_check (MpiVariantLog *self, const char *function, GError **error);
