"""Decisions about profiles only come; own rules only end. The database itself refuses the rest, on both engines.

Also refused: to adopt an older version after a newer one, and two own rules for the same case (one key, a day in common,
and both for all kinds or a kind in common), whoever is faster.

SQLite: a later migration that alters one of the tables rebuilds it and silently drops its triggers. Repeat OPERATIONS at its end.
"""

from django.db import migrations

from allmende.core.sql import VendorSQL

DECISIONS, RULES = "administration_profiledecision", "administration_ownrule"
FIXED = (
    *("id", "body_id", "key", "value", "kinds", "law", "section", "address", "reason", "valid_from", "valid_until"),
    *("entered_by_id", "entered_at"),
)


def _row(alias: str) -> str:
    return "(" + ", ".join(f'{alias}."{name}"' for name in FIXED) + ")"


def _refuse(words: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{words}'); END"


NEWER = (
    f"NEW.answer = 'adopted' AND EXISTS (SELECT 1 FROM {DECISIONS} other WHERE other.body_id = NEW.body_id"  # noqa: S608 (no input)
    " AND other.profile = NEW.profile AND other.answer = 'adopted' AND other.version >= NEW.version)"
)
SAME_CASE = (
    f"""NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM {RULES} other WHERE other.body_id = NEW.body_id AND other."key" = NEW."key" """  # noqa: S608
    "AND other.ended_at IS NULL AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(other.valid_until, '9999-12-31') "
    "AND COALESCE(other.valid_from, '0001-01-01') <= COALESCE(NEW.valid_until, '9999-12-31') AND {kinds})"
)
CHANGED = "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR {old} {differs} {new}"
SAME_KINDS = (
    "((json_array_length(NEW.kinds) = 0 AND json_array_length(other.kinds) = 0) OR EXISTS"
    " (SELECT 1 FROM json_each(NEW.kinds) a JOIN json_each(other.kinds) b ON a.value = b.value))"
)
SAME_KINDS_B = (
    "((jsonb_array_length(NEW.kinds) = 0 AND jsonb_array_length(other.kinds) = 0) OR EXISTS"
    " (SELECT 1 FROM jsonb_array_elements_text(NEW.kinds) a JOIN jsonb_array_elements_text(other.kinds) b ON a = b))"
)

SQLITE = [
    *(
        f"CREATE TRIGGER {name}_no_{what} BEFORE {when} ON {table} {_refuse('rows of this table stay')}"
        for name, table in (("rules_decision", DECISIONS), ("rules_own", RULES))
        for what, when in (("delete", "DELETE"), ("update", "UPDATE"))
        if (name, what) != ("rules_own", "update")
    ),
    # INSERT OR REPLACE deletes without firing a DELETE trigger (recursive_triggers is off by default).
    *(
        f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {table}"  # noqa: S608
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {_refuse('rows of this table stay')}"
        for name, table in (("rules_decision", DECISIONS), ("rules_own", RULES))
    ),
    f"CREATE TRIGGER rules_decision_forward BEFORE INSERT ON {DECISIONS} WHEN {NEWER} {_refuse('a newer version is adopted')}",
    f"CREATE TRIGGER rules_own_only_ends BEFORE UPDATE ON {RULES}"
    f" WHEN {CHANGED.format(old=_row('OLD'), differs='IS NOT', new=_row('NEW'))} {_refuse('an own rule only ends')}",
    f"CREATE TRIGGER rules_own_one_case BEFORE INSERT ON {RULES}"
    f" WHEN {SAME_CASE.format(kinds=SAME_KINDS)} {_refuse('two rules for the same case')}",
]
SQLITE_REVERSE = [
    f"DROP TRIGGER {name}"
    for name in (
        *(
            "rules_decision_no_delete",
            "rules_decision_no_update",
            "rules_own_no_delete",
            "rules_decision_no_replace",
            "rules_own_no_replace",
        ),
        *("rules_decision_forward", "rules_own_only_ends", "rules_own_one_case"),
    )
]


def _function(name: str, condition: str, words: str, before: str = "") -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {before} IF {condition} THEN"
        f" RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )


# Who inserts second waits for the first to commit; a statement after the lock sees what was committed meanwhile.
LOCK = "PERFORM pg_advisory_xact_lock(hashtext('{name}'), (NEW.body_id % 2147483647)::integer);"
POSTGRESQL = [
    _function("rules_stay", "TRUE", "rows of this table stay"),
    _function("rules_forward", NEWER, "a newer version is adopted", LOCK.format(name=DECISIONS)),
    _function("rules_only_end", CHANGED.format(old=_row("OLD"), differs="IS DISTINCT FROM", new=_row("NEW")), "an own rule only ends"),
    _function("rules_one_case", SAME_CASE.format(kinds=SAME_KINDS_B), "two rules for the same case", LOCK.format(name=RULES)),
    f"CREATE TRIGGER rules_decision_stays BEFORE UPDATE OR DELETE ON {DECISIONS} FOR EACH ROW EXECUTE FUNCTION rules_stay()",
    f"CREATE TRIGGER rules_decision_no_truncate BEFORE TRUNCATE ON {DECISIONS} FOR EACH STATEMENT EXECUTE FUNCTION rules_stay()",
    f"CREATE TRIGGER rules_decision_forward BEFORE INSERT ON {DECISIONS} FOR EACH ROW EXECUTE FUNCTION rules_forward()",
    f"CREATE TRIGGER rules_own_stays BEFORE DELETE ON {RULES} FOR EACH ROW EXECUTE FUNCTION rules_stay()",
    f"CREATE TRIGGER rules_own_no_truncate BEFORE TRUNCATE ON {RULES} FOR EACH STATEMENT EXECUTE FUNCTION rules_stay()",
    f"CREATE TRIGGER rules_own_only_ends BEFORE UPDATE ON {RULES} FOR EACH ROW EXECUTE FUNCTION rules_only_end()",
    f"CREATE TRIGGER rules_own_one_case BEFORE INSERT ON {RULES} FOR EACH ROW EXECUTE FUNCTION rules_one_case()",
]
POSTGRESQL_REVERSE = [
    *(f"DROP TRIGGER rules_decision_{name} ON {DECISIONS}" for name in ("stays", "no_truncate", "forward")),
    *(f"DROP TRIGGER rules_own_{name} ON {RULES}" for name in ("stays", "no_truncate", "only_ends", "one_case")),
    *(f"DROP FUNCTION {name}()" for name in ("rules_stay", "rules_forward", "rules_only_end", "rules_one_case")),
]
OPERATIONS = [VendorSQL("sqlite", SQLITE, SQLITE_REVERSE), VendorSQL("postgresql", POSTGRESQL, POSTGRESQL_REVERSE)]


class Migration(migrations.Migration):
    dependencies = [("administration", "0003_rules")]
    operations = OPERATIONS
