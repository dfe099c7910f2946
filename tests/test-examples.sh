#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs the examples and looks at what they print. The output is TAP.
#
# Runs in the build directory, with srcdir and MPIEXEC in the environment. MPIEXEC is how a job is
# started, up to the options for the number of ranks and the program; it may be several words.
set -u

srcdir=${srcdir:-$(dirname "$0")/..}
reference=$srcdir/tests/wordcount-reference.sh
licenses=/usr/share/common-licenses
: "${MPI_FLAVOR:=mpich}"

if test -z "${MPIEXEC:-}"
then
  MPIEXEC=mpirun.mpich
  preload=$(pwd)/tests/.libs/libyield-preload.so
  if test -f "$preload"
  then
    MPIEXEC="$MPIEXEC -env LD_PRELOAD $preload"
  fi
fi

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

# Warnings that a program is used wrongly end it.
G_DEBUG=fatal-criticals
export G_DEBUG

n_tests=0

# report STATUS DESCRIPTION: one line of TAP; after a failure also what the program printed.
report ()
{
  n_tests=$((n_tests + 1))
  if test "$1" -eq 0
  then
    echo "ok $n_tests - $2"
    return
  fi
  echo "not ok $n_tests - $2"
  echo "# exit status $status"
  sed 's/^/# stdout: /' "$tmp/out" | head -n 40
  sed 's/^/# stderr: /' "$tmp/err" | head -n 40
}

skip ()
{
  n_tests=$((n_tests + 1))
  echo "ok $n_tests - $1 # SKIP $2"
}

# run RANKS PROGRAM [ARGUMENT...]: leaves $tmp/out, $tmp/err and $status.
run ()
{
  ranks=$1
  shift
  # shellcheck disable=SC2086 # MPIEXEC is a command with its options
  timeout --kill-after=5 60 $MPIEXEC -n "$ranks" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
  status=$?
}

# check DESCRIPTION COMMAND...: the last job must have ended well, and the command must agree.
check ()
{
  description=$1
  shift
  test "$status" -eq 0 && "$@" >>"$tmp/err" 2>&1
  report $? "$description"
}

# check_failure DESCRIPTION TEXT: the last job must have failed in time and have printed the text, once.
check_failure ()
{
  n_lines=$(grep -F -c -e "$2" "$tmp/err")
  test "$status" -ne 0 && test "$status" -lt 124 && test "$n_lines" -eq 1
  report $? "$1"
}

# Hello

hello_is_good ()
{
  test "$(grep -c '^MPI [0-9][0-9]*\.[0-9][0-9]*, ..*' "$tmp/out")" -eq 1 || return 1
  test "$(grep -c '^ompi_obj [0-9][0-9.]*, GLib 2\.' "$tmp/out")" -eq 1 || return 1
  test "$(grep -c '^Hello from' "$tmp/out")" -eq "$1" || return 1
  rank=0
  while test $rank -lt "$1"
  do
    grep -q "^Hello from rank $rank of $1 on ..*" "$tmp/out" || return 1
    rank=$((rank + 1))
  done
}

for n in 1 2 4
do
  run $n ./examples/hello
  check "hello -n $n" hello_is_good $n
done

# A configuration from one rank to all

config_is_good ()
{
  test "$(grep -c '^rank [0-9]*: {' "$tmp/out")" -eq "$1" || return 1
  test "$(grep -c "'solver/steps': <int64 100>" "$tmp/out")" -eq "$1" || return 1
  test "$(grep -c "'solver/fast': <true>" "$tmp/out")" -eq "$1" || return 1
  test "$(sed 's/^rank [0-9]*: //' "$tmp/out" | sort -u | wc -l)" -eq 1
}

# The file is missing: every rank says that it has no configuration, and only rank 0 why.
config_is_missing ()
{
  test "$(grep -c '^Rank [0-9]* has no configuration: ' "$tmp/err")" -eq "$1" || return 1
  grep -q '^Rank 0 has no configuration: No such file' "$tmp/err" || return 1
  test "$(grep -c 'rank 0 failed: the root, rank 0, has no value' "$tmp/err")" -eq $(($1 - 1))
}

printf '[solver]\nsteps=100\nfast=true\n[output]\nname=a b\n' >"$tmp/config.ini"
for n in 1 2 4
do
  run $n ./examples/config-bcast "$tmp/config.ini"
  check "config-bcast -n $n" config_is_good $n
  run $n ./examples/config-bcast "$tmp/missing.ini"
  test "$status" -ne 0 && test "$status" -lt 124 && config_is_missing $n
  report $? "config-bcast -n $n: a missing file"
