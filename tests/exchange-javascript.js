// SPDX-License-Identifier: LGPL-2.1-or-later

// Ranks exchange buffers and values from JavaScript (gjs), through introspection. Prints TAP on rank 0.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Mpi from 'gi://Mpi?version=1.0';
import System from 'system';

const world = Mpi.Comm.world();
const {rank, size} = world;
const next = (rank + 1) % size;
const previous = (rank + size - 1) % size;
const SUM = Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM);
const cases = [];

function test(name, body) {
    cases.push({name, body});
}

function assert(condition, message = 'a condition does not hold') {
    if (!condition)
        throw new Error(message);
}

function assertEqual(found, expected) {
    found = JSON.stringify(found, (_, v) => typeof v === 'bigint' ? `${v}n` : v);
    expected = JSON.stringify(expected, (_, v) => typeof v === 'bigint' ? `${v}n` : v);
    assert(found === expected, `found ${found.slice(0, 200)}, expected ${expected.slice(0, 200)}`);
}

// What it does must fail with an error of the library's; gives its text.
function assertError(code, body) {
    try {
        body();
    } catch (error) {
        assert(error instanceof Mpi.Error && error.matches(Mpi.Error, code), `another error: ${error}`);
        return error.message;
    }
    throw new Error('no error');
}

const TYPES = new Map([
    [Float64Array, Mpi.PredefinedDatatype.DOUBLE],
    [Float32Array, Mpi.PredefinedDatatype.FLOAT],
    [BigInt64Array, Mpi.PredefinedDatatype.INT64_T],
    [Int32Array, Mpi.PredefinedDatatype.INT32_T],
    [Int16Array, Mpi.PredefinedDatatype.INT16_T],
    [Uint8Array, Mpi.PredefinedDatatype.UINT8_T],
]);

// A buffer, and the typed array that is its memory.
function newArray(ArrayType, length) {
    const datatype = Mpi.Datatype.get_predefined(TYPES.get(ArrayType));
    const buffer = Mpi.Buffer.new_for_elements(length, datatype);
    return [buffer, view(ArrayType, buffer)];
}

function view(ArrayType, buffer) {
    return new ArrayType(buffer.get_bytes().toArray().buffer);
}

test('the world is an intracommunicator', () => {
    assert(world instanceof Mpi.Intracomm && world instanceof Mpi.Comm);
    assertEqual([world.get_rank(), world.get_size()], [rank, size]);
});

test('typed arrays travel without a copy', () => {
    for (const ArrayType of TYPES.keys()) {
        const number = ArrayType === BigInt64Array ? n => BigInt(n) << 40n : n => n;
        const [sendBuffer, sent] = newArray(ArrayType, 5);
        const [recvBuffer, received] = newArray(ArrayType, 5);

        sent.forEach((_, i) => (sent[i] = number(10 * rank + i)));
        world.sendrecv(sendBuffer, next, 1, recvBuffer, previous, 1);
        assertEqual([...received], [0, 1, 2, 3, 4].map(i => number(10 * previous + i)));
        // The view shows what is received later, too, and another view is of the same memory.
        sent.forEach((_, i) => (sent[i] = number(i)));
        world.sendrecv(sendBuffer, next, 1, recvBuffer, previous, 1);
        assertEqual([...received], [0, 1, 2, 3, 4].map(number));
        received[2] = number(77);
        assertEqual(view(ArrayType, recvBuffer)[2], number(77));
    }
});

test('a view outlives its buffer', () => {
    let array;
    (() => {
        const [buffer, mine] = newArray(Float64Array, 1000);
        mine[999] = rank + 0.5;
        const request = world.isend(buffer, next, 2);
        const [recvBuffer, received] = newArray(Float64Array, 1000);
        world.recv(recvBuffer, previous, 2);
        request.wait();
        array = received;
    })();
    System.gc();
    newArray(Float64Array, 1000);
    assertEqual(array[999], previous + 0.5);
});

test('parts of an array travel', () => {
    const [buffer, array] = newArray(Int32Array, 2 * size);
    array.fill(-1);
    array[2 * rank] = rank;
    array[2 * rank + 1] = 100 + rank;
    const [whole, all] = newArray(Int32Array, 2 * size);
    world.allgather(buffer.get_part(2 * rank, 2), whole);
    assertEqual([...all.filter((_, i) => i % 2 === 0)], [...Array(size).keys()]);
    assertEqual(all[2 * size - 1], 100 + size - 1);
    assertError(Mpi.Error.ARG, () => buffer.get_part(1, 2 * size));
});

