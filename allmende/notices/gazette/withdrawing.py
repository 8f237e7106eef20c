"""An issue is one sealed document: what may not be public any more takes the issue that holds its words off the net with it.

A notice that names people stands in an issue by kind, number and address alone, so its end concerns no issue.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.housekeeping import Chore
from allmende.core.models import Body, Record, Visibility
from allmende.lib.official import OfficialPage
from allmende.notices import kinds
from allmende.notices.gazette import days, selectors
from allmende.notices.models import Issue, IssueItem, Notice
from allmende.publication import selectors as engine
from allmende.publication import services as publication
from allmende.publication.errors import PartNotPublic
from allmende.publication.models import Publication, Removal

State = Issue.State
OVER: Final = (Notice.State.REMOVED, Notice.State.ERASED)
_HELD: Final = Q(notice__personal=kinds.Personal.NONE, notice__state__in=OVER)


def follow(notice: Notice, *, at: datetime) -> None:
    """Called when a notice was taken down or erased, in that transaction: no draft offers it, and what holds its words goes with it.

    An issue that is approved and not public yet is not sealed or provided any more: see check_parts.
    """
    body = notice.record.body
    for owner in filter(None, (body, body.administered_by)):
        drafts = IssueItem.objects.for_body(owner).filter(notice=notice, issue__state=State.DRAFT)
        touched = list(drafts.values_list("issue", flat=True))
        drafts.delete()
        Issue.objects.for_body(owner).filter(pk__in=touched).update(version=F("version") + 1, changed_at=at)
    if not notice.names_people:
        for issue in selectors.issues_with(notice):
            settle(issue, at=at)


def settle(issue: Issue, *, at: datetime) -> None:
    """End an issue as its notices have ended: erased with what was erased, off the net with what was taken down. Idempotent."""
    body, record = issue.record.body, issue.record
    ended = [item.notice for item in IssueItem.objects.for_body(body).filter(_HELD, issue=issue).select_related("notice__record__body")]
    state = Publication.objects.for_body(body).filter(pk=record.pk).values_list("state", flat=True).first()
    if not ended or state not in (Publication.State.PUBLIC, Publication.State.REMOVED):
        return
    if any(notice.state == Notice.State.ERASED for notice in ended):
        publication.erase(record, by=None, at=at)
    elif state == Publication.State.PUBLIC:
        why = _why(ended)
        publication.end(record, reason=Removal.Reason(why.reason), by=why.by, at=at)
    else:
        return
    audit.note(record, "gazette.withdrawn", {"notices": [str(notice.pk) for notice in ended]}, by=None, at=at)


def _why(ended: Sequence[Notice]) -> Removal:
    """How the first of them was taken down: the issue is for the same reason, by the same person. An attachment alone ends no notice."""
    removals = (one for notice in ended for one in engine.removals_of(notice.record) if one.event == Removal.Event.REMOVED)
    return next(one for one in removals if "page.html" in one.artefacts)


def check_parts(record: Record) -> None:
    """Raises PartNotPublic: a notice in the issue is not public any more. 1 query."""
    if IssueItem.objects.for_body(record.body).filter(_HELD, issue=record.pk).exists():
        raise PartNotPublic


def on_sealing(record: Record, page: OfficialPage, day: date) -> OfficialPage:
    """The page as it was approved, as long as everything in it is public, for the day that its notices state.

    Raises PartNotPublic, DayRefused.
    """
    check_parts(record)
    days.check_day(Issue.objects.for_body(record.body).select_related("record__body").get(pk=record.pk), day)
    return page


def left(at: datetime) -> Iterator[Issue]:
    """Issues of all bodies that became public at the very moment in which a notice in them ended. 1 query, and 1 for each such body."""
    there = Q(state=State.PUBLIC, provided_at__lte=at, record__publication__state__in=("public", "removed"))
    held = Exists(IssueItem.objects.of_outer(issue=OuterRef("pk")).filter(_HELD))
    erased = Exists(IssueItem.objects.of_outer(issue=OuterRef("pk")).filter(_HELD, notice__state=Notice.State.ERASED))
    due = there & ((Q(record__visibility=Visibility.PUBLIC) & Q(held)) | Q(erased))
    for body in Body.objects.filter(Exists(Issue.objects.of_outer(record__body=OuterRef("pk")).filter(due))).order_by("pk"):
        yield from Issue.objects.for_body(body).filter(due).select_related("record__body").order_by("pk")


def settle_all(found: Sequence[Issue], at: datetime) -> None:
    for issue in found:
        settle(issue, at=at)


LEFT: Final = Chore(_("Ausgaben des Amtsblatts mit beendeten Bekanntmachungen"), left, settle_all, every=timedelta(minutes=1))
