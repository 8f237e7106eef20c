"""Meetings, service by publication, general orders, elections, and notices without legal effect of their own."""

from __future__ import annotations

from datetime import date

from allmende.lib.legalcalendar.computation.completion import completion, missing
from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.work import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY
from allmende.lib.legalcalendar.kinds import MeetingDisplay
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import Text, day_words


def meeting(sheet: Sheet) -> None:
    """Completion, and how long the announcement stays."""
    completion(sheet)
    session = sheet.facts.session_on
    if session is None:
        missing(sheet, "session_on", Text("der Tag der Sitzung", "the day of the session"))
        return
    if sheet.day > session:
        sheet.problem(
            "after_session",
            Severity.BLOCKS,
            Text("Die Sitzung liegt vor der Bekanntgabe.", "The session lies before its announcement."),
            key="session_on",
        )
        return
    rules: tuple[Rule, ...]
    asked = sheet.ask("meeting.display", MeetingDisplay)
    if asked and asked[0] is MeetingDisplay.UNTIL_DAY_AFTER:
        last, rules = session, (asked[1],)
        why = Text("Frühestens am Tag nach der Sitzung abzunehmen.", "Not to be taken down before the day after the session.")
    elif asked:
        last, rules = session + ONE_DAY, (asked[1],)
        why = Text("Bis zum Ende des Tages nach der Sitzung.", "Until the end of the day after the session.")
    else:
        last, rules = session + ONE_DAY, ()
        why = Text(
            "Bis zum Ende des Tages nach der Sitzung: unsere Vorgabe, weil für dieses Land keine Regel bestätigt ist.",
            "Until the end of the day after the session: our choice, since no rule is confirmed for this Land.",
        )
    sheet.add(Code.DISPLAY_END, last, why, rules, at_end=True)
    sheet.add(Code.TAKE_DOWN_FROM, last + ONE_DAY, why, rules)


def service(sheet: Sheet) -> None:
    """Deemed served when two weeks have passed since the day of the notice; then the names go. Neither moves for a holiday."""
    applies = sheet.holds("service.federal")
    fiction = sheet.ask("service.fiction", Period)
    if applies is None or fiction is None:
        sheet.unconfirmed("service.federal" if applies is None else "service.fiction", Severity.BLOCKS)
        return
    period, rule = fiction
    served = sheet.event(sheet.day, period)
    length, start = period.words, day_words(sheet.day)
    sheet.add(
        Code.EFFECT,
        served,
        Text(
            f"Das Dokument gilt als zugestellt, weil seit der Bekanntmachung am {start.de} {length.de} vergangen sind.",
            f"The document counts as served because {length.en} have passed since the notice of {start.en}.",
        ),
        [rule, applies, *sheet.counted(period)],
        at_end=True,
    )
    erase = sheet.holds("service.erase")
    if erase is None:
        sheet.unconfirmed("service.erase", Severity.BLOCKS)
        return
    sheet.add(
        Code.ERASE_FROM,
        served + ONE_DAY,
        Text(
            "Mit der Zustellung ist der Zweck erfüllt; Name und Anschrift werden gelöscht.",
            "Service has fulfilled the purpose; name and address are erased.",
        ),
        [erase],
    )


def general_order(sheet: Sheet) -> None:
    """Notified two weeks after the notice, or on the other day that it names, the next at the earliest."""
    applies, fiction = sheet.holds("procedure.federal"), sheet.ask("order.fiction", Period)
    if applies is None or fiction is None:
        sheet.unconfirmed("procedure.federal" if applies is None else "order.fiction", Severity.BLOCKS)
        return
    if sheet.find("procedure.own_rule").unconfirmed:
        sheet.unconfirmed("procedure.own_rule", Severity.WARNING)
    period, rule = fiction
    start, stated = day_words(sheet.day), sheet.facts.stated_effect_on
    if stated is None:
        day, length = sheet.event(sheet.day, period), period.words
        why = Text(
            f"Die Allgemeinverfügung gilt {length.de} nach der Bekanntmachung am {start.de} als bekannt gegeben.",
            f"The order counts as notified {length.en} after the notice of {start.en}.",
        )
        rules = [rule, applies, *sheet.counted(period)]
    else:
        other = sheet.holds("order.earliest_next_day")
        if other is None:
            sheet.unconfirmed("order.earliest_next_day", Severity.BLOCKS)
            return
        if stated <= sheet.day:
            earliest = day_words(sheet.day + ONE_DAY)
            sheet.problem(
                "other_day_too_early",
                Severity.BLOCKS,
                Text(
                    f"Der genannte Tag liegt zu früh; frühestens möglich ist {earliest.de}.",
                    f"The day named is too early; the earliest is {earliest.en}.",
                ),
                key="order.earliest_next_day",
                candidates=(sheet.day + ONE_DAY,),
                rules=(other,),
            )
            return
        day = stated
        why = Text("Die Allgemeinverfügung bestimmt diesen Tag selbst.", "The order names this day itself.")
        rules = [other, applies]
    sheet.add(Code.EFFECT, day, why, rules)
    remedy = sheet.ask("remedy.period", Period)
    if remedy is None:
        sheet.unconfirmed("remedy.period", Severity.NO_DATE)
        return
    rolled = sheet.act(day, remedy[0])
    length = remedy[0].words
    sheet.add(
        Code.COMPLAINT_END,
        rolled.day,
        Text(
            f"Rechtsbehelfe sind {length.de} lang ab der Bekanntgabe möglich.", f"Remedies are possible for {length.en} from notification."
        ),
        [remedy[1], *sheet.counted(remedy[0], rolled)],
        at_end=True,
        rolled=rolled,
    )


