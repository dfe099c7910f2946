/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/intercomm.h>
#include <ompi_obj/intracomm.h>

#include "comm-agreement-private.h"
#include "comm-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"
#include "ports-private.h"
#include "spawn-command-private.h"

static gboolean
check_root (MpiComm *self, gint root, const char *function, GError **error)
{
  if ((guint) root < self->handle->n_peers)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_ROOT, function, "root is %d, but the communicator has ranks 0 to %d", root,
                      self->handle->size - 1);
  return FALSE;
}

/*
 * The calls of MPI that join this group with other processes. The root does the work that can fail, and in Open MPI the
 * others wait until it broadcasts a length: for ever, if it has failed. So they run on a second communicator of the
 * same ranks, in which a root that failed can broadcast a length that is none without disturbing anybody.
 */
typedef struct
{
  MpiComm *self;
  gint root;
  const char *function;
  MPI_Comm comm; /* on which MPI is called */
} Joining;

static gboolean
joining_begin (Joining *joining, GError **error)
{
#ifdef OPEN_MPI
  return CHECK_MPI (error, MPI_Comm_split, COMM_HANDLE (joining->self), 0, joining->self->handle->rank, &joining->comm)
         && CHECK_MPI (error, MPI_Comm_set_errhandler, joining->comm, MPI_ERRORS_RETURN);
#else
  joining->comm = COMM_HANDLE (joining->self);
  return error == NULL || *error == NULL;
#endif
}

/*
 * Tells all ranks of the error of a rank, if one has one, which this function takes: of the root's first, as those of
 * the others follow from it and do not say why.
 */
static gboolean
joining_agree (Joining *joining, GError *obstacle, GError **error)
{
  const gboolean is_root = joining->self->handle->rank == joining->root;
  g_autoptr (GError) own = is_root ? NULL : obstacle;

  return ompi_obj_comm_consent (joining->self, is_root ? obstacle : NULL, "root", joining->root, joining->function,
                                error)
         && ompi_obj_comm_consent (joining->self, g_steal_pointer (&own), "root", joining->root, joining->function,
                                   error);
}

static MpiIntercomm *
joining_end (Joining *joining, MPI_Comm joined, GError *obstacle, GError **error)
{
  gboolean agreed;

#ifdef OPEN_MPI
  if (obstacle != NULL && joining->self->handle->rank == joining->root)
    {
      int no_length = -1;

      MPI_Bcast (&no_length, 1, MPI_INT, joining->root, joining->comm);
    }
#endif
  agreed = joining_agree (joining, obstacle, error);
#ifdef OPEN_MPI
  MPI_Comm_free (&joining->comm);
#endif
  return agreed ? (MpiIntercomm *) ompi_obj_comm_new_owned (joined, OMPI_OBJ_TYPE_INTERCOMM, error) : NULL;
}

/* Starting programs */

/* What MPI_Comm_spawn_multiple takes. */
typedef struct
{
  gint n_commands;
  gint n_processes; /* of all commands */
  gchar **files;
  gchar ***argvs;
  gint *max_procs;
  MPI_Info *infos;
} SpawnArguments;

static void
spawn_arguments_clear (SpawnArguments *self)
{
  g_strfreev (self->files);
  g_free (self->argvs);
  g_free (self->max_procs);
  g_free (self->infos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpawnArguments, spawn_arguments_clear)

static gboolean
spawn_arguments_init (SpawnArguments *self,
                      const MpiSpawnCommand *const *commands,
                      gsize n_commands,
                      const char *function,
                      GError **error)
{
  static gchar *no_arguments[] = { NULL };
  gint64 n_processes = 0;

  if (n_commands == 0 || commands == NULL || n_commands > G_MAXINT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function, "there are no commands at the root");
      return FALSE;
    }
  self->n_commands = (gint) n_commands;
  self->files = g_new0 (gchar *, n_commands + 1);
  self->argvs = g_new0 (gchar **, n_commands);
  self->max_procs = g_new0 (gint, n_commands);
  self->infos = g_new0 (MPI_Info, n_commands);
  for (gsize i = 0; i < n_commands; i++)
    {
      self->files[i] = ompi_obj_spawn_command_find (commands[i], function, error);
      if (self->files[i] == NULL)
        return FALSE;
      self->argvs[i] = commands[i]->argv != NULL ? commands[i]->argv : no_arguments;
      self->max_procs[i] = commands[i]->max_procs;
      self->infos[i] = info_to_mpi (commands[i]->info);
      n_processes += commands[i]->max_procs;
    }
  if (n_processes > G_MAXINT)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, function,
                          "max_procs of all commands are %" G_GINT64_FORMAT " processes", n_processes);
      return FALSE;
    }
  self->n_processes = (gint) n_processes;
  return TRUE;
}

