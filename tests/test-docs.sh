#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Every public symbol is documented, and every link in the documentation leads somewhere. Prints TAP.

set -u

: "${top_builddir:=.}"
: "${srcdir:=.}"
chapters=$(cd "$srcdir/docs" && pwd)
directory=$(mktemp -d) || exit 2
trap 'rm -rf "$directory"' EXIT
cd "$top_builddir" || exit 2

# report NUMBER NAME COMMAND...
report () {
  number=$1 name=$2
  shift 2
  if "$@" >"$directory/output" 2>&1; then
    echo "ok $number - $name"
  else
    echo "not ok $number - $name"
    sed 's/^/# /' "$directory/output"
  fi
}

echo 1..2
report 1 "every public symbol is documented" \
  gi-docgen check --fatal-warnings --config docs/ompi_obj.toml Mpi-1.0.gir
report 2 "the reference manual can be made without a warning" \
  gi-docgen generate --quiet --fatal-warnings --config docs/ompi_obj.toml \
  --content-dir "$chapters" --output-dir="$directory" Mpi-1.0.gir
