/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/topocomm.h>
#include <ompi_obj/variant.h>

#include "topology-private.h"
#include "value-memory-private.h"
#include "wire-private.h"

/*
 * Collectives of values among neighbours: the sizes first, as a buffer; then all agree that nobody has
 * failed; then the messages, as blocks of bytes. A neighbour that does not exist leaves its size at 0.
 */

/* What comes in: a message of each neighbour that this rank receives from. */
typedef struct
{
  gsize n;
  gint64 *sizes;
  gint64 *places;
  ValueMemory *memory; /* of all messages, each aligned to 8 */
} Inbox;

static void
inbox_clear (Inbox *inbox)
{
  g_clear_pointer (&inbox->sizes, g_free);
  g_clear_pointer (&inbox->places, g_free);
  g_clear_pointer (&inbox->memory, value_memory_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Inbox, inbox_clear)

/* The messages that go out. */
typedef struct
{
  gsize n;
  WireMessage *messages;
  WireEager *eagers;
  gint64 *sizes;
  ValueMemory *memory; /* all of them, one after the other */
} Outbox;

static void
outbox_clear (Outbox *outbox)
{
  for (gsize i = 0; i < outbox->n; i++)
    wire_message_clear (&outbox->messages[i]);
  g_clear_pointer (&outbox->messages, g_free);
  g_clear_pointer (&outbox->eagers, g_free);
  g_clear_pointer (&outbox->sizes, g_free);
  g_clear_pointer (&outbox->memory, value_memory_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outbox, outbox_clear)

static ValueMemory *
memory_new (gint64 n_bytes, const char *function, GError **error)
{
  ValueMemory *memory = NULL;

#ifdef HAVE_MPI_LARGE_COUNT
  memory = value_memory_new ((gsize) n_bytes);
#else
  if (n_bytes <= G_MAXINT)
    memory = value_memory_new ((gsize) n_bytes);
#endif
  if (memory == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, function,
                        "no memory for values of %" G_GINT64_FORMAT " bytes, or too much for this MPI", n_bytes);
  return memory;
}

/* INBOX is all zero. */
static gboolean
inbox_init (Inbox *inbox, MpiTopocomm *self, GError **error)
{
  const gint degree = ompi_obj_topocomm_get_indegree (self, error);

  if (degree < 0)
    return FALSE;
  inbox->n = (gsize) degree;
  inbox->sizes = g_new0 (gint64, inbox->n + 1);
  inbox->places = g_new0 (gint64, inbox->n + 1);
  return TRUE;
}

/* Makes room for the messages, when their sizes have come. */
static gboolean
inbox_allocate (Inbox *inbox, const char *function, GError **error)
{
  gint64 total = 0;

  for (gsize i = 0; i < inbox->n; i++)
    {
      inbox->places[i] = total;
      if (inbox->sizes[i] < 0 || inbox->sizes[i] > G_MAXINT64 - 8 - total)
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_MALFORMED, function, "a neighbour sends %" G_GINT64_FORMAT " bytes",
                              inbox->sizes[i]);
          return FALSE;
        }
      total += (inbox->sizes[i] + 7) / 8 * 8;
    }
  inbox->memory = memory_new (total, function, error);
  return inbox->memory != NULL;
}

