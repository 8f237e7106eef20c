"""Where the electronic gazette is the form, the calendar is that of the issue: its moment is filled in once, and the days follow.

The column is empty at first, so SQLite adds it without rebuilding the table. A later migration that rebuilds the table of notices
takes off CALENDAR_DROP and puts on CALENDAR_MAKE with UPDATE_MAKE in the place of its second line.
"""

from django.db import migrations, models

from allmende.core.sql import VendorSQL
from allmende.notices.migrations._guards import CALENDAR, CALENDAR_MAKE, MOVES, OTHER_MOMENT

SAME = "NEW.provided_at = OLD.provided_at"
BACK = f"NEW.notice_id <> OLD.notice_id OR NEW.provided_at < OLD.provided_at OR {OTHER_MOMENT} OR ({SAME} AND {{same_issue}})"
IN_SQLITE = BACK.format(same_issue="NEW.issued_at IS OLD.issued_at")
IN_POSTGRESQL = BACK.format(same_issue="NEW.issued_at IS NOT DISTINCT FROM OLD.issued_at")
UPDATE_MAKE = f"CREATE TRIGGER {CALENDAR}_update BEFORE UPDATE ON {CALENDAR} WHEN {IN_SQLITE} BEGIN SELECT RAISE(ABORT, '{MOVES}'); END"
OLD_MAKE = next(statement for statement in CALENDAR_MAKE if statement.startswith(f"CREATE TRIGGER {CALENDAR}_update"))
OLD_BACK = f"NEW.notice_id <> OLD.notice_id OR NEW.provided_at <= OLD.provided_at OR {OTHER_MOMENT}"


def _function(back: str) -> str:
    raising = f"RAISE EXCEPTION '{MOVES}' USING ERRCODE = 'integrity_constraint_violation';"
    head = "CREATE OR REPLACE FUNCTION notices_calendar_update() RETURNS trigger LANGUAGE plpgsql AS"
    return f"{head} $$ BEGIN IF {back} THEN {raising} END IF; RETURN NEW; END $$"


SQLITE = [f"DROP TRIGGER {CALENDAR}_update", UPDATE_MAKE]
SQLITE_REVERSE = [f"DROP TRIGGER {CALENDAR}_update", OLD_MAKE]
POSTGRESQL = [_function(IN_POSTGRESQL)]
POSTGRESQL_REVERSE = [_function(OLD_BACK)]


class Migration(migrations.Migration):
    dependencies = [("notices", "0022_offering")]
    operations = [
        migrations.AddField(
            model_name="calendar",
            name="issued_at",
            field=models.DateTimeField(help_text="Where the electronic gazette is the form: when its issue appeared", null=True),
        ),
        VendorSQL("sqlite", SQLITE, SQLITE_REVERSE),
        VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE),
    ]
