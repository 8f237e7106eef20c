"""Triggers of 0009: what belongs to an approval can be deleted as long as no attempt hangs on it, and not after, on both engines.

An attempt that was sealed stays for ever, so nothing that ever had one can be taken back.
"""

from typing import Final

# Name of the trigger, table, column with the publication, further condition under which it may go, words.
_WHAT: Final = (
    ("author_no_delete", "publication_author", "publication_id", "", "publication_author is append-only"),
    ("publication_attachment_no_delete", "publication_attachment", "publication_id", "", "publication_attachment is never deleted"),
    ("publication_relation_no_delete", "publication_relation", "later_id", "", "publication_relation is append-only"),
    (
        "image_no_delete",
        "publication_image",
        "publication_id",
        "EXISTS (SELECT 1 FROM publication_publication p WHERE p.record_id = OLD.publication_id AND p.erased_at IS NOT NULL)",
        "publication_image is append-only",
    ),
)
_OLD_IMAGE: Final = _WHAT[3][3]


def _hangs(column: str, or_else: str) -> str:
    attempt = f"EXISTS (SELECT 1 FROM publication_attempt a WHERE a.publication_id = OLD.{column})"  # noqa: S608 (no input)
    return f"{attempt} AND NOT {or_else}" if or_else else attempt


def _sqlite(name: str, table: str, condition: str, words: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE DELETE ON {table}{when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


SQLITE: Final = [
    *(f"DROP TRIGGER {name}" for name, *_rest in _WHAT),
    *(_sqlite(name, table, _hangs(column, or_else), words) for name, table, column, or_else, words in _WHAT),
]
SQLITE_REVERSE: Final = [
    *(f"DROP TRIGGER {name}" for name, *_rest in _WHAT),
    *(_sqlite(name, table, f"NOT {or_else}" if or_else else "", words) for name, table, _column, or_else, words in _WHAT),
]

_REFUSE: Final = "EXECUTE FUNCTION publication_refuse"
_RAISE: Final = "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'"


def _keep(name: str, condition: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN {_RAISE}; END IF; RETURN OLD; END $$"


def _row(name: str, event: str, table: str, call: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {call}"


# publication_keep_image() of 0006 gets another condition; the trigger that calls it stays.
POSTGRESQL: Final = [
    "DROP TRIGGER author_no_change ON publication_author",
    "DROP TRIGGER publication_attachment_no_delete ON publication_attachment",
    "DROP TRIGGER publication_relation_no_delete ON publication_relation",
    _keep("publication_keep", _hangs("publication_id", "")),
    _keep("publication_keep_relation", _hangs("later_id", "")),
    _keep("publication_keep_image", _hangs("publication_id", _OLD_IMAGE)).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
    _row("author_no_update", "UPDATE", "publication_author", f"{_REFUSE}('publication_author is append-only')"),
    *(
        _row(
            name,
            "DELETE",
            table,
            f"EXECUTE FUNCTION {'publication_keep_relation' if column == 'later_id' else 'publication_keep'}('{words}')",
        )
        for name, table, column, _or_else, words in _WHAT[:3]
    ),
]
POSTGRESQL_REVERSE: Final = [
    *(f"DROP TRIGGER {name} ON {table}" for name, table, *_rest in _WHAT[:3]),
    "DROP TRIGGER author_no_update ON publication_author",
    "DROP FUNCTION publication_keep()",
    "DROP FUNCTION publication_keep_relation()",
    _keep("publication_keep_image", f"NOT {_OLD_IMAGE}").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
    _row("author_no_change", "UPDATE OR DELETE", "publication_author", f"{_REFUSE}('publication_author is append-only')"),
    _row(
        "publication_attachment_no_delete",
        "DELETE",
        "publication_attachment",
        f"{_REFUSE}('publication_attachment is never deleted')",
    ),
    _row("publication_relation_no_delete", "DELETE", "publication_relation", f"{_REFUSE}('publication_relation is append-only')"),
]
