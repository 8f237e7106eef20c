"""What the operator of an installation looks at: the logs and seals of all bodies. Hands out no content of any body."""

from django.db.models import QuerySet

from allmende.publication.models import Log, SealKey


def logs() -> QuerySet[Log]:
    """Every log, with its body, by the name of the body in addresses."""
    return Log._unscoped.select_related("body").order_by("body__slug")


def seals() -> QuerySet[SealKey]:
    """Every seal that has not been stopped, with its body, in the same order."""
    return SealKey._unscoped.exclude(state=SealKey.State.STOPPED).select_related("body").order_by("body__slug")


def is_origin_taken(origin: str) -> bool:
    """Whether a log of this installation has the name: two logs of one name could be passed off as one another. 1 query."""
    return Log._unscoped.filter(origin=origin).exists()
