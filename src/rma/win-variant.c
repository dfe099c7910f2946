/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/win-variant.h>

#include "value-memory-private.h"
#include "win-private.h"
#include "wire-private.h"

/*
 * A slot is a version, 64 bits in the byte order of its rank, and behind it a message as in src/variant/wire.c.
 *
 * The version is 0 if nothing was ever written. Else its upper bits tell that this is a slot, and the others count: odd
 * while a rank writes, which so keeps other writers out, and even when the message is whole. A reader takes the
 * message between two looks at the version; if they differ, somebody has written meanwhile, and it tries again.
 */
#define SLOT_MESSAGE 8 /* where the message begins */

#define VERSION_MARK (G_GUINT64_CONSTANT (0x4d4756) << 40) /* "MGV" */
#define VERSION_COUNT ((G_GUINT64_CONSTANT (1) << 40) - 1)
#define VERSION_NEVER 0

/* Readers get so much at first: most values, and the head of the others. */
#define SLOT_FIRST_SIZE 1024

/* A reader that writers have disturbed so often keeps them out while it reads, or it might never come to an end. */
#define MAX_ATTEMPTS 8

#define SLOT_ALIGNMENT 16

typedef struct
{
  MpiWin *win;
  gint rank;
  gint64 displacement; /* of the version */
  gint64 message;      /* displacement of the message */
  gint64 disp_unit;
  gint64 room; /* bytes for it */
  const char *function;
  gboolean is_locked; /* here, not by the caller */
} Slot;

/*
 * The place and the epoch
 */

static gint64
slot_get_disp_unit (MpiWinHandle *handle, gint rank)
{
  return handle->has_extents && handle->extents != NULL ? handle->extents[rank].disp_unit : handle->own.disp_unit;
}

/* How much memory a rank has, as far as this one knows. */
static gint64
slot_get_size (MpiWinHandle *handle, gint rank)
{
  if (!handle->has_extents)
    return G_MAXINT64;
  return handle->extents != NULL ? handle->extents[rank].size : handle->own.size;
}

static gboolean
slot_check_extent (const Slot *self, gint64 n_bytes, GError **error)
{
  gint64 start;
  const gint64 size = slot_get_size (self->win->handle, self->rank);

  if (self->displacement < 0 || __builtin_mul_overflow (self->displacement, self->disp_unit, &start) || start > size
      || n_bytes > size - start)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RMA_RANGE, self->function,
                          "a slot of %" G_GINT64_FORMAT " bytes at displacement %" G_GINT64_FORMAT
                          " is not within the %" G_GINT64_FORMAT " bytes of rank %d",
                          n_bytes, self->displacement, size, self->rank);
      return FALSE;
    }
  return start % SLOT_MESSAGE == 0
         || ompi_obj_error_report_number (self->function, OMPI_OBJ_ERROR_DISP, "displacement", -1, self->displacement,
                                          "but a slot begins at a multiple of 8 bytes", error);
}

static gboolean
slot_init (Slot *self,
           MpiWin *win,
           gint rank,
           gint64 displacement,
           gint64 n_bytes,
           const char *function,
           GError **error)
{
  *self = (Slot){ .win = win, .rank = rank, .displacement = displacement, .function = function };
  if (rank < 0 || rank >= win->handle->n_ranks)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_RANK, function, "rank is %d, but the window has ranks 0 to %d", rank,
                          win->handle->n_ranks - 1);
      return FALSE;
    }
  if (n_bytes < SLOT_MESSAGE + WIRE_HEADER_SIZE)
    return ompi_obj_error_report_number (function, OMPI_OBJ_ERROR_SIZE, "n_bytes", -1, n_bytes,
                                         "which is too small for a slot of any value", error);
  self->disp_unit = slot_get_disp_unit (win->handle, rank);
  if (self->disp_unit < 1 || SLOT_MESSAGE % self->disp_unit != 0)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_DISP, function,
                          "the displacement unit of rank %d is %" G_GINT64_FORMAT
                          ", but slots need one of 1, 2, 4 or 8 bytes",
                          rank, self->disp_unit);
      return FALSE;
    }
  if (!slot_check_extent (self, n_bytes, error))
    return FALSE;
  self->message = displacement + SLOT_MESSAGE / self->disp_unit;
  self->room = n_bytes - SLOT_MESSAGE;
  return TRUE;
}

/* Locks the memory of the rank, unless the caller has done so. */
static gboolean
slot_begin (Slot *self, GError **error)
{
  MpiWinHandle *handle = self->win->handle;
  const gboolean is_passive = handle->access == WIN_ACCESS_LOCK || handle->access == WIN_ACCESS_LOCK_ALL;

  if (is_passive && win_is_open_to (handle, self->rank))
    return TRUE;
  self->is_locked =
      ompi_obj_win_lock (self->win, OMPI_OBJ_LOCK_TYPE_SHARED, self->rank, OMPI_OBJ_RMA_ASSERT_NONE, error);
  return self->is_locked;
}

