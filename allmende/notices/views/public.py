"""Public pages: list, archive, the notice itself and its files."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest
from allmende.core.models import Record, Visibility
from allmende.notices import rendering, selectors
from allmende.notices.forms import FilterForm
from allmende.notices.models import Notice
from allmende.publication import selectors as publication
from allmende.publication import store
from allmende.publication.views import files

PER_PAGE = 50


@require_safe
def notice_list(request: TownRequest) -> HttpResponse:
    """Newest first, filtered by a GET form. 6 queries, whatever the number of rows, none for a row."""
    now = timezone.now()
    offices = list(selectors.offices_of(request.town).values_list("pk", "name"))
    form = FilterForm(request.GET, years=selectors.years(request.town), offices=offices, districts=selectors.districts(request.town))
    chosen = form.chosen()
    found = selectors.filtered(request.town, chosen, at=now)
    page, cards = selectors.page_of(found, request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "form": form,
        "chips": _chips(form, chosen),
        "page": page,
        "cards": cards,
        "total": page.paginator.count,
        "canonical": f"{addresses.root(request.town)}/bekanntmachungen/",
        "english": f"{addresses.root(request.town, 'en')}/bekanntmachungen/",
        "filtered": bool(chosen) or page.number > 1,
    }
    return render(request, "notices/list.html", context)


def _chips(form: FilterForm, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """(words, address without this filter) of each active filter."""
    chips = []
    for name, value in chosen.items():
        field = form.fields[name]
        words = dict(getattr(field, "choices", [])).get(value, f"„{value}“")
        rest = urlencode({other: chosen[other] for other in chosen if other != name})
        chips.append((f"{field.label}: {words}", f"{reverse('notices:list')}{f'?{rest}' if rest else ''}"))
    return chips


@require_safe
def archive(request: TownRequest) -> HttpResponse:
    """All years, with the number of notices in each. 2 queries more than years."""
    now = timezone.now()
    years = [(year, selectors.count_of_year(request.town, year, at=now)) for year in selectors.years(request.town)]
    return render(request, "notices/archive.html", {"years": [entry for entry in years if entry[1]]})


@require_safe
def year(request: TownRequest, year: int) -> HttpResponse:
    """One year, whole, in pages."""
    found = selectors.filtered(request.town, {"year": str(year)}, at=timezone.now())
    page, cards = selectors.page_of(found, request.GET.get("page"), per_page=PER_PAGE)
    if not page.paginator.count:
        raise Http404
    context = {"year": year, "page": page, "cards": cards, "total": page.paginator.count}
    return render(request, "notices/year.html", context)


def _answering(request: TownRequest, year: int, number: int, at: datetime) -> Notice | None:
    path = f"bekanntmachungen/{year}/{number}/"
    found = selectors.public(request.town, at=at).filter(record__path=path)
    large = ("content", "cards", "search", "acting_body__coat_of_arms")  # the page shows what was sealed, not the draft
    notice = found.select_related("record", "office", "acting_body").defer(*large).first()
    if notice is not None:
        notice.record.body = request.town  # the same object: what has been asked about it is not asked again
    return notice


def _absent(request: TownRequest, year: int, number: int) -> HttpResponse:
    """410 where something has been removed, else 404: what is not provided yet does not exist."""
    path = f"bekanntmachungen/{year}/{number}/"
    if Record.objects.for_body(request.town).filter(path=path, visibility=Visibility.REMOVED).exists():
        return render(request, "notices/gone.html", {"label": f"{number}/{year}"}, status=410)
    raise Http404


@require_safe
def page(request: TownRequest, year: int, number: int) -> HttpResponse:
    """The notice, as it was sealed, with the proof beside it."""
    notice = _answering(request, year, number, timezone.now())
    if notice is None:
        return _absent(request, year, number)
    proof = publication.proof_of(notice.record)
    context = {
        "notice": notice,
        "proof": proof,
        "wording": rendering.wording_of(publication.fragment_of(notice.record)),
        "files": _files(notice),
        "districts": list(notice.districts.values_list("name", flat=True)),
        "title_is_german": request.LANGUAGE_CODE == "en" and not notice.record.titles.get("en"),
        "canonical": addresses.of_record(notice.record),
        "english": addresses.of_record(notice.record, "en"),
    }
    return render(request, "notices/page.html", context)


def _files(notice: Notice) -> list[tuple[str, str, str, int, str]]:
    """(address, icon, name, bytes, what it is) of the files that lie in the public store."""
    found = []
    for suffix, icon, name, note in (
        ("pdf", "seal", _("Bekanntmachung Nr. %(number)s, versiegelt (PDF)"), _("Barrierefrei. Diese Datei trägt das Siegel.")),
        ("zip", "file", _("Nachweis zu Nr. %(number)s (ZIP)"), _("Alles, was man braucht, um die Bekanntmachung ohne uns zu prüfen.")),
    ):
        path = store.file_of(notice.record, suffix)
        if path.exists():
            address = reverse(f"notices:{'pdf' if suffix == 'pdf' else 'bundle'}", args=[notice.year, notice.number])
            found.append((address, icon, name % {"number": notice.label}, path.stat().st_size, note))
    return found


def _file(request: TownRequest, year: int, number: int, suffix: str) -> HttpResponse:
    notice = _answering(request, year, number, timezone.now())
    return _absent(request, year, number) if notice is None else files.serve(request, notice.record, suffix)


@require_safe
def pdf(request: TownRequest, year: int, number: int) -> HttpResponse:
    return _file(request, year, number, "pdf")


@require_safe
def bundle(request: TownRequest, year: int, number: int) -> HttpResponse:
    return _file(request, year, number, "zip")
