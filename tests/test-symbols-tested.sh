#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Checks that each function of the library is used by a test: that the objects of the test programs, as the
# compiler made them, refer to it. What the harness does for itself is no test. Prints TAP.
#
# tests/test-types.c looks at every type of the list, so it stands for their get_type functions.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
list=$srcdir/src/ompi_obj.symbols
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT

echo 1..1

find "$top_builddir/tests" -maxdepth 1 -name '*.o' ! -name '*harness*' >"$directory/objects"
if ! [ -s "$directory/objects" ]; then
  echo "Bail out! There are no objects of test programs in $top_builddir/tests"
  exit 1
fi
xargs nm -u <"$directory/objects" | awk '$1 == "U" { print $2 }' | LC_ALL=C sort -u >"$directory/used"
grep -v '_get_type$' "$list" | LC_ALL=C sort -u >"$directory/listed"
LC_ALL=C comm -23 "$directory/listed" "$directory/used" >"$directory/untested"

if [ -s "$directory/untested" ]; then
  echo "not ok 1 - every function is used by a test"
  sed 's/^/# no test calls /' "$directory/untested"
else
  echo "ok 1 - every function is used by a test"
fi
