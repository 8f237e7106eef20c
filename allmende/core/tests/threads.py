"""Several people at the same moment, each with a connection of their own."""

import threading
from collections import Counter
from collections.abc import Callable

from django.db import connections


def at_once(act: Callable[[int], str], people: int = 8) -> Counter[str]:
    """Run `act` in as many threads, all let go at the same moment; count what came of it."""
    results: list[str] = []
    barrier = threading.Barrier(people)

    def go(i: int) -> None:
        barrier.wait()
        try:
            results.append(act(i))
        except Exception as error:
            results.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(i,)) for i in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(results)