/* The values live in the common memory as long as one of them does. */
static GPtrArray *
inbox_decode (Inbox *inbox, const char *function, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  guint8 *bytes = inbox->memory->bytes;
  g_autoptr (GBytes) owner =
      g_bytes_new_with_free_func (bytes, 0, (GDestroyNotify) value_memory_free, g_steal_pointer (&inbox->memory));

  for (gsize i = 0; i < inbox->n; i++)
    {
      GVariant *value = inbox->sizes[i] == 0
                            ? g_variant_ref_sink (g_variant_new_tuple (NULL, 0))
                            : wire_decode (bytes + inbox->places[i], (gsize) inbox->sizes[i],
                                           (GDestroyNotify) g_bytes_unref, g_bytes_ref (owner), function, error);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  return g_steal_pointer (&values);
}

/* OUTBOX is all zero. If a value cannot travel, it is left without a message. */
static void
outbox_init (Outbox *outbox, GVariant **values, gsize n_values, const char *function, GError **error)
{
  gint64 total = 0;
  guint8 *place;

  outbox->n = n_values;
  outbox->messages = g_new0 (WireMessage, n_values);
  outbox->eagers = g_new (WireEager, n_values);
  outbox->sizes = g_new0 (gint64, n_values + 1);
  for (gsize i = 0; i < n_values; i++)
    {
      if (!wire_message_init (&outbox->messages[i], &outbox->eagers[i], values[i], function, error))
        return;
      outbox->sizes[i] = (gint64) outbox->messages[i].size;
      total += outbox->sizes[i];
    }
  outbox->memory = memory_new (total, function, error);
  if (outbox->memory == NULL)
    return;
  place = outbox->memory->bytes;
  for (gsize i = 0; i < n_values; i++)
    {
      const WireMessage *message = &outbox->messages[i];

      memcpy (place, message->head, message->head_size);
      place += message->head_size;
      if (message->head_size < message->size)
        {
          memcpy (place, message->payload, message->payload_size);
          place += message->payload_size;
        }
    }
}

/* All ranks go on, or all fail: a rank that has failed with LOCAL_ERROR tells the others why. */
static gboolean
neighbors_agree (MpiTopocomm *self, GError **local_error, const char *function, GError **error)
{
  MpiComm *comm = OMPI_OBJ_COMM (self);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint mine = *local_error != NULL ? size - rank : 0;
  g_autoptr (GVariant) report = NULL;
  gint first = 0;
  gint culprit;

  if (!ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (&first, 1), OMPI_OBJ_MAX, error))
    return FALSE;
  if (first == 0)
    return TRUE;

  culprit = size - first;
  report = ompi_obj_comm_bcast_variant (comm,
                                        rank == culprit
                                            ? g_variant_new ("(is)", (*local_error)->code, (*local_error)->message)
                                            : NULL,
                                        culprit, *local_error == NULL ? error : NULL);
  if (*local_error != NULL)
    g_propagate_error (error, g_steal_pointer (local_error));
  else if (report != NULL)
    {
      const gchar *message;
      gint code;

      g_variant_get (report, "(i&s)", &code, &message);
      ompi_obj_error_set (error, (MpiError) code, function, "rank %d has failed: %s", culprit, message);
    }
  return FALSE;
}

static GVariant **
values_ref_sink (GVariant **values, gsize n_values)
{
  GVariant **owned = g_new0 (GVariant *, n_values + 1);

  for (gsize i = 0; i < n_values; i++)
    owned[i] = g_variant_ref_sink (values[i]);
  return owned;
}

static void
values_unref (GVariant **values)
{
  for (gsize i = 0; values[i] != NULL; i++)
    g_variant_unref (values[i]);
  g_free (values);
}

typedef GVariant *OwnedValues;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OwnedValues, values_unref)

/**
 * ompi_obj_topocomm_neighbor_allgather_variant:
 * @self: a communicator with a topology
 * @value: what this rank sends to each of its neighbours; a floating one is consumed
 * @error: return location for a #GError
 *
 * Sends a value to all neighbours, and receives theirs, whatever their types and sizes. Collective.
 *
 * The values come in the order of [method@Mpi.Topocomm.get_inedges]; that of a neighbour which is
 * `OMPI_OBJ_PROC_NULL` (beyond the end of a grid) is the empty tuple `()`. They share their memory.
 *
 * Errors, on every rank of @self: [error@Mpi.Error.type] if the value of a rank cannot travel (see
 * [method@Mpi.Comm.send_variant]), [error@Mpi.Error.no_mem] if a rank has no memory for what it receives;
 * the others are told which rank it was. [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Neighbor_allgather` (MPI-4.0, section 8.6.1).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_topocomm_neighbor_allgather_variant (MpiTopocomm *self, GVariant *value, GError **error)
{
  static const char function[] = "MPI_Neighbor_allgather";
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (WireMessage) message = { 0 };
  g_auto (Inbox) inbox = { 0 };
  WireEager eager;
  MpiBuffer buffer;
  gint64 size;

  g_return_val_if_fail (value != NULL, NULL);
  owned = g_variant_ref_sink (value);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, function, error, NULL);

  if (!inbox_init (&inbox, self, error))
    return NULL;
  if (wire_message_init (&message, &eager, owned, function, &local_error))
    wire_message_get_buffer (&message, &buffer, &local_error);
  size = (gint64) message.size;
  if (!ompi_obj_topocomm_neighbor_allgather (self, OMPI_OBJ_DATA (&size, 1),
                                             OMPI_OBJ_DATA (inbox.sizes, (gint64) inbox.n), error))
    return NULL;
  if (local_error == NULL)
    inbox_allocate (&inbox, function, &local_error);
  if (!neighbors_agree (self, &local_error, function, error)
      || !ompi_obj_topocomm_neighbor_allgatherv (self, &buffer,
                                                 OMPI_OBJ_BLOCKS (inbox.memory->bytes, inbox.n, inbox.sizes,
                                                                  inbox.places, OMPI_OBJ_BYTE),
                                                 error))
    return NULL;
  return inbox_decode (&inbox, function, error);
}

/**
 * ompi_obj_topocomm_neighbor_alltoall_variant:
 * @self: a communicator with a topology
 * @values: (array length=n_values): what this rank sends to each of its neighbours, in the order of
 *   [method@Mpi.Topocomm.get_outedges]; floating ones are consumed
 * @n_values: how many, the number of neighbours that this rank sends to
 * @error: return location for a #GError
 *
 * Sends a value to each neighbour, and receives one from each, whatever their types and sizes. Collective.
 *
 * The values come in the order of [method@Mpi.Topocomm.get_inedges]; that of a neighbour which is
 * `OMPI_OBJ_PROC_NULL` (beyond the end of a grid) is the empty tuple `()`. They share their memory.
 *
 * Errors, on every rank of @self: [error@Mpi.Error.arg] if the number of values of a rank is not that of its
 * neighbours, and as of [method@Mpi.Topocomm.neighbor_allgather_variant].
 *
 * Mirrors `MPI_Neighbor_alltoall` (MPI-4.0, section 8.6.2).
 *
 * Returns: (transfer container) (element-type GLib.Variant): the values; %NULL on error
 *
 * Since: 1.0
 */
