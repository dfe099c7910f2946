# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python values as GVariants, and back.

What comes out equals what went in: a list stays a list, a tuple a tuple, bytes bytes, None None, an int an int. The
types are those that other languages expect, so a list of floats is an 'ad'; docs/python.md has the table.

GLib.Variant(type, value) makes an object for each number in a value, some microseconds each. So the serialized form is
written and read here, in one piece: its layout is fixed (the GVariant specification), and GLib sees only whole values.
"""

import ctypes
import functools
import itertools
import operator
import re
import struct
import sys
from array import array

from gi.module import get_introspection_module
from gi.repository import GLib

Mpi = get_introspection_module('Mpi')

# Below this many bytes a copy is cheaper than an object that holds the memory.
SMALL = 16384

# GVariant's types of numbers: the code of struct and memoryview, and the size, which is the alignment too.
NUMBERS = {'b': ('?', 1), 'y': ('B', 1), 'n': ('h', 2), 'q': ('H', 2), 'i': ('i', 4), 'u': ('I', 4), 'h': ('i', 4),
           'x': ('q', 8), 't': ('Q', 8), 'd': ('d', 8)}

# From memoryview's format and itemsize to the type of an array's elements.
ELEMENTS = {('?', 1): 'b', ('B', 1): 'y', ('h', 2): 'n', ('H', 2): 'q', ('i', 4): 'i', ('I', 4): 'u', ('l', 4): 'i',
            ('L', 4): 'u', ('l', 8): 'x', ('L', 8): 't', ('q', 8): 'x', ('Q', 8): 't', ('d', 8): 'd'}

ARRAY = re.compile(r'\(oa([bynqiuxtd])\)')  # the shape, as in /2/3, and the elements
FOREIGN_ARRAY = '(osay)'  # the shape, NumPy's name of the type, and the bytes
ANY_DICT = 'a(vv)'

_int64 = struct.Struct('=q').pack
_uint64 = struct.Struct('=Q').pack
_double = struct.Struct('=d').pack


class _Malformed(ValueError):
    """The bytes are no serialized value."""


# Layout


@functools.lru_cache(maxsize=1024)
def _layout(type):
    """The alignment of a type, and its size if that is fixed, else 0."""
    if type in NUMBERS:
        return NUMBERS[type][1], NUMBERS[type][1]
    if type[0] in 'sog':
        return 1, 0
    if type == 'v':
        return 8, 0
    if type[0] in 'am':
        return _layout(type[1:])[0], 0
    alignment, size = 1, 0
    for member in _members(type):
        member_alignment, member_size = _layout(member)
        alignment = max(alignment, member_alignment)
        if member_size == 0 or size is None:
            size = None
        else:
            size += -size % member_alignment + member_size
    if size is None:
        return alignment, 0
    return alignment, size + -size % alignment or 1


def _end_of_type(type, start):
    """Where the type that begins at a place in a type string ends."""
    try:
        letter = type[start]
        if letter in 'am':
            return _end_of_type(type, start + 1)
        if letter in '({':
            start += 1
            while type[start] not in ')}':
                start = _end_of_type(type, start)
        elif letter not in 'bynqiuxthdsogv':
            raise _Malformed('there is no type %r' % type)
    except IndexError:
        raise _Malformed('the type %r ends too early' % type) from None
    return start + 1


@functools.lru_cache(maxsize=1024)
def _members(type):
    """The types of a tuple's or a dictionary entry's members."""
    members, start = [], 1
    while start < len(type) - 1:
        end = _end_of_type(type, start)
        members.append(type[start:end])
        start = end
    return members


def _offsets_code(body, n_offsets):
    """The size of the framing offsets behind so many bytes, and struct's code of one."""
    for size, code in (1, 'B'), (2, 'H'), (4, 'I'):
        if body + size * n_offsets < 1 << 8 * size:
            return size, code
    return 8, 'Q'


# To GVariant: each function gives the type and the bytes


def _join(datas, alignments):
    """Puts pieces one behind the other, each aligned; gives the pieces with the gaps and where each ends."""
    parts, ends, size = [], [], 0
    for data, alignment in zip(datas, alignments):
        gap = -size % alignment
        if gap:
            parts.append(bytes(gap))
            size += gap
        parts.append(data)
        size += len(data)
        ends.append(size)
    return parts, ends, size


def _with_offsets(parts, size, offsets):
    if offsets:
        parts.append(struct.pack('<%d%s' % (len(offsets), _offsets_code(size, len(offsets))[1]), *offsets))
    return b''.join(parts)


