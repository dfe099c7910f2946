# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the override module adds to the Python binding, on any number of ranks. Prints TAP on rank 0."""

import array
import asyncio
import gc
import operator
import pickle
import shutil
import sys
import tempfile
import threading
import weakref

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import GLib, Mpi  # noqa: E402

try:
    import numpy
except ImportError:
    numpy = None

world = Mpi.Comm.world()
rank, size = world.get_rank(), world.get_size()
left, right = (rank - 1) % size, (rank + 1) % size
cases = []


def case(function):
    cases.append(function)
    return function


def numpy_case(function):
    function.needs_numpy = True
    return case(function)


def expect(kind, text, function, *arguments, **keywords):
    try:
        result = function(*arguments, **keywords)
    except kind as error:
        assert text in str(error), str(error)
        return error
    raise AssertionError('no %s, but %r' % (kind.__name__, result))


def around(value, tag=0):
    """Sends a value to the right, and gives what comes from the left."""
    return world.sendrecv_variant(value, right, tag, left, tag)[0]


def same(a, b):
    """Whether values are equal, and of the same types all the way down."""
    if type(a) is not type(b) or a != b:
        return False
    if isinstance(a, (list, tuple)):
        return all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a), list(b)) and same(list(a.values()), list(b.values()))
    return True


# Values


VALUES = [
    0, 1, -1, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 64 - 1, True, False, None, 1.5, float('inf'), '', 'x', 'r\u00e9\U0001f600',
    b'', b'\0', b'x' * 300, (), (1,), (1, 'a', 2.5), (True, 1), ('a', True), ((), ((),)), [], [[]], [()], [1, 2, 3],
    [1.0, 2.0], ['a', '', 'bc'], [True, False], [1, True, None, 'x', 2.5, b'b'], [None, None], [b'a', b'bb'],
    [[1, 2], [3]], [[1, 2], ['a']], [(1, 2.0), (2, 3.0)], [(1, 'a'), (2, 'b')], [(1, 'a'), ('b', 2)], [2 ** 63, 2 ** 64 - 1],
    [2 ** 63, 1], {}, {'a': 1}, {'a': 1, 'b': 'x'}, {1: 2, 3: 4}, {1.5: None}, {True: [1]}, {'n': {'m': [{'o': None}]}},
    {1: 'a', 'b': (1, 2)}, {(1, 2): 't', None: 3, b'k': []}, [{'a': 1}, {'b': 2}], [{}, {'a': {}}], ['x' * 300] * 300,
    'x' * 70000, [float(i) for i in range(10000)], {str(i): [i, str(i)] for i in range(3000)},
    [(i, str(i), None) for i in range(3000)], (b'x', [b'y' * 300]), {'k': (True, 1, 's', b'b', None, 2.5)},
    [(True, 1.0), (False, 2.0)], (1, b'x', True, 'q', 2), [[[[[[[[1]]]]]]]], (([({'a': ([()],)},)],),),
]


@case
def values_make_a_round_trip():
    for i, value in enumerate(VALUES):
        variant = Mpi.to_variant(value)
        assert variant.is_normal_form(), value
        # GLib's own parser builds the same value, so the serialized form is as it should be.
        if len(repr(value)) < 1000:
            again = GLib.Variant.parse(variant.get_type(), variant.print_(True), None, None)
            assert again.equal(variant), (value, variant.print_(True))
            assert again.get_data_as_bytes().get_data() == variant.get_data_as_bytes().get_data(), value
            assert same(Mpi.from_variant(again), value), value
        assert same(Mpi.from_variant(variant), value), value
    assert same(around(VALUES), VALUES)


@case
def types_are_what_other_languages_expect():
    for value, type in [(1, 'x'), (2 ** 63, 't'), (1.5, 'd'), ('a', 's'), (b'a', 'ay'), (True, 'b'), (None, 'mv'),
                        ([1.0], 'ad'), ([1], 'ax'), (['a'], 'as'), ([1, 'a'], 'av'), ([], 'av'), ((1, 'a'), '(xs)'),
                        ({'a': 1}, 'a{sx}'), ({'a': 1, 'b': 'x'}, 'a{sv}'), ({}, 'a{sv}'), ({(): 1}, 'a(vv)'),
                        ([(1, 2.0)], 'a(xd)'), (bytearray(b'a'), 'ay'), (array.array('i', [1]), '(oai)')]:
        assert Mpi.to_variant(value).get_type_string() == type, (value, type)
    for text, value in [('@y 5', 5), ('@ai [1, 2]', [1, 2]), ('@mi 5', 5), ('@as []', []), ('<<5>>', 5),
                        ("{'a': <1>, 'b': <'x'>}", {'a': 1, 'b': 'x'}), ('{1: (true, @ms nothing)}', {1: (True, None)}),
                        ("@a{ys} {1: 'a'}", {1: 'a'}), ("objectpath '/a'", '/a'), ('@a(vv) [(<[1]>, <2>)]', [([1], 2)])]:
        assert same(Mpi.from_variant(GLib.Variant.parse(None, text, None, None)), value), text


