#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The programs in the documents (what begins with an #include of the library and has a main()) compile, and run on two ranks.
# Prints TAP.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
here=$(cd "$srcdir" && pwd)
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT

# README has its programs indented, the chapters between ```c and ```; a program ends with the brace of its main().
awk -v directory="$directory" '
  FNR == 1 {
    file = FILENAME
    sub(/.*\//, "", file)
    part = 0
  }
  /^ *#include <ompi_obj\/ompi_obj\.h>/ {
    match($0, /^ */)
    indent = RLENGTH
    name = directory "/" file "-" ++part ".c"
    in_main = 0
  }
  name != "" {
    line = substr($0, indent + 1)
    if (line ~ /^```/) {
      name = ""
      next
    }
    print line >name
    if (line ~ /^main \(/)
      in_main = 1
    if (in_main && line == "}")
      name = ""
  }' "$here/README" "$here"/docs/*.md

sanitizers=
if [ "$SANITIZERS" = yes ]; then
  sanitizers=-fsanitize=address,undefined
fi

number=0
for program in "$directory"/*.c; do
  grep -q '^main (' "$program" || continue
  number=$((number + 1))
  name=$(basename "$program" .c)
  # shellcheck disable=SC2046,SC2086 # several flags each
  if ${CC:-cc} -Wall -Werror -I"$here/include" -I"$top_builddir/include" "$program" -o "$directory/$name" \
       $sanitizers -L"$top_builddir/.libs" -lompi_obj-1 $(pkg-config --cflags --libs gio-2.0) >"$directory/output" 2>&1 \
     && timeout 60 $MPIEXEC -n 2 "$directory/$name" >"$directory/output" 2>&1; then
    echo "ok $number - $name"
  else
    echo "not ok $number - $name"
    sed 's/^/# /' "$directory/output"
  fi
done
echo "1..$number"
[ "$number" -gt 0 ]
