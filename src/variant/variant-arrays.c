/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "tuple-layout-private.h"
#include "value-queue-private.h"
#include "wire-limits-private.h"

/*
 * Arrays of elements of a fixed size
 *
 * The elements go from the memory of one array straight to their places in that of another, without a
 * header. The ranks exchange notes first: how many elements there are, and of what type, which must be
 * the same everywhere.
 */

typedef enum
{
  ARRAYS_GATHER,
  ARRAYS_ALLGATHER,
  ARRAYS_SCATTER,
  ARRAYS_ALLTOALL
} ArraysKind;

#define NOTE_SIZE 128
#define NOTE_TYPE_SIZE (NOTE_SIZE - 2 * sizeof (guint64))
#define NOTE_FAILED G_MAXUINT64

typedef struct
{
  guint64 n_elements; /* for the receiver of the note, little-endian */
  guint64 n_bytes;    /* of all that the sender sends, and one; 0: it sends nothing; NOTE_FAILED: it cannot take part */
  char type[NOTE_TYPE_SIZE];
} Note;

typedef struct
{
  ValueOperation parent;

  ArraysKind kind;
  gint root;
  gboolean is_root;
  gboolean is_sender;
  gboolean is_receiver;
  gsize n_peers;

  GVariant *array;     /* what SENT is of; NULL: a buffer */
  MpiBuffer sent;      /* elements of DATATYPE */
  gint64 *sent_counts; /* of scatter and alltoall, in the same */
  char type[NOTE_TYPE_SIZE];
  Note *notes_sent;
  Note *notes;
  gsize n_notes;

  /* An element, of the array or the buffer, is UNIT elements of DATATYPE, and takes EXTENT bytes */
  MpiDatatype *datatype;
  gint64 unit;
  gsize extent;
  gsize beyond; /* how far the last one reaches over its end */

  gint64 *received_counts; /* in elements of DATATYPE */
  gsize n_bytes;
  ValueMemory *memory;
} Arrays;

static void
arrays_clear (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;

  g_clear_pointer (&self->array, g_variant_unref);
  g_clear_object (&self->datatype);
  g_free (self->sent_counts);
  g_free (self->notes_sent);
  g_free (self->notes);
  g_free (self->received_counts);
  g_clear_pointer (&self->memory, value_memory_free);
}

static void
arrays_init (Arrays *self, ArraysKind kind, MpiComm *comm, gint root, const char *function)
{
  const gboolean is_inter = ompi_obj_comm_is_inter (comm);

  memset (self, 0, sizeof *self);
  value_operation_init (&self->parent, comm, function);
  self->parent.clear = arrays_clear;
  value_operation_set_root (&self->parent, root);
  self->kind = kind;
  self->root = root;
  self->is_root = is_inter ? root == OMPI_OBJ_ROOT : root == self->parent.rank;
  self->is_sender = kind == ARRAYS_SCATTER ? self->is_root : kind != ARRAYS_GATHER || !is_inter || root >= 0;
  self->is_receiver = kind == ARRAYS_GATHER ? self->is_root : kind != ARRAYS_SCATTER || !is_inter || root >= 0;
  self->n_peers = comm->handle->n_peers;
  self->n_notes = kind != ARRAYS_SCATTER ? self->n_peers : self->is_receiver ? 1 : 0;
  self->sent = *OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE);
}

/*
 * What is sent
 */

