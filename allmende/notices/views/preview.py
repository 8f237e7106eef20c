"""The page and the document as they will be, and what has changed between two versions."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.core.http import AuthedRequest
from allmende.notices import artefact, rendering
from allmende.notices.models import Comment, Notice
from allmende.notices.services import Draft, NoDocument
from allmende.notices.views.reading import read_notice, read_version


@dataclass(frozen=True)
class Preview:
    """What `sheet.html` shows."""

    title: str
    kicker: str
    summary: str
    html: SafeString
    facts: list[tuple[str, str]]


def preview_of(request: AuthedRequest, notice: Notice, values: Draft) -> Preview:
    """The page as it would be if this person acted now."""
    page = artefact.preview_page(notice, values, by=request.user, at=timezone.now())
    facts = [(_("Herausgegeben von"), page.issuer), *((fact.label, fact.value) for fact in page.facts)]
    if page.acting:
        facts.append((_("Handelnde Stelle"), page.acting))
    facts += [(fact.label, fact.value) for fact in page.contact]
    return Preview(values.title, page.kind, values.summary, artefact.wording(page), facts)


@login_required
@require_safe
def page(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    notice = read_notice(request, notice_id)
    _revision, values = read_version(notice, version)
    context = {
        "notice": notice,
        "version": version,
        "preview": preview_of(request, notice, values),
        "editable": notice.state == Notice.State.DRAFT,
    }
    return render(request, "notices/preview.html", context)


@login_required
@require_safe
def pdf(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """The document without seal and day, made anew for each look. Where there can be none, the page of the preview says why."""
    notice = read_notice(request, notice_id)
    _revision, values = read_version(notice, version)
    try:
        data = artefact.preview_pdf(notice, values, by=request.user, at=timezone.now())
    except NoDocument as error:
        messages.error(request, str(error))
        return redirect("notices_staff:preview", notice_id=notice_id, version=version)
    headers = {"Content-Disposition": f'inline; filename="vorschau-{version}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@login_required
@require_safe
def compare(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """From that version to the current one, line by line."""
    notice = read_notice(request, notice_id)
    _before, old = read_version(notice, version)
    _now, new = read_version(notice, notice.version)
    comments = Comment.objects.for_body(request.town).filter(notice=notice).select_related("author")
    context = {"notice": notice, "version": version, "comments": comments, "difference": rendering.difference(old, new)}
    return render(request, "notices/compare.html", context)
