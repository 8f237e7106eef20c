"""Several people at the same moment, each with a connection of their own."""

import threading
from collections import Counter
from collections.abc import Callable

from django.db import connections

LONG: float = 30  # seconds after which a test has failed that waits for somebody who does not come; SQLite's writers wait 20


def meeting(people: int) -> threading.Barrier:
    """Where `people` wait for each other. Who waits in vain gets a BrokenBarrierError, so that a test fails instead of hanging."""
    return threading.Barrier(people, timeout=LONG)


def at_once(act: Callable[[int], str], people: int = 8) -> Counter[str]:
    """Run `act` in as many threads, all let go at the same moment; count what came of it."""
    results: list[str] = []
    barrier = meeting(people)

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
