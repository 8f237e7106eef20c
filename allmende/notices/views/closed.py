"""A form that was still open when the notice had left the desk of who writes: what has happened, and where it goes on."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.lib import german
from allmende.notices import detail_fields
from allmende.notices.models import Notice

State = Notice.State


@dataclass(frozen=True)
class Closed:
    """Why nobody can write there any more, what to do, and the way on."""

    title: str
    words: str
    advice: str
    link: str
    link_words: str
    discarded: bool = False


def closed_of(request: AuthedRequest, notice_id: UUID) -> Closed | None:
    """None while it is a draft, and where there is none. 1 query."""
    found = Notice.objects.for_body(request.town).filter(pk=notice_id).exclude(state=State.DRAFT)
    notice = found.select_related("record", "submitted_by", "approved_by").first()
    if notice is None:
        return None
    title = notice.record.title or _("Ohne Titel")
    if notice.state == State.DISCARDED:
        words = _("Dieser Entwurf ist inzwischen verworfen worden.")
        advice = _("Wird der Text noch gebraucht, beginnen Sie eine neue Bekanntmachung mit ihm.")
        return Closed(title, words, advice, reverse("notices_staff:list"), _("Zu den Bekanntmachungen"), discarded=True)
    here = reverse("notices_staff:show", args=[notice_id])
    if notice.state == State.SUBMITTED and notice.submitted_by and notice.submitted_at:
        words = _("Diese Bekanntmachung liegt zur Freigabe. Eingereicht hat sie %(name)s, %(moment)s.") % {
            "name": notice.submitted_by.name,
            "moment": german.moment(notice.submitted_at, page_language()),
        }
        advice = _("Solange niemand entschieden hat, können Sie sie im Vorgang zurückziehen und weiterschreiben.")
        return Closed(title, words, advice, here, _("Zum Vorgang"))
    assert notice.approved_by
    assert notice.approved_at
    words = _("Diese Bekanntmachung hat %(name)s freigegeben, %(moment)s.") % {
        "name": notice.approved_by.name,
        "moment": german.moment(notice.approved_at, page_language()),
    }
    advice = _("Ihr Text lässt sich nicht mehr ändern. Eine Berichtigung ist eine neue Bekanntmachung.")
    return Closed(title, words, advice, here, _("Zum Vorgang"))


def shown_closed(request: AuthedRequest, closed: Closed) -> HttpResponse:
    """The page after a form that came too late: no form, and what was written, to be copied."""
    return render(request, "notices/closed.html", {"closed": closed, **detail_fields.written(request.POST)}, status=409)
