"""What the public sees."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final, cast

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, DateField, Exists, Func, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.sql.compiler import SQLCompiler
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from allmende.core.models import Body, District, Link, Office, Record, Visibility
from allmende.core.prepared import AT, BODY, Hole, Prepared
from allmende.lib.search_words import asked_words, needle
from allmende.notices import kinds
from allmende.notices.cards import LANGUAGES, ROOT
from allmende.notices.models import Notice, NumberSeries
from allmende.notices.selectors.versions import offices_of

State = Notice.State


def public(body: Body, *, at: datetime) -> QuerySet[Notice]:
    """What answers at `at`, newest first."""
    answers = Q(state=State.PUBLIC, provided_at__lte=at, record__visibility=Visibility.PUBLIC)
    return Notice.objects.for_body(body).filter(answers).order_by("-provided_at", "-number")


def current(day: date) -> Q:
    """Condition: current on a day, by its calendar. What is over (a session held, a plan displayed) stays to be read and found."""
    return Q(shown_until=None) | Q(shown_until__gte=day)


def filtered(body: Body, chosen: Mapping[str, str], *, at: datetime) -> QuerySet[Notice]:
    """Public notices by kind, year, office, district, standing and words; a notice without district is for all of them. Without any
    filter those that are current.

    Each word of `q` must stand in titles, wording, number or names (services.searchable), anywhere in a word. Signs are no words:
    nothing is found by them.
    """
    found, today = public(body, at=at), timezone.localdate(at)
    if not chosen or chosen.get("standing") == "current":
        found = found.filter(current(today))
    elif chosen.get("standing") == "past":
        found = found.exclude(current(today))
    if kind := chosen.get("kind"):
        found = found.filter(kind=kind)
    if year := chosen.get("year"):
        found = found.filter(year=int(year))
    if office := chosen.get("office"):
        found = found.filter(office=int(office))
    if district := chosen.get("district"):
        found = found.filter(Q(districts=int(district)) | Q(districts=None))
    words = asked_words(chosen.get("q", ""))
    if chosen.get("q") and not words:
        return found.none()
    for word in words:
        found = found.filter(search__contains=needle(word))
    return found


def page_of(found: QuerySet[Notice], number: str | None, *, per_page: int) -> tuple[Page[Notice], list[SafeString]]:
    """One page of a list and its rows. 2 queries. A number that makes no sense gives the nearest page."""
    page = Paginator(found, per_page).get_page(number)
    return page, cards(found[page.start_index() - 1 : page.end_index()] if page.paginator.count else found.none())


def newest_page(body: Body, *, at: datetime, per_page: int) -> tuple[Page[Notice], list[SafeString]]:
    """The first page of all current notices, as most readers see it: the same as `page_of`, prepared. 2 queries."""
    paginator: Paginator[Notice] = Paginator([], per_page)  # only its numbers are shown
    paginator.__dict__["count"] = _count(_COUNT.first(body=body.pk, at=at, today=timezone.localdate(at)))  # a cached property
    return paginator.page(1), newest_cards(body, at=at, limit=per_page)


TODAY: Final = cast("date", Hole("today", DateField()))
_COUNT: Prepared[tuple[int]] = Prepared(
    lambda: public(BODY, at=AT).filter(current(TODAY)).order_by().values("record__body").annotate(number=Count("pk")).values_list("number")
)
_COUNT_OF_YEAR: Prepared[tuple[int]] = Prepared(
    lambda: (
        public(BODY, at=AT)
        .filter(year=Hole("year", Notice._meta.get_field("year")))
        .order_by()
        .values("record__body")
        .annotate(number=Count("pk"))
        .values_list("number")
    )
)


def _count(row: tuple[int] | None) -> int:
    return row[0] if row else 0


def cards(notices: QuerySet[Notice]) -> list[SafeString]:
    """Rows for `{% rows %}` as they were stored, in the language and with the addresses of this request. 1 query."""
    return _shown(notices.values_list(Card(_language()), flat=True))


class Card(Func):
    """The stored row in one language, taken out of the JSON by the database: Django's own way asks for its type twice before."""

    function = "jsonb_extract_path_text"

    def __init__(self, language: str) -> None:
        super().__init__("cards", Value(language), output_field=TextField())
        self.language = language

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> tuple[str, Any]:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"JSON_EXTRACT({column}, %s)", [*parameters, f'$."{self.language}"']


def _language() -> str:
    language = get_language()
    return language if language in LANGUAGES else "de"


def _shown(stored: Iterable[str]) -> list[SafeString]:
    root = get_script_prefix()
    return [mark_safe(card.replace(ROOT, root)) for card in stored]  # noqa: S308 (escaped when it was stored)


@cache
def _newest(language: str, limit: int) -> Prepared[tuple[str]]:
    return Prepared(lambda: public(BODY, at=AT).filter(current(TODAY)).values_list(Card(language))[:limit])


def newest_cards(body: Body, *, at: datetime, limit: int) -> list[SafeString]:
    """The newest current notices, for the start page. 1 query."""
    return _shown(card for (card,) in _newest(_language(), limit).rows(body=body.pk, at=at, today=timezone.localdate(at)))


# What the page of a notice shows of it, of its record, its office and the body that acted: the text is the sealed one, not the draft.
# Columns in the order of the model, as `from_db` wants them.
def _columns(model: type[Model], *names: str) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


