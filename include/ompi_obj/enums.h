/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OMPI_OBJ_ANY_SOURCE:
 *
 * In place of a source rank: receive from whoever sends. MPI's `MPI_ANY_SOURCE`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_ANY_SOURCE (-1)

/**
 * OMPI_OBJ_ANY_TAG:
 *
 * In place of a tag: receive whatever the tag is. MPI's `MPI_ANY_TAG`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_ANY_TAG (-2)

/**
 * OMPI_OBJ_PROC_NULL:
 *
 * In place of a rank: nobody. Sending to and receiving from nobody succeeds at once and moves no
 * data. MPI's `MPI_PROC_NULL`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_PROC_NULL (-3)

/**
 * OMPI_OBJ_ROOT:
 *
 * The root argument of the root itself in a collective over an intercommunicator. MPI's `MPI_ROOT`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_ROOT (-4)

/**
 * OMPI_OBJ_UNDEFINED:
 *
 * A number that has no meaning, such as the count of a message that does not hold a whole number of
 * elements. MPI's `MPI_UNDEFINED`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_UNDEFINED (-32766)

/**
 * MpiComparison:
 * @OMPI_OBJ_COMPARISON_IDENT: two handles of the same object
 * @OMPI_OBJ_COMPARISON_CONGRUENT: the same ranks in the same order, another communication context
 * @OMPI_OBJ_COMPARISON_SIMILAR: the same members in another order
 * @OMPI_OBJ_COMPARISON_UNEQUAL: anything else
 *
 * How two communicators (or groups) relate.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_comparison >*/
{
  OMPI_OBJ_COMPARISON_IDENT,
  OMPI_OBJ_COMPARISON_CONGRUENT,
  OMPI_OBJ_COMPARISON_SIMILAR,
  OMPI_OBJ_COMPARISON_UNEQUAL
} MpiComparison;

/**
 * MpiPredefinedErrhandler:
 * @OMPI_OBJ_PREDEFINED_ERRHANDLER_RETURN: the call returns the error
 * @OMPI_OBJ_PREDEFINED_ERRHANDLER_ARE_FATAL: all ranks of the job end, at least those that are connected
 * @OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT: the ranks of the communicator end (MPI-4.0, but not MPICH 4.0)
 *
 * The error handlers that MPI has itself.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_predefined_errhandler >*/
{
  OMPI_OBJ_PREDEFINED_ERRHANDLER_RETURN,
  OMPI_OBJ_PREDEFINED_ERRHANDLER_ARE_FATAL,
  OMPI_OBJ_PREDEFINED_ERRHANDLER_ABORT
} MpiPredefinedErrhandler;

/**
 * MpiKeyvalCopy:
 * @OMPI_OBJ_KEYVAL_COPY_NONE: duplicates do not have it
 * @OMPI_OBJ_KEYVAL_COPY_DUP: duplicates have it with the same value
 *
 * What becomes of an attribute when its object is duplicated.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_keyval_copy >*/
{
  OMPI_OBJ_KEYVAL_COPY_NONE,
  OMPI_OBJ_KEYVAL_COPY_DUP
} MpiKeyvalCopy;

/**
 * MpiSplitType:
 * @OMPI_OBJ_SPLIT_TYPE_UNDEFINED: this rank gets no communicator
 * @OMPI_OBJ_SPLIT_TYPE_SHARED: ranks that can share memory
 * @OMPI_OBJ_SPLIT_TYPE_HW_GUIDED: ranks on the piece of hardware that the info names (MPI-4.0)
 * @OMPI_OBJ_SPLIT_TYPE_HW_UNGUIDED: ranks on the same piece of hardware of the next smaller kind (MPI-4.0)
 * @OMPI_OBJ_SPLIT_TYPE_RESOURCE_GUIDED: ranks on the resource that the info names (MPI-4.1)
 *
 * What the ranks of each part have in common when a communicator is split by type.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_split_type >*/
{
  OMPI_OBJ_SPLIT_TYPE_UNDEFINED,
  OMPI_OBJ_SPLIT_TYPE_SHARED,
  OMPI_OBJ_SPLIT_TYPE_HW_GUIDED,
  OMPI_OBJ_SPLIT_TYPE_HW_UNGUIDED,
  OMPI_OBJ_SPLIT_TYPE_RESOURCE_GUIDED
} MpiSplitType;

