"""The audit envelope can only grow: the database itself refuses the rest, on both engines.

Guards against the product and whoever logs in as its database user, as long as that user does not
own the table. The owner can take a trigger off: what proves the trail to outsiders is the log.

SQLite: a later migration that alters AuditEntry rebuilds the table and silently drops these
triggers. Repeat OPERATIONS at its end; test_audit.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit trail is append-only'); END"
SQLITE = [
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON core_auditentry {REFUSE}",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON core_auditentry {REFUSE}",
    # INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
    f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON core_auditentry WHEN EXISTS (SELECT 1 FROM core_auditentry WHERE id = NEW.id) {REFUSE}",  # noqa: S608
]
SQLITE_REVERSE = [f"DROP TRIGGER audit_no_{what}" for what in ("update", "delete", "replace")]
POSTGRESQL = [
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON core_auditentry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON core_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
]
POSTGRESQL_REVERSE = [
    "DROP TRIGGER audit_no_truncate ON core_auditentry",
    "DROP TRIGGER audit_no_change ON core_auditentry",
    "DROP FUNCTION audit_refuse()",
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = OPERATIONS
