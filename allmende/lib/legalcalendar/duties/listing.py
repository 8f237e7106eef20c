"""The duties for one notice, and which of them are not met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allmende.lib.legalcalendar.choices import SealNeeded
from allmende.lib.legalcalendar.computation.results import Problem, Severity
from allmende.lib.legalcalendar.duties.catalogue import DUTIES, Entry, When
from allmende.lib.legalcalendar.keys import KEYS, value_words
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.rules import Open, Rule, Value
from allmende.lib.legalcalendar.text import Text


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `code` is the key of its rule. `value` as the rule has it.

    `rule`: confirmed, the duty binds. `unconfirmed` or `open`: only to be shown.
    """

    code: str
    when: When
    words: Text
    value: Value | None = None
    rule: Rule | None = None
    unconfirmed: Rule | None = None
    open: Open | None = None

    @property
    def binds(self) -> bool:
        return self.rule is not None

    @property
    def source(self) -> str:
        """'§ 1 Abs. 2 DVO GemO', also of a rule that is not confirmed."""
        item = self.rule or self.unconfirmed or self.open
        return str(item.source) if item else ""


_UNCONFIRMED = Text("nicht bestätigt", "unconfirmed")


def duties(book: RuleBook, *, kind: NoticeKind, form: Form, body: BodyKind, on: date, fines: bool = False) -> tuple[Duty, ...]:
    """The duties for a notice of this kind and form that is published on a day, those before publication first.

    Rules that were neither found nor are expected give no duty; nor do rules that say no.
    """
    alike = book.find("other_notices.same_rules", on=on, body=body, kind=kind).is_true
    found: list[Duty] = []
    for item in DUTIES:
        if not _concerns(item, kind, alike) or (item.electronic and not form.is_electronic):
            continue
        if (item.board and form is not Form.NOTICE_BOARD) or (item.fines and not fines):
            continue
        finding = book.find(item.key, on=on, body=body, kind=kind)
        known = finding.rule or finding.unconfirmed
        if known is None and finding.open is None:
            continue
        if known is not None and (known.value is False or known.value is SealNeeded.NONE):
            continue
        words = item.words.filled(value=value_words(known.value) if known else _UNCONFIRMED, media=_media(book, on, body, kind))
        found.append(Duty(item.key, item.when, words, known.value if known else None, finding.rule, finding.unconfirmed, finding.open))
    order = list(When)
    return tuple(sorted(found, key=lambda duty: order.index(duty.when)))


def _concerns(item: Entry, kind: NoticeKind, alike: bool) -> bool:
    """`alike`: the Land subjects other notices to the rules on how by-laws are published."""
    return kind in item.kinds or (alike and item.how_published and kind.has_legal_effect)


def _media(book: RuleBook, on: date, body: BodyKind, kind: NoticeKind) -> Text:
    rule = book.find("hint.media", on=on, body=body, kind=kind).rule
    if rule is None or not isinstance(rule.value, frozenset):
        return Text("nicht Internet", "not the internet")
    forms = [Form(item).words for item in sorted(rule.value)]
    return Text(" oder ".join(form.de for form in forms), " or ".join(form.en for form in forms))


_LEVELS = list(SealNeeded)


@dataclass(frozen=True, slots=True)
class State:
    """What a body and a notice have: level of the seal, and codes of duties that somebody has confirmed or a check has found met."""

    seal: SealNeeded = SealNeeded.NONE
    met: frozenset[str] = frozenset()


def unmet(all_duties: tuple[Duty, ...], state: State) -> tuple[Problem, ...]:
    """Binding duties before publication that are not met, each as a problem that blocks.

    The seal is compared by level; every other duty before publication needs its code in `state.met`.
    """
    problems: list[Problem] = []
    for duty in all_duties:
        if duty.when is not When.BEFORE or duty.rule is None:
            continue
        if isinstance(duty.value, SealNeeded):
            if _LEVELS.index(state.seal) >= _LEVELS.index(duty.value):
                continue
        elif duty.code in state.met:
            continue
        name, source = KEYS[duty.code].words.capital, duty.source
        problems.append(
            Problem(
                "duty_unmet",
                Severity.BLOCKS,
                Text(f"{name.de}: {duty.words.de} ({source})", f"{name.en}: {duty.words.en} ({source})"),
                key=duty.code,
                rules=(duty.rule,),
            )
        )
    return tuple(problems)
