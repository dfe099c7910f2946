/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <ompi_obj/comm.h>

G_BEGIN_DECLS

#define OMPI_OBJ_TYPE_FILE (ompi_obj_file_get_type ())
#define OMPI_OBJ_FILE(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), OMPI_OBJ_TYPE_FILE, MpiFile))
#define OMPI_OBJ_FILE_CLASS(klass) (G_TYPE_CHECK_CLASS_CAST ((klass), OMPI_OBJ_TYPE_FILE, MpiFileClass))
#define OMPI_OBJ_IS_FILE(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), OMPI_OBJ_TYPE_FILE))
#define OMPI_OBJ_IS_FILE_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), OMPI_OBJ_TYPE_FILE))
#define OMPI_OBJ_FILE_GET_CLASS(object) (G_TYPE_INSTANCE_GET_CLASS ((object), OMPI_OBJ_TYPE_FILE, MpiFileClass))

struct _MpiFile
{
  GObject parent_instance;

  /*< private >*/
  struct _MpiFileHandle *handle;
};

/**
 * MpiFileClass:
 * @parent_class: the parent class
 * @read: reads into a buffer in one of the six ways of access; @offset counts where the access has one; @status may be
 *   %NULL; all blocking reads come here
 * @write: writes a buffer in one of the six ways of access
 * @iread: starts to read into a buffer in one of the ways of access other than ordered
 * @iwrite: starts to write a buffer in one of the ways of access other than ordered
 * @read_begin: begins to read in one of the three collective ways of access
 * @read_end: ends what @read_begin began, with the same buffer
 * @write_begin: begins to write in one of the three collective ways of access
 * @write_end: ends what @write_begin began, with the same buffer
 * @seek: moves this rank's file pointer
 * @get_position: gets this rank's file pointer; -1 on error
 * @seek_shared: moves the shared file pointer
 * @get_position_shared: gets the shared file pointer; -1 on error
 * @set_view: says what of the file the rank sees; the representation is not %NULL, @info may be
 * @get_size: gets the size of the file in bytes; -1 on error
 * @set_size: cuts the file, or makes it longer
 * @preallocate: makes sure that there is room
 * @set_atomicity: says whether conflicting accesses of several ranks are in some order
 * @sync: has what was written stored, and shows what others have stored
 * @close: closes the file
 *
 * The primitives of a file, one for each operation. A subclass in any language overrides the ones that it wants to
 * watch or change and chains up for the rest.
 *
 * Since: 1.0
 */
struct _MpiFileClass
{
  GObjectClass parent_class;

  /* Data, blocking */
  gboolean (*read) (MpiFile *self,
                    MpiFileAccess access,
                    gint64 offset,
                    const MpiBuffer *buffer,
                    MpiStatus *status,
                    GError **error);
  gboolean (*write) (MpiFile *self,
                     MpiFileAccess access,
                     gint64 offset,
                     const MpiBuffer *buffer,
                     MpiStatus *status,
                     GError **error);

  /* Data, nonblocking */
  MpiRequest *(*iread) (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error);
  MpiRequest *(*iwrite) (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error);

  /* Data, collective in two parts */
  gboolean (*read_begin) (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error);
  gboolean (
      *read_end) (MpiFile *self, MpiFileAccess access, const MpiBuffer *buffer, MpiStatus *status, GError **error);
  gboolean (*write_begin) (MpiFile *self, MpiFileAccess access, gint64 offset, const MpiBuffer *buffer, GError **error);
  gboolean (
      *write_end) (MpiFile *self, MpiFileAccess access, const MpiBuffer *buffer, MpiStatus *status, GError **error);

  /* File pointers and the view */
  gboolean (*seek) (MpiFile *self, gint64 offset, MpiWhence whence, GError **error);
  gint64 (*get_position) (MpiFile *self, GError **error);
  gboolean (*seek_shared) (MpiFile *self, gint64 offset, MpiWhence whence, GError **error);
  gint64 (*get_position_shared) (MpiFile *self, GError **error);
  gboolean (*set_view) (MpiFile *self,
                        gint64 displacement,
                        MpiDatatype *etype,
                        MpiDatatype *filetype,
                        const gchar *representation,
                        MpiInfo *info,
                        GError **error);

