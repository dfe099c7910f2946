# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two ranks exchange buffers and values from Python, through introspection. Prints TAP on rank 0."""

import array
import ctypes
import gc
import os
import sys
import tempfile

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import Gio, GLib, Mpi  # noqa: E402


class CountingComm(Mpi.Intracomm):
    """Overrides a primitive; the methods on values come through it too."""

    __gtype_name__ = 'CountingComm'

    def __init__(self, **properties):
        super().__init__(**properties)
        self.n_sent = 0

    def do_send(self, mode, buffer, dest, tag):
        self.n_sent += 1
        return Mpi.Intracomm.do_send(self, mode, buffer, dest, tag)


class FailingComm(Mpi.Intracomm):
    __gtype_name__ = 'FailingComm'

    def do_barrier(self):
        return False


# GLib.Variants go in and come out, with the override module and without it.
RAW = {'raw': True} if hasattr(Mpi, 'MpiError') else {}

world = Mpi.Comm.world()
rank, size = world.get_rank(), world.get_size()
other = 1 - rank
cases = []


def case(function):
    cases.append(function)
    return function


def expect_error(code, function, *arguments, **keywords):
    try:
        function(*arguments, **keywords)
    except GLib.Error as error:
        assert error.matches(Mpi.error_quark(), code), error
        return error.message
    raise AssertionError('no error')


@case
def world_is_an_intracomm():
    assert isinstance(world, Mpi.Intracomm)
    assert world.props.rank == rank and world.props.size == size == 2


@case
def values_travel():
    value = GLib.Variant('a{sv}', {'rank': GLib.Variant('i', rank), 'name': GLib.Variant('s', 'rank \u00e9')})
    received = world.sendrecv_variant(value, other, 5, other, 5, **RAW)
    received = received[0] if isinstance(received, tuple) else received
    assert received['rank'] == other and received['name'] == 'rank \u00e9'


@case
def a_value_is_broadcast():
    value = GLib.Variant('as', ['x' * 5000, 'y']) if rank == 1 else None
    assert world.bcast_variant(value, 1, **RAW).unpack() == ['x' * 5000, 'y']


@case
def a_root_without_a_value_is_an_error_on_every_rank():
    message = expect_error(Mpi.Error.ARG, world.bcast_variant, None, 0, **RAW)
    assert 'no value' in message
    world.barrier()


@case
def values_are_gathered_and_scattered():
    value = GLib.Variant('(is)', (rank, 'x' * rank * 3000))
    values = world.gather_variant(value, 1, **RAW)
    assert [v.unpack() for v in values] == ([(0, ''), (1, 'x' * 3000)] if rank == 1 else [])
    assert [v.unpack()[0] for v in world.allgather_variant(value, **RAW)] == [0, 1]
    parts = [GLib.Variant('s', 'for %d' % i) for i in range(size)] if rank == 0 else None
    assert world.scatter_variant(parts, 0, **RAW).unpack() == 'for %d' % rank
    received = world.alltoall_variant([GLib.Variant('(ii)', (rank, i)) for i in range(size)], **RAW)
    assert [v.unpack() for v in received] == [(0, rank), (1, rank)]
    assert 'there are 1 values' in expect_error(Mpi.Error.COUNT, world.alltoall_variant, [value], **RAW)


@case
def values_are_reduced():
    sum = Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM)
    assert world.allreduce_variant(GLib.Variant('(id)', (rank, 0.5)), sum, **RAW).unpack() == (1, 1.0)
    assert world.reduce_variant(GLib.Variant('i', 5), sum, 0, **RAW).unpack() == (10 if rank == 0 else ())
    assert world.scan_variant(GLib.Variant('i', 5), sum, **RAW).unpack() == 5 * (rank + 1)
    assert world.exscan_variant(GLib.Variant('i', 5), sum, **RAW).unpack() == (5 if rank == 1 else ())
    message = expect_error(Mpi.Error.ARG, world.allreduce_variant, GLib.Variant('i', 1) if rank == 0 else None, sum, **RAW)
    assert 'there is no value' in message


@case
def collectives_of_values_need_not_block():
    gather = world.iallgather_variant(GLib.Variant('i', rank), **RAW)
    bcast = world.ibcast_variant(GLib.Variant('s', 'to all') if rank == 0 else None, 0, **RAW)
    value = bcast.wait_variant(**RAW)
    value = value[0] if isinstance(value, tuple) else value
    assert value.unpack() == 'to all'
    gather.wait()
    assert [v.unpack() for v in gather.get_variants(**RAW)] == [0, 1]


@case
def arrays_are_put_together():
    array, counts = world.allgather_array(GLib.Variant('ad', [rank + 0.5] * (rank + 1)), **RAW)
    assert array.unpack() == [0.5, 1.5, 1.5] and list(counts) == [1, 2]
    assert world.scatter_array(array, [2, 1], 0, **RAW).unpack() == ([0.5, 1.5] if rank == 0 else [1.5])
    buffer, counts = world.allgather_buffer(Mpi.Buffer.new_for_variant(GLib.Variant('ai', [rank])))
    assert memoryview(buffer.get_bytes().get_data()).cast('i').tolist() == [0, 1] and list(counts) == [1, 1]


