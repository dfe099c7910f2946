/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/cartcomm.h>
#include <ompi_obj/distgraphcomm.h>
#include <ompi_obj/graphcomm.h>
#include <ompi_obj/intercomm.h>
#include <ompi_obj/intracomm.h>
#include <ompi_obj/native.h>

#include "comm-private.h"
#include "group-private.h"
#include "info-private.h"

/**
 * MpiComm:
 *
 * A communicator: a group of ranks, and a context of their own that keeps their messages apart from
 * those of other communicators.
 *
 * The ones that exist from the start are [func@Mpi.Comm.world] and [func@Mpi.Comm.self]; others are
 * made from them, and freed with their last reference.
 *
 * A subclass can put itself in the place of an existing communicator with the property
 * [property@Mpi.Comm:wraps] and override the primitives that it wants to watch or change.
 *
 * After [method@Mpi.Comm.free] the object stays valid, and its methods give [error@Mpi.Error.comm].
 *
 * Mirrors `MPI_Comm` (MPI-4.0, chapter 7).
 *
 * Since: 1.0
 */

typedef struct
{
  guint64 native; /* what the construct properties asked for */
  MpiOwnership ownership;
  GError *error; /* why it could not be had */
} MpiCommPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MpiComm, ompi_obj_comm, G_TYPE_OBJECT)

#define GET_PRIVATE(self) ((MpiCommPrivate *) ompi_obj_comm_get_instance_private (self))

typedef enum
{
  PROP_NATIVE = 1,
  PROP_OWNERSHIP,
  PROP_WRAPS,
  PROP_NAME,
  PROP_RANK,
  PROP_SIZE
} CommProperty;

static GParamSpec *properties[PROP_SIZE + 1];

gpointer ompi_obj_comm_last_class;
gpointer ompi_obj_comm_last_plain_class;

gboolean
ompi_obj_comm_check_type_slow (gconstpointer object)
{
  gpointer klass;

  if (!OMPI_OBJ_IS_COMM (object))
    return FALSE;

  klass = ((const GTypeInstance *) object)->g_class;
  if (ompi_obj_comm_class_is_plain (klass))
    __atomic_store_n (&ompi_obj_comm_last_plain_class, klass, __ATOMIC_RELAXED);
  __atomic_store_n (&ompi_obj_comm_last_class, klass, __ATOMIC_RELAXED);
  return TRUE;
}

void
ompi_obj_comm_report (MpiComm *self, const char *function, GError **error)
{
  if (!environment_is_active () || ompi_obj_is_finalized ())
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_FINALIZED, function, "MPI has been finalized");
  else if (self->handle->is_pending)
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_PENDING, function,
                        "the communicator is still being made: complete the request first");
  else
    ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, function, "the communicator was freed, or never had a handle");
}

static void
comm_set_handle (MpiComm *self, MpiCommHandle *handle)
{
  ompi_obj_comm_handle_unref (self->handle);
  self->handle = handle;
  if (handle != &ompi_obj_comm_no_handle)
    g_weak_ref_set (&handle->object, self);
}

/*
 * A handle as a number, without the sign of an int: where all numbers are doubles (JavaScript), it must not be larger
 * than 2^53, or another number comes back when an object of a program's own class is made.
 */
static guint64
comm_to_number (MPI_Comm comm)
{
  const guint64 number = (guint64) (guintptr) comm;

  return sizeof comm < sizeof number ? number & G_MAXUINT32 : number;
}

static void
comm_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MpiComm *self = OMPI_OBJ_COMM (object);

  switch ((CommProperty) id)
    {
    case PROP_NATIVE:
      g_value_set_uint64 (value, comm_to_number (COMM_HANDLE (self)));
      break;
    case PROP_OWNERSHIP:
      g_value_set_enum (value, (gint) self->handle->ownership);
      break;
    case PROP_NAME:
      g_value_take_string (value, ompi_obj_comm_get_name (self, NULL));
      break;
    case PROP_RANK:
      g_value_set_int (value, self->handle->rank);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->handle->size);
      break;
    case PROP_WRAPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