_OF_NOTICE = _columns(
    Notice,
    *("record_id", "kind", "office_id", "summary", "meaning", "details", "personal", "version", "state", "acting_body_id"),
    *("year", "number", "provided_at", "shown_until"),
)
_OF_RECORD = _columns(Record, "id", "body_id", "kind", "titles", "path", "visibility")
_OF_OFFICE = _columns(Office, "id", "body_id", "name", "room", "phone", "email")
_OF_BODY = tuple(str(field.attname) for field in Body._meta.concrete_fields if field.name != "coat_of_arms")
_ANSWERING: Prepared[tuple[object, ...]] = Prepared(
    lambda: (
        public(BODY, at=AT)
        .filter(record__path=Hole("path", CharField()))
        .values_list(
            *_OF_NOTICE,
            *(f"record__{name}" for name in _OF_RECORD),
            *(f"office__{name}" for name in _OF_OFFICE),
            *(f"acting_body__{name}" for name in _OF_BODY),
        )[:1]
    )
)


def answering(body: Body, path: str, *, at: datetime) -> Notice | None:
    """The notice whose page answers at `path`, with record, office and acting body. 1 query; what is not shown is read when asked for."""
    row = _ANSWERING.first(body=body.pk, path=path, at=at)
    if row is None:
        return None
    first, second, third = len(_OF_NOTICE), len(_OF_NOTICE + _OF_RECORD), len(_OF_NOTICE + _OF_RECORD + _OF_OFFICE)
    notice = Notice.from_db("default", _OF_NOTICE, row[:first])
    notice.record = Record.from_db("default", _OF_RECORD, row[first:second])
    notice.record.body = body  # the same object: what has been asked about it is not asked again
    notice.office = Office.from_db("default", _OF_OFFICE, row[second:third]) if notice.office_id else None
    notice.acting_body = Body.from_db("default", _OF_BODY, row[third:]) if notice.acting_body_id else None
    if notice.office is not None and notice.acting_body is not None and notice.office.body_id == notice.acting_body_id:
        notice.office.body = notice.acting_body
    return notice


_DISTRICTS: Prepared[tuple[str]] = Prepared(
    lambda: (
        Notice.objects.for_body(BODY)
        .filter(pk=Hole("notice", Record._meta.pk), districts__isnull=False)
        .order_by("districts__name")
        .values_list("districts__name")
    )
)


def district_names(notice: Notice) -> list[str]:
    """For which parts of the municipality it is; none: for all. 1 query."""
    return [name for (name,) in _DISTRICTS.rows(body=notice.record.body_id, notice=notice.pk)]


def local_law_cards(body: Body, *, at: datetime) -> list[SafeString]:
    """Public notices of local law that belong to no by-law: on their way there, for seconds or while the worker stands still. 1 query."""
    entered = Link.objects.for_body(body).filter(
        source=OuterRef("pk"), relation=Link.Relation.PROMULGATES, target__kind=Record.Kind.BYLAW, target__visibility=Visibility.PUBLIC
    )
    return cards(public(body, at=at).filter(~Exists(entered), kind__in=kinds.local_law()))


def bylaw_of(notice: Notice) -> Record | None:
    """The record of the by-law that a notice has promulgated, if it has a page. 1 query, none for kinds that promulgate nothing."""
    if notice.kind not in kinds.local_law():
        return None
    links = Link.objects.for_body(notice.record.body).filter(source=notice.pk, relation=Link.Relation.PROMULGATES)
    link = links.filter(target__kind=Record.Kind.BYLAW, target__visibility=Visibility.PUBLIC).select_related("target").first()
    return link.target if link else None


def count_of_year(body: Body, year: int, *, at: datetime) -> int:
    """How many public notices carry a number of that year. 1 query."""
    return _count(_COUNT_OF_YEAR.first(body=body.pk, at=at, year=year))


def indexable(body: Body, *, at: datetime) -> "QuerySet[Notice, tuple[str, datetime | None]]":
    """(path, provided at) of what search engines may list, newest first. 1 query when read."""
    return public(body, at=at).filter(personal=kinds.Personal.NONE).values_list("record__path", "provided_at")


def years(body: Body) -> list[int]:
    """Years in which something was approved, newest first. 1 query, whatever the number of notices."""
    return list(NumberSeries.objects.for_body(body).order_by("-year").values_list("year", flat=True))


def kinds_there(body: Body) -> list[tuple[str, str]]:
    """(code, name) of those of which something is public, in the order of the registry. 1 query."""
    there = set(Notice.objects.for_body(body).filter(state=State.PUBLIC).order_by().values_list("kind", flat=True).distinct())
    return [(kind.code, str(kind.name)) for kind in kinds.all_kinds() if kind.code in there]


def districts(body: Body) -> list[tuple[int, str]]:
    """Those that a public notice is for: no other leads anywhere. 1 query."""
    named = Notice.objects.for_body(body).filter(state=State.PUBLIC).values("districts")
    return list(District.objects.for_body(body).filter(pk__in=named).order_by("name").values_list("pk", "name"))


def offices(body: Body) -> list[tuple[int, str]]:
    """Those that answer for a public notice, also the ones of the association. 1 query."""
    named = Notice.objects.for_body(body).filter(state=State.PUBLIC).values("office")
    return list(offices_of(body).filter(pk__in=named).values_list("pk", "name"))
