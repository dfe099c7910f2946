# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts prime numbers together with ranks in other languages; see primes.c, and "run" beside it."""

import sys

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import GLib, Mpi  # noqa: E402


def is_prime(n):
    return n >= 2 and all(n % i for i in range(2, int(n ** 0.5) + 1))


world = Mpi.Comm.world()
rank, size = world.props.rank, world.props.size
limit = int(sys.argv[1]) if len(sys.argv) > 1 else 10000

# Rank 0 says up to where.
task = world.bcast_variant(GLib.Variant('u', limit) if rank == 0 else None, 0).unpack()
found = sum(is_prime(n) for n in range(rank, task, size))
rows = world.gather_variant(
    GLib.Variant('a{sv}', {'language': GLib.Variant('s', 'Python'), 'primes': GLib.Variant('u', found)}), 0)
total = world.allreduce_variant(GLib.Variant('u', found), Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM)).unpack()
for row in rows:  # none but at rank 0
    print('%(language)s found %(primes)d' % row.unpack())
if rank == 0:
    print('%d primes below %d' % (total, task), flush=True)

# A letter goes from rank to rank, until it is back at rank 0.
previous = (rank + size - 1) % size
letter = [] if rank == 0 else world.recv_variant(previous, 0)[0].unpack()
letter.append('rank %d is in Python' % rank)
request = world.isend_variant(GLib.Variant('as', letter), (rank + 1) % size, 0)
if rank == 0:
    print('\n'.join(world.recv_variant(previous, 0)[0].unpack()), flush=True)
request.wait()
