"""The profiles: what publication law says in each Land and federally, one file each, with version and history.

A profile has rules, and questions that stayed open. A rule that was not confirmed (confidence A°, B°, C) is kept and shown,
but no date and no duty follows from it. `needs` are the keys that must be confirmed before anything with legal effect is
published under the profile; where one is missing, the body's administrator enters it with its source (see overlay).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from allmende.lib.legalcalendar.keys import KEYS, MUST_ANSWER
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.reading import (
    InvalidRules,
    both,
    day,
    one_of,
    only,
    read_open,
    read_rule,
    read_source,
    refuse_clashes,
    rule_as_json,
    source_as_json,
)
from allmende.lib.legalcalendar.rules import Open, Rule, Source
from allmende.lib.legalcalendar.text import Text

FEDERAL = "federal"
_DATA = Path(__file__).parent / "data"
_FIELDS = ("profile", "name", "version", "use", "needs", "history", "rule", "open", "text")


class Use(StrEnum):
    """How far a profile carries."""

    USABLE = "usable"
    HALF = "half"
    """Notices can be published; some dates are never computed."""
    PAPER_ONLY = "paper_only"
    """By-laws are published in a printed gazette or newspaper; the web page is an addition."""
    NOT_USABLE = "not_usable"
    """Rules are known, but not those that `needs` names."""
    NONE = "none"
    """Nothing was researched for this Land."""
    FEDERAL = "federal"


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the history of a profile: the number, the day it was made and why."""

    number: int
    day: date
    reason: Text


@dataclass(frozen=True, slots=True)
class Wording:
    """A text for the notice, such as the hint on complaints, with the source of what it says."""

    key: str
    source: Source
    text: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """`id`: letters of the Land, or 'federal'. Versions newest last."""

    id: str
    name: str
    use: Use
    remark: Text
    needs: tuple[str, ...]
    history: tuple[Version, ...]
    rules: tuple[Rule, ...]
    opens: tuple[Open, ...]
    wordings: tuple[Wording, ...] = ()

    @property
    def version(self) -> Version:
        return self.history[-1]

    @property
    def land(self) -> Land | None:
        """None for the federal rules."""
        return None if self.id == FEDERAL else Land(self.id)

    def wording(self, key: str) -> Wording | None:
        return next((item for item in self.wordings if item.key == key), None)


def read_profile(raw: Any, where: str) -> Profile:
    """Read and check a profile from TOML or from as_json(). Raises InvalidRules, which says where and what is expected."""
    table = only(raw, _FIELDS, where, needed=("profile", "name", "version", "use", "history"))
    use = only(table["use"], ("level", "remark"), f"{where}, use", needed=("level", "remark"))
    needs = table.get("needs", [])
    if not isinstance(needs, list) or len(set(needs)) != len(needs) or not set(needs) <= set(KEYS):
        raise InvalidRules(f"{where}: needs={needs!r}: expected a list of keys, each once")
    if table["profile"] != FEDERAL and table["profile"] not in list(Land):
        raise InvalidRules(f"{where}: profile={table['profile']!r}: expected 'federal' or one of {', '.join(Land)}")
    profile = Profile(
        id=table["profile"],
        name=table["name"],
        use=one_of(Use, use["level"], "level", f"{where}, use"),
        remark=both(use, "remark", f"{where}, use", empty=False),
        needs=tuple(needs),
        history=_history(table, where),
        rules=tuple(read_rule(item, f"{where}, rule {n}") for n, item in enumerate(table.get("rule", []), 1)),
        opens=tuple(read_open(item, f"{where}, open {n}") for n, item in enumerate(table.get("open", []), 1)),
        wordings=tuple(_wording(item, f"{where}, text {n}") for n, item in enumerate(table.get("text", []), 1)),
    )
    _check(profile, where)
    return profile


def _history(table: Mapping[str, Any], where: str) -> tuple[Version, ...]:
    steps: list[Version] = []
    for number, raw in enumerate(table["history"], 1):
        here = f"{where}, history {number}"
        step = only(raw, ("version", "day", "reason"), here, needed=("version", "day", "reason"))
        on = day(step, "day", here)
        if step["version"] != number or on is None or (steps and on < steps[-1].day):
            raise InvalidRules(f"{here}: expected version {number} with its day, in order")
        steps.append(Version(number, on, both(step, "reason", here, empty=False)))
    if not steps or table["version"] != steps[-1].number:
        raise InvalidRules(f"{where}: version={table['version']!r}: expected the number of the last step of the history")
    return tuple(steps)


def _wording(raw: Any, where: str) -> Wording:
    fields = ("key", "law", "section", "address", "seen", "text")
    table = only(raw, fields, where, needed=fields)
    if table["key"] not in KEYS:
        raise InvalidRules(f"{where}: key={table['key']!r}: no such key")
    return Wording(table["key"], read_source(table, where, found=True), both(table, "text", where, empty=False))


def _check(profile: Profile, where: str) -> None:
    refuse_clashes(profile.rules, where)
    answered = {rule.key for rule in profile.rules} | {item.key for item in profile.opens}
    if profile.id != FEDERAL and (missing := [name for name in MUST_ANSWER if name not in answered]):
        raise InvalidRules(f"{where}: {', '.join(missing)}: expected a rule or an open question")
    if len({item.key for item in profile.opens}) != len(profile.opens):
        raise InvalidRules(f"{where}: an open question is asked twice")
    settled = {rule.key for rule in profile.rules if rule.drives and rule.scope.narrowness == 0 and not rule.scope.valid_until}
    if both_ways := settled & {item.key for item in profile.opens}:
        raise InvalidRules(f"{where}: {', '.join(sorted(both_ways))}: settled by a rule and open as well")


def as_json(profile: Profile) -> dict[str, Any]:
    """The profile as a body keeps it when it adopts a version; read_profile reads it again."""
    return {
        "profile": profile.id,
        "name": profile.name,
        "version": profile.version.number,
        "use": {"level": profile.use.value, "remark": profile.remark._asdict()},
        "needs": list(profile.needs),
        "history": [{"version": step.number, "day": step.day.isoformat(), "reason": step.reason._asdict()} for step in profile.history],
        "rule": [rule_as_json(rule) for rule in profile.rules],
        "open": [{"key": item.key, **source_as_json(item.source), "note": item.note._asdict()} for item in profile.opens],
        "text": [{"key": item.key, **source_as_json(item.source), "text": item.text._asdict()} for item in profile.wordings],
    }


@cache
def profile_of(land: Land) -> Profile:
    """The profile of a Land as this release has it."""
    return _load(land.value)


@cache
def federal() -> Profile:
    """The federal rules as this release has them."""
    return _load(FEDERAL)


def _load(name: str) -> Profile:
    path = _DATA / f"{name.lower()}.toml"
    profile = read_profile(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    if profile.id != name:
        raise InvalidRules(f"{path.name}: profile={profile.id!r}: expected {name!r}, as the file is named")
    return profile
