"""When personal data goes: by the rules on elections, or on the day that the notice itself fixes."""

from __future__ import annotations

from datetime import date

from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.text import Text, day_words


def election(sheet: Sheet) -> None:
    """Names are gone by the end of a period after the final result; a fixed end of erasure never moves to a later day."""
    if not sheet.facts.names_people:
        return
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
    length, result = period.span, day_words(sheet.facts.result_announced_on)
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
