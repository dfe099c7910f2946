/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include "message-private.h"
#include "value-operation-private.h"

void
value_operation_init (ValueOperation *self, MpiComm *comm, const char *function)
{
  self->comm = g_object_ref (comm);
  self->function = function;
  self->rank = ompi_obj_comm_get_rank (comm);
  self->is_inter = ompi_obj_comm_is_inter (comm);
  self->is_blocking = TRUE;
}

void
value_operation_clear (ValueOperation *self)
{
  if (self->clear != NULL)
    self->clear (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->pending); i++)
    g_clear_object (&self->pending[i]);
  g_clear_pointer (&self->incoming, g_bytes_unref);
  g_clear_pointer (&self->received, g_variant_unref);
  g_clear_pointer (&self->reports, g_free);
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_free);
  g_clear_error (&self->failure);
  g_clear_error (&self->error);
  g_clear_object (&self->comm);
  g_clear_object (&self->meeting.comm);
}

void
value_operation_set_root (ValueOperation *self, gint root)
{
  if (root == OMPI_OBJ_ROOT)
    self->root = 2 * ((gint64) self->rank + 1);
  else if (root >= 0)
    self->root = 2 * ((gint64) root + 1) + 1;
}

GVariant *
value_of_nobody (void)
{
  return g_variant_ref_sink (g_variant_new_tuple (NULL, 0));
}

/*
 * Failures
 */

void
value_operation_fail (ValueOperation *self, MpiError code, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  if (self->failure != NULL)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ompi_obj_error_set (&self->failure, code, self->function, "%s", text);
}

/* What other ranks are told: who failed and why, without the name of the function, which they know. */
static char *
failure_get_text (ValueOperation *self)
{
  const char *text = self->failure->message;
  const gsize length = strlen (self->function);

  if (strncmp (text, self->function, length) == 0 && g_str_has_prefix (text + length, ": "))
    text += length + 2;
  return self->failure_is_foreign ? g_strdup (text) : g_strdup_printf ("rank %d failed: %s", self->rank, text);
}

static MpiError
failure_get_code (ValueOperation *self)
{
  return self->failure->domain == OMPI_OBJ_ERROR ? (MpiError) self->failure->code : OMPI_OBJ_ERROR_OTHER;
}

static void
failure_hear (ValueOperation *self, MpiError code, const char *text)
{
  if (self->failure != NULL)
    return;
  ompi_obj_error_set (&self->failure, code, self->function, "%s", text);
  self->failure_is_foreign = TRUE;
}

void
value_operation_init_report (ValueOperation *self, WireMessage *message, WireEager *eager)
{
  g_autofree char *text = failure_get_text (self);
  g_autoptr (GError) report = g_error_new_literal (OMPI_OBJ_ERROR, (gint) failure_get_code (self), text);

  wire_message_init_report (message, eager, report);
}

/*
 * Running
 */

gboolean
value_operation_run (ValueOperation *self, ValueStep first)
{
  self->next = first;
  while (self->next != NULL)
    {
      ValueStep step = self->next;

      self->next = NULL;
      step (self);
    }
  return self->error == NULL;
}

GVariant *
value_operation_end_value (ValueOperation *self, GError **error)
{
  GVariant *value = g_steal_pointer (&self->value);

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  value_operation_clear (self);
  return value;
}

GPtrArray *
value_operation_end_values (ValueOperation *self, GError **error)
{
  GPtrArray *values = g_steal_pointer (&self->values);

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  value_operation_clear (self);
  return values;
}

static void operation_start_receive (ValueOperation *self, MpiMessage *message);
static void operation_take_received (ValueOperation *self);

static gboolean
operation_probe (ValueOperation *self)
{
  GError *error = NULL;
  g_autoptr (MpiMessage) message =
      ompi_obj_comm_improbe (self->meeting.comm, self->source, self->meeting.tag, NULL, &error);

  if (message == NULL && error == NULL)
    return FALSE;
  self->is_probing = FALSE;
  if (message != NULL)
    operation_start_receive (self, message);
  else if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  return TRUE;
}

/* Whether nothing is pending any more. What failed is in SELF->error then. */
static gboolean
operation_is_idle (ValueOperation *self)
{
  gboolean is_idle = !self->is_probing || operation_probe (self);

  for (gsize i = 0; i < G_N_ELEMENTS (self->pending); i++)
    {
      GError *error = NULL;

      if (self->pending[i] == NULL)
        continue;
      if (!ompi_obj_request_test (self->pending[i], NULL, &error) && error == NULL)
        {
          is_idle = FALSE;
          continue;
        }
      g_clear_object (&self->pending[i]);
      if (self->error == NULL)
        self->error = error;
      else
        g_clear_error (&error);
    }
  return is_idle;
}

