"""What a check of a bundle says: an answer, the checks behind it, and facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from allmende.lib.proof.attached import Found
from allmende.lib.proof.recognition import Subject
from allmende.lib.proof.statement import Statement


class Text(NamedTuple):
    """One statement in both languages. `lib` has no translations of its own."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """German, unless the language is English (`en`, `en-gb`)."""
        return self.en if language.startswith("en") else self.de


NOTHING: Final = Text("", "")


# Reasons of a single check that stands for all: nothing is known about the file.
_UNEXAMINED: Final = frozenset({"not_examined", "busy", "no_proof", "page_file", "archive_file", "no_seal", "other_seal"})


class State(StrEnum):
    """`open`: not known or not there yet, which is nothing bad. `remark`: nothing was checked, but there is something to know.

    `demo`: holds by its numbers, but was made by the demo for itself and vouches for nobody.
    """

    OK = "ok"
    BAD = "bad"
    OPEN = "open"
    REMARK = "remark"
    DEMO = "demo"

    @property
    def word(self) -> Text:
        """For readers who do not see the mark."""
        return {
            State.OK: Text("Bestanden.", "Passed."),
            State.BAD: Text("Fehlgeschlagen.", "Failed."),
            State.OPEN: Text("Offen.", "Open."),
            State.REMARK: Text("Hinweis.", "Remark."),
            State.DEMO: Text("Demo, nicht vertrauenswürdig.", "Demo, not trustworthy."),
        }[self]


@dataclass(frozen=True)
class Check:
    """One check. `code` (bundle, content, attachments, seal, time, log, witness, trust, archive, certificate) and `reason` are stable."""

    code: str
    state: State
    reason: str
    title: Text
    detail: Text


@dataclass(frozen=True)
class Cosigning:
    """Somebody whose cosignature holds by its numbers."""

    name: str
    at: datetime


class Hosted(NamedTuple):
    """A log that the asking installation keeps itself: its true key, and the keys of the witnesses it asks."""

    vkey: str
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the bundle says about itself. True only if the report is `ok`, and from whom it says only if it is `trusted`.

    `witnesses`: those that the asking person knows; `cosigners`: all others whose cosignature holds, which says nothing. Control and
    formatting characters are written out (see `lib.proof.visible`). `certifies`: what a certificate of publication names.
    """

    title: str = ""
    kind: str = ""
    issuer: str = ""
    seal_level: str = ""
    seal_label: Text = NOTHING
    seal_valid_until: datetime | None = None
    stamped_at: datetime | None = None
    authority: str = ""
    origin: str = ""
    index: int | None = None
    size: int | None = None
    vkey: str = ""
    witnesses: tuple[Cosigning, ...] = ()
    cosigners: tuple[Cosigning, ...] = ()
    page_sha256: str = ""
    document_sha256: str = ""
    attachments: tuple[Found, ...] = ()
    certifies: Statement | None = None


class Fresh(StrEnum):
    """`fresh`: nothing has ended. `covered`: it has, and something fresh shows that it was there before. `ended`: nothing shows that."""

    FRESH = "fresh"
    COVERED = "covered"
    ENDED = "ended"


@dataclass(frozen=True)
class Lasts:
    """One kind of evidence. `what`: seal, time, archive, log, certificate. `until`: when its certificates end, None without any.

    `unfit_from`: from when on an algorithm it rests on is no longer held to be fit, None if no source names a day.
    """

    what: str
    state: Fresh
    until: datetime | None
    algorithms: tuple[str, ...]
    unfit_from: datetime | None


