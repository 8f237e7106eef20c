"""The database itself refuses that an explanation is reviewed by who wrote a part of it, and that it is changed afterwards, on both
engines; and the kept pages of a notice are dropped whenever one of its explanations is shown, replaced or gone.

A later migration that rebuilds the table on SQLite repeats all of it.
"""

from django.db import migrations

from allmende.core.generation import RaisesGeneration
from allmende.core.sql import VendorSQL

TABLE = "notices_explanation"
SEALED_OFF = "('reviewed', 'published', 'ended')"
FROZEN = (
    *("id", "notice_id", "form", "number", "saved", "title", "content", "film", "media", "size", "sha256", "captions"),
    *("of_version", "reviewed_at", "reviewed_by_id", "checked_by", "checked_on"),
)
WROTE = "SELECT 1 FROM notices_explanationauthor WHERE explanation_id = NEW.id AND person_id = NEW.reviewed_by_id"


def _changed(differs: str) -> str:
    changes = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN)
    return f"OLD.state IN {SEALED_OFF} AND (NEW.state NOT IN {SEALED_OFF} OR {changes})"


RULES = (
    ("begins", "INSERT", "NEW.state <> 'draft'", "an explanation begins as a draft"),
    ("eyes", "UPDATE", f"NEW.reviewed_by_id IS NOT NULL AND EXISTS ({WROTE})", "who wrote a part does not review"),
)
FROZEN_WORDS = "what was reviewed does not change"
SQLITE = [
    *(
        f"CREATE TRIGGER {TABLE}_{name} BEFORE {act} ON {TABLE} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for name, act, when, words in (*RULES, ("frozen", "UPDATE", _changed("IS NOT"), FROZEN_WORDS))
    )
]
SQLITE_REVERSE = [f"DROP TRIGGER {TABLE}_{name}" for name in ("begins", "eyes", "frozen")]
POSTGRESQL = [
    statement
    for name, act, when, words in (*RULES, ("frozen", "UPDATE", _changed("IS DISTINCT FROM"), FROZEN_WORDS))
    for statement in (
        f"CREATE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN"
        f" RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {TABLE}_{name} BEFORE {act} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_{name}()",
    )
]
POSTGRESQL_REVERSE = [
    statement
    for name in ("begins", "eyes", "frozen")
    for statement in (f"DROP TRIGGER {TABLE}_{name} ON {TABLE}", f"DROP FUNCTION {TABLE}_{name}()")
]


class Migration(migrations.Migration):
    dependencies = [("core", "0003_generation"), ("notices", "0018_explanations")]
    operations = [
        VendorSQL("sqlite", SQLITE, SQLITE_REVERSE),
        VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE),
        RaisesGeneration(TABLE, "{row}.state = 'published'"),
    ]
