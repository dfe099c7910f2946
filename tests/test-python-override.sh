#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs the tests of the Python binding with its override module: those that pass without it too, and those of what
# it adds, at 1, 2 and 4 ranks. Called by "make check".

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
PYTHONPATH=$(cd "$srcdir" && pwd)/bindings/python${PYTHONPATH:+:$PYTHONPATH}
PYTHONDONTWRITEBYTECODE=1
G_DEBUG=fatal-criticals
export PYTHONPATH PYTHONDONTWRITEBYTECODE G_DEBUG

# run RANKS SCRIPT [ARGUMENT]...
run ()
{
  ranks=$1
  shift
  # shellcheck disable=SC2086 # MPIEXEC is a command and its options
  timeout 120 $MPIEXEC -n "$ranks" "$PYTHON" "$@" 2>&1 || echo "not ok 0 - the job ends well: exit status $?"
}

{
  run 2 "$srcdir/tests/exchange-python.py" | sed 's/^\(ok\|not ok\) [0-9]* -/& with the override:/'
  for n in 1 2 4; do
    run $n "$srcdir/tests/override-python.py" | sed "s/^\\(ok\\|not ok\\) [0-9]* - [^#]*[^# ]/& at $n ranks/"
  done
} | awk '
  /^1\.\.[0-9]+/ { next }
  /^(not )?ok [0-9]+ - / { n++; sub(/ok [0-9]+/, "ok " n); print; fflush(); next }
  { sub(/^(# )?/, "# "); print; fflush() }
  END { print "1.." n + 0 }'
