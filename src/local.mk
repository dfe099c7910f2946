## The library

lib_LTLIBRARIES += libompi_obj-1.la

public_headers = \
	include/ompi_obj/async.h \
	include/ompi_obj/blocks.h \
	include/ompi_obj/buffer.h \
	include/ompi_obj/cartcomm.h \
	include/ompi_obj/comm.h \
	include/ompi_obj/datarep.h \
	include/ompi_obj/condition.h \
	include/ompi_obj/counter.h \
	include/ompi_obj/datatype.h \
	include/ompi_obj/distgraphcomm.h \
	include/ompi_obj/enums.h \
	include/ompi_obj/environment.h \
	include/ompi_obj/errhandler.h \
	include/ompi_obj/error.h \
	include/ompi_obj/file-array.h \
	include/ompi_obj/file-streams.h \
	include/ompi_obj/file-variant.h \
	include/ompi_obj/file.h \
	include/ompi_obj/graphcomm.h \
	include/ompi_obj/grequest.h \
	include/ompi_obj/group.h \
	include/ompi_obj/halo.h \
	include/ompi_obj/info.h \
	include/ompi_obj/intercomm.h \
	include/ompi_obj/intracomm.h \
	include/ompi_obj/keyval.h \
	include/ompi_obj/memory.h \
	include/ompi_obj/message.h \
	include/ompi_obj/ompi_obj.h \
	include/ompi_obj/mutex.h \
	include/ompi_obj/op.h \
	include/ompi_obj/ports.h \
	include/ompi_obj/prequest.h \
	include/ompi_obj/request.h \
	include/ompi_obj/semaphore.h \
	include/ompi_obj/sequential.h \
	include/ompi_obj/spawn-command.h \
	include/ompi_obj/session.h \
	include/ompi_obj/status.h \
	include/ompi_obj/topocomm.h \
	include/ompi_obj/types.h \
	include/ompi_obj/variant-log.h \
	include/ompi_obj/variant.h \
	include/ompi_obj/version-macros.h \
	include/ompi_obj/win-variant.h \
	include/ompi_obj/win.h

## Raw MPI handles, which introspection does not see
native_headers = include/ompi_obj/native.h

generated_headers = \
	include/ompi_obj/enum-types.h \
	include/ompi_obj/version.h