comm_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MpiComm *self = OMPI_OBJ_COMM (object);
  MpiComm *wrapped;

  switch ((CommProperty) id)
    {
    case PROP_NATIVE:
      GET_PRIVATE (self)->native = g_value_get_uint64 (value);
      break;
    case PROP_OWNERSHIP:
      GET_PRIVATE (self)->ownership = (MpiOwnership) g_value_get_enum (value);
      break;
    case PROP_WRAPS:
      wrapped = g_value_get_object (value);
      if (wrapped != NULL)
        comm_set_handle (self, ompi_obj_comm_handle_ref (wrapped->handle));
      break;
    case PROP_NAME:
    case PROP_RANK:
    case PROP_SIZE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

/* MPIs do not look for themselves whether a communicator has the two groups that a function needs. */
static gboolean
comm_handle_fits (MpiComm *self)
{
  if (self->handle == &ompi_obj_comm_no_handle || self->handle->is_pending || self->handle->comm == MPI_COMM_NULL)
    return TRUE;
  return self->handle->is_inter ? !OMPI_OBJ_IS_INTRACOMM (self) : !OMPI_OBJ_IS_INTERCOMM (self);
}

static void
comm_constructed (GObject *object)
{
  MpiComm *self = OMPI_OBJ_COMM (object);
  MpiCommPrivate *priv = GET_PRIVATE (self);

  G_OBJECT_CLASS (ompi_obj_comm_parent_class)->constructed (object);

  if (priv->native != 0 && self->handle == &ompi_obj_comm_no_handle && environment_ensure (G_STRFUNC, &priv->error))
    {
      MpiCommHandle *handle =
          ompi_obj_comm_handle_new ((MPI_Comm) (guintptr) priv->native, priv->ownership, &priv->error);

      if (handle != NULL)
        comm_set_handle (self, handle);
    }
  if (!comm_handle_fits (self))
    {
      g_critical ("%s: an %s cannot stand for an %s", G_STRFUNC, G_OBJECT_TYPE_NAME (self),
                  self->handle->is_inter ? "intercommunicator" : "intracommunicator");
      comm_set_handle (self, &ompi_obj_comm_no_handle);
    }
}

static void
comm_finalize (GObject *object)
{
  MpiComm *self = OMPI_OBJ_COMM (object);

  ompi_obj_comm_handle_unref (self->handle);
  g_clear_error (&GET_PRIVATE (self)->error);

  G_OBJECT_CLASS (ompi_obj_comm_parent_class)->finalize (object);
}

static void
ompi_obj_comm_class_init (MpiCommClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = comm_constructed;
  object_class->finalize = comm_finalize;
  object_class->get_property = comm_get_property;
  object_class->set_property = comm_set_property;

  ompi_obj_comm_class_init_p2p (klass);
  ompi_obj_comm_class_init_nonblocking (klass);
  ompi_obj_comm_class_init_persistent (klass);
  ompi_obj_comm_class_init_collective (klass);
  ompi_obj_comm_class_init_collective_nonblocking (klass);
  ompi_obj_comm_class_init_collective_persistent (klass);
  ompi_obj_comm_class_init_reduce (klass);
  ompi_obj_comm_class_init_create (klass);

  /**
   * MpiComm:native:
   *
   * The raw MPI handle as a number, to exchange communicators with other MPI libraries in the same
   * process. 0 makes an object without a communicator.
   *
   * Since: 1.0
   */
  properties[PROP_NATIVE] =
      g_param_spec_uint64 ("native", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_WRITABLE | construct);

  /**
   * MpiComm:ownership:
   *
   * Who frees the handle that was given as [property@Mpi.Comm:native].
   *
   * Since: 1.0
   */
  properties[PROP_OWNERSHIP] =
      g_param_spec_enum ("ownership", NULL, NULL, OMPI_OBJ_TYPE_OWNERSHIP, OMPI_OBJ_OWNERSHIP_BORROWED,
                         G_PARAM_READABLE | G_PARAM_WRITABLE | construct);

  /**
   * MpiComm:wraps:
   *
   * A communicator in whose place the new object stands: both are the same communicator for MPI, and
   * freeing one frees both. It is a programming error if only one of them is an [class@Mpi.Intercomm]; then the
   * new object has no communicator. For subclasses:
   *
   * ```c
   * comm = g_object_new (TRACING_TYPE_COMM, "wraps", ompi_obj_comm_world (), NULL);
   * ```
   *
   * Since: 1.0
   */
  properties[PROP_WRAPS] = g_param_spec_object ("wraps", NULL, NULL, OMPI_OBJ_TYPE_COMM, G_PARAM_WRITABLE | construct);

  /**
   * MpiComm:name: (getter get_name)
   *
   * The name of the communicator, for debuggers.
   *
   * Since: 1.0
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);

  /**
   * MpiComm:rank: (getter get_rank)
   *
   * The calling process' number in the communicator, from 0; -1 after it was freed.
   *
   * Since: 1.0
   */
  properties[PROP_RANK] = g_param_spec_int ("rank", NULL, NULL, -1, G_MAXINT, -1, readable);

  /**
   * MpiComm:size: (getter get_size)
   *
   * The number of ranks; -1 after the communicator was freed.
   *
   * Since: 1.0
   */
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, -1, G_MAXINT, -1, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ompi_obj_comm_init (MpiComm *self)
{
  self->handle = &ompi_obj_comm_no_handle;
}

/*
 * The class that stands for a communicator of MPI's. This is the one place that names all classes, also
 * those of src/topology, which is built on this part otherwise: any handle can turn out to have a topology.
 */
static GType
comm_type_for_native (MPI_Comm native)
{
  int is_inter = FALSE;
  int topology = MPI_UNDEFINED;

  MPI_Comm_test_inter (native, &is_inter);
  if (is_inter)
    return OMPI_OBJ_TYPE_INTERCOMM;

  MPI_Topo_test (native, &topology);
  switch (topology)
    {
    case MPI_CART:
      return OMPI_OBJ_TYPE_CARTCOMM;
    case MPI_GRAPH:
      return OMPI_OBJ_TYPE_GRAPHCOMM;
    case MPI_DIST_GRAPH:
      return OMPI_OBJ_TYPE_DISTGRAPHCOMM;
    default:
      return OMPI_OBJ_TYPE_INTRACOMM;
    }
}

/* The library's class that a class is, or is derived from. */
static GType
comm_type_in_library (GType type)
{
  while (type != OMPI_OBJ_TYPE_CARTCOMM && type != OMPI_OBJ_TYPE_GRAPHCOMM && type != OMPI_OBJ_TYPE_DISTGRAPHCOMM
         && type != OMPI_OBJ_TYPE_INTRACOMM && type != OMPI_OBJ_TYPE_INTERCOMM && type != OMPI_OBJ_TYPE_COMM)
    type = g_type_parent (type);
  return type;
}

/* A program's subclass is kept, unless the new communicator is of a kind that the subclass is not made for. */
static GType
comm_type_for_child (MpiComm *parent, MPI_Comm native)
{
  const GType type = G_OBJECT_TYPE (parent);
  const GType in_library = comm_type_in_library (type);
  const GType natural = comm_type_for_native (native);

  return type != in_library && g_type_is_a (natural, in_library) ? type : natural;
}

/* Through the construct properties, so that a subclass finds its communicator when it is constructed. */
static MpiComm *
comm_new (MPI_Comm native, MpiOwnership ownership, GType type, GError **error)
{
  g_autoptr (MpiComm) self = g_object_new (type, "native", comm_to_number (native), "ownership", ownership, NULL);

  if (COMM_HANDLE (self) != MPI_COMM_NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&GET_PRIVATE (self)->error));
  return NULL;
}

MpiComm *
ompi_obj_comm_new_owned (MPI_Comm comm, GType like, GError **error)
{
  MpiComm *self = comm_new (comm, OMPI_OBJ_OWNERSHIP_OWNED, like != 0 ? like : comm_type_for_native (comm), error);

  if (self == NULL)
    MPI_Comm_free (&comm);
  return self;
}

MpiComm *
ompi_obj_comm_new_borrowed (MPI_Comm comm)
{
  return comm_new (comm, OMPI_OBJ_OWNERSHIP_BORROWED, comm_type_for_native (comm), NULL);
}

MpiComm *
ompi_obj_comm_new_child (MpiComm *parent, MPI_Comm comm, GError **error)
{
  MpiErrhandler *inherited = parent->handle->errhandler.errhandler;
  g_autoptr (MpiComm) self = NULL;

  if (comm == MPI_COMM_NULL)
    return NULL;
  self = ompi_obj_comm_new_owned (comm, comm_type_for_child (parent, comm), error);
  if (self == NULL
      || (inherited != NULL
          && !ompi_obj_comm_handle_set_errhandler (self->handle, inherited, "MPI_Comm_set_errhandler", error)))
    return NULL;
  return g_steal_pointer (&self);
}

MpiComm *
ompi_obj_comm_new_pending (MpiComm *parent)
{
  MpiComm *self = g_object_new (G_OBJECT_TYPE (parent), NULL);

  comm_set_handle (self, ompi_obj_comm_handle_alloc (OMPI_OBJ_OWNERSHIP_OWNED));
  self->handle->is_pending = TRUE;
  g_set_object (&self->handle->errhandler.errhandler, parent->handle->errhandler.errhandler);
  return self;
}

static MpiComm *comm_world;
static MpiComm *comm_self;

/* MPI goes on without them if there are sessions. */
static void
comm_forget_predefined (void)
{
  if (comm_world != NULL)
    ompi_obj_comm_handle_forget (comm_world->handle);
  if (comm_self != NULL)
    ompi_obj_comm_handle_forget (comm_self->handle);
}

/* The objects of the predefined communicators exist once, and even when MPI cannot be used any more. */
static MpiComm *
comm_get_predefined (MpiComm **predefined, MPI_Comm native)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (*predefined == NULL)
    {
      MpiComm *self = NULL;

      if (ompi_obj_environment_ensure_world (G_STRFUNC, comm_forget_predefined, NULL))
        self = comm_new (native, OMPI_OBJ_OWNERSHIP_BORROWED, OMPI_OBJ_TYPE_INTRACOMM, NULL);
      if (self == NULL)
        self = g_object_new (OMPI_OBJ_TYPE_INTRACOMM, NULL);
      __atomic_store_n (predefined, self, __ATOMIC_RELEASE);
    }
  return *predefined;
}