/**
 * MpiTopology:
 * @OMPI_OBJ_TOPOLOGY_NONE: none
 * @OMPI_OBJ_TOPOLOGY_CART: a Cartesian grid
 * @OMPI_OBJ_TOPOLOGY_GRAPH: a graph that every rank knows
 * @OMPI_OBJ_TOPOLOGY_DIST_GRAPH: a graph of which each rank knows its neighbours
 *
 * How the ranks of a communicator are arranged.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_topology >*/
{
  OMPI_OBJ_TOPOLOGY_NONE,
  OMPI_OBJ_TOPOLOGY_CART,
  OMPI_OBJ_TOPOLOGY_GRAPH,
  OMPI_OBJ_TOPOLOGY_DIST_GRAPH
} MpiTopology;

/**
 * MpiOwnership:
 * @OMPI_OBJ_OWNERSHIP_BORROWED: somebody else frees the handle, and not before the object dies
 * @OMPI_OBJ_OWNERSHIP_OWNED: the object frees the handle
 *
 * Who frees a raw MPI handle that an object was made for.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_ownership >*/
{
  OMPI_OBJ_OWNERSHIP_BORROWED,
  OMPI_OBJ_OWNERSHIP_OWNED
} MpiOwnership;

/**
 * MpiSendMode:
 * @OMPI_OBJ_SEND_MODE_STANDARD: MPI decides whether to buffer (`MPI_Send`)
 * @OMPI_OBJ_SEND_MODE_BUFFERED: into the attached buffer, never waits (`MPI_Bsend`)
 * @OMPI_OBJ_SEND_MODE_SYNCHRONOUS: completes when the receive has started (`MPI_Ssend`)
 * @OMPI_OBJ_SEND_MODE_READY: the receive must already be posted (`MPI_Rsend`)
 *
 * The communication modes of a send.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_send_mode >*/
{
  OMPI_OBJ_SEND_MODE_STANDARD,
  OMPI_OBJ_SEND_MODE_BUFFERED,
  OMPI_OBJ_SEND_MODE_SYNCHRONOUS,
  OMPI_OBJ_SEND_MODE_READY
} MpiSendMode;

/**
 * MpiThreadLevel:
 * @OMPI_OBJ_THREAD_LEVEL_SINGLE: the process has one thread
 * @OMPI_OBJ_THREAD_LEVEL_FUNNELED: only the main thread calls MPI
 * @OMPI_OBJ_THREAD_LEVEL_SERIALIZED: one thread at a time calls MPI
 * @OMPI_OBJ_THREAD_LEVEL_MULTIPLE: any thread calls MPI at any time
 *
 * What threads may do with MPI; in growing order, so levels can be compared with `<`.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_thread_level >*/
{
  OMPI_OBJ_THREAD_LEVEL_SINGLE,
  OMPI_OBJ_THREAD_LEVEL_FUNNELED,
  OMPI_OBJ_THREAD_LEVEL_SERIALIZED,
  OMPI_OBJ_THREAD_LEVEL_MULTIPLE
} MpiThreadLevel;

/**
 * MpiFeature:
 * @OMPI_OBJ_FEATURE_LARGE_COUNT: counts of more than 2,147,483,647 elements
 * @OMPI_OBJ_FEATURE_ISENDRECV: [method@Mpi.Comm.isendrecv] and [method@Mpi.Comm.isendrecv_replace]
 * @OMPI_OBJ_FEATURE_PERSISTENT_COLLECTIVE: the persistent form of the collectives, [method@Mpi.Comm.bcast_init] and its
 * kin
 * @OMPI_OBJ_FEATURE_PARTITIONED: messages in partitions, [method@Mpi.Comm.psend_init] and [method@Mpi.Comm.precv_init]
 * @OMPI_OBJ_FEATURE_SESSION: [class@Mpi.Session], and communicators made of groups alone
 * @OMPI_OBJ_FEATURE_RESTART: a session can begin after MPI has ended
 * @OMPI_OBJ_FEATURE_IDUP_WITH_INFO: [method@Mpi.Comm.idup_with_info]
 * @OMPI_OBJ_FEATURE_HW_SPLIT: to split a communicator by hardware, [enum@Mpi.SplitType.hw_guided] and
 *   [enum@Mpi.SplitType.hw_unguided]
 * @OMPI_OBJ_FEATURE_INFO_ENV: [ctor@Mpi.Info.new_env]
 * @OMPI_OBJ_FEATURE_DYNAMIC_PROCESS: to start programs and to connect to others: spawn, ports, join
 * @OMPI_OBJ_FEATURE_FAULT_TOLERANCE: to go on after the failure of a rank: revoke, shrink, agree
 *
 * What not every MPI can do. [func@Mpi.has_feature] tells whether this one can.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_feature >*/
{
  OMPI_OBJ_FEATURE_LARGE_COUNT,
  OMPI_OBJ_FEATURE_ISENDRECV,
  OMPI_OBJ_FEATURE_PERSISTENT_COLLECTIVE,
  OMPI_OBJ_FEATURE_PARTITIONED,
  OMPI_OBJ_FEATURE_SESSION,
  OMPI_OBJ_FEATURE_RESTART,
  OMPI_OBJ_FEATURE_IDUP_WITH_INFO,
  OMPI_OBJ_FEATURE_HW_SPLIT,
  OMPI_OBJ_FEATURE_INFO_ENV,
  OMPI_OBJ_FEATURE_DYNAMIC_PROCESS,
  OMPI_OBJ_FEATURE_FAULT_TOLERANCE
} MpiFeature;

