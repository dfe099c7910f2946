#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Heat in a rod that is hot at its left end, computed by all ranks: NumPy arrays as messages, and await.

    mpirun -n 4 python3 heat.py [CELLS] [STEPS]

Each rank has a part of the rod and one ghost cell at both ends, which it gets from its neighbours. While these are under
way it computes the cells that do not need them.
"""

import asyncio
import sys

import gi
import numpy

gi.require_version('Mpi', '1.0')
from gi.repository import Mpi  # noqa: E402


async def compute(world, n_cells, n_steps):
    left = world.rank - 1 if world.rank > 0 else Mpi.PROC_NULL
    right = world.rank + 1 if world.rank < world.size - 1 else Mpi.PROC_NULL
    first, last = (n_cells * rank // world.size for rank in (world.rank, world.rank + 1))
    rod = numpy.zeros(last - first + 2)
    if left == Mpi.PROC_NULL:
        rod[0] = 100
    for _ in range(n_steps):
        requests = [world.irecv(rod[:1], left, 0), world.irecv(rod[-1:], right, 1),
                    world.isend(rod[1:2].copy(), left, 1), world.isend(rod[-2:-1].copy(), right, 0)]
        new = rod.copy()
        new[2:-2] += 0.25 * (rod[1:-3] - 2 * rod[2:-2] + rod[3:-1])
        for request in requests:
            await request
        for i in {1, len(rod) - 2}:
            new[i] += 0.25 * (rod[i - 1] - 2 * rod[i] + rod[i + 1])
        new[[0, -1]] = rod[[0, -1]]
        rod = new
    return rod[1:-1]


def main():
    n_cells, n_steps = [int(argument) for argument in sys.argv[1:]] + [100, 200][len(sys.argv) - 1:]
    world = Mpi.Comm.world()
    if n_cells < 3 * world.size:
        sys.exit('heat.py: it takes 3 cells for each rank at least')
    part = asyncio.run(compute(world, n_cells, n_steps))

    total = numpy.zeros(1)
    world.reduce(numpy.array([part.sum()]), total)
    parts = world.gather_variant(part)
    if world.rank == 0:
        rod = numpy.concatenate(parts)
        print('after %d steps: %s ...' % (n_steps, ' '.join('%.2f' % heat for heat in rod[:6])))
        print('the sum is %.4f' % total[0])


main()
