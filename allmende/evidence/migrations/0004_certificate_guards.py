"""A certificate is made once, can be erased once, and is never changed or taken away: on both engines.

SQLite: a later migration that alters Certificate rebuilds the table and silently drops these triggers. Repeat OPERATIONS at its end;
tests/test_certificates.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

TABLE = "evidence_certificate"
ONCE = ("body_id", "publication_id", "number", "requested_by_id", "requested_at", "seal_use_id", "stamped_at", "made_at", "erased_at")


def _refused(differs: str) -> str:
    once = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in ONCE]
    erased = "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
    return " OR ".join([*once, f"(OLD.document IS NOT NULL AND NEW.document {differs} OLD.document AND NOT {erased})"])


SAID = "a certificate is fixed"
REFUSE = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN {_refused('IS NOT')} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {REFUSE}",  # noqa: S608
]
SQLITE_REVERSE = [f"DROP TRIGGER {TABLE}_{what}" for what in ("fixed", "no_delete", "no_replace")]
CALL = f"EXECUTE FUNCTION evidence_refuse('{SAID}')"
POSTGRESQL = [
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({_refused('IS DISTINCT FROM')}) {CALL}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW {CALL}",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {CALL}",
]
POSTGRESQL_REVERSE = [f"DROP TRIGGER {TABLE}_{what} ON {TABLE}" for what in ("no_truncate", "no_delete", "fixed")]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_certificates")]
    operations = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]