/**
 * MpiLimit:
 * @OMPI_OBJ_LIMIT_COUNT: the elements of a buffer
 * @OMPI_OBJ_LIMIT_TAG: the largest tag; initializes MPI if nobody has, and is -1 after its end
 * @OMPI_OBJ_LIMIT_OBJECT_NAME: bytes of the name of a communicator, datatype or window (`MPI_MAX_OBJECT_NAME`)
 * @OMPI_OBJ_LIMIT_PROCESSOR_NAME: bytes of the name of a machine (`MPI_MAX_PROCESSOR_NAME`)
 * @OMPI_OBJ_LIMIT_PORT_NAME: bytes of the name of a port (`MPI_MAX_PORT_NAME`)
 * @OMPI_OBJ_LIMIT_SERVICE_NAME: bytes of a name that is published
 * @OMPI_OBJ_LIMIT_INFO_KEY: bytes of a key of an info (`MPI_MAX_INFO_KEY`)
 * @OMPI_OBJ_LIMIT_INFO_VALUE: bytes of a value of an info (`MPI_MAX_INFO_VAL`)
 * @OMPI_OBJ_LIMIT_ERROR_STRING: bytes of the text of an error (`MPI_MAX_ERROR_STRING`)
 * @OMPI_OBJ_LIMIT_DATAREP_NAME: bytes of the name of a data representation of files (`MPI_MAX_DATAREP_STRING`)
 * @OMPI_OBJ_LIMIT_STRING_TAG: bytes of the tag that tells apart communicators made of groups
 *   (`MPI_MAX_STRINGTAG_LEN`); 0: there are none, see [enum@Mpi.Feature.session]
 *
 * What this MPI has limits for. [func@Mpi.get_limit] tells them.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_limit >*/
{
  OMPI_OBJ_LIMIT_COUNT,
  OMPI_OBJ_LIMIT_TAG,
  OMPI_OBJ_LIMIT_OBJECT_NAME,
  OMPI_OBJ_LIMIT_PROCESSOR_NAME,
  OMPI_OBJ_LIMIT_PORT_NAME,
  OMPI_OBJ_LIMIT_SERVICE_NAME,
  OMPI_OBJ_LIMIT_INFO_KEY,
  OMPI_OBJ_LIMIT_INFO_VALUE,
  OMPI_OBJ_LIMIT_ERROR_STRING,
  OMPI_OBJ_LIMIT_DATAREP_NAME,
  OMPI_OBJ_LIMIT_STRING_TAG
} MpiLimit;

/**
 * MpiPredefinedOp:
 * @OMPI_OBJ_PREDEFINED_OP_MAX: maximum
 * @OMPI_OBJ_PREDEFINED_OP_MIN: minimum
 * @OMPI_OBJ_PREDEFINED_OP_SUM: sum
 * @OMPI_OBJ_PREDEFINED_OP_PROD: product
 * @OMPI_OBJ_PREDEFINED_OP_LAND: logical and
 * @OMPI_OBJ_PREDEFINED_OP_BAND: bitwise and
 * @OMPI_OBJ_PREDEFINED_OP_LOR: logical or
 * @OMPI_OBJ_PREDEFINED_OP_BOR: bitwise or
 * @OMPI_OBJ_PREDEFINED_OP_LXOR: logical exclusive or
 * @OMPI_OBJ_PREDEFINED_OP_BXOR: bitwise exclusive or
 * @OMPI_OBJ_PREDEFINED_OP_MINLOC: minimum and where it is
 * @OMPI_OBJ_PREDEFINED_OP_MAXLOC: maximum and where it is
 * @OMPI_OBJ_PREDEFINED_OP_REPLACE: the newer value (one-sided communication)
 * @OMPI_OBJ_PREDEFINED_OP_NO_OP: no change (one-sided communication)
 *
 * The reduction operations that MPI has itself. [func@Mpi.Op.get_predefined] gives their objects.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_predefined_op >*/
{
  OMPI_OBJ_PREDEFINED_OP_MAX,
  OMPI_OBJ_PREDEFINED_OP_MIN,
  OMPI_OBJ_PREDEFINED_OP_SUM,
  OMPI_OBJ_PREDEFINED_OP_PROD,
  OMPI_OBJ_PREDEFINED_OP_LAND,
  OMPI_OBJ_PREDEFINED_OP_BAND,
  OMPI_OBJ_PREDEFINED_OP_LOR,
  OMPI_OBJ_PREDEFINED_OP_BOR,
  OMPI_OBJ_PREDEFINED_OP_LXOR,
  OMPI_OBJ_PREDEFINED_OP_BXOR,
  OMPI_OBJ_PREDEFINED_OP_MINLOC,
  OMPI_OBJ_PREDEFINED_OP_MAXLOC,
  OMPI_OBJ_PREDEFINED_OP_REPLACE,
  OMPI_OBJ_PREDEFINED_OP_NO_OP
} MpiPredefinedOp;

