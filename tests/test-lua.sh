#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The library in Lua. Called by "make check".

: "${srcdir:=.}"
missing=
test -n "${LUA:-}" || missing="lua with lgi is missing (Debian: lua5.3, lua-lgi)"
exec sh "$srcdir/tests/run-language-test" Lua "$missing" "${LUA:-}" "$srcdir/tests/exchange-lua.lua"
