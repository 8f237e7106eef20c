"""Public pages: list, archive, the notice itself and its files."""

from datetime import datetime
from html import unescape
from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.core.language import page_language
from allmende.lib import german
from allmende.notices import kinds, printed, rendering, selectors
from allmende.notices.attachments.public import accessible_by_number
from allmende.notices.authentic import authentic
from allmende.notices.calendar import shown
from allmende.notices.contact import contact_of
from allmende.notices.forms import FilterForm
from allmende.notices.models import Notice
from allmende.notices.models.file import Accessible
from allmende.notices.paper import copies
from allmende.notices.plain.meaning import meaning_of
from allmende.notices.plain.selectors import ways
from allmende.notices.selectors.amendments import related
from allmende.notices.views.answering import absent, answering, unlisted
from allmende.publication import selectors as publication
from allmende.publication import store
from allmende.publication.copies import keep
from allmende.publication.files import LARGE_PRINT
from allmende.publication.views import files
from allmende.publication.views.files import SANDBOX

PER_PAGE = 50


@require_safe
@keepable("page", "year", "office", "district")
def notice_list(request: TownRequest) -> HttpResponse:
    """Newest first, filtered by a GET form. Whatever the number of rows, none for a row: 3 queries unfiltered, else at most 9.

    The empty filter is made once until the generation is raised.
    """
    now = timezone.now()
    form = cast(
        "FilterForm", SimpleLazyObject(lambda: _filter(request))
    )  # asked for where something is filtered, or the empty one is not kept yet
    asked = any(request.GET.get(name) for name in FilterForm.base_fields)
    chosen = form.chosen() if asked else {}
    number = request.GET.get("page")
    if "q" in chosen:
        found = selectors.filtered(request.town, chosen, at=now)
        page, cards = selectors.page_with_places(found, number, per_page=PER_PAGE, query=chosen["q"])
    elif chosen or number:
        page, cards = selectors.page_of(selectors.filtered(request.town, chosen, at=now), number, per_page=PER_PAGE)
    else:
        page, cards = selectors.newest_page(request.town, at=now, per_page=PER_PAGE)
    context = {
        "filter": form,
        "asked": asked,
        "chips": _chips(form, chosen),
        "unknown": form.unknown() if asked else [],
        "word": "q" in chosen,
        "narrowed": bool(chosen.keys() - {"q"}),
        "meant": _meant(request, chosen, page, now),
        "heading": _heading(form, chosen, page.paginator.count),
        "title": _title(form, chosen, page),
        "page": page,
        "cards": cards,
        "total": page.paginator.count,
        "canonical": f"{addresses.root(request.town)}/bekanntmachungen/",
        "english": f"{addresses.root(request.town, 'en')}/bekanntmachungen/",
        "filtered": bool(chosen) or page.number > 1,
    }
    return render(request, "notices/list.html", context)


def _filter(request: TownRequest) -> FilterForm:
    town = request.town
    return FilterForm(
        request.GET,
        kinds=selectors.kinds_there(town),
        years=selectors.years(town),
        offices=selectors.offices(town),
        districts=selectors.districts(town),
    )


def _meant(request: TownRequest, chosen: dict[str, str], page: Page[Notice], now: datetime) -> tuple[str, str] | None:
    """(words, address) of the search that was perhaps meant, where this one finds nothing."""
    if "q" not in chosen or page.paginator.count:
        return None
    words = selectors.meant(request.town, chosen["q"], at=now)
    return (words, f"{reverse('notices:list')}?{urlencode({**chosen, 'q': words})}#erg") if words else None


def _chips(form: FilterForm, chosen: dict[str, str]) -> list[tuple[str, str, str]]:
    """(field, words, address without this filter) of each active filter."""
    chips = []
    for name, value in chosen.items():
        field = form.fields[name]
        rest = urlencode({other: chosen[other] for other in chosen if other != name})
        chips.append((str(field.label), _words(form, name, value), f"{reverse('notices:list')}{f'?{rest}' if rest else ''}#erg"))
    return chips


