# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=sh
#
# Sourced by scripts that start MPI programs: the one place that knows how the two MPIs want to be
# called on a machine with fewer cores than ranks, and by root.
#
# Takes MPIRUN, MPI_FLAVOR (mpich or openmpi), top_builddir and SANITIZERS (yes or not) from the environment, as
# "make check" sets them. Gives MPIEXEC, the command to put in front of "-n RANKS PROGRAM"; to be
# split into words, so without quotes:
#
#   $MPIEXEC -n 2 ./hello

: "${MPIRUN:=mpirun}"
: "${top_builddir:=.}"
: "${SANITIZERS:=no}"

if [ -z "${MPI_FLAVOR:-}" ]; then
  case $("$MPIRUN" --version 2>&1) in
    *"Open MPI"* | *OpenRTE*) MPI_FLAVOR=openmpi ;;
    *) MPI_FLAVOR=mpich ;;
  esac
fi

if [ "$SANITIZERS" = yes ]; then
  # MPI never gives back all of its memory, the preloaded library comes before the sanitizer's, and
  # tests ask for more memory than there is.
  ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0:detect_leaks=0:allocator_may_return_null=1"
  UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}print_stacktrace=1"
  export ASAN_OPTIONS UBSAN_OPTIONS
fi

case $MPI_FLAVOR in
  openmpi)
    OMPI_ALLOW_RUN_AS_ROOT=1
    OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    # With more ranks than cores a rank that waits must let the others run.
    OMPI_MCA_rmaps_base_oversubscribe=1
    OMPI_MCA_mpi_yield_when_idle=1
    # Its one-sided component for RDMA needs hardware, and warns at length where there is none.
    OMPI_MCA_osc="^rdma"
    export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
    export OMPI_MCA_rmaps_base_oversubscribe OMPI_MCA_mpi_yield_when_idle OMPI_MCA_osc
    MPIEXEC="$MPIRUN --oversubscribe"
    ;;
  *)
    MPIEXEC=$MPIRUN
    # See yield-preload.c. Only the ranks get it, not the launcher.
    yield_preload=$(cd "$top_builddir" && pwd)/tests/.libs/libyield-preload.so
    if [ -f "$yield_preload" ]; then
      MPIEXEC="$MPIEXEC -genv LD_PRELOAD $yield_preload"
    fi
    ;;
esac
export MPIEXEC MPI_FLAVOR
