# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two ranks exchange buffers and values from Python, through introspection. Prints TAP on rank 0."""

import sys

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import GLib, Mpi  # noqa: E402


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


world = Mpi.Comm.world()
rank, size = world.get_rank(), world.get_size()
other = 1 - rank
cases = []


def case(function):
    cases.append(function)
    return function


def expect_error(code, function, *arguments):
    try:
        function(*arguments)
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
    received = world.sendrecv_variant(value, other, 5, other, 5)
    received = received[0] if isinstance(received, tuple) else received
    assert received['rank'] == other and received['name'] == 'rank \u00e9'


@case
def a_value_is_broadcast():
    value = GLib.Variant('as', ['x' * 5000, 'y']) if rank == 1 else None
    assert world.bcast_variant(value, 1).unpack() == ['x' * 5000, 'y']


@case
def a_root_without_a_value_is_an_error_on_every_rank():
    message = expect_error(Mpi.Error.ARG, world.bcast_variant, None, 0)
    assert 'no value' in message
    world.barrier()


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
        comm.send_variant(GLib.Variant('i', 1), 1, 0)
        comm.send_variant(GLib.Variant('ay', b'x' * 100000), 1, 0)
        assert comm.n_sent == 2
    else:
        assert comm.recv_variant(0, 0)[0].unpack() == 1
        assert comm.recv_variant(0, 0)[0].n_children() == 100000


@case
def an_overridden_method_that_fails_gives_an_error():
    message = expect_error(Mpi.Error.FAILED, FailingComm(wraps=world).barrier)
    assert 'ompi_obj_comm_barrier' in message


@case
def wrong_arguments_are_errors():
    assert 'dest is 99' in expect_error(Mpi.Error.RANK, world.send_variant, GLib.Variant('i', 1), 99, 0)
    assert 'tag is -7' in expect_error(Mpi.Error.TAG, world.send_variant, GLib.Variant('i', 1), other, -7)


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


def value_of(result):
    return result[0] if isinstance(result, tuple) else result


@case
def kept_requests_stay_what_they_are():
    values = [GLib.Variant('(is)', (rank, 'x' * i)) for i in range(20)]
    kept = []
    for i, value in enumerate(values):
        request = world.isend_variant(value, other, 40 + i)
        request.number = i
        kept.append(request)
        received = value_of(world.recv_variant(other, 40 + i))
        assert received.unpack() == (other, 'x' * i)
        # One that nobody keeps, which may be used again for the next.
        world.isend_variant(value, other, 80).wait()
        assert value_of(world.recv_variant(other, 80)).unpack() == (other, 'x' * i)
    assert len({hash(request) for request in kept}) == len(kept)
    for i, request in enumerate(kept):
        assert request.number == i
        request.wait()
        assert not request.is_active()
    del kept, request
    for value in values:
        request = world.isend_variant(value, other, 81)
        assert not hasattr(request, 'number')
        world.recv_variant(other, 81)
        request.wait()


@case
def a_matched_value_is_received_later():
    request = world.isend_variant(GLib.Variant('s', 'late'), other, 60)
    message = value_of(world.mprobe(other, 60))
    receive = message.irecv_variant()
    assert 'received already' in expect_error(Mpi.Error.REQUEST, message.irecv_variant)
    assert value_of(receive.wait_variant()).unpack() == 'late'
    assert Mpi.Request.wait_all_variant([request, receive])[1].unpack() == 'late'


@case
def probing_without_a_message_finds_nothing():
    found = world.iprobe(other, 1234)
    assert not (found[0] if isinstance(found, tuple) else found)
    world.barrier()


@case
def the_environment_is_described():
    assert Mpi.is_initialized() and not Mpi.is_finalized()
    version, subversion = Mpi.get_version()
    assert version >= 3 and Mpi.get_library_version()
    assert Mpi.wtime() >= 0 and Mpi.check_version(Mpi.MAJOR_VERSION, 0, 0) is None


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
    theirs = world.sendrecv_variant(GLib.Variant('i', result), other, 99, other, 99)
    theirs = theirs[0] if isinstance(theirs, tuple) else theirs
    result = result or theirs.unpack()
    failed = failed or bool(result)
    if rank == 0:
        print('%s %d - %s' % ('not ok' if result else 'ok', number, function.__name__.replace('_', ' ')), flush=True)
sys.exit(1 if failed else 0)
