#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Arrays in files that NumPy reads, and arrays of NumPy's that are read here. The output is TAP.
#
# Runs in the build directory, as "make check" does it.

set -u

: "${srcdir:=.}" "${top_builddir:=.}"
# shellcheck source=tests/mpi-env.sh
. "$srcdir/tests/mpi-env.sh"

G_DEBUG=${G_DEBUG:+$G_DEBUG,}fatal-criticals
export G_DEBUG

python=
for candidate in ${PYTHON:+"$PYTHON"} python3 /usr/bin/python3
do
  if $candidate -c 'import numpy' 2>/dev/null
  then
    python=$candidate
    break
  fi
done
if test -z "$python"
then
  echo "1..0 # SKIP there is no NumPy"
  exit 0
fi

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

program=$(cd "$top_builddir" && pwd)/tests/npy-arrays
n_tests=0
limit=60
test "$SANITIZERS" != yes || limit=300

report ()
{
  n_tests=$((n_tests + 1))
  if test "$1" -eq 0
  then
    echo "ok $n_tests - $2"
  else
    echo "not ok $n_tests - $2"
    sed 's/^/# /' "$tmp/output" | head -n 40
  fi
}

# job RANKS ARGUMENT...
job ()
{
  ranks=$1
  shift
  # shellcheck disable=SC2086 # MPIEXEC is a command with its options
  timeout -k 5 $limit $MPIEXEC -n "$ranks" "$program" "$@" >"$tmp/output" 2>&1 </dev/null
}

cat >"$tmp/check.py" <<'PYTHON'
import sys, numpy
names = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "complex64",
         "complex128", "bool"]
for name in names:
    for shape in (5,), (5, 7), (5, 7, 3):
        array = numpy.load("%s/%s-%d.npy" % (sys.argv[1], name, len(shape)))
        expected = numpy.arange(numpy.prod(shape))
        expected = (expected % 2 if name == "bool" else expected).astype(name).reshape(shape)
        if array.dtype != expected.dtype or array.shape != shape or not (array == expected).all():
            sys.exit("%s-%d.npy: %s" % (name, len(shape), array))
PYTHON

cat >"$tmp/make.py" <<'PYTHON'
import sys, numpy
for name in "int16", "uint32", "float64", "complex64", "bool":
    for shape in (5,), (3, 4, 5), (2, 0):
        for order in "C", "F":
            for endian in "<", ">":
                array = numpy.arange(numpy.prod(shape)) % (2 if name == "bool" else 1000)
                array = array.astype(numpy.dtype(name).newbyteorder(endian)).reshape(shape)
                for version in ((1, 0), (2, 0), (3, 0)) if name == "float64" else ((1, 0),):
                    path = "%s/%s-%d%s%s%d%d.npy" % (sys.argv[1], name, len(shape), order, "lb"[endian == ">"],
                                                     version[0], shape[-1])
                    with open(path, "wb") as file:
                        numpy.lib.format.write_array(file, numpy.asarray(array, order=order), version=version)
PYTHON

for n in 1 2 4
do
  mkdir "$tmp/ours-$n"
  job $n write "$tmp/ours-$n" && $python "$tmp/check.py" "$tmp/ours-$n" >"$tmp/output" 2>&1
  report $? "NumPy loads what $n ranks have written"
done

mkdir "$tmp/theirs"
$python "$tmp/make.py" "$tmp/theirs" >"$tmp/output" 2>&1
report $? "NumPy writes arrays"
for n in 1 2 4
do
  job $n read "$tmp/theirs"/*.npy && test "$(grep -c '^[1-9][0-9]* arrays are as they should be$' "$tmp/output")" -eq 1
  report $? "$n ranks read what NumPy has written"
done

echo "1..$n_tests"
