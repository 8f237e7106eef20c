"""The hint in another medium that a notice is on the internet. It tells of a publication and is no part of its completion."""

from __future__ import annotations

from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY, nth, working_days
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.text import Text

HINT_WARNING_DAY = 3
"""Our choice, no law: 'without delay' counts as missed from the beginning of the third working day after provision."""


def hint(sheet: Sheet) -> None:
    """When we begin to remind of the hint, and whether the one that was given came late or in a medium that does not count."""
    facts = sheet.facts
    required, without_delay = sheet.holds("hint.required"), sheet.holds("hint.without_delay")
    if not (required and facts.form is Form.INTERNET):
        return
    media = sheet.find("hint.media").rule
    if facts.hint and media and isinstance(media.value, frozenset) and facts.hint.form not in media.value:
        name = facts.hint.form.words
        sheet.problem(
            "hint_medium",
            Severity.WARNING,
            Text(f"Der Hinweis ist nicht in dieser Form zu geben: {name.de}.", f"The hint is not to be given in this form: {name.en}."),
            key="hint.media",
            rules=(media,),
        )
    if without_delay is None:
        return
    overdue = nth(working_days(sheet.day + ONE_DAY, facts.place), HINT_WARNING_DAY)
    sheet.add(
        Code.HINT_WARNING,
        overdue,
        Text(
            "Der Hinweis ist unverzüglich nach der Bereitstellung zu geben; wir erinnern ab dem dritten Werktag (Montag bis Freitag).",
            "The hint is due without delay after provision; we remind from the third working day on (Monday to Friday).",
        ),
        [required, without_delay],
    )
    if facts.hint and facts.hint.day >= overdue:
        sheet.problem(
            "hint_overdue",
            Severity.WARNING,
            Text(
                "Der Hinweis kam spät. Am Vollzug der Bekanntmachung ändert das nach dem Wortlaut nichts.",
                "The hint came late. By the wording this does not change when the publication was complete.",
            ),
            key="hint.without_delay",
            rules=(required, without_delay),
        )
