# SPDX-License-Identifier: LGPL-2.1-or-later
"""The exception of the library's errors."""

from gi.module import get_introspection_module
from gi.repository import GLib

Mpi = get_introspection_module('Mpi')

_domain = GLib.quark_to_string(Mpi.Error.quark())
_get_last_mpi_code = Mpi.Error.get_last_mpi_code


class MpiError(GLib.Error):
    """An error of MPI or of the library.

    It is a GLib.Error, so that programs that catch that one go on to work.

    error_class: what went wrong, one of Mpi.Error: `except Mpi.MpiError as e: if e.error_class == Mpi.Error.TRUNCATE`
    mpi_code: MPI's own code, which Mpi.Error.get_string() has the text for; 0 if it is not MPI's
    message: the function and the text
    """

    def __init__(self, message='unknown error', domain=_domain, code=0, mpi_code=0):
        super().__init__(message, domain, code)
        self.error_class = Mpi.Error(code)
        self.mpi_code = mpi_code

    def __str__(self):
        return self.message

    def __repr__(self):
        return 'Mpi.MpiError(%r, %s)' % (self.message, self.error_class.value_nick)

    def __reduce__(self):
        return MpiError, (self.message, self.domain, self.code, self.mpi_code)

    def copy(self):
        return MpiError(self.message, self.domain, self.code, self.mpi_code)


def translate(error):
    """The MpiError for a GLib.Error of this library, which was raised just now; any other as it is."""
    if error.domain != _domain or isinstance(error, MpiError):
        return error
    return MpiError(error.message, error.domain, error.code, _get_last_mpi_code())
