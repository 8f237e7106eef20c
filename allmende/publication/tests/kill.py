"""Killing a worker at a given moment: as an exception, or for real."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from allmende.core.models import Body
from allmende.lib import seal
from allmende.publication import installation, sealing
from allmende.publication.check import problems

# Before and after each of these the worker can die; SQL statements come on top.
OUTSIDE = (
    (os, "fsync"),
    (os, "replace"),
    (os, "link"),
    (os, "unlink"),
    (sealing, "make"),
    (seal.DemoAuthority, "stamp"),
    (seal.Pkcs12Seal, "sign"),
)


IN_ONE_TOWN = 10


def moments(new_town: Callable[[], Body]) -> Iterator[tuple[int, Body]]:
    """One moment after the other, and where to be killed at it: first in an empty log, then in one that grows. The whole log is checked
    after each, so a new town comes before it gets long."""
    town = new_town()
    for moment in range(1000):
        if moment and moment % IN_ONE_TOWN == 0:
            town = new_town()
        yield moment, town


def check_everywhere() -> None:
    """Every log with all its bundles and seals."""
    assert [problem for found in installation.logs() for problem in problems(found.body)] == []


class Killed(BaseException):
    """Not an Exception, so nothing in the product can catch it."""


def _raise() -> None:
    raise Killed


class KillAt:
    """Kills once, at the given moment."""

    def __init__(self, moment: int, die: Callable[[], None]) -> None:
        self.left, self.done, self.die = moment, False, die

    def tick(self) -> None:
        self.left -= 1
        if self.left < 0 and not self.done:
            self.done = True
            self.die()

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            self.tick()
            result = act(*args, **options)
            self.tick()
            return result

        return wrapped

    def sql(self, execute: Callable[..., Any], *args: Any) -> Any:
        return self.around(execute)(*args)


@contextmanager
def killed_at(moment: int, die: Callable[[], None] = _raise) -> Iterator[KillAt]:
    """Run the block until `moment`. If the block has fewer moments, `done` is False afterwards."""
    kill = KillAt(moment, die)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in OUTSIDE:
            patch.setattr(owner, name, kill.around(getattr(owner, name)))
        try:
            with connection.execute_wrapper(kill.sql):
                yield kill
        except Killed:
            connection.close()  # a dead process holds no connection: what was not committed is gone


def killed_for_real(moment: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process that gets SIGKILL at `moment`. Returns False if it came to its end alive."""
    connection.close()  # parent and child must not share one
    child = os.fork()
    if child == 0:
        try:
            with killed_at(moment, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                act()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
