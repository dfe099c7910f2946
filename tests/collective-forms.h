/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The three forms of each collective behind one function, so that a test does the same with all of them; and the
 * numbers that the ranks send, so that each knows what it must receive.
 */

#include "harness.h"

typedef enum
{
  FORM_BLOCKING,
  FORM_NONBLOCKING,
  FORM_PERSISTENT,
  N_FORMS
} Form;

/* How many of the forms this MPI has. */
#define N_FORMS_HERE (MPI_VERSION >= 4 ? N_FORMS : FORM_PERSISTENT)

static inline gboolean
form_finish (MpiRequest *request, GError **error)
{
  gboolean succeeded = request != NULL && ompi_obj_request_wait (request, NULL, error);

  g_clear_object (&request);
  return succeeded;
}

static inline gboolean
form_start_and_finish (MpiPrequest *request, GError **error)
{
  if (request == NULL || !ompi_obj_prequest_start (request, error))
    {
      g_clear_object (&request);
      return FALSE;
    }
  return form_finish (OMPI_OBJ_REQUEST (request), error);
}

#define FORM_UNPACK(...) __VA_ARGS__

#define DEFINE_FORMS_OF(class, object, name, parameters, ...)                                                      \
  static inline gboolean do_##name (Form form, MpiComm *comm, FORM_UNPACK parameters, GError **error)              \
  {                                                                                                                \
    switch (form)                                                                                                  \
      {                                                                                                            \
      case FORM_BLOCKING:                                                                                          \
        return ompi_obj_##class##_##name (object, __VA_ARGS__, error);                                             \
      case FORM_NONBLOCKING:                                                                                       \
        return form_finish (ompi_obj_##class##_i##name (object, __VA_ARGS__, error), error);                       \
      case FORM_PERSISTENT:                                                                                        \
      case N_FORMS:                                                                                                \
      default:                                                                                                     \
        return form_start_and_finish (ompi_obj_##class##_##name##_init (object, __VA_ARGS__, NULL, error), error); \
      }                                                                                                            \
  }

#define DEFINE_FORMS(name, parameters, ...) DEFINE_FORMS_OF (comm, comm, name, parameters, __VA_ARGS__)
#define DEFINE_FORMS_OF_SCAN(name, parameters, ...) \
  DEFINE_FORMS_OF (intracomm, OMPI_OBJ_INTRACOMM (comm), name, parameters, __VA_ARGS__)

DEFINE_FORMS (bcast, (const MpiBuffer *buffer, gint root), buffer, root)
DEFINE_FORMS (gather, (const MpiBuffer *send, const MpiBuffer *recv, gint root), send, recv, root)
DEFINE_FORMS (gatherv, (const MpiBuffer *send, const MpiBlocks *recv, gint root), send, recv, root)
DEFINE_FORMS (scatter, (const MpiBuffer *send, const MpiBuffer *recv, gint root), send, recv, root)
DEFINE_FORMS (scatterv, (const MpiBlocks *send, const MpiBuffer *recv, gint root), send, recv, root)
DEFINE_FORMS (allgather, (const MpiBuffer *send, const MpiBuffer *recv), send, recv)
DEFINE_FORMS (allgatherv, (const MpiBuffer *send, const MpiBlocks *recv), send, recv)
DEFINE_FORMS (alltoall, (const MpiBuffer *send, const MpiBuffer *recv), send, recv)
DEFINE_FORMS (alltoallv, (const MpiBlocks *send, const MpiBlocks *recv), send, recv)
DEFINE_FORMS (alltoallw, (const MpiBlocks *send, const MpiBlocks *recv), send, recv)
DEFINE_FORMS (reduce, (const MpiBuffer *send, const MpiBuffer *recv, MpiOp *op, gint root), send, recv, op, root)
DEFINE_FORMS (allreduce, (const MpiBuffer *send, const MpiBuffer *recv, MpiOp *op), send, recv, op)
DEFINE_FORMS (reduce_scatter_block, (const MpiBuffer *send, const MpiBuffer *recv, MpiOp *op), send, recv, op)
DEFINE_FORMS (reduce_scatter,
              (const MpiBuffer *send, const MpiBuffer *recv, const gint64 *counts, gsize n_counts, MpiOp *op),
              send,
              recv,
              counts,
              n_counts,
              op)
DEFINE_FORMS_OF_SCAN (scan, (const MpiBuffer *send, const MpiBuffer *recv, MpiOp *op), send, recv, op)
DEFINE_FORMS_OF_SCAN (exscan, (const MpiBuffer *send, const MpiBuffer *recv, MpiOp *op), send, recv, op)

/*
 * Roots: every rank in turn; on an intercommunicator those of the one side, then those of the other.
 */

static inline gint
get_side (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? harness_world_rank () % 2 : 0;
}

/* Of the ranks that messages come from and go to. */
static inline gint
get_peer_side (MpiComm *comm)
{
  return ompi_obj_comm_is_inter (comm) ? 1 - harness_world_rank () % 2 : 0;
}

typedef struct
{
  gint side;
  gint rank;

  gint root;        /* what this rank passes */
  gboolean is_root; /* has the data of all leaves */
  gboolean is_leaf;
} Roots;

#define ROOTS_INIT          \
  {                         \
    0, -1, -1, FALSE, FALSE \
  }

static inline gboolean
roots_next (Roots *roots, MpiComm *comm)
{
  gboolean is_inter = ompi_obj_comm_is_inter (comm);
  gboolean is_mine = roots->side == get_side (comm);

  if (++roots->rank >= (is_mine ? ompi_obj_comm_get_size (comm) : harness_n_peers (comm)))
    {
      if (!is_inter || roots->side == 1)
        return FALSE;
      roots->side = 1;
      roots->rank = 0;
      is_mine = !is_mine;
    }
  roots->is_root = is_mine && ompi_obj_comm_get_rank (comm) == roots->rank;
  roots->is_leaf = !is_inter || !is_mine;
  roots->root = roots->rank;
  if (is_inter && is_mine)
    roots->root = roots->is_root ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
  return TRUE;
}

/*
 * Numbers: element i of what a rank sends to another.
 */

#define NOTHING (-1)

static inline gint
number_of (gint side, gint from, gint to, gint i)
{
  return side * 100000000 + from * 1000000 + to * 10000 + i % 10000;
}

static inline gint *
new_numbers (gsize n)
{
  gint *numbers = g_new (gint, n + 1);

  for (gsize i = 0; i <= n; i++)
    numbers[i] = NOTHING;
  return numbers;
}

static inline void
fill_numbers (gint *numbers, gint n, gint side, gint from, gint to)
{
  for (gint i = 0; i < n; i++)
    numbers[i] = number_of (side, from, to, i);
}

#define assert_numbers(numbers, n, side, from, to)                                                         \
  do                                                                                                       \
    {                                                                                                      \
      for (gint i_ = 0; i_ < (n); i_++)                                                                    \
        if ((numbers)[i_] != number_of (side, from, to, i_))                                               \
          ck_abort_msg ("element %d of %d, from rank %d for rank %d, is %d instead of %d", i_, (gint) (n), \
                        (gint) (from), (gint) (to), (numbers)[i_], number_of (side, from, to, i_));        \
    }                                                                                                      \
  while (0)

/* Takes @datatype, and makes it fit for use. */
static inline MpiDatatype *
committed (MpiDatatype *datatype, GError **error)
{
  if (datatype != NULL && !ompi_obj_datatype_commit (datatype, error))
    g_clear_object (&datatype);
  return datatype;
}

#define assert_fails(call, code, text)  \
  do                                    \
    {                                   \
      ck_assert (!(call));              \
      assert_error (error, code, text); \
    }                                   \
  while (0)

/* The counts that tests go through. */
static const gint collective_counts[] = { 0, 1, 5, 3000 };
