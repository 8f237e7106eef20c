"""The triggers of the table of notices on SQLite, which drops them whenever a migration rebuilds the table, and refuses to rebuild it
while a trigger of another table asks it.

A migration that alters Notice begins with off() and ends with on(), one after 0008 with off(CALENDAR_DROP, CALENDAR_MAKE) and the
same in on(). PostgreSQL keeps its triggers.
"""

from collections.abc import Sequence
from typing import Final

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL

FOUR_EYES: Final = (
    "CREATE TRIGGER notices_four_eyes BEFORE UPDATE OF approved_by_id ON notices_notice"
    " WHEN NEW.approved_by_id IS NOT NULL AND EXISTS"
    " (SELECT 1 FROM notices_revision WHERE notice_id = NEW.record_id AND author_id = NEW.approved_by_id)"
    " BEGIN SELECT RAISE(ABORT, 'who wrote a part does not approve'); END"
)
MAKE: Final = (FOUR_EYES, *sqlite_triggers("notices_notice", "{row}.state = 'public'"))
DROP: Final = (
    "DROP TRIGGER notices_four_eyes",
    *(f"DROP TRIGGER notices_notice_generation_{act}" for act in ("insert", "update", "delete")),
)


CALENDAR: Final = "notices_calendar"
MOVES: Final = "the calendar is that of the moment of provision"
OTHER_MOMENT: Final = "NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.record_id = NEW.notice_id AND n.provided_at = NEW.provided_at)"
BACK: Final = f"NEW.notice_id <> OLD.notice_id OR NEW.provided_at <= OLD.provided_at OR {OTHER_MOMENT}"
IS_PUBLIC: Final = "EXISTS (SELECT 1 FROM notices_notice n WHERE n.record_id = OLD.notice_id AND n.state = 'public')"
# INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
_KNOWN: Final = f"EXISTS (SELECT 1 FROM {CALENDAR} WHERE notice_id = NEW.notice_id)"  # noqa: S608 (no input)
CALENDAR_MAKE: Final = tuple(
    f"CREATE TRIGGER {CALENDAR}_{act.lower()} BEFORE {act} ON {CALENDAR} WHEN {when} BEGIN SELECT RAISE(ABORT, '{MOVES}'); END"
    for act, when in (("INSERT", f"{_KNOWN} OR {OTHER_MOMENT}"), ("UPDATE", BACK), ("DELETE", IS_PUBLIC))
)
CALENDAR_DROP: Final = tuple(f"DROP TRIGGER {CALENDAR}_{act}" for act in ("insert", "update", "delete"))


def off(drop: Sequence[str] = (), make: Sequence[str] = ()) -> VendorSQL:
    return VendorSQL("sqlite", (*DROP, *drop), (*MAKE, *make))


def on(drop: Sequence[str] = (), make: Sequence[str] = ()) -> VendorSQL:
    return VendorSQL("sqlite", (*MAKE, *make), (*DROP, *drop))
