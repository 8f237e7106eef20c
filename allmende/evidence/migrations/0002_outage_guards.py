"""An outage is closed once and never changed or taken away: the database itself refuses it, on both engines.

SQLite: a later migration that alters Outage rebuilds the table and silently drops these triggers. Repeat OPERATIONS at its end;
tests/test_outages.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

TABLE = "evidence_outage"
OTHER = " OR ".join(
    [
        "NEW.cause <> OLD.cause",
        "NEW.begins_at <> OLD.begins_at",
        "OLD.ends_at IS NOT NULL",
    ]
)
REFUSE = "BEGIN SELECT RAISE(ABORT, 'an outage is closed once'); END"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_closed_once BEFORE UPDATE ON {TABLE} WHEN {OTHER} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {REFUSE}",  # noqa: S608
]
SQLITE_REVERSE = [f"DROP TRIGGER {TABLE}_{what}" for what in ("closed_once", "no_delete", "no_replace")]
POSTGRESQL = [
    "CREATE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_closed_once BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({OTHER})"
    " EXECUTE FUNCTION evidence_refuse('an outage is closed once')",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION evidence_refuse('an outage is closed once')",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT"
    " EXECUTE FUNCTION evidence_refuse('an outage is closed once')",
]
POSTGRESQL_REVERSE = [
    *(f"DROP TRIGGER {TABLE}_{what} ON {TABLE}" for what in ("no_truncate", "no_delete", "closed_once")),
    "DROP FUNCTION evidence_refuse()",
]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_outages")]
    operations = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]
