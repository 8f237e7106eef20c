"""What an approved issue holds stays, on both engines; and what of the gazette raises the generation of the public pages.

SQLite: a later migration that alters IssueItem or Issue rebuilds the table and silently drops these triggers. Repeat OPERATIONS at
its end; test_gazette.py fails if it was forgotten.
"""

from django.db import migrations

from allmende.core.generation import RaisesGeneration
from allmende.core.sql import VendorSQL

CLOSED = "SELECT 1 FROM notices_issue WHERE record_id = {row}.issue_id AND state <> 'draft'"
WORDS = "an approved issue does not change"
SQLITE = [
    f"CREATE TRIGGER notices_issueitem_no_{event.lower()} BEFORE {event} ON notices_issueitem WHEN EXISTS ({CLOSED.format(row=row)})"
    f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
]
SQLITE_REVERSE = [f"DROP TRIGGER notices_issueitem_no_{event}" for event in ("insert", "update", "delete")]
POSTGRESQL = [
    "CREATE FUNCTION notices_issueitem_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP <> 'INSERT' AND EXISTS ({CLOSED.format(row='OLD')}) OR TG_OP = 'INSERT' AND EXISTS ({CLOSED.format(row='NEW')}) THEN"
    f" RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER notices_issueitem_guard BEFORE INSERT OR UPDATE OR DELETE ON notices_issueitem"
    " FOR EACH ROW EXECUTE FUNCTION notices_issueitem_guard()",
]
POSTGRESQL_REVERSE = ["DROP TRIGGER notices_issueitem_guard ON notices_issueitem", "DROP FUNCTION notices_issueitem_guard()"]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("notices", "0011_gazette")]
    operations = [
        *OPERATIONS,
        RaisesGeneration("notices_issue", when="{row}.state = 'public'"),
        RaisesGeneration("notices_issueitem"),
    ]