/**
 * ompi_obj_comm_world:
 *
 * Gets the communicator of all ranks of the job, an [class@Mpi.Intracomm]. The first use initializes
 * MPI if nobody has.
 *
 * Mirrors `MPI_COMM_WORLD` (MPI-4.0, section 7.2.4).
 *
 * Returns: (transfer none): the communicator
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_world (void)
{
  MpiComm *world = __atomic_load_n (&comm_world, __ATOMIC_ACQUIRE);

  return G_LIKELY (world != NULL) ? world : comm_get_predefined (&comm_world, MPI_COMM_WORLD);
}

/**
 * ompi_obj_comm_self:
 *
 * Gets the communicator of the calling rank alone, an [class@Mpi.Intracomm]. The first use
 * initializes MPI if nobody has.
 *
 * Mirrors `MPI_COMM_SELF` (MPI-4.0, section 7.2.4).
 *
 * Returns: (transfer none): the communicator
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_self (void)
{
  MpiComm *self = __atomic_load_n (&comm_self, __ATOMIC_ACQUIRE);

  return G_LIKELY (self != NULL) ? self : comm_get_predefined (&comm_self, MPI_COMM_SELF);
}

/**
 * ompi_obj_comm_free:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Frees the MPI communicator now, before the last reference is dropped. Collective. Messages that are
 * under way arrive. The object stays valid, and its methods give [error@Mpi.Error.comm].
 *
 * Errors: [error@Mpi.Error.comm] if @self is predefined, borrowed from somebody else, or was freed.
 *
 * Mirrors `MPI_Comm_free` (MPI-4.0, section 7.4.3).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_free (MpiComm *self, GError **error)
{
  COMM_ENTER (self, "MPI_Comm_free", error, FALSE);
  return ompi_obj_comm_handle_release (self->handle, MPI_Comm_free, "MPI_Comm_free", error);
}

/**
 * ompi_obj_comm_abort:
 * @self: a communicator
 * @status: the exit status of the job
 *
 * Ends the ranks of a communicator at once, most often the whole job. Does not return.
 *
 * Mirrors `MPI_Abort` (MPI-4.0, section 9.4).
 *
 * Since: 1.0
 */
