/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/types.h>

G_BEGIN_DECLS

/**
 * MpiError:
 * @OMPI_OBJ_ERROR_FAILED: an error of no MPI class: a callback or an overridden method failed without saying why
 * @OMPI_OBJ_ERROR_MALFORMED: received bytes are not a serialized value; the message was consumed
 * @OMPI_OBJ_ERROR_UNSUPPORTED: this MPI cannot do it; the text says what to use instead
 * @OMPI_OBJ_ERROR_FINALIZED: MPI has been finalized, or was never initialized
 * @OMPI_OBJ_ERROR_BUFFER: invalid address
 * @OMPI_OBJ_ERROR_COUNT: invalid count
 * @OMPI_OBJ_ERROR_TYPE: invalid or freed datatype
 * @OMPI_OBJ_ERROR_TAG: invalid tag
 * @OMPI_OBJ_ERROR_COMM: invalid or freed communicator
 * @OMPI_OBJ_ERROR_RANK: invalid rank
 * @OMPI_OBJ_ERROR_REQUEST: invalid or freed request, or a message that was received already
 * @OMPI_OBJ_ERROR_ROOT: invalid root
 * @OMPI_OBJ_ERROR_GROUP: invalid or freed group
 * @OMPI_OBJ_ERROR_OP: invalid or freed reduction operation
 * @OMPI_OBJ_ERROR_TOPOLOGY: invalid topology
 * @OMPI_OBJ_ERROR_DIMS: invalid dimensions
 * @OMPI_OBJ_ERROR_ARG: invalid argument of another kind
 * @OMPI_OBJ_ERROR_UNKNOWN: MPI does not know what is wrong
 * @OMPI_OBJ_ERROR_TRUNCATE: the message is longer than the receive buffer
 * @OMPI_OBJ_ERROR_OTHER: an error that MPI has no class for
 * @OMPI_OBJ_ERROR_INTERN: an error inside MPI
 * @OMPI_OBJ_ERROR_PENDING: the request has not completed
 * @OMPI_OBJ_ERROR_IN_STATUS: the statuses tell which requests failed
 * @OMPI_OBJ_ERROR_ACCESS: permission denied
 * @OMPI_OBJ_ERROR_AMODE: invalid access mode of a file
 * @OMPI_OBJ_ERROR_ASSERT: invalid assertion
 * @OMPI_OBJ_ERROR_BAD_FILE: invalid file name
 * @OMPI_OBJ_ERROR_BASE: invalid base address of a window
 * @OMPI_OBJ_ERROR_CONVERSION: a data conversion function failed
 * @OMPI_OBJ_ERROR_DISP: invalid displacement
 * @OMPI_OBJ_ERROR_DUP_DATAREP: the data representation is registered already
 * @OMPI_OBJ_ERROR_FILE_EXISTS: the file exists
 * @OMPI_OBJ_ERROR_FILE_IN_USE: the file is in use
 * @OMPI_OBJ_ERROR_FILE: invalid or closed file
 * @OMPI_OBJ_ERROR_INFO_KEY: the info key is too long or empty
 * @OMPI_OBJ_ERROR_INFO_NOKEY: no such info key
 * @OMPI_OBJ_ERROR_INFO_VALUE: the info value is too long or empty
 * @OMPI_OBJ_ERROR_INFO: invalid or freed info
 * @OMPI_OBJ_ERROR_IO: an input or output error
 * @OMPI_OBJ_ERROR_KEYVAL: invalid attribute key
 * @OMPI_OBJ_ERROR_LOCKTYPE: invalid lock type
 * @OMPI_OBJ_ERROR_NAME: no such published name
 * @OMPI_OBJ_ERROR_NO_MEM: memory is exhausted
 * @OMPI_OBJ_ERROR_NOT_SAME: an argument differs between the ranks
 * @OMPI_OBJ_ERROR_NO_SPACE: no space on the device
 * @OMPI_OBJ_ERROR_NO_SUCH_FILE: no such file
 * @OMPI_OBJ_ERROR_PORT: invalid port name
 * @OMPI_OBJ_ERROR_QUOTA: the quota is exceeded
 * @OMPI_OBJ_ERROR_READ_ONLY: the file or file system is read-only
 * @OMPI_OBJ_ERROR_RMA_CONFLICT: conflicting accesses to a window
 * @OMPI_OBJ_ERROR_RMA_SYNC: wrong synchronization of a window
 * @OMPI_OBJ_ERROR_SERVICE: invalid service name
 * @OMPI_OBJ_ERROR_SIZE: invalid size of a window
 * @OMPI_OBJ_ERROR_SPAWN: the processes could not be started
 * @OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP: unsupported data representation
 * @OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION: unsupported operation on this file
 * @OMPI_OBJ_ERROR_WIN: invalid or freed window
 * @OMPI_OBJ_ERROR_RMA_RANGE: the target memory is outside the window
 * @OMPI_OBJ_ERROR_RMA_ATTACH: the memory cannot be attached
 * @OMPI_OBJ_ERROR_RMA_SHARED: the memory cannot be shared
 * @OMPI_OBJ_ERROR_RMA_FLAVOR: the window is of the wrong kind
 * @OMPI_OBJ_ERROR_PROC_ABORTED: a peer process aborted
 * @OMPI_OBJ_ERROR_VALUE_TOO_LARGE: a value does not fit its variable
 * @OMPI_OBJ_ERROR_SESSION: invalid or finalized session
 * @OMPI_OBJ_ERROR_ERRHANDLER: invalid or freed error handler
 * @OMPI_OBJ_ERROR_PROC_FAILED: a peer process failed
 * @OMPI_OBJ_ERROR_REVOKED: the communicator was revoked
 *
 * What went wrong: the codes of the domain `OMPI_OBJ_ERROR`, one for each MPI error class, and four
 * of the library's own at the front.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_error >*/
{
  OMPI_OBJ_ERROR_FAILED,
  OMPI_OBJ_ERROR_MALFORMED,
  OMPI_OBJ_ERROR_UNSUPPORTED,
  OMPI_OBJ_ERROR_FINALIZED,
  OMPI_OBJ_ERROR_BUFFER,
  OMPI_OBJ_ERROR_COUNT,
  OMPI_OBJ_ERROR_TYPE,
  OMPI_OBJ_ERROR_TAG,
  OMPI_OBJ_ERROR_COMM,
  OMPI_OBJ_ERROR_RANK,
  OMPI_OBJ_ERROR_REQUEST,
  OMPI_OBJ_ERROR_ROOT,
  OMPI_OBJ_ERROR_GROUP,
  OMPI_OBJ_ERROR_OP,
  OMPI_OBJ_ERROR_TOPOLOGY,
  OMPI_OBJ_ERROR_DIMS,
  OMPI_OBJ_ERROR_ARG,
  OMPI_OBJ_ERROR_UNKNOWN,
  OMPI_OBJ_ERROR_TRUNCATE,
  OMPI_OBJ_ERROR_OTHER,
  OMPI_OBJ_ERROR_INTERN,
  OMPI_OBJ_ERROR_PENDING,
  OMPI_OBJ_ERROR_IN_STATUS,
  OMPI_OBJ_ERROR_ACCESS,
  OMPI_OBJ_ERROR_AMODE,
  OMPI_OBJ_ERROR_ASSERT,
  OMPI_OBJ_ERROR_BAD_FILE,
  OMPI_OBJ_ERROR_BASE,
  OMPI_OBJ_ERROR_CONVERSION,
  OMPI_OBJ_ERROR_DISP,
  OMPI_OBJ_ERROR_DUP_DATAREP,
  OMPI_OBJ_ERROR_FILE_EXISTS,
  OMPI_OBJ_ERROR_FILE_IN_USE,
  OMPI_OBJ_ERROR_FILE,
  OMPI_OBJ_ERROR_INFO_KEY,
  OMPI_OBJ_ERROR_INFO_NOKEY,
  OMPI_OBJ_ERROR_INFO_VALUE,
  OMPI_OBJ_ERROR_INFO,
  OMPI_OBJ_ERROR_IO,
  OMPI_OBJ_ERROR_KEYVAL,
  OMPI_OBJ_ERROR_LOCKTYPE,
  OMPI_OBJ_ERROR_NAME,
  OMPI_OBJ_ERROR_NO_MEM,
  OMPI_OBJ_ERROR_NOT_SAME,
  OMPI_OBJ_ERROR_NO_SPACE,
  OMPI_OBJ_ERROR_NO_SUCH_FILE,
  OMPI_OBJ_ERROR_PORT,
  OMPI_OBJ_ERROR_QUOTA,
  OMPI_OBJ_ERROR_READ_ONLY,
  OMPI_OBJ_ERROR_RMA_CONFLICT,
  OMPI_OBJ_ERROR_RMA_SYNC,
  OMPI_OBJ_ERROR_SERVICE,
  OMPI_OBJ_ERROR_SIZE,
  OMPI_OBJ_ERROR_SPAWN,
  OMPI_OBJ_ERROR_UNSUPPORTED_DATAREP,
  OMPI_OBJ_ERROR_UNSUPPORTED_OPERATION,
  OMPI_OBJ_ERROR_WIN,
  OMPI_OBJ_ERROR_RMA_RANGE,
  OMPI_OBJ_ERROR_RMA_ATTACH,
  OMPI_OBJ_ERROR_RMA_SHARED,
  OMPI_OBJ_ERROR_RMA_FLAVOR,
  OMPI_OBJ_ERROR_PROC_ABORTED,
  OMPI_OBJ_ERROR_VALUE_TOO_LARGE,
  OMPI_OBJ_ERROR_SESSION,
  OMPI_OBJ_ERROR_ERRHANDLER,
  OMPI_OBJ_ERROR_PROC_FAILED,
  OMPI_OBJ_ERROR_REVOKED
} MpiError;

/**
 * OMPI_OBJ_ERROR:
 *
 * The domain of the library's errors; the codes are [error@Mpi.Error].
 *
 * Since: 1.0
 */
#define OMPI_OBJ_ERROR (ompi_obj_error_quark ())

OMPI_OBJ_AVAILABLE_IN_1_0
GQuark ompi_obj_error_quark (void) G_GNUC_CONST;

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_get_mpi_code (const GError *error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_get_mpi_class (const GError *error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_get_last_mpi_code (void);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_add_class (GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_add_code (gint mpi_class, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_error_add_string (gint mpi_code, const gchar *text, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_error_remove_class (gint mpi_class, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_error_remove_code (gint mpi_code, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gboolean ompi_obj_error_remove_string (gint mpi_code, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gint ompi_obj_error_get_class (gint mpi_code, GError **error);

OMPI_OBJ_AVAILABLE_IN_1_0
gchar *ompi_obj_error_get_string (gint mpi_code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
