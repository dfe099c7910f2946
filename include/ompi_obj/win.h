/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_WIN_TARGET (ompi_obj_win_target_get_type ())

/**
 * MpiWinTarget:
 * @rank: the rank whose memory is accessed, or `OMPI_OBJ_PROC_NULL` for nobody
 * @displacement: where in its memory: in units of that rank's displacement unit; in a dynamic window the address
 * @count: the number of elements there; negative: as many as in the origin buffer
 * @datatype: (nullable): their datatype; %NULL: that of the origin buffer
 *
 * A place in the window, of the memory of one rank: where an operation puts to or gets from.
 *
 * C programs write one in place, with `OMPI_OBJ_TARGET()` or `OMPI_OBJ_TARGET_FULL()`; it is not freed. Other
 * languages make one with a constructor.
 *
 * Since: 1.0
 */
struct _MpiWinTarget
{
  gint rank;
  gint64 displacement;
  gint64 count;
  MpiDatatype *datatype;
};

#ifndef __cplusplus

/**
 * OMPI_OBJ_TARGET_FULL: (skip)
 * @target_rank: the rank whose memory is accessed
 * @target_displacement: where in its memory
 * @n_elements: the number of elements there
 * @type: (transfer none): their [class@Mpi.Datatype]
 *
 * A [struct@Mpi.WinTarget] in place, the arguments in MPI's order.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_TARGET_FULL(target_rank, target_displacement, n_elements, type) \
  (&(MpiWinTarget){                                                              \
      .rank = (target_rank), .displacement = (target_displacement), .count = (n_elements), .datatype = (type) })

/**
 * OMPI_OBJ_TARGET: (skip)
 * @target_rank: the rank whose memory is accessed
 * @target_displacement: where in its memory
 *
 * A [struct@Mpi.WinTarget] in place, of as many elements of the same datatype as in the origin buffer.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_TARGET(target_rank, target_displacement) \
  OMPI_OBJ_TARGET_FULL (target_rank, target_displacement, -1, NULL)

#endif

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_win_target_get_type (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinTarget *ompi_obj_win_target_new (gint rank, gint64 displacement) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinTarget *ompi_obj_win_target_new_full (gint rank, gint64 displacement, gint64 count, MpiDatatype *datatype)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinTarget *ompi_obj_win_target_copy (const MpiWinTarget *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_win_target_free (MpiWinTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiWinTarget, ompi_obj_win_target_free)

#define OMPI_OBJ_TYPE_WIN (ompi_obj_win_get_type ())
#define OMPI_OBJ_WIN(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), OMPI_OBJ_TYPE_WIN, MpiWin))
#define OMPI_OBJ_WIN_CLASS(klass) (G_TYPE_CHECK_CLASS_CAST ((klass), OMPI_OBJ_TYPE_WIN, MpiWinClass))
#define OMPI_OBJ_IS_WIN(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), OMPI_OBJ_TYPE_WIN))
#define OMPI_OBJ_IS_WIN_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), OMPI_OBJ_TYPE_WIN))
#define OMPI_OBJ_WIN_GET_CLASS(object) (G_TYPE_INSTANCE_GET_CLASS ((object), OMPI_OBJ_TYPE_WIN, MpiWinClass))

struct _MpiWin
{
  GObject parent_instance;

  /*< private >*/
  struct _MpiWinHandle *handle;
};

/**
 * MpiWinClass:
 * @parent_class: the parent class
 * @put: writes a buffer to a target
 * @get: reads a buffer from a target
 * @accumulate: combines a buffer with a target
 * @get_accumulate: the same, and reads what was there before
 * @fetch_and_op: combines one element with a target, and reads what was there before
 * @compare_and_swap: writes one element to a target if another is there, and reads what was there before
 * @rput: what @put does, with a request
 * @rget: what @get does, with a request
 * @raccumulate: what @accumulate does, with a request
 * @rget_accumulate: what @get_accumulate does, with a request
 * @fence: completes the operations of all ranks, and begins an epoch
 * @start: begins to access the memory of a group
 * @complete: ends what @start began
 * @post: begins to let a group access this rank's memory
 * @wait: waits until the group has ended its access
 * @test: tells whether the group has ended its access; %FALSE without an error if it has not
 * @lock: locks the memory of a rank
 * @unlock: ends what @lock began
 * @lock_all: locks the memory of all ranks
 * @unlock_all: ends what @lock_all began
 * @flush: completes the operations on a rank
 * @flush_all: completes the operations on all ranks
 * @flush_local: completes the operations on a rank as far as this rank's memory is concerned
 * @flush_local_all: the same on all ranks
 * @sync: makes loads and stores agree with what others see
 *
 * The primitives of a window, one for each MPI operation. A subclass in any language overrides the ones
 * that it wants to watch or change and chains up for the rest.
 *
 * Since: 1.0
 */
struct _MpiWinClass
{
  GObjectClass parent_class;

