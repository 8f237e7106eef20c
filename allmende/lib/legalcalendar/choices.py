"""The values that rules choose from, each with its words."""

from enum import StrEnum

from allmende.lib.legalcalendar.text import Text


class Choice(StrEnum):
    """One of several values of a rule."""

    @property
    def words(self) -> Text:
        """As a form or a list of rules names it."""
        return _WORDS[self]


class Completion(Choice):
    """When a publication is complete ('bewirkt', 'vollzogen')."""

    ON_PROVISION = "on_provision"
    """At the moment of provision."""
    PROVISION_DAY = "provision_day"
    """The stated day of provision is the day of publication."""
    END_OF_PROVISION_DAY = "end_of_provision_day"
    END_OF_DISPLAY = "end_of_display"
    DAY_AFTER_DISPLAY = "day_after_display"
    """Counts as published on the day after the display has ended."""
    END_OF_FIRST_DAY = "end_of_first_day"
    LAST_OF_SEVERAL = "last_of_several"
    WITH_TEXT = "with_text"
    """A replacement is complete with the publication of the text that it belongs to."""
    END_OF_KNOWLEDGE_DAY = "end_of_knowledge_day"
    """With the end of the day on which the public could learn of it (emergency)."""
    WHEN_DONE = "when_done"


class Entry(Choice):
    """Entry into force if the by-law names no day."""

    NEXT_DAY = "D+1"
    WEEK = "P1W"
    FORTNIGHT = "P14D"
    EXPLICIT = "explicit_required"


class EntryCounting(Choice):
    """Which day it is when a by-law enters into force so long after its publication."""

    DAY_AFTER_PERIOD = "day_after_period"
    LAST_DAY_OF_PERIOD = "last_day_of_period"


class Internet(Choice):
    YES = "yes"
    ELECTRONIC_GAZETTE_ONLY = "egazette_only"
    NO = "no"


class SealNeeded(Choice):
    """What a Land demands; `qualified`: qualified seal or qualified signature."""

    NONE = "none"
    ADVANCED = "advanced"
    QUALIFIED = "qualified"


class Complaint(Choice):
    """What becomes of faults of a by-law."""

    OBJECTION = "objection"
    """A fault can no longer be raised unless somebody complained of it in time."""
    FICTION = "fiction"
    """After the time the by-law counts as valid from the beginning."""


class Counting(Choice):
    CALENDAR = "calendar"
    WORKING_DAYS = "working_days"
    OPENING_DAYS = "opening_days"
    """Days without service at the office do not count."""


class MeetingDisplay(Choice):
    UNTIL_DAY_AFTER = "until_day_after"
    """May be taken down on the day after the session, not before."""
    THROUGH_DAY_AFTER = "through_day_after"
    """Stays until the end of the day after the session."""


_WORDS: dict[Choice, Text] = {
    Completion.ON_PROVISION: Text("mit der Bereitstellung", "with provision itself"),
    Completion.PROVISION_DAY: Text("am angegebenen Tag der Bereitstellung", "on the stated day of provision"),
    Completion.END_OF_PROVISION_DAY: Text("mit Ablauf des Tages der Bereitstellung", "with the end of the day of provision"),
    Completion.END_OF_FIRST_DAY: Text("mit Ablauf des ersten Tages", "with the end of the first day"),
    Completion.END_OF_DISPLAY: Text("mit Ablauf des letzten Tages von Auslegung oder Aushang", "with the end of the last day of display"),
    Completion.DAY_AFTER_DISPLAY: Text("am Tag nach dem Ende der Auslegung", "on the day after the display has ended"),
    Completion.LAST_OF_SEVERAL: Text("mit der letzten der vorgeschriebenen Formen", "with the last of the prescribed forms"),
    Completion.WITH_TEXT: Text("zusammen mit der Bekanntmachung des Textes", "together with the publication of the text"),
    Completion.END_OF_KNOWLEDGE_DAY: Text(
        "mit Ablauf des Tages, an dem die Öffentlichkeit davon erfahren konnte",
        "with the end of the day on which the public could learn of it",
    ),
    Completion.WHEN_DONE: Text("mit ihrer Durchführung", "when it is carried out"),
    Entry.NEXT_DAY: Text("am Tag nach der Bekanntmachung", "on the day after publication"),
    Entry.WEEK: Text("eine Woche nach der Bekanntmachung", "one week after publication"),
    Entry.FORTNIGHT: Text("14 Tage nach der Bekanntmachung", "14 days after publication"),
    Entry.EXPLICIT: Text("nur an dem Tag, den die Satzung nennt", "only on the day that the by-law names"),
    EntryCounting.DAY_AFTER_PERIOD: Text("am Tag nach dem Ende der Frist", "on the day after the end of the period"),
    EntryCounting.LAST_DAY_OF_PERIOD: Text("am letzten Tag der Frist", "on the last day of the period"),
    Internet.YES: Text("zulässig", "allowed"),
    Internet.ELECTRONIC_GAZETTE_ONLY: Text("nur als elektronisches Amtsblatt", "as electronic gazette only"),
    Internet.NO: Text("nicht zulässig", "not allowed"),
    SealNeeded.NONE: Text("nicht verlangt", "not demanded"),
    SealNeeded.ADVANCED: Text("fortgeschritten", "advanced"),
    SealNeeded.QUALIFIED: Text("qualifiziert", "qualified"),
    Complaint.OBJECTION: Text("Fehler erlischt, wenn er nicht rechtzeitig gerügt wird", "a fault dies unless it is raised in time"),
    Complaint.FICTION: Text("Satzung gilt nach der Frist als gültig", "the by-law counts as valid after the time"),
    Counting.CALENDAR: Text("alle Tage", "all days"),
    Counting.WORKING_DAYS: Text("nur Arbeitstage, Montag bis Freitag", "working days only, Monday to Friday"),
    Counting.OPENING_DAYS: Text("nur Tage mit Dienst", "days with service only"),
    MeetingDisplay.UNTIL_DAY_AFTER: Text(
        "frühestens am Tag nach der Sitzung abnehmen", "taken down the day after the session at the earliest"
    ),
    MeetingDisplay.THROUGH_DAY_AFTER: Text("bis zum Ende des Tages nach der Sitzung", "until the end of the day after the session"),
}