def _words(form: FilterForm, name: str, value: str) -> str:
    """What was chosen, as people read it; names of offices and districts are German on every page."""
    choices = dict(getattr(form.fields[name], "choices", []))
    if value in choices and name in ("kind", "standing"):
        return escape(choices[value])
    return format_html('<span lang="de">{}</span>', choices[value]) if value in choices else _("„%(words)s“") % {"words": value}


def _heading(form: FilterForm, chosen: dict[str, str], total: int) -> str:
    """How much was found, and for what, as HTML: 3 Treffer für „Hecke“, Bauamt."""
    count = german.number(total, language=page_language())
    if not chosen:
        return ngettext("%(n)s Bekanntmachung", "%(n)s Bekanntmachungen", total) % {"n": count}
    wanted = format_html_join(", ", "{}", ((_words(form, name, value),) for name, value in chosen.items()))
    sentence = ngettext("%(n)s Treffer für %(wanted)s", "%(n)s Treffer für %(wanted)s", total)
    return mark_safe(sentence % {"n": count, "wanted": wanted})  # noqa: S308 (the sentence is ours, the rest escaped)


def _title(form: FilterForm, chosen: dict[str, str], page: Page[Notice]) -> str:
    """The <title>: what is shown is said before anything else of the page is heard."""
    parts = [_("Amtliche Bekanntmachungen")]
    if chosen:
        found = unescape(strip_tags(_heading(form, chosen, page.paginator.count)))
        parts = [_("Bekanntmachungen: %(found)s") % {"found": found}]
    if page.number > 1:
        parts.append(_("Seite %(number)s") % {"number": page.number})
    return ", ".join(parts)


@require_safe
@keepable()
def archive(request: TownRequest) -> HttpResponse:
    """All years, with the number of notices in each. 2 queries more than years."""
    now = timezone.now()
    years = [(year, selectors.count_of_year(request.town, year, at=now)) for year in selectors.years(request.town)]
    return render(request, "notices/archive.html", {"years": [entry for entry in years if entry[1]]})


@require_safe
@keepable("page")
def year(request: TownRequest, year: int) -> HttpResponse:
    """One year, whole, in pages."""
    found = selectors.filtered(request.town, {"year": str(year)}, at=timezone.now())
    page, cards = selectors.page_of(found, request.GET.get("page"), per_page=PER_PAGE)
    if not page.paginator.count:
        raise Http404
    context = {"year": year, "page": page, "cards": cards, "total": page.paginator.count}
    return render(request, "notices/year.html", context)


@require_safe
@keepable()
def page(request: TownRequest, year: int, number: int) -> HttpResponse:
    """The notice, as it was sealed, with the proof beside it."""
    now = timezone.now()
    notice = answering(request, year, number, now)
    if notice is None:
        return absent(request, year, number)
    kind = kinds.get(notice.kind)
    calendar = selectors.calendar_of(notice) if kind.law.has_legal_effect else None
    until = notice.shown_until
    proof = publication.proof_of(notice.record)
    wording = rendering.wording_of(publication.fragment_of(notice.record), lambda n: reverse("notices:picture", args=[year, number, n]))
    listed, helps = _files(notice)
    context = {
        "notice": notice,
        "kind": kind,
        "details": printed.facts(kind, notice.details, page_language()),
        "proof": proof,
        "wording": wording,
        "scrolls": 'class="n-wide"' in wording,
        "files": listed,
        "helps": helps,
        "contact": contact_of(request.town, notice.office),
        "districts": selectors.district_names(notice),
        "title_is_german": request.LANGUAGE_CODE == "en" and not notice.record.titles.get("en"),
        "canonical": addresses.of_record(notice.record),
        "english": addresses.of_record(notice.record, "en"),
        "law": shown.of_stored(calendar) if calendar else None,
        "authentic": authentic(calendar.ways if calendar else None),
        "related": related(notice, at=now),
        "bylaw": selectors.bylaw_of(notice),
        "ways": ways(notice),
        "meaning": meaning_of(notice, calendar, at=now),
        "over": until if until and until < timezone.localdate(now) else None,
    }
    response = render(request, "notices/page.html", context)
    return unlisted(response) if notice.names_people else response


