#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Programs that use MPI through sessions, from their begin to their end. Prints TAP.

set -u

: "${top_builddir:=.}"
program=$top_builddir/tests/sessions-only
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT
number=0

if [ "${MPI_FLAVOR:-mpich}" = openmpi ]; then
  case $("$MPIRUN" --version 2>&1) in
    *" 4."*)
      echo "1..0 # SKIP Open MPI 4 has no sessions"
      exit 0
      ;;
  esac
fi

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

for n in 1 2 4; do
  check "a session is enough" 0 "$n" work
  check "objects that live longer than the last session" 0 "$n" leftovers
  check "a session after the last one" 0 "$n" again
  check "a world within a session" 0 "$n" world-within
  check "a session that nobody finalizes" 0 "$n" forgotten
  check "a session that is dropped" "$n" "$n" dropped
done

echo "1..$number"