test('bytes travel', () => {
    const bytes = new GLib.Bytes(new TextEncoder().encode('blåbær '.repeat(100)));
    const request = world.isend(Mpi.Buffer.new_for_bytes(bytes), next, 3);
    const status = world.probe(previous, 3)[1];
    assertEqual([status.get_source(), status.get_tag()], [previous, 3]);
    const buffer = Mpi.Buffer.new(status.get_count(Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.BYTE)));
    world.recv(buffer, Mpi.ANY_SOURCE, Mpi.ANY_TAG);
    request.wait();
    assertEqual(new TextDecoder().decode(buffer.get_bytes().toArray()), 'blåbær '.repeat(100));
});

test('arrays become values and values arrays', () => {
    const buffer = Mpi.Buffer.new_for_variant(new GLib.Variant('ad', [0.5, rank]));
    const [recvBuffer] = newArray(Float64Array, 2);
    world.sendrecv(buffer, next, 4, recvBuffer, previous, 4);
    assertEqual(recvBuffer.to_variant().deepUnpack(), [0.5, previous]);
    recvBuffer.set_variant(new GLib.Variant('ad', [7, 8]));
    assertEqual([...view(Float64Array, recvBuffer)], [7, 8]);
});

test('values travel', () => {
    const value = new GLib.Variant('a{sv}', {
        rank: new GLib.Variant('i', rank),
        list: new GLib.Variant('(sasb)', ['é', ['x'.repeat(5000), ''], true]),
    });
    const [received, status] = world.sendrecv_variant(value, next, 5, previous, 5);
    assertEqual(status.get_source(), previous);
    const {list, rank: theirs} = received.recursiveUnpack();
    assertEqual({list, rank: theirs}, {list: ['é', ['x'.repeat(5000), ''], true], rank: previous});
    // Large whole numbers are rounded, as JavaScript has doubles: text, or typed arrays of BigInt, are not.
    const big = world.bcast_variant(new GLib.Variant('x', Number.MAX_SAFE_INTEGER), 0);
    assertEqual(big.unpack(), Number.MAX_SAFE_INTEGER);
});

test('collectives of values', () => {
    const mine = new GLib.Variant('(is)', [rank, 'x'.repeat(3000 * rank)]);
    const isRoot = rank === size - 1;
    const text = world.bcast_variant(isRoot ? new GLib.Variant('s', 'to all') : null, size - 1);
    assertEqual(text.unpack(), 'to all');
    assertEqual(world.gather_variant(mine, 0).map(v => v.deepUnpack()[0]), rank === 0 ? [...Array(size).keys()] : []);
    assertEqual(world.allgather_variant(mine).map(v => v.deepUnpack()[1].length), [...Array(size).keys()].map(i => 3000 * i));
    const parts = rank === 0 ? [...Array(size).keys()].map(i => new GLib.Variant('u', i * i)) : null;
    assertEqual(world.scatter_variant(parts, 0).unpack(), rank * rank);
    const all = world.alltoall_variant([...Array(size).keys()].map(i => new GLib.Variant('(ii)', [rank, i])));
    assertEqual(all.map(v => v.deepUnpack()), [...Array(size).keys()].map(i => [i, rank]));
    assertEqual(world.allreduce_variant(new GLib.Variant('(id)', [1, 0.5]), SUM).deepUnpack(), [size, size / 2]);
    assertEqual(world.scan_variant(new GLib.Variant('i', 5), SUM).unpack(), 5 * (rank + 1));
    const [array, counts] = world.allgather_array(new GLib.Variant('ai', Array(rank).fill(rank)));
    assertEqual([...counts], [...Array(size).keys()]);
    assertEqual(array.deepUnpack().length, size * (size - 1) / 2);
});

test('collectives of buffers', () => {
    const [sendBuffer, mine] = newArray(Float64Array, 3);
    const [recvBuffer, sum] = newArray(Float64Array, 3);
    mine.set([rank, 1, 0.5]);
    world.allreduce(sendBuffer, recvBuffer, SUM);
    assertEqual([...sum], [size * (size - 1) / 2, size, size / 2]);
    world.allreduce(Mpi.Buffer.in_place(), sendBuffer, SUM);
    assertEqual([...mine], [...sum]);
    // At the root alone there is somewhere to gather to.
    const [all, numbers] = newArray(Float64Array, 3 * size);
    world.gather(sendBuffer, rank === 0 ? all : null, 0);
    assert(rank !== 0 || numbers[3 * size - 1] === size / 2);
    world.barrier();
});

