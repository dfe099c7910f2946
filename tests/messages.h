/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of messages share: small messages whose content tells their sender, and requests for them. */
#include "harness.h"

#define N_DATA 5
#define LARGE ((gsize) 1 << 20)

/* MPICH 4.0 completes a send and receive in one with an empty status. */
#ifdef MPICH
#define HAVE_EVERY_STATUS FALSE
#else
#define HAVE_EVERY_STATUS TRUE
#endif

#if MPI_VERSION >= 4
#define HAVE_ISENDRECV TRUE
#else
#define HAVE_ISENDRECV FALSE
#endif

/* Content */

void fill (gint *data, gint rank);
void assert_filled (const gint *data, gint rank);
void assert_status (const MpiStatus *status, gint source, gint tag, gint64 count);
void assert_recorded (MpiRequest *request, gint source, gint tag, gint64 count);

/* Requests */

typedef MpiRequest *(*Isend) (MpiComm *self, const MpiBuffer *buffer, gint dest, gint tag, GError **error);

MpiRequest *start_receive (MpiComm *comm, gint *data, gint source, gint tag);
MpiRequest *start_send (MpiComm *comm, const gint *data, gint dest, gint tag);
void finish (MpiRequest *request);
void exchange (MpiComm *comm, Isend isend);

/* All ranks */

void meet (MpiComm *comm);

/* The buffer of buffered sends */

void attach_buffer (gsize n_bytes);
void detach_buffer (void);

/* Owned: memory that tells when nothing keeps it alive any more */
typedef struct
{
  gint data[N_DATA];
  gint n_freed;
} Owned;

MpiBuffer *owned_buffer (Owned *self);
void wait_until_freed (MpiComm *comm, Owned *owned);