/**
 * MpiPredefinedDatatype:
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CHAR: `char` as text
 * @OMPI_OBJ_PREDEFINED_DATATYPE_SIGNED_CHAR: `signed char`, a number
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_CHAR: `unsigned char`, a number
 * @OMPI_OBJ_PREDEFINED_DATATYPE_SHORT: `short`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_SHORT: `unsigned short`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INT: `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED: `unsigned int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LONG: `long`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG: `unsigned long`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LONG_LONG: `long long`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG_LONG: `unsigned long long`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT: `float`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE: `double`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE: `long double`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_WCHAR: `wchar_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL: `_Bool`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T: `int8_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INT16_T: `int16_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INT32_T: `int32_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INT64_T: `int64_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UINT8_T: `uint8_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T: `uint16_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UINT32_T: `uint32_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T: `uint64_t`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX: `float _Complex`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX: `double _Complex`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_C_LONG_DOUBLE_COMPLEX: `long double _Complex`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_AINT: `MPI_Aint`, an address
 * @OMPI_OBJ_PREDEFINED_DATATYPE_OFFSET: `MPI_Offset`, a place in a file
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COUNT: `MPI_Count`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_BYTE: eight uninterpreted bits
 * @OMPI_OBJ_PREDEFINED_DATATYPE_PACKED: the output of pack
 * @OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT_INT: a `float` and an `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_INT: a `double` and an `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LONG_INT: a `long` and an `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INT: two `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_SHORT_INT: a `short` and an `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE_INT: a `long double` and an `int`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CXX_BOOL: C++ `bool`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CXX_FLOAT_COMPLEX: C++ `std::complex<float>`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CXX_DOUBLE_COMPLEX: C++ `std::complex<double>`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CXX_LONG_DOUBLE_COMPLEX: C++ `std::complex<long double>`
 * @OMPI_OBJ_PREDEFINED_DATATYPE_CHARACTER: Fortran CHARACTER
 * @OMPI_OBJ_PREDEFINED_DATATYPE_LOGICAL: Fortran LOGICAL
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER: Fortran INTEGER
 * @OMPI_OBJ_PREDEFINED_DATATYPE_REAL: Fortran REAL
 * @OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_PRECISION: Fortran DOUBLE PRECISION
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX: Fortran COMPLEX
 * @OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_COMPLEX: Fortran DOUBLE COMPLEX
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER1: Fortran INTEGER*1
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER2: Fortran INTEGER*2
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER4: Fortran INTEGER*4
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER8: Fortran INTEGER*8
 * @OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER16: Fortran INTEGER*16
 * @OMPI_OBJ_PREDEFINED_DATATYPE_REAL2: Fortran REAL*2
 * @OMPI_OBJ_PREDEFINED_DATATYPE_REAL4: Fortran REAL*4
 * @OMPI_OBJ_PREDEFINED_DATATYPE_REAL8: Fortran REAL*8
 * @OMPI_OBJ_PREDEFINED_DATATYPE_REAL16: Fortran REAL*16
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX4: Fortran COMPLEX*4
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX8: Fortran COMPLEX*8
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX16: Fortran COMPLEX*16
 * @OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX32: Fortran COMPLEX*32
 * @OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INTEGER: two Fortran INTEGER
 * @OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_REAL: two Fortran REAL
 * @OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_DOUBLE_PRECISION: two Fortran DOUBLE PRECISION
 *
 * The datatypes that MPI has itself. [func@Mpi.Datatype.get_predefined] gives their objects; the C
 * macros `OMPI_OBJ_INT`, `OMPI_OBJ_DOUBLE` and so on are short for it. Which of the Fortran types
 * exist depends on how MPI was built.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_predefined_datatype >*/
{
  OMPI_OBJ_PREDEFINED_DATATYPE_CHAR,
  OMPI_OBJ_PREDEFINED_DATATYPE_SIGNED_CHAR,
  OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_CHAR,
  OMPI_OBJ_PREDEFINED_DATATYPE_SHORT,
  OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_SHORT,
  OMPI_OBJ_PREDEFINED_DATATYPE_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED,
  OMPI_OBJ_PREDEFINED_DATATYPE_LONG,
  OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG,
  OMPI_OBJ_PREDEFINED_DATATYPE_LONG_LONG,
  OMPI_OBJ_PREDEFINED_DATATYPE_UNSIGNED_LONG_LONG,
  OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT,
  OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE,
  OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE,
  OMPI_OBJ_PREDEFINED_DATATYPE_WCHAR,
  OMPI_OBJ_PREDEFINED_DATATYPE_C_BOOL,
  OMPI_OBJ_PREDEFINED_DATATYPE_INT8_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_INT16_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_INT32_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_INT64_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_UINT8_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_UINT16_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_UINT32_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_UINT64_T,
  OMPI_OBJ_PREDEFINED_DATATYPE_C_FLOAT_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_C_DOUBLE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_C_LONG_DOUBLE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_AINT,
  OMPI_OBJ_PREDEFINED_DATATYPE_OFFSET,
  OMPI_OBJ_PREDEFINED_DATATYPE_COUNT,
  OMPI_OBJ_PREDEFINED_DATATYPE_BYTE,
  OMPI_OBJ_PREDEFINED_DATATYPE_PACKED,
  OMPI_OBJ_PREDEFINED_DATATYPE_FLOAT_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_LONG_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_SHORT_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_LONG_DOUBLE_INT,
  OMPI_OBJ_PREDEFINED_DATATYPE_CXX_BOOL,
  OMPI_OBJ_PREDEFINED_DATATYPE_CXX_FLOAT_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_CXX_DOUBLE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_CXX_LONG_DOUBLE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_CHARACTER,
  OMPI_OBJ_PREDEFINED_DATATYPE_LOGICAL,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER,
  OMPI_OBJ_PREDEFINED_DATATYPE_REAL,
  OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_PRECISION,
  OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_DOUBLE_COMPLEX,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER1,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER2,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER4,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER8,
  OMPI_OBJ_PREDEFINED_DATATYPE_INTEGER16,
  OMPI_OBJ_PREDEFINED_DATATYPE_REAL2,
  OMPI_OBJ_PREDEFINED_DATATYPE_REAL4,
  OMPI_OBJ_PREDEFINED_DATATYPE_REAL8,
  OMPI_OBJ_PREDEFINED_DATATYPE_REAL16,
  OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX4,
  OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX8,
  OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX16,
  OMPI_OBJ_PREDEFINED_DATATYPE_COMPLEX32,
  OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_INTEGER,
  OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_REAL,
  OMPI_OBJ_PREDEFINED_DATATYPE_PAIR_DOUBLE_PRECISION
} MpiPredefinedDatatype;