/* Only the root knows how many there are, and with that which function of MPI is to be called. */
static gboolean
spawn_arguments_share_numbers (SpawnArguments *self, MpiComm *comm, gint root, const char *function, GError **error)
{
  int numbers[] = { self->n_commands, self->n_processes };

  if (!check_mpi (error, function, MPI_Bcast (numbers, G_N_ELEMENTS (numbers), MPI_INT, root, COMM_HANDLE (comm))))
    return FALSE;
  self->n_commands = numbers[0];
  self->n_processes = numbers[1];
  return TRUE;
}

/* Says which of the processes could not be started, and why, if MPI says more of it than of the whole. */
static void
spawn_error_add_process (GError *error, const gint *codes, gint n_codes)
{
  for (gint i = 0; i < n_codes; i++)
    if (codes[i] != MPI_SUCCESS && codes[i] != ompi_obj_error_get_mpi_code (error))
      {
        g_autoptr (GError) reason = NULL;

        ompi_obj_error_set_mpi (&reason, "process", codes[i]);
        g_prefix_error (&error, "process %d of %d: %s: ", i, n_codes, reason->message);
        return;
      }
}

static MpiIntercomm *
intracomm_real_spawn_multiple (MpiIntracomm *intracomm,
                               const MpiSpawnCommand *const *commands,
                               gsize n_commands,
                               gint root,
                               gint **error_codes,
                               gsize *n_error_codes,
                               GError **error)
{
  static const char function[] = "MPI_Comm_spawn";
  MpiComm *self = (MpiComm *) intracomm;
  const gboolean is_root = self->handle->rank == root;
  g_auto (SpawnArguments) arguments = { 0 };
  g_autofree gint *codes = NULL;
  Joining joining = { self, root, function, MPI_COMM_NULL };
  MPI_Comm spawned = MPI_COMM_NULL;
  GError *obstacle = NULL;
  MpiIntercomm *result;

  if (!ompi_obj_require_feature (OMPI_OBJ_FEATURE_DYNAMIC_PROCESS, function, error))
    return NULL;
  if (check_root (self, root, function, &obstacle) && is_root)
    spawn_arguments_init (&arguments, commands, n_commands, function, &obstacle);
  if (!ompi_obj_comm_consent (self, obstacle, "root", root, function, error)
      || !spawn_arguments_share_numbers (&arguments, self, root, function, error) || !joining_begin (&joining, error))
    return NULL;

  obstacle = NULL;
  codes = g_new0 (gint, arguments.n_processes);
  if (arguments.n_commands == 1)
    CHECK_MPI (&obstacle, MPI_Comm_spawn, is_root ? arguments.files[0] : "", is_root ? arguments.argvs[0] : NULL,
               arguments.n_processes, is_root ? arguments.infos[0] : MPI_INFO_NULL, root, joining.comm, &spawned,
               codes);
  else
    CHECK_MPI (&obstacle, MPI_Comm_spawn_multiple, arguments.n_commands, arguments.files, arguments.argvs,
               arguments.max_procs, arguments.infos, root, joining.comm, &spawned, codes);
  if (obstacle != NULL && is_root)
    spawn_error_add_process (obstacle, codes, arguments.n_processes);
  result = joining_end (&joining, spawned, obstacle, error);
  if (result == NULL)
    return NULL;

  if (n_error_codes != NULL)
    *n_error_codes = (gsize) arguments.n_processes;
  if (error_codes != NULL)
    {
      for (gint i = 0; i < arguments.n_processes; i++)
        ompi_obj_error_remember (codes[i]);
      *error_codes = g_steal_pointer (&codes);
    }
  return result;
}

