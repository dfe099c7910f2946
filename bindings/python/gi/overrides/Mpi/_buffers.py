# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's memory as Mpi.Buffer and Mpi.Blocks, without a copy.

Anything with the buffer protocol will do: NumPy arrays, bytearray, array.array, memoryview, and bytes to send from.
Datatype and count follow from the format and the shape; or the caller gives them in a list, as in
[data, count, datatype].
"""

import ctypes
import sys

from gi.module import get_introspection_module
from gi.repository import GLib

from ._values import memory_view

Mpi = get_introspection_module('Mpi')
Buffer = Mpi.Buffer
Blocks = Mpi.Blocks
Datatype = Mpi.Datatype

_new_for_address = Buffer.new_for_address
_new_with_free_func = Buffer.new_with_free_func
_byte_at = ctypes.c_char.from_buffer
_address_of = ctypes.addressof

# The format of memoryview, and the name of the predefined datatype.
_FORMATS = {'?': 'C_BOOL', 'c': 'CHAR', 'b': 'SIGNED_CHAR', 'B': 'UNSIGNED_CHAR', 'h': 'SHORT', 'H': 'UNSIGNED_SHORT',
            'i': 'INT', 'I': 'UNSIGNED', 'l': 'LONG', 'L': 'UNSIGNED_LONG', 'q': 'LONG_LONG', 'Q': 'UNSIGNED_LONG_LONG',
            'n': 'AINT', 'f': 'FLOAT', 'd': 'DOUBLE', 'g': 'LONG_DOUBLE', 'Zf': 'C_FLOAT_COMPLEX',
            'Zd': 'C_DOUBLE_COMPLEX', 'Zg': 'C_LONG_DOUBLE_COMPLEX'}
# With "=", "<" and ">" in front the sizes are standard ones, whatever C has.
_STANDARD_FORMATS = {'?': 'C_BOOL', 'c': 'CHAR', 'b': 'INT8_T', 'B': 'UINT8_T', 'h': 'INT16_T', 'H': 'UINT16_T',
                     'i': 'INT32_T', 'I': 'UINT32_T', 'l': 'INT32_T', 'L': 'UINT32_T', 'q': 'INT64_T', 'Q': 'UINT64_T',
                     'f': 'FLOAT', 'd': 'DOUBLE', 'Zf': 'C_FLOAT_COMPLEX', 'Zd': 'C_DOUBLE_COMPLEX'}
_NATIVE_ORDER = '<' if sys.byteorder == 'little' else '>'

# What memory an MPI datatype stands for, to look at it from Python; of those that are not in _FORMATS.
_OTHER_VIEWS = {'INT8_T': 'b', 'INT16_T': 'h', 'INT32_T': 'i', 'INT64_T': 'q', 'UINT8_T': 'B', 'UINT16_T': 'H',
                'UINT32_T': 'I', 'UINT64_T': 'Q', 'BYTE': 'B', 'PACKED': 'B', 'OFFSET': 'q', 'COUNT': 'q', 'AINT': 'q'}


def predefined(name):
    return Datatype.get_predefined(getattr(Mpi.PredefinedDatatype, name))


_datatypes = {format: predefined(name) for format, name in _FORMATS.items()}
_datatypes.update((prefix + format, predefined(name))
                  for format, name in _STANDARD_FORMATS.items() for prefix in ('=', _NATIVE_ORDER))
_datatypes.update(('@' + format, predefined(name)) for format, name in _FORMATS.items())
# By id: the objects of the predefined ones are kept here, so they stay what they are.
_view_formats = {id(predefined(name)): (format, predefined(name)) for format, name in _FORMATS.items()}
_view_formats.update((id(predefined(name)), (format, predefined(name))) for name, format in _OTHER_VIEWS.items())
_BYTE = predefined('BYTE')


class _PyBuffer(ctypes.Structure):
    """Python's Py_buffer."""
    _fields_ = [('address', ctypes.c_void_p), ('object', ctypes.py_object), ('length', ctypes.c_ssize_t),
                ('itemsize', ctypes.c_ssize_t), ('readonly', ctypes.c_int), ('ndim', ctypes.c_int),
                ('format', ctypes.c_char_p), ('shape', ctypes.c_void_p), ('strides', ctypes.c_void_p),
                ('suboffsets', ctypes.c_void_p), ('internal', ctypes.c_void_p)]


_PyObject_GetBuffer = ctypes.pythonapi.PyObject_GetBuffer
_PyObject_GetBuffer.argtypes = ctypes.py_object, ctypes.POINTER(_PyBuffer), ctypes.c_int
_PyBuffer_Release = ctypes.pythonapi.PyBuffer_Release
_PyBuffer_Release.argtypes = ctypes.POINTER(_PyBuffer),
_PyBuffer_Release.restype = None
_ANY_CONTIGUOUS = 0x98


