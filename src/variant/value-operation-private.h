/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Collective operations on values, step by step.
 *
 * Such an operation takes several collectives of MPI's, one after the other: sizes, agreement, data. Each
 * is a step: it is started, and when it has completed the next one is. A blocking operation takes its
 * steps with the blocking methods of the communicator; a nonblocking one with the nonblocking ones,
 * whenever somebody waits for or tests a request. Both run the same code.
 *
 * A rank that cannot take part remembers why (its failure) and goes on with nothing to give. All ranks
 * learn of it in time to stop together.
 */

#include <ompi_obj/blocks.h>
#include <ompi_obj/comm.h>

#include "error-private.h"
#include "value-memory-private.h"
#include "wire-private.h"

/* From this size on, all ranks make sure that each has the memory. Less is had or the program ends, as with g_malloc().
 */
#define VALUE_LARGE_SIZE ((gsize) 256 << 10)

typedef struct _ValueOperation ValueOperation;

typedef void (*ValueStep) (ValueOperation *self);

/*
 * Where the ranks of an operation send each other messages that nobody else receives: an intracommunicator
 * of all ranks, in which those of the own group start at OFFSET.
 */
typedef struct
{
  MpiComm *comm;
  gint offset;
  gint remote_offset; /* of the other group, on an intercommunicator */
  gint tag;           /* that no other operation uses */
} ValueMeeting;

/* What a group agrees on: the maximum of each number over its ranks. */
typedef struct
{
  gint64 failed;       /* 0: nobody; the larger, the lower is the rank that did */
  gint64 largest;      /* a size */
  gint64 root;         /* see value_operation_set_root(); 0: nobody said one */
  gint64 root_negated; /* the smallest so, which differs if they do not mean one */
  gint64 has_onlooker; /* 1: somebody is neither the root nor names it */
} ValueAgreement;

struct _ValueOperation
{
  MpiComm *comm;        /* where the collectives take place */
  ValueMeeting meeting; /* and the messages, if there are any */
  const char *function; /* what errors name */
  gint rank;            /* as errors name it */
  gboolean is_blocking;
  gboolean is_inter; /* COMM has two groups */
  gint64 root;       /* an even number made from its rank at the root, the next one where it is named; 0 beside it */
  void (*clear) (ValueOperation *self);

  ValueStep next;         /* NULL: it is over when nothing is pending any more */
  MpiRequest *pending[2]; /* what must have completed before the next step */

  /* A message that was asked for with value_step_exchange() */
  gboolean is_probing;
  gint source;
  GBytes *incoming;
  GVariant *received;

  GError *failure;             /* what all ranks must be told before anything else is done */
  gboolean failure_is_foreign; /* another rank told this one */

  ValueStep after_agreement;
  ValueAgreement agreements[2];
  ValueAgreement own;    /* what the own group agreed on */
  ValueAgreement remote; /* the other group; the same if there is one group only */
  guint8 *reports;

  /* What it ends with */
  GError *error;
  GVariant *value;
  GPtrArray *values;
  gint64 *counts;
  gsize n_counts;
};

/* SELF is all zero. */
void value_operation_init (ValueOperation *self, MpiComm *comm, const char *function);
void value_operation_clear (ValueOperation *self);

/* Says the root, as the method was given it, in the agreements to come. */
void value_operation_set_root (ValueOperation *self, gint root);

/* Takes all steps. */
gboolean value_operation_run (ValueOperation *self, ValueStep first);

/* Gives the result or the error, and clears it. */
GVariant *value_operation_end_value (ValueOperation *self, GError **error);
GPtrArray *value_operation_end_values (ValueOperation *self, GError **error);

/* Takes the steps that can be taken without waiting. TRUE if it is over. */
gboolean value_operation_progress (ValueOperation *self);

/* Remembers why this rank cannot take part, if it does not know a reason already. */
void value_operation_fail (ValueOperation *self, MpiError code, const char *format, ...) COLD G_GNUC_PRINTF (3, 4);

/*
 * Steps. A step function calls at most one of these, as the last thing it does; or ends the operation by
 * calling none. NEXT is called when the step has succeeded; if it failed the operation is over.
 */

void value_step_bcast (ValueOperation *self, const MpiBuffer *buffer, gint root, ValueStep next);

void
value_step_allgather (ValueOperation *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, ValueStep next);

void
value_step_alltoall (ValueOperation *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, ValueStep next);

void value_step_scatter (ValueOperation *self,
                         const MpiBuffer *send_buffer,
                         const MpiBuffer *recv_buffer,
                         gint root,
                         ValueStep next);

void value_step_gatherv (ValueOperation *self,
                         const MpiBuffer *send_buffer,
                         const MpiBlocks *recv_blocks,
                         gint root,
                         ValueStep next);

void value_step_allgatherv (ValueOperation *self,
                            const MpiBuffer *send_buffer,
                            const MpiBlocks *recv_blocks,
                            ValueStep next);

void value_step_scatterv (ValueOperation *self,
                          const MpiBlocks *send_blocks,
                          const MpiBuffer *recv_buffer,
                          gint root,
                          ValueStep next);

void
value_step_alltoallv (ValueOperation *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, ValueStep next);

void value_step_allreduce (ValueOperation *self,
                           const MpiBuffer *send_buffer,
                           const MpiBuffer *recv_buffer,
                           MpiOp *op,
                           ValueStep next);

/*
 * Sends a message to DEST, receives one from SOURCE into SELF->received, or both. Ranks of the meeting;
 * either may be PROC_NULL.
 */
void value_step_exchange (ValueOperation *self, WireMessage *message, gint dest, gint source, ValueStep next);

/*
 * Makes sure that no rank of either group has failed, and finds the largest of what they have. If one
 * has failed the operation ends with its error on all ranks.
 */
void value_step_agree (ValueOperation *self, gsize largest, ValueStep next);

/* Ends the operation with an error of one rank on all ranks. IS_REPORTER: on one rank of a group that knows the error.
 */
void value_step_report (ValueOperation *self, gboolean is_reporter);

/*
 * After an agreement over an intercommunicator: whether one group has one root, and all of the other name it.
 * Else the operation is over, on all ranks.
 */
gboolean value_operation_check_root (ValueOperation *self);

/*
 * Gets memory to receive into. If it is so large that it may well be missing, all ranks make sure
 * together that it is not; so BOUND must be the same on every rank. NEXT finds it in *MEMORY.
 */
void value_step_get_memory (ValueOperation *self, ValueMemory **memory, gsize n_bytes, gsize bound, ValueStep next);

/* Gets memory before such a step, in which all learn if there is none. */
void value_operation_get_memory (ValueOperation *self, ValueMemory **memory, gsize n_bytes, gsize bound);

/* The message that tells another rank of the failure of this one. MESSAGE is all zero. */
void value_operation_init_report (ValueOperation *self, WireMessage *message, WireEager *eager);

/* The empty tuple, the result where there is none. */
GVariant *value_of_nobody (void);
