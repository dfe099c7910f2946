// SPDX-License-Identifier: LGPL-2.1-or-later

// Counts prime numbers together with ranks in other languages; see primes.c, and "run" beside it.

import GLib from 'gi://GLib';
import Mpi from 'gi://Mpi?version=1.0';

function isPrime(n) {
    for (let i = 2; i * i <= n; i++) {
        if (n % i === 0)
            return false;
    }
    return n >= 2;
}

const world = Mpi.Comm.world();
const {rank, size} = world;
const limit = ARGV.length > 0 ? parseInt(ARGV[0]) : 10000;

// Rank 0 says up to where.
const task = world.bcast_variant(rank === 0 ? new GLib.Variant('u', limit) : null, 0).unpack();
let found = 0;
for (let n = rank; n < task; n += size) {
    if (isPrime(n))
        found++;
}

const rows = world.gather_variant(new GLib.Variant('a{sv}', {
    language: new GLib.Variant('s', 'JavaScript'),
    primes: new GLib.Variant('u', found),
}), 0);
const total = world.allreduce_variant(new GLib.Variant('u', found), Mpi.Op.get_predefined(Mpi.PredefinedOp.SUM)).unpack();
for (const row of rows) { // none but at rank 0
    const {language, primes} = row.recursiveUnpack();
    print(`${language} found ${primes}`);
}
if (rank === 0)
    print(`${total} primes below ${task}`);

// A letter goes from rank to rank, until it is back at rank 0.
const previous = (rank + size - 1) % size;
const letter = rank === 0 ? [] : world.recv_variant(previous, 0)[0].deepUnpack();
letter.push(`rank ${rank} is in JavaScript`);
const request = world.isend_variant(new GLib.Variant('as', letter), (rank + 1) % size, 0);
if (rank === 0)
    print(world.recv_variant(previous, 0)[0].deepUnpack().join('\n'));
request.wait();