/* Whether it succeeded until now; if not, ERROR says why already. */
static gboolean
slot_end (Slot *self, gboolean succeeded, GError **error)
{
  return !self->is_locked ? succeeded
                          : ompi_obj_win_unlock (self->win, self->rank, succeeded ? error : NULL) && succeeded;
}

/*
 * The version
 */

static gboolean
slot_flush (const Slot *self, GError **error)
{
  return ompi_obj_win_flush (self->win, self->rank, error);
}

static gboolean
slot_look (const Slot *self, guint64 *version, GError **error)
{
  const guint64 nothing = 0;

  if (!ompi_obj_win_fetch_and_op (self->win, OMPI_OBJ_DATA (&nothing, 1), OMPI_OBJ_DATA (version, 1),
                                  OMPI_OBJ_TARGET (self->rank, self->displacement), OMPI_OBJ_NO_OP, error)
      || !slot_flush (self, error))
    return FALSE;
  if (*version == VERSION_NEVER || (*version & ~VERSION_COUNT) == VERSION_MARK)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, self->function,
                      "the memory is no slot for a value: it starts with 0x%016" G_GINT64_MODIFIER
                      "x; one that nobody has written yet must be zero",
                      *version);
  return FALSE;
}

/* Changes the version from EXPECTED if it is that still. */
static gboolean
slot_exchange (const Slot *self, guint64 expected, guint64 version, guint64 *found, GError **error)
{
  return ompi_obj_win_compare_and_swap (self->win, OMPI_OBJ_DATA (&version, 1), OMPI_OBJ_DATA (&expected, 1),
                                        OMPI_OBJ_DATA (found, 1), OMPI_OBJ_TARGET (self->rank, self->displacement),
                                        error)
         && slot_flush (self, error);
}

static gboolean
version_is_odd (guint64 version)
{
  return (version & 1) != 0;
}

static guint64
version_get_next (guint64 version)
{
  return VERSION_MARK | ((version + 1) & VERSION_COUNT);
}

/* Keeps other writers out from here on. BEFORE is the version of the message that is there. */
static gboolean
slot_take (const Slot *self, guint64 *before, GError **error)
{
  guint64 found;

  while (slot_look (self, before, error))
    {
      if (!version_is_odd (*before))
        {
          if (!slot_exchange (self, *before, version_get_next (*before), &found, error))
            return FALSE;
          if (found == *before)
            return TRUE;
        }
      g_thread_yield (); /* another rank has it, and can be one that waits for this processor */
    }
  return FALSE;
}

/* Nobody else changes the version meanwhile. */
static gboolean
slot_give (const Slot *self, guint64 before, guint64 version, GError **error)
{
  guint64 found;

  return slot_exchange (self, version_get_next (before), version, &found, error);
}

/*
 * Writing
 */

/* Puts bytes into the message, from OFFSET on, a multiple of 8. */
static gboolean
slot_put (const Slot *self, gsize offset, gconstpointer bytes, gsize n_bytes, GError **error)
{
  return ompi_obj_win_put (self->win, OMPI_OBJ_BUFFER (bytes, (gint64) n_bytes, OMPI_OBJ_BYTE),
                           OMPI_OBJ_TARGET (self->rank, self->message + (gint64) offset / self->disp_unit), error);
}

/* A large message is in two pieces, head and payload; each goes from where it is. */
static gboolean
slot_put_message (const Slot *self, const WireMessage *message, GError **error)
{
  return slot_put (self, 0, message->head, message->head_size, error)
         && (message->head_size == message->size
             || slot_put (self, message->head_size, message->payload, message->payload_size, error))
         && slot_flush (self, error);
}

/* If the message could not be put, what is there is none, or readers might get half of it. */
static gboolean
slot_write (const Slot *self, const WireMessage *message, GError **error)
{
  static const guint8 no_message[WIRE_HEADER_SIZE];
  guint64 before;
  guint64 behind;

  if (!slot_take (self, &before, error))
    return FALSE;
  behind = version_get_next (version_get_next (before));
  if (slot_put_message (self, message, error))
    return slot_give (self, before, behind, error);
  if (slot_put (self, 0, no_message, sizeof no_message, NULL) && slot_flush (self, NULL))
    slot_give (self, before, behind, NULL);
  return FALSE;
}

/**
 * ompi_obj_win_get_variant_slot_size:
 * @value: a value, the largest that shall fit; a floating one is consumed
 * @error: return location for a #GError
 *
 * Tells how many bytes a slot needs for [method@Mpi.Win.put_variant] of a value: the size of its serialized form, and
 * somewhat more. It is a multiple of 16, so that slots can lie one behind the other.
 *
 * Errors: [error@Mpi.Error.type] if the value cannot travel (see [method@Mpi.Comm.send_variant]).
 *
 * Returns: the size in bytes; -1 on error
 *
 * Since: 1.0
 */