test('blocks of different sizes', () => {
    const counts = [...Array(size).keys()].map(i => i + 1);
    const [sendBuffer, mine] = newArray(Int32Array, rank + 1);
    const [recvBuffer, all] = newArray(Int32Array, counts.reduce((a, b) => a + b));
    mine.fill(rank);
    world.allgatherv(sendBuffer, Mpi.Blocks.new(recvBuffer, counts));
    assertEqual([...all], counts.flatMap((n, i) => Array(n).fill(i)));
    const blocks = Mpi.Blocks.new_with_displacements(recvBuffer, [1, 1], [1, 0]);
    assertEqual(blocks.get_counts(), [1, 1]);
    assertEqual(blocks.get_displacements(), [1, 0]);
});

test('requests', () => {
    const [recvBuffer, received] = newArray(Int32Array, 1);
    const [sendBuffer, sent] = newArray(Int32Array, 1);
    sent[0] = rank;
    const requests = [world.irecv(recvBuffer, previous, 6), world.isend(sendBuffer, next, 6)];
    Mpi.Request.wait_all(requests);
    assertEqual(received[0], previous);
    assert(!requests[0].is_active());

    const receive = world.irecv_variant(previous, 7);
    const send = world.isend_variant(new GLib.Variant('s', `from ${rank}`), next, 7);
    const [value, status] = receive.wait_variant();
    send.wait();
    assertEqual([value.unpack(), status.get_source()], [`from ${previous}`, previous]);
    const [isDone] = send.test();
    assert(isDone);
    const gather = world.iallgather_variant(new GLib.Variant('i', rank));
    gather.wait();
    assertEqual(gather.get_variants().map(v => v.unpack()), [...Array(size).keys()]);
});

test('a matched message is received later', () => {
    const send = world.isend_variant(new GLib.Variant('s', 'late'), next, 8);
    const [message, status] = world.mprobe(previous, 8);
    assertEqual(status.get_source(), previous);
    assertEqual(message.recv_variant()[0].unpack(), 'late');
    send.wait();
    assertEqual(world.iprobe(previous, 1234)[0], false);
});

const CountingComm = GObject.registerClass(class CountingComm extends Mpi.Intracomm {
    _init(properties) {
        super._init(properties);
        this.nSent = 0;
        this.nElements = 0;
    }

    vfunc_send(mode, buffer, dest, tag) {
        this.nSent++;
        this.nElements += buffer.count;
        return super.vfunc_send(mode, buffer, dest, tag);
    }

    vfunc_isend(mode, buffer, dest, tag) {
        this.nSent++;
        return super.vfunc_isend(mode, buffer, dest, tag);
    }
});

test('a subclass sees what passes through it', () => {
    const comm = new CountingComm({wraps: world});
    const [buffer, array] = newArray(Float64Array, 10);
    array[9] = rank;
    const receive = comm.irecv_variant(previous, 9);
    comm.send_variant(new GLib.Variant('s', 'seen'), next, 9);
    assertEqual(receive.wait_variant()[0].unpack(), 'seen');
    assertEqual(comm.nSent, 1);
    comm.nElements = 0;
    const [recvBuffer, received] = newArray(Float64Array, 10);
    const request = comm.irecv(recvBuffer, previous, 10);
    comm.send(buffer, next, 10);
    request.wait();
    assertEqual([comm.nSent, comm.nElements, received[9]], [2, 10, previous]);
    comm.isend_variant(new GLib.Variant('i', 1), next, 9).wait();
    comm.recv_variant(previous, 9);
    assertEqual(comm.nSent, 3);
    // A duplicate is of the same class, and starts to count.
    const copy = comm.dup();
    assert(copy instanceof CountingComm && copy.nSent === 0);
});

const FailingComm = GObject.registerClass(class FailingComm extends Mpi.Intracomm {
    vfunc_barrier() {
        return false;
    }

    vfunc_send() {
        throw new GLib.Error(Mpi.Error, Mpi.Error.BUFFER, 'not today');
    }
});