@case
def buffers_travel():
    if rank == 0:
        world.send(Mpi.Buffer.new_for_variant(GLib.Variant('ad', [1.5, 2.5])), 1, 7)
    else:
        buffer = Mpi.Buffer.new(16)
        ok, status = world.recv(buffer, 0, 7)
        assert ok and status.get_source() == 0 and status.get_tag() == 7
        assert status.get_count(Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE)) == 2
        data = buffer.get_bytes().get_data()
        assert memoryview(data).cast('d').tolist() == [1.5, 2.5]


@case
def an_overridden_method_sees_values():
    comm = CountingComm(wraps=world)
    if rank == 0:
        comm.send_variant(GLib.Variant('i', 1), 1, 0, **RAW)
        comm.send_variant(GLib.Variant('ay', b'x' * 100000), 1, 0, **RAW)
        assert comm.n_sent == 2
    else:
        assert comm.recv_variant(0, 0, **RAW)[0].unpack() == 1
        assert comm.recv_variant(0, 0, **RAW)[0].n_children() == 100000


@case
def an_overridden_method_that_fails_gives_an_error():
    message = expect_error(Mpi.Error.FAILED, FailingComm(wraps=world).barrier)
    assert 'ompi_obj_comm_barrier' in message


@case
def wrong_arguments_are_errors():
    assert 'dest is 99' in expect_error(Mpi.Error.RANK, world.send_variant, GLib.Variant('i', 1), 99, 0, **RAW)
    assert 'tag is -7' in expect_error(Mpi.Error.TAG, world.send_variant, GLib.Variant('i', 1), other, -7, **RAW)


@case
def a_freed_communicator_gives_errors():
    comm = world.dup()
    comm.barrier()
    comm.free()
    expect_error(Mpi.Error.COMM, comm.barrier)
    assert comm.get_size() == -1


@case
def datatypes_describe_themselves():
    number = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.INT32_T)
    real = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE)
    record = Mpi.Datatype.new_struct([1, 2], [0, 8], [number, real])
    assert record.get_extent() == (True, 0, 24) and record.get_size() == 20
    assert record.get_envelope()[1] == Mpi.Combiner.STRUCT and record.get_contents()[-1][0] == number
    description = record.decode()
    assert description.unpack() == ('struct', {'lengths': [1, 2], 'displacements': [0, 8],
                                               'elements': [('MPI_INT32_T', {}), ('MPI_DOUBLE', {})]})
    assert Mpi.Datatype.new_for_description(description).decode().equal(description)
    message = expect_error(Mpi.Error.ARG, Mpi.Datatype.new_indexed, [1, -2], [0, 8], number)
    assert 'lengths[1] is -2' in message


@case
def tuples_travel():
    value = GLib.Variant('a(id)', [(rank, 2.5), (7, 4.5)])
    buffer = Mpi.Buffer.new_for_variant(value)
    packed = world.pack(buffer)
    assert buffer.datatype.to_variant_type().dup_string() == '(id)' and packed.get_size() == 24
    received = Mpi.Buffer.new(value.get_size())
    received.count, received.datatype = 2, buffer.datatype
    world.sendrecv(buffer, other, 8, received, other, 8)
    bytes = received.get_bytes()
    assert GLib.Variant.new_from_bytes(value.get_type(), bytes, False).unpack() == [(other, 2.5), (7, 4.5)]
    assert world.unpack(packed, 0, received) == 24
    assert GLib.Variant.new_from_bytes(value.get_type(), bytes, False).equal(value)


DOUBLE = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE)
SUM = Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM)


def elements(buffer):
    """The numbers in a buffer of doubles, to be read and written."""
    assert buffer.datatype == DOUBLE
    return (ctypes.c_double * buffer.count).from_address(buffer.address)


def buffer_for(numbers):
    address, count = numbers.buffer_info()
    return Mpi.Buffer.new_for_address(address, count, DOUBLE)


@case
def a_function_reduces_buffers():
    n_calls = 0

    def hypotenuse(a, b):
        nonlocal n_calls
        n_calls += 1
        x, y = elements(a), elements(b)
        for i in range(b.count):
            y[i] = (x[i] ** 2 + y[i] ** 2) ** 0.5

    op = Mpi.Op.new(hypotenuse, True)
    assert op.is_commutative() and not op.is_predefined()
    sides, result = array.array('d', [3, 5] if rank == 0 else [4, 12]), array.array('d', [0, 0])
    world.allreduce(buffer_for(sides), buffer_for(result), op)
    assert result.tolist() == [5, 13]
    op.reduce_local(buffer_for(sides), buffer_for(result))
    assert result[0] > 5 and n_calls > 0
    op.free()
    expect_error(Mpi.Error.OP, op.reduce_local, buffer_for(sides), buffer_for(result))


