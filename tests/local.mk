## Tests: programs of Check under mpirun, and scripts

EXTRA_DIST += \
	tests/collective-forms.h \
	tests/main-loop.h \
	tests/mpi-env.sh \
	tests/mpi-functions-reached.txt \
	tests/mpi-functions.txt \
	tests/run-mpi-test \
	tests/subclasses.h \
	tests/test-coverage.sh \
	tests/test-ending.sh \
	tests/test-dynamic.sh \
	tests/test-sessions-only.sh \
	tests/test-examples.sh \
	tests/test-ompi-obj-info.sh \
	tests/test-symbols-tested.sh \
	tests/test-window-protection.sh \
	tests/test-numpy.sh \
	tests/test-symbols-tested.sh \
	tests/test-variant-log-crash.sh \
	tests/valgrind.supp \
	tests/values.h \
	tests/windows.h \
	tests/wordcount-reference.sh

if HAVE_CHECK
mpi_tests = \
	tests/test-environment \
	tests/test-types \
	tests/test-win-create \
	tests/test-win-operations \
	tests/test-win-sync \
	tests/test-error \
	tests/test-status \
	tests/test-datatype \
	tests/test-datatype-layout \
	tests/test-datatype-description \
	tests/test-datatype-pack \
	tests/test-buffer \
	tests/test-group \
	tests/test-comm \
	tests/test-intercomm \
	tests/test-ports \
	tests/test-fault-tolerance \
	tests/test-comm-create \
	tests/test-errhandler \
	tests/test-attributes \
	tests/test-session \
	tests/test-p2p \
	tests/test-nonblocking \
	tests/test-nonblocking-errors \
	tests/test-request-arrays \
	tests/test-request-life \
	tests/test-buffered-send \
	tests/test-persistent \
	tests/test-partitioned-info \
	tests/test-bsend-room \
	tests/test-grequest \
	tests/test-request-reuse \
	tests/test-request-twice \
	tests/test-request-async \
	tests/test-threads \
	tests/test-native \
	tests/test-collective \
	tests/test-op \
	tests/test-gather-scatter \
	tests/test-alltoall \
	tests/test-reduce \
	tests/test-collective-nonblocking \
	tests/test-collective-persistent \
	tests/test-blocks \
	tests/test-array-lengths \
	tests/test-win-variant \
	tests/test-sync-tools \
	tests/test-variant-wire \
	tests/test-variant-malformed \
	tests/test-variant-limits \
	tests/test-variant-types \
	tests/test-variant-message \
	tests/test-variant-nonblocking \
	tests/test-variant-p2p \
	tests/test-variant-progress \
	tests/test-variant-bcast \
	tests/test-variant-reduce \
	tests/test-variant-gather \
	tests/test-variant-scatter \
	tests/test-variant-reduce-ranks \
	tests/test-variant-collective-nonblocking \
	tests/test-variant-arrays \
	tests/test-variant-async \
	tests/test-bad-input \
	tests/test-info \
	tests/test-memory \
	tests/test-cartcomm \
	tests/test-graphcomm \
	tests/test-distgraphcomm \
	tests/test-halo \
	tests/test-file \
	tests/test-file-access \
	tests/test-file-errors \
	tests/test-file-nonblocking \
	tests/test-file-split \
	tests/test-file-array \
	tests/test-file-streams \
	tests/test-file-variant \
	tests/test-variant-log \
	tests/test-neighbor-collective \
	tests/test-finalize

check_PROGRAMS += $(mpi_tests)
TESTS += $(mpi_tests)

check_LTLIBRARIES += tests/libharness.la
tests_libharness_la_SOURCES = \
	tests/datatypes.c \
	tests/datatypes.h \
	tests/files.c \
	tests/files.h \
	tests/harness.c \
	tests/harness.h \
	tests/messages.c \
	tests/messages.h \
	tests/wire-messages.c \
	tests/wire-messages.h
## Its objects have a name of their own, by which test-symbols-tested.sh leaves them out.
tests_libharness_la_CPPFLAGS = $(AM_CPPFLAGS)
tests_libharness_la_LDFLAGS =

## For test-ending.sh.
check_PROGRAMS += tests/ending
tests_ending_LDADD = $(OMPI_OBJ_LIBS)

## For test-variant-log-crash.sh and test-numpy.sh.
check_PROGRAMS += tests/log-writer tests/npy-arrays
tests_log_writer_LDADD = $(OMPI_OBJ_LIBS)
tests_npy_arrays_LDADD = $(OMPI_OBJ_LIBS)

TESTS += tests/test-variant-log-crash.sh tests/test-numpy.sh

## For test-sessions-only.sh.
check_PROGRAMS += tests/sessions-only
tests_sessions_only_LDADD = $(OMPI_OBJ_LIBS)

## For test-window-protection.sh.
check_PROGRAMS += tests/window-protection
tests_window_protection_LDADD = $(OMPI_OBJ_LIBS) $(MPI_LIBS)

