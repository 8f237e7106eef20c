"""What an administrator decides about the rules of a body. Everything stays: nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.rules import errors, selectors
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.core import audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.keys import KEYS, Key, WrongValue, written
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL, as_json
from allmende.lib.legalcalendar.reading import InvalidRules, read_rule
from allmende.lib.legalcalendar.rules import Rule

ADOPTED, KEPT = ProfileDecision.Answer.ADOPTED, ProfileDecision.Answer.KEPT


# --- Versions of profiles -----------------------------------------------------------


@transaction.atomic
def begin(*, body: Body, land: Land | None = None, by: Person, at: datetime) -> None:
    """Adopt the rules of the Land and the federal ones as this release has them: once, before anything is published.

    `land` is for bodies without regional key; with one it must be that Land, or None.

    Raises:
        NotAllowed: `by` does not manage this body.
        LandUnknown, OtherLand: which Land is not said, or not the one of the regional key.
        NotOffered: both are adopted already.
    """
    require(by, body, Act.MANAGE, at=at)
    held = selectors.adopted_profiles(body)
    known = selectors.land_of(body, held)
    if known and land and known is not land:
        raise errors.OtherLand
    land = known or land
    if land is None:
        raise errors.LandUnknown
    wanted = [name for name in (land.value, FEDERAL) if name not in held]
    if not wanted:
        raise errors.NotOffered
    for name in wanted:
        _decide(body, name, ADOPTED, "", by, at)


@transaction.atomic
def adopt_profile(*, body: Body, profile: str, version: int, by: Person, at: datetime) -> ProfileDecision:
    """Adopt the proposed version of a profile that the body has in an older one. `version`: the one that was looked at.

    Raises:
        NotAllowed: `by` does not manage this body.
        NoRules: the body has none of this profile; see begin.
        NotOffered: another version is proposed, or none.
    """
    require(by, body, Act.MANAGE, at=at)
    _proposed(body, profile, version)
    return _decide(body, profile, ADOPTED, "", by, at)


@transaction.atomic
def keep_profile(*, body: Body, profile: str, version: int, reason: str, by: Person, at: datetime) -> ProfileDecision:
    """Stay with what the body has, for a reason. The version can still be adopted later.

    Raises:
        NotAllowed, NoRules, NotOffered: as adopt_profile; also NotOffered where this was decided already, by whoever was faster.
        ReasonMissing: no reason.
    """
    require(by, body, Act.MANAGE, at=at)
    if not (reason := reason.strip()):
        raise errors.ReasonMissing
    _proposed(body, profile, version)
    return _decide(body, profile, KEPT, reason, by, at)


def _proposed(body: Body, profile: str, version: int) -> None:
    held = selectors.adopted_profiles(body)
    land = selectors.land_of(body, held)
    if profile not in held or land is None or profile not in (land.value, FEDERAL):
        raise errors.NoRules
    if version != selectors.shipped(profile).version.number or version <= held[profile].version:
        raise errors.NotOffered


def _decide(body: Body, name: str, answer: ProfileDecision.Answer, reason: str, by: Person, at: datetime) -> ProfileDecision:
    profile = selectors.shipped(name)
    try:
        with transaction.atomic():
            row: ProfileDecision = ProfileDecision.objects.create(
                body=body,
                profile=name,
                version=profile.version.number,
                answer=answer,
                content=as_json(profile) if answer == ADOPTED else None,
                reason=reason,
                decided_by=by,
                decided_at=at,
            )
    except IntegrityError as error:  # somebody was faster
        raise errors.NotOffered from error
    values = {"profile": profile.name, "version": row.version, "reason": reason}
    if answer == ADOPTED:
        audit.note(body, "rules.adopted", values, by=by, at=at)
    else:
        audit.note(body, "rules.kept", values, by=by, at=at)
    return row


# --- A body's own rules -------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """What is entered. `value` as a form or a file writes it; `kinds` empty: for all kinds the key matters to."""

    key: str
    value: Any
    law: str
    section: str
    reason: str
    address: str = ""
    kinds: Collection[str] = ()
    valid_from: date | None = None
    valid_until: date | None = None


def examine(new: NewRule, *, by: Person, at: datetime) -> Rule:
    """The rule as it would hold, without storing it: for a look at what it changes.

    Raises:
        RuleUnknown, RuleFederal, ValueWrong, KindsWrong, SourceMissing, ReasonMissing, DaysWrong, RuleInvalid
    """
    known = KEYS.get(new.key)
    if known is None:
        raise errors.RuleUnknown
    if new.key.startswith("counting."):
        raise errors.RuleFederal
    try:
        value = known.read(new.value)
    except WrongValue as error:
        raise errors.ValueWrong(_takes(known)) from error
    if not set(new.kinds) <= {kind.value for kind in known.kinds or NoticeKind}:
        raise errors.KindsWrong
    if not new.law.strip() or not new.section.strip():
        raise errors.SourceMissing
    if not new.reason.strip():
        raise errors.ReasonMissing
    if new.valid_from and new.valid_until and new.valid_until < new.valid_from:
        raise errors.DaysWrong
    raw: dict[str, Any] = {
        "key": new.key,
        "value": written(value),
        "law": new.law.strip(),
        "section": new.section.strip(),
        "address": new.address.strip(),
        "entered": {"by": by.name.strip(), "at": at, "reason": new.reason.strip()},
    }
    raw |= {"kinds": sorted(set(new.kinds))} if new.kinds else {}
    raw |= {name: day for name in ("valid_from", "valid_until") if (day := getattr(new, name))}
    try:
        return read_rule(raw, "own rule", own=True)
    except InvalidRules as error:
        raise errors.RuleInvalid from error


def _takes(known: Key) -> Promise | str:
    if known.type is Period:
        return _("Das ist keine Frist. Geben Sie eine Zahl und eine Einheit an, zum Beispiel 6 Monate.")
    if known.type is int:
        return _("Das ist keine Anzahl. Geben Sie eine ganze Zahl ab 1 an.")
    if known.type is str:
        return _("Der Text fehlt. Schreiben Sie, was die Regel sagt.")
    return ""


@transaction.atomic
def set_rule(new: NewRule, *, body: Body, replaces: int | None = None, by: Person, at: datetime) -> OwnRule:
    """Enter a rule of the body's own. `replaces`: the own rule that ends with it, for the same key.

    Raises:
        NotAllowed: `by` does not manage this body.
        RuleClash: another own rule holds for the same case.
        ChangedMeanwhile: the rule to be replaced has ended already.
        all of examine().
    """
    require(by, body, Act.MANAGE, at=at)
    rule = examine(new, by=by, at=at)
    assert rule.entered is not None
    if replaces is not None:
        _end(body, replaces, rule.key, rule.entered.reason, by, at)
    scope, source = rule.scope, rule.source
    try:
        with transaction.atomic():
            row: OwnRule = OwnRule.objects.create(
                body=body,
                key=rule.key,
                value=written(rule.value),
                kinds=sorted(kind.value for kind in scope.kinds),
                law=source.law,
                section=source.section,
                address=source.address,
                reason=rule.entered.reason,
                valid_from=scope.valid_from,
                valid_until=scope.valid_until,
                entered_by=by,
                entered_at=at,
            )
    except IntegrityError as error:
        raise errors.RuleClash from error
    audit.note(body, "rules.rule_set", _noted(row), by=by, at=at)
    return row


@transaction.atomic
def end_rule(rule_id: int, *, body: Body, reason: str, by: Person, at: datetime) -> None:
    """End a rule of the body's own; what the profile says holds again. It stays in the history.

    Raises:
        NotAllowed: `by` does not manage this body.
        ReasonMissing: no reason.
        ChangedMeanwhile: it has ended already, or is not of this body.
    """
    require(by, body, Act.MANAGE, at=at)
    if not (reason := reason.strip()):
        raise errors.ReasonMissing
    row = _end(body, rule_id, None, reason, by, at)
    audit.note(body, "rules.rule_ended", _noted(row) | {"reason": reason}, by=by, at=at)


def _end(body: Body, rule_id: int, name: str | None, reason: str, by: Person, at: datetime) -> OwnRule:
    here = OwnRule.objects.for_body(body).filter(pk=rule_id)
    if name is not None:
        here = here.filter(key=name)
    if not here.filter(ended_at=None).update(ended_by=by, ended_at=at, end_reason=reason):
        raise ChangedMeanwhile
    return here.get()


def _noted(row: OwnRule) -> dict[str, object]:
    return {
        "rule": row.key,
        "value": row.value,
        "kinds": row.kinds,
        "law": row.law,
        "section": row.section,
        "address": row.address,
        "from": row.valid_from.isoformat() if row.valid_from else "",
        "until": row.valid_until.isoformat() if row.valid_until else "",
        "reason": row.reason,
    }
