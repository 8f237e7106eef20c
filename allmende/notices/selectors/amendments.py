"""How notices of a body hang together after their publication."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices import kinds
from allmende.notices.models import Amendment, Notice

Word = Amendment.Word
_LATER: Final[dict[str, Promise]] = {
    Word.CORRECTS: _("Berichtigt durch die Bekanntmachung"),
    Word.RENEWS: _("Neu bekannt gemacht durch die Bekanntmachung"),
    Word.HEALS: _("Ein Fehler ist geheilt durch die Bekanntmachung"),
}
_EARLIER: Final[dict[str, Promise]] = {
    Word.CORRECTS: _("Berichtigt die Bekanntmachung"),
    Word.RENEWS: _("Macht neu bekannt, was bekannt gemacht war mit"),
    Word.HEALS: _("Heilt einen Fehler der Bekanntmachung"),
}


_REPEATED: Final = _("In der üblichen Form nachgeholt durch die Bekanntmachung")
_REPEATS: Final = _("Holt in der üblichen Form die Notbekanntmachung nach:")


def _repeats(row: Amendment) -> bool:
    return row.word == Word.RENEWS and kinds.get(row.earlier.kind).law is NoticeKind.EMERGENCY


@dataclass(frozen=True)
class Related:
    """`words` lead to the notice `label` ('17/2026'), provided at `at`. `url` is empty where its page does not answer."""

    words: str | Promise
    label: str
    at: datetime
    url: str


def related(notice: Notice, *, at: datetime) -> list[Related]:
    """What the notice does to an earlier one, and what later ones have done to it, oldest first. 1 query."""
    rows = Amendment.objects.for_body(notice.record.body).filter(Q(notice=notice.pk) | Q(earlier=notice.pk))
    found = []
    for row in rows.select_related("notice", "earlier").order_by("notice__provided_at", "notice"):
        other, words = (row.earlier, _EARLIER) if row.notice_id == notice.pk else (row.notice, _LATER)
        if other.provided_at is None or other.provided_at > at:
            continue
        url = reverse("notices:page", args=[other.year, other.number]) if other.answers(at) else ""
        said = words[row.word] if not _repeats(row) else _REPEATED if words is _LATER else _REPEATS
        found.append(Related(said, other.label, other.provided_at, url))
    return found