def _pack_members(types, datas):
    """The bytes of a tuple or of a dictionary entry."""
    layouts = [_layout(type) for type in types]
    parts, ends, size = _join(datas, [alignment for alignment, _ in layouts])
    if all(fixed for _, fixed in layouts):
        alignment = max((alignment for alignment, _ in layouts), default=1)
        parts.append(bytes(-size % alignment if size else 1))
        return b''.join(parts)
    variable = [end for end, (_, fixed) in zip(ends[:-1], layouts) if not fixed]
    return _with_offsets(parts, size, variable[::-1])


def _pack_array(type, datas):
    """The bytes of an array of a type."""
    alignment, fixed = _layout(type)
    if fixed:
        return b''.join(datas)
    parts, ends, size = _join(datas, [alignment] * len(datas))
    return _with_offsets(parts, size, ends)


def _pack_variant(type, data):
    return data + b'\0' + type.encode()


def _encode_bool(value):
    return 'b', b'\1' if value else b'\0'


def _encode_int(value):
    try:
        return 'x', _int64(value)
    except struct.error:
        pass
    try:
        return 't', _uint64(value)
    except struct.error:
        raise ValueError('is an int beyond 64 bits; send it as a str, or as bytes') from None


def _encode_float(value):
    return 'd', _double(value)


def _encode_str(value):
    try:
        data = value.encode()
    except UnicodeEncodeError as error:
        raise ValueError('is a str that UTF-8 does not have (%s)' % error.reason) from None
    if b'\0' in data:
        raise ValueError('is a str with a zero character; send it as bytes')
    return 's', data + b'\0'


def _encode_bytes(value):
    return 'ay', bytes(value)


def _encode_none(value):
    return 'mv', b''


def _encode_tuple(value):
    members = [_encode(member) for member in value]
    types = [type for type, _ in members]
    return '(' + ''.join(types) + ')', _pack_members(types, [data for _, data in members])


def _encode_list(value):
    kinds = set(map(type, value))
    if len(kinds) == 1:
        kind, = kinds
        if kind is float:
            return 'ad', array('d', value).tobytes()
        if kind is int:
            try:
                return 'ax', array('q', value).tobytes()
            except OverflowError:
                pass
        elif kind is bool:
            return 'ab', bytes(value)
        elif kind is str:
            text = '\0'.join(value) + '\0'
            if text.isascii() and text.count('\0') == len(value):
                ends = list(itertools.accumulate(len(item) + 1 for item in value))
                return 'as', _with_offsets([text.encode()], len(text), ends)
    return _encode_items([_encode(item) for item in value])


def _encode_items(items):
    types = {type for type, _ in items}
    if len(types) == 1:
        type, = types
        # 'at' would do, but ints of more than 63 bits are rare, and this way each 'ax' is one.
        if type != 't':
            return 'a' + type, _pack_array(type, [data for _, data in items])
    return 'av', _pack_array('v', [_pack_variant(type, data) for type, data in items])


def _encode_dict(value):
    keys = [_encode(key) for key in value]
    values = [_encode(item) for item in value.values()]
    key_types = {type for type, _ in keys} or {'s'}
    if len(key_types) > 1 or not key_types <= {'b', 'x', 't', 'd', 's'}:
        pairs = [_pack_members('vv', (_pack_variant(*key), _pack_variant(*item))) for key, item in zip(keys, values)]
        return ANY_DICT, _pack_array('(vv)', pairs)
    key_type, = key_types
    item_types = {type for type, _ in values}
    if len(item_types) == 1:
        item_type, = item_types
        items = [data for _, data in values]
    else:
        item_type = 'v'
        items = [_pack_variant(type, data) for type, data in values]
    entry, types = '{' + key_type + item_type + '}', (key_type, item_type)
    return 'a' + entry, _pack_array(entry, [_pack_members(types, (key, item)) for (_, key), item in zip(keys, items)])


def _encode_variant(value):
    return value.get_type_string(), value.get_data_as_bytes().get_data() or b''


def _encode_array(numbers, shape, element):
    data = _encode_shape(shape), numbers
    return '(oa%s)' % element, _pack_members(('o', 'a' + element), data)


def _encode_shape(shape):
    return ('/' + '/'.join(map(str, shape))).encode() + b'\0'


def _encode_memory(value):
    """Of anything with the buffer protocol but bytes."""
    view = memoryview(value)
    format = view.format.lstrip('@=')
    if view.ndim == 1 and format in ('B', 'b', 'c') and not type(value).__module__ == 'numpy':
        return 'ay', view.tobytes()
    element = ELEMENTS.get((format, view.itemsize))
    if element is None:
        raise TypeError('has elements of the format %r, which cannot travel' % view.format)
    return _encode_array(view.tobytes(), view.shape, element)