gint64
ompi_obj_win_get_variant_slot_size (GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;
  gsize size;

  g_return_val_if_fail (value != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  owned = g_variant_ref_sink (value);
  size = wire_measure (owned, G_STRFUNC, error);
  return size == 0 ? -1 : ((gint64) size + SLOT_MESSAGE + SLOT_ALIGNMENT - 1) / SLOT_ALIGNMENT * SLOT_ALIGNMENT;
}

/**
 * ompi_obj_win_put_variant:
 * @self: a window
 * @value: what to write; a floating one is consumed
 * @rank: the rank in whose memory the slot is, or `OMPI_OBJ_PROC_NULL` for nobody
 * @displacement: where the slot begins, in units of that rank's displacement unit; a multiple of 8 bytes
 * @n_bytes: the size of the slot in bytes; the same in all calls for the same slot
 * @error: return location for a #GError
 *
 * Writes a value into a slot, a part of the window that holds one value at a time. Any number of ranks may write
 * to a slot and read it with [method@Mpi.Win.get_variant] at the same time: values are whole, and the last one
 * that was written is there.
 *
 * The memory of the slot must have been zero before the first value, as that of a new window is which MPI allocated,
 * and nobody may change it in another way.
 * [func@Mpi.Win.get_variant_slot_size] tells how large it has to be. The displacement unit must be 1, 2, 4 or 8; in a
 * window that was not made by this library, and in a dynamic one, that of the calling rank is taken for that of all.
 *
 * The calling rank needs no epoch: it locks the memory of @rank, shared, and unlocks it, unless it has it locked
 * already, alone or in [method@Mpi.Win.lock_all]. The value has arrived when this returns. In an epoch
 * of another kind, see [method@Mpi.Win.lock].
 *
 * Errors, and the slot keeps its value: [error@Mpi.Error.value_too_large] if @value does not fit into the slot,
 * [error@Mpi.Error.type] if it cannot travel (see [method@Mpi.Comm.send_variant]), [error@Mpi.Error.malformed] if the
 * memory holds something else than a slot, [error@Mpi.Error.rma_range] if the slot is not within the memory of
 * @rank, [error@Mpi.Error.size] if no value fits into it, [error@Mpi.Error.disp] if @displacement or the displacement
 * unit is wrong, [error@Mpi.Error.rank], [error@Mpi.Error.win] if the window was freed.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_win_put_variant (MpiWin *self, GVariant *value, gint rank, gint64 displacement, gint64 n_bytes, GError **error)
{
  g_autoptr (GVariant) owned = NULL;
  g_auto (WireMessage) message = { 0 };
  WireEager eager;
  Slot slot;

  g_return_val_if_fail (value != NULL, FALSE);
  owned = g_variant_ref_sink (value);
  WIN_ENTER (self, G_STRFUNC, error, FALSE);

  if (rank == OMPI_OBJ_PROC_NULL)
    return TRUE;
  if (!slot_init (&slot, self, rank, displacement, n_bytes, G_STRFUNC, error)
      || !wire_message_init (&message, &eager, owned, G_STRFUNC, error))
    return FALSE;
  if (message.size > (guint64) slot.room)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_VALUE_TOO_LARGE, G_STRFUNC,
                          "the value needs a slot of %" G_GSIZE_FORMAT " bytes, but this one has %" G_GINT64_FORMAT,
                          message.size + SLOT_MESSAGE, n_bytes);
      return FALSE;
    }
  return slot_begin (&slot, error) && slot_end (&slot, slot_write (&slot, &message, error), error);
}

/*
 * Reading
 */

/* A message that may be torn, and so malformed, as long as the version was not looked at again. */
typedef struct
{
  ValueMemory *memory;
  gsize size;
  GError *malformed; /* why it is no message */
} SlotMessage;

static void
slot_message_clear (SlotMessage *self)
{
  g_clear_pointer (&self->memory, value_memory_free);
  g_clear_error (&self->malformed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SlotMessage, slot_message_clear)

static gboolean
slot_get (const Slot *self, gpointer to, gint64 n_bytes, GError **error)
{
  return ompi_obj_win_get (self->win, OMPI_OBJ_BUFFER (to, n_bytes, OMPI_OBJ_BYTE),
                           OMPI_OBJ_TARGET (self->rank, self->message), error)
         && slot_flush (self, error);
}

/* Whether the first bytes of a message say that it fits into the slot. */
static gboolean
slot_message_measure (const Slot *slot, SlotMessage *self, const guint8 *bytes, gsize n_bytes)
{
  WireHeader header;

  if (!wire_header_read (&header, bytes, n_bytes, slot->function, &self->malformed))
    return FALSE;
  self->size = header.payload_offset + header.payload_size;
  if (self->size <= (guint64) slot->room)
    return TRUE;
  ompi_obj_error_set (&self->malformed, OMPI_OBJ_ERROR_MALFORMED, slot->function,
                      "the value claims %" G_GSIZE_FORMAT " bytes, but the slot has room for %" G_GINT64_FORMAT,
                      self->size, slot->room);
  return FALSE;
}

static gboolean
slot_read (const Slot *self, SlotMessage *message, GError **error)
{
  guint8 first[SLOT_FIRST_SIZE] __attribute__ ((aligned (8)));
  const gsize n_first = (gsize) MIN (self->room, SLOT_FIRST_SIZE);

  if (!slot_get (self, first, (gint64) n_first, error))
    return FALSE;
  if (!slot_message_measure (self, message, first, n_first))
    return TRUE;
  message->memory = value_memory_new (message->size);
  if (message->memory == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, self->function,
                          "there is no memory for a value of %" G_GSIZE_FORMAT " bytes", message->size);
      return FALSE;
    }
  if (message->size > n_first)
    return slot_get (self, message->memory->bytes, (gint64) message->size, error);
  memcpy (message->memory->bytes, first, message->size);
  return TRUE;
}

/* Without regard to writers. IS_WHOLE tells whether there was none meanwhile. */
static gboolean
slot_read_if_whole (const Slot *self, SlotMessage *message, gboolean *is_whole, GError **error)
{
  guint64 before;
  guint64 behind;

  *is_whole = FALSE;
  if (!slot_look (self, &before, error))
    return FALSE;
  if (version_is_odd (before))
    return TRUE;
  if (before == VERSION_NEVER)
    {
      *is_whole = TRUE;
      return TRUE;
    }
  if (!slot_read (self, message, error) || !slot_look (self, &behind, error))
    return FALSE;
  *is_whole = before == behind;
  return TRUE;
}

/* With the writers kept out. A slot that was written once stays so. */
static gboolean
slot_read_alone (const Slot *self, SlotMessage *message, GError **error)
{
  guint64 before;
  gboolean succeeded;

  if (!slot_take (self, &before, error))
    return FALSE;
  succeeded = slot_read (self, message, error);
  return slot_give (self, before, before, succeeded ? error : NULL) && succeeded;
}

static gboolean
slot_read_whole (const Slot *self, SlotMessage *message, GError **error)
{
  gboolean is_whole;

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      if (!slot_read_if_whole (self, message, &is_whole, error))
        return FALSE;
      if (is_whole)
        return TRUE;
      slot_message_clear (message);
      g_thread_yield ();
    }
  return slot_read_alone (self, message, error);
}