done

# Ring

ring_is_good ()
{
  awk -v n="$1" '
    NR <= n { good += $1 == "rank" && $2 == NR - 1 && /was here, on ./ }
    NR == n + 1 { good += $0 == n " of " n " ranks, and back at rank 0" }
    END { exit !(NR == n + 1 && good == n + 1) }' "$tmp/out"
}

for n in 1 2 4
do
  run $n ./examples/ring
  check "ring -n $n" ring_is_good $n
done

# Derived types: what rank 0 received from the last rank, and two descriptions

derived_types_is_good ()
{
  awk -v last="$(($1 - 1))" '
    NR == 1 {
      good += $0 == "column 2 of rank " last ": " 100 * last + 2 " " 100 * last + 12 " " 100 * last + 22 " " 100 * last + 32
    }
    NR >= 2 && NR <= 4 {
      good += $0 == "particle " 10 * last + NR - 2 " at " last " " NR - 2 " 0.5, " (NR % 2 ? "gone" : "alive")
    }
    NR == 5 { good += /^column: 32 bytes of data, .*vector.*MPI_DOUBLE/ }
    NR == 6 { good += /^particle: 32 bytes of data, .*resized.*struct.*MPI_INT32_T.*MPI_DOUBLE.*MPI_INT/ }
    END { exit !(NR == 6 && good == 6) }' "$tmp/out"
}

for n in 1 2 4
do
  run $n ./examples/derived-types
  check "derived-types -n $n" derived_types_is_good $n
done

# Ping-pong

pingpong_is_good ()
{
  awk '
    NR == 1 { size = 1; next }
    { good += $1 == size && $2 > 0 && NF == 4; size *= 4 }
    END { exit !(NR == 14 && good == 13 && $1 == 16777216) }' "$tmp/out"
}

run 2 ./examples/pingpong
check "pingpong -n 2" pingpong_is_good
run 4 ./examples/pingpong
check "pingpong -n 4: two of them play" pingpong_is_good
run 1 ./examples/pingpong
check_failure "pingpong -n 1: says that it needs two" "pingpong: it takes two ranks"

# Pi: the digits, and as many parts as there are

pi_is_good ()
{
  awk -v n="$1" '
    NR == 1 { good += $0 ~ /^pi is about 3\.14159265[0-9]*$/ }
    NR == 2 { good += $1 == n && $6 + $9 + $12 == n }
    END { exit !(NR == 2 && good == 2) }' "$tmp/out"
}

for n in 1 2 4
do
  run $n ./examples/pi-nonblocking
  check "pi-nonblocking -n $n" pi_is_good 400
  for parts in 1 3 7
  do
    run $n ./examples/pi-nonblocking $parts
    check "pi-nonblocking -n $n: $parts parts" pi_is_good $parts
  done
done
for n in 1 2 4
do
  for parts in 0 -1 1000001 many 3x ''
  do
    run $n ./examples/pi-nonblocking "$parts"
    check_failure "pi-nonblocking -n $n: '$parts' parts" "it takes the number of parts, from 1 to 1000000"
  done
done
run 2 ./examples/pi-nonblocking 3 4
check_failure "pi-nonblocking: too many arguments" "it takes the number of parts, from 1 to 1000000"

# Task farm: the factors that factor(1) finds

task_farm_is_good ()
{
  cmp "$tmp/out" "$tmp/factors" || return 1
  test "$(grep -c "^rank [0-9]* did [0-9]* of $2\$" "$tmp/err")" -eq "$1" || return 1
  awk -v n="$2" '$3 == "did" { sum += $4 } END { exit sum != n }' "$tmp/err"
}

for n in 1 2 4
do
  seq 10000000000000 10000000000059 | factor >"$tmp/factors"
  run $n ./examples/task-farm
  check "task-farm -n $n" task_farm_is_good $n 60
  seq 2 500 | factor >"$tmp/factors"
  run $n ./examples/task-farm 2 499
  check "task-farm -n $n: small numbers" task_farm_is_good $n 499
  : >"$tmp/factors"
  run $n ./examples/task-farm 2 0
  check "task-farm -n $n: no tasks" task_farm_is_good $n 0
