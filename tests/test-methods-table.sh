#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The table of methods in docs/coming-from-mpi4py.md names functions that there are, and every function of MPI that the
# library reaches. Prints TAP.

set -u

: "${srcdir:=.}"
table=$srcdir/docs/coming-from-mpi4py.md
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT

# report NUMBER NAME FILE: a file with what is wrong
report () {
  if [ -s "$3" ]; then
    echo "not ok $1 - $2"
    sed 's/^/# /' "$3"
  else
    echo "ok $1 - $2"
  fi
}

# names PATTERN: the names in the table's cells
names () {
  sed -n '/^| --- | --- | --- | --- |$/,/^$/p' "$table" | grep -o "\`$1\`" | tr -d '`' | LC_ALL=C sort -u
}

echo 1..2
LC_ALL=C sort -u "$srcdir/src/ompi_obj.symbols" >"$directory/symbols"
names 'ompi_obj_[a-z0-9_]*' | LC_ALL=C comm -23 - "$directory/symbols" >"$directory/unknown"
[ "$(names 'ompi_obj_[a-z0-9_]*' | wc -l)" -gt 300 ] || echo "the table is too short" >>"$directory/unknown"
report 1 "the library has every function that the table of methods names" "$directory/unknown"

names 'MPIX\{0,1\}_[A-Za-z0-9_]*' >"$directory/named"
LC_ALL=C sort -u "$srcdir/tests/mpi-functions-reached.txt" | LC_ALL=C comm -23 - "$directory/named" >"$directory/missing"
report 2 "the table of methods names every function of MPI that the library reaches" "$directory/missing"
