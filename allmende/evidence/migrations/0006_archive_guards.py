"""An archive time stamp is never changed or taken away, on both engines; the page of the log shows it.

SQLite: a later migration that alters ArchiveStamp rebuilds the table and silently drops these triggers. Repeat them at its end;
tests/test_archive.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.generation import RaisesGeneration
from allmende.core.sql import VendorSQL

TABLE = "evidence_archivestamp"
SAID = "an archive time stamp is append-only"
REFUSE = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {REFUSE}",  # noqa: S608
]
SQLITE_REVERSE = [f"DROP TRIGGER {TABLE}_{what}" for what in ("no_update", "no_delete", "no_replace")]
CALL = f"EXECUTE FUNCTION evidence_refuse('{SAID}')"
POSTGRESQL = [
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW {CALL}",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {CALL}",
]
POSTGRESQL_REVERSE = [f"DROP TRIGGER {TABLE}_{what} ON {TABLE}" for what in ("no_truncate", "no_change")]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_archive_stamps"), ("core", "0003_generation")]
    operations = [
        VendorSQL("sqlite", SQLITE, SQLITE_REVERSE),
        VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE),
        RaisesGeneration(TABLE),
    ]
