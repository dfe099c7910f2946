/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <string.h>

#include <ompi_obj/variant.h>

#include "comm-private.h"
#include "value-queue-private.h"
#include "variant-reduce-private.h"
#include "wire-limits-private.h"

/*
 * Reductions of values over ranks
 *
 * A reduction goes up a binomial tree: in each round half of the ranks that still have a value send it to
 * a neighbour and are done. The lowest rank of what was combined always has it, so the order is that of
 * the ranks. Where all ranks get the result, it comes down the same tree. A prefix reduction doubles the
 * distance over which the ranks exchange what they have. So each takes as many rounds as the number of
 * ranks has binary digits.
 *
 * A rank that fails sends on a report in place of a value, so nobody waits in vain. At the end all ranks
 * agree whether one has failed.
 */

typedef enum
{
  REDUCTION_REDUCE,
  REDUCTION_ALLREDUCE,
  REDUCTION_SCAN,
  REDUCTION_EXSCAN
} ReductionKind;

typedef struct
{
  ValueOperation parent;

  ReductionKind kind;
  MpiOp *op;
  gint root;
  gboolean is_root;

  gint size; /* of the own group */
  gint rank; /* in the tree, whose root has 0 */
  gint shift;
  gint mask;
  gint peer;

  GVariant *value;  /* combined so far */
  GVariant *prefix; /* of scan and exscan: the result so far */
  WireMessage message;
  WireEager eager;
} Reduction;

static void
reduction_clear (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  g_clear_object (&self->op);
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_pointer (&self->prefix, g_variant_unref);
  wire_message_clear (&self->message);
}

/* Clears all but the large pieces of memory. */
static void
reduction_init (Reduction *self,
                ReductionKind kind,
                MpiComm *comm,
                GVariant *value,
                MpiOp *op,
                gint root,
                const char *function)
{
  gboolean contributes;

  memset (&self->parent, 0, sizeof self->parent);
  value_operation_init (&self->parent, comm, function);
  self->parent.clear = reduction_clear;
  value_operation_set_root (&self->parent, root);
  self->kind = kind;
  self->op = g_object_ref (op);
  self->root = root;
  self->is_root = self->parent.is_inter ? root == OMPI_OBJ_ROOT : root == self->parent.rank;
  self->size = ompi_obj_comm_get_size (comm);
  self->mask = 1;
  self->peer = OMPI_OBJ_PROC_NULL;
  self->message = (WireMessage){ 0 };
  self->prefix = NULL;

  /* If the order does not matter, the tree starts at the root, and the result need not be sent there. */
  self->shift = kind == REDUCTION_REDUCE && !self->parent.is_inter && ompi_obj_op_is_commutative (op, NULL) ? root : 0;
  self->rank = (self->parent.rank - self->shift + self->size) % self->size;

  contributes = kind != REDUCTION_REDUCE || !self->parent.is_inter || root >= 0;
  self->value = contributes && value != NULL ? g_variant_ref (value) : NULL;
  if (contributes && value == NULL)
    value_operation_fail (&self->parent, OMPI_OBJ_ERROR_ARG, "there is no value");
  else if (contributes)
    wire_check_value (value, OMPI_OBJ_ERROR_TYPE, function, &self->parent.failure);
}

/* Prepares to send what this rank has. */
static void
reduction_encode (Reduction *self)
{
  ValueOperation *operation = &self->parent;

  wire_message_clear (&self->message);
  self->message = (WireMessage){ 0 };
  if (operation->failure == NULL)
    wire_message_init (&self->message, &self->eager, self->value, operation->function, &operation->failure);
  if (operation->failure != NULL)
    value_operation_init_report (operation, &self->message, &self->eager);
}

/* Replaces *VALUE, which is LOWER or HIGHER, by what both combine to. */
static void
reduction_combine (Reduction *self, GVariant **value, GVariant *lower, GVariant *higher)
{
  ValueOperation *operation = &self->parent;
  GVariant *result;

  if (operation->failure != NULL)
    return;
  result = variant_reduce (self->op, lower, higher, operation->function, &operation->failure);
  if (result == NULL)
    return;
  g_variant_unref (*value);
  *value = result;
}