/* The room that a value of a type takes; FALSE if that varies. */
static gboolean
type_get_room (const GVariantType *type, Room *room)
{
  switch (*g_variant_type_peek_string (type))
    {
    case 'b':
    case 'y':
      *room = (Room){ 1, 1 };
      return TRUE;
    case 'n':
    case 'q':
      *room = (Room){ 2, 2 };
      return TRUE;
    case 'i':
    case 'u':
      *room = (Room){ 4, 4 };
      return TRUE;
    case 'x':
    case 't':
    case 'd':
      *room = (Room){ 8, 8 };
      return TRUE;
    case '(':
    case '{':
      *room = (Room){ 0, 1 };
      for (const GVariantType *member = g_variant_type_first (type); member != NULL;
           member = g_variant_type_next (member))
        {
          Room of_member;

          if (!type_get_room (member, &of_member))
            return FALSE;
          room_add (room, of_member);
        }
      room_end (room);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
arrays_set_element (Arrays *self, const Room *room)
{
  self->extent = room->size;
  self->unit = (gint64) room->size;
  self->datatype = g_object_ref (OMPI_OBJ_BYTE);
}

static gboolean
arrays_check_type (Arrays *self, const GVariantType *type)
{
  ValueOperation *operation = &self->parent;
  const int length = (int) MIN (g_variant_type_get_string_length (type), 200);
  Room room;

  if (!wire_check_type (type, OMPI_OBJ_ERROR_TYPE, operation->function, &operation->failure))
    return FALSE;
  if (!g_variant_type_is_array (type) || !type_get_room (g_variant_type_element (type), &room))
    {
      value_operation_fail (operation, OMPI_OBJ_ERROR_TYPE,
                            "the value is of type '%.*s', which is no array of elements of a fixed size", length,
                            g_variant_type_peek_string (type));
      return FALSE;
    }
  if (g_variant_type_get_string_length (type) > NOTE_TYPE_SIZE - 2)
    {
      value_operation_fail (operation, OMPI_OBJ_ERROR_TYPE, "the type '%.*s...' has more than %d letters", length,
                            g_variant_type_peek_string (type), (int) NOTE_TYPE_SIZE - 2);
      return FALSE;
    }
  arrays_set_element (self, &room);
  return TRUE;
}

/* Sends the elements of a value. The byte order goes with the type, for the elements are not swapped. */
static void
arrays_set_array (Arrays *self, GVariant *array)
{
  if (!self->is_sender)
    return;
  if (array == NULL)
    {
      value_operation_fail (&self->parent, OMPI_OBJ_ERROR_ARG, "there is no array");
      return;
    }
  if (!arrays_check_type (self, g_variant_get_type (array)))
    return;

  g_snprintf (self->type, NOTE_TYPE_SIZE, "%c%s", G_BYTE_ORDER == G_BIG_ENDIAN ? 'B' : 'l',
              g_variant_get_type_string (array));
  self->array = g_variant_ref (array);
  self->sent = *OMPI_OBJ_BUFFER (g_variant_get_data (array), (gint64) g_variant_get_size (array), OMPI_OBJ_BYTE);
}

/* Sends the elements of a buffer; those that are received are of the same datatype. */
static void
arrays_set_buffer (Arrays *self, const MpiBuffer *buffer)
{
  ValueOperation *operation = &self->parent;
  gint64 lower = 0;
  gint64 extent = 0;
  gint64 true_lower = 0;
  gint64 true_extent = 0;
  gint64 size;

  if (!buffer_check (buffer, operation->function, &operation->failure)
      || !ompi_obj_datatype_get_extent (buffer->datatype, &lower, &extent, &operation->failure)
      || !ompi_obj_datatype_get_true_extent (buffer->datatype, &true_lower, &true_extent, &operation->failure))
    return;
  size = ompi_obj_datatype_get_size (buffer->datatype, &operation->failure);
  if (size < 0)
    return;
  if (extent < 0 || true_lower < 0)
    {
      value_operation_fail (operation, OMPI_OBJ_ERROR_TYPE,
                            "elements of the datatype reach to before their address; use allgatherv");
      return;
    }

  g_snprintf (self->type, NOTE_TYPE_SIZE, "%" G_GINT64_FORMAT " bytes", size);
  self->extent = (gsize) extent;
  self->beyond = (gsize) MAX (true_lower + true_extent - extent, 0);
  self->unit = 1;
  self->datatype = g_object_ref (buffer->datatype);
  self->sent = *buffer;
}

/* How many elements of the array each rank gets. */
static void
arrays_set_counts (Arrays *self, const gint64 *counts, gsize n_counts)
{
  ValueOperation *operation = &self->parent;
  gint64 rest;

  if (!self->is_sender || operation->failure != NULL)
    return;
  if (n_counts != self->n_peers)
    {
      value_operation_fail (operation, OMPI_OBJ_ERROR_COUNT,
                            "there are %" G_GSIZE_FORMAT " counts, but it takes %" G_GSIZE_FORMAT ", one for each rank",
                            n_counts, self->n_peers);
      return;
    }

  rest = self->sent.count / self->unit;
  self->sent_counts = g_new (gint64, n_counts);
  for (gsize i = 0; i < n_counts; i++)
    {
      if (counts[i] < 0 || counts[i] > rest)
        {
          value_operation_fail (operation, OMPI_OBJ_ERROR_COUNT,
                                "counts[%" G_GSIZE_FORMAT "] is %" G_GINT64_FORMAT ", but %" G_GINT64_FORMAT
                                " elements of the array are left",
                                i, counts[i], rest);
          return;
        }
      rest -= counts[i];
      self->sent_counts[i] = counts[i] * self->unit;
    }
  if (rest > 0)
    value_operation_fail (operation, OMPI_OBJ_ERROR_COUNT,
                          "the counts leave %" G_GINT64_FORMAT " elements of the array to nobody", rest);
}

/* One more than there are, so that it is 0 only if this rank sends nothing. */
static guint64
arrays_get_n_bytes (const Arrays *self)
{
  return self->is_sender && self->parent.failure == NULL ? (guint64) (self->sent.count / self->unit) * self->extent + 1
                                                         : 0;
}

static gsize
arrays_get_n_notes_sent (const Arrays *self)
{
  if (self->kind == ARRAYS_ALLTOALL || (self->kind == ARRAYS_SCATTER && self->is_root))
    return self->n_peers;
  return self->kind == ARRAYS_SCATTER ? 0 : 1;
}

static void
arrays_write_notes (Arrays *self)
{
  const gsize n_notes = arrays_get_n_notes_sent (self);

  self->notes_sent = g_new0 (Note, n_notes);
  for (gsize i = 0; i < n_notes; i++)
    {
      Note *note = &self->notes_sent[i];

      note->n_bytes = GUINT64_TO_LE (self->parent.failure != NULL ? NOTE_FAILED : arrays_get_n_bytes (self));
      if (self->is_sender && self->parent.failure == NULL)
        {
          const gint64 count = self->sent_counts != NULL ? self->sent_counts[i] : self->sent.count;

          note->n_elements = GUINT64_TO_LE ((guint64) (count / self->unit));
          memcpy (note->type, self->type, NOTE_TYPE_SIZE);
        }
    }
}

/*
 * What is received
 */

/* The type of what comes; or if nothing comes, of what was sent. NULL if there is neither. */
static const char *
arrays_get_type (const Arrays *self)
{
  if (self->type[0] != 0)
    return self->type;
  return self->is_receiver && self->notes[0].type[0] != 0 ? self->notes[0].type : NULL;
}

static GVariant *
arrays_take_value (Arrays *self)
{
  const char *type = arrays_get_type (self);
  ValueMemory *memory = g_steal_pointer (&self->memory);

  if (type == NULL || (self->kind == ARRAYS_SCATTER && !self->is_receiver))
    return value_of_nobody ();
  if (memory == NULL)
    return g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (type + 1), NULL, 0, TRUE, NULL, NULL));
  return g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (type + 1), memory->bytes, self->n_bytes, FALSE,
                                                      (GDestroyNotify) value_memory_free, memory));
}