@dataclass(frozen=True)
class Report:
    """The answer. `subject`: what was handed in; with any but a bundle only a part of the checks can be made, or none.

    `ok`: something could be checked and nothing is wrong. `trusted`: moreover the log is one that the asking person knows, by a
    key or a policy that did not come with the bundle, or one that the asking installation keeps itself.

    `lasting`: which evidence is still fresh, by the clock of whoever asks; empty where seal or time stamp do not hold.
    """

    checks: tuple[Check, ...]
    facts: Facts
    headline: Text
    lead: Text
    advice: tuple[Text, ...]
    subject: Subject = Subject.BUNDLE
    lasting: tuple[Lasts, ...] = ()

    @property
    def ok(self) -> bool:
        return self.examined and not self.failed

    @property
    def demo(self) -> bool:
        """Whether seal or time stamp are specimens, so that they vouch for nobody."""
        return any(check.state == State.DEMO for check in self.checks)

    @property
    def trusted(self) -> bool:
        return self.ok and any(check.code == "trust" and check.state == State.OK for check in self.checks)

    @property
    def exit_status(self) -> int:
        """0 if nothing is wrong, 1 if something is, 2 if the check could not be made. A missing key is a remark, not an error."""
        if not self.examined:
            return 2
        return 0 if self.ok else 1

    @property
    def examined(self) -> bool:
        """False: the file is no proof and no sealed PDF, or reading it used up its limits; nothing is known about it."""
        return not any(check.reason in _UNEXAMINED for check in self.checks)

    def check(self, code: str) -> Check | None:
        return next((check for check in self.checks if check.code == code), None)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.state == State.BAD)

    @property
    def summary(self) -> Text:
        """How many of all checks were passed, and what the others came to."""
        return (
            counted([check.state for check in self.checks]) if self.examined else Text("Keine Prüfung war möglich", "No check was possible")
        )

    def as_dict(self, language: str = "de") -> dict[str, Any]:
        """For programs: plain values, times in ISO 8601 (UTC)."""
        facts = self.facts
        return {
            "subject": self.subject.value,
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
            "lasting": [
                {
                    "what": one.what,
                    "state": one.state.value,
                    "until": _iso(one.until),
                    "algorithms": list(one.algorithms),
                    "unfit_from": _iso(one.unfit_from),
                }
                for one in self.lasting
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
                "cosigners": [{"name": cosigner.name, "at": _iso(cosigner.at)} for cosigner in facts.cosigners],
                "page_sha256": facts.page_sha256,
                "document_sha256": facts.document_sha256,
                "attachments": [
                    {"number": one.number, "standing": one.standing.value, "sha256": one.sha256, "size": one.size}
                    for one in facts.attachments
                ],
                "certifies": facts.certifies
                and {
                    "label": facts.certifies.label,
                    "origin": facts.certifies.origin,
                    "index": facts.certifies.index,
                    "entry": facts.certifies.entry,
                    "page_sha256": facts.certifies.page,
                    "document_sha256": facts.certifies.document,
                },
            },
        }


def counted(states: Sequence[State]) -> Text:
    """What checks of these states come to, in one line; the numbers in it add up to all of them."""
    total, passed, bad = len(states), states.count(State.OK), states.count(State.BAD)
    if total == 1 and (passed or bad):
        return Text("Prüfung bestanden", "Check passed") if passed else Text("Prüfung nicht bestanden", "Check not passed")
    german = [f"{passed or 'keine'} von {total} Prüfungen bestanden"] if passed or bad else []
    english = [f"{passed or 'none'} of {total} checks passed"] if passed or bad else []
    demo, still, remarks = (states.count(state) for state in (State.DEMO, State.OPEN, State.REMARK))
    rest = (
        (bad, "fehlgeschlagen", "failed"),
        (demo, "nur zur Vorführung", "for demonstration only"),
        (still, "offen", "open"),
        (remarks, "Hinweis" if remarks == 1 else "Hinweise", "remark" if remarks == 1 else "remarks"),
    )
    for count, de, en in rest:
        german += [f"{count} {de}"] if count else []
        english += [f"{count} {en}"] if count else []
    both = Text(", ".join(german), ", ".join(english))
    return Text(both.de[:1].upper() + both.de[1:], both.en[:1].upper() + both.en[1:])


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
