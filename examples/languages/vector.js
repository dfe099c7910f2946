// SPDX-License-Identifier: LGPL-2.1-or-later

// A vector that is spread over the ranks: typed arrays that are the memory of buffers, collectives, a subclass that
// counts messages, promises, and a file that all ranks write.
//
//     mpirun -n 4 gjs -m vector.js FILE

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Mpi from 'gi://Mpi?version=1.0';
import System from 'system';

const DOUBLE = Mpi.Datatype.get_predefined(Mpi.PredefinedDatatype.DOUBLE);
const SUM = Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM);
const MAX = Mpi.Op.get_predefined(Mpi.PredefinedOp.MAX);
const N = 1000;

Gio._promisify(Mpi.Comm.prototype, 'recv_variant_async', 'recv_variant_finish');

// A communicator that stands for another one. What the library sends for values comes through here, too.
const CountingComm = GObject.registerClass(class CountingComm extends Mpi.Intracomm {
    _init(properties) {
        super._init(properties);
        this.nSent = 0;
    }

    vfunc_send(mode, buffer, dest, tag) {
        this.nSent++;
        return super.vfunc_send(mode, buffer, dest, tag);
    }
});

// The library has the memory, and the array is a view of it: nothing is copied, neither when it is sent nor when it is
// received.
function newVector(n) {
    const buffer = Mpi.Buffer.new_for_elements(n, DOUBLE);
    return {buffer, array: new Float64Array(buffer.get_bytes().toArray().buffer)};
}

if (ARGV.length !== 1) {
    printerr('usage: vector.js FILE');
    System.exit(2);
}

const world = new CountingComm({wraps: Mpi.Comm.world()});
const {rank, size} = world;
const next = (rank + 1) % size;
const previous = (rank + size - 1) % size;

// Each rank makes its part.
const part = newVector(N);
part.array.forEach((_, i) => (part.array[i] = (rank * N + i) ** 2 % 97));

// Numbers are combined as they lie in memory, or as values.
const sum = newVector(1);
const total = newVector(1);
sum.array[0] = part.array.reduce((a, b) => a + b);
world.allreduce(sum.buffer, total.buffer, SUM);
const largest = world.allreduce_variant(new GLib.Variant('d', Math.max(...part.array)), MAX).unpack();
if (rank === 0)
    print(`mean ${(total.array[0] / (N * size)).toFixed(3)}, largest ${largest}`);

// While a rank waits in a promise, its main loop goes on.
const edge = world.recv_variant_async(previous, 0, GLib.PRIORITY_DEFAULT, null);
world.send_variant(new GLib.Variant('d', part.array[N - 1]), next, 0);
const [number] = await edge;

// All write their parts to one file, and each reads that of the next rank.
const file = Mpi.File.open(world, ARGV[0], Mpi.FileMode.CREATE | Mpi.FileMode.RDWR, null);
const theirs = newVector(N);
file.set_view(0, DOUBLE, DOUBLE, 'native', null);
file.write_at_all(rank * N, part.buffer);
file.sync();
world.barrier();
file.sync();
file.read_at_all(next * N, theirs.buffer);
file.close();

const isRight = theirs.array.every((n, i) => n === (next * N + i) ** 2 % 97) &&
    number.unpack() === ((previous + 1) * N - 1) ** 2 % 97;
const nRight = world.allreduce_variant(new GLib.Variant('i', isRight ? 1 : 0), SUM).unpack();
if (rank === 0) {
    print(`${nRight} of ${size} ranks read what the next one wrote`);
    print(`rank 0 sent ${world.nSent} message`);
}
