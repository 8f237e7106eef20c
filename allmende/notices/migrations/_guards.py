"""The triggers of the table of notices on SQLite, which drops them whenever a migration rebuilds the table.

A migration that alters Notice begins with off() and ends with on(). PostgreSQL keeps its triggers.
"""

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


def off() -> VendorSQL:
    return VendorSQL("sqlite", DROP, MAKE)


def on() -> VendorSQL:
    return VendorSQL("sqlite", MAKE, DROP)
