"""The rules of a body as a lawyer reads them: by subject, each in words with source and standing; and what can be published with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.rules.coming import Coming
from allmende.administration.rules.sample import sample
from allmende.administration.rules.selectors import State
from allmende.core.language import page_language
from allmende.lib.legalcalendar.computation import Problem, Severity, compute
from allmende.lib.legalcalendar.keys import KEYS, Key, value_words
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL, profile_of
from allmende.lib.legalcalendar.rules import Finding, Open, Rule
from allmende.lib.legalcalendar.text import Text

SUBJECTS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("form", _("Form der Bekanntmachung"), ("internet", "forms", "form.", "other_notices.", "associations.", "building.", "gazette.")),
    ("vollzug", _("Vollzug"), ("provision_day.", "completion.")),
    ("inkrafttreten", _("Inkrafttreten"), ("entry.",)),
    ("ruegen", _("Rügen und Hinweis darauf"), ("complaint.",)),
    ("hinweis", _("Hinweis in einer anderen Form"), ("hint.",)),
    ("dauer", _("Dauer und Auffindbarkeit im Internet"), ("online.", "start_page.")),
    (
        "siegel",
        _("Siegel, Einsicht und Nachweis"),
        ("seal.", "inspection.", "copies.", "authentic_form.", "evidence.", "accessibility.", "copyright."),
    ),
    (
        "pflichten",
        _("Pflichten vor der Veröffentlichung und danach"),
        ("signing.", "text.", "confirmation.", "order.signed", "approval.", "supervision.", "send."),
    ),
    ("aushang", _("Aushang, Ersatz- und Notbekanntmachung"), ("board.", "replacement.", "deposit.", "emergency.")),
    ("sitzungen", _("Sitzungen"), ("meeting.",)),
    ("bauleitplanung", _("Bauleitplanung"), ("plan.",)),
    (
        "zustellung",
        _("Öffentliche Zustellung und Allgemeinverfügung"),
        ("service.", "procedure.", "order.", "website.", "display.", "remedy."),
    ),
    ("daten", _("Wahlen und personenbezogene Daten"), ("election.", "personal.")),
    ("zaehlung", _("Zählung der Fristen"), ("counting.",)),
)


def subject_of(name: str) -> str:
    """The subject of a key; the longest beginning decides. Raises ValueError for a key of no subject."""
    fitting = [(len(start), subject) for subject, _title, starts in SUBJECTS for start in starts if name.startswith(start)]
    if not fitting:
        raise ValueError(f"{name}: belongs to no subject of the page")
    return max(fitting)[1]


def said(text: Text) -> str:
    """In the language of the page."""
    return text.in_language(page_language())


def kinds_of(known: Key) -> list[NoticeKind]:
    """The kinds of notices a key matters to, in the usual order."""
    return [kind for kind in NoticeKind if kind in known.kinds or not known.kinds]


@dataclass(frozen=True)
class Entry:
    """One rule or open question. `standing`: 'holds', 'overruled', 'unconfirmed', 'open', 'past' or 'future'. `own`: id of the row."""

    key: str
    name: str
    item: Rule | Open
    origin: str | Promise
    standing: str
    own: int | None = None

    @property
    def value(self) -> str:
        return said(value_words(self.item.value)) if isinstance(self.item, Rule) else ""

    @property
    def note(self) -> str:
        return said(self.item.note)

    @property
    def silence(self) -> bool:
        return isinstance(self.item, Rule) and self.item.silence

    @property
    def confidence(self) -> str:
        return said(self.item.confidence.words) if isinstance(self.item, Rule) else ""

    @property
    def kinds(self) -> str:
        """For which notices only; empty for all the key matters to."""
        scope = self.item.scope.kinds if isinstance(self.item, Rule) else ()
        return ", ".join(said(kind.words) for kind in NoticeKind if kind in scope)

    @property
    def can_change(self) -> bool:
        return not self.key.startswith("counting.")


@dataclass(frozen=True)
class Subject:
    anchor: str
    title: str | Promise
    entries: list[Entry]


@dataclass(frozen=True)
class KindState:
    """What a kind of notice still needs. `blocking`: it cannot be published before; `undated`: a date is not computed."""

    kind: NoticeKind
    blocking: list[Problem]
    undated: list[Problem]

    @property
    def name(self) -> str:
        return said(self.kind.words)

    def _named(self, problems: list[Problem]) -> list[tuple[str, str, str]]:
        return [(problem.key, said(KEYS[problem.key].words.capital) if problem.key else "", said(problem.words)) for problem in problems]

    @property
    def blocked_by(self) -> list[tuple[str, str, str]]:
        """(key, name of the rule, sentence) of each."""
        return self._named(self.blocking)

    @property
    def without(self) -> list[tuple[str, str, str]]:
        return self._named(self.undated)


# Problems that come from the rules, not from what one notice says or lacks.
OF_RULES = frozenset({"rule_unconfirmed", "form_not_allowed"})


def kind_states(book: RuleBook, body: BodyKind, *, at: datetime, form: Form = Form.INTERNET) -> list[KindState]:
    """For each kind of notice, whether it could be published today in this form with these rules."""
    found = []
    for kind in NoticeKind:
        imagined = sample(kind, book, body, at, form=form, names_entry=True)
        problems = [item for item in compute(imagined, book).problems if item.code in OF_RULES]
        found.append(
            KindState(
                kind,
                [item for item in problems if item.severity is Severity.BLOCKS],
                [item for item in problems if item.severity is Severity.NO_DATE],
            )
        )
    return found


def entries(state: State, body: BodyKind, *, on: date, only: str = "") -> list[Entry]:
    """Every rule and open question that concerns this kind of body, in the order of keys; `only`: of one key."""
    book = state.book
    ids = {id(rule): row.pk for rule, row in zip(book.own.rules, state.own, strict=True)}
    known: dict[str, list[tuple[Rule | Open, str | Promise]]] = {}
    own, nation = _("eigene Regel"), _("Bund")
    for items, origin in (
        (book.own.rules, own),
        (book.land.rules, book.land.name),
        (book.nation.rules, nation),
        (book.land.opens, book.land.name),
        (book.nation.opens, nation),
    ):
        for item in items:
            if not isinstance(item, Rule) or not item.scope.bodies or body in item.scope.bodies:
                known.setdefault(item.key, []).append((item, origin))
    found = []
    for name in [only] if only else KEYS:
        if name not in known:
            continue
        findings = [book.find(name, on=on, body=body, kind=kind) for kind in kinds_of(KEYS[name])]
        label = said(KEYS[name].words.capital)
        found += [Entry(name, label, item, origin, _standing(item, findings, on), ids.get(id(item))) for item, origin in known[name]]
    return found


def _standing(item: Rule | Open, findings: Iterable[Finding], on: date) -> str:
    if isinstance(item, Open):
        return "open" if any(finding.open is item and not finding.rule for finding in findings) else "overruled"
    if item.scope.valid_until and item.scope.valid_until < on:
        return "past"
    if item.scope.valid_from and on < item.scope.valid_from:
        return "future"
    if any(finding.rule is item for finding in findings):
        return "holds"
    return "unconfirmed" if any(finding.unconfirmed is item for finding in findings) else "overruled"


def subjects(found: list[Entry]) -> Iterator[Subject]:
    """The entries by subject, subjects without any left out."""
    by_subject: dict[str, list[Entry]] = {}
    for entry in found:
        by_subject.setdefault(subject_of(entry.key), []).append(entry)
    for anchor, title, _starts in SUBJECTS:
        if anchor in by_subject:
            yield Subject(anchor, title, by_subject[anchor])


def unnamed(found: list[Entry]) -> list[tuple[str, str]]:
    """(key, name) of what neither the profiles nor the body say anything about, in the order of names."""
    there = {entry.key for entry in found}
    return sorted(((name, said(known.words.capital)) for name, known in KEYS.items() if name not in there), key=lambda pair: pair[1])


def profile_name(profile: str) -> str:
    """'Sachsen-Anhalt', 'Bund'."""
    return str(_("Bund")) if profile == FEDERAL else profile_of(Land(profile)).name


@dataclass(frozen=True)
class Affected:
    """Something still to be published that a change of rules reaches. `days`: (what, old, new)."""

    title: str
    kicker: str
    url: str
    days: list[tuple[str, date | None, date | None]]
    blocked: list[str]


def affected(found: Iterable[Coming]) -> list[Affected]:
    """In the words of the page."""
    return [
        Affected(
            item.title,
            item.kicker,
            item.url,
            [(said(change.code.words.capital), change.old, change.new) for change in item.days],
            [said(words) for words in item.blocked],
        )
        for item in found
    ]