/**
 * OMPI_OBJ_DISTRIBUTE_DFLT_DARG:
 *
 * In place of the argument of a distribution: MPI chooses it. MPI's `MPI_DISTRIBUTE_DFLT_DARG`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_DISTRIBUTE_DFLT_DARG (-5)

/**
 * MpiOrder:
 * @OMPI_OBJ_ORDER_C: by rows: the last index varies fastest
 * @OMPI_OBJ_ORDER_FORTRAN: by columns: the first index varies fastest
 *
 * How the elements of an array with several dimensions follow each other in memory.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_order >*/
{
  OMPI_OBJ_ORDER_C,
  OMPI_OBJ_ORDER_FORTRAN
} MpiOrder;

/**
 * MpiDistribute:
 * @OMPI_OBJ_DISTRIBUTE_NONE: not at all: one process has the whole dimension
 * @OMPI_OBJ_DISTRIBUTE_BLOCK: one block of neighbours for each process
 * @OMPI_OBJ_DISTRIBUTE_CYCLIC: dealt out in turn, one or several at a time
 *
 * How one dimension of an array is distributed over processes.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_distribute >*/
{
  OMPI_OBJ_DISTRIBUTE_NONE,
  OMPI_OBJ_DISTRIBUTE_BLOCK,
  OMPI_OBJ_DISTRIBUTE_CYCLIC
} MpiDistribute;

