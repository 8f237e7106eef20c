"""The lines that follow from the day of provision: the same on the sealed page, in the document and beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from allmende.administration.publishing.values import Publishing
from allmende.lib.legalcalendar.computation import Code, Step, Timeline
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.text import Text, day_words
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.facts import Details, hint_text
from allmende.notices.calendar.outlook import Outlook

# What the public reads; the rest is for the office.
PUBLIC = (
    Code.DISPLAY_BEGIN,
    Code.DISPLAY_END,
    Code.COMPLETION,
    Code.ENTRY,
    Code.EFFECT,
    Code.COMMENTS_END,
    Code.COMPLAINT_END,
    Code.DEEMED_VALID,
    Code.ONLINE_UNTIL,
)
# Said only where it is certain when the publication is complete.
EFFECTS = frozenset({Code.ENTRY, Code.EFFECT, Code.COMPLAINT_END, Code.DEEMED_VALID})
_BY_EFFECT = frozenset({NoticeKind.SERVICE, NoticeKind.GENERAL_ORDER})
_WITHOUT = frozenset({NoticeKind.ELECTION, NoticeKind.MEETING})  # no effect hangs on their day

_LABELS: dict[Code, Text] = {
    Code.DISPLAY_BEGIN: Text("Auslegung ab", "Displayed from"),
    Code.DISPLAY_END: Text("Auslegung bis", "Displayed until"),
    Code.COMPLETION: Text("Bekannt gemacht", "Published"),
    Code.ENTRY: Text("Inkrafttreten", "Entry into force"),
    Code.EFFECT: Text("Wirkung", "Effect"),
    Code.COMMENTS_END: Text("Stellungnahmen bis", "Comments until"),
    Code.COMPLAINT_END: Text("Rügen bis", "Faults can be raised until"),
    Code.DEEMED_VALID: Text("Gilt als gültig", "Deemed valid"),
    Code.ONLINE_UNTIL: Text("Im Internet mindestens bis", "Online until at least"),
}
_OF_KIND: dict[tuple[NoticeKind, Code], Text] = {
    (NoticeKind.PLAN, Code.DISPLAY_BEGIN): Text("Entwurf veröffentlicht ab", "Draft published from"),
    (NoticeKind.PLAN, Code.DISPLAY_END): Text("Entwurf veröffentlicht bis", "Draft published until"),
    (NoticeKind.PLAN_IN_FORCE, Code.COMPLAINT_END): Text("Mängel geltend machen bis", "Defects can be raised until"),
    (NoticeKind.MEETING, Code.DISPLAY_END): Text("Bekannt gegeben bis", "Announced until"),
    (NoticeKind.SERVICE, Code.EFFECT): Text("Gilt als zugestellt", "Deemed served"),
    (NoticeKind.GENERAL_ORDER, Code.EFFECT): Text("Gilt als bekannt gegeben", "Deemed notified"),
    (NoticeKind.GENERAL_ORDER, Code.COMPLAINT_END): Text("Rechtsbehelfe bis", "Remedies until"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`value` is what is printed: day and reason. `step`: where it comes from; None for what no day hangs on."""

    label: Text
    value: Text
    step: Step | None = None


def label(kind: NoticeKind, code: Code) -> Text:
    return _OF_KIND.get((kind, code), _LABELS[code])


def is_certain(kind: NoticeKind, timeline: Timeline) -> bool:
    """Whether it is known when the publication takes effect; else the page claims none."""
    return kind in _WITHOUT or timeline.step(Code.EFFECT if kind in _BY_EFFECT else Code.COMPLETION) is not None


def public_steps(kind: NoticeKind, timeline: Timeline) -> tuple[Step, ...]:
    """What the public reads, in the order of the calendar; without effects where completion is not certain."""
    hidden = frozenset() if is_certain(kind, timeline) else EFFECTS
    return tuple(step for step in timeline.steps if step.code in PUBLIC and step.code not in hidden)


