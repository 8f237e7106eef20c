"""Duties before publication: which the platform sees met, and which a person has to confirm by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allmende.administration.publishing.values import Publishing
from allmende.administration.start_page.looking import same_page
from allmende.lib.legalcalendar.choices import SealNeeded
from allmende.lib.legalcalendar.computation import Problem
from allmende.lib.legalcalendar.duties import Duty, State, When, unmet
from allmende.lib.legalcalendar.duties.catalogue import DUTIES
from allmende.lib.seal import SealLevel
from allmende.notices.calendar.facts import Details
from allmende.notices.calendar.statement import Statement

_CATALOGUE = {item.key: item for item in DUTIES}
Check = Callable[[Details, Publishing], bool]
SeenElsewhere = Callable[[str, str], bool]  # (address, area)
NOT_SEEN: SeenElsewhere = lambda _address, _area: False  # noqa: E731

EQUALS_ORIGINAL = "text.equals_original"
HINTS = frozenset({"complaint.hint", "plan.complaint_hint"})
START_PAGE = "start_page.link"
AREAS = frozenset({"Bekanntmachungen", "Ortsrecht"})  # links of the navigation on every start page (portal/context.py)


def _given(*names: str) -> Check:
    return lambda details, _ways: all(details.get(name) for name in names)


# What the fields of the notice or the settings of the body answer. A duty that is not here needs a person.
SEEN: dict[str, Check] = {
    "form.fixed_by_local_law": lambda _details, ways: bool(ways.law),
    "form.fixed_by_standing_orders": lambda _details, ways: bool(ways.law),
    "form.address_named": lambda _details, ways: bool(ways.address),
    "inspection.stated": lambda _details, ways: bool(ways.inspection),
    "signing.chief_officer": _given("signed_on", "signed_by"),
    "approval.named": _given("approval_authority", "approval_on"),
    "supervision.wait": lambda details, _ways: bool(details.get("supervision_confirmed_on") or details.get("supervision_allows_earlier")),
    "replacement.described": _given("part", "description"),
    "replacement.place_named": _given("places", "begins_on", "last_on"),
    "plan.second_medium": _given("second_form", "second_on"),
    "personal.necessity": _given("necessity"),
    "service.form": _given("ordered_by", "reason"),
    "service.contents": _given("addressee", "last_address", "document_date", "file_number", "inspection_place"),
}
# Seen or not, nobody can confirm these by a tick: the settings of the body or a field of the notice has to say it.
ONLY_SEEN = frozenset(SEEN) - {"approval.named", "personal.necessity"}
# These of the body's settings, an administrator mends.
OF_SETTINGS = frozenset({"form.fixed_by_local_law", "form.fixed_by_standing_orders", "form.address_named", "inspection.stated"})


def duty_of(code: str) -> Duty:
    """A duty in words alone, whether or not a rule of the body brings it. Raises KeyError for a code that is none."""
    item = _CATALOGUE[code]
    return Duty(item.key, item.when, item.words)


def level_of(seal: str) -> SealNeeded:
    """What the seal in use counts for. A demo seal shows nobody who sealed: it meets no demand. `seal`: lib.seal.SealLevel, or empty."""
    return {SealLevel.ADVANCED: SealNeeded.ADVANCED, SealLevel.QUALIFIED: SealNeeded.QUALIFIED}.get(
        SealLevel(seal) if seal else SealLevel.ADVANCED_DEMO, SealNeeded.NONE
    )


def seen_met(
    duties: tuple[Duty, ...], details: Details, ways: Publishing, own_page: str = "", elsewhere: SeenElsewhere = NOT_SEEN
) -> frozenset[str]:
    """Codes of the duties that the platform sees met. `own_page`: address of the start page that the platform makes for the body.

    `elsewhere`: whether an area was seen on a page of somebody else lately (administration/start_page).
    """
    found = {duty.code for duty in duties if (check := SEEN.get(duty.code)) and check(details, ways)}
    found |= {duty.code for duty in duties if duty.code == START_PAGE and _shows_area(duty.value, ways, own_page, elsewhere)}
    return frozenset(found)


def _shows_area(area: object, ways: Publishing, own_page: str, elsewhere: SeenElsewhere) -> bool:
    """The page that local law names has a link of that name: our own start page in its navigation, another one when it was looked at."""
    named = ways.start_page or ways.address
    if not named:
        return False
    if own_page and same_page(named, own_page):
        return area in AREAS
    return elsewhere(named, str(area))


def before_publication(duties: tuple[Duty, ...], *, prints_hint: bool) -> tuple[Duty, ...]:
    """What has to be met before. The hint on complaints is one of them where it is not printed by itself: the text has to have it."""
    return tuple(replace(duty, when=When.BEFORE) if duty.code in HINTS and not prints_hint else duty for duty in duties)


def to_confirm(duties: tuple[Duty, ...], seen: frozenset[str]) -> tuple[Duty, ...]:
    """Binding duties before publication for which somebody has to put a tick, in the order of the work."""
    before = (duty for duty in duties if duty.when is When.BEFORE and duty.binds and not isinstance(duty.value, SealNeeded))
    return tuple(duty for duty in before if duty.code not in seen and duty.code not in ONLY_SEEN)


def open_duties(duties: tuple[Duty, ...], seen: frozenset[str], statement: Statement, seal: str) -> tuple[Problem, ...]:
    """Binding duties before publication that are neither seen met nor confirmed."""
    confirmed = frozenset(code for code in statement.confirmed if code not in ONLY_SEEN)
    return unmet(duties, State(level_of(seal), seen | confirmed))


def wants_hint(duties: tuple[Duty, ...]) -> Duty | None:
    """The duty to give a hint in another medium, if it binds."""
    return next((duty for duty in duties if duty.code == "hint.required" and duty.binds), None)
