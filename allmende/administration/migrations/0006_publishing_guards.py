"""What was entered about publication stays as it is: the database itself refuses changes and deletions, on both engines.

SQLite: a later migration that alters the table rebuilds it and silently drops its triggers. Repeat OPERATIONS at its end.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

TABLE = "administration_publishingsettings"
WORDS = "rows of this table stay"

SQLITE = [
    f"CREATE TRIGGER publishing_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER publishing_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    # INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
    f"CREATE TRIGGER publishing_no_replace BEFORE INSERT ON {TABLE}"  # noqa: S608 (no input)
    f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
]
SQLITE_REVERSE = [f"DROP TRIGGER publishing_no_{what}" for what in ("delete", "update", "replace")]
POSTGRESQL = [
    "CREATE FUNCTION publishing_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER publishing_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION publishing_stays()",
    f"CREATE TRIGGER publishing_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION publishing_stays()",
]
POSTGRESQL_REVERSE = [
    *(f"DROP TRIGGER publishing_{name} ON {TABLE}" for name in ("stays", "no_truncate")),
    "DROP FUNCTION publishing_stays()",
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("administration", "0005_publishing")]
    operations = OPERATIONS