@case
def an_explicit_variant_goes_as_it_is():
    variant = GLib.Variant('(qa{sv})', (7, {'a': GLib.Variant('y', 1)}))
    assert around(variant) == (7, {'a': 1})
    received = world.sendrecv_variant(variant, right, 0, left, 0, raw=True)[0]
    assert isinstance(received, GLib.Variant) and received.equal(variant)
    assert world.bcast_variant(variant if rank == 0 else None, raw=True).equal(variant)
    assert around([variant, {'k': GLib.Variant('i', 3)}]) == [(7, {'a': 1}), {'k': 3}]
    assert Mpi.to_variant([GLib.Variant('y', 1), GLib.Variant('y', 2)]).get_type_string() == 'ay'


@case
def subclasses_travel_as_what_they_are():
    class Number(int):
        pass

    class Words(dict):
        pass

    import collections
    import enum
    point = collections.namedtuple('Point', 'x y')
    assert around([Number(5), Words(a=1), point(1, 2), enum.IntEnum('Color', 'RED').RED]) == [5, {'a': 1}, (1, 2), 1]
    assert around(collections.OrderedDict([('b', 1), ('a', 2)])) == {'b': 1, 'a': 2}


BAD_VALUES = [
    (1 + 2j, TypeError, 'value is of type complex'), ({1, 2}, TypeError, 'value is of type set'),
    ([1, {'x': object()}], TypeError, "value[1]['x'] is of type object"), (2 ** 64, ValueError, 'beyond 64 bits'),
    ((0, [1.5, -2 ** 63 - 1]), ValueError, 'value[1][1] is an int beyond 64 bits'), ('a\0', ValueError, 'zero character'),
    (['\ud800'], ValueError, 'value[0] is a str that UTF-8 does not have'), (len, TypeError, 'builtin_function'),
    ({frozenset(): 1}, TypeError, 'value: the key frozenset() is of type frozenset'),
    (memoryview(bytearray(8)).cast('e'), TypeError, "format 'e'") if sys.version_info >= (3, 12) else (..., TypeError, 'ellipsis'),
]


@case
def what_cannot_travel_is_told():
    for value, kind, text in BAD_VALUES:
        expect(kind, text, world.send_variant, value, right)
        expect(kind, text, world.isend_variant, value, right)
    endless = []
    endless.append(endless)
    expect(ValueError, 'nested too deeply', world.send_variant, endless, right)
    deep = []
    for _ in range(70):
        deep = [deep]
    expect(Mpi.MpiError, 'nest', world.send_variant, deep, right)


@case
def a_bad_value_fails_a_collective_on_all_ranks():
    last = size - 1
    bad, fine = [1, {2}], [1, 2]
    mine = bad if rank == last else fine
    kind = TypeError if rank == last else Mpi.MpiError
    text = 'value[1] is of type set' if rank == last else ''
    for call in (lambda: world.gather_variant(mine, 0), lambda: world.allgather_variant(mine),
                 lambda: world.reduce_variant(mine, Mpi.SUM, 0), lambda: world.allreduce_variant(mine, Mpi.SUM),
                 lambda: world.scan_variant(mine, Mpi.SUM), lambda: world.bcast_variant(mine, last),
                 lambda: world.allreduce_variant(mine, lambda a, b: a + b)):
        expect(kind, text, call)
    # Without blocking, all are told when they wait.
    for start in world.iallgather_variant, lambda value: world.ibcast_variant(value, last):
        expect(kind, text, start(mine).wait)
        expect(kind, text, Mpi.Request.wait_all, [start(mine)])
        expect(kind, text, start(mine).wait_variant)

        async def wait():
            await start(mine)

        expect(kind, text, asyncio.run, wait())
    expect(TypeError if rank == last else Mpi.MpiError, 'values[0] is of type set' if rank == last else '',
           world.scatter_variant, [{1}] * size, last)
    expect(TypeError if rank == last else Mpi.MpiError, 'values[0] is of type set' if rank == last else '',
           world.alltoall_variant, [{1} if rank == last else 1] * size)
    world.barrier()
    # What is ignored may be anything.
    assert world.bcast_variant('x' if rank == 0 else {1}, 0) == 'x'


