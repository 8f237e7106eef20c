"""What lies on the desk: rows that are ready to be shown."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmende.core.models import Body, Person
from allmende.core.permissions import Act, may
from allmende.notices.models import Comment, Notice, Revision
from allmende.notices.selectors.public import public
from allmende.tasks.waiting import Waiting

State = Notice.State


class DeskRow(NamedTuple):
    """One line of a table: where it leads, what it is, who and when, and its state as (`state`, `words`) of `{% state %}`."""

    url: str
    title: str
    kicker: str
    who: str
    at: datetime | None
    state: str
    words: str


def _title(notice: Notice) -> str:
    return notice.record.title or _("Ohne Titel")


def _kicker(notice: Notice) -> str:
    return f"{notice.kind_name} · " + _("Nr. %(number)s") % {"number": notice.label} if notice.number else notice.kind_name


def _wrote(person: Person, body: Body) -> Exists:
    return Exists(Revision.objects.for_body(body).filter(notice=OuterRef("pk"), author=person))


def _waiting(person: Person, body: Body) -> QuerySet[Notice]:
    return Notice.objects.for_body(body).filter(~_wrote(person, body), state=State.SUBMITTED)


def waits_for(person: Person, body: Body, acts: Collection[Act]) -> Waiting | None:
    """How many notices wait until `person`, who has these rights, approves them, and where they are. 1 query, none for others."""
    number = _waiting(person, body).count() if Act.APPROVE in acts else 0
    if not number:
        return None
    words = ngettext("%(n)s Bekanntmachung wartet auf Ihre Freigabe", "%(n)s Bekanntmachungen warten auf Ihre Freigabe", number)
    return Waiting(words % {"n": number}, f"{reverse('desk')}#w")


def waiting_for(person: Person, body: Body, *, at: datetime) -> list[DeskRow]:
    """What `person` can approve or send back: submitted, and not written by `person`. Oldest first. 2 queries."""
    if not may(person, body, Act.APPROVE, at=at):
        return []
    return [
        DeskRow(
            reverse("notices_staff:decide", args=[notice.pk, notice.version]),
            _title(notice),
            _kicker(notice),
            notice.submitted_by.name if notice.submitted_by else "",
            notice.submitted_at,
            "run",
            _("prüfen und freigeben"),
        )
        for notice in _waiting(person, body).select_related("record", "submitted_by").order_by("submitted_at")
    ]


def _drafts(body: Body) -> QuerySet[Notice]:
    unfinished = Notice.objects.for_body(body).filter(state__in=[State.DRAFT, State.SUBMITTED])
    sent_back = Exists(Comment.objects.for_body(body).filter(notice=OuterRef("pk"), with_approval=False))
    return unfinished.annotate(sent_back=sent_back).select_related("record", "created_by", "submitted_by").order_by("-changed_at")


def standing(notice: Notice, *, sent_back: bool, at: datetime) -> tuple[str, str]:
    """How it stands, as (`state`, `words`) of `{% state %}`: the same words in every list and on its page."""
    if notice.state == State.SUBMITTED:
        return "wait", _("wartet auf Freigabe")
    if notice.state == State.DRAFT:
        return ("warn", _("zurückgegeben, bitte ändern")) if sent_back else ("off", _("in Arbeit"))
    if notice.state == State.PUBLIC and not notice.answers(at):
        return "run", str(State.APPROVED.label)
    if notice.state in (State.REMOVED, State.ERASED):
        return "off", notice.get_state_display()
    return "ok" if notice.state == State.PUBLIC else "run", notice.get_state_display()


def returned_to(authors: list[Person]) -> tuple[str, str]:
    """The same for whoever has sent it back and has nothing to do with it for now: whose turn it is."""
    names = ", ".join(author.name for author in authors)
    sentence = ngettext("Zurückgegeben. %(names)s ist dran.", "Zurückgegeben. %(names)s sind dran.", len(authors))
    return "wait", sentence % {"names": names}


def _draft_row(notice: Notice) -> DeskRow:
    state, words = standing(notice, sent_back=getattr(notice, "sent_back", False), at=notice.changed_at)  # none is public
    address = reverse(f"notices_staff:{'show' if notice.state == State.SUBMITTED else 'edit'}", args=[notice.pk])
    return DeskRow(address, _title(notice), _kicker(notice), notice.created_by.name, notice.changed_at, state, words)


def drafts(body: Body) -> list[DeskRow]:
    """Everything in the body that is not yet approved, last changed first. 1 query."""
    return [_draft_row(notice) for notice in _drafts(body)]


def my_drafts(person: Person, body: Body) -> list[DeskRow]:
    """Drafts of which `person` has written a part. 1 query."""
    return [_draft_row(notice) for notice in _drafts(body).filter(_wrote(person, body))]


def running(body: Body, *, at: datetime) -> list[DeskRow]:
    """Approved, and its page does not answer yet, oldest first. 1 query; how far each is, its own page says."""
    on_its_way = Q(state=State.APPROVED) | Q(state=State.PUBLIC, provided_at__gt=at)
    approved = Notice.objects.for_body(body).filter(on_its_way).select_related("record__publication", "approved_by")
    rows = []
    for notice in approved.order_by("approved_at"):
        held = notice.record.publication.waiting_code
        rows.append(
            DeskRow(
                reverse("notices_staff:show", args=[notice.pk]),
                _title(notice),
                _kicker(notice),
                notice.approved_by.name if notice.approved_by else "",
                notice.approved_at,
                "warn" if held else "run",
                _("wird aufgehalten, bitte ansehen") if held else _("wird gesiegelt und eingetragen"),
            )
        )
    return rows


def recently_published(body: Body, *, at: datetime, limit: int = 5) -> list[DeskRow]:
    """The last notices that became public. 1 query."""
    return [
        DeskRow(
            reverse("notices_staff:show", args=[notice.pk]),
            _title(notice),
            _kicker(notice),
            "",
            notice.provided_at,
            "ok",
            _("öffentlich"),
        )
        for notice in public(body, at=at).select_related("record")[:limit]
    ]