done
for n in 1 2 4
do
  for first in 1 -7 18446744073709551615 many 12x
  do
    run $n ./examples/task-farm "$first"
    check_failure "task-farm -n $n: from '$first' on" "it takes a number from 2"
  done
done
for count in -1 4294967296 many 3x
do
  run 2 ./examples/task-farm 2 "$count"
  check_failure "task-farm: '$count' numbers" "it takes a number from 2"
done
run 2 ./examples/task-farm 2 3 4
check_failure "task-farm: too many arguments" "it takes a number from 2"

# Matvec: it checks its result itself

matvec_is_good ()
{
  grep -q "^$2 by $2, $3 times on $1 ranks: 0 of $2 elements are wrong\$" "$tmp/out"
}

for n in 1 2 4
do
  run $n ./examples/matvec
  check "matvec -n $n" matvec_is_good $n $((64 * n)) 10
  run $n ./examples/matvec $n 30
  check "matvec -n $n: a row for each rank" matvec_is_good $n $n 30
  run $n ./examples/matvec 8 0
  check "matvec -n $n: not at all" matvec_is_good $n 8 0
done
run 2 ./examples/matvec 7
check_failure "matvec: rows that cannot be divided" "it takes a multiple of the 2 ranks"

# Sample sort: all numbers are there, and the parts follow each other

sample_sort_is_good ()
{
  awk -v n="$1" -v each="$2" '
    /^rank / {
      bad += $2 != NR - 1 ":" || ($3 > 0 && ($6 > $8 || $6 < last))
      sum += $3
      if ($3 > 0)
        last = $8
      n_lines++
    }
    END { exit !(bad == 0 && n_lines == n && sum == n * each && $0 == "the sum is the same") }' "$tmp/out"
}

for n in 1 2 4
do
  for each in 10000 1 0
  do
    run $n ./examples/sample-sort $each
    check "sample-sort -n $n: $each numbers on each" sample_sort_is_good $n $each
  done
done
run 2 ./examples/sample-sort -1
check_failure "sample-sort: fewer than none" "it takes up to"

# Teams: each pair hits ten times

for n in 2 3 4
do
  run $n ./examples/ping-teams
  n_pairs=$((n / 2))
  check "ping-teams -n $n" test "$(cat "$tmp/out")" = "$((n - n_pairs)) against $n_pairs: ${n_pairs}0 hits"
done
run 1 ./examples/ping-teams
check_failure "ping-teams -n 1: says that it needs two" "it takes two ranks at least"

# Programs that start others, and meet others

run 1 ./examples/spawn-worker
check_failure "spawn-worker: says that it is started by another" "it is started by spawn-master"
if test "$MPI_FLAVOR" = openmpi
then
  for n in 1 3
  do
    run 1 ./examples/spawn-master $n
    check "spawn-master: $n workers" grep -q -x "pi is about 3.14159265[0-9]*, by $n workers" "$tmp/out"
  done
  run 1 ./examples/spawn-master 0
  check_failure "spawn-master: no workers" "is 0, but must be 1 at least"
  run 1 ./examples/server 1 : -n 1 ./examples/client 3 1 4 1 5
  check "server and client: the answer" grep -q -x "{.*'mean': <2.7.*>.*}" "$tmp/out"
  check "server and client: the server" grep -q -x "served 1" "$tmp/out"
  run 1 ./examples/server 1 : -n 1 ./examples/client
  check "server and client: no numbers" grep -q "'count': <uint64 0>" "$tmp/out"
else
  for program in spawn-master server
  do
    run 1 ./examples/$program
    check_failure "$program: says that this MPI cannot" "MPICH 4.0 on UCX (ch4:ucx) cannot start programs"
  done
  skip "server and client" "this MPI cannot connect programs"
fi

# Tracing: what one rank has sent to another, the other has received, in messages and in bytes

tracing_is_good ()
{
  awk -v n="$1" '
    $1 ~ /^[0-9]+$/ {
      sent[$1, $2] = $3 " " $4
      received[$2, $1] = $5 " " $6
      n_sent += $3
      if ($3 > 0 && $4 < 8000)
        bad = 1
    }
    END {
      for (pair in sent)
        if (sent[pair] != received[pair])
          bad = 1
      if (n == 1 && sent[0, 0] != "1 8000")
        bad = 1
      exit bad || n_sent != n + (n - 1)
    }' "$tmp/out"
}