@case
def values_are_collected():
    mine = {'rank': rank, 'list': [rank] * rank}
    everything = [{'rank': i, 'list': [i] * i} for i in range(size)]
    assert same(world.gather_variant(mine, 0), everything if rank == 0 else [])
    assert same(world.allgather_variant(mine), everything)
    assert same(world.scatter_variant(everything if rank == 0 else None, 0), mine)
    assert same(world.alltoall_variant([(rank, i) for i in range(size)]), [(i, rank) for i in range(size)])
    assert world.bcast_variant(None) is None and world.bcast_variant((None,) if rank == 0 else None, 0) == (None,)
    assert world.allgather_variant(None) == [None] * size
    request = world.iallgather_variant(mine)
    request.wait()
    assert same(request.get_variants(), everything) and same(request.get_variant()[0], everything[0])
    request = world.isend_variant(mine, right, 3)
    assert same(world.irecv_variant(left, 3).wait_variant()[0], everything[left])
    assert Mpi.Request.wait_all_variant([request, world.ibcast_variant(5)]) == [(), 5]
    keyval = Mpi.Keyval.new(Mpi.KeyvalCopy.NONE)
    copy = world.dup()
    assert copy.get_attr(keyval) is None
    copy.set_attr(keyval, ['an', 1])
    assert copy.get_attr(keyval) == ['an', 1] and copy.get_attr(keyval, raw=True).get_type_string() == 'av'


@case
def functions_reduce_values():
    total = size * (size - 1) // 2
    assert world.allreduce_variant(rank) == total
    assert world.allreduce_variant(rank + 0.5, operator.add) == total + 0.5 * size
    assert world.allreduce_variant(rank, max) == size - 1
    assert world.reduce_variant(rank, min, 0) == (0 if rank == 0 else None)
    assert world.scan_variant(1) == rank + 1 and world.exscan_variant(1) == (rank if rank else None)
    # What Python's functions do with anything else than numbers is not MPI's sum and maximum.
    assert world.allreduce_variant([rank], operator.add) == list(range(size))
    assert world.allreduce_variant([rank], Mpi.SUM) == [total]
    assert world.allreduce_variant('rank %d' % rank, max) == 'rank %d' % (size - 1)
    assert world.allreduce_variant({rank: 'x'}, lambda a, b: {**a, **b}) == {i: 'x' for i in range(size)}
    assert world.reduce_variant((rank,), lambda a, b: a + b, size - 1) == (tuple(range(size)) if rank == size - 1 else None)
    request = world.iallreduce_variant(str(rank), lambda a, b: a + b)
    assert request.wait_variant()[0] == ''.join(map(str, range(size)))
    assert world.allreduce_variant(GLib.Variant('i', rank), lambda a, b: GLib.Variant('i', a.unpack() + b.unpack()),
                                   raw=True).unpack() == total
    expect(TypeError, 'neither an Mpi.Op nor a function', world.allreduce_variant, 1, 'sum')


@case
def functions_that_fail_fail_everywhere():
    def divide(a, b):
        return a // 0

    if size > 1:
        # Whoever called it gets its exception, the others an error of the library.
        expect((ZeroDivisionError, Mpi.MpiError), '', world.allreduce_variant, 1, divide)
        assert world.allgather_variant(rank) == list(range(size))
        expect((TypeError, Mpi.MpiError), '', world.allreduce_variant, 1, lambda a, b: {a})


# Buffers


@case
def memory_is_sent_and_received():
    for code in 'bBhHiIlLqQfd':
        sent, received = array.array(code, [rank + 1, 2, 3]), array.array(code, [0] * 3)
        ok, status = world.sendrecv(sent, right, 5, received, left, 5)
        assert ok and received.tolist() == [left + 1, 2, 3] and status.source == left and status.tag == 5
    received = bytearray(6)
    world.sendrecv(b'rank %d' % (rank % 10), right, 0, received, left, 0)
    assert received == b'rank %d' % (left % 10)
    # Parts of memory, and memory of several dimensions
    square = memoryview(bytearray(16)).cast('B', (4, 4))
    world.sendrecv(memoryview(bytes([rank] * 16)).cast('B', (2, 8)), right, 0, square, left, 0)
    assert square.tolist() == [[left] * 4] * 4
    numbers = array.array('d', [0] * 6)
    world.sendrecv(array.array('d', [rank, 1]), right, 0, memoryview(numbers)[2:4], left, 0)
    assert numbers.tolist() == [0, 0, left, 1, 0, 0]
    # Nothing at all
    world.sendrecv(b'', right, 0, bytearray(), left, 0)
    world.sendrecv(array.array('d'), right, 0, array.array('d'), left, 0)
    # GLib's memory
    received = array.array('d', [0, 0])
    world.sendrecv(GLib.Variant('ad', [rank, 0.5]), right, 0, received, left, 0)
    assert received.tolist() == [left, 0.5]
    world.sendrecv(GLib.Bytes.new(b'12345678' * 2), right, 0, Mpi.Buffer(received), left, 0)
    assert received.tobytes() == b'12345678' * 2