def _encode_ndarray(value, numpy):
    if isinstance(value, numpy.ma.MaskedArray):
        raise TypeError('is a masked array; send its data and its mask')
    dtype = value.dtype.newbyteorder('=')
    if dtype.hasobject or dtype.kind == 'V':
        raise TypeError('is an array of %s, which cannot travel' % dtype)
    data = numpy.asarray(value, dtype=dtype, order='C')
    element = ELEMENTS.get((dtype.char, dtype.itemsize))
    if element is not None:
        return _encode_array(data.tobytes(), data.shape, element)
    members = _encode_shape(data.shape), dtype.str.encode() + b'\0', data.tobytes()
    return FOREIGN_ARRAY, _pack_members(('o', 's', 'ay'), members)


_ENCODERS = {bool: _encode_bool, int: _encode_int, float: _encode_float, str: _encode_str, bytes: _encode_bytes,
             bytearray: _encode_bytes, type(None): _encode_none, tuple: _encode_tuple, list: _encode_list,
             dict: _encode_dict, GLib.Variant: _encode_variant}


def _encode_other(value):
    """Of objects that are not of one of the types themselves."""
    numpy = sys.modules.get('numpy')
    if numpy is not None:
        if isinstance(value, numpy.ndarray):
            return _encode_ndarray(value, numpy)
        if isinstance(value, numpy.bool_):
            return _encode_bool(bool(value))
        if isinstance(value, numpy.floating) and value.dtype.itemsize <= 8:
            return _encode_float(float(value))
    for kind, encoder in _ENCODERS.items():
        if isinstance(value, kind):
            return encoder(value)
    if hasattr(value, '__index__'):
        return _encode_int(operator.index(value))
    try:
        return _encode_memory(value)
    except (TypeError, BufferError) as error:
        if 'bytes-like' not in str(error):
            raise
    raise TypeError('is of type %s, which cannot travel; send what it consists of, or pickle.dumps(...) as bytes'
                    % type(value).__qualname__)


def _encode(value):
    return _ENCODERS.get(type(value), _encode_other)(value)


def _explain(value, name):
    """Finds what it is in a value that cannot travel."""
    try:
        _encode(value)
    except RecursionError:
        return ValueError('%s is nested too deeply' % name)
    except (TypeError, ValueError) as error:
        if isinstance(value, dict):
            children = [(key, '%s: the key %r' % (name, key)) for key in value]
            children += [(item, '%s[%r]' % (name, key)) for key, item in value.items()]
        elif isinstance(value, (list, tuple)):
            children = [(item, '%s[%d]' % (name, i)) for i, item in enumerate(value)]
        else:
            children = []
        for child, child_name in children:
            reason = _explain(child, child_name)
            if reason is not None:
                return reason
        return type(error)('%s %s' % (name, error))
    return None


@functools.lru_cache(maxsize=256)
def _variant_type(type):
    return GLib.VariantType(type)


def _variant_for_data(type, data):
    if len(data) < SMALL:
        memory = GLib.Bytes.new(data)
    else:
        from ._buffers import keep
        memory = keep(data).get_bytes()
    return GLib.Variant.new_from_bytes(_variant_type(type), memory, True)


def to_variant(value, name='value'):
    """The GLib.Variant of a Python value; one that is a GLib.Variant already is left as it is."""
    kind = type(value)
    if kind is GLib.Variant:
        return value
    if kind is int and -1 << 63 <= value < 1 << 63:
        return GLib.Variant.new_int64(value)
    if kind is float:
        return GLib.Variant.new_double(value)
    try:
        return _variant_for_data(*_encode(value))
    except (TypeError, ValueError, RecursionError) as error:
        reason = _explain(value, name) or error
    raise reason


def to_array(value, name='array'):
    """The GLib.Variant of an array of elements of a fixed size; the shape of one of NumPy is not kept."""
    try:
        view = memoryview(value)
    except (TypeError, ValueError):
        return to_variant(value, name)
    element = ELEMENTS.get((view.format.lstrip('@='), view.itemsize))
    if element is None:
        raise TypeError('%s has elements of the format %r, which cannot travel' % (name, view.format))
    return _variant_for_data('a' + element, view.tobytes())


# From GVariant: a decoder takes memory and the ends of the value in it