for n in 1 2 4
do
  run $n ./examples/tracing-comm
  check "tracing-comm -n $n" tracing_is_good $n
done

# Heat on a plate

heat_is_good ()
{
  grep -q "^$1 x $2 cells on [1-9] x [1-9] ranks\$" "$tmp/out" || return 1
  grep -q "^after $3 steps the plate has [0-9.]* degrees on average\$" "$tmp/out" || return 1
  grep -q '^the same as on one rank$' "$tmp/out"
}

image_is_good ()
{
  head -n 3 "$tmp/heat.ppm" | tr '\n' ' ' | grep -q '^P6 31 17 255 $' || return 1
  # 13 bytes of header
  test "$(wc -c <"$tmp/heat.ppm")" -eq $((13 + 31 * 17 * 3)) || return 1
  if test "$1" -eq 1
  then
    cp "$tmp/heat.ppm" "$tmp/heat-expected.ppm"
  else
    cmp "$tmp/heat.ppm" "$tmp/heat-expected.ppm"
  fi
}

for n in 1 2 3 4
do
  run $n ./examples/heat2d --check --rows 17 --columns 31 --steps 101 --output "$tmp/heat.ppm"
  check "heat2d -n $n: the same as on one rank" heat_is_good 17 31 101
  check "heat2d -n $n: the image" image_is_good $n
done

# Parts of one row and one column, which are rim on all sides.
run 4 ./examples/heat2d --check --rows 2 --columns 2 --steps 10
check "heat2d -n 4: the smallest plate" heat_is_good 2 2 10
run 2 ./examples/heat2d --check --rows 5 --columns 7 --steps 0
check "heat2d -n 2: no time" heat_is_good 5 7 0
run 2 ./examples/heat2d --rows 1
check_failure "heat2d: a plate that is too small" "the plate is too small for 2 x 1 ranks"
run 2 ./examples/heat2d --steps=-1
check_failure "heat2d: less than no time" "--steps not negative"
run 2 ./examples/heat2d --bogus
check_failure "heat2d: an unknown option" "--bogus"
run 2 ./examples/heat2d --help
check "heat2d: help, once" test "$(grep -c '^Usage:' "$tmp/out")" -eq 1

# Gossip

# Each way starts at rank 0, ends at the rank that tells it, and goes along edges of the graph; it is as long as
# the rounds that it took.
gossip_is_good ()
{
  awk -v n="$1" '
    $1 == "after" { if ($2 != n_rounds++ || $6 != n) bad = 1; n_heard = $4; next }
    {
      if ($1 != "rank" || $2 != n_ways++ ":" || $3 != 0 || $NF != n_ways - 1)
        bad = 1
      for (i = 5; i <= NF; i += 2)
        if ($i != ($(i - 2) + 1) % n && $i != (2 * $(i - 2) + 1) % n)
          bad = 1
      if ((NF - 3) / 2 > longest)
        longest = (NF - 3) / 2
    }
    END { exit bad || n_ways != n || n_heard != n || longest != n_rounds - 1 }' "$tmp/out"
}

for n in 1 2 4 7
do
  run $n ./examples/graph-gossip
  check "graph-gossip -n $n" gossip_is_good $n
done

# Responsive: the timer ticks while rank 0 waits

# A tick is 20 ms, of which a busy machine may miss some.
responsive_is_good ()
{
  awk -v n="$1" -v answers="$2" -v ticks="$3" '
    $3 == "answers" { if ($4 != 42) bad = 1; n_answers++; next }
    $2 == "answers," { if ($1 != answers || $3 != n - 1 - answers || $11 < ticks) bad = 1; n_lines++; next }
    { bad = 1 }
    END { exit bad || n_lines != 1 || n_answers != answers }' "$tmp/out"
}

for n in 1 2 3
do
  run $n ./examples/responsive --slowness 0.2
  check "responsive -n $n: all answers" responsive_is_good $n $((n - 1)) $((n > 1 ? 3 : 0))
done
run 2 ./examples/responsive --slowness 1 --patience 0.2
check "responsive: out of patience" responsive_is_good 2 0 3
run 2 ./examples/responsive --patience=-1
check_failure "responsive: less than no patience" "seconds must not be negative"

# Primes in shared memory, and how many there are