static MpiIntercomm *
intracomm_spawn (MpiIntracomm *self,
                 const MpiSpawnCommand *const *commands,
                 gsize n_commands,
                 gint root,
                 gint **error_codes,
                 gsize *n_error_codes,
                 GError **error)
{
  MpiIntercomm *spawned = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->spawn_multiple (self, commands, n_commands, root,
                                                                               error_codes, n_error_codes, error);

  check_slot (error, "ompi_obj_intracomm_spawn", spawned != NULL);
  return spawned;
}

/**
 * ompi_obj_intracomm_spawn:
 * @self: the communicator of the parents
 * @command: (nullable): at the root, the program: a file, absolute or relative to the working directory, or a name
 *   to look for in `PATH`; elsewhere ignored
 * @argv: (array zero-terminated=1) (nullable): at the root, its arguments, without its name, or %NULL for none;
 *   elsewhere ignored
 * @max_procs: at the root, how many processes of it to start, from 1; elsewhere ignored
 * @info: (nullable): at the root, hints for MPI, such as `wdir` and `host`, or %NULL; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @error_codes: (out) (optional) (array length=n_error_codes) (transfer full): MPI's code for each process, 0
 *   for one that was started; others only if the info has `soft`
 * @n_error_codes: (out) (optional): the number of processes
 * @error: return location for a #GError
 *
 * Starts a program on several processes, the children, which form a world of their own. Collective over the parents,
 * and over the children with the initialization of MPI in them, so the program must initialize it: a program without
 * MPI leaves the parents waiting for ever.
 *
 * The children get the other side of the intercommunicator from [func@Mpi.Comm.get_parent].
 *
 * A file that is missing, or a wrong argument, is an error on all parents. When the processes
 * cannot be started for another reason (no room on the machines) that is an error too, but `mpirun` of Open MPI
 * 4.1 then does not end when its ranks have.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI cannot start programs (MPICH before 4.2 on UCX),
 * [error@Mpi.Error.spawn] if the program cannot be started, [error@Mpi.Error.arg] if @max_procs is less than 1 or
 * @command is empty, [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.root] if @root is no rank,
 * [error@Mpi.Error.not_same] if it differs, [error@Mpi.Error.comm] if @self was freed.
 *
 * Mirrors `MPI_Comm_spawn` (MPI-4.0, section 11.8.2).
 *
 * Returns: (transfer full): the communicator with the children; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_spawn (MpiIntracomm *self,
                          const gchar *command,
                          const gchar *const *argv,
                          gint max_procs,
                          MpiInfo *info,
                          gint root,
                          gint **error_codes,
                          gsize *n_error_codes,
                          GError **error)
{
  g_autoptr (MpiSpawnCommand) only = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Comm_spawn", error, NULL);

  if (command != NULL)
    only = ompi_obj_spawn_command_new (command, argv, max_procs, info);
  return intracomm_spawn (self, (const MpiSpawnCommand *const *) &only, only != NULL ? 1 : 0, root, error_codes,
                          n_error_codes, error);
}

/**
 * ompi_obj_intracomm_spawn_multiple: (virtual spawn_multiple)
 * @self: the communicator of the parents
 * @commands: (array length=n_commands) (nullable): at the root, the programs; elsewhere ignored
 * @n_commands: their number; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @error_codes: (out) (optional) (array length=n_error_codes) (transfer full): MPI's code for each process of
 *   each command, one command after the other; 0 for one that was started
 * @n_error_codes: (out) (optional): the number of processes
 * @error: return location for a #GError
 *
 * Starts several programs, or one with several arguments, whose processes form one world, in the order of the
 * commands. Else it is as [method@Mpi.Intracomm.spawn].
 *
 * Mirrors `MPI_Comm_spawn_multiple` (MPI-4.0, section 11.8.3).
 *
 * Returns: (transfer full): the communicator with the children; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_spawn_multiple (MpiIntracomm *self,
                                   const MpiSpawnCommand *const *commands,
                                   gsize n_commands,
                                   gint root,
                                   gint **error_codes,
                                   gsize *n_error_codes,
                                   GError **error)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Comm_spawn_multiple", error, NULL);

  return intracomm_spawn (self, commands, n_commands, root, error_codes, n_error_codes, error);
}

/**
 * ompi_obj_comm_get_parent:
 *
 * Gets the communicator with the processes that started this program with [method@Mpi.Intracomm.spawn].
 * The first use initializes MPI if nobody has.
 *
 * It stays until [method@Mpi.Comm.disconnect_peers] or [method@Mpi.Comm.free], both collective with the
 * parents.
 *
 * Mirrors `MPI_Comm_get_parent` (MPI-4.0, section 11.8.2).
 *
 * Returns: (transfer none) (nullable): the communicator; %NULL if the program was not started so, or
 *   is disconnected from its parents
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_comm_get_parent (void)
{
  static GMutex lock;
  static MpiComm *parent;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;
  MPI_Comm native = MPI_COMM_NULL;

  if (!environment_ensure ("MPI_Comm_get_parent", NULL))
    return NULL;

  locker = g_mutex_locker_new (&lock);
  if (parent == NULL && MPI_Comm_get_parent (&native) == MPI_SUCCESS && native != MPI_COMM_NULL)
    parent = ompi_obj_comm_new_owned (native, OMPI_OBJ_TYPE_INTERCOMM, NULL);
  return parent != NULL && COMM_HANDLE (parent) != MPI_COMM_NULL ? (MpiIntercomm *) parent : NULL;
}

/* Meeting programs that run already */

