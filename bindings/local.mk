## Introspection data and the Vala binding

if HAVE_INTROSPECTION
-include $(INTROSPECTION_MAKEFILE)

INTROSPECTION_GIRS = Mpi-1.0.gir
INTROSPECTION_SCANNER_ARGS = \
	--warn-all \
	--warn-error \
	--add-include-path=$(top_builddir) \
	--identifier-prefix=Mpi \
	--symbol-prefix=ompi_obj \
	--c-include=ompi_obj/ompi_obj.h \
	--pkg-export=ompi_obj-1.0
INTROSPECTION_COMPILER_ARGS = --includedir=$(top_builddir)
INTROSPECTION_SCANNER_ENV = LDFLAGS="$(LDFLAGS) $(SANITIZER_CFLAGS)" ASAN_OPTIONS=detect_leaks=0

Mpi-1.0.gir: libompi_obj-1.la
Mpi_1_0_gir_INCLUDES = GObject-2.0 Gio-2.0
Mpi_1_0_gir_CFLAGS = $(library_cppflags) $(SANITIZER_CFLAGS) $(GLIB_CFLAGS)
Mpi_1_0_gir_LIBS = libompi_obj-1.la
Mpi_1_0_gir_FILES = \
	$(public_headers) \
	$(generated_headers) \
	$(library_sources) \
	src/core/enum-types.c

girdir = $(datadir)/gir-1.0
gir_DATA = $(INTROSPECTION_GIRS)
typelibdir = $(libdir)/girepository-1.0
typelib_DATA = $(INTROSPECTION_GIRS:.gir=.typelib)
CLEANFILES += $(gir_DATA) $(typelib_DATA)

if ENABLE_VAPIGEN
VAPIGEN_VAPIS = ompi_obj-1.0.vapi
-include $(VAPIGEN_MAKEFILE)

ompi_obj-1.0.vapi: Mpi-1.0.gir $(srcdir)/bindings/Mpi-1.0.metadata
ompi_obj_1_0_vapi_DEPS = gobject-2.0 gio-2.0
ompi_obj_1_0_vapi_METADATADIRS = $(srcdir)/bindings
ompi_obj_1_0_vapi_FILES = Mpi-1.0.gir

## The packages whose names stand in it, for valac to find by itself.
ompi_obj-1.0.deps: $(srcdir)/bindings/local.mk
	$(AM_V_GEN) printf '%s\n' $(ompi_obj_1_0_vapi_DEPS) > $@

vapidir = $(datadir)/vala/vapi
vapi_DATA = $(VAPIGEN_VAPIS) $(VAPIGEN_VAPIS:.vapi=.deps)
CLEANFILES += $(vapi_DATA)
endif
endif
EXTRA_DIST += bindings/Mpi-1.0.metadata

## What makes the Python binding natural: found by PyGObject in the source tree with PYTHONPATH=bindings/python

python_overrides = \
	bindings/python/gi/overrides/Mpi/__init__.py \
	bindings/python/gi/overrides/Mpi/_buffers.py \
	bindings/python/gi/overrides/Mpi/_classes.py \
	bindings/python/gi/overrides/Mpi/_errors.py \
	bindings/python/gi/overrides/Mpi/_methods.py \
	bindings/python/gi/overrides/Mpi/_operations.py \
	bindings/python/gi/overrides/Mpi/_values.py \
	bindings/python/gi/overrides/Mpi/_waiting.py
EXTRA_DIST += $(python_overrides)

if INSTALL_PYTHON_OVERRIDES
if HAVE_INTROSPECTION
pythonmpidir = $(pythonoverridesdir)/Mpi
pythonmpi_DATA = $(python_overrides)
endif
endif

## One test program for each language; the scripts that run them are in tests/.

TESTS += \
	tests/test-javascript.sh \
	tests/test-languages.sh \
	tests/test-lua.sh \
	tests/test-python-override.sh \
	tests/test-python.sh \
	tests/test-symbols.sh \
	tests/test-vala.sh
EXTRA_DIST += \
	tests/exchange-javascript.js \
	tests/exchange-lua.lua \
	tests/exchange-python.py \
	tests/exchange-vala.vala \
	tests/override-python.py \
	tests/run-language-test \
	tests/test-javascript.sh \
	tests/test-languages.sh \
	tests/test-lua.sh \
	tests/test-python-override.sh \
	tests/test-python.sh \
	tests/test-symbols.sh \
	tests/test-vala.sh

if ENABLE_VAPIGEN
if HAVE_VALAC
check_PROGRAMS += tests/exchange-vala
nodist_tests_exchange_vala_SOURCES = tests/exchange-vala.c
tests_exchange_vala_CFLAGS = $(GLIB_CFLAGS) $(SANITIZER_CFLAGS) -w
tests_exchange_vala_LDADD = $(OMPI_OBJ_LIBS)

tests/exchange-vala.c: $(srcdir)/tests/exchange-vala.vala $(vapi_DATA)
	$(AM_V_GEN) $(MKDIR_P) tests && $(VALAC) --quiet --ccode --vapidir=. --pkg=ompi_obj-1.0 --directory=tests --basedir=$(srcdir)/tests $(srcdir)/tests/exchange-vala.vala

CLEANFILES += tests/exchange-vala.c
endif
endif
