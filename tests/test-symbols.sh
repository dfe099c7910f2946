#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Compares what the library exports, and what introspection sees, with the list that is checked in;
# and checks that names which could clash with MPI's own are not used. Prints TAP.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
list=$srcdir/src/ompi_obj.symbols
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT

# compare NUMBER NAME EXPECTED FOUND
compare () {
  if diff -u "$3" "$4" >"$directory/difference"; then
    echo "ok $1 - $2"
  else
    echo "not ok $1 - $2"
    sed 's/^/# /' "$directory/difference"
    echo "# If this is as meant: make update-symbols, and read the difference before you commit it."
  fi
}

if [ "${SANITIZERS:-no}" = yes ]; then
  echo "1..0 # SKIP the sanitizers add names of their own"
  exit 0
fi

echo 1..4

nm -D --defined-only "$top_builddir/.libs/libompi_obj-1.so" | awk '{ print $3 }' | LC_ALL=C sort >"$directory/exported"
compare 1 "the library exports what is listed" "$list" "$directory/exported"

# Raw handles are not for introspection; GTypes and copy functions of it are read from attributes.
if [ -e "$top_builddir/Mpi-1.0.gir" ]; then
  grep -o 'c:identifier="ompi_obj_[^"]*"\|glib:get-type="[^"]*"' "$top_builddir/Mpi-1.0.gir" | cut -d '"' -f 2 | LC_ALL=C sort -u >"$directory/seen"
  grep -v '_native$\|_predefined_table$' "$list" >"$directory/introspectable"
  compare 2 "introspection sees all of it but raw handles" "$directory/introspectable" "$directory/seen"
else
  echo "ok 2 - introspection sees all of it # SKIP built without introspection"
fi

if grep -v '^ompi_obj_' "$list"; then
  echo "not ok 3 - all names begin with ompi_obj_"
else
  echo "ok 3 - all names begin with ompi_obj_"
fi

# Other languages have a length for each array and pass the last one for all that share it.
if [ -e "$top_builddir/Mpi-1.0.gir" ]; then
  awk -F '"' '
    /<(function|method|constructor|virtual-method|callback) name="/ { name = ""; shadowed = 0; split ("", seen) }
    /c:identifier="ompi_obj_/ && name == "" { name = $2 }
    /shadowed-by="/ { shadowed = 1 }
    /<(return-value|parameter) ?/ { given = /<parameter / }
    /direction="(out|inout)"/ { given = 0 }
    /<array length="/ && given && name != "" && !shadowed && seen[$2]++ == 1 { print name }
  ' "$top_builddir/Mpi-1.0.gir" >"$directory/sharing"
  : >"$directory/none"
  compare 4 "introspection sees a length for each array" "$directory/none" "$directory/sharing"
else
  echo "ok 4 - introspection sees a length for each array # SKIP built without introspection"
fi
