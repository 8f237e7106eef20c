"""Which rules hold for a body, which versions wait for its decision, and what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from allmende.administration.rules.errors import LandUnknown, NoRules
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.core.models import Body
from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.keys import key
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook, RuleChange, difference
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL, Profile, read_profile
from allmende.lib.legalcalendar.rules import Confidence, Entered, Rule, Scope, Source

ADOPTED, KEPT = ProfileDecision.Answer.ADOPTED, ProfileDecision.Answer.KEPT
ROWS_A_PAGE = 50


def shipped(profile: str) -> Profile:
    """The profile as this release has it. `profile`: letters of a Land, or 'federal'."""
    return profiles.federal() if profile == FEDERAL else profiles.profile_of(Land(profile))


def body_kind(body: Body) -> BodyKind:
    """What the rules call this kind of body."""
    return BodyKind(body.kind)


def adopted_profiles(body: Body) -> dict[str, ProfileDecision]:
    """By id of the profile, the newest version that `body` has adopted, with its content. 1 query."""
    newer = ProfileDecision.objects.of_outer(body=OuterRef("body"), profile=OuterRef("profile"), version__gt=OuterRef("version"))
    rows = ProfileDecision.objects.for_body(body).filter(~Exists(newer.filter(answer=ADOPTED)), answer=ADOPTED)
    return {row.profile: row for row in rows.select_related("decided_by")}


def land_of(body: Body, adopted: Mapping[str, ProfileDecision]) -> Land | None:
    """By the regional key; without one, the Land whose profile was adopted last. No query."""
    if body.ars:
        return Land.of_regional_key(body.ars)
    last = max((row for row in adopted.values() if row.profile != FEDERAL), key=lambda row: row.pk, default=None)
    return Land(last.profile) if last else None


def read(row: ProfileDecision) -> Profile:
    """The profile that was adopted. Raises InvalidRules if its content cannot be read by this release."""
    return read_profile(row.content, f"profile {row.profile}, version {row.version}, of body {row.body_id}")


def rule_of(row: OwnRule) -> Rule:
    """The stored rule as the calendar asks it. No query where `entered_by` was fetched along."""
    return Rule(
        key=row.key,
        value=key(row.key).read(row.value),
        confidence=Confidence.OWN,
        source=Source(row.law, row.section, row.address),
        scope=Scope(kinds=frozenset(map(NoticeKind, row.kinds)), valid_from=row.valid_from, valid_until=row.valid_until),
        entered=Entered(row.entered_by.name, row.entered_at, row.reason),
    )


def own_rules(body: Body) -> QuerySet[OwnRule]:
    """The body's own rules that have not been ended, also those of other days. 1 query."""
    return OwnRule.objects.for_body(body).filter(ended_at=None).select_related("entered_by").order_by("key", "valid_from", "pk")


def rule_book(body: Body, *, on: date) -> RuleBook:
    """The rules as they stand now, for a publication on the day `on`: ask the book for that day only. 2 queries.

    The Land's and the federal rules are those of the adopted versions, whatever this release ships.

    Raises:
        NoRules: the body has not adopted the rules of its Land and of the federation.
    """
    adopted = adopted_profiles(body)
    land = land_of(body, adopted)
    if land is None or land.value not in adopted or FEDERAL not in adopted:
        raise NoRules
    holding = own_rules(body).filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gte=on))
    return RuleBook(read(adopted[land.value]), read(adopted[FEDERAL]), Overlay(tuple(map(rule_of, holding))))


@dataclass(frozen=True)
class Proposal:
    """A version that waits for a decision. `kept`: the body has looked at it and stayed with what it has, for now."""

    old: Profile
    new: Profile
    changes: tuple[RuleChange, ...]
    kept: ProfileDecision | None

    @property
    def steps(self) -> list[profiles.Version]:
        """The versions between, each with day and reason."""
        return [step for step in self.new.history if step.number > self.old.version.number]


@dataclass(frozen=True)
class State:
    """All rules of a body, for its pages. `adopted`: what it has, by id of the profile; `own`: rows in use."""

    land: Land
    adopted: dict[str, ProfileDecision]
    own: list[OwnRule]
    book: RuleBook
    proposals: list[Proposal]


def state_of(body: Body) -> State:
    """What the page of rules is made of. 3 queries.

    Raises:
        LandUnknown: the body has no regional key and has not chosen a Land.
        NoRules: nothing is adopted.
    """
    adopted = adopted_profiles(body)
    land = land_of(body, adopted)
    if land is None:
        raise LandUnknown
    if land.value not in adopted or FEDERAL not in adopted:
        raise NoRules
    own = list(own_rules(body))
    held = {name: read(adopted[name]) for name in (land.value, FEDERAL)}
    book = RuleBook(held[land.value], held[FEDERAL], Overlay(tuple(map(rule_of, own))))
    kept = {(row.profile, row.version): row for row in decisions(body).filter(answer=KEPT, profile__in=held)}
    proposals = []
    for name, old in held.items():
        new = shipped(name)
        if new.version.number > old.version.number:
            proposals.append(Proposal(old, new, difference(old, new), kept.get((name, new.version.number))))
    return State(land, {name: adopted[name] for name in held}, own, book, proposals)


def has_rules(body: Body) -> bool:
    """Whether the body has adopted any rules. For a body with a regional key: those of its Land and of the federation. 1 query."""
    names = ProfileDecision.objects.for_body(body).filter(answer=ADOPTED).values_list("profile", flat=True)
    found = set(names)
    lands = {Land.of_regional_key(body.ars).value} if body.ars else found - {FEDERAL}
    return FEDERAL in found and bool(lands & found)


def decisions(body: Body) -> QuerySet[ProfileDecision]:
    """Every decision, newest first, without the contents. 1 query."""
    return ProfileDecision.objects.for_body(body).defer("content").select_related("decided_by").order_by("-pk")


def history(body: Body, *, name: str = "", page: int = 1) -> Page[Any]:
    """The body's own rules, ended ones too, newest first; `name`: of one key only. 2 queries."""
    rows = OwnRule.objects.for_body(body).select_related("entered_by", "ended_by").order_by("-pk")
    return Paginator(rows.filter(key=name) if name else rows, ROWS_A_PAGE).get_page(page)
