"""How a check tells how far it is and what it has found."""

from collections.abc import Callable
from typing import Final

Progress = Callable[[str, int, int], None]  # what, done, of how many

STEP: Final = 4096  # entries read at once, whole bundles; after each of them progress is told
MOST: Final = 20  # files of one kind that are named