def election(sheet: Sheet) -> None:
    """Names are gone by the end of a period after the final result; a fixed end of erasure never moves to a later day."""
    asked = sheet.ask("election.delete_within", Period)
    if asked is None:
        if sheet.facts.erase_on is None:
            sheet.problem(
                "erase_day_missing",
                Severity.BLOCKS,
                Text(
                    "Für dieses Land ist keine Löschfrist bestätigt. Nennen Sie den Tag, an dem die Namen gelöscht werden.",
                    "No time for erasure is confirmed for this Land. Name the day on which the names are erased.",
                ),
                key="election.delete_within",
            )
        return
    period, rule = asked
    if sheet.facts.result_announced_on is None:
        sheet.problem(
            "result_not_announced",
            Severity.NO_DATE,
            Text(
                "Der Tag der Löschung folgt aus dem Tag des endgültigen Ergebnisses.",
                "The day of erasure follows from the day of the final result.",
            ),
            key="result_announced_on",
        )
        return
    length, result = period.words, day_words(sheet.facts.result_announced_on)
    sheet.add(
        Code.ERASE_BY,
        sheet.event(sheet.facts.result_announced_on, period),
        Text(
            f"Spätestens {length.de} nach der Bekanntgabe des endgültigen Ergebnisses am {result.de}.",
            f"At the latest {length.en} after the final result was announced on {result.en}.",
        ),
        [rule, *sheet.counted(period)],
        at_end=True,
    )


def stated_erasure(sheet: Sheet) -> None:
    """The day of erasure that the notice itself states; a rule that asks for it earlier stays."""
    day = sheet.facts.erase_on
    known = [step.day for step in sheet.steps if step.code in (Code.ERASE_FROM, Code.ERASE_BY)]
    if day is None:
        return
    if day < _served(sheet):
        sheet.problem(
            "erase_too_early",
            Severity.BLOCKS,
            Text("Die Löschung liegt vor der Wirkung der Bekanntmachung.", "Erasure would lie before the effect of the notice."),
            key="erase_on",
            candidates=(_served(sheet),),
        )
    elif known and day > min(known):
        sheet.problem(
            "erase_too_late",
            Severity.BLOCKS,
            Text("Die Regel verlangt die Löschung früher als angegeben.", "The rule asks for erasure earlier than stated."),
            key="erase_on",
            candidates=(min(known),),
        )
    elif not known:
        sheet.add(Code.ERASE_FROM, day, Text("Dieser Tag ist in der Bekanntmachung festgelegt.", "The notice fixes this day."))


def _served(sheet: Sheet) -> date:
    """First day on which the data is no longer needed for the effect."""
    effects = [step.day + ONE_DAY if step.at_end else step.day for step in sheet.steps if step.code is Code.EFFECT]
    return max([sheet.day + ONE_DAY, *effects])


def stated_display(sheet: Sheet) -> None:
    """A display that only the notice itself states, as with a tender or information."""
    display = sheet.facts.display
    if display is None:
        return
    last = display.last
    why = Text("So in der Bekanntmachung angegeben.", "As stated in the notice.")
    sheet.add(Code.DISPLAY_BEGIN, display.begin, why)
    if last is None and display.period:
        last = sheet.event(display.begin, display.period)
    if last:
        sheet.add(Code.DISPLAY_END, last, why, at_end=True)
