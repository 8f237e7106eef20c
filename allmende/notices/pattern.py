"""A draft that began as a copy of an earlier notice: what stayed empty, and which years of then still stand in it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allmende.lib import richtext
from allmende.notices import kinds, text
from allmende.notices.models import Notice

if TYPE_CHECKING:
    from allmende.notices.services import Draft

_YEAR: Final = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d,])|(?<=\.)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Reminder:
    """`empty`: labels of fields that were filled there and are empty here. `years`: (year, how often) up to the year of the source."""

    source: Notice
    empty: list[str]
    years: list[tuple[int, int]]


def reminder(notice: Notice, values: "Draft") -> Reminder | None:
    """None: it is no copy, or nothing of it is left to check. 1 query for a copy."""
    source = notice.pattern
    if source is None:
        return None
    fields = kinds.get(source.kind).fields
    mine = kinds.get(values.kind)
    lacking = [field for field in fields if field.name in source.details and field.name not in values.details]
    empty = [str(field.label) for field in lacking if mine.field(field.name)]
    counted = Counter(int(year) for said in _said(values) for year in _YEAR.findall(said))
    years = sorted((year, n) for year, n in counted.items() if year <= (source.year or 0))
    return Reminder(source, empty, years) if empty or years else None


def _said(values: "Draft") -> Iterator[str]:
    yield from (values.title, values.title_en, values.summary, values.meaning, richtext.plain_text(text.read(values.content)))
    for value in values.details.values():
        yield from [value] if isinstance(value, str) else value if isinstance(value, list) else []