static void
arrays_finish (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;

  operation->n_counts = self->is_receiver ? self->n_notes : 0;
  operation->counts = g_new (gint64, operation->n_counts);
  for (gsize i = 0; i < operation->n_counts; i++)
    operation->counts[i] = (gint64) GUINT64_FROM_LE (self->notes[i].n_elements);
}

static void
arrays_move (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;
  gpointer address = self->memory != NULL ? self->memory->bytes : NULL;
  const MpiBlocks *sent = OMPI_OBJ_BLOCKS (self->sent.address, self->n_peers, self->sent_counts, NULL, self->datatype);
  const MpiBlocks *received = OMPI_OBJ_BLOCKS (address, self->n_peers, self->received_counts, NULL, self->datatype);

  switch (self->kind)
    {
    case ARRAYS_GATHER:
      value_step_gatherv (operation, &self->sent, received, self->root, arrays_finish);
      break;
    case ARRAYS_ALLGATHER:
      value_step_allgatherv (operation, &self->sent, received, arrays_finish);
      break;
    case ARRAYS_SCATTER:
      value_step_scatterv (operation, sent,
                           OMPI_OBJ_BUFFER (address, self->is_receiver ? self->received_counts[0] : 0, self->datatype),
                           self->root, arrays_finish);
      break;
    case ARRAYS_ALLTOALL:
    default:
      value_step_alltoallv (operation, sent, received, arrays_finish);
      break;
    }
}

