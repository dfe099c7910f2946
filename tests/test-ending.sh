#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# How jobs end: the status that the launcher gives, what is printed, and that no rank waits for one that has gone.
# Prints TAP.

set -u

: "${top_builddir:=.}"
program=$top_builddir/tests/ending
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT
number=0

# expect DESCRIPTION STATUS TEXT N RANKS ARGUMENT...: the status, or "failure"; the text N times, or no matter what if empty
expect () {
  description="$1 at $5 ranks"
  expected=$2
  text=$3
  times=$4
  ranks=$5
  shift 5
  # MPICH's launcher now and then takes the end of a single rank for a crash of its own making, and gives 1: after a plain
  # MPI_Abort in 7 of 150 runs. Then it says nothing of the status that it was given, and is asked again.
  for _ in 1 2 3 4 5 6; do
    # shellcheck disable=SC2086 # MPIEXEC is several words
    timeout -k 5 60 $MPIEXEC -n "$ranks" "$program" "$@" >"$directory/out" 2>"$directory/err" </dev/null
    status=$?
    if [ "$status" -ne 1 ] || ! grep -q -F 'EXIT STRING: Hangup (signal 1)' "$directory/out"; then break; fi
  done
  number=$((number + 1))
  good=yes
  if [ "$expected" = failure ]; then
    if [ "$status" -eq 0 ] || [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then good=; fi
  elif [ "$status" -ne "$expected" ]; then
    good=
  fi
  if [ -n "$text" ] && [ "$(grep -c -e "$text" "$directory/err")" -ne "$times" ]; then
    good=
  fi
  if [ -n "$good" ]; then
    echo "ok $number - $description"
  else
    echo "not ok $number - $description"
    echo "# exit status $status, expected $expected, and '$text' $times times"
    sed 's/^/# /' "$directory/out" "$directory/err"
  fi
}

for n in 1 2 4; do
  last=$((n - 1))
  expect "a body that succeeds" 0 "ending: " 0 "$n" status 0
  expect "a body that finalizes MPI itself" 0 "ending: " 0 "$n" finalize 0
  expect "a status without an error" failure "ending: " 0 "$n" status 3
  expect "an error on the last rank" failure "ending: rank $last: this is how it ends" 1 "$n" last-error 0
  expect "an error on the last rank, with a status" 5 "ending: rank $last: this is how it ends" 1 "$n" last-error 5
  expect "an exit on the last rank" failure "" 0 "$n" last-exit 4
  expect "an abort on the last rank" 6 "" 0 "$n" last-abort 6
  expect "an abort of a communicator that was freed" 7 "" 0 "$n" last-abort-freed 7
  expect "an abort after MPI was finalized" failure "" 0 "$n" abort-finalized 8
  expect "a run after MPI was finalized" failure "" 0 "$n" finalized 0
done
expect "a run after MPI was finalized, with a text" failure "ending: .*finalized" 1 1 finalized 0
expect "an error on every rank" failure "" 0 2 error 0
expect "a run without a body" failure "main_func != NULL" 1 1 nobody 0

echo "1..$number"