void
ompi_obj_comm_abort (MpiComm *self, gint status)
{
  g_return_if_fail (comm_check_type (self));

  if (COMM_HANDLE (self) != MPI_COMM_NULL && environment_is_active ())
    ompi_obj_environment_abort (COMM_HANDLE (self), status);
  else if (ompi_obj_environment_has_world ())
    ompi_obj_environment_abort (MPI_COMM_WORLD, status);
  exit (status);
}

/**
 * ompi_obj_comm_get_size: (get-property size)
 * @self: a communicator
 *
 * Gets the number of ranks: on an intercommunicator, of the local group.
 *
 * Mirrors `MPI_Comm_size` (MPI-4.0, section 7.4.1), without a call of it.
 *
 * Returns: the number; -1 after the communicator was freed
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_size (MpiComm *self)
{
  g_return_val_if_fail (comm_check_type (self), -1);

  return self->handle->size;
}

/**
 * ompi_obj_comm_get_rank: (get-property rank)
 * @self: a communicator
 *
 * Gets the calling process' number, from 0: on an intercommunicator, in the local group.
 *
 * Mirrors `MPI_Comm_rank` (MPI-4.0, section 7.4.1), without a call of it.
 *
 * Returns: the rank; -1 after the communicator was freed
 *
 * Since: 1.0
 */
