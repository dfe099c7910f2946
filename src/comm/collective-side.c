/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What is sent or received in a collective, as MPI takes it, and what a request keeps of it.
 */

#include "config.h"

#include <string.h>

#include "collective-private.h"
#include "mpi-capabilities-private.h"

static void
side_clear (CollectiveSide *side)
{
  if (G_LIKELY (side->counts == NULL))
    return; /* a buffer: there are no arrays */
  g_free (side->counts);
  g_free (side->displacements);
  g_free (side->datatypes);
  g_free (side->kept);
}

void
ompi_obj_collective_arguments_clear (CollectiveArguments *arguments)
{
  side_clear (&arguments->send);
  side_clear (&arguments->recv);
}

/*
 * Buffers
 */

static gboolean COLD
report_missing (gconstpointer side, const char *name, const char *function, GError **error)
{
  if (side == NULL)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function, "%s is NULL, but this rank needs it", name);
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                        "%s is OMPI_OBJ_IN_PLACE, which is not allowed there on this rank", name);
  return FALSE;
}

/* A buffer that is divided between N_PARTS ranks. */
gboolean
ompi_obj_collective_side_set_parts (CollectiveSide *side,
                                    const MpiBuffer *buffer,
                                    gint64 n_parts,
                                    const char *name,
                                    const char *function,
                                    GError **error)
{
  MpiBuffer part;

  if (G_UNLIKELY (buffer == NULL || address_is_in_place (buffer->address)))
    return report_missing (buffer, name, function, error);

  if (G_UNLIKELY (n_parts <= 0))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function, "the communicator was freed");
      return FALSE;
    }
  part = *buffer;
  if (n_parts != 1 && buffer->count > 0)
    {
      if (G_UNLIKELY (buffer->count % n_parts != 0))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                              "%s has %" G_GINT64_FORMAT " elements, which is no multiple of the %" G_GINT64_FORMAT
                              " ranks",
                              name, buffer->count, n_parts);
          return FALSE;
        }
      part.count /= n_parts;
    }
  if (!buffer_check (&part, function, error))
    return FALSE;
  side->address = part.address;
  side->count = part.count;
  side->datatype = part.datatype->handle;
  side->memory = *buffer;
  return TRUE;
}

/*
 * Blocks
 */

gboolean
ompi_obj_collective_check_number (gint64 number, const char *what, gsize block, const char *function, GError **error)
{
#ifdef HAVE_MPI_LARGE_COUNT
  (void) number, (void) what, (void) block, (void) function, (void) error;
#else
  if (G_UNLIKELY (number > G_MAXINT || number < G_MININT))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                          "the %s of block %" G_GSIZE_FORMAT " is %" G_GINT64_FORMAT
                          ", but this MPI is older than 4.0 and counts to %d; use a derived datatype",
                          what, block, number, G_MAXINT);
      return FALSE;
    }
#endif
  return TRUE;
}

static gboolean
side_set_numbers (CollectiveSide *side,
                  const MpiBlocks *blocks,
                  const gint64 *displacements,
                  const char *function,
                  GError **error)
{
  side->counts = g_new (BlockCount, blocks->n_blocks);
  side->displacements = g_new (BlockDisplacement, blocks->n_blocks);
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      if (!ompi_obj_collective_check_number (blocks->counts[i], "count", i, function, error)
          || !ompi_obj_collective_check_number (displacements[i], "displacement", i, function, error))
        return FALSE;
      side->counts[i] = (BlockCount) blocks->counts[i];
      side->displacements[i] = (BlockDisplacement) displacements[i];
    }
  return TRUE;
}

