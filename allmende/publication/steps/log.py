"""SEALED → APPENDED → CHECKPOINTED: the leaf gets its index, the log its files and a signed head over them."""

from allmende.publication import log
from allmende.publication.clock import Clock
from allmende.publication.models import Attempt
from allmende.publication.steps.move import move


def append(attempt: Attempt, clock: Clock) -> None:
    # Also when the day has passed meanwhile: what was sealed is in the log, then it can be declared void there.
    move(attempt, leaf_index=log.append(attempt.body, bytes(attempt.leaf or b""), at=clock()))


def checkpoint(attempt: Attempt, clock: Clock) -> None:
    # Taken after the append was stored, so its size is above our index.
    move(attempt, checkpoint=log.integrate(attempt.body, at=clock()))
