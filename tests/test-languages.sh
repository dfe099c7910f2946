#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# One job whose ranks are in different languages, each of them at every rank; and that a rank which fails in any of them
# ends the job, whatever language the others are in. Prints TAP. Called by "make check" in the build directory.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

if [ ! -e "$top_builddir/Mpi-1.0.typelib" ]; then
  echo "1..0 # SKIP built without introspection (Debian: gobject-introspection)"
  exit 0
fi
if [ "$SANITIZERS" = yes ]; then
  echo "1..0 # SKIP the interpreters are built without sanitizers"
  exit 0
fi

G_DEBUG=${G_DEBUG:+$G_DEBUG,}fatal-criticals
export G_DEBUG
directory=$(mktemp -d) || exit 99
trap 'rm -rf "$directory"' EXIT
number=0

# report STATUS DESCRIPTION
report () {
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    echo "# exit status $status"
    sed 's/^/# /' "$directory/out" "$directory/err"
  fi
}

skip () {
  number=$((number + 1))
  echo "ok $number - $1 # SKIP $2"
}

languages="c"
# add LANGUAGE COMMAND REASON
add () {
  if [ -n "$2" ]; then
    languages="$languages $1"
  else
    skip "$1" "$3"
  fi
}
vala=$top_builddir/examples/languages/primes-vala
test -x "$vala" || vala=
add python "${PYTHON:-}" "python3 with gi is missing (Debian: python3-gi)"
add javascript "${GJS:-}" "gjs is missing (Debian: gjs)"
add lua "${LUA:-}" "lua with lgi is missing (Debian: lua5.3, lua-lgi)"
add vala "$vala" "valac is missing (Debian: valac), or built without the Vala binding"

# One job in all languages

name_of () {
  case $1 in
    c) echo C ;;
    python) echo Python ;;
    javascript) echo JavaScript ;;
    lua) echo Lua ;;
    vala) echo Vala ;;
  esac
}

# What rank 0 prints: how many primes each found, all of them, and the letter that all have signed.
is_good () {
  test "$(grep -c ' found [0-9]*$' "$directory/out")" -eq $# || return 1
  test "$(awk '$2 == "found" { n += $3 } END { print n }' "$directory/out")" -eq 1229 || return 1
  grep -q -x '1229 primes below 10000' "$directory/out" || return 1
  rank=0
  for language; do
    grep -q "^$(name_of "$language") found " "$directory/out" || return 1
    echo "rank $rank is in $(name_of "$language")"
    rank=$((rank + 1))
  done >"$directory/letter"
  tail -n $# "$directory/out" | cmp - "$directory/letter"
}

# in_all_languages LANGUAGE...: in this order
in_all_languages () {
  timeout -k 5 120 sh "$srcdir/examples/languages/run" "$@" >"$directory/out" 2>"$directory/err" </dev/null
  status=$?
  test "$status" -eq 0 && is_good "$@" >>"$directory/err" 2>&1 && ! grep -q 'WARNING \*\*\|CRITICAL \*\*' "$directory/err"
  report $? "one job: $*"
}

# shellcheck disable=SC2086 # a list of words
set -- $languages
for _ in $languages; do
  in_all_languages "$@"
  first=$1
  shift
  set -- "$@" "$first"
done

# The example of each language

# vector LANGUAGE RANKS MEAN COMMAND...
vector () {
  language=$1
  ranks=$2
  mean=$3
  shift 3
  rm -f "$directory/vector"
  # shellcheck disable=SC2086 # MPIEXEC is a command and its options
  timeout -k 5 60 $MPIEXEC -n "$ranks" "$@" "$directory/vector" >"$directory/out" 2>"$directory/err" </dev/null
  status=$?
  test "$status" -eq 0 && grep -q -x "mean $mean, largest 96" "$directory/out" &&
    grep -q -x "$ranks of $ranks ranks read what the next one wrote" "$directory/out" &&
    test "$(wc -c <"$directory/vector")" -eq $((8000 * ranks)) &&
    ! grep -q -e '-WARNING \*\*\|-CRITICAL \*\*' "$directory/err"
  report $? "vector in $language at $ranks ranks"
}

