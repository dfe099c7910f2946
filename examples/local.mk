# SPDX-License-Identifier: LGPL-2.1-or-later

noinst_PROGRAMS += \
	examples/hello \
	examples/histogram \
	examples/config-bcast \
	examples/ring \
	examples/derived-types \
	examples/pingpong \
	examples/pi-nonblocking \
	examples/task-farm \
	examples/matvec \
	examples/sample-sort \
	examples/ping-teams \
	examples/server \
	examples/client \
	examples/spawn-master \
	examples/spawn-worker \
	examples/tracing-comm \
	examples/heat2d \
	examples/graph-gossip \
	examples/responsive \
	examples/shared-array \
	examples/global-counter \
	examples/stencil-rma \
	examples/parallel-copy \
	examples/mandelbrot \
	examples/checkpoint \
	examples/wordcount

examples_hello_SOURCES = examples/hello.c
examples_hello_LDADD = $(OMPI_OBJ_LIBS)

examples_histogram_SOURCES = examples/histogram.c
examples_histogram_LDADD = $(OMPI_OBJ_LIBS)

examples_config_bcast_SOURCES = examples/config-bcast.c
examples_config_bcast_LDADD = $(OMPI_OBJ_LIBS)

examples_ring_SOURCES = examples/ring.c
examples_ring_LDADD = $(OMPI_OBJ_LIBS)

examples_derived_types_SOURCES = examples/derived-types.c
examples_derived_types_LDADD = $(OMPI_OBJ_LIBS)

examples_pingpong_SOURCES = examples/pingpong.c
examples_pingpong_LDADD = $(OMPI_OBJ_LIBS)

examples_pi_nonblocking_SOURCES = examples/pi-nonblocking.c
examples_pi_nonblocking_LDADD = $(OMPI_OBJ_LIBS)

examples_task_farm_SOURCES = examples/task-farm.c
examples_task_farm_LDADD = $(OMPI_OBJ_LIBS)

examples_matvec_SOURCES = examples/matvec.c
examples_matvec_LDADD = $(OMPI_OBJ_LIBS) -lm

examples_sample_sort_SOURCES = examples/sample-sort.c
examples_sample_sort_LDADD = $(OMPI_OBJ_LIBS)

examples_ping_teams_SOURCES = examples/ping-teams.c
examples_ping_teams_LDADD = $(OMPI_OBJ_LIBS)

examples_server_SOURCES = examples/server.c
examples_server_LDADD = $(OMPI_OBJ_LIBS)

examples_client_SOURCES = examples/client.c
examples_client_LDADD = $(OMPI_OBJ_LIBS)

examples_spawn_master_SOURCES = examples/spawn-master.c
examples_spawn_master_LDADD = $(OMPI_OBJ_LIBS)

examples_spawn_worker_SOURCES = examples/spawn-worker.c
examples_spawn_worker_LDADD = $(OMPI_OBJ_LIBS)

examples_tracing_comm_SOURCES = examples/tracing-comm.c
examples_tracing_comm_LDADD = $(OMPI_OBJ_LIBS)

examples_heat2d_SOURCES = examples/heat2d.c
examples_heat2d_LDADD = $(OMPI_OBJ_LIBS) -lm

examples_graph_gossip_SOURCES = examples/graph-gossip.c
examples_graph_gossip_LDADD = $(OMPI_OBJ_LIBS)

examples_responsive_SOURCES = examples/responsive.c
examples_responsive_LDADD = $(OMPI_OBJ_LIBS)

examples_shared_array_SOURCES = examples/shared-array.c
examples_shared_array_LDADD = $(OMPI_OBJ_LIBS)

examples_global_counter_SOURCES = examples/global-counter.c
examples_global_counter_LDADD = $(OMPI_OBJ_LIBS)

examples_stencil_rma_SOURCES = examples/stencil-rma.c
examples_stencil_rma_LDADD = $(OMPI_OBJ_LIBS)

examples_parallel_copy_SOURCES = examples/parallel-copy.c
examples_parallel_copy_LDADD = $(OMPI_OBJ_LIBS)

examples_mandelbrot_SOURCES = examples/mandelbrot.c
examples_mandelbrot_LDADD = $(OMPI_OBJ_LIBS) -lm

examples_checkpoint_SOURCES = examples/checkpoint.c
examples_checkpoint_LDADD = $(OMPI_OBJ_LIBS)

examples_wordcount_SOURCES = examples/wordcount.c
examples_wordcount_LDADD = $(OMPI_OBJ_LIBS)

## One job in several languages

noinst_PROGRAMS += examples/languages/primes
examples_languages_primes_SOURCES = examples/languages/primes.c
examples_languages_primes_LDADD = $(OMPI_OBJ_LIBS)

if ENABLE_VAPIGEN
if HAVE_VALAC
noinst_PROGRAMS += examples/languages/primes-vala examples/languages/vector-vala
nodist_examples_languages_primes_vala_SOURCES = examples/languages/vala/primes.c
examples_languages_primes_vala_CFLAGS = $(GLIB_CFLAGS) $(SANITIZER_CFLAGS) -w
examples_languages_primes_vala_LDADD = $(OMPI_OBJ_LIBS)
nodist_examples_languages_vector_vala_SOURCES = examples/languages/vala/vector.c
examples_languages_vector_vala_CFLAGS = $(GLIB_CFLAGS) $(SANITIZER_CFLAGS) -w
examples_languages_vector_vala_LDADD = $(OMPI_OBJ_LIBS)

compile_vala_example = $(AM_V_GEN) $(VALAC) --quiet --ccode --vapidir=. --pkg=ompi_obj-1.0 --directory=$(@D) \
	--basedir=$(srcdir)/examples/languages $<

examples/languages/vala/primes.c: examples/languages/primes.vala $(vapi_DATA)
	$(compile_vala_example)

examples/languages/vala/vector.c: examples/languages/vector.vala $(vapi_DATA)
	$(compile_vala_example)

CLEANFILES += examples/languages/vala/primes.c examples/languages/vala/vector.c
endif
endif

EXTRA_DIST += \
	examples/README \
	examples/languages/primes.js \
	examples/languages/primes.lua \
	examples/languages/primes.py \
	examples/languages/primes.vala \
	examples/languages/run \
	examples/languages/vector.js \
	examples/languages/vector.lua \
	examples/languages/vector.vala \
	examples/python/heat.py \
	examples/python/wordcount.py
