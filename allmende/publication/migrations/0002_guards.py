"""What the database itself refuses, on both engines: changing what was logged, sealed or approved, and approving one's own text.

SQLite: a later migration that rebuilds one of these tables silently drops its triggers. Repeat OPERATIONS at
its end; tests/test_database.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

APPEND_ONLY = {
    "log_entry": "publication_logentry",
    "checkpoint": "publication_checkpoint",
    "seal_use": "publication_sealuse",
    "author": "publication_author",
    "image": "publication_image",
}
# Columns that never change once they are filled.
FIXED = {
    "publication_log": ("body_id", "origin", "vkey", "witness_vkey", "created_at"),
    "publication_publication": (
        "record_id",
        "body_id",
        "payload",
        "approved_by_id",
        "approved_at",
        "deputy_for_id",
        "acting_body_id",
    ),
    "publication_attempt": (
        "publication_id",
        "number",
        "page",
        "fragment",
        "document",
        "page_salt",
        "document_salt",
        "leaf",
        "token",
        "stamped_at",
        "sealed_at",
        "leaf_index",
        "checkpoint_id",
        "confirmed_at",
        "void_index",
        "voided_at",
    ),
}
OWN_TEXT = "who wrote a part does not approve"


def _sqlite() -> tuple[list[str], list[str]]:
    create: list[str] = []
    drop: list[str] = []

    def trigger(name: str, when: str, table: str, condition: str, message: str) -> None:
        test = f" WHEN {condition}" if condition else ""
        create.append(f"CREATE TRIGGER {name} BEFORE {when} ON {table}{test} BEGIN SELECT RAISE(ABORT, '{message}'); END")
        drop.append(f"DROP TRIGGER {name}")

    for name, table in APPEND_ONLY.items():
        known = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        trigger(f"{name}_no_update", "UPDATE", table, "", f"{table} is append-only")
        trigger(f"{name}_no_delete", "DELETE", table, "", f"{table} is append-only")
        trigger(f"{name}_no_replace", "INSERT", table, known, f"{table} is append-only")
    for table, columns in FIXED.items():
        changed = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} IS NOT OLD.{c})" for c in columns)
        trigger(f"{table}_fixed", "UPDATE", table, changed, f"{table} is fixed")
    trigger("log_no_delete", "DELETE", "publication_log", "", "a log is never deleted")
    trigger("log_grows", "UPDATE", "publication_log", "NEW.size < OLD.size", "a log only grows")
    is_approver = (
        "EXISTS (SELECT 1 FROM publication_publication p WHERE p.record_id = NEW.publication_id AND p.approved_by_id = NEW.person_id)"
    )
    trigger("author_four_eyes", "INSERT", "publication_author", is_approver, OWN_TEXT)
    return create, drop


def _postgresql() -> tuple[list[str], list[str]]:
    create: list[str] = []
    drop: list[str] = []

    def trigger(name: str, when: str, table: str, condition: str, message: str, each: str = "ROW") -> None:
        test = f" WHEN ({condition})" if condition else ""
        create.append(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each}{test} EXECUTE FUNCTION publication_refuse('{message}')"
        )
        drop.insert(0, f"DROP TRIGGER {name} ON {table}")

    create.append(
        "CREATE FUNCTION publication_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    drop.append("DROP FUNCTION publication_refuse()")
    for name, table in APPEND_ONLY.items():
        trigger(f"{name}_no_change", "UPDATE OR DELETE", table, "", f"{table} is append-only")
        trigger(f"{name}_no_truncate", "TRUNCATE", table, "", f"{table} is append-only", each="STATEMENT")
    for table, columns in FIXED.items():
        changed = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} IS DISTINCT FROM OLD.{c})" for c in columns)
        trigger(f"{table}_fixed", "UPDATE", table, changed, f"{table} is fixed")
    trigger("log_no_delete", "DELETE", "publication_log", "", "a log is never deleted")
    trigger("log_no_truncate", "TRUNCATE", "publication_log", "", "a log is never deleted", each="STATEMENT")
    trigger("log_grows", "UPDATE", "publication_log", "NEW.size < OLD.size", "a log only grows")
    create += [
        "CREATE FUNCTION publication_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM publication_publication p WHERE p.record_id = NEW.publication_id AND p.approved_by_id = NEW.person_id)"
        " THEN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER author_four_eyes BEFORE INSERT ON publication_author"
        f" FOR EACH ROW EXECUTE FUNCTION publication_four_eyes('{OWN_TEXT}')",
    ]
    drop[:0] = ["DROP TRIGGER author_four_eyes ON publication_author", "DROP FUNCTION publication_four_eyes()"]
    return create, drop


SQLITE, SQLITE_REVERSE = _sqlite()
POSTGRESQL, POSTGRESQL_REVERSE = _postgresql()
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]
    operations = OPERATIONS
