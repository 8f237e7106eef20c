"""The database itself refuses that somebody approves what they wrote a part of, on both engines.

SQLite: a later migration that alters Notice rebuilds the table and silently drops the trigger.
Repeat OPERATIONS at its end; test_approve.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

WROTE = "SELECT 1 FROM notices_revision WHERE notice_id = NEW.record_id AND author_id = NEW.approved_by_id"
SQLITE = [
    "CREATE TRIGGER notices_four_eyes BEFORE UPDATE OF approved_by_id ON notices_notice"
    f" WHEN NEW.approved_by_id IS NOT NULL AND EXISTS ({WROTE})"
    " BEGIN SELECT RAISE(ABORT, 'who wrote a part does not approve'); END",
]
SQLITE_REVERSE = ["DROP TRIGGER notices_four_eyes"]
POSTGRESQL = [
    "CREATE FUNCTION notices_four_eyes() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN IF NEW.approved_by_id IS NOT NULL AND EXISTS ({WROTE}) THEN"
    " RAISE EXCEPTION 'who wrote a part does not approve' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER notices_four_eyes BEFORE UPDATE OF approved_by_id ON notices_notice FOR EACH ROW EXECUTE FUNCTION notices_four_eyes()",
]
POSTGRESQL_REVERSE = ["DROP TRIGGER notices_four_eyes ON notices_notice", "DROP FUNCTION notices_four_eyes()"]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = OPERATIONS
