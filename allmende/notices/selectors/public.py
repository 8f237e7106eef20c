"""What the public sees."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from allmende.core.models import Body, District, Visibility
from allmende.notices import kinds
from allmende.notices.cards import LANGUAGES, ROOT
from allmende.notices.models import Notice, NumberSeries

State = Notice.State


def public(body: Body, *, at: datetime) -> QuerySet[Notice]:
    """What answers at `at`, newest first."""
    answers = Q(state=State.PUBLIC, provided_at__lte=at, record__visibility=Visibility.PUBLIC)
    return Notice.objects.for_body(body).filter(answers).order_by("-provided_at", "-number")


def filtered(body: Body, chosen: Mapping[str, str], *, at: datetime) -> QuerySet[Notice]:
    """Public notices by year, office, district and words of the title; a notice without district is for all of them."""
    found = public(body, at=at)
    if year := chosen.get("year"):
        found = found.filter(year=int(year))
    if office := chosen.get("office"):
        found = found.filter(office=int(office))
    if district := chosen.get("district"):
        found = found.filter(Q(districts=int(district)) | Q(districts=None))
    for word in chosen.get("q", "").casefold().split():
        found = found.filter(search__contains=word)
    return found


def page_of(found: QuerySet[Notice], number: str | None, *, per_page: int) -> tuple[Page[Notice], list[SafeString]]:
    """One page of a list and its rows. 2 queries. A number that makes no sense gives the nearest page."""
    page = Paginator(found, per_page).get_page(number)
    return page, cards(found[page.start_index() - 1 : page.end_index()] if page.paginator.count else found.none())


def cards(notices: QuerySet[Notice]) -> list[SafeString]:
    """Rows for `{% rows %}` as they were stored, in the language and with the addresses of this request. 1 query."""
    language, root = get_language() or "de", get_script_prefix()
    key = language if language in LANGUAGES else "de"
    stored: Iterable[dict[str, str]] = notices.values_list("cards", flat=True)
    return [mark_safe(card[key].replace(ROOT, root)) for card in stored]  # noqa: S308 (escaped when it was stored)


def newest_cards(body: Body, *, at: datetime, limit: int) -> list[SafeString]:
    """The newest public notices, for the start page. 1 query."""
    return cards(public(body, at=at)[:limit])


def local_law_cards(body: Body, *, at: datetime) -> list[SafeString]:
    """All public notices that promulgate local law. 1 query; none while no kind does."""
    codes = kinds.local_law()
    return cards(public(body, at=at).filter(kind__in=codes)) if codes else []


def count_of_year(body: Body, year: int, *, at: datetime) -> int:
    """How many public notices carry a number of that year. 1 query."""
    return public(body, at=at).filter(year=year).count()


def indexable(body: Body, *, at: datetime) -> "QuerySet[Notice, tuple[str, datetime | None]]":
    """(path, provided at) of what search engines may list, newest first. 1 query when read."""
    codes = [kind.code for kind in kinds.all_kinds() if kind.indexable]
    return public(body, at=at).filter(kind__in=codes).values_list("record__path", "provided_at")


def years(body: Body) -> list[int]:
    """Years in which something was approved, newest first. 1 query, whatever the number of notices."""
    return list(NumberSeries.objects.for_body(body).order_by("-year").values_list("year", flat=True))


def districts(body: Body) -> list[tuple[int, str]]:
    return list(District.objects.for_body(body).order_by("name").values_list("pk", "name"))
