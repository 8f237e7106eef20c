"""One notice and its versions."""

from uuid import UUID

from django.db.models import QuerySet

from allmende.core.models import Body, Office
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


def sent_back_version(notice: Notice) -> int | None:
    """The version that was sent back last. 1 query."""
    comments = Comment.objects.for_body(notice.record.body).filter(notice=notice)
    return comments.order_by("-at", "-pk").values_list("version", flat=True).first()
