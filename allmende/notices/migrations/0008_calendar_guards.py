"""What a notice was approved with and what was stated for it stay as they are; its calendar is that of the moment it was provided.

The database refuses the rest on both engines: changes and deletions of kept rules, bases and statements; a calendar for another
moment than that of the notice; any change of it but a moment moved forward; taking it away from a public notice.

SQLite: a later migration that alters one of the tables rebuilds it and silently drops its triggers. Repeat OPERATIONS at its end.
"""

from django.db import migrations

from allmende.core.generation import RaisesGeneration
from allmende.core.sql import VendorSQL
from allmende.notices.migrations._guards import BACK, CALENDAR, CALENDAR_DROP, CALENDAR_MAKE, IS_PUBLIC, MOVES, OTHER_MOMENT

FIXED = {"notices_keptrules": "id", "notices_basis": "notice_id", "notices_statement": "id"}
STAYS = "rows of this table stay"


def _abort(words: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _known(table: str, key: str) -> str:
    # INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
    return f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 (no input)


SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {_abort(STAYS)}"
        for table in FIXED
        for act in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {_known(table, key)} {_abort(STAYS)}"
        for table, key in FIXED.items()
    ),
    *CALENDAR_MAKE,
]
SQLITE_REVERSE = [
    *(f"DROP TRIGGER {table}_no_{act}" for table in FIXED for act in ("update", "delete", "replace")),
    *CALENDAR_DROP,
]


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _raise(words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"


POSTGRESQL = [
    _function("notices_stays", _raise(STAYS)),
    _function("notices_calendar_insert", f"IF {OTHER_MOMENT} THEN {_raise(MOVES)} END IF; RETURN NEW;"),
    _function("notices_calendar_update", f"IF {BACK} THEN {_raise(MOVES)} END IF; RETURN NEW;"),
    _function("notices_calendar_delete", f"IF {IS_PUBLIC} THEN {_raise(MOVES)} END IF; RETURN OLD;"),
    *(f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION notices_stays()" for table in FIXED),
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION notices_stays()"
        for table in (*FIXED, CALENDAR)
    ),
    *(
        f"CREATE TRIGGER {CALENDAR}_{act} BEFORE {act.upper()} ON {CALENDAR} FOR EACH ROW EXECUTE FUNCTION {CALENDAR}_{act}()"
        for act in ("insert", "update", "delete")
    ),
]
POSTGRESQL_REVERSE = [
    *(f"DROP TRIGGER {table}_stays ON {table}" for table in FIXED),
    *(f"DROP TRIGGER {table}_no_truncate ON {table}" for table in (*FIXED, CALENDAR)),
    *(f"DROP TRIGGER {CALENDAR}_{act} ON {CALENDAR}" for act in ("insert", "update", "delete")),
    *(f"DROP FUNCTION {CALENDAR}_{act}()" for act in ("insert", "update", "delete")),
    "DROP FUNCTION notices_stays()",
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("notices", "0007_calendar")]
    operations = [*OPERATIONS, RaisesGeneration("notices_calendar")]
