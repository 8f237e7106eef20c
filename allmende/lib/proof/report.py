"""What a check of a bundle says: an answer, the checks behind it, and facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Text(NamedTuple):
    """One statement in both languages. `lib` has no translations of its own."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """German, unless the language is English (`en`, `en-gb`)."""
        return self.en if language.startswith("en") else self.de


_NOTHING = Text("", "")


class State(StrEnum):
    """`open`: not known or not there yet, which is nothing bad. `remark`: nothing was checked, but there is something to know."""

    OK = "ok"
    BAD = "bad"
    OPEN = "open"
    REMARK = "remark"

    @property
    def word(self) -> Text:
        """For readers who do not see the mark."""
        return {
            State.OK: Text("Bestanden.", "Passed."),
            State.BAD: Text("Fehlgeschlagen.", "Failed."),
            State.OPEN: Text("Offen.", "Open."),
            State.REMARK: Text("Hinweis.", "Remark."),
        }[self]


@dataclass(frozen=True)
class Check:
    """One check. `code` (bundle, content, seal, time, log, witness, trust) and `reason` are stable."""

    code: str
    state: State
    reason: str
    title: Text
    detail: Text


@dataclass(frozen=True)
class Cosigning:
    """A witness whose cosignature holds."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Facts:
    """What the bundle says about itself. True only if the report is `ok`, and from whom it says only if it is `trusted`."""

    title: str = ""
    kind: str = ""
    issuer: str = ""
    seal_level: str = ""
    seal_label: Text = _NOTHING
    seal_valid_until: datetime | None = None
    stamped_at: datetime | None = None
    authority: str = ""
    origin: str = ""
    index: int | None = None
    size: int | None = None
    vkey: str = ""
    witnesses: tuple[Cosigning, ...] = ()
    page_sha256: str = ""
    document_sha256: str = ""


@dataclass(frozen=True)
class Report:
    """The answer.

    `ok`: nothing is wrong. `trusted`: moreover the log is one that the asking person knows, by a key or a policy that did not
    come with the bundle.
    """

    checks: tuple[Check, ...]
    facts: Facts
    headline: Text
    lead: Text
    advice: tuple[Text, ...]

    @property
    def ok(self) -> bool:
        return all(check.state != State.BAD for check in self.checks)

    @property
    def trusted(self) -> bool:
        return self.ok and any(check.code == "trust" and check.state == State.OK for check in self.checks)

    @property
    def exit_status(self) -> int:
        """0 if nothing is wrong, 1 otherwise. A missing key is a remark, not an error."""
        return 0 if self.ok else 1

    def check(self, code: str) -> Check | None:
        return next((check for check in self.checks if check.code == code), None)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.state == State.BAD)

    @property
    def summary(self) -> Text:
        """How many of the checks that could be made were passed, and how many are open; remarks are no checks."""
        states = [check.state for check in self.checks]
        passed, made, still = states.count(State.OK), states.count(State.OK) + states.count(State.BAD), states.count(State.OPEN)
        german = f"{passed} von {made} {'Prüfung' if made == 1 else 'Prüfungen'} bestanden" + (f", {still} offen" if still else "")
        english = f"{passed} of {made} {'check' if made == 1 else 'checks'} passed" + (f", {still} open" if still else "")
        return Text(german, english)

    def as_dict(self, language: str = "de") -> dict[str, Any]:
        """For programs: plain values, times in ISO 8601 (UTC)."""
        facts = self.facts
        return {
            "ok": self.ok,
            "trusted": self.trusted,
            "headline": self.headline.in_language(language),
            "lead": self.lead.in_language(language),
            "checks": [
                {
                    "code": check.code,
                    "state": check.state.value,
                    "reason": check.reason,
                    "title": check.title.in_language(language),
                    "detail": check.detail.in_language(language),
                }
                for check in self.checks
            ],
            "facts": {
                "title": facts.title,
                "kind": facts.kind,
                "issuer": facts.issuer,
                "seal_level": facts.seal_level,
                "seal_valid_until": _iso(facts.seal_valid_until),
                "stamped_at": _iso(facts.stamped_at),
                "authority": facts.authority,
                "origin": facts.origin,
                "index": facts.index,
                "size": facts.size,
                "vkey": facts.vkey,
                "witnesses": [{"name": witness.name, "at": _iso(witness.at)} for witness in facts.witnesses],
                "page_sha256": facts.page_sha256,
                "document_sha256": facts.document_sha256,
            },
        }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