for n in 1 2 4
do
  run $n ./examples/shared-array
  check "shared-array -n $n" grep -q "^78498 primes below 1000000, in one array of $n ranks on ..*\$" "$tmp/out"
  run $n ./examples/shared-array 30
  check "shared-array -n $n: few numbers" grep -q '^10 primes below 30, ' "$tmp/out"
  run $n ./examples/shared-array 2
  check "shared-array -n $n: no primes" grep -q '^0 primes below 2, ' "$tmp/out"
done
for limit in 1 -5 many 10000000000
do
  run 2 ./examples/shared-array $limit
  check_failure "shared-array: '$limit'" "it takes a number from 2"
done

# A picture by rows: the same by any number of ranks, and each row by one of them.

counter_is_good ()
{
  if test "$1" -eq 1
  then
    cp "$tmp/out" "$tmp/picture"
    test "$2" -eq 1 || grep -q '########' "$tmp/out" || return 1
  fi
  cmp "$tmp/out" "$tmp/picture" || return 1
  test "$(wc -l <"$tmp/out")" -eq "$2" || return 1
  awk -v n="$1" -v rows="$2" '
    $3 == "did" { n_ranks++; sum += $4; bad += $6 != rows }
    END { exit !(bad == 0 && n_ranks == n && sum == rows) }' "$tmp/err"
}

for rows in 40 1
do
  for n in 1 2 4
  do
    run $n ./examples/global-counter $rows
    check "global-counter -n $n: $rows rows" counter_is_good $n $rows
  done
done
for rows in 0 many 10001
do
  run 2 ./examples/global-counter $rows
  check_failure "global-counter: '$rows' rows" "it takes a number of rows"
done

# Life: a glider comes back to where it was when it has been round the torus, and the number of ranks does not matter.

life_is_good ()
{
  if test "$1" -eq 1
  then
    cp "$tmp/out" "$tmp/board"
    test "$(tr -cd '#' <"$tmp/out" | wc -c)" -eq 8 || return 1
  fi
  cmp "$tmp/out" "$tmp/board"
}

for n in 1 2 3 4
do
  run $n ./examples/stencil-rma 61
  check "stencil-rma -n $n" life_is_good $n
done
run 1 ./examples/stencil-rma 0
cp "$tmp/out" "$tmp/board"
for n in 2 4
do
  run $n ./examples/stencil-rma 128
  check "stencil-rma -n $n: round the torus" life_is_good $n
done
run 4 ./examples/stencil-rma 5 4 3
check "stencil-rma -n 4: a row for each rank" test "$(wc -l <"$tmp/out")" -eq 4
run 4 ./examples/stencil-rma 5 3
check_failure "stencil-rma: fewer rows than ranks" "at least a row for each rank"
run 1 ./examples/stencil-rma -1
check_failure "stencil-rma: less than no time" "stencil-rma: it takes up to"

# Parallel copy: a file as large as some pieces, the same by cmp, and the checksum of a pipe

copy_is_good ()
{
  cmp "$tmp/source" "$tmp/copy" || return 1
  test "$(split -b "$1" --filter=sha256sum "$tmp/source" | cut -c 1-64 | perl -ne 'chomp; print pack "H*", $_' |
    sha256sum | cut -c 1-64)" = "$(cut -c 1-64 "$tmp/out")"
}

seq 1 200000 >"$tmp/source"
for n in 1 2 4
do
  rm -f "$tmp/copy"
  run $n ./examples/parallel-copy --piece 100000 "$tmp/source" "$tmp/copy"
  check "parallel-copy -n $n" copy_is_good 100000
done
seq 1 500000 >"$tmp/copy"
run 2 ./examples/parallel-copy "$tmp/source" "$tmp/copy"
check "parallel-copy -n 2: in the place of a longer file" copy_is_good 4194304
: >"$tmp/source"
run 2 ./examples/parallel-copy "$tmp/source" "$tmp/copy"
check "parallel-copy -n 2: nothing" cmp "$tmp/source" "$tmp/copy"
seq 1 1000 >"$tmp/source"
run 2 ./examples/parallel-copy "$tmp/source" "$tmp/../$(basename "$tmp")/source"
check_failure "parallel-copy: onto itself" "are the same file"
seq 1 1000 | cmp -s - "$tmp/source"
report $? "parallel-copy: and the file is as it was"
run 2 ./examples/parallel-copy "$tmp/missing" "$tmp/copy"
check_failure "parallel-copy: a missing file" "$tmp/missing"
run 2 ./examples/parallel-copy --piece 0 "$tmp/source" "$tmp/copy"
check_failure "parallel-copy: pieces of nothing" "parallel-copy: "
run 2 ./examples/parallel-copy "$tmp/source"
check_failure "parallel-copy: too few arguments" "it takes [--piece BYTES] SOURCE DESTINATION"