@case
def lists_say_what_is_in_memory():
    numbers = array.array('d', [rank, 1, 2, 3, 4, 5])
    received = array.array('d', [-1] * 6)
    world.sendrecv([numbers, 2], right, 0, (received, Mpi.DOUBLE), left, 0)
    assert received.tolist() == [left, 1, -1, -1, -1, -1]
    world.sendrecv([numbers, 3, Mpi.PredefinedDatatype.DOUBLE], right, 0, [received, None, Mpi.DOUBLE], left, 0)
    assert received.tolist() == [left, 1, 2, -1, -1, -1]
    column = Mpi.Datatype.new_vector(3, 1, 2, Mpi.PredefinedDatatype.DOUBLE)
    column.commit()
    received = array.array('d', [0, 0, 0])
    world.sendrecv([numbers, 1, column], right, 0, received, left, 0)
    assert received.tolist() == [left, 2, 4]
    room = array.array('d', [0] * size)
    world.allgather([numbers, 1], room)
    assert room.tolist() == list(range(size))
    expect(ValueError, 'buffer has 48 bytes, and 7 elements of 8 bytes do not fit', world.send, [numbers, 7], right)
    expect(ValueError, 'buffer: the count is -1', world.send, [numbers, -1], right)
    expect(ValueError, 'do not fit', world.send, [numbers, 2, column], right)
    expect(ValueError, 'no multiple', world.send, [b'12345', Mpi.DOUBLE], right)
    expect(TypeError, "'x' is no datatype", world.send, [numbers, 1, 'x'], right)
    expect(TypeError, 'no [data, count, datatype]', world.send, [1.0, 2.0, 3.0], right)
    expect(TypeError, 'the count is 1.5', world.send, [numbers, 1.5], right)


@case
def unsuitable_memory_is_told():
    expect(ValueError, 'buffer is not contiguous', world.send, memoryview(bytearray(8))[::2], right)
    expect(ValueError, 'buffer is read-only', world.recv, b'12345678', left)
    expect(ValueError, 'recv_buffer is read-only', world.allgather, b'1', bytes(size))
    expect(TypeError, 'recv_buffer is of type str', world.allgather, b'1', 'x' * size)
    expect(TypeError, 'buffer is of type int', world.send, 5, right)
    expect(TypeError, 'cannot be received into', world.recv, GLib.Variant('ad', [1]), left)
    expect(ValueError, 'data is read-only', Mpi.Buffer, b'123')
    expect(TypeError, '[data, counts', world.gatherv, b'1', b'1')
    # The root of a bcast only reads.
    if size == 1:
        world.bcast(b'abc', 0)
    else:
        received = bytearray(3)
        world.bcast(b'abc' if rank == 0 else received, 0)
        assert rank == 0 or received == b'abc'
    if rank != 0:
        expect(ValueError, 'buffer is read-only', world.bcast, b'abc', 0)


@case
def blocks_are_lists_too():
    counts = list(range(1, size + 1))
    room = array.array('i', [0] * sum(counts))
    world.allgatherv(array.array('i', [rank] * counts[rank]), [room, counts])
    assert room.tolist() == [i for i in range(size) for _ in range(i + 1)]
    places = [size - 1 - i for i in range(size)]
    room = array.array('i', [0] * size)
    for form in [room, [1] * size, places], [room, ([1] * size, places), Mpi.INT], [room, [1] * size, places, Mpi.INT]:
        world.gatherv(array.array('i', [rank]), form if rank == 0 else None, 0)
        assert rank != 0 or room.tolist() == list(range(size))[::-1]
    sent = array.array('i', [rank * size + i for i in range(size)])
    received = array.array('i', [0] * size)
    world.alltoallw([sent, [1] * size, [4 * i for i in range(size)], [Mpi.INT] * size],
                    [received, [1] * size, [4 * i for i in range(size)], [Mpi.INT] * size])
    assert received.tolist() == [i * size + rank for i in range(size)]
    expect(ValueError, 'recv_blocks is read-only', world.allgatherv, sent, [bytes(4), [1]])
    expect(TypeError, 'counts and displacements', world.allgatherv, sent, [received, 5])