@functools.lru_cache(maxsize=1024)
def _decoder(type):
    """The function that reads values of a type."""
    if type in NUMBERS:
        return _number_decoder(*NUMBERS[type])
    if type[0] in 'sog' and len(type) == 1:
        return _decode_string
    if type == 'v':
        return _decode_variant
    if _end_of_type(type, 0) != len(type):
        raise _Malformed('%r is not one type' % type)
    if type == 'ay':
        return _decode_bytes
    if type == ANY_DICT:
        return _decode_any_dict
    if type == FOREIGN_ARRAY:
        return _foreign_array_decoder(_members_decoder(type))
    matched = ARRAY.fullmatch(type)
    if matched:
        return _array_decoder(matched[1])
    if type[0] == 'm':
        return _maybe_decoder(type[1:])
    if type[0] == 'a' and type[1] == '{':
        items = _items_decoder(type[1:])
        return lambda memory, start, end: dict(items(memory, start, end))
    if type[0] == 'a':
        return _list_decoder(type[1:])
    return _members_decoder(type)


def _number_decoder(code, size):
    unpack = struct.Struct('=' + code).unpack_from

    def decode(memory, start, end):
        if end - start != size:
            raise _Malformed('a number has %d bytes instead of %d' % (end - start, size))
        return unpack(memory, start)[0]

    return decode


def _decode_string(memory, start, end):
    if end <= start or memory[end - 1] != 0:
        raise _Malformed('a string does not end')
    return str(memory[start:end - 1], 'utf-8')


def _decode_bytes(memory, start, end):
    return bytes(memory[start:end])


def _decode_variant(memory, start, end):
    for length in 128, end - start:
        tail_start = max(start, end - length)
        tail = bytes(memory[tail_start:end])
        zero = tail.rfind(0)
        if zero >= 0:
            return _decoder(tail[zero + 1:].decode('ascii'))(memory, start, tail_start + zero)
    raise _Malformed('a variant has no type')


def _maybe_decoder(type):
    decode, fixed = _decoder(type), _layout(type)[1]

    def decode_maybe(memory, start, end):
        return None if start == end else decode(memory, start, end if fixed else end - 1)

    return decode_maybe


def _list_decoder(type):
    if type in NUMBERS:
        code, size = NUMBERS[type]

        def decode_numbers(memory, start, end):
            if (end - start) % size:
                raise _Malformed('an array has a part of an element')
            return memory[start:end].cast(code).tolist()

        return decode_numbers
    decode_items = _items_decoder(type)
    if type != 's':
        return decode_items

    def decode_strings(memory, start, end):
        size = _offsets_code(end - start, 0)[0]
        body = start + int.from_bytes(memory[end - size:end], 'little')
        if start < body < end and memory[body - 1] == 0:
            # All at once, if there are as many as there should be.
            items = str(memory[start:body - 1], 'utf-8').split('\0')
            if len(items) * size == end - body:
                return items
        return decode_items(memory, start, end)

    return decode_strings


