"""No read without a body: what `Model.objects` is on everything that a body owns."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models import OuterRef, QuerySet

if TYPE_CHECKING:
    from allmende.core.models import Body

M = TypeVar("M", bound=models.Model)


class Rows(QuerySet[M]):
    """Its `update` can decide a race: every condition is on the row that is written."""

    def update(self, **values: Any) -> int:
        """See QuerySet.update.

        Of a condition on a joined table Django makes `WHERE id IN (SELECT …)`. PostgreSQL reads that list
        before it waits for whoever holds the row, so both would win.

        Raises:
            TypeError: a condition is on another table. Write it as `field__in=<query>`.
        """
        if sum(1 for uses in self.query.alias_refcount.values() if uses) > 1:
            raise TypeError(f"update() of {self.model.__name__} over a join decides no race on PostgreSQL: write field__in=<query>.")
        return super().update(**values)


def _of_body(model: type[models.Model], path: str, body: "Body") -> dict[str, Any]:
    """The condition for `path`, without a join: {"record__in": records of the body}."""
    field, _, rest = path.partition("__")
    if not rest:
        return {field: body}
    owner = model._meta.get_field(field).related_model
    assert isinstance(owner, type)
    return {f"{field}__in": QuerySet(owner).filter(**_of_body(owner, rest, body)).values("pk")}


class Scope(Generic[M]):
    """Has no `all`, `filter` or `get`: the type checker refuses what would read across bodies."""

    def __init__(self, model: type[M], path: str) -> None:
        self._model, self._path = model, path

    def for_body(self, body: "Body") -> QuerySet[M]:
        rows: Rows[M] = Rows(self._model)
        return rows.filter(**_of_body(self._model, self._path, body))

    def create(self, **values: Any) -> M:
        rows: QuerySet[M] = QuerySet(self._model)
        return rows.create(**values)

    def bulk_create(self, new: Iterable[M]) -> list[M]:
        """In one INSERT; `save` of the model is not called."""
        rows: QuerySet[M] = QuerySet(self._model)
        return rows.bulk_create(new)

    def of_outer(self, **references: OuterRef) -> QuerySet[M]:
        """Rows that hang on the row of an outer query, which has its body: for Exists and Subquery.

        Django refuses to read it on its own, so nothing is read across bodies.

        Raises:
            TypeError: no reference, or something else than one.
        """
        if not references or not all(isinstance(reference, OuterRef) for reference in references.values()):
            raise TypeError("of_outer() takes OuterRef values only. To read rows of a body, use for_body().")
        rows: QuerySet[M] = QuerySet(self._model)
        return rows.filter(**references)


class Scoped:
    """Put on a model: `objects = Scoped("record__body")`. The path leads from the row to its body."""

    def __init__(self, path: str = "body") -> None:
        self.path = path

    def __get__(self, instance: object, owner: type[M]) -> Scope[M]:
        return Scope(owner, self.path)


class BodyOwned(models.Model):
    """Base class of all that belongs to a body.

    `_unscoped` is for Django itself (related objects, validation) and for the few places that work
    for all bodies, such as the outbox worker (listed in tests/test_architecture.py).
    """

    _unscoped = models.Manager()
    objects = Scoped()

    class Meta:
        abstract = True