@case
def the_order_of_the_ranks_is_kept():
    def add_a_tenth(a, b):
        x, y = elements(a), elements(b)
        for i in range(b.count):
            y[i] += x[i] / 10

    op = Mpi.Op.new(add_a_tenth, False)
    mine, result = array.array('d', [rank + 1.0]), array.array('d', [0])
    world.allreduce(buffer_for(mine), buffer_for(result), op)
    assert not op.is_commutative() and result[0] == 2.1


@case
def values_are_combined():
    assert SUM.combine_variants(GLib.Variant('(iad)', (1, [2.5])), GLib.Variant('(iad)', (3, [4.5])), **RAW).unpack() == (4, [7.0])
    assert 'different types' in expect_error(Mpi.Error.TYPE, SUM.combine_variants, GLib.Variant('i', 1), GLib.Variant('u', 1), **RAW)

    def merge(a, b, *extra):
        assert extra in ((), ('data',))
        counts = a.unpack()
        if 'unwanted' in counts:
            return None
        for word, count in b.unpack().items():
            counts[word] = counts.get(word, 0) + count
        return GLib.Variant('a{su}', counts)

    for op in Mpi.Op.new_for_variants(merge, True), Mpi.Op.new_for_variants(merge, True, 'data'):
        for _ in range(100):
            merged = op.combine_variants(GLib.Variant('a{su}', {'a': 1, 'b': 2}), GLib.Variant('a{su}', {'b': 3, 'c': 4}), **RAW)
        assert merged.unpack() == {'a': 1, 'b': 5, 'c': 4}
        unwanted = GLib.Variant('a{su}', {'unwanted': 1})
        assert 'could not combine' in expect_error(Mpi.Error.FAILED, op.combine_variants, unwanted, unwanted, **RAW)
        expect_error(Mpi.Error.OP, op.reduce_local, Mpi.Buffer.new(8), Mpi.Buffer.new(8))


@case
def a_function_lives_as_long_as_its_operation():
    class Adder:
        n_alive = 0

        def __init__(self):
            Adder.n_alive += 1

        def __del__(self):
            Adder.n_alive -= 1

        def add(self, a, b):
            elements(b)[0] += elements(a)[0]

    ops = [Mpi.Op.new(Adder().add, True) for _ in range(50)]
    gc.collect()
    assert Adder.n_alive == 50
    one, total = array.array('d', [1]), array.array('d', [0])
    for op in ops:
        op.reduce_local(buffer_for(one), buffer_for(total))
    assert total[0] == 50
    del op, ops
    gc.collect()
    assert Adder.n_alive == 0


def value_of(result):
    return result[0] if isinstance(result, tuple) else result


@case
def kept_requests_stay_what_they_are():
    values = [GLib.Variant('(is)', (rank, 'x' * i)) for i in range(20)]
    kept = []
    for i, value in enumerate(values):
        request = world.isend_variant(value, other, 40 + i, **RAW)
        request.number = i
        kept.append(request)
        received = value_of(world.recv_variant(other, 40 + i, **RAW))
        assert received.unpack() == (other, 'x' * i)
        # One that nobody keeps, which may be used again for the next.
        world.isend_variant(value, other, 80, **RAW).wait()
        assert value_of(world.recv_variant(other, 80, **RAW)).unpack() == (other, 'x' * i)
    assert len({hash(request) for request in kept}) == len(kept)
    for i, request in enumerate(kept):
        assert request.number == i
        request.wait()
        assert not request.is_active()
    del kept, request
    for value in values:
        request = world.isend_variant(value, other, 81, **RAW)
        assert not hasattr(request, 'number')
        world.recv_variant(other, 81, **RAW)
        request.wait()


@case
def a_matched_value_is_received_later():
    request = world.isend_variant(GLib.Variant('s', 'late'), other, 60, **RAW)
    message = value_of(world.mprobe(other, 60))
    receive = message.irecv_variant(**RAW)
    assert 'received already' in expect_error(Mpi.Error.REQUEST, message.irecv_variant, **RAW)
    assert value_of(receive.wait_variant(**RAW)).unpack() == 'late'
    assert Mpi.Request.wait_all_variant([request, receive], **RAW)[1].unpack() == 'late'


@case
def probing_without_a_message_finds_nothing():
    found = world.iprobe(other, 1234)
    assert not (found[0] if isinstance(found, tuple) else found)
    world.barrier()


@case
def groups_and_parts():
    everybody = world.get_group()
    assert everybody.props.size == 2 and everybody.props.rank == rank
    turned = everybody.range_incl([1, 0, -1])
    assert turned.translate_ranks([0, 1], everybody) == [1, 0]
    assert everybody.compare(turned) == Mpi.Comparison.SIMILAR
    message = expect_error(Mpi.Error.RANK, everybody.incl, [0, 0])
    assert 'ranks[1]' in message
    first = world.create(everybody.incl([0]))
    assert (first is None) == (rank == 1)
    assert world.split(Mpi.UNDEFINED, 0) is None
    part = world.split(0, -rank)
    assert isinstance(part, Mpi.Intracomm) and part.get_rank() == 1 - rank