static gboolean
check_address (const MpiBlocks *blocks, const char *name, const char *function, GError **error)
{
  for (gsize i = 0; i < blocks->n_blocks && blocks->address == NULL; i++)
    {
      MpiBuffer block = { .count = blocks->counts[i], .datatype = blocks_get_datatype (blocks, i) };

      if (block.count > 0 && buffer_address_is_missing (&block))
        {
          ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                              "the address of %s is NULL, but the count of block %" G_GSIZE_FORMAT
                              " is %" G_GINT64_FORMAT,
                              name, i, block.count);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_n_blocks (gsize n_blocks, gsize n_ranks, const char *name, const char *function, GError **error)
{
  if (G_LIKELY (n_blocks == n_ranks))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                      "%s has %" G_GSIZE_FORMAT " blocks, but there are %" G_GSIZE_FORMAT " ranks", name, n_blocks,
                      n_ranks);
  return FALSE;
}

/* Blocks of any datatypes, one for each of the ranks that messages go to; DISPLACEMENTS in the unit of the blocks. */
static gboolean
blocks_prepare (MpiComm *self,
                const MpiBlocks *blocks,
                gint64 *displacements,
                const char *name,
                const char *function,
                GError **error)
{
  return ompi_obj_blocks_place (blocks, displacements, function, error) && check_address (blocks, name, function, error)
         && comm_check (self, function, error);
}

static gboolean
blocks_check (const MpiBlocks *blocks, gsize n_ranks, const char *name, const char *function, GError **error)
{
  if (G_UNLIKELY (blocks == NULL || address_is_in_place (blocks->address)))
    return report_missing (blocks, name, function, error);
  return check_n_blocks (blocks->n_blocks, n_ranks, name, function, error);
}

/* Blocks of one datatype. */
gboolean
ompi_obj_collective_side_set_blocks (CollectiveSide *side,
                                     MpiComm *self,
                                     const MpiBlocks *blocks,
                                     gsize n_ranks,
                                     const char *name,
                                     const char *function,
                                     GError **error)
{
  g_autofree gint64 *displacements = NULL;

  if (!blocks_check (blocks, n_ranks, name, function, error))
    return FALSE;
  if (blocks->datatypes != NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, function,
                          "the blocks of %s have datatypes of their own, which only alltoallw takes", name);
      return FALSE;
    }
  displacements = g_new (gint64, blocks->n_blocks);
  if (!blocks_prepare (self, blocks, displacements, name, function, error))
    return FALSE;
  side->address = blocks->address;
  side->datatype = blocks->datatype->handle;
  side->memory.datatype = blocks->datatype;
  side->memory.owner = blocks->owner;
  return side_set_numbers (side, blocks, displacements, function, error);
}

/* From elements to bytes. */
static gboolean
scale_displacements (const MpiBlocks *blocks, gint64 *displacements, const char *function, GError **error)
{
  MPI_Count lower_bound;
  MPI_Count extent;

  if (!CHECK_MPI (error, MPI_Type_get_extent_c, blocks->datatype->handle, &lower_bound, &extent))
    return FALSE;
  for (gsize i = 0; i < blocks->n_blocks; i++)
    if (__builtin_mul_overflow (displacements[i], (gint64) extent, &displacements[i]))
      {
        ompi_obj_error_set (error, OMPI_OBJ_ERROR_COUNT, function,
                            "block %" G_GSIZE_FORMAT " starts behind the end of memory", i);
        return FALSE;
      }
  return TRUE;
}

/* Blocks of a datatype each; of the ones without elements, some MPIs want a valid one all the same. */
gboolean
ompi_obj_collective_side_set_blocks_of_types (CollectiveSide *side,
                                              MpiComm *self,
                                              const MpiBlocks *blocks,
                                              gsize n_ranks,
                                              const char *name,
                                              const char *function,
                                              GError **error)
{
  g_autofree gint64 *displacements = NULL;

  if (!blocks_check (blocks, n_ranks, name, function, error))
    return FALSE;
  displacements = g_new (gint64, blocks->n_blocks);
  if (!blocks_prepare (self, blocks, displacements, name, function, error)
      || (blocks->datatypes == NULL && !scale_displacements (blocks, displacements, function, error)))
    return FALSE;

  side->address = blocks->address;
  side->memory.datatype = blocks->datatypes == NULL ? blocks->datatype : OMPI_OBJ_BYTE;
  side->memory.owner = blocks->owner;
  side->datatypes = g_new (MPI_Datatype, blocks->n_blocks);
  side->kept = g_new0 (MpiDatatype *, blocks->n_blocks);
  side->n_kept = blocks->n_blocks;
  for (gsize i = 0; i < blocks->n_blocks; i++)
    {
      side->kept[i] = blocks_get_datatype (blocks, i);
      side->datatypes[i] = side->kept[i] != NULL ? side->kept[i]->handle : MPI_BYTE;
    }
  return side_set_numbers (side, blocks, displacements, function, error);
}

/*
 * Memory
 */

