"""What the log says about what was published earlier, in the words of the page: taken down, erased, corrected."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allmende.core import addresses
from allmende.core.models import Body, Record
from allmende.publication.models import Attempt, LogEntry, Relation, Removal

LATEST: Final = 20  # that the page of the log tells


@dataclass(frozen=True)
class Told:
    """One such line. `line`, `about`: places in the log as people count, from 1. `address`: of what it is about."""

    line: int
    about: int
    at: datetime
    what: str
    address: str


def latest(body: Body) -> list[Told]:
    """The newest lines of this kind, newest first. 4 queries."""
    return _told(body, _removals(body)[:LATEST], _relations(body)[:LATEST])[:LATEST]


def about(body: Body, index: int) -> list[Told]:
    """What the log says about the entry at `index`, newest first. 4 queries."""
    counts = Attempt.objects.for_body(body).filter(leaf_index=index).values("publication")
    return _told(body, _removals(body).filter(attempt__leaf_index=index), _relations(body).filter(earlier__in=counts))


def _removals(body: Body) -> "QuerySet[Removal]":
    rows = Removal.objects.for_body(body).filter(entry_index__isnull=False).order_by("-entry_index")
    return rows.select_related("attempt__publication__record__body").defer(*(f"attempt__{column}" for column in _LARGE))


def _relations(body: Body) -> "QuerySet[Relation]":
    rows = Relation.objects.for_body(body).filter(entry_index__isnull=False).order_by("-entry_index")
    return rows.select_related("earlier__record__body", "later__record__body").defer("earlier__payload", "later__payload")


_LARGE = ("page", "fragment", "document", "token", "revocation", "seal_certificates", "stamp_certificates", "publication__payload")


def _told(body: Body, removals: "QuerySet[Removal]", relations: "QuerySet[Relation]") -> list[Told]:
    taken, related = list(removals), list(relations)
    counted = Attempt.objects.for_body(body).filter(publication__in=[row.earlier_id for row in related], void_index=None)
    index_of = dict(counted.filter(leaf_index__isnull=False).values_list("publication", "leaf_index"))
    lines = [(row.entry_index, row.attempt.leaf_index, in_words(row), row.attempt.publication.record) for row in taken]
    lines += [(row.entry_index, index_of.get(row.earlier_id), related_in_words(row), row.later.record) for row in related]
    at = dict(LogEntry.objects.for_body(body).filter(index__in=[line[0] for line in lines]).values_list("index", "at"))
    found = [
        Told(index + 1, earlier + 1, at[index], what, _address(record, body))
        for index, earlier, what, record in lines
        if index is not None and index in at and earlier is not None
    ]
    return sorted(found, key=lambda told: told.line, reverse=True)


def _address(record: Record, body: Body) -> str:
    record.body = body  # the one that knows its host already
    return addresses.of_record(record, get_language() or "de")


def in_words(removal: Removal) -> str:
    """Anlage 2 ist nicht mehr veröffentlicht. Grund: …"""
    what = artefacts_in_words(removal.artefacts)
    if removal.event == Removal.Event.ERASED:
        return _("Gelöscht: %(what)s.") % {"what": what}
    reason = Removal.Reason(removal.reason).label
    return _("Nicht mehr veröffentlicht: %(what)s. Grund: %(reason)s.") % {"what": what, "reason": reason}


def related_in_words(relation: Relation) -> str:
    """What the later one does to the earlier one."""
    return {
        Relation.Word.CORRECTS: _("Berichtigt durch eine spätere Bekanntmachung."),
        Relation.Word.RENEWS: _("Neu bekannt gemacht durch eine spätere Bekanntmachung."),
        Relation.Word.HEALS: _("Ein Fehler ist durch eine spätere Bekanntmachung geheilt."),
    }[Relation.Word(relation.word)]


def artefacts_in_words(names: Collection[str]) -> str:
    """Anlage 1, Anlage 2; or all of it."""
    if "page.html" in names:
        return _("die ganze Veröffentlichung")
    numbers = sorted(int(name.removeprefix("attachment-")) for name in names)
    return ", ".join(_("Anlage %(number)d") % {"number": number} for number in numbers)
