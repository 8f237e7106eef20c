"""The demo: the invented town Quellstedt, its association Erlenland and its neighbour Wiesenmark.

Everything is made through the services that the pages use, at the time it is meant to have happened, so that the demo
is a real installation with three years behind it. Names, bodies and keys of regions are invented; seal and time stamp
authority say in every certificate that they are a demo.
"""

from collections.abc import Callable

from allmende.config.demo import after, drafts, evidence, explaining, gazette, paper, publishing, story
from allmende.config.demo.story import Step, Story
from allmende.config.demo.world import PASSWORD, PEOPLE, Demo, build, load

__all__ = ["PASSWORD", "PEOPLE", "Demo", "build", "load", "steps", "tell"]


def steps() -> list[Step]:
    """All that happens, in no order."""
    return [step for part in (publishing, explaining, paper, after, gazette, evidence, drafts) for step in part.steps()]


def tell(demo: Demo, progress: Callable[[str], None]) -> Story:
    """Let three years go by. `progress` is told the title of each step."""
    return story.tell(demo, steps(), progress)
