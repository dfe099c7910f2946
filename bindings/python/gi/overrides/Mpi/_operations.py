# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python functions as reduction operations.

operator.add, max and their kin become MPI's own operations where these mean the same; any other function combines two
elements of a buffer, or two values. Functions are taken as not commutative, so the order of the ranks is kept.
"""

import operator
import sys

from gi.module import get_introspection_module

from ._buffers import _view_formats, view
from ._values import find_numpy, from_variant, to_variant

Mpi = get_introspection_module('Mpi')
Op = Mpi.Op

NAMES = ('MAX', 'MIN', 'SUM', 'PROD', 'LAND', 'BAND', 'LOR', 'BOR', 'LXOR', 'BXOR', 'MINLOC', 'MAXLOC', 'REPLACE',
         'NO_OP')
predefined = {name: Op.get_predefined(getattr(Mpi.PredefinedOp, name)) for name in NAMES}
_by_function = {operator.add: 'SUM', operator.iadd: 'SUM', operator.mul: 'PROD', operator.imul: 'PROD', max: 'MAX',
                min: 'MIN', operator.and_: 'BAND', operator.or_: 'BOR', operator.xor: 'BXOR'}
_by_ufunc = {'add': 'SUM', 'multiply': 'PROD', 'maximum': 'MAX', 'minimum': 'MIN', 'bitwise_and': 'BAND',
             'bitwise_or': 'BOR', 'bitwise_xor': 'BXOR', 'logical_and': 'LAND', 'logical_or': 'LOR',
             'logical_xor': 'LXOR'}
_ufunc_by_op = {id(predefined[name]): ufunc for ufunc, name in _by_ufunc.items()}
_NUMPY_TYPES = {'Zf': 'F', 'Zd': 'D', 'g': 'g', 'Zg': 'G'}


class Failure:
    """The exception that a function raised inside of a reduction."""

    error = None

    def report(self):
        """Raises it where the user called the reduction."""
        if self.error is not None:
            error, self.error = self.error, None
            raise error


def _is_ufunc(function):
    numpy = sys.modules.get('numpy')
    return numpy is not None and isinstance(function, numpy.ufunc)


def _find(op, name):
    """The predefined operation for what was given, the operation itself, or None for another function."""
    if isinstance(op, Op):
        return op
    if isinstance(op, Mpi.PredefinedOp):
        return Op.get_predefined(op)
    if not callable(op):
        raise TypeError('%s is %r, which is neither an Mpi.Op nor a function' % (name, op))
    known = _by_ufunc.get(op.__name__) if _is_ufunc(op) else _by_function.get(op)
    return predefined.get(known)


def _elements(buffer, is_ufunc):
    format, _ = _view_formats.get(id(buffer.datatype), (None, None))
    if format is None:
        raise TypeError('a function of two elements cannot combine elements of a derived datatype; use Mpi.Op.new()')
    elements = view(buffer)
    if not is_ufunc and format not in _NUMPY_TYPES:
        return elements
    numpy = find_numpy()
    if numpy is None:
        raise TypeError('Python has no elements of this datatype without NumPy; use Mpi.Op.new()')
    return numpy.frombuffer(elements, _NUMPY_TYPES.get(format, elements.format))


def for_buffers(op, failure=None):
    """The operation for elements of buffers. What a function raises goes to FAILURE, if there is one."""
    found = _find(op, 'op')
    if found is not None:
        return found
    is_ufunc = _is_ufunc(op)

    def combine(in_buffer, inout_buffer, *_):
        try:
            x, y = _elements(in_buffer, is_ufunc), _elements(inout_buffer, is_ufunc)
            if is_ufunc:
                y[...] = op(x, y)
            else:
                for i in range(len(y)):
                    y[i] = op(x[i], y[i])
        except Exception as error:
            if failure is None:
                raise
            failure.error = failure.error or error

    return Op.new(combine, False)


def for_values(op, value, failure=None, raw=False):
    """The operation for values such as VALUE."""
    found = _find(op, 'op')
    numpy = sys.modules.get('numpy')
    if raw or isinstance(op, (Op, Mpi.PredefinedOp)):
        # The shape of an array is no number to be added up.
        if raw or numpy is None or not isinstance(value, numpy.ndarray) or id(found) not in _ufunc_by_op:
            if found is not None:
                return found
        else:
            op = getattr(numpy, _ufunc_by_op[id(found)])
    elif found is not None and type(value) in (int, float):
        return found

    def combine(a, b, *_):
        try:
            return op(a, b) if raw else to_variant(op(from_variant(a), from_variant(b)), 'the result of the function')
        except Exception as error:
            if failure is None:
                raise
            failure.error = failure.error or error
            return None

    return Op.new_for_variants(combine, False)
