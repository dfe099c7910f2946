# SPDX-License-Identifier: LGPL-2.1-or-later
"""The introspected methods with arguments and results of Python's.

What a method takes follows from the types of its arguments, so classes and methods that come later are wrapped like
the others. A wrapper is written when its method is first used, as a function of its own with nothing in it that this
method does not need.
"""

from gi._gi import Direction, FunctionInfo
from gi.module import get_introspection_module
from gi.repository import GLib

from . import _buffers, _operations, _values, _waiting
from ._errors import translate

Mpi = get_introspection_module('Mpi')

# Where nothing was given, at the end of the arguments.
_RECEIVES_FROM = 'Mpi.ANY_SOURCE', 'Mpi.ANY_TAG'

_COLLECTIVES = ('bcast', 'gather', 'scatter', 'allgather', 'alltoall', 'reduce', 'allreduce', 'scan', 'exscan',
                'neighbor_allgather', 'neighbor_alltoall')
_KEEPS = ('Request', 'Prequest', 'Halo', 'Blocks', 'Win')

_namespace = {
    'Mpi': Mpi, 'GError': GLib.Error, 'translate': translate,
    'borrow': _buffers.borrow, 'keep': _buffers.keep, 'blocks': _buffers.blocks, 'datatype_for': _buffers.datatype_for,
    'to_variant': _values.to_variant, 'to_array': _values.to_array, 'from_variant': _values.from_variant,
    'array_view': _values.array_view, 'SUM': _operations.predefined['SUM'], 'Failure': _operations.Failure,
    'problem_of': _waiting.problem_of,
    'op_for_buffers': _operations.for_buffers, 'op_for_values': _operations.for_values,
}


def helper(function):
    """Makes a function or a class known to the wrappers."""
    _namespace[function.__name__] = function
    return function


@helper
def receives(comm, root):
    """Whether this rank gets what the root of a bcast sends."""
    if comm.is_inter():
        return root not in (Mpi.ROOT, Mpi.PROC_NULL)
    return root != comm.get_rank()


@helper
def together(convert, value, name):
    """The GVariant of a value of a collective, and why it has none.

    One that cannot travel is replaced by one that the library refuses, so that all ranks get an error and none waits."""
    try:
        return convert(value, name), None
    except (TypeError, ValueError) as error:
        return GLib.Variant('h', 0), error


@helper
def all_together(values, name):
    """The same for a list of values."""
    failure = None
    variants = []
    for i, value in enumerate(values):
        variant, error = together(_values.to_variant, value, '%s[%d]' % (name, i))
        variants.append(variant)
        failure = failure or error
    return variants, failure


@helper
def info_for(info, name):
    """Hints that may be given as a dict."""
    if isinstance(info, dict):
        return Mpi.Info.new_for_hash_table({str(key): str(value) for key, value in info.items()})
    return info


@helper
def bytes_for(memory, name):
    """Bytes that may be given as any memory."""
    if memory is None or isinstance(memory, GLib.Bytes):
        return memory
    try:
        return GLib.Bytes.new(bytes(memoryview(memory)))
    except TypeError:
        raise TypeError('%s is of type %s; it takes GLib.Bytes, or bytes' % (name, type(memory).__qualname__)) from None


@helper
def target_for(target, name):
    """Where in a window: also a rank, or (rank, displacement) and (rank, displacement, count, datatype)."""
    if isinstance(target, int):
        return Mpi.WinTarget.new(target, 0)
    if isinstance(target, (tuple, list)) and len(target) in (2, 4):
        if len(target) == 2:
            return Mpi.WinTarget.new(*target)
        return Mpi.WinTarget.new_full(*target[:3], _buffers.datatype_for(target[3], name))
    return target


@helper
class Lock(int):
    """What lock() gives: True, which `with` unlocks at the end of the block, also after an exception."""

    def __new__(cls, win, rank):
        self = super().__new__(cls, True)
        self.win, self.rank = win, rank
        return self

    def __enter__(self):
        return self.win

    def __exit__(self, kind, error, traceback):
        if self.rank is None:
            self.win.unlock_all()
        else:
            self.win.unlock(self.rank)