for n in 2 4; do
  mean=$(awk -v n=$n 'BEGIN { for (k = 0; k < 1000 * n; k++) sum += k * k % 97; printf "%.3f", sum / (1000 * n) }')
  case $languages in *javascript*) vector JavaScript $n "$mean" "$GJS" -m "$srcdir/examples/languages/vector.js" ;; esac
  case $languages in *lua*) vector Lua $n "$mean" "$LUA" "$srcdir/examples/languages/vector.lua" ;; esac
  test -z "$vala" || vector Vala $n "$mean" "$top_builddir/examples/languages/vector-vala"
done

# A rank that fails

cat >"$directory/throws.js" <<'EOF'
import Mpi from 'gi://Mpi?version=1.0';
Mpi.Comm.world();
throw new Error('this is how it ends');
EOF
cat >"$directory/fails.js" <<'EOF'
import GLib from 'gi://GLib';
import Mpi from 'gi://Mpi?version=1.0';
Mpi.Comm.world().send_variant(new GLib.Variant('s', 'this is how it ends'), 99, 0);
EOF
cat >"$directory/rejects.js" <<'EOF'
import Mpi from 'gi://Mpi?version=1.0';
Mpi.Comm.world();
await Promise.reject(new Error('this is how it ends'));
EOF
cat >"$directory/exits.js" <<'EOF'
import Mpi from 'gi://Mpi?version=1.0';
import System from 'system';
Mpi.Comm.world();
printerr('this is how it ends');
System.exit(3);
EOF
cat >"$directory/throws.lua" <<'EOF'
require('lgi').require('Mpi', '1.0').Comm.world()
error('this is how it ends')
EOF
cat >"$directory/fails.lua" <<'EOF'
local lgi = require 'lgi'
assert(lgi.require('Mpi', '1.0').Comm.world():send_variant(lgi.GLib.Variant('s', 'this is how it ends'), 99, 0))
EOF
cat >"$directory/exits.lua" <<'EOF'
require('lgi').require('Mpi', '1.0').Comm.world()
io.stderr:write('this is how it ends\n')
os.exit(3)
EOF
cat >"$directory/throws.py" <<'EOF'
import gi
gi.require_version('Mpi', '1.0')
from gi.repository import Mpi
Mpi.Comm.world()
raise RuntimeError('this is how it ends')
EOF
cat >"$directory/exits.py" <<'EOF'
import sys
import gi
gi.require_version('Mpi', '1.0')
from gi.repository import Mpi
Mpi.Comm.world()
sys.exit('this is how it ends')
EOF

# ends DESCRIPTION COMMAND...: the last rank, while the first one, in C, waits for it. A critical would end the program
# in another way than an exception does.
ends () {
  description=$1
  shift
  # shellcheck disable=SC2086 # MPIEXEC is a command and its options
  G_DEBUG='' timeout -k 5 60 $MPIEXEC -n 1 "$top_builddir/examples/languages/primes" : -n 1 "$@" \
    >"$directory/out" 2>"$directory/err" </dev/null
  status=$?
  test "$status" -ne 0 && test "$status" -lt 124 && grep -q 'this is how it ends\|dest is 99' "$directory/err"
  report $? "$description ends the job"
}

case $languages in
  *javascript*)
    ends "JavaScript: an exception" "$GJS" -m "$directory/throws.js"
    ends "JavaScript: an error of the library's" "$GJS" -m "$directory/fails.js"
    ends "JavaScript: a promise that is rejected" "$GJS" -m "$directory/rejects.js"
    ends "JavaScript: an exit with a failure" "$GJS" -m "$directory/exits.js"
    ;;
esac
case $languages in
  *lua*)
    ends "Lua: an error" "$LUA" "$directory/throws.lua"
    ends "Lua: an error of the library's" "$LUA" "$directory/fails.lua"
    ends "Lua: an exit with a failure" "$LUA" "$directory/exits.lua"
    ;;
esac
case $languages in
  *python*)
    ends "Python: an exception" "$PYTHON" "$directory/throws.py"
    ends "Python: an exit with a failure" "$PYTHON" "$directory/exits.py"
    ;;
esac
test -z "$vala" || ends "Vala: an error" "$top_builddir/tests/exchange-vala" fail

echo "1..$number"