/* Where elements are that follow each other without gaps; FALSE if there are gaps, in which others may be. */
static gboolean
get_dense_span (const MpiBuffer *memory, guintptr *start, guintptr *length)
{
  MPI_Count size, lower_bound, extent, true_lower_bound, true_extent;

  if (MPI_Type_size_c (memory->datatype->handle, &size) != MPI_SUCCESS
      || MPI_Type_get_extent_c (memory->datatype->handle, &lower_bound, &extent) != MPI_SUCCESS
      || MPI_Type_get_true_extent_c (memory->datatype->handle, &true_lower_bound, &true_extent) != MPI_SUCCESS)
    return FALSE;
  if (memory->datatype->name == NULL && (size != true_extent || (memory->count > 1 && size != extent)))
    return FALSE;
  *start = (guintptr) memory->address + (guintptr) true_lower_bound;
  *length = (guintptr) (memory->count - 1) * (guintptr) extent + (guintptr) true_extent;
  return TRUE;
}

gboolean
ompi_obj_collective_check_apart (const MpiBuffer *sent, const MpiBuffer *received, const char *function, GError **error)
{
  guintptr send_start, send_length, recv_start, recv_length;

  if (sent->count <= 0 || received->count <= 0 || memory_is_far_apart (sent, received)
      || !get_dense_span (sent, &send_start, &send_length) || !get_dense_span (received, &recv_start, &recv_length)
      || (send_start < recv_start ? recv_start - send_start >= send_length : send_start - recv_start >= recv_length))
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_BUFFER, function,
                      "what is sent and what is received overlap in memory; use a copy, or OMPI_OBJ_IN_PLACE where "
                      "the operation takes it");
  return FALSE;
}

/*
 * Requests
 */

/* What MPI still needs is moved out of the arguments of the call, with references to what it was borrowed from. */
static CollectiveArguments *
arguments_keep (CollectiveArguments *arguments)
{
  CollectiveArguments *kept = g_memdup2 (arguments, sizeof *arguments);
  CollectiveSide *sides[] = { &kept->send, &kept->recv };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (gsize j = 0; j < sides[i]->n_kept; j++)
      if (sides[i]->kept[j] != NULL)
        g_object_ref (sides[i]->kept[j]);
  if (kept->op != NULL)
    g_object_ref (kept->op);
  memset (arguments, 0, sizeof *arguments);
  return kept;
}

static void
arguments_release (gpointer data)
{
  CollectiveArguments *kept = data;
  CollectiveSide *sides[] = { &kept->send, &kept->recv };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (gsize j = 0; j < sides[i]->n_kept; j++)
      g_clear_object (&sides[i]->kept[j]);
  g_clear_object (&kept->op);
  ompi_obj_collective_arguments_clear (kept);
  g_free (kept);
}

static const MpiBuffer *
side_get_memory (const CollectiveSide *side)
{
  return side->memory.datatype != NULL ? &side->memory : NULL;
}

static MpiRequest *
collective_new_request (GType type,
                        MpiComm *self,
                        MPI_Request handle,
                        OperationFlags flags,
                        CollectiveArguments *arguments)
{
  MpiRequest *request =
      ompi_obj_request_new_for_operation (type, handle, flags | OPERATION_IS_COLLECTIVE, self,
                                          side_get_memory (&arguments->send), side_get_memory (&arguments->recv));

  if (arguments->send.counts != NULL || arguments->recv.counts != NULL)
    ompi_obj_request_keep (request, arguments_keep (arguments), arguments_release);
  else if (arguments->op != NULL)
    ompi_obj_request_keep (request, g_object_ref (arguments->op), g_object_unref);
  return request;
}

MpiRequest *
ompi_obj_collective_new_started (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments)
{
  return collective_new_request (OMPI_OBJ_TYPE_REQUEST, self, handle, 0, arguments);
}

MpiPrequest *
ompi_obj_collective_new_persistent (MpiComm *self, MPI_Request handle, CollectiveArguments *arguments)
{
  return OMPI_OBJ_PREQUEST (
      collective_new_request (OMPI_OBJ_TYPE_PREQUEST, self, handle, OPERATION_IS_PERSISTENT, arguments));
}

gboolean
ompi_obj_collective_check_persistent (MpiInfo *info, const char *function, GError **error)
{
  return ompi_obj_require_feature (OMPI_OBJ_FEATURE_PERSISTENT_COLLECTIVE, function, error)
         && (info == NULL || ompi_obj_info_check (info, function, error));
}