test('an overridden method that fails gives an error', () => {
    const comm = new FailingComm({wraps: world});
    assert(assertError(Mpi.Error.FAILED, () => comm.barrier()).includes('ompi_obj_comm_barrier'));
    assertEqual(assertError(Mpi.Error.BUFFER, () => comm.send_variant(new GLib.Variant('i', 1), next, 0)), 'not today');
});

test('functions reduce buffers', () => {
    let nCalls = 0;
    const op = Mpi.Op.new((a, b) => {
        nCalls++;
        const x = a.to_variant().deepUnpack();
        const y = b.to_variant().deepUnpack();
        b.set_variant(new GLib.Variant('ad', y.map((n, i) => Math.hypot(n, x[i]))));
    }, true);
    const [sendBuffer, mine] = newArray(Float64Array, 2);
    const [recvBuffer, result] = newArray(Float64Array, 2);
    mine.set([3, 1]);
    world.allreduce(sendBuffer, recvBuffer, op);
    assert(Math.abs(result[0] - 3 * Math.sqrt(size)) < 1e-9 && Math.abs(result[1] - Math.sqrt(size)) < 1e-9);
    result.set([4, 0]);
    op.reduce_local(sendBuffer, recvBuffer);
    assertEqual([...result], [5, 1]);
    assert(nCalls > 0);
});

test('functions combine values', () => {
    const merge = Mpi.Op.new_for_variants((a, b) => {
        const counts = a.deepUnpack();
        for (const [word, n] of Object.entries(b.deepUnpack()))
            counts[word] = (counts[word] ?? 0) + n;
        return new GLib.Variant('a{su}', counts);
    }, true);
    const counts = world.allreduce_variant(new GLib.Variant('a{su}', {all: 1, [`rank${rank}`]: 10}), merge).deepUnpack();
    assertEqual([counts.all, counts[`rank${size - 1}`], Object.keys(counts).length], [size, 10, size + 1]);
});

test('functions are told of errors and attributes', () => {
    const told = [];
    const copy = world.dup();
    copy.set_errhandler(Mpi.Errhandler.new((comm, error) => told.push([comm.size, error.code > 0])));
    copy.call_errhandler(5);
    assertEqual(told, [[size, true]]);

    const gone = [];
    const key = Mpi.Keyval.new(Mpi.KeyvalCopy.NONE);
    key.set_copy_func((comm, keyval, value) => new GLib.Variant('i', value.unpack() + 1));
    key.set_delete_func((comm, keyval, value) => gone.push(value.unpack()));
    assertEqual(copy.get_attr(key), null);
    copy.set_attr(key, new GLib.Variant('i', 4));
    const second = copy.dup();
    assertEqual(second.get_attr(key).unpack(), 5);
    second.delete_attr(key);
    copy.free();
    assertEqual(gone, [5, 4]);
});

test('datatypes', () => {
    const number = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.INT32_T);
    const real = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE);
    const record = Mpi.Datatype.new_struct([1, 2], [0, 8], [number, real]);
    assertEqual(record.get_extent(), [true, 0, 24]);
    assertEqual(record.get_envelope()[1], Mpi.Combiner.STRUCT);
    assertEqual(Mpi.Datatype.new_for_description(record.decode()).decode().equal(record.decode()), true);
    assert(assertError(Mpi.Error.ARG, () => Mpi.Datatype.new_indexed([1, -2], [0, 8], number)).includes('lengths[1] is -2'));
    const column = Mpi.Datatype.new_vector(3, 1, 4, real);
    column.commit();
    const [buffer, matrix] = newArray(Float64Array, 12);
    matrix.forEach((_, i) => (matrix[i] = i));
    const [recvBuffer, received] = newArray(Float64Array, 3);
    const request = world.irecv(recvBuffer, previous, 11);
    world.send(Mpi.Buffer.new_for_address(buffer.address + 8, 1, column), next, 11);
    request.wait();
    assertEqual([...received], [1, 5, 9]);
});

test('groups and parts', () => {
    const everybody = world.get_group();
    const turned = everybody.range_incl([size - 1, 0, -1]);
    assertEqual([...turned.translate_ranks([0, size - 1], everybody)], [size - 1, 0]);
    assertEqual(everybody.compare(turned), Mpi.Comparison.SIMILAR);
    assertEqual(world.split(Mpi.UNDEFINED, 0), null);
    const part = world.split(rank % 2, -rank);
    assertEqual(part.size, Math.floor((size + 1 - rank % 2) / 2));
    assertError(Mpi.Error.RANK, () => everybody.incl([0, 0]));
});

