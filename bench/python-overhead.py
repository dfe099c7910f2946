# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the override module costs for each call, and values against pickle; on one rank.

    mpirun -n 1 python3 bench/python-overhead.py
"""

import pickle
import statistics
import sys
import time

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import GLib, Mpi  # noqa: E402

world = Mpi.Comm.self()


def measure(functions, n):
    """The median times of functions, in us for each call, taken in turns."""
    times = [[] for _ in functions]
    for _ in range(11):
        for function, taken in zip(functions, times):
            start = time.process_time()
            for _ in range(n):
                function()
            taken.append((time.process_time() - start) / n * 1e6)
    return [statistics.median(taken) for taken in times]


def report(label, functions, n=2000):
    print('%-36s %s' % (label, '  '.join('%s %9.2f us' % (name, time)
                                         for name, time in zip(functions, measure(functions.values(), n)))), flush=True)


def through_variant(value):
    return Mpi.from_variant(Mpi.to_variant(value))


def through_pickle(value):
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


try:
    import numpy
    array = numpy.zeros(1)
except ImportError:
    import array as arrays
    array = arrays.array('d', [0])
buffer = Mpi.Buffer(array)
nobody = Mpi.PROC_NULL
report('send of 8 bytes', {'array': lambda: world.send(array, nobody), 'Mpi.Buffer': lambda: world.send(buffer, nobody)})
report('isend and wait', {'array': lambda: world.isend(array, nobody).wait(),
                          'Mpi.Buffer': lambda: world.isend(buffer, nobody).wait()})
report('send_variant of an int', {'value': lambda: world.send_variant(5, nobody),
                                  'GLib.Variant': lambda: world.send_variant(GLib.Variant('x', 5), nobody)})
small = {'rank': 1, 'name': 'abc', 'list': [1.0, 2.0, 3.0], 'sub': {'a': 1, 'b': None}}
nested = [{'id': i, 'name': 'item %d' % i, 'place': (i * 0.5, i * 2.0)} for i in range(1000)]
floats = [i * 0.5 for i in range(1000000)]
words = ['word %d' % i for i in range(100000)]
for label, value, n in (('a dict of 4', small, 2000), ('1,000 dicts of 3', nested, 3), ('1,000,000 floats', floats, 1),
                        ('100,000 strs', words, 1)):
    report(label, {'value': lambda: through_variant(value), 'pickle': lambda: through_pickle(value)}, n)
sys.stdout.flush()
