"""Nobody stays behind a version that the body has adopted: the database refuses such a decision, whoever is faster.

SQLite: a later migration that alters administration_profiledecision rebuilds it and silently drops its triggers. Repeat OPERATIONS at
its end, together with those of 0004.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

TABLE = "administration_profiledecision"
BEHIND = (
    f"NEW.answer = 'kept' AND EXISTS (SELECT 1 FROM {TABLE} other WHERE other.body_id = NEW.body_id"  # noqa: S608 (no input)
    " AND other.profile = NEW.profile AND other.answer = 'adopted' AND other.version >= NEW.version)"
)
WORDS = "this version is adopted"

SQLITE = [f"CREATE TRIGGER rules_decision_kept BEFORE INSERT ON {TABLE} WHEN {BEHIND} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"]
SQLITE_REVERSE = ["DROP TRIGGER rules_decision_kept"]

# The same lock as in 0004: who decides second waits for the first to commit, and then sees what it was.
POSTGRESQL = [
    "CREATE FUNCTION rules_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" PERFORM pg_advisory_xact_lock(hashtext('{TABLE}'), (NEW.body_id % 2147483647)::integer);"
    f" IF {BEHIND} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER rules_decision_kept BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION rules_kept()",
]
POSTGRESQL_REVERSE = [f"DROP TRIGGER rules_decision_kept ON {TABLE}", "DROP FUNCTION rules_kept()"]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("administration", "0006_publishing_guards")]
    operations = OPERATIONS
