"""The page and the document as they will be, and what has changed between two versions."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.permissions import Act, acts_of
from allmende.lib.german import keep_together
from allmende.notices import artefact, kinds, tables, text
from allmende.notices.difference import difference
from allmende.notices.models import Comment, Notice
from allmende.notices.rendering import FIGURE
from allmende.notices.services import Draft, NoDocument, pictures
from allmende.notices.views import law
from allmende.notices.views.reading import read_notice, read_version


@dataclass(frozen=True)
class Preview:
    """What `sheet.html` shows."""

    title: str
    kicker: str
    summary: str
    html: SafeString
    facts: list[tuple[str, str]]
    meaning: str
    kind_meaning: str


def preview_of(request: AuthedRequest, notice: Notice, values: Draft) -> Preview:
    """The page as it would be if this person acted now."""
    page = artefact.preview_page(notice, values, by=request.user, at=timezone.now())
    facts = [(_("Herausgegeben von"), page.issuer), *((fact.label, fact.value) for fact in page.facts)]
    if page.acting:
        facts.append((_("Handelnde Stelle"), page.acting))
    facts += [(fact.label, fact.value) for fact in (*page.attachment_facts, *page.contact)]
    html = _shown(notice, values, artefact.wording(page))
    return Preview(values.title, page.kind, values.summary, html, facts, values.meaning, str(kinds.get(values.kind).meaning))


def _shown(notice: Notice, values: Draft, html: str) -> SafeString:
    """The wording as the public page shows it; each picture with a link that opens it alone, as large as it is, and with its
    description, which is published too and which nobody sees who sees the picture.
    """
    known = pictures.ids_of(notice.record.body, notice.pk)
    ids = [picture for picture in text.pictures_in(values.content) if picture in known]
    addresses = iter([reverse("notices_staff:picture", args=[notice.pk, picture]) for picture in ids])
    all_known = len(ids) == len(FIGURE.findall(html))

    def figure(found: re.Match[str]) -> str:
        image, alt, rest = found.groups()
        if all_known:
            words = f'<span class="kern-sr-only" lang="{page_language()}">{escape(_("Bild groß ansehen"))}</span>'
            image = f'<a href="{next(addresses)}">{image}{words}</a>'
        said = escape(_("Bildbeschreibung:")) if alt else escape(_("Schmuckbild, ohne Beschreibung"))
        described = f' <span lang="de">{alt}</span>' if alt else ""  # escaped as it was written
        return f'<figure>{image}{rest}</figure><p class="n-described" lang="{page_language()}">{said}{described}</p>'

    return mark_safe(tables.readable(keep_together(FIGURE.sub(figure, html))))  # noqa: S308 (written from the model)


@login_required
@require_safe
def page(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    notice = read_notice(request, notice_id)
    revision, values = read_version(notice, version)
    context = {
        "notice": notice,
        "version": version,
        "revision": revision,
        "preview": preview_of(request, notice, values),
        "editable": notice.state == Notice.State.DRAFT and Act.WRITE in acts_of(request.user, request.town, at=timezone.now()),
    }
    if not notice.number:
        context |= law.shown_of(law.expected(request, values), values)
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
    """From that version to the current one: lines, and words in them."""
    notice = read_notice(request, notice_id)
    before, old = read_version(notice, version)
    _now, new = read_version(notice, notice.version)
    comments = Comment.objects.for_body(request.town).filter(notice=notice).select_related("author")
    acts = acts_of(request.user, request.town, at=timezone.now())
    context = {
        "notice": notice,
        "version": version,
        "earlier_at": before.at,
        "comments": comments,
        "difference": difference(old, new, body=request.town),
        "waits_for_me": notice.state == Notice.State.SUBMITTED and Act.APPROVE in acts,
    }
    return render(request, "notices/compare.html", context)
