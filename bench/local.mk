# SPDX-License-Identifier: LGPL-2.1-or-later
#
# make bench: times and instruction counts of the library over raw MPI; see bench/README. Nothing here
# is built by make or run by make check, as no test may depend on a time.

EXTRA_PROGRAMS += \
	bench/pingpong \
	bench/requests \
	bench/rma \
	bench/collectives \
	bench/files \
	bench/values \
	bench/value-collectives \
	bench/main-loop \
	bench/instructions

bench_cflags = $(AM_CFLAGS) $(MPI_CFLAGS)
bench_libs = $(OMPI_OBJ_LIBS) $(MPI_LIBS)

bench_pingpong_SOURCES = bench/pingpong.c bench/measure.c bench/measure.h
bench_pingpong_CFLAGS = $(bench_cflags)
bench_pingpong_LDADD = $(bench_libs)

bench_requests_SOURCES = bench/requests.c bench/measure.c bench/measure.h
bench_requests_CFLAGS = $(bench_cflags)
bench_requests_LDADD = $(bench_libs)

bench_rma_SOURCES = bench/rma.c bench/measure.c bench/measure.h
bench_rma_CFLAGS = $(bench_cflags)
bench_rma_LDADD = $(bench_libs)

bench_collectives_SOURCES = bench/collectives.c bench/measure.c bench/measure.h
bench_collectives_CFLAGS = $(bench_cflags)
bench_collectives_LDADD = $(bench_libs)

bench_files_SOURCES = bench/files.c bench/measure.c bench/measure.h
bench_files_CFLAGS = $(bench_cflags)
bench_files_LDADD = $(bench_libs)

bench_values_SOURCES = bench/values.c bench/measure.c bench/measure.h
bench_values_CFLAGS = $(bench_cflags)
bench_values_LDADD = $(bench_libs)

bench_value_collectives_SOURCES = bench/value-collectives.c bench/measure.c bench/measure.h
bench_value_collectives_CFLAGS = $(bench_cflags)
bench_value_collectives_LDADD = $(bench_libs)

bench_main_loop_SOURCES = bench/main-loop.c bench/measure.c bench/measure.h
bench_main_loop_CFLAGS = $(bench_cflags)
bench_main_loop_LDADD = $(bench_libs)

bench_instructions_SOURCES = bench/instructions.c
bench_instructions_CFLAGS = $(bench_cflags)
bench_instructions_LDADD = $(bench_libs)

dist_noinst_SCRIPTS += bench/count-instructions
EXTRA_DIST += bench/README bench/python-overhead.py

CLEANFILES += $(EXTRA_PROGRAMS)

# Open MPI refuses to run as root, as containers do, without the two variables. Its one-sided component for RDMA crashes
# on atomic operations.
BENCH_ENVIRONMENT = OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_osc='^rdma'
BENCH_MPIRUN = $(MPIRUN) -bind-to core
BENCH_SECONDS = 2

# More ranks than cores, which must yield to each other; see tests/mpi-env.sh.
BENCH_CROWDED = MPIRUN='$(MPIRUN)' MPI_FLAVOR='$(MPI_FLAVOR)' top_builddir='$(abs_top_builddir)' \
	$(SHELL) -c '. "$(srcdir)/tests/mpi-env.sh"; exec $$MPIEXEC "$$@"' crowded

bench: $(EXTRA_PROGRAMS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/pingpong$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/collectives$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_CROWDED) -n 4 bench/collectives$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/requests$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/rma$(EXEEXT) $(BENCH_SECONDS)
	@test '$(MPI_FLAVOR)' != mpich || for setting in y n; do \
	  env UCX_RCACHE_ENABLE=$$setting $(BENCH_MPIRUN) -n 2 bench/rma$(EXEEXT) \
	    --raw "Raw MPI with UCX_RCACHE_ENABLE=$$setting" $(BENCH_SECONDS) || exit 1; \
	done
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/files$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/values$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/value-collectives$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_MPIRUN) -n 2 bench/main-loop$(EXEEXT) $(BENCH_SECONDS)
	@env $(BENCH_ENVIRONMENT) $(BENCH_CROWDED) -n 16 bench/value-collectives$(EXEEXT) rounds
	@test -z "$(PYTHON)" || env $(BENCH_ENVIRONMENT) GI_TYPELIB_PATH='$(abs_top_builddir)' LD_LIBRARY_PATH='$(abs_top_builddir)/.libs' \
	  PYTHONPATH='$(abs_top_srcdir)/bindings/python' $(BENCH_MPIRUN) -n 1 $(PYTHON) $(srcdir)/bench/python-overhead.py
	@env $(BENCH_ENVIRONMENT) $(LIBTOOL) --quiet --mode=execute \
	  $(srcdir)/bench/count-instructions bench/instructions$(EXEEXT) $(MPIRUN) -n 1
