## Documents

EXTRA_DIST += docs/decisions.md docs/wire-format.md tests/test-docs.sh
dist_man_MANS = docs/ompi-obj-info.1

if HAVE_INTROSPECTION
if HAVE_GI_DOCGEN
TESTS += tests/test-docs.sh

## The reference manual, to be opened in a browser: docs/html/index.html

docs: docs/html/index.html

docs/html/index.html: docs/ompi_obj.toml Mpi-1.0.gir
	$(AM_V_GEN) $(GI_DOCGEN) generate --quiet --fatal-warnings --config=docs/ompi_obj.toml --output-dir=docs/generated Mpi-1.0.gir \
	&& rm -rf docs/html && mv docs/generated/Mpi-1.0 docs/html && rmdir docs/generated

clean-local:
	rm -rf docs/html docs/generated
endif
endif
