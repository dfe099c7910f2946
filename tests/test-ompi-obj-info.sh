#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The program ompi-obj-info, with and without mpirun. Prints TAP.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

program=$top_builddir/src/tools/ompi-obj-info
directory=$(mktemp -d) || exit 99
trap 'rm -rf "$directory"' EXIT
number=0

# run RANKS ARGUMENT...: leaves $directory/out, $directory/err and $status; 0 ranks: without mpirun.
run () {
  job_ranks=$1
  shift
  launcher=
  test "$job_ranks" -eq 0 || launcher="$MPIEXEC -n $job_ranks"
  # shellcheck disable=SC2086 # MPIEXEC is a command and its options
  timeout -k 5 60 $launcher "$program" "$@" >"$directory/out" 2>"$directory/err" </dev/null
  status=$?
}

# check DESCRIPTION STATUS COMMAND...: how the last job ended, and what the command says of it.
check () {
  number=$((number + 1))
  description=$1
  expected=$2
  shift 2
  if [ "$status" -eq "$expected" ] && "$@" >/dev/null; then
    echo "ok $number - $description"
  else
    echo "not ok $number - $description"
    echo "# exit status $status"
    sed 's/^/# /' "$directory/out" "$directory/err"
  fi
}

has_lines () {
  for line; do
    grep -q -e "$line" "$directory/out" || return 1
  done
}

# Each key once; every feature there, or with a reason.
is_parsable () {
  test -z "$(grep -v '^[a-z]*\.[a-z.-]*=..*$' "$directory/out")" || return 1
  test -z "$(cut -d = -f 1 "$directory/out" | sort | uniq -d)" || return 1
  test "$(grep -c '^feature\.[a-z-]*=no$' "$directory/out")" -eq "$(grep -c '^feature\.[a-z-]*\.why=' "$directory/out")" || return 1
  has_lines "^library.built-for=$MPI_FLAVOR\$" '^mpi.thread-level=multiple$' "^job.ranks=$1\$" '^job.machines=..*:'"$1\$" \
    '^feature.large-count=' '^feature.session=' '^feature.partitioned=' '^feature.persistent-collective=' \
    '^feature.dynamic-process=' '^feature.fault-tolerance=' '^limit.tag=[0-9]*$' '^limit.count=[0-9]*$'
}

for n in 0 1 2 4; do
  ranks=$((n > 0 ? n : 1))
  run $n --parsable
  check "parsable at $n ranks (0: without mpirun)" 0 is_parsable $ranks
  run $n
  check "readable at $n ranks" 0 has_lines '^library$' '^feature$' '^  tag  *[0-9]*$' '^  session  *\(yes\|no\)$' "^  ranks  *$ranks\$"
done
run 2 job.ranks limit.object-name
check "keys alone" 0 test "$(head -n 1 "$directory/out")" = 2 -a "$(wc -l <"$directory/out")" -eq 2
run 1 limit.nothing
check "an unknown key" 1 grep -q "there is no 'limit.nothing'" "$directory/err"
run 2 --nothing
check "an unknown option" 2 test "$(grep -c nothing "$directory/err")" -eq 1
run 2 --help
check "help, once" 0 test "$(grep -c '^Usage:' "$directory/out")" -eq 1
run 0 --version
check "the version" 0 grep -q '^ompi_obj [0-9.]*$' "$directory/out"

if command -v man >/dev/null; then
  status=0
  LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l "$srcdir/docs/ompi-obj-info.1" >"$directory/out" 2>"$directory/err"
  check "the manual page is set without a warning" 0 test ! -s "$directory/err"
else
  number=$((number + 1))
  echo "ok $number - the manual page is set without a warning # SKIP man is missing (Debian: man-db)"
fi

echo "1..$number"
