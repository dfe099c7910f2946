#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The library in JavaScript. Called by "make check".

: "${srcdir:=.}"
missing=
test -n "${GJS:-}" || missing="gjs is missing (Debian: gjs)"
exec sh "$srcdir/tests/run-language-test" JavaScript "$missing" "${GJS:-}" -m "$srcdir/tests/exchange-javascript.js"
