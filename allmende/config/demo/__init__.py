"""The demo: the invented town Quellstedt, its association Erlenland and its neighbour Wiesenmark.

Everything is made through the services that the pages use, at the time it is meant to have happened, so that the demo
is a real installation with two years behind it. Names, bodies and keys of regions are invented; seal and time stamp
authority say in every certificate that they are a demo.
"""

from allmende.config.demo.story import tell
from allmende.config.demo.world import PASSWORD, PEOPLE, Demo, build, load

__all__ = ["PASSWORD", "PEOPLE", "Demo", "build", "load", "tell"]
