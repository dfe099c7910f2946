# SPDX-License-Identifier: LGPL-2.1-or-later
"""Properties, operators, iteration and `with` for the introspected classes."""

from gi._gi import FunctionInfo
from gi.module import get_introspection_module
from gi.repository import GLib, GObject

from . import _buffers, _waiting

Mpi = get_introspection_module('Mpi')

# How an object is done with, in the order of preference.
_CLOSERS = 'close', 'free', 'finalize'

# Closed by all ranks together, and waiting for each other: a rank with an exception would wait for ever.
_CLOSED_TOGETHER = 'Win', 'File'


def add_properties(owner):
    """Makes a property of each get_NAME() without arguments, which set_NAME() sets if there is one."""
    methods = {name: info for name, info in vars(owner).items() if type(info) is FunctionInfo}
    for name, info in methods.items():
        property_name = name[4:]
        if not name.startswith('get_') or not info.is_method() or hasattr(owner, property_name):
            continue
        if info.get_arguments():
            continue
        setattr(owner, property_name, _property(name, 'set_' + property_name in methods))


def _property(name, is_settable):
    def get(self):
        return getattr(self, name)()

    def set(self, value):
        getattr(self, 'set_' + name[4:])(value)

    return property(get, set if is_settable else None, doc='What %s() gives.' % name)


def add_context(owner):
    """Makes `with` close an object of a class that has a method for that."""
    closer = next((name for name in _CLOSERS if isinstance(vars(owner).get(name), FunctionInfo)), None)
    if closer is None or hasattr(owner, '__exit__'):
        return
    is_together = owner.__name__ in _CLOSED_TOGETHER

    def exit(self, kind, error, traceback):
        """Closes the object. After an exception, a window or a file is left open: to close it takes all ranks, and
        the others would wait for this one or this one for them."""
        if kind is None or not is_together:
            getattr(self, closer)()

    owner.__enter__ = lambda self: self
    owner.__exit__ = exit


# Communicators and groups


def _comm_eq(self, other):
    if self is other:
        return True
    if not isinstance(other, Mpi.Comm):
        return NotImplemented
    try:
        return self.compare(other) == Mpi.Comparison.IDENT
    except GLib.Error:
        return False  # one of them was freed


def _comm_hash(self):
    # Equal ones share a handle, so they have the same name and place. It must not change when they are freed.
    if '_hash' not in self.__dict__:
        self._hash = hash((self.get_rank(), self.get_size(), self.is_inter()))
    return self._hash


def _group_eq(self, other):
    if self is other:
        return True
    if not isinstance(other, Mpi.Group):
        return NotImplemented
    try:
        return self.compare(other) == Mpi.Comparison.IDENT
    except GLib.Error:
        return False


def _group_hash(self):
    if '_hash' not in self.__dict__:
        self._hash = hash(('group', self.get_rank(), self.get_size()))
    return self._hash


def _datatype_eq(self, other):
    if self is other:
        return True
    if not isinstance(other, Mpi.Datatype):
        return NotImplemented
    try:
        return bool(self.decode().equal(other.decode()))
    except GLib.Error:
        return False


def _datatype_hash(self):
    if '_hash' not in self.__dict__:
        self._hash = hash(('datatype', self.get_size()))
    return self._hash


def _patch_sets():
    comm, group, datatype = Mpi.Comm, Mpi.Group, Mpi.Datatype
    comm.__eq__, comm.__hash__ = _comm_eq, _comm_hash
    comm.__len__ = lambda self: max(self.get_size(), 0)
    comm.__bool__ = lambda self: True
    comm.__contains__ = lambda self, rank: isinstance(rank, int) and 0 <= rank < self.get_size()
    comm.__iter__ = lambda self: iter(range(self.get_size()))
    group.__eq__, group.__hash__ = _group_eq, _group_hash
    group.__len__ = lambda self: max(self.get_size(), 0)
    group.__contains__ = lambda self, rank: isinstance(rank, int) and 0 <= rank < self.get_size()
    group.__iter__ = lambda self: iter(range(self.get_size()))
    group.__or__ = lambda self, other: self.union(other)
    group.__and__ = lambda self, other: self.intersection(other)
    group.__sub__ = lambda self, other: self.difference(other)
    datatype.__eq__, datatype.__hash__ = _datatype_eq, _datatype_hash


# Hints are a dictionary of strings


def _patch_info():
    info = Mpi.Info

    def getitem(self, key):
        if key not in self:
            raise KeyError(key)
        return self.get(key)

    def delitem(self, key):
        if key not in self:
            raise KeyError(key)
        self.delete(key)

    info.__getitem__ = getitem
    info.__setitem__ = lambda self, key, value: self.set(key, str(value)) and None
    info.__delitem__ = delitem
    info.__contains__ = lambda self, key: isinstance(key, str) and self.has_key(key)
    info.__iter__ = lambda self: iter(self.keys())
    info.__len__ = lambda self: self.get_nkeys()
    info.__bool__ = lambda self: True
    info.items = lambda self: [(key, self.get(key)) for key in self.keys()]
    info.values = lambda self: [self.get(key) for key in self.keys()]


# Memory


def _new_buffer(cls, data=None):
    """Mpi.Buffer(data): a buffer of the memory of a Python object, which it keeps alive."""
    if data is None:
        return _buffers.Buffer.new(0)
    return _buffers.keep(data, 'data', True)


def _patch_memory():
    buffer, blocks = Mpi.Buffer, Mpi.Blocks
    buffer.__new__ = staticmethod(_new_buffer)
    buffer.__init__ = lambda self, data=None: None
    buffer.__len__ = lambda self: self.count
    buffer.__bool__ = lambda self: True
    buffer.__iter__ = lambda self: iter(_buffers.view(self))
    buffer.__getitem__ = lambda self, place: _buffers.view(self)[place]

    def setitem(self, place, value):
        _buffers.view(self)[place] = value

    buffer.__setitem__ = setitem
    blocks.__len__ = lambda self: len(self.get_counts())
    blocks.__bool__ = lambda self: True


# Requests


def _patch_requests():
    request = Mpi.Request
    request.__await__ = _waiting.wait

    def exit(self, kind, error, traceback):
        """Waits, so that the memory can be used behind the block; not after an exception."""
        if kind is None:
            self.wait()

    request.__enter__ = lambda self: self
    request.__exit__ = exit


def patch():
    """Changes all classes; before their methods are wrapped."""
    classes = [item for item in (getattr(Mpi, name) for name in dir(Mpi) if not name.startswith('_'))
               if isinstance(item, type) and item.__module__ == 'gi.repository.Mpi']
    _patch_requests()
    for owner in classes:
        if issubclass(owner, (GObject.Object,)):
            add_properties(owner)
            add_context(owner)
        elif issubclass(owner, GObject.GBoxed):
            add_properties(owner)
    _patch_sets()
    _patch_info()
    _patch_memory()
    return classes