gint
ompi_obj_comm_get_rank (MpiComm *self)
{
  g_return_val_if_fail (comm_check_type (self), -1);

  return self->handle->rank;
}

/**
 * ompi_obj_comm_is_inter:
 * @self: a communicator
 *
 * Tells whether a communicator is an intercommunicator, whose messages go to the ranks of another
 * group. Mirrors `MPI_Comm_test_inter` (MPI-4.0, section 7.6.1), without a call of it.
 *
 * Returns: %TRUE if it is one
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_is_inter (MpiComm *self)
{
  g_return_val_if_fail (comm_check_type (self), FALSE);

  return self->handle->is_inter;
}

/**
 * ompi_obj_comm_is_intra:
 * @self: a communicator
 *
 * Tells whether a communicator is an intracommunicator, of one group whose ranks send messages to each
 * other.
 *
 * Returns: %TRUE if it is one; %FALSE after the communicator was freed
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_is_intra (MpiComm *self)
{
  g_return_val_if_fail (comm_check_type (self), FALSE);

  return COMM_HANDLE (self) != MPI_COMM_NULL && !self->handle->is_inter;
}

/**
 * ompi_obj_comm_get_topology:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Tells how the ranks of a communicator are arranged. Objects of the classes for topologies are made
 * for those that are.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Topo_test` (MPI-4.0, section 8.5.5).
 *
 * Returns: the kind of topology; [enum@Mpi.Topology.none] on an intercommunicator, and on error
 *
 * Since: 1.0
 */
MpiTopology
ompi_obj_comm_get_topology (MpiComm *self, GError **error)
{
  int status = MPI_UNDEFINED;

  COMM_ENTER (self, "MPI_Topo_test", error, OMPI_OBJ_TOPOLOGY_NONE);

  if (self->handle->is_inter || !CHECK_MPI (error, MPI_Topo_test, COMM_HANDLE (self), &status))
    return OMPI_OBJ_TOPOLOGY_NONE;
  switch (status)
    {
    case MPI_CART:
      return OMPI_OBJ_TOPOLOGY_CART;
    case MPI_GRAPH:
      return OMPI_OBJ_TOPOLOGY_GRAPH;
    case MPI_DIST_GRAPH:
      return OMPI_OBJ_TOPOLOGY_DIST_GRAPH;
    default:
      return OMPI_OBJ_TOPOLOGY_NONE;
    }
}

/**
 * ompi_obj_comm_get_group:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the group of the ranks of a communicator: on an intercommunicator, the local one.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_group` (MPI-4.0, section 7.3.2).
 *
 * Returns: (transfer full): a new group; %NULL on error
 *
 * Since: 1.0
 */
MpiGroup *
ompi_obj_comm_get_group (MpiComm *self, GError **error)
{
  MPI_Group group;

  COMM_ENTER (self, "MPI_Comm_group", error, NULL);

  return CHECK_MPI (error, MPI_Comm_group, COMM_HANDLE (self), &group) ? ompi_obj_group_new_for_result (group) : NULL;
}

/**
 * ompi_obj_comm_get_info:
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the hints that MPI uses for a communicator.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_get_info` (MPI-4.0, section 7.4.4).
 *
 * Returns: (transfer full): a new info, which may be without entries; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_comm_get_info (MpiComm *self, GError **error)
{
  MPI_Info info;

  COMM_ENTER (self, "MPI_Comm_get_info", error, NULL);

  if (!CHECK_MPI (error, MPI_Comm_get_info, COMM_HANDLE (self), &info))
    return NULL;
  return ompi_obj_info_new_for_native (info, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_comm_set_info:
 * @self: a communicator
 * @info: hints; MPI passes over those that it does not know
 * @error: return location for a #GError
 *
 * Changes the hints of a communicator. Collective.
 *
 * Errors: [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.comm] if @self was.
 *
 * Mirrors `MPI_Comm_set_info` (MPI-4.0, section 7.4.4).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_set_info (MpiComm *self, MpiInfo *info, GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INFO (info), FALSE);
  COMM_ENTER (self, "MPI_Comm_set_info", error, FALSE);

  return ompi_obj_info_check (info, "MPI_Comm_set_info", error)
         && CHECK_MPI (error, MPI_Comm_set_info, COMM_HANDLE (self), info_to_mpi (info));
}

/**
 * ompi_obj_comm_compare:
 * @self: a communicator
 * @other: another one
 * @error: return location for a #GError
 *
 * Tells how two communicators relate.
 *
 * Errors: [error@Mpi.Error.comm] if one of them was freed.
 *
 * Mirrors `MPI_Comm_compare` (MPI-4.0, section 7.4.1).
 *
 * Returns: how they relate; [enum@Mpi.Comparison.unequal] on error
 *
 * Since: 1.0
 */
