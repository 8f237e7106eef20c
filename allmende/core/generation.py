"""The generation: a number that every change raises which a public page can show (docs/adr/0011-finished-bytes.md).

What was made from the database under one number may be shown as long as the number is the same. It is raised by
triggers, in the transaction of the change itself: nobody can forget it, and nobody sees the new number without the
new data, or the new data without the new number.

Each app puts the triggers on its own tables, in a migration: `RaisesGeneration("notices_notice", when="{row}.state = 'public'")`.
config/tests/test_front_fresh.py fails when a kept page reads a table without one.

PostgreSQL: the number is raised when the transaction commits (a deferred trigger), after all other rows are locked,
so that two transactions never wait for each other here; many changes in one transaction raise it once.
SQLite: a later migration that rebuilds a table silently drops its triggers. Make them again at its end (`sqlite_triggers`).
"""

from typing import Final

from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

READ: Final = "SELECT value FROM core_generation"
CREATE: Final = (
    "CREATE TABLE core_generation (id smallint PRIMARY KEY CHECK (id = 1), value bigint NOT NULL)",
    "INSERT INTO core_generation (id, value) VALUES (1, 1)",
)
RAISE: Final = "UPDATE core_generation SET value = value + 1"
POSTGRESQL_FUNCTIONS: Final = (
    # Once in a transaction is enough: nobody else sees it before the commit.
    "CREATE FUNCTION core_raise_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF current_setting('allmende.raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN"
    f" PERFORM set_config('allmende.raised', pg_current_xact_id()::text, true); {RAISE}; END IF; RETURN NULL; END $$",
)


def current() -> int:
    """The number of this moment. On the open connection itself: this is asked for every page. 1 query.

    Raises:
        django.db.Error, or the error of the driver: the database does not answer.
    """
    connection.ensure_connection()
    (value,) = connection.connection.execute(READ).fetchone()
    return int(value)


def sqlite_triggers(table: str, when: str = "") -> list[str]:
    """The statements that make the triggers of a table on SQLite."""
    made = []
    for event in ("insert", "update", "delete"):
        rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
        test = f" WHEN {' OR '.join(f'({when.format(row=row)})' for row in rows)}" if when else ""
        made.append(f"CREATE TRIGGER {table}_generation_{event} AFTER {event.upper()} ON {table}{test} BEGIN {RAISE}; END")
    return made


def _postgresql(table: str, when: str) -> list[str]:
    made = []
    for event in ("insert", "update", "delete"):
        rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
        test = f" WHEN ({' OR '.join(f'({when.format(row=row)})' for row in rows)})" if when else ""
        made.append(
            f"CREATE CONSTRAINT TRIGGER {table}_generation_{event} AFTER {event.upper()} ON {table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW{test} EXECUTE FUNCTION core_raise_generation()"
        )
    made.append(
        f"CREATE TRIGGER {table}_generation_truncate AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION core_raise_generation()"
    )
    return made


class RaisesGeneration(migrations.RunSQL):
    """Every change of a row of `table` raises the generation, on both engines.

    `when`: only for rows that a public page can show, a condition with `{row}` for OLD or NEW. A change into or out of it counts.
    """

    def __init__(self, table: str, when: str = "") -> None:
        self.table, self.when = table, when
        super().__init__(migrations.RunSQL.noop, migrations.RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__name__, [self.table], {"when": self.when}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else sqlite_triggers
        for statement in make(self.table, self.when):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        for event in ("insert", "update", "delete", *(["truncate"] if postgresql else [])):
            schema_editor.execute(f"DROP TRIGGER {self.table}_generation_{event}{f' ON {self.table}' if postgresql else ''}")
