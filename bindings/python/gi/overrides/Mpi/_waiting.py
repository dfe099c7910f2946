# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requests in coroutines: `status = await comm.irecv(array, 0)`, `value = await comm.irecv_variant(0)`.

In an asyncio loop one poller for each loop tests all requests that are awaited there; without one, the coroutine must
have been started by run_in_main_loop(), and GLib's main loop waits.
"""

import sys
import weakref

from gi.module import get_introspection_module
from gi.repository import GLib

from ._errors import translate
from ._values import from_variant

Mpi = get_introspection_module('Mpi')
_test = Mpi.Request.test
_get_variant = Mpi.Request.get_variant
_get_variants = Mpi.Request.get_variants
_get_status = Mpi.Request.get_status

# How often a poller tests at once, and how long it sleeps then at least and at most, in seconds.
SPINS = 200
SHORTEST_SLEEP = 50e-6
LONGEST_SLEEP = 1e-3

_pollers = weakref.WeakKeyDictionary()


def problem_of(requests):
    """Why a collective of values failed, if this rank gave what cannot travel; None otherwise."""
    for request in requests:
        problem = getattr(request, '_problem', None)
        if problem is not None and not request.is_active():
            return problem
    return None


class _Poller:
    """Tests the requests that are awaited in one loop, often at first and then less and less."""

    def __init__(self, loop):
        self.loop = weakref.ref(loop)
        self.waiting = {}
        self.is_scheduled = False
        self.n_polls = 0

    def add(self, request):
        future = self.loop().create_future()
        self.waiting[future] = request
        self.n_polls = 0
        if not self.is_scheduled:
            self.is_scheduled = True
            self.loop().call_soon(self.poll)
        return future

    def poll(self):
        for future, request in list(self.waiting.items()):
            if future.done():  # cancelled; the request goes on, and can be awaited again
                del self.waiting[future]
                continue
            try:
                if not _test(request)[0]:
                    continue
            except GLib.Error as error:
                future.set_exception(problem_of((request,)) or translate(error))
            else:
                future.set_result(None)
            del self.waiting[future]
            self.n_polls = 0
        self.is_scheduled = bool(self.waiting)
        if not self.is_scheduled:
            return
        self.n_polls += 1
        if self.n_polls <= SPINS:
            self.loop().call_soon(self.poll)
        else:
            sleep = SHORTEST_SLEEP * 2 ** min(self.n_polls - SPINS, 10)
            self.loop().call_later(min(sleep, LONGEST_SLEEP), self.poll)


def _result(request):
    """The value that a request received, or the status of any other."""
    try:
        if getattr(request, '_gives_list', False):
            return [from_variant(value) for value in _get_variants(request)]
        if getattr(request, '_gives_value', False):
            return from_variant(_get_variant(request))
        return _get_status(request)[1]
    except GLib.Error as error:
        raise translate(error) from None


def wait(request):
    """The steps of `await request`."""
    asyncio = sys.modules.get('asyncio')  # if nobody has imported it, it does not run
    loop = asyncio._get_running_loop() if asyncio is not None else None
    if loop is None:
        yield request
    else:
        poller = _pollers.get(loop)
        if poller is None:
            poller = _pollers[loop] = _Poller(loop)
        yield from poller.add(request)
    return _result(request)


def run_in_main_loop(coroutine, done=None):
    """Starts a coroutine that awaits requests in the thread's GLib main loop, and returns at its first await.

    done(result, error) is called when it has ended; without it, an exception is raised in the main loop's handler."""
    _step(coroutine, done, None)


def _step(coroutine, done, error):
    try:
        request = coroutine.send(None) if error is None else coroutine.throw(error)
    except StopIteration as end:
        if done is not None:
            done(end.value, None)
        return
    except Exception as failure:
        if done is None:
            raise
        done(None, failure)
        return
    if not isinstance(request, Mpi.Request):
        coroutine.throw(TypeError('only requests can be awaited in a GLib main loop, not %r' % (request,)))
    _wait_in_main_loop(request, lambda failure: _step(coroutine, done, failure))


def _wait_in_main_loop(request, resume):
    if hasattr(Mpi.Request, 'wait_async'):
        def on_ready(source, result, *_):
            try:
                source.wait_finish(result)
            except GLib.Error as error:
                resume(problem_of((request,)) or translate(error))
            else:
                resume(None)

        request.wait_async(GLib.PRIORITY_DEFAULT, None, on_ready)
        return

    def poll():
        try:
            if not _test(request)[0]:
                return True
        except GLib.Error as error:
            resume(problem_of((request,)) or translate(error))
        else:
            resume(None)
        return False

    GLib.timeout_add(1, poll)