TESTS += \
	tests/test-ending.sh \
	tests/test-ompi-obj-info.sh \
	tests/test-sessions-only.sh \
	tests/test-symbols-tested.sh \
	tests/test-window-protection.sh

## Preloaded into the ranks of MPICH; without sanitizers, for it comes before theirs, and into other programs too.
check_LTLIBRARIES += tests/libyield-preload.la
tests_libyield_preload_la_SOURCES = tests/yield-preload.c
tests_libyield_preload_la_CFLAGS = $(WARNING_CFLAGS)
tests_libyield_preload_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
tests_libyield_preload_la_LIBADD = -ldl

tests_test_types_LDADD = $(LDADD) -ldl

## Programs that start others and connect to others, for test-dynamic.sh
check_PROGRAMS += tests/spawn-parent tests/spawn-worker

tests_spawn_parent_LDADD = $(OMPI_OBJ_LIBS)

tests_spawn_worker_LDADD = $(OMPI_OBJ_LIBS)

TESTS += tests/test-coverage.sh tests/test-dynamic.sh tests/test-examples.sh

## mpi-env.sh adds how jobs are started with this MPI.
AM_TESTS_ENVIRONMENT = \
	MPIRUN='$(MPIRUN)'; \
	MPI_FLAVOR='$(MPI_FLAVOR)'; \
	SANITIZERS='$(SANITIZERS)'; \
	PYTHON='$(PYTHON)'; \
	GJS='$(GJS)'; \
	LUA='$(LUA)'; \
	srcdir='$(srcdir)'; \
	top_builddir='$(abs_top_builddir)'; \
	GI_TYPELIB_PATH='$(abs_top_builddir)'$${GI_TYPELIB_PATH:+:$$GI_TYPELIB_PATH}; \
	LD_LIBRARY_PATH='$(abs_top_builddir)/.libs'$${LD_LIBRARY_PATH:+:$$LD_LIBRARY_PATH}; \
	export MPIRUN MPI_FLAVOR SANITIZERS PYTHON GJS LUA srcdir top_builddir GI_TYPELIB_PATH LD_LIBRARY_PATH; \
	. '$(srcdir)/tests/mpi-env.sh';

tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh

## A program: its TAP says what failed, its exit status only repeats it.
LOG_DRIVER = $(tap_driver)
AM_LOG_DRIVER_FLAGS = --ignore-exit
LOG_COMPILER = $(SHELL) $(srcdir)/tests/run-mpi-test
SH_LOG_DRIVER = $(tap_driver)
AM_SH_LOG_DRIVER_FLAGS = --ignore-exit
SH_LOG_COMPILER = $(SHELL)
PY_LOG_COMPILER = $(PYTHON)

## Memory errors and leaks of the library, each test program at one rank. MPI and what is below it
## lose memory of their own; valgrind.supp knows what. test-finalize is looked at for errors but not for
## leaks: it keeps communicators and datatypes over MPI_Finalize, after which nothing may be freed. A thread
## that polls in MPI would otherwise never let another run.
valgrind_options = \
	--quiet \
	--fair-sched=yes \
	--show-leak-kinds=definite,indirect \
	--errors-for-leak-kinds=definite,indirect \
	--num-callers=40 \
	--error-exitcode=99 \
	--suppressions=$(abs_top_srcdir)/tests/valgrind.supp

check-valgrind: all $(mpi_tests) tests/libyield-preload.la
	@test -n "$(VALGRIND)" || { echo "valgrind is missing" >&2; exit 1; }
	@$(AM_TESTS_ENVIRONMENT) \
	OMPI_OBJ_TEST_RANKS=1; \
	G_SLICE=always-malloc; \
	G_DEBUG=gc-friendly; \
	export OMPI_OBJ_TEST_RANKS OMPI_OBJ_TEST_WRAPPER G_SLICE G_DEBUG; \
	failed=; \
	for test in $(mpi_tests); do \
	  echo "# $$test"; \
	  case $$test in */test-finalize) leaks=no ;; *) leaks=full ;; esac; \
	  OMPI_OBJ_TEST_WRAPPER="$(VALGRIND) --leak-check=$$leaks $(valgrind_options)"; \
	  $(LOG_COMPILER) ./$$test || failed="$$failed $$test"; \
	done; \
	test -z "$$failed" || { echo "Failed under valgrind:$$failed" >&2; exit 1; }

else
check-local:
	@echo "The tests need the Check library (Debian: check)." >&2; exit 1
endif

## What tests/test-coverage.sh compares with.
update-coverage: libompi_obj-1.la
	srcdir='$(srcdir)' top_builddir='$(abs_top_builddir)' MPI_FLAVOR='$(MPI_FLAVOR)' \
	$(SHELL) $(srcdir)/tests/test-coverage.sh --list > $(srcdir)/tests/mpi-functions-reached.txt.tmp
	mv $(srcdir)/tests/mpi-functions-reached.txt.tmp $(srcdir)/tests/mpi-functions-reached.txt