def _address(view):
    """Where the memory of a contiguous view is."""
    try:
        return _address_of(_byte_at(view))
    except (TypeError, ValueError):
        pass  # read-only, empty, or in Fortran's order
    if view.nbytes == 0:
        return 0
    buffer = _PyBuffer()
    _PyObject_GetBuffer(view, buffer, _ANY_CONTIGUOUS)
    address = buffer.address
    _PyBuffer_Release(buffer)
    return address


def _view_of(data, name, writable):
    """The contiguous memory of an object."""
    try:
        view = memoryview(data)
    except TypeError:
        raise TypeError("%s is of type %s, which has no memory to send from or receive into; it takes an Mpi.Buffer, "
                        "an object with the buffer protocol such as a NumPy array or a bytearray, or a list "
                        "[data, count, datatype]" % (name, type(data).__qualname__)) from None
    except (ValueError, BufferError) as error:
        raise ValueError('%s: %s' % (name, error)) from None
    if not view.contiguous:
        raise ValueError('%s is not contiguous; send a copy, or give a datatype that describes the gaps' % name)
    if writable and view.readonly and (writable is True or writable()):
        raise ValueError('%s is read-only, and cannot be received into' % name)
    return view


def _infer(view, name):
    """The datatype and the count that follow from the format of a view."""
    datatype = _datatypes.get(view.format)
    if datatype is None:
        if view.format[0] in '<>!':
            raise ValueError('%s has the format %r, which is not in the byte order of this machine'
                             % (name, view.format))
        raise TypeError('%s has elements of the format %r, for which MPI has no datatype; give [data, count, datatype]'
                        % (name, view.format))
    return datatype, view.nbytes // view.itemsize


def datatype_for(datatype, name):
    """A datatype that was given as such, or as one of Mpi.PredefinedDatatype."""
    if isinstance(datatype, Datatype):
        return datatype
    if isinstance(datatype, Mpi.PredefinedDatatype):
        return Datatype.get_predefined(datatype)
    raise TypeError('%s: %r is no datatype' % (name, datatype))


def _fits(view, count, datatype, name):
    """The count, checked against the memory; or as many elements as there are in it."""
    _, lower, extent = datatype.get_extent()
    _, true_lower, true_extent = datatype.get_true_extent()
    if count is None:
        if extent <= 0 or view.nbytes % extent:
            raise ValueError('%s has %d bytes, which is no multiple of the %d bytes of its datatype; give a count'
                             % (name, view.nbytes, extent))
        return view.nbytes // extent
    if isinstance(count, bool) or not hasattr(count, '__index__'):
        raise TypeError('%s: the count is %r, and not an int' % (name, count))
    if count < 0:
        raise ValueError('%s: the count is %d' % (name, count))
    last = (count - 1) * extent
    if count > 0 and (min(true_lower, true_lower + last) < 0
                      or max(true_lower, true_lower + last) + true_extent > view.nbytes):
        raise ValueError('%s has %d bytes, and %d elements of %d bytes do not fit'
                         % (name, view.nbytes, count, extent))
    return count


def _parse(data, name, writable):
    """The memory, count and datatype of an object or of a list such as [data, count, datatype]."""
    if not isinstance(data, (list, tuple)):
        view = _view_of(data, name, writable)
        return (view, *reversed(_infer(view, name)))
    if not 1 <= len(data) <= 3 or isinstance(data[0], (int, float, str, type(None))):
        raise TypeError('%s is a %s, but no [data, count, datatype]; numbers must be in an array, such as array.array '
                        'or one of NumPy' % (name, type(data).__name__))
    view = _view_of(data[0], name, writable)
    count = datatype = None
    for item in data[1:]:
        if isinstance(item, (Datatype, Mpi.PredefinedDatatype)) and datatype is None:
            datatype = datatype_for(item, name)
        elif count is None and datatype is None:
            count = item
        elif item is not None:
            raise TypeError('%s is no [data, count, datatype]: %r is no datatype' % (name, item))
    if datatype is None:
        datatype, n_elements = _infer(view, name)
        if count is None:
            return view, n_elements, datatype
    return view, _fits(view, count, datatype, name), datatype


def _given(data, name, writable):
    """Of what is no memory of Python's; None if it is."""
    if data is None or isinstance(data, Buffer):
        return data
    if isinstance(data, (GLib.Bytes, GLib.Variant)):
        if writable and (writable is True or writable()):
            raise TypeError('%s is a %s, which cannot be received into' % (name, type(data).__name__))
        return Buffer.new_for_bytes(data) if isinstance(data, GLib.Bytes) else Buffer.new_for_variant(data)
    if isinstance(data, Blocks):
        raise TypeError('%s takes one buffer, and not Mpi.Blocks' % name)
    return None


