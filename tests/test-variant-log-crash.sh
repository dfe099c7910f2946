#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Writers of a log that are killed, and what is in the log then: every value that was appended, whatever the killed
# ones left in the middle or at the end. The output is TAP.
#
# Runs in the build directory, as "make check" does it.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

G_DEBUG=${G_DEBUG:+$G_DEBUG,}fatal-criticals
export G_DEBUG

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

writer=$(cd "$top_builddir" && pwd)/tests/log-writer
log=$tmp/log
n_tests=0
limit=60
test "$SANITIZERS" != yes || limit=300

report ()
{
  n_tests=$((n_tests + 1))
  if test "$1" -eq 0
  then
    echo "ok $n_tests - $2"
    return
  fi
  echo "not ok $n_tests - $2"
  sed 's/^/# /' "$tmp/out" "$tmp/err" "$tmp/writer" | head -n 60
}

skip ()
{
  n_tests=$((n_tests + 1))
  echo "ok $n_tests - $1 # SKIP $2"
}

# job RANKS ARGUMENT...: leaves $tmp/out, $tmp/err and $status.
job ()
{
  ranks=$1
  shift
  # shellcheck disable=SC2086 # MPIEXEC is a command with its options
  timeout -k 5 $limit $MPIEXEC -n "$ranks" "$writer" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
  status=$?
}

# found LINE...: the reader ended well and printed these lines.
found ()
{
  test "$status" -eq 0 || return 1
  for line
  do
    grep -q -x -e "$line" "$tmp/out" || return 1
  done
}

# A writer that dies in the middle of a record does not hide what the others have appended behind it.

: >"$tmp/writer"
job 3 torn "$log"
cp "$tmp/err" "$tmp/writer"
if test "$(cat "$log.torn.1")" = 1
then
  test "$status" -ne 0 && test "$status" -ne 124
  report $? "the job of a writer that is killed ends"
  for n in 1 2
  do
    job $n read "$log"
    found "values: 29" "damaged: 1" "rank 0: 12" "rank 1: 5" "rank 2: 12"
    report $? "a record that was cut off in the middle of others, read by $n"
  done
  job 2 write "$log" 4
  job 1 read "$log"
  found "values: 37" "damaged: 1" "rank 0: 4" "rank 1: 4" "rank 2: 12"
  report $? "another job appends behind it"
else
  skip "a record that was cut off in the middle of others" "this MPI does not write with pwrite"
fi

# Writers that are killed at any moment: one of them, and all at once.

# kill_writers RANKS VICTIM...
kill_writers ()
{
  ranks=$1
  shift
  rm -f "$log"*
  # shellcheck disable=SC2086 # MPIEXEC is a command with its options
  timeout -k 5 $limit $MPIEXEC -n "$ranks" "$writer" write "$log" 0 >"$tmp/writer" 2>&1 </dev/null &
  launcher=$!
  rank=0
  waited=0
  while test $rank -lt "$ranks" && test $waited -lt $((limit * 10))
  do
    if test -s "$log.count.$rank" && test "$(cat "$log.count.$rank")" -ge 20
    then
      rank=$((rank + 1))
    else
      kill -0 $launcher 2>/dev/null || break
      sleep 0.1
      waited=$((waited + 1))
    fi
  done
  victims=
  for victim
  do
    test ! -s "$log.pid.$victim" || victims="$victims $(cat "$log.pid.$victim")"
  done
  # shellcheck disable=SC2086 # these are numbers
  test -z "$victims" || kill -KILL $victims
  wait $launcher
}

# all_are_there RANKS: of each rank at least as many values as it was told are appended; at most one of each is torn.
all_are_there ()
{
  test "$status" -eq 0 || return 1
  test "$(sed -n 's/^damaged: //p' "$tmp/out")" -le "$1" || return 1
  rank=0
  while test $rank -lt "$1"
  do
    count=$(sed -n "s/^rank $rank: //p" "$tmp/out")
    test "${count:-0}" -ge "$(cat "$log.count.$rank")" || return 1
    rank=$((rank + 1))
  done
}

kill_writers 2 1
job 1 read "$log"
all_are_there 2
report $? "one of two writers is killed"
kill_writers 4 0 1 2 3
job 2 read "$log"
all_are_there 4
report $? "four writers are killed at once"
kill_writers 1 0
job 1 read "$log"
all_are_there 1
report $? "a lone writer is killed"
job 2 write "$log" 3
before=$status
job 2 read "$log"
test "$before" -eq 0 && found "rank 0: 3" "rank 1: 3"
report $? "the log is appended to again"

echo "1..$n_tests"
