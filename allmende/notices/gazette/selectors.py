"""What the pages of the gazette show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from allmende.core import addresses
from allmende.core.models import Body, Visibility
from allmende.notices.models import Issue, IssueItem, Notice
from allmende.notices.selectors.public import public

State = Issue.State
CANDIDATES = 50  # notices that may be taken in, newest first


def bodies_of(body: Body) -> list[Body]:
    """Whose notices an issue of `body` may hold: its own, and those of the bodies it administers. 1 query."""
    return [body, *Body.objects.filter(administered_by=body).order_by("name")]


def issues(body: Body) -> QuerySet[Issue]:
    """All issues, drafts first, then newest first. 1 query when read."""
    rows = Issue.objects.for_body(body).select_related("record__publication", "created_by")
    return rows.order_by(F("year").desc(nulls_first=True), F("number").desc(nulls_first=True), "-changed_at")


def published(body: Body, *, at: datetime) -> QuerySet[Issue]:
    """What answers at `at`, newest first."""
    answers = Q(state=State.PUBLIC, provided_at__lte=at, record__visibility=Visibility.PUBLIC)
    return Issue.objects.for_body(body).filter(answers).select_related("record__body").order_by("-provided_at")


def answering(body: Body, year: int, number: int, *, at: datetime) -> Issue | None:
    """The issue that answers at its address. 1 query."""
    return published(body, at=at).filter(record__path=f"amtsblatt/{year}/{number}/").first()


def withdrawn(body: Body) -> QuerySet[Issue]:
    """Issues that were public and are not answered any more: a notice in them was taken down or erased."""
    rows = Issue.objects.for_body(body).filter(state=State.PUBLIC, record__visibility=Visibility.REMOVED)
    return rows.select_related("record__body")


def listed(body: Body, *, at: datetime) -> QuerySet[Issue]:
    """Every issue that has appeared, withdrawn ones too, newest first."""
    shown = (Visibility.PUBLIC, Visibility.REMOVED)
    appeared = Issue.objects.for_body(body).filter(state=State.PUBLIC, provided_at__lte=at, record__visibility__in=shown)
    return appeared.select_related("record__body").order_by("-provided_at")


def replacement_of(issue: Issue, *, at: datetime) -> Issue | None:
    """The issue that stands in for a withdrawn one, once it answers. 1 query."""
    return published(issue.record.body, at=at).filter(replaces=issue).first()


def notices_of(issue: Issue) -> list[Notice]:
    """The notices of an issue in their order, with record and body. 1 query."""
    body = issue.record.body
    rows = IssueItem.objects.for_body(body).filter(issue=issue).select_related("notice__record__body", "notice__record__publication")
    return [item.notice for item in rows.order_by("position", "pk")]


@dataclass(frozen=True)
class Entry:
    """One line of the contents. `title` is empty where the notice names people, `address` too where it does not answer any more."""

    body: str
    kind: str
    label: str
    title: str
    address: str
    names_people: bool = False


def contents(notices: Sequence[Notice], language: str = "de") -> list[Entry]:
    """The lines of the contents, with absolute addresses. 1 query for the host of each body."""
    found = []
    hosts: dict[int, Body] = {}
    for notice in notices:
        body = hosts.setdefault(notice.record.body_id, notice.record.body)
        notice.record.body = body
        there = notice.state == Notice.State.PUBLIC
        title = "" if notice.names_people or not there else notice.record.titles["de"]
        address = addresses.of_record(notice.record, language) if there else ""
        found.append(Entry(body.name, notice.kind_name, notice.label, title, address, notice.names_people))
    return found


def candidates(body: Body, *, at: datetime) -> list[Notice]:
    """Public notices that are in no issue of `body`, newest first. 1 query for each body."""
    taken = Exists(IssueItem.objects.for_body(body).filter(notice=OuterRef("pk")))
    found: list[Notice] = []
    for owner in bodies_of(body):
        found += public(owner, at=at).filter(~taken).select_related("record__body")[:CANDIDATES]
    return sorted(found, key=lambda notice: (notice.provided_at or at, notice.pk), reverse=True)[:CANDIDATES]


def issues_with(notice: Notice) -> list[Issue]:
    """Issues that hold a notice, of its own body and of the one that administers it: what is taken down there stays in them. 2 queries."""
    body, found = notice.record.body, list[Issue]()
    for owner in filter(None, (body, body.administered_by)):
        mine = IssueItem.objects.for_body(owner).filter(notice=notice).values("issue")
        found += Issue.objects.for_body(owner).filter(pk__in=mine).exclude(state=State.DRAFT).select_related("record__body")
    return found


def issued_at(notice: UUID, body: Body) -> datetime | None:
    """When the gazette of `body` with this notice was provided: the publication that counts where the gazette is the form. 1 query."""
    rows = IssueItem.objects.for_body(body).filter(notice=notice, issue__state=State.PUBLIC)
    return rows.order_by("issue__provided_at").values_list("issue__provided_at", flat=True).first()
