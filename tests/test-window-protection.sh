#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Windows are protected from the MPI's faults by what the library sets before it initializes MPI, and where it
# does not, they are refused. Windows that nobody frees. Prints TAP.

set -u

: "${top_builddir:=.}"
here=$(dirname "$0")
# shellcheck source=tests/mpi-env.sh
. "$here/mpi-env.sh"
program=$top_builddir/tests/window-protection
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT
number=0

# check DESCRIPTION WARNINGS RANKS WAY: that it succeeds, and how many ranks warn
check () {
  number=$((number + 1))
  # shellcheck disable=SC2086 # MPIEXEC is several words
  timeout -k 5 60 $MPIEXEC -n "$3" "$program" "$4" >"$directory/out" 2>&1 </dev/null
  status=$?
  if [ "$status" -eq 0 ] && [ "$(grep -c 'ompi_obj-WARNING' "$directory/out")" -eq "$2" ]; then
    echo "ok $number - $1 at $3 ranks"
  else
    echo "not ok $number - $1 at $3 ranks"
    echo "# exit status $status, expected 0 and $2 warnings"
    sed 's/^/# /' "$directory/out"
  fi
}

for n in 1 2; do
  check "the library initializes MPI" 0 "$n" library
  check "the program initializes MPI" 0 "$n" raw
  check "the user has set something else" 0 "$n" overridden
  check "a window that is dropped" "$n" "$n" dropped
done

echo "1..$number"