  /* Operations */
  gboolean (*put) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);
  gboolean (*get) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);
  gboolean (*accumulate) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error);
  gboolean (*get_accumulate) (MpiWin *self,
                              const MpiBuffer *origin,
                              const MpiBuffer *result,
                              const MpiWinTarget *target,
                              MpiOp *op,
                              GError **error);
  gboolean (*fetch_and_op) (MpiWin *self,
                            const MpiBuffer *origin,
                            const MpiBuffer *result,
                            const MpiWinTarget *target,
                            MpiOp *op,
                            GError **error);
  gboolean (*compare_and_swap) (MpiWin *self,
                                const MpiBuffer *origin,
                                const MpiBuffer *compare,
                                const MpiBuffer *result,
                                const MpiWinTarget *target,
                                GError **error);
  MpiRequest *(*rput) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);
  MpiRequest *(*rget) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);
  MpiRequest *(
      *raccumulate) (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error);
  MpiRequest *(*rget_accumulate) (MpiWin *self,
                                  const MpiBuffer *origin,
                                  const MpiBuffer *result,
                                  const MpiWinTarget *target,
                                  MpiOp *op,
                                  GError **error);

  /* Synchronization */
  gboolean (*fence) (MpiWin *self, MpiRmaAssert assertions, GError **error);
  gboolean (*start) (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error);
  gboolean (*complete) (MpiWin *self, GError **error);
  gboolean (*post) (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error);
  gboolean (*wait) (MpiWin *self, GError **error);
  gboolean (*test) (MpiWin *self, GError **error);
  gboolean (*lock) (MpiWin *self, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error);
  gboolean (*unlock) (MpiWin *self, gint rank, GError **error);
  gboolean (*lock_all) (MpiWin *self, MpiRmaAssert assertions, GError **error);
  gboolean (*unlock_all) (MpiWin *self, GError **error);
  gboolean (*flush) (MpiWin *self, gint rank, GError **error);
  gboolean (*flush_all) (MpiWin *self, GError **error);
  gboolean (*flush_local) (MpiWin *self, gint rank, GError **error);
  gboolean (*flush_local_all) (MpiWin *self, GError **error);
  gboolean (*sync) (MpiWin *self, GError **error);

  /*< private >*/
  gpointer padding[16];
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_win_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiWin, g_object_unref)

/* Creation */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWin *ompi_obj_win_create (const MpiBuffer *memory, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWin *ompi_obj_win_allocate (gint64 size, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWin *ompi_obj_win_allocate_shared (gint64 size, gint64 disp_unit, MpiInfo *info, MpiComm *comm, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWin *ompi_obj_win_create_dynamic (MpiInfo *info, MpiComm *comm, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_free (MpiWin *self, GError **error);

/* Memory */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_attach (MpiWin *self, const MpiBuffer *memory, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_detach (MpiWin *self, const MpiBuffer *memory, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *ompi_obj_win_get_buffer (MpiWin *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiBuffer *
ompi_obj_win_shared_query (MpiWin *self, gint rank, gint64 *disp_unit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
guintptr ompi_obj_win_get_base (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_win_get_size (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_win_get_disp_unit (MpiWin *self, GError **error);

/* What a window is */

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_win_get_rank (MpiWin *self);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_win_get_n_ranks (MpiWin *self);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinFlavor ompi_obj_win_get_create_flavor (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinModel ompi_obj_win_get_model (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_win_get_group (MpiWin *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_win_get_info (MpiWin *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_set_info (MpiWin *self, MpiInfo *info, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_win_get_name (MpiWin *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_set_name (MpiWin *self, const gchar *name, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_set_attr (MpiWin *self, MpiKeyval *keyval, GVariant *value, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
GVariant *ompi_obj_win_get_attr (MpiWin *self, MpiKeyval *keyval, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_delete_attr (MpiWin *self, MpiKeyval *keyval, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_set_errhandler (MpiWin *self, MpiErrhandler *errhandler, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *ompi_obj_win_get_errhandler (MpiWin *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_call_errhandler (MpiWin *self, gint mpi_code, GError **error);

/* Operations */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_put (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_get (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_win_accumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_get_accumulate (MpiWin *self,
                                      const MpiBuffer *origin,
                                      const MpiBuffer *result,
                                      const MpiWinTarget *target,
                                      MpiOp *op,
                                      GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_fetch_and_op (MpiWin *self,
                                    const MpiBuffer *origin,
                                    const MpiBuffer *result,
                                    const MpiWinTarget *target,
                                    MpiOp *op,
                                    GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_compare_and_swap (MpiWin *self,
                                        const MpiBuffer *origin,
                                        const MpiBuffer *compare,
                                        const MpiBuffer *result,
                                        const MpiWinTarget *target,
                                        GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_win_rput (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_win_rget (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_win_raccumulate (MpiWin *self, const MpiBuffer *origin, const MpiWinTarget *target, MpiOp *op, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_win_rget_accumulate (MpiWin *self,
                                          const MpiBuffer *origin,
                                          const MpiBuffer *result,
                                          const MpiWinTarget *target,
                                          MpiOp *op,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Synchronization */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_fence (MpiWin *self, MpiRmaAssert assertions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_start (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_complete (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_post (MpiWin *self, MpiGroup *group, MpiRmaAssert assertions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_wait (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_test (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_lock (MpiWin *self, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_unlock (MpiWin *self, gint rank, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_lock_all (MpiWin *self, MpiRmaAssert assertions, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_unlock_all (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_flush (MpiWin *self, gint rank, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_flush_all (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_flush_local (MpiWin *self, gint rank, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_flush_local_all (MpiWin *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_sync (MpiWin *self, GError **error);

/* Locks that end with their scope, for C */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinLock *ompi_obj_win_lock_new (MpiWin *win, MpiLockType type, gint rank, MpiRmaAssert assertions, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiWinLock *ompi_obj_win_lock_new_all (MpiWin *win, MpiRmaAssert assertions, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_win_lock_release (MpiWinLock *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
void ompi_obj_win_lock_free (MpiWinLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiWinLock, ompi_obj_win_lock_free)

G_END_DECLS
