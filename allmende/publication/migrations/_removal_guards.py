"""Triggers of 0006: what was published can be taken away in one way only, on both engines.

SQLite drops the triggers of a table whenever a migration rebuilds it: such a migration takes them off first and repeats them last.
"""

from importlib import import_module
from typing import Final

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL

_BEFORE = import_module("allmende.publication.migrations.0002_guards")
_REPLACED: Final = ("publication_attempt_fixed", "publication_publication_fixed", "image_no_delete")

FIXED: Final = {
    "publication_attempt": (
        *("publication_id", "number", "leaf", "stamped_at", "sealed_at", "leaf_index", "checkpoint_id"),
        *("confirmed_at", "void_index", "voided_at", "erased_at"),
    ),
    "publication_publication": (
        *("record_id", "body_id", "approved_by_id", "approved_at", "deputy_for_id", "acting_body_id", "erased_at"),
    ),
    "publication_removal": ("attempt_id", "event", "artefacts", "reason", "at", "by_id", "entry_index"),
    "publication_relation": ("later_id", "earlier_id", "word", "entry_index"),
}
# Go to NULL together with the first `erased_at`, all at once (constraints), and in no other way.
ERASABLE: Final = {
    "publication_attempt": ("page", "fragment", "document", "page_salt", "document_salt", "token"),
    "publication_publication": ("payload",),
}
# What was taken away does not come back.
BACK: Final = {
    "publication_attempt": "OLD.state = 7 AND NEW.state <> 7",
    "publication_publication": (
        "(OLD.state = 'erased' AND NEW.state <> 'erased') OR (OLD.state = 'removed' AND NEW.state NOT IN ('removed', 'erased'))"
    ),
}
KEPT: Final = ("publication_removal", "publication_relation")
GENERATION: Final = {"publication_publication": "{row}.state = 'public'", "publication_attempt": "{row}.state >= 5"}
ERASED: Final = "EXISTS (SELECT 1 FROM publication_publication p WHERE p.record_id = OLD.publication_id AND p.erased_at IS NOT NULL)"
IMAGE: Final = "publication_image is append-only"


def _refused(table: str, differs: str) -> str:
    """When an UPDATE is refused."""
    first = "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
    fixed = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in FIXED[table]]
    erasable = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column} AND NOT {first})" for column in ERASABLE.get(table, ())]
    return " OR ".join([*fixed, *erasable, *([BACK[table]] if table in BACK else [])])


def _sqlite() -> tuple[list[str], list[str]]:
    create = [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {_refused(table, 'IS NOT')}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END"
        for table in FIXED
    ]
    create += [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in KEPT
    ]
    create += [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in KEPT
    ]
    create.append(
        f"CREATE TRIGGER image_no_delete BEFORE DELETE ON publication_image WHEN NOT {ERASED} BEGIN SELECT RAISE(ABORT, '{IMAGE}'); END"
    )
    return create, [f"DROP TRIGGER {statement.split()[2]}" for statement in create]


def _postgresql() -> tuple[list[str], list[str]]:
    refuse = "EXECUTE FUNCTION publication_refuse"
    create = [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({_refused(table, 'IS DISTINCT FROM')})"
        f" {refuse}('{table} is fixed')"
        for table in FIXED
    ]
    for table in KEPT:
        create.append(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}('{table} is append-only')")
        create.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}('{table} is append-only')"
        )
    drop = [f"DROP TRIGGER {statement.split()[2]} ON {statement.split(' ON ')[1].split()[0]}" for statement in create]
    create += [
        "CREATE FUNCTION publication_keep_image() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT {ERASED} THEN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " RETURN OLD; END $$",
        f"CREATE TRIGGER image_no_update BEFORE UPDATE ON publication_image FOR EACH ROW {refuse}('{IMAGE}')",
        f"CREATE TRIGGER image_no_delete BEFORE DELETE ON publication_image FOR EACH ROW EXECUTE FUNCTION publication_keep_image('{IMAGE}')",
    ]
    drop += [
        "DROP TRIGGER image_no_delete ON publication_image",
        "DROP TRIGGER image_no_update ON publication_image",
        "DROP FUNCTION publication_keep_image()",
    ]
    return create, drop


def _before(statements: list[str], names: tuple[str, ...]) -> list[str]:
    return [statement for statement in statements if statement.startswith("CREATE TRIGGER") and statement.split()[2] in names]


_NEW_SQLITE, _NO_SQLITE = _sqlite()
_NEW_POSTGRESQL, _NO_POSTGRESQL = _postgresql()
_OLD_SQLITE = _before(_BEFORE.SQLITE, _REPLACED)
_OLD_POSTGRESQL = _before(_BEFORE.POSTGRESQL, ("publication_attempt_fixed", "publication_publication_fixed", "image_no_change"))
_DROP_OLD_POSTGRESQL = [
    "DROP TRIGGER publication_attempt_fixed ON publication_attempt",
    "DROP TRIGGER publication_publication_fixed ON publication_publication",
    "DROP TRIGGER image_no_change ON publication_image",
]

SQLITE: Final = [*(f"DROP TRIGGER {name}" for name in _REPLACED), *_NEW_SQLITE]
SQLITE_REVERSE: Final = [*_NO_SQLITE, *_OLD_SQLITE]
POSTGRESQL: Final = [*_DROP_OLD_POSTGRESQL, *_NEW_POSTGRESQL]
POSTGRESQL_REVERSE: Final = [*_NO_POSTGRESQL, *_OLD_POSTGRESQL]

# Reads the table of publications, which does not exist for a moment while SQLite rebuilds it.
_FOUR_EYES = _before(_BEFORE.SQLITE, ("author_four_eyes",))
_RAISE = [statement for table, when in GENERATION.items() for statement in sqlite_triggers(table, when)]
_NO_RAISE = [f"DROP TRIGGER {table}_generation_{act}" for table in GENERATION for act in ("insert", "update", "delete")]


def first() -> list[VendorSQL]:
    """Takes off what 0006 replaces, or what a rebuilt table would lose."""
    drop = [f"DROP TRIGGER {name}" for name in (*_REPLACED, "author_four_eyes")]
    sqlite = VendorSQL("sqlite", [*drop, *_NO_RAISE], [*_OLD_SQLITE, *_FOUR_EYES, *_RAISE])
    return [sqlite, VendorSQL("postgresql", _DROP_OLD_POSTGRESQL, _OLD_POSTGRESQL)]


def last() -> list[VendorSQL]:
    return [
        VendorSQL("sqlite", [*_NEW_SQLITE, *_FOUR_EYES, *_RAISE], [*_NO_SQLITE, "DROP TRIGGER author_four_eyes", *_NO_RAISE]),
        VendorSQL("postgresql", _NEW_POSTGRESQL, _NO_POSTGRESQL),
    ]
