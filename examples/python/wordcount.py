#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the words of text files: rank 0 hands out the files, and the counts are merged on the way back.

    mpirun -n 4 python3 wordcount.py FILE...

A reduction takes any Python function; here one that adds up dictionaries. The values that travel are lists and
dictionaries, as they are.
"""

import re
import sys

import gi

gi.require_version('Mpi', '1.0')
from gi.repository import Mpi  # noqa: E402


def count(path):
    words = {}
    with open(path, encoding='utf-8', errors='replace') as text:
        for word in re.findall(r"\w+", text.read().lower()):
            words[word] = words.get(word, 0) + 1
    return words


def merge(a, b):
    for word, n in b.items():
        a[word] = a.get(word, 0) + n
    return a


def main():
    world = Mpi.Comm.world()
    parts = [sys.argv[1 + i::world.size] for i in range(world.size)] if world.rank == 0 else None
    words = {}
    for path in world.scatter_variant(parts):
        merge(words, count(path))
    words = world.reduce_variant(words, merge)
    if world.rank == 0:
        for word, n in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:10]:
            print('%7d %s' % (n, word))


main()