def _files(notice: Notice) -> tuple[list[tuple[str, str, str, str]], bool]:
    """(address, icon, name with size, what it is) of the files that lie in the public store; and whether some may need help with one."""
    found = []
    for suffix, icon, name, note in (
        ("pdf", "seal", _("Versiegeltes PDF (%(bytes)s)"), _("Barrierefrei. Diese Datei trägt das Siegel.")),
        (
            "zip",
            "file",
            _("Nachweis herunterladen (ZIP, %(bytes)s)"),
            _("Alles, was man braucht, um die Bekanntmachung ohne uns zu prüfen."),
        ),
    ):
        path = store.file_of(notice.record, suffix)
        if path.exists() and not (suffix == "zip" and notice.names_people):
            address = reverse(f"notices:{'pdf' if suffix == 'pdf' else 'bundle'}", args=[notice.year, notice.number])
            octets = german.file_size(path.stat().st_size, language=page_language())
            found.append((address, icon, name % {"bytes": octets}, note))
    attached = publication.attachments_of(notice.record)
    offered = [one for one in attached if one.address]
    accessible = accessible_by_number(notice) if offered else {}
    for one in attached:
        if one.removed_at:
            since = german.moment(one.removed_at, page_language())
            gone = _("Seit %(since)s nicht mehr veröffentlicht.") % {"since": since}
            found.append(("", "off", _("Anlage %(number)d") % {"number": one.number}, gone))
            continue
        octets = german.file_size(one.size, language=page_language())
        listed = _("Anlage %(number)d: %(title)s") % {"number": one.number, "title": one.title}
        known = accessible.get(one.number, Accessible.UNKNOWN)
        found.append((one.address, "file", listed, f"{one.kind}, {octets}, {known.label}"))
    address = reverse("notices:large_print", args=[notice.year, notice.number])
    found.append((address, "file", _("Großdruck (PDF)"), _("Ein Abdruck für Menschen, die schlecht sehen: Schrift ab 18 Punkt.")))
    return found, any(accessible.get(one.number) != Accessible.YES for one in offered)


def _file(request: TownRequest, year: int, number: int, suffix: str) -> HttpResponseBase:
    notice = answering(request, year, number, timezone.now())
    if notice is None:
        return absent(request, year, number)
    if suffix == "zip" and notice.names_people:  # for office, court and addressee: the office hands it out (views/status.py)
        raise Http404
    return files.serve(request, notice.record, suffix, indexable=not notice.names_people)


@require_safe
def pdf(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    return _file(request, year, number, "pdf")


@require_safe
def large_print(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    """A copy in large letters, made when first asked for."""
    notice = answering(request, year, number, timezone.now())
    if notice is None:
        return absent(request, year, number)
    keep(notice.record, copies.large_print(notice))
    return files.serve(request, notice.record, LARGE_PRINT, indexable=not notice.names_people)


@require_safe
def bundle(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    return _file(request, year, number, "zip")


@require_safe
def picture(request: TownRequest, year: int, number: int, picture: int) -> HttpResponse:
    """A picture of the sealed wording alone, to be looked at closely. It is there as long as the page is."""
    notice = answering(request, year, number, timezone.now())
    if notice is None:
        return absent(request, year, number)
    found = rendering.picture_of(publication.fragment_of(notice.record), picture)
    if found is None:
        raise Http404
    kind, data = found
    response = HttpResponse(data, content_type=kind, headers={"Cache-Control": "no-cache", "Content-Security-Policy": SANDBOX})
    return unlisted(response) if notice.names_people else response


@require_safe
def attachment(request: TownRequest, year: int, number: int, attachment: int, name: str) -> HttpResponseBase:
    """A file that belongs to the notice, of any size; 410 where it has been taken down."""
    notice = answering(request, year, number, timezone.now())
    if notice is None:
        return absent(request, year, number)
    for offered in publication.attachments_of(notice.record):
        if offered.number == attachment and offered.removed_at:
            return render(request, "notices/attachment_gone.html", {"notice": notice, "attachment": offered}, status=410)
    return files.serve_attachment(request, notice.record, attachment, name, indexable=not notice.names_people)
