"""Explanations as everybody reads them, each under its own permanent address below its notice."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.lib import german
from allmende.lib.video import Media
from allmende.notices import text
from allmende.notices.contact import contact_of
from allmende.notices.models import Explanation, Notice, Picture
from allmende.notices.models.explanation import SLUGS, Form
from allmende.notices.plain import films, selectors, shown
from allmende.notices.services import pictures
from allmende.notices.views.answering import absent, answering, unlisted
from allmende.publication.errors import TooManyDownloads
from allmende.publication.views import parts

FORMS: Final = {slug: form for form, slug in SLUGS.items()}
# Whatever a browser may take it for, it runs nothing and asks for nothing.
SANDBOX: Final = "default-src 'none'; sandbox"
PART: Final = 4 * 1024 * 1024  # bytes of a film in one answer to a player; no thread is held for it


def _found(request: TownRequest, year: int, number: int, form: Form) -> tuple[Notice | None, Explanation | None]:
    notice = answering(request, year, number, timezone.now())
    if notice is None:
        return None, None
    row = selectors.shown(notice, form)
    if row is None:
        raise Http404
    return notice, row


@require_safe
@keepable()
def explanation(request: TownRequest, year: int, number: int, slug: str) -> HttpResponseBase:
    """One explanation; it says that it is none of the official text, whom to ask, and what it is about."""
    if slug not in FORMS:
        raise Http404
    form = FORMS[slug]
    notice, row = _found(request, year, number, form)
    if notice is None or row is None:
        return absent(request, year, number)
    own = f"{addresses.of_record(notice.record)}{slug}/"
    context = {
        "notice": notice,
        "row": row,
        "easy": form == Form.EASY,
        "language": selectors.LANGUAGES[form],
        "others": [way for way in selectors.ways(notice) if way.form != form],
        "html": shown.html_of(row, lambda picture: reverse("notices:explained_picture", args=[year, number, slug, picture])),
        "film": shown.film_of(row),
        "film_url": reverse(f"notices:film_{row.media}", args=[year, number]) if row.film else "",
        "captions_url": reverse("notices:film_captions", args=[year, number]) if row.film else "",
        "checked_on": german.date_with_year(row.checked_on) if row.checked_on else "",
        "superseded": selectors.superseded(notice, at=timezone.now()),
        "contact": contact_of(request.town, notice.office),
        "canonical": own,
        "english": f"{addresses.of_record(notice.record, 'en')}{slug}/",
    }
    response = render(request, "notices/plain/page.html", context)
    return unlisted(response) if notice.names_people else response


@require_safe
def picture(request: TownRequest, year: int, number: int, slug: str, picture: UUID) -> HttpResponseBase:
    """A picture of the text that is shown, and of no other."""
    if slug not in FORMS:
        raise Http404
    notice, row = _found(request, year, number, FORMS[slug])
    if notice is None or row is None:
        return absent(request, year, number)
    found = Picture.objects.for_body(request.town).filter(pk=picture, notice=notice).first()
    if found is None or str(picture) not in text.pictures_in(row.content):
        raise Http404
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": SANDBOX}
    response = HttpResponse(pictures.read(found, request.town), content_type=f"image/{found.format}", headers=headers)
    return unlisted(response) if notice.names_people else response


@require_safe
def film(request: TownRequest, year: int, number: int, media: str) -> HttpResponseBase:
    """The film: a part at a time for players, whole for who saves it."""
    notice, row = _found(request, year, number, Form.SIGN)
    if notice is None or row is None:
        return absent(request, year, number)
    if row.film is None or row.media != media:
        raise Http404
    return film_answer(request, row, kept=not notice.names_people, name=f"bekanntmachung-{year}-{number}-gebaerdensprache.{media}")


def film_answer(request: TownRequest, row: Explanation, *, kept: bool, name: str) -> HttpResponseBase:
    """The bytes of a film whose reader has been let in. `kept`: caches may keep it and search engines find it."""
    assert row.film is not None
    headers = {
        "ETag": f'"{row.film.hex}"',
        "Cache-Control": "public, no-cache" if kept else "no-store",
        "Content-Security-Policy": SANDBOX,
        "Content-Disposition": content_disposition_header(False, name) or "inline",
    }
    path = films.path_of(request.town, row.film)
    sent = parts.send(request, path, headers, content_type=films.TYPES[Media(row.media)], most=PART)
    if sent is None:
        raise TooManyDownloads
    return sent if kept else unlisted(sent)


@require_safe
def captions(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    notice, row = _found(request, year, number, Form.SIGN)
    if notice is None or row is None:
        return absent(request, year, number)
    response = captions_answer(row)
    return unlisted(response) if notice.names_people else response


def captions_answer(row: Explanation) -> HttpResponse:
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": SANDBOX}
    return HttpResponse(row.captions, content_type="text/vtt; charset=utf-8", headers=headers)