/* Takes what was received as it is. */
static void
reduction_replace (Reduction *self)
{
  if (self->parent.failure != NULL)
    return;
  g_clear_pointer (&self->value, g_variant_unref);
  self->value = g_steal_pointer (&self->parent.received);
}

/* The rank in the meeting of one in the tree. */
static gint
reduction_rank_in_meeting (const Reduction *self, gint rank)
{
  return self->parent.meeting.offset + (rank + self->shift) % self->size;
}

static void
reduction_send (Reduction *self, gint rank, ValueStep next)
{
  value_step_exchange (&self->parent, &self->message, reduction_rank_in_meeting (self, rank), OMPI_OBJ_PROC_NULL, next);
}

static void
reduction_receive (Reduction *self, gint rank, ValueStep next)
{
  value_step_exchange (&self->parent, NULL, OMPI_OBJ_PROC_NULL, reduction_rank_in_meeting (self, rank), next);
}

/*
 * The end
 */

static void
reduction_finish (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;
  GVariant **result = self->kind == REDUCTION_SCAN || self->kind == REDUCTION_EXSCAN ? &self->prefix : &self->value;

  if (self->kind == REDUCTION_REDUCE && !self->is_root)
    operation->value = value_of_nobody ();
  else
    operation->value = *result != NULL ? g_steal_pointer (result) : value_of_nobody ();
}

static void
reduction_agree (ValueOperation *operation)
{
  value_step_agree (operation, 0, reduction_finish);
}

/*
 * Down the tree
 */

static void
reduction_send_down (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  do
    self->mask >>= 1;
  while (self->rank + self->mask >= self->size && self->mask > 0);
  if (self->mask > 0)
    reduction_send (self, self->rank + self->mask, reduction_send_down);
  else
    reduction_agree (operation);
}

static void
reduction_take_down (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  reduction_replace (self);
  reduction_encode (self);
  reduction_send_down (operation);
}

static void
reduction_go_down (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  for (self->mask = 1; self->mask < self->size && (self->rank & self->mask) == 0;)
    self->mask <<= 1;
  if (self->rank > 0)
    {
      reduction_receive (self, self->rank - self->mask, reduction_take_down);
      return;
    }
  reduction_encode (self);
  reduction_send_down (operation);
}

/*
 * At the top of the tree
 */

static void
reduction_take_result (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  reduction_replace (self);
  if (self->kind == REDUCTION_REDUCE)
    reduction_agree (operation);
  else
    reduction_go_down (operation);
}

/* The first ranks of both groups exchange the results. */
static void
reduction_cross (Reduction *self)
{
  if (self->rank > 0)
    {
      reduction_go_down (&self->parent);
      return;
    }
  reduction_encode (self);
  value_step_exchange (&self->parent, &self->message, self->parent.meeting.remote_offset,
                       self->parent.meeting.remote_offset, reduction_take_result);
}

/* The first rank of the tree sends the result to the root, if that is another. */
static void
reduction_deliver (Reduction *self)
{
  const gint first = self->parent.is_inter ? self->parent.meeting.remote_offset : 0; /* as the root sees it */
  const gint root = self->parent.is_inter ? self->parent.meeting.remote_offset + self->root : self->root;
  const gboolean is_needed = self->parent.is_inter || self->root != self->shift;

  if (is_needed && self->is_root)
    {
      value_step_exchange (&self->parent, NULL, OMPI_OBJ_PROC_NULL, first, reduction_take_result);
    }
  else if (is_needed && self->rank == 0 && self->root >= 0)
    {
      reduction_encode (self);
      value_step_exchange (&self->parent, &self->message, root, OMPI_OBJ_PROC_NULL, reduction_agree);
    }
  else
    {
      reduction_agree (&self->parent);
    }
}

static void
reduction_arrive (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  if (self->kind == REDUCTION_REDUCE)
    reduction_deliver (self);
  else if (operation->is_inter)
    reduction_cross (self);
  else
    reduction_go_down (operation);
}

/*
 * Up the tree
 */

static void reduction_take_up (ValueOperation *operation);