/**
 * MpiTypeclass:
 * @OMPI_OBJ_TYPECLASS_REAL: real numbers
 * @OMPI_OBJ_TYPECLASS_INTEGER: whole numbers
 * @OMPI_OBJ_TYPECLASS_COMPLEX: complex numbers
 *
 * The kinds of numbers that [func@Mpi.Datatype.match_size] knows.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_typeclass >*/
{
  OMPI_OBJ_TYPECLASS_REAL,
  OMPI_OBJ_TYPECLASS_INTEGER,
  OMPI_OBJ_TYPECLASS_COMPLEX
} MpiTypeclass;

/**
 * MpiCombiner:
 * @OMPI_OBJ_COMBINER_NAMED: predefined
 * @OMPI_OBJ_COMBINER_DUP: a duplicate
 * @OMPI_OBJ_COMBINER_CONTIGUOUS: elements one after the other
 * @OMPI_OBJ_COMBINER_VECTOR: blocks at a stride in elements
 * @OMPI_OBJ_COMBINER_HVECTOR: blocks at a stride in bytes
 * @OMPI_OBJ_COMBINER_INDEXED: blocks of different lengths at displacements in elements
 * @OMPI_OBJ_COMBINER_HINDEXED: blocks of different lengths at displacements in bytes
 * @OMPI_OBJ_COMBINER_INDEXED_BLOCK: blocks of one length at displacements in elements
 * @OMPI_OBJ_COMBINER_HINDEXED_BLOCK: blocks of one length at displacements in bytes
 * @OMPI_OBJ_COMBINER_STRUCT: blocks of different datatypes
 * @OMPI_OBJ_COMBINER_SUBARRAY: a part of an array
 * @OMPI_OBJ_COMBINER_DARRAY: the part of one process of a distributed array
 * @OMPI_OBJ_COMBINER_F90_REAL: a Fortran real by precision and range
 * @OMPI_OBJ_COMBINER_F90_COMPLEX: a Fortran complex by precision and range
 * @OMPI_OBJ_COMBINER_F90_INTEGER: a Fortran integer by range
 * @OMPI_OBJ_COMBINER_RESIZED: another lower bound and extent
 * @OMPI_OBJ_COMBINER_VALUE_INDEX: a value and an index (MPI-4.1)
 *
 * How a datatype was made.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_combiner >*/
{
  OMPI_OBJ_COMBINER_NAMED,
  OMPI_OBJ_COMBINER_DUP,
  OMPI_OBJ_COMBINER_CONTIGUOUS,
  OMPI_OBJ_COMBINER_VECTOR,
  OMPI_OBJ_COMBINER_HVECTOR,
  OMPI_OBJ_COMBINER_INDEXED,
  OMPI_OBJ_COMBINER_HINDEXED,
  OMPI_OBJ_COMBINER_INDEXED_BLOCK,
  OMPI_OBJ_COMBINER_HINDEXED_BLOCK,
  OMPI_OBJ_COMBINER_STRUCT,
  OMPI_OBJ_COMBINER_SUBARRAY,
  OMPI_OBJ_COMBINER_DARRAY,
  OMPI_OBJ_COMBINER_F90_REAL,
  OMPI_OBJ_COMBINER_F90_COMPLEX,
  OMPI_OBJ_COMBINER_F90_INTEGER,
  OMPI_OBJ_COMBINER_RESIZED,
  OMPI_OBJ_COMBINER_VALUE_INDEX
} MpiCombiner;

/**
 * MpiArrayFormat:
 * @OMPI_OBJ_ARRAY_FORMAT_RAW: the elements alone
 * @OMPI_OBJ_ARRAY_FORMAT_NPY: the elements behind a header that tells their type and the shape of the array, in NumPy's
 *   format `.npy`
 *
 * What an array in a file looks like; see [method@Mpi.File.write_array_all].
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_array_format >*/
{
  OMPI_OBJ_ARRAY_FORMAT_RAW,
  OMPI_OBJ_ARRAY_FORMAT_NPY
} MpiArrayFormat;

/**
 * MpiVariantLogMode:
 * @OMPI_OBJ_VARIANT_LOG_MODE_READ: only read it; it exists
 * @OMPI_OBJ_VARIANT_LOG_MODE_APPEND: add to its end, and read it; it is made if it does not exist
 * @OMPI_OBJ_VARIANT_LOG_MODE_REPLACE: make it anew, in the place of what is there
 *
 * How a [class@Mpi.VariantLog] is opened.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_variant_log_mode >*/
{
  OMPI_OBJ_VARIANT_LOG_MODE_READ,
  OMPI_OBJ_VARIANT_LOG_MODE_APPEND,
  OMPI_OBJ_VARIANT_LOG_MODE_REPLACE
} MpiVariantLogMode;

