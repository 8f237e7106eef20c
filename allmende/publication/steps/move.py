"""The one way in which an attempt changes its state."""

from datetime import date, datetime

from allmende.publication.clock import BERLIN
from allmende.publication.models import Attempt


def move(attempt: Attempt, **columns: object) -> bool:
    """From the state that was read to the next one. False: someone else was faster, and that is fine."""
    still = Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk, state=attempt.state, day=attempt.day)
    return still.update(state=attempt.state + 1, **columns) == 1


def day_of(at: datetime) -> date:
    """The day in Germany."""
    return at.astimezone(BERLIN).date()