@case
def functions_reduce_buffers():
    mine, result = array.array('q', [rank, 2, rank + 1]), array.array('q', [0] * 3)
    total = size * (size - 1) // 2
    for op, expected in [(Mpi.SUM, [total, 2 * size, total + size]), (operator.add, [total, 2 * size, total + size]),
                         (max, [size - 1, 2, size]), (Mpi.PredefinedOp.MIN, [0, 2, 1]),
                         (lambda a, b: int('%d%d' % (a, b)), None)]:
        world.allreduce(mine, result, op)
        if expected is None:
            expected = [int(''.join(map(str, items))) for items in (range(size), [2] * size, range(1, size + 1))]
        assert result.tolist() == expected, (op, result, expected)
    world.allreduce(Mpi.IN_PLACE, mine)
    assert mine.tolist() == [total, 2 * size, total + size]
    world.scan(array.array('d', [1]), Mpi.Buffer(array.array('d', [0])), op=operator.add)
    if size > 1:
        expect(Exception, '', world.allreduce, mine, result, lambda a, b: 1 // 0) if rank == size - 1 and size == 2 else \
            _ignore(world.allreduce, mine, result, lambda a, b: 1 // 0)
    x = array.array('d', [3.0])
    Mpi.Op.new(lambda a, b, *_: None, True).reduce_local(array.array('d', [4.0]), x)
    Mpi.MAX.reduce_local(array.array('d', [4.0]), x)
    assert x[0] == 4


def _ignore(function, *arguments):
    try:
        function(*arguments)
    except ZeroDivisionError:
        pass


@case
def memory_lives_until_it_is_free():
    class Memory(bytearray):
        """One that can be watched."""

    for keep_request in True, False:
        memory, received = Memory(b'x' * 100000), bytearray(100000)
        watch = weakref.ref(memory)
        receive = world.irecv(received, left, 77)
        send = world.issend(memory, right, 77)
        expect(BufferError, '', memory.append, 1)
        del memory
        gc.collect()
        assert watch() is not None
        if not keep_request:
            del send
            gc.collect()
        receive.wait()
        assert received == b'x' * 100000
        if keep_request:
            send.wait()
            assert watch() is None, 'a completed send holds its memory'
        received.append(1)
        world.barrier()
    # What was dropped is released when another is.
    for _ in range(1000):
        if watch() is not None:
            world.isend(b'', Mpi.PROC_NULL)
            gc.collect()
    assert watch() is None, 'a send that was dropped holds its memory'
    numbers = array.array('d', [1.0] * 5)
    n_references = sys.getrefcount(numbers)
    for _ in range(20):
        world.sendrecv(numbers, right, 0, bytearray(40), left, 0)
        Mpi.Buffer(numbers)
        world.send_init(numbers, right)
        [None for _ in Mpi.view(Mpi.Buffer(numbers))]
        expect(ValueError, '', world.send, [numbers, 50], right)
    gc.collect()
    assert sys.getrefcount(numbers) == n_references
    numbers.append(1)


@case
def persistent_requests_keep_their_memory():
    received = bytearray(5)
    receive, send = world.recv_init(received, left, 3), world.send_init(bytearray(b'hello'), right, 3)
    gc.collect()
    for _ in range(3):
        received[:] = b'.....'
        Mpi.Prequest.start_all([receive, send])
        Mpi.Request.wait_all([receive, send])
        assert received == b'hello'


@case
def views_show_memory():
    numbers = array.array('i', [1, 2, 3])
    buffer = Mpi.Buffer(numbers)
    assert len(buffer) == 3 and list(buffer) == [1, 2, 3] and buffer[1] == 2
    buffer[1] = 7
    assert numbers[1] == 7
    view = Mpi.view(buffer)
    view[0] = 5
    del buffer
    gc.collect()
    assert numbers[0] == 5 and view.tolist() == [5, 7, 3]
    view = Mpi.view(GLib.Variant('ad', [1.5, 2.5]))
    gc.collect()
    assert view.tolist() == [1.5, 2.5] and view.readonly and view.format == 'd'
    assert Mpi.view(GLib.Bytes.new(b'abc')).tobytes() == b'abc' and len(Mpi.view(GLib.Bytes.new(b''))) == 0
    expect(TypeError, 'not of bytes', Mpi.view, b'abc')
    expect(ValueError, 'no memory', Mpi.view, Mpi.IN_PLACE)


@case
def arrays_are_put_together():
    result, counts = world.allgather_array([rank + 0.5] * (rank + 1))
    assert list(result) == [i + 0.5 for i in range(size) for _ in range(i + 1)] and list(counts) == list(range(1, size + 1))
    result, counts = world.gather_array(array.array('i', [rank]), 0)
    assert list(result) == (list(range(size)) if rank == 0 else [])
    expect((TypeError, ValueError) if rank == 0 else Exception, 'array' if rank == 0 else '',
           world.allgather_array, {1} if rank == 0 else [1.5])


# NumPy


@numpy_case
def numpy_arrays_travel():
    for dtype in '?bBhHiIlLqQfdFD':
        sent, received = numpy.array([rank, 1, 1], dtype), numpy.zeros(3, dtype)
        world.sendrecv(sent, right, 0, received, left, 0)
        assert (received == numpy.array([left, 1, 1], dtype)).all(), dtype
    square = numpy.zeros((2, 2), order='F')
    world.sendrecv(numpy.array([[rank, 1.0], [2, 3]]), right, 0, square, left, 0)
    assert square.tolist() == [[left, 2], [1, 3]]
    matrix = numpy.zeros((3, 4))
    world.sendrecv(numpy.full(4, float(rank)), right, 0, matrix[1], left, 0)
    assert matrix[1].tolist() == [left] * 4 and matrix[0].sum() == 0
    expect(ValueError, 'buffer is not contiguous', world.send, matrix[:, 1], right)
    expect(ValueError, 'byte order', world.send, numpy.zeros(2, '>f8'), right)
    expect(TypeError, "format 'e'", world.send, numpy.zeros(2, 'f2'), right)
    expect(TypeError, 'give [data, count, datatype]', world.send, numpy.zeros(2, 'i4,f8'), right)
    expect(ValueError, 'buffer', world.send, numpy.zeros(2, 'M8[s]'), right)
    constant = numpy.zeros(2)
    constant.flags.writeable = False
    expect(ValueError, 'buffer is read-only', world.recv, constant, left)
    column = Mpi.Datatype.new_vector(3, 1, 4, Mpi.DOUBLE)
    column.commit()
    received = numpy.zeros(3)
    world.sendrecv([matrix, 1, column], right, 0, received, left, 0)
    assert received.tolist() == [0, left if size > 1 else rank, 0] or size > 1
    assert numpy.asarray(Mpi.view(Mpi.Buffer(matrix))).sum() == 4 * left


@numpy_case
def numpy_arrays_are_values():
    arrays = [numpy.arange(6.0).reshape(2, 3), numpy.array(3), numpy.zeros((0, 4)), numpy.arange(4, dtype='f4'),
              numpy.array([1 + 2j]), numpy.array(['a', 'bcd']), numpy.arange(5, dtype='>i4'), numpy.arange(10)[::2],
              numpy.ones((2, 2), bool), numpy.arange(3, dtype='u1'), numpy.arange(5).astype('M8[D]'), numpy.zeros(10 ** 5),
              numpy.arange(4).reshape(2, 2).T]
    for sent, received in zip(arrays, around(arrays)):
        assert received.shape == sent.shape and received.dtype == sent.dtype.newbyteorder('=')
        assert (received == sent).all() and not received.flags.writeable
    assert around([numpy.float64(1.5), numpy.int32(2), numpy.bool_(True), numpy.float32(0.5)]) == [1.5, 2, True, 0.5]
    for op in Mpi.SUM, operator.add, numpy.add, lambda a, b: a + b:
        assert (world.allreduce_variant(numpy.ones((2, 3)), op) == numpy.full((2, 3), size)).all()
    expect(TypeError, 'object', world.send_variant, numpy.array([object()]), right)
    expect(TypeError, 'masked', world.send_variant, numpy.ma.array([1, 2]), right)
    values = world.bcast_variant(GLib.Variant('ad', [1.5] * 5000) if rank == 0 else None, raw=True)
    view = numpy.asarray(Mpi.view(values))
    del values
    gc.collect()
    assert view.shape == (5000,) and (view == 1.5).all()
    total = numpy.zeros(3)
    world.allreduce(numpy.array([3.0, 4, 5]), total, numpy.hypot)
    assert numpy.allclose(total, numpy.array([3, 4, 5]) * size ** 0.5)
    complexes = numpy.zeros(1, complex)
    world.allreduce(numpy.array([1 + 1j]), complexes, lambda a, b: a + b)
    assert complexes[0] == size * (1 + 1j)


# Waiting


@case
def requests_are_awaited():
    async def exchange():
        memory = bytearray(3)
        receive, send = world.irecv(memory, left, 1), world.isend(b'abc', right, 1)
        status = await receive
        await send
        values = await asyncio.gather(*[take(world.irecv_variant(left, 2 + i)) for i in range(5)], give())
        everything = await world.iallgather_variant(rank)
        news = await world.ibcast_variant('news' if rank == 0 else None)
        total = await world.iallreduce_variant(1)
        await world.ibarrier()
        return memory, status.tag, values[:5], everything, news, total

    async def take(request):
        return await request

    async def give():
        for i in reversed(range(5)):
            await asyncio.sleep(0)
            await world.isend_variant([i, rank], right, 2 + i)

    assert asyncio.run(exchange()) == (b'abc', 1, [[i, left] for i in range(5)], list(range(size)), 'news', size)


@case
def awaiting_can_end_early():
    async def wait_in_vain():
        request = world.irecv_variant(left, 9)
        try:
            await asyncio.wait_for(request, 0.02)
        except asyncio.TimeoutError:
            pass
        else:
            raise AssertionError('there was nothing to receive')
        world.barrier()
        send = world.isend_variant('late', right, 9)
        assert await request == 'late'
        await send
        if size == 1:
            return  # Open MPI does not notice that a message to oneself is too long
        small = bytearray(1)
        receive, send = world.irecv(small, left, 8), world.isend(b'too long', right, 8)
        try:
            await receive
        except Mpi.MpiError as error:
            assert error.error_class == Mpi.Error.TRUNCATE
        else:
            raise AssertionError('a message that is too long was received')
        await send

    asyncio.run(wait_in_vain())


@case
def the_main_loop_waits_too():
    loop, ended = GLib.MainLoop(), []

    def done(result, error):
        ended.append((result, error))
        if len(ended) == 2:
            loop.quit()

    async def exchange(tag):
        send = world.isend_variant((rank, tag), right, tag)
        value = await world.irecv_variant(left, tag)
        await send
        return value

    async def fail():
        await world.ibarrier()
        raise KeyError('on purpose')

    Mpi.run_in_main_loop(exchange(5), done)
    Mpi.run_in_main_loop(fail(), done)
    loop.run()
    results = sorted(ended, key=lambda end: end[0] is None)
    assert results[0] == ((left, 5), None) and isinstance(results[1][1], KeyError)


@case
def threads_go_on_while_one_waits():
    if Mpi.query_thread() != Mpi.ThreadLevel.MULTIPLE:
        return
    counted = []
    stop = threading.Event()

    def count():
        while not stop.wait(0.001):
            counted.append(1)
            if len(counted) == 3:
                world.send_variant('go on', rank, 6)

    thread = threading.Thread(target=count)
    thread.start()
    request = world.irecv_variant(rank, 6)
    while not request.test_variant()[0]:
        pass
    stop.set()
    thread.join()
    assert request.get_variant() == 'go on' and len(counted) >= 3


# Classes


@case
def errors_are_exceptions():
    error = expect(Mpi.MpiError, 'MPI_Send: dest is %d' % (size + 5), world.send, b'x', size + 5)
    assert isinstance(error, GLib.Error) and error.matches(Mpi.error_quark(), Mpi.Error.RANK)
    assert error.error_class == Mpi.Error.RANK and error.mpi_code != 0
    assert 'rank' in repr(error) and str(error) == error.message
    again = pickle.loads(pickle.dumps(error))
    assert again.error_class == error.error_class and again.mpi_code == error.mpi_code
    error = expect(Mpi.MpiError, '', world.create_cart, [-1], [False], False)
    assert error.error_class == Mpi.Error.DIMS
    expect(Mpi.MpiError, '', Mpi.compute_dims, size, [-1, 0])
    expect(Mpi.MpiError, '', Mpi.Datatype.new_contiguous, -1, Mpi.DOUBLE)
    if size > 1:
        send = world.isend(b'too long', right, 8)
        error = expect(Mpi.MpiError, '', world.recv, bytearray(1), left, 8)
        assert error.error_class == Mpi.Error.TRUNCATE and Mpi.Error.get_string(error.mpi_code)
        send.wait()


@case
def objects_compare_and_close():
    with world.dup() as copy:
        assert copy != world and world == Mpi.Comm.world() and hash(world) == hash(Mpi.Intracomm(wraps=world))
        assert Mpi.Intracomm(wraps=world) == world and len(copy) == size and rank in copy and size not in copy
        assert list(copy) == list(range(size)) and copy.rank == rank and copy.size == size
        copy.name = 'a copy'
        assert copy.get_name() == 'a copy' and copy != 5 and copy is not None
    expect(Mpi.MpiError, '', copy.barrier)
    assert copy != world
    group = world.group
    assert group == world.get_group() and hash(group) == hash(world.get_group()) and len(group) == size
    assert group | group == group and len(group - group) == 0 and group & group == group and size not in group
    assert Mpi.DOUBLE == Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE) != Mpi.INT
    pair = Mpi.Datatype.new_contiguous(2, Mpi.DOUBLE)
    again = Mpi.Datatype.new_contiguous(2, Mpi.DOUBLE)
    assert pair == again and hash(pair) == hash(again) and pair != Mpi.DOUBLE and pair.size == 16
    request = world.irecv(bytearray(1), Mpi.PROC_NULL)
    with request:
        pass
    assert not request.is_active()
    try:
        with world.dup() as copy:
            raise KeyError
    except KeyError:
        expect(Mpi.MpiError, '', copy.barrier)


@case
def hints_are_a_dictionary():
    info = Mpi.Info.new()
    info['a'], info['n'] = 'b', 5
    assert dict(info) == {'a': 'b', 'n': '5'} and len(info) == 2 and 'a' in info and 'b' not in info
    assert info['n'] == '5' and sorted(info) == ['a', 'n'] and dict(info.items()) == dict(info)
    del info['a']
    expect(KeyError, 'a', operator.getitem, info, 'a')
    expect(KeyError, 'a', operator.delitem, info, 'a')
    assert isinstance(world.dup_with_info({'key': 'value', 'number': 5}), Mpi.Intracomm)


class CountingComm(Mpi.Intracomm):
    """Counts what it sends, and stamps the bytes that it broadcasts."""

    __gtype_name__ = 'OverrideCountingComm'

    def __init__(self, **properties):
        super().__init__(**properties)
        self.n_sent = self.n_bytes = 0

    def do_send(self, mode, buffer, dest, tag):
        self.n_sent += 1
        self.n_bytes += Mpi.view(buffer).nbytes
        return Mpi.Intracomm.do_send(self, mode, buffer, dest, tag)

    def do_bcast(self, buffer, root):
        done = Mpi.Intracomm.do_bcast(self, buffer, root)
        buffer[0] += 1
        return done


@case
def a_subclass_sees_what_is_sent():
    comm = CountingComm(wraps=world)
    assert comm == world
    request = world.irecv(bytearray(8), left)
    comm.send(array.array('d', [1]), right)
    request.wait()
    assert comm.n_sent == 1 and comm.n_bytes == 8
    request = world.irecv_variant(left)
    comm.send_variant([1.5], right)
    assert request.wait_variant()[0] == [1.5] and comm.n_sent == 2
    data = bytearray([5 if rank == 0 else 0])
    comm.bcast(data)
    assert data[0] == 6
    assert isinstance(comm.dup(), CountingComm)


@case
def windows_take_memory():
    memory = array.array('d', [rank, 0])
    origin = array.array('d', [rank + 0.5])
    with Mpi.Win.create(memory, 8, None, world) as win:
        memory_watch = sys.getrefcount(memory)
        win.fence(0)
        win.put(origin, (right, 1))
        expect(BufferError, '', origin.append, 1)
        win.fence(0)
        origin.append(1)
        assert memory.tolist() == [rank, left + 0.5]
        got = array.array('d', [0, 0])
        with win.lock(Mpi.LockType.SHARED, right, 0) as locked:
            assert locked is win
            win.get(got, right)
        assert got.tolist() == [right, rank + 0.5]
        got.append(1)
        expect(ValueError, 'origin is read-only', win.get, bytes(8), right)
        expect(TypeError, 'origin is of type set', win.put, {1}, right)
        assert win.lock_all(0) is not None
        request = win.rget(memoryview(got)[:1], right)
        request.wait()
        total = array.array('d', [0])
        win.fetch_and_op(array.array('d', [0]), total, (right, 0), Mpi.PredefinedOp.NO_OP)
        win.unlock_all()
        assert total[0] == right == got[0]
        world.barrier()
    expect(Mpi.MpiError, '', win.fence, 0)
    del win, locked
    gc.collect()
    assert sys.getrefcount(memory) <= memory_watch
    memory.append(1)


@case
def files_take_memory():
    path = world.bcast_variant(tempfile.mkdtemp() if rank == 0 else None)
    mode = Mpi.FileMode.CREATE | Mpi.FileMode.RDWR
    with Mpi.File.open(world, path + '/numbers', mode, None) as file:
        assert file.write_at_all(8 * rank, array.array('d', [rank + 0.25]))[0]
        file.iwrite_at(8 * (size + rank), b'%-8d' % rank).wait()
        file.sync()
        world.barrier()
        assert file.size == 16 * size
        numbers = array.array('d', [0] * size)
        ok, status = file.read_at(0, numbers)
        assert ok and numbers.tolist() == [i + 0.25 for i in range(size)]
        text = bytearray(8)
        file.read_at_all_begin(8 * (size + left), text)
        file.read_at_all_end(text)
        assert text == b'%-8d' % left
        expect(ValueError, 'buffer is read-only', file.read_at, 0, b'12345678')
        text.append(1)
    expect(Mpi.MpiError, '', file.read_at, 0, numbers)
    error = expect(Mpi.MpiError, '', Mpi.File.open, world, path + '/missing', Mpi.FileMode.RDONLY, None)
    assert error.error_class == Mpi.Error.NO_SUCH_FILE
    world.barrier()
    if rank == 0:
        shutil.rmtree(path)


@case
def values_in_two_halves():
    results = []
    context = GLib.MainContext.default()
    world.allgather_variant_async({'rank': rank}, GLib.PRIORITY_DEFAULT, None, lambda comm, result: results.append(result))
    while not results:
        context.iteration(True)
    assert world.allgather_variant_finish(results[0]) == [{'rank': i} for i in range(size)]


@case
def names_and_defaults_are_as_introspected():
    request = world.irecv_variant()
    world.send_variant(value=5, dest=right, tag=7)
    value, status = request.wait_variant()
    assert value == 5 and status.tag == 7 and status.source == left and status.get_tag() == 7
    assert 'send_variant' in Mpi.Comm.send_variant.__qualname__
    expect(TypeError, 'argument', world.send_variant)
    assert world.props.size == size
    assert world.get_pack_size(2, Mpi.PredefinedDatatype.DOUBLE) >= 16
    packed = world.pack(array.array('d', [1.5]))
    unpacked = array.array('d', [0])
    assert world.unpack(packed.get_data(), 0, unpacked) == packed.get_size() and unpacked[0] == 1.5


failed = False
if rank == 0:
    print('1..%d' % len(cases))
for number, function in enumerate(cases, 1):
    name = function.__name__.replace('_', ' ')
    if getattr(function, 'needs_numpy', False) and numpy is None:
        if rank == 0:
            print('ok %d - %s # SKIP NumPy is missing' % (number, name), flush=True)
        continue
    problem = 0
    try:
        function()
    except Exception as exception:
        place = exception.__traceback__
        while place.tb_next is not None and place.tb_next.tb_frame.f_code.co_filename == __file__:
            place = place.tb_next
        print('# rank %d: %s, line %d: %r' % (rank, name, place.tb_lineno, exception), flush=True)
        problem = 1
    problem = world.allreduce_variant(GLib.Variant('i', problem), Mpi.MAX)
    failed = failed or problem
    if rank == 0:
        print('%s %d - %s' % ('not ok' if problem else 'ok', number, name), flush=True)
sys.exit(1 if failed else 0)