@case
def a_duplicate_comes_with_its_request():
    request, copy = world.idup()
    expect_error(Mpi.Error.PENDING, copy.barrier)
    request.wait()
    copy.barrier()
    assert copy.compare(world) == Mpi.Comparison.CONGRUENT


@case
def an_error_handler_is_told():
    told = []

    def on_error(communicator, error, *_):
        told.append((communicator.get_size(), error.code))

    copy = world.dup()
    copy.set_errhandler(Mpi.Errhandler.new(on_error))
    # 5 is a class of errors in every MPI that there is.
    copy.call_errhandler(5)
    assert len(told) == 1 and told[0][0] == 2, told
    copy.set_errhandler(Mpi.Errhandler.get_predefined(Mpi.PredefinedErrhandler.RETURN))
    copy.call_errhandler(5)
    assert len(told) == 1


@case
def attributes_are_copied_by_a_function():
    gone = []
    key = Mpi.Keyval.new(Mpi.KeyvalCopy.NONE)
    key.set_copy_func(lambda communicator, keyval, value, *_: GLib.Variant('i', value.unpack() + 1))
    key.set_delete_func(lambda communicator, keyval, value, *_: gone.append(value.unpack()))
    original = world.dup()
    assert original.get_attr(key, **RAW) is None
    original.set_attr(key, GLib.Variant('i', 4), **RAW)
    copy = original.dup()
    assert copy.get_attr(key, **RAW).unpack() == 5 and original.get_attr(key, **RAW).unpack() == 4
    copy.delete_attr(key)
    assert gone == [5], gone
    original.free()
    assert gone == [5, 4], gone


@case
def the_environment_is_described():
    assert Mpi.is_initialized() and not Mpi.is_finalized()
    version, subversion = Mpi.get_version()
    assert version >= 3 and Mpi.get_library_version()
    assert Mpi.wtime() >= 0 and Mpi.check_version(Mpi.MAJOR_VERSION, 0, 0) is None


@case
def a_grid_knows_its_neighbours():
    grid = world.create_cart([2, 1], [True, False], False)
    assert isinstance(grid, Mpi.Cartcomm) and grid.get_dim() == 2
    assert grid.get_coords(other) == [other, 0] and grid.get_cart_rank([1, 0]) == 1
    ok, dims, periods, coords = grid.get_topo()
    assert ok and dims == [2, 1] and [bool(p) for p in periods] == [True, False] and coords == [rank, 0]
    ok, shift = grid.shift(0, 1)
    assert ok and (shift.source, shift.dest) == (other, other)
    ok, shift = grid.shift(1, 1)
    assert ok and (shift.source, shift.dest) == (Mpi.PROC_NULL, Mpi.PROC_NULL)
    assert 'direction is 2' in expect_error(Mpi.Error.DIMS, grid.shift, 2, 1)
    row = grid.sub([False, True])
    assert isinstance(row, Mpi.Cartcomm) and row.get_size() == 1
    assert 'dims[0] is -1' in expect_error(Mpi.Error.DIMS, world.create_cart, [-1], [True], False)


@case
def graphs_know_their_neighbours():
    graph = world.create_graph([1, 2], [1, 0], False)
    assert isinstance(graph, Mpi.Graphcomm) and graph.get_neighbors(rank) == [other]
    ok, index, edges = graph.get_topo()
    assert ok and index == [1, 2] and edges == [1, 0]
    circle = world.create_dist_graph_adjacent([other], [3], [other], [4], None, False)
    ok, sources, source_weights, destinations, destination_weights = circle.get_dist_neighbors()
    assert ok and (sources, source_weights) == ([other], [3])
    assert (destinations, destination_weights) == ([other], [4])
    assert circle.get_inedges() == [other] and circle.get_outedges() == [other]


@case
def neighbours_exchange():
    grid = world.create_cart([2], [False], False)
    # One neighbour on one side, none on the other.
    sent, received = array.array('d', [rank + 0.5]), array.array('d', [-1, -1])
    grid.neighbor_allgather(buffer_for(sent), buffer_for(received))
    assert received.tolist() == ([-1, 1.5] if rank == 0 else [0.5, -1])
    circle = world.create_dist_graph_adjacent([other, other], [1, 1], [other, other], [1, 1], None, False)
    for _ in range(100):
        values = circle.neighbor_allgather_variant(GLib.Variant('s', 'rank %d' % rank), **RAW)
        assert [v.unpack() for v in values] == ['rank %d' % other] * 2
        values = circle.neighbor_alltoall_variant([GLib.Variant('(si)', ('x' * 500 * i, rank)) for i in range(2)], **RAW)
        assert [v.unpack() for v in values] == [('', other), ('x' * 500, other)]
    del values
    gc.collect()


