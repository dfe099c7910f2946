#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Programs that start others, and programs of their own that find and meet each other through a name server. The output
# is TAP. Where this MPI cannot do it, that it says so in time.
#
# Runs in the build directory, as "make check" does it.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

G_DEBUG=${G_DEBUG:+$G_DEBUG,}fatal-criticals
export G_DEBUG

tmp=$(mktemp -d) || exit 99
name_server=
clean_up ()
{
  test -z "$name_server" || kill "$name_server" 2>/dev/null
  rm -rf "$tmp"
}
trap clean_up EXIT
trap 'exit 99' HUP INT TERM

tests=$(cd "$top_builddir" && pwd)/tests
n_tests=0
limit=60
test "$SANITIZERS" != yes || limit=300

# report STATUS DESCRIPTION FILE...: one line of TAP; after a failure also what the programs printed.
report ()
{
  n_tests=$((n_tests + 1))
  if test "$1" -eq 0
  then
    echo "ok $n_tests - $2"
    return
  fi
  echo "not ok $n_tests - $2"
  shift 2
  for file
  do
    sed "s/^/# ${file##*/}: /" "$file" | head -n 40
  done
}

skip ()
{
  n_tests=$((n_tests + 1))
  echo "ok $n_tests - $1 # SKIP $2"
}

# start NAME RANKS PROGRAM [ARGUMENT...]: runs a job and leaves $tmp/NAME, what it printed and how it ended.
start ()
{
  name=$1
  ranks=$2
  shift 2
  # shellcheck disable=SC2086 # MPIEXEC is a command with its options
  timeout --kill-after=5 "$limit" $MPIEXEC ${server_option:-} -n "$ranks" "$@" >"$tmp/$name" 2>&1 </dev/null
  echo "exit status $?" >>"$tmp/$name"
}

# is_good NAME: all ranks were content, and the job ended well.
is_good ()
{
  test "$(grep -c -x good "$tmp/$1")" -eq 1 && grep -q -x 'exit status 0' "$tmp/$1"
}

# spawn_case CASE RANKS
spawn_case ()
{
  start "$1" "$2" "$tests/spawn-parent" "$1" "$tests/spawn-worker"
  is_good "$1"
  report $? "spawn: $1 at $2 ranks" "$tmp/$1"
}

# Starting programs

if "$tests/spawn-parent" can-spawn >"$tmp/can" 2>&1
then
  for n in 1 2 4
  do
    for case in numbers several arguments path multiple merged refused spawn-in-main-loop
    do
      spawn_case $case $n
    done
  done

  spawn_case meet-in-main-loop 2

  # mpirun of Open MPI 4.1 stays when all ranks have ended, so only what they say counts.
  if test "$SANITIZERS" = yes
  then
    skip "spawn: no-room" "takes its full time limit"
  else
    for n in 1 3
    do
      limit_saved=$limit
      limit=15
      start no-room $n "$tests/spawn-parent" no-room "$tests/spawn-worker"
      limit=$limit_saved
      grep -q -x good "$tmp/no-room"
      report $? "spawn: no-room at $n ranks" "$tmp/no-room"
    done
  fi
else
  for n in 1 2 4
  do
    spawn_case unsupported $n
  done
fi

# Which MPIs are refused

# pretended REFUSED VERSION
pretended ()
{
  OMPI_OBJ_TEST_REFUSED=$1 OMPI_OBJ_TEST_PRETEND=$2 start pretended 1 "$tests/test-ports"
  grep -q -x 'exit status 0' "$tmp/pretended"
  report $? "refused: $1, $(echo "$2" | tr '\t\n' '  ')" "$tmp/pretended"
}

# mpich_version VERSION DEVICE, as MPICH says it
mpich_version ()
{
  printf 'MPICH Version:\t%s\nMPICH Release date:\tunknown\nMPICH Device:\t%s\nMPICH configure:\t--prefix=/usr\n' "$@"
}

pretended 1 "$(mpich_version 4.0.2 ch4:ucx)"
pretended 1 "$(mpich_version 3.4.1 ch4:ucx)"
pretended 1 "$(mpich_version 4.1.3 ch4:ucx)"
pretended 0 "$(mpich_version 4.2.0 ch4:ucx)"
pretended 0 "$(mpich_version 5.0.1 ch4:ucx)"
pretended 0 "$(mpich_version 4.0.2 ch4:ofi)"
pretended 0 "$(mpich_version 4.0.2 ch3:nemesis)"
pretended 0 "Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4, May 26, 2022"
pretended 0 "Some MPI 1.0"

# A server and several clients, each started by an mpirun of its own

# One client after the other: in Open MPI 4.1 two that connect to a port at the same time can miss the server.
server_and_clients ()
{
  start server 2 "$tests/spawn-parent" serve ompi_obj-test-server 4 &
  server=$!
  start client-1 1 "$tests/spawn-parent" visit ompi_obj-test-server
  start client-2 2 "$tests/spawn-parent" visit ompi_obj-test-server
  start client-3 1 "$tests/spawn-parent" visit ompi_obj-test-server
  start client-4 4 "$tests/spawn-parent" visit ompi_obj-test-server
  wait "$server"
  for program in server client-1 client-2 client-3 client-4
  do
    is_good $program
    report $? "name server: $program" "$tmp/$program"
  done
}

description="name server: a server and its clients"
if ! "$tests/spawn-parent" can-spawn >"$tmp/can" 2>&1
then
  skip "$description" "this MPI cannot connect programs"
elif ! command -v ompi-server >/dev/null
then
  skip "$description" "there is no ompi-server"
else
  ompi-server --no-daemonize --report-uri "$tmp/uri" >"$tmp/name-server" 2>&1 &
  name_server=$!
  waited=0
  while test ! -s "$tmp/uri" && test $waited -lt 100
  do
    sleep 0.1
    waited=$((waited + 1))
  done
  server_option="--ompi-server file:$tmp/uri"
  server_and_clients
fi

echo "1..$n_tests"