test('grids and graphs', () => {
    const grid = world.create_cart([size, 1], [true, false], false);
    assert(grid instanceof Mpi.Cartcomm);
    assertEqual(grid.get_topo(), [true, [size, 1], [true, false], [rank, 0]]);
    assertEqual([...grid.get_coords(next)], [next, 0]);
    assertEqual(grid.get_cart_rank([-1, 0]), size - 1);
    const [, shift] = grid.shift(0, 1);
    assertEqual([shift.source, shift.dest], [previous, next]);
    assertEqual([...Mpi.compute_dims(size, [0, 1])], [size, 1]);
    // Beyond the end of the second dimension is nobody, whose values are empty tuples.
    const heard = grid.neighbor_allgather_variant(new GLib.Variant('i', rank)).map(v => v.deepUnpack());
    assertEqual(heard, [previous, next, [], []]);

    const graph = world.create_dist_graph_adjacent([previous], [3], [next], [4], null, false);
    assertEqual(graph.get_dist_neighbors(), [true, [previous], [3], [next], [4]]);

    // Arrays that belong together have one length.
    const differs = body => assertError(Mpi.Error.ARG, body);
    assert(differs(() => world.create_cart([size, 1], [true], false)).includes('the length of periods is 1, but that of dims is 2'));
    assert(differs(() => world.create_dist_graph_adjacent([previous], [3, 3], [next], [4], null, false)).includes('the length of source_weights is 2'));
    assert(differs(() => Mpi.Datatype.new_struct([1, 2], [0], [])).includes('the length of displacements is 1'));
});

for (const method of ['barrier', 'recv_variant', 'send_variant', 'allreduce_variant'])
    Gio._promisify(Mpi.Comm.prototype, `${method}_async`, `${method}_finish`);
for (const method of ['wait', 'wait_variant'])
    Gio._promisify(Mpi.Request.prototype, `${method}_async`, `${method}_finish`);

async function rejected(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new Error('no error');
}

test('promises', async () => {
    let nTicks = 0;
    const ticks = GLib.timeout_add(GLib.PRIORITY_DEFAULT, 1, () => ++nTicks > 0);
    const [[value, status]] = await Promise.all([
        world.recv_variant_async(previous, 12, GLib.PRIORITY_DEFAULT, null),
        world.send_variant_async(new GLib.Variant('s', 'x'.repeat(1000000)), next, 12, GLib.PRIORITY_DEFAULT, null),
    ]);
    assertEqual([value.unpack().length, status.get_source()], [1000000, previous]);
    const total = await world.allreduce_variant_async(new GLib.Variant('i', rank), SUM, GLib.PRIORITY_DEFAULT, null);
    assertEqual(total.unpack(), size * (size - 1) / 2);

    // The others wait for rank 0, which does something else until its timer has gone off.
    while (rank === 0 && nTicks < 3)
        await new Promise(resolve => GLib.timeout_add(GLib.PRIORITY_DEFAULT, 1, () => resolve() ?? false));
    await world.barrier_async(GLib.PRIORITY_DEFAULT, null);
    GLib.source_remove(ticks);

    const [recvBuffer, received] = newArray(Float64Array, 4);
    const [sendBuffer, sent] = newArray(Float64Array, 4);
    sent.fill(rank);
    const receive = world.irecv(recvBuffer, previous, 13);
    const send = world.isend(sendBuffer, next, 13);
    await Promise.all([receive, send].map(request => request.wait_async(GLib.PRIORITY_DEFAULT, null)));
    assertEqual([...received], Array(4).fill(previous));
});

test('promises that are rejected', async () => {
    const wrong = world.send_variant_async(new GLib.Variant('i', 1), 99, 0, GLib.PRIORITY_DEFAULT, null);
    assert((await rejected(wrong)).matches(Mpi.Error, Mpi.Error.RANK));
    const cancellable = new Gio.Cancellable();
    const receive = world.recv_variant_async(previous, 14, GLib.PRIORITY_DEFAULT, cancellable);
    cancellable.cancel();
    assert((await rejected(receive)).matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED));
    await world.barrier_async(GLib.PRIORITY_DEFAULT, null);
});