GPtrArray *
ompi_obj_topocomm_neighbor_alltoall_variant (MpiTopocomm *self, GVariant **values, gsize n_values, GError **error)
{
  static const char function[] = "MPI_Neighbor_alltoall";
  g_autoptr (OwnedValues) owned = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree gint64 *nothing = NULL;
  g_autofree gint64 *ones = NULL;
  g_auto (Outbox) outbox = { 0 };
  g_auto (Inbox) inbox = { 0 };
  gint n_out;

  g_return_val_if_fail (values != NULL || n_values == 0, NULL);
  for (gsize i = 0; i < n_values; i++)
    g_return_val_if_fail (values[i] != NULL, NULL);
  owned = values_ref_sink (values, n_values);
  TOPOLOGY_ENTER (self, OMPI_OBJ_IS_TOPOCOMM, function, error, NULL);

  n_out = ompi_obj_topocomm_get_outdegree (self, error);
  if (n_out < 0 || !inbox_init (&inbox, self, error))
    return NULL;
  if (n_values == (gsize) n_out)
    outbox_init (&outbox, owned, n_values, function, &local_error);
  else
    ompi_obj_error_set (&local_error, OMPI_OBJ_ERROR_ARG, function,
                        "n_values is %" G_GSIZE_FORMAT ", but this rank sends to %d neighbours", n_values, n_out);

  nothing = g_new0 (gint64, n_out + 1);
  ones = g_new (gint64, MAX ((gsize) n_out, inbox.n) + 1);
  for (gsize i = 0; i < MAX ((gsize) n_out, inbox.n); i++)
    ones[i] = 1;
  /* With blocks, as the messages: if there are several edges between two ranks, MPICH has another order without. */
  if (!ompi_obj_topocomm_neighbor_alltoallv (self,
                                             OMPI_OBJ_BLOCKS_DATA (outbox.sizes != NULL ? outbox.sizes : nothing, n_out,
                                                                   ones, NULL),
                                             OMPI_OBJ_BLOCKS_DATA (inbox.sizes, inbox.n, ones, NULL), error))
    return NULL;
  if (local_error == NULL)
    inbox_allocate (&inbox, function, &local_error);
  if (!neighbors_agree (self, &local_error, function, error)
      || !ompi_obj_topocomm_neighbor_alltoallv (
          self, OMPI_OBJ_BLOCKS (outbox.memory->bytes, n_out, outbox.sizes, NULL, OMPI_OBJ_BYTE),
          OMPI_OBJ_BLOCKS (inbox.memory->bytes, inbox.n, inbox.sizes, inbox.places, OMPI_OBJ_BYTE), error))
    return NULL;
  return inbox_decode (&inbox, function, error);
}
