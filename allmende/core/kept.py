"""Parts that many pages of a body have in common, kept until the generation is raised (core/generation.py)."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from allmende.core.http import TownRequest

MOST: Final = 2000  # parts in one process: a few for each body, language and place in the navigation


class Parts:
    """Parts by body, language and prefix, in this process. All go when the generation is another one."""

    def __init__(self) -> None:
        self._lock, self._generation = Lock(), 0
        self._parts: dict[tuple[Any, ...], SafeString] = {}

    def get(self, request: "TownRequest", key: tuple[Any, ...], make: Callable[[], SafeString]) -> SafeString:
        """The part, made now if it is not there. It says the same to everybody.

        Inside a transaction nothing is kept: what was written may be rolled back, and its number be given once more.
        """
        generation, town = getattr(request, "generation", None), getattr(request, "town", None)
        if generation is None or town is None or connection.in_atomic_block:
            return make()
        whole = (town.pk, get_language(), get_script_prefix(), *key)
        with self._lock:
            if generation != self._generation:
                self._generation, self._parts = generation, {}
            found = self._parts.get(whole)
        if found is None:
            found = make()
            with self._lock:
                if generation == self._generation and len(self._parts) < MOST:
                    self._parts[whole] = found
        return found


parts: Final = Parts()