def borrow(data, name='data', writable=False):
    """The Mpi.Buffer of some memory for the time of a call, and what the caller must keep during it.

    WRITABLE is whether something is received into it, or a function that tells."""
    if type(data) is Buffer or data is None:
        return data, None
    try:
        # What most calls need, in one place.
        view = memoryview(data)
        datatype = _datatypes[view.format]
        if view.contiguous and not (writable and view.readonly):
            return _new_for_address(_address(view), view.nbytes // view.itemsize, datatype), view
    except (TypeError, ValueError, KeyError, BufferError):
        pass
    buffer = _given(data, name, writable)
    if buffer is not None:
        return buffer, None
    view, count, datatype = _parse(data, name, writable)
    return _new_for_address(_address(view), count, datatype), view


def keep(data, name='data', writable=False):
    """An Mpi.Buffer that keeps the memory alive, and from being resized, until MPI is done with it."""
    if type(data) is Buffer or data is None:
        return data
    buffer = _given(data, name, writable)
    if buffer is not None:
        return buffer
    view, count, datatype = _parse(data, name, writable)
    return _new_with_free_func(_address(view), view.nbytes, count, datatype, view.release)


def blocks(data, name='data', writable=False):
    """The Mpi.Blocks of [data, counts], [data, counts, displacements], with a datatype or a list of them at the end."""
    if data is None or isinstance(data, Blocks):
        return data
    if isinstance(data, Buffer) and data.count == 0 and data.address == Buffer.in_place().address:
        return Blocks.in_place()
    if not isinstance(data, (list, tuple)) or not 2 <= len(data) <= 4:
        raise TypeError('%s takes Mpi.Blocks, or a list [data, counts, displacements, datatype] of which the last two '
                        'may be missing' % name)
    data = list(data)
    datatypes = None
    if isinstance(data[-1], (Datatype, Mpi.PredefinedDatatype)):
        datatypes = datatype_for(data.pop(), name)
    elif isinstance(data[-1], (list, tuple)) and data[-1] and isinstance(data[-1][0], (Datatype, Mpi.PredefinedDatatype)):
        datatypes = [datatype_for(item, name) for item in data.pop()]
    if len(data) == 2 and isinstance(data[1], tuple) and len(data[1]) == 2 and not isinstance(data[1][0], int):
        data[1:] = data[1]  # [data, (counts, displacements)], as in mpi4py
    if len(data) not in (2, 3):
        raise TypeError('%s is no [data, counts, displacements, datatype]' % name)
    try:
        counts = [int(count) for count in data[1]]
        displacements = [int(place) for place in data[2]] if len(data) == 3 and data[2] is not None else None
    except TypeError:
        raise TypeError('%s: counts and displacements must be lists of ints' % name) from None
    if isinstance(data[0], Buffer):
        buffer = data[0]
    elif isinstance(datatypes, list):
        buffer = keep([data[0], _BYTE], name, writable)
    elif datatypes is not None:
        buffer = keep([data[0], datatypes], name, writable)
    else:
        buffer = keep(data[0], name, writable)
    if isinstance(datatypes, list):
        return Blocks.new_for_types(buffer, counts, displacements, datatypes)
    if displacements is not None:
        return Blocks.new_with_displacements(buffer, counts, displacements)
    return Blocks.new(buffer, counts)


def view(memory):
    """A memoryview of an Mpi.Buffer, a GLib.Bytes or a GLib.Variant of numbers, without a copy.

    numpy.asarray() of it does not copy either. The view keeps the memory alive if the buffer owns it. What comes from
    GLib.Bytes and GLib.Variant is read-only."""
    readonly = isinstance(memory, (GLib.Bytes, GLib.Variant))
    buffer = borrow(memory, 'memory')[0] if readonly else memory
    if type(buffer) is not Buffer:
        raise TypeError('a view is of an Mpi.Buffer, a GLib.Bytes or a GLib.Variant, not of %s' % type(memory).__name__)
    datatype = buffer.datatype
    format, _ = _view_formats.get(id(datatype), (None, None))
    if format is None and datatype is None:
        raise ValueError('this buffer stands for no memory')
    if format is None or format[0] == 'Z' or format == 'g':
        format, n_bytes = 'B', buffer.count * datatype.get_extent()[2]
    else:
        n_bytes = buffer.count * ctypes.sizeof(_CTYPES[format])
    result = memory_view(buffer.address, n_bytes, buffer)
    if format != 'B':
        result = result.cast(format)
    return result.toreadonly() if readonly else result


_CTYPES = {'?': ctypes.c_bool, 'c': ctypes.c_char, 'b': ctypes.c_byte, 'B': ctypes.c_ubyte, 'h': ctypes.c_short,
           'H': ctypes.c_ushort, 'i': ctypes.c_int, 'I': ctypes.c_uint, 'l': ctypes.c_long, 'L': ctypes.c_ulong,
           'q': ctypes.c_longlong, 'Q': ctypes.c_ulonglong, 'n': ctypes.c_ssize_t, 'f': ctypes.c_float,
           'd': ctypes.c_double, 'g': ctypes.c_longdouble}