/**
 * MpiHaloScheme:
 * @OMPI_OBJ_HALO_SCHEME_FACES: with the neighbours in each dimension, all at once; the corners are left alone
 * @OMPI_OBJ_HALO_SCHEME_IN_TURN: one dimension after the other, the corners with the later ones: the fewest
 *   messages, of which only those of the first dimension are under way while the program computes
 * @OMPI_OBJ_HALO_SCHEME_AT_ONCE: with all neighbours at once, also those across edges and corners: 3^n - 1
 *   messages each way for n dimensions, all under way while the program computes
 *
 * How the ghost layers of an array are exchanged; see [class@Mpi.Halo].
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_halo_scheme >*/
{
  OMPI_OBJ_HALO_SCHEME_FACES,
  OMPI_OBJ_HALO_SCHEME_IN_TURN,
  OMPI_OBJ_HALO_SCHEME_AT_ONCE
} MpiHaloScheme;

/**
 * MpiFileMode:
 * @OMPI_OBJ_FILE_MODE_RDONLY: to read only
 * @OMPI_OBJ_FILE_MODE_RDWR: to read and write
 * @OMPI_OBJ_FILE_MODE_WRONLY: to write only
 * @OMPI_OBJ_FILE_MODE_CREATE: make the file if it does not exist
 * @OMPI_OBJ_FILE_MODE_EXCL: with the last one: an error if it exists
 * @OMPI_OBJ_FILE_MODE_DELETE_ON_CLOSE: delete the file when it is closed
 * @OMPI_OBJ_FILE_MODE_UNIQUE_OPEN: nobody else opens the file at the same time, so that MPI need not look
 * @OMPI_OBJ_FILE_MODE_SEQUENTIAL: only by the shared file pointer, as a tape or a pipe
 * @OMPI_OBJ_FILE_MODE_APPEND: all file pointers begin at the end
 *
 * How a file is opened: one of the first three, and any of the others that fit. MPI's `MPI_MODE_RDONLY` and its kin.
 *
 * Since: 1.0
 */
typedef enum /*< flags, underscore_name=ompi_obj_file_mode >*/
{
  OMPI_OBJ_FILE_MODE_RDONLY = 1 << 0,
  OMPI_OBJ_FILE_MODE_RDWR = 1 << 1,
  OMPI_OBJ_FILE_MODE_WRONLY = 1 << 2,
  OMPI_OBJ_FILE_MODE_CREATE = 1 << 3,
  OMPI_OBJ_FILE_MODE_EXCL = 1 << 4,
  OMPI_OBJ_FILE_MODE_DELETE_ON_CLOSE = 1 << 5,
  OMPI_OBJ_FILE_MODE_UNIQUE_OPEN = 1 << 6,
  OMPI_OBJ_FILE_MODE_SEQUENTIAL = 1 << 7,
  OMPI_OBJ_FILE_MODE_APPEND = 1 << 8
} MpiFileMode;

/**
 * MpiFileAccess:
 * @OMPI_OBJ_FILE_ACCESS_AT: at an offset, by this rank alone
 * @OMPI_OBJ_FILE_ACCESS_AT_ALL: at an offset of each rank, by all ranks together
 * @OMPI_OBJ_FILE_ACCESS_INDIVIDUAL: at this rank's file pointer, by this rank alone
 * @OMPI_OBJ_FILE_ACCESS_ALL: at each rank's file pointer, by all ranks together
 * @OMPI_OBJ_FILE_ACCESS_SHARED: at the shared file pointer, by this rank alone
 * @OMPI_OBJ_FILE_ACCESS_ORDERED: at the shared file pointer, by all ranks together in the order of their ranks
 *
 * Where in a file data is, and who takes part: the ways of access that the primitives of [class@Mpi.File] have
 * in common.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_file_access >*/
{
  OMPI_OBJ_FILE_ACCESS_AT,
  OMPI_OBJ_FILE_ACCESS_AT_ALL,
  OMPI_OBJ_FILE_ACCESS_INDIVIDUAL,
  OMPI_OBJ_FILE_ACCESS_ALL,
  OMPI_OBJ_FILE_ACCESS_SHARED,
  OMPI_OBJ_FILE_ACCESS_ORDERED
} MpiFileAccess;

