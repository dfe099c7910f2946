#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs the test of the Vala binding, which prints TAP itself, on 2 ranks. Called by "make check".

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

if [ ! -x "$top_builddir/tests/exchange-vala" ]; then
  echo "1..0 # SKIP no valac, or built without the Vala binding"
  exit 0
fi
# shellcheck disable=SC2086 # MPIEXEC is a command and its options
G_DEBUG=fatal-criticals timeout 60 $MPIEXEC -n 2 "$top_builddir/tests/exchange-vala" || echo "not ok - exit status $?"
