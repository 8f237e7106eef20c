"""What the public reads of the local law: by-laws with their versions, as far as the notice of each still answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from django.db.models import QuerySet

from allmende.core.models import Body, Link, Record, Visibility
from allmende.law.models import ByLaw, Version


@dataclass(frozen=True)
class Stage:
    """A version for readers. `until`: the last day before the next version holds; None for the last one, or where that day is open."""

    version: Version
    until: date | None

    @property
    def label(self) -> str:
        """Number of the notice: 17/2026."""
        return label_of(self.version.promulgated_by)


@dataclass(frozen=True)
class Entry:
    """A line of the list of local law: the by-law, its newest version, and how many there are."""

    record: Record
    newest: Version
    count: int


def label_of(notice: Record) -> str:
    """bekanntmachungen/2026/17/ → 17/2026."""
    year, number = notice.path.strip("/").split("/")[1:3]
    return f"{number}/{year}"


def shown(body: Body, *, at: datetime) -> QuerySet[Version]:
    """Versions whose by-law is public and whose notice answers at `at`. What was taken down stands in no list. 1 query when read."""
    answers = {"promulgated_by__visibility": Visibility.PUBLIC, "bylaw__record__visibility": Visibility.PUBLIC}
    rows = Version.objects.for_body(body).filter(promulgated_at__lte=at, **answers)
    return rows.select_related("bylaw__record", "promulgated_by").order_by("bylaw", "number")


def entries(body: Body, *, at: datetime) -> list[Entry]:
    """Every by-law with something to read, by title. 1 query."""
    found = []
    for _pk, rows in groupby(shown(body, at=at), key=lambda row: row.bylaw_id):
        versions = list(rows)
        found.append(Entry(versions[-1].bylaw.record, versions[-1], len(versions)))
    return sorted(found, key=lambda entry: entry.record.titles["de"].casefold())


def answering(body: Body, path: str, *, at: datetime) -> tuple[ByLaw, list[Stage]] | None:
    """The by-law of an address with its versions, newest first; None where none of them can be read. 1 query."""
    versions = list(shown(body, at=at).filter(bylaw__record__path=path))
    if not versions:
        return None
    versions[0].bylaw.record.body = body
    return versions[0].bylaw, _stages(versions)


def _stages(versions: list[Version]) -> list[Stage]:
    """`versions` oldest first. A later version with an earlier day leaves the end of the one before it open: nothing is guessed."""
    ends: list[date | None] = [_day_before(later, earlier) for earlier, later in pairwise(versions)]
    return [Stage(*pair) for pair in zip(versions, [*ends, None], strict=True)][::-1]


def _day_before(later: Version, earlier: Version) -> date | None:
    if later.in_force_on is None or earlier.in_force_on is None or later.in_force_on <= earlier.in_force_on:
        return None
    return later.in_force_on - timedelta(days=1)


def corrections(bylaw: ByLaw, *, body: Body, versions: Iterable[Stage]) -> list[Record]:
    """Public notices that belong to the by-law and enact no version of it. 1 query."""
    enacting = [stage.version.promulgated_by_id for stage in versions]
    links = Link.objects.for_body(body).filter(
        target=bylaw.record_id, relation=Link.Relation.PROMULGATES, source__visibility=Visibility.PUBLIC, source__kind=Record.Kind.NOTICE
    )
    return [link.source for link in links.exclude(source__in=enacting).select_related("source").order_by("pk")]


def indexable(body: Body, *, at: datetime) -> list[tuple[str, datetime]]:
    """(path, last notice) of the pages that search engines may list. 1 query."""
    return [(entry.record.path, entry.newest.promulgated_at) for entry in entries(body, at=at)]