gboolean
value_operation_progress (ValueOperation *self)
{
  for (;;)
    {
      ValueStep step = self->next;

      if (!operation_is_idle (self))
        return FALSE;
      if (self->incoming != NULL && self->error == NULL)
        operation_take_received (self);
      if (step == NULL || self->error != NULL)
        return TRUE;
      self->next = NULL;
      step (self);
    }
}

/*
 * Steps
 */

static void
step_done (ValueOperation *self, gboolean succeeded, ValueStep next)
{
  if (succeeded)
    self->next = next;
}

static void
step_started (ValueOperation *self, MpiRequest *request, ValueStep next)
{
  self->pending[0] = request;
  if (request != NULL)
    self->next = next;
}

void
value_step_bcast (ValueOperation *self, const MpiBuffer *buffer, gint root, ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_bcast (self->comm, buffer, root, &self->error), next);
  else
    step_started (self, ompi_obj_comm_ibcast (self->comm, buffer, root, &self->error), next);
}

void
value_step_allreduce (ValueOperation *self,
                      const MpiBuffer *send_buffer,
                      const MpiBuffer *recv_buffer,
                      MpiOp *op,
                      ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_allreduce (self->comm, send_buffer, recv_buffer, op, &self->error), next);
  else
    step_started (self, ompi_obj_comm_iallreduce (self->comm, send_buffer, recv_buffer, op, &self->error), next);
}

void
value_step_allgather (ValueOperation *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_allgather (self->comm, send_buffer, recv_buffer, &self->error), next);
  else
    step_started (self, ompi_obj_comm_iallgather (self->comm, send_buffer, recv_buffer, &self->error), next);
}

void
value_step_alltoall (ValueOperation *self, const MpiBuffer *send_buffer, const MpiBuffer *recv_buffer, ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_alltoall (self->comm, send_buffer, recv_buffer, &self->error), next);
  else
    step_started (self, ompi_obj_comm_ialltoall (self->comm, send_buffer, recv_buffer, &self->error), next);
}

void
value_step_scatter (ValueOperation *self,
                    const MpiBuffer *send_buffer,
                    const MpiBuffer *recv_buffer,
                    gint root,
                    ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_scatter (self->comm, send_buffer, recv_buffer, root, &self->error), next);
  else
    step_started (self, ompi_obj_comm_iscatter (self->comm, send_buffer, recv_buffer, root, &self->error), next);
}

void
value_step_gatherv (ValueOperation *self,
                    const MpiBuffer *send_buffer,
                    const MpiBlocks *recv_blocks,
                    gint root,
                    ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_gatherv (self->comm, send_buffer, recv_blocks, root, &self->error), next);
  else
    step_started (self, ompi_obj_comm_igatherv (self->comm, send_buffer, recv_blocks, root, &self->error), next);
}

void
value_step_allgatherv (ValueOperation *self, const MpiBuffer *send_buffer, const MpiBlocks *recv_blocks, ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_allgatherv (self->comm, send_buffer, recv_blocks, &self->error), next);
  else
    step_started (self, ompi_obj_comm_iallgatherv (self->comm, send_buffer, recv_blocks, &self->error), next);
}

void
value_step_scatterv (ValueOperation *self,
                     const MpiBlocks *send_blocks,
                     const MpiBuffer *recv_buffer,
                     gint root,
                     ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_scatterv (self->comm, send_blocks, recv_buffer, root, &self->error), next);
  else
    step_started (self, ompi_obj_comm_iscatterv (self->comm, send_blocks, recv_buffer, root, &self->error), next);
}

void
value_step_alltoallv (ValueOperation *self, const MpiBlocks *send_blocks, const MpiBlocks *recv_blocks, ValueStep next)
{
  if (self->is_blocking)
    step_done (self, ompi_obj_comm_alltoallv (self->comm, send_blocks, recv_blocks, &self->error), next);
  else
    step_started (self, ompi_obj_comm_ialltoallv (self->comm, send_blocks, recv_blocks, &self->error), next);
}

/*
 * Messages
 */

/* The message must be taken from MPI even if there is no memory for it, or its sender would wait for ever. */
static void
operation_discard (ValueOperation *self, MpiMessage *message)
{
  value_operation_fail (self, OMPI_OBJ_ERROR_NO_MEM, "no memory for a value of %" G_GINT64_FORMAT " bytes",
                        ompi_obj_message_get_n_bytes (message));
  ompi_obj_message_recv (message, OMPI_OBJ_BUFFER (NULL, 0, OMPI_OBJ_BYTE), NULL, NULL); /* truncated, of course */
}

