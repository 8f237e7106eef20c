"""What pages show of a body's administration."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from allmende.accounts.models import Invitation
from allmende.administration import legal
from allmende.administration.models import LegalFacts, PageText
from allmende.core.models import AuditEntry, Body, Membership, Person
from allmende.core.permissions import ACTS_FOR_MEMBERS
from allmende.lib.richtext import from_plain, to_html, to_plain

PEOPLE_A_PAGE = 50
ENTRIES_A_PAGE = 50


def facts_of(body: Body) -> LegalFacts:
    """The legal facts of `body`; empty ones if it has none yet. 1 query."""
    return LegalFacts.objects.for_body(body).first() or LegalFacts(body=body)


def page_text(body: Body, kind: str, language: str) -> SafeString:
    """The legal page `kind` ('imprint', 'privacy', 'accessibility') as HTML, in the body's own words or made from its facts.

    Headings begin at h2. Where own words are given in German only, English readers get the made page. At most 3 queries.
    """
    own = PageText.objects.for_body(body).filter(kind=kind, language=language).first()
    document = from_plain(own.source) if own else legal.document(kind, body, facts_of(body), language)
    return mark_safe(to_html(document))  # noqa: S308 (lib.richtext escapes all text and lets through nothing else)


def typed_page(body: Body, kind: str, language: str) -> tuple[str, bool]:
    """(text to edit, whether it is the body's own). 2 queries."""
    own = PageText.objects.for_body(body).filter(kind=kind, language=language).first()
    if own:
        return own.source, True
    return to_plain(legal.document(kind, body, facts_of(body), language)), False


@dataclass(frozen=True)
class LegalPage:
    kind: PageText.Kind
    own: tuple[str, ...]  # languages in the body's own words
    missing: list[str | Promise]


def legal_pages(body: Body) -> list[LegalPage]:
    """The three pages: in whose words, and which facts are missing. 2 queries."""
    facts = facts_of(body)
    own = list(PageText.objects.for_body(body).values_list("kind", "language"))
    return [
        LegalPage(kind, tuple(sorted(lang for k, lang in own if k == kind)), legal.missing(kind, body, facts)) for kind in PageText.Kind
    ]


def people_of(body: Body, *, page: int = 1) -> Page[Any]:
    """People with a role in `body`, by name, each with `held` (own roles and deputies here, past ones too). 3 queries."""
    held = Membership.objects.for_body(body).select_related("deputy_for").order_by("deputy_for", "role")
    people = Person.objects.filter(memberships__body=body).distinct().order_by("name", "pk")
    prefetched = people.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held"))
    return Paginator(prefetched, PEOPLE_A_PAGE).get_page(page)


def office_of(body: Body) -> QuerySet[Membership]:
    """Roles in the office that administers `body` and that count here. 1 query."""
    if body.administered_by is None:
        return Membership.objects.for_body(body).none()
    rows = Membership.objects.for_body(body.administered_by).filter(role__in=ACTS_FOR_MEMBERS)
    return rows.select_related("person", "body").order_by("person__name", "role")


def open_invitations(body: Body) -> QuerySet[Invitation]:
    """Invitations that have not been accepted or withdrawn, newest first. 1 query."""
    return Invitation.objects.for_body(body).filter(state=Invitation.State.OPEN).select_related("invited_by").order_by("-pk")


@dataclass(frozen=True)
class AuditFilter:
    """Which entries: by whom, about which record (part of its German title or address), from and until which day, both included."""

    person: Person | None = None
    record: str = ""
    since: date | None = None
    until: date | None = None


def audit_entries(body: Body, chosen: AuditFilter) -> QuerySet[AuditEntry]:
    """Entries of `body`, newest first, with what their rows show. 1 query."""
    rows = AuditEntry.objects.for_body(body).select_related("actor", "record", "stored").order_by("-pk")
    if chosen.person:
        rows = rows.filter(actor=chosen.person)
    if chosen.record:
        rows = rows.filter(Q(record__titles__de__icontains=chosen.record) | Q(record__path__icontains=chosen.record))
    if chosen.since:
        rows = rows.filter(at__gte=_midnight(chosen.since))
    if chosen.until:
        rows = rows.filter(at__lt=_midnight(date.fromordinal(chosen.until.toordinal() + 1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 (made aware in the time of the town)


def audit_page(body: Body, chosen: AuditFilter, *, before: int | None = None) -> tuple[list[AuditEntry], int | None]:
    """One page of entries with ids below `before`, and the `before` of the next page. Paged by key: no count, no offset. 1 query."""
    rows = audit_entries(body, chosen)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: ENTRIES_A_PAGE + 1])
    return found[:ENTRIES_A_PAGE], found[ENTRIES_A_PAGE - 1].pk if len(found) > ENTRIES_A_PAGE else None


def actors_of(body: Body) -> QuerySet[Person]:
    """Everybody who appears in the trail of `body`, by name. 1 query."""
    return Person.objects.filter(pk__in=AuditEntry.objects.for_body(body).values("actor")).order_by("name")
