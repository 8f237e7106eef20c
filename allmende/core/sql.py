"""SQL that differs per database: triggers in migrations, conditions on JSON."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler


class VendorSQL(migrations.RunSQL):
    """RunSQL for one database ('sqlite' or 'postgresql'); does nothing on the other."""

    def __init__(self, vendor: str, sql: Sequence[str], reverse_sql: Sequence[str]) -> None:
        super().__init__(tuple(sql), tuple(reverse_sql))
        self.vendor = vendor

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class IsObject(Func):
    """Whether a column of JSON holds an object, for a CheckConstraint."""

    function = "jsonb_typeof"
    template = "(%(function)s(%(expressions)s) = 'object')"
    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSON_TYPE", **context)