static void
operation_start_receive (ValueOperation *self, MpiMessage *message)
{
  const gint64 n_bytes = ompi_obj_message_get_n_bytes (message);
  ValueMemory *memory = n_bytes >= 0 ? value_memory_new ((gsize) n_bytes) : NULL;
  MpiBuffer buffer;

  if (memory == NULL)
    {
      operation_discard (self, message);
      return;
    }
  self->incoming =
      g_bytes_new_with_free_func (memory->bytes, (gsize) n_bytes, (GDestroyNotify) value_memory_free, memory);
  buffer = *OMPI_OBJ_BUFFER (memory->bytes, n_bytes, OMPI_OBJ_BYTE);
  buffer.owner = self->incoming;
  if (self->is_blocking)
    ompi_obj_message_recv (message, &buffer, NULL, &self->error);
  else
    self->pending[1] = ompi_obj_message_irecv (message, &buffer, self->error == NULL ? &self->error : NULL);
}

static void
operation_take_received (ValueOperation *self)
{
  g_autoptr (GError) report = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint8 *bytes = (guint8 *) g_bytes_get_data (self->incoming, &size);

  g_clear_pointer (&self->received, g_variant_unref);
  self->received = wire_decode_or_report (bytes, size, (GDestroyNotify) g_bytes_unref,
                                          g_steal_pointer (&self->incoming), self->function, &report, &error);
  if (report != NULL)
    failure_hear (self, (MpiError) report->code, report->message);
  else if (error != NULL && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
}

static gboolean
operation_exchange_blocking (ValueOperation *self, const MpiBuffer *buffer, gint dest, gint source)
{
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiMessage) message = NULL;

  if (source == OMPI_OBJ_PROC_NULL)
    return ompi_obj_comm_send (self->meeting.comm, buffer, dest, self->meeting.tag, &self->error);
  if (dest != OMPI_OBJ_PROC_NULL)
    {
      request = ompi_obj_comm_isend (self->meeting.comm, buffer, dest, self->meeting.tag, &self->error);
      if (request == NULL)
        return FALSE;
    }

  message = ompi_obj_comm_mprobe (self->meeting.comm, source, self->meeting.tag, NULL, &self->error);
  if (message != NULL)
    operation_start_receive (self, message);
  if (request != NULL)
    ompi_obj_request_wait (request, NULL, self->error == NULL ? &self->error : NULL);
  if (self->error != NULL)
    return FALSE;
  if (self->incoming != NULL)
    operation_take_received (self);
  return TRUE;
}

static void
operation_exchange_nonblocking (ValueOperation *self, const MpiBuffer *buffer, gint dest, gint source)
{
  if (dest != OMPI_OBJ_PROC_NULL)
    {
      self->pending[0] = ompi_obj_comm_isend (self->meeting.comm, buffer, dest, self->meeting.tag, &self->error);
      if (self->pending[0] == NULL)
        return;
    }
  self->is_probing = source != OMPI_OBJ_PROC_NULL;
  self->source = source;
}

void
value_step_exchange (ValueOperation *self, WireMessage *message, gint dest, gint source, ValueStep next)
{
  MpiBuffer buffer = { 0 };

  g_clear_pointer (&self->received, g_variant_unref);
  if (dest != OMPI_OBJ_PROC_NULL && !wire_message_get_buffer (message, &buffer, &self->error))
    return;
  if (self->is_blocking)
    {
      step_done (self, operation_exchange_blocking (self, &buffer, dest, source), next);
    }
  else
    {
      self->next = next;
      operation_exchange_nonblocking (self, &buffer, dest, source);
    }
}

/*
 * Reporting
 *
 * Only the reporter of a group contributes anything but zeros, so that the maximum of every byte is what
 * it contributed. Over an intercommunicator each group gets the report of the other one, and then its
 * own back.
 */

#define REPORT_SIZE 1024
#define REPORT_TEXT 2 /* where the text starts; before it: 1 if there is a report, and the code */

static void
report_hear (ValueOperation *self, const guint8 *report)
{
  g_autofree char *text = NULL;

  if (report[0] == 0)
    return;
  text = g_utf8_make_valid ((const char *) report + REPORT_TEXT,
                            (gssize) strnlen ((const char *) report + REPORT_TEXT, REPORT_SIZE - REPORT_TEXT));
  failure_hear (self, (MpiError) report[1], text);
}

static void
report_finish (ValueOperation *self)
{
  report_hear (self, self->reports + REPORT_SIZE);
  report_hear (self, self->reports);
  if (self->failure == NULL)
    value_operation_fail (self, OMPI_OBJ_ERROR_OTHER, "another rank failed");
  self->error = g_steal_pointer (&self->failure);
}

static void
report_send_back (ValueOperation *self)
{
  value_step_allreduce (self, OMPI_OBJ_BUFFER (self->reports + REPORT_SIZE, REPORT_SIZE, OMPI_OBJ_UINT8_T),
                        OMPI_OBJ_BUFFER (self->reports, REPORT_SIZE, OMPI_OBJ_UINT8_T), OMPI_OBJ_MAX, report_finish);
}