@helper
def reduced(variant):
    """The result of a reduction, which is None on a rank that gets none: an empty tuple."""
    value = from_variant(variant)
    return None if value == () and type(value) is tuple else value


from_variant = _values.from_variant


class _Argument:
    """What Python sees of an argument."""

    def __init__(self, info):
        type_info = info.get_type()
        self.name = info.get_name().rstrip('_') if info.get_name() != 'in_' else 'in_'
        self.direction = info.get_direction()
        self.may_be_null = info.may_be_null()
        self.tag = type_info.get_tag_as_string()
        interface = type_info.get_interface()
        self.interface = interface.get_name() if interface else None
        self.items = None
        self.length = -1
        if self.tag == 'array':
            self.length = type_info.get_array_length()
            items = type_info.get_param_type(0).get_interface()
            self.items = items.get_name() if items else None


class _Plan:
    """What the wrapper of a method has to do."""

    def __init__(self, owner, info):
        self.owner = owner.__name__
        self.info = info
        self.name = info.get_name()
        arguments = [_Argument(argument) for argument in info.get_arguments()]
        lengths = {argument.length for argument in arguments}
        self.is_async = any(argument.interface == 'AsyncReadyCallback' for argument in arguments)
        self.has_callback = any((argument.interface or '').endswith(('Func', 'Notify')) for argument in arguments)
        result = info.get_return_type()
        lengths.add(result.get_array_length() if result.get_tag_as_string() == 'array' else -1)
        self.inputs = [argument for i, argument in enumerate(arguments)
                       if argument.direction != Direction.OUT and i not in lengths
                       and not (self.is_async and argument.name == 'user_data')]
        self.n_outputs = sum(argument.direction != Direction.IN for i, argument in enumerate(arguments)
                             if i not in lengths)
        interface = result.get_interface()
        self.result = interface.get_name() if interface else result.get_tag_as_string()
        if self.result == 'array':
            items = result.get_param_type(0).get_interface()
            self.result = 'Variant[]' if items is not None and items.get_name() == 'Variant' else 'array'
        self.is_static = not info.is_method()
        self.is_array_method = self.name.endswith('_array')
        self.has_values = (self.is_array_method or 'variant' in self.name.split('_') or 'variants' in self.name
                           or self.name in ('set_attr', 'get_attr')) and not self.name.startswith(('new', 'to_'))
        self.gives_values = self.has_values and self.result in ('Variant', 'Variant[]')
        operation = self.name.replace('_async', '').rsplit('_', 1)[0]
        self.is_collective = self.has_values and (operation in _COLLECTIVES or operation[:1] == 'i'
                                                  and operation[1:] in _COLLECTIVES)
        self.keeps = (self.result in _KEEPS or self.owner in _KEEPS or self.is_async or self.name.endswith('_begin'))

    def is_needed(self):
        return (self.has_values or self.info.can_throw_gerror()
                or any(argument.interface in ('Buffer', 'Blocks', 'Bytes') for argument in self.inputs))

    def is_written(self, argument):
        """Whether something is received into a buffer."""
        name, method = argument.name, self.name
        if name.startswith('recv') or name in ('inout', 'result', 'memory'):
            return True
        if self.owner == 'Blocks' or name in ('array', 'flag') or name == 'packed':
            return True
        if name == 'buffer':
            return (method in ('recv', 'irecv', 'recv_init', 'precv_init', 'sendrecv_replace', 'isendrecv_replace',
                               'unpack')
                    or method.startswith(('read', 'iread')))
        return name == 'origin' and method in ('get', 'rget')

    def default(self, argument, position):
        """What stands for an argument that is missing; None if it must be there."""
        receives_here = any(other.name == 'source' for other in self.inputs)
        if argument.name == 'source':
            return _RECEIVES_FROM[0]
        if argument.name in ('tag', 'recv_tag') and receives_here:
            return _RECEIVES_FROM[1]
        if argument.name in ('tag', 'send_tag', 'root', 'key') and argument.tag == 'gint32':
            return '0'
        if argument.name == 'op':
            return 'SUM'
        return 'None' if argument.may_be_null else None

    def signature(self):
        if self.is_async:
            for argument in self.inputs:
                argument.may_be_null = argument.may_be_null or argument.interface == 'AsyncReadyCallback'
        parts, trailing = [], True
        for position, argument in reversed(list(enumerate(self.inputs))):
            default = self.default(argument, position) if trailing else None
            trailing = default is not None
            parts.append(argument.name if default is None else '%s=%s' % (argument.name, default))
        parts.reverse()
        if not self.is_static:
            parts.insert(0, 'self')
        if self.is_async:
            parts.append('*user_data')
        if self.has_values:
            parts += ['raw=False'] if self.is_async else ['*', 'raw=False']
        return ', '.join(parts)

    def convert(self, argument):
        """The line that converts an argument, or None."""
        name = argument.name
        if argument.interface == 'Buffer':
            written = self.is_written(argument)
            if name == 'buffer' and self.name in ('bcast', 'ibcast', 'bcast_init'):
                written = 'lambda: receives(self, root)'
            if self.keeps:
                return '%s = keep(%s, %r, %s)' % (name, name, name, written)
            return '%s, %s_kept = borrow(%s, %r, %s)' % (name, name, name, name, written)
        if argument.interface == 'Blocks':
            return '%s = blocks(%s, %r, %s)' % (name, name, name, self.is_written(argument))
        if argument.interface == 'Datatype':
            return 'if type(%s) is Mpi.PredefinedDatatype: %s = datatype_for(%s, %r)' % (name, name, name, name)
        if argument.interface == 'Info':
            return '%s = info_for(%s, %r)' % (name, name, name)
        if argument.interface == 'WinTarget':
            return '%s = target_for(%s, %r)' % (name, name, name)
        if argument.interface == 'Bytes':
            return '%s = bytes_for(%s, %r)' % (name, name, name)
        if argument.interface == 'Op':
            failure = 'None' if self.keeps else 'failure'
            if not self.has_values:
                return '%s = op_for_buffers(%s, %s)' % (name, name, failure)
            return '%s = op_for_values(%s, value, %s, raw)' % (name, name, failure)
        return None

    def convert_value(self, argument):
        """The line that converts a value."""
        name = argument.name
        function = 'to_array' if self.is_array_method else 'to_variant'
        if argument.interface == 'Variant':
            if self.is_collective:
                return '%s, problem = together(%s, %s, %r)' % (name, function, name, name)
            return '%s = %s(%s, %r)' % (name, function, name, name)
        if argument.items == 'Variant':
            if self.is_collective:
                return '%s, problem = all_together(%s, %r)' % (name, name, name)
            return '%s = [to_variant(value, %r) for value in %s]' % (name, name, name)
        return None

    def convert_result(self):
        """The expression for Python's result."""
        convert = 'array_view' if self.is_array_method else 'from_variant'
        if self.name.replace('_finish', '') in ('reduce_variant', 'exscan_variant'):
            convert = 'reduced'
        if self.result == 'Variant[]':
            convert = '[from_variant(item) for item in %s]'
        else:
            convert += '(%s)'
        if self.n_outputs == 0:
            return 'None if result is None else ' + convert % 'result'
        return 'type(result)((None if result[0] is None else %s, *result[1:]))' % (convert % 'result[0]')

    def source(self):
        """The wrapper, in Python."""
        names = [argument.name for argument in self.inputs]
        call = 'call(%s)' % ', '.join(([] if self.is_static else ['self']) + names
                                      + (['*user_data'] if self.is_async else []))
        lines = ['def %s(%s):' % (self.name, self.signature())]
        operation = next((argument for argument in self.inputs if argument.interface == 'Op'), None)
        reports = operation is not None and not self.keeps and self.owner != 'Op'
        operation_line = None
        for argument in self.inputs:
            line = self.convert(argument)
            if line is None:
                continue
            if argument is operation:
                operation_line = line
            else:
                lines.append('    ' + line)
        if operation_line is not None:
            lines.append('    failure = Failure()')
            lines.append('    ' + operation_line)
        values = [argument for argument in self.inputs if argument.interface == 'Variant' or argument.items == 'Variant']
        if self.has_values and values:
            if self.is_collective:
                lines.append('    problem = None')
            lines.append('    if not raw:')
            for argument in values:
                is_ignored = self.name in ('bcast_variant', 'ibcast_variant', 'bcast_variant_async', 'scatter_variant',
                                           'iscatter_variant', 'scatter_variant_async', 'scatter_array')
                if is_ignored:
                    lines.append('        if receives(self, root):')
                    lines.append('            %s = None' % argument.name)
                    lines.append('        elif %s is not None or %s:'
                                 % (argument.name, argument.interface == 'Variant' and not self.is_array_method))
                    lines.append('            ' + self.convert_value(argument))
                else:
                    lines.append('        ' + self.convert_value(argument))
        lines.append('    try:')
        lines.append('        result = ' + call)
        lines.append('    except GError as error:')
        if reports:
            lines.append('        failure.report()')
        if self.is_collective and values:
            lines.append('        raise problem or translate(error) from None')
            lines.append('    if problem is not None:')
            # A request must be waited for, as the other ranks do; that raises it then.
            lines.append('        result._problem = problem' if self.result == 'Request' else '        raise problem')
        elif self.owner == 'Request':
            requests = names[0] if self.is_static else '(self,)'
            lines.append('        raise problem_of(%s) or translate(error) from None' % requests)
        else:
            lines.append('        raise translate(error) from None')
        if reports and not self.has_values:
            lines.append('    failure.report()')
        if self.result == 'Request' and self.has_values and self.n_outputs == 0 and 'send' not in self.name:
            kind = '_gives_list' if self.name in ('igather_variant', 'iallgather_variant', 'ialltoall_variant') \
                else '_gives_value'
            lines.append('    result.%s = True' % kind)
        if self.owner == 'Win' and self.name in ('lock', 'lock_all'):
            lines.append('    return Lock(self, %s)' % ('rank' if self.name == 'lock' else 'None'))
        if self.gives_values:
            lines.append('    return result if raw else ' + self.convert_result())
        else:
            lines.append('    return result')
        return '\n'.join(lines) + '\n'


