## Documents

EXTRA_DIST += \
	$(documents) \
	docs/decisions.md \
	tests/test-docs-programs.sh \
	tests/test-docs.sh \
	tests/test-methods-table.sh

TESTS += tests/test-docs-programs.sh tests/test-methods-table.sh

## The chapters of the manual, in the order of docs/ompi_obj.toml.in
documents = \
	docs/getting-started.md \
	docs/coming-from-mpi.md \
	docs/coming-from-mpi4py.md \
	docs/python.md \
	docs/languages.md \
	docs/memory.md \
	docs/errors.md \
	docs/threads.md \
	docs/values.md \
	docs/one-sided.md \
	docs/files.md \
	docs/main-loop.md \
	docs/clusters.md \
	docs/wire-format.md

dist_man_MANS = docs/ompi-obj-info.1

if HAVE_INTROSPECTION
if HAVE_GI_DOCGEN
TESTS += tests/test-docs.sh

## The reference manual, to be opened in a browser: docs/html/index.html

docs: docs/html/index.html

docs/html/index.html: docs/ompi_obj.toml Mpi-1.0.gir $(documents)
	$(AM_V_GEN) $(GI_DOCGEN) generate --quiet --fatal-warnings --config=docs/ompi_obj.toml --content-dir=$(srcdir)/docs --output-dir=docs/generated Mpi-1.0.gir \
	&& rm -rf docs/html && mv docs/generated/Mpi-1.0 docs/html && rmdir docs/generated

clean-local:
	rm -rf docs/html docs/generated

if ENABLE_DOCS
all-local: docs/html/index.html

## Devhelp looks for a book below doc/, in a folder of the book's own name.
manualdir = $(datarootdir)/doc/Mpi-1.0

install-data-local: docs/html/index.html
	$(MKDIR_P) '$(DESTDIR)$(manualdir)' && cp -R docs/html/. '$(DESTDIR)$(manualdir)'

uninstall-local:
	rm -rf '$(DESTDIR)$(manualdir)'
endif
endif
endif
