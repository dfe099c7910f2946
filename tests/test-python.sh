#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs the test of the Python binding, which prints TAP itself, on 2 ranks. Called by "make check".

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

if [ -z "${PYTHON:-}" ] || [ ! -e "$top_builddir/Mpi-1.0.typelib" ]; then
  echo "1..0 # SKIP no python3 with gi, or built without introspection"
  exit 0
fi
if [ "$SANITIZERS" = yes ]; then
  echo "1..0 # SKIP the interpreter is built without sanitizers"
  exit 0
fi
# shellcheck disable=SC2086 # MPIEXEC is a command and its options
G_DEBUG=fatal-criticals timeout 60 $MPIEXEC -n 2 "$PYTHON" "$srcdir/tests/exchange-python.py" || echo "not ok - exit status $?"