function sharedPath() {
    const name = GLib.build_filenamev([GLib.get_tmp_dir(), `ompi_obj-${GLib.uuid_string_random()}`]);
    return world.bcast_variant(rank === 0 ? new GLib.Variant('s', name) : null, 0).unpack();
}

test('files', () => {
    const {CREATE, RDWR, DELETE_ON_CLOSE} = Mpi.FileMode;
    const file = Mpi.File.open(world, sharedPath(), CREATE | RDWR | DELETE_ON_CLOSE, null);
    const [buffer, array] = newArray(Float64Array, 2);
    const [whole, all] = newArray(Float64Array, 2 * size);
    array.set([rank, rank + 0.5]);
    file.set_view(0, buffer.datatype, buffer.datatype, 'native', null);
    assertEqual(file.write_at_all(2 * rank, buffer)[1].get_count(buffer.datatype), 2);
    file.sync();
    world.barrier();
    file.sync();
    assertEqual(file.get_size(), 16 * size);
    file.read_at_all(0, whole);
    assertEqual([...all], [...Array(2 * size).keys()].map(i => Math.floor(i / 2) + (i % 2) / 2));
    const request = file.iread_at(2 * next, buffer);
    request.wait();
    assertEqual([...array], [next, next + 0.5]);
    file.close();
    assertError(Mpi.Error.FILE, () => file.get_size());
    assertError(Mpi.Error.NO_SUCH_FILE, () => Mpi.File.open(world, '/nowhere/at/all', Mpi.FileMode.RDONLY, null));
});

test('windows', () => {
    const win = Mpi.Win.allocate(8 * size, 8, null, world);
    const memory = view(Float64Array, win.get_buffer());
    const [buffer, array] = newArray(Float64Array, 1);
    memory.fill(0);
    win.fence(Mpi.RmaAssert.NONE);
    array[0] = rank + 1;
    win.put(buffer, Mpi.WinTarget.new(next, rank));
    win.fence(Mpi.RmaAssert.NONE);
    assertEqual([...memory], [...Array(size).keys()].map(i => i === previous ? previous + 1 : 0));
    win.fence(Mpi.RmaAssert.NONE);
    win.accumulate(buffer, Mpi.WinTarget.new(0, 0), SUM);
    win.fence(Mpi.RmaAssert.NONE);
    assert(rank !== 0 || memory[0] >= size * (size + 1) / 2);
    win.free();
});

test('hints', () => {
    const info = Mpi.Info.new();
    info.set('key', 'value');
    assertEqual(info.get('key'), 'value');
    assertEqual(info.get('none'), null);
    assertEqual(info.to_variant().deepUnpack(), {key: 'value'});
});

test('what there is', () => {
    const [version] = Mpi.get_version();
    assert(version >= 3 && Mpi.get_library_version().length > 0);
    assertEqual(Mpi.has_feature(Mpi.Feature.LARGE_COUNT), version >= 4);
    assertEqual(Mpi.check_feature(Mpi.Feature.LARGE_COUNT) === null, version >= 4);
    assertEqual(Mpi.get_limit(Mpi.Limit.TAG), world.get_tag_ub());
    assertEqual(Mpi.query_thread(), Mpi.ThreadLevel.MULTIPLE);
});

test('errors', () => {
    assert(assertError(Mpi.Error.RANK, () => world.send_variant(new GLib.Variant('i', 1), 99, 0)).includes('dest is 99'));
    assert(assertError(Mpi.Error.TAG, () => world.send_variant(new GLib.Variant('i', 1), next, -7)).includes('tag is -7'));
    assert(assertError(Mpi.Error.ARG, () => world.bcast_variant(null, 0)).includes('no value'));
    const comm = world.dup();
    comm.free();
    assertError(Mpi.Error.COMM, () => comm.barrier());
    assertEqual(comm.size, -1);
});

let failed = false;
if (rank === 0)
    print(`1..${cases.length}`);
for (const [i, {name, body}] of cases.entries()) {
    let failure = 0;
    try {
        await body();
    } catch (error) {
        printerr(`# rank ${rank}: ${name}: ${error}\n${error.stack}`);
        failure = 1;
    }
    // A failure on any rank is one of the case.
    const nFailures = world.allreduce_variant(new GLib.Variant('i', failure), SUM).unpack();
    failed ||= nFailures > 0;
    if (rank === 0)
        print(`${nFailures > 0 ? 'not ok' : 'ok'} ${i + 1} - ${name}`);
}
System.exit(failed ? 1 : 0);
