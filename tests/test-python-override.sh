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

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

# check STATUS DESCRIPTION
check ()
{
  if [ "$1" -eq 0 ]; then echo "ok 0 - $2"; else echo "not ok 0 - $2"; fi
}

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

  # The examples, which count what they should with any number of ranks.
  grep -o -i -E '[[:alnum:]_]+' "$srcdir/NEWS" | tr '[:upper:]' '[:lower:]' | LC_ALL=C sort | uniq -c | LC_ALL=C sort -k1,1nr -k2 \
    | head -n 10 | awk '{ print $1, $2 }' >"$tmp/words"
  for n in 1 3; do
    run $n "$srcdir/examples/python/wordcount.py" "$srcdir/NEWS" | awk '{ print $1, $2 }' | cmp - "$tmp/words" >/dev/null
    check $? "example wordcount.py at $n ranks"
  done
  if "$PYTHON" -c 'import numpy' 2>/dev/null; then
    for n in 1 3; do
      run $n "$srcdir/examples/python/heat.py" 30 100 >"$tmp/heat-$n"
      grep -q '^the sum is' "$tmp/heat-$n" && cmp "$tmp/heat-$n" "$tmp/heat-1" >/dev/null
      check $? "example heat.py at $n ranks"
    done
  else
    echo "ok 0 - example heat.py # SKIP NumPy is missing"
  fi
} | awk '
  /^1\.\.[0-9]+/ { next }
  /^(not )?ok [0-9]+ - / { n++; sub(/ok [0-9]+/, "ok " n); print; fflush(); next }
  { sub(/^(# )?/, "# "); print; fflush() }
  END { print "1.." n + 0 }'
