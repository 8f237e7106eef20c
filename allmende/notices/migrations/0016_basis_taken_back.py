"""The rules a notice was approved with go when its approval is taken back, which is possible until it is sealed.

They stay as long as there is a publication (docs/adr/0014): whoever takes an approval back deletes that first.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

TABLE = "notices_basis"
STAYS = "rows of this table stay"
APPROVED = "EXISTS (SELECT 1 FROM publication_publication p WHERE p.record_id = OLD.notice_id)"
SQLITE = [
    f"DROP TRIGGER {TABLE}_no_delete",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN {APPROVED} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
]
SQLITE_REVERSE = [
    f"DROP TRIGGER {TABLE}_no_delete",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
]
POSTGRESQL = [
    f"DROP TRIGGER {TABLE}_stays ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION notices_stays()",
    "CREATE FUNCTION notices_basis_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {APPROVED} THEN RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION notices_basis_delete()",
]
POSTGRESQL_REVERSE = [
    f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}",
    "DROP FUNCTION notices_basis_delete()",
    f"DROP TRIGGER {TABLE}_stays ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION notices_stays()",
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0015_generation_of_amendments"), ("publication", "0009_taking_back")]
    operations = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]
