"""What happens in the demo: steps of several parts, each at its time, told in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from allmende.config.demo.told import Told
from allmende.config.demo.world import Demo
from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.notices.models import Notice
from allmende.publication.clock import as_told

SOON: Final = timedelta(minutes=2)  # a page answers a little after it was made, and what follows from that comes then


@dataclass
class Story:
    """The world, and what has been made in it so far: name of a text → its notice."""

    demo: Demo
    made: dict[str, UUID] = field(default_factory=dict)

    def body(self, slug: str) -> Body:
        return self.demo.bodies[slug]

    def person(self, login: str) -> Person:
        return self.demo.people[login]

    def notice(self, told: Told) -> Notice:
        rows = Notice.objects.for_body(self.body(told.head["Body"])).select_related("record__body")
        return rows.get(pk=self.made[told.name])


@dataclass(frozen=True)
class Step:
    """`do` is done at `at`, then what waits for the worker at that moment."""

    at: datetime
    title: str
    do: Callable[[Story], None]


def tell(demo: Demo, steps: list[Step], progress: Callable[[str], None]) -> Story:
    """Do the steps in the order of their times, the worker after each. `progress` is told the title of each when it is done."""
    story = Story(demo)
    with as_told():
        for step in sorted(steps, key=lambda step: step.at):
            step.do(story)
            outbox.work(step.at)
            outbox.work(step.at + SOON)
            progress(step.title)
    return story