library_sources = \
	src/comm/collective-arguments.c \
	src/comm/collective-side.c \
	src/comm/comm-attributes.c \
	src/comm/comm-collective-nonblocking.c \
	src/comm/comm-collective-persistent.c \
	src/comm/comm-agreement.c \
	src/comm/comm-async.c \
	src/comm/comm-collective.c \
	src/comm/comm-join.c \
	src/comm/comm-create.c \
	src/comm/comm-errhandler.c \
	src/comm/comm-failures.c \
	src/comm/comm-handle.c \
	src/comm/comm-nonblocking.c \
	src/comm/comm-p2p.c \
	src/comm/comm-pack.c \
	src/comm/comm-persistent.c \
	src/comm/comm-reduce.c \
	src/comm/comm.c \
	src/comm/dynamic-async.c \
	src/comm/dynamic.c \
	src/comm/intercomm.c \
	src/comm/intracomm.c \
	src/comm/session.c \
	src/comm/spawn-command.c \
	src/core/attached-buffer.c \
	src/core/blocks.c \
	src/core/buffer-pack.c \
	src/core/buffer.c \
	src/core/datatype-arrays.c \
	src/core/datatype-attributes.c \
	src/core/datatype-constructors.c \
	src/core/datatype-decode.c \
	src/core/datatype-variant.c \
	src/core/datatype.c \
	src/core/environment.c \
	src/core/errhandler.c \
	src/core/error.c \
	src/core/group.c \
	src/core/handle-registry.c \
	src/core/info.c \
	src/core/keyval.c \
	src/core/memory.c \
	src/core/object-pool.c \
	src/core/op-function.c \
	src/core/mpi-capabilities.c \
	src/core/op.c \
	src/core/ports.c \
	src/io/datarep.c \
	src/io/file-access.c \
	src/io/file-datatype.c \
	src/io/file-error.c \
	src/io/file-handle.c \
	src/io/file-array.c \
	src/io/file-nonblocking.c \
	src/io/file-open.c \
	src/io/file-split.c \
	src/io/file-status.c \
	src/io/file-streams.c \
	src/io/file-variant.c \
	src/io/file-view.c \
	src/io/file.c \
	src/io/log-record.c \
	src/io/npy-header.c \
	src/io/variant-log-read.c \
	src/io/variant-log.c \
	src/request/grequest.c \
	src/request/message.c \
	src/request/prequest.c \
	src/request/request-array.c \
	src/request/request-async.c \
	src/request/request-poller.c \
	src/request/request-source.c \
	src/request/request.c \
	src/request/status.c \
	src/rma/condition.c \
	src/rma/counter.c \
	src/rma/mutex.c \
	src/rma/semaphore.c \
	src/rma/sequential.c \
	src/rma/sync-cells.c \
	src/rma/wait-queue.c \
	src/rma/win-attributes.c \
	src/rma/win-create.c \
	src/rma/win-handle.c \
	src/rma/win-lock.c \
	src/rma/win-operations.c \
	src/rma/win-place.c \
	src/rma/win-requests.c \
	src/rma/win-sync.c \
	src/rma/win-target.c \
	src/rma/win-variant.c \
	src/rma/win.c \
	src/topology/cart-block.c \
	src/topology/cartcomm.c \
	src/topology/distgraphcomm.c \
	src/topology/graphcomm.c \
	src/topology/halo.c \
	src/topology/neighbor-arguments.c \
	src/topology/neighbor-directions.c \
	src/topology/topocomm-collective.c \
	src/topology/topocomm-nonblocking.c \
	src/topology/topocomm-persistent.c \
	src/topology/topocomm.c \
	src/topology/topology-create.c \
	src/variant/comm-variant.c \
	src/variant/neighbor-variant.c \
	src/variant/number-loops.c \
	src/variant/value-memory.c \
	src/variant/value-operation.c \
	src/variant/value-queue.c \
	src/variant/variant-arrays.c \
	src/variant/variant-async.c \
	src/variant/variant-bcast.c \
	src/variant/variant-collective-async.c \
	src/variant/variant-exchange.c \
	src/variant/variant-reduce-ranks.c \
	src/variant/variant-progress.c \
	src/variant/variant-reduce.c \
	src/variant/variant-request.c \
	src/variant/wire-limits.c \
	src/variant/wire.c

private_headers = \
	src/comm/collective-private.h \
	src/comm/comm-agreement-private.h \
	src/comm/comm-private.h \
	src/core/array-lengths-private.h \
	src/core/attached-buffer-private.h \
	src/core/blocks-private.h \
	src/comm/failures-private.h \
	src/comm/spawn-command-private.h \
	src/core/buffer-private.h \
	src/core/compiler-private.h \
	src/core/constants-private.h \
	src/core/datatype-private.h \
	src/core/environment-private.h \
	src/core/errhandler-private.h \
	src/core/error-private.h \
	src/core/group-private.h \
	src/core/handle-registry-private.h \
	src/core/info-private.h \
	src/core/keyval-private.h \
	src/core/large-count-collective-private.h \
	src/core/large-count-datatype-private.h \
	src/core/large-count-private.h \
	src/core/object-pool-private.h \
	src/core/op-function-private.h \
	src/core/op-private.h \
	src/core/pack-private.h \
	src/core/tuple-layout-private.h \
	src/core/mpi-capabilities-private.h \
	src/core/ports-private.h \
	src/io/datarep-private.h \
	src/io/file-private.h \
	src/io/large-count-file-private.h \
	src/io/log-record-private.h \
	src/io/npy-header-private.h \
	src/io/variant-log-private.h \
	src/request/message-private.h \
	src/request/request-async-private.h \
	src/request/request-poller-private.h \
	src/request/request-private.h \
	src/request/status-private.h \
	src/rma/large-count-rma-private.h \
	src/rma/mutex-private.h \
	src/rma/sync-cells-private.h \
	src/rma/wait-queue-private.h \
	src/rma/win-private.h \
	src/topology/cart-block-private.h \
	src/topology/cartcomm-private.h \
	src/topology/neighbor-private.h \
	src/topology/topology-private.h \
	src/variant/number-loops-private.h \
	src/variant/value-memory-private.h \
	src/variant/value-operation-private.h \
	src/variant/value-queue-private.h \
	src/variant/variant-reduce-private.h \
	src/variant/variant-progress-private.h \
	src/variant/variant-request-private.h \
	src/variant/wire-limits-private.h \
	src/variant/wire-private.h