# Mandelbrot: the same image on any number of ranks, with the set in the middle and not at the corners

mandelbrot_is_good ()
{
  test "$(head -c 13 "$tmp/image" | tr '\n' ' ')" = "P6 90 60 255 " || return 1
  test "$(wc -c <"$tmp/image")" -eq $((13 + 3 * 90 * 60)) || return 1
  test "$(tail -c +$((14 + 3 * (90 * 30 + 60))) "$tmp/image" | head -c 3 | od -An -tu1 | tr -d ' ')" = 000 || return 1
  test "$(tail -c +14 "$tmp/image" | head -c 3 | od -An -tu1 | tr -d ' ')" != 000 || return 1
  test "$1" = "$tmp/image" || cmp "$1" "$tmp/image"
}

run 1 ./examples/mandelbrot "$tmp/image" 90 60
check "mandelbrot -n 1" mandelbrot_is_good "$tmp/image"
cp "$tmp/image" "$tmp/image-1"
for n in 2 4
do
  head -c 50000 /dev/zero >"$tmp/image"
  run $n ./examples/mandelbrot "$tmp/image" 90 60
  check "mandelbrot -n $n: in the place of a longer file" mandelbrot_is_good "$tmp/image-1"
done
run 4 ./examples/mandelbrot "$tmp/image" 3 2
check "mandelbrot -n 4: fewer rows than ranks" test "$(wc -c <"$tmp/image")" -eq 29
run 2 ./examples/mandelbrot "$tmp/image" 0
check_failure "mandelbrot: no width" "it takes the name of an image"
run 2 ./examples/mandelbrot "$tmp/missing/image"
check_failure "mandelbrot: a missing directory" "$tmp/missing/image"

# Checkpoint: in one go, and stopped and restarted on other numbers of ranks

checkpoint_is_good ()
{
  grep -q "^from step $1 to $2 on $3 ranks\$" "$tmp/out"
}

mkdir "$tmp/once" "$tmp/often"
run 1 ./examples/checkpoint --rows 23 --columns 31 --steps 70 --every 70 "$tmp/once/plate"
check "checkpoint -n 1" checkpoint_is_good 0 70 1
from=0
for n in 4 1 2
do
  to=$((from + 20))
  run $n ./examples/checkpoint --rows 23 --columns 31 --steps $to --every 10 "$tmp/often/plate"
  check "checkpoint -n $n: from step $from on" checkpoint_is_good $from $to $n
  from=$to
done
# A job that died: the last record of the log is cut off, and the array it belongs to is not whole.
truncate -s -5 "$tmp/often/plate.log"
truncate -s 100 "$tmp/often/plate-60.npy"
run 4 ./examples/checkpoint --rows 23 --columns 31 --steps 70 --every 10 "$tmp/often/plate"
check "checkpoint -n 4: after a crash" checkpoint_is_good 50 70 4
cmp "$tmp/once/plate-70.npy" "$tmp/often/plate-70.npy" >"$tmp/out" 2>"$tmp/err"
report $? "checkpoint: the same as in one go"
run 2 ./examples/checkpoint --rows 24 --columns 31 "$tmp/often/plate"
test "$status" -ne 0 && test "$status" -lt 124 && grep -q 'shape\[0\] is 24' "$tmp/err"
report $? "checkpoint: a plate of another size"
run 2 ./examples/checkpoint --every 0 "$tmp/often/plate"
check_failure "checkpoint: always and never" "--every must be at least 1"
run 2 ./examples/checkpoint
check_failure "checkpoint: no name" "it takes [--rows N]"

# Word count

