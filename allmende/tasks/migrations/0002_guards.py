"""The history of tasks only grows, and what was typed is erased or stays: the database itself refuses the rest, on both engines.

SQLite: a later migration that alters Entry or Words rebuilds the table and silently drops these triggers. Repeat OPERATIONS at
its end; test_history.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

REFUSE = "BEGIN SELECT RAISE(ABORT, 'the history of tasks is append-only'); END"
SQLITE = [
    f"CREATE TRIGGER tasks_entry_no_update BEFORE UPDATE ON tasks_entry {REFUSE}",
    f"CREATE TRIGGER tasks_entry_no_delete BEFORE DELETE ON tasks_entry {REFUSE}",
    # INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
    f"CREATE TRIGGER tasks_entry_no_replace BEFORE INSERT ON tasks_entry WHEN EXISTS (SELECT 1 FROM tasks_entry WHERE id = NEW.id) {REFUSE}",  # noqa: S608
    f"CREATE TRIGGER tasks_words_no_update BEFORE UPDATE ON tasks_words {REFUSE}",
]
SQLITE_REVERSE = [f"DROP TRIGGER tasks_{what}" for what in ("entry_no_update", "entry_no_delete", "entry_no_replace", "words_no_update")]
POSTGRESQL = [
    "CREATE FUNCTION tasks_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the history of tasks is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER tasks_entry_no_change BEFORE UPDATE OR DELETE ON tasks_entry FOR EACH ROW EXECUTE FUNCTION tasks_refuse()",
    "CREATE TRIGGER tasks_entry_no_truncate BEFORE TRUNCATE ON tasks_entry FOR EACH STATEMENT EXECUTE FUNCTION tasks_refuse()",
    "CREATE TRIGGER tasks_words_no_update BEFORE UPDATE ON tasks_words FOR EACH ROW EXECUTE FUNCTION tasks_refuse()",
]
POSTGRESQL_REVERSE = [
    "DROP TRIGGER tasks_words_no_update ON tasks_words",
    "DROP TRIGGER tasks_entry_no_truncate ON tasks_entry",
    "DROP TRIGGER tasks_entry_no_change ON tasks_entry",
    "DROP FUNCTION tasks_refuse()",
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]
    operations = OPERATIONS
