#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The library in Vala. Called by "make check".

: "${srcdir:=.}" "${top_builddir:=.}"
program=$top_builddir/tests/exchange-vala
missing=
test -x "$program" || missing="valac is missing (Debian: valac), or built without the Vala binding"
exec sh "$srcdir/tests/run-language-test" --compiled Vala "$missing" "$program"
