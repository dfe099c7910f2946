#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Which of MPI's functions the library reaches: those that it has as undefined symbols. The ones that
# are listed must be reached, and no others, so that the list stays true. MPI_X_c and MPI_X_x are MPI_X
# for large counts and count as that. Prints TAP; with --list, the functions that are reached.
#
#   tests/mpi-functions.txt           all functions of MPI-4.0
#   tests/mpi-functions-reached.txt   the ones that the library reaches, built for MPICH

set -u

: "${srcdir:=.}" "${top_builddir:=.}" "${MPI_FLAVOR:=mpich}"
functions=$srcdir/tests/mpi-functions.txt
list=$srcdir/tests/mpi-functions-reached.txt
library=$top_builddir/.libs/libompi_obj-1.so

# An older MPI has not all of them, and is reached through others.
if [ "$MPI_FLAVOR" != mpich ]; then
  if [ "${1:-}" = --list ]; then
    echo "$0: the list is of a library that is built for MPICH" >&2
    exit 1
  fi
  echo "1..0 # SKIP the list is of MPICH"
  exit 0
fi

directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT

# A large-count form is recognized by the name that is left without its suffix.
if ! nm -D -u "$library" >"$directory/undefined"; then
  echo "Bail out! nm cannot read $library"
  exit 1
fi
awk '
  NR == FNR { known[$1] = 1; next }
  {
    name = $2
    sub(/@.*/, "", name)
    if (!(name in known))
      sub(/_[cx]$/, "", name)
    if (name in known)
      print name
  }
' "$functions" "$directory/undefined" | LC_ALL=C sort -u >"$directory/reached"

if [ "${1:-}" = --list ]; then
  cat "$directory/reached"
  exit 0
fi

# report NUMBER NAME FILE WHAT
report () {
  if [ -s "$3" ]; then
    echo "not ok $1 - $2"
    sed "s/^/# $4: /" "$3"
    echo "# If this is as meant: make update-coverage, and read the difference before you commit it."
  else
    echo "ok $1 - $2"
  fi
}

echo 1..3
echo "# $(wc -l <"$directory/reached") of $(wc -l <"$functions") functions of MPI-4.0 are reached"

LC_ALL=C sort -u "$list" >"$directory/listed"
LC_ALL=C comm -23 "$directory/listed" "$directory/reached" >"$directory/lost"
LC_ALL=C comm -13 "$directory/listed" "$directory/reached" >"$directory/new"
report 1 "every function that is listed is reached" "$directory/lost" "no longer reached"
report 2 "every function that is reached is listed" "$directory/new" "reached but not listed"

# Both lists are as the tools write them, so that a difference shows what changed and nothing else.
if LC_ALL=C sort -c -u "$functions" 2>/dev/null && LC_ALL=C sort -c -u "$list" 2>/dev/null; then
  echo "ok 3 - the lists are sorted and name each function once"
else
  echo "not ok 3 - the lists are sorted and name each function once"
fi