apiincludedir = $(includedir)/ompi_obj-1.0/ompi_obj
apiinclude_HEADERS = $(public_headers) $(native_headers)
nodist_apiinclude_HEADERS = $(generated_headers)

libompi_obj_1_la_SOURCES = $(library_sources) $(private_headers)
nodist_libompi_obj_1_la_SOURCES = src/core/enum-types.c
libompi_obj_1_la_CPPFLAGS = \
	$(library_cppflags) \
	-I$(top_srcdir)/src/comm \
	-I$(top_srcdir)/src/core \
	-I$(top_srcdir)/src/io \
	-I$(top_srcdir)/src/request \
	-I$(top_srcdir)/src/rma \
	-I$(top_srcdir)/src/topology \
	-I$(top_srcdir)/src/variant \
	$(FFI_CFLAGS) \
	$(ZLIB_CFLAGS) \
	$(MPI_CFLAGS)
libompi_obj_1_la_CFLAGS = $(AM_CFLAGS) $(VISIBILITY_CFLAGS)
libompi_obj_1_la_LDFLAGS = $(SANITIZER_CFLAGS) $(LIBRARY_LDFLAGS) -version-info 0:0:0
libompi_obj_1_la_LIBADD = $(GLIB_LIBS) $(FFI_LIBS) $(ZLIB_LIBS) $(MPI_LIBS)

## The GTypes of the enumerations. Their C names start with Mpi, their functions with ompi_obj,
## which glib-mkenums cannot know of the macros.

enum_headers = include/ompi_obj/enums.h include/ompi_obj/error.h
enum_types_rule = $(AM_V_GEN) $(MKDIR_P) $(@D) && cd $(top_srcdir) \
	&& $(GLIB_MKENUMS) --template $(TEMPLATE) $(enum_headers) \
	| $(SED) 's/OMPI_TYPE_OBJ_/OMPI_OBJ_TYPE_/' > $(abs_top_builddir)/$@.tmp \
	&& mv $(abs_top_builddir)/$@.tmp $(abs_top_builddir)/$@

include/ompi_obj/enum-types.h: src/core/enum-types.h.template $(enum_headers)
	$(enum_types_rule)
include/ompi_obj/enum-types.h: TEMPLATE = src/core/enum-types.h.template

src/core/enum-types.c: src/core/enum-types.c.template $(enum_headers)
	$(enum_types_rule)
src/core/enum-types.c: TEMPLATE = src/core/enum-types.c.template

$(libompi_obj_1_la_OBJECTS): include/ompi_obj/enum-types.h
BUILT_SOURCES += include/ompi_obj/enum-types.h src/core/enum-types.c
CLEANFILES += include/ompi_obj/enum-types.h src/core/enum-types.c
EXTRA_DIST += src/core/enum-types.h.template src/core/enum-types.c.template

## A program that tells what there is. It is installed, so it is not linked for the build directory alone.

bin_PROGRAMS += src/tools/ompi-obj-info
src_tools_ompi_obj_info_SOURCES = src/tools/ompi-obj-info.c
src_tools_ompi_obj_info_CPPFLAGS = $(library_cppflags) -DMPI_FLAVOR=\"$(MPI_FLAVOR)\"
src_tools_ompi_obj_info_LDFLAGS = $(SANITIZER_CFLAGS)
src_tools_ompi_obj_info_LDADD = $(OMPI_OBJ_LIBS)

## What the library exports; tests/test-symbols.sh compares it with what is listed.

EXTRA_DIST += src/ompi_obj.symbols

update-symbols: libompi_obj-1.la
	$(NM) -D --defined-only .libs/libompi_obj-1.so | $(AWK) '{ print $$3 }' | LC_ALL=C sort > $(srcdir)/src/ompi_obj.symbols