@case
def blocks_are_gathered_and_exchanged():
    room = array.array('d', [0] * 4)
    blocks = Mpi.Blocks.new_with_displacements(buffer_for(room), [1, 2], [3, 0])
    assert list(blocks.get_counts()) == [1, 2] and list(blocks.get_displacements()) == [3, 0]
    own = array.array('d', [rank + 0.5] * (rank + 1))
    world.gatherv(buffer_for(own), blocks, 0)
    assert room.tolist() == ([1.5, 1.5, 0, 0.5] if rank == 0 else [0] * 4)

    # Rank r sends r + i + 1 numbers to rank i, so both get of rank i as many as they send to it.
    counts = [rank + 1, rank + 2]
    sent = array.array('d', [10 * rank] * counts[0] + [10 * rank + 1] * counts[1])
    received = array.array('d', [-1] * sum(counts))
    world.alltoallv(Mpi.Blocks.new(buffer_for(sent), counts), Mpi.Blocks.new(buffer_for(received), counts))
    assert received.tolist() == [rank] * counts[0] + [10 + rank] * counts[1]
    wrong = Mpi.Blocks.new(buffer_for(sent), [1])
    message = expect_error(Mpi.Error.COUNT, world.alltoallv, wrong, wrong)
    assert '1 blocks' in message, message


def expect_lengths(names, function, *arguments):
    message = expect_error(Mpi.Error.ARG, function, *arguments)
    assert ('the length of %s is %d, but that of %s is %d' % names) in message, message


@case
def arrays_of_different_lengths_are_errors():
    number = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE)
    Datatype, order = Mpi.Datatype, Mpi.Order.C
    expect_lengths(('displacements', 1, 'lengths', 2), Datatype.new_indexed, [1, 1], [0], number)
    expect_lengths(('displacements', 2, 'lengths', 1), Datatype.new_hindexed, [1], [0, 8], number)
    expect_lengths(('elements', 1, 'lengths', 2), Datatype.new_struct, [1, 1], [0, 8], [number])
    expect_lengths(('starts', 0, 'sizes', 2), Datatype.new_subarray, [4, 4], [1, 1], [], order, number)
    whole, part, default = Mpi.Distribute.NONE, Mpi.Distribute.BLOCK, Mpi.DISTRIBUTE_DFLT_DARG
    expect_lengths(('distributions', 1, 'sizes', 2),
                   Datatype.new_darray, 2, 0, [4, 4], [part], [default] * 2, [2, 1], order, number)
    half = Datatype.new_darray(2, rank, [4, 4], [part, whole], [default] * 2, [2, 1], order, number)
    assert Datatype.new_subarray([4, 4], [2, 3], [0, 1], order, number).get_size() == 48 and half.get_size() == 64
    assert Datatype.new_indexed([1, 2], [0, 2], number).get_size() == 24
    assert Datatype.new_hindexed([], [], number).get_size() == 0

    room = array.array('d', [0] * 9)
    memory = buffer_for(room)
    expect_lengths(('displacements', 1, 'counts', 2), Mpi.Blocks.new_with_displacements, memory, [1, 1], [0])
    expect_lengths(('datatypes', 1, 'counts', 2), Mpi.Blocks.new_for_types, memory, [1, 1], [0, 8], [number])
    assert list(Mpi.Blocks.new_for_types(memory, [1, 1], [0, 8], [number] * 2).get_counts()) == [1, 1]

    expect_lengths(('periods', 1, 'dims', 2), world.create_cart, [2, 1], [True], False)
    expect_lengths(('periods', 2, 'dims', 1), world.cart_map, [2], [True, True])
    assert world.cart_map([2, 1], None) in (0, 1)
    grid = world.create_cart([2, 1], None, False)
    assert [bool(period) for period in grid.get_topo()[2]] == [False, False]

    # The ranks wait for each other, so the one that is right has an error too.
    def expect_lengths_of_rank_0(names, function, *arguments):
        if rank == 0:
            expect_lengths(names, function, *arguments)
        else:
            assert 'of another rank' in expect_error(Mpi.Error.ARG, function, *arguments)

    ones = [1] * (3 - 2 * rank)
    expect_lengths_of_rank_0(('source_weights', 3, 'sources', 1),
                             world.create_dist_graph_adjacent, [other], ones, [other], [1], None, False)
    expect_lengths_of_rank_0(('degrees', 3, 'sources', 1),
                             world.create_dist_graph, [rank], ones, [other], None, None, False)
    circle = world.create_dist_graph([rank], [1], [other], None, None, False)
    assert circle.get_outedges() == [other]
    expect_lengths_of_rank_0(('widths', 3, 'shape', 2),
                             Mpi.Halo.new, grid, memory, [3, 3], [1] * (3 - rank), Mpi.HaloScheme.FACES)
    expect_lengths_of_rank_0(('widths', 3, 'shape', 2), grid.exchange_halo, memory, [3, 3], [1] * (3 - rank))
    room[4] = rank + 1
    assert Mpi.Halo.new(grid, memory, [3, 3], [1, 1], Mpi.HaloScheme.FACES).exchange()
    assert grid.exchange_halo(memory, [3, 3], [1, 1]) and room[7 - 6 * rank] == other + 1