typedef enum
{
  SIDE_ACCEPTS,
  SIDE_CONNECTS
} Side;

static MpiIntercomm *
intracomm_meet (MpiIntracomm *intracomm,
                Side side,
                const char *port_name,
                MpiInfo *info,
                gint root,
                const char *function,
                GError **error)
{
  MpiComm *self = (MpiComm *) intracomm;
  Joining joining = { self, root, function, MPI_COMM_NULL };
  MPI_Comm met = MPI_COMM_NULL;
  GError *obstacle = NULL;

  if (!ompi_obj_require_feature (OMPI_OBJ_FEATURE_DYNAMIC_PROCESS, function, error))
    return NULL;
  if (check_root (self, root, function, &obstacle) && self->handle->rank == root
      && ompi_obj_info_check (info, function, &obstacle))
    {
      if (side == SIDE_ACCEPTS)
        ompi_obj_check_port_is_open (port_name, function, &obstacle);
      else
        ompi_obj_check_port_name (port_name, function, &obstacle);
    }
  if (!ompi_obj_comm_consent (self, obstacle, "root", root, function, error) || !joining_begin (&joining, error))
    return NULL;

  obstacle = NULL;
  check_mpi (&obstacle, function,
             (side == SIDE_ACCEPTS ? MPI_Comm_accept : MPI_Comm_connect) (port_name != NULL ? port_name : "",
                                                                          info_to_mpi (info), root, joining.comm,
                                                                          &met));
  return joining_end (&joining, met, obstacle, error);
}

static MpiIntercomm *
intracomm_real_accept_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
{
  return intracomm_meet (self, SIDE_ACCEPTS, port_name, info, root, "MPI_Comm_accept", error);
}

static MpiIntercomm *
intracomm_real_connect_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
{
  return intracomm_meet (self, SIDE_CONNECTS, port_name, info, root, "MPI_Comm_connect", error);
}