static void
reduction_go_up (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  for (; self->mask < self->size; self->mask <<= 1)
    {
      if ((self->rank & self->mask) != 0)
        {
          reduction_encode (self);
          reduction_send (self, self->rank - self->mask, reduction_arrive);
          return;
        }
      if ((self->rank | self->mask) < self->size)
        {
          reduction_receive (self, self->rank | self->mask, reduction_take_up);
          return;
        }
    }
  reduction_arrive (operation);
}

static void
reduction_take_up (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  reduction_combine (self, &self->value, self->value, operation->received);
  self->mask <<= 1;
  reduction_go_up (operation);
}

/*
 * Prefix reductions
 */

static void reduction_take_prefix (ValueOperation *operation);

static void
reduction_go_on (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  while (self->mask < self->size && (self->rank ^ self->mask) >= self->size)
    self->mask <<= 1;
  if (self->mask >= self->size)
    {
      reduction_agree (operation);
      return;
    }
  self->peer = self->rank ^ self->mask;
  reduction_encode (self);
  value_step_exchange (operation, &self->message, self->peer, self->peer, reduction_take_prefix);
}

static void
reduction_take_prefix (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;
  GVariant *received = operation->received;

  self->mask <<= 1;
  if (operation->failure == NULL && self->peer < self->rank)
    {
      if (self->prefix != NULL)
        reduction_combine (self, &self->prefix, received, self->prefix);
      else
        self->prefix = g_variant_ref (received);
    }
  if (self->mask < self->size && self->peer < self->rank)
    reduction_combine (self, &self->value, received, self->value);
  else if (self->mask < self->size)
    reduction_combine (self, &self->value, self->value, received);
  reduction_go_on (operation);
}

/* Only if the roots fit is there a sender for each receiver. */
static void
reduction_take_roots (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  if (!value_operation_check_root (operation))
    return;
  if (self->root < 0)
    reduction_deliver (self); /* the values are those of the other group */
  else
    reduction_go_up (operation);
}

static void
reduction_begin (ValueOperation *operation)
{
  Reduction *self = (Reduction *) operation;

  switch (self->kind)
    {
    case REDUCTION_SCAN:
      if (self->value != NULL)
        self->prefix = g_variant_ref (self->value);
      reduction_go_on (operation);
      break;
    case REDUCTION_EXSCAN:
      reduction_go_on (operation);
      break;
    case REDUCTION_REDUCE:
      if (operation->is_inter)
        value_step_agree (operation, 0, reduction_take_roots);
      else
        reduction_go_up (operation);
      break;
    case REDUCTION_ALLREDUCE:
    default:
      reduction_go_up (operation);
      break;
    }
}

/*
 * The methods
 */

static gboolean
reduction_prepare (Reduction *self, MpiComm *comm, GError **error)
{
  const gboolean is_alone = self->size == 1 && !self->parent.is_inter;

  return is_alone || value_operation_prepare_meeting (&self->parent, comm, error);
}

static GVariant *
reduction_run (ReductionKind kind,
               MpiComm *comm,
               GVariant *value,
               MpiOp *op,
               gint root,
               const char *function,
               GError **error)
{
  Reduction operation;

  reduction_init (&operation, kind, comm, value, op, root, function);
  if (reduction_prepare (&operation, comm, &operation.parent.error))
    value_operation_run (&operation.parent, reduction_begin);
  return value_operation_end_value (&operation.parent, error);
}

static MpiRequest *
reduction_start (ReductionKind kind,
                 MpiComm *comm,
                 GVariant *value,
                 MpiOp *op,
                 gint root,
                 const char *function,
                 GError **error)
{
  Reduction *operation = g_new (Reduction, 1);

  reduction_init (operation, kind, comm, value, op, root, function);
  operation->parent.is_blocking = FALSE;
  if (reduction_prepare (operation, comm, error))
    return value_operation_start (&operation->parent, comm, reduction_begin, error);
  value_operation_clear (&operation->parent);
  g_free (operation);
  return NULL;
}