class CountingWin(Mpi.Win):
    """Stands in the place of another window."""

    __gtype_name__ = 'CountingWin'
    n_puts = 0

    def do_put(self, origin, target):
        self.n_puts += 1
        return Mpi.Win.do_put(self, origin, target)


@case
def memory_is_shared_in_windows():
    win = Mpi.Win.allocate(16, 8, None, world)
    assert win.get_create_flavor() == Mpi.WinFlavor.ALLOCATE
    assert (win.get_size(), win.get_disp_unit(), win.get_n_ranks()) == (16, 8, size)
    slots = array.array('q', [0, 0])
    memory = win.get_buffer()
    assert memory.count == 16
    ctypes.memset(memory.address, 0, 16)
    win.fence(Mpi.RmaAssert.NONE)
    # Nobody else keeps these buffers.
    win.put(Mpi.Buffer.new_for_variant(GLib.Variant('x', 70 + rank)), Mpi.WinTarget.new(other, 1))
    gc.collect()
    win.fence(Mpi.RmaAssert.NOSUCCEED)
    ctypes.memmove(slots.buffer_info()[0], memory.address, 16)
    assert list(slots) == [0, 70 + other]
    # The first slot of rank 0 changes now, when both have looked at theirs.
    world.barrier()

    win.lock(Mpi.LockType.SHARED, 0, Mpi.RmaAssert.NONE)
    before = Mpi.Buffer.new(8)
    before.datatype = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.INT64_T)
    before.count = 1
    one = Mpi.Buffer.new_for_variant(GLib.Variant('x', 1))
    one.datatype = before.datatype
    win.fetch_and_op(one, before, Mpi.WinTarget.new(0, 0), Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM))
    win.unlock(0)
    assert int.from_bytes(before.get_bytes().get_data(), sys.byteorder) in (0, 1)

    expect_error(Mpi.Error.RMA_SYNC, win.put, one, Mpi.WinTarget.new(other, 0))
    win.lock_all(Mpi.RmaAssert.NONE)
    expect_error(Mpi.Error.RMA_RANGE, win.put, one, Mpi.WinTarget.new(other, 2))
    expect_error(Mpi.Error.RMA_SYNC, win.free)
    win.unlock_all()
    del memory
    gc.collect()
    win.free()
    expect_error(Mpi.Error.WIN, win.lock_all, Mpi.RmaAssert.NONE)


@case
def a_subclass_stands_for_a_window():
    win = CountingWin(wraps=Mpi.Win.allocate_shared(8, 8, None, world))
    number = Mpi.Buffer.new_for_variant(GLib.Variant('x', rank))
    win.lock_all(Mpi.RmaAssert.NONE)
    win.put(number, Mpi.WinTarget.new(other, 0))
    win.flush_all()
    win.rput(number, Mpi.WinTarget.new_full(other, 0, 1, None)).wait()
    win.unlock_all()
    world.barrier()
    assert win.n_puts == 1
    mine, unit = win.shared_query(rank)
    assert (unit, mine.get_bytes().get_data()[0]) == (8, other)
    del mine
    gc.collect()
    win.free()


class CountingFile(Mpi.File):
    """Stands in the place of another file."""

    __gtype_name__ = 'CountingFile'
    n_writes = 0

    def do_write(self, access, offset, buffer, status):
        self.n_writes += 1
        return Mpi.File.do_write(self, access, offset, buffer, status)


@case
def files_are_written_together():
    directory = tempfile.mkdtemp() if rank == 0 else ''
    told = world.bcast_variant(GLib.Variant('s', directory), 0, **RAW).unpack()
    path = os.path.join(told, 'file')
    mode = Mpi.FileMode.CREATE | Mpi.FileMode.RDWR
    file = Mpi.File.open(world, path, mode, None)
    assert (file.get_path(), file.props.amode, file.props.size) == (path, mode, 0)
    file.write_at_all(2 * rank, Mpi.Buffer.new_for_bytes(GLib.Bytes.new(b'ab' if rank == 0 else b'cd')))
    # Nobody else keeps this buffer.
    request = file.iwrite_at(4 + rank, Mpi.Buffer.new_for_bytes(GLib.Bytes.new(b'x')))
    gc.collect()
    request.wait()
    world.barrier()
    read = Mpi.Buffer.new(8)
    done, status = file.read_at(0, read)
    assert done and status.get_count(read.datatype) == 6
    assert read.get_bytes().get_data()[:6] == b'abcdxx'
    message = expect_error(Mpi.Error.ARG, file.read_at, -1, read)
    assert path in message, message
    expect_error(Mpi.Error.NO_SUCH_FILE, Mpi.File.open, world, path + '-none', Mpi.FileMode.RDONLY, None)

    counting = CountingFile(wraps=file)
    counting.seek_shared(0, Mpi.Whence.SET)
    counting.write_ordered(Mpi.Buffer.new_for_bytes(GLib.Bytes.new(b'y')))
    assert counting.n_writes == 1
    counting.close()
    expect_error(Mpi.Error.FILE, file.get_size)
    world.barrier()
    with open(path, 'rb') as plain:
        assert plain.read() == b'yycdxx'
    world.barrier()
    if rank == 0:
        Mpi.File.delete(path, None)
        os.rmdir(told)