/**
 * OMPI_OBJ_DISPLACEMENT_CURRENT:
 *
 * In place of the displacement of a view of a sequential file: where the shared file pointer is. MPI's
 * `MPI_DISPLACEMENT_CURRENT`.
 *
 * Since: 1.0
 */
#define OMPI_OBJ_DISPLACEMENT_CURRENT (-54278278)

/**
 * MpiWhence:
 * @OMPI_OBJ_WHENCE_SET: from the beginning of the view
 * @OMPI_OBJ_WHENCE_CUR: from where the pointer is
 * @OMPI_OBJ_WHENCE_END: from the end of the file in the view
 *
 * What the offset of [method@Mpi.File.seek] counts from. MPI's `MPI_SEEK_SET` and its kin.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_whence >*/
{
  OMPI_OBJ_WHENCE_SET,
  OMPI_OBJ_WHENCE_CUR,
  OMPI_OBJ_WHENCE_END
} MpiWhence;

/**
 * MpiLockType:
 * @OMPI_OBJ_LOCK_TYPE_EXCLUSIVE: nobody else has access at the same time
 * @OMPI_OBJ_LOCK_TYPE_SHARED: others may have a shared lock at the same time
 *
 * How a rank locks the memory of another rank in a window.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_lock_type >*/
{
  OMPI_OBJ_LOCK_TYPE_EXCLUSIVE,
  OMPI_OBJ_LOCK_TYPE_SHARED
} MpiLockType;

/**
 * MpiRmaAssert:
 * @OMPI_OBJ_RMA_ASSERT_NONE: nothing
 * @OMPI_OBJ_RMA_ASSERT_NOCHECK: the matching call of the other side has been made already, or no other rank
 *   holds or asks for a conflicting lock (start, post, lock, lock_all)
 * @OMPI_OBJ_RMA_ASSERT_NOSTORE: this rank has not written to its memory since the last synchronization (post, fence)
 * @OMPI_OBJ_RMA_ASSERT_NOPUT: nobody will put or accumulate to this rank's memory until the next
 *   synchronization (post, fence)
 * @OMPI_OBJ_RMA_ASSERT_NOPRECEDE: no operations of this rank are to be completed; on all ranks or on none (fence)
 * @OMPI_OBJ_RMA_ASSERT_NOSUCCEED: no operations of this rank follow; on all ranks or on none (fence)
 *
 * What a program promises about the use of a window, to save MPI work. A promise that is not kept
 * has no defined effect.
 *
 * Since: 1.0
 */
typedef enum /*< flags,underscore_name=ompi_obj_rma_assert >*/
{
  OMPI_OBJ_RMA_ASSERT_NONE = 0,
  OMPI_OBJ_RMA_ASSERT_NOCHECK = 1 << 0,
  OMPI_OBJ_RMA_ASSERT_NOSTORE = 1 << 1,
  OMPI_OBJ_RMA_ASSERT_NOPUT = 1 << 2,
  OMPI_OBJ_RMA_ASSERT_NOPRECEDE = 1 << 3,
  OMPI_OBJ_RMA_ASSERT_NOSUCCEED = 1 << 4
} MpiRmaAssert;

/**
 * MpiWinFlavor:
 * @OMPI_OBJ_WIN_FLAVOR_CREATE: memory of the program's
 * @OMPI_OBJ_WIN_FLAVOR_ALLOCATE: memory that MPI allocated
 * @OMPI_OBJ_WIN_FLAVOR_DYNAMIC: memory that is attached and detached as the program goes on
 * @OMPI_OBJ_WIN_FLAVOR_SHARED: memory that MPI allocated and all ranks can load from and store to
 *
 * Where the memory of a window comes from.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_win_flavor >*/
{
  OMPI_OBJ_WIN_FLAVOR_CREATE,
  OMPI_OBJ_WIN_FLAVOR_ALLOCATE,
  OMPI_OBJ_WIN_FLAVOR_DYNAMIC,
  OMPI_OBJ_WIN_FLAVOR_SHARED
} MpiWinFlavor;

/**
 * MpiWinModel:
 * @OMPI_OBJ_WIN_MODEL_SEPARATE: what others have written is seen after a synchronization only
 * @OMPI_OBJ_WIN_MODEL_UNIFIED: what others have written is seen in the end, without a synchronization
 *
 * How the memory of a window relates to what other ranks see of it.
 *
 * Since: 1.0
 */
typedef enum /*< underscore_name=ompi_obj_win_model >*/
{
  OMPI_OBJ_WIN_MODEL_SEPARATE,
  OMPI_OBJ_WIN_MODEL_UNIFIED
} MpiWinModel;

G_END_DECLS