# Accents composed and decomposed, marks of several kinds (also where no word precedes them), letters
# whose lower case is special, digits that are not decimal, scripts without case and without spaces,
# apostrophes, a byte order mark, CR LF, and no newline at the end.
{
  printf '\357\273\277'
  for _ in 1 2 3 4 5 6 7 8 9 10
  do
    cat <<'TEXT'
Größe GRÖSSE größe Straße STRASSE; naïve Naïve NAÏVE, crème brûlée, Ærøskøbing, Łódź, Þórr
Ὀδυσσεύς ΟΔΥΣΣΕΥΣ οδυσσευς, ΣΊΣΥΦΟΣ Σίσυφος; Война и мир, ВОЙНА И МИР, Ёлка ёлка Їжак
国境の長いトンネルを抜けると雪国であった。夜の底が白くなった。 国境の長い 中文 한국어 한국어
नमस्ते दुनिया, สวัสดีชาวโลก, שָׁלוֹם עוֹלָם, مَرْحَبًا
İstanbul ISTANBUL ıstanbul istanbul, Ǆ ǅ ǆ, Ⅷ ⅷ, ½ ² ³ ①, ٣٤ ३४ 12 12.5 3,000 x86_64
don't DON'T don’t l'été rock'n'roll -- e-mail E-Mail snake_case 👩‍💻 🎉🎉 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐀𐐨
TEXT
    printf 'e\314\201te\314\201 E\314\201TE\314\201 \314\201\314\201 \314\201x a\314\212\314\201b\r\n'
    printf 'tab\tTab\ttab\302\240no-break\342\200\213zero\r\n'
  done
  printf 'last Wort'
} >"$tmp/unicode.txt"

sh "$reference" "$tmp/unicode.txt" >"$tmp/unicode.expected"
printf 'one \377 two\n' >"$tmp/binary.txt"
printf 'zero\0zero\n' >"$tmp/nul.txt"
printf 'cut off: caf\303' >"$tmp/cut.txt"
: >"$tmp/empty.txt"
printf -- '--- *** ... \314\201 !?\n' >"$tmp/nothing.txt"
mkdir "$tmp/directory"
cp "$tmp/unicode.txt" "$tmp/directory/file.txt"
ln -s file.txt "$tmp/directory/link.txt"

for n in 1 2 3 4
do
  run $n ./examples/wordcount --all "$tmp/unicode.txt"
  check "wordcount -n $n: Unicode text" cmp "$tmp/out" "$tmp/unicode.expected"
  run $n ./examples/wordcount --all --piece-size 1 "$tmp/unicode.txt"
  check "wordcount -n $n: Unicode text in the smallest pieces" cmp "$tmp/out" "$tmp/unicode.expected"
done

if test -d "$licenses"
then
  find "$licenses" -type f -exec sh "$reference" {} + >"$tmp/licenses.expected"
  for n in 1 2 3 4
  do
    run $n ./examples/wordcount --all
    check "wordcount -n $n: $licenses" cmp "$tmp/out" "$tmp/licenses.expected"
    run $n ./examples/wordcount --all --piece-size 500 "$licenses"
    check "wordcount -n $n: $licenses in small pieces" cmp "$tmp/out" "$tmp/licenses.expected"
  done
else
  skip "wordcount: $licenses" "no such directory"
fi

# The printed page: the most frequent words in their order, and shares that add up.
page_is_good ()
{
  head -n 5 "$tmp/unicode.expected" >"$tmp/top.expected"
  awk '$1 == "rank" { exit } $1 ~ /^[1-5]$/ { print $3, $2 }' "$tmp/out" | cmp - "$tmp/top.expected" || return 1
  n_words=$(awk '{ n += $1 } END { print n }' "$tmp/unicode.expected")
  n_different=$(awk 'END { print NR }' "$tmp/unicode.expected")
  grep -q "^$n_words words, $n_different of them different, in 1 file\$" "$tmp/out" || return 1
  awk -v n="$1" -v n_words="$n_words" '
    $1 == "rank" { table = 1; next }
    table && $1 == "all" { exit !(n_rows == n && pieces == $2 && words == $3 && words == n_words) }
    table { n_rows++; pieces += $2; words += $3 }' "$tmp/out" || return 1
  tail -n 1 "$tmp/out" | grep -q 'MB/s.*words/s'
}

for n in 1 2 4
do
  run $n ./examples/wordcount --top 5 --piece-size 300 "$tmp/unicode.txt"
  check "wordcount -n $n: the page" page_is_good $n
done

run 3 ./examples/wordcount --all "$tmp/directory"
check "wordcount: a directory, links left out" cmp "$tmp/out" "$tmp/unicode.expected"

