"""Days that must follow each other, said in one sentence."""

from collections.abc import Iterable, Mapping
from typing import Any

from allmende.notices.kinds.fields import Words
from allmende.notices.kinds.registry import Finding


def not_before(values: Mapping[str, Any], later: str, earlier: str, sentence: Words) -> Iterable[Finding]:
    """A finding at `later` if both days are there and it lies before `earlier`."""
    if values.get(later) and values.get(earlier) and values[later] < values[earlier]:
        yield later, sentence