/* The same number on all ranks, and at least what any of them receives. */
static gsize
arrays_get_bound (Arrays *self)
{
  ValueOperation *operation = &self->parent;
  gsize bound = 0;

  if (operation->is_inter)
    return (gsize) MAX (operation->own.largest, operation->remote.largest)
           * MAX (self->n_peers, (gsize) ompi_obj_comm_get_size (operation->comm));
  for (gsize i = 0; i < self->n_notes; i++)
    bound += (gsize) GUINT64_FROM_LE (self->notes[i].n_bytes);
  return bound;
}

static void
arrays_get_memory (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;
  guint64 n_elements = 0;

  if (self->datatype == NULL)
    {
      const char *type = arrays_get_type (self);
      Room room = { 1, 1 };

      if (type != NULL)
        type_get_room (g_variant_type_element (G_VARIANT_TYPE (type + 1)), &room);
      arrays_set_element (self, &room);
    }

  self->received_counts = g_new0 (gint64, MAX (self->n_peers, 1));
  for (gsize i = 0; self->is_receiver && i < self->n_notes; i++)
    {
      n_elements += GUINT64_FROM_LE (self->notes[i].n_elements);
      self->received_counts[i] = (gint64) GUINT64_FROM_LE (self->notes[i].n_elements) * self->unit;
    }
  if (n_elements > 0)
    self->n_bytes = n_elements > (G_MAXSSIZE - self->beyond) / MAX (self->extent, 1)
                        ? G_MAXSIZE /* of which there is no memory */
                        : (gsize) n_elements * self->extent + self->beyond;
  value_step_get_memory (operation, &self->memory, self->n_bytes, arrays_get_bound (self), arrays_move);
}

/* All that comes must be of one type, and of that of what is sent. */
static gboolean
arrays_check_notes (Arrays *self)
{
  const char *expected = self->parent.is_inter && self->type[0] != 0 ? self->type : NULL;

  for (gsize i = 0; i < self->n_notes; i++)
    {
      const char *type = self->notes[i].type;

      if (self->notes[i].n_bytes == 0)
        continue;
      if (expected == NULL)
        expected = type;
      if (strncmp (type, expected, NOTE_TYPE_SIZE) != 0)
        {
          value_operation_fail (&self->parent, OMPI_OBJ_ERROR_TYPE,
                                "the elements of rank %" G_GSIZE_FORMAT " are of another type (%s) than others (%s)", i,
                                type, expected);
          return FALSE;
        }
    }
  return TRUE;
}

static void
arrays_take_notes (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;

  for (gsize i = 0; !operation->is_inter && i < self->n_notes; i++)
    if (GUINT64_FROM_LE (self->notes[i].n_bytes) == NOTE_FAILED)
      {
        value_step_report (operation, (self->kind == ARRAYS_SCATTER ? self->root : (gint) i) == operation->rank);
        return;
      }

  /* In one group, all see the same; a group does not see what the other one does. */
  arrays_check_notes (self);
  if (operation->is_inter)
    value_step_agree (operation, (gsize) arrays_get_n_bytes (self), arrays_get_memory);
  else if (operation->failure != NULL)
    operation->error = g_steal_pointer (&operation->failure);
  else
    arrays_get_memory (operation);
}

