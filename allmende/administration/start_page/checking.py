"""When the worker looks: once a day, when the form of publication is entered, and when somebody asks for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing import selectors as publishing
from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.rules import selectors as rules
from allmende.administration.rules.errors import LandUnknown, NoRules
from allmende.administration.start_page.looking import look, same_page
from allmende.administration.start_page.models import StartPageCheck
from allmende.core import addresses, outbox
from allmende.core.housekeeping import DAY, Chore
from allmende.core.models import Body, OutboxRow, Person
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.days import berlin_day

TOPIC: Final = "administration.start_page"
RULE: Final = "start_page.link"
FRESH: Final = timedelta(days=7)  # what was seen longer ago shows nothing any more


class Wanted(NamedTuple):
    """What the law asks of a body today: a link with the words `area` on the page at `address`."""

    address: str
    area: str


def wanted(body: Body, *, at: datetime) -> Wanted | None:
    """None where no confirmed rule asks for it, nobody has entered a page, or the page is the one that this platform makes. 4 queries."""
    day = berlin_day(at)
    ways = publishing.publishing(body, on=day)
    named = ways and (ways.start_page or ways.address)
    if not named or same_page(named, addresses.root(body)):
        return None
    try:
        found = rules.rule_book(body, on=day).find(RULE, on=day, body=rules.body_kind(body))
    except (NoRules, LandUnknown):
        return None
    return Wanted(named, str(found.rule.value)) if found.rule and found.rule.drives else None


def ask(body: Body, *, once: str, at: datetime) -> None:
    """The worker looks soon. In a transaction."""
    outbox.put(body, TOPIC, once=once, at=at)


@transaction.atomic
def ask_now(body: Body, *, by: Person, at: datetime) -> None:
    """Somebody has mended the page and wants to know. Once a minute at most. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    ask(body, once=at.isoformat(timespec="minutes"), at=at)


def check(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: fetch the page and keep what was seen, with its time."""
    body: Body = row.body
    asked = wanted(body, at=at)
    if asked is None:
        return
    problem = look(asked.address, asked.area)
    StartPageCheck.objects.for_body(body).exclude(address=asked.address, area=asked.area).delete()
    rows = StartPageCheck.objects.for_body(body).filter(address=asked.address, area=asked.area)
    if not rows.update(problem=problem, checked_at=at):
        StartPageCheck.objects.create(body=body, address=asked.address, area=asked.area, problem=problem, checked_at=at)


def last(body: Body) -> StartPageCheck | None:
    """The last look. 1 query."""
    return StartPageCheck.objects.for_body(body).order_by("-checked_at").first()


def found(body: Body, *, at: datetime) -> StartPageCheck | None:
    """The last look that found what was looked for, within the time that counts. 1 query."""
    rows = StartPageCheck.objects.for_body(body).filter(problem="", checked_at__gt=at - FRESH, checked_at__lte=at)
    return rows.order_by("-checked_at").first()


def seen(body: Body, address: str, area: str, *, at: datetime) -> bool:
    """Whether the area was found on that page within the time that counts. 1 query."""
    look = found(body, at=at)
    return look is not None and (look.address, look.area) == (address, area)


def _due(at: datetime) -> Iterator[Body]:
    for body in Body.objects.filter(Exists(PublishingSettings.objects.of_outer(body=OuterRef("pk")))).order_by("pk"):
        if wanted(body, at=at) is not None:
            yield body


def _ask_all(found: Sequence[Body], at: datetime) -> None:
    for body in found:
        with transaction.atomic():
            ask(body, once=berlin_day(at).isoformat(), at=at)


DAILY = Chore(_("Startseiten, die das Ortsrecht nennt"), _due, _ask_all, every=DAY, tidies=False)