for n in 1 2 4
do
  run $n ./examples/wordcount --all "$tmp/empty.txt" "$tmp/nothing.txt"
  check "wordcount -n $n: no words, all" cmp "$tmp/out" /dev/null
  run $n ./examples/wordcount "$tmp/empty.txt"
  check "wordcount -n $n: an empty file" grep -q '^0 words, 0 of them different, in 1 file$' "$tmp/out"
  run $n ./examples/wordcount "$tmp/nothing.txt"
  check "wordcount -n $n: a file without words" grep -q '^0 words, 0 of them different, in 1 file$' "$tmp/out"

  run $n ./examples/wordcount "$tmp/unicode.txt" "$tmp/missing.txt"
  check_failure "wordcount -n $n: a missing file" "$tmp/missing.txt"
  run $n ./examples/wordcount "$tmp/binary.txt" "$tmp/unicode.txt"
  check_failure "wordcount -n $n: a file that is not UTF-8" "$tmp/binary.txt is not UTF-8 text: byte 0xff at offset 4"
  run $n ./examples/wordcount --bogus
  check_failure "wordcount -n $n: an unknown option" "--bogus"
  run $n ./examples/wordcount --help
  check "wordcount -n $n: help, once" test "$(grep -c '^Usage:' "$tmp/out")" -eq 1
done

run 2 ./examples/wordcount "$tmp/nul.txt"
check_failure "wordcount: a file with a NUL" "$tmp/nul.txt is not UTF-8 text: byte 0x00 at offset 4"
run 2 ./examples/wordcount "$tmp/cut.txt"
check_failure "wordcount: a file that ends inside a character" "$tmp/cut.txt is not UTF-8 text: byte 0xc3 at offset 12"
run 2 ./examples/wordcount --piece-size=-1 "$tmp/unicode.txt"
check_failure "wordcount: pieces of less than nothing" "--piece-size not negative"
run 2 ./examples/wordcount --top many "$tmp/unicode.txt"
check_failure "wordcount: a number that is none" "many"

# Histogram, of the same texts

histogram_reference ()
{
  perl -CSD -Mfeature=unicode_strings -ne '
    while (/\p{L}/g)
      {
        my $letter = $&;
        $letter =~ s/[\p{Lu}\p{Lt}]/substr (lc $&, 0, 1)/e;
        print "$letter\n";
      }' -- "$@" |
    LC_ALL=C sort | LC_ALL=C uniq -c | LC_ALL=C sort -k1,1nr -k2,2 | awk '{ print $2, $1 }'
}

# histogram_is_good EXPECTED: the counts, and bars of 50 for the first and as many as fit for the others.
histogram_is_good ()
{
  awk '{ print $1, $2 }' "$tmp/out" | cmp - "$1" &&
    awk 'NR == 1 { most = $2 } length ($3) != int ($2 * 50 / most) { exit 1 }' "$tmp/out"
}

histogram_reference "$tmp/unicode.txt" >"$tmp/letters.expected"
cat "$tmp/unicode.txt" "$tmp/unicode.txt" "$tmp/nothing.txt" >"$tmp/twice.txt"
histogram_reference "$tmp/twice.txt" >"$tmp/letters-twice.expected"

for n in 1 2 4
do
  run $n ./examples/histogram "$tmp/unicode.txt"
  check "histogram -n $n: letters of many scripts" histogram_is_good "$tmp/letters.expected"
  run $n ./examples/histogram "$tmp/unicode.txt" "$tmp/empty.txt" "$tmp/nothing.txt" "$tmp/directory/file.txt"
  check "histogram -n $n: several files" histogram_is_good "$tmp/letters-twice.expected"
  run $n ./examples/histogram "$tmp/empty.txt"
  check "histogram -n $n: no letters" cmp "$tmp/out" /dev/null
  run $n ./examples/histogram "$tmp/unicode.txt" "$tmp/missing.txt"
  check_failure "histogram -n $n: a missing file" "$tmp/missing.txt"
  run $n ./examples/histogram "$tmp/binary.txt"
  check_failure "histogram -n $n: a file that is not UTF-8" "$tmp/binary.txt is not UTF-8 text"
done

if test -d "$licenses"
then
  find "$licenses" -type f -exec cat {} + >"$tmp/licenses.txt"
  histogram_reference "$tmp/licenses.txt" >"$tmp/letters-licenses.expected"
  run 4 ./examples/histogram
  check "histogram: $licenses" histogram_is_good "$tmp/letters-licenses.expected"
else
  skip "histogram: $licenses" "no such directory"
fi

echo "1..$n_tests"
