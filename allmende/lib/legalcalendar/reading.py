"""Strict reading of rules from TOML or JSON: every field is known, of its type, and said in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from allmende.lib.legalcalendar.keys import UnknownKey, WrongValue, key, written
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.rules import Confidence, Entered, Open, Rule, Scope, Source
from allmende.lib.legalcalendar.text import NOTHING, Text

_RULE = frozenset({"key", "value", "confidence", "silence", "entered"})
_NOT_OWN = "counting."
_SHARED = frozenset({"key", "law", "section", "address", "seen", "note"})
_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_SEEN = re.compile(rf"before \d{{4}}|{_DAY}/{_DAY}|(({_DAY}|undated|current)(, |$))+")
_SCOPE = frozenset({"bodies", "kinds", "valid_from", "valid_until"})


class InvalidRules(ValueError):
    """A file or a stored list of rules that is not as it must be. The message says where and what is expected."""


E = TypeVar("E", bound=StrEnum)


def only(raw: Any, allowed: Iterable[str], where: str, *, needed: Iterable[str] = ()) -> Mapping[str, Any]:
    """The table, if it has all `needed` fields and none but the `allowed`. Raises InvalidRules."""
    if not isinstance(raw, Mapping):
        raise InvalidRules(f"{where}: expected a table, not {type(raw).__name__}")
    if strange := sorted(set(raw) - set(allowed)):
        raise InvalidRules(f"{where}: unknown {', '.join(strange)}; allowed: {', '.join(sorted(allowed))}")
    if missing := sorted(set(needed) - set(raw)):
        raise InvalidRules(f"{where}: {', '.join(missing)} missing")
    return raw


def words(raw: Mapping[str, Any], name: str, where: str, *, empty: bool = False) -> str:
    """A string without outer blanks. Raises InvalidRules."""
    value = raw.get(name, "")
    if not isinstance(value, str) or value != value.strip() or (not value and not empty):
        raise InvalidRules(f"{where}: {name}={value!r}: expected words without blanks around them")
    return value


def both(raw: Mapping[str, Any], name: str, where: str, *, empty: bool = True) -> Text:
    """Words in German and English. Raises InvalidRules."""
    if name not in raw and empty:
        return NOTHING
    table = only(raw.get(name), ("de", "en"), f"{where}, {name}", needed=("de", "en"))
    return Text(words(table, "de", f"{where}, {name}"), words(table, "en", f"{where}, {name}"))


def day(raw: Mapping[str, Any], name: str, where: str) -> date | None:
    """A day, from TOML as such, from JSON as '2026-11-24'. Raises InvalidRules."""
    value = raw.get(name)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidRules(f"{where}: {name}={value!r}: expected a day such as 2026-11-24") from None


def one_of(enumeration: type[E], value: Any, name: str, where: str) -> E:
    """Raises InvalidRules."""
    try:
        return enumeration(value)
    except ValueError:
        raise InvalidRules(f"{where}: {name}={value!r}: expected one of {', '.join(enumeration)}") from None


def _members(enumeration: type[E], raw: Mapping[str, Any], name: str, where: str) -> frozenset[E]:
    values = raw.get(name, [])
    if not isinstance(values, list) or len(set(map(str, values))) != len(values) or (name in raw and not values):
        raise InvalidRules(f"{where}: {name}={values!r}: expected a list, each once")
    return frozenset(one_of(enumeration, value, name, where) for value in values)


def _key(raw: Mapping[str, Any], where: str) -> str:
    try:
        return key(words(raw, "key", where)).name
    except UnknownKey as error:
        raise InvalidRules(f"{where}: {error}") from None


def read_source(raw: Mapping[str, Any], where: str, *, found: bool) -> Source:
    """`found`: the text was seen, so address and date of the text are needed. Raises InvalidRules."""
    seen = words(raw, "seen", where, empty=not found)
    if seen and not _SEEN.fullmatch(seen):
        raise InvalidRules(f"{where}: seen={seen!r}: expected the date of the text such as 2020-11-02, 2024 or 2020/2025, undated, current")
    return Source(
        law=words(raw, "law", where),
        section=words(raw, "section", where),
        address=words(raw, "address", where, empty=not found),
        seen=seen,
    )


def read_scope(raw: Mapping[str, Any], where: str) -> Scope:
    try:
        return Scope(
            bodies=_members(BodyKind, raw, "bodies", where),
            kinds=_members(NoticeKind, raw, "kinds", where),
            valid_from=day(raw, "valid_from", where),
            valid_until=day(raw, "valid_until", where),
        )
    except InvalidRules:
        raise
    except ValueError as error:
        raise InvalidRules(f"{where}: {error}") from None


def read_rule(raw: Any, where: str, *, own: bool = False) -> Rule:
    """One rule. `own`: of a body, with who entered it and when, and without confidence. Raises InvalidRules."""
    needed = {"key", "value", "law", "section"} | ({"entered"} if own else {"confidence", "address", "seen"})
    allowed = _RULE | _SHARED | _SCOPE
    table = only(raw, allowed - ({"confidence", "silence"} if own else {"entered"}), where, needed=needed)
    where = f"{where} ({table['key']})"
    name = _key(table, where)
    if own and name.startswith(_NOT_OWN):
        raise InvalidRules(f"{where}: how periods are counted is federal law; a body has no rule of its own")
    try:
        value = key(name).read(table["value"])
    except WrongValue as error:
        raise InvalidRules(f"{where}: {error}") from None
    confidence = Confidence.OWN if own else one_of(Confidence, table["confidence"], "confidence", where)
    if confidence is Confidence.OWN and not own:
        raise InvalidRules(f"{where}: confidence 'own' is for the rules of a body")
    if not isinstance(table.get("silence", False), bool):
        raise InvalidRules(f"{where}: silence: expected true or false")
    return Rule(
        key=name,
        value=value,
        confidence=confidence,
        source=read_source(table, where, found=not own and confidence is not Confidence.C),
        scope=read_scope(table, where),
        note=both(table, "note", where),
        silence=table.get("silence", False),
        entered=_entered(table["entered"], where) if own else None,
    )


def _entered(raw: Any, where: str) -> Entered:
    table = only(raw, ("by", "at", "reason"), f"{where}, entered", needed=("by", "at"))
    at = table["at"]
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            at = None
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise InvalidRules(f"{where}, entered: at={table['at']!r}: expected a time with its zone")
    return Entered(by=words(table, "by", f"{where}, entered"), at=at, reason=words(table, "reason", f"{where}, entered", empty=True))


def read_open(raw: Any, where: str) -> Open:
    """A rule that was not found. Raises InvalidRules."""
    table = only(raw, _SHARED, where, needed=("key", "law", "section", "note"))
    where = f"{where} ({table['key']})"
    return Open(_key(table, where), read_source(table, where, found=False), both(table, "note", where, empty=False))


def refuse_clashes(rules: Iterable[Rule], where: str) -> None:
    """Two rules of one key that hold for the same case would leave it to chance which one counts. Raises InvalidRules."""
    by_key: dict[str, list[Rule]] = {}
    for rule in rules:
        for other in by_key.setdefault(rule.key, []):
            if rule.scope.clashes(other.scope):
                raise InvalidRules(f"{where}: two rules for {rule.key} hold for the same case: {rule.source} and {other.source}")
        by_key[rule.key].append(rule)


def rule_as_json(rule: Rule) -> dict[str, Any]:
    """What read_rule reads again, of strings, numbers, lists and tables only. Empty fields are left out."""
    scope = rule.scope
    raw: dict[str, Any] = {
        "key": rule.key,
        "value": written(rule.value),
        "confidence": "" if rule.entered else rule.confidence.value,
        "silence": rule.silence,
        "bodies": sorted(scope.bodies),
        "kinds": sorted(scope.kinds),
        "valid_from": scope.valid_from.isoformat() if scope.valid_from else "",
        "valid_until": scope.valid_until.isoformat() if scope.valid_until else "",
        "note": rule.note._asdict() if rule.note.de else None,
        "entered": {"by": rule.entered.by, "at": rule.entered.at.isoformat(), "reason": rule.entered.reason} if rule.entered else None,
    }
    return source_as_json(rule.source) | {name: value for name, value in raw.items() if value or name == "value"}


def source_as_json(source: Source) -> dict[str, Any]:
    return {"law": source.law, "section": source.section, "address": source.address, "seen": source.seen}