def day_of(step: Step) -> Text:
    """The day of a step, as it is printed: without the time of day, which is not known when the page is sealed."""
    day = day_words(step.day)
    return Text(f"mit Ablauf von {day.de}", f"at the end of {day.en}") if step.at_end else day


def lines(kind: NoticeKind, timeline: Timeline, ways: Publishing, days: Mapping[Form, date], land: str) -> tuple[Line, ...]:
    """Every line, in the order in which it is printed. `days`: on which it appears in further forms, as somebody has stated."""
    found = [form_line(kind, ways, days)] if timeline.steps and kind is not NoticeKind.EMERGENCY else []
    for step in public_steps(kind, timeline):
        words = day_of(step).capital
        value = Text(f"{words.de}. {step.reason.de}", f"{words.en}. {step.reason.en}").then(step.moved)
        found.append(Line(label(kind, step.code), value, step))
    if not is_certain(kind, timeline):
        found.append(uncertain(land))
    return tuple(found)


def form_line(kind: NoticeKind, ways: Publishing, days: Mapping[Form, date]) -> Line:
    """In which form it is published and when, and whether this page is that form or an addition."""
    forms = [_form(form, days.get(form)) for form in ways.forms]
    names = Text("; ".join(form.de for form in forms), "; ".join(form.en for form in forms))
    value = Text(f"{names.de} ({ways.basis}).", f"{names.en} ({ways.basis}).")
    if ways.form is not Form.INTERNET and kind not in (NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE):
        value = value.then(
            Text(
                "Maßgeblich ist die Bekanntmachung dort; diese Seite ist eine zusätzliche Veröffentlichung.",
                "The publication there counts; this page is an additional one.",
            )
        )
    return Line(Text("Form der Bekanntmachung", "Form of publication"), value)


def _form(form: Form, day: date | None) -> Text:
    name = form.words.capital
    if day is None:
        return name
    words = day_words(day)
    return Text(f"{name.de}, dort nach Angabe der Kommune am {words.de}", f"{name.en}, there on {words.en} as the body states")


def uncertain(land: str) -> Line:
    """Completion is not confirmed for the Land: the page says when it was provided, and claims no legal effect."""
    return Line(
        Text("Rechtswirkung", "Legal effect"),
        Text(
            f"Wann die Bekanntmachung bewirkt ist, ist für {land} nicht bestätigt. Diese Seite nennt Tag und Uhrzeit der "
            "Bereitstellung und behauptet keine Rechtswirkung.",
            f"It has not been confirmed for {land} when the publication is complete. This page states day and time of its provision "
            "and claims no legal effect.",
        ),
    )


def notes(seen: Outlook, details: Details) -> tuple[Line, ...]:
    """Texts below the wording: the hint on complaints of the Land, inspection, print-outs."""
    if seen.basis is None or seen.ways is None or seen.facts is None:
        return ()
    return tuple(_notes(seen.kind, details, seen.basis, seen.ways, seen))


def _notes(kind: NoticeKind, details: Details, basis: Basis, ways: Publishing, seen: Outlook) -> Iterable[Line]:
    on = seen.facts.day if seen.facts else seen.day
    keys = [hint_text(kind, basis, on)] if kind.is_local_law or kind is NoticeKind.PLAN_IN_FORCE or details.get("entry") else []
    if kind.is_local_law and details.get("planning"):  # § 215 Abs. 2 BauGB
        keys.append("plan.complaint_hint")
    for key in filter(None, keys):
        wording = (basis.book.nation if key.startswith("plan.") else basis.book.land).wording(key)
        if wording:
            yield Line(Text("Rügefrist", "Time for complaints"), wording.text)
    if kind.is_local_law and ways.inspection:
        yield Line(Text("Einsicht und Kopien", "Inspection and copies"), Text(ways.inspection, ways.inspection))
    if (kind.is_local_law or kind in (NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE)) and ways.copies:
        yield Line(Text("Ausdrucke", "Print-outs"), Text(ways.copies, ways.copies))
