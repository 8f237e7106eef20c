"""Meetings: when they count as announced, and how long the announcement stays."""

from __future__ import annotations

from allmende.lib.legalcalendar.choices import MeetingDisplay
from allmende.lib.legalcalendar.computation.completion import completion, missing
from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import Text


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
