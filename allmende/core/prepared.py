"""Queries of the hottest pages, written with the ORM and turned into SQL once: building a query costs ten times as much as running it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from allmende.core.models import Body

R = TypeVar("R")


class Hole(Expression):
    """Stands in a query for a value that is given when it runs."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


BODY: Final = cast("Body", Hole("body", BigIntegerField()))  # `Model.objects.for_body(BODY)`
AT: Final = cast("datetime", Hole("at", DateTimeField()))


class Prepared(Generic[R]):
    """`Prepared(lambda: Notice.objects.for_body(BODY).filter(…).values_list(…))`, then `rows(body=body.pk, …)`.

    The SQL is made at the first use, once for each kind of database. Only `values_list` without `flat` or `named`.
    A part of a query that depends on a value other than through a hole would be frozen: LIMIT, `in` of a list.
    """

    def __init__(self, build: "Callable[[], QuerySet[Any, R]]") -> None:
        self._build = build
        self._made: dict[str, tuple[str, tuple[Any, ...], list[tuple[int, list[Any], Any]]]] = {}

    def _make(self) -> tuple[str, tuple[Any, ...], list[tuple[int, list[Any], Any]]]:
        compiler = self._build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        made = sql, tuple(params), [(position, convert, column) for position, (convert, column) in converters.items()]
        self._made[connection.vendor] = made
        return made

    def rows(self, **values: Any) -> list[R]:
        """All rows, as tuples. 1 query."""
        sql, params, converters = self._made.get(connection.vendor) or self._make()
        filled = [
            p.output_field.get_db_prep_value(values[p.name], connection, prepared=False) if isinstance(p, Hole) else p for p in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found: list[R] = cursor.fetchall()
        if not converters or not found:
            return found
        rows: list[list[Any]] = [list(cast("tuple[Any, ...]", row)) for row in found]
        for position, functions, column in converters:
            for row in rows:
                for convert in functions:
                    row[position] = convert(row[position], column, connection)
        return [cast("R", tuple(row)) for row in rows]

    def first(self, **values: Any) -> R | None:
        """The first row; the query itself says which (`[:1]`). 1 query."""
        return next(iter(self.rows(**values)), None)
