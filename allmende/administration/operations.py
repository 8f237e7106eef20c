"""What the operator sees of all bodies: rows that stopped. Topics and error codes, never what they are about."""

from datetime import datetime

from django.db.models import QuerySet

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import OutboxRow, Person


def require_operator(person: Person) -> None:
    """Raises NotAllowed unless `person` operates this installation."""
    if not (person.is_active and person.is_operator):
        raise NotAllowed


def parked_rows() -> QuerySet[OutboxRow]:
    """Stopped rows of every body, oldest first. 1 query."""
    return OutboxRow._unscoped.filter(state=OutboxRow.State.PARKED).select_related("body").order_by("pk")


def retry(row_id: int, *, by: Person, at: datetime) -> bool:
    """Put a stopped row back in line. False if it is not stopped (any more). Raises NotAllowed."""
    require_operator(by)
    row = parked_rows().filter(pk=row_id).first()
    return row is not None and outbox.retry(row, at=at)