static void
arrays_send_notes (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;
  const gint64 n_sent = (gint64) arrays_get_n_notes_sent (self);
  const MpiBuffer *sent;
  const MpiBuffer *received;

  self->notes = g_new0 (Note, self->n_notes);
  sent = OMPI_OBJ_BUFFER (self->notes_sent, n_sent * NOTE_SIZE, OMPI_OBJ_BYTE);
  received = OMPI_OBJ_BUFFER (self->notes, (gint64) self->n_notes * NOTE_SIZE, OMPI_OBJ_BYTE);
  switch (self->kind)
    {
    case ARRAYS_GATHER:
    case ARRAYS_ALLGATHER:
      value_step_allgather (operation, sent, received, arrays_take_notes);
      break;
    case ARRAYS_SCATTER:
      value_step_scatter (operation, sent, received, self->root, arrays_take_notes);
      break;
    case ARRAYS_ALLTOALL:
    default:
      value_step_alltoall (operation, sent, received, arrays_take_notes);
      break;
    }
}

static void
arrays_take_agreement (ValueOperation *operation)
{
  const ArraysKind kind = ((Arrays *) operation)->kind;

  if ((kind != ARRAYS_GATHER && kind != ARRAYS_SCATTER) || value_operation_check_root (operation))
    arrays_send_notes (operation);
}

static void
arrays_begin (ValueOperation *operation)
{
  Arrays *self = (Arrays *) operation;

  arrays_write_notes (self);
  if (operation->is_inter)
    value_step_agree (operation, (gsize) arrays_get_n_bytes (self), arrays_take_agreement);
  else
    arrays_send_notes (operation);
}

/*
 * The methods
 */

static void
arrays_end_counts (Arrays *self, gint64 **counts, gsize *n_counts)
{
  if (n_counts != NULL)
    *n_counts = self->parent.n_counts;
  if (counts != NULL)
    *counts = g_steal_pointer (&self->parent.counts);
}

static GVariant *
arrays_run (Arrays *self, gint64 **counts, gsize *n_counts, GError **error)
{
  if (value_operation_run (&self->parent, arrays_begin))
    self->parent.value = arrays_take_value (self);
  arrays_end_counts (self, counts, n_counts);
  return value_operation_end_value (&self->parent, error);
}

static void
clear_counts (gint64 **counts, gsize *n_counts)
{
  if (counts != NULL)
    *counts = NULL;
  if (n_counts != NULL)
    *n_counts = 0;
}