/**
 * ompi_obj_intracomm_accept_port: (virtual accept_port)
 * @self: the communicator of the ranks that shall be connected
 * @port_name: (nullable): at the root, a port that it opened with [func@Mpi.open_port]; elsewhere ignored
 * @info: (nullable): at the root, hints for MPI, or %NULL; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @error: return location for a #GError
 *
 * Waits for another program that connects to a port, and joins the ranks of both. Collective. A port can
 * be used for one connection after the other.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI cannot connect programs (MPICH before 4.2 on UCX),
 * [error@Mpi.Error.port] if the root has not opened @port_name, [error@Mpi.Error.info] if @info was freed,
 * [error@Mpi.Error.root] if @root is no rank, [error@Mpi.Error.not_same] if it differs, [error@Mpi.Error.comm] if @self
 * was freed. All ranks get the error.
 *
 * Mirrors `MPI_Comm_accept` (MPI-4.0, section 11.9.2).
 *
 * Returns: (transfer full): the communicator with the other program; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_accept_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
{
  MpiIntercomm *met;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Comm_accept", error, NULL);

  met = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->accept_port (self, port_name, info, root, error);
  check_slot (error, G_STRFUNC, met != NULL);
  return met;
}

/**
 * ompi_obj_intracomm_connect_port: (virtual connect_port)
 * @self: the communicator of the ranks that shall be connected
 * @port_name: (nullable): at the root, the other program's port; elsewhere ignored
 * @info: (nullable): at the root, hints for MPI, or %NULL; elsewhere ignored
 * @root: the rank whose arguments count, the same on all ranks
 * @error: return location for a #GError
 *
 * Connects to a port at which another program waits, or will wait, with
 * [method@Mpi.Intracomm.accept_port], and joins the ranks of both. Collective.
 *
 * Open MPI waits for ever at a port that nobody has any more; and in its version 4.1 programs that connect to one
 * port at the same time can miss each other and wait for ever.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI cannot connect programs (MPICH before 4.2 on UCX),
 * [error@Mpi.Error.port] if @port_name is %NULL, empty or too long at the root; MPI's own error, often
 * [error@Mpi.Error.intern], if it is no port; [error@Mpi.Error.info] if @info was freed, [error@Mpi.Error.root] if
 * @root is no rank, [error@Mpi.Error.not_same] if it differs, [error@Mpi.Error.comm] if @self was freed. All ranks get
 * the error.
 *
 * Mirrors `MPI_Comm_connect` (MPI-4.0, section 11.9.3).
 *
 * Returns: (transfer full): the communicator with the other program; %NULL on error
 *
 * Since: 1.0
 */
MpiIntercomm *
ompi_obj_intracomm_connect_port (MpiIntracomm *self, const gchar *port_name, MpiInfo *info, gint root, GError **error)
{
  MpiIntercomm *met;

  g_return_val_if_fail (OMPI_OBJ_IS_INTRACOMM (self), NULL);
  g_return_val_if_fail (info == NULL || OMPI_OBJ_IS_INFO (info), NULL);
  COMM_ENTER ((MpiComm *) self, "MPI_Comm_connect", error, NULL);

  met = OMPI_OBJ_INTRACOMM_GET_CLASS (self)->connect_port (self, port_name, info, root, error);
  check_slot (error, G_STRFUNC, met != NULL);
  return met;
}

/* Parting */

#ifdef OPEN_MPI

/* Whether an intracommunicator has ranks that were not started together with this one. */
static gboolean
comm_spans_programs (MPI_Comm comm)
{
  MPI_Group group;
  MPI_Group world;
  MPI_Group others;
  int n_others = 0;

  MPI_Comm_group (comm, &group);
  MPI_Comm_group (MPI_COMM_WORLD, &world);
  MPI_Group_difference (group, world, &others);
  MPI_Group_size (others, &n_others);
  if (others != MPI_GROUP_EMPTY)
    MPI_Group_free (&others);
  MPI_Group_free (&world);
  MPI_Group_free (&group);
  return n_others > 0;
}

/* Open MPI 4.1 waits for ever when the merged ranks of two programs disconnect, but not when they free. */
int
ompi_obj_comm_disconnect (MPI_Comm *comm)
{
  int is_inter = FALSE;
  int code;

  MPI_Comm_test_inter (*comm, &is_inter);
  if (is_inter || !comm_spans_programs (*comm))
    return MPI_Comm_disconnect (comm);
  code = MPI_Barrier (*comm);
  return code == MPI_SUCCESS ? MPI_Comm_free (comm) : code;
}

#else

int
ompi_obj_comm_disconnect (MPI_Comm *comm)
{
  return MPI_Comm_disconnect (comm);
}

#endif

void
ompi_obj_intracomm_class_init_dynamic (MpiIntracommClass *klass)
{
  klass->spawn_multiple = intracomm_real_spawn_multiple;
  klass->accept_port = intracomm_real_accept_port;
  klass->connect_port = intracomm_real_connect_port;
}