class _Wrapper:
    """Stands for a method until it is used, and then gives way to the function that it writes."""

    def __init__(self, owner, name, info):
        self.owner, self.name, self.info = owner, name, info
        self.call = info if info.is_method() else getattr(owner, name)
        self.__doc__ = info.__doc__

    def __get__(self, instance, owner=None):
        plan = _Plan(self.owner, self.info)
        if plan.has_callback:
            function = _catching(self.call)
        else:
            function = compile_wrapper(plan.source(), self.name, self.call)
        function.__doc__ = self.__doc__
        function.__qualname__ = '%s.%s' % (self.owner.__name__, self.name)
        function.__module__ = 'gi.repository.Mpi'
        if plan.is_static:
            function = staticmethod(function)
        setattr(self.owner, self.name, function)
        return function.__get__(instance, owner)


def compile_wrapper(source, name, call):
    """The function in a piece of Python, which knows the helpers above and CALL."""
    namespace = dict(_namespace, call=call)
    exec(compile(source, '<Mpi.%s>' % name, 'exec'), namespace)
    return namespace[name]


def _catching(call):
    """Only the errors are Python's."""
    def wrapper(*arguments, **keywords):
        try:
            return call(*arguments, **keywords)
        except GLib.Error as error:
            raise translate(error) from None
    return wrapper


def function_that_raises(info):
    """The wrapper of a function of the namespace."""
    wrapper = _catching(info)
    wrapper.__name__ = wrapper.__qualname__ = info.get_name()
    wrapper.__doc__ = info.__doc__
    return wrapper


def wrap_methods(owner):
    """Puts wrappers in place of the methods of a class that need one."""
    for name, info in list(vars(owner).items()):
        if type(info) is FunctionInfo and (info.can_throw_gerror() or _Plan(owner, info).is_needed()):
            setattr(owner, name, _Wrapper(owner, name, info))