MpiComparison
ompi_obj_comm_compare (MpiComm *self, MpiComm *other, GError **error)
{
  int result;

  COMM_ENTER (self, "MPI_Comm_compare", error, OMPI_OBJ_COMPARISON_UNEQUAL);
  COMM_ENTER (other, "MPI_Comm_compare", error, OMPI_OBJ_COMPARISON_UNEQUAL);

  if (!CHECK_MPI (error, MPI_Comm_compare, COMM_HANDLE (self), COMM_HANDLE (other), &result))
    return OMPI_OBJ_COMPARISON_UNEQUAL;
  return comparison_from_mpi (result);
}

/**
 * ompi_obj_comm_get_name: (get-property name)
 * @self: a communicator
 * @error: return location for a #GError
 *
 * Gets the name of a communicator, as debuggers show it.
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_get_name` (MPI-4.0, section 7.8).
 *
 * Returns: (transfer full): the name, or an empty string; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_comm_get_name (MpiComm *self, GError **error)
{
  char name[MPI_MAX_OBJECT_NAME + 1] = "";
  int length = 0;

  COMM_ENTER (self, "MPI_Comm_get_name", error, NULL);

  return CHECK_MPI (error, MPI_Comm_get_name, COMM_HANDLE (self), name, &length) ? g_strdup (name) : NULL;
}

/**
 * ompi_obj_comm_set_name:
 * @self: a communicator
 * @name: the name
 * @error: return location for a #GError
 *
 * Gives a communicator a name, on this rank, for debuggers to show. MPI limits its length (to 127
 * bytes in MPICH, 63 in Open MPI).
 *
 * Errors: [error@Mpi.Error.comm] if @self was freed, [error@Mpi.Error.arg] if @name is too long.
 *
 * Mirrors `MPI_Comm_set_name` (MPI-4.0, section 7.8).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_comm_set_name (MpiComm *self, const gchar *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);
  COMM_ENTER (self, "MPI_Comm_set_name", error, FALSE);

  /* One MPI refuses a long name and another cuts it, perhaps within a character; refuse it everywhere. */
  if (strlen (name) >= MPI_MAX_OBJECT_NAME)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Comm_set_name",
                          "name is %" G_GSIZE_FORMAT " bytes long, but the limit is %d", strlen (name),
                          MPI_MAX_OBJECT_NAME - 1);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Comm_set_name, COMM_HANDLE (self), name);
}

/**
 * ompi_obj_comm_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 * @error: return location for a #GError
 *
 * Makes an object for a raw MPI handle, of the class that fits. If it is owned, MPI's errors on it
 * are returned from now on; a borrowed one keeps its error handler.
 *
 * Errors: [error@Mpi.Error.comm] if @native is no communicator.
 *
 * Returns: (transfer full): a new communicator; %NULL on error
 *
 * Since: 1.0
 */
MpiComm *
ompi_obj_comm_new_for_native (MPI_Comm native, MpiOwnership ownership, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!environment_ensure (G_STRFUNC, error))
    return NULL;
  if (native == MPI_COMM_NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_COMM, G_STRFUNC, "the handle is MPI_COMM_NULL");
      return NULL;
    }
  return comm_new (native, ownership, comm_type_for_native (native), error);
}

/**
 * ompi_obj_comm_get_native: (skip)
 * @self: a communicator
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_COMM_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Comm
ompi_obj_comm_get_native (MpiComm *self)
{
  g_return_val_if_fail (comm_check_type (self), MPI_COMM_NULL);

  return COMM_HANDLE (self);
}