/**
 * ompi_obj_comm_gather_array:
 * @self: a communicator
 * @array: (nullable): this rank's elements: an array (`ad`, `a(ii)`, ...) of any length, of elements of a fixed
 *   size, ignored in the group of the root of an intercommunicator; a floating one is consumed
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @counts: (out) (optional) (array length=n_counts) (transfer full): how many elements came from each rank;
 *   none but at the root
 * @n_counts: (out) (optional): how many ranks
 * @error: return location for a #GError
 *
 * Puts the elements of the arrays of all ranks together into one array at the root. Collective. Nobody
 * needs to know beforehand how many there are, and no element is copied but by MPI.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no array, [error@Mpi.Error.type] if it is
 * not one of elements of a fixed size, if the types differ or have more than 110 letters,
 * [error@Mpi.Error.no_mem] if the root has no memory for all.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Gatherv` (MPI-4.0, section 6.5).
 *
 * Returns: (transfer full): at the root the array of all elements, in rank order; elsewhere an empty array, or
 *   the empty tuple `()` in the root's group of an intercommunicator; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_gather_array (MpiComm *self, GVariant *array, gint root, gint64 **counts, gsize *n_counts, GError **error)
{
  g_autoptr (GVariant) owned = array != NULL ? g_variant_ref_sink (array) : NULL;
  Arrays operation;
  int mpi_root;

  clear_counts (counts, n_counts);
  COMM_ENTER (self, "MPI_Gatherv", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Gatherv", error))
    return NULL;
  arrays_init (&operation, ARRAYS_GATHER, self, root, "MPI_Gatherv");
  arrays_set_array (&operation, owned);
  return arrays_run (&operation, counts, n_counts, error);
}

/**
 * ompi_obj_comm_allgather_array:
 * @self: a communicator
 * @array: (nullable): this rank's elements: an array (`ad`, `a(ii)`, ...) of any length, of elements of a fixed
 *   size; a floating one is consumed
 * @counts: (out) (optional) (array length=n_counts) (transfer full): how many elements came from each rank
 * @n_counts: (out) (optional): how many ranks
 * @error: return location for a #GError
 *
 * Puts the elements of the arrays of all ranks together into one array on all ranks. Collective. On an
 * intercommunicator each rank gets those of the other group.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no array, [error@Mpi.Error.type] if it is
 * not one of elements of a fixed size, if the types differ or have more than 110 letters,
 * [error@Mpi.Error.no_mem] if a rank has no memory for all. On the rank that is wrong:
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allgatherv` (MPI-4.0, section 6.7).
 *
 * Returns: (transfer full): the array of all elements, in rank order; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_allgather_array (MpiComm *self, GVariant *array, gint64 **counts, gsize *n_counts, GError **error)
{
  g_autoptr (GVariant) owned = array != NULL ? g_variant_ref_sink (array) : NULL;
  Arrays operation;

  clear_counts (counts, n_counts);
  COMM_ENTER (self, "MPI_Allgatherv", error, NULL);

  arrays_init (&operation, ARRAYS_ALLGATHER, self, 0, "MPI_Allgatherv");
  arrays_set_array (&operation, owned);
  return arrays_run (&operation, counts, n_counts, error);
}

/**
 * ompi_obj_comm_scatter_array:
 * @self: a communicator
 * @array: (nullable): at the root all elements: an array (`ad`, `a(ii)`, ...) of elements of a fixed size; ignored
 *   elsewhere; a floating one is consumed
 * @counts: (array length=n_counts) (nullable): at the root how many elements each rank gets, in all as many as
 *   there are; ignored elsewhere
 * @n_counts: how many ranks
 * @root: the rank that sends, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Deals out the elements of an array of the root's. Collective. The others need to know neither how many they
 * get, nor of what type.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if the root has no array, [error@Mpi.Error.type] if it is
 * not one of elements of a fixed size, [error@Mpi.Error.count] if the counts do not fit,
 * [error@Mpi.Error.no_mem] if a rank has no memory for its elements.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scatterv` (MPI-4.0, section 6.6).
 *
 * Returns: (transfer full): the array of this rank's elements, or the empty tuple `()` in the root's group of an
 *   intercommunicator; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_scatter_array (MpiComm *self,
                             GVariant *array,
                             const gint64 *counts,
                             gsize n_counts,
                             gint root,
                             GError **error)
{
  g_autoptr (GVariant) owned = array != NULL ? g_variant_ref_sink (array) : NULL;
  Arrays operation;
  int mpi_root;

  COMM_ENTER (self, "MPI_Scatterv", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Scatterv", error))
    return NULL;
  arrays_init (&operation, ARRAYS_SCATTER, self, root, "MPI_Scatterv");
  arrays_set_array (&operation, owned);
  arrays_set_counts (&operation, counts, n_counts);
  return arrays_run (&operation, NULL, NULL, error);
}

/**
 * ompi_obj_comm_alltoall_array:
 * @self: a communicator
 * @array: (nullable): all elements that this rank sends: an array (`ad`, `a(ii)`, ...) of elements of a fixed
 *   size; a floating one is consumed
 * @counts: (array length=n_counts): how many elements each rank gets, in all as many as there are
 * @n_counts: how many ranks
 * @recv_counts: (out) (optional) (array length=n_recv_counts) (transfer full): how many elements came from each rank
 * @n_recv_counts: (out) (optional): how many ranks
 * @error: return location for a #GError
 *
 * Deals out the elements of an array of each rank, and puts those that come together into one array.
 * Collective. On an intercommunicator they go to the other group, and come from there.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no array, [error@Mpi.Error.type] if it is
 * not one of elements of a fixed size, or the types differ, [error@Mpi.Error.count] if the counts do not
 * fit, [error@Mpi.Error.no_mem] if a rank has no memory for what comes. On the rank that is wrong:
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Alltoallv` (MPI-4.0, section 6.8).
 *
 * Returns: (transfer full): the array of what came, in rank order; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_alltoall_array (MpiComm *self,
                              GVariant *array,
                              const gint64 *counts,
                              gsize n_counts,
                              gint64 **recv_counts,
                              gsize *n_recv_counts,
                              GError **error)
{
  g_autoptr (GVariant) owned = array != NULL ? g_variant_ref_sink (array) : NULL;
  Arrays operation;

  clear_counts (recv_counts, n_recv_counts);
  COMM_ENTER (self, "MPI_Alltoallv", error, NULL);

  arrays_init (&operation, ARRAYS_ALLTOALL, self, 0, "MPI_Alltoallv");
  arrays_set_array (&operation, owned);
  arrays_set_counts (&operation, counts, n_counts);
  return arrays_run (&operation, recv_counts, n_recv_counts, error);
}

/**
 * ompi_obj_comm_allgather_buffer:
 * @self: a communicator
 * @buffer: this rank's elements, as many as it has
 * @counts: (out) (optional) (array length=n_counts) (transfer full): how many elements came from each rank
 * @n_counts: (out) (optional): how many ranks
 * @error: return location for a #GError
 *
 * Puts the elements of the buffers of all ranks together in new memory on all ranks. Collective. The
 * datatype is as large on every rank; nobody needs to know beforehand how many elements there are. On an
 * intercommunicator each rank gets those of the other group.
 *
 * Errors, on every rank: [error@Mpi.Error.count], [error@Mpi.Error.buffer] or [error@Mpi.Error.type] if a
 * rank's @buffer is wrong, [error@Mpi.Error.type] if the sizes of the datatypes differ,
 * [error@Mpi.Error.no_mem] if a rank has no memory for all. On the rank that is wrong:
 * [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allgatherv` (MPI-4.0, section 6.7).
 *
 * Returns: (transfer full): a new buffer of all elements, in rank order, that owns its memory, of the datatype
 *   of @buffer; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_comm_allgather_buffer (MpiComm *self,
                                const MpiBuffer *buffer,
                                gint64 **counts,
                                gsize *n_counts,
                                GError **error)
{
  MpiBuffer *result = NULL;
  Arrays operation;

  clear_counts (counts, n_counts);
  g_return_val_if_fail (buffer != NULL, NULL);
  COMM_ENTER (self, "MPI_Allgatherv", error, NULL);

  arrays_init (&operation, ARRAYS_ALLGATHER, self, 0, "MPI_Allgatherv");
  arrays_set_buffer (&operation, buffer);
  if (value_operation_run (&operation.parent, arrays_begin))
    {
      ValueMemory *memory =
          operation.memory != NULL ? g_steal_pointer (&operation.memory) : value_memory_new (operation.n_bytes);
      g_autoptr (GBytes) owner =
          g_bytes_new_with_free_func (memory->bytes, operation.n_bytes, (GDestroyNotify) value_memory_free, memory);
      gint64 count = 0;

      for (gsize i = 0; i < operation.parent.n_counts; i++)
        count += operation.parent.counts[i];
      result = ompi_obj_buffer_copy (
          &(MpiBuffer){ .address = memory->bytes, .count = count, .datatype = operation.datatype, .owner = owner });
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&operation.parent.error));
    }
  arrays_end_counts (&operation, counts, n_counts);
  value_operation_clear (&operation.parent);
  return result;
}
