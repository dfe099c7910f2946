# SPDX-License-Identifier: LGPL-2.1-or-later
"""What makes gi.repository.Mpi natural in Python; PyGObject loads it by itself.

The methods keep their names. Wherever one takes an Mpi.Buffer, anything with the buffer protocol will do; the methods
on values take and give Python's own values (raw=True: GLib.Variants); a request can be awaited; an operation can be a
function; errors are Mpi.MpiError. docs/python.md tells it all.
"""

from gi._gi import FunctionInfo
from gi.module import get_introspection_module

Mpi = get_introspection_module('Mpi')

from . import _classes, _methods, _operations  # noqa: E402
from ._buffers import view  # noqa: E402,F401
from ._errors import MpiError  # noqa: E402,F401
from ._values import from_variant, to_variant  # noqa: E402,F401
from ._waiting import run_in_main_loop  # noqa: E402,F401

__all__ = ['MpiError', 'from_variant', 'run_in_main_loop', 'to_variant', 'view', 'IN_PLACE']

for _class in _classes.patch():
    _methods.wrap_methods(_class)

# What C programs write as OMPI_OBJ_IN_PLACE, OMPI_OBJ_SUM and OMPI_OBJ_DOUBLE.
IN_PLACE = Mpi.Buffer.in_place()
globals().update(_operations.predefined)
__all__ += _operations.predefined
for _name in dir(Mpi.PredefinedDatatype):
    if _name.isupper() and isinstance(getattr(Mpi.PredefinedDatatype, _name), Mpi.PredefinedDatatype):
        globals()[_name] = Mpi.Datatype.get_predefined(getattr(Mpi.PredefinedDatatype, _name))
        __all__.append(_name)

for _name in dir(Mpi):
    _function = getattr(Mpi, _name)
    if type(_function) is FunctionInfo and _function.can_throw_gerror():
        globals()[_name] = _methods.function_that_raises(_function)
        __all__.append(_name)
