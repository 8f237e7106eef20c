"""When a publication is complete, and how long something is displayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allmende.lib.legalcalendar.choices import Completion, Counting
from allmende.lib.legalcalendar.computation.facts import Display
from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY, Begin, last_day, nth, working_days
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import NOTHING, Text, day_words

_BY_FORM = {
    Form.INTERNET: "completion.internet",
    Form.ELECTRONIC_GAZETTE: "completion.electronic_gazette",
    Form.DEPOSIT: "completion.deposit",
    Form.NOTICE_BOARD: "completion.notice_board",
    Form.GAZETTE: "completion.gazette",
    Form.NEWSPAPER: "completion.newspaper",
}
_MEETING = {Form.INTERNET: "completion.meeting_internet", Form.NOTICE_BOARD: "completion.meeting_board"}

_COUNTED = {
    Counting.CALENDAR: NOTHING,
    Counting.WORKING_DAYS: Text("Es zählen nur Arbeitstage.", "Only working days count."),
    Counting.OPENING_DAYS: Text("Tage ohne Dienst zählen nicht.", "Days without service do not count."),
}
_WHOLE_DAYS = (
    Completion.END_OF_PROVISION_DAY,
    Completion.END_OF_FIRST_DAY,
    Completion.END_OF_DISPLAY,
    Completion.LAST_OF_SEVERAL,
    Completion.END_OF_KNOWLEDGE_DAY,
)


@dataclass(frozen=True, slots=True)
class Done:
    """`day` is the day of publication."""

    day: date
    rules: tuple[Rule, ...]


def completion(sheet: Sheet) -> Done | None:
    """When the publication is complete; None if the rule is unconfirmed or a fact is missing, which is written down."""
    key = _key(sheet)
    if key is None:
        return None
    asked = sheet.ask(key, Completion)
    if asked is None:
        sheet.unconfirmed(key, Severity.BLOCKS if key in sheet.book.land.needs else Severity.NO_DATE)
        return None
    how, rule = asked
    day = _day(sheet, how)
    if day is None:
        return None
    moment = sheet.facts.provided_at if how in (Completion.ON_PROVISION, Completion.WHEN_DONE) else None
    sheet.add(
        Code.COMPLETION,
        day,
        Text(f"Die Bekanntmachung ist {how.words.de} bewirkt.", f"The publication is complete {how.words.en}."),
        [rule],
        at=moment,
        at_end=how in _WHOLE_DAYS,
    )
    return Done(day, (rule,))


def _key(sheet: Sheet) -> str | None:
    """The rule to ask; None if even that is not known."""
    facts = sheet.facts
    if facts.kind is NoticeKind.EMERGENCY:
        return "completion.emergency"
    if facts.kind is NoticeKind.REPLACEMENT:
        return "completion.replacement"
    if facts.also:
        print_only = all(form is Form.NEWSPAPER for form in (facts.form, *(item.form for item in facts.also)))
        return "completion.several_newspapers" if print_only and sheet.find("completion.several_newspapers").rule else "completion.several"
    if facts.kind is NoticeKind.MEETING:
        own = _MEETING.get(facts.form)
        if own and (sheet.find(own).answered or not sheet.holds("other_notices.same_rules")):
            return own
    return _BY_FORM.get(facts.form)


def _day(sheet: Sheet, how: Completion) -> date | None:
    facts = sheet.facts
    if how is Completion.LAST_OF_SEVERAL:
        return max([sheet.day, *(item.day for item in facts.also)])
    if how is Completion.WITH_TEXT:
        return sheet.day
    if how is Completion.END_OF_KNOWLEDGE_DAY:
        if facts.public_could_know_on is None:
            missing(
                sheet,
                "public_could_know_on",
                Text("der Tag, an dem die Öffentlichkeit davon erfahren konnte", "the day on which the public could learn of it"),
            )
        return facts.public_could_know_on
    if how in (Completion.END_OF_DISPLAY, Completion.DAY_AFTER_DISPLAY):
        last = display_end(sheet)
        return last + ONE_DAY if last and how is Completion.DAY_AFTER_DISPLAY else last
    return sheet.day


def missing(sheet: Sheet, fact: str, name: Text) -> None:
    """The notice does not say something that a day depends on."""
    sheet.problem("fact_missing", Severity.BLOCKS, Text(f"Es fehlt: {name.de}.", f"Missing: {name.en}."), key=fact)


def display_end(sheet: Sheet) -> date | None:
    """Write the display down and return its last day; None if its rule is unconfirmed or it is too short."""
    facts = sheet.facts
    display = facts.display
    if display is None and facts.form is Form.NOTICE_BOARD:
        display = Display(sheet.day, Begin.EVENT)
    if display is None:
        missing(sheet, "display", Text("Beginn der Auslegung", "beginning of the display"))
        return None
    key = "replacement.period" if facts.kind is NoticeKind.REPLACEMENT else "board.period"
    finding = sheet.find(key)
    counting = sheet.find("replacement.counting") if facts.kind is NoticeKind.REPLACEMENT else None
    if finding.rule is None:
        raw, way = finding.unconfirmed, counting and (counting.rule or counting.unconfirmed)
        candidates: tuple[date, ...] = ()
        if raw and isinstance(raw.value, Period):
            candidates = (_last(sheet, display, raw.value, way.value if way else Counting.CALENDAR),)
        sheet.unconfirmed(key, Severity.BLOCKS, candidates=candidates)
        return None
    period = finding.rule.value
    assert isinstance(period, Period)
    rules = [finding.rule, *([counting.rule] if counting and counting.rule else [])]
    how = counting.rule.value if counting and counting.rule and isinstance(counting.rule.value, Counting) else Counting.CALENDAR
    least = _last(sheet, display, period, how)
    last = stated_end(display) or least
    _hint_before(sheet, display)
    if last < least:
        too_short(sheet, last, least, tuple(rules))
        return None
    begin, length = day_words(display.begin), period.span
    sheet.add(
        Code.DISPLAY_BEGIN,
        display.begin,
        Text("Von diesem Tag an wird ausgelegt oder ausgehängt.", "The display begins on this day."),
        rules,
    )
    sheet.add(
        Code.DISPLAY_END,
        last,
        Text(f"Mindestens {length.de} ab {begin.de}.", f"At least {length.en} from {begin.en} on.").then(_COUNTED[how]),
        [*rules, *sheet.counting("event" if display.begins_with is Begin.EVENT else "day", "end", "no_roll")],
        at_end=True,
    )
    return last


def _last(sheet: Sheet, display: Display, period: Period, counting: object) -> date:
    start = display.begin if display.begins_with is Begin.DAY else display.begin + ONE_DAY
    if counting is Counting.OPENING_DAYS and period.days:
        return nth(display.opening.days(start, sheet.facts.place), period.days)
    if counting is Counting.WORKING_DAYS and period.days:
        return nth(working_days(start, sheet.facts.place), period.days)
    return last_day(display.begin, period, display.begins_with)


def stated_end(display: Display) -> date | None:
    """The last day that the notice itself states, if it does."""
    if display.last:
        return display.last
    return last_day(display.begin, display.period, display.begins_with) if display.period else None


def too_short(sheet: Sheet, last: date, least: date, rules: tuple[Rule, ...]) -> None:
    """The notice states less than the rule demands."""
    stated, needed = day_words(last), day_words(least)
    sheet.problem(
        "display_too_short",
        Severity.BLOCKS,
        Text(
            f"Angegeben ist ein Ende am {stated.de}; mindestens nötig ist {needed.de}.",
            f"Stated to end on {stated.en}; needed until {needed.en} at least.",
        ),
        candidates=(least,),
        rules=rules,
    )


def _hint_before(sheet: Sheet, display: Display) -> None:
    rule = sheet.holds("replacement.hint_before") if sheet.facts.kind is NoticeKind.REPLACEMENT else None
    if rule is None:
        return
    if display.hint_on is None:
        missing(sheet, "hint_on", Text("der Tag, an dem auf die Auslegung hingewiesen wird", "the day of the hint to the display"))
    elif display.hint_on > display.begin - ONE_DAY:
        sheet.problem(
            "hint_too_late",
            Severity.BLOCKS,
            Text(
                "Auf die Auslegung ist spätestens am Tag vor ihrem Beginn hinzuweisen.",
                "The hint to the display is due on the day before it begins.",
            ),
            candidates=(display.hint_on + ONE_DAY,),
            rules=(rule,),
        )


def stated_display(sheet: Sheet) -> None:
    """A display that only the notice itself states, as with a tender or information."""
    display = sheet.facts.display
    if display is None:
        return
    last = stated_end(display)
    why = Text("So in der Bekanntmachung angegeben.", "As stated in the notice.")
    sheet.add(Code.DISPLAY_BEGIN, display.begin, why)
    if last:
        sheet.add(Code.DISPLAY_END, last, why, at_end=True)
