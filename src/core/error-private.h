/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * From MPI's return codes to GError.
 */

#include <mpi.h>

#include <ompi_obj/error.h>

#include "compiler-private.h"

void ompi_obj_error_set (GError **error, MpiError code, const char *function, const char *format, ...) COLD
    G_GNUC_PRINTF (4, 5);

/* Of a number among the arguments: "NAME[PLACE] is VALUE, REASON", without a place if that is negative; gives FALSE. */
gboolean ompi_obj_error_report_number (const char *function,
                                       MpiError code,
                                       const char *name,
                                       gssize place,
                                       gint64 value,
                                       const char *reason,
                                       GError **error) COLD;

void ompi_obj_error_set_mpi (GError **error, const char *function, int mpi_code) COLD;

/* Makes a code one that MPI gave: a code in a status, say. The functions that take codes refuse others. */
void ompi_obj_error_remember (int mpi_code) COLD;

/* Whether a code is one that MPI gave or that was added; MPI may not survive another. */
gboolean ompi_obj_error_check_code (int mpi_code, const char *function, GError **error);

void ompi_obj_error_ensure (GError **error, const char *function) COLD;

static inline gboolean
check_mpi (GError **error, const char *function, int mpi_code)
{
  if (G_LIKELY (mpi_code == MPI_SUCCESS))
    return TRUE;
  ompi_obj_error_set_mpi (error, function, mpi_code);
  return FALSE;
}

/* Calls an MPI function; TRUE if it succeeded, else an error that names it. */
#define CHECK_MPI(error, function, ...) check_mpi (error, #function, function (__VA_ARGS__))

/* An overridden slot may fail without saying why (an exception in another language); the caller still gets an error. */
static inline gboolean
check_slot (GError **error, const char *function, gboolean succeeded)
{
  if (G_UNLIKELY (!succeeded))
    ompi_obj_error_ensure (error, function);
  return succeeded;
}

#define CHECK_SLOT(error, call) check_slot (error, G_STRFUNC, (call))