  /* The file as a whole */
  gint64 (*get_size) (MpiFile *self, GError **error);
  gboolean (*set_size) (MpiFile *self, gint64 size, GError **error);
  gboolean (*preallocate) (MpiFile *self, gint64 size, GError **error);
  gboolean (*set_atomicity) (MpiFile *self, gboolean atomicity, GError **error);
  gboolean (*sync) (MpiFile *self, GError **error);
  gboolean (*close) (MpiFile *self, GError **error);

  /*< private >*/
  gpointer padding[12];
};

OMPI_OBJ_AVAILABLE_IN_1_0
GType ompi_obj_file_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MpiFile, g_object_unref)

/* Life */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiFile *ompi_obj_file_open (MpiComm *comm, const gchar *path, MpiFileMode amode, MpiInfo *info, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiFile *ompi_obj_file_open_for_gfile (MpiComm *comm, GFile *file, MpiFileMode amode, MpiInfo *info, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_close (MpiFile *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_delete (const gchar *path, MpiInfo *info, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_delete_for_gfile (GFile *file, MpiInfo *info, GError **error);

/* What it is */

OMPI_OBJ_AVAILABLE_IN_1_0
const gchar *ompi_obj_file_get_path (MpiFile *self);

OMPI_OBJ_AVAILABLE_IN_1_0
GFile *ompi_obj_file_get_gfile (MpiFile *self) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiFileMode ompi_obj_file_get_amode (MpiFile *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiGroup *ompi_obj_file_get_group (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiInfo *ompi_obj_file_get_info (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_set_info (MpiFile *self, MpiInfo *info, GError **error);

/* The file as a whole */

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_file_get_size (MpiFile *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_set_size (MpiFile *self, gint64 size, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_preallocate (MpiFile *self, gint64 size, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_set_atomicity (MpiFile *self, gboolean atomicity, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_get_atomicity (MpiFile *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_sync (MpiFile *self, GError **error);

/* The view, and places in it */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_set_view (MpiFile *self,
                                 gint64 displacement,
                                 MpiDatatype *etype,
                                 MpiDatatype *filetype,
                                 const gchar *representation,
                                 MpiInfo *info,
                                 GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_get_view (MpiFile *self,
                                 gint64 *displacement,
                                 MpiDatatype **etype,
                                 MpiDatatype **filetype,
                                 gchar **representation,
                                 GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_file_get_type_extent (MpiFile *self, MpiDatatype *datatype, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_seek (MpiFile *self, gint64 offset, MpiWhence whence, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_file_get_position (MpiFile *self, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_file_get_byte_offset (MpiFile *self, gint64 offset, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_seek_shared (MpiFile *self, gint64 offset, MpiWhence whence, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint64 ompi_obj_file_get_position_shared (MpiFile *self, GError **error);

/* Data, blocking */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_file_read_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_file_read_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_all (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_shared (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_ordered (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_file_write_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean
ompi_obj_file_write_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_all (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_shared (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_ordered (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

/* Data, nonblocking */

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iread_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iread_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iread (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iread_all (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_file_iread_shared (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iwrite_at (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iwrite_at_all (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iwrite (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *ompi_obj_file_iwrite_all (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
MpiRequest *
ompi_obj_file_iwrite_shared (MpiFile *self, const MpiBuffer *buffer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Data, collective in two parts */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_at_all_begin (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_at_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_all_begin (MpiFile *self, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_ordered_begin (MpiFile *self, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_read_ordered_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_at_all_begin (MpiFile *self, gint64 offset, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_at_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_all_begin (MpiFile *self, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_all_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_ordered_begin (MpiFile *self, const MpiBuffer *buffer, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_write_ordered_end (MpiFile *self, const MpiBuffer *buffer, MpiStatus *status, GError **error);

/* What happens about errors */

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_set_errhandler (MpiFile *self, MpiErrhandler *errhandler, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
MpiErrhandler *ompi_obj_file_get_errhandler (MpiFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_file_call_errhandler (MpiFile *self, gint mpi_code, GError **error);

G_END_DECLS