/**
 * ompi_obj_comm_reduce_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one is
 *   consumed
 * @op: how two values are combined
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Combines a value of every rank into one at the root. Collective. On an intercommunicator the root gets
 * the combination of the values of the other group.
 *
 * Predefined operations work on numbers, and element by element on tuples and arrays of them; those of
 * [ctor@Mpi.Op.new_for_variants] on any values. The order is that of the ranks, unless the operation is
 * commutative. With 2ⁿ ranks it takes n rounds of messages.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value
 * cannot travel (see [method@Mpi.Comm.send_variant]) or two values cannot be combined,
 * [error@Mpi.Error.op] if @op is not for values, [error@Mpi.Error.no_mem] if a rank has no memory for what
 * it receives.
 * Likewise [error@Mpi.Error.root] if the ranks of an intercommunicator do not mean one root. On the rank
 * that is wrong: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Reduce` (MPI-4.0, section 6.9.1).
 *
 * Returns: (transfer full): at the root the result, elsewhere the empty tuple `()`; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_reduce_variant (MpiComm *self, GVariant *value, MpiOp *op, gint root, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  int mpi_root;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Reduce", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Reduce", error))
    return NULL;
  return reduction_run (REDUCTION_REDUCE, self, owned, op, root, "MPI_Reduce", error);
}

/**
 * ompi_obj_comm_ireduce_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value, ignored in the group of the root of an intercommunicator; a floating one is
 *   consumed
 * @op: how two values are combined
 * @root: the rank that receives, the same on every rank; on an intercommunicator `OMPI_OBJ_ROOT` at the
 *   root, `OMPI_OBJ_PROC_NULL` on the other ranks of its group, and the root's rank in the other group
 * @error: return location for a #GError
 *
 * Starts to combine a value of every rank into one at the root. Collective.
 * [method@Mpi.Request.wait_variant] gives what [method@Mpi.Comm.reduce_variant] returns.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant]. The first on an intercommunicator waits until all ranks of both groups have
 * called it.
 *
 * Errors: [error@Mpi.Error.root], [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.reduce_variant].
 *
 * Mirrors `MPI_Ireduce` (MPI-4.0, section 6.12.7).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_ireduce_variant (MpiComm *self, GVariant *value, MpiOp *op, gint root, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  int mpi_root;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Ireduce", error, NULL);

  if (!ompi_obj_comm_root_to_mpi (self, root, &mpi_root, "MPI_Ireduce", error))
    return NULL;
  return reduction_start (REDUCTION_REDUCE, self, owned, op, root, "MPI_Reduce", error);
}

/**
 * ompi_obj_comm_allreduce_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Combines a value of every rank into one that every rank gets. Collective. On an intercommunicator each
 * group gets the combination of the values of the other group.
 *
 * Predefined operations work on numbers, and element by element on tuples and arrays of them; those of
 * [ctor@Mpi.Op.new_for_variants] on any values. The order is that of the ranks, unless the operation is
 * commutative. With 2ⁿ ranks it takes n rounds of messages up and n down.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value
 * cannot travel (see [method@Mpi.Comm.send_variant]) or two values cannot be combined,
 * [error@Mpi.Error.op] if @op is not for values, [error@Mpi.Error.no_mem] if a rank has no memory for what
 * it receives. On the rank that is wrong: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Allreduce` (MPI-4.0, section 6.9.6).
 *
 * Returns: (transfer full): the result, the same on every rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_comm_allreduce_variant (MpiComm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Allreduce", error, NULL);

  return reduction_run (REDUCTION_ALLREDUCE, self, owned, op, 0, "MPI_Allreduce", error);
}

/**
 * ompi_obj_comm_iallreduce_variant:
 * @self: a communicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Starts to combine a value of every rank into one that every rank gets. Collective.
 * [method@Mpi.Request.wait_variant] gives what [method@Mpi.Comm.allreduce_variant] returns.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant]. The first on an intercommunicator waits until all ranks of both groups have
 * called it.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Comm.allreduce_variant].
 *
 * Mirrors `MPI_Iallreduce` (MPI-4.0, section 6.12.8).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_comm_iallreduce_variant (MpiComm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (self, "MPI_Iallreduce", error, NULL);

  return reduction_start (REDUCTION_ALLREDUCE, self, owned, op, 0, "MPI_Allreduce", error);
}

/**
 * ompi_obj_intracomm_scan_variant:
 * @self: an intracommunicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Combines, for each rank, the values of the ranks up to it. Collective.
 *
 * Predefined operations work on numbers, and element by element on tuples and arrays of them; those of
 * [ctor@Mpi.Op.new_for_variants] on any values. The order is that of the ranks, unless the operation is
 * commutative. With 2ⁿ ranks it takes n rounds of messages.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value
 * cannot travel (see [method@Mpi.Comm.send_variant]) or two values cannot be combined,
 * [error@Mpi.Error.op] if @op is not for values, [error@Mpi.Error.no_mem] if a rank has no memory for what
 * it receives. On the rank that is wrong: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Scan` (MPI-4.0, section 6.11.1).
 *
 * Returns: (transfer full): the combination of the values of rank 0 to the calling rank; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_intracomm_scan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  MpiComm *comm = (MpiComm *) self;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (comm, "MPI_Scan", error, NULL);

  return reduction_run (REDUCTION_SCAN, comm, owned, op, 0, "MPI_Scan", error);
}

/**
 * ompi_obj_intracomm_iscan_variant:
 * @self: an intracommunicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Starts to combine, for each rank, the values of the ranks up to it. Collective.
 * [method@Mpi.Request.wait_variant] gives what [method@Mpi.Intracomm.scan_variant] returns.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Intracomm.scan_variant].
 *
 * Mirrors `MPI_Iscan` (MPI-4.0, section 6.12.11).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_intracomm_iscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  MpiComm *comm = (MpiComm *) self;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (comm, "MPI_Iscan", error, NULL);

  return reduction_start (REDUCTION_SCAN, comm, owned, op, 0, "MPI_Scan", error);
}

/**
 * ompi_obj_intracomm_exscan_variant:
 * @self: an intracommunicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Combines, for each rank, the values of the ranks before it. Collective.
 *
 * Predefined operations work on numbers, and element by element on tuples and arrays of them; those of
 * [ctor@Mpi.Op.new_for_variants] on any values. The order is that of the ranks, unless the operation is
 * commutative. With 2ⁿ ranks it takes n rounds of messages.
 *
 * Errors, on every rank: [error@Mpi.Error.arg] if a rank has no value, [error@Mpi.Error.type] if a value
 * cannot travel (see [method@Mpi.Comm.send_variant]) or two values cannot be combined,
 * [error@Mpi.Error.op] if @op is not for values, [error@Mpi.Error.no_mem] if a rank has no memory for what
 * it receives. On the rank that is wrong: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Exscan` (MPI-4.0, section 6.11.2).
 *
 * Returns: (transfer full): the combination of the values of the ranks before the calling one; the empty
 *   tuple `()` at rank 0; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_intracomm_exscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  MpiComm *comm = (MpiComm *) self;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (comm, "MPI_Exscan", error, NULL);

  return reduction_run (REDUCTION_EXSCAN, comm, owned, op, 0, "MPI_Exscan", error);
}

/**
 * ompi_obj_intracomm_iexscan_variant:
 * @self: an intracommunicator
 * @value: (nullable): this rank's value; a floating one is
 *   consumed
 * @op: how two values are combined
 * @error: return location for a #GError
 *
 * Starts to combine, for each rank, the values of the ranks before it. Collective.
 * [method@Mpi.Request.wait_variant] gives what [method@Mpi.Intracomm.exscan_variant] returns.
 *
 * Its steps are taken when somebody waits for or tests a request of a collective of values; see
 * [method@Mpi.Comm.ibcast_variant].
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed. Waiting gives those of
 * [method@Mpi.Intracomm.exscan_variant].
 *
 * Mirrors `MPI_Iexscan` (MPI-4.0, section 6.12.12).
 *
 * Returns: (transfer full): the request; %NULL on error
 *
 * Since: 1.0
 */
MpiRequest *
ompi_obj_intracomm_iexscan_variant (MpiIntracomm *self, GVariant *value, MpiOp *op, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  MpiComm *comm = (MpiComm *) self;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (OMPI_OBJ_IS_OP (op), NULL);
  COMM_ENTER (comm, "MPI_Iexscan", error, NULL);

  return reduction_start (REDUCTION_EXSCAN, comm, owned, op, 0, "MPI_Exscan", error);
}
