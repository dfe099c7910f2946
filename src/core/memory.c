/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mpi.h>
#include <string.h>

#include <ompi_obj/memory.h>

#include "environment-private.h"
#include "error-private.h"
#include "info-private.h"

/*
 * When memory is exhausted, MPICH says that it succeeded and gives the address of what would stand behind
 * its own header at NULL. No memory of a program begins in the first page.
 */
#define FIRST_ADDRESS 4096

/* The memory went with MPI if that has been finalized. */
static void
memory_free (gpointer memory)
{
  if (environment_is_active ())
    MPI_Free_mem (memory);
}

/**
 * ompi_obj_buffer_new_alloc: (constructor)
 * @n_bytes: the size in bytes
 * @info: (nullable): hints, such as `alignment`
 * @error: return location for a #GError
 *
 * Makes a buffer of zeroed memory that MPI allocates, which on some networks is faster to send from
 * and to access from other ranks. Its elements are bytes.
 *
 * The memory is given back to MPI when the last reference to its owner is dropped: the buffer, its
 * copies, and what [method@Mpi.Buffer.get_bytes] returned. All of it is gone when MPI is finalized.
 *
 * Errors: [error@Mpi.Error.no_mem] if there is not so much memory, [error@Mpi.Error.info] if @info was
 * freed, [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Alloc_mem` and `MPI_Free_mem` (MPI-4.0, section 9.2).
 *
 * Returns: (transfer full): a new buffer; %NULL on error
 *
 * Since: 1.0
 */
MpiBuffer *
ompi_obj_buffer_new_alloc (gsize n_bytes, MpiInfo *info, GError **error)
{
  g_autoptr (GBytes) owner = NULL;
  gpointer memory = NULL;

  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure ("MPI_Alloc_mem", error) || !ompi_obj_info_check (info, "MPI_Alloc_mem", error))
    return NULL;

  /* At least one byte: MPI may give no address for none. */
  if (n_bytes <= G_MAXSSIZE
      && !CHECK_MPI (error, MPI_Alloc_mem, (MPI_Aint) MAX (n_bytes, 1), info_to_mpi (info), &memory))
    return NULL;
  if ((guintptr) memory < FIRST_ADDRESS)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Alloc_mem", "n_bytes is %" G_GSIZE_FORMAT, n_bytes);
      return NULL;
    }

  memset (memory, 0, n_bytes);
  owner = g_bytes_new_with_free_func (memory, n_bytes, memory_free, memory);
  return ompi_obj_buffer_new_for_bytes (owner);
}

/**
 * ompi_obj_get_address:
 * @location: (nullable): where something is in memory
 *
 * Gets the absolute address of something, for a datatype of absolute addresses or for another rank's
 * access to it.
 *
 * Mirrors `MPI_Get_address` (MPI-4.0, section 5.1.5).
 *
 * Returns: the address as a number; 0 if MPI is not running
 *
 * Since: 1.0
 */
gint64
ompi_obj_get_address (gconstpointer location)
{
  MPI_Aint address = 0;

  if (environment_ensure ("MPI_Get_address", NULL))
    MPI_Get_address (location, &address);
  return address;
}

/**
 * ompi_obj_aint_add:
 * @base: an address, of this rank or of another
 * @displacement: a number of bytes
 *
 * Adds a displacement to an address. Mirrors `MPI_Aint_add` (MPI-4.0, section 5.1.5).
 *
 * Returns: the address @displacement bytes after @base; 0 if MPI is not running
 *
 * Since: 1.0
 */
gint64
ompi_obj_aint_add (gint64 base, gint64 displacement)
{
  return environment_ensure ("MPI_Aint_add", NULL) ? MPI_Aint_add ((MPI_Aint) base, (MPI_Aint) displacement) : 0;
}

/**
 * ompi_obj_aint_diff:
 * @first: an address
 * @second: another address of the same rank
 *
 * Subtracts two addresses. Mirrors `MPI_Aint_diff` (MPI-4.0, section 5.1.5).
 *
 * Returns: the number of bytes from @second to @first; 0 if MPI is not running
 *
 * Since: 1.0
 */
gint64
ompi_obj_aint_diff (gint64 first, gint64 second)
{
  return environment_ensure ("MPI_Aint_diff", NULL) ? MPI_Aint_diff ((MPI_Aint) first, (MPI_Aint) second) : 0;
}