@case
def files_hold_logs_arrays_and_streams():
    directory = tempfile.mkdtemp() if rank == 0 else ''
    told = world.bcast_variant(GLib.Variant('s', directory), 0, **RAW).unpack()
    log = Mpi.VariantLog.open(world, os.path.join(told, 'log'), Mpi.VariantLogMode.REPLACE)
    log.append_all(GLib.Variant('(sd)', ('value', rank + 0.5)))
    log.append_all(GLib.Variant('i', 5) if rank == 1 else None)
    log.sync()
    found = []
    value, writer = log.read()
    while value is not None:
        found.append((writer, value.unpack()))
        value, writer = log.read()
    assert found == [(0, ('value', 0.5)), (1, ('value', 1.5)), (1, 5)], found
    log.close()

    grid = world.create_cart([2], [False], False)
    done, starts, sizes = grid.get_block(rank, [5, 3])
    assert (starts, sizes) == ([2 * rank, 0], [2 + rank, 3]), (starts, sizes)
    numbers = array.array('d', range(6 * rank, 6 * rank + 3 * sizes[0]))
    block = Mpi.Buffer.new_for_bytes(GLib.Bytes.new(numbers.tobytes()))
    double = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE)
    path = os.path.join(told, 'array.npy')
    file = Mpi.File.open(world, path, Mpi.FileMode.CREATE | Mpi.FileMode.RDWR, None)
    file.write_array_all(0, grid, block, double, [5, 3], Mpi.ArrayFormat.NPY)
    loaded, shape = file.load_array_all(0, grid)
    assert shape == [5, 3] and loaded.get_bytes().get_data() == numbers.tobytes()
    stream = file.get_input_stream()
    assert stream.read_bytes(6).get_data() == b'\x93NUMPY'

    file.seek_shared(1024, Mpi.Whence.SET)
    file.write_variant_ordered(GLib.Variant('i', rank))
    file.seek_shared(1024, Mpi.Whence.SET)
    assert file.read_variant_ordered(**RAW).unpack() == rank
    assert file.read_variant_ordered(**RAW) is None
    file.close()
    world.barrier()
    if rank == 0:
        for name in os.listdir(told):
            os.remove(os.path.join(told, name))
        os.rmdir(told)


@case
def lists_of_requests_stay_whole():
    for _ in range(50):
        everywhere = world.iallgather_variant(GLib.Variant('(is)', (rank, 'x' * 300 * rank)), **RAW)
        exchange = world.ialltoall_variant([GLib.Variant('i', 10 * rank + i) for i in range(size)], **RAW)
        at_root = world.igather_variant(GLib.Variant('s', 'rank %d' % rank), 1, **RAW)
        part = world.iscatter_variant([GLib.Variant('i', i) for i in range(size)] if rank == 0 else None, 0, **RAW)
        total = world.iallreduce_variant(GLib.Variant('i', rank + 1), SUM, **RAW)
        for request in at_root, exchange, everywhere, part, total:
            request.wait()
        first = everywhere.get_variants(**RAW)
        again = everywhere.get_variants(**RAW)
        for values in first, again:
            assert [v.unpack() for v in values] == [(0, ''), (1, 'x' * 300)]
        assert everywhere.get_variant(**RAW).unpack() == [(0, ''), (1, 'x' * 300)]
        assert [v.unpack() for v in exchange.get_variants(**RAW)] == [rank, 10 + rank]
        assert [v.unpack() for v in at_root.get_variants(**RAW)] == (['rank 0', 'rank 1'] if rank == 1 else [])
        assert [v.unpack() for v in part.get_variants(**RAW)] == [rank] and total.get_variant(**RAW).unpack() == 3
    del everywhere, exchange, at_root, part, total, request
    gc.collect()
    assert [v.unpack() for v in first] == [(0, ''), (1, 'x' * 300)]


@case
def parts_are_joined_by_an_intercommunicator():
    alone = world.split(rank, 0)
    bridge = alone.create_intercomm(0, world, other, 12)
    assert isinstance(bridge, Mpi.Intercomm) and bridge.is_inter()
    assert bridge.get_size() == 1 and bridge.get_remote_size() == 1
    assert bridge.get_remote_group().translate_ranks([0], world.get_group()) == [other]
    assert [v.unpack() for v in bridge.allgather_variant(GLib.Variant('i', rank), **RAW)] == [other]
    root = Mpi.ROOT if rank == 0 else 0
    value = bridge.bcast_variant(GLib.Variant('s', 'over the bridge') if rank == 0 else None, root, **RAW)
    assert rank == 0 or value.unpack() == 'over the bridge'
    assert 'must have the root' in expect_error(Mpi.Error.ROOT, bridge.bcast_variant, GLib.Variant('i', 1), 0, **RAW)
    whole = bridge.merge(rank == 0)
    assert isinstance(whole, Mpi.Intracomm) and whole.get_size() == 2 and whole.get_rank() == other
    assert whole.allreduce_variant(GLib.Variant('i', 1), SUM, **RAW).unpack() == 2
    for communicator in whole, bridge, alone:
        communicator.free()


