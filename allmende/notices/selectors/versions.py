"""One notice and its versions."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from allmende.core.models import AuditEntry, Body, Office
from allmende.notices.models import Comment, Notice, Revision


def offices_of(body: Body) -> QuerySet[Office]:
    """Offices that write for the body: its own, and those of the association whose office acts for it."""
    own = Office.objects.for_body(body)
    return (own | Office.objects.for_body(body.administered_by) if body.administered_by else own).order_by("name")


def one(body: Body, notice_id: UUID) -> Notice | None:
    """A notice that is not discarded, with what its pages need. 1 query."""
    related = ("record__body", "office", "created_by", "submitted_by", "approved_by", "acting_body")
    found = Notice.objects.for_body(body).exclude(state=Notice.State.DISCARDED)
    return found.select_related(*related).filter(pk=notice_id).first()


def revision(notice: Notice, version: int) -> Revision | None:
    of_notice = Revision.objects.for_body(notice.record.body).filter(notice=notice)
    return of_notice.filter(version=version).select_related("author").first()


def last_return(notice: Notice) -> Comment | None:
    """Why it was sent back last, and by whom. 1 query."""
    returns = Comment.objects.for_body(notice.record.body).filter(notice=notice, with_approval=False)
    return returns.select_related("author").order_by("-at", "-pk").first()


class Earlier(NamedTuple):
    """The version that approvers have had before them last. `changed`: it says something else by now."""

    version: int
    sent_back: bool  # else it was withdrawn
    changed: bool


def earlier(notice: Notice) -> Earlier | None:
    """What an approver knows already: handed over once and come back, by return or withdrawal. None: never. 3 queries."""
    body = notice.record.body
    handed = AuditEntry.objects.for_body(body).filter(record=notice.pk, act="notice.submitted").select_related("stored")
    stored = [getattr(entry, "stored", None) for entry in handed.order_by("pk")]  # values can be erased
    versions = [values.values["version"] if values is not None else None for values in stored]
    if notice.state != Notice.State.DRAFT:
        versions = versions[:-1]
    returned = last_return(notice)
    known = [version for version in versions if version is not None]
    version = max(known, default=returned.version if returned else None)
    if version is None:
        return None
    both = Revision.objects.for_body(body).filter(notice=notice, version__in=(version, notice.version))
    values = dict(both.values_list("version", "values"))
    return Earlier(version, returned is not None and returned.version == version, values.get(version) != values.get(notice.version))