/**
 * ompi_obj_win_get_variant:
 * @self: a window
 * @rank: the rank in whose memory the slot is, or `OMPI_OBJ_PROC_NULL` for nobody
 * @displacement: where the slot begins, in units of that rank's displacement unit; a multiple of 8 bytes
 * @n_bytes: the size of the slot in bytes; the same in all calls for the same slot
 * @error: return location for a #GError
 *
 * Reads the value that [method@Mpi.Win.put_variant] wrote into a slot last. It is a whole value, also if other
 * ranks write at the same time.
 *
 * What is said there about the memory of the slot and about epochs holds here too. Nothing in that memory is
 * trusted.
 *
 * Errors: [error@Mpi.Error.malformed] if the memory holds something else than a slot with a value,
 * [error@Mpi.Error.no_mem] if there is no memory for the value, [error@Mpi.Error.rma_range] if the slot is not within
 * the memory of @rank, [error@Mpi.Error.size] if no value fits into it, [error@Mpi.Error.disp] if @displacement or the
 * displacement unit is wrong, [error@Mpi.Error.rank], [error@Mpi.Error.win] if the window was freed.
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error if none was ever written, and on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_win_get_variant (MpiWin *self, gint rank, gint64 displacement, gint64 n_bytes, GError **error)
{
  g_auto (SlotMessage) message = { 0 };
  ValueMemory *memory;
  Slot slot;

  WIN_ENTER (self, G_STRFUNC, error, NULL);

  if (rank == OMPI_OBJ_PROC_NULL)
    return NULL;
  if (!slot_init (&slot, self, rank, displacement, n_bytes, G_STRFUNC, error) || !slot_begin (&slot, error)
      || !slot_end (&slot, slot_read_whole (&slot, &message, error), error))
    return NULL;
  if (message.malformed != NULL)
    g_propagate_error (error, g_steal_pointer (&message.malformed));
  if (message.memory == NULL)
    return NULL;
  memory = g_steal_pointer (&message.memory);
  return wire_decode (memory->bytes, message.size, (GDestroyNotify) value_memory_free, memory, G_STRFUNC, error);
}