@case
def structures_are_freed_by_nobody_but_python():
    for structure in (Mpi.Buffer, Mpi.Blocks, Mpi.Status, Mpi.CartShift, Mpi.SpawnCommand):
        assert not hasattr(structure, 'free'), structure


@case
def sets_of_ranks():
    everybody = world.get_group()
    me, nobody = everybody.incl([rank]), Mpi.Group.empty()
    assert me.union(everybody.excl([rank])).compare(everybody) != Mpi.Comparison.UNEQUAL
    assert everybody.difference(me).translate_ranks([0], everybody) == [other]
    assert me.intersection(everybody.incl([other])).compare(nobody) == Mpi.Comparison.IDENT
    assert nobody.get_size() == 0 and me.translate_ranks([0], everybody.excl([rank])) == [Mpi.UNDEFINED]
    alone = world.create_group(me, rank)
    assert alone.get_size() == 1
    copy = me.dup()
    me.free()
    assert copy.get_size() == 1


def run_loop(start, *arguments):
    """Calls a function in two halves, runs the main loop until the callback comes, and gives its result."""
    results = []
    start(*arguments, GLib.PRIORITY_DEFAULT, None, lambda source, result: results.append(result))
    assert not results
    context = GLib.MainContext.default()
    while not results:
        context.iteration(True)
    return results[0]


@case
def values_in_a_main_loop():
    results = []
    ticks = []
    context = GLib.MainContext.default()
    timer = GLib.timeout_add(1, lambda: ticks.append(1) or True)
    world.recv_variant_async(
        other, 9, GLib.PRIORITY_DEFAULT, None, lambda comm, result: results.append(comm.recv_variant_finish(result, **RAW))
    )
    while len(ticks) < 3:
        context.iteration(True)
    assert not results
    world.barrier()
    sent = run_loop(world.send_variant_async, GLib.Variant('s', 'from %d' % rank), other, 9)
    assert world.send_variant_finish(sent)
    while not results:
        context.iteration(True)
    GLib.source_remove(timer)
    value, status = results[0]
    assert value.unpack() == 'from %d' % other and status.get_source() == other and status.get_tag() == 9

    gathered = world.allgather_variant_finish(run_loop(world.allgather_variant_async, GLib.Variant('i', rank)), **RAW)
    assert [value.unpack() for value in gathered] == [0, 1]
    total = world.allreduce_variant_finish(run_loop(world.allreduce_variant_async, GLib.Variant('i', rank + 1), SUM), **RAW)
    assert total.unpack() == 3
    assert world.barrier_finish(run_loop(world.barrier_async))
    assert isinstance(world.dup_finish(run_loop(world.dup_async)), Mpi.Intracomm)


@case
def requests_in_a_main_loop():
    fired = []
    context = GLib.MainContext.default()
    received = Mpi.Buffer.new(8)
    receive = world.irecv(received, other, 10)
    source = receive.create_source(None)
    source.set_callback(lambda *arguments: fired.append(1) and False)
    source.attach(context)
    send = world.isend(Mpi.Buffer.new_for_bytes(GLib.Bytes.new(b'12345678')), other, 10)
    assert send.wait_finish(run_loop(send.wait_async))[0]
    while not fired:
        context.iteration(True)
    done, status = receive.wait_finish(run_loop(receive.wait_async))
    assert done and status.get_source() == other and received.get_bytes().get_data() == b'12345678'
    assert Mpi.Request.wait_all_finish(run_loop(Mpi.Request.wait_all_async, [send, receive]))

    # A receive of which nobody sends the message is cancelled, and nothing is lost.
    results = []
    cancellable = Gio.Cancellable()
    world.recv_variant_async(
        other, 11, GLib.PRIORITY_DEFAULT, cancellable, lambda comm, result: results.append(result)
    )
    cancellable.cancel()
    while not results:
        context.iteration(True)
    try:
        world.recv_variant_finish(results[0], **RAW)
        raise AssertionError('no error')
    except GLib.Error as error:
        assert error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED), error


failed = False
if rank == 0:
    print('1..%d' % len(cases))
for number, function in enumerate(cases, 1):
    try:
        function()
        result = 0
    except Exception as exception:
        print('# rank %d: %s: %r' % (rank, function.__name__, exception), flush=True)
        result = 1
    # Each rank tells the other how it went, so a failure on either is one of the case.
    theirs = world.sendrecv_variant(GLib.Variant('i', result), other, 99, other, 99, **RAW)
    theirs = theirs[0] if isinstance(theirs, tuple) else theirs
    result = result or theirs.unpack()
    failed = failed or bool(result)
    if rank == 0:
        print('%s %d - %s' % ('not ok' if result else 'ok', number, function.__name__.replace('_', ' ')), flush=True)
sys.exit(1 if failed else 0)