void
value_step_report (ValueOperation *self, gboolean is_reporter)
{
  self->reports = g_malloc0 (2 * REPORT_SIZE);
  if (is_reporter && self->failure != NULL)
    {
      g_autofree char *text = failure_get_text (self);

      self->reports[0] = 1;
      self->reports[1] = (guint8) failure_get_code (self);
      g_strlcpy ((char *) self->reports + REPORT_TEXT, text, REPORT_SIZE - REPORT_TEXT);
    }
  value_step_allreduce (self, OMPI_OBJ_BUFFER (self->reports, REPORT_SIZE, OMPI_OBJ_UINT8_T),
                        OMPI_OBJ_BUFFER (self->reports + REPORT_SIZE, REPORT_SIZE, OMPI_OBJ_UINT8_T), OMPI_OBJ_MAX,
                        self->is_inter ? report_send_back : report_finish);
}

/*
 * Agreeing
 */

/* The lowest rank that failed is the maximum, and speaks for its group. */
static gint64
agreement_of_rank (gint rank)
{
  return (gint64) G_MAXINT - rank;
}

static void
agree_conclude (ValueOperation *self)
{
  if (self->own.failed != 0 || self->remote.failed != 0)
    value_step_report (self, self->own.failed == agreement_of_rank (ompi_obj_comm_get_rank (self->comm)));
  else
    self->next = self->after_agreement;
}

static void
agree_finish (ValueOperation *self)
{
  self->own = self->agreements[1];
  self->remote = self->agreements[1];
  agree_conclude (self);
}

static void
agree_finish_inter (ValueOperation *self)
{
  self->own = self->agreements[0];
  self->remote = self->agreements[1];
  agree_conclude (self);
}

#define AGREEMENT_BUFFER(agreement) \
  (OMPI_OBJ_BUFFER (&(agreement), sizeof (ValueAgreement) / sizeof (gint64), OMPI_OBJ_INT64_T))

static void
agree_send_back (ValueOperation *self)
{
  value_step_allreduce (self, AGREEMENT_BUFFER (self->agreements[1]), AGREEMENT_BUFFER (self->agreements[0]),
                        OMPI_OBJ_MAX, agree_finish_inter);
}

void
value_step_agree (ValueOperation *self, gsize largest, ValueStep next)
{
  self->after_agreement = next;
  self->agreements[0].failed = self->failure != NULL ? agreement_of_rank (ompi_obj_comm_get_rank (self->comm)) : 0;
  self->agreements[0].largest = (gint64) largest;
  self->agreements[0].root = self->root;
  self->agreements[0].root_negated = self->root > 0 ? -self->root : G_MININT64;
  self->agreements[0].has_onlooker = self->root == 0;
  value_step_allreduce (self, AGREEMENT_BUFFER (self->agreements[0]), AGREEMENT_BUFFER (self->agreements[1]),
                        OMPI_OBJ_MAX, self->is_inter ? agree_send_back : agree_finish);
}

static gboolean
agreement_has_one_root (const ValueAgreement *agreement)
{
  return agreement->root > 0 && agreement->root == -agreement->root_negated;
}

gboolean
value_operation_check_root (ValueOperation *self)
{
  const gboolean is_here = self->own.root < self->remote.root;
  const ValueAgreement *having = is_here ? &self->own : &self->remote;
  const ValueAgreement *naming = is_here ? &self->remote : &self->own;

  if (agreement_has_one_root (having) && having->root % 2 == 0 && agreement_has_one_root (naming)
      && naming->root == having->root + 1 && !naming->has_onlooker)
    return TRUE;
  ompi_obj_error_set (&self->error, OMPI_OBJ_ERROR_ROOT, self->function,
                      "one group must have the root, which is one rank, and all ranks of the other must name it");
  return FALSE;
}

void
value_operation_get_memory (ValueOperation *self, ValueMemory **memory, gsize n_bytes, gsize bound)
{
  *memory = value_memory_new (n_bytes);
  if (*memory != NULL)
    return;
  if (bound < VALUE_LARGE_SIZE)
    g_error ("%s: no memory for %" G_GSIZE_FORMAT " bytes", self->function, n_bytes);
  value_operation_fail (self, OMPI_OBJ_ERROR_NO_MEM, "no memory for values of %" G_GSIZE_FORMAT " bytes", n_bytes);
}

void
value_step_get_memory (ValueOperation *self, ValueMemory **memory, gsize n_bytes, gsize bound, ValueStep next)
{
  if (n_bytes > 0)
    value_operation_get_memory (self, memory, n_bytes, bound);
  if (bound >= VALUE_LARGE_SIZE)
    value_step_agree (self, 0, next);
  else
    self->next = next;
}