def _items_decoder(type):
    """Of arrays of anything but numbers, as lists."""
    decode, (alignment, fixed) = _decoder(type), _layout(type)
    if fixed:
        def decode_fixed(memory, start, end):
            if (end - start) % fixed:
                raise _Malformed('an array has a part of an element')
            return [decode(memory, place, place + fixed) for place in range(start, end, fixed)]

        return decode_fixed

    def decode_variable(memory, start, end):
        if start == end:
            return []
        size, code = _offsets_code(end - start, 0)
        body = start + int.from_bytes(memory[end - size:end], 'little')
        if not start <= body <= end or (end - body) % size:
            raise _Malformed('an array has no end of its elements')
        items, place = [], start
        for offset in struct.unpack_from('<%d%s' % ((end - body) // size, code), memory, body):
            place += (start - place) % alignment
            if not place <= start + offset <= body:
                raise _Malformed('the elements of an array overlap')
            items.append(decode(memory, place, start + offset))
            place = start + offset
        return items

    return decode_variable


def _members_decoder(type):
    """Of tuples, and of dictionary entries."""
    types = _members(type)
    members = [(_decoder(member), *_layout(member)) for member in types]

    def decode_members(memory, start, end):
        size = _offsets_code(end - start, 0)[0]
        values, place, frame = [], start, end
        for i, (decode, alignment, fixed) in enumerate(members):
            place += (start - place) % alignment
            if fixed:
                member_end = place + fixed
            elif i == len(members) - 1:
                member_end = frame
            else:
                frame -= size
                member_end = start + int.from_bytes(memory[frame:frame + size], 'little')
            if not place <= member_end <= end:
                raise _Malformed('the members of a tuple overlap')
            values.append(decode(memory, place, member_end))
            place = member_end
        return tuple(values)

    return decode_members


def _decode_any_dict(memory, start, end):
    pairs = _items_decoder('(vv)')(memory, start, end)
    try:
        return dict(pairs)
    except TypeError:
        return pairs  # keys that Python does not take as such, from another language


def _shape(path, n_elements):
    try:
        shape = tuple(map(int, path.split('/')[1:])) if path != '/' else ()
    except ValueError:
        raise _Malformed('%r is no shape of an array' % path) from None
    n_expected = functools.reduce(operator.mul, shape, 1)
    if n_expected != n_elements:
        raise _Malformed('an array of the shape %s has %d elements' % (shape, n_elements))
    return shape


def _array_decoder(element):
    code, size = NUMBERS[element]
    members = _raw_members_decoder('(oa%s)' % element)

    def decode_array(memory, start, end):
        path, numbers = members(memory, start, end)
        if len(numbers) % size:
            raise _Malformed('an array has a part of an element')
        shape = _shape(path, len(numbers) // size)
        numpy = find_numpy()
        if numpy is not None:
            return numpy.frombuffer(numbers, code).reshape(shape)
        return numbers.cast(code, shape) if shape and all(shape) else numbers.cast(code)

    return decode_array


def _foreign_array_decoder(decode):
    def decode_foreign_array(memory, start, end):
        path, name, data = decode(memory, start, end)
        numpy = find_numpy()
        if numpy is None:
            raise ValueError('an array of %s came, and NumPy is not installed' % name)
        try:
            dtype = numpy.dtype(name)
        except TypeError as error:
            raise _Malformed(str(error)) from None
        if dtype.hasobject or dtype.kind == 'V' or dtype.itemsize == 0 or len(data) % dtype.itemsize:
            raise _Malformed('an array cannot have elements of the type %s' % name)
        return numpy.frombuffer(data, dtype).reshape(_shape(path, len(data) // dtype.itemsize))

    return decode_foreign_array


def _raw_members_decoder(type):
    """Of a string and an array, which is left in its memory."""
    alignment = _layout(_members(type)[1])[0]

    def decode(memory, start, end):
        size = _offsets_code(end - start, 0)[0]
        path_end = start + int.from_bytes(memory[end - size:end], 'little')
        place = path_end + (start - path_end) % alignment
        if not start < path_end <= place <= end - size:
            raise _Malformed('the members of a tuple overlap')
        return _decode_string(memory, start, path_end), memory[place:end - size]

    return decode


@functools.lru_cache(maxsize=None)
def find_numpy():
    """NumPy if it is installed, else None."""
    try:
        import numpy
    except ImportError:
        return None
    return numpy


_GETTERS = {'x': GLib.Variant.get_int64, 'd': GLib.Variant.get_double, 'b': GLib.Variant.get_boolean,
            's': GLib.Variant.get_string}


def from_variant(variant):
    """The Python value of a GLib.Variant."""
    if variant is None:
        return None
    type = variant.get_type_string()
    getter = _GETTERS.get(type)
    if getter is not None:
        return getter(variant)
    memory = variant.get_data_as_bytes()
    size = memory.get_size()
    if size >= SMALL:
        data = bytes_view(memory)
    else:
        data = memoryview(memory.get_data() or b'')
    try:
        return _decoder(type)(data, 0, size)
    except struct.error as error:
        raise _Malformed(str(error)) from None


# Views


def memory_view(address, n_bytes, owner):
    """A memoryview of the bytes at an address, which keeps OWNER alive."""
    if n_bytes == 0:
        return memoryview(bytearray())
    memory = (ctypes.c_ubyte * n_bytes).from_address(address)
    memory._owner = owner
    return memoryview(memory).cast('B')


def bytes_view(memory):
    """The memory of a GLib.Bytes, read-only and without a copy."""
    buffer = Mpi.Buffer.new_for_bytes(memory)
    return memory_view(buffer.address, buffer.count, buffer).toreadonly()


def array_view(variant):
    """What a method gives of an array of elements of a fixed size: a NumPy array if there is NumPy, else a memoryview;
    without a copy, and read-only."""
    type = variant.get_type_string()
    if type[1:] not in NUMBERS:
        return from_variant(variant)
    view = bytes_view(variant.get_data_as_bytes()).cast(NUMBERS[type[1:]][0])
    numpy = find_numpy()
    return view if numpy is None else numpy.frombuffer(view, view.format)
